/* Cutting an index into its entries: the same entries as a parser of the whole finds, in the order of the file. */
#include <stdio.h>
#include <string.h>

#include "format/foundation/foundation.h"
#include "tests/support/support.h"

static struct lb_error err;

START_TEST(in_the_order_of_the_file)
{
	static const char text[] = "\xEF\xBB\xBFlet photoIndex = { \"53478812196\" : {\"a\":[1,{\"b\":\"},{\\\"\"}]},\n\"869031\":null , \"2780177093\":[],"
		"\"\\u0041\\n\":-1.5e3,\"__proto__\":\"x\\\\\",\"\":true};\n";
	static const struct { const char *key, *json; } rows[] = {
		{"53478812196", "{\"a\":[1,{\"b\":\"},{\\\"\"}]}"}, {"869031", "null"}, {"2780177093", "[]"}, {"A\n", "-1.5e3"},
		{"__proto__", "\"x\\\\\""}, {"", "true"},
	};
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	ck_assert_ok(lb_foundation_index_cut(lb_span(text), &index, &err));
	ck_assert_str_eq(index.name, "photoIndex");
	ck_assert_uint_eq(index.count, LB_COUNT(rows));
	ck_assert_ptr_null(index.twice);
	for (size_t i = 0; i < LB_COUNT(rows); i++) {
		LB_AUTO(lb_json_freep) struct lb_json *value = NULL;
		ck_assert_str_eq(index.rows[i].key, rows[i].key);
		ck_assert(lb_span_is(index.rows[i].json, rows[i].json));
		ck_assert_ok(lb_foundation_row_parse(&index.rows[i], &value, &err));
	}
}
END_TEST

START_TEST(a_key_twice)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	ck_assert_ok(lb_foundation_index_cut(lb_span("a = {\"1\":1,\"2\":2,\"\\u0031\":3}"), &index, &err));
	ck_assert_uint_eq(index.count, 2);
	ck_assert_str_eq(index.twice, "1");
	ck_assert(lb_span_is(index.rows[0].json, "1"));
}
END_TEST

START_TEST(refused)
{
	static const char *const texts[] = {
		"a = []", "a = 1", "a = {", "a = {}x", "a = {,}", "a = {\"1\"}", "a = {\"1\":}", "a = {\"1\":1,}", "a = {\"1\" 1}", "a = {1:1}",
		"a = {'1':1}", "a = {\"1\":1 \"2\":2}", "a = {\"1:1}", "a = {\"1\":\"x}", "a = {\"1\":[}", "a = {\"1\":1}}", "a = {\"\xff\":1}",
		"a = {\"\x01\":1}", "a = {\"\\q\":1}", "= {}", "a = {}; b = {}", "",
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++) {
		LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
		err = (struct lb_error){0};
		ck_assert_msg(lb_foundation_index_cut(lb_span(texts[i]), &index, &err) == LB_FORMAT, "%s", texts[i]);
		ck_assert(err.what[0]);
	}
}
END_TEST

/* What is cut but is no JSON is found when the entry is parsed. */
START_TEST(broken_entries)
{
	static const char *const values[] = {"{\"a\":1,\"a\":2}", "[1,]", "nul", "01", "{]", "\"\xff\"", "1 2"};
	for (size_t i = 0; i < LB_COUNT(values); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1000);
		LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
		struct lb_json *value = NULL;
		lb_buf_addf(&text, "a = {\"1\":%s,\"2\":2}", values[i]);
		if (lb_foundation_index_cut(lb_buf_span(&text), &index, &err) != LB_OK)
			continue;
		ck_assert_msg(lb_foundation_row_parse(&index.rows[0], &value, &err) != LB_OK, "%s", values[i]);
	}
}
END_TEST

