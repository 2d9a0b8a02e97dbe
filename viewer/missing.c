#include "viewer/internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The pages of what is missing, in groups by why: withheld, private, gone, refused, failed, never asked. */

static const struct { const char *anchor; enum lb_ui title, text; } groups[LB_LACK_COUNT] = {
	[LB_LACK_WITHHELD] = { "withheld", UI_GROUP_OF_WITHHELD, UI_GROUP_OF_WITHHELD_TEXT },
	[LB_LACK_PRIVATE] = { "private", UI_GROUP_OF_PRIVATE, UI_GROUP_OF_PRIVATE_TEXT },
	[LB_LACK_GONE] = { "gone", UI_GROUP_OF_GONE, UI_GROUP_OF_GONE_TEXT },
	[LB_LACK_REFUSED] = { "refused", UI_GROUP_OF_REFUSED, UI_GROUP_OF_REFUSED_TEXT },
	[LB_LACK_FAILED] = { "failed", UI_GROUP_OF_FAILED, UI_GROUP_OF_FAILED_TEXT },
	[LB_LACK_UNASKED] = { "unasked", UI_GROUP_OF_UNASKED, UI_GROUP_OF_UNASKED_TEXT },
};

/* Stubs stand under their reason; gaps under "photographs" when the whole photo is missing, else under "parts". */
enum part { PART_STUB, PART_WHOLE, PART_PART };
struct item { enum lb_lack group; enum part part; size_t reason, number; }; /* number of a photo or of a gap */

struct missing {
	struct lb_pages *v;
	const struct lb_summary *photos;
	const struct lb_gap *gaps;
	struct item *items; size_t count, cap;
	struct lb_row row;
	struct lb_page page;
};

static bool is_converted(const struct missing *m)
{
	return lb_package_info(m->v->package)->origin != NULL;
}

static enum lb_ui group_text(const struct missing *m, enum lb_lack group)
{
	if (is_converted(m) && group == LB_LACK_FAILED)
		return UI_GROUP_OF_FAILED_SOURCE;
	if (is_converted(m) && group == LB_LACK_UNASKED)
		return UI_GROUP_OF_UNASKED_SOURCE;
	return groups[group].text;
}

/* ---- why ---- */

static bool says(const char *message, const char *const *words, size_t count)
{
	for (size_t i = 0; message && i < count; i++)
		if (strcasestr(message, words[i]))
			return true;
	return false;
}

/* Flickr's error codes mean another thing for each method; its words do not. */
static enum lb_lack refusal(const struct lb_gap *gap)
{
	static const char *const gone[] = { "not found", "deleted", "no longer", "does not exist", "doesn't exist" };
	static const char *const hidden[] = { "permission", "private", "not authori", "not allowed", "log in", "logged in", "login" };
	if (gap->code == 404 || gap->code == 410 || says(gap->message, gone, LB_COUNT(gone)))
		return LB_LACK_GONE;
	if (gap->code == 401 || gap->code == 403 || says(gap->message, hidden, LB_COUNT(hidden)))
		return LB_LACK_PRIVATE;
	return LB_LACK_REFUSED;
}

static enum lb_lack group_of(const struct lb_gap *gap)
{
	switch (gap->kind) {
	case LB_GAP_WITHHELD:
		return LB_LACK_WITHHELD;
	case LB_GAP_UNASKED:
		return LB_LACK_UNASKED;
	case LB_GAP_FAILED: /* a file that is not there or may not be seen is told by HTTP alone */
		return gap->code >= 400 && gap->code < 500 && refusal(gap) != LB_LACK_REFUSED ? refusal(gap) : LB_LACK_FAILED;
	case LB_GAP_REFUSED:
		break;
	}
	return refusal(gap);
}

static const struct lb_summary *photo_of(const struct missing *m, const struct lb_gap *gap)
{
	size_t place;
	return gap->photo_id && lb_map_get(&m->v->where, lb_span(gap->photo_id), &place) ? &m->photos[place] : NULL;
}

/* ---- sorting ---- */

static void add_item(struct missing *m, struct item item)
{
	LB_GROW(m->items, m->count, m->cap);
	m->items[m->count++] = item;
}

