/* Lists of photographs: their rows, streams, albums. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

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
	lb_buf_addf(b, " ispublic=\"%d\" isfriend=\"%d\" isfamily=\"%d\"", !p->friends && !p->family && !p->only_me, p->friends, p->family);
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

static int write_stream(struct ask *a, const struct member *viewer, int unknown_code, const char *unknown)
{
	struct member *m = ask_member(a, "user_id");
	size_t count;
	if (!m)
		return refuse(a, unknown_code, unknown);
	if (m->deleted)
		return refuse(a, 5, "User deleted");
	const struct photo **list = world_stream(a->world, m, viewer, &count);
	struct paging page = page_of(a->query, count, 100, PHOTOS_PER_PAGE_MAX);
	page_claims(&page, m->claimed_total, m->claimed_pages);
	list_open(a->out, &page);
	for (size_t i = page.from; i < page.to; i++) {
		row_begin(a->out, list[i], true);
		row_visibility(a->out, list[i]);
		write_extras(a, list[i]);
		write_row_end(a, list[i]);
	}
	x_close(a->out, 0, "photos");
	free(list);
	m->page_one_served |= page.page == 1;
	return 0;
}

int answer_public_photos(struct ask *a)
{
	return write_stream(a, NULL, 1, "User not found");
}

int answer_photos(struct ask *a)
{
	return query_get(a->query, "user_id") ? write_stream(a, a->viewer, 2, "Unknown user") : refuse(a, 1,
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
	const struct photo **list = set_stream(s, a->viewer, &count);
	struct paging page = page_of(a->query, count, PHOTOS_PER_PAGE_MAX, PHOTOS_PER_PAGE_MAX);
	page_claims(&page, s->claimed_total, s->claimed_pages);
	album_open(a->out, s, &page);
	for (size_t i = page.from; i < page.to; i++) {
		row_begin(a->out, list[i], false);
		x_int(a->out, "isprimary", list[i] == s->photos[0]);
		row_visibility(a->out, list[i]);
		write_extras(a, list[i]);
		write_row_end(a, list[i]);
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
