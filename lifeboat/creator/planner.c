/* Planning: from URLs to plan.json, new or taken up again. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/enumerate.h"
#include "lifeboat/creator/plan_private.h"
#include "lifeboat/creator/plan_update.h"
#include "lifeboat/creator/policy.h"

/* ---- what the maker said ---------------------------------------------------------------------------------------------- */

static bool set_text(struct lb_plan *plan, const char **kept, const char *said)
{
	if (!said || (*kept && strcmp(said, *kept) == 0))
		return false;
	*kept = lb_arena_strdup(&plan->arena, said);
	return true;
}

/* Words said now replace those said before. true when something changed. */
static bool take_words(struct lb_plan *plan, const struct lb_maker_words *words)
{
	const char *said[] = { words->title, words->purpose, words->future, words->maker, words->maker_id };
	const char **kept[] = { &plan->words.title, &plan->words.purpose, &plan->words.future, &plan->words.maker, &plan->words.maker_id };
	bool changed = false;
	for (size_t i = 0; i < LB_COUNT(said); i++)
		changed |= set_text(plan, kept[i], said[i]);
	return changed;
}

static bool same_choices(const struct lb_plan_choices *a, const struct lb_plan_choices *b)
{
	return a->layers == b->layers && a->policy == b->policy && a->agreed == b->agreed && a->safety == b->safety &&
		a->include_private == b->include_private && a->include_evidence == b->include_evidence &&
		a->pseudonymise == b->pseudonymise && a->silence_is_consent == b->silence_is_consent;
}

static bool take_choices(struct lb_plan *plan, const struct lb_plan_request *r, const struct lb_source *source)
{
	const struct lb_plan_choices *say = &r->choices;
	struct lb_plan_choices was = plan->choices, *c = &plan->choices;
	if (r->choices_said & LB_SAID_LAYERS)
		c->layers = say->layers | UINT32_C(1) << LB_CHOICE_PHOTO;
	if (r->choices_said & LB_SAID_POLICY)
		c->policy = say->policy;
	if (r->choices_said & LB_SAID_AGREED)
		c->agreed = say->agreed;
	if (r->choices_said & LB_SAID_SAFETY)
		c->safety = say->safety;
	if (r->choices_said & LB_SAID_PRIVATE)
		c->include_private = say->include_private;
	if (r->choices_said & LB_SAID_EVIDENCE)
		c->include_evidence = say->include_evidence;
	if (r->choices_said & LB_SAID_PSEUDONYMS)
		c->pseudonymise = say->pseudonymise;
	if (r->choices_said & LB_SAID_SILENCE)
		c->silence_is_consent = say->silence_is_consent;
	bool changed = !same_choices(&was, c);
	if (lb_source_signed(source)) {
		changed |= set_text(plan, &c->account_id, source->account_id);
		changed |= set_text(plan, &c->account_name, source->account_name);
	}
	return changed;
}

static void warn_signed_out(const struct lb_plan_request *r, const struct lb_source *source, const struct lb_ctx *ctx)
{
	bool private = (r->choices_said & LB_SAID_PRIVATE) && r->choices.include_private;
	bool unsafe = (r->choices_said & LB_SAID_SAFETY) && r->choices.safety > 0;
	if (lb_source_signed(source) || source->replay)
		return;
	if (private)
		lb_ctx_note(ctx, LB_EVENT_WARN, "nobody is signed in, so that Flickr shows no private photos: sign in with lifeboat auth, then run this again");
	if (unsafe)
		lb_ctx_note(ctx, LB_EVENT_WARN, "nobody is signed in, so that Flickr's lists show safe photos only: sign in with lifeboat auth, then run this again");
}

/* What is agreed to is shown whole: a hint is too short for it. */
static int check_agreement(const struct lb_plan *plan, const struct lb_ctx *ctx, struct lb_error *err)
{
	if (plan->choices.policy != LB_POLICY_RESCUE || plan->choices.agreed)
		return 0;
	lb_fail(err, LB_USAGE, "the rescue policy takes what its owners did not offer, and only with your agreement");
	lb_ctx_note(ctx, LB_EVENT_WARN, "--agree would say: \"%s\"", lb_rescue_agreement);
	lb_hint(err, "read what is printed above, and say --agree if you do");
	return LB_USAGE;
}

