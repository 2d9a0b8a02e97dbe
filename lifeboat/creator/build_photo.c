/* The second round: each photo with all its layers, as a stub, as missing, or not at all. */
#include "lifeboat/creator/build_private.h"

#include <string.h>

/* The list's words about the photo, which no getInfo may come to replace. */
static void redact_row(struct build *b, struct lb_photo *p)
{
	const char **const texts[] = { &p->title, &p->owner.username, &p->owner.realname, &p->owner.location };
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		*texts[i] = lb_build_text(b, *texts[i], &b->arena);
}

static int show(struct build *b, const struct lb_photo *photo, bool missing, struct lb_error *err)
{
	return lb_show_add(&b->show, photo, missing, b->gaps, b->ngaps, err);
}

/* ---- not in full --------------------------------------------------------------------------------------------------------- */

static int add_missing(struct build *b, const struct lb_photo *known, struct lb_error *err)
{
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = known->id;
	photo.title = known->title;
	photo.owner.nsid = known->owner.nsid;
	photo.owner.username = known->owner.username;
	b->result.missing++;
	LB_TRY(lb_package_add_missing(b->package, photo.id, err));
	return show(b, &photo, true, err);
}

static int add_stub(struct build *b, const struct lb_photo *known, const char *why, struct lb_error *err)
{
	struct lb_photo photo;
	struct lb_arena *a = &b->arena;
	lb_photo_init(&photo);
	photo.id = known->id;
	photo.title = lb_build_text(b, known->title, a);
	photo.license_id = known->license_id;
	photo.is_public = 1; /* of what not all may see there is no stub */
	photo.owner.nsid = known->owner.nsid;
	photo.owner.username = lb_build_text(b, known->owner.username, a);
	photo.owner.realname = lb_build_text(b, known->owner.realname, a);
	photo.owner.path_alias = known->owner.path_alias;
	photo.selected_by = known->selected_by;
	photo.nselected_by = known->nselected_by;
	photo.withheld = why;
	b->result.withheld++;
	lb_build_gap(b, (struct lb_gap){ .kind = LB_GAP_WITHHELD, .photo_id = photo.id, .subject = lb_arena_printf(a, "photo %s", photo.id),
		.layer = "photo", .code = LB_UNKNOWN, .message = why });
	LB_TRY(lb_package_add_photo(b->package, &photo, err));
	return show(b, &photo, false, err);
}

/* ---- sets that tell of their photos ---------------------------------------------------------------------------------------- */

/* Appends an item to a list of the photo's unless one with its id is there. */
#define JOIN(photo, list, count, item, arena)                                                                       \
	do {                                                                                                        \
		bool there_ = false;                                                                                \
		for (size_t k_ = 0; k_ < (photo)->count; k_++)                                                      \
			there_ = there_ || strcmp((photo)->list[k_].id, (item)->id) == 0;                           \
		if (!there_) {                                                                                      \
			void *more_ = lb_arena_alloc((arena), ((photo)->count + 1) * sizeof *(photo)->list);        \
			if ((photo)->count)                                                                         \
				memcpy(more_, (photo)->list, (photo)->count * sizeof *(photo)->list);               \
			(photo)->list = more_;                                                                      \
			(photo)->list[(photo)->count++] = *(item);                                                  \
		}                                                                                                   \
	} while (0)

static void join_set(struct build *b, struct lb_photo *p, const struct lb_subject *set)
{
	if (set->about == LB_ABOUT_ALBUM)
		JOIN(p, albums, nalbums, &set->is.album, &b->arena);
	else if (set->about == LB_ABOUT_GROUP)
		JOIN(p, groups, ngroups, &set->is.group, &b->arena);
	else if (set->about == LB_ABOUT_GALLERY)
		JOIN(p, galleries, ngalleries, &set->is.gallery, &b->arena);
}

static void join_sets(struct build *b, size_t i, struct lb_photo *p)
{
	for (size_t m = b->judged[i].sets; m; m = b->memberships[m - 1].next)
		join_set(b, p, &b->sets[b->memberships[m - 1].set].subject);
}

/* ---- in full ------------------------------------------------------------------------------------------------------------------ */

