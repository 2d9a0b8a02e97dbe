/* The pages of what surrounds the photos: albums, groups, galleries, collections, people, camera data, licences of old; and
 * of what is kept back: rules, agreement, consent, stubs, everything that is missing by why. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/make_pages.h"
#include "tests/support/page_check.h"
#include "tests/support/support.h"

#define CREATED 1763675220 /* 2025-11-20T21:47:00Z */
#define TEXT_MAX ((size_t)1 << 26)
#define REFUSED "Its owner has refused."
#define SILENT "Its owner was <b>asked</b> & did not answer in time."

static struct lb_error err;
static char dir[400];

static char *source_of(const char *path)
{
	char full[600];
	struct lb_buf b = LB_BUF(TEXT_MAX);
	snprintf(full, sizeof full, "%s/%s", dir, path);
	ck_assert_ok(lb_file_read(full, TEXT_MAX, &b, &err));
	return lb_buf_take(&b);
}

#define has(source, text) ck_assert_msg(strstr(source, text) != NULL, "not there: %.300s", text)
#define hasnt(source, text) ck_assert_msg(strstr(source, text) == NULL, "there: %.300s", text)

static void in_order(const char *source, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *at = strstr(source, texts[i]);
		ck_assert_msg(at != NULL, "not there, or not in its place: %s", texts[i]);
		source = at + 1;
	}
}

/* ---- a collection with all of it ---- */

static struct lb_person member(const char *nsid, const char *name)
{
	struct lb_person p;
	lb_person_init(&p);
	p.nsid = nsid;
	p.username = name;
	return p;
}

static bool fill(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	static const char *const gone[] = { "Photo \"9\" not found (invalid ID)", "Permission denied", "Method is tired", NULL };
	(void)arg;
	p->title = lb_arena_printf(arena, "Boat %zu", i + 1);
	p->owner = member("1000@N00", "ann");
	p->license_id = "4";
	p->is_public = i != 1, p->is_friend = i == 1, p->is_family = i == 1;
	if (i == 2 || i == 3 || i == 4) {
		p->description = "never to be seen";
		p->camera = "secret camera";
		p->comments = lb_arena_alloc(arena, sizeof *p->comments), p->ncomments = 1;
		p->comments[0] = (struct lb_comment){ .id = "1", .text = "never to be heard", .author = member("1066@N00", "nobody"), .date = CREATED };
		p->withheld = i == 3 ? SILENT : REFUSED;
		p->url = "javascript:alert(1)";
		*gap = (struct lb_gap){ LB_GAP_WITHHELD, p->id, "photo", "photo", NULL, LB_UNKNOWN, p->withheld };
		return true;
	}
	if (i >= 6 && i < 10) {
		*gap = (struct lb_gap){ i == 9 ? LB_GAP_FAILED : LB_GAP_REFUSED, p->id, "photo", "photo", "flickr.photos.getInfo", i == 9 ? 503 : 1, gone[i - 6] };
		return false;
	}
	if (i == 0) {
		p->camera = "Brownie <i>No. 2</i>";
		p->exif_source = "file";
		p->exif = lb_arena_alloc(arena, 2 * sizeof *p->exif), p->nexif = 2;
		p->exif[0] = (struct lb_exif){ "ExifIFD", "0", "ExposureTime", "Exposure", "0.004", "1/250 sec" };
		p->exif[1] = (struct lb_exif){ "IFD0", "0", "Artist", "<script>", "\"><b>Ann</b>", NULL };
		p->license_changes = lb_arena_alloc(arena, sizeof *p->license_changes), p->nlicense_changes = 1;
		p->license_changes[0] = (struct lb_license_change){ CREATED - 86400, "All Rights Reserved", NULL, "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/" };
	}
	p->license_history_known = i == 5 ? 1 : LB_UNKNOWN;
	if (i == 5) {
		p->can_download = 0;
		*gap = (struct lb_gap){ LB_GAP_WITHHELD, p->id, "photo", "original", NULL, LB_UNKNOWN, "Its owner has disabled downloads." };
	}
	if (i == 10)
		*gap = (struct lb_gap){ LB_GAP_UNASKED, p->id, "photo", "comments", NULL, LB_UNKNOWN, "no answer on record" };
	return true;
}

