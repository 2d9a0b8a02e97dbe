/* Before anything is made anew: is all the rest of the package as it is listed? */
#include <stdlib.h>
#include <string.h>

#include "format/bag/bag.h"
#include "format/package/container_private.h"
#include "format/package/remake_private.h"

bool lb_remake_is_ours(const char *path)
{
	return lb_span_starts(lb_span(path), LB_REMAKE_BELOW);
}

int lb_remake_damage(const struct lb_remake *r, struct lb_error *err, const char *path, const char *why)
{
	lb_fail(err, LB_CORRUPT, "\"%s\" in \"%s\" %s", path, r->dir, why);
	return lb_hint(err, "`lifeboat verify %s` says more", r->dir);
}

int lb_remake_read(const struct lb_remake *r, const char *path, struct lb_buf *out, struct lb_error *err)
{
	const long member = lb_container_find(r->from, path);
	if (member < 0)
		return lb_remake_damage(r, err, path, "is not there");
	return lb_container_read(r->from, (size_t)member, LB_REMAKE_TEXT_MAX, out, err);
}

/* ---- what is listed ---- */

static int list_file(struct lb_remake *r, const struct lb_remake_file *f, struct lb_error *err)
{
	const char *why;
	if (!lb_path_is_safe(lb_span(f->path), &why))
		return lb_remake_damage(r, err, f->path, why);
	if (!lb_map_put(&r->at, lb_span(f->path), r->nfiles))
		return lb_remake_damage(r, err, f->path, "is listed twice");
	LB_GROW(r->files, r->nfiles, r->files_cap);
	r->files[r->nfiles] = *f;
	r->files[r->nfiles].path = r->at.items[r->nfiles].key;
	r->nfiles++;
	return LB_OK;
}

static int list_entry(struct lb_remake *r, struct lb_span entry, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	LB_TRY(lb_json_parse(entry, &v, err));
	const char *path = lb_json_get_str(v, "path"), *sha256 = lb_json_get_str(v, "sha256");
	const int64_t size = lb_json_int(lb_json_get(v, "size"), -1);
	struct lb_remake_file f = {.path = path, .size = (uint64_t)size, .entry = entry};
	if (!path || !lb_span_starts(lb_span(path), "data/") || !sha256 || strlen(sha256) != LB_SHA256_HEX - 1 || size < 0)
		return lb_remake_damage(r, err, "lifeboat.json", "lists a file without path, size or digest");
	memcpy(f.sha256, sha256, LB_SHA256_HEX);
	return list_file(r, &f, err);
}

static int ignore(void *arg, size_t i, const struct lb_json *element, struct lb_error *err)
{
	(void)arg, (void)i, (void)element, (void)err;
	return LB_OK;
}

/* That it is JSON in all its parts, and of this format. */
static int parse_lifeboat(const struct lb_remake *r, struct lb_error *err)
{
	LB_AUTO(lb_json_cutter_freep) struct lb_json_cutter *cutter = lb_json_cutter_new("files", ignore, NULL);
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	LB_TRY(lb_json_cutter_feed(cutter, r->lifeboat.p, r->lifeboat.len, err));
	LB_TRY(lb_json_cutter_end(cutter, &info, err));
	return lb_package_check_version(info, err);
}

static int check_lifeboat(const struct lb_remake *r, struct lb_error *err)
{
	struct lb_error why = {0};
	const int rc = parse_lifeboat(r, &why);
	if (rc == LB_OK)
		return LB_OK;
	lb_fail(err, (enum lb_status)rc, "\"lifeboat.json\" in \"%s\": %s", r->dir, why.what);
	return rc == LB_UNSUPPORTED ? lb_hint(err, "%s", why.hint) : lb_hint(err, "`lifeboat verify %s` says more", r->dir);
}