static int read_layers(struct build *b, struct lb_subject *s, const struct lb_plan_photo *planned, enum lb_layer_part part, struct lb_error *err)
{
	for (size_t i = 0; i < lb_layer_count; i++) {
		const struct lb_layer *layer = &lb_layers[i];
		if (layer->about != LB_ABOUT_PHOTO || layer->part != part)
			continue;
		struct lb_want want = lb_photo_want(b->plan, planned, &s->is.photo);
		if (lb_layer_wanted(layer, &s->is, &want))
			LB_TRY(lb_build_layer(b, s, layer, true, &b->arena, NULL, err));
	}
	return 0;
}

static int add_kept(struct build *b, size_t i, struct lb_subject *s, struct lb_error *err)
{
	const struct lb_plan_photo *planned = &b->plan->photos[i];
	const struct lb_verdict *verdict = &b->judged[i].verdict;
	struct lb_photo *photo = &s->is.photo;
	if (verdict->kind == LB_VERDICT_TAKE)
		LB_TRY(read_layers(b, s, planned, LB_PART_SIZES, err));
	LB_TRY(lb_build_files(b, photo, verdict, err));
	LB_TRY(read_layers(b, s, planned, LB_PART_AROUND, err));
	LB_TRY(lb_build_exif(b, photo, err));
	lb_met_photo(&b->met, photo);
	join_sets(b, i, photo);
	b->result.photos++;
	LB_TRY(lb_package_add_photo(b->package, photo, err));
	return show(b, photo, false, err);
}

static int build_photo(struct build *b, size_t i, struct lb_error *err)
{
	const struct lb_plan_photo *planned = &b->plan->photos[i];
	const struct judged *j = &b->judged[i];
	struct lb_subject s;
	struct lb_reply info;
	lb_arena_reset(&b->arena);
	b->ngaps = 0;
	lb_subject_init(&s, LB_ABOUT_PHOTO, planned->id, NULL);
	lb_photo_begin(b->rows, planned, &b->arena, &s.is.photo);
	if (j->told && !lb_build_keeps(b, i)) {
		bool settled, had; /* what getInfo does not tell either, the list's words tell */
		(void)lb_photo_judge(&b->rules, &s.is.photo, &settled);
		if (!settled)
			LB_TRY(lb_build_read_info(b, &s, &had, err));
		return add_stub(b, &s.is.photo, j->verdict.why, err);
	}
	redact_row(b, &s.is.photo);
	LB_TRY(lb_build_layer(b, &s, lb_layer_named("info"), true, &b->arena, &info, err));
	if (!lb_reply_good(&info))
		return add_missing(b, &s.is.photo, err);
	s.is.photo.captured = info.date;
	return add_kept(b, i, &s, err);
}

/* ---- all ------------------------------------------------------------------------------------------------------------------------ */

/* That there are photos of which nothing is said, is said; but not which. */
static void tell_unnamed(struct build *b)
{
	LB_AUTO(lb_map_clear) struct lb_map reasons = { 0 };
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		const struct lb_verdict *v = &b->judged[i].verdict;
		size_t count = 0;
		if (v->kind != LB_VERDICT_NONE)
			continue;
		lb_map_get(&reasons, lb_span(v->why), &count);
		lb_map_put(&reasons, lb_span(v->why), count + 1);
	}
	for (size_t i = 0; i < reasons.count; i++) {
		size_t count = reasons.items[i].value;
		lb_build_gap(b, (struct lb_gap){ .kind = LB_GAP_WITHHELD, .subject = lb_arena_printf(&b->arena, "%zu photo%s", count, count == 1 ? "" : "s"),
			.layer = "photo", .code = LB_UNKNOWN, .message = lb_arena_strdup(&b->arena, reasons.items[i].key) });
	}
}

int lb_build_photos(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		LB_TRY(lb_ctx_check(b->ctx, err));
		if (b->judged[i].verdict.kind == LB_VERDICT_NONE)
			b->result.withheld++;
		else
			LB_TRY(build_photo(b, i, err));
		lb_ctx_event(b->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = i + 1, .total = b->plan->nphotos });
	}
	lb_arena_reset(&b->arena);
	tell_unnamed(b);
	return 0;
}
