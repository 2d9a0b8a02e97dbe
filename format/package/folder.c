#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/container_private.h"

static int add_entry(void *arg, const struct lb_file_info *info, struct lb_error *err)
{
	static const int kinds[] = {
		[LB_FILE] = LB_MEMBER_FILE, [LB_DIR] = LB_MEMBER_DIR, [LB_LINK] = LB_MEMBER_LINK,
			[LB_OTHER] = LB_MEMBER_SPECIAL,
	};
	struct lb_container *c = arg;
	if (c->nentries >= LB_MEMBERS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": more than %u files", c->path, LB_MEMBERS_MAX);
	lb_container_add(c, lb_arena_strdup(&c->arena, info->path), kinds[info->kind], info->size);
	return LB_OK;
}

/* Also of ".", "..", "x/" and "/": the name that the folder has where it stands. */
static char *folder_name(const char *path)
{
	char *real = realpath(path, NULL);
	char *name = lb_strdup(lb_path_base(real ? real : path));
	free(real);
	return name;
}

int lb_folder_open(struct lb_container *c, struct lb_error *err)
{
	LB_TRY(lb_dir_walk(c->path, add_entry, c, err));
	c->root = folder_name(c->path);
	lb_container_settle_plain(c);
	return LB_OK;
}

static int changed(const char *path, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail(err, LB_CORRUPT, "\"%s\" changed while it was being read", lb_shown(&shown, path));
}

static int cannot_read(const char *path, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail_sys(err, "cannot read \"%s\"", lb_shown(&shown, path));
}

static int open_file(const struct lb_container *c, const struct lb_member *m, int *fd, struct stat *st,
	struct lb_error *err)
{
	/* O_NONBLOCK: should the file have become a pipe since, opening it must not wait for a writer. */
	*fd = lb_beneath_open(c->fd, m->path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
	if (*fd < 0)
		return errno == ELOOP || errno == ENOENT || errno == ENXIO ? changed(m->path, err) : cannot_read(m->path, err);
	if (fstat(*fd, st) != 0)
		return cannot_read(m->path, err);
	return S_ISREG(st->st_mode) && (uint64_t)st->st_size == m->size ? LB_OK : changed(m->path, err);
}

/* Reads as much as there was when the folder was looked at. Whether more came since, the second look tells. */
static int read_through(int fd, const struct lb_member *m, lb_take_fn *take, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_piece_clear) struct lb_piece piece;
	piece.large = NULL;
	char *data = lb_piece_get(&piece, m->size);
	for (uint64_t left = m->size; left;) {
		ssize_t n = read(fd, data, left < piece.size ? (size_t)left : piece.size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_read(m->path, err);
		if (n == 0)
			return changed(m->path, err);
		LB_TRY(take(arg, data, (size_t)n, err));
		left -= (uint64_t)n;
	}
	return LB_OK;
}

int lb_folder_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg, struct lb_error *err)
{
	const struct lb_member *m = &c->members[member];
	LB_AUTO(lb_fd_close) int fd = -1;
	struct stat before, after;
	LB_TRY(open_file(c, m, &fd, &before, err));
	LB_TRY(read_through(fd, m, take, arg, err));
	if (fstat(fd, &after) != 0)
		return cannot_read(m->path, err);
	bool same = after.st_size == before.st_size && after.st_mtim.tv_sec == before.st_mtim.tv_sec &&
		    after.st_mtim.tv_nsec == before.st_mtim.tv_nsec;
	return same ? LB_OK : changed(m->path, err);
}
