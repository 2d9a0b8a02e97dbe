/* The indexes: people, albums, groups, galleries, collections, licences, what is missing. Of each entry copies are kept, not the JSON. */
#include <stdlib.h>
#include <string.h>

#include "format/reading/internal.h"

#define LIST_MAX 10000000 /* a set that claims more photos has lost its mind */

/* ---- copying ---- */

static void keep_texts(struct lb_reading *r, void *facts, const size_t *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char **text = (const char **)(void *)((char *)facts + at[i]);
		*text = lb_reading_word(r, *text);
	}
}

static const size_t person_texts[] = {
	offsetof(struct lb_person, nsid), offsetof(struct lb_person, username), offsetof(struct lb_person, realname),
	offsetof(struct lb_person, path_alias), offsetof(struct lb_person, location), offsetof(struct lb_person, description),
	offsetof(struct lb_person, iconserver), offsetof(struct lb_person, iconfarm), offsetof(struct lb_person, first_taken),
};
static const size_t album_texts[] = {
	offsetof(struct lb_album, id), offsetof(struct lb_album, title), offsetof(struct lb_album, description),
	offsetof(struct lb_album, owner_id), offsetof(struct lb_album, owner_name), offsetof(struct lb_album, primary_photo_id),
};
static const size_t group_texts[] = {
	offsetof(struct lb_group, id), offsetof(struct lb_group, title), offsetof(struct lb_group, url), offsetof(struct lb_group, iconserver),
	offsetof(struct lb_group, iconfarm), offsetof(struct lb_group, description), offsetof(struct lb_group, rules),
	offsetof(struct lb_group, lang), offsetof(struct lb_group, date_created),
};
static const size_t gallery_texts[] = {
	offsetof(struct lb_gallery, id), offsetof(struct lb_gallery, url), offsetof(struct lb_gallery, title),
	offsetof(struct lb_gallery, description), offsetof(struct lb_gallery, primary_photo_id), offsetof(struct lb_gallery, owner.nsid),
	offsetof(struct lb_gallery, owner.username),
};

/* ---- people ---- */

static void take_person(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	struct lb_contributor *c = &r->people[i];
	const struct lb_json *parts = lb_json_get(v, "contributions");
	const struct { const char *key; size_t *to; } counts[] = {{"photo", &c->photos}, {"tag", &c->tags}, {"comment", &c->comments},
		{"fave", &c->faves}, {"note", &c->notes}, {"depicted", &c->depicted}};
	lb_foundation_person(key, v, &c->person);
	keep_texts(r, &c->person, person_texts, LB_COUNT(person_texts));
	c->icon_path = lb_reading_word(r, lb_json_get_str(v, "iconPath"));
	for (size_t k = 0; k < LB_COUNT(counts); k++) {
		const int64_t n = lb_json_int(lb_json_get(parts, counts[k].key), 0);
		*counts[k].to = n > 0 ? (size_t)n : 0;
	}
	lb_map_put(&r->inside->people_at, lb_span(key), i);
}

static void take_profile(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	size_t number;
	(void)i;
	if (!lb_map_get(&r->inside->people_at, lb_span(key), &number))
		return;
	struct lb_person_profile *p = lb_arena_alloc(&r->inside->arena, sizeof *p);
	const struct { const char *key, **to; } texts[] = {
		{"firstName", &p->first_name}, {"lastName", &p->last_name}, {"description", &p->description}, {"occupation", &p->occupation},
		{"hometown", &p->hometown}, {"city", &p->city}, {"country", &p->country}, {"website", &p->website},
		{"facebook", &p->facebook}, {"twitter", &p->twitter}, {"tumblr", &p->tumblr}, {"instagram", &p->instagram},
		{"pinterest", &p->pinterest}, {"showcaseAlbumId", &p->showcase_album_id}, {"showcaseAlbumTitle", &p->showcase_album_title},
	};
	for (size_t k = 0; k < LB_COUNT(texts); k++)
		*texts[k].to = lb_reading_word(r, lb_json_get_str(v, texts[k].key));
	p->join_date = lb_foundation_date(lb_json_get_str(v, "joinDate"));
	r->people[number].person.profile = p;
}

