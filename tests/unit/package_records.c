/* What surrounds the photos, and what is kept back, in the data files of a package. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/package.h"
#include "format/text/text.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"
#include "tests/support/write_again.h"

#define CREATED 1763675220 /* 2025-11-20T21:47:00Z */
#define NASTY "\"q\" </script> \xe2\x80\xa8 __proto__"

static struct lb_error err;
static char root[400], dir[500];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
}

/* ---- looking ---- */

static struct lb_json *read_js(const char *name)
{
	char path[300], found[64];
	struct lb_buf text = LB_BUF(64 << 20);
	struct lb_json *v = NULL;
	snprintf(path, sizeof path, "data/metadata/%s.js", name);
	test_read(dir, path, &text);
	ck_assert_ok(lb_datajs_parse(lb_buf_span(&text), found, &v, &err));
	lb_buf_clear(&text);
	return v;
}

/* "a.0.b" */
static const struct lb_json *at(const struct lb_json *v, const char *path)
{
	struct lb_span rest = lb_span(path), part;
	while (lb_span_cut(&rest, '.', &part)) {
		char *key = lb_strndup(part.p, part.n);
		uint64_t i;
		v = lb_json_is_array(v) && lb_parse_u64(part, &i) ? lb_json_at(v, i) : lb_json_get(v, key);
		free(key);
	}
	return v;
}

static void is_words(const struct lb_json *list, const char *expected)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	ck_assert(lb_json_is_array(list));
	for (size_t i = 0; i < lb_json_count(list); i++)
		lb_buf_addf(&b, "%s%s", i ? " " : "", lb_json_str(lb_json_at(list, i)));
	ck_assert_str_eq(lb_buf_str(&b), expected);
}

static void is_text(const struct lb_json *v, const char *path, const char *expected)
{
	const char *text = lb_json_str(at(v, path));
	ck_assert_msg(expected ? text && strcmp(text, expected) == 0 : at(v, path) && lb_json_is_null(at(v, path)), "%s is %s", path,
		text ? text : "no text");
}

static void keys_are(const struct lb_json *object, const char *expected)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	const struct lb_json *value;
	const char *key;
	for (void *it = NULL; lb_json_each(object, &it, &key, &value);)
		lb_buf_addf(&b, "%s%s", b.len ? " " : "", key);
	ck_assert_str_eq(lb_buf_str(&b), expected);
}

/* ---- making ---- */

static struct lb_person member(const char *nsid, const char *name)
{
	struct lb_person p;
	lb_person_init(&p);
	p.nsid = nsid;
	p.username = name;
	return p;
}

static struct lb_media medium(const char *name, const char *content)
{
	static struct lb_arena arena;
	char *sha256 = lb_arena_alloc(&arena, LB_SHA256_HEX);
	test_puts(root, name, content);
	lb_sha256(content, strlen(content), sha256);
	return (struct lb_media){.present = true, .source_path = lb_arena_strdup(&arena, test_path(root, name)), .sha256 = sha256, .label = "Original",
		.url = "https://live.staticflickr.com/1/x.jpg", .mime = "image/jpeg", .extension = "jpg", .size = strlen(content), .width = 4, .height = 3,
		.captured = CREATED};
}

static const char *const layers[] = {"photo", "comments", "exif"};
static const struct lb_package_consent consent[] = {{"2@N00", "bob", "refused", "2025-11-02", "2025-12-01", NULL, NASTY}};
static const struct lb_package_policy rescue = {.name = "rescue", .sentence = "Everything.", .agreed = CREATED - 60, .agreement = "I know " NASTY,
	.safety = "moderate", .private_included = true, .pseudonymised = true, .account_id = "1@N00", .account_name = "ann", .layers = layers, .nlayers = 3,
	.consent = consent, .nconsent = 1};

static struct lb_package *begin(const struct lb_package_policy *policy, size_t planned)
{
	struct lb_package_info info = {.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "Boats", .created = CREATED, .planned = planned};
	struct lb_package *p = NULL;
	if (policy)
		info.policy = *policy;
	ck_assert_ok(lb_package_begin(dir, &info, NULL, &p, &err));
	return p;
}

