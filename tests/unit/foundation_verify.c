/* Packages of the Flickr Foundation: sound ones are valid, and each kind of damage is found under its rule. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/foundation/foundation.h"
#include "tests/support/theirs.h"

static struct lb_error err;
static char root[512], dir[600];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/theirs", root);
}

static struct lb_report verify_at(const char *path)
{
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(path, NULL, NULL, &r, &err));
	return r;
}

static void check_sound(const char *path)
{
	LB_AUTO(lb_report_clear) struct lb_report r = verify_at(path);
	for (size_t i = 0; i < r.count; i++)
		if (r.findings[i].severity != LB_SEVERITY_INFO)
			ck_abort_msg("%s: %s %s: %s", path, r.findings[i].rule, r.findings[i].path, r.findings[i].message);
	ck_assert_int_eq(r.profile, LB_PROFILE_FOUNDATION);
}

START_TEST(sound)
{
	static const enum test_layout layouts[] = {TEST_PATHS, TEST_OBJECTS, TEST_MIXED};
	for (size_t i = 0; i < LB_COUNT(layouts); i++) {
		char path[700];
		snprintf(path, sizeof path, "%s/%zu", root, i);
		test_theirs(path, layouts[i], 7);
		check_sound(path);
		ck_assert_int_eq(test_finds(path, "FND-021", NULL), layouts[i] != TEST_OBJECTS);
		ck_assert_int_eq(test_finds(path, "FND-020", NULL), layouts[i] != TEST_PATHS);
		ck_assert_int_eq(test_finds(path, "FND-032", "metadata/lifeboat.js"), layouts[i] == TEST_OBJECTS);
		ck_assert_int_eq(test_finds(path, "FND-035", NULL), layouts[i] == TEST_MIXED);
	}
}
END_TEST

/* Below one folder; as the payload of a bag; in a folder of such a payload. */
START_TEST(places)
{
	static const char *const below[] = {"ENOLA", "bag/data", "deep/data/ENOLA"};
	for (size_t i = 0; i < LB_COUNT(below); i++) {
		char outer[700], path[800];
		snprintf(outer, sizeof outer, "%s/place%zu", root, i);
		snprintf(path, sizeof path, "%s/%s", outer, below[i]);
		test_theirs(path, TEST_OBJECTS, 3);
		if (i > 0) {
			snprintf(outer, sizeof outer, "%s/place%zu/%s", root, i, i == 1 ? "bag" : "deep");
			test_puts(outer, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
			test_bag_again(outer, LB_SHA256);
		}
		check_sound(outer);
		if (i > 0) {
			test_puts(path, "README.html", "changed");
			ck_assert(test_finds(outer, "BAG-014", i == 1 ? "data/README.html" : "data/ENOLA/README.html"));
		}
	}
}
END_TEST

START_TEST(none_of_theirs)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	struct lb_foundation f;
	test_theirs(dir, TEST_PATHS, 1);
	ck_assert_ok(lb_container_open(dir, &c, &err));
	ck_assert(lb_foundation_find(c, &f));
	lb_container_freep(&c);
	test_puts(dir, "lifeboat.json", "{}");
	ck_assert_ok(lb_container_open(dir, &c, &err));
	ck_assert(!lb_foundation_find(c, &f));
	lb_container_freep(&c);
	char two[700];
	snprintf(two, sizeof two, "%s/two", root);
	test_puts(two, "a/metadata/photoIndex.js", "const photoIndex = {};\n");
	test_puts(two, "b/metadata/photoIndex.js", "const photoIndex = {};\n");
	ck_assert_ok(lb_container_open(two, &c, &err));
	ck_assert(!lb_foundation_find(c, &f));
}
END_TEST

/* ---- damage ---- */

#define PHOTO "metadata/photos/53478812196.js"
#define INDEX "metadata/photoIndex.js"
#define ORIGINAL "media/originals/53478812196_5ec0_o.jpg"

