/* What the API says: one function a method, over the world. */
#ifndef FAKE_ANSWER_H
#define FAKE_ANSWER_H

#include "tests/fake/media.h"
#include "tests/fake/world.h"

/* A query string, decoded. */
struct query { struct { const char *name, *value; } items[48]; size_t count; };
void query_parse(struct query *q, const char *text, struct lb_arena *arena);
void query_add(struct query *q, const char *name, const char *value); /* unless it is there, or too many are */
const char *query_get(const struct query *q, const char *name);   /* NULL when absent */
int64_t query_number(const struct query *q, const char *name, int64_t otherwise);
bool query_lists(const struct query *q, const char *name, const char *word); /* is word in the comma-separated value? */

struct ask {
	struct world *world;
	const struct query *query;
	const struct member *viewer;             /* who signed the request, or NULL */
	struct photo *photo;                     /* of photo_id, for methods about one photo */
	struct lb_buf *out;
	const char *message;                     /* of a refusal */
};
/* Writes the whole answer (XML) for a query. Returns the API's error code, 0 when good. */
int answer_query(struct world *w, const struct query *q, const struct member *viewer, struct lb_buf *out);
/* The same for a refusal before any method is looked at. */
void answer_failure(int code, const char *message, struct lb_buf *out);

typedef int answer_fn(struct ask *a);            /* 0, or an error code with a->message set */
int refuse(struct ask *a, int code, const char *message);

answer_fn answer_info, answer_sizes, answer_contexts, answer_people_in, answer_exif, answer_license_history, answer_licenses;
answer_fn answer_comments, answer_favorites, answer_person, answer_lookup_user, answer_lookup_group;
answer_fn answer_public_photos, answer_photos, answer_album, answer_album_photos, answer_albums;
answer_fn answer_gallery, answer_gallery_photos, answer_galleries_of_photo, answer_group, answer_pool;
answer_fn answer_galleries, answer_lookup_gallery, answer_album_comments, answer_collections, answer_institutions;
answer_fn answer_profile, answer_login, answer_search, answer_faved, answer_photos_of, answer_explore;

/* ---- XML as Flickr writes it ----------------------------------------------------------------------------------- */

void x_text(struct lb_buf *b, const char *text);
void x_open(struct lb_buf *b, int depth, const char *name);       /* "<name": attributes follow */
void x_str(struct lb_buf *b, const char *name, const char *value);
void x_int(struct lb_buf *b, const char *name, int64_t value);
void x_more(struct lb_buf *b);                                    /* ">": children follow */
void x_empty(struct lb_buf *b);                                   /* " />" */
void x_value(struct lb_buf *b, const char *name, const char *text); /* ">text</name>" */
void x_close(struct lb_buf *b, int depth, const char *name);
void x_leaf(struct lb_buf *b, int depth, const char *name, const char *text); /* empty text: <name /> */

/* ---- shared pieces --------------------------------------------------------------------------------------------- */

struct paging { int64_t page, per_page, pages, total; size_t from, to; };
struct paging page_of(const struct query *q, size_t count, int64_t per_page_default, int64_t per_page_max);
/* Lies as the world's text says: -1 tells the truth. */
void page_claims(struct paging *p, int64_t total, int64_t pages);
void row_begin(struct lb_buf *b, const struct photo *p, bool with_owner);
void row_visibility(struct lb_buf *b, const struct photo *p);
void list_open(struct lb_buf *b, const struct paging *page);
void write_extras(struct ask *a, const struct photo *p);          /* attributes */
void write_row_end(struct ask *a, const struct photo *p);         /* closes the row, description inside */
/* The member whose NSID ("me": the viewer's) is the value of a parameter, or NULL. */
struct member *ask_member(const struct ask *a, const char *name);
/* The comments of a photo or an album, without their wrapper. */
void write_comments(struct lb_buf *b, const char *owner_nsid, const char *about_id, const char *page, const struct comment *list, size_t count);
int photo_rotation(const struct photo *p);
void tag_normalize(struct lb_buf *b, const char *raw);
bool tag_is_machine(const char *raw);
/* Has it one (or all) of these comma-separated tags, however they are written? */
bool photo_tagged(const struct photo *p, const char *tags, bool all);
const char *photo_page(const struct photo *p, char out[160]);     /* https://www.flickr.com/photos/WHO/ID/ */
bool photo_is_there(const struct photo *p);
size_t photo_comment_count(const struct photo *p);
size_t photo_fave_count(const struct photo *p);
void x_member_icon(struct lb_buf *b, const struct member *m);     /* iconserver and iconfarm */

#define PHOTOS_PER_PAGE_MAX 500
#define FAKE_SERVER "65535"
#define FAKE_FARM "66"

#endif
