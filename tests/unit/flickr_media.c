#include <stdlib.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

/* Headers made by hand; the string's own NUL is not counted. */
#define BYTES(text) { (text), sizeof(text) - 1 }

#define JPEG_640x480 "\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xff\xff\xc4\x00\x04\x00\x00\xff\xc2\x00\x11\x08\x01\xe0\x02\x80\x03\x01\x22\x00"
#define PNG_HEAD "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

static const struct { struct lb_span head; const char *mime, *extension; int64_t width, height; } kinds[] = {
	{ BYTES(JPEG_640x480), "image/jpeg", "jpg", 640, 480 },
	{ BYTES("\xff\xd8\xff\xda\x00\x0c\x03\xff\xc0\x00\x11\x08\x01\xe0\x02\x80"), "image/jpeg", "jpg", -1, -1 },
		/* scan before frame */
	{ BYTES("\xff\xd8\xff\xe1\x00\x01\xff\xc0\x00\x11\x08\x01\xe0\x02\x80"), "image/jpeg", "jpg", -1, -1 },
		/* length 1 */
	{ BYTES("\xff\xd8\xff\xe1\xff\xff"), "image/jpeg", "jpg", -1, -1 },
	{ BYTES("\xff\xd8\xff"), "image/jpeg", "jpg", -1, -1 },
	{ BYTES("\xff\xd8\xff\xc0\x00\x11\x08\x01\xe0\x02"), "image/jpeg", "jpg", -1, -1 }, /* one byte short */
	{ BYTES("\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x02\x80\x03"), "image/jpeg", "jpg", -1, -1 }, /* no height */
	{ BYTES(PNG_HEAD "\x00\x00\x02\x80\x00\x00\x01\xe0"), "image/png", "png", 640, 480 },
	{ BYTES(PNG_HEAD "\xff\xff\xff\xff\x7f\xff\xff\xff"), "image/png", "png", 4294967295, 2147483647 },
	{ BYTES(PNG_HEAD "\x00\x00\x02\x80\x00\x00\x01"), "image/png", "png", -1, -1 },
	{ BYTES("GIF89a\x80\x02\xe0\x01"), "image/gif", "gif", 640, 480 },
	{ BYTES("GIF87a\x80\x02"), "image/gif", "gif", -1, -1 },
	{ BYTES("RIFF\x1a\x00\x00\x00WEBPVP8 \x0e\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x80\x02\xe0\x01"),
		"image/webp", "webp", 640, 480 },
	{ BYTES("RIFF\x1a\x00\x00\x00WEBPVP8L\x0e\x00\x00\x00\x2f\x7f\xc2\x77\x00\x00\x00\x00\x00\x00"),
		"image/webp", "webp", 640, 480 },
	{ BYTES("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x7f\x02\x00\xdf\x01\x00"),
		"image/webp", "webp", 640, 480 },
	{ BYTES("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00"), "image/webp", "webp", -1, -1 },
	{ BYTES("II*\x00\x08\x00\x00\x00\x02\x00\x00\x01\x03\x00\x01\x00\x00\x00\x80\x02\x00\x00\x01\x01\x04\x00\x01\x00\x00\x00\xe0\x01\x00\x00"),
		"image/tiff", "tif", 640, 480 },
	{ BYTES("MM\x00*\x00\x00\x00\x08\x00\x02\x01\x00\x00\x03\x00\x00\x00\x01\x02\x80\x00\x00\x01\x01\x00\x04\x00\x00\x00\x01\x00\x00\x01\xe0"),
		"image/tiff", "tif", 640, 480 },
	{ BYTES("II*\x00\xff\xff\xff\xff"), "image/tiff", "tif", -1, -1 },
	{ BYTES("II*\x00\x08\x00\x00\x00\xff\xff\x00\x01\x03\x00"), "image/tiff", "tif", -1, -1 },
	{ BYTES("\x00\x00\x00\x18"
		"ftypmp42\x00\x00\x00\x00"), "video/mp4", "mp4", -1, -1 },
	{ BYTES("\x00\x00\x00\x14"
		"ftypqt  "), "video/quicktime", "mov", -1, -1 },
	{ BYTES("\x00\x00\x00\x08wide\x00\x00\x00\x00mdat"), "video/quicktime", "mov", -1, -1 },
	{ BYTES("\x00\x00\x00\x14"
		"ftyp3gp5"), "video/3gpp", "3gp", -1, -1 },
	{ BYTES("RIFF\x00\x00\x00\x00"
		"AVI LIST"), "video/x-msvideo", "avi", -1, -1 },
	{ BYTES("\x00\x00\x01\xba\x44"), "video/mpeg", "mpg", -1, -1 },
	/* unknown */
	{ BYTES("\x00\x00\x00\x18"
		"ftypheic\x00\x00\x00\x00"), NULL, NULL, -1, -1 },
	{ BYTES("\x00\x00\x00\x18"
		"ftypavif\x00\x00\x00\x00"), NULL, NULL, -1, -1 },
	{ BYTES("XXXX\x00\x00\x00\x00WEBP"), NULL, NULL, -1, -1 },
	{ BYTES("\xff\xd8"), NULL, NULL, -1, -1 },
	{ BYTES("%PDF-1.4"), NULL, NULL, -1, -1 },
	{ BYTES(""), NULL, NULL, -1, -1 },
};

