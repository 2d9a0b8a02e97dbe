#include <signal.h>
#include <stddef.h>

#include "lifeboat/cli/cli_private.h"

/* A signal handler has no other way to reach its program. */
static volatile int stopped;

/* The second signal finds the default action again, and kills. */
static void stop(int number)
{
	(void)number;
	stopped = 1;
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}

volatile int *lb_signals_take(void)
{
	static const int numbers[] = {SIGINT, SIGTERM};
	for (size_t i = 0; i < LB_COUNT(numbers); i++) {
		struct sigaction action = {.sa_handler = stop}, before;
		/* What a shell has set to be ignored (nohup, background jobs) stays so. */
		if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, with a message */
	return &stopped;
}
