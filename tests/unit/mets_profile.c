/* spec/mets-profile.xml, chapter 7, the table of rules and what is written say the same. */
#include <stdio.h>
#include <string.h>

#include "format/verify/verify.h"
#include "tests/support/make_mets.h"
#include "tests/support/support.h"

static struct lb_error err;
static struct lb_buf text = LB_BUF(1 << 20), document = LB_BUF(1 << 20), chapter = LB_BUF(1 << 20);
static struct lb_arena arena;
static struct lb_xml *profile;

/* A document that has everything that there can be one of. */
static void write_everything(void)
{
	static const char *const roles[] = {"viewer", "documentation", "provenance", "page", "metadata", "icon", "thumbnail", "original"};
	static struct lb_mets_file files[LB_COUNT(roles)];
	static char paths[LB_COUNT(roles)][32];
	struct test_mets t = test_mets_document();
	char path[512];
	for (size_t i = 0; i < LB_COUNT(roles); i++) {
		snprintf(paths[i], sizeof paths[i], "data/%zu", i);
		files[i] = t.files[1];
		files[i].path = paths[i];
		files[i].group = roles[i];
		files[i].photo = -1;
	}
	t.files = files;
	t.nfiles = LB_COUNT(files);
	t.m.conversion = "from something else";
	t.m.converted = TEST_METS_CREATED;
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	ck_assert_ok(test_mets_write(&t, path, &err));
	ck_assert_ok(lb_file_read(path, 1 << 20, &document, &err));
}

static void setup(void)
{
	ck_assert_ok(lb_file_read("spec/mets-profile.xml", 1 << 20, &text, &err));
	ck_assert_ok(lb_file_read("spec/07-mets.md", 1 << 20, &chapter, &err));
	ck_assert_ok(lb_xml_parse(lb_buf_span(&text), NULL, &arena, &profile, &err));
	write_everything();
}

START_TEST(has_our_address)
{
	ck_assert_str_eq(profile->name, "METS_Profile");
	ck_assert_str_eq(lb_xml_child(profile, "URI")->text, LB_METS_PROFILE);
	ck_assert(strstr(chapter.p, "`" LB_METS_PROFILE "`"));
	ck_assert(strstr(document.p, "PROFILE=\"" LB_METS_PROFILE "\""));
}
END_TEST

static bool is_rule(struct lb_span id)
{
	for (size_t i = 0; i < lb_rule_count; i++)
		if (lb_span_is(id, lb_rules[i].id))
			return true;
	return false;
}

/* Calls for each requirement at any depth. */
static void each_requirement(const struct lb_xml *e, void (*visit)(const struct lb_xml *requirement, size_t *count), size_t *count)
{
	for (; e; e = e->next) {
		if (!strcmp(e->name, "requirement"))
			visit(e, count);
		if (strcmp(e->name, "Appendix") != 0)
			each_requirement(e->child, visit, count);
	}
}

static void check_requirement(const struct lb_xml *e, size_t *count)
{
	const char *id = lb_xml_attr(e, "ID");
	const struct lb_xml *description = lb_xml_child(e, "description");
	ck_assert(description && description->child);
	ck_assert_msg(!id || is_rule(lb_span(id)), "there is no rule %s", id);
	for (const struct lb_xml *p = description->child; p; p = p->next) {
		const char *open = strrchr(p->text, '[');
		ck_assert_uint_gt(strlen(p->text), 5);
		ck_assert_msg(!id || p->next || (open && strncmp(open + 1, id, strlen(id)) == 0), "%s is not cited", id);
	}
	*count += id != NULL;
}

START_TEST(its_requirements_are_rules)
{
	size_t cited = 0, rules = 0;
	each_requirement(profile->child, check_requirement, &cited);
	for (size_t i = 0; i < lb_rule_count; i++) {
		char id[32];
		if (!lb_span_starts(lb_span(lb_rules[i].id), "METS-"))
			continue;
		rules++;
		snprintf(id, sizeof id, "ID=\"%s\"", lb_rules[i].id);
		ck_assert_msg(strstr(text.p, id), "the profile has no requirement %s", lb_rules[i].id);
		snprintf(id, sizeof id, "[%s]", lb_rules[i].id);
		ck_assert_msg(strstr(chapter.p, id), "chapter 7 does not cite %s", lb_rules[i].id);
	}
	ck_assert_uint_eq(cited, rules);
}
END_TEST

/* ---- vocabularies ---- */

