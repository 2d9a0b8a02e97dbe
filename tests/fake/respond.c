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
	auth_clear(&f->auth);
	world_clear(&f->world);
	media_cache_clear(&f->media);
	lb_buf_clear(&f->log);
	for (size_t i = 0; i < f->nrecords; i++) {
		lb_buf_clear(&f->members[i]);
		free(f->uris[i]);
	}
	free(f->members);
	free(f->uris);
	for (size_t i = 0; i < f->ncalls; i++)
		free((void *)(uintptr_t)f->calls[i].name);
	free(f->calls);
	lb_map_clear(&f->called);
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
static struct photo *photo_named(const struct fake *f, const char *name, const char *ends)
{
	LB_AUTO(lb_freep) char *id = lb_strndup(name, strcspn(name, ends));
	struct photo *p = world_photo(&f->world, id);
	return p && strcmp(p->id, id) == 0 ? p : NULL;
}

static void answer_static(struct fake *f, const char *path, struct reply *out)
{
	struct size_row rows[SIZE_ROWS_MAX];
	const char *name = strrchr(path, '/') + 1;
	const struct photo *p = photo_named(f, name, "_");
	char source[256];
	size_t count = p ? media_sizes(p, true, rows) : 0;
	snprintf(source, sizeof source, "https:/%s", path);
	source[strcspn(source, "?")] = 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].source, source) == 0) {
			send_file(f, p, &rows[i], out);
			return;
		}
	not_there(out);
}

/* ---- video: the address that getSizes gives leads to one that is good once --------------------------------------- */

static const struct size_row *video_row(const struct photo *p, const char *label, struct size_row rows[SIZE_ROWS_MAX])
{
	size_t count = media_sizes(p, true, rows), n = strcspn(label, "/.");
	for (size_t i = 0; i < count; i++)
		if (rows[i].video && strlen(rows[i].label) == n && strncmp(rows[i].label, label, n) == 0)
			return &rows[i];
	return NULL;
}

/* Sets whether the address is good; tells whether it was. */
static bool open_stream(struct fake *f, struct photo *p, bool open)
{
	pthread_mutex_lock(&f->lock);
	bool was = p->streaming;
	p->streaming = open;
	pthread_mutex_unlock(&f->lock);
	return was;
}

static void answer_play(struct fake *f, const char *path, const char *play, struct reply *out)
{
	struct size_row rows[SIZE_ROWS_MAX];
	const char *id = play;
	while (id > path && id[-1] != '/')
		id--;
	struct photo *p = photo_named(f, id, "/");
	const struct size_row *row = p && photo_is_there(p) ? video_row(p, play + strlen("/play/"), rows) : NULL;
	if (!row || strncmp(row->source + strlen("https:/"), path, strlen(path)) != 0) {
		not_there(out);
		return;
	}
	open_stream(f, p, true);
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
	struct photo *p = photo_named(f, path, "/");
	const struct size_row *row = p ? video_row(p, strrchr(path, '/') + 1, rows) : NULL;
	if (p)
		snprintf(token, sizeof token, "?s=%llx", (unsigned long long)media_token(p));
	if (row && strstr(path, token) && open_stream(f, p, false))
		send_file(f, p, row, out);
	else
		not_there(out);
}

static void answer_icon(struct fake *f, const char *nsid, struct reply *out)
{
	LB_AUTO(lb_freep) char *name = lb_strndup(nsid, strcspn(nsid, "."));
	const struct member *m = world_member(&f->world, name);
	if (!m || strcmp(m->nsid, name) != 0 || strcmp(m->icon_server, "0") == 0) {
		not_there(out);
		return;
	}
	out->status = 200;
	out->type = "image/jpeg";
	media_icon(fake_hash(f->world.seed, m->key), &out->body);
}

/* ---- all addresses --------------------------------------------------------------------------------------------- */

/* Who signed it; false: the answer is there already. */
static bool identify(struct fake *f, const struct query *q, const struct member **viewer, struct reply *out)
{
	const struct signed_request request = { "/api.flickr.com/services/rest/", q };
	const struct grant *grant = NULL;
	*viewer = NULL;
	if (f->auth.key_revoked) {
		out->code = 100;
		answer_failure(100, "Invalid API Key (Key not found)", &out->body);
		return false;
	}
	if (!query_signed(q))
		return true;
	int status = auth_check(&f->auth, &f->world, &request, &grant, &out->body);
	if (status) {
		out->status = status;
		out->type = "text/plain; charset=utf-8";
		return false;
	}
	if (grant->revoked) {
		out->code = 98;
		answer_failure(98, "Invalid auth token", &out->body);
		return false;
	}
	*viewer = grant->member;
	return true;
}

static void answer_api(struct fake *f, const char *query, struct reply *out)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const struct member *viewer;
	struct query q;
	query_parse(&q, query, &arena);
	out->status = 200;
	out->type = XML_TYPE;
	out->api = true;
	pthread_mutex_lock(&f->lock);
	if (identify(f, &q, &viewer, out)) {
		if (viewer) /* signed, so its key is known */
			query_add(&q, "api_key", query_get(&q, "oauth_consumer_key"));
		out->code = answer_query(&f->world, &q, viewer, &out->body);
	}
	pthread_mutex_unlock(&f->lock);
}

static void answer_oauth(struct fake *f, const char *uri, const char *step, struct reply *out)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct query q;
	const char *question = strchr(uri, '?');
	char path[128], name[32];
	query_parse(&q, question ? question + 1 : "", &arena);
	snprintf(path, sizeof path, "%.*s", (int)strcspn(uri, "?"), uri);
	snprintf(name, sizeof name, "%.*s", (int)strcspn(step, "?"), step);
	const struct signed_request request = { path, &q };
	out->type = strcmp(name, "authorize") == 0 ? HTML_TYPE : "text/plain; charset=utf-8";
	pthread_mutex_lock(&f->lock);
	out->status = auth_step(&f->auth, &f->world, name, &request, &out->body);
	pthread_mutex_unlock(&f->lock);
}

void fake_respond(struct fake *f, const char *uri, struct reply *out)
{
	static const char api[] = "/api.flickr.com/services/rest/", files[] = "/live.staticflickr.com/65535/",
		videos[] = "/live.staticflickr.com/video/", pages[] = "/www.flickr.com/photos/",
		oauth[] = "/www.flickr.com/services/oauth/";
	const char *play = strstr(uri, "/play/"), *icon = strstr(uri, "/buddyicons/");
	*out = (struct reply){ .body = LB_BUF(BODY_MAX) };
	if (strncmp(uri, api, sizeof api - 1) == 0)
		answer_api(f, uri[sizeof api - 1] == '?' ? uri + sizeof api : "", out);
	else if (strncmp(uri, files, sizeof files - 1) == 0 && !icon)
		answer_static(f, uri, out);
	else if (strncmp(uri, videos, sizeof videos - 1) == 0)
		answer_video(f, uri + sizeof videos - 1, out);
	else if (strncmp(uri, pages, sizeof pages - 1) == 0 && play)
		answer_play(f, uri, play, out);
	else if (icon && strstr(uri, ".staticflickr.com/"))
		answer_icon(f, icon + strlen("/buddyicons/"), out);
	else if (strncmp(uri, oauth, sizeof oauth - 1) == 0)
		answer_oauth(f, uri, uri + sizeof oauth - 1, out);
	else
		links_answer(&f->world, uri, out);
	if (!out->status)
		not_there(out);
}
