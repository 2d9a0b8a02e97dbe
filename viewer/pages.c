#include "viewer/internal.h"

#include <stdlib.h>
#include <string.h>

int lb_pages_begin(struct lb_package *package, const char *const *plan_ids, size_t count, struct lb_pages **out,
	struct lb_error *err)
{
	if (count >= UINT32_MAX)
		return lb_fail(err, LB_LIMIT, "cannot make pages for %zu photos: too many", count);
	struct lb_pages *v = lb_alloc(sizeof *v);
	v->package = package;
	v->plan = plan_ids;
	v->planned = count;
	for (size_t i = 0; i < count; i++) {
		size_t earlier;
		if (!lb_map_get(&v->where, lb_span(plan_ids[i]), &earlier))
			lb_map_put(&v->where, lb_span(plan_ids[i]), i);
	}
	*out = v;
	return 0;
}

/* ---- the pages of photos ---- */

static struct lb_row photo_row(const struct lb_pages *v)
{
	size_t total = (v->planned + LB_PHOTOS_PER_PAGE - 1) / LB_PHOTOS_PER_PAGE;
	return (struct lb_row){ "photos", NULL, total ? total : 1 };
}

/* "51–100" */
static void add_range(struct lb_buf *b, size_t from, size_t to)
{
	lb_add_number(b, (int64_t)from);
	if (to <= from)
		return;
	lb_buf_adds(b, "–");
	lb_add_number(b, (int64_t)to);
}

static int begin_photos(struct lb_pages *v, size_t number, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf range = LB_BUF(64);
	LB_AUTO(lb_buf_clear) struct lb_buf all = LB_BUF(64);
	LB_AUTO(lb_buf_clear) struct lb_buf title = LB_BUF(256);
	size_t last = number * LB_PHOTOS_PER_PAGE < v->planned ? number * LB_PHOTOS_PER_PAGE : v->planned;
	struct lb_row row = photo_row(v);
	lb_buf_adds(&path, "data/");
	lb_page_path(&path, "photos", number);
	add_range(&range, v->planned ? (number - 1) * LB_PHOTOS_PER_PAGE + 1 : 0, last);
	lb_add_number(&all, (int64_t)v->planned);
	lb_ui_fill(&title, UI_PHOTOS_TITLE, lb_buf_str(&range), lb_buf_str(&all));
	LB_TRY(lb_page_begin(&v->page, v->package, lb_buf_str(&path), lb_buf_str(&title), LB_NAV_PHOTOS, err));
	lb_markup_begin(&v->markup);
	lb_buf_addf(&v->page.b, "<h1>%s</h1>\n", lb_buf_str(&title));
	lb_page_pager(&v->page, UI_PAGER, &row, number);
	return 0;
}

static int end_photos(struct lb_pages *v, size_t number, struct lb_error *err)
{
	struct lb_row row = photo_row(v);
	lb_page_pager(&v->page, UI_PAGER_BELOW, &row, number);
	lb_markup_end(&v->markup, &v->page);
	return lb_page_end(&v->page, err);
}

static int check_order(const struct lb_pages *v, const struct lb_photo *photo, struct lb_error *err)
{
	if (v->added >= v->planned)
		return lb_fail(err, LB_USAGE, "cannot add photo \"%s\" to the pages: all %zu of the plan are there", photo->id,
			v->planned);
	if (strcmp(photo->id, v->plan[v->added]) != 0)
		return lb_fail(err, LB_USAGE, "cannot add photo \"%s\" to the pages: \"%s\" is next in the plan", photo->id,
			v->plan[v->added]);
	return 0;
}

static void tally(struct lb_pages *v, const struct lb_photo *photo, bool missing)
{
	v->tally.missing += missing;
	v->tally.photos += !missing;
	v->tally.stubs += !missing && photo->withheld;
	v->tally.videos += !missing && !photo->withheld && photo->media && strcmp(photo->media, "video") == 0;
}

int lb_pages_add(struct lb_pages *v, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps,
	struct lb_error *err)
{
	size_t number = v->added / LB_PHOTOS_PER_PAGE + 1;
	LB_TRY(check_order(v, photo, err));
	if (v->added % LB_PHOTOS_PER_PAGE == 0)
		LB_TRY(begin_photos(v, number, err));
	if (missing)
		lb_photo_stub(&v->page, photo, gaps, ngaps);
	else if (photo->withheld)
		lb_photo_withheld(v, &v->page, photo);
	else
		lb_photo_article(v, &v->page, photo, gaps, ngaps);
	if (!missing)
		lb_markup_photo(v, photo);
	tally(v, photo, missing);
	lb_arena_reset(&v->scratch);
	lb_page_flush(&v->page);
	v->added++;
	return v->added % LB_PHOTOS_PER_PAGE == 0 || v->added == v->planned ? end_photos(v, number, err) : 0;
}

static int write_no_photos(struct lb_pages *v, struct lb_error *err)
{
	LB_TRY(begin_photos(v, 1, err));
	lb_buf_addf(&v->page.b, "<p class=\"intro\">%s</p>\n", lb_ui(UI_PHOTOS_NONE));
	return end_photos(v, 1, err);
}

/* ---- all the rest ---- */

int lb_pages_finish(struct lb_pages *v, struct lb_error *err)
{
	if (v->added != v->planned)
		return lb_fail(err, LB_USAGE, "cannot finish the pages: %zu of %zu photos were added", v->added, v->planned);
	if (!v->planned)
		LB_TRY(write_no_photos(v, err));
	lb_topics_resolve(v);
	for (enum lb_topic_id id = 0; id < LB_TOPIC_COUNT; id++)
		LB_TRY(lb_write_topic(v, id, err));
	LB_TRY(lb_write_collections(v, err));
	LB_TRY(lb_write_missing(v, err));
	LB_TRY(lb_write_rights(v, err));
	LB_TRY(lb_write_hub(v, err));
	LB_TRY(lb_write_readme(v, err));
	return lb_write_start(v, err);
}

void lb_pages_free(struct lb_pages *v)
{
	if (!v)
		return;
	lb_page_abandon(&v->page);
	lb_markup_clear(&v->markup);
	for (size_t i = 0; i < LB_TOPIC_COUNT; i++)
		lb_topic_clear(&v->topics[i]);
	free(v->reasons);
	free(v->talks.items);
	free(v->talks.starts);
	lb_map_clear(&v->where);
	lb_arena_clear(&v->scratch);
	free(v);
}

void lb_pages_freep(struct lb_pages **pages)
{
	lb_pages_free(*pages);
	*pages = NULL;
}
