#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/container_private.h"

#define DEFECTS_MAX 1000

/* ---- opening ---- */

static const struct {
	int (*open)(struct lb_container *, struct lb_error *);
	int (*stream)(const struct lb_container *, size_t, lb_take_fn *, void *, struct lb_error *);
} kinds[] = {
	[LB_CONTAINER_FOLDER] = {lb_folder_open, lb_folder_stream},
	[LB_CONTAINER_ZIP] = {lb_zip_open, lb_zip_stream},
	[LB_CONTAINER_TAR] = {lb_tar_open, lb_tar_stream},
};

static int recognise(struct lb_container *c, struct lb_error *err)
{
	struct stat st;
	/* O_NONBLOCK: a pipe under that name must not hold us. */
	c->fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (c->fd < 0 || fstat(c->fd, &st) != 0)
		return lb_fail_sys(err, "cannot open \"%s\"", c->path);
	if (S_ISDIR(st.st_mode))
		return LB_OK;
	if (!S_ISREG(st.st_mode))
		return lb_fail(err, LB_FORMAT, "cannot read \"%s\": neither a folder nor a file", c->path);
	c->size = (uint64_t)st.st_size;
	if (lb_zip_looks(c))
		c->kind = LB_CONTAINER_ZIP;
	else if (lb_tar_looks(c))
		c->kind = LB_CONTAINER_TAR;
	else
		return lb_fail(err, LB_FORMAT, "cannot read \"%s\": neither a folder nor a zip or tar file", c->path);
	return LB_OK;
}

int lb_container_open(const char *path, struct lb_container **out, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = lb_alloc(sizeof *c);
	c->fd = -1;
	c->path = lb_strdup(path);
	LB_TRY(recognise(c, err));
	LB_TRY(kinds[c->kind].open(c, err));
	*out = c;
	c = NULL;
	return LB_OK;
}

void lb_container_free(struct lb_container *c)
{
	if (!c)
		return;
	lb_fd_close(&c->fd);
	free(c->path);
	free(c->root);
	free(c->entries);
	free(c->members);
	free(c->places);
	free(c->defects);
	lb_arena_clear(&c->arena);
	free(c);
}

void lb_container_freep(struct lb_container **c)
{
	lb_container_free(*c);
	*c = NULL;
}

/* ---- looking ---- */

enum lb_container_kind lb_container_kind(const struct lb_container *c)
{
	return c->kind;
}

const char *lb_container_root(const struct lb_container *c)
{
	return c->root;
}

const struct lb_member *lb_container_members(const struct lb_container *c, size_t *count)
{
	*count = c->count;
	return c->members;
}

const struct lb_defect *lb_container_defects(const struct lb_container *c, size_t *count)
{
	*count = c->ndefects;
	return c->defects;
}

static int against_path(const void *key, const void *member)
{
	return strcmp(key, ((const struct lb_member *)member)->path);
}

long lb_container_find(const struct lb_container *c, const char *path)
{
	if (!c->count)
		return -1;
	const struct lb_member *m = bsearch(path, c->members, c->count, sizeof *m, against_path);
	return m ? (long)(m - c->members) : -1;
}

/* Members are sorted, but between "a" and "a/b" there may stand "a-b". */
bool lb_container_is_empty_dir(const struct lb_container *c, size_t member)
{
	const char *path = c->members[member].path;
	size_t n = strlen(path), low = member + 1, high = c->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *other = c->members[middle].path;
		int order = strncmp(other, path, n);
		if (order == 0)
			order = (unsigned char)other[n] - '/';
		if (order == 0)
			return false;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return c->members[member].kind == LB_MEMBER_DIR;
}

/* ---- reading ---- */

char *lb_piece_get(struct lb_piece *p, uint64_t wanted)
{
	p->size = wanted < LB_PIECE ? (size_t)wanted : LB_PIECE;
	if (p->size <= sizeof p->small) {
		p->size = sizeof p->small;
		return p->small;
	}
	p->large = lb_realloc(NULL, p->size, 1);
	return p->large;
}

void lb_piece_clear(struct lb_piece *p)
{
	free(p->large);
}

int lb_container_pread(const struct lb_container *c, uint64_t at, void *data, size_t n, struct lb_error *err)
{
	char *p = data;
	while (n) {
		ssize_t got = pread(c->fd, p, n, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return lb_fail_sys(err, "cannot read \"%s\"", c->path);
		if (got == 0)
			return lb_fail(err, LB_CORRUPT, "\"%s\" ends too early", c->path);
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return LB_OK;
}

int lb_container_range(const struct lb_container *c, uint64_t at, uint64_t n, lb_take_fn *take, void *arg,
	struct lb_error *err)
{
	LB_AUTO(lb_piece_clear) struct lb_piece piece;
	piece.large = NULL;
	char *data = lb_piece_get(&piece, n);
	while (n) {
		size_t part = n < piece.size ? (size_t)n : piece.size;
		LB_TRY(lb_container_pread(c, at, data, part, err));
		LB_TRY(take(arg, data, part, err));
		at += part;
		n -= part;
	}
	return LB_OK;
}

int lb_container_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg, struct lb_error *err)
{
	struct lb_shown shown;
	if (c->members[member].kind != LB_MEMBER_FILE)
		return lb_fail(err, LB_FORMAT, "\"%s\" is not a file", lb_shown(&shown, c->members[member].path));
	return kinds[c->kind].stream(c, member, take, arg, err);
}

static int append(void *arg, const void *data, size_t n, struct lb_error *err)
{
	(void)err;
	lb_buf_add(arg, data, n);
	return LB_OK;
}

int lb_container_read(const struct lb_container *c, size_t member, size_t max, struct lb_buf *out, struct lb_error *err)
{
	struct lb_shown shown;
	const struct lb_member *m = &c->members[member];
	if (m->size > max)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": larger than %zu bytes",
			lb_shown(&shown, m->path), max);
	lb_buf_reset(out);
	if (out->max < max)
		out->max = max;
	LB_TRY(lb_container_stream(c, member, append, out, err));
	return lb_buf_check(out, m->path, err);
}

/* ---- filling ---- */

const char *lb_shown(struct lb_shown *s, const char *name)
{
	struct lb_buf b = LB_BUF(sizeof s->text * 4);
	lb_show(&b, (struct lb_span){name, strnlen(name, sizeof s->text - 1)});
	snprintf(s->text, sizeof s->text, "%s", lb_buf_str(&b));
	lb_buf_clear(&b);
	return s->text;
}

void lb_container_defect(struct lb_container *c, const char *rule, const char *path, const char *fmt, ...)
{
	char text[512];
	va_list args;
	if (c->ndefects == DEFECTS_MAX)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	LB_GROW(c->defects, c->ndefects, c->defect_cap);
	struct lb_defect *d = &c->defects[c->ndefects++];
	d->rule = rule;
	d->path = lb_arena_strdup(&c->arena, path);
	d->message = lb_arena_strdup(&c->arena, text);
}

bool lb_defect_is_style(const struct lb_defect *d)
{
	static const char *const style[] = {"ZIP-011", "ZIP-018", "ZIP-021", "TAR-021"};
	for (size_t i = 0; i < LB_COUNT(style); i++)
		if (strcmp(d->rule, style[i]) == 0)
			return true;
	return false;
}

struct lb_entry *lb_container_add(struct lb_container *c, const char *path, int kind, uint64_t size)
{
	LB_GROW(c->entries, c->nentries, c->entry_cap);
	struct lb_entry *e = &c->entries[c->nentries++];
	*e = (struct lb_entry){.member = {.path = path, .size = size}};
	e->member.kind = kind;
	return e;
}
