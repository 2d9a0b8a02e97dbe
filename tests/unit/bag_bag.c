#include <string.h>

#include "format/bag/bag.h"
#include "tests/support/support.h"

#define MD5 "d41d8cd98f00b204e9800998ecf8427e"

static struct lb_error err;
static struct lb_arena arena;

static struct lb_span text(const char *s)
{
	return lb_span(s);
}

/* ---- lines ---- */

static const struct { const char *line, *path, *literal; unsigned notes; } lines[] = {
	{MD5 "  data/a.txt", "data/a.txt", "data/a.txt", 0},
	{MD5 " data/a.txt", "data/a.txt", "data/a.txt", 0},
	{MD5 "\t \tdata/a b.txt", "data/a b.txt", "data/a b.txt", 0},
	{MD5 "  data/a.txt ", "data/a.txt ", "data/a.txt ", 0},
	{MD5 " *data/a.txt", "data/a.txt", "data/a.txt", LB_BAG_STAR},
	{MD5 "  ././data/a", "data/a", "data/a", LB_BAG_DOT_SLASH},
	{MD5 " *./data/a", "data/a", "data/a", LB_BAG_STAR | LB_BAG_DOT_SLASH},
	{MD5 "  data/50%25off", "data/50%off", "data/50%25off", 0},
	{MD5 "  data/a%0Ab%0dc", "data/a\nb\rc", "data/a%0Ab%0dc", 0},
	{MD5 "  data/50%off", "data/50%off", "data/50%off", LB_BAG_PERCENT},
	{MD5 "  data/%7E%", "data/%7E%", "data/%7E%", LB_BAG_PERCENT},
	{MD5 "  data/%252F", "data/%2F", "data/%252F", 0},
	{MD5 "  data/%2", "data/%2", "data/%2", LB_BAG_PERCENT},
	{"D41D8CD98F00B204E9800998ECF8427E  data/a", "data/a", "data/a", 0},
	{MD5 "  *", "*", "*", 0},
};

START_TEST(parses_lines)
{
	struct lb_bag_line line;
	ck_assert_ok(lb_bag_line_parse(text(lines[_i].line), LB_MD5, &arena, &line, &err));
	ck_assert_str_eq(line.digest, MD5);
	ck_assert_str_eq(line.path, lines[_i].path);
	ck_assert_str_eq(line.literal, lines[_i].literal);
	ck_assert_uint_eq(line.notes, lines[_i].notes);
}
END_TEST

static const char *const bad_lines[] = {
	"", " ", MD5, MD5 "  ", MD5 "\t", "data/a", "  " MD5 "  data/a", "d41d8cd98f00b204e9800998ecf8427  data/a",
		MD5 "0  data/a",
	"d41d8cd98f00b204e9800998ecf8427g  data/a", "\xEF\xBB\xBF" MD5 "  data/a",
};

START_TEST(refuses_lines)
{
	struct lb_bag_line line;
	ck_assert_int_eq(lb_bag_line_parse(text(bad_lines[_i]), LB_MD5, &arena, &line, &err), LB_FORMAT);
	ck_assert_uint_gt(strlen(err.what), 0);
}
END_TEST

START_TEST(refuses_nul_and_endless_paths)
{
	struct lb_bag_line line;
	static const char nul[] = MD5 "  data/a\0b";
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_int_eq(lb_bag_line_parse((struct lb_span){nul, sizeof nul - 1}, LB_MD5, &arena, &line, &err),
		LB_FORMAT);
	lb_buf_adds(&b, MD5 "  data/");
	for (size_t i = 0; i < 20000; i++)
		lb_buf_addc(&b, 'x');
	ck_assert_int_eq(lb_bag_line_parse(lb_buf_span(&b), LB_MD5, &arena, &line, &err), LB_LIMIT);
	lb_buf_clear(&b);
}
END_TEST

static const char *const any_paths[] = {"data/a", "data/50%off", "data/a\nb", "data/a\r\nb", "%25", "data/%0A",
	"data/%", "  x  ", "data/\xC3\xA9"};

