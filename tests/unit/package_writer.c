#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/package.h"
#include "format/text/text.h"
#include "tests/support/make_package.h"
#include "tests/support/support.h"

#define CREATED 1763675220
#define NASTY "\"q\" </script> \\ \xe2\x80\xa8 \xf0\x9f\x9a\xa3 \xe2\x80\xae __proto__"

static struct lb_error err;
static char root[512], dir[600];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(dir, sizeof dir, "%s/boat", root);
}

/* ---- helpers ---- */

static struct lb_package *begin(const char *title)
{
	static const struct lb_selection_url selection[] = {{"https://www.flickr.com/photos/a/", "user", 2},
		{"https://www.flickr.com/photos/a/albums/1", "album", 1}};
	const struct lb_package_info info = {.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = title,
		.created = CREATED, .program = "lifeboat 9", .selection = selection, .nselection = 2, .planned = 3};
	struct lb_package *p = NULL;
	ck_assert_ok(lb_package_begin(dir, &info, NULL, &p, &err));
	return p;
}

static const char *in_package(const char *path)
{
	static char full[1200];
	snprintf(full, sizeof full, "%s/%s", dir, path);
	return full;
}

static struct lb_buf read_file(const char *path)
{
	struct lb_buf b = LB_BUF(64 << 20);
	ck_assert_ok(lb_file_read(in_package(path), 64 << 20, &b, &err));
	return b;
}

/* Parses a data file and checks the name of its constant. */
static struct lb_json *read_js(const char *path, const char *name)
{
	char found[64];
	struct lb_json *v = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf text = read_file(path);
	ck_assert_int_eq(text.p[text.len - 1], '\n');
	ck_assert_ok(lb_datajs_parse(lb_buf_span(&text), found, &v, &err));
	ck_assert_str_eq(found, name);
	return v;
}

/* "a.b.0.c": keys and positions. */
static const struct lb_json *at(const struct lb_json *v, const char *path)
{
	struct lb_span rest = lb_span(path), part;
	while (lb_span_cut(&rest, '.', &part)) {
		char key[64];
		uint64_t i;
		snprintf(key, sizeof key, "%.*s", (int)part.n, part.p);
		v = lb_json_is_array(v) && lb_parse_u64(part, &i) ? lb_json_at(v, (size_t)i) : lb_json_get(v, key);
	}
	return v;
}

static void str_is(const struct lb_json *v, const char *path, const char *expected)
{
	const char *s = lb_json_str(at(v, path));
	if (!expected) {
		ck_assert_msg(lb_json_is_null(at(v, path)), "%s is not null: %s", path, s ? s : "absent or another type");
		return;
	}
	ck_assert_msg(s && !strcmp(s, expected), "%s: \"%s\", not \"%s\"", path, s ? s : "(none)", expected);
}

static void int_is(const struct lb_json *v, const char *path, int64_t expected)
{
	ck_assert_msg(lb_json_int(at(v, path), -77) == expected, "%s: %lld", path, (long long)lb_json_int(at(v, path), -77));
}

static const char *store(const char *name, const char *bytes, struct lb_media *m)
{
	static char paths[8][600], digests[8][LB_SHA256_HEX];
	static size_t n;
	n = (n + 1) % LB_COUNT(paths);
	snprintf(paths[n], sizeof paths[n], "%s/%s", root, name);
	ck_assert_ok(lb_file_write(paths[n], bytes, strlen(bytes), &err));
	lb_sha256(bytes, strlen(bytes), digests[n]);
	*m = (struct lb_media){.present = true, .label = "Original", .url = "https://live.staticflickr.com/1/1_2_o.jpg",
		.source_path = paths[n], .sha256 = digests[n], .mime = "image/jpeg", .extension = "jpg", .size = strlen(bytes),
		.width = 3, .height = 2, .captured = CREATED + 5};
	return paths[n];
}

/* ---- one photo with everything ---- */

static struct lb_person somebody(const char *nsid, const char *name)
{
	struct lb_person p;
	lb_person_init(&p);
	p.nsid = nsid;
	p.username = name;
	return p;
}

static const size_t both_urls[] = {0, 1};

static void fill_words(struct lb_photo *p)
{
	p->id = "2780177093";
	p->secret = "ab../12";
	p->owner = somebody("12@N00", NASTY);
	p->title = NASTY;
	p->description = "lone \xed\xa0\x80 surrogate, \xff byte\n<b>bold</b>";
	p->license_id = "4";
	p->media = "photo";
	p->date_posted = 1219874000;
	p->taken = (struct lb_taken){"2008-08-27 21:56:11", 6, 0};
	p->views = 7;
	p->count_comments = 2;
	p->count_faves = 1;
	p->is_public = 0;
	p->is_friend = 1;
	p->is_family = 1;
	p->safety_level = 1;
	p->rotation = 90;
	p->can_download = 1;
	p->can_blog = 0;
	p->captured = CREATED + 9;
	p->location = (struct lb_location){.present = true, .latitude = "-51.502500", .longitude = "0.1", .accuracy = 0,
		.context = 2, .neighbourhood = "Soho", .country = NASTY};
	p->selected_by = both_urls;
	p->nselected_by = 2;
}

