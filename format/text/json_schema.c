/* JSON Schemas, compiled: what text.h lists of draft 2020-12, and nothing that would be passed over in silence. */
#include <stdlib.h>
#include <string.h>

#include "format/text/schema_private.h"

#define SOURCES_MAX 256

struct source { const char *name, *base; struct lb_json *json; };
struct lb_schemas {
	struct lb_arena arena;
	struct source *sources; size_t count;
	struct lb_map places;                   /* "base#pointer" → number of its schema */
	struct lb_map patterns; struct lb_pattern **compiled; size_t compiled_cap;
	struct lb_schema **all; size_t nall, all_cap;
};

struct compiling { struct lb_schemas *set; const struct source *source; struct lb_buf at; struct lb_error *err; };

static int compile(struct compiling *c, const struct lb_json *json, const struct lb_schema **out);

static int wrong(struct compiling *c, const char *keyword, const char *why)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(1024);
	lb_show(&shown, (struct lb_span){keyword, strnlen(keyword, 80)});
	return lb_fail(c->err, LB_FORMAT, "cannot use the schema \"%s\": \"%s\" at \"%.100s\" %s", c->source->name, lb_buf_str(&shown),
		lb_buf_str(&c->at), why);
}

/* ---- places ---- */

static size_t go_to(struct compiling *c, const char *part)
{
	const size_t before = c->at.len;
	lb_buf_addc(&c->at, '/');
	for (; *part; part++) {
		if (*part == '~' || *part == '/')
			lb_buf_adds(&c->at, *part == '~' ? "~0" : "~1");
		else
			lb_buf_addc(&c->at, *part);
	}
	return before;
}

static void go_back(struct compiling *c, size_t before)
{
	c->at.len = before;
	if (c->at.p)
		c->at.p[before] = '\0';
}

static int compile_below(struct compiling *c, const char *keyword, const char *key, const struct lb_json *json, const struct lb_schema **out)
{
	const size_t before = go_to(c, keyword);
	if (key)
		go_to(c, key);
	const int rc = compile(c, json, out);
	go_back(c, before);
	return rc;
}

/* ---- keywords ---- */

struct keyword {
	const char *name;
	int (*take)(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s);
	size_t at;
};

#define FIELD(s, k, type) ((type *)(void *)((char *)(s) + (k)->at))

static int take_nothing(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	(void)s;
	return lb_json_str(v) ? LB_OK : wrong(c, k->name, "is no text");
}

static int take_schema(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	return compile_below(c, k->name, NULL, v, FIELD(s, k, const struct lb_schema *));
}

static int take_list(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	struct lb_schema_list *list = FIELD(s, k, struct lb_schema_list);
	if (!lb_json_is_array(v) || lb_json_count(v) == 0)
		return wrong(c, k->name, "is no list of schemas");
	list->items = lb_arena_alloc(&c->set->arena, lb_json_count(v) * sizeof *list->items);
	for (; list->count < lb_json_count(v); list->count++) {
		LB_AUTO(lb_buf_clear) struct lb_buf number = LB_BUF(32);
		lb_buf_addf(&number, "%zu", list->count);
		LB_TRY(compile_below(c, k->name, lb_buf_str(&number), lb_json_at(v, list->count), &list->items[list->count]));
	}
	return LB_OK;
}

static int take_definitions(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	const struct lb_json *value;
	const struct lb_schema *unused;
	const char *key;
	(void)s;
	if (!lb_json_is_object(v))
		return wrong(c, k->name, "is no object");
	for (void *it = NULL; lb_json_each(v, &it, &key, &value);)
		LB_TRY(compile_below(c, k->name, key, value, &unused));
	return LB_OK;
}

static int take_members(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	const struct lb_json *value;
	const char *key;
	if (!lb_json_is_object(v))
		return wrong(c, k->name, "is no object");
	s->members = lb_arena_alloc(&c->set->arena, (lb_json_count(v) + 1) * sizeof *s->members);
	for (void *it = NULL; lb_json_each(v, &it, &key, &value); s->nmembers++) {
		s->members[s->nmembers] = (struct lb_schema_member){lb_arena_strdup(&c->set->arena, key), NULL, -1};
		LB_TRY(compile_below(c, k->name, key, value, &s->members[s->nmembers].schema));
	}
	return LB_OK;
}

