/* What writing and reading of plan.json share. */
#ifndef LB_CREATOR_PLAN_PRIVATE_H
#define LB_CREATOR_PLAN_PRIVATE_H

#include "format/text/text.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"

#define LB_PLAN_MAX ((size_t)1 << 30)

/* Words by number; the last is NULL. */
extern const char *const lb_plan_set_kinds[], *const lb_plan_rereadings[];

/* Are the members of the part of the type they must have? Those that are missing or null are not said. number: which of several,
 * counted from 1; else 0. */
enum lb_plan_part { LB_IN_PLAN, LB_IN_MAKER, LB_IN_CHOICES, LB_IN_ACCOUNT, LB_IN_URL, LB_IN_SET, LB_IN_COLLECTION, LB_IN_GAP, LB_IN_PHOTO };
LB_CHECKED int lb_plan_check(enum lb_plan_part part, const struct lb_json *v, size_t number, struct lb_error *err);

/* Cuts the array "photos" of the outermost object out of the text, so that it is never one big tree: `rest` is the text with
 * an empty array in its place, `photos` what stood between its brackets. false: there is no such array, or the text is no
 * object; `rest` is then the text. What is cut wrongly does not parse afterwards. */
bool lb_plan_cut_photos(struct lb_span text, struct lb_buf *rest, struct lb_span *photos);
/* Cuts the next element off, as far as the comma behind it. false at the end. */
bool lb_plan_next_photo(struct lb_span *photos, struct lb_span *element);

#endif
