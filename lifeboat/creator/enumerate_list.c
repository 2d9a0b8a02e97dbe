/* Lists of photos, page by page. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/enumerate.h"

#define LIST_PER_PAGE "500"
#define LIST_ROWS 500
#define REREAD_PER_PAGE "499" /* page 1 once more at the end: another page size makes it another question */
#define LIST_PAGES_MAX 10000  /* Flickr answers later pages with this one */
#define PIXELS_MAX 100000     /* of one side */

/* ---- rows into the plan ---------------------------------------------------------------------------------------------- */

static struct lb_plan_photo *plan_photo(struct lb_planner *p, const char *id)
{
	size_t at;
	if (lb_map_get(&p->photos, lb_span(id), &at))
		return &p->plan->photos[at];
	LB_GROW(p->plan->photos, p->plan->nphotos, p->plan->photos_cap);
	lb_map_put(&p->photos, lb_span(id), p->plan->nphotos);
	struct lb_plan_photo *photo = &p->plan->photos[p->plan->nphotos++];
	*photo = (struct lb_plan_photo){ .id = lb_arena_strdup(&p->plan->arena, id), .row_url = SIZE_MAX, .comments = LB_UNKNOWN, .faves = LB_UNKNOWN,
		.updated = LB_UNKNOWN, .safety = LB_UNKNOWN, .original_offered = LB_UNKNOWN, .can_download = LB_UNKNOWN };
	return photo;
}

static void add_from(struct lb_arena *arena, struct lb_plan_photo *photo, size_t number)
{
	if (photo->nfrom && photo->from[photo->nfrom - 1] == number) /* URLs come one after another */
		return;
	size_t *list = (size_t *)(uintptr_t)photo->from;
	if ((photo->nfrom & (photo->nfrom - 1)) == 0) { /* full at each power of two */
		list = lb_arena_alloc(arena, (photo->nfrom ? photo->nfrom * 2 : 1) * sizeof *list);
		if (photo->nfrom)
			memcpy(list, photo->from, photo->nfrom * sizeof *list);
	}
	list[photo->nfrom++] = number;
	photo->from = list;
}

static void fill_sizes(struct lb_plan_photo *to, const struct lb_photo *row)
{
	if (row->nsizes && to->original_offered == LB_UNKNOWN)
		to->original_offered = 0;
	for (size_t i = 0; i < row->nsizes; i++) {
		const struct lb_size *z = &row->sizes[i];
		if (z->label && strcmp(z->label, "Original") == 0)
			to->original_offered = 1;
		if (z->width > 0 && z->height > 0 && z->width < PIXELS_MAX && z->height < PIXELS_MAX && (uint64_t)(z->width * z->height) > to->pixels)
			to->pixels = (uint64_t)(z->width * z->height);
	}
}

/* The first list that tells something is believed. */
static void fill_told(struct lb_planner *p, struct lb_plan_photo *to, const struct lb_photo *row)
{
	const char *words[] = { row->owner.nsid, row->owner.username, row->license_id, row->media,
		row->is_public == LB_UNKNOWN ? NULL : lb_visibility_name(row) };
	const char **into[] = { &to->owner_id, &to->owner_name, &to->license_id, &to->media, &to->visibility };
	for (size_t i = 0; i < LB_COUNT(words); i++)
		if (words[i] && !*into[i])
			*into[i] = lb_words_keep(&p->words, &p->plan->arena, words[i]);
	if (row->title && !to->title)
		to->title = lb_arena_strdup(&p->plan->arena, row->title);
	const int64_t numbers[] = { row->count_comments, row->count_faves, row->date_updated, row->safety_level };
	int64_t *number_into[] = { &to->comments, &to->faves, &to->updated, &to->safety };
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		if (*number_into[i] == LB_UNKNOWN)
			*number_into[i] = numbers[i];
	if (to->can_download == LB_UNKNOWN)
		to->can_download = row->can_download;
}

/* How much of what gather can use a row tells. */
static unsigned worth_of(bool sizes, bool dates)
{
	return (sizes ? 2U : 0U) + (dates ? 1U : 0U);
}

void lb_list_add_row(struct lb_selection *s, const struct lb_photo *row, size_t call)
{
	struct lb_planner *p = s->planner;
	if (p->dropped && lb_map_get(p->dropped, lb_span(row->id), NULL))
		return;
	struct lb_plan_photo *to = plan_photo(p, row->id);
	unsigned had = worth_of(to->original_offered != LB_UNKNOWN, to->updated != LB_UNKNOWN);
	if (call != SIZE_MAX && (to->row_url == SIZE_MAX || worth_of(row->nsizes > 0, row->date_updated != LB_UNKNOWN) > had)) {
		to->row_url = s->number;
		to->row_call = call;
	}
	fill_told(p, to, row);
	fill_sizes(to, row);
	add_from(&p->plan->arena, to, s->number);
}

