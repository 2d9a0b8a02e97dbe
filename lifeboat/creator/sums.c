/* What a plan comes to: counts by licence, owner, visibility …, and estimates of calls, bytes and hours. */
#include "lifeboat/creator/subject.h"

#include <stdlib.h>
#include <string.h>

/* Bytes a pixel of a camera's JPEG, and the like: estimates, said to be such. */
#define SHARE_WITH_COMMENTS 0.5 /* of albums */
#define BYTES_PER_PIXEL 0.35
#define PIXELS_WHEN_UNKNOWN 3000000

static int by_count(const void *a, const void *b)
{
	const struct lb_tally *x = a, *y = b;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->name, y->name);
}

static const char *photo_license(const struct lb_plan_photo *p, struct lb_arena *a)
{
	return p->license_id ? lb_license_slug(p->license_id, a) : NULL;
}
static const char *photo_owner(const struct lb_plan_photo *p, struct lb_arena *a)
{
	if (p->owner_id && p->owner_name)
		return lb_arena_printf(a, "%s (%s)", p->owner_name, p->owner_id);
	return p->owner_id;
}
static const char *photo_visibility(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return p->visibility;
}
static const char *photo_media(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return p->media;
}
static const char *photo_safety(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return lb_safety_name(p->safety);
}
static const char *photo_download(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	if (p->can_download == 0)
		return "downloads disabled by the owner";
	if (p->original_offered != LB_UNKNOWN)
		return p->original_offered ? "original offered" : "original not offered";
	return p->can_download == 1 ? "downloads allowed" : NULL;
}

typedef const char *value_fn(const struct lb_plan_photo *p, struct lb_arena *a);

static void tally(const struct lb_plan *plan, value_fn *value, struct lb_arena *arena, struct lb_tally **out, size_t *count)
{
	LB_AUTO(lb_map_clear) struct lb_map counts = { 0 };
	LB_AUTO(lb_arena_clear) struct lb_arena scratch = { 0 };
	for (size_t i = 0; i < plan->nphotos; i++) {
		lb_arena_reset(&scratch);
		const char *name = value(&plan->photos[i], &scratch);
		struct lb_span key = lb_span(name ? name : "not known before asking");
		size_t n = 0;
		lb_map_get(&counts, key, &n);
		lb_map_put(&counts, key, n + 1);
	}
	struct lb_tally *list = lb_arena_alloc(arena, counts.count * sizeof *list);
	for (size_t i = 0; i < counts.count; i++)
		list[i] = (struct lb_tally){ lb_arena_strndup(arena, counts.items[i].key, counts.items[i].len), counts.items[i].value };
	if (counts.count)
		qsort(list, counts.count, sizeof *list, by_count);
	*out = list;
	*count = counts.count;
}

/* ---- calls ---------------------------------------------------------------------------------------------------------------- */

struct summing {
	const struct lb_plan *plan;
	struct lb_policy_rules rules;
	struct lb_map owners;                /* of what is taken */
	double calls[LB_CHOICE_COUNT], bytes;
};

/* Would this choice, taken alone, lead to a call that no other chosen layer leads to? One answer may serve two. */
static bool costs(const struct summing *s, const struct lb_layer *layer, enum lb_choice choice, const struct lb_photo *p, struct lb_want want)
{
	bool shared = layer->choice != choice && (s->plan->choices.layers & UINT32_C(1) << layer->choice);
	want.choices = UINT32_C(1) << choice;
	return !shared && lb_layer_wanted(layer, p, &want);
}

static void add_layers(struct summing *s, const struct lb_photo *p, struct lb_want want)
{
	for (size_t i = 0; i < lb_layer_count; i++)
		for (int c = 0; lb_layers[i].about == LB_ABOUT_PHOTO && c < LB_CHOICE_COUNT; c++)
			if (costs(s, &lb_layers[i], (enum lb_choice)c, p, want))
				s->calls[c] += lb_layer_calls(&lb_layers[i], p);
}

