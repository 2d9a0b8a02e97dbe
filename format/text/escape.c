#include <string.h>

#include "format/text/text_private.h"

bool lb_is_word(struct lb_span s, const char *lower)
{
	for (size_t i = 0; i < s.n; i++)
		if (!lower[i] || (s.p[i] | 0x20) != lower[i])
			return false;
	return lower[s.n] == '\0';
}

struct range { uint32_t first, last; };

static bool in_ranges(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

bool lb_char_is_deceptive(uint32_t c)
{
	static const struct range ranges[] = {
		{0x200B, 0x200B}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
	};
	return c >= 0x200B && in_ranges(ranges, LB_COUNT(ranges), c);
}

bool lb_char_is_forbidden(uint32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return c == 0x7F || c == 0xFFFE || c == 0xFFFF;
}

void lb_show_char(struct lb_buf *b, uint32_t c)
{
	if (lb_char_is_deceptive(c))
		lb_buf_addf(b, "[U+%04X]", (unsigned)c);
	else
		lb_utf8_add(b, lb_char_is_forbidden(c) ? 0xFFFD : c);
}

/* A bare CR would come back from any XML reader as a newline. */
static const char *entity_of(uint32_t c)
{
	static const char *const entities[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;", ['\r'] = "&#13;",
	};
	return c < LB_COUNT(entities) ? entities[c] : NULL;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && !entity_of(c);
}

static size_t plain_run(struct lb_span text)
{
	size_t n = 0;
	while (n < text.n && is_plain((unsigned char)text.p[n]))
		n++;
	return n;
}

void lb_escape_span(struct lb_buf *b, struct lb_span text)
{
	while (text.n) {
		size_t n = plain_run(text);
		lb_buf_add(b, text.p, n);
		text.p += n;
		text.n -= n;
		if (!text.n)
			return;
		uint32_t c = lb_utf8_next(&text);
		const char *entity = entity_of(c);
		if (entity)
			lb_buf_adds(b, entity);
		else
			lb_utf8_add(b, lb_char_is_forbidden(c) ? 0xFFFD : c);
	}
}

void lb_escape(struct lb_buf *b, const char *text)
{
	lb_escape_span(b, lb_span(text));
}

void lb_rich_plain(struct lb_buf *b, const char *text)
{
	for (struct lb_span rest = lb_span(text); rest.n;)
		lb_show_char(b, lb_utf8_next(&rest));
}

void lb_rich_name(struct lb_buf *b, const char *text)
{
	if (!text)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(strlen(text) * 8 + 1); /* "[U+202E]" for three bytes */
	lb_rich_plain(&shown, text);
	lb_escape_span(b, lb_buf_span(&shown));
}
