#include "viewer/data/internal.h"

#include <stdlib.h>
#include <string.h>

/* People, tags, places, gaps, and the table that finds all of them by their ids. */

/* ---- what the package's own lists tell ---- */

static void resolve(struct lb_topic *t, const char *id, const char *name, size_t record)
{
	if (!lb_said(id))
		return;
	size_t entry = lb_topic_entry(t, id, name); /* may move the entries */
	t->entries[entry].record = record;
}

static void resolve_album(struct lb_viewer *v, const struct lb_album *a, size_t record)
{
	resolve(&v->albums, a->id, a->title, record);
	(void)lb_viewer_album_owner(v, a);
	for (size_t i = 0; i < a->ncomments; i++)
		(void)lb_viewer_person(v, &a->comments[i].author);
	v->counts.comments += (int64_t)a->ncomments;
}

void lb_viewer_resolve(struct lb_viewer *v, const struct lb_viewer_facts *facts)
{
	for (size_t i = 0; i < facts->nalbums; i++)
		resolve_album(v, &facts->albums[i].album, i);
	for (size_t i = 0; i < facts->ngroups; i++)
		resolve(&v->groups, facts->groups[i].group.id, facts->groups[i].group.title, i);
	for (size_t i = 0; i < facts->ngalleries; i++) {
		const struct lb_gallery *g = &facts->galleries[i].gallery;
		resolve(&v->galleries, g->id, g->title, i);
		(void)lb_viewer_person(v, &g->owner);
	}
	for (size_t i = 0; i < facts->npeople; i++)
		resolve(&v->people, facts->people[i].person.nsid, facts->people[i].person.username, i);
	struct lb_topic *topics[] = { &v->people, &v->tags, &v->albums, &v->groups, &v->galleries, &v->places, &v->licenses, &v->reasons };
	for (size_t i = 0; i < LB_COUNT(topics); i++)
		lb_topic_sort(topics[i]);
	lb_arena_reset(&v->scratch);
}

/* ---- the photos of an entry ---- */

static void begin_list(struct lb_viewer *v, size_t entry, int role)
{
	lb_buf_addf(&v->row, "[%zu,", entry);
	if (role >= 0)
		lb_buf_addf(&v->row, "%d,", role);
	lb_buf_addc(&v->row, '[');
}

int lb_viewer_list(struct lb_viewer *v, struct lb_table *table, const struct lb_topic *t, size_t entry, int role, struct lb_error *err)
{
	enum lb_topic_role of = role >= 0 ? (enum lb_topic_role)role : LB_ROLE_OF;
	const struct lb_use *uses = lb_topic_photos(t, entry, of);
	size_t n = lb_topic_count(t, entry, of);
	struct lb_list list = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!v->row.len)
			begin_list(v, entry, role);
		lb_list_add(&list, &v->row, uses[i].photo);
		if (i + 1 < n && v->row.len < LB_BLOCK_SIZE)
			continue;
		lb_list_end(&list, &v->row);
		lb_buf_adds(&v->row, "]]");
		list = (struct lb_list){ 0 };
		LB_TRY(lb_viewer_row(v, table, err));
	}
	return 0;
}

/* ---- people ---- */

static const char *name_of(struct lb_viewer *v, const struct lb_person *person, size_t entry)
{
	const char *key = v->people.keys.items[entry].key;
	const char *const names[] = { person ? person->username : NULL, person ? person->realname : NULL, v->people.entries[entry].name };
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		const char *name = lb_viewer_title(v, names[i]);
		if (name)
			return name;
	}
	return key;
}

static void add_person(struct lb_viewer *v, struct lb_jw *w, const struct lb_contributor *c, size_t entry)
{
	const struct lb_person *person = c ? &c->person : NULL;
	const char *key = v->people.keys.items[entry].key;
	lb_jw_str(w, NULL, key[0] == ' ' ? "" : key);
	lb_jw_str(w, NULL, name_of(v, person, entry));
	lb_jw_str(w, NULL, lb_viewer_title(v, person ? person->realname : NULL));
	lb_viewer_str(v, w, NULL, person ? person->path_alias : NULL);
	lb_jw_str(w, NULL, c ? c->icon_path : NULL);
	lb_viewer_str(v, w, NULL, person ? person->location : NULL);
	lb_viewer_raw(w, NULL, lb_viewer_rich(v, person ? person->description : NULL, 0));
	lb_jw_array(w, NULL);
	for (size_t role = 0; role < LB_TOPIC_ROLES; role++)
		lb_jw_int(w, NULL, (int64_t)lb_topic_count(&v->people, entry, (enum lb_topic_role)role));
	lb_jw_end(w);
}

int lb_viewer_people(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	struct lb_table *people = lb_table_begin(&v->tables, "people", LB_TABLE_DENSE);
	struct lb_table *photos = lb_table_begin(&v->tables, "people-photos", LB_TABLE_BLOCKS);
	for (size_t i = 0; i < v->people.keys.count; i++) {
		struct lb_jw w;
		size_t record = v->people.entries[i].record;
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		add_person(v, &w, record == SIZE_MAX ? NULL : &facts->people[record], i);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, people, err));
		for (int role = 0; role < LB_TOPIC_ROLES; role++)
			LB_TRY(lb_viewer_list(v, photos, &v->people, i, role, err));
		lb_arena_reset(&v->scratch);
	}
	return 0;
}

