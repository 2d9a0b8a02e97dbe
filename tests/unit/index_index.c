#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lifeboat/index/index.h"
#include "tests/support/support.h"

#define NOW 1795212420 /* 2026-11-20T22:07:00Z */
#define FIRST "urn:uuid:00000000-0000-8000-8000-000000000001"
#define SECOND "urn:uuid:00000000-0000-8000-8000-000000000002"

static struct lb_error err;
static char dir[256], db[512];
static struct lb_index *ix;
static struct lb_arena arena;
static struct lb_index_places replaced; /* by the last addition */

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(db, sizeof db, "%s/index.sqlite", dir);
	ck_assert_ok(lb_index_open(db, true, &ix, &err));
}

static void teardown(void)
{
	lb_index_freep(&ix);
	lb_arena_clear(&arena);
}

/* ---- small lifeboats ---- */

static void add_original(struct lb_photo *photo)
{
	static char source[512], sha256[LB_SHA256_HEX];
	snprintf(source, sizeof source, "%s/picture", dir);
	ck_assert_ok(lb_file_write(source, "picture", 7, &err));
	lb_sha256("picture", 7, sha256);
	photo->files[LB_ORIGINAL] = (struct lb_media){.present = true, .label = "Original", .url = "https://live.staticflickr.com/1/9_o.jpg",
		.source_path = source, .sha256 = sha256, .mime = "image/jpeg", .extension = "jpg", .size = 7, .width = 1, .height = 1,
		.captured = NOW};
}

static void add_photo(struct lb_package *p, const char *id)
{
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = id;
	photo.title = "a <title>";
	photo.media = "photo";
	photo.secret = "abc";
	photo.license_id = "4";
	photo.owner.nsid = "1@N00";
	photo.owner.username = "somebody";
	photo.captured = NOW;
	photo.date_posted = NOW;
	if (id[0] == '9') /* the ones whose picture was had */
		add_original(&photo);
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
}

static struct lb_container *make(const char *name, const char *id, const char *const *photos, size_t count)
{
	LB_AUTO(lb_package_freep) struct lb_package *p = NULL;
	char path[512];
	struct lb_container *c = NULL;
	snprintf(path, sizeof path, "%s/%s", dir, name);
	const struct lb_package_info info = {.id = id, .title = name, .created = NOW, .program = "test", .policy.sentence = "all", .planned = count};
	ck_assert_ok(lb_package_begin(path, &info, NULL, &p, &err));
	for (size_t i = 0; i < count; i++)
		add_photo(p, photos[i]);
	ck_assert_ok(lb_package_finish(p, &err));
	ck_assert_ok(lb_container_open(path, &c, &err));
	return c;
}

static size_t add(const char *name, const char *id, const char *const *photos, size_t count, int64_t now)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = make(name, id, photos, count);
	struct lb_index_added added;
	lb_arena_reset(&arena);
	ck_assert_ok(lb_index_add(ix, c, name, now, &arena, &added, &err));
	replaced = added.replaced;
	ck_assert_str_eq(added.id, id);
	return added.photos;
}

/* Places as one line of text. */
static const char *joined(const struct lb_index_places *places)
{
	static char text[1024];
	text[0] = '\0';
	for (size_t i = 0; i < places->count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "+" : "", places->paths[i]);
	return text;
}

/* ---- what the index says, as one line of text ---- */

static int note_hit(void *arg, const struct lb_index_hit *hit, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "%s %s %s %s %s;", hit->photo_id, hit->title, joined(&hit->where), hit->added, hit->status);
	return 0;
}

static const char *found(const char *photo_id)
{
	static char text[4096];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(sizeof text - 1);
	ck_assert_ok(lb_index_find(ix, photo_id, note_hit, &b, &err));
	snprintf(text, sizeof text, "%s", lb_buf_str(&b));
	return text;
}

static int note_lifeboat(void *arg, const struct lb_index_lifeboat *row, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "%s %s %d;", row->title, joined(&row->where), (int)row->photos);
	return 0;
}

static const char *listed(void)
{
	static char text[4096];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(sizeof text - 1);
	ck_assert_ok(lb_index_list(ix, note_lifeboat, &b, &err));
	snprintf(text, sizeof text, "%s", lb_buf_str(&b));
	return text;
}

START_TEST(finds_what_was_added)
{
	ck_assert_str_eq(listed(), "");
	ck_assert_uint_eq(add("one", FIRST, (const char *const[]){"11", "12"}, 2, NOW), 2);
	ck_assert_uint_eq(add("two", SECOND, (const char *const[]){"12"}, 1, NOW + 1), 1);
	ck_assert_str_eq(listed(), "one one 2;two two 1;");
	ck_assert_str_eq(found("11"), "11 one one 2026-11-20T22:07:00Z withheld;");
	ck_assert_str_eq(found("12"), "12 one one 2026-11-20T22:07:00Z withheld;12 two two 2026-11-20T22:07:01Z withheld;");
	ck_assert_str_eq(found("1"), "");
	ck_assert_str_eq(found("' OR 1=1 --"), "");
}
END_TEST

