/* The Foundation's metadata files against lifeboat.json, METS.xml and the manifests. */
#include <stdlib.h>
#include <string.h>

#include "format/model/model.h"
#include "format/verify/life_private.h"

#define PHOTOS_DIR "data/metadata/photos/"

/* ---- lifeboat.js ---- */

static void check_told_counts(struct lb_life *life, const char *path, const struct lb_json *about)
{
	const struct lb_json *value, *counts = lb_json_get(life->info, "counts");
	struct lb_shown_name shown;
	const char *key;
	for (void *it = NULL; lb_json_each(lb_json_get(about, "counts"), &it, &key, &value);)
		if (lb_json_int(value, -1) != lb_json_int(lb_json_get(counts, key), -1))
			lb_found(life->v, "LB-020", path, "its counts.%s is another than in lifeboat.json", lb_show_name(&shown, key));
}

static void check_about(struct lb_life *life)
{
	static const struct { const char *in_js, *in_info, *js_object, *info_object; } pairs[] = {
		{"id", "id", NULL, NULL}, {"name", "title", NULL, NULL}, {"dateCreated", "created", NULL, NULL},
		{"purpose", "purpose", NULL, NULL}, {"futureConsiderations", "futureConsiderations", NULL, NULL},
		{"id", "id", "creator", "maker"}, {"name", "name", "creator", "maker"},
	};
	static const char path[] = "data/metadata/lifeboat.js";
	LB_AUTO(lb_json_freep) struct lb_json *about = lb_life_data(life->v, "LB-020", path, "lifeboat");
	lb_life_form_by_name(life, "LB-030", path, "lifeboat.schema.json", about);
	for (size_t i = 0; about && i < LB_COUNT(pairs); i++) {
		const struct lb_json *js = pairs[i].js_object ? lb_json_get(about, pairs[i].js_object) : about;
		const struct lb_json *info = pairs[i].info_object ? lb_json_get(life->info, pairs[i].info_object)
			: life->info;
		if (!lb_same_text(lb_json_get_str(js, pairs[i].in_js), lb_json_get_str(info, pairs[i].in_info)))
			lb_found(life->v, "LB-020", path, "its %s%s\"%s\" is another than in lifeboat.json",
				pairs[i].js_object ? pairs[i].js_object : "",
				pairs[i].js_object ? "'s " : "", pairs[i].in_js);
	}
	check_told_counts(life, path, about);
}

/* ---- photoIndex.js ---- */

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static void metadata_path(struct lb_buf *b, const char *id)
{
	lb_buf_reset(b);
	lb_buf_adds(b, "data/");
	lb_layout_metadata(b, id);
}

/* What the index may say of a photo that the policy withholds; all else is null, false or empty. */
static void check_stub_entry(struct lb_life *life, const char *path, const struct lb_json *entry, const char *id)
{
	static const char *const allowed[] = {"title", "uploaderId", "licenseId", "visibility", "metadataPath", "stub", "withheld"};
	struct lb_shown_name shown;
	const struct lb_json *value;
	const char *key;
	for (void *it = NULL; lb_json_each(entry, &it, &key, &value);) {
		bool empty = lb_json_is_null(value) || (lb_json_is_array(value) && lb_json_count(value) == 0);
		if (!empty && !is_one_of(key, allowed, LB_COUNT(allowed)))
			lb_found(life->v, "LB-026", path, "tells \"%s\" of \"%s\", which is withheld", key, lb_show_name(&shown, id));
	}
}

static void check_index(struct lb_life *life)
{
	static const char path[] = "data/metadata/photoIndex.js";
	LB_AUTO(lb_json_freep) struct lb_json *index = lb_life_data(life->v, "LB-021", path, "photoIndex");
	LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(1 << 16);
	struct lb_shown_name shown;
	if (!index)
		return;
	lb_life_form_by_name(life, "LB-030", path, "photoIndex.schema.json", index);
	if (lb_json_count(index) != life->count)
		lb_found(life->v, "LB-021", path, "has %zu photos, lifeboat.json %zu", lb_json_count(index), life->count);
	for (size_t i = 0; i < life->count; i++) {
		const struct lb_json *entry = lb_json_get(index, life->ids[i]);
		const char *metadata = lb_json_get_str(entry, "metadataPath");
		metadata_path(&expected, life->ids[i]);
		if (!entry)
			lb_found(life->v, "LB-021", path, "lacks the photo \"%s\"", lb_show_name(&shown, life->ids[i]));
		else if (!metadata || strcmp(metadata, lb_buf_str(&expected) + strlen("data/")) != 0)
			lb_found(life->v, "LB-021", path, "the metadataPath of \"%s\" is not where its metadata is",
				lb_show_name(&shown, life->ids[i]));
		life->stubs[i] = lb_json_bool(lb_json_get(entry, "stub"), false);
		if (life->stubs[i])
			check_stub_entry(life, path, entry, life->ids[i]);
	}
}

/* ---- metadata/photos/<id>.js ---- */

