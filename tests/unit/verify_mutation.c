/* No byte of a lifeboat can change unseen: in the folder, in the zip, in the tar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/package/package.h"
#include "tests/support/packages.h"

#define CHANGES 1000

static struct lb_error err;
static char dir[256], boat[300], zip[300], tar[300];

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(boat, sizeof boat, "%s/boats", dir);
	snprintf(zip, sizeof zip, "%s/boats.zip", dir);
	snprintf(tar, sizeof tar, "%s/boats.tar", dir);
	test_lifeboat(boat);
	ck_assert_ok(lb_pack(boat, "boats", zip, false, NULL, &err));
	ck_assert_ok(lb_pack(boat, "boats", tar, false, NULL, &err));
}

/* A generator of our own: the same changes on every machine; printed when one goes unseen. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void flip(const char *path, long at, unsigned char with)
{
	FILE *f = fopen(path, "r+b");
	ck_assert_ptr_nonnull(f);
	fseek(f, at, SEEK_SET);
	int c = fgetc(f);
	fseek(f, at, SEEK_SET);
	fputc(c ^ with, f);
	ck_assert_int_eq(fclose(f), 0);
}

static long size_of(const char *path)
{
	FILE *f = fopen(path, "rb");
	ck_assert_ptr_nonnull(f);
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	fclose(f);
	return n;
}

/* Quiet: thousands of verifications. Not valid must be data, not an error: exit code 4. */
static void must_see(const char *target, const char *changed, long at, unsigned with)
{
	static const struct lb_ctx ctx = {.threads = 1};
	struct lb_report report = {0};
	/* what vouches for bytes must find it: the metadata's own checks are not needed for that */
	const struct lb_verify_options options = {.levels = LB_LEVEL_COMPLETENESS | LB_LEVEL_FIXITY};
	int rc = lb_verify(target, &options, &ctx, &report, &err);
	ck_assert_msg(rc == 0, "%s byte %ld ^ %02x: %d %s", changed, at, with, rc, err.what);
	ck_assert_msg(report.errors > 0, "%s byte %ld ^ %02x went unseen", changed, at, with);
	lb_report_clear(&report);
}

START_TEST(untouched)
{
	const char *targets[] = {boat, zip, tar};
	for (size_t i = 0; i < 3; i++) {
		struct lb_report report = {0};
		ck_assert_ok(lb_verify(targets[i], NULL, NULL, &report, &err));
		for (size_t j = 0; j < report.count; j++)
			printf("  %s %s: %s\n", report.findings[j].rule,
				report.findings[j].path ? report.findings[j].path : "", report.findings[j].message);
		ck_assert_uint_eq(report.count, 0);
		ck_assert_int_eq(report.profile, LB_PROFILE_LIFEBOAT);
		ck_assert_uint_gt(report.files, 10);
		lb_report_clear(&report);
	}
}
END_TEST

struct files { char *paths[200]; long sizes[200]; size_t count; long total; };

static int add_file(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	struct files *f = arg;
	(void)e;
	if (info->kind != LB_FILE)
		return LB_OK;
	f->paths[f->count] = lb_strdup(test_path(boat, info->path));
	f->sizes[f->count++] = (long)info->size;
	f->total += (long)info->size;
	return LB_OK;
}

static struct files list_files(void)
{
	struct files f = {.count = 0};
	ck_assert_ok(lb_dir_walk(boat, add_file, &f, &err));
	return f;
}

static void clear_files(struct files *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->paths[i]);
}

START_TEST(random_bytes_of_the_folder)
{
	struct files f = list_files();
	uint32_t state = 20261120;
	for (size_t n = 0; n < CHANGES; n++) {
		long at = (long)(next_random(&state) % (uint32_t)f.total);
		size_t i = 0;
		for (; at >= f.sizes[i]; i++)
			at -= f.sizes[i];
		unsigned char with = (unsigned char)(1 + next_random(&state) % 255);
		flip(f.paths[i], at, with);
		must_see(boat, f.paths[i], at, with);
		flip(f.paths[i], at, with);
	}
	clear_files(&f);
}
END_TEST

