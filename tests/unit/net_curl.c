/* Real HTTP over loopback, to a server of the test's own that misbehaves on request. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "lifeboat/net/internal.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"
#define FILES "https://live.staticflickr.com/"
#define KEY "0123456789abcdef0123456789abcdef"
#define HUGE_SIZE 100000

static struct lb_error err;
static struct MHD_Daemon *server;
static char reroute[64], file[300];
static atomic_uint hits;                 /* requests since the server started */
static atomic_uint limited;              /* of them, those for /429 */
static atomic_uint at_once, most_at_once, connections;

/* ---- the server --------------------------------------------------------------------------------------------------------- */

typedef enum MHD_Result result;
typedef result behaviour(struct MHD_Connection *c, const char *host);

static result reply(struct MHD_Connection *c, unsigned status, const char *body, const char *name, const char *value)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(body), (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", "text/xml");
	MHD_add_response_header(r, "X-Cache", "Miss from cloudfront");
	MHD_add_response_header(r, "Set-Cookie", "ccc=1");
	if (name)
		MHD_add_response_header(r, name, value);
	result rc = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return rc;
}

static result good(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return reply(c, 200, "<rsp/>", "ETag", "\"e\"");
}

static result echo(struct MHD_Connection *c, const char *host)
{
	char body[600];
	const char *agent = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "User-Agent");
	const char *key = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "api_key");
	snprintf(body, sizeof body, "%s %s %s", host, agent ? agent : "", key ? key : "");
	return reply(c, 200, body, NULL, NULL);
}

static result gzip(struct MHD_Connection *c, const char *host)
{
	(void)host;
	const char *accepted = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding");
	if (!accepted || !strstr(accepted, "gzip"))
		return reply(c, 200, "plain", NULL, NULL);
	unsigned char packed[200];
	z_stream z = {.next_in = (Bytef *)(uintptr_t)"unpacked", .avail_in = 8, .next_out = packed, .avail_out = sizeof packed};
	deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
	deflate(&z, Z_FINISH);
	struct MHD_Response *r = MHD_create_response_from_buffer(z.total_out, packed, MHD_RESPMEM_MUST_COPY);
	deflateEnd(&z);
	MHD_add_response_header(r, "Content-Encoding", "gzip");
	result rc = MHD_queue_response(c, 200, r);
	MHD_destroy_response(r);
	return rc;
}

static result slow_down(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return limited++ ? reply(c, 200, "<rsp/>", NULL, NULL) : reply(c, 429, "<html>", "Retry-After", "1");
}

static result slow(struct MHD_Connection *c, const char *host)
{
	unsigned now = ++at_once;
	if (now > most_at_once)
		most_at_once = now;
	usleep(300000);
	at_once--;
	return good(c, host);
}

static result flaky(struct MHD_Connection *c, const char *host)
{
	return hits > 2 ? good(c, host) : reply(c, 500 + hits, "<html>", NULL, NULL);
}

static result unavailable(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return reply(c, 503, "<html>", NULL, NULL);
}

static result missing(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return reply(c, 404, "no such thing", NULL, NULL);
}

static ssize_t ten_bytes(void *arg, uint64_t at, char *to, size_t max)
{
	(void)arg;
	if (at || max < 10)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	memcpy(to, "0123456789", 10);
	return 10;
}

static ssize_t endless(void *arg, uint64_t at, char *to, size_t max)
{
	(void)arg, (void)at;
	memset(to, 'x', max);
	return (ssize_t)max;
}

static result stream(struct MHD_Connection *c, uint64_t size, MHD_ContentReaderCallback read)
{
	struct MHD_Response *r = MHD_create_response_from_callback(size, 4096, read, NULL, NULL);
	result rc = MHD_queue_response(c, 200, r);
	MHD_destroy_response(r);
	return rc;
}

