#include "viewer/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool lb_said(const char *text)
{
	return text && *text;
}

void lb_add_number(struct lb_buf *b, int64_t n)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%" PRIu64, n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n);
	if (n < 0)
		lb_buf_addc(b, '-');
	size_t len = strlen(digits);
	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			lb_buf_addc(b, ',');
		lb_buf_addc(b, digits[i]);
	}
}

void lb_add_bytes(struct lb_buf *b, uint64_t n)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB", "PB", "EB" };
	size_t unit = 0;
	uint64_t tenths = n / 100;
	if (n >= 1000) {
		for (; tenths >= 10000 && unit + 1 < LB_COUNT(units); unit++)
			tenths /= 1000;
		lb_buf_addf(b, "%" PRIu64 ".%" PRIu64 "&nbsp;%s (", tenths / 10, tenths % 10, units[unit]);
	}
	lb_ui_count(b, UI_N_BYTES, n > INT64_MAX ? INT64_MAX : (int64_t)n);
	if (n >= 1000)
		lb_buf_addc(b, ')');
}

static const char *month_name(int month)
{
	return lb_ui((enum lb_ui)(UI_MONTH_1 + month - 1));
}

/* "2026-11-20T21:47:00Z" cut into numbers. */
struct moment { int year, month, day, hour, minute, second; };

