/* Net: asking for things politely. Transports (libcurl, or replay of a recording) behind one table; above them a pacer,
 * retry and parallelism. libcurl is touched in this folder only. */
#ifndef LB_NET_H
#define LB_NET_H

#include "format/base/base.h"
#include "format/evidence/evidence.h"

/* ---- the pacer: pure arithmetic on a monotonic clock in milliseconds ------------------------------------- */

/* Never more than `limit` starts in any window of `window_ms`; besides at least `spacing_ms` between two starts. */
struct lb_pacer { size_t limit; int64_t window_ms, spacing_ms; int64_t *starts; size_t head, count; int64_t blocked_until; int64_t last; };
void lb_pacer_init(struct lb_pacer *p, size_t limit, int64_t window_ms, int64_t spacing_ms);
int64_t lb_pacer_wait(const struct lb_pacer *p, int64_t now);        /* ms to wait; 0: may start now */
void lb_pacer_start(struct lb_pacer *p, int64_t now);                /* a start happens now */
void lb_pacer_seed(struct lb_pacer *p, int64_t at);                  /* one happened earlier (another run); call oldest first */
void lb_pacer_block(struct lb_pacer *p, int64_t until);              /* told to wait (429, Retry-After) */
void lb_pacer_clear(struct lb_pacer *p);
/* Wait before try number `attempt` (1 = first retry): exponential from base_ms, capped, jittered by `random` in 0..UINT32_MAX. */
int64_t lb_backoff_ms(unsigned attempt, int64_t base_ms, int64_t cap_ms, uint32_t random);
/* Retry-After: seconds or an HTTP date; LB_UNKNOWN(-1) when unreadable. Capped at an hour. */
int64_t lb_retry_after_ms(const char *value, int64_t wall_now);

/* ---- requests and answers ---------------------------------------------------------------------------------- */

enum lb_lane { LB_LANE_API, LB_LANE_FILES, LB_LANE_COUNT };
struct lb_answer {
	enum lb_record_kind outcome;  /* RESPONSE (API lane), MEDIA (file lane, body in `file`), FAILURE */
	int status;                   /* HTTP; 0 when no answer was had */
	int64_t date;                 /* of the answer, Unix seconds; from the recording in replay */
	char content_type[128];
	struct lb_buf headers;        /* kept header lines, CRLF each */
	struct lb_buf body;           /* API lane */
	char sha256[LB_SHA256_HEX]; uint64_t size; /* file lane: of the bytes in `file` */
	char reason[256];             /* FAILURE; "not in the recording" in replay */
	bool absent;                  /* replay: nothing recorded */
	unsigned tries;
};
/* Judges an answer before it is accepted: LB_OK accept; LB_RATE or LB_NETWORK try again (reason in err); anything else final refusal. */
typedef int lb_judge_fn(void *arg, const struct lb_answer *answer, struct lb_error *err);
struct lb_request {
	enum lb_lane lane;
	const char *url;              /* complete, with secrets; borrowed until done. NULL: `address` makes it */
	/* Appends the complete address, called with `arg` before every try: a signature's timestamp ages and its nonce is spent
	 * while a request waits for its turn or is tried again. */
	void (*address)(void *arg, struct lb_buf *b);
	const char *file;             /* file lane: where to write (created or truncated); borrowed */
	uint64_t max_bytes;           /* 0: the lane's default (64 MiB API, 8 GiB files) */
	bool no_follow;               /* a redirect is the answer: its status, and Location among the headers */
	bool unpaced;                 /* API lane: no API call, so not counted against the hour (redirects of web addresses) */
	lb_judge_fn *judge; void *judge_arg; /* may be NULL */
	/* Called exactly once from lb_net_run, after retries. May submit further requests. A non-zero return stops the run. */
	int (*done)(void *arg, struct lb_answer *answer, struct lb_error *err);
	void *arg;
};
struct lb_net_options {
	const char *replay;           /* WARC to answer from, or NULL for the network */
	const char *user_agent;
	size_t api_per_hour;          /* 0: 3600 */
	const char *budget;           /* file in which all runs with the same key count their calls of the hour; NULL: this run alone */
	unsigned files_parallel;      /* 0: 4, as many as API calls at once */
	unsigned tries;               /* 0: 5 */
	int64_t retry_base_ms;        /* 0: 1000 API, 4000 files … scaled from this */
	long timeout_s;               /* 0: 60; no byte for that long = a hang */
	const char *reroute;          /* tests: "http://127.0.0.1:PORT": https://HOST/x is asked as <reroute>/HOST/x */
};
struct lb_net;
LB_CHECKED int lb_net_open(const struct lb_net_options *options, const struct lb_ctx *ctx, struct lb_net **out, struct lb_error *err);
void lb_net_free(struct lb_net *net);
void lb_net_freep(struct lb_net **net);
/* Queues a request; its fields are copied, what they point to is borrowed until done. */
void lb_net_submit(struct lb_net *net, const struct lb_request *request);
size_t lb_net_waiting(const struct lb_net *net, enum lb_lane lane);  /* queued or in flight */
/* Runs until nothing waits, cancelled, or a callback fails. Only https (and http when rerouted) to Flickr's hosts
 * (*.flickr.com, *.staticflickr.com, flic.kr); redirects stay there. What waits when the run ends stays queued.
 * When API call after API call is refused or fails, whatever is asked, the run ends: LB_AUTH (HTTP 401, 403: the key is disabled),
 * LB_RATE (429), LB_NETWORK (an outage, or no answer to request after request).
 * However it ends, what is under way has a moment (2 s when cancelled, else 5 s) to be answered, so that no answer that was paid
 * for is thrown away: its `done` is called as ever, and a failure of it is passed over. What is not answered by then, or would need
 * another try, is not told of. */
LB_CHECKED int lb_net_run(struct lb_net *net, struct lb_error *err);
LB_CHECKED int lb_fail_unreachable(const char *why, struct lb_error *err); /* LB_NETWORK, with words on what to do */
struct lb_net_stats { uint64_t api_calls, api_retries, files, file_retries, bytes, waited_ms; };
struct lb_net_stats lb_net_stats(const struct lb_net *net);
/* Seconds that `calls` more API calls will take: by the hour's limit and what is left of it, and by the pace so far. */
int64_t lb_net_eta_s(const struct lb_net *net, uint64_t calls);
/* Where a key's calls are counted: <dir>/calls-<16 hex digits of the key's SHA-256>. Appends. */
void lb_net_budget_path(struct lb_buf *b, const char *dir, const char *api_key);
/* 32 hex digits that were never there before: the nonce of a signature. */
void lb_net_nonce(char out[33]);

#endif