/* ---- sets ---- */

/* The photos here of a set, by place, each once. */
static const size_t *take_places(struct lb_reading *r, const struct lb_json *entry, size_t *count)
{
	struct lb_reading_inside *in = r->inside;
	const struct lb_json *list = lb_json_get(entry, "photoIds");
	size_t *places = lb_arena_alloc(&in->arena, (lb_json_count(list) + 1) * sizeof *places), place;
	in->stamp++;
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const char *id = lb_json_str(lb_json_at(list, i));
		if (!id || !lb_map_get(&in->at, lb_span(id), &place) || in->missing[place] || in->stamps[place] == in->stamp)
			continue;
		in->stamps[place] = in->stamp;
		places[(*count)++] = place;
	}
	return places;
}

/* How long the set's own list was; false: it was not read. */
static bool take_length(const struct lb_json *entry, size_t *out)
{
	const int64_t n = lb_json_int(lb_json_get(entry, "countListed"), -1);
	*out = n >= 0 && n <= LIST_MAX ? (size_t)n : 0;
	return n >= 0 && n <= LIST_MAX;
}

static const char **take_list(struct lb_reading *r, const struct lb_json *entry, const size_t *places, size_t nplaces, size_t *count)
{
	if (!take_length(entry, count))
		return NULL;
	const char **ids = lb_arena_alloc(&r->inside->arena, (*count + 1) * sizeof *ids);
	for (size_t i = 0; i < *count; i++)
		ids[i] = i < nplaces ? r->ids[places[i]] : "";
	return ids;
}

static void keep_comments(struct lb_reading *r, struct lb_album *a)
{
	struct lb_comment *kept = lb_arena_alloc(&r->inside->arena, (a->ncomments + 1) * sizeof *kept);
	for (size_t i = 0; i < a->ncomments; i++) {
		size_t number;
		kept[i] = a->comments[i];
		kept[i].id = lb_reading_word(r, kept[i].id);
		kept[i].permalink = lb_reading_word(r, kept[i].permalink);
		kept[i].text = lb_reading_word(r, kept[i].text);
		if (kept[i].author.nsid && lb_map_get(&r->inside->people_at, lb_span(kept[i].author.nsid), &number))
			kept[i].author = r->people[number].person;
		else
			kept[i].author.nsid = lb_reading_word(r, kept[i].author.nsid);
	}
	a->comments = kept;
}

static void take_album(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	LB_AUTO(lb_arena_clear) struct lb_arena scratch = {0};
	struct lb_album_entry *e = &r->albums[i];
	lb_foundation_album(key, v, &scratch, &e->album);
	keep_texts(r, &e->album, album_texts, LB_COUNT(album_texts));
	keep_comments(r, &e->album);
	e->photos = take_places(r, v, &e->nphotos);
	e->album.photo_ids = take_list(r, v, e->photos, e->nphotos, &e->album.nphoto_ids);
}

static void take_group(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	LB_AUTO(lb_arena_clear) struct lb_arena scratch = {0};
	struct lb_group_entry *e = &r->groups[i];
	lb_foundation_group(key, v, &scratch, &e->group);
	keep_texts(r, &e->group, group_texts, LB_COUNT(group_texts));
	e->photos = take_places(r, v, &e->nphotos);
	e->group.photo_ids = take_list(r, v, e->photos, e->nphotos, &e->group.nphoto_ids);
}

