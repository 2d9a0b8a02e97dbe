/* The small pieces that pages are made of: words, numbers, anchors, paths. */
#include <string.h>

#include "tests/support/support.h"
#include "viewer/internal.h"

static struct lb_buf out = LB_BUF(1 << 20);

#define is(expected)                                                                                               \
	do {                                                                                                       \
		ck_assert_str_eq(lb_buf_str(&out), expected);                                                      \
		lb_buf_reset(&out);                                                                                \
	} while (0)

START_TEST(every_string_is_there)
{
	for (enum lb_ui id = 0; id < UI_COUNT; id++) {
		ck_assert(lb_said(lb_ui(id)));
		ck_assert_ptr_null(strstr(lb_ui(id), "<script"));
		ck_assert(lb_utf8_valid(lb_span(lb_ui(id))));
	}
}
END_TEST

START_TEST(numbers_have_thousands)
{
	static const struct { int64_t n; const char *text; } cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1234567, "1,234,567" },
		{ -1234, "-1,234" }, { INT64_MAX, "9,223,372,036,854,775,807" }, { INT64_MIN, "-9,223,372,036,854,775,808" } };
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		lb_add_number(&out, cases[i].n);
		is(cases[i].text);
	}
	lb_ui_count(&out, UI_N_PHOTOS, 1);
	is("1 photograph");
	lb_ui_count(&out, UI_N_PHOTOS, 0);
	is("0 photographs");
}
END_TEST

START_TEST(bytes_have_units)
{
	static const struct { uint64_t n; const char *text; } cases[] = { { 0, "0 bytes" }, { 1, "1 byte" }, { 999, "999 bytes" },
		{ 1000, "1.0&nbsp;kB (1,000 bytes)" }, { 37785, "37.7&nbsp;kB (37,785 bytes)" }, { 999999, "999.9&nbsp;kB (999,999 bytes)" },
		{ 1000000, "1.0&nbsp;MB (1,000,000 bytes)" }, { 4300000000u, "4.3&nbsp;GB (4,300,000,000 bytes)" },
		{ UINT64_MAX, "18.4&nbsp;EB (9,223,372,036,854,775,807 bytes)" } };
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		lb_add_bytes(&out, cases[i].n);
		is(cases[i].text);
	}
}
END_TEST

START_TEST(anchors_are_plain_and_differ)
{
	static const char *const ids[] = { "109722179-72057594115404079", "a_b", "a_5Fb", "a b", "a+b", "\"><b>", "é", "e", "", "A", "a" };
	char long_id[4000];
	struct lb_map seen = { 0 };
	for (size_t i = 0; i < LB_COUNT(ids); i++) {
		lb_add_anchor(&out, "c", ids[i]);
		ck_assert(lb_map_put(&seen, lb_buf_span(&out), i));
		for (size_t k = 0; k < out.len; k++)
			ck_assert_ptr_nonnull(strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", out.p[k]));
		lb_buf_reset(&out);
	}
	memset(long_id, 'x', sizeof long_id);
	long_id[sizeof long_id - 1] = '\0';
	lb_add_anchor(&out, "c", long_id);
	ck_assert_uint_lt(out.len, 80);
	lb_buf_reset(&out);
	lb_map_clear(&seen);
}
END_TEST

START_TEST(pages_are_put_into_folders)
{
	lb_page_path(&out, "tags", 1);
	is("pages/tags-0001.html");
	lb_page_path(&out, "tags", LB_PAGES_PER_FOLDER);
	is("pages/tags-0040.html");
	lb_page_path(&out, "tags", LB_PAGES_PER_FOLDER + 1);
	is("pages/2/tags-0041.html");
	lb_page_path(&out, "photos", 20000);
	is("pages/500/photos-20000.html");
}
END_TEST

START_TEST(plain_text_keeps_its_paragraphs)
{
	lb_add_text(&out, "one\r\ntwo\n\n  \n<b>three</b> & \"four\"\n");
	is("<p dir=\"auto\">one<br>\ntwo</p>\n<p dir=\"auto\">&lt;b&gt;three&lt;/b&gt; &amp; &quot;four&quot;</p>\n");
	lb_add_text(&out, "");
	is("");
	lb_add_text(&out, NULL);
	is("");
}
END_TEST

START_TEST(moments_out_of_range_say_nothing)
{
	lb_add_moment(&out, 1763675220);
	is("<time datetime=\"2025-11-20T21:47:00Z\">20 November 2025, 21:47 UTC</time>");
	lb_add_moment(&out, LB_UNKNOWN);
	lb_add_moment(&out, INT64_MAX);
	lb_add_moment(&out, INT64_MIN);
	is("");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("viewer_words");
	TCase *t = tcase_create("words");
	tcase_add_test(t, every_string_is_there);
	tcase_add_test(t, numbers_have_thousands);
	tcase_add_test(t, bytes_have_units);
	tcase_add_test(t, anchors_are_plain_and_differ);
	tcase_add_test(t, pages_are_put_into_folders);
	tcase_add_test(t, plain_text_keeps_its_paragraphs);
	tcase_add_test(t, moments_out_of_range_say_nothing);
	suite_add_tcase(s, t);
	return s;
}
