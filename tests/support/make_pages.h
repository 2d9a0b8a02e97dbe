/* Small packages with their pages, from photos that a test describes. */
#ifndef LB_TESTS_MAKE_PAGES_H
#define LB_TESTS_MAKE_PAGES_H

#include "viewer/viewer.h"

/* Fills in photo number i, which comes initialised with an id; everything it points to lives in the arena. Returns
 * false: the photo is missing. `gap` may be filled: its layer is not NULL then. */
typedef bool test_fill_fn(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *photo, struct lb_gap *gap);
/* Makes the folder `dir` with so many photos, their pages, and none of the files that lb_package_finish writes. Every photo has a small picture of its own. */
LB_CHECKED int test_make_pages(const char *dir, const struct lb_package_info *info, size_t photos, test_fill_fn *fill, void *arg, struct lb_error *err);
/* The same, with what is told once of albums, groups, people …: `records` is called after the photos. */
typedef void test_records_fn(void *arg, struct lb_package *package);
LB_CHECKED int test_make_pages_with(const char *dir, const struct lb_package_info *info, size_t photos, test_fill_fn *fill, test_records_fn *records, void *arg, struct lb_error *err);
/* A small picture in the new file `path`, as a medium to be taken; digest and path live in the arena. */
LB_CHECKED int test_picture(const char *path, struct lb_arena *arena, size_t shade, struct lb_media *out, struct lb_error *err);
const char *test_photo_id(struct lb_arena *arena, size_t i);

#endif
