/* METS.xml alone tells the photos that the package tells. */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "format/package/package.h"
#include "tests/support/make_mets.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

static struct lb_error err;

/* ---- side by side with the package ---- */

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

/* XML has no place for some characters: both sides are shown as XML can have them. */
static void add_text(struct lb_buf *b, const char *name, const char *text)
{
	lb_buf_addf(b, " %s=", name);
	lb_escape(b, or_dash(text));
}

/* No more of the date than the granularity promises: what METS says. */
static void add_taken(struct lb_buf *b, const struct lb_listing *p)
{
	static const struct { const char *granularity; int digits; } forms[] = {{"month", 7}, {"year", 4}, {"circa", 4}};
	int digits = 100;
	for (size_t i = 0; p->taken_granularity && i < LB_COUNT(forms); i++)
		if (!strcmp(forms[i].granularity, p->taken_granularity))
			digits = forms[i].digits;
	lb_buf_addf(b, " taken=%.*s/%s", digits, or_dash(p->taken), or_dash(p->taken_granularity));
}

static int add_line(void *arg, const struct lb_listing *p, struct lb_error *e)
{
	struct lb_buf *b = arg;
	(void)e;
	add_text(b, "id", p->id);
	add_text(b, "title", p->title);
	add_text(b, "owner", p->owner_id);
	add_text(b, "name", p->owner_name);
	add_text(b, "license", p->license_id);
	add_text(b, "url", p->url);
	add_text(b, "posted", p->posted);
	add_taken(b, p);
	for (size_t i = 0; i < p->ntags; i++)
		add_text(b, "tag", p->tags[i]);
	for (size_t i = 0; i < p->nfiles; i++)
		lb_buf_addf(b, " file=%s %s %llu", p->files[i].path, p->files[i].sha256, (unsigned long long)p->files[i].size);
	add_text(b, "withheld", p->withheld);
	lb_buf_addc(b, '\n');
	return 0;
}

static int add_line_of_mets(void *arg, const struct lb_listing *p, struct lb_error *e)
{
	ck_assert_int_eq(p->comments, LB_UNKNOWN);
	ck_assert_int_eq(p->faves, LB_UNKNOWN);
	return add_line(arg, p, e);
}

static void compare(const char *dir)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf package = LB_BUF(16 << 20), mets = LB_BUF(16 << 20);
	ck_assert_ok(lb_container_open(dir, &c, &err));
	ck_assert_ok(lb_package_list(c, add_line, &package, &err));
	ck_assert_ok(lb_package_list_mets(test_path(dir, "METS.xml"), add_line_of_mets, &mets, &err));
	ck_assert_str_eq(lb_buf_str(&mets), lb_buf_str(&package));
	ck_assert_uint_gt(package.len, 0);
}

START_TEST(same_as_the_package)
{
	char dir[600];
	snprintf(dir, sizeof dir, "%s/boat", test_dir());
	test_lifeboat(dir);
	compare(dir);
}
END_TEST

/* Hostile names, every licence, dates of every kind, a missing photo, withheld originals. */
START_TEST(same_as_a_larger_package)
{
	char dir[600];
	snprintf(dir, sizeof dir, "%s/boat", test_dir());
	ck_assert_ok(test_make_package(dir, 150, &err));
	compare(dir);
}
END_TEST

/* ---- what cannot be listed ---- */

static int nothing(void *arg, const struct lb_mets_photo *p, const struct lb_mets_file *files, size_t nfiles, struct lb_error *e)
{
	(void)p, (void)files, (void)nfiles, (void)e;
	(*(size_t *)arg)++;
	return 0;
}

static int list_text(const char *text, size_t n, size_t *photos)
{
	char path[600];
	const char *dir = test_dir();
	test_put(dir, "METS.xml", text, n);
	snprintf(path, sizeof path, "%s/METS.xml", dir);
	*photos = 0;
	err = (struct lb_error){0};
	return lb_mets_list(path, nothing, photos, &err);
}