static int take_required(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	if (!lb_json_is_array(v) || lb_json_count(v) > LB_SCHEMA_REQUIRED_MAX)
		return wrong(c, k->name, "is no list of at most 64 names");
	s->required = lb_arena_alloc(&c->set->arena, (lb_json_count(v) + 1) * sizeof *s->required);
	for (size_t i = 0; i < lb_json_count(v); i++) {
		const char *name = lb_json_str(lb_json_at(v, i));
		for (size_t m = 0; name && m < i; m++)
			name = strcmp(name, s->required[m]) != 0 ? name : NULL;
		if (!name)
			return wrong(c, k->name, "holds what is no name, or one twice");
		s->required[s->nrequired++] = name;
	}
	return LB_OK;
}

static const struct { const char *name; unsigned kinds; } kind_names[] = {
	{"null", LB_JSON_NULL}, {"boolean", LB_JSON_BOOLEAN}, {"integer", LB_JSON_INTEGER}, {"number", LB_JSON_INTEGER | LB_JSON_NUMBER},
	{"string", LB_JSON_STRING}, {"array", LB_JSON_ARRAY}, {"object", LB_JSON_OBJECT},
};

static bool add_kind(const struct lb_json *v, unsigned *kinds)
{
	for (size_t i = 0; i < LB_COUNT(kind_names); i++)
		if (lb_json_str(v) && strcmp(lb_json_str(v), kind_names[i].name) == 0) {
			*kinds |= kind_names[i].kinds;
			return true;
		}
	return false;
}

static int take_type(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	bool good = lb_json_is_array(v) ? lb_json_count(v) > 0 : add_kind(v, &s->kinds);
	for (size_t i = 0; i < lb_json_count(v); i++)
		good = good && add_kind(lb_json_at(v, i), &s->kinds);
	return good ? LB_OK : wrong(c, k->name, "is no known type");
}

static bool is_simple(const struct lb_json *v)
{
	return lb_json_kind(v) & (LB_JSON_NULL | LB_JSON_BOOLEAN | LB_JSON_INTEGER | LB_JSON_STRING);
}

static int take_constant(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	s->constant = v;
	return is_simple(v) ? LB_OK : wrong(c, k->name, "is of a type that is not known there");
}

static int take_among(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	bool good = lb_json_is_array(v) && lb_json_count(v) > 0;
	for (size_t i = 0; good && i < lb_json_count(v); i++)
		good = is_simple(lb_json_at(v, i));
	s->among = v;
	return good ? LB_OK : wrong(c, k->name, "is no list of simple values");
}

static int take_count(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	*FIELD(s, k, int64_t) = lb_json_int(v, -1);
	return lb_json_int(v, -1) >= 0 ? LB_OK : wrong(c, k->name, "is no count");
}

static int take_limit(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	const bool least = strcmp(k->name, "minimum") == 0;
	if (!(lb_json_kind(v) & (LB_JSON_INTEGER | LB_JSON_NUMBER)))
		return wrong(c, k->name, "is no number");
	*(least ? &s->minimum : &s->maximum) = lb_json_num(v, 0);
	*(least ? &s->has_minimum : &s->has_maximum) = true;
	return LB_OK;
}

/* The same pattern stands in many places: one table serves them all. */
static int take_pattern(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	struct lb_schemas *set = c->set;
	size_t number = set->patterns.count;
	s->pattern_text = lb_json_str(v);
	if (!s->pattern_text)
		return wrong(c, k->name, "is no text");
	if (!lb_map_get(&set->patterns, lb_span(s->pattern_text), &number)) {
		struct lb_pattern p;
		LB_TRY(lb_pattern_compile(s->pattern_text, &set->arena, &p, c->err));
		lb_map_put(&set->patterns, lb_span(s->pattern_text), number);
		LB_GROW(set->compiled, number, set->compiled_cap);
		set->compiled[number] = lb_arena_alloc(&set->arena, sizeof p);
		*set->compiled[number] = p;
	}
	s->pattern = set->compiled[number];
	return LB_OK;
}

static int take_reference(struct compiling *c, const struct keyword *k, const struct lb_json *v, struct lb_schema *s)
{
	s->ref_text = lb_json_str(v);
	s->base = c->source->base;
	return s->ref_text ? LB_OK : wrong(c, k->name, "is no text");
}

