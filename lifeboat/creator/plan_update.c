#include "lifeboat/creator/plan_update.h"

#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/session.h"

/* ---- what a person took out ---------------------------------------------------------------------------------------------- */

struct dropping { struct lb_plan *plan; struct lb_map have; const char **ids; size_t count, cap; };

static void note(struct dropping *d, const char *id)
{
	if (!lb_map_put(&d->have, lb_span(id), 0))
		return;
	LB_GROW(d->ids, d->count, d->cap);
	d->ids[d->count++] = lb_arena_strdup(&d->plan->arena, id);
}

/* Albums of a stream are asked for the order of photos that the stream tells of; what only they name was never in the plan. */
static bool tells_order_only(const char *method, const char *uri, struct lb_arena *arena)
{
	return strcmp(method, "flickr.photosets.getPhotos") == 0 && !lb_uri_param(lb_span(uri), "extras", arena);
}

/* The photos that one recorded answer tells of: a list's rows, or the one of getInfo. */
static int note_missing(struct dropping *d, const struct lb_evidence *ev, const char *uri, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply;
	struct lb_photo *rows;
	struct lb_page page;
	size_t count;
	const char *method = uri ? lb_uri_param(lb_span(uri), "method", &arena) : NULL;
	if (!method || tells_order_only(method, uri, &arena))
		return 0;
	LB_TRY(lb_reply_recorded(ev, method, uri, &arena, &reply, err));
	const char *id = strcmp(method, "flickr.photos.getInfo") == 0 ? lb_uri_param(lb_span(uri), "photo_id", &arena) : NULL;
	if (id)
		note(d, id);
	if (id || !lb_reply_good(&reply) || lb_parse_photo_list(reply.answer.rsp, &arena, &rows, &count, &page, NULL))
		return 0;
	for (size_t i = 0; i < count; i++)
		note(d, rows[i].id);
	return 0;
}

static int note_all_missing(struct dropping *d, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err)
{
	const struct lb_plan *plan = d->plan;
	for (size_t i = 0; i < plan->nphotos; i++)
		lb_map_put(&d->have, lb_span(plan->photos[i].id), 0);
	for (size_t i = 0; i < plan->ndropped; i++)
		note(d, plan->dropped[i]);
	for (size_t u = 0; u < plan->nurls; u++)
		for (size_t c = 0; c < plan->urls[u].ncalls; c++) {
			LB_TRY(lb_ctx_check(ctx, err));
			LB_TRY(note_missing(d, ev, plan->urls[u].calls[c], err));
		}
	return 0;
}

/* The next reading may be of a list without the photo: its row is then found no more by the call. */
static void note_rows(struct lb_plan *plan, const struct lb_evidence *ev)
{
	for (size_t i = 0; i < plan->nphotos; i++) {
		struct lb_plan_photo *p = &plan->photos[i];
		if (p->row_url == SIZE_MAX)
			continue;
		long record = lb_evidence_find(ev, lb_span(plan->urls[p->row_url].calls[p->row_call]), LB_MATCH_EXACT);
		p->lost_row = record < 0 ? 0 : (size_t)record + 1;
	}
}

int lb_update_begin(struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err)
{
	struct dropping d = { .plan = plan };
	note_rows(plan, ev);
	int rc = note_all_missing(&d, ev, ctx, err);
	if (!rc) {
		plan->dropped = lb_arena_alloc(&plan->arena, d.count * sizeof *plan->dropped);
		if (d.count)
			memcpy(plan->dropped, d.ids, d.count * sizeof *plan->dropped);
		plan->ndropped = d.count;
	}
	free(d.ids);
	lb_map_clear(&d.have);
	return rc;
}

/* ---- what has changed -------------------------------------------------------------------------------------------------------- */

#define BIT(choice) (UINT32_C(1) << (choice))

static bool differs(int64_t before, int64_t now)
{
	return before != LB_UNKNOWN && now != LB_UNKNOWN && before != now;
}

