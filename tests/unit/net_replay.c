/* Answers out of a recording. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/net/net.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"
#define DATE 1735689600
#define PICTURE "\xff\xd8\xff\xe0 a picture \0 with a NUL"

static struct lb_error err;
static char dir[256], recording[300], file[300];

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(recording, sizeof recording, "%s/r.warc.gz", dir);
	snprintf(file, sizeof file, "%s/file", dir);
}

static void record(const struct lb_exchange *exchanges, size_t count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	lb_warc_format_info("test", DATE, &b);
	for (size_t i = 0; i < count; i++)
		ck_assert_ok(lb_warc_format(&exchanges[i], &b, &err));
	ck_assert_ok(lb_file_write(recording, b.p, b.len, &err));
}

static void record_usual(void)
{
	const struct lb_exchange usual[] = {
		{.kind = LB_RECORD_RESPONSE, .uri = API "?method=info&photo_id=1", .date = DATE, .status = 200, .content_type = "text/xml",
			.headers = "ETag: e\r\nX-Cache: hit\r\nDate: d\r\n", .body = lb_span("<rsp>1</rsp>")},
		{.kind = LB_RECORD_RESPONSE, .uri = API "?method=list&extras=a%2Cb&per_page=100&page=1", .date = DATE, .status = 200,
			.content_type = "text/xml", .body = lb_span("<rsp>list</rsp>")},
		{.kind = LB_RECORD_RESPONSE, .uri = API "?method=broken", .date = DATE, .status = 500, .body = lb_span("<html>")},
		{.kind = LB_RECORD_FAILURE, .uri = API "?method=failed", .date = DATE, .reason = "Timeout was reached"},
		{.kind = LB_RECORD_RESPONSE, .uri = "https://live.staticflickr.com/1.jpg", .date = DATE + 5, .status = 200,
			.content_type = "image/jpeg", .body = {PICTURE, sizeof PICTURE - 1}},
		{.kind = LB_RECORD_RESPONSE, .uri = "https://live.staticflickr.com/gone.jpg", .date = DATE, .status = 404, .body = lb_span("gone")},
		{.kind = LB_RECORD_MEDIA, .uri = "https://live.staticflickr.com/elsewhere.jpg", .date = DATE, .status = 200,
			.sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", .size = 0},
	};
	record(usual, LB_COUNT(usual));
}

struct got { unsigned count; struct lb_answer answer; char body[256]; int result; };

static int keep(void *arg, struct lb_answer *answer, struct lb_error *e)
{
	struct got *g = arg;
	(void)e;
	g->count++;
	g->answer = *answer;
	snprintf(g->body, sizeof g->body, "%s|%s", lb_buf_str(&answer->headers), lb_buf_str(&answer->body));
	return g->result;
}

static struct lb_net *opened(void)
{
	struct lb_net *net = NULL;
	struct lb_net_options options = {.replay = recording, .api_per_hour = 1};
	ck_assert_ok(lb_net_open(&options, NULL, &net, &err));
	return net;
}

static struct got ask(enum lb_lane lane, const char *url)
{
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.lane = lane, .url = url, .file = lane == LB_LANE_FILES ? file : NULL, .done = keep, .arg = &g});
	ck_assert_uint_eq(lb_net_waiting(net, lane), 1);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(lb_net_waiting(net, lane), 0);
	ck_assert_uint_eq(g.count, 1);
	return g;
}

START_TEST(a_recorded_redirect_comes_back_where_it_is_wanted)
{
	const struct lb_exchange x = {.kind = LB_RECORD_RESPONSE, .uri = "https://flic.kr/s/abc", .date = DATE, .status = 302,
		.content_type = "text/html", .headers = "Date: d\r\nLocation: https://www.flickr.com/photos/ann/1/\r\n"};
	record(&x, 1);
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	struct lb_request r = {.url = "https://flic.kr/s/abc", .no_follow = true, .unpaced = true, .done = keep, .arg = &g};
	lb_net_submit(net, &r);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_int_eq(g.answer.status, 302);
	ck_assert_str_eq(g.body, "Date: d\r\nLocation: https://www.flickr.com/photos/ann/1/\r\n|");
	r.no_follow = false;
	lb_net_submit(net, &r);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
}
END_TEST

START_TEST(recorded_answers_come_back)
{
	record_usual();
	struct got g = ask(LB_LANE_API, API "?api_key=k&photo_id=1&method=info&format=rest");
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_int_eq(g.answer.status, 200);
	ck_assert_int_eq(g.answer.date, DATE);
	ck_assert_str_eq(g.answer.content_type, "text/xml");
	ck_assert_str_eq(g.body, "ETag: e\r\nDate: d\r\n|<rsp>1</rsp>");
	ck_assert_uint_eq(g.answer.tries, 1);
}
END_TEST

static const struct { const char *query; bool there; } matches[] = {
	{"?method=list&extras=a%2Cb&per_page=100&page=1", true}, {"?method=list&extras=c&per_page=100&page=1", true},
	{"?method=list&per_page=500&page=1", true}, {"?method=list&page=1", true}, {"?method=list&page=2", false}, {"?method=list", false},
};

START_TEST(extras_and_page_size_may_differ)
{
	char url[256];
	record_usual();
	snprintf(url, sizeof url, API "%s", matches[_i].query);
	struct got g = ask(LB_LANE_API, url);
	ck_assert_int_eq(g.answer.absent, !matches[_i].there);
	ck_assert_int_eq(g.answer.outcome, matches[_i].there ? LB_RECORD_RESPONSE : LB_RECORD_FAILURE);
}
END_TEST

START_TEST(files_are_written_and_hashed)
{
	char hex[LB_SHA256_HEX];
	record_usual();
	struct got g = ask(LB_LANE_FILES, "https://live.staticflickr.com/1.jpg");
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_MEDIA);
	ck_assert_int_eq(g.answer.date, DATE + 5);
	ck_assert_uint_eq(g.answer.size, sizeof PICTURE - 1);
	lb_sha256(PICTURE, sizeof PICTURE - 1, hex);
	ck_assert_str_eq(g.answer.sha256, hex);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1000);
	ck_assert_ok(lb_file_read(file, 1000, &b, &err));
	ck_assert(lb_span_eq(lb_buf_span(&b), (struct lb_span){PICTURE, sizeof PICTURE - 1}));
}
END_TEST

static const struct { enum lb_lane lane; const char *url, *reason; int status; bool absent; } failures[] = {
	{LB_LANE_API, API "?method=unknown", "not in the recording", 0, true},
	{LB_LANE_API, API "?method=broken", "HTTP 500", 500, false},
	{LB_LANE_API, API "?method=failed", "Timeout was reached", 0, false},
	{LB_LANE_FILES, "https://live.staticflickr.com/2.jpg", "not in the recording", 0, true},
	{LB_LANE_FILES, "https://live.staticflickr.com/elsewhere.jpg", "not in the recording", 0, true},
	{LB_LANE_FILES, "https://live.staticflickr.com/gone.jpg", "HTTP 404", 404, false},
};

START_TEST(failures_come_at_once_and_leave_no_file)
{
	record_usual();
	int64_t before = lb_time_mono();
	struct got g = ask(failures[_i].lane, failures[_i].url);
	ck_assert_int_lt(lb_time_mono() - before, 500);
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
	ck_assert_str_eq(g.answer.reason, failures[_i].reason);
	ck_assert_int_eq(g.answer.status, failures[_i].status);
	ck_assert_int_eq(g.answer.absent, failures[_i].absent);
	ck_assert_uint_eq(g.answer.tries, 1);
	ck_assert(!lb_file_exists(file));
}
END_TEST

/* ---- the run ------------------------------------------------------------------------------------------------------------- */

