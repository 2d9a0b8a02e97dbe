#include "format/evidence/internal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define CHUNK ((size_t)128 << 10)

struct lb_feed {
	const struct lb_source *source;
	bool gz, torn, ended;
	uint64_t at;             /* offset of in[pos] in the file */
	size_t pos, len;         /* what is left of `in` */
	size_t out_pos, out_len; /* what is left of `out` */
	z_stream z;
	unsigned char in[CHUNK], out[CHUNK];
};

static size_t read_memory(const struct lb_source *s, uint64_t at, void *to, size_t n)
{
	memcpy(to, s->memory.p + at, n);
	return n;
}

int lb_source_read(const struct lb_source *s, uint64_t at, void *to, size_t n, size_t *got, struct lb_error *err)
{
	uint64_t left = at < s->size ? s->size - at : 0;
	size_t want = n < left ? n : (size_t)left, have = 0;
	if (want && s->fd < 0)
		have = read_memory(s, at, to, want);
	while (have < want) {
		ssize_t r = pread(s->fd, (char *)to + have, want - have, (off_t)(at + have));
		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return lb_fail_sys(err, "cannot read \"%s\"", s->name);
		if (r == 0)
			break;
		have += (size_t)r;
	}
	*got = have;
	return LB_OK;
}

struct lb_feed *lb_feed_new(const struct lb_source *source, bool gz)
{
	struct lb_feed *f = lb_alloc(sizeof *f);
	f->source = source;
	f->gz = gz;
	f->z.zalloc = lb_zlib_alloc;
	f->z.zfree = lb_zlib_free;
	if (gz)
		inflateInit2(&f->z, 15 + 16); /* only memory can fail, and that aborts */
	return f;
}

void lb_feed_freep(struct lb_feed **feed)
{
	if (*feed && (*feed)->gz)
		inflateEnd(&(*feed)->z);
	free(*feed);
	*feed = NULL;
}

void lb_feed_begin(struct lb_feed *f, uint64_t at)
{
	uint64_t first = f->at - f->pos; /* offset of what was read */
	if (at >= first && at - first <= f->len)
		f->pos = (size_t)(at - first);
	else
		f->pos = f->len = 0;
	f->at = at;
	f->out_pos = f->out_len = 0;
	f->ended = f->torn = false;
	if (f->gz)
		inflateReset(&f->z);
}

uint64_t lb_feed_at(const struct lb_feed *f)
{
	return f->at;
}

bool lb_feed_torn(const struct lb_feed *f)
{
	return f->torn;
}

int lb_feed_tear(struct lb_feed *f, struct lb_error *err)
{
	f->torn = true;
	return lb_fail(err, LB_CORRUPT, "cannot read \"%s\": it ends in the middle of a record", f->source->name);
}

static int fill(struct lb_feed *f, struct lb_error *err)
{
	if (f->pos < f->len)
		return LB_OK;
	f->pos = f->len = 0;
	return lb_source_read(f->source, f->at, f->in, sizeof f->in, &f->len, err);
}

static void advance(struct lb_feed *f, size_t n)
{
	f->pos += n;
	f->at += n;
}

static int inflate_some(struct lb_feed *f, struct lb_error *err)
{
	LB_TRY(fill(f, err));
	if (f->pos == f->len)
		return lb_feed_tear(f, err);
	f->z.next_in = f->in + f->pos;
	f->z.avail_in = (uInt)(f->len - f->pos);
	f->z.next_out = f->out;
	f->z.avail_out = sizeof f->out;
	int rc = inflate(&f->z, Z_NO_FLUSH);
	advance(f, f->len - f->pos - f->z.avail_in);
	f->out_pos = 0;
	f->out_len = sizeof f->out - f->z.avail_out;
	f->ended = rc == Z_STREAM_END;
	if (rc != Z_OK && rc != Z_STREAM_END)
		return lb_fail(err, LB_CORRUPT, "cannot read \"%s\": broken gzip data before byte %" PRIu64, f->source->name, f->at);
	return LB_OK;
}

int lb_feed_chunk(struct lb_feed *f, struct lb_span *chunk, struct lb_error *err)
{
	if (!f->gz) {
		LB_TRY(fill(f, err));
		*chunk = (struct lb_span){(const char *)f->in + f->pos, f->len - f->pos};
		return LB_OK;
	}
	while (f->out_pos == f->out_len && !f->ended)
		LB_TRY(inflate_some(f, err));
	*chunk = (struct lb_span){(const char *)f->out + f->out_pos, f->out_len - f->out_pos};
	return LB_OK;
}

void lb_feed_take(struct lb_feed *f, size_t n)
{
	if (f->gz)
		f->out_pos += n;
	else
		advance(f, n);
}
