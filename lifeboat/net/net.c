#include "lifeboat/net/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define POLL_MS 200               /* how late a cancellation may be noticed */
#define PARALLEL_MAX 64
#define DELAYED_MAX 32            /* that many waiting for another try: the other side is in trouble, nothing new is started */
#define HOUR_MS 3600000
#define PER_HOUR_MAX 1000000

struct lb_job {
	struct lb_request request;
	unsigned tries;
	int64_t ready_at;         /* of the next try */
	struct lb_try *try;       /* while under way */
	struct lb_job *next;
};

struct lane {
	struct lb_pacer pacer;
	struct lb_job *first, **last;      /* not yet tried */
	struct lb_job *delayed[DELAYED_MAX + PARALLEL_MAX];
	struct lb_job *flying[PARALLEL_MAX];
	size_t queued, ndelayed, nflying, parallel;
	int64_t retry_base_ms;
};

struct lb_net {
	struct lb_transport *transport;
	const struct lb_ctx *ctx;
	struct lane lanes[LB_LANE_COUNT];
	unsigned tries;
	int64_t retry_cap_ms;
	struct lb_net_stats stats;
};

static const uint64_t default_max[LB_LANE_COUNT] = {[LB_LANE_API] = 64ULL << 20, [LB_LANE_FILES] = 8ULL << 30};

/* ---- opening --------------------------------------------------------------------------------------------------------- */

static void open_lane(struct lane *l, size_t per_hour, unsigned parallel, int64_t retry_base_ms)
{
	lb_pacer_init(&l->pacer, per_hour, HOUR_MS, 0);
	l->last = &l->first;
	l->parallel = parallel ? parallel : 4;
	l->parallel = l->parallel < PARALLEL_MAX ? l->parallel : PARALLEL_MAX;
	l->retry_base_ms = retry_base_ms;
}

int lb_net_open(const struct lb_net_options *options, const struct lb_ctx *ctx, struct lb_net **out, struct lb_error *err)
{
	struct lb_transport *transport = NULL;
	size_t per_hour = options->api_per_hour ? options->api_per_hour : 3600;
	int64_t base = options->retry_base_ms > 0 ? options->retry_base_ms : 1000;
	if (per_hour > PER_HOUR_MAX)
		return lb_fail(err, LB_USAGE, "cannot ask %zu times an hour: at most %d", per_hour, PER_HOUR_MAX);
	if (options->replay)
		LB_TRY(lb_replay_open(options->replay, &transport, err));
	else
		LB_TRY(lb_curl_open(options, &transport, err));
	struct lb_net *net = lb_alloc(sizeof *net);
	net->transport = transport;
	net->ctx = ctx;
	net->tries = !transport->live ? 1 : options->tries ? options->tries : 5;
	net->retry_cap_ms = 60 * base;
	open_lane(&net->lanes[LB_LANE_API], transport->live ? per_hour : 0, options->api_parallel, base);
	open_lane(&net->lanes[LB_LANE_FILES], 0, options->files_parallel, 4 * base);
	*out = net;
	return LB_OK;
}

static void job_free(struct lb_job *job)
{
	if (job->try)
		lb_answer_clear(&job->try->answer);
	free(job->try);
	free(job);
}

static void lane_clear(struct lane *l)
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
}

void lb_net_free(struct lb_net *net)
{
	if (!net)
		return;
	net->transport->ops->free(net->transport);
	for (size_t i = 0; i < LB_LANE_COUNT; i++)
		lane_clear(&net->lanes[i]);
	free(net);
}

void lb_net_freep(struct lb_net **net)
{
	lb_net_free(*net);
	*net = NULL;
}

void lb_net_seed(struct lb_net *net, int64_t wall_seconds)
{
	/* As late as it may have been; later than now only if the clock was set back since. */
	int64_t ago = lb_ctx_now(net->ctx) - wall_seconds - 1;
	if (ago < HOUR_MS / 1000)
		lb_pacer_seed(&net->lanes[LB_LANE_API].pacer, lb_time_mono() - (ago > 0 ? ago * 1000 : 0));
}

void lb_net_submit(struct lb_net *net, const struct lb_request *request)
{
	struct lane *l = &net->lanes[request->lane];
	struct lb_job *job = lb_alloc(sizeof *job);
	job->request = *request;
	if (!job->request.max_bytes)
		job->request.max_bytes = default_max[request->lane];
	*l->last = job;
	l->last = &job->next;
	l->queued++;
}

size_t lb_net_waiting(const struct lb_net *net, enum lb_lane lane)
{
	const struct lane *l = &net->lanes[lane];
	return l->queued + l->ndelayed + l->nflying;
}

struct lb_net_stats lb_net_stats(const struct lb_net *net)
{
	return net->stats;
}

/* ---- starting ----------------------------------------------------------------------------------------------------------- */

static size_t soonest(const struct lane *l)
{
	size_t best = 0;
	for (size_t i = 1; i < l->ndelayed; i++)
		if (l->delayed[i]->ready_at < l->delayed[best]->ready_at)
			best = i;
	return best;
}

/* Milliseconds until the lane may start something; INT64_MAX: nothing to start, or no room. */
static int64_t lane_wait(const struct lane *l, int64_t now)
{
	int64_t ready = INT64_MAX;
	if (l->nflying == l->parallel)
		return INT64_MAX;
	if (l->ndelayed)
		ready = l->delayed[soonest(l)]->ready_at;
	if (l->queued && l->ndelayed < DELAYED_MAX && ready > now)
		ready = now;
	if (ready == INT64_MAX)
		return INT64_MAX;
	int64_t paced = lb_pacer_wait(&l->pacer, now);
	return ready - now > paced ? ready - now : paced;
}

