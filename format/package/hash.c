/* Digests of many members, side by side. Digest objects are kept from file to file, which for many small files is most of the
 * cost. */
#include <stdatomic.h>
#include <stdlib.h>

#include "format/package/container_private.h"

struct hashing {
	const struct lb_container *c;
	const struct lb_hash_job *jobs;
	size_t count;
	const struct lb_hash_run *run;
	atomic_size_t next;
	atomic_bool stop;
	struct lb_progress *progress;
};

static int take(void *arg, const void *data, size_t n, struct lb_error *err)
{
	(void)err;
	lb_digests_add(arg, data, n);
	return LB_OK;
}

static int run_job(struct hashing *h, struct lb_digests *d, const struct lb_hash_job *job, struct lb_error *err)
{
	unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX];
	struct lb_error why = {0};
	lb_digests_begin(d, job->wanted);
	int rc = h->run->read ? h->run->read(h->run->arg, job->member, take, d, &why)
			      : lb_container_stream(h->c, job->member, take, d, &why);
	if (rc == LB_OK) {
		lb_digests_end(d, raw);
		lb_progress_add(h->progress, h->c->members[job->member].size);
	}
	return h->run->done(h->run->arg, job, rc, &why, raw, err);
}

/* One of several at work: each takes the next job until there is none. */
static int work(void *arg, size_t number, struct lb_error *err)
{
	struct hashing *h = arg;
	LB_AUTO(lb_digests_clear) struct lb_digests d = {0};
	int rc = LB_OK;
	(void)number;
	for (size_t i; !rc && !h->stop && (i = atomic_fetch_add(&h->next, 1)) < h->count;) {
		rc = lb_ctx_check(h->run->ctx, err);
		rc = rc ? rc : run_job(h, &d, &h->jobs[i], err);
	}
	if (rc)
		h->stop = true;
	return rc;
}

/* The largest first: no thread shall be left alone with a large file at the end. */
static int by_size(const void *a, const void *b, void *arg)
{
	const struct lb_hash_job *x = a, *y = b;
	const struct lb_member *members = arg;
	if (members[x->member].size != members[y->member].size)
		return members[x->member].size < members[y->member].size ? 1 : -1;
	return x->member < y->member ? -1 : x->member > y->member;
}

int lb_container_hash(const struct lb_container *c, struct lb_hash_job *jobs, size_t count, const struct lb_hash_run *run,
	struct lb_error *err)
{
	struct hashing h = {.c = c, .jobs = jobs, .count = count, .run = run};
	if (count)
		qsort_r(jobs, count, sizeof *jobs, by_size, c->members);
	h.progress = lb_progress_begin(run->ctx, run->stage, "files", count);
	int rc = lb_parallel(run->ctx, lb_ctx_threads(run->ctx), work, &h, err);
	lb_progress_end(h.progress);
	return rc;
}
