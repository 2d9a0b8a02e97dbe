/* The model: what a lifeboat knows, as plain structs. Strings are UTF-8, live in the arena that the parser was given,
 * and are NULL when Flickr did not say. Numbers that Flickr did not say are LB_UNKNOWN. Ids are always strings
 * (album ids pass 2^53). Text fields hold Flickr's text as received (XML-decoded, HTML untouched). */
#ifndef LB_MODEL_H
#define LB_MODEL_H

#include "format/base/base.h"

#define LB_UNKNOWN (-1)

struct lb_person {
	const char *nsid, *username, *realname, *path_alias, *location, *description;
	const char *iconserver, *iconfarm;
	int is_deleted, is_pro;             /* 1, 0, LB_UNKNOWN */
	int64_t count_photos;
	int64_t first_date;                 /* of the first upload, Unix seconds */
	const char *first_taken;
	struct lb_person_profile *profile;         /* flickr.profile.getProfile, or NULL */
};

/* What a member says of themselves. No e-mail address: it is left in the maker's evidence. */
struct lb_person_profile {
	int64_t join_date;                  /* Unix seconds */
	const char *occupation, *hometown, *first_name, *last_name, *description, *website, *city, *country;
	const char *facebook, *twitter, *tumblr, *instagram, *pinterest;
	const char *showcase_album_id, *showcase_album_title;
};

struct lb_tag { const char *id, *author_id, *author_name, *raw, *normalized; int machine; };

/* x, y, w, h in the scale where the photo's longest edge is 500 px (flickr.photos.getInfo). */
struct lb_note { const char *id, *text; struct lb_person author; int64_t x, y, w, h; };

/* flickr.photos.getInfo dates@taken*: local time of the owner, no zone. granularity 0 second, 4 month, 6 year, 8 circa. */
struct lb_taken { const char *value; int64_t granularity; int unknown; };

struct lb_location {
	bool present;
	const char *latitude, *longitude;   /* decimal text as received */
	int64_t accuracy;                   /* 1 world … 16 street; 0 and LB_UNKNOWN: not said */
	int64_t context;                    /* 0 none, 1 indoors, 2 outdoors */
	const char *neighbourhood, *locality, *county, *region, *country;
};

struct lb_size { const char *label, *source, *url, *media; int64_t width, height; };

struct lb_comment { const char *id, *permalink, *text; struct lb_person author; int64_t date; };

struct lb_fave { struct lb_person person; int64_t date; };

/* An album, gallery or group as far as the calls about it told. */
struct lb_album {
	const char *id, *title, *description, *owner_id, *owner_name, *primary_photo_id;
	int64_t count_photos, count_videos, count_views, count_comments, date_created, date_updated;
	struct lb_comment *comments; size_t ncomments; /* flickr.photosets.comments.getList */
	const char **photo_ids; size_t nphoto_ids; /* all of them in the owner's order, when the list was read; those not kept as well */
};
struct lb_group {
	const char *id, *title, *url, *iconserver, *iconfarm;
	int64_t members, pool_count, topic_count, privacy;
	int eighteen_plus, moderated;
	const char *description, *rules, *lang;
	const char *date_created;           /* "YYYY-MM-DD hh:mm:ss" as received */
	const char **photo_ids; size_t nphoto_ids; /* of the pool, or of the part asked for, when it was read */
};
/* A photo in a gallery; `comment` is the curator's word about it, or NULL. */
struct lb_gallery_item { const char *photo_id, *comment; };
struct lb_gallery {
	const char *id, *url, *title, *description, *primary_photo_id;
	struct lb_person owner;
	int64_t count_photos, count_videos, count_views, count_comments, date_created, date_updated;
	struct lb_gallery_item *items; size_t nitems; /* in the curator's order, when the list was read */
};
/* A member's folder of albums and of further collections (flickr.collections.getTree). */
struct lb_collection {
	const char *id, *title, *description, *owner_id;
	const char *parent_id;              /* NULL: at the top */
	const char **album_ids; size_t nalbum_ids;
};

/* Someone marked in a photo; the box (500 px scale) only when has_box. */
struct lb_depicted { struct lb_person person; const char *added_by; bool has_box; int64_t x, y, w, h; };

struct lb_license { const char *id, *label, *url; };           /* label and url as Flickr words them on the day */

/* One change of a photo's licence; labels and addresses as worded on the day of asking; there are no ids in it. */
struct lb_license_change { int64_t date; const char *old_label, *old_url, *new_label, *new_url; };

struct lb_exif { const char *tagspace, *tagspaceid, *tag, *label, *raw, *clean; };

/* Something that could not be had, and why. Never means "there is none". */
enum lb_gap_kind { LB_GAP_REFUSED, /* Flickr said no: code and message */ LB_GAP_FAILED, /* no usable answer */
	LB_GAP_UNASKED, /* never asked, or not in the recording */ LB_GAP_WITHHELD /* the owner or the maker's policy does not allow it */ };
