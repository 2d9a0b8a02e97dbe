#include <string.h>

#include "lifeboat/url/url.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;

static int parse(const char *url, struct lb_flickr_url *u)
{
	lb_arena_reset(&arena);
	err = (struct lb_error){ 0 };
	return lb_flickr_url_parse(url, &arena, u, &err);
}

/* What a kind is about. */
static const char *value_of(const struct lb_flickr_url *u)
{
	const char *const values[LB_URL_KIND_COUNT] = {
		[LB_URL_PHOTO] = u->photo_id, [LB_URL_ALBUM] = u->album_id, [LB_URL_GROUP] = u->group_url,
		[LB_URL_GALLERY] = u->gallery_id, [LB_URL_TAG] = u->tag, [LB_URL_USER_TAG] = u->tag,
		[LB_URL_COLLECTION] = u->collection_id, [LB_URL_EXPLORE] = u->date, [LB_URL_ARCHIVE] = u->date,
		[LB_URL_GROUP_POOL] = u->tag ? u->tag : u->member_url, [LB_URL_SHORT] = u->short_url,
		[LB_URL_USER] = u->user_url, [LB_URL_FAVORITES] = u->user_url, [LB_URL_ALBUMS] = u->user_url,
		[LB_URL_GALLERIES] = u->user_url, [LB_URL_PEOPLE_IN] = u->user_url,
	};
	return values[u->kind] ? values[u->kind] : "";
}

#define SITE "https://www.flickr.com/"
#define MEMBER "https://www.flickr.com/photos/someone/"
#define NSID "https://www.flickr.com/photos/47265398@N04/"

