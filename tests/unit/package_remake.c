/* A part of a finished package made anew: lists tell of it, every other byte stays, and damage is never listed as what it is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

#define PHOTOS 8

static struct lb_error err;
static char root[400], dir[500];
static struct lb_remade made;

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
	ck_assert_ok(test_make_package(dir, PHOTOS, &err));
}

/* ---- making ---- */

/* "path=content" each; ended by NULL. */
static const char *const none[] = {NULL};
static const char *const some[] = {"index.html=<p>\n", "data/tag/0/000.js=lifeboatShard(1)\n", "style.css=p{}\n", "data/meta.js=lifeboatShard({})\n", NULL};
static const char *const other[] = {"style.css=p{}\n", "data/meta.js=lifeboatShard([])\n", "data/photo/0/000.js=1\n", "words/en & fr.js=2\n", NULL};

static int add_files(struct lb_package *p, const char *const *files)
{
	for (size_t i = 0; files[i]; i++) {
		char path[200];
		const char *content = strchr(files[i], '=') + 1;
		snprintf(path, sizeof path, "data/viewer/%.*s", (int)(content - 1 - files[i]), files[i]);
		LB_TRY(lb_package_put(p, path, lb_span(content), &err));
	}
	return LB_OK;
}

static int remake(const char *from, const char *to, const char *const *files)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_remake_freep) struct lb_remake *r = NULL;
	LB_TRY(lb_container_open(from, &c, &err));
	LB_TRY(lb_remake_begin(c, to, NULL, &r, &err));
	LB_TRY(add_files(lb_remake_package(r), files));
	return lb_remake_finish(r, &made, &err);
}

/* Full path of a package beside the first: "a" to "d". */
static const char *beside(const char *name)
{
	static char paths[4][500];
	char *path = paths[*name - 'a'];
	snprintf(path, sizeof paths[0], "%s/%s", root, name);
	return path;
}

static void counts_are(size_t files, size_t changed, size_t gone, size_t lost)
{
	ck_assert_uint_eq(made.files, files);
	ck_assert_uint_eq(made.changed, changed);
	ck_assert_uint_eq(made.gone, gone);
	ck_assert_uint_eq(made.lost, lost);
}

START_TEST(lists_tell_of_the_new_files)
{
	ck_assert_ok(remake(dir, beside("a"), some));
	counts_are(4, 4, 0, 0);
	ck_assert_uint_eq(test_errors(beside("a")), 0);
	ck_assert_ok(remake(beside("a"), beside("b"), other));
	counts_are(4, 3, 2, 0);
	ck_assert_uint_eq(test_errors(beside("b")), 0);
	ck_assert(lb_file_exists(test_path(beside("b"), "data/viewer/words/en & fr.js")));
	ck_assert(!lb_file_exists(test_path(beside("b"), "data/viewer/index.html")));
}
END_TEST

START_TEST(there_and_back_every_byte_is_the_same)
{
	ck_assert_ok(remake(dir, beside("a"), some));
	ck_assert_ok(remake(beside("a"), beside("b"), other));
	ck_assert_ok(remake(beside("b"), beside("c"), some));
	ck_assert(test_trees_equal(beside("a"), beside("c")));
	ck_assert_ok(remake(beside("c"), beside("d"), none));
	counts_are(0, 0, 4, 0);
	ck_assert(test_trees_equal(dir, beside("d")));
}
END_TEST

START_TEST(the_same_files_leave_the_lists_alone)
{
	struct stat before, after;
	ck_assert_ok(remake(dir, beside("a"), some));
	ck_assert_ok(remake(beside("a"), beside("b"), some));
	counts_are(4, 0, 0, 0);
	ck_assert(test_trees_equal(beside("a"), beside("b")));
	ck_assert_int_eq(stat(test_path(beside("a"), "METS.xml"), &before), 0);
	ck_assert_int_eq(stat(test_path(beside("b"), "METS.xml"), &after), 0);
	ck_assert_uint_eq(before.st_ino, after.st_ino);
}
END_TEST

START_TEST(what_is_below_viewer_may_be_damaged)
{
	ck_assert_ok(remake(dir, beside("a"), some));
	test_copy_tree(beside("a"), beside("b"));
	test_puts(beside("b"), "data/viewer/style.css", "q{}\n");
	test_puts(beside("b"), "data/viewer/stray", "?");
	ck_assert_int_eq(unlink(test_path(beside("b"), "data/viewer/index.html")), 0);
	ck_assert_ok(remake(beside("b"), beside("c"), some));
	counts_are(4, 0, 0, 3);
	ck_assert(test_trees_equal(beside("a"), beside("c")));
}
END_TEST

