#include "viewer/internal.h"

#include <string.h>

/* One photo on its page: the picture, and beside it what is known. */

void lb_photo_href(struct lb_buf *b, const struct lb_page *page, const char *photo_id, size_t place)
{
	lb_buf_adds(b, page->up);
	lb_page_path(b, "photos", place / LB_PHOTOS_PER_PAGE + 1);
	lb_buf_addc(b, '#');
	lb_add_anchor(b, "p", photo_id);
}

static void add_size(struct lb_buf *b, int64_t width, int64_t height)
{
	if (width > 0 && height > 0)
		lb_buf_addf(b, " width=\"%lld\" height=\"%lld\"", (long long)width, (long long)height);
}

void lb_photo_tile(struct lb_pages *v, struct lb_page *page, size_t place, const char *words)
{
	size_t ignored;
	const struct lb_summary *s = &lb_package_photos(v->package, &ignored)[place];
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<li><a href=\"");
	lb_photo_href(b, page, s->id, place);
	lb_buf_adds(b, "\">");
	if (s->thumb_path) {
		lb_buf_adds(b, "<img src=\"");
		lb_page_href(page, s->thumb_path);
		lb_buf_addc(b, '"');
		add_size(b, s->thumb_width, s->thumb_height);
		lb_buf_adds(b, " alt=\"\" loading=\"lazy\" decoding=\"async\">");
	} else {
		lb_buf_adds(b, "<span class=\"nopic\"></span>");
	}
	lb_buf_adds(b, "<span class=\"name\">");
	lb_add_title(b, s->title);
	lb_buf_adds(b, "</span>");
	if (s->video)
		lb_buf_addf(b, " <span class=\"mark\">%s</span>", lb_ui(UI_VIDEO_MARK));
	if (s->stub)
		lb_buf_addf(b, " <span class=\"mark\">%s</span>", lb_ui(UI_WITHHELD_MARK));
	lb_buf_adds(b, "</a>");
	lb_add_rich(v, page, words);
	lb_buf_adds(b, "</li>\n");
	lb_page_flush(page);
}

/* ---- the picture ---- */

static void add_media_href(struct lb_page *page, const struct lb_photo *p, enum lb_role role)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192);
	lb_layout_media(&path, p, role);
	lb_page_href(page, lb_buf_str(&path));
}

static bool is_video(const struct lb_photo *p)
{
	return p->media && strcmp(p->media, "video") == 0;
}

static bool has_mime(const struct lb_media *m, const char *prefix)
{
	return m->present && m->mime && strncmp(m->mime, prefix, strlen(prefix)) == 0;
}

static void add_image(struct lb_page *page, const struct lb_photo *p, enum lb_role role)
{
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<img src=\"");
	add_media_href(page, p, role);
	lb_buf_addc(b, '"');
	add_size(b, p->files[role].width, p->files[role].height);
	lb_buf_adds(b, " alt=\"");
	lb_add_alt(b, p->title, &p->taken, is_video(p));
	lb_buf_adds(b, "\" loading=\"lazy\" decoding=\"async\">");
}

static void add_video(struct lb_page *page, const struct lb_photo *p)
{
	struct lb_buf *b = &page->b;
	lb_buf_adds(b, "<video controls preload=\"none\"");
	add_size(b, p->files[LB_THUMBNAIL].width, p->files[LB_THUMBNAIL].height);
	if (p->files[LB_THUMBNAIL].present) {
		lb_buf_adds(b, " poster=\"");
		add_media_href(page, p, LB_THUMBNAIL);
		lb_buf_addc(b, '"');
	}
	lb_buf_adds(b, " aria-label=\"");
	lb_add_alt(b, p->title, &p->taken, true);
	lb_buf_adds(b, "\"><source src=\"");
	add_media_href(page, p, LB_ORIGINAL);
	lb_buf_adds(b, "\" type=\"");
	lb_escape(b, p->files[LB_ORIGINAL].mime);
	lb_buf_adds(b, "\"></video>");
}

