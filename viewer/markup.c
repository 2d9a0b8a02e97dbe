#include "viewer/internal.h"

#include <string.h>

/* What machines read: schema.org terms as JSON-LD, in one block of data a page. No browser runs it, and the writer of JSON
 * escapes every "<", so that no text can end it. */

#define MARKUP_MAX ((size_t)1 << 30)

static void add_text(struct lb_jw *w, const char *key, const char *text)
{
	if (lb_said(text))
		lb_jw_str(w, key, text);
}

static void add_title(struct lb_jw *w, const char *key, const char *title, struct lb_arena *arena)
{
	if (lb_said(title))
		add_text(w, key, lb_html_unescape(title, arena));
}

/* Only what may be followed. */
static const char *web_address(const char *url, struct lb_arena *arena)
{
	const char *href = lb_said(url) ? lb_rich_href(url, arena) : NULL;
	return href && strncmp(href, "http", 4) == 0 ? href : NULL;
}

static void add_date(struct lb_jw *w, const char *key, int64_t when)
{
	char iso[LB_TIME_ISO] = "";
	if (when >= 0)
		lb_time_iso(when, iso);
	add_text(w, key, iso);
}

static const char *license_text(struct lb_pages *v, const char *flickr_id)
{
	const struct lb_license *license = lb_said(flickr_id) ? lb_find_license(v, flickr_id) : NULL;
	const char *url = license ? web_address(license->url, &v->scratch) : NULL;
	if (url || !lb_said(flickr_id))
		return url;
	return license && lb_said(license->label) ? license->label : lb_license_slug(flickr_id, &v->scratch);
}

/* ---- photographs ---- */

void lb_markup_begin(struct lb_markup *m)
{
	lb_markup_clear(m);
	*m = (struct lb_markup){ .b = LB_BUF(MARKUP_MAX), .line = LB_BUF(MARKUP_MAX) };
	lb_jw_begin(&m->jw, &m->b, false);
	lb_jw_object(&m->jw, NULL);
	lb_jw_str(&m->jw, "@context", "https://schema.org");
	lb_jw_array(&m->jw, "@graph");
}

static void add_author(struct lb_pages *v, struct lb_jw *w, const struct lb_person *owner)
{
	const char *name = lb_said(owner->username) ? owner->username : owner->nsid;
	if (!lb_said(name))
		return;
	lb_jw_object(w, "author");
	lb_jw_str(w, "@type", "Person");
	add_title(w, "name", name, &v->scratch);
	add_text(w, "url", lb_photos_url(owner, &v->scratch));
	lb_jw_end(w);
}

static void add_file(struct lb_pages *v, struct lb_jw *w, const char *key, const struct lb_photo *p, enum lb_role role)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192), url = LB_BUF(32768);
	if (!p->files[role].present)
		return;
	lb_layout_media(&path, p, role);
	lb_buf_adds(&url, v->page.up);
	lb_url_encode_path(&url, lb_buf_span(&path));
	lb_jw_str(w, key, lb_buf_str(&url));
}

static void add_keywords(struct lb_jw *w, const struct lb_photo *p)
{
	if (!p->ntags)
		return;
	lb_jw_array(w, "keywords");
	for (size_t i = 0; i < p->ntags; i++)
		add_text(w, NULL, lb_said(p->tags[i].raw) ? p->tags[i].raw : p->tags[i].normalized);
	lb_jw_end(w);
}

/* Of a photo that is withheld nothing of this is told. */
static void add_details(struct lb_pages *v, struct lb_jw *w, const struct lb_photo *p)
{
	char taken[LB_TAKEN_ISO];
	add_text(w, "dateCreated", lb_taken_date(&p->taken, taken) ? taken : NULL);
	add_date(w, "uploadDate", p->date_posted);
	add_file(v, w, "contentUrl", p, LB_ORIGINAL);
	add_text(w, "encodingFormat", p->files[LB_ORIGINAL].present ? p->files[LB_ORIGINAL].mime : NULL);
	add_file(v, w, "thumbnailUrl", p, LB_THUMBNAIL);
	if (p->count_comments >= 0)
		lb_jw_int(w, "commentCount", p->count_comments);
	add_keywords(w, p);
}