/* ---- a new plan ----------------------------------------------------------------------------------------------------------- */

/* All URLs are understood before the first is asked for. */
static int take_urls(const struct lb_plan_request *r, struct lb_plan *plan, struct lb_error *err)
{
	plan->nurls = r->nurls;
	plan->urls = lb_arena_alloc(&plan->arena, r->nurls * sizeof *plan->urls);
	for (size_t i = 0; i < r->nurls; i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena scratch = { 0 };
		struct lb_flickr_url parsed;
		LB_TRY(lb_kind_understand(r->urls[i], &scratch, &parsed, err));
		plan->urls[i] = (struct lb_plan_url){ .url = lb_arena_strdup(&plan->arena, r->urls[i]),
			.type = lb_url_kind_name(parsed.kind), .claimed = LB_UNKNOWN };
	}
	return 0;
}

/* By the kind of the one URL and what Flickr calls it. */
static const char *default_title(const struct lb_plan *plan, struct lb_arena *arena)
{
	static const struct { enum lb_url_kind kind; const char *before; } titles[] = {
		{ LB_URL_USER, "The photostream of " }, { LB_URL_FAVORITES, "The faves of " }, { LB_URL_ALBUMS, "The albums of " },
		{ LB_URL_GALLERIES, "The galleries of " }, { LB_URL_PEOPLE_IN, "Photos that show " }, { LB_URL_ARCHIVE, "Photos by " },
		{ LB_URL_USER_TAG, "Photos by " }, { LB_URL_TAG, "Photos tagged " }, { LB_URL_SEARCH, "Photos about " }, { LB_URL_EXPLORE, "Explore of " },
	};
	const struct lb_plan_url *u = plan->urls;
	if (plan->nurls != 1 || !u->name)
		return lb_arena_printf(arena, "%zu photo%s from Flickr", plan->nphotos, plan->nphotos == 1 ? "" : "s");
	for (size_t i = 0; i < LB_COUNT(titles); i++)
		if (u->type && strcmp(u->type, lb_url_kind_name(titles[i].kind)) == 0)
			return lb_arena_printf(arena, "%s%s", titles[i].before, u->name);
	return lb_arena_strdup(arena, u->name);
}

const char *lb_plan_title(const struct lb_plan *plan, struct lb_arena *arena)
{
	return plan->words.title ? plan->words.title : default_title(plan, arena);
}

/* The same URLs at the same second make the same lifeboat. */
static int identify(struct lb_plan *plan, int64_t now, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(LB_PLAN_MAX);
	char uuid[37];
	plan->created = now;
	lb_buf_addf(&b, "lifeboat %lld", (long long)now);
	for (size_t i = 0; i < plan->nurls; i++)
		lb_buf_addf(&b, "\n%s", plan->urls[i].url);
	LB_TRY(lb_buf_check(&b, "list of URLs", err));
	lb_uuid_of(lb_buf_span(&b), uuid);
	plan->id = lb_arena_printf(&plan->arena, "urn:uuid:%s", uuid);
	plan->program = "lifeboat " LB_VERSION;
	return 0;
}

static int enumerate(struct lb_session *session, const struct lb_map *dropped, struct lb_plan *plan, bool may_be_empty, struct lb_error *err)
{
	struct lb_planner planner = { .session = session, .plan = plan, .dropped = dropped };
	int rc = 0;
	for (size_t i = 0; i < plan->nurls && !rc; i++)
		rc = lb_kind_plan(&planner, i, err);
	size_t usable = planner.usable;
	const char *why = planner.why;
	lb_planner_clear(&planner);
	if (rc || usable || may_be_empty)
		return rc;
	lb_fail(err, LB_NOTFOUND, "not one photo was found at \"%s\"%s%s", plan->urls[0].url, why ? ": " : "", why ? why : "");
	lb_hint(err, "check the address in a browser that is not signed in: private and deleted photos cannot be seen");
	return LB_NOTFOUND;
}

static int end_session(struct lb_session *session, int rc, struct lb_error *err)
{
	if (!rc)
		return lb_session_close(session, err);
	lb_session_clear(session);
	return rc;
}

