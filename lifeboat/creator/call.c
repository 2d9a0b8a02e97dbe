/* One API call, answered raw. */
#include "lifeboat/creator/session.h"

struct call { struct lb_buf *body; const struct lb_source *source; const struct lb_ctx *ctx; const char *uri; };

static void address(void *arg, struct lb_buf *b)
{
	const struct call *c = arg;
	lb_source_address(c->source, c->uri, lb_ctx_now(c->ctx), b);
}


static int take_body(void *arg, struct lb_answer *answer, struct lb_error *err)
{
	struct call *c = arg;
	if (answer->outcome != LB_RECORD_RESPONSE) {
		lb_fail(err, answer->absent ? LB_NOTFOUND : LB_NETWORK, "no answer: %s", answer->reason);
		return answer->absent ? LB_NOTFOUND : LB_NETWORK;
	}
	if (answer->status != 200)
		return lb_fail(err, LB_NETWORK, "flickr answers with HTTP status %d", answer->status);
	lb_buf_add(c->body, answer->body.p, answer->body.len);
	return 0;
}

int lb_create_call(const char *method, const struct lb_param *params, size_t count, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_buf *body, struct lb_error *err)
{
	LB_AUTO(lb_net_freep) struct lb_net *net = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16), budget = LB_BUF(4096);
	struct lb_net_options options;
	struct call call = { body, source, ctx, NULL };
	if (!source->replay && !source->api_key)
		return lb_fail(err, LB_AUTH, "no Flickr API key");
	lb_session_options(source, &budget, &options);
	LB_TRY(lb_net_open(&options, ctx, &net, err));
	lb_api_uri(&uri, method, params, count);
	LB_TRY(lb_buf_check(&uri, "request", err));
	call.uri = lb_buf_str(&uri);
	lb_net_submit(net, &(struct lb_request){ .lane = LB_LANE_API, .address = address, .done = take_body, .arg = &call });
	return lb_net_run(net, err);
}
