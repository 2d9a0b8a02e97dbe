/* What the files of the package writer share: the package being written, its files, and streamed JSON files. */
#ifndef LB_WRITER_PRIVATE_H
#define LB_WRITER_PRIVATE_H

#include "format/package/package.h"
#include "format/text/text.h"

#define LB_WRITER_DEPTH_MAX 32 /* of collections: a deeper one stands at the top */
#define LB_WRITER_ITEM_MAX ((size_t)512 << 20) /* one photo's metadata, one entry of an index */

/* Path, digest and provenance of one file of the package. Strings live in the package. */
struct lb_writer_file {
	const char *path;                /* relative to the package root */
	const char *role;                /* NULL: a file beside data/ */
	const char *mime;
	const char *source_url, *label;  /* of media */
	char sha256[LB_SHA256_HEX];
	uint64_t size;
	long photo;                      /* number of its summary, or -1 */
	int64_t captured;
};

struct lb_writer_tag { const char *name; size_t count, last_photo; };

/* Photos that say of themselves that they are in an album, a group, a gallery: numbers of summaries in the plan's order. */
struct lb_writer_told { const size_t *photos; size_t count; };

/* Things with an id that are told more than once. */
struct lb_writer_table { struct lb_map ids; void *items; struct lb_writer_told *told; size_t count, cap; };

/* What follows from all that was added: made when it is asked for (sets.c). */
struct lb_writer_settled { bool done; struct lb_arena arena; struct lb_collection_entry *tree; };

/* Sums over all photos. */
struct lb_writer_totals { size_t photos, missing, stubs, originals, thumbnails, videos;
	size_t comments, faves, tags, notes, people, icons, profiles; };

struct lb_package {
	char *dir;
	const struct lb_ctx *ctx;
	bool finished;
	struct lb_arena arena;
	struct lb_map words;             /* strings that repeat, kept once */
	struct lb_package_info info;
	struct lb_writer_totals totals;
	struct lb_map folders, paths;    /* made already; path → number of its file */
	struct lb_writer_file *files; size_t nfiles, files_cap;
	struct lb_map photo_ids;
	struct lb_summary *photos; size_t nphotos, photos_cap;
	struct lb_writer_table people;    /* struct lb_contributor by NSID */
	struct lb_writer_table albums;    /* struct lb_album_entry by id */
	struct lb_writer_table groups;    /* struct lb_group_entry by id */
	struct lb_writer_table galleries; /* struct lb_gallery_entry by id */
	struct lb_writer_table collections; /* struct lb_collection_entry by id, as they were added */
	struct lb_writer_settled *settled;
	struct lb_map icon_names;         /* members with a picture, in lower case: file systems may not tell case */
	struct lb_writer_table licenses;  /* struct lb_license by its name in the package: two ids may share one */
	struct lb_map tag_names;
	struct lb_writer_tag *tags; size_t ntags, tags_cap;
	struct lb_map gap_photos;        /* photo id → its newest gap */
	struct lb_gap *gaps; size_t ngaps, gaps_cap;
	size_t *gap_before; size_t gap_before_cap; /* the same photo's gap before this one, or SIZE_MAX */
	struct lb_buf scratch;
};

/* A file of JSON that is written piece by piece: a data file (`const name = …;`) or plain JSON. */
struct lb_writer_json {
	struct lb_package *package;
	const char *path;                /* relative to the package root; borrowed */
	bool wrapped, overflow;
	long photo;
	struct lb_out *out;
	struct lb_buf buf;
	struct lb_jw jw;
};

/* ---- layout */
bool lb_writer_id_is_plain(const char *id);       /* may be a key of a JSON object */
bool lb_writer_photo_id_is_safe(const char *id);  /* may be part of a path */
void lb_writer_icon_path(struct lb_buf *b, const char *nsid, const struct lb_media *icon); /* from the root */
const char *lb_writer_role(const char *path);     /* by folder; NULL outside data/ */

/* ---- memory */
const char *lb_writer_word(struct lb_package *p, const char *s);  /* kept once; NULL and "" give NULL */
const char *lb_writer_text(struct lb_package *p, const char *s);  /* a copy; NULL and "" give NULL */

struct lb_comment *lb_writer_comments(struct lb_package *p, const struct lb_comment *comments, size_t count);

/* ---- sets: albums, groups, galleries; collections (sets.c) */
void lb_writer_settle(const struct lb_package *p);