#define AT(field) offsetof(struct lb_schema, field)
static const struct keyword keywords[] = {
	{"type", take_type, 0}, {"properties", take_members, 0}, {"required", take_required, 0}, {"items", take_schema, AT(items)},
	{"$ref", take_reference, 0}, {"enum", take_among, 0}, {"const", take_constant, 0}, {"pattern", take_pattern, 0},
	{"additionalProperties", take_schema, AT(others)}, {"propertyNames", take_schema, AT(names)},
	{"minProperties", take_count, AT(min_members)}, {"prefixItems", take_list, AT(prefix)},
	{"minItems", take_count, AT(min_items)}, {"maxItems", take_count, AT(max_items)},
	{"minimum", take_limit, 0}, {"maximum", take_limit, 0},
	{"minLength", take_count, AT(min_length)}, {"maxLength", take_count, AT(max_length)},
	{"anyOf", take_list, AT(any)}, {"allOf", take_list, AT(all)},
	{"if", take_schema, AT(when)}, {"then", take_schema, AT(then)}, {"else", take_schema, AT(otherwise)},
	{"$defs", take_definitions, 0}, {"$schema", take_nothing, 0}, {"$id", take_nothing, 0}, {"$comment", take_nothing, 0},
	{"title", take_nothing, 0}, {"description", take_nothing, 0},
};

static int take_keyword(struct compiling *c, const char *name, const struct lb_json *v, struct lb_schema *s)
{
	for (size_t i = 0; i < LB_COUNT(keywords); i++)
		if (strcmp(name, keywords[i].name) == 0)
			return keywords[i].take(c, &keywords[i], v, s);
	return wrong(c, name, "is a keyword that is not known");
}

static struct lb_schema *add_schema(struct compiling *c)
{
	struct lb_schemas *set = c->set;
	struct lb_schema *s = lb_arena_alloc(&set->arena, sizeof *s);
	LB_AUTO(lb_buf_clear) struct lb_buf place = LB_BUF(1 << 20);
	s->min_items = s->max_items = s->min_length = s->max_length = s->min_members = -1;
	lb_buf_adds(&place, c->source->base);
	lb_buf_addc(&place, '#');
	lb_buf_add(&place, lb_buf_str(&c->at), c->at.len);
	lb_map_put(&set->places, lb_buf_span(&place), set->nall);
	LB_GROW(set->all, set->nall, set->all_cap);
	set->all[set->nall++] = s;
	return s;
}

/* Which of the members are required; those that `properties` does not name come as members of any value. */
static void number_required(struct lb_schemas *set, struct lb_schema *s)
{
	struct lb_schema_member *members = lb_arena_alloc(&set->arena, (s->nmembers + s->nrequired + 1) * sizeof *members);
	if (s->nmembers)
		memcpy(members, s->members, s->nmembers * sizeof *members);
	s->members = members;
	for (size_t i = 0; i < s->nrequired; i++) {
		size_t k = 0;
		while (k < s->nmembers && strcmp(s->members[k].name, s->required[i]) != 0)
			k++;
		if (k == s->nmembers)
			s->members[s->nmembers++] = (struct lb_schema_member){s->required[i], NULL, -1};
		s->members[k].required = (int)i;
	}
}

static int compile(struct compiling *c, const struct lb_json *json, const struct lb_schema **out)
{
	struct lb_schema *s = add_schema(c);
	const struct lb_json *value;
	const char *key;
	*out = s;
	s->never = lb_json_kind(json) == LB_JSON_BOOLEAN && !lb_json_bool(json, false);
	if (lb_json_kind(json) == LB_JSON_BOOLEAN)
		return LB_OK;
	if (!lb_json_is_object(json))
		return wrong(c, "", "is no schema");
	for (void *it = NULL; lb_json_each(json, &it, &key, &value);)
		LB_TRY(take_keyword(c, key, value, s));
	if (s->nrequired)
		number_required(c->set, s);
	return LB_OK;
}

/* ---- references ---- */

/* "#/a" is in the same file; any other is taken beside the file that it stands in. */
static const char *full_place(struct lb_schemas *set, const char *base, const char *text)
{
	const char *slash = strrchr(base, '/'), *hash = strchr(text, '#');
	const char *tail = hash ? "" : "#";
	if (*text == '#')
		return lb_arena_printf(&set->arena, "%s%s", base, text);
	if (strstr(text, "://") || !slash)
		return lb_arena_printf(&set->arena, "%s%s", text, tail);
	return lb_arena_printf(&set->arena, "%.*s%s%s", (int)(slash + 1 - base), base, text, tail);
}

