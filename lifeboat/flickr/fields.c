#include "lifeboat/flickr/fields.h"

#include <string.h>

#define NAME_MAX_BYTES 64
#define WORD_MAX_BYTES 255
#define DIGITS_MAX 20
#define DECIMAL_MAX 32
#define NUMBER_MAX 9007199254740991 /* 2^53-1: the largest that a reader in JavaScript keeps */

bool lb_field_is_digits(struct lb_span s, size_t max)
{
	if (s.n == 0 || s.n > max)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return true;
}

static bool is_word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c && strchr("@._-", c));
}

bool lb_field_is_word(struct lb_span s, size_t max)
{
	if (s.n == 0 || s.n > max || s.p[0] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_word_char(s.p[i]))
			return false;
	}
	return true;
}

bool lb_field_is_name(struct lb_span s, size_t max)
{
	return lb_field_is_word(s, max) && lb_path_is_safe(s, NULL);
}

static bool is_decimal(struct lb_span s)
{
	double ignored;
	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789.-", s.p[i]))
			return false;
	}
	return s.n <= DECIMAL_MAX && lb_parse_double(s, &ignored);
}

/* "6065-72157617483228192": the hyphen, or NULL. */
static const char *owned_id_hyphen(const char *value)
{
	const char *hyphen = strchr(value, '-');
	bool owned = hyphen && lb_field_is_digits((struct lb_span){ value, (size_t)(hyphen - value) }, DIGITS_MAX) &&
		lb_field_is_digits(lb_span(hyphen + 1), DIGITS_MAX);
	return owned ? hyphen : NULL;
}

static bool host_is_flickr(struct lb_span host)
{
	return lb_host_below(host, "flickr.com") || lb_host_below(host, "staticflickr.com");
}

bool lb_field_is_link(const char *url)
{
	struct lb_span rest = lb_span(url);
	for (size_t i = 0; i < rest.n; i++) {
		if ((unsigned char)rest.p[i] <= ' ' || rest.p[i] == 0x7f || rest.p[i] == '\\')
			return false;
	}
	if (!lb_span_starts(rest, "https://"))
		return false;
	const char *host = url + strlen("https://");
	return host_is_flickr((struct lb_span){ host, strcspn(host, "/?#") });
}

/* ---- one member ------------------------------------------------------------------------------ */

/* Text that a kind of field accepts; the strict kinds refuse the whole answer, the others do without. */
static bool accepts(enum lb_field_kind kind, const char *value)
{
	struct lb_span s = lb_span(value);
	static const struct { enum lb_field_kind kind; size_t max; bool (*is)(struct lb_span, size_t); } checks[] = {
		{ LB_FIELD_DIGITS, DIGITS_MAX, lb_field_is_digits },
		{ LB_FIELD_NAME, NAME_MAX_BYTES, lb_field_is_name },
		{ LB_FIELD_WORD, WORD_MAX_BYTES, lb_field_is_word },
	};
	for (size_t i = 0; i < LB_COUNT(checks); i++) {
		if (checks[i].kind == kind)
			return checks[i].is(s, checks[i].max);
	}
	if (kind == LB_FIELD_LINK)
		return lb_field_is_link(value);
	if (kind == LB_FIELD_TAIL)
		return owned_id_hyphen(value) != NULL;
	return kind != LB_FIELD_DECIMAL || is_decimal(s);
}

static int64_t number_of(const char *value)
{
	int64_t n;
	return lb_parse_i64(lb_span(value), &n) && n >= 0 && n <= NUMBER_MAX ? n : LB_UNKNOWN;
}

static int flag_of(const char *value)
{
	if (!strcmp(value, "1") || !strcmp(value, "true"))
		return 1;
	return !strcmp(value, "0") || !strcmp(value, "false") ? 0 : LB_UNKNOWN;
}

static bool is_text(enum lb_field_kind kind)
{
	return kind != LB_FIELD_NUMBER && kind != LB_FIELD_FLAG;
}

static void clear_member(const struct lb_field *f, char *item)
{
	if (is_text(f->kind))
		*(const char **)(void *)(item + f->offset) = NULL;
	else if (f->kind == LB_FIELD_NUMBER)
		*(int64_t *)(void *)(item + f->offset) = LB_UNKNOWN;
	else
		*(int *)(void *)(item + f->offset) = LB_UNKNOWN;
}

/* What is no number counts as not said: what was known stays. */
static void set_member(const struct lb_field *f, char *item, const char *value, struct lb_arena *a)
{
	const char *text = f->kind == LB_FIELD_TAIL ? owned_id_hyphen(value) + 1 : value;
	if (is_text(f->kind))
		*(const char **)(void *)(item + f->offset) = lb_arena_strdup(a, text);
	else if (f->kind == LB_FIELD_NUMBER && number_of(value) != LB_UNKNOWN)
		*(int64_t *)(void *)(item + f->offset) = number_of(value);
	else if (f->kind == LB_FIELD_FLAG && flag_of(value) != LB_UNKNOWN)
		*(int *)(void *)(item + f->offset) = flag_of(value);
}