struct chain { struct lb_net *net; unsigned left, done; };

static int ask_next(void *arg, struct lb_answer *answer, struct lb_error *e)
{
	struct chain *c = arg;
	(void)answer, (void)e;
	c->done++;
	if (c->left-- > 0)
		lb_net_submit(c->net, &(struct lb_request){.url = API "?method=info&photo_id=1", .done = ask_next, .arg = c});
	return LB_OK;
}

START_TEST(callbacks_may_ask_for_more_without_pacing)
{
	record_usual();
	LB_AUTO(lb_net_freep) struct lb_net *net = opened(); /* one call an hour, were it live */
	struct chain c = {net, 10000, 0};
	lb_net_submit(net, &(struct lb_request){.url = API "?method=info&photo_id=1", .done = ask_next, .arg = &c});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(c.done, 10001);
	ck_assert_uint_eq(lb_net_stats(net).api_calls, 10001);
	ck_assert_uint_eq(lb_net_stats(net).api_retries, 0);
}
END_TEST

START_TEST(a_failing_callback_stops_the_run)
{
	record_usual();
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	struct got bad = {.result = LB_LIMIT}, good = {0};
	for (int i = 0; i < 10; i++)
		lb_net_submit(net, &(struct lb_request){.url = API "?method=x", .done = keep, .arg = &bad});
	ck_assert_int_eq(lb_net_run(net, &err), LB_LIMIT);
	ck_assert_uint_eq(bad.count, 4); /* those that were under way have their answers */
	ck_assert_uint_eq(lb_net_waiting(net, LB_LANE_API), 6);
	bad.result = 0;
	lb_net_submit(net, &(struct lb_request){.url = API "?method=x", .done = keep, .arg = &good});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(bad.count, 10);
	ck_assert_uint_eq(good.count, 1);
}
END_TEST

