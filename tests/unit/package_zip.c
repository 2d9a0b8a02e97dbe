/* Zip files: ours, those of other programs, and those made to be read differently by two readers. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "format/package/container_private.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[256], file[300];

/* ---- a zip with any lie in it ---- */

struct lie {
	const char *name, *local_name, *content;
	unsigned flags, local_flags, method, mode, disk;
	uint32_t crc_change, size_change, local_size_change;
	bool deflate, dir_entry, descriptor, bad_descriptor;
	const char *extra; size_t extra_size;
};

struct made { struct lb_buf body, central; size_t count; };

static void put(struct lb_buf *b, uint64_t value, size_t bytes)
{
	for (; bytes; bytes--, value >>= 8)
		lb_buf_addc(b, (char)(value & 0xFF));
}

static size_t deflated(const char *content, size_t n, unsigned char *out, size_t room)
{
	z_stream z = {0};
	ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)content;
	z.avail_in = (uInt)n;
	z.next_out = out;
	z.avail_out = (uInt)room;
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t made = z.total_out;
	deflateEnd(&z);
	return made;
}

static void add(struct made *m, struct lie l)
{
	const char *local = l.local_name ? l.local_name : l.name;
	unsigned char packed[4096];
	size_t size = strlen(l.content), stored = size;
	const void *data = l.content;
	uint32_t crc = (uint32_t)crc32_z(0, (const unsigned char *)l.content, size) + l.crc_change,
		at = (uint32_t)m->body.len;
	unsigned method = l.deflate ? 8 : l.method;
	if (l.deflate) {
		stored = deflated(l.content, size, packed, sizeof packed);
		data = packed;
	}
	bool later = l.descriptor || l.bad_descriptor;
	unsigned flags = l.flags | (later ? 8 : 0);
	put(&m->body, 0x04034b50, 4);
	put(&m->body, 20, 2);
	put(&m->body, flags ^ l.local_flags, 2);
	put(&m->body, method, 2);
	put(&m->body, 0x5a215a21, 4);
	put(&m->body, later ? 0 : crc, 4);
	put(&m->body, later ? 0 : stored, 4);
	put(&m->body, later ? 0 : size + l.local_size_change, 4);
	put(&m->body, strlen(local), 2);
	put(&m->body, 0, 2);
	lb_buf_adds(&m->body, local);
	lb_buf_add(&m->body, data, stored);
	if (later) {
		put(&m->body, 0x08074b50, 4);
		put(&m->body, crc + l.bad_descriptor, 4);
		put(&m->body, stored, 4);
		put(&m->body, size, 4);
	}
	put(&m->central, 0x02014b50, 4);
	put(&m->central, 0x0314, 2);
	put(&m->central, 20, 2);
	put(&m->central, flags, 2);
	put(&m->central, method, 2);
	put(&m->central, 0x5a215a21, 4);
	put(&m->central, crc, 4);
	put(&m->central, stored, 4);
	put(&m->central, size + l.size_change, 4);
	put(&m->central, strlen(l.name), 2);
	put(&m->central, l.extra_size, 2);
	put(&m->central, 0, 2);
	put(&m->central, l.disk, 2);
	put(&m->central, 0, 2);
	put(&m->central, (uint64_t)l.mode << 16, 4);
	put(&m->central, at, 4);
	lb_buf_adds(&m->central, l.name);
	lb_buf_add(&m->central, l.extra, l.extra_size);
	m->count++;
}

static void add_end(struct lb_buf *b, uint64_t count, uint64_t size, uint64_t at)
{
	put(b, 0x06054b50, 4);
	put(b, 0, 4);
	put(b, count, 2);
	put(b, count, 2);
	put(b, size, 4);
	put(b, at, 4);
	put(b, 0, 2);
}

/* Writes the zip as made.zip. */
static void finish(struct made *m)
{
	uint64_t at = m->body.len;
	lb_buf_add(&m->body, m->central.p, m->central.len);
	add_end(&m->body, m->count, m->central.len, at);
	test_put(dir, "made.zip", m->body.p, m->body.len);
	lb_buf_clear(&m->body);
	lb_buf_clear(&m->central);
}

