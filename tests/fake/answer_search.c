/* Lists over all photographs: search with its limits, favourites, people, Explore. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

#define SEARCH_MAX 4000 /* results that Flickr gives, whatever it claims */

/* ---- what matches ------------------------------------------------------------------------------------------------ */

static bool has_tag(const struct photo *p, struct lb_span wanted)
{
	LB_AUTO(lb_buf_clear) struct lb_buf want = LB_BUF(4096), tag = LB_BUF(4096);
	LB_AUTO(lb_freep) char *raw = lb_strndup(wanted.p, wanted.n);
	tag_normalize(&want, raw);
	for (size_t i = 0; i < p->ntags; i++) {
		lb_buf_reset(&tag);
		tag_normalize(&tag, p->tags[i].raw);
		if (strcmp(lb_buf_str(&tag), lb_buf_str(&want)) == 0)
			return true;
	}
	return false;
}

bool photo_tagged(const struct photo *p, const char *tags, bool all)
{
	struct lb_span rest = lb_span(tags), part;
	while (lb_span_cut(&rest, ',', &part))
		if (has_tag(p, lb_span_trim(part)) != all)
			return !all;
	return all;
}

static bool holds_word(const struct photo *p, const char *word)
{
	if (strcasestr(p->title, word) || strcasestr(p->description, word))
		return true;
	for (size_t i = 0; i < p->ntags; i++)
		if (strcasestr(p->tags[i].raw, word))
			return true;
	return false;
}

/* All words; those after a minus must not be there. */
static bool holds_text(const struct photo *p, const char *text)
{
	struct lb_span rest = lb_span(text), part;
	while (lb_span_cut(&rest, ' ', &part)) {
		bool without = part.n && part.p[0] == '-';
		LB_AUTO(lb_freep) char *word = lb_strndup(part.p + without, part.n - without);
		if (*word && holds_word(p, word) == without)
			return false;
	}
	return true;
}

/* Unix seconds, or a date as MySQL writes it. */
static int64_t moment(const char *text, int64_t otherwise)
{
	char iso[32];
	int64_t n;
	if (!text || lb_parse_i64(lb_span(text), &n))
		return text ? n : otherwise;
	size_t day = strcspn(text, " T");
	lb_time_iso(0, iso);
	memcpy(iso, text, day < 10 ? day : 10);
	if (text[day] && strlen(text + day + 1) >= 8)
		memcpy(iso + 11, text + day + 1, 8);
	return lb_time_parse(lb_span(iso), &n) ? n : otherwise;
}

struct filter {
	const struct ask *ask;
	const struct member *user; const struct set *group;
	const char *tags, *text, *license, *media;
	int64_t min_upload, max_upload, min_taken, max_taken;
	int64_t safe_search;
	bool all_tags;
};

static bool dates_match(const struct filter *f, const struct photo *p)
{
	int64_t taken = moment(p->taken, 0);
	return p->posted >= f->min_upload && p->posted <= f->max_upload && taken >= f->min_taken && taken <= f->max_taken;
}

static bool matches(const struct filter *f, const struct photo *p)
{
	char license[12];
	snprintf(license, sizeof license, "%d", p->license);
	return photo_listed(p, f->ask->viewer) && p->safety < f->safe_search && !p->unlisted &&
		(!p->late || f->ask->world->page_one_served) && photo_is_there(p) && (!f->user || p->owner == f->user) &&
		(!f->group || set_holds(f->group, p)) && dates_match(f, p) && (!f->tags || photo_tagged(p, f->tags, f->all_tags)) &&
		(!f->text || holds_text(p, f->text)) && (!f->license || query_lists(f->ask->query, "license", license)) &&
		(!f->media || (strcmp(f->media, "videos") == 0) == p->video);
}

