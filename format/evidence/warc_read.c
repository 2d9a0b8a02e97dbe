#include "format/evidence/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packed bytes of a record that is no larger than LB_WARC_RECORD_MAX unpacked. */
#define MEMBER_MAX ((size_t)LB_WARC_RECORD_MAX + ((size_t)1 << 20))

/* ---- opening --------------------------------------------------------------------------------------------------- */

static int open_source(struct lb_source source, const char *cache_dir, uint64_t *torn, struct lb_warc **out, struct lb_error *err)
{
	struct lb_warc *w = lb_alloc(sizeof *w);
	unsigned char first = 0;
	size_t got;
	w->source = source;
	int rc = lb_source_read(&w->source, 0, &first, 1, &got, err);
	w->gz = first == 0x1f;
	uint64_t known = w->gz && cache_dir ? lb_cache_read(cache_dir, &w->source, &w->index) : 0;
	w->cached = w->index.count;
	if (!rc)
		rc = lb_warc_scan(&w->source, w->gz, known, &w->index, torn, err);
	if (rc) {
		lb_warc_free(w);
		return rc;
	}
	*out = w;
	return LB_OK;
}

int lb_warc_open_fd(int owned_fd, const char *name, const char *cache_dir, uint64_t *torn, struct lb_warc **out, struct lb_error *err)
{
	struct stat st;
	int rc = LB_OK;
	if (fstat(owned_fd, &st))
		rc = lb_fail_sys(err, "cannot read \"%s\"", name);
	else if (!S_ISREG(st.st_mode))
		rc = lb_fail(err, LB_FORMAT, "cannot read \"%s\": not a file", name);
	if (rc) {
		close(owned_fd);
		return rc;
	}
	return open_source((struct lb_source){.fd = owned_fd, .size = (uint64_t)st.st_size, .name = lb_strdup(name)}, cache_dir, torn, out, err);
}

int lb_warc_open_memory(struct lb_span bytes, uint64_t *torn, struct lb_warc **out, struct lb_error *err)
{
	return open_source((struct lb_source){.fd = -1, .memory = bytes, .size = bytes.n, .name = lb_strdup("memory")}, NULL, torn, out, err);
}

int lb_warc_open(const char *path, uint64_t *torn, struct lb_warc **out, struct lb_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return lb_fail_sys(err, "cannot open \"%s\"", path);
	return lb_warc_open_fd(fd, path, NULL, torn, out, err);
}

void lb_warc_free(struct lb_warc *w)
{
	if (!w)
		return;
	if (w->source.fd >= 0)
		close(w->source.fd);
	free(w->source.name);
	lb_warc_index_clear(&w->index);
	free(w);
}

/* ---- asking ------------------------------------------------------------------------------------------------------- */

size_t lb_warc_count(const struct lb_warc *w)
{
	return w->index.count;
}

long lb_warc_find(const struct lb_warc *w, struct lb_span uri, enum lb_match match)
{
	struct lb_key keys[LB_MATCH_COUNT];
	lb_uri_keys(uri, keys);
	return lb_warc_index_find(&w->index, keys, match);
}

static int record_of(const struct lb_warc *w, size_t n, const struct lb_record **out, struct lb_error *err)
{
	if (n >= w->index.count)
		return lb_fail(err, LB_NOTFOUND, "no record %zu in \"%s\": it has %zu", n, w->source.name, w->index.count);
	*out = &w->index.items[n];
	return LB_OK;
}

static int corrupt(const struct lb_warc *w, const struct lb_record *r, const char *why, struct lb_error *err)
{
	return lb_fail(err, LB_CORRUPT, "cannot read \"%s\": record at byte %" PRIu64 ": %s", w->source.name, r->offset, why);
}

static int read_exactly(const struct lb_warc *w, const struct lb_record *r, void *to, struct lb_error *err)
{
	size_t got;
	LB_TRY(lb_source_read(&w->source, r->offset, to, (size_t)r->length, &got, err));
	return got == r->length ? LB_OK : corrupt(w, r, "the file has become shorter", err);
}

/* The bytes as they stand in the file; free() them. */
static int read_raw(const struct lb_warc *w, const struct lb_record *r, char **out, struct lb_error *err)
{
	if (r->length > MEMBER_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": record at byte %" PRIu64 " is packed in %" PRIu64 " bytes",
			       w->source.name, r->offset, r->length);
	LB_AUTO(lb_freep) char *raw = lb_realloc(NULL, (size_t)r->length, 1);
	LB_TRY(read_exactly(w, r, raw, err));
	*out = raw;
	raw = NULL;
	return LB_OK;
}

int lb_warc_member(const struct lb_warc *w, size_t n, struct lb_buf *out, struct lb_error *err)
{
	const struct lb_record *r = NULL;
	LB_AUTO(lb_freep) char *raw = NULL;
	LB_TRY(record_of(w, n, &r, err));
	LB_TRY(read_raw(w, r, &raw, err));
	lb_buf_add(out, raw, (size_t)r->length);
	return lb_buf_check(out, "WARC record", err);
}

/* ---- reading a record ----------------------------------------------------------------------------------------------- */

static int unpack(const struct lb_warc *w, const struct lb_record *r, struct lb_arena *arena, struct lb_span *out, struct lb_error *err)
{
	char *plain = lb_arena_alloc(arena, (size_t)r->plain + 1);
	*out = (struct lb_span){plain, (size_t)r->plain};
	if (!w->gz)
		return read_exactly(w, r, plain, err);
	LB_AUTO(lb_freep) char *raw = NULL;
	LB_TRY(read_raw(w, r, &raw, err));
	if (!lb_gzip_unpack((struct lb_span){raw, (size_t)r->length}, plain, out->n))
		return corrupt(w, r, "the file has changed since it was opened", err);
	return LB_OK;
}

int lb_warc_read(const struct lb_warc *w, size_t n, struct lb_arena *arena, struct lb_exchange *out, struct lb_error *err)
{
	const struct lb_record *r = NULL;
	struct lb_span plain;
	const char *why;
	LB_TRY(record_of(w, n, &r, err));
	LB_TRY(unpack(w, r, arena, &plain, err));
	int rc = lb_warc_record_parse(plain, arena, out, &why);
	if (rc == LB_NOTFOUND)
		return corrupt(w, r, "the file has changed since it was opened", err);
	if (rc)
		return lb_fail(err, (enum lb_status)rc, "cannot read \"%s\": record at byte %" PRIu64 ": %s", w->source.name, r->offset, why);
	return LB_OK;
}