START_TEST(formats_what_it_parses)
{
	struct lb_buf b = LB_BUF(1000);
	struct lb_bag_line line;
	struct lb_span rest, one;
	lb_bag_line_format(&b, MD5, any_paths[_i]);
	rest = lb_buf_span(&b);
	ck_assert(lb_bag_next_line(&rest, &one));
	ck_assert_uint_eq(rest.n, 0);
	/* a path that begins with blanks cannot be told from one that does not; all others come back */
	const char *expected = any_paths[_i] + strspn(any_paths[_i], " ");
	ck_assert_ok(lb_bag_line_parse(one, LB_MD5, &arena, &line, &err));
	ck_assert_str_eq(line.path, expected);
	ck_assert_uint_eq(line.notes, 0);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(cuts_lines_at_any_line_end)
{
	static const char *const expected[] = {"a", "b", "", "c", "d"};
	struct lb_span rest = text("a\nb\r\n\rc\rd"), line;
	for (size_t i = 0; i < LB_COUNT(expected); i++) {
		ck_assert(lb_bag_next_line(&rest, &line));
		ck_assert(lb_span_is(line, expected[i]));
	}
	ck_assert(!lb_bag_next_line(&rest, &line));
	rest = text("\n");
	ck_assert(lb_bag_next_line(&rest, &line));
	ck_assert_uint_eq(line.n, 0);
	ck_assert(!lb_bag_next_line(&rest, &line));
}
END_TEST

/* ---- fetch.txt ---- */

START_TEST(parses_fetch)
{
	struct lb_bag_fetch f;
	ck_assert_ok(lb_bag_fetch_parse(text("http://example.org/a%20b  12  data/50%25 off"), &arena, &f, &err));
	ck_assert_str_eq(f.url, "http://example.org/a%20b");
	ck_assert_str_eq(f.path, "data/50% off");
	ck_assert_uint_eq(f.length, 12);
	ck_assert_ok(lb_bag_fetch_parse(text("http://example.org/ - data/a"), &arena, &f, &err));
	ck_assert(f.length == LB_BAG_NO_LENGTH);
	static const char *const bad[] = {"", "x", "x -", "x - ", "x 1y data/a", "x -1 data/a",
		"x 99999999999999999999 data/a", " - data/a"};
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_int_eq(lb_bag_fetch_parse(text(bad[i]), &arena, &f, &err), LB_FORMAT);
}
END_TEST

/* ---- bagit.txt ---- */

static const struct { const char *text; int version; const char *encoding; } declarations[] = {
	{"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", 100, "UTF-8"},
	{"BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-16", 97, "UTF-16"},
	{"BagIt-Version: 0.93\rTag-File-Character-Encoding: ISO-8859-1\r", 93, "ISO-8859-1"},
};

START_TEST(parses_declarations)
{
	struct lb_bag_declaration d;
	ck_assert_ok(lb_bag_declaration_parse(text(declarations[_i].text), &d, &err));
	ck_assert_int_eq(d.version, declarations[_i].version);
	ck_assert_str_eq(d.encoding, declarations[_i].encoding);
}
END_TEST

static const char *const bad_declarations[] = {
	"", "\n", "BagIt-Version: 1.0\n", "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
	"BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n",
		"BagIt-Version: 1.\nTag-File-Character-Encoding: UTF-8\n",
	"BagIt-Version: 1\nTag-File-Character-Encoding: UTF-8\n",
		"BagIt-Version: 1.0.0\nTag-File-Character-Encoding: UTF-8\n",
	"BagIt-Version: 100.0\nTag-File-Character-Encoding: UTF-8\n",
		"BagIt-Version: -1.0\nTag-File-Character-Encoding: UTF-8\n",
	"BagIt-Version: 1.0\nTag-File-Character-Encoding:\n",
		"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nmore\n",
	"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n",
		"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
	("\xEF\xBB\xBF" "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
	"BagIt-Version: 1.0\nTag-File-Character-Encoding: a-name-that-no-encoding-has-ever-had\n",
};

START_TEST(refuses_declarations)
{
	struct lb_bag_declaration d = {.version = 7};
	ck_assert_int_eq(lb_bag_declaration_parse(text(bad_declarations[_i]), &d, &err), LB_FORMAT);
	ck_assert_int_eq(d.version, 7);
}
END_TEST

START_TEST(own_declaration_is_version_1)
{
	struct lb_bag_declaration d;
	ck_assert_ok(lb_bag_declaration_parse(text(lb_bag_declaration_text), &d, &err));
	ck_assert_int_eq(d.version, 100);
	ck_assert_str_eq(d.encoding, "UTF-8");
}
END_TEST

/* ---- bag-info.txt ---- */

static int collect(void *arg, struct lb_span label, struct lb_span value, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "[%.*s|%.*s]", (int)label.n, label.p, (int)value.n, value.p);
	return LB_OK;
}

static const struct { const char *text, *elements; } infos[] = {
	{"", ""},
	{"A: b\n", "[A|b]"},
	{"A:b\r\nC: d", "[A|b][C|d]"},
	{"A: one\n  two\n\tthree\nB: x\n", "[A|one two three][B|x]"},
	{"A:\n  late\n", "[A|late]"},
	{"A: b: c\n", "[A|b: c]"},
	{"A: 1\n\nA: 2\n", "[A|1][A|2]"},
	{"A:\n", "[A|]"},
	{" \n\t\nA: b\n", "[A|b]"},
};

START_TEST(parses_info)
{
	struct lb_buf b = LB_BUF(1000);
	ck_assert_ok(lb_bag_info_parse(text(infos[_i].text), collect, &b, NULL, &err));
	ck_assert_str_eq(lb_buf_str(&b), infos[_i].elements);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(refuses_info)
{
	static const char *const bad[] = {"A\n", "A: b\nno colon\n", ": b\n", "  : b\n", " folded\n", "\tx\n"};
	struct lb_buf b = LB_BUF(1000);
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_int_eq(lb_bag_info_parse(text(bad[i]), collect, &b, NULL, &err), LB_FORMAT);
	lb_buf_clear(&b);
}
END_TEST

static int stop(void *arg, struct lb_span label, struct lb_span value, struct lb_error *e)
{
	(void)arg, (void)label, (void)value;
	return lb_fail(e, LB_CANCELLED, "enough");
}

START_TEST(info_stops_when_told)
{
	ck_assert_int_eq(lb_bag_info_parse(text("A: b\n"), stop, NULL, NULL, &err), LB_CANCELLED);
}
END_TEST

START_TEST(formats_info)
{
	struct lb_buf b = LB_BUF(1000), back = LB_BUF(1000);
	lb_bag_info_format(&b, "A", "one\ntwo\r\n\r\n three \n");
	lb_bag_info_format(&b, "B", "plain: text");
	lb_bag_info_format(&b, "C", "");
	ck_assert_str_eq(lb_buf_str(&b), "A: one\n  two\n  three\nB: plain: text\nC:\n");
	ck_assert_ok(lb_bag_info_parse(lb_buf_span(&b), collect, &back, NULL, &err));
	ck_assert_str_eq(lb_buf_str(&back), "[A|one two three][B|plain: text][C|]");
	lb_buf_clear(&b);
	lb_buf_clear(&back);
}
END_TEST

START_TEST(parses_oxum)
{
	uint64_t octets, files;
	ck_assert(lb_bag_oxum_parse(text("279164409832.1198"), &octets, &files));
	ck_assert(octets == 279164409832u && files == 1198);
	static const char *const bad[] = {"", "1", "1.", ".1", "1.2.3", "-1.2", "1. 2", "99999999999999999999.1"};
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert(!lb_bag_oxum_parse(text(bad[i]), &octets, &files));
}
END_TEST

START_TEST(knows_manifest_names)
{
	bool tag, known;
	enum lb_hash hash;
	ck_assert(lb_bag_manifest_name(text("manifest-sha256.txt"), &tag, &hash, &known));
	ck_assert(!tag && known && hash == LB_SHA256);
	ck_assert(lb_bag_manifest_name(text("tagmanifest-sha512.txt"), &tag, &hash, &known));
	ck_assert(tag && known && hash == LB_SHA512);
	ck_assert(lb_bag_manifest_name(text("manifest-blake3.txt"), &tag, &hash, &known));
	ck_assert(!tag && !known);
	static const char *const others[] = {"manifest-.txt", "manifest.txt", "manifest-md5", "manifest-md5.TXT",
		"amanifest-md5.txt", "tagmanifest-.txt", ""};
	for (size_t i = 0; i < LB_COUNT(others); i++)
		ck_assert(!lb_bag_manifest_name(text(others[i]), &tag, &hash, &known));
}
END_TEST

/* ---- encodings ---- */

static const struct { const char *encoding, *bytes; size_t n; const char *utf8; } encoded[] = {
	{"UTF-8", "a\xC3\xA9", 3, "a\xC3\xA9"},
	{"utf-8", "\xEF\xBB\xBF" "a", 4, "a"},
	{"UTF-16", "\xFF\xFE" "a\0\xE9\0", 6, "a\xC3\xA9"},
	{"UTF-16", "\xFE\xFF\0a\0\xE9", 6, "a\xC3\xA9"},
	{"UTF-16", "\0a", 2, "a"},
	{"UTF-16LE", "a\0", 2, "a"},
	{"UTF-16BE", "\xD8\x3D\xDE\x00", 4, "\xF0\x9F\x98\x80"},
	{"ISO-8859-1", "a\xE9", 2, "a\xC3\xA9"},
	{"US-ASCII", "abc", 3, "abc"},
	{"UTF-8", "a\xFF", 2, NULL},
	{"UTF-16", "\xFF\xFE" "a", 3, NULL},
	{"UTF-16BE", "\xD8\x3D", 2, NULL},
	{"UTF-16BE", "\xD8\x3D\0a", 4, NULL},
	{"UTF-16BE", "\xDE\x00", 2, NULL},
	{"US-ASCII", "a\x80", 2, NULL},
};

START_TEST(decodes)
{
	struct lb_buf b = LB_BUF(100);
	int rc = lb_bag_decode((struct lb_span){encoded[_i].bytes, encoded[_i].n}, encoded[_i].encoding, &b, &err);
	ck_assert_int_eq(rc, encoded[_i].utf8 ? LB_OK : LB_FORMAT);
	if (encoded[_i].utf8)
		ck_assert_str_eq(lb_buf_str(&b), encoded[_i].utf8);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(does_not_guess_encodings)
{
	struct lb_buf b = LB_BUF(100);
	ck_assert_int_eq(lb_bag_decode(text("x"), "EBCDIC", &b, &err), LB_UNSUPPORTED);
	b.max = 2;
	ck_assert_int_eq(lb_bag_decode(text("too long"), "UTF-8", &b, &err), LB_LIMIT);
	lb_buf_clear(&b);
}
END_TEST

static void teardown(void)
{
	lb_arena_clear(&arena);
}

Suite *test_suite(void)
{
	Suite *suite = suite_create("bag");
	TCase *t = tcase_create("bag");
	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_loop_test(t, parses_lines, 0, LB_COUNT(lines));
	tcase_add_loop_test(t, refuses_lines, 0, LB_COUNT(bad_lines));
	tcase_add_test(t, refuses_nul_and_endless_paths);
	tcase_add_loop_test(t, formats_what_it_parses, 0, LB_COUNT(any_paths));
	tcase_add_test(t, cuts_lines_at_any_line_end);
	tcase_add_test(t, parses_fetch);
	tcase_add_loop_test(t, parses_declarations, 0, LB_COUNT(declarations));
	tcase_add_loop_test(t, refuses_declarations, 0, LB_COUNT(bad_declarations));
	tcase_add_test(t, own_declaration_is_version_1);
	tcase_add_loop_test(t, parses_info, 0, LB_COUNT(infos));
	tcase_add_test(t, refuses_info);
	tcase_add_test(t, info_stops_when_told);
	tcase_add_test(t, formats_info);
	tcase_add_test(t, parses_oxum);
	tcase_add_test(t, knows_manifest_names);
	tcase_add_loop_test(t, decodes, 0, LB_COUNT(encoded));
	tcase_add_test(t, does_not_guess_encodings);
	suite_add_tcase(suite, t);
	return suite;
}
