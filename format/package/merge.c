/* The same person, album, group … is told many times, by different answers: each fills in what is still unknown. */
#include <string.h>

#include "format/package/writer_private.h"

enum field_kind { TEXT, NUMBER, FLAG };
struct field { size_t at; enum field_kind kind; };

static const struct field person_fields[] = {
	{offsetof(struct lb_person, nsid), TEXT}, {offsetof(struct lb_person, username), TEXT},
	{offsetof(struct lb_person, realname), TEXT}, {offsetof(struct lb_person, path_alias), TEXT},
	{offsetof(struct lb_person, location), TEXT}, {offsetof(struct lb_person, description), TEXT},
	{offsetof(struct lb_person, iconserver), TEXT}, {offsetof(struct lb_person, iconfarm), TEXT},
	{offsetof(struct lb_person, is_deleted), FLAG}, {offsetof(struct lb_person, is_pro), FLAG},
	{offsetof(struct lb_person, count_photos), NUMBER}, {offsetof(struct lb_person, first_date), NUMBER},
	{offsetof(struct lb_person, first_taken), TEXT},
};
static const struct field album_fields[] = {
	{offsetof(struct lb_album, id), TEXT}, {offsetof(struct lb_album, title), TEXT},
	{offsetof(struct lb_album, description), TEXT}, {offsetof(struct lb_album, owner_id), TEXT},
	{offsetof(struct lb_album, owner_name), TEXT}, {offsetof(struct lb_album, primary_photo_id), TEXT},
	{offsetof(struct lb_album, count_photos), NUMBER}, {offsetof(struct lb_album, count_videos), NUMBER},
	{offsetof(struct lb_album, count_views), NUMBER}, {offsetof(struct lb_album, count_comments), NUMBER},
	{offsetof(struct lb_album, date_created), NUMBER}, {offsetof(struct lb_album, date_updated), NUMBER},
};
static const struct field group_fields[] = {
	{offsetof(struct lb_group, id), TEXT}, {offsetof(struct lb_group, title), TEXT},
	{offsetof(struct lb_group, url), TEXT}, {offsetof(struct lb_group, iconserver), TEXT},
	{offsetof(struct lb_group, iconfarm), TEXT}, {offsetof(struct lb_group, members), NUMBER},
	{offsetof(struct lb_group, pool_count), NUMBER}, {offsetof(struct lb_group, topic_count), NUMBER},
	{offsetof(struct lb_group, privacy), NUMBER}, {offsetof(struct lb_group, eighteen_plus), FLAG},
	{offsetof(struct lb_group, moderated), FLAG}, {offsetof(struct lb_group, description), TEXT},
	{offsetof(struct lb_group, rules), TEXT}, {offsetof(struct lb_group, lang), TEXT},
	{offsetof(struct lb_group, date_created), TEXT},
};
static const struct field gallery_fields[] = {
	{offsetof(struct lb_gallery, id), TEXT}, {offsetof(struct lb_gallery, url), TEXT},
	{offsetof(struct lb_gallery, title), TEXT}, {offsetof(struct lb_gallery, description), TEXT},
	{offsetof(struct lb_gallery, primary_photo_id), TEXT}, {offsetof(struct lb_gallery, owner.nsid), TEXT},
	{offsetof(struct lb_gallery, owner.username), TEXT}, {offsetof(struct lb_gallery, owner.realname), TEXT},
	{offsetof(struct lb_gallery, owner.path_alias), TEXT}, {offsetof(struct lb_gallery, count_photos), NUMBER},
	{offsetof(struct lb_gallery, count_videos), NUMBER}, {offsetof(struct lb_gallery, count_views), NUMBER},
	{offsetof(struct lb_gallery, count_comments), NUMBER}, {offsetof(struct lb_gallery, date_created), NUMBER},
	{offsetof(struct lb_gallery, date_updated), NUMBER},
};
static const struct field collection_fields[] = {
	{offsetof(struct lb_collection, id), TEXT}, {offsetof(struct lb_collection, title), TEXT},
	{offsetof(struct lb_collection, description), TEXT}, {offsetof(struct lb_collection, owner_id), TEXT},
};
static const struct field license_fields[] = {
	{offsetof(struct lb_license, id), TEXT}, {offsetof(struct lb_license, label), TEXT},
	{offsetof(struct lb_license, url), TEXT},
};

