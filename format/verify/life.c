/* lifeboat.json against the manifests; then METS.xml and the metadata against lifeboat.json. */
#include <stdlib.h>
#include <string.h>

#include "format/verify/life_private.h"

bool lb_same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* ---- lists of files ---- */

const struct lb_listed *lb_payload_line(const struct lb_verify *v, const char *path)
{
	long member = lb_container_find(v->c, path);
	if (member < 0)
		return NULL;
	for (uint32_t i = v->first[member]; i != LB_NONE; i = v->lines[i].next)
		if (v->manifests[v->lines[i].manifest].hash == LB_SHA256)
			return &v->lines[i];
	return NULL;
}

void lb_ticks_begin(struct lb_ticks *t, struct lb_verify *v, const char *rule, const char *where)
{
	*t = (struct lb_ticks){v, rule, where, lb_alloc(v->count + 1)};
}

void lb_ticks_file(struct lb_ticks *t, const char *rule_value, const char *path, const char *sha256, uint64_t size)
{
	struct lb_verify *v = t->v;
	const struct lb_listed *line = lb_payload_line(v, path);
	if (!line) {
		lb_found(v, t->rule, path, "is listed in %s, but not there or in no manifest", t->where);
		return;
	}
	if (t->seen[line->member])
		lb_found(v, t->rule, path, "is listed twice in %s", t->where);
	t->seen[line->member] = 1;
	if (!lb_listed_sha256(line, sha256))
		lb_found(v, rule_value, path, "has another digest in %s than in the manifest", t->where);
	if (size != v->members[line->member].size)
		lb_found(v, rule_value, path, "has %llu bytes, but %s says %llu",
			(unsigned long long)v->members[line->member].size, t->where,
			(unsigned long long)size);
}

void lb_ticks_end(struct lb_ticks *t)
{
	struct lb_verify *v = t->v;
	for (size_t i = 0; i < v->nlines; i++) {
		const struct lb_listed *line = &v->lines[i];
		bool payload = !v->manifests[line->manifest].tag && v->manifests[line->manifest].hash == LB_SHA256;
		if (payload && line->member >= 0 && !t->seen[line->member])
			lb_found(v, t->rule, line->path, "is not listed in %s", t->where);
	}
	free(t->seen);
	t->seen = NULL;
}

/* ---- lifeboat.json ---- */

static void take_id(struct lb_life *life, const char *id)
{
	lb_map_put(&life->numbers, lb_span(id), life->count);
	life->ids[life->count++] = id;
}

static void take_ids(struct lb_life *life)
{
	const struct lb_json *photos = lb_json_get(life->info, "photos");
	size_t count = lb_json_count(photos);
	size_t before;
	life->ids = lb_alloc((count + 1) * sizeof *life->ids);
	for (size_t i = 0; i < count; i++) {
		const char *id = lb_json_str(lb_json_at(photos, i));
		if (!id || !*id) /* told as a wrong form */
			continue;
		if (lb_map_get(&life->numbers, lb_span(id), &before))
			lb_found(life->v, "LB-013", "lifeboat.json", "the photo \"%.40s\" is listed twice", id);
		else
			take_id(life, id);
	}
}

static void check_files(struct lb_life *life)
{
	const struct lb_json *files = lb_json_get(life->info, "files");
	const char *before = "";
	struct lb_ticks ticks;
	lb_ticks_begin(&ticks, life->v, "LB-010", "lifeboat.json");
	for (size_t i = 0; i < lb_json_count(files); i++) {
		const struct lb_json *file = lb_json_at(files, i);
		const char *path = lb_json_get_str(file, "path");
		int64_t size = lb_json_int(lb_json_get(file, "size"), -1);
		if (!path || size < 0 || !lb_is_payload(path)) /* told as a wrong form */
			continue;
		if (strcmp(before, path) >= 0)
			lb_found(life->v, "LB-010", path, "is not in its place in lifeboat.json: files are sorted");
		before = path;
		lb_ticks_file(&ticks, "LB-011", path, lb_json_get_str(file, "sha256"), (uint64_t)size);
		lb_life_file(life, file, path);
		lb_life_count(life, LB_COUNT_FILES, 1);
		lb_life_count(life, LB_COUNT_BYTES, (uint64_t)size);
	}
	lb_ticks_end(&ticks);
}

