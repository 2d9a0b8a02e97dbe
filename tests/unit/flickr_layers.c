#include <stdio.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

#define BIT(choice) (UINT32_C(1) << LB_CHOICE_##choice)
#define ALL ((UINT32_C(1) << LB_CHOICE_COUNT) - 1)

static struct lb_arena arena;
static struct lb_error err;
static struct lb_photo photo;
static struct lb_want want;

static void setup(void)
{
	lb_photo_init(&photo);
	want = (struct lb_want){ .choices = ALL };
}

static void teardown(void)
{
	lb_arena_clear(&arena);
}

static const struct lb_layer *layer(const char *name)
{
	const struct lb_layer *l = lb_layer_named(name);
	ck_assert_msg(l != NULL, "no layer %s", name);
	return l;
}

static bool wanted(const char *name, const void *subject)
{
	return lb_layer_wanted(layer(name), subject, &want);
}

/* ---- the table ------------------------------------------------------------------------------- */

START_TEST(photos_come_first_and_names_once)
{
	static const char *const names[] = { "info", "sizes", "comments", "faves", "people", "contexts", "galleries",
		"license-history", "exif", "person", "profile", "album", "album-comments", "group", "gallery" };
	ck_assert_uint_eq(lb_layer_count, LB_COUNT(names));
	for (size_t i = 0; i < lb_layer_count; i++) {
		ck_assert_str_eq(lb_layers[i].name, names[i]);
		ck_assert_ptr_eq(lb_layer_named(names[i]), &lb_layers[i]);
		ck_assert_int_eq(lb_layers[i].required, i == 0);
		ck_assert_int_eq(lb_layers[i].about == LB_ABOUT_PHOTO, i < 9);
	}
	ck_assert_ptr_null(lb_layer_named("infos"));
	ck_assert_ptr_null(lb_layer_named(""));
}
END_TEST

/* What is likely where nothing was told, and certain where it was. */
START_TEST(calls_that_a_layer_takes)
{
	ck_assert(lb_layer_calls(layer("comments"), &photo) == 0.5);
	ck_assert(lb_layer_calls(layer("faves"), &photo) == 0.6);
	ck_assert(lb_layer_calls(layer("people"), &photo) == 0.1);
	ck_assert(lb_layer_calls(layer("info"), &photo) == 1);
	photo.count_comments = 3000;
	photo.has_people = 1;
	ck_assert(lb_layer_calls(layer("comments"), &photo) == 1);
	ck_assert(lb_layer_calls(layer("people"), &photo) == 1);
	static const struct { int64_t faves; double calls; } cases[] = { { 1, 1 }, { 50, 1 }, { 51, 2 }, { 5000, 100 } };
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		photo.count_faves = cases[i].faves;
		ck_assert(lb_layer_calls(layer("faves"), &photo) == cases[i].calls);
	}
}
END_TEST

START_TEST(requests_of_layers)
{
	static const struct { const char *layer, *id, *owner; int64_t page; const char *uri; } cases[] = {
		{ "info", "7", NULL, 3, "?method=flickr.photos.getInfo&photo_id=7" },
		{ "sizes", "7", NULL, 1, "?method=flickr.photos.getSizes&photo_id=7" },
		{ "faves", "7", NULL, 1, "?method=flickr.photos.getFavorites&per_page=50&photo_id=7" },
		{ "faves", "7", NULL, 2, "?method=flickr.photos.getFavorites&page=2&per_page=50&photo_id=7" },
		{ "galleries", "7", NULL, 1, "?method=flickr.galleries.getListForPhoto&per_page=500&photo_id=7" },
		{ "people", "7", NULL, 2, "?method=flickr.photos.people.getList&photo_id=7" },
		{ "license-history", "7", NULL, 1, "?method=flickr.photos.licenses.getLicenseHistory&photo_id=7" },
		{ "exif", "7", NULL, 1, "?method=flickr.photos.getExif&photo_id=7" },
		{ "person", "1@N00", NULL, 1, "?method=flickr.people.getInfo&user_id=1%40N00" },
		{ "profile", "1@N00", NULL, 1, "?method=flickr.profile.getProfile&user_id=1%40N00" },
		{ "album", "72157600000000001", "1@N00", 1,
			"?method=flickr.photosets.getInfo&photoset_id=72157600000000001&user_id=1%40N00" },
		{ "album", "5", NULL, 1, "?method=flickr.photosets.getInfo&photoset_id=5" },
		{ "album-comments", "5", "1@N00", 1, "?method=flickr.photosets.comments.getList&photoset_id=5" },
		{ "group", "2@N00", "1@N00", 1, "?group_id=2%40N00&method=flickr.groups.getInfo" },
		{ "gallery", "9", NULL, 1, "?gallery_id=9&method=flickr.galleries.getInfo" },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
		lb_layer_uri(&b, layer(cases[i].layer), cases[i].id, cases[i].owner, cases[i].page);
		ck_assert_str_eq(lb_buf_str(&b) + strlen(LB_API_ENDPOINT), cases[i].uri);
	}
}
END_TEST

