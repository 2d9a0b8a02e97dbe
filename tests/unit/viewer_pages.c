/* The pages: every page of a package is read strictly, every link followed, every text looked for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"
#include "tests/support/hostile.h"
#include "tests/support/make_pages.h"
#include "tests/support/page_check.h"
#include "tests/support/support.h"

#define CREATED 1763675220 /* 2025-11-20T21:47:00Z */
#define TEXT_MAX ((size_t)1 << 29)

static struct lb_error err;
static const struct lb_selection_url selection = { "https://www.flickr.com/photos/ann/", "user", 3 };
static const struct lb_selection_url *addresses_given = &selection;
static size_t addresses_count = 1;

static struct lb_package_info info(size_t photos)
{
	return (struct lb_package_info){ .id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "Boats & harbours",
		.purpose = "So that they\nare not forgotten.\n\nSecond paragraph.", .future = "Ask the families <first>.", .maker_name = "Ann",
		.created = CREATED, .program = "lifeboat test", .policy.sentence = "Originals where allowed.", .selection = addresses_given, .nselection = addresses_count,
		.planned = photos };
}

static struct lb_person person(struct lb_arena *arena, const char *name, size_t number)
{
	struct lb_person p;
	lb_person_init(&p);
	p.nsid = lb_arena_printf(arena, "%zu@N00", 1000 + number);
	p.username = name;
	return p;
}

static const char *in(const char *dir, const char *path)
{
	static char full[512];
	snprintf(full, sizeof full, "%s/%s", dir, path);
	return full;
}

static const char *make(size_t photos, test_fill_fn *fill, void *arg)
{
	static char dir[400];
	snprintf(dir, sizeof dir, "%s/boat", test_dir());
	struct lb_package_info about = info(photos);
	ck_assert_ok(test_make_pages(dir, &about, photos, fill, arg, &err));
	return dir;
}

static char *source_of(const char *dir, const char *path)
{
	struct lb_buf b = LB_BUF(TEXT_MAX);
	ck_assert_ok(lb_file_read(in(dir, path), TEXT_MAX, &b, &err));
	return lb_buf_take(&b);
}

static size_t check(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf complaints = LB_BUF(1 << 16);
	size_t pages = test_check_pages(dir, &complaints);
	ck_assert_msg(!complaints.len, "%s", lb_buf_str(&complaints));
	return pages;
}

#define has(source, text) ck_assert_msg(strstr(source, text) != NULL, "not there: %.300s", text)
#define hasnt(source, text) ck_assert_msg(strstr(source, text) == NULL, "there: %.300s", text)

/* ---- plain collections of some size ---- */

static bool fill_plain(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	(void)arg, (void)gap;
	p->title = lb_arena_printf(arena, "Boat number %zu", i + 1);
	p->owner = person(arena, "ann", 0);
	p->license_id = "4";
	p->taken = (struct lb_taken){ lb_arena_printf(arena, "%zu-06-14 15:04:12", 1900 + i % 30), 0, 0 };
	p->date_posted = CREATED - 1000;
	p->is_public = 1;
	p->tags = lb_arena_alloc(arena, 2 * sizeof *p->tags);
	p->tags[p->ntags++] = (struct lb_tag){ .raw = "Boat", .normalized = "boat", .author_id = "1000@N00", .author_name = "ann" };
	p->tags[p->ntags++] = (struct lb_tag){ .raw = lb_arena_printf(arena, "No %zu", i), .normalized = lb_arena_printf(arena, "no%zu", i) };
	return true;
}

