#include <string.h>

#include "lifeboat/url/internal.h"

static size_t find(struct lb_span s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? (size_t)(at - s.p) : s.n;
}

static size_t end_of_host(struct lb_span s)
{
	size_t i = 0;
	while (i < s.n && s.p[i] != '/' && s.p[i] != '?' && s.p[i] != '#')
		i++;
	return i;
}

static struct lb_span behind(struct lb_span s, size_t n)
{
	return n < s.n ? (struct lb_span){ s.p + n, s.n - n } : (struct lb_span){ "", 0 };
}

static bool decode(struct lb_span s, struct lb_arena *a, struct lb_span *out)
{
	*out = s;
	if (!s.n || !memchr(s.p, '%', s.n))
		return true;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(s.n + 1);
	if (!lb_url_decode(&b, s) || memchr(lb_buf_str(&b), '\0', b.len))
		return false;
	*out = (struct lb_span){ lb_arena_strndup(a, lb_buf_str(&b), b.len), b.len };
	return true;
}

/* Browsers resolve "." and ".." wherever they stand, and take "\" for "/": what the path then means is not what it says. */
static bool is_plain_part(struct lb_span s)
{
	return !lb_span_is(s, ".") && !lb_span_is(s, "..") && !(s.n && memchr(s.p, '\\', s.n));
}

/* An encoded slash does not part: "a%2Fb" is one part, which only a tag can be. Another address glued to the path makes it
 * unreadable. */
static bool split_path(struct lb_span path, struct lb_arena *a, struct lb_url_address *out)
{
	struct lb_span part, beyond;
	while (lb_span_cut(&path, '/', &part)) {
		if (part.n == 0)
			continue;
		struct lb_span *to = out->nparts < LB_URL_PARTS ? &out->parts[out->nparts] : &beyond;
		if (!decode(part, a, to) || !is_plain_part(*to))
			return false;
		if (part.p[part.n - 1] == ':' && lb_span_starts(path, "/"))
			return false;
		out->nparts++;
	}
	return true;
}

/* Pages of the years before the History API kept the real path behind a '#': alone it stands for the path, beside
 * another path nobody knows which of the two was seen. */
static bool take_fragment(struct lb_span *rest)
{
	size_t n = find(*rest, '#');
	struct lb_span fragment = behind(*rest, n + 1);
	rest->n = n;
	if (lb_span_starts(fragment, "!"))
		fragment = behind(fragment, 1);
	if (!lb_span_starts(fragment, "/"))
		return true;
	for (size_t i = 0; i < rest->n; i++) {
		if (rest->p[i] != '/')
			return false;
	}
	fragment.n = find(fragment, '#');
	*rest = fragment;
	return true;
}

enum lb_readable lb_url_address(struct lb_span url, struct lb_arena *arena, struct lb_url_address *out)
{
	struct lb_span rest = url, host;
	if (!lb_url_cut_scheme(&rest))
		return LB_READ_FOREIGN;
	host = (struct lb_span){ rest.p, end_of_host(rest) };
	rest = behind(rest, host.n);
	*out = (struct lb_url_address){ .host = lb_url_host_class(host) };
	if (!out->host)
		return LB_READ_FOREIGN;
	if (!take_fragment(&rest))
		return LB_READ_BROKEN;
	size_t path = find(rest, '?');
	out->query = behind(rest, path + 1);
	rest.n = path;
	return split_path(rest, arena, out) ? LB_READ : LB_READ_BROKEN;
}

/* As forms send them. */
static bool decode_value(struct lb_span s, struct lb_arena *a, struct lb_span *out)
{
	if (s.n && memchr(s.p, '+', s.n)) {
		char *spaced = lb_arena_strndup(a, s.p, s.n);
		for (char *p = spaced; (p = memchr(p, '+', s.n - (size_t)(p - spaced)));)
			*p = ' ';
		s.p = spaced;
	}
	return decode(s, a, out) && (!out->n || lb_url_is_text(*out));
}

bool lb_url_next_pair(struct lb_span *query, struct lb_arena *arena, struct lb_span *name, struct lb_span *value)
{
	struct lb_span pair, key = { "", 0 };
	if (!lb_span_cut(query, '&', &pair))
		return false;
	lb_span_cut(&pair, '=', &key);
	if (!decode_value(key, arena, name))
		*name = (struct lb_span){ "", 0 };
	if (!decode_value(pair, arena, value))
		*value = (struct lb_span){ "", 0 };
	return true;
}
