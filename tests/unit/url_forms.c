/* The table of forms, the text around an address, searches, and where we differ from flickr-url-parser 1.12. */
#include <string.h>

#include "lifeboat/url/url.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;

static int parse(const char *url, struct lb_flickr_url *u)
{
	lb_arena_reset(&arena);
	return lb_flickr_url_parse(url, &arena, u, &err);
}

/* ---- the table ---- */

START_TEST(each_example_is_of_its_row)
{
	size_t count, kinds[LB_URL_KIND_COUNT] = { 0 };
	const struct lb_url_form *forms = lb_url_forms(&count);
	for (size_t i = 0; i < count; i++) {
		struct lb_flickr_url u;
		ck_assert_msg(parse(forms[i].example, &u) == 0, "%s: %s", forms[i].example, err.what);
		ck_assert_msg(u.kind == forms[i].kind, "%s: %s", forms[i].example, lb_url_kind_name(u.kind));
		ck_assert_msg((strstr(forms[i].pattern, "{photo}") || strstr(forms[i].pattern, "{file}")) ?
				u.photo_id && !strcmp(u.photo_id, "123") : true, "%s: photo %s", forms[i].example, u.photo_id);
		ck_assert_msg(!strstr(forms[i].pattern, "{album}") || !strcmp(u.album_id, "7215"), "%s", forms[i].example);
		kinds[u.kind]++;
	}
	for (int k = 0; k < LB_URL_KIND_COUNT; k++)
		ck_assert_msg(kinds[k] > 0, "no form gives %s", lb_url_kind_name((enum lb_url_kind)k));
}
END_TEST

START_TEST(no_row_stands_twice)
{
	size_t count;
	const struct lb_url_form *forms = lb_url_forms(&count);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++)
			ck_assert_msg(forms[i].hosts != forms[k].hosts || strcmp(forms[i].pattern, forms[k].pattern), "%s", forms[i].pattern);
		ck_assert_ptr_nonnull(forms[i].hosts);
	}
}
END_TEST

START_TEST(names_of_kinds)
{
	for (int k = 0; k < LB_URL_KIND_COUNT; k++)
		ck_assert_ptr_nonnull(lb_url_kind_name((enum lb_url_kind)k));
	ck_assert_str_eq(lb_url_kind_name(LB_URL_PHOTO), "single_photo");
	ck_assert_str_eq(lb_url_kind_name(LB_URL_GROUP_POOL), "group_pool");
	ck_assert_ptr_null(lb_url_kind_name(LB_URL_KIND_COUNT));
}
END_TEST

/* ---- text around ---- */

#define URL "https://www.flickr.com/photos/someone/123"
#define OTHER "https://www.flickr.com/photos/someone/456"

/* Each is about photo 123. */
static const char *const around[] = {
	"<" URL ">", "see <" URL ">.", "(" URL ")", "[" URL "]", "\"" URL "\"", "'" URL "'", "`" URL "`", URL ".", URL ",", URL "!?",
	URL "/.", URL ").", URL "/),", URL "'.", URL "*", "**" URL "**", "\xe2\x80\x9c" URL "\xe2\x80\x9d", "\xc2\xab" URL "\xc2\xbb",
	"\xef\xbc\x88" URL "\xef\xbc\x89\xe3\x80\x82", "\xe8\xa6\x8b\xef\xbc\x9a" URL, "\xef\xbb\xbf" URL, "\xc2\xa0" URL "\xc2\xa0",
	"URL:" URL, "a picture: " URL " of a boat", "[a boat](" URL ")", "[[" URL " a boat]]", "[" URL "](" URL ")",
	"{{cite|url=" URL "|title=x}}", "<a href=\"" URL "\">" URL "</a>", "<a href='" URL "'>boat</a>", "href=" URL, URL "<br>x",
	"//www.flickr.com/photos/someone/123.", "(flickr.com/photos/someone/123)", "in flickr.com/photos/someone/123, I think",
	URL " " URL, URL "\t2010", URL "?a=(b)", URL "?a[]=b", "(" URL "?a=(b))",
};

START_TEST(what_stands_around)
{
	struct lb_flickr_url u;
	ck_assert_msg(parse(around[_i], &u) == 0, "%s: %s", around[_i], err.what);
	ck_assert_msg(u.kind == LB_URL_PHOTO && !strcmp(u.photo_id, "123"), "%s: %s", around[_i], u.photo_id);
}
END_TEST

