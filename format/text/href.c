#include <string.h>

#include "format/text/text_private.h"

static const char flickr[] = "https://www.flickr.com";
/* RFC 3986: what may stand unencoded behind the host (section 3.3-3.5), and in user information (3.2.1). */
static const char keep_path[] = "-._~:/?#[]@!$&'()*+,;=";
static const char keep_user[] = "-._~!$&'()*+,;=:";

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static struct lb_span skip(struct lb_span s, size_t n)
{
	return (struct lb_span){ s.p + n, s.n - n };
}

static bool is_escape(struct lb_span s)
{
	return s.n > 2 && s.p[0] == '%' && is_hex(s.p[1]) && is_hex(s.p[2]);
}

/* Encodes what a URL may not hold; escapes that are there stay. A second "#" cannot begin another fragment. */
static void add_encoded(struct lb_buf *b, struct lb_span s, const char *keep)
{
	bool fragment = false;
	for (; s.n; s = skip(s, 1)) {
		char c = s.p[0];
		bool again = c == '#' && fragment;
		if (is_alnum(c) || is_escape(s) || (c && strchr(keep, c) && !again))
			lb_buf_addc(b, c);
		else
			lb_buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
		fragment |= c == '#';
	}
}

/* Length of the scheme before ":", or 0. */
static size_t scheme_length(struct lb_span s)
{
	size_t n = 0;
	while (n < s.n && (is_alnum(s.p[n]) || (n && strchr("+.-", s.p[n]))))
		n++;
	bool digit_first = s.n && s.p[0] >= '0' && s.p[0] <= '9';
	return n < s.n && s.p[n] == ':' && !digit_first ? n : 0;
}

/* ---- hosts ------------------------------------------------------------------------------------------------------- */

static bool is_host_char(char c)
{
	return is_alnum(c) || c == '-' || c == '.' || c == '_' || (unsigned char)c >= 0x80;
}

/* Letters of other scripts may stand in a host, encoded or not; an encoded ASCII character could only hide something. */
static bool is_foreign_escape(struct lb_span s)
{
	return is_escape(s) && s.p[1] >= '8';
}

static bool is_name_host(struct lb_span host)
{
	bool word = false;
	for (size_t i = 0; i < host.n; i++) {
		struct lb_span rest = skip(host, i);
		if (!is_host_char(host.p[i]) && !is_foreign_escape(rest))
			return false;
		if (host.p[i] == '.' && (i == 0 || host.p[i - 1] == '.'))
			return false;
		word |= is_alnum(host.p[i]) || (unsigned char)host.p[i] >= 0x80;
	}
	return word && host.p[0] != '-' && lb_utf8_valid(host);
}

static bool is_ip6_host(struct lb_span host)
{
	if (host.n < 4 || host.p[0] != '[' || host.p[host.n - 1] != ']')
		return false;
	for (size_t i = 1; i + 1 < host.n; i++)
		if (!is_hex(host.p[i]) && host.p[i] != ':' && host.p[i] != '.')
			return false;
	return true;
}

static bool is_host(struct lb_span host)
{
	return host.n > 0 && host.n <= 253 && (is_name_host(host) || is_ip6_host(host));
}

/* The last ":" begins a port, unless it is inside the brackets of an IPv6 address. */
static struct lb_span cut_port(struct lb_span *host)
{
	const char *colon = memrchr(host->p, ':', host->n), *bracket = memrchr(host->p, ']', host->n);
	if (!colon || (bracket && bracket > colon))
		return (struct lb_span){ host->p + host->n, 0 };
	struct lb_span port = skip(*host, (size_t)(colon - host->p));
	host->n -= port.n;
	return port;
}

static bool is_port(struct lb_span port)
{
	uint64_t number;
	return port.n == 0 || port.n == 1 || (lb_parse_u64(skip(port, 1), &number) && number <= 65535);
}

static size_t authority_length(struct lb_span s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] != '/' && s.p[n] != '?' && s.p[n] != '#')
		n++;
	return n;
}

/* Like browsers, takes the last "@" as the end of the user information. */
static struct lb_span cut_user(struct lb_span *authority)
{
	struct lb_span user = { authority->p, 0 };
	const char *at = memrchr(authority->p, '@', authority->n);
	if (at) {
		user.n = (size_t)(at - authority->p);
		*authority = skip(*authority, user.n + 1);
	}
	return user;
}

