/* METS 1.12 with PREMIS 3, MODS and Dublin Core: writing the package's METS.xml in a stream, and reading it back: what it says, and
 * where it breaks its own rules. Form: spec/07-mets.md. Sources: METS 1.12.1 schema, PREMIS 3.0 data dictionary, MODS 3.8, xlink.
 * Nothing here holds more than a few bytes for each photo or file. */
#ifndef LB_METS_H
#define LB_METS_H

#include "format/base/base.h"
#include "format/model/model.h"
#include "format/text/text.h"

/* What PROFILE says: the address of spec/mets-profile.xml. */
#define LB_METS_PROFILE "urn:uuid:cf3675d2-5062-82d8-a532-4ade2885b73f"

struct lb_mets_photo {
	const char *id, *title, *url;               /* title may be NULL */
	const char *owner_id, *owner_name;
	const char *license_id, *license_uri, *license_label; /* Flickr's number, address (may be NULL) and wording */
	struct lb_taken taken;                      /* read back: no more of the value than the granularity promises, with a 'T' */
	int64_t posted;                             /* Unix seconds, or LB_UNKNOWN */
	const char *const *tags; size_t ntags;
	const char *place, *coordinates;            /* "Town, Country", "51.5,-0.116"; or NULL */
	const char *withheld;                       /* why there is no original, or nothing but this, or NULL */
	bool stub;                                  /* the policy withholds all but what stands here */
	int64_t captured;                           /* of its metadata; not read back */
};
struct lb_mets_file {
	const char *path;            /* relative to the package root, not encoded */
	const char *sha256, *mime;
	uint64_t size;
	const char *group;           /* USE of its fileGrp: "original", "thumbnail", "icon", "metadata", "page", "provenance", "documentation", "viewer" */
	long photo;                  /* position of its photo, or -1; not read back */
	/* Of media; not read back: */
	const char *source_url;      /* where it was captured from, or NULL */
	const char *format_label;    /* Flickr's size label, or NULL */
	int64_t captured;            /* Unix seconds, or LB_UNKNOWN */
};

/* ---- writing ----------------------------------------------------------------------------------------------- */

enum lb_mets_set_kind { LB_METS_ALBUM, LB_METS_GALLERY, LB_METS_GROUP, LB_METS_SET_KINDS };
struct lb_mets_set { const char *id, *title; const size_t *photos; size_t nphotos; /* positions, in the set's order */ };
/* In the order of the tree: each is followed by all that is in it; depth 0 at the top, one deeper than the one it is in. */
struct lb_mets_collection { const char *id, *title; size_t depth; const char *const *album_ids; size_t nalbum_ids; };

/* Where the writer pulls from: each function fills *out with the thing at a position. What it points at stays valid until
 * the next call of the same function. Everything is asked for several times, and must be the same each time. */
struct lb_mets_source {
	void *arg;
	size_t nphotos, nfiles, nsets[LB_METS_SET_KINDS], ncollections;
	int (*photo)(void *arg, size_t i, struct lb_mets_photo *out, struct lb_error *err);
	int (*file)(void *arg, size_t i, struct lb_mets_file *out, struct lb_error *err);
	/* The PRONOM id of a media file, "" when it is not certain. NULL: never certain. */
	int (*pronom)(void *arg, size_t file, const char **out, struct lb_error *err);
	int (*set)(void *arg, enum lb_mets_set_kind kind, size_t i, struct lb_mets_set *out, struct lb_error *err);
	int (*collection)(void *arg, size_t i, struct lb_mets_collection *out, struct lb_error *err);
};
struct lb_mets {
	const char *id, *title, *purpose, *maker, *program; /* program: name and version of the creating software */
	int64_t created;                            /* Unix seconds */
	const char *policy;                         /* by which rules photos were taken, for readers, or NULL */
	const char *agreement; int64_t agreed;      /* what the maker accepted and when; NULL: nothing to accept */
	const char *conversion; int64_t converted;  /* what the package was converted from, in words, and when; NULL: made from Flickr's answers */
	bool pseudonymised;                         /* names were replaced by pseudonyms */
	struct lb_mets_source source;
};
/* Writes the document. Errors of the source, and LB_LIMIT for more than 2^31 photos or files; errors of `out` are reported at
 * its commit. */
