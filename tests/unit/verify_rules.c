/* spec/10-verification.md and the table of rules say the same. */
#include <stdio.h>
#include <string.h>

#include "format/verify/verify.h"
#include "tests/support/support.h"

static struct lb_error err;

START_TEST(every_rule_is_specified)
{
	LB_AUTO(lb_buf_clear) struct lb_buf spec = LB_BUF(1 << 20), line = LB_BUF(4096);
	ck_assert_ok(lb_file_read("spec/10-verification.md", 1 << 20, &spec, &err));
	for (size_t i = 0; i < lb_rule_count; i++) {
		lb_buf_reset(&line);
		lb_buf_addf(&line, "| `%s` | %s | %s | %s |\n", lb_rules[i].id, lb_severity_name(lb_rules[i].severity),
			lb_level_name(lb_rules[i].level), lb_rules[i].text);
		ck_assert_msg(strstr(lb_buf_str(&spec), lb_buf_str(&line)) != NULL, "spec/10-verification.md lacks: %s", lb_buf_str(&line));
	}
}
END_TEST

START_TEST(no_other_rule_is_specified)
{
	LB_AUTO(lb_buf_clear) struct lb_buf spec = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read("spec/10-verification.md", 1 << 20, &spec, &err));
	size_t rows = 0;
	for (const char *at = lb_buf_str(&spec); (at = strstr(at, "\n| `")); at++)
		rows += at[4] >= 'A' && at[4] <= 'Z';
	ck_assert_uint_eq(rows, lb_rule_count);
}
END_TEST

/* The chapter on bags states what each of its rules wants. */
START_TEST(every_rule_of_bags_has_its_place)
{
	LB_AUTO(lb_buf_clear) struct lb_buf spec = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read("spec/06-bagit.md", 1 << 20, &spec, &err));
	for (size_t i = 0; i < lb_rule_count; i++) {
		char cited[32];
		if (strncmp(lb_rules[i].id, "BAG-", 4) != 0 && strncmp(lb_rules[i].id, "PRF-", 4) != 0)
			continue;
		snprintf(cited, sizeof cited, "[%s]", lb_rules[i].id);
		ck_assert_msg(strstr(lb_buf_str(&spec), cited) != NULL, "spec/06-bagit.md does not cite %s", cited);
	}
}
END_TEST

START_TEST(ids_are_unique)
{
	for (size_t i = 0; i < lb_rule_count; i++)
		for (size_t k = 0; k < i; k++)
			ck_assert_str_ne(lb_rules[i].id, lb_rules[k].id);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("verify/rules");
	TCase *t = tcase_create("rules");
	tcase_add_test(t, every_rule_is_specified);
	tcase_add_test(t, no_other_rule_is_specified);
	tcase_add_test(t, every_rule_of_bags_has_its_place);
	tcase_add_test(t, ids_are_unique);
	suite_add_tcase(s, t);
	return s;
}
