#include <string.h>

#include "tests/support/support.h"

static struct lb_span cut_all(const char *text, char sep, size_t *count)
{
	struct lb_span rest = lb_span(text), part = {0};
	for (*count = 0; lb_span_cut(&rest, sep, &part);)
		++*count;
	return part;
}

START_TEST(spans)
{
	size_t n;
	ck_assert(lb_span_is(lb_span("abc"), "abc"));
	ck_assert(!lb_span_is(lb_span("abc"), "ab"));
	ck_assert(lb_span_is(lb_span(NULL), ""));
	ck_assert(lb_span_starts(lb_span("abc"), "ab") && lb_span_starts(lb_span(NULL), ""));
	ck_assert(!lb_span_starts(lb_span("a"), "ab"));
	ck_assert(lb_span_ends(lb_span("abc"), "bc") && !lb_span_ends(lb_span("c"), "bc"));
	ck_assert(lb_span_is(lb_span_trim(lb_span(" \t\r\n a b \v\f")), "a b"));
	ck_assert_uint_eq(lb_span_trim(lb_span("  ")).n, 0);
	ck_assert(lb_span_is(cut_all("a,bb,ccc", ',', &n), "ccc") && n == 3);
	ck_assert(lb_span_is(cut_all("a,,c", ',', &n), "c") && n == 3);
	ck_assert(lb_span_is(cut_all("a,", ',', &n), "a") && n == 1);
	ck_assert(lb_span_is(cut_all(",", ',', &n), "") && n == 1);
	cut_all("", ',', &n);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_lt(lb_span_cmp(lb_span("a"), lb_span("ab")), 0);
	ck_assert_int_gt(lb_span_cmp(lb_span("\xC3"), lb_span("z")), 0);
	ck_assert_int_eq(lb_span_cmp(lb_span(NULL), lb_span("")), 0);
}
END_TEST

START_TEST(hosts_below_a_domain)
{
	static const struct { const char *host; bool is; } hosts[] = {
		{ "flickr.com", true }, { "www.flickr.com", true }, { "LIVE.Flickr.COM", true }, { "a.b.flickr.com", true },
		{ "", false }, { "com", false }, { "notflickr.com", false }, { "flickr.com.example.org", false }, { "flickr.comx", false },
	};
	for (size_t i = 0; i < LB_COUNT(hosts); i++)
		ck_assert_msg(lb_host_below(lb_span(hosts[i].host), "flickr.com") == hosts[i].is, "%s", hosts[i].host);
	ck_assert(!lb_host_below(lb_span(NULL), "flickr.com"));
}
END_TEST

START_TEST(whole_numbers)
{
	uint64_t u = 5;
	int64_t i = 5;
	ck_assert(lb_parse_u64(lb_span("18446744073709551615"), &u) && u == UINT64_MAX);
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1a", "18446744073709551616", "99999999999999999999", "0x1"};
	u = 5;
	for (size_t k = 0; k < LB_COUNT(bad); k++)
		ck_assert_msg(!lb_parse_u64(lb_span(bad[k]), &u), "%s", bad[k]);
	ck_assert_uint_eq(u, 5);
	ck_assert(lb_parse_i64(lb_span("-9223372036854775808"), &i) && i == INT64_MIN);
	ck_assert(lb_parse_i64(lb_span("9223372036854775807"), &i) && i == INT64_MAX);
	ck_assert(lb_parse_i64(lb_span("-0"), &i) && i == 0);
	static const char *const bad_signed[] = {"", "-", "--1", "9223372036854775808", "-9223372036854775809", "- 1"};
	for (size_t k = 0; k < LB_COUNT(bad_signed); k++)
		ck_assert_msg(!lb_parse_i64(lb_span(bad_signed[k]), &i), "%s", bad_signed[k]);
	ck_assert(!lb_parse_u64((struct lb_span){"1\0", 2}, &u));
}
END_TEST

