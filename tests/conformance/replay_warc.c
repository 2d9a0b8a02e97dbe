/* The recording of real answers: every record is read, fits its digest and is found by its own URI. */
#include <string.h>

#include "format/evidence/evidence.h"
#include "tests/support/support.h"

#define RECORDS 408

static struct lb_error err;

START_TEST(every_record_is_read_and_found)
{
	const char *path = test_shared("flickr/replay.warc.gz");
	if (!path)
		return;
	struct lb_warc *w = NULL;
	uint64_t good = 0;
	ck_assert_ok(lb_warc_open(path, NULL, &w, &err));
	ck_assert_uint_eq(lb_warc_count(w), RECORDS);
	lb_warc_free(w);
	ck_assert_ok(lb_warc_open(path, &good, &w, &err));
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (size_t n = 0; n < RECORDS; n++) {
		struct lb_exchange x;
		lb_arena_reset(&arena);
		ck_assert_ok(lb_warc_read(w, n, &arena, &x, &err));
		ck_assert_int_eq(x.kind, LB_RECORD_RESPONSE);
		ck_assert_int_eq(x.status, 200);
		ck_assert_str_eq(x.content_type, "text/xml; charset=utf-8");
		ck_assert(lb_span_starts(x.body, "<?xml "));
		ck_assert_int_eq(lb_warc_find(w, lb_span(x.uri), LB_MATCH_EXACT), (long)n);
		ck_assert_ptr_nonnull(lb_uri_param(lb_span(x.uri), "method", &arena));
		LB_AUTO(lb_buf_clear) struct lb_buf clean = LB_BUF(1 << 16);
		lb_uri_clean(&clean, lb_span(x.uri));
		ck_assert_str_eq(lb_buf_str(&clean), x.uri);
	}
	lb_warc_free(w);
}
END_TEST

START_TEST(members_can_be_copied_into_another_file)
{
	const char *path = test_shared("flickr/replay.warc.gz");
	if (!path)
		return;
	char copy[512];
	struct lb_warc *w = NULL, *c = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf bytes = LB_BUF(64 << 20);
	ck_assert_ok(lb_warc_open(path, NULL, &w, &err));
	for (size_t n = RECORDS; n-- > 0;)
		ck_assert_ok(lb_warc_member(w, n, &bytes, &err));
	strcat(strcpy(copy, test_dir()), "/copy.warc.gz");
	ck_assert_ok(lb_file_write(copy, bytes.p, bytes.len, &err));
	ck_assert_ok(lb_warc_open(copy, NULL, &c, &err));
	ck_assert_uint_eq(lb_warc_count(c), RECORDS);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (size_t n = 0; n < RECORDS; n++) {
		struct lb_exchange a, b;
		ck_assert_ok(lb_warc_read(w, n, &arena, &a, &err));
		ck_assert_ok(lb_warc_read(c, RECORDS - 1 - n, &arena, &b, &err));
		ck_assert_str_eq(a.uri, b.uri);
		ck_assert(lb_span_eq(a.body, b.body));
	}
	lb_warc_free(w);
	lb_warc_free(c);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("replay_warc");
	TCase *t = tcase_create("recording");
	tcase_set_timeout(t, 60);
	tcase_add_test(t, every_record_is_read_and_found);
	tcase_add_test(t, members_can_be_copied_into_another_file);
	suite_add_tcase(s, t);
	return s;
}
