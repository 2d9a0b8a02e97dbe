/* Verify: never trusts, never repairs. A broken package is data, a list of findings with rule ids; an error means that
 * the verification itself could not run. Rules: spec/10-verification.md. */
#ifndef LB_VERIFY_H
#define LB_VERIFY_H

#include "format/base/base.h"

enum lb_severity { LB_SEVERITY_ERROR, LB_SEVERITY_WARNING, LB_SEVERITY_INFO };
/* What kind of promise a rule keeps: bits, so that sets of levels can be asked for. Each level needs the ones before it less
 * than it seems: `structure` is always checked, the others by choice. */
enum lb_level {
	LB_LEVEL_STRUCTURE = 1,      /* container, names, bag files: it can be read, and means one thing only */
	LB_LEVEL_COMPLETENESS = 2,   /* every file that is listed is there, and none else */
	LB_LEVEL_FIXITY = 4,         /* every file has its digest: reads every byte */
	LB_LEVEL_SCHEMA = 8,         /* metadata files have the form that the format gives them */
	LB_LEVEL_CONSISTENCY = 16,   /* metadata, METS and manifests say the same */
	LB_LEVEL_ALL = 31,
	LB_LEVEL_COUNT = 5,
};
struct lb_finding { const char *rule; enum lb_severity severity; const char *path, *message; };
enum lb_profile { LB_PROFILE_LIFEBOAT, LB_PROFILE_BAGIT, LB_PROFILE_FOUNDATION /* of the Flickr Foundation, in a bag or not */ };
struct lb_report {
	enum lb_profile profile;
	unsigned levels;                                /* that were checked */
	struct lb_finding *findings; size_t count;      /* the container's errors first; by path, then rule; owned by the report */
	size_t errors, warnings;
	uint64_t files, bytes;                          /* hashed */
	double seconds;
	int64_t at;                                     /* when it began: Unix seconds by the context's clock */
	const char *id;                                 /* of the lifeboat, when its contents were read; else NULL */
	const char *format; uint64_t size;              /* MIME type and size of the file that was checked; NULL: a folder */
	struct { size_t errors, warnings; } by_level[LB_LEVEL_COUNT];
	bool contents;                                  /* the levels schema and consistency were really checked */
	struct lb_arena arena;
};
const char *lb_severity_name(enum lb_severity s);
const char *lb_profile_name(enum lb_profile p);
const char *lb_level_name(enum lb_level level);     /* "structure" … */
bool lb_level_by_name(struct lb_span name, enum lb_level *out);
/* A BagIt profile (BagIt Profiles Specification 1.4.0), read from JSON. LB_NOTFOUND when it is not there, LB_USAGE when it is not
 * a profile: it is never silently ignored. */
struct lb_bag_profile;
LB_CHECKED int lb_bag_profile_read(const char *path, struct lb_bag_profile **out, struct lb_error *err);
LB_CHECKED int lb_bag_profile_parse(struct lb_span json, struct lb_bag_profile **out, struct lb_error *err);
void lb_bag_profile_free(struct lb_bag_profile *p);                      /* NULL is fine */
void lb_bag_profile_freep(struct lb_bag_profile **p);
const char *lb_bag_profile_id(const struct lb_bag_profile *p);           /* BagIt-Profile-Identifier; never NULL */
struct lb_verify_options {
	unsigned levels;                        /* 0: all; `structure` always */
	const struct lb_bag_profile *profile;   /* NULL: none */
};
/* A folder, .zip or .tar. LB_NOTFOUND when there is nothing there, or neither a lifeboat nor a bag. Hashes on ctx's threads.
 * options may be NULL. */
LB_CHECKED int lb_verify(const char *path, const struct lb_verify_options *options, const struct lb_ctx *ctx,
	struct lb_report *out, struct lb_error *err);
void lb_report_clear(struct lb_report *r);

/* ---- the report in PREMIS 3 ---- */

struct lb_verified { const char *path; struct lb_report report; };
/* One document for one or more packages: an object for each, an event for each level that was checked, with its findings, and
 * the program as agent (`program`: its name and version, divided by a space). */
struct lb_premis_report { const struct lb_verified *items; size_t count; const char *program; };
typedef void lb_report_sink(void *arg, const void *data, size_t n);
void lb_premis_report_write(const struct lb_premis_report *r, lb_report_sink *sink, void *arg);
/* The same to a file. LB_EXISTS unless `replace`. */
LB_CHECKED int lb_premis_report_save(const struct lb_premis_report *r, const char *path, bool replace, struct lb_error *err);

/* Every rule with its severity, level and one line of text: for the specification's lint and for help. */
struct lb_rule { const char *id; enum lb_severity severity; enum lb_level level; const char *text; };
extern const struct lb_rule lb_rules[];
extern const size_t lb_rule_count;

#endif
