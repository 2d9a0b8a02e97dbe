#include "lifeboat/net/lane.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define POLL_MS 200               /* how late a cancellation may be noticed */
#define HOUR_MS 3600000
#define PER_HOUR_MAX 1000000
#define ADDRESS_MAX ((size_t)64 << 10)
#define ASLEEP_MS 20000           /* so much too late, it was not the disk */
#define WAKING_MS 120000          /* then the network comes back */
#define FIRST_GUESS_MS 500        /* of one API answer, before there was any */
#define MANY (UINT64_C(1) << 40)
#define TELLING 20                /* answers that tell how often one has to ask */
#define WORTH_TELLING_MS 30000
#define UNANSWERED_MAX 5          /* the network is down, not the photo */
/* How long what is under way may take to end when a run stops: the user waits, or something went wrong. */
#define LAND_CANCELLED_MS 2000
#define LAND_MS 5000

/* Redirects of web addresses have a lane of their own: they are no API calls. */
enum { LANE_WEB = LB_LANE_COUNT, LANES };

struct lb_net {
	struct lb_transport *transport;
	const struct lb_ctx *ctx;
	struct lb_clock clock;
	struct lane lanes[LANES];
	unsigned tries;
	int64_t retry_cap_ms, excused_until;
	unsigned streak, unanswered;       /* in a row: API tries that came to nothing; requests, with all their tries, that no answer came to */
	bool landing;                      /* the run stops: nothing is started, what is under way may end */
	struct lb_pace pace;
	bool told_of_wait;                 /* for the hour to pass; once for each time */
	unsigned waits;                    /* told of so far */
	int64_t paced_until;               /* what went by since then is not in `pace` yet */
	uint64_t api_answers;
	struct lb_net_stats stats;
};

static const uint64_t default_max[LB_LANE_COUNT] = {[LB_LANE_API] = 64ULL << 20, [LB_LANE_FILES] = 8ULL << 30};

/* ---- opening --------------------------------------------------------------------------------------------------------- */

static int open_transport(const struct lb_net_options *options, const struct lb_stand_in *stand_in, struct lb_transport **out, struct lb_error *err)
{
	if (options->replay)
		return lb_replay_open(options->replay, out, err);
	if (stand_in && stand_in->open)
		return stand_in->open(stand_in->arg, out, err);
	return lb_curl_open(options, out, err);
}

static int share_budget(struct lb_net *net, const char *path, size_t per_hour, struct lb_error *err)
{
	struct lane *api = &net->lanes[LB_LANE_API];
	LB_TRY(lb_budget_open(path, per_hour, &net->clock, net->ctx, &api->budget, err));
	return lb_budget_seed(api->budget, &api->pacer, err);
}

int lb_net_open(const struct lb_net_options *options, const struct lb_ctx *ctx, struct lb_net **out, struct lb_error *err)
{
	LB_AUTO(lb_net_freep) struct lb_net *net = lb_alloc(sizeof *net);
	const struct lb_stand_in *stand_in = ctx ? ctx->stand_in : NULL;
	size_t per_hour = options->api_per_hour ? options->api_per_hour : 3600;
	int64_t base = options->retry_base_ms > 0 ? options->retry_base_ms : 1000;
	if (per_hour > PER_HOUR_MAX)
		return lb_fail(err, LB_USAGE, "cannot ask %zu times an hour: at most %d", per_hour, PER_HOUR_MAX);
	LB_TRY(open_transport(options, stand_in, &net->transport, err));
	bool live = net->transport->live;
	net->ctx = ctx;
	net->tries = !live ? 1 : options->tries ? options->tries : 5;
	net->retry_cap_ms = 60 * base;
	net->excused_until = INT64_MIN;
	if (stand_in)
		net->clock = stand_in->clock;
	else
		lb_clock_system(&net->clock);
	lane_open(&net->lanes[LB_LANE_API], live ? per_hour : 0, 0, 0, base);
	lane_open(&net->lanes[LB_LANE_FILES], 0, 0, options->files_parallel, 4 * base);
	lane_open(&net->lanes[LANE_WEB], 0, live ? base / 4 : 0, 2, base);
	if (live && options->budget)
		LB_TRY(share_budget(net, options->budget, per_hour, err));
	*out = net;
	net = NULL;
	return LB_OK;
}

