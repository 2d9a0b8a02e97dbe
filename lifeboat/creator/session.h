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
	unsigned unreachable;                  /* requests in a row that no answer came to */
};
LB_CHECKED int lb_session_open(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_session *out, struct lb_error *err);
LB_CHECKED int lb_session_close(struct lb_session *s, struct lb_error *err);
void lb_session_clear(struct lb_session *s);   /* after a failure */
void lb_session_options(const struct lb_source *source, struct lb_net_options *out);

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

/* Asks and waits (planning). The recorded answer, if there is one, is taken instead. */
LB_CHECKED int lb_session_ask(struct lb_session *s, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err);

/* Queues one API request; `done` is called once the answer is on record (with the session's verdict: a non-zero `rc` stops
 * everything and must be passed on). method and uri are borrowed until then. LB_AUTH when there is no key to
 * ask with: what is on record needs none. */
struct lb_pending {
	struct lb_session *session;
	const char *method, *uri;
	char *url;                             /* the session's: with the key */
	int (*done)(void *arg, struct lb_error *err);
	void *arg;
};
LB_CHECKED int lb_session_submit(struct lb_session *s, struct lb_pending *pending, struct lb_error *err);

/* LB_NETWORK when this answer is one too many in a row that never came: the network is down, not the photo. */
LB_CHECKED int lb_session_reachable(struct lb_session *s, const struct lb_answer *a, struct lb_error *err);

/* Reads a good answer about photo `id` into the model. LB_FORMAT when it is not what the layer promises, or is about another photo. */
LB_CHECKED int lb_reply_read(const struct lb_reply *r, const struct lb_layer *layer, const char *id, struct lb_arena *arena, struct lb_photo *photo, struct lb_page *page, struct lb_error *err);
bool lb_reply_good(const struct lb_reply *r);  /* answered, and not with an error */

/* A gap out of a reply that is not a good answer. Strings in the arena. */
struct lb_gap lb_reply_gap(const struct lb_reply *r, const char *photo_id, const char *subject, const char *layer, const char *method);

#endif
