/* Tar files: ours, those of other programs, and damaged or hostile ones. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/container_private.h"
#include "tests/support/packages.h"

#define BLOCK 512

static struct lb_error err;
static char dir[256], file[300];
static struct lb_buf b;

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(file, sizeof file, "%s/made.tar", dir);
	b = (struct lb_buf)LB_BUF(16 << 20);
}

static void teardown(void)
{
	lb_buf_clear(&b);
}

/* ---- a tar by hand ---- */

static void sum_up(char *h)
{
	unsigned sum = 0;
	memset(h + 148, ' ', 8);
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
}

static void pad(void)
{
	while (b.len % BLOCK)
		lb_buf_addc(&b, '\0');
}

static void header(const char *name, char type, size_t size)
{
	char h[BLOCK] = {0};
	memcpy(h, name, strnlen(name, 100));
	memcpy(h + 100, "0000755", 7);
	snprintf(h + 124, 12, "%011zo", size);
	h[156] = type;
	memcpy(h + 257, "ustar\00000", 8);
	sum_up(h);
	lb_buf_add(&b, h, sizeof h);
}

static void content(const void *data, size_t n)
{
	lb_buf_add(&b, data, n);
	pad();
}

static void member(const char *name, char type, const char *text)
{
	header(name, type, strlen(text));
	content(text, strlen(text));
}

static void record(const char *key, const char *value)
{
	size_t n = strlen(key) + strlen(value) + 5;
	n += n > 99 ? 1 : n < 10 ? (size_t)-1 : 0;
	lb_buf_addf(&b, "%zu %s=%s\n", n, key, value);
}

static void end(void)
{
	static const char zeros[2 * BLOCK];
	lb_buf_add(&b, zeros, sizeof zeros);
}

static void write_it(void)
{
	test_put(dir, "made.tar", lb_buf_str(&b), b.len);
}

/* ---- looking ---- */

static const char *open_defects(void)
{
	static char rules[2000];
	struct lb_container *c = NULL;
	size_t n;
	ck_assert_ok(lb_container_open(file, &c, &err));
	ck_assert_int_eq(lb_container_kind(c), LB_CONTAINER_TAR);
	const struct lb_defect *d = lb_container_defects(c, &n);
	rules[0] = '\0';
	for (size_t i = 0; i < n && strlen(rules) < 1900; i++)
		sprintf(rules + strlen(rules), "%s ", d[i].rule);
	lb_container_free(c);
	return rules;
}

static void must_find(const char *rule)
{
	write_it();
	const char *rules = open_defects();
	ck_assert_msg(strstr(rules, rule) != NULL, "expected %s, found %s", rule, rules);
	char target[300];
	snprintf(target, sizeof target, "%s/target", dir);
	int rc = lb_unpack(file, target, NULL, &err);
	ck_assert_msg(rc == LB_CORRUPT || rc == LB_FORMAT, "unpacked in spite of %s: %d", rule, rc);
	ck_assert(!lb_dir_exists(target));
}

static struct lb_container *open_fine(void)
{
	struct lb_container *c = NULL;
	write_it();
	ck_assert_str_eq(open_defects(), "TAR-021 ");
	ck_assert_ok(lb_container_open(file, &c, &err));
	return c;
}

static void must_read(const struct lb_container *c, const char *path, const char *text)
{
	struct lb_buf got = LB_BUF(1000);
	long i = lb_container_find(c, path);
	ck_assert_msg(i >= 0, "no %s", path);
	ck_assert_ok(lb_container_read(c, (size_t)i, 1000, &got, &err));
	ck_assert_str_eq(lb_buf_str(&got), text);
	lb_buf_clear(&got);
}

/* ---- fine archives ---- */

static const char long_name[] =
	"t/a-name-that-does-not-fit-the-hundred-bytes-of-the-header/because-it-goes-on-and-on/and-on-and-on-and-on/until-it-ends.txt";

START_TEST(reads_what_others_write)
{
	member("t/", '5', "");
	member("t/b.txt", '0', "two");
	member("./t/a.txt", '\0', "one");
	member("t/c.txt", '7', "contiguous");
	end();
	struct lb_container *c = open_fine();
	size_t n;
	lb_container_members(c, &n);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(lb_container_root(c), "t");
	must_read(c, "a.txt", "one");
	must_read(c, "b.txt", "two");
	must_read(c, "c.txt", "contiguous");
	lb_container_free(c);
}
END_TEST

START_TEST(reads_pax_and_gnu_names)
{
	header("PaxHeader", 'x', strlen(long_name) + 10);
	record("path", long_name);
	pad();
	member("t/short", '0', "pax");
	header("././@LongLink", 'L', 14);
	content("t/by-gnu.long", 14);
	member("t/by-gnu", '0', "gnu");
	header("PaxHeader", 'g', 16);
	record("comment", "abcd");
	pad();
	header("PaxHeader", 'x', 10);
	record("size", "5");
	pad();
	header("t/sized", '0', 0);
	content("12345", 5);
	member("t/last", '0', "last");
	end();
	struct lb_container *c = open_fine();
	must_read(c, long_name + 2, "pax");
	must_read(c, "by-gnu.long", "gnu");
	must_read(c, "sized", "12345");
	must_read(c, "last", "last");
	lb_container_free(c);
}
END_TEST

