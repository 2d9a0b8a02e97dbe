#include "lifeboat/creator/session.h"

#include <stdio.h>
#include <string.h>

#define REFUSED_NOW "refused now, answered before: "

void lb_session_options(const struct lb_source *source, struct lb_buf *budget, struct lb_net_options *out)
{
	bool shared = source->budget_dir && source->api_key && !source->replay;
	if (shared)
		lb_net_budget_path(budget, source->budget_dir, source->api_key);
	*out = (struct lb_net_options){
		.replay = source->replay,
		.user_agent = "lifeboat/" LB_VERSION " (preservation of Flickr photographs; runs on its user's own API key)",
		.api_per_hour = source->api_per_hour,
		.budget = shared ? lb_buf_str(budget) : NULL,
		.files_parallel = source->files_parallel,
		.tries = source->tries,
		.retry_base_ms = source->retry_base_ms,
		.timeout_s = source->timeout_s,
		.reroute = source->reroute,
	};
}

int lb_session_open(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_session *out, struct lb_error *err)
{
	struct lb_session s = { .ctx = ctx, .source = source };
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), budget = LB_BUF(4096);
	struct lb_net_options options;
	lb_path_join(&path, dir, "evidence");
	lb_session_options(source, &budget, &options);
	LB_TRY(lb_net_open(&options, ctx, &s.net, err));
	int rc = lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, ctx, &s.evidence, err);
	if (rc) {
		lb_net_free(s.net);
		return rc;
	}
	*out = s;
	return 0;
}

int lb_session_close(struct lb_session *s, struct lb_error *err)
{
	lb_net_free(s->net);
	int rc = lb_evidence_close(s->evidence, err);
	*s = (struct lb_session){ 0 };
	return rc;
}

void lb_session_clear(struct lb_session *s)
{
	lb_net_free(s->net);
	lb_evidence_freep(&s->evidence);
	*s = (struct lb_session){ 0 };
}

/* ---- what is on record ---------------------------------------------------------------------------------------- */

/* A key that was refused says nothing about the photo; a service that was away may be back. */
static bool is_final(const struct lb_api_answer *a)
{
	return a->fault != LB_FAULT_TRANSIENT && a->fault != LB_FAULT_KEY;
}

/* What record number `r->record` says. */
static int read_reply(const struct lb_evidence *ev, const char *method, struct lb_arena *arena, struct lb_reply *r, struct lb_error *err)
{
	struct lb_exchange x;
	LB_TRY(lb_evidence_read(ev, (size_t)r->record, arena, &x, err));
	r->date = x.date;
	if (x.status)
		r->code = x.status;
	if (x.kind == LB_RECORD_FAILURE) {
		r->why = x.reason;
	} else if (x.kind != LB_RECORD_RESPONSE || x.status != 200) {
		r->why = lb_arena_printf(arena, "HTTP status %d", x.status);
	} else {
		struct lb_error unreadable = { 0 };
		r->answered = lb_api_parse(method, x.body, arena, &r->answer, &unreadable) == 0 && is_final(&r->answer);
		if (!r->answered && r->answer.message) {
			r->why = r->answer.message;
			r->code = r->answer.code;
		} else if (!r->answered) {
			r->why = lb_arena_strdup(arena, unreadable.what);
		}
	}
	return 0;
}

int lb_reply_recorded(const struct lb_evidence *ev, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err)
{
	struct lb_reply r = { .code = LB_UNKNOWN, .why = "no answer on record", .record = lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT) };
	if (r.record >= 0)
		LB_TRY(read_reply(ev, method, arena, &r, err));
	*out = r;
	return 0;
}

bool lb_reply_withdrawn(const struct lb_evidence *ev, const char *uri, size_t from)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_exchange x;
	long n = lb_evidence_find_since(ev, lb_span(uri), from);
	if (n < 0 || lb_evidence_read(ev, (size_t)n, &arena, &x, NULL))
		return false;
	return x.kind == LB_RECORD_FAILURE && x.reason && lb_span_starts(lb_span(x.reason), REFUSED_NOW);
}

bool lb_reply_good(const struct lb_reply *r)
{
	return r->answered && r->answer.fault == LB_FAULT_NONE;
}

