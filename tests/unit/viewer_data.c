/* The viewer's data: read back, it is what the model said; hostile text stays text; stubs and missing photos tell no more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/support.h"
#include "tests/support/viewer_read.h"
#include "viewer/data/internal.h"

enum { PHOTOS = 3000, MANY = 20000 };

static struct lb_error err;
static char dir[512];
static struct lb_arena arena;

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
}

static void teardown(void)
{
	lb_arena_clear(&arena);
}

/* ---- making one ---- */

typedef bool fill_fn(size_t i, struct lb_photo *photo, struct lb_gap *gap); /* false: the photo is missing */

static const char *photo_id(size_t i)
{
	return lb_arena_printf(&arena, "%zu", 5000000 + i * 7);
}

static int make(size_t photos, fill_fn *fill, const struct lb_viewer_facts *more, unsigned fail_at)
{
	struct test_viewer_sink sink = { dir, 0, fail_at };
	struct lb_viewer_files files;
	struct lb_package_info info = { .id = "urn:uuid:0", .title = "Nets &amp; boats", .created = 1790000000, .program = "test" };
	struct lb_viewer_facts facts = more ? *more : (struct lb_viewer_facts){ 0 };
	LB_AUTO(lb_viewer_freep) struct lb_viewer *v = NULL;
	const char **ids = lb_arena_alloc(&arena, (photos + 1) * sizeof *ids);
	facts.info = &info;
	test_viewer_files(&sink, &files);
	for (size_t i = 0; i < photos; i++)
		ids[i] = photo_id(i);
	LB_TRY(lb_viewer_begin(&files, ids, photos, &v, &err));
	for (size_t i = 0; i < photos; i++) {
		struct lb_photo photo;
		struct lb_gap gap = { .code = LB_UNKNOWN };
		lb_photo_init(&photo);
		photo.id = ids[i];
		bool there = fill(i, &photo, &gap);
		LB_TRY(lb_viewer_add(v, &photo, !there, &gap, gap.layer != NULL, &err));
	}
	return lb_viewer_finish(v, &facts, &err);
}

struct back { struct lb_json *shard; const struct lb_json *meta; };

static void back_clear(struct back *b)
{
	lb_json_free(b->shard);
}

static const struct lb_json *read_back(struct back *b)
{
	b->meta = test_viewer_meta(dir, &b->shard);
	return b->meta;
}

static int64_t number(const struct test_table *t, size_t row)
{
	return lb_json_int(t->rows[row], INT64_MIN);
}

/* ---- columns and lists ---- */

static bool in_tag(size_t photo, size_t tag)
{
	return photo % (tag + 2) == 0 || (tag == 5 && photo > 1000 && photo < 2500);
}

static bool fill_many(size_t i, struct lb_photo *p, struct lb_gap *gap)
{
	(void)gap;
	p->title = i % 10 ? lb_arena_printf(&arena, "Photo &amp; number %zu", i) : " \xE2\x80\x8B ";
	p->owner.nsid = lb_arena_printf(&arena, "%zu@N00", i % 13);
	p->owner.username = lb_arena_printf(&arena, "Owner %zu", i % 13);
	p->license_id = i % 3 ? "4" : "0";
	p->views = (int64_t)i * 3;
	p->count_faves = (int64_t)(i % 50);
	p->date_posted = 1300000000 + (int64_t)i;
	p->taken = (struct lb_taken){ .value = i % 4 ? "1937-02-09 00:00:00" : "2012-00-00 00:00:00", .granularity = i % 4 ? 8 : 0 };
	p->is_public = i % 5 != 0;
	p->is_family = 1;
	p->media = i % 9 ? "photo" : "video";
	p->location = (struct lb_location){ .present = i % 2, .latitude = "-33.123456789", .longitude = "151.2", .accuracy = 16, .locality = "Sydney",
		.country = "Australia" };
	p->files[LB_THUMBNAIL] = (struct lb_media){ .present = i % 6 != 0, .label = "Small", .extension = "jpg", .width = 150, .height = 100 };
	p->secret = "ab12";
	p->tags = lb_arena_alloc(&arena, 8 * sizeof *p->tags);
	for (size_t tag = 0; tag < 8; tag++)
		if (in_tag(i, tag))
			p->tags[p->ntags++] = (struct lb_tag){ .raw = lb_arena_printf(&arena, "Tag %zu", tag), .normalized = lb_arena_printf(&arena, "tag%zu", tag) };
	return true;
}

