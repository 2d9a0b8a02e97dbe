/* What a description leaves out, and finding things. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/world.h"

#define DAY 86400

uint64_t fake_mix(uint64_t a, uint64_t b)
{
	uint64_t z = a * 0x9E3779B97F4A7C15u + b + 0x632BE59BD9B4E019u; /* SplitMix64's finish */
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

uint64_t fake_hash(uint64_t seed, const char *text)
{
	for (; *text; text++)
		seed = fake_mix(seed, (unsigned char)*text);
	return fake_mix(seed, 0);
}

/* ---- adding ---------------------------------------------------------------------------------------------------- */

struct member *world_add_member(struct world *w, const char *key)
{
	struct member *m = lb_arena_alloc(&w->arena, sizeof *m);
	*m = (struct member){ .key = lb_arena_strdup(&w->arena, key), .claimed_total = -1, .claimed_pages = -1,
		.joined = -1, .launched = -1 };
	LB_GROW(w->members, w->nmembers, w->members_cap);
	lb_map_put(&w->member_keys, lb_span(key), w->nmembers);
	w->members[w->nmembers++] = m;
	return m;
}

struct photo *world_add_photo(struct world *w, const char *key)
{
	struct photo *p = lb_arena_alloc(&w->arena, sizeof *p);
	*p = (struct photo){ .key = lb_arena_strdup(&w->arena, key), .number = w->nphotos, .posted = -1, .updated = -1, .views = -1 };
	LB_GROW(w->photos, w->nphotos, w->photos_cap);
	lb_map_put(&w->photo_keys, lb_span(key), w->nphotos);
	w->photos[w->nphotos++] = p;
	return p;
}

struct set *world_add_set(struct world *w, enum set_kind kind, const char *key)
{
	struct set *s = lb_arena_alloc(&w->arena, sizeof *s);
	*s = (struct set){ .kind = kind, .key = lb_arena_strdup(&w->arena, key), .created = -1, .updated = -1, .views = -1,
		.members = -1, .claimed_total = -1, .claimed_pages = -1 };
	LB_GROW(w->sets, w->nsets, w->sets_cap);
	lb_map_put(&w->set_keys, lb_span(key), w->nsets);
	w->sets[w->nsets++] = s;
	return s;
}

void set_add_photo(struct set *s, struct photo *p, const char *remark)
{
	if (s->nphotos == s->photos_cap) {
		s->photos_cap = s->photos_cap ? s->photos_cap * 2 : 16;
		s->photos = lb_realloc(s->photos, s->photos_cap, sizeof *s->photos);
		s->remarks = lb_realloc(s->remarks, s->photos_cap, sizeof *s->remarks);
	}
	s->photos[s->nphotos] = p;
	s->remarks[s->nphotos++] = remark;
	LB_GROW(p->sets, p->nsets, p->sets_cap);
	p->sets[p->nsets++] = s;
}

/* ---- deriving -------------------------------------------------------------------------------------------------- */

static const char *or_else(const char *said, const char *other)
{
	return said ? said : other;
}

static void default_number(int64_t *at, int64_t value)
{
	if (*at < 0)
		*at = value;
}

static const char *hex10(struct world *w, uint64_t h)
{
	return lb_arena_printf(&w->arena, "%010llx", (unsigned long long)(h & 0xffffffffffu));
}

static void finish_member(struct world *w, struct member *m)
{
	uint64_t h = fake_hash(w->seed, m->key);
	if (!m->nsid)
		m->nsid = lb_arena_printf(&w->arena, "%u@N%02u", (unsigned)(70000000u + h % 29999999u),
			(unsigned)(2 + (h >> 40) % 7));
	m->alias = or_else(m->alias, "");
	m->username = or_else(m->username, m->key);
	default_number(&m->joined, w->now - 3000 * DAY + (int64_t)(h % 1000) * DAY);
	m->icon_server = or_else(m->icon_server, h % 4 ? "65535" : "0");
	m->icon_farm = or_else(m->icon_farm, h % 4 ? "66" : "0");
}

