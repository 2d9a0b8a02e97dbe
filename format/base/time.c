#include <stdio.h>
#include <time.h>

#include "format/base/base.h"

#define DAY 86400

/* Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap day comes
 * last; 400 years have 146,097 days. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
	int64_t from_march = (5 * of_year + 2) / 153;
	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = years + era * 400 + (*month <= 2);
}

void lb_time_iso(int64_t t, char out[LB_TIME_ISO])
{
	int64_t year, month, day;
	out[0] = '\0';
	if (t < days_of(1, 1, 1) * DAY || t >= days_of(10000, 1, 1) * DAY)
		return;
	int64_t days = t / DAY - (t % DAY < 0), second = t - days * DAY;
	date_of(days, &year, &month, &day);
	char text[64];
	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month, (int)day,
		(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
	snprintf(out, LB_TIME_ISO, "%.20s", text);
}

static bool take_number(struct lb_span *s, size_t digits, int64_t low, int64_t high, int64_t *out)
{
	uint64_t value;
	if (s->n < digits || !lb_parse_u64((struct lb_span){s->p, digits}, &value))
		return false;
	*out = (int64_t)value;
	s->p += digits;
	s->n -= digits;
	return *out >= low && *out <= high;
}

static bool take_char(struct lb_span *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	s->p++, s->n--;
	return true;
}

static bool take_date(struct lb_span *s, int64_t *days)
{
	int64_t year, month, day, y, m, d;
	if (!take_number(s, 4, 1, 9999, &year) || !take_char(s, '-') || !take_number(s, 2, 1, 12, &month) ||
		!take_char(s, '-') || !take_number(s, 2, 1, 31, &day))
		return false;
	*days = days_of(year, month, day);
	date_of(*days, &y, &m, &d);
	return d == day; /* else there is no 30 February */
}

static bool take_clock(struct lb_span *s, int64_t *seconds)
{
	int64_t hour, minute, second;
	if (!take_number(s, 2, 0, 23, &hour) || !take_char(s, ':') || !take_number(s, 2, 0, 59, &minute) ||
		!take_char(s, ':') || !take_number(s, 2, 0, 59, &second))
		return false;
	*seconds = hour * 3600 + minute * 60 + second;
	int64_t digit;
	if (!take_char(s, '.'))
		return true;
	if (!take_number(s, 1, 0, 9, &digit))
		return false;
	while (s->n && s->p[0] >= '0' && s->p[0] <= '9')
		s->p++, s->n--;
	return true;
}

static bool take_zone(struct lb_span *s, int64_t *east)
{
	int64_t hour, minute;
	*east = 0;
	if (take_char(s, 'Z'))
		return true;
	bool negative = take_char(s, '-');
	if (!negative && !take_char(s, '+'))
		return false;
	if (!take_number(s, 2, 0, 23, &hour) || !take_char(s, ':') || !take_number(s, 2, 0, 59, &minute))
		return false;
	*east = (hour * 3600 + minute * 60) * (negative ? -1 : 1);
	return true;
}

bool lb_time_parse(struct lb_span iso, int64_t *unix_seconds)
{
	int64_t days, seconds, east;
	if (!take_date(&iso, &days) || !take_char(&iso, 'T') || !take_clock(&iso, &seconds) || !take_zone(&iso, &east))
		return false;
	if (iso.n)
		return false;
	*unix_seconds = days * DAY + seconds - east;
	return true;
}

int64_t lb_time_wall(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

int64_t lb_time_mono(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
