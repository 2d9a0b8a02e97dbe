#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"
#include "tests/support/support.h"

static struct lb_json *parse_ok(const char *text)
{
	struct lb_error err = {0};
	struct lb_json *v = NULL;
	ck_assert_ok(lb_json_parse(lb_span(text), &v, &err));
	return v;
}

static int parse_status(struct lb_span text)
{
	struct lb_error err = {0};
	struct lb_json *v = NULL;
	int rc = lb_json_parse(text, &v, &err);
	ck_assert((rc == 0) == (v != NULL));
	ck_assert(rc == 0 || (err.what[0] && err.status == (enum lb_status)rc));
	lb_json_free(v);
	return rc;
}

START_TEST(reading)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = parse_ok("{\"s\":\"\\u00e9\\ud83d\\ude00\",\"i\":-9223372036854775808,\"n\":1.5,\"t\":true,\"z\":null,\"a\":[1,[2],{}],\"o\":{\"k\":\"v\"}}");
	ck_assert_str_eq(lb_json_get_str(v, "s"), "\xC3\xA9\xF0\x9F\x98\x80");
	ck_assert_int_eq(lb_json_int(lb_json_get(v, "i"), 5), INT64_MIN);
	ck_assert(fabs(lb_json_num(lb_json_get(v, "n"), 0) - 1.5) < 1e-12);
	ck_assert(fabs(lb_json_num(lb_json_at(lb_json_get(v, "a"), 0), 0) - 1) < 1e-12);
	ck_assert_int_eq(lb_json_int(lb_json_get(v, "n"), 5), 5);
	ck_assert(lb_json_bool(lb_json_get(v, "t"), false) && lb_json_bool(lb_json_get(v, "s"), true));
	ck_assert(lb_json_is_null(lb_json_get(v, "z")) && !lb_json_is_null(lb_json_get(v, "absent")));
	ck_assert(lb_json_is_object(v) && !lb_json_is_array(v) && lb_json_is_array(lb_json_get(v, "a")));
	ck_assert_uint_eq(lb_json_count(v), 7);
	ck_assert_uint_eq(lb_json_count(lb_json_get(v, "a")), 3);
	ck_assert_ptr_null(lb_json_at(lb_json_get(v, "a"), 3));
	ck_assert_str_eq(lb_json_get_str(lb_json_get(v, "o"), "k"), "v");
}
END_TEST

START_TEST(wrong_types_are_harmless)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = parse_ok("[\"x\"]");
	const struct lb_json *s = lb_json_at(v, 0);
	ck_assert_ptr_null(lb_json_get(NULL, "k"));
	ck_assert_ptr_null(lb_json_get(v, "k"));
	ck_assert_ptr_null(lb_json_at(s, 0));
	ck_assert_ptr_null(lb_json_at(NULL, 0));
	ck_assert_ptr_null(lb_json_str(v));
	ck_assert_ptr_null(lb_json_str(NULL));
	ck_assert_int_eq(lb_json_int(NULL, 3) + lb_json_int(s, 4), 7);
	ck_assert(lb_json_num(s, 2) > 1.5 && lb_json_bool(NULL, true) && !lb_json_is_object(NULL) && !lb_json_is_array(NULL));
	ck_assert_uint_eq(lb_json_count(s) + lb_json_count(NULL), 0);
	void *it = NULL;
	const char *key;
	const struct lb_json *value;
	ck_assert(!lb_json_each(v, &it, &key, &value) && !lb_json_each(NULL, &it, &key, &value));
	lb_json_free(NULL);
}
END_TEST

START_TEST(order_of_the_file)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = parse_ok("{\"9\":0,\"10\":1,\"__proto__\":2,\"a\":3,\"2780177093\":4,\"869031\":5}");
	static const char *const keys[] = { "9", "10", "__proto__", "a", "2780177093", "869031" };
	void *it = NULL;
	const char *key;
	const struct lb_json *value;
	size_t n = 0;
	for (; lb_json_each(v, &it, &key, &value); n++) {
		ck_assert_str_eq(key, keys[n]);
		ck_assert_int_eq(lb_json_int(value, -1), (int64_t)n);
	}
	ck_assert_uint_eq(n, LB_COUNT(keys));
}
END_TEST

START_TEST(refused)
{
	static const char *const bad[] = { "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{'a':1}", "{a:1}", "[1] x", "[1][2]", "nul",
		"\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "[\"\n\"]", "\"\xFF\"", "\"\xED\xA0\x80\"", "01", "1.", ".5", "+1", "NaN", "Infinity",
		"99999999999999999999", "1e999", "[", "\"", "\"\\", "/**/1", "\xEF\xBB\xBF{}" };
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(parse_status(lb_span(bad[i])) == LB_FORMAT, "%s", bad[i]);
	ck_assert_int_eq(parse_status((struct lb_span){ "[1]\0", 4 }), LB_FORMAT);
	ck_assert_int_eq(parse_status((struct lb_span){ NULL, 0 }), LB_FORMAT);
}
END_TEST

/* `depth` openings of one kind, closed again. */
static int status_of_depth(size_t depth, const char *open, const char *close)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 24);
	for (size_t i = 0; i < depth; i++)
		lb_buf_adds(&b, open);
	lb_buf_adds(&b, "1");
	for (size_t i = 0; i < depth; i++)
		lb_buf_adds(&b, close);
	return parse_status(lb_buf_span(&b));
}