static result truncated(struct MHD_Connection *c, const char *host)
{
	return hits > 1 ? good(c, host) : stream(c, 1000, ten_bytes);
}

static result huge(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return stream(c, HUGE_SIZE, endless);
}

static result unending(struct MHD_Connection *c, const char *host)
{
	(void)host;
	return stream(c, MHD_SIZE_UNKNOWN, endless);
}

static result hang(struct MHD_Connection *c, const char *host)
{
	if (hits == 1)
		usleep(4500000);
	return good(c, host);
}

static atomic_llong slept;               /* by how much the clock of the test is ahead of the machine's */

/* While it is waited for, the machine sleeps for an hour; what was asked is never answered. */
static result sleep_then_hang(struct MHD_Connection *c, const char *host)
{
	if (hits > 1)
		return good(c, host);
	usleep(100000);
	slept = 3600000;
	usleep(2500000);
	return good(c, host);
}

static result reset(struct MHD_Connection *c, const char *host)
{
	if (hits > 1)
		return good(c, host);
	struct linger now = {1, 0};
	int fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	return MHD_NO;
}

/* The rest of the path says where to. */
static const struct { const char *name, *location; } redirects[] = {
	{"/to-file", "https://live.staticflickr.com/good"}, {"/to-relative", "/good"}, {"/to-same-scheme", "//farm1.staticflickr.com/good"},
	{"/to-loop", "/to-loop"}, {"/to-evil", "https://evil.example/" KEY}, {"/to-lookalike", "https://evilflickr.com/good"},
	{"/to-suffix", "https://www.flickr.com.evil.example/good"}, {"/to-user", "https://www.flickr.com@evil.example/good"},
	{"/to-password", "https://a:b@www.flickr.com/good"}, {"/to-port", "https://www.flickr.com:8080/good"},
	{"/to-ftp", "ftp://www.flickr.com/good"}, {"/to-disk", "file:///etc/passwd"}, {"/to-local", "https://127.0.0.1/good"},
	{"/to-nothing", "https://"}, {"/to-backslash", "https://evil.example\\.flickr.com/good"},
};

static const struct { const char *path; behaviour *act; } behaviours[] = {
	{"/good", good}, {"/services/rest/", echo}, {"/gzip", gzip}, {"/429", slow_down}, {"/slow", slow}, {"/flaky", flaky}, {"/503", unavailable},
	{"/404", missing}, {"/truncated", truncated}, {"/huge", huge}, {"/unending", unending}, {"/hang", hang}, {"/reset", reset}, {"/sleep", sleep_then_hang},
};

static result handle(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
		     const char *data, size_t *size, void **state)
{
	static int seen;
	(void)arg, (void)method, (void)version, (void)data, (void)size;
	if (!*state) { /* who answers before the request is read closes the connection */
		*state = &seen;
		return MHD_YES;
	}
	char host[100] = "";
	const char *path = strchr(url + 1, '/');
	hits++;
	if (!path)
		return MHD_NO;
	snprintf(host, sizeof host, "%.*s", (int)(path - url - 1), url + 1);
	for (size_t i = 0; i < LB_COUNT(behaviours); i++)
		if (strcmp(path, behaviours[i].path) == 0)
			return behaviours[i].act(c, host);
	for (size_t i = 0; i < LB_COUNT(redirects); i++)
		if (strcmp(path, redirects[i].name) == 0)
			return reply(c, 302, "moved", "Location", redirects[i].location);
	return reply(c, 418, "unexpected", NULL, NULL);
}

static void count_connection(void *arg, struct MHD_Connection *c, void **state, enum MHD_ConnectionNotificationCode code)
{
	(void)arg, (void)c, (void)state;
	connections += code == MHD_CONNECTION_NOTIFY_STARTED;
}

