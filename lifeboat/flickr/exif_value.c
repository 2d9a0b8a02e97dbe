/* Values of EXIF entries as text. How each is rounded: as ExifTool does, whose words Flickr gives. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lifeboat/flickr/exif_private.h"

#define COMPONENTS_MAX 64 /* more numbers than that are a table for machines */

/* ---- text ------------------------------------------------------------------------------------ */

static uint32_t printable(uint32_t c)
{
	bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
	return control ? ' ' : c == 0xfffe || c == 0xffff ? 0xfffd : c;
}

/* Old programs wrote Latin-1: what is not UTF-8 is read as that. */
void lb_exif_text(struct lb_buf *b, struct lb_span text)
{
	struct lb_span rest = { text.p, text.n < LB_EXIF_TEXT_MAX ? text.n : LB_EXIF_TEXT_MAX };
	const char *end = rest.n ? memchr(rest.p, 0, rest.n) : NULL;
	size_t before = b->len;
	if (end)
		rest.n = (size_t)(end - rest.p);
	/* The cut may have gone through a character. */
	for (int i = 0; rest.n == LB_EXIF_TEXT_MAX && i < 3 && !lb_utf8_valid(rest); i++)
		rest.n--;
	bool utf8 = lb_utf8_valid(rest);
	while (rest.n) {
		uint32_t c = utf8 ? lb_utf8_next(&rest) : (unsigned char)*rest.p;
		if (!utf8)
			rest = (struct lb_span){ rest.p + 1, rest.n - 1 };
		lb_utf8_add(b, printable(c));
	}
	while (b->len > before && strchr(" \n\t", b->p[b->len - 1]))
		b->p[--b->len] = '\0';
}

static void show_binary(struct lb_buf *b, const struct lb_exif_entry *e)
{
	lb_buf_addf(b, "(Binary data %zu bytes)", e->data.n);
}

static bool is_plain_ascii(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] > '~')
			return false;
	}
	return s.n > 0;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static const size_t type_size[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };

static uint64_t unsigned_at(const struct lb_exif_entry *e, size_t at, size_t size)
{
	uint64_t n = 0;
	for (size_t i = 0; i < size; i++)
		n = n << 8 | (unsigned char)e->data.p[at + (e->big_endian ? i : size - 1 - i)];
	return n;
}

static double signed_at(const struct lb_exif_entry *e, size_t at, size_t size)
{
	uint64_t n = unsigned_at(e, at, size), half = UINT64_C(1) << (8 * size - 1);
	return n < half ? (double)n : (double)n - 2 * (double)half;
}

static double float_at(const struct lb_exif_entry *e, size_t at, size_t size)
{
	uint64_t bits = unsigned_at(e, at, size);
	uint32_t small = (uint32_t)bits;
	float f;
	double d;
	memcpy(&f, &small, sizeof f);
	memcpy(&d, &bits, sizeof d);
	return size == 4 ? (double)f : d;
}

/* Component i; NaN when there is none, or a rational says 0/0. */
static double number_at(const struct lb_exif_entry *e, size_t i)
{
	size_t size = e->type < LB_COUNT(type_size) ? type_size[e->type] : 0;
	if (size == 0 || e->type == 2 || i >= e->data.n / size)
		return NAN;
	size_t at = i * size;
	switch (e->type) {
	case 5: return (double)unsigned_at(e, at, 4) / (double)unsigned_at(e, at + 4, 4);
	case 10: return signed_at(e, at, 4) / signed_at(e, at + 4, 4);
	case 6: case 8: case 9: return signed_at(e, at, size);
	case 11: case 12: return float_at(e, at, size);
	default: return (double)unsigned_at(e, at, size);
	}
}

static void add_number(struct lb_buf *b, double n)
{
	if (isnan(n))
		lb_buf_adds(b, "undef");
	else if (isinf(n))
		lb_buf_adds(b, "inf");
	else
		lb_buf_addf(b, "%.10g", n == 0 ? 0 : n); /* no -0 */
}

bool lb_exif_key(const struct lb_exif_entry *e, int64_t *key)
{
	if (e->data.n == 0)
		return false;
	double n = e->type == 2 ? (unsigned char)*e->data.p : number_at(e, 0);
	if (!(n >= 0 && n <= UINT32_MAX) || (e->type != 2 && e->count != 1))
		return false;
	*key = (int64_t)n;
	return true;
}

