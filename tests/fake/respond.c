/* Addresses: which part of the fake answers them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/fake.h"

#define BODY_MAX (128u << 20)
#define XML_TYPE "text/xml; charset=utf-8"
#define HTML_TYPE "text/html; charset=utf-8"

void fake_init(struct fake *f)
{
	*f = (struct fake){ .log = LB_BUF(256u << 20) };
	pthread_mutex_init(&f->lock, NULL);
	media_cache_init(&f->media);
}

void fake_clear(struct fake *f)
{
	world_clear(&f->world);
	media_cache_clear(&f->media);
	lb_buf_clear(&f->log);
	for (size_t i = 0; i < f->nrecords; i++) {
		lb_buf_clear(&f->members[i]);
		free(f->uris[i]);
	}
	free(f->members);
	free(f->uris);
	lb_map_clear(&f->recorded);
	pthread_mutex_destroy(&f->lock);
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

static void not_there(struct reply *out)
{
	out->status = 404;
	out->type = HTML_TYPE;
}

static void send_file(struct fake *f, const struct photo *p, const struct size_row *row, struct reply *out)
{
	out->status = 200;
	out->type = "image/jpeg";
	pthread_mutex_lock(&f->lock);
	enum media_state media = photo_is_there(p) ? p->media : MEDIA_404;
	pthread_mutex_unlock(&f->lock);
	if (media == MEDIA_404) {
		not_there(out);
	} else if (media == MEDIA_GONE) {
		media_gone(&out->body);
	} else if (media == MEDIA_HTML) {
		out->type = HTML_TYPE;
		lb_buf_adds(&out->body, "<!DOCTYPE html>\n<html><head><title>Flickr</title></head><body><p>Something went wrong.</p></body></html>\n");
	} else {
		media_bytes(&f->media, p, row, &out->body, &out->type);
	}
}

/* The photo whose id stands at the start of `name`, up to one of `ends`. */
static const struct photo *photo_named(const struct fake *f, const char *name, const char *ends)
{
	LB_AUTO(lb_freep) char *id = lb_strndup(name, strcspn(name, ends));
	const struct photo *p = world_photo(&f->world, id);
	return p && strcmp(p->id, id) == 0 ? p : NULL;
}

static void answer_static(struct fake *f, const char *path, struct reply *out)
{
	struct size_row rows[SIZE_ROWS_MAX];
	const char *name = strrchr(path, '/') + 1;
	const struct photo *p = photo_named(f, name, "_");
	char source[256];
	size_t count = p ? media_sizes(p, rows) : 0;
	snprintf(source, sizeof source, "https:/%s", path);
	source[strcspn(source, "?")] = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].source, source) == 0) {
			send_file(f, p, &rows[i], out);
			return;
		}
	not_there(out);
}

/* ---- video: the address that getSizes gives leads to one that soon expires ------------------------------------- */

static const struct size_row *video_row(const struct photo *p, const char *label, struct size_row rows[SIZE_ROWS_MAX])
{
	size_t count = media_sizes(p, rows), n = strcspn(label, "/.");
	for (size_t i = 0; i < count; i++)
		if (rows[i].video && strlen(rows[i].label) == n && strncmp(rows[i].label, label, n) == 0)
			return &rows[i];
	return NULL;
}

static void answer_play(struct fake *f, const char *path, const char *play, struct reply *out)
{
	struct size_row rows[SIZE_ROWS_MAX];
	const char *id = play;
	while (id > path && id[-1] != '/')
		id--;
	const struct photo *p = photo_named(f, id, "/");
	const struct size_row *row = p ? video_row(p, play + strlen("/play/"), rows) : NULL;
	if (!row || strncmp(row->source + strlen("https:/"), path, strlen(path)) != 0) {
		not_there(out);
		return;
	}
	out->status = 302;
	out->type = HTML_TYPE;
	snprintf(out->location, sizeof out->location, "https://live.staticflickr.com/video/%s/%s/%s.mp4?s=%llx", p->id,
		p->secret, row->label, (unsigned long long)media_token(p));
}

/* /video/ID/SECRET/LABEL.mp4?s=TOKEN */
static void answer_video(struct fake *f, const char *path, struct reply *out)
{
	struct size_row rows[SIZE_ROWS_MAX];
	char token[32];
	const struct photo *p = photo_named(f, path, "/");
	const struct size_row *row = p ? video_row(p, strrchr(path, '/') + 1, rows) : NULL;
	if (p)
		snprintf(token, sizeof token, "?s=%llx", (unsigned long long)media_token(p));
	if (row && strstr(path, token))
		send_file(f, p, row, out);
	else
		not_there(out);
}

static void answer_icon(struct fake *f, const char *nsid, struct reply *out)
{
	LB_AUTO(lb_freep) char *name = lb_strndup(nsid, strcspn(nsid, "."));
	const struct member *m = world_member(&f->world, name);
	if (!m || strcmp(m->nsid, name) != 0) {
		not_there(out);
		return;
	}
	out->status = 200;
	out->type = "image/jpeg";
	media_icon(fake_hash(f->world.seed, m->key), &out->body);
}

/* ---- all addresses --------------------------------------------------------------------------------------------- */

static void answer_api(struct fake *f, const char *query, struct reply *out)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct query q;
	query_parse(&q, query, &arena);
	out->status = 200;
	out->type = XML_TYPE;
	out->api = true;
	pthread_mutex_lock(&f->lock);
	out->code = answer_query(&f->world, &q, &out->body);
	pthread_mutex_unlock(&f->lock);
}

void fake_respond(struct fake *f, const char *uri, struct reply *out)
{
	static const char api[] = "/api.flickr.com/services/rest/", files[] = "/live.staticflickr.com/65535/",
		videos[] = "/live.staticflickr.com/video/", pages[] = "/www.flickr.com/photos/";
	const char *play = strstr(uri, "/play/"), *icon = strstr(uri, "/buddyicons/");
	*out = (struct reply){ .body = LB_BUF(BODY_MAX) };
	if (strncmp(uri, api, sizeof api - 1) == 0)
		answer_api(f, uri[sizeof api - 1] == '?' ? uri + sizeof api : "", out);
	else if (strncmp(uri, files, sizeof files - 1) == 0)
		answer_static(f, uri, out);
	else if (strncmp(uri, videos, sizeof videos - 1) == 0)
		answer_video(f, uri + sizeof videos - 1, out);
	else if (strncmp(uri, pages, sizeof pages - 1) == 0 && play)
		answer_play(f, uri, play, out);
	else if (icon && strstr(uri, ".staticflickr.com/"))
		answer_icon(f, icon + strlen("/buddyicons/"), out);
	else
		not_there(out);
}