static struct made begin(void)
{
	return (struct made){LB_BUF(1 << 20), LB_BUF(1 << 20), 0};
}

static void make_one(struct lie l)
{
	struct made m = begin();
	add(&m, l);
	finish(&m);
}

/* ---- looking ---- */

static const char *open_defects(void)
{
	static char rules[2000];
	struct lb_container *c = NULL;
	size_t n;
	ck_assert_ok(lb_container_open(file, &c, &err));
	ck_assert_int_eq(lb_container_kind(c), LB_CONTAINER_ZIP);
	const struct lb_defect *d = lb_container_defects(c, &n);
	rules[0] = '\0';
	for (size_t i = 0; i < n && strlen(rules) < 1900; i++)
		sprintf(rules + strlen(rules), "%s ", d[i].rule);
	lb_container_free(c);
	return rules;
}

static void must_find(const char *rule)
{
	const char *rules = open_defects();
	ck_assert_msg(strstr(rules, rule) != NULL, "expected %s, found %s", rule, rules);
	struct lb_error why = {0};
	char target[300];
	snprintf(target, sizeof target, "%s/target", dir);
	int rc = lb_unpack(file, target, NULL, &why);
	ck_assert_msg(rc == LB_CORRUPT || rc == LB_FORMAT, "unpacked in spite of %s: %d", rule, rc);
	ck_assert(!lb_dir_exists(target));
}

static struct lb_container *open_fine(void)
{
	struct lb_container *c = NULL;
	ck_assert_str_eq(open_defects(), "ZIP-021 ");
	ck_assert_ok(lb_container_open(file, &c, &err));
	return c;
}

static void must_read(const struct lb_container *c, const char *path, const char *content)
{
	struct lb_buf b = LB_BUF(1000);
	long i = lb_container_find(c, path);
	ck_assert_msg(i >= 0, "no %s", path);
	ck_assert_ok(lb_container_read(c, (size_t)i, 1000, &b, &err));
	ck_assert_str_eq(lb_buf_str(&b), content);
	lb_buf_clear(&b);
}

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(file, sizeof file, "%s/made.zip", dir);
}

/* ---- fine archives ---- */

START_TEST(reads_what_others_write)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "top/", .content = "", .mode = 040755});
	add(&m, (struct lie){.name = "top/b.txt", .content = "stored", .mode = 0100644});
	add(&m, (struct lie){.name = "top/a.txt", .content = "deflated deflated deflated", .deflate = true});
	add(&m, (struct lie){.name = "top/empty", .content = ""});
	add(&m, (struct lie){.name = "top/emptier", .content = "", .deflate = true});
	add(&m, (struct lie){.name = "top/N\xC3\xBA\xC3\xB1" "ez", .content = "utf-8", .flags = 0x800});
	finish(&m);
	struct lb_container *c = open_fine();
	size_t n;
	const struct lb_member *members = lb_container_members(c, &n);
	ck_assert_uint_eq(n, 5);
	ck_assert_str_eq(members[0].path, "N\xC3\xBA\xC3\xB1" "ez");
	ck_assert_str_eq(members[1].path, "a.txt");
	ck_assert_str_eq(lb_container_root(c), "top");
	must_read(c, "b.txt", "stored");
	must_read(c, "a.txt", "deflated deflated deflated");
	must_read(c, "empty", "");
	must_read(c, "emptier", "");
	ck_assert_int_eq(lb_container_find(c, "c.txt"), -1);
	lb_container_free(c);
}
END_TEST

/* Decomposed names stay decomposed: raw bytes, whatever the locale. */
START_TEST(names_are_raw_bytes)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/Nu\xCC\x81" "n", .content = "nfd", .flags = 0x800});
	add(&m, (struct lie){.name = "t/N\xC3\xBA" "n", .content = "nfc", .flags = 0x800});
	finish(&m);
	struct lb_container *c = open_fine();
	must_read(c, "Nu\xCC\x81" "n", "nfd");
	must_read(c, "N\xC3\xBA" "n", "nfc");
	lb_container_free(c);
}
END_TEST

