/* A package of the Flickr Foundation: its data files against each other and against what is there. It has no manifest, so that
 * nothing but its own words can be held against it; what it cannot promise is said. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/verify/foundation_private.h"
#include "format/verify/hash_private.h"

static const struct { const char *name; bool wanted; } indexes[LB_THEIR_COUNT] = {
	[LB_THEIR_PHOTOS] = {"photoIndex", true}, [LB_THEIR_PEOPLE] = {"contributorIndex", true}, [LB_THEIR_LICENSES] = {"licenseIndex", true},
	[LB_THEIR_ALBUMS] = {"albumIndex", false}, [LB_THEIR_GALLERIES] = {"galleryIndex", false}, [LB_THEIR_GROUPS] = {"groupIndex", false},
};

static void theirs_clear(struct lb_theirs *t)
{
	for (size_t i = 0; i < LB_THEIR_COUNT; i++)
		lb_foundation_index_clear(&t->index[i]);
	free(t->named);
	free(t->owned);
	free(t->claims);
}

const char *lb_their_path(const struct lb_theirs *t, struct lb_buf *b, const char *path)
{
	lb_buf_reset(b);
	lb_buf_addf(b, "%s%s", t->f.base, path);
	return lb_buf_str(b);
}

bool lb_their_has(const struct lb_theirs *t, int index, const char *id)
{
	return !t->had[index] || lb_map_get(&t->index[index].at, lb_span(id), NULL);
}

/* ---- data files ---- */

static void read_index(struct lb_theirs *t, int which)
{
	LB_AUTO(lb_buf_clear) struct lb_buf relative = LB_BUF(256), path = LB_BUF(1 << 16);
	struct lb_foundation_index *index = &t->index[which];
	struct lb_shown_name shown;
	struct lb_error why = {0};
	lb_buf_addf(&relative, "metadata/%s.js", indexes[which].name);
	lb_their_path(t, &path, lb_buf_str(&relative));
	int rc = lb_foundation_index_read(&t->f, indexes[which].name, index, &why);
	t->had[which] = rc == LB_OK;
	if (rc == LB_NOTFOUND && indexes[which].wanted)
		lb_found(t->v, "FND-036", lb_buf_str(&path), "is missing");
	else if (rc != LB_OK && rc != LB_NOTFOUND)
		lb_found(t->v, which == LB_THEIR_PHOTOS ? "FND-001" : "FND-002", lb_buf_str(&path), "%s", why.what);
	if (rc != LB_OK)
		return;
	if (strcmp(index->name, indexes[which].name) != 0)
		lb_found(t->v, "FND-003", lb_buf_str(&path), "defines \"%s\", not \"%s\"", index->name, indexes[which].name);
	if (index->twice)
		lb_found(t->v, "FND-004", lb_buf_str(&path), "has \"%s\" more than once", lb_show_name(&shown, index->twice));
}

/* Name of a data file that lies directly in metadata/, or empty. */
static struct lb_span data_name(const struct lb_theirs *t, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(1 << 16);
	struct lb_span name = lb_span(path);
	lb_their_path(t, &folder, "metadata/");
	if (!lb_span_starts(name, lb_buf_str(&folder)) || !lb_span_ends(name, ".js"))
		return (struct lb_span){0};
	name = (struct lb_span){name.p + folder.len, name.n - folder.len - strlen(".js")};
	return memchr(name.p, '/', name.n) ? (struct lb_span){0} : name;
}

/* It has a check of its own. */
static bool is_known(struct lb_span name)
{
	if (lb_span_is(name, "lifeboat"))
		return true;
	for (size_t i = 0; i < LB_THEIR_COUNT; i++)
		if (lb_span_is(name, indexes[i].name))
			return true;
	return false;
}