/* Photos from `middle` on came while the list was being read: they belong before those from `start` on. */
static void bring_forward(struct lb_planner *p, size_t start, size_t middle)
{
	struct lb_plan_photo *photos = p->plan->photos;
	size_t late = p->plan->nphotos - middle, early = middle - start;
	if (!late || !early)
		return;
	LB_AUTO(lb_freep) struct lb_plan_photo *moved = lb_realloc(NULL, late, sizeof *moved);
	memcpy(moved, photos + middle, late * sizeof *moved);
	memmove(photos + start + late, photos + start, early * sizeof *moved);
	memcpy(photos + start, moved, late * sizeof *moved);
	for (size_t i = start; i < p->plan->nphotos; i++)
		lb_map_put(&p->photos, lb_span(photos[i].id), i);
}

/* ---- pages -------------------------------------------------------------------------------------------------------------- */

/* false: this list had it before. */
static bool take_row(struct lb_selection *s, struct lb_list *list, const struct lb_photo *row)
{
	size_t last = 0;
	bool known = lb_map_get(&s->seen, lb_span(row->id), &last);
	if (known && last == s->list)
		return false;
	lb_map_put(&s->seen, lb_span(row->id), s->list);
	list->got++;
	list->added += !known;
	if (list->members_only)
		return true;
	s->url->found += !known;
	lb_list_add_row(s, row, s->url->ncalls - 1);
	return true;
}

/* One page and what it says of itself. */
struct page { struct lb_reply reply; struct lb_page is; size_t count, fresh; bool read; };

static int ask_page(struct lb_selection *s, const struct lb_list *list, const char *per_page, size_t number, struct lb_reply *reply, struct lb_error *err)
{
	struct lb_arena *a = &s->scratch;
	struct lb_param *params = lb_arena_alloc(a, (list->nparams + 3) * sizeof *params);
	for (size_t i = 0; i < list->nparams; i++)
		params[i] = list->params[i];
	params[list->nparams] = (struct lb_param){ "extras", list->members_only ? NULL : lb_list_extras };
	params[list->nparams + 1] = (struct lb_param){ "per_page", per_page };
	params[list->nparams + 2] = (struct lb_param){ "page", lb_arena_printf(a, "%zu", number) };
	return lb_select_ask(s, a, list->method, params, list->nparams + 3, reply, err);
}

static int read_page(struct lb_selection *s, struct lb_list *list, const char *per_page, size_t number, struct page *out, struct lb_error *why, struct lb_error *err)
{
	struct lb_photo *rows;
	lb_arena_reset(&s->scratch);
	*out = (struct page){ .is = { LB_UNKNOWN, LB_UNKNOWN, LB_UNKNOWN, LB_UNKNOWN, 0 } };
	LB_TRY(ask_page(s, list, per_page, number, &out->reply, err));
	if (!lb_reply_good(&out->reply) || lb_parse_photo_list(out->reply.answer.rsp, &s->scratch, &rows, &out->count, &out->is, why))
		return 0;
	out->read = true;
	for (size_t i = 0; i < out->count; i++)
		out->fresh += take_row(s, list, &rows[i]);
	return 0;
}

/* May the next page hold something new? Neither pages nor total is believed when the page is full. */
static bool is_more(const struct lb_list *list, const struct page *page, size_t number, size_t pages)
{
	int64_t per_page = page->is.per_page > 0 ? page->is.per_page : LIST_ROWS;
	size_t most = list->rows_max ? (list->rows_max + (size_t)per_page - 1) / (size_t)per_page : LIST_PAGES_MAX;
	bool last = page->is.pages != LB_UNKNOWN && (int64_t)number >= page->is.pages;
	bool full = page->is.per_page > 0 && (int64_t)page->count >= page->is.per_page;
	if (!page->read) /* an answer that only failed to come hides no more than itself */
		return !page->reply.answered && page->reply.record >= 0 && number < pages;
	if (number >= most || list->over)
		return false;
	if (list->rows_max && page->count > 0 && !last) /* repeats need not be the end of an unstable order */
		return true;
	return page->fresh > 0 && (!last || full);
}

static void take_first_page(struct lb_list *list, const struct page *page)
{
	list->claimed = page->is.total;
	list->date = page->reply.date;
	list->over = list->claim_max && list->claimed > list->claim_max;
}

static void note_missing(struct lb_selection *s, struct lb_list *list, const struct page *page, size_t number, const struct lb_error *why)
{
	list->whole = false;
	lb_select_gap(s, &page->reply, why, lb_arena_printf(&s->scratch, "page %zu", number), list->method);
}

/* Rows that came before, where the list still promised others: its order moves. */
static size_t repeats_on(const struct page *page, size_t number)
{
	return page->is.pages == LB_UNKNOWN || (int64_t)number <= page->is.pages ? page->count - page->fresh : 0;
}