START_TEST(adding_again_renews)
{
	add("before", FIRST, (const char *const[]){"11", "12"}, 2, NOW);
	ck_assert_uint_eq(add("after", FIRST, (const char *const[]){"12", "13"}, 2, NOW + 5), 2);
	ck_assert_str_eq(listed(), "after after 2;");
	ck_assert_str_eq(joined(&replaced), "before");
	ck_assert_str_eq(found("11"), "");
	ck_assert_str_eq(found("12"), "12 after after 2026-11-20T22:07:05Z withheld;");
}
END_TEST

static void add_at(const struct lb_container *c, const char *where, int64_t now)
{
	struct lb_index_added added;
	lb_arena_reset(&arena);
	ck_assert_ok(lb_index_add(ix, c, where, now, &arena, &added, &err));
	replaced = added.replaced;
}

static int count_places(void)
{
	sqlite3 *plain = NULL;
	sqlite3_stmt *s = NULL;
	ck_assert_int_eq(sqlite3_open(db, &plain), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(plain, "SELECT count(*) FROM places", -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	int count = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(plain);
	return count;
}

START_TEST(one_lifeboat_in_several_places)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = make("one", FIRST, (const char *const[]){"11"}, 1);
	add_at(c, "/b.zip", NOW);
	add_at(c, "/a", NOW + 1);
	add_at(c, "/c.tar", NOW + 2);
	add_at(c, "/a", NOW + 3);
	ck_assert_uint_eq(replaced.count, 0);
	ck_assert_str_eq(listed(), "one /b.zip+/a+/c.tar 1;");
	ck_assert_str_eq(found("11"), "11 one /b.zip+/a+/c.tar 2026-11-20T22:07:03Z withheld;");
	ck_assert_ok(lb_index_remove(ix, FIRST, &err));
	ck_assert_str_eq(found("11"), "");
	ck_assert_int_eq(count_places(), 0);
}
END_TEST

START_TEST(other_content_replaces_all_places)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = make("one", FIRST, (const char *const[]){"11"}, 1);
	LB_AUTO(lb_container_freep) struct lb_container *newer = make("two", FIRST, (const char *const[]){"12"}, 1);
	add_at(c, "/a", NOW);
	add_at(c, "/a.zip", NOW);
	add_at(newer, "/a.zip", NOW + 1);
	ck_assert_str_eq(joined(&replaced), "/a");
	ck_assert_str_eq(listed(), "two /a.zip 1;");
	add_at(c, "/a.zip", NOW + 2); /* the same place has changed: nothing is lost */
	ck_assert_uint_eq(replaced.count, 0);
	ck_assert_str_eq(listed(), "one /a.zip 1;");
}
END_TEST

START_TEST(a_place_holds_one_lifeboat)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = make("one", FIRST, (const char *const[]){"11"}, 1);
	LB_AUTO(lb_container_freep) struct lb_container *other = make("two", SECOND, (const char *const[]){"12"}, 1);
	add_at(c, "/a", NOW);
	add_at(c, "/b", NOW);
	add_at(other, "/a", NOW + 1);
	ck_assert_uint_eq(replaced.count, 0);
	ck_assert_str_eq(listed(), "one /b 1;two /a 1;");
}
END_TEST

START_TEST(held_or_withheld)
{
	add("one", FIRST, (const char *const[]){"11", "91"}, 2, NOW);
	ck_assert_str_eq(found("11"), "11 one one 2026-11-20T22:07:00Z withheld;");
	ck_assert_str_eq(found("91"), "91 one one 2026-11-20T22:07:00Z held;");
}
END_TEST