START_TEST(columns_tell_what_the_photos_said)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	ck_assert_ok(make(PHOTOS, fill_many, NULL, 0));
	const struct lb_json *meta = read_back(&b);
	ck_assert_str_eq(lb_json_get_str(meta, "title"), "Nets & boats");
	ck_assert_int_eq(lb_json_int(lb_json_get(meta, "photos"), 0), PHOTOS);
	struct test_table t[LB_COLUMN_COUNT];
	static const char *const names[LB_COLUMN_COUNT] = { "id", "title", "thumb", "aspect", "owner", "taken", "posted", "license", "views", "faves",
		"comments", "flags", "geo", "place" };
	for (size_t i = 0; i < LB_COLUMN_COUNT; i++) {
		test_table_read(dir, meta, names[i], &t[i]);
		ck_assert_uint_eq(t[i].count, PHOTOS);
	}
	for (size_t i = 0; i < PHOTOS; i++) {
		ck_assert_str_eq(lb_json_str(t[LB_COLUMN_ID].rows[i]), photo_id(i));
		ck_assert_pstr_eq(lb_json_str(t[LB_COLUMN_TITLE].rows[i]), i % 10 ? lb_arena_printf(&arena, "Photo & number %zu", i) : NULL);
		ck_assert_pstr_eq(lb_json_str(t[LB_COLUMN_THUMB].rows[i]), i % 6 ? "_ab12_m.jpg" : NULL);
		ck_assert_int_eq(number(&t[LB_COLUMN_ASPECT], i), i % 6 ? 150 : 0);
		ck_assert_int_eq(number(&t[LB_COLUMN_OWNER], i), (int64_t)(i % 13));
		ck_assert_int_eq(number(&t[LB_COLUMN_TAKEN], i), i % 4 ? -1038009600 : 1325376000);
		ck_assert_int_eq(number(&t[LB_COLUMN_POSTED], i), 1300000000 + (int64_t)i);
		ck_assert_int_eq(number(&t[LB_COLUMN_LICENSE], i), i % 3 ? 1 : 0);
		ck_assert_int_eq(number(&t[LB_COLUMN_VIEWS], i), (int64_t)i * 3);
		ck_assert_int_eq(number(&t[LB_COLUMN_FAVES], i), (int64_t)(i % 50));
		ck_assert_int_eq(number(&t[LB_COLUMN_COMMENTS], i), -1);
		int64_t flags = 8 | (i % 9 ? 0 : 1) | (i % 2 ? 128 : 0) | (i % 4 ? 3 : 2) * 1024 | (i % 5 ? 0 : 3) * 4096;
		ck_assert_int_eq(number(&t[LB_COLUMN_FLAGS], i), flags);
		const struct lb_json *geo = t[LB_COLUMN_GEO].rows[i];
		ck_assert_int_eq(lb_json_is_array(geo), i % 2);
		if (i % 2)
			ck_assert(lb_json_num(lb_json_at(geo, 0), 0) == -33.12346 && lb_json_num(lb_json_at(geo, 1), 0) == 151.2 && lb_json_int(lb_json_at(geo, 2), 0) == 16);
		ck_assert_int_eq(number(&t[LB_COLUMN_PLACE], i), i % 2 ? 0 : -1);
	}
	for (size_t i = 0; i < LB_COLUMN_COUNT; i++)
		test_table_clear(&t[i]);
}
END_TEST

