#include "viewer/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *layer; enum lb_ui words; } layers[] = {
	{ "photo", UI_LAYER_PHOTO }, { "sizes", UI_LAYER_SIZES }, { "comments", UI_LAYER_COMMENTS },
	{ "faves", UI_LAYER_FAVES }, { "contexts", UI_LAYER_CONTEXTS }, { "galleries", UI_LAYER_GALLERIES },
	{ "people", UI_LAYER_PEOPLE },
	{ "original", UI_LAYER_ORIGINAL }, { "thumbnail", UI_LAYER_THUMBNAIL }, { "licenses", UI_LAYER_LICENSES },
	{ "owner", UI_LAYER_OWNER }, { "person", UI_LAYER_OWNER }, { "album", UI_LAYER_ALBUM }, { "group", UI_LAYER_GROUP },
	{ "exif", UI_LAYER_EXIF },
};

static void add_layer(struct lb_buf *b, const char *layer)
{
	for (size_t i = 0; layer && i < LB_COUNT(layers); i++)
		if (strcmp(layer, layers[i].layer) == 0) {
			lb_buf_adds(b, lb_ui(layers[i].words));
			return;
		}
	if (lb_said(layer))
		lb_add_name(b, layer);
	else
		lb_buf_adds(b, lb_ui(UI_LAYER_OTHER));
}

static enum lb_ui sentence_for(const struct lb_gap *gap)
{
	static const enum lb_ui sentences[] = {
		[LB_GAP_REFUSED] = UI_GAP_REFUSED, [LB_GAP_FAILED] = UI_GAP_FAILED, [LB_GAP_UNASKED] = UI_GAP_UNASKED,
		[LB_GAP_WITHHELD] = UI_GAP_WITHHELD,
	};
	if (gap->kind == LB_GAP_REFUSED && lb_said(gap->message))
		return UI_GAP_REFUSED_CODE;
	return sentences[gap->kind];
}

/* Refusals carry a code of Flickr's own; what else has one got it from HTTP. */
static enum lb_ui code_words(const struct lb_gap *gap)
{
	return gap->kind == LB_GAP_REFUSED || gap->code < 100 || gap->code > 599 ? UI_GAP_CODE : UI_GAP_HTTP;
}

/* "HTTP 500" as a message says no more than the code itself. */
static bool repeats_code(const struct lb_gap *gap)
{
	char code[32];
	snprintf(code, sizeof code, " %" PRId64, gap->code);
	return code_words(gap) == UI_GAP_HTTP && lb_said(gap->message) && lb_span_starts(lb_span(gap->message), "HTTP ") &&
	       lb_span_ends(lb_span(gap->message), code);
}

/* What stands in brackets behind the sentence: message, method, code, as far as they were said. */
static void add_details(struct lb_buf *b, const struct lb_gap *gap, const char *message)
{
	LB_AUTO(lb_buf_clear) struct lb_buf details = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf piece = LB_BUF(SIZE_MAX / 4);
	if (gap->kind != LB_GAP_REFUSED && !repeats_code(gap))
		lb_buf_adds(&details, message);
	if (lb_said(gap->method)) {
		lb_escape(&piece, gap->method);
		lb_buf_adds(&details, details.len ? "; " : "");
		lb_ui_fill(&details, UI_GAP_METHOD, lb_buf_str(&piece), NULL);
	}
	if (gap->code != LB_UNKNOWN) {
		lb_buf_reset(&piece);
		lb_buf_addf(&piece, "%lld", (long long)gap->code);
		lb_buf_adds(&details, details.len ? ", " : "");
		lb_ui_fill(&details, code_words(gap), lb_buf_str(&piece), NULL);
	}
	if (details.len)
		lb_ui_fill(b, UI_GAP_REASON, lb_buf_str(&details), NULL);
}

void lb_add_gap(struct lb_buf *b, const struct lb_gap *gap)
{
	LB_AUTO(lb_buf_clear) struct lb_buf layer = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf message = LB_BUF(SIZE_MAX / 4);
	add_layer(&layer, gap->layer);
	if (lb_said(gap->message))
		lb_add_name(&message, gap->message);
	lb_ui_fill(b, sentence_for(gap), lb_buf_str(&layer), lb_buf_str(&message));
	add_details(b, gap, lb_buf_str(&message));
	lb_buf_addc(b, '.');
}