/* The curator's words beside the photos: both lists are in the order of the set. */
static const char *const *take_words(struct lb_reading *r, const struct lb_json *v, const struct lb_gallery_entry *e)
{
	const struct lb_json *list = lb_json_get(v, "photoComments");
	const char **words = lb_arena_alloc(&r->inside->arena, (e->nphotos + 1) * sizeof *words);
	for (size_t i = 0, k = 0; i < e->nphotos && k < lb_json_count(list); i++) {
		const struct lb_json *word = lb_json_at(list, k);
		const char *id = lb_json_get_str(word, "photoId");
		if (!id || strcmp(id, r->ids[e->photos[i]]) != 0)
			continue;
		words[i] = lb_reading_word(r, lb_json_get_str(word, "text"));
		k++;
	}
	return words;
}

static void take_gallery(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	LB_AUTO(lb_arena_clear) struct lb_arena scratch = {0};
	struct lb_gallery_entry *e = &r->galleries[i];
	struct lb_gallery *g = &e->gallery;
	lb_foundation_gallery(key, v, &scratch, g);
	keep_texts(r, g, gallery_texts, LB_COUNT(gallery_texts));
	g->items = NULL;
	e->photos = take_places(r, v, &e->nphotos);
	e->words = take_words(r, v, e);
	if (!take_length(v, &g->nitems))
		return;
	g->items = lb_arena_alloc(&r->inside->arena, (g->nitems + 1) * sizeof *g->items);
	for (size_t k = 0; k < g->nitems; k++)
		g->items[k] = k < e->nphotos ? (struct lb_gallery_item){r->ids[e->photos[k]], e->words[k]} : (struct lb_gallery_item){"", NULL};
}

/* They stand in the order of the tree, parents first. */
static void take_collection(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	struct lb_collection_entry *e = &r->collections[i];
	struct lb_collection *c = &e->collection;
	const struct lb_json *albums = lb_json_get(v, "albumIds");
	*c = (struct lb_collection){.id = lb_reading_word(r, key), .title = lb_reading_word(r, lb_json_get_str(v, "title")),
		.description = lb_reading_word(r, lb_json_get_str(v, "description")), .owner_id = lb_reading_word(r, lb_json_get_str(v, "ownerId")),
		.parent_id = lb_reading_word(r, lb_json_get_str(v, "parentId"))};
	c->album_ids = lb_arena_alloc(&r->inside->arena, (lb_json_count(albums) + 1) * sizeof *c->album_ids);
	for (size_t k = 0; k < lb_json_count(albums); k++)
		if (lb_json_str(lb_json_at(albums, k)))
			c->album_ids[c->nalbum_ids++] = lb_reading_word(r, lb_json_str(lb_json_at(albums, k)));
	for (size_t k = i; c->parent_id && k-- > 0;)
		if (strcmp(r->collections[k].collection.id, c->parent_id) == 0) {
			e->depth = r->collections[k].depth + 1;
			break;
		}
}

static void take_license(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i)
{
	const char *number = lb_json_get_str(v, "flickrId");
	r->licenses[i] = (struct lb_license){lb_reading_word(r, number ? number : lb_license_number(key)),
		lb_reading_word(r, lb_json_get_str(v, "label")), lb_reading_word(r, lb_json_get_str(v, "url"))};
}

/* ---- all of them ---- */

/* One after the other, each parsed by itself. `items`: the list that is made for them; NULL: none. */
typedef void take_fn(struct lb_reading *r, const char *key, const struct lb_json *v, size_t i);
static int read_index(struct lb_reading *r, const char *name, take_fn *take, void *items, size_t size, size_t *count, struct lb_error *err)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	LB_TRY(lb_reading_in_file(name, lb_foundation_index_read(&r->inside->from, name, &index, err), err));
	void *list = items ? lb_alloc((index.count + 1) * size) : NULL;
	if (items)
		memcpy(items, &list, sizeof list);
	for (size_t i = 0; i < index.count; i++) {
		LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
		LB_TRY(lb_reading_in_file(name, lb_json_parse(index.rows[i].json, &v, err), err));
		take(r, index.rows[i].key, v, i);
		if (count)
			(*count)++;
	}
	return LB_OK;
}