START_TEST(lists_of_tags_are_whole)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	LB_AUTO(test_table_clear) struct test_table tags = { 0 }, lists = { 0 }, find = { 0 };
	static uint32_t rows[PHOTOS];
	ck_assert_ok(make(PHOTOS, fill_many, NULL, 0));
	const struct lb_json *meta = read_back(&b);
	test_table_read(dir, meta, "tags", &tags);
	test_table_read(dir, meta, "tags-photos", &lists);
	ck_assert_uint_eq(tags.count, 8);
	for (size_t i = 0; i < lists.count; i++) {
		size_t entry = (size_t)lb_json_int(lb_json_at(lists.rows[i], 0), -1), n = test_list(lb_json_at(lists.rows[i], 1), rows, PHOTOS), k = 0;
		size_t tag = strtoul(lb_json_str(lb_json_at(tags.rows[entry], 0)) + strlen("tag"), NULL, 10);
		ck_assert_int_eq(lb_json_int(lb_json_at(tags.rows[entry], 2), -1), (int64_t)n);
		for (size_t photo = 0; photo < PHOTOS; photo++)
			if (in_tag(photo, tag))
				ck_assert(k < n && rows[k++] == photo);
		ck_assert_uint_eq(k, n);
	}
	test_table_read(dir, meta, "find", &find);
	ck_assert_uint_eq(find.count, PHOTOS + 13 + 8);
	ck_assert_str_eq(lb_json_str(lb_json_at(find.rows[0], 0)), "person:0@N00");
}
END_TEST

START_TEST(lists_are_steps_and_runs)
{
	static const uint32_t rows[] = { 0, 1, 2, 3, 7, 8, 20, 1000000, 1000001, 1000002, 1000009 };
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1024);
	LB_AUTO(lb_json_freep) struct lb_json *json = NULL;
	struct lb_list list = { 0 };
	uint32_t out[LB_COUNT(rows)];
	lb_buf_addc(&b, '[');
	for (size_t i = 0; i < LB_COUNT(rows); i++)
		lb_list_add(&list, &b, rows[i]);
	lb_list_end(&list, &b);
	lb_buf_addc(&b, ']');
	ck_assert_str_eq(lb_buf_str(&b), "[0,-3,4,1,12,999980,-2,7]");
	ck_assert_ok(lb_json_parse(lb_buf_span(&b), &json, &err));
	ck_assert_uint_eq(test_list(json, out, LB_COUNT(out)), LB_COUNT(rows));
	ck_assert_mem_eq(out, rows, sizeof rows);
}
END_TEST

/* ---- long lists ---- */

static bool fill_talk(size_t i, struct lb_photo *p, struct lb_gap *gap)
{
	(void)gap;
	p->title = "Talk";
	p->owner = (struct lb_person){ .nsid = "1@N00", .username = "A" };
	if (i != 1)
		return true;
	p->comments = lb_arena_alloc(&arena, MANY * sizeof *p->comments);
	p->faves = lb_arena_alloc(&arena, MANY * sizeof *p->faves);
	p->ncomments = p->nfaves = MANY;
	for (size_t k = 0; k < MANY; k++) {
		lb_person_init(&p->comments[k].author);
		lb_person_init(&p->faves[k].person);
		p->comments[k].author.nsid = p->faves[k].person.nsid = lb_arena_printf(&arena, "%zu@N01", k % 1000);
		p->comments[k].text = lb_arena_printf(&arena, "word %zu <b>and</b> \xD0\xB6 <a href=\"/photos/a/%s/\">it</a>", k, photo_id(2));
		p->comments[k].date = 1300000000 + (int64_t)k;
		p->faves[k].date = (int64_t)k;
	}
	return true;
}

