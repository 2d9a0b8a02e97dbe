/* The world of the fake Flickr: members, photographs and all around them, read from a text description (README.md). What
 * the description leaves out (ids, secrets, dates, counts, pictures) follows from the seed and the thing's name. */
#ifndef FAKE_WORLD_H
#define FAKE_WORLD_H

#include "format/base/base.h"

struct member {
	const char *key, *nsid, *alias, *username, *realname, *location, *description, *zone;
	const char *icon_server, *icon_farm;
	bool pro, deleted;
	const struct member **friends, **family; size_t nfriends, friends_cap, nfamily, family_cap; /* as this member sees them */
	struct profile_field { const char *name, *value; } *profile; size_t nprofile, profile_cap; /* attributes of getProfile */
	int64_t joined, launched;                /* launched: in Flickr Commons; -1: no institution */
	const char *site, *rights_page;
	int64_t claimed_total, claimed_pages;    /* what its lists say instead of the truth; -1: the truth */
	bool page_one_served;                    /* run time: photos marked late appear now */
};

struct tag { const struct member *author; const char *raw; };
struct comment { const struct member *author; int64_t date; const char *text; };
struct note { const struct member *author; int x, y, w, h; const char *text; };
struct depicted { const struct member *member, *added_by; bool box; int x, y, w, h; };
struct fave { const struct member *member; int64_t date; };
struct relicense { int64_t date; int from, to; };
struct refusal { const char *method; int code; const char *message; };

enum photo_state { STATE_THERE, STATE_DELETED, STATE_PRIVATE, STATE_PRIVATE_OLD /* code 2, as until 2025 */, STATE_COUNT };
enum media_state { MEDIA_THERE, MEDIA_GONE, MEDIA_HTML, MEDIA_404, MEDIA_COUNT };

struct place {
	bool known;
	const char *latitude, *longitude,
		*names;  /* names: "neighbourhood; locality; county; region; country", parts may be empty */
	int accuracy, context;
};

struct picture {
	const char *scene;                       /* NULL: chosen by the seed */
	const char *look;                        /* colour film, sepia …; NULL: as the scene likes */
	uint64_t seed;
	int width, height, orientation;          /* upright size; EXIF orientation of the original */
	bool png;
};

struct photo {
	const char *key, *id, *secret, *original_secret, *large_secret;
	size_t number;                           /* in the world */
	const struct member *owner;
	const char *title, *description, *camera, *taken;
	int64_t posted, updated, views;
	int license, granularity, safety;
	bool taken_unknown, no_download, video, late, unlisted, geo_private, from_pool;
	bool friends, family, only_me;           /* visibility, when not public */
	const char *explored, *guest_pass;       /* day in Explore "2020-01-31"; the code of its guest pass */
	bool streaming;                          /* run time: a video address was handed out and not yet used */
	struct set **sets; size_t nsets, sets_cap; /* that hold it */
	enum photo_state state, first_state;     /* first_state: to return to on reset */
	enum media_state media, first_media;
	struct place place;
	struct picture picture;
	struct tag *tags; size_t ntags, tags_cap;
	struct comment *comments; size_t ncomments, comments_cap;
	struct note *notes; size_t nnotes, notes_cap;
	struct depicted *people; size_t npeople, people_cap;
	struct fave *faves; size_t nfaves, faves_cap;
	struct relicense *history; size_t nhistory, history_cap;
	struct refusal *refusals; size_t nrefusals, refusals_cap;
	size_t crowd_comments, crowd_faves;      /* so many besides, by the crowd */
};

/* An album, a group or a gallery: a named list of photos; a collection: a list of albums and collections. */
enum set_kind { SET_ALBUM, SET_GROUP, SET_GALLERY, SET_COLLECTION, SET_KIND_COUNT };
struct set {
	enum set_kind kind;
	const char *key, *id, *title, *description, *alias, *rules;
	const struct member *owner;
	int64_t created, updated, views, members, comments, claimed_total, claimed_pages;
	bool moderated, adult, closed;           /* closed: its pool is for members only */
	int64_t throttle_count; const char *throttle_mode;
	struct comment *said; size_t nsaid, said_cap;
	struct set **children, *parent; size_t nchildren, children_cap; /* of a collection */
	struct photo **photos; const char **remarks; size_t nphotos, photos_cap;
	bool page_one_served;
};