/* ---- what is worth a call -------------------------------------------------------------------- */

/* What is not known is asked; what is known to be none is not. */
START_TEST(counts_decide)
{
	ck_assert(wanted("info", &photo));
	ck_assert(wanted("comments", &photo));
	ck_assert(wanted("faves", &photo));
	ck_assert(wanted("people", &photo));
	photo.count_comments = photo.count_faves = photo.has_people = 0;
	ck_assert(wanted("info", &photo));
	ck_assert(!wanted("comments", &photo));
	ck_assert(!wanted("faves", &photo));
	ck_assert(!wanted("people", &photo));
	photo.count_comments = photo.count_faves = photo.has_people = 1;
	ck_assert(wanted("comments", &photo));
	ck_assert(wanted("faves", &photo));
	ck_assert(wanted("people", &photo));
}
END_TEST

START_TEST(sizes_are_asked_when_the_list_told_none)
{
	struct lb_size known = { .label = "Original" };
	ck_assert(wanted("sizes", &photo));
	photo.sizes = &known;
	photo.nsizes = 1;
	ck_assert(!wanted("sizes", &photo));
	photo.media = "photo";
	ck_assert(!wanted("sizes", &photo));
	photo.media = "video"; /* lists tell its poster only */
	ck_assert(wanted("sizes", &photo));
}
END_TEST

START_TEST(contexts_tell_albums_and_groups)
{
	static const struct { uint32_t choices; bool whole_stream, wanted; } cases[] = {
		{ 0, false, false },
		{ BIT(ALBUMS), false, true },
		{ BIT(ALBUMS), true, false },
		{ BIT(GROUPS), false, true },
		{ BIT(GROUPS), true, true },
		{ BIT(ALBUMS) | BIT(GROUPS), true, true },
		{ ALL & ~(BIT(ALBUMS) | BIT(GROUPS)), false, false },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		want = (struct lb_want){ .choices = cases[i].choices, .whole_stream = cases[i].whole_stream };
		ck_assert_msg(wanted("contexts", &photo) == cases[i].wanted, "case %zu", i);
	}
}
END_TEST

START_TEST(exif_is_asked_where_the_original_is_not_kept)
{
	ck_assert(wanted("exif", &photo));
	want.has_original = true;
	ck_assert(!wanted("exif", &photo));
	want = (struct lb_want){ .choices = ALL & ~BIT(EXIF) };
	ck_assert(!wanted("exif", &photo));
}
END_TEST

START_TEST(records_that_a_list_told_are_not_asked)
{
	struct lb_album album = { .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN };
	struct lb_gallery gallery = { .date_created = LB_UNKNOWN };
	struct lb_group group = { .id = "1@N00" };
	ck_assert(wanted("album", &album));
	ck_assert(wanted("album-comments", &album));
	ck_assert(wanted("gallery", &gallery));
	ck_assert(wanted("group", &group));
	album.date_created = gallery.date_created = 1300000000;
	album.count_comments = 0;
	ck_assert(!wanted("album", &album));
	ck_assert(!wanted("album-comments", &album));
	ck_assert(!wanted("gallery", &gallery));
	album.count_comments = 2;
	ck_assert(wanted("album-comments", &album));
}
END_TEST

START_TEST(nothing_that_was_not_chosen)
{
	union { struct lb_person person; struct lb_album album; struct lb_group group; struct lb_gallery gallery; } other;
	memset(&other, 0, sizeof other);
	want.choices = 0;
	for (size_t i = 0; i < lb_layer_count; i++) {
		const void *subject = lb_layers[i].about == LB_ABOUT_PHOTO ? (void *)&photo : &other;
		bool always = lb_layers[i].choice == LB_CHOICE_PHOTO;
		ck_assert_msg(lb_layer_wanted(&lb_layers[i], subject, &want) == always, "%s", lb_layers[i].name);
	}
}
END_TEST

/* ---- answers --------------------------------------------------------------------------------- */

static void parse_layer(const char *name, const char *inside, void *subject, struct lb_page *page)
{
	struct lb_api_answer answer;
	const struct lb_layer *l = layer(name);
	const char *body = lb_arena_printf(&arena, "<rsp stat='ok'>%s</rsp>", inside);
	memset(&err, 0, sizeof err);
	ck_assert_ok(lb_api_parse(l->method, lb_span(body), &arena, &answer, &err));
	ck_assert_ok(l->parse(answer.rsp, &arena, subject, page, &err));
	ck_assert_int_eq(page->page, 1);
	ck_assert_int_eq(page->pages, l->paged ? 3 : 1);
}

