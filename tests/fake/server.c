/* Real HTTP on loopback. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/fake/fake.h"

#define PAUSE_MS 20

static void wait_ms(struct fake *f, int ms)
{
	for (; ms > 0 && !f->stopping; ms -= PAUSE_MS)
		nanosleep(&(struct timespec){ 0, (ms < PAUSE_MS ? ms : PAUSE_MS) * 1000000L }, NULL);
}

/* ---- bodies ---------------------------------------------------------------------------------------------------- */

/* Replaces the body by its gzip form. */
static void squeeze(struct lb_buf *body)
{
	z_stream z = { 0 };
	struct lb_buf out = LB_BUF(body->max);
	unsigned char chunk[16384];
	int rc = Z_OK;
	if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return;
	z.next_in = (unsigned char *)body->p;
	z.avail_in = (unsigned)body->len;
	while (rc == Z_OK) {
		z.next_out = chunk;
		z.avail_out = sizeof chunk;
		rc = deflate(&z, Z_FINISH);
		lb_buf_add(&out, chunk, sizeof chunk - z.avail_out);
	}
	deflateEnd(&z);
	lb_buf_clear(body);
	*body = out;
}

struct half { char *data; size_t n; };

/* Promises all, gives half, then breaks off. */
static ssize_t give_half(void *arg, uint64_t pos, char *out, size_t max)
{
	const struct half *h = arg;
	if (pos >= h->n / 2)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	size_t left = h->n / 2 - (size_t)pos, n = left < max ? left : max;
	memcpy(out, h->data + pos, n);
	return (ssize_t)n;
}

static void free_half(void *arg)
{
	struct half *h = arg;
	free(h->data);
	free(h);
}

static struct MHD_Response *response_of(struct reply *r, const struct fault *fault)
{
	size_t n = r->body.len;
	if (!fault || fault->kind != FAULT_CUTOFF)
		return MHD_create_response_from_buffer(n, lb_buf_take(&r->body), MHD_RESPMEM_MUST_FREE);
	struct half *h = lb_alloc(sizeof *h);
	*h = (struct half){ lb_buf_take(&r->body), n };
	return MHD_create_response_from_callback(n, 16384, give_half, h, free_half);
}

/* ---- faults ---------------------------------------------------------------------------------------------------- */

static const char sorry_html[] = "<!DOCTYPE html>\n<html><head><title>Flickr</title></head>\n"
	"<body><h1>Bad panda</h1><p>Please come back later.</p></body></html>\n";

static void spoil(struct reply *r, const struct fault *fault)
{
	if (fault->kind == FAULT_STATUS || fault->kind == FAULT_HTML) {
		r->status = fault->kind == FAULT_STATUS ? fault->number : 200;
		r->type = "text/html; charset=utf-8";
		lb_buf_reset(&r->body);
		lb_buf_adds(&r->body, sorry_html);
	} else if (fault->kind == FAULT_CODE) {
		r->type = "text/xml; charset=utf-8";
		lb_buf_reset(&r->body);
		lb_buf_addf(&r->body, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"fail\">\n"
			"\t<err code=\"%d\" msg=\"Sorry, the Flickr API service is not currently available.\" />\n</rsp>\n", fault->number);
	} else if (fault->kind == FAULT_TRUNCATE) {
		r->body.len /= 2;
	}
	if (r->status != 302)
		r->location[0] = 0;
}

/* No answer at all: a reset, or silence until the server ends. */
static enum MHD_Result give_none(struct fake *f, struct MHD_Connection *connection, const struct fault *fault)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (fault->kind == FAULT_HANG)
		while (!f->stopping)
			wait_ms(f, 1000);
	else if (info)
		connect(info->connect_fd, &(struct sockaddr){ .sa_family = AF_UNSPEC },
			sizeof(struct sockaddr)); /* Linux: sends RST */
	return MHD_NO;
}

/* ---- one request ----------------------------------------------------------------------------------------------- */

