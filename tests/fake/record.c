/* Recordings: answers as WARC records, sorted, always the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/evidence/evidence.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/fake/fake.h"

#define SAMPLE_KEY "&api_key=sample"
#define MEMBER_MAX (256u << 20)
#define LIST_PER_PAGE "500"

/* ---- keeping --------------------------------------------------------------------------------------------------- */

static bool worth_keeping(const struct reply *r)
{
	return r->status == 200 && r->code != 100 && r->code != 105 && r->code != 201;
}

static void keep(struct fake *f, const char *uri, const struct lb_buf *member)
{
	size_t at = f->nrecords;
	lb_map_get(&f->recorded, lb_span(uri), &at);
	if (at == f->nrecords) {
		if (f->nrecords == f->records_cap) {
			f->records_cap = f->records_cap ? f->records_cap * 2 : 256;
			f->members = lb_realloc(f->members, f->records_cap, sizeof *f->members);
			f->uris = lb_realloc(f->uris, f->records_cap, sizeof *f->uris);
		}
		lb_map_put(&f->recorded, lb_span(uri), at);
		f->uris[at] = lb_strdup(uri);
		f->members[f->nrecords++] = (struct lb_buf)LB_BUF(MEMBER_MAX);
	}
	lb_buf_reset(&f->members[at]);
	lb_buf_add(&f->members[at], member->p, member->len);
}

/* A redirect is followed: what counts is what the first address leads to. */
static void follow(struct fake *f, const char *uri, const struct reply *r)
{
	struct reply end;
	fake_respond(f, r->location + strlen("https:/"), &end);
	record_reply(f, uri, &end);
	lb_buf_clear(&end.body);
}

void record_reply(struct fake *f, const char *uri, const struct reply *r)
{
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(1 << 16), clean = LB_BUF(1 << 16), member = LB_BUF(MEMBER_MAX);
	if (*r->location) {
		follow(f, uri, r);
		return;
	}
	if (!worth_keeping(r) || strncmp(uri, "/live.staticflickr.com/video/", 29) == 0)
		return;
	lb_buf_addf(&full, "https:/%s", uri);
	lb_uri_clean(&clean, lb_buf_span(&full));
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = lb_buf_str(&clean), .date = f->date, .status = r->status,
		.content_type = r->type, .headers = "", .body = lb_buf_span(&r->body) };
	if (lb_warc_format(&x, &member, NULL))
		return;
	pthread_mutex_lock(&f->lock);
	keep(f, lb_buf_str(&clean), &member);
	pthread_mutex_unlock(&f->lock);
}

struct entry { const char *uri; const struct lb_buf *member; };

static int by_uri(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->uri, ((const struct entry *)b)->uri);
}

int record_write(struct fake *f, const char *path, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf info = LB_BUF(1 << 16);
	LB_AUTO(lb_freep) struct entry *order = lb_alloc((f->nrecords + 1) * sizeof *order);
	struct lb_out *out;
	LB_TRY(lb_out_open(path, LB_OUT_REPLACE, &out, err));
	lb_warc_format_info("fake-flickr", f->date, &info);
	lb_out_add(out, info.p, info.len);
	for (size_t i = 0; i < f->nrecords; i++)
		order[i] = (struct entry){ f->uris[i], &f->members[i] };
	qsort(order, f->nrecords, sizeof *order, by_uri);
	for (size_t i = 0; i < f->nrecords; i++)
		lb_out_add(out, order[i].member->p, order[i].member->len);
	return lb_out_commit(out, NULL, NULL, err);
}

/* ---- asking for everything ------------------------------------------------------------------------------------- */

/* "https://HOST/path" is asked as "/HOST/path". Returns false when it was no answer to go on with. */
static bool ask_url(struct fake *f, const char *url)
{
	struct reply r;
	fake_respond(f, url + strlen("https:/"), &r);
	record_reply(f, url + strlen("https:/"), &r);
	bool good = r.status == 200 && r.code == 0;
	lb_buf_clear(&r.body);
	return good;
}

static void ask_method(struct fake *f, const char *method, const struct lb_param *params, size_t count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16);
	lb_api_uri(&uri, method, params, count);
	lb_buf_adds(&uri, SAMPLE_KEY);
	ask_url(f, lb_buf_str(&uri));
}

static void ask_list(struct fake *f, const char *method, const char *name, const char *id, const char *owner, size_t length)
{
	for (size_t page = 1; page == 1 || (page - 1) * 500 < length; page++) {
		char number[24];
		snprintf(number, sizeof number, "%zu", page);
		const struct lb_param params[] = { { name, id }, { "user_id", owner }, { "page", number }, { "per_page",
			LIST_PER_PAGE }, { "extras", lb_list_extras } };
		ask_method(f, method, params, LB_COUNT(params));
	}
}

