/* Searches. Flickr gives the first 4,000 hits, in an order that moves, and then repeats itself: what claims to be near that
 * is split by date of upload until each part is well below it. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/creator/enumerate.h"

#define SEARCH_ROWS 4000
#define SEARCH_SAFE 3500
#define WINDOWS_MAX 128 /* waiting at once: each halving leaves one, and seconds are halved at most 63 times */
#define IDLE_MAX 2
#define DAY 86400

/* Uploads from one second to another, both included. */
struct window { int64_t from, to; unsigned idle; }; /* idle: readings of what it is part of that in a row brought nothing */
struct search {
	struct lb_selection *s;
	const struct lb_param *params; size_t nparams;
	struct window waiting[WINDOWS_MAX]; size_t nwaiting;
	bool unstable;                  /* in a part that cannot be split, rows came again in the place of others */
};

/* ---- one window ---------------------------------------------------------------------------------------------------------- */

static const char *second(struct lb_arena *a, int64_t at)
{
	return at > 0 ? lb_arena_printf(a, "%lld", (long long)at) : NULL;
}

/* The first, which has the bounds of the URL or none, may have LB_UNKNOWN for them. */
static bool is_one_second(const struct window *w)
{
	return w->to > 0 && w->from == w->to;
}

static int read_window(struct search *q, const struct window *w, struct lb_list *list, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_param *params = lb_arena_alloc(&arena, (q->nparams + 3) * sizeof *params);
	for (size_t i = 0; i < q->nparams; i++)
		params[i] = q->params[i];
	params[q->nparams] = (struct lb_param){ "sort", "date-posted-asc" };
	params[q->nparams + 1] = (struct lb_param){ "min_upload_date", second(&arena, w->from) };
	params[q->nparams + 2] = (struct lb_param){ "max_upload_date", second(&arena, w->to) };
	*list = (struct lb_list){ .method = "flickr.photos.search", .params = params, .nparams = q->nparams + 3, .settled = true,
		.rows_max = SEARCH_ROWS, .claim_max = is_one_second(w) ? 0 : SEARCH_SAFE };
	return lb_list_read(q->s, list, err);
}

static void note_surplus(struct search *q, const struct window *w, const struct lb_list *list)
{
	char when[LB_TIME_ISO];
	lb_time_iso(w->from, when);
	lb_select_note(q->s, &(struct lb_gap){ .kind = LB_GAP_REFUSED, .layer = "search", .method = "flickr.photos.search", .code = LB_UNKNOWN,
		.message = lb_arena_printf(&q->s->planner->plan->arena, "of %lld photos uploaded at %s the search gives %zu", (long long)list->claimed, when, list->got) });
}

/* Fewer than were claimed: the order moved between the pages, or the claim was wrong. Smaller parts have fewer pages, and
 * tell in the end; but when nothing came twice and they bring nothing new, it was the claim. */
static bool is_short(struct window *w, const struct lb_list *list)
{
	w->idle = list->added ? 0 : w->idle + 1;
	return list->pages > 1 && list->claimed > (int64_t)list->got && (list->repeats || w->idle < IDLE_MAX);
}

static void split(struct search *q, const struct window *w)
{
	int64_t middle = w->from + (w->to - w->from) / 2;
	q->waiting[q->nwaiting++] = (struct window){ middle + 1, w->to, w->idle };
	q->waiting[q->nwaiting++] = (struct window){ w->from, middle, w->idle }; /* the earlier half is read first */
}

/* A second cannot be split. */
static void follow_up(struct search *q, struct window *w, const struct lb_list *list)
{
	bool short_of_claim = is_short(w, list);
	if (w->from < w->to && (list->over || short_of_claim) && q->nwaiting + 2 <= WINDOWS_MAX)
		split(q, w);
	else if (list->over || list->claimed > SEARCH_ROWS)
		note_surplus(q, w, list);
	else
		q->unstable |= short_of_claim && list->repeats;
}

static int read_waiting(struct search *q, struct lb_error *err)
{
	struct lb_list list;
	while (q->nwaiting) {
		struct window w = q->waiting[--q->nwaiting];
		LB_TRY(read_window(q, &w, &list, err));
		follow_up(q, &w, &list);
	}
	return 0;
}

/* ---- the whole search ---------------------------------------------------------------------------------------------------------- */

/* Unix seconds, or a date as MySQL writes it. */
static int upload_bound(const struct lb_param *params, size_t count, const char *name, int64_t *out, struct lb_error *err)
{
	*out = LB_UNKNOWN;
	for (size_t i = 0; i < count; i++) {
		const char *text = params[i].value;
		char iso[32];
		if (strcmp(params[i].name, name) != 0 || !text || lb_parse_i64(lb_span(text), out))
			continue;
		snprintf(iso, sizeof iso, "%.10sT%.8sZ", text, strlen(text) == 19 ? text + 11 : "00:00:00");
		if (!lb_time_parse(lb_span(iso), out))
			return lb_fail(err, LB_USAGE, "the search's %s \"%.40s\" is no date", name, text);
	}
	return 0;
}

