/* Where the parts of a JSON text stand: for those who exchange some of them and leave every other byte as it is. */
#include <string.h>

#include "format/text/text.h"

static void skip_space(struct lb_span *s)
{
	while (s->n && strchr(" \t\n\r", *s->p)) {
		s->p++;
		s->n--;
	}
}

static void step(struct lb_span *s)
{
	s->p++;
	s->n--;
}

static bool take_string(struct lb_span *s)
{
	for (step(s); s->n && *s->p != '"'; step(s))
		if (*s->p == '\\' && s->n > 1)
			step(s);
	if (!s->n)
		return false;
	step(s);
	return true;
}

/* From a bracket to the one that closes it. */
static bool take_nested(struct lb_span *s)
{
	size_t depth = 0;
	while (s->n) {
		const char sign = *s->p;
		if (sign == '"') {
			if (!take_string(s))
				return false;
			continue;
		}
		step(s);
		if (sign == '{' || sign == '[')
			depth++;
		else if ((sign == '}' || sign == ']') && --depth == 0)
			return true;
	}
	return false;
}

static bool take_value(struct lb_span *s, struct lb_span *out)
{
	const char *from = s->p;
	bool whole = s->n > 0;
	if (whole && *s->p == '"')
		whole = take_string(s);
	else if (whole && (*s->p == '{' || *s->p == '['))
		whole = take_nested(s);
	else
		while (s->n && !strchr(" \t\n\r,]}", *s->p))
			step(s);
	*out = (struct lb_span){from, (size_t)(s->p - from)};
	return whole && out->n > 0;
}

bool lb_json_parts_begin(struct lb_span json, struct lb_json_parts *out)
{
	skip_space(&json);
	if (!json.n || (*json.p != '{' && *json.p != '['))
		return false;
	*out = (struct lb_json_parts){.object = *json.p == '{'};
	step(&json);
	out->rest = json;
	return true;
}

static bool take_key(struct lb_span *s, struct lb_span *key)
{
	if (!s->n || *s->p != '"' || !take_value(s, key))
		return false;
	*key = (struct lb_span){key->p + 1, key->n - 2};
	skip_space(s);
	if (!s->n || *s->p != ':')
		return false;
	step(s);
	skip_space(s);
	return true;
}

bool lb_json_parts_next(struct lb_json_parts *p, struct lb_json_part *out)
{
	struct lb_json_part part = {0};
	skip_space(&p->rest);
	if (p->began) {
		if (!p->rest.n || *p->rest.p != ',')
			return false;
		step(&p->rest);
		skip_space(&p->rest);
	}
	p->began = true;
	if ((p->object && !take_key(&p->rest, &part.key)) || !take_value(&p->rest, &part.value))
		return false;
	*out = part;
	return true;
}

bool lb_json_member(struct lb_span object, const char *key, struct lb_span *value)
{
	struct lb_json_parts parts;
	struct lb_json_part part;
	if (!lb_json_parts_begin(object, &parts) || !parts.object)
		return false;
	while (lb_json_parts_next(&parts, &part))
		if (lb_span_is(part.key, key)) {
			*value = part.value;
			return true;
		}
	return false;
}