static void add_host(struct lb_buf *b, struct lb_span host)
{
	while (host.n) {
		char c = host.p[0];
		size_t taken = is_escape(host) ? 3 : 1;
		if (taken == 3)
			lb_buf_add(b, host.p, taken);
		else if ((unsigned char)c >= 0x80)
			lb_buf_addf(b, "%%%02X", (unsigned)(unsigned char)c);
		else
			lb_buf_addc(b, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
		host = skip(host, taken);
	}
}

/* `s` is what follows "http://". */
static bool add_web(struct lb_buf *b, const char *scheme, struct lb_span s)
{
	struct lb_span host = { s.p, authority_length(s) }, rest = skip(s, host.n);
	struct lb_span user = cut_user(&host), port = cut_port(&host);
	if (!is_host(host) || !is_port(port))
		return false;
	lb_buf_addf(b, "%s://", scheme);
	if (user.n) {
		add_encoded(b, user, keep_user);
		lb_buf_addc(b, '@');
	}
	add_host(b, host);
	if (port.n > 1)
		lb_buf_add(b, port.p, port.n);
	add_encoded(b, rest, keep_path);
	return true;
}

struct lb_span lb_url_host(const char *url, bool *disguised)
{
	const char *start = strstr(url, "://");
	*disguised = false;
	if (!start)
		return (struct lb_span){ url, 0 };
	struct lb_span host = lb_span(start + 3);
	host.n = authority_length(host);
	*disguised = cut_user(&host).n > 0;
	cut_port(&host);
	return host;
}

/* ---- the whole address --------------------------------------------------------------------------------------------- */

static bool add_with_scheme(struct lb_buf *b, struct lb_span scheme, struct lb_span rest)
{
	static const char *const web[] = { "http", "https" };
	for (size_t i = 0; i < LB_COUNT(web); i++)
		if (lb_is_word(scheme, web[i]))
			return lb_span_starts(rest, "//") && add_web(b, web[i], skip(rest, 2));
	if (!lb_is_word(scheme, "mailto") || !memchr(rest.p, '@', rest.n))
		return false;
	lb_buf_adds(b, "mailto:");
	add_encoded(b, rest, keep_path);
	return true;
}

/* People write "www.example.org/x" and mean that place, not a page of Flickr's. */
static bool is_bare_host(struct lb_span s)
{
	struct lb_span host = { s.p, authority_length(s) };
	return lb_span_starts(host, "www.") && host.n > 4 && memchr(host.p + 4, '.', host.n - 4) && is_host(host);
}

static bool add_address(struct lb_buf *b, struct lb_span s)
{
	size_t scheme = scheme_length(s);
	if (scheme)
		return add_with_scheme(b, (struct lb_span){ s.p, scheme }, skip(s, scheme + 1));
	if (lb_span_starts(s, "//"))
		return add_web(b, "https", skip(s, 2));
	if (is_bare_host(s))
		return add_web(b, "https", s);
	lb_buf_adds(b, flickr);
	if (s.p[0] != '/')
		lb_buf_addc(b, '/');
	add_encoded(b, s, keep_path);
	return true;
}

/* Browsers drop tab and line ends anywhere in an address and controls around it; we drop every control. */
static void add_without_controls(struct lb_buf *b, const char *href)
{
	for (; *href; href++)
		if ((unsigned char)*href >= 0x20 && *href != 0x7F)
			lb_buf_addc(b, *href);
}

char *lb_rich_href(const char *href, struct lb_arena *arena)
{
	if (!href)
		return NULL;
	size_t n = strlen(href);
	LB_AUTO(lb_buf_clear) struct lb_buf clean = LB_BUF(n + 1);
	LB_AUTO(lb_buf_clear) struct lb_buf address = LB_BUF(n * 3 + sizeof flickr + 8);
	add_without_controls(&clean, href);
	struct lb_span s = lb_span_trim(lb_buf_span(&clean));
	if (!s.n || memchr(s.p, '\\', s.n) || !add_address(&address, s))
		return NULL;
	return lb_arena_strndup(arena, lb_buf_str(&address), address.len);
}
