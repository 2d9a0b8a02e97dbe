/* Lists of photographs: their rows, streams, albums. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

/* ---- tags as lists give them ----------------------------------------------------------------------------------- */

bool tag_is_machine(const char *raw)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t space = strspn(raw, name);
	if (!space || raw[space] != ':')
		return false;
	size_t predicate = strspn(raw + space + 1, name);
	return predicate && raw[space + 1 + predicate] == '=' && raw[space + predicate + 2];
}

static uint32_t lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
		return c + 32;
	return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

void tag_normalize(struct lb_buf *b, const char *raw)
{
	bool machine = tag_is_machine(raw);
	struct lb_span rest = lb_span(raw);
	while (rest.n) {
		uint32_t c = lower(lb_utf8_next(&rest));
		bool kept = c > 127 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (machine && (c == ':' || c == '='));
		if (kept)
			lb_utf8_add(b, c);
	}
}

static void write_tags(struct lb_buf *b, const struct photo *p, bool machine)
{
	LB_AUTO(lb_buf_clear) struct lb_buf all = LB_BUF(1 << 20);
	for (size_t i = 0; i < p->ntags; i++) {
		if (machine && !tag_is_machine(p->tags[i].raw))
			continue;
		if (all.len)
			lb_buf_addc(&all, ' ');
		tag_normalize(&all, p->tags[i].raw);
	}
	x_str(b, machine ? "machine_tags" : "tags", lb_buf_str(&all));
}

/* ---- extras ---------------------------------------------------------------------------------------------------- */

static void extra_license(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "license", p->license);
}

static void extra_safety(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "safety_level", p->safety);
}

static void extra_upload(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "dateupload", p->posted);
}

static void extra_update(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "lastupdate", p->updated);
}

static void extra_taken(struct lb_buf *b, const struct photo *p)
{
	x_str(b, "datetaken", p->taken);
	x_int(b, "datetakengranularity", p->granularity);
	x_int(b, "datetakenunknown", p->taken_unknown);
}

static void extra_owner(struct lb_buf *b, const struct photo *p)
{
	x_str(b, "ownername", p->owner->username);
}

static void extra_realname(struct lb_buf *b, const struct photo *p)
{
	x_str(b, "realname", p->owner->realname);
}

static void extra_alias(struct lb_buf *b, const struct photo *p)
{
	x_str(b, "pathalias", p->owner->alias);
}

static void extra_icon(struct lb_buf *b, const struct photo *p)
{
	x_member_icon(b, p->owner);
}

static void extra_original(struct lb_buf *b, const struct photo *p)
{
	if (p->no_download)
		return;
	x_str(b, "originalsecret", p->original_secret);
	x_str(b, "originalformat", p->picture.png ? "png" : "jpg");
}

static void extra_dims(struct lb_buf *b, const struct photo *p)
{
	if (p->no_download)
		return;
	x_int(b, "o_width", p->picture.width);
	x_int(b, "o_height", p->picture.height);
}

static void extra_geo(struct lb_buf *b, const struct photo *p)
{
	bool shown = p->place.known && !p->geo_private;
	x_str(b, "latitude", shown ? p->place.latitude : "0");
	x_str(b, "longitude", shown ? p->place.longitude : "0");
	x_int(b, "accuracy", shown ? p->place.accuracy : 0);
	x_int(b, "context", shown ? p->place.context : 0);
	if (shown)
		lb_buf_adds(b, " place_id=\"\" woeid=\"\" geo_is_public=\"1\" geo_is_contact=\"0\" geo_is_friend=\"0\" geo_is_family=\"0\"");
}

static void extra_tags(struct lb_buf *b, const struct photo *p)
{
	write_tags(b, p, false);
}

static void extra_machine_tags(struct lb_buf *b, const struct photo *p)
{
	write_tags(b, p, true);
}

static void extra_views(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "views", p->views);
}

static void extra_media(struct lb_buf *b, const struct photo *p)
{
	x_str(b, "media", p->video ? "video" : "photo");
	x_str(b, "media_status", "ready");
}

static void extra_count_views(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "count_views", p->views);
}

static void extra_count_comments(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "count_comments", (int64_t)photo_comment_count(p));
}

static void extra_count_faves(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "count_faves", (int64_t)photo_fave_count(p));
}

static void extra_can_download(struct lb_buf *b, const struct photo *p)
{
	x_int(b, "can_download", !p->no_download);
}