static void add_full_photo(struct lb_package *package)
{
	struct lb_photo p;
	lb_photo_init(&p);
	fill_words(&p);
	struct lb_tag tags[] = {{"t1", "12@N00", "x", "__proto__", "__proto__", 0}, {"t2", "13@N00", "y", "A b", "ab", 0},
		{"t3", "13@N00", "y", "AB", "ab", 1}};
	struct lb_comment comments[] = {{"c1", "https://x/", NASTY, somebody("13@N00", "thirteen"), 5},
		{"c2", NULL, NULL, somebody(NULL, NULL), LB_UNKNOWN}};
	struct lb_fave faves[] = {{somebody("14@N00", NULL), 60}};
	struct lb_note notes[] = {{"n1", NASTY, somebody("13@N00", "other name"), 1, 2, 3, 4}};
	struct lb_depicted people[] = {{somebody("15@N00", "shown"), "12@N00", true, 5, 6, 7, 8}, {somebody("12@N00", NULL), NULL, false, 0, 0, 0, 0}};
	struct lb_size sizes[] = {{"Square", "https://s/", "https://u/", "photo", 75, 75}};
	struct lb_album albums[] = {{.id = "72157594158092434", .title = NASTY, .count_photos = LB_UNKNOWN, .count_videos = 1,
		.count_views = LB_UNKNOWN, .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN, .date_updated = LB_UNKNOWN},
		{.id = "__proto__", .title = "not an id"}};
	struct lb_group groups[] = {{.id = "1@N01", .title = NASTY, .members = 3, .pool_count = LB_UNKNOWN, .topic_count = LB_UNKNOWN,
		.privacy = 3, .eighteen_plus = 0, .moderated = LB_UNKNOWN}};
	struct lb_gallery galleries[] = {{.id = "66-77", .title = "g", .owner = somebody("16@N00", "curator"), .count_photos = 4,
		.count_videos = 0, .count_views = 0, .count_comments = 0, .date_created = 1, .date_updated = LB_UNKNOWN}};
	p.tags = tags, p.ntags = 3;
	p.comments = comments, p.ncomments = 2;
	p.faves = faves, p.nfaves = 1;
	p.notes = notes, p.nnotes = 1;
	p.people = people, p.npeople = 2;
	p.sizes = sizes, p.nsizes = 1;
	p.albums = albums, p.nalbums = 2;
	p.groups = groups, p.ngroups = 1;
	p.galleries = galleries, p.ngalleries = 1;
	store("original", "picture", &p.files[LB_ORIGINAL]);
	store("thumb", "small", &p.files[LB_THUMBNAIL]);
	p.files[LB_THUMBNAIL].label = "Medium";
	ck_assert_ok(lb_package_add_photo(package, &p, &err));
}

static void add_bare_photo(struct lb_package *package, const char *id)
{
	struct lb_photo p;
	lb_photo_init(&p);
	p.id = id;
	p.owner = somebody("12@N00", "bare");
	p.title = "";
	p.taken = (struct lb_taken){"2020-01-01 00:00:00", 0, 1};
	ck_assert_ok(lb_package_add_photo(package, &p, &err));
}

static void build(void)
{
	struct lb_package *p = begin("Title " NASTY);
	lb_package_add_license(p, &(struct lb_license){"4", "Attribution License", "https://creativecommons.org/licenses/by/2.0/"});
	lb_package_add_gap(p, &(struct lb_gap){LB_GAP_REFUSED, "2780177093", "photo 2780177093", "galleries", "flickr.galleries.x", 1, NASTY});
	lb_package_add_gap(p, &(struct lb_gap){LB_GAP_WITHHELD, "869031", "photo 869031", "original", NULL, LB_UNKNOWN, "not allowed"});
	lb_package_add_gap(p, &(struct lb_gap){LB_GAP_FAILED, NULL, "person 99@N00", "person", "flickr.people.getInfo", 500, NULL});
	add_full_photo(p);
	ck_assert_ok(lb_package_add_missing(p, "54000000000", &err));
	add_bare_photo(p, "869031");
	struct lb_person told = somebody("12@N00", "ignored: known already");
	told.realname = "Late Real Name";
	told.is_deleted = 1;
	lb_package_add_person(p, &told);
	lb_package_add_album(p, &(struct lb_album){.id = "72157594158092434", .title = "ignored", .owner_id = "12@N00", .count_photos = 44,
		.count_videos = 9, .count_views = LB_UNKNOWN, .count_comments = 3, .date_created = 0, .date_updated = LB_UNKNOWN});
	ck_assert_ok(lb_package_put(p, "index.html", lb_span("<p>\n"), &err));
	ck_assert_ok(lb_package_put(p, "data/README.html", lb_span("<p>\n"), &err));
	ck_assert_ok(lb_package_put(p, "data/pages/50%off.html", lb_span(""), &err));
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
}