START_TEST(long_talk_goes_on_in_further_rows)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	LB_AUTO(test_table_clear) struct test_table detail = { 0 };
	size_t comments = 0, faves = 0, blocks = 0;
	ck_assert_ok(make(3, fill_talk, NULL, 0));
	const struct lb_json *meta = read_back(&b);
	test_table_read(dir, meta, "detail", &detail);
	ck_assert_uint_gt(detail.nshards, 5);
	for (size_t i = 0; i < detail.count; i++) {
		if (lb_json_int(lb_json_at(detail.rows[i], 0), -1) != 1)
			continue;
		const struct lb_json *facts = lb_json_at(detail.rows[i], 1), *said = lb_json_get(facts, "comments"), *faved = lb_json_get(facts, "faves");
		ck_assert_int_eq(lb_json_get(facts, "url") != NULL, blocks++ == 0);
		for (size_t k = 0; k < lb_json_count(said); k++)
			ck_assert_int_eq(lb_json_int(lb_json_at(lb_json_at(said, k), 1), -1), 1300000000 + (int64_t)comments++);
		for (size_t k = 0; k < lb_json_count(faved); k++)
			ck_assert_int_eq(lb_json_int(lb_json_at(lb_json_at(faved, k), 1), -1), (int64_t)faves++);
	}
	ck_assert_uint_eq(comments, MANY);
	ck_assert_uint_eq(faves, MANY);
	ck_assert_int_eq(lb_json_int(lb_json_get(lb_json_get(meta, "counts"), "comments"), -1), MANY);
	ck_assert_int_eq(lb_json_int(lb_json_at(detail.rows[1], 0), -1), 1);
	const struct lb_json *text = lb_json_at(lb_json_at(lb_json_get(lb_json_at(detail.rows[1], 1), "comments"), 0), 2);
	ck_assert_str_eq(lb_json_str(lb_json_at(text, 0)), "word 0 ");
	ck_assert_str_eq(lb_json_str(lb_json_at(lb_json_at(text, 1), 0)), "b");
	ck_assert_str_eq(lb_json_str(lb_json_at(text, 2)), " \xD0\xB6 ");
	ck_assert_str_eq(lb_json_str(lb_json_at(lb_json_at(text, 3), 0)), "photo");
	ck_assert_int_eq(lb_json_int(lb_json_at(lb_json_at(text, 3), 1), -1), 2);
}
END_TEST

/* Comments of an album that its row has no room for, and the curator's long words. */
START_TEST(long_sets_go_on_in_further_rows)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	LB_AUTO(test_table_clear) struct test_table albums = { 0 }, rest = { 0 }, galleries = { 0 };
	static size_t order[] = { 2, 0, 1 };
	char *essay = lb_arena_alloc(&arena, 70001);
	memset(essay, 'x', 70000);
	const char *words[] = { essay, NULL, essay };
	struct lb_album_entry album = { .album = { .id = "72157594158092434", .title = "A", .owner_id = "9@N00", .ncomments = 5000 }, .photos = order, .nphotos = 3 };
	struct lb_gallery_entry gallery = { .gallery = { .id = "9-72", .title = "G" }, .photos = order, .words = words, .nphotos = 3 };
	lb_person_init(&gallery.gallery.owner);
	album.album.comments = lb_arena_alloc(&arena, 5000 * sizeof *album.album.comments);
	for (size_t i = 0; i < 5000; i++) {
		lb_person_init(&album.album.comments[i].author);
		album.album.comments[i].author.nsid = "8@N00";
		album.album.comments[i].text = "Such a fine album, and so long a talk about it";
		album.album.comments[i].date = (int64_t)i;
	}
	const struct lb_viewer_facts facts = { .albums = &album, .nalbums = 1, .galleries = &gallery, .ngalleries = 1 };
	ck_assert_ok(make(3, fill_many, &facts, 0));
	const struct lb_json *meta = read_back(&b);
	test_table_read(dir, meta, "albums", &albums);
	test_table_read(dir, meta, "albums-comments", &rest);
	const struct lb_json *said = lb_json_at(albums.rows[0], 10);
	size_t count = lb_json_count(said);
	ck_assert_str_eq(lb_json_str(lb_json_at(albums.rows[0], 0)), "72157594158092434");
	ck_assert_uint_gt(count, 100);
	for (size_t i = 0; i < rest.count; i++)
		for (size_t k = 0; k < lb_json_count(lb_json_at(rest.rows[i], 1)); k++)
			ck_assert_int_eq(lb_json_int(lb_json_at(lb_json_at(lb_json_at(rest.rows[i], 1), k), 1), -1), (int64_t)count++);
	ck_assert_uint_eq(count, 5000);
	test_table_read(dir, meta, "galleries-photos", &galleries);
	ck_assert_uint_eq(galleries.count, 2);
	ck_assert_uint_eq(lb_json_count(lb_json_at(galleries.rows[0], 1)) + lb_json_count(lb_json_at(galleries.rows[1], 1)), 3);
	ck_assert_uint_eq(lb_json_count(lb_json_at(galleries.rows[1], 2)), lb_json_count(lb_json_at(galleries.rows[1], 1)));
}
END_TEST

