/* Data files: one value, or an index that is cut into its entries without being parsed as a whole. What the cutting lets through
 * is still JSON only when each entry's own parsing says so. */
#include <stdlib.h>
#include <string.h>

#include "format/foundation/foundation.h"

/* ---- cutting ---- */

struct cursor { const char *begin, *p, *end; };

static void skip_space(struct cursor *c)
{
	while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
		c->p++;
}

static int expected(const struct cursor *c, const char *what, struct lb_error *err)
{
	return lb_fail(err, LB_FORMAT, "cannot read the index: %s expected at byte %zu of its value", what, (size_t)(c->p - c->begin));
}

static bool take(struct cursor *c, char sign)
{
	skip_space(c);
	if (c->p == c->end || *c->p != sign)
		return false;
	c->p++;
	return true;
}

/* With its quotation marks. */
static bool take_string(struct cursor *c, struct lb_span *out)
{
	skip_space(c);
	const char *from = c->p;
	if (c->p == c->end || *c->p != '"')
		return false;
	for (c->p++; c->p < c->end && *c->p != '"'; c->p++)
		if (*c->p == '\\' && c->p + 1 < c->end)
			c->p++;
	if (c->p == c->end)
		return false;
	c->p++;
	*out = (struct lb_span){from, (size_t)(c->p - from)};
	return true;
}

/* From a bracket to the one that closes it; of which kind each is, the parser will see. */
static bool take_nested(struct cursor *c)
{
	struct lb_span inner;
	size_t depth = 0;
	while (c->p < c->end) {
		char sign = *c->p;
		if (sign == '"') {
			if (!take_string(c, &inner))
				return false;
			continue;
		}
		c->p++;
		if (sign == '{' || sign == '[')
			depth++;
		else if ((sign == '}' || sign == ']') && --depth == 0)
			return true;
	}
	return false;
}

static bool take_value(struct cursor *c, struct lb_span *out)
{
	skip_space(c);
	const char *from = c->p;
	if (c->p < c->end && *c->p == '"')
		return take_string(c, out);
	if (c->p < c->end && (*c->p == '{' || *c->p == '[')) {
		if (!take_nested(c))
			return false;
	} else {
		while (c->p < c->end && !strchr(" \t\n\r,}", *c->p))
			c->p++;
	}
	*out = (struct lb_span){from, (size_t)(c->p - from)};
	return out->n != 0;
}

static bool is_plain(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] == '\\' || s.p[i] == 0x7f)
			return false; /* bytes beyond ASCII are negative, or above, by platform: either way the parser sees them */
	return true;
}

static int decode_key(struct lb_span quoted, struct lb_foundation_index *out, struct lb_span *key, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *text = NULL;
	struct lb_span inside = {quoted.p + 1, quoted.n - 2};
	if (is_plain(inside) && lb_utf8_valid(inside)) {
		*key = inside;
		return 0;
	}
	LB_TRY(lb_json_parse(quoted, &text, err));
	if (!lb_json_str(text))
		return lb_fail(err, LB_FORMAT, "cannot read the index: a key is no text");
	*key = lb_span(lb_arena_strdup(&out->arena, lb_json_str(text)));
	return 0;
}

static void add_row(struct lb_foundation_index *out, struct lb_span key, struct lb_span json)
{
	if (lb_map_get(&out->at, key, NULL)) {
		out->twice = lb_arena_strndup(&out->arena, key.p, key.n);
		return;
	}
	lb_map_put(&out->at, key, out->count);
	LB_GROW(out->rows, out->count, out->cap);
	out->rows[out->count++] = (struct lb_foundation_row){out->at.items[out->at.count - 1].key, json};
}

static int cut_row(struct cursor *c, struct lb_foundation_index *out, struct lb_error *err)
{
	struct lb_span quoted, json, key = {0};
	if (!take_string(c, &quoted))
		return expected(c, "a key", err);
	LB_TRY(decode_key(quoted, out, &key, err));
	if (!take(c, ':'))
		return expected(c, "\":\"", err);
	if (!take_value(c, &json))
		return expected(c, "a value and what ends it", err);
	add_row(out, key, json);
	return 0;
}

static int cut_object(struct lb_span text, struct lb_foundation_index *out, struct lb_error *err)
{
	struct cursor c = {text.p, text.p, text.p + text.n};
	if (!take(&c, '{'))
		return expected(&c, "\"{\"", err);
	if (!take(&c, '}'))
		for (;;) {
			LB_TRY(cut_row(&c, out, err));
			if (take(&c, '}'))
				break;
			if (!take(&c, ','))
				return expected(&c, "\",\" or \"}\"", err);
		}
	skip_space(&c);
	return c.p == c.end ? 0 : expected(&c, "the end", err);
}

int lb_foundation_index_cut(struct lb_span text, struct lb_foundation_index *out, struct lb_error *err)
{
	struct lb_span json;
	LB_TRY(lb_datajs_open(text, out->name, &json, err));
	return cut_object(json, out, err);
}

void lb_foundation_index_clear(struct lb_foundation_index *index)
{
	free(index->rows);
	lb_map_clear(&index->at);
	lb_buf_clear(&index->text);
	lb_arena_clear(&index->arena);
	*index = (struct lb_foundation_index){0};
}

/* ---- files ---- */

static int read_text(const struct lb_foundation *f, const char *path, size_t max, struct lb_buf *out, struct lb_error *err)
{
	long member = lb_foundation_member(f, path);
	if (member < 0)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is not there", path);
	return lb_container_read(f->container, (size_t)member, max, out, err);
}

int lb_foundation_index_read(const struct lb_foundation *f, const char *name, struct lb_foundation_index *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {.text.max = LB_FOUNDATION_INDEX_MAX};
	lb_buf_addf(&path, "metadata/%s.js", name);
	LB_TRY(read_text(f, lb_buf_str(&path), LB_FOUNDATION_INDEX_MAX, &index.text, err));
	LB_TRY(lb_foundation_index_cut(lb_buf_span(&index.text), &index, err));
	*out = index;
	index = (struct lb_foundation_index){0};
	return 0;
}

int lb_foundation_row_parse(const struct lb_foundation_row *row, struct lb_json **out, struct lb_error *err)
{
	if (row->json.n > LB_FOUNDATION_ITEM_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read the entry \"%.40s\": larger than %zu bytes", row->key, LB_FOUNDATION_ITEM_MAX);
	return lb_json_parse(row->json, out, err);
}

int lb_foundation_read(const struct lb_foundation *f, const char *path, char name[64], struct lb_json **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_FOUNDATION_ITEM_MAX);
	LB_TRY(read_text(f, path, LB_FOUNDATION_ITEM_MAX, &text, err));
	return lb_datajs_parse(lb_buf_span(&text), name, out, err);
}
