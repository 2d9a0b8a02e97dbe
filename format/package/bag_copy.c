/* A bag beside the folder: files are hashed while they are copied, so that each is read once. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat2 */
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "format/package/bag_private.h"

struct copying {
	struct lb_bagging *b;
	char *out, *parent;   /* the new bag, and the folder it will be in */
	char *temp;           /* its name while it is made; NULL once it is in place */
	int fd, payload;      /* of temp, and of the data folder in it */
};

static void copying_clear(struct copying *c)
{
	if (c->temp && c->fd >= 0) {
		int ignored = lb_dir_remove(c->temp, NULL);
		(void)ignored;
	}
	lb_fd_close(&c->payload);
	lb_fd_close(&c->fd);
	free(c->out);
	free(c->parent);
	free(c->temp);
}

/* ---- where ---- */

static char *without_slashes(const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	return lb_strndup(dir, n);
}

static int check_target(const struct copying *c, struct lb_error *err)
{
	const char *dir = c->b->making->dir, *base = lb_path_base(c->out);
	struct stat st;
	struct statvfs fs;
	if (!*base || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
		return lb_fail(err, LB_USAGE, "cannot make the bag \"%s\": a new folder needs a name", c->out);
	if (lstat(c->out, &st) == 0)
		return lb_fail(err, LB_EXISTS, "cannot make the bag \"%s\": it is there already", c->out);
	LB_TRY(lb_check_outside("bag", dir, c->out, err));
	if (statvfs(c->parent, &fs) != 0)
		return lb_fail_sys(err, "cannot make the bag \"%s\"", c->out);
	uint64_t room = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (c->b->bytes > room && fs.f_blocks) /* some file systems do not tell */
		return lb_fail(err, LB_IO, "cannot bag \"%s\": it needs %llu bytes, there is room for %llu", dir,
			(unsigned long long)c->b->bytes, (unsigned long long)room);
	return LB_OK;
}

/* The name is always the same, and locked: what a killed run left behind is found and removed by the next. */
static int make_temp(struct copying *c, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *temp = lb_alloc(strlen(c->out) + sizeof LB_BAG_STAGE + 2);
	const size_t dir = (size_t)(lb_path_base(c->out) - c->out);
	snprintf(temp, strlen(c->out) + sizeof LB_BAG_STAGE + 2, "%.*s.%s%s", (int)dir, c->out, c->out + dir, LB_BAG_STAGE);
	for (bool fresh = false; !fresh;) {
		fresh = mkdir(temp, 0777) == 0;
		if (!fresh && errno != EEXIST)
			return lb_fail_sys(err, "cannot make the bag \"%s\"", c->out);
		LB_AUTO(lb_fd_close) int fd = open(temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0)
			return lb_fail_sys(err, "cannot make the bag \"%s\"", c->out);
		if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
			return lb_fail(err, LB_LOCKED, "another run is making the bag \"%s\"", c->out);
		if (!fresh) {
			LB_TRY(lb_dir_remove(temp, err));
			continue;
		}
		c->fd = fd;
		fd = -1;
	}
	c->temp = temp;
	temp = NULL;
	if (mkdirat(c->fd, "data", 0777) != 0)
		return lb_fail_sys(err, "cannot make the bag \"%s\"", c->out);
	c->payload = lb_beneath_open(c->fd, "data", O_RDONLY | O_DIRECTORY, 0);
	return c->payload < 0 ? lb_fail_sys(err, "cannot make the bag \"%s\"", c->out) : LB_OK;
}

/* ---- copying ---- */

static int cannot_write(const char *path, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail_sys(err, "cannot write \"%s\"", lb_shown(&shown, path));
}

static int make_folders(const struct copying *c, struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(c->b->c, &count);
	const char *before = "";
	for (size_t i = 0; i < count; i++) {
		if (lb_beneath_make_folders(c->payload, before, m[i].path, m[i].kind == LB_MEMBER_DIR) != 0)
			return cannot_write(m[i].path, err);
		before = m[i].path;
	}
	return LB_OK;
}

struct target { lb_take_fn *take; void *arg; const char *path; int fd; };

static int both(void *arg, const void *data, size_t n, struct lb_error *err)
{
	const struct target *t = arg;
	const char *p = data;
	LB_TRY(t->take(t->arg, data, n, err));
	while (n) {
		ssize_t done = write(t->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done == 0 ? EIO : errno;
			return cannot_write(t->path, err);
		}
		p += done;
		n -= (size_t)done;
	}
	return LB_OK;
}

/* When a file was last changed, and whether it can be executed, go with it. */
static int copy_file(void *arg, size_t member, lb_take_fn *take, void *take_arg, struct lb_error *err)
{
	const struct copying *c = arg;
	const char *path = c->b->c->members[member].path;
	struct stat st;
	if (fstatat(c->b->c->fd, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	struct target t = {.take = take, .arg = take_arg, .path = path};
	t.fd = lb_beneath_open(c->payload, path, O_WRONLY | O_CREAT | O_EXCL, (st.st_mode & 0777) | 0600);
	if (t.fd < 0)
		return cannot_write(path, err);
	int rc = lb_container_stream(c->b->c, member, both, &t, err);
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, st.st_mtim};
	if (!rc && futimens(t.fd, times) != 0)
		rc = cannot_write(path, err);
	if (close(t.fd) != 0 && errno != EINTR && !rc)
		rc = cannot_write(path, err);
	return rc;
}

static int put_in_place(struct copying *c, struct lb_error *err)
{
	int rc = renameat2(AT_FDCWD, c->temp, AT_FDCWD, c->out, RENAME_NOREPLACE);
	/* Where that is not known, rename can only replace an empty folder. */
	if (rc != 0 && (errno == EINVAL || errno == ENOSYS))
		rc = rename(c->temp, c->out);
	if (rc != 0)
		return lb_fail_sys(err, "cannot make the bag \"%s\"", c->out);
	free(c->temp);
	c->temp = NULL;
	return lb_dir_sync(c->parent, err);
}

int lb_bag_copy(struct lb_bagging *b, struct lb_error *err)
{
	LB_AUTO(copying_clear) struct copying c = {.b = b, .fd = -1, .payload = -1};
	c.out = without_slashes(b->making->out);
	c.parent = lb_parent_of(c.out);
	LB_TRY(check_target(&c, err));
	LB_TRY(make_temp(&c, err));
	LB_TRY(make_folders(&c, err));
	LB_TRY(lb_bag_hash_all(b, copy_file, &c, err));
	LB_TRY(lb_bag_unchanged(b, err));
	LB_TRY(lb_bag_write_tags(b, c.temp, true, err));
	LB_TRY(lb_fs_sync(c.temp, err));
	return put_in_place(&c, err);
}