static const char *value_of(const struct lb_field *f, const struct lb_xml *e)
{
	const struct lb_xml *at = f->child ? lb_xml_child(e, f->child) : e;
	if (!at)
		return NULL;
	return f->attr ? lb_xml_attr(at, f->attr) : at->text;
}

static int refuse(const struct lb_field *f, const struct lb_xml *e, const char *value, struct lb_error *err)
{
	const char *part = f->attr ? f->attr : f->child ? f->child : "text";
	if (!value)
		return lb_fail(err, LB_FORMAT, "cannot use Flickr's answer: <%s> has no \"%s\"", e->name, part);
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(256);
	lb_show(&shown, (struct lb_span){ value, strnlen(value, 48) });
	return lb_fail(err, LB_FORMAT, "cannot use Flickr's answer: \"%s\" of <%s> is not an id: \"%s\"", part,
		e->name, lb_buf_str(&shown));
}

static int read_member(const struct lb_field *f, const struct lb_xml *e, struct lb_arena *a, char *item,
	struct lb_error *err)
{
	const char *value = value_of(f, e);
	bool empty = value && !*value && f->kind != LB_FIELD_EXACT;
	if (!value || empty) {
		if (empty && f->kind == LB_FIELD_TEXT)
			clear_member(f, item);
		return f->required ? refuse(f, e, NULL, err) : 0;
	}
	if (accepts(f->kind, value)) {
		set_member(f, item, value, a);
		return 0;
	}
	bool strict = f->required || f->kind == LB_FIELD_DIGITS || f->kind == LB_FIELD_NAME;
	return strict ? refuse(f, e, value, err) : 0;
}

/* ---- records --------------------------------------------------------------------------------- */

int lb_fields_overlay(const struct lb_row_table *record, const struct lb_xml *e, struct lb_arena *a, void *item,
	struct lb_error *err)
{
	for (size_t i = 0; i < record->nfields; i++)
		LB_TRY(read_member(&record->fields[i], e, a, item, err));
	return 0;
}

int lb_fields_read(const struct lb_row_table *record, const struct lb_xml *e, struct lb_arena *a, void *item,
	struct lb_error *err)
{
	for (size_t i = 0; i < record->nfields; i++)
		clear_member(&record->fields[i], item);
	return lb_fields_overlay(record, e, a, item, err);
}

static size_t count_children(const struct lb_xml *parent, const char *name)
{
	size_t n = 0;
	for (const struct lb_xml *e = lb_xml_child(parent, name); e; e = lb_xml_next(e, name))
		n++;
	return n;
}

int lb_fields_list(const struct lb_row_table *record, const struct lb_xml *parent, const char *name,
	struct lb_arena *a, void **items, size_t *count, struct lb_error *err)
{
	size_t n = count_children(parent, name), max = record->max ? record->max : LB_ROWS_MAX;
	if (n > max)
		return lb_fail(err, LB_LIMIT, "cannot use Flickr's answer: %zu <%s> in one, at most %zu are read",
			n, name, max);
	char *rows = n ? lb_arena_alloc(a, n * record->size) : NULL, *row = rows;
	for (const struct lb_xml *e = lb_xml_child(parent, name); e; e = lb_xml_next(e, name)) {
		if (record->init)
			record->init(row);
		LB_TRY(lb_fields_read(record, e, a, row, err));
		row += record->size;
	}
	*items = rows;
	*count = n;
	return 0;
}

int lb_fields_promised(const struct lb_xml *rsp, const char *name, const struct lb_xml **out, struct lb_error *err)
{
	const struct lb_xml *e = lb_xml_child(rsp, name);
	if (!e)
		return lb_fail(err, LB_FORMAT, "cannot use Flickr's answer: it has no <%s>", name);
	*out = e;
	return 0;
}

int lb_fields_page(const struct lb_xml *wrapper, struct lb_arena *a, struct lb_page *page, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_page, member)
	static const struct lb_field fields[] = {
		{ NULL, "page", LB_FIELD_NUMBER, false, AT(page) },
		{ NULL, "pages", LB_FIELD_NUMBER, false, AT(pages) },
		{ NULL, "perpage", LB_FIELD_NUMBER, false, AT(per_page) },
		{ NULL, "per_page", LB_FIELD_NUMBER, false, AT(per_page) },
		{ NULL, "total", LB_FIELD_NUMBER, false, AT(total) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_page, NULL, 0);
	struct lb_page fresh = { .got = 0 };
	LB_TRY(lb_fields_read(&record, wrapper, a, &fresh, err));
	*page = fresh;
	return 0;
}

void *lb_fields_reserve(struct lb_arena *a, void *items, size_t count, size_t *cap, size_t more, size_t size)
{
	if (*cap >= count && *cap - count >= more)
		return items;
	size_t room = 2 * count + more;
	char *moved = lb_arena_alloc(a, room * size);
	if (count)
		memcpy(moved, items, count * size);
	*cap = room;
	return moved;
}