LB_CHECKED int lb_mets_write(const struct lb_mets *m, struct lb_out *out, struct lb_error *err);

/* The files of one group are others now, and with them perhaps one file elsewhere that lists them. */
struct lb_mets_change {
	const char *group;
	const struct lb_mets_file *files; size_t count; /* none of them of a photo; in the order of their paths */
	const struct lb_mets_file *other;           /* of another group; NULL: none */
};
/* Writes the document `path` once more with this change and every other byte as it is. LB_FORMAT when it is not divided into
 * lines as lb_mets_write does, or files of another group stand behind the ones that change. */
LB_CHECKED int lb_mets_rewrite(const char *path, const struct lb_mets_change *change, struct lb_out *out, struct lb_error *err);

/* ---- reading ----------------------------------------------------------------------------------------------- */

/* A photo of the physical structMap. */
struct lb_mets_pointer { size_t number; const char *group; /* of the file */ };
struct lb_mets_place {
	size_t number;               /* of its description, or SIZE_MAX: it has none */
	const char *id, *license_id; /* Flickr's number of the licence, or NULL */
	const struct lb_mets_pointer *files; size_t nfiles;
};
struct lb_mets_about { const char *id, *title, *created; /* as they stand there, or NULL */ };

/* What is told while a document is read, in its order. Numbers count from 0. NULL functions: not wanted. Strings are valid
 * during the call. A status that a function returns stops the reading. */
struct lb_mets_handler {
	void *arg;
	int (*photo)(void *arg, size_t number, const struct lb_mets_photo *photo, struct lb_error *err);
	int (*file)(void *arg, size_t number, const struct lb_mets_file *file, struct lb_error *err);
	int (*place)(void *arg, const struct lb_mets_place *place, struct lb_error *err);
	/* Where the document breaks a rule of chapter 7 (METS-007 and following). NULL: the first one is LB_FORMAT. */
	void (*problem)(void *arg, const char *rule, const char *message);
};
struct lb_mets_reader;
struct lb_mets_reader *lb_mets_reader_new(const struct lb_mets_handler *h);
LB_CHECKED int lb_mets_reader_feed(struct lb_mets_reader *r, const void *data, size_t n, struct lb_error *err);
/* *about is borrowed until lb_mets_reader_free. */
LB_CHECKED int lb_mets_reader_end(struct lb_mets_reader *r, struct lb_mets_about *about, struct lb_error *err);
void lb_mets_reader_free(struct lb_mets_reader *r);

/* The photos of the file `path`, in the order of the package, with their originals and thumbnails. Reads the file several times at
 * once, so that nothing has to be remembered. LB_FORMAT: not METS, not of this profile, or its parts are not in one order. */
typedef int lb_mets_list_fn(void *arg, const struct lb_mets_photo *photo, const struct lb_mets_file *files, size_t nfiles,
	struct lb_error *err);
LB_CHECKED int lb_mets_list(const char *path, lb_mets_list_fn *each, void *arg, struct lb_error *err);

/* ---- pieces of PREMIS ---------------------------------------------------------------------------------------- */

#define LB_PREMIS_NAMESPACE "http://www.loc.gov/premis/v3"
#define LB_XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"
/* <name><nameType>…</nameType><nameValue>…</nameValue></name>; `start` leaves it open. */
void lb_premis_start_identifier(struct lb_xml_writer *w, const char *name, const char *type, const char *value);
void lb_premis_identifier(struct lb_xml_writer *w, const char *name, const char *type, const char *value);
/* <format> with a name, and a PRONOM id unless that is NULL or "". */
void lb_premis_format(struct lb_xml_writer *w, const char *name, const char *puid);

#endif