static const struct { const char *name; void (*write)(struct lb_buf *b, const struct photo *p); } extras[] = {
	{ "license", extra_license }, { "safety_level", extra_safety }, { "date_upload", extra_upload }, { "last_update",
		extra_update },
	{ "date_taken", extra_taken }, { "owner_name", extra_owner }, { "realname", extra_realname }, { "path_alias",
		extra_alias },
	{ "icon_server", extra_icon }, { "original_format", extra_original }, { "o_dims", extra_dims }, { "geo", extra_geo },
	{ "tags", extra_tags }, { "machine_tags", extra_machine_tags }, { "views", extra_views }, { "count_views",
		extra_count_views }, { "count_comments", extra_count_comments },
	{ "count_faves", extra_count_faves }, { "can_download", extra_can_download }, { "media", extra_media },
};

static void extra_urls(struct lb_buf *b, const struct query *q, const struct photo *p)
{
	struct size_row rows[SIZE_ROWS_MAX];
	size_t count = media_sizes(p, rows);
	for (size_t i = 0; i < count; i++) {
		char name[24];
		snprintf(name, sizeof name, "url_%s", rows[i].letter);
		if (rows[i].video || !query_lists(q, "extras", name))
			continue;
		x_str(b, name, rows[i].source);
		lb_buf_addf(b, " height_%s=\"%d\" width_%s=\"%d\"", rows[i].letter, rows[i].height, rows[i].letter,
			rows[i].width);
	}
}

void write_extras(struct lb_buf *b, const struct query *q, const struct photo *p)
{
	if (!query_get(q, "extras"))
		return;
	for (size_t i = 0; i < LB_COUNT(extras); i++)
		if (query_lists(q, "extras", extras[i].name))
			extras[i].write(b, p);
	extra_urls(b, q, p);
}

void write_row_end(struct lb_buf *b, const struct query *q, const struct photo *p)
{
	if (!query_lists(q, "extras", "description")) {
		x_empty(b);
		return;
	}
	x_more(b);
	x_leaf(b, 2, "description", p->description);
	x_close(b, 1, "photo");
}

/* ---- rows ------------------------------------------------------------------------------------------------------ */

void row_begin(struct lb_buf *b, const struct photo *p, bool with_owner)
{
	x_open(b, 1, "photo");
	x_str(b, "id", p->id);
	if (with_owner)
		x_str(b, "owner", p->owner->nsid);
	x_str(b, "secret", p->secret);
	x_str(b, "server", FAKE_SERVER);
	x_str(b, "farm", FAKE_FARM);
	x_str(b, "title", p->title);
}

void row_visibility(struct lb_buf *b, const struct photo *p)
{
	lb_buf_addf(b, " ispublic=\"%d\" isfriend=\"%d\" isfamily=\"%d\"", !p->friends && !p->family, p->friends, p->family);
}

void list_open(struct lb_buf *b, const struct paging *page)
{
	x_open(b, 0, "photos");
	x_int(b, "page", page->page);
	x_int(b, "pages", page->pages);
	x_int(b, "perpage", page->per_page);
	x_int(b, "total", page->total);
	x_more(b);
}

/* ---- streams --------------------------------------------------------------------------------------------------- */

static int write_stream(struct ask *a, int unknown_code, const char *unknown)
{
	const char *id = query_get(a->query, "user_id");
	struct member *m = id ? world_member(a->world, id) : NULL;
	size_t count;
	if (!m || strcmp(m->nsid, id) != 0)
		return refuse(a, unknown_code, unknown);
	if (m->deleted)
		return refuse(a, 5, "User deleted");
	const struct photo **list = world_stream(a->world, m, &count);
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	page_claims(&page, m->claimed_total, m->claimed_pages);
	list_open(a->out, &page);
	for (size_t i = page.from; i < page.to; i++) {
		row_begin(a->out, list[i], true);
		row_visibility(a->out, list[i]);
		write_extras(a->out, a->query, list[i]);
		write_row_end(a->out, a->query, list[i]);
	}
	x_close(a->out, 0, "photos");
	free(list);
	m->page_one_served |= page.page == 1;
	return 0;
}

int answer_public_photos(struct ask *a)
{
	return write_stream(a, 1, "User not found");
}

int answer_photos(struct ask *a)
{
	return query_get(a->query, "user_id") ? write_stream(a, 2, "Unknown user") : refuse(a, 1,
		"Required arguments missing");
}

/* ---- albums ---------------------------------------------------------------------------------------------------- */

