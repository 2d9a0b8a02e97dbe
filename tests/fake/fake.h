/* The fake Flickr as a whole: world, files, faults, what was asked, what is recorded. */
#ifndef FAKE_FAKE_H
#define FAKE_FAKE_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/fake/answer.h"
#include "tests/fake/oauth.h"

/* ---- faults: rules that spoil answers -------------------------------------------------------------------------- */

enum fault_kind {
	FAULT_NONE, FAULT_STATUS, FAULT_CODE, FAULT_TRUNCATE, FAULT_CUTOFF, FAULT_HTML, FAULT_HANG, FAULT_RESET,
		FAULT_KIND_COUNT,
};
struct fault {
	enum fault_kind kind;
	int number;                              /* HTTP status or API code */
	char match[128];                         /* part of the address; "" matches all */
	int every, times, skip;                  /* every Nth match; so many in all (0: no end); after so many */
	int retry_after;                         /* seconds; 0: not said */
	int seen, fired;
	char name[24];
};
#define FAULTS_MAX 32
struct faults { struct fault rules[FAULTS_MAX]; size_t count; };
/* "fault=429&every=3&times=2&match=getInfo&skip=1&retry-after=1" */
LB_CHECKED int fault_add(struct faults *f, const struct query *q, struct lb_error *err);
/* The rule that spoils this request, or NULL. Counts. */
const struct fault *fault_for(struct faults *f, const char *uri);

/* ---- answering ------------------------------------------------------------------------------------------------- */

struct reply {
	int status;
	const char *type;
	char location[256];                      /* of a redirect, or "" */
	struct lb_buf body;
	bool api;
	int code;                                /* of the API, 0 when good */
};

struct fake {
	struct world world;
	struct media_cache media;
	struct faults faults;
	struct lb_buf log;
	struct lb_map called; struct call_count { const char *name; size_t count; } *calls; size_t ncalls, calls_cap; /* by method */
	struct auth auth;
	atomic_int latency_ms;
	atomic_bool stopping;
	bool recording;
	int64_t date;                            /* of the records */
	struct lb_buf *members; char **uris; size_t nrecords, records_cap; /* WARC members by URI */
	struct lb_map recorded;
	pthread_mutex_t lock;                    /* of all above but media, which has its own */
};
void fake_init(struct fake *f);
void fake_clear(struct fake *f);
/* Answers "/HOST/path?query" as Flickr would; faults are not its business. */
void fake_respond(struct fake *f, const char *uri, struct reply *out);
/* Redirects of short links and guest passes; false: not one of them. A status of 0: it leads nowhere. */
bool links_answer(const struct world *w, const char *uri, struct reply *out);
/* Answers "/control?…". */
void fake_control(struct fake *f, const char *query, struct reply *out);
/* One line of the log: HTTP status, outcome, request without key. */
void fake_log(struct fake *f, const char *uri, const struct reply *r, const struct fault *fault);

/* ---- recording ------------------------------------------------------------------------------------------------- */

/* Keeps an answer that is worth having; the newest of each address. */
void record_reply(struct fake *f, const char *uri, const struct reply *r);
/* Writes the WARC, sorted by URI. */
LB_CHECKED int record_write(struct fake *f, const char *path, struct lb_error *err);
/* Asks everything that our client would ask for the whole world. */
void record_all(struct fake *f);

/* ---- serving --------------------------------------------------------------------------------------------------- */

/* Serves on loopback until SIGTERM, SIGINT, or the end of stdin where that is a pipe. Prints "PORT n". */
LB_CHECKED int fake_serve(struct fake *f, unsigned port, struct lb_error *err);

#endif
