/* BagIt profiles: each rule by one profile that a small bag does not meet, and what is no profile. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/package/package.h"
#include "format/verify/profile_private.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[256], bag[300];

static const struct test_file files[] = {{"a.txt", "one"}, {"sub/b.tif", "two"}, {NULL, NULL}};

#define INFO "\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"https://example.org/p.json\",\"Source-Organization\":\"Test\"," \
	"\"External-Description\":\"for tests\",\"Version\":\"1\"},\"Accept-BagIt-Version\":[\"0.97\",\"1.0\"]"
#define PROFILE(more) "{" INFO more "}"

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	test_bag(bag, files);
	test_puts(bag, "bag-info.txt", "BagIt-Profile-Identifier: https://example.org/p.json\nSource-Organization: Test\n"
		"Colour: red\nColour: green\nPayload-Oxum: 6.2\n");
	test_puts(bag, "notes/more.txt", "x");
	test_bag_again(bag, LB_SHA256);
}

static struct lb_bag_profile *parse(const char *json)
{
	struct lb_bag_profile *p = NULL;
	ck_assert_ok(lb_bag_profile_parse(lb_span(json), &p, &err));
	return p;
}

static void judge(const char *path, const char *json, unsigned levels, struct lb_report *r)
{
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *p = parse(json);
	const struct lb_verify_options options = {.levels = levels, .profile = p};
	ck_assert_ok(lb_verify(path, &options, NULL, r, &err));
}

/* How many findings of this rule ("PRF-": of all profile rules). */
static size_t count_of(const struct lb_report *r, const char *rule)
{
	size_t n = 0;
	for (size_t i = 0; i < r->count; i++)
		n += lb_span_starts(lb_span(r->findings[i].rule), rule);
	return n;
}

static const char *const met[] = {
	PROFILE(""),
	PROFILE(",\"Bag-Info\":{\"source-organization\":{\"required\":true,\"values\":[\"Test\",\"Other\"],\"repeatable\":false}}"),
	PROFILE(",\"Bag-Info\":{\"Colour\":{\"values\":[\"red\",\"green\"],\"description\":\"of the bag\"},\"Size\":{\"required\":false}}"),
	PROFILE(",\"Manifests-Required\":[\"sha256\"],\"Manifests-Allowed\":[\"sha256\",\"md5\"]"),
	PROFILE(",\"Tag-Manifests-Required\":[\"sha256\"],\"Tag-Manifests-Allowed\":[\"sha256\"]"),
	PROFILE(",\"Serialization\":\"optional\",\"Accept-Serialization\":[\"application/zip\"]"),
	PROFILE(",\"Serialization\":\"forbidden\",\"Allow-Fetch.txt\":false,\"Data-Empty\":false"),
	PROFILE(",\"Tag-Files-Required\":[\"notes/more.txt\"],\"Tag-Files-Allowed\":[\"notes/*\"]"),
	PROFILE(",\"Payload-Files-Required\":[\"data/a.txt\"],\"Payload-Files-Allowed\":[\"data/*.txt\",\"data/*.[pt]if\"]"),
	PROFILE(",\"Tag-Files-Allowed\":[\"*\"],\"Payload-Files-Allowed\":[\"*\"]"),
};

START_TEST(meets_the_profile)
{
	struct lb_report r = {0};
	judge(bag, met[_i], 0, &r);
	ck_assert_uint_eq(r.count, 0);
	lb_report_clear(&r);
}
END_TEST