static void finish_picture(struct world *w, struct photo *p)
{
	struct picture *pic = &p->picture;
	uint64_t h = fake_hash(w->seed ^ 0x5ce7e, p->key);
	if (!pic->seed)
		pic->seed = h;
	if (!pic->width) {
		static const int sizes[][2] = { { 1280, 853 }, { 1200, 900 }, { 1280, 720 }, { 900, 1200 }, { 1100, 1100 },
			{ 1360, 906 } };
		const int *s = sizes[h % LB_COUNT(sizes)];
		pic->width = s[0];
		pic->height = s[1];
	}
	if (!pic->orientation)
		pic->orientation = 1;
	if (pic->orientation != 1 && !p->camera) /* only a camera turns pictures */
		p->camera = "Nordlys N3";
}

static void finish_faves(struct photo *p, uint64_t h)
{
	for (size_t i = 0; i < p->nfaves; i++)
		default_number(&p->faves[i].date, p->posted + (int64_t)(i + 1) * DAY + (int64_t)(fake_mix(h, i) % 80000));
}

static int64_t last_change(const struct photo *p, int64_t date)
{
	for (size_t i = 0; i < p->ncomments; i++)
		date = p->comments[i].date > date ? p->comments[i].date : date;
	for (size_t i = 0; i < p->nhistory; i++)
		date = p->history[i].date > date ? p->history[i].date : date;
	return date;
}

/* Without a crowd nobody else talks, and nobody likes a picture twice. */
static void finish_crowd(const struct world *w, struct photo *p)
{
	if (!w->ncrowd)
		p->crowd_comments = 0;
	if (p->crowd_faves > w->ncrowd)
		p->crowd_faves = w->ncrowd;
}

static void finish_photo(struct world *w, struct photo *p)
{
	uint64_t h = fake_hash(w->seed, p->key);
	if (!p->id)
		p->id = lb_arena_printf(&w->arena, "%llu", 51000000000ull + p->number * 1009 + h % 997);
	p->secret = hex10(w, fake_mix(h, 1));
	p->original_secret = hex10(w, fake_mix(h, 2));
	p->large_secret = hex10(w, fake_mix(h, 3));
	default_number(&p->posted, w->now - 900 * DAY + (int64_t)(p->number % 800) * DAY + (int64_t)(h % DAY));
	default_number(&p->updated, last_change(p, p->posted + 3 * DAY + (int64_t)(h % (20 * DAY))));
	default_number(&p->views, 40 + (int64_t)((h >> 20) % 3000));
	p->title = or_else(p->title, "");
	p->description = or_else(p->description, "");
	if (!p->taken) {
		char iso[LB_TIME_ISO];
		lb_time_iso(p->taken_unknown ? p->posted : p->posted - (int64_t)(h % (9 * DAY)) - 3600, iso);
		p->taken = lb_arena_printf(&w->arena, "%.10s %.8s", iso, iso + 11);
	}
	for (size_t i = 0; i < p->ntags; i++)
		if (!p->tags[i].author)
			p->tags[i].author = p->owner;
	finish_picture(w, p);
	finish_crowd(w, p);
	finish_faves(p, h);
}

static void finish_set(struct world *w, struct set *s)
{
	uint64_t h = fake_hash(w->seed, s->key);
	if (!s->id && s->kind == SET_GROUP)
		s->id = lb_arena_printf(&w->arena, "%u@N%02u", (unsigned)(1400000u + h % 899999u), (unsigned)(20 + h % 7));
	if (!s->id)
		s->id = lb_arena_printf(&w->arena, "7215770%010llu", (unsigned long long)(h % 10000000000u));
	s->title = or_else(s->title, s->key);
	s->description = or_else(s->description, "");
	s->alias = or_else(s->alias, "");
	s->rules = or_else(s->rules, "");
	default_number(&s->created, w->now - 700 * DAY);
	default_number(&s->updated, w->now - 30 * DAY);
	default_number(&s->views, (int64_t)(h % 5000));
	default_number(&s->members, 3 + (int64_t)(h % 400));
	s->throttle_mode = or_else(s->throttle_mode, "none");
	if (!s->comments)
		s->comments = (int64_t)s->nsaid;
	if (!s->owner && w->nmembers)
		s->owner = w->members[0];
}

