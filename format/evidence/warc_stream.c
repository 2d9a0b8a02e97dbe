/* A packed WARC that streams past, record by record. */
#include "format/evidence/internal.h"

#include <stdlib.h>
#include <zlib.h>

#define CHUNK ((size_t)64 << 10)

struct lb_warc_stream {
	lb_warc_record_fn *each;
	void *arg;
	z_stream z;
	bool inside;            /* a member */
	bool full;              /* more may be waiting to be unpacked */
	size_t number;          /* of the record being read */
	struct lb_buf record;
	struct lb_arena arena;
	unsigned char out[CHUNK];
};

struct lb_warc_stream *lb_warc_stream_new(lb_warc_record_fn *each, void *arg)
{
	struct lb_warc_stream *s = lb_alloc(sizeof *s);
	s->each = each;
	s->arg = arg;
	s->record.max = (size_t)LB_WARC_RECORD_MAX + LB_WARC_HEAD_MAX;
	s->z.zalloc = lb_zlib_alloc;
	s->z.zfree = lb_zlib_free;
	inflateInit2(&s->z, 15 + 16); /* only memory can fail, and that aborts */
	return s;
}

void lb_warc_stream_freep(struct lb_warc_stream **s)
{
	if (!*s)
		return;
	inflateEnd(&(*s)->z);
	lb_buf_clear(&(*s)->record);
	lb_arena_clear(&(*s)->arena);
	free(*s);
	*s = NULL;
}

static int bad(const struct lb_warc_stream *s, int status, const char *why, struct lb_error *err)
{
	return lb_fail(err, (enum lb_status)status, "record %zu: %s", s->number, why);
}

static int end_member(struct lb_warc_stream *s, struct lb_error *err)
{
	struct lb_exchange x;
	const char *why;
	int rc = lb_warc_record_parse(lb_buf_span(&s->record), &s->arena, &x, &why);
	s->inside = false;
	if (!lb_span_starts(lb_buf_span(&s->record), "WARC/1.1\r\n"))
		rc = bad(s, LB_CORRUPT, "is none of WARC/1.1", err);
	else if (rc == LB_OK && x.kind == LB_RECORD_RESPONSE && !x.vouched)
		rc = bad(s, LB_CORRUPT, "has no digest of its body", err);
	else if (rc == LB_OK)
		rc = s->each(s->arg, &x, err);
	else
		rc = rc == LB_NOTFOUND ? LB_OK : bad(s, rc, why, err);
	lb_arena_reset(&s->arena);
	lb_buf_reset(&s->record);
	inflateReset(&s->z);
	return rc;
}

static int unpack(struct lb_warc_stream *s, struct lb_error *err)
{
	s->z.next_out = s->out;
	s->z.avail_out = CHUNK;
	s->number += !s->inside;
	s->inside = true;
	int rc = inflate(&s->z, Z_NO_FLUSH);
	s->full = s->z.avail_out == 0;
	if (rc == Z_BUF_ERROR && s->z.avail_in == 0)
		return LB_OK; /* all of the member that has come is unpacked */
	if (rc != Z_OK && rc != Z_STREAM_END)
		return bad(s, LB_CORRUPT, "is no whole gzip member", err);
	lb_buf_add(&s->record, s->out, CHUNK - s->z.avail_out);
	if (s->record.overflow)
		return bad(s, LB_CORRUPT, "is too long", err);
	return rc == Z_STREAM_END ? end_member(s, err) : LB_OK;
}

size_t lb_warc_stream_number(const struct lb_warc_stream *s)
{
	return s->number;
}

int lb_warc_stream_feed(struct lb_warc_stream *s, const void *data, size_t n, struct lb_error *err)
{
	s->z.next_in = (unsigned char *)(uintptr_t)data; /* zlib does not write there */
	s->z.avail_in = (unsigned)n;
	while (s->z.avail_in > 0 || (s->inside && s->full))
		LB_TRY(unpack(s, err));
	return LB_OK;
}

int lb_warc_stream_end(struct lb_warc_stream *s, struct lb_error *err)
{
	if (s->inside)
		return bad(s, LB_CORRUPT, "ends too early", err);
	return s->number ? LB_OK : lb_fail(err, LB_CORRUPT, "has no record");
}