START_TEST(photo_file_has_every_field)
{
	build();
	struct lb_json *v = read_js("data/metadata/photos/2780177093.js", "photo");
	str_is(v, "id", "2780177093");
	str_is(v, "secret", "ab../12");
	str_is(v, "url", "https://www.flickr.com/photos/12@N00/2780177093/");
	str_is(v, "title", NASTY);
	str_is(v, "description", "lone \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd surrogate, \xef\xbf\xbd byte\n<b>bold</b>");
	str_is(v, "uploaderId", "12@N00");
	str_is(v, "licenseId", "cc-by-2.0");
	str_is(v, "dateTaken.value", "2008-08-27T21:56:11");
	str_is(v, "dateTaken.granularity", "year");
	str_is(v, "dateUploaded", "2008-08-27T21:53:20Z");
	ck_assert(lb_json_num(at(v, "location.latitude"), 0) == -51.5025);
	ck_assert(lb_json_num(at(v, "location.longitude"), 0) == 0.1);
	str_is(v, "location.accuracy", NULL);
	int_is(v, "location.context", 2);
	str_is(v, "location.neighborhood", "Soho");
	str_is(v, "location.country", NASTY);
	str_is(v, "location.region", NULL);
	str_is(v, "tags.0.normalizedValue", "__proto__");
	str_is(v, "tags.1.rawValue", "A b");
	ck_assert(lb_json_bool(at(v, "tags.2.isMachineTag"), false));
	int_is(v, "countFaves", 1);
	int_is(v, "countViews", 7);
	int_is(v, "countComments", 2);
	str_is(v, "albumIds.0", "72157594158092434");
	str_is(v, "galleryIds.0", "66-77");
	str_is(v, "groupIds.0", "1@N01");
	str_is(v, "safetyLevel", "moderate");
	str_is(v, "visibility", "friends and family");
	str_is(v, "media", "photo");
	str_is(v, "originalFormat", NULL);
	lb_json_free(v);
}
END_TEST

START_TEST(photo_file_describes_media_and_talk)
{
	build();
	struct lb_json *v = read_js("data/metadata/photos/2780177093.js", "photo");
	char sha256[LB_SHA256_HEX];
	lb_sha256("picture", 7, sha256);
	str_is(v, "files.original.path", "media/originals/2780177093_ab12_o.jpg");
	str_is(v, "files.original.label", "Original");
	str_is(v, "files.original.content_type", "image/jpeg");
	int_is(v, "files.original.width", 3);
	int_is(v, "files.original.height", 2);
	str_is(v, "files.original.media", "photo");
	int_is(v, "files.original.size", 7);
	str_is(v, "files.original.checksum", sha256);
	str_is(v, "files.original.checksumAlgorithm", "sha256");
	str_is(v, "files.original.capturedAt", "2025-11-20T21:47:05Z");
	str_is(v, "files.thumbnail.path", "media/thumbnails/2780177093_ab12.jpg");
	str_is(v, "comments.0.text", NASTY);
	str_is(v, "comments.0.authorId", "13@N00");
	str_is(v, "comments.0.date", "1970-01-01T00:00:05Z");
	str_is(v, "comments.1.text", "");
	str_is(v, "comments.1.authorId", NULL);
	str_is(v, "comments.1.date", NULL);
	str_is(v, "faves.0.personId", "14@N00");
	str_is(v, "faves.0.date", "1970-01-01T00:01:00Z");
	int_is(v, "noteScale", 500);
	int_is(v, "notes.0.width", 3);
	str_is(v, "notes.0.text", NASTY);
	int_is(v, "people.0.boundingBox.height", 8);
	str_is(v, "people.0.addedById", "12@N00");
	str_is(v, "people.1.boundingBox", NULL);
	str_is(v, "sizes.0.source", "https://s/");
	str_is(v, "selectedBy.1", "https://www.flickr.com/photos/a/albums/1");
	str_is(v, "withheld", NULL);
	str_is(v, "gaps.0.kind", "refused");
	str_is(v, "gaps.0.message", NASTY);
	ck_assert(lb_json_bool(at(v, "usage.canDownload"), false) && !lb_json_bool(at(v, "usage.canBlog"), true));
	str_is(v, "usage.canPrint", NULL);
	int_is(v, "rotation", 90);
	str_is(v, "capturedAt", "2025-11-20T21:47:09Z");
	lb_json_free(v);
}
END_TEST

