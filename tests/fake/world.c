#include "tests/fake/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/world_parse.h"

#define WORLD_FILE_MAX (16u << 20)

/* ---- small tools ----------------------------------------------------------------------------------------------- */

int world_bad(const struct parser *p, struct lb_error *err, const char *fmt, ...)
{
	char text[256];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	return lb_fail(err, LB_FORMAT, "%s:%zu: %s", p->path, p->line, text);
}

char *world_part(char **rest, char sep)
{
	char *start = *rest + strspn(*rest, " \t");
	char *end = strchr(start, sep);
	*rest = end ? end + 1 : start + strlen(start);
	if (end)
		*end = 0;
	size_t n = strlen(start);
	while (n && (start[n - 1] == ' ' || start[n - 1] == '\t'))
		start[--n] = 0;
	return start;
}

char *world_word(char **rest)
{
	return world_part(rest, ' ');
}

int world_who(const struct parser *p, const char *key, const struct member **out, struct lb_error *err)
{
	size_t at;
	if (!lb_map_get(&p->world->member_keys, lb_span(key), &at))
		return world_bad(p, err, "no member \"%s\" so far", key);
	*out = p->world->members[at];
	return 0;
}

int world_date(const struct parser *p, const char *text, int64_t *out, struct lb_error *err)
{
	char full[32];
	if (strlen(text) == 10) /* a day is its noon */
		snprintf(full, sizeof full, "%sT12:00:00Z", text);
	else
		snprintf(full, sizeof full, "%.30s", text);
	if (!lb_time_parse(lb_span(full), out))
		return world_bad(p, err, "\"%s\" is not a date like 2024-05-31 or 2024-05-31T12:00:00Z", text);
	return 0;
}

int world_number(const struct parser *p, const char *text, int64_t *out, struct lb_error *err)
{
	if (!lb_parse_i64(lb_span(text), out))
		return world_bad(p, err, "\"%s\" is not a number", text);
	return 0;
}

/* ---- the world's own lines ------------------------------------------------------------------------------------- */

static int begin_object(struct parser *p, void *object, const struct field *fields, size_t count)
{
	p->object = object;
	p->fields = fields;
	p->nfields = count;
	return 0;
}

static int new_name(struct parser *p, const struct lb_map *keys, const char *key, struct lb_error *err)
{
	size_t at;
	if (!*key)
		return world_bad(p, err, "a name is missing");
	return lb_map_get(keys, lb_span(key), &at) ? world_bad(p, err, "\"%s\" is there already", key) : 0;
}

static int add_member(struct parser *p, char *value, struct lb_error *err)
{
	LB_TRY(new_name(p, &p->world->member_keys, value, err));
	return begin_object(p, world_add_member(p->world, value), world_member_fields, world_member_field_count);
}

static int add_photo(struct parser *p, char *value, struct lb_error *err)
{
	LB_TRY(new_name(p, &p->world->photo_keys, value, err));
	return begin_object(p, world_add_photo(p->world, value), world_photo_fields, world_photo_field_count);
}

static int add_set(struct parser *p, enum set_kind kind, char *value, struct lb_error *err)
{
	LB_TRY(new_name(p, &p->world->set_keys, value, err));
	return begin_object(p, world_add_set(p->world, kind, value), world_set_fields, world_set_field_count);
}

static int add_album(struct parser *p, char *value, struct lb_error *err)
{
	return add_set(p, SET_ALBUM, value, err);
}

static int add_group(struct parser *p, char *value, struct lb_error *err)
{
	return add_set(p, SET_GROUP, value, err);
}

static int add_gallery(struct parser *p, char *value, struct lb_error *err)
{
	return add_set(p, SET_GALLERY, value, err);
}

static int add_collection(struct parser *p, char *value, struct lb_error *err)
{
	return add_set(p, SET_COLLECTION, value, err);
}

static int take_seed(struct parser *p, char *value, struct lb_error *err)
{
	return lb_parse_u64(lb_span(value), &p->world->seed) ? 0 : world_bad(p, err, "\"%s\" is not a seed", value);
}

static int take_now(struct parser *p, char *value, struct lb_error *err)
{
	return world_date(p, value, &p->world->now, err);
}

static int take_words(struct words *list, char *value)
{
	LB_GROW(list->items, list->count, list->cap);
	list->items[list->count++] = value;
	return 0;
}

static int take_greeting(struct parser *p, char *value, struct lb_error *err)
{
	(void)err;
	return take_words(&p->world->greetings, value);
}

