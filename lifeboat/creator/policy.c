/* Policy: pure judgement. The words that readers see stand here, each once. */
#include "lifeboat/creator/policy.h"

#include <stdlib.h>
#include <string.h>

#define RESTRICTED 2

const struct lb_policy_info lb_policies[LB_POLICY_COUNT] = {
	[LB_POLICY_CAREFUL] = { "careful", "Files were taken of the maker's own photographs, of those whose licence lets anybody keep "
		"a copy, and of those whose owners consented. Of all others only title, owner, link and licence are here, and the reason." },
	[LB_POLICY_OWN] = { "own", "Files were taken of the maker's own photographs only. Of all others only title, owner, link and "
		"licence are here, and the reason." },
	[LB_POLICY_CONSENTED] = { "consented", "Files were taken of the maker's own photographs and of those whose owners consented; an "
		"open licence alone was not enough. Of all others only title, owner, link and licence are here, and the reason." },
	[LB_POLICY_RESCUE] = { "rescue", "This is a rescue: whatever Flickr showed to the maker was taken, whether or not its licence lets "
		"anybody keep a copy and whether or not its owner was asked. The maker agreed to answer for that. Owners who had refused were left out." },
};

const char lb_rescue_agreement[] =
	"I take these photographs because I believe that they would otherwise be lost. I know that most of them belong to other people, "
	"who may not have been asked, and that the law of my country decides whether I may keep a copy. I will keep the copy safe and "
	"apart from what is public. I will not publish it, sell it, train machines with it or hand it on, unless the owner agrees or the "
	"licence allows it. I will tell owners about it when I can reach them, and take out what an owner asks me to take out. People who "
	"are seen or who commented keep their say as well. I, and not the makers of this program, answer for what I do with it.";

/* Creative Commons 2.0 and 4.0, no known copyright restrictions, US government, CC0, Public Domain Mark. */
bool lb_policy_is_open(const char *license_id)
{
	uint64_t n;
	return license_id && lb_parse_u64(lb_span(license_id), &n) && n >= 1 && n <= 16;
}

/* ---- what is known of a photo, from wherever ---------------------------------------------------------------------------- */

struct facts { const char *owner, *license; int64_t safety; int is_public, can_download; };

static int planned_is_public(const char *visibility)
{
	return visibility ? strcmp(visibility, "public") == 0 : LB_UNKNOWN;
}

static struct facts facts_of(const struct lb_photo *p)
{
	return (struct facts){ p->owner.nsid, p->license_id, p->safety_level, p->is_public, p->can_download };
}

static struct facts facts_planned(const struct lb_plan_photo *p)
{
	return (struct facts){ p->owner_id, p->license_id, p->safety, planned_is_public(p->visibility), p->can_download };
}

static bool same(const char *a, const char *b)
{
	return a && b && *a && strcmp(a, b) == 0;
}

/* Nobody who did not sign in is shown what is not public. */
static bool is_public(const struct lb_policy_rules *r, const struct facts *f)
{
	return f->is_public == LB_UNKNOWN ? !r->plan->choices.account_id : f->is_public != 0;
}

/* Flickr shows only safe photos to those who did not sign in; of one's own one knows. */
static int64_t safety_of(const struct lb_policy_rules *r, const struct facts *f)
{
	if (f->safety != LB_UNKNOWN)
		return f->safety;
	bool shown_to_all = !r->plan->choices.account_id && is_public(r, f);
	return shown_to_all || same(f->owner, r->plan->choices.account_id) ? 0 : RESTRICTED;
}

static int by_owner(const void *key, const void *row)
{
	return strcmp(key, ((const struct lb_consent_row *)row)->owner);
}

static enum lb_consent consent_of(const struct lb_policy_rules *r, const char *owner)
{
	const struct lb_ledger *l = r->ledger;
	const struct lb_consent_row *row = owner && l && l->nrows ? bsearch(owner, l->rows, l->nrows, sizeof *l->rows, by_owner) : NULL;
	return row ? row->status : LB_CONSENT_NONE;
}

/* ---- the verdict ------------------------------------------------------------------------------------------------------------ */

static const char *const no_licence[LB_POLICY_COUNT] = {
	[LB_POLICY_CAREFUL] = "Its licence does not let anybody keep a copy, and its owner has not consented.",
	[LB_POLICY_OWN] = "It is not the maker's own photograph, and only those were taken.",
	[LB_POLICY_CONSENTED] = "Its owner has not consented, and only photographs of owners who did were taken.",
};
static const char *const asked[] = {
	[LB_CONSENT_PENDING] = "Its owner was asked for consent and has not answered yet.",
	[LB_CONSENT_REFUSED] = "Its owner has refused.",
	[LB_CONSENT_SILENT] = "Its owner was asked for consent and did not answer in time.",
};

