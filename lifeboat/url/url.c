/* What a Flickr URL means. */
#include <string.h>

#include "lifeboat/url/internal.h"

static int refuse(enum lb_status status, const char *why, struct lb_span text, struct lb_error *err)
{
	if (!err) /* whoever reads millions does not want to pay for words */
		return status;
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(400);
	lb_show(&shown, (struct lb_span){ text.p, text.n < 120 ? text.n : 120 });
	return lb_fail(err, status, "%s: \"%s\"", why, lb_buf_str(&shown));
}

/* Words behind a photo's address are no part of it; behind a tag or a search they might be. */
static bool is_complete(const struct lb_flickr_url *u, enum lb_found found)
{
	return found == LB_FOUND_ONE || (!u->tag && !u->nparams);
}

static int understand(struct lb_span url, enum lb_found found, struct lb_arena *arena, struct lb_flickr_url *out, struct lb_error *err)
{
	static const char unknown[] = "Flickr's, but not a photo, album, member or other thing that is known here";
	struct lb_url_address address;
	struct lb_url_match match;
	struct lb_flickr_url answer;
	enum lb_readable readable = lb_url_address(url, arena, &address);
	if (readable == LB_READ_FOREIGN)
		return refuse(LB_USAGE, "not a Flickr address", url, err);
	if (readable == LB_READ_BROKEN || !lb_url_match(&address, arena, &match) ||
		!lb_url_answer(&match, address.query, arena, &answer) || !is_complete(&answer, found))
		return refuse(LB_UNSUPPORTED, unknown, url, err);
	*out = answer;
	return LB_OK;
}

int lb_flickr_url_parse(const char *url, struct lb_arena *arena, struct lb_flickr_url *out, struct lb_error *err)
{
	struct lb_span text = lb_span(url), one = { "", 0 };
	enum lb_found found = lb_url_find(text, &one);
	if (found == LB_FOUND_NONE)
		return refuse(LB_USAGE, "not a Flickr address", text, err);
	if (found == LB_FOUND_SEVERAL)
		return refuse(LB_USAGE, "more than one address", text, err);
	struct lb_flickr_url ignored;
	int rc = understand(one, found, arena, found == LB_FOUND_CUT ? &ignored : out, err);
	if (rc == LB_USAGE || found != LB_FOUND_CUT)
		return rc;
	return refuse(LB_UNSUPPORTED, "the end of the address is cut off", text, err);
}

const char *lb_url_kind_name(enum lb_url_kind kind)
{
	static const char *const names[LB_URL_KIND_COUNT] = {
		[LB_URL_HOMEPAGE] = "homepage", [LB_URL_PHOTO] = "single_photo", [LB_URL_ALBUM] = "album", [LB_URL_USER] = "user",
		[LB_URL_GROUP] = "group", [LB_URL_GALLERY] = "gallery", [LB_URL_TAG] = "tag", [LB_URL_FAVORITES] = "favorites",
		[LB_URL_USER_TAG] = "user_tag", [LB_URL_ALBUMS] = "albums", [LB_URL_GALLERIES] = "galleries",
		[LB_URL_COLLECTION] = "collection", [LB_URL_PEOPLE_IN] = "people_in", [LB_URL_SEARCH] = "search",
		[LB_URL_EXPLORE] = "explore", [LB_URL_COMMONS] = "commons", [LB_URL_ARCHIVE] = "archive",
		[LB_URL_GROUP_POOL] = "group_pool", [LB_URL_SHORT] = "short",
	};
	return (unsigned)kind < LB_URL_KIND_COUNT ? names[kind] : NULL;
}
