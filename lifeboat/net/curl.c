#include "lifeboat/net/internal.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HOPS_MAX 5
#define LOCATION_MAX ((size_t)8 << 10)

struct flight {
	struct curl_transport *t;
	struct lb_try *try;
	CURL *easy;
	CURLU *url;                      /* as Flickr knows it; rerouted only when asked */
	struct lb_sink sink;
	struct lb_error error;           /* why a callback stopped the transfer */
	struct lb_buf location;
	unsigned hops;
	struct flight *next, **at;       /* in the list of what is under way */
};

struct curl_transport {
	struct lb_transport base;
	CURLM *multi;
	char *user_agent, *reroute;
	long timeout_s;
	struct flight *flights;
};

/* ---- addresses --------------------------------------------------------------------------------------------------- */

static void curl_freep(char **text)
{
	curl_free(*text);
	*text = NULL;
}

static bool host_is_flickrs(const char *host)
{
	static const char *const domains[] = {"flickr.com", "staticflickr.com", "flic.kr"};
	for (size_t i = 0; i < LB_COUNT(domains); i++)
		if (lb_host_below(lb_span(host), domains[i]))
			return true;
	return false;
}

static bool has_part(CURLU *url, CURLUPart part)
{
	LB_AUTO(curl_freep) char *text = NULL;
	return curl_url_get(url, part, &text, 0) == CURLUE_OK;
}

static bool may_be_asked(const struct curl_transport *t, CURLU *url)
{
	LB_AUTO(curl_freep) char *scheme = NULL, *host = NULL;
	if (curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) || curl_url_get(url, CURLUPART_HOST, &host, 0))
		return false;
	bool scheme_fits = strcmp(scheme, "https") == 0 || (t->reroute && strcmp(scheme, "http") == 0);
	return scheme_fits && host_is_flickrs(host) && !has_part(url, CURLUPART_PORT) && !has_part(url, CURLUPART_USER) &&
	       !has_part(url, CURLUPART_PASSWORD);
}

/* The text to ask for: the address itself, or below the server that stands in for Flickr. */
static bool address_of(const struct curl_transport *t, CURLU *url, struct lb_buf *b)
{
	LB_AUTO(curl_freep) char *whole = NULL, *host = NULL, *path = NULL, *query = NULL;
	curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0);
	if (curl_url_get(url, CURLUPART_URL, &whole, 0) || curl_url_get(url, CURLUPART_HOST, &host, 0) ||
	    curl_url_get(url, CURLUPART_PATH, &path, 0))
		return false;
	if (!t->reroute) {
		lb_buf_adds(b, whole);
		return true;
	}
	lb_buf_addf(b, "%s/%s%s", t->reroute, host, path);
	if (!curl_url_get(url, CURLUPART_QUERY, &query, 0))
		lb_buf_addf(b, "?%s", query);
	return true;
}

/* ---- one flight ---------------------------------------------------------------------------------------------------- */

static void flight_free(struct flight *f)
{
	if (f->at) {
		*f->at = f->next;
		if (f->next)
			f->next->at = f->at;
		curl_multi_remove_handle(f->t->multi, f->easy);
	}
	curl_easy_cleanup(f->easy);
	curl_url_cleanup(f->url);
	lb_sink_abandon(&f->sink);
	lb_buf_clear(&f->location);
	free(f);
}

static void flight_fail(struct flight *f, int result, const char *reason)
{
	lb_try_fail(&f->t->base, f->try, result, "%s", reason);
	flight_free(f);
}

/* A callback's own failure: a body that is too large is the answer's fault, all else is ours and ends the run. */
static void flight_stop(struct flight *f)
{
	if (f->error.status == LB_LIMIT) {
		flight_fail(f, LB_LIMIT, f->error.what);
		return;
	}
	f->try->error = f->error;
	lb_try_abort(&f->t->base, f->try);
	flight_free(f);
}

