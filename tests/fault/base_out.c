/* Whatever system call fails: a file is its old self or its new self, and a failure leaves nothing lying about. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fault/wrap.h"
#include "tests/support/support.h"

#define NEW_SIZE ((size_t)300000) /* several buffers */

static struct lb_error err;
static char dir[256], path[512];
static char *fresh;

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(path, sizeof path, "%s/file", dir);
	fresh = lb_alloc(NEW_SIZE);
	for (size_t i = 0; i < NEW_SIZE; i++)
		fresh[i] = (char)('a' + i % 26);
}

static void teardown(void)
{
	free(fresh);
}

static int write_at_once(void)
{
	return lb_file_write(path, fresh, NEW_SIZE, &err);
}

static int write_in_pieces(unsigned flags)
{
	struct lb_out *out = NULL;
	LB_TRY(lb_out_open(path, flags, &out, &err));
	for (size_t i = 0; i < NEW_SIZE; i += 1000)
		lb_out_add(out, fresh + i, 1000);
	return lb_out_commit(out, NULL, NULL, &err);
}

static int write_replacing(void)
{
	return write_in_pieces(LB_OUT_REPLACE);
}

static int write_replacing_unsynced(void)
{
	return write_in_pieces(LB_OUT_REPLACE | LB_OUT_NOSYNC);
}

static int write_new(void)
{
	return write_in_pieces(0);
}

static int write_new_unsynced(void)
{
	return write_in_pieces(LB_OUT_NOSYNC);
}

static const struct way { const char *name; int (*run)(void); bool replaces; } ways[] = {
	{"lb_file_write", write_at_once, true},
	{"lb_out, replacing", write_replacing, true},
	{"lb_out, replacing, not synced", write_replacing_unsynced, true},
	{"lb_out, new", write_new, false},
	{"lb_out, new, not synced", write_new_unsynced, false},
};
static const int reasons[] = {EIO, ENOSPC, EDQUOT, ENOSYS, EINTR};

static int only_the_file(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	ck_assert_msg(strcmp(info->path, "file") == 0, "left behind after call %lu: %s", *(unsigned long *)arg, info->path);
	return 0;
}

enum state { ABSENT, OLD, NEW };

static enum state state_now(unsigned long n)
{
	ck_assert_ok(lb_dir_walk(dir, only_the_file, &n, &err));
	if (!lb_file_exists(path))
		return ABSENT;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(NEW_SIZE + 1);
	ck_assert_ok(lb_file_read(path, NEW_SIZE + 1, &b, &err));
	if (lb_span_is(lb_buf_span(&b), "old"))
		return OLD;
	ck_assert_msg(lb_span_eq(lb_buf_span(&b), (struct lb_span){fresh, NEW_SIZE}), "torn at call %lu", n);
	return NEW;
}

static void make_before(const struct way *way)
{
	fault_fail_nth(0, 0);
	unlink(path);
	if (way->replaces)
		ck_assert_ok(lb_file_write(path, "old", 3, &err));
}

/* Fails call after call until a run goes through without meeting the fault. Returns how many runs reported a failure. */
static unsigned fail_each(const struct way *way, int sys)
{
	unsigned failures = 0;
	enum state before = way->replaces ? OLD : ABSENT;
	for (unsigned long n = 1;; n++) {
		make_before(way);
		err = (struct lb_error){0};
		fault_fail_nth(n, sys);
		int rc = way->run();
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		enum state after = state_now(n);
		if (rc) {
			failures++;
			ck_assert_msg(strncmp(err.what, "cannot ", 7) == 0, "%s", err.what);
		}
		ck_assert_msg(after == NEW || (rc && after == before), "%s, call %lu: rc %d, state %d", way->name, n, rc, after);
		if (calls < n)
			return failures;
	}
}

START_TEST(every_call_may_fail)
{
	for (size_t w = 0; w < LB_COUNT(ways); w++) {
		for (size_t r = 0; r < LB_COUNT(reasons); r++) {
			fault_stay = false;
			unsigned failures = fail_each(&ways[w], reasons[r]);
			if (reasons[r] == EIO)
				ck_assert_msg(failures >= 5, "%s: only %u failures", ways[w].name, failures);
		}
	}
}
END_TEST

START_TEST(everything_after_may_fail)
{
	for (size_t w = 0; w < LB_COUNT(ways); w++) {
		fault_stay = true;
		ck_assert_uint_ge(fail_each(&ways[w], ENOSPC), 5);
		fault_stay = false;
	}
}
END_TEST

START_TEST(renaming_without_replacing_may_be_unknown)
{
	/* renameat2 is the last call but one or two; ENOSYS and EINVAL there lead to link(2), which must not overwrite */
	static const int unknown[] = {ENOSYS, EINVAL, EOPNOTSUPP};
	for (size_t i = 0; i < LB_COUNT(unknown); i++) {
		make_before(&ways[4]);
		fault_fail_nth(0, 0);
		ck_assert_ok(write_new_unsynced());
		unsigned long last = fault_count();
		make_before(&ways[4]);
		fault_fail_nth(last, unknown[i]);
		ck_assert_ok(write_new_unsynced());
		ck_assert_uint_eq(fault_count(), last + 1);
		fault_fail_nth(0, 0);
		ck_assert_int_eq(state_now(last), NEW);
	}
}
END_TEST

START_TEST(linking_falls_back_to_copying)
{
	char copy[600];
	snprintf(copy, sizeof copy, "%s2", path);
	fault_fail_nth(0, 0);
	ck_assert_ok(write_at_once());
	for (unsigned long n = 1;; n++) {
		/* the first call is link(2) itself; from the second on the copy meets the fault as well */
		fault_fail_nth(n, n == 1 ? EXDEV : ENOSPC);
		fault_stay = n > 1;
		int rc = lb_file_link(path, copy, &err);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		fault_stay = false;
		ck_assert_int_eq(lb_file_exists(copy), rc == 0);
		unlink(copy);
		ck_assert_int_eq(state_now(n), NEW);
		if (calls < n)
			break;
	}
}
END_TEST

START_TEST(folders_may_fail)
{
	char deep[600];
	snprintf(deep, sizeof deep, "%s/a/b/c", dir);
	for (unsigned long n = 1;; n++) {
		fault_fail_nth(n, ENOSPC);
		int rc = lb_dir_make(deep, &err);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		ck_assert_int_eq(lb_dir_exists(deep), rc == 0);
		if (calls < n)
			break;
		ck_assert_ok(lb_dir_make(deep, &err));
		snprintf(deep + strlen(dir), sizeof deep - strlen(dir), "/a");
		ck_assert_ok(lb_dir_remove(deep, &err));
		snprintf(deep, sizeof deep, "%s/a/b/c", dir);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault: files of base");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, every_call_may_fail);
	tcase_add_test(t, everything_after_may_fail);
	tcase_add_test(t, renaming_without_replacing_may_be_unknown);
	tcase_add_test(t, linking_falls_back_to_copying);
	tcase_add_test(t, folders_may_fail);
	suite_add_tcase(s, t);
	return s;
}
