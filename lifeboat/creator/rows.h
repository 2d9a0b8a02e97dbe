/* Rows: what the lists of the plan told about a photo, read again from the evidence. A few pages are held at a time. */
#ifndef LB_CREATOR_ROWS_H
#define LB_CREATOR_ROWS_H

#include "format/evidence/evidence.h"
#include "lifeboat/creator/creator.h"

struct lb_rows;
struct lb_rows *lb_rows_new(const struct lb_plan *plan, const struct lb_evidence *ev);
void lb_rows_free(struct lb_rows *r);
/* Fills what the row told into `photo` (already initialised); strings are copied to the arena. false: no row on record. */
bool lb_rows_fill(struct lb_rows *r, const struct lb_plan_photo *planned, struct lb_arena *arena, struct lb_photo *photo);

#endif