START_TEST(nothing_but_the_viewer_is_made)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_remake_freep) struct lb_remake *r = NULL;
	ck_assert_ok(lb_container_open(dir, &c, &err));
	ck_assert_ok(lb_remake_begin(c, beside("a"), NULL, &r, &err));
	ck_assert_ok(lb_package_put(lb_remake_package(r), "data/pages/more.html", lb_span("x"), &err));
	ck_assert_int_eq(lb_remake_finish(r, &made, &err), LB_USAGE);
}
END_TEST

/* ---- damage ---- */

static void flip(const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(16 << 20);
	test_read(dir, path, &text);
	text.p[text.len / 2] ^= 1;
	test_put(dir, path, text.p, text.len);
}

/* The first media file, whose bytes nobody reads. */
static int find_original(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	if (info->kind != LB_FILE || !lb_span_starts(lb_span(info->path), "data/media/originals/"))
		return 0;
	snprintf(arg, 300, "%s", info->path);
	return LB_EXISTS;
}

static void damage(int how)
{
	char original[300] = "";
	(void)!lb_dir_walk(dir, find_original, original, NULL);
	switch (how) {
	case 0: flip("data/metadata/albumIndex.js"); break;
	case 1: flip("data/metadata/photos/869031.js"); break;
	case 2: flip("lifeboat.json"); break;
	case 3: flip("METS.xml"); break;
	case 4: flip("README.txt"); break;
	case 5: flip("manifest-sha256.txt"); break;
	case 6: flip("data/ro-crate-metadata.json"); break;
	case 7: test_puts(dir, original, "short"); break;
	case 8: ck_assert_int_eq(unlink(test_path(dir, original)), 0); break;
	case 9: test_puts(dir, "data/media/stray.jpg", "?"); break;
	case 10: test_puts(dir, "stray.txt", "?"); break;
	case 11: ck_assert_int_eq(symlink("index.html", test_path(dir, "data/viewer")), 0); break;
	case 12: ck_assert_int_eq(unlink(test_path(dir, "bag-info.txt")), 0); break;
	default: ck_assert_int_eq(unlink(test_path(dir, "data/metadata/photos/869031.js")), 0);
	}
}

START_TEST(any_other_damage_is_refused)
{
	damage(_i);
	ck_assert_int_lt(remake(dir, beside("a"), some), 0);
	ck_assert_msg(err.status == LB_CORRUPT || err.status == LB_FORMAT, "%d: %s", _i, err.what);
	ck_assert(!lb_dir_exists(beside("a")));
}
END_TEST

START_TEST(a_packed_file_is_refused)
{
	char zip[600];
	snprintf(zip, sizeof zip, "%s/boat.zip", root);
	ck_assert_ok(lb_pack(dir, "boat", zip, false, NULL, &err));
	ck_assert_int_eq(remake(zip, beside("a"), some), LB_UNSUPPORTED);
	ck_assert(strstr(err.hint, "unpack"));
}
END_TEST

START_TEST(a_package_in_itself_is_refused)
{
	ck_assert_int_eq(remake(dir, test_path(dir, "data/viewer"), some), LB_USAGE);
}
END_TEST

/* ---- lists that another program laid out ---- */

/* Replaces a text in METS.xml, and tells the tag manifest. */
static void edit_mets(const char *from, const char *to)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(16 << 20), edited = LB_BUF(16 << 20);
	test_read(dir, "METS.xml", &text);
	const char *at = strstr(text.p, from);
	ck_assert(at);
	lb_buf_add(&edited, text.p, (size_t)(at - text.p));
	lb_buf_adds(&edited, to);
	lb_buf_adds(&edited, at + strlen(from));
	test_put(dir, "METS.xml", edited.p, edited.len);
	test_bag_again(dir, LB_SHA256);
}

START_TEST(other_layouts_of_mets_are_refused)
{
	static const char *const edits[][2] = {
		{"  </fileSec>\n", "  </fileSec  >\n"},
		{"<file ID=\"f-1\"", "<file\nID=\"f-1\""}, {"  <structMap TYPE=\"physical\">", "  <structMap TYPE='physical'>"},
		{"</fileGrp>", "</fileGrp>\n    <fileGrp USE=\"viewer\">\n    </fileGrp>"},
	};
	edit_mets(edits[_i][0], edits[_i][1]);
	ck_assert_int_eq(remake(dir, beside("a"), some), LB_FORMAT);
	ck_assert_msg(strstr(err.what, "METS.xml"), "%s", err.what);
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {lists_tell_of_the_new_files, there_and_back_every_byte_is_the_same, the_same_files_leave_the_lists_alone,
		what_is_below_viewer_may_be_damaged, nothing_but_the_viewer_is_made, a_packed_file_is_refused, a_package_in_itself_is_refused};
	Suite *s = suite_create("package remake");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, NULL);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	tcase_add_loop_test(t, any_other_damage_is_refused, 0, 14);
	tcase_add_loop_test(t, other_layouts_of_mets_are_refused, 0, 4);
	suite_add_tcase(s, t);
	return s;
}
