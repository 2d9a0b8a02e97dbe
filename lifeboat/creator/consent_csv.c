/* CSV as spreadsheets write it: RFC 4180, with LF, CRLF or CR, and with any separator. */
#include <string.h>

#include "lifeboat/creator/consent_private.h"

static int fail_at(const struct lb_csv *csv, const struct lb_csv_row *row, enum lb_status status, const char *what, struct lb_error *err)
{
	return lb_fail(err, status, "\"%s\", line %zu, column %zu: %s", LB_CONSENT_FILE, csv->line, row->nfields + 1, what);
}

/* Length of a quoted field with its quotes; 0 when it never ends. */
static size_t quoted_length(struct lb_span s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] != '"')
			continue;
		if (i + 1 == s.n || s.p[i + 1] != '"')
			return i + 1;
		i++;
	}
	return 0;
}

size_t lb_csv_line_end(struct lb_span s)
{
	if (s.n == 0 || (s.p[0] != '\n' && s.p[0] != '\r'))
		return 0;
	return s.p[0] == '\r' && s.n > 1 && s.p[1] == '\n' ? 2 : 1;
}

static size_t bare_length(const struct lb_csv *csv)
{
	size_t n = 0;
	while (n < csv->rest.n && csv->rest.p[n] != csv->separator && !lb_csv_line_end((struct lb_span){ csv->rest.p + n, csv->rest.n - n }))
		n++;
	return n;
}

static void skip(struct lb_csv *csv, size_t n)
{
	for (size_t i = 0, end; i < n; i += end ? end : 1)
		csv->line += (end = lb_csv_line_end((struct lb_span){ csv->rest.p + i, n - i })) > 0;
	csv->rest.p += n;
	csv->rest.n -= n;
}

static int next_field(struct lb_csv *csv, struct lb_csv_row *row, struct lb_error *err)
{
	bool quoted = csv->rest.n && csv->rest.p[0] == '"';
	size_t n = quoted ? quoted_length(csv->rest) : bare_length(csv);
	if (row->nfields == LB_CSV_FIELDS_MAX)
		return fail_at(csv, row, LB_LIMIT, "more than 256 columns", err);
	if (quoted && n == 0)
		return fail_at(csv, row, LB_FORMAT, "the quotation mark that begins here is never closed", err);
	if (n > LB_CSV_FIELD_BYTES)
		return fail_at(csv, row, LB_LIMIT, "longer than 65536 bytes", err);
	struct lb_span field = { csv->rest.p, n };
	if (memchr(field.p, 0, n) || !lb_utf8_valid(field))
		return fail_at(csv, row, LB_FORMAT, "not UTF-8 text (save the file as \"CSV UTF-8\")", err);
	struct lb_span behind = { csv->rest.p + n, csv->rest.n - n };
	if (behind.n && behind.p[0] != csv->separator && !lb_csv_line_end(behind))
		return fail_at(csv, row, LB_FORMAT, "text behind the closing quotation mark", err);
	row->fields[row->nfields++] = field;
	skip(csv, n);
	return 0;
}

int lb_csv_next(struct lb_csv *csv, struct lb_csv_row *row, bool *more, struct lb_error *err)
{
	*more = csv->rest.n > 0;
	if (!*more)
		return 0;
	row->nfields = 0;
	row->line = csv->line;
	for (;;) {
		LB_TRY(next_field(csv, row, err));
		size_t end = lb_csv_line_end(csv->rest);
		bool last = end || csv->rest.n == 0;
		skip(csv, end ? end : csv->rest.n > 0);
		if (last)
			return 0;
	}
}

char *lb_csv_value(struct lb_span field, struct lb_arena *arena)
{
	if (field.n < 2 || field.p[0] != '"') {
		field = lb_span_trim(field);
		return lb_arena_strndup(arena, field.p, field.n);
	}
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(LB_CSV_FIELD_BYTES);
	for (size_t i = 1; i + 1 < field.n; i++) {
		lb_buf_addc(&b, field.p[i]);
		i += field.p[i] == '"';
	}
	struct lb_span value = lb_span_trim(lb_buf_span(&b));
	return lb_arena_strndup(arena, value.n ? value.p : "", value.n);
}

void lb_csv_add(struct lb_buf *b, const char *value, char separator)
{
	bool formula = value[0] && strchr("=+-@\t", value[0]);
	bool quoted = strchr(value, separator) || strpbrk(value, "\"\r\n");
	lb_buf_adds(b, quoted ? "\"" : "");
	lb_buf_adds(b, formula ? "'" : "");
	for (const char *p = value; *p; p++) {
		lb_buf_adds(b, *p == '"' ? "\"" : "");
		lb_buf_addc(b, *p);
	}
	lb_buf_adds(b, quoted ? "\"" : "");
}