static const struct { const char *rule, *json; size_t count; } broken[] = {
	{"PRF-001", "{\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"https://example.org/other\",\"Source-Organization\":\"T\","
		"\"External-Description\":\"x\",\"Version\":\"1\"},\"Accept-BagIt-Version\":[\"1.0\"]}", 1},
	{"PRF-002", PROFILE(",\"Bag-Info\":{\"Contact-Name\":{\"required\":true},\"Source-Organization\":{\"required\":true}}"), 1},
	{"PRF-003", PROFILE(",\"Bag-Info\":{\"Colour\":{\"values\":[\"red\",\"blue\"]}}"), 1},
	{"PRF-004", PROFILE(",\"Bag-Info\":{\"colour\":{\"repeatable\":false}}"), 1},
	{"PRF-005", PROFILE(",\"Bag-Info\":{\"Contact-Name\":{\"recommended\":true}}"), 1},
	{"PRF-006", PROFILE(",\"Manifests-Required\":[\"sha512\",\"sha256\"]"), 1},
	{"PRF-007", PROFILE(",\"Manifests-Allowed\":[\"sha512\"]"), 1},
	{"PRF-008", PROFILE(",\"Tag-Manifests-Required\":[\"md5\",\"sha3_256\"]"), 2},
	{"PRF-009", PROFILE(",\"Tag-Manifests-Allowed\":[]"), 1},
	{"PRF-011", PROFILE(",\"Fetch.txt-Required\":true"), 1},
	{"PRF-012", PROFILE(",\"Data-Empty\":true"), 1},
	{"PRF-013", PROFILE(",\"Serialization\":\"required\",\"Accept-Serialization\":[\"application/zip\"]"), 1},
	{"PRF-016", PROFILE(",\"Tag-Files-Required\":[\"notes/more.txt\",\"notes/none.txt\",\"notes\"]"), 2},
	{"PRF-017", PROFILE(",\"Tag-Files-Allowed\":[\"notes/*.xml\"]"), 1},
	{"PRF-018", PROFILE(",\"Payload-Files-Required\":[\"data/b.tif\"]"), 1},
	{"PRF-019", PROFILE(",\"Payload-Files-Allowed\":[\"data/?.txt\"]"), 1},
	{"PRF-020", PROFILE(",\"Colour-Required\":true,\"Bag-Info\":{\"Colour\":{\"maximum\":3}}"), 2},
};

/* Each rule alone is broken, by the profile and as often as expected, at every set of levels that it belongs to. */
START_TEST(breaks_one_rule)
{
	static const unsigned levels[] = {0, LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS};
	for (size_t i = 0; i < LB_COUNT(levels); i++) {
		struct lb_report r = {0};
		judge(bag, broken[_i].json, levels[i], &r);
		ck_assert_uint_eq(count_of(&r, broken[_i].rule), broken[_i].count);
		ck_assert_uint_eq(count_of(&r, "PRF-"), broken[_i].count);
		ck_assert_uint_eq(r.count, broken[_i].count);
		lb_report_clear(&r);
	}
}
END_TEST

START_TEST(no_information_at_all)
{
	struct lb_report r = {0};
	unlink(test_path(bag, "bag-info.txt"));
	test_bag_again(bag, LB_SHA256);
	judge(bag, PROFILE(",\"Bag-Info\":{\"Contact-Name\":{\"required\":true}}"), 0, &r);
	ck_assert_uint_eq(count_of(&r, "PRF-001"), 1);
	ck_assert_uint_eq(count_of(&r, "PRF-002"), 1);
	lb_report_clear(&r);
}
END_TEST

START_TEST(fetch_and_version)
{
	struct lb_report r = {0};
	test_puts(bag, "fetch.txt", "https://example.org/a 3 data/a.txt\n");
	test_puts(bag, "bagit.txt", "BagIt-Version: 0.96\nTag-File-Character-Encoding: UTF-8\n");
	test_bag_again(bag, LB_SHA256);
	judge(bag, PROFILE(",\"Allow-Fetch.txt\":\"false\""), 0, &r);
	ck_assert_uint_eq(count_of(&r, "PRF-010"), 1);
	ck_assert_uint_eq(count_of(&r, "PRF-015"), 1);
	ck_assert_uint_eq(count_of(&r, "PRF-"), 2);
	lb_report_clear(&r);
	judge(bag, PROFILE(",\"Fetch.txt-Required\":true"), 0, &r);
	ck_assert_uint_eq(count_of(&r, "PRF-"), 1);
	lb_report_clear(&r);
}
END_TEST

/* "a" is empty, so it may stand for the folder; a second file may not. */
START_TEST(an_empty_payload)
{
	struct lb_report r = {0};
	test_puts(bag, "bag-info.txt", "BagIt-Profile-Identifier: https://example.org/p.json\n");
	unlink(test_path(bag, "data/sub/b.tif"));
	rmdir(test_path(bag, "data/sub"));
	test_puts(bag, "data/a.txt", "");
	test_bag_again(bag, LB_SHA256);
	judge(bag, PROFILE(",\"Data-Empty\":true"), 0, &r);
	ck_assert_uint_eq(r.count, 0);
	lb_report_clear(&r);
	test_puts(bag, "data/b.txt", "");
	test_bag_again(bag, LB_SHA256);
	judge(bag, PROFILE(",\"Data-Empty\":true"), 0, &r);
	ck_assert_uint_eq(count_of(&r, "PRF-012"), 1);
	lb_report_clear(&r);
}
END_TEST