/* Finds the album; user_id, when given, must be its owner's. */
static int ask_album(struct ask *a, struct set **out)
{
	const char *id = query_get(a->query, "photoset_id"), *owner = query_get(a->query, "user_id");
	struct set *s = id ? world_set(a->world, SET_ALBUM, id) : NULL;
	if (owner && !world_member(a->world, owner))
		return refuse(a, 2, "User not found");
	if (!s || !s->nphotos || (owner && strcmp(owner, s->owner->nsid) != 0))
		return refuse(a, 1, "Photoset not found");
	*out = s;
	return 0;
}

static void write_album(struct lb_buf *b, int depth, const struct set *s)
{
	size_t videos = 0;
	for (size_t i = 0; i < s->nphotos; i++)
		videos += s->photos[i]->video;
	x_open(b, depth, "photoset");
	x_str(b, "id", s->id);
	x_str(b, "owner", s->owner->nsid);
	x_str(b, "username", s->owner->username);
	x_str(b, "primary", s->photos[0]->id);
	x_str(b, "secret", s->photos[0]->secret);
	x_str(b, "server", FAKE_SERVER);
	x_str(b, "farm", FAKE_FARM);
	x_int(b, "count_views", s->views);
	x_int(b, "count_comments", s->comments);
	x_int(b, "count_photos", (int64_t)(s->nphotos - videos));
	x_int(b, "count_videos", (int64_t)videos);
	x_int(b, "can_comment", 0);
	x_int(b, "date_create", s->created);
	x_int(b, "date_update", s->updated);
	x_int(b, "photos", (int64_t)(s->nphotos - videos));
	x_int(b, "visibility_can_see_set", 1);
	x_int(b, "needs_interstitial", 0);
	x_more(b);
	x_leaf(b, depth + 1, "title", s->title);
	x_leaf(b, depth + 1, "description", s->description);
	x_close(b, depth, "photoset");
}

int answer_album(struct ask *a)
{
	struct set *s = NULL;
	int code = ask_album(a, &s);
	if (!code)
		write_album(a->out, 0, s);
	return code;
}

static void album_open(struct lb_buf *b, const struct set *s, const struct paging *page)
{
	x_open(b, 0, "photoset");
	x_str(b, "id", s->id);
	x_str(b, "primary", s->photos[0]->id);
	x_str(b, "owner", s->owner->nsid);
	x_str(b, "ownername", s->owner->username);
	x_int(b, "page", page->page);
	x_int(b, "per_page", page->per_page);
	x_int(b, "perpage", page->per_page);
	x_int(b, "pages", page->pages);
	x_str(b, "title", s->title);
	x_int(b, "total", page->total);
	x_more(b);
}

int answer_album_photos(struct ask *a)
{
	struct set *s = NULL;
	size_t count;
	int code = ask_album(a, &s);
	if (code)
		return code;
	const struct photo **list = set_stream(s, &count);
	struct paging page = page_of(a->query, count, PHOTOS_PER_PAGE_MAX, PHOTOS_PER_PAGE_MAX);
	page_claims(&page, s->claimed_total, s->claimed_pages);
	album_open(a->out, s, &page);
	for (size_t i = page.from; i < page.to; i++) {
		row_begin(a->out, list[i], false);
		x_int(a->out, "isprimary", list[i] == s->photos[0]);
		row_visibility(a->out, list[i]);
		write_extras(a->out, a->query, list[i]);
		write_row_end(a->out, a->query, list[i]);
	}
	x_close(a->out, 0, "photoset");
	free(list);
	s->page_one_served |= page.page == 1;
	return 0;
}

int answer_albums(struct ask *a)
{
	const char *id = query_get(a->query, "user_id");
	const struct member *m = id ? world_member(a->world, id) : NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf rows = LB_BUF(16u << 20);
	size_t count = 0;
	if (!m || m->deleted)
		return refuse(a, 1, "User not found");
	for (size_t i = 0; i < a->world->nsets; i++) {
		const struct set *s = a->world->sets[i];
		if (s->kind != SET_ALBUM || s->owner != m || !s->nphotos)
			continue;
		write_album(&rows, 1, s);
		count++;
	}
	lb_buf_addf(a->out, "<photosets cancreate=\"0\" page=\"1\" pages=\"1\" perpage=\"500\" total=\"%zu\">\n%s</photosets>\n",
		count, lb_buf_str(&rows));
	return 0;
}
