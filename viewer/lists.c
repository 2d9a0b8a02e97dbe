#include "viewer/internal.h"

#include <stdlib.h>
#include <string.h>

/* A topic is written as three rows of pages: an index of all its entries in order of name; the entries one by one, each
 * with its first photographs; and full lists of photographs for the entries that have more. */

struct lists { size_t *start[LB_TOPIC_ROLES]; }; /* by entry: the list page on which its photos begin, 0: none */

struct writer {
	struct lb_pages *v;
	enum lb_topic_id id;
	const struct lb_topic_kind *kind;
	struct lb_topic *topic;
	const struct lb_summary *photos;
	size_t *order;                        /* entries page by page, those of one page in order of name */
	struct lists lists;
	struct lb_row entries, list_row;
	struct lb_page page;
};

static size_t entry_count(const struct writer *w)
{
	return w->topic->keys.count;
}

static size_t pages_for(size_t items, size_t per_page)
{
	return (items + per_page - 1) / per_page;
}

/* The photos of an entry in one role: a set's own order, or that of the plan. */
struct shown { struct lb_set set; const struct lb_use *uses; size_t count; };

static struct shown photos_of(const struct writer *w, size_t entry, enum lb_topic_role role)
{
	struct shown s = { .count = 0 };
	if (role == LB_ROLE_OF && w->kind->photos && w->kind->photos(w->v, entry, &s.set)) {
		s.count = s.set.count;
		return s;
	}
	s.set = (struct lb_set){ .count = 0 };
	s.uses = lb_topic_photos(w->topic, entry, role);
	s.count = lb_topic_count(w->topic, entry, role);
	return s;
}

static size_t count_of(const struct writer *w, size_t entry, enum lb_topic_role role)
{
	return photos_of(w, entry, role).count;
}

static size_t photo_at(const struct shown *s, size_t i)
{
	return s->uses ? s->uses[i].photo : s->set.photos[i];
}

static void add_kind(struct lb_buf *b, const struct writer *w, const char *suffix)
{
	lb_buf_addf(b, "%s-%s", w->kind->name, suffix);
}

/* The anchor of an entry's photos in one role. */
static void add_place(struct lb_buf *b, const struct writer *w, size_t entry, enum lb_topic_role role)
{
	lb_buf_addf(b, "%s%zu", w->kind->anchor, entry + 1);
	if (role != LB_ROLE_OF)
		lb_buf_addf(b, "-%d", (int)role);
}

static const enum lb_ui role_words[LB_TOPIC_ROLES] = {
	[LB_TOOK] = UI_ROLE_TOOK, [LB_SHOWN] = UI_ROLE_SHOWN, [LB_COMMENTED] = UI_ROLE_COMMENTED, [LB_TAGGED] = UI_ROLE_TAGGED,
	[LB_NOTED] = UI_ROLE_NOTED, [LB_FAVED] = UI_ROLE_FAVED,
};

/* "Commented on 12 photographs" of a person, "12 photographs" of anything else. */
static void add_role(struct lb_buf *b, const struct writer *w, enum lb_topic_role role, size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf count = LB_BUF(256);
	lb_ui_count(&count, UI_N_PHOTOS, (int64_t)n);
	if (w->id == LB_TOPIC_PEOPLE)
		lb_ui_fill(b, role_words[role], lb_buf_str(&count), NULL);
	else
		lb_buf_adds(b, lb_buf_str(&count));
}

static int begin_page(struct writer *w, const struct lb_row *row, size_t number, enum lb_ui title, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1024);
	LB_AUTO(lb_buf_clear) struct lb_buf n = LB_BUF(64);
	lb_buf_adds(&path, "data/");
	lb_row_path(&path, row, number);
	lb_add_number(&n, (int64_t)number);
	if (title == UI_INDEX_PAGE && number == 1)
		lb_buf_adds(&text, lb_ui(w->kind->title));
	else
		lb_ui_fill(&text, title, lb_ui(w->kind->title), lb_buf_str(&n));
	LB_TRY(lb_page_begin(&w->page, w->v->package, lb_buf_str(&path), lb_buf_str(&text), w->kind->nav, err));
	lb_buf_addf(&w->page.b, "<h1>%s</h1>\n", lb_buf_str(&text));
	lb_page_pager(&w->page, UI_PAGER, row, number);
	return 0;
}