START_TEST(packed_bags)
{
	static const struct { const char *file, *json, *rule; } cases[] = {
		{"bag.zip", PROFILE(",\"Serialization\":\"required\",\"Accept-Serialization\":[\"application/zip\"]"), NULL},
		{"bag.tar", PROFILE(",\"Serialization\":\"required\",\"Accept-Serialization\":[\"application/x-tar\"]"), NULL},
		{"bag.tar", PROFILE(",\"Serialization\":\"required\",\"Accept-Serialization\":[\"application/zip\"]"), "PRF-014"},
		{"bag.zip", PROFILE(",\"Serialization\":\"optional\",\"Accept-Serialization\":[\"application/x-gtar\"]"), "PRF-014"},
		{"bag.zip", PROFILE(",\"Serialization\":\"forbidden\""), "PRF-013"},
		{"bag.zip", PROFILE(""), NULL},
	};
	char file[400];
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_report r = {0};
		snprintf(file, sizeof file, "%s/%s", dir, cases[i].file);
		ck_assert_ok(lb_pack(bag, "bag", file, true, NULL, &err));
		judge(file, cases[i].json, 0, &r);
		ck_assert_uint_eq(r.count, cases[i].rule != NULL);
		ck_assert(!cases[i].rule || count_of(&r, cases[i].rule) == 1);
		lb_report_clear(&r);
	}
}
END_TEST

static const char *const malformed[] = {
	"", "{", "[]", "null", "3", "{}", "{\"Accept-BagIt-Version\":[\"1.0\"]}", "{\"BagIt-Profile-Info\":{}}",
	"{\"BagIt-Profile-Info\":[],\"Accept-BagIt-Version\":[\"1.0\"]}",
	"{\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"\",\"Source-Organization\":\"T\",\"External-Description\":\"x\","
		"\"Version\":\"1\"},\"Accept-BagIt-Version\":[\"1.0\"]}",
	"{\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"x\",\"Source-Organization\":\"T\",\"External-Description\":\"x\","
		"\"Version\":1},\"Accept-BagIt-Version\":[\"1.0\"]}",
	"{\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"x\",\"Source-Organization\":\"T\",\"External-Description\":\"x\","
		"\"Version\":\"1\"}}",
	"{\"BagIt-Profile-Info\":{\"BagIt-Profile-Identifier\":\"x\",\"Source-Organization\":\"T\",\"External-Description\":\"x\","
		"\"Version\":\"1\"},\"Accept-BagIt-Version\":[]}",
	PROFILE(",\"Bag-Info\":[]"), PROFILE(",\"Bag-Info\":{\"A\":true}"), PROFILE(",\"Bag-Info\":{\"A\":{\"required\":1}}"),
	PROFILE(",\"Bag-Info\":{\"A\":{\"values\":\"x\"}}"), PROFILE(",\"Bag-Info\":{\"A\":{\"values\":[1]}}"),
	PROFILE(",\"Bag-Info\":{\"A\":{\"repeatable\":\"maybe\"}}"), PROFILE(",\"Manifests-Required\":\"sha256\""),
	PROFILE(",\"Manifests-Required\":[\"sha256\"],\"Manifests-Allowed\":[\"sha512\"]"),
	PROFILE(",\"Tag-Manifests-Required\":[\"sha256\"],\"Tag-Manifests-Allowed\":[]"),
	PROFILE(",\"Tag-Files-Required\":[\"a\"],\"Tag-Files-Allowed\":[\"b*\"]"),
	PROFILE(",\"Payload-Files-Required\":[\"data/a\"],\"Payload-Files-Allowed\":[\"data/b\"]"),
	PROFILE(",\"Allow-Fetch.txt\":0"), PROFILE(",\"Allow-Fetch.txt\":false,\"Fetch.txt-Required\":true"),
	PROFILE(",\"Serialization\":\"maybe\""), PROFILE(",\"Serialization\":true"), PROFILE(",\"Serialization\":\"required\""),
	PROFILE(",\"Data-Empty\":null"), PROFILE(",\"Data-Empty\":true,\"Data-Empty\":true"), PROFILE("") "x",
};

START_TEST(refuses_what_is_no_profile)
{
	struct lb_bag_profile *p = NULL;
	err.what[0] = '\0';
	ck_assert_int_eq(lb_bag_profile_parse(lb_span(malformed[_i]), &p, &err), LB_USAGE);
	ck_assert_ptr_null(p);
	ck_assert(lb_span_starts(lb_span(err.what), "not a BagIt profile: "));
}
END_TEST