struct lb_gap lb_reply_gap(const struct lb_reply *r, const char *photo_id, const char *subject, const char *layer, const char *method)
{
	return (struct lb_gap){
		.kind = r->answered ? LB_GAP_REFUSED : r->record >= 0 ? LB_GAP_FAILED : LB_GAP_UNASKED,
		.photo_id = photo_id, .subject = subject, .layer = layer, .method = method,
		.code = r->answered ? r->answer.code : r->code,
		.message = r->answered ? r->answer.message : r->why,
	};
}

/* ---- addresses ---------------------------------------------------------------------------------------------------- */

bool lb_source_signed(const struct lb_source *source)
{
	return source->api_key && source->api_secret && source->token && source->token_secret;
}

void lb_source_address(const struct lb_source *source, const char *uri, int64_t now, struct lb_buf *out)
{
	if (lb_source_signed(source)) {
		struct lb_oauth oauth = { source->api_key, source->api_secret, source->token, source->token_secret };
		char nonce[33];
		lb_net_nonce(nonce);
		lb_oauth_uri(out, "GET", uri, &oauth, NULL, 0, now, nonce);
		return;
	}
	lb_buf_adds(out, uri);
	if (source->api_key) {
		lb_buf_adds(out, "&api_key=");
		lb_url_encode(out, lb_span(source->api_key));
	}
}

/* ---- refusals that are not about what was asked for --------------------------------------------------------------- */

static int refuse_key(const struct lb_session *s, const char *message, struct lb_error *err)
{
	lb_fail(err, LB_AUTH, "flickr refuses the API key: %s", message);
	if (s->accepted)
		lb_hint(err, "it was accepted before: see whether it was disabled at https://www.flickr.com/services/apps/by/me; "
			"nothing is lost, with a good LIFEBOAT_API_KEY the same command goes on");
	else
		lb_hint(err, "check LIFEBOAT_API_KEY; nothing is lost, run the same command again");
	return LB_AUTH;
}

static int refuse_signin(const char *message, struct lb_error *err)
{
	lb_fail(err, LB_AUTH, "flickr refuses the sign-in: %s", message);
	lb_hint(err, "sign in again with: lifeboat auth; nothing is lost, then run the same command again");
	return LB_AUTH;
}

/* Trouble with a signature comes as HTTP 400 or 401 with a form-encoded body. The rest of it is the server's base string,
 * which holds the key, and is not told. */
static int check_oauth(const struct lb_session *s, const struct lb_answer *answer, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(256);
	if (!lb_source_signed(s->source) || (answer->status != 400 && answer->status != 401))
		return 0;
	const char *problem = lb_form_value(lb_buf_span(&answer->body), "oauth_problem", &arena);
	struct lb_span word = lb_span(problem ? problem : "it does not say why");
	word.n = word.n < 48 ? word.n : 48;
	lb_show(&shown, word);
	if (problem && strcmp(problem, "consumer_key_unknown") == 0)
		return refuse_key(s, problem, err);
	return refuse_signin(lb_buf_str(&shown), err);
}

static bool signature_refused(const struct lb_pending *p)
{
	return p->fault == LB_FAULT_SIGNIN && p->code >= 96 && p->code <= 98; /* 99: not for this account */
}

