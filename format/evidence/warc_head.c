#include "format/evidence/internal.h"

#include <string.h>
#include <strings.h>

bool lb_line_named(struct lb_span name, const char *wanted)
{
	return name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0;
}

static bool is_token(struct lb_span s)
{
	static const char marks[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < s.n; i++) {
		char low = (char)(s.p[i] | 0x20);
		bool letter = (low >= 'a' && low <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9');
		if (!letter && !memchr(marks, s.p[i], sizeof marks - 1))
			return false;
	}
	return s.n > 0;
}

static bool is_value(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
			return false;
	return true;
}

/* Cuts a line at CRLF; false when there is none. */
static bool cut_line(struct lb_span *rest, struct lb_span *line)
{
	const char *end = rest->n ? memmem(rest->p, rest->n, "\r\n", 2) : NULL;
	if (!end)
		return false;
	*line = (struct lb_span){rest->p, (size_t)(end - rest->p)};
	*rest = (struct lb_span){end + 2, rest->n - line->n - 2};
	return true;
}

enum lb_line lb_line_next(struct lb_span *rest, struct lb_span *name, struct lb_span *value)
{
	struct lb_span line;
	if (rest->n == 0)
		return LB_LINE_END;
	if (!cut_line(rest, &line))
		return LB_LINE_BROKEN;
	if (line.n == 0)
		return LB_LINE_END;
	if (!memchr(line.p, ':', line.n) || !lb_span_cut(&line, ':', name) || !is_token(*name))
		return LB_LINE_BROKEN;
	*value = lb_span_trim(line);
	return is_value(*value) ? LB_LINE_FIELD : LB_LINE_BROKEN;
}

/* ---- the record's own header ------------------------------------------------------------------------------------ */

struct raw_head { struct lb_span type, uri, content_type, digest, date, length; };
static const struct { const char *name; size_t at; } head_fields[] = {
	{"WARC-Type", offsetof(struct raw_head, type)},
	{"WARC-Target-URI", offsetof(struct raw_head, uri)},
	{"WARC-Payload-Digest", offsetof(struct raw_head, digest)},
	{"WARC-Date", offsetof(struct raw_head, date)},
	{"Content-Type", offsetof(struct raw_head, content_type)},
	{"Content-Length", offsetof(struct raw_head, length)},
};

/* false when a field that may stand once stands twice: readers would differ on which counts. */
static bool set_field(struct raw_head *raw, struct lb_span name, struct lb_span value)
{
	for (size_t i = 0; i < LB_COUNT(head_fields); i++) {
		if (!lb_line_named(name, head_fields[i].name))
			continue;
		struct lb_span *field = (struct lb_span *)(void *)((char *)raw + head_fields[i].at);
		if (field->p)
			return false;
		*field = value;
	}
	return true;
}

static struct lb_span without_brackets(struct lb_span uri)
{
	if (uri.n > 2 && uri.p[0] == '<' && uri.p[uri.n - 1] == '>') /* WARC 1.0 wrote them so */
		return (struct lb_span){uri.p + 1, uri.n - 2};
	return uri;
}

const char *lb_warc_head_parse(struct lb_span block, struct lb_warc_head *out)
{
	struct lb_span version, name, value;
	if (!cut_line(&block, &version) || (!lb_span_is(version, "WARC/1.1") && !lb_span_is(version, "WARC/1.0")))
		return "neither WARC/1.0 nor WARC/1.1";
	struct raw_head raw = {0};
	enum lb_line line;
	while ((line = lb_line_next(&block, &name, &value)) == LB_LINE_FIELD)
		if (!set_field(&raw, name, value))
			return "a header field stands twice";
	if (line == LB_LINE_BROKEN || block.n)
		return "broken header line";
	struct lb_warc_head head = {raw.type, without_brackets(raw.uri), raw.content_type, raw.digest, 0, 0,
		lb_line_named(raw.type, "conversion")};
	if (!raw.type.n)
		return "no WARC-Type";
	if (!lb_time_parse(raw.date, &head.date))
		return "no readable WARC-Date";
	if (!lb_parse_u64(raw.length, &head.length))
		return "no readable Content-Length";
	if (head.length > LB_WARC_RECORD_MAX)
		return "content over 512 MiB";
	*out = head;
	return NULL;
}

/* ---- its content ---------------------------------------------------------------------------------------------------- */

static struct lb_span field_of(struct lb_span fields, const char *wanted)
{
	struct lb_span name, value;
	while (lb_line_next(&fields, &name, &value) == LB_LINE_FIELD)
		if (lb_line_named(name, wanted))
			return value;
	return lb_span(NULL);
}

static bool type_is(struct lb_span content_type, const char *wanted)
{
	struct lb_span type;
	return lb_span_cut(&content_type, ';', &type) && lb_line_named(lb_span_trim(type), wanted);
}

bool lb_warc_kind(const struct lb_warc_head *head, struct lb_span content, enum lb_record_kind *kind)
{
	if (!head->uri.n)
		return false;
	if (head->converted || (lb_line_named(head->type, "response") && type_is(head->content_type, "application/http")))
		return *kind = LB_RECORD_RESPONSE, true;
	if (!lb_line_named(head->type, "metadata") || !type_is(head->content_type, "application/warc-fields") ||
	    head->length > LB_WARC_NOTE_MAX)
		return false;
	struct lb_span said = field_of(content, "kind");
	*kind = lb_span_is(said, "media") ? LB_RECORD_MEDIA : LB_RECORD_FAILURE;
	return *kind == LB_RECORD_MEDIA || lb_span_is(said, "failure");
}

static bool status_from(struct lb_span digits, int *status)
{
	uint64_t n;
	if (!lb_parse_u64(digits, &n) || n > 999)
		return false;
	*status = (int)n;
	return true;
}

static const char *http_status(struct lb_span content, int *status)
{
	struct lb_span version, code;
	const char *end = content.n ? memchr(content.p, '\r', content.n) : NULL;
	struct lb_span line = {content.p, end ? (size_t)(end - content.p) : content.n};
	if (!lb_span_starts(line, "HTTP/") || !lb_span_cut(&line, ' ', &version) || !lb_span_cut(&line, ' ', &code) ||
	    code.n != 3 || !status_from(code, status))
		return "no HTTP status line";
	return NULL;
}

/* Type and length are told apart from the rest; the rest stays text, in its order. */
static const char *http_parse(struct lb_span content, struct lb_warc_content *out)
{
	const char *end = content.n ? memmem(content.p, content.n, "\r\n\r\n", 4) : NULL;
	if (!end || (size_t)(end - content.p) > LB_WARC_HEAD_MAX)
		return "no end of the HTTP header";
	size_t head = (size_t)(end - content.p) + 2;
	struct lb_span line, name, value, rest = {content.p, head};
	out->body = (struct lb_span){end + 2 + 2, content.n - head - 2};
	if (!cut_line(&rest, &line))
		return "no HTTP status line";
	out->headers = rest;
	enum lb_line got;
	while ((got = lb_line_next(&rest, &name, &value)) == LB_LINE_FIELD) {
		if (lb_line_named(name, "Content-Type"))
			out->content_type = value;
		else if (lb_line_named(name, "Content-Length") && !lb_parse_u64(value, &out->length))
			return "unreadable HTTP Content-Length";
		out->encoded |= lb_line_named(name, "Transfer-Encoding") || lb_line_named(name, "Content-Encoding");
	}
	return got == LB_LINE_BROKEN ? "broken HTTP header line" : NULL;
}

bool lb_sha256_hex_valid(const char *hex)
{
	return hex && strlen(hex) == LB_SHA256_HEX - 1 && strspn(hex, "0123456789abcdef") == LB_SHA256_HEX - 1;
}

static const char *note_parse(enum lb_record_kind kind, struct lb_span fields, struct lb_warc_content *out)
{
	if (!status_from(field_of(fields, "status"), &out->status))
		return "no readable status";
	out->content_type = field_of(fields, "content-type");
	out->reason = field_of(fields, "reason");
	if (kind == LB_RECORD_FAILURE)
		return NULL;
	out->sha256 = field_of(fields, "sha256");
	char hex[LB_SHA256_HEX] = "";
	if (out->sha256.n == sizeof hex - 1)
		memcpy(hex, out->sha256.p, sizeof hex - 1);
	if (!lb_sha256_hex_valid(hex))
		return "no readable sha256";
	return lb_parse_u64(field_of(fields, "size"), &out->size) ? NULL : "no readable size";
}

/* A conversion is made of a good answer only, and says so by being there. */
static const char *converted_parse(const struct lb_warc_head *head, struct lb_span content, struct lb_warc_content *out)
{
	out->status = 200;
	out->content_type = head->content_type;
	out->headers = lb_span("");
	out->body = content;
	return NULL;
}

const char *lb_warc_content_parse(const struct lb_warc_head *head, enum lb_record_kind kind, struct lb_span content, struct lb_warc_content *out)
{
	*out = (struct lb_warc_content){.length = UINT64_MAX};
	if (kind != LB_RECORD_RESPONSE)
		return note_parse(kind, content, out);
	if (head->converted)
		return converted_parse(head, content, out);
	const char *why = http_status(content, &out->status);
	return why ? why : http_parse(content, out);
}

const char *lb_warc_status(const struct lb_warc_head *head, enum lb_record_kind kind, struct lb_span content, int *status)
{
	struct lb_warc_content said;
	if (kind == LB_RECORD_RESPONSE && !head->converted)
		return http_status(content, status);
	const char *why = lb_warc_content_parse(head, kind, content, &said);
	*status = said.status;
	return why;
}
