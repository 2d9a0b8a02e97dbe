/* The grammar of Flickr's addresses: one table, and a matcher for it. */
#include <string.h>

#include "lifeboat/url/internal.h"

/* A pattern is the parts of a path, divided by '/', as they are after percent-decoding and without empty ones:
 *     word       this word; ASCII letters in any case, but exactly where short ids stand (class "short")
 *     {name}     a value, see the table in values.c
 *     [{name}]   a value that may be missing
 *     *          anything more, or nothing
 * then perhaps `?name={value}&…`: parameters that the query must have, each with one value only; others do not matter.
 * The first row that matches wins. */
static const struct lb_url_form forms[] = {
	{ LB_HOST_EMBED, "photos/{photo}", "https://embedr.flickr.com/photos/123", LB_URL_PHOTO },
#define SITE(pattern, example, kind) { LB_HOST_SITE, pattern, "https://www.flickr.com/" example, kind }
	SITE("photos/tags/{tag}/[{view}]/[{page}]", "photos/tags/2020", LB_URL_TAG), /* before photos: a tag may be a number */
	SITE("photos/{user}/{photo}/*", "photos/someone/123/in/photostream/", LB_URL_PHOTO),
	SITE("photo/{user}/{photo}/*", "photo/12345@N00/123", LB_URL_PHOTO),
	SITE("photos/{user}/with/{photo}/*", "photos/someone/with/123/", LB_URL_PHOTO),
	SITE("photo.gne?id={photo}", "photo.gne?id=123", LB_URL_PHOTO),
	SITE("photo.gne?short={short}", "photo.gne?short=2ouuqFT", LB_URL_PHOTO),
	SITE("photo_zoom.gne?id={photo}", "photo_zoom.gne?id=123&size=o", LB_URL_PHOTO),
	SITE("photo_exif.gne?id={photo}", "photo_exif.gne?id=123", LB_URL_PHOTO),
	SITE("photo_edit.gne?id={photo}", "photo_edit.gne?id=123", LB_URL_PHOTO),
	SITE("video_download.gne?id={photo}", "video_download.gne?id=123", LB_URL_PHOTO),
	SITE("apps/video/{swf}?photo_id={photo}", "apps/video/stewart.swf?photo_id=123", LB_URL_PHOTO),
	SITE("{swf}?photo_id={photo}", "player.swf?photo_id=123", LB_URL_PHOTO),
	SITE("services/{swf}?photo_id={photo}", "services/player.swf?photo_id=123", LB_URL_PHOTO),

	SITE("photos/{user}/albums/{album}/[{view}]/[{page}]", "photos/someone/albums/7215/page2", LB_URL_ALBUM),
	SITE("photos/{user}/sets/{album}/[{view}]/[{page}]", "photos/someone/sets/7215/detail", LB_URL_ALBUM),
	SITE("photos/{user}/albums/{album}/with/{digits}/*", "photos/someone/albums/7215/with/123", LB_URL_ALBUM),
	SITE("photos/{user}/sets/{album}/with/{digits}/*", "photos/someone/sets/7215/with/123/", LB_URL_ALBUM),
	SITE("photos/{user}/albums/{album}/show/with/{digits}/*", "photos/someone/albums/7215/show/with/123", LB_URL_ALBUM),
	SITE("photos/{user}/sets/{album}/show/with/{digits}/*", "photos/someone/sets/7215/show/with/123/", LB_URL_ALBUM),
	SITE("photos/{user}/albums/{page}", "photos/someone/albums/page2", LB_URL_ALBUMS),
	SITE("photos/{user}/sets/[{page}]", "photos/someone/sets/", LB_URL_ALBUMS),
	SITE("slideShow/index.gne?set_id={album}&user_id={user}", "slideShow/index.gne?set_id=7215&user_id=12345@N00", LB_URL_ALBUM),

	SITE("photos/{user}/galleries/{gallery}/[{page}]", "photos/someone/galleries/7215/", LB_URL_GALLERY),
	SITE("photos/{user}/gallery/{gallery}/[{page}]", "photos/someone/gallery/7215/page2", LB_URL_GALLERY),
	SITE("photos/{user}/galleries/{gallery}/with/{digits}/*", "photos/someone/galleries/7215/with/123", LB_URL_GALLERY),
	SITE("photos/{user}/gallery/{gallery}/with/{digits}/*", "photos/someone/gallery/7215/with/123", LB_URL_GALLERY),
	SITE("photos/{user}/galleries/[{page}]", "photos/someone/galleries/", LB_URL_GALLERIES),
	SITE("people/{user}/galleries/[{page}]", "people/someone/galleries/", LB_URL_GALLERIES),

	SITE("photos/{user}/collections/[{page}]", "photos/someone/collections/", LB_URL_COLLECTION),
	SITE("photos/{user}/collections/{collection}/[{page}]", "photos/someone/collections/7215/", LB_URL_COLLECTION),
	SITE("photos/{user}/favorites/[{view}]/[{page}]", "photos/someone/favorites/page2", LB_URL_FAVORITES),
	SITE("photos/{user}/favorites/with/{digits}/*", "photos/someone/favorites/with/123/", LB_URL_FAVORITES),
	SITE("photos/{user}/tags/{tag}/[{view}]/[{page}]", "photos/someone/tags/boats/page2", LB_URL_USER_TAG),
	SITE("photos/{user}/tags/{tag}/with/{digits}/*", "photos/someone/tags/boats/with/123/", LB_URL_USER_TAG),
	SITE("people/{user}/photosof/[{page}]", "people/someone/photosof/", LB_URL_PEOPLE_IN),
	SITE("photos/{user}/photosof/[{page}]", "photos/someone/photosof/page2", LB_URL_PEOPLE_IN),
	SITE("photosof/{user}/[{page}]", "photosof/someone/", LB_URL_PEOPLE_IN),
	SITE("photos/{user}/archives/[{page}]", "photos/someone/archives/", LB_URL_ARCHIVE),
	SITE("photos/{user}/archives/{dated}/[{view}]/[{page}]", "photos/someone/archives/date-taken/calendar/", LB_URL_ARCHIVE),
	SITE("photos/{user}/archives/{dated}/{year}/[{month}]/[{day}]/[{view}]/[{page}]",
		"photos/someone/archives/date-posted/2010/05/31/", LB_URL_ARCHIVE),

	SITE("photos/{user}/[{view}]/[{page}]", "photos/someone/page3", LB_URL_USER),
	SITE("photos/{user}/albums", "photos/someone/albums", LB_URL_USER), /* as flickr-url-parser has it */
	SITE("people/{user}", "people/12345@N00/", LB_URL_USER),
	SITE("profile.gne?id={user}", "profile.gne?id=12345@N00", LB_URL_USER),
	SITE("photos_user.gne?id={user}", "photos_user.gne?id=12345@N00", LB_URL_USER),

	SITE("groups/{group}", "groups/trees/", LB_URL_GROUP),
	SITE("groups/{group}/pool/[{view}]/[{page}]", "groups/trees/pool/page30", LB_URL_GROUP),
	SITE("groups/{group}/pool/with/{digits}/*", "groups/trees/pool/with/123", LB_URL_GROUP),
	SITE("groups/{group}/discuss/*", "groups/trees/discuss/7215/", LB_URL_GROUP),
	SITE("groups/{group}/members/*", "groups/trees/members/", LB_URL_GROUP),
	SITE("groups/{group}/rules", "groups/trees/rules/", LB_URL_GROUP),
	SITE("groups/{group}/about", "groups/trees/about/", LB_URL_GROUP),
	SITE("slideShow/index.gne?group_id={group}", "slideShow/index.gne?group_id=12345@N00", LB_URL_GROUP),
	SITE("groups/{group}/pool/tags/{tag}/[{view}]/[{page}]", "groups/trees/pool/tags/oak/", LB_URL_GROUP_POOL),
	SITE("groups/{group}/pool/{member}/[{view}]/[{page}]", "groups/trees/pool/12345@N00/", LB_URL_GROUP_POOL),

	SITE("search/[{view}]", "search/?text=boats&license=4", LB_URL_SEARCH),
	SITE("search/advanced", "search/advanced/?tags=boats", LB_URL_SEARCH),
	SITE("explore/[{page}]", "explore/", LB_URL_EXPLORE),
	SITE("explore/interesting", "explore/interesting/", LB_URL_EXPLORE),
	SITE("explore/{date}/[{page}]", "explore/2020-01-31", LB_URL_EXPLORE),
	SITE("explore/{year}/{month}/{day}/[{page}]", "explore/2020/01/31/page2", LB_URL_EXPLORE),
	SITE("explore/interesting/{year}/{month}/{day}/[{page}]", "explore/interesting/2008/02/29/", LB_URL_EXPLORE),
	SITE("commons", "commons", LB_URL_COMMONS),
	SITE("commons/institutions", "commons/institutions/", LB_URL_COMMONS),
	SITE("gp/{user}/{code}", "gp/12345@N00/a1B2c3", LB_URL_SHORT),
	SITE("short_urls.gne?photoset={short}", "short_urls.gne?photoset=aHsjybZ5ZD", LB_URL_SHORT),
	SITE("short_urls.gne?gallery={short}", "short_urls.gne?gallery=2Xry4Jt", LB_URL_SHORT),
	SITE("short_urls.gne?photostream={short}", "short_urls.gne?photostream=ZVcni", LB_URL_SHORT),
	SITE("", "", LB_URL_HOMEPAGE),
#undef SITE
	{ LB_HOST_SHORT, "p/{short}", "https://flic.kr/p/2ouuqFT", LB_URL_PHOTO },
	{ LB_HOST_SHORT, "s/{short}", "https://flic.kr/s/aHsjybZ5ZD", LB_URL_SHORT },
	{ LB_HOST_SHORT, "y/{short}", "https://flic.kr/y/2Xry4Jt", LB_URL_SHORT },
	{ LB_HOST_SHORT, "ps/{short}", "https://flic.kr/ps/ZVcni", LB_URL_SHORT },

	{ LB_HOST_FILES, "{file}", "http://photos12.flickr.com/123_0a1b2c3d4e_b.jpg", LB_URL_PHOTO },
	{ LB_HOST_FILES, "{digits}/{file}", "https://live.staticflickr.com/65535/123_0a1b2c3d4e_o_d.png", LB_URL_PHOTO },
	{ LB_HOST_FILES, "{digits}/{digits}/{file}", "https://c1.staticflickr.com/9/8720/123_0a1b2c3d4e_k.jpg", LB_URL_PHOTO },
	{ LB_HOST_FILES, "video/{photo}/{secret}/*", "https://live.staticflickr.com/video/123/0a1b2c3d4e/720p.mp4", LB_URL_PHOTO },

	{ LB_HOST_COMMONS, "members/{user}/*", "https://commons.flickr.org/members/some_library/", LB_URL_USER },
	{ LB_HOST_COMMONS, "members", "https://commons.flickr.org/members/", LB_URL_COMMONS },
	{ LB_HOST_COMMONS, "", "https://commons.flickr.org/", LB_URL_COMMONS },
};

