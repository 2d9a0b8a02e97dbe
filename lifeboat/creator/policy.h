/* Policy: which photos may be taken, and how much of them. Pure: plan, ledger and what is known of the photo decide. */
#ifndef LB_CREATOR_POLICY_H
#define LB_CREATOR_POLICY_H

#include "lifeboat/creator/creator.h"

enum lb_verdict_kind {
	LB_VERDICT_TAKE,      /* everything */
	LB_VERDICT_NO_MEDIA,  /* everything but its files: the owner has disabled downloads */
	LB_VERDICT_STUB,      /* title, owner, link and licence */
	LB_VERDICT_NONE,      /* nothing at all: private, and --include-private was not said */
};
struct lb_verdict { enum lb_verdict_kind kind; const char *why; }; /* why: a constant sentence, NULL for TAKE */
struct lb_policy_rules { const struct lb_plan *plan; const struct lb_ledger *ledger; enum lb_policy policy; };
/* By what getInfo (or the list that named it) told. What is not known counts as not allowed. */
struct lb_verdict lb_policy_judge(const struct lb_policy_rules *rules, const struct lb_photo *photo);
/* The same by what the plan knows, for sums before anything is asked. */
struct lb_verdict lb_policy_judge_planned(const struct lb_policy_rules *rules, const struct lb_plan_photo *photo);
/* Is this a licence that lets anybody keep copies? CC, CC0, PDM, no known restrictions, US government; by Flickr's number. */
bool lb_policy_is_open(const char *license_id);
/* Would the consent of its owner, who has neither consented nor refused, change the verdict on this photo? */
bool lb_policy_needs_asking(const struct lb_policy_rules *rules, const struct lb_plan_photo *photo);
/* Owners whose consent would change a verdict, each once, in the plan's order. In the arena. */
const char **lb_policy_owners_to_ask(const struct lb_plan *plan, const struct lb_ledger *ledger, struct lb_arena *arena, size_t *count);
/* The text that --agree accepts. */
extern const char lb_rescue_agreement[];

#endif