struct lb_gap {
	enum lb_gap_kind kind;
	const char *photo_id;               /* NULL: not about one photo */
	const char *subject;                /* "photo 123", "album 456", "person 1@N00" */
	const char *layer;                  /* "photo", "sizes", "comments", "faves", "contexts", "galleries", "people", "original", "thumbnail" … */
	const char *method;                 /* API method, or NULL for a file */
	int64_t code;                       /* API error code or HTTP status, LB_UNKNOWN when none */
	const char *message;
};
const char *lb_gap_kind_name(enum lb_gap_kind kind);           /* "refused" "failed" "unasked" "withheld" */

enum lb_role { LB_ORIGINAL, LB_THUMBNAIL, LB_ROLE_COUNT };
struct lb_media {
	bool present;
	const char *label, *url;            /* Flickr's size label; the address it came from */
	const char *source_path;            /* where the bytes are now (evidence store) */
	const char *sha256, *mime;
	const char *extension;              /* "jpg", "png", "gif", "mp4" … */
	uint64_t size;
	int64_t width, height;              /* LB_UNKNOWN for some videos */
	int64_t captured;                   /* Unix seconds */
};

struct lb_photo {
	const char *id, *secret, *server, *farm, *original_secret, *original_format, *media; /* media: "photo" | "video" */
	struct lb_person owner;
	const char *title, *description, *license_id, *url;
	int64_t safety_level;               /* 0 safe, 1 moderate, 2 restricted, LB_UNKNOWN */
	int64_t rotation, views, date_posted, date_updated;
	struct lb_taken taken;
	int is_public, is_friend, is_family;
	int can_comment, can_add_meta, public_can_comment, public_can_add_meta;
	int can_download, can_blog, can_print, can_share;
	int geo_is_public, geo_is_contact, geo_is_friend, geo_is_family;
	int has_people;
	int64_t count_comments, count_faves;
	struct lb_location location;
	int64_t video_duration, video_width, video_height;

	struct lb_tag *tags; size_t ntags;
	struct lb_note *notes; size_t nnotes;
	struct lb_size *sizes; size_t nsizes;
	struct lb_comment *comments; size_t ncomments;
	struct lb_fave *faves; size_t nfaves, faves_cap;  /* _cap: room that the pages' parser left; 0: none */
	struct lb_album *albums; size_t nalbums;
	struct lb_group *groups; size_t ngroups;
	struct lb_gallery *galleries; size_t ngalleries, galleries_cap;
	struct lb_depicted *people; size_t npeople;
	struct lb_exif *exif; size_t nexif;
	const char *camera;                 /* as Flickr or the file names it */
	const char *exif_source;            /* "file": read from the original kept here; "api"; NULL: not known */
	struct lb_license_change *license_changes; size_t nlicense_changes; /* oldest first */
	int license_history_known;          /* 1: asked and answered; none in the list then means it never changed */
	const char *withheld;               /* why the policy keeps all but title, owner, link and licence back; NULL: it does not */
	struct lb_media files[LB_ROLE_COUNT];
	int64_t captured;                   /* when getInfo was answered, Unix seconds */
	/* Which URLs of the selection brought it: indexes into the plan's list. */
	const size_t *selected_by; size_t nselected_by;
};
void lb_photo_init(struct lb_photo *p);                         /* all numbers LB_UNKNOWN, all else empty */
void lb_person_init(struct lb_person *p);
/* What is told of a photo that the policy withholds: id, title, owner, address, licence, who could see it, and why. Whatever else is
 * known does not come in. Strings are borrowed from `photo`. */
void lb_photo_reduce(const struct lb_photo *photo, struct lb_photo *stub);

/* Words of the Foundation's model. */
const char *lb_safety_name(int64_t level);                      /* "safe" "moderate" "restricted" or NULL */
const char *lb_visibility_name(const struct lb_photo *p);       /* "public" "private" "friends only" "family only" "friends and family" */
const char *lb_granularity_name(int64_t granularity);           /* "second" "month" "year" "circa", else "second" */
/* Licence id of the Foundation ("cc-by-2.0") for Flickr's number ("4"); unknown ones give "flickr-<id>" from the arena. */
const char *lb_license_slug(const char *flickr_id, struct lb_arena *arena);
/* The way back: Flickr's number ("4") of an id of the Foundation ("cc-by-2.0"); of an unknown id what stands after "flickr-", or the
 * id itself. NULL stays NULL. */
const char *lb_license_number(const char *slug);
/* true when the taken date says something: not unknown, not empty, not "0000-…". */
bool lb_taken_known(const struct lb_taken *t);
#define LB_TAKEN_ISO 20 /* "2012-05-17T13:04:05" + NUL */
/* The taken date in full; false when it is unknown, or not of the form in which Flickr gives dates. */
bool lb_taken_iso(const struct lb_taken *t, char out[LB_TAKEN_ISO]);
/* No more of it than is known: "2012", "2012-05", or in full; false also when it is only "about" a year. */
bool lb_taken_date(const struct lb_taken *t, char out[LB_TAKEN_ISO]);
/* https://www.flickr.com/photos/<path alias or nsid>/ and …/<id>/ */
const char *lb_photos_url(const struct lb_person *p, struct lb_arena *arena);
const char *lb_photo_url(const struct lb_photo *p, struct lb_arena *arena);

#endif