static int newest_first(const void *a, const void *b)
{
	const struct photo *x = *(const struct photo *const *)a, *y = *(const struct photo *const *)b;
	if (x->late != y->late)
		return x->late ? -1 : 1;
	if (x->posted != y->posted)
		return x->posted > y->posted ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

void world_finish(struct world *w)
{
	for (size_t i = 0; i < w->nmembers; i++) {
		finish_member(w, w->members[i]);
		lb_map_put(&w->nsids, lb_span(w->members[i]->nsid), i);
		if (*w->members[i]->alias)
			lb_map_put(&w->aliases, lb_span(w->members[i]->alias), i);
	}
	for (size_t i = 0; i < w->nphotos; i++) {
		finish_photo(w, w->photos[i]);
		lb_map_put(&w->ids, lb_span(w->photos[i]->id), i);
	}
	for (size_t i = 0; i < w->nsets; i++) {
		finish_set(w, w->sets[i]);
		lb_map_put(&w->set_ids, lb_span(w->sets[i]->id), i);
	}
	w->newest = lb_alloc((w->nphotos + 1) * sizeof *w->newest);
	if (w->nphotos)
		memcpy(w->newest, w->photos, w->nphotos * sizeof *w->newest);
	qsort(w->newest, w->nphotos, sizeof *w->newest, newest_first);
}

/* ---- finding --------------------------------------------------------------------------------------------------- */

struct member *world_member(const struct world *w, const char *name)
{
	size_t at;
	if (lb_map_get(&w->nsids, lb_span(name), &at) || lb_map_get(&w->aliases, lb_span(name), &at))
		return w->members[at];
	return NULL;
}

struct photo *world_photo(const struct world *w, const char *name)
{
	size_t at;
	if (lb_map_get(&w->ids, lb_span(name), &at) || lb_map_get(&w->photo_keys, lb_span(name), &at))
		return w->photos[at];
	return NULL;
}

struct set *world_set(const struct world *w, enum set_kind kind, const char *name)
{
	size_t at;
	if (lb_map_get(&w->set_ids, lb_span(name), &at) && w->sets[at]->kind == kind)
		return w->sets[at];
	for (size_t i = 0; i < w->nsets; i++)
		if (w->sets[i]->kind == kind && *w->sets[i]->alias && strcmp(w->sets[i]->alias, name) == 0)
			return w->sets[i];
	return NULL;
}

const char *member_path(const struct member *m)
{
	return *m->alias ? m->alias : m->nsid;
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

void world_reset(struct world *w)
{
	w->page_one_served = false;
	for (size_t i = 0; i < w->nmembers; i++)
		w->members[i]->page_one_served = false;
	for (size_t i = 0; i < w->nsets; i++)
		w->sets[i]->page_one_served = false;
	for (size_t i = 0; i < w->nphotos; i++) {
		w->photos[i]->state = w->photos[i]->first_state;
		w->photos[i]->media = w->photos[i]->first_media;
	}
}

static void clear_photo(struct photo *p)
{
	void *owned[] = { p->tags, p->comments, p->notes, p->people, p->faves, p->history, p->refusals, p->sets };
	for (size_t i = 0; i < LB_COUNT(owned); i++)
		free(owned[i]);
}

void world_clear(struct world *w)
{
	for (size_t i = 0; i < w->nphotos; i++)
		clear_photo(w->photos[i]);
	for (size_t i = 0; i < w->nsets; i++) {
		free(w->sets[i]->photos);
		free(w->sets[i]->remarks);
		free(w->sets[i]->said);
		free(w->sets[i]->children);
	}
	for (size_t i = 0; i < w->nmembers; i++) {
		free(w->members[i]->friends);
		free(w->members[i]->family);
		free(w->members[i]->profile);
	}
	void *owned[] = { w->newest, w->consumers, w->tokens, w->members, w->photos, w->sets, w->crowd, w->greetings.items, w->phrases.items };
	for (size_t i = 0; i < LB_COUNT(owned); i++)
		free(owned[i]);
	struct lb_map *maps[] = { &w->member_keys, &w->photo_keys, &w->set_keys, &w->nsids, &w->aliases, &w->ids,
		&w->set_ids };
	for (size_t i = 0; i < LB_COUNT(maps); i++)
		lb_map_clear(maps[i]);
	lb_arena_clear(&w->arena);
	*w = (struct world){ 0 };
}
