#include "viewer/internal.h"

#include <stdio.h>
#include <string.h>

#define PAGE_MAX ((size_t)1 << 30)  /* of one piece between two flushes */
#define FLUSH_AT 65536
#define NAVIGATION_WINDOW 2         /* page numbers shown on each side of this one */

static const struct { const char *path; enum lb_ui label; } sections[LB_NAV_COUNT] = {
	[LB_NAV_HOME] = { "pages/index.html", UI_NAV_HOME },
	[LB_NAV_PHOTOS] = { "pages/photos-0001.html", UI_NAV_PHOTOS },
	[LB_NAV_YEARS] = { "pages/years.html", UI_NAV_YEARS },
	[LB_NAV_ALBUMS] = { "pages/albums.html", UI_NAV_ALBUMS },
	[LB_NAV_GROUPS] = { "pages/groups.html", UI_NAV_GROUPS },
	[LB_NAV_GALLERIES] = { "pages/galleries.html", UI_NAV_GALLERIES },
	[LB_NAV_TAGS] = { "pages/tags.html", UI_NAV_TAGS },
	[LB_NAV_PEOPLE] = { "pages/people.html", UI_NAV_PEOPLE },
	[LB_NAV_LICENSES] = { "pages/licenses.html", UI_NAV_LICENSES },
	[LB_NAV_MISSING] = { "pages/missing.html", UI_NAV_MISSING },
	[LB_NAV_RIGHTS] = { "pages/rights.html", UI_NAV_RIGHTS },
};

void lb_page_path(struct lb_buf *b, const char *kind, size_t number)
{
	lb_layout_page(b, kind, number);
}

void lb_add_anchor(struct lb_buf *b, const char *prefix, const char *id)
{
	struct lb_span text = lb_span(id);
	lb_buf_adds(b, prefix);
	if (text.n > 80) {
		char hex[LB_SHA256_HEX];
		lb_sha256(text.p, text.n, hex);
		lb_buf_addf(b, "_%s", hex);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
		lb_buf_addf(b, plain ? "%c" : "_%02X", c);
	}
}

void lb_page_id(struct lb_page *page, const char *prefix, const char *id)
{
	LB_AUTO(lb_buf_clear) struct lb_buf anchor = LB_BUF(1024);
	lb_add_anchor(&anchor, prefix, id);
	if (lb_map_put(&page->ids, lb_buf_span(&anchor), 0))
		lb_buf_addf(&page->b, " id=\"%s\"", lb_buf_str(&anchor));
}

void lb_page_href(struct lb_page *page, const char *data_path)
{
	lb_buf_adds(&page->b, page->up);
	lb_url_encode_path(&page->b, lb_span(data_path));
}

void lb_page_local(struct lb_page *page, const char *data_path, const char *html)
{
	lb_buf_adds(&page->b, "<a href=\"");
	lb_page_href(page, data_path);
	lb_buf_addf(&page->b, "\">%s</a>", html);
}

void lb_page_outward(struct lb_page *page, const char *url, const char *html)
{
	struct lb_arena arena = { 0 };
	const char *href = lb_said(url) ? lb_rich_href(url, &arena) : NULL;
	struct lb_buf *b = &page->b;
	if (href) {
		lb_buf_adds(b, "<a class=\"out\" rel=\"noopener noreferrer nofollow ugc\" href=\"");
		lb_escape(b, href);
		lb_buf_adds(b, "\">");
	}
	if (html)
		lb_buf_adds(b, html);
	else
		lb_rich_name(b, url ? url : "");
	if (href)
		lb_buf_adds(b, "</a>");
	lb_arena_clear(&arena);
}

void lb_page_h(struct lb_page *page, int level, enum lb_ui id)
{
	lb_buf_addf(&page->b, "<h%d>%s</h%d>\n", level, lb_ui(id), level);
}

/* ---- head and foot ---- */

