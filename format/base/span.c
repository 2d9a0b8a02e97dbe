#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/base/base.h"

struct lb_span lb_span(const char *s)
{
	return (struct lb_span){s, s ? strlen(s) : 0};
}

bool lb_span_eq(struct lb_span a, struct lb_span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool lb_span_is(struct lb_span s, const char *text)
{
	return lb_span_eq(s, lb_span(text));
}

bool lb_span_starts(struct lb_span s, const char *prefix)
{
	size_t n = strlen(prefix);
	return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}

bool lb_span_ends(struct lb_span s, const char *suffix)
{
	size_t n = strlen(suffix);
	return s.n >= n && (n == 0 || memcmp(s.p + s.n - n, suffix, n) == 0);
}

bool lb_host_below(struct lb_span host, const char *domain)
{
	size_t n = strlen(domain);
	if (host.n < n || strncasecmp(host.p + host.n - n, domain, n) != 0)
		return false;
	return host.n == n || host.p[host.n - n - 1] == '.';
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct lb_span lb_span_trim(struct lb_span s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool lb_span_cut(struct lb_span *rest, char sep, struct lb_span *part)
{
	if (rest->n == 0)
		return false;
	const char *at = memchr(rest->p, sep, rest->n);
	size_t n = at ? (size_t)(at - rest->p) : rest->n;
	size_t taken = at ? n + 1 : n;
	*part = (struct lb_span){rest->p, n};
	rest->p += taken;
	rest->n -= taken;
	return true;
}

int lb_span_cmp(struct lb_span a, struct lb_span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool lb_parse_u64(struct lb_span s, uint64_t *out)
{
	uint64_t value = 0;
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		if (__builtin_mul_overflow(value, (uint64_t)10, &value))
			return false;
		if (__builtin_add_overflow(value, (uint64_t)(s.p[i] - '0'), &value))
			return false;
	}
	*out = value;
	return true;
}

bool lb_parse_i64(struct lb_span s, int64_t *out)
{
	if (!s.n)
		return false;
	bool negative = s.p[0] == '-';
	uint64_t size;
	if (!lb_parse_u64((struct lb_span){s.p + negative, s.n - negative}, &size))
		return false;
	if (size > (uint64_t)INT64_MAX + negative)
		return false;
	*out = negative ? (int64_t)(0 - size) : (int64_t)size;
	return true;
}

static size_t skip_digits(struct lb_span s, size_t i)
{
	while (i < s.n && is_digit(s.p[i]))
		i++;
	return i;
}

/* -?DIGITS[.DIGITS][e[+-]DIGITS] */
static bool is_decimal(struct lb_span s)
{
	size_t start = s.n && s.p[0] == '-', i = skip_digits(s, start);
	if (i == start)
		return false;
	if (i < s.n && s.p[i] == '.') {
		start = i + 1;
		i = skip_digits(s, start);
		if (i == start)
			return false;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		start = i + 1;
		if (start < s.n && (s.p[start] == '+' || s.p[start] == '-'))
			start++;
		i = skip_digits(s, start);
		if (i == start)
			return false;
	}
	return i == s.n;
}

bool lb_parse_double(struct lb_span s, double *out)
{
	char text[128];
	if (s.n >= sizeof text || !is_decimal(s))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	double value = strtod_l(text, NULL, c);
	freelocale(c);
	if (!isfinite(value))
		return false;
	*out = value;
	return true;
}