int lb_reading_records(struct lb_reading *r, struct lb_error *err)
{
	const struct { const char *name; take_fn *take; void *items; size_t size, *count; } indexes[] = {
		{"licenseIndex", take_license, &r->licenses, sizeof *r->licenses, &r->nlicenses},
		{"contributorIndex", take_person, &r->people, sizeof *r->people, &r->npeople},
		{"profileIndex", take_profile, NULL, 0, NULL},
		{"albumIndex", take_album, &r->albums, sizeof *r->albums, &r->nalbums},
		{"groupIndex", take_group, &r->groups, sizeof *r->groups, &r->ngroups},
		{"galleryIndex", take_gallery, &r->galleries, sizeof *r->galleries, &r->ngalleries},
		{"collectionIndex", take_collection, &r->collections, sizeof *r->collections, &r->ncollections},
	};
	for (size_t i = 0; i < LB_COUNT(indexes); i++)
		LB_TRY(read_index(r, indexes[i].name, indexes[i].take, indexes[i].items, indexes[i].size, indexes[i].count, err));
	return LB_OK;
}

/* ---- what is missing ---- */

static void take_gap(struct lb_reading *r, const struct lb_json *v, struct lb_gap *out)
{
	const char *kind = lb_json_get_str(v, "kind");
	*out = (struct lb_gap){.kind = LB_GAP_FAILED, .photo_id = lb_reading_word(r, lb_json_get_str(v, "photoId")),
		.subject = lb_reading_word(r, lb_json_get_str(v, "subject")), .layer = lb_reading_word(r, lb_json_get_str(v, "layer")),
		.method = lb_reading_word(r, lb_json_get_str(v, "method")), .code = lb_json_int(lb_json_get(v, "code"), LB_UNKNOWN),
		.message = lb_reading_word(r, lb_json_get_str(v, "message"))};
	for (enum lb_gap_kind k = LB_GAP_REFUSED; kind && k <= LB_GAP_WITHHELD; k++)
		if (strcmp(kind, lb_gap_kind_name(k)) == 0)
			out->kind = k;
}

/* Chains from the last to the first, so that each begins with its first. */
static void chain_gaps(struct lb_reading *r)
{
	struct lb_reading_inside *in = r->inside;
	size_t place;
	in->gap_of = lb_alloc((r->count + 1) * sizeof *in->gap_of);
	in->gap_next = lb_alloc((r->ngaps + 1) * sizeof *in->gap_next);
	for (size_t i = r->ngaps; i-- > 0;) {
		if (!r->gaps[i].photo_id || !lb_map_get(&in->at, lb_span(r->gaps[i].photo_id), &place))
			continue;
		in->gap_next[i] = in->gap_of[place];
		in->gap_of[place] = i + 1;
	}
}

static int read_gaps(struct lb_reading *r, struct lb_span text, struct lb_error *err)
{
	struct lb_json_parts parts;
	struct lb_json_part part;
	struct lb_span list;
	size_t cap = 0;
	char name[64];
	LB_TRY(lb_datajs_open(text, name, &list, err));
	if (!lb_json_parts_begin(list, &parts) || parts.object)
		return lb_fail(err, LB_FORMAT, "it is no list");
	while (lb_json_parts_next(&parts, &part)) {
		LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
		LB_TRY(lb_json_parse(part.value, &v, err));
		LB_GROW(r->gaps, r->ngaps, cap);
		take_gap(r, v, &r->gaps[r->ngaps++]);
	}
	return LB_OK;
}

int lb_reading_gaps(struct lb_reading *r, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_FOUNDATION_INDEX_MAX);
	static const char path[] = "metadata/missing.js";
	const long member = lb_foundation_member(&r->inside->from, path);
	if (member < 0)
		return lb_fail(err, LB_CORRUPT, "\"%s\" is not there", path);
	LB_TRY(lb_container_read(r->inside->from.container, (size_t)member, LB_FOUNDATION_INDEX_MAX, &text, err));
	LB_TRY(lb_reading_in_file(path, read_gaps(r, lb_buf_span(&text), err), err));
	chain_gaps(r);
	return LB_OK;
}