void lb_exif_show_plain(struct lb_buf *b, const struct lb_exif_entry *e)
{
	if (e->type == 2 || (e->type == 7 && is_plain_ascii(e->data)))
		lb_exif_text(b, e->data);
	else if (e->type == 7 || e->count > COMPONENTS_MAX)
		show_binary(b, e);
	else
		for (size_t i = 0; i < e->count; i++) {
			lb_buf_adds(b, i ? " " : "");
			add_number(b, number_at(e, i));
		}
}

/* Shows a number by `fmt`, what is none as it is. */
#define SHOW(name, fmt, value)                                                                          \
	void lb_exif_show_##name(struct lb_buf *b, const struct lb_exif_entry *e)                       \
	{                                                                                               \
		double n = number_at(e, 0);                                                             \
		if (isfinite(n) && isfinite(value))                                                     \
			lb_buf_addf(b, fmt, value);                                                     \
		else                                                                                    \
			lb_exif_show_plain(b, e);                                                       \
	}
SHOW(decimal, "%.1f", n)
SHOW(focal, "%.1f mm", n)
SHOW(millimetres, "%.10g mm", n)
SHOW(metres, "%.10g m", n)
SHOW(apex_aperture, "%.1f", exp2(n / 2))

/* Without zeros that say nothing. */
static void add_rounded(struct lb_buf *b, double n, int decimals)
{
	char text[64];
	int length = snprintf(text, sizeof text, "%.*f", decimals, n);
	while (length > 1 && text[length - 1] == '0')
		length--;
	lb_buf_add(b, text, (size_t)(text[length - 1] == '.' ? length - 1 : length));
}

static void add_seconds(struct lb_buf *b, double n)
{
	if (n > 0 && n < 0.25001 && 1 / n < 1e9)
		lb_buf_addf(b, "1/%d", (int)(0.5 + 1 / n));
	else
		add_rounded(b, n, 1);
}

void lb_exif_show_exposure(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double n = number_at(e, 0);
	if (isfinite(n) && n >= 0 && n < 1e9)
		add_seconds(b, n);
	else
		lb_exif_show_plain(b, e);
}

/* "0.02 sec (1/50)", "8 sec" */
void lb_exif_show_exposure_clean(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double n = number_at(e, 0);
	if (!isfinite(n) || n <= 0 || n >= 1e9)
		return;
	add_rounded(b, n, 3);
	lb_buf_adds(b, " sec");
	if (n < 0.25001 && 1 / n < 1e9)
		lb_buf_addf(b, " (1/%d)", (int)(0.5 + 1 / n));
}

void lb_exif_show_apex_time(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double n = exp2(-number_at(e, 0));
	if (isfinite(n) && n < 1e9)
		add_seconds(b, n);
	else
		lb_exif_show_plain(b, e);
}

/* -1.01, +1, +2/3 */
void lb_exif_show_bias(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double n = number_at(e, 0);
	if (!isfinite(n) || fabs(n) > 1000) {
		lb_exif_show_plain(b, e);
		return;
	}
	for (int parts = 1; parts <= 3; parts++) {
		double whole = trunc(n * 1.00001 * parts);
		if (n != 0 && whole / (n * 1.00001 * parts) > 0.999) {
			lb_buf_addf(b, parts == 1 ? "%+d" : "%+d/%d", (int)whole, parts);
			return;
		}
	}
	lb_buf_addf(b, n == 0 ? "0" : "%+.3g", n);
}

/* 37 deg 46' 29.64", from degrees, minutes and seconds that may each have a fraction. */
void lb_exif_show_degrees(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double minutes = number_at(e, 1), seconds = number_at(e, 2);
	double all = number_at(e, 0) + (isnan(minutes) ? 0 : minutes) / 60 + (isnan(seconds) ? 0 : seconds) / 3600;
	if (!(all >= 0 && all <= 360)) {
		lb_exif_show_plain(b, e);
		return;
	}
	int64_t hundredths = llround(all * 360000);
	lb_buf_addf(b, "%d deg %d' %d.%02d\"", (int)(hundredths / 360000), (int)(hundredths / 6000 % 60),
		(int)(hundredths / 100 % 60), (int)(hundredths % 100));
}

