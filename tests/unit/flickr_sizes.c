#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

#define HOST "https://live.staticflickr.com/"

static const char *why;

static struct lb_size row(const char *label, int64_t width, int64_t height)
{
	return (struct lb_size){ .label = label, .source = HOST "1/2_3.jpg", .media = "photo", .width = width,
		.height = height };
}

static struct lb_size stream(const char *label)
{
	return (struct lb_size){ .label = label, .source = "https://www.flickr.com/photos/a/1/play/x/y/",
		.media = "video",
		.width = LB_UNKNOWN, .height = LB_UNKNOWN };
}

static const char *chosen(const char *media, int can_download, struct lb_size *sizes, size_t count, enum lb_role role)
{
	struct lb_photo p;
	lb_photo_init(&p);
	p.media = media;
	p.can_download = can_download;
	p.sizes = sizes;
	p.nsizes = count;
	why = NULL;
	const struct lb_size *s = lb_size_choose(&p, role, &why);
	ck_assert((s == NULL) == (why != NULL));
	return s ? s->label : NULL;
}

START_TEST(original_before_largest)
{
	struct lb_size sizes[] = { row("Original", 4000, 3000), row("Square", 75, 75),
		row("X-Large 6K", 6144, 4608) };
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_ORIGINAL), "Original");
	ck_assert_str_eq(chosen(NULL, LB_UNKNOWN, sizes, 3, LB_ORIGINAL), "Original");
}
END_TEST

START_TEST(without_permission_the_largest_that_is_offered)
{
	struct lb_size sizes[] = { row("Square", 75, 75), row("Large", 1024, 768), row("Medium", 500, 375),
		row("Original", 4000, 3000) };
	ck_assert_str_eq(chosen("photo", 0, sizes, 4, LB_ORIGINAL), "Large");
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_ORIGINAL), "Large");
	ck_assert_ptr_null(chosen("photo", 0, sizes + 3, 1, LB_ORIGINAL));
	ck_assert_str_eq(why, "no size that may be fetched is offered");
	ck_assert_ptr_null(chosen("photo", 0, sizes + 3, 1, LB_THUMBNAIL));
}
END_TEST

START_TEST(sizes_without_numbers_go_by_order)
{
	struct lb_size sizes[] = { row("Square", LB_UNKNOWN, LB_UNKNOWN), row("Medium", LB_UNKNOWN, 0),
		row("Large", LB_UNKNOWN, LB_UNKNOWN) };
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_ORIGINAL), "Large");
	sizes[1].width = sizes[1].height = INT64_MAX;
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_ORIGINAL), "Medium");
}
END_TEST

START_TEST(none_at_all)
{
	ck_assert_ptr_null(chosen("photo", 1, NULL, 0, LB_ORIGINAL));
	ck_assert_str_eq(why, "no size is offered");
	ck_assert_ptr_null(chosen("photo", 1, NULL, 0, LB_THUMBNAIL));
	ck_assert_str_eq(why, "no size is offered");
}
END_TEST

START_TEST(thumbnails_in_order_of_preference)
{
	static const char *const order[] = { "Small 320", "Small 400", "Small", "Medium", "Large Square",
		"Thumbnail", "Square" };
	struct lb_size sizes[LB_COUNT(order)];
	for (size_t i = 0; i < LB_COUNT(order); i++)
		sizes[LB_COUNT(order) - 1 - i] = row(order[i], 10, 10);
	for (size_t left = LB_COUNT(order); left > 0; left--)
		ck_assert_str_eq(chosen("photo", 0, sizes, left, LB_THUMBNAIL), order[LB_COUNT(order) - left]);
	struct lb_size large[] = { row("Large", 1024, 768), row("Medium 640", 640, 480),
		row("Large 1600", 1600, 1200) };
	ck_assert_str_eq(chosen("photo", 0, large, 3, LB_THUMBNAIL), "Medium 640");
}
END_TEST

START_TEST(streams_in_order_of_preference)
{
	static const char *const order[] = { "Video Original", "1080p", "720p", "HD MP4", "700", "360p", "Site MP4",
		"288p", "300", "Mobile MP4" };
	struct lb_size sizes[LB_COUNT(order) + 2] = { stream("Video Player"), row("Original", 640, 480) };
	for (size_t i = 0; i < LB_COUNT(order); i++)
		sizes[LB_COUNT(order) + 1 - i] = stream(order[i]);
	for (size_t left = LB_COUNT(order); left > 0; left--)
		ck_assert_str_eq(chosen("video", 1, sizes, left + 2, LB_ORIGINAL), order[LB_COUNT(order) - left]);
	ck_assert_str_eq(chosen("video", 0, sizes, LB_COUNT(sizes), LB_ORIGINAL), "1080p");
}
END_TEST

