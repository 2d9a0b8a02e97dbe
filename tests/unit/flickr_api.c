#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;

static int answer_of(const char *method, const char *body, struct lb_api_answer *out)
{
	memset(&err, 0, sizeof err);
	return lb_api_parse(method, lb_span(body), &arena, out, &err);
}

/* ---- requests -------------------------------------------------------------------------------- */

START_TEST(request_is_sorted_and_encoded)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	const struct lb_param params[] = { { "user_id", "1@N00" }, { "extras", "a,b" }, { "left_out", NULL },
		{ "text", "x y&z=\xc3\xa9" } };
	lb_api_uri(&b, "flickr.photos.search", params, LB_COUNT(params));
	ck_assert_str_eq(lb_buf_str(&b),
		LB_API_ENDPOINT "?extras=a%2Cb&method=flickr.photos.search&text=x%20y%26z%3D%C3%A9&user_id=1%40N00");
}
END_TEST

START_TEST(a_request_without_parameters)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	lb_api_uri(&b, "flickr.photos.licenses.getInfo", NULL, 0);
	ck_assert_str_eq(lb_buf_str(&b), LB_API_ENDPOINT "?method=flickr.photos.licenses.getInfo");
}
END_TEST

/* ---- answers --------------------------------------------------------------------------------- */

START_TEST(a_good_answer)
{
	struct lb_api_answer answer;
	ck_assert_ok(answer_of("m", "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"ok\"><x y=\"Q&amp;A\"/></rsp>", &answer));
	ck_assert_int_eq(answer.fault, LB_FAULT_NONE);
	ck_assert_str_eq(lb_xml_attr(lb_xml_child(answer.rsp, "x"), "y"), "Q&A");
}
END_TEST

