#include "viewer/internal.h"

#include <string.h>

/* The pages that one comes in by: the start page of the package, README.html of its data, and the list of contents. */

static void begin_section(struct lb_page *page, const char *name, enum lb_ui heading)
{
	lb_buf_addf(&page->b, "<section class=\"%s\">\n", name);
	lb_page_h(page, 2, heading);
}

static void end_section(struct lb_page *page)
{
	lb_buf_adds(&page->b, "</section>\n");
	lb_page_flush(page);
}

/* ---- what it is, who made it, why ---- */

static void add_made(struct lb_page *page, const struct lb_package_info *info)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(SIZE_MAX / 4);
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<p class=\"made\">");
	if (lb_said(info->maker_name)) {
		lb_add_name(&text, info->maker_name);
		lb_ui_fill(b, UI_MADE_BY, lb_buf_str(&text), NULL);
		lb_buf_addc(b, ' ');
	}
	lb_buf_reset(&text);
	lb_add_day(&text, info->created);
	lb_ui_fill(b, UI_MADE_ON, lb_buf_str(&text), NULL);
	lb_buf_adds(b, "</p>\n");
}

/* Places on the pages of photographs: those that are missing have one too. */
static void add_photo_total(struct lb_buf *b, const struct lb_pages *v)
{
	lb_ui_count(b, UI_N_PHOTOS, (int64_t)v->planned);
	if (v->tally.missing)
		lb_ui_count(b, UI_OF_THEM_MISSING, v->tally.missing);
}

static void add_totals(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_count counts[] = {
		{ UI_N_VIDEOS, v->tally.videos ? v->tally.videos : LB_UNKNOWN },
		{ UI_N_COMMENTS, v->tally.comments },
		{ UI_N_FAVES, v->tally.faves },
		{ UI_N_NOTES, v->tally.notes ? v->tally.notes : LB_UNKNOWN },
		{ UI_N_PEOPLE, (int64_t)v->topics[LB_TOPIC_PEOPLE].keys.count },
	};
	lb_buf_adds(&page->b, "<ul class=\"totals\">\n<li>");
	add_photo_total(&page->b, v);
	lb_buf_adds(&page->b, "</li>\n");
	for (size_t i = 0; i < LB_COUNT(counts); i++) {
		if (counts[i].n < 0)
			continue;
		lb_buf_adds(&page->b, "<li>");
		lb_ui_count(&page->b, counts[i].words, counts[i].n);
		lb_buf_adds(&page->b, "</li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n");
}

static void add_hero(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_info *info = lb_package_info(v->package);
	lb_buf_addf(&page->b, "<header class=\"hero\">\n<p class=\"kicker\">%s</p>\n<h1>", lb_ui(UI_KICKER));
	lb_add_title(&page->b, info->title);
	lb_buf_adds(&page->b, "</h1>\n");
	add_made(page, info);
	add_totals(v, page);
	lb_buf_adds(&page->b, "</header>\n");
}

static void add_note(struct lb_page *page, enum lb_ui heading, const char *text)
{
	begin_section(page, "note", heading);
	if (lb_said(text))
		lb_add_text(&page->b, text);
	else
		lb_buf_addf(&page->b, "<p class=\"unsaid\">%s</p>\n", lb_ui(UI_NOT_SAID));
	end_section(page);
}

static void add_notes(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_info *info = lb_package_info(v->package);
	lb_buf_adds(&page->b, "<div class=\"notes\">\n");
	add_note(page, UI_PURPOSE, info->purpose);
	add_note(page, UI_FUTURE, info->future);
	lb_buf_adds(&page->b, "</div>\n");
}

/* ---- the first photographs, and the ways on ---- */

static void add_viewer(struct lb_page *page)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(1024);
	lb_buf_addf(&plain, "<a href=\"%spages/photos-0001.html\">%s</a>", page->up, lb_ui(UI_VIEWER_PLAIN));
	lb_buf_adds(&page->b, "<div class=\"open\">\n<p class=\"go\">");
	lb_page_local(page, "viewer/index.html", lb_ui(UI_VIEWER_OPEN));
	lb_buf_adds(&page->b, "</p>\n<p>");
	lb_ui_fill(&page->b, UI_VIEWER_TEXT, lb_buf_str(&plain), NULL);
	lb_buf_adds(&page->b, "</p>\n</div>\n");
}

