#include <stdio.h>
#include <string.h>

#include "format/package/tar_private.h"

/* 1980-01-01T00:00:00Z, as in a zip: some programs complain of members from 1970. */
#define MTIME "02263523000 "
#define MODE "0000644 "
#define NOBODY "0000000 "
#define SIZE_MAX_OCTAL 077777777777ull

static size_t digits(size_t n)
{
	size_t count = 1;
	for (; n >= 10; n /= 10)
		count++;
	return count;
}

/* "LENGTH key=value\n", where LENGTH counts itself. */
static void add_record(struct lb_buf *b, const char *key, const char *value)
{
	size_t rest = strlen(key) + strlen(value) + 3, n = rest + digits(rest);
	n = rest + digits(n);
	lb_buf_addf(b, "%zu %s=%s\n", n, key, value);
}

static void add_block(struct lb_buf *b, const char *name, uint64_t size, char type)
{
	char h[LB_TAR_BLOCK] = {0};
	unsigned sum = 0;
	memcpy(h, name, strnlen(name, TAR_NAME));
	memcpy(h + TAR_AT_MODE, MODE, 8);
	memcpy(h + TAR_AT_UID, NOBODY, 8);
	memcpy(h + TAR_AT_GID, NOBODY, 8);
	snprintf(h + TAR_AT_SIZE, 13, "%011llo ", (unsigned long long)(size > SIZE_MAX_OCTAL ? 0 : size));
	memcpy(h + TAR_AT_MTIME, MTIME, 12);
	memcpy(h + TAR_AT_SUM, "        ", 8);
	h[TAR_AT_TYPE] = type;
	memcpy(h + TAR_AT_MAGIC, "ustar\00000", 8);
	memcpy(h + TAR_AT_DEVICE, "0000000 0000000 ", 16);
	for (size_t i = 0; i < sizeof h; i++)
		sum += (unsigned char)h[i];
	snprintf(h + TAR_AT_SUM, 8, "%06o", sum);
	lb_buf_add(b, h, sizeof h);
}

static void add_padding(struct lb_buf *b)
{
	static const char zeros[LB_TAR_BLOCK];
	lb_buf_add(b, zeros, (LB_TAR_BLOCK - b->len % LB_TAR_BLOCK) % LB_TAR_BLOCK);
}

void lb_tar_header(struct lb_buf *b, const struct lb_stored *m)
{
	LB_AUTO(lb_buf_clear) struct lb_buf records = LB_BUF(2 * LB_NAME_MAX);
	char size[24];
	if (strlen(m->name) > TAR_NAME)
		add_record(&records, "path", m->name);
	snprintf(size, sizeof size, "%llu", (unsigned long long)m->size);
	if (m->size > SIZE_MAX_OCTAL)
		add_record(&records, "size", size);
	if (records.len) {
		add_block(b, "././@PaxHeader", records.len, TAR_PAX);
		lb_buf_add(b, records.p, records.len);
		add_padding(b);
	}
	add_block(b, m->name, m->size, TAR_FILE);
}
