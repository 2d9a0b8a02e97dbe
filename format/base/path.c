#include <string.h>
#include <strings.h>

#include "format/base/base.h"

#define PART_MAX 255
#define PATH_WHOLE_MAX 4096
#define SLUG_MAX 60

static bool has_control(struct lb_span text)
{
	while (text.n) {
		uint32_t c = lb_utf8_next(&text);
		if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
			return true;
	}
	return false;
}

/* Windows takes these for devices, in any case, with any extension, and spaces before it. */
static bool is_reserved(struct lb_span part)
{
	static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"};
	static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};
	struct lb_span stem = {0};
	lb_span_cut(&part, '.', &stem);
	while (stem.n && stem.p[stem.n - 1] == ' ')
		stem.n--;
	for (size_t i = 0; i < LB_COUNT(devices); i++)
		if (stem.n == strlen(devices[i]) && strncasecmp(stem.p, devices[i], stem.n) == 0)
			return true;
	if (stem.n < 4 || (strncasecmp(stem.p, "COM", 3) != 0 && strncasecmp(stem.p, "LPT", 3) != 0))
		return false;
	for (size_t i = 0; i < LB_COUNT(digits); i++)
		if (lb_span_is((struct lb_span){stem.p + 3, stem.n - 3}, digits[i]))
			return true;
	return false;
}

static const char *part_fault(struct lb_span part)
{
	if (part.n == 0)
		return "has an empty part";
	if (lb_span_is(part, ".") || lb_span_is(part, ".."))
		return "has a \".\" or \"..\" part";
	if (part.n > PART_MAX)
		return "has a part longer than 255 bytes";
	if (part.p[part.n - 1] == '.' || part.p[part.n - 1] == ' ')
		return "has a part that ends in a dot or space";
	if (is_reserved(part))
		return "has a name that Windows reserves";
	return NULL;
}

static bool has_drive(struct lb_span path)
{
	char letter = (char)(path.p[0] | 0x20);
	return path.n >= 2 && path.p[1] == ':' && letter >= 'a' && letter <= 'z';
}

static const char *whole_fault(struct lb_span path)
{
	if (path.n == 0)
		return "is empty";
	if (path.n > PATH_WHOLE_MAX)
		return "is longer than 4096 bytes";
	if (path.p[0] == '/')
		return "is absolute";
	if (has_drive(path))
		return "has a drive letter";
	if (memchr(path.p, '\\', path.n))
		return "has a backslash";
	if (!lb_utf8_valid(path))
		return "is not UTF-8";
	if (has_control(path))
		return "has a control character";
	return path.p[path.n - 1] == '/' ? "has an empty part" : NULL;
}

bool lb_path_is_safe(struct lb_span path, const char **why)
{
	const char *fault = whole_fault(path);
	for (struct lb_span part; !fault && lb_span_cut(&path, '/', &part);)
		fault = part_fault(part);
	if (fault && why)
		*why = fault;
	return !fault;
}

void lb_path_join(struct lb_buf *b, const char *dir, const char *rest)
{
	size_t n = strlen(dir);
	lb_buf_add(b, dir, n);
	if (n && dir[n - 1] != '/')
		lb_buf_addc(b, '/');
	lb_buf_adds(b, rest);
}

const char *lb_path_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* RFC 3986 section 2.3 */
static bool is_unreserved(char c)
{
	char lower = (char)(c | 0x20);
	return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
}

static void encode(struct lb_buf *b, struct lb_span text, char keep)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (is_unreserved(text.p[i]) || (keep && text.p[i] == keep))
			lb_buf_addc(b, text.p[i]);
		else
			lb_buf_add(b, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
	}
}

void lb_url_encode_path(struct lb_buf *b, struct lb_span path)
{
	encode(b, path, '/');
}

void lb_url_encode(struct lb_buf *b, struct lb_span text)
{
	encode(b, text, '\0');
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char lower = (char)(c | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool lb_url_decode(struct lb_buf *b, struct lb_span text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '%') {
			lb_buf_addc(b, text.p[i]);
			continue;
		}
		int high = i + 2 < text.n ? hex_value(text.p[i + 1]) : -1;
		int low = i + 2 < text.n ? hex_value(text.p[i + 2]) : -1;
		if (high < 0 || low < 0)
			return false;
		lb_buf_addc(b, (char)(high << 4 | low));
		i += 2;
	}
	return true;
}

void lb_slug(struct lb_buf *b, const char *text)
{
	char slug[SLUG_MAX];
	size_t n = 0;
	for (; *text && n < sizeof slug; text++) {
		char lower = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;
		if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))
			slug[n++] = lower;
		else if (n && slug[n - 1] != '-')
			slug[n++] = '-';
	}
	while (n && slug[n - 1] == '-')
		n--;
	lb_buf_add(b, slug, n);
}

/* Characters that a reader cannot see, or that turn the text around them. */
static bool is_hidden(uint32_t c)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{0x0000, 0x001F}, {0x007F, 0x009F}, {0x061C, 0x061C}, {0x200B, 0x200F},
		{0x2028, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
	};
	for (size_t i = 0; i < LB_COUNT(ranges); i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

void lb_show(struct lb_buf *b, struct lb_span text)
{
	while (text.n) {
		struct lb_span before = text;
		uint32_t c = lb_utf8_next(&text);
		size_t n = before.n - text.n;
		bool invalid = c == 0xFFFD && n == 1;
		if (invalid || (c < 0x80 && is_hidden(c)))
			lb_buf_addf(b, "\\x%02x", (unsigned)(unsigned char)before.p[0]);
		else if (is_hidden(c))
			lb_buf_addf(b, "U+%04X", (unsigned)c);
		else
			lb_buf_add(b, before.p, n);
	}
}