START_TEST(deep_and_large_entries)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(64 << 20);
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	struct lb_json *value = NULL;
	lb_buf_adds(&text, "a = {\"deep\":");
	for (size_t i = 0; i < 100000; i++)
		lb_buf_addc(&text, '[');
	for (size_t i = 0; i < 100000; i++)
		lb_buf_addc(&text, ']');
	lb_buf_adds(&text, ",\"large\":\"");
	for (size_t i = 0; i < LB_FOUNDATION_ITEM_MAX / 16; i++)
		lb_buf_adds(&text, "0123456789abcdef");
	lb_buf_adds(&text, "\"}");
	ck_assert_ok(lb_foundation_index_cut(lb_buf_span(&text), &index, &err));
	ck_assert_uint_eq(index.count, 2);
	ck_assert_int_eq(lb_foundation_row_parse(&index.rows[0], &value, &err), LB_LIMIT);
	ck_assert_int_eq(lb_foundation_row_parse(&index.rows[1], &value, &err), LB_LIMIT);
}
END_TEST

/* ---- values ---- */

START_TEST(checksums_by_length)
{
	static const struct { const char *text; bool known; enum lb_hash hash; } cases[] = {
		{"d41d8cd98f00b204e9800998ecf8427e", true, LB_MD5}, {"DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", true, LB_SHA1},
		{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true, LB_SHA256}, {"d41d8cd98f00b204e9800998ecf8427", false, 0},
		{"g41d8cd98f00b204e9800998ecf8427e", false, 0}, {"", false, 0}, {NULL, false, 0},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		enum lb_hash hash = 0;
		struct lb_foundation_file file = {.checksum = cases[i].text};
		ck_assert_int_eq(lb_foundation_checksum(&file, &hash), cases[i].known);
		ck_assert(!cases[i].known || hash == cases[i].hash);
	}
}
END_TEST

static struct lb_json *json(const char *text)
{
	struct lb_json *v = NULL;
	ck_assert_ok(lb_json_parse(lb_span(text), &v, &err));
	return v;
}

START_TEST(both_ways_to_tell_a_file)
{
	LB_AUTO(lb_json_freep) struct lb_json *paths = json("{\"files\":{\"original\":\"media/o.jpg\",\"thumbnail\":\"media/t.jpg\"}}");
	LB_AUTO(lb_json_freep) struct lb_json *objects = json("{\"files\":{\"original\":{\"path\":\"media/o.jpg\",\"size\":5,\"width\":3,"
		"\"height\":2,\"label\":\"Original\",\"checksum\":\"00\"},\"thumbnail\":null}}");
	LB_AUTO(lb_json_freep) struct lb_json *entry = json("{\"thumbnail\":{\"path\":\"media/t.jpg\",\"width\":32,\"height\":24}}");
	struct lb_foundation_file file;
	ck_assert(lb_foundation_file(paths, entry, LB_ORIGINAL, &file));
	ck_assert_str_eq(file.path, "media/o.jpg");
	ck_assert(!file.object && file.size == LB_UNKNOWN && file.width == LB_UNKNOWN);
	ck_assert(lb_foundation_file(paths, entry, LB_THUMBNAIL, &file));
	ck_assert(file.width == 32 && file.height == 24);
	ck_assert(lb_foundation_file(objects, NULL, LB_ORIGINAL, &file));
	ck_assert(file.object && file.size == 5 && file.width == 3);
	ck_assert_str_eq(file.label, "Original");
	ck_assert(!lb_foundation_file(objects, NULL, LB_THUMBNAIL, &file));
	ck_assert(lb_foundation_file(NULL, entry, LB_THUMBNAIL, &file));
	ck_assert(!lb_foundation_file(NULL, NULL, LB_ORIGINAL, &file));
}
END_TEST

