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

static void unhex(const char *hex, size_t n, unsigned char *raw)
{
	for (size_t i = 0; i < n; i++) {
		int hi = hex[2 * i], lo = hex[2 * i + 1];
		raw[i] = (unsigned char)((hi <= '9' ? hi - '0' : hi - 'a' + 10) << 4 | (lo <= '9' ? lo - '0' : lo - 'a' + 10));
	}
}

/* "sha256:BASE32", as WARC writers do it; others' "sha1:" and hex are understood as well. */
static bool digest_fits(struct lb_span digest, struct lb_span body, bool *known)
{
	enum lb_hash hash;
	struct lb_span name, value = digest;
	char hex[LB_HASH_HEX_MAX];
	unsigned char raw[LB_HASH_HEX_MAX / 2];
	*known = lb_span_cut(&value, ':', &name) && lb_hash_by_name(name, &hash);
	if (!*known)
		return false;
	LB_AUTO(lb_digest_freep) struct lb_digest *d = lb_digest_new(hash);
	lb_digest_add(d, body.p, body.n);
	lb_digest_hex(d, hex);
	unhex(hex, lb_hash_hex_len(hash) / 2, raw);
	LB_AUTO(lb_buf_clear) struct lb_buf base32 = LB_BUF(LB_HASH_HEX_MAX);
	lb_base32(&base32, raw, lb_hash_hex_len(hash) / 2);
	while (value.n && value.p[value.n - 1] == '=')
		value.n--;
	return (value.n == base32.len && strncasecmp(value.p, base32.p, value.n) == 0) ||
	       (value.n == lb_hash_hex_len(hash) && strncasecmp(value.p, hex, value.n) == 0);
}

static int check_body(const struct lb_warc *w, const struct lb_record *r, struct lb_span digest, const struct lb_warc_content *said,
		      struct lb_error *err)
{
	bool known;
	if (said->encoded)
		return lb_fail(err, LB_UNSUPPORTED, "cannot read \"%s\": record at byte %" PRIu64 ": its body is still encoded for transfer",
			       w->source.name, r->offset);
	if (!digest.n)
		return said->length == UINT64_MAX || said->length == said->body.n ? LB_OK : corrupt(w, r, "body of another length than said", err);
	if (digest_fits(digest, said->body, &known))
		return LB_OK;
	return corrupt(w, r, known ? "the body does not fit its digest" : "digest of an unknown kind", err);
}

static char *arena_span(struct lb_arena *arena, struct lb_span s)
{
	return s.n ? lb_arena_strndup(arena, s.p, s.n) : NULL;
}

static void fill_exchange(const struct lb_warc_content *said, struct lb_arena *arena, struct lb_exchange *x)
{
	x->status = said->status;
	x->content_type = arena_span(arena, said->content_type);
	x->sha256 = arena_span(arena, said->sha256);
	x->size = said->size;
	x->reason = arena_span(arena, said->reason);
	x->body = said->body;
}

/* The kept lines: those that say neither type nor length of the body. */
static const char *other_headers(struct lb_span lines, struct lb_arena *arena)
{
	struct lb_span name, value;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(lines.n + 16);
	for (const char *from = lines.p; lb_line_next(&lines, &name, &value) == LB_LINE_FIELD; from = lines.p)
		if (!lb_line_named(name, "Content-Type") && !lb_line_named(name, "Content-Length"))
			lb_buf_add(&b, from, (size_t)(lines.p - from));
	return lb_arena_strndup(arena, lb_buf_str(&b), b.len);
}

static const char *parse_record(struct lb_span plain, enum lb_record_kind kind, struct lb_warc_head *head, struct lb_warc_content *said)
{
	static const char changed[] = "the file has changed since it was opened";
	const char *end = memmem(plain.p, plain.n, "\r\n\r\n", 4);
	if (!end)
		return changed;
	struct lb_span content = {end + 4, plain.n - (size_t)(end + 4 - plain.p)};
	const char *why = lb_warc_head_parse((struct lb_span){plain.p, plain.n - content.n}, head);
	if (why)
		return why;
	if (content.n < 4 || content.n - 4 != head->length)
		return changed;
	content.n -= 4;
	return lb_warc_content_parse(head, kind, content, said);
}

int lb_warc_read(const struct lb_warc *w, size_t n, struct lb_arena *arena, struct lb_exchange *out, struct lb_error *err)
{
	const struct lb_record *r = NULL;
	struct lb_span plain;
	struct lb_warc_head head;
	struct lb_warc_content said;
	LB_TRY(record_of(w, n, &r, err));
	LB_TRY(unpack(w, r, arena, &plain, err));
	const char *why = parse_record(plain, r->kind, &head, &said);
	if (why)
		return corrupt(w, r, why, err);
	struct lb_exchange x = {.kind = r->kind, .uri = arena_span(arena, head.uri), .date = head.date, .headers = ""};
	if (r->kind == LB_RECORD_RESPONSE) {
		LB_TRY(check_body(w, r, head.digest, &said, err));
		x.headers = other_headers(said.headers, arena);
	}
	x.redacted = head.converted;
	fill_exchange(&said, arena, &x);
	*out = x;
	return LB_OK;
}
