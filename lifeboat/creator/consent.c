/* The consent ledger: who was asked, and what they said. People edit it; we read it strictly and add to it carefully. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/consent_private.h"
#include "lifeboat/url/url.h"

#define LEDGER_MAX ((size_t)64 << 20)
#define ROWS_MAX 100000

const char *lb_consent_column_name(enum lb_consent_column column)
{
	static const char *const names[LB_COLUMN_COUNT] = { "owner", "status", "date", "deadline", "evidence", "note", "name" };
	return names[column];
}

static const char *const statuses[] = {
	[LB_CONSENT_NONE] = "", [LB_CONSENT_PENDING] = "pending", [LB_CONSENT_GRANTED] = "granted", [LB_CONSENT_REFUSED] = "refused",
	[LB_CONSENT_SILENT] = "no answer",
};
const char *lb_consent_status_name(enum lb_consent status)
{
	return statuses[status];
}

/* ASCII only, whatever the locale. */
static bool same_word(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a >= 'A' && *a <= 'Z' ? (char)(*a | 0x20) : *a;
		if (x != *b)
			return false;
	}
	return *a == *b;
}

bool lb_consent_is_date(struct lb_span text)
{
	char full[LB_TIME_ISO];
	int64_t ignored;
	if (text.n != 10)
		return false;
	memcpy(full, text.p, 10);
	memcpy(full + 10, "T00:00:00Z", 11);
	return lb_time_parse(lb_span(full), &ignored);
}

/* ---- the owner -------------------------------------------------------------------------------------------------------------- */

