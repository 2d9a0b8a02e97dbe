/* Letters as they are compared: "É", "é" and "e" followed by an accent are one. */
#include <utf8proc.h>

#include "lifeboat/creator/redact_private.h"

enum { PARTS_MAX = 32 }; /* no letter has more than 18 */

static bool is_accent(int32_t c)
{
	return c >= 0x300 && c <= 0x36F;
}

static uint32_t without_look_alikes(uint32_t c)
{
	static const struct { uint32_t from, to; } others[] = { { 0x131, 'i' }, { 0x85, '\n' }, { 0x2028, '\n' }, { 0x2029, '\n' } };
	for (size_t i = 0; i < LB_COUNT(others); i++)
		if (c == others[i].from)
			return others[i].to;
	return c;
}

size_t lb_fold(uint32_t c, char out[LB_FOLD_MAX])
{
	int32_t parts[PARTS_MAX];
	int ignored = 0;
	size_t n = 0;
	c = without_look_alikes(c);
	utf8proc_ssize_t count = utf8proc_decompose_char((int32_t)c, parts, PARTS_MAX,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_LUMP, &ignored);
	if (count < 0 || count > PARTS_MAX)
		return (size_t)utf8proc_encode_char((int32_t)c, (utf8proc_uint8_t *)out);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		if (!is_accent(parts[i]))
			n += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)out + n);
	return n;
}