/* to NULL: the file is removed; from NULL: it becomes `to`. */
static const struct damage { const char *rule, *about, *path, *from, *to; bool objects; } damages[] = {
	{"FND-001", INDEX, INDEX, NULL, "const photoIndex = {\"1\": }", false},
	{"FND-001", INDEX, INDEX, "const photoIndex =", "const photo-index =", false},
	{"FND-002", PHOTO, PHOTO, "{", "{,", false},
	{"FND-002", "metadata/tagIndex.js", "metadata/tagIndex.js", NULL, "var tagIndex = {\"a\":01};", false},
	{"FND-002", "metadata/more.js", "metadata/more.js", NULL, "alert(1)", false},
	{"FND-002", "metadata/lifeboat.js", "metadata/lifeboat.js", "\"purpose\"", "\"name\"", false},
	{"FND-003", "metadata/lifeboat.js", "metadata/lifeboat.js", "const lifeboat", "const about", false},
	{"FND-002", INDEX, INDEX, "\"title\": \"Boat 0\"", "\"title\": Boat", false},
	{"FND-003", PHOTO, PHOTO, "const photo", "const picture", false},
	{"FND-003", INDEX, INDEX, "const photoIndex", "const photos", false},
	{"FND-004", "metadata/licenseIndex.js", "metadata/licenseIndex.js", "\"in-copyright\"", "\"cc-by-2.0\"", false},
	{"FND-004", "metadata/tagIndex.js", "metadata/tagIndex.js", "__proto__", "oldboat", false},
	{"FND-004", INDEX, INDEX, "\"869032\": {", "\"53478812196\": {", false},
	{"FND-006", INDEX, INDEX, "\"53478812196\": {", "\"../../../x\": {", false},
	{"FND-007", PHOTO, PHOTO, "\"countViews\": 100", "\"countViews\": \"100\"", false},
	{"FND-007", INDEX, INDEX, "\"title\": \"Boat 0\"", "\"title\": 7", false},
	{"FND-010", PHOTO, PHOTO, NULL, NULL, false},
	{"FND-010", "metadata/elsewhere.js", INDEX, "\"" PHOTO "\"", "\"metadata/elsewhere.js\"", false},
	{"FND-011", PHOTO, PHOTO, "\"id\": \"53478812196\"", "\"id\": \"2\"", false},
	{"FND-012", PHOTO, PHOTO, "\"title\": \"Boat 0\"", "\"title\": \"Boat\"", false},
	{"FND-012", PHOTO, PHOTO, "\"licenseId\": \"in-copyright\"", "\"licenseId\": \"cc-by-2.0\"", false},
	{"FND-012", PHOTO, INDEX, "media/thumbnails/53478812196_5ec0_n.jpg", ORIGINAL, false},
	{"FND-013", PHOTO, PHOTO, "\"countViews\": 100", "\"countViews\": 101", false},
	{"FND-013", PHOTO, PHOTO, "\"circa\"", "\"year\"", false},
	{"FND-013", PHOTO, PHOTO, "\"visibility\": \"public\"", "\"visibility\": \"private\"", false},
	{"FND-014", "metadata/photos/1.js", "metadata/photos/1.js", NULL, "const photo = {};\n", false},
	{"FND-015", PHOTO, PHOTO, ORIGINAL, "../../etc/passwd", false},
	{"FND-015", PHOTO, PHOTO, ORIGINAL, "/etc/passwd", false},
	{"FND-015", PHOTO, PHOTO, ORIGINAL, "media/./x.jpg", true},
	{"FND-015", INDEX, INDEX, "\"" PHOTO "\"", "\"../x.js\"", false},
	{"FND-016", PHOTO, ORIGINAL, NULL, NULL, false},
	{"FND-016", PHOTO, PHOTO, ORIGINAL, "media/originals", false},
	{"FND-017", ORIGINAL, ORIGINAL, NULL, "\xff\xd8\xff other bytes", true},
	{"FND-018", ORIGINAL, ORIGINAL, "original 0", "original X", true},
	{"FND-019", PHOTO, PHOTO, "\"checksum\": \"", "\"checksum\": \"0", true},
	{"FND-022", "media/originals/more.jpg", "media/originals/more.jpg", NULL, "x", false},
	{"FND-023", ORIGINAL, PHOTO, "media/thumbnails/53478812196_5ec0_n.jpg", ORIGINAL, false},
	{"FND-024", "metadata/groupIndex.js", "metadata/groupIndex.js", "[]", "[\"5\"]", false},
	{"FND-025", PHOTO, PHOTO, "\"9002@N09\"", "\"9009@N09\"", false},
	{"FND-025", "metadata/galleryIndex.js", "metadata/galleryIndex.js", "\"9002@N09\"", "\"9009@N09\"", false},
	{"FND-026", PHOTO, PHOTO, "\"in-copyright\"", "\"new-1.0\"", false},
	{"FND-027", PHOTO, PHOTO, "\"72157600000000001\"", "\"1\"", false},
	{"FND-027", PHOTO, PHOTO, "\"66-1\"", "\"66-2\"", false},
	{"FND-027", PHOTO, PHOTO, "\"77@N07\"", "\"78@N07\"", false},
	{"FND-028", PHOTO, PHOTO, "\"original\": \"", "\"largest\": \"", false},
	{"FND-030", "README.html", "README.html", NULL, NULL, false},
	{"FND-031", "viewer", "viewer/data.html", NULL, NULL, false},
	{"FND-032", "metadata/lifeboat.js", "metadata/lifeboat.js", NULL, NULL, false},
	{"FND-033", "metadata/lifeboat.js", "metadata/lifeboat.js", "\"purpose\"", "\"propose\"", false},
	{"FND-034", "metadata/lifeboat.js", "metadata/lifeboat.js", "2025-06-01T10:00:00Z", "2025-06-01", false},
	{"FND-034", PHOTO, PHOTO, "\"circa\"", "\"decade\"", false},
	{"FND-036", "metadata/licenseIndex.js", "metadata/licenseIndex.js", NULL, NULL, false},
};