/* lastupdate moves with what the owner does and with tags, notes and comments; faves are not said to move it. */
static uint32_t changed_layers(const struct lb_plan_photo *old, const struct lb_plan_photo *now)
{
	uint32_t layers = 0;
	if (differs(old->updated, now->updated))
		layers |= BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_COMMENTS) | BIT(LB_CHOICE_PEOPLE) | BIT(LB_CHOICE_ALBUMS) | BIT(LB_CHOICE_GROUPS) |
			BIT(LB_CHOICE_EXIF) | BIT(LB_CHOICE_LICENSES);
	if (differs(old->comments, now->comments))
		layers |= BIT(LB_CHOICE_COMMENTS);
	if (differs(old->faves, now->faves))
		layers |= BIT(LB_CHOICE_FAVES);
	return layers;
}

/* Is its answer on record from before it became stale? What was never asked is not stale. */
static bool waits(const struct lb_evidence *ev, const struct lb_layer *layer, const struct lb_plan_photo *photo)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	lb_layer_uri(&uri, layer, photo->id, NULL, 1);
	long record = lb_evidence_find(ev, lb_buf_span(&uri), LB_MATCH_EXACT);
	return record >= 0 && (size_t)record < photo->stale_before;
}

/* Of the layers that an earlier update marked, those that no run has asked again since. */
static uint32_t still_stale(const struct lb_evidence *ev, const struct lb_plan_photo *photo)
{
	uint32_t layers = 0;
	for (size_t i = 0; photo->stale_layers && i < lb_layer_count; i++)
		if (lb_layers[i].about == LB_ABOUT_PHOTO && (photo->stale_layers & BIT(lb_layers[i].choice)) && waits(ev, &lb_layers[i], photo))
			layers |= BIT(lb_layers[i].choice);
	return layers;
}

static void mark_stale(const struct lb_evidence *ev, const struct lb_plan_photo *old, struct lb_plan_photo *photo, size_t before)
{
	uint32_t changed = changed_layers(old, photo), waiting = still_stale(ev, old);
	photo->stale_layers = changed | waiting;
	photo->stale_before = changed ? before : waiting ? old->stale_before : 0;
}

/* ---- joining ------------------------------------------------------------------------------------------------------------------ */

/* What the lists do not tell this time they told before. */
static void fill_told(const struct lb_plan_photo *old, struct lb_words *words, struct lb_arena *a, struct lb_plan_photo *p)
{
	const struct { const char **to, *from; } texts[] = {
		{ &p->owner_id, old->owner_id }, { &p->owner_name, old->owner_name }, { &p->license_id, old->license_id },
		{ &p->visibility, old->visibility }, { &p->media, old->media },
	};
	const struct { int64_t *to, from; } numbers[] = {
		{ &p->comments, old->comments }, { &p->faves, old->faves }, { &p->updated, old->updated }, { &p->safety, old->safety },
	};
	const struct { int *to, from; } flags[] = { { &p->original_offered, old->original_offered }, { &p->can_download, old->can_download } };
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (!*texts[i].to)
			*texts[i].to = lb_words_keep(words, a, texts[i].from);
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		if (*numbers[i].to == LB_UNKNOWN)
			*numbers[i].to = numbers[i].from;
	for (size_t i = 0; i < LB_COUNT(flags); i++)
		if (*flags[i].to == LB_UNKNOWN)
			*flags[i].to = flags[i].from;
	if (!p->title)
		p->title = lb_arena_strdup(a, old->title);
	if (!p->pixels)
		p->pixels = old->pixels;
}

/* A photo that no list has any more. */
static struct lb_plan_photo copy_photo(const struct lb_plan_photo *from, struct lb_words *words, struct lb_arena *a)
{
	struct lb_plan_photo p = { .id = lb_arena_strdup(a, from->id), .nfrom = from->nfrom, .row_url = SIZE_MAX, .lost_row = from->lost_row,
		.stale_before = from->stale_before, .stale_layers = from->stale_layers, .comments = LB_UNKNOWN, .faves = LB_UNKNOWN, .updated = LB_UNKNOWN,
		.safety = LB_UNKNOWN, .original_offered = LB_UNKNOWN, .can_download = LB_UNKNOWN };
	fill_told(from, words, a, &p);
	size_t *list = lb_arena_alloc(a, p.nfrom * sizeof *list);
	if (p.nfrom)
		memcpy(list, from->from, p.nfrom * sizeof *list);
	p.from = list;
	return p;
}

