/* Whatever system call fails while a report is written: it is reported, and what was there before is still there, whole. */
#include <stdio.h>
#include <string.h>

#include "tests/fault/wrap.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[512], file[600];
static struct lb_verified item;
static struct lb_buf whole = LB_BUF(1 << 20);

static const struct test_file files[] = {{"data/a.txt", "a"}, {"data/b.txt", "b"}, {NULL, NULL}};
#define OLDER "an older report"

static void setup(void)
{
	fault_fail_nth(0, 0);
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(file, sizeof file, "%s/report.xml", dir);
	item.path = lb_strdup(test_path(dir, "bag"));
	test_bag(item.path, files);
	ck_assert_ok(lb_verify(item.path, NULL, NULL, &item.report, &err));
}

static int save(bool replace)
{
	const struct lb_premis_report r = {&item, 1, "lifeboat test"};
	err = (struct lb_error){0};
	return lb_premis_report_save(&r, file, replace, &err);
}

static bool is_there(const char *content)
{
	LB_AUTO(lb_buf_clear) struct lb_buf now = LB_BUF(1 << 20);
	return lb_file_read(file, 1 << 20, &now, NULL) == 0 && strcmp(lb_buf_str(&now), content) == 0;
}

static int count_file(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	*(size_t *)arg += info->kind == LB_FILE && strncmp(info->path, "bag/", 4) != 0;
	return 0;
}

/* Nothing but the report lies beside the bag. */
static void no_litter(void)
{
	size_t count = 0;
	ck_assert_ok(lb_dir_walk(dir, count_file, &count, &err));
	ck_assert_uint_le(count, 1);
}

static void put_older(void)
{
	fault_fail_nth(0, 0);
	ck_assert_ok(lb_file_write(file, OLDER, strlen(OLDER), &err));
}

START_TEST(every_call_may_fail)
{
	static const int reasons[] = {EIO, ENOSPC};
	ck_assert_ok(save(false));
	ck_assert_ok(lb_file_read(file, 1 << 20, &whole, &err));
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = 0;
		for (unsigned long n = 1, calls = 1; calls >= n; n++) {
			put_older();
			fault_fail_nth(n, reasons[i]);
			int rc = save(true);
			calls = fault_count() + 1; /* a run that did not meet its fault ends the loop */
			fault_fail_nth(0, 0);
			failures += rc != 0;
			ck_assert_msg(rc == 0 || err.what[0], "call %lu: %d without words", n, rc);
			ck_assert_msg(is_there(whole.p) || (rc && is_there(OLDER)), "call %lu (%d): neither the old report nor the new", n, rc);
			no_litter();
		}
		ck_assert_uint_ge(failures, 4); /* open, write, fsync, rename */
	}
}
END_TEST

START_TEST(nothing_is_replaced_unasked)
{
	put_older();
	ck_assert_int_eq(save(false), LB_EXISTS);
	ck_assert(is_there(OLDER));
	no_litter();
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault: report");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, every_call_may_fail);
	tcase_add_test(t, nothing_is_replaced_unasked);
	suite_add_tcase(s, t);
	return s;
}