static const struct { const char *text; int status; } unclear[] = {
	{ URL " " OTHER, LB_USAGE }, { URL " and https://example.org/", LB_USAGE }, { "flickr.com: " URL, LB_USAGE },
	{ "[" URL "](" OTHER ")", LB_USAGE }, { "<a href=\"" URL "\">" OTHER "</a>", LB_USAGE }, { URL "\n" "456", LB_USAGE },
	{ "https://www.flickr.com/photos/someone/\n123", LB_USAGE }, { "no address here", LB_USAGE }, { "https://example.org/ 123", LB_USAGE },
	{ URL "...", LB_UNSUPPORTED }, { URL "\xe2\x80\xa6", LB_UNSUPPORTED }, { "(" URL "...)", LB_UNSUPPORTED }, { URL "..", LB_UNSUPPORTED },
	{ URL "<b>456</b>", LB_UNSUPPORTED }, { URL "<wbr>456", LB_UNSUPPORTED }, { URL " 45/6", LB_UNSUPPORTED },
	{ URL "\xe2\x80\x8b" "456", LB_UNSUPPORTED }, { URL "\xc2\xad" "456", LB_UNSUPPORTED }, { URL "\xef\xbc\x94", LB_UNSUPPORTED },
	{ "https://www.flickr.com/photos/tags/new york", LB_UNSUPPORTED }, { "https://www.flickr.com/search/?text=new york", LB_UNSUPPORTED },
	{ "https://www.flickr.com/photos/some one/123", LB_UNSUPPORTED }, { URL "&quot;", LB_UNSUPPORTED },
};

START_TEST(when_it_is_not_clear)
{
	struct lb_flickr_url u;
	int rc = parse(unclear[_i].text, &u);
	ck_assert_msg(rc == unclear[_i].status, "%s: %d", unclear[_i].text, rc);
}
END_TEST

START_TEST(brackets_that_belong_to_the_address)
{
	struct lb_flickr_url u;
	ck_assert_ok(parse("(https://www.flickr.com/photos/tags/a_(b))", &u));
	ck_assert_str_eq(u.tag, "a_(b)");
	ck_assert_ok(parse("https://www.flickr.com/photos/tags/a_(b)", &u));
	ck_assert_str_eq(u.tag, "a_(b)");
	ck_assert_ok(parse("the tag https://www.flickr.com/photos/tags/york, nice", &u));
	ck_assert_str_eq(u.tag, "york");
}
END_TEST

/* ---- searches ---- */

static const struct { const char *query, *params; } searches[] = {
	{ "text=small+boats&view_all=1", "text=small boats" },
	{ "q=s%C3%A3o&w=all&s=int", "sort=interestingness-desc&text=s\xc3\xa3o" },
	{ "w=47265398%40n04&q=oak&m=tags", "tags=oak&user_id=47265398@N04" },
	{ "license=4%2C5&tags=b&advanced=1&text=a&utm_source=x", "license=4,5&tags=b&text=a" },
	{ "q=a&l=commderiv&ss=2&mt=videos", "license=4,5,9,10,11,12&media=videos&safe_search=3&text=a" },
	{ "user_id=12345@N00&min_taken_date=1262304000", "min_taken_date=1262304000&user_id=12345@N00" },
	{ "d=taken-20100131-", "min_taken_date=2010-01-31 00:00:00" },
	{ "d=posted-20100131-20101231",
		"max_upload_date=2010-12-31 23:59:59&min_upload_date=2010-01-31 00:00:00" },
	{ "text=a&text=a&color_codes=1%2C2&orientation=portrait&", "color_codes=1,2&orientation=portrait&text=a" },
	{ "text=&tags=x&&=&=y&z", "tags=x" }, { "text=a&page=7", "text=a" }, { "text=a%26b%3Dc", "text=a&b=c" },
};

START_TEST(search_parameters)
{
	LB_AUTO(lb_buf_clear) struct lb_buf url = LB_BUF(4096), is = LB_BUF(4096);
	struct lb_flickr_url u;
	lb_buf_addf(&url, "https://www.flickr.com/search/?%s", searches[_i].query);
	ck_assert_ok(parse(lb_buf_str(&url), &u));
	ck_assert_int_eq(u.kind, LB_URL_SEARCH);
	for (size_t i = 0; i < u.nparams; i++)
		lb_buf_addf(&is, "%s%s=%s", i ? "&" : "", u.params[i].name, u.params[i].value);
	ck_assert_str_eq(lb_buf_str(&is), searches[_i].params);
	ck_assert_int_eq(u.page, strstr(searches[_i].query, "page=7") ? 7 : 1);
}
END_TEST

/* ---- where we differ ---- */

