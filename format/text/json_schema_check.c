/* Values against compiled schemas. The way to a value is kept as a chain on the stack and spelled only when something is told. */
#include <string.h>

#include "format/text/schema_private.h"

#define SHOWN_MAX 60

struct place { const struct place *up; const char *key; size_t index; };
/* A value: JSON, or the name of a member. */
struct value { const struct lb_json *json; const char *name; };
struct checking { lb_schema_tell_fn *tell; void *arg; size_t left; bool quiet; };

static bool check(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at);

/* ---- telling ---- */

static void add_pointer(struct lb_buf *b, const struct place *at)
{
	if (!at || !at->up)
		return;
	add_pointer(b, at->up);
	lb_buf_addc(b, '/');
	if (!at->key)
		lb_buf_addf(b, "%zu", at->index);
	for (const char *k = at->key; k && *k; k++) {
		if (*k == '~' || *k == '/')
			lb_buf_adds(b, *k == '~' ? "~0" : "~1");
		else
			lb_buf_addc(b, *k);
	}
}

static bool tell(struct checking *c, const struct place *at, const struct lb_buf *message)
{
	LB_AUTO(lb_buf_clear) struct lb_buf raw = LB_BUF(4096), pointer = LB_BUF(1 << 16);
	if (c->quiet || !c->left)
		return false;
	c->left--;
	add_pointer(&raw, at);
	lb_show(&pointer, lb_buf_span(&raw));
	c->tell(c->arg, lb_buf_str(&pointer), lb_buf_str(message));
	return false;
}

static const char *text_of(struct value v)
{
	return v.name ? v.name : lb_json_str(v.json);
}

static enum lb_json_kind kind_of(struct value v)
{
	return v.name ? LB_JSON_STRING : lb_json_kind(v.json);
}

static void add_text(struct lb_buf *b, const char *text)
{
	lb_buf_addc(b, '"');
	lb_show(b, (struct lb_span){text, strnlen(text, SHOWN_MAX)});
	lb_buf_adds(b, strlen(text) > SHOWN_MAX ? "…\"" : "\"");
}

static void add_value(struct lb_buf *b, struct value v)
{
	switch (kind_of(v)) {
	case LB_JSON_NULL: lb_buf_adds(b, "null"); break;
	case LB_JSON_BOOLEAN: lb_buf_adds(b, lb_json_bool(v.json, false) ? "true" : "false"); break;
	case LB_JSON_INTEGER:
	case LB_JSON_NUMBER: lb_buf_addf(b, "%.15g", lb_json_num(v.json, 0)); break;
	case LB_JSON_STRING: add_text(b, text_of(v)); break;
	case LB_JSON_ARRAY: lb_buf_addf(b, "a list of %zu", lb_json_count(v.json)); break;
	case LB_JSON_OBJECT: lb_buf_addf(b, "an object of %zu", lb_json_count(v.json)); break;
	}
}

static bool tell_expected(struct checking *c, const struct place *at, struct value v, const char *expected)
{
	LB_AUTO(lb_buf_clear) struct lb_buf message = LB_BUF(8192);
	if (c->quiet)
		return false;
	lb_buf_addf(&message, "expected %s, found ", expected);
	add_value(&message, v);
	return tell(c, at, &message);
}

static bool tell_number(struct checking *c, const struct place *at, struct value v, const char *expected, double n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(256);
	if (c->quiet)
		return false;
	lb_buf_addf(&words, "%s %.15g", expected, n);
	return tell_expected(c, at, v, lb_buf_str(&words));
}

/* ---- simple values ---- */

static bool tell_kinds(struct checking *c, unsigned kinds, struct value v, const struct place *at)
{
	static const struct { unsigned kind; const char *name; } names[] = {
		{LB_JSON_STRING, "a string"}, {LB_JSON_NUMBER, "a number"}, {LB_JSON_INTEGER, "an integer"}, {LB_JSON_BOOLEAN, "true or false"},
		{LB_JSON_ARRAY, "a list"}, {LB_JSON_OBJECT, "an object"}, {LB_JSON_NULL, "null"},
	};
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(512);
	if (kinds & LB_JSON_NUMBER)
		kinds &= ~(unsigned)LB_JSON_INTEGER;
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (kinds & names[i].kind)
			lb_buf_addf(&words, "%s%s", words.len ? " or " : "", names[i].name);
	return tell_expected(c, at, v, lb_buf_str(&words));
}

