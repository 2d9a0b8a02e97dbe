/* METS 1.12 with PREMIS 3: writing the package's METS.xml in a stream, and reading back what verify compares.
 * Sources: METS 1.12.1 schema, PREMIS 3.0 data dictionary, xlink. */
#ifndef LB_METS_H
#define LB_METS_H

#include "format/base/base.h"

struct lb_mets_file {
	const char *path;            /* relative to the package root, not encoded */
	const char *sha256, *mime;
	uint64_t size;
	const char *group;           /* USE of its fileGrp: "original", "thumbnail", "icon", "metadata", "page", "provenance", "documentation", "viewer" */
	long photo;                  /* index into photos, or -1 */
	const char *source_url;      /* media: where it was captured from, or NULL */
	const char *format_label;    /* media: Flickr's size label, or NULL */
	int64_t captured;            /* media: Unix seconds, or LB_UNKNOWN */
};
struct lb_mets_photo {
	const char *id, *title, *url;               /* title may be NULL */
	const char *owner_id, *owner_name;
	const char *license_id, *license_uri, *license_label; /* Flickr's number, address (may be NULL) and wording */
	const char *withheld;                       /* why there is no original, or nothing but this, or NULL */
	bool stub;                                  /* the policy withholds all but what stands here */
	int64_t captured;                           /* of its metadata */
};
/* An album, a gallery, a group. */
struct lb_mets_set { const char *id, *title; const size_t *photos; size_t nphotos; /* indexes into photos, in the set's order */ };
struct lb_mets_sets { const struct lb_mets_set *items; size_t count; };
/* In the order of the tree: each is followed by all that is in it; depth 0 at the top, one deeper than the one it is in. */
struct lb_mets_collection { const char *id, *title; size_t depth; const char *const *album_ids; size_t nalbum_ids; };
struct lb_mets {
	const char *id, *title, *maker, *program;   /* program: name and version of the creating software */
	int64_t created;                            /* Unix seconds */
	const struct lb_mets_photo *photos; size_t nphotos;
	struct lb_mets_sets albums, galleries, groups;
	const struct lb_mets_collection *collections; size_t ncollections;
	const char *policy;                         /* by which rules photos were taken, for readers, or NULL */
	const char *agreement; int64_t agreed;      /* what the maker accepted and when; NULL: nothing to accept */
	const char *conversion; int64_t converted;  /* what the package was converted from, in words, and when; NULL: made from Flickr's answers */
	bool pseudonymised;                         /* names were replaced by pseudonyms */
	const struct lb_mets_file *files; size_t nfiles; /* in the order in which they shall stand */
};
/* Writes the document. XML ids are made from positions. Errors of `out` are reported at its commit. */
void lb_mets_write(const struct lb_mets *m, struct lb_out *out);

/* Reading back: each file of the fileSec, each photo of the physical structMap. Strings are valid during the call. */
struct lb_mets_handler {
	int (*file)(void *arg, const char *path, const char *sha256, uint64_t size, const char *mime, const char *group, struct lb_error *err);
	/* license is Flickr's licence number */
	int (*photo)(void *arg, const char *photo_id, const char *license, struct lb_error *err);
	void *arg;
};
struct lb_mets_reader;
struct lb_mets_reader *lb_mets_reader_new(const struct lb_mets_handler *h);
LB_CHECKED int lb_mets_reader_feed(struct lb_mets_reader *r, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_mets_reader_end(struct lb_mets_reader *r, char objid[64], struct lb_error *err);
void lb_mets_reader_free(struct lb_mets_reader *r);

#endif