static void setup(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	server = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, handle, NULL,
				  MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_NOTIFY_CONNECTION, count_connection, NULL,
				  MHD_OPTION_END);
	ck_assert_ptr_nonnull(server);
	snprintf(reroute, sizeof reroute, "http://127.0.0.1:%u", MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port);
	snprintf(file, sizeof file, "%s/file", test_dir());
	hits = 0;
}

static void teardown(void)
{
	MHD_stop_daemon(server);
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

struct got { unsigned count; int64_t at; struct lb_answer answer; char body[600], headers[600]; };

static int keep(void *arg, struct lb_answer *answer, struct lb_error *e)
{
	struct got *g = arg;
	(void)e;
	g->count++;
	g->at = lb_time_mono();
	g->answer = *answer;
	snprintf(g->body, sizeof g->body, "%s", lb_buf_str(&answer->body));
	snprintf(g->headers, sizeof g->headers, "%s", lb_buf_str(&answer->headers));
	return LB_OK;
}

static int64_t fixed_time(void *arg)
{
	(void)arg;
	return 1735689600;
}

static const struct lb_ctx ctx = {.wall = fixed_time};

static struct lb_net *opened(void)
{
	struct lb_net *net = NULL;
	struct lb_net_options options = {.reroute = reroute, .user_agent = "test/1 (+https://example.org)", .retry_base_ms = 4, .timeout_s = 1,
		.tries = 3};
	ck_assert_ok(lb_net_open(&options, &ctx, &net, &err));
	return net;
}

static void check_no_secret(const struct got *g)
{
	ck_assert_ptr_null(strstr(g->answer.reason, KEY));
	ck_assert_ptr_null(strstr(err.what, KEY));
}

static struct got ask_limited(enum lb_lane lane, const char *base, const char *path, uint64_t max)
{
	char url[300];
	struct got g = {0};
	snprintf(url, sizeof url, "%s%s?api_key=" KEY, base, path);
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.lane = lane, .url = url, .file = file, .max_bytes = max, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(g.count, 1);
	check_no_secret(&g);
	return g;
}

static struct got ask(enum lb_lane lane, const char *path)
{
	return ask_limited(lane, "https://api.flickr.com", path, 0);
}

START_TEST(an_answer_comes_whole)
{
	struct got g = ask(LB_LANE_API, "/good");
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_int_eq(g.answer.status, 200);
	ck_assert_int_eq(g.answer.date, 1735689600);
	ck_assert_str_eq(g.answer.content_type, "text/xml");
	ck_assert_str_eq(g.body, "<rsp/>");
	ck_assert_ptr_nonnull(strstr(g.headers, "ETag: \"e\"\r\n"));
	ck_assert_ptr_nonnull(strstr(g.headers, "Date: "));
	ck_assert_ptr_null(strcasestr(g.headers, "cookie"));
	ck_assert_ptr_null(strcasestr(g.headers, "cache"));
	ck_assert_uint_eq(g.answer.tries, 1);
	g = ask(LB_LANE_API, "/services/rest/");
	ck_assert_str_eq(g.body, "api.flickr.com test/1 (+https://example.org) " KEY);
}
END_TEST

START_TEST(packed_answers_are_unpacked_and_files_are_not_packed)
{
	struct got g = ask(LB_LANE_API, "/gzip");
	ck_assert_str_eq(g.body, "unpacked");
	ck_assert_str_eq(g.headers + strcspn(g.headers, "C"), "");
	g = ask(LB_LANE_FILES, "/gzip");
	ck_assert_uint_eq(g.answer.size, 5);
}
END_TEST

START_TEST(a_file_is_written_and_hashed)
{
	char hex[LB_SHA256_HEX];
	struct got g = ask(LB_LANE_FILES, "/good");
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_MEDIA);
	ck_assert_uint_eq(g.answer.size, 6);
	lb_sha256("<rsp/>", 6, hex);
	ck_assert_str_eq(g.answer.sha256, hex);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(100);
	ck_assert_ok(lb_file_read(file, 100, &b, &err));
	ck_assert_str_eq(lb_buf_str(&b), "<rsp/>");
}
END_TEST

