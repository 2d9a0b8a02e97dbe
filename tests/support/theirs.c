#include "tests/support/theirs.h"

#include <stdio.h>
#include <string.h>

#include "format/text/text.h"

static struct lb_error err;

const char *test_their_id(size_t i)
{
	static char ids[8][32];
	static unsigned next;
	char *id = ids[next++ % 8];
	snprintf(id, sizeof ids[0], "%zu", i % 2 ? 869031 + i : 53478812196 - i);
	return id;
}

static void put(const char *dir, const char *path, const struct lb_buf *b)
{
	ck_assert_ok(lb_buf_check(b, path, &err));
	test_put(dir, path, b->p, b->len);
}

/* ---- files ---- */

static void picture_path(size_t i, bool original, char out[96])
{
	snprintf(out, 96, "media/%s/%s_5ec%zu_%s.jpg", original ? "originals" : "thumbnails", test_their_id(i), i, original ? "o" : "n");
}

/* Begins like a JPEG; no two are the same. */
static void put_picture(const char *dir, size_t i, bool original, struct lb_buf *bytes)
{
	static const unsigned char head[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
	char path[96];
	lb_buf_reset(bytes);
	lb_buf_add(bytes, head, sizeof head);
	lb_buf_addf(bytes, "%s %zu", original ? "original" : "thumbnail", i);
	picture_path(i, original, path);
	put(dir, path, bytes);
}

static void tell_file(struct lb_jw *w, const char *dir, size_t i, bool original, bool object)
{
	LB_AUTO(lb_buf_clear) struct lb_buf bytes = LB_BUF(4096);
	char path[96], sha256[LB_SHA256_HEX];
	const char *role = original ? "original" : "thumbnail";
	put_picture(dir, i, original, &bytes);
	picture_path(i, original, path);
	if (!object) {
		lb_jw_str(w, role, path);
		return;
	}
	lb_sha256(bytes.p, bytes.len, sha256);
	lb_jw_object(w, role);
	lb_jw_str(w, "path", path);
	lb_jw_str(w, "label", original ? "Original" : "Small 320");
	lb_jw_str(w, "content_type", "image/jpeg");
	lb_jw_int(w, "width", original ? 1024 : 320);
	lb_jw_int(w, "height", original ? 768 : 240);
	lb_jw_str(w, "media", "photo");
	lb_jw_int(w, "size", (int64_t)bytes.len);
	lb_jw_str(w, "checksum", sha256);
	lb_jw_end(w);
}

/* ---- photos ---- */

static void tell_both(struct lb_jw *w, size_t i)
{
	char title[32];
	snprintf(title, sizeof title, "Boat %zu", i);
	lb_jw_str(w, "title", title);
	lb_jw_str(w, "uploaderId", i % 3 ? "9001@N09" : "9003@N09");
	lb_jw_str(w, "licenseId", i % 2 ? "cc-by-2.0" : "in-copyright");
	if (i % 4 == 3) {
		lb_jw_null(w, "dateTaken");
	} else {
		lb_jw_object(w, "dateTaken");
		lb_jw_str(w, "value", "1962-07-01T00:00:00");
		lb_jw_str(w, "granularity", i % 4 ? "month" : "circa");
		lb_jw_end(w);
	}
	lb_jw_str(w, "dateUploaded", "2012-03-04T05:06:07+00:00");
	lb_jw_int(w, "countComments", 2);
	lb_jw_int(w, "countFaves", (int64_t)i);
	lb_jw_int(w, "countViews", (int64_t)(100 + i));
	lb_jw_str(w, "visibility", i % 5 == 4 ? "friends only" : "public");
}

static void tell_ids(struct lb_jw *w, const char *key, const char *id)
{
	lb_jw_array(w, key);
	lb_jw_str(w, NULL, id);
	lb_jw_end(w);
}

static void tell_talk(struct lb_jw *w, size_t i)
{
	lb_jw_array(w, "tags");
	lb_jw_object(w, NULL);
	lb_jw_str(w, "authorId", "9001@N09");
	lb_jw_str(w, "rawValue", "Old Boat");
	lb_jw_str(w, "normalizedValue", "oldboat");
	lb_jw_bool(w, "isMachineTag", false);
	lb_jw_end(w);
	lb_jw_end(w);
	lb_jw_array(w, "comments");
	for (size_t k = 0; k < 2; k++) {
		char id[32];
		snprintf(id, sizeof id, "c-%zu-%zu", i, k);
		lb_jw_object(w, NULL);
		lb_jw_str(w, "id", id);
		lb_jw_str(w, "authorId", "9002@N09");
		lb_jw_str(w, "text", k ? "</script><img src=x onerror=alert(1)>" : "I <i>sailed</i> it");
		lb_jw_str(w, "date", "2013-01-01T00:00:00Z");
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void tell_place(struct lb_jw *w)
{
	lb_jw_object(w, "location");
	lb_jw_num(w, "latitude", 51.5);
	lb_jw_num(w, "longitude", -0.25);
	lb_jw_int(w, "accuracy", 14);
	lb_jw_int(w, "context", 2);
	lb_jw_str(w, "locality", "Wapping");
	lb_jw_end(w);
}

static void put_photo(const char *dir, size_t i, bool object)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	struct lb_jw w;
	char path[96], secret[32];
	snprintf(secret, sizeof secret, "5ec%zu", i);
	lb_buf_adds(&b, "const photo = ");
	lb_jw_begin(&w, &b, false);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "id", test_their_id(i));
	lb_jw_str(&w, "secret", secret);
	lb_jw_str(&w, "description", "A <b>boat</b>\nat dawn");
	tell_both(&w, i);
	tell_talk(&w, i);
	if (i % 2)
		lb_jw_null(&w, "location");
	else
		tell_place(&w);
	tell_ids(&w, "albumIds", "72157600000000001");
	tell_ids(&w, "galleryIds", "66-1");
	tell_ids(&w, "groupIds", "77@N07");
	lb_jw_str(&w, "safetyLevel", "moderate");
	lb_jw_str(&w, "originalFormat", "jpg");
	lb_jw_str(&w, object ? "media" : "mediaType", "photo");
	lb_jw_str(&w, "curatorsMark", "kept");
	lb_jw_object(&w, "files");
	tell_file(&w, dir, i, true, object);
	tell_file(&w, dir, i, false, object);
	lb_jw_end(&w);
	lb_jw_end(&w);
	lb_buf_adds(&b, ";\n");
	snprintf(path, sizeof path, "metadata/photos/%s.js", test_their_id(i));
	put(dir, path, &b);
}

static void put_photo_index(const char *dir, size_t photos)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF((size_t)1 << 30);
	struct lb_jw w;
	lb_buf_adds(&b, "const photoIndex = ");
	lb_jw_begin(&w, &b, false);
	lb_jw_object(&w, NULL);
	for (size_t i = 0; i < photos; i++) {
		char path[96];
		lb_jw_object(&w, test_their_id(i));
		tell_both(&w, i);
		tell_ids(&w, "tags", "oldboat");
		picture_path(i, false, path);
		lb_jw_object(&w, "thumbnail");
		lb_jw_str(&w, "path", path);
		lb_jw_int(&w, "width", 320);
		lb_jw_int(&w, "height", 240);
		lb_jw_end(&w);
		snprintf(path, sizeof path, "metadata/photos/%s.js", test_their_id(i));
		lb_jw_str(&w, "metadataPath", path);
		lb_jw_end(&w);
	}
	lb_jw_end(&w);
	lb_buf_adds(&b, ";\n");
	put(dir, "metadata/photoIndex.js", &b);
}

