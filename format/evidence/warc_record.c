/* One record, unpacked: what it says, and whether its body fits its digest. */
#include "format/evidence/internal.h"

#include <string.h>
#include <strings.h>

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

static int check_body(struct lb_span digest, const struct lb_warc_content *said, const char **why)
{
	bool known;
	*why = said->encoded ? "its body is still encoded for transfer" : NULL;
	if (said->encoded)
		return LB_UNSUPPORTED;
	if (!digest.n)
		*why = said->length == UINT64_MAX || said->length == said->body.n ? NULL : "body of another length than said";
	else if (!digest_fits(digest, said->body, &known))
		*why = known ? "the body does not fit its digest" : "digest of an unknown kind";
	return *why ? LB_CORRUPT : LB_OK;
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

static int parse(struct lb_span plain, struct lb_warc_head *head, enum lb_record_kind *kind, struct lb_warc_content *said, const char **why)
{
	const char *end = memmem(plain.p, plain.n, "\r\n\r\n", 4);
	*why = "its head does not end";
	if (!end)
		return LB_CORRUPT;
	struct lb_span content = {end + 4, plain.n - (size_t)(end + 4 - plain.p)};
	*why = lb_warc_head_parse((struct lb_span){plain.p, plain.n - content.n}, head);
	if (*why)
		return LB_CORRUPT;
	*why = "content of another length than said";
	if (content.n < 4 || content.n - 4 != head->length || memcmp(content.p + content.n - 4, "\r\n\r\n", 4) != 0)
		return LB_CORRUPT;
	content.n -= 4;
	*why = NULL;
	if (!lb_warc_kind(head, content, kind))
		return LB_NOTFOUND;
	*why = lb_warc_content_parse(head, *kind, content, said);
	return *why ? LB_CORRUPT : LB_OK;
}

int lb_warc_record_parse(struct lb_span plain, struct lb_arena *arena, struct lb_exchange *out, const char **why)
{
	enum lb_record_kind kind;
	struct lb_warc_head head;
	struct lb_warc_content said;
	LB_TRY(parse(plain, &head, &kind, &said, why));
	struct lb_exchange x = {.kind = kind, .uri = arena_span(arena, head.uri), .date = head.date, .headers = ""};
	if (kind == LB_RECORD_RESPONSE) {
		LB_TRY(check_body(head.digest, &said, why));
		x.headers = other_headers(said.headers, arena);
		x.vouched = head.digest.n > 0;
	}
	x.redacted = head.converted;
	fill_exchange(&said, arena, &x);
	*out = x;
	return LB_OK;
}