static int read_lifeboat(struct lb_remake *r, struct lb_error *err)
{
	struct lb_span list;
	struct lb_json_parts parts;
	struct lb_json_part part;
	if (lb_container_find(r->from, "lifeboat.json") < 0)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is not a lifeboat: it has no lifeboat.json", r->dir);
	LB_TRY(lb_remake_read(r, "lifeboat.json", &r->lifeboat, err));
	LB_TRY(check_lifeboat(r, err));
	if (!lb_json_member(lb_buf_span(&r->lifeboat), "files", &list) || !lb_json_parts_begin(list, &parts) || parts.object)
		return lb_remake_damage(r, err, "lifeboat.json", "has no list of files");
	while (lb_json_parts_next(&parts, &part))
		LB_TRY(list_entry(r, part.value, err));
	return LB_OK;
}

typedef int line_fn(struct lb_remake *r, const struct lb_bag_line *line, struct lb_error *err);
static int read_manifest(struct lb_remake *r, const char *name, line_fn *each, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_REMAKE_TEXT_MAX);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_span line;
	struct lb_bag_line parsed;
	LB_TRY(lb_remake_read(r, name, &text, err));
	for (struct lb_span rest = lb_buf_span(&text); lb_bag_next_line(&rest, &line); lb_arena_reset(&arena)) {
		if (line.n == 0)
			continue;
		LB_TRY(lb_bag_line_parse(line, LB_SHA256, &arena, &parsed, err));
		LB_TRY(each(r, &parsed, err));
	}
	return LB_OK;
}

/* Files beside data/, which lifeboat.json does not list. */
static int take_tag_line(struct lb_remake *r, const struct lb_bag_line *line, struct lb_error *err)
{
	struct lb_remake_file f = {.path = line->path};
	const long member = lb_container_find(r->from, line->path);
	size_t count;
	if (member < 0 || strchr(line->path, '/'))
		return lb_remake_damage(r, err, line->path, "is listed beside data/ and is not there");
	f.size = lb_container_members(r->from, &count)[member].size;
	memcpy(f.sha256, line->digest, LB_SHA256_HEX);
	return list_file(r, &f, err);
}

static int take_line(struct lb_remake *r, const struct lb_bag_line *line, struct lb_error *err)
{
	size_t i;
	if (!lb_map_get(&r->at, lb_span(line->path), &i) || strcmp(r->files[i].sha256, line->digest) != 0)
		return lb_remake_damage(r, err, line->path, "is not listed alike in manifest-sha256.txt and lifeboat.json");
	r->lost++; /* counts lines, for now */
	return LB_OK;
}

static int read_lists(struct lb_remake *r, struct lb_error *err)
{
	LB_TRY(read_lifeboat(r, err));
	LB_TRY(read_manifest(r, "manifest-sha256.txt", take_line, err));
	if (r->lost != r->nfiles)
		return lb_remake_damage(r, err, "manifest-sha256.txt", "does not list the files of lifeboat.json");
	r->lost = 0;
	return read_manifest(r, "tagmanifest-sha256.txt", take_tag_line, err);
}

/* ---- what is there ---- */

static int check_member(struct lb_remake *r, const struct lb_member *m, struct lb_error *err)
{
	size_t i;
	const bool listed = lb_map_get(&r->at, lb_span(m->path), &i);
	if (m->kind == LB_MEMBER_DIR || strcmp(m->path, "tagmanifest-sha256.txt") == 0)
		return LB_OK;
	if (m->kind != LB_MEMBER_FILE)
		return lb_remake_damage(r, err, m->path, "is a link or special file");
	if (listed && r->files[i].size == m->size)
		return LB_OK;
	if (!lb_remake_is_ours(m->path))
		return lb_remake_damage(r, err, m->path, listed ? "has another size than is listed" : "is not listed");
	r->lost++;
	return LB_OK;
}

static int check_members(struct lb_remake *r, struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(r->from, &count);
	for (size_t i = 0; i < count; i++)
		LB_TRY(check_member(r, &m[i], err));
	for (size_t i = 0; i < r->nfiles; i++) {
		if (lb_container_find(r->from, r->files[i].path) >= 0)
			continue;
		if (!lb_remake_is_ours(r->files[i].path))
			return lb_remake_damage(r, err, r->files[i].path, "is not there");
		r->lost++;
	}
	return LB_OK;
}

