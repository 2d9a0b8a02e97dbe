/* Whatever system call fails while packing or unpacking: no result or a whole one, nothing left behind, the source untouched. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/fault/wrap.h"
#include "tests/support/packages.h"

static struct lb_error err;
static const struct lb_ctx ctx = {.threads = 1}; /* calls are counted in order */
static char dir[256], bag[300], kept[300], file[300], target[300];

static const struct test_file files[] = {{"a.txt", "one"}, {"sub/b.txt", "two"}, {"sub/deep/c.txt", "three"},
	{"empty", ""}, {NULL, NULL}};
static const char *const endings[] = {".zip", ".tar"};
static const int reasons[] = {EIO, ENOSPC, EINTR, ENOSYS};

static void setup(void)
{
	fault_fail_nth(0, 0);
	fault_stay = false;
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	snprintf(kept, sizeof kept, "%s/kept", dir);
	snprintf(target, sizeof target, "%s/target", dir);
	test_bag(bag, files);
	test_copy_tree(bag, kept);
}

static void use(const char *ending)
{
	snprintf(file, sizeof file, "%s/out%s", dir, ending);
}

static int only_known(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	static const char *const known[] = {"bag", "kept", "out.zip", "out.tar", "target"};
	(void)e;
	for (size_t i = 0; i < LB_COUNT(known); i++)
		if (lb_span_starts(lb_span(info->path), known[i]))
			return LB_OK;
	ck_abort_msg("left behind after call %lu: %s", *(unsigned long *)arg, info->path);
	return LB_OK;
}

static void must_be_tidy(unsigned long n)
{
	ck_assert_ok(lb_dir_walk(dir, only_known, &n, &err));
	ck_assert(test_trees_equal(bag, kept));
}

/* Runs with the nth call failing; true as long as that call was met. */
static bool run_with_fault(int (*run)(void), unsigned long n, int sys, int *rc)
{
	err = (struct lb_error){0};
	fault_fail_nth(n, sys);
	*rc = run();
	unsigned long calls = fault_count();
	fault_fail_nth(0, 0);
	return calls >= n;
}

static bool replace;

static int pack(void)
{
	return lb_pack(bag, "bag", file, replace, &ctx, &err);
}

static int unpack(void)
{
	return lb_unpack(file, target, &ctx, &err);
}

static void digest_of(char hex[LB_SHA256_HEX])
{
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(file, 1 << 20, &b, &err));
	lb_sha256(b.p, b.len, hex);
	lb_buf_clear(&b);
}

/* Returns how many runs failed. */
static unsigned pack_with_each_fault(int sys, const char *whole)
{
	char hex[LB_SHA256_HEX];
	unsigned failures = 0;
	int rc;
	for (unsigned long n = 1;; n++) {
		if (replace)
			test_puts(dir, lb_path_base(file), "old");
		else
			unlink(file);
		bool met = run_with_fault(pack, n, sys, &rc);
		must_be_tidy(n);
		failures += rc != 0;
		if (rc)
			ck_assert_uint_gt(strlen(err.what), 0);
		bool there = lb_file_exists(file);
		ck_assert_msg(there || (rc && !replace), "call %lu: rc %d, but nothing there", n, rc);
		if (there) {
			digest_of(hex);
			struct lb_buf b = LB_BUF(1 << 20);
			ck_assert_ok(lb_file_read(file, 1 << 20, &b, &err));
			bool old = lb_span_is(lb_buf_span(&b), "old");
			lb_buf_clear(&b);
			ck_assert_msg(strcmp(hex, whole) == 0 || (rc && old),
				"call %lu, errno %d: rc %d, but the file is not whole", n, sys, rc);
		}
		if (!met)
			return failures;
	}
}

START_TEST(packing)
{
	char whole[LB_SHA256_HEX];
	use(endings[_i % 2]);
	replace = false;
	ck_assert_ok(pack());
	digest_of(whole);
	replace = _i >= 2;
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = pack_with_each_fault(reasons[i], whole);
		ck_assert_msg(reasons[i] != EIO || failures > 10, "only %u failures", failures);
	}
	/* a disk that is full stays full */
	fault_stay = true;
	ck_assert_uint_gt(pack_with_each_fault(ENOSPC, whole), 10);
}
END_TEST

START_TEST(unpacking)
{
	int rc;
	use(endings[_i]);
	replace = true;
	ck_assert_ok(pack());
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = 0;
		bool met = true;
		for (unsigned long n = 1; met; n++) {
			met = run_with_fault(unpack, n, reasons[i], &rc);
			must_be_tidy(n);
			failures += rc != 0;
			ck_assert_msg(lb_dir_exists(target) || rc, "call %lu: rc 0, but nothing there", n);
			if (!lb_dir_exists(target))
				continue;
			ck_assert_msg(test_trees_equal(bag, target), "call %lu: rc %d, but the folder is not whole",
				n, rc);
			ck_assert_ok(lb_dir_remove(target, &err));
		}
		ck_assert_msg(reasons[i] != EIO || failures > 10, "only %u failures", failures);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("fault: pack and unpack");
	TCase *t = tcase_create("faults");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, packing, 0, 4);
	tcase_add_loop_test(t, unpacking, 0, 2);
	suite_add_tcase(suite, t);
	return suite;
}
