/* A run on a clock of the test's own: limits, sleep, stops, and how long it says that it will take. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/standin.h"
#include "tests/support/support.h"

#define HOUR ((int64_t)3600000)
#define API "https://api.flickr.com/services/rest/?method=flickr.test.echo&api_key=0123456789abcdef"

static struct lb_error err;
static struct standin s;
static struct lb_ctx ctx;
static volatile int cancel;
static struct lb_net_options options;
static char budget[300];

static void good(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	(void)arg, (void)in, (void)try;
	*out = (struct reply){.after_ms = 200, .status = 200, .body = lb_span("<rsp stat=\"ok\"/>")};
}

static void begin(void)
{
	standin_init(&s);
	s.reply = good;
	cancel = 0;
	ctx = (struct lb_ctx){.cancel = &cancel};
	standin_ctx(&s, &ctx);
	snprintf(budget, sizeof budget, "%s/calls", test_dir());
	options = (struct lb_net_options){.budget = budget};
}

static struct lb_net *open_net(void)
{
	struct lb_net *net;
	ck_assert_ok(lb_net_open(&options, &ctx, &net, &err));
	return net;
}

struct tally { struct lb_net *net; unsigned done, failed; uint64_t left; int64_t ended; char text[300]; int status; };

static int count(void *arg, struct lb_answer *a, struct lb_error *e)
{
	struct tally *t = arg;
	(void)e;
	t->done++;
	t->failed += a->outcome == LB_RECORD_FAILURE;
	t->ended = s.now;
	t->status = a->status;
	snprintf(t->text, sizeof t->text, "%s", a->outcome == LB_RECORD_FAILURE ? a->reason : lb_buf_str(&a->headers));
	return LB_OK;
}

static void submit(struct lb_net *net, struct tally *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		lb_net_submit(net, &(struct lb_request){.url = API, .done = count, .arg = t});
}

/* ---- limits -------------------------------------------------------------------------------------------------------- */

static int64_t logged[20000];
static size_t nlogged;

static void log_start(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	good(arg, in, try, out);
	logged[nlogged++ % LB_COUNT(logged)] = in->now;
}

START_TEST(days_of_work_keep_below_the_limit)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	s.reply = log_start;
	submit(net, &t, 3600 * 5);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.done, 3600 * 5);
	ck_assert_uint_eq(nlogged, 3600 * 5);
	for (size_t i = 3600; i < nlogged; i++)
		ck_assert_int_gt(logged[i] - logged[i - 3600], HOUR);
	ck_assert_int_lt(logged[nlogged - 1] - logged[0], 4 * HOUR + HOUR / 10); /* and use it */
	lb_net_free(net);
}
END_TEST

START_TEST(a_second_run_uses_what_the_first_left)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	submit(net, &t, 3500);
	ck_assert_ok(lb_net_run(net, &err));
	lb_net_free(net);
	net = open_net();
	int64_t from = s.now;
	t.done = 0;
	submit(net, &t, 101);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_gt(t.ended - from, HOUR - 200000);
	lb_net_free(net);
}
END_TEST

static unsigned warnings, notes;

static void hear(void *arg, const struct lb_event *event)
{
	(void)arg;
	warnings += event->kind == LB_EVENT_WARN && strstr(event->what, "used up");
	notes += event->kind == LB_EVENT_NOTE && strstr(event->what, "used up");
}

START_TEST(a_long_wait_is_told_once)
{
	struct tally t = {0};
	options.api_per_hour = 10;
	ctx.event = hear;
	warnings = notes = 0;
	struct lb_net *net = open_net();
	submit(net, &t, 10);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(warnings + notes, 0);
	submit(net, &t, 11);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(warnings, 1);
	ck_assert_uint_eq(notes, 1); /* the eleventh waits for another hour */
	lb_net_free(net);
}
END_TEST

START_TEST(web_addresses_are_not_counted)
{
	struct tally t = {0}, web = {0};
	struct lb_net *net = open_net();
	options.api_per_hour = 10;
	lb_net_free(net);
	net = open_net();
	submit(net, &t, 10);
	for (size_t i = 0; i < 30; i++)
		lb_net_submit(net, &(struct lb_request){.url = "https://www.flickr.com/gp/x", .unpaced = true, .done = count, .arg = &web});
	ck_assert_uint_eq(lb_net_waiting(net, LB_LANE_API), 40);
	int64_t from = s.now;
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_lt(s.now - from, 60000);
	ck_assert_uint_eq(web.done, 30);
	ck_assert_uint_eq(lb_net_stats(net).api_calls, 10);
	lb_net_free(net);
}
END_TEST