static void random_bytes(const char *file, uint32_t seed)
{
	long size = size_of(file);
	uint32_t state = seed;
	for (size_t n = 0; n < CHANGES; n++) {
		long at = (long)(next_random(&state) % (uint32_t)size);
		unsigned char with = (unsigned char)(1 + next_random(&state) % 255);
		flip(file, at, with);
		must_see(file, file, at, with);
		flip(file, at, with);
	}
}

START_TEST(random_bytes_of_the_zip)
{
	random_bytes(zip, 7);
}
END_TEST

START_TEST(random_bytes_of_the_tar)
{
	random_bytes(tar, 11);
}
END_TEST

/* ---- each byte of what surrounds the members ---- */

/* Contents are covered by their digests and by the random changes: here are the headers, one by one. */
static void each_header_byte(const char *file)
{
	struct files f = list_files();
	struct lb_buf whole = LB_BUF(16 << 20), scratch = LB_BUF(16 << 20);
	unsigned char *content;
	ck_assert_ok(lb_file_read(file, 16 << 20, &whole, &err));
	content = lb_alloc(whole.len);
	for (size_t i = 0; i < f.count; i++) {
		ck_assert_ok(lb_file_read(f.paths[i], 1 << 20, &scratch, &err));
		const char *p = scratch.len ? memmem(whole.p, whole.len, scratch.p, scratch.len) : NULL;
		if (p)
			memset(content + (p - whole.p), 1, scratch.len);
	}
	for (size_t at = 0, n = 0; at < whole.len; at++) {
		if (content[at])
			continue;
		unsigned char with = (unsigned char)(1u << n++ % 8);
		flip(file, (long)at, with);
		must_see(file, file, (long)at, with);
		flip(file, (long)at, with);
	}
	free(content);
	lb_buf_clear(&whole);
	lb_buf_clear(&scratch);
	clear_files(&f);
}

START_TEST(each_header_byte_of_the_zip)
{
	each_header_byte(zip);
}
END_TEST

START_TEST(each_header_byte_of_the_tar)
{
	each_header_byte(tar);
}
END_TEST

START_TEST(each_byte_of_the_tag_manifest)
{
	const char *path = test_path(boat, "tagmanifest-sha256.txt");
	char kept[400];
	snprintf(kept, sizeof kept, "%s", path);
	long size = size_of(kept);
	for (long at = 0; at < size; at++) {
		/* 0x20 turns a digit of a digest into upper case, a space into NUL */
		static const unsigned char masks[] = {0x20, 1};
		for (size_t i = 0; i < 2; i++) {
			flip(kept, at, masks[i]);
			must_see(boat, kept, at, masks[i]);
			flip(kept, at, masks[i]);
		}
	}
}
END_TEST

/* Cut off at every length; the first bytes are no container at all, which is an error of its own. */
static void each_length(const char *file)
{
	char cut[400];
	struct lb_buf whole = LB_BUF(16 << 20);
	ck_assert_ok(lb_file_read(file, 16 << 20, &whole, &err));
	snprintf(cut, sizeof cut, "%.*s-cut%s", (int)strlen(file) - 4, file, file + strlen(file) - 4);
	test_put(dir, strrchr(cut, '/') + 1, whole.p, whole.len);
	for (size_t n = whole.len; n-- > 0;) {
		if (n > 4096 && n < whole.len - 8192 && n % 251 != 0)
			continue;
		ck_assert_int_eq(truncate(cut, (off_t)n), 0);
		must_see(cut, cut, (long)n, 0);
	}
	lb_buf_clear(&whole);
}

START_TEST(each_length_of_the_zip)
{
	each_length(zip);
}
END_TEST

START_TEST(each_length_of_the_tar)
{
	each_length(tar);
}
END_TEST

