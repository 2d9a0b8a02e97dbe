/* A Flickr of a few lines, for tests of planning: lists are told page by page over loopback, as each test sets them up. */
#ifndef LB_TESTS_TINY_FLICKR_H
#define LB_TESTS_TINY_FLICKR_H

#include "format/base/base.h"

struct tiny_ask;
const char *tiny_param(const struct tiny_ask *ask, const char *name);      /* of the query; NULL */

/* What is answered to a method where the named parameters have these values. */
struct tiny_route {
	const char *method;
	struct { const char *name, *value; } when[2];
	const char *raw;                 /* inside <rsp>, or */
	const char *list;                /* ids of photos, separated by spaces; "" has none */
	const char *wrapper;             /* "photos" when NULL */
};
/* Whoever answers what no route does: writes the body and returns the status; 0: closes the connection. */
typedef unsigned tiny_fn(const struct tiny_ask *ask, struct lb_buf *body);

extern struct tiny {
	const struct tiny_route *routes; size_t nroutes;
	tiny_fn *other;                  /* or NULL: "not found" */
	tiny_fn *first;                  /* is asked before the routes; UINT_MAX: go on; or NULL */
	size_t page_max;                 /* rows on a page whatever is asked; 0: 500 */
	int64_t claim;                   /* total; 0: the truth */
	int comments, faves, updated;    /* that rows tell; -1: not */
	const char *(*redirect)(const char *path); /* Location of a path that is not the API's, or NULL: 404 */
	unsigned hits;                   /* requests so far */
	struct lb_buf log;               /* a line a request: method, or path */
} tiny;

/* Starts the server; source->reroute for it. Resets `tiny` but for its routes. */
const char *tiny_start(void);
void tiny_stop(void);
/* <photo …/> as a row. */
void tiny_row(struct lb_buf *b, const char *id, const char *owner, bool extras);
/* A page out of `count` ids. */
void tiny_page(const struct tiny_ask *ask, const char *wrapper, const char *const *ids, size_t count, struct lb_buf *body);
unsigned tiny_count(const char *word);     /* lines of the log that hold the word */

#endif