/* ---- redirects, addresses -------------------------------------------------------------------------------------------- */

static void redirect(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	(void)arg, (void)in, (void)try;
	*out = (struct reply){.after_ms = 1, .status = 302, .location = "/photos/ann/1/"};
}

START_TEST(a_redirect_is_the_answer_where_wanted)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	s.reply = redirect;
	struct lb_request r = {.url = "https://flic.kr/s/x", .unpaced = true, .no_follow = true, .done = count, .arg = &t};
	lb_net_submit(net, &r);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.failed, 0);
	ck_assert_int_eq(t.status, 302);
	ck_assert_str_eq(t.text, "Location: /photos/ann/1/\r\n");
	r.no_follow = false;
	lb_net_submit(net, &r);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.failed, 1);
	ck_assert_str_eq(t.text, "HTTP 302");
	lb_net_free(net);
}
END_TEST

static unsigned made;

static void make_address(void *arg, struct lb_buf *b)
{
	(void)arg;
	lb_buf_addf(b, API "&oauth_nonce=%u", ++made);
}

static void third_time(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	char expected[200];
	snprintf(expected, sizeof expected, API "&oauth_nonce=%u", made);
	ck_assert_str_eq(try->url, expected);
	good(arg, in, try, out);
	out->status = made < 3 ? 500 : 200;
}

START_TEST(each_try_has_an_address_of_its_own)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	s.reply = third_time;
	made = 0;
	lb_net_submit(net, &(struct lb_request){.address = make_address, .done = count, .arg = &t});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.done - t.failed, 1);
	ck_assert_uint_eq(made, 3);
	lb_net_free(net);
}
END_TEST

static void huge_address(void *arg, struct lb_buf *b)
{
	(void)arg;
	for (int i = 0; i < 70000; i++)
		lb_buf_addc(b, 'a');
}

START_TEST(half_an_address_is_never_asked)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	lb_net_submit(net, &(struct lb_request){.address = huge_address, .done = count, .arg = &t});
	ck_assert_int_eq(lb_net_run(net, &err), LB_LIMIT);
	ck_assert_uint_eq(s.starts, 0);
	lb_net_free(net);
}
END_TEST

/* ---- stops --------------------------------------------------------------------------------------------------------------- */

static int64_t stop_at;

static void stop_then(void *arg, struct standin *in)
{
	(void)arg;
	if (in->now >= stop_at)
		cancel = 1;
}

START_TEST(waiting_for_the_hour_it_hears_a_stop_within_a_second)
{
	struct tally t = {0};
	options.api_per_hour = 5;
	struct lb_net *net = open_net();
	submit(net, &t, 6);
	stop_at = s.now + 600000;
	if (_i)
		ctx.until = s.wall / 1000 + 600;
	else
		s.tick = stop_then;
	int64_t from = s.now;
	ck_assert_int_eq(lb_net_run(net, &err), LB_CANCELLED);
	ck_assert_uint_eq(t.done, 5);
	ck_assert_int_ge(s.now - from, 599000);
	ck_assert_int_le(s.now - from, 601000);
	lb_net_free(net);
}
END_TEST

static void always(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	(void)in, (void)try;
	*out = *(const struct reply *)arg;
}

static const struct { struct reply reply; enum lb_status rc; unsigned most; } ends[] = {
	{{.after_ms = 100, .status = 403}, LB_AUTH, 8 + 4},
	{{.after_ms = 100, .status = 401}, LB_AUTH, 8 + 4},
	{{.after_ms = 100, .status = 429, .retry_after = "30"}, LB_RATE, 24 + 4},
	{{.after_ms = 100, .status = 429}, LB_RATE, 24 + 4},
	{{.after_ms = 100, .status = 503}, LB_NETWORK, 60 + 4},
	{{.after_ms = 100, .result = LB_NETWORK}, LB_NETWORK, 60 + 4},
	{{0}, LB_NETWORK, 60 + 4},
};