const struct lb_url_form *lb_url_forms(size_t *count)
{
	*count = LB_COUNT(forms);
	return forms;
}

/* The next part of the pattern; the end is a part of no length. */
static struct lb_span next_part(const char **pattern)
{
	const char *from = *pattern, *p = from;
	while (*p && *p != '/' && *p != '?')
		p++;
	*pattern = *p == '/' ? p + 1 : p;
	return (struct lb_span){ from, (size_t)(p - from) };
}

static bool is_letter_pair(char a, char b)
{
	return (a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
}

static bool same_word(struct lb_span a, struct lb_span b, bool exactly)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (a.p[i] != b.p[i] && (exactly || !is_letter_pair(a.p[i], b.p[i])))
			return false;
	}
	return true;
}

/* What most rows fail at, so it is looked at before any value: words, and the number of parts. */
static bool words_agree(const char *pattern, const struct lb_url_address *at)
{
	size_t i = 0;
	for (struct lb_span want; (want = next_part(&pattern)).n; i++) {
		if (want.p[0] == '[' || want.p[0] == '*')
			return true;
		if (i == at->nparts || i == LB_URL_PARTS)
			return false;
		if (want.p[0] != '{' && !same_word(want, at->parts[i], at->host == LB_HOST_SHORT))
			return false;
	}
	return i == at->nparts;
}