static bool digits_at(const char *text, size_t at, size_t n, int *out)
{
	int value = 0;
	for (size_t i = at; i < at + n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*out = value;
	return true;
}

/* "YYYY-MM-DD?hh:mm:ss"; the month and day may be 00. false when it has another form. */
static bool read_moment(const char *text, struct moment *m)
{
	if (!text || strlen(text) < 19 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':')
		return false;
	return digits_at(text, 0, 4, &m->year) && digits_at(text, 5, 2, &m->month) && digits_at(text, 8, 2, &m->day) &&
	       digits_at(text, 11, 2, &m->hour) && digits_at(text, 14, 2, &m->minute) && digits_at(text, 17, 2, &m->second) &&
	       m->month <= 12 && m->day <= 31 && m->hour < 24 && m->minute < 60 && m->second <= 60;
}

static void add_time(struct lb_buf *b, int64_t unix_seconds, bool with_clock)
{
	char iso[LB_TIME_ISO];
	struct moment m;
	if (unix_seconds < 0)
		return;
	lb_time_iso(unix_seconds, iso);
	if (!read_moment(iso, &m) || m.month < 1)
		return;
	lb_buf_addf(b, "<time datetime=\"%s\">%d %s %d", iso, m.day, month_name(m.month), m.year);
	if (with_clock)
		lb_buf_addf(b, ", %02d:%02d UTC", m.hour, m.minute);
	lb_buf_adds(b, "</time>");
}

void lb_add_day(struct lb_buf *b, int64_t unix_seconds)
{
	add_time(b, unix_seconds, false);
}

void lb_add_moment(struct lb_buf *b, int64_t unix_seconds)
{
	add_time(b, unix_seconds, true);
}

int lb_taken_year(const struct lb_taken *taken)
{
	struct moment m;
	return lb_taken_known(taken) && read_moment(taken->value, &m) ? m.year : 0;
}

/* How exactly it is known. A month or day that is 00 makes a date as coarse as that. */
enum exactness { BY_CIRCA, BY_YEAR, BY_MONTH, BY_SECOND };

static enum exactness exactness_of(const struct lb_taken *taken, const struct moment *m)
{
	if (taken->granularity >= 8)
		return BY_CIRCA;
	if (taken->granularity >= 6 || m->month == 0)
		return BY_YEAR;
	return taken->granularity >= 4 || m->day == 0 ? BY_MONTH : BY_SECOND;
}

static void add_taken_words(struct lb_buf *b, const struct moment *m, enum exactness exact)
{
	char year[16];
	snprintf(year, sizeof year, "%d", m->year);
	if (exact == BY_CIRCA)
		lb_ui_fill(b, UI_ABOUT_YEAR, year, NULL);
	else if (exact == BY_YEAR)
		lb_buf_adds(b, year);
	else if (exact == BY_MONTH)
		lb_buf_addf(b, "%s %s", month_name(m->month), year);
	else
		lb_buf_addf(b, "%d %s %s, %02d:%02d:%02d", m->day, month_name(m->month), year, m->hour, m->minute, m->second);
}

void lb_add_taken_text(struct lb_buf *b, const struct lb_taken *taken)
{
	struct moment m;
	if (!lb_taken_known(taken))
		lb_buf_adds(b, lb_ui(UI_DATE_UNKNOWN));
	else if (!read_moment(taken->value, &m) || !m.year)
		lb_rich_name(b, taken->value);
	else
		add_taken_words(b, &m, exactness_of(taken, &m));
}

void lb_add_taken(struct lb_buf *b, const struct lb_taken *taken)
{
	struct moment m;
	if (!lb_taken_known(taken) || !read_moment(taken->value, &m) || !m.year) {
		lb_add_taken_text(b, taken);
		return;
	}
	enum exactness exact = exactness_of(taken, &m);
	lb_buf_addf(b, "<time datetime=\"%04d", m.year);
	if (exact >= BY_MONTH)
		lb_buf_addf(b, "-%02d", m.month);
	if (exact == BY_SECOND)
		lb_buf_addf(b, "-%02dT%02d:%02d:%02d", m.day, m.hour, m.minute, m.second < 60 ? m.second : 59);
	lb_buf_adds(b, "\">");
	add_taken_words(b, &m, exact);
	lb_buf_adds(b, "</time>");
}

bool lb_taken_seconds(const struct lb_taken *taken, int64_t *seconds, unsigned *grain)
{
	struct moment m;
	if (!lb_taken_known(taken) || !read_moment(taken->value, &m) || !m.year)
		return false;
	LB_AUTO(lb_buf_clear) struct lb_buf iso = LB_BUF(64);
	lb_buf_addf(&iso, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.year, m.month ? m.month : 1, m.day ? m.day : 1, m.hour, m.minute,
		m.second < 60 ? m.second : 59);
	*grain = BY_SECOND - exactness_of(taken, &m);
	return lb_time_parse(lb_buf_span(&iso), seconds);
}

void lb_add_text(struct lb_buf *b, const char *plain)
{
	struct lb_span rest = lb_span(plain), line;
	bool open = false;
	while (lb_span_cut(&rest, '\n', &line)) {
		line = lb_span_trim(line);
		if (line.n) {
			lb_buf_adds(b, open ? "<br>\n" : "<p dir=\"auto\">");
			lb_escape_span(b, line);
		} else if (open) {
			lb_buf_adds(b, "</p>\n");
		}
		open = line.n > 0;
	}
	if (open)
		lb_buf_adds(b, "</p>\n");
}

void lb_add_name(struct lb_buf *b, const char *name)
{
	lb_buf_adds(b, "<bdi>");
	lb_rich_name(b, name ? name : "");
	lb_buf_adds(b, "</bdi>");
}

/* White space of any script, and what has no ink. */
static bool is_blank(uint32_t c)
{
	return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

/* A title as it is shown, or NULL when there is nothing to see in it. */
static const char *readable_title(const char *title, struct lb_arena *arena)
{
	if (!lb_said(title))
		return NULL;
	const char *text = lb_html_unescape(lb_html_unescape(title, arena), arena); /* some arrive escaped twice */
	for (struct lb_span rest = lb_span(text); rest.n;)
		if (!is_blank(lb_utf8_next(&rest)))
			return text;
	return NULL;
}

bool lb_add_title_text(struct lb_buf *b, const char *title)
{
	struct lb_arena arena = { 0 };
	const char *text = readable_title(title, &arena);
	if (text)
		lb_rich_name(b, text);
	lb_arena_clear(&arena);
	return text != NULL;
}

bool lb_add_title_plain(struct lb_buf *b, const char *title)
{
	struct lb_arena arena = { 0 };
	const char *text = readable_title(title, &arena);
	lb_rich_plain(b, text);
	lb_arena_clear(&arena);
	return text != NULL;
}

void lb_add_title(struct lb_buf *b, const char *title)
{
	size_t start = b->len;
	lb_buf_adds(b, "<bdi>");
	if (lb_add_title_text(b, title)) {
		lb_buf_adds(b, "</bdi>");
		return;
	}
	b->len = start;
	lb_buf_addf(b, "<span class=\"untitled\">%s</span>", lb_ui(UI_UNTITLED));
}

void lb_add_alt(struct lb_buf *b, const char *title, const struct lb_taken *taken, bool video)
{
	if (lb_add_title_text(b, title))
		return;
	lb_buf_adds(b, lb_ui(video ? UI_ALT_VIDEO : UI_ALT_PHOTO));
	if (!lb_taken_known(taken))
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf when = LB_BUF(4096);
	lb_add_taken_text(&when, taken);
	lb_ui_fill(b, UI_ALT_TAKEN, lb_buf_str(&when), NULL);
}