/* ---- and as it is listed: what is read from here on, and what is to be made ---- */

static bool is_read(const char *path)
{
	return !strchr(path, '/') || lb_span_starts(lb_span(path), "data/metadata/") || strcmp(path, "data/ro-crate-metadata.json") == 0 ||
		strcmp(path, "data/provenance/plan.json") == 0 || lb_remake_is_ours(path);
}

static int check_digest(void *arg, const struct lb_hash_job *job, int rc, const struct lb_error *why,
	unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX], struct lb_error *err)
{
	struct lb_remake *r = arg;
	char sha256[LB_SHA256_HEX];
	size_t count, i;
	const char *path = lb_container_members(r->from, &count)[job->member].path;
	if (rc)
		return lb_fail(err, (enum lb_status)rc, "%s", why->what);
	lb_hex(raw[LB_SHA256], sizeof sha256 / 2, sha256);
	if (!lb_map_get(&r->at, lb_span(path), &i) || strcmp(r->files[i].sha256, sha256) == 0)
		return LB_OK;
	if (!lb_remake_is_ours(path))
		return lb_remake_damage(r, err, path, "has another digest than is listed");
	__atomic_add_fetch(&r->lost, 1, __ATOMIC_RELAXED);
	return LB_OK;
}

static int check_digests(struct lb_remake *r, struct lb_error *err)
{
	size_t count, njobs = 0;
	const struct lb_member *m = lb_container_members(r->from, &count);
	LB_AUTO(lb_freep) struct lb_hash_job *jobs = lb_alloc((count + 1) * sizeof *jobs);
	for (size_t i = 0, at; i < count; i++)
		if (m[i].kind == LB_MEMBER_FILE && is_read(m[i].path) && lb_map_get(&r->at, lb_span(m[i].path), &at) &&
			r->files[at].size == m[i].size)
			jobs[njobs++] = (struct lb_hash_job){(uint32_t)i, 1u << LB_SHA256};
	return lb_container_hash(r->from, jobs, njobs, &(struct lb_hash_run){.ctx = r->ctx, .stage = "check", .done = check_digest, .arg = r}, err);
}

/* ---- the whole ---- */

static int look(struct lb_remake *r, struct lb_error *err)
{
	LB_TRY(read_lists(r, err));
	LB_TRY(check_members(r, err));
	return check_digests(r, err);
}

int lb_remake_begin(const struct lb_container *c, const char *dir, const struct lb_ctx *ctx, struct lb_remake **out, struct lb_error *err)
{
	const struct lb_package_info nothing = {.id = "urn:uuid:"}; /* the lists of the old package have all that is to be told */
	if (lb_container_kind(c) != LB_CONTAINER_FOLDER) {
		lb_fail(err, LB_UNSUPPORTED, "\"%s\" is a packed file: only in a folder can a part be made anew", c->path);
		return lb_hint(err, "`lifeboat unpack` it, rebuild, and pack it again");
	}
	struct lb_remake *r = lb_alloc(sizeof *r);
	*r = (struct lb_remake){.from = c, .dir = lb_strdup(c->path), .ctx = ctx, .lifeboat = LB_BUF(LB_REMAKE_TEXT_MAX)};
	int rc = look(r, err);
	if (rc == LB_OK)
		rc = lb_check_outside("rebuild", r->dir, dir, err);
	if (rc == LB_OK)
		rc = lb_package_begin(dir, &nothing, ctx, &r->package, err);
	if (rc)
		lb_remake_free(r);
	else
		*out = r;
	return rc;
}

struct lb_package *lb_remake_package(struct lb_remake *r)
{
	return r->package;
}

void lb_remake_free(struct lb_remake *r)
{
	if (!r)
		return;
	lb_package_free(r->package);
	lb_buf_clear(&r->lifeboat);
	lb_map_clear(&r->at);
	lb_arena_clear(&r->arena);
	free(r->files);
	free(r->dir);
	free(r);
}

void lb_remake_freep(struct lb_remake **r)
{
	lb_remake_free(*r);
	*r = NULL;
}