static bool take(struct lb_span name, struct lb_span s, struct lb_url_match *m)
{
	const struct lb_url_value *value = lb_url_value_named(name);
	if (!value->is(s))
		return false;
	m->at[value->slot] = s;
	return true;
}

static bool take_path(const char *pattern, const struct lb_url_address *at, struct lb_url_match *m)
{
	size_t i = 0;
	for (struct lb_span want; (want = next_part(&pattern)).n;) {
		bool there = i < at->nparts && i < LB_URL_PARTS;
		if (want.p[0] == '*')
			return true;
		if (want.p[0] == '[')
			i += there && take((struct lb_span){ want.p + 1, want.n - 2 }, at->parts[i], m);
		else if (!there || (want.p[0] == '{' && !take(want, at->parts[i], m)))
			return false;
		else
			i++;
	}
	return i == at->nparts;
}

/* The value of a parameter; false when it is missing or stands there twice with different values. */
static bool find_parameter(struct lb_span key, struct lb_span query, struct lb_arena *arena, struct lb_span *out)
{
	struct lb_span name, value;
	bool found = false;
	while (lb_url_next_pair(&query, arena, &name, &value)) {
		if (!lb_span_eq(name, key))
			continue;
		if (found && !lb_span_eq(*out, value))
			return false;
		*out = value;
		found = true;
	}
	return found;
}

