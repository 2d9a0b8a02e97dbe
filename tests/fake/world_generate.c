/* Worlds too large to write by hand: photographs by the thousand and a crowd that talks about them. */
#include <stdio.h>
#include <string.h>

#include "tests/fake/world.h"

#define GENERATE_MAX 1000000
#define CROWD_MAX 5000

static const char *const given_names[] = {
	"Aino", "Tomás", "Wanjiru", "Лидия", "Marit", "Yusuf", "美咲", "Cormac", "Priya", "Oskar", "נועה", "Beatriz", "Ngozi",
		"小明",
	"Ewa", "Sione", "Ravi", "Ingeborg", "ليلى", "Mateo", "Siobhán", "Kaveh", "Dagny", "Ионна", "Hüseyin", "Lotte",
		"Thandiwe",
};
static const char *const family_names[] = {
	"of the Pier", "Lindqvist", "Okafor", "Waterman", "Петрова", "García", "Holm", "佐藤", "Byrne", "Das", "Weaver",
		"Kowalska",
	"Tamm", "Rossi", "Mwangi", "Sandvik", "Haddad", "陳", "Quay", "Novák", "Moreau", "Fjord", "Silva", "Kim", "Baptiste",
		"Thorne", "Vella",
};

int world_crowd(struct world *w, size_t count, struct lb_error *err)
{
	if (count > CROWD_MAX)
		return lb_fail(err, LB_LIMIT, "a crowd of %zu is more than %d", count, CROWD_MAX);
	size_t firsts = LB_COUNT(given_names), lasts = LB_COUNT(family_names);
	for (size_t i = 0; i < count; i++) {
		char key[32];
		snprintf(key, sizeof key, "crowd-%zu", w->ncrowd);
		struct member *m = world_add_member(w, key);
		const char *first = given_names[w->ncrowd % firsts],
			*last = family_names[(w->ncrowd * 5 + w->ncrowd / firsts) % lasts];
		m->username = lb_arena_printf(&w->arena, w->ncrowd % 3 ? "%s %s" : "%s_%s", first, last);
		m->realname = w->ncrowd % 4 ? lb_arena_printf(&w->arena, "%s %s", first, last) : "";
		m->pro = w->ncrowd % 5 == 0;
		LB_GROW(w->crowd, w->ncrowd, w->crowd_cap);
		w->crowd[w->ncrowd++] = m;
	}
	return 0;
}

/* key=value words. */
struct recipe {
	char owner[64], album[64], at[32];
	int comments, faves, tags, pool, width, height, places, licence, typical;
	int64_t date;                            /* of all uploads; -1: spread over years */
};

static int read_recipe(const char *options, struct recipe *r, struct lb_error *err)
{
	const struct { const char *name; int *value; } numbers[] = {
		{ "comments", &r->comments }, { "faves", &r->faves }, { "tags", &r->tags }, { "pool", &r->pool },
			{ "places", &r->places }, { "licence", &r->licence }, { "typical", &r->typical },
	};
	struct lb_span rest = lb_span(options), word;
	while (lb_span_cut(&rest, ' ', &word)) {
		char text[96], name[32];
		int n;
		if (!word.n)
			continue;
		snprintf(text, sizeof text, "%.*s", (int)word.n, word.p);
		bool known = sscanf(text, "owner=%63s", r->owner) == 1 || sscanf(text, "album=%63s", r->album) == 1 ||
			sscanf(text, "at=%31s", r->at) == 1 ||
			sscanf(text, "size=%dx%d", &r->width, &r->height) == 2;
		bool number = !known && sscanf(text, "%31[a-z]=%d", name, &n) == 2;
		for (size_t i = 0; i < LB_COUNT(numbers) && number && !known; i++)
			if ((known = strcmp(name, numbers[i].name) == 0))
				*numbers[i].value = n;
		if (!known)
			return lb_fail(err, LB_FORMAT, "\"%s\" says nothing about generated photos", text);
	}
	return 0;
}

static const char *generated_title(struct world *w, uint64_t h)
{
	static const char *const things[] = { "Boats", "The quay", "Low tide", "Market morning", "Net loft",
		"Evening ferry", "Rooftops", "港口", "الميناء", "Маяк", "Regatta", "Fog" };
	static const char *const whens[] = { "after rain", "in March", "before the storm", "at six", "on a Sunday",
		"seen from the hill", "with gulls", "once more" };
	return lb_arena_printf(&w->arena, "%s %s", things[h % LB_COUNT(things)], whens[(h >> 8) % LB_COUNT(whens)]);
}