/* Notes and people as frames over the picture: their scale has the longest edge at 500. */
static void add_frames(struct lb_page *page, const struct lb_photo *p)
{
	struct lb_buf *b = &page->b;
	const struct lb_media *m = &p->files[LB_THUMBNAIL];
	int64_t longest = m->width > m->height ? m->width : m->height;
	bool cropped = m->label && strstr(m->label, "Square");
	if (!p->nnotes || !m->present || cropped || m->width <= 0 || m->height <= 0)
		return;
	lb_buf_addf(b, "<svg class=\"frames\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 %lld %lld\">",
		(long long)(m->width * 500 / longest), (long long)(m->height * 500 / longest));
	for (size_t i = 0; i < p->nnotes; i++) {
		const struct lb_note *n = &p->notes[i];
		if (n->w > 0 && n->h > 0)
			lb_buf_addf(b, "<rect x=\"%lld\" y=\"%lld\" width=\"%lld\" height=\"%lld\"/>", (long long)n->x, (long long)n->y,
				(long long)n->w, (long long)n->h);
	}
	lb_buf_adds(b, "</svg>");
}

static void add_figure(struct lb_page *page, const struct lb_photo *p)
{
	struct lb_buf *b = &page->b;
	const struct lb_media *original = &p->files[LB_ORIGINAL], *thumb = &p->files[LB_THUMBNAIL];
	enum lb_role shown = thumb->present ? LB_THUMBNAIL : LB_ORIGINAL;
	lb_buf_adds(b, "<figure>");
	if (has_mime(original, "video/")) {
		add_video(page, p);
	} else if (!thumb->present && !has_mime(original, "image/")) {
		lb_buf_addf(b, "<p class=\"nopic\">%s</p>", lb_ui(UI_NO_PICTURE));
	} else if (original->present) {
		lb_buf_adds(b, "<a href=\"");
		add_media_href(page, p, LB_ORIGINAL);
		lb_buf_adds(b, "\">");
		add_image(page, p, shown);
		add_frames(page, p);
		lb_buf_adds(b, "</a>");
	} else {
		add_image(page, p, shown);
	}
	lb_buf_adds(b, "</figure>\n");
}

/* ---- what is known ---- */

void lb_photo_byline(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	lb_buf_addf(&page->b, "<p class=\"by\">%s ", lb_ui(UI_BY));
	lb_add_person(v, page, &p->owner);
	if (lb_said(p->owner.realname) && lb_said(p->owner.username) && strcmp(p->owner.realname, p->owner.username) != 0) {
		lb_buf_adds(&page->b, " · ");
		lb_add_title(&page->b, p->owner.realname);
	}
	if (lb_said(p->owner.nsid)) {
		lb_buf_adds(&page->b, " <code>");
		lb_rich_name(&page->b, p->owner.nsid);
		lb_buf_adds(&page->b, "</code>");
	}
	lb_buf_adds(&page->b, "</p>\n");
}

void lb_topic_link(struct lb_page *page, enum lb_topic_id id, size_t entry)
{
	lb_buf_adds(&page->b, "<a href=\"");
	lb_topic_href(page, id, entry);
	lb_buf_adds(&page->b, "\">");
}

static void add_dates(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf year = LB_BUF(32);
	if (lb_taken_year(&p->taken))
		lb_buf_addf(&year, "%04d", lb_taken_year(&p->taken));
	size_t entry = lb_topic_entry(&v->topics[LB_TOPIC_YEARS], lb_buf_str(&year), NULL);
	lb_topic_use(&v->topics[LB_TOPIC_YEARS], entry, LB_ROLE_OF, v->added);
	lb_fact_begin(page, UI_TAKEN);
	lb_topic_link(page, LB_TOPIC_YEARS, entry);
	lb_add_taken(&page->b, &p->taken);
	lb_buf_adds(&page->b, "</a>");
	lb_fact_end(page);
	lb_fact_moment(page, UI_POSTED, p->date_posted);
}

/* “Title” by Name, CC BY 2.0, https://… : what one puts beside the picture when using it. */
static void add_credit(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf title = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(SIZE_MAX / 4);
	lb_add_title(&title, p->title);
	lb_add_person_name(&name, &p->owner);
	lb_fact_begin(page, UI_CREDIT);
	lb_ui_fill(&page->b, UI_CREDIT_LINE, lb_buf_str(&title), lb_buf_str(&name));
	if (lb_said(p->license_id)) {
		lb_buf_adds(&page->b, ", ");
		lb_add_license(v, &page->b, p->license_id);
	}
	lb_buf_adds(&page->b, ", ");
	lb_page_outward(page, lb_photo_url(p, &v->scratch), NULL);
	lb_fact_end(page);
}

