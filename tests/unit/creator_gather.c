/* Gathering: what is asked, in which order, and what never is. */
#include "tests/unit/creator_tape.h"

#include <stdlib.h>

static const struct row three[] = { { .id = "30", .license = "4", .comments = 2, .faves = 60 }, { .id = "20", .license = "4", .comments = 0, .faves = 0 }, { .id = "10", .license = "0", .comments = 1, .faves = 1 } };

static void tape_photo(const struct row *r, bool people)
{
	tape_info(r, people);
	if (r->comments)
		tape_comments(r->id, r->comments);
	if (r->faves)
		tape_faves(r->id, r->faves);
	tape_contexts(r->id, "");
	tape_galleries(r->id);
	if (!r->closed)
		tape_png(size_url(r->id, "o"), 800, 600, r->id);
	tape_png(size_url(r->id, "n"), 320, 240, r->id);
}

static void tape_all(const struct row *rows, size_t count)
{
	tape_rows(LIST, "photos", rows, count);
	for (size_t i = 0; i < count; i++)
		tape_photo(&rows[i], false);
	tape_once();
}

static struct lb_gather_result gather_with(const char *dir, bool originals_first, const struct lb_ctx *ctx)
{
	struct lb_source source = { .replay = tape_save(dir) };
	struct lb_gather_result result = { 0 };
	ck_assert_ok(lb_create_gather(dir, originals_first, &source, ctx, &result, &err));
	return result;
}

static const char *dir_with(struct lb_plan *plan)
{
	const char *dir = test_dir();
	plan_put(dir, plan);
	lb_plan_clear(plan);
	return dir;
}

/* A photo of a closed licence costs no call; the list's sizes save getSizes; counts save comments and faves. */
START_TEST(asks_no_more_than_needed)
{
	struct lb_plan plan = plan_of(three, 3);
	plan.choices.layers = UINT32_MAX >> (32 - LB_CHOICE_COUNT);
	tape_all(three, 3);
	const char *dir = dir_with(&plan);
	struct lb_gather_result r = gather_with(dir, false, NULL);
	ck_assert_uint_eq(r.photos, 3);
	ck_assert_uint_eq(r.withheld, 1);
	ck_assert_uint_eq(records_with(dir, "photo_id=10"), 0);
	ck_assert_uint_eq(records_with(dir, "/10_"), 0);
	ck_assert_uint_eq(records_with(dir, "getSizes"), 0);
	ck_assert_uint_eq(records_with(dir, "getExif"), 0);
	ck_assert_uint_eq(records_with(dir, "people.getList"), 0);
	ck_assert_uint_eq(records_with(dir, "comments.getList"), 1);
	ck_assert_uint_eq(records_with(dir, "getFavorites"), 2);
	ck_assert_uint_eq(records_with(dir, "_orig_o.png"), 2);
	ck_assert_uint_eq(records_with(dir, "people.getInfo"), 1);
	ck_assert_uint_eq(records_with(dir, "getProfile"), 1);
}
END_TEST

START_TEST(resume_asks_nothing_twice)
{
	struct lb_plan plan = plan_of(three, 2);
	tape_all(three, 2);
	const char *dir = dir_with(&plan);
	struct lb_gather_result first = gather_with(dir, false, NULL);
	ck_assert_uint_gt(first.calls, 0);
	ck_assert_uint_eq(first.files, 4);
	for (int again = 0; again < 2; again++) {
		struct lb_gather_result r = gather_with(dir, again, NULL);
		ck_assert_uint_eq(r.calls, 0);
		ck_assert_uint_eq(r.files, 0);
		ck_assert_uint_eq(r.photos, 2);
	}
}
END_TEST

/* Position in the journal of the first and last record with the text. */
static void positions(const char *dir, const char *text, size_t *first, size_t *last)
{
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of(dir);
	*first = SIZE_MAX;
	*last = 0;
	for (size_t i = 0; i < lb_evidence_count(ev); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct lb_exchange x;
		ck_assert_ok(lb_evidence_read(ev, i, &arena, &x, &err));
		if (!strstr(x.uri, text))
			continue;
		*first = *first == SIZE_MAX ? i : *first;
		*last = i;
	}
	ck_assert_uint_ne(*first, SIZE_MAX);
}

