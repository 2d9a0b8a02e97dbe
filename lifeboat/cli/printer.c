#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lifeboat/cli/cli_private.h"

#define REDRAW_EVERY 100   /* milliseconds */
#define PLAIN_EVERY 10000
#define SETTLED 3000       /* before that a rate says little */
#define SHORT_STAGE 2000   /* on a terminal, a stage shorter than this leaves no line behind */

struct lb_printer {
	pthread_mutex_t lock; /* guards all below, and standard error */
	enum lb_progress_mode mode;
	bool verbose, quiet;
	bool drawn;           /* a progress line stands in the terminal's last line */
	bool told;            /* the running stage has progressed */
	char stage[64], unit[32];
	struct lb_event last;
	uint64_t base;        /* done at the first event: what an earlier run had done says nothing of speed */
	int64_t began, shown;
};

enum lb_progress_mode lb_progress_mode(const char *wanted, bool quiet)
{
	static const struct { const char *name; enum lb_progress_mode mode; } names[] = {
		{"none", LB_PROGRESS_NONE}, {"plain", LB_PROGRESS_PLAIN}, {"json", LB_PROGRESS_JSON},
	};
	for (size_t i = 0; wanted && i < LB_COUNT(names); i++)
		if (strcmp(wanted, names[i].name) == 0)
			return names[i].mode;
	const char *term = getenv("TERM");
	if (quiet)
		return LB_PROGRESS_NONE;
	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0 ? LB_PROGRESS_LINE : LB_PROGRESS_PLAIN;
}