void lb_photo_license(struct lb_pages *v, struct lb_page *page, const char *id)
{
	if (!lb_said(id))
		return;
	const struct lb_license *license = lb_find_license(v, id);
	const char *name = license && lb_said(license->label) ? license->label : lb_license_slug(id, &v->scratch);
	size_t entry = lb_topic_entry(&v->topics[LB_TOPIC_LICENSES], id, name);
	lb_topic_use(&v->topics[LB_TOPIC_LICENSES], entry, LB_ROLE_OF, v->added);
	lb_fact_begin(page, UI_LICENSE);
	lb_topic_link(page, LB_TOPIC_LICENSES, entry);
	lb_add_name(&page->b, name);
	lb_buf_adds(&page->b, "</a>");
	if (license && lb_said(license->url)) {
		lb_buf_adds(&page->b, "<br>");
		lb_page_outward(page, license->url, NULL);
	}
	lb_fact_end(page);
}

static enum lb_ui accuracy_words(int64_t accuracy)
{
	static const struct { int64_t upto; enum lb_ui words; } steps[] = {
		{ 0, UI_ACCURACY_UNKNOWN }, { 2, UI_ACCURACY_WORLD }, { 5, UI_ACCURACY_COUNTRY }, { 10, UI_ACCURACY_REGION },
		{ 14, UI_ACCURACY_CITY },
	};
	for (size_t i = 0; i < LB_COUNT(steps); i++)
		if (accuracy <= steps[i].upto)
			return steps[i].words;
	return UI_ACCURACY_STREET;
}

static void add_coordinates(struct lb_buf *b, const struct lb_location *l)
{
	LB_AUTO(lb_buf_clear) struct lb_buf latitude = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf longitude = LB_BUF(SIZE_MAX / 4);
	lb_rich_name(&latitude, l->latitude ? l->latitude : "");
	lb_rich_name(&longitude, l->longitude ? l->longitude : "");
	lb_buf_adds(b, "<span class=\"geo\">");
	lb_ui_fill(b, UI_COORDINATES, lb_buf_str(&latitude), lb_buf_str(&longitude));
	lb_buf_adds(b, " (");
	lb_ui_fill(b, UI_ACCURACY, lb_ui(accuracy_words(l->accuracy)), NULL);
	if (l->context == 1 || l->context == 2)
		lb_buf_addf(b, ", %s", lb_ui(l->context == 1 ? UI_INDOORS : UI_OUTDOORS));
	lb_buf_adds(b, ")</span>");
}

static void add_location(struct lb_page *page, const struct lb_location *l)
{
	const char *const names[] = { l->neighbourhood, l->locality, l->county, l->region, l->country };
	bool any = false;
	if (!l->present)
		return;
	lb_fact_begin(page, UI_PLACE);
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		if (!lb_said(names[i]))
			continue;
		lb_buf_adds(&page->b, any ? ", " : "");
		lb_add_name(&page->b, names[i]);
		any = true;
	}
	lb_buf_adds(&page->b, any ? "<br>" : "");
	add_coordinates(&page->b, l);
	lb_fact_end(page);
}

static void add_tag(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p, const struct lb_tag *tag)
{
	const char *key = lb_said(tag->normalized) ? tag->normalized : tag->raw;
	struct lb_person author;
	if (!lb_said(key))
		return;
	lb_person_init(&author);
	author.nsid = tag->author_id;
	author.username = tag->author_name;
	size_t entry = lb_topic_entry(&v->topics[LB_TOPIC_TAGS], key, lb_said(tag->raw) ? tag->raw : key);
	lb_topic_use(&v->topics[LB_TOPIC_TAGS], entry, LB_ROLE_OF, v->added);
	lb_person_use(v, &author, LB_TAGGED);
	lb_buf_adds(&page->b, tag->machine == 1 ? "<li class=\"machine\">" : "<li>");
	lb_topic_link(page, LB_TOPIC_TAGS, entry);
	lb_add_title(&page->b, lb_said(tag->raw) ? tag->raw : key);
	lb_buf_adds(&page->b, "</a>");
	if (lb_said(tag->author_id) && (!p->owner.nsid || strcmp(tag->author_id, p->owner.nsid) != 0)) {
		LB_AUTO(lb_buf_clear) struct lb_buf by = LB_BUF(SIZE_MAX / 4);
		lb_add_person_name(&by, &author);
		lb_buf_adds(&page->b, " <small>");
		lb_ui_fill(&page->b, UI_TAG_BY, lb_buf_str(&by), NULL);
		lb_buf_adds(&page->b, "</small>");
	}
	lb_buf_adds(&page->b, "</li>\n");
}

