/* Reading the lists again: what is new joins, what a person took out stays out, what has changed is marked, and what is gone
 * from Flickr stays. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/evidence/evidence.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/creator/rows.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"
#include "tests/support/tiny_flickr.h"

#define ANN "12345@N00"
#define STREAM "https://www.flickr.com/photos/" ANN "/"
#define BIT(choice) (1U << (choice))

static struct lb_error err;
static struct lb_source source;
static int64_t now;
static const char *dir;
static struct tiny_route world[] = {
	{ "flickr.people.getPublicPhotos", { { "user_id", ANN } }, .list = "50 40 30 20 10" },
	{ "flickr.photosets.getList", { { "user_id", ANN } }, .raw = "<photosets page=\"1\" pages=\"1\" perpage=\"500\" total=\"1\"><photoset id=\"72157600000000001\"><title>A</title></photoset></photosets>" },
	{ "flickr.photosets.getPhotos", { { "photoset_id", "72157600000000001" } }, .list = "10 88 50", .wrapper = "photoset" },
	{ "flickr.favorites.getPublicList", { { "user_id", ANN } }, .list = "5 50" },
	{ "flickr.people.getPhotos", { { "user_id", ANN } }, .list = "60 50 40 30 20 10" },
	{ "flickr.favorites.getList", { { "user_id", ANN } }, .list = "5 50" },
	{ "flickr.photos.getInfo", { { "photo_id", "77" } }, .raw = "<photo id=\"77\" secret=\"abc\" server=\"1\" farm=\"1\" dateuploaded=\"1500000000\" license=\"4\" safety_level=\"1\" media=\"photo\">"
		"<owner nsid=\"" ANN "\" username=\"ann\"/><title>Seven</title><description/><visibility ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/>"
		"<usage candownload=\"0\" canblog=\"0\" canprint=\"0\" canshare=\"0\"/><comments>3</comments></photo>" },
};

static int64_t clock_of(void *arg)
{
	(void)arg;
	return now;
}
static const struct lb_ctx ctx = { .wall = clock_of };

static void begin(void)
{
	static char folder[300];
	err = (struct lb_error){ 0 };
	tiny.routes = world;
	tiny.nroutes = LB_COUNT(world);
	world[0].list = "50 40 30 20 10";
	world[3].list = "5 50";
	source = (struct lb_source){ .api_key = "k", .reroute = tiny_start(), .tries = 1, .retry_base_ms = 1 };
	tiny.page_max = 2;
	now = 1700000000;
	snprintf(folder, sizeof folder, "%s", test_dir());
	dir = folder;
}

static void end(void)
{
	tiny_stop();
}

static int plan_again(bool update, struct lb_plan *plan)
{
	const char *urls[] = { STREAM, STREAM "favorites" };
	struct lb_plan_request request = { .urls = urls, .nurls = 2, .update = update };
	now += 1000;
	return lb_create_plan(dir, &request, &source, &ctx, plan, &err);
}

static const char *ids_of(const struct lb_plan *plan)
{
	static char text[1024];
	text[0] = '\0';
	for (size_t i = 0; i < plan->nphotos; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", plan->photos[i].id);
	return text;
}

/* As a person does it: `ids` are the lines that stay, in their order. */
static void edit(const char *ids)
{
	struct lb_plan plan, all;
	struct lb_span rest = lb_span(ids), id;
	ck_assert_ok(lb_plan_load(dir, &plan, &err));
	ck_assert_ok(lb_plan_load(dir, &all, &err));
	plan.nphotos = 0;
	while (lb_span_cut(&rest, ' ', &id))
		for (size_t i = 0; i < all.nphotos; i++)
			if (lb_span_is(id, all.photos[i].id))
				plan.photos[plan.nphotos++] = all.photos[i];
	ck_assert_ok(lb_plan_save(dir, &plan, &err));
	lb_plan_clear(&plan);
	lb_plan_clear(&all);
}

