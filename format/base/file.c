#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/base/internal.h"

#define PIECE 65536

void lb_close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

long lb_read_fd(int fd, void *data, size_t n)
{
	long got;
	do
		got = read(fd, data, n);
	while (got < 0 && errno == EINTR);
	return got;
}

int lb_write_fd(int fd, const void *data, size_t n)
{
	const char *p = data;
	while (n) {
		ssize_t done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done == 0 ? EIO : errno;
			return -1;
		}
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

/* The size that stat tells is only a first guess: files grow, and those of /proc say 0. */
static int read_all(int fd, const char *path, struct lb_buf *b, struct lb_error *err)
{
	char piece[4096];
	for (;;) {
		bool direct = b->cap > b->len + 1 && b->len < b->max;
		size_t room = direct ? b->cap - b->len - 1 : sizeof piece;
		long got = lb_read_fd(fd, direct ? b->p + b->len : piece, room);
		if (got < 0)
			return lb_fail_sys(err, "cannot read \"%s\"", path);
		if (got == 0)
			return LB_OK;
		if (direct) {
			b->len += (size_t)got;
			b->p[b->len] = '\0';
		} else {
			lb_buf_add(b, piece, (size_t)got);
		}
		if (b->overflow || b->len > b->max)
			return lb_fail(err, LB_LIMIT, "cannot read \"%s\": larger than %zu bytes", path, b->max);
	}
}

int lb_file_read(const char *path, size_t max, struct lb_buf *out, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(max);
	if (S_ISREG(st.st_mode) && (uint64_t)st.st_size > max)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": larger than %zu bytes", path, max);
	if (S_ISREG(st.st_mode))
		lb_buf_reserve(&b, (size_t)st.st_size);
	LB_TRY(read_all(fd, path, &b, err));
	size_t keep = out->max > max ? out->max : max;
	size_t len = b.len, cap = b.cap;
	lb_buf_clear(out);
	*out = (struct lb_buf){.p = lb_buf_take(&b), .len = len, .cap = cap ? cap : 1, .max = keep};
	return LB_OK;
}

bool lb_file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

bool lb_dir_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int make_one(const char *path, struct lb_error *err)
{
	if (mkdir(path, 0777) == 0)
		return LB_OK;
	int sys = errno;
	if (lb_dir_exists(path))
		return LB_OK;
	if (sys == EEXIST)
		return lb_fail(err, LB_EXISTS, "cannot make the folder \"%s\": a file of that name is there", path);
	errno = sys;
	return lb_fail_sys(err, "cannot make the folder \"%s\"", path);
}

int lb_dir_make(const char *path, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *prefix = lb_strdup(path);
	for (char *p = prefix; *p; p++) {
		if (*p != '/' || p == prefix)
			continue;
		*p = '\0';
		LB_TRY(make_one(prefix, err));
		*p = '/';
	}
	return make_one(path, err);
}

int lb_dir_sync(const char *path, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* EINVAL: a file system that has no such thing for folders */
	if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL))
		return lb_fail_sys(err, "cannot sync the folder \"%s\"", path);
	return LB_OK;
}

int lb_fs_sync(const char *path, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syncfs(fd) != 0)
		return lb_fail_sys(err, "cannot sync the file system of \"%s\"", path);
	return LB_OK;
}

static int copy_into(int from, const char *path, struct lb_out *out, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *piece = lb_alloc(PIECE);
	long got;
	while ((got = lb_read_fd(from, piece, PIECE)) > 0)
		lb_out_add(out, piece, (size_t)got);
	return got < 0 ? lb_fail_sys(err, "cannot read \"%s\"", path) : LB_OK;
}

static int copy(const char *from, const char *to, struct lb_error *err)
{
	LB_AUTO(lb_close_fd) int fd = open(from, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return lb_fail_sys(err, "cannot read \"%s\"", from);
	LB_AUTO(lb_out_abandonp) struct lb_out *out = NULL;
	LB_TRY(lb_out_open(to, 0, &out, err));
	if (!lb_out_clone(out, fd))
		LB_TRY(copy_into(fd, from, out, err));
	struct lb_out *whole = out;
	out = NULL;
	return lb_out_commit(whole, NULL, NULL, err);
}

int lb_file_link(const char *from, const char *to, struct lb_error *err)
{
	static const int elsewhere[] = {EXDEV, EPERM, EMLINK, ENOSYS, EOPNOTSUPP};
	if (link(from, to) == 0)
		return LB_OK;
	for (size_t i = 0; i < LB_COUNT(elsewhere); i++)
		if (errno == elsewhere[i])
			return copy(from, to, err);
	return lb_fail_sys(err, "cannot link \"%s\" to \"%s\"", to, from);
}

static int write_file(const char *path, unsigned flags, const void *data, size_t n, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(lb_out_open(path, LB_OUT_REPLACE | flags, &out, err));
	lb_out_add(out, data, n);
	return lb_out_commit(out, NULL, NULL, err);
}

int lb_file_write(const char *path, const void *data, size_t n, struct lb_error *err)
{
	return write_file(path, 0, data, n, err);
}

int lb_file_write_private(const char *path, const void *data, size_t n, struct lb_error *err)
{
	return write_file(path, LB_OUT_PRIVATE, data, n, err);
}
