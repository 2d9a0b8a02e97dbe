/* Whatever system call fails while a package is converted: it is reported and nothing is left, or the package is whole. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "lifeboat/creator/creator.h"
#include "tests/fault/wrap.h"
#include "tests/support/theirs.h"

static struct lb_error err;
static char root[512], source[600], made[600], whole[600];

static void setup(void)
{
	fault_fail_nth(0, 0);
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(source, sizeof source, "%s/theirs", root);
	snprintf(made, sizeof made, "%s/to/made", root);
	snprintf(whole, sizeof whole, "%s/whole", root);
	test_theirs(source, TEST_MIXED, 2);
	ck_assert_ok(lb_dir_make(test_path(root, "to"), &err));
}

static int convert(const char *to)
{
	struct lb_convert_request request = {.source = source, .name = "theirs", .date = 1800000000};
	struct lb_ctx ctx = {.threads = 1};
	struct lb_convert_result r;
	return lb_create_convert(to, &request, &ctx, &r, &err);
}

static int count_all(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)info;
	(void)e;
	++*(size_t *)arg;
	return 0;
}

static size_t left_behind(void)
{
	size_t count = 0;
	ck_assert_ok(lb_dir_walk(test_path(root, "to"), count_all, &count, &err));
	return count;
}

static unsigned fail_each(int sys, bool stay)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		err = (struct lb_error){0};
		fault_stay = stay;
		fault_fail_nth(n, sys);
		int rc = convert(made);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		/* Only the last flush, of the folder that holds it, comes after the package is in its place. */
		if (rc && lb_dir_exists(made))
			ck_assert_msg(test_trees_equal(made, whole), "call %lu: half a package", n);
		else if (rc)
			ck_assert_msg(stay || left_behind() == 0, "call %lu: something is left", n);
		else
			ck_assert_msg(test_trees_equal(made, whole), "call %lu: silent damage", n);
		ck_assert_msg(!rc || (err.status == (enum lb_status)rc && err.what[0]), "call %lu: %d without words", n, rc);
		failures += rc != 0;
		ck_assert_ok(lb_dir_remove(test_path(root, "to"), &err));
		ck_assert_ok(lb_dir_make(test_path(root, "to"), &err));
		if (calls < n)
			return failures;
	}
}

START_TEST(every_call_may_fail)
{
	ck_assert_ok(convert(whole));
	unsigned long calls = fault_count();
	ck_assert_uint_gt(calls, 100);
	ck_assert_uint_gt(fail_each(EIO, false), calls / 4);
}
END_TEST

START_TEST(everything_after_may_fail)
{
	ck_assert_ok(convert(whole));
	unsigned long calls = fault_count();
	ck_assert_uint_gt(fail_each(ENOSPC, true), calls / 4);
}
END_TEST

/* Killed at any call: the place is empty, or holds the whole package; the source is as it was; a second run is not in its way. */
START_TEST(killed_at_any_call)
{
	char before[700];
	snprintf(before, sizeof before, "%s/before", root);
	test_copy_tree(source, before);
	ck_assert_ok(convert(whole));
	fault_fail_nth(0, 0);
	ck_assert_ok(convert(made));
	unsigned long calls = fault_count();
	ck_assert_ok(lb_dir_remove(made, &err));
	for (unsigned long n = 1; n <= calls; n += 7) {
		pid_t pid = fork();
		ck_assert_int_ge(pid, 0);
		if (pid == 0) {
			fault_fail_nth(n, FAULT_KILL);
			_exit(convert(made) ? 1 : 0);
		}
		int status;
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		if (lb_dir_exists(made)) {
			ck_assert_msg(test_trees_equal(made, whole), "killed at call %lu: half a package", n);
			ck_assert_ok(lb_dir_remove(made, &err));
		}
		ck_assert(test_trees_equal(source, before));
	}
	ck_assert_ok(convert(made));
	ck_assert(test_trees_equal(made, whole));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault: convert");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 600);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, every_call_may_fail);
	tcase_add_test(t, everything_after_may_fail);
	tcase_add_test(t, killed_at_any_call);
	suite_add_tcase(s, t);
	return s;
}