START_TEST(bare_photo_says_null)
{
	build();
	struct lb_json *v = read_js("data/metadata/photos/869031.js", "photo");
	static const char *const nulls[] = {"title", "description", "secret", "licenseId", "dateTaken", "dateUploaded", "location",
		"countViews", "safetyLevel", "files.original", "files.thumbnail", "videoInfo", "usage.canDownload"};
	for (size_t i = 0; i < LB_COUNT(nulls); i++)
		str_is(v, nulls[i], NULL);
	str_is(v, "dateTakenStated.value", "2020-01-01 00:00:00");
	ck_assert(lb_json_bool(at(v, "dateTakenStated.unknown"), false));
	str_is(v, "withheld", "not allowed");
	ck_assert_uint_eq(lb_json_count(at(v, "comments")), 0);
	ck_assert(lb_json_is_array(at(v, "comments")));
	lb_json_free(v);
}
END_TEST

START_TEST(indexes_agree)
{
	build();
	struct lb_json *v = read_js("data/metadata/photoIndex.js", "photoIndex");
	ck_assert_uint_eq(lb_json_count(v), 2);
	str_is(v, "2780177093.title", NASTY);
	str_is(v, "2780177093.licenseId", "cc-by-2.0");
	ck_assert_uint_eq(lb_json_count(at(v, "2780177093.tags")), 2);
	str_is(v, "2780177093.thumbnail.path", "media/thumbnails/2780177093_ab12.jpg");
	str_is(v, "2780177093.metadataPath", "metadata/photos/2780177093.js");
	str_is(v, "869031.thumbnail", NULL);
	str_is(v, "869031.dateTaken", NULL);
	lb_json_free(v);
	v = read_js("data/metadata/photoOrder.js", "photoOrder");
	ck_assert_uint_eq(lb_json_count(v), 2);
	str_is(v, "0", "2780177093");
	str_is(v, "1", "869031");
	lb_json_free(v);
	v = read_js("data/metadata/tagList.js", "tagList");
	ck_assert_uint_eq(lb_json_count(v), 2);
	str_is(v, "0.0", "__proto__");
	str_is(v, "1.0", "ab");
	int_is(v, "1.1", 1);
	lb_json_free(v);
	v = read_js("data/metadata/licenseIndex.js", "licenseIndex");
	str_is(lb_json_get(v, "cc-by-2.0"), "label", "Attribution License");
	str_is(lb_json_get(v, "cc-by-2.0"), "flickrId", "4");
	lb_json_free(v);
	v = read_js("data/metadata/missing.js", "missing");
	ck_assert_uint_eq(lb_json_count(v), 3);
	str_is(v, "2.photoId", NULL);
	int_is(v, "2.code", 500);
	str_is(v, "1.code", NULL);
	lb_json_free(v);
}
END_TEST

START_TEST(facts_told_later_fill_in)
{
	build();
	struct lb_json *v = read_js("data/metadata/contributorIndex.js", "contributorIndex");
	ck_assert_uint_eq(lb_json_count(v), 4);
	str_is(v, "12@N00.username", NASTY);
	str_is(v, "12@N00.realname", "Late Real Name");
	ck_assert(lb_json_bool(at(v, "12@N00.isDeleted"), false));
	int_is(v, "12@N00.contributions.photo", 2);
	int_is(v, "12@N00.contributions.tag", 1);
	int_is(v, "12@N00.contributions.depicted", 1);
	int_is(v, "13@N00.contributions.tag", 2);
	int_is(v, "13@N00.contributions.comment", 1);
	int_is(v, "13@N00.contributions.note", 1);
	str_is(v, "13@N00.username", "y");
	int_is(v, "14@N00.contributions.fave", 1);
	str_is(v, "14@N00.username", NULL);
	lb_json_free(v);
	v = read_js("data/metadata/albumIndex.js", "albumIndex");
	ck_assert_uint_eq(lb_json_count(v), 1);
	str_is(v, "72157594158092434.title", NASTY);
	int_is(v, "72157594158092434.countPhotos", 44);
	int_is(v, "72157594158092434.countVideos", 1);
	str_is(v, "72157594158092434.countViews", NULL);
	str_is(v, "72157594158092434.dateCreated", "1970-01-01T00:00:00Z");
	str_is(v, "72157594158092434.photoIds.0", "2780177093");
	lb_json_free(v);
	v = read_js("data/metadata/groupIndex.js", "groupIndex");
	str_is(v, "1@N01.name", NASTY);
	str_is(v, "1@N01.nsid", "1@N01");
	str_is(v, "1@N01.ispoolmoderated", NULL);
	lb_json_free(v);
	v = read_js("data/metadata/galleryIndex.js", "galleryIndex");
	str_is(v, "66-77.ownerId", "16@N00");
	str_is(v, "66-77.photoIds.0", "2780177093");
	lb_json_free(v);
}
END_TEST

