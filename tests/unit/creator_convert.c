/* A Data Lifeboat of the Flickr Foundation becomes a package: valid, with all that was told, and with nothing made up. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/foundation/foundation.h"
#include "lifeboat/creator/creator.h"
#include "tests/support/hostile.h"
#include "tests/support/page_check.h"
#include "tests/support/theirs.h"

#define DATE 1800000000 /* 2027-01-15 */
#define PHOTO "metadata/photos/53478812196.js"
#define ORIGINAL "media/originals/53478812196_5ec0_o.jpg"

static struct lb_error err;
static char root[512], source[800], made[600];

static void setup(void)
{
	snprintf(root, sizeof root, "%s", test_dir());
	snprintf(source, sizeof source, "%s/theirs", root);
	snprintf(made, sizeof made, "%s/made", root);
}

static int convert(const char *to, struct lb_convert_result *result)
{
	struct lb_convert_request request = {.source = source, .name = "theirs", .date = DATE};
	return lb_create_convert(to, &request, NULL, result, &err);
}

/* Nothing of an attempt is left beside its source. */
static void check_nothing_left(void)
{
	struct stat st;
	char hidden[700];
	ck_assert(lstat(made, &st) != 0);
	snprintf(hidden, sizeof hidden, "%s/.made.%ld-0.part", root, (long)getpid());
	ck_assert(lstat(hidden, &st) != 0);
}

static struct lb_json *data(const char *dir, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 24);
	struct lb_json *v = NULL;
	char name[64];
	test_read(dir, path, &text);
	ck_assert_ok(lb_datajs_parse(lb_buf_span(&text), name, &v, &err));
	return v;
}

static struct lb_json *info_of(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 24);
	struct lb_json *v = NULL;
	test_read(dir, "lifeboat.json", &text);
	ck_assert_ok(lb_json_parse(lb_buf_span(&text), &v, &err));
	return v;
}

/* ---- what goes along ---- */

static int same_file(void *arg, const struct lb_file_info *f, struct lb_error *e)
{
	LB_AUTO(lb_buf_clear) struct lb_buf before = LB_BUF(1 << 24), after = LB_BUF(1 << 24);
	char path[900];
	bool media = strncmp(f->path, "media/", 6) == 0;
	(void)e;
	if (f->kind != LB_FILE)
		return 0;
	test_read(source, f->path, &before);
	snprintf(path, sizeof path, "%s%s", media ? "data/" : "data/provenance/foundation/", f->path);
	test_read(made, path, &after);
	ck_assert_msg(lb_span_eq(lb_buf_span(&before), lb_buf_span(&after)), "%s", f->path);
	++*(size_t *)arg;
	return 0;
}

START_TEST(valid_in_every_layout)
{
	static const enum test_layout layouts[] = {TEST_PATHS, TEST_OBJECTS, TEST_MIXED};
	for (size_t i = 0; i < LB_COUNT(layouts); i++) {
		struct lb_convert_result r = {0};
		size_t files = 0;
		test_theirs(source, layouts[i], 60); /* more than a page */
		ck_assert_ok(convert(made, &r));
		ck_assert_uint_eq(test_errors(made), 0);
		ck_assert(r.photos == 60 && r.gaps == 0 && r.files == 120 && r.differing == 0);
		ck_assert_uint_eq(r.vouched, layouts[i] == TEST_PATHS ? 0 : layouts[i] == TEST_OBJECTS ? 120 : 60);
		ck_assert_ok(lb_dir_walk(source, same_file, &files, &err));
		ck_assert_uint_eq(files, 120 + r.kept);
		ck_assert_ok(lb_dir_remove(source, &err));
		ck_assert_ok(lb_dir_remove(made, &err));
	}
}
END_TEST

