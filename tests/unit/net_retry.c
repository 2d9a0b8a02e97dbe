/* When to try again, and how long to wait. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/net/internal.h"
#include "tests/support/support.h"

#define NOW 784111777 /* Sun, 06 Nov 1994 08:49:37 GMT */
#define HOUR 3600000

START_TEST(waits_grow_to_a_cap_and_are_jittered)
{
	ck_assert_int_eq(lb_backoff_ms(1, 1000, 60000, UINT32_MAX), 1000);
	ck_assert_int_eq(lb_backoff_ms(1, 1000, 60000, 0), 500);
	ck_assert_int_eq(lb_backoff_ms(2, 1000, 60000, UINT32_MAX), 2000);
	ck_assert_int_eq(lb_backoff_ms(3, 1000, 60000, UINT32_MAX / 2), 2999);
	ck_assert_int_eq(lb_backoff_ms(7, 1000, 60000, UINT32_MAX), 60000);
	ck_assert_int_eq(lb_backoff_ms(4000000000U, 1000, 60000, UINT32_MAX), 60000);
	ck_assert_int_eq(lb_backoff_ms(5, 1000, 60000, 0), 8000);
	ck_assert_int_eq(lb_backoff_ms(3, 90000, 60000, UINT32_MAX), 60000);
	ck_assert_int_eq(lb_backoff_ms(1, 1, 60, 0), 1);
	ck_assert_int_eq(lb_backoff_ms(64, INT64_MAX / 4, INT64_MAX / 2, 0) > 0, 1);
}
END_TEST

static const struct { const char *value; int64_t ms; } afters[] = {
	{"0", 0}, {"120", 120000}, {" 7 ", 7000}, {"3600", HOUR}, {"3601", HOUR}, {"99999999999999999999999999", HOUR},
	{"18446744073709551615", HOUR}, {"9223372036854775807", HOUR},
	{"Sun, 06 Nov 1994 08:50:37 GMT", 60000}, {"Sunday, 06-Nov-94 08:50:37 GMT", 60000}, {"Sun Nov  6 08:50:37 1994", 60000},
	{"Sun, 06 Nov 1994 08:00:00 GMT", 0}, {"Mon, 07 Nov 2094 08:00:00 GMT", HOUR},
	{"", -1}, {" ", -1}, {"-1", -1}, {"1.5", -1}, {"soon", -1}, {"12 seconds", -1}, {"0x10", -1}, {NULL, -1},
	{"Sun, 06 Foo 1994 08:50:37 GMT", -1}, {"Sun, 06 anF 1994 08:50:37 GMT", -1}, {"Sun, 99 Nov 1994 08:50:37 GMT", -1},
	{"Sun, 06 Nov 1994 08:50:37 GMT and more", -1}, {"Sun, 06 Nov 1994 08:50:37 CET", -1}, {"Sun, 06 Nov 1994", -1},
	{"Sun, 06 Nov 1994 08:50:37 GMTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTT", -1},
};

START_TEST(retry_after_is_read)
{
	ck_assert_int_eq(lb_retry_after_ms(afters[_i].value, NOW), afters[_i].ms);
}
END_TEST

struct opinion { int rc; const char *text; unsigned asked; };

static int opine(void *arg, const struct lb_answer *answer, struct lb_error *err)
{
	struct opinion *o = arg;
	(void)answer;
	o->asked++;
	return o->rc ? lb_fail(err, (enum lb_status)o->rc, "%s", o->text) : LB_OK;
}

