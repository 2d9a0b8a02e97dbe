#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/base/internal.h"

#define DEPTH_MAX 256
#define REMOVE_DEPTH 64 /* deeper folders are first moved up to the root: no tree is too deep to be removed */

/* ---- the names of one folder ---- */

struct names { struct lb_arena arena; const char **items; size_t count, cap; };

static void names_clear(struct names *n)
{
	free(n->items);
	lb_arena_clear(&n->arena);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void dir_closep(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static int read_names(int fd, const char *path, struct names *n, struct lb_error *err)
{
	int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	LB_AUTO(dir_closep) DIR *dir = again < 0 ? NULL : fdopendir(again);
	if (!dir) {
		int rc = lb_fail_sys(err, "cannot read the folder \"%s\"", path);
		lb_close_fd(&again);
		return rc;
	}
	errno = 0;
	for (struct dirent *e; (e = readdir(dir)); errno = 0) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		LB_GROW(n->items, n->count, n->cap);
		n->items[n->count++] = lb_arena_strdup(&n->arena, e->d_name);
	}
	if (errno)
		return lb_fail_sys(err, "cannot read the folder \"%s\"", path);
	if (n->count)
		qsort(n->items, n->count, sizeof *n->items, by_bytes);
	return LB_OK;
}

static int open_dir(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* ---- walking ---- */

struct walk {
	const char *root;
	lb_walk_fn *visit;
	void *arg;
	struct lb_buf path; /* of the current entry, relative to the root */
};

static int walk_folder(struct walk *w, int fd, unsigned depth, struct lb_error *err);

static int kind_of(mode_t mode)
{
	return S_ISREG(mode) ? LB_FILE : S_ISDIR(mode) ? LB_DIR : S_ISLNK(mode) ? LB_LINK : LB_OTHER;
}

static uint64_t stamp_of(const struct stat *st)
{
	const uint64_t facts[] = {st->st_dev, st->st_ino, (uint64_t)st->st_size, (uint64_t)st->st_mtim.tv_sec,
		(uint64_t)st->st_mtim.tv_nsec, (uint64_t)st->st_ctim.tv_sec, (uint64_t)st->st_ctim.tv_nsec};
	uint64_t stamp = 14695981039346656037u; /* FNV-1a, by words */
	for (size_t i = 0; i < LB_COUNT(facts); i++)
		stamp = (stamp ^ facts[i] ^ facts[i] >> 32) * 1099511628211u;
	return stamp;
}

static int walk_entry(struct walk *w, int fd, const char *name, unsigned depth, struct lb_error *err)
{
	struct stat st;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return lb_fail_sys(err, "cannot look at \"%s/%s\"", w->root, lb_buf_str(&w->path));
	struct lb_file_info info = {.path = lb_buf_str(&w->path)};
	info.kind = kind_of(st.st_mode);
	info.stamp = stamp_of(&st);
	info.size = info.kind == LB_FILE ? (uint64_t)st.st_size : 0;
	LB_TRY(w->visit(w->arg, &info, err));
	if (info.kind != LB_DIR)
		return LB_OK;
	if (depth == DEPTH_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": folders are more than %d deep", w->root, DEPTH_MAX);
	LB_AUTO(lb_close_fd) int below = open_dir(fd, name);
	if (below < 0)
		return lb_fail_sys(err, "cannot read the folder \"%s/%s\"", w->root, lb_buf_str(&w->path));
	return walk_folder(w, below, depth + 1, err);
}

static int walk_folder(struct walk *w, int fd, unsigned depth, struct lb_error *err)
{
	LB_AUTO(names_clear) struct names names = {0};
	size_t len = w->path.len;
	LB_TRY(read_names(fd, len ? w->path.p : w->root, &names, err));
	for (size_t i = 0; i < names.count; i++) {
		if (len)
			lb_buf_addc(&w->path, '/');
		lb_buf_adds(&w->path, names.items[i]);
		LB_TRY(lb_buf_check(&w->path, "a path", err));
		LB_TRY(walk_entry(w, fd, names.items[i], depth, err));
		w->path.len = len;
		w->path.p[len] = '\0';
	}
	return LB_OK;
}

int lb_dir_walk(const char *root, lb_walk_fn *visit, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return lb_fail_sys(err, "cannot read the folder \"%s\"", root);
	struct walk w = {.root = root, .visit = visit, .arg = arg, .path = LB_BUF((size_t)1 << 20)};
	int rc = walk_folder(&w, fd, 1, err);
	lb_buf_clear(&w.path);
	return rc;
}

/* ---- removing ---- */

struct removal {
	const char *path;
	int root;        /* descriptor of the folder to be removed */
	unsigned moved;  /* folders moved up to the root, still to be removed */
};

static int remove_content(struct removal *r, int fd, unsigned depth, struct lb_error *err);

static int remove_failed(const struct removal *r, struct lb_error *err)
{
	return lb_fail_sys(err, "cannot remove \"%s\"", r->path);
}

static int move_up(struct removal *r, int fd, const char *name, struct lb_error *err)
{
	char fresh[64];
	do
		snprintf(fresh, sizeof fresh, ".removed-%ld-%u", (long)getpid(), r->moved++);
	while (renameat2(fd, name, r->root, fresh, RENAME_NOREPLACE) != 0 && errno == EEXIST);
	struct stat st;
	return fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? remove_failed(r, err) : LB_OK;
}

static int remove_entry(struct removal *r, int fd, const char *name, unsigned depth, struct lb_error *err)
{
	if (unlinkat(fd, name, 0) == 0 || errno == ENOENT)
		return LB_OK;
	int sys = errno;
	LB_AUTO(lb_close_fd) int below = open_dir(fd, name);
	if (below < 0) {
		errno = sys;
		return remove_failed(r, err);
	}
	if (depth == REMOVE_DEPTH)
		return move_up(r, fd, name, err);
	LB_TRY(remove_content(r, below, depth + 1, err));
	return unlinkat(fd, name, AT_REMOVEDIR) == 0 ? LB_OK : remove_failed(r, err);
}

static int remove_content(struct removal *r, int fd, unsigned depth, struct lb_error *err)
{
	LB_AUTO(names_clear) struct names names = {0};
	LB_TRY(read_names(fd, r->path, &names, err));
	for (size_t i = 0; i < names.count; i++)
		LB_TRY(remove_entry(r, fd, names.items[i], depth, err));
	return LB_OK;
}

int lb_dir_remove(const char *path, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open_dir(AT_FDCWD, path);
	struct removal r = {.path = path, .root = fd};
	if (fd < 0)
		return remove_failed(&r, err);
	unsigned moved;
	do {
		moved = r.moved;
		LB_TRY(remove_content(&r, fd, 1, err));
	} while (r.moved != moved);
	return rmdir(path) == 0 ? LB_OK : remove_failed(&r, err);
}