START_TEST(when_whatever_is_asked_fails_it_stops)
{
	struct tally t = {0};
	struct reply reply = ends[_i].reply;
	struct lb_net *net = open_net();
	s.reply = always;
	s.arg = &reply;
	submit(net, &t, 200);
	ck_assert_int_eq(lb_net_run(net, &err), ends[_i].rc);
	ck_assert_uint_le(s.starts, ends[_i].most);
	ck_assert_uint_eq(t.done, t.failed);
	ck_assert(*err.hint);
	lb_net_free(net);
}
END_TEST

/* Half of all that is asked is refused at the edge: that is about what is asked, not about the key. */
static void every_other(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	good(arg, in, try, out);
	if (strstr(try->url, "&bad"))
		out->status = 403;
}

START_TEST(refusals_between_good_answers_do_not_stop_it)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	s.reply = every_other;
	for (size_t i = 0; i < 100; i++)
		lb_net_submit(net, &(struct lb_request){.url = i % 10 ? API : API "&bad=1", .done = count, .arg = &t});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.done, 100);
	ck_assert_uint_eq(t.failed, 10);
	lb_net_free(net);
}
END_TEST

/* Number n (from 1) is answered after n * 1000 ms: the first one stops the run, or the user does, after half a second. */
static void one_after_the_other(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	good(arg, in, try, out);
	out->after_ms = 1000 * (int64_t)in->starts;
	if (in->starts == 2)
		out->status = 500;
}

static int count_and_fail(void *arg, struct lb_answer *a, struct lb_error *e)
{
	struct tally *t = arg;
	ck_assert_ok(count(arg, a, e));
	return t->done == 1 ? lb_fail(e, LB_AUTH, "the first") : lb_fail(e, LB_IO, "a later one");
}

static const struct { bool cancelled; int rc; unsigned done; int64_t took; } landings[] = {
	{false, LB_AUTH, 3, 5000}, /* of four under way the second comes to nothing, the others are answered; two more are not begun */
	{true, LB_CANCELLED, 1, 2700}, /* answers later than two seconds after the signal are not waited for */
};

START_TEST(what_is_under_way_is_answered_when_a_run_stops)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	s.reply = one_after_the_other;
	if (landings[_i].cancelled) {
		stop_at = s.now + 500;
		s.tick = stop_then;
	}
	int64_t from = s.now;
	for (int i = 0; i < 6; i++)
		lb_net_submit(net, &(struct lb_request){.url = API, .done = count_and_fail, .arg = &t});
	ck_assert_int_eq(lb_net_run(net, &err), landings[_i].rc);
	if (!landings[_i].cancelled)
		ck_assert_str_eq(err.what, "the first");
	ck_assert_uint_eq(s.starts, 4);
	ck_assert_uint_eq(t.done, landings[_i].done);
	ck_assert_uint_eq(t.failed, 0);
	ck_assert_int_le(s.now - from, landings[_i].took + 200);
	ck_assert_uint_eq(lb_net_waiting(net, LB_LANE_API), 6 - t.done);
	lb_net_free(net);
}
END_TEST

/* Files and calls alike: five requests in a row that no answer came to, each with all its tries. */
START_TEST(silence_ends_the_run)
{
	struct tally t = {0};
	struct reply silence = {.after_ms = 10, .result = LB_NETWORK};
	struct lb_net *net = open_net();
	char path[400];
	snprintf(path, sizeof path, "%s/file", test_dir());
	s.reply = always;
	s.arg = &silence;
	for (int i = 0; i < 20; i++)
		lb_net_submit(net, &(struct lb_request){.lane = LB_LANE_FILES, .url = "https://live.staticflickr.com/1.jpg", .file = path,
			.done = count, .arg = &t});
	ck_assert_int_eq(lb_net_run(net, &err), LB_NETWORK);
	ck_assert_ptr_nonnull(strstr(err.what, "cannot be reached"));
	ck_assert(*err.hint);
	ck_assert_uint_ge(t.failed, 5);
	ck_assert_uint_lt(t.failed, 20);
	lb_net_free(net);
}
END_TEST

/* ---- sleep ------------------------------------------------------------------------------------------------------------------ */

static struct { int64_t from, to, offline_until; bool asleep; } night;

/* Falls asleep at `from`, wakes at `to`; the network is back later. */
static void fall_asleep(void *arg, struct standin *in)
{
	(void)arg;
	if (night.asleep || in->now < night.from)
		return;
	night.asleep = true;
	standin_advance(in, night.to - in->now);
}