static int end_page(struct writer *w, const struct lb_row *row, size_t number, struct lb_error *err)
{
	lb_page_pager(&w->page, UI_PAGER_BELOW, row, number);
	return lb_page_end(&w->page, err);
}

/* ---- index ---- */

struct sortable { const char *text; size_t entry; };

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Without regard to the case of ASCII letters; the same in every locale. */
static int compare_folded(const char *a, const char *b)
{
	for (; *a && fold(*a) == fold(*b); a++, b++)
		;
	return fold(*a) - fold(*b);
}

static int by_text(const void *a, const void *b)
{
	const struct sortable *x = a, *y = b;
	int order = compare_folded(x->text, y->text);
	if (order == 0)
		order = strcmp(x->text, y->text);
	return order ? order : x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* All entries, sorted within each run of `run` of them. */
static struct sortable *sort_entries(const struct writer *w, size_t run)
{
	size_t n = entry_count(w);
	struct sortable *all = lb_alloc((n + 1) * sizeof *all);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct sortable){ w->kind->sort_text(w->v, i), i };
	for (size_t i = 0; i < n; i += run)
		qsort(all + i, n - i < run ? n - i : run, sizeof *all, by_text);
	return all;
}

static void put_in_order(struct writer *w)
{
	LB_AUTO(lb_freep) struct sortable *all = sort_entries(w, w->kind->per_page);
	w->order = lb_alloc((entry_count(w) + 1) * sizeof *w->order);
	for (size_t i = 0; i < entry_count(w); i++)
		w->order[i] = all[i].entry;
}

/* The picture that stands for an entry: the one chosen for it, else the first. */
static const char *cover_of(const struct writer *w, size_t entry)
{
	const struct shown s = photos_of(w, entry, LB_ROLE_OF);
	size_t place;
	if (s.set.cover && lb_map_get(&w->v->where, lb_span(s.set.cover), &place) && w->photos[place].thumb_path)
		return w->photos[place].thumb_path;
	for (size_t i = 0; i < s.count && i < 50; i++)
		if (w->photos[photo_at(&s, i)].thumb_path)
			return w->photos[photo_at(&s, i)].thumb_path;
	return NULL;
}

static void add_cover(struct writer *w, size_t entry)
{
	const char *path = cover_of(w, entry);
	lb_buf_adds(&w->page.b, "<span class=\"cover\">");
	if (path) {
		lb_buf_adds(&w->page.b, "<img alt=\"\" loading=\"lazy\" decoding=\"async\" src=\"");
		lb_page_href(&w->page, path);
		lb_buf_adds(&w->page.b, "\">");
	}
	lb_buf_adds(&w->page.b, "</span>");
}

static void add_person_counts(struct writer *w, size_t entry)
{
	bool any = false;
	for (enum lb_topic_role role = 0; role < LB_TOPIC_ROLES; role++) {
		size_t n = count_of(w, entry, role);
		if (!n)
			continue;
		LB_AUTO(lb_buf_clear) struct lb_buf number = LB_BUF(64);
		lb_add_number(&number, (int64_t)n);
		lb_buf_adds(&w->page.b, any ? " · " : "");
		lb_ui_fill(&w->page.b, role_words[role], lb_buf_str(&number), NULL);
		any = true;
	}
}

