/* Verify: never trusts, never repairs. A broken package is data, a list of findings with rule ids; an error means that
 * the verification itself could not run. Rules: spec/verification.md. */
#ifndef LB_VERIFY_H
#define LB_VERIFY_H

#include "format/base/base.h"

enum lb_severity { LB_SEVERITY_ERROR, LB_SEVERITY_WARNING, LB_SEVERITY_INFO };
struct lb_finding { const char *rule; enum lb_severity severity; const char *path, *message; };
enum lb_profile { LB_PROFILE_LIFEBOAT, LB_PROFILE_BAGIT };
struct lb_report {
	enum lb_profile profile;
	struct lb_finding *findings; size_t count;      /* the container's errors first; by path, then rule; owned by the report */
	size_t errors, warnings;
	uint64_t files, bytes;                          /* hashed */
	double seconds;
	struct lb_arena arena;
};
const char *lb_severity_name(enum lb_severity s);
const char *lb_profile_name(enum lb_profile p);
/* A folder, .zip or .tar. LB_NOTFOUND when there is nothing there, or neither a lifeboat nor a bag. Hashes on ctx's threads. */
LB_CHECKED int lb_verify(const char *path, const struct lb_ctx *ctx, struct lb_report *out, struct lb_error *err);
void lb_report_clear(struct lb_report *r);
/* Every rule with its severity and one line of text: for the specification's lint and for help. */
struct lb_rule { const char *id; enum lb_severity severity; const char *text; };
extern const struct lb_rule lb_rules[];
extern const size_t lb_rule_count;

#endif
