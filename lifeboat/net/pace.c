/* How fast it goes, and how long it will take. */
#include "lifeboat/net/internal.h"

#define MEMORY_MS 600000.0 /* the last ten minutes count most */
#define LONGEST_MS 1e15
#define STARTS_MAX UINT64_C(100000000000)

void lb_pace_time(struct lb_pace *p, int64_t ms)
{
	double fade = MEMORY_MS / (MEMORY_MS + (double)ms);
	p->answers *= fade;
	p->ms = p->ms * fade + (double)ms;
}

void lb_pace_answer(struct lb_pace *p)
{
	p->answers += 1;
}

double lb_pace_rate(const struct lb_pace *p, double otherwise)
{
	return p->answers >= 1 && p->ms >= 1 ? p->answers / p->ms : otherwise;
}

static int64_t ms_for(uint64_t starts, double rate)
{
	double ms = (double)starts / rate;
	return ms < LONGEST_MS ? (int64_t)ms : (int64_t)LONGEST_MS; /* also where rate is not a number */
}

static int64_t oldest(const struct lb_pacer *p, size_t n)
{
	return p->starts[(p->head + n) % p->limit];
}

bool lb_pacer_full(const struct lb_pacer *p, int64_t now)
{
	return p->limit && p->count == p->limit && oldest(p, 0) + p->window_ms >= now;
}

size_t lb_pacer_used(const struct lb_pacer *p, int64_t now)
{
	size_t low = 0, high = p->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (oldest(p, middle) + p->window_ms >= now)
			high = middle;
		else
			low = middle + 1;
	}
	return p->count - low;
}

/* When the window lets the n-th further start be made (n from 1 to limit). */
static int64_t free_at(const struct lb_pacer *p, size_t limit, size_t n, int64_t now)
{
	if (n + p->count <= limit)
		return now;
	int64_t at = oldest(p, n + p->count - limit - 1) + p->window_ms + 1;
	return at > now ? at : now;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The n-th start: by the pace alone, by the window alone, and by the pace from when the window first gives something free. */
static int64_t start_at(const struct lb_pacer *p, size_t limit, size_t n, double rate, int64_t now)
{
	size_t room = limit > p->count ? limit - p->count : 0;
	int64_t at = later(now + ms_for(n, rate), free_at(p, limit, n, now));
	if (n <= room)
		return at;
	return later(at, free_at(p, limit, room + 1, now) + ms_for(n - room - 1, rate));
}

int64_t lb_pacer_eta(const struct lb_pacer *p, size_t limit, uint64_t starts, double rate, int64_t now)
{
	starts = starts < STARTS_MAX ? starts : STARTS_MAX;
	int64_t begin = later(now, p->blocked_until);
	int64_t paced = begin - now + ms_for(starts, rate);
	if (!limit || !starts)
		return starts ? paced : 0;
	/* After `limit` starts the window's pattern comes again. */
	uint64_t rounds = (starts - 1) / limit;
	int64_t at = start_at(p, limit, (size_t)(starts - rounds * limit), rate, begin) - now;
	return later(at + (int64_t)rounds * p->window_ms, paced);
}
