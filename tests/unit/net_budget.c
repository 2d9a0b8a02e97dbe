/* The count that runs share: never more than the limit in an hour, whatever happens to clocks, files and machines. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/standin.h"
#include "tests/support/support.h"

#define HOUR ((int64_t)3600000)
#define WHOLE (64 + 16 * 3608)

static struct lb_error err;
static struct standin s;
static struct lb_ctx ctx;
static char path[300];
static unsigned warned;

static void on_event(void *arg, const struct lb_event *event)
{
	(void)arg;
	warned += event->kind == LB_EVENT_WARN;
}

static void begin(void)
{
	standin_init(&s);
	snprintf(path, sizeof path, "%s/state/lifeboat/calls-1", test_dir());
	ctx = (struct lb_ctx){.event = on_event};
	warned = 0;
}

static struct lb_budget *open_budget(size_t limit)
{
	struct lb_budget *b;
	ck_assert_ok(lb_budget_open(path, limit, &s.it.clock, &ctx, &b, &err));
	return b;
}

static int64_t take(struct lb_budget *b)
{
	int64_t wait = -1;
	ck_assert_ok(lb_budget_take(b, &wait, &err));
	return wait;
}

/* Takes until told to wait. */
static size_t take_all(struct lb_budget *b, size_t most)
{
	size_t n = 0;
	while (n < most && take(b) == 0)
		n++;
	return n;
}

START_TEST(runs_share_the_hour)
{
	struct lb_budget *a = open_budget(10), *b = open_budget(10);
	ck_assert_uint_eq(take_all(a, 4), 4);
	ck_assert_uint_eq(take_all(b, 100), 6);
	ck_assert_uint_eq(take_all(a, 100), 0);
	ck_assert_uint_eq(lb_budget_used(a), 10);
	int64_t wait = take(a);
	ck_assert_int_gt(wait, HOUR);
	ck_assert_int_le(wait, HOUR + 1000);
	standin_advance(&s, wait - 1);
	ck_assert_int_eq(take(a), 1);
	standin_advance(&s, 1);
	ck_assert_int_eq(take(a), 0);
	lb_budget_free(a);
	ck_assert_uint_eq(take_all(b, 100), 9);
	lb_budget_free(b);
	a = open_budget(10); /* later runs as well */
	ck_assert_uint_eq(take_all(a, 100), 0);
	lb_budget_free(a);
	a = open_budget(15); /* whoever may more has the rest */
	ck_assert_uint_eq(take_all(a, 100), 5);
	lb_budget_free(a);
	ck_assert_uint_eq(warned, 0);
}
END_TEST

/* Three days, with pauses, two runs of different limits, clocks set to and fro, sleep, restarts of the machine. */
START_TEST(no_hour_holds_more_than_the_limit)
{
	static const size_t limit = 40;
	struct lb_budget *b = open_budget(limit), *a = open_budget(limit / 2);
	size_t count = 0, cap = 0;
	int64_t *starts = NULL, gone = 0; /* of real time, which no clock need tell */
	srand(7);
	for (int i = 0; i < 20000; i++) {
		int64_t wait = take(rand() % 3 ? b : a), step = rand() % 20000;
		if (!wait) {
			LB_GROW(starts, count, cap);
			starts[count++] = gone;
		}
		if (rand() % 100 == 0)
			s.wall += (rand() % 3 - 1) * HOUR * (1 + rand() % 30);
		if (rand() % 300 == 0)
			step += rand() % (2 * (int)HOUR);
		standin_advance(&s, step);
		gone += step;
		if (rand() % 500)
			continue;
		lb_budget_free(b); /* the machine was off for a while, and counts from a new start */
		lb_budget_free(a);
		int64_t off = rand() % (int)HOUR, up = rand() % (5 * 60000);
		gone += off + up;
		s.wall += off + up;
		s.now = up;
		snprintf(s.it.clock.boot, sizeof s.it.clock.boot, "%032x", i);
		b = open_budget(limit);
		a = open_budget(limit / 2);
	}
	ck_assert_uint_gt(count, 600);
	for (size_t i = limit; i < count; i++)
		ck_assert_int_gt(starts[i] - starts[i - limit], HOUR);
	lb_budget_free(b);
	lb_budget_free(a);
	free(starts);
}
END_TEST

START_TEST(a_busy_run_gets_nearly_all)
{
	struct lb_budget *b = open_budget(3600);
	size_t count = 0;
	int64_t end = s.now + 5 * HOUR;
	for (int64_t wait; s.now < end; standin_advance(&s, wait ? wait : 1))
		count += (wait = take(b)) == 0;
	ck_assert_uint_le(count, 5 * 3600 + 1);
	ck_assert_uint_ge(count, 5 * 3600 - 20);
	lb_budget_free(b);
}
END_TEST