static void first_plan(void)
{
	struct lb_plan plan;
	ck_assert_ok(plan_again(false, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10 5");
	lb_plan_clear(&plan);
}

START_TEST(nothing_new)
{
	struct lb_plan before, after;
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20);
	first_plan();
	ck_assert_ok(lb_plan_load(dir, &before, &err));
	unsigned hits = tiny.hits;
	ck_assert_ok(plan_again(true, &after));
	ck_assert_uint_eq(tiny.hits, 2 * hits);
	ck_assert_uint_gt(after.lists_from, 0);
	after.lists_from = 0;
	lb_plan_json(&before, &a);
	lb_plan_json(&after, &b);
	ck_assert_str_eq(lb_buf_str(&a), lb_buf_str(&b));
	lb_plan_clear(&before);
	lb_plan_clear(&after);
}
END_TEST

START_TEST(new_ones_join_at_their_place)
{
	struct lb_plan plan;
	first_plan();
	edit("10 20 50 40 5"); /* 30 is dropped, the others are moved */
	world[0].list = "70 60 50 45 40 30 20 10 1";
	world[3].list = "6 5 50";
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_str_eq(ids_of(&plan), "70 60 10 1 6 20 50 45 40 5");
	ck_assert_uint_eq(plan.ndropped, 1);
	ck_assert_str_eq(plan.dropped[0], "30");
	ck_assert_int_eq(plan.rereading, LB_REREAD_NOT);
	lb_plan_clear(&plan);
	ck_assert_ok(plan_again(true, &plan)); /* and stays out */
	ck_assert_str_eq(ids_of(&plan), "70 60 10 1 6 20 50 45 40 5");
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(gone_ones_stay)
{
	struct lb_plan plan;
	first_plan();
	world[0].list = "50 30 10";
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10 5");
	ck_assert_uint_eq(plan.photos[1].row_url, SIZE_MAX);
	ck_assert_str_eq(plan.photos[1].title, "t40");
	ck_assert_uint_eq(plan.photos[1].nfrom, 1);
	ck_assert_uint_eq(plan.photos[2].row_url, 0);
	ck_assert_uint_eq(plan.urls[0].found, 3);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned dies_at_favorites(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)body;
	return strstr(tiny_param(ask, "method"), "favorites") ? 0 : UINT_MAX;
}

static bool has_row(const struct lb_plan *plan, size_t i)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	char path[400];
	struct lb_evidence *ev;
	struct lb_photo photo;
	snprintf(path, sizeof path, "%s/evidence", dir);
	ck_assert_ok(lb_evidence_open(path, LB_EVIDENCE_READ, NULL, &ev, &err));
	struct lb_rows *rows = lb_rows_new(plan, ev);
	lb_photo_init(&photo);
	bool filled = lb_rows_fill(rows, &plan->photos[i], &arena, &photo);
	ck_assert(!filled || strcmp(photo.id, plan->photos[i].id) == 0);
	ck_assert(!filled || photo.nsizes == 1);
	lb_rows_free(rows);
	ck_assert_ok(lb_evidence_close(ev, &err));
	return filled;
}

/* Its sizes stood nowhere but in the list: they are found in what was answered then. */
START_TEST(gone_ones_keep_their_rows)
{
	struct lb_plan plan;
	first_plan();
	world[0].list = "50 30 10";
	tiny.first = _i ? dies_at_favorites : NULL; /* also when the update was cut, and its first list is on record */
	ck_assert_int_eq(plan_again(true, &plan), _i ? LB_NETWORK : LB_OK);
	if (_i) {
		tiny.first = NULL;
		ck_assert_ok(plan_again(false, &plan));
	}
	ck_assert_uint_eq(plan.photos[0].lost_row, 0);
	for (size_t i = 0; i < plan.nphotos; i++)
		ck_assert_msg(has_row(&plan, i), "photo %s", plan.photos[i].id);
	lb_plan_clear(&plan);
	ck_assert_ok(plan_again(true, &plan)); /* and again */
	ck_assert(has_row(&plan, 1));
	lb_plan_clear(&plan);
	world[0].list = "50 40 30 20 10";
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_uint_eq(plan.photos[1].row_url, 0);
	ck_assert_uint_eq(plan.photos[1].lost_row, 0);
	lb_plan_clear(&plan);
}
END_TEST

/* ---- what is told of a photo -------------------------------------------------------------------------------------------------- */

static unsigned fails_info(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)body;
	return strstr(tiny_param(ask, "method"), "getInfo") ? 500 : UINT_MAX;
}

