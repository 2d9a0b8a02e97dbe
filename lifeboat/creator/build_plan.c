/* The plan as far as it is told: what the package says of the selection, and its plan.json. Made member by member, so that nothing
 * goes along that was not looked at. */
#include "lifeboat/creator/build_private.h"

#include <string.h>

/* ---- what the maker said ------------------------------------------------------------------------------------------------ */

/* The package promises that certain things are nowhere in it: the maker's own words are no exception. */
static const char *tell_word(struct build *b, const char *name, const char *said)
{
	const char *told = lb_build_text(b, said, &b->facts);
	if (said && strcmp(told, said) != 0)
		lb_ctx_note(b->ctx, LB_EVENT_WARN, "the %s names somebody, or holds an address or a secret, that the package must not tell: it says \"%s\"",
			name, told);
	return told;
}

static struct lb_maker_words tell_words(struct build *b)
{
	const struct lb_maker_words *w = &b->plan->words;
	return (struct lb_maker_words){ .title = tell_word(b, "title", w->title), .purpose = tell_word(b, "purpose", w->purpose),
		.future = tell_word(b, "text for the future", w->future), .maker = w->maker, .maker_id = w->maker_id };
}

/* ---- the selection ---------------------------------------------------------------------------------------------------------- */

static struct lb_plan_url tell_hidden(const struct lb_plan_url *from)
{
	return (struct lb_plan_url){ .url = "(not told: it leads to nothing that all may see)", .type = from->type, .claimed = LB_UNKNOWN, .found = from->found };
}

static struct lb_plan_url tell_url(struct build *b, const struct lb_plan_url *from)
{
	struct lb_arena *a = &b->facts;
	struct lb_plan_url u = { .url = lb_build_text(b, from->url, a), .type = from->type, .resolved = lb_build_text(b, from->resolved, a),
		.name = lb_build_text(b, from->name, a), .owner_id = lb_build_text(b, from->owner_id, a), .whole_stream = from->whole_stream,
		.claimed = from->claimed, .found = from->found, .ncalls = from->ncalls };
	u.calls = lb_arena_alloc(a, (from->ncalls + 1) * sizeof *u.calls);
	for (size_t i = 0; i < from->ncalls; i++)
		if (from->calls[i] && !lb_build_hides_request(b, from->calls[i]))
			u.calls[i] = lb_build_text(b, from->calls[i], a);
	return u;
}

static void tell_urls(struct build *b)
{
	const struct lb_plan *plan = b->plan;
	b->told.nurls = plan->nurls;
	b->told.urls = lb_arena_alloc(&b->facts, (plan->nurls + 1) * sizeof *b->told.urls);
	for (size_t i = 0; i < plan->nurls; i++)
		b->told.urls[i] = b->came[i].hidden ? tell_hidden(&plan->urls[i]) : tell_url(b, &plan->urls[i]);
}

/* Of a stub no more than the package tells. */
static struct lb_plan_photo tell_photo(struct build *b, size_t i)
{
	struct lb_plan_photo p = b->plan->photos[i];
	p.lost_row = 0; /* of the maker's evidence */
	p.title = lb_build_text(b, p.title, &b->facts);
	p.owner_id = lb_build_text(b, p.owner_id, &b->facts);
	p.owner_name = lb_build_text(b, p.owner_name, &b->facts);
	if (b->judged[i].verdict.kind != LB_VERDICT_STUB)
		return p;
	p.visibility = p.media = NULL;
	p.comments = p.faves = p.updated = p.safety = LB_UNKNOWN;
	p.original_offered = p.can_download = LB_UNKNOWN;
	p.pixels = 0;
	return p;
}

static void tell_photos(struct build *b)
{
	struct lb_plan *told = &b->told;
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		if (b->judged[i].verdict.kind == LB_VERDICT_NONE)
			continue;
		LB_GROW(told->photos, told->nphotos, told->photos_cap);
		told->photos[told->nphotos++] = tell_photo(b, i);
	}
}