static void generated_tags(struct photo *p, int count, uint64_t h)
{
	static const char *const words[] = { "harbour", "boats", "sea", "Old Town", "winter", "summer", "fog", "people",
		"birds", "market", "港", "море", "night", "film" };
	for (int i = 0; i < count; i++) {
		LB_GROW(p->tags, p->ntags, p->tags_cap);
		p->tags[p->ntags++] = (struct tag){ NULL, words[(h + (uint64_t)i * 3) % LB_COUNT(words)] };
	}
}

/* As photographs are: every other without a comment, two of five unliked and none with more than 60, one of ten with somebody. */
static void typical_life(const struct world *w, struct photo *p, uint64_t h)
{
	p->crowd_comments = p->number % 2 ? 0 : 1 + (size_t)(h >> 12) % 12;
	p->crowd_faves = p->number % 5 < 2 ? 0 : 1 + (size_t)(h >> 24) % 60;
	if (p->number % 10 == 3 && w->ncrowd) {
		LB_GROW(p->people, p->npeople, p->people_cap);
		p->people[p->npeople++] = (struct depicted){ .member = w->crowd[h % w->ncrowd], .added_by = p->owner };
	}
}

static void generate_one(struct world *w, const struct recipe *r, const struct member *owner, struct set *album)
{
	char key[40];
	snprintf(key, sizeof key, "generated-%zu", w->nphotos);
	struct photo *p = world_add_photo(w, key);
	uint64_t h = fake_hash(w->seed, key);
	p->owner = owner;
	p->title = generated_title(w, h);
	p->description = h % 3 ? "" : lb_arena_printf(&w->arena,
		"Number %zu of a long series.\nSee <a href=\"https://www.flickr.com/photos/%s/\" rel=\"noreferrer nofollow\">the others</a>.", p->number, owner->key);
	p->license = r->licence >= 0 ? r->licence : (int)(h % 17);
	p->posted = r->date;
	generated_tags(p, r->tags, h >> 3);
	p->crowd_comments = r->comments ? (size_t)(h >> 12) % (size_t)(2 * r->comments + 1) : 0;
	p->crowd_faves = r->faves ? (size_t)(h >> 24) % (size_t)(2 * r->faves + 1) : 0;
	if (r->typical)
		typical_life(w, p, h);
	if (r->places && p->number % (size_t)r->places == 0)
		p->place = (struct place){ true, lb_arena_printf(&w->arena, "%.6f", 55 + (double)(h % 100000) / 1e5),
			lb_arena_printf(&w->arena, "%.6f", 10 + (double)(h / 7 % 100000) / 1e5),
			"; Sundholm; ; North Reach; Halland", 14, 0 };
	p->from_pool = true;
	p->picture = (struct picture){ .seed = 1 + h % (uint64_t)r->pool, .width = r->width, .height = r->height,
		.orientation = 1 };
	if (album)
		set_add_photo(album, p, NULL);
}

int world_generate(struct world *w, const char *count, const char *options, struct lb_error *err)
{
	struct recipe r = { .comments = 3, .faves = 5, .tags = 4, .pool = 24, .width = 640, .height = 480, .places = 4,
		.licence = -1, .date = -1 };
	uint64_t n;
	size_t at;
	LB_TRY(read_recipe(options, &r, err));
	if (*r.at && !lb_time_parse(lb_span(r.at), &r.date))
		return lb_fail(err, LB_FORMAT, "\"%s\" is not a date like 2024-05-31T12:00:00Z", r.at);
	if (!lb_parse_u64(lb_span(count), &n) || n > GENERATE_MAX)
		return lb_fail(err, LB_FORMAT, "cannot generate \"%s\" photos: not a number up to %d", count, GENERATE_MAX);
	if (r.pool < 1 || r.width < 16 || r.height < 16 || r.width > 8192 || r.height > 8192 || r.comments < 0 || r.faves < 0 || r.places < 0)
		return lb_fail(err, LB_FORMAT, "a generated photo needs a pool and a size from 16x16 to 8192x8192");
	if (!lb_map_get(&w->member_keys, lb_span(r.owner), &at))
		return lb_fail(err, LB_FORMAT, "generated photos need an owner, not \"%s\"", r.owner);
	const struct member *owner = w->members[at];
	struct set *album = NULL;
	if (*r.album && !lb_map_get(&w->set_keys, lb_span(r.album), &at))
		return lb_fail(err, LB_FORMAT, "no album \"%s\" so far", r.album);
	if (*r.album)
		album = w->sets[at];
	if (!w->ncrowd)
		LB_TRY(world_crowd(w, 60, err));
	for (uint64_t i = 0; i < n; i++)
		generate_one(w, &r, owner, album);
	return 0;
}
