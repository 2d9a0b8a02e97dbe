/* Ids: those that are a letter and a number count up from 0, so that counters tell what is there. */
#include <string.h>

#include "format/mets/read_private.h"

#define OTHERS_MAX 100000

static const enum mets_place places[METS_KIND_COUNT] = {
	[METS_PHOTO] = METS_IN_DMD, [METS_OBJECT] = METS_IN_TECH, [METS_FILE] = METS_IN_FILES, [METS_RIGHTS] = METS_IN_RIGHTS,
	[METS_PHOTO_CAPTURE] = METS_IN_DIGIPROV, [METS_FILE_CAPTURE] = METS_IN_DIGIPROV,
};

bool lb_mets_parse_id(const char *id, size_t length, enum mets_kind *kind, size_t *number)
{
	const char *letter = length > 2 && id[1] == '-' ? memchr(METS_KINDS, id[0], METS_KIND_COUNT) : NULL;
	uint64_t value;
	if (!letter || (id[2] == '0' && length > 3) || !lb_parse_u64((struct lb_span){id + 2, length - 2}, &value))
		return false;
	*kind = (enum mets_kind)(letter - METS_KINDS);
	*number = (size_t)value;
	return true;
}

static void begin_record(struct lb_mets_reader *r, enum mets_place place)
{
	struct mets_record *c = &r->record;
	lb_arena_reset(&c->arena);
	*c = (struct mets_record){.arena = c->arena, .tags = c->tags, .tags_cap = c->tags_cap, .place = place, .number = METS_NONE,
		.kind = METS_KIND_COUNT};
	c->photo.posted = c->photo.captured = c->file.captured = LB_UNKNOWN;
	c->photo.taken = (struct lb_taken){NULL, LB_UNKNOWN, LB_UNKNOWN};
	c->file.photo = -1;
}

int lb_mets_declare_other(struct lb_mets_reader *r, const char *id, enum mets_place place, struct lb_error *err)
{
	size_t known;
	if (lb_map_get(&r->others, lb_span(id), &known)) {
		lb_mets_problem(r, "METS-007", "the id \"%.80s\" is there twice", id);
		return LB_OK;
	}
	if (r->others.count == OTHERS_MAX)
		return lb_fail(err, LB_LIMIT, "METS has more than %d ids that are no numbers", OTHERS_MAX);
	lb_map_put(&r->others, lb_span(id), place);
	return LB_OK;
}

/* `number`: as the id says. */
static int declare_number(struct lb_mets_reader *r, enum mets_kind kind, size_t number, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	c->kind = kind;
	c->number = number;
	if (number < r->next[kind]) {
		lb_mets_problem(r, "METS-007", "the id \"%s\" is there twice", c->id);
		c->number = METS_NONE;
		return LB_OK;
	}
	if (number > r->next[kind])
		lb_mets_problem(r, "METS-008", "the id \"%s\" stands where \"%s\" should", c->id, lb_mets_id(kind, r->next[kind]).text);
	if (r->next[kind] == METS_THINGS_MAX)
		return lb_fail(err, LB_LIMIT, "METS describes more than %zu things", METS_THINGS_MAX);
	c->number = r->next[kind]++;
	return LB_OK;
}

int lb_mets_declare(struct lb_mets_reader *r, const char *id, enum mets_place place, struct lb_error *err)
{
	enum mets_kind kind;
	size_t number;
	begin_record(r, place);
	if (!id || !*id || strlen(id) > METS_ID_MAX)
		return lb_fail(err, LB_FORMAT, "METS has a section or file without a usable ID");
	memcpy(r->record.id, id, strlen(id) + 1);
	const bool numbered = lb_mets_parse_id(id, strlen(id), &kind, &number);
	if (numbered && places[kind] == place)
		return declare_number(r, kind, number, err);
	if (numbered || place == METS_IN_FILES)
		lb_mets_problem(r, "METS-008", "the id \"%.80s\" is not one that its element may have", id);
	return lb_mets_declare_other(r, id, place, err);
}

static bool is_there(const struct lb_mets_reader *r, struct lb_span id, unsigned where)
{
	enum mets_kind kind;
	size_t number, place;
	if (lb_map_get(&r->others, id, &place))
		return place & where;
	return lb_mets_parse_id(id.p, id.n, &kind, &number) && (places[kind] & where) && number < r->next[kind];
}

void lb_mets_resolve(struct lb_mets_reader *r, const char *attribute, const char *ids, unsigned where)
{
	struct lb_span rest = lb_span(ids), id;
	while (ids && lb_span_cut(&rest, ' ', &id))
		if (id.n && !is_there(r, id, where))
			lb_mets_problem(r, "METS-009", "%s=\"%.*s\" points at nothing, or at something of another kind", attribute,
				(int)(id.n < 80 ? id.n : 80), id.p);
}

size_t lb_mets_first_id(const char *ids, enum mets_kind wanted)
{
	struct lb_span rest = lb_span(ids), id;
	enum mets_kind kind;
	size_t number;
	while (ids && lb_span_cut(&rest, ' ', &id))
		if (lb_mets_parse_id(id.p, id.n, &kind, &number) && kind == wanted)
			return number;
	return METS_NONE;
}

int lb_mets_want(struct lb_mets_reader *r, const char *id, struct lb_error *err)
{
	enum mets_kind kind;
	size_t number;
	if (lb_mets_parse_id(id, strlen(id), &kind, &number)) {
		if (number >= r->linked[kind])
			r->linked[kind] = number < SIZE_MAX ? number + 1 : number;
		return LB_OK;
	}
	if (r->wanted.count == OTHERS_MAX)
		return lb_fail(err, LB_LIMIT, "PREMIS in METS has links to more than %d ids that are no numbers", OTHERS_MAX);
	lb_map_put(&r->wanted, lb_span(id), 0);
	return LB_OK;
}

void lb_mets_check_wanted(struct lb_mets_reader *r)
{
	for (int kind = 0; kind < METS_KIND_COUNT; kind++)
		if (r->linked[kind] > r->next[kind])
			lb_mets_problem(r, "METS-019", "PREMIS links to \"%s\", which is not there",
				lb_mets_id((enum mets_kind)kind, r->linked[kind] - 1).text);
	for (size_t i = 0; i < r->wanted.count; i++)
		if (!lb_map_get(&r->others, lb_span(r->wanted.items[i].key), NULL))
			lb_mets_problem(r, "METS-019", "PREMIS links to \"%.80s\", which is not there", r->wanted.items[i].key);
}