static int read_pages(struct lb_selection *s, struct lb_list *list, size_t *on_first, struct lb_error *err)
{
	struct page page;
	size_t pages = 0;
	bool more = true;
	while (more && list->pages < LIST_PAGES_MAX) {
		struct lb_error why = { 0 };
		LB_TRY(read_page(s, list, LIST_PER_PAGE, ++list->pages, &page, &why, err));
		if (!page.read)
			note_missing(s, list, &page, list->pages, &why);
		list->repeats += repeats_on(&page, list->pages);
		if (list->pages == 1)
			*on_first = list->got;
		if (list->pages == 1 && page.read)
			take_first_page(list, &page);
		if (page.is.pages > 0)
			pages = (size_t)page.is.pages;
		more = is_more(list, &page, list->pages, pages);
		lb_select_progress(s);
	}
	list->ncalls = s->url->ncalls - list->first_call;
	return 0;
}

/* Photos that come to a list push others back a page while we read: what is new on page 1 now was missed. */
static int read_first_again(struct lb_selection *s, struct lb_list *list, size_t start, struct lb_error *err)
{
	struct page page;
	struct lb_error why = { 0 };
	size_t got = list->got, middle = s->planner->plan->nphotos;
	LB_TRY(read_page(s, list, REREAD_PER_PAGE, 1, &page, &why, err));
	if (!page.read && page.reply.record >= 0) /* a recording that lacks it does not move either */
		note_missing(s, list, &page, 1, &why);
	bring_forward(s->planner, start, middle);
	if (list->got > got) {
		list->ncalls = s->url->ncalls - list->first_call;
		list->repeats = 0; /* those were pushed back by the newcomers */
	}
	return 0;
}

void lb_list_note_short(struct lb_selection *s, const char *method, size_t got, int64_t claimed)
{
	if (claimed <= (int64_t)got)
		return;
	lb_select_note(s, &(struct lb_gap){ .kind = LB_GAP_REFUSED, .layer = "list", .method = lb_select_keep(s, method), .code = LB_UNKNOWN,
		.message = lb_arena_printf(&s->planner->plan->arena, "the list repeats itself: it gave %zu of %lld claimed", got, (long long)claimed) });
}

void lb_list_add_claim(struct lb_selection *s, const struct lb_list *list)
{
	if (list->claimed != LB_UNKNOWN)
		s->url->claimed = list->claimed + (s->url->claimed == LB_UNKNOWN ? 0 : s->url->claimed);
}

int lb_list_read(struct lb_selection *s, struct lb_list *list, struct lb_error *err)
{
	size_t start = s->planner->plan->nphotos, on_first = 0;
	s->list++;
	list->claimed = list->date = LB_UNKNOWN;
	list->pages = list->got = list->added = list->repeats = 0;
	list->first_call = s->url->ncalls;
	list->whole = true;
	LB_TRY(read_pages(s, list, &on_first, err));
	if (list->got > on_first && !list->settled)
		LB_TRY(read_first_again(s, list, start, err));
	/* Flickr counts photos that it does not show to everybody: fewer than claimed is no loss by itself. */
	if (list->repeats && !list->rows_max)
		lb_list_note_short(s, list->method, list->got, list->claimed);
	if (!list->members_only)
		s->planner->usable += list->added;
	return 0;
}

/* ---- sets ------------------------------------------------------------------------------------------------------------------ */

static void set_key(struct lb_buf *b, enum lb_plan_set_kind kind, const char *id)
{
	lb_buf_addf(b, "%d %s", (int)kind, id);
}

bool lb_list_has_set(const struct lb_planner *p, enum lb_plan_set_kind kind, const char *id)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(4096);
	set_key(&key, kind, id);
	return lb_map_get(&p->sets, lb_buf_span(&key), NULL);
}

/* Each once; the whole takes the place of a part. */
void lb_list_add_set(struct lb_selection *s, enum lb_plan_set_kind kind, const char *id, const char *owner_id, const struct lb_list *list, bool part)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(4096);
	struct lb_plan *plan = s->planner->plan;
	size_t at = plan->nsets;
	set_key(&key, kind, id);
	bool known = lb_map_get(&s->planner->sets, lb_buf_span(&key), &at);
	if (!list->whole || (known && part))
		return;
	if (!known) {
		lb_map_put(&s->planner->sets, lb_buf_span(&key), at);
		LB_GROW(plan->sets, plan->nsets, plan->sets_cap);
		plan->nsets++;
	}
	plan->sets[at] = (struct lb_plan_set){ .kind = kind, .id = lb_select_keep(s, id), .owner_id = lb_words_keep(&s->planner->words, &plan->arena, owner_id),
		.url = s->number, .first_call = list->first_call, .ncalls = list->ncalls };
}