void lb_exif_show_time(struct lb_buf *b, const struct lb_exif_entry *e)
{
	double h = number_at(e, 0), m = number_at(e, 1), s = number_at(e, 2);
	if (!(h >= 0 && h < 100 && m >= 0 && m < 100 && s >= 0 && s < 100)) {
		lb_exif_show_plain(b, e);
		return;
	}
	lb_buf_addf(b, "%02d:%02d:%s%.10g", (int)h, (int)m, s < 10 ? "0" : "", s);
}

void lb_exif_show_dotted(struct lb_buf *b, const struct lb_exif_entry *e)
{
	if (e->data.n > 8) {
		show_binary(b, e);
		return;
	}
	for (size_t i = 0; i < e->data.n; i++)
		lb_buf_addf(b, "%s%u", i ? "." : "", (unsigned char)e->data.p[i]);
}

void lb_exif_show_components(struct lb_buf *b, const struct lb_exif_entry *e)
{
	static const char *const names[] = { "-", "Y", "Cb", "Cr", "R", "G", "B" };
	if (e->data.n > 8) {
		show_binary(b, e);
		return;
	}
	for (size_t i = 0; i < e->data.n; i++) {
		size_t n = (unsigned char)e->data.p[i];
		lb_buf_addf(b, "%s%s", i ? ", " : "", n < LB_COUNT(names) ? names[n] : "?");
	}
}

/* "18-55mm f/3.5-5.6" */
void lb_exif_show_lens(struct lb_buf *b, const struct lb_exif_entry *e)
{
	if (e->count != 4) {
		lb_exif_show_plain(b, e);
		return;
	}
	for (size_t i = 0; i < 4; i += 2) {
		double low = number_at(e, i), high = number_at(e, i + 1);
		lb_buf_adds(b, i ? "mm f/" : "");
		if (isfinite(low))
			add_number(b, low);
		else
			lb_buf_addc(b, '?');
		if (isfinite(high) && high != low) {
			lb_buf_addc(b, '-');
			add_number(b, high);
		}
	}
}

/* ---- texts of other make ------------------------------------------------------------------------ */

static uint32_t unit_at(const struct lb_exif_entry *e, size_t i, bool big)
{
	size_t low = big ? 2 * i + 1 : 2 * i, high = big ? 2 * i : 2 * i + 1;
	return (uint32_t)(unsigned char)e->data.p[high] << 8 | (unsigned char)e->data.p[low];
}

static void add_utf16(struct lb_buf *b, const struct lb_exif_entry *e, bool big)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(4 * LB_EXIF_TEXT_MAX);
	size_t n = e->data.n / 2 < LB_EXIF_TEXT_MAX ? e->data.n / 2 : LB_EXIF_TEXT_MAX;
	for (size_t i = 0; i < n && unit_at(e, i, big); i++) {
		uint32_t c = unit_at(e, i, big), next = i + 1 < n ? unit_at(e, i + 1, big) : 0;
		bool high = c >= 0xd800 && c < 0xdc00, pair = high && next >= 0xdc00 && next < 0xe000;
		if (pair) {
			c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
			i++;
		} else if (c >= 0xd800 && c < 0xe000) {
			c = 0xfffd;
		}
		lb_utf8_add(&text, c);
	}
	lb_exif_text(b, lb_buf_span(&text));
}

/* Windows' own tags: always little-endian. */
void lb_exif_show_ucs2(struct lb_buf *b, const struct lb_exif_entry *e)
{
	add_utf16(b, e, false);
}

/* Eight bytes name the code of the text behind them. */
void lb_exif_show_comment(struct lb_buf *b, const struct lb_exif_entry *e)
{
	struct lb_exif_entry text = *e;
	if (e->data.n < 8)
		return;
	text.data = (struct lb_span){ e->data.p + 8, e->data.n - 8 };
	if (!memcmp(e->data.p, "UNICODE", 8))
		add_utf16(b, &text, e->big_endian);
	else if (!memcmp(e->data.p, "ASCII\0\0", 8) || !memcmp(e->data.p, "\0\0\0\0\0\0\0", 8))
		lb_exif_text(b, text.data);
	else
		show_binary(b, e);
}
