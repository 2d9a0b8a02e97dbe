/* Net, inside: clocks, one try of a request and the transports that make it, the count that runs share, what comes of a try. */
#ifndef LB_NET_INTERNAL_H
#define LB_NET_INTERNAL_H

#include "lifeboat/net/net.h"

/* ---- clocks (clock.c) -------------------------------------------------------------------------------------------- */

struct lb_clock {
	int64_t (*now)(void *arg);               /* milliseconds, only ever forward, through the machine's sleep as well */
	int64_t (*wall)(void *arg);              /* milliseconds since 1970; people set it */
	void *arg;
	char boot[33];                           /* the start of the machine that `now` counts from: 32 hex digits */
};
void lb_clock_system(struct lb_clock *out);
int64_t lb_clock_now(const struct lb_clock *c);

/* ---- transports ----------------------------------------------------------------------------------------------------- */

struct lb_job;

/* One try of a request. The transport fills `answer` and `result` and puts it on its list of finished tries. */
struct lb_try {
	struct lb_job *job;
	const char *url, *file;                  /* file: only in the file lane */
	char *made;                              /* url, where it was made for this try; else NULL */
	enum lb_lane lane;
	uint64_t max_bytes;
	bool no_follow, unpaced;                 /* as in the request */
	struct lb_answer answer;                 /* outcome, date (live) and tries are set by lb_net_run */
	int result;                              /* LB_OK: an HTTP answer of whatever status; LB_NETWORK: none, worth another
	                                            try; anything else: none, and final. answer.reason says why. */
	bool fatal;                              /* `error` ends the run: the disk is full, the recording is damaged */
	struct lb_error error;
	char retry_after[64];                    /* the header as it came, or "" */
	struct lb_try *next;
};

struct lb_transport;
struct lb_transport_ops {
	void (*start)(struct lb_transport *t, struct lb_try *try);
	int (*wait)(struct lb_transport *t, int timeout_ms, struct lb_error *err); /* returns early when a try is finished */
	void (*free)(struct lb_transport *t);    /* tries under way are dropped, not finished */
	/* The machine has slept: no connection can be trusted. Finishes what is under way with LB_NETWORK. May be NULL. */
	void (*wake)(struct lb_transport *t);
};
struct lb_transport {
	const struct lb_transport_ops *ops;
	struct lb_try *finished;
	bool live;                               /* asks the network: paced and retried */
};
LB_CHECKED int lb_curl_open(const struct lb_net_options *options, struct lb_transport **out, struct lb_error *err);
LB_CHECKED int lb_replay_open(const char *path, struct lb_transport **out, struct lb_error *err);

/* What a test puts in the place of the network and its clocks (struct lb_ctx). open NULL: only the clocks. */
struct lb_stand_in {
	struct lb_clock clock;
	int (*open)(void *arg, struct lb_transport **out, struct lb_error *err);
	void *arg;
};

/* ---- what a try comes to (answer.c) ------------------------------------------------------------------------ */

void lb_try_finish(struct lb_transport *t, struct lb_try *try, int result);
void lb_try_fail(struct lb_transport *t, struct lb_try *try, int result, const char *fmt, ...) LB_PRINTF(4, 5);
void lb_try_abort(struct lb_transport *t, struct lb_try *try); /* try->error is set: the run ends */
void lb_answer_clear(struct lb_answer *answer);
/* Keeps a header line if it is one of those that are kept; Location only where redirects are not followed. */
void lb_try_keep(struct lb_try *try, struct lb_span name, struct lb_span value);
bool lb_is_redirect(int status);
void lb_answer_set_type(struct lb_answer *answer, const char *content_type);
/* Blots out credentials of the request in a text about it. */
void lb_blot_secrets(char *text, const char *url);

/* ---- where a body goes (sink.c) ------------------------------------------------------------------------------ */

/* Into memory or a file, bounded, counted and (files) hashed. Zeroed is closed. */
struct lb_sink { struct lb_try *try; int fd; bool open; struct lb_digest *digest; uint64_t size; };
LB_CHECKED int lb_sink_open(struct lb_sink *s, struct lb_try *try, struct lb_error *err);
/* LB_LIMIT past try->max_bytes; LB_IO and the like when the file cannot be written. */
LB_CHECKED int lb_sink_add(struct lb_sink *s, const void *data, size_t n, struct lb_error *err);
/* Fills in size and digest of the answer. */
LB_CHECKED int lb_sink_close(struct lb_sink *s, struct lb_error *err);
void lb_sink_abandon(struct lb_sink *s);

/* ---- retry (retry.c) --------------------------------------------------------------------------------------------- */

enum lb_try_verdict { LB_ACCEPT, LB_REFUSE, LB_AGAIN, LB_AGAIN_SLOWER };
/* What to make of a finished try; sets answer.reason unless it is accepted. */
enum lb_try_verdict lb_try_judge(struct lb_try *try, lb_judge_fn *judge, void *arg);
/* `count` API calls in a row, whatever was asked, came to nothing, the last one with `answer`: is it time to stop? LB_AUTH, LB_RATE
 * or LB_NETWORK, with words on what to do. */
LB_CHECKED int lb_streak_check(unsigned count, const struct lb_answer *answer, struct lb_error *err);

/* ---- the hour's calls, counted by all runs together (budget.c) --------------------------------------------------------- */

struct lb_budget;
/* Creates the file and its folder when they are not there. `clock` is borrowed. */
LB_CHECKED int lb_budget_open(const char *path, size_t limit, const struct lb_clock *clock, const struct lb_ctx *ctx, struct lb_budget **out, struct lb_error *err);
void lb_budget_free(struct lb_budget *b);                          /* NULL is fine */
/* *wait 0: a start that happens now is counted. Else nothing is, and asking again is worth it after *wait milliseconds. */
LB_CHECKED int lb_budget_take(struct lb_budget *b, int64_t *wait, struct lb_error *err);
uint64_t lb_budget_used(const struct lb_budget *b);                /* starts of the last hour, by whomever, when last looked at */
/* Tells the pacer of the starts that were made before this run. */
LB_CHECKED int lb_budget_seed(struct lb_budget *b, struct lb_pacer *p, struct lb_error *err);

/* ---- how fast it goes (pace.c) ------------------------------------------------------------------------------------------- */

/* Answers a millisecond, while the hour's limit held nobody back; what is long ago counts less. Zeroed knows nothing. */
struct lb_pace { double answers, ms; };
void lb_pace_time(struct lb_pace *p, int64_t ms);
void lb_pace_answer(struct lb_pace *p);
double lb_pace_rate(const struct lb_pace *p, double otherwise);
/* Milliseconds from `now` to the last of `starts` further starts, `rate` a millisecond, at most `limit` (up to p's) in p's window. */
int64_t lb_pacer_eta(const struct lb_pacer *p, size_t limit, uint64_t starts, double rate, int64_t now);
bool lb_pacer_full(const struct lb_pacer *p, int64_t now);         /* the window has no room */
size_t lb_pacer_used(const struct lb_pacer *p, int64_t now);       /* starts that the window still holds */

#endif