/* Second tries go first. Only after lane_wait said 0. */
static struct lb_job *take(struct lane *l, int64_t now)
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

static void count_start(struct lb_net_stats *stats, const struct lb_job *job)
{
	bool again = job->tries > 1;
	if (job->request.lane == LB_LANE_API) {
		stats->api_calls++;
		stats->api_retries += again;
	} else {
		stats->files += !again;
		stats->file_retries += again;
	}
}

static void start(struct lb_net *net, struct lane *l, int64_t now)
{
	struct lb_job *job = take(l, now);
	const struct lb_request *r = &job->request;
	struct lb_try *try = lb_alloc(sizeof *try);
	try->job = job;
	try->url = r->url;
	try->file = r->lane == LB_LANE_FILES ? r->file : NULL;
	try->lane = r->lane;
	try->max_bytes = r->max_bytes;
	job->try = try;
	job->tries++;
	l->flying[l->nflying++] = job;
	lb_pacer_start(&l->pacer, now);
	count_start(&net->stats, job);
	net->transport->ops->start(net->transport, try);
}

/* Starts what may start; returns milliseconds until more may, at most POLL_MS. */
static int start_ready(struct lb_net *net)
{
	int64_t soon = POLL_MS;
	for (size_t i = 0; i < LB_LANE_COUNT; i++) {
		struct lane *l = &net->lanes[i];
		int64_t now = lb_time_mono(), wait;
		while ((wait = lane_wait(l, now)) == 0)
			start(net, l, now);
		soon = wait < soon ? wait : soon;
	}
	return (int)soon;
}

/* ---- settling ---------------------------------------------------------------------------------------------------------------- */

static uint32_t chance(void)
{
	uint32_t n = 0;
	return getrandom(&n, sizeof n, 0) == sizeof n ? n : UINT32_MAX / 2;
}

static void land(struct lane *l, struct lb_job *job)
{
	for (size_t i = 0; i < l->nflying; i++)
		if (l->flying[i] == job) {
			l->flying[i] = l->flying[--l->nflying];
			return;
		}
}

/* Retry-After stands for the whole lane; being told to slow down, for both: one edge guards API and files. */
static void put_off(struct lb_net *net, struct lane *l, struct lb_job *job, bool slower)
{
	int64_t now = lb_time_mono();
	int64_t asked = lb_retry_after_ms(job->try->retry_after, lb_ctx_now(net->ctx));
	int64_t wait = lb_backoff_ms(job->tries, l->retry_base_ms, net->retry_cap_ms, chance());
	if (asked > wait)
		wait = asked;
	if (asked >= 0)
		lb_pacer_block(&l->pacer, now + wait);
	for (size_t i = 0; slower && i < LB_LANE_COUNT; i++)
		lb_pacer_block(&net->lanes[i].pacer, now + wait);
	lb_answer_clear(&job->try->answer);
	free(job->try);
	job->try = NULL;
	job->ready_at = now + wait;
	l->delayed[l->ndelayed++] = job;
}

/* Before the answer is judged: all that a live answer does not say of itself. */
static void complete(const struct lb_net *net, struct lb_try *try)
{
	static const enum lb_record_kind good[] = {[LB_LANE_API] = LB_RECORD_RESPONSE, [LB_LANE_FILES] = LB_RECORD_MEDIA};
	try->answer.outcome = good[try->lane];
	try->answer.tries = try->job->tries;
	if (!try->answer.date)
		try->answer.date = lb_ctx_now(net->ctx);
}

static int deliver(struct lb_net *net, struct lb_job *job, bool accepted, struct lb_error *err)
{
	struct lb_answer *answer = &job->try->answer;
	const struct lb_request *r = &job->request;
	if (!accepted)
		answer->outcome = LB_RECORD_FAILURE;
	if (!accepted && job->try->file)
		unlink(job->try->file);
	net->stats.bytes += answer->size;
	int rc = r->done(r->arg, answer, err);
	job_free(job);
	return rc;
}

static int stop(struct lb_job *job, struct lb_error *err)
{
	int rc = job->try->error.status;
	if (err)
		*err = job->try->error;
	job_free(job);
	return rc;
}

static int settle(struct lb_net *net, struct lb_try *try, struct lb_error *err)
{
	struct lb_job *job = try->job;
	struct lane *l = &net->lanes[try->lane];
	land(l, job);
	if (try->fatal)
		return stop(job, err);
	complete(net, try);
	enum lb_verdict verdict = lb_try_judge(try, job->request.judge, job->request.judge_arg);
	bool again = verdict == LB_AGAIN || verdict == LB_AGAIN_SLOWER;
	if (!again || job->tries >= net->tries)
		return deliver(net, job, verdict == LB_ACCEPT, err);
	put_off(net, l, job, verdict == LB_AGAIN_SLOWER);
	return LB_OK;
}

static int settle_finished(struct lb_net *net, struct lb_error *err)
{
	while (net->transport->finished) {
		struct lb_try *try = net->transport->finished;
		net->transport->finished = try->next;
		LB_TRY(settle(net, try, err));
	}
	return LB_OK;
}

int lb_net_run(struct lb_net *net, struct lb_error *err)
{
	while (lb_net_waiting(net, LB_LANE_API) || lb_net_waiting(net, LB_LANE_FILES)) {
		LB_TRY(lb_ctx_check(net->ctx, err));
		int timeout = start_ready(net);
		bool idle = !net->lanes[LB_LANE_API].nflying && !net->lanes[LB_LANE_FILES].nflying;
		int64_t before = lb_time_mono();
		LB_TRY(net->transport->ops->wait(net->transport, timeout, err));
		if (idle)
			net->stats.waited_ms += (uint64_t)(lb_time_mono() - before);
		LB_TRY(settle_finished(net, err));
	}
	return LB_OK;
}