static int resolve(struct lb_schemas *set, struct lb_error *err)
{
	for (size_t i = 0, number; i < set->nall; i++) {
		struct lb_schema *s = set->all[i];
		if (!s->ref_text)
			continue;
		if (!lb_map_get(&set->places, lb_span(full_place(set, s->base, s->ref_text)), &number))
			return lb_fail(err, LB_FORMAT, "cannot use the schemas: the reference \"%.100s\" of \"%.100s\" leads nowhere", s->ref_text, s->base);
		s->ref = set->all[number];
	}
	return LB_OK;
}

/* Schemas that apply to the very same value: going round there would never end. */
static bool goes_round(const struct lb_schema *of, unsigned depth)
{
	/* the set is mutable here; callers hand it out as const */
	struct lb_schema *s = (struct lb_schema *)(uintptr_t)of;
	const struct lb_schema *single[] = {s->ref, s->when, s->then, s->otherwise};
	const struct lb_schema_list lists[] = {s->any, s->all};
	bool round = s->mark == 1 || depth > LB_SCHEMA_DEPTH_MAX;
	if (round || s->mark == 2)
		return round;
	s->mark = 1;
	for (size_t i = 0; i < LB_COUNT(single) && !round; i++)
		round = single[i] && goes_round(single[i], depth + 1);
	for (size_t i = 0; i < LB_COUNT(lists) && !round; i++)
		for (size_t k = 0; k < lists[i].count && !round; k++)
			round = goes_round(lists[i].items[k], depth + 1);
	s->mark = 2;
	return round;
}

/* ---- the set ---- */

static int read_source(struct lb_schemas *set, const struct lb_schema_source *from, struct lb_error *err)
{
	struct source *s = &set->sources[set->count];
	LB_TRY(lb_json_parse(lb_span(from->text), &s->json, err));
	set->count++;
	s->name = lb_arena_strdup(&set->arena, from->name);
	const char *id = lb_json_get_str(s->json, "$id");
	s->base = lb_arena_strdup(&set->arena, id ? id : from->name);
	return LB_OK;
}

static int compile_source(struct lb_schemas *set, const struct source *source, struct lb_error *err)
{
	struct compiling c = {.set = set, .source = source, .at = LB_BUF(1 << 20), .err = err};
	const struct lb_schema *unused;
	const int rc = compile(&c, source->json, &unused);
	lb_buf_clear(&c.at);
	return rc;
}

static int fill(struct lb_schemas *set, const struct lb_schema_source *sources, size_t count, struct lb_error *err)
{
	for (size_t i = 0; i < count; i++)
		LB_TRY(read_source(set, &sources[i], err));
	for (size_t i = 0; i < count; i++)
		LB_TRY(compile_source(set, &set->sources[i], err));
	LB_TRY(resolve(set, err));
	for (size_t i = 0; i < set->nall; i++)
		if (goes_round(set->all[i], 0))
			return lb_fail(err, LB_FORMAT, "cannot use the schemas: references go round in a circle");
	return LB_OK;
}

int lb_schemas_compile(const struct lb_schema_source *sources, size_t count, struct lb_schemas **out, struct lb_error *err)
{
	if (count > SOURCES_MAX)
		return lb_fail(err, LB_LIMIT, "cannot use %zu schemas: at most %d", count, SOURCES_MAX);
	LB_AUTO(lb_schemas_freep) struct lb_schemas *set = lb_alloc(sizeof *set);
	set->sources = lb_alloc((count + 1) * sizeof *set->sources);
	LB_TRY(fill(set, sources, count, err));
	*out = set;
	set = NULL;
	return LB_OK;
}

void lb_schemas_free(struct lb_schemas *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++)
		lb_json_free(s->sources[i].json);
	lb_map_clear(&s->places);
	lb_map_clear(&s->patterns);
	free(s->compiled);
	free(s->all);
	free(s->sources);
	lb_arena_clear(&s->arena);
	free(s);
}

void lb_schemas_freep(struct lb_schemas **s)
{
	lb_schemas_free(*s);
	*s = NULL;
}

const struct lb_schema *lb_schemas_find(const struct lb_schemas *s, const char *name)
{
	LB_AUTO(lb_buf_clear) struct lb_buf place = LB_BUF(1 << 16);
	struct lb_span rest = lb_span(name), file;
	lb_span_cut(&rest, '#', &file);
	for (size_t i = 0, number; i < s->count; i++) {
		if (!lb_span_is(file, s->sources[i].name))
			continue;
		lb_buf_addf(&place, "%s#%.*s", s->sources[i].base, (int)rest.n, rest.n ? rest.p : "");
		return lb_map_get(&s->places, lb_buf_span(&place), &number) ? s->all[number] : NULL;
	}
	return NULL;
}
