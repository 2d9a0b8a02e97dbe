/* What the manifests say against what is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/verify/hash_private.h"

/* Files that no manifest lists, and their digests where something is missing that they could be. */
struct extras { size_t *members; const char **digests; size_t count, cap; struct lb_map by_digest; };

static void extras_clear(struct extras *x)
{
	free(x->members);
	free(x->digests);
	lb_map_clear(&x->by_digest);
}

static bool has_tag_manifest(const struct lb_verify *v)
{
	for (size_t i = 0; i < v->nmanifests; i++)
		if (v->manifests[i].tag)
			return true;
	return false;
}

/* Tag manifests list neither themselves nor each other. */
static bool is_tag_manifest(const char *path)
{
	bool tag, known;
	enum lb_hash hash;
	return lb_is_root_file(path) && lb_bag_manifest_name(lb_span(path), &tag, &hash, &known) && tag;
}

static struct lb_span digest_key(char *room, size_t size, enum lb_hash hash, const char *digest)
{
	int n = snprintf(room, size, "%d %s", (int)hash, digest);
	return (struct lb_span){room, (size_t)n};
}

static enum lb_hash hash_of(const struct lb_verify *v, const struct lb_listed *line)
{
	return v->manifests[line->manifest].hash;
}

/* ---- files that are not listed ---- */

static void collect_extras(const struct lb_verify *v, struct extras *x)
{
	bool tags = has_tag_manifest(v);
	for (size_t i = 0; i < v->count; i++) {
		const char *path = v->members[i].path;
		bool wanted = lb_is_payload(path) || (tags && !is_tag_manifest(path));
		if (v->members[i].kind != LB_MEMBER_FILE || v->first[i] != LB_NONE || !wanted)
			continue;
		LB_GROW(x->members, x->count, x->cap);
		x->members[x->count++] = i;
	}
}

static unsigned hashes_of_missing(const struct lb_verify *v)
{
	unsigned wanted = 0;
	for (size_t i = 0; i < v->nlines; i++)
		if (v->lines[i].member < 0)
			wanted |= 1u << hash_of(v, &v->lines[i]);
	return wanted;
}

/* Was what is missing only renamed? The files that nobody lists are hashed to tell. */
static int hash_extras(struct lb_verify *v, struct extras *x, struct lb_error *err)
{
	unsigned wanted = hashes_of_missing(v);
	char room[LB_HASH_HEX_MAX + 16];
	if (!wanted || !x->count || !lb_checks(v, LB_LEVEL_FIXITY))
		return LB_OK;
	LB_AUTO(lb_freep) struct lb_task *tasks = lb_realloc(NULL, x->count, sizeof *tasks);
	x->digests = lb_alloc(x->count * LB_HASH_COUNT * sizeof *x->digests);
	for (size_t i = 0; i < x->count; i++) {
		size_t member = x->members[i];
		tasks[i] = (struct lb_task){member, v->members[member].size, wanted, &x->digests[i * LB_HASH_COUNT]};
	}
	LB_TRY(lb_hash_tasks(v, tasks, x->count, "verify", err));
	for (size_t i = 0; i < x->count; i++)
		for (size_t h = 0; h < LB_HASH_COUNT; h++)
			if (x->digests[i * LB_HASH_COUNT + h])
				lb_map_put(&x->by_digest, digest_key(room, sizeof room, (enum lb_hash)h,
					x->digests[i * LB_HASH_COUNT + h]), i);
	return LB_OK;
}

static const char *renamed_to(const struct lb_verify *v, const struct extras *x, const struct lb_listed *line)
{
	char room[LB_HASH_HEX_MAX + 16];
	size_t i;
	if (!lb_map_get(&x->by_digest, digest_key(room, sizeof room, hash_of(v, line), line->digest), &i))
		return NULL;
	return v->members[x->members[i]].path;
}

static void tell_extra(struct lb_verify *v, size_t member)
{
	const char *path = v->members[member].path;
	bool tag, known;
	enum lb_hash hash;
	if (lb_is_payload(path))
		lb_found(v, "BAG-013", path, "is not listed in any payload manifest");
	else if (v->lifeboat)
		lb_found(v, "LB-009", path, "is not listed in the tag manifest");
	else if (lb_is_root_file(path) && lb_bag_manifest_name(lb_span(path), &tag, &hash, &known))
		lb_found_since_1_0(v, "BAG-024", path, "is not listed in any tag manifest");
	else
		lb_found(v, "BAG-023", path, "is not listed in any tag manifest");
}

/* ---- files that are listed ---- */

static void tell_missing(struct lb_verify *v, const struct extras *x, const struct lb_listed *line)
{
	const struct lb_bag_manifest *m = &v->manifests[line->manifest];
	const char *other = renamed_to(v, x, line);
	struct lb_shown_name shown;
	if (other)
		lb_found(v, "BAG-012", line->path,
			"is missing; \"%s\", which is not listed, has its content: renamed?", lb_show_name(&shown,
				other));
	else
		lb_found(v, "BAG-012", line->path, "is listed in %s, but missing", m->name);
}

