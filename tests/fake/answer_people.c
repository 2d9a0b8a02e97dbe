/* Methods about people, and what people did with a photograph: comments, favourites. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

#define HOUR 3600

/* ---- comments -------------------------------------------------------------------------------------------------- */

size_t photo_comment_count(const struct photo *p)
{
	return p->ncomments + p->crowd_comments;
}

/* Sentence i of the crowd: greeting and phrase run through their lists at different speed. */
static const char *crowd_words(const struct world *w, const struct photo *p, size_t i, struct lb_arena *arena)
{
	size_t at = i + p->number;
	if (!w->phrases.count)
		return lb_arena_printf(arena, "Comment %zu on \"%s\".", i + 1, p->title);
	const char *greeting = w->greetings.count ? w->greetings.items[at % w->greetings.count] : "";
	return lb_arena_printf(arena, "%s%s%s", greeting, *greeting ? " " : "", w->phrases.items[at % w->phrases.count]);
}

static int oldest_comment_first(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;
	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return strcmp(x->text, y->text);
}

static struct comment *all_comments(const struct world *w, const struct photo *p, struct lb_arena *arena, size_t *count)
{
	uint64_t h = fake_hash(w->seed ^ 0xc0, p->key);
	int64_t date = p->posted;
	*count = photo_comment_count(p);
	struct comment *list = lb_alloc((*count + 1) * sizeof *list);
	if (p->ncomments)
		memcpy(list, p->comments, p->ncomments * sizeof *list);
	for (size_t i = 0; i < *count - p->ncomments; i++) {
		date += HOUR / 6 + (int64_t)(fake_mix(h, i) % (16 * HOUR));
		list[p->ncomments + i] = (struct comment){ w->crowd[(h + i * 7) % w->ncrowd], date,
			crowd_words(w, p, i, arena) };
	}
	qsort(list, *count, sizeof *list, oldest_comment_first);
	return list;
}

static void write_comment(struct lb_buf *b, const char *prefix, const char *page, const struct comment *c, size_t number)
{
	unsigned long long id = fake_mix(fake_hash(3, prefix), number) % 10000000000u;
	x_open(b, 1, "comment");
	lb_buf_addf(b, " id=\"%s-7215770%010llu\"", prefix, id);
	x_str(b, "author", c->author->nsid);
	x_int(b, "author_is_deleted", c->author->deleted);
	x_str(b, "authorname", c->author->username);
	x_member_icon(b, c->author);
	x_int(b, "datecreate", c->date);
	lb_buf_addf(b, " permalink=\"%s#comment7215770%010llu\"", page, id);
	x_str(b, "path_alias", c->author->alias);
	x_str(b, "realname", c->author->realname);
	x_value(b, "comment", c->text);
}

void write_comments(struct lb_buf *b, const char *owner_nsid, const char *about_id, const char *page, const struct comment *list, size_t count)
{
	char prefix[80];
	snprintf(prefix, sizeof prefix, "%.*s-%s", (int)strcspn(owner_nsid, "@"), owner_nsid, about_id);
	if (!count) {
		x_empty(b);
		return;
	}
	x_more(b);
	for (size_t i = 0; i < count; i++)
		write_comment(b, prefix, page, &list[i], i);
	x_close(b, 0, "comments");
}

int answer_comments(struct ask *a)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const struct photo *p = a->photo;
	char page[160];
	size_t count;
	struct comment *list = all_comments(a->world, p, &arena, &count);
	x_open(a->out, 0, "comments");
	x_str(a->out, "photo_id", p->id);
	write_comments(a->out, p->owner->nsid, p->id, photo_page(p, page), list, count);
	free(list);
	return 0;
}

/* ---- favourites ------------------------------------------------------------------------------------------------ */

size_t photo_fave_count(const struct photo *p)
{
	return p->nfaves + p->crowd_faves;
}

static int newest_fave_first(const void *a, const void *b)
{
	const struct fave *x = a, *y = b;
	if (x->date != y->date)
		return x->date > y->date ? -1 : 1;
	return strcmp(x->member->nsid, y->member->nsid);
}

static struct fave *all_faves(const struct world *w, const struct photo *p, size_t *count)
{
	uint64_t h = fake_hash(w->seed ^ 0xfa, p->key);
	*count = photo_fave_count(p);
	struct fave *list = lb_alloc((*count + 1) * sizeof *list);
	if (p->nfaves)
		memcpy(list, p->faves, p->nfaves * sizeof *list);
	for (size_t i = 0; i < *count - p->nfaves; i++)
		list[p->nfaves + i] = (struct fave){ w->crowd[(h + i) % w->ncrowd],
			p->posted + (int64_t)(fake_mix(h, i) % (9000 * HOUR)) };
	qsort(list, *count, sizeof *list, newest_fave_first);
	return list;
}