static void apply(const struct damage *d, const char *to)
{
	if (!d->to)
		ck_assert_int_eq(unlink(test_path(to, d->path)), 0);
	else if (d->from)
		test_replace(to, d->path, d->from, d->to);
	else
		test_puts(to, d->path, d->to);
}

static bool told_as(const struct lb_report *r, const struct damage *d)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct lb_finding *f = &r->findings[i];
		for (size_t k = 0; k < lb_rule_count; k++)
			if (strcmp(lb_rules[k].id, f->rule) == 0)
				ck_assert_int_eq(f->severity, lb_rules[k].severity);
		if (strcmp(f->rule, d->rule) == 0 && f->path && strcmp(f->path, d->about) == 0)
			return true;
	}
	return false;
}

START_TEST(every_damage_is_found)
{
	char sound_dirs[2][700];
	for (int i = 0; i < 2; i++) {
		snprintf(sound_dirs[i], sizeof sound_dirs[i], "%s/sound%d", root, i);
		test_theirs(sound_dirs[i], i ? TEST_OBJECTS : TEST_PATHS, 3);
	}
	for (size_t i = 0; i < LB_COUNT(damages); i++) {
		const struct damage *d = &damages[i];
		LB_AUTO(lb_report_clear) struct lb_report before = verify_at(sound_dirs[d->objects]);
		ck_assert_msg(!told_as(&before, d), "%s is told of a sound package", d->rule);
		test_copy_tree(sound_dirs[d->objects], dir);
		apply(d, dir);
		LB_AUTO(lb_report_clear) struct lb_report r = verify_at(dir);
		ck_assert_msg(told_as(&r, d), "row %zu: no %s about %s", i, d->rule, d->about);
		ck_assert_ok(lb_dir_remove(dir, &err));
	}
}
END_TEST

/* Every rule of this chapter has a row above, or a test of its own. */
START_TEST(every_rule_is_tested)
{
	static const char *const elsewhere[] = {"FND-020", "FND-021", "FND-035", "FND-037"};
	for (size_t i = 0; i < lb_rule_count; i++) {
		bool known = strncmp(lb_rules[i].id, "FND-", 4) != 0;
		for (size_t k = 0; k < LB_COUNT(damages); k++)
			known = known || strcmp(damages[k].rule, lb_rules[i].id) == 0;
		for (size_t k = 0; k < LB_COUNT(elsewhere); k++)
			known = known || strcmp(elsewhere[k], lb_rules[i].id) == 0;
		ck_assert_msg(known, "%s is not tested", lb_rules[i].id);
	}
}
END_TEST

