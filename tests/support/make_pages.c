#include "tests/support/make_pages.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "lifeboat/creator/show.h"
#include "tests/support/support.h"

const char *test_photo_id(struct lb_arena *arena, size_t i)
{
	return lb_arena_printf(arena, "%zu", 50000000001 + i * 3);
}

/* ---- pictures: a PNG with a slope of grey ---- */

static void add_chunk(struct lb_buf *b, const char *type, const void *data, size_t n)
{
	uint32_t length = htonl((uint32_t)n);
	lb_buf_add(b, &length, 4);
	size_t start = b->len;
	lb_buf_add(b, type, 4);
	lb_buf_add(b, data, n);
	uint32_t crc = htonl((uint32_t)crc32(0, (const unsigned char *)b->p + start, (unsigned)(n + 4)));
	lb_buf_add(b, &crc, 4);
}

static void draw(struct lb_buf *png, uint32_t width, uint32_t height, size_t shade)
{
	LB_AUTO(lb_buf_clear) struct lb_buf rows = LB_BUF(1 << 20);
	for (uint32_t y = 0; y < height; y++) {
		lb_buf_addc(&rows, 0);
		for (uint32_t x = 0; x < width; x++)
			lb_buf_addc(&rows, (char)((x * 2 + y * 3 + shade * 37) & 0xff));
	}
	static unsigned char packed[1 << 20];
	unsigned long length = sizeof packed;
	ck_assert_int_eq(compress(packed, &length, (const unsigned char *)rows.p, rows.len), Z_OK);
	struct { uint32_t width, height; unsigned char depth, colour, packing, filter, interlace; } head = { htonl(width), htonl(height), 8, 0, 0, 0, 0 };
	lb_buf_add(png, "\x89PNG\r\n\x1a\n", 8);
	add_chunk(png, "IHDR", &head, 13);
	add_chunk(png, "IDAT", packed, length);
	add_chunk(png, "IEND", "", 0);
}

static int store(const char *path, uint32_t width, uint32_t height, size_t shade, struct lb_arena *arena, struct lb_media *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf png = LB_BUF(1 << 21);
	char *sha256 = lb_arena_alloc(arena, LB_SHA256_HEX);
	draw(&png, width, height, shade);
	lb_sha256(png.p, png.len, sha256);
	struct lb_out *file;
	LB_TRY(lb_out_open(path, LB_OUT_NOSYNC, &file, err));
	lb_out_add(file, png.p, png.len);
	LB_TRY(lb_out_commit(file, NULL, NULL, err));
	*out = (struct lb_media){ .present = true, .source_path = lb_arena_strdup(arena, path), .sha256 = sha256, .mime = "image/png", .extension = "png",
		.size = png.len, .width = width, .height = height, .captured = 1760000000 };
	return 0;
}

int test_picture(const char *path, struct lb_arena *arena, size_t shade, struct lb_media *out, struct lb_error *err)
{
	return store(path, 48, 48, shade, arena, out, err);
}

static int add_picture(const char *media, struct lb_arena *arena, size_t i, enum lb_role role, struct lb_media *out, struct lb_error *err)
{
	uint32_t width = i % 3 ? 120 : 80, height = i % 2 ? 80 : 110, scale = role == LB_ORIGINAL ? 2 : 1;
	LB_TRY(store(lb_arena_printf(arena, "%s/%zu-%d", media, i, (int)role), width * scale, height * scale, i, arena, out, err));
	out->label = role == LB_ORIGINAL ? "Original" : "Small";
	out->url = lb_arena_printf(arena, "https://live.staticflickr.com/1/%zu.png", i);
	return 0;
}

/* ---- packages ---- */

struct maker { struct lb_package *package; struct lb_show show; const char *media; test_fill_fn *fill; test_records_fn *records; void *arg; };

static int add_photo(struct maker *m, size_t i, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_photo photo;
	struct lb_gap gap = { .code = LB_UNKNOWN };
	lb_photo_init(&photo);
	photo.id = test_photo_id(&arena, i);
	photo.secret = "abc123";
	for (enum lb_role role = 0; role < LB_ROLE_COUNT; role++)
		LB_TRY(add_picture(m->media, &arena, i, role, &photo.files[role], err));
	bool there = m->fill(m->arg, i, &arena, &photo, &gap);
	if (gap.layer)
		lb_package_add_gap(m->package, &gap);
	LB_TRY(there ? lb_package_add_photo(m->package, &photo, err) : lb_package_add_missing(m->package, photo.id, err));
	return lb_show_add(&m->show, &photo, !there, &gap, gap.layer != NULL, err);
}

static int add_all(struct maker *m, size_t photos, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char **ids = lb_arena_alloc(&arena, (photos + 1) * sizeof *ids);
	for (size_t i = 0; i < photos; i++)
		ids[i] = test_photo_id(&arena, i);
	LB_TRY(lb_show_begin(&m->show, m->package, ids, photos, err));
	for (size_t i = 0; i < photos; i++)
		LB_TRY(add_photo(m, i, err));
	if (m->records)
		m->records(m->arg, m->package);
	LB_TRY(lb_show_finish(&m->show, err));
	return lb_package_finish(m->package, err);
}

int test_make_pages(const char *dir, const struct lb_package_info *info, size_t photos, test_fill_fn *fill, void *arg, struct lb_error *err)
{
	return test_make_pages_with(dir, info, photos, fill, NULL, arg, err);
}

int test_make_pages_with(const char *dir, const struct lb_package_info *info, size_t photos, test_fill_fn *fill, test_records_fn *records, void *arg, struct lb_error *err)
{
	char media[300];
	LB_AUTO(lb_package_freep) struct lb_package *package = NULL;
	snprintf(media, sizeof media, "%s.media", dir);
	LB_TRY(lb_dir_make(media, err));
	LB_TRY(lb_package_begin(dir, info, NULL, &package, err));
	lb_package_add_license(package, &(struct lb_license){ "4", "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/" });
	lb_package_add_license(package, &(struct lb_license){ "0", "All Rights Reserved", "" });
	struct maker m = { .package = package, .media = media, .fill = fill, .records = records, .arg = arg };
	int rc = add_all(&m, photos, err);
	lb_show_clear(&m.show);
	LB_TRY(lb_dir_remove(media, rc ? NULL : err));
	return rc;
}
