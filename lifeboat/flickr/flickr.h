/* Flickr: what its URLs mean, how its API is asked, what its answers say. No I/O here.
 * Facts: Flickr API documentation, method names in the comments. */
#ifndef LB_FLICKR_H
#define LB_FLICKR_H

#include "format/base/base.h"
#include "format/model/model.h"
#include "format/text/text.h"

/* ---- URLs ------------------------------------------------------------------------------------------------- */

enum lb_url_kind { LB_URL_HOMEPAGE, LB_URL_PHOTO, LB_URL_ALBUM, LB_URL_USER, LB_URL_GROUP, LB_URL_GALLERY, LB_URL_TAG, LB_URL_KIND_COUNT };
struct lb_flickr_url {
	enum lb_url_kind kind;
	const char *photo_id, *user_url, *user_id, *album_id, *group_url, *gallery_id, *tag; /* arena; NULL when not said */
	int64_t page;                          /* browsing position; 1 when not said */
};
const char *lb_url_kind_name(enum lb_url_kind kind);          /* "single_photo", "album", "user" … (flickr-url-parser's names) */
/* LB_USAGE: not a Flickr URL at all; LB_UNSUPPORTED: Flickr's, but not understood. Never guesses a photo id. */
LB_CHECKED int lb_flickr_url_parse(const char *url, struct lb_arena *arena, struct lb_flickr_url *out, struct lb_error *err);

/* ---- requests ---------------------------------------------------------------------------------------------- */

#define LB_API_ENDPOINT "https://api.flickr.com/services/rest/"
struct lb_param { const char *name, *value; };                /* value NULL: left out */
/* Appends the request URI: method and parameters sorted, encoded; api_key last-minute only when not NULL. */
void lb_api_uri(struct lb_buf *b, const char *method, const struct lb_param *params, size_t count, const char *api_key);
extern const char lb_list_extras[];                            /* the `extras` that list calls ask for */

/* ---- answers: envelope and errors ----------------------------------------------------------------------------- */

/* What an error code means for one method (code 1 is per method). */
enum lb_api_fault { LB_FAULT_NONE, LB_FAULT_NOT_FOUND, LB_FAULT_DENIED, LB_FAULT_DELETED, LB_FAULT_KEY, LB_FAULT_SIGNIN, LB_FAULT_TRANSIENT, LB_FAULT_OTHER };
struct lb_api_answer { const struct lb_xml *rsp; enum lb_api_fault fault; int64_t code; const char *message; };
/* Parses a body. LB_FORMAT when it is not a readable <rsp> (HTML, truncated …): worth another try. A fault is no error: out->fault. */
LB_CHECKED int lb_api_parse(const char *method, struct lb_span body, struct lb_arena *arena, struct lb_api_answer *out, struct lb_error *err);

/* ---- answers: into the model. Each takes the <rsp> of a good answer; unknown elements and attributes are ignored;
 * LB_FORMAT when what the method promises is not there or a number is not one. ------------------------------------- */

