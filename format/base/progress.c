#include <pthread.h>
#include <stdlib.h>

#include "format/base/base.h"

#define EVERY 100 /* milliseconds */

struct lb_progress {
	const struct lb_ctx *ctx;
	pthread_mutex_t lock; /* guards all below, and the callback */
	struct lb_event event;
	int64_t told;
};

struct lb_progress *lb_progress_begin(const struct lb_ctx *ctx, const char *stage, const char *unit, uint64_t total)
{
	struct lb_progress *p = lb_alloc(sizeof *p);
	*p = (struct lb_progress){.ctx = ctx, .told = lb_time_mono()};
	p->event = (struct lb_event){.kind = LB_EVENT_PROGRESS, .what = stage, .unit = unit, .total = total};
	pthread_mutex_init(&p->lock, NULL);
	lb_ctx_event(ctx, &(struct lb_event){.kind = LB_EVENT_STAGE, .what = stage});
	return p;
}

void lb_progress_add(struct lb_progress *p, uint64_t bytes)
{
	pthread_mutex_lock(&p->lock);
	p->event.done++;
	p->event.bytes += bytes;
	int64_t now = lb_time_mono();
	if (now - p->told >= EVERY) {
		p->told = now;
		lb_ctx_event(p->ctx, &p->event);
	}
	pthread_mutex_unlock(&p->lock);
}

void lb_progress_end(struct lb_progress *p)
{
	if (!p)
		return;
	lb_ctx_event(p->ctx, &p->event);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