static void add_tags(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	if (!p->ntags)
		return;
	lb_fact_begin(page, UI_TAGS);
	lb_buf_adds(&page->b, "<ul class=\"tags\">\n");
	for (size_t i = 0; i < p->ntags; i++)
		add_tag(v, page, p, &p->tags[i]);
	lb_buf_adds(&page->b, "</ul>");
	lb_fact_end(page);
	lb_page_flush(page);
}

static void add_gathering(struct lb_pages *v, struct lb_page *page, enum lb_topic_id id, const char *key,
	const char *title)
{
	if (!lb_said(key))
		return;
	size_t entry = lb_topic_entry(&v->topics[id], key, title);
	lb_topic_use(&v->topics[id], entry, LB_ROLE_OF, v->added);
	lb_buf_adds(&page->b, "<li>");
	lb_topic_link(page, id, entry);
	lb_add_title(&page->b, title);
	lb_buf_adds(&page->b, "</a></li>\n");
}

static void begin_gatherings(struct lb_page *page, enum lb_ui label, size_t n)
{
	if (!n)
		return;
	lb_fact_begin(page, label);
	lb_buf_adds(&page->b, "<ul class=\"lines\">\n");
}

static void end_gatherings(struct lb_page *page, size_t n)
{
	if (!n)
		return;
	lb_buf_adds(&page->b, "</ul>");
	lb_fact_end(page);
}

static void add_gatherings(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	begin_gatherings(page, UI_ALBUMS, p->nalbums);
	for (size_t i = 0; i < p->nalbums; i++)
		add_gathering(v, page, LB_TOPIC_ALBUMS, p->albums[i].id, p->albums[i].title);
	end_gatherings(page, p->nalbums);
	begin_gatherings(page, UI_GROUPS, p->ngroups);
	for (size_t i = 0; i < p->ngroups; i++)
		add_gathering(v, page, LB_TOPIC_GROUPS, p->groups[i].id, p->groups[i].title);
	end_gatherings(page, p->ngroups);
	begin_gatherings(page, UI_GALLERIES, p->ngalleries);
	for (size_t i = 0; i < p->ngalleries; i++)
		add_gathering(v, page, LB_TOPIC_GALLERIES, p->galleries[i].id, p->galleries[i].title);
	end_gatherings(page, p->ngalleries);
}

/* Who marked the person, where that was somebody else. */
static void add_marker(struct lb_pages *v, struct lb_page *page, const struct lb_depicted *d)
{
	size_t known;
	const struct lb_topic *people = &v->topics[LB_TOPIC_PEOPLE];
	if (!lb_said(d->added_by) || (d->person.nsid && strcmp(d->added_by, d->person.nsid) == 0))
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf by = LB_BUF(SIZE_MAX / 4);
	bool named = lb_map_get(&people->keys, lb_span(d->added_by), &known) && lb_said(people->entries[known].name);
	lb_add_title(&by, named ? people->entries[known].name : d->added_by);
	lb_buf_adds(&page->b, " <small>");
	lb_ui_fill(&page->b, UI_SHOWN_BY, lb_buf_str(&by), NULL);
	lb_buf_adds(&page->b, "</small>");
}

static void add_shown(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	begin_gatherings(page, UI_SHOWN, p->npeople);
	for (size_t i = 0; i < p->npeople; i++) {
		const struct lb_depicted *d = &p->people[i];
		lb_person_use(v, &d->person, LB_SHOWN);
		lb_buf_adds(&page->b, "<li>");
		lb_add_person(v, page, &d->person);
		if (d->has_box)
			lb_add_box(&page->b, p, (struct lb_box){ d->x, d->y, d->w, d->h });
		add_marker(v, page, d);
		lb_buf_adds(&page->b, "</li>\n");
	}
	end_gatherings(page, p->npeople);
}

