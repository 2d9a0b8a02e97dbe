#include "tests/bench/viewer/internal.h"

#include <stdio.h>

#include "tests/fake/draw.h"

void bench_picture_name(char name[16], size_t photo)
{
	snprintf(name, 16, "%02zu.jpg", photo * 7 % BENCH_PICTURES);
}

int bench_pictures(const char *dir, struct lb_error *err)
{
	LB_TRY(lb_dir_make(dir, err));
	for (size_t i = 0; i < BENCH_PICTURES; i++) {
		struct picture picture = {.seed = 1000 + i, .width = i % 3 ? 320 : 240, .height = i % 3 ? 240 : 320};
		LB_AUTO(lb_buf_clear) struct lb_buf jpeg = LB_BUF(1 << 20), path = LB_BUF(4096);
		struct image image;
		char name[16];
		draw_picture(&picture, &image);
		image_jpeg(&image, 75, 15000, NULL, &jpeg);
		image_free(&image);
		snprintf(name, sizeof name, "%02zu.jpg", i);
		lb_path_join(&path, dir, name);
		LB_TRY(lb_file_write(path.p, jpeg.p, jpeg.len, err));
	}
	return LB_OK;
}
