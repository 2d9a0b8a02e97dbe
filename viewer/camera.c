#include "viewer/internal.h"

#include <string.h>

/* What the camera wrote into the file: EXIF, IPTC, XMP. */

/* The reading value; what stands in the file behind it where that differs. */
static void add_value(struct lb_buf *b, const struct lb_exif *e)
{
	const char *shown = lb_said(e->clean) ? e->clean : e->raw;
	lb_add_name(b, shown);
	if (!lb_said(e->raw) || strcmp(shown, e->raw) == 0)
		return;
	lb_buf_adds(b, " <small>(");
	lb_add_name(b, e->raw);
	lb_buf_adds(b, ")</small>");
}

static void add_row(struct lb_page *page, const struct lb_exif *e)
{
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<tr><th scope=\"row\">");
	lb_add_name(b, lb_said(e->label) ? e->label : e->tag);
	lb_buf_adds(b, "</th><td>");
	add_value(b, e);
	lb_buf_adds(b, "</td><td>");
	lb_add_name(b, e->tagspace);
	lb_buf_adds(b, "</td></tr>\n");
	lb_page_flush(page);
}

static void add_source(struct lb_page *page, const char *source)
{
	static const struct { const char *source; enum lb_ui words; } sources[] = { { "file", UI_EXIF_FILE }, { "api", UI_EXIF_API } };
	for (size_t i = 0; source && i < LB_COUNT(sources); i++)
		if (strcmp(source, sources[i].source) == 0)
			lb_buf_addf(&page->b, "<p class=\"counted\">%s</p>\n", lb_ui(sources[i].words));
}

void lb_photo_camera(struct lb_page *page, const struct lb_photo *p)
{
	struct lb_buf *b = &page->b;
	if (!p->nexif)
		return;
	lb_buf_addf(b, "<details class=\"record exif\">\n<summary>%s", lb_ui(UI_EXIF));
	if (lb_said(p->camera)) {
		lb_buf_adds(b, ": ");
		lb_add_name(b, p->camera);
	}
	lb_buf_adds(b, "</summary>\n");
	add_source(page, p->exif_source);
	lb_buf_addf(b, "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
		lb_ui(UI_EXIF_NAME), lb_ui(UI_EXIF_VALUE), lb_ui(UI_EXIF_SPACE));
	for (size_t i = 0; i < p->nexif; i++)
		add_row(page, &p->exif[i]);
	lb_buf_adds(b, "</tbody>\n</table>\n</details>\n");
}
