/* Reads every listed file once, on all processors, and compares its digests with those of all manifests. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "format/verify/hash_private.h"

struct hashing {
	struct lb_verify *v;
	lb_digests_fn *take;
	void *arg;
	atomic_uint_fast64_t files, bytes;
};

static size_t bytes_of(const struct lb_verify *v, const struct lb_listed *line)
{
	return lb_hash_hex_len(v->manifests[line->manifest].hash) / 2;
}

static const unsigned char *keep(struct lb_verify *v, const unsigned char *raw, size_t n)
{
	pthread_mutex_lock(&v->lock);
	const unsigned char *kept = memcpy(lb_arena_alloc(&v->arena, n), raw, n);
	pthread_mutex_unlock(&v->lock);
	return kept;
}

/* Each member is one thread's: its lines need no lock. */
static void compare(struct lb_verify *v, uint32_t member, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX])
{
	for (uint32_t i = v->first[member]; i != LB_NONE; i = v->lines[i].next) {
		struct lb_listed *line = &v->lines[i];
		const unsigned char *actual = raw[v->manifests[line->manifest].hash];
		line->checked = true;
		if (memcmp(line->raw, actual, bytes_of(v, line)) != 0)
			line->actual = keep(v, actual, bytes_of(v, line));
	}
}

static void tell_unreadable(struct lb_verify *v, uint32_t member, const struct lb_error *err)
{
	static const char *const rules[] = {
		[LB_CONTAINER_FOLDER] = "BAG-015", [LB_CONTAINER_ZIP] = "ZIP-022", [LB_CONTAINER_TAR] = "TAR-022",
	};
	enum lb_container_kind kind = lb_container_kind(v->c);
	bool theirs = v->foundation && kind == LB_CONTAINER_FOLDER && v->first[member] == LB_NONE;
	lb_found(v, theirs ? "FND-037" : rules[kind], v->members[member].path, "%s", err->what);
}

static int done(void *arg, const struct lb_hash_job *job, int rc, const struct lb_error *why,
	unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX], struct lb_error *err)
{
	struct hashing *h = arg;
	(void)err;
	if (rc) {
		tell_unreadable(h->v, job->member, why);
		return LB_OK;
	}
	compare(h->v, job->member, raw);
	if (h->take)
		h->take(h->arg, job, raw);
	if (!job->wanted)
		return LB_OK; /* read only */
	atomic_fetch_add(&h->files, 1);
	atomic_fetch_add(&h->bytes, h->v->members[job->member].size);
	return LB_OK;
}

int lb_hash_jobs(struct lb_verify *v, struct lb_hash_job *jobs, size_t count, lb_digests_fn *take, void *arg,
	struct lb_error *err)
{
	struct hashing h = {.v = v, .take = take, .arg = arg};
	const struct lb_hash_run run = {.ctx = v->ctx, .stage = "verify", .done = done, .arg = &h};
	int rc = lb_container_hash(v->c, jobs, count, &run, err);
	v->report->files += h.files;
	v->report->bytes += h.bytes;
	return rc;
}

static unsigned wanted_by_lines(const struct lb_verify *v, size_t member)
{
	unsigned wanted = 0;
	for (uint32_t i = v->first[member]; i != LB_NONE; i = v->lines[i].next)
		wanted |= 1u << v->manifests[v->lines[i].manifest].hash;
	return wanted;
}

/* Members that claim each other's bytes could make us read for ever: what is so broken is not read. */
bool lb_hash_is_hopeless(const struct lb_verify *v)
{
	static const char *const rules[] = {"ZIP-007", "ZIP-015"};
	size_t count;
	const struct lb_defect *d = lb_container_defects(v->c, &count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < LB_COUNT(rules); j++)
			if (strcmp(d[i].rule, rules[j]) == 0)
				return true;
	return false;
}

int lb_bag_hash(struct lb_verify *v, struct lb_error *err)
{
	if (lb_hash_is_hopeless(v))
		return LB_OK;
	LB_AUTO(lb_freep) struct lb_hash_job *jobs = lb_realloc(NULL, v->count + 1, sizeof *jobs);
	size_t count = 0;
	for (size_t i = 0; i < v->count; i++)
		if (v->members[i].kind == LB_MEMBER_FILE && v->first[i] != LB_NONE)
			jobs[count++] = (struct lb_hash_job){(uint32_t)i, wanted_by_lines(v, i)};
	return lb_hash_jobs(v, jobs, count, NULL, NULL, err);
}
