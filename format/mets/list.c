/* The photos of a METS file without remembering them: four readers go through the file side by side, one for the descriptions, one
 * for each of two groups of files, one for the map that puts them together. All of them stand in the same order. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/mets/internal.h"

#define CHUNK 65536

/* What one reader has told and nobody has taken yet. */
struct item { size_t number; struct lb_mets_photo photo; struct lb_mets_file file; };
struct cursor {
	const char *path;
	int fd;
	bool ended;
	struct lb_mets_reader *reader;
	struct lb_arena arena;
	struct item *items; size_t first, count, cap;
	const char *group;               /* of files: only these */
	unsigned char chunk[CHUNK];
};

static int cursor_open(const char *path, struct cursor **out, struct lb_error *err)
{
	struct cursor *c = lb_alloc(sizeof *c);
	c->path = path;
	c->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (c->fd < 0) {
		free(c);
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	}
	*out = c;
	return LB_OK;
}

static void cursor_free(struct cursor *c)
{
	if (!c)
		return;
	lb_mets_reader_free(c->reader);
	lb_arena_clear(&c->arena);
	close(c->fd);
	free(c->items);
	free(c);
}

static struct item *add_item(struct cursor *c, size_t number)
{
	LB_GROW(c->items, c->count, c->cap);
	c->items[c->count] = (struct item){.number = number};
	return &c->items[c->count++];
}

static void keep_texts(struct cursor *c, const char **const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		*texts[i] = lb_arena_strdup(&c->arena, *texts[i]);
}

static int keep_photo(void *arg, size_t number, const struct lb_mets_photo *photo, struct lb_error *err)
{
	struct cursor *c = arg;
	struct lb_mets_photo *p = &add_item(c, number)->photo;
	(void)err;
	*p = *photo;
	const char **const texts[] = {&p->id, &p->title, &p->url, &p->owner_id, &p->owner_name, &p->license_uri, &p->license_label,
		&p->taken.value, &p->place, &p->coordinates, &p->withheld};
	keep_texts(c, texts, LB_COUNT(texts));
	const char **tags = lb_arena_alloc(&c->arena, (p->ntags + 1) * sizeof *tags);
	for (size_t i = 0; i < p->ntags; i++)
		tags[i] = lb_arena_strdup(&c->arena, photo->tags[i]);
	p->tags = tags;
	return LB_OK;
}

static int keep_file(void *arg, size_t number, const struct lb_mets_file *file, struct lb_error *err)
{
	struct cursor *c = arg;
	(void)err;
	if (strcmp(file->group, c->group) != 0)
		return LB_OK;
	struct lb_mets_file *f = &add_item(c, number)->file;
	*f = *file;
	const char **const texts[] = {&f->path, &f->sha256, &f->mime, &f->group};
	keep_texts(c, texts, LB_COUNT(texts));
	return LB_OK;
}

/* One chunk further. */
static int step(struct cursor *c, struct lb_error *err)
{
	struct lb_mets_about about;
	ssize_t n = read(c->fd, c->chunk, sizeof c->chunk);
	if (n < 0)
		return lb_fail_sys(err, "cannot read \"%s\"", c->path);
	if (n > 0)
		return lb_mets_reader_feed(c->reader, c->chunk, (size_t)n, err);
	c->ended = true;
	return lb_mets_reader_end(c->reader, &about, err);
}

/* What comes next, or NULL at the end. */
static int peek(struct cursor *c, const struct item **out, struct lb_error *err)
{
	if (c->first == c->count && c->count) {
		lb_arena_reset(&c->arena);
		c->first = c->count = 0;
	}
	while (c->first == c->count && !c->ended)
		LB_TRY(step(c, err));
	*out = c->first < c->count ? &c->items[c->first] : NULL;
	return LB_OK;
}

/* ---- putting together ---- */

static const char *const groups[] = {"original", "thumbnail"};
struct listing {
	const char *path;
	struct cursor *map, *photos, *files[LB_COUNT(groups)];
	lb_mets_list_fn *each;
	void *arg;
};