/* "Took 21 · Faved 3" of a person, "21 photographs" of the rest, the bare number of a tag. */
static void add_index_counts(struct writer *w, size_t entry)
{
	struct lb_buf *b = &w->page.b;
	size_t of = count_of(w, entry, LB_ROLE_OF);
	if (w->id == LB_TOPIC_TAGS) {
		lb_buf_adds(b, " <span class=\"n\">");
		lb_add_number(b, (int64_t)of);
		lb_buf_adds(b, "</span>");
		return;
	}
	lb_buf_adds(b, " <span class=\"sum\">");
	if (w->id == LB_TOPIC_PEOPLE)
		add_person_counts(w, entry);
	else
		add_role(b, w, LB_ROLE_OF, of);
	lb_buf_adds(b, "</span>");
}

static void add_index_item(struct writer *w, size_t entry)
{
	struct lb_buf *b = &w->page.b;
	lb_buf_adds(b, "<li><a href=\"");
	lb_topic_href(&w->page, w->id, entry);
	lb_buf_adds(b, "\">");
	if (w->kind->cover)
		add_cover(w, entry);
	w->kind->label(w->v, b, entry);
	lb_buf_adds(b, "</a>");
	add_index_counts(w, entry);
	lb_buf_adds(b, "</li>\n");
	lb_arena_reset(&w->v->scratch);
	lb_page_flush(&w->page);
}

static void add_collections_link(struct writer *w)
{
	size_t count;
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(1024);
	lb_package_collections(w->v->package, &count);
	if (!count)
		return;
	lb_ui_count(&words, UI_COLLECTIONS_LINK, (int64_t)count);
	lb_buf_adds(&w->page.b, "<p class=\"all\">");
	lb_page_local(&w->page, "pages/collections.html", lb_buf_str(&words));
	lb_buf_adds(&w->page.b, "</p>\n");
}

static int write_index_page(struct writer *w, const struct sortable *all, const struct lb_row *row, size_t number,
	struct lb_error *err)
{
	size_t from = (number - 1) * LB_INDEX_MAX, to = from + LB_INDEX_MAX;
	LB_TRY(begin_page(w, row, number, UI_INDEX_PAGE, err));
	lb_buf_addf(&w->page.b, "<p class=\"intro\">%s</p>\n", lb_ui(entry_count(w) ? w->kind->intro : w->kind->none));
	if (w->id == LB_TOPIC_ALBUMS)
		add_collections_link(w);
	if (entry_count(w)) {
		lb_buf_addf(&w->page.b, "<ul class=\"index %s\">\n", w->kind->cover ? "covers" : "words");
		for (size_t i = from; i < to && i < entry_count(w); i++)
			add_index_item(w, all[i].entry);
		lb_buf_adds(&w->page.b, "</ul>\n");
	}
	return end_page(w, row, number, err);
}

static int write_index(struct writer *w, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf kind = LB_BUF(64);
	LB_AUTO(lb_buf_clear) struct lb_buf first = LB_BUF(64);
	LB_AUTO(lb_freep) struct sortable *all = sort_entries(w, entry_count(w) + 1);
	add_kind(&kind, w, "index");
	lb_buf_addf(&first, "pages/%s.html", w->kind->name);
	struct lb_row row = { lb_buf_str(&kind), lb_buf_str(&first), pages_for(entry_count(w), LB_INDEX_MAX) };
	LB_TRY(write_index_page(w, all, &row, 1, err));
	for (size_t i = 2; i <= row.total; i++)
		LB_TRY(write_index_page(w, all, &row, i, err));
	return 0;
}

/* ---- entries, one by one ---- */

static bool has_words(const struct shown *s, size_t from, size_t to)
{
	for (size_t i = from; s->set.words && i < to; i++)
		if (s->set.words[i])
			return true;
	return false;
}

