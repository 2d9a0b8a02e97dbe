#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/base/internal.h"

#define BUFFER_SIZE 65536
#define TEMP_TRIES 1000
#define TEMP_BASE_MAX 200 /* bytes of the name kept in the temporary name, so that the suffix fits into 255 */

struct lb_out {
	char *path, *temp;
	int fd;
	int sys;                 /* errno of the first failure: nothing is written after it */
	unsigned flags;
	uint64_t size;
	size_t pending;          /* bytes in buffer */
	struct lb_digest *digest;
	unsigned char buffer[BUFFER_SIZE];
};

static int open_temp(struct lb_out *o)
{
	size_t dir = (size_t)(lb_path_base(o->path) - o->path), base = strlen(o->path + dir);
	int keep = (int)(dir + (base < TEMP_BASE_MAX ? base : TEMP_BASE_MAX));
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(SIZE_MAX / 2);
	for (unsigned n = 0; n < TEMP_TRIES; n++) {
		lb_buf_reset(&name);
		lb_buf_addf(&name, "%.*s.tmp-%ld-%u", keep, o->path, (long)getpid(), n);
		o->fd = open(name.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, o->flags & LB_OUT_PRIVATE ? 0600 : 0666);
		if (o->fd >= 0) {
			o->temp = lb_buf_take(&name);
			return 0;
		}
		if (errno != EEXIST && errno != EINTR)
			return -1;
	}
	return -1;
}

static void out_free(struct lb_out *o)
{
	lb_digest_free(o->digest);
	free(o->path);
	free(o->temp);
	free(o);
}

int lb_out_open(const char *path, unsigned flags, struct lb_out **out, struct lb_error *err)
{
	struct stat st;
	if (!(flags & LB_OUT_REPLACE) && lstat(path, &st) == 0)
		return lb_fail(err, LB_EXISTS, "cannot write \"%s\": it exists already", path);
	struct lb_out *o = lb_alloc(sizeof *o);
	o->path = lb_strdup(path);
	o->flags = flags;
	if (open_temp(o) != 0) {
		int rc = lb_fail_sys(err, "cannot write \"%s\"", path);
		out_free(o);
		return rc;
	}
	o->digest = lb_digest_new(LB_SHA256);
	*out = o;
	return LB_OK;
}

static void write_all(struct lb_out *o, const void *data, size_t n)
{
	if (!o->sys && lb_write_fd(o->fd, data, n) != 0)
		o->sys = errno;
}

static void flush(struct lb_out *o)
{
	write_all(o, o->buffer, o->pending);
	o->pending = 0;
}

void lb_out_add(struct lb_out *o, const void *data, size_t n)
{
	if (n == 0)
		return;
	lb_digest_add(o->digest, data, n);
	o->size += n;
	if (n > sizeof o->buffer - o->pending)
		flush(o);
	if (n > sizeof o->buffer) {
		write_all(o, data, n);
		return;
	}
	memcpy(o->buffer + o->pending, data, n);
	o->pending += n;
}

void lb_out_adds(struct lb_out *o, const char *s)
{
	lb_out_add(o, s, strlen(s));
}

void lb_out_addf(struct lb_out *o, const char *fmt, ...)
{
	char small[512];
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	size_t n = lb_vformat(small, sizeof small, fmt, args);
	if (n < sizeof small) {
		lb_out_add(o, small, n);
	} else {
		char *text = lb_alloc(n + 1);
		lb_vformat(text, n + 1, fmt, again);
		lb_out_add(o, text, n);
		free(text);
	}
	va_end(again);
	va_end(args);
}

bool lb_out_clone(struct lb_out *o, int from)
{
	return ioctl(o->fd, FICLONE, from) == 0;
}

/* Everything is on its way to the disk and the descriptor is closed, or o->sys says why not. */
static void finish_file(struct lb_out *o)
{
	flush(o);
	if (!o->sys && !(o->flags & LB_OUT_NOSYNC) && fsync(o->fd) != 0)
		o->sys = errno;
	if (close(o->fd) != 0 && errno != EINTR && !o->sys)
		o->sys = errno;
	o->fd = -1;
}

/* Never overwrites: not even a file that appeared since the opening. */
static int place_new(const struct lb_out *o)
{
	if (renameat2(AT_FDCWD, o->temp, AT_FDCWD, o->path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return -1;
	if (link(o->temp, o->path) != 0)
		return -1;
	unlink(o->temp);
	return 0;
}

static int sync_folder(const struct lb_out *o, struct lb_error *err)
{
	size_t n = (size_t)(lb_path_base(o->path) - o->path);
	LB_AUTO(lb_freep) char *dir = n ? lb_strndup(o->path, n) : lb_strdup(".");
	return lb_dir_sync(dir, err);
}

static int place(struct lb_out *o, struct lb_error *err)
{
	finish_file(o);
	if (!o->sys && (o->flags & LB_OUT_REPLACE ? rename(o->temp, o->path) : place_new(o)) != 0)
		o->sys = errno;
	if (o->sys) {
		unlink(o->temp);
		errno = o->sys;
		return lb_fail_sys(err, "cannot write \"%s\"", o->path);
	}
	return o->flags & LB_OUT_NOSYNC ? LB_OK : sync_folder(o, err);
}

int lb_out_commit(struct lb_out *o, char sha256[LB_SHA256_HEX], uint64_t *size, struct lb_error *err)
{
	int rc = place(o, err);
	if (rc == LB_OK && sha256)
		lb_digest_hex(o->digest, sha256);
	if (rc == LB_OK && size)
		*size = o->size;
	out_free(o);
	return rc;
}

void lb_out_abandon(struct lb_out *o)
{
	if (!o)
		return;
	close(o->fd);
	unlink(o->temp);
	out_free(o);
}

void lb_out_abandonp(struct lb_out **o)
{
	lb_out_abandon(*o);
	*o = NULL;
}
