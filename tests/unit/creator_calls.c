/* The price of a photostream: 500 photos with typical counts cost no call that Flickr's API does not make unavoidable. */
#include "tests/unit/creator_tape.h"

#include <stdlib.h>

#define PHOTOS 500
#define GROUPS 20

/* Half without comments, 40 % without faves, none above 60, one in ten with people. */
static int comments_of(int i)
{
	return i % 2 ? 1 + i % 7 : 0;
}
static int faves_of(int i)
{
	return i % 5 < 2 ? 0 : 1 + i * 7 % 60;
}
static bool has_people(int i)
{
	return i % 10 == 3;
}

struct layer { const char *method; size_t unavoidable; };

static void tape_people(const char *id)
{
	char query[200];
	snprintf(query, sizeof query, "method=flickr.photos.people.getList&photo_id=%s", id);
	tape_ok(query, "<people total=\"1\" photo_width=\"500\" photo_height=\"375\"><person nsid=\"71@N00\" username=\"bo1\" added_by=\"" OWNER "\"/></people>");
}

static void tape_history(const char *id)
{
	char query[200];
	snprintf(query, sizeof query, "method=flickr.photos.licenses.getLicenseHistory&photo_id=%s", id);
	tape_ok(query, "<license_history date_change=\"1500000000\" old_license=\"CC BY 2.0\" old_license_url=\"\" new_license=\"\" new_license_url=\"\"/>");
}

static void tape_pool(const char *id, int i)
{
	char pool[300];
	snprintf(pool, sizeof pool, "<pool id=\"5%d@N00\" title=\"Pool %d\" url=\"/groups/g%d/pool/\" members=\"3\" pool_count=\"4\"/>", i % GROUPS, i % GROUPS, i % GROUPS);
	tape_contexts(id, pool);
}

static void tape_groups(void)
{
	for (int i = 0; i < GROUPS; i++) {
		char query[200], rsp[300];
		snprintf(query, sizeof query, "method=flickr.groups.getInfo&group_id=5%d%%40N00", i);
		snprintf(rsp, sizeof rsp, "<group id=\"5%d@N00\" nsid=\"5%d@N00\"><name>Pool %d</name><description/><members>3</members></group>", i, i, i);
		tape_ok(query, rsp);
	}
}

static void tape_photo(const struct row *r, int i)
{
	tape_info(r, has_people(i));
	if (r->comments)
		tape_comments(r->id, r->comments);
	if (r->faves)
		tape_faves(r->id, r->faves);
	if (has_people(i))
		tape_people(r->id);
	tape_pool(r->id, i);
	tape_galleries(r->id);
	tape_history(r->id);
	tape_png(size_url(r->id, "o"), 800, 600, r->id);
	tape_png(size_url(r->id, "n"), 320, 240, r->id);
}

static size_t sum(int (*of)(int), int per_call)
{
	size_t calls = 0;
	for (int i = 0; i < PHOTOS; i++)
		calls += (size_t)((of(i) + per_call - 1) / per_call);
	return calls;
}

static int any_comments(int i)
{
	return comments_of(i) > 0;
}

static void count_layers(const char *dir, const struct lb_gather_result *r)
{
	const struct layer layers[] = {
		{ "photos.getInfo&", PHOTOS }, { "getSizes", 0 }, { "photos.comments.getList", sum(any_comments, 1) }, { "getFavorites", sum(faves_of, 50) },
		{ "people.getList", PHOTOS / 10 }, { "getAllContexts", PHOTOS }, { "galleries.getListForPhoto", PHOTOS }, { "getLicenseHistory", PHOTOS },
		{ "getExif", 0 }, { "groups.getInfo", GROUPS }, { "people.getInfo", 1 }, { "profile.getProfile", 1 }, { "licenses.getInfo", 1 },
	};
	size_t unavoidable = 0;
	for (size_t i = 0; i < LB_COUNT(layers); i++) {
		size_t made = records_with(dir, layers[i].method);
		ck_assert_msg(made >= layers[i].unavoidable, "%s: %zu calls, %zu are unavoidable: the layer is not complete", layers[i].method, made, layers[i].unavoidable);
		ck_assert_msg((double)made <= 1.02 * (double)layers[i].unavoidable, "%s: %zu calls, %zu are unavoidable", layers[i].method, made, layers[i].unavoidable);
		unavoidable += layers[i].unavoidable;
	}
	ck_assert_uint_ge(r->calls, unavoidable);
	ck_assert_msg((double)r->calls <= 1.02 * (double)unavoidable, "%zu calls, %zu are unavoidable", (size_t)r->calls, unavoidable);
}

START_TEST(five_hundred_photos)
{
	static char ids[PHOTOS][16];
	static struct row rows[PHOTOS];
	for (int i = 0; i < PHOTOS; i++) {
		snprintf(ids[i], sizeof ids[i], "%d", 5000 + i);
		rows[i] = (struct row){ .id = ids[i], .license = "4", .comments = comments_of(i), .faves = faves_of(i) };
		tape_photo(&rows[i], i);
	}
	tape_rows(LIST, "photos", rows, PHOTOS);
	tape_groups();
	tape_once();
	struct lb_plan plan = plan_of(rows, PHOTOS);
	plan.choices.layers = UINT32_MAX >> (32 - LB_CHOICE_COUNT);
	const char *dir = test_dir();
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_source source = { .replay = tape_save(dir) };
	struct lb_gather_result r = { 0 };
	ck_assert_ok(lb_create_gather(dir, false, &source, NULL, &r, &err));
	ck_assert_uint_eq(r.photos, PHOTOS);
	ck_assert_uint_eq(r.gaps, 0);
	ck_assert_uint_eq(r.files, 2 * PHOTOS);
	count_layers(dir, &r);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/calls");
	TCase *t = tcase_create("replay");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, tape_begin, tape_end);
	tcase_add_test(t, five_hundred_photos);
	suite_add_tcase(s, t);
	return s;
}