const char *lb_writer_word(struct lb_package *p, const char *s)
{
	if (!s || !*s)
		return NULL;
	size_t number = p->words.count;
	if (!lb_map_get(&p->words, lb_span(s), &number))
		lb_map_put(&p->words, lb_span(s), number);
	return p->words.items[number].key;
}

const char *lb_writer_text(struct lb_package *p, const char *s)
{
	return s && *s ? lb_arena_strdup(&p->arena, s) : NULL;
}

static void fill_field(struct lb_package *p, char *known, const char *said, enum field_kind kind)
{
	if (kind == TEXT) {
		const char **text = (const char **)(void *)known;
		if (!*text)
			*text = lb_writer_word(p, *(const char *const *)(const void *)said);
	} else if (kind == NUMBER) {
		int64_t *number = (int64_t *)(void *)known;
		if (*number == LB_UNKNOWN)
			*number = *(const int64_t *)(const void *)said;
	} else {
		int *flag = (int *)(void *)known;
		if (*flag == LB_UNKNOWN)
			*flag = *(const int *)(const void *)said;
	}
}

static void blank(void *known, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *at = (char *)known + fields[i].at;
		if (fields[i].kind == NUMBER)
			*(int64_t *)(void *)at = LB_UNKNOWN;
		else if (fields[i].kind == FLAG)
			*(int *)(void *)at = LB_UNKNOWN;
	}
}

static void fill(struct lb_package *p, void *known, const void *said, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fill_field(p, (char *)known + fields[i].at, (const char *)said + fields[i].at, fields[i].kind);
}

/* What an element of a table is: its size, and where in it the facts stand. */
struct kind { size_t size, at; const struct field *fields; size_t count; };
#define KIND(element, facts, table) {sizeof(struct element), offsetof(struct element, facts), table, LB_COUNT(table)}
static const struct kind person_kind = KIND(lb_contributor, person, person_fields);
static const struct kind album_kind = KIND(lb_album_entry, album, album_fields);
static const struct kind group_kind = KIND(lb_group_entry, group, group_fields);
static const struct kind gallery_kind = KIND(lb_gallery_entry, gallery, gallery_fields);
static const struct kind collection_kind = KIND(lb_collection_entry, collection, collection_fields);
static const struct kind license_kind = KIND(lb_license, id, license_fields);

static void add_element(struct lb_writer_table *t, const struct kind *k)
{
	if (t->count == t->cap) {
		t->cap = t->cap ? t->cap * 2 : 16;
		t->items = lb_realloc(t->items, t->cap, k->size);
		t->told = lb_realloc(t->told, t->cap, sizeof *t->told);
	}
	t->told[t->count] = (struct lb_writer_told){0};
	char *element = (char *)t->items + t->count++ * k->size;
	memset(element, 0, k->size);
	blank(element + k->at, k->fields, k->count);
}

static size_t merge(struct lb_package *p, struct lb_writer_table *t, const struct kind *k, const char *id,
	const void *said)
{
	size_t number = t->count;
	if (!lb_map_get(&t->ids, lb_span(id), &number)) {
		lb_map_put(&t->ids, lb_span(id), number);
		add_element(t, k);
	}
	fill(p, (char *)t->items + number * k->size + k->at, said, k->fields, k->count);
	return number;
}

/* ---- parts that one answer tells as a whole: the first that has them is believed ---- */

static const char **copy_words(struct lb_package *p, const char **words, size_t count)
{
	const char **copies = lb_arena_alloc(&p->arena, (count + 1) * sizeof *copies);
	for (size_t i = 0; i < count; i++)
		copies[i] = words[i] ? lb_arena_strdup(&p->arena, words[i]) : "";
	return copies;
}

