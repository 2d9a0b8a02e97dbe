/* The parameters of a search page in the words of flickr.photos.search. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/url/internal.h"

/* Of the method, in order; those that say of what to search, rather than how to show it, must not all be missing. What is
 * not here (view_all, advanced, utm_source …) does not choose photos. */
static const struct { const char *name; bool selects; } names[] = {
	{ "accuracy", false }, { "bbox", true }, { "color_codes", false }, { "content_type", false }, { "content_types", false },
	{ "dimension_search_mode", false }, { "geo_context", false }, { "group_id", true }, { "has_geo", false }, { "height", false },
	{ "in_gallery", true }, { "is_commons", true }, { "is_getty", false }, { "lat", true }, { "license", false }, { "lon", true },
	{ "machine_tag_mode", false }, { "machine_tags", true }, { "max_taken_date", true }, { "max_upload_date", true },
	{ "media", false }, { "min_taken_date", true }, { "min_upload_date", true }, { "orientation", false }, { "person_id", true },
	{ "place_id", true }, { "radius", false }, { "radius_units", false }, { "safe_search", false }, { "sort", false },
	{ "styles", false }, { "tag_mode", false }, { "tags", true }, { "text", true }, { "user_id", true }, { "width", false },
	{ "woe_id", true },
};

/* Parameters of the site that the method calls otherwise; value NULL: any. A parameter with rows of given values only has no
 * others; name NULL: nothing to say to the method. Licences: those of CC 2.0 and 4.0 and CC0 and PDM that allow it. */
static const struct { const char *site, *value, *name, *becomes; } words[] = {
	{ "q", NULL, "text", NULL }, { "mt", NULL, "media", NULL }, { "m", "text", NULL, NULL }, { "m", "tags", NULL, NULL },
	{ "w", "all", NULL, NULL }, { "w", "everyone", NULL, NULL }, { "w", NULL, "user_id", NULL },
	{ "s", "rec", "sort", "date-posted-desc" }, { "s", "int", "sort", "interestingness-desc" }, { "s", "rel", "sort", "relevance" },
	{ "l", "cc", "license", "1,2,3,4,5,6,9,10,11,12,13,14,15,16" }, { "l", "comm", "license", "4,5,6,9,10,11,12,13" },
	{ "l", "deriv", "license", "1,2,4,5,9,10,11,12,14,15" }, { "l", "commderiv", "license", "4,5,9,10,11,12" },
	{ "l", NULL, "license", NULL }, { "ss", "0", "safe_search", "1" }, { "ss", "1", "safe_search", "2" },
	{ "ss", "2", "safe_search", "3" },
};

struct search {
	const char *values[LB_COUNT(names)];
	bool words_are_tags;
	int64_t page;
	struct lb_arena *arena;
};

/* ---- values that the method would take for something else ---- */

static bool is_list_of_numbers(struct lb_span s)
{
	struct lb_span one;
	while (lb_span_cut(&s, ',', &one)) {
		if (!lb_url_is_digits(one, 20))
			return false;
	}
	return true;
}

static bool is_sort(struct lb_span s)
{
	static const char *const sorts[] = {
		"relevance", "date-posted-asc", "date-posted-desc", "date-taken-asc", "date-taken-desc", "interestingness-asc",
		"interestingness-desc",
	};
	for (size_t i = 0; i < LB_COUNT(sorts); i++) {
		if (lb_span_is(s, sorts[i]))
			return true;
	}
	return false;
}

static const struct { const char *name; bool (*is)(struct lb_span s); } checks[] = {
	{ "user_id", lb_url_is_nsid }, { "group_id", lb_url_is_nsid }, { "license", is_list_of_numbers }, { "sort", is_sort },
};

static bool is_possible(const char *name, struct lb_span value)
{
	for (size_t i = 0; i < LB_COUNT(checks); i++) {
		if (!strcmp(checks[i].name, name))
			return checks[i].is(value);
	}
	return true;
}

/* ---- one parameter ---- */

/* false: it makes no sense, or says something else than before. */
static bool put(struct search *s, struct lb_span name, struct lb_span value)
{
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		if (!lb_span_is(name, names[i].name))
			continue;
		if (!is_possible(names[i].name, value) || (s->values[i] && !lb_span_is(value, s->values[i])))
			return false;
		char *text = lb_arena_strndup(s->arena, value.p, value.n);
		if (lb_url_is_nsid(value))
			text[value.n - 3] = 'N';
		s->values[i] = text;
		return true;
	}
	return true;
}

/* "20100131" to "2010-01-31 00:00:00" */
static bool put_day(struct search *s, const char *name, struct lb_span day, const char *time)
{
	if (day.n == 0)
		return true;
	if (day.n != 8 || !lb_url_is_digits(day, 8))
		return false;
	const char *text = lb_arena_printf(s->arena, "%.4s-%.2s-%.2s %s", day.p, day.p + 4, day.p + 6, time);
	return put(s, lb_span(name), lb_span(text));
}

/* d=taken-20100101-20101231, either day may be missing */
static bool put_days(struct search *s, struct lb_span value)
{
	struct lb_span which = { "", 0 }, from = { "", 0 };
	lb_span_cut(&value, '-', &which);
	lb_span_cut(&value, '-', &from);
	if (lb_span_is(which, "taken"))
		return put_day(s, "min_taken_date", from, "00:00:00") && put_day(s, "max_taken_date", value, "23:59:59");
	return lb_span_is(which, "posted") && put_day(s, "min_upload_date", from, "00:00:00") &&
	       put_day(s, "max_upload_date", value, "23:59:59");
}

static bool put_pair(struct search *s, struct lb_span name, struct lb_span value)
{
	bool known = false;
	if (lb_span_is(name, "d"))
		return put_days(s, value);
	if (lb_span_is(name, "page"))
		return lb_parse_i64(value, &s->page);
	s->words_are_tags |= lb_span_is(name, "m") && lb_span_is(value, "tags");
	for (size_t i = 0; i < LB_COUNT(words); i++) {
		if (!lb_span_is(name, words[i].site))
			continue;
		known = true;
		if (words[i].value && !lb_span_is(value, words[i].value))
			continue;
		return !words[i].name || put(s, lb_span(words[i].name), words[i].becomes ? lb_span(words[i].becomes) : value);
	}
	return !known && put(s, name, value);
}

/* ---- the whole ---- */

static const char **value_named(struct search *s, const char *name)
{
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		if (!strcmp(names[i].name, name))
			return &s->values[i];
	}
	return NULL;
}

static bool move_text_to_tags(struct search *s)
{
	const char **text = value_named(s, "text"), **tags = value_named(s, "tags");
	if (!s->words_are_tags || !*text)
		return true;
	if (*tags)
		return false;
	*tags = *text;
	*text = NULL;
	return true;
}

static bool collect(const struct search *s, struct lb_flickr_url *out)
{
	struct lb_url_param *params = lb_arena_alloc(s->arena, LB_COUNT(names) * sizeof *params);
	bool selects = false;
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		if (!s->values[i])
			continue;
		params[out->nparams++] = (struct lb_url_param){ names[i].name, s->values[i] };
		selects |= names[i].selects;
	}
	out->params = params;
	out->page = s->page > 0 ? s->page : 1;
	return selects;
}

bool lb_url_search(struct lb_span query, struct lb_arena *arena, struct lb_flickr_url *out)
{
	struct search s = { .arena = arena };
	struct lb_span name, value;
	while (lb_url_next_pair(&query, arena, &name, &value)) {
		if (value.n && !put_pair(&s, name, value))
			return false;
	}
	return move_text_to_tags(&s) && collect(&s, out);
}
