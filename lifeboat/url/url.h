/* What a Flickr URL means. A module of its own: no network, no other folder of the program, so that an index or another
 * program can use it over dumps of tens of millions. Forms: spec/urls.md. */
#ifndef LB_URL_H
#define LB_URL_H

#include "format/base/base.h"

enum lb_url_kind {
	/* flickr-url-parser's kinds, with its names and fields */
	LB_URL_HOMEPAGE, LB_URL_PHOTO, LB_URL_ALBUM, LB_URL_USER, LB_URL_GROUP, LB_URL_GALLERY, LB_URL_TAG,
	/* ours */
	LB_URL_FAVORITES,    /* what a member faved */
	LB_URL_USER_TAG,     /* a member's photos with a tag */
	LB_URL_ALBUMS,       /* all albums of a member */
	LB_URL_GALLERIES,    /* all galleries of a member */
	LB_URL_COLLECTION,   /* one collection of albums, or (collection_id NULL) all of a member's */
	LB_URL_PEOPLE_IN,    /* photos that show a member */
	LB_URL_SEARCH,       /* `params` are those of flickr.photos.search */
	LB_URL_EXPLORE,      /* interestingness of a day (date NULL: the latest) */
	LB_URL_COMMONS,      /* the institutions of Flickr Commons */
	LB_URL_ARCHIVE,      /* a member's photos of a day, month or year */
	LB_URL_GROUP_POOL,   /* a group's pool, narrowed to a tag or a member */
	LB_URL_SHORT,        /* guest pass or short link: only its redirect tells */
	LB_URL_KIND_COUNT
};
struct lb_url_param { const char *name, *value; };
struct lb_flickr_url {
	enum lb_url_kind kind;
	/* In the arena; NULL when not said. user_id is an NSID (N in upper case), user_url "https://www.flickr.com/photos/X/". */
	const char *photo_id, *user_url, *user_id, *album_id, *group_url, *gallery_id, *collection_id, *tag;
	const char *date;                      /* EXPLORE "2020-01-31"; ARCHIVE also "2020-01", "2020", or NULL (all) */
	const char *date_kind;                 /* ARCHIVE: "taken" or "posted" */
	const char *member_url, *member_id;    /* GROUP_POOL: whose photos */
	const char *short_url;                 /* SHORT: the https address to ask */
	const char *secret;                    /* PHOTO in a static file's address or guest pass: the secret it holds */
	const struct lb_url_param *params; size_t nparams; /* SEARCH: API names, sorted, values decoded */
	int64_t page;                          /* browsing position; 1 when not said */
};
const char *lb_url_kind_name(enum lb_url_kind kind); /* "single_photo", "album", "user" …, as `lifeboat url` tells */
/* LB_USAGE: not a Flickr URL at all; LB_UNSUPPORTED: Flickr's, but not understood. Never guesses a photo id. */
LB_CHECKED int lb_flickr_url_parse(const char *url, struct lb_arena *arena, struct lb_flickr_url *out, struct lb_error *err);

/* A member's or group's id with its N raised, in the arena; NULL: it is none. */
const char *lb_flickr_nsid(struct lb_span text, struct lb_arena *arena);

/* One row of the table that is the grammar, for documentation and tests. */
struct lb_url_form { const char *hosts, *pattern, *example; enum lb_url_kind kind; };
const struct lb_url_form *lb_url_forms(size_t *count);

/* Flickr's short photo ids: base58 over 123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ. NULL when not one. */
const char *lb_base58_id(struct lb_span text, struct lb_arena *arena);

#endif
