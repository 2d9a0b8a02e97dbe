/* Any text as a Flickr URL. What is understood must be safe to put into requests and file names, and must mean the same when
 * it is written as an address again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/url/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool true_of_it)
{
	if (!true_of_it)
		abort();
}

static void expect_text(const char *s)
{
	for (const char *p = s; p && *p; p++)
		expect((unsigned char)*p >= ' ' && *p != 0x7f);
	expect(!s || (*s && lb_utf8_valid(lb_span(s))));
}

static void expect_id(const char *id)
{
	expect(!id || (strlen(id) <= 20 && *id >= '1' && strspn(id, "0123456789") == strlen(id)));
}

/* PREFIX NAME, NAME as it may stand in a path; then "/" or nothing. */
static void expect_url(const char *url, const char *prefix, const char *end)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@._-";
	if (!url)
		return;
	expect(!strncmp(url, prefix, strlen(prefix)));
	const char *name = url + strlen(prefix);
	expect(*name && *name != '.' && !strcmp(name + strspn(name, plain), end));
}

#define AT(member) offsetof(struct lb_flickr_url, member)
static const size_t texts[] = { /* all but the secret, which an address of the photo's page does not hold */
	AT(photo_id), AT(user_url), AT(user_id), AT(album_id), AT(group_url), AT(gallery_id), AT(collection_id), AT(tag), AT(date),
	AT(date_kind), AT(member_url), AT(member_id), AT(short_url),
};

static const char *text_at(const struct lb_flickr_url *u, size_t offset)
{
	const char *s;
	memcpy(&s, (const char *)u + offset, sizeof s);
	return s;
}

static void expect_sound(const struct lb_flickr_url *u)
{
	expect_id(u->photo_id);
	expect_id(u->album_id);
	expect_id(u->gallery_id);
	expect_id(u->collection_id);
	expect_url(u->user_url, "https://www.flickr.com/photos/", "/");
	expect_url(u->member_url, "https://www.flickr.com/photos/", "/");
	expect_url(u->group_url, "https://www.flickr.com/groups/", "");
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		expect_text(text_at(u, texts[i]));
	expect_text(u->secret);
	for (size_t i = 0; i < u->nparams; i++) {
		expect_text(u->params[i].value);
		expect(i == 0 || strcmp(u->params[i - 1].name, u->params[i].name) < 0);
	}
	expect(u->page >= 1 && lb_url_kind_name(u->kind));
	expect((u->kind == LB_URL_PHOTO) == (u->photo_id != NULL) && (u->kind == LB_URL_SHORT) == (u->short_url != NULL));
	expect((u->kind == LB_URL_SEARCH) == (u->nparams > 0));
}

static void add_tag(struct lb_buf *b, const char *path, const char *tag)
{
	lb_buf_adds(b, path);
	lb_url_encode(b, lb_span(tag));
	lb_buf_addc(b, '/'); /* or a full stop at its end would be the sentence's */
}

static void add_days(struct lb_buf *b, const char *path, const char *date)
{
	lb_buf_adds(b, path);
	for (; date && *date; date++)
		lb_buf_addc(b, *date == '-' ? '/' : *date);
}

/* An address of the same thing. */
static void write_again(struct lb_buf *b, const struct lb_flickr_url *u)
{
	static const char *const of_member[LB_URL_KIND_COUNT] = {
		[LB_URL_USER] = "", [LB_URL_FAVORITES] = "favorites/", [LB_URL_ALBUMS] = "sets/", [LB_URL_GALLERIES] = "galleries/",
		[LB_URL_PEOPLE_IN] = "photosof/", [LB_URL_PHOTO] = "", [LB_URL_ALBUM] = "albums/", [LB_URL_GALLERY] = "galleries/",
		[LB_URL_COLLECTION] = "collections/", [LB_URL_USER_TAG] = "", [LB_URL_ARCHIVE] = "archives/date-",
	};
	const char *base = u->short_url ? u->short_url : u->group_url ? u->group_url : u->user_url ? u->user_url : "https://www.flickr.com/";
	const char *ids[] = { u->photo_id, u->album_id, u->gallery_id, u->collection_id };
	lb_buf_adds(b, base);
	if (u->user_url && of_member[u->kind])
		lb_buf_adds(b, of_member[u->kind]);
	if (u->photo_id && !u->user_url)
		lb_buf_adds(b, "photo.gne?id=");
	for (size_t i = 0; i < LB_COUNT(ids); i++)
		lb_buf_adds(b, ids[i] ? ids[i] : "");
	if (u->kind == LB_URL_GROUP_POOL)
		lb_buf_addf(b, "/pool/%s", u->member_url ? u->member_url + strlen("https://www.flickr.com/photos/") : "");
	if (u->tag)
		add_tag(b, u->kind == LB_URL_TAG ? "photos/tags/" : "tags/", u->tag);
	if (u->kind == LB_URL_ARCHIVE)
		lb_buf_addf(b, "%s/", u->date_kind);
	if (u->kind == LB_URL_ARCHIVE || u->kind == LB_URL_EXPLORE)
		add_days(b, u->kind == LB_URL_EXPLORE ? "explore/" : "", u->date);
	lb_buf_adds(b, u->kind == LB_URL_COMMONS ? "commons" : u->kind == LB_URL_SEARCH ? "search/?" : "");
	for (size_t i = 0; i < u->nparams; i++) {
		lb_buf_addf(b, "%s=", u->params[i].name);
		lb_url_encode(b, lb_span(u->params[i].value));
		lb_buf_addc(b, '&');
	}
}

static void expect_same(const struct lb_flickr_url *a, const struct lb_flickr_url *b)
{
	expect(a->kind == b->kind && a->nparams == b->nparams);
	for (size_t i = 0; i < LB_COUNT(texts); i++) {
		const char *x = text_at(a, texts[i]), *y = text_at(b, texts[i]);
		expect(x == y || (x && y && !strcmp(x, y)));
	}
	for (size_t i = 0; i < a->nparams; i++)
		expect(!strcmp(a->params[i].name, b->params[i].name) && !strcmp(a->params[i].value, b->params[i].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_flickr_url u = { .page = -7 }, again;
	struct lb_buf b = LB_BUF(1 << 22);
	char *url = lb_strndup((const char *)data, size);
	int rc = lb_flickr_url_parse(url, &a, &u, &err);
	if (rc == LB_OK) {
		expect_sound(&u);
		write_again(&b, &u);
		expect(lb_flickr_url_parse(lb_buf_str(&b), &a, &again, NULL) == LB_OK);
		expect_same(&u, &again);
	} else {
		expect((rc == LB_USAGE || rc == LB_UNSUPPORTED) && err.what[0] && u.page == -7);
	}
	lb_buf_clear(&b);
	free(url);
	lb_arena_clear(&a);
	return 0;
}