static const struct { int result, status, opinion; const char *text; enum lb_try_verdict verdict; const char *reason; unsigned asked; } cases[] = {
	{LB_OK, 200, LB_OK, "", LB_ACCEPT, "", 1},
	{LB_OK, 200, LB_NETWORK, "half an answer", LB_AGAIN, "half an answer", 1},
	{LB_OK, 200, LB_RATE, "not currently available", LB_AGAIN_SLOWER, "not currently available", 1},
	{LB_OK, 200, LB_DENIED, "private", LB_REFUSE, "private", 1},
	{LB_OK, 200, LB_FORMAT, "", LB_REFUSE, "not what was asked for", 1},
	{LB_OK, 204, LB_OK, "", LB_REFUSE, "HTTP 204", 0},
	{LB_OK, 302, LB_OK, "", LB_REFUSE, "HTTP 302", 0},
	{LB_OK, 400, LB_OK, "", LB_REFUSE, "HTTP 400", 0},
	{LB_OK, 404, LB_OK, "", LB_REFUSE, "HTTP 404", 0},
	{LB_OK, 401, LB_OK, "", LB_AGAIN_SLOWER, "HTTP 401", 0},
	{LB_OK, 403, LB_OK, "", LB_AGAIN_SLOWER, "HTTP 403", 0},
	{LB_OK, 429, LB_OK, "", LB_AGAIN_SLOWER, "HTTP 429", 0},
	{LB_OK, 500, LB_OK, "", LB_AGAIN, "HTTP 500", 0},
	{LB_OK, 503, LB_OK, "", LB_AGAIN, "HTTP 503", 0},
	{LB_NETWORK, 0, LB_OK, "", LB_AGAIN, "", 0},
	{LB_LIMIT, 200, LB_OK, "", LB_REFUSE, "", 0},
	{LB_DENIED, 302, LB_OK, "", LB_REFUSE, "", 0},
	{LB_NOTFOUND, 0, LB_OK, "", LB_REFUSE, "", 0},
};

START_TEST(what_is_tried_again_and_what_is_final)
{
	struct opinion o = {cases[_i].opinion, cases[_i].text, 0};
	struct lb_try try = {.result = cases[_i].result, .answer = {.status = cases[_i].status}};
	ck_assert_int_eq(lb_try_judge(&try, opine, &o), cases[_i].verdict);
	ck_assert_str_eq(try.answer.reason, cases[_i].reason);
	ck_assert_uint_eq(o.asked, cases[_i].asked);
}
END_TEST

START_TEST(elsewhere_than_at_the_api_no_entry_is_final)
{
	struct lb_try web = {.unpaced = true, .answer = {.status = 401}}, file = {.lane = LB_LANE_FILES, .answer = {.status = 403}};
	ck_assert_int_eq(lb_try_judge(&web, NULL, NULL), LB_REFUSE);
	ck_assert_int_eq(lb_try_judge(&file, NULL, NULL), LB_REFUSE);
	struct lb_try api = {.answer = {.status = 401, .body = LB_BUF(100)}};
	lb_buf_adds(&api.answer.body, "oauth_problem=token_rejected");
	ck_assert_int_eq(lb_try_judge(&api, NULL, NULL), LB_REFUSE);
	lb_answer_clear(&api.answer);
}
END_TEST

START_TEST(a_redirect_that_is_not_followed_is_an_answer)
{
	static const int redirects[] = {301, 302, 303, 307, 308}, others[] = {300, 304, 305, 404};
	for (size_t i = 0; i < LB_COUNT(redirects); i++) {
		struct lb_try try = {.no_follow = true, .answer = {.status = redirects[i]}};
		ck_assert_int_eq(lb_try_judge(&try, NULL, NULL), LB_ACCEPT);
	}
	for (size_t i = 0; i < LB_COUNT(others); i++) {
		struct lb_try try = {.no_follow = true, .answer = {.status = others[i]}};
		ck_assert_int_eq(lb_try_judge(&try, NULL, NULL), LB_REFUSE);
	}
}
END_TEST

static const struct { int status; unsigned fine, end; enum lb_status rc; const char *words, *hint; } streaks[] = {
	{403, 7, 8, LB_AUTH, "this API key: HTTP 403, 8 times in a row", "apps/"},
	{401, 7, 8, LB_AUTH, "this API key: HTTP 401", "apps/"},
	{429, 23, 24, LB_RATE, "asks too much: HTTP 429", "wait an hour"},
	{500, 59, 60, LB_NETWORK, "not given one good answer for a while: HTTP 500", "when Flickr is back"},
	{0, 59, 1000, LB_NETWORK, "not given one good answer", "same command"},
};