void lb_net_free(struct lb_net *net)
{
	if (!net)
		return;
	if (net->transport)
		net->transport->ops->free(net->transport);
	for (size_t i = 0; i < LANES; i++)
		lane_clear(&net->lanes[i]);
	free(net);
}

void lb_net_freep(struct lb_net **net)
{
	lb_net_free(*net);
	*net = NULL;
}

void lb_net_submit(struct lb_net *net, const struct lb_request *request)
{
	bool web = request->lane == LB_LANE_API && request->unpaced;
	struct lane *l = &net->lanes[web ? LANE_WEB : (int)request->lane];
	struct lb_job *job = lb_alloc(sizeof *job);
	job->request = *request;
	job->lane = l;
	if (!job->request.max_bytes)
		job->request.max_bytes = default_max[request->lane];
	lane_queue(l, job);
}

size_t lb_net_waiting(const struct lb_net *net, enum lb_lane lane)
{
	return lane_size(&net->lanes[lane]) + (lane == LB_LANE_API ? lane_size(&net->lanes[LANE_WEB]) : 0);
}

struct lb_net_stats lb_net_stats(const struct lb_net *net)
{
	return net->stats;
}

/* ---- starting ----------------------------------------------------------------------------------------------------------- */

static void count_start(struct lb_net_stats *stats, const struct lb_job *job)
{
	bool again = job->tries > 1;
	if (job->request.lane == LB_LANE_FILES) {
		stats->files += !again;
		stats->file_retries += again;
	} else if (!job->request.unpaced) {
		stats->api_calls++;
		stats->api_retries += again;
	}
}

/* The address of this try; a try that is `made` owns it. */
static int set_address(const struct lb_request *r, struct lb_try *try, struct lb_error *err)
{
	struct lb_buf made = LB_BUF(ADDRESS_MAX);
	try->url = r->url;
	if (!r->address)
		return LB_OK;
	r->address(r->arg, &made);
	int rc = lb_buf_check(&made, "the address of a request", err);
	try->url = try->made = lb_buf_take(&made);
	return rc;
}

static int start(struct lb_net *net, struct lane *l, int64_t now, struct lb_error *err)
{
	struct lb_job *job = lane_take(l, now);
	const struct lb_request *r = &job->request;
	struct lb_try *try = lb_alloc(sizeof *try);
	try->job = job;
	try->file = r->lane == LB_LANE_FILES ? r->file : NULL;
	try->lane = r->lane;
	try->max_bytes = r->max_bytes;
	try->no_follow = r->no_follow;
	try->unpaced = r->unpaced;
	job->try = try;
	job->tries++;
	l->flying[l->nflying++] = job;
	lb_pacer_start(&l->pacer, now);
	count_start(&net->stats, job);
	LB_TRY(set_address(r, try, err));
	net->transport->ops->start(net->transport, try);
	return LB_OK;
}

/* Starts what may start; *soon: milliseconds until more may, at most POLL_MS. */
static int start_ready(struct lb_net *net, int64_t *soon, struct lb_error *err)
{
	*soon = POLL_MS;
	for (size_t i = 0; i < LANES; i++) {
		struct lane *l = &net->lanes[i];
		int64_t now = lb_clock_now(&net->clock), wait;
		while ((wait = lane_wait(l, now)) == 0) {
			LB_TRY(lane_ask_budget(l, now, &wait, err));
			if (wait)
				break;
			LB_TRY(start(net, l, now, err));
		}
		*soon = wait < *soon ? wait : *soon;
	}
	return LB_OK;
}

/* ---- settling ---------------------------------------------------------------------------------------------------------------- */

