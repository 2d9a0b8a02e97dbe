/* Each rule for bags and lifeboats: a small package, one fault, one finding. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/bag/bag.h"
#include "format/package/package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char dir[256], bag[300];

static const struct test_file files[] = {
	{"a.txt", "one"}, {"b.txt", "two"}, {"sub/c.txt", "three"}, {"50%off.txt", "percent"}, {"N\xC3\xBA" "n",
		"composed"}, {NULL, NULL},
};

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/bag", dir);
	test_bag(bag, files);
}

static void setup_lifeboat(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(bag, sizeof bag, "%s/boats", dir);
	test_lifeboat(bag);
}

/* Replaces the first `from` in a file of the bag. */
static void edit(const char *path, const char *from, const char *to)
{
	struct lb_buf b = LB_BUF(1 << 20), changed = LB_BUF(1 << 20);
	test_read(bag, path, &b);
	const char *at = strstr(lb_buf_str(&b), from);
	ck_assert_msg(at != NULL, "no \"%s\" in %s", from, path);
	lb_buf_add(&changed, b.p, (size_t)(at - b.p));
	lb_buf_adds(&changed, to);
	lb_buf_adds(&changed, at + strlen(from));
	test_put(bag, path, lb_buf_str(&changed), changed.len);
	lb_buf_clear(&b);
	lb_buf_clear(&changed);
}

/* Lists the tag files anew, so that only what was meant is wrong. */
static void sign_again(void)
{
	char payload[1 << 14];
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(bag, "manifest-sha256.txt", &b);
	ck_assert_uint_lt(b.len, sizeof payload);
	memcpy(payload, b.p, b.len);
	size_t n = b.len;
	/* keep the payload manifest as it is: only the tag manifest is made anew */
	test_bag_again(bag, LB_SHA256);
	struct lb_buf made = LB_BUF(1 << 20);
	test_read(bag, "manifest-sha256.txt", &made);
	if (made.len != n || memcmp(made.p, payload, n) != 0) {
		char old[LB_SHA256_HEX], fresh[LB_SHA256_HEX];
		lb_sha256(made.p, made.len, old);
		lb_sha256(payload, n, fresh);
		test_put(bag, "manifest-sha256.txt", payload, n);
		edit("tagmanifest-sha256.txt", old, fresh);
	}
	lb_buf_clear(&b);
	lb_buf_clear(&made);
}

static const char *message_of(const char *rule, const char *about)
{
	static char text[1000];
	struct lb_report r = {0};
	text[0] = '\0';
	ck_assert_ok(lb_verify(bag, NULL, NULL, &r, &err));
	for (size_t i = 0; i < r.count; i++)
		if (strcmp(r.findings[i].rule, rule) == 0 && (!about || strcmp(r.findings[i].path ? r.findings[i].path : "", about) == 0))
			snprintf(text, sizeof text, "%s", r.findings[i].message);
	lb_report_clear(&r);
	return text;
}

static void must_find(const char *rule, const char *about)
{
	ck_assert_msg(test_finds(bag, rule, about), "%s was not found", rule);
}

START_TEST(a_good_bag_is_good)
{
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(bag, NULL, NULL, &r, &err));
	ck_assert_uint_eq(r.count, 0);
	ck_assert_int_eq(r.profile, LB_PROFILE_BAGIT);
	ck_assert_uint_eq(r.files, 8);
	ck_assert_uint_eq(r.errors, 0);
	lb_report_clear(&r);
}
END_TEST

START_TEST(every_algorithm)
{
	unlink(test_path(bag, "manifest-sha256.txt"));
	unlink(test_path(bag, "tagmanifest-sha256.txt"));
	test_bag_again(bag, (enum lb_hash)_i);
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(bag, NULL, NULL, &r, &err));
	ck_assert_uint_eq(r.errors, 0);
	ck_assert_uint_eq(r.warnings, _i <= LB_SHA1 ? 1 : 0);
	lb_report_clear(&r);
	test_puts(bag, "data/a.txt", "One");
	must_find("BAG-014", "data/a.txt");
}
END_TEST