/* ---- tags and places ---- */

int lb_viewer_tags(struct lb_viewer *v, struct lb_error *err)
{
	struct lb_table *tags = lb_table_begin(&v->tables, "tags", LB_TABLE_DENSE);
	struct lb_table *photos = lb_table_begin(&v->tables, "tags-photos", LB_TABLE_BLOCKS);
	for (size_t i = 0; i < v->tags.keys.count; i++) {
		struct lb_jw w;
		const char *key = v->tags.keys.items[i].key, *typed = lb_viewer_title(v, v->tags.entries[i].name);
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_jw_str(&w, NULL, key);
		lb_jw_str(&w, NULL, typed ? typed : key);
		lb_jw_int(&w, NULL, (int64_t)lb_topic_count(&v->tags, i, LB_ROLE_OF));
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, tags, err));
		LB_TRY(lb_viewer_list(v, photos, &v->tags, i, -1, err));
	}
	return 0;
}

int lb_viewer_places(struct lb_viewer *v, struct lb_error *err)
{
	struct lb_table *places = lb_table_begin(&v->tables, "places", LB_TABLE_DENSE);
	for (size_t i = 0; i < v->places.keys.count; i++) {
		struct lb_jw w;
		struct lb_span rest = lb_span(v->places.keys.items[i].key), country;
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_viewer_str(v, &w, NULL, v->places.entries[i].name);
		(void)lb_span_cut(&rest, '\n', &country);
		lb_viewer_str(v, &w, NULL, lb_arena_strndup(&v->scratch, country.p, country.n));
		lb_jw_int(&w, NULL, (int64_t)lb_topic_count(&v->places, i, LB_ROLE_OF));
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, places, err));
		lb_arena_reset(&v->scratch);
	}
	return 0;
}

/* ---- gaps ---- */

int lb_viewer_gaps(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	struct lb_table *gaps = lb_table_begin(&v->tables, "gaps", LB_TABLE_DENSE);
	for (size_t i = 0; i < facts->ngaps; i++) {
		struct lb_jw w;
		size_t row;
		const struct lb_gap *g = &facts->gaps[i];
		bool here = g->photo_id && lb_map_get(&v->where, lb_span(g->photo_id), &row);
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_jw_int(&w, NULL, here ? (int64_t)row : -1);
		lb_viewer_str(v, &w, NULL, lb_said(g->subject) ? g->subject : g->photo_id);
		lb_jw_str(&w, NULL, lb_gap_kind_name(g->kind));
		lb_viewer_str(v, &w, NULL, g->layer);
		lb_viewer_str(v, &w, NULL, g->message);
		lb_viewer_number(&w, NULL, g->code);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, gaps, err));
	}
	return 0;
}

/* ---- find ---- */

struct found { const char *kind, *id; size_t number; };

static int by_key(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int order = strcmp(x->kind, y->kind);
	return order ? order : strcmp(x->id, y->id);
}

/* As it will be written, so that the order is that of what is read: broken bytes become U+FFFD. */
static const char *as_written(struct lb_viewer *v, const char *id)
{
	struct lb_span rest = lb_span(id);
	if (lb_utf8_valid(rest))
		return id;
	lb_buf_reset(&v->text);
	while (rest.n)
		lb_utf8_add(&v->text, lb_utf8_next(&rest));
	return lb_arena_strdup(&v->scratch, lb_buf_str(&v->text));
}

static size_t collect(struct lb_viewer *v, struct found *out, const char *kind, const struct lb_map *keys)
{
	size_t n = 0;
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].key[0] != ' ') /* known by name only */
			out[n++] = (struct found){ kind, as_written(v, keys->items[i].key), keys->items[i].value };
	return n;
}

static int write_found(struct lb_viewer *v, struct found *all, size_t count, struct lb_error *err)
{
	struct lb_table *find = lb_table_begin(&v->tables, "find", LB_TABLE_SORTED);
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(SIZE_MAX / 4);
	if (count)
		qsort(all, count, sizeof *all, by_key);
	for (size_t i = 0; i < count; i++) {
		struct lb_jw w;
		lb_buf_reset(&key);
		lb_buf_addf(&key, "%s%s", all[i].kind, all[i].id);
		lb_jw_begin(&w, &v->row, true);
		lb_jw_array(&w, NULL);
		lb_jw_str(&w, NULL, lb_buf_str(&key));
		lb_jw_int(&w, NULL, (int64_t)all[i].number);
		lb_jw_end(&w);
		LB_TRY(lb_viewer_row(v, find, err));
	}
	return 0;
}

int lb_viewer_find(struct lb_viewer *v, struct lb_error *err)
{
	const struct { const char *kind; const struct lb_map *keys; } kinds[] = {
		{ "photo:", &v->where }, { "person:", &v->people.keys }, { "tag:", &v->tags.keys }, { "album:", &v->albums.keys },
		{ "group:", &v->groups.keys }, { "gallery:", &v->galleries.keys },
	};
	size_t room = 1, count = 0;
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		room += kinds[i].keys->count;
	struct found *all = lb_alloc(room * sizeof *all);
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		count += collect(v, all + count, kinds[i].kind, kinds[i].keys);
	int rc = write_found(v, all, count, err);
	free(all);
	return rc;
}