static bool has_consent(const struct lb_policy_rules *r, enum lb_consent c)
{
	return c == LB_CONSENT_GRANTED || (c == LB_CONSENT_SILENT && r->plan->choices.silence_is_consent);
}

static bool is_own(const struct lb_policy_rules *r, const struct facts *f)
{
	return same(f->owner, r->plan->choices.account_id) || same(f->owner, r->plan->words.maker_id);
}

static bool permits(const struct lb_policy_rules *r, const struct facts *f, enum lb_consent consent)
{
	if (is_own(r, f) || r->policy == LB_POLICY_RESCUE)
		return true;
	if (r->policy == LB_POLICY_CAREFUL && lb_policy_is_open(f->license))
		return true;
	return r->policy != LB_POLICY_OWN && has_consent(r, consent);
}

/* Why a photo that all may see is reduced to a stub; NULL: it is not. */
static const char *why_stub(const struct lb_policy_rules *r, const struct facts *f, enum lb_consent consent)
{
	static const char *const unsafe[] = { "Flickr does not say that it is safe for all to see.",
		"It is marked as moderate, and only safe photographs were taken.", "It is marked as restricted, and such photographs were not taken." };
	int64_t safety = safety_of(r, f);
	if (consent == LB_CONSENT_REFUSED)
		return asked[consent];
	if (safety > r->plan->choices.safety)
		return unsafe[f->safety == LB_UNKNOWN ? 0 : safety == 1 ? 1 : 2];
	if (permits(r, f, consent))
		return NULL;
	return consent && r->policy != LB_POLICY_OWN && asked[consent] ? asked[consent] : no_licence[r->policy];
}

/* Why nothing at all is said of a photo that not all may see; NULL: it may be taken. Silence opens no closed door, and
 * neither does a claim that nobody has proven. */
static const char *why_none(const struct lb_policy_rules *r, const struct facts *f, enum lb_consent consent)
{
	if (!r->plan->choices.include_private)
		return "It is not public, and photographs that are not public were not taken.";
	if (consent != LB_CONSENT_GRANTED && !same(f->owner, r->plan->choices.account_id))
		return "It is not public, and its owner has not consented.";
	return why_stub(r, f, consent);
}

static struct lb_verdict judge(const struct lb_policy_rules *r, const struct facts *f, enum lb_consent consent)
{
	bool open_to_all = is_public(r, f);
	const char *why = open_to_all ? why_stub(r, f, consent) : why_none(r, f, consent);
	if (why)
		return (struct lb_verdict){ open_to_all ? LB_VERDICT_STUB : LB_VERDICT_NONE, why };
	if (f->can_download == 0 && !is_own(r, f))
		return (struct lb_verdict){ LB_VERDICT_NO_MEDIA, "Its owner has disabled downloads." };
	return (struct lb_verdict){ LB_VERDICT_TAKE, NULL };
}

struct lb_verdict lb_policy_judge(const struct lb_policy_rules *rules, const struct lb_photo *photo)
{
	struct facts f = facts_of(photo);
	return judge(rules, &f, consent_of(rules, f.owner));
}

struct lb_verdict lb_policy_judge_planned(const struct lb_policy_rules *rules, const struct lb_plan_photo *photo)
{
	struct facts f = facts_planned(photo);
	return judge(rules, &f, consent_of(rules, f.owner));
}

bool lb_policy_needs_asking(const struct lb_policy_rules *rules, const struct lb_plan_photo *photo)
{
	struct facts f = facts_planned(photo);
	enum lb_consent consent = consent_of(rules, f.owner);
	if (!f.owner || consent == LB_CONSENT_GRANTED || consent == LB_CONSENT_REFUSED)
		return false;
	return judge(rules, &f, consent).kind != judge(rules, &f, LB_CONSENT_GRANTED).kind;
}

const char **lb_policy_owners_to_ask(const struct lb_plan *plan, const struct lb_ledger *ledger, struct lb_arena *arena, size_t *count)
{
	struct lb_policy_rules rules = { plan, ledger, plan->choices.policy };
	LB_AUTO(lb_map_clear) struct lb_map owners = { 0 };
	for (size_t i = 0; i < plan->nphotos; i++)
		if (lb_policy_needs_asking(&rules, &plan->photos[i]))
			lb_map_put(&owners, lb_span(plan->photos[i].owner_id), i);
	const char **list = lb_arena_alloc(arena, (owners.count + 1) * sizeof *list);
	for (size_t i = 0; i < owners.count; i++)
		list[i] = lb_arena_strndup(arena, owners.items[i].key, owners.items[i].len);
	*count = owners.count;
	return list;
}
