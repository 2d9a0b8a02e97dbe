#include "lifeboat/creator/subject.h"

#include <string.h>

/* ---- any subject ---------------------------------------------------------------------------------------------------- */

void lb_subject_init(struct lb_subject *s, enum lb_about about, const char *id, const char *owner_id)
{
	*s = (struct lb_subject){ .about = about, .id = id, .owner_id = owner_id };
	switch (about) {
	case LB_ABOUT_PHOTO:
		lb_photo_init(&s->is.photo);
		break;
	case LB_ABOUT_PERSON:
		lb_person_init(&s->is.person);
		s->is.person.nsid = id;
		break;
	case LB_ABOUT_ALBUM:
		s->is.album = (struct lb_album){ .id = id, .owner_id = owner_id, .count_photos = LB_UNKNOWN, .count_videos = LB_UNKNOWN,
			.count_views = LB_UNKNOWN, .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN, .date_updated = LB_UNKNOWN };
		break;
	case LB_ABOUT_GROUP:
		s->is.group = (struct lb_group){ .id = id, .members = LB_UNKNOWN, .pool_count = LB_UNKNOWN, .topic_count = LB_UNKNOWN,
			.privacy = LB_UNKNOWN, .eighteen_plus = LB_UNKNOWN, .moderated = LB_UNKNOWN };
		break;
	case LB_ABOUT_GALLERY:
		s->is.gallery = (struct lb_gallery){ .id = id, .count_photos = LB_UNKNOWN, .count_videos = LB_UNKNOWN,
			.count_views = LB_UNKNOWN, .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN, .date_updated = LB_UNKNOWN };
		lb_person_init(&s->is.gallery.owner);
		break;
	case LB_ABOUT_COUNT:
		break;
	}
}

const char *lb_subject_name(const struct lb_subject *s, struct lb_arena *arena)
{
	static const char *const names[LB_ABOUT_COUNT] = { [LB_ABOUT_PHOTO] = "photo", [LB_ABOUT_PERSON] = "person",
		[LB_ABOUT_ALBUM] = "album", [LB_ABOUT_GROUP] = "group", [LB_ABOUT_GALLERY] = "gallery" };
	return lb_arena_printf(arena, "%s %s", names[s->about], s->id);
}

static const char *id_read(const struct lb_subject *s)
{
	const char *const ids[LB_ABOUT_COUNT] = { [LB_ABOUT_PHOTO] = s->is.photo.id, [LB_ABOUT_PERSON] = s->is.person.nsid,
		[LB_ABOUT_ALBUM] = s->is.album.id, [LB_ABOUT_GROUP] = s->is.group.id, [LB_ABOUT_GALLERY] = s->is.gallery.id };
	return ids[s->about];
}

int lb_subject_read(struct lb_subject *s, const struct lb_layer *layer, const struct lb_reply *r, struct lb_arena *arena, struct lb_page *page, struct lb_error *err)
{
	struct lb_subject before = *s;
	int rc = layer->parse(r->answer.rsp, arena, &s->is, page, err);
	const char *id = rc ? NULL : id_read(s);
	if (!rc && id && strcmp(id, s->id) != 0)
		rc = lb_fail(err, LB_FORMAT, "the answer is about \"%s\"", id);
	if (rc)
		*s = before;
	return rc;
}

/* ---- photos ------------------------------------------------------------------------------------------------------------ */

static int flag_of_visibility(const char *visibility)
{
	return visibility ? strcmp(visibility, "public") == 0 : LB_UNKNOWN;
}

