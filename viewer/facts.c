#include "viewer/internal.h"

/* Lines of a <dl class="facts">. What was not said has no line. */

void lb_fact_begin(struct lb_page *page, enum lb_ui label)
{
	lb_buf_addf(&page->b, "<div><dt>%s</dt><dd>", lb_ui(label));
}

void lb_fact_end(struct lb_page *page)
{
	lb_buf_adds(&page->b, "</dd></div>\n");
}

void lb_fact_text(struct lb_page *page, enum lb_ui label, const char *text)
{
	if (!lb_said(text))
		return;
	lb_fact_begin(page, label);
	lb_add_name(&page->b, text);
	lb_fact_end(page);
}

void lb_fact_link(struct lb_page *page, enum lb_ui label, const char *url)
{
	if (!lb_said(url))
		return;
	lb_fact_begin(page, label);
	lb_page_outward(page, url, NULL);
	lb_fact_end(page);
}

void lb_fact_day(struct lb_page *page, enum lb_ui label, int64_t when)
{
	if (when <= 0)
		return;
	lb_fact_begin(page, label);
	lb_add_day(&page->b, when);
	lb_fact_end(page);
}

void lb_fact_moment(struct lb_page *page, enum lb_ui label, int64_t when)
{
	if (when <= 0)
		return;
	lb_fact_begin(page, label);
	lb_add_moment(&page->b, when);
	lb_fact_end(page);
}

void lb_fact_counts(struct lb_page *page, enum lb_ui label, const struct lb_count *counts, size_t n)
{
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (counts[i].n < 0)
			continue;
		if (!any)
			lb_fact_begin(page, label);
		lb_buf_adds(&page->b, any ? ", " : "");
		lb_ui_count(&page->b, counts[i].words, counts[i].n);
		any = true;
	}
	if (any)
		lb_fact_end(page);
}
