#include <jansson.h>
#include <math.h>
#include <string.h>

#include "format/text/text.h"

/* A struct lb_json is jansson's json_t under another name. */
enum { MAX_DEPTH = 128, MAX_BYTES = 256 << 20 };

static const json_t *inner(const struct lb_json *v)
{
	return (const json_t *)v;
}

/* jansson's accessors of arrays and objects take json_t without const, yet change nothing. */
static json_t *inner_mutable(const struct lb_json *v)
{
	return (json_t *)(uintptr_t)v;
}

static const struct lb_json *outer(const json_t *v)
{
	return (const struct lb_json *)v;
}

/* The end of a string whose opening quote is at p, or `end`. */
static const char *skip_string(const char *p, const char *end)
{
	for (p++; p < end && *p != '"'; p++)
		if (*p == '\\' && p + 1 < end)
			p++;
	return p;
}

/* jansson recurses up to 2048 deep, and so would all that walks its values. */
static bool is_too_deep(struct lb_span text)
{
	const char *end = text.p + text.n;
	size_t depth = 0;
	for (const char *p = text.p; p < end; p++) {
		if (*p == '"') {
			p = skip_string(p, end);
			if (p == end)
				break;
		} else if (*p == '[' || *p == '{') {
			depth++;
		} else if ((*p == ']' || *p == '}') && depth) {
			depth--;
		}
		if (depth > MAX_DEPTH)
			return true;
	}
	return false;
}

int lb_json_parse(struct lb_span text, struct lb_json **out, struct lb_error *err)
{
	if (text.n > MAX_BYTES)
		return lb_fail(err, LB_LIMIT, "cannot read JSON: larger than %d bytes", MAX_BYTES);
	if (is_too_deep(text))
		return lb_fail(err, LB_LIMIT, "cannot read JSON: nested deeper than %d", MAX_DEPTH);
	json_error_t why;
	json_t *v = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!v) {
		LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(1024);
		lb_show(&shown, lb_span(why.text));
		return lb_fail(err, LB_FORMAT, "cannot read JSON: line %d column %d: %s", why.line, why.column,
			lb_buf_str(&shown));
	}
	*out = (struct lb_json *)v;
	return 0;
}

void lb_json_free(struct lb_json *v)
{
	json_decref((json_t *)v);
}

void lb_json_freep(struct lb_json **v)
{
	lb_json_free(*v);
}

const struct lb_json *lb_json_get(const struct lb_json *object, const char *key)
{
	return outer(json_object_get(inner(object), key));
}

const char *lb_json_str(const struct lb_json *v)
{
	return json_string_value(inner(v));
}

const char *lb_json_get_str(const struct lb_json *object, const char *key)
{
	return lb_json_str(lb_json_get(object, key));
}

int64_t lb_json_int(const struct lb_json *v, int64_t fallback)
{
	return v && json_is_integer(inner(v)) ? json_integer_value(inner(v)) : fallback;
}

double lb_json_num(const struct lb_json *v, double fallback)
{
	return v && json_is_number(inner(v)) ? json_number_value(inner(v)) : fallback;
}

bool lb_json_bool(const struct lb_json *v, bool fallback)
{
	return v && json_is_boolean(inner(v)) ? json_is_true(inner(v)) : fallback;
}

bool lb_json_is_null(const struct lb_json *v)
{
	return v && json_is_null(inner(v));
}

bool lb_json_is_object(const struct lb_json *v)
{
	return v && json_is_object(inner(v));
}

bool lb_json_is_array(const struct lb_json *v)
{
	return v && json_is_array(inner(v));
}

enum lb_json_kind lb_json_kind(const struct lb_json *v)
{
	switch (json_typeof(inner(v))) {
	case JSON_OBJECT: return LB_JSON_OBJECT;
	case JSON_ARRAY: return LB_JSON_ARRAY;
	case JSON_STRING: return LB_JSON_STRING;
	case JSON_INTEGER: return LB_JSON_INTEGER;
	case JSON_REAL: return nearbyint(json_real_value(inner(v))) == json_real_value(inner(v)) ? LB_JSON_INTEGER : LB_JSON_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE: return LB_JSON_BOOLEAN;
	case JSON_NULL: break;
	}
	return LB_JSON_NULL;
}

size_t lb_json_count(const struct lb_json *v)
{
	return lb_json_is_object(v) ? json_object_size(inner(v)) : json_array_size(inner(v));
}

const struct lb_json *lb_json_at(const struct lb_json *array, size_t i)
{
	return outer(json_array_get(inner(array), i));
}

bool lb_json_each(const struct lb_json *object, void **it, const char **key, const struct lb_json **value)
{
	json_t *o = inner_mutable(object);
	*it = *it ? json_object_iter_next(o, *it) : json_object_iter(o);
	if (!*it)
		return false;
	*key = json_object_iter_key(*it);
	*value = outer(json_object_iter_value(*it));
	return true;
}
