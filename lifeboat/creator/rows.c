#include "lifeboat/creator/rows.h"

#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/session.h"

#define PAGES_HELD 24      /* of at most 500 rows each, about 1 MB */
#define LOST SIZE_MAX      /* in the place of an URL: `call` is the number of a record */
#define THUMBNAIL_EDGE 640 /* a list without anything as small has no thumbnail for us */

struct page {
	bool used;
	size_t url, call;
	uint64_t last_use;
	struct lb_photo *rows; size_t count, next;  /* next: where the row after the last one found stands */
	struct lb_arena arena;
};
struct lb_rows {
	const struct lb_plan *plan;
	const struct lb_evidence *evidence;
	struct page pages[PAGES_HELD];
	uint64_t uses;
};

struct lb_rows *lb_rows_new(const struct lb_plan *plan, const struct lb_evidence *ev)
{
	struct lb_rows *r = lb_alloc(sizeof *r);
	r->plan = plan;
	r->evidence = ev;
	return r;
}

void lb_rows_free(struct lb_rows *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < PAGES_HELD; i++)
		lb_arena_clear(&r->pages[i].arena);
	free(r);
}

/* ---- what is kept of a row ------------------------------------------------------------------------------------------ */

static long edge(const struct lb_size *s)
{
	return (long)(s->width > s->height ? s->width : s->height);
}

/* A list that was asked for other sizes than we want (in a recording) tells too little: without an original that may be
 * fetched, or without a small picture, getSizes has to tell. */
static bool sizes_are_all(const struct lb_photo *row)
{
	bool best = row->can_download == 0, small = false;
	for (size_t i = 0; i < row->nsizes; i++) {
		const struct lb_size *s = &row->sizes[i];
		best = best || (s->label && strcmp(s->label, "Original") == 0);
		small = small || (edge(s) > 0 && edge(s) <= THUMBNAIL_EDGE);
	}
	return best && small;
}

static const size_t texts[] = {
#define AT(member) offsetof(struct lb_photo, member)
	AT(id), AT(secret), AT(server), AT(farm), AT(original_secret), AT(original_format), AT(media), AT(title), AT(license_id), AT(url),
	AT(owner.nsid), AT(owner.username), AT(owner.realname), AT(owner.path_alias), AT(owner.location), AT(owner.iconserver),
	AT(owner.iconfarm), AT(taken.value), AT(location.latitude), AT(location.longitude),
#undef AT
};

static void copy_sizes(const struct lb_photo *row, struct lb_arena *a, struct lb_photo *to)
{
	to->nsizes = sizes_are_all(row) ? row->nsizes : 0;
	to->sizes = to->nsizes ? lb_arena_alloc(a, to->nsizes * sizeof *to->sizes) : NULL;
	for (size_t i = 0; i < to->nsizes; i++) {
		const struct lb_size *s = &row->sizes[i];
		to->sizes[i] = *s;
		to->sizes[i].label = lb_arena_strdup(a, s->label);
		to->sizes[i].source = lb_arena_strdup(a, s->source);
		to->sizes[i].url = lb_arena_strdup(a, s->url);
		to->sizes[i].media = lb_arena_strdup(a, s->media);
	}
}

/* Description and tags are left out: getInfo tells them better, and stubs have none. */
static void copy_row(const struct lb_photo *row, struct lb_arena *a, struct lb_photo *to)
{
	*to = *row;
	to->description = NULL;
	to->tags = NULL;
	to->ntags = 0;
	for (size_t i = 0; i < LB_COUNT(texts); i++) {
		const char **text = (const char **)(void *)((char *)to + texts[i]);
		*text = lb_arena_strdup(a, *text);
	}
	copy_sizes(row, a, to);
}

/* ---- pages ------------------------------------------------------------------------------------------------------------ */

/* The newest good answer to a call of the plan. */
static bool read_call(const struct lb_rows *r, const char *uri, struct lb_arena *arena, struct lb_api_answer *out)
{
	struct lb_reply reply;
	const char *method = uri ? lb_uri_param(lb_span(uri), "method", arena) : NULL;
	if (!method || lb_reply_recorded(r->evidence, method, uri, arena, &reply, NULL) || !lb_reply_good(&reply))
		return false;
	*out = reply.answer;
	return true;
}

/* The answer in one record, of which there may be newer ones. */
static bool read_record(const struct lb_rows *r, size_t number, struct lb_arena *arena, struct lb_api_answer *out)
{
	struct lb_exchange x;
	if (number >= lb_evidence_count(r->evidence) || lb_evidence_read(r->evidence, number, arena, &x, NULL))
		return false;
	const char *method = x.kind == LB_RECORD_RESPONSE && x.status == 200 ? lb_uri_param(lb_span(x.uri), "method", arena) : NULL;
	return method && lb_api_parse(method, x.body, arena, out, NULL) == 0 && out->fault == LB_FAULT_NONE;
}

/* A page that cannot be read has no rows. */
static void read_page(const struct lb_rows *r, struct page *page)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_api_answer answer;
	struct lb_photo *rows;
	struct lb_page numbers;
	size_t count;
	bool good = page->url == LOST ? read_record(r, page->call, &arena, &answer) :
		read_call(r, r->plan->urls[page->url].calls[page->call], &arena, &answer);
	if (!good || lb_parse_photo_list(answer.rsp, &arena, &rows, &count, &numbers, NULL))
		return;
	page->rows = lb_arena_alloc(&page->arena, count * sizeof *rows);
	page->count = count;
	for (size_t i = 0; i < count; i++)
		copy_row(&rows[i], &page->arena, &page->rows[i]);
}

/* The page if it is held, else the place for it: an empty one, or that of the page not used for longest. */
static struct page *find_page(struct lb_rows *r, size_t url, size_t call)
{
	struct page *best = &r->pages[0];
	for (size_t i = 0; i < PAGES_HELD; i++) {
		struct page *p = &r->pages[i];
		if (p->used && p->url == url && p->call == call)
			return p;
		if (!p->used || (best->used && p->last_use < best->last_use))
			best = p;
	}
	lb_arena_clear(&best->arena);
	*best = (struct page){ .url = url, .call = call };
	return best;
}

static const struct lb_photo *find_row(struct page *p, const char *id)
{
	for (size_t n = 0; n < p->count; n++) {
		size_t i = (p->next + n) % p->count;
		if (strcmp(p->rows[i].id, id) == 0) {
			p->next = i + 1;
			return &p->rows[i];
		}
	}
	return NULL;
}

bool lb_rows_fill(struct lb_rows *r, const struct lb_plan_photo *planned, struct lb_arena *arena, struct lb_photo *photo)
{
	const struct lb_plan *plan = r->plan;
	bool listed = planned->row_url < plan->nurls && planned->row_call < plan->urls[planned->row_url].ncalls;
	if (!listed && !planned->lost_row)
		return false;
	struct page *page = listed ? find_page(r, planned->row_url, planned->row_call) : find_page(r, LOST, planned->lost_row - 1);
	if (!page->used)
		read_page(r, page);
	page->used = true;
	page->last_use = ++r->uses;
	const struct lb_photo *row = find_row(page, planned->id);
	if (!row)
		return false;
	const size_t *from = photo->selected_by;
	size_t nfrom = photo->nselected_by;
	copy_row(row, arena, photo);
	photo->selected_by = from;
	photo->nselected_by = nfrom;
	return true;
}
