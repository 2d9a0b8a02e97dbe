/* How a text becomes an address, an address is matched with the table of forms, and a match becomes an answer. */
#ifndef LB_URL_INTERNAL_H
#define LB_URL_INTERNAL_H

#include "lifeboat/url/url.h"

/* ---- find.c: the one URL in a text ---- */

enum lb_found { /* the worse one is the greater one */
	LB_FOUND_NONE, LB_FOUND_ONE,
	LB_FOUND_FOLLOWED, /* by words that may be part of a tag: "…/photos/tags/new york" */
	LB_FOUND_CUT,      /* "…/photos/x/1234..." */
	LB_FOUND_SEVERAL,
};
enum lb_found lb_url_find(struct lb_span text, struct lb_span *url);
/* Moves *rest behind "http://", "https://", "//" or nothing; false when another scheme is named. */
bool lb_url_cut_scheme(struct lb_span *rest);

/* ---- hosts.c ---- */

/* Classes of hosts; compared as pointers. */
extern const char LB_HOST_SITE[], LB_HOST_EMBED[], LB_HOST_SHORT[], LB_HOST_FILES[], LB_HOST_COMMONS[], LB_HOST_OTHER[];
/* The class of "host[:port]"; NULL: not Flickr's. */
const char *lb_url_host_class(struct lb_span host);
/* Where the class lives today: "www.flickr.com". */
const char *lb_url_host_name(const char *host_class);

/* ---- address.c ---- */

#define LB_URL_PARTS 12 /* that a pattern can see; more only match its `*` */
struct lb_url_address {
	const char *host;                      /* its class */
	struct lb_span parts[LB_URL_PARTS];    /* of the path, decoded; empty ones left out */
	size_t nparts;                         /* may be more than LB_URL_PARTS */
	struct lb_span query;                  /* as it stands */
};
enum lb_readable { LB_READ, LB_READ_FOREIGN, LB_READ_BROKEN };
enum lb_readable lb_url_address(struct lb_span url, struct lb_arena *arena, struct lb_url_address *out);
/* The next "name=value" of a query, both decoded ('+' is a space); false at the end. What cannot be read, or holds control
 * characters, is empty. */
bool lb_url_next_pair(struct lb_span *query, struct lb_arena *arena, struct lb_span *name, struct lb_span *value);

/* ---- values.c: what stands for a placeholder ---- */

enum lb_slot {
	LB_SLOT_NONE, LB_SLOT_PHOTO, LB_SLOT_SHORT, LB_SLOT_FILE, LB_SLOT_SECRET, LB_SLOT_USER, LB_SLOT_MEMBER, LB_SLOT_GROUP,
	LB_SLOT_ALBUM, LB_SLOT_GALLERY, LB_SLOT_COLLECTION, LB_SLOT_TAG, LB_SLOT_CODE, LB_SLOT_DATED, LB_SLOT_DATE, LB_SLOT_YEAR,
	LB_SLOT_MONTH, LB_SLOT_DAY, LB_SLOT_PAGE, LB_SLOT_COUNT
};
struct lb_url_value { const char *name; bool (*is)(struct lb_span s); enum lb_slot slot; };
const struct lb_url_value *lb_url_value_named(struct lb_span name); /* "{user}"; never NULL for a name of the table */
bool lb_url_is_nsid(struct lb_span s);
bool lb_url_is_text(struct lb_span s);         /* not empty, UTF-8, no control characters */
bool lb_url_is_digits(struct lb_span s, size_t max);
struct lb_span lb_url_file_part(struct lb_span file, unsigned index); /* of ID_SECRET… */

/* ---- match.c ---- */

struct lb_url_match { const struct lb_url_form *form; struct lb_span at[LB_SLOT_COUNT]; };
bool lb_url_match(const struct lb_url_address *address, struct lb_arena *arena, struct lb_url_match *out);
/* The address that a form without optional parts has with the values matched: "https://flic.kr/s/aHsjybZ5ZD". */
const char *lb_url_render(const struct lb_url_match *match, struct lb_arena *arena);

/* ---- answer.c, search.c ---- */

/* false: it looked like one, but makes no sense (30 February, a search for nothing). */
bool lb_url_answer(const struct lb_url_match *match, struct lb_span query, struct lb_arena *arena, struct lb_flickr_url *out);
bool lb_url_search(struct lb_span query, struct lb_arena *arena, struct lb_flickr_url *out);

#endif
