/* What readers see of a package: its plain pages and its viewer, made side by side while photos are added. */
#ifndef LB_CREATOR_SHOW_H
#define LB_CREATOR_SHOW_H

#include "viewer/data/data.h"
#include "viewer/viewer.h"

struct lb_show { struct lb_package *package; struct lb_pages *pages; struct lb_viewer *viewer; struct lb_viewer_files files; };
/* Begin with {0}, which lb_show_clear takes as well; it must not move. `ids`: as for lb_pages_begin. */
LB_CHECKED int lb_show_begin(struct lb_show *s, struct lb_package *package, const char *const *ids, size_t count, struct lb_error *err);
/* As lb_pages_add. */
LB_CHECKED int lb_show_add(struct lb_show *s, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *err);
LB_CHECKED int lb_show_finish(struct lb_show *s, struct lb_error *err);
void lb_show_clear(struct lb_show *s);
/* The files of a viewer in a package: below data/viewer/. */
void lb_show_files(struct lb_package *package, struct lb_viewer_files *out);

#endif