START_TEST(manifest_lists_every_file)
{
	build();
	LB_AUTO(lb_buf_clear) struct lb_buf text = read_file("lifeboat.json");
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	ck_assert_ok(lb_json_parse(lb_buf_span(&text), &v, &err));
	str_is(v, "format", "data-lifeboat");
	str_is(v, "formatVersion", "1.0");
	str_is(v, "id", "urn:uuid:01234567-89ab-8cde-8123-456789abcdef");
	str_is(v, "folder", "title-q-script-proto");
	str_is(v, "created", "2025-11-20T21:47:00Z");
	str_is(v, "maker.name", NULL);
	str_is(v, "selection.1.type", "album");
	str_is(v, "photos.0", "2780177093");
	str_is(v, "photos.1", "869031");
	str_is(v, "missing.0", "54000000000");
	str_is(v, "licenses.0.id", "cc-by-2.0");
	int_is(v, "licenses.0.photos", 1);
	static const struct { const char *path; int64_t n; } counts[] = {{"planned", 3}, {"photos", 2}, {"missing", 1}, {"originals", 1},
		{"thumbnails", 1}, {"videos", 0}, {"comments", 2}, {"faves", 1}, {"tags", 3}, {"notes", 1}, {"people", 2}, {"albums", 1},
		{"groups", 1}, {"galleries", 1}, {"contributors", 4}, {"gaps", 3}};
	for (size_t i = 0; i < LB_COUNT(counts); i++)
		int_is(at(v, "counts"), counts[i].path, counts[i].n);
	const struct lb_json *files = at(v, "files");
	int64_t bytes = 0;
	const char *before = "";
	for (size_t i = 0; i < lb_json_count(files); i++) {
		const struct lb_json *f = lb_json_at(files, i);
		struct stat st;
		ck_assert_int_eq(stat(in_package(lb_json_get_str(f, "path")), &st), 0);
		ck_assert_int_eq(st.st_size, lb_json_int(at(f, "size"), -1));
		ck_assert_int_lt(strcmp(before, lb_json_get_str(f, "path")), 0);
		before = lb_json_get_str(f, "path");
		bytes += st.st_size;
	}
	int_is(v, "counts.files", (int64_t)lb_json_count(files));
	int_is(v, "counts.bytes", bytes);
	size_t original = 0;
	while (original < lb_json_count(files) && strncmp(lb_json_get_str(lb_json_at(files, original), "path"), "data/media/originals/", 21))
		original++;
	str_is(lb_json_at(files, original), "path", "data/media/originals/2780177093_ab12_o.jpg");
	str_is(lb_json_at(files, original), "role", "original");
	str_is(lb_json_at(files, original), "photo", "2780177093");
	str_is(files, "0.role", "page");
	str_is(files, "0.photo", NULL);
}
END_TEST

/* ---- the bag ---- */

/* In the package; the project's folder is then $OLDPWD. */
static int run(const char *command)
{
	char line[2048];
	snprintf(line, sizeof line, "cd '%s' && %s", dir, command);
	return system(line);
}

static int count_file(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	(void)e;
	if (info->kind == LB_FILE)
		lb_map_put(arg, lb_span(info->path), 0);
	return 0;
}

static size_t check_lines(const char *manifest, struct lb_map *on_disk)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = read_file(manifest);
	struct lb_span rest = lb_buf_span(&text), line;
	size_t count = 0;
	while (lb_span_cut(&rest, '\n', &line)) {
		if (line.n == 0)
			continue;
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
		ck_assert_uint_gt(line.n, 66);
		ck_assert(lb_url_decode(&path, (struct lb_span){line.p + 66, line.n - 66}));
		ck_assert_msg(!lb_map_put(on_disk, lb_buf_span(&path), 1), "not on disk: %s", path.p);
		count++;
	}
	return count;
}