static void add_gallery(struct lb_pages *v, struct lb_page *page)
{
	size_t n, shown = 0;
	const struct lb_summary *photos = lb_package_photos(v->package, &n);
	if (v->tally.photos == v->tally.stubs)
		return;
	begin_section(page, "gallery", UI_GALLERY);
	lb_buf_adds(&page->b, "<ul class=\"tiles\">\n");
	for (size_t i = 0; i < n && shown < LB_START_PHOTOS; i++) {
		if (photos[i].missing || photos[i].stub)
			continue;
		lb_photo_tile(v, page, i, NULL);
		shown++;
	}
	LB_AUTO(lb_buf_clear) struct lb_buf count = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(1024);
	add_photo_total(&count, v);
	lb_ui_fill(&words, UI_GALLERY_ALL, lb_buf_str(&count), NULL);
	lb_buf_adds(&page->b, "</ul>\n<p class=\"all\">");
	lb_page_local(page, "pages/photos-0001.html", lb_buf_str(&words));
	lb_buf_adds(&page->b, "</p>\n");
	end_section(page);
}

static void add_way(struct lb_page *page, const char *name, enum lb_ui words, int64_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf html = LB_BUF(1024);
	lb_buf_addf(&path, "pages/%s.html", name);
	lb_buf_addf(&html, "%s <span class=\"n\">", lb_ui(words));
	lb_add_number(&html, n);
	lb_buf_adds(&html, "</span>");
	lb_buf_adds(&page->b, "<li>");
	lb_page_local(page, lb_buf_str(&path), lb_buf_str(&html));
	lb_buf_adds(&page->b, "</li>\n");
}

static size_t count_lacks(const struct lb_pages *v)
{
	size_t count = 0;
	for (size_t i = 0; i < LB_LACK_COUNT; i++)
		count += v->lacks[i].count;
	return count;
}

static void add_ways(struct lb_pages *v, struct lb_page *page)
{
	size_t collections;
	lb_package_collections(v->package, &collections);
	lb_buf_addf(&page->b, "<nav class=\"ways\" aria-label=\"%s\">\n<ul>\n", lb_ui(UI_BROWSE));
	add_way(page, "photos-0001", UI_NAV_PHOTOS, (int64_t)v->planned);
	for (size_t i = 0; i < LB_TOPIC_COUNT; i++)
		add_way(page, lb_topic_kinds[i].name, lb_topic_kinds[i].title, (int64_t)v->topics[i].keys.count);
	if (collections)
		add_way(page, "collections", UI_COLLECTIONS_TITLE, (int64_t)collections);
	add_way(page, "missing", UI_NAV_MISSING, (int64_t)count_lacks(v));
	lb_buf_adds(&page->b, "<li>");
	lb_page_local(page, "pages/rights.html", lb_ui(UI_NAV_RIGHTS));
	lb_buf_adds(&page->b, "</li>\n");
	lb_buf_adds(&page->b, "</ul>\n</nav>\n");
}

static void add_browse(struct lb_pages *v, struct lb_page *page)
{
	begin_section(page, "browse", UI_BROWSE);
	add_ways(v, page);
	end_section(page);
}

/* ---- rights, gaps, origin ---- */

