/* Asking for what a URL stands for, with what cannot be had noted. */
#include <string.h>

#include "lifeboat/creator/enumerate.h"

void lb_planner_clear(struct lb_planner *p)
{
	lb_map_clear(&p->photos);
	lb_words_clear(&p->words);
	lb_map_clear(&p->sets);
	lb_map_clear(&p->asked);
	lb_map_clear(&p->collections);
	*p = (struct lb_planner){ 0 };
}

static struct lb_arena *plan_arena(struct lb_selection *s)
{
	return &s->planner->plan->arena;
}

const char *lb_select_keep(struct lb_selection *s, const char *text)
{
	return lb_arena_strdup(plan_arena(s), text);
}

bool lb_select_signed(const struct lb_selection *s)
{
	return lb_source_signed(s->planner->session->source);
}

/* Callers who are not signed in are shown safe photos whatever they ask for. */
const char *lb_select_safe_search(struct lb_selection *s)
{
	static const char *const levels[] = { NULL, "2", "3" };
	int64_t safety = s->planner->plan->choices.safety;
	return lb_select_signed(s) && safety > 0 && safety < (int64_t)LB_COUNT(levels) ? levels[safety] : NULL;
}

/* ---- calls ------------------------------------------------------------------------------------------------------------- */

void lb_select_note_call(struct lb_selection *s, const char *uri)
{
	struct lb_plan_url *u = s->url;
	if (u->ncalls == s->calls_cap) {
		s->calls_cap = s->calls_cap ? s->calls_cap * 2 : 4;
		const char **more = lb_arena_alloc(plan_arena(s), s->calls_cap * sizeof *more);
		if (u->ncalls)
			memcpy(more, u->calls, u->ncalls * sizeof *more);
		u->calls = more;
	}
	u->calls[u->ncalls++] = lb_select_keep(s, uri);
}

static int no_answer(const struct lb_reply *r, struct lb_error *err)
{
	if (r->answered || r->record < 0 || r->code != LB_UNKNOWN)
		return 0;
	return lb_fail_unreachable(r->why, err);
}

static int ask_uri(struct lb_selection *s, struct lb_arena *arena, const char *method, const struct lb_buf *uri, struct lb_reply *out, struct lb_error *err)
{
	LB_TRY(lb_ctx_check(s->planner->session->ctx, err));
	LB_TRY(lb_buf_check(uri, "request", err));
	struct lb_session *session = s->planner->session;
	if (lb_map_put(&s->planner->asked, lb_buf_span(uri), 0))
		LB_TRY(lb_session_ask(session, method, lb_buf_str(uri), arena, out, err));
	else
		LB_TRY(lb_reply_recorded(session->evidence, method, lb_buf_str(uri), arena, out, err));
	if (out->record >= 0)
		lb_select_note_call(s, lb_buf_str(uri));
	if (lb_reply_good(out))
		return 0;
	if (!s->planner->why)
		s->planner->why = lb_select_keep(s, out->answered ? out->answer.message : out->why);
	return no_answer(out, err);
}

int lb_select_ask(struct lb_selection *s, struct lb_arena *arena, const char *method, const struct lb_param *params, size_t count, struct lb_reply *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16);
	lb_api_uri(&uri, method, params, count);
	return ask_uri(s, arena, method, &uri, out, err);
}

int lb_select_ask_layer(struct lb_selection *s, struct lb_arena *arena, const char *layer, const char *id, const char *owner_id, struct lb_reply *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16);
	const struct lb_layer *l = lb_layer_named(layer);
	lb_layer_uri(&uri, l, id, owner_id, 1);
	return ask_uri(s, arena, l->method, &uri, out, err);
}

void lb_select_progress(const struct lb_selection *s)
{
	struct lb_session *session = s->planner->session;
	lb_ctx_event(session->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = s->planner->plan->nphotos,
		.calls = lb_net_stats(session->net).api_calls, .gaps = s->planner->plan->ngaps });
}

static void add_gap(struct lb_selection *s, const struct lb_gap *gap)
{
	struct lb_plan *plan = s->planner->plan;
	LB_GROW(plan->gaps, plan->ngaps, plan->gaps_cap);
	plan->gaps[plan->ngaps++] = *gap;
}

void lb_select_gap(struct lb_selection *s, const struct lb_reply *r, const struct lb_error *why, const char *layer, const char *method)
{
	struct lb_reply told = *r;
	if (lb_reply_good(r)) { /* an unreadable answer costs this one request, not the plan */
		told.answered = false;
		told.why = why->what;
	}
	struct lb_gap gap = lb_reply_gap(&told, NULL, s->url->url, lb_select_keep(s, layer), lb_select_keep(s, method));
	gap.message = lb_select_keep(s, gap.message);
	add_gap(s, &gap);
}

void lb_select_note(struct lb_selection *s, const struct lb_gap *gap)
{
	struct lb_gap noted = *gap;
	noted.subject = s->url->url;
	add_gap(s, &noted);
	if (!s->planner->why)
		s->planner->why = noted.message;
}

/* ---- members ------------------------------------------------------------------------------------------------------------- */

int lb_select_look_up(struct lb_selection *s, struct lb_arena *arena, const char *method, const char *address, struct lb_reply *out, struct lb_error *err)
{
	static const char *const ends[] = { "/", "" }; /* the site's own form first; recordings may hold the other */
	size_t n = strlen(address);
	while (n && address[n - 1] == '/')
		n--;
	for (size_t i = 0; i < LB_COUNT(ends); i++) {
		const char *url = lb_arena_printf(arena, "%.*s%s", (int)n, address, ends[i]);
		LB_TRY(lb_select_ask(s, arena, method, &(struct lb_param){ "url", url }, 1, out, err));
		if (out->answered || !s->planner->session->source->replay)
			break;
	}
	return 0;
}

int lb_select_member(struct lb_selection *s, const char *user_url, const char **nsid, const char **name, struct lb_error *err)
{
	static const char method[] = "flickr.urls.lookupUser";
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply = { 0 };
	struct lb_error why = { 0 };
	const char *id = NULL, *username = NULL;
	LB_TRY(lb_select_look_up(s, &arena, method, user_url, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_lookup_user(reply.answer.rsp, &arena, &id, &username, &why))
		lb_select_gap(s, &reply, &why, "member", method);
	*nsid = lb_select_keep(s, id);
	*name = lb_select_keep(s, username);
	return 0;
}

int lb_select_owner(struct lb_selection *s, struct lb_error *err)
{
	s->url->owner_id = s->parsed.user_id;
	return s->url->owner_id ? 0 : lb_select_member(s, s->parsed.user_url, &s->url->owner_id, &s->url->name, err);
}
