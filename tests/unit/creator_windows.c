/* Searches beyond 4,000 hits: a Flickr that gives the first 4,000 only, in an order that moves, and then repeats itself. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/creator.h"
#include "tests/support/support.h"
#include "tests/support/tiny_flickr.h"

#define HITS 20000
#define CAP 4000
#define BURST_AT 1400000000
#define NOW 1700000000

static struct lb_error err;
static struct lb_source source;
static int64_t uploaded[HITS];
static size_t hits, lie;              /* lie: claimed and never given */
static unsigned moves;                /* how far a row may stray from its place */
static bool repeating;                /* page 2 is page 1 */
static uint32_t seed;

static uint32_t dice(uint32_t sides)
{
	seed = seed * 1664525 + 1013904223;
	return sides ? (seed >> 8) % sides : 0;
}

static int by_date(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* A third of all within an hour, the rest over twelve years. */
static void spread(size_t count, size_t same_second)
{
	hits = count;
	seed = 7;
	for (size_t i = 0; i < count; i++)
		uploaded[i] = i % 3 == 0 ? BURST_AT + dice(3600) : 1300000000 + (int64_t)dice(380000) * 1000;
	for (size_t i = 0; i < same_second; i++)
		uploaded[i] = BURST_AT;
	qsort(uploaded, count, sizeof *uploaded, by_date);
}

static int64_t bound(const struct tiny_ask *ask, const char *name, int64_t fallback)
{
	const char *text = tiny_param(ask, name);
	return text ? atoll(text) : fallback;
}

/* The rows of a window, each a few places from where it should be. */
static size_t window(const struct tiny_ask *ask, size_t *out)
{
	int64_t from = bound(ask, "min_upload_date", 0), to = bound(ask, "max_upload_date", INT64_MAX);
	size_t n = 0;
	for (size_t i = 0; i < hits; i++)
		if (uploaded[i] >= from && uploaded[i] <= to)
			out[n++] = i;
	for (size_t i = 0; moves && i + 1 < n; i++) {
		size_t k = i + dice(moves), was = out[i];
		k = k < n ? k : n - 1;
		out[i] = out[k];
		out[k] = was;
	}
	return n;
}

static unsigned searching(const struct tiny_ask *ask, struct lb_buf *body)
{
	static size_t rows[HITS];
	size_t n = window(ask, rows), page = (size_t)bound(ask, "page", 1), pages = (n + lie + 499) / 500;
	size_t shown = page > CAP / 500 ? CAP / 500 : page; /* later pages repeat the last good one */
	lb_buf_addf(body, "<rsp stat=\"ok\"><photos page=\"%zu\" pages=\"%zu\" perpage=\"500\" total=\"%zu\">", page, pages, n ? n + lie : 0);
	if (repeating && page == 2)
		shown = 1;
	for (size_t i = (shown - 1) * 500; i < n && i < shown * 500; i++) {
		char id[32];
		snprintf(id, sizeof id, "%zu", 1000000 + rows[i]);
		tiny_row(body, id, "12345@N00", true);
	}
	lb_buf_adds(body, "</photos></rsp>");
	return 200;
}

static int64_t fixed(void *arg)
{
	(void)arg;
	return NOW;
}

static void plan_tag(const char *dir, struct lb_plan *plan)
{
	static const struct lb_ctx ctx = { .wall = fixed };
	const char *url = "https://www.flickr.com/photos/tags/owl/";
	struct lb_plan_request request = { .urls = &url, .nurls = 1 };
	ck_assert_ok(lb_create_plan(dir, &request, &source, &ctx, plan, &err));
}

static void begin(void)
{
	err = (struct lb_error){ 0 };
	source = (struct lb_source){ .api_key = "k", .reroute = tiny_start(), .tries = 1, .retry_base_ms = 1 };
	tiny.first = searching;
	lie = moves = 0;
	repeating = false;
}

static void end(void)
{
	tiny_stop();
}

static const unsigned strays[] = { 0, 3, 100 };

START_TEST(all_are_found)
{
	struct lb_plan plan;
	spread(HITS, 0);
	moves = strays[_i];
	plan_tag(test_dir(), &plan);
	printf("%u requests, %zu of %d hits that stray by %u\n", tiny.hits, plan.nphotos, HITS, moves);
	ck_assert_uint_eq(plan.nphotos, HITS);
	ck_assert_uint_eq(plan.urls[0].found, plan.nphotos);
	ck_assert_int_eq(plan.urls[0].claimed, HITS);
	ck_assert_uint_eq(plan.ngaps, 0);
	ck_assert_uint_lt(tiny.hits, moves ? 300 : 90); /* 40 pages are the least */
	lb_plan_clear(&plan);
}
END_TEST

/* In the order of upload, when the order is kept. */
START_TEST(in_order)
{
	struct lb_plan plan;
	spread(9000, 0);
	plan_tag(test_dir(), &plan);
	ck_assert_uint_eq(plan.nphotos, 9000);
	for (size_t i = 0; i < plan.nphotos; i++)
		ck_assert_int_eq(atoll(plan.photos[i].id), (long long)(1000000 + i));
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(few_are_one_search)
{
	struct lb_plan plan;
	spread(1200, 0);
	plan_tag(test_dir(), &plan);
	ck_assert_uint_eq(plan.nphotos, 1200);
	ck_assert_uint_eq(tiny.hits, 3);
	lb_plan_clear(&plan);
}
END_TEST

/* More in one second than Flickr gives: what comes is taken, and the rest is a gap that says how many. */
START_TEST(too_many_in_a_second)
{
	struct lb_plan plan;
	spread(9000, 5000);
	plan_tag(test_dir(), &plan);
	size_t second = 0;
	for (size_t i = 0; i < hits; i++)
		second += uploaded[i] == BURST_AT;
	ck_assert_uint_eq(plan.nphotos, 9000 - (second - CAP));
	ck_assert_uint_eq(plan.ngaps, 1);
	char says[128];
	snprintf(says, sizeof says, "of %zu photos uploaded at 2014-05-13T16:53:20Z the search gives 4000", second);
	ck_assert_str_eq(plan.gaps[0].message, says);
	ck_assert_int_eq(plan.urls[0].claimed, 9000);
	lb_plan_clear(&plan);
}
END_TEST

/* A total that lies costs some requests, and ends. */
START_TEST(lying_total)
{
	struct lb_plan plan;
	spread(3000, 0);
	lie = 30;
	plan_tag(test_dir(), &plan);
	ck_assert_uint_eq(plan.nphotos, 3000);
	ck_assert_int_eq(plan.urls[0].claimed, 3030);
	ck_assert_uint_lt(tiny.hits, 40);
	lb_plan_clear(&plan);
}
END_TEST

/* Hits that are claimed and not shown do not hide that others came twice in the place of some. */
START_TEST(lying_and_moving)
{
	struct lb_plan plan;
	spread(9000, 0);
	lie = 30;
	moves = 100;
	plan_tag(test_dir(), &plan);
	ck_assert_uint_eq(plan.nphotos, 9000);
	ck_assert_uint_eq(plan.ngaps, 0);
	lb_plan_clear(&plan);
}
END_TEST

/* A second cannot be split: where its second page is always the first once more, a gap says what is missing. */
START_TEST(repeating_second)
{
	struct lb_plan plan;
	spread(1200, 1200);
	repeating = true;
	plan_tag(test_dir(), &plan);
	ck_assert_uint_eq(plan.nphotos, 700);
	ck_assert_uint_eq(plan.ngaps, 1);
	ck_assert_int_eq(plan.gaps[0].kind, LB_GAP_REFUSED);
	ck_assert_str_eq(plan.gaps[0].message, "the list repeats itself: it gave 700 of 1200 claimed");
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(one_second_asked_for)
{
	struct lb_plan plan;
	const char *url = "https://www.flickr.com/search/?text=owl&min_upload_date=1400000000&max_upload_date=1400000000";
	struct lb_plan_request request = { .urls = &url, .nurls = 1 };
	spread(6000, 6000);
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, NULL, &plan, &err));
	ck_assert_uint_eq(plan.nphotos, CAP);
	ck_assert_uint_eq(plan.ngaps, 1);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned dies_later(const struct tiny_ask *ask, struct lb_buf *body)
{
	return tiny.hits > 30 ? 0 : searching(ask, body);
}

/* Cut in the middle, the same questions are asked by the next run, whatever the clock says; nothing is asked twice. */
START_TEST(cut_and_resumed)
{
	struct lb_plan plan;
	const char *dir = test_dir(), *url = "https://www.flickr.com/photos/tags/owl/";
	struct lb_plan_request request = { .urls = &url, .nurls = 1 };
	spread(HITS, 0);
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	unsigned whole = tiny.hits;
	lb_plan_clear(&plan);
	dir = test_dir();
	tiny.hits = 0;
	tiny.first = dies_later;
	ck_assert_int_eq(lb_create_plan(dir, &request, &source, NULL, &plan, &err), LB_NETWORK);
	ck_assert_uint_eq(tiny.hits, 31);
	tiny.hits = 0;
	tiny.first = searching;
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	ck_assert_uint_eq(plan.nphotos, HITS);
	ck_assert_uint_eq(tiny.hits, whole - 30);
	lb_plan_clear(&plan);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/windows");
	TCase *t = tcase_create("loopback");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, all_are_found, 0, (int)LB_COUNT(strays));
	tcase_add_test(t, in_order);
	tcase_add_test(t, few_are_one_search);
	tcase_add_test(t, too_many_in_a_second);
	tcase_add_test(t, lying_total);
	tcase_add_test(t, lying_and_moving);
	tcase_add_test(t, repeating_second);
	tcase_add_test(t, one_second_asked_for);
	tcase_add_test(t, cut_and_resumed);
	suite_add_tcase(s, t);
	return s;
}
