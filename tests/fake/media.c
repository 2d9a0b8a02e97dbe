#include "tests/fake/media.h"

#include <stdio.h>
#include <string.h>


#define ORIGINAL_BYTES 80000
#define SMALL_BYTES 15000

/* ---- which sizes there are ------------------------------------------------------------------------------------- */

static const struct { const char *label, *suffix, *letter; int edge; bool square, own_secret; } kinds[] = {
	{ "Square", "_s", "sq", 75, true, false }, { "Large Square", "_q", "q", 150, true, false },
	{ "Thumbnail", "_t", "t", 100, false, false }, { "Small", "_m", "s", 240, false, false },
	{ "Small 320", "_n", "n", 320, false, false }, { "Small 400", "_w", "w", 400, false, false },
	{ "Medium", "", "m", 500, false, false }, { "Medium 640", "_z", "z", 640, false, false },
	{ "Medium 800", "_c", "c", 800, false, false }, { "Large", "_b", "l", 1024, false, false },
	{ "Large 1600", "_h", "h", 1600, false, true }, { "Large 2048", "_k", "k", 2048, false, true },
	{ "X-Large 3K", "_3k", "3k", 3072, false, true }, { "X-Large 4K", "_4k", "4k", 4096, false, true },
	{ "X-Large 5K", "_5k", "5k", 5120, false, true }, { "X-Large 6K", "_6k", "6k", 6144, false, true },
};

static bool turned(const struct photo *p)
{
	return p->picture.orientation == 6 || p->picture.orientation == 8;
}

/* Sizes above Large have a secret each, so that nobody can guess their addresses. */
static void row_source(const struct photo *p, size_t kind, char source[200])
{
	char secret[16];
	snprintf(secret, sizeof secret, "%s", p->secret);
	if (kinds[kind].own_secret)
		snprintf(secret, sizeof secret, "%010llx", (unsigned long long)(fake_hash(fake_hash(4, p->large_secret),
			kinds[kind].label) & 0xffffffffffu));
	snprintf(source, 200, "https://live.staticflickr.com/65535/%s_%s%s.jpg", p->id, secret, kinds[kind].suffix);
}

static size_t photo_rows(const struct photo *p, bool download, struct size_row *rows)
{
	int w = p->picture.width, h = p->picture.height, longest = w > h ? w : h;
	size_t n = 0;
	for (size_t i = 0; i < LB_COUNT(kinds); i++) {
		int edge = kinds[i].edge;
		if (edge > longest && !kinds[i].square)
			continue;
		if (kinds[i].own_secret && !download)
			continue;
		rows[n] = (struct size_row){ kinds[i].label, kinds[i].letter, w * edge / longest, h * edge / longest, false,
			false, "" };
		if (kinds[i].square)
			rows[n].width = rows[n].height = edge;
		row_source(p, i, rows[n++].source);
	}
	return n;
}

/* The original lies as the camera wrote it: its EXIF says how to turn it. */
static void original_row(const struct photo *p, struct size_row *row)
{
	int w = p->picture.width, h = p->picture.height;
	*row = (struct size_row){ "Original", "o", turned(p) ? h : w, turned(p) ? w : h, false, true, "" };
	snprintf(row->source, sizeof row->source, "https://live.staticflickr.com/65535/%s_%s_o.%s", p->id,
		p->original_secret, p->picture.png ? "png" : "jpg");
}

static size_t video_rows(const struct photo *p, struct size_row *rows)
{
	static const struct { const char *label; int width, height; } streams[] = { { "360p", 640, 360 }, { "720p", 1280,
		720 } };
	rows[0] = (struct size_row){ "Video Player", "", 640, 360, true, false, "" };
	snprintf(rows[0].source, sizeof rows[0].source,
		"https://www.flickr.com/apps/video/stewart.swf?v=1710975344&photo_id=%s&photo_secret=%s", p->id, p->secret);
	for (size_t i = 0; i < LB_COUNT(streams); i++) {
		rows[i + 1] = (struct size_row){ streams[i].label, "", streams[i].width, streams[i].height, true, false, "" };
		snprintf(rows[i + 1].source, sizeof rows[i + 1].source, "https://www.flickr.com/photos/%s/%s/play/%s/%s/",
			member_path(p->owner), p->id, streams[i].label, p->secret);
	}
	return 1 + LB_COUNT(streams);
}

size_t media_sizes(const struct photo *p, bool download, struct size_row rows[SIZE_ROWS_MAX])
{
	size_t n = photo_rows(p, download, rows);
	if (p->video)
		return n + video_rows(p, rows + n);
	if (download)
		original_row(p, &rows[n++]);
	return n;
}

uint64_t media_token(const struct photo *p)
{
	return fake_hash(12, p->secret);
}

/* ---- bytes ----------------------------------------------------------------------------------------------------- */

void media_cache_init(struct media_cache *c)
{
	*c = (struct media_cache){ 0 };
	pthread_mutex_init(&c->lock, NULL);
}

