#include <stddef.h>
#include <string.h>

#include "lifeboat/url/internal.h"

/* ---- from the text of a value to the members of the answer ---- */

static const char *copy(struct lb_span s, struct lb_arena *a)
{
	return lb_arena_strndup(a, s.p, s.n);
}

/* An NSID has its N in upper case. */
static char *put_name(char *to, struct lb_span name)
{
	memcpy(to, name.p, name.n);
	if (lb_url_is_nsid(name))
		to[name.n - 3] = 'N';
	return to + name.n;
}

const char *lb_flickr_nsid(struct lb_span s, struct lb_arena *a)
{
	if (!lb_url_is_nsid(s))
		return NULL;
	char *text = lb_arena_alloc(a, s.n + 1);
	put_name(text, s);
	return text;
}

static const char *address_of(const char *prefix, struct lb_span name, const char *suffix, struct lb_arena *a)
{
	size_t before = strlen(prefix), after = strlen(suffix);
	char *text = lb_arena_alloc(a, before + name.n + after + 1);
	memcpy(text, prefix, before);
	memcpy(put_name(text + before, name), suffix, after);
	return text;
}

static const char *member_url(struct lb_span s, struct lb_arena *a)
{
	return address_of("https://www.flickr.com/photos/", s, "/", a);
}

static const char *group_url(struct lb_span s, struct lb_arena *a)
{
	return address_of("https://www.flickr.com/groups/", s, "", a);
}

static const char *id_of_file(struct lb_span s, struct lb_arena *a)
{
	return copy(lb_url_file_part(s, 0), a);
}

static const char *secret_of_file(struct lb_span s, struct lb_arena *a)
{
	return copy(lb_url_file_part(s, 1), a);
}

static const char *kind_of_date(struct lb_span s, struct lb_arena *a)
{
	return copy((struct lb_span){ s.p + 5, s.n - 5 }, a); /* "date-taken" */
}

#define TO(member) offsetof(struct lb_flickr_url, member)
static const struct field { enum lb_slot slot; size_t offset; const char *(*make)(struct lb_span s, struct lb_arena *a); } fields[] = {
	{ LB_SLOT_PHOTO, TO(photo_id), copy },           { LB_SLOT_SHORT, TO(photo_id), lb_base58_id },
	{ LB_SLOT_FILE, TO(photo_id), id_of_file },      { LB_SLOT_FILE, TO(secret), secret_of_file },
	{ LB_SLOT_SECRET, TO(secret), copy },            { LB_SLOT_CODE, TO(secret), copy },
	{ LB_SLOT_USER, TO(user_url), member_url },      { LB_SLOT_USER, TO(user_id), lb_flickr_nsid },
	{ LB_SLOT_MEMBER, TO(member_url), member_url },  { LB_SLOT_MEMBER, TO(member_id), lb_flickr_nsid },
	{ LB_SLOT_GROUP, TO(group_url), group_url },     { LB_SLOT_ALBUM, TO(album_id), copy },
	{ LB_SLOT_GALLERY, TO(gallery_id), copy },       { LB_SLOT_COLLECTION, TO(collection_id), copy },
	{ LB_SLOT_TAG, TO(tag), copy },                  { LB_SLOT_DATED, TO(date_kind), kind_of_date },
};

static void fill(const struct lb_url_match *m, struct lb_arena *a, struct lb_flickr_url *out)
{
	for (size_t i = 0; i < LB_COUNT(fields); i++) {
		if (!m->at[fields[i].slot].p)
			continue;
		const char *text = fields[i].make(m->at[fields[i].slot], a);
		memcpy((char *)out + fields[i].offset, &text, sizeof text);
	}
}

/* ---- dates ---- */

static int64_t number(struct lb_span s)
{
	int64_t n = 0;
	return lb_parse_i64(s, &n) ? n : 0;
}

static int64_t days_in(int64_t year, int64_t month)
{
	static const int64_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

static bool fill_date(const struct lb_url_match *m, struct lb_arena *a, struct lb_flickr_url *out)
{
	struct lb_span year = m->at[LB_SLOT_YEAR], month = m->at[LB_SLOT_MONTH], day = m->at[LB_SLOT_DAY], whole = m->at[LB_SLOT_DATE];
	if (whole.p) {
		year = (struct lb_span){ whole.p, 4 };
		month = (struct lb_span){ whole.p + 5, 2 };
		day = (struct lb_span){ whole.p + 8, 2 };
	}
	if (!year.p)
		return true;
	int64_t y = number(year), mo = number(month), d = number(day);
	if (day.p && (!month.p || d > days_in(y, mo)))
		return false;
	out->date = lb_arena_printf(a, "%04d", (int)y);
	if (month.p)
		out->date = lb_arena_printf(a, "%s-%02d", out->date, (int)mo);
	if (day.p)
		out->date = lb_arena_printf(a, "%s-%02d", out->date, (int)d);
	return true;
}

/* ---- what some kinds need besides ---- */

static bool finish_search(const struct lb_url_match *m, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)m;
	return lb_url_search(query, a, out);
}

static bool finish_short(const struct lb_url_match *m, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)query;
	out->photo_id = NULL; /* the number is of an album, a gallery or a member: the redirect tells */
	out->short_url = lb_url_render(m, a);
	return true;
}

static bool finish_archive(const struct lb_url_match *m, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)query;
	if (!out->date_kind)
		out->date_kind = "posted";
	return fill_date(m, a, out);
}

static bool finish_explore(const struct lb_url_match *m, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)query;
	return fill_date(m, a, out);
}

typedef bool finish_fn(const struct lb_url_match *m, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out);
static finish_fn *const finish[LB_URL_KIND_COUNT] = {
	[LB_URL_SEARCH] = finish_search, [LB_URL_SHORT] = finish_short, [LB_URL_ARCHIVE] = finish_archive,
	[LB_URL_EXPLORE] = finish_explore,
};

bool lb_url_answer(const struct lb_url_match *match, struct lb_span query, struct lb_arena *arena, struct lb_flickr_url *out)
{
	struct lb_span page = match->at[LB_SLOT_PAGE];
	*out = (struct lb_flickr_url){ .kind = match->form->kind, .page = 1 };
	fill(match, arena, out);
	if (page.p && number((struct lb_span){ page.p + 4, page.n - 4 }) > 0)
		out->page = number((struct lb_span){ page.p + 4, page.n - 4 });
	return !finish[out->kind] || finish[out->kind](match, query, arena, out);
}
