#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/support.h"

static struct lb_error err;
static char dir[256], path[1024], other[512];

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(path, sizeof path, "%s/file", dir);
	snprintf(other, sizeof other, "%s/other", dir);
}

static const char *content(const char *of)
{
	static char text[4096];
	struct lb_buf b = LB_BUF(4000);
	ck_assert_ok(lb_file_read(of, 4000, &b, &err));
	strcpy(text, lb_buf_str(&b));
	lb_buf_clear(&b);
	return text;
}

static int count_readable(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	struct stat st;
	char name[1024];
	(void)e;
	snprintf(name, sizeof name, "%s/%s", dir, info->path);
	*(unsigned *)arg += stat(name, &st) == 0 && (st.st_mode & 077);
	return 0;
}

static int count_one(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)info, (void)e;
	++*(size_t *)arg;
	return 0;
}

static size_t entries(void)
{
	size_t n = 0;
	ck_assert_ok(lb_dir_walk(dir, count_one, &n, &err));
	return n;
}

START_TEST(write_and_read)
{
	ck_assert_ok(lb_file_write(path, "one", 3, &err));
	ck_assert_ok(lb_file_write(path, "two", 3, &err));
	ck_assert_str_eq(content(path), "two");
	ck_assert(lb_file_exists(path) && !lb_dir_exists(path));
	ck_assert(lb_dir_exists(dir) && !lb_file_exists(dir));
	ck_assert_uint_eq(entries(), 1);
	ck_assert_ok(lb_file_write(path, "", 0, &err));
	ck_assert_str_eq(content(path), "");
	ck_assert_ok(lb_dir_sync(dir, &err));
	ck_assert_ok(lb_fs_sync(dir, &err));
}
END_TEST

START_TEST(reading_has_a_limit)
{
	struct lb_buf b = LB_BUF(100);
	ck_assert_ok(lb_file_write(path, "12345", 5, &err));
	ck_assert_ok(lb_file_read(path, 5, &b, &err));
	ck_assert_str_eq(b.p, "12345");
	ck_assert_int_eq(lb_file_read(path, 4, &b, &err), LB_LIMIT);
	ck_assert_str_eq(b.p, "12345");
	ck_assert_int_eq(lb_file_read(other, 4, &b, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_file_read(dir, 400, &b, &err), LB_IO);
	ck_assert_ok(lb_file_read("/proc/self/stat", 4096, &b, &err));
	ck_assert_uint_gt(b.len, 10);
	ck_assert_int_eq(lb_file_read("/proc/self/stat", 10, &b, &err), LB_LIMIT);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(folders_with_parents)
{
	snprintf(path, sizeof path, "%s/a/b//c/", dir);
	ck_assert_ok(lb_dir_make(path, &err));
	ck_assert_ok(lb_dir_make(path, &err));
	ck_assert(lb_dir_exists(path));
	ck_assert_ok(lb_file_write(other, "", 0, &err));
	ck_assert_int_eq(lb_dir_make(other, &err), LB_EXISTS);
	snprintf(path, sizeof path, "%s/below", other);
	ck_assert_int_ne(lb_dir_make(path, &err), 0);
	ck_assert_int_eq(lb_dir_sync(other, &err), LB_IO);
}
END_TEST

static int note(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "%s:%d:%d ", info->path, (int)info->kind, (int)info->size);
	return strcmp(info->path, "stop") == 0 ? LB_LIMIT : 0;
}

static void make_files(const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		ck_assert_ok(lb_file_write(path, "x", 1, &err));
	}
}

START_TEST(walk_in_order)
{
	struct lb_buf b = LB_BUF(4096);
	snprintf(path, sizeof path, "%s/b/c", dir);
	ck_assert_ok(lb_dir_make(path, &err));
	make_files((const char *const[]){"z", "b.txt", "a", "b/c/1", "b/B", "\xC3\xA9"}, 6);
	snprintf(path, sizeof path, "%s/b/link", dir);
	ck_assert_int_eq(symlink("..", path), 0);
	snprintf(path, sizeof path, "%s/fifo", dir);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_ok(lb_dir_walk(dir, note, &b, &err));
	ck_assert_str_eq(b.p, "a:0:1 b:1:0 b/B:0:1 b/c:1:0 b/c/1:0:1 b/link:2:0 b.txt:0:1 fifo:3:0 z:0:1 \xC3\xA9:0:1 ");
	lb_buf_reset(&b);
	make_files((const char *const[]){"stop"}, 1);
	ck_assert_int_eq(lb_dir_walk(dir, note, &b, &err), LB_LIMIT);
	ck_assert(lb_span_ends(lb_buf_span(&b), "stop:0:1 "));
	ck_assert_int_eq(lb_dir_walk(other, note, &b, &err), LB_NOTFOUND);
	lb_buf_clear(&b);
}
END_TEST