static bool is_same(const struct lb_json *a, struct value v)
{
	const enum lb_json_kind kind = lb_json_kind(a);
	if (kind != kind_of(v))
		return false;
	if (kind == LB_JSON_STRING)
		return strcmp(lb_json_str(a), text_of(v)) == 0;
	if (kind == LB_JSON_INTEGER)
		return !(lb_json_num(a, 0) < lb_json_num(v.json, 0)) && !(lb_json_num(a, 0) > lb_json_num(v.json, 0));
	return kind == LB_JSON_NULL || (kind == LB_JSON_BOOLEAN && lb_json_bool(a, false) == lb_json_bool(v.json, false));
}

static bool check_constant(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(8192);
	if (is_same(s->constant, v))
		return true;
	add_value(&words, (struct value){s->constant, NULL});
	return tell_expected(c, at, v, lb_buf_str(&words));
}

static bool check_among(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(8192);
	for (size_t i = 0; i < lb_json_count(s->among); i++)
		if (is_same(lb_json_at(s->among, i), v))
			return true;
	for (size_t i = 0; i < lb_json_count(s->among) && !c->quiet; i++) {
		lb_buf_adds(&words, i ? ", " : "one of ");
		add_value(&words, (struct value){lb_json_at(s->among, i), NULL});
	}
	return tell_expected(c, at, v, lb_buf_str(&words));
}

