#include "viewer/internal.h"

#include <stddef.h>
#include <string.h>

/* The record of a photo: files with their digests, permissions, addresses. Folded away, for those who need it. */

static void add_file_facts(struct lb_page *page, const struct lb_photo *p, enum lb_role role)
{
	const struct lb_media *m = &p->files[role];
	struct lb_buf *b = &page->b;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf other = LB_BUF(SIZE_MAX / 4);
	if (lb_said(m->label)) {
		lb_rich_name(&text, m->label);
		lb_buf_adds(b, "<br>");
		lb_ui_fill(b, UI_FILE_LABEL, lb_buf_str(&text), NULL);
	}
	if (m->width > 0 && m->height > 0) {
		lb_buf_reset(&text);
		lb_add_number(&text, m->width);
		lb_add_number(&other, m->height);
		lb_buf_adds(b, "<br>");
		lb_ui_fill(b, UI_FILE_PIXELS, lb_buf_str(&text), lb_buf_str(&other));
	}
	lb_buf_adds(b, "<br>");
	lb_add_bytes(b, m->size);
	if (lb_said(m->mime)) {
		lb_buf_adds(b, ", ");
		lb_rich_name(b, m->mime);
	}
	if (lb_said(m->sha256)) {
		lb_buf_addf(b, "<br>%s <code class=\"digest\">", lb_ui(UI_FILE_SHA256));
		lb_escape(b, m->sha256);
		lb_buf_adds(b, "</code>");
	}
}

static void add_file_origin(struct lb_page *page, const struct lb_media *m)
{
	struct lb_buf *b = &page->b;
	if (m->captured > 0) {
		LB_AUTO(lb_buf_clear) struct lb_buf when = LB_BUF(256);
		lb_add_moment(&when, m->captured);
		lb_buf_adds(b, "<br>");
		lb_ui_fill(b, UI_FILE_CAPTURED, lb_buf_str(&when), NULL);
	}
	if (lb_said(m->url)) {
		lb_buf_addf(b, "<br>%s ", lb_ui(UI_FILE_FROM));
		lb_page_outward(page, m->url, NULL);
	}
}

/* Why the owner's own file is not here, if it is not. */
static void add_withheld(struct lb_pages *v, struct lb_page *page)
{
	size_t n;
	const struct lb_summary *photos = lb_package_photos(v->package, &n);
	if (n <= v->added || !lb_said(photos[v->added].withheld))
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf reason = LB_BUF(SIZE_MAX / 4);
	lb_add_name(&reason, photos[v->added].withheld);
	lb_buf_adds(&page->b, "<br>");
	lb_ui_fill(&page->b, UI_FILE_WITHHELD, lb_buf_str(&reason), NULL);
}

static void add_file(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p, enum lb_role role)
{
	lb_fact_begin(page, role == LB_ORIGINAL ? UI_FILE_ORIGINAL : UI_FILE_THUMBNAIL);
	if (p->files[role].present) {
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192);
		LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(8192);
		lb_layout_media(&path, p, role);
		lb_escape(&name, lb_path_base(lb_buf_str(&path)));
		lb_page_local(page, lb_buf_str(&path), lb_buf_str(&name));
		add_file_facts(page, p, role);
		add_file_origin(page, &p->files[role]);
	} else {
		lb_buf_adds(&page->b, lb_ui(UI_FILE_NONE));
	}
	if (role == LB_ORIGINAL)
		add_withheld(v, page);
	lb_fact_end(page);
}

static const struct { size_t at; enum lb_ui words; } permissions[] = {
	{ offsetof(struct lb_photo, can_download), UI_CAN_DOWNLOAD },
	{ offsetof(struct lb_photo, can_share), UI_CAN_SHARE },
	{ offsetof(struct lb_photo, can_print), UI_CAN_PRINT },
	{ offsetof(struct lb_photo, can_blog), UI_CAN_BLOG },
	{ offsetof(struct lb_photo, public_can_comment), UI_PUBLIC_COMMENT },
	{ offsetof(struct lb_photo, public_can_add_meta), UI_PUBLIC_ADD_META },
	{ offsetof(struct lb_photo, can_comment), UI_CAN_COMMENT },
	{ offsetof(struct lb_photo, can_add_meta), UI_CAN_ADD_META },
	{ offsetof(struct lb_photo, geo_is_public), UI_GEO_PUBLIC },
	{ offsetof(struct lb_photo, geo_is_contact), UI_GEO_CONTACT },
	{ offsetof(struct lb_photo, geo_is_friend), UI_GEO_FRIEND },
	{ offsetof(struct lb_photo, geo_is_family), UI_GEO_FAMILY },
};

