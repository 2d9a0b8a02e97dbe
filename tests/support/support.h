/* What test programs share. */
#ifndef LB_TESTS_SUPPORT_H
#define LB_TESTS_SUPPORT_H

#include <check.h>

#include "format/base/base.h"

Suite *test_suite(void);                       /* defined by each test file */

/* A new empty folder below $TMPDIR (or /tmp), removed when the test process exits. Static storage, valid until the next call. */
const char *test_dir(void);
/* ../shared/data/<name> if it is there, else NULL after printing "SKIP: no ../shared/data/<name>" once. */
const char *test_shared(const char *name);
#define ck_assert_ok(call)                                                                                         \
	do {                                                                                                       \
		int rc_ = (call);                                                                                  \
		ck_assert_msg(rc_ == 0, "%s: %d %s", #call, rc_, err.what);                                        \
	} while (0)

#endif