START_TEST(the_order_of_the_index)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 9);
	ck_assert_ok(convert(made, &r));
	LB_AUTO(lb_json_freep) struct lb_json *info = info_of(made);
	LB_AUTO(lb_json_freep) struct lb_json *order = data(made, "data/metadata/photoOrder.js");
	for (size_t i = 0; i < 9; i++) {
		ck_assert_str_eq(lb_json_str(lb_json_at(lb_json_get(info, "photos"), i)), test_their_id(i));
		ck_assert_str_eq(lb_json_str(lb_json_at(order, i)), test_their_id(i));
	}
	LB_AUTO(lb_json_freep) struct lb_json *albums = data(made, "data/metadata/albumIndex.js");
	const struct lb_json *ids = lb_json_get(lb_json_get(albums, "72157600000000001"), "photoIds");
	for (size_t i = 0; i < 9; i++) /* the album's own order is the opposite one */
		ck_assert_str_eq(lb_json_str(lb_json_at(ids, i)), test_their_id(8 - i));
}
END_TEST

/* Texts, numbers, objects and lists alike, as one line of JSON. */
static void flatten(struct lb_buf *b, const struct lb_json *v)
{
	struct lb_jw w;
	lb_buf_reset(b);
	lb_jw_begin(&w, b, true);
	if (lb_json_is_object(v))
		lb_buf_addf(b, "object of %zu", lb_json_count(v));
	else if (lb_json_is_array(v))
		for (size_t i = 0; i < lb_json_count(v); i++)
			lb_buf_addf(b, "%s,", lb_json_str(lb_json_at(v, i)) ? lb_json_str(lb_json_at(v, i)) : "object");
	else if (lb_json_str(v))
		lb_jw_str(&w, NULL, lb_json_str(v));
	else
		lb_buf_addf(b, "%.17g %d", lb_json_num(v, -7), lb_json_is_null(v));
}

START_TEST(what_a_photo_tells)
{
	static const char *const fields[] = {"id", "secret", "title", "description", "uploaderId", "countComments", "countFaves", "countViews",
		"visibility", "albumIds", "galleryIds", "groupIds", "safetyLevel", "originalFormat", "comments"};
	struct lb_convert_result r;
	test_theirs(source, TEST_MIXED, 5);
	ck_assert_ok(convert(made, &r));
	for (size_t i = 0; i < 5; i++) {
		char path[2][96];
		snprintf(path[0], sizeof path[0], "metadata/photos/%s.js", test_their_id(i));
		snprintf(path[1], sizeof path[1], "data/metadata/photos/%s.js", test_their_id(i));
		LB_AUTO(lb_json_freep) struct lb_json *before = data(source, path[0]);
		LB_AUTO(lb_json_freep) struct lb_json *after = data(made, path[1]);
		for (size_t k = 0; k < LB_COUNT(fields); k++) {
			LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 16), b = LB_BUF(1 << 16);
			flatten(&a, lb_json_get(before, fields[k]));
			flatten(&b, lb_json_get(after, fields[k]));
			ck_assert_msg(strcmp(lb_buf_str(&a), lb_buf_str(&b)) == 0, "%s: %s, %s", fields[k], lb_buf_str(&a), lb_buf_str(&b));
		}
		const struct lb_json *first = lb_json_at(lb_json_get(after, "comments"), 1);
		ck_assert_str_eq(lb_json_get_str(first, "text"), "</script><img src=x onerror=alert(1)>");
		ck_assert_str_eq(lb_json_get_str(first, "authorId"), "9002@N09");
		ck_assert_str_eq(lb_json_get_str(after, "dateUploaded"), "2012-03-04T05:06:07Z");
		ck_assert_str_eq(lb_json_get_str(after, "licenseId"), i % 2 ? "cc-by-2.0" : "all-rights-reserved");
		const struct lb_json *taken = lb_json_get(after, "dateTaken");
		ck_assert_int_eq(lb_json_is_null(taken), i % 4 == 3);
		if (i % 4 != 3)
			ck_assert_str_eq(lb_json_get_str(taken, "granularity"), i % 4 ? "month" : "circa");
		ck_assert_int_eq(lb_json_is_null(lb_json_get(after, "location")), i % 2);
		ck_assert_str_eq(lb_json_get_str(lb_json_get(lb_json_get(after, "files"), "original"), "label"), "Original");
		ck_assert_str_eq(lb_json_get_str(lb_json_get(lb_json_get(after, "files"), "thumbnail"), "label"), "Small 320");
		ck_assert(lb_json_is_null(lb_json_get(after, "capturedAt"))); /* nobody told */
	}
}
END_TEST