static void add_rights(struct lb_pages *v, struct lb_page *page)
{
	struct lb_topic *t = &v->topics[LB_TOPIC_LICENSES];
	if (!t->keys.count)
		return;
	begin_section(page, "rights", UI_RIGHTS);
	lb_buf_addf(&page->b, "<p>%s</p>\n<ul class=\"lines\">\n", lb_ui(UI_RIGHTS_INTRO));
	for (size_t i = 0; i < t->keys.count; i++) {
		lb_buf_adds(&page->b, "<li><a href=\"");
		lb_topic_href(page, LB_TOPIC_LICENSES, i);
		lb_buf_adds(&page->b, "\">");
		lb_add_license(v, &page->b, t->keys.items[i].key);
		lb_buf_adds(&page->b, "</a>: ");
		lb_ui_count(&page->b, UI_N_PHOTOS, (int64_t)lb_topic_count(t, i, LB_ROLE_OF));
		lb_buf_adds(&page->b, "</li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n");
	end_section(page);
	lb_arena_reset(&v->scratch);
}

static void add_lacks(struct lb_pages *v, struct lb_page *page)
{
	begin_section(page, "lacks", UI_LACKS);
	if (!count_lacks(v) && !v->tally.missing) {
		lb_buf_addf(&page->b, "<p>%s</p>\n", lb_ui(UI_LACKS_NONE));
		end_section(page);
		return;
	}
	lb_buf_addf(&page->b, "<p>%s", lb_ui(UI_LACKS_SOME));
	if (v->tally.missing) {
		lb_buf_addc(&page->b, ' ');
		lb_ui_count(&page->b, UI_N_MISSING, v->tally.missing);
		lb_buf_addc(&page->b, '.');
	}
	lb_buf_adds(&page->b, "</p>\n");
	lb_add_lacks(v, page);
	end_section(page);
}

/* More addresses than these are folded away. */
#define ADDRESSES_OPEN 6

static const struct { const char *type; enum lb_ui words; } address_kinds[] = {
	{ "single_photo", UI_KIND_PHOTO }, { "album", UI_KIND_ALBUM }, { "user", UI_KIND_USER }, { "group", UI_KIND_GROUP },
	{ "gallery", UI_KIND_GALLERY }, { "tag", UI_KIND_TAG },
};

static void add_addresses(struct lb_page *page, const struct lb_selection_url *urls, size_t n)
{
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < n; i++) {
		lb_buf_adds(b, "<li>");
		lb_page_outward(page, urls[i].url, NULL);
		lb_buf_adds(b, " (");
		for (size_t k = 0; urls[i].type && k < LB_COUNT(address_kinds); k++)
			if (strcmp(urls[i].type, address_kinds[k].type) == 0)
				lb_buf_addf(b, "%s, ", lb_ui(address_kinds[k].words));
		lb_ui_count(b, UI_N_PHOTOS, (int64_t)urls[i].count);
		lb_buf_adds(b, ")</li>\n");
		lb_page_flush(page);
	}
	lb_buf_adds(b, "</ul>\n");
}

static void add_selection(struct lb_page *page, const struct lb_package_info *info)
{
	size_t n = info->nselection, open = n > ADDRESSES_OPEN ? ADDRESSES_OPEN : n;
	if (!n) {
		lb_buf_addf(&page->b, "<p>%s</p>\n", lb_ui(UI_FROM_NONE));
		return;
	}
	add_addresses(page, info->selection, open);
	if (open == n)
		return;
	lb_buf_adds(&page->b, "<details>\n<summary>");
	lb_ui_count(&page->b, UI_FROM_REST, (int64_t)(n - open));
	lb_buf_adds(&page->b, "</summary>\n");
	add_addresses(page, info->selection + open, n - open);
	lb_buf_adds(&page->b, "</details>\n");
}

