#include "format/evidence/internal.h"

#include <stdlib.h>
#include <zlib.h>

#define OS_UNKNOWN 255

void *lb_zlib_alloc(void *unused, unsigned items, unsigned size)
{
	(void)unused;
	return lb_realloc(NULL, items, size);
}

void lb_zlib_free(void *unused, void *memory)
{
	(void)unused;
	free(memory);
}

void lb_gzip_member(struct lb_span plain, struct lb_buf *out)
{
	z_stream z = {.zalloc = lb_zlib_alloc, .zfree = lb_zlib_free};
	gz_header header = {.os = OS_UNKNOWN};
	unsigned char chunk[16 << 10];
	deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	deflateSetHeader(&z, &header);
	z.next_in = (Bytef *)(uintptr_t)plain.p;
	z.avail_in = (uInt)plain.n;
	int rc;
	do {
		z.next_out = chunk;
		z.avail_out = sizeof chunk;
		rc = deflate(&z, Z_FINISH);
		lb_buf_add(out, chunk, sizeof chunk - z.avail_out);
	} while (rc == Z_OK);
	deflateEnd(&z);
}

bool lb_gzip_unpack(struct lb_span member, void *to, size_t n)
{
	z_stream z = {.zalloc = lb_zlib_alloc, .zfree = lb_zlib_free};
	inflateInit2(&z, 15 + 16);
	z.next_in = (Bytef *)(uintptr_t)member.p;
	z.avail_in = (uInt)member.n;
	z.next_out = to;
	z.avail_out = (uInt)n;
	int rc = inflate(&z, Z_FINISH);
	bool whole = rc == Z_STREAM_END && z.avail_in == 0 && z.avail_out == 0;
	inflateEnd(&z);
	return whole;
}
