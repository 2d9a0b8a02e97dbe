/* A complete small lifeboat, made by the writer from invented photographs: for tests and benchmarks. */
#ifndef LB_TESTS_MAKE_PACKAGE_H
#define LB_TESTS_MAKE_PACKAGE_H

#include "format/base/base.h"

/* Makes `dir` (which must not exist) with so many photos; the same arguments give the same bytes. Hostile text is part of
 * it; with five photos or more, one is missing and one has no original. Media are byte patterns that begin like a JPEG. */
LB_CHECKED int test_make_package(const char *dir, size_t photos, struct lb_error *err);
/* The same with originals of so many bytes (at least 16; thumbnails are a tenth). */
LB_CHECKED int test_make_package_sized(const char *dir, size_t photos, size_t media_bytes, struct lb_error *err);

/* A page with nothing on it, as verify wants pages to be. */
extern const char test_page[];
/* A plan of one photo that nobody chose. */
extern const char test_plan[];

#endif