START_TEST(nesting)
{
	ck_assert_int_eq(status_of_depth(128, "[", "]"), 0);
	ck_assert_int_eq(status_of_depth(129, "[", "]"), LB_LIMIT);
	ck_assert_int_eq(status_of_depth(129, "{\"[\":", "}"), LB_LIMIT);
	ck_assert_int_eq(status_of_depth(1000000, "[", "]"), LB_LIMIT);
	ck_assert_int_eq(parse_status(lb_span("[\"[[[[[\\\"[[[\", \"]]]]]\"]")), 0);
	LB_AUTO(lb_buf_clear) struct lb_buf flat = LB_BUF(1 << 20);
	lb_buf_adds(&flat, "[[]");
	for (int i = 0; i < 500; i++)
		lb_buf_adds(&flat, ",[\"[\"]");
	lb_buf_adds(&flat, "]");
	ck_assert_int_eq(parse_status(lb_buf_span(&flat)), 0);
}
END_TEST

static void write_sample(struct lb_jw *w)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "id", "1");
	lb_jw_array(w, "list");
	lb_jw_int(w, NULL, 1);
	lb_jw_object(w, NULL);
	lb_jw_bool(w, "yes", true);
	lb_jw_null(w, "none");
	lb_jw_end(w);
	lb_jw_array(w, NULL);
	lb_jw_end(w);
	lb_jw_end(w);
	lb_jw_object(w, "empty");
	lb_jw_end(w);
	lb_jw_raw(w, "raw", "[1,2]");
	lb_jw_str(w, "absent", NULL);
	lb_jw_end(w);
}

START_TEST(writing)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	struct lb_jw w;
	lb_jw_begin(&w, &b, false);
	write_sample(&w);
	ck_assert_str_eq(lb_buf_str(&b),
		"{\n  \"id\": \"1\",\n  \"list\": [\n    1,\n    {\n      \"yes\": true,\n      \"none\": null\n    },\n    []\n  ],\n"
		"  \"empty\": {},\n  \"raw\": [1,2],\n  \"absent\": null\n}");
	lb_buf_reset(&b);
	lb_jw_begin(&w, &b, true);
	write_sample(&w);
	ck_assert_str_eq(lb_buf_str(&b), "{\"id\":\"1\",\"list\":[1,{\"yes\":true,\"none\":null},[]],\"empty\":{},\"raw\":[1,2],\"absent\":null}");
}
END_TEST

START_TEST(deepest_writing)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	for (int i = 0; i < 32; i++)
		(i % 3 ? lb_jw_array : lb_jw_object)(&w, i && (i - 1) % 3 == 0 ? "k" : NULL);
	for (int i = 0; i < 32; i++)
		lb_jw_end(&w);
	LB_AUTO(lb_json_freep) struct lb_json *v = parse_ok(lb_buf_str(&b)); /* only if closers mirror the openers */
	size_t depth = 0;
	for (const struct lb_json *inner = v; inner; depth++)
		inner = lb_json_is_object(inner) ? lb_json_get(inner, "k") : lb_json_at(inner, 0);
	ck_assert_uint_eq(depth, 32);
}
END_TEST

static void check_string(const char *value, const char *written)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	lb_jw_str(&w, NULL, value);
	ck_assert_str_eq(lb_buf_str(&b), written);
}

START_TEST(strings)
{
	check_string("", "\"\"");
	check_string("h\xC3\xA9 \xF0\x9F\x98\x80 \xD8\xA7", "\"h\xC3\xA9 \xF0\x9F\x98\x80 \xD8\xA7\"");
	check_string("\"\\/\b\f\n\r\t", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
	check_string("\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\"");
	check_string("</script><!--", "\"\\u003c/script>\\u003c!--\"");
	check_string("\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\"");
	check_string("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8B\xEF\xBB\xBF", "\"\\u202e\\u2066\\u200b\\ufeff\"");
	check_string("\xC2\x85", "\"\\u0085\"");
	check_string("\xED\xA0\x80", "\"\\ufffd\\ufffd\\ufffd\"");
	check_string("a\xFFz\xC3", "\"a\\ufffdz\\ufffd\"");
	check_string("\xF4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
}
END_TEST

START_TEST(every_character_comes_back)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(8 << 20);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(32 << 20);
	for (uint32_t c = 1; c <= 0x10FFFF; c++)
		if (c < 0xD800 || c > 0xDFFF)
			lb_utf8_add(&text, c);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	lb_jw_str(&w, NULL, lb_buf_str(&text));
	struct lb_error err = {0};
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	ck_assert_ok(lb_json_parse(lb_buf_span(&b), &v, &err));
	ck_assert(strcmp(lb_json_str(v), lb_buf_str(&text)) == 0);
}
END_TEST

static void check_number(double value, const char *written)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	lb_jw_num(&w, NULL, value);
	ck_assert_str_eq(lb_buf_str(&b), written);
}