static void document(struct lb_buf *text)
{
	struct test_mets t = test_mets_document();
	char path[600];
	snprintf(path, sizeof path, "%s/document", test_dir());
	ck_assert_ok(test_mets_write(&t, path, &err));
	ck_assert_ok(lb_file_read(path, 1 << 20, text, &err));
}

START_TEST(lists_a_document)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	size_t photos;
	document(&text);
	ck_assert_ok(list_text(text.p, text.len, &photos));
	ck_assert_uint_eq(photos, TEST_METS_PHOTOS);
}
END_TEST

START_TEST(refuses_what_it_cannot_list)
{
	static const struct { const char *from, *to; } cases[] = {
		{"PROFILE=\"urn", "PROFILE=\"nru"}, {"<mets ", "<mats "},
		{"<fptr FILEID=\"f-1\"/>", "<fptr FILEID=\"f-2\"/><fptr FILEID=\"f-1\"/>"},
		{"<fptr FILEID=\"f-0\"/>", ""}, {"</structMap>\n</mets>", ""},
		{"ORDERLABEL=\"12\"", "ORDERLABEL=\"13\""},
	};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	document(&text);
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf changed = LB_BUF(1 << 20);
		const char *at = strstr(text.p, cases[i].from);
		size_t photos;
		ck_assert_msg(at, "no %s", cases[i].from);
		lb_buf_add(&changed, text.p, (size_t)(at - text.p));
		lb_buf_adds(&changed, cases[i].to);
		lb_buf_adds(&changed, at + strlen(cases[i].from));
		ck_assert_msg(list_text(changed.p, changed.len, &photos) == LB_FORMAT && err.what[0], "%s → %s", cases[i].from, cases[i].to);
	}
}
END_TEST

START_TEST(says_what_is_not_there)
{
	size_t photos = 0;
	char path[600];
	snprintf(path, sizeof path, "%s/nothing.xml", test_dir());
	ck_assert_int_eq(lb_mets_list(path, nothing, &photos, &err), LB_NOTFOUND);
	ck_assert(strstr(err.what, "nothing.xml"));
	ck_assert_int_eq(lb_mets_list(test_dir(), nothing, &photos, &err), LB_IO);
}
END_TEST

/* ---- memory ---- */

#define MANY 20000
static struct lb_mets_photo many[MANY];
static struct lb_mets_file files[2 * MANY];
static char ids[MANY][16], paths[2 * MANY][48];

static void fill(void)
{
	struct test_mets t = test_mets_document();
	for (size_t i = 0; i < MANY; i++) {
		snprintf(ids[i], sizeof ids[i], "%zu", 50000000000 + i);
		many[i] = t.photos[0];
		many[i].id = ids[i];
		for (size_t k = 0; k < 2; k++) {
			snprintf(paths[2 * i + k], sizeof paths[0], "data/media/%zu/%zu.jpg", k, i);
			files[2 * i + k] = t.files[1];
			files[2 * i + k].path = paths[2 * i + k];
			files[2 * i + k].group = k ? "thumbnail" : "original";
			files[2 * i + k].photo = (long)i;
		}
	}
}

static long peak_kb(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* Writing and listing hold a few bytes a file, whatever is said of it: 90 MB of METS in less than 12 MB. */
START_TEST(memory_stays_flat)
{
	struct test_mets t = test_mets_document();
	char path[600];
	size_t photos = 0;
	fill();
	t.photos = many;
	t.nphotos = MANY;
	t.files = files;
	t.nfiles = LB_COUNT(files);
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	const long before = peak_kb();
	ck_assert_ok(test_mets_write(&t, path, &err));
	ck_assert_ok(lb_mets_list(path, nothing, &photos, &err));
	ck_assert_uint_eq(photos, MANY);
#ifndef __SANITIZE_ADDRESS__
	ck_assert_int_lt(peak_kb() - before, 12 << 10);
#endif
	(void)before;
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {same_as_the_package, same_as_a_larger_package, lists_a_document, refuses_what_it_cannot_list,
		says_what_is_not_there, memory_stays_flat};
	Suite *s = suite_create("mets: list");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 120);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