static void before(const char *dir, const char *a, const char *b)
{
	size_t first_a, last_a, first_b, last_b;
	positions(dir, a, &first_a, &last_a);
	positions(dir, b, &first_b, &last_b);
	ck_assert_msg(last_a < first_b, "%s is not all before %s", a, b);
}

START_TEST(rescue_takes_the_most_valuable_first)
{
	struct lb_plan plan = plan_of(three, 3);
	plan.choices.policy = LB_POLICY_RESCUE;
	plan.choices.agreed = WHEN;
	tape_all(three, 3);
	const char *dir = dir_with(&plan);
	struct lb_gather_result r = gather_with(dir, true, NULL);
	ck_assert_uint_eq(r.photos, 3);
	ck_assert_uint_eq(r.withheld, 0);
	before(dir, "photos.getInfo", "_orig_o.png");
	before(dir, "_orig_o.png", "_abc_n.png");
	before(dir, "_abc_n.png", "comments.getList");
	before(dir, "getAllContexts", "people.getInfo");
	ck_assert_uint_eq(records_with(dir, "_orig_o.png"), 3);
	struct lb_gather_result again = gather_with(dir, false, NULL);
	ck_assert_uint_eq(again.calls, 0);
}
END_TEST

/* Private: nothing. Downloads disabled: everything but the files. */
START_TEST(verdicts)
{
	const struct row rows[] = { { .id = "30", .license = "4", .comments = 1, .faves = 0, .hidden = true }, { .id = "20", .license = "4", .comments = 1, .faves = 0, .closed = true } };
	struct lb_plan plan = plan_of(rows, 2);
	tape_all(rows, 2);
	const char *dir = dir_with(&plan);
	struct lb_gather_result r = gather_with(dir, false, NULL);
	ck_assert_uint_eq(r.withheld, 1);
	ck_assert_uint_eq(records_with(dir, "photo_id=30"), 0);
	ck_assert_uint_eq(records_with(dir, "comments.getList&photo_id=20"), 1);
	ck_assert_uint_eq(r.files, 0);
	ck_assert_uint_eq(records_with(dir, "staticflickr"), 0);
	ck_assert_uint_eq(records_with(dir, "getSizes"), 0);
}
END_TEST

/* Without a row that settles it, getInfo decides. */
START_TEST(unsettled_is_asked)
{
	struct lb_plan plan = plan_of(three, 3);
	for (size_t i = 0; i < 3; i++) {
		plan.photos[i].row_url = SIZE_MAX;
		plan.photos[i].license_id = NULL;
	}
	tape_all(three, 3);
	const char *dir = dir_with(&plan);
	struct lb_gather_result r = gather_with(dir, false, NULL);
	ck_assert_uint_eq(records_with(dir, "photos.getInfo"), 3);
	ck_assert_uint_eq(records_with(dir, "comments.getList"), 1); /* none of the one that turns out to be closed */
	ck_assert_uint_eq(r.withheld, 1);
	ck_assert_uint_eq(records_with(dir, "getSizes"), 0); /* of a recording that has none */
}
END_TEST

/* ---- asking again --------------------------------------------------------------------------------------------------------- */

START_TEST(stale_layers_are_asked_again)
{
	struct lb_plan plan = plan_of(three, 2);
	tape_all(three, 2);
	const char *dir = test_dir();
	plan_put(dir, &plan);
	gather_with(dir, false, NULL);
	plan.photos[0].stale_before = SIZE_MAX >> 1;
	plan.photos[0].stale_layers = 1u << LB_CHOICE_COMMENTS;
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_gather_result r = gather_with(dir, false, NULL);
	ck_assert_uint_eq(r.calls, 1); /* the recording's answer is as old as before */
	ck_assert_uint_eq(records_with(dir, "comments.getList"), 2);
	ck_assert_uint_eq(r.gaps, 0); /* … and stays in use */
}
END_TEST

static int64_t clock_at(void *arg)
{
	return *(int64_t *)arg;
}