static void after_waking(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	good(arg, in, try, out);
	if (night.asleep && in->now < night.offline_until)
		*out = (struct reply){.after_ms = 5, .result = LB_NETWORK, .reason = "Couldn't resolve host name"};
	else if (!night.asleep && in->now > night.from - 2000)
		*out = (struct reply){0}; /* under way when it fell asleep: nothing will come */
}

START_TEST(sleep_costs_no_request_its_tries)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	night.from = s.now + 20000;
	night.to = night.from + 8 * HOUR;
	night.offline_until = night.to + 60000; /* far longer than five tries take */
	night.asleep = false;
	s.tick = fall_asleep;
	s.reply = after_waking;
	submit(net, &t, 1000);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(t.done, 1000);
	ck_assert_uint_eq(t.failed, 0);
	ck_assert_uint_eq(s.woken, 1);
	ck_assert_int_lt(s.now - night.to, 3 * 60000 + 1000 * 50);
	ck_assert_uint_lt(s.starts, 1000 + 200); /* no storm */
	lb_net_free(net);
}
END_TEST

START_TEST(the_hour_passes_during_sleep)
{
	struct tally t = {0};
	options.api_per_hour = 5;
	struct lb_net *net = open_net();
	submit(net, &t, 10);
	night.from = s.now + 60000;
	night.to = night.from + 2 * HOUR;
	night.offline_until = 0;
	night.asleep = false;
	s.tick = fall_asleep;
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_lt(s.now - night.to, 60000);
	lb_net_free(net);
}
END_TEST

/* ---- how long it will take ---------------------------------------------------------------------------------------------------- */

struct estimate { struct lb_net *net; uint64_t total, done; int64_t from, at, told; };

static int estimate_at_a_twentieth(void *arg, struct lb_answer *a, struct lb_error *e)
{
	struct estimate *x = arg;
	(void)a, (void)e;
	if (++x->done == x->total / 20) {
		x->at = s.now;
		x->told = lb_net_eta_s(x->net, x->total - x->done);
	}
	return LB_OK;
}

static uint32_t dice;

static uint32_t roll(uint32_t below)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % below;
}

/* Answers after 100 to 900 ms; one in a hundred fails somehow. In runs of minutes fewer do, and none is silent until its time
 * limit: the minute that one such try costs cannot be foreseen from the first seconds. */
static void lifelike(void *arg, struct standin *in, const struct lb_try *try, struct reply *out)
{
	good(arg, in, try, out);
	out->after_ms = 100 + roll(800);
	if (roll(arg ? 400 : 100))
		return;
	switch (arg ? 1 + roll(9) : roll(10)) {
	case 0: *out = (struct reply){0}; break;
	case 1: case 2: case 3: out->status = 429; out->retry_after = "3"; break;
	case 4: case 5: case 6: *out = (struct reply){.after_ms = 300, .result = LB_NETWORK}; break;
	default: out->status = 500;
	}
}

static const struct { uint64_t calls, before; size_t per_hour; } works[] = {
	{600, 0, 3600},        /* minutes */
	{3000, 0, 3600},       /* most of an hour's calls */
	{3500, 1000, 3600},    /* an earlier run has used some of the hour */
	{12000, 0, 3600},      /* hours; at a twentieth the limit was never felt */
	{40000, 0, 3600},      /* the better part of a day */
	{20000, 3600, 3600}, {20000, 0, 1000000}, {4000, 0, 500},
};

START_TEST(after_a_twentieth_it_knows_how_long)
{
	struct tally earlier = {0};
	size_t w = (size_t)_i % LB_COUNT(works);
	struct estimate x = {.total = works[w].calls};
	options.api_per_hour = works[w].per_hour;
	dice = (uint32_t)_i;
	s.arg = works[w].calls < 10000 ? &s : NULL;
	struct lb_net *net = open_net();
	submit(net, &earlier, works[w].before);
	ck_assert_ok(lb_net_run(net, &err));
	lb_net_free(net);
	x.net = net = open_net();
	s.reply = lifelike;
	x.from = s.now;
	for (uint64_t i = 0; i < x.total; i++)
		lb_net_submit(net, &(struct lb_request){.url = API, .done = estimate_at_a_twentieth, .arg = &x});
	ck_assert_ok(lb_net_run(net, &err));
	double took = (double)(s.now - x.at) / 1000;
	fprintf(stderr, "# %llu calls: told %lld s, took %.0f s\n", (unsigned long long)x.total, (long long)x.told, took);
	ck_assert_msg((double)x.told > took * 0.8 && (double)x.told < took * 1.2, "wrong by more than a fifth");
	ck_assert_int_eq(lb_net_eta_s(net, 0), 0);
	lb_net_free(net);
}
END_TEST

