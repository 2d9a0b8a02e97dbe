#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "format/package/container_private.h"

void lb_fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool is_name(const char *part)
{
	return *part && strcmp(part, ".") != 0 && strcmp(part, "..") != 0;
}

static int open_part(int at, const char *path, size_t n, int flags)
{
	char part[256] = "";
	if (n < sizeof part)
		memcpy(part, path, n);
	if (!is_name(part)) {
		errno = n < sizeof part ? EINVAL : ENAMETOOLONG;
		return -1;
	}
	return openat(at, part, flags);
}

/* Folder by folder, for kernels before 5.6 and sandboxes that do not know openat2. */
static int open_by_parts(int root, const char *path, int flags, unsigned mode)
{
	LB_AUTO(lb_fd_close) int folder = -1;
	int at = root;
	for (const char *slash; (slash = strchr(path, '/')); path = slash + 1) {
		int next = open_part(at, path, (size_t)(slash - path), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		lb_fd_close(&folder);
		if (next < 0)
			return -1;
		at = folder = next;
	}
	if (!is_name(path)) {
		errno = EINVAL;
		return -1;
	}
	return openat(at, path, flags | O_NOFOLLOW | O_CLOEXEC, mode);
}

int lb_beneath_open(int root, const char *path, int flags, unsigned mode)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_NOFOLLOW | O_CLOEXEC),
		.mode = flags & O_CREAT ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return open_by_parts(root, path, flags, mode);
	return (int)fd;
}

static int make_folder(int root, const char *path, size_t n)
{
	LB_AUTO(lb_freep) char *parent = lb_strndup(path, n);
	char *slash = strrchr(parent, '/');
	LB_AUTO(lb_fd_close) int below = -1;
	if (slash) {
		*slash = '\0';
		below = lb_beneath_open(root, parent, O_PATH | O_DIRECTORY, 0);
		if (below < 0)
			return -1;
	}
	return mkdirat(slash ? below : root, slash ? slash + 1 : parent, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

int lb_beneath_make_folders(int root, const char *before, const char *path, bool is_folder)
{
	size_t common = 0;
	while (before[common] && before[common] == path[common])
		common++;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		if ((size_t)(slash - path) >= common && make_folder(root, path, (size_t)(slash - path)) != 0)
			return -1;
	return is_folder ? make_folder(root, path, strlen(path)) : 0;
}

int lb_check_outside(const char *verb, const char *dir, const char *file, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *parent = lb_parent_of(file);
	LB_AUTO(lb_freep) char *inner = realpath(parent, NULL);
	if (!inner)
		return lb_fail_sys(err, "cannot write \"%s\"", file);
	LB_AUTO(lb_freep) char *outer = realpath(dir, NULL);
	if (!outer)
		return lb_fail_sys(err, "cannot read \"%s\"", dir);
	size_t n = strlen(outer);
	if (strncmp(inner, outer, n) == 0 && (inner[n] == '\0' || inner[n] == '/'))
		return lb_fail(err, LB_USAGE, "cannot %s \"%s\" into itself: \"%s\" is inside", verb, dir, file);
	return LB_OK;
}

int lb_pwrite(int fd, uint64_t at, const void *data, size_t n, const char *name, struct lb_error *err)
{
	const char *p = data;
	while (n) {
		ssize_t done = pwrite(fd, p, n, (off_t)at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done == 0 ? EIO : errno;
			return lb_fail_sys(err, "cannot write \"%s\"", name);
		}
		p += done;
		at += (uint64_t)done;
		n -= (size_t)done;
	}
	return LB_OK;
}

char *lb_temp_beside(const char *path, unsigned attempt)
{
	const char *base = lb_path_base(path);
	struct lb_buf name = LB_BUF(1 << 16);
	lb_buf_add(&name, path, (size_t)(base - path));
	lb_buf_addf(&name, ".%.200s.%ld-%u.part", base, (long)getpid(), attempt);
	return lb_buf_take(&name);
}

char *lb_parent_of(const char *path)
{
	const char *base = lb_path_base(path);
	return base == path ? lb_strdup(".") : lb_strndup(path, (size_t)(base - path));
}