/* A photo of which nothing comes this time is what it was. */
START_TEST(told_before)
{
	const char *url = "https://www.flickr.com/photos/" ANN "/77";
	struct lb_plan_request request = { .urls = &url, .nurls = 1 };
	struct lb_plan plan;
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	lb_plan_clear(&plan);
	tiny.first = fails_info;
	request.update = true;
	now += 1000;
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	const struct lb_plan_photo *p = &plan.photos[0];
	ck_assert_str_eq(p->id, "77");
	ck_assert_pstr_eq(p->owner_id, ANN);
	ck_assert_pstr_eq(p->title, "Seven");
	ck_assert_pstr_eq(p->license_id, "4");
	ck_assert_pstr_eq(p->visibility, "public");
	ck_assert_pstr_eq(p->media, "photo");
	ck_assert_int_eq(p->safety, 1);
	ck_assert_int_eq(p->can_download, 0);
	lb_plan_clear(&plan);
}
END_TEST

/* ---- signed in since ------------------------------------------------------------------------------------------------------------ */

static void sign_in(const char *account)
{
	source.api_secret = source.token = source.token_secret = "s";
	source.account_id = source.account_name = account;
}

/* Who is signed in now, or as somebody else, is shown more: the lists are read again, unasked; once. */
START_TEST(signed_in_since)
{
	struct lb_plan plan;
	first_plan();
	sign_in(ANN);
	tiny.first = _i ? dies_at_favorites : NULL; /* a cut does not make it forgotten */
	ck_assert_int_eq(plan_again(false, &plan), _i ? LB_NETWORK : LB_OK);
	if (_i) {
		tiny.first = NULL;
		ck_assert_ok(plan_again(false, &plan));
	}
	ck_assert_str_eq(ids_of(&plan), "60 50 40 30 20 10 5");
	ck_assert_str_eq(plan.choices.account_id, ANN);
	lb_plan_clear(&plan);
	unsigned hits = tiny.hits;
	ck_assert_ok(plan_again(false, &plan));
	ck_assert_uint_eq(tiny.hits, hits);
	lb_plan_clear(&plan);
	sign_in("2@N00");
	ck_assert_ok(plan_again(false, &plan));
	ck_assert_uint_gt(tiny.hits, hits);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(more_wanted_since)
{
	struct lb_plan plan;
	struct lb_plan_request request = { .choices_said = LB_SAID_SAFETY, .choices.safety = 1 };
	sign_in(ANN);
	ck_assert_ok(plan_again(false, &plan));
	lb_plan_clear(&plan);
	unsigned hits = tiny.hits;
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	ck_assert_uint_eq(tiny.hits, 2 * hits);
	lb_plan_clear(&plan);
	request.choices.safety = 0;
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	ck_assert_uint_eq(tiny.hits, 2 * hits);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(stopped_before_it_began)
{
	int stop = 1;
	const struct lb_ctx stopped = { .wall = clock_of, .cancel = &stop };
	struct lb_plan_request request = { .update = true };
	struct lb_plan plan;
	first_plan();
	ck_assert_int_eq(lb_create_plan(dir, &request, &source, &stopped, &plan, &err), LB_CANCELLED);
	ck_assert_ok(lb_plan_load(dir, &plan, &err));
	ck_assert_int_eq(plan.rereading, LB_REREAD_NOT);
	lb_plan_clear(&plan);
}
END_TEST

static const struct { int comments, faves, updated; uint32_t stale; } changes[] = {
	{ 1, 2, 1500000000, 0 },
	{ 4, 2, 1500000000, BIT(LB_CHOICE_COMMENTS) },
	{ 1, 9, 1500000000, BIT(LB_CHOICE_FAVES) },
	{ -1, -1, -1, 0 },
	{ 1, 2, 1500000007, BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_COMMENTS) | BIT(LB_CHOICE_PEOPLE) | BIT(LB_CHOICE_ALBUMS) | BIT(LB_CHOICE_GROUPS) | BIT(LB_CHOICE_EXIF) | BIT(LB_CHOICE_LICENSES) },
};

START_TEST(changed_ones_are_stale)
{
	struct lb_plan plan;
	first_plan();
	tiny.comments = changes[_i].comments;
	tiny.faves = changes[_i].faves;
	tiny.updated = changes[_i].updated;
	ck_assert_ok(plan_again(true, &plan));
	for (size_t i = 0; i < plan.nphotos; i++) {
		ck_assert_uint_eq(plan.photos[i].stale_layers, changes[_i].stale);
		ck_assert_uint_eq(plan.photos[i].stale_before, changes[_i].stale ? plan.lists_from : 0);
		ck_assert_int_eq(plan.photos[i].comments, changes[_i].comments < 0 ? 1 : changes[_i].comments);
	}
	lb_plan_clear(&plan);
}
END_TEST

/* As if gather had asked, at that time. */
static void put_on_record(const char *method, const char *id, int64_t date)
{
	char path[400], uri[200];
	struct lb_evidence *ev;
	snprintf(path, sizeof path, "%s/evidence", dir);
	snprintf(uri, sizeof uri, "https://api.flickr.com/services/rest/?method=%s&photo_id=%s", method, id);
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = uri, .date = date, .status = 200, .headers = "", .body = lb_span("<rsp stat=\"ok\"/>") };
	ck_assert_ok(lb_evidence_open(path, LB_EVIDENCE_APPEND, NULL, &ev, &err));
	ck_assert_ok(lb_evidence_append(ev, &x, &err));
	ck_assert_ok(lb_evidence_close(ev, &err));
}

