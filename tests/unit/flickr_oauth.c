/* Signatures against published vectors, and what they are made of. */
#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "lifeboat/net/net.h"
#include "tests/support/support.h"

static struct lb_arena arena;

static void clear(void) { lb_arena_clear(&arena); }

static const char *signed_uri(const char *method, const char *uri, struct lb_oauth oauth, const struct lb_param *extra, size_t n, int64_t when, const char *nonce)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(65536);
	lb_oauth_uri(&b, method, uri, &oauth, extra, n, when, nonce);
	ck_assert(!b.overflow);
	return lb_arena_strdup(&arena, lb_buf_str(&b));
}

static const char *signature(const char *uri)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(1000);
	const char *at = strstr(uri, "&oauth_signature=");
	ck_assert_msg(at != NULL, "%s", uri);
	ck_assert(lb_url_decode(&plain, lb_span(at + 17)));
	return lb_arena_strdup(&arena, lb_buf_str(&plain));
}

static const struct lb_oauth photos = {"dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"};

/* OAuth Core 1.0a, appendix A.5; the ways to write the address that mean the same. */
static const char *const same[] = {
	"http://photos.example.net/photos?file=vacation.jpg&size=original",
	"http://photos.example.net/photos?size=original&file=vacation.jpg",
	"HTTP://Photos.Example.NET:80/photos?size=original&file=vacation.jpg",
	"http://photos.example.net/photos?&size=%6Friginal&&file=vacation%2ejpg",
};

START_TEST(the_published_vector)
{
	const char *uri = signed_uri("GET", same[_i], photos, NULL, 0, 1191242096, "kllo9940pd9333jh");
	ck_assert_str_eq(signature(uri), "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
}
END_TEST

/* RFC 5849 section 1.2: a token's request, and OAuth's own parameters in the query. */
START_TEST(the_vectors_of_the_standard)
{
	const struct lb_oauth printer = {"dpf43f3p2l4k3l03", "kd94hf93k423kf44", NULL, NULL};
	const struct lb_param callback = {"oauth_callback", "http://printer.example.com/ready"};
	/* against the base string written by hand: the digest itself is proven below */
	const char *uri = signed_uri("POST", "https://photos.example.net/initiate", printer, &callback, 1, 137131200, "wIjqoxSZXkqFNHIU");
	ck_assert_ptr_nonnull(strstr(uri, "https://photos.example.net/initiate?oauth_consumer_key=dpf43f3p2l4k3l03&oauth_nonce="));
	ck_assert_ptr_nonnull(strstr(uri, "&oauth_callback=http%3A%2F%2Fprinter.example.com%2Fready&oauth_signature="));
	ck_assert_ptr_null(strstr(uri, "oauth_token="));
	LB_AUTO(lb_buf_clear) struct lb_buf mac = LB_BUF(64);
	unsigned char raw[20];
	lb_hmac_sha1(lb_span("kd94hf93k423kf44&"), lb_span("POST&https%3A%2F%2Fphotos.example.net%2Finitiate&"
		"oauth_callback%3Dhttp%253A%252F%252Fprinter.example.com%252Fready%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26"
		"oauth_nonce%3DwIjqoxSZXkqFNHIU%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131200%26oauth_version%3D1.0"), raw);
	lb_base64(&mac, raw, 20);
	ck_assert_str_eq(signature(uri), lb_buf_str(&mac));
}
END_TEST

/* RFC 5849 section 3.4.1.3.2: names that differ only once encoded, equal names, empty values, spaces written as '+'. */
START_TEST(parameters_are_sorted_as_encoded)
{
	const struct lb_oauth o = {"k", "s&", NULL, "t="};
	const char *uri = signed_uri("GET", "https://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q&a%21=1&aZ=1", o, NULL, 0, 1, "n");
	LB_AUTO(lb_buf_clear) struct lb_buf mac = LB_BUF(64);
	unsigned char raw[20];
	lb_hmac_sha1(lb_span("s%26&t%3D"), lb_span("GET&https%3A%2F%2Fexample.com%2Frequest&"
		"a%2521%3D1%26a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26aZ%3D1%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26"
		"oauth_consumer_key%3Dk%26oauth_nonce%3Dn%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1%26oauth_version%3D1.0"), raw);
	lb_base64(&mac, raw, 20);
	ck_assert_str_eq(signature(uri), lb_buf_str(&mac));
}
END_TEST

START_TEST(secrets_stay_at_home)
{
	const struct lb_param verifier = {"oauth_verifier", "123-456-789"}, none = {"oauth_callback", NULL};
	const char *uri = signed_uri("GET", "https://www.flickr.com/services/oauth/access_token", photos, &verifier, 1, 1, "n");
	ck_assert_ptr_null(strstr(uri, photos.secret));
	ck_assert_ptr_null(strstr(uri, photos.token_secret));
	ck_assert_ptr_nonnull(strstr(uri, "&oauth_token=nnch734d00sl2jdk&"));
	ck_assert_ptr_nonnull(strstr(uri, "&oauth_verifier=123-456-789&"));
	ck_assert_ptr_null(strstr(signed_uri("GET", "https://x.example/", photos, &none, 1, 1, "n"), "callback"));
}
END_TEST

START_TEST(half_a_request_is_not_signed)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16), b = LB_BUF(1 << 20), small = LB_BUF(100);
	lb_buf_adds(&uri, "https://api.flickr.com/services/rest/?");
	for (int i = 0; i < 400; i++)
		lb_buf_addf(&uri, "a%d=1&", i);
	lb_oauth_uri(&b, "GET", lb_buf_str(&uri), &photos, NULL, 0, 1, "n");
	ck_assert(b.overflow);
	lb_oauth_uri(&small, "GET", "https://api.flickr.com/services/rest/?a=1", &photos, NULL, 0, 1, "n");
	ck_assert(small.overflow);
}
END_TEST

