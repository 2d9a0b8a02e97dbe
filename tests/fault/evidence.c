/* Whatever system call fails: every record that was appended stays readable, and no media file is ever a wrong one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/evidence/evidence.h"
#include "tests/fault/wrap.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"
#define PICTURE "a picture, if you will"

static struct lb_error err;
static char dir[256], hex[LB_SHA256_HEX];
static const int reasons[] = {EIO, ENOSPC, EINTR};

static void setup(void)
{
	lb_sha256(PICTURE, strlen(PICTURE), hex);
	fault_stay = false;
}

static void write_temp(const char *path)
{
	FILE *f = fopen(path, "wb"); /* stdio's own calls are not wrapped */
	if (!f)
		return;
	fputs(PICTURE, f);
	fclose(f);
}

static int append(struct lb_evidence *ev, int n)
{
	char uri[100];
	snprintf(uri, sizeof uri, API "?n=%d", n);
	struct lb_exchange x = {.kind = LB_RECORD_RESPONSE, .uri = uri, .date = 1735689600 + n, .status = 200, .body = lb_span(uri)};
	return lb_evidence_append(ev, &x, &err);
}

static int store(struct lb_evidence *ev)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_exchange x = {.kind = LB_RECORD_MEDIA, .uri = "https://live.staticflickr.com/1.jpg", .date = 1735689600,
		.status = 200, .sha256 = hex, .size = strlen(PICTURE)};
	const char *temp = lb_evidence_temp(ev, &arena);
	write_temp(temp);
	return lb_evidence_store(ev, temp, &x, &err);
}

/* A run: opens, appends two records and a file. Sets bit n when record n was reported written (2: the media record). */
static int run(unsigned *done)
{
	struct lb_evidence *ev = NULL;
	LB_TRY(lb_evidence_open(dir, LB_EVIDENCE_APPEND, NULL, &ev, &err));
	int rc[3] = {append(ev, 0), store(ev), append(ev, 1)};
	*done |= (rc[0] ? 0 : 1U) | (rc[1] ? 0 : 4U) | (rc[2] ? 0 : 2U);
	int closed = lb_evidence_close(ev, &err);
	return rc[0] ? rc[0] : rc[1] ? rc[1] : rc[2] ? rc[2] : closed;
}

static void check_media(const struct lb_evidence *ev)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	char path[600];
	snprintf(path, sizeof path, "%s/media/%s", dir, hex);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1000);
	if (lb_file_exists(path)) {
		ck_assert_ok(lb_file_read(path, 1000, &b, &err));
		ck_assert_str_eq(lb_buf_str(&b), PICTURE);
		ck_assert_ptr_nonnull(lb_evidence_media(ev, hex, strlen(PICTURE), &arena));
	}
	if (lb_evidence_find(ev, lb_span("https://live.staticflickr.com/1.jpg"), LB_MATCH_EXACT) >= 0)
		ck_assert(lb_file_exists(path));
}

static void check_records(unsigned done)
{
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	ck_assert_ok(lb_evidence_open(dir, LB_EVIDENCE_APPEND, NULL, &ev, &err));
	for (int n = 0; n < 2; n++) {
		char uri[100];
		struct lb_exchange x;
		snprintf(uri, sizeof uri, API "?n=%d", n);
		long at = lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT);
		ck_assert_msg(at >= 0 || !(done & 1U << n), "record %d was reported written and is not there", n);
		if (at < 0)
			continue;
		ck_assert_ok(lb_evidence_read(ev, (size_t)at, &arena, &x, &err));
		ck_assert(lb_span_is(x.body, uri));
	}
	if (done & 4)
		ck_assert_int_ge(lb_evidence_find(ev, lb_span("https://live.staticflickr.com/1.jpg"), LB_MATCH_EXACT), 0);
	check_media(ev);
}

/* Fails call after call, until a run meets no fault. Returns how many runs reported it. */
static unsigned fail_each(int sys)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		unsigned done = 0;
		snprintf(dir, sizeof dir, "%s/e%lu", test_dir(), n);
		fault_fail_nth(n, sys);
		int rc = run(&done);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		check_records(done);
		failures += rc != 0;
		if (rc)
			ck_assert_msg(strncmp(err.what, "cannot ", 7) == 0, "%s", err.what);
		ck_assert(rc || done == 7);
		if (calls < n)
			return failures;
	}
}

