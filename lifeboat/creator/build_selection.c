/* How the selection came about, as far as the policy lets it through: the records and gaps of enumeration, policy and ledger. */
#include "lifeboat/creator/build_private.h"

/* ---- records ----------------------------------------------------------------------------------------------------------------- */

/* Is this answer about one photo that is withheld? */
static bool is_withheld(struct build *b, const char *uri)
{
	size_t at;
	const char *id = lb_uri_param(lb_span(uri), "photo_id", &b->arena);
	return id && lb_map_get(&b->ids, lb_span(id), &at) && !lb_verdict_keeps(b->judged[at].verdict.kind);
}

/* What is no request to the API is the redirect of a short or guest's link. */
static int keep_call(struct build *b, const char *uri, bool kept, struct lb_error *err)
{
	struct lb_reply reply;
	lb_arena_reset(&b->arena);
	b->ngaps = 0;
	LB_TRY(lb_ctx_check(b->ctx, err));
	const char *method = lb_uri_param(lb_span(uri), "method", &b->arena);
	if (!method)
		return kept ? lb_build_redirect(b, uri, err) : 0;
	if (is_withheld(b, uri) || lb_build_hides_request(b, uri))
		return 0;
	return lb_build_answer(b, method, uri, &b->arena, &reply, err);
}

int lb_build_selection(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nurls; i++) {
		const struct lb_plan_url *u = &b->plan->urls[i];
		for (size_t c = 0; !b->came[i].hidden && c < u->ncalls; c++)
			if (u->calls[c])
				LB_TRY(keep_call(b, u->calls[c], b->came[i].kept, err));
	}
	lb_arena_reset(&b->arena);
	for (size_t i = 0; i < b->told.ngaps; i++)
		lb_build_gap(b, b->told.gaps[i]);
	return 0;
}

/* ---- policy ------------------------------------------------------------------------------------------------------------------------ */

static struct lb_package_consent tell_row(struct build *b, const struct lb_consent_row *r)
{
	static const char *const statuses[] = { [LB_CONSENT_NONE] = NULL, [LB_CONSENT_PENDING] = "pending", [LB_CONSENT_GRANTED] = "granted",
		[LB_CONSENT_REFUSED] = "refused", [LB_CONSENT_SILENT] = "no answer" };
	struct lb_arena *a = &b->facts;
	return (struct lb_package_consent){ .owner_id = lb_build_text(b, r->owner, a), .owner_name = lb_build_text(b, r->owner_name, a),
		.status = statuses[r->status], .date = lb_build_text(b, r->date, a), .deadline = lb_build_text(b, r->deadline, a),
		.note = lb_build_text(b, r->note, a), .evidence = b->plan->choices.include_evidence ? lb_build_text(b, r->evidence, a) : NULL };
}

/* Of the owners of photos that are named: whom else the maker asked is nobody's business. */
static void tell_ledger(struct build *b, struct lb_package_policy *out)
{
	struct lb_package_consent *rows = lb_arena_alloc(&b->facts, (b->ledger.nrows + 1) * sizeof *rows);
	for (size_t i = 0; i < b->ledger.nrows; i++)
		if (lb_map_get(&b->owners, lb_span(b->ledger.rows[i].owner), NULL))
			rows[out->nconsent++] = tell_row(b, &b->ledger.rows[i]);
	out->consent = rows;
}

static void tell_layers(struct build *b, struct lb_package_policy *out)
{
	const char **names = lb_arena_alloc(&b->facts, LB_CHOICE_COUNT * sizeof *names);
	for (enum lb_choice c = 0; c < LB_CHOICE_COUNT; c++)
		if (c == LB_CHOICE_PHOTO || (b->plan->choices.layers & UINT32_C(1) << c))
			names[out->nlayers++] = lb_choices[c].name;
	out->layers = names;
}

void lb_build_policy(struct build *b, struct lb_package_policy *out)
{
	const struct lb_plan_choices *c = &b->plan->choices;
	*out = (struct lb_package_policy){
		.name = lb_policies[c->policy].name, .sentence = lb_policies[c->policy].sentence,
		.agreed = c->policy == LB_POLICY_RESCUE ? c->agreed : 0,
		.agreement = c->policy == LB_POLICY_RESCUE && c->agreed ? lb_rescue_agreement : NULL,
		.safety = lb_safety_name(c->safety), .private_included = c->include_private, .pseudonymised = c->pseudonymise,
		.silence_is_consent = c->silence_is_consent, .account_id = c->account_id, .account_name = c->account_name,
	};
	tell_layers(b, out);
	tell_ledger(b, out);
}