START_TEST(is_neither)
{
	struct lb_report r = {0};
	ck_assert_int_eq(lb_verify(test_path(dir, "nothing"), NULL, NULL, &r, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_verify(dir, NULL, NULL, &r, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_verify(test_path(bag, "data/a.txt"), NULL, NULL, &r, &err), LB_NOTFOUND);
}
END_TEST

/* ---- one fault each ---- */

static void write_bagit(const char *text)
{
	test_puts(bag, "bagit.txt", text);
	sign_again();
}

static void no_bagit(void)
{
	unlink(test_path(bag, "bagit.txt"));
	test_puts(bag, "lifeboat.json", "{}");
}

static void three_lines(void)
{
	write_bagit("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n");
}

static void unknown_version(void)
{
	write_bagit("BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n");
}

static void unknown_encoding(void)
{
	write_bagit("BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC\n");
}

static void wrong_encoding(void)
{
	write_bagit("BagIt-Version: 1.0\nTag-File-Character-Encoding: US-ASCII\n");
}

static void bad_info(void)
{
	test_puts(bag, "bag-info.txt", "no colon here\n");
	sign_again();
}

static void no_manifest(void)
{
	unlink(test_path(bag, "manifest-sha256.txt"));
}

static void unknown_algorithm(void)
{
	test_puts(bag, "manifest-whirlpool.txt", "0  data/a.txt\n");
	sign_again();
}

static void bad_line(void)
{
	edit("manifest-sha256.txt", "  data/a.txt", "  ");
	sign_again();
}

static void short_digest(void)
{
	edit("manifest-sha256.txt", "  data/a.txt", "0  data/a.txt");
	sign_again();
}

static void blank_line(void)
{
	edit("manifest-sha256.txt", "\n", "\n\n");
	sign_again();
}

static void leaving_path(void)
{
	edit("manifest-sha256.txt", "data/a.txt", "data/../data/a.txt");
	sign_again();
}

static void tag_file_in_payload_manifest(void)
{
	edit("manifest-sha256.txt", "data/a.txt", "bagit.txt");
	sign_again();
}

static void absolute_tag_path(void)
{
	edit("tagmanifest-sha256.txt", "  bagit.txt", "  /bagit.txt");
}

static void listed_twice(void)
{
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(bag, "manifest-sha256.txt", &b);
	size_t n = b.len;
	for (size_t i = 0; i < n; i++)
		lb_buf_addc(&b, b.p[i]);
	test_put(bag, "manifest-sha256.txt", b.p, b.len);
	lb_buf_clear(&b);
	sign_again();
}

static void missing_file(void)
{
	unlink(test_path(bag, "data/a.txt"));
}

static void extra_file(void)
{
	test_puts(bag, "data/stranger", "x");
}

static void changed_file(void)
{
	test_puts(bag, "data/a.txt", "oNe");
}

static void folder_where_a_file_was(void)
{
	missing_file();
	ck_assert_int_eq(mkdir(test_path(bag, "data/a.txt"), 0777), 0);
}

static void wrong_oxum(void)
{
	edit("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1");
	sign_again();
}

static void bad_oxum(void)
{
	edit("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: x");
	sign_again();
}

static void two_oxums(void)
{
	edit("bag-info.txt", "Payload-Oxum: ", "payload-oxum: 1.1\nPayload-Oxum: ");
	sign_again();
}

static void star(void)
{
	edit("manifest-sha256.txt", "  data/a.txt", " *data/a.txt");
	sign_again();
}

static void dot_slash(void)
{
	edit("manifest-sha256.txt", "data/a.txt", "./data/a.txt");
	sign_again();
}

static void percent(void)
{
	edit("manifest-sha256.txt", "50%25off", "50%off");
	sign_again();
}

/* What most tools make of a file that is really called 50%25off.txt. */
static void literal_percent(void)
{
	ck_assert_int_eq(rename(test_path(bag, "data/50%off.txt"), test_path(bag, "data/50%25off.txt")), 0);
}

static void decomposed(void)
{
	edit("manifest-sha256.txt", "N\xC3\xBA" "n", "Nu\xCC\x81" "n");
	sign_again();
}

static void stray_tag_file(void)
{
	test_puts(bag, "notes.txt", "x");
}

static void unsigned_manifest(void)
{
	char line[200];
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(bag, "tagmanifest-sha256.txt", &b);
	const char *at = strstr(b.p, "  manifest-sha256.txt");
	ck_assert_ptr_nonnull(at);
	snprintf(line, sizeof line, "%.*s\n", (int)(64 + strlen("  manifest-sha256.txt")), at - 64);
	lb_buf_clear(&b);
	edit("tagmanifest-sha256.txt", line, "");
}

static void payload_in_tag_manifest(void)
{
	char line[200], hex[LB_SHA256_HEX];
	lb_sha256("one", 3, hex);
	snprintf(line, sizeof line, "%s  data/a.txt\n", hex);
	edit("tagmanifest-sha256.txt", "", line);
}

static void weak_digests_only(void)
{
	unlink(test_path(bag, "manifest-sha256.txt"));
	unlink(test_path(bag, "tagmanifest-sha256.txt"));
	test_bag_again(bag, LB_MD5);
}

static void manifests_that_differ(void)
{
	test_bag_again(bag, LB_SHA512);
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(bag, "manifest-sha512.txt", &b);
	char line[300];
	snprintf(line, sizeof line, "%.*s", (int)(strchr(b.p, '\n') - b.p) + 1, b.p);
	lb_buf_clear(&b);
	edit("manifest-sha512.txt", line, "");
}

static void link_in_payload(void)
{
	ck_assert_int_eq(symlink("/etc/passwd", test_path(bag, "data/link")), 0);
}

static void listed_link(void)
{
	missing_file();
	ck_assert_int_eq(symlink("b.txt", test_path(bag, "data/a.txt")), 0);
}

static void listed_pipe(void)
{
	missing_file();
	ck_assert_int_eq(mkfifo(test_path(bag, "data/a.txt"), 0600), 0);
}

static void name_for_one_system(void)
{
	test_puts(bag, "bag-info.txt", "Note: no Payload-Oxum\n");
	test_puts(bag, "data/aux.txt", "x");
	test_bag_again(bag, LB_SHA256);
}

static void names_alike(void)
{
	test_puts(bag, "bag-info.txt", "Note: no Payload-Oxum\n");
	test_puts(bag, "data/A.TXT", "x");
	test_bag_again(bag, LB_SHA256);
}

static void names_composed_alike(void)
{
	test_puts(bag, "bag-info.txt", "Note: no Payload-Oxum\n");
	test_puts(bag, "data/Nu\xCC\x81" "n", "x");
	test_bag_again(bag, LB_SHA256);
}

static void hollow(void)
{
	ck_assert_int_eq(mkdir(test_path(bag, "data/hollow"), 0777), 0);
}

static void write_fetch(const char *text)
{
	test_puts(bag, "fetch.txt", text);
	sign_again();
}

static void bad_fetch(void)
{
	write_fetch("http://example.org/\n");
}

static void leaving_fetch(void)
{
	write_fetch("http://example.org/ - data/../../x\n");
}

static void unlisted_fetch(void)
{
	write_fetch("http://example.org/ - data/other\n");
}

static void holey(void)
{
	write_fetch("http://example.org/ 3 data/a.txt\n");
	missing_file();
}

static void no_data(void)
{
	ck_assert_ok(lb_dir_remove(test_path(bag, "data"), &err));
}

static const struct { const char *rule, *about; void (*change)(void); bool warns; } faults[] = {
	{"BAG-001", "bagit.txt", no_bagit, false}, {"BAG-002", "bagit.txt", three_lines, false}, {"BAG-003",
		"bagit.txt", unknown_version, false},
	{"BAG-004", "bag-info.txt", unknown_encoding, false}, {"BAG-004", "manifest-sha256.txt", wrong_encoding, false},
	{"BAG-005", "bag-info.txt", bad_info, false}, {"BAG-006", NULL, no_manifest, false}, {"BAG-012",
		"manifest-sha256.txt", no_manifest, false},
	{"BAG-007", "manifest-whirlpool.txt", unknown_algorithm, true}, {"BAG-008", "manifest-sha256.txt", bad_line,
		false},
	{"BAG-008", "manifest-sha256.txt", short_digest, false}, {"BAG-009", "manifest-sha256.txt", blank_line, true},
	{"BAG-010", "data/../data/a.txt", leaving_path, false}, {"BAG-010", "bagit.txt",
		tag_file_in_payload_manifest, false},
	{"BAG-010", "/bagit.txt", absolute_tag_path, false}, {"BAG-011", "data/a.txt", listed_twice, false},
	{"BAG-012", "data/a.txt", missing_file, false}, {"BAG-013", "data/stranger", extra_file, false},
	{"BAG-014", "data/a.txt", changed_file, false}, {"BAG-016", "data/a.txt", folder_where_a_file_was, false},
		{"BAG-017", NULL, wrong_oxum, false},
	{"BAG-018", "bag-info.txt", bad_oxum, false}, {"BAG-018", "bag-info.txt", two_oxums, false}, {"BAG-019",
		"manifest-sha256.txt", star, true},
	{"BAG-020", "manifest-sha256.txt", dot_slash, true}, {"BAG-021", "manifest-sha256.txt", percent, true},
	{"BAG-021", "manifest-sha256.txt", literal_percent, true}, {"BAG-022", NULL, decomposed, true},
	{"BAG-023", "notes.txt", stray_tag_file, true}, {"BAG-024", "manifest-sha256.txt", unsigned_manifest, false},
	{"BAG-025", "data/a.txt", payload_in_tag_manifest, false}, {"BAG-026", NULL, weak_digests_only, true},
		{"BAG-027", NULL, manifests_that_differ, false},
	{"BAG-028", "data/link", link_in_payload, false}, {"BAG-028", "data/a.txt", listed_link, false}, {"BAG-016",
		"data/a.txt", listed_pipe, false},
	{"BAG-029", "data/aux.txt", name_for_one_system, true}, {"BAG-030", "data/a.txt", names_alike, true},
	{"BAG-030", NULL, names_composed_alike, true}, {"BAG-031", "data/hollow", hollow, true}, {"BAG-032",
		"fetch.txt", bad_fetch, false},
	{"BAG-032", "fetch.txt", leaving_fetch, false}, {"BAG-033", "data/other", unlisted_fetch, false},
		{"BAG-034", "data/a.txt", holey, false},
	{"BAG-035", NULL, no_data, false},
};

START_TEST(finds_the_fault)
{
	faults[_i].change();
	must_find(faults[_i].rule, faults[_i].about);
	ck_assert_msg((test_errors(bag) == 0) == faults[_i].warns, "%s: %zu errors", faults[_i].rule, test_errors(bag));
}
END_TEST

START_TEST(older_bags_are_judged_by_their_rules)
{
	two_oxums();
	listed_twice();
	write_bagit("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n");
	edit("bag-info.txt", "payload-oxum: 1.1\n", "");
	edit("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: x");
	sign_again();
	ck_assert_uint_eq(test_errors(bag), 0);
	must_find("BAG-011", NULL);
	must_find("BAG-018", NULL);
}
END_TEST

START_TEST(uppercase_digests_and_other_line_ends_are_fine_in_a_bag)
{
	struct lb_buf b = LB_BUF(1 << 20), changed = LB_BUF(1 << 20);
	test_read(bag, "manifest-sha256.txt", &b);
	for (size_t i = 0, column = 0; i < b.len; i++, column++) {
		char c = b.p[i];
		if (c == '\n')
			lb_buf_adds(&changed, _i ? "\r\n" : "\r"), column = (size_t)-1;
		else
			lb_buf_addc(&changed, column < 64 && c >= 'a' && c <= 'f' ? (char)(c - 32) : c);
	}
	test_put(bag, "manifest-sha256.txt", changed.p, changed.len);
	sign_again();
	ck_assert_uint_eq(test_errors(bag), 0);
	lb_buf_clear(&b);
	lb_buf_clear(&changed);
}
END_TEST

START_TEST(tells_what_was_renamed)
{
	ck_assert_int_eq(rename(test_path(bag, "data/a.txt"), test_path(bag, "data/z.txt")), 0);
	ck_assert(strstr(message_of("BAG-012", "data/a.txt"), "\"data/z.txt\"") != NULL);
	must_find("BAG-013", "data/z.txt");
}
END_TEST

START_TEST(tells_what_was_swapped)
{
	test_puts(bag, "data/a.txt", "two");
	test_puts(bag, "data/b.txt", "one");
	ck_assert(strstr(message_of("BAG-014", "data/a.txt"), "swapped") != NULL);
	ck_assert(strstr(message_of("BAG-014", "data/b.txt"), "\"data/a.txt\"") != NULL);
	test_puts(bag, "data/b.txt", "two");
	ck_assert_str_eq(message_of("BAG-014", "data/b.txt"), "");
}
END_TEST

START_TEST(findings_are_sorted_and_bounded)
{
	struct lb_report r = {0};
	for (int i = 0; i < 20100; i++) {
		char name[64];
		snprintf(name, sizeof name, "data/x%05d", i);
		test_puts(bag, name, "");
	}
	ck_assert_ok(lb_verify(bag, NULL, NULL, &r, &err));
	ck_assert_uint_eq(r.errors, 20101);
	ck_assert_uint_eq(r.count, 20000);
	for (size_t i = 2; i + 1 < r.count; i++)
		ck_assert_int_le(strcmp(r.findings[i - 1].path, r.findings[i].path), 0);
	ck_assert_str_eq(r.findings[r.count - 1].rule, "BAG-099");
	lb_report_clear(&r);
}
END_TEST

START_TEST(cancelled_is_no_verdict)
{
	volatile int cancel = 1;
	struct lb_ctx ctx = {.cancel = &cancel};
	struct lb_report r = {0};
	ck_assert_int_eq(lb_verify(bag, NULL, &ctx, &r, &err), LB_CANCELLED);
	ck_assert_ptr_null(r.findings);
}
END_TEST

START_TEST(bags_in_containers_of_others)
{
	static const char *const commands[][2] = {
		{"zip", "zip -qr bag.zip bag"}, {"tar", "tar -cf bag.tar bag"}, {"bsdtar",
			"bsdtar --format=zip -cf bag.zip bag"}};
	static const char *const made[] = {"bag.zip", "bag.tar", "bag.zip"};
	char command[600];
	snprintf(command, sizeof command, "command -v %s >/dev/null", commands[_i][0]);
	if (system(command) != 0) {
		printf("SKIP: no %s\n", commands[_i][0]);
		return;
	}
	snprintf(command, sizeof command, "cd %s && %s", dir, commands[_i][1]);
	ck_assert_int_eq(system(command), 0);
	ck_assert_uint_eq(test_errors(test_path(dir, made[_i])), 0);
}
END_TEST

/* ---- lifeboats ---- */

static void json(const char *from, const char *to)
{
	edit("lifeboat.json", from, to);
	sign_again();
}

static void bad_json(void)
{
	json("{", "[");
}

static void no_id(void)
{
	json("\"id\": \"urn", "\"ID\": \"urn");
}

static void lf_is_crlf(void)
{
	edit("tagmanifest-sha256.txt", "\n", "\r\n");
}

static void upper_case(void)
{
	struct lb_buf b = LB_BUF(1 << 20);
	test_read(bag, "tagmanifest-sha256.txt", &b);
	for (size_t i = 0; i < 64; i++)
		if (b.p[i] >= 'a')
			b.p[i] = (char)(b.p[i] - 32);
	test_put(bag, "tagmanifest-sha256.txt", b.p, b.len);
	lb_buf_clear(&b);
}

static void older_bagit(void)
{
	write_bagit("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n");
}

static void other_manifest(void)
{
	test_bag_again(bag, LB_SHA512);
	test_bag_again(bag, LB_SHA256);
}

static void no_readme(void)
{
	unlink(test_path(bag, "README.txt"));
	sign_again();
}

static void unlisted_in_json(void)
{
	test_puts(bag, "data/pages/page-2.html", "new");
	test_bag_again(bag, LB_SHA256);
}

static void other_size(void)
{
	json("\"size\":", "\"size\":1");
}

static void other_digest(void)
{
	json("\"sha256\":\"", "\"sha256\":\"0");
}

static void other_count(void)
{
	json("\"files\": ", "\"files\": 1");
}

static void photo_twice(void)
{
	json("\"photos\": [", "\"photos\": [\"300\",");
}

/* A file below data/ changed with all its digests: in the manifests, but not what else tells of it. */
static void edit_payload(const char *path, const char *from, const char *to)
{
	edit(path, from, to);
	test_bag_again(bag, LB_SHA256);
}

static void other_title(void)
{
	edit_payload("data/metadata/lifeboat.js", "Boats", "Goats");
}

static void other_maker(void)
{
	edit_payload("data/metadata/lifeboat.js", "\"name\": \"Test\"", "\"name\": \"Best\"");
}

static void index_lacks_photo(void)
{
	edit_payload("data/metadata/photoIndex.js", "\"100\"", "\"101\"");
}

static void index_leads_astray(void)
{
	edit_payload("data/metadata/photoIndex.js", "metadata/photos/100.js", "metadata/photos/200.js");
}

static void no_metadata(void)
{
	unlink(test_path(bag, "data/metadata/photos/100.js"));
	test_bag_again(bag, LB_SHA256);
}

static void broken_metadata(void)
{
	edit_payload("data/metadata/photos/100.js", "const photo", "alert(1); const photo");
}

static void other_photo(void)
{
	edit_payload("data/metadata/photos/100.js", "\"id\": \"100\"", "\"id\": \"101\"");
}

static void other_checksum(void)
{
	edit_payload("data/metadata/photos/100.js", "\"checksum\": \"", "\"checksum\": \"0");
}

static void other_media_size(void)
{
	edit_payload("data/metadata/photos/100.js", "\"size\": ", "\"size\": 1");
}

static void media_elsewhere(void)
{
	edit_payload("data/metadata/photos/100.js", "media/originals/", "media/original/");
}

static void strange_metadata(void)
{
	test_puts(bag, "data/metadata/photos/999.js", "const photo = {\"id\": \"999\"};\n");
	test_bag_again(bag, LB_SHA256);
}

static void stub_with_words(void)
{
	edit_payload("data/metadata/photos/500.js", "\"stub\"", "\"comments\": [],\n  \"stub\"");
}

static void stub_without_reason(void)
{
	edit_payload("data/metadata/photos/500.js", "\"withheld\": \"the owner was not asked\"", "\"withheld\": null");
}

static void stub_in_one_place(void)
{
	edit_payload("data/metadata/photos/500.js", "\"stub\": true", "\"stub\": false");
}

static void stub_told_in_index(void)
{
	edit_payload("data/metadata/photoIndex.js", "\"stub\": true", "\"countFaves \": 3,\n    \"stub\": true");
}

static void stub_with_file(void)
{
	json("\"role\":\"thumbnail\",\"photo\":\"300\"", "\"role\":\"thumbnail\",\"photo\":\"500\"");
}

static void no_consent(void)
{
	unlink(test_path(bag, "data/metadata/consentIndex.js"));
	test_bag_again(bag, LB_SHA256);
}

static void policy_untold(void)
{
	edit_payload("data/metadata/consentIndex.js", "\"policy\"", "\"politics\"");
}

static void albums_without_photos(void)
{
	edit_payload("data/metadata/albumIndex.js", "\"photoIds\"", "\"photos\"");
}

static void broken_albums(void)
{
	edit_payload("data/metadata/albumIndex.js", "{", "[");
}

static void album_of_strangers(void)
{
	edit_payload("data/metadata/albumIndex.js", "\"300\"", "\"301\"");
}

static void collection_in_nothing(void)
{
	edit_payload("data/metadata/collectionIndex.js", "\"parentId\": \"1-1\"", "\"parentId\": \"1-2\"");
}

static void other_order(void)
{
	edit_payload("data/metadata/photoOrder.js", "\"300\"", "\"100\"");
}

static void stranger_with_profile(void)
{
	edit_payload("data/metadata/profileIndex.js", "\"1@N00\"", "\"9@N00\"");
}

static void icon_elsewhere(void)
{
	edit_payload("data/metadata/contributorIndex.js", "media/icons/1@N00", "media/icons/2@N00");
}

static void nobodys_icon(void)
{
	test_puts(bag, "data/media/icons/7@N00.jpg", "x");
	test_bag_again(bag, LB_SHA256);
}

static void other_license(void)
{
	edit_payload("data/metadata/photos/300.js", "\"licenseId\": \"", "\"licenseId\": \"x");
}

static void mets(const char *from, const char *to)
{
	edit("METS.xml", from, to);
	sign_again();
}

static void broken_mets(void)
{
	mets("<mets", "<mats");
}

static void mets_with_entities(void)
{
	mets("<mets", "<!DOCTYPE mets [<!ENTITY a \"b\">]><mets");
}

static void mets_other_file(void)
{
	mets("data/pages/page-1.html", "data/pages/page-2.html");
}

static void mets_other_size(void)
{
	mets(" SIZE=\"", " SIZE=\"1");
}

static void mets_other_photo(void)
{
	mets("ORDERLABEL=\"300\"", "ORDERLABEL=\"301\"");
}

static void mets_other_order(void)
{
	edit("METS.xml", "ORDERLABEL=\"300\"", "ORDERLABEL=\"x\"");
	edit("METS.xml", "ORDERLABEL=\"100\"", "ORDERLABEL=\"300\"");
	mets("ORDERLABEL=\"x\"", "ORDERLABEL=\"100\"");
}

static void mets_other_id(void)
{
	mets("OBJID=\"urn:uuid:0", "OBJID=\"urn:uuid:1");
}

static const struct { const char *rule, *about, *from, *to; } mets_faults[] = {
	{"METS-007", "METS.xml", "<dmdSec ID=\"p-1\"", "<dmdSec ID=\"p-0\""},
	{"METS-008", "METS.xml", "<dmdSec ID=\"p-1\"", "<dmdSec ID=\"p-7\""},
	{"METS-009", "METS.xml", "FILEID=\"f-0\"", "FILEID=\"f-999\""},
	{"METS-010", "METS.xml", "<fptr FILEID=\"f-0\"/>", ""},
	{"METS-011", "METS.xml", "<size>", "<size>1"},
	{"METS-012", "METS.xml", " ADMID=\"o-0 e-0 r-0\"", ""},
	{"METS-013", "METS.xml", "PROFILE=\"urn", "PROFILE=\"nru"},
	{"METS-014", "data/metadata/photos/300.js", "<title>A boat", "<title>A ship"},
	{"METS-014", "data/metadata/photos/300.js", "<nameIdentifier type=\"Flickr NSID\">1@N00", "<nameIdentifier type=\"Flickr NSID\">9@N00"},
	{"METS-014", "data/metadata/photos/300.js", "<url>https", "<url>http"},
	{"METS-015", "data/metadata/photos/500.js", "displayLabel=\"Photograph withheld\"", "displayLabel=\"Original withheld\""},
	{"METS-015", "data/metadata/photos/500.js", "withheld\">the owner was not asked", "withheld\">the owner was asked"},
	{"METS-016", "METS.xml", "<fileSec>", "<metsHdr/><fileSec>"},
	{"METS-017", "METS.xml", "<identifier type=\"Flickr photo id\">300", "<identifier type=\"Flickr photo id\">301"},
	{"METS-018", "METS.xml", "<fptr FILEID=\"f-0\"/>", "<fptr FILEID=\"f-1\"/><fptr FILEID=\"f-0\"/>"},
	{"METS-019", "METS.xml", "<eventIdentifierValue>e-0", "<eventIdentifierValue>e-1"},
	{"METS-020", "METS.xml", "<dc:title>Boats", "<dc:title>Ships"},
	{"METS-020", "METS.xml", "CREATEDATE=\"20", "CREATEDATE=\"19"},
};

START_TEST(finds_the_fault_in_mets)
{
	mets(mets_faults[_i].from, mets_faults[_i].to);
	must_find(mets_faults[_i].rule, mets_faults[_i].about);
}
END_TEST

static void other_date(void)
{
	edit_payload("data/metadata/lifeboat.js", "T21:47:00Z", " 21:47:00Z");
}

static void index_of_words(void)
{
	edit_payload("data/metadata/photoIndex.js", "\"visibility\": \"", "\"visibility\": \"very ");
}

static void metadata_without_tags(void)
{
	edit_payload("data/metadata/photos/300.js", "\"tags\": [", "\"tacks\": [");
}

static void plan_of_another_kind(void)
{
	test_puts(bag, "data/provenance/plan.json", "{\"type\":\"lifeboat-plan\",\"version\":\"2\"}");
	test_bag_again(bag, LB_SHA256);
}

static void plan_with_words(void)
{
	test_puts(bag, "data/provenance/plan.json", "{\"photos\":[{\"id\":\"1\",\"from\":[0]},{\"id\":\"two\",\"from\":[0]}]}");
	test_bag_again(bag, LB_SHA256);
}

static void broken_plan(void)
{
	test_puts(bag, "data/provenance/plan.json", "{\"photos\":[{\"id\":}]}");
	test_bag_again(bag, LB_SHA256);
}

static void crate(const char *from, const char *to)
{
	edit_payload("data/ro-crate-metadata.json", from, to);
}

static void no_crate(void)
{
	unlink(test_path(bag, "data/ro-crate-metadata.json"));
	test_bag_again(bag, LB_SHA256);
}

static void crate_of_another(void)
{
	crate("\"identifier\":\"urn:uuid:0", "\"identifier\":\"urn:uuid:1");
}

static void broken_crate(void)
{
	crate("]", "");
}

static void newer_crate(void)
{
	crate("https://w3id.org/ro/crate/1.1\"}", "https://w3id.org/ro/crate/9\"}");
}

static void nameless_crate(void)
{
	crate("\"name\":", "\"nom\":");
}

static void crate_without_root(void)
{
	crate("{\"@id\":\"./\",\"@type\"", "{\"@id\":\"#root\",\"@type\"");
}

static void crate_other_file(void)
{
	crate("{\"@id\":\"pages/page-1.html\",", "{\"@id\":\"pages/page-2.html\",");
}

static void crate_other_size(void)
{
	crate("\"contentSize\":\"", "\"contentSize\":\"1");
}

static void crate_other_digest(void)
{
	crate("\"sha256\":\"", "\"sha256\":\"0");
}

static void unsafe_name(void)
{
	test_puts(bag, "data/pages/aux.html", "x");
	test_bag_again(bag, LB_SHA256);
}

static void alike(void)
{
	test_puts(bag, "data/pages/PAGE-1.html", "x");
	test_bag_again(bag, LB_SHA256);
}

static const struct { const char *rule, *about; void (*change)(void); } life_faults[] = {
	{"LB-001", "lifeboat.json", bad_json}, {"LB-002", "lifeboat.json", no_id}, {"LB-003", "README.txt", no_readme},
	{"LB-004", "notes.txt", stray_tag_file}, {"LB-009", "notes.txt", stray_tag_file}, {"LB-005",
		"tagmanifest-sha256.txt", lf_is_crlf},
	{"LB-005", "tagmanifest-sha256.txt", upper_case}, {"LB-006", "bagit.txt", older_bagit}, {"LB-006",
		"manifest-sha512.txt", other_manifest},
	{"LB-004", "manifest-sha512.txt", other_manifest}, {"LB-007", "data/pages/aux.html", unsafe_name},
		{"LB-008", NULL, alike},
	{"LB-010", "data/pages/page-2.html", unlisted_in_json}, {"METS-002", "data/pages/page-2.html", unlisted_in_json},
	{"LB-011", NULL, other_size}, {"LB-011", NULL, other_digest}, {"LB-012", "lifeboat.json", other_count},
	{"LB-013", "lifeboat.json", photo_twice}, {"LB-020", "data/metadata/lifeboat.js", other_title}, {"LB-020",
		"data/metadata/lifeboat.js", other_maker},
	{"LB-021", "data/metadata/photoIndex.js", index_lacks_photo}, {"LB-021", "data/metadata/photoIndex.js",
		index_leads_astray},
	{"LB-022", "data/metadata/photos/100.js", no_metadata}, {"LB-022", "data/metadata/photos/100.js",
		broken_metadata},
	{"LB-023", "data/metadata/photos/100.js", other_photo}, {"LB-024", "data/metadata/photos/100.js", other_checksum},
	{"LB-024", "data/metadata/photos/100.js", other_media_size}, {"LB-024", "data/metadata/photos/100.js",
		media_elsewhere},
	{"LB-025", "data/metadata/photos/999.js", strange_metadata},
	{"LB-026", "data/metadata/photos/500.js", stub_with_words}, {"LB-031", "data/metadata/photos/500.js", stub_without_reason},
	{"LB-026", "data/metadata/photos/500.js", stub_in_one_place}, {"LB-026", "data/metadata/photoIndex.js", stub_told_in_index},
	{"LB-026", "data/media/thumbnails/300_abc123_t.jpg", stub_with_file},
	{"LB-027", "data/metadata/consentIndex.js", no_consent}, {"LB-030", "data/metadata/consentIndex.js", policy_untold},
	{"LB-030", "data/metadata/lifeboat.js", other_date}, {"LB-030", "data/metadata/photoIndex.js", index_of_words}, {"LB-031", "data/metadata/photos/300.js", metadata_without_tags},
	{"LB-030", "data/metadata/albumIndex.js", albums_without_photos}, {"LB-032", "data/provenance/plan.json", plan_of_another_kind}, {"LB-032", "data/provenance/plan.json", plan_with_words},
	{"LB-032", "data/provenance/plan.json", broken_plan},
	{"LB-027", "data/metadata/albumIndex.js", broken_albums}, {"LB-028", "data/metadata/albumIndex.js", album_of_strangers},
	{"LB-028", "data/metadata/collectionIndex.js", collection_in_nothing}, {"LB-028", "data/metadata/photoOrder.js", other_order},
	{"LB-028", "data/metadata/profileIndex.js", stranger_with_profile},
	{"LB-029", "data/metadata/contributorIndex.js", icon_elsewhere}, {"LB-029", "data/media/icons/7@N00.jpg", nobodys_icon}, {"METS-005", "data/metadata/photos/300.js",
		other_license},
	{"LB-040", "data/ro-crate-metadata.json", no_crate}, {"LB-040", "data/ro-crate-metadata.json", crate_of_another},
	{"LB-040", "data/ro-crate-metadata.json", broken_crate}, {"LB-040", "data/ro-crate-metadata.json", newer_crate},
	{"LB-040", "data/ro-crate-metadata.json", nameless_crate}, {"LB-040", "data/ro-crate-metadata.json", crate_without_root},
	{"LB-041", "data/ro-crate-metadata.json", crate_other_file}, {"LB-041", NULL, crate_other_size}, {"LB-041", NULL, crate_other_digest},
	{"METS-001", "METS.xml", broken_mets}, {"METS-001", "METS.xml", mets_with_entities}, {"METS-002",
		"data/pages/page-2.html", mets_other_file},
	{"METS-003", NULL, mets_other_size}, {"METS-004", "METS.xml", mets_other_photo}, {"METS-004", "METS.xml",
		mets_other_order},
	{"METS-006", "METS.xml", mets_other_id}, {"BAG-014", "data/pages/page-1.html", NULL},
};

START_TEST(finds_the_fault_in_a_lifeboat)
{
	ck_assert_uint_eq(test_errors(bag), 0);
	if (life_faults[_i].change)
		life_faults[_i].change();
	else
		test_puts(bag, "data/pages/page-1.html", "changed");
	must_find(life_faults[_i].rule, life_faults[_i].about);
	ck_assert_uint_gt(test_errors(bag), 0);
}
END_TEST

/* Another major version is not a fault of the package; a damaged version number is. */
START_TEST(newer_formats_are_not_judged)
{
	struct lb_report r = {0};
	edit("lifeboat.json", "\"formatVersion\": \"1.0\"", "\"formatVersion\": \"2.0\"");
	must_find("LB-001", "lifeboat.json");
	sign_again();
	ck_assert_int_eq(lb_verify(bag, NULL, NULL, &r, &err), LB_UNSUPPORTED);
	ck_assert(strstr(err.what, "2.0") != NULL);
}
END_TEST

/* ---- reading a package ---- */

static int list(void *arg, const struct lb_listing *l, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "%s|%s|%s|%s|%s|%s|%zu files|%s\n", l->id, l->owner_id, l->owner_name, l->license_id,
		l->taken ? l->taken : "-",
		l->ntags ? l->tags[0] : "-", l->nfiles, l->nfiles ? l->files[l->nfiles - 1].path : "-");
	return LB_OK;
}

START_TEST(lists_photos_in_their_order)
{
	struct lb_container *c = NULL;
	struct lb_buf b = LB_BUF(10000);
	char zip[400];
	snprintf(zip, sizeof zip, "%s/boats.zip", dir);
	ck_assert_ok(lb_pack(bag, "boats", zip, false, NULL, &err));
	ck_assert_ok(lb_container_open(zip, &c, &err));
	ck_assert_ok(lb_package_list(c, list, &b, &err));
	ck_assert_str_eq(lb_buf_str(&b),
		"300|1@N00|Anna|cc-by-2.0|2009-05-01T10:00:00|oldboat|2 files|data/media/thumbnails/300_abc123_t.jpg\n"
		"100|1@N00|Anna|all-rights-reserved|2009-05-01T10:00:00|oldboat|2 files|data/media/thumbnails/100_abc123_t.jpg\n"
		"200|1@N00|Anna|all-rights-reserved|2009-05-01T10:00:00|oldboat|1 files|data/media/thumbnails/200_abc123_t.jpg\n"
		"500|2@N00|(null)|all-rights-reserved|-|-|0 files|-\n");
	lb_container_free(c);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(lists_no_plain_bag)
{
	struct lb_container *c = NULL;
	char plain[400];
	struct lb_buf b = LB_BUF(100);
	snprintf(plain, sizeof plain, "%s/plain", dir);
	test_bag(plain, files);
	ck_assert_ok(lb_container_open(plain, &c, &err));
	ck_assert_int_eq(lb_package_list(c, list, &b, &err), LB_NOTFOUND);
	lb_container_free(c);
}
END_TEST

START_TEST(rules_are_sorted_and_told)
{
	for (size_t i = 0; i < lb_rule_count; i++) {
		ck_assert(i == 0 || strcmp(lb_rules[i - 1].id, lb_rules[i].id) < 0);
		ck_assert_uint_gt(strlen(lb_rules[i].text), 10);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *suite = suite_create("verify: rules");
	TCase *t = tcase_create("bags");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, a_good_bag_is_good);
	tcase_add_loop_test(t, every_algorithm, 0, LB_HASH_COUNT);
	tcase_add_test(t, is_neither);
	tcase_add_loop_test(t, finds_the_fault, 0, LB_COUNT(faults));
	tcase_add_test(t, older_bags_are_judged_by_their_rules);
	tcase_add_loop_test(t, uppercase_digests_and_other_line_ends_are_fine_in_a_bag, 0, 2);
	tcase_add_test(t, tells_what_was_renamed);
	tcase_add_test(t, tells_what_was_swapped);
	tcase_add_test(t, findings_are_sorted_and_bounded);
	tcase_add_test(t, cancelled_is_no_verdict);
	tcase_add_loop_test(t, bags_in_containers_of_others, 0, 3);
	tcase_add_test(t, rules_are_sorted_and_told);
	suite_add_tcase(suite, t);
	TCase *life = tcase_create("lifeboats");
	tcase_add_checked_fixture(life, setup_lifeboat, NULL);
	tcase_set_timeout(life, 60);
	tcase_add_loop_test(life, finds_the_fault_in_a_lifeboat, 0, LB_COUNT(life_faults));
	tcase_add_loop_test(life, finds_the_fault_in_mets, 0, LB_COUNT(mets_faults));
	tcase_add_test(life, newer_formats_are_not_judged);
	tcase_add_test(life, lists_photos_in_their_order);
	tcase_add_test(life, lists_no_plain_bag);
	suite_add_tcase(suite, life);
	return suite;
}
