/* The bags of the BagIt conformance suite, judged as the suite's folders say: valid and warning bags are valid, invalid
 * ones and those that must be refused on Linux are not. The bags for Windows are refused here as well: a path that
 * leaves the bag there is below data/ nowhere. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static const char *suite_dir;

static const struct { const char *kind; bool valid, warns; } kinds[] = {
	{"valid", true, false}, {"warning", true, true}, {"invalid", false, false}, {"linux-only", false, false},
		{"windows-only", false, false},
};

/* What cannot be judged as stored. */
static const struct { const char *bag, *why; } impossible[] = {
	{"special-system-files", "its .DS_Store is missing from the suite"},
	{"duplicate-file-with-different-case", "needs a file system that folds case"},
};

static const char *why_impossible(const char *name)
{
	for (size_t i = 0; i < LB_COUNT(impossible); i++)
		if (strstr(name, impossible[i].bag))
			return impossible[i].why;
	return NULL;
}

static void print_findings(const struct lb_report *r)
{
	for (size_t i = 0; i < r->count; i++)
		printf("    %s %s %s: %s\n", r->findings[i].rule, lb_severity_name(r->findings[i].severity),
			r->findings[i].path ? r->findings[i].path : "", r->findings[i].message);
}

static bool judge(const char *path, size_t kind)
{
	struct lb_report r = {0};
	int rc = lb_verify(path, NULL, NULL, &r, &err);
	bool valid = rc == 0 && r.errors == 0;
	bool right = rc == 0 && valid == kinds[kind].valid && (!kinds[kind].warns || r.warnings > 0);
	if (!right) {
		printf("%s: %s, but is judged %s %s\n", path, kinds[kind].kind, valid ? "valid" : "not valid",
			rc ? err.what : "");
		print_findings(&r);
	}
	lb_report_clear(&r);
	return right;
}

static unsigned judged, wrong;

static void judge_all(const char *folder, size_t kind)
{
	DIR *d = opendir(folder);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		char path[1024];
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		if (e->d_name[0] == '.')
			continue;
		if (why_impossible(e->d_name)) {
			printf("left out: %s: %s\n", path, why_impossible(e->d_name));
			continue;
		}
		judged++;
		wrong += !judge(path, kind);
	}
	closedir(d);
}

START_TEST(the_suite)
{
	static const char *const versions[] = {"v0.93", "v0.94", "v0.95", "v0.96", "v0.97", "v1.0"};
	suite_dir = test_shared("bagit-suite");
	if (!suite_dir)
		return;
	judged = wrong = 0;
	for (size_t v = 0; v < LB_COUNT(versions); v++)
		for (size_t k = 0; k < LB_COUNT(kinds); k++) {
			char folder[512];
			snprintf(folder, sizeof folder, "%s/%s/%s", suite_dir, versions[v], kinds[k].kind);
			judge_all(folder, k);
		}
	printf("%u bags judged, %u wrongly\n", judged, wrong);
	ck_assert_uint_ge(judged, 32);
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* The same verdict on a bag in a zip and in a tar. */
START_TEST(the_same_in_containers)
{
	static const char *const bags[] = {"v0.97/valid/basic-bag", "v0.97/valid/UTF-16-encoded-tag-files",
		"v0.96/valid/bag-with-space",
		"v0.97/invalid/corrupt-data-file", "v0.97/invalid/missing-baginfo", "v1.0/valid/basicBag"};
	static const char *const names[] = {"bag.zip", "bag.tar"};
	suite_dir = test_shared("bagit-suite");
	if (!suite_dir)
		return;
	const char *dir = test_dir();
	for (size_t i = 0; i < LB_COUNT(bags); i++)
		for (size_t j = 0; j < LB_COUNT(names); j++) {
			char bag[512], file[512];
			snprintf(bag, sizeof bag, "%s/%s", suite_dir, bags[i]);
			snprintf(file, sizeof file, "%s/%s", dir, names[j]);
			ck_assert_ok(lb_pack(bag, "bag", file, true, NULL, &err));
			ck_assert(judge(file, strstr(bags[i], "/valid/") ? 0 : 2));
		}
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("conformance: BagIt");
	TCase *t = tcase_create("bagit");
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_suite);
	tcase_add_test(t, the_same_in_containers);
	suite_add_tcase(suite, t);
	return suite;
}
