/* Whatever system call fails, or kills the program, while the viewer of a package is made anew in its place: there is always a whole
 * package there, the old or the new one. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "format/package/package.h"
#include "lifeboat/creator/creator.h"
#include "tests/fault/wrap.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

#define PHOTOS 2

static struct lb_error err;
static char root[300], dir[400], old[400], new[400];

static int rebuild(void)
{
	const struct lb_ctx ctx = {.threads = 1};
	struct lb_rebuild_result result;
	err = (struct lb_error){0};
	return lb_create_rebuild(dir, NULL, &ctx, &result, &err);
}

/* The old package has a viewer of an older program: a file that is not made any more, one of other bytes. */
static void make_old(void)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_remake_freep) struct lb_remake *r = NULL;
	struct lb_remade made;
	ck_assert_ok(test_make_package(new, PHOTOS, &err));
	ck_assert_ok(lb_container_open(new, &c, &err));
	ck_assert_ok(lb_remake_begin(c, old, NULL, &r, &err));
	ck_assert_ok(lb_package_put(lb_remake_package(r), "data/viewer/style.css", lb_span("older"), &err));
	ck_assert_ok(lb_package_put(lb_remake_package(r), "data/viewer/gone.js", lb_span("gone"), &err));
	ck_assert_ok(lb_remake_finish(r, &made, &err));
	ck_assert_ok(lb_dir_remove(new, &err));
}

static void begin_again(void)
{
	if (lb_dir_exists(dir))
		ck_assert_ok(lb_dir_remove(dir, &err));
	test_copy_tree(old, dir);
}

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
	snprintf(old, sizeof old, "%s/old", root);
	snprintf(new, sizeof new, "%s/new", root);
	fault_fail_nth(0, 0);
	fault_unsynced = true;
	make_old();
	test_copy_tree(old, dir);
	ck_assert_ok(rebuild());
	test_copy_tree(dir, new);
	ck_assert(!test_trees_equal(old, new));
	ck_assert_uint_eq(test_errors(new), 0);
}

static bool is_new(void)
{
	return test_trees_equal(dir, new);
}

/* And puts the old one back. */
static void check_whole(unsigned long n, bool must_be_new)
{
	const bool unchanged = !must_be_new && test_trees_equal(dir, old);
	ck_assert_msg(unchanged || is_new(), "call %lu: neither the old nor the new package", n);
	if (!unchanged)
		begin_again();
}

/* Returns how many runs failed. */
static unsigned with_each_fault(int sys, unsigned long step)
{
	unsigned failures = 0;
	begin_again();
	for (unsigned long n = 1;; n += step) {
		fault_fail_nth(n, sys);
		int rc = rebuild();
		const bool met = fault_count() >= n;
		fault_fail_nth(0, 0);
		failures += rc != 0;
		ck_assert_msg(!rc || err.what[0], "call %lu: %d without words", n, rc);
		check_whole(n, !rc);
		if (!met)
			return failures;
	}
}

START_TEST(faults)
{
	ck_assert_uint_gt(with_each_fault(EIO, 3), 50);
}
END_TEST

START_TEST(a_full_disk)
{
	fault_stay = true;
	ck_assert_uint_gt(with_each_fault(ENOSPC, 11), 20);
}
END_TEST

static bool killed_at(unsigned long n)
{
	int status;
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (!child) {
		fault_fail_nth(n, FAULT_KILL);
		int rc = rebuild();
		_exit(rc ? 1 : 0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

START_TEST(kills)
{
	unsigned count = 0;
	begin_again();
	for (unsigned long n = 1; killed_at(n); n += 11) {
		count++;
		check_whole(n, false);
		ck_assert_ok(rebuild()); /* what the killed run left does not matter */
		check_whole(n, true);
	}
	ck_assert_uint_gt(count, 20);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("fault: rebuild");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 300);
	tcase_add_test(t, faults);
	tcase_add_test(t, a_full_disk);
	tcase_add_test(t, kills);
	suite_add_tcase(suite, t);
	return suite;
}