/* ids NULL: the list was not read; a list may be empty. */
static void adopt_list(struct lb_package *p, const char ***known, size_t *count, const char **ids, size_t nids)
{
	if (*known || !ids)
		return;
	*known = copy_words(p, ids, nids);
	*count = nids;
}

struct lb_comment *lb_writer_comments(struct lb_package *p, const struct lb_comment *comments, size_t count)
{
	struct lb_comment *copies = lb_arena_alloc(&p->arena, (count + 1) * sizeof *copies);
	for (size_t i = 0; i < count; i++) {
		const struct lb_comment *c = &comments[i];
		copies[i] = (struct lb_comment){.id = lb_writer_text(p, c->id), .permalink = lb_writer_text(p, c->permalink),
			.text = lb_writer_text(p, c->text), .date = c->date};
		lb_person_init(&copies[i].author);
		copies[i].author.nsid = lb_writer_word(p, c->author.nsid);
		copies[i].author.username = lb_writer_word(p, c->author.username);
		copies[i].author.realname = lb_writer_word(p, c->author.realname);
		lb_writer_person(p, &c->author);
	}
	return copies;
}

static const size_t profile_texts[] = {
	offsetof(struct lb_person_profile, occupation), offsetof(struct lb_person_profile, hometown),
	offsetof(struct lb_person_profile, first_name), offsetof(struct lb_person_profile, last_name),
	offsetof(struct lb_person_profile, description), offsetof(struct lb_person_profile, website),
	offsetof(struct lb_person_profile, city), offsetof(struct lb_person_profile, country),
	offsetof(struct lb_person_profile, facebook), offsetof(struct lb_person_profile, twitter),
	offsetof(struct lb_person_profile, tumblr), offsetof(struct lb_person_profile, instagram),
	offsetof(struct lb_person_profile, pinterest), offsetof(struct lb_person_profile, showcase_album_id),
	offsetof(struct lb_person_profile, showcase_album_title),
};

static void adopt_profile(struct lb_package *p, struct lb_person *known, const struct lb_person_profile *said)
{
	if (known->profile || !said)
		return;
	known->profile = lb_arena_alloc(&p->arena, sizeof *known->profile);
	known->profile->join_date = said->join_date;
	for (size_t i = 0; i < LB_COUNT(profile_texts); i++) {
		const char *text;
		memcpy(&text, (const char *)said + profile_texts[i], sizeof text);
		text = lb_writer_text(p, text);
		memcpy((char *)known->profile + profile_texts[i], &text, sizeof text);
	}
	p->totals.profiles++;
}

static void adopt_items(struct lb_package *p, struct lb_gallery *known, const struct lb_gallery *said)
{
	if (known->items || !said->items)
		return;
	known->items = lb_arena_alloc(&p->arena, (said->nitems + 1) * sizeof *known->items);
	known->nitems = said->nitems;
	for (size_t i = 0; i < said->nitems; i++)
		known->items[i] = (struct lb_gallery_item){lb_arena_strdup(&p->arena, said->items[i].photo_id ? said->items[i].photo_id : ""),
			lb_writer_text(p, said->items[i].comment)};
}

/* ---- by kind ---- */

size_t lb_writer_person(struct lb_package *p, const struct lb_person *said)
{
	if (!lb_writer_id_is_plain(said->nsid))
		return SIZE_MAX;
	size_t number = merge(p, &p->people, &person_kind, said->nsid, said);
	adopt_profile(p, &((struct lb_contributor *)p->people.items)[number].person, said->profile);
	return number;
}

size_t lb_writer_album(struct lb_package *p, const struct lb_album *said)
{
	if (!lb_writer_id_is_plain(said->id))
		return SIZE_MAX;
	size_t number = merge(p, &p->albums, &album_kind, said->id, said);
	struct lb_album *known = &((struct lb_album_entry *)p->albums.items)[number].album;
	adopt_list(p, &known->photo_ids, &known->nphoto_ids, said->photo_ids, said->nphoto_ids);
	if (!known->ncomments && said->ncomments) {
		known->comments = lb_writer_comments(p, said->comments, said->ncomments);
		known->ncomments = said->ncomments;
	}
	return number;
}

