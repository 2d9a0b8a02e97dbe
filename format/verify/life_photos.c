/* The Foundation's metadata files against lifeboat.json, METS.xml and the manifests. */
#include <stdlib.h>
#include <string.h>

#include "format/model/model.h"
#include "format/verify/life_private.h"

#define PHOTOS_DIR "data/metadata/photos/"

/* NULL after telling why it cannot be read. */
static struct lb_json *read_data(struct lb_verify *v, const char *rule, const char *path, const char *wanted)
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

/* ---- lifeboat.js ---- */

static void check_about(struct lb_life *life)
{
	static const struct { const char *in_js, *in_info, *js_object, *info_object; } pairs[] = {
		{"id", "id", NULL, NULL}, {"name", "title", NULL, NULL}, {"dateCreated", "created", NULL, NULL},
		{"purpose", "purpose", NULL, NULL}, {"futureConsiderations", "futureConsiderations", NULL, NULL},
		{"id", "id", "creator", "maker"}, {"name", "name", "creator", "maker"},
	};
	static const char path[] = "data/metadata/lifeboat.js";
	LB_AUTO(lb_json_freep) struct lb_json *about = read_data(life->v, "LB-020", path, "lifeboat");
	for (size_t i = 0; about && i < LB_COUNT(pairs); i++) {
		const struct lb_json *js = pairs[i].js_object ? lb_json_get(about, pairs[i].js_object) : about;
		const struct lb_json *info = pairs[i].info_object ? lb_json_get(life->info, pairs[i].info_object)
			: life->info;
		if (!lb_same_text(lb_json_get_str(js, pairs[i].in_js), lb_json_get_str(info, pairs[i].in_info)))
			lb_found(life->v, "LB-020", path, "its %s%s\"%s\" is another than in lifeboat.json",
				pairs[i].js_object ? pairs[i].js_object : "",
				pairs[i].js_object ? "'s " : "", pairs[i].in_js);
	}
}

/* ---- photoIndex.js ---- */

static void metadata_path(struct lb_buf *b, const char *id)
{
	lb_buf_reset(b);
	lb_buf_adds(b, "data/");
	lb_layout_metadata(b, id);
}

static void check_index(struct lb_life *life)
{
	static const char path[] = "data/metadata/photoIndex.js";
	LB_AUTO(lb_json_freep) struct lb_json *index = read_data(life->v, "LB-021", path, "photoIndex");
	LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(1 << 16);
	struct lb_shown_name shown;
	if (!index)
		return;
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
	if (!line)
		lb_found(v, "LB-024", path, "its %s \"%s\" is not there", role,
			lb_show_name(&shown, relative ? relative : ""));
	else if (!checksum || strcmp(checksum, line->digest) != 0)
		lb_found(v, "LB-024", path, "its %s has another digest", role);
	else if (lb_json_int(lb_json_get(file, "size"), -1) != (int64_t)v->members[line->member].size)
		lb_found(v, "LB-024", path, "its %s has another size", role);
}

static void check_license(struct lb_life *life, size_t i, const char *path, const struct lb_json *photo)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char *number = life->licenses[i];
	const char *slug = number && *number ? lb_license_slug(number, &arena) : NULL;
	if (life->in_mets[i] && !lb_same_text(slug, lb_json_get_str(photo, "licenseId")))
		lb_found(life->v, "METS-005", path, "has another licence than in METS.xml");
}

static int check_photo(void *arg, size_t i, struct lb_error *err)
{
	struct lb_life *life = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	(void)err;
	metadata_path(&path, life->ids[i]);
	LB_AUTO(lb_json_freep) struct lb_json *photo = read_data(life->v, "LB-022", lb_buf_str(&path), "photo");
	if (!photo)
		return LB_OK;
	const struct lb_json *files = lb_json_get(photo, "files");
	if (!lb_same_text(lb_json_get_str(photo, "id"), life->ids[i]))
		lb_found(life->v, "LB-023", lb_buf_str(&path), "is about another photo");
	check_license(life, i, lb_buf_str(&path), photo);
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
	check_strangers(life);
}

int lb_life_photos(struct lb_life *life, struct lb_error *err)
{
	return lb_parallel(life->v->ctx, life->count, check_photo, life, err);
}
