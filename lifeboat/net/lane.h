/* A lane, inside: what waits for its turn, for another try, for its answer. */
#ifndef LB_NET_LANE_H
#define LB_NET_LANE_H

#include "lifeboat/net/internal.h"

#define LANE_PARALLEL_MAX 64
#define LANE_DELAYED_MAX 32 /* that many waiting for another try: the other side is in trouble, nothing new is started */

struct lb_job {
	struct lb_request request;
	struct lane *lane;
	unsigned tries, excused;  /* excused: of the tries, those that failed only because the machine had slept */
	int64_t ready_at;         /* of the next try */
	struct lb_try *try;       /* while under way */
	struct lb_job *next;
};

struct lane {
	struct lb_pacer pacer;
	struct lb_job *first, **last;      /* not yet tried */
	struct lb_job *delayed[LANE_DELAYED_MAX + LANE_PARALLEL_MAX];
	struct lb_job *flying[LANE_PARALLEL_MAX];
	size_t queued, ndelayed, nflying, parallel;
	int64_t retry_base_ms;
	struct lb_budget *budget;          /* or NULL */
	int64_t budget_free_at;            /* before that there is no need to look into it */
	bool held;                         /* something could start, were it not for the hour's limit */
};

void lane_open(struct lane *l, size_t per_hour, int64_t spacing_ms, unsigned parallel, int64_t retry_base_ms);
void lane_clear(struct lane *l);
void lane_queue(struct lane *l, struct lb_job *job);
size_t lane_size(const struct lane *l);                            /* queued, delayed or under way */
/* Milliseconds until the lane may start something; INT64_MAX: nothing to start, or no room. */
int64_t lane_wait(struct lane *l, int64_t now);
/* What all runs together may start: *wait 0, and one start is counted. Only after lane_wait said 0. */
LB_CHECKED int lane_ask_budget(struct lane *l, int64_t now, int64_t *wait, struct lb_error *err);
/* The job to start; second tries go first. Only after both said 0. */
struct lb_job *lane_take(struct lane *l, int64_t now);
void lane_land(struct lane *l, const struct lb_job *job);          /* not under way any more */
void lane_delay(struct lane *l, struct lb_job *job, int64_t until);
void job_free(struct lb_job *job);
void job_drop_try(struct lb_job *job);

#endif
