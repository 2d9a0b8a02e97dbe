/* How bags of other makers are read: what RFC 8493 and older versions allow, what hostile bags try, and the quick check. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/bag/bag.h"
#include "format/package/package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[256], bag[300];

static const struct test_file files[] = {{"a.txt", "one"}, {"b.txt", "two"}, {NULL, NULL}};

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	test_bag(bag, files);
}

static void add(struct lb_buf *b, enum lb_hash hash, const char *content, const char *written)
{
	char hex[LB_HASH_HEX_MAX];
	struct lb_digest *d = lb_digest_new(hash);
	lb_digest_add(d, content, strlen(content));
	lb_digest_hex(d, hex);
	lb_digest_free(d);
	lb_buf_addf(b, "%s  %s\n", hex, written);
}

/* A bag of this version with one file of this name, and a manifest that writes it so; no tag manifest. */
static void one_file(const char *version, const char *name, const char *written)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	char text[128], path[300];
	ck_assert_ok(lb_dir_remove(bag, &err));
	snprintf(text, sizeof text, "BagIt-Version: %s\nTag-File-Character-Encoding: UTF-8\n", version);
	test_puts(bag, "bagit.txt", text);
	snprintf(path, sizeof path, "data/%s", name);
	test_puts(bag, path, "x");
	add(&b, LB_SHA256, "x", written);
	test_puts(bag, "manifest-sha256.txt", lb_buf_str(&b));
}

/* "RULE RULE …" of all findings of a severity, sorted as the report is. */
static const char *rules_of(const char *path, unsigned levels, enum lb_severity severity)
{
	static char text[2000];
	struct lb_report r = {0};
	const struct lb_verify_options options = {.levels = levels};
	text[0] = '\0';
	ck_assert_ok(lb_verify(path, &options, NULL, &r, &err));
	for (size_t i = 0; i < r.count; i++)
		if (r.findings[i].severity == severity && strlen(text) + 20 < sizeof text)
			snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", text[0] ? " " : "", r.findings[i].rule);
	lb_report_clear(&r);
	return text;
}

static const char *errors_of(const char *path)
{
	return rules_of(path, 0, LB_SEVERITY_ERROR);
}

static const char *warnings_of(const char *path)
{
	return rules_of(path, 0, LB_SEVERITY_WARNING);
}

/* ---- algorithms ---- */

START_TEST(manifests_by_either_name)
{
	static const struct { const char *name; enum lb_hash hash; } names[] = {
		{"sha3256", LB_SHA3_256}, {"sha3_256", LB_SHA3_256}, {"sha3512", LB_SHA3_512}, {"sha3_384", LB_SHA3_384},
		{"sha512256", LB_SHA512_256}, {"sha512_224", LB_SHA512_224}, {"blake2b", LB_BLAKE2B}, {"blake2b512", LB_BLAKE2B},
		{"blake2s", LB_BLAKE2S}, {"blake2s256", LB_BLAKE2S},
	};
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
		char name[64];
		one_file("1.0", "a", "data/a");
		unlink(test_path(bag, "manifest-sha256.txt"));
		add(&b, names[i].hash, "x", "data/a");
		snprintf(name, sizeof name, "manifest-%s.txt", names[i].name);
		test_puts(bag, name, lb_buf_str(&b));
		ck_assert_str_eq(errors_of(bag), "");
		ck_assert_str_eq(warnings_of(bag), "");
		test_puts(bag, "data/a", "y");
		ck_assert_str_eq(errors_of(bag), "BAG-014");
	}
}
END_TEST

/* ---- percent ---- */

static const struct { const char *version, *name, *written, *errors, *warnings; } percents[] = {
	{"1.0", "50%off", "data/50%25off", "", ""},
	{"1.0", "50%off", "data/50%off", "", "BAG-021"},
	{"1.0", "50%25off", "data/50%2525off", "", ""},
	{"1.0", "50%25off", "data/50%25off", "", "BAG-021"}, /* as most tools write it */
	{"1.0", "a\nb", "data/a%0Ab", "", "BAG-029"}, {"1.0", "a\rb", "data/a%0db", "", "BAG-029"},
	{"1.0", "a b", "data/a%20b", "BAG-013 BAG-012", "BAG-021"}, /* nothing but these three is encoded */
	{"1.0", "a%20b", "data/a%2520b", "", ""},
	{"0.97", "50%off", "data/50%off", "", ""}, {"0.97", "50%25off", "data/50%25off", "", ""},
	{"0.97", "50%off", "data/50%25off", "", ""}, {"0.97", "a\nb", "data/a%0Ab", "", "BAG-029"},
};

