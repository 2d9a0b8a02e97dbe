/* Whatever system call fails while a folder is bagged, and at whatever of them the program is killed: the folder is whole afterwards,
 * the same call once more makes the bag, and what is there under the name of a bag is one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/fault/wrap.h"
#include "tests/support/packages.h"

static struct lb_error err;
static const struct lb_ctx ctx = {.threads = 1}; /* calls are counted in order */
static char dir[256], source[300], kept[300], out[300];
static bool in_place;

/* Names at the top that a bag has too: nothing may be mistaken for the bag's own. */
static const char *const names[] = {"a.txt", "data/x", "data/data/y", "data/sub/z", "bag-info.txt", "manifest-sha512.txt", "50%off",
	"line\nbreak", "empty", ".hidden/file", "\xC3\xA9"};

static void setup(void)
{
	fault_fail_nth(0, 0);
	fault_stay = false;
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(source, sizeof source, "%s/source", dir);
	snprintf(kept, sizeof kept, "%s/kept", dir);
	snprintf(out, sizeof out, "%s/out", dir);
	for (size_t i = 0; i < LB_COUNT(names); i++)
		test_puts(source, names[i], strcmp(names[i], "empty") == 0 ? "" : names[i]);
	test_copy_tree(source, kept);
}

static int make(void)
{
	const struct lb_bag_making m = {.dir = source, .out = in_place ? NULL : out, .hashes = 1u << LB_SHA512 | 1u << LB_SHA256};
	struct lb_bag_made made;
	err = (struct lb_error){0};
	int rc = lb_bag_make(&m, &ctx, &made, &err);
	ck_assert(rc || (made.files == LB_COUNT(names) && made.bytes > 0));
	return rc;
}

static const char *bag(void)
{
	return in_place ? source : out;
}

static bool is_made(void)
{
	return lb_file_exists(test_path(bag(), "bagit.txt"));
}

/* A bag with exactly the payload that there was, and nothing beside it. */
static void must_be_bag(unsigned long n)
{
	char payload[400];
	snprintf(payload, sizeof payload, "%s/data", bag());
	ck_assert_msg(test_trees_equal(payload, kept), "call %lu: the payload is not what it was", n);
	ck_assert_uint_eq(test_errors(bag()), 0);
	ck_assert(!lb_dir_exists(test_path(bag(), ".lifeboat-bagging")));
	ck_assert(!lb_dir_exists(test_path(bag(), ".lifeboat-bagging.new")));
	ck_assert(!lb_dir_exists(test_path(dir, ".out.lifeboat-bagging")));
	if (!in_place)
		ck_assert(test_trees_equal(source, kept));
}

static void begin_again(void)
{
	ck_assert_ok(lb_dir_remove(bag(), &err));
	if (in_place)
		test_copy_tree(kept, source);
}

/* Returns how many runs failed. */
static unsigned with_each_fault(int sys)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		fault_fail_nth(n, sys);
		int rc = make();
		bool met = fault_count() >= n;
		fault_fail_nth(0, 0);
		failures += rc != 0;
		if (rc) {
			ck_assert_uint_gt(strlen(err.what), 0);
			/* one failure can be taken back; on a disk that stays full it may have to wait for the next run */
			if (!fault_stay && !is_made())
				ck_assert_msg(test_trees_equal(source, kept), "call %lu, errno %d: the folder is not what it was", n, sys);
			if (!is_made() || (in_place && lb_dir_exists(test_path(source, ".lifeboat-bagging"))))
				ck_assert_ok(make());
		}
		must_be_bag(n);
		begin_again();
		if (!met)
			return failures;
	}
}

START_TEST(faults)
{
	static const int reasons[] = {EIO, ENOSPC, EINTR, EINVAL, ENOSYS};
	in_place = _i;
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = with_each_fault(reasons[i]);
		ck_assert_msg(reasons[i] != EIO || failures > 30, "only %u failures", failures);
	}
	fault_stay = true;
	ck_assert_uint_gt(with_each_fault(ENOSPC), 30);
}
END_TEST

static bool killed_at(unsigned long n)
{
	int status;
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (!child) {
		fault_fail_nth(n, FAULT_KILL);
		int rc = make();
		_exit(rc ? 1 : 0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	return WIFSIGNALED(status);
}

/* Every file of before is somewhere below the folder, with its content: names may be in the payload folder already. */
static void nothing_is_lost(unsigned long n)
{
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		bool found = false;
		for (size_t k = 0; k < 3 && !found; k++) {
			char path[600];
			LB_AUTO(lb_buf_clear) struct lb_buf content = LB_BUF(1 << 16);
			snprintf(path, sizeof path, k == 0 ? "%s/%s" : k == 1 ? "%s/data/%s" : "%s/.lifeboat-bagging/data/%s", source, names[i]);
			found = lb_file_read(path, 1 << 16, &content, NULL) == LB_OK &&
				lb_span_is(lb_buf_span(&content), strcmp(names[i], "empty") == 0 ? "" : names[i]);
		}
		ck_assert_msg(found, "killed at call %lu: \"%s\" is lost", n, names[i]);
	}
}

START_TEST(kills)
{
	unsigned count = 0;
	in_place = _i;
	for (unsigned long n = 1; killed_at(n); n++) {
		count++;
		nothing_is_lost(n);
		if (!in_place)
			ck_assert(test_trees_equal(source, kept));
		/* killed once more while taking back, at a moment that goes through all of them */
		if (n % 2 && !is_made())
			killed_at(1 + n / 2 % 40);
		nothing_is_lost(n);
		if (!is_made() || lb_dir_exists(test_path(source, ".lifeboat-bagging")))
			ck_assert_ok(make());
		must_be_bag(n);
		begin_again();
	}
	ck_assert_uint_gt(count, 50);
}
END_TEST

/* Killed at a moment of the clock, not of a call. */
START_TEST(kills_at_random)
{
	in_place = _i;
	for (unsigned round = 0; round < 150; round++) {
		int status;
		pid_t child = fork();
		ck_assert_int_ge(child, 0);
		if (!child)
			_exit(make() ? 1 : 0);
		usleep((useconds_t)(rand() % 6000));
		kill(child, SIGKILL);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		nothing_is_lost(round);
		if (!is_made() || lb_dir_exists(test_path(source, ".lifeboat-bagging")))
			ck_assert_ok(make());
		must_be_bag(round);
		begin_again();
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("fault: bag");
	TCase *t = tcase_create("faults");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, faults, 0, 2);
	tcase_add_loop_test(t, kills, 0, 2);
	tcase_add_loop_test(t, kills_at_random, 0, 2);
	suite_add_tcase(suite, t);
	return suite;
}