void media_cache_clear(struct media_cache *c)
{
	for (size_t i = 0; i < c->count; i++)
		lb_buf_clear(&c->files[i]);
	image_free(&c->drawn);
	lb_freep(&c->files);
	lb_map_clear(&c->keys);
	pthread_mutex_destroy(&c->lock);
}

static void encode_original(const struct photo *p, const struct image *drawn, struct lb_buf *out)
{
	const struct exif exif = { p->picture.orientation, p->camera, p->taken };
	struct image stored;
	if (p->picture.png) {
		image_png(drawn, out);
		return;
	}
	image_turn(drawn, p->picture.orientation, &stored);
	image_jpeg(&stored, 82, ORIGINAL_BYTES, p->camera || exif.orientation != 1 ? &exif : NULL, out);
	image_free(&stored);
}

/* The sizes of one picture are often asked for one after the other: it is drawn once for them. */
static const struct image *drawn_of(struct media_cache *c, const struct photo *p)
{
	if (c->drawn_for != p) {
		image_free(&c->drawn);
		draw_picture(&p->picture, &c->drawn);
		c->drawn_for = p;
	}
	return &c->drawn;
}

static void encode(struct media_cache *c, const struct photo *p, const struct size_row *row, struct lb_buf *out)
{
	struct image small;
	if (row->video) {
		draw_video(&p->picture, row->width, row->height, out);
		return;
	}
	const struct image *drawn = drawn_of(c, p);
	if (row->original) {
		encode_original(p, drawn, out);
		return;
	}
	image_scale(drawn, row->width, row->height, &small);
	image_jpeg(&small, 80, row->width <= 400 ? SMALL_BYTES : ORIGINAL_BYTES, NULL, out);
	image_free(&small);
}

static struct lb_buf *cached(struct media_cache *c, const struct photo *p, const struct size_row *row)
{
	char key[200];
	size_t at;
	if (p->from_pool)
		snprintf(key, sizeof key, "pool %llu %dx%d %s", (unsigned long long)p->picture.seed, p->picture.width,
			p->picture.height, row->label);
	else
		snprintf(key, sizeof key, "%.120s %s", p->key, row->label);
	if (lb_map_get(&c->keys, lb_span(key), &at))
		return &c->files[at];
	LB_GROW(c->files, c->count, c->cap);
	c->files[c->count] = (struct lb_buf)LB_BUF(64u << 20);
	lb_map_put(&c->keys, lb_span(key), c->count);
	encode(c, p, row, &c->files[c->count]);
	return &c->files[c->count++];
}

/* A comment segment behind the start of the JPEG makes a file from the pool one of a kind. */
static void add_signed(const struct photo *p, const struct lb_buf *file, struct lb_buf *out)
{
	size_t n = strlen(p->id) + 2;
	lb_buf_add(out, file->p, 2);
	lb_buf_add(out, (const char[]){ '\xff', '\xfe', (char)(n >> 8), (char)n }, 4);
	lb_buf_adds(out, p->id);
	lb_buf_add(out, file->p + 2, file->len - 2);
}

void media_bytes(struct media_cache *c, const struct photo *p, const struct size_row *row, struct lb_buf *out,
	const char **type)
{
	pthread_mutex_lock(&c->lock);
	const struct lb_buf *file = cached(c, p, row);
	if (p->from_pool && !row->video)
		add_signed(p, file, out);
	else
		lb_buf_add(out, file->p, file->len);
	pthread_mutex_unlock(&c->lock);
	*type = row->video ? "video/mp4" : row->original && p->picture.png ? "image/png" : "image/jpeg";
}

/* ---- pictures that are no photograph --------------------------------------------------------------------------- */

void media_gone(struct lb_buf *out)
{
	struct canvas c = canvas_new(500, 160); /* proportions that no photograph has */
	struct image image = { c.w, c.h, lb_alloc((size_t)c.w * (size_t)c.h * 3) };
	fill_rect(&c, 0, 0, 500, 160, hex(0xe4e4e4), 1);
	fill_rect(&c, 205, 50, 90, 62, hex(0xa9a9a9), 1);
	fill_ellipse(&c, (struct point){ 250, 82 }, 22, 22, 0, hex(0xe4e4e4), 1);
	line(&c, (struct point){ 196, 122 }, (struct point){ 304, 40 }, 7, hex(0xc0392b), 1);
	for (int i = 0; i < c.w * c.h; i++)
		for (int k = 0; k < 3; k++)
			image.rgb[3 * i + k] = (unsigned char)((k == 0 ? c.px[i].r : k == 1 ? c.px[i].g : c.px[i].b) * 255);
	image_jpeg(&image, 80, 0, NULL, out);
	image_free(&image);
	canvas_free(&c);
}

void media_icon(uint64_t seed, struct lb_buf *out)
{
	const struct picture p = { .scene = "tiles", .look = "colour", .seed = seed, .width = 192, .height = 192,
		.orientation = 1 };
	struct image drawn, small;
	draw_picture(&p, &drawn);
	image_scale(&drawn, 48, 48, &small);
	image_jpeg(&small, 80, 0, NULL, out);
	image_free(&drawn);
	image_free(&small);
}