START_TEST(a_cancelled_run_stops)
{
	record_usual();
	struct lb_net *net = NULL;
	volatile int cancel = 1;
	struct lb_ctx ctx = {.cancel = &cancel};
	struct lb_net_options options = {.replay = recording};
	struct got g = {0};
	ck_assert_ok(lb_net_open(&options, &ctx, &net, &err));
	lb_net_submit(net, &(struct lb_request){.url = API "?method=x", .done = keep, .arg = &g});
	ck_assert_int_eq(lb_net_run(net, &err), LB_CANCELLED);
	ck_assert_uint_eq(g.count, 0);
	lb_net_free(net);
}
END_TEST

static int never(void *arg, const struct lb_answer *answer, struct lb_error *e)
{
	unsigned *asked = arg;
	++*asked;
	ck_assert_int_eq(answer->outcome, LB_RECORD_RESPONSE);
	ck_assert_int_eq(answer->date, DATE);
	return lb_fail(e, LB_NETWORK, "try again");
}

START_TEST(a_recording_does_not_change_by_asking_again)
{
	record_usual();
	unsigned asked = 0;
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = API "?method=info&photo_id=1", .judge = never, .judge_arg = &asked, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(asked, 1);
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
	ck_assert_str_eq(g.answer.reason, "try again");
}
END_TEST

START_TEST(too_large_is_refused_and_a_full_disk_ends_the_run)
{
	record_usual();
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = API "?method=info&photo_id=1", .max_bytes = 5, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
	ck_assert_str_eq(g.answer.reason, "the answer is larger than 5 bytes");
	lb_net_submit(net, &(struct lb_request){.lane = LB_LANE_FILES, .url = "https://live.staticflickr.com/1.jpg", .file = "/dev/full",
		.done = keep, .arg = &g});
	ck_assert_int_eq(lb_net_run(net, &err), LB_IO);
	ck_assert_ptr_nonnull(strstr(err.what, "/dev/full"));
	ck_assert_uint_eq(g.count, 1);
}
END_TEST

START_TEST(a_damaged_recording_is_no_recording)
{
	struct lb_net *net = NULL;
	struct lb_net_options options = {.replay = recording};
	ck_assert_int_eq(lb_net_open(&options, NULL, &net, &err), LB_NOTFOUND);
	ck_assert_ok(lb_file_write(recording, "hello", 5, &err));
	ck_assert_int_eq(lb_net_open(&options, NULL, &net, &err), LB_FORMAT);
	options = (struct lb_net_options){.replay = recording, .api_per_hour = 2000000000};
	ck_assert_int_eq(lb_net_open(&options, NULL, &net, &err), LB_USAGE);
	static const char wrong[] = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: " API "?a=1\r\n"
		"WARC-Payload-Digest: sha256:AAAA\r\nContent-Type: application/http\r\nContent-Length: 20\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n";
	ck_assert_ok(lb_file_write(recording, wrong, sizeof wrong - 1, &err));
	net = opened();
	struct got g = {0};
	lb_net_submit(net, &(struct lb_request){.url = API "?a=1", .done = keep, .arg = &g});
	ck_assert_int_eq(lb_net_run(net, &err), LB_CORRUPT);
	lb_net_free(net);
	lb_net_free(NULL);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("net_replay");
	TCase *t = tcase_create("replay");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_recorded_redirect_comes_back_where_it_is_wanted);
	tcase_add_test(t, recorded_answers_come_back);
	tcase_add_loop_test(t, extras_and_page_size_may_differ, 0, LB_COUNT(matches));
	tcase_add_test(t, files_are_written_and_hashed);
	tcase_add_loop_test(t, failures_come_at_once_and_leave_no_file, 0, LB_COUNT(failures));
	tcase_add_test(t, callbacks_may_ask_for_more_without_pacing);
	tcase_add_test(t, a_failing_callback_stops_the_run);
	tcase_add_test(t, a_cancelled_run_stops);
	tcase_add_test(t, a_recording_does_not_change_by_asking_again);
	tcase_add_test(t, too_large_is_refused_and_a_full_disk_ends_the_run);
	tcase_add_test(t, a_damaged_recording_is_no_recording);
	suite_add_tcase(s, t);
	return s;
}
