/* The stages of a subject: each takes what is on record, and asks for what is not where its pass may. */
#include "lifeboat/creator/gather_private.h"

#define STREAM_SECONDS 3600 /* the addresses of a video's streams do not hold for long */

/* ---- one question --------------------------------------------------------------------------------------------------------- */

static int answered(void *arg, struct lb_error *err)
{
	return lb_gather_resume(arg, err);
}

/* Its photo has changed since that answer, as far as the layer tells of it, and nobody has asked again. */
static bool is_stale(const struct work *w, const struct lb_layer *layer, const char *uri, long record)
{
	const struct lb_plan_photo *p = w->planned;
	if (!p || record < 0 || (size_t)record >= p->stale_before || !(p->stale_layers & UINT32_C(1) << layer->choice))
		return false;
	return !lb_reply_withdrawn(w->g->session->evidence, uri, p->stale_before);
}

/* The answer on record; or, when there is none from `since` on and it may be asked for, *waits. An answer that was just asked
 * for is taken as it is, and one of before remains in use when the new one did not come. */
static int put_question(struct work *w, const struct lb_layer *layer, enum part part, int64_t since, struct lb_reply *out, bool *waits, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_session *session = w->g->session;
	lb_layer_uri(&uri, layer, w->subject.id, w->subject.owner_id, w->page);
	LB_TRY(lb_reply_recorded(session->evidence, layer->method, lb_buf_str(&uri), &w->arena, out, err));
	bool lacks = !out->answered || out->date < since || is_stale(w, layer, lb_buf_str(&uri), out->record);
	*waits = lacks && !w->asked && (w->g->pass->asks & part);
	w->asked = false;
	if (!*waits)
		return 0;
	w->calls++;
	w->pending = (struct lb_pending){ .method = layer->method, .uri = lb_arena_strdup(&w->arena, lb_buf_str(&uri)), .done = answered, .arg = w };
	return lb_session_submit(session, &w->pending, err);
}

/* One page of a layer into the subject; *good, and *more when there is another. */
static int take_page(struct work *w, const struct lb_layer *layer, enum part part, int64_t since, bool *good, bool *more, enum then *then, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_page page = { .page = LB_UNKNOWN, .pages = LB_UNKNOWN };
	bool waits;
	*good = *more = false;
	LB_TRY(put_question(w, layer, part, since, &reply, &waits, err));
	*then = waits ? THEN_WAITS : THEN_NEXT;
	if (waits)
		return 0;
	*good = lb_reply_good(&reply) && lb_subject_read(&w->subject, layer, &reply, &w->arena, &page, NULL) == 0;
	*more = *good && layer->paged && page.got > 0 && w->page < page.pages;
	w->g->gaps += !*good && (w->g->pass->asks & part);
	return 0;
}

/* All pages of a layer, from the one at hand. */
static int take_layer(struct work *w, const struct lb_layer *layer, enum part part, int64_t since, bool *good, enum then *then, struct lb_error *err)
{
	bool more;
	for (;; w->page++) {
		LB_TRY(take_page(w, layer, part, since, good, &more, then, err));
		if (*then == THEN_WAITS)
			return 0;
		if (!more)
			break;
	}
	w->page = 1;
	return 0;
}

/* ---- a photo -------------------------------------------------------------------------------------------------------------- */

static int go_info(struct work *w, enum then *then, struct lb_error *err)
{
	const struct lb_layer *layer = lb_layer_named("info");
	bool good, ignored;
	if (w->settled) {
		*then = THEN_OVER;
		return 0;
	}
	LB_TRY(take_layer(w, layer, PART_INFO, 0, &good, then, err));
	if (*then == THEN_WAITS)
		return 0;
	if (good)
		w->verdict = lb_photo_judge(&w->g->rules, &w->subject.is.photo, &ignored);
	w->informed = good;
	if (!good || !lb_verdict_keeps(w->verdict.kind))
		*then = THEN_OVER;
	return 0;
}