START_TEST(removing)
{
	add("one", FIRST, (const char *const[]){"11"}, 1, NOW);
	add("two", SECOND, (const char *const[]){"11"}, 1, NOW);
	ck_assert_ok(lb_index_remove(ix, FIRST, &err));
	ck_assert_str_eq(found("11"), "11 two two 2026-11-20T22:07:00Z withheld;");
	ck_assert_int_eq(lb_index_remove(ix, FIRST, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_index_remove(ix, "", &err), LB_NOTFOUND);
}
END_TEST

/* The photos' metadata is broken: nothing of the lifeboat may stay, and the old rows must. */
START_TEST(failing_changes_nothing)
{
	char path[600];
	add("one", FIRST, (const char *const[]){"11"}, 1, NOW);
	LB_AUTO(lb_container_freep) struct lb_container *c = make("two", FIRST, (const char *const[]){"21", "22"}, 2);
	snprintf(path, sizeof path, "%s/two/data/metadata/photos/22.js", dir);
	ck_assert_ok(lb_file_write(path, "broken", 6, &err));
	struct lb_index_added added = {.photos = 77};
	ck_assert_int_lt(lb_index_add(ix, c, "two", NOW, &arena, &added, &err), 0);
	ck_assert_uint_eq(added.photos, 77);
	ck_assert_str_eq(listed(), "one one 1;");
	ck_assert_str_eq(found("21"), "");
	ck_assert_str_eq(found("11"), "11 one one 2026-11-20T22:07:00Z withheld;");
	add("three", SECOND, (const char *const[]){"31"}, 1, NOW);
}
END_TEST

START_TEST(not_a_lifeboat)
{
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	char path[512];
	snprintf(path, sizeof path, "%s/empty", dir);
	ck_assert_ok(lb_dir_make(path, &err));
	ck_assert_ok(lb_container_open(path, &c, &err));
	struct lb_index_added added;
	ck_assert_int_eq(lb_index_add(ix, c, "empty", NOW, &arena, &added, &err), LB_NOTFOUND);
	ck_assert_str_eq(listed(), "");
}
END_TEST

static int stop(void *arg, const struct lb_index_hit *hit, struct lb_error *e)
{
	(void)arg;
	return lb_fail(e, LB_CANCELLED, "enough of %s", hit->photo_id);
}

START_TEST(callbacks_may_stop)
{
	add("one", FIRST, (const char *const[]){"11"}, 1, NOW);
	ck_assert_int_eq(lb_index_find(ix, "11", stop, NULL, &err), LB_CANCELLED);
	ck_assert_str_eq(err.what, "enough of 11");
	ck_assert_str_eq(listed(), "one one 1;");
}
END_TEST

START_TEST(opening_again)
{
	struct lb_index *again = NULL;
	add("one", FIRST, (const char *const[]){"11"}, 1, NOW);
	lb_index_freep(&ix);
	ck_assert_ok(lb_index_open(db, false, &ix, &err));
	ck_assert_ok(lb_index_open(db, true, &again, &err));
	ck_assert_str_eq(listed(), "one one 1;");
	lb_index_free(again);
	lb_index_free(NULL);
}
END_TEST

/* ---- files that are no index ---- */

static int open_other(const char *name, bool create)
{
	LB_AUTO(lb_index_freep) struct lb_index *other = NULL;
	char path[512];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return lb_index_open(path, create, &other, &err);
}

static void make_database(const char *name, const char *sql)
{
	char path[512];
	sqlite3 *other = NULL;
	snprintf(path, sizeof path, "%s/%s", dir, name);
	ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(other, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(other);
}

START_TEST(refused_files)
{
	char path[512];
	ck_assert_int_eq(open_other("missing", false), LB_NOTFOUND);
	ck_assert_int_eq(open_other("missing/below", true), LB_IO);
	snprintf(path, sizeof path, "%s/text", dir);
	ck_assert_ok(lb_file_write(path, "this is no database, but some text that is long enough", 54, &err));
	ck_assert_int_eq(open_other("text", true), LB_IO);
	make_database("foreign", "CREATE TABLE lifeboats(x); INSERT INTO lifeboats VALUES(1)");
	ck_assert_int_eq(open_other("foreign", true), LB_IO);
	make_database("newer", "CREATE TABLE t(x); PRAGMA application_id=1279412568; PRAGMA user_version=99");
	ck_assert_int_eq(open_other("newer", true), LB_UNSUPPORTED);
	snprintf(path, sizeof path, "%s/empty", dir);
	ck_assert_ok(lb_file_write(path, "", 0, &err));
	ck_assert_int_eq(open_other("empty", false), LB_IO);
	ck_assert_int_eq(open_other("empty", true), 0);
	ck_assert_int_eq(open_other("empty", false), 0);
}
END_TEST

START_TEST(schema_is_what_the_specification_says)
{
	sqlite3 *plain = NULL;
	sqlite3_stmt *s = NULL;
	add("one", FIRST, (const char *const[]){"11"}, 1, NOW);
	ck_assert_int_eq(sqlite3_open(db, &plain), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(plain, "SELECT l.title, w.place, l.added, l.photos, p.title, p.status FROM photos p"
		" JOIN lifeboats l ON l.id = p.lifeboat_id JOIN places w ON w.lifeboat_id = l.id WHERE p.photo_id = '11'", -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_int64(s, 2), NOW);
	ck_assert_str_eq((const char *)sqlite3_column_text(s, 4), "a <title>");
	sqlite3_finalize(s);
	sqlite3_close(plain);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("index");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, finds_what_was_added);
	tcase_add_test(t, adding_again_renews);
	tcase_add_test(t, one_lifeboat_in_several_places);
	tcase_add_test(t, other_content_replaces_all_places);
	tcase_add_test(t, a_place_holds_one_lifeboat);
	tcase_add_test(t, held_or_withheld);
	tcase_add_test(t, removing);
	tcase_add_test(t, failing_changes_nothing);
	tcase_add_test(t, not_a_lifeboat);
	tcase_add_test(t, callbacks_may_stop);
	tcase_add_test(t, opening_again);
	tcase_add_test(t, refused_files);
	tcase_add_test(t, schema_is_what_the_specification_says);
	suite_add_tcase(s, t);
	return s;
}