struct words { const char **items; size_t count, cap; };
struct consumer { const char *key, *secret; };
struct access { const struct member *member; const char *token, *secret; };

struct world {
	struct lb_arena arena;
	uint64_t seed;
	int64_t now;
	struct member **members; size_t nmembers, members_cap;
	struct photo **photos; size_t nphotos, photos_cap;
	struct set **sets; size_t nsets, sets_cap;
	const struct member **crowd; size_t ncrowd, crowd_cap;
	struct words greetings, phrases;         /* what the crowd says */
	const struct photo **newest;             /* all photos, newest first */
	bool plain_extras;                       /* lists know the documented extras only */
	int64_t unstable;                        /* search: every Nth row of later pages is the row before it once more; 0: never */
	bool page_one_served;                    /* run time, of lists that belong to nobody */
	const struct member *account;            /* who presses the button when a program asks to sign in */
	struct consumer *consumers; size_t nconsumers, consumers_cap; /* none: any key, with FAKE_API_SECRET */
	struct access *tokens; size_t ntokens, tokens_cap; /* handed out beforehand */
	struct lb_map member_keys, photo_keys, set_keys, nsids, aliases, ids, set_ids;
};

#define FAKE_API_SECRET "fedcba9876543210"

LB_CHECKED int world_load(const char *path, struct world *out, struct lb_error *err);
/* One more line about a photo of a running world. Its date of change moves as Flickr's does. */
LB_CHECKED int world_edit(struct world *w, struct photo *p, const char *line, struct lb_error *err);
void world_clear(struct world *w);
/* Undoes what run time changed. */
void world_reset(struct world *w);

struct member *world_member(const struct world *w, const char *nsid_or_alias);
struct photo *world_photo(const struct world *w, const char *id_or_key);
struct set *world_set(const struct world *w, enum set_kind kind, const char *id_or_alias);
const char *member_path(const struct member *m);              /* alias, else NSID: as in its URLs */

/* May `viewer` (NULL: nobody is signed in) know of it? */
bool photo_shown(const struct photo *p, const struct member *viewer);
bool photo_downloadable(const struct photo *p, const struct member *viewer);
/* Whether lists show it: adult photos only to those who are signed in. */
bool photo_listed(const struct photo *p, const struct member *viewer);
/* A member's photos, newest first; those marked late only once page 1 was served. Free the array. */
const struct photo **world_stream(const struct world *w, const struct member *m, const struct member *viewer, size_t *count);
bool set_holds(const struct set *s, const struct photo *p);
const struct photo **set_stream(const struct set *s, const struct member *viewer, size_t *count);
/* Short links: base58 of what each kind of thing has for a number. */
void short_code(uint64_t number, char out[16]);
void short_of_photo(const struct photo *p, char out[16]);
void short_of_set(const struct set *s, char out[16]);
void short_of_member(const struct member *m, char out[16]);

/* Numbers that look like chance and are the same each time. */
uint64_t fake_mix(uint64_t a, uint64_t b);
uint64_t fake_hash(uint64_t seed, const char *text);

/* world_finish.c, world_generate.c: for the parser. */
void world_finish(struct world *w);
LB_CHECKED int world_generate(struct world *w, const char *count, const char *options, struct lb_error *err);
LB_CHECKED int world_crowd(struct world *w, size_t count, struct lb_error *err);
struct member *world_add_member(struct world *w, const char *key);
struct photo *world_add_photo(struct world *w, const char *key);
struct set *world_add_set(struct world *w, enum set_kind kind, const char *key);
void set_add_photo(struct set *s, struct photo *p, const char *remark);

#endif