static void add_converted(struct lb_page *page, const struct lb_package_origin *o)
{
	LB_AUTO(lb_buf_clear) struct lb_buf first = LB_BUF(SIZE_MAX / 4), second = LB_BUF(SIZE_MAX / 4);
	lb_add_day(&first, o->date);
	lb_add_title(&second, o->name);
	lb_buf_adds(&page->b, "<p>");
	lb_ui_fill(&page->b, UI_CONVERTED, lb_buf_str(&first), lb_buf_str(&second));
	lb_buf_reset(&first);
	lb_buf_reset(&second);
	lb_add_number(&first, (int64_t)o->vouched);
	lb_add_number(&second, (int64_t)o->files);
	lb_buf_adds(&page->b, "</p>\n<p>");
	lb_ui_fill(&page->b, UI_CONVERTED_FIXITY, lb_buf_str(&first), lb_buf_str(&second));
	lb_buf_adds(&page->b, "</p>\n");
}

static void add_origin(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_info *info = lb_package_info(v->package);
	begin_section(page, "origin", UI_FROM);
	if (info->origin)
		add_converted(page, info->origin);
	else
		add_selection(page, info);
	end_section(page);
}

/* ---- how to read and check it ---- */

static const struct { const char *name, *page; enum lb_ui words; } folders[] = {
	{ "pages", NULL, UI_FOLDER_PAGES }, { "media", NULL, UI_FOLDER_MEDIA }, { "metadata", NULL, UI_FOLDER_METADATA },
	{ "viewer", NULL, UI_FOLDER_VIEWER }, { "provenance", NULL, UI_FOLDER_PROVENANCE },
	{ "documentation", "documentation/index.html", UI_FOLDER_DOCUMENTATION },
};

static enum lb_ui folder_words(const struct lb_page *page, size_t i)
{
	bool source = folders[i].words == UI_FOLDER_PROVENANCE && lb_package_info(page->package)->origin;
	return source ? UI_FOLDER_SOURCE : folders[i].words;
}

static void add_folder(struct lb_page *page, size_t i)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(256);
	lb_buf_addf(&name, "<code>%s%s/</code>", page->up, folders[i].name);
	lb_buf_adds(&page->b, "<div><dt>");
	if (folders[i].page)
		lb_page_local(page, folders[i].page, lb_buf_str(&name));
	else
		lb_buf_adds(&page->b, lb_buf_str(&name));
	lb_buf_addf(&page->b, "</dt><dd>%s</dd></div>\n", lb_ui(folder_words(page, i)));
}

static void add_folders(struct lb_page *page)
{
	begin_section(page, "folders", UI_FOLDERS);
	lb_buf_addf(&page->b, "<p>%s</p>\n<dl class=\"facts\">\n", lb_ui(UI_FOLDERS_INTRO));
	for (size_t i = 0; i < LB_COUNT(folders); i++)
		add_folder(page, i);
	lb_buf_adds(&page->b, "</dl>\n");
	end_section(page);
}

static void add_command(struct lb_page *page, enum lb_ui words, const char *command)
{
	lb_buf_addf(&page->b, "<p>%s</p>\n<pre><code>%s</code></pre>\n", lb_ui(words), command);
}

static void add_how_to(struct lb_page *page)
{
	begin_section(page, "howto", UI_HOW_TO_READ);
	lb_buf_addf(&page->b, "<p>%s</p>\n", lb_ui(UI_HOW_TO_READ_TEXT));
	end_section(page);
	add_folders(page);
	begin_section(page, "howto", UI_HOW_TO_CHECK);
	add_command(page, UI_HOW_TO_CHECK_TEXT, "sha256sum -c manifest-sha256.txt");
	add_command(page, UI_HOW_TO_CHECK_MAC, "shasum -a 256 -c manifest-sha256.txt");
	add_command(page, UI_HOW_TO_CHECK_WINDOWS, "certutil -hashfile data\\README.html SHA256");
	end_section(page);
}

static void add_core(struct lb_pages *v, struct lb_page *page)
{
	add_hero(v, page);
	add_viewer(page);
	add_notes(v, page);
	lb_policy_section(v, page);
	add_gallery(v, page);
	add_browse(v, page);
	lb_buf_adds(&page->b, "<div class=\"columns\">\n");
	add_rights(v, page);
	add_lacks(v, page);
	add_origin(v, page);
}

