#include <string.h>

#include "format/package/writer_private.h"

#define PHOTO_ID_MAX 24
#define PLAIN_ID_MAX 64

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool lb_writer_photo_id_is_safe(const char *id)
{
	size_t n = id ? strlen(id) : 0;
	return n > 0 && n <= PHOTO_ID_MAX && strspn(id, "0123456789") == n;
}

bool lb_writer_id_is_plain(const char *id)
{
	size_t n = 0;
	for (; id && id[n]; n++)
		if (!is_plain(id[n]) && !strchr("@.-", id[n]))
			return false;
	return n > 0 && n <= PLAIN_ID_MAX;
}

void lb_layout_metadata(struct lb_buf *b, const char *photo_id)
{
	lb_buf_adds(b, "metadata/photos/");
	lb_buf_adds(b, photo_id);
	lb_buf_adds(b, ".js");
}

void lb_layout_page(struct lb_buf *b, const char *kind, size_t number)
{
	size_t folder = (number - 1) / LB_PAGES_PER_FOLDER;
	lb_buf_adds(b, "pages/");
	if (folder)
		lb_buf_addf(b, "%zu/", folder + 1);
	lb_buf_addf(b, "%s-%04zu.html", kind, number);
}

/* Size suffixes as in the addresses of Flickr's own files. */
static const struct { const char *label, *suffix; } suffixes[] = {
	{"Square", "s"}, {"Large Square", "q"}, {"Thumbnail", "t"}, {"Small", "m"}, {"Small 320", "n"}, {"Small 400", "w"},
	{"Medium", ""}, {"Medium 640", "z"}, {"Medium 800", "c"}, {"Large", "b"}, {"Large 1600", "h"}, {"Large 2048", "k"},
	{"X-Large 3K", "3k"}, {"X-Large 4K", "4k"}, {"X-Large 5K", "5k"}, {"X-Large 6K", "6k"}, {"Original", "o"},
	{"Video Original", "orig"}, {"Site MP4", "site"}, {"Mobile MP4", "mobile"}, {"HD MP4", "hd"},
};

/* "<id>_<secret>_<suffix>.<type>", or without the suffix */
const char *lb_layout_label(const char *path)
{
	struct lb_span rest = lb_span(lb_path_base(path)), id, secret, suffix = {0};
	const char *dot = memrchr(rest.p, '.', rest.n);
	if (!dot)
		return NULL;
	rest.n = (size_t)(dot - rest.p);
	if (!lb_span_cut(&rest, '_', &id) || !lb_span_cut(&rest, '_', &secret) || !id.n || !secret.n)
		return NULL;
	lb_span_cut(&rest, '_', &suffix);
	for (size_t i = 0; !rest.n && i < LB_COUNT(suffixes); i++)
		if (lb_span_is(suffix, suffixes[i].suffix))
			return suffixes[i].label;
	return NULL;
}

/* Keeps letters and digits: what comes from Flickr must not shape the path. */
static void add_plain(struct lb_buf *b, const char *text, size_t max)
{
	for (; text && *text && max; text++)
		if (is_plain(*text)) {
			lb_buf_addc(b, *text);
			max--;
		}
}

static void add_suffix(struct lb_buf *b, const char *label)
{
	for (size_t i = 0; label && i < LB_COUNT(suffixes); i++)
		if (!strcmp(label, suffixes[i].label)) {
			if (*suffixes[i].suffix)
				lb_buf_addf(b, "_%s", suffixes[i].suffix);
			return;
		}
	size_t before = b->len;
	lb_buf_addc(b, '_');
	lb_slug(b, label ? label : "");
	if (b->len == before + 1)
		lb_buf_adds(b, "file");
}

static void add_extension(struct lb_buf *b, const struct lb_media *m)
{
	size_t before = b->len;
	add_plain(b, m->extension, 8);
	if (b->len == before)
		lb_buf_adds(b, "bin");
}

void lb_layout_media(struct lb_buf *b, const struct lb_photo *p, enum lb_role role)
{
	const struct lb_media *m = &p->files[role];
	lb_buf_adds(b, role == LB_ORIGINAL ? "media/originals/" : "media/thumbnails/");
	lb_buf_adds(b, p->id);
	if (p->secret && *p->secret) {
		lb_buf_addc(b, '_');
		add_plain(b, p->secret, 32);
	}
	add_suffix(b, m->label);
	lb_buf_addc(b, '.');
	add_extension(b, m);
}

void lb_writer_icon_path(struct lb_buf *b, const char *nsid, const struct lb_media *icon)
{
	lb_buf_addf(b, "data/media/icons/%s.", nsid);
	add_extension(b, icon);
}

const char *lb_layout_mime(const char *path)
{
	static const char *const types[][2] = {
		{".js", "text/javascript"}, {".json", "application/json"}, {".html", "text/html"}, {".txt", "text/plain"},
		{".md", "text/markdown"}, {".xml", "application/xml"}, {".css", "text/css"}, {".svg", "image/svg+xml"},
		{".gz", "application/gzip"}, {".warc", "application/warc"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
		{".png", "image/png"}, {".gif", "image/gif"}, {".webp", "image/webp"}, {".tif", "image/tiff"},
		{".tiff", "image/tiff"}, {".heic", "image/heic"}, {".mp4", "video/mp4"}, {".mov", "video/quicktime"},
		{".webm", "video/webm"}, {".avi", "video/x-msvideo"}, {".mpg", "video/mpeg"}, {".wmv", "video/x-ms-wmv"},
		{".csv", "text/csv"}, {".jsonl", "application/jsonl"},
	};
	const char *dot = strrchr(lb_path_base(path), '.');
	for (size_t i = 0; dot && i < LB_COUNT(types); i++)
		if (!strcasecmp(dot, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

const char *lb_writer_role(const char *path)
{
	static const char *const roles[][2] = {
		{"data/media/originals/", "original"}, {"data/media/thumbnails/", "thumbnail"}, {"data/media/icons/", "icon"},
		{"data/metadata/", "metadata"}, {"data/ro-crate-metadata.json", "metadata"}, {"data/pages/", "page"}, {"data/provenance/", "provenance"},
		{"data/documentation/", "documentation"}, {"data/viewer/", "viewer"}, {"data/", "page"},
	};
	for (size_t i = 0; i < LB_COUNT(roles); i++)
		if (lb_span_starts(lb_span(path), roles[i][0]))
			return roles[i][1];
	return NULL;
}
