/* What the files of the reader share. It keeps counters, one bit a file, some bytes a photo, an object and a statement; what
 * a document says of one thing is forgotten with its last tag. */
#ifndef LB_METS_READ_PRIVATE_H
#define LB_METS_READ_PRIVATE_H

#include "format/mets/internal.h"

#define METS_DEPTH_MAX 64
#define METS_ID_MAX 256              /* bytes of an XML id */
#define METS_TEXT_MAX ((size_t)8 << 20) /* bytes of one text */
#define METS_RECORD_MAX ((size_t)16 << 20) /* bytes of what is said of one thing */
#define METS_THINGS_MAX ((size_t)100000000)
#define METS_GROUPS_MAX 64
#define METS_NONE SIZE_MAX

struct attrs { const struct lb_xml_attr *items; size_t count; };
/* The value of an attribute by its local name, or NULL. */
const char *lb_mets_attr(const struct attrs *a, const char *name);

/* Kinds of elements that an id may belong to, as bits. */
enum mets_place { METS_IN_DMD = 1, METS_IN_TECH = 2, METS_IN_RIGHTS = 4, METS_IN_DIGIPROV = 8, METS_IN_FILES = 16, METS_ELSEWHERE = 32 };
#define METS_IN_AMD (METS_IN_TECH | METS_IN_RIGHTS | METS_IN_DIGIPROV)

struct mets_fact { unsigned char digest[16]; };  /* of size, digest and MIME type */
struct mets_read_group { const char *use; size_t end; size_t last; /* pointed at in the physical map, or METS_NONE */ };

/* The thing that is being read: its texts live in `arena` until it ends. */
struct mets_record {
	struct lb_arena arena; size_t used;
	enum mets_place place; enum mets_kind kind;
	size_t number;                       /* METS_NONE: its id is no number */
	char id[METS_ID_MAX + 1];
	struct lb_mets_photo photo; const char **tags; size_t tags_cap;
	struct lb_mets_file file; bool located;
	const char *algorithm;
	const char *identifier_type, *identifier, *link_type;
	const char *date_encoding, *date_qualifier, *condition, *condition_label;
	bool is_license, is_photo_id, is_owner_id;
};

/* The photo of a structMap that is being read. */
struct mets_map_photo { size_t depth; struct lb_buf id; size_t number; const char *license; struct lb_mets_pointer *files; size_t nfiles, cap; };

struct mets_element;
#define METS_ELEMENTS_MAX 96
#define METS_LENGTHS 256             /* paths of the elements we know are shorter */
/* Elements by the length of their path: of each length the first one, and after each the next; numbers count from 1. */
struct mets_lookup { const struct mets_element *items[METS_ELEMENTS_MAX + 1]; size_t count; unsigned char first[METS_LENGTHS], next[METS_ELEMENTS_MAX + 1]; };

struct lb_mets_reader {
	struct lb_mets_handler handler;
	struct lb_xml_reader *xml;
	struct lb_error refused;             /* the first problem, when nobody hears of problems */
	unsigned told[64];                   /* problems by rule */
	struct lb_arena arena;
	struct lb_mets_about about;

	struct mets_lookup lookup;
	struct lb_buf path; size_t ends[METS_DEPTH_MAX], depth; /* of the element at hand */
	const struct mets_element *open[METS_DEPTH_MAX];
	struct lb_buf text; size_t taking;   /* depth of the element whose text is taken; 0: none */

	unsigned stage, section;             /* how far the parts of the document, and of the amdSec, have come */
	size_t next[METS_KIND_COUNT];        /* the number that the next id of a kind must have: so many there are */
	struct lb_map others;                /* ids that are no numbers → their place */
	struct lb_map wanted;                /* such ids that PREMIS links to */
	size_t linked[METS_KIND_COUNT];      /* one more than the highest number that PREMIS links to */

	struct mets_record record;
	struct mets_fact *facts; size_t nfacts, facts_cap;  /* of objects */
	uint32_t *rights; size_t nrights, rights_cap;       /* number of a statement → its licence in `licenses`, or UINT32_MAX */
	struct lb_map licenses;
	uint64_t *photo_ids; size_t nphoto_ids, photo_ids_cap; /* hashes */

	struct mets_read_group groups[METS_GROUPS_MAX]; size_t ngroups;
	size_t objects_used;
	unsigned char *pointed; size_t npointed; /* bits of files, made when the physical map begins */
	bool physical, physical_seen;
	size_t places;
	struct mets_map_photo photo;
};

void lb_mets_problem(struct lb_mets_reader *r, const char *rule, const char *fmt, ...) LB_PRINTF(3, 4);
/* A text of the record at hand, in its arena; LB_LIMIT when it says too much. */
LB_CHECKED int lb_mets_keep(struct lb_mets_reader *r, const char *text, const char **out, struct lb_error *err);
uint64_t lb_mets_hash(const char *text);

/* ---- ids ---- */

bool lb_mets_parse_id(const char *id, size_t length, enum mets_kind *kind, size_t *number);
/* An element at `place` has this id: begins its record. */
LB_CHECKED int lb_mets_declare(struct lb_mets_reader *r, const char *id, enum mets_place place, struct lb_error *err);
LB_CHECKED int lb_mets_declare_other(struct lb_mets_reader *r, const char *id, enum mets_place place, struct lb_error *err);
/* Each of the ids must be there, at one of these places. */
void lb_mets_resolve(struct lb_mets_reader *r, const char *attribute, const char *ids, unsigned places);
/* The number of the first id of the kind, or METS_NONE. */
size_t lb_mets_first_id(const char *ids, enum mets_kind kind);
/* PREMIS names an id that may stand further down. */
LB_CHECKED int lb_mets_want(struct lb_mets_reader *r, const char *id, struct lb_error *err);
void lb_mets_check_wanted(struct lb_mets_reader *r);

/* ---- elements ---- */

typedef int mets_start_fn(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err);
typedef int mets_end_fn(struct lb_mets_reader *r, struct lb_error *err);
struct mets_element { const char *path; mets_start_fn *start; mets_end_fn *end; bool text; };
extern const struct mets_element lb_mets_describe_elements[], lb_mets_admin_elements[], lb_mets_content_elements[];
extern const size_t lb_mets_describe_count, lb_mets_admin_count, lb_mets_content_count;
struct mets_fact lb_mets_fact(const struct lb_mets_file *f);
void lb_mets_end_content(struct lb_mets_reader *r);

#endif