static size_t on_body(char *data, size_t size, size_t count, void *arg)
{
	struct flight *f = arg;
	size_t n = size * count;
	long status = 0;
	curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200 && (f->try->file || status / 100 == 3))
		return n;
	return lb_sink_add(&f->sink, data, n, &f->error) ? 0 : n;
}

static void keep_for_later(struct flight *f, struct lb_span name, struct lb_span value)
{
	if (name.n == 11 && strncasecmp(name.p, "Retry-After", 11) == 0)
		snprintf(f->try->retry_after, sizeof f->try->retry_after, "%.*s", (int)(value.n < 63 ? value.n : 63), value.p);
	if (name.n == 8 && strncasecmp(name.p, "Location", 8) == 0) {
		lb_buf_reset(&f->location);
		lb_buf_add(&f->location, value.p, value.n);
	}
	lb_try_keep(f->try, name, value);
}

static size_t on_header(char *data, size_t size, size_t count, void *arg)
{
	struct flight *f = arg;
	struct lb_span name, line = {data, size * count};
	if (lb_span_starts(line, "HTTP/")) { /* a new answer: an earlier one was 1xx */
		lb_buf_reset(&f->try->answer.headers);
		lb_buf_reset(&f->location);
		*f->try->retry_after = 0;
	} else if (memchr(data, ':', line.n) && lb_span_cut(&line, ':', &name)) {
		keep_for_later(f, name, lb_span_trim(line));
	}
	return size * count;
}

static void set_manners(const struct flight *f)
{
	const struct curl_transport *t = f->t;
	CURL *e = f->easy;
	curl_easy_setopt(e, CURLOPT_USERAGENT, t->user_agent);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, t->reroute ? "http,https" : "https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L); /* every hop is checked here */
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, t->timeout_s);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, t->timeout_s);
	curl_easy_setopt(e, CURLOPT_BUFFERSIZE, 128L << 10);
	if (t->reroute)
		curl_easy_setopt(e, CURLOPT_PROXY, "");
}

static void set_ears(struct flight *f)
{
	CURL *e = f->easy;
	curl_easy_setopt(e, CURLOPT_PRIVATE, f);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, f);
	if (f->try->lane == LB_LANE_API) /* files are packed already, and their length shows when they are cut short */
		curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
}

static bool take_off(struct flight *f)
{
	LB_AUTO(lb_buf_clear) struct lb_buf address = LB_BUF(64 << 10);
	if (!may_be_asked(f->t, f->url) || !address_of(f->t, f->url, &address) || lb_buf_check(&address, "address", NULL))
		return false;
	curl_easy_setopt(f->easy, CURLOPT_URL, lb_buf_str(&address));
	return curl_multi_add_handle(f->t->multi, f->easy) == CURLM_OK;
}

static void enlist(struct flight *f)
{
	f->next = f->t->flights;
	f->at = &f->t->flights;
	if (f->next)
		f->next->at = &f->next;
	f->t->flights = f;
}

static void curl_start(struct lb_transport *base, struct lb_try *try)
{
	struct flight *f = lb_alloc(sizeof *f);
	*f = (struct flight){.t = (struct curl_transport *)base, .try = try, .easy = curl_easy_init(), .url = curl_url(),
		.location = LB_BUF(LOCATION_MAX)};
	if (lb_sink_open(&f->sink, try, &f->error)) {
		flight_stop(f);
		return;
	}
	set_manners(f);
	set_ears(f);
	if (curl_url_set(f->url, CURLUPART_URL, try->url, 0) || !take_off(f))
		flight_fail(f, LB_DENIED, "not an https address of Flickr's");
	else
		enlist(f);
}

/* ---- landing ---------------------------------------------------------------------------------------------------------- */

