/* Instead of the network: a transport whose answers a function makes up, on a clock that only waiting moves. Weeks pass in
 * seconds. */
#ifndef LB_TESTS_STANDIN_H
#define LB_TESTS_STANDIN_H

#include "lifeboat/net/internal.h"

/* What comes of one try. Zeroed: nothing ever (the transport's time limit ends it). */
struct reply {
	int64_t after_ms;
	int result;                /* LB_OK: an answer; LB_NETWORK: none, for `reason` */
	int status;
	const char *reason, *retry_after, *location;
	const char *type;          /* NULL: text/xml */
	struct lb_span body;       /* copied; where a file is asked for, written into it */
	uint64_t mark;             /* not 0: told to `arrived` when the answer is handed over */
};
struct pending { struct lb_try *try; int64_t due; struct reply reply; struct lb_buf body; };
struct standin {
	struct lb_stand_in it;     /* for struct lb_ctx */
	int64_t now, wall;         /* milliseconds */
	int64_t timeout_ms;        /* of a try that nothing comes of */
	void (*reply)(void *arg, struct standin *s, const struct lb_try *try, struct reply *out);
	void *arg;
	/* Called as the clock moves, before it does; may move it further (the machine sleeps). */
	void (*tick)(void *arg, struct standin *s);
	void (*arrived)(void *arg, struct standin *s, uint64_t mark);
	void (*dropped)(void *arg, struct standin *s);    /* the transport is closed */
	struct pending pending[256];
	size_t npending;
	unsigned woken, opened;
	uint64_t starts;
};
/* The clock begins at 2026-01-01T00:00:00Z, some hours after the machine's start. */
void standin_init(struct standin *s);
void standin_ctx(struct standin *s, struct lb_ctx *ctx);     /* clock and network of ctx */
void standin_advance(struct standin *s, int64_t ms);

#endif