static int read_filter(struct ask *a, struct filter *f)
{
	const struct query *q = a->query;
	const char *mode = query_get(q, "tag_mode"), *group = query_get(q, "group_id"), *media = query_get(q, "media");
	*f = (struct filter){ .ask = a, .user = ask_member(a, "user_id"), .tags = query_get(q, "tags"), .text = query_get(q, "text"),
		.license = query_get(q, "license"), .media = media && strcmp(media, "all") != 0 ? media : NULL,
		.min_upload = moment(query_get(q, "min_upload_date"), INT64_MIN), .max_upload = moment(query_get(q, "max_upload_date"), INT64_MAX),
		.min_taken = moment(query_get(q, "min_taken_date"), INT64_MIN), .max_taken = moment(query_get(q, "max_taken_date"), INT64_MAX),
		.safe_search = a->viewer ? query_number(q, "safe_search", 1) : 1, .all_tags = mode && strcmp(mode, "all") == 0 };
	if (query_get(q, "user_id") && !f->user)
		return refuse(a, 2, "Unknown user");
	if (f->user && f->user->deleted)
		return refuse(a, 5, "User deleted");
	if (group && !(f->group = world_set(a->world, SET_GROUP, group)))
		return refuse(a, 4, "You don't have permission to view this pool");
	bool named = f->user || f->group || f->tags || f->text || query_get(q, "min_upload_date") || query_get(q, "min_taken_date");
	return named ? 0 : refuse(a, 3, "Parameterless searches have been disabled. Please use flickr.photos.getRecent instead.");
}

/* ---- order ------------------------------------------------------------------------------------------------------- */

static int by_taken(const void *a, const void *b)
{
	const struct photo *x = *(const struct photo *const *)a, *y = *(const struct photo *const *)b;
	int c = strcmp(y->taken, x->taken);
	return c ? c : x->number < y->number ? -1 : x->number > y->number;
}

