/* What the manifests say against what is there. */
#include <stdlib.h>
#include <string.h>

#include "format/verify/hash_private.h"

/* Files that no manifest lists, and their digests where something is missing that they could be: text, as a key. */
struct extras { struct lb_verify *v; size_t *members; size_t count, cap; struct lb_map by_digest; };

static void extras_clear(struct extras *x)
{
	free(x->members);
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

struct key { char bytes[1 + LB_HASH_BYTES_MAX]; };

static struct lb_span digest_key(struct key *k, enum lb_hash hash, const unsigned char *raw)
{
	size_t n = lb_hash_hex_len(hash) / 2;
	k->bytes[0] = (char)hash;
	memcpy(k->bytes + 1, raw, n);
	return (struct lb_span){k->bytes, n + 1};
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

static void keep_digests(void *arg, const struct lb_hash_job *job, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX])
{
	struct extras *x = arg;
	struct key k;
	pthread_mutex_lock(&x->v->lock);
	for (size_t h = 0; h < LB_HASH_COUNT; h++)
		if (job->wanted >> h & 1)
			lb_map_put(&x->by_digest, digest_key(&k, (enum lb_hash)h, raw[h]), job->member);
	pthread_mutex_unlock(&x->v->lock);
}

/* Was what is missing only renamed? The files that nobody lists are hashed to tell. */
static int hash_extras(struct lb_verify *v, struct extras *x, struct lb_error *err)
{
	unsigned wanted = hashes_of_missing(v);
	if (!wanted || !x->count || !lb_checks(v, LB_LEVEL_FIXITY))
		return LB_OK;
	LB_AUTO(lb_freep) struct lb_hash_job *jobs = lb_realloc(NULL, x->count, sizeof *jobs);
	for (size_t i = 0; i < x->count; i++)
		jobs[i] = (struct lb_hash_job){(uint32_t)x->members[i], wanted};
	return lb_hash_jobs(v, jobs, x->count, keep_digests, x, err);
}

static const char *renamed_to(const struct lb_verify *v, const struct extras *x, const struct lb_listed *line)
{
	struct key k;
	size_t member;
	bool known = lb_map_get(&x->by_digest, digest_key(&k, hash_of(v, line), line->raw), &member);
	return known ? v->members[member].path : NULL;
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
	struct key k;
	size_t i, n = lb_hash_hex_len(hash_of(v, line)) / 2;
	if (!lb_map_get(expected, digest_key(&k, hash_of(v, line), line->actual), &i))
		return false;
	*other = v->lines[i].path;
	return v->lines[i].actual && memcmp(v->lines[i].actual, line->raw, n) == 0;
}

static void tell_changed(struct lb_verify *v, const struct lb_map *expected, const struct lb_listed *line)
{
	const char *hash = lb_hash_name(hash_of(v, line)), *other = NULL;
	struct lb_shown_name shown;
	struct lb_shown_digest wanted, found;
	if (was_swapped(v, expected, line, &other))
		lb_found(v, "BAG-014", line->path, "has the content of \"%s\", and that its: swapped?",
			lb_show_name(&shown, other));
	else if (other)
		lb_found(v, "BAG-014", line->path, "has the content of \"%s\"", lb_show_name(&shown, other));
	else
		lb_found(v, "BAG-014", line->path, "was changed: expected %s %s, found %s", hash,
			lb_show_digest(&wanted, v, line, line->raw), lb_show_digest(&found, v, line, line->actual));
}

static void judge_lines(struct lb_verify *v, const struct extras *x)
{
	struct lb_map expected = {0};
	struct key k;
	for (size_t i = 0; i < v->nlines; i++)
		if (v->lines[i].actual)
			lb_map_put(&expected, digest_key(&k, hash_of(v, &v->lines[i]), v->lines[i].raw), i);
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
		strong += !v->manifests[i].tag && !lb_hash_is_weak(v->manifests[i].hash);
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
	if (!v->has_oxum && !lb_checks(v, LB_LEVEL_FIXITY))
		lb_found(v, "BAG-040", v->info_path, "there is no Payload-Oxum: sizes were compared with nothing");
	if (v->has_oxum && (octets != v->oxum_octets || files != v->oxum_files))
		lb_found(v, "BAG-017", NULL, "Payload-Oxum says %llu bytes in %llu files, there are %llu in %llu",
			(unsigned long long)v->oxum_octets, (unsigned long long)v->oxum_files, (unsigned long long)octets,
			(unsigned long long)files);
}

int lb_bag_judge(struct lb_verify *v, struct lb_error *err)
{
	LB_AUTO(extras_clear) struct extras x = {.v = v};
	collect_extras(v, &x);
	LB_TRY(hash_extras(v, &x, err));
	for (size_t i = 0; i < x.count; i++)
		tell_extra(v, x.members[i]);
	judge_lines(v, &x);
	judge_manifests(v);
	judge_payload(v);
	return LB_OK;
}