LB_CHECKED int lb_parse_info(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);       /* photos.getInfo */
LB_CHECKED int lb_parse_sizes(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);      /* photos.getSizes */
LB_CHECKED int lb_parse_comments(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);   /* photos.comments.getList */
struct lb_page { int64_t page, pages, per_page, total; size_t got; };
/* Append one page. `got` counts its rows; rows that an earlier page had (people move on while one reads) are left out. */
LB_CHECKED int lb_parse_faves(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_page *page, struct lb_error *err);
LB_CHECKED int lb_parse_contexts(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);   /* photos.getAllContexts */
LB_CHECKED int lb_parse_galleries(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_page *page, struct lb_error *err); /* galleries.getListForPhoto */
LB_CHECKED int lb_parse_people(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);     /* photos.people.getList */
LB_CHECKED int lb_parse_exif(const struct lb_xml *rsp, struct lb_arena *a, struct lb_exif **out, size_t *count, struct lb_error *err); /* photos.getExif */
LB_CHECKED int lb_parse_person(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person *out, struct lb_error *err);  /* people.getInfo */
LB_CHECKED int lb_parse_lookup_user(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **username, struct lb_error *err); /* urls.lookupUser */
LB_CHECKED int lb_parse_licenses(const struct lb_xml *rsp, struct lb_arena *a, struct lb_license **out, size_t *count, struct lb_error *err); /* photos.licenses.getInfo */
LB_CHECKED int lb_parse_album(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *out, struct lb_error *err);    /* photosets.getInfo, photosets.getPhotos */
LB_CHECKED int lb_parse_gallery(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery *out, struct lb_error *err); /* galleries.getInfo, galleries.getPhotos with get_gallery_info */
LB_CHECKED int lb_parse_lookup_group(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **name, struct lb_error *err); /* urls.lookupGroup */
/* Any list of photos: people.getPublicPhotos, people.getPhotos, photosets.getPhotos, photos.search, galleries.getPhotos,
 * groups.pools.getPhotos, favorites.*. Fills what the row and its extras say; albums give `owner` of the wrapper to each. */
LB_CHECKED int lb_parse_photo_list(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo **out, size_t *count, struct lb_page *page, struct lb_error *err);
struct lb_profile_page { const char *nsid, *occupation, *hometown, *showcase_album_id, *showcase_album_title, *first_name, *last_name, *email, *description, *website, *city, *country, *facebook, *twitter, *tumblr, *instagram, *pinterest; int64_t join_date; };
LB_CHECKED int lb_parse_profile(const struct lb_xml *rsp, struct lb_arena *a, struct lb_profile_page *out, struct lb_error *err); /* profile.getProfile */
struct lb_institution { const char *nsid, *name, *site_url, *license_url; int64_t date_launch; };
LB_CHECKED int lb_parse_institutions(const struct lb_xml *rsp, struct lb_arena *a, struct lb_institution **out, size_t *count, struct lb_error *err); /* commons.getInstitutions */

/* ---- the layers around a photo: one table for planning, gathering and building ------------------------------------- */

struct lb_layer {
	const char *name;                       /* "info", "sizes", "comments", "faves", "contexts", "galleries", "people" */
	const char *method;                     /* "flickr.photos.getInfo" … */
	struct lb_param fixed[2];               /* besides photo_id and page */
	bool paged;
	bool required;                          /* without it the photo is missing */
	bool (*wanted)(const struct lb_photo *info); /* NULL: always; decides on what getInfo said */
	int (*parse)(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_page *page, struct lb_error *err);
};
extern const struct lb_layer lb_layers[];
extern const size_t lb_layer_count;
/* Appends the request URI of a layer for a photo (page from 1; ignored unless paged). */
void lb_layer_uri(struct lb_buf *b, const struct lb_layer *layer, const char *photo_id, int64_t page, const char *api_key);

/* ---- which file to take ------------------------------------------------------------------------------------------------ */

/* The size to keep for a role, or NULL with the reason in *why: ORIGINAL is the row labelled Original, else the largest photo
 * row (videos: the best stream offered); THUMBNAIL the row nearest 320 px that is a photo. Refuses addresses that are not https on
 * Flickr's hosts. */
const struct lb_size *lb_size_choose(const struct lb_photo *p, enum lb_role role, const char **why);
/* By first bytes: MIME type of an image or video ("image/jpeg", "video/mp4" …) and pixel size when the header tells, else NULL. */
const char *lb_media_sniff(struct lb_span head, const char **extension, int64_t *width, int64_t *height);
/* Is this what was promised? `head` are the first bytes (as many as there are up to 64 KiB). LB_FORMAT says what is wrong: an HTML
 * page, another type, a picture of other proportions than getSizes said ("no longer available" pictures). */
LB_CHECKED int lb_media_check(struct lb_span head, uint64_t size, const char *content_type, const struct lb_size *promised, const char **mime, const char **extension, struct lb_error *err);

#endif