static int make_plan(const char *dir, const struct lb_plan_request *r, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *plan, struct lb_error *err)
{
	struct lb_session session;
	if (!r->nurls)
		return lb_fail(err, LB_USAGE, "no URL given, and \"%s\" holds no plan to resume", dir);
	plan->choices = (struct lb_plan_choices){ .layers = lb_choices_default() };
	take_choices(plan, r, source);
	warn_signed_out(r, source, ctx);
	LB_TRY(check_agreement(plan, ctx, err));
	LB_TRY(take_urls(r, plan, err));
	LB_TRY(lb_dir_make(dir, err));
	LB_TRY(identify(plan, lb_ctx_now(ctx), err));
	take_words(plan, &r->words);
	LB_TRY(lb_session_open(dir, source, ctx, &session, err));
	int rc = enumerate(&session, NULL, plan, false, err);
	if (!rc)
		rc = lb_plan_save(dir, plan, err);
	return end_session(&session, rc, err);
}

/* ---- a plan that is there --------------------------------------------------------------------------------------------------- */

static int check_same(const char *dir, const struct lb_plan_request *r, const struct lb_plan *plan, struct lb_error *err)
{
	bool same = r->nurls == 0 || r->nurls == plan->nurls;
	for (size_t i = 0; same && i < r->nurls; i++)
		same = plan->urls[i].url && strcmp(r->urls[i], plan->urls[i].url) == 0;
	if (same)
		return 0;
	lb_fail(err, LB_EXISTS, "\"%s\" already holds a plan for other URLs", dir);
	lb_hint(err, "give another folder with -o, or remove \"%s/plan.json\" to plan anew (what was fetched is kept)", dir);
	return LB_EXISTS;
}

/* Gaps that asking again may close. */
static bool has_open_gaps(const struct lb_plan *plan)
{
	for (size_t i = 0; i < plan->ngaps; i++)
		if (plan->gaps[i].kind == LB_GAP_FAILED || plan->gaps[i].kind == LB_GAP_UNASKED)
			return true;
	return false;
}

/* Streams that were planned while their albums were not wanted. */
static bool lacks_albums(const struct lb_plan *plan, uint32_t layers_before)
{
	uint32_t albums = UINT32_C(1) << LB_CHOICE_ALBUMS;
	bool wanted_now = (plan->choices.layers & albums) && !(layers_before & albums);
	for (size_t i = 0; wanted_now && i < plan->nurls; i++)
		if (plan->urls[i].type && strcmp(plan->urls[i].type, lb_url_kind_name(LB_URL_USER)) == 0)
			return true;
	return false;
}

/* Who was not signed in, or asked for less, was shown less: what those lists told does not count for what is wanted now. */
static bool shown_more(const struct lb_plan_choices *before, const struct lb_plan *plan, const struct lb_source *source)
{
	const char *now = plan->choices.account_id;
	if (!lb_source_signed(source))
		return false;
	return plan->choices.safety > before->safety || !before->account_id || (now && strcmp(now, before->account_id) != 0);
}

/* What is the same for all plans of these URLs. */
static int begin_again(const struct lb_plan *old, struct lb_plan *plan, struct lb_error *err)
{
	LB_AUTO(lb_freep) const char **urls = lb_realloc(NULL, old->nurls + 1, sizeof *urls);
	for (size_t i = 0; i < old->nurls; i++)
		urls[i] = old->urls[i].url ? old->urls[i].url : "";
	plan->choices = old->choices;
	return take_urls(&(struct lb_plan_request){ .urls = urls, .nurls = old->nurls }, plan, err);
}

/* What a run does with a plan that is there: words or choices are new; the lists are read again, because that was asked for,
 * because more is shown now, or else for what could not be had before. */
struct again { bool changed, read, update, shown_more; };

/* From here to the end plan.json says that the lists are being read, so that a run that was cut is taken up where it was:
 * what is on record by then and not in the plan was not taken out by a person. */
