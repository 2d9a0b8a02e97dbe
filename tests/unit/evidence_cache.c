/* The journal's kept index: saves the scan, and never lies. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/evidence/internal.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"
#define MANY 1500

static struct lb_error err;
static char dir[256], journal[300], cache[300];
static const struct lb_ctx ctx;

static struct lb_evidence *opened(void)
{
	struct lb_evidence *ev = NULL;
	ck_assert_ok(lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &ev, &err));
	return ev;
}

static void append(struct lb_evidence *ev, int n)
{
	char uri[128], body[64];
	snprintf(uri, sizeof uri, API "?method=m&n=%d", n);
	snprintf(body, sizeof body, "<rsp n=\"%d\"/>", n);
	struct lb_exchange x = {.kind = LB_RECORD_RESPONSE, .uri = uri, .date = 1735689600 + n, .status = 200,
		.content_type = "text/xml", .headers = "", .body = lb_span(body)};
	ck_assert_ok(lb_evidence_append(ev, &x, &err));
}

static void check_all(struct lb_evidence *ev, int count)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	ck_assert_uint_eq(lb_evidence_count(ev), (size_t)count);
	for (int n = 0; n < count; n++) {
		char uri[128], body[64];
		struct lb_exchange got;
		snprintf(uri, sizeof uri, API "?method=m&n=%d", n);
		snprintf(body, sizeof body, "<rsp n=\"%d\"/>", n);
		ck_assert_int_eq(lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT), n);
		ck_assert_ok(lb_evidence_read(ev, (size_t)n, &arena, &got, &err));
		ck_assert(lb_span_is(got.body, body));
		ck_assert_int_eq(got.date, 1735689600 + n);
	}
}

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s/evidence", test_dir());
	snprintf(journal, sizeof journal, "%s/api.warc.gz", dir);
	snprintf(cache, sizeof cache, "%s/api.index", dir);
	struct lb_evidence *ev = opened();
	for (int n = 0; n < MANY; n++)
		append(ev, n);
	ck_assert_ok(lb_evidence_close(ev, &err));
	ck_assert(lb_file_exists(cache));
}

static void flip(const char *path, off_t at)
{
	char c;
	int fd = open(path, O_RDWR);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pread(fd, &c, 1, at), 1);
	c = (char)(c ^ 0x40);
	ck_assert_int_eq(pwrite(fd, &c, 1, at), 1);
	close(fd);
}

static size_t cached(const struct lb_evidence *ev)
{
	return ev->warc->cached;
}

START_TEST(the_next_opening_reads_the_index_and_knows_the_same)
{
	struct lb_evidence *ev = opened();
	ck_assert_uint_eq(cached(ev), MANY);
	check_all(ev, MANY);
	append(ev, MANY);
	lb_evidence_freep(&ev);
	ev = opened(); /* fewer than 1,000 more: not written again, and what grew is scanned */
	ck_assert_uint_eq(cached(ev), MANY);
	check_all(ev, MANY + 1);
	lb_evidence_freep(&ev);
}
END_TEST

START_TEST(any_wrong_byte_of_the_index_costs_time_only)
{
	struct stat st;
	ck_assert_int_eq(stat(cache, &st), 0);
	for (off_t at = 0; at < st.st_size; at += at < 60 ? 5 : 40009) {
		flip(cache, at);
		struct lb_evidence *ev = opened();
		ck_assert_uint_eq(lb_evidence_count(ev), MANY);
		ck_assert_uint_lt(cached(ev), MANY);
		lb_evidence_freep(&ev);
		if (lb_file_exists(cache))
			ck_assert_int_eq(unlink(cache), 0);
		ev = opened();
		ck_assert_uint_eq(cached(ev), 0);
		lb_evidence_freep(&ev); /* writes it anew */
	}
}
END_TEST

