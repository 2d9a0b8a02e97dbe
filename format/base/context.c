#include <sched.h>
#include <unistd.h>

#include "format/base/internal.h"

#define THREADS_MAX 64

int64_t lb_ctx_now(const struct lb_ctx *ctx)
{
	return ctx && ctx->wall ? ctx->wall(ctx->wall_arg) : lb_time_wall();
}

bool lb_ctx_cancelled(const struct lb_ctx *ctx)
{
	return ctx && ctx->cancel && *ctx->cancel;
}

int lb_ctx_check(const struct lb_ctx *ctx, struct lb_error *err)
{
	if (lb_ctx_cancelled(ctx))
		return lb_fail(err, LB_CANCELLED, "interrupted");
	if (ctx && ctx->until && lb_ctx_now(ctx) >= ctx->until)
		return lb_fail(err, LB_CANCELLED, "stopped, as it is the time that was set");
	return LB_OK;
}

void lb_ctx_event(const struct lb_ctx *ctx, const struct lb_event *event)
{
	if (ctx && ctx->event)
		ctx->event(ctx->event_arg, event);
}

void lb_ctx_note(const struct lb_ctx *ctx, enum lb_event_kind kind, const char *fmt, ...)
{
	if (!ctx || !ctx->event)
		return;
	char text[1024];
	va_list args;
	va_start(args, fmt);
	lb_vformat(text, sizeof text, fmt, args);
	va_end(args);
	lb_ctx_event(ctx, &(struct lb_event){.kind = kind, .what = text});
}

/* Those that this process may use, which in a container can be fewer than there are. */
static unsigned processors(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0)
		return (unsigned)CPU_COUNT(&set);
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (unsigned)online : 1;
}

unsigned lb_ctx_threads(const struct lb_ctx *ctx)
{
	unsigned n = ctx && ctx->threads ? ctx->threads : processors();
	return n > THREADS_MAX ? THREADS_MAX : n;
}
