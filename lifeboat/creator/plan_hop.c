/* Short links and guest passes: where their redirects lead, each hop on record. */
#include <string.h>
#include <strings.h>

#include "lifeboat/creator/enumerate.h"

#define HOPS_MAX 8
#define HOP_BYTES_MAX ((uint64_t)1 << 20)

struct hop { struct lb_session *session; const char *url; };
/* Where a hop leads (absolute, in the arena), or NULL and why not. */
struct landing { const char *to, *why; int64_t code; long record; };

static int record(const struct hop *h, const struct lb_answer *a, struct lb_error *err)
{
	struct lb_exchange x = { .kind = a->outcome, .uri = h->url, .date = a->date, .status = a->status, .content_type = a->content_type,
		.headers = lb_buf_str(&a->headers), .body = lb_buf_span(&a->body), .reason = a->reason };
	return a->absent ? 0 : lb_evidence_append(h->session->evidence, &x, err);
}

static int hop_done(void *arg, struct lb_answer *answer, struct lb_error *err)
{
	struct hop *h = arg;
	return record(h, answer, err);
}

static const char *header_value(const char *headers, const char *wanted, struct lb_arena *arena)
{
	struct lb_span rest = lb_span(headers), line, name;
	while (lb_span_cut(&rest, '\n', &line))
		if (lb_span_cut(&line, ':', &name) && name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0) {
			struct lb_span value = lb_span_trim(line);
			return lb_arena_strndup(arena, value.p, value.n);
		}
	return NULL;
}

/* RFC 3986 section 5.2 as far as Location needs it: an address, one without scheme, or a path from the root. */
static const char *absolute(const char *base, const char *to, struct lb_arena *arena)
{
	const char *host = strstr(base, "://");
	size_t n = host ? (size_t)(host - base) + 3 + strcspn(host + 3, "/?#") : 0;
	if (strncasecmp(to, "http://", 7) == 0)
		return lb_arena_printf(arena, "https://%s", to + 7);
	if (strncasecmp(to, "https://", 8) == 0)
		return to;
	if (strncmp(to, "//", 2) == 0)
		return lb_arena_printf(arena, "https:%s", to);
	return *to == '/' && n ? lb_arena_printf(arena, "%.*s%s", (int)n, base, to) : NULL;
}

static int read_hop(struct lb_session *s, const char *url, struct lb_arena *arena, struct landing *out, struct lb_error *err)
{
	struct lb_exchange x;
	*out = (struct landing){ .record = lb_evidence_find(s->evidence, lb_span(url), LB_MATCH_EXACT), .code = LB_UNKNOWN, .why = "no answer on record" };
	if (out->record < 0)
		return 0;
	LB_TRY(lb_evidence_read(s->evidence, (size_t)out->record, arena, &x, err));
	const char *to = x.kind == LB_RECORD_RESPONSE && x.status >= 300 && x.status < 400 ? header_value(x.headers, "Location", arena) : NULL;
	out->code = x.status ? x.status : LB_UNKNOWN;
	out->to = to ? absolute(url, to, arena) : NULL;
	if (!out->to)
		out->why = x.kind == LB_RECORD_FAILURE ? x.reason : lb_arena_printf(arena, "HTTP status %d, which leads nowhere", x.status);
	return 0;
}

/* One hop, asked unless it is on record. */
static int ask_hop(struct lb_session *s, const char *url, struct lb_arena *arena, struct landing *out, struct lb_error *err)
{
	struct hop h = { s, url };
	LB_TRY(read_hop(s, url, arena, out, err));
	if (out->to && (size_t)out->record >= s->fresh_from)
		return 0;
	lb_net_submit(s->net, &(struct lb_request){ .lane = LB_LANE_API, .url = url, .max_bytes = HOP_BYTES_MAX, .no_follow = true,
		.unpaced = true, .done = hop_done, .arg = &h });
	LB_TRY(lb_net_run(s->net, err));
	return read_hop(s, url, arena, out, err);
}

/* ---- the whole way --------------------------------------------------------------------------------------------------- */

static bool is_flickrs(const char *url)
{
	static const char *const domains[] = { "flickr.com", "staticflickr.com", "flic.kr" };
	const char *host = url + strlen("https://");
	struct lb_span name = { host, strcspn(host, "/?#") };
	for (size_t i = 0; i < LB_COUNT(domains); i++)
		if (lb_host_below(name, domains[i]))
			return true;
	return false;
}

static void note_end(struct lb_selection *s, enum lb_gap_kind kind, const struct landing *at, const char *message)
{
	lb_select_note(s, &(struct lb_gap){ .kind = kind, .layer = "short link", .code = at->code, .message = lb_select_keep(s, message) });
}

static int no_landing(struct lb_selection *s, const struct landing *at, struct lb_error *err)
{
	if (at->record >= 0 && at->code == LB_UNKNOWN)
		return lb_fail_unreachable(at->why, err);
	note_end(s, at->record < 0 ? LB_GAP_UNASKED : at->code == 404 || at->code == 410 ? LB_GAP_REFUSED : LB_GAP_FAILED, at, at->why);
	return 0;
}

/* One hop further. *url: what to ask next; NULL when the way has ended, with s->parsed where it led to something. */
static int go_on(struct lb_selection *s, const char **url, bool *found, struct lb_error *err)
{
	struct lb_arena *keep = &s->planner->plan->arena;
	struct landing at;
	struct lb_flickr_url parsed;
	LB_TRY(lb_ctx_check(s->planner->session->ctx, err));
	LB_TRY(ask_hop(s->planner->session, *url, keep, &at, err));
	if (at.record >= 0)
		lb_select_note_call(s, *url);
	*url = NULL;
	if (!at.to)
		return no_landing(s, &at, err);
	if (!is_flickrs(at.to)) {
		note_end(s, LB_GAP_REFUSED, &at, lb_arena_printf(keep, "it leads away from Flickr, to \"%.300s\"", at.to));
		return 0;
	}
	bool known = lb_flickr_url_parse(at.to, keep, &parsed, NULL) == 0;
	if (!known || parsed.kind == LB_URL_SHORT) {
		*url = known ? parsed.short_url : at.to;
		return 0;
	}
	*found = lb_kind_understand(at.to, keep, &s->parsed, NULL) == 0;
	if (*found)
		s->url->resolved = lb_select_keep(s, at.to);
	else
		note_end(s, LB_GAP_REFUSED, &at, lb_arena_printf(keep, "it leads to \"%.300s\", where there are no photos", at.to));
	return 0;
}

int lb_plan_short(struct lb_selection *s, struct lb_error *err)
{
	const char *url = s->parsed.short_url;
	bool found = false;
	for (int i = 0; i < HOPS_MAX && url; i++)
		LB_TRY(go_on(s, &url, &found, err));
	if (found)
		return lb_kind_plan_parsed(s, err);
	if (url)
		note_end(s, LB_GAP_REFUSED, &(struct landing){ .code = LB_UNKNOWN }, "its redirects do not end");
	return 0;
}