START_TEST(a_video_is_not_its_poster)
{
	struct lb_size sizes[] = { row("Small 320", 320, 240), row("Original", 640, 480), stream("Video Player") };
	ck_assert_ptr_null(chosen("video", 1, sizes, 3, LB_ORIGINAL));
	ck_assert_str_eq(chosen("video", 1, sizes, 3, LB_THUMBNAIL), "Small 320");
	struct lb_size films[] = { stream("1080p"), stream("Small 320") };
	ck_assert_ptr_null(chosen("photo", 1, films, 2, LB_ORIGINAL));
	ck_assert_ptr_null(chosen("video", 1, films, 2, LB_THUMBNAIL));
}
END_TEST

static const struct { const char *url; bool safe; } addresses[] = {
	{ HOST "1/2_3.jpg", true }, { "https://flickr.com/x", true },
		{ "https://www.flickr.com/photos/a/1/play/360p/s/", true },
	{ "https://farm1.staticflickr.com/x?y=z", true }, { "https://staticflickr.com", true },
	{ "http://live.staticflickr.com/x", false }, { "HTTPS://live.staticflickr.com/x", false },
		{ "ftp://flickr.com/x", false },
	{ "https://evil.example/x", false }, { "https://notflickr.com/x", false },
		{ "https://flickr.com.evil.example/x", false },
	{ "https://flickr.com@evil.example/x", false }, { "https://user:pw@flickr.com/x", false },
		{ "https://evil.example/flickr.com", false },
	{ "https://evil.example?.flickr.com/", false }, { "https://evil.example#.flickr.com", false },
	{ "https://evil.example\\.flickr.com/", false }, { "https://flickr.com:8443/x", false },
		{ "https://flickr.com/a b", false },
	{ "https://flickr.com/a\r\nHost: x", false }, { "https://flickr.com/\x7f", false },
		{ "//flickr.com/x", false }, { "", false },
	{ "file:///etc/passwd", false },
};

START_TEST(addresses_that_may_be_asked)
{
	struct lb_size sizes[] = { row("Original", 4, 3) };
	sizes[0].source = addresses[_i].url;
	const char *label = chosen("photo", 1, sizes, 1, LB_ORIGINAL);
	ck_assert_msg((label != NULL) == addresses[_i].safe, "%s", addresses[_i].url);
}
END_TEST

START_TEST(a_bad_address_is_passed_over)
{
	struct lb_size sizes[] = { row("Medium", 500, 375), row("Original", 4, 3), row("Small 320", 320, 240) };
	sizes[1].source = "https://evil.example/";
	sizes[2].source = NULL;
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_ORIGINAL), "Medium");
	ck_assert_str_eq(chosen("photo", 1, sizes, 3, LB_THUMBNAIL), "Medium");
	ck_assert_ptr_null(chosen("photo", 1, sizes + 1, 2, LB_ORIGINAL));
	ck_assert_str_eq(why, "no size that may be fetched is offered");
}
END_TEST

START_TEST(rows_without_label_or_media)
{
	struct lb_size sizes[] = { { .source = HOST "x", .width = 10, .height = 10 } };
	struct lb_photo p;
	lb_photo_init(&p);
	p.sizes = sizes;
	p.nsizes = 1;
	ck_assert_ptr_eq(lb_size_choose(&p, LB_ORIGINAL, &why), sizes);
	ck_assert_ptr_eq(lb_size_choose(&p, LB_THUMBNAIL, &why), sizes);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/sizes");
	TCase *tc = tcase_create("sizes");
	tcase_add_test(tc, original_before_largest);
	tcase_add_test(tc, without_permission_the_largest_that_is_offered);
	tcase_add_test(tc, sizes_without_numbers_go_by_order);
	tcase_add_test(tc, none_at_all);
	tcase_add_test(tc, thumbnails_in_order_of_preference);
	tcase_add_test(tc, streams_in_order_of_preference);
	tcase_add_test(tc, a_video_is_not_its_poster);
	tcase_add_loop_test(tc, addresses_that_may_be_asked, 0, LB_COUNT(addresses));
	tcase_add_test(tc, a_bad_address_is_passed_over);
	tcase_add_test(tc, rows_without_label_or_media);
	suite_add_tcase(s, tc);
	return s;
}