START_TEST(every_file_is_in_one_manifest)
{
	build();
	LB_AUTO(lb_map_clear) struct lb_map on_disk = {0};
	ck_assert_ok(lb_dir_walk(dir, count_file, &on_disk, &err));
	size_t payload = check_lines("manifest-sha256.txt", &on_disk), tags = check_lines("tagmanifest-sha256.txt", &on_disk);
	ck_assert_uint_eq(tags, 7); /* index.html, README.txt, lifeboat.json, METS.xml, bagit.txt, bag-info.txt, manifest */
	ck_assert_uint_eq(payload + tags + 1, on_disk.count);
	LB_AUTO(lb_buf_clear) struct lb_buf info = read_file("bag-info.txt");
	ck_assert(strstr(info.p, "Bagging-Date: 2025-11-20\n") && strstr(info.p, "Bag-Software-Agent: lifeboat 9\n"));
	ck_assert(strstr(info.p, "External-Identifier: urn:uuid:01234567-89ab-8cde-8123-456789abcdef\n"));
}
END_TEST

START_TEST(other_programs_agree)
{
	ck_assert_ok(test_make_package(dir, 9, &err));
	ck_assert_int_eq(run("sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt"), 0);
	if (run("command -v node >/dev/null") == 0)
		ck_assert_int_eq(run("for f in data/metadata/*.js data/metadata/photos/*.js; do node --check $f || exit 1; done"), 0);
	else
		printf("SKIP: no node\n");
	if (test_shared("schemas/all-mets1.xsd") && run("command -v xmllint >/dev/null") == 0)
		ck_assert_int_eq(run("S=\"$OLDPWD/../shared/data/schemas\"; XML_CATALOG_FILES=\"$S/catalog.xml\" xmllint --nonet"
			" --noout --schema \"$S/all-mets1.xsd\" METS.xml 2>/dev/null"), 0);
}
END_TEST

START_TEST(the_same_again)
{
	char second[1100];
	snprintf(second, sizeof second, "%s/again", root);
	ck_assert_ok(test_make_package(dir, 23, &err));
	ck_assert_ok(test_make_package(second, 23, &err));
	ck_assert_int_eq(run("diff -r . ../again"), 0);
}
END_TEST

START_TEST(documentation_is_the_specification)
{
	build();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read("spec/03-metadata.md", 1 << 20, &text, &err));
	static const char *const chapters[][2] = {{"index", "Chapter 10"}, {"01-terms", "<h1>1. Terms</h1>"}, {"03-metadata", "<code>photoIndex.js</code>"},
		{"06-bagit", "href=\"05-fixity.html\""}, {"10-verification", "BAG-099"}, {"11-versioning", "href=\"10-verification.html\""}};
	for (size_t i = 0; i < LB_COUNT(chapters); i++) {
		char path[100];
		snprintf(path, sizeof path, "data/documentation/%s.html", chapters[i][0]);
		LB_AUTO(lb_buf_clear) struct lb_buf page = read_file(path);
		ck_assert_msg(strstr(lb_buf_str(&page), chapters[i][1]) != NULL, "%s has no %s", path, chapters[i][1]);
	}
	/* what it describes is what is written: every field of a photo, every index */
	static const char *const files[] = {"data/metadata/photos/2780177093.js", "data/metadata/photoIndex.js", "data/metadata/lifeboat.js",
		"data/metadata/contributorIndex.js", "data/metadata/albumIndex.js", "data/metadata/groupIndex.js",
		"data/metadata/galleryIndex.js", "data/metadata/licenseIndex.js", "data/metadata/missing.js", "lifeboat.json"};
	for (size_t i = 0; i < LB_COUNT(files); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf json = read_file(files[i]);
		for (const char *key = json.p; (key = strchr(key, '"')); key++) {
			size_t n = strspn(key + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
			if (n == 0 || strncmp(key + 1 + n, "\":", 2) || (key[1] >= '0' && key[1] <= '9'))
				continue;
			char quoted[64];
			snprintf(quoted, sizeof quoted, "`%.*s`", (int)n, key + 1);
			ck_assert_msg(strstr(text.p, quoted), "%s: %s is not in spec/03-metadata.md", files[i], quoted);
		}
	}
}
END_TEST

/* ---- README.txt ---- */

