#include "lifeboat/net/net.h"

#include <stdlib.h>

#define LONG_AGO (INT64_MIN / 2)

void lb_pacer_init(struct lb_pacer *p, size_t limit, int64_t window_ms, int64_t spacing_ms)
{
	*p = (struct lb_pacer){.limit = limit, .window_ms = window_ms, .spacing_ms = spacing_ms,
		.blocked_until = LONG_AGO, .last = LONG_AGO};
	if (limit)
		p->starts = lb_alloc(limit * sizeof *p->starts);
}

void lb_pacer_clear(struct lb_pacer *p)
{
	free(p->starts);
	*p = (struct lb_pacer){0};
}

int64_t lb_pacer_wait(const struct lb_pacer *p, int64_t now)
{
	int64_t at = p->blocked_until;
	if (p->spacing_ms && p->last + p->spacing_ms > at)
		at = p->last + p->spacing_ms;
	/* One more than the window, so that both its ends may be counted in. */
	if (p->limit && p->count == p->limit && p->starts[p->head] + p->window_ms + 1 > at)
		at = p->starts[p->head] + p->window_ms + 1;
	return at > now ? at - now : 0;
}

void lb_pacer_start(struct lb_pacer *p, int64_t now)
{
	if (now > p->last)
		p->last = now;
	if (!p->limit)
		return;
	p->starts[(p->head + p->count) % p->limit] = now;
	if (p->count < p->limit)
		p->count++;
	else
		p->head = (p->head + 1) % p->limit;
}

void lb_pacer_seed(struct lb_pacer *p, int64_t at)
{
	lb_pacer_start(p, at);
}

void lb_pacer_block(struct lb_pacer *p, int64_t until)
{
	if (until > p->blocked_until)
		p->blocked_until = until;
}
