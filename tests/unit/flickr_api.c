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
	lb_api_uri(&b, "flickr.photos.search", params, LB_COUNT(params), NULL);
	ck_assert_str_eq(lb_buf_str(&b),
		LB_API_ENDPOINT "?extras=a%2Cb&method=flickr.photos.search&text=x%20y%26z%3D%C3%A9&user_id=1%40N00");
}
END_TEST

START_TEST(key_comes_last)
{
	LB_AUTO(lb_buf_clear) struct lb_buf without = LB_BUF(4096), with = LB_BUF(4096);
	const struct lb_param params[] = { { "photo_id", "1" } };
	lb_api_uri(&without, "flickr.photos.getInfo", params, 1, NULL);
	lb_api_uri(&with, "flickr.photos.getInfo", params, 1, "k&y");
	ck_assert(lb_span_starts(lb_buf_span(&with), lb_buf_str(&without)));
	ck_assert_str_eq(lb_buf_str(&with) + without.len, "&api_key=k%26y");
}
END_TEST

START_TEST(a_request_without_parameters)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	lb_api_uri(&b, "flickr.photos.licenses.getInfo", NULL, 0, NULL);
	ck_assert_str_eq(lb_buf_str(&b), LB_API_ENDPOINT "?method=flickr.photos.licenses.getInfo");
}
END_TEST

static const struct lb_layer *layer(const char *name)
{
	for (size_t i = 0; i < lb_layer_count; i++) {
		if (!strcmp(lb_layers[i].name, name))
			return &lb_layers[i];
	}
	ck_abort_msg("no layer %s", name);
	return NULL;
}

START_TEST(requests_of_layers)
{
	static const struct { const char *layer; int64_t page; const char *uri; } cases[] = {
		{ "info", 3, "?method=flickr.photos.getInfo&photo_id=7" },
		{ "sizes", 1, "?method=flickr.photos.getSizes&photo_id=7" },
		{ "faves", 1, "?method=flickr.photos.getFavorites&per_page=50&photo_id=7" },
		{ "faves", 2, "?method=flickr.photos.getFavorites&page=2&per_page=50&photo_id=7" },
		{ "galleries", 1, "?method=flickr.galleries.getListForPhoto&per_page=500&photo_id=7" },
		{ "people", 2, "?method=flickr.photos.people.getList&photo_id=7" },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
		lb_layer_uri(&b, layer(cases[i].layer), "7", cases[i].page, NULL);
		ck_assert_str_eq(lb_buf_str(&b) + strlen(LB_API_ENDPOINT), cases[i].uri);
	}
}
END_TEST

START_TEST(layers_are_wanted_by_what_info_said)
{
	struct lb_photo p;
	lb_photo_init(&p);
	ck_assert(!layer("info")->wanted);
	ck_assert(layer("info")->required);
	ck_assert(layer("comments")->wanted(&p)); /* unknown is not none */
	ck_assert(layer("people")->wanted(&p));
	p.count_comments = 0;
	p.has_people = 0;
	ck_assert(!layer("comments")->wanted(&p));
	ck_assert(!layer("people")->wanted(&p));
	p.count_comments = 4;
	p.has_people = 1;
	ck_assert(layer("comments")->wanted(&p));
	ck_assert(layer("people")->wanted(&p));
}
END_TEST

START_TEST(every_layer_parses_through_the_table)
{
	static const struct { const char *layer, *body; size_t got; } cases[] = {
		{ "info", "<rsp stat='ok'><photo id='7'><owner nsid='1@N00'/></photo></rsp>", 0 },
		{ "sizes", "<rsp stat='ok'><sizes><size label='a' source='b'/></sizes></rsp>", 0 },
		{ "comments", "<rsp stat='ok'><comments photo_id='7'/></rsp>", 0 },
		{ "faves", "<rsp stat='ok'><photo page='1' pages='3' total='3'><person nsid='1@N00'/></photo></rsp>", 1 },
		{ "contexts", "<rsp stat='ok'/>", 0 },
		{ "galleries", "<rsp stat='ok'><galleries page='1' pages='3'><gallery gallery_id='5'/></galleries></rsp>", 1 },
		{ "people", "<rsp stat='ok'><people/></rsp>", 0 },
	};
	ck_assert_uint_eq(LB_COUNT(cases), lb_layer_count);
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		const struct lb_layer *l = layer(cases[i].layer);
		struct lb_api_answer answer;
		struct lb_page page;
		struct lb_photo p;
		lb_photo_init(&p);
		ck_assert_ok(answer_of(l->method, cases[i].body, &answer));
		ck_assert_ok(l->parse(answer.rsp, &arena, &p, &page, &err));
		ck_assert_int_eq(page.page, 1);
		ck_assert_int_eq(page.pages, l->paged ? 3 : 1);
		ck_assert_uint_eq(page.got, cases[i].got);
	}
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
	tcase_add_test(tc, key_comes_last);
	tcase_add_test(tc, a_request_without_parameters);
	tcase_add_test(tc, requests_of_layers);
	tcase_add_test(tc, layers_are_wanted_by_what_info_said);
	tcase_add_test(tc, every_layer_parses_through_the_table);
	tcase_add_test(tc, a_good_answer);
	tcase_add_loop_test(tc, faults_by_method_and_code, 0, LB_COUNT(faults));
	tcase_add_loop_test(tc, unreadable_answers, 0, LB_COUNT(unreadable));
	tcase_add_test(tc, a_fault_without_words);
	suite_add_tcase(s, tc);
	return s;
}