START_TEST(reads_prefixes_and_binary_sizes)
{
	member("name", '0', "prefixed");
	memcpy(b.p + 345, "t/prefix", 8);
	sum_up(b.p);
	size_t at = b.len;
	member("t/binary", '0', "base-256");
	memcpy(b.p + at + 124, "\x80\0\0\0\0\0\0\0\0\0\0\x08", 12);
	sum_up(b.p + at);
	end();
	struct lb_container *c = open_fine();
	must_read(c, "prefix/name", "prefixed");
	must_read(c, "binary", "base-256");
	lb_container_free(c);
}
END_TEST

START_TEST(tells_links_and_special_files)
{
	static const struct { char type; int kind; } kinds[] = {
		{'1', LB_MEMBER_LINK}, {'2', LB_MEMBER_LINK}, {'3', LB_MEMBER_SPECIAL}, {'4', LB_MEMBER_SPECIAL},
			{'6', LB_MEMBER_SPECIAL}};
	for (size_t i = 0; i < LB_COUNT(kinds); i++) {
		lb_buf_reset(&b);
		member("t/x", kinds[i].type, "");
		end();
		struct lb_container *c = open_fine();
		size_t n;
		ck_assert_int_eq(lb_container_members(c, &n)[0].kind, kinds[i].kind);
		lb_container_free(c);
		ck_assert_int_eq(lb_unpack(file, test_path(dir, "target"), NULL, &err), LB_FORMAT);
		ck_assert(!lb_dir_exists(test_path(dir, "target")));
	}
}
END_TEST

START_TEST(accepts_blocks_of_zeros)
{
	member("t/a", '0', "one");
	for (int i = 0; i < 20; i++)
		end();
	lb_container_free(open_fine());
}
END_TEST

/* ---- faults ---- */

static const struct { const char *name; char type; const char *text, *rule; } bad_members[] = {
	{"t/../x", '0', "x", "TAR-013"}, {"../x", '0', "x", "TAR-013"}, {"/etc/passwd", '0', "x", "TAR-014"},
	{"t/a\\b", '0', "x", "TAR-013"}, {"t/NUL", '0', "x", "TAR-013"}, {"t/\xC0\x80", '0', "x", "TAR-013"},
	{"t/x", 'V', "x", "TAR-009"}, {"t/x", 'S', "x", "TAR-009"}, {"t/x", '2', "x", "TAR-015"}, {"t/x/", '5', "x",
		"TAR-015"},
	{"t/ok", '0', "one", "TAR-012"}, {"t/ok/below", '0', "x", "TAR-017"}, {"u/x", '0', "x", "TAR-014"},
};

START_TEST(finds_bad_members)
{
	member("t/ok", '0', "one");
	member(bad_members[_i].name, bad_members[_i].type, bad_members[_i].text);
	end();
	must_find(bad_members[_i].rule);
}
END_TEST

START_TEST(finds_a_missing_end)
{
	static const size_t sizes[] = {1024, 1024 + 511, 1024 + 512, 1024 + 1023, 1025, 512, 513, 600, 1};
	member("t/a", '0', "one");
	end();
	for (size_t i = 0; i < LB_COUNT(sizes); i++) {
		b.len = sizes[i];
		must_find("TAR-001");
	}
}
END_TEST

START_TEST(finds_what_follows_the_end)
{
	member("t/a", '0', "one");
	end();
	member("t/b", '0', "behind");
	end();
	must_find("TAR-002");
}
END_TEST

START_TEST(finds_damaged_headers)
{
	member("t/a", '0', "one");
	member("t/b", '0', "two");
	end();
	b.p[1024] ^= 1;
	must_find("TAR-003");
	b.p[1024] ^= 1;
	memcpy(b.p + 1024 + 124, "0000000000x", 11);
	sum_up(b.p + 1024);
	must_find("TAR-003");
	memcpy(b.p + 1024 + 124, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 12);
	sum_up(b.p + 1024);
	must_find("TAR-003");
	memcpy(b.p + 1024 + 124, "77777777777", 12);
	sum_up(b.p + 1024);
	must_find("TAR-001");
}
END_TEST

START_TEST(finds_bytes_in_the_padding)
{
	member("t/a", '0', "one");
	end();
	b.p[600] = 'x';
	must_find("TAR-008");
}
END_TEST