static void copy_said(const struct lb_plan *old, struct lb_plan *fresh)
{
	struct lb_arena *a = &fresh->arena;
	const struct lb_maker_words *w = &old->words;
	fresh->id = lb_arena_strdup(a, old->id);
	fresh->created = old->created;
	fresh->words = (struct lb_maker_words){ .title = lb_arena_strdup(a, w->title), .purpose = lb_arena_strdup(a, w->purpose),
		.future = lb_arena_strdup(a, w->future), .maker = lb_arena_strdup(a, w->maker), .maker_id = lb_arena_strdup(a, w->maker_id) };
	fresh->choices = old->choices;
	fresh->choices.account_id = lb_arena_strdup(a, old->choices.account_id);
	fresh->choices.account_name = lb_arena_strdup(a, old->choices.account_name);
	fresh->lists_from = old->lists_from;
	fresh->ndropped = old->ndropped;
	fresh->dropped = lb_arena_alloc(a, old->ndropped * sizeof *fresh->dropped);
	for (size_t i = 0; i < old->ndropped; i++)
		fresh->dropped[i] = lb_arena_strdup(a, old->dropped[i]);
}

/* A chain through the photos of both plans: the old ones are 0 …, those of the fresh one follow. */
struct chain { size_t *next; size_t first; size_t nold; };

/* The old order; each new photo behind the one that it follows in its list. */
static void link_photos(const struct lb_plan *old, const struct lb_plan *fresh, const struct lb_map *old_at, struct chain *c)
{
	size_t last = SIZE_MAX, at;
	c->nold = old->nphotos;
	c->first = SIZE_MAX;
	c->next = lb_realloc(NULL, old->nphotos + fresh->nphotos + 1, sizeof *c->next);
	for (size_t i = old->nphotos; i-- > 0; c->first = i)
		c->next[i] = c->first;
	for (size_t i = 0; i < fresh->nphotos; i++) {
		if (!lb_map_get(old_at, lb_span(fresh->photos[i].id), &at)) {
			size_t *from = last == SIZE_MAX ? &c->first : &c->next[last];
			at = c->nold + i;
			c->next[at] = *from;
			*from = at;
		}
		last = at;
	}
}

static void map_ids(const struct lb_plan *plan, struct lb_map *out)
{
	for (size_t i = 0; i < plan->nphotos; i++)
		lb_map_put(out, lb_span(plan->photos[i].id), i);
}

void lb_update_join(const struct lb_plan *old, struct lb_plan *fresh, const struct lb_evidence *ev, size_t before)
{
	LB_AUTO(lb_map_clear) struct lb_map old_at = { 0 }, fresh_at = { 0 };
	struct lb_plan_photo *photos = lb_realloc(NULL, old->nphotos + fresh->nphotos + 1, sizeof *photos);
	LB_AUTO(lb_words_clear) struct lb_words words = { 0 };
	struct chain c;
	size_t count = 0, k;
	map_ids(old, &old_at);
	map_ids(fresh, &fresh_at);
	copy_said(old, fresh);
	link_photos(old, fresh, &old_at, &c);
	for (size_t at = c.first; at != SIZE_MAX; at = c.next[at], count++) {
		if (at >= c.nold) {
			photos[count] = fresh->photos[at - c.nold];
		} else if (lb_map_get(&fresh_at, lb_span(old->photos[at].id), &k)) {
			photos[count] = fresh->photos[k];
			mark_stale(ev, &old->photos[at], &photos[count], before);
			fill_told(&old->photos[at], &words, &fresh->arena, &photos[count]);
		} else {
			photos[count] = copy_photo(&old->photos[at], &words, &fresh->arena);
		}
	}
	free(c.next);
	fresh->photos_cap = old->nphotos + fresh->nphotos + 1;
	free(fresh->photos);
	fresh->photos = photos;
	fresh->nphotos = count;
}