static const struct good { const char *url; enum lb_url_kind kind; const char *value; int64_t page; } goods[] = {
	/* scheme, host, port, slashes */
	{ "HTTPS://WWW.FLICKR.COM/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "hTTp://www.Flickr.com/Photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "//www.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "www.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "  https://www.flickr.com/photos/someone/123\r\n", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com:443/photos/someone/123/", LB_URL_PHOTO, "123", 1 },
	{ "www.flickr.com:80/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "http://www.flickr.com:/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com./photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "https://www.flickr.com.:443/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "http://m.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "http://www2.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ "https://secure.flickr.com///photos//someone///123///", LB_URL_PHOTO, "123", 1 },
	{ "https://embedr.flickr.com/photos/123", LB_URL_PHOTO, "123", 1 },
	{ "https://embedr.flickr.com/photos/someone/123", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/someone/123/sizes/o/in/photostream/?x=1#top", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/someone/123?utm_source=a&id=456", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/someone/123/#comment72157600000000001", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/someone/99999999999999999999", LB_URL_PHOTO, "99999999999999999999", 1 },
	{ SITE "?utm=1", LB_URL_HOMEPAGE, "", 1 }, { SITE "#about", LB_URL_HOMEPAGE, "", 1 },
	/* the real path behind a # */
	{ "http://m.flickr.com/#/photos/someone/123/", LB_URL_PHOTO, "123", 1 },
	{ "http://m.flickr.com/#!/photos/someone/123/?x#y", LB_URL_PHOTO, "123", 1 },
	/* percent-encoding */
	{ SITE "%70hotos/someone/12%33", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/47265398%40N04/123", LB_URL_PHOTO, "123", 1 },
	{ SITE "photos/tags/s%C3%A3o%20paulo/", LB_URL_TAG, "s\xc3\xa3o paulo", 1 },
	{ SITE "photos/tags/a%2Fb", LB_URL_TAG, "a/b", 1 },
	/* tags before photos */
	{ SITE "photos/tags/2020", LB_URL_TAG, "2020", 1 }, { SITE "photos/tags/123/page2", LB_URL_TAG, "123", 2 },
	{ SITE "photos/tags/boats/interesting/", LB_URL_TAG, "boats", 1 },
	/* members */
	{ SITE "photos/47265398%40n04", LB_URL_USER, NSID, 1 }, { SITE "photos/47265398@n04/page0", LB_URL_USER, NSID, 1 },
	{ SITE "photos/someone/page12", LB_URL_USER, MEMBER, 12 }, { SITE "photos/someone/show/", LB_URL_USER, MEMBER, 1 },
	{ SITE "photos/1234", LB_URL_USER, SITE "photos/1234/", 1 }, { SITE "people/someone", LB_URL_USER, MEMBER, 1 },
	{ SITE "profile.gne?id=47265398%40N04", LB_URL_USER, NSID, 1 },
	/* of members */
	{ SITE "photos/someone/albums/page2", LB_URL_ALBUMS, MEMBER, 2 }, { SITE "photos/someone/sets", LB_URL_ALBUMS, MEMBER, 1 },
	{ SITE "photos/someone/galleries/page3", LB_URL_GALLERIES, MEMBER, 3 },
	{ SITE "photos/someone/favorites", LB_URL_FAVORITES, MEMBER, 1 },
	{ SITE "photos/someone/favorites/with/123/", LB_URL_FAVORITES, MEMBER, 1 },
	{ SITE "photos/someone/tags/123", LB_URL_USER_TAG, "123", 1 },
	{ SITE "photos/someone/tags/s%C3%A3o/page4", LB_URL_USER_TAG, "s\xc3\xa3o", 4 },
	{ SITE "people/47265398@n04/photosof/page2", LB_URL_PEOPLE_IN, NSID, 2 },
	{ SITE "photos/someone/collections/", LB_URL_COLLECTION, "", 1 },
	{ SITE "photos/someone/collections/72157600000000001/", LB_URL_COLLECTION, "72157600000000001", 1 },
	{ SITE "photos/someone/with/123", LB_URL_PHOTO, "123", 1 },
	/* albums and galleries */
	{ "flickr.com/photos/someone/albums/72157666833379009/page3/", LB_URL_ALBUM, "72157666833379009", 3 },
	{ "flickr.com/photos/someone/sets/72157666833379009", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/albums/72157666833379009/with/123", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/sets/72157666833379009/with/123/lightbox", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/albums/72157666833379009/show/with/123/", LB_URL_ALBUM, "72157666833379009", 1 },
	{ "flickr.com/photos/someone/gallery/72157722096057728/with/123", LB_URL_GALLERY, "72157722096057728", 1 },
	{ SITE "slideShow/index.gne?user_id=47265398@N04&set_id=7215", LB_URL_ALBUM, "7215", 1 },
	{ "flickr.com/photos/someone/galleries/72157722096057728/#photo_123", LB_URL_GALLERY, "72157722096057728", 1 },
	/* groups */
	{ SITE "groups/34427469792@n01/", LB_URL_GROUP, SITE "groups/34427469792@N01", 1 },
	{ SITE "groups/trees/pool/page7", LB_URL_GROUP, SITE "groups/trees", 7 },
	{ SITE "groups/trees/pool/show", LB_URL_GROUP, SITE "groups/trees", 1 },
	{ SITE "groups/trees/discuss/72157600000000001/page2", LB_URL_GROUP, SITE "groups/trees", 1 },
	{ SITE "groups/trees/pool/tags/oak/page2", LB_URL_GROUP_POOL, "oak", 2 },
	{ SITE "groups/trees/pool/47265398@n04", LB_URL_GROUP_POOL, NSID, 1 },
	{ SITE "groups/trees/pool/someone/", LB_URL_GROUP_POOL, MEMBER, 1 },
	/* days */
	{ SITE "explore", LB_URL_EXPLORE, "", 1 }, { SITE "explore/page2", LB_URL_EXPLORE, "", 2 },
	{ SITE "explore/2020/1/5/page2", LB_URL_EXPLORE, "2020-01-05", 2 },
	{ SITE "explore/interesting/2008/02/29/", LB_URL_EXPLORE, "2008-02-29", 1 },
	{ SITE "photos/someone/archives", LB_URL_ARCHIVE, "", 1 },
	{ SITE "photos/someone/archives/date-taken/2010/calendar", LB_URL_ARCHIVE, "2010", 1 },
	{ SITE "photos/someone/archives/date-posted/2010/05/", LB_URL_ARCHIVE, "2010-05", 1 },
	{ SITE "photos/someone/archives/date-posted/2010/05/31/detail/page2", LB_URL_ARCHIVE, "2010-05-31", 2 },
	/* files, on every host there has been */
	{ "https://live.staticflickr.com/65535/123_ab12cd34ef_o_d.jpg?download=1", LB_URL_PHOTO, "123", 1 },
	{ "https://farm66.staticflickr.com/65535/123_ab12cd34ef.png", LB_URL_PHOTO, "123", 1 },
	{ "http://farm3.static.flickr.com/2/123_ab12cd34ef_t.gif", LB_URL_PHOTO, "123", 1 },
	{ "https://c1.staticflickr.com/9/8720/123_ab12cd34ef_k.jpg", LB_URL_PHOTO, "123", 1 },
	{ "http://static.flickr.com/2/123_ab12cd34ef_m.jpg", LB_URL_PHOTO, "123", 1 },
	{ "http://photos1.flickr.com/123_ab12cd34ef_s.jpg", LB_URL_PHOTO, "123", 1 },
	{ "http://photos.flickr.com/123_ab12cd34ef.JPG", LB_URL_PHOTO, "123", 1 },
	{ "https://live.staticflickr.com/video/123/ab12cd34ef/1080p.mp4?s=eyJpIjo", LB_URL_PHOTO, "123", 1 },
	/* short and old addresses */
	{ "https://flic.kr/p/2ouuqFT", LB_URL_PHOTO, "52830949513", 1 }, { "flic.kr/p/2", LB_URL_PHOTO, "1", 1 },
	{ "https://flic.kr/p/JPwcyDCgEup", LB_URL_PHOTO, "18446744073709551615", 1 },
	{ SITE "photo_zoom.gne?size=l&id=10%35", LB_URL_PHOTO, "105", 1 },
	{ SITE "photo.gne?id=105&id=105", LB_URL_PHOTO, "105", 1 },
	{ SITE "apps/video/stewart.swf?v=1&photo_id=42", LB_URL_PHOTO, "42", 1 },
	{ "https://flic.kr/s/aHsjybZ5ZD?x", LB_URL_SHORT, "https://flic.kr/s/aHsjybZ5ZD", 1 },
	{ "http://m.flickr.com/short_urls.gne?photostream=ZVcni", LB_URL_SHORT, SITE "short_urls.gne?photostream=ZVcni", 1 },
	{ "http://flickr.com/gp/47265398%40N04/a1B2c3/", LB_URL_SHORT, SITE "gp/47265398@N04/a1B2c3", 1 },
	{ SITE "commons/", LB_URL_COMMONS, "", 1 }, { "https://commons.flickr.org", LB_URL_COMMONS, "", 1 },
};

START_TEST(understood)
{
	const struct good *g = &goods[_i];
	struct lb_flickr_url u;
	ck_assert_msg(parse(g->url, &u) == 0, "%s: %s", g->url, err.what);
	ck_assert_msg(u.kind == g->kind, "%s: %s", g->url, lb_url_kind_name(u.kind));
	ck_assert_msg(!strcmp(value_of(&u), g->value), "%s: \"%s\"", g->url, value_of(&u));
	ck_assert_msg(u.page == g->page, "%s: page %d", g->url, (int)u.page);
	ck_assert_msg((u.kind == LB_URL_PHOTO) == (u.photo_id != NULL), "%s", g->url);
}
END_TEST

/* Flickr's, and no guess is made. */
static const char *const unsupported[] = {
	SITE "photos/me", SITE "photos/me/123", SITE "people/ME", SITE "photos/search/123", SITE "photos/upload/123",
	SITE "photos/tags/", SITE "photos/tags/a/b/c", SITE "photos/tags/a/clusters/b-c", SITE "photos", SITE "photos/page2",
	SITE "photos/tags/a%00b", SITE "photos/tags/%ff", SITE "photos/tags/a%0ab",
	SITE "photos/someone/favorites/x", SITE "photos/someone/tags/", SITE "photos/someone/tags/a/b/c",
	SITE "photos/someone/123456789012345678901", SITE "photos/someone/12x", SITE "photos/someone/0123", SITE "photos/someone/0",
	SITE "photos/someone/%D9%A1%D9%A2%D9%A3", /* digits, but Arabic ones */
	SITE "photos/../123", SITE "photos/..%2f..%2fx/123", SITE "photos/a b/123", SITE "photos/someone/123/../456",
	SITE "photos/someone/123/%2e%2E/456", SITE "photos/someone/./123", SITE "photos/someone\\123", SITE "photos/someone/1%2F2",
	SITE "photos/someone/123/a/b/c/d/e/f/g/h/i/j/k/../../../456", SITE "photos/someone%252F123", SITE "photos/a%5cb/123",
	SITE "photos/%/123", SITE "photos/a%zz/123", SITE "photos/a%4", SITE "photos/someone/123/in/%",
	SITE "photos/someone/123&x=1", SITE "photos/someone/123,456", SITE "photos/someone/-123", SITE "photos/someone/+123",
	SITE "photos/someone/123#/photos/other/456", SITE "photos/someone/https://www.flickr.com/photos/x/1",
	SITE "photos/someone/123/https://www.flickr.com/photos/x/1", SITE "photos/someone/123https://www.flickr.com/photos/x/1",
	SITE "photos/someone/albums/abc", SITE "photos/someone/albums/1/with/x", SITE "photos/someone/albums/0123",
	SITE "photos/someone/galleries/abc", SITE "photos/someone/collections/abc", SITE "photos/someone/with/",
	SITE "photos/someone/page99999999999999999999", SITE "photos/someone/page-1", SITE "photos/someone/page",
	SITE "groups/trees/pool/page", SITE "groups/trees/pool/tags", SITE "groups/trees/x", SITE "groups/",
	SITE "explore/2019/02/29", SITE "explore/2019/13/01", SITE "explore/2019/12", SITE "explore/interesting/7days",
	SITE "photos/someone/archives/2010", SITE "photos/someone/archives/date-taken/2010/31/12",
	SITE "photos/someone/archives/date-taken/2010/02/30", SITE "photos/someone/archives/date-taken/month",
	SITE "search/", SITE "search/?view_all=1", SITE "search/?sort=relevance", SITE "search/people/?q=x", SITE "search/groups/?q=x",
	SITE "search/?w=contacts&q=x", SITE "search/?text=a&text=b", SITE "search/?user_id=me&text=a", SITE "search/?text=%ff",
	SITE "search/?q=a&tags=b&m=tags", SITE "search/?q=a&d=taken-2010-2011", SITE "search/?q=a&sort=up", SITE "search/?q=a&l=x",
	SITE "photo.gne?short=", SITE "photo.gne?idx=1", SITE "photo.gne?id=1x", SITE "photo.gne?id=1&id=2", SITE "photo.gne?id=1&id=",
	SITE "photo.gne?id=%zz&id=1", SITE "photo.gne?ID=1", SITE "photo.gne#id=1", SITE "photo.gne?id=01", SITE "photo.gne?id=1+",
	SITE "groups_discuss.gne?id=1", SITE "services/rest/?method=flickr.photos.getContext&photo_id=1", SITE "services/oembed?url=x",
	SITE "gp/", SITE "gp/someone", SITE "gp/someone/x", SITE "short_urls.gne", SITE "short_urls.gne?photoset=0",
	"https://flic.kr/", "https://flic.kr/p/", "https://flic.kr/p/0OIl", "https://flic.kr/p/1", "https://flic.kr/p/12ouuqFT",
	"https://flic.kr/P/2ouuqFT", "HTTPS://FLIC.KR/P/2OUUQFT", "https://flic.kr/p/2ouuqFT/x", "https://flic.kr/p/2ouuqFT%20",
	"https://flic.kr/p/zzzzzzzzzzzz", "https://flic.kr/p/JPwcyDCgEuq" /* beyond 64 bits */, "https://flic.kr/x/2ouuqFT",
	"https://live.staticflickr.com/65535/123.jpg", "https://live.staticflickr.com/65535/123_.jpg",
	"https://live.staticflickr.com/65535/_ab.jpg", "https://live.staticflickr.com/65535/123_ab", "https://live.staticflickr.com/",
	"https://live.staticflickr.com/65535/0123_ab12cd34ef.jpg", "https://live.staticflickr.com/65535/123__b.jpg",
	"https://live.staticflickr.com/x/123_ab12cd34ef.jpg", "https://live.staticflickr.com/video/123", "https://live.staticflickr.com/photos/someone/123",
	"https://farm66.staticflickr.com/65535/buddyicons/199258389@N04.jpg", "https://www.flickr.com/65535/123_ab12cd34ef.jpg",
	"https://api.flickr.com/photos/someone/123", "https://blog.flickr.com/", "https://farm.staticflickr.com/1/123_ab12cd34ef.jpg",
	"https://farm1x.staticflickr.com/1/123_ab12cd34ef.jpg", "https://commons.flickr.org/photos/someone/123",
	"https://embedr.flickr.com/photosets/123", SITE "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r", SITE "photos/123/in/photostream",
};

START_TEST(not_understood)
{
	struct lb_flickr_url u = { .page = 77 };
	int rc = parse(unsupported[_i], &u);
	ck_assert_msg(rc == LB_UNSUPPORTED, "%s: %d", unsupported[_i], rc);
	ck_assert_int_eq(u.page, 77);
	ck_assert_ptr_nonnull(strchr(err.what, '"'));
	ck_assert_int_eq(lb_flickr_url_parse(unsupported[_i], &arena, &u, NULL), LB_UNSUPPORTED);
}
END_TEST

static const char *const foreign[] = {
	"", " ", "/", "https://", "https:///photos/x/1", "https://example.org/photos/x/1", "https://www.flickr.com.example.org/photos/x/1",
	"https://www.flickr.com@example.org/photos/x/1", "https://someone@www.flickr.com/photos/x/1", "https://a:b@flickr.com/photos/x/1",
	"https://www.flickr.com:x/photos/x/1", "https://www.flickr.com:8080/photos/x/1", "https://www.flickr.com:443:80/photos/x/1",
	"https://notflickr.com/photos/x/1", "ftp://www.flickr.com/photos/x/1", "javascript://www.flickr.com/photos/x/1",
	"mailto:x@flickr.com", "https://flickr.co/photos/x/1", "https://www.flickr.com\\@example.org/", "photos/someone/123", "123",
	"https://www%2eflickr.com/photos/x/1", "https:/www.flickr.com/photos/x/1", "https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fx%2F1",
	"https://www.flickr.com../photos/x/1", "https://.flickr.com/photos/x/1", "https://web.archive.org/web/2010/http://www.flickr.com/photos/x/1",
	"https://example.org/?u=https://www.flickr.com/photos/x/1", "https://www.fli\xd1\x81kr.com/photos/x/1", "\xc3\xa9" "flickr.com/photos/x/1", "x.flickr.com@flickr.com/photos/x/1", "\xff" "flickr.com/photos/x/1",
};

START_TEST(not_flickrs)
{
	struct lb_flickr_url u;
	int rc = parse(foreign[_i], &u);
	ck_assert_msg(rc == LB_USAGE, "%s: %d", foreign[_i], rc);
	ck_assert_ptr_nonnull(strchr(err.what, '"'));
}
END_TEST

START_TEST(who_and_which_secret)
{
	struct lb_flickr_url u;
	ck_assert_ok(parse(SITE "photo/17277074@n00/2619974961", &u));
	ck_assert_str_eq(u.user_id, "17277074@N00");
	ck_assert_str_eq(u.user_url, SITE "photos/17277074@N00/");
	ck_assert_ok(parse(SITE "photos/1234@n00/1", &u)); /* too short for an NSID */
	ck_assert_ptr_null(u.user_id);
	ck_assert_ok(parse("https://live.staticflickr.com/video/42/abc/1080p.mp4", &u));
	ck_assert_str_eq(u.secret, "abc");
	ck_assert_ptr_null(u.user_url);
	ck_assert_ok(parse("https://live.staticflickr.com/65535/123_ab12cd34ef_o.jpg", &u));
	ck_assert_str_eq(u.secret, "ab12cd34ef");
	ck_assert_ok(parse(SITE "gp/47265398@n04/a1B2c3", &u));
	ck_assert_str_eq(u.secret, "a1B2c3");
	ck_assert_ok(parse(SITE "groups/trees/pool/47265398@n04", &u));
	ck_assert_str_eq(u.member_id, "47265398@N04");
	ck_assert_str_eq(u.group_url, SITE "groups/trees");
	ck_assert_ptr_null(u.user_url);
	ck_assert_ok(parse(SITE "photos/someone/archives/date-taken/2010", &u));
	ck_assert_str_eq(u.date_kind, "taken");
	ck_assert_ok(parse(SITE "photos/someone/archives/", &u));
	ck_assert_str_eq(u.date_kind, "posted");
}
END_TEST

START_TEST(a_very_long_address)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
	struct lb_flickr_url u;
	lb_buf_adds(&b, SITE "photos/someone/123/in/");
	for (int i = 0; i < 100000; i++)
		lb_buf_adds(&b, "photolist-RZufqg/");
	ck_assert_ok(parse(lb_buf_str(&b), &u));
	ck_assert_str_eq(u.photo_id, "123");
	lb_buf_reset(&b);
	lb_buf_adds(&b, SITE "photos/");
	for (int i = 0; i < 100000; i++)
		lb_buf_adds(&b, "longlonglong");
	ck_assert_int_eq(parse(lb_buf_str(&b), &u), LB_UNSUPPORTED);
}
END_TEST

/* Each in a time that grows with the length only: seconds would be too much here. */
static const char *const repeated[] = {
	"(", "x(", "a:", "{a", "'", ")", ").", "..", "flickr.com", "flickr.com ", "(flickr.com", "https://", "/", "?", "%41", "&a=%41", "\xe2\x80\x9c",
	"\xe3\x81\x82", "[a](", "|", "=", "http", "<", "a.", "-",
};

START_TEST(the_same_many_times)
{
	static const char *const starts[] = { "", SITE "photos/someone/123", "(" SITE "photos/someone/123", SITE "photo.gne?id=1", SITE "search/?text=a" };
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4 << 20);
	struct lb_flickr_url u;
	for (size_t k = 0; k < LB_COUNT(starts); k++) {
		lb_buf_reset(&b);
		lb_buf_adds(&b, starts[k]);
		while (b.len < 300000)
			lb_buf_adds(&b, repeated[_i]);
		int rc = parse(lb_buf_str(&b), &u);
		ck_assert(rc == LB_OK || rc == LB_USAGE || rc == LB_UNSUPPORTED);
	}
}
END_TEST

START_TEST(base58)
{
	static const struct { const char *text, *id; } cases[] = {
		{ "2", "1" }, { "z", "33" }, { "21", "58" }, { "2ouuqFT", "52830949513" }, { "JPwcyDCgEup", "18446744073709551615" },
		{ "JPwcyDCgEuq", NULL }, { "", NULL }, { "1", NULL }, { "12", NULL }, { "0", NULL }, { "l", NULL }, { "2 ", NULL },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		const char *id = lb_base58_id(lb_span(cases[i].text), &arena);
		ck_assert_msg(id == cases[i].id || (id && cases[i].id && !strcmp(id, cases[i].id)), "%s: %s", cases[i].text, id);
	}
	ck_assert_ptr_null(lb_base58_id((struct lb_span){ "2\0", 2 }, &arena));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("url/url");
	TCase *tc = tcase_create("url");
	tcase_add_loop_test(tc, understood, 0, LB_COUNT(goods));
	tcase_add_loop_test(tc, not_understood, 0, LB_COUNT(unsupported));
	tcase_add_loop_test(tc, not_flickrs, 0, LB_COUNT(foreign));
	tcase_add_test(tc, who_and_which_secret);
	tcase_add_test(tc, a_very_long_address);
	tcase_add_loop_test(tc, the_same_many_times, 0, LB_COUNT(repeated));
	tcase_add_test(tc, base58);
	suite_add_tcase(s, tc);
	return s;
}