/* ---- facts about the same thing, told more than once (merge.c) */
size_t lb_writer_person(struct lb_package *p, const struct lb_person *said);  /* number, or SIZE_MAX without an id */
size_t lb_writer_album(struct lb_package *p, const struct lb_album *said);
size_t lb_writer_group(struct lb_package *p, const struct lb_group *said);
size_t lb_writer_gallery(struct lb_package *p, const struct lb_gallery *said);
size_t lb_writer_collection(struct lb_package *p, const struct lb_collection *said); /* its parent first */
size_t lb_writer_license(struct lb_package *p, const struct lb_license *said);

/* ---- files */
LB_CHECKED int lb_writer_close_for(struct lb_package *p, const char *path, struct lb_out *out, long photo,
	struct lb_error *err);
/* `path`: relative to the package root. *kept: as it stands in the list of files. */
LB_CHECKED int lb_writer_link_media(struct lb_package *p, const char *path, const struct lb_media *m, long number,
	const char **kept, struct lb_error *err);
/* A file of another package, as it is: its digest and size are known. */
LB_CHECKED int lb_writer_adopt(struct lb_package *p, const char *from, const char *path, const char *sha256, uint64_t size,
	struct lb_error *err);
/* Numbers of the files below data/ (payload) or beside it, sorted by the bytes of their paths; free() it. */
size_t *lb_writer_sorted(const struct lb_package *p, bool payload, size_t *count);
uint64_t lb_writer_payload_bytes(const struct lb_package *p, size_t *count);

/* ---- streamed JSON */
/* `name` NULL: plain JSON. */
LB_CHECKED int lb_writer_json_open(struct lb_package *p, const char *path, const char *name, struct lb_writer_json *j,
	struct lb_error *err);
void lb_writer_json_flush(struct lb_writer_json *j); /* between two items; without `out` all stays in `buf` */
LB_CHECKED int lb_writer_json_close(struct lb_writer_json *j, struct lb_error *err);
void lb_writer_json_abandon(struct lb_writer_json *j); /* after a close: nothing */
/* Values that may be unknown are null. */
void lb_writer_jw_text(struct lb_jw *w, const char *key, const char *text);
void lb_writer_jw_id(struct lb_jw *w, const char *key, const char *id); /* null unless it is a plain id */
void lb_writer_jw_count(struct lb_jw *w, const char *key, int64_t n);
void lb_writer_jw_flag(struct lb_jw *w, const char *key, int flag);
void lb_writer_jw_date(struct lb_jw *w, const char *key, int64_t unix_seconds);
void lb_writer_jw_taken(struct lb_jw *w, const char *key, const struct lb_taken *t);
void lb_writer_jw_license(struct lb_jw *w, const char *key, const char *flickr_id);

/* ---- the parts of a package */
void lb_writer_summarise(struct lb_package *p, const struct lb_photo *photo, struct lb_summary *out);
void lb_writer_policy(const struct lb_package *p, struct lb_jw *w); /* fields of an open object (policy.c) */
/* Newest first: *gap is SIZE_MAX at the end. */
size_t lb_writer_first_gap(const struct lb_package *p, const char *photo_id);
LB_CHECKED int lb_writer_photo_file(struct lb_package *p, const struct lb_photo *photo, const struct lb_summary *s, long number,
	struct lb_error *err);
void lb_writer_jw_comments(struct lb_jw *w, const struct lb_comment *comments, size_t count); /* "comments": […] */
typedef void lb_writer_entry_fn(struct lb_writer_json *j, size_t i);
lb_writer_entry_fn lb_writer_album_entry, lb_writer_group_entry, lb_writer_gallery_entry, lb_writer_collection_entry;
LB_CHECKED int lb_writer_consent_index(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_indexes(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_lifeboat_js(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_documentation(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_crate(struct lb_package *p, struct lb_error *err); /* after all else below data/ */
LB_CHECKED int lb_writer_manifest(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_readme(struct lb_package *p, struct lb_error *err);
/* The PRONOM id of a file of the package, "" when its first bytes leave it open; of any file's first bytes. */
LB_CHECKED int lb_writer_pronom(const struct lb_package *p, const char *path, const char **out, struct lb_error *err);
const char *lb_pronom_of(const void *bytes, size_t n);
LB_CHECKED int lb_writer_mets(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_bag(struct lb_package *p, struct lb_error *err);
LB_CHECKED int lb_writer_bag_manifest(struct lb_package *p, const char *name, bool payload, struct lb_error *err);
/* A file as lifeboat.json lists it, on one line; photo NULL: it belongs to none. */
void lb_writer_file_line(struct lb_buf *line, const struct lb_writer_file *f, const char *photo);
/* Photos under each licence of the table; free() it. */
size_t *lb_writer_license_counts(const struct lb_package *p);

#endif