void lb_markup_photo(struct lb_pages *v, const struct lb_photo *p)
{
	struct lb_markup *m = &v->markup;
	LB_AUTO(lb_buf_clear) struct lb_buf anchor = LB_BUF(1024);
	const bool video = p->media && strcmp(p->media, "video") == 0;
	struct lb_jw w;
	lb_buf_addc(&anchor, '#');
	lb_add_anchor(&anchor, "p", p->id);
	lb_buf_reset(&m->line);
	lb_jw_begin(&w, &m->line, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "@type", p->withheld ? "CreativeWork" : video ? "VideoObject" : "ImageObject");
	lb_jw_str(&w, "@id", lb_buf_str(&anchor));
	add_title(&w, "name", p->title, &v->scratch);
	add_author(v, &w, &p->owner);
	add_text(&w, "license", license_text(v, p->license_id));
	add_text(&w, "acquireLicensePage", web_address(lb_said(p->url) ? p->url : lb_photo_url(p, &v->scratch), &v->scratch));
	if (!p->withheld)
		add_details(v, &w, p);
	lb_jw_end(&w);
	lb_jw_raw(&m->jw, NULL, lb_buf_str(&m->line));
	m->overflow |= m->line.overflow;
	m->count++;
}

static void add_block(struct lb_page *page, const struct lb_buf *json)
{
	lb_buf_adds(&page->b, "<script type=\"application/ld+json\">\n");
	lb_buf_add(&page->b, lb_buf_str(json), json->len);
	lb_buf_adds(&page->b, "\n</script>\n");
	page->overflow |= json->overflow;
}

void lb_markup_end(struct lb_markup *m, struct lb_page *page)
{
	lb_jw_end(&m->jw);
	lb_jw_end(&m->jw);
	page->overflow |= m->overflow;
	if (m->count)
		add_block(page, &m->b);
	lb_markup_clear(m);
}

void lb_markup_clear(struct lb_markup *m)
{
	lb_buf_clear(&m->b);
	lb_buf_clear(&m->line);
	*m = (struct lb_markup){ 0 };
}

/* ---- the whole, on the start page ---- */

static void add_licenses(struct lb_pages *v, struct lb_jw *w)
{
	const struct lb_topic *t = &v->topics[LB_TOPIC_LICENSES];
	if (!t->keys.count)
		return;
	lb_jw_array(w, "license");
	for (size_t i = 0; i < t->keys.count; i++)
		add_text(w, NULL, license_text(v, t->keys.items[i].key));
	lb_jw_end(w);
	lb_arena_reset(&v->scratch);
}

void lb_markup_start(struct lb_pages *v, struct lb_page *page)
{
	const struct lb_package_info *info = lb_package_info(v->package);
	LB_AUTO(lb_buf_clear) struct lb_buf json = LB_BUF(MARKUP_MAX);
	struct lb_jw w;
	lb_jw_begin(&w, &json, false);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "@context", "https://schema.org");
	lb_jw_array(&w, "@type");
	lb_jw_str(&w, NULL, "Dataset");
	lb_jw_str(&w, NULL, "Collection");
	lb_jw_end(&w);
	add_text(&w, "@id", info->id);
	add_text(&w, "identifier", info->id);
	add_text(&w, "name", info->title);
	add_text(&w, "description", info->purpose);
	if (lb_said(info->maker_name)) {
		lb_jw_object(&w, "creator");
		lb_jw_str(&w, "@type", "Person");
		lb_jw_str(&w, "name", info->maker_name);
		lb_jw_end(&w);
	}
	add_date(&w, "dateCreated", info->created);
	add_licenses(v, &w);
	lb_jw_int(&w, "collectionSize", v->tally.photos);
	lb_jw_end(&w);
	add_block(page, &json);
}
