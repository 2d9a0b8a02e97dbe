/* Gathering: for each photo of the plan, and then for what was met around the photos, all that policy and choices let through
 * and the evidence lacks. */
#include <errno.h>
#include <stdlib.h>

#include "lifeboat/creator/gather_private.h"

#define WORKS_MIN 12      /* enough to keep the API lane busy */
#define API_BACKLOG 4     /* while files are slow, more photos are begun so that the API does not wait for them */

/* The order of everything. */
#define AROUND                                                                                                      \
	{ LB_ABOUT_PERSON, PART_LAYERS | PART_ICON, "members" }, { LB_ABOUT_ALBUM, PART_LAYERS, "albums" },       \
	{ LB_ABOUT_GROUP, PART_LAYERS, "groups" }, { LB_ABOUT_GALLERY, PART_LAYERS, "galleries" }
static const struct pass photo_by_photo[] = { { LB_ABOUT_PHOTO, PART_ALL, "photos" }, AROUND };
/* What cannot be had again comes first, so that a cut at any moment leaves the most valuable part. */
static const struct pass originals_before_all[] = {
	{ LB_ABOUT_PHOTO, PART_INFO | PART_SIZES, "photos" },
	{ LB_ABOUT_PHOTO, PART_ORIGINAL, "originals" },
	{ LB_ABOUT_PHOTO, PART_THUMBNAIL, "thumbnails" },
	{ LB_ABOUT_PHOTO, PART_LAYERS, "surroundings" },
	AROUND,
};

/* ---- one subject ------------------------------------------------------------------------------------------------------- */

static void tell_progress(const struct gather *g)
{
	struct lb_net_stats stats = lb_net_stats(g->session->net);
	uint64_t calls = lb_forecast_calls(g);
	lb_ctx_event(g->session->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = g->pass->unit, .done = g->done, .total = g->total,
		.bytes = g->bytes, .gaps = g->gaps, .calls = stats.api_calls, .left_s = calls ? lb_net_eta_s(g->session->net, calls) : 0 });
}

static void free_work(struct work *w)
{
	w->g->nrunning--;
	*w->slot = NULL;
	lb_arena_clear(&w->arena);
	free(w);
}

static void finish_photo(struct work *w)
{
	struct gather *g = w->g;
	bool first = g->pass == g->passes, keeps = lb_verdict_keeps(w->verdict.kind);
	g->photos += first;
	g->withheld += first && !keeps;
	if (keeps && w->informed) {
		lb_met_photo(&g->met, &w->subject.is.photo);
		if (g->plan->nsets)
			lb_map_put(&g->kept, lb_span(w->planned->id), 0);
	}
	lb_forecast_photo(g, w);
}

static void finish(struct work *w)
{
	struct gather *g = w->g;
	if (w->planned)
		finish_photo(w);
	free_work(w);
	g->done++;
	tell_progress(g);
}

/* Stages behind the last part that this pass asks for would only be read. */
static int advance(struct work *w, struct lb_error *err)
{
	enum then then = THEN_NEXT;
	while (then == THEN_NEXT && w->stage->go && w->g->pass->asks >= (unsigned)w->stage->part) {
		LB_TRY(w->stage->go(w, &then, err));
		if (then == THEN_NEXT)
			w->stage++;
	}
	if (then != THEN_WAITS)
		finish(w);
	return 0;
}

static void begin_photo(struct work *w, const struct lb_plan_photo *planned)
{
	w->planned = planned;
	lb_subject_init(&w->subject, LB_ABOUT_PHOTO, planned->id, NULL);
	lb_photo_begin(w->g->rows, planned, &w->arena, &w->subject.is.photo);
	w->verdict = lb_photo_judge(&w->g->rules, &w->subject.is.photo, &w->settled);
}

static int begin_one(struct gather *g, struct work **slot, struct lb_error *err)
{
	struct work *w = lb_alloc(sizeof *w);
	w->g = g;
	w->slot = slot;
	w->page = 1;
	w->stage = lb_gather_stages(g->pass->about);
	*slot = w;
	g->nrunning++;
	if (g->pass->about == LB_ABOUT_PHOTO)
		begin_photo(w, &g->plan->photos[g->next++]);
	else
		lb_met_subject(&g->met, g->pass->about, g->next++, &w->subject);
	return advance(w, err);
}