/* At each length, in memory of just that length: a sanitizer sees a byte read too far. */
START_TEST(kinds_by_first_bytes)
{
	const char *extension, *mime = NULL;
	int64_t w = 0, h = 0;
	for (size_t n = 0; n <= kinds[_i].head.n; n++) {
		char *copy = malloc(n ? n : 1);
		if (n)
			memcpy(copy, kinds[_i].head.p, n);
		mime = lb_media_sniff((struct lb_span){ copy, n }, &extension, &w, &h);
		free(copy);
	}
	ck_assert_pstr_eq(mime, kinds[_i].mime);
	ck_assert_pstr_eq(extension, kinds[_i].extension);
	ck_assert_int_eq(w, kinds[_i].width);
	ck_assert_int_eq(h, kinds[_i].height);
}
END_TEST

/* ---- promises -------------------------------------------------------------------------------- */

static const struct promise {
	struct lb_span head;
	const char *type, *label, *media;
	int64_t width, height;
	const char *complaint; /* NULL: it is what was promised */
} promises[] = {
	{ BYTES(JPEG_640x480), "image/jpeg", "Original", "photo", 640, 480, NULL },
	{ BYTES(JPEG_640x480), "image/jpeg", "Original", "photo", 480, 640, NULL }, /* stored unturned */
	{ BYTES(JPEG_640x480), "image/jpeg", "Original", "photo", 641, 480, "641 x 480" },
	{ BYTES(JPEG_640x480), NULL, "Original", NULL, LB_UNKNOWN, LB_UNKNOWN, NULL },
	{ BYTES(JPEG_640x480), "image/jpeg", "Medium 640", "photo", 640, 478, NULL },
	{ BYTES(JPEG_640x480), "image/jpeg", "Medium 640", "photo", 470, 650, NULL },
	{ BYTES(JPEG_640x480), "image/jpeg", "Medium 640", "photo", 640, 360, "640 x 360" },
	{ BYTES(JPEG_640x480), "image/jpeg", "Large", "photo", 1024, 768, "1024 x 768" },
		/* the stand-in has the same shape */
	{ BYTES(JPEG_640x480), "image/jpeg", "Large", "photo", 0, 0, NULL },
	{ BYTES("\xff\xd8\xff\xe0"), "image/jpeg", "Original", "photo", 640, 480, NULL },
		/* the header does not tell */
	{ BYTES("GIF89a\x62\x00\x63\x00"), "application/octet-stream", "Thumbnail", "photo", 100, 100, NULL },
		/* within 2 px */
	{ BYTES("GIF89a\x61\x00\x64\x00"), "image/gif", "Thumbnail", "photo", 100, 100, NULL }, /* 3 % */
	{ BYTES("GIF89a\x60\x00\x64\x00"), "image/gif", "Thumbnail", "photo", 100, 100, "96 x 100" },
	{ BYTES("\x00\x00\x00\x18"
		"ftypmp42"), "video/mp4", "1080p", "video", 1920, 1080, NULL },
	{ BYTES(JPEG_640x480), "image/jpeg", "1080p", "video", 1920, 1080, "video was promised" }, /* the poster */
	{ BYTES("\x00\x00\x00\x18"
		"ftypmp42"), "video/mp4", "Original", "photo", 1920, 1080, "photo was promised" },
	{ BYTES("<html>"), "image/jpeg", "Original", "photo", 640, 480, "page" },
	{ BYTES("\xef\xbb\xbf \r\n<!DOCTYPE html>"), NULL, "Original", "photo", 640, 480, "page" },
	{ BYTES(JPEG_640x480), "text/html; charset=utf-8", "Original", "photo", 640, 480, "page" },
	{ BYTES(JPEG_640x480), "TEXT/plain", "Original", "photo", 640, 480, "page" },
	{ BYTES("%PDF-1.4"), "application/pdf", "Original", "photo", 640, 480, "neither" },
	{ BYTES(""), "image/jpeg", "Original", "photo", 640, 480, "empty" },
};

