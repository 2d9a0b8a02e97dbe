/* Session: evidence first, then the network; what comes is on record before anyone sees it. Shared by plan and gather. */
#ifndef LB_CREATOR_SESSION_H
#define LB_CREATOR_SESSION_H

#include "format/evidence/evidence.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"
#include "lifeboat/net/net.h"

struct lb_session {
	const struct lb_ctx *ctx;
	const struct lb_source *source;
	struct lb_evidence *evidence;
	struct lb_net *net;
	size_t fresh_from;                     /* lb_session_ask: records before this number do not count as answers */
	bool accepted;                         /* Flickr has taken the key in this session */
};
LB_CHECKED int lb_session_open(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_session *out, struct lb_error *err);
LB_CHECKED int lb_session_close(struct lb_session *s, struct lb_error *err);
void lb_session_clear(struct lb_session *s);   /* after a failure */
/* `budget` gets the path that the options borrow. */
void lb_session_options(const struct lb_source *source, struct lb_buf *budget, struct lb_net_options *out);
bool lb_source_signed(const struct lb_source *source); /* has all that signing needs */
/* Appends the address to ask for `uri` (without secrets): with the key, and signed when the source is. */
void lb_source_address(const struct lb_source *source, const char *uri, int64_t now, struct lb_buf *out);

/* What is known about one API request. */
struct lb_reply {
	bool answered;                         /* an answer that will not change by asking again */
	struct lb_api_answer answer;           /* when answered; its fault may still say no */
	int64_t code;                          /* when not: HTTP status or LB_UNKNOWN */
	const char *why;                       /* when not */
	int64_t date;
	long record;                           /* its number in the evidence, or -1 */
};
/* From the evidence alone; nothing is asked. `uri` without secrets. */
LB_CHECKED int lb_reply_recorded(const struct lb_evidence *ev, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err);

/* Asks and waits (planning). The recorded answer, if there is one that counts, is taken instead. */
LB_CHECKED int lb_session_ask(struct lb_session *s, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err);

/* Queues one API request; `done` is called once the answer is on record (with the session's verdict: a non-zero `rc` stops
 * everything and must be passed on). method and uri are borrowed until then. LB_AUTH when there is no key to
 * ask with: what is on record needs none. An answer that refuses what an earlier one gave is recorded as a failure:
 * what was had stays what the record tells. */
struct lb_pending {
	struct lb_session *session;
	const char *method, *uri;
	int (*done)(void *arg, struct lb_error *err);
	void *arg;
	enum lb_record_kind outcome;           /* of the asking, when it is done; with the HTTP status and, of a failure, the reason */
	int status;
	char reason[256];
	/* What the newest answer says of itself; unreadable counts as transient. */
	enum lb_api_fault fault;
	int64_t code;
	char message[256];
};
LB_CHECKED int lb_session_submit(struct lb_session *s, struct lb_pending *pending, struct lb_error *err);

/* Since record number `from` it was refused what an earlier answer gave: asking again is of no use. */
bool lb_reply_withdrawn(const struct lb_evidence *ev, const char *uri, size_t from);
bool lb_reply_good(const struct lb_reply *r);  /* answered, and not with an error */

/* A gap out of a reply that is not a good answer. Strings in the arena. */
struct lb_gap lb_reply_gap(const struct lb_reply *r, const char *photo_id, const char *subject, const char *layer, const char *method);

#endif