static const struct { const char *body; size_t n; char type; const char *rule; } extensions[] = {
	{"12 path=t/b\n", 12, 'x', NULL},
	{"99 path=t/b\n", 12, 'x', "TAR-004"},
	{"12 path=t/bc", 12, 'x', "TAR-004"},
	{"0 path=t/b\n", 11, 'x', "TAR-004"},
	{"3 \n", 3, 'x', "TAR-004"},
	{"path=t/b\n", 9, 'x', "TAR-004"},
	{"12 path=t\0b\n", 12, 'x', "TAR-004"},
	{"10 size=x\n", 10, 'x', "TAR-004"},
	{"11 size=-1\n", 11, 'x', "TAR-004"},
	{"28 size=18446744073709551615\n", 29, 'x', "TAR-004"},
	{"29 size=18446744073709551615\n", 29, 'x', "TAR-001"},
	{"22 GNU.sparse.major=1\n", 22, 'x', "TAR-010"},
	{"12 path=t/b\n", 12, 'g', "TAR-011"},
	{"10 size=1\n", 10, 'g', "TAR-011"},
	{"15 path=t/../b\n", 15, 'x', "TAR-013"},
	{"t/x\0", 4, 'L', NULL},
};

START_TEST(judges_extension_headers)
{
	header("ext", extensions[_i].type, extensions[_i].n);
	content(extensions[_i].body, extensions[_i].n);
	member("t/a", '0', "one");
	member("t/last", '0', "two");
	end();
	if (extensions[_i].rule)
		must_find(extensions[_i].rule);
	else
		lb_container_free(open_fine());
}
END_TEST

START_TEST(finds_an_extension_of_nothing)
{
	member("t/a", '0', "one");
	header("ext", 'x', 12);
	content("12 path=t/b\n", 12);
	end();
	must_find("TAR-004");
}
END_TEST

START_TEST(refuses_endless_extensions)
{
	header("ext", 'x', (size_t)2 << 20);
	for (size_t i = 0; i < (size_t)4096; i++) {
		static const char zeros[BLOCK];
		lb_buf_add(&b, zeros, sizeof zeros);
	}
	member("t/a", '0', "one");
	end();
	must_find("TAR-004");
}
END_TEST

/* ---- our own ---- */

static struct test_file files[] = {
	{"b/two.txt", "two"}, {"a.txt", "one"}, {"a-b.txt", "between"}, {"a/x.txt", "below"}, {"empty", ""},
		{long_name, "long"}, {NULL, NULL},
};

START_TEST(ours_is_canonical_and_others_can_read_it)
{
	static const char *const tools[][2] = {{"tar", "tar -tf"}, {"bsdtar", "bsdtar -tf"},
		{"python3", "python3 -m tarfile -l"}};
	char bag[300], command[600], target[300];
	snprintf(bag, sizeof bag, "%s/bag", dir);
	test_bag(bag, files);
	ck_assert_ok(lb_pack(bag, "bag", file, false, NULL, &err));
	ck_assert_str_eq(open_defects(), "");
	for (size_t i = 0; i < LB_COUNT(tools); i++) {
		snprintf(command, sizeof command, "command -v %s >/dev/null", tools[i][0]);
		if (system(command) != 0) {
			printf("SKIP: no %s\n", tools[i][0]);
			continue;
		}
		snprintf(command, sizeof command, "%s %s >/dev/null", tools[i][1], file);
		ck_assert_msg(system(command) == 0, "%s", command);
	}
	snprintf(target, sizeof target, "%s/target", dir);
	ck_assert_ok(lb_unpack(file, target, NULL, &err));
	ck_assert(test_trees_equal(bag, target));
}
END_TEST

/* More than the octal digits of a header can tell, in a file that has holes instead of 9 GiB of content. */
START_TEST(sizes_beyond_the_header)
{
	struct lb_stored large = {.name = "t/large", .size = 9ull << 30};
	struct lb_container *c = NULL;
	size_t n;
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	ck_assert_int_ge(fd, 0);
	lb_tar_header(&b, &large);
	ck_assert_int_eq(pwrite(fd, b.p, b.len, 0), (ssize_t)b.len);
	ck_assert_int_eq(ftruncate(fd, (off_t)(b.len + large.size + 2 * BLOCK)), 0);
	close(fd);
	ck_assert_str_eq(open_defects(), "");
	ck_assert_ok(lb_container_open(file, &c, &err));
	ck_assert(lb_container_members(c, &n)[0].size == large.size);
	lb_container_free(c);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("package: tar");
	TCase *t = tcase_create("tar");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, reads_what_others_write);
	tcase_add_test(t, reads_pax_and_gnu_names);
	tcase_add_test(t, reads_prefixes_and_binary_sizes);
	tcase_add_test(t, tells_links_and_special_files);
	tcase_add_test(t, accepts_blocks_of_zeros);
	tcase_add_loop_test(t, finds_bad_members, 0, LB_COUNT(bad_members));
	tcase_add_test(t, finds_a_missing_end);
	tcase_add_test(t, finds_what_follows_the_end);
	tcase_add_test(t, finds_damaged_headers);
	tcase_add_test(t, finds_bytes_in_the_padding);
	tcase_add_loop_test(t, judges_extension_headers, 0, LB_COUNT(extensions));
	tcase_add_test(t, finds_an_extension_of_nothing);
	tcase_add_test(t, refuses_endless_extensions);
	tcase_add_test(t, sizes_beyond_the_header);
	tcase_add_test(t, ours_is_canonical_and_others_can_read_it);
	suite_add_tcase(suite, t);
	return suite;
}