static void tape_video(const char *id)
{
	char query[100], rsp[1000];
	snprintf(query, sizeof query, "method=flickr.photos.getSizes&photo_id=%s", id);
	snprintf(rsp, sizeof rsp, "<sizes canblog=\"0\" canprint=\"0\" candownload=\"1\"><size label=\"Small 320\" width=\"320\" height=\"240\" source=\"%s\" url=\"https://www.flickr.com/photos/ann/%s/\" media=\"photo\"/>"
		"<size label=\"720p\" width=\"\" height=\"\" source=\"https://www.flickr.com/photos/ann/%s/play/720p/abc/\" url=\"https://www.flickr.com/photos/ann/%s/\" media=\"video\"/></sizes>", size_url(id, "n"), id, id, id);
	tape_ok(query, rsp);
}

/* The addresses of a stream hold for an hour; once the file is there they do not matter. */
START_TEST(video_sizes_are_fresh)
{
	static const struct { int64_t later; bool had; size_t asked; } cases[] = { { 60, false, 1 }, { 7200, false, 2 }, { 7200, true, 1 } };
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		const struct row video = { .id = "30", .license = "4", .comments = 0, .faves = 0, .video = true };
		struct lb_plan plan = plan_of(&video, 1);
		int64_t now = WHEN;
		struct lb_ctx ctx = { .wall = clock_at, .wall_arg = &now };
		plan.photos[0].row_url = SIZE_MAX;
		plan.photos[0].media = "video";
		tape_end();
		tape_begin();
		tape_photo(&video, false);
		tape_video("30");
		tape_once();
		if (cases[i].had)
			tape_add("https://www.flickr.com/photos/ann/30/play/720p/abc/", "video/mp4", (struct lb_span){ "\0\0\0\x18" "ftypmp42\0\0\0\0mp42isom", 24 });
		const char *dir = test_dir();
		plan_put(dir, &plan);
		lb_plan_clear(&plan);
		gather_with(dir, true, &ctx);
		now += cases[i].later;
		gather_with(dir, false, &ctx);
		ck_assert_msg(records_with(dir, "getSizes") == cases[i].asked, "case %zu: %zu", i, records_with(dir, "getSizes"));
	}
}
END_TEST

/* ---- once each -------------------------------------------------------------------------------------------------------------- */

#define ALBUM_PAGE "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=721&user_id=12345678%40N00"
#define ALBUMS "method=flickr.photosets.getList&page=1&per_page=500&user_id=12345678%40N00"

static void add_album(struct lb_plan *plan, const char *id, const char *page)
{
	plan_add_call(plan, page);
	LB_GROW(plan->sets, plan->nsets, plan->sets_cap);
	plan->sets[plan->nsets++] = (struct lb_plan_set){ .kind = LB_SET_ALBUM, .id = id, .owner_id = OWNER, .url = 0, .first_call = plan->urls[0].ncalls - 1, .ncalls = 1 };
}

/* Albums that a list told are not asked; one without comments has none asked; one with nothing that is kept is left alone. */
START_TEST(albums_of_a_whole_stream)
{
	struct lb_plan plan = plan_of(three, 3);
	plan.urls[0].whole_stream = true;
	plan.choices.layers &= ~(1u << LB_CHOICE_GROUPS);
	tape_all(three, 3);
	plan_add_call(&plan, ALBUMS);
	add_album(&plan, "721", ALBUM_PAGE);
	add_album(&plan, "722", "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=722&user_id=12345678%40N00");
	add_album(&plan, "723", "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=723&user_id=12345678%40N00");
	tape_rows(ALBUM_PAGE, "photoset id=\"721\" owner=\"" OWNER "\"", three + 1, 1);
	tape_rows(lb_arena_printf(&plan.arena, "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=722&user_id=12345678%%40N00"), "photoset id=\"722\"", three, 1);
	tape_rows(lb_arena_printf(&plan.arena, "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=723&user_id=12345678%%40N00"), "photoset id=\"723\"", three + 2, 1);
	tape_ok(ALBUMS, "<photosets page=\"1\" pages=\"1\" perpage=\"500\" total=\"2\">"
		"<photoset id=\"721\" owner=\"" OWNER "\" primary=\"20\" count_photos=\"1\" count_comments=\"0\" date_create=\"1400000000\"><title>Quiet</title><description/></photoset>"
		"<photoset id=\"722\" owner=\"" OWNER "\" primary=\"30\" count_photos=\"1\" count_comments=\"3\" date_create=\"1400000000\"><title>Loud</title><description/></photoset></photosets>");
	const char *dir = dir_with(&plan);
	gather_with(dir, false, NULL);
	ck_assert_uint_eq(records_with(dir, "getAllContexts"), 0);
	ck_assert_uint_eq(records_with(dir, "photosets.getInfo"), 0);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of(dir);
	ck_assert_int_lt(lb_evidence_find(ev, lb_span(API "method=flickr.photosets.comments.getList&photoset_id=723"), LB_MATCH_EXACT), 0);
}
END_TEST