static size_t fave_pages(const struct photo *p)
{
	return p && photo_fave_count(p) > 50 ? (photo_fave_count(p) + 49) / 50 : 1;
}

/* All layers about one thing; without a required one, none after it. */
static void ask_about(struct fake *f, enum lb_about about, const char *id, const char *owner, const struct photo *photo)
{
	for (size_t i = 0; i < lb_layer_count; i++) {
		const struct lb_layer *layer = &lb_layers[i];
		size_t pages = strcmp(layer->name, "faves") == 0 ? fave_pages(photo) : 1;
		for (size_t page = 1; layer->about == about && page <= pages; page++) {
			LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16);
			lb_layer_uri(&uri, layer, id, owner, (int64_t)page);
			lb_buf_adds(&uri, SAMPLE_KEY);
			if (!ask_url(f, lb_buf_str(&uri)) && layer->required)
				return;
		}
	}
}

/* The files that a client keeps: the best there is and one to look at. */
static void ask_files(struct fake *f, const struct photo *p)
{
	struct size_row rows[SIZE_ROWS_MAX];
	size_t count = media_sizes(p, photo_downloadable(p, NULL), rows);
	if (!photo_is_there(p))
		return;
	for (size_t i = 0; i < count; i++)
		if (i + 1 == count || strcmp(rows[i].label, "Small 320") == 0)
			ask_url(f, rows[i].source);
}

static void ask_icon(struct fake *f, const struct member *m)
{
	char url[160];
	snprintf(url, sizeof url, "https://farm%s.staticflickr.com/%s/buddyicons/%s.jpg", m->icon_farm, m->icon_server, m->nsid);
	if (strcmp(m->icon_server, "0") != 0)
		ask_url(f, url);
}

static void record_member(struct fake *f, const struct member *m)
{
	static const char *const lists[] = { "flickr.favorites.getPublicList", "flickr.people.getPhotosOf" };
	const struct lb_param albums[] = { { "user_id", m->nsid }, { "page", "1" }, { "per_page", LIST_PER_PAGE } };
	LB_AUTO(lb_buf_clear) struct lb_buf page = LB_BUF(512);
	size_t count;
	free(world_stream(&f->world, m, NULL, &count));
	lb_buf_addf(&page, "https://www.flickr.com/photos/%s/", member_path(m));
	ask_method(f, "flickr.urls.lookupUser", &(struct lb_param){ "url", lb_buf_str(&page) }, 1);
	ask_about(f, LB_ABOUT_PERSON, m->nsid, NULL, NULL);
	ask_icon(f, m);
	ask_method(f, "flickr.photosets.getList", albums, LB_COUNT(albums));
	ask_method(f, "flickr.galleries.getList", albums, LB_COUNT(albums));
	ask_method(f, "flickr.collections.getTree", albums, 1);
	ask_list(f, "flickr.people.getPublicPhotos", "user_id", m->nsid, NULL, count);
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		ask_list(f, lists[i], "user_id", m->nsid, NULL, 0);
}

static void record_set(struct fake *f, const struct set *s)
{
	static const struct { enum lb_about about; const char *photos, *name; bool by_owner; } methods[SET_KIND_COUNT] = {
		[SET_ALBUM] = { LB_ABOUT_ALBUM, "flickr.photosets.getPhotos", "photoset_id", true },
		[SET_GROUP] = { LB_ABOUT_GROUP, "flickr.groups.pools.getPhotos", "group_id", false },
		[SET_GALLERY] = { LB_ABOUT_GALLERY, "flickr.galleries.getPhotos", "gallery_id", false },
	};
	const char *owner = methods[s->kind].by_owner ? s->owner->nsid : NULL;
	if (s->kind == SET_COLLECTION) /* in the tree of its owner */
		return;
	ask_about(f, methods[s->kind].about, s->id, owner, NULL);
	ask_list(f, methods[s->kind].photos, methods[s->kind].name, s->id, owner, s->nphotos);
}

static bool in_crowd(const struct world *w, const struct member *m)
{
	for (size_t i = 0; i < w->ncrowd; i++)
		if (w->crowd[i] == m)
			return true;
	return false;
}

void record_all(struct fake *f)
{
	const struct world *w = &f->world;
	ask_method(f, "flickr.photos.licenses.getInfo", NULL, 0);
	ask_method(f, "flickr.commons.getInstitutions", NULL, 0);
	for (size_t i = 0; i < w->nphotos; i++) {
		ask_about(f, LB_ABOUT_PHOTO, w->photos[i]->id, NULL, w->photos[i]);
		ask_files(f, w->photos[i]);
	}
	for (size_t i = 0; i < w->nmembers; i++)
		if (!in_crowd(w, w->members[i]))
			record_member(f, w->members[i]);
	for (size_t i = 0; i < w->nsets; i++)
		record_set(f, w->sets[i]);
}