/* ---- the rest ---- */

/* The photos in the opposite order. */
static void put_albums(const char *dir, size_t photos)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF((size_t)1 << 28);
	lb_buf_adds(&b, "const albumIndex = {\"72157600000000001\": {\"title\": \"The river\", \"ownerId\": \"9001@N09\", \"countPhotos\": 99, "
		"\"countVideos\": 0, \"countViews\": 5, \"countComments\": 0, \"photoIds\": [");
	for (size_t i = photos; i-- > 0;)
		lb_buf_addf(&b, "\"%s\"%s", test_their_id(i), i ? ", " : "");
	lb_buf_adds(&b, "]}};\n");
	put(dir, "metadata/albumIndex.js", &b);
}

void test_theirs(const char *dir, enum test_layout layout, size_t photos)
{
	static const struct { const char *path, *text; } files[] = {
		{"metadata/contributorIndex.js", "let contributorIndex = {\"9001@N09\": {\"username\": \"wapping\", \"realname\": \"Ann Able\", "
			"\"pathAlias\": \"ann\", \"contributions\": {\"photo\": 1, \"tag\": 1, \"comment\": 0}}, \"9002@N09\": {\"username\": \"sailor\", "
			"\"realname\": null, \"pathAlias\": null}, \"9003@N09\": {\"username\": \"third\", \"realname\": null, \"pathAlias\": null}};\n"},
		{"metadata/licenseIndex.js", "licenseIndex = {\"cc-by-2.0\": {\"label\": \"CC BY 2.0\", \"url\": "
			"\"https://creativecommons.org/licenses/by/2.0/\"}, \"in-copyright\": {\"label\": \"All Rights Reserved\", \"url\": null}}\n"},
		{"metadata/tagIndex.js", "var tagIndex = {\"oldboat\": 2, \"__proto__\": 1};\n"},
		{"metadata/galleryIndex.js", "const galleryIndex = {\"66-1\": {\"title\": \"Work\", \"description\": \"By hand\", "
			"\"ownerId\": \"9002@N09\", \"countPhotos\": 9, \"photoIds\": []}};\n"},
		{"metadata/groupIndex.js", "const groupIndex = {\"77@N07\": {\"name\": \"Thames\", \"nsid\": \"77@N07\", \"eighteenPlus\": false, "
			"\"members\": 5, \"poolCount\": 6, \"topicCount\": 1, \"privacy\": 3, \"lang\": \"en-us\", \"ispoolmoderated\": 1, \"photoIds\": []}};\n"},
		{"README.html", "<!DOCTYPE html>\n<title>The river</title>\n"},
		{"viewer/data.html", "<!DOCTYPE html>\n<title>data</title>\n"},
	};
	for (size_t i = 0; i < LB_COUNT(files); i++)
		test_puts(dir, files[i].path, files[i].text);
	if (layout != TEST_OBJECTS)
		test_puts(dir, "metadata/lifeboat.js", "const lifeboat = {\"id\": \"river-1\", \"name\": \"The river at work\", \"creator\": "
			"{\"id\": \"9002@N09\", \"name\": \"Sam Sailor\"}, \"dateCreated\": \"2025-06-01T10:00:00Z\", \"purpose\": \"Before the wharf goes.\", "
			"\"futureConsiderations\": \"Ask the families.\"};\n");
	for (size_t i = 0; i < photos; i++)
		put_photo(dir, i, layout == TEST_OBJECTS || (layout == TEST_MIXED && i % 2));
	put_photo_index(dir, photos);
	put_albums(dir, photos);
}

void test_replace(const char *dir, const char *path, const char *from, const char *to)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 24), changed = LB_BUF(1 << 24);
	test_read(dir, path, &text);
	const char *at = memmem(lb_buf_str(&text), text.len, from, strlen(from));
	ck_assert_msg(at != NULL, "%s has no %s", path, from);
	lb_buf_add(&changed, text.p, (size_t)(at - text.p));
	lb_buf_adds(&changed, to);
	at += strlen(from);
	lb_buf_add(&changed, at, (size_t)(text.p + text.len - at));
	put(dir, path, &changed);
}