static void add_photos(struct writer *w, const struct shown *s, size_t from, size_t to)
{
	to = to < s->count ? to : s->count;
	lb_buf_addf(&w->page.b, "<ul class=\"%s\">\n", has_words(s, from, to) ? "tiles said" : "tiles");
	for (size_t i = from; i < to; i++)
		lb_photo_tile(w->v, &w->page, photo_at(s, i), s->set.words ? s->set.words[i] : NULL);
	lb_buf_adds(&w->page.b, "</ul>\n");
}

static void add_all_link(struct writer *w, size_t entry, enum lb_topic_role role, size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf count = LB_BUF(256);
	lb_row_path(&path, &w->list_row, w->lists.start[role][entry]);
	lb_ui_count(&count, UI_N_PHOTOS, (int64_t)n);
	lb_buf_adds(&w->page.b, "<p class=\"all\"><a href=\"");
	lb_page_href(&w->page, lb_buf_str(&path));
	lb_buf_addc(&w->page.b, '#');
	add_place(&w->page.b, w, entry, role);
	lb_buf_adds(&w->page.b, "\">");
	lb_ui_fill(&w->page.b, UI_ALL_OF, lb_buf_str(&count), NULL);
	lb_buf_adds(&w->page.b, "</a></p>\n");
}

static void add_entry_role(struct writer *w, size_t entry, enum lb_topic_role role)
{
	const struct shown s = photos_of(w, entry, role);
	const char *tag = w->id == LB_TOPIC_PEOPLE ? "h3" : "p";
	lb_buf_addf(&w->page.b, "<%s class=\"role\">", tag);
	add_role(&w->page.b, w, role, s.count);
	lb_buf_addf(&w->page.b, "</%s>\n", tag);
	add_photos(w, &s, 0, w->kind->preview);
	if (s.count > w->kind->preview)
		add_all_link(w, entry, role, s.count);
}

static void add_entry(struct writer *w, size_t entry)
{
	struct lb_buf *b = &w->page.b;
	bool any = false;
	lb_buf_adds(b, "<section class=\"entry\">\n<h2 id=\"");
	add_place(b, w, entry, LB_ROLE_OF);
	lb_buf_adds(b, "\">");
	w->kind->label(w->v, b, entry);
	lb_buf_adds(b, "</h2>\n");
	if (w->kind->describe)
		w->kind->describe(w->v, &w->page, entry);
	for (enum lb_topic_role role = 0; role < LB_TOPIC_ROLES; role++) {
		if (!count_of(w, entry, role))
			continue;
		add_entry_role(w, entry, role);
		any = true;
	}
	if (!any)
		lb_buf_addf(b, "<p class=\"role\">%s</p>\n", lb_ui(UI_NO_PHOTOS_HERE));
	if (w->kind->after)
		w->kind->after(w->v, &w->page, entry);
	lb_buf_adds(b, "</section>\n");
	lb_arena_reset(&w->v->scratch);
	lb_page_flush(&w->page);
}

static int write_entries(struct writer *w, struct lb_error *err)
{
	for (size_t number = 1; number <= w->entries.total; number++) {
		size_t from = (number - 1) * w->kind->per_page;
		LB_TRY(begin_page(w, &w->entries, number, UI_ENTRIES_PAGE, err));
		for (size_t i = from; i < from + w->kind->per_page && i < entry_count(w); i++)
			add_entry(w, w->order[i]);
		LB_TRY(end_page(w, &w->entries, number, err));
	}
	return 0;
}

/* ---- full lists ---- */

/* Lists share pages; one is broken only when it is longer than a page. */
static size_t reserve(size_t *page, size_t *used, size_t n)
{
	if (*page == 0 || *used + n > LB_LIST_MAX) {
		(*page)++;
		*used = 0;
	}
	size_t start = *page;
	*used += n;
	for (; *used > LB_LIST_MAX; *used -= LB_LIST_MAX)
		(*page)++;
	return start;
}