/* ---- stopping ---------------------------------------------------------------------------------------------------------------- */

START_TEST(until_stops_and_resumes)
{
	struct lb_plan plan = plan_of(three, 2);
	int64_t now = WHEN;
	struct lb_ctx ctx = { .wall = clock_at, .wall_arg = &now, .until = WHEN };
	tape_all(three, 2);
	const char *dir = dir_with(&plan);
	struct lb_source source = { .replay = tape_save(dir) };
	struct lb_gather_result r = { 0 };
	ck_assert_int_eq(lb_create_gather(dir, false, &source, &ctx, &r, &err), LB_CANCELLED);
	ctx.until = 0;
	r = gather_with(dir, false, &ctx);
	ck_assert_uint_eq(r.photos, 2);
	ck_assert_uint_eq(records_with(dir, "photos.getInfo"), 2);
}
END_TEST

static void stop_soon(void *arg, const struct lb_event *event)
{
	if (event->kind == LB_EVENT_PROGRESS && event->done >= 1)
		*(volatile int *)arg = 1;
}

START_TEST(a_stop_in_the_middle_loses_nothing)
{
	char ids[40][16];
	struct row rows[40];
	for (int i = 0; i < 40; i++) {
		snprintf(ids[i], sizeof ids[i], "%d", 1000 + i);
		rows[i] = (struct row){ .id = ids[i], .license = "4", .comments = 1, .faves = 0 };
	}
	struct lb_plan plan = plan_of(rows, 40);
	volatile int cancel = 0;
	struct lb_ctx ctx = { .cancel = &cancel, .event = stop_soon, .event_arg = (void *)(uintptr_t)&cancel };
	tape_all(rows, 40);
	const char *dir = dir_with(&plan);
	struct lb_source source = { .replay = tape_save(dir) };
	struct lb_gather_result r = { 0 };
	ck_assert_int_eq(lb_create_gather(dir, false, &source, &ctx, &r, &err), LB_CANCELLED);
	size_t had = records_with(dir, "photos.getInfo");
	ck_assert_uint_gt(had, 0);
	ck_assert_uint_lt(had, 40);
	r = gather_with(dir, false, NULL);
	ck_assert_uint_eq(records_with(dir, "photos.getInfo"), 40);
	ck_assert_uint_eq(records_with(dir, "comments.getList"), 40);
	ck_assert_uint_eq(records_with(dir, "_orig_o.png"), 40);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/gather");
	TCase *t = tcase_create("replay");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, tape_begin, tape_end);
	tcase_add_test(t, asks_no_more_than_needed);
	tcase_add_test(t, resume_asks_nothing_twice);
	tcase_add_test(t, rescue_takes_the_most_valuable_first);
	tcase_add_test(t, verdicts);
	tcase_add_test(t, unsettled_is_asked);
	tcase_add_test(t, stale_layers_are_asked_again);
	tcase_add_test(t, video_sizes_are_fresh);
	tcase_add_test(t, albums_of_a_whole_stream);
	tcase_add_test(t, until_stops_and_resumes);
	tcase_add_test(t, a_stop_in_the_middle_loses_nothing);
	suite_add_tcase(s, t);
	return s;
}