START_TEST(begun_again_it_knows_what_the_hour_has_left)
{
	struct tally t = {0};
	struct lb_net *net = open_net();
	submit(net, &t, 3600);
	ck_assert_ok(lb_net_run(net, &err));
	int64_t used_up = s.now;
	lb_net_free(net);
	net = open_net();
	int64_t told = lb_net_eta_s(net, 100), hour = lb_net_eta_s(net, 3600 * 10);
	t.done = 0;
	submit(net, &t, 100);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_gt(told, (t.ended - used_up) / 1000 - 60);
	ck_assert_int_lt(told, (t.ended - used_up) / 1000 + 60);
	ck_assert_int_gt(hour, 10 * 3600 - 600);
	ck_assert_int_lt(hour, 10 * 3600 + 600);
	lb_net_free(net);
}
END_TEST

static struct lb_budget *other;
static int64_t other_next;

/* Another run with the same key, which takes what it can get. */
static void other_run(void *arg, struct standin *in)
{
	int64_t wait = 0;
	(void)arg;
	if (in->now < other_next)
		return;
	ck_assert_ok(lb_budget_take(other, &wait, &err));
	other_next = in->now + (wait ? wait : 2000);
}

START_TEST(what_another_run_takes_is_seen)
{
	struct estimate x = {.total = 40000};
	ck_assert_ok(lb_budget_open(budget, 3600, &s.it.clock, NULL, &other, &err));
	s.tick = other_run;
	struct lb_net *net = x.net = open_net();
	for (uint64_t i = 0; i < x.total; i++)
		lb_net_submit(net, &(struct lb_request){.url = API, .done = estimate_at_a_twentieth, .arg = &x});
	ck_assert_ok(lb_net_run(net, &err));
	double took = (double)(s.now - x.at) / 1000;
	ck_assert(took > 38000 * 1.02);
	ck_assert((double)x.told > took * 0.9 && (double)x.told < took * 1.1);
	lb_net_free(net);
	lb_budget_free(other);
}
END_TEST

START_TEST(before_anything_was_asked_the_limit_is_known)
{
	struct lb_net *net = open_net();
	int64_t day = lb_net_eta_s(net, 24 * 3600);
	ck_assert_int_ge(day, 23 * 3600);
	ck_assert_int_le(day, 24 * 3600);
	ck_assert_int_eq(lb_net_eta_s(net, 0), 0);
	ck_assert_int_lt(lb_net_eta_s(net, 100), 60);
	ck_assert_int_gt(lb_net_eta_s(net, UINT64_MAX / 2), 0);
	lb_net_free(net);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("net_run");
	TCase *t = tcase_create("run");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, NULL);
	tcase_add_test(t, days_of_work_keep_below_the_limit);
	tcase_add_test(t, a_second_run_uses_what_the_first_left);
	tcase_add_test(t, a_long_wait_is_told_once);
	tcase_add_test(t, web_addresses_are_not_counted);
	tcase_add_test(t, a_redirect_is_the_answer_where_wanted);
	tcase_add_test(t, each_try_has_an_address_of_its_own);
	tcase_add_test(t, half_an_address_is_never_asked);
	tcase_add_loop_test(t, waiting_for_the_hour_it_hears_a_stop_within_a_second, 0, 2);
	tcase_add_loop_test(t, when_whatever_is_asked_fails_it_stops, 0, LB_COUNT(ends));
	tcase_add_loop_test(t, what_is_under_way_is_answered_when_a_run_stops, 0, LB_COUNT(landings));
	tcase_add_test(t, silence_ends_the_run);
	tcase_add_test(t, refusals_between_good_answers_do_not_stop_it);
	tcase_add_test(t, sleep_costs_no_request_its_tries);
	tcase_add_test(t, the_hour_passes_during_sleep);
	tcase_add_loop_test(t, after_a_twentieth_it_knows_how_long, 0, 3 * LB_COUNT(works));
	tcase_add_test(t, begun_again_it_knows_what_the_hour_has_left);
	tcase_add_test(t, what_another_run_takes_is_seen);
	tcase_add_test(t, before_anything_was_asked_the_limit_is_known);
	suite_add_tcase(suite, t);
	return suite;
}
