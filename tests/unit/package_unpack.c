/* Packing and unpacking: the same bytes for the same folder, nothing outside the target, nothing half done. */
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[256], bag[300], file[300], target[300];
static const char *const endings[] = {".zip", ".tar"};

static const struct test_file files[] = {
	{"b/two.txt", "two"}, {"a.txt", "one"}, {"a-b.txt", "between"}, {"a/x.txt", "below"}, {"empty", ""},
		{"deep/er/and/deeper/x", "deep"}, {NULL, NULL},
};

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	snprintf(file, sizeof file, "%s/out.zip", dir);
	snprintf(target, sizeof target, "%s/target", dir);
	test_bag(bag, files);
}

static size_t count_entries(const char *path)
{
	struct lb_container *c = NULL;
	size_t n;
	ck_assert_ok(lb_container_open(path, &c, &err));
	lb_container_members(c, &n);
	lb_container_free(c);
	return n;
}

static int list_top(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	if (!strchr(info->path, '/'))
		lb_buf_addf(arg, "%s\n", info->path);
	return LB_OK;
}

/* Nothing but what was there before: no temporary files. */
static void must_be_alone(const char *name)
{
	struct lb_buf list = LB_BUF(10000);
	char expected[300];
	ck_assert_ok(lb_dir_walk(dir, list_top, &list, &err));
	snprintf(expected, sizeof expected, "bag\n%s%s", name, *name ? "\n" : "");
	ck_assert_str_eq(lb_buf_str(&list), expected);
	lb_buf_clear(&list);
}

START_TEST(there_and_back)
{
	snprintf(file, sizeof file, "%s/out%s", dir, endings[_i]);
	ck_assert_ok(lb_pack(bag, "name", file, false, NULL, &err));
	ck_assert_ok(lb_unpack(file, target, NULL, &err));
	ck_assert(test_trees_equal(bag, target));
	char again[300];
	snprintf(again, sizeof again, "%s/again%s", dir, endings[_i]);
	ck_assert_ok(lb_pack(target, "name", again, false, NULL, &err));
	struct lb_buf one = LB_BUF(1 << 20), two = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(file, 1 << 20, &one, &err));
	ck_assert_ok(lb_file_read(again, 1 << 20, &two, &err));
	ck_assert(lb_span_eq(lb_buf_span(&one), lb_buf_span(&two)));
	lb_buf_clear(&one);
	lb_buf_clear(&two);
}
END_TEST

static void digest_of(const char *path, char hex[LB_SHA256_HEX])
{
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(path, 1 << 20, &b, &err));
	lb_sha256(b.p, b.len, hex);
	lb_buf_clear(&b);
}

START_TEST(same_bytes_everywhere)
{
	static const struct { const char *zone, *locale; mode_t mask; unsigned threads; time_t modified; } places[] = {
		{"UTC", "C", 022, 1, 0}, {"Asia/Kolkata", "C.UTF-8", 077, 2, 1000000000}, {"America/New_York",
			"POSIX", 0, 8, 4000000000}};
	char first[LB_SHA256_HEX] = "", hex[LB_SHA256_HEX];
	snprintf(file, sizeof file, "%s/out%s", dir, endings[_i]);
	for (size_t i = 0; i < LB_COUNT(places); i++) {
		struct lb_ctx ctx = {.threads = places[i].threads};
		struct timespec times[2] = {{.tv_sec = places[i].modified}, {.tv_sec = places[i].modified}};
		setenv("TZ", places[i].zone, 1);
		tzset();
		setlocale(LC_ALL, places[i].locale);
		mode_t mask = umask(places[i].mask);
		ck_assert_int_eq(utimensat(AT_FDCWD, test_path(bag, "data/a.txt"), times, 0), 0);
		ck_assert_int_eq(chmod(test_path(bag, "data/a.txt"), i % 2 ? 0700 : 0444), 0);
		ck_assert_ok(lb_pack(bag, "name", file, true, &ctx, &err));
		umask(mask);
		digest_of(file, hex);
		ck_assert(i == 0 || strcmp(first, hex) == 0);
		memcpy(first, hex, sizeof hex);
	}
}
END_TEST