START_TEST(every_layer_of_a_photo_parses_through_the_table)
{
	static const struct { const char *layer, *inside; size_t got; } cases[] = {
		{ "info", "<photo id='7'><owner nsid='1@N00'/></photo>", 0 },
		{ "sizes", "<sizes><size label='a' source='b'/></sizes>", 0 },
		{ "comments", "<comments photo_id='7'/>", 0 },
		{ "faves", "<photo page='1' pages='3' total='3'><person nsid='1@N00'/></photo>", 1 },
		{ "contexts", "", 0 },
		{ "galleries", "<galleries page='1' pages='3'><gallery gallery_id='5'/></galleries>", 1 },
		{ "people", "<people/>", 0 },
		{ "license-history", "<license_history date_change='1' old_license='a' new_license=''/>", 0 },
		{ "exif", "<photo id='7' camera='C'><exif tag='Make'><raw>C</raw></exif></photo>", 0 },
	};
	struct lb_page page;
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		parse_layer(cases[i].layer, cases[i].inside, &photo, &page);
		ck_assert_uint_eq(page.got, cases[i].got);
	}
	ck_assert_str_eq(photo.id, "7");
	ck_assert_uint_eq(photo.nsizes, 1);
	ck_assert_uint_eq(photo.nfaves, 1);
	ck_assert_uint_eq(photo.ngalleries, 1);
	ck_assert_uint_eq(photo.nexif, 1);
	ck_assert_str_eq(photo.camera, "C");
	ck_assert_int_eq(photo.license_history_known, 1);
}
END_TEST

START_TEST(layers_of_a_member_add_up)
{
	struct lb_person p;
	struct lb_page page;
	lb_person_init(&p);
	p.realname = "known";
	parse_layer("profile", "<profile nsid='1@N00' city='Hull' join_date='4'/>", &p, &page);
	parse_layer("person", "<person nsid='1@N00' iconserver='5'><username>u</username></person>", &p, &page);
	ck_assert_str_eq(p.profile->city, "Hull");
	ck_assert_int_eq(p.profile->join_date, 4);
	ck_assert_str_eq(p.username, "u");
	ck_assert_str_eq(p.realname, "known");
	ck_assert_str_eq(p.iconserver, "5");
}
END_TEST

START_TEST(layers_of_albums_groups_and_galleries_add_up)
{
	const char *ids[] = { "8" };
	struct lb_gallery_item item = { "8", "word" };
	struct lb_album album = { .id = "5", .photo_ids = ids, .nphoto_ids = 1, .count_comments = 3, .count_views = 9 };
	struct lb_group group = { .id = "2@N00", .url = "/groups/g/pool/", .photo_ids = ids, .nphoto_ids = 1, .pool_count = 8 };
	struct lb_gallery gallery = { .id = "6", .items = &item, .nitems = 1, .title = "old" };
	struct lb_page page;
	parse_layer("album-comments", "<comments><comment id='1'>c</comment></comments>", &album, &page);
	parse_layer("album", "<photoset id='5' date_create='7' count_views=''><title>T</title></photoset>", &album, &page);
	ck_assert_str_eq(album.title, "T");
	ck_assert_int_eq(album.count_comments, 3);
	ck_assert_int_eq(album.count_views, 9);
	ck_assert_uint_eq(album.ncomments, 1);
	ck_assert_uint_eq(album.nphoto_ids, 1);
	parse_layer("group", "<group id='2@N00'><name>G</name></group>", &group, &page);
	ck_assert_str_eq(group.title, "G");
	ck_assert_str_eq(group.url, "/groups/g/pool/");
	ck_assert_int_eq(group.pool_count, 8);
	ck_assert_uint_eq(group.nphoto_ids, 1);
	parse_layer("gallery", "<gallery gallery_id='6'><title/><description>D</description></gallery>", &gallery, &page);
	ck_assert_ptr_null(gallery.title); /* said to be empty */
	ck_assert_str_eq(gallery.description, "D");
	ck_assert_uint_eq(gallery.nitems, 1);
}
END_TEST

/* ---- --layers -------------------------------------------------------------------------------- */

START_TEST(choices_are_named_and_worth_something)
{
	uint32_t one;
	for (int i = 0; i < LB_CHOICE_COUNT; i++) {
		const struct lb_choice_info *c = &lb_choices[i];
		ck_assert(c->name && c->worth && strlen(c->worth) > 20 && !strchr(c->worth, '.'));
		ck_assert_ok(lb_choices_parse(c->name, &one, &err));
		ck_assert_uint_eq(one, UINT32_C(1) << i | BIT(PHOTO));
		ck_assert_int_eq(lb_choices_default() >> i & 1, c->by_default);
	}
	ck_assert(lb_choices_default() & BIT(PHOTO));
	ck_assert(!(lb_choices_default() & BIT(LICENSES)));
}
END_TEST