static void make_deep(unsigned depth)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY);
	for (unsigned i = 0; i < depth; i++) {
		ck_assert_int_eq(mkdirat(fd, "d", 0700), 0);
		int next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
		ck_assert_int_ge(next, 0);
		close(fd);
		fd = next;
	}
	close(fd);
}

START_TEST(walk_has_a_depth_limit)
{
	size_t n = 0;
	make_deep(255);
	ck_assert_ok(lb_dir_walk(dir, count_one, &n, &err));
	ck_assert_uint_eq(n, 255);
	ck_assert_ok(lb_dir_remove(dir, &err));
	ck_assert_int_eq(mkdir(dir, 0700), 0);
	make_deep(256);
	ck_assert_int_eq(lb_dir_walk(dir, count_one, &n, &err), LB_LIMIT);
}
END_TEST

START_TEST(remove_any_depth)
{
	make_deep(3000);
	make_files((const char *const[]){"d/file", "d/d/file"}, 2);
	ck_assert_ok(lb_dir_remove(dir, &err));
	ck_assert(!lb_dir_exists(dir));
	ck_assert_int_eq(lb_dir_remove(dir, &err), LB_NOTFOUND);
	ck_assert_int_eq(mkdir(dir, 0700), 0);
}
END_TEST

START_TEST(remove_follows_no_link)
{
	char keep[512];
	snprintf(keep, sizeof keep, "%s/keep", dir);
	snprintf(other, sizeof other, "%s/tree", dir);
	ck_assert_ok(lb_dir_make(keep, &err));
	ck_assert_ok(lb_dir_make(other, &err));
	snprintf(path, sizeof path, "%s/keep/file", dir);
	ck_assert_ok(lb_file_write(path, "x", 1, &err));
	snprintf(path, sizeof path, "%s/tree/link", dir);
	ck_assert_int_eq(symlink(keep, path), 0);
	ck_assert_int_ne(lb_dir_remove(path, &err), 0);
	ck_assert_ok(lb_dir_remove(other, &err));
	snprintf(path, sizeof path, "%s/keep/file", dir);
	ck_assert_str_eq(content(path), "x");
	ck_assert_int_ne(lb_dir_remove(path, &err), 0);
}
END_TEST

START_TEST(linked_files_are_the_same)
{
	struct stat a, b;
	ck_assert_ok(lb_file_write(path, "abc", 3, &err));
	ck_assert_ok(lb_file_link(path, other, &err));
	ck_assert_int_eq(stat(path, &a) | stat(other, &b), 0);
	ck_assert_uint_eq(a.st_ino, b.st_ino);
	ck_assert_int_eq(lb_file_link(path, other, &err), LB_EXISTS);
	char missing[600];
	snprintf(missing, sizeof missing, "%s-missing", other);
	ck_assert_int_eq(lb_file_link(missing, dir, &err), LB_NOTFOUND);
}
END_TEST

START_TEST(linking_across_file_systems_copies)
{
	char *big = lb_alloc(200000);
	memset(big, 'b', 200000);
	ck_assert_ok(lb_file_write(path, big, 200000, &err));
	char target[] = "/dev/shm/lifeboat-test-XXXXXX";
	struct stat a, b;
	if (!mkdtemp(target) || stat(target, &a) != 0 || stat(dir, &b) != 0 || a.st_dev == b.st_dev) {
		free(big);
		return;
	}
	snprintf(other, sizeof other, "%s/copy", target);
	ck_assert_ok(lb_file_link(path, other, &err));
	struct lb_buf got = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(other, 1 << 20, &got, &err));
	ck_assert(lb_span_eq(lb_buf_span(&got), (struct lb_span){big, 200000}));
	ck_assert_int_eq(lb_file_link(path, other, &err), LB_EXISTS);
	ck_assert_ok(lb_dir_remove(target, &err));
	lb_buf_clear(&got);
	free(big);
}
END_TEST

START_TEST(out_hashes_and_counts)
{
	struct lb_out *out = NULL;
	char sha[LB_SHA256_HEX];
	uint64_t size;
	ck_assert_ok(lb_out_open(path, 0, &out, &err));
	for (int i = 0; i < 30000; i++)
		lb_out_addf(out, "%d,", i % 10);
	char *big = lb_alloc(100000);
	memset(big, '.', 99999);
	lb_out_addf(out, "%s", big);
	lb_out_add(out, big, 99999);
	lb_out_add(out, NULL, 0);
	ck_assert(!lb_file_exists(path));
	ck_assert_ok(lb_out_commit(out, sha, &size, &err));
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(path, 1 << 20, &b, &err));
	ck_assert_uint_eq(size, 60000 + 2 * 99999);
	ck_assert_uint_eq(b.len, size);
	char again[LB_SHA256_HEX];
	lb_sha256(b.p, b.len, again);
	ck_assert_str_eq(sha, again);
	ck_assert_uint_eq(entries(), 1);
	lb_buf_clear(&b);
	free(big);
}
END_TEST