START_TEST(promises_are_kept_or_refused)
{
	const struct promise *p = &promises[_i];
	const struct lb_size promised = { .label = p->label, .media = p->media, .width = p->width,
		.height = p->height };
	const char *mime = "before", *extension = "before";
	struct lb_error err = { 0 };
	int rc = lb_media_check(p->head, p->head.n, p->type, &promised, &mime, &extension, &err);
	if (!p->complaint) {
		ck_assert_msg(rc == 0, "%d: %s", _i, err.what);
		ck_assert_str_ne(mime, "before");
		return;
	}
	ck_assert_int_eq(rc, LB_FORMAT);
	ck_assert_msg(strstr(err.what, p->complaint) != NULL, "%d: %s", _i, err.what);
	ck_assert_str_eq(mime, "before");
	ck_assert_str_eq(extension, "before");
}
END_TEST

START_TEST(an_empty_file_is_refused_whatever_its_head)
{
	const struct lb_size promised = { .label = "Original", .width = 640, .height = 480 };
	const char *mime, *extension;
	struct lb_span head = BYTES(JPEG_640x480);
	ck_assert_int_eq(lb_media_check(head, 0, "image/jpeg", &promised, &mime, &extension, NULL), LB_FORMAT);
}
END_TEST

/* Files that Flickr served; as in gathering only the first 64 KiB are looked at. */
static const struct { const char *name; int64_t width, height; } photographs[] = {
	{ "photos/si/4011399822_65987a4806_b_d.jpg", 786, 1024 },
	{ "photos/loc/3314493806_6f1db86d66_o_d.jpg", 1024, 753 },
};

START_TEST(photographs_as_they_are)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(16 << 20);
	const char *path = test_shared(photographs[_i].name), *mime, *extension;
	struct lb_error err = { 0 };
	struct lb_size promised = { .label = "Original", .media = "photo", .width = photographs[_i].width,
		.height = photographs[_i].height };
	if (!path)
		return;
	ck_assert_ok(lb_file_read(path, b.max, &b, &err));
	struct lb_span head = { b.p, b.len < 65536 ? b.len : 65536 };
	ck_assert_ok(lb_media_check(head, b.len, "image/jpeg", &promised, &mime, &extension, &err));
	ck_assert_str_eq(extension, "jpg");
	promised.height++;
	ck_assert_int_eq(lb_media_check(head, b.len, "image/jpeg", &promised, &mime, &extension, &err), LB_FORMAT);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/media");
	TCase *tc = tcase_create("media");
	tcase_add_loop_test(tc, kinds_by_first_bytes, 0, LB_COUNT(kinds));
	tcase_add_loop_test(tc, promises_are_kept_or_refused, 0, LB_COUNT(promises));
	tcase_add_test(tc, an_empty_file_is_refused_whatever_its_head);
	tcase_add_loop_test(tc, photographs_as_they_are, 0, LB_COUNT(photographs));
	suite_add_tcase(s, tc);
	return s;
}
