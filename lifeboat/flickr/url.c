/* What a Flickr URL means: one table of hosts and path patterns. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

#define PARTS_MAX 12 /* path parts that patterns can see; more only match a pattern's `*` */

/* ---- values: what stands for a placeholder --------------------------------------------------- */

/* Each says whether `s` (percent-decoded, one part of the path or a query value) is such a thing and stores it. */
typedef bool value_fn(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out);

static bool keep_digits(struct lb_span s, struct lb_arena *a, const char **out)
{
	if (!lb_field_is_digits(s, 20))
		return false;
	*out = lb_arena_strndup(a, s.p, s.n);
	return true;
}

static bool take_photo(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	return keep_digits(s, a, &out->photo_id);
}

static bool take_album(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	return keep_digits(s, a, &out->album_id);
}

static bool take_gallery(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	return keep_digits(s, a, &out->gallery_id);
}

static bool take_any_digits(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)a, (void)out;
	return lb_field_is_digits(s, 20);
}

/* [0-9]{5,11}@N[0-9]{2}, the n as it may come */
static bool is_nsid(struct lb_span s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
	if (!at)
		return false;
	struct lb_span number = { s.p, (size_t)(at - s.p) }, tail = { at + 1, s.n - number.n - 1 };
	return number.n >= 5 && lb_field_is_digits(number, 11) && tail.n == 3 &&
	       (tail.p[0] == 'N' || tail.p[0] == 'n') && lb_field_is_digits((struct lb_span){ tail.p + 1, 2 }, 2);
}

/* An NSID, put right, or an alias; NULL when it is neither. */
static char *keep_member(struct lb_span s, struct lb_arena *a)
{
	static const char *const reserved[] = { "me", "tags" };
	for (size_t i = 0; i < LB_COUNT(reserved); i++) {
		if (lb_span_is(s, reserved[i]))
			return NULL;
	}
	if (!lb_field_is_word(s, 255))
		return NULL;
	char *name = lb_arena_strndup(a, s.p, s.n);
	if (is_nsid(s))
		name[s.n - 3] = 'N';
	return name;
}

static bool take_user(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	const char *name = keep_member(s, a);
	if (!name)
		return false;
	out->user_url = lb_arena_printf(a, "https://www.flickr.com/photos/%s/", name);
	out->user_id = is_nsid(s) ? name : NULL;
	return true;
}

static bool take_group(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	const char *name = keep_member(s, a);
	if (!name)
		return false;
	out->group_url = lb_arena_printf(a, "https://www.flickr.com/groups/%s", name);
	return true;
}

static bool take_tag(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	if (s.n == 0 || !lb_utf8_valid(s))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	}
	out->tag = lb_arena_strndup(a, s.p, s.n);
	return true;
}

static bool take_page(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	(void)a;
	int64_t page;
	if (!lb_span_starts(s, "page") || !lb_parse_i64((struct lb_span){ s.p + 4, s.n - 4 }, &page) || page < 0)
		return false;
	out->page = page ? page : 1;
	return true;
}

static bool take_short(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	static const char alphabet[] = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
	uint64_t id = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *digit = s.p[i] ? strchr(alphabet, s.p[i]) : NULL;
		if (!digit || __builtin_mul_overflow(id, (uint64_t)58, &id) ||
			__builtin_add_overflow(id, (uint64_t)(digit - alphabet), &id))
			return false;
	}
	if (id == 0)
		return false;
	out->photo_id = lb_arena_printf(a, "%llu", (unsigned long long)id);
	return true;
}

static bool is_lower_alnum(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z')))
			return false;
	}
	return s.n > 0;
}

/* ID_SECRET[_SIZE][_d].EXT */
static bool take_file(struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	struct lb_span stem, id, part;
	unsigned words = 0;
	if (!lb_span_cut(&s, '.', &stem) || !is_lower_alnum(s) || !lb_span_cut(&stem, '_', &id))
		return false;
	for (; lb_span_cut(&stem, '_', &part); words++) {
		if (!is_lower_alnum(part))
			return false;
	}
	return words >= 1 && words <= 3 && keep_digits(id, a, &out->photo_id);
}

static const struct { const char *name; value_fn *take; } values[] = {
	{ "{photo}", take_photo }, { "{user}", take_user }, { "{album}", take_album }, { "{gallery}", take_gallery },
	{ "{group}", take_group }, { "{tag}", take_tag }, { "{page}", take_page }, { "{short}", take_short },
	{ "{file}", take_file }, { "{digits}", take_any_digits },
};

/* ---- hosts ----------------------------------------------------------------------------------- */

enum { SITE = 1, SHORT = 2, FILES = 4, COMMONS = 8, EMBED = 16 };

/* '#' is one or more digits. */
static const struct { const char *pattern; unsigned hosts; } hosts[] = {
	{ "flickr.com", SITE }, { "www.flickr.com", SITE }, { "m.flickr.com", SITE }, { "secure.flickr.com", SITE },
	{ "embedr.flickr.com", SITE | EMBED }, { "flic.kr", SHORT }, { "www.flic.kr", SHORT },
	{ "commons.flickr.org", COMMONS }, { "live.staticflickr.com", FILES }, { "static.flickr.com", FILES },
	{ "photos#.flickr.com", FILES }, { "farm#.static.flickr.com", FILES }, { "farm#.staticflickr.com", FILES },
	{ "c#.staticflickr.com", FILES },
};