/* From the page back to data/, which is itself one level below the package root. */
static void find_way_up(struct lb_page *page)
{
	size_t n = 0;
	if (strncmp(page->path, "data/", 5) != 0) {
		snprintf(page->up, sizeof page->up, "data/");
		return;
	}
	for (const char *slash = strchr(page->path + 5, '/'); slash && n + 4 < sizeof page->up; slash = strchr(slash + 1, '/'))
		n += (size_t)snprintf(page->up + n, sizeof page->up - n, "../");
}

static void write_head(struct lb_page *page, const char *title)
{
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self'; "
		"media-src 'self'; base-uri 'none'; form-action 'none'\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	lb_buf_adds(b, title);
	const char *name = lb_package_info(page->package)->title;
	if (lb_said(name)) {
		lb_buf_adds(b, " · ");
		lb_add_title_text(b, name);
	}
	lb_buf_adds(b, "</title>\n<link rel=\"stylesheet\" href=\"");
	lb_page_href(page, "viewer/style.css");
	lb_buf_adds(b, "\">\n</head>\n");
}

static void write_nav(struct lb_page *page, enum lb_nav current)
{
	struct lb_buf *b = &page->b;
	lb_buf_addf(b, "<nav aria-label=\"%s\">\n<ul>\n", lb_ui(UI_CONTENTS));
	for (enum lb_nav i = LB_NAV_HOME; i < LB_NAV_COUNT; i++) {
		lb_buf_adds(b, "<li><a href=\"");
		lb_page_href(page, sections[i].path);
		lb_buf_addf(b, "\"%s>%s</a></li>\n", i == current ? " aria-current=\"true\"" : "", lb_ui(sections[i].label));
	}
	lb_buf_adds(b, "</ul>\n</nav>\n");
}

static void write_header(struct lb_page *page, enum lb_nav current)
{
	struct lb_buf *b = &page->b;
	lb_buf_addf(b, "<a class=\"skip\" href=\"#content\">%s</a>\n<header class=\"top\">\n", lb_ui(UI_SKIP));
	lb_buf_adds(b, "<p class=\"brand\"><a href=\"");
	lb_page_href(page, "README.html");
	lb_buf_adds(b, "\">");
	lb_add_title(b, lb_package_info(page->package)->title);
	lb_buf_adds(b, "</a></p>\n");
	write_nav(page, current);
	lb_buf_adds(b, "</header>\n");
}

