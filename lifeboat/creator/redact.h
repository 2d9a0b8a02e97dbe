/* Redaction: what goes into a package says no more than the policy lets through. Answers are changed as trees before they are
 * read into the model, and the changed answer is what the package's recording holds: so metadata, pages and recording agree
 * by construction. The maker's evidence stays as it was received. */
#ifndef LB_CREATOR_REDACT_H
#define LB_CREATOR_REDACT_H

#include "format/evidence/evidence.h"
#include "format/text/text.h"
#include "lifeboat/creator/policy.h"

struct lb_redactor;
/* With pseudonyms: reads all evidence once for the names to replace; the key that makes pseudonyms stable is DIR/pseudonyms.key
 * (mode 0600, made when absent). A photo's own owner keeps their name. */
LB_CHECKED int lb_redactor_open(const char *dir, const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_redactor **out, struct lb_error *err);
void lb_redactor_free(struct lb_redactor *r);
void lb_redactor_freep(struct lb_redactor **r);
/* The verdict on a photo, before any answer that names it is redacted. A photo that nothing was said about is not in the plan:
 * its rows leave the lists. */
void lb_redactor_photo(struct lb_redactor *r, const char *photo_id, enum lb_verdict_kind verdict);
/* Changes the tree of one answer in place (new parts in the arena): rows and fields that the policy withholds, e-mail addresses,
 * people by pseudonyms. true when something changed. */
bool lb_redact_answer(struct lb_redactor *r, const char *method, struct lb_xml *rsp, struct lb_arena *a);
/* The same for one text from elsewhere (EXIF of a file, an id in a gap); the text itself when nothing changed. */
const char *lb_redact_text(const struct lb_redactor *r, const char *text, struct lb_arena *a);
/* The tree as an XML document (for the record that takes the place of the answer). Appends. */
void lb_redact_serialise(const struct lb_xml *rsp, struct lb_buf *out);

#endif