static void add_photo(struct lb_package *p, const char *id, const char *withheld)
{
	struct lb_photo photo;
	struct lb_comment comment = {.id = "c", .text = "lovely", .author = member("9@N00", "guest"), .date = CREATED};
	struct lb_exif exif[] = {{"IFD0", "0", "Make", "Make", NASTY, NULL}, {"ExifIFD", "0", "FNumber", "Aperture", "8", "f/8"}};
	struct lb_license_change change = {CREATED - 9, "All Rights Reserved", NULL, "CC BY 2.0", "https://creativecommons.org/"};
	lb_photo_init(&photo);
	photo.id = id;
	photo.title = "Boat";
	photo.description = "secret words";
	photo.secret = "s";
	photo.owner = member("1@N00", "ann");
	photo.owner.realname = "Ann Secret";
	photo.license_id = "4";
	photo.media = "video";
	photo.is_public = 1;
	photo.date_posted = photo.captured = CREATED;
	photo.comments = &comment, photo.ncomments = 1;
	photo.exif = exif, photo.nexif = 2;
	photo.camera = "Kodak", photo.exif_source = "file";
	photo.license_changes = &change, photo.nlicense_changes = 1, photo.license_history_known = 1;
	photo.files[LB_ORIGINAL] = medium(id, id);
	photo.withheld = withheld;
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
}

static void add_sets(struct lb_package *p)
{
	const char *order[] = {"30", "77", "10", "30", "20", "40"}, *pool[] = {"20"};
	struct lb_comment said = {.id = "a-1", .permalink = "https://x/", .text = NASTY, .author = member("8@N00", "cy"), .date = 5};
	struct lb_gallery_item items[] = {{"20", "of a stub"}, {"10", NASTY}, {"77", "of a stranger"}, {"30", ""}};
	lb_package_add_album(p, &(struct lb_album){.id = "1", .title = "Lake", .photo_ids = order, .nphoto_ids = 6, .comments = &said, .ncomments = 1});
	lb_package_add_album(p, &(struct lb_album){.id = "2", .photo_ids = order, .nphoto_ids = 0});
	lb_package_add_group(p, &(struct lb_group){.id = "5@N01", .title = "g", .photo_ids = pool, .nphoto_ids = 1, .date_created = "2005-01-01 00:00:00"});
	lb_package_add_gallery(p, &(struct lb_gallery){.id = "6-7", .title = "v", .items = items, .nitems = 4, .owner = member("1@N00", NULL)});
}

static void add_people(struct lb_package *p)
{
	struct lb_person_profile profile = {.join_date = 86400, .occupation = NASTY, .website = "https://a/", .showcase_album_id = "1"};
	struct lb_person bob = member("2@N00", "bob");
	struct lb_media icon = medium("icon", "a face");
	bob.profile = &profile;
	lb_package_add_person(p, &bob);
	profile.occupation = "told too late";
	lb_package_add_person(p, &bob);
	ck_assert_ok(lb_package_add_icon(p, "2@N00", &icon, &err));
	ck_assert_ok(lb_package_add_icon(p, "2@N00", &icon, &err));
	ck_assert_ok(lb_package_add_icon(p, "2@n00", &icon, &err)); /* the same file on some systems */
	ck_assert_int_eq(lb_package_add_icon(p, "../../x", &icon, &err), LB_FORMAT);
}

static void add_collections(struct lb_package *p)
{
	const char *albums[] = {"1", "404"};
	lb_package_add_collection(p, &(struct lb_collection){.id = "a", .title = "A"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "b", .title = "B"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "a1", .parent_id = "a", .album_ids = albums, .nalbum_ids = 2});
	lb_package_add_collection(p, &(struct lb_collection){.id = "b1", .parent_id = "b", .description = NASTY});
	lb_package_add_collection(p, &(struct lb_collection){.id = "a2", .parent_id = "a"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "a11", .parent_id = "a1"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "self", .parent_id = "self"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "a", .parent_id = "a11"}); /* would be a circle */
}