/* The file that is kept for want of an original. */
static void add_largest(struct lb_page *page, const struct lb_photo *p)
{
	const struct lb_media *m = &p->files[LB_ORIGINAL];
	if (!m->present || !lb_said(m->label) || strstr(m->label, "Original") || strcmp(m->label, "orig") == 0)
		return;
	bool stream = has_mime(m, "video/");
	LB_AUTO(lb_buf_clear) struct lb_buf label = LB_BUF(SIZE_MAX / 4);
	LB_AUTO(lb_buf_clear) struct lb_buf size = LB_BUF(256), width = LB_BUF(64), height = LB_BUF(64);
	lb_add_name(&label, m->label);
	if (m->width > 0 && m->height > 0) {
		lb_buf_addf(&width, "%lld", (long long)m->width);
		lb_buf_addf(&height, "%lld", (long long)m->height);
		lb_ui_fill(&size, UI_FILE_SIZE, lb_buf_str(&width), lb_buf_str(&height));
	}
	lb_fact_begin(page, stream ? UI_RECORD_VIDEO : UI_FILE_ORIGINAL);
	lb_ui_fill(&page->b, stream ? UI_FILE_STREAM : UI_FILE_LARGEST, lb_buf_str(&label), stream ? NULL : lb_buf_str(&size));
	lb_fact_end(page);
}

static void add_facts(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p)
{
	const struct lb_count counts[] = {
		{ UI_N_VIEWS, p->views }, { UI_N_FAVES, p->count_faves }, { UI_N_COMMENTS, p->count_comments },
	};
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	add_dates(v, page, p);
	add_location(page, &p->location);
	add_tags(v, page, p);
	add_gatherings(v, page, p);
	add_shown(v, page, p);
	lb_fact_counts(page, UI_COUNTS, counts, LB_COUNT(counts));
	add_largest(page, p);
	lb_fact_text(page, UI_CAMERA, p->camera);
	lb_photo_license(v, page, p->license_id);
	lb_photo_license_history(page, p);
	add_credit(v, page, p);
	lb_buf_adds(&page->b, "</dl>\n");
}

void lb_photo_article(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p, const struct lb_gap *gaps,
	size_t ngaps)
{
	lb_person_use(v, &p->owner, LB_TOOK);
	lb_buf_adds(&page->b, "<article class=\"photo\"");
	lb_page_id(page, "p", p->id);
	lb_buf_adds(&page->b, ">\n");
	add_figure(page, p);
	lb_buf_adds(&page->b, "<div class=\"about\">\n<h2>");
	lb_add_title(&page->b, p->title);
	lb_buf_adds(&page->b, "</h2>\n");
	lb_photo_audience(page, p);
	lb_photo_byline(v, page, p);
	lb_add_rich(v, page, p->description);
	add_facts(v, page, p);
	lb_photo_life(v, page, p);
	lb_photo_gaps(page, gaps, ngaps);
	lb_photo_camera(page, p);
	lb_photo_record(v, page, p);
	lb_buf_adds(&page->b, "</div>\n</article>\n");
}

/* What the list that named the photo told of it, if anything. */
static void add_told(struct lb_page *page, const struct lb_photo *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf title = LB_BUF(SIZE_MAX / 4), owner = LB_BUF(SIZE_MAX / 4);
	if (!lb_said(p->title) || !lb_said(p->owner.username))
		return;
	lb_add_title(&title, p->title);
	lb_add_person_name(&owner, &p->owner);
	lb_buf_adds(&page->b, "<p>");
	lb_ui_fill(&page->b, UI_STUB_TOLD, lb_buf_str(&title), lb_buf_str(&owner));
	lb_buf_adds(&page->b, "</p>\n");
}

void lb_photo_stub(struct lb_page *page, const struct lb_photo *p, const struct lb_gap *gaps, size_t ngaps)
{
	LB_AUTO(lb_buf_clear) struct lb_buf id = LB_BUF(SIZE_MAX / 4);
	lb_add_name(&id, p->id);
	lb_buf_adds(&page->b, "<article class=\"photo missing\"");
	lb_page_id(page, "p", p->id);
	lb_buf_adds(&page->b, ">\n<div class=\"about\">\n<h2>");
	lb_ui_fill(&page->b, UI_STUB_TITLE, lb_buf_str(&id), NULL);
	lb_buf_addf(&page->b, "</h2>\n<p>%s</p>\n", lb_ui(UI_STUB_TEXT));
	add_told(page, p);
	lb_photo_gaps(page, gaps, ngaps);
	LB_AUTO(lb_buf_clear) struct lb_buf url = LB_BUF(SIZE_MAX / 4);
	lb_buf_adds(&url, "https://www.flickr.com/photo.gne?id=");
	lb_url_encode(&url, lb_span(p->id));
	lb_buf_adds(&page->b, "<p>");
	lb_page_outward(page, lb_buf_str(&url), lb_ui(UI_STUB_LINK));
	lb_buf_adds(&page->b, "</p>\n</div>\n</article>\n");
}