START_TEST(readme_fits_a_terminal)
{
	const struct lb_package_info info = {.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "\x1b[31mred\x1b[0m \xe2\x80\xae",
		.purpose = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n\nlast", .created = CREATED};
	struct lb_package *p = NULL;
	ck_assert_ok(lb_package_begin(dir, &info, NULL, &p, &err));
	for (size_t i = 0; i < 30; i++)
		lb_package_add_gap(p, &(struct lb_gap){LB_GAP_FAILED, NULL, "album 1", "album", NULL, LB_UNKNOWN, "bad\x07"});
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
	LB_AUTO(lb_buf_clear) struct lb_buf text = read_file("README.txt");
	struct lb_span rest = lb_buf_span(&text), line;
	ck_assert(lb_utf8_valid(rest));
	ck_assert(!strchr(text.p, '\x1b') && !strchr(text.p, '\x07') && !strstr(text.p, "\xe2\x80\xae"));
	while (lb_span_cut(&rest, '\n', &line))
		ck_assert_msg(line.n <= 78, "%.*s", (int)line.n, line.p);
	ck_assert(strstr(text.p, "red") && strstr(text.p, "\n\nlast\n") && strstr(text.p, "and 10 more"));
	ck_assert(strstr(text.p, "sha256sum -c manifest-sha256.txt"));
}
END_TEST

/* ---- what is refused ---- */

START_TEST(folder_that_is_there_is_refused)
{
	ck_assert_ok(lb_dir_make(dir, &err));
	struct lb_package *p = NULL;
	ck_assert_int_eq(lb_package_begin(dir, &(struct lb_package_info){.id = "urn:uuid:1"}, NULL, &p, &err), LB_EXISTS);
	ck_assert_int_eq(lb_package_begin(in_package("x"), &(struct lb_package_info){.id = "1"}, NULL, &p, &err), LB_USAGE);
	ck_assert_ptr_null(p);
}
END_TEST

START_TEST(bad_photos_are_refused)
{
	struct lb_package *p = begin(NULL);
	struct lb_photo photo;
	lb_photo_init(&photo);
	static const char *const ids[] = {NULL, "", "../x", "1/2", "12a", "__proto__", "1234567890123456789012345"};
	for (size_t i = 0; i < LB_COUNT(ids); i++) {
		photo.id = ids[i];
		ck_assert_int_eq(lb_package_add_photo(p, &photo, &err), LB_FORMAT);
		ck_assert_int_eq(lb_package_add_missing(p, ids[i], &err), LB_FORMAT);
	}
	photo.id = "7";
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
	ck_assert_int_eq(lb_package_add_photo(p, &photo, &err), LB_EXISTS);
	ck_assert_int_eq(lb_package_add_missing(p, "7", &err), LB_EXISTS);
	lb_package_free(p);
}
END_TEST

START_TEST(media_must_be_what_was_received)
{
	struct lb_package *p = begin(NULL);
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = "1";
	store("m", "picture", &photo.files[LB_ORIGINAL]);
	photo.files[LB_ORIGINAL].size = 6;
	ck_assert_int_eq(lb_package_add_photo(p, &photo, &err), LB_CORRUPT);
	photo.id = "2";
	photo.files[LB_ORIGINAL].sha256 = "12";
	ck_assert_int_eq(lb_package_add_photo(p, &photo, &err), LB_USAGE);
	photo.id = "3";
	store("m", "picture", &photo.files[LB_ORIGINAL]);
	photo.files[LB_ORIGINAL].source_path = in_package("not there");
	ck_assert_int_eq(lb_package_add_photo(p, &photo, &err), LB_NOTFOUND);
	lb_package_free(p);
}
END_TEST

START_TEST(paths_must_be_safe_and_new)
{
	struct lb_package *p = begin(NULL);
	static const char *const unsafe[] = {"../x", "/x", "data//x", "data/./x", "data/con", "data/a\\b", "", "data/x/"};
	for (size_t i = 0; i < LB_COUNT(unsafe); i++)
		ck_assert_int_eq(lb_package_put(p, unsafe[i], lb_span("x"), &err), LB_FORMAT);
	ck_assert_ok(lb_package_put(p, "data/pages/x", lb_span("x"), &err));
	ck_assert_int_eq(lb_package_put(p, "data/pages/x", lb_span("y"), &err), LB_EXISTS);
	/* a file of the writer's own that is there already is an error, not a loss */
	ck_assert_ok(lb_package_put(p, "METS.xml", lb_span("x"), &err));
	ck_assert_int_eq(lb_package_finish(p, &err), LB_EXISTS);
	lb_package_free(p);
}
END_TEST

START_TEST(nothing_after_the_end)
{
	struct lb_package *p = begin(NULL);
	ck_assert_ok(lb_package_finish(p, &err));
	ck_assert_int_eq(lb_package_put(p, "data/pages/x", lb_span("x"), &err), LB_USAGE);
	ck_assert_int_eq(lb_package_add_missing(p, "1", &err), LB_USAGE);
	ck_assert_int_eq(lb_package_finish(p, &err), LB_USAGE);
	lb_package_free(p);
	LB_AUTO(lb_buf_clear) struct lb_buf text = read_file("lifeboat.json");
	ck_assert(strstr(text.p, "\"folder\": \"lifeboat-01234567\""));
}
END_TEST

START_TEST(cancelling_stops_it)
{
	volatile int cancel = 0;
	const struct lb_ctx ctx = {.cancel = &cancel};
	struct lb_package *p = NULL;
	ck_assert_ok(lb_package_begin(dir, &(struct lb_package_info){.id = "urn:uuid:1"}, &ctx, &p, &err));
	ck_assert_ok(lb_package_add_missing(p, "1", &err));
	cancel = 1;
	ck_assert_int_eq(lb_package_add_missing(p, "2", &err), LB_CANCELLED);
	ck_assert_int_eq(lb_package_finish(p, &err), LB_CANCELLED);
	lb_package_free(p);
}
END_TEST

START_TEST(what_was_added_can_be_seen)
{
	struct lb_package *p = begin(NULL);
	size_t n;
	add_full_photo(p);
	ck_assert_ok(lb_package_add_missing(p, "9", &err));
	const struct lb_summary *s = lb_package_photos(p, &n);
	ck_assert_uint_eq(n, 2);
	ck_assert(!s[0].missing && s[1].missing && s[0].geo && !s[0].video);
	ck_assert_str_eq(s[0].original_path, "media/originals/2780177093_ab12_o.jpg");
	ck_assert_str_eq(s[0].license_id, "4");
	const struct lb_album_entry *album = lb_package_albums(p, &n);
	ck_assert(n == 1 && album->nphotos == 1 && album->photos[0] == 0);
	ck_assert_uint_eq(lb_package_groups(p, &n)[0].nphotos, 1);
	ck_assert_uint_eq(lb_package_galleries(p, &n)[0].nphotos, 1);
	lb_package_people(p, &n);
	ck_assert_uint_eq(n, 4);
	ck_assert_str_eq(lb_package_licenses(p, &n)[0].id, "4");
	ck_assert_str_eq(lb_package_info(p)->program, "lifeboat 9");
	lb_package_free(p);
}
END_TEST

START_TEST(names_follow_flickr)
{
	static const struct { const char *label, *secret, *extension, *path; } cases[] = {
		{"Original", "s", "png", "media/originals/1_s_o.png"}, {"Medium", "s", "jpg", "media/originals/1_s.jpg"},
		{"X-Large 4K", NULL, "jpg", "media/originals/1_4k.jpg"}, {"HD MP4", "s", "mp4", "media/originals/1_s_hd.mp4"},
		{"1080p", "s", "mp4", "media/originals/1_s_1080p.mp4"}, {NULL, "s", NULL, "media/originals/1_s_file.bin"},
		{"../../x", "../..", "j/../p", "media/originals/1__x.jp"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_photo p;
		lb_photo_init(&p);
		p.id = "1";
		p.secret = cases[i].secret;
		p.files[LB_ORIGINAL].label = cases[i].label;
		p.files[LB_ORIGINAL].extension = cases[i].extension;
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1000);
		lb_layout_media(&b, &p, LB_ORIGINAL);
		ck_assert_str_eq(lb_buf_str(&b), cases[i].path);
	}
	ck_assert_str_eq(lb_layout_mime("a/b.JPG"), "image/jpeg");
	ck_assert_str_eq(lb_layout_mime("a.b/c"), "application/octet-stream");
	ck_assert_str_eq(lb_layout_mime("api.warc.gz"), "application/gzip");
}
END_TEST

START_TEST(many_photos_in_one_album)
{
	ck_assert_ok(test_make_package(dir, 300, &err));
	struct lb_json *v = read_js("data/metadata/groupIndex.js", "groupIndex");
	const struct lb_json *ids = at(v, "34427469792@N01.photoIds");
	ck_assert_uint_eq(lb_json_count(ids), 75);
	str_is(ids, "0", "53478812196");
	str_is(ids, "74", "54000002072");
	lb_json_free(v);
	v = read_js("data/metadata/photoOrder.js", "photoOrder");
	ck_assert_uint_eq(lb_json_count(v), 299);
	str_is(v, "1", "2780177093");
	str_is(v, "2", "869031");
	lb_json_free(v);
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {photo_file_has_every_field, photo_file_describes_media_and_talk, bare_photo_says_null,
		indexes_agree, facts_told_later_fill_in, manifest_lists_every_file, every_file_is_in_one_manifest, other_programs_agree,
		the_same_again, documentation_is_the_specification, readme_fits_a_terminal, folder_that_is_there_is_refused,
		bad_photos_are_refused, media_must_be_what_was_received, paths_must_be_safe_and_new, nothing_after_the_end,
		cancelling_stops_it, what_was_added_can_be_seen, names_follow_flickr, many_photos_in_one_album};
	Suite *s = suite_create("package writer");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, NULL);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