START_TEST(every_call_may_fail)
{
	ck_assert_uint_ge(fail_each(reasons[_i]), 8);
}
END_TEST

START_TEST(everything_after_may_fail)
{
	fault_stay = true;
	ck_assert_uint_ge(fail_each(ENOSPC), 8);
}
END_TEST

START_TEST(earlier_records_outlive_a_failing_second_run)
{
	for (unsigned long n = 1;; n++) {
		unsigned done = 0;
		snprintf(dir, sizeof dir, "%s/e", test_dir());
		ck_assert_ok(run(&done));
		fault_fail_nth(n, ENOSPC);
		unsigned ignored = 0;
		(void)!run(&ignored);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		check_records(7);
		if (calls < n)
			break;
	}
}
END_TEST

/* ---- salvage ----------------------------------------------------------------------------------------------------------- */

static void journal_path(char path[400], int damaged)
{
	snprintf(path, 400, damaged ? "%s/api.warc.gz.damaged-%d" : "%s/api.warc.gz", dir, damaged);
}

/* A byte of the first record is wrong. */
static void damage_journal(struct lb_buf *bytes)
{
	char path[400];
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	journal_path(path, 0);
	ck_assert_ok(lb_evidence_open(dir, LB_EVIDENCE_APPEND, NULL, &ev, &err));
	ck_assert_ok(lb_file_read(path, 1 << 20, bytes, &err));
	size_t first = bytes->len;
	ck_assert_int_eq(append(ev, 0) | append(ev, 1) | store(ev), 0);
	lb_buf_reset(bytes);
	ck_assert_ok(lb_file_read(path, 1 << 20, bytes, &err));
	bytes->p[first + 40] ^= 0x55;
	ck_assert_ok(lb_file_write(path, bytes->p, bytes->len, &err));
}

static bool is_damaged_file(int n, const struct lb_buf *damaged)
{
	char path[400];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	journal_path(path, n);
	return lb_file_read(path, 1 << 20, &b, NULL) == 0 && lb_span_eq(lb_buf_span(&b), lb_buf_span(damaged));
}

/* Fails call after call of the salvage. Returns how many runs reported it. */
static unsigned fail_each_of_salvage(int sys)
{
	unsigned failures = 0;
	for (unsigned long n = 1;; n++) {
		LB_AUTO(lb_buf_clear) struct lb_buf damaged = LB_BUF(1 << 20);
		struct lb_evidence *ev = NULL;
		snprintf(dir, sizeof dir, "%s/s%lu", test_dir(), n);
		damage_journal(&damaged);
		fault_fail_nth(n, sys);
		int rc = lb_evidence_open(dir, LB_EVIDENCE_APPEND, NULL, &ev, &err);
		unsigned long calls = fault_count();
		fault_fail_nth(0, 0);
		lb_evidence_freep(&ev);
		failures += rc != 0;
		ck_assert(is_damaged_file(0, &damaged) || is_damaged_file(1, &damaged));
		check_records(6); /* the open in it ends what the failed one began */
		ck_assert(is_damaged_file(1, &damaged));
		ck_assert(!is_damaged_file(0, &damaged) && !is_damaged_file(2, &damaged));
		if (calls < n)
			return failures;
	}
}

START_TEST(every_call_of_a_salvage_may_fail)
{
	fault_stay = _i >= (int)LB_COUNT(reasons);
	ck_assert_uint_ge(fail_each_of_salvage(reasons[_i % (int)LB_COUNT(reasons)]), 8);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("fault_evidence");
	TCase *t = tcase_create("evidence");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, every_call_may_fail, 0, LB_COUNT(reasons));
	tcase_add_test(t, everything_after_may_fail);
	tcase_add_test(t, earlier_records_outlive_a_failing_second_run);
	tcase_add_loop_test(t, every_call_of_a_salvage_may_fail, 0, 2 * LB_COUNT(reasons) - 1); /* EINTR for ever would hang */
	suite_add_tcase(s, t);
	return s;
}