static void tell_sets(struct build *b)
{
	struct lb_plan *told = &b->told;
	for (size_t i = 0; i < b->plan->nsets; i++) {
		struct lb_plan_set set = b->plan->sets[i];
		if (!b->sets[i].kept)
			continue;
		set.id = lb_build_text(b, set.id, &b->facts);
		set.owner_id = lb_build_text(b, set.owner_id, &b->facts);
		LB_GROW(told->sets, told->nsets, told->sets_cap);
		told->sets[told->nsets++] = set;
	}
}

static void tell_gaps(struct build *b)
{
	struct lb_plan *told = &b->told;
	for (size_t i = 0; i < b->plan->ngaps; i++) {
		struct lb_gap gap = b->plan->gaps[i];
		if (lb_build_hides_gap(b, &gap))
			continue;
		gap.subject = lb_build_text(b, gap.subject, &b->facts);
		gap.message = lb_build_text(b, gap.message, &b->facts);
		LB_GROW(told->gaps, told->ngaps, told->gaps_cap);
		told->gaps[told->ngaps++] = gap;
	}
}

void lb_build_tell(struct build *b)
{
	const struct lb_plan *plan = b->plan;
	b->told = (struct lb_plan){ .id = plan->id, .program = plan->program, .created = plan->created, .words = tell_words(b), .choices = plan->choices };
	tell_urls(b);
	tell_photos(b);
	tell_sets(b);
	tell_gaps(b);
}

/* ---- collections ---------------------------------------------------------------------------------------------------------------- */

/* Of its albums those that are here. */
static struct lb_collection tell_collection(struct build *b, const struct lb_collection *from)
{
	struct lb_arena *a = &b->facts;
	size_t at;
	struct lb_collection c = { .id = lb_build_text(b, from->id, a), .title = lb_build_text(b, from->title, a),
		.description = lb_build_text(b, from->description, a), .owner_id = lb_build_text(b, from->owner_id, a),
		.parent_id = lb_build_text(b, from->parent_id, a) };
	c.album_ids = lb_arena_alloc(a, (from->nalbum_ids + 1) * sizeof *c.album_ids);
	for (size_t i = 0; i < from->nalbum_ids; i++)
		if (from->album_ids[i] && lb_map_get(&b->met.of[LB_ABOUT_ALBUM].at, lb_span(from->album_ids[i]), &at))
			c.album_ids[c.nalbum_ids++] = from->album_ids[i];
	return c;
}

/* Those that an album here is in, and what they are in: parents come first. */
static bool *collections_with_albums(const struct lb_collection *list, size_t count, struct lb_arena *a)
{
	LB_AUTO(lb_map_clear) struct lb_map at = { 0 };
	bool *wanted = lb_arena_alloc(a, (count + 1) * sizeof *wanted);
	size_t parent;
	for (size_t i = 0; i < count; i++)
		lb_map_put(&at, lb_span(list[i].id), i);
	for (size_t i = count; i-- > 0;) {
		wanted[i] |= list[i].nalbum_ids > 0;
		if (wanted[i] && list[i].parent_id && lb_map_get(&at, lb_span(list[i].parent_id), &parent))
			wanted[parent] = true;
	}
	return wanted;
}

void lb_build_collections(struct build *b)
{
	size_t count = b->plan->ncollections;
	struct lb_collection *all = lb_arena_alloc(&b->facts, (count + 1) * sizeof *all);
	for (size_t i = 0; i < count; i++)
		all[i] = tell_collection(b, &b->plan->collections[i]);
	const bool *wanted = collections_with_albums(all, count, &b->facts);
	b->told.collections = all;
	for (size_t i = 0; i < count; i++) {
		if (!wanted[i])
			continue;
		lb_package_add_collection(b->package, &all[i]);
		all[b->told.ncollections++] = all[i];
	}
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------------- */

int lb_build_put_plan(struct build *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF((size_t)1 << 30);
	lb_plan_json(&b->told, &text);
	LB_TRY(lb_buf_check(&text, "plan.json", err));
	return lb_package_put(b->package, "data/provenance/plan.json", lb_buf_span(&text), err);
}
