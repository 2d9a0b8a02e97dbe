#include "format/model/model.h"

#include <string.h>

#include "tests/support/support.h"

START_TEST(fresh_photo_knows_nothing)
{
	struct lb_photo p;
	memset(&p, 0x5A, sizeof p);
	lb_photo_init(&p);
	ck_assert_ptr_null(p.id);
	ck_assert_ptr_null(p.tags);
	ck_assert_uint_eq(p.ntags + p.nfaves + p.npeople + p.nselected_by, 0);
	int64_t unknown[] = { p.safety_level, p.rotation, p.views, p.date_posted, p.date_updated, p.taken.granularity,
		p.taken.unknown, p.is_public, p.is_friend, p.is_family, p.can_download, p.can_share, p.geo_is_public,
		p.geo_is_family, p.has_people, p.count_comments, p.count_faves, p.location.accuracy, p.location.context,
		p.video_duration, p.video_width, p.video_height, p.captured, p.owner.is_pro, p.owner.is_deleted,
		p.owner.count_photos, p.owner.first_date, p.files[LB_ORIGINAL].width, p.files[LB_THUMBNAIL].height,
		p.files[LB_THUMBNAIL].captured };
	for (size_t i = 0; i < LB_COUNT(unknown); i++)
		ck_assert_msg(unknown[i] == LB_UNKNOWN, "number %zu", i);
	ck_assert(!p.location.present && !p.files[LB_ORIGINAL].present);
}
END_TEST

START_TEST(words)
{
	ck_assert_str_eq(lb_safety_name(0), "safe");
	ck_assert_str_eq(lb_safety_name(1), "moderate");
	ck_assert_str_eq(lb_safety_name(2), "restricted");
	ck_assert_ptr_null(lb_safety_name(3));
	ck_assert_ptr_null(lb_safety_name(LB_UNKNOWN));
	static const struct { int64_t n; const char *name; } granularities[] = {
		{0, "second"}, {4, "month"}, {6, "year"}, {8, "circa"}, {1, "second"}, {9, "second"}, {LB_UNKNOWN, "second"}, {INT64_MAX, "second"},
	};
	for (size_t i = 0; i < LB_COUNT(granularities); i++)
		ck_assert_str_eq(lb_granularity_name(granularities[i].n), granularities[i].name);
	ck_assert_str_eq(lb_gap_kind_name(LB_GAP_REFUSED), "refused");
	ck_assert_str_eq(lb_gap_kind_name(LB_GAP_FAILED), "failed");
	ck_assert_str_eq(lb_gap_kind_name(LB_GAP_UNASKED), "unasked");
	ck_assert_str_eq(lb_gap_kind_name(LB_GAP_WITHHELD), "withheld");
}
END_TEST

START_TEST(visibility)
{
	static const struct { int open, friend, family; const char *name; } cases[] = {
		{1, 0, 0, "public"}, {1, 1, 1, "public"}, {0, 1, 1, "friends and family"}, {0, 1, 0, "friends only"},
		{0, 0, 1, "family only"}, {0, 0, 0, "private"}, {LB_UNKNOWN, LB_UNKNOWN, LB_UNKNOWN, "private"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_photo p = { .is_public = cases[i].open, .is_friend = cases[i].friend, .is_family = cases[i].family };
		ck_assert_str_eq(lb_visibility_name(&p), cases[i].name);
	}
}
END_TEST

START_TEST(licenses)
{
	static const char *const slugs[] = { "all-rights-reserved", "cc-by-nc-sa-2.0", "cc-by-nc-2.0", "cc-by-nc-nd-2.0",
		"cc-by-2.0", "cc-by-sa-2.0", "cc-by-nd-2.0", "nkcr", "usgov", "cc0-1.0", "pdm", "cc-by-4.0", "cc-by-sa-4.0",
		"cc-by-nd-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "cc-by-nc-nd-4.0" };
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	for (size_t i = 0; i < LB_COUNT(slugs); i++) {
		const char *number = lb_arena_printf(&a, "%zu", i);
		ck_assert_str_eq(lb_license_slug(number, &a), slugs[i]);
	}
	ck_assert_str_eq(lb_license_slug("17", &a), "flickr-17");
	ck_assert_str_eq(lb_license_slug("04", &a), "flickr-04");
	ck_assert_str_eq(lb_license_slug("../\"<x>", &a), "flickr------x-");
	ck_assert_ptr_null(lb_license_slug(NULL, &a));
	ck_assert_ptr_null(lb_license_slug("", &a));
}
END_TEST

START_TEST(taken)
{
	static const struct { struct lb_taken t; bool known; } cases[] = {
		{{"2005-01-02 03:04:05", 0, 0}, true}, {{"2005-01-02 03:04:05", 0, LB_UNKNOWN}, true}, {{"2005-01-02 03:04:05", 0, 1}, false},
		{{"0000-00-00 00:00:00", 0, 0}, false}, {{"0000-01-01 00:00:00", 6, 0}, false}, {{"", 0, 0}, false}, {{NULL, 0, 0}, false},
		{{"1850-01-01 00:00:00", 8, 0}, true}, {{"0001-01-01 00:00:00", 0, 0}, true},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++)
		ck_assert_msg(lb_taken_known(&cases[i].t) == cases[i].known, "case %zu", i);
}
END_TEST

START_TEST(addresses)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	struct lb_photo p;
	lb_photo_init(&p);
	ck_assert_ptr_null(lb_photos_url(&p.owner, &a));
	p.owner.nsid = "12345678@N00";
	ck_assert_str_eq(lb_photos_url(&p.owner, &a), "https://www.flickr.com/photos/12345678@N00/");
	ck_assert_ptr_null(lb_photo_url(&p, &a));
	p.id = "5536044022";
	ck_assert_str_eq(lb_photo_url(&p, &a), "https://www.flickr.com/photos/12345678@N00/5536044022/");
	p.owner.path_alias = "";
	ck_assert_str_eq(lb_photos_url(&p.owner, &a), "https://www.flickr.com/photos/12345678@N00/");
	p.owner.path_alias = "a_b-c";
	ck_assert_str_eq(lb_photo_url(&p, &a), "https://www.flickr.com/photos/a_b-c/5536044022/");
	p.owner.path_alias = "../\"><x>\xC3\xA9";
	ck_assert_str_eq(lb_photos_url(&p.owner, &a), "https://www.flickr.com/photos/..%2F%22%3E%3Cx%3E%C3%A9/");
	char *endless = lb_alloc(10000);
	memset(endless, 'x', 9999);
	p.owner.path_alias = endless;
	ck_assert_ptr_null(lb_photo_url(&p, &a));
	lb_freep(&endless);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("model");
	TCase *t = tcase_create("model");
	tcase_add_test(t, fresh_photo_knows_nothing);
	tcase_add_test(t, words);
	tcase_add_test(t, visibility);
	tcase_add_test(t, licenses);
	tcase_add_test(t, taken);
	tcase_add_test(t, addresses);
	suite_add_tcase(s, t);
	return s;
}
