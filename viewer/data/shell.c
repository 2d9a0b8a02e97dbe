#include "viewer/data/internal.h"

#include <string.h>

/* index.html, with its first photographs as real links, and the files that are the same in every package. */

#define FIRST_PHOTOS 60

static void add_picture(struct lb_viewer *v, const struct lb_photo *p)
{
	const struct lb_media *m = &p->files[LB_THUMBNAIL];
	struct lb_buf *b = &v->first;
	if (!m->present) {
		lb_buf_adds(b, "<span class=\"nopic\"></span>");
		return;
	}
	lb_buf_adds(b, "<img src=\"../");
	lb_url_encode_path(b, lb_span(lb_viewer_media(v, p, LB_THUMBNAIL)));
	lb_buf_addc(b, '"');
	if (m->width > 0 && m->height > 0)
		lb_buf_addf(b, " width=\"%lld\" height=\"%lld\"", (long long)m->width, (long long)m->height);
	lb_buf_adds(b, " alt=\"\" decoding=\"async\">");
}

void lb_viewer_first(struct lb_viewer *v, const struct lb_viewer_photo *p)
{
	struct lb_buf *b = &v->first;
	if (v->added >= FIRST_PHOTOS)
		return;
	/* Without the script the plain page is where a photo is shown. */
	lb_buf_adds(b, "<li><a href=\"../");
	lb_layout_page(b, "photos", v->added / LB_PHOTOS_PER_PAGE + 1);
	lb_add_anchor(b, "#p", p->photo->id);
	lb_buf_adds(b, "\"><span class=\"pic\">");
	add_picture(v, p->photo);
	lb_buf_adds(b, "</span><span class=\"name\">");
	lb_add_title(b, p->photo->title);
	lb_buf_adds(b, "</span></a></li>\n");
}

static int put(const struct lb_viewer *v, const char *path, struct lb_span content, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(v->files->create(v->files->arg, path, &out, err));
	lb_out_add(out, content.p, content.n);
	return v->files->close(v->files->arg, path, out, err);
}

/* The shell with its marks replaced; `marks` and what stands for them end with NULL. */
static void fill(struct lb_buf *page, struct lb_span shell, const char *const marks[][2])
{
	while (shell.n) {
		size_t i = 0;
		while (marks[i][0] && !lb_span_starts(shell, marks[i][0]))
			i++;
		size_t n = marks[i][0] ? strlen(marks[i][0]) : 1;
		if (marks[i][0])
			lb_buf_adds(page, marks[i][1]);
		else
			lb_buf_addc(page, shell.p[0]);
		shell.p += n;
		shell.n -= n;
	}
}

int lb_viewer_shell(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf page = LB_BUF(SIZE_MAX / 4), title = LB_BUF(SIZE_MAX / 4), count = LB_BUF(256);
	if (!lb_add_title_text(&title, facts->info->title))
		lb_buf_adds(&title, lb_ui(UI_KICKER));
	lb_ui_count(&count, UI_N_PHOTOS, (int64_t)v->planned);
	const char *const marks[][2] = { { "<!--title-->", lb_buf_str(&title) }, { "<!--count-->", lb_buf_str(&count) },
		{ "<!--photos-->", lb_buf_str(&v->first) }, { NULL, NULL } };
	fill(&page, lb_asset_shell(), marks);
	LB_TRY(put(v, "index.html", lb_buf_span(&page), err));
	for (size_t i = 0; i < lb_asset_count(); i++) {
		struct lb_span content;
		const char *path = lb_asset(i, &content);
		LB_TRY(put(v, path, content, err));
	}
	return 0;
}