static void add_people(struct lb_package *package)
{
	struct lb_arena arena = { 0 };
	char path[600];
	struct lb_media icon;
	struct lb_person_profile profile = { .join_date = 1100000000, .occupation = "boatbuilder", .hometown = "Hull", .city = "Leith", .country = "Scotland",
		.website = "javascript:alert(1)", .instagram = "ann<br>boats", .description = "I build <b>boats</b>", .showcase_album_id = "72157600000000001",
		.showcase_album_title = "Lake" };
	struct lb_person ann = member("1000@N00", "ann");
	ann.profile = &profile;
	lb_package_add_person(package, &ann);
	profile.website = "https://boats.example/";
	struct lb_person bea = member("1001@N00", "bea \"\xe2\x80\xae");
	bea.profile = &profile;
	lb_package_add_person(package, &bea);
	snprintf(path, sizeof path, "%s.media/icon", dir);
	ck_assert_ok(test_picture(path, &arena, 7, &icon, &err));
	ck_assert_ok(lb_package_add_icon(package, "1001@N00", &icon, &err));
	lb_arena_clear(&arena);
}

static void records(void *arg, struct lb_package *package)
{
	struct lb_arena arena = { 0 };
	(void)arg;
	const char *order[] = { test_photo_id(&arena, 10), "4711", test_photo_id(&arena, 2), test_photo_id(&arena, 0) };
	const char *pool[] = { test_photo_id(&arena, 5), test_photo_id(&arena, 1) }, *in_lakes[] = { "72157600000000001", "404" };
	struct lb_comment comment = { .id = "a-1", .text = "What an <i>album</i>", .author = member("1002@N00", "cy"), .date = CREATED };
	struct lb_gallery_item items[] = { { order[0], "The <b>best</b>\nof all" }, { order[2], "never to be read" }, { order[3], NULL } };
	struct lb_gallery gallery = { .id = "66-77", .title = "Harbours", .description = "as seen by bea", .owner = member("1001@N00", "bea"), .count_photos = 18,
		.count_videos = 0, .count_views = 5, .count_comments = 0, .date_created = CREATED, .date_updated = CREATED, .items = items, .nitems = 3 };
	lb_package_add_album(package, &(struct lb_album){ .id = "72157600000000001", .title = "Lake", .description = "All on the <b>lake</b>", .owner_id = "1000@N00",
		.owner_name = "ann", .primary_photo_id = order[3], .count_photos = 4, .count_videos = 0, .count_views = 77, .count_comments = 1,
		.date_created = CREATED - 100, .date_updated = CREATED, .comments = &comment, .ncomments = 1, .photo_ids = order, .nphoto_ids = 4 });
	lb_package_add_group(package, &(struct lb_group){ .id = "34427469792@N01", .title = "Small boats", .description = "no ships", .rules = "Be <u>kind</u>",
		.members = 12, .pool_count = 900, .topic_count = 3, .privacy = 2, .moderated = 1, .eighteen_plus = 0, .date_created = "2005-01-02 03:04:05",
		.photo_ids = pool, .nphoto_ids = 2 });
	lb_package_add_gallery(package, &gallery);
	lb_package_add_collection(package, &(struct lb_collection){ .id = "9-1", .title = "Waters", .description = "of the <b>north</b>", .owner_id = "1000@N00" });
	lb_package_add_collection(package, &(struct lb_collection){ .id = "9-3", .title = "Seas", .owner_id = "1000@N00" });
	lb_package_add_collection(package, &(struct lb_collection){ .id = "9-2", .title = "Lakes", .parent_id = "9-1", .album_ids = in_lakes, .nalbum_ids = 2 });
	add_people(package);
	lb_arena_clear(&arena);
}