static bool was_swapped(const struct lb_verify *v, const struct lb_map *expected, const struct lb_listed *line,
	const char **other)
{
	char room[LB_HASH_HEX_MAX + 16];
	size_t i;
	if (!lb_map_get(expected, digest_key(room, sizeof room, hash_of(v, line), line->actual), &i))
		return false;
	*other = v->lines[i].path;
	return v->lines[i].actual && strcmp(v->lines[i].actual, line->digest) == 0;
}

static void tell_changed(struct lb_verify *v, const struct lb_map *expected, const struct lb_listed *line)
{
	const char *hash = lb_hash_name(hash_of(v, line)), *other = NULL;
	struct lb_shown_name shown;
	if (was_swapped(v, expected, line, &other))
		lb_found(v, "BAG-014", line->path, "has the content of \"%s\", and that its: swapped?",
			lb_show_name(&shown, other));
	else if (other)
		lb_found(v, "BAG-014", line->path, "has the content of \"%s\"", lb_show_name(&shown, other));
	else
		lb_found(v, "BAG-014", line->path, "was changed: expected %s %s, found %s", hash, line->digest,
			line->actual);
}

static void judge_lines(struct lb_verify *v, const struct extras *x)
{
	struct lb_map expected = {0};
	char room[LB_HASH_HEX_MAX + 16];
	for (size_t i = 0; i < v->nlines; i++)
		if (v->lines[i].actual)
			lb_map_put(&expected, digest_key(room, sizeof room, hash_of(v, &v->lines[i]),
				v->lines[i].digest), i);
	for (size_t i = 0; i < v->nlines; i++) {
		const struct lb_listed *line = &v->lines[i];
		if (line->member < 0)
			tell_missing(v, x, line);
		else if (v->members[line->member].kind != LB_MEMBER_FILE)
			lb_found(v, "BAG-016", line->path, "is listed in %s, but is not a file",
				v->manifests[line->manifest].name);
		else if (line->actual)
			tell_changed(v, &expected, line);
	}
	lb_map_clear(&expected);
}

/* ---- the manifests among themselves ---- */

static void judge_tag_line(struct lb_verify *v, const struct lb_listed *line)
{
	const char *name = v->manifests[line->manifest].name;
	if (lb_is_payload(line->path))
		lb_found_since_1_0(v, "BAG-025", line->path, "is payload, but listed in %s", name);
	else if (is_tag_manifest(line->path))
		lb_found_since_1_0(v, "BAG-025", line->path, "is a tag manifest, but listed in %s", name);
}

static void judge_coverage(struct lb_verify *v, size_t payload_manifests)
{
	for (size_t i = 0; i < v->count; i++) {
		size_t n = 0;
		for (uint32_t at = v->first[i]; at != LB_NONE; at = v->lines[at].next)
			n += !v->manifests[v->lines[at].manifest].tag;
		if (n && n < payload_manifests)
			lb_found_since_1_0(v, "BAG-027", v->members[i].path, "is not in every payload manifest");
	}
}

static void judge_manifests(struct lb_verify *v)
{
	size_t payload = 0, strong = 0;
	for (size_t i = 0; i < v->nmanifests; i++) {
		payload += !v->manifests[i].tag;
		strong += !v->manifests[i].tag && v->manifests[i].hash > LB_SHA1;
	}
	if (!payload)
		lb_found(v, "BAG-006", NULL, "there is no payload manifest");
	else if (!strong)
		lb_found(v, "BAG-026", NULL, "MD5 and SHA-1 tell accidents, but not intent");
	judge_coverage(v, payload);
	for (size_t i = 0; i < v->nlines; i++)
		if (v->manifests[v->lines[i].manifest].tag)
			judge_tag_line(v, &v->lines[i]);
}

static void judge_payload(struct lb_verify *v)
{
	uint64_t octets = 0, files = 0;
	bool has_data = lb_container_find(v->c, "data") >= 0;
	for (size_t i = 0; i < v->count; i++) {
		if (!lb_is_payload(v->members[i].path))
			continue;
		has_data = true;
		if (v->members[i].kind != LB_MEMBER_FILE)
			continue;
		octets += v->members[i].size;
		files++;
	}
	if (!has_data)
		lb_found(v, "BAG-035", NULL, "there is no data folder");
	if (v->has_oxum && (octets != v->oxum_octets || files != v->oxum_files))
		lb_found(v, "BAG-017", NULL, "Payload-Oxum says %llu bytes in %llu files, there are %llu in %llu",
			(unsigned long long)v->oxum_octets, (unsigned long long)v->oxum_files, (unsigned long long)octets,
			(unsigned long long)files);
}

int lb_bag_judge(struct lb_verify *v, struct lb_error *err)
{
	LB_AUTO(extras_clear) struct extras x = {0};
	collect_extras(v, &x);
	LB_TRY(hash_extras(v, &x, err));
	for (size_t i = 0; i < x.count; i++)
		tell_extra(v, x.members[i]);
	judge_lines(v, &x);
	judge_manifests(v);
	judge_payload(v);
	return LB_OK;
}