static void parse_rows(struct lb_theirs *t, const char *path, const struct lb_foundation_index *index)
{
	struct lb_shown_name shown;
	for (size_t i = 0; i < index->count; i++) {
		LB_AUTO(lb_json_freep) struct lb_json *value = NULL;
		struct lb_error why = {0};
		if (lb_foundation_row_parse(&index->rows[i], &value, &why) != LB_OK)
			lb_found(t->v, "FND-002", path, "the entry \"%s\": %s", lb_show_name(&shown, index->rows[i].key), why.what);
	}
}

/* A data file that this chapter does not know: it is kept, so it must be readable. */
static void check_other(struct lb_theirs *t, const char *path, struct lb_span name)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_FOUNDATION_INDEX_MAX);
	LB_AUTO(lb_json_freep) struct lb_json *value = NULL;
	struct lb_shown_name shown;
	struct lb_error why = {0};
	char defined[64] = "";
	if (!lb_read_member(t->v, "FND-002", path, LB_FOUNDATION_INDEX_MAX, &text))
		return;
	struct lb_span json;
	if (lb_datajs_open(lb_buf_span(&text), defined, &json, &why) != LB_OK) {
		lb_found(t->v, "FND-002", path, "%s", why.what);
		return;
	}
	if (!lb_span_is(name, defined))
		lb_found(t->v, "FND-003", path, "defines \"%s\"", defined);
	bool entries = lb_span_starts(lb_span_trim(json), "{");
	int rc = entries ? lb_foundation_index_cut(lb_buf_span(&text), &index, &why) : lb_json_parse(json, &value, &why);
	if (rc != LB_OK) {
		lb_found(t->v, "FND-002", path, "%s", why.what);
		return;
	}
	parse_rows(t, path, &index);
	if (index.twice)
		lb_found(t->v, "FND-004", path, "has \"%s\" more than once", lb_show_name(&shown, index.twice));
}

static int read_data_files(struct lb_theirs *t, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16), relative = LB_BUF(256);
	for (int i = 0; i < LB_THEIR_COUNT; i++) {
		LB_TRY(lb_ctx_check(t->v->ctx, err));
		read_index(t, i);
		lb_buf_reset(&relative);
		lb_buf_addf(&relative, "metadata/%s.js", indexes[i].name);
		if (i != LB_THEIR_PHOTOS) /* of those each photo's check parses its own */
			parse_rows(t, lb_their_path(t, &path, lb_buf_str(&relative)), &t->index[i]);
	}
	for (size_t i = 0; i < t->v->count; i++) {
		struct lb_span name = data_name(t, t->v->members[i].path);
		LB_TRY(lb_ctx_check(t->v->ctx, err));
		if (name.n && !is_known(name) && t->v->members[i].kind == LB_MEMBER_FILE)
			check_other(t, t->v->members[i].path, name);
	}
	return LB_OK;
}

/* ---- sets of photos ---- */

static void check_photo_ids(struct lb_theirs *t, const char *path, const char *key, const struct lb_json *ids)
{
	struct lb_shown_name shown, shown_key;
	for (size_t i = 0; i < lb_json_count(ids) && lb_json_is_array(ids); i++) {
		const char *id = lb_json_str(lb_json_at(ids, i));
		if (!id || !lb_their_has(t, LB_THEIR_PHOTOS, id))
			lb_found(t->v, "FND-024", path, "\"%s\" has the photo \"%s\", which is not in photoIndex.js",
				lb_show_name(&shown_key, key), lb_show_name(&shown, id ? id : ""));
	}
}