/* 10, 20 (withheld), 30; 40 is missing. Sets before or after the photos: the same package. */
static void build(bool sets_first)
{
	struct lb_package *p = begin(&rescue, 4);
	lb_package_add_license(p, &(struct lb_license){"4", "CC BY", "https://creativecommons.org/"});
	if (sets_first)
		add_sets(p);
	add_photo(p, "10", NULL);
	add_photo(p, "20", "Its owner <refused>.");
	add_photo(p, "30", NULL);
	ck_assert_ok(lb_package_add_missing(p, "40", &err));
	if (!sets_first)
		add_sets(p);
	add_people(p);
	add_collections(p);
	static const char *const pages[] = {"index.html", "data/README.html", "data/pages/index.html"};
	for (size_t i = 0; i < LB_COUNT(pages); i++)
		ck_assert_ok(lb_package_put(p, pages[i], lb_span(test_page), &err));
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
}

/* ---- photos ---- */

START_TEST(photo_has_exif_and_history)
{
	build(false);
	struct lb_json *v = read_js("photos/10");
	is_text(v, "exif.source", "file");
	is_text(v, "exif.camera", "Kodak");
	is_text(v, "exif.tags.0.rawValue", NASTY);
	is_text(v, "exif.tags.0.cleanValue", NULL);
	is_text(v, "exif.tags.1.tagspace", "ExifIFD");
	is_text(v, "exif.tags.1.label", "Aperture");
	ck_assert(lb_json_bool(at(v, "licenseHistoryKnown"), false));
	is_text(v, "licenseHistory.0.dateChanged", "2025-11-20T21:46:51Z");
	is_text(v, "licenseHistory.0.oldLicense.label", "All Rights Reserved");
	is_text(v, "licenseHistory.0.oldLicense.url", NULL);
	is_text(v, "licenseHistory.0.newLicense.url", "https://creativecommons.org/");
	ck_assert(!lb_json_bool(at(v, "stub"), true));
	lb_json_free(v);
}
END_TEST

START_TEST(stub_says_only_what_it_may)
{
	build(false);
	struct lb_json *v = read_js("photos/20");
	keys_are(v, "id url title uploaderId licenseId visibility stub withheld");
	is_text(v, "withheld", "Its owner <refused>.");
	is_text(v, "licenseId", "cc-by-2.0");
	is_text(v, "visibility", "public");
	lb_json_free(v);
	v = read_js("photoIndex");
	is_text(v, "20.withheld", "Its owner <refused>.");
	is_text(v, "20.media", NULL);
	is_text(v, "20.thumbnail", NULL);
	is_text(v, "20.dateUploaded", NULL);
	ck_assert(lb_json_bool(at(v, "20.stub"), false) && !lb_json_bool(at(v, "10.stub"), true));
	lb_json_free(v);
	v = read_js("photoOrder");
	is_words(v, "10 20 30");
	lb_json_free(v);
	v = read_js("contributorIndex");
	ck_assert_int_eq(lb_json_int(at(v, "9@N00.contributions.comment"), -1), 2); /* not the one on the stub */
	ck_assert_int_eq(lb_json_int(at(v, "1@N00.contributions.photo"), -1), 3);
	lb_json_free(v);
	ck_assert(!lb_file_exists(test_path(dir, "data/media/originals/20_s_o.jpg")));
}
END_TEST

static int count_withheld(void *arg, const struct lb_listing *l, struct lb_error *e)
{
	(void)e;
	if (l->withheld && strcmp(l->id, "20") == 0 && l->nfiles == 0 && strcmp(l->withheld, "Its owner <refused>.") == 0)
		(*(int *)arg)++;
	return 0;
}

START_TEST(list_tells_why_withheld)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	int withheld = 0;
	build(false);
	ck_assert_ok(lb_container_open(dir, &c, &err));
	ck_assert_ok(lb_package_list(c, count_withheld, &withheld, &err));
	ck_assert_int_eq(withheld, 1);
}
END_TEST

/* ---- sets ---- */