START_TEST(a_photo)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	LB_AUTO(lb_json_freep) struct lb_json *own = json("{\"id\":\"1\",\"secret\":\"s\",\"title\":null,\"description\":\"d\",\"licenseId\":\"in-copyright\","
		"\"dateTaken\":{\"value\":\"1962-07-01T00:00:00\",\"granularity\":\"hour\"},\"dateUploaded\":\"2012-03-04T05:06:07+01:00\","
		"\"location\":{\"latitude\":51.5025,\"longitude\":\"-0.116\",\"accuracy\":16,\"context\":\"outdoors\",\"neighbourhood\":\"n\"},"
		"\"tags\":[{\"rawValue\":\"A b\",\"normalizedValue\":\"ab\",\"isMachineTag\":true},{},7],\"mediaType\":\"video\","
		"\"albumIds\":[\"9\",8],\"safetyLevel\":\"restricted\",\"comments\":[{\"text\":\"t\",\"authorId\":\"2@N00\"},null]}");
	LB_AUTO(lb_json_freep) struct lb_json *entry = json("{\"title\":\"listed\",\"uploaderId\":\"1@N00\",\"countViews\":7,\"countFaves\":-3,"
		"\"visibility\":\"friends and family\"}");
	struct lb_photo p;
	lb_foundation_photo("1", own, entry, &arena, &p);
	ck_assert_ptr_null(p.title); /* its own file has the last word, also where that is null */
	ck_assert_str_eq(p.owner.nsid, "1@N00");
	ck_assert_str_eq(p.license_id, "0");
	ck_assert_int_eq(p.taken.granularity, 8);
	ck_assert_int_eq(p.date_posted, 1330833967);
	ck_assert_str_eq(p.location.latitude, "51.5025");
	ck_assert_str_eq(p.location.longitude, "-0.116");
	ck_assert_int_eq(p.location.context, 2);
	ck_assert_str_eq(p.location.neighbourhood, "n");
	ck_assert_uint_eq(p.ntags, 1);
	ck_assert_int_eq(p.tags[0].machine, 1);
	ck_assert_str_eq(p.media, "video");
	ck_assert_uint_eq(p.nalbums, 1);
	ck_assert_int_eq(p.safety_level, 2);
	ck_assert_uint_eq(p.ncomments, 1);
	ck_assert_int_eq(p.comments[0].date, LB_UNKNOWN);
	ck_assert_int_eq(p.views, 7);
	ck_assert_int_eq(p.count_faves, LB_UNKNOWN);
	ck_assert(p.is_public == 0 && p.is_friend == 1 && p.is_family == 1);
	ck_assert(p.captured == LB_UNKNOWN && p.license_history_known == LB_UNKNOWN);
}
END_TEST

START_TEST(licences_both_ways)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (int i = 0; i < 30; i++) {
		char number[16];
		snprintf(number, sizeof number, "%d", i);
		ck_assert_str_eq(lb_license_number(lb_license_slug(number, &arena)), number);
	}
	ck_assert_str_eq(lb_license_number("in-copyright"), "0");
	ck_assert_str_eq(lb_license_number("other"), "other");
	ck_assert_ptr_null(lb_license_number(NULL));
}
END_TEST

START_TEST(labels_by_name)
{
	static const struct { const char *path, *label; } cases[] = {
		{"media/originals/1_ab_o.jpg", "Original"}, {"1_ab_n.png", "Small 320"}, {"1_ab.jpg", "Medium"}, {"1_ab_x.jpg", NULL},
		{"1.jpg", NULL}, {"1_ab_o", NULL}, {"1_ab_o_o.jpg", NULL}, {"__o.jpg", NULL}, {"", NULL},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		const char *label = lb_layout_label(cases[i].path);
		ck_assert_msg((!label && !cases[i].label) || (label && cases[i].label && strcmp(label, cases[i].label) == 0), "%s: %s",
			cases[i].path, label ? label : "-");
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("foundation: data files and photos");
	TCase *t = tcase_create("all");
	tcase_add_test(t, in_the_order_of_the_file);
	tcase_add_test(t, a_key_twice);
	tcase_add_test(t, refused);
	tcase_add_test(t, broken_entries);
	tcase_add_test(t, deep_and_large_entries);
	tcase_add_test(t, checksums_by_length);
	tcase_add_test(t, both_ways_to_tell_a_file);
	tcase_add_test(t, a_photo);
	tcase_add_test(t, licences_both_ways);
	tcase_add_test(t, labels_by_name);
	suite_add_tcase(s, t);
	return s;
}