START_TEST(accepts_descriptors_that_are_true)
{
	make_one((struct lie){.name = "t/a", .content = "streamed", .descriptor = true});
	ck_assert_str_eq(open_defects(), "ZIP-011 ZIP-021 ");
	make_one((struct lie){.name = "t/a", .content = "streamed streamed", .descriptor = true, .deflate = true});
	ck_assert_str_eq(open_defects(), "ZIP-011 ZIP-021 ");
}
END_TEST

START_TEST(accepts_names_in_untold_utf8)
{
	make_one((struct lie){.name = "t/\xC3\xA9", .content = "x"});
	ck_assert_str_eq(open_defects(), "ZIP-018 ZIP-021 ");
}
END_TEST

/* ---- lies ---- */

static const struct { const char *rule; struct lie lie; } lies[] = {
	{"ZIP-004", {.name = "t/a", .content = "x", .disk = 1}},
	{"ZIP-006", {.name = "t/a", .local_name = "t/b", .content = "x"}},
	{"ZIP-006", {.name = "t/a", .local_name = "t/aa", .content = "x"}},
	{"ZIP-006", {.name = "t/a", .content = "x", .local_flags = 2}},
	{"ZIP-006", {.name = "t/a", .content = "x", .local_size_change = 1}},
	{"ZIP-006", {.name = "t/a", .content = "x", .bad_descriptor = true}},
	{"ZIP-009", {.name = "t/a", .content = "x", .flags = 1}},
	{"ZIP-009", {.name = "t/a", .content = "x", .flags = 0x40}},
	{"ZIP-010", {.name = "t/a", .content = "x", .method = 12}},
	{"ZIP-013", {.name = "t/../../a", .content = "x"}},
	{"ZIP-013", {.name = "t/./a", .content = "x"}},
	{"ZIP-013", {.name = "t//a", .content = "x"}},
	{"ZIP-013", {.name = "t/a\\b", .content = "x"}},
	{"ZIP-013", {.name = "t/CON", .content = "x"}},
	{"ZIP-013", {.name = "t/a\x1b[2J", .content = "x"}},
	{"ZIP-013", {.name = "t/\xFF", .content = "x", .flags = 0x800}},
	{"ZIP-013", {.name = "../a", .content = "x"}},
	{"ZIP-014", {.name = "/etc/passwd", .content = "x"}},
	{"ZIP-014", {.name = "a", .content = "x"}},
	{"ZIP-014", {.name = "", .content = "x"}},
	{"ZIP-015", {.name = "t/a", .content = "x", .size_change = 1, .local_size_change = 1}},
	{"ZIP-015", {.name = "t/a", .content = "x", .deflate = true, .size_change = 100000, .local_size_change = 100000}},
	{"ZIP-015", {.name = "t/a/", .content = "x"}},
	{"ZIP-013", {.name = "t/\xE9", .content = "x"}},
	{"ZIP-016", {.name = "t/a", .content = "x", .extra = "up\x08\0\1\0\0\0\0t/b", .extra_size = 12}},
	{"ZIP-005", {.name = "t/a", .content = "x", .extra = "ab\x08\0", .extra_size = 4}},
};

START_TEST(finds_lies)
{
	make_one(lies[_i].lie);
	must_find(lies[_i].rule);
}
END_TEST

START_TEST(finds_links)
{
	make_one((struct lie){.name = "t/a", .content = "/etc/passwd", .mode = 0120777});
	struct lb_container *c = open_fine();
	size_t n;
	ck_assert_int_eq(lb_container_members(c, &n)[0].kind, LB_MEMBER_LINK);
	lb_container_free(c);
	ck_assert_int_eq(lb_unpack(file, test_path(dir, "target"), NULL, &err), LB_FORMAT);
	ck_assert(!lb_file_exists(test_path(dir, "target")));
}
END_TEST