START_TEST(percent)
{
	one_file(percents[_i].version, percents[_i].name, percents[_i].written);
	ck_assert_str_eq(errors_of(bag), percents[_i].errors);
	ck_assert_str_eq(warnings_of(bag), percents[_i].warnings);
}
END_TEST

/* Both files are there: each line means exactly one of them, by the rules of its version. */
START_TEST(percent_twins)
{
	static const struct { const char *version, *first, *second; } cases[] = {
		{"1.0", "data/50%25", "data/50%2525"}, {"0.97", "data/50%", "data/50%25"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
		one_file(cases[i].version, "50%", "data/50%");
		test_puts(bag, "data/50%25", "y");
		add(&b, LB_SHA256, "x", cases[i].first);
		add(&b, LB_SHA256, "y", cases[i].second);
		test_puts(bag, "manifest-sha256.txt", lb_buf_str(&b));
		ck_assert_str_eq(errors_of(bag), "");
		ck_assert_str_eq(warnings_of(bag), "");
	}
}
END_TEST

/* ---- names ---- */

#define E_COMPOSED "\xC3\xA9"
#define E_APART "e\xCC\x81"

START_TEST(composition_both_ways)
{
	one_file("1.0", E_COMPOSED, "data/" E_APART);
	ck_assert_str_eq(errors_of(bag), "");
	ck_assert_str_eq(warnings_of(bag), "BAG-022");
	one_file("1.0", E_APART, "data/" E_COMPOSED);
	ck_assert_str_eq(errors_of(bag), "");
	ck_assert_str_eq(warnings_of(bag), "BAG-022");
	one_file("1.0", E_COMPOSED, "data/" E_COMPOSED);
	ck_assert_str_eq(warnings_of(bag), "");
}
END_TEST

static const struct { const char *one, *other, *about_one, *about_other; } twins[] = {
	{"data/x.txt", "data/X.TXT", "data/x.txt", "data/X.TXT"},
	{"data/" E_COMPOSED, "data/" E_APART, "data/" E_COMPOSED, "data/" E_APART},
	{"data/" E_COMPOSED, "data/E\xCC\x81", "data/" E_COMPOSED, "data/E\xCC\x81"},
	{"data/\xD0\xB6", "data/\xD0\x96", "data/\xD0\xB6", "data/\xD0\x96"},         /* Cyrillic zhe */
	{"data/\xCF\x89", "data/\xCE\xA9", "data/\xCF\x89", "data/\xCE\xA9"},         /* Greek omega */
	{"data/\xC3\xB8", "data/\xC3\x98", "data/\xC3\xB8", "data/\xC3\x98"},         /* o with stroke */
	{"data/A/x", "data/a/y", "data/A", "data/a"},                                 /* folders, though their files differ */
	{"data/A/x", "data/a", "data/A", "data/a"},                                   /* a folder and a file */
	{"data/k/A/x", "data/k/a/y", "data/k/A", "data/k/a"},
	{"data/A/b/c/x", "data/a/b/c/y", "data/A/b", "data/a/b"},
};

static void must_find_both(const char *path, size_t i)
{
	ck_assert(test_finds(path, "BAG-030", twins[i].about_one));
	ck_assert(test_finds(path, "BAG-030", twins[i].about_other));
}

START_TEST(twins_are_told_of_both)
{
	static const char *const others[] = {"zip -qrD bag.zip bag", "tar -cf bag.tar $(find bag -type f)"}; /* no members for folders */
	static const char *const made[] = {"bag.zip", "bag.tar"};
	char command[600], file[400];
	test_puts(bag, "bag-info.txt", "A: b\n");
	test_puts(bag, twins[_i].one, "x");
	test_puts(bag, twins[_i].other, "y");
	test_bag_again(bag, LB_SHA256);
	ck_assert_str_eq(errors_of(bag), "");
	must_find_both(bag, (size_t)_i);
	for (size_t k = 0; k < LB_COUNT(others); k++) {
		snprintf(command, sizeof command, "cd %s && %s", dir, others[k]);
		ck_assert_int_eq(system(command), 0);
		snprintf(file, sizeof file, "%s/%s", dir, made[k]);
		must_find_both(file, (size_t)_i);
	}
}
END_TEST

START_TEST(no_twins)
{
	static const char *const names[] = {"data/a/b", "data/a-b", "data/ab", "data/c/b", "data/c/d/b", "data/a.b/c", "data/\xC3\x9F", "data/ss"};
	test_puts(bag, "bag-info.txt", "A: b\n");
	unlink(test_path(bag, "data/a.txt"));
	for (size_t i = 0; i < LB_COUNT(names); i++)
		test_puts(bag, names[i], "x");
	test_bag_again(bag, LB_SHA256);
	ck_assert_str_eq(errors_of(bag), "");
	ck_assert_str_eq(warnings_of(bag), "");
}
END_TEST

/* ---- text ---- */

static void put_utf16(const char *path, const char *ascii, bool little)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	lb_buf_add(&b, little ? "\xFF\xFE" : "\xFE\xFF", 2);
	for (; *ascii; ascii++) {
		lb_buf_addc(&b, little ? *ascii : '\0');
		lb_buf_addc(&b, little ? '\0' : *ascii);
	}
	test_put(bag, path, b.p, b.len);
}

