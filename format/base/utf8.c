#include "format/base/base.h"

/* Well-formed sequences by first byte (Unicode, table 3-7): the second byte's range keeps out overlong forms, surrogates
 * and what lies beyond U+10FFFF. */
static const struct form { unsigned char first, last, length, low, high; } forms[] = {
	{0x00, 0x7F, 1, 0, 0},       {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF},
	{0xE1, 0xEC, 3, 0x80, 0xBF}, {0xED, 0xED, 3, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x80, 0xBF},
	{0xF0, 0xF0, 4, 0x90, 0xBF}, {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

static const struct form *form_of(unsigned char first)
{
	for (size_t i = 0; i < LB_COUNT(forms); i++)
		if (first >= forms[i].first && first <= forms[i].last)
			return &forms[i];
	return NULL;
}

/* Length of the character at the start of a non-empty span, or 0 when there is none. */
static size_t char_length(struct lb_span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	const struct form *form = form_of(p[0]);
	if (!form || form->length > s.n)
		return 0;
	if (form->length > 1 && (p[1] < form->low || p[1] > form->high))
		return 0;
	for (size_t i = 2; i < form->length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return form->length;
}

bool lb_utf8_valid(struct lb_span s)
{
	while (s.n) {
		size_t n = char_length(s);
		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

uint32_t lb_utf8_next(struct lb_span *s)
{
	static const unsigned char lead[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	const unsigned char *p = (const unsigned char *)s->p;
	size_t n = char_length(*s);
	uint32_t c = n ? p[0] & lead[n] : 0xFFFD;
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3F);
	s->p += n ? n : 1;
	s->n -= n ? n : 1;
	return c;
}

void lb_utf8_add(struct lb_buf *b, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	char out[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char mark[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)(mark[n] | c);
	lb_buf_add(b, out, n);
}
