/* Names that look alike: file systems recompose letters (HFS+), or take two cases for one (APFS, NTFS). */
#include <stdlib.h>
#include <string.h>

#include "format/verify/names_private.h"
#include "format/verify/verify_private.h"

#define PARTS_MAX 4 /* no letter of the table has more */

static int by_letter(const void *key, const void *row)
{
	uint32_t letter = *(const uint32_t *)key, other = ((const struct lb_decomposition *)row)->letter;
	return letter < other ? -1 : letter > other;
}

/* Korean syllables are taken apart by arithmetic (Unicode standard, section 3.12). */
static size_t decompose_hangul(uint32_t c, uint32_t out[PARTS_MAX])
{
	uint32_t s = c - 0xAC00, tail = s % 28;
	out[0] = 0x1100 + s / 588;
	out[1] = 0x1161 + s % 588 / 28;
	out[2] = 0x11A7 + tail;
	return tail ? 3 : 2;
}

static size_t decompose(uint32_t c, uint32_t out[PARTS_MAX])
{
	uint32_t marks[PARTS_MAX];
	size_t nmarks = 0, n = 0;
	if (c >= 0xAC00 && c <= 0xD7A3)
		return decompose_hangul(c, out);
	while (nmarks < PARTS_MAX - 1) {
		const struct lb_decomposition *d = bsearch(&c, lb_decompositions, lb_decomposition_count, sizeof *d,
			by_letter);
		if (!d)
			break;
		marks[nmarks++] = d->mark;
		c = d->base;
	}
	out[n++] = c;
	while (nmarks)
		out[n++] = marks[--nmarks];
	return n;
}

/* Capitals of alphabets that have them; what is composed was taken apart before. Within `pairs`, each capital is followed by its
 * small letter. */
static uint32_t fold_case(uint32_t c)
{
	static const struct { uint16_t first, last, distance; bool pairs; } ranges[] = {
		{'A', 'Z', 0x20, false},      {0xC6, 0xC6, 0x20, false},    {0xD0, 0xD0, 0x20, false},
		{0xD8, 0xD8, 0x20, false},    {0xDE, 0xDE, 0x20, false},    {0x110, 0x12F, 1, true},
		{0x132, 0x137, 1, true},      {0x139, 0x148, 1, true},      {0x14A, 0x177, 1, true},
		{0x391, 0x3A9, 0x20, false},  {0x400, 0x40F, 0x50, false},  {0x410, 0x42F, 0x20, false},
		{0x460, 0x481, 1, true},      {0x48A, 0x4BF, 1, true},      {0x4D0, 0x52F, 1, true},
		{0x531, 0x556, 0x30, false},  {0x1E00, 0x1E95, 1, true},    {0x1EA0, 0x1EFF, 1, true},
	};
	for (size_t i = 0; i < LB_COUNT(ranges) && c >= ranges[i].first; i++)
		if (c <= ranges[i].last && (!ranges[i].pairs || (c - ranges[i].first) % 2 == 0))
			return c + ranges[i].distance;
	return c;
}

void lb_name_decompose(struct lb_buf *b, const char *name, bool fold)
{
	struct lb_span rest = lb_span(name);
	while (rest.n) {
		unsigned char byte = (unsigned char)rest.p[0];
		struct lb_span before = rest;
		uint32_t parts[PARTS_MAX], c = lb_utf8_next(&rest);
		if (byte < 0x80) {
			lb_buf_addc(b, fold && byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : (char)byte);
		} else if (before.n - rest.n == 1) {
			lb_buf_addc(b, (char)byte); /* not UTF-8: stands for itself */
		} else {
			for (size_t i = 0, n = decompose(c, parts); i < n; i++)
				lb_utf8_add(b, fold ? fold_case(parts[i]) : parts[i]);
		}
	}
}

static bool is_ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

long lb_name_find_composed(struct lb_verify *v, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(1 << 16);
	size_t member;
	if (is_ascii(path))
		return -1;
	for (size_t i = 0; i < v->count && !v->composed_built; i++) {
		if (is_ascii(v->members[i].path))
			continue;
		lb_buf_reset(&name);
		lb_name_decompose(&name, v->members[i].path, false);
		lb_map_put(&v->composed, lb_buf_span(&name), i);
	}
	v->composed_built = true;
	lb_buf_reset(&name);
	lb_name_decompose(&name, path, false);
	return lb_map_get(&v->composed, lb_buf_span(&name), &member) ? (long)member : -1;
}