static void check_numbers(void)
{
	check_number(49.175643, "49.175643");
	check_number(-123.1, "-123.1");
	check_number(0, "0");
	check_number(100, "100");
	check_number(0.1, "0.1");
	check_number(1e16, "10000000000000000");
	check_number(1e21, "1e+21");
	check_number(0.00001, "0.00001");
	check_number(1.5e-7, "1.5e-07");
	check_number(1.0 / 3, "0.3333333333333333");
	check_number(5e-324, "5e-324");
	check_number(DBL_MAX, "1.7976931348623157e+308");
	check_number(9007199254740993.0, "9007199254740992");
	check_number(NAN, "null");
	check_number(INFINITY, "null");
}

START_TEST(numbers)
{
	check_numbers();
	if (setlocale(LC_NUMERIC, "de_DE.UTF-8") || setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
		check_numbers();
	setlocale(LC_NUMERIC, "C");
}
END_TEST

START_TEST(numbers_come_back)
{
	srand(7);
	for (int i = 0; i < 20000; i++) {
		double value = (rand() - RAND_MAX / 2) * pow(10, rand() % 40 - 20) / (rand() + 1.0), back;
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(100);
		struct lb_jw w;
		lb_jw_begin(&w, &b, true);
		lb_jw_num(&w, NULL, value);
		ck_assert(lb_parse_double(lb_buf_span(&b), &back));
		ck_assert_msg(memcmp(&back, &value, sizeof back) == 0 || (back < 1e-300 && value < 1e-300), "%s", lb_buf_str(&b));
	}
}
END_TEST

/* "key:value|" of each part. */
static void parts_are(const char *text, const char *expected)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	struct lb_json_parts parts;
	struct lb_json_part part;
	ck_assert(lb_json_parts_begin(lb_span(text), &parts));
	while (lb_json_parts_next(&parts, &part))
		lb_buf_addf(&b, "%.*s:%.*s|", (int)part.key.n, part.key.p, (int)part.value.n, part.value.p);
	ck_assert_str_eq(lb_buf_str(&b), expected);
}

START_TEST(parts)
{
	struct lb_json_parts none;
	struct lb_span value;
	parts_are(" { } ", "");
	parts_are("[]", "");
	parts_are("[1, \"]\" ,\n[2,[3]],{\"a\":\"}\"} , null]", ":1|:\"]\"|:[2,[3]]|:{\"a\":\"}\"}|:null|");
	parts_are("{\"a\" : \"\\\"\\\\\",\"b\\\"\":{\"c\":[]}, \"\":true}", "a:\"\\\"\\\\\"|b\\\":{\"c\":[]}|:true|");
	static const char *const broken[][2] = {{"[1,", ":1|"}, {"[1 2]", ":1|"}, {"[1,,2]", ":1|"}, {"{\"a\"}", ""}, {"{\"a\":", ""}, {"[\"a", ""},
		{"[[1", ""}, {"{1:2}", ""}, {"[", ""}, {"{\"a\":1]", "a:1|"}};
	for (size_t i = 0; i < LB_COUNT(broken); i++)
		parts_are(broken[i][0], broken[i][1]);
	ck_assert(!lb_json_parts_begin(lb_span(""), &none) && !lb_json_parts_begin(lb_span("1"), &none));
	ck_assert(lb_json_member(lb_span("{\"x\":{\"a\":1},\"a\": 2 }"), "a", &value) && lb_span_is(value, "2"));
	ck_assert(!lb_json_member(lb_span("[\"a\"]"), "a", &value) && !lb_json_member(lb_span("{\"b\":1}"), "a", &value));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("text: JSON");
	TCase *t = tcase_create("JSON");
	tcase_set_timeout(t, 60);
	tcase_add_test(t, reading);
	tcase_add_test(t, wrong_types_are_harmless);
	tcase_add_test(t, order_of_the_file);
	tcase_add_test(t, refused);
	tcase_add_test(t, nesting);
	tcase_add_test(t, writing);
	tcase_add_test(t, deepest_writing);
	tcase_add_test(t, strings);
	tcase_add_test(t, every_character_comes_back);
	tcase_add_test(t, numbers);
	tcase_add_test(t, numbers_come_back);
	tcase_add_test(t, parts);
	suite_add_tcase(s, t);
	return s;
}