static void listing_clear(struct listing *l)
{
	cursor_free(l->map);
	cursor_free(l->photos);
	for (size_t i = 0; i < LB_COUNT(groups); i++)
		cursor_free(l->files[i]);
}

static int disordered(const char *what, struct lb_error *err)
{
	return lb_fail(err, LB_FORMAT, "its %s do not stand in the order of its photos", what);
}

/* Takes one item with this number; what was kept before it belongs to nobody. */
static int take(struct cursor *c, size_t number, const char *what, const struct item **out, struct lb_error *err)
{
	LB_TRY(peek(c, out, err));
	if (!*out || (*out)->number != number)
		return disordered(what, err);
	return LB_OK;
}

/* A photo has few files of these groups: more are no list any more. */
#define FILES_MAX 64

static int take_files(struct listing *l, const struct lb_mets_place *place, struct lb_mets_file *files, size_t *count, struct lb_arena *arena,
	struct lb_error *err)
{
	for (size_t g = 0; g < LB_COUNT(groups); g++)
		for (size_t i = 0; i < place->nfiles; i++) {
			const struct item *item;
			if (strcmp(place->files[i].group, groups[g]) != 0)
				continue;
			if (*count == FILES_MAX)
				return lb_fail(err, LB_LIMIT, "it has a photo of more than %d files", FILES_MAX);
			LB_TRY(take(l->files[g], place->files[i].number, "files", &item, err));
			struct lb_mets_file *f = &files[(*count)++];
			*f = item->file;
			f->path = lb_arena_strdup(arena, f->path);
			f->sha256 = lb_arena_strdup(arena, f->sha256);
			f->mime = lb_arena_strdup(arena, f->mime);
			f->group = groups[g];
			l->files[g]->first++;
		}
	return LB_OK;
}

static int tell_place(void *arg, const struct lb_mets_place *place, struct lb_error *err)
{
	struct listing *l = arg;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_mets_file files[FILES_MAX];
	const struct item *item;
	size_t count = 0;
	LB_TRY(take(l->photos, place->number, "descriptions", &item, err));
	struct lb_mets_photo photo = item->photo;
	photo.license_id = place->license_id;
	LB_TRY(take_files(l, place, files, &count, &arena, err));
	LB_TRY(l->each(l->arg, &photo, files, count, err));
	l->photos->first++;
	return LB_OK;
}

static int open_all(struct listing *l, struct lb_error *err)
{
	LB_TRY(cursor_open(l->path, &l->map, err));
	l->map->reader = lb_mets_reader_new(&(struct lb_mets_handler){.arg = l, .place = tell_place});
	LB_TRY(cursor_open(l->path, &l->photos, err));
	l->photos->reader = lb_mets_reader_new(&(struct lb_mets_handler){.arg = l->photos, .photo = keep_photo});
	for (size_t i = 0; i < LB_COUNT(groups); i++) {
		LB_TRY(cursor_open(l->path, &l->files[i], err));
		l->files[i]->group = groups[i];
		l->files[i]->reader = lb_mets_reader_new(&(struct lb_mets_handler){.arg = l->files[i], .file = keep_file});
	}
	return LB_OK;
}

/* What is wrong with the content, told with the name of the file. */
static int in_file(const char *path, int rc, struct lb_error *err)
{
	if ((rc != LB_FORMAT && rc != LB_LIMIT) || !err)
		return rc == LB_LIMIT ? LB_FORMAT : rc;
	const struct lb_error inner = *err;
	return lb_fail(err, LB_FORMAT, "\"%s\" cannot be listed: %s", path, inner.what);
}

int lb_mets_list(const char *path, lb_mets_list_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(listing_clear) struct listing l = {.path = path, .each = each, .arg = arg};
	int rc = open_all(&l, err);
	while (rc == LB_OK && !l.map->ended)
		rc = step(l.map, err);
	return in_file(path, rc, err);
}