static const struct lb_xml *vocabulary(const char *id)
{
	const struct lb_xml *v = lb_xml_child(lb_xml_child(profile, "controlled_vocabularies"), "vocabulary");
	while (v && strcmp(lb_xml_attr(v, "ID"), id) != 0)
		v = lb_xml_next(v, "vocabulary");
	ck_assert_msg(v, "no vocabulary %s", id);
	return lb_xml_child(lb_xml_child(v, "values"), "value");
}

static bool has_value(const struct lb_xml *value, struct lb_span wanted)
{
	for (; value; value = lb_xml_next(value, "value"))
		if (lb_span_is(wanted, value->text))
			return true;
	return false;
}

/* Every value stands in the document between these two, and what stands there is a value, but for numbered ids. */
static void compare(const char *id, const char *before, const char *after)
{
	for (const struct lb_xml *v = vocabulary(id); v; v = lb_xml_next(v, "value")) {
		LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(4096);
		lb_buf_addf(&whole, "%s%s%s", before, v->text, after);
		ck_assert_msg(strstr(document.p, whole.p), "%s: no %s is written", id, v->text);
	}
	for (const char *at = document.p; (at = strstr(at, before));) {
		at += strlen(before);
		const struct lb_span found = {at, (size_t)(strstr(at, after) - at)};
		ck_assert_msg(found.p[1] == '-' || has_value(vocabulary(id), found), "%s: %.*s is not among the values", id, (int)found.n, found.p);
	}
}

START_TEST(its_words_are_those_that_are_written)
{
	compare("ids", " ID=\"", "\"");
	compare("event-types", "<eventType>", "</eventType>");
	compare("file-roles", "<fileGrp USE=\"", "\"");
	for (const char *at = document.p; (at = strstr(at, "<div TYPE=\""));) {
		at += strlen("<div TYPE=\"");
		const struct lb_span found = {at, strcspn(at, "\"")};
		ck_assert_msg(has_value(vocabulary("div-types"), found) || has_value(vocabulary("file-roles"), found), "%.*s", (int)found.n, found.p);
	}
	for (const struct lb_xml *v = vocabulary("div-types"); v; v = lb_xml_next(v, "value")) {
		char whole[64];
		snprintf(whole, sizeof whole, "<div TYPE=\"%s\"", v->text);
		ck_assert_msg(strstr(document.p, whole), "no %s", whole);
	}
}
END_TEST

START_TEST(roles_stand_in_its_order)
{
	const char *at = document.p;
	for (const struct lb_xml *v = vocabulary("file-roles"); v; v = lb_xml_next(v, "value")) {
		char whole[64];
		snprintf(whole, sizeof whole, "<fileGrp USE=\"%s\"", v->text);
		at = strstr(at, whole);
		ck_assert_msg(at, "%s stands elsewhere", whole);
	}
}
END_TEST

START_TEST(its_schemas_are_those_that_are_used)
{
	size_t count = 0;
	for (const struct lb_xml *e = lb_xml_child(profile, "extension_schema"); e; e = lb_xml_next(e, "extension_schema")) {
		char whole[128];
		snprintf(whole, sizeof whole, "=\"%s\"", lb_xml_child(e, "URI")->text);
		ck_assert_msg(strstr(document.p, whole), "%s is not used", whole);
		snprintf(whole, sizeof whole, "`%s`", lb_xml_child(e, "URI")->text);
		ck_assert_msg(strstr(chapter.p, whole), "%s is not in chapter 7", whole);
		count++;
	}
	ck_assert_uint_eq(count, 3);
}
END_TEST

/* ---- the example ---- */

static int count_photo(void *arg, const struct lb_mets_photo *p, const struct lb_mets_file *files, size_t nfiles, struct lb_error *e)
{
	(void)files, (void)e;
	*(size_t *)arg += p->stub ? 100 : nfiles;
	return 0;
}

START_TEST(its_example_is_one)
{
	const char *begin = strstr(text.p, "<mets "), *end = strstr(text.p, "</mets>");
	char path[512];
	size_t told = 0;
	ck_assert(begin && end);
	snprintf(path, sizeof path, "%s/example.xml", test_dir());
	ck_assert_ok(lb_file_write(path, begin, (size_t)(end - begin) + strlen("</mets>"), &err));
	ck_assert_ok(lb_mets_list(path, count_photo, &told, &err));
	ck_assert_uint_eq(told, 101);
	if (test_have_schemas())
		ck_assert(test_is_valid(path, NULL));
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {has_our_address, its_requirements_are_rules, its_words_are_those_that_are_written, roles_stand_in_its_order,
		its_schemas_are_those_that_are_used, its_example_is_one};
	Suite *s = suite_create("mets: profile");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