static const struct { const char *method; int code; const char *message; enum lb_api_fault fault; } faults[] = {
	{ "flickr.photos.getInfo", 1, "Photo not found", LB_FAULT_NOT_FOUND },
	{ "flickr.photos.getInfo", 2, "Photo is private", LB_FAULT_DENIED },
	{ "flickr.photos.getExif", 2, "Permission denied", LB_FAULT_DENIED },
	{ "flickr.photosets.getPhotos", 2, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getPhotos", 3, "Conflicting", LB_FAULT_OTHER },
	{ "flickr.people.getPhotos", 1, "Required arguments missing", LB_FAULT_OTHER },
	{ "flickr.people.getInfo", 5, "User deleted", LB_FAULT_DELETED },
	{ "flickr.photos.search", 1, "Too many tags in ALL query", LB_FAULT_OTHER },
	{ "flickr.photos.search", 2, "Unknown user", LB_FAULT_NOT_FOUND },
	{ "flickr.photos.search", 3, "Parameterless searches have been disabled", LB_FAULT_OTHER },
	{ "flickr.photos.search", 4, "You don't have permission to view this pool", LB_FAULT_DENIED },
	{ "flickr.photos.search", 5, "User deleted", LB_FAULT_DELETED },
	{ "flickr.photos.search", 10, "The search API is out", LB_FAULT_TRANSIENT },
	{ "flickr.photos.search", 16, "You can only search within your own favorites", LB_FAULT_DENIED },
	{ "flickr.photos.search", 18, "Illogical arguments", LB_FAULT_OTHER },
	{ "flickr.photos.search", 20, "Excessive photo offset in search", LB_FAULT_OTHER },
	{ "flickr.interestingness.getList", 1, "Not a valid date string.", LB_FAULT_OTHER },
	{ "flickr.collections.getTree", 1, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.collections.getTree", 2, "Collection not found", LB_FAULT_NOT_FOUND },
	{ "flickr.groups.getInfo", 1, "Group not found", LB_FAULT_NOT_FOUND },
	{ "flickr.groups.getInfo", 2, "Group is private", LB_FAULT_DENIED },
	{ "flickr.groups.pools.getPhotos", 2, "You don't have permission to view this pool", LB_FAULT_DENIED },
	{ "flickr.groups.pools.getPhotos", 3, "Unknown user", LB_FAULT_NOT_FOUND },
	{ "flickr.groups.pools.getPhotos", 4, "Group/pool is member only", LB_FAULT_DENIED },
	{ "flickr.galleries.getPhotos", 1, "Invalid gallery ID", LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getInfo", 1, "Gallery not found", LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getList", 1, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getList", 1, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getList", 2, "Continuation key is invalid or expired", LB_FAULT_OTHER },
	{ "flickr.photosets.getInfo", 2, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.comments.getList", 1, "Photoset not found.", LB_FAULT_NOT_FOUND },
	{ "flickr.favorites.getPublicList", 1, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.favorites.getList", 1, "User not found", LB_FAULT_NOT_FOUND },
	{ "flickr.people.getPhotosOf", 1, "User not found.", LB_FAULT_NOT_FOUND },
	{ "flickr.urls.lookupGroup", 1, "Group not found", LB_FAULT_NOT_FOUND },
	{ "flickr.urls.lookupGallery", 1, "Gallery not found", LB_FAULT_NOT_FOUND },
	{ "flickr.profile.getProfile", 1, "Invalid NSID provided", LB_FAULT_NOT_FOUND },
	{ "flickr.photos.licenses.getLicenseHistory", 1, "Photo not found", LB_FAULT_NOT_FOUND },
	{ "flickr.test.login", 99, "User not logged in", LB_FAULT_SIGNIN },
	{ "flickr.galleries.getListForPhoto", 1, "Required parameter missing", LB_FAULT_OTHER },
	{ "flickr.something.new", 1, "Whatever", LB_FAULT_OTHER },
	{ "flickr.photos.getInfo", 96, "Invalid signature", LB_FAULT_SIGNIN },
	{ "flickr.photos.getInfo", 97, "Missing signature", LB_FAULT_SIGNIN },
	{ "flickr.photos.getInfo", 98, "Login failed", LB_FAULT_SIGNIN },
	{ "flickr.photos.getInfo", 99, "User not logged in", LB_FAULT_SIGNIN },
	{ "flickr.photos.getInfo", 100, "Invalid API Key", LB_FAULT_KEY },
	{ "flickr.photos.getInfo", 105, "Service currently unavailable", LB_FAULT_TRANSIENT },
	{ "flickr.photos.getInfo", 0, "x", LB_FAULT_TRANSIENT },
	{ "flickr.photos.getInfo", 201, "x", LB_FAULT_TRANSIENT },
	{ "flickr.photos.getInfo", 1, "Sorry, the Flickr API service is Not Currently Available.",
		LB_FAULT_TRANSIENT },
	{ "flickr.photos.getInfo", -7, "x", LB_FAULT_OTHER },
	{ "flickr.photos.getInfo", 112, "Method not found", LB_FAULT_OTHER },
};

START_TEST(faults_by_method_and_code)
{
	struct lb_api_answer answer;
	const char *body = lb_arena_printf(&arena, "<rsp stat=\"fail\">\n<err code=\"%d\" msg=\"%s\"/></rsp>",
		faults[_i].code, faults[_i].message);
	ck_assert_ok(answer_of(faults[_i].method, body, &answer));
	ck_assert_msg(answer.fault == faults[_i].fault, "%s %d %s: %d", faults[_i].method, faults[_i].code,
		faults[_i].message, answer.fault);
	ck_assert_int_eq(answer.code, faults[_i].code);
	ck_assert_str_eq(answer.message, faults[_i].message);
}
END_TEST

static const char *const unreadable[] = {
	"", " \n", "<!DOCTYPE html><html><body>Too Many Requests</body></html>",
		"<html><h1>502 Bad Gateway</h1></html>", "<error>BOOM!</error>",
	"<rsp stat=\"ok\"><photo id=\"1\"", "<rsp stat=\"ok\"><photo></rsp>", "<rsp/>", "<rsp stat=\"maybe\"/>",
		"<rsp stat=\"fail\"/>",
	"<rsp stat=\"fail\"><err msg=\"x\"/></rsp>", "<rsp stat=\"fail\"><err code=\"\" msg=\"x\"/></rsp>",
	"<rsp stat=\"fail\"><err code=\"1e3\" msg=\"x\"/></rsp>",
		"<rsp stat=\"fail\"><err code=\"99999999999999999999\" msg=\"x\"/></rsp>",
	"{\"stat\":\"fail\",\"code\":1}", "jsonFlickrApi({})", "oauth_problem=token_rejected", "\x1f\x8b\x08",
		"<?xml version=\"1.0\"?>",
	"<!DOCTYPE rsp [<!ENTITY a \"b\">]><rsp stat=\"ok\">&a;</rsp>", "<rsp stat=\"ok\">\xff</rsp>",
};

START_TEST(unreadable_answers)
{
	struct lb_api_answer answer = { .code = 77 };
	int rc = answer_of("flickr.photos.getInfo", unreadable[_i], &answer);
	ck_assert_msg(rc == LB_FORMAT, "%s: %d", unreadable[_i], rc);
	ck_assert_ptr_nonnull(strstr(err.what, "flickr.photos.getInfo"));
	ck_assert_int_eq(answer.code, 77);
}
END_TEST

START_TEST(a_fault_without_words)
{
	struct lb_api_answer answer;
	ck_assert_ok(answer_of("flickr.photos.getInfo", "<rsp stat=\"fail\"><err code=\"1\"/></rsp>", &answer));
	ck_assert_str_eq(answer.message, "");
	ck_assert_int_eq(answer.fault, LB_FAULT_NOT_FOUND);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/api");
	TCase *tc = tcase_create("api");
	tcase_add_test(tc, request_is_sorted_and_encoded);
	tcase_add_test(tc, a_request_without_parameters);
	tcase_add_test(tc, a_good_answer);
	tcase_add_loop_test(tc, faults_by_method_and_code, 0, LB_COUNT(faults));
	tcase_add_loop_test(tc, unreadable_answers, 0, LB_COUNT(unreadable));
	tcase_add_test(tc, a_fault_without_words);
	suite_add_tcase(s, tc);
	return s;
}
