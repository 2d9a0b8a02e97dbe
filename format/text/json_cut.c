/* One element of a long list after another. What surrounds the list is kept, with the list empty; each element is parsed by itself,
 * so that no more than one of them is in memory. */
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"

enum { REST_MAX = 64 << 20, ELEMENT_MAX = 256 << 20 };

enum where { OUTSIDE, /* of the list */ FIRST, /* an element or the end */ ELEMENT, BETWEEN, /* a comma or the end */ NEXT /* an element */ };

struct lb_json_cutter {
	char *list;
	lb_json_cut_fn *each;
	void *arg;
	struct lb_buf rest, element;
	enum where where;
	bool done;              /* the list has been met */
	bool in_string, escaped;
	unsigned depth;         /* of brackets: outside of the list of the document, inside of the element */
	size_t word;            /* where the last string at depth 1 begins in `rest`, after its quote; 0: something else came since */
	size_t word_end;
	bool colon;             /* it is the name of the member that comes */
	size_t count;
};

struct lb_json_cutter *lb_json_cutter_new(const char *list, lb_json_cut_fn *each, void *arg)
{
	struct lb_json_cutter *c = lb_alloc(sizeof *c);
	c->list = lb_strdup(list);
	c->each = each;
	c->arg = arg;
	c->rest.max = REST_MAX;
	c->element.max = ELEMENT_MAX;
	return c;
}

void lb_json_cutter_free(struct lb_json_cutter *c)
{
	if (!c)
		return;
	free(c->list);
	lb_buf_clear(&c->rest);
	lb_buf_clear(&c->element);
	free(c);
}

void lb_json_cutter_freep(struct lb_json_cutter **c)
{
	lb_json_cutter_free(*c);
	*c = NULL;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Follows strings; true while the character belongs to one. */
static bool follow_string(struct lb_json_cutter *c, char ch)
{
	if (!c->in_string) {
		c->in_string = ch == '"';
		c->escaped = false;
		return c->in_string;
	}
	if (c->escaped)
		c->escaped = false;
	else if (ch == '\\')
		c->escaped = true;
	else
		c->in_string = ch != '"';
	return true;
}

/* ---- around the list ---- */

static bool is_the_list(const struct lb_json_cutter *c)
{
	return c->depth == 1 && c->colon && c->word_end - c->word == strlen(c->list) &&
		memcmp(c->rest.p + c->word, c->list, c->word_end - c->word) == 0;
}

static void take_outside(struct lb_json_cutter *c, char ch)
{
	const bool was_in = c->in_string;
	if (follow_string(c, ch)) {
		if (!was_in)
			c->word = c->rest.len + 1;
		else if (!c->in_string)
			c->word_end = c->rest.len;
		c->colon = c->colon && was_in; /* a string as a value ends what its name began */
	} else if (ch == '[' && !c->done && is_the_list(c)) {
		c->where = FIRST;
		c->done = true;
		lb_buf_addc(&c->rest, '[');
		return;
	} else if (ch == '[' || ch == '{') {
		c->depth++;
		c->colon = false;
	} else if (ch == ']' || ch == '}') {
		c->depth -= c->depth > 0;
		c->colon = false;
	} else if (!is_space(ch)) {
		c->colon = ch == ':';
	}
	lb_buf_addc(&c->rest, ch);
}

/* ---- inside ---- */

static int hand_out(struct lb_json_cutter *c, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	if (c->element.overflow)
		return lb_fail(err, LB_LIMIT, "cannot read JSON: element %zu of \"%s\" is larger than %d bytes", c->count + 1, c->list, ELEMENT_MAX);
	int rc = lb_json_parse(lb_buf_span(&c->element), &v, err);
	if (rc)
		return lb_hint(err, "element %zu of \"%s\"", c->count + 1, c->list);
	lb_buf_reset(&c->element);
	c->where = BETWEEN;
	return c->each(c->arg, c->count++, v, err);
}

static int take_between(struct lb_json_cutter *c, char ch, struct lb_error *err)
{
	if (is_space(ch))
		return LB_OK;
	if (ch == ']' && c->where != NEXT) {
		c->where = OUTSIDE;
		c->depth = 1;
		c->colon = false;
		lb_buf_addc(&c->rest, ']');
		return LB_OK;
	}
	if ((ch == ',') != (c->where == BETWEEN) || ch == ']')
		return lb_fail(err, LB_FORMAT, "cannot read JSON: expected %s after element %zu of \"%s\"", c->where == BETWEEN ? "a comma or the end" : "an element",
			c->count, c->list);
	c->where = ch == ',' ? NEXT : ELEMENT;
	c->depth = 0;
	return LB_OK;
}

/* Ends with its bracket, its quote, or before what cannot belong to a number or a word. */
static int take_element(struct lb_json_cutter *c, char ch, bool *again, struct lb_error *err)
{
	const bool text = follow_string(c, ch);
	*again = !text && c->depth == 0 && (ch == ',' || ch == ']' || ch == '}' || is_space(ch));
	if (*again)
		return hand_out(c, err);
	lb_buf_addc(&c->element, ch);
	if (text)
		return !c->in_string && c->depth == 0 ? hand_out(c, err) : LB_OK;
	c->depth += ch == '[' || ch == '{';
	if (ch != ']' && ch != '}')
		return LB_OK;
	return --c->depth == 0 ? hand_out(c, err) : LB_OK;
}

static int take(struct lb_json_cutter *c, char ch, struct lb_error *err)
{
	bool again = false;
	if (c->where == OUTSIDE) {
		take_outside(c, ch);
		return LB_OK;
	}
	if (c->where != ELEMENT)
		LB_TRY(take_between(c, ch, err));
	if (c->where == ELEMENT)
		LB_TRY(take_element(c, ch, &again, err));
	return again ? take_between(c, ch, err) : LB_OK;
}

/* Plain text inside a string of an element is most of what there is. */
static size_t take_plain(struct lb_json_cutter *c, const char *p, size_t n)
{
	size_t i = 0;
	if (c->where != ELEMENT || !c->in_string || c->escaped)
		return 0;
	while (i < n && p[i] != '"' && p[i] != '\\')
		i++;
	lb_buf_add(&c->element, p, i);
	return i;
}

int lb_json_cutter_feed(struct lb_json_cutter *c, const void *data, size_t n, struct lb_error *err)
{
	const char *p = data;
	for (size_t i = 0; i < n; i++) {
		i += take_plain(c, p + i, n - i);
		if (i == n)
			break;
		LB_TRY(take(c, p[i], err));
		if (c->rest.overflow)
			return lb_fail(err, LB_LIMIT, "cannot read JSON: more than %d bytes beside \"%s\"", REST_MAX, c->list);
	}
	return LB_OK;
}

int lb_json_cutter_end(struct lb_json_cutter *c, struct lb_json **rest, struct lb_error *err)
{
	if (c->where != OUTSIDE)
		return lb_fail(err, LB_FORMAT, "cannot read JSON: it ends within \"%s\"", c->list);
	return lb_json_parse(lb_buf_span(&c->rest), rest, err);
}
