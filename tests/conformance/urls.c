/* flickr-url-parser's own cases: the same answer, value by value. Those that only a redirect can answer (`network`) are short
 * links, with the address to ask; where the redirect would fail, it may also be seen before. */
#include <string.h>

#include "lifeboat/url/url.h"
#include "tests/conformance/recorded.h"

#define CASES 75
#define NETWORK_CASES 5

struct tally { size_t understood, refused, network; };

static const char *member(const struct lb_flickr_url *u, const char *key)
{
	const struct { const char *key, *value; } members[] = {
		{ "type", lb_url_kind_name(u->kind) }, { "photo_id", u->photo_id }, { "user_url", u->user_url },
			{ "user_id", u->user_id },
		{ "album_id", u->album_id }, { "group_url", u->group_url }, { "gallery_id", u->gallery_id },
			{ "tag", u->tag },
	};
	for (size_t i = 0; i < LB_COUNT(members); i++) {
		if (!strcmp(members[i].key, key))
			return members[i].value;
	}
	ck_abort_msg("\"%s\" is not known", key);
	return NULL;
}

static void check_understood(const struct lb_json *expected, const char *url, const struct lb_flickr_url *u)
{
	const char *key;
	const struct lb_json *value;
	for (void *it = NULL; lb_json_each(expected, &it, &key, &value);) {
		if (!strcmp(key, "page")) {
			ck_assert_msg(u->page == lb_json_int(value, -1), "%s: page %d", url, (int)u->page);
			continue;
		}
		const char *is = member(u, key), *want = lb_json_str(value);
		ck_assert_msg(is == want || (is && want && !strcmp(is, want)), "%s: %s is \"%s\", expected \"%s\"",
			url, key, is, want);
	}
}

static void check_case(const struct lb_json *row, size_t line, void *arg)
{
	struct tally *t = arg;
	struct lb_error err = { 0 };
	struct lb_flickr_url u;
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	const char *url = lb_json_get_str(row, "url"), *error = lb_json_get_str(row, "error");
	(void)line;
	int rc = lb_flickr_url_parse(url, &a, &u, &err);
	if (lb_json_bool(lb_json_get(row, "network"), false)) {
		bool asks = rc == LB_OK && u.kind == LB_URL_SHORT && lb_span_starts(lb_span(u.short_url), "https://") && !u.photo_id;
		ck_assert_msg(asks || (error && rc == LB_UNSUPPORTED), "%s: %d", url, rc);
		t->network++;
	} else if (error) {
		ck_assert_msg(rc == (strcmp(error, "NotAFlickrUrl") ? LB_UNSUPPORTED : LB_USAGE) && err.what[0],
			"%s: %d", url, rc);
		t->refused++;
	} else {
		ck_assert_msg(rc == 0, "%s: %s", url, err.what);
		check_understood(lb_json_get(row, "expected"), url, &u);
		t->understood++;
	}
}

START_TEST(every_case_of_the_reference_parser)
{
	struct tally t = { 0 };
	size_t cases = each_row("flickr/urls.jsonl", check_case, &t);
	if (cases == 0)
		return;
	ck_assert_uint_eq(cases, CASES);
	ck_assert_uint_eq(t.network, NETWORK_CASES);
	printf("urls: %zu understood, %zu refused, %zu wait for redirects\n", t.understood, t.refused, t.network);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr urls of the reference parser");
	TCase *tc = tcase_create("urls");
	tcase_add_test(tc, every_case_of_the_reference_parser);
	suite_add_tcase(s, tc);
	return s;
}