START_TEST(encodings)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	one_file("1.0", "\xC3\xA9", "data/x");
	test_puts(bag, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n");
	add(&b, LB_SHA256, "x", "data/\xE9");
	test_puts(bag, "manifest-sha256.txt", lb_buf_str(&b));
	test_puts(bag, "bag-info.txt", "Contact-Name: Ren\xE9\nPayload-Oxum: 1.1\n");
	ck_assert_str_eq(errors_of(bag), "");
	ck_assert_str_eq(warnings_of(bag), "");
	test_puts(bag, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	ck_assert_str_eq(errors_of(bag), "BAG-004 BAG-013 BAG-004");
	for (int little = 0; little < 2; little++) {
		one_file("1.0", "a", "data/a");
		test_puts(bag, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n");
		lb_buf_reset(&b);
		add(&b, LB_SHA256, "x", "data/a");
		put_utf16("manifest-sha256.txt", lb_buf_str(&b), little);
		put_utf16("bag-info.txt", "Payload-Oxum: 1.1\r\nContact-Name: A\r  B", little);
		ck_assert_str_eq(errors_of(bag), "");
		ck_assert_str_eq(warnings_of(bag), "");
	}
}
END_TEST

static const struct { const char *version, *bagit, *errors, *warnings; } declarations[] = {
	{"1.0", "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n", "BAG-002", ""},
	{"1.0", "BagIt-Version: 1.0\nTag-File-Character-Encoding : UTF-8\n", "BAG-002", ""},
	{"0.97", "BagIt-Version : 0.97\nTag-File-Character-Encoding: UTF-8\n", "", "BAG-002"},
	{"1.0", "BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n", "", ""},
	{"1.0", "BagIt-Version: 1.0\rTag-File-Character-Encoding: UTF-8", "", ""},
	{"1.0", "\xEF\xBB\xBF" "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "BAG-002", ""},
	{"1.0", "bagit-version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "BAG-002", ""},
	{"1.0", "", "BAG-002", ""},
};

START_TEST(declaration)
{
	one_file(declarations[_i].version, "a", "data/a");
	test_puts(bag, "bagit.txt", declarations[_i].bagit);
	ck_assert_str_eq(errors_of(bag), declarations[_i].errors);
	ck_assert_str_eq(warnings_of(bag), declarations[_i].warnings);
}
END_TEST

static const struct { const char *info, *errors, *warnings; } infos[] = {
	{"A: b\nPayload-Oxum: 1.1\n", "", ""},
	{"Bagging-Date: 2020-01-01\nbagging-date: 2020-01-01\n", "", "BAG-036"},
	{"Bag-Size: 1 KB\nBag-Size: 1 KB\nBag-Count: 1 of 2\nBag-Count: 1 of 2\nBag-Group-Identifier: a\nBag-Group-Identifier: b\n", "",
		"BAG-036 BAG-036 BAG-036"},
	{"Contact-Name: a\nContact-Name: b\nExternal-Identifier: c\nExternal-Identifier: d\n", "", ""},
	{"A: b\n\nC: d\n", "", "BAG-037"}, {"A : b\n", "", "BAG-037"}, {"A:b\n", "", "BAG-037"}, {"A:\tb\n", "", ""},
	{"A :b\n\n", "", "BAG-037 BAG-037 BAG-037"}, {"A: one\n  two\n\tthree\n", "", ""}, {"A:\r\n  late\r\n", "", ""},
	{"A: b\rB: c\r", "", ""}, {" A: b\n", "BAG-005", ""}, {"no colon\n", "BAG-005", ""}, {": b\n", "BAG-005", ""},
	{"Payload-Oxum: 1.1\nPayload-Oxum: 1.1\n", "BAG-018", ""}, {"Payload-Oxum: 1.1.1\n", "BAG-018", ""},
	{"Payload-Oxum: -1.1\n", "BAG-018", ""}, {"Payload-Oxum: 18446744073709551616.1\n", "BAG-018", ""},
	{"Payload-Oxum: 18446744073709551615.1\n", "BAG-017", ""}, {"Payload-Oxum: 1.2\n", "BAG-017", ""},
	{"Payload-Oxum: 1.1", "", ""}, {"\xEF\xBB\xBF" "A: b\n", "", "BAG-039"}, {"", "", ""},
};

START_TEST(information)
{
	one_file("1.0", "a", "data/a");
	test_puts(bag, "bag-info.txt", infos[_i].info);
	ck_assert_str_eq(errors_of(bag), infos[_i].errors);
	ck_assert_str_eq(warnings_of(bag), infos[_i].warnings);
}
END_TEST

/* The hostile manifests of all kinds; %s is the digest of "x". */
#define DIGEST "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
static const struct { const char *manifest, *errors, *warnings; } manifests[] = {
	{DIGEST "  data/a", "", ""}, {DIGEST " data/a\r", "", ""}, {DIGEST "\tdata/a\r\n", "", ""},
	{DIGEST " *data/a\n", "", "BAG-019"}, {DIGEST "  ./data/a\n", "", "BAG-020"}, {DIGEST "  data/./a\n", "BAG-013 BAG-010", ""},
	{DIGEST "  data/a \n", "BAG-013 BAG-012", ""}, {DIGEST "  data/../data/a\n", "BAG-010 BAG-013", ""},
	{DIGEST "  /etc/passwd\n", "BAG-010 BAG-013", ""}, {DIGEST "  ~/a\n", "BAG-013 BAG-010", ""},
	{DIGEST "  data\\a\n", "BAG-013 BAG-010", ""}, {DIGEST "  data/%2e%2e/a\n", "BAG-012 BAG-013", "BAG-021"},
	{"2D711642B726B04401627CA9FBAC32F5C8530FB1903CC4DB02258717921A4881  data/a\n", "", ""},
	{"2d71  data/a\n", "BAG-013 BAG-008", ""}, {DIGEST "\n", "BAG-013 BAG-008", ""}, {"\n" DIGEST "  data/a\n", "", "BAG-009"},
	{"\xEF\xBB\xBF" DIGEST "  data/a\n", "", "BAG-039"}, {"", "BAG-013", ""}, {DIGEST "  data/a\n" DIGEST "  data/a\n", "BAG-011", ""},
	{DIGEST "  data/a\n" DIGEST "  data/gone\n", "BAG-012", ""}, {DIGEST "  bagit.txt\n", "BAG-010 BAG-013", ""},
	{DIGEST "  data/a\xFF\n", "BAG-013 BAG-004", ""},
};

START_TEST(manifest_text)
{
	one_file("1.0", "a", "data/a");
	test_puts(bag, "manifest-sha256.txt", manifests[_i].manifest);
	ck_assert_str_eq(warnings_of(bag), manifests[_i].warnings);
	/* the order of a report is by path: compare as sets */
	char got[2000];
	snprintf(got, sizeof got, "%s", errors_of(bag));
	ck_assert_msg(strlen(got) == strlen(manifests[_i].errors), "found \"%s\"", got);
	struct lb_span rest = lb_span(manifests[_i].errors), rule;
	while (lb_span_cut(&rest, ' ', &rule)) {
		LB_AUTO(lb_freep) char *one = lb_strndup(rule.p, rule.n);
		ck_assert_msg(strstr(got, one) != NULL, "found \"%s\", not %s", got, one);
	}
}
END_TEST

/* Manifests are read in pieces: lines that a piece cuts, with every line end, and one that never ends. */
START_TEST(manifests_larger_than_a_piece)
{
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8 << 20);
	char name[64];
	one_file("1.0", "a", "data/a");
	for (size_t i = 0; i < 3000; i++) {
		snprintf(name, sizeof name, "data/file-with-a-rather-long-name-%05zu", i);
		test_puts(bag, name, "x");
	}
	for (size_t e = 0; e < LB_COUNT(ends); e++) {
		lb_buf_reset(&b);
		lb_buf_addf(&b, DIGEST "  data/a%s", ends[e]);
		for (size_t i = 0; i < 3000; i++)
			lb_buf_addf(&b, DIGEST "  data/file-with-a-rather-long-name-%05zu%s", i, ends[e]);
		ck_assert_uint_gt(b.len, 300000);
		test_put(bag, "manifest-sha256.txt", b.p, b.len);
		ck_assert_str_eq(errors_of(bag), "");
		ck_assert_str_eq(warnings_of(bag), "");
	}
	lb_buf_reset(&b);
	for (size_t i = 0; i < 4u << 20; i++)
		lb_buf_addc(&b, 'f');
	one_file("1.0", "a", "data/a");
	test_put(bag, "manifest-sha256.txt", b.p, b.len);
	ck_assert(test_finds(bag, "BAG-008", "manifest-sha256.txt"));
}
END_TEST

/* ---- fetch.txt ---- */

static const struct { const char *fetch, *errors, *warnings; } fetches[] = {
	{"https://example.org/a 1 data/a\n", "", ""}, {"https://example.org/a - data/a\n", "", ""},
	{"https://example.org/a 7 data/a\n", "", "BAG-038"}, {"https://example.org/x 1 data/x\n", "BAG-033", ""},
	{"file:///etc/passwd 1 data/a\r\n", "", ""}, {"http://169.254.169.254/ - data/a\n", "", ""},
	{"https://example.org/a 1 ../a\n", "BAG-032", ""}, {"https://example.org/a 1 /etc/x\n", "BAG-032", ""},
	{"https://example.org/a -1 data/a\n", "BAG-032", ""}, {"https://example.org/a\n", "BAG-032", ""},
	{"https://example.org/a 1 data/../../x\n", "BAG-032", ""}, {"https://example.org/a 1 bagit.txt\n", "BAG-032", ""},
};

START_TEST(fetching)
{
	one_file("1.0", "a", "data/a");
	test_puts(bag, "fetch.txt", fetches[_i].fetch);
	ck_assert_str_eq(errors_of(bag), fetches[_i].errors);
	ck_assert_str_eq(warnings_of(bag), fetches[_i].warnings);
}
END_TEST

/* ---- what is no file ---- */

/* Opening a pipe would wait for ever; a link may lead anywhere. Each stands where the bag has a file. */
START_TEST(nothing_but_files_is_opened)
{
	static const char *const paths[] = {"data/a", "manifest-sha256.txt", "bagit.txt", "bag-info.txt", "fetch.txt", "tagmanifest-sha256.txt"};
	for (size_t i = 0; i < LB_COUNT(paths); i++) {
		one_file("1.0", "a", "data/a");
		test_puts(bag, "lifeboat.json", "{}"); /* a bag still, without bagit.txt */
		unlink(test_path(bag, paths[i]));
		ck_assert_int_eq(mkfifo(test_path(bag, paths[i]), 0600), 0);
		ck_assert(test_finds(bag, "BAG-028", paths[i]));
		unlink(test_path(bag, paths[i]));
		ck_assert_int_eq(symlink("/etc/passwd", test_path(bag, paths[i])), 0);
		ck_assert(test_finds(bag, "BAG-028", paths[i]));
		unlink(test_path(bag, paths[i]));
		ck_assert_int_eq(symlink("/dev/zero", test_path(bag, paths[i])), 0);
		ck_assert(test_finds(bag, "BAG-028", paths[i]));
	}
}
END_TEST

START_TEST(folders_that_are_links)
{
	char outside[400];
	snprintf(outside, sizeof outside, "%s/outside", dir);
	one_file("1.0", "a", "data/a");
	ck_assert_int_eq(rename(test_path(bag, "data"), outside), 0);
	ck_assert_int_eq(symlink("../outside", test_path(bag, "data")), 0);
	ck_assert(test_finds(bag, "BAG-028", "data"));
	ck_assert(test_finds(bag, "BAG-012", "data/a"));
	unlink(test_path(bag, "data"));
	ck_assert_int_eq(rename(outside, test_path(bag, "data")), 0);
	ck_assert_int_eq(symlink("/", test_path(bag, "data/root")), 0);
	ck_assert_str_eq(errors_of(bag), "BAG-028");
}
END_TEST

/* ---- the quick check ---- */

#define QUICK (LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS)

START_TEST(quick_compares_sizes_or_says_so)
{
	test_puts(bag, "data/a.txt", "four");
	ck_assert_str_eq(rules_of(bag, QUICK, LB_SEVERITY_ERROR), "BAG-017");
	test_puts(bag, "data/a.txt", "oNe");
	ck_assert_str_eq(rules_of(bag, QUICK, LB_SEVERITY_ERROR), "");
	ck_assert_str_eq(rules_of(bag, QUICK, LB_SEVERITY_WARNING), "");
	test_puts(bag, "bag-info.txt", "A: b\n");
	ck_assert_str_eq(rules_of(bag, QUICK, LB_SEVERITY_WARNING), "BAG-040");
	unlink(test_path(bag, "bag-info.txt"));
	ck_assert_str_eq(rules_of(bag, QUICK, LB_SEVERITY_WARNING), "BAG-040");
	test_puts(bag, "data/a.txt", "one");
	test_bag_again(bag, LB_SHA256);
	ck_assert_str_eq(warnings_of(bag), ""); /* digests tell more than sizes */
}
END_TEST

/* Nobody may read the payload: as an ordinary user, in a child of its own. */
static int quick_without_permission(void)
{
	struct lb_report r = {0};
	const struct lb_verify_options options = {.levels = QUICK};
	if (geteuid() == 0 && seteuid(65534) != 0)
		return 10;
	if (lb_verify(bag, &options, NULL, &r, &err) || r.errors || r.files || r.bytes)
		return 1;
	lb_report_clear(&r);
	if (lb_verify(bag, NULL, NULL, &r, &err) || r.errors != 2) /* BAG-015 of each: the test can tell */
		return 2;
	lb_report_clear(&r);
	return 0;
}

START_TEST(quick_opens_no_payload)
{
	int status;
	ck_assert_int_eq(chmod(dir, 0755), 0);
	ck_assert_int_eq(chmod(test_path(bag, "data/a.txt"), 0), 0);
	ck_assert_int_eq(chmod(test_path(bag, "data/b.txt"), 0), 0);
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (!child)
		_exit(quick_without_permission());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("verify: reading bags");
	TCase *t = tcase_create("reading");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, manifests_by_either_name);
	tcase_add_loop_test(t, percent, 0, LB_COUNT(percents));
	tcase_add_test(t, percent_twins);
	tcase_add_test(t, composition_both_ways);
	tcase_add_loop_test(t, twins_are_told_of_both, 0, LB_COUNT(twins));
	tcase_add_test(t, no_twins);
	tcase_add_test(t, encodings);
	tcase_add_loop_test(t, declaration, 0, LB_COUNT(declarations));
	tcase_add_loop_test(t, information, 0, LB_COUNT(infos));
	tcase_add_loop_test(t, manifest_text, 0, LB_COUNT(manifests));
	tcase_add_test(t, manifests_larger_than_a_piece);
	tcase_add_loop_test(t, fetching, 0, LB_COUNT(fetches));
	tcase_add_test(t, nothing_but_files_is_opened);
	tcase_add_test(t, folders_that_are_links);
	tcase_add_test(t, quick_compares_sizes_or_says_so);
	tcase_add_test(t, quick_opens_no_payload);
	suite_add_tcase(suite, t);
	return suite;
}
