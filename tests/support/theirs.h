/* Packages in the layouts of the Flickr Foundation, with invented content. Always the same bytes for the same arguments. */
#ifndef LB_TESTS_THEIRS_H
#define LB_TESTS_THEIRS_H

#include "tests/support/packages.h"

enum test_layout {
	TEST_PATHS,   /* files as paths, mediaType, lifeboat.js */
	TEST_OBJECTS, /* files as objects with SHA-256, media, no lifeboat.js */
	TEST_MIXED,   /* every other photo */
};
/* Into `dir`, made if need be. */
void test_theirs(const char *dir, enum test_layout layout, size_t photos);
/* Ids of its photos, in their order, which is not that of their numbers; in one of a few static buffers. */
const char *test_their_id(size_t i);
/* Replaces the first `from` in a file of dir; fails the test when it is not there. */
void test_replace(const char *dir, const char *path, const char *from, const char *to);

#endif