/* What was asked again is not stale any more, what waits for it is; a later change does not make the former stale anew. */
START_TEST(stale_until_asked_again)
{
	struct lb_plan plan;
	first_plan();
	put_on_record("flickr.photos.getInfo", "50", now);
	put_on_record("flickr.photos.comments.getList", "50", now);
	tiny.updated = 1500000007;
	ck_assert_ok(plan_again(true, &plan));
	size_t then = plan.lists_from;
	lb_plan_clear(&plan);
	ck_assert_ok(plan_again(true, &plan)); /* no further change */
	ck_assert_uint_eq(plan.photos[0].stale_layers, BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_COMMENTS));
	ck_assert_uint_eq(plan.photos[0].stale_before, then);
	ck_assert_uint_eq(plan.photos[1].stale_layers, 0); /* nothing on record that could be stale */
	ck_assert_int_eq(plan.photos[1].stale_before, 0);
	lb_plan_clear(&plan);
	put_on_record("flickr.photos.comments.getList", "50", now);
	tiny.faves = 9;
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_uint_eq(plan.photos[0].stale_layers, BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_FAVES));
	ck_assert_uint_eq(plan.photos[0].stale_before, plan.lists_from);
	lb_plan_clear(&plan);
}
END_TEST

/* Whatever the clock said then and says now. */
START_TEST(stale_by_a_clock_that_was_ahead)
{
	struct lb_plan plan;
	first_plan();
	put_on_record("flickr.photos.comments.getList", "50", now + 100000000);
	tiny.comments = 4;
	for (int i = 0; i < 2; i++) {
		ck_assert_ok(plan_again(true, &plan));
		ck_assert_uint_eq(plan.photos[0].stale_layers, BIT(LB_CHOICE_COMMENTS));
		ck_assert_uint_gt(plan.photos[0].stale_before, 1);
		lb_plan_clear(&plan);
	}
	put_on_record("flickr.photos.comments.getList", "50", now);
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_uint_eq(plan.photos[0].stale_layers, 0);
	lb_plan_clear(&plan);
}
END_TEST

/* While another run is at work in the folder nothing of the plan is changed. */
START_TEST(another_run_at_work)
{
	struct lb_plan plan;
	struct lb_evidence *ev;
	char path[400];
	struct lb_plan_request request = { .words.title = "Second", .update = _i == 1 };
	first_plan();
	snprintf(path, sizeof path, "%s/evidence", dir);
	ck_assert_ok(lb_evidence_open(path, LB_EVIDENCE_APPEND, NULL, &ev, &err));
	ck_assert_int_eq(lb_create_plan(dir, &request, &source, &ctx, &plan, &err), LB_LOCKED);
	ck_assert_ok(plan_again(false, &plan)); /* looking is free */
	ck_assert_ptr_null(plan.words.title);
	ck_assert_int_eq(plan.rereading, LB_REREAD_NOT);
	lb_plan_clear(&plan);
	ck_assert_ok(lb_evidence_close(ev, &err));
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	ck_assert_str_eq(plan.words.title, "Second");
	lb_plan_clear(&plan);
}
END_TEST

/* ---- cut ------------------------------------------------------------------------------------------------------------------------ */

