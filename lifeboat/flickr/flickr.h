/* Flickr: how its API is asked, what its answers say. What its URLs mean: lifeboat/url. No I/O here.
 * Facts: Flickr API documentation, method names in the comments. */
#ifndef LB_FLICKR_H
#define LB_FLICKR_H

#include "format/base/base.h"
#include "format/model/model.h"
#include "format/text/text.h"

/* ---- requests ---------------------------------------------------------------------------------------------- */

#define LB_API_ENDPOINT "https://api.flickr.com/services/rest/"
struct lb_param { const char *name, *value; };                /* value NULL: left out */
/* Appends the request URI, without a key: method and parameters sorted, encoded. */
void lb_api_uri(struct lb_buf *b, const char *method, const struct lb_param *params, size_t count);
extern const char lb_list_extras[];                            /* the `extras` that list calls ask for */

/* Signing (OAuth 1.0a, RFC 5849, HMAC-SHA1). token and token_secret NULL before there is one. */
struct lb_oauth { const char *key, *secret, *token, *token_secret; };
/* Appends the signed address of a request: `uri` (without secrets, with its other parameters) and the oauth_ parameters.
 * `extra`: further oauth_ parameters (oauth_callback, oauth_verifier). nonce: never twice with the same timestamp. */
void lb_oauth_uri(struct lb_buf *b, const char *http_method, const char *uri, const struct lb_oauth *oauth, const struct lb_param *extra, size_t nextra, int64_t timestamp, const char *nonce);
/* Value in a form-encoded body (request_token, access_token), decoded; NULL when absent. */
const char *lb_form_value(struct lb_span body, const char *name, struct lb_arena *a);

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
LB_CHECKED int lb_parse_profile(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person_profile *out, const char **nsid, struct lb_error *err); /* profile.getProfile; no e-mail address */
struct lb_institution { const char *nsid, *name, *site_url, *license_url; int64_t date_launch; };
LB_CHECKED int lb_parse_institutions(const struct lb_xml *rsp, struct lb_arena *a, struct lb_institution **out, size_t *count, struct lb_error *err); /* commons.getInstitutions */

LB_CHECKED int lb_parse_group(const struct lb_xml *rsp, struct lb_arena *a, struct lb_group *out, struct lb_error *err);     /* groups.getInfo */
LB_CHECKED int lb_parse_albums(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album **out, size_t *count, struct lb_page *page, struct lb_error *err); /* photosets.getList */
LB_CHECKED int lb_parse_gallery_list(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery **out, size_t *count, struct lb_page *page, struct lb_error *err); /* galleries.getList */
LB_CHECKED int lb_parse_gallery_items(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery_item **out, size_t *count, struct lb_error *err); /* galleries.getPhotos: the curator's words */
LB_CHECKED int lb_parse_album_comments(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *album, struct lb_error *err); /* photosets.comments.getList */
/* The whole tree, parents before children; at most 10,000 nodes, 32 deep. */
LB_CHECKED int lb_parse_collections(const struct lb_xml *rsp, struct lb_arena *a, struct lb_collection **out, size_t *count, struct lb_error *err); /* collections.getTree */
LB_CHECKED int lb_parse_license_history(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err); /* photos.licenses.getLicenseHistory */
LB_CHECKED int lb_parse_photo_exif(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err); /* photos.getExif into the photo, with its camera; source "api" */
LB_CHECKED int lb_parse_login(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **username, struct lb_error *err); /* test.login */
/* EXIF, IPTC and XMP basics of an original file's head (JPEG, PNG, TIFF parts), in the words of photos.getExif; source "file".
 * A file without any gives none. Hostile files cost bounded time and memory. */
LB_CHECKED int lb_exif_of_file(const char *path, struct lb_arena *a, struct lb_photo *p, struct lb_error *err);

/* ---- layers: what can be asked around the photos; one table for planning, gathering and building --------------------- */

