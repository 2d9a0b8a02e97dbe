#include "format/evidence/internal.h"

#include <inttypes.h>
#include <string.h>

#define VALUE_MAX 1024 /* of a type or reason taken from outside */

static const struct { int status; const char *phrase; } phrases[] = {
	{200, "OK"}, {301, "Moved Permanently"}, {302, "Found"}, {400, "Bad Request"}, {401, "Unauthorized"},
	{403, "Forbidden"}, {404, "Not Found"}, {410, "Gone"}, {429, "Too Many Requests"},
	{500, "Internal Server Error"}, {502, "Bad Gateway"}, {503, "Service Unavailable"},
};

/* Kept headers describe the body as it is kept: decoded, and nobody's session. */
static const char *const never_kept[] = {"Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Set-Cookie"};

static const char *phrase_of(int status)
{
	for (size_t i = 0; i < LB_COUNT(phrases); i++)
		if (phrases[i].status == status)
			return phrases[i].phrase;
	return "";
}

/* One line, whatever the value holds. */
static void add_value(struct lb_buf *b, struct lb_span value)
{
	value.n = value.n < VALUE_MAX ? value.n : VALUE_MAX;
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		lb_buf_addc(b, c < 0x20 || c == 0x7f ? ' ' : (char)c);
	}
}

static void add_field(struct lb_buf *b, const char *name, const char *value)
{
	struct lb_span trimmed = lb_span_trim(lb_span(value));
	if (!trimmed.n)
		return;
	lb_buf_addf(b, "%s: ", name);
	add_value(b, trimmed);
	lb_buf_adds(b, "\r\n");
}

static bool is_kept(struct lb_span name)
{
	for (size_t i = 0; i < LB_COUNT(never_kept); i++)
		if (lb_line_named(name, never_kept[i]))
			return false;
	return true;
}

static int add_kept(struct lb_buf *b, const char *headers, struct lb_error *err)
{
	struct lb_span name, value, rest = lb_span(headers);
	enum lb_line line;
	while ((line = lb_line_next(&rest, &name, &value)) == LB_LINE_FIELD) {
		if (!is_kept(name))
			continue;
		lb_buf_add(b, name.p, name.n);
		lb_buf_adds(b, ": ");
		lb_buf_add(b, value.p, value.n);
		lb_buf_adds(b, "\r\n");
	}
	if (line == LB_LINE_BROKEN || rest.n)
		return lb_fail(err, LB_FORMAT, "cannot record an answer: broken header line among those to keep");
	return LB_OK;
}

/* What stands before the body in the record's content. */
static int response_content(const struct lb_exchange *x, struct lb_buf *b, struct lb_error *err)
{
	lb_buf_addf(b, "HTTP/1.1 %03d %s\r\n", x->status, phrase_of(x->status));
	add_field(b, "Content-Type", x->content_type);
	LB_TRY(add_kept(b, x->headers, err));
	lb_buf_addf(b, "Content-Length: %zu\r\n\r\n", x->body.n);
	return lb_buf_check(b, "HTTP header", err);
}

/* A conversion's content is the body itself. */
static int converted_content(const struct lb_exchange *x, struct lb_buf *b, struct lb_error *err)
{
	(void)b;
	return x->status == 200 ? LB_OK : lb_fail(err, LB_USAGE, "cannot record a redacted answer of HTTP status %d", x->status);
}

static int media_content(const struct lb_exchange *x, struct lb_buf *b, struct lb_error *err)
{
	if (!lb_sha256_hex_valid(x->sha256))
		return lb_fail(err, LB_USAGE, "cannot record a media file: its SHA-256 is not 64 lower-case hex digits");
	lb_buf_addf(b, "kind: media\r\nstatus: %d\r\n", x->status);
	add_field(b, "content-type", x->content_type);
	lb_buf_addf(b, "size: %" PRIu64 "\r\nsha256: %s\r\n", x->size, x->sha256);
	return LB_OK;
}

static int failure_content(const struct lb_exchange *x, struct lb_buf *b, struct lb_error *err)
{
	(void)err;
	lb_buf_addf(b, "kind: failure\r\nstatus: %d\r\n", x->status);
	add_field(b, "content-type", x->content_type);
	add_field(b, "reason", x->reason);
	return LB_OK;
}

static const struct kind {
	const char *type, *content_type;
	int (*content)(const struct lb_exchange *x, struct lb_buf *b, struct lb_error *err);
} kinds[] = {
	[LB_RECORD_RESPONSE] = {"response", "application/http;msgtype=response", response_content},
	[LB_RECORD_MEDIA] = {"metadata", "application/warc-fields", media_content},
	[LB_RECORD_FAILURE] = {"metadata", "application/warc-fields", failure_content},
};
static const struct kind converted = {"conversion", "text/xml; charset=utf-8", converted_content};

static const struct kind *kind_of(const struct lb_exchange *x)
{
	return x->kind == LB_RECORD_RESPONSE && x->redacted ? &converted : &kinds[x->kind];
}

static void add_digest(struct lb_buf *b, struct lb_span body)
{
	unsigned char raw[32];
	lb_sha256_raw(body.p, body.n, raw);
	lb_buf_adds(b, "WARC-Payload-Digest: sha256:");
	lb_base32(b, raw, sizeof raw);
	lb_buf_adds(b, "\r\n");
}

