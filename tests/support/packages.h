/* Small bags and lifeboats for tests. All of these fail the running test when they cannot do it. */
#ifndef LB_TESTS_PACKAGES_H
#define LB_TESTS_PACKAGES_H

#include "format/verify/verify.h"
#include "tests/support/support.h"

/* Writes dir/path, with the folders on the way. */
void test_put(const char *dir, const char *path, const void *data, size_t n);
void test_puts(const char *dir, const char *path, const char *text);
void test_read(const char *dir, const char *path, struct lb_buf *out);
void test_copy_file(const char *from, const char *to);
void test_copy_tree(const char *from, const char *to);
bool test_trees_equal(const char *a, const char *b);
/* dir/name in one of a few static buffers. */
const char *test_path(const char *dir, const char *name);

/* Fills `dir` (made if need be) with a BagIt 1.0 bag of these files below data/; ends with NULL. Manifests: sha256. */
struct test_file { const char *path, *content; };
void test_bag(const char *dir, const struct test_file *files);
/* Writes manifest-<hash>.txt and tagmanifest-<hash>.txt anew from what is there. */
void test_bag_again(const char *dir, enum lb_hash hash);
/* A complete lifeboat of a few photos in the new folder `dir`, by the package writer. Always the same bytes. */
void test_lifeboat(const char *dir);

/* Verifies and returns the number of errors; fails the test when it cannot run. */
size_t test_errors(const char *path);
/* true when the finding with this rule is among those of `path`; `about`, unless NULL: for that path. */
bool test_finds(const char *path, const char *rule, const char *about);

#endif
