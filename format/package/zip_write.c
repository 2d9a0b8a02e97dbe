#include <string.h>

#include "format/package/zip_private.h"

#define VERSION_PLAIN 20
#define VERSION_64 45
#define MADE_BY (ZIP_HOST_UNIX << 8 | VERSION_64)
#define DATE_1980 0x21 /* 1980-01-01, the first day that a zip can tell; the time is 0 */
#define MODE_FILE 0100644u

static void add(struct lb_buf *b, uint64_t value, size_t bytes)
{
	for (; bytes; bytes--, value >>= 8)
		lb_buf_addc(b, (char)(value & 0xFF));
}

static uint32_t narrow(uint64_t value)
{
	return value < ZIP_MAX32 ? (uint32_t)value : ZIP_MAX32;
}

/* Version needed to CRC: alike in the local and in the central header. */
static void add_common(struct lb_buf *b, const struct lb_stored *m, bool wide)
{
	add(b, wide ? VERSION_64 : VERSION_PLAIN, 2);
	add(b, ZIP_UTF8, 2);
	add(b, ZIP_STORED, 2);
	add(b, 0, 2);
	add(b, DATE_1980, 2);
	add(b, m->crc, 4);
	add(b, narrow(m->size), 4);
	add(b, narrow(m->size), 4);
	add(b, strlen(m->name), 2);
}

void lb_zip_local(struct lb_buf *b, const struct lb_stored *m)
{
	bool wide = m->size >= ZIP_MAX32;
	add(b, ZIP_LOCAL, 4);
	add_common(b, m, wide);
	add(b, wide ? 20 : 0, 2);
	lb_buf_adds(b, m->name);
	if (!wide)
		return;
	add(b, ZIP_EXTRA64, 2);
	add(b, 16, 2);
	add(b, m->size, 8);
	add(b, m->size, 8);
}

void lb_zip_central(struct lb_buf *b, const struct lb_stored *m)
{
	bool wide = m->size >= ZIP_MAX32, far = m->at >= ZIP_MAX32;
	unsigned extra = (wide ? 16 : 0) + (far ? 8 : 0);
	add(b, ZIP_CENTRAL, 4);
	add(b, MADE_BY, 2);
	add_common(b, m, wide || far);
	add(b, extra ? extra + 4 : 0, 2);
	add(b, 0, 2); /* comment */
	add(b, 0, 2); /* disk */
	add(b, 0, 2); /* internal attributes */
	add(b, (uint64_t)MODE_FILE << 16, 4);
	add(b, narrow(m->at), 4);
	lb_buf_adds(b, m->name);
	if (!extra)
		return;
	add(b, ZIP_EXTRA64, 2);
	add(b, extra, 2);
	if (wide)
		add(b, m->size, 8);
	if (wide)
		add(b, m->size, 8);
	if (far)
		add(b, m->at, 8);
}

static void add_end64(struct lb_buf *b, uint64_t count, uint64_t central_size, uint64_t central_at)
{
	add(b, ZIP64_END, 4);
	add(b, ZIP64_END_SIZE - 12, 8);
	add(b, MADE_BY, 2);
	add(b, VERSION_64, 2);
	add(b, 0, 4); /* this disk, and that of the central directory */
	add(b, 0, 4);
	add(b, count, 8);
	add(b, count, 8);
	add(b, central_size, 8);
	add(b, central_at, 8);
	add(b, ZIP64_LOCATOR, 4);
	add(b, 0, 4);
	add(b, central_at + central_size, 8);
	add(b, 1, 4); /* number of disks */
}

void lb_zip_end(struct lb_buf *b, uint64_t count, uint64_t central_size, uint64_t central_at)
{
	uint32_t short_count = count < ZIP_MAX16 ? (uint32_t)count : ZIP_MAX16;
	if (count >= ZIP_MAX16 || central_size >= ZIP_MAX32 || central_at >= ZIP_MAX32)
		add_end64(b, count, central_size, central_at);
	add(b, ZIP_END, 4);
	add(b, 0, 4); /* this disk, and that of the central directory */
	add(b, short_count, 2);
	add(b, short_count, 2);
	add(b, narrow(central_size), 4);
	add(b, narrow(central_at), 4);
	add(b, 0, 2); /* comment */
}