START_TEST(sets_have_their_own_order)
{
	build(_i);
	struct lb_json *v = read_js("albumIndex");
	is_words(at(v, "1.photoIds"), "30 10 20");
	ck_assert_int_eq(lb_json_int(at(v, "1.countListed"), -1), 6);
	is_text(v, "1.comments.0.text", NASTY);
	is_text(v, "1.comments.0.authorId", "8@N00");
	is_words(at(v, "2.photoIds"), "");
	ck_assert_int_eq(lb_json_int(at(v, "2.countListed"), -1), 0);
	lb_json_free(v);
	v = read_js("groupIndex");
	is_words(at(v, "5@N01.photoIds"), "20");
	is_text(v, "5@N01.dateCreated", "2005-01-01 00:00:00");
	lb_json_free(v);
	v = read_js("galleryIndex");
	is_words(at(v, "6-7.photoIds"), "20 10 30");
	ck_assert_uint_eq(lb_json_count(at(v, "6-7.photoComments")), 1);
	is_text(v, "6-7.photoComments.0.photoId", "10");
	is_text(v, "6-7.photoComments.0.text", NASTY);
	lb_json_free(v);
	v = read_js("contributorIndex");
	is_text(v, "8@N00.username", "cy");
	lb_json_free(v);
}
END_TEST

START_TEST(listed_come_before_told)
{
	struct lb_package *p = begin(NULL, 3);
	const char *ids[] = {"1", "2", "3"}, *order[] = {"3"};
	size_t n;
	for (size_t i = 0; i < 3; i++) {
		struct lb_photo photo;
		struct lb_album album = {.id = "7", .title = "Lake"};
		lb_photo_init(&photo);
		photo.id = ids[i];
		photo.albums = &album, photo.nalbums = 1;
		ck_assert_ok(lb_package_add_photo(p, &photo, &err));
	}
	const struct lb_album_entry *e = lb_package_albums(p, &n);
	ck_assert(n == 1 && e->nphotos == 3 && e->photos[0] == 0 && e->photos[2] == 2);
	lb_package_add_album(p, &(struct lb_album){.id = "7", .photo_ids = order, .nphoto_ids = 1});
	e = lb_package_albums(p, &n);
	ck_assert(e->nphotos == 3 && e->photos[0] == 2 && e->photos[1] == 0 && e->photos[2] == 1);
	lb_package_free(p);
}
END_TEST

START_TEST(collections_stand_as_a_tree)
{
	build(false);
	struct lb_json *v = read_js("collectionIndex");
	keys_are(v, "a a1 a11 a2 b b1 self");
	is_text(v, "a.parentId", NULL);
	is_text(v, "a11.parentId", "a1");
	is_text(v, "self.parentId", NULL);
	is_words(at(v, "a1.albumIds"), "1 404");
	lb_json_free(v);
}
END_TEST

START_TEST(depth_of_collections_has_a_limit)
{
	struct lb_package *p = begin(NULL, 0);
	char id[16], parent[16] = "";
	size_t n, deepest = 0;
	for (size_t i = 0; i < 5000; i++) {
		snprintf(id, sizeof id, "%zu", i);
		lb_package_add_collection(p, &(struct lb_collection){.id = id, .parent_id = parent});
		memcpy(parent, id, sizeof id);
	}
	const struct lb_collection_entry *tree = lb_package_collections(p, &n);
	ck_assert_uint_eq(n, 5000);
	for (size_t i = 0; i < n; i++)
		deepest = tree[i].depth > deepest ? tree[i].depth : deepest;
	ck_assert_uint_eq(deepest, 31);
	ck_assert_str_eq(tree[4999].collection.id, "4999");
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
}
END_TEST

/* ---- people, rules ---- */