static const struct { const char *body, *name, *value; } forms[] = {
	{"oauth_callback_confirmed=true&oauth_token=1-2&oauth_token_secret=3", "oauth_token", "1-2"},
	{"oauth_callback_confirmed=true&oauth_token=1-2&oauth_token_secret=3", "oauth_token_secret", "3"},
	{"fullname=Ann%20Other+Name&user_nsid=12345678%40N00&username=ann%26b\n", "fullname", "Ann Other Name"},
	{"fullname=Ann%20Other+Name&user_nsid=12345678%40N00&username=ann%26b\n", "user_nsid", "12345678@N00"},
	{"fullname=Ann%20Other+Name&user_nsid=12345678%40N00&username=ann%26b\n", "username", "ann&b"},
	{"a=&b", "a", ""}, {"a=&b", "b", ""}, {"a=1&a=2", "a", "1"}, {"a=%zz", "a", "%zz"}, {"a=%", "a", "%"}, {"a=b=c", "a", "b=c"},
	{"aa=1", "a", NULL}, {"", "a", NULL}, {"&&&", "a", NULL}, {"<html>", "oauth_token", NULL},
};

START_TEST(form_values_are_found)
{
	const char *value = lb_form_value(lb_span(forms[_i].body), forms[_i].name, &arena);
	if (forms[_i].value)
		ck_assert_str_eq(value, forms[_i].value);
	else
		ck_assert_ptr_null(value);
}
END_TEST

/* RFC 2202 and RFC 4648 section 10. */
START_TEST(their_parts)
{
	static const struct { const char *plain, *encoded; } words[] = {
		{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"},
	};
	for (size_t i = 0; i < LB_COUNT(words); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64);
		lb_base64(&b, (const unsigned char *)words[i].plain, strlen(words[i].plain));
		ck_assert_str_eq(lb_buf_str(&b), words[i].encoded);
	}
	unsigned char mac[20];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64);
	lb_hmac_sha1(lb_span("Jefe"), lb_span("what do ya want for nothing?"), mac);
	lb_base64(&b, mac, 20);
	ck_assert_str_eq(lb_buf_str(&b), "7/zfauXrL6LSdBbV8YTfnCWafHk=");
	lb_hmac_sha1(lb_span(NULL), lb_span(NULL), mac);
	ck_assert_uint_eq(mac[0], 0xfb);
}
END_TEST

START_TEST(nonces_differ)
{
	char a[33], b[33];
	lb_net_nonce(a);
	lb_net_nonce(b);
	ck_assert_uint_eq(strlen(a), 32);
	ck_assert_uint_eq(strspn(a, "0123456789abcdef"), 32);
	ck_assert_str_ne(a, b);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr_oauth");
	TCase *t = tcase_create("oauth");
	tcase_add_checked_fixture(t, NULL, clear);
	tcase_add_loop_test(t, the_published_vector, 0, LB_COUNT(same));
	tcase_add_test(t, the_vectors_of_the_standard);
	tcase_add_test(t, parameters_are_sorted_as_encoded);
	tcase_add_test(t, secrets_stay_at_home);
	tcase_add_test(t, half_a_request_is_not_signed);
	tcase_add_loop_test(t, form_values_are_found, 0, LB_COUNT(forms));
	tcase_add_test(t, their_parts);
	tcase_add_test(t, nonces_differ);
	suite_add_tcase(s, t);
	return s;
}
