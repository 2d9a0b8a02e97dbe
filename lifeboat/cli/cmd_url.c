#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "lifeboat/cli/cli.h"
#include "lifeboat/flickr/flickr.h"

/* Which fields a kind of URL has, by the names of flickr-url-parser. */
enum field { PHOTO_ID = 1, USER_URL = 2, USER_ID = 4, ALBUM_ID = 8, GROUP_URL = 16, GALLERY_ID = 32, TAG = 64, PAGE = 128 };
static const unsigned fields_of[LB_URL_KIND_COUNT] = {
	[LB_URL_HOMEPAGE] = 0,
	[LB_URL_PHOTO] = PHOTO_ID | USER_URL | USER_ID,
	[LB_URL_ALBUM] = USER_URL | ALBUM_ID | PAGE,
	[LB_URL_USER] = USER_URL | USER_ID | PAGE,
	[LB_URL_GROUP] = GROUP_URL | PAGE,
	[LB_URL_GALLERY] = GALLERY_ID | PAGE,
	[LB_URL_TAG] = TAG | PAGE,
};
static const struct { enum field field; const char *name; size_t offset; } texts[] = {
	{PHOTO_ID, "photo_id", offsetof(struct lb_flickr_url, photo_id)},
	{USER_URL, "user_url", offsetof(struct lb_flickr_url, user_url)},
	{USER_ID, "user_id", offsetof(struct lb_flickr_url, user_id)},
	{ALBUM_ID, "album_id", offsetof(struct lb_flickr_url, album_id)},
	{GROUP_URL, "group_url", offsetof(struct lb_flickr_url, group_url)},
	{GALLERY_ID, "gallery_id", offsetof(struct lb_flickr_url, gallery_id)},
	{TAG, "tag", offsetof(struct lb_flickr_url, tag)},
};

static const char *text_of(const struct lb_flickr_url *u, size_t i)
{
	const char *value;
	memcpy(&value, (const char *)u + texts[i].offset, sizeof value);
	return value;
}

static void tell_json(struct lb_cli *cli, const char *url, const struct lb_flickr_url *u)
{
	struct lb_line line;
	lb_line_begin(&line, NULL);
	lb_jw_str(&line.w, "url", url);
	lb_jw_str(&line.w, "type", lb_url_kind_name(u->kind));
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (fields_of[u->kind] & texts[i].field)
			lb_jw_str(&line.w, texts[i].name, text_of(u, i));
	if (fields_of[u->kind] & PAGE)
		lb_jw_int(&line.w, "page", u->page);
	lb_line_end(cli, &line);
}

static void say_url(struct lb_cli *cli, const char *url, const struct lb_flickr_url *u)
{
	lb_say(cli, "%s\t%s", lb_cli_show(cli, url), lb_url_kind_name(u->kind));
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if ((fields_of[u->kind] & texts[i].field) && text_of(u, i))
			lb_say(cli, " %s=%s", texts[i].name, lb_cli_show(cli, text_of(u, i)));
	if ((fields_of[u->kind] & PAGE) && u->page > 1)
		lb_say(cli, " page=%" PRId64, u->page);
	lb_say(cli, "\n");
}

static void tell_refusal(struct lb_cli *cli, const char *url, bool flickrs)
{
	struct lb_line line;
	const char *error = flickrs ? "unrecognised_url" : "not_a_flickr_url";
	lb_say(cli, "%s\t%s\n", lb_cli_show(cli, url), error);
	lb_line_begin(&line, NULL);
	lb_jw_str(&line.w, "url", url);
	lb_jw_str(&line.w, "error", error);
	lb_line_end(cli, &line);
}

static bool tell_one(struct lb_cli *cli, const char *url)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_flickr_url parsed = {0};
	struct lb_error why;
	int rc = lb_flickr_url_parse(url, &arena, &parsed, &why);
	if (rc != LB_OK) {
		tell_refusal(cli, url, rc == LB_UNSUPPORTED);
		return false;
	}
	tell_json(cli, url, &parsed);
	say_url(cli, url, &parsed);
	return true;
}

int cmd_url(struct lb_cli *cli, struct lb_error *err)
{
	const char *const *urls;
	size_t count, understood = 0;
	struct lb_line line;
	LB_TRY(lb_cli_words(cli, 0, &urls, &count, err));
	for (size_t i = 0; i < count; i++) {
		LB_TRY(lb_ctx_check(&cli->ctx, err));
		understood += tell_one(cli, urls[i]);
	}
	lb_line_begin(&line, "summary");
	lb_jw_int(&line.w, "urls", (int64_t)count);
	lb_jw_int(&line.w, "understood", (int64_t)understood);
	lb_line_end(cli, &line);
	return understood == count ? LB_EXIT_DONE : LB_EXIT_FAILED;
}