START_TEST(a_clock_that_is_set_changes_nothing)
{
	struct lb_budget *b = open_budget(5);
	take_all(b, 5);
	s.wall += 400 * HOUR;
	ck_assert_int_gt(take(b), HOUR - 1);
	s.wall -= 4000 * HOUR;
	ck_assert_int_gt(take(b), HOUR - 1);
	lb_budget_free(b);
	b = open_budget(5);
	ck_assert_int_gt(take(b), HOUR - 1);
	standin_advance(&s, HOUR + 1000);
	ck_assert_uint_eq(take_all(b, 100), 5);
	lb_budget_free(b);
}
END_TEST

static void restart(int64_t wall_ms, int64_t up_ms)
{
	s.wall += wall_ms;
	s.now = up_ms;
	memset(s.it.clock.boot, 'f', 32);
}

/* What was not yet on the disk is not known: 32 starts are held to have been made. */
START_TEST(after_a_restart_the_hour_goes_on)
{
	struct lb_budget *b = open_budget(100);
	take_all(b, 50);
	lb_budget_free(b);
	restart(70000, 60000);
	b = open_budget(100);
	ck_assert_uint_eq(take_all(b, 1000), 100 - 50 - 32);
	ck_assert_uint_eq(warned, 0);
	standin_advance(&s, HOUR + 1000);
	ck_assert_uint_eq(take_all(b, 1000), 100);
	lb_budget_free(b);
}
END_TEST

/* Only the wall clock says that hours went by: that is not enough. */
START_TEST(time_switched_off_is_not_believed)
{
	struct lb_budget *b = open_budget(100);
	take_all(b, 100);
	lb_budget_free(b);
	restart(10 * HOUR, 60000);
	b = open_budget(100);
	int64_t wait = take(b);
	ck_assert_int_gt(wait, HOUR - 61000);
	ck_assert_int_le(wait, HOUR - 59000 + 1000);
	lb_budget_free(b);
}
END_TEST

/* A folder shared by two machines: the other one ran all the time, and nothing was lost. */
START_TEST(another_machine_s_count_is_taken_over)
{
	struct lb_budget *b = open_budget(100);
	take_all(b, 50);
	s.now += 77 * HOUR;
	s.wall += 20000;
	memset(s.it.clock.boot, 'e', 32);
	ck_assert_uint_eq(take_all(b, 1000), 50);
	lb_budget_free(b);
}
END_TEST

/* ---- damage -------------------------------------------------------------------------------------------------------- */

static void write_at(const void *data, size_t n, off_t at)
{
	int fd = open(path, O_WRONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, data, n, at), n);
	close(fd);
}

static void expect_an_hour(void)
{
	struct lb_budget *b = open_budget(1000);
	int64_t wait = take(b);
	ck_assert_int_gt(wait, HOUR - 1);
	ck_assert_int_le(wait, HOUR + 1000);
	ck_assert_uint_eq(warned, 1);
	ck_assert_int_eq(take(b), wait);
	ck_assert_uint_eq(warned, 1); /* once */
	standin_advance(&s, wait);
	ck_assert_uint_eq(take_all(b, 2000), 1000);
	lb_budget_free(b);
}

static const long sizes[] = {0, 1, 63, 64, 65, 4096, WHOLE - 1, WHOLE - 16, WHOLE + 1, WHOLE * 2};

START_TEST(a_file_of_another_size_counts_as_a_full_hour)
{
	struct lb_budget *b = open_budget(1000);
	take(b);
	lb_budget_free(b);
	ck_assert_int_eq(truncate(path, sizes[_i]), 0);
	expect_an_hour();
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_size, WHOLE);
}
END_TEST

static const long places[] = {0, 7, 8, 39, 40, 48, 56, 60, 63, 64, 67, 68, 72, 79, WHOLE / 2, WHOLE - 1};

START_TEST(a_changed_byte_counts_as_a_full_hour)
{
	struct lb_budget *b = open_budget(1000);
	take(b);
	lb_budget_free(b);
	int fd = open(path, O_RDWR);
	char c;
	ck_assert_int_eq(pread(fd, &c, 1, places[_i]), 1);
	c ^= 0x10;
	ck_assert_int_eq(pwrite(fd, &c, 1, places[_i]), 1);
	close(fd);
	expect_an_hour();
}
END_TEST

START_TEST(zeros_and_the_future_count_as_a_full_hour)
{
	static const char zeros[4096];
	struct lb_budget *b = open_budget(1000);
	take(b);
	lb_budget_free(b);
	if (_i == 0)
		write_at(zeros, sizeof zeros, 8192);
	else
		s.now -= 2 * HOUR;
	expect_an_hour();
}
END_TEST

/* Killed between the two writes of a start: the count is there, the time of the last change is not. */
START_TEST(an_old_header_is_no_damage)
{
	char header[64];
	struct lb_budget *b = open_budget(10);
	take(b);
	int fd = open(path, O_RDWR);
	ck_assert_int_eq(pread(fd, header, 64, 0), 64);
	standin_advance(&s, 5000);
	take(b);
	ck_assert_int_eq(pwrite(fd, header, 64, 0), 64);
	close(fd);
	ck_assert_uint_eq(take_all(b, 100), 8);
	ck_assert_uint_eq(warned, 0);
	lb_budget_free(b);
}
END_TEST