static void make(void)
{
	static const struct lb_package_consent consent[] = { { "1000@N00", "ann", "granted", "2025-11-01", NULL, NULL, "by letter" },
		{ "1077@N00", "zed <script>", "no answer", NULL, "2025-10-01", NULL, NULL } };
	static const char *const layers[] = { "photo", "comments", "albums", "groups", "galleries", "exif", "profiles", "icons" };
	const struct lb_package_info info = { .id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "Boats", .maker_name = "Ann", .created = CREATED,
		.program = "lifeboat test", .planned = 11, .policy = { .name = "rescue", .sentence = "This is a rescue.", .agreed = CREATED - 3600,
		.agreement = "I take these <photographs>.\nI will keep them safe.", .safety = "moderate", .private_included = true, .pseudonymised = true,
		.account_id = "1000@N00", .account_name = "ann", .layers = layers, .nlayers = LB_COUNT(layers), .consent = consent, .nconsent = 2 } };
	const char *keep = getenv("LIFEBOAT_KEEP_RECORDS");
	snprintf(dir, sizeof dir, "%s%s", keep ? keep : test_dir(), keep ? "" : "/boat");
	if (!lb_dir_exists(dir))
		ck_assert_ok(test_make_pages_with(dir, &info, 11, fill, records, NULL, &err));
}

START_TEST(pages_are_sound)
{
	LB_AUTO(lb_buf_clear) struct lb_buf complaints = LB_BUF(1 << 16);
	ck_assert_uint_gt(test_check_pages(dir, &complaints), 15);
	ck_assert_msg(!complaints.len, "%s", lb_buf_str(&complaints));
}
END_TEST

START_TEST(photo_tells_camera_and_licences)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/photos-0001.html");
	static const char *const told[] = {
		"The camera’s data: <bdi>Brownie &lt;i&gt;No. 2&lt;/i&gt;</bdi></summary>", "Read from the original file that is kept here.",
		"<tr><th scope=\"row\"><bdi>Exposure</bdi></th><td><bdi>1/250 sec</bdi> <small>(<bdi>0.004</bdi>)</small></td><td><bdi>ExifIFD</bdi></td></tr>",
		"<bdi>&lt;script&gt;</bdi></th><td><bdi>&quot;&gt;&lt;b&gt;Ann&lt;/b&gt;</bdi></td>",
		"19 November 2025</time>: <bdi>All Rights Reserved</bdi>, then <a class=\"out\"", "Flickr knows of none: it has always been this one.",
		"Only the owner’s friends and family could see this photograph on Flickr.",
	};
	for (size_t i = 0; i < LB_COUNT(told); i++)
		has(page, told[i]);
	ck_assert_ptr_null(strstr(strstr(page, "class=\"audience\"") + 1, "class=\"audience\""));
}
END_TEST

START_TEST(stubs_tell_no_more_than_they_may)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/photos-0001.html");
	has(page, "<article class=\"photo withheld\" id=\"p50000000007\">");
	has(page, "<strong>This photograph is not kept here.</strong> <bdi>Its owner has refused.</bdi>");
	has(page, "<bdi>Its owner was &lt;b&gt;asked&lt;/b&gt; &amp; did not answer in time.</bdi>");
	hasnt(page, "never to be");
	hasnt(page, "secret camera");
	hasnt(page, "href=\"javascript");
	const char *stub = strstr(page, "id=\"p50000000007\"");
	LB_AUTO(lb_freep) char *article = lb_strndup(stub, (size_t)(strstr(stub, "</article>") - stub));
	has(article, "CC BY 2.0");
	has(article, "<bdi>Boat 3</bdi></h2>");
	hasnt(article, "<img");
	hasnt(article, "<dt>Posted");
}
END_TEST