/* ---- hostile text ---- */

static const char *const payloads[] = {
	"__proto__", "constructor", "</script><script>alert(1)</script>", "\");alert(1);//", "\xE2\x80\xA8\xE2\x80\xA9", "\xED\xA0\x80 lone", "\xFF\xC0 bytes",
	"*/ <!-- ]]>", ("\xE2\x80\xAE" "gpj.exe"), "person:1@N00", "javascript:alert(1)", "<img src=//evil.example/x>", "<a href=\"file:///etc/passwd\">x</a>",
	"\\\\server\\share", "\xF0\x9F\x9A\xA3 \xF3\xA0\x81\x81", "&#x202e;&lt;b&gt;", "\x01\x7F",
};

static bool fill_hostile(size_t i, struct lb_photo *p, struct lb_gap *gap)
{
	const char *text = payloads[i];
	*gap = (struct lb_gap){ .kind = LB_GAP_REFUSED, .layer = text, .message = text, .code = 1 };
	p->title = p->description = p->camera = p->url = p->license_id = text;
	p->owner = (struct lb_person){ .nsid = text, .username = text, .realname = text };
	p->taken.value = text;
	p->location = (struct lb_location){ .present = true, .latitude = text, .longitude = text, .locality = text, .country = text };
	p->tags = lb_arena_alloc(&arena, sizeof *p->tags);
	p->tags[p->ntags++] = (struct lb_tag){ .raw = text, .normalized = text, .author_id = text };
	p->albums = lb_arena_alloc(&arena, sizeof *p->albums);
	p->albums[p->nalbums++] = (struct lb_album){ .id = text, .title = text };
	p->exif = lb_arena_alloc(&arena, sizeof *p->exif);
	p->exif[p->nexif++] = (struct lb_exif){ .label = text, .raw = text };
	p->comments = lb_arena_alloc(&arena, sizeof *p->comments);
	p->comments[p->ncomments++] = (struct lb_comment){ .text = text, .permalink = text, .author.username = text };
	return true;
}

static void no_bad_address(const struct lb_json *node)
{
	const char *kind = lb_json_str(lb_json_at(node, 0)), *href = lb_json_str(lb_json_at(node, 1));
	if (kind && (strcmp(kind, "a") == 0 || strcmp(kind, "img") == 0))
		ck_assert_msg(href && (lb_span_starts(lb_span(href), "https://") || lb_span_starts(lb_span(href), "http://")), "%s", href);
	for (size_t i = 0; i < lb_json_count(node); i++)
		if (lb_json_is_array(lb_json_at(node, i)))
			no_bad_address(lb_json_at(node, i));
}

