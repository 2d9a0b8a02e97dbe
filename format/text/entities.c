#include <libxml/HTMLparser.h>
#include <string.h>

#include "format/text/text_private.h"

enum { MAX_NAME = 8 };                         /* "thetasym" is the longest of HTML 4 */

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The five of XML come first: libxml2 walks its table from the start. */
static uint32_t named_char(const char *name)
{
	static const struct { const char *name; uint32_t c; } common[] = {
		{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0},
	};
	for (size_t i = 0; i < LB_COUNT(common); i++)
		if (strcmp(common[i].name, name) == 0)
			return common[i].c;
	const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)name);
	return found ? found->value : 0;
}

/* What a number stands for: HTML reads 0x80-0x9F as Windows-1252, and what no character has as U+FFFD. */
static uint32_t numbered_char(uint32_t n)
{
	static const uint16_t windows_1252[32] = {
		0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
		0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
	};
	if (n == 0 || n > 0x10FFFF || (n >= 0xD800 && n <= 0xDFFF))
		return 0xFFFD;
	if (n >= 0x80 && n <= 0x9F && windows_1252[n - 0x80])
		return windows_1252[n - 0x80];
	return n;
}

static int digit_value(char c, uint32_t base)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char lower = (char)(c | 0x20);
	return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Each returns the length of the reference at the start of `s` ("&" included), or 0 when there is none. */
static size_t number_reference(struct lb_span s, uint32_t *c)
{
	uint32_t base = s.n > 2 && (s.p[2] | 0x20) == 'x' ? 16 : 10, value = 0;
	size_t first = base == 16 ? 3 : 2, i = first;
	for (int digit; i < s.n && (digit = digit_value(s.p[i], base)) >= 0; i++)
		if (value <= 0x10FFFF)
			value = value * base + (uint32_t)digit;
	if (i == first)
		return 0;
	*c = numbered_char(value);
	return i < s.n && s.p[i] == ';' ? i + 1 : i;
}

static size_t name_reference(struct lb_span s, uint32_t *c)
{
	char name[MAX_NAME + 1] = "";
	size_t n = 0;
	while (n < MAX_NAME && n + 1 < s.n && is_alnum(s.p[n + 1])) {
		name[n] = s.p[n + 1];
		n++;
	}
	if (n + 1 >= s.n || s.p[n + 1] != ';')
		return 0;
	*c = named_char(name);
	return *c ? n + 2 : 0;
}

static size_t reference(struct lb_span s, uint32_t *c)
{
	return s.n > 1 && s.p[1] == '#' ? number_reference(s, c) : name_reference(s, c);
}

void lb_html_decode(struct lb_buf *b, struct lb_span text)
{
	while (text.n) {
		const char *and = memchr(text.p, '&', text.n);
		size_t before = and ? (size_t)(and - text.p) : text.n;
		lb_buf_add(b, text.p, before);
		text.p += before;
		text.n -= before;
		if (!and)
			return;
		uint32_t c;
		size_t taken = reference(text, &c);
		lb_utf8_add(b, taken ? c : '&');
		taken += taken == 0;
		text.p += taken;
		text.n -= taken;
	}
}

char *lb_html_unescape(const char *text, struct lb_arena *arena)
{
	struct lb_span s = lb_span(text);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(s.n * 2 + 4); /* no reference is shorter than its character */
	lb_html_decode(&b, s);
	return text ? lb_arena_strndup(arena, lb_buf_str(&b), b.len) : NULL;
}