START_TEST(broken_numbers)
{
	double d = 7;
	ck_assert(lb_parse_double(lb_span("-0.25"), &d) && d > -0.26 && d < -0.24);
	ck_assert(lb_parse_double(lb_span("1e3"), &d) && d > 999.9 && d < 1000.1);
	ck_assert(lb_parse_double(lb_span("1.5E-2"), &d) && d < 0.02);
	static const char *const bad[] = {"", "-", ".", ".5", "5.", "1e", "1e+", "inf", "nan", "0x1p3", "1,5", " 1", "1 ", "+1", "1e999"};
	d = 7;
	for (size_t k = 0; k < LB_COUNT(bad); k++)
		ck_assert_msg(!lb_parse_double(lb_span(bad[k]), &d), "%s", bad[k]);
	ck_assert(d > 6.9 && d < 7.1);
	char longer[300];
	memset(longer, '1', sizeof longer);
	ck_assert(!lb_parse_double((struct lb_span){longer, sizeof longer}, &d));
}
END_TEST

START_TEST(utf8_well_formed)
{
	static const char *const good[] = {"", "a", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
		"\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
	static const char *const bad[] = {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xE0\xA0",
		"\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xFE"};
	for (size_t i = 0; i < LB_COUNT(good); i++)
		ck_assert_msg(lb_utf8_valid(lb_span(good[i])), "good %zu", i);
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(!lb_utf8_valid(lb_span(bad[i])), "bad %zu", i);
}
END_TEST

START_TEST(utf8_round_trip)
{
	struct lb_buf b = LB_BUF(8);
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		lb_buf_reset(&b);
		lb_utf8_add(&b, c);
		struct lb_span s = lb_buf_span(&b);
		ck_assert(lb_utf8_valid(s));
		if (lb_utf8_next(&s) != c || s.n != 0)
			ck_abort_msg("U+%04X", (unsigned)c);
	}
	lb_buf_reset(&b);
	lb_utf8_add(&b, 0xD800);
	ck_assert_str_eq(b.p, "\xEF\xBF\xBD");
	struct lb_span broken = lb_span("\xE2\x82z");
	ck_assert_uint_eq(lb_utf8_next(&broken), 0xFFFD);
	ck_assert_uint_eq(broken.n, 2);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(safe_paths)
{
	static const char *const good[] = {"a", "a/b.txt", "data/metadata/photos/1.js", "...a", "a b", ".hidden", "Ünïcode/写真",
		"console.txt", "com", "com10", "lpt", "nul_", "photo:b", "c/d:e", "auxiliary"};
	for (size_t i = 0; i < LB_COUNT(good); i++)
		ck_assert_msg(lb_path_is_safe(lb_span(good[i]), NULL), "%s", good[i]);
}
END_TEST

START_TEST(unsafe_paths)
{
	static const char *const bad[] = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/..", "../a", "a/../b", "a\\b",
		"c:", "C:/a", "z:a", "a\nb", "a\x7F", "a\xC2\x85", "a\xFF", "\xED\xA0\x80", "CON", "con", "a/NUL", "nul.txt",
		"Aux.tar.gz", "com1", "COM9.log", "lpt3", "COM\xC2\xB9", "con .txt", "a.", "a ", "a./b", "a /b", "conin$"};
	for (size_t i = 0; i < LB_COUNT(bad); i++) {
		const char *why = NULL;
		ck_assert_msg(!lb_path_is_safe(lb_span(bad[i]), &why), "%s", bad[i]);
		ck_assert_ptr_nonnull(why);
	}
	ck_assert(!lb_path_is_safe((struct lb_span){"a\0b", 3}, NULL));
	char path[5000];
	memset(path, 'a', sizeof path);
	ck_assert(lb_path_is_safe((struct lb_span){path, 255}, NULL));
	ck_assert(!lb_path_is_safe((struct lb_span){path, 256}, NULL));
	for (size_t i = 1; i < sizeof path; i += 2)
		path[i] = '/';
	ck_assert(lb_path_is_safe((struct lb_span){path, 4095}, NULL));
	ck_assert(!lb_path_is_safe((struct lb_span){path, 4097}, NULL));
}
END_TEST

static const char *joined(const char *dir, const char *rest)
{
	static char text[64];
	struct lb_buf b = LB_BUF(63);
	lb_path_join(&b, dir, rest);
	strcpy(text, lb_buf_str(&b));
	lb_buf_clear(&b);
	return text;
}

