#include "viewer/data/internal.h"

/* Albums, groups, galleries, each with its photos in its own order; collections. */

/* What the three have in common. NULL and below 0: not said. */
struct set {
	const char *id, *title, *description, *url, *created, *rules, *cover;
	int64_t owner, listed;
	const size_t *photos; const char *const *words; size_t nphotos; /* photos NULL: those that say themselves that they belong */
	struct { const char *name; int64_t n; } facts[5];
	const struct lb_comment *comments; size_t ncomments;
};
typedef void fill_fn(struct lb_viewer *v, const struct lb_viewer_facts *facts, size_t record, struct set *out);

static const char *day(struct lb_viewer *v, int64_t when)
{
	char iso[LB_TIME_ISO];
	if (when < 0)
		return NULL;
	lb_time_iso(when, iso);
	return lb_arena_strdup(&v->scratch, iso);
}

static void fill_album(struct lb_viewer *v, const struct lb_viewer_facts *facts, size_t record, struct set *out)
{
	const struct lb_album_entry *e = &facts->albums[record];
	const struct lb_album *a = &e->album;
	struct lb_person owner;
	lb_person_init(&owner);
	owner.nsid = a->owner_id;
	owner.username = a->owner_name;
	*out = (struct set){ .title = a->title, .description = a->description, .created = day(v, a->date_created), .cover = a->primary_photo_id,
		.owner = lb_viewer_album_owner(v, a), .listed = a->photo_ids ? (int64_t)a->nphoto_ids : -1, .photos = e->photos, .nphotos = e->nphotos,
		.facts = { { "photos", a->count_photos }, { "videos", a->count_videos }, { "views", a->count_views }, { "comments", a->count_comments },
			{ "updated", a->date_updated } },
		.comments = a->comments, .ncomments = a->ncomments };
	if (lb_said(a->owner_id))
		out->url = lb_arena_printf(&v->scratch, "%salbums/%s", lb_photos_url(&owner, &v->scratch), a->id);
}

static void fill_group(struct lb_viewer *v, const struct lb_viewer_facts *facts, size_t record, struct set *out)
{
	const struct lb_group_entry *e = &facts->groups[record];
	const struct lb_group *g = &e->group;
	*out = (struct set){ .title = g->title, .description = g->description, .rules = g->rules, .created = g->date_created, .owner = -1,
		.url = lb_said(g->url) ? g->url : lb_arena_printf(&v->scratch, "/groups/%s/", g->id),
		.listed = g->photo_ids ? (int64_t)g->nphoto_ids : -1, .photos = e->photos, .nphotos = e->nphotos,
		.facts = { { "members", g->members }, { "photos", g->pool_count }, { "topics", g->topic_count }, { "privacy", g->privacy },
			{ "adults", g->eighteen_plus == 1 ? 1 : -1 } } };
}

static void fill_gallery(struct lb_viewer *v, const struct lb_viewer_facts *facts, size_t record, struct set *out)
{
	const struct lb_gallery_entry *e = &facts->galleries[record];
	const struct lb_gallery *g = &e->gallery;
	*out = (struct set){ .title = g->title, .description = g->description, .created = day(v, g->date_created), .cover = g->primary_photo_id,
		.url = g->url, .owner = lb_viewer_person(v, &g->owner), .listed = g->items ? (int64_t)g->nitems : -1, .photos = e->photos,
		.words = e->words, .nphotos = e->nphotos,
		.facts = { { "photos", g->count_photos }, { "videos", g->count_videos }, { "views", g->count_views }, { "comments", g->count_comments },
			{ "updated", g->date_updated } } };
}

/* ---- the photos ---- */

static size_t photo_at(const struct set *s, const struct lb_use *uses, size_t i)
{
	return s->photos ? s->photos[i] : uses[i].photo;
}