/* Trouble that passes: the next try has it, in both lanes, and of the first nothing is left. */
static const struct { const char *path; unsigned tries; } passing[] = {{"/flaky", 3}, {"/truncated", 2}, {"/reset", 2}, {"/hang", 2}};

START_TEST(trouble_that_passes_is_waited_out)
{
	for (enum lb_lane lane = 0; lane < LB_LANE_COUNT; lane++) {
		hits = 0;
		struct got g = ask(lane, passing[_i].path);
		ck_assert_msg(g.answer.outcome != LB_RECORD_FAILURE, "%s", g.answer.reason);
		ck_assert_uint_eq(g.answer.tries, passing[_i].tries);
		ck_assert_uint_eq(hits, passing[_i].tries);
		ck_assert_uint_eq(g.answer.size, 6);
		if (lane == LB_LANE_API)
			ck_assert_str_eq(g.body, "<rsp/>");
	}
}
END_TEST

static const struct { const char *path; int status; unsigned tries; const char *reason; } lasting[] = {
	{"/503", 503, 3, "HTTP 503"}, {"/404", 404, 1, "HTTP 404"}, {"/to-loop", 302, 1, "redirected too often"},
};

START_TEST(trouble_that_lasts_is_a_failure)
{
	for (enum lb_lane lane = 0; lane < LB_LANE_COUNT; lane++) {
		struct got g = ask(lane, lasting[_i].path);
		ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
		ck_assert_int_eq(g.answer.status, lasting[_i].status);
		ck_assert_uint_eq(g.answer.tries, lasting[_i].tries);
		ck_assert_str_eq(g.answer.reason, lasting[_i].reason);
		ck_assert(!lb_file_exists(file));
	}
}
END_TEST

START_TEST(no_answer_at_all_is_a_failure_that_names_no_address)
{
	MHD_stop_daemon(server);
	struct got g = ask(LB_LANE_API, "/good");
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
	ck_assert_int_eq(g.answer.status, 0);
	ck_assert_uint_eq(g.answer.tries, 3);
	ck_assert_uint_gt(strlen(g.answer.reason), 0);
	ck_assert_ptr_null(strstr(g.answer.reason, "127.0.0.1"));
	setup();
}
END_TEST

START_TEST(what_is_too_large_is_refused)
{
	static const char *const paths[] = {"/huge", "/unending"};
	for (enum lb_lane lane = 0; lane < LB_LANE_COUNT; lane++) {
		for (size_t i = 0; i < LB_COUNT(paths); i++) {
			struct got g = ask_limited(lane, "https://api.flickr.com", paths[i], HUGE_SIZE - 1);
			ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
			ck_assert_str_eq(g.answer.reason, "the answer is larger than 99999 bytes");
			ck_assert_uint_eq(g.answer.tries, 1);
			ck_assert(!lb_file_exists(file));
		}
		struct got g = ask_limited(lane, "https://api.flickr.com", "/huge", HUGE_SIZE);
		ck_assert_uint_eq(g.answer.size, HUGE_SIZE);
	}
}
END_TEST

/* ---- hosts --------------------------------------------------------------------------------------------------------------------- */

START_TEST(redirects_stay_with_flickr)
{
	struct got g = ask(LB_LANE_FILES, redirects[_i].name);
	bool followed = strstr(redirects[_i].location, "staticflickr.com/good") || strcmp(redirects[_i].location, "/good") == 0;
	if (strcmp(redirects[_i].location, redirects[_i].name) == 0)
		return;
	ck_assert_int_eq(g.answer.outcome, followed ? LB_RECORD_MEDIA : LB_RECORD_FAILURE);
	ck_assert_uint_eq(hits, followed ? 2 : 1);
	ck_assert_int_eq(g.answer.status, followed ? 200 : 302);
	ck_assert_uint_eq(g.answer.tries, 1);
	if (!followed)
		ck_assert_ptr_nonnull(strstr(g.answer.reason, "redirected"));
}
END_TEST

