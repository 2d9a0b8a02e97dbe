/* The indexes beside photoIndex.js: each can be read, and names only what is there. */
#include <string.h>

#include "format/verify/life_private.h"

#define METADATA "data/metadata/"

/* NULL after telling why it cannot be read. */
struct lb_json *lb_life_data(struct lb_verify *v, const char *rule, const char *path, const char *wanted)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_LIFE_FILE_MAX);
	struct lb_json *data = NULL;
	struct lb_error err = {0};
	char name[64] = "";
	if (lb_container_find(v->c, path) < 0) {
		lb_found(v, rule, path, "is missing");
		return NULL;
	}
	if (!lb_read_member(v, rule, path, LB_LIFE_FILE_MAX, &text))
		return NULL;
	if (lb_datajs_parse(lb_buf_span(&text), name, &data, &err) != LB_OK) {
		lb_found(v, rule, path, "%s", err.what);
		return NULL;
	}
	if (strcmp(name, wanted) != 0)
		lb_found(v, rule, path, "defines \"%s\", not \"%s\"", name, wanted);
	return data;
}

/* `name` is both the file's and the constant's. */
static struct lb_json *read_index(struct lb_life *life, const char *name)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256), schema = LB_BUF(256);
	lb_buf_addf(&path, METADATA "%s.js", name);
	struct lb_json *index = lb_life_data(life->v, "LB-027", lb_buf_str(&path), name);
	lb_buf_addf(&schema, "%s.schema.json", name);
	lb_life_form_by_name(life, "LB-030", lb_buf_str(&path), lb_buf_str(&schema), index);
	lb_life_count_index(life, name, index);
	return index;
}

/* ---- sets of photos ---- */

static void check_photo_ids(struct lb_life *life, const char *path, const char *key, const struct lb_json *set)
{
	const struct lb_json *ids = lb_json_get(set, "photoIds");
	struct lb_shown_name shown, shown_key;
	size_t unused;
	for (size_t i = 0; i < lb_json_count(ids); i++) {
		const char *id = lb_json_str(lb_json_at(ids, i));
		if (!id || !lb_map_get(&life->numbers, lb_span(id), &unused))
			lb_found(life->v, "LB-028", path, "\"%s\" has the photo \"%s\", which is not in lifeboat.json",
				lb_show_name(&shown_key, key), lb_show_name(&shown, id ? id : ""));
	}
}

static void check_sets(struct lb_life *life, const char *name)
{
	LB_AUTO(lb_json_freep) struct lb_json *index = read_index(life, name);
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	const struct lb_json *set;
	const char *key;
	lb_buf_addf(&path, METADATA "%s.js", name);
	for (void *it = NULL; lb_json_each(index, &it, &key, &set);)
		check_photo_ids(life, lb_buf_str(&path), key, set);
}

/* Parents stand before what is in them, so that there is no circle. */
static void check_collections(struct lb_life *life)
{
	static const char path[] = METADATA "collectionIndex.js";
	LB_AUTO(lb_json_freep) struct lb_json *index = read_index(life, "collectionIndex");
	LB_AUTO(lb_map_clear) struct lb_map seen = {0};
	const struct lb_json *collection;
	struct lb_shown_name shown;
	size_t unused;
	const char *key;
	for (void *it = NULL; lb_json_each(index, &it, &key, &collection);) {
		const char *parent = lb_json_get_str(collection, "parentId");
		if (parent && !lb_map_get(&seen, lb_span(parent), &unused))
			lb_found(life->v, "LB-028", path, "\"%s\" is in a collection that does not stand before it", lb_show_name(&shown, key));
		lb_map_put(&seen, lb_span(key), 0);
	}
}

static void check_order(struct lb_life *life)
{
	static const char path[] = METADATA "photoOrder.js";
	LB_AUTO(lb_json_freep) struct lb_json *order = read_index(life, "photoOrder");
	if (!order)
		return;
	bool same = lb_json_count(order) == life->count;
	for (size_t i = 0; i < life->count && same; i++)
		same = lb_same_text(lb_json_str(lb_json_at(order, i)), life->ids[i]);
	if (!same)
		lb_found(life->v, "LB-028", path, "has other photos than lifeboat.json, or in another order");
}

void lb_life_sets(struct lb_life *life)
{
	static const char *const sets[] = {"albumIndex", "galleryIndex", "groupIndex"};
	static const char *const others[] = {"licenseIndex", "missing", "tagList", "consentIndex"}; /* they name nothing */
	for (size_t i = 0; i < LB_COUNT(sets); i++)
		check_sets(life, sets[i]);
	for (size_t i = 0; i < LB_COUNT(others); i++)
		lb_json_free(read_index(life, others[i]));
	check_collections(life);
	check_order(life);
}

/* ---- people ---- */

#define ICONS "media/icons/"

/* Takes the pictures that contributorIndex.js names into `icons`. */
static void check_icon_paths(struct lb_life *life, const struct lb_json *people, struct lb_map *icons)
{
	static const char path[] = METADATA "contributorIndex.js";
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(1 << 16);
	const struct lb_json *person;
	struct lb_shown_name shown;
	const char *key;
	for (void *it = NULL; lb_json_each(people, &it, &key, &person);) {
		const char *icon = lb_json_get_str(person, "iconPath");
		if (!icon)
			continue;
		lb_buf_reset(&full);
		lb_buf_addf(&full, "data/%s", icon);
		if (!lb_span_starts(lb_span(icon), ICONS) || !lb_payload_line(life->v, lb_buf_str(&full)))
			lb_found(life->v, "LB-029", path, "the picture of \"%s\" is not there", lb_show_name(&shown, key));
		lb_map_put(icons, lb_buf_span(&full), 0);
	}
}

static void check_icon_files(struct lb_life *life, const struct lb_map *icons)
{
	struct lb_verify *v = life->v;
	size_t unused;
	for (size_t i = 0; i < v->count; i++) {
		struct lb_span path = lb_span(v->members[i].path);
		if (v->members[i].kind == LB_MEMBER_FILE && lb_span_starts(path, "data/" ICONS) && !lb_map_get(icons, path, &unused))
			lb_found(v, "LB-029", v->members[i].path, "is no member's picture by contributorIndex.js");
	}
}

static void check_profiles(struct lb_life *life, const struct lb_json *people)
{
	LB_AUTO(lb_json_freep) struct lb_json *profiles = read_index(life, "profileIndex");
	const struct lb_json *profile;
	struct lb_shown_name shown;
	const char *key;
	for (void *it = NULL; lb_json_each(profiles, &it, &key, &profile);)
		if (!lb_json_get(people, key))
			lb_found(life->v, "LB-028", METADATA "profileIndex.js", "\"%s\" is not in contributorIndex.js",
				lb_show_name(&shown, key));
}

void lb_life_people(struct lb_life *life)
{
	LB_AUTO(lb_json_freep) struct lb_json *people = read_index(life, "contributorIndex");
	LB_AUTO(lb_map_clear) struct lb_map icons = {0};
	check_icon_paths(life, people, &icons);
	check_icon_files(life, &icons);
	check_profiles(life, people);
}
