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

static enum lb_verdict judge_status(struct lb_answer *answer)
{
	snprintf(answer->reason, sizeof answer->reason, "HTTP %d", answer->status);
	if (answer->status == 429)
		return LB_AGAIN_SLOWER;
	return answer->status >= 500 ? LB_AGAIN : LB_REFUSE;
}

enum lb_verdict lb_try_judge(struct lb_try *try, lb_judge_fn *judge, void *arg)
{
	struct lb_answer *answer = &try->answer;
	struct lb_error said = {0};
	if (try->result)
		return try->result == LB_NETWORK ? LB_AGAIN : LB_REFUSE;
	if (answer->status != 200)
		return judge_status(answer);
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
