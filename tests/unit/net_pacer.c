/* The pacer on a clock of the test's own. */
#include <stdlib.h>

#include "lifeboat/net/net.h"
#include "tests/support/support.h"

#define HOUR ((int64_t)3600000)

static uint64_t seed = 42;

static uint32_t chance(uint32_t below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(seed >> 33) % below;
}

/* In no window of `window`, both ends counted, are there more than `limit` starts; none is nearer than `spacing` to the next. */
static void check_starts(const int64_t *starts, size_t count, size_t limit, int64_t window, int64_t spacing)
{
	for (size_t i = 1; i < count; i++)
		ck_assert_int_ge(starts[i] - starts[i - 1], spacing);
	for (size_t i = limit; i < count; i++)
		ck_assert_int_gt(starts[i] - starts[i - limit], window);
}

static const struct { size_t limit; int64_t spacing; uint32_t pause; } loads[] = {
	{3600, 0, 1}, {3600, 0, 300}, {3600, 0, 1100}, {3600, 900, 1}, {1, 0, 100000}, {100, 36000, 1}, {7, 0, 5000000},
};

START_TEST(no_hour_of_three_days_holds_more_than_the_limit)
{
	struct lb_pacer p;
	size_t count = 0, cap = 0;
	int64_t *starts = NULL, now = 1000000;
	lb_pacer_init(&p, loads[_i].limit, HOUR, loads[_i].spacing);
	while (now < 1000000 + 72 * HOUR) {
		int64_t wait = lb_pacer_wait(&p, now);
		if (wait) {
			/* sometimes asked too early, sometimes late */
			now += chance(3) ? wait : 1 + chance((uint32_t)wait);
			continue;
		}
		lb_pacer_start(&p, now);
		LB_GROW(starts, count, cap);
		starts[count++] = now;
		now += chance(50) ? chance(loads[_i].pause) : chance(20 * 60000);
	}
	ck_assert_uint_gt(count, 50);
	check_starts(starts, count, loads[_i].limit, HOUR, loads[_i].spacing);
	free(starts);
	lb_pacer_clear(&p);
}
END_TEST

START_TEST(a_busy_run_uses_its_allowance)
{
	struct lb_pacer p;
	size_t count = 0;
	int64_t now = 0;
	lb_pacer_init(&p, 3600, HOUR, 0);
	for (int64_t wait; now < 10 * HOUR; now += wait ? wait : 1)
		if ((wait = lb_pacer_wait(&p, now)) == 0) {
			lb_pacer_start(&p, now);
			count++;
		}
	ck_assert_uint_eq(count, 36000);
	lb_pacer_clear(&p);
}
END_TEST

START_TEST(earlier_runs_count)
{
	struct lb_pacer p;
	lb_pacer_init(&p, 3, HOUR, 0);
	ck_assert_int_eq(lb_pacer_wait(&p, 5000), 0);
	lb_pacer_seed(&p, -HOUR);
	for (int64_t at = 1000; at <= 3000; at += 1000)
		lb_pacer_seed(&p, at);
	ck_assert_int_eq(lb_pacer_wait(&p, 5000), HOUR - 4000 + 1);
	ck_assert_int_eq(lb_pacer_wait(&p, 1000 + HOUR), 1);
	ck_assert_int_eq(lb_pacer_wait(&p, 1001 + HOUR), 0);
	lb_pacer_start(&p, 1001 + HOUR);
	ck_assert_int_eq(lb_pacer_wait(&p, 1001 + HOUR), 1000);
	lb_pacer_clear(&p);
}
END_TEST

START_TEST(told_to_wait_it_waits)
{
	struct lb_pacer p;
	lb_pacer_init(&p, 0, HOUR, 0);
	for (int i = 0; i < 100000; i++) {
		ck_assert_int_eq(lb_pacer_wait(&p, 5), 0); /* no limit */
		lb_pacer_start(&p, 5);
	}
	lb_pacer_block(&p, 1000);
	lb_pacer_block(&p, 500); /* a shorter block does not shorten a longer one */
	ck_assert_int_eq(lb_pacer_wait(&p, 10), 990);
	ck_assert_int_eq(lb_pacer_wait(&p, 999), 1);
	ck_assert_int_eq(lb_pacer_wait(&p, 1000), 0);
	lb_pacer_clear(&p);
}
END_TEST

START_TEST(starts_keep_their_distance)
{
	struct lb_pacer p;
	lb_pacer_init(&p, 0, HOUR, 250);
	ck_assert_int_eq(lb_pacer_wait(&p, 0), 0);
	lb_pacer_start(&p, 0);
	ck_assert_int_eq(lb_pacer_wait(&p, 0), 250);
	ck_assert_int_eq(lb_pacer_wait(&p, 249), 1);
	ck_assert_int_eq(lb_pacer_wait(&p, 250), 0);
	lb_pacer_clear(&p);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("net_pacer");
	TCase *t = tcase_create("pacer");
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, no_hour_of_three_days_holds_more_than_the_limit, 0, LB_COUNT(loads));
	tcase_add_test(t, a_busy_run_uses_its_allowance);
	tcase_add_test(t, earlier_runs_count);
	tcase_add_test(t, told_to_wait_it_waits);
	tcase_add_test(t, starts_keep_their_distance);
	suite_add_tcase(s, t);
	return s;
}
