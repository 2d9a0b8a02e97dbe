/* Place: putting a finished folder where the package belongs, without losing what stood there. */
#ifndef LB_CREATOR_PLACE_H
#define LB_CREATOR_PLACE_H

#include "format/base/base.h"

/* Moves the folder `made` to DIR/lifeboat in one step, after everything in it has reached the disk. What stood there before is
 * removed only when the new folder has a file for each of its files; else it is kept as DIR/lifeboat.kept-N, and said. A run that
 * is stopped may leave the one that is to be removed at `made`.old: the next call looks into it in the same way.
 * LB_EXISTS when DIR/lifeboat is something else than a folder. */
LB_CHECKED int lb_place(const char *made, const char *dir, const struct lb_ctx *ctx, struct lb_error *err);

#endif