static uint32_t chance(void)
{
	uint32_t n = 0;
	return getrandom(&n, sizeof n, 0) == sizeof n ? n : UINT32_MAX / 2;
}

/* Retry-After stands for the whole lane; being told to slow down, for both: one edge guards API and files. */
static void put_off(struct lb_net *net, struct lb_job *job, bool slower)
{
	struct lane *l = job->lane;
	int64_t now = lb_clock_now(&net->clock);
	int64_t asked = lb_retry_after_ms(job->try->retry_after, lb_ctx_now(net->ctx));
	int64_t wait = lb_backoff_ms(job->tries, l->retry_base_ms, net->retry_cap_ms, chance());
	if (asked > wait)
		wait = asked;
	if (asked >= 0)
		lb_pacer_block(&l->pacer, now + wait);
	for (size_t i = 0; slower && i < LANES; i++)
		lb_pacer_block(&net->lanes[i].pacer, now + wait);
	job_drop_try(job);
	lane_delay(l, job, now + wait);
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
	if (job->lane == &net->lanes[LB_LANE_API]) {
		net->api_answers++;
		lb_pace_answer(&net->pace);
	}
	bool silence = net->transport->live && !accepted && !answer->status;
	net->unanswered = silence ? net->unanswered + 1 : 0;
	int rc = r->done(r->arg, answer, err);
	if (!rc && net->unanswered >= UNANSWERED_MAX)
		rc = lb_fail_unreachable(answer->reason, err);
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

/* A run of bad answers to whatever was asked is not about the photos. What Flickr refuses in good order ends it. */
static int watch_streak(struct lb_net *net, const struct lb_job *job, bool again, struct lb_error *err)
{
	if (!net->transport->live || job->lane != &net->lanes[LB_LANE_API])
		return LB_OK;
	net->streak = again ? net->streak + 1 : 0;
	return again ? lb_streak_check(net->streak, &job->try->answer, err) : LB_OK;
}

static int settle(struct lb_net *net, struct lb_try *try, struct lb_error *err)
{
	struct lb_job *job = try->job;
	int stopped = LB_OK;
	bool excused = false;
	lane_land(job->lane, job);
	if (try->fatal)
		return stop(job, err);
	complete(net, try);
	enum lb_try_verdict verdict = lb_try_judge(try, job->request.judge, job->request.judge_arg);
	bool again = verdict == LB_AGAIN || verdict == LB_AGAIN_SLOWER;
	if (again && try->result == LB_NETWORK)
		excused = lb_clock_now(&net->clock) < net->excused_until;
	if (!excused)
		stopped = watch_streak(net, job, again, err);
	job->excused += excused;
	bool last = job->tries - job->excused >= net->tries && !net->landing;
	if (!stopped && (!again || last))
		return deliver(net, job, verdict == LB_ACCEPT, err);
	put_off(net, job, excused || verdict == LB_AGAIN_SLOWER);
	return stopped;
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

/* ---- running ------------------------------------------------------------------------------------------------------------------ */

static bool is_idle(const struct lb_net *net)
{
	for (size_t i = 0; i < LANES; i++)
		if (net->lanes[i].nflying)
			return false;
	return true;
}

/* The machine slept, or the process was stopped: what was under way is asked again, and the network may take its time. */
static void wake(struct lb_net *net, int64_t slept_ms, int64_t now)
{
	lb_ctx_note(net->ctx, LB_EVENT_NOTE, "awake again after %" PRId64 " s; what was under way is asked for again", slept_ms / 1000);
	if (net->transport->ops->wake)
		net->transport->ops->wake(net->transport);
	net->paced_until = now;
	net->excused_until = now + WAKING_MS;
}

/* Once is a warning: whoever watches should know why nothing moves. */
static void tell_of_wait(struct lb_net *net)
{
	const struct lane *l = &net->lanes[LB_LANE_API];
	int64_t now = lb_clock_now(&net->clock), wait = l->held ? lb_pacer_wait(&l->pacer, now) : 0;
	if (l->held && l->budget_free_at > now + wait)
		wait = l->budget_free_at - now;
	net->told_of_wait = net->told_of_wait && l->held;
	if (wait < WORTH_TELLING_MS || net->told_of_wait)
		return;
	char iso[LB_TIME_ISO];
	lb_time_iso(lb_ctx_now(net->ctx) + (wait + 999) / 1000, iso);
	lb_ctx_note(net->ctx, net->waits++ ? LB_EVENT_NOTE : LB_EVENT_WARN,
		"the hour's %zu API calls are used up: the next one is at %s, and the work goes on by itself", l->pacer.limit, iso);
	net->told_of_wait = true;
}

static int wait_for_answers(struct lb_net *net, int64_t timeout_ms, struct lb_error *err)
{
	bool idle = is_idle(net);
	int64_t before = lb_clock_now(&net->clock);
	LB_TRY(net->transport->ops->wait(net->transport, (int)timeout_ms, err));
	int64_t now = lb_clock_now(&net->clock), took = now - before;
	if (idle)
		net->stats.waited_ms += (uint64_t)took;
	if (net->transport->live && took > timeout_ms + ASLEEP_MS)
		wake(net, took, now);
	return LB_OK;
}

static void count_pace(struct lb_net *net)
{
	int64_t now = lb_clock_now(&net->clock);
	if (!net->lanes[LB_LANE_API].held)
		lb_pace_time(&net->pace, now - net->paced_until);
	net->paced_until = now;
}

static int run(struct lb_net *net, struct lb_error *err)
{
	net->paced_until = lb_clock_now(&net->clock);
	while (lb_net_waiting(net, LB_LANE_API) || lb_net_waiting(net, LB_LANE_FILES)) {
		int64_t soon;
		LB_TRY(lb_ctx_check(net->ctx, err));
		LB_TRY(start_ready(net, &soon, err));
		tell_of_wait(net);
		LB_TRY(wait_for_answers(net, soon, err));
		LB_TRY(settle_finished(net, err));
		count_pace(net);
	}
	return LB_OK;
}

/* The run stops, for a reason that stands: whatever else goes wrong meanwhile does not count. */
static void land(struct lb_net *net, int64_t patience_ms)
{
	struct lb_error ignored;
	int64_t end = lb_clock_now(&net->clock) + patience_ms, left;
	net->landing = true;
	while (!is_idle(net) && (left = end - lb_clock_now(&net->clock)) > 0) {
		if (net->transport->ops->wait(net->transport, (int)(left < POLL_MS ? left : POLL_MS), &ignored))
			break;
		while (settle_finished(net, &ignored))
			;
	}
	net->landing = false;
}

int lb_net_run(struct lb_net *net, struct lb_error *err)
{
	int rc = run(net, err);
	if (rc)
		land(net, rc == LB_CANCELLED ? LAND_CANCELLED_MS : LAND_MS);
	return rc;
}

/* What other runs use of the hour at the same time is taken for their share of the hours to come. */
int64_t lb_net_eta_s(const struct lb_net *net, uint64_t calls)
{
	const struct lane *l = &net->lanes[LB_LANE_API];
	int64_t now = lb_clock_now(&net->clock);
	uint64_t used = l->budget ? lb_budget_used(l->budget) : 0, own = lb_pacer_used(&l->pacer, now);
	uint64_t others = used > own ? used - own : 0;
	size_t share = l->pacer.limit > others ? l->pacer.limit - (size_t)others : l->pacer.limit != 0;
	double again = net->api_answers >= TELLING ? (double)net->stats.api_calls / (double)net->api_answers : 1;
	double rate = lb_pace_rate(&net->pace, (double)l->parallel / FIRST_GUESS_MS);
	uint64_t starts = calls < MANY ? (uint64_t)((double)calls * again) : MANY;
	return (lb_pacer_eta(&l->pacer, share, starts, rate * again, now) + 999) / 1000;
}
