/* Standard input, line by line, so that a signal is never missed: between the look at the flag and a plain read(2) there
 * is a moment in which a signal sets the flag and the read then waits for ever. ppoll(2) closes it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli.h"

#define PIECE 65536

static int wait_for_input(const struct lb_input *in, const struct lb_ctx *ctx, struct lb_error *err)
{
	struct pollfd poll_fd = {.fd = in->fd, .events = POLLIN};
	sigset_t stops, before;
	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stops, &before);
	int rc, ready = 0;
	while (!(rc = lb_ctx_check(ctx, err)) && !ready) {
		ready = ppoll(&poll_fd, 1, NULL, &before);
		if (ready < 0 && errno != EINTR) {
			rc = lb_fail_sys(err, "cannot read %s", in->name);
			break;
		}
		ready = ready > 0;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static int read_piece(struct lb_input *in, const struct lb_ctx *ctx, struct lb_error *err)
{
	char piece[PIECE];
	LB_TRY(wait_for_input(in, ctx, err));
	ssize_t n = read(in->fd, piece, sizeof piece);
	if (n < 0)
		return errno == EINTR ? LB_OK : lb_fail_sys(err, "cannot read %s", in->name);
	if (in->at)
		memmove(in->held.p, in->held.p + in->at, in->held.len - in->at);
	in->held.len -= in->at;
	in->at = 0;
	lb_buf_add(&in->held, piece, (size_t)n);
	in->ended = n == 0;
	return lb_buf_check(&in->held, in->name, err);
}

int lb_input_line(struct lb_input *in, const struct lb_ctx *ctx, struct lb_span *line, struct lb_error *err)
{
	size_t looked = 0;
	for (;;) {
		struct lb_span rest = {in->held.len ? in->held.p + in->at : "", in->held.len - in->at};
		const char *end = memchr(rest.p + looked, '\n', rest.n - looked);
		if (end || in->ended) {
			size_t n = end ? (size_t)(end - rest.p) + 1 : rest.n;
			*line = (struct lb_span){rest.p, n};
			in->at += n;
			return n ? LB_OK : LB_NOTFOUND;
		}
		looked = rest.n;
		LB_TRY(read_piece(in, ctx, err));
	}
}
