/* Any bytes as METS.xml. The first byte says in how large pieces they arrive: what is told must not depend on it. */
#include <stdlib.h>
#include <string.h>

#include "format/mets/mets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool truth)
{
	if (!truth)
		abort();
}

static int on_file(void *arg, const char *path, const char *sha256, uint64_t size, const char *mime, const char *group,
	struct lb_error *err)
{
	(void)err;
	need(*path && mime && group && strlen(sha256) == LB_SHA256_HEX - 1);
	lb_buf_addf(arg, "%s %s %llu\n", path, sha256, (unsigned long long)size);
	return 0;
}

static int on_photo(void *arg, const char *id, const char *license, struct lb_error *err)
{
	(void)err;
	need(*id);
	lb_buf_addf(arg, "%s %s\n", id, license ? license : "-");
	return 0;
}

static int read_in(const uint8_t *data, size_t size, size_t step, struct lb_buf *told)
{
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){on_file, on_photo, told});
	struct lb_error err = {0};
	char objid[64];
	int rc = 0;
	for (size_t i = 0; i < size && !rc; i += step)
		rc = lb_mets_reader_feed(r, data + i, size - i < step ? size - i : step, &err);
	if (!rc)
		rc = lb_mets_reader_end(r, objid, &err);
	need(!rc || err.what[0]);
	lb_mets_reader_free(r);
	return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(8 << 20), pieces = LB_BUF(8 << 20);
	int rc = read_in(data + 1, size - 1, size, &whole);
	int again = read_in(data + 1, size - 1, (size_t)data[0] + 1, &pieces);
	need(!rc == !again);
	need(rc || lb_span_eq(lb_buf_span(&whole), lb_buf_span(&pieces)));
	return 0;
}