START_TEST(who_made_it_and_from_what)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 5);
	ck_assert_ok(convert(made, &r));
	LB_AUTO(lb_json_freep) struct lb_json *info = info_of(made);
	const struct lb_json *from = lb_json_get(info, "convertedFrom");
	ck_assert_str_eq(lb_json_get_str(info, "title"), "The river at work");
	ck_assert_str_eq(lb_json_get_str(info, "purpose"), "Before the wharf goes.");
	ck_assert_str_eq(lb_json_get_str(info, "futureConsiderations"), "Ask the families.");
	ck_assert_str_eq(lb_json_get_str(info, "created"), "2025-06-01T10:00:00Z");
	ck_assert_str_eq(lb_json_get_str(lb_json_get(info, "maker"), "id"), "9002@N09");
	ck_assert_str_eq(lb_json_get_str(lb_json_get(info, "policy"), "name"), "converted");
	ck_assert(lb_json_bool(lb_json_get(lb_json_get(info, "policy"), "privateIncluded"), false)); /* the fifth is for friends */
	ck_assert_str_eq(lb_json_get_str(from, "format"), "flickr-foundation");
	ck_assert_str_eq(lb_json_get_str(from, "date"), "2027-01-15T08:00:00Z");
	ck_assert_str_eq(lb_json_get_str(from, "id"), "river-1");
	ck_assert_str_eq(lb_json_str(lb_json_at(lb_json_get(from, "layouts"), 0)), "files as paths");
	ck_assert_uint_eq(strlen(lb_json_get_str(from, "sha256")), 64);
	LB_AUTO(lb_json_freep) struct lb_json *missing = data(made, "data/metadata/missing.js");
	ck_assert_uint_eq(lb_json_count(missing), 7); /* five layers, the recording, the checksums: once each */
	for (size_t i = 0; i < lb_json_count(missing); i++)
		ck_assert_str_eq(lb_json_get_str(lb_json_at(missing, i), "kind"), "unasked");
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	test_read(made, "README.txt", &text);
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&text), "converted from\n\"theirs\""));
	test_read(made, "index.html", &text);
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&text), "It was converted on"));
	test_read(made, "METS.xml", &text);
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&text), ">migration<"));
}
END_TEST

START_TEST(words_of_the_caller_go_before)
{
	struct lb_convert_request request = {.source = source, .name = "theirs", .date = DATE,
		.words = {.title = "Mine", .maker = "Me", .purpose = "P", .future = "F"}};
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 2);
	ck_assert_ok(lb_create_convert(made, &request, NULL, &r, &err));
	LB_AUTO(lb_json_freep) struct lb_json *info = info_of(made);
	ck_assert_str_eq(lb_json_get_str(info, "title"), "Mine");
	ck_assert_str_eq(lb_json_get_str(lb_json_get(info, "maker"), "name"), "Me");
	ck_assert_ptr_null(lb_json_get_str(lb_json_get(info, "maker"), "id")); /* of another person */
	ck_assert_str_eq(lb_json_get_str(lb_json_get(lb_json_get(info, "convertedFrom"), "creator"), "name"), "Sam Sailor");
}
END_TEST

/* ---- the same bytes ---- */

START_TEST(the_same_bytes)
{
	struct lb_convert_result r;
	char again[700], zip[700], packed[700];
	snprintf(again, sizeof again, "%s/again", root);
	snprintf(zip, sizeof zip, "%s/theirs.zip", root);
	snprintf(packed, sizeof packed, "%s/packed", root);
	test_theirs(source, TEST_MIXED, 55);
	ck_assert_ok(convert(made, &r));
	ck_assert_ok(convert(again, &r));
	ck_assert(test_trees_equal(made, again));
	ck_assert_ok(lb_pack(source, "theirs", zip, false, NULL, &err));
	struct lb_convert_request request = {.source = zip, .name = "theirs", .date = DATE};
	ck_assert_ok(lb_create_convert(packed, &request, NULL, &r, &err));
	ck_assert_uint_eq(test_errors(packed), 0);
	ck_assert(!test_trees_equal(made, packed)); /* it says that it was a zip */
	LB_AUTO(lb_json_freep) struct lb_json *a = info_of(made);
	LB_AUTO(lb_json_freep) struct lb_json *b = info_of(packed);
	ck_assert_str_eq(lb_json_get_str(a, "id"), lb_json_get_str(b, "id"));
	LB_AUTO(lb_buf_clear) struct lb_buf one = LB_BUF(1 << 24), other = LB_BUF(1 << 24);
	test_read(made, "data/provenance/conversion.jsonl", &one);
	test_read(packed, "data/provenance/conversion.jsonl", &other);
	ck_assert_str_eq(lb_buf_str(&one), lb_buf_str(&other));
}
END_TEST

