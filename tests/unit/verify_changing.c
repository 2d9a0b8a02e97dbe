/* What no package can show by itself: files that are not the same any more when their turn to be read has come. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/support/theirs.h"

static struct lb_error err;
static char dir[256], bag[300];

static const struct test_file files[] = {{"a.txt", "one"}, {"b.txt", "two"}, {NULL, NULL}};

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	test_bag(bag, files);
}

/* The change is made between looking at the package and reading it. */
struct meddling { const char *path; long length; int times; };

static void meddle(void *arg, const struct lb_event *event)
{
	struct meddling *m = arg;
	if (event->kind != LB_EVENT_STAGE)
		return;
	m->times++;
	if (m->length < 0)
		ck_assert_int_eq(unlink(m->path), 0);
	else
		ck_assert_int_eq(truncate(m->path, m->length), 0);
}

static void must_find(const char *package, struct meddling m, const char *rule, const char *about)
{
	struct lb_ctx ctx = {.event = meddle, .event_arg = &m};
	struct lb_report r = {0};
	size_t told = 0;
	ck_assert_ok(lb_verify(package, NULL, &ctx, &r, &err));
	ck_assert_int_eq(m.times, 1);
	for (size_t i = 0; i < r.count; i++) {
		if (r.findings[i].severity == LB_SEVERITY_INFO)
			continue;
		ck_assert_str_eq(r.findings[i].rule, rule);
		told += strcmp(r.findings[i].path, about) == 0;
	}
	ck_assert_uint_eq(told, 1);
	ck_assert_uint_gt(r.errors, 0);
	lb_report_clear(&r);
}

START_TEST(a_file_changes)
{
	static const long lengths[] = {2, 4, -1}; /* shorter, longer, gone */
	must_find(bag, (struct meddling){.path = test_path(bag, "data/a.txt"), .length = lengths[_i]}, "BAG-015", "data/a.txt");
}
END_TEST

static void pack_and_cut(const char *name, const char *rule)
{
	char packed[400];
	snprintf(packed, sizeof packed, "%s/%s", dir, name);
	ck_assert_ok(lb_pack(bag, "bag", packed, false, NULL, &err));
	must_find(packed, (struct meddling){.path = packed}, rule, "data/a.txt");
}

START_TEST(a_tar_changes)
{
	pack_and_cut("bag.tar", "TAR-022");
}
END_TEST

START_TEST(a_zip_changes)
{
	pack_and_cut("bag.zip", "ZIP-022");
}
END_TEST

/* Files with a checksum and without one, in a package that has no manifest. */
START_TEST(a_file_without_a_bag_changes)
{
	static const long lengths[] = {2, 400, -1};
	static const char *const paths[] = {"media/originals/53478812196_5ec0_o.jpg", "README.html"};
	for (size_t i = 0; i < LB_COUNT(paths); i++) {
		char theirs[300];
		snprintf(theirs, sizeof theirs, "%s/theirs%zu", dir, i);
		test_theirs(theirs, TEST_OBJECTS, 2);
		must_find(theirs, (struct meddling){.path = test_path(theirs, paths[i]), .length = lengths[_i]}, "FND-037", paths[i]);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("verify/changing");
	TCase *t = tcase_create("changes");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, a_file_changes, 0, 3);
	tcase_add_loop_test(t, a_file_without_a_bag_changes, 0, 3);
	tcase_add_test(t, a_tar_changes);
	tcase_add_test(t, a_zip_changes);
	suite_add_tcase(suite, t);
	return suite;
}
