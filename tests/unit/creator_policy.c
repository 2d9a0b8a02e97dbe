/* Every verdict, by every policy. */
#include <string.h>

#include "lifeboat/creator/policy.h"
#include "tests/support/support.h"

#define ME "1@N00"
#define OPEN "9@N09"

static struct lb_plan plan;
static struct lb_consent_row rows[] = {
	{ .owner = "2@N00", .status = LB_CONSENT_GRANTED }, { .owner = "3@N00", .status = LB_CONSENT_REFUSED },
	{ .owner = "4@N00", .status = LB_CONSENT_PENDING }, { .owner = "5@N00", .status = LB_CONSENT_SILENT },
};
static struct lb_ledger ledger = { .rows = rows, .nrows = LB_COUNT(rows) };
static struct lb_photo photo;

static void setup(void)
{
	plan = (struct lb_plan){ .choices.account_id = NULL };
	lb_photo_init(&photo);
	photo.id = "77";
	photo.owner.nsid = OPEN;
	photo.license_id = "0";
	photo.safety_level = 0;
	photo.is_public = 1;
	photo.can_download = 1;
}

static struct lb_verdict judge(enum lb_policy policy)
{
	struct lb_policy_rules rules = { &plan, &ledger, policy };
	struct lb_plan_photo p = { .id = photo.id, .owner_id = photo.owner.nsid, .license_id = photo.license_id,
		.visibility = photo.is_public == LB_UNKNOWN ? NULL : photo.is_public ? "public" : "friends only", .safety = photo.safety_level,
		.can_download = photo.can_download };
	struct lb_verdict full = lb_policy_judge(&rules, &photo), planned = lb_policy_judge_planned(&rules, &p);
	ck_assert_int_eq(full.kind, planned.kind);
	ck_assert_ptr_eq(full.why, planned.why);
	ck_assert_int_eq(full.why == NULL, full.kind == LB_VERDICT_TAKE);
	return full;
}

/* One letter a policy, in their order: T take, M no media, S stub, N none. */
static void expect(const char *letters)
{
	for (enum lb_policy p = 0; p < LB_POLICY_COUNT; p++)
		ck_assert_msg("TMSN"[judge(p).kind] == letters[p], "owner %s, policy %s: expected %c, got %c", photo.owner.nsid, lb_policies[p].name,
			letters[p], "TMSN"[judge(p).kind]);
}