START_TEST(does_not_replace_unless_told)
{
	test_puts(dir, "out.zip", "precious");
	ck_assert_int_eq(lb_pack(bag, "name", file, false, NULL, &err), LB_EXISTS);
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(dir, "out.zip", &b);
	ck_assert_str_eq(lb_buf_str(&b), "precious");
	ck_assert_ok(lb_pack(bag, "name", file, true, NULL, &err));
	ck_assert_uint_eq(count_entries(file), 10);
	ck_assert_int_eq(mkdir(target, 0777), 0);
	ck_assert_int_eq(lb_unpack(file, target, NULL, &err), LB_EXISTS);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(refuses_words_that_make_no_sense)
{
	static const char *const roots[] = {"", "..", "a/b", "/a", "CON", "a\n"};
	for (size_t i = 0; i < LB_COUNT(roots); i++)
		ck_assert_int_eq(lb_pack(bag, roots[i], file, false, NULL, &err), LB_USAGE);
	ck_assert_int_eq(lb_pack(bag, "n", test_path(dir, "out.rar"), false, NULL, &err), LB_USAGE);
	ck_assert_int_eq(lb_pack(bag, "n", test_path(bag, "data/out.zip"), false, NULL, &err), LB_USAGE);
	ck_assert_int_eq(lb_pack(bag, "n", test_path(dir, "no/such/out.zip"), false, NULL, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_pack(test_path(dir, "nothing"), "n", file, false, NULL, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_pack(test_path(bag, "bagit.txt"), "n", file, false, NULL, &err), LB_FORMAT);
	ck_assert_int_eq(lb_unpack(bag, target, NULL, &err), LB_USAGE);
	ck_assert_ok(lb_pack(bag, "n", file, false, NULL, &err));
	ck_assert_int_eq(lb_unpack(file, "..", NULL, &err), LB_USAGE);
	ck_assert_int_eq(lb_unpack(file, "/", NULL, &err), LB_USAGE);
	ck_assert_int_eq(lb_unpack(file, test_path(dir, "no/such/target"), NULL, &err), LB_NOTFOUND);
	must_be_alone("out.zip");
}
END_TEST

START_TEST(refuses_links_and_special_files)
{
	const char *odd = test_path(bag, "data/odd");
	char path[400];
	snprintf(path, sizeof path, "%s", odd);
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	ck_assert_int_eq(lb_pack(bag, "n", file, false, NULL, &err), LB_FORMAT);
	ck_assert(strstr(err.what, "data/odd") != NULL);
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0666), 0);
	ck_assert_int_eq(lb_pack(bag, "n", file, false, NULL, &err), LB_FORMAT);
	unlink(path);
	test_puts(bag, "data/bad\nname", "x");
	ck_assert_int_eq(lb_pack(bag, "n", file, false, NULL, &err), LB_FORMAT);
	ck_assert(strchr(err.what, '\n') == NULL);
	must_be_alone("");
}
END_TEST

/* ---- empty folders cannot be kept, but not in silence ---- */

static void listen(void *arg, const struct lb_event *e)
{
	if (e->kind == LB_EVENT_WARN)
		lb_buf_addf(arg, "%s\n", e->what);
}

START_TEST(tells_of_empty_folders)
{
	struct lb_buf said = LB_BUF(1000);
	struct lb_ctx ctx = {.event = listen, .event_arg = &said};
	ck_assert_int_eq(mkdir(test_path(bag, "data/hollow"), 0777), 0);
	ck_assert_ok(lb_pack(bag, "n", file, false, &ctx, &err));
	ck_assert_str_eq(lb_buf_str(&said), "the folder \"data/hollow\" is empty and is left out\n");
	lb_buf_clear(&said);
}
END_TEST

/* ---- stopped on the way ---- */

START_TEST(stops_when_cancelled)
{
	volatile int cancel = 1;
	struct lb_ctx ctx = {.cancel = &cancel};
	ck_assert_int_eq(lb_pack(bag, "n", file, false, &ctx, &err), LB_CANCELLED);
	must_be_alone("");
	ck_assert_ok(lb_pack(bag, "n", file, false, NULL, &err));
	ck_assert_int_eq(lb_unpack(file, target, &ctx, &err), LB_CANCELLED);
	must_be_alone("out.zip");
}
END_TEST

/* ---- files that change meanwhile ---- */

static int grow(void *arg, const void *data, size_t n, struct lb_error *e)
{
	(void)data, (void)n, (void)e;
	FILE *f = fopen(arg, "ab");
	ck_assert_ptr_nonnull(f);
	fputs("more", f);
	fclose(f);
	return LB_OK;
}

static int touch(void *arg, const void *data, size_t n, struct lb_error *e)
{
	struct timespec times[2] = {{.tv_sec = 12345}, {.tv_sec = 12345}};
	(void)data, (void)n, (void)e;
	ck_assert_int_eq(utimensat(AT_FDCWD, arg, times, 0), 0);
	return LB_OK;
}

START_TEST(notices_changes_while_reading)
{
	static int (*const changes[])(void *, const void *, size_t, struct lb_error *) = {grow, touch};
	struct lb_container *c = NULL;
	char path[400];
	snprintf(path, sizeof path, "%s", test_path(bag, "data/a.txt"));
	ck_assert_ok(lb_container_open(bag, &c, &err));
	long i = lb_container_find(c, "data/a.txt");
	ck_assert_int_ge(i, 0);
	ck_assert_int_eq(lb_container_stream(c, (size_t)i, changes[_i], path, &err), LB_CORRUPT);
	lb_container_free(c);
}
END_TEST

static int ignore(void *arg, const void *data, size_t n, struct lb_error *e)
{
	(void)arg, (void)data, (void)n, (void)e;
	return LB_OK;
}

START_TEST(never_opens_what_is_no_file_any_more)
{
	struct lb_container *c = NULL;
	char path[400], moved[400];
	snprintf(path, sizeof path, "%s", test_path(bag, "data/a.txt"));
	ck_assert_ok(lb_container_open(bag, &c, &err));
	size_t i = (size_t)lb_container_find(c, "data/a.txt");
	size_t below = (size_t)lb_container_find(c, "data/a/x.txt");
	unlink(path);
	ck_assert_int_eq(lb_container_stream(c, i, ignore, NULL, &err), LB_CORRUPT);
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	ck_assert_int_eq(lb_container_stream(c, i, ignore, NULL, &err), LB_CORRUPT);
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0666), 0);
	ck_assert_int_eq(lb_container_stream(c, i, ignore, NULL, &err), LB_CORRUPT);
	/* a folder on the way that became a link is not followed either */
	snprintf(path, sizeof path, "%s", test_path(bag, "data/a"));
	snprintf(moved, sizeof moved, "%s", test_path(dir, "elsewhere"));
	ck_assert_int_eq(rename(path, moved), 0);
	ck_assert_int_eq(symlink(moved, path), 0);
	ck_assert_int_eq(lb_container_stream(c, below, ignore, NULL, &err), LB_CORRUPT);
	lb_container_free(c);
}
END_TEST