START_TEST(nothing_is_shared_with_the_source)
{
	struct lb_convert_result r;
	struct stat st;
	test_theirs(source, TEST_PATHS, 1);
	ck_assert_ok(convert(made, &r));
	ck_assert_int_eq(stat(test_path(made, "data/" ORIGINAL), &st), 0);
	ck_assert_uint_eq(st.st_nlink, 1);
	ck_assert_int_eq(stat(test_path(source, ORIGINAL), &st), 0);
	ck_assert_uint_eq(st.st_nlink, 1);
}
END_TEST

/* ---- hostile and broken sources ---- */

/* Converted all the same, valid, and what is lost is a gap with these words; `kept`: also that the file is in the package. */
static const struct hurt { const char *path, *from, *to, *says; bool objects; size_t photos; } hurts[] = {
	{ORIGINAL, NULL, NULL, "which is not there", false, 3},
	{PHOTO, ORIGINAL, "../../../etc/passwd", "the path ", false, 3},
	{PHOTO, ORIGINAL, "/etc/passwd", "the path ", true, 3},
	{PHOTO, "{", "{,", "cannot read JSON", false, 3},
	{PHOTO, NULL, NULL, "is not there", false, 3},
	{PHOTO, NULL, "const photo = [];", "is no object", false, 3},
	{PHOTO, "\"original\": ", "\"largest\": ", "names no such file", false, 3},
	{ORIGINAL, "original 0", "original X", "another checksum", true, 3},
	{ORIGINAL, NULL, "other bytes", "another checksum", true, 3},
	{PHOTO, "\"size\": 2", "\"size\": 3", "another size", true, 3},
	{"metadata/photoIndex.js", "\"53478812196\": {", "\"../../x\": {", "none that Flickr gives", false, 2},
	{"metadata/photoIndex.js", "\"title\": \"Boat 0\"", "\"title\": Boat", "cannot read JSON", false, 3},
	{"metadata/albumIndex.js", "72157600000000001", "__proto__ ?", "none that Flickr gives", false, 3},
	{"metadata/groupIndex.js", NULL, "const groupIndex = {", "cannot read the index", false, 3},
	{"metadata/contributorIndex.js", "9002@N09", "9001@N09", "more than once", false, 3},
	{"metadata/albumIndex.js", "\"9001@N09\"", "\"<b>\"", "its owner", false, 3},
	{"metadata/licenseIndex.js", "in-copyright", "cc by", "none that Flickr gives", false, 3},
	{"metadata/licenseIndex.js", "{\"cc-by", "{\"a.b\": {\"label\": \"1\"}, \"a-b\": {\"label\": \"2\"}, \"cc-by", "too much like another", false, 3},
	{"metadata/lifeboat.js", "{", "{,", "cannot read JSON", false, 3},
	{"metadata/lifeboat.js", NULL, "const lifeboat = [];", "it is no object", false, 3},
	{"metadata/lifeboat.js", "\"Before the wharf goes.\"", "[]", "it is no text", false, 3},
	{"metadata/lifeboat.js", "2025-06-01T10", "2025-06-01 at 10", "no date with its zone", false, 3},
	{"metadata/lifeboat.js", "\"id\": \"9002@N09\"", "\"id\": \"<b>\"", "it is none that Flickr gives", false, 3},
	{PHOTO, "\"uploaderId\": \"", "\"uploaderId\": \"../", "no package can have: uploader", false, 3},
	{PHOTO, "72157600000000001", "__proto__", "no package can have: album", false, 3},
	{PHOTO, "\"licenseId\": \"in-copyright\"", "\"licenseId\": \"a\\u0001b\"", "no package can have: licence", false, 3},
	{PHOTO, "\"countViews\": 100", "\"countViews\": \"100\"", "of other types than they have in such packages: countViews", false, 3},
	{PHOTO, ORIGINAL, "README.html", "neither its bytes nor its name", false, 3},
};