static void add_words(struct lb_viewer *v, struct lb_jw *w, const struct set *s, size_t from, size_t to)
{
	lb_jw_array(w, NULL);
	for (size_t i = from; i < to; i++)
		lb_viewer_raw(w, NULL, lb_viewer_rich(v, s->words ? s->words[i] : NULL, 0));
	lb_jw_end(w);
}

/* Words may be long: so many photos at a time that a row stays within its size, or one. */
static size_t piece(const struct set *s, size_t from)
{
	size_t i = from, size = 0;
	for (; i < s->nphotos && (i == from || size < LB_BLOCK_SIZE); i++)
		size += 8 + (s->words && s->words[i] ? lb_span(s->words[i]).n : 0);
	return i;
}

static int add_photos(struct lb_viewer *v, struct lb_table *table, const struct set *s, const struct lb_use *uses, size_t entry, bool words,
	struct lb_error *err)
{
	for (size_t from = 0, to; from < s->nphotos; from = to) {
		struct lb_jw w;
		to = piece(s, from);
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_jw_int(&w, NULL, (int64_t)entry);
		lb_jw_array(&w, NULL);
		for (size_t i = from; i < to; i++)
			lb_jw_int(&w, NULL, (int64_t)photo_at(s, uses, i));
		lb_jw_end(&w);
		if (words)
			add_words(v, &w, s, from, to);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, table, err));
	}
	return 0;
}

/* ---- the sets ---- */

static int64_t cover(const struct lb_viewer *v, const struct set *s, const struct lb_use *uses)
{
	size_t row;
	if (lb_said(s->cover) && lb_map_get(&v->where, lb_span(s->cover), &row))
		return (int64_t)row;
	return s->nphotos ? (int64_t)photo_at(s, uses, 0) : -1;
}

static void add_facts(struct lb_jw *w, const struct set *s)
{
	lb_jw_object(w, NULL);
	for (size_t i = 0; i < LB_COUNT(s->facts); i++)
		if (s->facts[i].name && s->facts[i].n >= 0)
			lb_jw_int(w, s->facts[i].name, s->facts[i].n);
	lb_jw_end(w);
}

static void add_comment(struct lb_viewer *v, struct lb_jw *w, const struct lb_comment *c)
{
	lb_jw_array(w, NULL);
	lb_jw_int(w, NULL, lb_viewer_person(v, &c->author));
	lb_viewer_number(w, NULL, c->date);
	lb_viewer_raw(w, NULL, lb_viewer_rich(v, c->text, 0));
	lb_jw_end(w);
}

/* As many comments as there is room for; gives the number of those. */
static size_t add_set(struct lb_viewer *v, struct lb_jw *w, const struct set *s, const struct lb_use *uses)
{
	size_t said = 0;
	const char *url = lb_said(s->url) ? lb_rich_href(s->url, &v->scratch) : NULL;
	lb_jw_str(w, NULL, s->id);
	lb_jw_str(w, NULL, lb_viewer_title(v, s->title));
	lb_jw_int(w, NULL, s->owner);
	lb_jw_int(w, NULL, (int64_t)s->nphotos);
	lb_jw_int(w, NULL, cover(v, s, uses));
	lb_viewer_raw(w, NULL, lb_viewer_rich(v, s->description, 0));
	lb_jw_str(w, NULL, url);
	lb_viewer_str(v, w, NULL, s->created);
	lb_viewer_number(w, NULL, s->listed);
	add_facts(w, s);
	lb_jw_array(w, NULL);
	for (; said < s->ncomments && v->row.len < LB_BLOCK_SIZE; said++)
		add_comment(v, w, &s->comments[said]);
	lb_jw_end(w);
	lb_viewer_raw(w, NULL, lb_viewer_rich(v, s->rules, 0));
	return said;
}