START_TEST(hostile_text_stays_text)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	void *it = NULL;
	const char *name;
	const struct lb_json *told;
	ck_assert_ok(make(LB_COUNT(payloads), fill_hostile, NULL, 0));
	const struct lb_json *meta = read_back(&b);
	while (lb_json_each(lb_json_get(meta, "tables"), &it, &name, &told)) {
		LB_AUTO(test_table_clear) struct test_table t = { 0 };
		ck_assert_uint_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		test_table_read(dir, meta, name, &t);
	}
	LB_AUTO(test_table_clear) struct test_table titles = { 0 }, detail = { 0 };
	test_table_read(dir, meta, "title", &titles);
	ck_assert_str_eq(lb_json_str(titles.rows[0]), "__proto__");
	ck_assert_str_eq(lb_json_str(titles.rows[2]), payloads[2]);
	ck_assert_ptr_null(lb_json_str(titles.rows[4]));
	ck_assert_str_eq(lb_json_str(titles.rows[5]), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD lone");
	ck_assert_str_eq(lb_json_str(titles.rows[8]), "[U+202E]gpj.exe");
	ck_assert_str_eq(lb_json_str(titles.rows[15]), "[U+202E]<b>");
	test_table_read(dir, meta, "detail", &detail);
	for (size_t i = 0; i < detail.count; i++) {
		const struct lb_json *facts = lb_json_at(detail.rows[i], 1);
		const char *url = lb_json_get_str(facts, "url");
		ck_assert(!url || lb_span_starts(lb_span(url), "https://"));
		no_bad_address(lb_json_get(facts, "description"));
	}
}
END_TEST

/* ---- what is withheld ---- */

#define SECRET "undisclosed"

static bool fill_private(size_t i, struct lb_photo *p, struct lb_gap *gap)
{
	bool missing = i % 2;
	*gap = (struct lb_gap){ .kind = LB_GAP_REFUSED, .layer = "photo", .message = "no permission", .code = 2 };
	p->withheld = missing ? NULL : "not yours to keep";
	p->title = i == 3 ? NULL : "A title";
	p->owner = (struct lb_person){ .nsid = missing ? SECRET "@N00" : "1@N00", .username = "Ada", .realname = SECRET, .location = SECRET, .description = SECRET };
	p->description = p->camera = SECRET;
	p->location = (struct lb_location){ .present = true, .latitude = "1.5", .longitude = "2.5", .locality = SECRET };
	p->taken.value = "2012-01-01 00:00:00";
	p->views = p->date_posted = p->date_updated = p->captured = p->count_comments = p->count_faves = 77777;
	p->secret = SECRET;
	p->files[LB_THUMBNAIL] = (struct lb_media){ .present = true, .label = "Small", .extension = "jpg", .sha256 = SECRET, .width = 7, .height = 7 };
	p->tags = lb_arena_alloc(&arena, sizeof *p->tags);
	p->tags[p->ntags++] = (struct lb_tag){ .raw = SECRET, .normalized = SECRET, .author_id = SECRET };
	p->comments = lb_arena_alloc(&arena, sizeof *p->comments);
	p->comments[p->ncomments++] = (struct lb_comment){ .text = SECRET, .author = { .nsid = SECRET } };
	return !missing;
}

static int seek_secret(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(1 << 22);
	size_t *files = arg;
	if (info->kind != LB_FILE)
		return 0;
	lb_path_join(&path, dir, info->path);
	LB_TRY(lb_file_read(lb_buf_str(&path), 1 << 22, &text, e));
	ck_assert_msg(!strstr(lb_buf_str(&text), SECRET) && !strstr(lb_buf_str(&text), "77777"), "%s", info->path);
	++*files;
	return 0;
}

START_TEST(stubs_and_missing_ones_tell_no_more)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	LB_AUTO(test_table_clear) struct test_table titles = { 0 }, flags = { 0 }, owners = { 0 }, detail = { 0 };
	size_t files = 0;
	ck_assert_ok(make(4, fill_private, NULL, 0));
	const struct lb_json *meta = read_back(&b);
	ck_assert_ok(lb_dir_walk(dir, seek_secret, &files, &err));
	ck_assert_uint_gt(files, 20);
	test_table_read(dir, meta, "title", &titles);
	test_table_read(dir, meta, "flags", &flags);
	test_table_read(dir, meta, "owner", &owners);
	test_table_read(dir, meta, "detail", &detail);
	ck_assert_str_eq(lb_json_str(titles.rows[1]), "A title");
	ck_assert_ptr_null(lb_json_str(titles.rows[3]));
	ck_assert_int_eq(number(&flags, 0), 4 | 8);
	ck_assert_int_eq(number(&flags, 1), 2 | 8);
	ck_assert_int_eq(number(&owners, 3), -1);
	ck_assert_str_eq(lb_json_get_str(lb_json_at(detail.rows[0], 1), "withheld"), "not yours to keep");
	ck_assert_uint_eq(lb_json_count(lb_json_get(lb_json_at(detail.rows[1], 1), "gaps")), 1);
	ck_assert_uint_eq(lb_json_count(lb_json_get(meta, "reasons")), 2);
}
END_TEST

