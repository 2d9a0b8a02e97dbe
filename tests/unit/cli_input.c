/* Standard input line by line: whole lines, and a stop at any moment. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/cli/cli.h"
#include "tests/support/support.h"

static volatile int stopped;
static int ends[2];
static const struct lb_ctx ctx = {.cancel = &stopped};

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

static void setup(void)
{
	struct sigaction action = {.sa_handler = stop};
	stopped = 0;
	sigaction(SIGTERM, &action, NULL);
	ck_assert_int_eq(pipe(ends), 0);
}

static void teardown(void)
{
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
}

static void check_line(struct lb_input *in, const char *wanted)
{
	struct lb_span line;
	ck_assert_int_eq(lb_input_line(in, &ctx, &line, NULL), LB_OK);
	ck_assert_uint_eq(line.n, strlen(wanted));
	ck_assert_mem_eq(line.p, wanted, line.n);
}

START_TEST(lines_come_whole_and_the_last_needs_no_end)
{
	struct lb_input in = LB_INPUT(ends[0], "the pipe");
	struct lb_span line;
	ck_assert_int_eq(write(ends[1], "one\n\ntwo", 8), 8);
	check_line(&in, "one\n");
	check_line(&in, "\n");
	ck_assert_int_eq(write(ends[1], "s\nlast", 6), 6);
	close(ends[1]);
	ends[1] = -1;
	check_line(&in, "twos\n");
	check_line(&in, "last");
	ck_assert_int_eq(lb_input_line(&in, &ctx, &line, NULL), LB_NOTFOUND);
	lb_buf_clear(&in.held);
}
END_TEST

START_TEST(a_stop_before_the_wait_is_not_missed)
{
	struct lb_input in = LB_INPUT(ends[0], "the pipe");
	struct lb_span line;
	raise(SIGTERM);
	ck_assert_int_eq(lb_input_line(&in, &ctx, &line, NULL), LB_CANCELLED);
	lb_buf_clear(&in.held);
}
END_TEST

START_TEST(a_stop_during_the_wait_ends_it)
{
	struct lb_input in = LB_INPUT(ends[0], "the pipe");
	struct lb_span line;
	pid_t self = getpid(), child = fork();
	if (child == 0) {
		usleep(50000);
		kill(self, SIGTERM);
		_exit(0);
	}
	ck_assert_int_eq(lb_input_line(&in, &ctx, &line, NULL), LB_CANCELLED);
	lb_buf_clear(&in.held);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("cli_input");
	TCase *t = tcase_create("lines");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 10);
	tcase_add_test(t, lines_come_whole_and_the_last_needs_no_end);
	tcase_add_test(t, a_stop_before_the_wait_is_not_missed);
	tcase_add_test(t, a_stop_during_the_wait_ends_it);
	suite_add_tcase(s, t);
	return s;
}
