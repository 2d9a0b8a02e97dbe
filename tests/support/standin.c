#include "tests/support/standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct transport { struct lb_transport base; struct standin *s; };

static int64_t now_of(void *arg) { return ((struct standin *)arg)->now; }
static int64_t wall_of(void *arg) { return ((struct standin *)arg)->wall; }
static int64_t seconds_of(void *arg) { return ((struct standin *)arg)->wall / 1000; }

void standin_advance(struct standin *s, int64_t ms)
{
	s->now += ms;
	s->wall += ms;
}

static void start(struct lb_transport *base, struct lb_try *try)
{
	struct standin *s = ((struct transport *)base)->s;
	if (s->npending == LB_COUNT(s->pending))
		abort();
	struct pending *p = &s->pending[s->npending++];
	*p = (struct pending){.try = try};
	s->starts++;
	s->reply(s->arg, s, try, &p->reply);
	p->body = (struct lb_buf)LB_BUF(p->reply.body.n + 1);
	lb_buf_add(&p->body, p->reply.body.p, p->reply.body.n);
	bool silent = !p->reply.status && !p->reply.result;
	if (silent) {
		p->reply.result = LB_NETWORK;
		p->reply.reason = "Timeout was reached";
	}
	p->due = s->now + (silent ? s->timeout_ms : p->reply.after_ms);
}

static void fill(struct lb_transport *t, struct lb_try *try, const struct pending *p)
{
	struct lb_sink sink;
	if (lb_sink_open(&sink, try, &try->error) || lb_sink_add(&sink, p->body.p, p->body.len, &try->error) ||
	    lb_sink_close(&sink, &try->error))
		lb_try_abort(t, try);
	else
		lb_try_finish(t, try, LB_OK);
}

static void finish(struct lb_transport *t, struct pending *p)
{
	struct lb_try *try = p->try;
	const struct reply *r = &p->reply;
	try->answer.status = r->result ? 0 : r->status;
	lb_answer_set_type(&try->answer, r->type ? r->type : "text/xml; charset=utf-8");
	if (r->retry_after)
		snprintf(try->retry_after, sizeof try->retry_after, "%s", r->retry_after);
	if (r->location)
		lb_try_keep(try, lb_span("Location"), lb_span(r->location));
	if (r->result)
		lb_try_fail(t, try, r->result, "%s", r->reason ? r->reason : "Connection reset by peer");
	else
		fill(t, try, p);
	lb_buf_clear(&p->body);
}

static void finish_due(struct lb_transport *t, struct standin *s)
{
	for (size_t i = 0; i < s->npending;) {
		if (s->pending[i].due > s->now) {
			i++;
			continue;
		}
		struct pending p = s->pending[i];
		s->pending[i] = s->pending[--s->npending];
		finish(t, &p);
		if (p.reply.mark && s->arrived)
			s->arrived(s->arg, s, p.reply.mark);
	}
}

static int wait_for(struct lb_transport *t, int timeout_ms, struct lb_error *err)
{
	struct standin *s = ((struct transport *)t)->s;
	int64_t step = timeout_ms;
	(void)err;
	for (size_t i = 0; i < s->npending; i++)
		if (s->pending[i].due - s->now < step)
			step = s->pending[i].due - s->now;
	if (s->tick)
		s->tick(s->arg, s);
	standin_advance(s, step > 0 ? step : 0);
	finish_due(t, s);
	return LB_OK;
}

static void wake(struct lb_transport *t)
{
	struct standin *s = ((struct transport *)t)->s;
	s->woken++;
	while (s->npending) {
		struct pending p = s->pending[--s->npending];
		p.reply = (struct reply){.result = LB_NETWORK, .reason = "the machine slept"};
		finish(t, &p);
	}
}

static void drop(struct lb_transport *t)
{
	struct standin *s = ((struct transport *)t)->s;
	while (s->npending)
		lb_buf_clear(&s->pending[--s->npending].body);
	if (s->dropped)
		s->dropped(s->arg, s);
	free(t);
}

static const struct lb_transport_ops ops = {.start = start, .wait = wait_for, .free = drop, .wake = wake};

static int open_it(void *arg, struct lb_transport **out, struct lb_error *err)
{
	struct transport *t = lb_alloc(sizeof *t);
	(void)err;
	t->s = arg;
	t->s->opened++;
	t->base = (struct lb_transport){.ops = &ops, .live = true};
	*out = &t->base;
	return LB_OK;
}

void standin_init(struct standin *s)
{
	*s = (struct standin){.now = 12345678, .wall = 1767225600000, .timeout_ms = 60000};
	s->it = (struct lb_stand_in){.clock = {.now = now_of, .wall = wall_of, .arg = s}, .open = open_it, .arg = s};
	memcpy(s->it.clock.boot, "00112233445566778899aabbccddeeff", sizeof s->it.clock.boot);
}

void standin_ctx(struct standin *s, struct lb_ctx *ctx)
{
	ctx->stand_in = &s->it;
	ctx->wall = seconds_of;
	ctx->wall_arg = s;
}
