/* How many calls are still to come: after 5 % of the photos right within 20 %. */
#include "lifeboat/creator/gather_private.h"
#include "tests/unit/creator_tape.h"

#include <stdlib.h>

#define PHOTOS 2000

static const struct pass at_once[] = { { LB_ABOUT_PHOTO, PART_ALL, "photos" } };
static const struct pass in_turn[] = { { LB_ABOUT_PHOTO, PART_INFO, "photos" }, { LB_ABOUT_PHOTO, PART_LAYERS, "photos" } };

struct truth { bool counts_told; int comments_every, faves, people_every; };

/* Calls that photo i really takes: getInfo, contexts, galleries, and what its counts make necessary. */
static unsigned calls_of(const struct truth *t, int i, unsigned asks)
{
	unsigned calls = 0;
	if (asks & PART_INFO)
		calls++;
	if (asks & PART_LAYERS)
		calls += 2 + (i % t->comments_every == 0) + (unsigned)(t->faves * (i % 3) + 49) / 50 + (i % t->people_every == 0);
	return calls;
}

static struct lb_plan plan_for(const struct truth *t)
{
	static char ids[PHOTOS][16];
	static struct row rows[PHOTOS];
	for (int i = 0; i < PHOTOS; i++) {
		snprintf(ids[i], sizeof ids[i], "%d", 5000 + i);
		rows[i] = (struct row){ .id = ids[i], .license = "4", .comments = t->counts_told ? i % t->comments_every == 0 : LB_UNKNOWN,
			.faves = t->counts_told ? t->faves * (i % 3) : LB_UNKNOWN };
	}
	struct lb_plan plan = plan_of(rows, PHOTOS);
	plan.choices.layers = 1u << LB_CHOICE_COMMENTS | 1u << LB_CHOICE_FAVES | 1u << LB_CHOICE_PEOPLE | 1u << LB_CHOICE_ALBUMS | 1u << LB_CHOICE_GROUPS | 1u << LB_CHOICE_GALLERIES;
	return plan;
}

static void finish_photo(struct gather *g, const struct truth *t, int i)
{
	struct work w = { .g = g, .planned = &g->plan->photos[i], .calls = calls_of(t, i, g->pass->asks) };
	g->done++;
	lb_forecast_photo(g, &w);
}

static double left(const struct truth *t, const struct pass *passes, size_t npasses, int done)
{
	double calls = 1; /* the owner */
	for (size_t p = 0; p < npasses; p++)
		for (int i = p == 0 ? done : 0; i < PHOTOS; i++)
			calls += calls_of(t, i, passes[p].asks);
	return calls;
}

static void check(const struct truth *t, const struct pass *passes, size_t npasses)
{
	struct lb_plan plan = plan_for(t);
	struct lb_ledger ledger = { 0 };
	struct gather g = { .plan = &plan, .ledger = ledger, .passes = passes, .pass = passes, .npasses = npasses, .total = PHOTOS };
	g.rules = (struct lb_policy_rules){ &plan, &g.ledger, LB_POLICY_CAREFUL };
	lb_forecast_plan(&g);
	lb_forecast_pass(&g);
	for (int i = 0; i < PHOTOS / 20; i++)
		finish_photo(&g, t, i);
	double truth = left(t, passes, npasses, PHOTOS / 20), said = (double)lb_forecast_calls(&g);
	ck_assert_msg(said > 0.8 * truth && said < 1.2 * truth, "%.0f calls said, %.0f are to come", said, truth);
	lb_plan_clear(&plan);
}

START_TEST(counts_told)
{
	check(&(struct truth){ true, 2, 20, 10 }, at_once, 1);
	check(&(struct truth){ true, 3, 400, 2 }, at_once, 1);
}
END_TEST

/* Far from what is typical: the first photos correct it. */
START_TEST(counts_not_told)
{
	check(&(struct truth){ false, 1, 200, 1 }, at_once, 1);
	check(&(struct truth){ false, 1000, 0, 1000 }, at_once, 1);
}
END_TEST

/* In the first pass nothing is learned of the later ones: what the plan told has to do. */
START_TEST(in_passes)
{
	check(&(struct truth){ true, 2, 20, 10 }, in_turn, 2);
}
END_TEST

/* What was on record already (a run that is resumed) does not count as free of calls. */
START_TEST(resumed)
{
	struct truth t = { true, 2, 20, 10 };
	struct lb_plan plan = plan_for(&t);
	struct gather g = { .plan = &plan, .passes = at_once, .pass = at_once, .npasses = 1, .total = PHOTOS };
	g.rules = (struct lb_policy_rules){ &plan, &g.ledger, LB_POLICY_CAREFUL };
	lb_forecast_plan(&g);
	lb_forecast_pass(&g);
	for (int i = 0; i < PHOTOS / 2; i++) {
		struct work w = { .g = &g, .planned = &plan.photos[i] };
		g.done++;
		lb_forecast_photo(&g, &w);
	}
	double truth = left(&t, at_once, 1, PHOTOS / 2), said = (double)lb_forecast_calls(&g);
	ck_assert_msg(said > 0.8 * truth && said < 1.2 * truth, "%.0f calls said, %.0f are to come", said, truth);
	lb_plan_clear(&plan);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/forecast");
	TCase *t = tcase_create("calls");
	tcase_add_test(t, counts_told);
	tcase_add_test(t, counts_not_told);
	tcase_add_test(t, in_passes);
	tcase_add_test(t, resumed);
	suite_add_tcase(s, t);
	return s;
}