/* ---- failures ---- */

START_TEST(order_is_kept)
{
	struct test_viewer_sink sink = { dir, 0, 0 };
	struct lb_viewer_files files;
	LB_AUTO(lb_viewer_freep) struct lb_viewer *v = NULL;
	const char *const ids[] = { "1", "2" };
	struct lb_photo photo;
	test_viewer_files(&sink, &files);
	lb_photo_init(&photo);
	photo.id = "2";
	ck_assert_ok(lb_viewer_begin(&files, ids, 2, &v, &err));
	ck_assert_int_eq(lb_viewer_add(v, &photo, false, NULL, 0, &err), LB_USAGE);
	photo.id = "1";
	ck_assert_ok(lb_viewer_add(v, &photo, false, NULL, 0, &err));
	ck_assert_int_eq(lb_viewer_finish(v, &(struct lb_viewer_facts){ 0 }, &err), LB_USAGE);
}
END_TEST

/* Each file that cannot be begun or ended is an error, whichever it is. */
START_TEST(what_cannot_be_written_is_told)
{
	int rc = LB_IO;
	unsigned n = 1;
	for (; rc; n++) {
		int ignored = lb_dir_remove(dir, NULL);
		(void)ignored;
		rc = make(2, fill_many, NULL, n);
		ck_assert_int_eq(rc, rc ? LB_IO : 0);
	}
	ck_assert_uint_gt(n, 60);
}
END_TEST

START_TEST(nothing_at_all)
{
	LB_AUTO(back_clear) struct back b = { 0 };
	LB_AUTO(test_table_clear) struct test_table ids = { 0 };
	ck_assert_ok(make(0, fill_many, NULL, 0));
	test_table_read(dir, read_back(&b), "id", &ids);
	ck_assert_uint_eq(ids.count, 0);
}
END_TEST

/* ---- the page ---- */

START_TEST(page_has_the_first_photos)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), page = LB_BUF(1 << 20);
	size_t tiles = 0;
	ck_assert_ok(make(100, fill_many, NULL, 0));
	lb_path_join(&path, dir, "index.html");
	ck_assert_ok(lb_file_read(lb_buf_str(&path), 1 << 20, &page, &err));
	for (const char *p = lb_buf_str(&page); (p = strstr(p, "href=\"../pages/photos-")); p++)
		tiles++;
	ck_assert_uint_eq(tiles, 60);
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&page), "src=\"../media/thumbnails/5000007_ab12_m.jpg\""));
	ck_assert_ptr_nonnull(strstr(lb_buf_str(&page), "<title>Photographs \xC2\xB7 Nets &amp; boats</title>"));
	ck_assert_ptr_null(strstr(lb_buf_str(&page), "<!--"));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("viewer/data");
	TCase *c = tcase_create("data");
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, columns_tell_what_the_photos_said);
	tcase_add_test(c, lists_of_tags_are_whole);
	tcase_add_test(c, lists_are_steps_and_runs);
	tcase_add_test(c, long_talk_goes_on_in_further_rows);
	tcase_add_test(c, long_sets_go_on_in_further_rows);
	tcase_add_test(c, hostile_text_stays_text);
	tcase_add_test(c, stubs_and_missing_ones_tell_no_more);
	tcase_add_test(c, order_is_kept);
	tcase_add_test(c, what_cannot_be_written_is_told);
	tcase_add_test(c, nothing_at_all);
	tcase_add_test(c, page_has_the_first_photos);
	suite_add_tcase(s, c);
	return s;
}
