/* Whatever system call fails while a package is written: it is reported, or the package is whole all the same. */
#include <stdio.h>
#include <string.h>

#include "tests/fault/wrap.h"
#include "tests/support/make_package.h"
#include "tests/support/support.h"

#define PHOTOS 6

static struct lb_error err;
static char root[512], dir[600];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
}

static int add_file(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	if (info->kind != LB_FILE)
		return 0;
	char path[1200], sha256[LB_SHA256_HEX];
	LB_AUTO(lb_buf_clear) struct lb_buf content = LB_BUF(16 << 20);
	snprintf(path, sizeof path, "%s/%s", dir, info->path);
	LB_TRY(lb_file_read(path, 16 << 20, &content, e));
	lb_sha256(lb_buf_str(&content), content.len, sha256);
	lb_buf_addf(arg, "%s %s\n", sha256, info->path);
	return 0;
}

/* Every file and its digest. */
static struct lb_buf picture_of_the_package(void)
{
	struct lb_buf all = LB_BUF(1 << 20);
	ck_assert_ok(lb_dir_walk(dir, add_file, &all, &err));
	return all;
}

static void remove_all(void)
{
	char media[700];
	snprintf(media, sizeof media, "%s.media", dir);
	int ignored = lb_dir_remove(dir, NULL);
	ignored = lb_dir_remove(media, NULL);
	(void)ignored;
	ck_assert(!lb_dir_exists(dir) && !lb_dir_exists(media));
}

/* Fails call after call until a run goes through without meeting the fault. Returns how many runs reported a failure. */
static unsigned fail_each(int sys, bool stay, const struct lb_buf *whole)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		err = (struct lb_error){0};
		fault_stay = stay;
		fault_fail_nth(n, sys);
		int rc = test_make_package(dir, PHOTOS, &err);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		if (rc) {
			failures++;
			ck_assert_msg(err.status == (enum lb_status)rc && err.what[0], "call %lu: %d without words", n, rc);
		} else {
			LB_AUTO(lb_buf_clear) struct lb_buf now = picture_of_the_package();
			ck_assert_msg(!strcmp(lb_buf_str(&now), lb_buf_str(whole)), "call %lu: silent damage", n);
		}
		remove_all();
		if (calls < n)
			return failures;
	}
}

START_TEST(every_call_may_fail)
{
	static const int reasons[] = {EIO, EXDEV};
	fault_fail_nth(0, 0);
	ck_assert_ok(test_make_package(dir, PHOTOS, &err));
	unsigned long calls = fault_count();
	LB_AUTO(lb_buf_clear) struct lb_buf whole = picture_of_the_package();
	remove_all();
	ck_assert_uint_gt(calls, 100);
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = fail_each(reasons[i], false, &whole);
		ck_assert_msg(failures > calls / 2, "only %u of %lu failures were reported", failures, calls);
	}
}
END_TEST

START_TEST(everything_after_may_fail)
{
	fault_fail_nth(0, 0);
	ck_assert_ok(test_make_package(dir, PHOTOS, &err));
	LB_AUTO(lb_buf_clear) struct lb_buf whole = picture_of_the_package();
	unsigned long calls = fault_count();
	remove_all();
	ck_assert_uint_gt(fail_each(ENOSPC, true, &whole), calls / 2);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault: package writer");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 300);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, every_call_may_fail);
	tcase_add_test(t, everything_after_may_fail);
	suite_add_tcase(s, t);
	return s;
}