static bool gap_says(const char *dir, const char *words)
{
	LB_AUTO(lb_json_freep) struct lb_json *missing = data(dir, "data/metadata/missing.js");
	for (size_t i = 0; i < lb_json_count(missing); i++) {
		const char *message = lb_json_get_str(lb_json_at(missing, i), "message");
		if (message && strstr(message, words))
			return true;
	}
	return false;
}

START_TEST(broken_parts_are_gaps)
{
	for (size_t i = 0; i < LB_COUNT(hurts); i++) {
		const struct hurt *h = &hurts[i];
		struct lb_convert_result r;
		test_theirs(source, h->objects ? TEST_OBJECTS : TEST_PATHS, 3);
		if (!h->to)
			ck_assert_int_eq(unlink(test_path(source, h->path)), 0);
		else if (h->from)
			test_replace(source, h->path, h->from, h->to);
		else
			test_puts(source, h->path, h->to);
		ck_assert_msg(convert(made, &r) == 0, "row %zu: %s", i, err.what);
		ck_assert_msg(r.gaps > 0 && r.photos == h->photos, "row %zu: %zu gaps, %zu photos", i, r.gaps, r.photos);
		ck_assert_msg(gap_says(made, h->says), "row %zu: nothing says \"%s\"", i, h->says);
		ck_assert_msg(test_errors(made) == 0, "row %zu", i);
		ck_assert_ok(lb_dir_remove(source, &err));
		ck_assert_ok(lb_dir_remove(made, &err));
	}
}
END_TEST

/* Nothing runs when somebody opens what a page leads to. */
START_TEST(a_page_is_no_original)
{
	static const char *const suffixes[] = {".html", ".SVG", ".js", ".exe"};
	for (size_t i = 0; i < LB_COUNT(suffixes); i++) {
		struct lb_convert_result r;
		char name[96];
		snprintf(name, sizeof name, "media/originals/53478812196_5ec0_o%s", suffixes[i]);
		test_theirs(source, TEST_PATHS, 2);
		test_puts(source, name, "<!DOCTYPE html><script>alert(1)</script>");
		test_replace(source, PHOTO, ORIGINAL, name);
		ck_assert_ok(convert(made, &r));
		ck_assert_uint_eq(test_errors(made), 0);
		ck_assert(lb_file_exists(test_path(made, "data/media/originals/53478812196_5ec0_o.bin")));
		ck_assert_uint_eq(r.gaps, 1);
		ck_assert_ok(lb_dir_remove(source, &err));
		ck_assert_ok(lb_dir_remove(made, &err));
	}
}
END_TEST

/* Our own additions have words of their own: others are none. */
START_TEST(a_word_that_is_none)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 1);
	test_replace(source, PHOTO, "\"curatorsMark\": \"kept\"", "\"exif\": {\"source\": \"0\", \"camera\": \"Box\", \"tags\": []}");
	ck_assert_ok(convert(made, &r));
	ck_assert_uint_eq(test_errors(made), 0);
}
END_TEST

START_TEST(a_kind_that_only_its_name_tells)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 1);
	test_puts(source, "media/originals/53478812196_5ec0_o.HEIC", "bytes that nobody knows");
	test_replace(source, PHOTO, ORIGINAL, "media/originals/53478812196_5ec0_o.HEIC");
	ck_assert_ok(convert(made, &r));
	ck_assert_uint_eq(r.gaps, 0);
	ck_assert(lb_file_exists(test_path(made, "data/media/originals/53478812196_5ec0_o.heic")));
}
END_TEST

/* ---- text that wants out of its page ---- */