START_TEST(a_cut_or_missing_index_is_as_good_as_its_whole_part)
{
	static const off_t sizes[] = {0, 1, 47, 48, 48 + 95, 48 + 96, 48 + 96 * 700 + 5};
	for (size_t i = 0; i < LB_COUNT(sizes); i++) {
		ck_assert_int_eq(truncate(cache, sizes[i]), 0);
		struct lb_evidence *ev = opened();
		ck_assert_uint_eq(cached(ev), sizes[i] < 48 ? 0 : (size_t)(sizes[i] - 48) / 96);
		check_all(ev, MANY);
		lb_evidence_freep(&ev);
		ck_assert(unlink(cache) == 0);
		ev = opened();
		lb_evidence_freep(&ev);
	}
}
END_TEST

START_TEST(a_journal_that_others_changed_is_read_whole_and_repaired)
{
	struct stat st;
	ck_assert_int_eq(stat(journal, &st), 0);
	usleep(10000);
	flip(journal, st.st_size / 2);
	struct lb_evidence *ev = opened();
	ck_assert_uint_eq(cached(ev), 0);
	ck_assert_uint_eq(lb_evidence_count(ev), MANY - 1);
	lb_evidence_freep(&ev);
}
END_TEST

/* Damage that leaves size and time alone: the index hides it until the record is read; then it goes. */
START_TEST(silent_damage_is_found_by_reading_and_repaired_by_the_next_opening)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct stat st;
	struct lb_exchange got;
	ck_assert_int_eq(stat(journal, &st), 0);
	struct lb_evidence *ev = opened();
	off_t at = (off_t)(ev->warc->index.items[700].offset + 20);
	lb_evidence_freep(&ev);
	flip(journal, at);
	ck_assert_int_eq(utimensat(AT_FDCWD, journal, (struct timespec[]){st.st_atim, st.st_mtim}, 0), 0);
	ev = opened();
	ck_assert_uint_eq(cached(ev), MANY);
	ck_assert_int_eq(lb_evidence_read(ev, 700, &arena, &got, &err), LB_CORRUPT);
	ck_assert(!lb_file_exists(cache));
	ck_assert_ok(lb_evidence_read(ev, 701, &arena, &got, &err));
	lb_evidence_freep(&ev);
	ev = opened();
	ck_assert_uint_eq(lb_evidence_count(ev), MANY - 1);
	lb_evidence_freep(&ev);
}
END_TEST

START_TEST(the_index_of_another_journal_is_no_use)
{
	struct stat st;
	char other[320];
	snprintf(other, sizeof other, "%s.other", journal);
	ck_assert_int_eq(stat(journal, &st), 0);
	ck_assert_int_eq(rename(journal, other), 0);
	struct lb_evidence *ev = opened();
	ck_assert_uint_eq(cached(ev), 0);
	ck_assert_uint_eq(lb_evidence_count(ev), 0);
	for (int n = 0; n < 3; n++)
		append(ev, n);
	lb_evidence_freep(&ev);
	ev = opened();
	check_all(ev, 3);
	lb_evidence_freep(&ev);
}
END_TEST

START_TEST(small_folders_have_none)
{
	char small[300];
	snprintf(small, sizeof small, "%s/small", test_dir());
	struct lb_evidence *ev = NULL;
	ck_assert_ok(lb_evidence_open(small, LB_EVIDENCE_APPEND, &ctx, &ev, &err));
	append(ev, 0);
	lb_evidence_freep(&ev);
	strcat(small, "/api.index");
	ck_assert(!lb_file_exists(small));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("evidence_cache");
	TCase *t = tcase_create("cache");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, the_next_opening_reads_the_index_and_knows_the_same);
	tcase_add_test(t, any_wrong_byte_of_the_index_costs_time_only);
	tcase_add_test(t, a_cut_or_missing_index_is_as_good_as_its_whole_part);
	tcase_add_test(t, a_journal_that_others_changed_is_read_whole_and_repaired);
	tcase_add_test(t, silent_damage_is_found_by_reading_and_repaired_by_the_next_opening);
	tcase_add_test(t, the_index_of_another_journal_is_no_use);
	tcase_add_test(t, small_folders_have_none);
	suite_add_tcase(s, t);
	return s;
}