START_TEST(choices_by_words)
{
	uint32_t got, plain = lb_choices_default();
	const struct { const char *text; uint32_t bits; } cases[] = {
		{ "comments,faves", BIT(COMMENTS) | BIT(FAVES) | BIT(PHOTO) },
		{ "photo", BIT(PHOTO) },
		{ "all", ALL },
		{ "default", plain },
		{ "default,-galleries,licenses", (plain & ~BIT(GALLERIES)) | BIT(LICENSES) },
		{ "-galleries", plain & ~BIT(GALLERIES) },
		{ "all,-all", BIT(PHOTO) },
		{ " comments , faves ", BIT(COMMENTS) | BIT(FAVES) | BIT(PHOTO) },
		{ "faves,-faves,faves", BIT(FAVES) | BIT(PHOTO) },
		{ "faves,", BIT(FAVES) | BIT(PHOTO) },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		ck_assert_ok(lb_choices_parse(cases[i].text, &got, &err));
		ck_assert_msg(got == cases[i].bits, "%s: %x, expected %x", cases[i].text, got, cases[i].bits);
	}
}
END_TEST

START_TEST(what_a_lifeboat_is_of_cannot_be_left_out)
{
	uint32_t got = 77;
	ck_assert_int_eq(lb_choices_parse("all,-photo", &got, &err), LB_USAGE);
	ck_assert_ptr_nonnull(strstr(err.what, "\"photo\" cannot be left out"));
	ck_assert_uint_eq(got, 77);
}
END_TEST

START_TEST(choices_that_are_none)
{
	static const struct { const char *text, *named; } cases[] = {
		{ "comment", "\"comment\"" }, { "faves,Comments", "\"Comments\"" }, { "", "\"\"" }, { ",", "\"\"" },
		{ "--faves", "\"--faves\"" }, { "-", "\"-\"" }, { "faves comments", "\"faves comments\"" },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		uint32_t got = 77;
		memset(&err, 0, sizeof err);
		ck_assert_int_eq(lb_choices_parse(cases[i].text, &got, &err), LB_USAGE);
		ck_assert_msg(strstr(err.what, cases[i].named) != NULL, "%s: %s", cases[i].text, err.what);
		ck_assert_ptr_nonnull(strstr(err.hint, "license"));
		ck_assert_uint_eq(got, 77);
	}
}
END_TEST

/* ---- icons ----------------------------------------------------------------------------------- */

START_TEST(icons_of_members)
{
	static const struct { const char *nsid, *server, *farm, *url; } cases[] = {
		{ "1@N00", "65535", "66", "https://farm66.staticflickr.com/65535/buddyicons/1@N00.jpg" },
		{ "1@N00", "0", "66", NULL },
		{ "1@N00", NULL, "66", NULL },
		{ "1@N00", "5", NULL, NULL },
		{ NULL, "5", "6", NULL },
		{ "1@N00", "5", "evil/", NULL },
		{ "1@N00", "-5", "6", NULL },
		{ "../1", "5", "6", NULL },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_person p = { .nsid = cases[i].nsid, .iconserver = cases[i].server, .iconfarm = cases[i].farm };
		const char *url = lb_icon_url(&p, &arena);
		ck_assert_msg(lb_span_eq(lb_span(url), lb_span(cases[i].url)), "case %zu: %s", i, url ? url : "none");
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/layers");
	TCase *tc = tcase_create("layers");
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, photos_come_first_and_names_once);
	tcase_add_test(tc, calls_that_a_layer_takes);
	tcase_add_test(tc, requests_of_layers);
	tcase_add_test(tc, counts_decide);
	tcase_add_test(tc, sizes_are_asked_when_the_list_told_none);
	tcase_add_test(tc, contexts_tell_albums_and_groups);
	tcase_add_test(tc, exif_is_asked_where_the_original_is_not_kept);
	tcase_add_test(tc, records_that_a_list_told_are_not_asked);
	tcase_add_test(tc, nothing_that_was_not_chosen);
	tcase_add_test(tc, every_layer_of_a_photo_parses_through_the_table);
	tcase_add_test(tc, layers_of_a_member_add_up);
	tcase_add_test(tc, layers_of_albums_groups_and_galleries_add_up);
	tcase_add_test(tc, choices_are_named_and_worth_something);
	tcase_add_test(tc, choices_by_words);
	tcase_add_test(tc, choices_that_are_none);
	tcase_add_test(tc, what_a_lifeboat_is_of_cannot_be_left_out);
	tcase_add_test(tc, icons_of_members);
	suite_add_tcase(s, tc);
	return s;
}
