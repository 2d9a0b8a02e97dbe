/* Reading a package back: what is read is what was written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/reading/reading.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"
#include "tests/support/write_again.h"

#define PHOTOS 40

static struct lb_error err;
static char root[400], dir[500], again[500];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
	snprintf(again, sizeof again, "%s/again", root);
	ck_assert_ok(test_make_package(dir, PHOTOS, &err));
}

START_TEST(written_again_it_is_the_same)
{
	char first[600], second[600];
	test_write_again(dir, again);
	snprintf(first, sizeof first, "%s/data/metadata", dir);
	snprintf(second, sizeof second, "%s/data/metadata", again);
	if (!test_trees_equal(first, second)) {
		char command[1300];
		snprintf(command, sizeof command, "diff -r %s %s | head -c 3000", first, second);
		int ignored = system(command);
		(void)ignored;
		ck_abort_msg("the data files differ");
	}
}
END_TEST

/* ---- the order ---- */

static int note_id(void *arg, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *e)
{
	(void)gaps, (void)e;
	lb_buf_addf(arg, "%s%s%s%s%s ", photo->id, missing ? "?" : "", ngaps ? "!" : "", missing && photo->title ? photo->title : "",
		missing && photo->owner.username ? photo->owner.username : "");
	return LB_OK;
}

static struct lb_buf order_of(const char *folder)
{
	struct lb_buf ids = LB_BUF(1 << 16);
	struct lb_container *c = NULL;
	struct lb_reading r = {0};
	ck_assert_ok(lb_container_open(folder, &c, &err));
	ck_assert_ok(lb_reading_open(c, &r, &err));
	ck_assert_uint_eq(r.count, PHOTOS);
	ck_assert_ok(lb_reading_photos(&r, NULL, note_id, &ids, &err));
	lb_reading_clear(&r);
	lb_container_free(c);
	return ids;
}

/* The plan of the sample knows of one photo only. */
START_TEST(missing_ones_without_a_place_come_last)
{
	LB_AUTO(lb_buf_clear) struct lb_buf ids = order_of(dir);
	ck_assert(lb_span_starts(lb_buf_span(&ids), "53478812196 2780177093 869031 54000000028! 54000000035 "));
	ck_assert(lb_span_ends(lb_buf_span(&ids), " 54000000021?! "));
}
END_TEST

START_TEST(the_plan_tells_their_places)
{
	test_puts(dir, "data/provenance/plan.json", "{\"photos\":[{\"id\":\"53478812196\"},{\"id\":\"54000000021\",\"title\":\"Gone\",\"owner\":\"1@N00\","
		"\"ownerName\":\"ann\"},{\"id\":\"7\"},{\"id\":\"54000000021\"},{\"id\":\"2780177093\"}]}");
	LB_AUTO(lb_buf_clear) struct lb_buf ids = order_of(dir);
	ck_assert(lb_span_starts(lb_buf_span(&ids), "53478812196 54000000021?!Goneann 2780177093 869031 "));
}
END_TEST

/* ---- what cannot be read ---- */

static int open_it(void)
{
	struct lb_container *c = NULL;
	struct lb_reading r = {0};
	ck_assert_ok(lb_container_open(dir, &c, &err));
	int rc = lb_reading_open(c, &r, &err);
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(1 << 16);
	if (rc == LB_OK)
		rc = lb_reading_photos(&r, NULL, note_id, &ids, &err);
	lb_reading_clear(&r);
	lb_container_free(c);
	return rc;
}

START_TEST(what_cannot_be_read_is_named)
{
	static const char *const paths[] = {"data/metadata/albumIndex.js", "data/metadata/missing.js", "data/metadata/consentIndex.js",
		"data/metadata/photos/869031.js", "lifeboat.json"};
	const char *path = paths[_i];
	test_puts(dir, path, "const x = {\"a\":");
	ck_assert_int_eq(open_it(), LB_FORMAT);
	ck_assert_msg(strstr(err.what, strrchr(path, '/') ? strrchr(path, '/') + 1 : path) || strstr(err.what, "Index"), "%s", err.what);
}
END_TEST

START_TEST(photos_are_listed_once)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(16 << 20);
	test_read(dir, "lifeboat.json", &text);
	char *id = strstr(text.p, "\"2780177093\"");
	memcpy(id, "\"../../../et\"", strlen("\"2780177093\""));
	test_put(dir, "lifeboat.json", text.p, text.len);
	ck_assert_int_lt(open_it(), 0);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("reading");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, written_again_it_is_the_same);
	tcase_add_test(t, missing_ones_without_a_place_come_last);
	tcase_add_test(t, the_plan_tells_their_places);
	tcase_add_loop_test(t, what_cannot_be_read_is_named, 0, 5);
	tcase_add_test(t, photos_are_listed_once);
	suite_add_tcase(s, t);
	return s;
}