static void plan_lists(struct writer *w)
{
	size_t page = 0, used = 0;
	for (size_t role = 0; role < LB_TOPIC_ROLES; role++)
		w->lists.start[role] = lb_alloc((entry_count(w) + 1) * sizeof(size_t));
	for (size_t i = 0; i < entry_count(w); i++)
		for (enum lb_topic_role role = 0; role < LB_TOPIC_ROLES; role++) {
			size_t n = count_of(w, w->order[i], role);
			if (n > w->kind->preview)
				w->lists.start[role][w->order[i]] = reserve(&page, &used, n);
		}
	w->list_row.total = page;
}

static int turn_to(struct writer *w, size_t *open, size_t number, struct lb_error *err)
{
	if (*open == number)
		return 0;
	if (*open)
		LB_TRY(end_page(w, &w->list_row, *open, err));
	*open = number;
	return number ? begin_page(w, &w->list_row, number, UI_LIST_TITLE, err) : 0;
}

static void add_list_heading(struct writer *w, size_t entry, enum lb_topic_role role, bool continued)
{
	struct lb_buf *b = &w->page.b;
	LB_AUTO(lb_buf_clear) struct lb_buf label = LB_BUF((size_t)1 << 28);
	w->kind->label(w->v, &label, entry);
	lb_buf_adds(b, "<h2");
	if (!continued) {
		lb_buf_adds(b, " id=\"");
		add_place(b, w, entry, role);
		lb_buf_addc(b, '"');
	}
	lb_buf_addc(b, '>');
	if (continued)
		lb_ui_fill(b, UI_CONTINUED, lb_buf_str(&label), NULL);
	else
		lb_buf_adds(b, lb_buf_str(&label));
	lb_buf_adds(b, "</h2>\n<p class=\"role\">");
	add_role(b, w, role, count_of(w, entry, role));
	lb_buf_adds(b, "</p>\n");
}

static int write_list(struct writer *w, size_t entry, enum lb_topic_role role, size_t *open, struct lb_error *err)
{
	const struct shown s = photos_of(w, entry, role);
	size_t number = w->lists.start[role][entry];
	for (size_t i = 0; i < s.count; i += LB_LIST_MAX, number++) {
		LB_TRY(turn_to(w, open, number, err));
		add_list_heading(w, entry, role, i > 0);
		add_photos(w, &s, i, i + LB_LIST_MAX);
		lb_arena_reset(&w->v->scratch);
		lb_page_flush(&w->page);
	}
	return 0;
}

static int write_lists(struct writer *w, struct lb_error *err)
{
	size_t open = 0;
	for (size_t i = 0; i < entry_count(w); i++)
		for (enum lb_topic_role role = 0; role < LB_TOPIC_ROLES; role++)
			if (w->lists.start[role][w->order[i]])
				LB_TRY(write_list(w, w->order[i], role, &open, err));
	return turn_to(w, &open, 0, err);
}

static void clear_writer(struct writer *w)
{
	for (size_t role = 0; role < LB_TOPIC_ROLES; role++)
		free(w->lists.start[role]);
	free(w->order);
	lb_page_abandon(&w->page);
}

int lb_write_topic(struct lb_pages *v, enum lb_topic_id id, struct lb_error *err)
{
	size_t ignored;
	LB_AUTO(lb_buf_clear) struct lb_buf list_kind = LB_BUF(64);
	LB_AUTO(clear_writer) struct writer w = { .v = v, .id = id, .kind = &lb_topic_kinds[id], .topic = &v->topics[id] };
	w.photos = lb_package_photos(v->package, &ignored);
	add_kind(&list_kind, &w, "photos");
	w.entries = (struct lb_row){ w.kind->name, NULL, pages_for(entry_count(&w), w.kind->per_page) };
	w.list_row = (struct lb_row){ lb_buf_str(&list_kind), NULL, 0 };
	put_in_order(&w);
	plan_lists(&w);
	LB_TRY(write_index(&w, err));
	LB_TRY(write_entries(&w, err));
	return write_lists(&w, err);
}
