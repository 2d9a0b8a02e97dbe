/* Reading the Data Lifeboats that the Flickr Foundation made in 2024 and 2025: folders of `const name = …;` files, without a manifest
 * and without a version. Both known layouts and every mixture of them are read (spec/12-foundation.md); nothing is evaluated.
 * An index is cut into its entries before any is parsed, so that memory is bounded by the file and its largest entry. */
#ifndef LB_FOUNDATION_H
#define LB_FOUNDATION_H

#include "format/model/model.h"
#include "format/package/package.h"
#include "format/text/text.h"

#define LB_FOUNDATION_INDEX_MAX ((size_t)512 << 20) /* bytes of an index */
#define LB_FOUNDATION_ITEM_MAX ((size_t)16 << 20)   /* of one entry, of one photo's file */

/* Where such a package lies in a container. */
struct lb_foundation {
	const struct lb_container *container;
	char base[600];                      /* what stands before its paths: "", or ends in a slash */
	bool bagged;                         /* it is the payload of a BagIt bag */
};
/* false: there is none, or it is a lifeboat of our own. Looks at names only. */
bool lb_foundation_find(const struct lb_container *c, struct lb_foundation *out);
/* The member for a path relative to the package's root, or -1. */
long lb_foundation_member(const struct lb_foundation *f, const char *path);

/* ---- data files ------------------------------------------------------------------------------------------------ */

struct lb_foundation_row { const char *key; struct lb_span json; };
/* An index file cut into its entries, in the order of the file. */
struct lb_foundation_index {
	char name[64];                       /* as the file defines it */
	struct lb_foundation_row *rows; size_t count, cap;
	struct lb_map at;                    /* key → number of its first row */
	const char *twice;                   /* a key that is there more than once (its first row counts), or NULL */
	struct lb_buf text;
	struct lb_arena arena;
};
/* metadata/<name>.js. LB_NOTFOUND when there is none; LB_FORMAT when it is no object of entries; LB_LIMIT. */
LB_CHECKED int lb_foundation_index_read(const struct lb_foundation *f, const char *name, struct lb_foundation_index *out, struct lb_error *err);
void lb_foundation_index_clear(struct lb_foundation_index *index);
/* From the text of a file, for the one above and for tests. `out` is zero and then the caller's to clear in any case. */
LB_CHECKED int lb_foundation_index_cut(struct lb_span text, struct lb_foundation_index *out, struct lb_error *err);
LB_CHECKED int lb_foundation_row_parse(const struct lb_foundation_row *row, struct lb_json **out, struct lb_error *err);
/* A data file that is one value, at a path relative to the package's root. */
LB_CHECKED int lb_foundation_read(const struct lb_foundation *f, const char *path, char name[64], struct lb_json **out, struct lb_error *err);

/* ---- a photo ------------------------------------------------------------------------------------------------------- */

/* Appends where the photo's own file is: as the entry says, if that is a path that stays inside, else where it belongs. */
void lb_foundation_photo_path(struct lb_buf *b, const char *id, const struct lb_json *entry);
/* A file as a photo tells of it. */
struct lb_foundation_file {
	const char *path, *label, *type, *checksum; /* NULL: not told */
	const char *algorithm, *url;         /* ours: of the checksum; where it was downloaded */
	int64_t size, width, height, captured; /* LB_UNKNOWN: not told; captured: ours */
	bool object;                         /* layout 2: told as an object, else as a path */
};
/* From the photo's file, else (a thumbnail) from its entry in the index; either may be NULL. false: none is named. */
bool lb_foundation_file(const struct lb_json *photo, const struct lb_json *entry, enum lb_role role, struct lb_foundation_file *out);
/* Which algorithm its checksum is of, by its length. false: it has none, or none of a known length. */
bool lb_foundation_checksum(const struct lb_foundation_file *file, enum lb_hash *out);
/* All that is told of a photo, but its files; what its file does not say is taken from its entry. Either may be NULL. Texts are
 * borrowed from both and the arena. People have ids only. */
void lb_foundation_photo(const char *id, const struct lb_json *photo, const struct lb_json *entry, struct lb_arena *arena, struct lb_photo *out);
/* Tells every field of a photo's file and of its entry, either of which may be NULL, that has another type than chapter 12 gives, with
 * the words for that type. What is null or absent has every type. */
typedef void lb_foundation_field_fn(void *arg, const char *key, const char *shape);
void lb_foundation_misshapen(const struct lb_json *photo, const struct lb_json *entry, lb_foundation_field_fn *each, void *arg);
/* Is `id` a word that Flickr could have given, to be a key and part of a path: 1 to 64 letters, digits, "@", "." and "-"? */
bool lb_foundation_is_id(const char *id);
/* Number of a word of the Foundation's granularities; LB_UNKNOWN: none of them. */
int64_t lb_foundation_granularity(const char *word);
int64_t lb_foundation_date(const char *iso);  /* Unix seconds; LB_UNKNOWN when it is no date */
void lb_foundation_comments(const struct lb_json *list, struct lb_arena *arena, struct lb_comment **out, size_t *count);

/* ---- entries of the other indexes: texts are borrowed from the entry and the arena ------------------------------- */

void lb_foundation_person(const char *key, const struct lb_json *entry, struct lb_person *out);
void lb_foundation_album(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_album *out);
void lb_foundation_gallery(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_gallery *out);
void lb_foundation_group(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_group *out);

/* ---- looking -------------------------------------------------------------------------------------------------------------- */

/* As lb_package_list, in the order of photoIndex.js. A photo whose own file cannot be read is told as the index does. */
LB_CHECKED int lb_foundation_list(const struct lb_foundation *f, lb_listing_fn *each, void *arg, struct lb_error *err);
/* What is known of the whole, with the names that lifeboat.json has for it; what nobody told is null. */
LB_CHECKED int lb_foundation_info(const struct lb_foundation *f, struct lb_json **out, struct lb_error *err);

#endif