START_TEST(people_have_profiles_and_pictures)
{
	build(false);
	struct lb_json *v = read_js("profileIndex");
	keys_are(v, "2@N00");
	is_text(v, "2@N00.joinDate", "1970-01-02T00:00:00Z");
	is_text(v, "2@N00.occupation", NASTY);
	is_text(v, "2@N00.hometown", NULL);
	is_text(v, "2@N00.showcaseAlbumId", "1");
	lb_json_free(v);
	v = read_js("contributorIndex");
	is_text(v, "2@N00.iconPath", "media/icons/2@N00.jpg");
	is_text(v, "2@n00.iconPath", NULL);
	is_text(v, "1@N00.iconPath", NULL);
	lb_json_free(v);
	LB_AUTO(lb_buf_clear) struct lb_buf mets = LB_BUF(1 << 20), json = LB_BUF(1 << 20);
	test_read(dir, "METS.xml", &mets);
	test_read(dir, "lifeboat.json", &json);
	ck_assert(strstr(json.p, "\"path\":\"data/media/icons/2@N00.jpg\",\"size\":6,") && strstr(json.p, "\"role\":\"icon\",\"photo\":null"));
	ck_assert(strstr(mets.p, "<fileGrp USE=\"icon\">") && strstr(mets.p, "data/media/icons/2%40N00.jpg"));
}
END_TEST

START_TEST(rules_are_told_everywhere)
{
	static const char *const places[] = {"consentIndex", "lifeboat"};
	build(false);
	for (size_t i = 0; i < LB_COUNT(places); i++) {
		struct lb_json *v = read_js(places[i]);
		is_text(v, "policy.name", "rescue");
		is_text(v, "policy.agreed", "2025-11-20T21:46:00Z");
		is_text(v, "policy.agreement", "I know " NASTY);
		is_text(v, "policy.safety", "moderate");
		is_text(v, "policy.account.name", "ann");
		is_words(at(v, "policy.layers"), "photo comments exif");
		ck_assert(lb_json_bool(at(v, "policy.privateIncluded"), false) && lb_json_bool(at(v, "policy.pseudonymised"), false));
		ck_assert(!lb_json_bool(at(v, "policy.silenceIsConsent"), true));
		lb_json_free(v);
	}
	struct lb_json *v = read_js("consentIndex");
	is_text(v, "consent.0.ownerId", "2@N00");
	is_text(v, "consent.0.status", "refused");
	is_text(v, "consent.0.deadline", "2025-12-01");
	is_text(v, "consent.0.evidence", NULL);
	is_text(v, "consent.0.note", NASTY);
	lb_json_free(v);
	LB_AUTO(lb_buf_clear) struct lb_buf readme = LB_BUF(1 << 20);
	test_read(dir, "README.txt", &readme);
	ck_assert(strstr(readme.p, "Policy: rescue\nEverything.\n") && strstr(readme.p, "On 2025-11-20 the maker agreed to this:\n    I know \"q\" </script>"));
	ck_assert(strstr(readme.p, "by\npseudonyms.") && strstr(readme.p, "Asked for: photo, comments, exif."));
}
END_TEST

START_TEST(no_rules_no_words)
{
	struct lb_package *p = begin(NULL, 0);
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
	struct lb_json *v = read_js("consentIndex");
	is_text(v, "policy.name", NULL);
	is_text(v, "policy.agreed", NULL);
	is_text(v, "policy.account", NULL);
	is_words(at(v, "policy.layers"), "");
	is_words(at(v, "consent"), "");
	lb_json_free(v);
	LB_AUTO(lb_buf_clear) struct lb_buf mets = LB_BUF(1 << 20);
	test_read(dir, "METS.xml", &mets);
	ck_assert(!strstr(mets.p, "policy assignment"));
}
END_TEST

/* ---- the whole ---- */

