/* plan.json: what is written is read back; what people break is refused by name. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/creator/creator.h"
#include "tests/support/support.h"

static size_t from_two[] = { 0, 1 };

static struct lb_plan sample(void)
{
	static struct lb_plan_url urls[2];
	static const char *calls[] = { "https://api.flickr.com/services/rest/?method=flickr.test.null" };
	static struct lb_plan_photo photos[2];
	static struct lb_gap gaps[1];
	urls[0] = (struct lb_plan_url){ .url = "https://www.flickr.com/photos/a/1", .type = "single_photo", .claimed = LB_UNKNOWN, .found = 1 };
	urls[1] = (struct lb_plan_url){ .url = "https://www.flickr.com/photos/a/sets/72157600000000009/", .type = "album", .name = "L\u2019\u00e9t\u00e9",
		.album_id = "72157600000000009", .owner_id = "1@N00", .claimed = 7, .found = 2, .calls = calls, .ncalls = 1 };
	photos[0] = (struct lb_plan_photo){ .id = "2780177093", .from = from_two, .nfrom = 2, .title = "</script> \"quoted\"", .owner_id = "1@N00",
		.license_id = "4", .visibility = "public", .media = "photo", .comments = 3, .original_offered = 1, .pixels = 12000000 };
	photos[1] = (struct lb_plan_photo){ .id = "869031", .from = from_two + 1, .nfrom = 1, .comments = LB_UNKNOWN, .original_offered = LB_UNKNOWN };
	gaps[0] = (struct lb_gap){ .kind = LB_GAP_WITHHELD, .subject = "x", .layer = "page 2", .method = "m", .code = 1, .message = "no" };
	return (struct lb_plan){ .id = "urn:uuid:x", .program = "lifeboat test", .created = 1700000000,
		.words = { .title = "T", .purpose = "P\nQ", .maker = "M" }, .urls = urls, .nurls = 2, .photos = photos, .nphotos = 2, .gaps = gaps, .ngaps = 1 };
}

START_TEST(round_trip)
{
	struct lb_error err = { 0 };
	const char *dir = test_dir();
	struct lb_plan plan = sample(), back;
	ck_assert_ok(lb_plan_save(dir, &plan, &err));
	ck_assert_ok(lb_plan_load(dir, &back, &err));
	ck_assert_str_eq(back.id, plan.id);
	ck_assert_int_eq(back.created, plan.created);
	ck_assert_str_eq(back.words.purpose, "P\nQ");
	ck_assert_ptr_null(back.words.future);
	ck_assert_uint_eq(back.nphotos, 2);
	ck_assert_str_eq(back.photos[0].id, "2780177093"); /* the order stays, though 869031 is the smaller number */
	ck_assert_str_eq(back.photos[0].title, "</script> \"quoted\"");
	ck_assert_uint_eq(back.photos[0].nfrom, 2);
	ck_assert_int_eq(back.photos[1].original_offered, LB_UNKNOWN);
	ck_assert_str_eq(back.urls[1].album_id, "72157600000000009");
	ck_assert_uint_eq(back.urls[1].ncalls, 1);
	ck_assert_int_eq(back.gaps[0].kind, LB_GAP_WITHHELD);
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20);
	lb_plan_json(&plan, &a);
	lb_plan_json(&back, &b);
	ck_assert_str_eq(lb_buf_str(&a), lb_buf_str(&b));
	lb_plan_clear(&back);
}
END_TEST

/* Replaces `from` by `to` in the saved plan and expects its loading to fail so. */
static const struct { const char *from, *to; int status; const char *says; } broken[] = {
	{ "\"869031\"", "\"../../x\"", LB_FORMAT, "photo number 2" },
	{ "\"869031\"", "\"2780177093\"", LB_FORMAT, "stands twice" },
	{ "\"869031\"", "869031", LB_FORMAT, "photo number 2" },
	{ "\"from\":[1]", "\"from\":[7]", LB_FORMAT, "URL number 7" },
	{ "lifeboat-plan", "something", LB_FORMAT, "not a lifeboat plan" },
	{ "\"version\": \"1\"", "\"version\": \"2\"", LB_UNSUPPORTED, "version \"2\"" },
	{ "2023-11-14T22:13:20Z", "yesterday", LB_FORMAT, "date" },
	{ "\"withheld\"", "\"dropped\"", LB_FORMAT, "dropped" },
	{ "\"photos\"", "photos", LB_FORMAT, "" },
};

START_TEST(refuses_broken)
{
	struct lb_error err = { 0 };
	const char *dir = test_dir();
	struct lb_plan plan = sample(), back;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), changed = LB_BUF(1 << 20), path = LB_BUF(4096);
	lb_plan_json(&plan, &text);
	const char *at = strstr(lb_buf_str(&text), broken[_i].from);
	ck_assert_msg(at != NULL, "%s is not in the plan", broken[_i].from);
	lb_buf_add(&changed, text.p, (size_t)(at - text.p));
	lb_buf_adds(&changed, broken[_i].to);
	lb_buf_adds(&changed, at + strlen(broken[_i].from));
	lb_path_join(&path, dir, "plan.json");
	ck_assert_ok(lb_file_write(lb_buf_str(&path), changed.p, changed.len, &err));
	ck_assert_int_eq(lb_plan_load(dir, &back, &err), broken[_i].status);
	ck_assert_msg(strstr(err.what, broken[_i].says) != NULL, "\"%s\" does not say \"%s\"", err.what, broken[_i].says);
}
END_TEST

START_TEST(none_there)
{
	struct lb_error err = { 0 };
	struct lb_plan plan;
	ck_assert_int_eq(lb_plan_load(test_dir(), &plan, &err), LB_NOTFOUND);
}
END_TEST

START_TEST(sums)
{
	struct lb_plan plan = sample();
	struct lb_plan_sums s;
	lb_plan_sum(&plan, 3600, &s);
	ck_assert_uint_eq(s.nlicenses, 2);
	ck_assert_uint_eq(s.licenses[0].count + s.licenses[1].count, 2);
	ck_assert_uint_eq(s.ndownloads, 2);
	ck_assert_uint_gt(s.calls, 10);
	ck_assert_uint_lt(s.calls, 20);
	ck_assert_double_eq_tol(s.hours, (double)s.calls / 3600, 1e-9);
	ck_assert_uint_gt(s.bytes, 4000000);
	lb_plan_sums_clear(&s);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/plan");
	TCase *t = tcase_create("plan.json");
	tcase_add_test(t, round_trip);
	tcase_add_loop_test(t, refuses_broken, 0, (int)LB_COUNT(broken));
	tcase_add_test(t, none_there);
	tcase_add_test(t, sums);
	suite_add_tcase(s, t);
	return s;
}