START_TEST(unreadable_media)
{
	if (geteuid() == 0) {
		printf("SKIP: root can read every file\n");
		return;
	}
	test_theirs(dir, TEST_OBJECTS, 1);
	ck_assert_int_eq(chmod(test_path(dir, ORIGINAL), 0), 0);
	ck_assert_int_eq(chmod(test_path(dir, "README.html"), 0), 0);
	ck_assert(test_finds(dir, "FND-037", ORIGINAL));
	ck_assert(test_finds(dir, "FND-037", "README.html"));
}
END_TEST

START_TEST(other_algorithms)
{
	static const enum lb_hash hashes[] = {LB_MD5, LB_SHA1, LB_SHA512};
	for (size_t i = 0; i < LB_COUNT(hashes); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf bytes = LB_BUF(4096);
		LB_AUTO(lb_digest_freep) struct lb_digest *digest = lb_digest_new(hashes[i]);
		char hex[LB_HASH_HEX_MAX], sha256[LB_SHA256_HEX];
		test_theirs(dir, TEST_OBJECTS, 1);
		test_read(dir, ORIGINAL, &bytes);
		lb_digest_add(digest, bytes.p, bytes.len);
		lb_digest_hex(digest, hex);
		for (char *c = hex; *c; c++) /* the format does not say in which case */
			*c = *c >= 'a' && *c <= 'f' ? (char)(*c - 32) : *c;
		lb_sha256(bytes.p, bytes.len, sha256);
		test_replace(dir, PHOTO, sha256, hex);
		check_sound(dir);
		test_replace(dir, ORIGINAL, "original 0", "original 1");
		ck_assert(test_finds(dir, "FND-018", ORIGINAL));
		ck_assert_ok(lb_dir_remove(dir, &err));
	}
}
END_TEST

/* ---- our own data/ ---- */

static int tell(void *arg, const struct lb_listing *p, struct lb_error *e)
{
	struct lb_buf *b = arg;
	(void)e;
	lb_buf_addf(b, "%s|%s|%s|%s|%s|%s|%s|%s|%lld|%lld|%s", p->id, p->title ? p->title : "-", p->owner_id ? p->owner_id : "-",
		p->owner_name ? p->owner_name : "-", p->license_id ? p->license_id : "-", p->url ? p->url : "-", p->posted ? p->posted : "-",
		p->taken ? p->taken : "-", (long long)p->comments, (long long)p->faves, p->withheld ? p->withheld : "-");
	for (size_t i = 0; i < p->ntags; i++)
		lb_buf_addf(b, "|%s", p->tags[i]);
	for (size_t i = 0; i < p->nfiles; i++)
		lb_buf_addf(b, "|%s %s %llu", strstr(p->files[i].path, "media/"), p->files[i].sha256, (unsigned long long)p->files[i].size);
	lb_buf_addc(b, '\n');
	return 0;
}

START_TEST(data_of_our_own)
{
	LB_AUTO(lb_container_freep) struct lb_container *whole = NULL, *data = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf ours = LB_BUF(1 << 20), theirs = LB_BUF(1 << 20);
	struct lb_foundation f;
	test_lifeboat(dir);
	const char *inner = test_path(dir, "data");
	ck_assert_ok(lb_container_open(dir, &whole, &err));
	ck_assert_ok(lb_container_open(inner, &data, &err));
	ck_assert(!lb_foundation_find(whole, &f));
	ck_assert(lb_foundation_find(data, &f));
	ck_assert_ok(lb_package_list(whole, tell, &ours, &err));
	ck_assert_ok(lb_foundation_list(&f, tell, &theirs, &err));
	ck_assert_uint_gt(ours.len, 100);
	ck_assert_str_eq(lb_buf_str(&ours), lb_buf_str(&theirs));
	LB_AUTO(lb_report_clear) struct lb_report r = verify_at(inner);
	ck_assert_int_eq(r.profile, LB_PROFILE_FOUNDATION);
	ck_assert_uint_eq(r.errors, 0);
	ck_assert(!test_finds(inner, "FND-020", NULL)); /* our files tell the algorithm */
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("foundation: verify");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, sound);
	tcase_add_test(t, places);
	tcase_add_test(t, none_of_theirs);
	tcase_add_test(t, every_damage_is_found);
	tcase_add_test(t, every_rule_is_tested);
	tcase_add_test(t, unreadable_media);
	tcase_add_test(t, other_algorithms);
	tcase_add_test(t, data_of_our_own);
	suite_add_tcase(s, t);
	return s;
}