START_TEST(finds_damage_while_reading)
{
	struct lb_buf b = LB_BUF(100);
	for (int deflate = 0; deflate < 2; deflate++) {
		make_one((struct lie){.name = "t/a", .content = "contents", .crc_change = 1, .deflate = deflate});
		struct lb_container *c = open_fine();
		ck_assert_int_eq(lb_container_read(c, 0, 100, &b, &err), LB_CORRUPT);
		ck_assert_int_eq(lb_container_read(c, 0, 3, &b, &err), LB_LIMIT);
		lb_container_free(c);
		ck_assert_int_eq(lb_unpack(file, test_path(dir, "target"), NULL, &err), LB_CORRUPT);
		ck_assert(!lb_file_exists(test_path(dir, "target")));
	}
	lb_buf_clear(&b);
}
END_TEST

/* More comes out of the compressed data than the archive says. */
START_TEST(never_inflates_more_than_it_says)
{
	struct lb_buf b = LB_BUF(1000);
	make_one((struct lie){.name = "t/a", .content = "a longer text than is said", .deflate = true,
		.size_change = (uint32_t)-4, .local_size_change = (uint32_t)-4});
	struct lb_container *c = open_fine();
	ck_assert_int_eq(lb_container_read(c, 0, 1000, &b, &err), LB_CORRUPT);
	lb_container_free(c);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(finds_duplicates)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	add(&m, (struct lie){.name = "t/a", .content = "two"});
	finish(&m);
	must_find("ZIP-012");
}
END_TEST

START_TEST(finds_a_file_that_is_a_folder)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	add(&m, (struct lie){.name = "t/a-b", .content = "between"});
	add(&m, (struct lie){.name = "t/a/b", .content = "two"});
	finish(&m);
	must_find("ZIP-017");
}
END_TEST

START_TEST(finds_two_top_folders)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	add(&m, (struct lie){.name = "u/b", .content = "two"});
	finish(&m);
	must_find("ZIP-014");
}
END_TEST

/* A body that no line of the central directory names: seen by readers that stream, hidden from the others. */
START_TEST(finds_hidden_members)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	size_t central = m.central.len;
	add(&m, (struct lie){.name = "t/hidden", .content = "two"});
	m.central.len = central;
	m.count = 1;
	finish(&m);
	must_find("ZIP-008");
}
END_TEST

START_TEST(finds_bytes_before_the_first_member)
{
	struct made m = begin();
	lb_buf_adds(&m.body, "#!/bin/sh\n");
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	finish(&m);
	must_find("ZIP-008");
}
END_TEST

START_TEST(finds_overlaps)
{
	struct made m = begin();
	add(&m, (struct lie){.name = "t/a", .content = "one"});
	struct lb_buf line = LB_BUF(1000);
	lb_buf_add(&line, m.central.p, m.central.len);
	lb_buf_add(&m.central, line.p, line.len);
	m.count++;
	finish(&m);
	must_find("ZIP-007");
	lb_buf_clear(&line);
}
END_TEST

/* ---- end records ---- */

static struct lb_buf good_zip(void)
{
	struct lb_buf b = LB_BUF(1 << 20);
	make_one((struct lie){.name = "t/a", .content = "one"});
	test_read(dir, "made.zip", &b);
	return b;
}

static void rewrite(struct lb_buf *b)
{
	test_put(dir, "made.zip", b->p, b->len);
	lb_buf_clear(b);
}

static void set16(struct lb_buf *b, size_t from_end, unsigned value)
{
	b->p[b->len - from_end] = (char)(value & 0xFF);
	b->p[b->len - from_end + 1] = (char)(value >> 8);
}

START_TEST(finds_trailing_bytes_and_comments)
{
	struct lb_buf b = good_zip();
	lb_buf_adds(&b, "more");
	rewrite(&b);
	must_find("ZIP-002");
	b = good_zip();
	set16(&b, 2, 4);
	lb_buf_adds(&b, "note");
	rewrite(&b);
	must_find("ZIP-002");
}
END_TEST

