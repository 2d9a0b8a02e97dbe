/* The pages a reader sees: start page, README.html, and plain pages without script (50 photos a page; indexes by year,
 * album, tag, person; what is missing). Written into a package while it is being built. Every page stands alone: strict
 * Content-Security-Policy, no script that runs, relative links only. Their style is a file of the viewer (viewer/data). */
#ifndef LB_VIEWER_H
#define LB_VIEWER_H

#include "format/package/package.h"

struct lb_pages;
/* `plan_ids`: the photos in the order in which they will be added, so that links between them can be made early. Borrowed. */
LB_CHECKED int lb_pages_begin(struct lb_package *package, const char *const *plan_ids, size_t count, struct lb_pages **out, struct lb_error *err);
/* Call after lb_package_add_photo / lb_package_add_missing, in the same order. `gaps`: those of this photo. For a missing
 * photo `photo` has its id and, where the list that named it told them, title and owner. */
LB_CHECKED int lb_pages_add(struct lb_pages *pages, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *err);
/* Indexes, start page, README.html; before lb_package_finish. */
LB_CHECKED int lb_pages_finish(struct lb_pages *pages, struct lb_error *err);
void lb_pages_free(struct lb_pages *pages);
void lb_pages_freep(struct lb_pages **pages);

#endif