/* 12345678@N00 */
static bool is_nsid(struct lb_span s)
{
	enum { DIGITS_MAX = 20 };
	size_t n = 0;
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (n == 0 || n > DIGITS_MAX || s.n < n + 4 || s.n > n + 2 + DIGITS_MAX || s.p[n] != '@' || (s.p[n + 1] | 0x20) != 'n')
		return false;
	for (size_t i = n + 2; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* White space and quotation marks as programs and keyboards make them. */
static struct lb_span without_quotes(struct lb_span s)
{
	static const char *const signs[] = { " ", "\t", "\n", "\r", "\"", "'", "`", "\u00A0", "\u2018", "\u2019", "\u201A", "\u201C", "\u201D", "\u201E" };
	for (size_t i = 0; i < LB_COUNT(signs); i++) {
		size_t n = strlen(signs[i]);
		bool before = lb_span_starts(s, signs[i]);
		if (!before && !lb_span_ends(s, signs[i]))
			continue;
		s.p += before ? n : 0;
		s.n -= n;
		i = SIZE_MAX; /* from the first again */
	}
	return s;
}

const char *lb_consent_owner(const char *text, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(LB_CSV_FIELD_BYTES);
	struct lb_flickr_url url;
	struct lb_span s = without_quotes(lb_span(text));
	const char *as_given = lb_arena_strndup(arena, s.p, s.n);
	if (lb_flickr_url_parse(as_given, arena, &url, NULL) == 0)
		return url.kind == LB_URL_USER ? url.user_id : NULL;
	if (!lb_url_decode(&plain, s) || !is_nsid(lb_buf_span(&plain)))
		return NULL;
	char *at = strchr(plain.p, '@');
	at[1] = 'N';
	return lb_arena_strdup(arena, plain.p);
}

/* ---- the header line ------------------------------------------------------------------------------------------------------ */

static int find_column(struct lb_consent_file *f, const char *name, size_t line, size_t number, struct lb_error *err)
{
	for (enum lb_consent_column c = 0; c < LB_COLUMN_COUNT; c++) {
		if (!same_word(name, lb_consent_column_name(c)))
			continue;
		if (f->at[c])
			return lb_fail(err, LB_FORMAT, "\"%s\", line %zu, column %zu: column %zu is called \"%s\" as well", LB_CONSENT_FILE, line, number,
				f->at[c], lb_consent_column_name(c));
		f->at[c] = number;
	}
	return 0;
}

static int find_columns(struct lb_consent_file *f, const struct lb_csv_row *row, struct lb_error *err)
{
	memset(f->at, 0, sizeof f->at);
	f->ncolumns = row->nfields;
	for (size_t i = 0; i < row->nfields; i++)
		LB_TRY(find_column(f, lb_csv_value(row->fields[i], &f->arena), row->line, i + 1, err));
	return 0;
}

static bool has_columns(const struct lb_consent_file *f)
{
	return f->at[LB_COLUMN_OWNER] && f->at[LB_COLUMN_STATUS];
}

/* "sep=;": what some spreadsheets write before the header. */
static void pass_separator_line(struct lb_csv *csv)
{
	struct lb_span rest = csv->rest;
	if (rest.n < 6 || memcmp(rest.p, "sep=", 4) != 0)
		return;
	rest = (struct lb_span){ rest.p + 5, rest.n - 5 };
	size_t end = lb_csv_line_end(rest);
	if (end)
		*csv = (struct lb_csv){ .rest = { rest.p + end, rest.n - end }, .line = csv->line + 1 };
}

/* The end of the line that stops right before `behind`. */
static const char *line_end_before(const char *behind)
{
	if (behind[-1] != '\n')
		return behind[-1] == '\r' ? "\r" : "\n";
	return behind[-2] == '\r' ? "\r\n" : "\n"; /* the header is longer than two bytes */
}

/* The first separator by which the header has the columns that count. */
static int read_header(struct lb_consent_file *f, struct lb_csv *csv, struct lb_csv_row *row, struct lb_error *err)
{
	static const char separators[] = ",;\t";
	pass_separator_line(csv);
	struct lb_csv start = *csv;
	for (const char *s = separators; *s && !has_columns(f); s++) {
		bool more = false;
		*csv = start;
		csv->separator = f->separator = *s;
		LB_TRY(lb_csv_next(csv, row, &more, err));
		if (more)
			LB_TRY(find_columns(f, row, err));
	}
	if (!has_columns(f)) {
		int rc = lb_fail(err, LB_FORMAT, "\"%s\", line %zu: expected the names of the columns, \"owner\" and \"status\" among them", LB_CONSENT_FILE,
			start.line);
		lb_hint(err, "the first line is like \"owner,status,date,deadline,evidence,note\", with commas, semicolons or tabs");
		return rc;
	}
	f->line_end = line_end_before(csv->rest.p);
	return 0;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------------ */

static int fail_in(const struct lb_consent_file *f, const struct lb_csv_row *row, enum lb_consent_column c, const char *what, struct lb_error *err)
{
	return lb_fail(err, LB_FORMAT, "\"%s\", line %zu, column %zu (%s): %s", LB_CONSENT_FILE, row->line, f->at[c], lb_consent_column_name(c), what);
}

static struct lb_span raw_of(const struct lb_consent_file *f, const struct lb_csv_row *row, enum lb_consent_column c)
{
	return f->at[c] && f->at[c] <= row->nfields ? row->fields[f->at[c] - 1] : (struct lb_span){ NULL, 0 };
}

static const char *value_of(struct lb_consent_file *f, const struct lb_csv_row *row, enum lb_consent_column c)
{
	struct lb_span raw = raw_of(f, row, c);
	return raw.p ? lb_csv_value(raw, &f->arena) : "";
}

static bool is_blank(const struct lb_csv_row *row)
{
	for (size_t i = 0; i < row->nfields; i++) {
		struct lb_span field = lb_span_trim(row->fields[i]);
		if (field.n && !lb_span_is(field, "\"\""))
			return false;
	}
	return true;
}

static int read_status(const struct lb_consent_file *f, const struct lb_csv_row *row, const char *text, enum lb_consent *out, struct lb_error *err)
{
	for (size_t i = LB_CONSENT_PENDING; i < LB_COUNT(statuses); i++) {
		if (same_word(text, statuses[i])) {
			*out = (enum lb_consent)i;
			return 0;
		}
	}
	LB_AUTO(lb_buf_clear) struct lb_buf what = LB_BUF(400);
	lb_buf_adds(&what, "expected \"granted\", \"refused\", \"pending\" or \"no answer\", found \"");
	lb_show(&what, (struct lb_span){ text, strnlen(text, 40) });
	lb_buf_adds(&what, "\"");
	return fail_in(f, row, LB_COLUMN_STATUS, lb_buf_str(&what), err);
}

/* A refusal that is written beside its owner would be lost: nothing is guessed. */
static int read_owner(struct lb_consent_file *f, const struct lb_csv_row *row, const char **out, struct lb_error *err)
{
	const char *text = value_of(f, row, LB_COLUMN_OWNER), *owner = lb_consent_owner(text, &f->arena);
	if (owner) {
		*out = owner;
		return 0;
	}
	LB_AUTO(lb_buf_clear) struct lb_buf what = LB_BUF(600);
	lb_buf_adds(&what, *text ? "expected the owner's Flickr id, like 12345678@N00, found \"" : "empty; expected the owner's Flickr id, like 12345678@N00");
	lb_show(&what, (struct lb_span){ text, strnlen(text, 80) });
	lb_buf_adds(&what, *text ? "\"" : "");
	int rc = fail_in(f, row, LB_COLUMN_OWNER, lb_buf_str(&what), err);
	lb_hint(err, "the id is in the letter to the owner, and is the name of its file in \"letters\"");
	return rc;
}

static int check_row(const struct lb_consent_file *f, const struct lb_csv_row *row, const struct lb_consent_row *r, struct lb_error *err)
{
	size_t number;
	if (*r->deadline && !lb_consent_is_date(lb_span(r->deadline)))
		return fail_in(f, row, LB_COLUMN_DEADLINE, "expected a date like 2026-12-31", err);
	if (row->nfields > f->ncolumns)
		return lb_fail(err, LB_FORMAT, "\"%s\", line %zu, column %zu: the header has no such column", LB_CONSENT_FILE, row->line, f->ncolumns + 1);
	if (lb_map_get(&f->owners, lb_span(r->owner), &number))
		return lb_fail(err, LB_FORMAT, "\"%s\", line %zu, column %zu (owner): the same owner stands in line %zu", LB_CONSENT_FILE, row->line,
			f->at[LB_COLUMN_OWNER], number);
	if (f->nlines == ROWS_MAX)
		return lb_fail(err, LB_LIMIT, "\"%s\", line %zu: more than %d rows", LB_CONSENT_FILE, row->line, ROWS_MAX);
	return 0;
}

static int read_row(struct lb_consent_file *f, const struct lb_csv_row *row, struct lb_error *err)
{
	struct lb_consent_line line = { .status = raw_of(f, row, LB_COLUMN_STATUS), .line = row->line };
	struct lb_consent_row *r = &line.row;
	if (is_blank(row))
		return 0;
	LB_TRY(read_owner(f, row, &r->owner, err));
	r->owner_name = value_of(f, row, LB_COLUMN_NAME);
	r->date = value_of(f, row, LB_COLUMN_DATE);
	r->deadline = value_of(f, row, LB_COLUMN_DEADLINE);
	r->evidence = value_of(f, row, LB_COLUMN_EVIDENCE);
	r->note = value_of(f, row, LB_COLUMN_NOTE);
	LB_TRY(check_row(f, row, r, err));
	LB_TRY(read_status(f, row, value_of(f, row, LB_COLUMN_STATUS), &r->status, err));
	lb_map_put(&f->owners, lb_span(r->owner), row->line);
	LB_GROW(f->lines, f->nlines, f->cap);
	f->lines[f->nlines++] = line;
	return 0;
}

int lb_consent_parse(struct lb_consent_file *f, struct lb_error *err)
{
	LB_AUTO(lb_freep) struct lb_csv_row *row = lb_alloc(sizeof *row);
	struct lb_csv csv = { .rest = lb_buf_span(&f->text), .line = 1 };
	if (lb_span_starts(csv.rest, "\xEF\xBB\xBF")) {
		csv.rest.p += 3;
		csv.rest.n -= 3;
	}
	LB_TRY(read_header(f, &csv, row, err));
	for (;;) {
		bool more;
		LB_TRY(lb_csv_next(&csv, row, &more, err));
		if (!more)
			return 0;
		LB_TRY(read_row(f, row, err));
	}
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------------- */

static void begin_new(struct lb_consent_file *f)
{
	f->separator = ',';
	f->line_end = "\r\n";
	f->ncolumns = LB_COLUMN_COUNT;
	for (enum lb_consent_column c = 0; c < LB_COLUMN_COUNT; c++) {
		f->at[c] = c + 1;
		lb_buf_addf(&f->text, "%s%s", c ? "," : "", lb_consent_column_name(c));
	}
	lb_buf_adds(&f->text, "\r\n");
}

void lb_consent_clear(struct lb_consent_file *f)
{
	lb_buf_clear(&f->text);
	lb_map_clear(&f->owners);
	lb_arena_clear(&f->arena);
	free(f->lines);
	*f = (struct lb_consent_file){ 0 };
}

int lb_consent_read(const char *dir, struct lb_consent_file *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	struct lb_consent_file f = { .text = LB_BUF(LEDGER_MAX) };
	struct lb_error why = { 0 };
	lb_path_join(&path, dir, LB_CONSENT_FILE);
	int rc = lb_file_read(lb_buf_str(&path), LEDGER_MAX, &f.text, &why);
	if (rc == LB_NOTFOUND) {
		begin_new(&f);
		rc = 0;
	} else if (rc) {
		rc = lb_fail(err, why.status, "%s", why.what);
	} else {
		rc = lb_consent_parse(&f, err);
	}
	if (rc) {
		lb_consent_clear(&f);
		return rc;
	}
	*out = f;
	return 0;
}

static int by_owner(const void *a, const void *b)
{
	return strcmp(((const struct lb_consent_row *)a)->owner, ((const struct lb_consent_row *)b)->owner);
}

void lb_consent_ledger(struct lb_consent_file *f, struct lb_ledger *out)
{
	out->nrows = f->nlines;
	out->rows = lb_arena_alloc(&f->arena, (f->nlines + 1) * sizeof *out->rows);
	for (size_t i = 0; i < f->nlines; i++)
		out->rows[i] = f->lines[i].row;
	qsort(out->rows, out->nrows, sizeof *out->rows, by_owner);
}

int lb_ledger_load(const char *dir, struct lb_ledger *out, struct lb_error *err)
{
	struct lb_consent_file f;
	LB_TRY(lb_consent_read(dir, &f, err));
	struct lb_ledger ledger = { 0 };
	lb_consent_ledger(&f, &ledger);
	ledger.arena = f.arena;
	f.arena = (struct lb_arena){ 0 };
	lb_consent_clear(&f);
	*out = ledger;
	return 0;
}

void lb_ledger_clear(struct lb_ledger *ledger)
{
	lb_arena_clear(&ledger->arena);
	*ledger = (struct lb_ledger){ 0 };
}
