/* METS documents from arrays, for tests. */
#ifndef LB_TESTS_MAKE_METS_H
#define LB_TESTS_MAKE_METS_H

#include "format/mets/mets.h"

struct test_mets {
	struct lb_mets m;                           /* all but the source */
	const struct lb_mets_photo *photos; size_t nphotos;
	const struct lb_mets_file *files; size_t nfiles;
	const struct lb_mets_set *sets[LB_METS_SET_KINDS]; size_t nsets[LB_METS_SET_KINDS];
	const struct lb_mets_collection *collections; size_t ncollections;
	size_t fail_after;                          /* 0: never; else the source fails at this call */
	size_t calls;
};
/* A document with every kind of thing in it, hostile text included: four photos (one without anything, one stub), five files. */
struct test_mets test_mets_document(void);
LB_CHECKED int test_mets_write(struct test_mets *t, const char *path, struct lb_error *err);
#define TEST_METS_PHOTOS 4
#define TEST_METS_CREATED 1763675220
#define TEST_SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define TEST_SHA_B "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Whether METS (or, with `schema`, another document) is valid by ../shared/data/schemas; what is wrong goes to standard error.
 * Callers skip the test, saying so, when test_have_schemas is false. */
bool test_have_schemas(void);
bool test_is_valid(const char *path, const char *schema);

#endif