/* Where the file is not here yet, the sizes on record count only as long as the addresses in them hold. */
static int video_since(struct work *w, const struct lb_layer *layer, int64_t *since, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_subject copy = w->subject;
	struct lb_reply reply;
	struct lb_page page;
	const char *why;
	lb_layer_uri(&uri, layer, w->subject.id, NULL, 1);
	LB_TRY(lb_reply_recorded(w->g->session->evidence, layer->method, lb_buf_str(&uri), &w->arena, &reply, err));
	if (!lb_reply_good(&reply) || lb_subject_read(&copy, layer, &reply, &w->arena, &page, NULL))
		return 0;
	const struct lb_size *stream = lb_size_choose(&copy.is.photo, LB_ORIGINAL, &why);
	int64_t limit = lb_ctx_now(w->g->session->ctx) - STREAM_SECONDS;
	if (stream && limit > *since && !lb_gather_has_file(w, stream->source))
		*since = limit;
	return 0;
}

static int go_sizes(struct work *w, enum then *then, struct lb_error *err)
{
	const struct lb_layer *layer = lb_layer_named("sizes");
	struct lb_want want = lb_photo_want(w->g->plan, w->planned, &w->subject.is.photo);
	bool video = lb_photo_is_video(&w->subject.is.photo), good;
	int64_t since = 0;
	if (w->verdict.kind != LB_VERDICT_TAKE || !lb_layer_wanted(layer, &w->subject.is, &want))
		return 0;
	if (video)
		LB_TRY(video_since(w, layer, &since, err));
	return take_layer(w, layer, video ? PART_ORIGINAL : PART_SIZES, since, &good, then, err);
}

static int go_role(struct work *w, enum lb_role role, enum then *then, struct lb_error *err)
{
	struct lb_photo *photo = &w->subject.is.photo;
	const char *why;
	const struct lb_size *size = w->verdict.kind == LB_VERDICT_TAKE ? lb_size_choose(photo, role, &why) : NULL;
	if (!size)
		return 0;
	photo->files[role].label = size->label;
	return lb_gather_file(w, size, w->stage->part, &photo->files[role].present, then, err);
}
static int go_original(struct work *w, enum then *then, struct lb_error *err)
{
	return go_role(w, LB_ORIGINAL, then, err);
}
static int go_thumbnail(struct work *w, enum then *then, struct lb_error *err)
{
	return go_role(w, LB_THUMBNAIL, then, err);
}

/* ---- any subject ------------------------------------------------------------------------------------------------------------- */

static bool wants_layer(struct work *w, const struct lb_layer *layer)
{
	struct lb_want want = { .choices = w->g->plan->choices.layers };
	if (layer->about != w->subject.about)
		return false;
	if (w->planned)
		want = lb_photo_want(w->g->plan, w->planned, &w->subject.is.photo);
	return layer->part == LB_PART_AROUND && lb_layer_wanted(layer, &w->subject.is, &want);
}

static int go_layers(struct work *w, enum then *then, struct lb_error *err)
{
	bool good;
	for (; w->layer < lb_layer_count; w->layer++) {
		const struct lb_layer *layer = &lb_layers[w->layer];
		bool under_way = w->asked || w->page > 1;
		if (!under_way && !wants_layer(w, layer))
			continue;
		LB_TRY(take_layer(w, layer, PART_LAYERS, 0, &good, then, err));
		if (*then == THEN_WAITS)
			return 0;
	}
	return 0;
}

static int go_icon(struct work *w, enum then *then, struct lb_error *err)
{
	bool chosen = w->g->plan->choices.layers & UINT32_C(1) << LB_CHOICE_ICONS, have;
	const char *url = chosen ? lb_icon_url(&w->subject.is.person, &w->arena) : NULL;
	struct lb_size icon = { .label = "Buddy icon", .source = url, .media = "photo", .width = LB_UNKNOWN, .height = LB_UNKNOWN };
	return url ? lb_gather_file(w, &icon, PART_ICON, &have, then, err) : 0;
}

static const struct stage photo_stages[] = {
	{ PART_INFO, go_info }, { PART_SIZES, go_sizes }, { PART_ORIGINAL, go_original }, { PART_THUMBNAIL, go_thumbnail },
	{ PART_LAYERS, go_layers }, { PART_ALL, NULL },
};
static const struct stage person_stages[] = { { PART_LAYERS, go_layers }, { PART_ICON, go_icon }, { PART_ALL, NULL } };
static const struct stage other_stages[] = { { PART_LAYERS, go_layers }, { PART_ALL, NULL } };

const struct stage *lb_gather_stages(enum lb_about about)
{
	return about == LB_ABOUT_PHOTO ? photo_stages : about == LB_ABOUT_PERSON ? person_stages : other_stages;
}
