#include "lifeboat/net/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

int lb_sink_open(struct lb_sink *s, struct lb_try *try, struct lb_error *err)
{
	*s = (struct lb_sink){.try = try, .fd = -1, .open = true};
	try->answer.body = (struct lb_buf)LB_BUF((size_t)try->max_bytes);
	if (!try->file)
		return LB_OK;
	s->fd = open(try->file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (s->fd < 0)
		return lb_fail_sys(err, "cannot create \"%s\"", try->file);
	s->digest = lb_digest_new(LB_SHA256);
	return LB_OK;
}

static int write_all(int fd, const char *data, size_t n)
{
	while (n) {
		ssize_t w = write(fd, data, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return -1;
		data += w;
		n -= (size_t)w;
	}
	return 0;
}

int lb_sink_add(struct lb_sink *s, const void *data, size_t n, struct lb_error *err)
{
	if (n > s->try->max_bytes - s->size)
		return lb_fail(err, LB_LIMIT, "the answer is larger than %" PRIu64 " bytes", s->try->max_bytes);
	s->size += n;
	if (s->fd < 0) {
		lb_buf_add(&s->try->answer.body, data, n);
		return LB_OK;
	}
	lb_digest_add(s->digest, data, n);
	return write_all(s->fd, data, n) ? lb_fail_sys(err, "cannot write \"%s\"", s->try->file) : LB_OK;
}

int lb_sink_close(struct lb_sink *s, struct lb_error *err)
{
	int fd = s->fd;
	s->try->answer.size = s->size;
	if (s->digest)
		lb_digest_hex(s->digest, s->try->answer.sha256);
	s->fd = -1;
	lb_sink_abandon(s);
	if (fd >= 0 && close(fd))
		return lb_fail_sys(err, "cannot write \"%s\"", s->try->file);
	return LB_OK;
}

void lb_sink_abandon(struct lb_sink *s)
{
	if (s->open && s->fd >= 0)
		close(s->fd);
	lb_digest_freep(&s->digest);
	s->fd = -1;
	s->open = false;
}