static void add_photo(struct summing *s, const struct lb_plan_photo *planned)
{
	struct lb_photo p;
	bool settled;
	struct lb_want want = lb_photo_expected(s->plan, planned, &p);
	struct lb_verdict verdict = lb_photo_judge(&s->rules, &p, &settled);
	if (!lb_verdict_keeps(verdict.kind)) {
		s->calls[LB_CHOICE_PHOTO] += !settled; /* only its own record can tell */
		return;
	}
	add_layers(s, &p, want);
	if (planned->owner_id)
		lb_map_put(&s->owners, lb_span(planned->owner_id), 0);
	if (verdict.kind == LB_VERDICT_TAKE)
		s->bytes += BYTES_PER_PIXEL * (double)(planned->pixels ? planned->pixels : PIXELS_WHEN_UNKNOWN);
}

/* Once each, not for every photo. */
static void add_others(struct summing *s)
{
	s->calls[LB_CHOICE_PHOTO] += 1 + (double)s->owners.count; /* the table of licences; the owners */
	s->calls[LB_CHOICE_PROFILES] += (double)s->owners.count;
	for (size_t i = 0; i < s->plan->nsets; i++)
		s->calls[LB_CHOICE_ALBUMS] += s->plan->sets[i].kind == LB_SET_ALBUM ? SHARE_WITH_COMMENTS : 0;
}

static void list_layers(const struct summing *s, double per_hour, struct lb_plan_sums *out)
{
	out->nlayers = LB_CHOICE_COUNT;
	out->layers = lb_arena_alloc(&out->arena, out->nlayers * sizeof *out->layers);
	for (size_t i = 0; i < LB_CHOICE_COUNT; i++) {
		bool chosen = s->plan->choices.layers & UINT32_C(1) << i || i == LB_CHOICE_PHOTO;
		uint64_t calls = (uint64_t)(s->calls[i] + 0.5);
		out->layers[i] = (struct lb_layer_sum){ lb_choices[i].name, chosen, calls, (double)calls / per_hour };
		out->calls += chosen ? calls : 0;
	}
	out->hours = (double)out->calls / per_hour;
	out->bytes = (uint64_t)s->bytes;
}

/* ---- policies ------------------------------------------------------------------------------------------------------------- */

static void list_policies(const struct lb_plan *plan, const struct lb_ledger *ledger, struct lb_plan_sums *out)
{
	for (int k = 0; k < LB_POLICY_COUNT; k++) {
		struct lb_policy_rules rules = { plan, ledger, (enum lb_policy)k };
		struct lb_policy_sum *sum = &out->policies[k];
		*sum = (struct lb_policy_sum){ .name = lb_policies[k].name, .chosen = plan->choices.policy == (enum lb_policy)k };
		for (size_t i = 0; i < plan->nphotos; i++)
			sum->taken += lb_policy_judge_planned(&rules, &plan->photos[i]).kind == LB_VERDICT_TAKE;
		sum->withheld = plan->nphotos - sum->taken;
	}
}

void lb_plan_sum(const struct lb_plan *plan, const struct lb_ledger *ledger, size_t calls_per_hour, struct lb_plan_sums *out)
{
	struct summing s = { .plan = plan, .rules = { plan, ledger, plan->choices.policy } };
	struct lb_plan_sums sums = { 0 };
	tally(plan, photo_license, &sums.arena, &sums.licenses, &sums.nlicenses);
	tally(plan, photo_owner, &sums.arena, &sums.owners, &sums.nowners);
	tally(plan, photo_visibility, &sums.arena, &sums.visibilities, &sums.nvisibilities);
	tally(plan, photo_media, &sums.arena, &sums.media, &sums.nmedia);
	tally(plan, photo_download, &sums.arena, &sums.downloads, &sums.ndownloads);
	tally(plan, photo_safety, &sums.arena, &sums.safety, &sums.nsafety);
	list_policies(plan, ledger, &sums);
	for (size_t i = 0; i < plan->nphotos; i++)
		add_photo(&s, &plan->photos[i]);
	add_others(&s);
	list_layers(&s, (double)(calls_per_hour ? calls_per_hour : 3600), &sums);
	lb_map_clear(&s.owners);
	*out = sums;
}

void lb_plan_sums_clear(struct lb_plan_sums *s)
{
	lb_arena_clear(&s->arena);
	*s = (struct lb_plan_sums){ 0 };
}