static const struct { const char *path, *text; } texts[] = {
	{PHOTO, "Boat 0"}, {"metadata/photoIndex.js", "Boat 0"}, {PHOTO, "A <b>boat</b>\\nat dawn"}, {PHOTO, "I <i>sailed</i> it"},
	{PHOTO, "Old Boat"}, {PHOTO, "oldboat"}, {"metadata/photoIndex.js", "oldboat"}, {PHOTO, "Wapping"}, {PHOTO, "c-0-0"},
	{PHOTO, "5ec0"}, {PHOTO, "\"jpg"}, {PHOTO, "moderate"}, {PHOTO, "Small 320"}, {PHOTO, "image/jpeg"},
	{"metadata/contributorIndex.js", "wapping"}, {"metadata/contributorIndex.js", "Ann Able"}, {"metadata/contributorIndex.js", "\"ann"},
	{"metadata/licenseIndex.js", "CC BY 2.0"}, {"metadata/licenseIndex.js", "https://creativecommons.org/licenses/by/2.0/"},
	{"metadata/albumIndex.js", "The river"}, {"metadata/galleryIndex.js", "Work"}, {"metadata/galleryIndex.js", "By hand"},
	{"metadata/groupIndex.js", "Thames"}, {"metadata/groupIndex.js", "en-us"}, {"metadata/lifeboat.js", "The river at work"},
	{"metadata/lifeboat.js", "Sam Sailor"}, {"metadata/lifeboat.js", "Before the wharf goes."}, {"metadata/lifeboat.js", "Ask the families."},
};

static void say(const char *path, const char *old, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf json = LB_BUF(1 << 24);
	struct lb_jw w;
	bool open = *old == '"';
	lb_jw_begin(&w, &json, true);
	lb_jw_str(&w, NULL, text);
	json.p[json.len - 1] = '\0';
	test_replace(source, path, old, lb_buf_str(&json) + !open);
}

/* The pages of the source itself are kept as they were: no page leads to them. */
static void check_pages(void)
{
	LB_AUTO(lb_buf_clear) struct lb_buf complaints = LB_BUF(1 << 24);
	ck_assert_ok(lb_dir_remove(test_path(made, "data/provenance/foundation"), &err));
	ck_assert_uint_gt(test_check_pages(made, &complaints), 15);
	ck_assert_str_eq(lb_buf_str(&complaints), "");
}

/* Those that a data file can have. */
static size_t take_hostile(const char **out, size_t room)
{
	size_t count, taken = 0;
	const char *const *hostile = test_hostile(&count);
	for (size_t i = 0; i < count && taken < room; i++)
		if (strlen(hostile[i]) < 10000 && lb_utf8_valid(lb_span(hostile[i])))
			out[taken++] = hostile[i];
	return taken;
}

/* All of them in each of a few packages, another one in each field. */
START_TEST(hostile_text_stays_text)
{
	const char *hostile[300];
	size_t count = take_hostile(hostile, LB_COUNT(hostile));
	ck_assert_uint_gt(count, 20);
	for (size_t round = 0; round < count; round += 6) {
		struct lb_convert_result r;
		test_theirs(source, TEST_MIXED, 2);
		for (size_t k = 0; k < LB_COUNT(texts); k++) {
			LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
			test_read(source, texts[k].path, &text);
			if (strstr(lb_buf_str(&text), texts[k].text))
				say(texts[k].path, texts[k].text, hostile[(round + k) % count]);
		}
		ck_assert_ok(convert(made, &r));
		ck_assert_uint_eq(test_errors(made), 0);
		check_pages();
		ck_assert_ok(lb_dir_remove(source, &err));
		ck_assert_ok(lb_dir_remove(made, &err));
	}
}
END_TEST

/* Both its entry and its own file cannot be read: the photo is missing, and known by its id. */
START_TEST(a_photo_that_is_lost)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 3);
	test_replace(source, "metadata/photoIndex.js", "\"title\": \"Boat 0\"", "\"title\": Boat");
	test_puts(source, PHOTO, "nothing");
	ck_assert_ok(convert(made, &r));
	ck_assert_uint_eq(r.photos, 2);
	ck_assert_uint_eq(test_errors(made), 0);
	LB_AUTO(lb_json_freep) struct lb_json *info = info_of(made);
	ck_assert_str_eq(lb_json_str(lb_json_at(lb_json_get(info, "missing"), 0)), "53478812196");
}
END_TEST