START_TEST(albums_keep_their_order)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/albums-0001.html");
	LB_AUTO(lb_freep) char *index = source_of("data/pages/albums.html");
	static const char *const order[] = { "All on the <b>lake</b>", "<dt>Cover</dt><dd><a href=\"../pages/photos-0001.html#p50000000001\"><bdi>Boat 1</bdi>",
		"<dt>There were</dt><dd>4 photographs, 77 views, 1 comment", "4 photographs, of which 3 are in this lifeboat, in that order", "20 November 2025",
		"<bdi>Boat 11</bdi>", "<bdi>Boat 3</bdi></span> <span class=\"mark\">Not kept here</span>", "<bdi>Boat 1</bdi></span>",
		"What was said about the album", "What an <i>album</i>" };
	in_order(page, order, LB_COUNT(order));
	has(index, "50000000001_abc123_m.png");
	has(index, "collections.html\">How members arranged their albums in collections: 3 collections</a>");
}
END_TEST

START_TEST(groups_and_galleries_speak)
{
	LB_AUTO(lb_freep) char *group = source_of("data/pages/groups-0001.html");
	LB_AUTO(lb_freep) char *gallery = source_of("data/pages/galleries-0001.html");
	static const char *const of_group[] = { "no ships", "12 members, 900 photographs, 3 discussions", "everyone; members by invitation", "Be <u>kind</u>",
		"Photographs were added after review.", "2005-01-02 03:04:05", "<bdi>Boat 6</bdi>", "<bdi>Boat 2</bdi>" };
	static const char *const of_gallery[] = { "as seen by bea", "<dt>Chosen by</dt>", "<ul class=\"tiles said\">", "<bdi>Boat 11</bdi>", "The <b>best</b><br>of all",
		"<bdi>Boat 3</bdi>", "<bdi>Boat 1</bdi>" };
	in_order(group, of_group, LB_COUNT(of_group));
	in_order(gallery, of_gallery, LB_COUNT(of_gallery));
	hasnt(gallery, "never to be read");
}
END_TEST

START_TEST(collections_are_a_tree)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/collections.html");
	static const char *const order[] = { "id=\"k9-1\"", "<bdi>Waters</bdi></strong> <small>by <a href=\"../pages/people-0001.html#u1\"><bdi>ann</bdi></a>",
		"of the <b>north</b>", "<ul class=\"tree\">", "<bdi>Lakes</bdi>", "albums-0001.html#a1\"><bdi>Lake</bdi></a>", "not recorded here (<bdi>404</bdi>)",
		"</ul>\n</li>\n</ul>\n</li>\n<li id=\"k9-3\"", "<bdi>Seas</bdi>" };
	in_order(page, order, LB_COUNT(order));
}
END_TEST

START_TEST(people_have_faces_and_words)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/people-0001.html");
	static const char *const told[] = { "<img src=\"../media/icons/1001%40N00.png\" width=\"48\" height=\"48\" alt=\"Picture of bea &quot;[U+202E]\"", "boatbuilder",
		"<bdi>Leith</bdi>, <bdi>Scotland</bdi>", "Instagram: <bdi>ann&lt;br&gt;boats</bdi>", "href=\"https://boats.example/\"", "I build <b>boats</b>",
		"<dt>Showed first</dt><dd><a href=\"../pages/albums-0001.html#a1\"><bdi>Lake</bdi></a>", "9 November 2004",
		"<dt>Commented on</dt><dd><a href=\"../pages/albums-0001.html#a1\"><bdi>Lake</bdi></a>", "javascript:alert(1)" };
	for (size_t i = 0; i < LB_COUNT(told); i++)
		has(page, told[i]);
	hasnt(page, "href=\"javascript");
	hasnt(page, "1066@N00");
}
END_TEST

START_TEST(first_page_says_by_what_rules)
{
	static const char *const pages[] = { "index.html", "data/README.html" };
	static const char *const told[] = { "This lifeboat was made under the rescue policy.", "The maker agreed to its terms on <time datetime=\"2025-11-20T20:47:00Z\">",
		"This is a rescue.", "<strong>3 photographs are withheld.</strong>", "missing.html#w1\">2 photographs</a>: <bdi>Its owner has refused.</bdi>",
		"missing.html#w2\">1 photograph</a>", "were replaced by pseudonyms", "each says who could see it", "Photographs marked as <bdi>moderate</bdi>",
		"Not asked for: faves, people shown, earlier licences.", "pages/rights.html\">All about rights and consent</a>" };
	for (size_t i = 0; i < LB_COUNT(pages); i++) {
		LB_AUTO(lb_freep) char *page = source_of(pages[i]);
		in_order(page, told, LB_COUNT(told));
		ck_assert(strstr(page, told[0]) < strstr(page, "class=\"tiles\""));
	}
}
END_TEST