static int take_phrase(struct parser *p, char *value, struct lb_error *err)
{
	(void)err;
	return take_words(&p->world->phrases, value);
}

static int take_crowd(struct parser *p, char *value, struct lb_error *err)
{
	int64_t count;
	LB_TRY(world_number(p, value, &count, err));
	return world_crowd(p->world, (size_t)count, err);
}

static int take_generate(struct parser *p, char *value, struct lb_error *err)
{
	char *what = world_word(&value), *count = world_word(&value);
	if (strcmp(what, "photos") != 0)
		return world_bad(p, err, "only photos can be generated, not \"%s\"", what);
	return world_generate(p->world, count, value, err);
}

/* consumer KEY SECRET */
static int take_consumer(struct parser *p, char *value, struct lb_error *err)
{
	struct world *w = p->world;
	struct consumer c;
	c.key = world_word(&value);
	c.secret = world_word(&value);
	if (!*c.key || !*c.secret)
		return world_bad(p, err, "consumer needs a key and a secret");
	LB_GROW(w->consumers, w->nconsumers, w->consumers_cap);
	w->consumers[w->nconsumers++] = c;
	return 0;
}

static int take_account(struct parser *p, char *value, struct lb_error *err)
{
	return world_who(p, value, &p->world->account, err);
}

/* token MEMBER TOKEN SECRET */
static int take_token(struct parser *p, char *value, struct lb_error *err)
{
	struct world *w = p->world;
	struct access t;
	LB_TRY(world_who(p, world_word(&value), &t.member, err));
	t.token = world_word(&value);
	t.secret = world_word(&value);
	if (!*t.secret)
		return world_bad(p, err, "token needs a member, a token and a secret");
	LB_GROW(w->tokens, w->ntokens, w->tokens_cap);
	w->tokens[w->ntokens++] = t;
	return 0;
}

static int take_plain_extras(struct parser *p, char *value, struct lb_error *err)
{
	(void)value;
	(void)err;
	p->world->plain_extras = true;
	return 0;
}

static int take_unstable(struct parser *p, char *value, struct lb_error *err)
{
	return world_number(p, value, &p->world->unstable, err);
}

static const struct field world_fields[] = {
	{ "seed", FIELD_CALL, 0, take_seed }, { "now", FIELD_CALL, 0, take_now }, { "crowd", FIELD_CALL, 0, take_crowd },
	{ "greeting", FIELD_CALL, 0, take_greeting }, { "phrase", FIELD_CALL, 0, take_phrase },
	{ "member", FIELD_CALL, 0, add_member }, { "photo", FIELD_CALL, 0, add_photo }, { "album", FIELD_CALL, 0, add_album },
	{ "group", FIELD_CALL, 0, add_group }, { "gallery", FIELD_CALL, 0, add_gallery }, { "generate", FIELD_CALL, 0,
		take_generate },
	{ "collection", FIELD_CALL, 0, add_collection }, { "consumer", FIELD_CALL, 0, take_consumer },
	{ "account", FIELD_CALL, 0, take_account }, { "token", FIELD_CALL, 0, take_token },
	{ "plain-extras", FIELD_CALL, 0, take_plain_extras }, { "unstable", FIELD_CALL, 0, take_unstable },
};

/* ---- lines ----------------------------------------------------------------------------------------------------- */

static int set_field(struct parser *p, const struct field *f, char *value, struct lb_error *err)
{
	char *at = (char *)p->object + f->offset;
	int64_t number = 0;
	switch (f->type) {
	case FIELD_CALL:
		return f->call(p, value, err);
	case FIELD_TEXT:
		*(const char **)(void *)at = value;
		return 0;
	case FIELD_FLAG:
		*(bool *)(void *)at = true;
		return 0;
	case FIELD_DATE:
		return world_date(p, value, (int64_t *)(void *)at, err);
	case FIELD_INT64:
		return world_number(p, value, (int64_t *)(void *)at, err);
	case FIELD_INT:
		LB_TRY(world_number(p, value, &number, err));
		*(int *)(void *)at = (int)number;
		return 0;
	}
	return 0;
}

static const struct field *find_field(const struct field *fields, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}

