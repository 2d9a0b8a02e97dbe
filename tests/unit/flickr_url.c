#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;

static int parse(const char *url, struct lb_flickr_url *u)
{
	lb_arena_reset(&arena);
	return lb_flickr_url_parse(url, &arena, u, &err);
}

/* `value` is what the kind is about: photo, album, user URL, group URL, gallery or tag. */
struct good { const char *url; enum lb_url_kind kind; const char *value; int64_t page; };

static const char *value_of(const struct lb_flickr_url *u)
{
	const char *const values[LB_URL_KIND_COUNT] = { [LB_URL_PHOTO] = u->photo_id, [LB_URL_ALBUM] = u->album_id,
		[LB_URL_USER] = u->user_url, [LB_URL_GROUP] = u->group_url, [LB_URL_GALLERY] = u->gallery_id,
			[LB_URL_TAG] = u->tag };
	return values[u->kind] ? values[u->kind] : "";
}

static const struct good goods[] = {
	/* scheme, host, port, slashes */
	{ "HTTPS://WWW.FLICKR.COM/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "//www.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "  https://www.flickr.com/photos/someone/123\n", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com:443/photos/someone/123/", LB_URL_PHOTO, "123", 1 },
	{ "www.flickr.com:80/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com./photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "http://m.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "https://secure.flickr.com///photos//someone///123///", LB_URL_PHOTO, "123", 1 },
	{ "https://embedr.flickr.com/photos/123", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com/photos/someone/123/sizes/o/in/photostream/?x=1#top", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com?utm=1", LB_URL_HOMEPAGE, "", 1 },
	{ "https://www.flickr.com/#about", LB_URL_HOMEPAGE, "", 1 },
	/* tags before photos */
	{ "https://www.flickr.com/photos/tags/2020", LB_URL_TAG, "2020", 1 },
	{ "https://www.flickr.com/photos/tags/123/page2", LB_URL_TAG, "123", 2 },
	{ "https://www.flickr.com/photos/tags/s%C3%A3o%20paulo/", LB_URL_TAG, "s\xc3\xa3o paulo", 1 },
	/* members */
	{ "https://www.flickr.com/photos/47265398%40n04", LB_URL_USER,
		"https://www.flickr.com/photos/47265398@N04/", 1 },
	{ "https://www.flickr.com/photos/47265398@n04/page0", LB_URL_USER,
		"https://www.flickr.com/photos/47265398@N04/", 1 },
	{ "https://www.flickr.com/photos/con/page12", LB_URL_USER, "https://www.flickr.com/photos/con/", 12 },
	{ "https://www.flickr.com/photos/someone/albums/page2", LB_URL_USER,
		"https://www.flickr.com/photos/someone/", 2 },
	/* albums and galleries */
	{ "flickr.com/photos/someone/albums/72157666833379009/page3/", LB_URL_ALBUM, "72157666833379009", 3 },
	{ "flickr.com/photos/someone/sets/72157666833379009", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/albums/72157666833379009/with/123", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/sets/72157666833379009/with/123/", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/galleries/72157722096057728", LB_URL_GALLERY, "72157722096057728", 1 },
	/* groups */
	{ "https://www.flickr.com/groups/34427469792@n01/", LB_URL_GROUP,
		"https://www.flickr.com/groups/34427469792@N01", 1 },
	{ "https://www.flickr.com/groups/trees/pool/page7", LB_URL_GROUP, "https://www.flickr.com/groups/trees", 7 },
	/* files */
	{ "https://live.staticflickr.com/65535/123_ab12cd34ef_o_d.jpg?download=1", LB_URL_PHOTO, "123", 1 },
	{ "https://farm66.staticflickr.com/65535/123_ab12cd34ef.png", LB_URL_PHOTO, "123", 1 },
	{ "https://c1.staticflickr.com/9/8720/123_ab12cd34ef_k.jpg", LB_URL_PHOTO, "123", 1 },
	/* short and old addresses */
	{ "https://flic.kr/p/2ouuqFT", LB_URL_PHOTO, "52830949513", 1 },
	{ "flic.kr/p/2", LB_URL_PHOTO, "1", 1 },
	{ "https://www.flickr.com/photo_zoom.gne?size=l&id=10%35", LB_URL_PHOTO, "105", 1 },
	{ "https://www.flickr.com/apps/video/stewart.swf?v=1&photo_id=42", LB_URL_PHOTO, "42", 1 },
};

START_TEST(understood)
{
	const struct good *g = &goods[_i];
	struct lb_flickr_url u;
	ck_assert_msg(parse(g->url, &u) == 0, "%s: %s", g->url, err.what);
	ck_assert_msg(u.kind == g->kind, "%s: %s", g->url, lb_url_kind_name(u.kind));
	ck_assert_msg(!strcmp(value_of(&u), g->value), "%s: \"%s\"", g->url, value_of(&u));
	ck_assert_msg(u.page == g->page, "%s: page %d", g->url, (int)u.page);
}
END_TEST

/* Flickr's, and no guess is made. */
static const char *const unsupported[] = {
	"https://www.flickr.com/photos/me", "https://www.flickr.com/photos/me/123",
		"https://www.flickr.com/people/me",
	"https://www.flickr.com/photos/tags/", "https://www.flickr.com/photos/tags/a/b/c",
		"https://www.flickr.com/photos",
	"https://www.flickr.com/photos/tags/a%00b", "https://www.flickr.com/photos/tags/%ff",
		"https://www.flickr.com/photos/tags/a%0ab",
	"https://www.flickr.com/photos/someone/favorites", "https://www.flickr.com/photos/someone/tags/123",
	"https://www.flickr.com/photos/someone/12345678901234567890123", "https://www.flickr.com/photos/someone/12x",
	"https://www.flickr.com/photos/someone/%D9%A1%D9%A2%D9%A3", /* digits, but Arabic ones */
	"https://www.flickr.com/photos/../123", "https://www.flickr.com/photos/..%2f..%2fx/123",
		"https://www.flickr.com/photos/a b/123",
	"https://www.flickr.com/photos/%/123", "https://www.flickr.com/photos/a%zz/123",
		"https://www.flickr.com/photos/a%4",
	"https://www.flickr.com/photos/someone/albums/abc", "https://www.flickr.com/photos/someone/albums/1/with/x",
	"https://www.flickr.com/photos/someone/page99999999999999999999",
		"https://www.flickr.com/photos/someone/page-1",
	"https://www.flickr.com/photos/someone/page", "https://www.flickr.com/groups/trees/pool/tags/oak",
	"https://www.flickr.com/groups/trees/pool/12345678@N00", "https://flic.kr/p/", "https://flic.kr/p/0OIl",
	"https://flic.kr/p/zzzzzzzzzzzz", /* beyond 64 bits */ "https://flic.kr/p/1", "https://flic.kr/s/aHsjybZ5ZD",
	"https://www.flickr.com/photo.gne?short=", "https://www.flickr.com/photo.gne?idx=1",
		"https://www.flickr.com/photo.gne?id=1x",
	"https://live.staticflickr.com/65535/123.jpg", "https://live.staticflickr.com/65535/123_.jpg",
	"https://live.staticflickr.com/65535/_ab.jpg", "https://live.staticflickr.com/65535/123_ab",
		"https://live.staticflickr.com/",
	"https://farm66.staticflickr.com/65535/buddyicons/199258389@N04.jpg", "https://commons.flickr.org/",
	"https://www.flickr.com/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r",
};

START_TEST(not_understood)
{
	struct lb_flickr_url u = { .page = 77 };
	int rc = parse(unsupported[_i], &u);
	ck_assert_msg(rc == LB_UNSUPPORTED, "%s: %d", unsupported[_i], rc);
	ck_assert_int_eq(u.page, 77);
	ck_assert_ptr_nonnull(strchr(err.what, '"'));
}
END_TEST

static const char *const foreign[] = {
	"", " ", "/", "https://", "https:///photos/x/1", "https://example.org/photos/x/1",
		"https://www.flickr.com.example.org/photos/x/1",
	"https://www.flickr.com@example.org/photos/x/1", "https://someone@www.flickr.com/photos/x/1",
		"https://www.flickr.com:x/photos/x/1",
	"https://notflickr.com/photos/x/1", "ftp://www.flickr.com/photos/x/1",
		"javascript://www.flickr.com/photos/x/1",
	"mailto:x@flickr.com", "https://farm.staticflickr.com/1/123_ab.jpg",
		"https://farm1x.staticflickr.com/1/123_ab.jpg",
	"https://www.flickr.com\\@example.org/", "photos/someone/123", "123", "https://www%2eflickr.com/photos/x/1",
};

START_TEST(not_flickrs)
{
	struct lb_flickr_url u;
	int rc = parse(foreign[_i], &u);
	ck_assert_msg(rc == LB_USAGE, "%s: %d", foreign[_i], rc);
}
END_TEST

START_TEST(member_of_a_photo)
{
	struct lb_flickr_url u;
	ck_assert_ok(parse("https://www.flickr.com/photo/17277074@n00/2619974961", &u));
	ck_assert_str_eq(u.user_id, "17277074@N00");
	ck_assert_str_eq(u.user_url, "https://www.flickr.com/photos/17277074@N00/");
	ck_assert_ok(parse("https://www.flickr.com/photos/1234@n00/1", &u)); /* too short for an NSID */
	ck_assert_ptr_null(u.user_id);
	ck_assert_ok(parse("https://live.staticflickr.com/video/42/abc/1080p.mp4", &u));
	ck_assert_str_eq(u.photo_id, "42");
	ck_assert_ptr_null(u.user_url);
}
END_TEST

START_TEST(a_very_long_address)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
	struct lb_flickr_url u;
	lb_buf_adds(&b, "https://www.flickr.com/photos/someone/123/in/");
	for (int i = 0; i < 100000; i++)
		lb_buf_adds(&b, "photolist-RZufqg/");
	ck_assert_ok(parse(lb_buf_str(&b), &u));
	ck_assert_str_eq(u.photo_id, "123");
	lb_buf_reset(&b);
	lb_buf_adds(&b, "https://www.flickr.com/photos/");
	for (int i = 0; i < 100000; i++)
		lb_buf_adds(&b, "longlonglong");
	ck_assert_int_eq(parse(lb_buf_str(&b), &u), LB_UNSUPPORTED);
}
END_TEST

START_TEST(names_of_kinds)
{
	for (int k = 0; k < LB_URL_KIND_COUNT; k++)
		ck_assert_ptr_nonnull(lb_url_kind_name((enum lb_url_kind)k));
	ck_assert_str_eq(lb_url_kind_name(LB_URL_PHOTO), "single_photo");
	ck_assert_ptr_null(lb_url_kind_name(LB_URL_KIND_COUNT));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/url");
	TCase *tc = tcase_create("url");
	tcase_add_loop_test(tc, understood, 0, LB_COUNT(goods));
	tcase_add_loop_test(tc, not_understood, 0, LB_COUNT(unsupported));
	tcase_add_loop_test(tc, not_flickrs, 0, LB_COUNT(foreign));
	tcase_add_test(tc, member_of_a_photo);
	tcase_add_test(tc, a_very_long_address);
	tcase_add_test(tc, names_of_kinds);
	suite_add_tcase(s, tc);
	return s;
}