START_TEST(when_nothing_works_it_stops_with_advice)
{
	struct lb_answer answer = {.status = streaks[_i].status};
	struct lb_error err = {0};
	snprintf(answer.reason, sizeof answer.reason, "HTTP %d", answer.status);
	ck_assert_int_eq(lb_streak_check(streaks[_i].fine, &answer, &err), LB_OK);
	ck_assert_int_eq(lb_streak_check(streaks[_i].end, &answer, &err), streaks[_i].rc);
	ck_assert_msg(strstr(err.what, streaks[_i].words) != NULL, "%s", err.what);
	ck_assert_msg(strstr(err.hint, streaks[_i].hint) != NULL, "%s", err.hint);
}
END_TEST

START_TEST(without_a_judge_200_is_good)
{
	struct lb_try try = {.answer = {.status = 200}};
	ck_assert_int_eq(lb_try_judge(&try, NULL, NULL), LB_ACCEPT);
}
END_TEST

START_TEST(secrets_are_blotted_out)
{
	char text[256] = "at https://x/?api_key=0123456789abcdef&a=1: key 0123456789abcdef is bad, sig a%2Fb%3D or a/b=, method m";
	lb_blot_secrets(text, "https://x/?method=m&api_key=0123456789abcdef&a=1&oauth_signature=a%2Fb%3D&auth_token=1");
	ck_assert_str_eq(text, "at https://x/?api_key=****************&a=1: key **************** is bad, sig ******** or ****, method m");
	snprintf(text, sizeof text, "nothing to hide");
	lb_blot_secrets(text, "https://x/");
	ck_assert_str_eq(text, "nothing to hide");
}
END_TEST

START_TEST(few_headers_are_kept)
{
	struct lb_try try = {0};
	const struct lb_buf *headers = &try.answer.headers;
	lb_try_keep(&try, lb_span("set-cookie"), lb_span("ccc=1"));
	lb_try_keep(&try, lb_span("X-Amz-Cf-Id"), lb_span("abc"));
	lb_try_keep(&try, lb_span("etag"), lb_span("\"a\"\r\nEvil: 1"));
	lb_try_keep(&try, lb_span("Location"), lb_span("/elsewhere"));
	lb_try_keep(&try, lb_span("LAST-MODIFIED"), lb_span("Sun, 06 Nov 1994 08:49:37 GMT"));
	static const char expected[] = "ETag: \"a\"  Evil: 1\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
	ck_assert_str_eq(lb_buf_str(headers), expected);
	static char huge[10000];
	memset(huge, 'x', sizeof huge - 1);
	lb_try_keep(&try, lb_span("Date"), lb_span(huge));
	ck_assert_uint_eq(headers->len, strlen(expected));
	lb_answer_clear(&try.answer);
	try.no_follow = true;
	lb_try_keep(&try, lb_span("location"), lb_span("/elsewhere"));
	ck_assert_str_eq(lb_buf_str(headers), "Location: /elsewhere\r\n");
	lb_answer_clear(&try.answer);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("net_retry");
	TCase *t = tcase_create("retry");
	tcase_add_test(t, waits_grow_to_a_cap_and_are_jittered);
	tcase_add_loop_test(t, retry_after_is_read, 0, LB_COUNT(afters));
	tcase_add_loop_test(t, what_is_tried_again_and_what_is_final, 0, LB_COUNT(cases));
	tcase_add_test(t, elsewhere_than_at_the_api_no_entry_is_final);
	tcase_add_test(t, a_redirect_that_is_not_followed_is_an_answer);
	tcase_add_loop_test(t, when_nothing_works_it_stops_with_advice, 0, LB_COUNT(streaks));
	tcase_add_test(t, without_a_judge_200_is_good);
	tcase_add_test(t, secrets_are_blotted_out);
	tcase_add_test(t, few_headers_are_kept);
	suite_add_tcase(s, t);
	return s;
}