static void hop(struct flight *f)
{
	if (f->hops++ == HOPS_MAX) {
		flight_fail(f, LB_DENIED, "redirected too often");
		return;
	}
	curl_multi_remove_handle(f->t->multi, f->easy);
	/* A relative reference is resolved against the address that it was found at. */
	bool readable = !f->location.overflow && !curl_url_set(f->url, CURLUPART_URL, lb_buf_str(&f->location), 0);
	if (!readable || !take_off(f))
		flight_fail(f, LB_DENIED, "redirected to what is not an https address of Flickr's");
}

static void land(struct flight *f, CURLcode code)
{
	struct lb_answer *answer = &f->try->answer;
	const char *type = NULL;
	long status = 0;
	curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(f->easy, CURLINFO_CONTENT_TYPE, &type);
	answer->status = code ? 0 : (int)status; /* what broke off is no answer */
	lb_answer_set_type(answer, type);
	if (f->error.status) {
		flight_stop(f);
	} else if (code) { /* never curl's own buffer: it may hold the address, and that the key */
		flight_fail(f, LB_NETWORK, curl_easy_strerror(code));
	} else if (lb_is_redirect(answer->status) && f->location.len && !f->try->no_follow) {
		hop(f);
	} else if (lb_sink_close(&f->sink, &f->error)) {
		flight_stop(f);
	} else {
		lb_try_finish(&f->t->base, f->try, LB_OK);
		flight_free(f);
	}
}

static int multi_failed(CURLMcode code, struct lb_error *err)
{
	return lb_fail(err, LB_NETWORK, "cannot use the network: %s", curl_multi_strerror(code));
}

static int curl_wait(struct lb_transport *base, int timeout_ms, struct lb_error *err)
{
	struct curl_transport *t = (struct curl_transport *)base;
	int running, left;
	CURLMcode code = curl_multi_perform(t->multi, &running);
	if (!code && !t->base.finished)
		code = curl_multi_poll(t->multi, NULL, 0, timeout_ms, NULL);
	if (!code)
		code = curl_multi_perform(t->multi, &running);
	if (code)
		return multi_failed(code, err);
	for (CURLMsg *m; (m = curl_multi_info_read(t->multi, &left));) {
		struct flight *f = NULL;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &f);
		if (m->msg == CURLMSG_DONE && f)
			land(f, m->data.result);
	}
	return LB_OK;
}

/* ---- the transport -------------------------------------------------------------------------------------------------------- */

static void curl_transport_free(struct lb_transport *base)
{
	struct curl_transport *t = (struct curl_transport *)base;
	while (t->flights)
		flight_free(t->flights);
	curl_multi_cleanup(t->multi);
	curl_global_cleanup();
	free(t->user_agent);
	free(t->reroute);
	free(t);
}

/* Idle connections are as dead as those in use, and nothing tells: away with all of them. */
static void curl_wake(struct lb_transport *base)
{
	struct curl_transport *t = (struct curl_transport *)base;
	while (t->flights)
		flight_fail(t->flights, LB_NETWORK, "the machine slept");
	CURLM *fresh = curl_multi_init();
	if (!fresh)
		return;
	curl_multi_cleanup(t->multi);
	t->multi = fresh;
}

static const struct lb_transport_ops curl_ops = {curl_start, curl_wait, curl_transport_free, curl_wake};

int lb_curl_open(const struct lb_net_options *options, struct lb_transport **out, struct lb_error *err)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return lb_fail(err, LB_NETWORK, "cannot use the network: libcurl does not start");
	struct curl_transport *t = lb_alloc(sizeof *t);
	t->base = (struct lb_transport){.ops = &curl_ops, .live = true};
	t->multi = curl_multi_init();
	t->user_agent = lb_strdup(options->user_agent ? options->user_agent : "lifeboat/" LB_VERSION);
	t->reroute = lb_strdup(options->reroute);
	t->timeout_s = options->timeout_s > 0 ? options->timeout_s : 60;
	*out = &t->base;
	return LB_OK;
}
