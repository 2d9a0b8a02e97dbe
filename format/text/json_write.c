#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/text_private.h"

/* `nonempty` holds two bits a level: something was written there; it is an array. */
enum { MAX_DEPTH = 32 };

static uint64_t level_bit(unsigned depth, unsigned which)
{
	return (uint64_t)1 << (depth * 2 + which);
}

static void new_line(struct lb_jw *w)
{
	if (!w->compact)
		lb_buf_addf(w->b, "\n%*s", (int)w->depth * 2, "");
}

/* ---- strings --------------------------------------------------------------------------------------------------- */

static void add_escape(struct lb_buf *b, uint32_t c)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\',
	};
	if (c < sizeof letters && letters[c])
		lb_buf_addf(b, "\\%c", letters[c]);
	else
		lb_buf_addf(b, "\\u%04x", (unsigned)c);
}

/* Beyond what JSON demands: "<" for script elements, line separators for old readers of scripts, and whatever would
 * not be seen by a person who looks at the file. Bytes that are no UTF-8 arrive as U+FFFD. */
static bool needs_escape(uint32_t c)
{
	if (c < 0x80)
		return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7F;
	return c < 0xA0 || c == 0x061C || c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029 || c == 0xFFFD ||
		lb_char_is_deceptive(c) || lb_char_is_forbidden(c);
}

/* Most bytes of most texts: ASCII as it stands. Bit c of four words, so that a run is found at the speed of a lookup. */
static const uint32_t plain[4] = { 0, ~(UINT32_C(1) << ('"' - 32) | UINT32_C(1) << ('<' - 32)), ~(UINT32_C(1) << ('\\' - 64)),
	~(UINT32_C(1) << (0x7F - 96)) };

static size_t plain_run(struct lb_span text)
{
	size_t n = 0;
	for (; n < text.n; n++) {
		unsigned char c = (unsigned char)text.p[n];
		if (c >= 0x80 || !(plain[c / 32] >> (c % 32) & 1))
			break;
	}
	return n;
}

static void add_string(struct lb_buf *b, const char *value)
{
	struct lb_span rest = lb_span(value);
	lb_buf_addc(b, '"');
	while (rest.n) {
		size_t n = plain_run(rest);
		lb_buf_add(b, rest.p, n);
		rest.p += n;
		rest.n -= n;
		if (!rest.n)
			break;
		uint32_t c = lb_utf8_next(&rest);
		if (needs_escape(c))
			add_escape(b, c);
		else
			lb_utf8_add(b, c);
	}
	lb_buf_addc(b, '"');
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

/* What printf makes of a number holds the decimal point of the locale, which may be any character. */
static void add_with_point(struct lb_buf *b, const char *number)
{
	for (; *number; number++) {
		if (strchr("0123456789+-e", *number))
			lb_buf_addc(b, *number);
		else if (b->len && b->p[b->len - 1] != '.')
			lb_buf_addc(b, '.');
	}
}

/* The fewest significant digits, less one, from which the same number is read again. */
static int shortest(double value)
{
	char text[64];
	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, value);
		if (strtod(text, NULL) == value) /* both in the same locale */
			return precision;
	}
	return 17;
}

static void add_number(struct lb_buf *b, double value)
{
	char text[64];
	if (!isfinite(value)) {
		lb_buf_adds(b, "null");
		return;
	}
	int precision = shortest(value);
	snprintf(text, sizeof text, "%.*e", precision, value);
	long exponent = strtol(strchr(text, 'e') + 1, NULL, 10);
	if (exponent >= -5 && exponent < 17)
		snprintf(text, sizeof text, "%.*f", precision > exponent ? precision - (int)exponent : 0, value);
	add_with_point(b, text);
}

/* ---- values ------------------------------------------------------------------------------------------------------- */

/* Comma, line and key before a value. */
static void begin_value(struct lb_jw *w, const char *key)
{
	if (w->depth) {
		uint64_t bit = level_bit(w->depth - 1, 0);
		if (w->nonempty & bit)
			lb_buf_addc(w->b, ',');
		w->nonempty |= bit;
		new_line(w);
	}
	if (!key)
		return;
	add_string(w->b, key);
	lb_buf_adds(w->b, w->compact ? ":" : ": ");
}

static void open_level(struct lb_jw *w, const char *key, bool array)
{
	assert(w->depth < MAX_DEPTH);
	begin_value(w, key);
	lb_buf_addc(w->b, array ? '[' : '{');
	w->nonempty &= ~(level_bit(w->depth, 0) | level_bit(w->depth, 1));
	if (array)
		w->nonempty |= level_bit(w->depth, 1);
	w->depth++;
}

void lb_jw_begin(struct lb_jw *w, struct lb_buf *b, bool compact)
{
	*w = (struct lb_jw){ .b = b, .compact = compact };
}

void lb_jw_object(struct lb_jw *w, const char *key)
{
	open_level(w, key, false);
}

void lb_jw_array(struct lb_jw *w, const char *key)
{
	open_level(w, key, true);
}

void lb_jw_end(struct lb_jw *w)
{
	assert(w->depth > 0);
	w->depth--;
	if (w->nonempty & level_bit(w->depth, 0))
		new_line(w);
	lb_buf_addc(w->b, w->nonempty & level_bit(w->depth, 1) ? ']' : '}');
}

void lb_jw_raw(struct lb_jw *w, const char *key, const char *json)
{
	begin_value(w, key);
	lb_buf_adds(w->b, json);
}

void lb_jw_null(struct lb_jw *w, const char *key)
{
	lb_jw_raw(w, key, "null");
}

void lb_jw_bool(struct lb_jw *w, const char *key, bool value)
{
	lb_jw_raw(w, key, value ? "true" : "false");
}

void lb_jw_int(struct lb_jw *w, const char *key, int64_t value)
{
	begin_value(w, key);
	lb_buf_addf(w->b, "%" PRId64, value);
}

void lb_jw_num(struct lb_jw *w, const char *key, double value)
{
	begin_value(w, key);
	add_number(w->b, value);
}

void lb_jw_str(struct lb_jw *w, const char *key, const char *value)
{
	if (!value) {
		lb_jw_null(w, key);
		return;
	}
	begin_value(w, key);
	add_string(w->b, value);
}