static size_t count_digits(struct lb_span s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

static bool same_letter(char c, char lower)
{
	return c == lower || (c >= 'A' && c <= 'Z' && c + ('a' - 'A') == lower);
}

static bool host_is(struct lb_span host, const char *pattern)
{
	for (; *pattern; pattern++) {
		size_t n = *pattern == '#' ? count_digits(host) : host.n && same_letter(host.p[0], *pattern);
		if (n == 0)
			return false;
		host.p += n;
		host.n -= n;
	}
	return host.n == 0;
}

static unsigned hosts_of(struct lb_span host)
{
	if (host.n > 1 && host.p[host.n - 1] == '.')
		host.n--;
	for (size_t i = 0; i < LB_COUNT(hosts); i++) {
		if (host_is(host, hosts[i].pattern))
			return hosts[i].hosts;
	}
	return 0;
}

/* ---- the grammar ----------------------------------------------------------------------------- */

/* The first row that matches wins. `[…]` at the end of a pattern may be missing, `*` is any rest, `?key=…` asks the
 * query. */
static const struct rule { unsigned hosts; const char *pattern; enum lb_url_kind kind; } rules[] = {
	{ EMBED, "photos/{photo}", LB_URL_PHOTO },
	{ SITE, "", LB_URL_HOMEPAGE },
	{ SITE, "photos/tags/{tag}/[{page}]", LB_URL_TAG }, /* before photos: a tag may be a number */
	{ SITE, "photos/{user}/{photo}/*", LB_URL_PHOTO },
	{ SITE, "photo/{user}/{photo}/*", LB_URL_PHOTO },
	{ SITE, "photos/{user}/albums/{album}/[{page}]", LB_URL_ALBUM },
	{ SITE, "photos/{user}/sets/{album}/[{page}]", LB_URL_ALBUM },
	{ SITE, "photos/{user}/albums/{album}/with/{digits}/*", LB_URL_ALBUM },
	{ SITE, "photos/{user}/sets/{album}/with/{digits}/*", LB_URL_ALBUM },
	{ SITE, "photos/{user}/galleries/{gallery}/[{page}]", LB_URL_GALLERY },
	{ SITE, "photos/{user}/gallery/{gallery}/[{page}]", LB_URL_GALLERY },
	{ SITE, "photos/{user}/albums/[{page}]", LB_URL_USER },
	{ SITE, "photos/{user}/[{page}]", LB_URL_USER },
	{ SITE, "people/{user}", LB_URL_USER },
	{ SITE, "groups/{group}", LB_URL_GROUP },
	{ SITE, "groups/{group}/pool/[{page}]", LB_URL_GROUP },
	{ SITE, "photo.gne?id={photo}", LB_URL_PHOTO },
	{ SITE, "photo.gne?short={short}", LB_URL_PHOTO },
	{ SITE, "photo_zoom.gne?id={photo}", LB_URL_PHOTO },
	{ SITE, "photo_exif.gne?id={photo}", LB_URL_PHOTO },
	{ SITE, "photo_edit.gne?id={photo}", LB_URL_PHOTO },
	{ SITE, "video_download.gne?id={photo}", LB_URL_PHOTO },
	{ SITE, "apps/video/stewart.swf?photo_id={photo}", LB_URL_PHOTO },
	{ SHORT, "p/{short}", LB_URL_PHOTO },
	{ FILES, "{file}", LB_URL_PHOTO },
	{ FILES, "{digits}/{file}", LB_URL_PHOTO },
	{ FILES, "{digits}/{digits}/{file}", LB_URL_PHOTO },
	{ FILES, "video/{photo}/*", LB_URL_PHOTO },
	{ COMMONS, "members/{user}/*", LB_URL_USER },
};

struct address {
	unsigned hosts;
	struct lb_span parts[PARTS_MAX]; /* decoded */
	size_t nparts;
	struct lb_span query;
};

static bool decode(struct lb_span s, struct lb_arena *a, struct lb_span *out)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(s.n + 1);
	if (!lb_url_decode(&b, s) || memchr(lb_buf_str(&b), '\0', b.len))
		return false;
	*out = (struct lb_span){ lb_arena_strndup(a, lb_buf_str(&b), b.len), b.len };
	return true;
}

static bool match_value(struct lb_span name, struct lb_span s, struct lb_arena *a, struct lb_flickr_url *out)
{
	for (size_t i = 0; i < LB_COUNT(values); i++) {
		if (lb_span_is(name, values[i].name))
			return values[i].take(s, a, out);
	}
	return lb_span_eq(name, s);
}

static bool match_query(struct lb_span want, struct lb_span query, struct lb_arena *a, struct lb_flickr_url *out)
{
	struct lb_span key, pair, name, value;
	lb_span_cut(&want, '=', &key);
	while (lb_span_cut(&query, '&', &pair)) {
		if (lb_span_cut(&pair, '=', &name) && lb_span_eq(name, key))
			return decode(pair, a, &value) && match_value(want, value, a, out);
	}
	return false;
}