size_t lb_writer_group(struct lb_package *p, const struct lb_group *said)
{
	if (!lb_writer_id_is_plain(said->id))
		return SIZE_MAX;
	size_t number = merge(p, &p->groups, &group_kind, said->id, said);
	struct lb_group *known = &((struct lb_group_entry *)p->groups.items)[number].group;
	adopt_list(p, &known->photo_ids, &known->nphoto_ids, said->photo_ids, said->nphoto_ids);
	return number;
}

size_t lb_writer_gallery(struct lb_package *p, const struct lb_gallery *said)
{
	if (!lb_writer_id_is_plain(said->id))
		return SIZE_MAX;
	size_t number = merge(p, &p->galleries, &gallery_kind, said->id, said);
	adopt_items(p, &((struct lb_gallery_entry *)p->galleries.items)[number].gallery, said);
	return number;
}

size_t lb_writer_collection(struct lb_package *p, const struct lb_collection *said)
{
	if (!lb_writer_id_is_plain(said->id))
		return SIZE_MAX;
	const bool is_new = !lb_map_get(&p->collections.ids, lb_span(said->id), NULL);
	size_t parent = SIZE_MAX;
	if (said->parent_id && !lb_map_get(&p->collections.ids, lb_span(said->parent_id), &parent))
		parent = SIZE_MAX;
	size_t number = merge(p, &p->collections, &collection_kind, said->id, said);
	struct lb_collection_entry *entries = p->collections.items;
	struct lb_collection *known = &entries[number].collection;
	adopt_list(p, &known->album_ids, &known->nalbum_ids, said->album_ids, said->nalbum_ids);
	if (is_new && parent != SIZE_MAX && entries[parent].depth + 1 < LB_WRITER_DEPTH_MAX) {
		known->parent_id = p->collections.ids.items[parent].key;
		entries[number].depth = entries[parent].depth + 1;
	}
	return number;
}

size_t lb_writer_license(struct lb_package *p, const struct lb_license *said)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char *slug = lb_license_slug(said->id, &arena);
	return slug ? merge(p, &p->licenses, &license_kind, slug, said) : SIZE_MAX;
}

#define ADD(name, type)                                                                                            \
	void lb_package_add_##name(struct lb_package *p, const struct type *said)                                  \
	{                                                                                                          \
		p->settled->done = false;                                                                          \
		lb_writer_##name(p, said);                                                                         \
	}
ADD(person, lb_person)
ADD(album, lb_album)
ADD(group, lb_group)
ADD(gallery, lb_gallery)
ADD(collection, lb_collection)
ADD(license, lb_license)

void lb_package_add_gap(struct lb_package *p, const struct lb_gap *gap)
{
	size_t before = SIZE_MAX;
	if (gap->photo_id && !lb_map_get(&p->gap_photos, lb_span(gap->photo_id), &before))
		before = SIZE_MAX;
	if (gap->photo_id)
		lb_map_put(&p->gap_photos, lb_span(gap->photo_id), p->ngaps);
	if (p->gap_before_cap <= p->ngaps) {
		p->gap_before_cap = p->gap_before_cap ? p->gap_before_cap * 2 : 16;
		p->gap_before = lb_realloc(p->gap_before, p->gap_before_cap, sizeof *p->gap_before);
	}
	p->gap_before[p->ngaps] = before;
	LB_GROW(p->gaps, p->ngaps, p->gaps_cap);
	p->gaps[p->ngaps++] = (struct lb_gap){.kind = gap->kind, .photo_id = lb_writer_word(p, gap->photo_id),
		.subject = lb_writer_word(p, gap->subject), .layer = lb_writer_word(p, gap->layer),
		.method = lb_writer_word(p, gap->method), .code = gap->code, .message = lb_writer_word(p, gap->message)};
}

size_t lb_writer_first_gap(const struct lb_package *p, const char *photo_id)
{
	size_t gap = SIZE_MAX;
	return lb_map_get(&p->gap_photos, lb_span(photo_id), &gap) ? gap : SIZE_MAX;
}
