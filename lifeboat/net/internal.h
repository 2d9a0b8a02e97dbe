/* Net, inside: one try of a request and the transports that make it. */
#ifndef LB_NET_INTERNAL_H
#define LB_NET_INTERNAL_H

#include "lifeboat/net/net.h"

struct lb_job;

/* One try of a request. The transport fills `answer` and `result` and puts it on its list of finished tries. */
struct lb_try {
	struct lb_job *job;
	const char *url, *file;                  /* file: only in the file lane */
	enum lb_lane lane;
	uint64_t max_bytes;
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
};
struct lb_transport {
	const struct lb_transport_ops *ops;
	struct lb_try *finished;
	bool live;                               /* asks the network: paced and retried */
};
LB_CHECKED int lb_curl_open(const struct lb_net_options *options, struct lb_transport **out, struct lb_error *err);
LB_CHECKED int lb_replay_open(const char *path, struct lb_transport **out, struct lb_error *err);

/* ---- what a try comes to (answer.c) ------------------------------------------------------------------------ */

void lb_try_finish(struct lb_transport *t, struct lb_try *try, int result);
void lb_try_fail(struct lb_transport *t, struct lb_try *try, int result, const char *fmt, ...) LB_PRINTF(4, 5);
void lb_try_abort(struct lb_transport *t, struct lb_try *try); /* try->error is set: the run ends */
void lb_answer_clear(struct lb_answer *answer);
/* Keeps a header line if it is one of those that are kept. */
void lb_answer_keep(struct lb_answer *answer, struct lb_span name, struct lb_span value);
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

enum lb_verdict { LB_ACCEPT, LB_REFUSE, LB_AGAIN, LB_AGAIN_SLOWER };
/* What to make of a finished try; sets answer.reason unless it is accepted. */
enum lb_verdict lb_try_judge(struct lb_try *try, lb_judge_fn *judge, void *arg);

#endif