static void collect_stubs(struct missing *m)
{
	LB_AUTO(lb_map_clear) struct lb_map reasons = {0};
	struct lb_pages *v = m->v;
	for (size_t i = 0; i < v->planned; i++) {
		if (!m->photos[i].stub)
			continue;
		size_t reason = v->nreasons;
		if (!lb_map_get(&reasons, lb_span(m->photos[i].withheld), &reason)) {
			lb_map_put(&reasons, lb_span(m->photos[i].withheld), reason);
			LB_GROW(v->reasons, v->nreasons, v->reasons_cap);
			v->reasons[v->nreasons++] = (struct lb_reason){ m->photos[i].withheld, 0, 0 };
		}
		v->reasons[reason].count++;
		add_item(m, (struct item){ LB_LACK_WITHHELD, PART_STUB, reason, i });
	}
	for (size_t i = 1; i < v->nreasons; i++)
		v->reasons[i].first = v->reasons[i - 1].first + v->reasons[i - 1].count;
}

static void collect_gaps(struct missing *m, size_t ngaps)
{
	for (size_t i = 0; i < ngaps; i++) {
		const struct lb_summary *photo = photo_of(m, &m->gaps[i]);
		if (photo && photo->stub && m->gaps[i].kind == LB_GAP_WITHHELD)
			continue; /* the stub says it */
		add_item(m, (struct item){ group_of(&m->gaps[i]), photo && photo->missing ? PART_WHOLE : PART_PART, 0, i });
	}
}

static int by_group(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	const size_t pairs[][2] = { { x->group, y->group }, { x->part, y->part }, { x->reason, y->reason }, { x->number, y->number } };
	for (size_t i = 0; i < LB_COUNT(pairs); i++)
		if (pairs[i][0] != pairs[i][1])
			return pairs[i][0] < pairs[i][1] ? -1 : 1;
	return 0;
}

static void sort_items(struct missing *m)
{
	struct lb_lack_range *lacks = m->v->lacks;
	if (m->count)
		qsort(m->items, m->count, sizeof *m->items, by_group);
	for (size_t i = 0; i < m->count; i++)
		if (lacks[m->items[i].group].count++ == 0)
			lacks[m->items[i].group].first = i;
}

/* ---- links to groups and reasons, from anywhere ---- */

static struct lb_row row_of(const struct lb_pages *v)
{
	size_t count = 0;
	for (size_t i = 0; i < LB_LACK_COUNT; i++)
		count += v->lacks[i].count;
	return (struct lb_row){ "missing", "pages/missing.html", (count + LB_GAPS_MAX - 1) / LB_GAPS_MAX };
}

static void open_link(const struct lb_pages *v, struct lb_page *page, size_t item, const char *anchor)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	struct lb_row row = row_of(v);
	lb_row_path(&path, &row, item / LB_GAPS_MAX + 1);
	lb_buf_adds(&page->b, "<li><a href=\"");
	lb_page_href(page, lb_buf_str(&path));
	lb_buf_addf(&page->b, "#%s\">", anchor);
}