START_TEST(bytes_behind_the_end)
{
	const char *files[] = {zip, tar};
	for (size_t i = 0; i < 2; i++)
		for (int c = 0; c < 2; c++) {
			long size = size_of(files[i]);
			FILE *f = fopen(files[i], "ab");
			ck_assert_ptr_nonnull(f);
			fputc(c, f);
			fclose(f);
			must_see(files[i], files[i], size, 0);
			ck_assert_int_eq(truncate(files[i], size), 0);
		}
}
END_TEST

/* ---- whole files ---- */

static void each_form_must_see(void (*change)(void))
{
	static const char *const names[] = {"changed.zip", "changed.tar"};
	change();
	must_see(boat, "the folder", 0, 0);
	for (size_t i = 0; i < 2; i++) {
		char packed[400];
		snprintf(packed, sizeof packed, "%s", test_path(dir, names[i]));
		ck_assert_ok(lb_pack(boat, "boats", packed, false, NULL, &err));
		must_see(packed, packed, 0, 0);
	}
}

static void remove_file(void)
{
	ck_assert_int_eq(unlink(test_path(boat, "data/pages/page-1.html")), 0);
}

static void add_payload(void)
{
	test_puts(boat, "data/pages/page-2.html", "a stranger");
}

static void add_tag_file(void)
{
	test_puts(boat, "notes.txt", "a stranger");
}

static void rename_file(void)
{
	ck_assert_int_eq(rename(test_path(boat, "data/pages/page-1.html"), test_path(boat, "data/pages/page-9.html")), 0);
}

static void remove_every_root_file_in_turn(void)
{
	static const char *const names[] = {"METS.xml", "README.txt", "bag-info.txt", "bagit.txt", "index.html",
		"lifeboat.json",
		"manifest-sha256.txt", "tagmanifest-sha256.txt"};
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		char from[400], to[400];
		snprintf(from, sizeof from, "%s/%s", boat, names[i]);
		snprintf(to, sizeof to, "%s/kept", dir);
		ck_assert_int_eq(rename(from, to), 0);
		must_see(boat, from, 0, 0);
		ck_assert_int_eq(rename(to, from), 0);
	}
	remove_file();
}

static char one[400], other[400], between[400];

static void swap_files(void)
{
	struct files f = list_files();
	size_t found = 0;
	for (size_t i = 0; i < f.count; i++)
		if (strstr(f.paths[i], "/media/thumbnails/"))
			snprintf(found++ ? other : one, sizeof one, "%s", f.paths[i]);
	ck_assert_uint_ge(found, 2);
	snprintf(between, sizeof between, "%s/between", dir);
	ck_assert_int_eq(rename(one, between), 0);
	ck_assert_int_eq(rename(other, one), 0);
	ck_assert_int_eq(rename(between, other), 0);
	clear_files(&f);
}

START_TEST(whole_files)
{
	static void (*const changes[])(void) = {remove_file, add_payload, add_tag_file, rename_file, swap_files,
		remove_every_root_file_in_turn};
	each_form_must_see(changes[_i]);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("verify: mutation");
	TCase *t = tcase_create("mutation");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 300);
	tcase_add_test(t, untouched);
	tcase_add_test(t, random_bytes_of_the_folder);
	tcase_add_test(t, random_bytes_of_the_zip);
	tcase_add_test(t, random_bytes_of_the_tar);
	tcase_add_test(t, each_header_byte_of_the_zip);
	tcase_add_test(t, each_header_byte_of_the_tar);
	tcase_add_test(t, each_byte_of_the_tag_manifest);
	tcase_add_test(t, each_length_of_the_zip);
	tcase_add_test(t, each_length_of_the_tar);
	tcase_add_test(t, bytes_behind_the_end);
	tcase_add_loop_test(t, whole_files, 0, 6);
	suite_add_tcase(suite, t);
	return suite;
}