/* What --layers chooses from. */
enum lb_choice {
	LB_CHOICE_PHOTO,           /* always: getInfo, and sizes where the list did not tell them */
	LB_CHOICE_COMMENTS, LB_CHOICE_FAVES, LB_CHOICE_PEOPLE, LB_CHOICE_ALBUMS, LB_CHOICE_GROUPS, LB_CHOICE_GALLERIES,
	LB_CHOICE_EXIF, LB_CHOICE_LICENSES, /* licence history */
	LB_CHOICE_PROFILES, LB_CHOICE_ICONS, LB_CHOICE_COUNT
};
/* By --layers name: "photo", "comments" …; by_default: taken unless said otherwise; worth: what a reader gets for its calls. */
struct lb_choice_info { const char *name; bool by_default; const char *worth; };
extern const struct lb_choice_info lb_choices[LB_CHOICE_COUNT];
uint32_t lb_choices_default(void);                            /* bits 1 << choice */
/* "comments,faves", "all", "default", "default,-galleries,licenses": LB_USAGE names the word that is none. */
LB_CHECKED int lb_choices_parse(const char *text, uint32_t *out, struct lb_error *err);

enum lb_about { LB_ABOUT_PHOTO, LB_ABOUT_PERSON, LB_ABOUT_ALBUM, LB_ABOUT_GROUP, LB_ABOUT_GALLERY, LB_ABOUT_COUNT };
/* What decides whether a layer is worth a call, besides the subject itself. */
struct lb_want {
	uint32_t choices;
	bool whole_stream;                      /* the owner's albums are read as a whole: no need to ask photo by photo */
	bool has_original;                      /* the original file is kept: its EXIF is in it */
};
/* A photo's record and sizes come first: they decide what else is asked. */
enum lb_layer_part { LB_PART_AROUND, LB_PART_RECORD, LB_PART_SIZES };
struct lb_layer {
	const char *name;                       /* "info", "sizes", "comments", "faves", "contexts", "galleries", "people", "exif", "license-history",
	                                           "person", "profile", "album", "album-comments", "group", "gallery" */
	enum lb_about about;
	enum lb_choice choice, also;            /* also: another choice that its answer serves; PHOTO: none */
	enum lb_layer_part part;
	const char *method;                     /* "flickr.photos.getInfo" … */
	struct lb_param fixed[2];               /* besides the subject's id and page */
	bool paged;
	bool takes_owner;                       /* asked with the id of the subject's owner */
	bool required;                          /* without it the subject is missing */
	/* NULL: always, where the choice is made; `subject` is the struct of `about`, as far as it is known. An unknown number is not zero. */
	bool (*wanted)(const void *subject, const struct lb_want *want);
	/* Into the struct of `about`. */
	int (*parse)(const struct lb_xml *rsp, struct lb_arena *a, void *subject, struct lb_page *page, struct lb_error *err);
};
extern const struct lb_layer lb_layers[];       /* those of photos first, in the order of asking; EXIF after the files */
extern const size_t lb_layer_count;
bool lb_layer_wanted(const struct lb_layer *layer, const void *subject, const struct lb_want *want);
/* Calls that a layer of a photo is likely to take where it is wanted: by the photo's counts, else by shares typical of Flickr. */
double lb_layer_calls(const struct lb_layer *layer, const struct lb_photo *photo);
/* Appends the request URI of a layer for a subject (page from 1; ignored unless paged). owner_id: albums only, else NULL. */
void lb_layer_uri(struct lb_buf *b, const struct lb_layer *layer, const char *id, const char *owner_id, int64_t page);
const struct lb_layer *lb_layer_named(const char *name);      /* NULL: none */
/* Address of a member's picture, or NULL when they have only the standard one. */
const char *lb_icon_url(const struct lb_person *p, struct lb_arena *a);

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
/* Has a JPEG, PNG or MP4 file its end? Files of other kinds, or that cannot be read, are not judged: true. */
bool lb_media_is_whole(const char *path, const char *mime);

#endif