static const char *const forbidden[] = {
	"https://evil.example/good", "https://evilflickr.com/good", "https://flickr.com.evil.example/good", "https://user@www.flickr.com/good",
	"https://www.flickr.com:444/good", "ftp://www.flickr.com/good", "file:///etc/passwd", "www.flickr.com/good", "", "https://", "//",
	"https://www.flickr.com\r\nHost: x/good", "https://[::1]/good", "https://127.0.0.1/good", "https://evil.example#.flickr.com/good",
	"https://evil.example?.flickr.com/good",
};

START_TEST(nobody_else_is_asked)
{
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = forbidden[_i], .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_str_eq(g.answer.reason, "not an https address of Flickr's");
	ck_assert_uint_eq(g.answer.tries, 1);
	ck_assert_uint_eq(hits, 0);
}
END_TEST

START_TEST(without_a_stand_in_only_https_is_asked)
{
	struct got g = {0};
	struct lb_net *net = NULL;
	ck_assert_ok(lb_net_open(&(struct lb_net_options){.tries = 1}, &ctx, &net, &err));
	lb_net_submit(net, &(struct lb_request){.url = "http://api.flickr.com/services/rest/", .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_str_eq(g.answer.reason, "not an https address of Flickr's");
	lb_net_free(net);
}
END_TEST

/* ---- pacing ------------------------------------------------------------------------------------------------------------------------ */

static void submit(struct lb_net *net, enum lb_lane lane, const char *url, struct got *g)
{
	lb_net_submit(net, &(struct lb_request){.lane = lane, .url = url, .file = file, .done = keep, .arg = g});
}

START_TEST(told_to_slow_down_both_lanes_wait)
{
	struct got api = {0}, first = {0}, second = {0};
	struct lb_net *net = NULL;
	struct lb_net_options options = {.reroute = reroute, .retry_base_ms = 4, .files_parallel = 1};
	ck_assert_ok(lb_net_open(&options, &ctx, &net, &err));
	int64_t before = lb_time_mono();
	submit(net, LB_LANE_API, "https://api.flickr.com/429", &api);
	submit(net, LB_LANE_FILES, FILES "slow", &first); /* under way when the 429 comes */
	submit(net, LB_LANE_FILES, FILES "good", &second);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(api.answer.tries, 2);
	ck_assert_int_eq(api.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_int_lt(first.at - before, 900);
	ck_assert_int_ge(second.at - before, 1000);
	ck_assert_int_ge(api.at - before, 1000);
	ck_assert_uint_ge(lb_net_stats(net).waited_ms, 500);
	ck_assert_uint_eq(lb_net_stats(net).api_retries, 1);
	ck_assert_uint_eq(lb_net_stats(net).file_retries, 0);
	ck_assert_uint_eq(lb_net_stats(net).files, 2);
	lb_net_free(net);
}
END_TEST

static volatile int cancel;

static void *cancel_soon(void *unused)
{
	usleep(300000);
	cancel = 1;
	return unused;
}

/* Runs until cancelled from outside after 300 ms, which must be noticed soon. */
static void run_cancelled(struct lb_net *net, int64_t within_ms)
{
	pthread_t thread;
	int64_t before = lb_time_mono();
	cancel = 0;
	ck_assert_int_eq(pthread_create(&thread, NULL, cancel_soon, NULL), 0);
	ck_assert_int_eq(lb_net_run(net, &err), LB_CANCELLED);
	ck_assert_int_lt(lb_time_mono() - before, within_ms);
	pthread_join(thread, NULL);
}

START_TEST(no_more_calls_than_an_hour_allows)
{
	const struct lb_ctx cancellable = {.wall = fixed_time, .cancel = &cancel};
	struct got g = {0};
	struct lb_net *net = NULL;
	struct lb_net_options options = {.reroute = reroute, .api_per_hour = 2};
	ck_assert_ok(lb_net_open(&options, &cancellable, &net, &err));
	for (int n = 0; n < 3; n++)
		submit(net, LB_LANE_API, "https://api.flickr.com/good", &g);
	run_cancelled(net, 900);
	ck_assert_uint_eq(g.count, 2);
	ck_assert_uint_eq(lb_net_stats(net).api_calls, 2);
	ck_assert_uint_eq(lb_net_waiting(net, LB_LANE_API), 1);
	lb_net_free(net);
}
END_TEST

START_TEST(cancelled_while_nothing_comes)
{
	const struct lb_ctx cancellable = {.cancel = &cancel};
	struct got g = {0};
	struct lb_net *net = NULL;
	ck_assert_ok(lb_net_open(&(struct lb_net_options){.reroute = reroute}, &cancellable, &net, &err));
	submit(net, LB_LANE_API, "https://api.flickr.com/hang", &g);
	run_cancelled(net, 3000);
	ck_assert_uint_eq(g.count, 0);
	lb_net_free(net); /* with it still under way */
}
END_TEST

START_TEST(few_at_a_time_over_few_connections)
{
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	for (int i = 0; i < 13; i++)
		submit(net, LB_LANE_API, "https://api.flickr.com/slow", &g);
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_uint_eq(g.count, 13);
	ck_assert_uint_eq(most_at_once, 4);
	ck_assert_uint_le(connections, 4);
}
END_TEST

/* ---- the rest ------------------------------------------------------------------------------------------------------------------------- */

static int second_time(void *arg, const struct lb_answer *answer, struct lb_error *e)
{
	unsigned *asked = arg;
	(void)answer;
	return ++*asked == 2 ? LB_OK : lb_fail(e, LB_NETWORK, "not readable");
}

START_TEST(an_answer_that_is_judged_bad_is_asked_for_again)
{
	unsigned asked = 0;
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = "https://api.flickr.com/good", .judge = second_time, .judge_arg = &asked, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_uint_eq(g.answer.tries, 2);
	ck_assert_str_eq(g.answer.reason, "");
}
END_TEST

static int echo_secret(void *arg, const struct lb_answer *answer, struct lb_error *e)
{
	(void)arg;
	return lb_fail(e, LB_DENIED, "not this: %s", lb_buf_str(&answer->body));
}

START_TEST(an_answer_that_repeats_the_key_does_not_spread_it)
{
	struct got g = {0};
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = API "?api_key=" KEY, .judge = echo_secret, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_FAILURE);
	ck_assert_ptr_nonnull(strstr(g.answer.reason, "not this: api.flickr.com"));
	check_no_secret(&g);
}
END_TEST

START_TEST(a_full_disk_ends_the_run)
{
	char nowhere[400];
	snprintf(nowhere, sizeof nowhere, "%s/none/file", test_dir());
	const struct { const char *path; int status; } bad[] = {{"/dev/full", LB_IO}, {nowhere, LB_NOTFOUND}};
	for (size_t i = 0; i < LB_COUNT(bad); i++) {
		struct got g = {0};
		LB_AUTO(lb_net_freep) struct lb_net *net = opened();
		lb_net_submit(net, &(struct lb_request){.lane = LB_LANE_FILES, .url = FILES "good?api_key=" KEY, .file = bad[i].path, .done = keep, .arg = &g});
		ck_assert_int_eq(lb_net_run(net, &err), bad[i].status);
		ck_assert_ptr_nonnull(strstr(err.what, bad[i].path));
		ck_assert_ptr_null(strstr(err.what, KEY));
		ck_assert_uint_eq(g.count, 0);
	}
	ck_assert_uint_eq(hits, 1);
}
END_TEST

START_TEST(a_redirect_that_is_not_followed_is_told)
{
	struct got g = {0};
	char url[300], expected[300];
	snprintf(url, sizeof url, "https://%s%s", _i % 2 ? "flic.kr" : "www.flickr.com", redirects[_i].name);
	snprintf(expected, sizeof expected, "Location: %s\r\n", redirects[_i].location);
	LB_AUTO(lb_net_freep) struct lb_net *net = opened();
	lb_net_submit(net, &(struct lb_request){.url = url, .no_follow = true, .unpaced = true, .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_int_eq(g.answer.status, 302);
	ck_assert_ptr_nonnull(strstr(g.headers, expected));
	ck_assert_uint_eq(hits, 1);
	ck_assert_uint_eq(lb_net_stats(net).api_calls, 0);
}
END_TEST

static int64_t ahead(void *arg)
{
	(void)arg;
	return lb_time_mono() + slept;
}

START_TEST(after_a_sleep_it_asks_again_over_new_connections)
{
	struct got g = {0};
	const struct lb_stand_in clocks = {.clock = {.now = ahead, .wall = ahead}};
	const struct lb_ctx sleepy = {.wall = fixed_time, .stand_in = &clocks};
	const struct lb_net_options options = {.reroute = reroute, .retry_base_ms = 4, .timeout_s = 20, .tries = 1};
	LB_AUTO(lb_net_freep) struct lb_net *net = NULL;
	slept = 0;
	ck_assert_ok(lb_net_open(&options, &sleepy, &net, &err));
	int64_t from = lb_time_mono();
	lb_net_submit(net, &(struct lb_request){.url = "https://api.flickr.com/sleep", .done = keep, .arg = &g});
	ck_assert_ok(lb_net_run(net, &err));
	ck_assert_int_eq(g.answer.outcome, LB_RECORD_RESPONSE);
	ck_assert_uint_eq(g.answer.tries, 2);
	ck_assert_uint_eq(connections, 2);
	ck_assert_int_lt(lb_time_mono() - from, 2000);
}
END_TEST

static void add_cases(TCase *t)
{
	tcase_add_test(t, an_answer_comes_whole);
	tcase_add_test(t, packed_answers_are_unpacked_and_files_are_not_packed);
	tcase_add_test(t, a_file_is_written_and_hashed);
	tcase_add_loop_test(t, trouble_that_passes_is_waited_out, 0, LB_COUNT(passing));
	tcase_add_loop_test(t, trouble_that_lasts_is_a_failure, 0, LB_COUNT(lasting));
	tcase_add_test(t, no_answer_at_all_is_a_failure_that_names_no_address);
	tcase_add_test(t, what_is_too_large_is_refused);
	tcase_add_loop_test(t, redirects_stay_with_flickr, 0, LB_COUNT(redirects));
	tcase_add_loop_test(t, a_redirect_that_is_not_followed_is_told, 0, LB_COUNT(redirects));
	tcase_add_test(t, after_a_sleep_it_asks_again_over_new_connections);
	tcase_add_loop_test(t, nobody_else_is_asked, 0, LB_COUNT(forbidden));
	tcase_add_test(t, without_a_stand_in_only_https_is_asked);
	tcase_add_test(t, told_to_slow_down_both_lanes_wait);
	tcase_add_test(t, no_more_calls_than_an_hour_allows);
	tcase_add_test(t, cancelled_while_nothing_comes);
	tcase_add_test(t, few_at_a_time_over_few_connections);
	tcase_add_test(t, an_answer_that_is_judged_bad_is_asked_for_again);
	tcase_add_test(t, an_answer_that_repeats_the_key_does_not_spread_it);
	tcase_add_test(t, a_full_disk_ends_the_run);
}

Suite *test_suite(void)
{
	Suite *s = suite_create("net_curl");
	TCase *t = tcase_create("curl");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	add_cases(t);
	suite_add_tcase(s, t);
	return s;
}
