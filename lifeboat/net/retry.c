#include "lifeboat/net/internal.h"

#include <stdio.h>
#include <string.h>

#define HOUR_MS 3600000

int64_t lb_backoff_ms(unsigned attempt, int64_t base_ms, int64_t cap_ms, uint32_t random)
{
	int64_t wait = base_ms < cap_ms ? base_ms : cap_ms;
	for (unsigned i = 1; i < attempt && wait < cap_ms; i++)
		wait = wait > cap_ms / 2 ? cap_ms : wait * 2;
	/* The upper half is left to chance, so that those who failed together do not come back together. */
	return wait - wait / 2 + (int64_t)((double)(wait / 2) * random / UINT32_MAX);
}

struct http_date { int day, year, hour, minute, second, end; char month[4]; };

/* The three forms of RFC 9110 section 5.6.7. */
static bool read_date(const char *s, struct http_date *d)
{
	if (sscanf(s, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &d->day, d->month, &d->year, &d->hour, &d->minute,
		   &d->second, &d->end) == 6 && d->end)
		return true;
	if (sscanf(s, "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &d->day, d->month, &d->year, &d->hour, &d->minute,
		   &d->second, &d->end) == 6 && d->end) {
		d->year += d->year < 70 ? 2000 : 1900;
		return true;
	}
	return sscanf(s, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", d->month, &d->day, &d->hour, &d->minute, &d->second,
		      &d->year, &d->end) == 6;
}

static bool parse_http_date(const char *s, int64_t *out)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct http_date d = {0};
	char iso[96];
	if (!read_date(s, &d) || s[d.end] || strlen(d.month) != 3)
		return false;
	const char *at = strstr(months, d.month);
	if (!at || (at - months) % 3)
		return false;
	snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, (int)(at - months) / 3 + 1, d.day, d.hour, d.minute,
		 d.second);
	return lb_time_parse(lb_span(iso), out);
}

static int64_t ms_within_an_hour(int64_t seconds)
{
	if (seconds < 0)
		return 0;
	return seconds > HOUR_MS / 1000 ? HOUR_MS : seconds * 1000;
}

int64_t lb_retry_after_ms(const char *value, int64_t wall_now)
{
	int64_t at;
	uint64_t seconds;
	struct lb_span text = lb_span_trim(lb_span(value));
	char copy[64];
	if (!text.n || text.n >= sizeof copy)
		return -1;
	memcpy(copy, text.p, text.n);
	copy[text.n] = 0;
	if (strspn(copy, "0123456789") == text.n)
		return lb_parse_u64(text, &seconds) && seconds < HOUR_MS ? ms_within_an_hour((int64_t)seconds) : HOUR_MS;
	return parse_http_date(copy, &at) ? ms_within_an_hour(at - wall_now) : -1;
}

/* The API answers what concerns one photo with 200: these say that the key is not wanted, or that the edge is cross. With a
 * signature that is refused asking again does not help: the answer says why. */
static bool is_refusal_of_all(const struct lb_try *try)
{
	const struct lb_answer *a = &try->answer;
	if (try->lane != LB_LANE_API || try->unpaced)
		return false;
	return a->status == 403 || (a->status == 401 && !lb_span_starts(lb_buf_span(&a->body), "oauth_problem="));
}

static enum lb_try_verdict judge_status(struct lb_try *try)
{
	struct lb_answer *answer = &try->answer;
	snprintf(answer->reason, sizeof answer->reason, "HTTP %d", answer->status);
	if (answer->status == 429 || is_refusal_of_all(try))
		return LB_AGAIN_SLOWER;
	return answer->status >= 500 ? LB_AGAIN : LB_REFUSE;
}

enum lb_try_verdict lb_try_judge(struct lb_try *try, lb_judge_fn *judge, void *arg)
{
	struct lb_answer *answer = &try->answer;
	struct lb_error said = {0};
	if (try->result)
		return try->result == LB_NETWORK ? LB_AGAIN : LB_REFUSE;
	if (answer->status != 200 && !(try->no_follow && lb_is_redirect(answer->status)))
		return judge_status(try);
	int rc = judge ? judge(arg, answer, &said) : LB_OK;
	if (!rc)
		return LB_ACCEPT;
	lb_blot_secrets(said.what, try->url); /* before it is shortened: half a key is still half a key */
	snprintf(answer->reason, sizeof answer->reason, "%.*s", (int)sizeof answer->reason - 1,
		 *said.what ? said.what : "not what was asked for");
	if (rc == LB_RATE)
		return LB_AGAIN_SLOWER;
	return rc == LB_NETWORK ? LB_AGAIN : LB_REFUSE;
}

/* ---- when nothing works any more -------------------------------------------------------------------------------- */

/* By HTTP status; 0: any other. `limit`: so many in a row are no accident any more. */
static const struct { int status; unsigned limit; enum lb_status end; const char *what, *hint; } streaks[] = {
	{401, 8, LB_AUTH, "flickr refuses whatever is asked with this API key",
		"look at https://www.flickr.com/services/apps/ whether the key still holds; nothing is lost: run the same command again"},
	{403, 8, LB_AUTH, "flickr refuses whatever is asked with this API key",
		"look at https://www.flickr.com/services/apps/ whether the key still holds; nothing is lost: run the same command again"},
	{429, 24, LB_RATE, "flickr says that this API key, or this network, asks too much",
		"is another program using the key? nothing is lost: wait an hour, then run the same command again, with a lower --rate"},
	{0, 60, LB_NETWORK, "flickr has not given one good answer for a while",
		"nothing is lost: run the same command again when Flickr is back"},
};

int lb_fail_unreachable(const char *why, struct lb_error *err)
{
	lb_fail(err, LB_NETWORK, "flickr cannot be reached: %s", why);
	lb_hint(err, "nothing is lost; run the same command again when the network is back");
	return LB_NETWORK;
}

int lb_streak_check(unsigned count, const struct lb_answer *answer, struct lb_error *err)
{
	size_t i = 0;
	while (streaks[i].status && streaks[i].status != answer->status)
		i++;
	if (count < streaks[i].limit)
		return LB_OK;
	lb_fail(err, streaks[i].end, "%s: %s, %u times in a row", streaks[i].what, answer->reason, count);
	return lb_hint(err, "%s", streaks[i].hint);
}