static void add_headers(struct MHD_Response *response, const struct reply *r, const struct fault *fault)
{
	char seconds[16];
	if (r->type)
		MHD_add_response_header(response, "Content-Type", r->type);
	if (*r->location)
		MHD_add_response_header(response, "Location", r->location);
	if (r->api)
		MHD_add_response_header(response, "Set-Cookie",
			"ccc=%7B%22consent%22%3A0%7D; path=/; domain=flickr.com; Secure");
	if (fault && fault->retry_after) {
		snprintf(seconds, sizeof seconds, "%d", fault->retry_after);
		MHD_add_response_header(response, "Retry-After", seconds);
	}
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct reply *r, const struct fault *fault)
{
	const char *accepted = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
	bool gzip = r->api && accepted && strstr(accepted, "gzip");
	if (gzip)
		squeeze(&r->body);
	struct MHD_Response *response = response_of(r, fault);
	add_headers(response, r, fault);
	if (gzip)
		MHD_add_response_header(response, "Content-Encoding", "gzip");
	enum MHD_Result rc = MHD_queue_response(connection, (unsigned)r->status, response);
	MHD_destroy_response(response);
	return rc;
}

static enum MHD_Result handle_flickr(struct fake *f, struct MHD_Connection *connection, const char *uri)
{
	struct reply r;
	struct fault fault = { 0 };
	pthread_mutex_lock(&f->lock);
	const struct fault *rule = fault_for(&f->faults, uri);
	if (rule)
		fault = *rule; /* the rule may be cleared while we answer */
	pthread_mutex_unlock(&f->lock);
	const struct fault *strike = rule ? &fault : NULL;
	wait_ms(f, f->latency_ms);
	if (strike && (strike->kind == FAULT_HANG || strike->kind == FAULT_RESET)) {
		fake_log(f, uri, &(struct reply){ 0 }, strike);
		return give_none(f, connection, strike);
	}
	fake_respond(f, uri, &r);
	fake_log(f, uri, &r, strike);
	if (strike)
		spoil(&r, strike);
	else if (f->recording)
		record_reply(f, uri, &r);
	return send_reply(connection, &r, strike);
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *data, size_t *size, void **state)
{
	struct fake *f = arg;
	const char *uri = *state;
	struct reply r = { .status = 405, .type = "text/plain", .body = LB_BUF(64) };
	(void)version;
	(void)data;
	(void)size;
	if (strcmp(method, "GET") != 0)
		return send_reply(connection, &r, NULL);
	if (strcmp(url, "/control") != 0)
		return handle_flickr(f, connection, uri);
	fake_control(f, strchr(uri, '?') ? strchr(uri, '?') + 1 : "", &r);
	return send_reply(connection, &r, NULL);
}

/* The address as it came, before anything is decoded. */
static void *keep_uri(void *arg, const char *uri, struct MHD_Connection *connection)
{
	(void)arg;
	(void)connection;
	return lb_strdup(uri);
}

static void drop_uri(void *arg, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
	(void)arg;
	(void)connection;
	(void)why;
	free(*state);
	*state = NULL;
}

/* ---- the server ------------------------------------------------------------------------------------------------ */

static int stop_pipe[2];

static void on_signal(int number)
{
	(void)number;
	ssize_t n = write(stop_pipe[1], "", 1);
	(void)n;
}

/* Waits for a signal, or for the other end of stdin to go away. */
static void wait_for_end(void)
{
	struct stat st;
	char waste[256];
	bool piped = fstat(0, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
	struct pollfd fds[] = { { stop_pipe[0], POLLIN, 0 }, { piped ? 0 : -1, POLLIN, 0 } };
	for (;;) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[0].revents || (fds[1].revents && read(0, waste, sizeof waste) <= 0))
			return;
	}
}

int fake_serve(struct fake *f, unsigned port, struct lb_error *err)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_SUPPRESS_DATE_NO_CLOCK;
	if (pipe(stop_pipe))
		return lb_fail_sys(err, "cannot make a pipe");
	struct sigaction act = { .sa_handler = on_signal };
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	struct MHD_Daemon *daemon = MHD_start_daemon(flags, 0, NULL, NULL, handle, f,
		MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK, keep_uri, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, drop_uri, NULL, MHD_OPTION_CONNECTION_LIMIT, 512u, MHD_OPTION_END);
	if (!daemon)
		return lb_fail(err, LB_IO, "cannot listen on port %u of 127.0.0.1", port);
	printf("PORT %u\n", (unsigned)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	wait_for_end();
	f->stopping = true;
	MHD_stop_daemon(daemon);
	close(stop_pipe[0]);
	close(stop_pipe[1]);
	return 0;
}
