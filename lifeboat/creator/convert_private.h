/* Converting, inside. Two rounds over the source: first its data files are hashed and the order of its photos is read; then each
 * photo goes into the package, and after them every file that did not become one of its media, as it is. */
#ifndef LB_CREATOR_CONVERT_PRIVATE_H
#define LB_CREATOR_CONVERT_PRIVATE_H

#include "format/foundation/foundation.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/creator/show.h"

#define LB_CONVERT_KEPT "data/provenance/foundation/"            /* of its files, under their own paths */
#define LB_CONVERT_BESIDE "data/provenance/foundation-beside/"   /* of files beside it in its container */
#define LB_CONVERT_RENAMED "data/provenance/foundation-renamed/" /* whose names no package can have */
#define LB_CONVERT_LOG "data/provenance/conversion.jsonl"

/* What some photos carry and most sources never had. */
enum lb_convert_layer { LB_NEVER_FAVES, LB_NEVER_NOTES, LB_NEVER_PEOPLE, LB_NEVER_EXIF, LB_NEVER_LICENSES, LB_NEVER_COUNT };
/* The ways in which it is written. */
enum lb_convert_layout { LB_WRITTEN_PATHS, LB_WRITTEN_OBJECTS, LB_WRITTEN_MEDIA_TYPE, LB_WRITTEN_MEDIA, LB_WRITTEN_ABOUT, LB_WRITTEN_COUNT };

struct lb_convert {
	const struct lb_convert_request *request;
	const struct lb_ctx *ctx;
	struct lb_container *container;
	struct lb_foundation from;
	const struct lb_member *members; size_t nmembers;
	struct lb_foundation_index photos;
	struct lb_json *about;               /* lifeboat.js, or NULL */
	const char *about_fault;             /* why it is not, though it is there; or NULL */
	const char **ids; size_t nids;       /* of its photos, in order; of `photos` */
	char (*digests)[LB_SHA256_HEX];      /* of each member that is a data file, else "" */
	bool *used;                          /* members that became media of the package */
	char sha256[LB_SHA256_HEX];          /* of the list of those digests */
	bool any_private;
	bool layers[LB_NEVER_COUNT], layouts[LB_WRITTEN_COUNT];
	struct lb_map licenses;              /* keys of the package's licences, and each with the number that has it */
	struct lb_map people;                /* NSID → number */
	struct lb_person *persons; size_t persons_cap; /* id and names */
	struct lb_map titles;                /* "album 1", "gallery 2", "group 3" → number */
	const char **title_list; size_t titles_cap;
	struct lb_map kept_names;            /* paths below provenance/, without case */
	size_t renamed;
	const char *staging;                 /* a file of our own, beside the package in the making */
	struct lb_package *package;
	struct lb_show show;
	struct lb_out *log;
	struct lb_gap *gaps; size_t ngaps, gaps_cap; /* of the photo at hand */
	struct lb_arena facts, arena;        /* of the whole; of the photo at hand */
	struct lb_convert_result result;
};

/* ---- the first round (convert_read.c) */
LB_CHECKED int lb_convert_read(struct lb_convert *c, struct lb_error *err);
/* People, licences, albums, galleries, groups. */
LB_CHECKED int lb_convert_indexes(struct lb_convert *c, struct lb_error *err);

/* An entry of an index (`key` NULL: all of it) is lost: a gap, and counted. */
void lb_convert_lose(struct lb_convert *c, const char *index, const char *key, const char *why);

/* ---- the second (convert_photo.c, convert_file.c) */
LB_CHECKED int lb_convert_photos(struct lb_convert *c, struct lb_error *err);
/* Of a photo; counted as lost. */
void lb_convert_photo_gap(struct lb_convert *c, const char *id, const char *layer, const char *why);
/* What of the photo a package has no place for is taken out of it, with gaps (convert_ids.c). Either file may be NULL. */
void lb_convert_plain(struct lb_convert *c, struct lb_photo *photo, const struct lb_json *own, const struct lb_json *entry);
/* May the licence of this number be in the package? Its key must be plain, and no other's. */
bool lb_convert_license(struct lb_convert *c, const char *number);
/* A photo's file; what is wrong with it becomes a gap. */
LB_CHECKED int lb_convert_media(struct lb_convert *c, struct lb_photo *photo, enum lb_role role, const struct lb_json *own,
	const struct lb_json *entry, struct lb_error *err);
/* The media in the staging files are in the package: frees their room. */
void lb_convert_media_done(struct lb_convert *c);
/* Every member that is none of the media. */
LB_CHECKED int lb_convert_rest(struct lb_convert *c, struct lb_error *err);

/* What a file of the source holds is wrong, which is a gap; any other failure ends the conversion. */
bool lb_convert_is_content(int rc);
/* Of the photo at hand when it has a photo_id. */
void lb_convert_gap(struct lb_convert *c, struct lb_gap gap);

#endif
