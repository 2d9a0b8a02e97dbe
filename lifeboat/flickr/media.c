/* What a file is, by its first bytes, and whether it is what was promised. */
#include <string.h>

#include "lifeboat/flickr/flickr.h"

/* ---- reading numbers within bounds ----------------------------------------------------------- */

static unsigned byte_at(struct lb_span s, size_t i)
{
	return i < s.n ? (unsigned char)s.p[i] : 0;
}

static uint32_t big16(struct lb_span s, size_t i)
{
	return byte_at(s, i) << 8 | byte_at(s, i + 1);
}

static uint32_t little16(struct lb_span s, size_t i)
{
	return byte_at(s, i) | byte_at(s, i + 1) << 8;
}

static uint32_t big32(struct lb_span s, size_t i)
{
	return big16(s, i) << 16 | big16(s, i + 2);
}

static uint32_t little32(struct lb_span s, size_t i)
{
	return little16(s, i) | little16(s, i + 2) << 16;
}

static bool has(struct lb_span s, size_t at, const char *bytes, size_t n)
{
	return at <= s.n && n <= s.n - at && memcmp(s.p + at, bytes, n) == 0;
}

/* ---- pixel sizes; each leaves *w and *h alone when the header does not reach far enough ------ */

static bool is_frame_marker(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static void jpeg_size(struct lb_span s, int64_t *w, int64_t *h)
{
	size_t i = 2;
	while (i + 9 <= s.n && byte_at(s, i) == 0xff) {
		unsigned marker = byte_at(s, i + 1);
		if (is_frame_marker(marker)) {
			*h = big16(s, i + 5);
			*w = big16(s, i + 7);
			return;
		}
		if (marker == 0xff) {
			i++;
			continue;
		}
		if (marker == 0xda || big16(s, i + 2) < 2)
			return;
		i += 2 + big16(s, i + 2);
	}
}

static void png_size(struct lb_span s, int64_t *w, int64_t *h)
{
	if (s.n < 24 || !has(s, 12, "IHDR", 4))
		return;
	*w = big32(s, 16);
	*h = big32(s, 20);
}

static void gif_size(struct lb_span s, int64_t *w, int64_t *h)
{
	if (s.n < 10)
		return;
	*w = little16(s, 6);
	*h = little16(s, 8);
}

static uint32_t little24(struct lb_span s, size_t i)
{
	return little16(s, i) | byte_at(s, i + 2) << 16;
}

static void webp_size(struct lb_span s, int64_t *w, int64_t *h)
{
	if (s.n < 30)
		return;
	if (has(s, 12, "VP8 ", 4) && has(s, 23, "\x9d\x01\x2a", 3)) {
		*w = little16(s, 26) & 0x3fff;
		*h = little16(s, 28) & 0x3fff;
	} else if (has(s, 12, "VP8L", 4) && byte_at(s, 20) == 0x2f) {
		*w = (little32(s, 21) & 0x3fff) + 1;
		*h = (little32(s, 21) >> 14 & 0x3fff) + 1;
	} else if (has(s, 12, "VP8X", 4)) {
		*w = little24(s, 24) + 1;
		*h = little24(s, 27) + 1;
	}
}

/* The first image directory, when it lies within the head. */
static void tiff_size(struct lb_span s, int64_t *w, int64_t *h)
{
	bool little = byte_at(s, 0) == 'I';
	uint32_t (*u16)(struct lb_span, size_t) = little ? little16 : big16;
	uint32_t (*u32)(struct lb_span, size_t) = little ? little32 : big32;
	size_t at = u32(s, 4);
	size_t entries = u16(s, at);
	for (size_t i = 0; i < entries && at + 14 + i * 12 <= s.n; i++) {
		size_t entry = at + 2 + i * 12;
		int64_t value = u16(s, entry + 2) == 3 ? u16(s, entry + 8) : u32(s, entry + 8);
		if (u16(s, entry) == 0x100)
			*w = value;
		if (u16(s, entry) == 0x101)
			*h = value;
	}
}

/* ---- kinds ----------------------------------------------------------------------------------- */

struct kind {
	size_t at, n;                 /* these bytes at this place */
	const char *bytes, *mime, *extension;
	void (*pixels)(struct lb_span, int64_t *w, int64_t *h);
};
/* First match wins. Videos' own sizes are not read: what Flickr tells of them is the player's. */
static const struct kind kinds[] = {
	{ 0, 3, "\xff\xd8\xff", "image/jpeg", "jpg", jpeg_size },
	{ 0, 8, "\x89PNG\r\n\x1a\n", "image/png", "png", png_size },
	{ 0, 6, "GIF87a", "image/gif", "gif", gif_size },
	{ 0, 6, "GIF89a", "image/gif", "gif", gif_size },
	{ 8, 4, "WEBP", "image/webp", "webp", webp_size },
	{ 0, 4, "II*\0", "image/tiff", "tif", tiff_size },
	{ 0, 4, "MM\0*", "image/tiff", "tif", tiff_size },
	{ 4, 8, "ftypqt  ", "video/quicktime", "mov", NULL },
	{ 4, 6, "ftyp3g", "video/3gpp", "3gp", NULL },
	{ 4, 6, "ftyphe", NULL, NULL, NULL },      /* HEIC and its kin share the box */
	{ 4, 7, "ftypmif", NULL, NULL, NULL },
	{ 4, 7, "ftypmsf", NULL, NULL, NULL },
	{ 4, 7, "ftypavi", NULL, NULL, NULL },
	{ 4, 4, "ftyp", "video/mp4", "mp4", NULL },
	{ 4, 4, "moov", "video/quicktime", "mov", NULL },
	{ 4, 4, "mdat", "video/quicktime", "mov", NULL },
	{ 4, 4, "wide", "video/quicktime", "mov", NULL },
	{ 4, 4, "free", "video/quicktime", "mov", NULL },
	{ 4, 4, "skip", "video/quicktime", "mov", NULL },
	{ 8, 4, "AVI ", "video/x-msvideo", "avi", NULL },
	{ 0, 4, "\x00\x00\x01\xba", "video/mpeg", "mpg", NULL },
	{ 0, 4, "\x00\x00\x01\xb3", "video/mpeg", "mpg", NULL },
	{ 0, 8, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-wmv", "wmv", NULL },
	{ 0, 4, "\x1a\x45\xdf\xa3", "video/x-matroska", "mkv", NULL },
};

static const struct kind *find_kind(struct lb_span head)
{
	for (size_t i = 0; i < LB_COUNT(kinds); i++) {
		bool riff = kinds[i].at == 8;
		if (has(head, kinds[i].at, kinds[i].bytes, kinds[i].n) && (!riff || has(head, 0, "RIFF", 4)))
			return kinds[i].mime ? &kinds[i] : NULL;
	}
	return NULL;
}

const char *lb_media_sniff(struct lb_span head, const char **extension, int64_t *width, int64_t *height)
{
	const struct kind *kind = find_kind(head);
	*extension = kind ? kind->extension : NULL;
	*width = *height = LB_UNKNOWN;
	if (kind && kind->pixels)
		kind->pixels(head, width, height);
	if (*width <= 0 || *height <= 0)
		*width = *height = LB_UNKNOWN;
	return kind ? kind->mime : NULL;
}

/* ---- is it what was promised? ---------------------------------------------------------------- */

static bool looks_like_markup(struct lb_span head)
{
	if (lb_span_starts(head, "\xef\xbb\xbf"))
		head = (struct lb_span){ head.p + 3, head.n - 3 };
	head = lb_span_trim(head);
	return head.n && head.p[0] == '<';
}

static bool is_text_type(const char *type)
{
	static const char *const prefixes[] = { "text/", "application/xhtml", "application/xml", "application/json" };
	for (size_t i = 0; type && i < LB_COUNT(prefixes); i++) {
		if (!strncasecmp(type, prefixes[i], strlen(prefixes[i])))
			return true;
	}
	return false;
}

static bool is_near(int64_t is, int64_t promised)
{
	int64_t apart = is > promised ? is - promised : promised - is;
	return apart <= 2 || (double)apart <= 0.03 * (double)promised;
}

/* Pictures that say "no longer available" have another size than getSizes told. A file may be stored unturned. */
static bool is_size(const struct lb_size *promised, int64_t w, int64_t h)
{
	if (promised->width <= 0 || promised->height <= 0 || w == LB_UNKNOWN)
		return true;
	if (promised->label && !strcmp(promised->label, "Original"))
		return (w == promised->width && h == promised->height) ||
			(h == promised->width && w == promised->height);
	return (is_near(w, promised->width) && is_near(h, promised->height)) ||
		(is_near(h, promised->width) && is_near(w, promised->height));
}

static int check_kind(const char *mime, const struct lb_size *promised, struct lb_error *err)
{
	bool video = promised->media && !strcmp(promised->media, "video");
	if (!mime)
		return lb_fail(err, LB_FORMAT, "cannot keep the file: neither a picture nor a film that is known");
	if (strncmp(mime, video ? "video/" : "image/", 6))
		return lb_fail(err, LB_FORMAT, "cannot keep the file: it is %s, and a %s was promised", mime,
			video ? "video" : "photo");
	return 0;
}

int lb_media_check(struct lb_span head, uint64_t size, const char *content_type, const struct lb_size *promised,
	const char **mime, const char **extension, struct lb_error *err)
{
	const char *ending;
	int64_t w, h;
	if (size == 0 || head.n == 0)
		return lb_fail(err, LB_FORMAT, "cannot keep the file: it is empty");
	if (is_text_type(content_type) || looks_like_markup(head))
		return lb_fail(err, LB_FORMAT, "cannot keep the file: a page came instead (%.60s)",
			content_type ? content_type : "no type given");
	const char *is = lb_media_sniff(head, &ending, &w, &h);
	LB_TRY(check_kind(is, promised, err));
	if (!is_size(promised, w, h))
		return lb_fail(err, LB_FORMAT,
			"cannot keep the file: %lld x %lld pixels, and \"%s\" was promised as %lld x %lld",
			(long long)w, (long long)h, promised->label ? promised->label : "",
			(long long)promised->width, (long long)promised->height);
	*mime = is;
	*extension = ending;
	return 0;
}