static bool take_query(const char *pattern, struct lb_span query, struct lb_arena *arena, struct lb_url_match *m)
{
	struct lb_span wanted = lb_span(strchr(pattern, '?')), pair, key, value;
	if (!wanted.p)
		return true;
	for (wanted = lb_span(wanted.p + 1); lb_span_cut(&wanted, '&', &pair);) {
		lb_span_cut(&pair, '=', &key);
		if (!find_parameter(key, query, arena, &value) || !take(pair, value, m))
			return false;
	}
	return true;
}

/* The embedding host answers what the site does, and one form more. */
static bool host_agrees(const char *form, const char *host)
{
	return form == host || (form == LB_HOST_SITE && host == LB_HOST_EMBED);
}

bool lb_url_match(const struct lb_url_address *address, struct lb_arena *arena, struct lb_url_match *out)
{
	for (size_t i = 0; i < LB_COUNT(forms); i++) {
		if (!host_agrees(forms[i].hosts, address->host) || !words_agree(forms[i].pattern, address))
			continue;
		*out = (struct lb_url_match){ .form = &forms[i] };
		if (take_path(forms[i].pattern, address, out) && take_query(forms[i].pattern, address->query, arena, out))
			return true;
	}
	return false;
}

const char *lb_url_render(const struct lb_url_match *match, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	lb_buf_adds(&b, "https://");
	lb_buf_adds(&b, lb_url_host_name(match->form->hosts));
	lb_buf_addc(&b, '/');
	for (const char *p = match->form->pattern; *p;) {
		struct lb_span name = { p, *p == '{' ? (size_t)(strchr(p, '}') - p) + 1 : 1 };
		struct lb_span text = *p == '{' ? match->at[lb_url_value_named(name)->slot] : name;
		lb_buf_add(&b, text.p, text.n);
		p += name.n;
	}
	return lb_arena_strdup(arena, lb_buf_str(&b));
}