struct lb_printer *lb_printer_new(enum lb_progress_mode mode, bool verbose, bool quiet)
{
	struct lb_printer *p = lb_alloc(sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	p->mode = mode;
	p->verbose = verbose;
	p->quiet = quiet;
	p->began = lb_time_mono();
	return p;
}

static void put(const struct lb_buf *b)
{
	fwrite(lb_buf_str(b), 1, b->len, stderr);
}

static void clear_line(struct lb_printer *p)
{
	if (p->drawn)
		fputs("\r\033[K", stderr);
	p->drawn = false;
}

/* ---- what is told ---- */

static double seconds_since(int64_t began)
{
	return (double)(lb_time_mono() - began) / 1000;
}

static void append_done(struct lb_buf *b, const struct lb_printer *p)
{
	lb_append_count(b, p->last.done);
	if (p->last.total && p->last.total != p->last.done) {
		lb_buf_addc(b, '/');
		lb_append_count(b, p->last.total);
	}
	if (p->unit[0])
		lb_buf_addf(b, " %s", p->unit);
}

static void append_details(struct lb_buf *b, const struct lb_printer *p)
{
	if (p->last.gaps) {
		lb_buf_adds(b, ", ");
		lb_append_count(b, p->last.gaps);
		lb_buf_adds(b, p->last.gaps == 1 ? " gap" : " gaps");
	}
	if (p->last.bytes) {
		lb_buf_adds(b, ", ");
		lb_append_bytes(b, p->last.bytes);
	}
	if (p->last.calls) {
		lb_buf_adds(b, ", ");
		lb_append_count(b, p->last.calls);
		lb_buf_adds(b, " calls");
	}
}

/* Per second, per minute or per hour: whichever gives a number one can picture. */
static void append_speed(struct lb_buf *b, double per_second)
{
	static const struct { double seconds; const char *unit; } units[] = {{1, "s"}, {60, "min"}, {3600, "h"}};
	size_t i = 0;
	while (i + 1 < LB_COUNT(units) && per_second * units[i].seconds < 1)
		i++;
	double speed = per_second * units[i].seconds;
	lb_buf_addf(b, ", %.*f/%s", speed < 10 ? 1 : 0, speed, units[i].unit);
}

/* What the sender says, who may know of limits; else by what was done so far. Negative: nothing to say. */
static double seconds_left(const struct lb_printer *p)
{
	double seconds = seconds_since(p->began), fresh = (double)(p->last.done - p->base);
	if (p->last.left_s > 0)
		return (double)p->last.left_s;
	if (seconds * 1000 < SETTLED || p->last.done <= p->base || p->last.total <= p->last.done)
		return -1;
	return (double)(p->last.total - p->last.done) * seconds / fresh;
}

static void append_rate(struct lb_buf *b, const struct lb_printer *p)
{
	double seconds = seconds_since(p->began), left = seconds_left(p);
	if (left >= 0) {
		lb_buf_adds(b, ", ETA ");
		lb_append_time(b, left);
	}
	if (seconds * 1000 >= SETTLED && p->last.done > p->base)
		append_speed(b, (double)(p->last.done - p->base) / seconds);
}

/* What matters most comes first: terminals are narrow. */
static void append_status(struct lb_buf *b, const struct lb_printer *p)
{
	if (p->stage[0])
		lb_buf_addf(b, "%s: ", p->stage);
	append_done(b, p);
	if (p->last.total)
		lb_buf_addf(b, " (%u%%)", (unsigned)((double)p->last.done * 100 / (double)p->last.total));
	append_rate(b, p);
	append_details(b, p);
}

static size_t terminal_width(void)
{
	struct winsize size;
	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : 80;
}

static void draw_line(struct lb_printer *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	append_status(&b, p);
	size_t width = terminal_width() - 1;
	fprintf(stderr, "\r%.*s\033[K", (int)(b.len < width ? b.len : width), lb_buf_str(&b));
	p->drawn = true;
}

static void print_line(struct lb_printer *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	append_status(&b, p);
	lb_buf_addc(&b, '\n');
	put(&b);
}

static void print_json(const struct lb_printer *p, const char *type, const char *message)
{
	struct lb_line line;
	lb_line_begin(&line, type);
	lb_jw_str(&line.w, "stage", p->stage[0] ? p->stage : NULL);
	if (message) {
		lb_jw_str(&line.w, "message", message);
	} else if (p->told) {
		lb_jw_int(&line.w, "done", (int64_t)p->last.done);
		lb_jw_int(&line.w, "total", (int64_t)p->last.total);
		lb_jw_str(&line.w, "unit", p->unit[0] ? p->unit : NULL);
		lb_jw_int(&line.w, "bytes", (int64_t)p->last.bytes);
		lb_jw_int(&line.w, "calls", (int64_t)p->last.calls);
		lb_jw_int(&line.w, "gaps", (int64_t)p->last.gaps);
		double left = seconds_left(p);
		if (left >= 0)
			lb_jw_int(&line.w, "seconds_left", (int64_t)left);
	}
	lb_jw_end(&line.w);
	lb_buf_addc(&line.b, '\n');
	put(&line.b);
	lb_buf_clear(&line.b);
}

/* ---- events ---- */

static void end_stage(struct lb_printer *p)
{
	bool told = p->told && p->last.done;
	clear_line(p);
	p->told = false;
	if (!told || (p->mode == LB_PROGRESS_LINE && lb_time_mono() - p->began < SHORT_STAGE))
		return;
	if (p->mode != LB_PROGRESS_LINE && p->mode != LB_PROGRESS_PLAIN)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	if (p->stage[0])
		lb_buf_addf(&b, "%s: ", p->stage);
	append_done(&b, p);
	append_details(&b, p);
	lb_buf_adds(&b, " in ");
	lb_append_time(&b, seconds_since(p->began));
	lb_buf_addc(&b, '\n');
	put(&b);
}

static void begin_stage(struct lb_printer *p, const struct lb_event *event)
{
	end_stage(p);
	snprintf(p->stage, sizeof p->stage, "%s", event->what ? event->what : "");
	p->last = (struct lb_event){0};
	p->unit[0] = '\0';
	p->began = p->shown = lb_time_mono();
	if (p->mode == LB_PROGRESS_JSON)
		print_json(p, "stage", NULL);
}

static void progress(struct lb_printer *p, const struct lb_event *event)
{
	int64_t now = lb_time_mono();
	if (!p->told)
		p->base = event->done > 1 ? event->done : 0;
	p->told = true;
	p->last = *event;
	p->last.what = p->last.unit = NULL;
	snprintf(p->unit, sizeof p->unit, "%s", event->unit ? event->unit : "");
	bool last = event->total && event->done == event->total;
	int64_t pause = p->mode == LB_PROGRESS_PLAIN ? PLAIN_EVERY : REDRAW_EVERY;
	if (now - p->shown < pause && !(last && p->mode == LB_PROGRESS_JSON))
		return;
	p->shown = now;
	if (p->mode == LB_PROGRESS_JSON)
		print_json(p, "progress", NULL);
	else if (p->mode == LB_PROGRESS_LINE)
		draw_line(p);
	else if (p->mode == LB_PROGRESS_PLAIN)
		print_line(p);
}

static void message(struct lb_printer *p, const struct lb_event *event)
{
	bool warn = event->kind == LB_EVENT_WARN;
	if (!warn && !p->verbose)
		return;
	if (p->mode == LB_PROGRESS_JSON) {
		print_json(p, warn ? "warning" : "note", event->what);
		return;
	}
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8192);
	lb_buf_adds(&b, warn ? "lifeboat: warning: " : "");
	lb_show(&b, lb_span(event->what));
	lb_buf_addc(&b, '\n');
	clear_line(p);
	put(&b);
}

void lb_printer_event(void *printer, const struct lb_event *event)
{
	static void (*const handlers[])(struct lb_printer *, const struct lb_event *) = {
		[LB_EVENT_STAGE] = begin_stage, [LB_EVENT_PROGRESS] = progress, [LB_EVENT_NOTE] = message, [LB_EVENT_WARN] = message,
	};
	struct lb_printer *p = printer;
	pthread_mutex_lock(&p->lock);
	handlers[event->kind](p, event);
	pthread_mutex_unlock(&p->lock);
}

void lb_printer_clear_line(struct lb_printer *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	clear_line(p);
	pthread_mutex_unlock(&p->lock);
}

void lb_printer_free(struct lb_printer *p)
{
	if (!p)
		return;
	end_stage(p);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