START_TEST(a_file_that_was_removed_is_made_anew)
{
	struct lb_budget *b = open_budget(10);
	take_all(b, 10);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_gt(take(b), 0); /* opened again; nothing counted into the file that is gone */
	ck_assert_uint_eq(take_all(b, 100), 10);
	lb_budget_free(b);
	ck_assert_uint_eq(warned, 0);
}
END_TEST

START_TEST(a_lock_that_another_holds_is_not_waited_for)
{
	struct lb_budget *b = open_budget(10);
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDWR);
	ck_assert_int_eq(fcntl(fd, F_OFD_SETLK, &lock), 0);
	int64_t wait = take(b);
	ck_assert_int_gt(wait, 0);
	ck_assert_int_lt(wait, 1000);
	close(fd);
	ck_assert_int_eq(take(b), 0);
	lb_budget_free(b);
}
END_TEST

START_TEST(where_nothing_can_be_counted_nothing_is_asked)
{
	struct lb_budget *b;
	ck_assert_int_eq(lb_budget_open("/proc/nowhere/calls", 1, &s.it.clock, NULL, &b, &err), LB_IO);
	ck_assert_int_eq(lb_budget_open(test_dir(), 1, &s.it.clock, NULL, &b, &err), LB_IO);
	ck_assert_int_eq(lb_budget_open("/dev/null", 1, &s.it.clock, NULL, &b, &err), LB_IO);
	ck_assert_ptr_nonnull(strstr(err.what, "API calls are counted"));
}
END_TEST

/* ---- processes at once ------------------------------------------------------------------------------------------------ */

static void child(int64_t *log, unsigned *next)
{
	struct lb_budget *b = NULL;
	struct lb_clock clock;
	lb_clock_system(&clock);
	if (lb_budget_open(path, 200, &clock, NULL, &b, NULL))
		_exit(1);
	for (int i = 0; i < 400; i++) {
		int64_t wait = 1;
		if (lb_budget_take(b, &wait, NULL))
			_exit(2);
		if (!wait)
			log[__atomic_fetch_add(next, 1, __ATOMIC_SEQ_CST) % 4096] = lb_clock_now(&clock);
		else if (wait < 1000)
			usleep(500);
	}
	_exit(0);
}

START_TEST(processes_at_once_stay_below_it_together)
{
	int64_t *log = mmap(NULL, 4096 * sizeof *log + 64, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned *next = (unsigned *)(log + 4096);
	pid_t pids[4];
	for (size_t i = 0; i < LB_COUNT(pids); i++)
		if ((pids[i] = fork()) == 0)
			child(log, next);
	for (size_t i = 0; i < LB_COUNT(pids); i++) {
		int status = -1;
		ck_assert_int_eq(waitpid(pids[i], &status, 0), pids[i]);
		ck_assert_int_eq(status, 0);
	}
	ck_assert_uint_eq(*next, 200);
	munmap(log, 4096 * sizeof *log + 64);
}
END_TEST

START_TEST(the_file_of_a_key_is_named_without_it)
{
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1000), b = LB_BUF(1000);
	lb_net_budget_path(&a, "/x", "0123456789abcdef");
	lb_net_budget_path(&b, "/x", "0123456789abcdee");
	ck_assert_str_eq(lb_buf_str(&a), "/x/calls-9f9f5111f7b27a78");
	ck_assert_str_ne(lb_buf_str(&a), lb_buf_str(&b));
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("net_budget");
	TCase *t = tcase_create("budget");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, begin, NULL);
	tcase_add_test(t, runs_share_the_hour);
	tcase_add_test(t, no_hour_holds_more_than_the_limit);
	tcase_add_test(t, a_busy_run_gets_nearly_all);
	tcase_add_test(t, a_clock_that_is_set_changes_nothing);
	tcase_add_test(t, after_a_restart_the_hour_goes_on);
	tcase_add_test(t, time_switched_off_is_not_believed);
	tcase_add_test(t, another_machine_s_count_is_taken_over);
	tcase_add_loop_test(t, a_file_of_another_size_counts_as_a_full_hour, 0, LB_COUNT(sizes));
	tcase_add_loop_test(t, a_changed_byte_counts_as_a_full_hour, 0, LB_COUNT(places));
	tcase_add_loop_test(t, zeros_and_the_future_count_as_a_full_hour, 0, 2);
	tcase_add_test(t, an_old_header_is_no_damage);
	tcase_add_test(t, a_file_that_was_removed_is_made_anew);
	tcase_add_test(t, a_lock_that_another_holds_is_not_waited_for);
	tcase_add_test(t, where_nothing_can_be_counted_nothing_is_asked);
	tcase_add_test(t, processes_at_once_stay_below_it_together);
	tcase_add_test(t, the_file_of_a_key_is_named_without_it);
	suite_add_tcase(suite, t);
	return suite;
}