START_TEST(paths_join)
{
	ck_assert_str_eq(joined("a", "b"), "a/b");
	ck_assert_str_eq(joined("a/", "b"), "a/b");
	ck_assert_str_eq(joined("", "b"), "b");
	ck_assert_str_eq(joined("/", "b"), "/b");
	ck_assert_str_eq(lb_path_base("a/b/c"), "c");
	ck_assert_str_eq(lb_path_base("c"), "c");
}
END_TEST

START_TEST(url_escapes)
{
	struct lb_buf b = LB_BUF(1000);
	lb_url_encode_path(&b, lb_span("a b/c%d/é#?:"));
	ck_assert_str_eq(b.p, "a%20b/c%25d/%C3%A9%23%3F%3A");
	lb_buf_reset(&b);
	lb_url_encode(&b, (struct lb_span){"a/b\0+~-._", 9});
	ck_assert_str_eq(b.p, "a%2Fb%00%2B~-._");
	lb_buf_reset(&b);
	ck_assert(lb_url_decode(&b, lb_span("a%2fB%C3%A9+%25")));
	ck_assert_str_eq(b.p, "a/Bé+%");
	static const char *const bad[] = {"%", "%2", "a%", "%G0", "%0G", "%%20"};
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(!lb_url_decode(&b, lb_span(bad[i])), "%s", bad[i]);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(url_round_trip_of_every_byte)
{
	char all[256];
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	struct lb_buf coded = LB_BUF(1000), back = LB_BUF(1000);
	lb_url_encode(&coded, (struct lb_span){all, sizeof all});
	ck_assert(lb_url_decode(&back, lb_buf_span(&coded)));
	ck_assert(lb_span_eq(lb_buf_span(&back), (struct lb_span){all, sizeof all}));
	lb_buf_clear(&coded);
	lb_buf_clear(&back);
}
END_TEST

static const char *slug(const char *text)
{
	static char out[128];
	struct lb_buf b = LB_BUF(100);
	lb_slug(&b, text);
	strcpy(out, lb_buf_str(&b));
	lb_buf_clear(&b);
	return out;
}

START_TEST(slugs)
{
	ck_assert_str_eq(slug("Hello,  World!"), "hello-world");
	ck_assert_str_eq(slug("../../etc"), "etc");
	ck_assert_str_eq(slug("写真"), "");
	ck_assert_str_eq(slug(""), "");
	const char *cut = slug("123456789-123456789-123456789-123456789-123456789-123456789-more");
	ck_assert_str_eq(cut, "123456789-123456789-123456789-123456789-123456789-123456789");
}
END_TEST

static const char *shown(const char *text)
{
	static char out[128];
	struct lb_buf b = LB_BUF(100);
	lb_show(&b, lb_span(text));
	strcpy(out, lb_buf_str(&b));
	lb_buf_clear(&b);
	return out;
}

START_TEST(shown_text_hides_nothing)
{
	ck_assert_str_eq(shown("plain é 写"), "plain é 写");
	ck_assert_str_eq(shown("\x1B[31mred\a"), "\\x1b[31mred\\x07");
	ck_assert_str_eq(shown("a\xE2\x80\xAE" "b"), "aU+202Eb");
	ck_assert_str_eq(shown("\xE2\x80\x8B\xE2\x81\xA6\xD8\x9C\xEF\xBB\xBF"), "U+200BU+2066U+061CU+FEFF");
	ck_assert_str_eq(shown("\xFF\xC2"), "\\xff\\xc2");
	ck_assert_str_eq(shown("\xC2\x9B"), "U+009B");
	ck_assert_str_eq(shown("\xEF\xBF\xBD"), "\xEF\xBF\xBD");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("base: spans, UTF-8, paths");
	TCase *t = tcase_create("all");
	tcase_add_test(t, spans);
	tcase_add_test(t, hosts_below_a_domain);
	tcase_add_test(t, whole_numbers);
	tcase_add_test(t, broken_numbers);
	tcase_add_test(t, utf8_well_formed);
	tcase_add_test(t, utf8_round_trip);
	tcase_add_test(t, safe_paths);
	tcase_add_test(t, unsafe_paths);
	tcase_add_test(t, paths_join);
	tcase_add_test(t, url_escapes);
	tcase_add_test(t, url_round_trip_of_every_byte);
	tcase_add_test(t, slugs);
	tcase_add_test(t, shown_text_hides_nothing);
	suite_add_tcase(s, t);
	return s;
}
