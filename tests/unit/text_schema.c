/* The JSON Schema validator: what it knows means what the standard says; what it does not know is refused. */
#include <string.h>

#include "format/package/schemas_private.h"
#include "tests/support/support.h"

static struct lb_error err;
static struct lb_buf told = LB_BUF(1 << 16);

static void note(void *arg, const char *pointer, const char *message)
{
	(void)arg;
	lb_buf_addf(&told, "[%s] %s\n", pointer, message);
}

static struct lb_json *json(const char *text)
{
	struct lb_json *v = NULL;
	ck_assert_msg(lb_json_parse(lb_span(text), &v, &err) == 0, "%s: %s", text, err.what);
	return v;
}

static bool is_valid(const char *schema, const char *text, size_t most)
{
	const struct lb_schema_source source = {"s", schema};
	LB_AUTO(lb_schemas_freep) struct lb_schemas *set = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *v = json(text);
	lb_buf_reset(&told);
	ck_assert_msg(lb_schemas_compile(&source, 1, &set, &err) == 0, "%s: %s", schema, err.what);
	const bool good = lb_schema_check(lb_schemas_find(set, "s"), v, most, note, NULL);
	ck_assert_msg(good == (told.len == 0), "%s of %s: %s", schema, text, lb_buf_str(&told));
	return good;
}

