#define ZLIB_CONST
#include <string.h>
#include <zlib.h>

#include "format/package/container_private.h"

/* Checks CRC and size of what passes through. */
struct gauge {
	const struct lb_member *member;
	lb_take_fn *take;
	void *arg;
	uint64_t total;
	uint32_t crc;
};

static int corrupt(const struct gauge *g, const char *what, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail(err, LB_CORRUPT, "\"%s\" is damaged: %s", lb_shown(&shown, g->member->path), what);
}

static int pass(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct gauge *g = arg;
	if (n > g->member->size - g->total)
		return corrupt(g, "it is larger than the archive says", err);
	g->total += n;
	g->crc = lb_crc32(g->crc, data, n);
	return g->take(g->arg, data, n, err);
}

struct inflater { struct gauge *gauge; z_stream z; bool done; unsigned char *out; };

static void inflater_clear(struct inflater *f)
{
	inflateEnd(&f->z);
}

static int inflate_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct inflater *f = arg;
	f->z.next_in = data;
	f->z.avail_in = (uInt)n;
	while (!f->done) {
		f->z.next_out = f->out;
		f->z.avail_out = (uInt)LB_PIECE;
		int rc = inflate(&f->z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
			return corrupt(f->gauge, "its compressed data is broken", err);
		size_t made = LB_PIECE - f->z.avail_out;
		if (made)
			LB_TRY(pass(f->gauge, f->out, made, err));
		f->done = rc == Z_STREAM_END;
		if (!f->done && f->z.avail_in == 0 && f->z.avail_out)
			return LB_OK;
	}
	return f->z.avail_in ? corrupt(f->gauge, "bytes follow its compressed data", err) : LB_OK;
}

static int stream_deflated(const struct lb_container *c, const struct lb_place *place, struct gauge *g, struct lb_error *err)
{
	LB_AUTO(lb_freep) unsigned char *out = lb_realloc(NULL, LB_PIECE, 1);
	LB_AUTO(inflater_clear) struct inflater f = {.gauge = g, .out = out};
	if (inflateInit2(&f.z, -MAX_WBITS) != Z_OK)
		return lb_fail(err, LB_IO, "cannot start to decompress \"%s\"", c->path);
	LB_TRY(lb_container_range(c, place->offset, place->stored, inflate_piece, &f, err));
	return f.done ? LB_OK : corrupt(g, "its compressed data ends too early", err);
}

int lb_zip_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg, struct lb_error *err)
{
	const struct lb_place *place = &c->places[member];
	struct gauge g = {.member = &c->members[member], .take = take, .arg = arg};
	if (place->deflated)
		LB_TRY(stream_deflated(c, place, &g, err));
	else
		LB_TRY(lb_container_range(c, place->offset, place->stored, pass, &g, err));
	if (g.total != g.member->size)
		return corrupt(&g, "it is smaller than the archive says", err);
	return g.crc == place->crc ? LB_OK : corrupt(&g, "its CRC does not match", err);
}
