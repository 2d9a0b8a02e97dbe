#include <string.h>

#include "format/text/text.h"
#include "tests/support/support.h"

START_TEST(accepted)
{
	static const struct { const char *text, *name; } cases[] = {
		{"const photo = {\"id\":\"1\"};\n", "photo"}, {"let a={\"id\":\"1\"}", "a"}, {"var photoIndex\t=\n{\"id\":\"1\"}\n;\n\n", "photoIndex"},
		{"bare = {\"id\":\"1\"};", "bare"}, {"\xEF\xBB\xBF \r\nconst\nx\n=\n{\"id\":\"1\"};", "x"},
		{"constant = {\"id\":\"1\"}", "constant"}, {"const letter = {\"id\":\"1\"}", "letter"},
		{"const abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGHIJK = {\"id\":\"1\"};",
			"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGHIJK"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_error err = {0};
		char name[64] = "";
		LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
		ck_assert_ok(lb_datajs_parse(lb_span(cases[i].text), name, &v, &err));
		ck_assert_str_eq(name, cases[i].name);
		ck_assert_str_eq(lb_json_get_str(v, "id"), "1");
	}
}
END_TEST

START_TEST(any_value)
{
	static const char *const texts[] = { "a=[]", "a=1", "a=\";\";", "a=null;", "a = \"const b = {};\"" };
	for (size_t i = 0; i < LB_COUNT(texts); i++) {
		struct lb_error err = {0};
		char name[64];
		LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
		ck_assert_ok(lb_datajs_parse(lb_span(texts[i]), name, &v, &err));
		ck_assert_str_eq(name, "a");
	}
}
END_TEST

START_TEST(refused)
{
	static const char *const texts[] = {
		"", " ", "{}", "const", "const =", "const = {}", "const photo", "const photo {}", "const photo = ", "const photo = ;",
		"const photo = {};;", "const photo = {}; x", "const photo = {}; const b = {};", "const photo = {},", "const photo == {};",
		"const photo = {\"a\":1,};", "const photo = {\"a\":1,\"a\":2};", "const photo = {a:1};", "const photo = {'a':1};",
		"const photo1 = {};", "const pho_to = {};", "const ph\xC3\xB6to = {};", "const $ = {};", "const a.b = {};", "const a b = {};",
		"const const a = {};", "const let = {};", "let = {};", "window.a = {};", "const photo = alert(1);", "const photo = {}/**/;",
		"// x\nconst photo = {};", "const photo = {} // x", "const photo = `{}`;", "const photo = new Object();", "\"use strict\"; a = {};",
		"\xEF\xBB\xBF\xEF\xBB\xBF a = {};", "a = \"\xFF\";", "export const a = {};", "a =\xC2\xA0{};", "; a = {}",
		"const abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzABCDEFGHIJKL = {};",
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++) {
		struct lb_error err = {0};
		char name[64] = "kept";
		struct lb_json *v = NULL;
		ck_assert_msg(lb_datajs_parse(lb_span(texts[i]), name, &v, &err) == LB_FORMAT, "%s", texts[i]);
		ck_assert_ptr_null(v);
		ck_assert_str_eq(name, "kept");
		ck_assert(err.what[0]);
	}
}
END_TEST

START_TEST(bytes_and_depth)
{
	struct lb_error err = {0};
	char name[64];
	struct lb_json *v = NULL;
	ck_assert_int_eq(lb_datajs_parse((struct lb_span){ "a = {}\0", 7 }, name, &v, &err), LB_FORMAT);
	ck_assert_int_eq(lb_datajs_parse((struct lb_span){ NULL, 0 }, name, &v, &err), LB_FORMAT);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	lb_buf_adds(&b, "const a = ");
	for (int i = 0; i < 100000; i++)
		lb_buf_adds(&b, "[");
	ck_assert_int_eq(lb_datajs_parse(lb_buf_span(&b), name, &v, &err), LB_LIMIT);
	ck_assert_int_eq(lb_datajs_parse(lb_span("a = {"), name, &v, NULL), LB_FORMAT);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("text: data files");
	TCase *t = tcase_create("data files");
	tcase_add_test(t, accepted);
	tcase_add_test(t, any_value);
	tcase_add_test(t, refused);
	tcase_add_test(t, bytes_and_depth);
	suite_add_tcase(s, t);
	return s;
}