static bool is_ours(const char *name)
{
	static const char *const ours[] = { "sort", "page", "per_page", "extras", "min_upload_date", "max_upload_date", "safe_search", "method", "format" };
	for (size_t i = 0; i < LB_COUNT(ours); i++)
		if (strcmp(name, ours[i]) == 0)
			return true;
	return false;
}

static int search(struct lb_selection *s, const struct lb_param *params, size_t count, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_param *kept = lb_arena_alloc(&arena, (count + 1) * sizeof *kept);
	struct search q = { .s = s, .params = kept };
	struct lb_list list;
	for (size_t i = 0; i < count; i++)
		if (!is_ours(params[i].name))
			kept[q.nparams++] = params[i];
	kept[q.nparams++] = (struct lb_param){ "safe_search", lb_select_safe_search(s) };
	struct window all = { .idle = 0 };
	LB_TRY(upload_bound(params, count, "min_upload_date", &all.from, err));
	LB_TRY(upload_bound(params, count, "max_upload_date", &all.to, err));
	LB_TRY(read_window(&q, &all, &list, err));
	s->url->claimed = list.claimed;
	/* By the answer's date and not by the clock, so that a run that takes up this one asks the same. */
	all.from = all.from > 0 ? all.from : 0;
	all.to = all.to > 0 ? all.to : (list.date / DAY + 1) * DAY;
	follow_up(&q, &all, &list);
	LB_TRY(read_waiting(&q, err));
	if (q.unstable)
		lb_list_note_short(s, "flickr.photos.search", s->url->found, s->url->claimed);
	return 0;
}

/* ---- the kinds that are searches ---------------------------------------------------------------------------------------------- */

int lb_plan_tag(struct lb_selection *s, struct lb_error *err)
{
	s->url->name = lb_select_keep(s, s->parsed.tag);
	return search(s, &(struct lb_param){ "tags", s->parsed.tag }, 1, err);
}

int lb_plan_user_tag(struct lb_selection *s, struct lb_error *err)
{
	LB_TRY(lb_select_owner(s, err));
	struct lb_param params[] = { { "user_id", s->url->owner_id }, { "tags", s->parsed.tag } };
	return s->url->owner_id ? search(s, params, LB_COUNT(params), err) : 0;
}

int lb_plan_search(struct lb_selection *s, struct lb_error *err)
{
	struct lb_param *params = lb_arena_alloc(&s->planner->plan->arena, (s->parsed.nparams + 1) * sizeof *params);
	for (size_t i = 0; i < s->parsed.nparams; i++) {
		params[i] = (struct lb_param){ s->parsed.params[i].name, s->parsed.params[i].value };
		if (strcmp(params[i].name, "text") == 0)
			s->url->name = lb_select_keep(s, params[i].value);
	}
	return search(s, params, s->parsed.nparams, err);
}

/* First second of a "2020", "2020-01" or "2020-01-31", and of the next such. */
static bool span_of(const char *date, int64_t *from, int64_t *next)
{
	int year = 0, month = 1, day = 1;
	int parts = sscanf(date, "%4d-%2d-%2d", &year, &month, &day);
	char first[LB_TIME_ISO + 12], after[LB_TIME_ISO + 12];
	if (parts < 1 || year < 1 || year > 9998 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	snprintf(first, sizeof first, "%04d-%02d-%02dT00:00:00Z", year, month, day);
	snprintf(after, sizeof after, "%04d-%02d-01T00:00:00Z", parts == 1 || month == 12 ? year + 1 : year, parts == 1 ? 1 : month % 12 + 1);
	if (!lb_time_parse(lb_span(first), from) || !lb_time_parse(lb_span(after), next))
		return false;
	if (parts == 3)
		*next = *from + DAY;
	return true;
}

/* "2020-01-31 23:59:59": when it was taken has no zone. */
static const char *taken(struct lb_arena *a, int64_t at)
{
	char iso[LB_TIME_ISO];
	lb_time_iso(at, iso);
	return lb_arena_printf(a, "%.10s %.8s", iso, iso + 11);
}

int lb_plan_archive(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_param params[3] = { { "user_id", NULL }, { "min_taken_date", NULL }, { "max_taken_date", NULL } };
	int64_t from, next;
	LB_TRY(lb_select_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	params[0].value = s->url->owner_id;
	if (s->parsed.date && !span_of(s->parsed.date, &from, &next))
		return lb_fail(err, LB_USAGE, "\"%s\" names no day, month or year", s->url->url);
	if (s->parsed.date && s->parsed.date_kind && strcmp(s->parsed.date_kind, "posted") == 0) {
		params[1] = (struct lb_param){ "min_upload_date", second(&arena, from) };
		params[2] = (struct lb_param){ "max_upload_date", second(&arena, next - 1) };
	} else if (s->parsed.date) {
		params[1].value = taken(&arena, from);
		params[2].value = taken(&arena, next - 1);
	}
	return search(s, params, LB_COUNT(params), err);
}
