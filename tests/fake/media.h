/* The files of a photograph: which sizes there are, where they are said to be, and their bytes. */
#ifndef FAKE_MEDIA_H
#define FAKE_MEDIA_H

#include <pthread.h>

#include "tests/fake/draw.h"
#include "tests/fake/world.h"

#define SIZE_ROWS_MAX 24
struct size_row {
	const char *label, *letter;              /* letter: in extras (url_X) and in page addresses (/sizes/X/) */
	int width, height;                       /* 0: not said */
	bool video, original;
	char source[200];
};
/* Smallest first, as photos.getSizes lists them for those who may download it or may not. Returns their number. */
size_t media_sizes(const struct photo *p, bool download, struct size_row rows[SIZE_ROWS_MAX]);

/* Drawn files, kept for the next time. */
struct media_cache {
	struct lb_map keys; struct lb_buf *files; size_t count, cap;
	struct image drawn; const struct photo *drawn_for;       /* the last picture */
	pthread_mutex_t lock;
};
void media_cache_init(struct media_cache *c);
void media_cache_clear(struct media_cache *c);
/* Appends the file; *type gets its MIME type. */
void media_bytes(struct media_cache *c, const struct photo *p, const struct size_row *row, struct lb_buf *out,
	const char **type);
/* The picture that says the photograph is gone; the square icon of a member. */
void media_gone(struct lb_buf *out);
void media_icon(uint64_t seed, struct lb_buf *out);
/* The token that a video's final address carries. */
uint64_t media_token(const struct photo *p);

#endif