START_TEST(reads_from_a_file)
{
	struct lb_bag_profile *p = NULL;
	ck_assert_int_eq(lb_bag_profile_read(test_path(dir, "none.json"), &p, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_bag_profile_read(bag, &p, &err), LB_USAGE);
	test_puts(dir, "bad.json", "{");
	ck_assert_int_eq(lb_bag_profile_read(test_path(dir, "bad.json"), &p, &err), LB_USAGE);
	ck_assert_ptr_nonnull(strstr(err.what, "bad.json"));
	test_puts(dir, "good.json", PROFILE(""));
	ck_assert_ok(lb_bag_profile_read(test_path(dir, "good.json"), &p, &err));
	ck_assert_str_eq(lb_bag_profile_id(p), "https://example.org/p.json");
	lb_bag_profile_free(p);
	lb_bag_profile_free(NULL);
}
END_TEST

static const struct { const char *pattern, *text; bool matches; } globs[] = {
	{"*", "", true}, {"*", "a/b", true}, {"", "", true}, {"", "a", false}, {"a", "a", true}, {"a", "ab", false}, {"a*", "a", true},
	{"a*b", "a/x/b", true}, {"a*b", "a/x/c", false}, {"*.txt", "a.txt.txt", true}, {"?", "", false}, {"?", "a", true}, {"??", "a", false},
	{"[abc]", "b", true}, {"[abc]", "d", false}, {"[a-c]x", "cx", true}, {"[!a-c]", "d", true}, {"[!a-c]", "a", false},
	{"[]]", "]", true}, {"[!]]", "]", false}, {"[a", "[a", true}, {"[", "[", true}, {"[a", "a", false}, {"[a-]", "-", true},
	{"*a*b*c*", "xxaxxbxxc", true}, {"*a*b*c*d", "xxaxxbxxc", false}, {"\\*", "\\x", true}, {"*[0-9]", "photo7", true},
};

START_TEST(patterns)
{
	ck_assert_msg(lb_glob_match(globs[_i].pattern, globs[_i].text) == globs[_i].matches, "\"%s\" and \"%s\"", globs[_i].pattern,
		globs[_i].text);
}
END_TEST

/* Many stars against a text that does not match: no more work than the product of the lengths. */
START_TEST(patterns_in_bounded_time)
{
	char pattern[4001], text[4001];
	for (size_t i = 0; i < 4000; i += 2)
		memcpy(pattern + i, "*a", 2);
	memset(text, 'a', 4000);
	pattern[3999] = 'b';
	pattern[4000] = text[4000] = '\0';
	int64_t begin = lb_time_mono();
	ck_assert(!lb_glob_match(pattern, text));
	ck_assert_int_lt(lb_time_mono() - begin, 2000);
}
END_TEST

/* The profile that is published for our own packages. */
START_TEST(our_own_packages)
{
	static const char *const endings[] = {".zip", ".tar"};
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *p = NULL;
	ck_assert_ok(lb_bag_profile_read("spec/bagit-profile.json", &p, &err));
	ck_assert_str_eq(lb_bag_profile_id(p), LB_BAGIT_PROFILE);
	const struct lb_verify_options options = {.profile = p};
	char boats[300], file[400];
	snprintf(boats, sizeof boats, "%s/boats", dir);
	test_lifeboat(boats);
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(boats, &options, NULL, &r, &err));
	ck_assert_uint_eq(r.count, 0);
	lb_report_clear(&r);
	for (size_t i = 0; i < LB_COUNT(endings); i++) {
		snprintf(file, sizeof file, "%s/boats%s", dir, endings[i]);
		ck_assert_ok(lb_pack(boats, "boats", file, false, NULL, &err));
		ck_assert_ok(lb_verify(file, &options, NULL, &r, &err));
		ck_assert_uint_eq(r.count, 0);
		lb_report_clear(&r);
	}
	ck_assert_ok(lb_verify(bag, &options, NULL, &r, &err)); /* and a plain bag does not meet it */
	ck_assert_uint_gt(count_of(&r, "PRF-"), 3);
	lb_report_clear(&r);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("verify: BagIt profiles");
	TCase *t = tcase_create("profiles");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, meets_the_profile, 0, LB_COUNT(met));
	tcase_add_loop_test(t, breaks_one_rule, 0, LB_COUNT(broken));
	tcase_add_test(t, no_information_at_all);
	tcase_add_test(t, fetch_and_version);
	tcase_add_test(t, an_empty_payload);
	tcase_add_test(t, packed_bags);
	tcase_add_loop_test(t, refuses_what_is_no_profile, 0, LB_COUNT(malformed));
	tcase_add_test(t, reads_from_a_file);
	tcase_add_loop_test(t, patterns, 0, LB_COUNT(globs));
	tcase_add_test(t, patterns_in_bounded_time);
	tcase_add_test(t, our_own_packages);
	suite_add_tcase(suite, t);
	return suite;
}