int answer_favorites(struct ask *a)
{
	size_t count;
	struct fave *list = all_faves(a->world, a->photo, &count);
	struct paging page = page_of(a->query, count, 10, 50);
	x_open(a->out, 0, "photo");
	x_str(a->out, "id", a->photo->id);
	x_str(a->out, "secret", a->photo->secret);
	x_str(a->out, "server", FAKE_SERVER);
	x_str(a->out, "farm", FAKE_FARM);
	x_int(a->out, "page", page.page);
	x_int(a->out, "pages", page.pages);
	x_int(a->out, "perpage", page.per_page);
	x_int(a->out, "total", page.total);
	x_more(a->out);
	for (size_t i = page.from; i < page.to; i++) {
		x_open(a->out, 1, "person");
		x_str(a->out, "nsid", list[i].member->nsid);
		x_str(a->out, "username", list[i].member->username);
		x_str(a->out, "realname", list[i].member->realname);
		x_int(a->out, "favedate", list[i].date);
		x_member_icon(a->out, list[i].member);
		x_empty(a->out);
	}
	x_close(a->out, 0, "photo");
	free(list);
	return 0;
}

/* ---- people.getInfo -------------------------------------------------------------------------------------------- */

static void person_photos(struct ask *a, const struct member *m)
{
	size_t count;
	const struct photo **list = world_stream(a->world, m, a->viewer, &count);
	int64_t first = count ? list[count - 1]->posted : a->world->now;
	const char *taken = count ? list[count - 1]->taken : "";
	x_open(a->out, 1, "photos");
	x_more(a->out);
	x_leaf(a->out, 2, "firstdatetaken", taken);
	lb_buf_addf(a->out, "\t\t<firstdate>%lld</firstdate>\n\t\t<count>%zu</count>\n", (long long)first, count);
	x_close(a->out, 1, "photos");
	free(list);
}

static void person_pages(struct lb_buf *b, const struct member *m)
{
	char url[200];
	snprintf(url, sizeof url, "https://www.flickr.com/photos/%s/", member_path(m));
	x_leaf(b, 1, "photosurl", url);
	snprintf(url, sizeof url, "https://www.flickr.com/people/%s/", member_path(m));
	x_leaf(b, 1, "profileurl", url);
	snprintf(url, sizeof url, "https://m.flickr.com/photostream.gne?id=%.*s", (int)strcspn(m->nsid, "@"), m->nsid);
	x_leaf(b, 1, "mobileurl", url);
}

int answer_person(struct ask *a)
{
	const char *id = query_get(a->query, "user_id");
	const struct member *m = id ? world_member(a->world, id) : NULL;
	struct lb_buf *b = a->out;
	if (!m || strcmp(m->nsid, id) != 0)
		return refuse(a, 1, "User not found");
	if (m->deleted)
		return refuse(a, 5, "User deleted");
	x_open(b, 0, "person");
	x_str(b, "id", m->nsid);
	x_str(b, "nsid", m->nsid);
	x_int(b, "ispro", m->pro);
	x_int(b, "is_deleted", 0);
	x_member_icon(b, m);
	x_str(b, "path_alias", m->alias);
	x_int(b, "has_stats", 0);
	if (m->pro)
		lb_buf_adds(b, " pro_badge=\"standard\" expire=\"0\"");
	lb_buf_adds(b, " has_adfree=\"0\" has_free_standard_shipping=\"0\" has_free_educational_resources=\"0\"");
	x_more(b);
	x_leaf(b, 1, "username", m->username);
	if (m->realname)
		x_leaf(b, 1, "realname", m->realname);
	if (m->location)
		x_leaf(b, 1, "location", m->location);
	if (m->zone)
		lb_buf_addf(b, "\t<timezone label=\"%s\" offset=\"+01:00\" timezone_id=\"%s\" timezone=\"27\" />\n",
			m->zone, m->zone);
	x_leaf(b, 1, "description", m->description);
	person_pages(b, m);
	person_photos(a, m);
	x_close(b, 0, "person");
	return 0;
}

/* ---- urls.* ---------------------------------------------------------------------------------------------------- */

/* The part of a Flickr address behind `before`, up to the next slash; "" when it has none. */
static const char *address_part(const char *url, const char *before, char part[128])
{
	const char *at = url ? strstr(url, before) : NULL;
	part[0] = 0;
	if (at && strstr(url, "flickr.com/")) {
		at += strlen(before);
		snprintf(part, 128, "%.*s", (int)strcspn(at, "/?#"), at);
	}
	return part;
}

int answer_lookup_user(struct ask *a)
{
	const char *url = query_get(a->query, "url");
	char part[128];
	const char *who = address_part(url, "/photos/", part);
	const struct member *m = world_member(a->world, *who ? who : address_part(url, "/people/", part));
	if (!m || m->deleted)
		return refuse(a, 1, "User not found");
	x_open(a->out, 0, "user");
	x_str(a->out, "id", m->nsid);
	x_more(a->out);
	x_leaf(a->out, 1, "username", m->username);
	x_close(a->out, 0, "user");
	return 0;
}

int answer_lookup_group(struct ask *a)
{
	char part[128];
	const struct set *s = world_set(a->world, SET_GROUP, address_part(query_get(a->query, "url"), "/groups/", part));
	if (!s)
		return refuse(a, 1, "Group not found");
	x_open(a->out, 0, "group");
	x_str(a->out, "id", s->id);
	x_more(a->out);
	x_leaf(a->out, 1, "groupname", s->title);
	x_close(a->out, 0, "group");
	return 0;
}
