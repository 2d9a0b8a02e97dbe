#include <string.h>

#include "lifeboat/url/internal.h"

const char LB_HOST_SITE[] = "site", LB_HOST_EMBED[] = "embed", LB_HOST_SHORT[] = "short", LB_HOST_FILES[] = "files",
	   LB_HOST_COMMONS[] = "commons", LB_HOST_OTHER[] = "other";

/* '#' is one or more digits, '*' one or more letters, digits, hyphens and dots. The first row of a class is its name today. */
static const struct { const char *pattern, *host_class; } hosts[] = {
	{ "www.flickr.com", LB_HOST_SITE }, { "flickr.com", LB_HOST_SITE }, { "www2.flickr.com", LB_HOST_SITE },
	{ "m.flickr.com", LB_HOST_SITE }, { "secure.flickr.com", LB_HOST_SITE },
	{ "embedr.flickr.com", LB_HOST_EMBED },
	{ "flic.kr", LB_HOST_SHORT }, { "www.flic.kr", LB_HOST_SHORT },
	{ "live.staticflickr.com", LB_HOST_FILES }, { "static.flickr.com", LB_HOST_FILES },
	{ "photos.flickr.com", LB_HOST_FILES }, { "photos#.flickr.com", LB_HOST_FILES },
	{ "farm#.static.flickr.com", LB_HOST_FILES }, { "farm#.staticflickr.com", LB_HOST_FILES },
	{ "c#.staticflickr.com", LB_HOST_FILES },
	{ "commons.flickr.org", LB_HOST_COMMONS },
	{ "*.flickr.com", LB_HOST_OTHER }, { "*.staticflickr.com", LB_HOST_OTHER }, { "*.flickr.org", LB_HOST_OTHER },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_plain(struct lb_span host)
{
	for (size_t i = 0; i < host.n; i++) {
		char c = lower(host.p[i]);
		if (!is_digit(c) && (c < 'a' || c > 'z') && c != '-' && c != '.')
			return false;
	}
	return true;
}

static bool host_is(struct lb_span host, const char *pattern)
{
	size_t i = 0;
	if (*pattern == '*')
		return host.n > strlen(pattern + 1) && lb_host_below(host, pattern + 2) && is_plain(host);
	for (; *pattern; pattern++) {
		size_t from = i;
		if (*pattern == '#')
			while (i < host.n && is_digit(host.p[i]))
				i++;
		else
			i += i < host.n && lower(host.p[i]) == *pattern;
		if (i == from)
			return false;
	}
	return i == host.n;
}

/* Only the ports of http and https are Flickr's. */
static bool cut_port(struct lb_span *host)
{
	struct lb_span rest = *host, name = { "", 0 };
	lb_span_cut(&rest, ':', &name);
	*host = name;
	return rest.n == 0 || lb_span_is(rest, "80") || lb_span_is(rest, "443");
}

const char *lb_url_host_class(struct lb_span host)
{
	if (!cut_port(&host))
		return NULL;
	if (host.n && host.p[host.n - 1] == '.')
		host.n--;
	for (size_t i = 0; i < LB_COUNT(hosts); i++) {
		if (host_is(host, hosts[i].pattern))
			return hosts[i].host_class;
	}
	return NULL;
}

const char *lb_url_host_name(const char *host_class)
{
	for (size_t i = 0; i < LB_COUNT(hosts); i++) {
		if (hosts[i].host_class == host_class)
			return hosts[i].pattern;
	}
	return NULL;
}