/* The comment holds an end record of its own: two directories, each believed by some. */
START_TEST(finds_two_end_records)
{
	struct lb_buf b = good_zip();
	size_t at = b.len - 22;
	add_end(&b, 0, 0, at + 22);
	set16(&b, 24, 22);
	rewrite(&b);
	must_find("ZIP-0");
	/* two archives, one behind the other */
	b = good_zip();
	struct lb_buf twice = LB_BUF(1 << 20);
	lb_buf_add(&twice, b.p, b.len);
	lb_buf_add(&twice, b.p, b.len);
	lb_buf_clear(&b);
	rewrite(&twice);
	must_find("ZIP-005");
}
END_TEST

START_TEST(finds_wrong_end_records)
{
	static const struct { size_t from_end; unsigned value; const char *rule; } changes[] = {
		{18, 1, "ZIP-004"}, {16, 1, "ZIP-004"}, {14, 2, "ZIP-004"}, {10, 48, "ZIP-005"}, {6, 33, "ZIP-005"},
			{2, 1, "ZIP-002"},
	};
	for (size_t i = 0; i < LB_COUNT(changes); i++) {
		struct lb_buf b = good_zip();
		set16(&b, changes[i].from_end, changes[i].value);
		rewrite(&b);
		must_find(changes[i].rule);
	}
	struct lb_buf b = good_zip();
	set16(&b, 14, 7);
	set16(&b, 12, 7);
	rewrite(&b);
	must_find("ZIP-005");
	b = good_zip();
	b.len -= 22;
	rewrite(&b);
	must_find("ZIP-001");
}
END_TEST

START_TEST(finds_a_zip64_record_that_lies)
{
	struct lb_buf b = good_zip();
	uint64_t central = b.len - 22 - 49, at;
	b.len -= 22;
	at = b.len;
	put(&b, 0x06064b50, 4);
	put(&b, 44, 8);
	put(&b, 45, 2);
	put(&b, 45, 2);
	put(&b, 0, 8);
	put(&b, 1, 8);
	put(&b, 1, 8);
	put(&b, 49, 8);
	put(&b, central, 8);
	put(&b, 0x07064b50, 4);
	put(&b, 0, 4);
	put(&b, at, 8);
	put(&b, 1, 4);
	add_end(&b, 1, 49, central);
	struct lb_buf lie = LB_BUF(1 << 20);
	lb_buf_add(&lie, b.p, b.len);
	rewrite(&b);
	ck_assert_str_eq(open_defects(), "ZIP-021 ");
	lie.p[at + 32] = 2; /* members, by zip64 alone */
	lie.p[at + 24] = 2;
	rewrite(&lie);
	must_find("ZIP-003");
}
END_TEST

START_TEST(is_no_container)
{
	struct lb_container *c = NULL;
	test_puts(dir, "text", "this is a text of more than twenty-two bytes, and no archive");
	ck_assert_int_eq(lb_container_open(test_path(dir, "text"), &c, &err), LB_FORMAT);
	ck_assert_int_eq(lb_container_open(test_path(dir, "nothing"), &c, &err), LB_NOTFOUND);
	ck_assert_int_eq(mkfifo(test_path(dir, "pipe"), 0600), 0);
	ck_assert_int_eq(lb_container_open(test_path(dir, "pipe"), &c, &err), LB_FORMAT);
	/* what is called .zip is taken at its word, and found broken */
	test_puts(dir, "made.zip", "");
	must_find("ZIP-001");
}
END_TEST

/* ---- our own ---- */

static const struct test_file files[] = {
	{"b/two.txt", "two"}, {"a.txt", "one"}, {"a-b.txt", "between"}, {"a/x.txt", "below"}, {"empty", ""}, {NULL, NULL},
};

