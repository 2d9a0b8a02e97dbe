#include "tests/support/tiny_flickr.h"

#include <arpa/inet.h>
#include <limits.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


#define IDS_MAX 4096

struct tiny tiny;
struct tiny_ask { struct MHD_Connection *c; const char *path; };
static struct MHD_Daemon *server;

const char *tiny_param(const struct tiny_ask *ask, const char *name)
{
	return MHD_lookup_connection_value(ask->c, MHD_GET_ARGUMENT_KIND, name);
}

/* ---- bodies ---------------------------------------------------------------------------------------------------------- */

void tiny_row(struct lb_buf *b, const char *id, const char *owner, bool extras)
{
	lb_buf_addf(b, "<photo id=\"%s\" owner=\"%s\" secret=\"abc\" server=\"1\" farm=\"1\" title=\"t%s\" ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"", id, owner, id);
	if (extras)
		lb_buf_addf(b, " ownername=\"ann\" license=\"4\" media=\"photo\" safety_level=\"0\" can_download=\"1\" url_o=\"https://live.staticflickr.com/1/%s_s_o.jpg\" width_o=\"400\" height_o=\"300\"", id);
	if (extras && tiny.updated >= 0)
		lb_buf_addf(b, " lastupdate=\"%d\"", tiny.updated);
	if (extras && tiny.comments >= 0)
		lb_buf_addf(b, " count_comments=\"%d\"", tiny.comments);
	if (extras && tiny.faves >= 0)
		lb_buf_addf(b, " count_faves=\"%d\"", tiny.faves);
	lb_buf_adds(b, "/>");
}

static size_t number(const struct tiny_ask *ask, const char *name, size_t fallback)
{
	const char *text = tiny_param(ask, name);
	return text ? (size_t)atol(text) : fallback;
}

void tiny_page(const struct tiny_ask *ask, const char *wrapper, const char *const *ids, size_t count, struct lb_buf *body)
{
	size_t per_page = number(ask, "per_page", 100), page = number(ask, "page", 1);
	if (tiny.page_max && per_page > tiny.page_max)
		per_page = tiny.page_max;
	size_t pages = (count + per_page - 1) / per_page, from = (page - 1) * per_page;
	lb_buf_addf(body, "<%s page=\"%zu\" pages=\"%zu\" perpage=\"%zu\" total=\"%lld\">", wrapper, page, pages, per_page,
		tiny.claim ? (long long)tiny.claim : (long long)count);
	for (size_t i = from; i < count && i < from + per_page; i++)
		tiny_row(body, ids[i], "12345@N00", tiny_param(ask, "extras") != NULL);
	lb_buf_addf(body, "</%s>", wrapper);
}

static void list_page(const struct tiny_ask *ask, const struct tiny_route *r, struct lb_buf *body)
{
	static char text[65536];
	static const char *ids[IDS_MAX];
	size_t count = 0;
	snprintf(text, sizeof text, "%s", r->list);
	for (char *at = strtok(text, " "); at && count < IDS_MAX; at = strtok(NULL, " "))
		ids[count++] = at;
	tiny_page(ask, r->wrapper ? r->wrapper : "photos", ids, count, body);
}

/* ---- routes ----------------------------------------------------------------------------------------------------------- */

static bool fits(const struct tiny_ask *ask, const struct tiny_route *r)
{
	const char *method = tiny_param(ask, "method");
	if (!method || strcmp(method, r->method) != 0)
		return false;
	for (size_t i = 0; i < LB_COUNT(r->when) && r->when[i].name; i++) {
		const char *value = tiny_param(ask, r->when[i].name);
		if (!value || strcmp(value, r->when[i].value) != 0)
			return false;
	}
	return true;
}

static unsigned answer_api(const struct tiny_ask *ask, struct lb_buf *body)
{
	unsigned status = tiny.first ? tiny.first(ask, body) : UINT_MAX;
	if (status != UINT_MAX)
		return status;
	for (size_t i = 0; i < tiny.nroutes; i++) {
		if (!fits(ask, &tiny.routes[i]))
			continue;
		lb_buf_adds(body, "<rsp stat=\"ok\">");
		if (tiny.routes[i].raw)
			lb_buf_adds(body, tiny.routes[i].raw);
		else
			list_page(ask, &tiny.routes[i], body);
		lb_buf_adds(body, "</rsp>");
		return 200;
	}
	if (tiny.other)
		return tiny.other(ask, body);
	lb_buf_adds(body, "<rsp stat=\"fail\"><err code=\"1\" msg=\"There is no such thing\"/></rsp>");
	return 200;
}

/* ---- HTTP -------------------------------------------------------------------------------------------------------------- */

static enum MHD_Result say(struct MHD_Connection *c, unsigned status, const char *type, const char *location, const struct lb_buf *body)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(body->len, (void *)(uintptr_t)lb_buf_str(body), MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", type);
	if (location)
		MHD_add_response_header(r, "Location", location);
	enum MHD_Result rc = MHD_queue_response(c, status, r);
	MHD_destroy_response(r);
	return rc;
}

static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url, const char *http_method, const char *version,
	const char *data, size_t *size, void **state)
{
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF(1 << 24);
	struct tiny_ask ask = { c, url };
	(void)arg, (void)http_method, (void)version, (void)data, (void)size, (void)state;
	const char *method = tiny_param(&ask, "method"), *page = tiny_param(&ask, "page");
	tiny.hits++;
	lb_buf_addf(&tiny.log, "%s %s\n", method ? method : url, page ? page : "");
	if (!method) {
		const char *to = tiny.redirect ? tiny.redirect(url) : NULL;
		return say(c, to ? 302 : 404, "text/html", to, &body);
	}
	unsigned status = answer_api(&ask, &body);
	return status ? say(c, status, "text/xml; charset=utf-8", NULL, &body) : MHD_NO;
}

const char *tiny_start(void)
{
	static char reroute[64];
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	const struct tiny_route *routes = tiny.routes;
	size_t nroutes = tiny.nroutes;
	tiny = (struct tiny){ .routes = routes, .nroutes = nroutes, .comments = 1, .faves = 2, .updated = 1500000000, .log = LB_BUF(1 << 24) };
	server = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, answer, NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_END);
	if (!server)
		abort();
	snprintf(reroute, sizeof reroute, "http://127.0.0.1:%u", MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port);
	return reroute;
}

void tiny_stop(void)
{
	MHD_stop_daemon(server);
	server = NULL;
	lb_buf_clear(&tiny.log);
}

unsigned tiny_count(const char *word)
{
	struct lb_span rest = lb_buf_span(&tiny.log), line;
	unsigned n = 0;
	while (lb_span_cut(&rest, '\n', &line))
		n += memmem(line.p, line.n, word, strlen(word)) != NULL;
	return n;
}