START_TEST(licences)
{
	static const char *const open[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16" };
	static const char *const closed[] = { "0", "17", "99", "", "x", "1x", "-1", "+1", " 1", "18446744073709551617" };
	for (size_t i = 0; i < LB_COUNT(open); i++)
		ck_assert_msg(lb_policy_is_open(open[i]), "%s", open[i]);
	for (size_t i = 0; i < LB_COUNT(closed); i++)
		ck_assert_msg(!lb_policy_is_open(closed[i]), "%s", closed[i]);
	ck_assert(!lb_policy_is_open(NULL));
	photo.license_id = "4";
	expect("TSST");
	photo.license_id = NULL;
	expect("SSST");
}
END_TEST

START_TEST(ones_own)
{
	photo.owner.nsid = ME;
	expect("SSST");
	plan.choices.account_id = ME;
	expect("TTTT");
	plan.choices.account_id = NULL;
	plan.words.maker_id = ME;
	expect("TTTT");
	photo.can_download = 0;
	expect("TTTT");
	plan.words.maker_id = photo.owner.nsid = "";
	photo.can_download = 1;
	expect("SSST"); /* nobody is nobody's own */
}
END_TEST

START_TEST(consent)
{
	photo.owner.nsid = "2@N00";
	expect("TSTT");
	photo.owner.nsid = "4@N00";
	expect("SSST");
	ck_assert_ptr_nonnull(strstr(judge(LB_POLICY_CAREFUL).why, "not answered yet"));
	ck_assert_ptr_nonnull(strstr(judge(LB_POLICY_OWN).why, "not the maker's own"));
	photo.owner.nsid = "5@N00";
	expect("SSST");
	plan.choices.silence_is_consent = true;
	expect("TSTT");
	photo.owner.nsid = "4@N00";
	expect("SSST");
}
END_TEST

START_TEST(a_refusal_is_above_everything)
{
	photo.owner.nsid = "3@N00";
	photo.license_id = "9";
	expect("SSSS");
	ck_assert_str_eq(judge(LB_POLICY_RESCUE).why, "Its owner has refused.");
	plan.choices.account_id = "3@N00";
	expect("SSSS");
}
END_TEST

START_TEST(disabled_downloads)
{
	photo.can_download = 0;
	expect("SSSM");
	photo.license_id = "4";
	expect("MSSM");
	photo.owner.nsid = "2@N00";
	expect("MSMM");
	photo.can_download = LB_UNKNOWN;
	expect("TSTT");
}
END_TEST

START_TEST(safety)
{
	photo.license_id = "4";
	for (int64_t level = 1; level <= 2; level++) {
		photo.safety_level = level;
		plan.choices.safety = level - 1;
		expect("SSSS");
		ck_assert_ptr_nonnull(strstr(judge(LB_POLICY_RESCUE).why, level == 1 ? "moderate" : "restricted"));
		plan.choices.safety = level;
		expect("TSST");
	}
	plan.choices.safety = 0;
	photo.safety_level = LB_UNKNOWN;
	expect("TSST"); /* what is shown to all is safe */
	plan.choices.account_id = ME;
	expect("SSSS");
	plan.choices.safety = 2;
	expect("TSST");
	plan.choices.safety = 0;
	photo.owner.nsid = ME;
	expect("TTTT");
}
END_TEST

START_TEST(what_is_not_public)
{
	photo.is_public = 0;
	photo.license_id = "4";
	plan.choices.account_id = ME;
	expect("NNNN");
	plan.choices.include_private = true;
	expect("NNNN");
	photo.owner.nsid = ME;
	expect("TTTT");
	photo.owner.nsid = "2@N00";
	photo.license_id = "0";
	expect("TNTT"); /* a stub would tell that it is there */
	photo.owner.nsid = "3@N00";
	expect("NNNN");
	photo.owner.nsid = "5@N00";
	plan.choices.silence_is_consent = true;
	expect("NNNN");
	photo.owner.nsid = "8@N00";
	plan.words.maker_id = "8@N00";
	expect("NNNN"); /* a claim opens no closed door */
}
END_TEST

START_TEST(unknown_visibility)
{
	photo.is_public = LB_UNKNOWN;
	photo.license_id = "4";
	expect("TSST");
	plan.choices.account_id = ME;
	expect("NNNN");
}
END_TEST

static void expect_to_ask(const char *expected)
{
	struct lb_arena a = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1000);
	size_t count;
	const char **owners = lb_policy_owners_to_ask(&plan, &ledger, &a, &count);
	for (size_t i = 0; i < count; i++)
		lb_buf_addf(&b, "%s ", owners[i]);
	ck_assert_str_eq(lb_buf_str(&b), expected);
	lb_arena_clear(&a);
}

START_TEST(who_is_asked)
{
#define PHOTO(o, l) { .id = "1", .owner_id = o, .license_id = l, .visibility = "public", .can_download = 1 }
	struct lb_plan_photo photos[] = { PHOTO("7@N00", "0"), PHOTO("2@N00", "0"), PHOTO("3@N00", "0"), PHOTO("4@N00", "0"), PHOTO("6@N00", "4"),
		PHOTO("7@N00", "0"), PHOTO(NULL, "0"), PHOTO("1@N00", "0"), PHOTO("0@N00", "0") };
	plan.photos = photos;
	plan.nphotos = LB_COUNT(photos);
	plan.choices.account_id = ME;
	photos[8].safety = 1;
	expect_to_ask("7@N00 4@N00 "); /* not who consented, refused, or whose licence is open; a yes would not make it safe */
	plan.choices.policy = LB_POLICY_CONSENTED;
	expect_to_ask("7@N00 4@N00 6@N00 ");
	plan.choices.policy = LB_POLICY_OWN;
	expect_to_ask("");
	plan.choices.policy = LB_POLICY_RESCUE;
	expect_to_ask("");
	photos[0].visibility = "private";
	expect_to_ask("");
	plan.choices.include_private = true;
	expect_to_ask("7@N00 ");
}
END_TEST

START_TEST(words_for_readers)
{
	for (enum lb_policy p = 0; p < LB_POLICY_COUNT; p++)
		ck_assert(lb_policies[p].name && strlen(lb_policies[p].sentence) > 40);
	ck_assert_str_eq(lb_policies[LB_POLICY_RESCUE].name, "rescue");
	ck_assert_uint_gt(strlen(lb_rescue_agreement), 400);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("policy");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, licences);
	tcase_add_test(t, ones_own);
	tcase_add_test(t, consent);
	tcase_add_test(t, a_refusal_is_above_everything);
	tcase_add_test(t, disabled_downloads);
	tcase_add_test(t, safety);
	tcase_add_test(t, what_is_not_public);
	tcase_add_test(t, unknown_visibility);
	tcase_add_test(t, who_is_asked);
	tcase_add_test(t, words_for_readers);
	suite_add_tcase(s, t);
	return s;
}
