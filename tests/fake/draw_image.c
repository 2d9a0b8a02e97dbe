/* Finished images: turning, scaling, and files out of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include "tests/fake/draw.h"

void image_free(struct image *i)
{
	free(i->rgb);
	i->rgb = NULL;
}

/* ---- turning and scaling --------------------------------------------------------------------------------------- */

static const unsigned char *pixel(const struct image *i, int x, int y)
{
	return i->rgb + 3 * ((size_t)y * (size_t)i->w + (size_t)x);
}

void image_turn(const struct image *in, int orientation, struct image *out)
{
	bool side = orientation == 6 || orientation == 8;
	*out = (struct image){ side ? in->h : in->w, side ? in->w : in->h, lb_alloc((size_t)in->w * (size_t)in->h * 3) };
	for (int y = 0; y < out->h; y++)
		for (int x = 0; x < out->w; x++) {
			int from_x = x, from_y = y;
			if (orientation == 3) {
				from_x = in->w - 1 - x;
				from_y = in->h - 1 - y;
			} else if (orientation == 6) { /* viewers turn it clockwise, so it lies counter-clockwise */
				from_x = in->w - 1 - y;
				from_y = x;
			} else if (orientation == 8) {
				from_x = y;
				from_y = in->h - 1 - x;
			}
			memcpy(out->rgb + 3 * ((size_t)y * (size_t)out->w + (size_t)x), pixel(in, from_x, from_y), 3);
		}
}

/* Mean of the source pixels under one pixel of the result. */
static void mean_of(const struct image *in, int x0, int y0, int x1, int y1, unsigned char out[3])
{
	unsigned long sum[3] = { 0 }, count = 0;
	for (int y = y0; y < y1 || y == y0; y++)
		for (int x = x0; x < x1 || x == x0; x++, count++)
			for (int k = 0; k < 3; k++)
				sum[k] += pixel(in, x, y)[k];
	for (int k = 0; k < 3; k++)
		out[k] = (unsigned char)((sum[k] + count / 2) / count);
}

void image_scale(const struct image *in, int w, int h, struct image *out)
{
	int crop_w = in->w, crop_h = (int)((long)in->w * h / w);
	if (crop_h > in->h) {
		crop_h = in->h;
		crop_w = (int)((long)in->h * w / h);
	}
	int left = (in->w - crop_w) / 2, top = (in->h - crop_h) / 2;
	*out = (struct image){ w, h, lb_alloc((size_t)w * (size_t)h * 3) };
	for (int y = 0; y < h; y++)
		for (int x = 0; x < w; x++)
			mean_of(in, left + (int)((long)x * crop_w / w), top + (int)((long)y * crop_h / h),
				left + (int)((long)(x + 1) * crop_w / w), top + (int)((long)(y + 1) * crop_h / h),
				out->rgb + 3 * ((size_t)y * (size_t)w + (size_t)x));
}

/* ---- EXIF: a TIFF of one folder, big-endian -------------------------------------------------------------------- */

#define EXIF_TAGS 4

static void be(struct lb_buf *b, uint32_t v, int bytes)
{
	while (bytes-- > 0)
		lb_buf_addc(b, (char)(v >> (8 * bytes) & 255));
}

static void exif_text(struct lb_buf *b, struct lb_buf *data, uint32_t tag, const char *text)
{
	uint32_t n = (uint32_t)strlen(text) + 1, start = 8 + 2 + EXIF_TAGS * 12 + 4;
	be(b, tag, 2);
	be(b, 2, 2);
	be(b, n, 4);
	be(b, start + (uint32_t)data->len, 4);
	lb_buf_add(data, text, n);
	lb_buf_add(data, "\0\0\0\0\0", n < 5 ? 6 - n : n % 2); /* short values would stand in place, odd ones off a word */
}

static void exif_block(const struct exif *e, struct lb_buf *b)
{
	LB_AUTO(lb_buf_clear) struct lb_buf data = LB_BUF(4096);
	char make[64], date[20];
	snprintf(make, sizeof make, "%.*s Cameras", (int)strcspn(e->camera, " "), e->camera);
	snprintf(date, sizeof date, "%s", e->taken);
	date[4] = date[7] = ':';
	lb_buf_add(b, "Exif\0\0MM\0*\0\0\0\10", 14);
	be(b, EXIF_TAGS, 2);
	exif_text(b, &data, 0x010f, make);
	exif_text(b, &data, 0x0110, e->camera);
	be(b, 0x0112, 2);
	be(b, 3, 2);
	be(b, 1, 4);
	be(b, (uint32_t)e->orientation << 16, 4);
	exif_text(b, &data, 0x0132, date);
	be(b, 0, 4);
	lb_buf_add(b, data.p, data.len);
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

static void write_jpeg(const struct image *i, int quality, const struct exif *exif, struct lb_buf *out)
{
	struct jpeg_compress_struct j;
	struct jpeg_error_mgr errors;
	unsigned char *file = NULL;
	unsigned long size = 0;
	j.err = jpeg_std_error(&errors);
	jpeg_create_compress(&j);
	jpeg_mem_dest(&j, &file, &size);
	j.image_width = (JDIMENSION)i->w;
	j.image_height = (JDIMENSION)i->h;
	j.input_components = 3;
	j.in_color_space = JCS_RGB;
	jpeg_set_defaults(&j);
	jpeg_set_quality(&j, quality, TRUE);
	j.optimize_coding = TRUE;
	j.write_JFIF_header = exif == NULL;
	jpeg_start_compress(&j, TRUE);
	if (exif) {
		LB_AUTO(lb_buf_clear) struct lb_buf block = LB_BUF(8192);
		exif_block(exif, &block);
		jpeg_write_marker(&j, JPEG_APP0 + 1, (const JOCTET *)block.p, (unsigned)block.len);
	}
	while (j.next_scanline < j.image_height) {
		JSAMPROW row = i->rgb + (size_t)j.next_scanline * (size_t)i->w * 3;
		jpeg_write_scanlines(&j, &row, 1);
	}
	jpeg_finish_compress(&j);
	jpeg_destroy_compress(&j);
	lb_buf_add(out, file, size);
	free(file);
}

void image_jpeg(const struct image *i, int quality, size_t most, const struct exif *exif, struct lb_buf *out)
{
	size_t before = out->len;
	for (; ; quality -= 6) {
		write_jpeg(i, quality, exif, out);
		if (!most || out->len - before <= most || quality < 40)
			return;
		out->len = before;
	}
}

static void png_append(png_structp png, png_bytep data, png_size_t n)
{
	lb_buf_add(png_get_io_ptr(png), data, n);
}

static void png_nothing(png_structp png)
{
	(void)png;
}

/* Five bits a channel: enough for paper and ink, and a third of the bytes. */
static void write_png_row(png_structp png, const unsigned char *rgb, int w, unsigned char *row)
{
	for (int i = 0; i < w * 3; i++)
		row[i] = (unsigned char)((rgb[i] & 0xf8) | rgb[i] >> 5);
	png_write_row(png, row);
}

void image_png(const struct image *i, struct lb_buf *out)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	unsigned char *row = lb_alloc((size_t)i->w * 3);
	png_set_write_fn(png, out, png_append, png_nothing);
	png_set_IHDR(png, info, (png_uint_32)i->w, (png_uint_32)i->h, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_compression_level(png, 9);
	png_write_info(png, info);
	for (int y = 0; y < i->h; y++)
		write_png_row(png, pixel(i, 0, y), i->w, row);
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	free(row);
}
