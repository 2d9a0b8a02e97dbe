/* Reading the lists of a plan again: what a person took out stays out, what is new joins, what has changed is marked. */
#ifndef LB_CREATOR_PLAN_UPDATE_H
#define LB_CREATOR_PLAN_UPDATE_H

#include "format/evidence/evidence.h"
#include "lifeboat/creator/creator.h"

/* Before the lists are read: adds to plan->dropped the photos that the lists on record told of and that it has no more, and
 * notes which records its rows stand in. */
LB_CHECKED int lb_update_begin(struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err);
/* Makes `fresh`, just enumerated from the same URLs, the successor of `old`: identity, words, choices and order of the old;
 * photos no longer listed stay; of layers of those that changed, what was on record `before` this number is stale. */
void lb_update_join(const struct lb_plan *old, struct lb_plan *fresh, const struct lb_evidence *ev, size_t before);

#endif