/* Every field of the files that this program's own tests of photos and albums do not have. */
START_TEST(every_field_is_specified)
{
	static const char *const files[] = {"photos/10", "photos/20", "photoIndex", "albumIndex", "galleryIndex", "groupIndex", "collectionIndex",
		"profileIndex", "contributorIndex", "consentIndex", "lifeboat"};
	LB_AUTO(lb_buf_clear) struct lb_buf spec = LB_BUF(1 << 20);
	build(false);
	ck_assert_ok(lb_file_read("spec/03-metadata.md", 1 << 20, &spec, &err));
	for (size_t i = 0; i < LB_COUNT(files); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf json = LB_BUF(1 << 20);
		char path[100], quoted[64];
		snprintf(path, sizeof path, "data/metadata/%s.js", files[i]);
		test_read(dir, path, &json);
		for (const char *key = json.p; (key = strchr(key, '"')); key++) {
			size_t n = strspn(key + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
			if (n < 5 || n > 40 || strncmp(key + 1 + n, "\":", 2) != 0) /* ids of collections are short here */
				continue;
			snprintf(quoted, sizeof quoted, "`%.*s`", (int)n, key + 1);
			ck_assert_msg(strstr(spec.p, quoted), "%s: %s is not in spec/03-metadata.md", files[i], quoted);
		}
	}
}
END_TEST

START_TEST(is_a_valid_lifeboat)
{
	build(true);
	struct lb_report report = {0};
	ck_assert_ok(lb_verify(dir, NULL, NULL, &report, &err));
	for (size_t i = 0; i < report.count; i++)
		printf("%s %s %s\n", report.findings[i].rule, report.findings[i].path, report.findings[i].message);
	ck_assert_uint_eq(report.errors, 0);
	lb_report_clear(&report);
}
END_TEST

START_TEST(its_mets_is_valid)
{
	char command[2000];
	if (!test_shared("schemas/all-mets1.xsd") || system("command -v xmllint >/dev/null 2>&1") != 0)
		return;
	build(false);
	snprintf(command, sizeof command, "XML_CATALOG_FILES=../shared/data/schemas/catalog.xml xmllint --nonet --noout"
		" --schema ../shared/data/schemas/all-mets1.xsd %s/METS.xml 2>%s/log || { cat %s/log; exit 1; }", dir, root, root);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(the_same_again)
{
	char first[500];
	build(false);
	snprintf(first, sizeof first, "%s", dir);
	snprintf(dir, sizeof dir, "%s/again", root);
	build(false);
	ck_assert(test_trees_equal(first, dir));
}
END_TEST

START_TEST(read_back_it_is_the_same)
{
	char again[500], first[600], second[600], command[1300];
	build(_i == 0);
	snprintf(again, sizeof again, "%s/again", root);
	test_write_again(dir, again);
	snprintf(first, sizeof first, "%s/data/metadata", dir);
	snprintf(second, sizeof second, "%s/data/metadata", again);
	snprintf(command, sizeof command, "diff -r %s %s", first, second);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

/* ---- many ---- */

#define MANY 20000
START_TEST(large_albums_take_no_square_of_time)
{
	struct lb_package *p = begin(NULL, MANY);
	struct lb_arena arena = {0};
	const char **ids = lb_arena_alloc(&arena, MANY * sizeof *ids);
	size_t n;
	for (size_t i = 0; i < MANY; i++) {
		ids[MANY - 1 - i] = lb_arena_printf(&arena, "%zu", 1000 + i);
		ck_assert_ok(lb_package_add_missing(p, ids[MANY - 1 - i], &err));
	}
	int64_t begun = lb_time_mono();
	for (size_t i = 0; i < 40; i++)
		lb_package_add_album(p, &(struct lb_album){.id = lb_arena_printf(&arena, "%zu", i), .photo_ids = ids, .nphoto_ids = MANY});
	lb_package_albums(p, &n);
	ck_assert_uint_eq(n, 40);
	ck_assert_int_lt(lb_time_mono() - begun, 5000);
	lb_package_free(p);
	lb_arena_clear(&arena);
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {photo_has_exif_and_history, stub_says_only_what_it_may, list_tells_why_withheld, listed_come_before_told,
		collections_stand_as_a_tree, depth_of_collections_has_a_limit, people_have_profiles_and_pictures, rules_are_told_everywhere,
		no_rules_no_words, every_field_is_specified, is_a_valid_lifeboat, its_mets_is_valid, the_same_again, large_albums_take_no_square_of_time};
	Suite *s = suite_create("package records");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, NULL);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	tcase_add_loop_test(t, sets_have_their_own_order, 0, 2);
	tcase_add_loop_test(t, read_back_it_is_the_same, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