void lb_photo_gaps(struct lb_page *page, const struct lb_gap *gaps, size_t ngaps)
{
	if (!ngaps)
		return;
	lb_buf_adds(&page->b, "<section class=\"gaps\">\n");
	lb_page_h(page, 3, UI_GAPS);
	lb_buf_adds(&page->b, "<ul>\n");
	for (size_t i = 0; i < ngaps; i++) {
		lb_buf_adds(&page->b, "<li>");
		lb_add_gap(&page->b, &gaps[i]);
		lb_buf_adds(&page->b, "</li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n</section>\n");
}

/* ---- the page of all that is missing ---- */

struct missing {
	struct lb_pages *v;
	const struct lb_summary *photos;
	const struct lb_gap *gaps;
	size_t ngaps;
	struct lb_row row;
	struct lb_page page;
};

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
		lb_buf_adds(&m->page.b, "<a href=\"");
		lb_topic_href(&m->page, kinds[i].id, entry);
		lb_buf_adds(&m->page.b, "\">");
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
	size_t place;
	if (!gap->photo_id || !lb_map_get(&m->v->where, lb_span(gap->photo_id), &place)) {
		const char *subject = lb_said(gap->subject) ? gap->subject : gap->photo_id;
		if (!subject || !add_topic_subject(m, subject))
			lb_add_name(b, subject);
		return;
	}
	lb_buf_adds(b, "<a href=\"");
	lb_photo_href(b, &m->page, gap->photo_id, place);
	lb_buf_adds(b, "\">");
	if (lb_said(m->photos[place].title))
		lb_add_title(b, m->photos[place].title);
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
	lb_add_gap(&m->page.b, gap);
	lb_buf_adds(&m->page.b, "</li>\n");
	lb_page_flush(&m->page);
}

static bool is_whole_photo(const struct missing *m, const struct lb_gap *gap)
{
	size_t place;
	return gap->photo_id && lb_map_get(&m->v->where, lb_span(gap->photo_id), &place) && m->photos[place].missing;
}

/* Of the gaps from..to, those of whole photos (or the others) under a heading of their own. */
static void add_part(struct missing *m, size_t from, size_t to, bool whole)
{
	const struct lb_gap *last = NULL;
	for (size_t i = from; i < to && i < m->ngaps; i++) {
		if (is_whole_photo(m, &m->gaps[i]) != whole)
			continue;
		if (!last) {
			lb_page_h(&m->page, 2, whole ? UI_MISSING_PHOTOS : UI_MISSING_PARTS);
			lb_buf_adds(&m->page.b, "<ul class=\"gaplist\">\n");
		}
		add_gap_item(m, &m->gaps[i], last);
		last = &m->gaps[i];
	}
	if (last)
		lb_buf_adds(&m->page.b, "</ul>\n</li>\n</ul>\n");
}

static int write_page(struct missing *m, size_t number, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_buf_adds(&path, "data/");
	lb_row_path(&path, &m->row, number);
	LB_TRY(lb_page_begin(&m->page, m->v->package, lb_buf_str(&path), lb_ui(UI_MISSING_TITLE), LB_NAV_MISSING, err));
	lb_page_h(&m->page, 1, UI_MISSING_TITLE);
	lb_buf_addf(&m->page.b, "<p class=\"intro\">%s</p>\n", lb_ui(m->ngaps ? UI_MISSING_INTRO : UI_MISSING_NONE));
	lb_page_pager(&m->page, UI_PAGER, &m->row, number);
	add_part(m, (number - 1) * LB_GAPS_MAX, number * LB_GAPS_MAX, true);
	add_part(m, (number - 1) * LB_GAPS_MAX, number * LB_GAPS_MAX, false);
	lb_page_pager(&m->page, UI_PAGER_BELOW, &m->row, number);
	return lb_page_end(&m->page, err);
}

static void clear_missing(struct missing *m)
{
	lb_page_abandon(&m->page);
}

int lb_write_missing(struct lb_pages *v, struct lb_error *err)
{
	size_t ignored;
	LB_AUTO(clear_missing) struct missing m = { .v = v };
	m.photos = lb_package_photos(v->package, &ignored);
	m.gaps = lb_package_gaps(v->package, &m.ngaps);
	m.row = (struct lb_row){ "missing", "pages/missing.html", (m.ngaps + LB_GAPS_MAX - 1) / LB_GAPS_MAX };
	LB_TRY(write_page(&m, 1, err));
	for (size_t i = 2; i <= m.row.total; i++)
		LB_TRY(write_page(&m, i, err));
	return 0;
}