/* Only what the row left open: the plan may have been edited by hand. */
static void fill_from_plan(const struct lb_plan_photo *planned, struct lb_photo *p)
{
	const struct { const char **to, *from; } texts[] = {
		{ &p->id, planned->id }, { &p->owner.nsid, planned->owner_id }, { &p->owner.username, planned->owner_name },
		{ &p->title, planned->title }, { &p->license_id, planned->license_id }, { &p->media, planned->media },
	};
	const struct { int64_t *to, from; } numbers[] = {
		{ &p->count_comments, planned->comments }, { &p->count_faves, planned->faves }, { &p->date_updated, planned->updated },
		{ &p->safety_level, planned->safety },
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (!*texts[i].to)
			*texts[i].to = texts[i].from;
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		if (*numbers[i].to == LB_UNKNOWN)
			*numbers[i].to = numbers[i].from;
	if (p->is_public == LB_UNKNOWN)
		p->is_public = flag_of_visibility(planned->visibility);
	if (p->can_download == LB_UNKNOWN)
		p->can_download = planned->can_download;
}

void lb_photo_begin(struct lb_rows *rows, const struct lb_plan_photo *planned, struct lb_arena *arena, struct lb_photo *out)
{
	lb_photo_init(out);
	out->selected_by = planned->from;
	out->nselected_by = planned->nfrom;
	if (rows)
		(void)lb_rows_fill(rows, planned, arena, out);
	fill_from_plan(planned, out);
}

/* The verdict is settled when the most favourable answer would not change it. */
struct lb_verdict lb_photo_judge(const struct lb_policy_rules *rules, const struct lb_photo *photo, bool *settled)
{
	struct lb_verdict verdict = lb_policy_judge(rules, photo);
	struct lb_photo hoped = *photo;
	if (hoped.is_public == LB_UNKNOWN)
		hoped.is_public = 1;
	if (hoped.safety_level == LB_UNKNOWN)
		hoped.safety_level = 0;
	*settled = !lb_verdict_keeps(verdict.kind) && photo->owner.nsid && photo->license_id && lb_policy_judge(rules, &hoped).kind == verdict.kind;
	return verdict;
}

struct lb_want lb_photo_want(const struct lb_plan *plan, const struct lb_plan_photo *planned, const struct lb_photo *photo)
{
	const char *owner = photo->owner.nsid;
	const struct lb_media *original = &photo->files[LB_ORIGINAL];
	struct lb_want want = { .choices = plan->choices.layers,
		.has_original = original->present && original->label && strcmp(original->label, "Original") == 0 };
	for (size_t i = 0; i < planned->nfrom && !want.whole_stream; i++) {
		const struct lb_plan_url *u = planned->from[i] < plan->nurls ? &plan->urls[planned->from[i]] : NULL;
		want.whole_stream = u && u->whole_stream && u->owner_id && owner && strcmp(u->owner_id, owner) == 0;
	}
	return want;
}

struct lb_want lb_photo_expected(const struct lb_plan *plan, const struct lb_plan_photo *planned, struct lb_photo *out)
{
	lb_photo_begin(NULL, planned, NULL, out);
	out->nsizes = planned->pixels ? 1 : 0; /* a list that told the largest told the others */
	struct lb_want want = lb_photo_want(plan, planned, out);
	want.has_original = planned->original_offered == 1;
	return want;
}

bool lb_photo_is_video(const struct lb_photo *photo)
{
	return photo->media && strcmp(photo->media, "video") == 0;
}

/* ---- sets ---------------------------------------------------------------------------------------------------------------- */

enum lb_about lb_set_about(const struct lb_plan_set *set)
{
	static const enum lb_about about[] = { [LB_SET_ALBUM] = LB_ABOUT_ALBUM, [LB_SET_GALLERY] = LB_ABOUT_GALLERY, [LB_SET_GROUP] = LB_ABOUT_GROUP };
	return about[set->kind];
}

const char *lb_set_call(const struct lb_plan *plan, const struct lb_plan_set *set, size_t i, struct lb_arena *arena, const char **method)
{
	if (set->url >= plan->nurls || i >= set->ncalls)
		return NULL;
	const struct lb_plan_url *u = &plan->urls[set->url];
	const char *uri = set->first_call < u->ncalls && i < u->ncalls - set->first_call ? u->calls[set->first_call + i] : NULL;
	*method = uri ? lb_uri_param(lb_span(uri), "method", arena) : NULL;
	return *method ? uri : NULL;
}

size_t lb_set_page(const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_plan_set *set, size_t i, struct lb_arena *arena, struct lb_photo **rows)
{
	struct lb_reply reply;
	struct lb_page page;
	size_t count;
	const char *method, *uri = lb_set_call(plan, set, i, arena, &method);
	if (!uri || lb_reply_recorded(ev, method, uri, arena, &reply, NULL) || !lb_reply_good(&reply))
		return 0;
	return lb_parse_photo_list(reply.answer.rsp, arena, rows, &count, &page, NULL) ? 0 : count;
}