static int begin_reading(const char *dir, struct lb_session *session, const struct again *how, struct lb_plan *old, struct lb_error *err)
{
	bool under_way = old->rereading == LB_REREAD_ALL;
	if (!old->rereading)
		LB_TRY(lb_update_begin(old, session->evidence, session->ctx, err));
	if (how->shown_more || (how->update && !under_way))
		old->lists_from = lb_evidence_count(session->evidence);
	old->rereading = how->shown_more || how->update || under_way ? LB_REREAD_ALL : LB_REREAD_GAPS;
	return lb_plan_save(dir, old, err);
}

/* Enumerates anew, of the lists on record those that count, and joins what comes with the plan. */
static int read_lists_again(const char *dir, struct lb_session *session, const struct again *how, struct lb_plan *old, struct lb_plan *plan, struct lb_error *err)
{
	LB_AUTO(lb_map_clear) struct lb_map dropped = { 0 };
	size_t records = lb_evidence_count(session->evidence);
	LB_TRY(begin_reading(dir, session, how, old, err));
	for (size_t i = 0; i < old->ndropped; i++)
		lb_map_put(&dropped, lb_span(old->dropped[i]), i);
	session->fresh_from = old->lists_from < records ? old->lists_from : records;
	LB_TRY(begin_again(old, plan, err));
	LB_TRY(enumerate(session, &dropped, plan, true, err));
	lb_update_join(old, plan, session->evidence, old->rereading == LB_REREAD_ALL ? session->fresh_from : records);
	plan->program = "lifeboat " LB_VERSION;
	return lb_plan_save(dir, plan, err);
}

/* Takes over what is said now; *how: what is to be done then. */
static int take_request(const char *dir, const struct lb_plan_request *r, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *plan, struct again *how, struct lb_error *err)
{
	struct lb_plan_choices before = plan->choices;
	LB_TRY(check_same(dir, r, plan, err));
	*how = (struct again){ .update = r->update };
	how->changed = take_words(plan, &r->words);
	how->changed |= take_choices(plan, r, source);
	LB_TRY(check_agreement(plan, ctx, err));
	how->shown_more = shown_more(&before, plan, source);
	bool worth_it = how->shown_more || plan->rereading || has_open_gaps(plan) || lacks_albums(plan, before.layers);
	how->read = how->update || (worth_it && (source->api_key || source->replay));
	return 0;
}

/* Nobody else is at work in the folder. */
static int resume_locked(const char *dir, const struct lb_plan_request *r, struct lb_session *session, struct lb_plan *plan, struct lb_error *err)
{
	struct again how;
	struct lb_plan fresh = { 0 };
	LB_TRY(lb_plan_load(dir, plan, err));
	LB_TRY(take_request(dir, r, session->source, session->ctx, plan, &how, err));
	if (!how.read)
		return lb_plan_save(dir, plan, err);
	int rc = read_lists_again(dir, session, &how, plan, &fresh, err);
	if (rc) {
		lb_plan_clear(&fresh);
		return rc;
	}
	lb_plan_clear(plan);
	*plan = fresh;
	return 0;
}

/* What only looks at the plan needs no lock. */
static int resume_plan(const char *dir, const struct lb_plan_request *r, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *plan, struct lb_error *err)
{
	struct again how;
	struct lb_session session;
	warn_signed_out(r, source, ctx);
	LB_TRY(take_request(dir, r, source, ctx, plan, &how, err));
	if (!how.changed && !how.read)
		return 0;
	lb_plan_clear(plan);
	LB_TRY(lb_session_open(dir, source, ctx, &session, err));
	return end_session(&session, resume_locked(dir, r, &session, plan, err), err);
}

int lb_create_plan(const char *dir, const struct lb_plan_request *request, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *out, struct lb_error *err)
{
	struct lb_plan plan = { 0 };
	struct lb_error load = { 0 };
	LB_TRY(lb_maker_words_check(&request->words, err));
	int rc = lb_plan_load(dir, &plan, &load);
	if (rc == 0)
		rc = resume_plan(dir, request, source, ctx, &plan, err);
	else if (rc == LB_NOTFOUND)
		rc = make_plan(dir, request, source, ctx, &plan, err);
	else if (err)
		*err = load;
	if (rc) {
		lb_plan_clear(&plan);
		return rc;
	}
	*out = plan;
	return 0;
}
