#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
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
