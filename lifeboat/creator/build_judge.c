/* The first round: the verdict on every photo, by the answers as they were received; and the memberships in sets. */
#include "lifeboat/creator/build_private.h"

static int judge_photo(struct build *b, size_t i, struct lb_error *err)
{
	const struct lb_plan_photo *planned = &b->plan->photos[i];
	struct judged *j = &b->judged[i];
	struct lb_subject s;
	bool settled;
	lb_arena_reset(&b->arena);
	lb_subject_init(&s, LB_ABOUT_PHOTO, planned->id, NULL);
	lb_photo_begin(b->rows, planned, &b->arena, &s.is.photo);
	j->verdict = lb_photo_judge(&b->rules, &s.is.photo, &j->told);
	if (!j->told)
		LB_TRY(lb_build_read_info(b, &s, &j->told, err));
	if (j->told)
		j->verdict = lb_photo_judge(&b->rules, &s.is.photo, &settled);
	lb_map_put(&b->ids, lb_span(planned->id), i);
	if (j->verdict.kind != LB_VERDICT_NONE && s.is.photo.owner.nsid)
		lb_map_put(&b->owners, lb_span(s.is.photo.owner.nsid), i);
	lb_redactor_photo(b->redactor, planned->id, j->verdict.kind);
	return 0;
}

bool lb_build_keeps(const struct build *b, size_t photo)
{
	return b->judged[photo].told && lb_verdict_keeps(b->judged[photo].verdict.kind);
}

/* ---- memberships ------------------------------------------------------------------------------------------------------------ */

/* Sets come last first, so that each photo's list begins with the plan's first. */
static void join(struct build *b, size_t photo, size_t set)
{
	size_t *first = &b->judged[photo].sets;
	if (*first && b->memberships[*first - 1].set == set)
		return; /* a row that moved while pages were read */
	LB_GROW(b->memberships, b->nmemberships, b->memberships_cap);
	b->memberships[b->nmemberships++] = (struct membership){ set, *first };
	*first = b->nmemberships;
	b->sets[set].told |= b->judged[photo].verdict.kind != LB_VERDICT_NONE;
	b->sets[set].kept |= lb_build_keeps(b, photo);
}

static void join_page(struct build *b, size_t set, size_t page)
{
	struct lb_photo *rows;
	size_t at;
	lb_arena_reset(&b->arena);
	size_t count = lb_set_page(b->plan, b->evidence, &b->plan->sets[set], page, &b->arena, &rows);
	for (size_t i = 0; i < count; i++)
		if (lb_map_get(&b->ids, lb_span(rows[i].id), &at))
			join(b, at, set);
}

/* A set that an edited plan has twice counts once. */
static void find_sets(struct build *b)
{
	for (size_t i = b->plan->nsets; i-- > 0;) {
		const struct lb_plan_set *set = &b->plan->sets[i];
		if (set->id)
			lb_map_put(&b->set_at[lb_set_about(set)], lb_span(set->id), i);
	}
}

static int join_sets(struct build *b, struct lb_error *err)
{
	size_t first;
	find_sets(b);
	for (size_t i = b->plan->nsets; i-- > 0;) {
		const struct lb_plan_set *set = &b->plan->sets[i];
		if (!set->id || !lb_map_get(&b->set_at[lb_set_about(set)], lb_span(set->id), &first) || first != i)
			continue;
		for (size_t page = 0; page < set->ncalls; page++) {
			LB_TRY(lb_ctx_check(b->ctx, err));
			join_page(b, i, page);
		}
	}
	return 0;
}

int lb_build_judge(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		LB_TRY(lb_ctx_check(b->ctx, err));
		LB_TRY(judge_photo(b, i, err));
	}
	return join_sets(b, err);
}
