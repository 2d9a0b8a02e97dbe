/* The calls still to come. What the lists told of a photo makes them predictable; where nothing was told, shares that are
 * typical of Flickr stand in until the photos of this run have shown theirs. */
#include "lifeboat/creator/gather_private.h"

#include <math.h>

#define PRIOR_CALLS 20.0 /* how much the first photos weigh against the plan */

static enum part part_of(const struct lb_layer *layer, const struct lb_photo *photo)
{
	if (layer->part == LB_PART_SIZES)
		return lb_photo_is_video(photo) ? PART_ORIGINAL : PART_SIZES;
	return layer->part == LB_PART_RECORD ? PART_INFO : PART_LAYERS;
}

static double expected_calls(const struct gather *g, const struct lb_plan_photo *planned, unsigned asks)
{
	struct lb_photo p;
	double calls = 0;
	if (!lb_verdict_keeps(lb_policy_judge_planned(&g->rules, planned).kind))
		return 0;
	struct lb_want want = lb_photo_expected(g->plan, planned, &p);
	for (size_t i = 0; i < lb_layer_count; i++) {
		const struct lb_layer *layer = &lb_layers[i];
		if (layer->about == LB_ABOUT_PHOTO && (asks & part_of(layer, &p)) && lb_layer_wanted(layer, &p, &want))
			calls += lb_layer_calls(layer, &p);
	}
	return calls;
}

static double expected_all(const struct gather *g, unsigned asks)
{
	double calls = 0;
	for (size_t i = 0; i < g->plan->nphotos; i++)
		calls += expected_calls(g, &g->plan->photos[i], asks);
	return calls;
}

void lb_forecast_plan(struct gather *g)
{
	LB_AUTO(lb_map_clear) struct lb_map owners = { 0 };
	bool profiles = g->plan->choices.layers & UINT32_C(1) << LB_CHOICE_PROFILES;
	for (size_t i = 0; i < g->npasses; i++)
		if (g->passes[i].about == LB_ABOUT_PHOTO)
			g->forecast.later += expected_all(g, g->passes[i].asks);
	for (size_t i = 0; i < g->plan->nphotos; i++) {
		const struct lb_plan_photo *p = &g->plan->photos[i];
		if (p->owner_id && lb_verdict_keeps(lb_policy_judge_planned(&g->rules, p).kind))
			lb_map_put(&owners, lb_span(p->owner_id), 0);
	}
	g->forecast.owners = (double)owners.count * (profiles ? 2 : 1);
	g->forecast.sets = (double)g->plan->nsets;
}

void lb_forecast_pass(struct gather *g)
{
	struct forecast *f = &g->forecast;
	if (g->pass->about != LB_ABOUT_PHOTO)
		return;
	f->ahead = expected_all(g, g->pass->asks);
	f->later -= f->ahead;
	f->seen_expected = f->seen_made = 0;
}

/* What was on record already says nothing about how much a photo takes. */
void lb_forecast_photo(struct gather *g, const struct work *w)
{
	double expected = expected_calls(g, w->planned, g->pass->asks);
	g->forecast.ahead -= expected;
	if (w->calls) {
		g->forecast.seen_expected += expected;
		g->forecast.seen_made += w->calls;
	}
}

/* Groups are many, and new ones get rarer the more photos have been seen. */
static double groups_to_come(const struct gather *g)
{
	bool chosen = g->plan->choices.layers & UINT32_C(1) << LB_CHOICE_GROUPS;
	double met = (double)g->met.of[LB_ABOUT_GROUP].count;
	return chosen && g->done ? met * sqrt((double)g->total / (double)g->done) : 0;
}

uint64_t lb_forecast_calls(const struct gather *g)
{
	const struct forecast *f = &g->forecast;
	double calls = 0;
	if (g->pass->about == LB_ABOUT_PHOTO) {
		double correction = (f->seen_made + PRIOR_CALLS) / (f->seen_expected + PRIOR_CALLS);
		calls = f->ahead * correction + f->later + f->owners + f->sets + groups_to_come(g);
	} else {
		calls = (double)(g->total - g->done);
		for (const struct pass *p = g->pass + 1; p < g->passes + g->npasses; p++)
			calls += (double)g->met.of[p->about].count;
	}
	return calls > 0.5 ? (uint64_t)(calls + 0.5) : 0;
}