enum theirs { NOT_FLICKR, UNRECOGNISED, OTHERWISE };
/* What flickr-url-parser 1.12 says of it, and what it is: the gap table, row by row. */
static const struct difference { const char *url; enum theirs theirs; enum lb_url_kind kind; const char *photo, *user_id, *tag; } differences[] = {
	{ "https://www.flickr.com/photos/tags/2020", OTHERWISE /* photo 2020 */, LB_URL_TAG, NULL, NULL, "2020" },
	{ "https://www.flickr.com/photos/tags/123/page2", OTHERWISE /* photo 123 */, LB_URL_TAG, NULL, NULL, "123" },
	{ "https://www.flickr.com/photos/x/favorites", UNRECOGNISED, LB_URL_FAVORITES, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/favorites/page2", UNRECOGNISED, LB_URL_FAVORITES, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/tags/oak", UNRECOGNISED, LB_URL_USER_TAG, NULL, NULL, "oak" },
	{ "https://www.flickr.com/photos/x/galleries", UNRECOGNISED, LB_URL_GALLERIES, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/collections/72157600000000001", UNRECOGNISED, LB_URL_COLLECTION, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/sets", UNRECOGNISED, LB_URL_ALBUMS, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/with/123", UNRECOGNISED, LB_URL_PHOTO, "123", NULL, NULL },
	{ "https://www.flickr.com/photos/x/archives/date-taken/2010", UNRECOGNISED, LB_URL_ARCHIVE, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/albums/7215/with/123", UNRECOGNISED, LB_URL_ALBUM, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/x/albums/page2", UNRECOGNISED, LB_URL_ALBUMS, NULL, NULL, NULL },
	{ "https://www.flickr.com/search/?text=oak", UNRECOGNISED, LB_URL_SEARCH, NULL, NULL, NULL },
	{ "https://www.flickr.com/explore/2020/01/31", UNRECOGNISED, LB_URL_EXPLORE, NULL, NULL, NULL },
	{ "https://www.flickr.com/commons", UNRECOGNISED, LB_URL_COMMONS, NULL, NULL, NULL },
	{ "https://commons.flickr.org/", UNRECOGNISED, LB_URL_COMMONS, NULL, NULL, NULL },
	{ "https://m.flickr.com/photos/x/123", NOT_FLICKR, LB_URL_PHOTO, "123", NULL, NULL },
	{ "https://secure.flickr.com/photos/x/123", NOT_FLICKR, LB_URL_PHOTO, "123", NULL, NULL },
	{ "https://embedr.flickr.com/photos/123", NOT_FLICKR, LB_URL_PHOTO, "123", NULL, NULL },
	{ "https://www.flickr.com/groups/g/pool/tags/oak", OTHERWISE /* the whole group */, LB_URL_GROUP_POOL, NULL, NULL, "oak" },
	{ "https://www.flickr.com/groups/g/pool/47265398@N04", OTHERWISE /* the whole group */, LB_URL_GROUP_POOL, NULL, NULL, NULL },
	{ "https://www.flickr.com/photos/47265398@n04/", OTHERWISE /* no user_id */, LB_URL_USER, NULL, "47265398@N04", NULL },
	{ "https://www.flickr.com/photos/47265398@n04/albums/7215", OTHERWISE /* URL as it is */, LB_URL_ALBUM, NULL, "47265398@N04", NULL },
	{ "https://www.flickr.com/photos/x/page0", OTHERWISE /* page 0 */, LB_URL_USER, NULL, NULL, NULL },
	{ "https://flic.kr/s/aHsjybZ5ZD", UNRECOGNISED /* unless it may ask */, LB_URL_SHORT, NULL, NULL, NULL },
};

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

START_TEST(deliberate_differences)
{
	const struct difference *d = &differences[_i];
	struct lb_flickr_url u;
	ck_assert_msg(parse(d->url, &u) == 0, "%s: %s", d->url, err.what);
	ck_assert_msg(u.kind == d->kind, "%s: %s", d->url, lb_url_kind_name(u.kind));
	ck_assert_msg(same(u.photo_id, d->photo) && same(u.user_id, d->user_id) && same(u.tag, d->tag), "%s: %s %s %s", d->url,
		u.photo_id, u.user_id, u.tag);
	ck_assert_int_eq(u.page, !strstr(d->url, "page2") ? 1 : 2);
}
END_TEST

/* They are members called "me" and "tags", a photo 0123 and one of an unknown page, for flickr-url-parser. */
static const char *const refused[] = {
	"https://www.flickr.com/photos/me", "https://www.flickr.com/photos/tags/", "https://www.flickr.com/photos/x/0123",
	"https://www.flickr.com/photos/x/123456789012345678901",
};

START_TEST(deliberate_refusals)
{
	struct lb_flickr_url u;
	ck_assert_int_eq(parse(refused[_i], &u), LB_UNSUPPORTED);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("url/forms");
	TCase *tc = tcase_create("forms");
	tcase_add_test(tc, each_example_is_of_its_row);
	tcase_add_test(tc, no_row_stands_twice);
	tcase_add_test(tc, names_of_kinds);
	tcase_add_loop_test(tc, what_stands_around, 0, LB_COUNT(around));
	tcase_add_loop_test(tc, when_it_is_not_clear, 0, LB_COUNT(unclear));
	tcase_add_test(tc, brackets_that_belong_to_the_address);
	tcase_add_loop_test(tc, search_parameters, 0, LB_COUNT(searches));
	tcase_add_loop_test(tc, deliberate_differences, 0, LB_COUNT(differences));
	tcase_add_loop_test(tc, deliberate_refusals, 0, LB_COUNT(refused));
	suite_add_tcase(s, tc);
	return s;
}
