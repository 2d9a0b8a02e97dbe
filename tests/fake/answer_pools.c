/* Galleries and groups: what others gathered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

/* ---- galleries ------------------------------------------------------------------------------------------------- */

static void write_covers(struct lb_buf *b, int depth, const struct set *s)
{
	struct size_row rows[SIZE_ROWS_MAX];
	if (!s->nphotos)
		return;
	x_open(b, depth, "cover_photos");
	x_more(b);
	for (size_t i = 0; i < s->nphotos && i < 3; i++) {
		media_sizes(s->photos[i], false, rows);
		x_open(b, depth + 1, "photo");
		x_str(b, "url", rows[1].source); /* Large Square, which all have */
		lb_buf_addf(b, " width=\"150\" height=\"150\" is_primary=\"%d\" is_video=\"%d\"", i == 0, s->photos[i]->video);
		x_empty(b);
	}
	x_close(b, depth, "cover_photos");
}

static void write_gallery(struct lb_buf *b, int depth, const struct set *s)
{
	char url[200];
	snprintf(url, sizeof url, "https://www.flickr.com/photos/%s/galleries/%s", member_path(s->owner), s->id);
	x_open(b, depth, "gallery");
	lb_buf_addf(b, " id=\"%.*s-%s\"", (int)strcspn(s->owner->nsid, "@"), s->owner->nsid, s->id);
	x_str(b, "gallery_id", s->id);
	x_str(b, "url", url);
	x_str(b, "owner", s->owner->nsid);
	x_str(b, "username", s->owner->username);
	x_member_icon(b, s->owner);
	x_str(b, "primary_photo_id", s->nphotos ? s->photos[0]->id : "");
	x_int(b, "date_create", s->created);
	x_int(b, "date_update", s->updated);
	x_int(b, "count_photos", (int64_t)s->nphotos);
	x_int(b, "count_videos", 0);
	x_int(b, "count_total", (int64_t)s->nphotos);
	x_int(b, "count_views", s->views);
	x_int(b, "count_comments", s->comments);
	x_str(b, "sort_group", "");
	x_str(b, "primary_photo_server", FAKE_SERVER);
	x_str(b, "primary_photo_farm", FAKE_FARM);
	x_str(b, "primary_photo_secret", s->nphotos ? s->photos[0]->secret : "");
	x_more(b);
	x_leaf(b, depth + 1, "title", s->title);
	x_leaf(b, depth + 1, "description", s->description);
	write_covers(b, depth + 1, s);
	x_close(b, depth, "gallery");
}

static int ask_gallery(struct ask *a, struct set **out)
{
	const char *id = query_get(a->query, "gallery_id");
	*out = id ? world_set(a->world, SET_GALLERY, id) : NULL;
	return *out ? 0 : refuse(a, 1, "Invalid gallery ID");
}

int answer_gallery(struct ask *a)
{
	struct set *s = NULL;
	int code = ask_gallery(a, &s);
	if (!code)
		write_gallery(a->out, 0, s);
	return code;
}

static const char *remark_of(const struct set *s, const struct photo *p)
{
	for (size_t i = 0; i < s->nphotos; i++)
		if (s->photos[i] == p)
			return s->remarks[i];
	return NULL;
}

static void pool_row(struct ask *a, const struct set *s, const struct photo *p)
{
	row_begin(a->out, p, true);
	row_visibility(a->out, p);
	if (s->kind == SET_GROUP)
		x_int(a->out, "dateadded", p->posted + 86400);
	write_extras(a, p);
	if (s->kind == SET_GALLERY) {
		const char *remark = remark_of(s, p);
		x_int(a->out, "is_primary", p == s->photos[0]);
		x_int(a->out, "has_comment", remark && *remark);
		if (remark && *remark)
			x_str(a->out, "comment", remark);
	}
	write_row_end(a, p);
}

/* groups.pools.getPhotos narrows by tag and member. */
static size_t narrow(const struct ask *a, const struct photo **list, size_t count)
{
	const char *tags = query_get(a->query, "tags"), *user = query_get(a->query, "user_id");
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if ((!tags || photo_tagged(list[i], tags, false)) && (!user || strcmp(list[i]->owner->nsid, user) == 0))
			list[kept++] = list[i];
	return kept;
}

static void write_pool(struct ask *a, struct set *s)
{
	size_t count;
	const struct photo **list = set_stream(s, a->viewer, &count);
	if (s->kind == SET_GROUP)
		count = narrow(a, list, count);
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	page_claims(&page, s->claimed_total, s->claimed_pages);
	list_open(a->out, &page);
	for (size_t i = page.from; i < page.to; i++)
		pool_row(a, s, list[i]);
	x_close(a->out, 0, "photos");
	free(list);
	s->page_one_served |= page.page == 1;
}

int answer_gallery_photos(struct ask *a)
{
	struct set *s = NULL;
	int code = ask_gallery(a, &s);
	if (code)
		return code;
	write_pool(a, s);
	if (query_number(a->query, "get_gallery_info", 0))
		write_gallery(a->out, 0, s);
	return 0;
}

