/* Requests as they are kept and as they are matched. */
#include <stdlib.h>
#include <string.h>

#include "format/evidence/evidence.h"
#include "format/evidence/internal.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"

static const char *clean(const char *uri)
{
	static struct lb_buf b = LB_BUF(1 << 20);
	lb_buf_reset(&b);
	lb_uri_clean(&b, lb_span(uri));
	return lb_buf_str(&b);
}

static char *key(const char *uri, enum lb_match match)
{
	struct lb_buf b = LB_BUF(1 << 20);
	lb_uri_key(&b, lb_span(uri), match);
	return lb_buf_take(&b);
}

static const struct { const char *uri, *cleaned; } cleanings[] = {
	{API "?method=flickr.photos.getInfo&photo_id=1&api_key=0123456789abcdef", API "?method=flickr.photos.getInfo&photo_id=1"},
	{API "?photo_id=1&method=m", API "?method=m&photo_id=1"},
	{API "?b=2&b=1&a", API "?a=&b=1&b=2"},
	{API "?b=%7e%2C%2f&a=x+y%20z", API "?a=x%20y%20z&b=~%2C%2F"},
	{API "?api_key=k&auth_token=t&api_sig=s&oauth_token=o&oauth_signature=g&oauth_x=1&a=1", API "?a=1"},
	{API "?API_KEY=k&api%5Fkey=k&%6fauth_nonce=1&a=1", API "?a=1"},
	{API "?api_key=k", API},
	{API "?a=1#api_key=k", API "?a=1"},
	{API "?a=%zz&b=%4", API "?a=%25zz&b=%254"},
	{API "?a=1&&&b=2&", API "?a=1&b=2"},
	{API "?format=rest&nojsoncallback=1&secret=photo", API "?format=rest&nojsoncallback=1&secret=photo"},
	{API "?a=b=c&d=1", API "?a=b%3Dc&d=1"},
	{"https://api.flickr.com/services/rest?api_key=k&b=1&a=2", "https://api.flickr.com/services/rest?a=2&b=1"},
	{"http://127.0.0.1:8080/services/rest/?b=1&api_key=k&a=2", "http://127.0.0.1:8080/services/rest/?a=2&b=1"},
	{API, API},
	{"https://live.staticflickr.com/1/2_3_o.jpg", "https://live.staticflickr.com/1/2_3_o.jpg"},
	{"https://live.staticflickr.com/v?b=1&a=%7e&", "https://live.staticflickr.com/v?b=1&a=%7e&"},
	{"https://www.flickr.com/x?b=1&api_key=k&a=2", "https://www.flickr.com/x?b=1&a=2"},
	{"https://www.flickr.com/x?oauth_token=t", "https://www.flickr.com/x"},
	{"https://www.flickr.com/x?", "https://www.flickr.com/x?"},
	{"https://x/a b\r\nSet-Cookie: c", "https://x/a%20b%0D%0ASet-Cookie:%20c"},
	{"https://x/\xc3\xa9<\"", "https://x/%C3%A9%3C%22"},
	{"", ""},
};

START_TEST(cleaned_as_expected)
{
	ck_assert_str_eq(clean(cleanings[_i].uri), cleanings[_i].cleaned);
	char *once = lb_strdup(clean(cleanings[_i].uri));
	ck_assert_str_eq(clean(once), once); /* cleaning twice changes nothing */
	for (unsigned m = 0; m < LB_MATCH_COUNT; m++) {
		char *before = key(cleanings[_i].uri, m), *after = key(once, m);
		ck_assert_str_eq(before, after);
		free(before);
		free(after);
	}
	free(once);
}
END_TEST

