/* What is told once each: members, albums, groups, galleries, collections, the licence table. */
#include "lifeboat/creator/build_private.h"

#include <stdlib.h>

static bool is_chosen(const struct build *b, enum lb_choice choice)
{
	return b->plan->choices.layers & UINT32_C(1) << choice;
}

/* ---- into the package ---------------------------------------------------------------------------------------------------- */

static void add_person(struct lb_package *p, const struct lb_subject *s)
{
	lb_package_add_person(p, &s->is.person);
}
static void add_album(struct lb_package *p, const struct lb_subject *s)
{
	lb_package_add_album(p, &s->is.album);
}
static void add_group(struct lb_package *p, const struct lb_subject *s)
{
	lb_package_add_group(p, &s->is.group);
}
static void add_gallery(struct lb_package *p, const struct lb_subject *s)
{
	lb_package_add_gallery(p, &s->is.gallery);
}
static void (*const adders[LB_ABOUT_COUNT])(struct lb_package *p, const struct lb_subject *s) = {
	[LB_ABOUT_PERSON] = add_person, [LB_ABOUT_ALBUM] = add_album, [LB_ABOUT_GROUP] = add_group, [LB_ABOUT_GALLERY] = add_gallery,
};

/* ---- the sets of the plan, before the photos ------------------------------------------------------------------------------- */

/* Of a set of the plan that holds a photo that is kept; NULL: it is none. */
static struct set_facts *facts_of(struct build *b, enum lb_about about, const char *id)
{
	size_t at;
	return id && lb_map_get(&b->set_at[about], lb_span(id), &at) && b->sets[at].kept ? &b->sets[at] : NULL;
}

static void take_told(void *arg, const struct lb_subject *told)
{
	struct set_facts *f = facts_of(arg, told->about, told->id);
	if (!f)
		return;
	f->subject.is = told->is;
	if (told->about == LB_ABOUT_ALBUM)
		f->subject.is.album.owner_id = f->subject.owner_id;
}

static int read_list(struct build *b, const char *uri, struct lb_error *err)
{
	struct lb_reply reply;
	lb_arena_reset(&b->arena);
	const char *method = uri ? lb_uri_param(lb_span(uri), "method", &b->arena) : NULL;
	if (!lb_told_by(method) || lb_build_hides_request(b, uri))
		return 0;
	LB_TRY(lb_build_answer(b, method, uri, &b->arena, &reply, err));
	if (lb_reply_good(&reply))
		lb_told_each(method, reply.answer.rsp, &b->facts, take_told, b);
	return 0;
}

static int read_lists(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nurls; i++)
		for (size_t c = 0; b->plan->nsets && !b->came[i].hidden && c < b->plan->urls[i].ncalls; c++) {
			LB_TRY(lb_ctx_check(b->ctx, err));
			LB_TRY(read_list(b, b->plan->urls[i].calls[c], err));
		}
	return 0;
}

/* The layer with the set's own record. */
static const struct lb_layer *record_of(enum lb_about about)
{
	static const char *const names[LB_ABOUT_COUNT] = { [LB_ABOUT_ALBUM] = "album", [LB_ABOUT_GROUP] = "group", [LB_ABOUT_GALLERY] = "gallery" };
	return names[about] ? lb_layer_named(names[about]) : NULL;
}

/* What no list told: the record of its own, where it was chosen, or is there because planning asked for it. */
static int read_set(struct build *b, struct set_facts *f, struct lb_error *err)
{
	const struct lb_want want = { .choices = b->plan->choices.layers };
	const struct lb_layer *layer = record_of(f->subject.about);
	bool wanted = lb_layer_wanted(layer, &f->subject.is, &want);
	lb_arena_reset(&b->arena);
	b->ngaps = 0;
	if (wanted || lb_build_is_recorded(b, &f->subject, layer))
		LB_TRY(lb_build_layer(b, &f->subject, layer, wanted, &b->facts, NULL, err));
	adders[f->subject.about](b->package, &f->subject); /* so that the package has them in the plan's order */
	return 0;
}

int lb_build_set_facts(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nsets; i++) {
		const struct lb_plan_set *set = &b->plan->sets[i];
		lb_subject_init(&b->sets[i].subject, lb_set_about(set), set->id, set->owner_id);
		if (b->sets[i].kept)
			lb_met_set(&b->met, set);
	}
	LB_TRY(read_lists(b, err));
	for (size_t i = 0; i < b->plan->nsets; i++) {
		LB_TRY(lb_ctx_check(b->ctx, err));
		if (b->sets[i].kept)
			LB_TRY(read_set(b, &b->sets[i], err));
	}
	return 0;
}

/* ---- the lists of the sets ------------------------------------------------------------------------------------------------------ */

struct members { struct lb_gallery_item *items; size_t count, cap; struct lb_map seen; };

static void members_clear(struct members *m)
{
	free(m->items);
	lb_map_clear(&m->seen);
}