static void write_footer(struct lb_page *page)
{
	const struct lb_package_info *info = lb_package_info(page->package);
	LB_AUTO(lb_buf_clear) struct lb_buf day = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf program = LB_BUF(PAGE_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf maker = LB_BUF(PAGE_MAX);
	lb_add_day(&day, info->created);
	lb_escape(&program, info->program ? info->program : "lifeboat");
	lb_buf_adds(&page->b, "</main>\n<footer class=\"bottom\">\n<p>");
	if (lb_said(info->maker_name)) {
		lb_add_name(&maker, info->maker_name);
		lb_ui_fill(&page->b, UI_FOOTER_MAKER, lb_buf_str(&maker), NULL);
		lb_buf_addc(&page->b, ' ');
	}
	lb_ui_fill(&page->b, UI_FOOTER, lb_buf_str(&day), lb_buf_str(&program));
	lb_buf_adds(&page->b, "</p>\n</footer>\n</body>\n</html>\n");
}

/* ---- open, flush, close ---- */

int lb_page_begin(struct lb_page *page, struct lb_package *package, const char *path, const char *title,
	enum lb_nav nav, struct lb_error *err)
{
	*page = (struct lb_page){ .package = package, .b = LB_BUF(PAGE_MAX) };
	if (strlen(path) >= sizeof page->path)
		return lb_fail(err, LB_LIMIT, "cannot write the page \"%s\": its name is too long", path);
	snprintf(page->path, sizeof page->path, "%s", path);
	find_way_up(page);
	LB_TRY(lb_package_create(package, path, &page->out, err));
	write_head(page, title);
	lb_buf_adds(&page->b, nav == LB_NAV_NONE ? "<body class=\"start\">\n" : "<body>\n");
	if (nav != LB_NAV_NONE)
		write_header(page, nav);
	lb_buf_adds(&page->b, "<main id=\"content\" tabindex=\"-1\">\n");
	lb_map_put(&page->ids, lb_span("content"), 0);
	return 0;
}

static void hand_over(struct lb_page *page)
{
	page->overflow = page->overflow || page->b.overflow;
	lb_out_add(page->out, lb_buf_str(&page->b), page->b.len);
	lb_buf_reset(&page->b);
}

void lb_page_flush(struct lb_page *page)
{
	if (page->b.len >= FLUSH_AT)
		hand_over(page);
}

int lb_page_end(struct lb_page *page, struct lb_error *err)
{
	write_footer(page);
	hand_over(page);
	struct lb_out *out = page->out;
	bool overflow = page->overflow;
	page->out = NULL;
	char path[sizeof page->path];
	memcpy(path, page->path, sizeof path);
	struct lb_package *package = page->package;
	lb_page_abandon(page);
	if (overflow) {
		lb_out_abandon(out);
		return lb_fail(err, LB_LIMIT, "cannot write the page \"%s\": a text in it is too long", path);
	}
	return lb_package_close(package, path, out, err);
}

void lb_page_abandon(struct lb_page *page)
{
	lb_out_abandon(page->out);
	page->out = NULL;
	lb_buf_clear(&page->b);
	lb_map_clear(&page->ids);
}

/* ---- the links around a page in a row of pages ---- */

void lb_row_path(struct lb_buf *b, const struct lb_row *row, size_t number)
{
	if (number == 1 && row->first)
		lb_buf_adds(b, row->first);
	else
		lb_page_path(b, row->kind, number);
}

static void pager_item(struct lb_page *page, const struct lb_row *row, size_t number, const char *attribute,
	const char *html)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_row_path(&path, row, number);
	lb_buf_adds(&page->b, "<li><a href=\"");
	lb_page_href(page, lb_buf_str(&path));
	lb_buf_addf(&page->b, "\"%s>%s</a></li>\n", attribute, html);
}

static void pager_number(struct lb_page *page, const struct lb_row *row, size_t number, size_t current)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(64);
	lb_add_number(&text, (int64_t)number);
	if (number == current)
		lb_buf_addf(&page->b, "<li><span aria-current=\"page\">%s</span></li>\n", lb_buf_str(&text));
	else
		pager_item(page, row, number, "", lb_buf_str(&text));
}

static void pager_gap(struct lb_page *page, bool wanted)
{
	if (wanted)
		lb_buf_addf(&page->b, "<li class=\"gap\">%s</li>\n", lb_ui(UI_GAP_PAGES));
}

void lb_page_pager(struct lb_page *page, enum lb_ui label, const struct lb_row *row, size_t number)
{
	size_t total = row->total;
	if (total < 2)
		return;
	size_t from = number > NAVIGATION_WINDOW + 1 ? number - NAVIGATION_WINDOW : 1;
	size_t to = number + NAVIGATION_WINDOW < total ? number + NAVIGATION_WINDOW : total;
	lb_buf_addf(&page->b, "<nav class=\"pager\" aria-label=\"%s\">\n<ul>\n", lb_ui(label));
	if (number > 1)
		pager_item(page, row, number - 1, " rel=\"prev\"", lb_ui(UI_PREVIOUS));
	if (from > 1)
		pager_number(page, row, 1, number);
	pager_gap(page, from > 2);
	for (size_t i = from; i <= to; i++)
		pager_number(page, row, i, number);
	pager_gap(page, to + 1 < total);
	if (to < total)
		pager_number(page, row, total, number);
	if (number < total)
		pager_item(page, row, number + 1, " rel=\"next\"", lb_ui(UI_NEXT));
	lb_buf_adds(&page->b, "</ul>\n</nav>\n");
}
