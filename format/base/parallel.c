#include <pthread.h>
#include <stdatomic.h>

#include "format/base/base.h"

struct crew {
	const struct lb_ctx *ctx;
	lb_job_fn *fn;
	void *arg;
	size_t count;
	atomic_size_t next;
	atomic_bool stop;
	pthread_mutex_t lock; /* guards rc and err */
	int rc;
	struct lb_error err;
};

static void keep_first(struct crew *crew, int rc, const struct lb_error *err)
{
	pthread_mutex_lock(&crew->lock);
	if (!crew->rc) {
		crew->rc = rc;
		crew->err = *err;
	}
	pthread_mutex_unlock(&crew->lock);
	atomic_store(&crew->stop, true);
}

static void *work(void *arg)
{
	struct crew *crew = arg;
	while (!atomic_load(&crew->stop)) {
		struct lb_error err = {0};
		size_t i = atomic_fetch_add(&crew->next, 1);
		if (i >= crew->count)
			break;
		int rc = lb_ctx_check(crew->ctx, &err);
		if (!rc)
			rc = crew->fn(crew->arg, i, &err);
		if (rc)
			keep_first(crew, rc, &err);
	}
	return NULL;
}

int lb_parallel(const struct lb_ctx *ctx, size_t count, lb_job_fn *fn, void *arg, struct lb_error *err)
{
	struct crew crew = {.ctx = ctx, .fn = fn, .arg = arg, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
	size_t wanted = lb_ctx_threads(ctx), started = 0;
	if (wanted > count)
		wanted = count;
	LB_AUTO(lb_freep) pthread_t *threads = lb_realloc(NULL, wanted, sizeof *threads);
	/* The caller is one of the crew; when no thread can be had, the only one. */
	while (started + 1 < wanted && pthread_create(&threads[started], NULL, work, &crew) == 0)
		started++;
	work(&crew);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_mutex_destroy(&crew.lock);
	if (crew.rc && err)
		*err = crew.err;
	return crew.rc;
}