START_TEST(ours_is_canonical_and_others_can_read_it)
{
	static const char *const tools[][2] = {
		{"unzip", "unzip -tqq"}, {"python3", "python3 -m zipfile -t"}, {"bsdtar", "bsdtar -tf"},
	};
	char bag[300], command[600];
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
}
END_TEST

/* More than 65,535 members, and offsets and sizes beyond 32 bits. */
START_TEST(large_archives_are_zip64)
{
	char big[300];
	struct lb_container *c = NULL;
	size_t n;
	snprintf(big, sizeof big, "%s/big", dir);
	ck_assert_int_eq(mkdir(big, 0777), 0);
	for (int i = 0; i < 65536; i++) {
		char name[400];
		snprintf(name, sizeof name, "%s/%05d", big, i);
		FILE *f = fopen(name, "w");
		ck_assert_ptr_nonnull(f);
		fclose(f);
	}
	ck_assert_ok(lb_pack(big, "big", file, false, NULL, &err));
	ck_assert_str_eq(open_defects(), "");
	ck_assert_ok(lb_container_open(file, &c, &err));
	lb_container_members(c, &n);
	ck_assert_uint_eq(n, 65536);
	lb_container_free(c);
}
END_TEST

static void write_at(int fd, uint64_t at, const struct lb_buf *b)
{
	ck_assert_int_eq(pwrite(fd, b->p, b->len, (off_t)at), (ssize_t)b->len);
}

/* Sizes and offsets beyond 32 bits, in a file that has holes instead of 5 GiB of content. */
START_TEST(numbers_beyond_32_bits)
{
	struct lb_stored large = {.name = "t/large", .size = 5ull << 30}, after = {.name = "t/small"};
	struct lb_buf b = LB_BUF(10000);
	struct lb_container *c = NULL;
	size_t n;
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	ck_assert_int_ge(fd, 0);
	lb_zip_local(&b, &large);
	write_at(fd, 0, &b);
	after.at = b.len + large.size;
	lb_buf_reset(&b);
	lb_zip_local(&b, &after);
	uint64_t central = after.at + b.len;
	size_t local = b.len;
	lb_zip_central(&b, &large);
	lb_zip_central(&b, &after);
	lb_zip_end(&b, 2, b.len - local, central);
	write_at(fd, after.at, &b);
	close(fd);
	lb_buf_clear(&b);
	ck_assert_str_eq(open_defects(), "");
	ck_assert_ok(lb_container_open(file, &c, &err));
	const struct lb_member *m = lb_container_members(c, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert(m[0].size == large.size && m[1].size == 0);
	lb_container_free(c);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("package: zip");
	TCase *t = tcase_create("zip");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, reads_what_others_write);
	tcase_add_test(t, names_are_raw_bytes);
	tcase_add_test(t, accepts_descriptors_that_are_true);
	tcase_add_test(t, accepts_names_in_untold_utf8);
	tcase_add_loop_test(t, finds_lies, 0, LB_COUNT(lies));
	tcase_add_test(t, finds_links);
	tcase_add_test(t, finds_damage_while_reading);
	tcase_add_test(t, never_inflates_more_than_it_says);
	tcase_add_test(t, finds_duplicates);
	tcase_add_test(t, finds_a_file_that_is_a_folder);
	tcase_add_test(t, finds_two_top_folders);
	tcase_add_test(t, finds_hidden_members);
	tcase_add_test(t, finds_bytes_before_the_first_member);
	tcase_add_test(t, finds_overlaps);
	tcase_add_test(t, finds_trailing_bytes_and_comments);
	tcase_add_test(t, finds_two_end_records);
	tcase_add_test(t, finds_wrong_end_records);
	tcase_add_test(t, finds_a_zip64_record_that_lies);
	tcase_add_test(t, is_no_container);
	tcase_add_test(t, ours_is_canonical_and_others_can_read_it);
	tcase_add_test(t, large_archives_are_zip64);
	tcase_add_test(t, numbers_beyond_32_bits);
	suite_add_tcase(suite, t);
	return suite;
}