/* The closest match under which two requests are the same; LB_MATCH_COUNT: never. */
static const struct { const char *a, *b; enum lb_match match; } pairs[] = {
	{API "?method=m&a=1&api_key=x", API "?a=1&method=m&api_key=y", LB_MATCH_EXACT},
	{API "?method=m&format=rest", API "?method=m&format=json&nojsoncallback=1", LB_MATCH_EXACT},
	{API "?method=m&a=%41", "http://127.0.0.1:1/x/services/rest/?a=A&method=m", LB_MATCH_EXACT},
	{API "?method=m&extras=a,b", API "?method=m", LB_MATCH_EXTRAS},
	{API "?method=m&extras=a", API "?method=m&extras=b", LB_MATCH_EXTRAS},
	{API "?method=m&extras=a&per_page=5", API "?method=m&per_page=500", LB_MATCH_PAGING},
	{API "?method=m&page=1", API "?method=m&page=2", LB_MATCH_COUNT},
	{API "?method=m&a=1", API "?method=m&a=2", LB_MATCH_COUNT},
	{API "?method=m&a=b%26c=d", API "?method=m&a=b&c=d", LB_MATCH_COUNT},
	{"https://live.staticflickr.com/1.jpg", "https://live.staticflickr.com/2.jpg", LB_MATCH_COUNT},
	{"https://live.staticflickr.com/1.jpg?extras=a", "https://live.staticflickr.com/1.jpg", LB_MATCH_COUNT},
};

START_TEST(matched_as_expected)
{
	struct lb_key a[LB_MATCH_COUNT], b[LB_MATCH_COUNT];
	lb_uri_keys(lb_span(pairs[_i].a), a);
	lb_uri_keys(lb_span(pairs[_i].b), b);
	for (unsigned m = 0; m < LB_MATCH_COUNT; m++) {
		char *ka = key(pairs[_i].a, m), *kb = key(pairs[_i].b, m);
		bool same = m >= pairs[_i].match;
		ck_assert_int_eq(strcmp(ka, kb) == 0, same);
		ck_assert_int_eq(memcmp(&a[m], &b[m], sizeof a[m]) == 0, same);
		free(ka);
		free(kb);
	}
}
END_TEST

START_TEST(parameters_are_found)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_span uri = lb_span(API "?a=1&b=x+y%26&c&b=second&%64=d&e=%zz#f=1");
	ck_assert_str_eq(lb_uri_param(uri, "a", &arena), "1");
	ck_assert_str_eq(lb_uri_param(uri, "b", &arena), "x y&");
	ck_assert_str_eq(lb_uri_param(uri, "c", &arena), "");
	ck_assert_str_eq(lb_uri_param(uri, "d", &arena), "d");
	ck_assert_str_eq(lb_uri_param(uri, "e", &arena), "%zz");
	ck_assert_ptr_null(lb_uri_param(uri, "f", &arena));
	ck_assert_ptr_null(lb_uri_param(uri, "A", &arena));
	ck_assert_ptr_null(lb_uri_param(lb_span("https://x/y"), "a", &arena));
	ck_assert_ptr_null(lb_uri_param(lb_span(""), "a", &arena));
	ck_assert_ptr_null(lb_uri_param(lb_span("?"), "", &arena));
}
END_TEST

START_TEST(limits_hold)
{
	struct lb_buf small = LB_BUF(10);
	lb_uri_clean(&small, lb_span(API "?a=1"));
	ck_assert(small.overflow);
	lb_buf_clear(&small);
	LB_AUTO(lb_buf_clear) struct lb_buf many = LB_BUF(1 << 20);
	lb_buf_adds(&many, API "?");
	for (int i = 0; i < 50000; i++)
		lb_buf_addf(&many, "p%d=%%FF&", i);
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(8 << 20);
	lb_uri_clean(&out, lb_buf_span(&many));
	ck_assert(!out.overflow);
	ck_assert(lb_span_ends(lb_buf_span(&out), "&p9999=%FF"));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("evidence_uri");
	TCase *t = tcase_create("uri");
	tcase_add_loop_test(t, cleaned_as_expected, 0, LB_COUNT(cleanings));
	tcase_add_loop_test(t, matched_as_expected, 0, LB_COUNT(pairs));
	tcase_add_test(t, parameters_are_found);
	tcase_add_test(t, limits_hold);
	suite_add_tcase(s, t);
	return s;
}