static int64_t count_characters(const char *text)
{
	int64_t n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static bool check_text(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	const char *text = text_of(v);
	bool good = true;
	if (s->min_length > 0 && (s->min_length > 1 ? count_characters(text) < s->min_length : !*text))
		good = tell_number(c, at, v, "characters, at least", (double)s->min_length);
	if (s->max_length >= 0 && count_characters(text) > s->max_length)
		good = tell_number(c, at, v, "characters, at most", (double)s->max_length);
	if (s->pattern && !lb_pattern_matches(s->pattern, text)) {
		LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(8192);
		lb_buf_addf(&words, "text of the form %s", s->pattern_text);
		good = tell_expected(c, at, v, lb_buf_str(&words));
	}
	return good;
}

static bool check_number(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	const double n = lb_json_num(v.json, 0);
	if (s->has_minimum && n < s->minimum)
		return tell_number(c, at, v, "at least", s->minimum);
	if (s->has_maximum && n > s->maximum)
		return tell_number(c, at, v, "at most", s->maximum);
	return true;
}

/* ---- lists and objects ---- */

static bool check_list(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	const size_t count = lb_json_count(v.json);
	bool good = true;
	if (s->min_items >= 0 && (int64_t)count < s->min_items)
		good = tell_number(c, at, v, "entries, at least", (double)s->min_items);
	if (s->max_items >= 0 && (int64_t)count > s->max_items)
		good = tell_number(c, at, v, "entries, at most", (double)s->max_items);
	for (size_t i = 0; i < count && (good || (c->left && !c->quiet)); i++) {
		const struct lb_schema *item = i < s->prefix.count ? s->prefix.items[i] : s->items;
		if (!item)
			continue;
		const struct place below = {at, NULL, i};
		good &= check(c, item, (struct value){lb_json_at(v.json, i), NULL}, &below);
	}
	return good;
}

/* Members mostly come in the order in which the schema names them. */
static const struct lb_schema_member *find_member(const struct lb_schema *s, const char *key, size_t *next)
{
	for (size_t i = 0; i < s->nmembers; i++) {
		const size_t at = *next;
		*next = at + 1 < s->nmembers ? at + 1 : 0;
		if (strcmp(s->members[at].name, key) == 0)
			return &s->members[at];
	}
	return NULL;
}

static bool tell_missing(struct checking *c, const struct lb_schema *s, uint64_t seen, const struct place *at)
{
	for (size_t i = 0; i < s->nrequired && !c->quiet; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf message = LB_BUF(4096);
		if (seen >> i & 1)
			continue;
		add_text(&message, s->required[i]);
		lb_buf_adds(&message, " is missing");
		tell(c, at, &message);
	}
	return false;
}

static bool check_member(struct checking *c, const struct lb_schema *s, const struct lb_schema_member *m, const char *key,
	const struct lb_json *value, const struct place *at)
{
	const struct place below = {at, key, 0};
	bool good = !s->names || check(c, s->names, (struct value){NULL, key}, &below);
	if (m)
		return good & (!m->schema || check(c, m->schema, (struct value){value, NULL}, &below));
	return good & (!s->others || check(c, s->others, (struct value){value, NULL}, &below));
}

static bool check_object(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	const uint64_t all = s->nrequired == 64 ? UINT64_MAX : (UINT64_C(1) << s->nrequired) - 1;
	const struct lb_json *value;
	uint64_t seen = 0;
	size_t next = 0;
	bool good = true;
	const char *key;
	if (s->min_members >= 0 && (int64_t)lb_json_count(v.json) < s->min_members)
		good = tell_number(c, at, v, "members, at least", (double)s->min_members);
	if (!s->nmembers && !s->others && !s->names)
		return good;
	for (void *it = NULL; (good || (c->left && !c->quiet)) && lb_json_each(v.json, &it, &key, &value);) {
		const struct lb_schema_member *m = find_member(s, key, &next);
		if (m && m->required >= 0)
			seen |= UINT64_C(1) << m->required;
		good &= check_member(c, s, m, key, value, at);
	}
	if (seen != all && (good || c->left))
		return tell_missing(c, s, seen, at);
	return good;
}

/* ---- schemas of schemas ---- */

static bool is_quietly(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	struct checking quiet = {.tell = c->tell, .left = 1, .quiet = true};
	return check(&quiet, s, v, at);
}

static bool check_any(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	for (size_t i = 0; i < s->any.count; i++)
		if (is_quietly(c, s->any.items[i], v, at))
			return true;
	/* What is closest is told: the only one that allows a value of this kind. */
	const struct lb_schema *closest = NULL;
	for (size_t i = 0, found = 0; i < s->any.count; i++) {
		const struct lb_schema *one = s->any.items[i]->ref ? s->any.items[i]->ref : s->any.items[i];
		if (one->kinds & kind_of(v))
			closest = found++ ? NULL : one;
	}
	return closest ? check(c, closest, v, at) : tell_expected(c, at, v, "one of the forms that the schema names");
}

static bool check_combined(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	bool good = !s->ref || check(c, s->ref, v, at);
	for (size_t i = 0; i < s->all.count; i++)
		good &= check(c, s->all.items[i], v, at);
	if (s->any.count)
		good &= check_any(c, s, v, at);
	if (s->when) {
		const struct lb_schema *branch = is_quietly(c, s->when, v, at) ? s->then : s->otherwise;
		good &= !branch || check(c, branch, v, at);
	}
	return good;
}

static bool check(struct checking *c, const struct lb_schema *s, struct value v, const struct place *at)
{
	const enum lb_json_kind kind = kind_of(v);
	bool good = true;
	if (s->never)
		return tell_expected(c, at, v, "nothing here");
	if (s->kinds && !(s->kinds & kind))
		return tell_kinds(c, s->kinds, v, at);
	if (s->constant)
		good = check_constant(c, s, v, at);
	if (s->among)
		good &= check_among(c, s, v, at);
	if (kind == LB_JSON_STRING)
		good &= check_text(c, s, v, at);
	else if (kind == LB_JSON_OBJECT)
		good &= check_object(c, s, v, at);
	else if (kind == LB_JSON_ARRAY)
		good &= check_list(c, s, v, at);
	else if (kind & (LB_JSON_INTEGER | LB_JSON_NUMBER))
		good &= check_number(c, s, v, at);
	if (s->ref || s->all.count || s->any.count || s->when)
		good &= check_combined(c, s, v, at);
	return good;
}

bool lb_schema_check(const struct lb_schema *schema, const struct lb_json *v, size_t most, lb_schema_tell_fn *tell_one, void *arg)
{
	struct checking c = {.tell = tell_one, .arg = arg, .left = most};
	const struct place whole = {0};
	return check(&c, schema, (struct value){v, NULL}, &whole);
}