/* ---- somebody else at work in the target ---- */

struct attacker { char victim[400], moved[500], outside[400]; atomic_bool stop; atomic_int hits; };

/* As soon as a folder is there, it becomes a link that leads out of the target. */
static void *attack(void *arg)
{
	struct attacker *a = arg;
	while (!a->stop)
		if (rename(a->victim, a->moved) == 0 && symlink(a->outside, a->victim) == 0)
			a->hits++;
	return NULL;
}

START_TEST(does_not_follow_links_of_an_attacker)
{
	struct attacker a = {.hits = 0};
	pthread_t thread;
	snprintf(a.victim, sizeof a.victim, "%s/.target.%ld-0.part/data/deep", dir, (long)getpid());
	snprintf(a.moved, sizeof a.moved, "%s-moved", a.victim);
	snprintf(a.outside, sizeof a.outside, "%s/outside", dir);
	ck_assert_ok(lb_dir_make(test_path(a.outside, "er/and/deeper"), &err));
	ck_assert_ok(lb_pack(bag, "n", file, false, NULL, &err));
	ck_assert_int_eq(pthread_create(&thread, NULL, attack, &a), 0);
	for (int i = 0; i < 2000 && (i < 200 || a.hits < 20); i++) {
		if (lb_unpack(file, target, NULL, &err) == LB_OK)
			ck_assert_ok(lb_dir_remove(target, &err));
		ck_assert(!lb_file_exists(test_path(a.outside, "er/and/deeper/x")));
	}
	a.stop = true;
	pthread_join(thread, NULL);
	ck_assert_int_gt(a.hits, 0);
}
END_TEST

START_TEST(tells_the_defect)
{
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_ok(lb_pack(bag, "n", file, false, NULL, &err));
	ck_assert_ok(lb_file_read(file, 1 << 20, &b, &err));
	b.p[b.len - 6] ^= 1;
	test_put(dir, "out.zip", b.p, b.len);
	ck_assert_int_eq(lb_unpack(file, target, NULL, &err), LB_CORRUPT);
	ck_assert(strstr(err.what, "ZIP-005") != NULL);
	must_be_alone("out.zip");
	lb_buf_clear(&b);
}
END_TEST

START_TEST(large_files_go_in_pieces)
{
	size_t n = (size_t)3 << 20;
	char *data = lb_alloc(n + 1);
	for (size_t i = 0; i < n; i++)
		data[i] = (char)(i * 7 + i / 1000);
	test_put(bag, "data/large", data, n);
	test_put(bag, "data/larger", data, n - 1);
	free(data);
	snprintf(file, sizeof file, "%s/out%s", dir, endings[_i]);
	ck_assert_ok(lb_pack(bag, "n", file, false, NULL, &err));
	ck_assert_ok(lb_unpack(file, target, NULL, &err));
	ck_assert(test_trees_equal(bag, target));
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("package: pack and unpack");
	TCase *t = tcase_create("unpack");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, there_and_back, 0, 2);
	tcase_add_loop_test(t, same_bytes_everywhere, 0, 2);
	tcase_add_test(t, does_not_replace_unless_told);
	tcase_add_test(t, refuses_words_that_make_no_sense);
	tcase_add_test(t, refuses_links_and_special_files);
	tcase_add_test(t, tells_of_empty_folders);
	tcase_add_test(t, stops_when_cancelled);
	tcase_add_loop_test(t, notices_changes_while_reading, 0, 2);
	tcase_add_test(t, never_opens_what_is_no_file_any_more);
	tcase_add_test(t, does_not_follow_links_of_an_attacker);
	tcase_add_test(t, tells_the_defect);
	tcase_add_loop_test(t, large_files_go_in_pieces, 0, 2);
	suite_add_tcase(suite, t);
	return suite;
}