START_TEST(paging_is_right)
{
	const char *dir = make(120, fill_plain, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *one = source_of(dir, "data/pages/photos-0001.html");
	LB_AUTO(lb_freep) char *three = source_of(dir, "data/pages/photos-0003.html");
	has(one, "<h1>Photographs 1–50 of 120</h1>");
	has(one, "Boat number 50</bdi></h2>");
	hasnt(one, "Boat number 51</bdi></h2>");
	has(one, "photos-0002.html\" rel=\"next\"");
	hasnt(one, "rel=\"prev\"");
	has(three, "<h1>Photographs 101–120 of 120</h1>");
	has(three, "Boat number 120</bdi></h2>");
	has(three, "rel=\"prev\"");
	hasnt(three, "rel=\"next\"");
	ck_assert(!lb_file_exists(in(dir, "data/pages/photos-0004.html")));
}
END_TEST

START_TEST(long_lists_are_split)
{
	const char *dir = make(300, fill_plain, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *tags = source_of(dir, "data/pages/tags-0001.html");
	LB_AUTO(lb_freep) char *first = source_of(dir, "data/pages/tags-photos-0001.html");
	LB_AUTO(lb_freep) char *second = source_of(dir, "data/pages/tags-photos-0002.html");
	LB_AUTO(lb_freep) char *index = source_of(dir, "data/pages/tags.html");
	has(tags, "tags-photos-0001.html#t1\">All 300 photographs</a>");
	has(first, "<h2 id=\"t1\"><bdi>Boat</bdi></h2>");
	has(first, "Boat number 240</bdi>");
	has(second, "(continued)");
	has(second, "Boat number 241</bdi>");
	has(second, "Boat number 300</bdi>");
	has(index, "tags-index-0002.html");
	has(index, "<bdi>Boat</bdi></a> <span class=\"n\">300</span>");
}
END_TEST

START_TEST(many_pages_go_into_folders)
{
	const char *dir = make(2100, fill_plain, NULL);
	ck_assert_uint_gt(check(dir), 42);
	ck_assert(lb_file_exists(in(dir, "data/pages/photos-0040.html")));
	ck_assert(lb_file_exists(in(dir, "data/pages/2/photos-0041.html")));
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/2/photos-0041.html");
	has(page, "href=\"../../viewer/style.css\"");
}
END_TEST

START_TEST(nothing_and_one)
{
	const char *dir = make(0, fill_plain, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *none = source_of(dir, "data/pages/photos-0001.html");
	has(none, "This lifeboat holds no photographs.");
	dir = make(1, fill_plain, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *one = source_of(dir, "data/pages/photos-0001.html");
	has(one, "<h1>Photographs 1 of 1</h1>");
}
END_TEST

/* ---- all that is known ---- */

static bool fill_full(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	static const size_t first_url = 0;
	const int64_t *granularity = arg;
	if (i == 1) {
		*gap = (struct lb_gap){ LB_GAP_REFUSED, p->id, "photo x", "photo", "flickr.photos.getInfo", 1, "Photo not found" };
		return false;
	}
	fill_plain(NULL, i, arena, p, gap);
	p->taken.granularity = granularity ? *granularity : 0;
	p->description = lb_arena_printf(arena, "See <a href=\"https://www.flickr.com/photos/ann/%s/in/set-1\">this</a> and <a href=\"http://example.org/\">that</a>.\nSecond line",
		test_photo_id(arena, 2));
	p->owner.realname = "Ann Example";
	p->location = (struct lb_location){ .present = true, .latitude = "51.5025", .longitude = "-0.116", .accuracy = 16, .context = 2, .locality = "London", .country = "United Kingdom" };
	p->views = 1234567, p->count_faves = 14, p->count_comments = 3, p->safety_level = 1;
	p->can_download = 1, p->can_print = 0, p->rotation = 90, p->captured = CREATED, p->date_updated = CREATED - 5;
	p->selected_by = &first_url, p->nselected_by = 1;
	p->comments = lb_arena_alloc(arena, 2 * sizeof *p->comments), p->ncomments = 2;
	p->comments[0] = (struct lb_comment){ .id = "1-2-3", .text = "<b>Lovely</b>\nlight", .author = person(arena, "bea", 1), .date = CREATED - 60 };
	p->comments[1] = (struct lb_comment){ .id = "1-2-3", .text = "the same id again", .author = person(arena, "", 2), .date = CREATED - 30 };
	p->faves = lb_arena_alloc(arena, 13 * sizeof *p->faves), p->nfaves = 13;
	for (size_t k = 0; k < p->nfaves; k++)
		p->faves[k] = (struct lb_fave){ person(arena, lb_arena_printf(arena, "fan %zu", k), 10 + k), CREATED - 100 };
	p->notes = lb_arena_alloc(arena, sizeof *p->notes), p->nnotes = 1;
	p->notes[0] = (struct lb_note){ .id = "7", .text = "the mast", .author = person(arena, "cy", 3), .x = 10, .y = 20, .w = 30, .h = 40 };
	p->people = lb_arena_alloc(arena, sizeof *p->people), p->npeople = 1;
	p->people[0] = (struct lb_depicted){ .person = person(arena, "dee", 4), .has_box = true, .x = 1, .y = 2, .w = 3, .h = 4 };
	p->albums = lb_arena_alloc(arena, sizeof *p->albums), p->nalbums = 1;
	p->albums[0] = (struct lb_album){ .id = "72157594158092434", .title = "Rowing &amp; sailing", .owner_id = "1999@N00", .owner_name = "only an album" };
	p->groups = lb_arena_alloc(arena, sizeof *p->groups), p->ngroups = 1;
	p->groups[0] = (struct lb_group){ .id = "34427469792@N01", .title = "Small boats" };
	p->galleries = lb_arena_alloc(arena, sizeof *p->galleries), p->ngalleries = 1;
	p->galleries[0] = (struct lb_gallery){ .id = "66-77", .title = "Harbours", .owner = person(arena, "only a gallery", 5) };
	*gap = (struct lb_gap){ LB_GAP_REFUSED, p->id, "photo", "comments", "flickr.photos.comments.getList", 2, "Permission denied" };
	return true;
}

START_TEST(everything_is_told)
{
	static const char *const told[] = {
		"<bdi>Boat number 1</bdi></h2>", "Ann Example", "<code>1000@N00</code>", "14 June 1900, 15:04:12", "20 November 2025, 21:30 UTC",
		"CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/", "“<bdi>Boat number 1</bdi>” by <bdi>ann</bdi>, ", "51.5025, -0.116 (accuracy: street, outdoors)",
		"<bdi>London</bdi>, <bdi>United Kingdom</bdi>", "1,234,567 views, 14 faves, 3 comments", "<b>Lovely</b><br>light", "id=\"c1-2-3\"",
		"the same id again", "20 November 2025, 21:46 UTC", "Show all 13", "fan 12", "the mast", "</code> <span class=\"box\">in the upper left</span></p>",
		"<rect x=\"10\" y=\"20\" width=\"30\" height=\"40\"/>", "Rowing &amp; sailing", "Small boats", "Harbours", "<dd><bdi>public</bdi>", "<bdi>moderate</bdi>",
		"<dt>Allowed</dt><dd>download</dd>", "<dt>Not allowed</dt><dd>print</dd>", "90°", "Flickr’s size “Original”", "160 × 220 pixels", "../metadata/photos/50000000001.js",
		"The comments could not be had: Flickr said “<bdi>Permission denied</bdi>” (<code>flickr.photos.comments.getList</code>, code 2).",
		"<a href=\"../pages/photos-0001.html#p50000000007\">this</a>", "class=\"out\" rel=\"noopener noreferrer nofollow ugc\" href=\"http://example.org/\">that</a>",
		"Flickr counted 3 comments.", "id=\"p50000000004\"", "Missing: photograph <bdi>50000000004</bdi>", "Photo not found", "photo.gne?id=50000000004",
	};
	const char *dir = make(4, fill_full, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/photos-0001.html");
	LB_AUTO(lb_freep) char *missing = source_of(dir, "data/pages/missing.html");
	LB_AUTO(lb_freep) char *people = source_of(dir, "data/pages/people-0001.html");
	for (size_t i = 0; i < LB_COUNT(told); i++)
		has(page, told[i]);
	has(missing, "photos-0001.html#p50000000004");
	has(missing, "The photograph itself could not be had");
	has(people, "Took 3 photographs");
	has(people, "Commented on 3 photographs");
	has(people, "Shown in 3 photographs");
	has(people, "only an album");
}
END_TEST

static bool fill_pictures(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	fill_plain(arg, i, arena, p, gap);
	if (i == 0) {
		p->media = "video";
		p->video_duration = 75;
		p->files[LB_ORIGINAL].mime = "video/mp4";
		p->files[LB_ORIGINAL].extension = "mp4";
		p->files[LB_ORIGINAL].label = "HD MP4";
	}
	p->files[LB_THUMBNAIL].present = i == 0 || i == 3;
	p->files[LB_ORIGINAL].present = i < 2;
	p->can_download = i != 3;
	p->title = i == 3 ? " \xe2\x80\x83" : p->title;
	return true;
}

START_TEST(pictures_in_every_form)
{
	const char *dir = make(4, fill_pictures, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/photos-0001.html");
	LB_AUTO(lb_freep) char *start = source_of(dir, "index.html");
	has(page, "<video controls preload=\"none\" width=\"80\" height=\"110\" poster=\"../media/thumbnails/50000000001_abc123_m.png\" aria-label=\"Boat number 1\">"
		"<source src=\"../media/originals/50000000001_abc123_hd.mp4\" type=\"video/mp4\"></video>");
	has(page, "75 seconds");
	has(page, "<dt>Video</dt><dd><bdi>HD MP4</bdi> is the largest stream that was offered.</dd>");
	has(page, "<a href=\"../media/originals/50000000004_abc123_o.png\"><img src=\"../media/originals/50000000004_abc123_o.png\"");
	has(page, "No picture file is kept here.");
	has(page, "<figure><img src=\"../media/thumbnails/50000000010_abc123_m.png\" width=\"80\" height=\"80\" alt=\"Photograph without a title, taken 14 June 1903, 15:04:12\"");
	has(page, "The owner’s own file is not here: <bdi>the owner does not allow downloads</bdi>");
	has(start, "1 of them a video");
	has(start, "<span class=\"untitled\">Untitled</span>");
}
END_TEST

START_TEST(start_page_stands_alone)
{
	static const char *const told[] = { "You see this page without the rest of its folder.", "<bdi>Boats &amp; harbours</bdi></h1>", "Made by <bdi>Ann</bdi>",
		"20 November 2025", "So that they<br>\nare not forgotten.</p>\n<p dir=\"auto\">Second paragraph.", "Ask the families &lt;first&gt;.", "3 photographs",
		"<li>4 photographs (1 missing)</li>", "See all 4 photographs (1 missing) with", "Photographs <span class=\"n\">4</span>", "1 photograph is missing", "(photostream, 3 photographs)", "sha256sum -c manifest-sha256.txt", "data/pages/missing.html", "https://www.flickr.com/photos/ann/", "CC BY 2.0",
		"Originals where allowed.", "data/pages/years.html", "data/media/thumbnails/" };
	const char *dir = make(4, fill_full, NULL);
	LB_AUTO(lb_freep) char *page = source_of(dir, "index.html");
	LB_AUTO(lb_freep) char *readme = source_of(dir, "data/README.html");
	for (size_t i = 0; i < LB_COUNT(told); i++)
		has(page, told[i]);
	has(readme, "are not forgotten.");
	has(readme, "Ask the families");
	LB_AUTO(lb_freep) char *style = source_of(dir, "data/viewer/style.css");
	has(style, ".extract { display: none; }");
	hasnt(style, "url(");
	hasnt(style, "@import");
}
END_TEST

/* ---- dates ---- */

static const struct { const char *value; int64_t granularity; int unknown; const char *words; } dates[] = {
	{ "1935-06-14 15:04:12", 0, 0, "<time datetime=\"1935-06-14T15:04:12\">14 June 1935, 15:04:12</time>" },
	{ "1935-06-01 00:00:00", 4, 0, "<time datetime=\"1935-06\">June 1935</time>" },
	{ "1935-01-01 00:00:00", 6, 0, "<time datetime=\"1935\">1935</time>" },
	{ "1935-01-01 00:00:00", 8, 0, "<time datetime=\"1935\">about 1935</time>" },
	{ "1935-00-00 00:00:00", 0, 0, "<time datetime=\"1935\">1935</time>" },
	{ "1935-01-01 00:00:00", 0, 1, "date unknown" },
	{ "0000-00-00 00:00:00", 0, 0, "date unknown" },
	{ "0000-01-01 00:00:00", 6, 0, "date unknown" },
	{ NULL, LB_UNKNOWN, LB_UNKNOWN, "date unknown" },
	{ "1935-13-40 99:00:00", 0, 0, "1935-13-40 99:00:00" },
	{ "<script>", 0, 0, "&lt;script&gt;" },
};

static bool fill_date(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	(void)arg;
	fill_plain(NULL, i, arena, p, gap);
	p->taken = (struct lb_taken){ dates[i].value, dates[i].granularity, dates[i].unknown };
	return true;
}

START_TEST(dates_keep_their_exactness)
{
	const char *dir = make(LB_COUNT(dates), fill_date, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/photos-0001.html");
	LB_AUTO(lb_freep) char *years = source_of(dir, "data/pages/years.html");
	const char *at = page;
	for (size_t i = 0; i < LB_COUNT(dates); i++) {
		char title[64];
		snprintf(title, sizeof title, "Boat number %zu</bdi></h2>", i + 1);
		at = strstr(at, title);
		ck_assert_ptr_nonnull(at);
		const char *taken = strstr(at, dates[i].words), *end = strstr(at, "<dt>Posted</dt>");
		ck_assert_msg(taken && taken < end, "%s", dates[i].words);
	}
	LB_AUTO(lb_freep) char *entries = source_of(dir, "data/pages/years-0001.html");
	const char *first = strstr(entries, ">1935</h2>"), *last = strstr(entries, ">Date unknown</h2>");
	ck_assert(first && last && first < last);
	const char *known = strstr(years, ">1935</a>"), *unknown = strstr(years, ">Date unknown</a>");
	ck_assert(known && unknown && known < unknown);
}
END_TEST

/* Years are first seen in the order 1915, 999, unknown, 1903, 1908, 1915. */
static bool fill_years(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	static const char *const taken[] = { "1915-01-02 00:00:00", "0999-01-02 00:00:00", NULL, "1903-01-02 00:00:00", "1908-01-02 00:00:00" };
	fill_plain(arg, i, arena, p, gap);
	p->taken.value = taken[i % LB_COUNT(taken)];
	return true;
}

START_TEST(years_stand_in_their_order)
{
	static const char *const headings[] = { ">999</h2>", ">1903</h2>", ">1908</h2>", ">1915</h2>", ">Date unknown</h2>" };
	const char *dir = make(150, fill_years, NULL);
	check(dir);
	static const char *const pages[] = { "data/pages/years-0001.html", "data/pages/years-photos-0001.html" };
	for (size_t k = 0; k < LB_COUNT(pages); k++) {
		LB_AUTO(lb_freep) char *page = source_of(dir, pages[k]);
		const char *at = page;
		for (size_t i = 0; i < LB_COUNT(headings); i++) {
			at = strstr(at, headings[i]);
			ck_assert_msg(at != NULL, "%s", headings[i]);
		}
	}
	LB_AUTO(lb_freep) char *photos = source_of(dir, "data/pages/photos-0001.html");
	has(photos, "years-0001.html#y4\"><time datetime=\"1903-01-02T00:00:00\">");
}
END_TEST

/* ---- words that differ from case to case ---- */

static bool fill_words(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	static const struct { int64_t x, y, w, h; } boxes[] = { { 400, 0, 90, 10 }, { 0, 300, 500, 30 }, { 200, 140, 100, 50 }, { INT64_MAX, INT64_MAX, 9, 9 },
		{ INT64_MIN, 100, 1, 100 } };
	fill_plain(arg, i, arena, p, gap);
	p->title = "Fishermen&#39;s Walk &amp;amp; Talk &amp;lt;b&amp;gt;";
	p->owner.realname = "A &amp;amp; B";
	p->notes = lb_arena_alloc(arena, sizeof *p->notes), p->nnotes = 1;
	p->notes[0] = (struct lb_note){ .id = "n", .text = "here", .author = person(arena, "cy", 3), .x = boxes[i].x, .y = boxes[i].y, .w = boxes[i].w, .h = boxes[i].h };
	p->files[LB_THUMBNAIL].width = 500, p->files[LB_THUMBNAIL].height = 330;
	p->files[LB_ORIGINAL].label = i == 0 ? "Large" : "Original";
	p->files[LB_ORIGINAL].width = 1024, p->files[LB_ORIGINAL].height = 683;
	if (i == 4)
		p->files[LB_THUMBNAIL].present = p->files[LB_ORIGINAL].present = false;
	static const struct lb_gap gaps[] = {
		{ LB_GAP_FAILED, NULL, "person 1000@N00", "person", "flickr.people.getInfo", 500, "HTTP 500" },
		{ LB_GAP_FAILED, NULL, "person 4321@N00", "person", "flickr.people.getInfo", 502, "HTTP status 502" },
		{ LB_GAP_FAILED, NULL, "group x", "group", NULL, 404, "no file" },
		{ LB_GAP_REFUSED, NULL, "album y", "album", NULL, 105, "HTTP 105" },
		{ LB_GAP_UNASKED, NULL, NULL, "exif", NULL, LB_UNKNOWN, NULL },
	};
	*gap = gaps[i];
	return true;
}

START_TEST(words_fit_the_case)
{
	static const char *const told[] = { "<h2><bdi>Fishermen&#39;s Walk &amp; Talk &lt;b&gt;</bdi></h2>", "<bdi>A &amp; B</bdi>", "in the upper right<", "at the bottom<", "in the middle<", "in the lower right<",
		"<dt>Picture file</dt><dd>The owner does not offer the original; this is the largest that was on offer (<bdi>Large</bdi>, 1024 × 683).</dd>" };
	static const char *const missing[] = { "#u1\"><bdi>ann</bdi></a>\n<ul>\n<li>The owner’s profile could not be had: no usable answer came (<code>flickr.people.getInfo</code>, HTTP 500).",
		"<bdi>person 4321@N00</bdi>", "(<code>flickr.people.getInfo</code>, HTTP 502).", "(<bdi>no file</bdi>, HTTP 404).", "(code 105)." };
	const char *dir = make(5, fill_words, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/photos-0001.html");
	LB_AUTO(lb_freep) char *gaps = source_of(dir, "data/pages/missing.html");
	for (size_t i = 0; i < LB_COUNT(told); i++)
		has(page, told[i]);
	for (size_t i = 0; i < LB_COUNT(missing); i++)
		has(gaps, missing[i]);
	hasnt(page, "at the left");
	ck_assert_ptr_null(strstr(strstr(page, "does not offer") + 1, "does not offer"));
}
END_TEST

START_TEST(many_addresses_are_folded)
{
	struct lb_selection_url urls[9];
	struct lb_arena arena = { 0 };
	for (size_t i = 0; i < LB_COUNT(urls); i++)
		urls[i] = (struct lb_selection_url){ lb_arena_printf(&arena, "https://www.flickr.com/photos/ann/%zu", i), "single_photo", 1 };
	addresses_given = urls;
	addresses_count = 6;
	LB_AUTO(lb_freep) char *six = source_of(make(1, fill_plain, NULL), "index.html");
	addresses_count = 9;
	const char *dir = make(2, fill_plain, NULL);
	LB_AUTO(lb_freep) char *nine = source_of(dir, "index.html");
	addresses_given = &selection;
	addresses_count = 1;
	check(dir);
	hasnt(six, "<details>");
	has(six, "/ann/5</a> (photo, 1 photograph)</li>\n</ul>\n</section>");
	has(nine, "/ann/5</a> (photo, 1 photograph)</li>\n</ul>\n<details>\n<summary>Show 3 more addresses</summary>");
	has(nine, "/ann/8</a>");
	hasnt(nine, "single_photo");
	lb_arena_clear(&arena);
}
END_TEST

/* ---- hostile text ---- */

/* The folder in which the pages of hostile text are to be left, for the tests in browsers; NULL: none. */
static const char *kept(void)
{
	return getenv("LIFEBOAT_KEEP_PAGES");
}

/* The last payload, which is long, and which a browser takes longer to lay out than a test may last. */
static const char *long_one(const char *text)
{
	return kept() ? text + strlen(text) - (1 << 17) : text;
}

static bool fill_long(const char *text, struct lb_arena *arena, struct lb_photo *p)
{
	p->description = text;
	p->comments = lb_arena_alloc(arena, sizeof *p->comments), p->ncomments = 1;
	p->comments[0] = (struct lb_comment){ .id = text, .text = text, .author = person(arena, "long", 1), .date = CREATED };
	return true;
}

static bool fill_hostile(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	(void)arg;
	size_t n;
	const char *text = test_hostile(&n)[i];
	fill_plain(NULL, i, arena, p, gap);
	if (i + 1 == n && kept()) /* everywhere at once it would be more than a browser takes */
		return fill_long(long_one(text), arena, p);
	p->owner = person(arena, text, 50000 + i);
	p->title = p->description = p->secret = p->owner.realname = text;
	p->tags = lb_arena_alloc(arena, sizeof *p->tags), p->ntags = 1;
	p->tags[0] = (struct lb_tag){ .raw = text, .normalized = text, .author_id = "77@N00", .author_name = text };
	p->comments = lb_arena_alloc(arena, sizeof *p->comments), p->ncomments = 1;
	p->comments[0] = (struct lb_comment){ .id = text, .text = text, .permalink = text, .author = person(arena, text, 10000 + i), .date = CREATED };
	p->comments[0].author.nsid = i % 2 ? text : p->comments[0].author.nsid;
	p->notes = lb_arena_alloc(arena, sizeof *p->notes), p->nnotes = 1;
	p->notes[0] = (struct lb_note){ .id = text, .text = text, .author = person(arena, text, 20000 + i), .x = INT64_MIN, .y = INT64_MAX, .w = 1, .h = 1 };
	p->faves = lb_arena_alloc(arena, sizeof *p->faves), p->nfaves = 1;
	p->faves[0] = (struct lb_fave){ person(arena, text, 30000 + i), INT64_MAX };
	p->people = lb_arena_alloc(arena, sizeof *p->people), p->npeople = 1;
	p->people[0] = (struct lb_depicted){ .person = person(arena, text, 40000 + i), .added_by = text };
	p->albums = lb_arena_alloc(arena, sizeof *p->albums), p->nalbums = 1;
	p->albums[0] = (struct lb_album){ .id = text, .title = text, .description = text, .owner_id = text, .owner_name = text };
	p->groups = lb_arena_alloc(arena, sizeof *p->groups), p->ngroups = 1;
	p->groups[0] = (struct lb_group){ .id = text, .title = text, .url = text, .description = text, .rules = text, .lang = text };
	p->galleries = lb_arena_alloc(arena, sizeof *p->galleries), p->ngalleries = 1;
	p->galleries[0] = (struct lb_gallery){ .id = text, .url = text, .title = text, .description = text, .owner = p->owner };
	p->sizes = lb_arena_alloc(arena, sizeof *p->sizes), p->nsizes = 1;
	p->sizes[0] = (struct lb_size){ .label = text, .source = text, .url = text };
	p->location = (struct lb_location){ .present = true, .latitude = i % 2 ? "51.5025" : text, .longitude = i % 2 ? "-0.116" : text, .accuracy = 16,
		.neighbourhood = text, .locality = text, .county = text, .region = text, .country = text };
	p->taken = (struct lb_taken){ text, 0, 0 };
	p->camera = text;
	p->exif = lb_arena_alloc(arena, sizeof *p->exif), p->nexif = 1;
	p->exif[0] = (struct lb_exif){ text, text, text, text, text, i % 2 ? text : NULL };
	p->license_changes = lb_arena_alloc(arena, sizeof *p->license_changes), p->nlicense_changes = 1;
	p->license_changes[0] = (struct lb_license_change){ CREATED, text, text, text, text };
	p->is_public = 0;
	p->license_id = i % 3 ? "4" : text;
	*gap = (struct lb_gap){ LB_GAP_REFUSED + i % 4, p->id, text, text, text, (int64_t)i, text };
	return true;
}

/* Everything that is told once, under ids that are good, so that it is told in full. */
static void hostile_records(void *arg, struct lb_package *package)
{
	(void)arg;
	size_t n;
	const char *const *all = test_hostile(&n);
	struct lb_arena arena = { 0 };
	for (size_t i = 0; i + 1 < n; i++) {
		const char *text = all[i], *listed[] = { text, test_photo_id(&arena, i) }, *album = lb_arena_printf(&arena, "%zu", 900 + i);
		struct lb_person who = person(&arena, text, 60000 + i);
		struct lb_person_profile profile = { 5, text, text, text, text, text, text, text, text, text, text, text, text, text, text, text };
		struct lb_comment comment = { .id = text, .text = text, .permalink = text, .author = who, .date = CREATED };
		struct lb_gallery_item items[] = { { text, text }, { listed[1], text } };
		who.description = who.location = who.realname = text;
		who.profile = &profile;
		lb_package_add_license(package, &(struct lb_license){ text, text, text });
		lb_package_add_person(package, &who);
		lb_package_add_album(package, &(struct lb_album){ .id = album, .title = text, .description = text, .owner_id = who.nsid, .owner_name = text,
			.primary_photo_id = text, .comments = &comment, .ncomments = 1, .photo_ids = listed, .nphoto_ids = 2 });
		lb_package_add_group(package, &(struct lb_group){ .id = lb_arena_printf(&arena, "%zu@N01", i), .title = text, .description = text, .rules = text,
			.lang = text, .url = text, .date_created = text, .privacy = 1, .photo_ids = listed, .nphoto_ids = 2 });
		lb_package_add_gallery(package, &(struct lb_gallery){ .id = lb_arena_printf(&arena, "7-%zu", i), .title = text, .description = text, .url = text,
			.owner = who, .items = items, .nitems = 2 });
		lb_package_add_collection(package, &(struct lb_collection){ .id = lb_arena_printf(&arena, "8-%zu", i), .title = text, .description = text,
			.owner_id = i % 2 ? text : who.nsid, .parent_id = i % 40 ? lb_arena_printf(&arena, "8-%zu", i - 1) : text, .album_ids = listed, .nalbum_ids = 2 });
	}
	lb_arena_clear(&arena);
}

/* For the tests in browsers: of each payload how it is shown as a name (in HTML; with its references decoded), and the pieces of text that markup leaves. */
static void add_pieces(struct lb_jw *w, const struct lb_rich *node)
{
	for (; node; node = node->next) {
		if (node->kind == LB_RICH_TEXT)
			lb_jw_str(w, NULL, node->text);
		add_pieces(w, node->child);
	}
}

static void tell_browsers(const char *dir, const char *const *all, size_t n)
{
	struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf json = LB_BUF(TEXT_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(TEXT_MAX);
	struct lb_jw w;
	lb_jw_begin(&w, &json, false);
	lb_jw_array(&w, NULL);
	for (size_t i = 0; i + 1 < n; i++) {
		lb_buf_reset(&name);
		lb_rich_name(&name, all[i]);
		lb_jw_object(&w, NULL);
		lb_jw_str(&w, "photo", test_photo_id(&arena, i));
		lb_jw_str(&w, "name", lb_buf_str(&name));
		lb_buf_reset(&name);
		lb_rich_name(&name, lb_html_unescape(lb_html_unescape(all[i], &arena), &arena));
		lb_jw_str(&w, "decoded", lb_buf_str(&name));
		lb_jw_array(&w, "pieces");
		add_pieces(&w, lb_rich_parse(all[i], &arena)->child);
		lb_jw_end(&w);
		lb_jw_end(&w);
	}
	lb_jw_end(&w);
	struct lb_out *file;
	ck_assert_ok(lb_out_open(lb_arena_printf(&arena, "%s.expected.json", dir), LB_OUT_NOSYNC, &file, &err));
	lb_out_add(file, json.p, json.len);
	ck_assert_ok(lb_out_commit(file, NULL, NULL, &err));
	lb_arena_clear(&arena);
}

static const char *make_hostile(void)
{
	static char dir[400];
	size_t n;
	const char *const *all = test_hostile(&n);
	const char *quoted = "</title><script>window.pwned=1</script><img src=x onerror=window.pwned=1>";
	LB_AUTO(lb_buf_clear) struct lb_buf every = LB_BUF(1 << 20);
	for (size_t i = 0; i + 1 < n; i++)
		lb_buf_addf(&every, "%s\n\n", all[i]);
	struct lb_selection_url urls[] = { { "javascript:window.pwned=1", quoted, 1 }, { all[0], all[0], 2 }, { "\\\\localhost\\share", "x", 3 } };
	struct lb_package_consent *consent = lb_alloc(n * sizeof *consent);
	for (size_t i = 0; i + 1 < n; i++)
		consent[i] = (struct lb_package_consent){ all[i], all[i], all[i], all[i], all[i], all[i], all[i] };
	struct lb_package_policy policy = { .name = quoted, .sentence = quoted, .agreed = CREATED, .agreement = lb_buf_str(&every), .safety = quoted,
		.account_id = quoted, .account_name = quoted, .layers = all, .nlayers = n - 1, .consent = consent, .nconsent = n - 1 };
	struct lb_package_info about = { .id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = quoted, .purpose = lb_buf_str(&every), .future = long_one(all[n - 1]),
		.maker_id = quoted, .maker_name = quoted, .created = INT64_MAX, .program = quoted, .policy = policy, .selection = urls, .nselection = 3, .planned = n };
	snprintf(dir, sizeof dir, "%s%s", kept() ? kept() : test_dir(), kept() ? "" : "/boat");
	if (!lb_dir_exists(dir)) {
		ck_assert_ok(test_make_pages_with(dir, &about, n, fill_hostile, hostile_records, NULL, &err));
		if (kept())
			tell_browsers(dir, all, n);
	}
	free(consent);
	return dir;
}

/* What is shown between the tags, white space aside, holds the whole text of a payload wherever it was put. */
static void check_told(const char *source, const char *payload, const char *id)
{
	struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf rich = LB_BUF(TEXT_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(TEXT_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf article = LB_BUF(256);
	lb_rich_html(&rich, lb_rich_parse(payload, &arena), NULL, NULL);
	lb_rich_name(&name, payload);
	lb_buf_addf(&article, "id=\"p%s\"", id);
	const char *start = strstr(source, lb_buf_str(&article));
	ck_assert_ptr_nonnull(start);
	const char *end = strstr(start, "</article>");
	LB_AUTO(lb_freep) char *piece = lb_strndup(start, (size_t)(end - start));
	size_t times = 0;
	ck_assert_msg(rich.len > 0 || strspn(payload, " ") == strlen(payload), "no text is left of: %.200s", payload);
	for (const char *at = piece; rich.len && (at = strstr(at, lb_buf_str(&rich))) != NULL; at += rich.len)
		times++;
	bool everywhere = !kept() || strlen(payload) < 100000;
	ck_assert_msg(times >= (everywhere ? 3 : 2) || !rich.len, "%zu times in description, note, comment: %.200s", times, payload);
	if (everywhere)
		has(piece, lb_buf_str(&name));
	lb_arena_clear(&arena);
}

START_TEST(hostile_text_stays_text)
{
	size_t n;
	const char *const *all = test_hostile(&n);
	const char *dir = make_hostile();
	ck_assert_uint_ge(n, 200);
	check(dir);
	struct lb_arena arena = { 0 };
	for (size_t page = 0; page * LB_PHOTOS_PER_PAGE < n; page++) {
		LB_AUTO(lb_freep) char *source = source_of(dir, lb_arena_printf(&arena, "data/pages/photos-%04zu.html", page + 1));
		for (size_t i = page * LB_PHOTOS_PER_PAGE; i < n && i < (page + 1) * LB_PHOTOS_PER_PAGE; i++)
			check_told(source, i + 1 < n ? all[i] : long_one(all[i]), test_photo_id(&arena, i));
	}
	lb_arena_clear(&arena);
}
END_TEST

START_TEST(long_text_is_not_lost)
{
	size_t n;
	const char *const *all = test_hostile(&n);
	const char *dir = make_hostile();
	struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(TEXT_MAX);
	LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(TEXT_MAX);
	test_page_text(in(dir, lb_arena_printf(&arena, "data/pages/photos-%04zu.html", (n - 1) / LB_PHOTOS_PER_PAGE + 1)), &shown);
	lb_rich_text(&expected, lb_rich_parse(long_one(all[n - 1]), &arena));
	ck_assert_uint_gt(expected.len, strlen(long_one(all[n - 1])) / 2);
	has(lb_buf_str(&shown), lb_buf_str(&expected));
	if (!kept())
		has(lb_buf_str(&shown), all[n - 1]);
	lb_arena_clear(&arena);
}
END_TEST

/* ---- links into the lifeboat ---- */

static const struct { const char *url; bool local; } addresses[] = {
	{ "https://www.flickr.com/photos/ann/50000000004", true }, { "http://flickr.com/photos/1000@N00/50000000004/", true },
	{ "https://www.flickr.com/photos/ann/50000000004/in/album-72157594158092434/", true }, { "https://www.flickr.com/photos/ann/50000000004#comment1", true },
	{ "https://live.staticflickr.com/65535/50000000004_abcdef_b.jpg", true }, { "https://m.flickr.com/photos/ann/50000000004?x=1", true },
	{ "https://www.flickr.com/photos/ann/500000000040", false }, { "https://www.flickr.com/photos/ann/50000000004x", false },
	{ "https://www.flickr.com.example.org/photos/ann/50000000004", false }, { "https://example.org/photos/ann/50000000004", false },
	{ "https://www.flickr.com/people/ann/50000000004", false }, { "https://www.flickr.com/photos//50000000004", false },
	{ "https://evilstaticflickr.com/1/50000000004_a_b.jpg", false }, { "ftp://www.flickr.com/photos/ann/50000000004", false },
};

static bool fill_links(void *arg, size_t i, struct lb_arena *arena, struct lb_photo *p, struct lb_gap *gap)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 16);
	fill_plain(arg, i, arena, p, gap);
	for (size_t k = 0; k < LB_COUNT(addresses); k++)
		lb_buf_addf(&text, "<a href=\"%s\">(%zu)</a> ", addresses[k].url, k);
	p->description = lb_arena_strdup(arena, lb_buf_str(&text));
	return true;
}

START_TEST(links_between_photos_are_local)
{
	const char *dir = make(2, fill_links, NULL);
	check(dir);
	LB_AUTO(lb_freep) char *page = source_of(dir, "data/pages/photos-0001.html");
	for (size_t i = 0; i < LB_COUNT(addresses); i++) {
		char text[128];
		snprintf(text, sizeof text, "<a href=\"../pages/photos-0001.html#p50000000004\">(%zu)</a>", i);
		ck_assert_msg(!strstr(page, text) == !addresses[i].local, "%s", addresses[i].url);
	}
}
END_TEST

/* ---- the rules of the calls ---- */

START_TEST(order_is_kept)
{
	const char *const plan[] = { "1", "2" };
	struct lb_package_info about = info(2);
	LB_AUTO(lb_package_freep) struct lb_package *package = NULL;
	LB_AUTO(lb_pages_freep) struct lb_pages *pages = NULL;
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = "2";
	ck_assert_ok(lb_package_begin(in(test_dir(), "boat"), &about, NULL, &package, &err));
	ck_assert_ok(lb_pages_begin(package, plan, 2, &pages, &err));
	ck_assert_int_eq(lb_pages_add(pages, &photo, true, NULL, 0, &err), LB_USAGE);
	photo.id = "1";
	ck_assert_ok(lb_package_add_missing(package, "1", &err));
	ck_assert_ok(lb_pages_add(pages, &photo, true, NULL, 0, &err));
	ck_assert_int_eq(lb_pages_finish(pages, &err), LB_USAGE);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("viewer_pages");
	TCase *t = tcase_create("pages");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, paging_is_right);
	tcase_add_test(t, long_lists_are_split);
	tcase_add_test(t, many_pages_go_into_folders);
	tcase_add_test(t, nothing_and_one);
	tcase_add_test(t, everything_is_told);
	tcase_add_test(t, pictures_in_every_form);
	tcase_add_test(t, start_page_stands_alone);
	tcase_add_test(t, dates_keep_their_exactness);
	tcase_add_test(t, years_stand_in_their_order);
	tcase_add_test(t, words_fit_the_case);
	tcase_add_test(t, many_addresses_are_folded);
	tcase_add_test(t, hostile_text_stays_text);
	tcase_add_test(t, long_text_is_not_lost);
	tcase_add_test(t, links_between_photos_are_local);
	tcase_add_test(t, order_is_kept);
	suite_add_tcase(s, t);
	return s;
}