int lb_write_start(struct lb_pages *v, struct lb_error *err)
{
	LB_AUTO(lb_page_abandon) struct lb_page page = { 0 };
	LB_TRY(lb_page_begin(&page, v->package, "index.html", lb_ui(UI_KICKER), LB_NAV_NONE, err));
	lb_buf_addf(&page.b, "<div class=\"extract\">\n<p><strong>%s</strong></p>\n<p>%s</p>\n<hr>\n</div>\n",
		lb_ui(UI_EXTRACT_TITLE), lb_ui(UI_EXTRACT_TEXT));
	add_core(v, &page);
	begin_section(&page, "what", UI_KICKER);
	lb_buf_addf(&page.b, "<p>%s</p>\n", lb_ui(UI_WHAT));
	end_section(&page);
	add_how_to(&page);
	lb_buf_adds(&page.b, "</div>\n");
	lb_markup_start(v, &page);
	return lb_page_end(&page, err);
}

int lb_write_readme(struct lb_pages *v, struct lb_error *err)
{
	LB_AUTO(lb_page_abandon) struct lb_page page = { 0 };
	LB_TRY(lb_page_begin(&page, v->package, "data/README.html", lb_ui(UI_README_TITLE), LB_NAV_NONE, err));
	add_core(v, &page);
	begin_section(&page, "what", UI_README_TITLE);
	lb_buf_addf(&page.b, "<p>%s</p>\n<p>%s</p>\n", lb_ui(UI_WHAT), lb_ui(UI_README_UP));
	end_section(&page);
	lb_buf_adds(&page.b, "</div>\n");
	return lb_page_end(&page, err);
}

/* ---- the list of contents ---- */

/* Links to pages of photos, at most 200 of them, evenly spread. */
static void add_photo_pages(struct lb_pages *v, struct lb_page *page)
{
	size_t total = (v->planned + LB_PHOTOS_PER_PAGE - 1) / LB_PHOTOS_PER_PAGE, step = total / 200 + 1;
	if (total < 2)
		return;
	lb_page_h(page, 2, UI_HUB_PAGES);
	lb_buf_adds(&page->b, "<ul class=\"numbers\">\n");
	for (size_t i = 0; i < total; i += step) {
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
		LB_AUTO(lb_buf_clear) struct lb_buf range = LB_BUF(128);
		size_t last = (i + step) * LB_PHOTOS_PER_PAGE < v->planned ? (i + step) * LB_PHOTOS_PER_PAGE : v->planned;
		lb_page_path(&path, "photos", i + 1);
		lb_add_number(&range, (int64_t)(i * LB_PHOTOS_PER_PAGE + 1));
		lb_buf_adds(&range, "–");
		lb_add_number(&range, (int64_t)last);
		lb_buf_adds(&page->b, "<li>");
		lb_page_local(page, lb_buf_str(&path), lb_buf_str(&range));
		lb_buf_adds(&page->b, "</li>\n");
	}
	lb_buf_adds(&page->b, "</ul>\n");
}

int lb_write_hub(struct lb_pages *v, struct lb_error *err)
{
	LB_AUTO(lb_page_abandon) struct lb_page page = { 0 };
	LB_TRY(lb_page_begin(&page, v->package, "data/pages/index.html", lb_ui(UI_HUB_TITLE), LB_NAV_HOME, err));
	lb_page_h(&page, 1, UI_HUB_TITLE);
	lb_buf_adds(&page.b, "<p class=\"intro\">");
	lb_page_local(&page, "README.html", lb_ui(UI_HUB_START));
	lb_buf_adds(&page.b, "</p>\n");
	add_viewer(&page);
	add_ways(v, &page);
	add_photo_pages(v, &page);
	return lb_page_end(&page, err);
}