/* ---- all of a pass -------------------------------------------------------------------------------------------------------- */

static bool has_room(const struct gather *g)
{
	if (g->nrunning < WORKS_MIN)
		return true;
	return g->nrunning < WORKS_MAX && lb_net_waiting(g->session->net, LB_LANE_API) < API_BACKLOG;
}

static struct work **free_slot(struct gather *g)
{
	size_t i = 0;
	while (g->running[i])
		i++;
	return &g->running[i];
}

static int begin_more(struct gather *g, struct lb_error *err)
{
	while (g->next < g->total && has_room(g)) {
		LB_TRY(lb_ctx_check(g->session->ctx, err));
		LB_TRY(begin_one(g, free_slot(g), err));
	}
	return 0;
}

int lb_gather_resume(struct work *w, struct lb_error *err)
{
	struct gather *g = w->g;
	w->asked = true;
	LB_TRY(advance(w, err));
	return begin_more(g, err);
}

static int run_pass(struct gather *g, struct lb_error *err)
{
	bool photos = g->pass->about == LB_ABOUT_PHOTO;
	if (!photos && g->pass[-1].about == LB_ABOUT_PHOTO)
		LB_TRY(lb_gather_sets(g, err));
	g->next = g->done = 0;
	g->total = photos ? g->plan->nphotos : g->met.of[g->pass->about].count;
	lb_forecast_pass(g);
	int rc = begin_more(g, err);
	if (!rc)
		rc = lb_net_run(g->session->net, err);
	for (size_t i = 0; i < WORKS_MAX; i++)
		if (g->running[i])
			free_work(g->running[i]);
	return rc;
}

static int gather_all(struct gather *g, struct lb_error *err)
{
	lb_ctx_event(g->session->ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "gather" });
	LB_TRY(lb_gather_questions(g, err));
	lb_forecast_plan(g);
	for (g->pass = g->passes; g->pass < g->passes + g->npasses; g->pass++)
		LB_TRY(run_pass(g, err));
	lb_ctx_event(g->session->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = g->photos, .total = g->plan->nphotos,
		.bytes = g->bytes, .gaps = g->gaps, .calls = lb_net_stats(g->session->net).api_calls });
	return 0;
}

static int run(struct gather *g, const char *dir, struct lb_gather_result *out, struct lb_error *err)
{
	LB_TRY(lb_ledger_load(dir, &g->ledger, err));
	g->rules = (struct lb_policy_rules){ g->plan, &g->ledger, g->plan->choices.policy };
	g->rows = lb_rows_new(g->plan, g->session->evidence);
	int rc = gather_all(g, err);
	struct lb_net_stats stats = lb_net_stats(g->session->net);
	*out = (struct lb_gather_result){ .photos = g->photos, .calls = stats.api_calls, .retries = stats.api_retries + stats.file_retries,
		.files = stats.files, .bytes = stats.bytes, .gaps = g->gaps, .withheld = g->withheld };
	lb_rows_free(g->rows);
	lb_met_clear(&g->met);
	lb_map_clear(&g->kept);
	lb_ledger_clear(&g->ledger);
	return rc;
}

/* ---- the stage ---------------------------------------------------------------------------------------------------------------- */

static int stopped(struct lb_session *session, int rc, struct lb_error *err)
{
	lb_session_clear(session);
	if (err && err->sys == ENOSPC && !err->hint[0])
		lb_hint(err, "make room and run the same command again; nothing that came is lost");
	return rc;
}

int lb_create_gather(const char *dir, bool originals_first, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_gather_result *out, struct lb_error *err)
{
	struct lb_plan plan;
	struct lb_session session;
	struct lb_gather_result result = { 0 };
	LB_TRY(lb_plan_load(dir, &plan, err));
	int rc = lb_session_open(dir, source, ctx, &session, err);
	if (!rc) {
		struct gather g = { .session = &session, .plan = &plan,
			.passes = originals_first ? originals_before_all : photo_by_photo,
			.npasses = originals_first ? LB_COUNT(originals_before_all) : LB_COUNT(photo_by_photo) };
		rc = run(&g, dir, &result, err);
		rc = rc ? stopped(&session, rc, err) : lb_session_close(&session, err);
	}
	lb_plan_clear(&plan);
	if (!rc)
		*out = result;
	return rc;
}