/* The comments for which the row of the set had no room. */
static int add_rest(struct lb_viewer *v, struct lb_table *table, const struct set *s, size_t entry, size_t said, struct lb_error *err)
{
	while (said < s->ncomments) {
		struct lb_jw w;
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_jw_int(&w, NULL, (int64_t)entry);
		lb_jw_array(&w, NULL);
		for (; said < s->ncomments && v->row.len < LB_BLOCK_SIZE; said++)
			add_comment(v, &w, &s->comments[said]);
		lb_jw_end(&w);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, table, err));
	}
	return 0;
}

struct kind { const char *name, *photos, *comments; struct lb_topic *topic; fill_fn *fill; bool words; };

static int add_sets(struct lb_viewer *v, const struct kind *k, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	struct lb_table *sets = lb_table_begin(&v->tables, k->name, LB_TABLE_DENSE);
	struct lb_table *photos = lb_table_begin(&v->tables, k->photos, LB_TABLE_BLOCKS);
	struct lb_table *comments = k->comments ? lb_table_begin(&v->tables, k->comments, LB_TABLE_BLOCKS) : NULL;
	for (size_t i = 0; i < k->topic->keys.count; i++) {
		struct lb_jw w;
		struct set s = { .owner = -1, .listed = -1 };
		const struct lb_use *uses = lb_topic_photos(k->topic, i, LB_ROLE_OF);
		size_t record = k->topic->entries[i].record;
		if (record != SIZE_MAX)
			k->fill(v, facts, record, &s);
		else
			s.nphotos = lb_topic_count(k->topic, i, LB_ROLE_OF);
		s.id = k->topic->keys.items[i].key;
		s.title = lb_said(s.title) ? s.title : k->topic->entries[i].name;
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		size_t said = add_set(v, &w, &s, uses);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, sets, err));
		LB_TRY(add_photos(v, photos, &s, uses, i, k->words, err));
		if (comments)
			LB_TRY(add_rest(v, comments, &s, i, said, err));
		lb_arena_reset(&v->scratch);
	}
	return 0;
}

int lb_viewer_sets(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	const struct kind kinds[] = {
		{ "albums", "albums-photos", "albums-comments", &v->albums, fill_album, false },
		{ "groups", "groups-photos", NULL, &v->groups, fill_group, false },
		{ "galleries", "galleries-photos", NULL, &v->galleries, fill_gallery, true },
	};
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		LB_TRY(add_sets(v, &kinds[i], facts, err));
	return 0;
}

/* ---- collections ---- */

/* The albums that are here, by number, or those that are not, by id. */
static void add_members(struct lb_viewer *v, struct lb_jw *w, const struct lb_collection *c, bool here)
{
	lb_jw_array(w, NULL);
	for (size_t i = 0; i < c->nalbum_ids; i++) {
		size_t album;
		if (lb_map_get(&v->albums.keys, lb_span(c->album_ids[i]), &album) != here)
			continue;
		if (here)
			lb_jw_int(w, NULL, (int64_t)album);
		else
			lb_viewer_str(v, w, NULL, c->album_ids[i]);
	}
	lb_jw_end(w);
}

int lb_viewer_collections(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	struct lb_table *collections = lb_table_begin(&v->tables, "collections", LB_TABLE_DENSE);
	for (size_t i = 0; i < facts->ncollections; i++) {
		struct lb_jw w;
		size_t owner;
		const struct lb_collection *c = &facts->collections[i].collection;
		bool known = lb_said(c->owner_id) && lb_map_get(&v->people.keys, lb_span(c->owner_id), &owner);
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_viewer_str(v, &w, NULL, c->id);
		lb_jw_str(&w, NULL, lb_viewer_title(v, c->title));
		lb_viewer_raw(&w, NULL, lb_viewer_rich(v, c->description, 0));
		lb_jw_int(&w, NULL, (int64_t)facts->collections[i].depth);
		add_members(v, &w, c, true);
		add_members(v, &w, c, false);
		lb_jw_int(&w, NULL, known ? (int64_t)owner : -1);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, collections, err));
		lb_arena_reset(&v->scratch);
	}
	return 0;
}
