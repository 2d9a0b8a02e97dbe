#include "lifeboat/net/lane.h"

#include <stdlib.h>

#define HOUR_MS 3600000

void lane_open(struct lane *l, size_t per_hour, int64_t spacing_ms, unsigned parallel, int64_t retry_base_ms)
{
	lb_pacer_init(&l->pacer, per_hour, HOUR_MS, spacing_ms);
	l->last = &l->first;
	l->parallel = parallel ? parallel : 4;
	l->parallel = l->parallel < LANE_PARALLEL_MAX ? l->parallel : LANE_PARALLEL_MAX;
	l->retry_base_ms = retry_base_ms;
	l->budget_free_at = INT64_MIN;
}

void job_drop_try(struct lb_job *job)
{
	if (job->try) {
		lb_answer_clear(&job->try->answer);
		free(job->try->made);
	}
	free(job->try);
	job->try = NULL;
}

void job_free(struct lb_job *job)
{
	job_drop_try(job);
	free(job);
}

void lane_clear(struct lane *l)
{
	for (struct lb_job *job = l->first, *next; job; job = next) {
		next = job->next;
		job_free(job);
	}
	for (size_t i = 0; i < l->ndelayed; i++)
		job_free(l->delayed[i]);
	for (size_t i = 0; i < l->nflying; i++)
		job_free(l->flying[i]);
	lb_pacer_clear(&l->pacer);
	lb_budget_free(l->budget);
}

void lane_queue(struct lane *l, struct lb_job *job)
{
	*l->last = job;
	l->last = &job->next;
	l->queued++;
}

size_t lane_size(const struct lane *l)
{
	return l->queued + l->ndelayed + l->nflying;
}

static size_t soonest(const struct lane *l)
{
	size_t best = 0;
	for (size_t i = 1; i < l->ndelayed; i++)
		if (l->delayed[i]->ready_at < l->delayed[best]->ready_at)
			best = i;
	return best;
}

int64_t lane_wait(struct lane *l, int64_t now)
{
	int64_t ready = INT64_MAX;
	l->held = false;
	if (l->nflying == l->parallel)
		return INT64_MAX;
	if (l->ndelayed)
		ready = l->delayed[soonest(l)]->ready_at;
	if (l->queued && l->ndelayed < LANE_DELAYED_MAX && ready > now)
		ready = now;
	if (ready == INT64_MAX)
		return INT64_MAX;
	l->held = ready <= now && (lb_pacer_full(&l->pacer, now) || l->budget_free_at > now);
	int64_t paced = lb_pacer_wait(&l->pacer, now);
	if (l->budget_free_at > now && l->budget_free_at - now > paced)
		paced = l->budget_free_at - now;
	return ready - now > paced ? ready - now : paced;
}

int lane_ask_budget(struct lane *l, int64_t now, int64_t *wait, struct lb_error *err)
{
	*wait = 0;
	if (!l->budget)
		return LB_OK;
	LB_TRY(lb_budget_take(l->budget, wait, err));
	if (*wait) {
		l->budget_free_at = now + *wait;
		l->held = true;
	}
	return LB_OK;
}

struct lb_job *lane_take(struct lane *l, int64_t now)
{
	size_t i = soonest(l);
	if (l->ndelayed && l->delayed[i]->ready_at <= now) {
		struct lb_job *job = l->delayed[i];
		l->delayed[i] = l->delayed[--l->ndelayed];
		return job;
	}
	struct lb_job *job = l->first;
	l->first = job->next;
	if (!l->first)
		l->last = &l->first;
	l->queued--;
	return job;
}

void lane_land(struct lane *l, const struct lb_job *job)
{
	for (size_t i = 0; i < l->nflying; i++)
		if (l->flying[i] == job) {
			l->flying[i] = l->flying[--l->nflying];
			return;
		}
}

void lane_delay(struct lane *l, struct lb_job *job, int64_t until)
{
	job->ready_at = until;
	l->delayed[l->ndelayed++] = job;
}
