#include "viewer/internal.h"

#include <string.h>

/* Terms of a photo: who could see it, its earlier licences, and what stands in the place of one that is withheld. */

void lb_photo_audience(struct lb_page *page, const struct lb_photo *p)
{
	static const struct { const char *visibility; enum lb_ui words; } audiences[] = {
		{ "private", UI_AUDIENCE_PRIVATE }, { "friends only", UI_AUDIENCE_FRIENDS }, { "family only", UI_AUDIENCE_FAMILY },
		{ "friends and family", UI_AUDIENCE_BOTH },
	};
	if (p->is_public != 0) /* what was not said is not claimed */
		return;
	for (size_t i = 0; i < LB_COUNT(audiences); i++)
		if (strcmp(audiences[i].visibility, lb_visibility_name(p)) == 0)
			lb_buf_addf(&page->b, "<p class=\"audience\">%s</p>\n", lb_ui(audiences[i].words));
}

/* ---- earlier licences ---- */

static void add_past_license(struct lb_page *page, struct lb_buf *out, const char *label, const char *url)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(SIZE_MAX / 4);
	size_t start = page->b.len;
	lb_add_title(&name, lb_said(label) ? label : url);
	lb_page_outward(page, url, lb_buf_str(&name));
	lb_buf_add(out, page->b.p + start, page->b.len - start);
	page->b.len = start;
}

static void add_change(struct lb_page *page, const struct lb_license_change *c)
{
	LB_AUTO(lb_buf_clear) struct lb_buf before = LB_BUF(SIZE_MAX / 4), after = LB_BUF(SIZE_MAX / 4);
	add_past_license(page, &before, c->old_label, c->old_url);
	add_past_license(page, &after, c->new_label, c->new_url);
	lb_buf_adds(&page->b, "<li>");
	if (c->date > 0) {
		lb_add_day(&page->b, c->date);
		lb_buf_adds(&page->b, ": ");
	}
	lb_ui_fill(&page->b, UI_LICENSE_CHANGE, lb_buf_str(&before), lb_buf_str(&after));
	lb_buf_adds(&page->b, "</li>\n");
}

void lb_photo_license_history(struct lb_page *page, const struct lb_photo *p)
{
	if (!p->nlicense_changes && p->license_history_known != 1)
		return;
	lb_fact_begin(page, UI_LICENSE_HISTORY);
	if (!p->nlicense_changes)
		lb_buf_adds(&page->b, lb_ui(UI_LICENSE_SAME));
	else
		lb_buf_adds(&page->b, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < p->nlicense_changes; i++)
		add_change(page, &p->license_changes[i]);
	if (p->nlicense_changes)
		lb_buf_adds(&page->b, "</ul>");
	lb_fact_end(page);
}

/* ---- withheld ---- */

void lb_photo_withheld(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	const struct lb_photo shown = { .id = p->id, .title = p->title, .url = p->url, .owner = { .nsid = p->owner.nsid,
		.username = p->owner.username, .path_alias = p->owner.path_alias } };
	struct lb_buf *b = &page->b;
	lb_person_use(v, &p->owner, LB_TOOK);
	lb_buf_adds(b, "<article class=\"photo withheld\"");
	lb_page_id(page, "p", p->id);
	lb_buf_adds(b, ">\n<div class=\"about\">\n<h2>");
	lb_add_title(b, p->title);
	lb_buf_adds(b, "</h2>\n");
	lb_photo_audience(page, p);
	lb_photo_byline(v, page, &shown);
	lb_buf_addf(b, "<p class=\"reason\"><strong>%s</strong> ", lb_ui(UI_WITHHELD_TEXT));
	lb_add_name(b, p->withheld);
	lb_buf_addf(b, "</p>\n<p>%s</p>\n<dl class=\"facts\">\n", lb_ui(UI_WITHHELD_WHAT));
	lb_photo_license(v, page, p->license_id);
	lb_fact_link(page, UI_RECORD_PAGE, lb_said(p->url) ? p->url : lb_photo_url(&shown, &v->scratch));
	lb_buf_adds(b, "</dl>\n</div>\n</article>\n");
}
