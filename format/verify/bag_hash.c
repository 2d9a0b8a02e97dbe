/* Reads every listed file once, on all processors, and compares its digests with those of all manifests. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "format/verify/hash_private.h"

struct hashing {
	struct lb_verify *v;
	const struct lb_task *tasks;
	size_t count;
	atomic_size_t next;
	atomic_uint_fast64_t files, bytes;
	struct lb_progress *progress;
};

struct worker { struct lb_digest *digests[LB_HASH_COUNT]; unsigned wanted; };

static void worker_clear(struct worker *w)
{
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		lb_digest_free(w->digests[i]);
}

static bool wants(unsigned set, size_t hash)
{
	return set >> hash & 1;
}

static int take(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct worker *w = arg;
	(void)err;
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (wants(w->wanted, i))
			lb_digest_add(w->digests[i], data, n);
	return LB_OK;
}

static void start(struct worker *w, unsigned wanted)
{
	w->wanted = wanted;
	for (size_t i = 0; i < LB_HASH_COUNT; i++) {
		if (!wants(wanted, i))
			continue;
		if (w->digests[i])
			lb_digest_restart(w->digests[i]);
		else
			w->digests[i] = lb_digest_new((enum lb_hash)i);
	}
}

static const char *keep(struct lb_verify *v, const char *hex)
{
	pthread_mutex_lock(&v->lock);
	const char *kept = lb_arena_strdup(&v->arena, hex);
	pthread_mutex_unlock(&v->lock);
	return kept;
}

/* Each member is one thread's: its lines need no lock. */
static void compare(struct lb_verify *v, const struct lb_task *task, char hex[LB_HASH_COUNT][LB_HASH_HEX_MAX])
{
	for (uint32_t i = v->first[task->member]; i != LB_NONE; i = v->lines[i].next) {
		struct lb_listed *line = &v->lines[i];
		const char *actual = hex[v->manifests[line->manifest].hash];
		line->checked = true;
		if (strcmp(line->digest, actual) != 0)
			line->actual = keep(v, actual);
	}
	for (size_t i = 0; i < LB_HASH_COUNT && task->digests; i++)
		if (wants(task->wanted, i))
			task->digests[i] = keep(v, hex[i]);
}

static void tell_unreadable(struct lb_verify *v, const struct lb_task *task, const struct lb_error *err)
{
	static const char *const rules[] = {
		[LB_CONTAINER_FOLDER] = "BAG-015", [LB_CONTAINER_ZIP] = "ZIP-022", [LB_CONTAINER_TAR] = "TAR-022",
	};
	bool theirs = v->foundation && v->first[task->member] == LB_NONE;
	lb_found(v, theirs ? "FND-037" : rules[lb_container_kind(v->c)], v->members[task->member].path, "%s", err->what);
}

static void run_task(struct hashing *h, struct worker *w, const struct lb_task *task)
{
	char hex[LB_HASH_COUNT][LB_HASH_HEX_MAX];
	struct lb_error err = {0};
	uint64_t size = h->v->members[task->member].size;
	start(w, task->wanted);
	if (lb_container_stream(h->v->c, task->member, take, w, &err) != LB_OK) {
		tell_unreadable(h->v, task, &err);
		return;
	}
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (wants(task->wanted, i))
			lb_digest_hex(w->digests[i], hex[i]);
	compare(h->v, task, hex);
	atomic_fetch_add(&h->files, 1);
	atomic_fetch_add(&h->bytes, size);
	lb_progress_add(h->progress, size);
}

/* One of several at work side by side: each takes the next task until there is none. Digest objects are kept from file
 * to file, which for many small files is most of the cost. */
static int work(void *arg, size_t number, struct lb_error *err)
{
	struct hashing *h = arg;
	LB_AUTO(worker_clear) struct worker w = {0};
	(void)number;
	for (size_t i; (i = atomic_fetch_add(&h->next, 1)) < h->count;) {
		LB_TRY(lb_ctx_check(h->v->ctx, err));
		run_task(h, &w, &h->tasks[i]);
	}
	return LB_OK;
}

int lb_hash_tasks(struct lb_verify *v, const struct lb_task *tasks, size_t count, const char *stage, struct lb_error *err)
{
	struct hashing h = {.v = v, .tasks = tasks, .count = count};
	h.progress = lb_progress_begin(v->ctx, stage, "files", count);
	int rc = lb_parallel(v->ctx, lb_ctx_threads(v->ctx), work, &h, err);
	lb_progress_end(h.progress);
	v->report->files += h.files;
	v->report->bytes += h.bytes;
	return rc;
}

/* The largest first: no thread shall be left alone with a large file at the end. */
static int by_size(const void *a, const void *b)
{
	const struct lb_task *x = a, *y = b;
	if (x->size != y->size)
		return x->size < y->size ? 1 : -1;
	return x->member < y->member ? -1 : x->member > y->member;
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
	LB_AUTO(lb_freep) struct lb_task *tasks = lb_realloc(NULL, v->count + 1, sizeof *tasks);
	size_t count = 0;
	for (size_t i = 0; i < v->count; i++)
		if (v->members[i].kind == LB_MEMBER_FILE && v->first[i] != LB_NONE)
			tasks[count++] = (struct lb_task){.member = i, .size = v->members[i].size,
				.wanted = wanted_by_lines(v, i)};
	if (count)
		qsort(tasks, count, sizeof *tasks, by_size);
	return lb_hash_tasks(v, tasks, count, "verify", err);
}
