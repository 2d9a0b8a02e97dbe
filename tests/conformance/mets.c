/* Every METS.xml that the tests' packages can have, and every PREMIS report about them, by the schemas of METS, PREMIS and MODS: one
 * schema for all, since METS by itself looks at what is wrapped in it only where its schema happens to be known. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/package.h"
#include "tests/support/hostile.h"
#include "tests/support/make_mets.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[512];

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s/boat", test_dir());
}

static void validate_package(void)
{
	char report[600];
	struct lb_verified item = {.path = dir};
	ck_assert(test_is_valid(test_path(dir, "METS.xml"), NULL));
	ck_assert_ok(lb_verify(dir, NULL, NULL, &item.report, &err));
	ck_assert_uint_eq(item.report.errors, 0);
	snprintf(report, sizeof report, "%s.report.xml", dir);
	const struct lb_premis_report r = {&item, 1, "lifeboat test"};
	ck_assert_ok(lb_premis_report_save(&r, report, false, &err));
	ck_assert(test_is_valid(report, "premis/premis-v3-0.xsd"));
	lb_report_clear(&item.report);
}

/* The driver schema sees what is wrapped: else none of the tests here could fail. */
START_TEST(the_schemas_look_inside)
{
	static const char *const damages[][2] = {
		{"<eventType>", "<eventTypo/><eventType>"}, {"<titleInfo>", "<titelInfo/><titleInfo>"}, {"xsi:type=\"file\"", "xsi:type=\"fail\""}, {"<metsHdr ", "<metsHdr X=\"\" "},
	};
	if (!test_have_schemas())
		return;
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	char path[600];
	snprintf(path, sizeof path, "%s.xml", dir);
	ck_assert_ok(test_mets_write(&t, path, &err));
	ck_assert(test_is_valid(path, NULL));
	ck_assert_ok(lb_file_read(path, 1 << 20, &text, &err));
	for (size_t i = 0; i < LB_COUNT(damages); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf damaged = LB_BUF(1 << 20);
		const char *at = strstr(text.p, damages[i][0]);
		ck_assert(at);
		lb_buf_add(&damaged, text.p, (size_t)(at - text.p));
		lb_buf_adds(&damaged, damages[i][1]);
		lb_buf_adds(&damaged, at + strlen(damages[i][0]));
		ck_assert_ok(lb_file_write(path, damaged.p, damaged.len, &err));
		ck_assert(!test_is_valid(path, NULL));
	}
}
END_TEST

START_TEST(a_package_with_a_stub)
{
	if (!test_have_schemas())
		return;
	test_lifeboat(dir);
	validate_package();
}
END_TEST

/* Of 1, 5 and 150 photos: hostile names, all licences, a missing photo, withheld originals. */
START_TEST(made_packages)
{
	static const size_t photos[] = {0, 1, 5, 150};
	if (!test_have_schemas())
		return;
	ck_assert_ok(test_make_package(dir, photos[_i], &err));
	validate_package();
}
END_TEST

/* ---- hostile words in every place where the writer takes any ---- */

static void add_hostile(struct lb_package *p, const char *text, size_t i)
{
	struct lb_photo photo;
	char id[24];
	struct lb_tag tag = {.id = "1", .author_id = "1@N00", .raw = text, .normalized = text};
	snprintf(id, sizeof id, "%zu", 1000 + i);
	lb_photo_init(&photo);
	photo.id = id;
	photo.title = photo.description = photo.url = photo.owner.username = photo.owner.realname = text;
	photo.owner.nsid = "1@N00";
	photo.license_id = "4";
	photo.taken = (struct lb_taken){text, 6, 0};
	photo.location = (struct lb_location){.present = true, .latitude = "51.5", .longitude = "-0.1", .accuracy = 16, .locality = text, .country = text};
	photo.tags = &tag;
	photo.ntags = 1;
	photo.captured = TEST_METS_CREATED;
	if (i % 3 == 0)
		photo.withheld = *text ? text : "because";
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
}

/* Titles of megabytes would make xmllint the thing that is tested. */
static bool is_long(const char *text)
{
	return strlen(text) > 100000;
}

START_TEST(hostile_words)
{
	static const char *const pages[] = {"index.html", "data/README.html"};
	size_t count;
	const char *const *texts = test_hostile(&count);
	const struct lb_selection_url url = {"https://www.flickr.com/photos/x/", "user", 3};
	if (!test_have_schemas())
		return;
	const struct lb_package_info info = {
		.id = "urn:uuid:0190163d-8694-8b14-98c9-4f1d2d3e4f50", .title = texts[0], .purpose = texts[1 % count], .maker_name = texts[2 % count],
		.created = TEST_METS_CREATED, .program = "lifeboat \"<&>'\"", .policy = {.name = "rescue", .sentence = "<&>", .agreement = "]]>",
			.agreed = TEST_METS_CREATED, .pseudonymised = true}, .selection = &url, .nselection = 1, .planned = count};
	struct lb_package *p = NULL;
	ck_assert_ok(lb_package_begin(dir, &info, NULL, &p, &err));
	for (size_t i = 0; i < count; i++)
		if (!is_long(texts[i]))
			add_hostile(p, texts[i], i);
	for (size_t i = 0; i < LB_COUNT(pages); i++)
		ck_assert_ok(lb_package_put(p, pages[i], lb_span("<!DOCTYPE html><title>x</title>"), &err));
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
	ck_assert(test_is_valid(test_path(dir, "METS.xml"), NULL));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("METS, PREMIS and MODS by their schemas");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, the_schemas_look_inside);
	tcase_add_test(t, a_package_with_a_stub);
	tcase_add_loop_test(t, made_packages, 0, 4);
	tcase_add_test(t, hostile_words);
	suite_add_tcase(s, t);
	return s;
}