static int check_access(struct lb_session *s, const struct lb_pending *p, const struct lb_answer *answer, struct lb_error *err)
{
	if (answer->status != 200)
		return check_oauth(s, answer, err);
	if (p->fault == LB_FAULT_KEY)
		return refuse_key(s, p->message, err);
	if (signature_refused(p) && lb_source_signed(s->source))
		return refuse_signin(p->message, err);
	s->accepted = s->accepted || answer->outcome == LB_RECORD_RESPONSE;
	return 0;
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

/* Unreadable bodies and "not currently available" are worth another try. */
static int judge_api(void *arg, const struct lb_answer *answer, struct lb_error *err)
{
	struct lb_pending *p = arg;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_api_answer parsed = { .fault = LB_FAULT_TRANSIENT };
	bool readable = lb_api_parse(p->method, lb_buf_span(&answer->body), &arena, &parsed, err) == 0;
	p->fault = parsed.fault;
	p->code = parsed.code;
	snprintf(p->message, sizeof p->message, "%s", parsed.message ? parsed.message : "");
	if (!readable)
		return LB_NETWORK;
	return p->fault == LB_FAULT_TRANSIENT ? lb_fail(err, LB_NETWORK, "%s", p->message) : 0;
}

static int append(struct lb_session *s, const char *uri, const struct lb_answer *a, enum lb_record_kind kind, const char *reason, struct lb_error *err)
{
	struct lb_exchange x = {
		.kind = kind, .uri = uri, .date = a->date, .status = a->status,
		.content_type = a->content_type, .headers = lb_buf_str(&a->headers), .body = lb_buf_span(&a->body),
		.reason = reason,
	};
	if (a->absent)
		return 0; /* a recording that lacks it says nothing about Flickr */
	return lb_evidence_append(s->evidence, &x, err);
}

/* A refusal of what an earlier answer gave (the photo was deleted since) is no answer in its place. */
static int record_answer(struct lb_session *s, const struct lb_pending *p, const struct lb_answer *a, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply before = { .record = -1 };
	if (a->outcome == LB_RECORD_RESPONSE && p->fault != LB_FAULT_NONE)
		LB_TRY(lb_reply_recorded(s->evidence, p->method, p->uri, &arena, &before, err));
	if (!lb_reply_good(&before))
		return append(s, p->uri, a, a->outcome, a->reason, err);
	lb_ctx_note(s->ctx, LB_EVENT_WARN, "flickr no longer answers \"%s\" (%s): what is on record stays", p->uri, p->message);
	return append(s, p->uri, a, LB_RECORD_FAILURE, lb_arena_printf(&arena, REFUSED_NOW "%s", p->message), err);
}

static void api_address(void *arg, struct lb_buf *b)
{
	const struct lb_pending *p = arg;
	lb_source_address(p->session->source, p->uri, lb_ctx_now(p->session->ctx), b);
}

static int api_done(void *arg, struct lb_answer *answer, struct lb_error *err)
{
	struct lb_pending *p = arg;
	p->outcome = answer->outcome;
	p->status = answer->status;
	snprintf(p->reason, sizeof p->reason, "%s", answer->reason);
	LB_TRY(check_access(p->session, p, answer, err));
	LB_TRY(record_answer(p->session, p, answer, err));
	return p->done(p->arg, err);
}

int lb_session_submit(struct lb_session *s, struct lb_pending *p, struct lb_error *err)
{
	if (!s->source->replay && !s->source->api_key) {
		lb_fail(err, LB_AUTH, "no Flickr API key");
		lb_hint(err, "get one at https://www.flickr.com/services/apps/create/ and set LIFEBOAT_API_KEY");
		return LB_AUTH;
	}
	p->session = s;
	lb_net_submit(s->net, &(struct lb_request){
		.lane = LB_LANE_API, .address = api_address, .judge = judge_api, .judge_arg = p, .done = api_done, .arg = p });
	return 0;
}

static int nothing_more(void *arg, struct lb_error *err)
{
	(void)arg;
	(void)err;
	return 0;
}

/* What is on record is older than wanted, and asking again gave nothing better: a refusal leaves the old answer standing, but
 * when there was no answer at all, the old one is none either. */
static void settle_old_answer(const struct lb_pending *p, struct lb_arena *arena, struct lb_reply *out)
{
	if (p->outcome == LB_RECORD_RESPONSE)
		return;
	out->answered = false;
	out->code = p->status ? p->status : LB_UNKNOWN;
	out->why = lb_arena_strdup(arena, p->reason);
}

int lb_session_ask(struct lb_session *s, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err)
{
	LB_TRY(lb_reply_recorded(s->evidence, method, uri, arena, out, err));
	if (out->answered && (size_t)out->record >= s->fresh_from)
		return 0;
	struct lb_pending pending = { .method = method, .uri = uri, .done = nothing_more };
	LB_TRY(lb_session_submit(s, &pending, err));
	LB_TRY(lb_net_run(s->net, err));
	LB_TRY(lb_reply_recorded(s->evidence, method, uri, arena, out, err));
	if (out->answered && (size_t)out->record < s->fresh_from)
		settle_old_answer(&pending, arena, out);
	return 0;
}
