/* What the files of verify share: the run, what the manifests list, and how findings are told. */
#ifndef LB_VERIFY_PRIVATE_H
#define LB_VERIFY_PRIVATE_H

#include <pthread.h>

#include "format/bag/bag.h"
#include "format/foundation/foundation.h"
#include "format/package/package.h"
#include "format/text/text.h"
#include "format/verify/verify.h"

#define LB_NONE UINT32_MAX

/* One line of one manifest. Digests are raw bytes, as many as the manifest's algorithm has. */
struct lb_listed {
	const char *path;       /* as it stands in the container when it is there */
	const unsigned char *raw;
	const unsigned char *actual; /* digest found when it is another one, else NULL */
	int32_t member;         /* or -1 */
	uint32_t next;          /* the next line for the same member, or LB_NONE */
	uint16_t manifest;
	bool checked;           /* the member was read to its end */
};

struct lb_bag_manifest {
	const char *name;
	bool tag;
	enum lb_hash hash;
	size_t first, count;    /* its lines */
};

struct lb_info_item { const char *label, *value; };

struct lb_verify {
	const struct lb_ctx *ctx;
	const struct lb_container *c;
	const struct lb_member *members;
	size_t count;
	struct lb_report *report;
	struct lb_arena arena;                      /* what the lines say; also under the lock */
	pthread_mutex_t lock;                       /* guards the report while threads are at work */
	size_t found_cap, left_out;
	bool lifeboat, foundation;                  /* neither: a bag */
	bool newer;                                 /* a later minor version of the format: its schemas are not ours */
	int version;                                /* of BagIt; 0: not known */
	char encoding[32];
	struct lb_bag_manifest *manifests; size_t nmanifests, manifest_cap;
	struct lb_listed *lines; size_t nlines, line_cap;
	uint32_t *first;                            /* of each member: its first line, or LB_NONE */
	struct lb_map composed; bool composed_built; /* names beyond ASCII, decomposed → member */
	const char *info_path;                      /* of bag-info.txt, or what it was called in older bags; NULL: not there */
	struct lb_info_item *info; size_t ninfo, info_cap;
	bool has_oxum;
	uint64_t oxum_octets, oxum_files;
};

/* ---- findings (report.c) ---- */

/* Severity by the table of rules. `path` may be NULL. May be called by several threads. */
void lb_found(struct lb_verify *v, const char *rule, const char *path, const char *fmt, ...) LB_PRINTF(4, 5);
void lb_found_as(struct lb_verify *v, const char *rule, enum lb_severity severity, const char *path, const char *fmt, ...)
	LB_PRINTF(5, 6);
/* Rules that BagIt 1.0 made stricter: a warning in older bags. */
void lb_found_since_1_0(struct lb_verify *v, const char *rule, const char *path, const char *fmt, ...) LB_PRINTF(4, 5);
bool lb_checks(const struct lb_verify *v, unsigned levels); /* any of these levels was asked for; findings of others are not kept */
void lb_report_settle(struct lb_verify *v);
const struct lb_rule *lb_rule_find(const char *id);
struct lb_shown_name { char text[256]; };
const char *lb_show_name(struct lb_shown_name *s, const char *name);

/* ---- names (names.c) ---- */

/* Appends the name with composed letters taken apart (Unicode NFD, for the scripts that file systems are known to
 * recompose); with `fold`, in lower case too (Latin, Greek, Cyrillic, Armenian letters). */
void lb_name_decompose(struct lb_buf *b, const char *name, bool fold);
/* The member whose name is the same but for composition, or -1. */
long lb_name_find_composed(struct lb_verify *v, const char *path);

/* ---- the steps, in order ---- */

void lb_check_container(struct lb_verify *v);
LB_CHECKED int lb_bag_read(struct lb_verify *v, struct lb_error *err);
void lb_bag_read_manifests(struct lb_verify *v);
LB_CHECKED int lb_bag_hash(struct lb_verify *v, struct lb_error *err);
LB_CHECKED int lb_bag_judge(struct lb_verify *v, struct lb_error *err);
void lb_profile_judge(struct lb_verify *v, const struct lb_bag_profile *profile);
void lb_check_layout(struct lb_verify *v);
LB_CHECKED int lb_check_foundation(struct lb_verify *v, const struct lb_foundation *f, struct lb_error *err);

/* ---- small questions ---- */

bool lb_is_payload(const char *path);
bool lb_is_root_file(const char *path);
/* Why a path may not be listed ("leads out of the bag" …), or NULL. */
const char *lb_path_misplaced(const char *path, bool payload);
/* The digest of a line of manifest-sha256.txt is this one; NULL is none. */
bool lb_listed_sha256(const struct lb_listed *line, const char *hex);
/* The digest in hexadecimal. */
struct lb_shown_digest { char text[LB_HASH_HEX_MAX]; };
const char *lb_show_digest(struct lb_shown_digest *s, const struct lb_verify *v, const struct lb_listed *line, const unsigned char *raw);
/* A tag file as UTF-8; false when it is not there, or was told about. */
bool lb_read_tag_file(struct lb_verify *v, const char *path, size_t max, struct lb_buf *text);
bool lb_is_utf8_bag(const struct lb_verify *v);
/* The line of manifest-sha256.txt for a path, or NULL. */
const struct lb_listed *lb_payload_line(const struct lb_verify *v, const char *path);
/* Reads a small file as a finding-maker: false after telling `rule` that it cannot be read. Cancelling is for the caller. */
bool lb_read_member(struct lb_verify *v, const char *rule, const char *path, size_t max, struct lb_buf *out);

#endif
