#include "lifeboat/creator/session.h"

#include <stdlib.h>
#include <string.h>

#define UNREACHABLE_LIMIT 5 /* requests in a row, each already retried: the network is down, not the photo */

void lb_session_options(const struct lb_source *source, struct lb_net_options *out)
{
	*out = (struct lb_net_options){
		.replay = source->replay,
		.user_agent = "lifeboat/" LB_VERSION " (preservation of Flickr photographs; runs on its user's own API key)",
		.api_per_hour = source->api_per_hour,
		.files_parallel = source->files_parallel,
		.tries = source->tries,
		.retry_base_ms = source->retry_base_ms,
		.timeout_s = source->timeout_s,
		.reroute = source->reroute,
	};
}

/* Calls that this working folder made within the last hour count against the hour's budget. */
static void seed_pacer(struct lb_session *s)
{
	int64_t now = lb_ctx_now(s->ctx);
	for (size_t i = 0; i < lb_evidence_count(s->evidence); i++) {
		int64_t date = lb_evidence_date(s->evidence, i);
		if (date > now - 3600 && date <= now)
			lb_net_seed(s->net, date);
	}
}

int lb_session_open(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_session *out, struct lb_error *err)
{
	struct lb_session s = { .ctx = ctx, .source = source };
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "evidence");
	struct lb_net_options options;
	lb_session_options(source, &options);
	LB_TRY(lb_net_open(&options, ctx, &s.net, err));
	int rc = lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, ctx, &s.evidence, err);
	if (rc) {
		lb_net_free(s.net);
		return rc;
	}
	if (!source->replay)
		seed_pacer(&s);
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

int lb_reply_recorded(const struct lb_evidence *ev, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err)
{
	struct lb_reply r = { .code = LB_UNKNOWN, .why = "no answer on record", .record = -1 };
	r.record = lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT);
	if (r.record < 0) {
		*out = r;
		return 0;
	}
	struct lb_exchange x;
	LB_TRY(lb_evidence_read(ev, (size_t)r.record, arena, &x, err));
	r.date = x.date;
	if (x.status)
		r.code = x.status;
	if (x.kind == LB_RECORD_FAILURE) {
		r.why = x.reason;
	} else if (x.kind != LB_RECORD_RESPONSE || x.status != 200) {
		r.why = lb_arena_printf(arena, "HTTP status %d", x.status);
	} else {
		struct lb_error unreadable = { 0 };
		r.answered = lb_api_parse(method, x.body, arena, &r.answer, &unreadable) == 0 && is_final(&r.answer);
		if (!r.answered && r.answer.message) {
			r.why = r.answer.message;
			r.code = r.answer.code;
		} else if (!r.answered) {
			r.why = lb_arena_strdup(arena, unreadable.what);
		}
	}
	*out = r;
	return 0;
}

bool lb_reply_good(const struct lb_reply *r)
{
	return r->answered && r->answer.fault == LB_FAULT_NONE;
}

int lb_reply_read(const struct lb_reply *r, const struct lb_layer *layer, const char *id, struct lb_arena *arena, struct lb_photo *photo, struct lb_page *page, struct lb_error *err)
{
	LB_TRY(layer->parse(r->answer.rsp, arena, photo, page, err));
	if (layer->required && (!photo->id || strcmp(photo->id, id) != 0))
		return lb_fail(err, LB_FORMAT, "the answer is about photo \"%s\"", photo->id ? photo->id : "");
	return 0;
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

/* ---- asking ------------------------------------------------------------------------------------------------------ */

/* Unreadable bodies and "not currently available" are worth another try. */
static int judge_api(void *arg, const struct lb_answer *answer, struct lb_error *err)
{
	const struct lb_pending *p = arg;
	if (answer->status != 200)
		return 0;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_api_answer parsed;
	if (lb_api_parse(p->method, lb_buf_span(&answer->body), &arena, &parsed, err))
		return LB_NETWORK;
	if (parsed.fault == LB_FAULT_TRANSIENT)
		return lb_fail(err, LB_NETWORK, "%s", parsed.message);
	return 0;
}

static int key_refused(const struct lb_pending *p, const struct lb_answer *answer, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_api_answer parsed;
	if (answer->status != 200 || lb_api_parse(p->method, lb_buf_span(&answer->body), &arena, &parsed, NULL))
		return 0;
	if (parsed.fault != LB_FAULT_KEY)
		return 0;
	lb_fail(err, LB_AUTH, "flickr refuses the API key: %s", parsed.message);
	lb_hint(err, "check LIFEBOAT_API_KEY; nothing is lost, run the same command again");
	return LB_AUTH;
}

static int record_answer(struct lb_session *s, const struct lb_pending *p, const struct lb_answer *a, struct lb_error *err)
{
	struct lb_exchange x = {
		.kind = a->outcome, .uri = p->uri, .date = a->date, .status = a->status,
		.content_type = a->content_type, .headers = lb_buf_str(&a->headers), .body = lb_buf_span(&a->body),
		.reason = a->reason,
	};
	if (a->absent)
		return 0; /* a recording that lacks it says nothing about Flickr */
	return lb_evidence_append(s->evidence, &x, err);
}

int lb_session_reachable(struct lb_session *s, const struct lb_answer *a, struct lb_error *err)
{
	if (a->outcome != LB_RECORD_FAILURE || a->status || a->absent) {
		s->unreachable = 0;
		return 0;
	}
	if (++s->unreachable < UNREACHABLE_LIMIT)
		return 0;
	lb_fail(err, LB_NETWORK, "flickr cannot be reached: %s", a->reason);
	lb_hint(err, "nothing is lost; run the same command again when the network is back");
	return LB_NETWORK;
}

static int api_done(void *arg, struct lb_answer *answer, struct lb_error *err)
{
	struct lb_pending *p = arg;
	free(p->url);
	p->url = NULL;
	LB_TRY(key_refused(p, answer, err));
	LB_TRY(record_answer(p->session, p, answer, err));
	LB_TRY(lb_session_reachable(p->session, answer, err));
	return p->done(p->arg, err);
}

int lb_session_submit(struct lb_session *s, struct lb_pending *p, struct lb_error *err)
{
	if (!s->source->replay && !s->source->api_key) {
		lb_fail(err, LB_AUTH, "no Flickr API key");
		lb_hint(err, "get one at https://www.flickr.com/services/apps/create/ and set LIFEBOAT_API_KEY");
		return LB_AUTH;
	}
	struct lb_buf url = LB_BUF(1 << 16);
	lb_buf_adds(&url, p->uri);
	if (s->source->api_key) {
		lb_buf_adds(&url, "&api_key=");
		lb_url_encode(&url, lb_span(s->source->api_key));
	}
	p->session = s;
	p->url = lb_buf_take(&url);
	lb_net_submit(s->net, &(struct lb_request){
		.lane = LB_LANE_API, .url = p->url, .judge = judge_api, .judge_arg = p, .done = api_done, .arg = p });
	return 0;
}

static int nothing_more(void *arg, struct lb_error *err)
{
	(void)arg;
	(void)err;
	return 0;
}

int lb_session_ask(struct lb_session *s, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err)
{
	LB_TRY(lb_reply_recorded(s->evidence, method, uri, arena, out, err));
	if (out->answered)
		return 0;
	struct lb_pending pending = { .method = method, .uri = uri, .done = nothing_more };
	LB_TRY(lb_session_submit(s, &pending, err));
	int rc = lb_net_run(s->net, err);
	free(pending.url); /* still there when the run was cancelled */
	LB_TRY(rc);
	return lb_reply_recorded(s->evidence, method, uri, arena, out, err);
}