START_TEST(refused)
{
	static const struct { const char *path, *text; int status; } cases[] = {
		{"metadata/photoIndex.js", "const photoIndex = {\"1\":{},\"1\":{}};", LB_FORMAT},
		{"metadata/photoIndex.js", "const photoIndex = [];", LB_FORMAT},
		{"metadata/photoIndex.js", "alert(1)", LB_FORMAT},
		{"metadata/photoIndex.js", "", LB_FORMAT},
		{"lifeboat.json", "{}", LB_NOTFOUND},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_convert_result r;
		test_theirs(source, TEST_PATHS, 2);
		test_puts(source, cases[i].path, cases[i].text);
		ck_assert_int_eq(convert(made, &r), cases[i].status);
		ck_assert(err.what[0]);
		check_nothing_left();
		ck_assert_ok(lb_dir_remove(source, &err));
	}
}
END_TEST

START_TEST(never_overwrites)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 1);
	test_puts(made, "mine.txt", "mine");
	ck_assert_int_eq(convert(made, &r), LB_EXISTS);
	ck_assert(lb_file_exists(test_path(made, "mine.txt")));
	char slashes[700];
	snprintf(slashes, sizeof slashes, "%s/other//", root);
	ck_assert_ok(convert(slashes, &r));
	ck_assert_int_eq(convert("", &r), LB_USAGE);
	ck_assert_int_eq(convert("..", &r), LB_USAGE);
}
END_TEST

START_TEST(never_into_its_source)
{
	static const char *const places[] = {"made", "media/originals/made", "viewer/../made", "./made/"};
	struct lb_convert_result r;
	char before[700], to[900];
	snprintf(before, sizeof before, "%s/before", root);
	test_theirs(source, TEST_PATHS, 1);
	test_copy_tree(source, before);
	for (size_t i = 0; i < LB_COUNT(places); i++) {
		snprintf(to, sizeof to, "%s/%s", source, places[i]);
		ck_assert_int_eq(convert(to, &r), LB_USAGE);
		ck_assert_ptr_nonnull(strstr(err.what, "would be inside of"));
		ck_assert(test_trees_equal(source, before));
	}
	snprintf(to, sizeof to, "%s-made", source); /* beside it, with a name that begins alike */
	ck_assert_ok(convert(to, &r));
}
END_TEST

/* Longer than a package's words can be: the source's are a gap, the caller's an error. */
START_TEST(words_too_long)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(4096);
	struct lb_convert_result r;
	while (name.len < 1001)
		lb_buf_addc(&name, 'n');
	test_theirs(source, TEST_PATHS, 1);
	test_replace(source, "metadata/lifeboat.js", "Sam Sailor", lb_buf_str(&name));
	ck_assert_ok(convert(made, &r));
	ck_assert(gap_says(made, "the maker is longer than 1000 bytes"));
	ck_assert_uint_eq(test_errors(made), 0);
	LB_AUTO(lb_json_freep) struct lb_json *info = info_of(made);
	ck_assert_ptr_null(lb_json_get_str(lb_json_get(info, "maker"), "name"));
	ck_assert_str_eq(lb_json_get_str(lb_json_get(info, "maker"), "id"), "9002@N09");
	ck_assert_str_eq(lb_json_get_str(info, "title"), "The river at work");
	ck_assert_ok(lb_dir_remove(made, &err));
	struct lb_convert_request request = {.source = source, .name = "theirs", .date = DATE, .words = {.maker = lb_buf_str(&name)}};
	ck_assert_int_eq(lb_create_convert(made, &request, NULL, &r, &err), LB_LIMIT);
	check_nothing_left();
	request.words = (struct lb_maker_words){.maker = "Me", .maker_id = "a b"};
	ck_assert_int_eq(lb_create_convert(made, &request, NULL, &r, &err), LB_USAGE);
	check_nothing_left();
}
END_TEST

