#include "lifeboat/net/internal.h"

#include <stdlib.h>

struct replay {
	struct lb_transport base;
	struct lb_warc *warc;
	struct lb_arena arena;
};

/* The API may have been asked for more or other extras, or in other pages, than when it was recorded. */
static long find(const struct replay *r, const struct lb_try *try)
{
	long n = -1;
	for (enum lb_match match = LB_MATCH_EXACT; match < LB_MATCH_COUNT && n < 0; match++) {
		n = lb_warc_find(r->warc, lb_span(try->url), match);
		if (try->lane == LB_LANE_FILES)
			break;
	}
	return n;
}

static void keep_headers(struct lb_try *try, const char *headers)
{
	struct lb_span line, name, rest = lb_span(headers);
	while (lb_span_cut(&rest, '\n', &line))
		if (lb_span_cut(&line, ':', &name))
			lb_try_keep(try, name, lb_span_trim(line));
}

static int fill(struct lb_try *try, const struct lb_exchange *x, struct lb_error *err)
{
	struct lb_sink sink;
	try->answer.status = x->status;
	lb_answer_set_type(&try->answer, x->content_type);
	keep_headers(try, x->headers);
	int rc = lb_sink_open(&sink, try, err);
	if (!rc)
		rc = lb_sink_add(&sink, x->body.p, x->body.n, err);
	if (!rc)
		return lb_sink_close(&sink, err);
	lb_sink_abandon(&sink);
	return rc;
}

static void absent(struct replay *r, struct lb_try *try)
{
	try->answer.absent = true;
	lb_try_fail(&r->base, try, LB_NOTFOUND, "not in the recording");
}

static void play(struct replay *r, struct lb_try *try, const struct lb_exchange *x)
{
	try->answer.date = x->date;
	if (x->kind == LB_RECORD_MEDIA) { /* tells of a file that is not in the recording */
		absent(r, try);
		return;
	}
	if (x->kind == LB_RECORD_FAILURE) {
		try->answer.status = x->status;
		lb_try_fail(&r->base, try, LB_NOTFOUND, "%s", x->reason ? x->reason : "no reason recorded");
		return;
	}
	int rc = fill(try, x, &try->error);
	if (rc == LB_LIMIT)
		lb_try_fail(&r->base, try, rc, "%s", try->error.what);
	else if (rc)
		lb_try_abort(&r->base, try);
	else
		lb_try_finish(&r->base, try, LB_OK);
}

static void replay_start(struct lb_transport *t, struct lb_try *try)
{
	struct replay *r = (struct replay *)t;
	struct lb_exchange x;
	long n = find(r, try);
	if (n < 0) {
		absent(r, try);
		return;
	}
	lb_arena_reset(&r->arena);
	if (lb_warc_read(r->warc, (size_t)n, &r->arena, &x, &try->error))
		lb_try_abort(t, try);
	else
		play(r, try, &x);
}

/* Every try is finished as soon as it starts. */
static int replay_wait(struct lb_transport *t, int timeout_ms, struct lb_error *err)
{
	(void)t, (void)timeout_ms, (void)err;
	return LB_OK;
}

static void replay_free(struct lb_transport *t)
{
	struct replay *r = (struct replay *)t;
	lb_warc_free(r->warc);
	lb_arena_clear(&r->arena);
	free(r);
}

static const struct lb_transport_ops replay_ops = {.start = replay_start, .wait = replay_wait, .free = replay_free};

int lb_replay_open(const char *path, struct lb_transport **out, struct lb_error *err)
{
	struct lb_warc *warc;
	LB_TRY(lb_warc_open(path, NULL, &warc, err));
	struct replay *r = lb_alloc(sizeof *r);
	r->base.ops = &replay_ops;
	r->warc = warc;
	*out = &r->base;
	return LB_OK;
}