/* What a cut update had read by then was not taken out by a person. */
START_TEST(cut_update_is_taken_up)
{
	struct lb_plan plan;
	first_plan();
	edit("50 40 20 10 5");
	world[0].list = "60 50 40 30 20 10";
	tiny.first = dies_at_favorites;
	ck_assert_int_eq(plan_again(true, &plan), LB_NETWORK);
	ck_assert_ok(lb_plan_load(dir, &plan, &err));
	ck_assert_str_eq(ids_of(&plan), "50 40 20 10 5");
	ck_assert_int_eq(plan.rereading, LB_REREAD_ALL);
	lb_plan_clear(&plan);
	tiny.first = NULL;
	unsigned hits = tiny.hits;
	ck_assert_ok(plan_again(_i == 1, &plan)); /* with --update or without */
	ck_assert_str_eq(ids_of(&plan), "60 50 40 20 10 5");
	ck_assert_uint_eq(tiny.hits, hits + 2); /* the favorites: a page that is full, and whether one follows */
	ck_assert_uint_eq(plan.ndropped, 1);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned refuses_stream(const struct tiny_ask *ask, struct lb_buf *body)
{
	if (!strstr(tiny_param(ask, "method"), "getPublicPhotos"))
		return UINT_MAX;
	lb_buf_adds(body, "<rsp stat=\"fail\"><err code=\"5\" msg=\"User deleted\"/></rsp>");
	return 200;
}

/* The member has left: what was read before stays on record and in the plan. */
START_TEST(refused_later)
{
	struct lb_plan plan;
	first_plan();
	tiny.first = refuses_stream;
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10 5");
	ck_assert_uint_eq(plan.photos[1].row_url, 0);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned fails_with_503(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)body;
	return strstr(tiny_param(ask, "method"), "getPublicPhotos") && strcmp(tiny_param(ask, "page"), "2") == 0 ? 503 : UINT_MAX;
}

/* An update that could not read a page is not done: the next run reads it, and only it. */
START_TEST(failed_page_of_an_update)
{
	struct lb_plan plan;
	first_plan();
	world[0].list = "50 40 35 30 20 10";
	tiny.first = fails_with_503;
	ck_assert_ok(plan_again(true, &plan));
	ck_assert_uint_eq(plan.ngaps, 1);
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10 5");
	lb_plan_clear(&plan);
	edit("50 40 20 10 5"); /* and a photo is dropped in between */
	tiny.first = NULL;
	unsigned hits = tiny.hits;
	ck_assert_ok(plan_again(false, &plan));
	ck_assert_uint_eq(tiny.hits, hits + 1);
	ck_assert_uint_eq(plan.ngaps, 0);
	ck_assert_str_eq(ids_of(&plan), "50 40 35 20 10 5");
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(words_and_choices_are_taken_over)
{
	struct lb_plan plan;
	struct lb_plan_request request = { .words.purpose = "because", .choices_said = LB_SAID_SAFETY | LB_SAID_PSEUDONYMS,
		.choices = { .safety = 2, .pseudonymise = true, .include_private = true } };
	first_plan();
	unsigned hits = tiny.hits;
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, &plan, &err));
	lb_plan_clear(&plan);
	ck_assert_ok(lb_plan_load(dir, &plan, &err));
	ck_assert_str_eq(plan.words.purpose, "because");
	ck_assert_int_eq(plan.choices.safety, 2);
	ck_assert(plan.choices.pseudonymise);
	ck_assert(!plan.choices.include_private); /* was not said */
	ck_assert_uint_eq(plan.choices.layers, lb_choices_default());
	ck_assert_uint_eq(tiny.hits, hits);
	lb_plan_clear(&plan);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/update");
	TCase *t = tcase_create("loopback");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, nothing_new);
	tcase_add_test(t, new_ones_join_at_their_place);
	tcase_add_test(t, gone_ones_stay);
	tcase_add_loop_test(t, gone_ones_keep_their_rows, 0, 2);
	tcase_add_test(t, told_before);
	tcase_add_loop_test(t, signed_in_since, 0, 2);
	tcase_add_test(t, more_wanted_since);
	tcase_add_test(t, stopped_before_it_began);
	tcase_add_loop_test(t, changed_ones_are_stale, 0, (int)LB_COUNT(changes));
	tcase_add_test(t, stale_until_asked_again);
	tcase_add_test(t, stale_by_a_clock_that_was_ahead);
	tcase_add_loop_test(t, another_run_at_work, 0, 2);
	tcase_add_loop_test(t, cut_update_is_taken_up, 0, 2);
	tcase_add_test(t, refused_later);
	tcase_add_test(t, failed_page_of_an_update);
	tcase_add_test(t, words_and_choices_are_taken_over);
	suite_add_tcase(s, t);
	return s;
}