static void check_sets(struct lb_theirs *t, int which)
{
	LB_AUTO(lb_buf_clear) struct lb_buf relative = LB_BUF(256), path = LB_BUF(1 << 16);
	struct lb_shown_name shown, shown_key;
	lb_buf_addf(&relative, "metadata/%s.js", indexes[which].name);
	lb_their_path(t, &path, lb_buf_str(&relative));
	for (size_t i = 0; i < t->index[which].count; i++) {
		const struct lb_foundation_row *row = &t->index[which].rows[i];
		LB_AUTO(lb_json_freep) struct lb_json *set = NULL;
		if (lb_foundation_row_parse(row, &set, NULL) != LB_OK)
			continue; /* told already */
		const char *owner = lb_json_get_str(set, "ownerId");
		check_photo_ids(t, lb_buf_str(&path), row->key, lb_json_get(set, "photoIds"));
		if (owner && !lb_their_has(t, LB_THEIR_PEOPLE, owner))
			lb_found(t->v, "FND-025", lb_buf_str(&path), "the owner \"%s\" of \"%s\" is in no index", lb_show_name(&shown, owner),
				lb_show_name(&shown_key, row->key));
	}
}

/* ---- lifeboat.js ---- */

static void check_about(struct lb_theirs *t)
{
	static const char *const fields[] = {"id", "name", "dateCreated", "purpose", "futureConsiderations"};
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	LB_AUTO(lb_json_freep) struct lb_json *about = NULL;
	struct lb_error why = {0};
	char name[64];
	lb_their_path(t, &path, "metadata/lifeboat.js");
	int rc = lb_foundation_read(&t->f, "metadata/lifeboat.js", name, &about, &why);
	if (rc == LB_NOTFOUND)
		lb_found(t->v, "FND-032", lb_buf_str(&path), "is not there: who made the lifeboat, when and why is not told");
	else if (rc != LB_OK)
		lb_found(t->v, "FND-002", lb_buf_str(&path), "%s", why.what);
	if (rc != LB_OK)
		return;
	if (strcmp(name, "lifeboat") != 0)
		lb_found(t->v, "FND-003", lb_buf_str(&path), "defines \"%s\", not \"lifeboat\"", name);
	for (size_t i = 0; i < LB_COUNT(fields); i++)
		if (!lb_json_get_str(about, fields[i]))
			lb_found(t->v, "FND-033", lb_buf_str(&path), "\"%s\" is missing or no text", fields[i]);
	if (!lb_json_is_object(lb_json_get(about, "creator")))
		lb_found(t->v, "FND-033", lb_buf_str(&path), "\"creator\" is missing or no object");
	const char *date = lb_json_get_str(about, "dateCreated");
	if (date && lb_foundation_date(date) == LB_UNKNOWN)
		lb_found(t->v, "FND-034", lb_buf_str(&path), "its dateCreated is no date with its zone");
}

/* ---- what else is there ---- */

static bool is_below(const struct lb_theirs *t, const char *path, const char *folder)
{
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(1 << 16);
	return lb_span_starts(lb_span(path), lb_their_path(t, &whole, folder));
}

static void check_members(struct lb_theirs *t)
{
	struct lb_verify *v = t->v;
	bool viewer = false;
	for (size_t i = 0; i < v->count; i++) {
		const char *path = v->members[i].path;
		if (v->members[i].kind != LB_MEMBER_FILE)
			continue;
		viewer = viewer || is_below(t, path, "viewer/");
		if (is_below(t, path, "media/") && !t->named[i])
			lb_found(v, "FND-022", path, "is named by no photo");
		else if (t->named[i] > 1)
			lb_found(v, "FND-023", path, "is named more than once");
		if (is_below(t, path, "metadata/photos/") && !t->owned[i])
			lb_found(v, "FND-014", path, "is about no photo of photoIndex.js");
	}
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	if (lb_foundation_member(&t->f, "README.html") < 0)
		lb_found(v, "FND-030", lb_their_path(t, &path, "README.html"), "is missing");
	if (!viewer)
		lb_found(v, "FND-031", lb_their_path(t, &path, "viewer"), "is missing: the package shows itself to nobody");
}

/* ---- checksums ---- */

static int by_member(const void *a, const void *b)
{
	size_t x = ((const struct lb_claim *)a)->member, y = ((const struct lb_claim *)b)->member;
	return x < y ? -1 : x > y;
}