/* The record id is a function of what it names: fields (which hold the digest of the body) and content before the body. */
static void add_record(struct lb_buf *b, const char *type, struct lb_span fields, struct lb_span content, struct lb_span body)
{
	char id[37];
	LB_AUTO(lb_buf_clear) struct lb_buf named = LB_BUF(fields.n + content.n + 64);
	lb_buf_addf(&named, "%s\n", type);
	lb_buf_add(&named, fields.p, fields.n);
	lb_buf_add(&named, content.p, content.n);
	lb_uuid_of(lb_buf_span(&named), id);
	lb_buf_addf(b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n", type, id);
	lb_buf_add(b, fields.p, fields.n);
	lb_buf_addf(b, "Content-Length: %zu\r\n\r\n", content.n + body.n);
	lb_buf_add(b, content.p, content.n);
	lb_buf_add(b, body.p, body.n);
	lb_buf_adds(b, "\r\n\r\n");
}

static int check_exchange(const struct lb_exchange *x, char date[LB_TIME_ISO], struct lb_error *err)
{
	lb_time_iso(x->date, date);
	if (!*date)
		return lb_fail(err, LB_USAGE, "cannot record an answer of the time %" PRId64 ": its year is not one of 1 to 9999", x->date);
	if (x->status < 0 || x->status > 999)
		return lb_fail(err, LB_USAGE, "cannot record the HTTP status %d", x->status);
	if (x->body.n > LB_WARC_RECORD_MAX - LB_WARC_HEAD_MAX)
		return lb_fail(err, LB_LIMIT, "cannot record an answer of %zu bytes: over 512 MiB", x->body.n);
	return LB_OK;
}

static int format_plain(const struct lb_exchange *x, struct lb_span uri, struct lb_buf *plain, struct lb_error *err)
{
	char date[LB_TIME_ISO];
	const struct kind *kind = kind_of(x);
	LB_TRY(check_exchange(x, date, err));
	LB_AUTO(lb_buf_clear) struct lb_buf fields = LB_BUF(LB_WARC_HEAD_MAX - 512);
	LB_AUTO(lb_buf_clear) struct lb_buf content = LB_BUF(LB_WARC_HEAD_MAX - 512);
	LB_TRY(kind->content(x, &content, err));
	struct lb_span body = x->kind == LB_RECORD_RESPONSE ? x->body : lb_span(NULL);
	lb_buf_addf(&fields, "WARC-Date: %s\r\nWARC-Target-URI: ", date);
	lb_buf_add(&fields, uri.p, uri.n);
	lb_buf_adds(&fields, "\r\n");
	if (x->kind == LB_RECORD_RESPONSE)
		add_digest(&fields, body);
	lb_buf_addf(&fields, "Content-Type: %s\r\n", kind->content_type);
	LB_TRY(lb_buf_check(&fields, "WARC header", err));
	add_record(plain, kind->type, lb_buf_span(&fields), lb_buf_span(&content), body);
	return lb_buf_check(plain, "WARC record", err);
}

int lb_warc_format_record(const struct lb_exchange *x, struct lb_buf *out, struct lb_record *record, struct lb_error *err)
{
	struct lb_span uri = lb_span(x->uri);
	LB_AUTO(lb_buf_clear) struct lb_buf clean = LB_BUF(LB_WARC_HEAD_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(x->body.n + 2 * LB_WARC_HEAD_MAX);
	lb_uri_clean(&clean, uri);
	LB_TRY(lb_buf_check(&clean, "request URI", err));
	if (!clean.len)
		return lb_fail(err, LB_USAGE, "cannot record an answer without a URI");
	LB_TRY(format_plain(x, lb_buf_span(&clean), &plain, err));
	size_t before = out->len;
	lb_gzip_member(lb_buf_span(&plain), out);
	LB_TRY(lb_buf_check(out, "WARC record", err));
	*record = (struct lb_record){.length = out->len - before, .plain = plain.len, .date = x->date, .status = x->status, .kind = x->kind};
	lb_uri_keys(lb_buf_span(&clean), record->keys);
	return LB_OK;
}

int lb_warc_format(const struct lb_exchange *x, struct lb_buf *out, struct lb_error *err)
{
	struct lb_record unused;
	return lb_warc_format_record(x, out, &unused, err);
}

void lb_warc_format_info(const char *software, int64_t date, struct lb_buf *out)
{
	char iso[LB_TIME_ISO];
	LB_AUTO(lb_buf_clear) struct lb_buf fields = LB_BUF(256);
	LB_AUTO(lb_buf_clear) struct lb_buf content = LB_BUF(2 * VALUE_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(4 * VALUE_MAX);
	lb_time_iso(date, iso);
	lb_buf_addf(&fields, "WARC-Date: %s\r\nContent-Type: application/warc-fields\r\n", iso);
	add_field(&content, "software", software);
	lb_buf_adds(&content, "format: WARC File Format 1.1\r\n");
	add_record(&plain, "warcinfo", lb_buf_span(&fields), lb_buf_span(&content), lb_span(NULL));
	lb_gzip_member(lb_buf_span(&plain), out);
}
