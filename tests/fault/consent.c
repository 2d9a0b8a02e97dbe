/* Whatever system call fails while owners are asked: the ledger is its old self or its new one, a letter is whole or not there,
 * nothing lies about, and the next run ends where an undisturbed one does. The same for the key of the pseudonyms. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/creator/policy.h"
#include "lifeboat/creator/redact_private.h"
#include "tests/fault/wrap.h"
#include "tests/support/support.h"

static struct lb_error err;
static char dir[256];
static struct lb_plan_photo photos[] = {
	{ .id = "1", .owner_id = "1@N00", .title = "One", .license_id = "0", .visibility = "public" },
	{ .id = "2", .owner_id = "2@N00", .title = "Two", .license_id = "0", .visibility = "public" },
};
static const struct lb_plan plan = { .photos = photos, .nphotos = LB_COUNT(photos), .words = { .maker = "Maren" } };

static int64_t noon(void *arg)
{
	(void)arg;
	return 1790000000;
}
static const struct lb_ctx ctx = { .wall = noon };

static const char old[] = "owner,status,deadline,mine\n9@N00,pending,2020-01-01,x\n";

static const char *path_of(const char *name)
{
	static char path[600];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

static void fresh_folder(void)
{
	fault_fail_nth(0, 0);
	if (lb_dir_exists(dir))
		ck_assert_ok(lb_dir_remove(dir, &err));
	ck_assert_ok(lb_dir_make(dir, &err));
	ck_assert_ok(lb_file_write(path_of("consent.csv"), old, sizeof old - 1, &err));
}

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s/work", test_dir());
}

static void read_into(const char *name, struct lb_buf *b)
{
	ck_assert_ok(lb_file_read(path_of(name), 1 << 20, b, &err));
}

static int expected_only(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	static const char *const names[] = { "consent.csv", "letters", "letters/1@N00.txt", "letters/2@N00.txt" };
	(void)e;
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (strcmp(names[i], info->path) == 0)
			return 0;
	ck_abort_msg("left behind after call %lu: %s", *(unsigned long *)arg, info->path);
	return 0;
}

static int ask(void)
{
	size_t written;
	return lb_create_letters(dir, &plan, "2026-12-31", &ctx, &written, &err);
}

/* A letter that is there is whole: it ends with the last photo's address. */
static void check_letter(const char *name)
{
	if (!lb_file_exists(path_of(name)))
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	read_into(name, &b);
	ck_assert_msg(lb_span_ends(lb_buf_span(&b), "/\n"), "torn: %s", name);
}

static void check_folder(unsigned long n, const struct lb_buf *done)
{
	LB_AUTO(lb_buf_clear) struct lb_buf csv = LB_BUF(1 << 20);
	ck_assert_ok(lb_dir_walk(dir, expected_only, &n, &err));
	read_into("consent.csv", &csv);
	bool is_old = lb_span_is(lb_buf_span(&csv), old);
	ck_assert_msg(is_old || lb_span_eq(lb_buf_span(&csv), lb_buf_span(done)), "call %lu: the ledger is torn:\n%s", n, csv.p);
	if (!is_old)
		ck_assert(lb_file_exists(path_of("letters/1@N00.txt")) && lb_file_exists(path_of("letters/2@N00.txt")));
	check_letter("letters/1@N00.txt");
	check_letter("letters/2@N00.txt");
}

static unsigned fail_each(int sys, const struct lb_buf *done)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		fresh_folder();
		fault_fail_nth(n, sys);
		int rc = ask();
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		failures += rc != 0;
		check_folder(n, done);
		ck_assert_ok(ask());
		LB_AUTO(lb_buf_clear) struct lb_buf csv = LB_BUF(1 << 20);
		read_into("consent.csv", &csv);
		ck_assert_str_eq(csv.p, done->p);
		if (calls < n)
			return failures;
	}
}

START_TEST(asking)
{
	static const int reasons[] = { EIO, ENOSPC, EINTR };
	LB_AUTO(lb_buf_clear) struct lb_buf done = LB_BUF(1 << 20);
	fresh_folder();
	ck_assert_ok(ask());
	read_into("consent.csv", &done);
	ck_assert_ptr_nonnull(strstr(done.p, "9@N00,no answer,2020-01-01,x\n1@N00,pending,2026-12-31,\n2@N00,pending"));
	for (size_t i = 0; i < LB_COUNT(reasons); i++) {
		unsigned failures = fail_each(reasons[i], &done);
		if (reasons[i] != EINTR)
			ck_assert_uint_ge(failures, 10);
	}
	fault_stay = true;
	ck_assert_uint_ge(fail_each(ENOSPC, &done), 10);
	fault_stay = false;
}
END_TEST

START_TEST(key)
{
	unsigned char made[LB_PSEUDONYM_KEY], again[LB_PSEUDONYM_KEY];
	for (unsigned long n = 1;; n++) {
		fresh_folder();
		ck_assert_int_eq(unlink(path_of("consent.csv")), 0);
		fault_fail_nth(n, EIO);
		int rc = lb_pseudonym_key(dir, made, NULL, &err);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		ck_assert(!lb_file_exists(path_of("pseudonyms.key.new")));
		ck_assert(rc || lb_file_exists(path_of("pseudonyms.key")));
		ck_assert_ok(lb_pseudonym_key(dir, again, NULL, &err));
		if (!rc)
			ck_assert_mem_eq(made, again, sizeof made);
		if (calls < n)
			break;
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault: consent");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, asking);
	tcase_add_test(t, key);
	suite_add_tcase(s, t);
	return s;
}