static int read_members_page(struct build *b, const struct lb_plan_set *set, size_t page, struct members *m, struct lb_arena *arena, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_photo *rows;
	struct lb_gallery_item *items;
	struct lb_page numbers;
	size_t count, nitems;
	lb_arena_reset(&b->arena);
	LB_TRY(lb_ctx_check(b->ctx, err));
	const char *method, *uri = lb_set_call(b->plan, set, page, &b->arena, &method);
	if (!uri)
		return 0;
	LB_TRY(lb_build_answer(b, method, uri, &b->arena, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_photo_list(reply.answer.rsp, &b->arena, &rows, &count, &numbers, NULL))
		return 0;
	bool words = set->kind == LB_SET_GALLERY && lb_parse_gallery_items(reply.answer.rsp, &b->arena, &items, &nitems, NULL) == 0;
	for (size_t i = 0; i < count; i++) {
		if (!lb_map_put(&m->seen, lb_span(rows[i].id), i))
			continue;
		LB_GROW(m->items, m->count, m->cap);
		m->items[m->count++] = (struct lb_gallery_item){ lb_arena_strdup(arena, rows[i].id),
			words && i < nitems ? lb_arena_strdup(arena, items[i].comment) : NULL };
	}
	return 0;
}

static void give_members(struct lb_subject *s, const struct members *m, struct lb_arena *arena)
{
	if (s->about == LB_ABOUT_GALLERY) {
		s->is.gallery.items = m->items;
		s->is.gallery.nitems = m->count;
		return;
	}
	const char **ids = lb_arena_alloc(arena, (m->count + 1) * sizeof *ids);
	for (size_t i = 0; i < m->count; i++)
		ids[i] = m->items[i].photo_id;
	if (s->about == LB_ABOUT_ALBUM) {
		s->is.album.photo_ids = ids;
		s->is.album.nphoto_ids = m->count;
	} else {
		s->is.group.photo_ids = ids;
		s->is.group.nphoto_ids = m->count;
	}
}

/* ---- what was met ------------------------------------------------------------------------------------------------------------------ */

/* A set of the plan goes along with what is known of it, and with its list. */
static int add_met(struct build *b, struct lb_subject *s, const struct set_facts *f, struct lb_arena *arena, struct lb_error *err)
{
	LB_AUTO(members_clear) struct members m = { 0 };
	const struct lb_plan_set *set = f ? &b->plan->sets[f - b->sets] : NULL;
	for (size_t page = 0; set && page < set->ncalls; page++)
		LB_TRY(read_members_page(b, set, page, &m, arena, err));
	if (m.count)
		give_members(s, &m, arena);
	adders[s->about](b->package, s);
	return 0;
}

static void begin_met(struct build *b, enum lb_about about, size_t i, const struct set_facts **f, struct lb_subject *s)
{
	lb_met_subject(&b->met, about, i, s);
	*f = facts_of(b, about, s->id);
	if (!*f)
		return;
	int64_t comments = about == LB_ABOUT_ALBUM ? s->is.album.count_comments : LB_UNKNOWN; /* as its photos told */
	*s = (*f)->subject;
	if (about == LB_ABOUT_ALBUM && comments > s->is.album.count_comments)
		s->is.album.count_comments = comments;
}

static void note_deleted(struct lb_subject *s, const struct lb_reply *reply)
{
	if (s->about == LB_ABOUT_PERSON && reply->answered && reply->answer.fault == LB_FAULT_DELETED)
		s->is.person.is_deleted = 1;
}

static int build_met(struct build *b, enum lb_about about, size_t i, struct lb_error *err)
{
	const struct lb_want want = { .choices = b->plan->choices.layers };
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const struct set_facts *f;
	struct lb_subject s;
	struct lb_reply reply;
	lb_arena_reset(&b->arena);
	b->ngaps = 0;
	begin_met(b, about, i, &f, &s);
	for (size_t k = 0; k < lb_layer_count; k++) {
		const struct lb_layer *layer = &lb_layers[k];
		bool had = f && layer == record_of(about);
		if (layer->about != about || had || !lb_layer_wanted(layer, &s.is, &want))
			continue;
		LB_TRY(lb_build_layer(b, &s, layer, true, &arena, &reply, err));
		note_deleted(&s, &reply);
	}
	LB_TRY(add_met(b, &s, f, &arena, err));
	return about == LB_ABOUT_PERSON && is_chosen(b, LB_CHOICE_ICONS) ? lb_build_icon(b, &s.is.person, err) : 0;
}

int lb_build_around(struct build *b, struct lb_error *err)
{
	LB_TRY(lb_met_told(&b->met, b->plan, b->evidence, b->ctx, err));
	for (enum lb_about about = LB_ABOUT_PERSON; about < LB_ABOUT_COUNT; about++)
		for (size_t i = 0; i < b->met.of[about].count; i++) {
			LB_TRY(lb_ctx_check(b->ctx, err));
			LB_TRY(build_met(b, about, i, err));
		}
	lb_build_collections(b);
	return 0;
}

/* ---- the licence table ----------------------------------------------------------------------------------------------------------------- */

int lb_build_licenses(struct build *b, struct lb_error *err)
{
	static const char method[] = "flickr.photos.licenses.getInfo";
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_license *list;
	size_t count;
	lb_api_uri(&uri, method, NULL, 0);
	LB_TRY(lb_build_answer(b, method, lb_buf_str(&uri), &b->arena, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_licenses(reply.answer.rsp, &b->arena, &list, &count, NULL)) {
		lb_build_gap(b, lb_reply_gap(&reply, NULL, "licence table", "licenses", method));
		return 0;
	}
	for (size_t i = 0; i < count; i++)
		lb_package_add_license(b->package, &list[i]);
	return 0;
}