static int write_galleries(struct ask *a, const struct set *const *list, size_t count, const char *name, const char *value)
{
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	x_open(a->out, 0, "galleries");
	x_int(a->out, "total", page.total);
	x_int(a->out, "page", page.page);
	x_int(a->out, "pages", page.pages);
	x_int(a->out, "per_page", page.per_page);
	x_str(a->out, name, value);
	if (page.from == page.to) {
		x_empty(a->out);
		return 0;
	}
	x_more(a->out);
	for (size_t i = page.from; i < page.to; i++)
		write_gallery(a->out, 1, list[i]);
	x_close(a->out, 0, "galleries");
	return 0;
}

int answer_galleries_of_photo(struct ask *a)
{
	LB_AUTO(lb_freep) const struct set **holding = lb_alloc((a->photo->nsets + 1) * sizeof *holding);
	size_t count = 0;
	for (size_t i = 0; i < a->photo->nsets; i++)
		if (a->photo->sets[i]->kind == SET_GALLERY)
			holding[count++] = a->photo->sets[i];
	return write_galleries(a, holding, count, "photo_id", a->photo->id);
}

int answer_galleries(struct ask *a)
{
	const struct member *m = ask_member(a, "user_id");
	if (!m || m->deleted)
		return refuse(a, 1, "User not found");
	LB_AUTO(lb_freep) const struct set **theirs = lb_alloc((a->world->nsets + 1) * sizeof *theirs);
	size_t count = 0;
	for (size_t i = 0; i < a->world->nsets; i++)
		if (a->world->sets[i]->kind == SET_GALLERY && a->world->sets[i]->owner == m)
			theirs[count++] = a->world->sets[i];
	return write_galleries(a, theirs, count, "user_id", m->nsid);
}

int answer_lookup_gallery(struct ask *a)
{
	char part[32] = "";
	const char *url = query_get(a->query, "url"), *at = url ? strstr(url, "/galleries/") : NULL;
	if (at)
		snprintf(part, sizeof part, "%.*s", (int)strcspn(at + 11, "/?#"), at + 11);
	const struct set *s = world_set(a->world, SET_GALLERY, part);
	if (!s)
		return refuse(a, 1, "Gallery not found");
	write_gallery(a->out, 0, s);
	return 0;
}

/* ---- groups ---------------------------------------------------------------------------------------------------- */

static int ask_group(struct ask *a, struct set **out)
{
	const char *id = query_get(a->query, "group_id");
	*out = id ? world_set(a->world, SET_GROUP, id) : NULL;
	return *out ? 0 : refuse(a, 1, "Group not found");
}

static void group_numbers(struct lb_buf *b, const struct set *s)
{
	char created[LB_TIME_ISO];
	lb_time_iso(s->created, created);
	const struct { const char *name; int64_t value; } numbers[] = {
		{ "members", s->members }, { "pool_count", (int64_t)s->nphotos }, { "topic_count", 4 }, { "privacy",
			s->closed ? 1 : 3 },
	};
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		lb_buf_addf(b, "\t<%s>%lld</%s>\n", numbers[i].name, (long long)numbers[i].value, numbers[i].name);
	lb_buf_adds(b, "\t<roles member=\"Member\" moderator=\"Moderator\" admin=\"Admin\" />\n");
	lb_buf_addf(b, "\t<datecreate>%.10s %.8s</datecreate>\n\t<dateactivity>%lld</dateactivity>\n", created,
		created + 11, (long long)s->updated);
	lb_buf_adds(b, "\t<blast date_blast_added=\"\" user_id=\"\" />\n");
	lb_buf_addf(b, "\t<throttle count=\"%lld\" mode=\"%s\" />\n", (long long)s->throttle_count, s->throttle_mode);
	lb_buf_adds(b, "\t<restrictions photos_ok=\"1\" videos_ok=\"1\" images_ok=\"1\" screens_ok=\"1\" art_ok=\"1\" virtual_ok=\"1\" "
		"safe_ok=\"1\" moderate_ok=\"0\" restricted_ok=\"0\" has_geo=\"0\" />\n");
}

int answer_group(struct ask *a)
{
	struct set *s = NULL;
	int code = ask_group(a, &s);
	if (code)
		return code;
	x_open(a->out, 0, "group");
	x_str(a->out, "id", s->id);
	x_str(a->out, "nsid", s->id);
	x_str(a->out, "path_alias", s->alias);
	lb_buf_adds(a->out, " iconserver=\"" FAKE_SERVER "\" iconfarm=\"" FAKE_FARM "\" lang=\"\"");
	x_int(a->out, "ispoolmoderated", s->moderated);
	x_int(a->out, "photo_limit_opt_out", 0);
	x_int(a->out, "eighteenplus", s->adult);
	x_int(a->out, "invitation_only", s->closed);
	x_more(a->out);
	x_leaf(a->out, 1, "name", s->title);
	x_leaf(a->out, 1, "description", s->description);
	x_leaf(a->out, 1, "rules", s->rules);
	group_numbers(a->out, s);
	x_close(a->out, 0, "group");
	return 0;
}

int answer_pool(struct ask *a)
{
	struct set *s = NULL;
	int code = ask_group(a, &s);
	if (code)
		return code;
	if (s->closed)
		return refuse(a, 4, "Group/pool is member only");
	if (query_get(a->query, "user_id") && !ask_member(a, "user_id"))
		return refuse(a, 3, "Unknown user");
	write_pool(a, s);
	return 0;
}