static int by_views(const void *a, const void *b)
{
	const struct photo *x = *(const struct photo *const *)a, *y = *(const struct photo *const *)b;
	if (x->views != y->views)
		return x->views > y->views ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* "date-posted-asc" …; newest first unless asked for something else. */
static void put_in_order(const struct photo **list, size_t count, const char *sort)
{
	bool taken = sort && strncmp(sort, "date-taken", 10) == 0,
		views = sort && (strncmp(sort, "interestingness", 15) == 0 || strcmp(sort, "relevance") == 0);
	if (taken || views)
		qsort(list, count, sizeof *list, taken ? by_taken : by_views);
	if (!sort || !lb_span_ends(lb_span(sort), "-asc"))
		return;
	for (size_t i = 0; i < count / 2; i++) {
		const struct photo *p = list[i];
		list[i] = list[count - 1 - i];
		list[count - 1 - i] = p;
	}
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

static void write_row(struct ask *a, const struct photo *p, int64_t date_faved)
{
	row_begin(a->out, p, true);
	row_visibility(a->out, p);
	if (date_faved)
		x_int(a->out, "date_faved", date_faved);
	write_extras(a, p);
	write_row_end(a, p);
}

/* Pages beyond the limit are the last good one again; the claims stay. */
static void cap(struct paging *page, size_t count)
{
	int64_t last = SEARCH_MAX / page->per_page;
	if (page->page <= last || count <= SEARCH_MAX)
		return;
	page->from = (size_t)((last - 1) * page->per_page);
	page->to = page->from + (size_t)page->per_page;
}

static const struct photo **found_photos(const struct filter *f, size_t *count)
{
	const struct world *w = f->ask->world;
	const struct photo **list = lb_alloc((w->nphotos + 1) * sizeof *list);
	*count = 0;
	for (size_t i = 0; i < w->nphotos; i++)
		if (matches(f, w->newest[i]))
			list[(*count)++] = w->newest[i];
	put_in_order(list, *count, query_get(f->ask->query, "sort"));
	return list;
}

int answer_search(struct ask *a)
{
	struct filter f;
	size_t count;
	int code = read_filter(a, &f);
	if (code)
		return code;
	const struct photo **list = found_photos(&f, &count);
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	cap(&page, count);
	list_open(a->out, &page);
	size_t every = (size_t)a->world->unstable;
	for (size_t i = page.from; i < page.to; i++) {
		bool repeats = every && page.page > 1 && i % every == 0 && i;
		write_row(a, list[repeats ? i - 1 : i], 0);
	}
	x_close(a->out, 0, "photos");
	free(list);
	a->world->page_one_served |= page.page == 1;
	return 0;
}

struct dated { const struct photo *photo; int64_t date; };

static int newest_date_first(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;
	if (x->date != y->date)
		return x->date > y->date ? -1 : 1;
	return x->photo->number < y->photo->number ? -1 : 1;
}

static void write_dated(struct ask *a, struct dated *list, size_t count)
{
	qsort(list, count, sizeof *list, newest_date_first);
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	list_open(a->out, &page);
	for (size_t i = page.from; i < page.to; i++)
		write_row(a, list[i].photo, list[i].date);
	x_close(a->out, 0, "photos");
}

/* The moment at which m liked it, or 0. */
static int64_t faved_by(const struct photo *p, const struct member *m)
{
	for (size_t i = 0; i < p->nfaves; i++)
		if (p->faves[i].member == m)
			return p->faves[i].date;
	return 0;
}

int answer_faved(struct ask *a)
{
	const struct world *w = a->world;
	const struct member *m = query_get(a->query, "user_id") ? ask_member(a, "user_id") : a->viewer;
	if (!m || m->deleted)
		return refuse(a, 1, "User not found");
	LB_AUTO(lb_freep) struct dated *list = lb_alloc((w->nphotos + 1) * sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < w->nphotos; i++) {
		int64_t date = photo_listed(w->photos[i], a->viewer) ? faved_by(w->photos[i], m) : 0;
		if (date)
			list[count++] = (struct dated){ w->photos[i], date };
	}
	write_dated(a, list, count);
	return 0;
}

static bool shows(const struct photo *p, const struct member *m)
{
	for (size_t i = 0; i < p->npeople; i++)
		if (p->people[i].member == m)
			return true;
	return false;
}

static void write_chosen(struct ask *a, const struct photo *const *list, size_t count)
{
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	list_open(a->out, &page);
	for (size_t i = page.from; i < page.to; i++)
		write_row(a, list[i], 0);
	x_close(a->out, 0, "photos");
}

int answer_photos_of(struct ask *a)
{
	const struct world *w = a->world;
	const struct member *m = ask_member(a, "user_id"), *owner = ask_member(a, "owner_id");
	if (!m || m->deleted)
		return refuse(a, 1, "User not found.");
	LB_AUTO(lb_freep) const struct photo **list = lb_alloc((w->nphotos + 1) * sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < w->nphotos; i++)
		if (shows(w->newest[i], m) && photo_listed(w->newest[i], a->viewer) && (!owner || w->newest[i]->owner == owner))
			list[count++] = w->newest[i];
	write_chosen(a, list, count);
	return 0;
}

/* Explore: the photos of a day; without one, of the last day there is. */
int answer_explore(struct ask *a)
{
	const struct world *w = a->world;
	const char *day = query_get(a->query, "date");
	if (day && (strlen(day) != 10 || moment(day, -1) == -1))
		return refuse(a, 1, "Not a valid date string.");
	for (size_t i = 0; i < w->nphotos && !query_get(a->query, "date"); i++)
		if (w->photos[i]->explored && (!day || strcmp(w->photos[i]->explored, day) > 0))
			day = w->photos[i]->explored;
	LB_AUTO(lb_freep) const struct photo **list = lb_alloc((w->nphotos + 1) * sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < w->nphotos && day; i++)
		if (w->photos[i]->explored && strcmp(w->photos[i]->explored, day) == 0)
			list[count++] = w->photos[i];
	write_chosen(a, list, count);
	return 0;
}