static bool match_path(struct lb_span pattern, const struct address *at, struct lb_arena *a,
	struct lb_flickr_url *out)
{
	struct lb_span want;
	size_t i = 0;
	while (pattern.n && lb_span_cut(&pattern, '/', &want)) {
		if (lb_span_is(want, "*"))
			return true;
		bool optional = lb_span_starts(want, "[");
		if (optional && i == at->nparts)
			return true;
		if (optional)
			want = (struct lb_span){ want.p + 1, want.n - 2 };
		if (i == at->nparts || i == PARTS_MAX || !match_value(want, at->parts[i++], a, out))
			return false;
	}
	return i == at->nparts;
}

static bool match(const struct rule *rule, const struct address *at, struct lb_arena *a, struct lb_flickr_url *out)
{
	struct lb_flickr_url found = { .kind = rule->kind, .page = 1 };
	struct lb_span query = lb_span(rule->pattern), path = query;
	if (!(rule->hosts & at->hosts))
		return false;
	bool asks = strchr(rule->pattern, '?') && lb_span_cut(&query, '?', &path);
	if (!match_path(path, at, a, &found) || (asks && !match_query(query, at->query, a, &found)))
		return false;
	*out = found;
	return true;
}

/* ---- taking a URL apart ---------------------------------------------------------------------- */

static size_t find_any(struct lb_span s, const char *chars)
{
	size_t i = 0;
	while (i < s.n && !strchr(chars, s.p[i]))
		i++;
	return i;
}

static bool is_scheme(struct lb_span s)
{
	return (s.n == 4 && !strncasecmp(s.p, "http", 4)) || (s.n == 5 && !strncasecmp(s.p, "https", 5));
}

/* Moves *rest behind "http://", "https://", "//" or nothing; false when another scheme is meant. */
static bool cut_scheme(struct lb_span *rest)
{
	size_t colon = find_any(*rest, ":/?#");
	bool named = colon + 2 < rest->n && !memcmp(rest->p + colon, "://", 3);
	if (named && !is_scheme((struct lb_span){ rest->p, colon }))
		return false;
	size_t skip = named ? colon + 3 : lb_span_starts(*rest, "//") ? 2 : 0;
	rest->p += skip;
	rest->n -= skip;
	return true;
}

/* The host without its port; what remains begins with '/', '?' or '#'. */
static struct lb_span cut_host(struct lb_span *rest)
{
	struct lb_span host = { rest->p, find_any(*rest, "/?#") };
	rest->p += host.n;
	rest->n -= host.n;
	size_t colon = find_any(host, ":");
	struct lb_span port = { host.p + colon, host.n - colon };
	if (port.n > 1 && lb_field_is_digits((struct lb_span){ port.p + 1, port.n - 1 }, 5))
		host.n = colon;
	return host;
}

static bool split_path(struct lb_span path, struct lb_arena *a, struct address *at)
{
	struct lb_span part;
	while (lb_span_cut(&path, '/', &part)) {
		if (part.n == 0)
			continue;
		if (at->nparts < PARTS_MAX && !decode(part, a, &at->parts[at->nparts]))
			return false;
		at->nparts++;
	}
	return true;
}

static int not_understood(enum lb_status status, const char *why, const char *url, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(400);
	lb_show(&shown, (struct lb_span){ url, strnlen(url, 120) });
	return lb_fail(err, status, "%s: \"%s\"", why, lb_buf_str(&shown));
}

int lb_flickr_url_parse(const char *url, struct lb_arena *arena, struct lb_flickr_url *out, struct lb_error *err)
{
	struct lb_span rest = lb_span_trim(lb_span(url));
	struct address at = { 0 };
	if (cut_scheme(&rest))
		at.hosts = hosts_of(cut_host(&rest));
	if (!at.hosts)
		return not_understood(LB_USAGE, "not a Flickr address", url, err);
	rest.n = find_any(rest, "#");
	size_t path = find_any(rest, "?");
	at.query = (struct lb_span){ rest.p + path + (path < rest.n), rest.n - path - (path < rest.n) };
	rest.n = path;
	bool readable = split_path(rest, arena, &at);
	for (size_t i = 0; readable && i < LB_COUNT(rules); i++) {
		if (match(&rules[i], &at, arena, out))
			return 0;
	}
	return not_understood(LB_UNSUPPORTED,
		"Flickr's, but not a photo, album, member or other thing that is known here", url, err);
}

const char *lb_url_kind_name(enum lb_url_kind kind)
{
	static const char *const names[LB_URL_KIND_COUNT] = {
		[LB_URL_HOMEPAGE] = "homepage", [LB_URL_PHOTO] = "single_photo", [LB_URL_ALBUM] = "album",
		[LB_URL_USER] = "user",
		[LB_URL_GROUP] = "group", [LB_URL_GALLERY] = "gallery", [LB_URL_TAG] = "tag",
	};
	return (unsigned)kind < LB_URL_KIND_COUNT ? names[kind] : NULL;
}
