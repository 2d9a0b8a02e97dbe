#include <string.h>
#include <strings.h>

#include "format/bag/bag.h"

enum order { BIG, LITTLE, BY_MARK };

static int wrong(const char *encoding, struct lb_error *err)
{
	return lb_fail(err, LB_FORMAT, "is not %s text", encoding);
}

static int decode_utf8(struct lb_span text, unsigned unused, struct lb_buf *out)
{
	(void)unused;
	if (lb_span_starts(text, "\xEF\xBB\xBF"))
		text = (struct lb_span){text.p + 3, text.n - 3};
	lb_buf_add(out, text.p, text.n);
	return lb_utf8_valid(text) ? 0 : -1;
}

static int decode_single(struct lb_span text, unsigned highest, struct lb_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c > highest)
			return -1;
		lb_utf8_add(out, c);
	}
	return 0;
}

static uint32_t unit(struct lb_span text, size_t i, enum order order)
{
	const unsigned char *p = (const unsigned char *)text.p + i;
	return order == LITTLE ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : (uint32_t)p[0] << 8 | p[1];
}

/* Without a mark, RFC 2781 section 4.3 takes UTF-16 as big-endian. */
static enum order order_of(struct lb_span *text, enum order declared)
{
	enum order order = declared == BY_MARK ? BIG : declared;
	if (text->n < 2)
		return order;
	if (declared == BY_MARK && unit(*text, 0, LITTLE) == 0xFEFF)
		order = LITTLE;
	if (unit(*text, 0, order) == 0xFEFF)
		*text = (struct lb_span){text->p + 2, text->n - 2};
	return order;
}

static int decode_utf16(struct lb_span text, unsigned declared, struct lb_buf *out)
{
	enum order order = order_of(&text, (enum order)declared);
	if (text.n % 2)
		return -1;
	for (size_t i = 0; i < text.n; i += 2) {
		uint32_t c = unit(text, i, order);
		if (c >= 0xD800 && c < 0xDC00 && i + 4 <= text.n) {
			uint32_t low = unit(text, i + 2, order);
			if (low < 0xDC00 || low > 0xDFFF)
				return -1;
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		} else if (c >= 0xD800 && c < 0xE000) {
			return -1;
		}
		lb_utf8_add(out, c);
	}
	return 0;
}

int lb_bag_decode(struct lb_span text, const char *encoding, struct lb_buf *utf8, struct lb_error *err)
{
	static const struct { const char *name; int (*decode)(struct lb_span, unsigned,
		struct lb_buf *); unsigned how; } known[] = {
		{"UTF-8", decode_utf8, 0},          {"UTF8", decode_utf8, 0},
		{"UTF-16", decode_utf16, BY_MARK},  {"UTF-16BE", decode_utf16, BIG},
		{"UTF-16LE", decode_utf16, LITTLE}, {"ISO-8859-1", decode_single, 0xFF},
		{"US-ASCII", decode_single, 0x7F},  {"ASCII", decode_single, 0x7F},
	};
	for (size_t i = 0; i < LB_COUNT(known); i++) {
		if (strcasecmp(encoding, known[i].name) != 0)
			continue;
		if (known[i].decode(text, known[i].how, utf8) != 0)
			return wrong(known[i].name, err);
		return lb_buf_check(utf8, "a tag file", err);
	}
	return lb_fail(err, LB_UNSUPPORTED, "the encoding \"%s\" is not known", encoding);
}