/* Several photos may name one file, and none most others. */
static void compare_claims(void *arg, const struct lb_hash_job *job, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX])
{
	const struct lb_theirs *t = arg;
	char actual[LB_HASH_HEX_MAX];
	if (!job->wanted)
		return;
	const struct lb_claim key = {.member = job->member}, *claim = bsearch(&key, t->claims, t->nclaims, sizeof key, by_member);
	while (claim > t->claims && claim[-1].member == job->member)
		claim--;
	for (; claim < t->claims + t->nclaims && claim->member == job->member; claim++) {
		lb_hex(raw[claim->hash], lb_hash_hex_len(claim->hash) / 2, actual);
		if (strcasecmp(actual, claim->checksum) != 0)
			lb_found(t->v, "FND-018", t->v->members[claim->member].path, "has the %s digest %s, but its photo tells %s",
				lb_hash_name(claim->hash), actual, claim->checksum);
	}
}

/* Read already: as a data file, or as what a manifest lists. */
static bool was_read(const struct lb_theirs *t, size_t member)
{
	return t->owned[member] || t->v->first[member] != LB_NONE || data_name(t, t->v->members[member].path).n > 0;
}

/* Those with a checksum are hashed; the others are read to see that they can be, with the CRC that a zip has of each. */
static int read_files(struct lb_theirs *t, struct lb_error *err)
{
	LB_AUTO(lb_freep) struct lb_hash_job *jobs = lb_alloc((t->v->count + 1) * sizeof *jobs);
	size_t count = 0, next = 0;
	if (t->nclaims)
		qsort(t->claims, t->nclaims, sizeof *t->claims, by_member);
	for (size_t i = 0; i < t->v->count; i++) {
		struct lb_hash_job job = {.member = (uint32_t)i};
		for (; next < t->nclaims && t->claims[next].member == i; next++)
			job.wanted |= 1u << t->claims[next].hash;
		if (job.wanted || (t->v->members[i].kind == LB_MEMBER_FILE && !was_read(t, i)))
			jobs[count++] = job;
	}
	return lb_hash_jobs(t->v, jobs, count, compare_claims, t, err);
}

static void tell_fixity(struct lb_theirs *t)
{
	LB_AUTO(lb_buf_clear) struct lb_buf found = LB_BUF(1024);
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (t->algorithms[i])
			lb_buf_addf(&found, "%s%zu as %s", found.len ? ", " : "", t->algorithms[i], lb_hash_name((enum lb_hash)i));
	if (found.len)
		lb_found(t->v, "FND-020", NULL, "the algorithm of the checksums is not told; by their length they were compared: %s",
			lb_buf_str(&found));
	if (t->nclaims < t->files)
		lb_found(t->v, "FND-021", NULL,
			"%zu of %zu files have no checksum: that their bytes are as they were received is not promised by anything",
			t->files - t->nclaims, t->files);
	if (t->paths && t->objects)
		lb_found(t->v, "FND-035", NULL, "files are told in both ways: %zu as paths, %zu as objects", t->paths, t->objects);
}

/* ---- the whole ---- */

int lb_check_foundation(struct lb_verify *v, const struct lb_foundation *f, struct lb_error *err)
{
	LB_AUTO(theirs_clear) struct lb_theirs t = {.v = v, .f = *f};
	if (lb_hash_is_hopeless(v))
		return LB_OK; /* which is an error, and told */
	t.named = lb_alloc(v->count + 1);
	t.owned = lb_alloc(v->count + 1);
	LB_TRY(read_data_files(&t, err));
	for (int i = LB_THEIR_ALBUMS; i < LB_THEIR_COUNT; i++)
		check_sets(&t, i);
	LB_TRY(lb_their_photos(&t, err));
	check_about(&t);
	if (t.had[LB_THEIR_PHOTOS])
		check_members(&t);
	if (lb_checks(v, LB_LEVEL_FIXITY))
		LB_TRY(read_files(&t, err));
	tell_fixity(&t);
	return LB_OK;
}