/* Nobody else may be able to read it at any moment: neither under its temporary name nor in the place of one that all could read. */
START_TEST(private_from_the_first_byte)
{
	struct stat st;
	mode_t before = umask(0);
	struct lb_out *out;
	ck_assert_ok(lb_file_write(path, "old", 3, &err));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0666);
	ck_assert_ok(lb_file_write_private(path, "secret", 6, &err));
	ck_assert_ok(lb_out_open(other, LB_OUT_PRIVATE, &out, &err));
	unsigned others = 0;
	ck_assert_ok(lb_dir_walk(dir, count_readable, &others, &err));
	umask(before);
	lb_out_abandon(out);
	ck_assert_str_eq(content(path), "secret");
	ck_assert_uint_eq(others, 0);
	ck_assert_int_ne(lb_file_write_private("/proc/no/such", "x", 1, &err), 0);
}
END_TEST

START_TEST(out_never_overwrites)
{
	struct lb_out *out = NULL;
	ck_assert_ok(lb_out_open(path, 0, &out, &err));
	lb_out_adds(out, "new");
	ck_assert_ok(lb_file_write(path, "meanwhile", 9, &err));
	ck_assert_int_eq(lb_out_commit(out, NULL, NULL, &err), LB_EXISTS);
	ck_assert_str_eq(content(path), "meanwhile");
	ck_assert_int_eq(lb_out_open(path, 0, &out, &err), LB_EXISTS);
	ck_assert_int_eq(symlink("nowhere", other), 0);
	ck_assert_int_eq(lb_out_open(other, 0, &out, &err), LB_EXISTS);
	ck_assert_uint_eq(entries(), 2);
}
END_TEST

START_TEST(out_abandoned_leaves_nothing)
{
	struct lb_out *out = NULL;
	ck_assert_ok(lb_file_write(path, "old", 3, &err));
	ck_assert_ok(lb_out_open(path, LB_OUT_REPLACE | LB_OUT_NOSYNC, &out, &err));
	lb_out_adds(out, "new");
	ck_assert_uint_eq(entries(), 2);
	lb_out_abandonp(&out);
	ck_assert_ptr_null(out);
	lb_out_abandon(NULL);
	ck_assert_uint_eq(entries(), 1);
	ck_assert_str_eq(content(path), "old");
}
END_TEST

START_TEST(out_of_longest_name)
{
	struct lb_out *out = NULL, *second = NULL;
	size_t n = (size_t)snprintf(path, sizeof path, "%s/", dir);
	memset(path + n, 'n', 255);
	path[n + 255] = '\0';
	ck_assert_ok(lb_out_open(path, LB_OUT_REPLACE, &out, &err));
	ck_assert_ok(lb_out_open(path, LB_OUT_REPLACE, &second, &err));
	lb_out_adds(out, "first");
	lb_out_adds(second, "second");
	ck_assert_ok(lb_out_commit(out, NULL, NULL, &err));
	ck_assert_ok(lb_out_commit(second, NULL, NULL, &err));
	ck_assert_str_eq(content(path), "second");
	snprintf(path, sizeof path, "%s/missing/file", dir);
	ck_assert_int_eq(lb_out_open(path, 0, &out, &err), LB_NOTFOUND);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("base: files and folders");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60); /* thousands of folders, on a busy machine */
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, write_and_read);
	tcase_add_test(t, reading_has_a_limit);
	tcase_add_test(t, folders_with_parents);
	tcase_add_test(t, walk_in_order);
	tcase_add_test(t, walk_has_a_depth_limit);
	tcase_add_test(t, remove_any_depth);
	tcase_add_test(t, remove_follows_no_link);
	tcase_add_test(t, linked_files_are_the_same);
	tcase_add_test(t, linking_across_file_systems_copies);
	tcase_add_test(t, out_hashes_and_counts);
	tcase_add_test(t, private_from_the_first_byte);
	tcase_add_test(t, out_never_overwrites);
	tcase_add_test(t, out_abandoned_leaves_nothing);
	tcase_add_test(t, out_of_longest_name);
	suite_add_tcase(s, t);
	return s;
}