static void check_media(struct lb_life *life, const char *path, const struct lb_json *file, const char *role)
{
	LB_AUTO(lb_buf_clear) struct lb_buf media = LB_BUF(1 << 16);
	struct lb_verify *v = life->v;
	const char *relative = lb_json_get_str(file, "path"), *checksum = lb_json_get_str(file, "checksum");
	if (!file || lb_json_is_null(file))
		return;
	lb_buf_adds(&media, "data/");
	lb_buf_adds(&media, relative ? relative : "");
	const struct lb_listed *line = relative ? lb_payload_line(v, lb_buf_str(&media)) : NULL;
	struct lb_shown_name shown;
	if (line)
		__atomic_store_n(&life->named[line->member], 1, __ATOMIC_RELAXED);
	if (!line)
		lb_found(v, "LB-024", path, "its %s \"%s\" is not there", role,
			lb_show_name(&shown, relative ? relative : ""));
	else if (!lb_listed_sha256(line, checksum))
		lb_found(v, "LB-024", path, "its %s has another digest", role);
	else if (lb_json_int(lb_json_get(file, "size"), -1) != (int64_t)v->members[line->member].size)
		lb_found(v, "LB-024", path, "its %s has another size", role);
}

/* Of a photo that the policy withholds: title, owner, address, licence, and why. */
static void check_stub(struct lb_life *life, size_t i, const char *path, const struct lb_json *photo)
{
	static const char *const allowed[] = {"id", "url", "title", "uploaderId", "licenseId", "visibility", "stub", "withheld"};
	struct lb_shown_name shown;
	const struct lb_json *value;
	const char *key;
	if (lb_json_bool(lb_json_get(photo, "stub"), false) != life->stubs[i])
		lb_found(life->v, "LB-026", path, "is a stub here and not in photoIndex.js, or the other way round");
	if (!life->stubs[i])
		return;
	for (void *it = NULL; lb_json_each(photo, &it, &key, &value);)
		if (!is_one_of(key, allowed, LB_COUNT(allowed)))
			lb_found(life->v, "LB-026", path, "tells \"%s\", which is withheld", lb_show_name(&shown, key));
}

/* No file but its metadata belongs to a stub. */
static void check_stub_files(struct lb_life *life)
{
	const struct lb_json *files = lb_json_get(life->info, "files");
	for (size_t i = 0, number; i < lb_json_count(files); i++) {
		const struct lb_json *file = lb_json_at(files, i);
		const char *photo = lb_json_get_str(file, "photo"), *role = lb_json_get_str(file, "role");
		const char *path = lb_json_get_str(file, "path");
		if (photo && role && path && strcmp(role, "metadata") != 0 && lb_map_get(&life->numbers, lb_span(photo), &number) &&
		    life->stubs[number])
			lb_found(life->v, "LB-026", path, "belongs to a photo that is withheld");
	}
}

static int check_photo(void *arg, size_t i, struct lb_error *err)
{
	struct lb_life *life = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	(void)err;
	metadata_path(&path, life->ids[i]);
	LB_AUTO(lb_json_freep) struct lb_json *photo = lb_life_data(life->v, "LB-022", lb_buf_str(&path), "photo");
	lb_life_count_photo(life, photo);
	if (!photo)
		return LB_OK;
	const struct lb_json *files = lb_json_get(photo, "files");
	lb_life_form(life, "LB-031", lb_buf_str(&path), life->photo_schema, photo);
	if (!lb_same_text(lb_json_get_str(photo, "id"), life->ids[i]))
		lb_found(life->v, "LB-023", lb_buf_str(&path), "is about another photo");
	lb_life_mets_photo(life, i, lb_buf_str(&path), photo);
	check_stub(life, i, lb_buf_str(&path), photo);
	check_media(life, lb_buf_str(&path), lb_json_get(files, "original"), "original");
	check_media(life, lb_buf_str(&path), lb_json_get(files, "thumbnail"), "thumbnail");
	return LB_OK;
}

static void check_strangers(struct lb_life *life)
{
	struct lb_verify *v = life->v;
	size_t unused;
	for (size_t i = 0; i < v->count; i++) {
		struct lb_span id = lb_span(v->members[i].path);
		if (!lb_span_starts(id, PHOTOS_DIR) || v->members[i].kind != LB_MEMBER_FILE)
			continue;
		id = (struct lb_span){id.p + strlen(PHOTOS_DIR), id.n - strlen(PHOTOS_DIR)};
		if (lb_span_ends(id, ".js"))
			id.n -= strlen(".js");
		if (!lb_map_get(&life->numbers, id, &unused))
			lb_found(v, "LB-025", v->members[i].path, "is about no photo of lifeboat.json");
	}
}

void lb_life_indexes(struct lb_life *life)
{
	check_about(life);
	check_index(life);
	check_stub_files(life);
	lb_life_sets(life);
	lb_life_people(life);
	check_strangers(life);
}

int lb_life_photos(struct lb_life *life, struct lb_error *err)
{
	return lb_parallel(life->v->ctx, life->count, check_photo, life, err); /* none, where lifeboat.json was only read */
}