static void add_permissions(struct lb_page *page, const struct lb_photo *p, enum lb_ui label, int wanted)
{
	bool any = false;
	for (size_t i = 0; i < LB_COUNT(permissions); i++) {
		int value;
		memcpy(&value, (const char *)p + permissions[i].at, sizeof value);
		if (value != wanted)
			continue;
		if (!any)
			lb_fact_begin(page, label);
		lb_buf_adds(&page->b, any ? ", " : "");
		lb_buf_adds(&page->b, lb_ui(permissions[i].words));
		any = true;
	}
	if (any)
		lb_fact_end(page);
}

static void add_video_facts(struct lb_page *page, const struct lb_photo *p)
{
	if (p->video_duration <= 0 && p->video_width <= 0)
		return;
	lb_fact_begin(page, UI_RECORD_VIDEO);
	if (p->video_duration > 0)
		lb_ui_count(&page->b, UI_N_SECONDS, p->video_duration);
	if (p->video_width > 0)
		lb_buf_addf(&page->b, "%s%lld × %lld", p->video_duration > 0 ? ", " : "", (long long)p->video_width,
			(long long)p->video_height);
	lb_fact_end(page);
}

static void add_sizes(struct lb_page *page, const struct lb_photo *p)
{
	if (!p->nsizes)
		return;
	lb_fact_begin(page, UI_RECORD_SIZES);
	for (size_t i = 0; i < p->nsizes; i++) {
		lb_buf_adds(&page->b, i ? ", " : "");
		lb_add_name(&page->b, p->sizes[i].label);
		if (p->sizes[i].width > 0 && p->sizes[i].height > 0)
			lb_buf_addf(&page->b, " %lld × %lld", (long long)p->sizes[i].width, (long long)p->sizes[i].height);
	}
	lb_fact_end(page);
}

static void add_selected(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	const struct lb_package_info *info = lb_package_info(v->package);
	bool any = false;
	for (size_t i = 0; i < p->nselected_by; i++) {
		if (p->selected_by[i] >= info->nselection)
			continue;
		if (!any)
			lb_fact_begin(page, UI_RECORD_SELECTED);
		lb_buf_adds(&page->b, any ? "<br>" : "");
		lb_page_outward(page, info->selection[p->selected_by[i]].url, NULL);
		any = true;
	}
	if (any)
		lb_fact_end(page);
}

static void add_addresses(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192);
	lb_layout_metadata(&path, p->id);
	lb_fact_begin(page, UI_RECORD_DATA);
	lb_page_local(page, lb_buf_str(&path), lb_ui(UI_RECORD_DATA_TEXT));
	lb_fact_end(page);
	lb_fact_begin(page, UI_RECORD_PAGE);
	lb_page_outward(page, lb_photo_url(p, &v->scratch), NULL);
	lb_fact_end(page);
	add_selected(v, page, p);
}

void lb_photo_record(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	lb_buf_addf(&page->b, "<details class=\"record\">\n<summary>%s</summary>\n<dl class=\"facts\">\n", lb_ui(UI_RECORD));
	lb_fact_text(page, UI_RECORD_ID, p->id);
	add_addresses(v, page, p);
	add_file(v, page, p, LB_ORIGINAL);
	add_file(v, page, p, LB_THUMBNAIL);
	add_sizes(page, p);
	add_video_facts(page, p);
	lb_fact_text(page, UI_RECORD_VISIBILITY, lb_visibility_name(p));
	lb_fact_text(page, UI_RECORD_SAFETY, lb_safety_name(p->safety_level));
	add_permissions(page, p, UI_RECORD_ALLOWED, 1);
	add_permissions(page, p, UI_RECORD_REFUSED, 0);
	if (p->rotation > 0)
		lb_fact_text(page, UI_RECORD_ROTATION, lb_arena_printf(&v->scratch, "%lld°", (long long)p->rotation));
	lb_fact_moment(page, UI_UPDATED, p->date_updated);
	lb_fact_moment(page, UI_RECORD_CAPTURED, p->captured);
	lb_buf_adds(&page->b, "</dl>\n</details>\n");
	lb_page_flush(page);
}