/* Names that our packages cannot have are kept under numbers; the record says which is which. */
START_TEST(strange_names)
{
	struct lb_convert_result r;
	test_theirs(source, TEST_PATHS, 1);
	test_puts(source, "viewer/stra\xc3\x9f" "e.html", "1");
	test_puts(source, "viewer/A.html", "2");
	test_puts(source, "viewer/a.html", "3");
	test_puts(source, "Viewer/b.html", "4");
	test_puts(source, "viewer/con", "5");
	test_puts(source, "viewer/data", "6");
	test_puts(source, "viewer/DATA/x", "7");
	ck_assert_int_eq(symlink("/etc/passwd", test_path(source, "viewer/link")), 0);
	ck_assert_ok(convert(made, &r));
	ck_assert_uint_eq(test_errors(made), 0);
	ck_assert(gap_says(made, "it is a link"));
	LB_AUTO(lb_buf_clear) struct lb_buf log = LB_BUF(1 << 20);
	test_read(made, "data/provenance/conversion.jsonl", &log);
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&log), "\"source\":\"viewer/stra\xc3\x9f" "e.html\",\"path\":\"data/provenance/foundation-renamed/"));
	size_t lines = 0;
	for (const char *at = lb_buf_str(&log); (at = strchr(at, '\n')); at++)
		lines++;
	ck_assert_uint_eq(lines, r.files + r.kept);
}
END_TEST

struct stopper { int cancel; size_t events, at; };

static void count_events(void *arg, const struct lb_event *event)
{
	struct stopper *s = arg;
	(void)event;
	if (++s->events == s->at)
		s->cancel = 1;
}

START_TEST(stopped_at_any_time)
{
	struct stopper whole = {0};
	struct lb_convert_request request = {.source = source, .name = "theirs", .date = DATE};
	struct lb_convert_result r;
	test_theirs(source, TEST_OBJECTS, 4);
	struct lb_ctx ctx = {.event = count_events, .event_arg = &whole, .cancel = &whole.cancel};
	ck_assert_ok(lb_create_convert(made, &request, &ctx, &r, &err));
	ck_assert_ok(lb_dir_remove(made, &err));
	ck_assert_uint_gt(whole.events, 10);
	for (size_t at = 1; at < whole.events; at++) {
		struct stopper s = {.at = at};
		ctx = (struct lb_ctx){.event = count_events, .event_arg = &s, .cancel = &s.cancel};
		int rc = lb_create_convert(made, &request, &ctx, &r, &err);
		ck_assert_int_eq(rc, LB_CANCELLED);
		check_nothing_left();
	}
}
END_TEST

/* Our own payload is such a lifeboat as well: its additions come along too. */
START_TEST(data_of_our_own)
{
	static const char *const files[] = {"photoIndex", "photoOrder", "licenseIndex"};
	struct lb_convert_result r;
	char ours[700];
	snprintf(ours, sizeof ours, "%s/ours", root);
	test_lifeboat(ours);
	snprintf(source, sizeof source, "%s/data", ours);
	ck_assert_ok(convert(made, &r));
	ck_assert_uint_eq(test_errors(made), 0);
	for (size_t i = 0; i < LB_COUNT(files); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf before = LB_BUF(1 << 20), after = LB_BUF(1 << 20);
		char path[128];
		snprintf(path, sizeof path, "data/metadata/%s.js", files[i]);
		test_read(ours, path, &before);
		test_read(made, path, &after);
		ck_assert_msg(strcmp(lb_buf_str(&before), lb_buf_str(&after)) == 0, "%s", files[i]);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator: convert");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, valid_in_every_layout);
	tcase_add_test(t, the_order_of_the_index);
	tcase_add_test(t, what_a_photo_tells);
	tcase_add_test(t, who_made_it_and_from_what);
	tcase_add_test(t, words_of_the_caller_go_before);
	tcase_add_test(t, the_same_bytes);
	tcase_add_test(t, nothing_is_shared_with_the_source);
	tcase_add_test(t, broken_parts_are_gaps);
	tcase_add_test(t, a_page_is_no_original);
	tcase_add_test(t, a_word_that_is_none);
	tcase_add_test(t, a_kind_that_only_its_name_tells);
	tcase_add_test(t, hostile_text_stays_text);
	tcase_add_test(t, a_photo_that_is_lost);
	tcase_add_test(t, refused);
	tcase_add_test(t, never_overwrites);
	tcase_add_test(t, never_into_its_source);
	tcase_add_test(t, words_too_long);
	tcase_add_test(t, strange_names);
	tcase_add_test(t, stopped_at_any_time);
	tcase_add_test(t, data_of_our_own);
	suite_add_tcase(s, t);
	return s;
}