void lb_life_info(struct lb_life *life)
{
	lb_life_form_by_name(life, "LB-002", "lifeboat.json", "package.schema.json", life->info);
	take_ids(life);
	check_files(life);
}

/* ---- the whole ---- */

void lb_life_clear(struct lb_life *life)
{
	lb_json_free(life->info);
	free(life->ids);
	free(life->in_mets);
	lb_words_clear(&life->words);
	free(life->stubs);
	free(life->named);
	lb_map_clear(&life->numbers);
	lb_arena_clear(&life->arena);
}

/* A newer format is no damage, unless the version itself is what was damaged. */
static bool is_intact(const struct lb_verify *v)
{
	const struct lb_listed *line = lb_payload_line(v, "lifeboat.json");
	return line && !line->actual && (line->checked || !lb_checks(v, LB_LEVEL_FIXITY));
}

/* What a later 1.x adds is no fault; what it has in another form may be one of ours. */
static void check_version(struct lb_life *life)
{
	const char *version = lb_json_get_str(life->info, "formatVersion");
	life->v->newer = strcmp(version, LB_FORMAT_VERSION) != 0;
	if (life->v->newer)
		lb_found(life->v, "LB-014", "lifeboat.json", "the format version is %.20s: what it has that " LB_FORMAT_VERSION
			" has not is not judged, and other forms of metadata are warnings", version);
}

static void check_top(struct lb_life *life)
{
	const char *folder = lb_json_get_str(life->info, "folder"), *top = lb_container_root(life->v->c);
	struct lb_shown_name shown;
	if (lb_container_kind(life->v->c) != LB_CONTAINER_FOLDER && folder && !lb_same_text(folder, top))
		lb_found(life->v, "LB-015", "lifeboat.json", "says that the folder is \"%s\"; the top folder has another name",
			lb_show_name(&shown, folder));
}

int lb_life_read(struct lb_life *life, struct lb_error *err)
{
	if (lb_package_read_info(life->v->c, &life->info, &life->why) != LB_OK)
		return LB_OK; /* lb_life_judge tells */
	check_version(life);
	check_top(life);
	lb_life_evidence(life);
	if (!lb_checks(life->v, LB_LEVEL_SCHEMA | LB_LEVEL_CONSISTENCY))
		return LB_OK;
	LB_TRY(lb_life_schemas(life, err));
	lb_life_info(life);
	life->in_mets = lb_alloc((life->count + 1) * sizeof *life->in_mets);
	life->stubs = lb_alloc((life->count + 1) * sizeof *life->stubs);
	life->named = lb_alloc(life->v->count + 1);
	lb_life_indexes(life);
	lb_life_plan(life);
	if (lb_checks(life->v, LB_LEVEL_CONSISTENCY))
		lb_life_crate(life);
	LB_TRY(lb_life_mets(life, err));
	return lb_life_provenance(life, err);
}

int lb_life_judge(struct lb_life *life, struct lb_error *err)
{
	if (life->info && !lb_checks(life->v, LB_LEVEL_SCHEMA | LB_LEVEL_CONSISTENCY))
		return LB_OK;
	if (life->info) {
		LB_TRY(lb_life_photos(life, err));
		lb_life_media(life);
		lb_life_counts(life);
		return lb_life_pages(life, err);
	}
	if (life->why.status == LB_UNSUPPORTED && is_intact(life->v)) {
		if (err)
			*err = life->why;
		return LB_UNSUPPORTED;
	}
	lb_found(life->v, "LB-001", "lifeboat.json", "%s", life->why.what);
	return LB_OK;
}
