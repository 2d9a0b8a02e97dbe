/* Where a file's head keeps what it says of itself. Facts: JPEG (ITU T.81 B.1.1), JFIF, Exif 2.3 section 4.7, Adobe's
 * Photoshop and XMP (part 3) specifications, PNG third edition. */
#include <string.h>

#include "lifeboat/flickr/exif_private.h"

static size_t be16(const char *p)
{
	return (size_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static size_t be32(const char *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static bool starts(struct lb_span s, const char *magic, size_t n)
{
	return s.n >= n && !memcmp(s.p, magic, n);
}

static struct lb_span behind(struct lb_span s, size_t n)
{
	return n <= s.n ? (struct lb_span){ s.p + n, s.n - n } : (struct lb_span){ NULL, 0 };
}

/* The first of a kind counts. */
static void keep(struct lb_span *to, struct lb_span from)
{
	if (to->n == 0)
		*to = from;
}

/* ---- JPEG ------------------------------------------------------------------------------------ */

#define MAGIC(text) text, sizeof(text) - 1

/* Image resources: "8BIM", id, padded Pascal name, length, padded data; 0x0404 is IPTC. */
static struct lb_span find_iptc(struct lb_span s)
{
	while (s.n >= 12 && starts(s, MAGIC("8BIM"))) {
		size_t id = be16(s.p + 4), name = (1 + (size_t)(unsigned char)s.p[6] + 1) & ~(size_t)1;
		struct lb_span rest = behind(s, 6 + name);
		if (rest.n < 4 || be32(rest.p) > rest.n - 4)
			break;
		size_t n = be32(rest.p);
		if (id == 0x0404)
			return (struct lb_span){ rest.p + 4, n };
		s = behind(rest, 4 + n + (n & 1));
	}
	return (struct lb_span){ NULL, 0 };
}

static void take_segment(unsigned marker, struct lb_span body, struct lb_exif_parts *out)
{
	if (marker == 0xe0 && starts(body, MAGIC("JFIF\0")))
		keep(&out->jfif, behind(body, 5));
	else if (marker == 0xe1 && starts(body, MAGIC("Exif\0\0")))
		keep(&out->tiff, behind(body, 6));
	else if (marker == 0xe1 && starts(body, MAGIC("http://ns.adobe.com/xap/1.0/\0")))
		keep(&out->xmp, behind(body, 29));
	else if (marker == 0xed && starts(body, MAGIC("Photoshop 3.0\0")))
		keep(&out->iptc, find_iptc(behind(body, 14)));
}

static void walk_jpeg(struct lb_span s, struct lb_exif_parts *out)
{
	s = behind(s, 2);
	while (s.n >= 4 && (unsigned char)s.p[0] == 0xff) {
		unsigned marker = (unsigned char)s.p[1];
		size_t length = be16(s.p + 2);
		if (marker == 0xff) { /* fill */
			s = behind(s, 1);
			continue;
		}
		/* The picture itself begins: nothing that is looked for comes behind. */
		if (marker == 0xda || marker == 0xd9 || length < 2 || length > s.n - 2)
			return;
		take_segment(marker, (struct lb_span){ s.p + 4, length - 2 }, out);
		s = behind(s, 2 + length);
	}
}

/* ---- PNG ------------------------------------------------------------------------------------- */

/* iTXt: keyword, compressed?, method, language, keyword in it, text. */
static struct lb_span find_xmp(struct lb_span s)
{
	static const char plain[] = "XML:com.adobe.xmp\0\0";
	if (!starts(s, plain, sizeof plain))
		return (struct lb_span){ NULL, 0 };
	s = behind(s, sizeof plain);
	for (int i = 0; i < 2; i++) {
		const char *end = s.n ? memchr(s.p, 0, s.n) : NULL;
		if (!end)
			return (struct lb_span){ NULL, 0 };
		s = behind(s, (size_t)(end - s.p) + 1);
	}
	return s;
}

static void walk_png(struct lb_span s, struct lb_exif_parts *out)
{
	s = behind(s, 8);
	while (s.n >= 12 && be32(s.p) <= s.n - 12) {
		size_t n = be32(s.p);
		struct lb_span body = { s.p + 8, n };
		if (!memcmp(s.p + 4, "eXIf", 4))
			keep(&out->tiff, body);
		else if (!memcmp(s.p + 4, "iTXt", 4))
			keep(&out->xmp, find_xmp(body));
		s = behind(s, 12 + n);
	}
}

void lb_exif_find(struct lb_span head, struct lb_exif_parts *out)
{
	struct lb_exif_parts found = { .tiff = { NULL, 0 } };
	if (starts(head, MAGIC("\xff\xd8")))
		walk_jpeg(head, &found);
	else if (starts(head, MAGIC("\x89PNG\r\n\x1a\n")))
		walk_png(head, &found);
	else if (starts(head, MAGIC("II*\0")) || starts(head, MAGIC("MM\0*")))
		found.tiff = head;
	*out = found;
}
