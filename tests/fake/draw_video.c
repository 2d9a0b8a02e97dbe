/* A short film: MP4 (ISO 14496-12 and -14) around JPEG pictures, a slow pan over a wide view. */
#include <stdlib.h>
#include <string.h>

#include "tests/fake/draw.h"

#define FRAME_BYTES 36000
#define FRAMES 15
#define FRAMES_A_SECOND 5
#define FILM_MAX (64u << 20)

static void be(struct lb_buf *b, uint64_t v, int bytes)
{
	while (bytes-- > 0)
		lb_buf_addc(b, (char)(v >> (8 * bytes) & 255));
}

/* be() for a run of 32-bit numbers. */
static void words(struct lb_buf *b, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		be(b, list[i], 4);
}
#define WORDS(b, ...) words(b, (const uint32_t[]){ __VA_ARGS__ }, sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4)

static size_t box_open(struct lb_buf *b, const char *type)
{
	size_t start = b->len;
	be(b, 0, 4);
	lb_buf_add(b, type, 4);
	return start;
}

static void box_close(struct lb_buf *b, size_t start)
{
	uint32_t n = (uint32_t)(b->len - start);
	for (int i = 0; i < 4; i++)
		b->p[start + (size_t)i] = (char)(n >> (24 - 8 * i) & 255);
}

static void box(struct lb_buf *b, const char *type, const void *data, size_t n)
{
	size_t at = box_open(b, type);
	lb_buf_add(b, data, n);
	box_close(b, at);
}

static const uint32_t unity[9] = { 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000 };

static void box_mvhd(struct lb_buf *b)
{
	size_t at = box_open(b, "mvhd");
	WORDS(b, 0, 0, 0, FRAMES_A_SECOND, FRAMES, 0x10000, 0x01000000, 0, 0);
	words(b, unity, 9);
	WORDS(b, 0, 0, 0, 0, 0, 0, 2);
	box_close(b, at);
}

static void box_tkhd(struct lb_buf *b, uint32_t w, uint32_t h)
{
	size_t at = box_open(b, "tkhd");
	WORDS(b, 7, 0, 0, 1, 0, FRAMES, 0, 0, 0, 0);
	words(b, unity, 9);
	WORDS(b, w << 16, h << 16);
	box_close(b, at);
}

/* JPEG is object type 0x6C of MPEG-4. */
static void box_stsd(struct lb_buf *b, uint32_t w, uint32_t h)
{
	size_t at = box_open(b, "stsd");
	WORDS(b, 0, 1);
	size_t entry = box_open(b, "mp4v");
	WORDS(b, 0, 1, 0, 0, 0, 0, w << 16 | h, 0x480000, 0x480000, 0);
	be(b, 1, 2);
	for (int i = 0; i < 32; i++)
		lb_buf_addc(b, 0);
	be(b, 0x18ffff, 4);
	box(b, "esds", "\0\0\0\0\3\25\0\1\0\4\15\154\21\0\0\0\0\0\0\0\0\0\0\0\6\1\2", 27);
	box_close(b, entry);
	box_close(b, at);
}

static void box_tables(struct lb_buf *b, const uint32_t *sizes, uint32_t data_at)
{
	size_t at = box_open(b, "stts");
	WORDS(b, 0, 1, FRAMES, 1);
	box_close(b, at);
	at = box_open(b, "stsc");
	WORDS(b, 0, 1, 1, FRAMES, 1);
	box_close(b, at);
	at = box_open(b, "stsz");
	WORDS(b, 0, 0, FRAMES);
	words(b, sizes, FRAMES);
	box_close(b, at);
	at = box_open(b, "stco");
	WORDS(b, 0, 1, data_at);
	box_close(b, at);
}

static void box_media(struct lb_buf *b, uint32_t w, uint32_t h, const uint32_t *sizes, uint32_t data_at)
{
	size_t mdia = box_open(b, "mdia"), at = box_open(b, "mdhd");
	WORDS(b, 0, 0, 0, FRAMES_A_SECOND, FRAMES, 0x55c40000);
	box_close(b, at);
	at = box_open(b, "hdlr");
	WORDS(b, 0, 0, 0x76696465 /* vide */, 0, 0, 0);
	lb_buf_addc(b, 0);
	box_close(b, at);
	size_t minf = box_open(b, "minf");
	box(b, "vmhd", "\0\0\0\1\0\0\0\0\0\0\0\0", 12);
	box(b, "dinf", "\0\0\0\34dref\0\0\0\0\0\0\0\1\0\0\0\14url \0\0\0\1", 28);
	size_t stbl = box_open(b, "stbl");
	box_stsd(b, w, h);
	box_tables(b, sizes, data_at);
	box_close(b, stbl);
	box_close(b, minf);
	box_close(b, mdia);
}

static void box_moov(struct lb_buf *b, uint32_t w, uint32_t h, const uint32_t *sizes, uint32_t data_at)
{
	size_t moov = box_open(b, "moov");
	box_mvhd(b);
	size_t trak = box_open(b, "trak");
	box_tkhd(b, w, h);
	box_media(b, w, h, sizes, data_at);
	box_close(b, trak);
	box_close(b, moov);
}

static void cut(const struct image *wide, int left, int w, int h, struct image *out)
{
	*out = (struct image){ w, h, lb_alloc((size_t)w * (size_t)h * 3) };
	for (int y = 0; y < h; y++)
		memcpy(out->rgb + (size_t)y * (size_t)w * 3, wide->rgb + 3 * ((size_t)y * (size_t)wide->w + (size_t)left),
			(size_t)w * 3);
}

static void draw_frames(const struct picture *p, int w, int h, uint32_t sizes[FRAMES], struct lb_buf *data)
{
	struct picture wide = *p;
	struct image all, frame;
	wide.width = w + w / 4;
	wide.height = h;
	draw_picture(&wide, &all);
	for (int i = 0; i < FRAMES; i++) {
		size_t before = data->len;
		cut(&all, i * (w / 4) / (FRAMES - 1), w, h, &frame);
		image_jpeg(&frame, 64, FRAME_BYTES, NULL, data);
		image_free(&frame);
		sizes[i] = (uint32_t)(data->len - before);
	}
	image_free(&all);
}

void draw_video(const struct picture *p, int w, int h, struct lb_buf *out)
{
	static const char type[] = "isom\0\0\2\0isommp41";
	LB_AUTO(lb_buf_clear) struct lb_buf data = LB_BUF(FILM_MAX), head = LB_BUF(FILM_MAX);
	uint32_t sizes[FRAMES];
	draw_frames(p, w, h, sizes, &data);
	box_moov(&head, (uint32_t)w, (uint32_t)h, sizes, 0);
	box(out, "ftyp", type, sizeof type - 1);
	box_moov(out, (uint32_t)w, (uint32_t)h, sizes, (uint32_t)(8 + sizeof type - 1 + head.len + 8));
	box(out, "mdat", data.p, data.len);
}