static const struct { const char *schema; const char *good[6], *bad[6]; } cases[] = {
	{"true", {"1", "null"}, {0}},
	{"false", {0}, {"1", "{}"}},
	{"{\"type\":\"integer\"}", {"1", "-3", "2.0"}, {"1.5", "\"1\"", "null"}},
	{"{\"type\":\"number\"}", {"1", "1.5"}, {"\"1\"", "true"}},
	{"{\"type\":[\"string\",\"null\"]}", {"\"\"", "null"}, {"0", "[]", "{}", "false"}},
	{"{\"const\":1}", {"1", "1.0"}, {"2", "\"1\"", "true"}},
	{"{\"const\":null}", {"null"}, {"0", "false", "\"\""}},
	{"{\"enum\":[\"a\",null,true]}", {"\"a\"", "null", "true"}, {"\"b\"", "false", "0"}},
	{"{\"minimum\":0,\"maximum\":2.5}", {"0", "2.5", "\"x\""}, {"-1", "3", "-0.1"}},
	{"{\"minLength\":2,\"maxLength\":3}", {"\"ab\"", "\"\xc3\xa9\xc3\xa9\xc3\xa9\"", "7"}, {"\"a\"", "\"abcd\"", "\"\xc3\xa9\""}},
	{"{\"minLength\":1}", {"\"a\"", "null"}, {"\"\""}},
	{"{\"pattern\":\"^a\"}", {"\"a\"", "\"abc\\u00e9\"", "1"}, {"\"\"", "\"ba\""}},
	{"{\"pattern\":\"^$\"}", {"\"\""}, {"\"a\""}},
	{"{\"pattern\":\"^[0-9a-f]{4}$\"}", {"\"12af\""}, {"\"12a\"", "\"12aff\"", "\"12aF\"", "\"12a\\u00e9\"", "\"12af\\n\""}},
	{"{\"pattern\":\"^(ab?|c+)(-x){0,2}y*$\"}", {"\"a\"", "\"ab-x-xyy\"", "\"ccc\"", "\"ay\""}, {"\"\"", "\"b\"", "\"a-x-x-x\"", "\"cab\""}},
	{"{\"pattern\":\"^a{2,}$\"}", {"\"aa\"", "\"aaaaa\""}, {"\"a\"", "\"aab\""}},
	{"{\"pattern\":\"^(a|)*b$\"}", {"\"b\"", "\"aaab\""}, {"\"a\""}},
	{"{\"pattern\":\"^a\\\\.b\\\\\\\\c$\"}", {"\"a.b\\\\c\""}, {"\"axb\\\\c\""}},
	{"{\"items\":{\"type\":\"integer\"},\"minItems\":1,\"maxItems\":2}", {"[1]", "[1,2]", "{}"}, {"[]", "[1,2,3]", "[\"a\"]"}},
	{"{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"integer\"}}", {"[]", "[\"a\"]", "[\"a\",1]"}, {"[1]", "[\"a\",\"b\"]"}},
	{"{\"properties\":{\"a\":{\"type\":\"integer\"}},\"required\":[\"a\",\"b\"]}", {"{\"a\":1,\"b\":0}", "{\"b\":0,\"c\":0,\"a\":1}", "[]"},
		{"{}", "{\"a\":1}", "{\"a\":\"x\",\"b\":0}"}},
	{"{\"required\":[\"a\"]}", {"{\"a\":null}"}, {"{}", "{\"b\":1}"}},
	{"{\"properties\":{\"a\":true},\"additionalProperties\":{\"type\":\"null\"}}", {"{\"a\":1,\"b\":null}"}, {"{\"b\":1}"}},
	{"{\"additionalProperties\":false}", {"{}", "1"}, {"{\"a\":1}"}},
	{"{\"propertyNames\":{\"pattern\":\"^[a-z]+$\",\"maxLength\":3}}", {"{\"abc\":1}"}, {"{\"A\":1}", "{\"abcd\":1}"}},
	{"{\"propertyNames\":{\"enum\":[\"a\",\"b\"]},\"minProperties\":1}", {"{\"a\":1}"}, {"{\"c\":1}", "{}"}},
	{"{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\",\"minLength\":2}]}", {"null", "\"ab\""}, {"\"a\"", "1"}},
	{"{\"allOf\":[{\"minimum\":1},{\"maximum\":2}]}", {"1", "2"}, {"0", "3"}},
	{"{\"if\":{\"properties\":{\"s\":{\"const\":true}}},\"then\":{\"required\":[\"t\"]},\"else\":{\"required\":[\"e\"]}}",
		{"{\"s\":true,\"t\":1}", "{\"s\":false,\"e\":1}", "{\"t\":1}"}, {"{\"s\":true,\"e\":1}", "{\"s\":0}"}},
	{"{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"type\":\"integer\"}},\"minimum\":3}", {"3"}, {"2", "\"x\""}},
	{"{\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":[\"v\"]}", {"{\"v\":1,\"next\":{\"v\":2}}"}, {"{\"v\":1,\"next\":{}}"}},
	{"{\"$defs\":{\"a/b~c\":{\"type\":\"null\"}},\"$ref\":\"#/$defs/a~1b~0c\"}", {"null"}, {"1"}},
};

START_TEST(means_what_the_standard_says)
{
	for (size_t i = 0; i < 6 && cases[_i].good[i]; i++)
		ck_assert_msg(is_valid(cases[_i].schema, cases[_i].good[i], 9), "%s refuses %s: %s", cases[_i].schema, cases[_i].good[i], lb_buf_str(&told));
	for (size_t i = 0; i < 6 && cases[_i].bad[i]; i++)
		ck_assert_msg(!is_valid(cases[_i].schema, cases[_i].bad[i], 9), "%s takes %s", cases[_i].schema, cases[_i].bad[i]);
}
END_TEST

static const char *const refused[] = {
	"1", "[]", "{\"format\":\"date\"}", "{\"properties\":{\"a\":{\"uniqueItems\":true}}}", "{\"type\":\"text\"}", "{\"type\":[]}", "{\"type\":{}}",
	"{\"enum\":[]}", "{\"enum\":[[]]}", "{\"const\":{}}", "{\"const\":1.5}", "{\"required\":[1]}", "{\"required\":[\"a\",\"a\"]}", "{\"required\":\"a\"}",
	"{\"minimum\":\"1\"}", "{\"minLength\":-1}", "{\"maxItems\":1.5}", "{\"items\":[]}", "{\"anyOf\":{}}", "{\"anyOf\":[]}", "{\"$ref\":\"#/nowhere\"}",
	"{\"$ref\":\"other.json\"}", "{\"$ref\":\"#\"}", "{\"anyOf\":[{\"$ref\":\"#\"}]}", "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
	"{\"pattern\":\"a\"}", "{\"pattern\":\"^[a\"}", "{\"pattern\":\"^(a\"}", "{\"pattern\":\"^a)\"}", "{\"pattern\":\"^a{2,1}$\"}", "{\"pattern\":\"^a{999}$\"}",
	"{\"pattern\":\"^*\"}", "{\"pattern\":\"^a**$\"}", "{\"pattern\":\"^.$\"}", "{\"pattern\":\"^[^a]$\"}", "{\"pattern\":\"^\\\\d$\"}", "{\"pattern\":\"^a$b\"}",
	"{\"pattern\":\"^\xc3\xa9$\"}", "{\"pattern\":\"^(?:a)$\"}", "{\"pattern\":\"^(([0-9]{250}){250}){250}$\"}", "{\"pattern\":1}", "{\"title\":1}", "{\"$defs\":[]}",
	"{\"properties\":[]}", "{\"$id\":1}", "{",
};

START_TEST(refuses_what_it_does_not_know)
{
	const struct lb_schema_source source = {"s", refused[_i]};
	struct lb_schemas *set = NULL;
	err = (struct lb_error){0};
	ck_assert_msg(lb_schemas_compile(&source, 1, &set, &err) == LB_FORMAT && !set && err.what[0], "%s was taken", refused[_i]);
}
END_TEST

START_TEST(schemas_refer_to_each_other)
{
	const struct lb_schema_source sources[] = {
		{"a.json", "{\"$id\":\"https://x.invalid/1/a.json\",\"items\":{\"$ref\":\"b.json#/$defs/n\"},\"anyOf\":[{\"$ref\":\"https://x.invalid/1/b.json\"}]}"},
		{"b.json", "{\"$id\":\"https://x.invalid/1/b.json\",\"type\":\"array\",\"$defs\":{\"n\":{\"type\":\"integer\"}}}"},
	};
	LB_AUTO(lb_schemas_freep) struct lb_schemas *set = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *good = json("[1]"), *bad = json("[\"1\"]");
	ck_assert_ok(lb_schemas_compile(sources, 2, &set, &err));
	ck_assert(lb_schema_check(lb_schemas_find(set, "a.json"), good, 1, note, NULL));
	ck_assert(!lb_schema_check(lb_schemas_find(set, "a.json"), bad, 1, note, NULL));
	ck_assert(lb_schemas_find(set, "b.json#/$defs/n") != NULL);
	ck_assert(!lb_schemas_find(set, "b.json#/$defs/m") && !lb_schemas_find(set, "c.json"));
}
END_TEST

START_TEST(tells_where_and_what)
{
	static const char schema[] = "{\"properties\":{\"a/b\":{\"items\":{\"type\":[\"string\",\"null\"]}}},\"required\":[\"id\"]}";
	ck_assert(!is_valid(schema, "{\"a/b\":[null,7,\"x\",false]}", 9));
	ck_assert_str_eq(lb_buf_str(&told), "[/a~1b/1] expected a string or null, found 7\n[/a~1b/3] expected a string or null, found false\n[] \"id\" is missing\n");
	ck_assert(!is_valid(schema, "{\"a/b\":[1,2,3,4,5,6,7]}", 2));
	ck_assert_str_eq(lb_buf_str(&told), "[/a~1b/0] expected a string or null, found 1\n[/a~1b/1] expected a string or null, found 2\n");
	ck_assert(!is_valid("{\"propertyNames\":{\"pattern\":\"^a$\"}}", "{\"\\u202ex\":1}", 9));
	ck_assert_msg(!strstr(lb_buf_str(&told), "\xe2\x80\xae"), "%s", lb_buf_str(&told));
	ck_assert(!is_valid("{\"anyOf\":[{\"enum\":[\"a\",\"b\"]},{\"type\":\"null\"}]}", "\"c\"", 9));
	ck_assert(!is_valid("{\"enum\":[\"a\",null]}", "\"c\"", 9));
	ck_assert_str_eq(lb_buf_str(&told), "[] expected one of \"a\", null, found \"c\"\n");
}
END_TEST

START_TEST(the_schemas_of_the_format_are_known)
{
	LB_AUTO(lb_schemas_freep) struct lb_schemas *set = NULL;
	ck_assert_uint_eq(lb_format_schema_count, 17);
	ck_assert_msg(lb_schemas_compile(lb_format_schemas, lb_format_schema_count, &set, &err) == 0, "%s", err.what);
	for (size_t i = 0; i < lb_format_schema_count; i++) {
		ck_assert(i == 0 || strcmp(lb_format_schemas[i - 1].name, lb_format_schemas[i].name) < 0);
		ck_assert_ptr_nonnull(lb_schemas_find(set, lb_format_schemas[i].name));
	}
}
END_TEST

/* ---- large documents in pieces ---- */

static int take(void *arg, size_t i, const struct lb_json *v, struct lb_error *e)
{
	struct lb_buf *b = arg;
	lb_buf_addf(b, "%zu:%s%lld ", i, lb_json_is_object(v) ? "o" : lb_json_str(v) ? lb_json_str(v) : "", (long long)lb_json_int(v, -1));
	return i == 90 ? lb_fail(e, LB_CANCELLED, "enough") : LB_OK;
}

static int cut(const char *text, size_t step, struct lb_buf *out)
{
	LB_AUTO(lb_json_freep) struct lb_json *rest = NULL;
	struct lb_json_cutter *c = lb_json_cutter_new("list", take, out);
	int rc = 0;
	lb_buf_reset(out);
	for (size_t i = 0, n = strlen(text); i < n && !rc; i += step)
		rc = lb_json_cutter_feed(c, text + i, i + step < n ? step : n - i, &err);
	rc = rc ? rc : lb_json_cutter_end(c, &rest, &err);
	lb_json_cutter_free(c);
	if (!rc)
		lb_buf_addf(out, "rest %zu list %zu", lb_json_count(rest), lb_json_count(lb_json_get(rest, "list")));
	return rc;
}

START_TEST(a_list_in_pieces)
{
	static const struct { const char *text, *expected; } good[] = {
		{"{\"a\":1,\"list\":[1, 22 ,{\"x\":[\"]\\\\\\\"}\",{}]},\"s\" ],\"b\":[\"list\",[1]]}", "0:1 1:22 2:o-1 3:s-1 rest 3 list 0"},
		{"{\"list\" : [ ] }", "rest 1 list 0"}, {"[1,2]", "rest 2 list 0"}, {"{\"x\":{\"list\":[1]}}", "rest 1 list 0"},
		{"{\"x\":\"list\",\"y\":[1],\"list\":[7]}", "0:7 rest 3 list 0"}, {"{\"list\":{\"a\":[1]}}", "rest 1 list 1"},
	};
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(4096);
	for (size_t i = 0; i < LB_COUNT(good); i++)
		for (size_t step = 1; step < 40; step++) {
			ck_assert_msg(cut(good[i].text, step, &out) == 0, "%s: %s", good[i].text, err.what);
			ck_assert_str_eq(lb_buf_str(&out), good[i].expected);
		}
}
END_TEST

START_TEST(broken_pieces)
{
	static const char *const bad[] = {"{\"list\":[1,]}", "{\"list\":[,1]}", "{\"list\":[1 2]}", "{\"list\":[1", "{\"list\":[1}", "{\"list\":[}]}", "{\"list\":[1]",
		"{\"list\":[1]}}", "{\"list\":[1],\"list\":[2]}", "{\"list\":[{\"a\":1,\"a\":2}]}", "{\"list\":[tru]}", "{\"list\":[\"a]}", "", "{\"list\":[]]}"};
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(4096);
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		for (size_t step = 1; step < 20; step += 3) {
			err = (struct lb_error){0};
			ck_assert_msg(cut(bad[i], step, &out) == LB_FORMAT && err.what[0], "\"%s\" was taken", bad[i]);
		}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("text: JSON Schema");
	TCase *t = tcase_create("schemas");
	tcase_add_loop_test(t, means_what_the_standard_says, 0, LB_COUNT(cases));
	tcase_add_loop_test(t, refuses_what_it_does_not_know, 0, LB_COUNT(refused));
	tcase_add_test(t, schemas_refer_to_each_other);
	tcase_add_test(t, tells_where_and_what);
	tcase_add_test(t, the_schemas_of_the_format_are_known);
	tcase_add_test(t, a_list_in_pieces);
	tcase_add_test(t, broken_pieces);
	suite_add_tcase(s, t);
	return s;
}