static int read_entry(struct parser *p, char *text, struct lb_error *err)
{
	bool inside = *text == ' ' || *text == '\t';
	char *value = text;
	char *name = world_word(&value);
	value += strspn(value, " \t");
	if (inside && !p->object)
		return world_bad(p, err, "\"%s\" belongs to nothing", name);
	const struct field *f = inside ? find_field(p->fields, p->nfields, name) : find_field(world_fields,
		LB_COUNT(world_fields), name);
	if (!f)
		return world_bad(p, err, "\"%s\" is not known here", name);
	return set_field(p, f, value, err);
}

/* \u{202E} stands for that character: what an editor would hide. */
static void add_unescaped(struct lb_buf *b, struct lb_span s)
{
	while (s.n) {
		char *end = NULL;
		unsigned long code = s.n > 4 && memcmp(s.p, "\\u{", 3) == 0 ? strtoul(s.p + 3, &end, 16) : 0;
		if (end && *end == '}' && end < s.p + s.n) {
			lb_utf8_add(b, (uint32_t)code);
			s.n -= (size_t)(end + 1 - s.p);
			s.p = end + 1;
			continue;
		}
		lb_buf_addc(b, *s.p++);
		s.n--;
	}
}

/* Joins a line with the "| …" lines that continue it. */
static char *next_entry(struct parser *p, struct lb_span *rest, size_t *lines)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(WORLD_FILE_MAX);
	struct lb_span line;
	*lines = 0;
	for (struct lb_span ahead = *rest; lb_span_cut(&ahead, '\n', &line); *rest = ahead, (*lines)++) {
		struct lb_span t = lb_span_trim(line);
		bool more = t.n && t.p[0] == '|';
		if (*lines && !more)
			break;
		if (more && b.len) {
			lb_buf_addc(&b, '\n');
			t = (struct lb_span){ t.p + 1, t.n - 1 };
			if (t.n && t.p[0] == ' ')
				t = (struct lb_span){ t.p + 1, t.n - 1 };
			add_unescaped(&b, t);
		} else if (t.n && t.p[0] != '#') {
			add_unescaped(&b, line);
		}
	}
	return lb_arena_strdup(&p->world->arena, lb_buf_str(&b));
}

static int read_all(struct parser *p, struct lb_span rest, struct lb_error *err)
{
	size_t lines = 0;
	p->line = 1;
	while (rest.n) {
		char *entry = next_entry(p, &rest, &lines);
		if (entry[strspn(entry, " \t\n")])
			LB_TRY(read_entry(p, entry, err));
		p->line += lines;
	}
	return 0;
}

int world_load(const char *path, struct world *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(WORLD_FILE_MAX);
	struct world w = { .seed = 1, .now = 1751284800 };
	struct parser p = { .world = &w, .path = path };
	LB_TRY(lb_file_read(path, WORLD_FILE_MAX, &text, err));
	if (!lb_utf8_valid(lb_buf_span(&text)))
		return lb_fail(err, LB_FORMAT, "\"%s\" is not UTF-8", path);
	int rc = read_all(&p, lb_buf_span(&text), err);
	if (!rc)
		world_finish(&w);
	for (size_t i = 0; i < w.nphotos && !rc; i++)
		if (!w.photos[i]->owner)
			rc = lb_fail(err, LB_FORMAT, "\"%s\": photo \"%s\" has no owner", path, w.photos[i]->key);
	if (rc)
		world_clear(&w);
	else
		*out = w;
	return rc;
}

/* Likes and looks do not move the date of the last change. */
static bool moves_date(const char *name)
{
	return strcmp(name, "faves") != 0 && strcmp(name, "views") != 0 && strcmp(name, "updated") != 0;
}

int world_edit(struct world *w, struct photo *photo, const char *line, struct lb_error *err)
{
	struct parser p = { .world = w, .path = "line", .line = 1, .object = photo, .fields = world_photo_fields,
		.nfields = world_photo_field_count };
	char *value = lb_arena_strdup(&w->arena, line), *name = world_word(&value);
	const struct field *f = find_field(p.fields, p.nfields, name);
	if (!f)
		return world_bad(&p, err, "\"%s\" is not known here", name);
	LB_TRY(set_field(&p, f, value + strspn(value, " \t"), err));
	for (size_t i = 0; i < photo->nfaves; i++)
		if (photo->faves[i].date < 0)
			photo->faves[i].date = w->now;
	for (size_t i = 0; i < photo->ntags; i++)
		if (!photo->tags[i].author)
			photo->tags[i].author = photo->owner;
	photo->updated += moves_date(name) ? 3600 : 0;
	return 0;
}