void lb_add_lacks(struct lb_pages *v, struct lb_page *page)
{
	lb_buf_adds(&page->b, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < LB_LACK_COUNT; i++) {
		if (!v->lacks[i].count)
			continue;
		open_link(v, page, v->lacks[i].first, groups[i].anchor);
		lb_buf_addf(&page->b, "%s</a> <span class=\"n\">", lb_ui(groups[i].title));
		lb_add_number(&page->b, (int64_t)v->lacks[i].count);
		lb_buf_adds(&page->b, "</span></li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n");
}

static void add_reason_anchor(struct lb_buf *b, size_t reason)
{
	lb_buf_addf(b, "w%zu", reason + 1);
}

void lb_add_reasons(struct lb_pages *v, struct lb_page *page)
{
	lb_buf_adds(&page->b, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < v->nreasons; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf anchor = LB_BUF(64);
		add_reason_anchor(&anchor, i);
		open_link(v, page, v->reasons[i].first, lb_buf_str(&anchor));
		lb_ui_count(&page->b, UI_N_PHOTOS, (int64_t)v->reasons[i].count);
		lb_buf_adds(&page->b, "</a>: ");
		lb_add_name(&page->b, v->reasons[i].words);
		lb_buf_adds(&page->b, "</li>\n");
		lb_page_flush(page);
	}
	lb_buf_adds(&page->b, "</ul>\n");
}

/* ---- one item ---- */

/* "person 1@N00" as a link to the person, by name; likewise albums, groups, galleries. */
static bool add_topic_subject(struct missing *m, const char *subject)
{
	static const struct { const char *prefix; enum lb_topic_id id; } kinds[] = {
		{ "person ", LB_TOPIC_PEOPLE }, { "album ", LB_TOPIC_ALBUMS }, { "group ", LB_TOPIC_GROUPS },
		{ "gallery ", LB_TOPIC_GALLERIES },
	};
	for (size_t i = 0; i < LB_COUNT(kinds); i++) {
		size_t entry, n = strlen(kinds[i].prefix);
		if (strncmp(subject, kinds[i].prefix, n) != 0 ||
		    !lb_map_get(&m->v->topics[kinds[i].id].keys, lb_span(subject + n), &entry))
			continue;
		lb_topic_link(&m->page, kinds[i].id, entry);
		lb_topic_kinds[kinds[i].id].label(m->v, &m->page.b, entry);
		lb_buf_adds(&m->page.b, "</a>");
		return true;
	}
	return false;
}

/* "photo 123" as a link to it, with its title; a subject of which nothing is known as it stands. */
static void add_subject(struct missing *m, const struct lb_gap *gap)
{
	struct lb_buf *b = &m->page.b;
	const struct lb_summary *photo = photo_of(m, gap);
	if (!photo) {
		const char *subject = lb_said(gap->subject) ? gap->subject : gap->photo_id;
		if (!subject || !add_topic_subject(m, subject))
			lb_add_name(b, subject);
		return;
	}
	lb_buf_adds(b, "<a href=\"");
	lb_photo_href(b, &m->page, gap->photo_id, (size_t)(photo - m->photos));
	lb_buf_adds(b, "\">");
	if (lb_said(photo->title))
		lb_add_title(b, photo->title);
	else
		lb_add_name(b, lb_said(gap->subject) ? gap->subject : gap->photo_id);
	lb_buf_adds(b, "</a>");
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* One line for all gaps of one thing that follow each other: `last` is the gap before, NULL at the first. */
static void add_gap_item(struct missing *m, const struct lb_gap *gap, const struct lb_gap *last)
{
	bool goes_on = last && same(last->photo_id, gap->photo_id) && (gap->photo_id || same(last->subject, gap->subject));
	if (!goes_on) {
		lb_buf_adds(&m->page.b, last ? "</ul>\n</li>\n<li>" : "<li>");
		add_subject(m, gap);
		lb_buf_adds(&m->page.b, "\n<ul>\n");
	}
	lb_buf_adds(&m->page.b, "<li>");
	lb_add_gap(&m->page.b, gap, is_converted(m));
	lb_buf_adds(&m->page.b, "</li>\n");
}

static void add_stub_item(struct missing *m, size_t place)
{
	const struct lb_summary *s = &m->photos[place];
	lb_buf_adds(&m->page.b, "<li><a href=\"");
	lb_photo_href(&m->page.b, &m->page, s->id, place);
	lb_buf_adds(&m->page.b, "\">");
	lb_add_title(&m->page.b, s->title);
	lb_buf_addf(&m->page.b, "</a> <small>%s ", lb_ui(UI_BY));
	lb_add_known_person(m->v, &m->page, s->owner_id, s->owner_name);
	lb_buf_adds(&m->page.b, "</small></li>\n");
}

/* ---- one page ---- */

static void add_group_heading(struct missing *m, const struct item *item, bool continued)
{
	struct lb_buf *b = &m->page.b;
	if (continued) {
		lb_buf_adds(b, "<h2>");
		lb_ui_fill(b, UI_GROUP_CONTINUED, lb_ui(groups[item->group].title), NULL);
		lb_buf_adds(b, "</h2>\n");
		return;
	}
	lb_buf_addf(b, "<h2 id=\"%s\">%s</h2>\n<p class=\"role\">%s</p>\n", groups[item->group].anchor,
		lb_ui(groups[item->group].title), lb_ui(group_text(m, item->group)));
}

static void add_part_heading(struct missing *m, const struct item *item, bool continued)
{
	static const enum lb_ui words[] = { UI_MISSING_STUBS, UI_MISSING_PHOTOS, UI_MISSING_PARTS };
	struct lb_buf *b = &m->page.b;
	lb_buf_adds(b, "<h3");
	if (item->part == PART_STUB && !continued) {
		lb_buf_adds(b, " id=\"");
		add_reason_anchor(b, item->reason);
		lb_buf_addc(b, '"');
	}
	lb_buf_addf(b, ">%s", lb_ui(words[item->part]));
	if (item->part == PART_STUB) {
		lb_buf_adds(b, ": ");
		lb_add_name(b, m->v->reasons[item->reason].words);
	}
	lb_buf_adds(b, "</h3>\n<ul class=\"gaplist\">\n");
}

/* The items from..to; a new list wherever group, part or reason change. */
static void add_items(struct missing *m, size_t from, size_t to)
{
	const struct item *open = NULL;
	for (size_t i = from; i < to; i++) {
		const struct item *item = &m->items[i], *before = i ? item - 1 : NULL;
		bool same_group = before && before->group == item->group;
		bool same_part = same_group && before->part == item->part && before->reason == item->reason;
		if (open && !same_part) {
			lb_buf_adds(&m->page.b, open->part == PART_STUB ? "</ul>\n" : "</ul>\n</li>\n</ul>\n");
			open = NULL;
		}
		if (i == from || !same_group)
			add_group_heading(m, item, same_group);
		if (!open)
			add_part_heading(m, item, same_part);
		if (item->part == PART_STUB)
			add_stub_item(m, item->number);
		else
			add_gap_item(m, &m->gaps[item->number], open ? &m->gaps[open->number] : NULL);
		open = item;
		lb_page_flush(&m->page);
	}
	if (open)
		lb_buf_adds(&m->page.b, open->part == PART_STUB ? "</ul>\n" : "</ul>\n</li>\n</ul>\n");
}

static int write_page(struct missing *m, size_t number, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	size_t from = (number - 1) * LB_GAPS_MAX, to = from + LB_GAPS_MAX < m->count ? from + LB_GAPS_MAX : m->count;
	lb_buf_adds(&path, "data/");
	lb_row_path(&path, &m->row, number);
	LB_TRY(lb_page_begin(&m->page, m->v->package, lb_buf_str(&path), lb_ui(UI_MISSING_TITLE), LB_NAV_MISSING, err));
	lb_page_h(&m->page, 1, UI_MISSING_TITLE);
	lb_buf_addf(&m->page.b, "<p class=\"intro\">%s</p>\n", lb_ui(!m->count ? UI_MISSING_NONE : is_converted(m) ? UI_MISSING_SOURCE : UI_MISSING_INTRO));
	if (m->count)
		lb_add_lacks(m->v, &m->page);
	lb_page_pager(&m->page, UI_PAGER, &m->row, number);
	add_items(m, from, to);
	lb_page_pager(&m->page, UI_PAGER_BELOW, &m->row, number);
	return lb_page_end(&m->page, err);
}

static void clear_missing(struct missing *m)
{
	free(m->items);
	lb_page_abandon(&m->page);
}

int lb_write_missing(struct lb_pages *v, struct lb_error *err)
{
	size_t ignored, ngaps;
	LB_AUTO(clear_missing) struct missing m = { .v = v };
	m.photos = lb_package_photos(v->package, &ignored);
	m.gaps = lb_package_gaps(v->package, &ngaps);
	collect_stubs(&m);
	collect_gaps(&m, ngaps);
	sort_items(&m);
	m.row = row_of(v);
	LB_TRY(write_page(&m, 1, err));
	for (size_t i = 2; i <= m.row.total; i++)
		LB_TRY(write_page(&m, i, err));
	return 0;
}