START_TEST(rights_tell_agreement_and_ledger)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/rights.html");
	static const char *const told[] = { "Asked for: the photographs themselves, comments, albums", "asked by the member <bdi>ann</bdi>", "I take these &lt;photographs&gt;.<br>\nI will",
		"What the owners said", "taken to refuse", "people-0001.html#u1\"><bdi>ann</bdi></a>", "granted", "2025-11-01", "by letter",
		"zed &lt;script&gt;", "no answer", "2025-10-01" };
	in_order(page, told, LB_COUNT(told));
}
END_TEST

START_TEST(missing_is_sorted_by_why)
{
	LB_AUTO(lb_freep) char *page = source_of("data/pages/missing.html");
	static const char *const told[] = { "Withheld by the maker’s rules</a> <span class=\"n\">4</span>", "Not shown to the maker</a> <span class=\"n\">1</span>", "Not asked</a>",
		"<h2 id=\"withheld\">", "<h3 id=\"w1\">", REFUSED, "#p50000000007", "#p50000000013", "<h3 id=\"w2\">", "#p50000000010", "Missing parts", "#p50000000016", "disabled downloads",
		"<h2 id=\"private\">", "#p50000000022", "<h2 id=\"gone\">", "#p50000000019", "<h2 id=\"refused\">", "#p50000000025", "Method is tired",
		"<h2 id=\"failed\">", "#p50000000028", "<h2 id=\"unasked\">", "#p50000000031" };
	in_order(page, told, LB_COUNT(told));
}
END_TEST

/* ---- many ---- */

static bool fill_many(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	(void)arg, (void)gap;
	p->owner = member("1000@N00", "ann");
	p->title = lb_arena_printf(arena, "Boat %zu", i + 1);
	p->withheld = i < 900 ? lb_arena_printf(arena, "reason %zu", i / 450) : NULL;
	return true;
}

START_TEST(long_lists_of_stubs_are_split)
{
	const struct lb_package_info info = { .id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .created = CREATED, .planned = 901 };
	snprintf(dir, sizeof dir, "%s/many", test_dir());
	ck_assert_ok(test_make_pages(dir, &info, 901, fill_many, NULL, &err));
	LB_AUTO(lb_buf_clear) struct lb_buf complaints = LB_BUF(1 << 16);
	test_check_pages(dir, &complaints);
	ck_assert_msg(!complaints.len, "%s", lb_buf_str(&complaints));
	LB_AUTO(lb_freep) char *start = source_of("index.html");
	LB_AUTO(lb_freep) char *second = source_of("data/pages/missing-0002.html");
	has(start, "missing.html#w1\">450 photographs</a>");
	has(start, "missing-0002.html#w2\">450 photographs</a>");
	has(second, "Withheld by the maker’s rules (continued)");
	hasnt(start, "rescue");
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = { pages_are_sound, photo_tells_camera_and_licences, stubs_tell_no_more_than_they_may, albums_keep_their_order,
		groups_and_galleries_speak, collections_are_a_tree, people_have_faces_and_words, first_page_says_by_what_rules,
		rights_tell_agreement_and_ledger, missing_is_sorted_by_why };
	Suite *s = suite_create("viewer_records");
	TCase *t = tcase_create("records"), *many = tcase_create("many");
	tcase_set_timeout(t, 60);
	tcase_set_timeout(many, 60);
	tcase_add_checked_fixture(t, make, NULL);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	tcase_add_test(many, long_lists_of_stubs_are_split);
	suite_add_tcase(s, t);
	suite_add_tcase(s, many);
	return s;
}
