/* The line from a recording made here: paging that is lied to, refusals, missing layers, and the package that comes out. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format/evidence/evidence.h"
#include "format/text/text.h"
#include "format/verify/verify.h"
#include "lifeboat/creator/creator.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/?"
#define USER "https://www.flickr.com/photos/12345678@N00/"
#define WHEN 1760000000

static struct lb_buf tape;
static struct lb_error err;

static void record(const char *query, const char *rsp)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096), body = LB_BUF(1 << 20), member = LB_BUF(1 << 20);
	lb_buf_addf(&uri, API "%s", query);
	lb_buf_addf(&body, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n%s\n", rsp);
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = lb_buf_str(&uri), .date = WHEN, .status = 200,
		.content_type = "text/xml; charset=utf-8", .headers = "", .body = lb_buf_span(&body) };
	ck_assert_ok(lb_warc_format(&x, &member, &err));
	lb_buf_add(&tape, member.p, member.len);
}

static void record_page(int page, int pages, int per_page, const char *ids, int asked_per_page)
{
	char query[256];
	LB_AUTO(lb_buf_clear) struct lb_buf rsp = LB_BUF(1 << 16);
	struct lb_span rest = lb_span(ids), id;
	snprintf(query, sizeof query, "method=flickr.people.getPublicPhotos&user_id=12345678%%40N00&per_page=%d&page=%d", asked_per_page, page);
	lb_buf_addf(&rsp, "<rsp stat=\"ok\"><photos page=\"%d\" pages=\"%d\" perpage=\"%d\" total=\"2\">", page, pages, per_page);
	while (lb_span_cut(&rest, ' ', &id))
		lb_buf_addf(&rsp, "<photo id=\"%.*s\" owner=\"12345678@N00\" secret=\"abc\" server=\"1\" farm=\"1\" title=\"t\" ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/>", (int)id.n, id.p);
	lb_buf_adds(&rsp, "</photos></rsp>");
	record(query, lb_buf_str(&rsp));
}

/* A member without albums. */
static void record_no_albums(void)
{
	record("method=flickr.photosets.getList&user_id=12345678%40N00&per_page=500&page=1", "<rsp stat=\"ok\"><photosets page=\"1\" pages=\"1\" perpage=\"500\" total=\"0\"/></rsp>");
}

static void record_info(const char *id)
{
	char query[256], rsp[2048];
	snprintf(query, sizeof query, "method=flickr.photos.getInfo&photo_id=%s", id);
	snprintf(rsp, sizeof rsp, "<rsp stat=\"ok\"><photo id=\"%s\" secret=\"abc\" server=\"1\" farm=\"1\" dateuploaded=\"1500000000\" license=\"4\" rotation=\"0\" views=\"5\" media=\"photo\">"
		"<owner nsid=\"12345678@N00\" username=\"ann\" realname=\"\" location=\"\" path_alias=\"\"/><title>Photo %s</title><description/>"
		"<visibility ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/><dates posted=\"1500000000\" taken=\"2017-07-14 02:40:00\" takengranularity=\"0\" takenunknown=\"0\" lastupdate=\"1500000001\"/>"
		"<editability cancomment=\"0\" canaddmeta=\"0\"/><usage candownload=\"1\" canblog=\"0\" canprint=\"0\" canshare=\"1\"/><comments>0</comments><notes/><people haspeople=\"0\"/><tags/></photo></rsp>", id, id);
	record(query, rsp);
}

static const char *recording(void)
{
	static char path[300];
	snprintf(path, sizeof path, "%s/tape.warc.gz", test_dir());
	ck_assert_ok(lb_file_write(path, tape.p, tape.len, &err));
	return path;
}

static int plan_user(const char *dir, const char *replay, struct lb_plan *plan)
{
	const char *urls[] = { USER };
	struct lb_source source = { .replay = replay };
	struct lb_plan_request request = { .urls = urls, .nurls = 1, .words.title = "T" };
	return lb_create_plan(dir, &request, &source, NULL, plan, &err);
}

static const char *ids_of(const struct lb_plan *plan)
{
	static char text[1024];
	text[0] = '\0';
	for (size_t i = 0; i < plan->nphotos; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", plan->photos[i].id);
	return text;
}

static void begin(void)
{
	tape = (struct lb_buf)LB_BUF(1 << 24);
	lb_warc_format_info("test", WHEN, &tape);
}
static void end(void) { lb_buf_clear(&tape); }

/* `pages` says 1 and `total` says 2, yet full pages go on; the last page repeats; page 1 has a newcomer when read again. */
START_TEST(paging)
{
	struct lb_plan plan;
	record_page(1, 1, 2, "30 20", 500);
	record_page(2, 1, 2, "20 10", 500);
	record_page(3, 1, 2, "20 10", 500);
	record_page(1, 1, 2, "40 30", 499);
	record_no_albums();
	ck_assert_ok(plan_user(test_dir(), recording(), &plan));
	ck_assert_str_eq(ids_of(&plan), "40 30 20 10");
	ck_assert_uint_eq(plan.ngaps, 0);
	ck_assert_int_eq(plan.urls[0].claimed, 2);
	ck_assert_uint_eq(plan.urls[0].found, 4);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(missing_page_is_a_gap)
{
	struct lb_plan plan;
	record_page(1, 3, 2, "30 20", 500);
	record_no_albums();
	ck_assert_ok(plan_user(test_dir(), recording(), &plan));
	ck_assert_str_eq(ids_of(&plan), "30 20");
	ck_assert_uint_eq(plan.ngaps, 1);
	ck_assert_str_eq(plan.gaps[0].layer, "page 2");
	ck_assert_int_eq(plan.gaps[0].kind, LB_GAP_UNASKED);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(nothing_found)
{
	struct lb_plan plan;
	record("method=flickr.people.getPublicPhotos&user_id=12345678%40N00&per_page=500&page=1",
		"<rsp stat=\"fail\"><err code=\"5\" msg=\"User deleted\"/></rsp>");
	ck_assert_int_eq(plan_user(test_dir(), recording(), &plan), LB_NOTFOUND);
	ck_assert_ptr_nonnull(strstr(err.what, "User deleted"));
}
END_TEST

START_TEST(other_urls_are_refused)
{
	struct lb_plan plan;
	struct lb_source source = { .replay = NULL };
	const char *other[] = { "https://www.flickr.com/photos/12345678@N00/1" }, *dir = test_dir();
	struct lb_plan_request request = { .urls = other, .nurls = 1, .words.purpose = "because" }, more_words = { .words.purpose = "because" };
	record_page(1, 1, 500, "30", 500);
	ck_assert_ok(plan_user(dir, recording(), &plan));
	lb_plan_clear(&plan);
	ck_assert_int_eq(lb_create_plan(dir, &request, &source, NULL, &plan, &err), LB_EXISTS);
	ck_assert_ok(lb_create_plan(dir, &more_words, &source, NULL, &plan, &err)); /* resumes, with new words */
	ck_assert_str_eq(plan.words.purpose, "because");
	ck_assert_str_eq(plan.words.title, "T");
	lb_plan_clear(&plan);
}
END_TEST

static void check_gaps(const char *dir, const char *must[], size_t count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(1 << 20);
	lb_path_join(&path, dir, "lifeboat/data/metadata/missing.js");
	ck_assert_ok(lb_file_read(lb_buf_str(&path), 1 << 20, &text, &err));
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(strstr(lb_buf_str(&text), must[i]) != NULL, "missing.js lacks %s:\n%s", must[i], lb_buf_str(&text));
}

/* Photo 30 has everything but its files; 20 answers with an error that is a refusal; 10 was never recorded. */
START_TEST(whole_line)
{
	const char *dir = test_dir();
	struct lb_plan plan;
	struct lb_gather_result gathered;
	struct lb_build_result built;
	struct lb_report report;
	record_page(1, 1, 500, "30 20 10", 500);
	record_info("30");
	record("method=flickr.photos.getInfo&photo_id=20", "<rsp stat=\"fail\"><err code=\"2\" msg=\"Photo is private\"/></rsp>");
	record("method=flickr.photos.getAllContexts&photo_id=30", "<rsp stat=\"ok\"></rsp>");
	record("method=flickr.galleries.getListForPhoto&photo_id=30&per_page=500", "<rsp stat=\"fail\"><err code=\"99\" msg=\"Insufficient permissions\"/></rsp>");
	record("method=flickr.photos.getFavorites&photo_id=30&per_page=50",
		"<rsp stat=\"ok\"><photo id=\"30\" page=\"1\" pages=\"1\" perpage=\"50\" total=\"1\"><person nsid=\"7@N00\" username=\"bo\" favedate=\"1500000500\"/></photo></rsp>");
	const char *replay = recording();
	struct lb_source source = { .replay = replay };
	ck_assert_ok(plan_user(dir, replay, &plan));
	lb_plan_clear(&plan);
	ck_assert_ok(lb_create_gather(dir, false, &source, NULL, &gathered, &err));
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	ck_assert_uint_eq(built.planned, 3);
	ck_assert_uint_eq(built.photos, 1);
	ck_assert_uint_eq(built.missing, 2);
	const char *must[] = { "Photo is private", "Insufficient permissions", "\"subject\": \"photo 10\"", "\"layer\": \"sizes\"", "\"kind\": \"unasked\"" };
	check_gaps(dir, must, LB_COUNT(must));
	LB_AUTO(lb_buf_clear) struct lb_buf package = LB_BUF(4096);
	lb_path_join(&package, dir, "lifeboat");
	ck_assert_ok(lb_verify(lb_buf_str(&package), NULL, NULL, &report, &err));
	for (size_t i = 0; i < report.count; i++)
		printf("%s %s %s\n", report.findings[i].rule, report.findings[i].path, report.findings[i].message);
	ck_assert_uint_eq(report.errors, 0);
	lb_report_clear(&report);
}
END_TEST

/* An answer about another photo is no answer. */
START_TEST(wrong_photo_in_answer)
{
	const char *dir = test_dir();
	struct lb_plan plan;
	struct lb_gather_result gathered;
	struct lb_build_result built;
	record_page(1, 1, 500, "30", 500);
	char query[] = "method=flickr.photos.getInfo&photo_id=30";
	record(query, "<rsp stat=\"ok\"><photo id=\"31\" secret=\"abc\" server=\"1\" farm=\"1\" media=\"photo\"><owner nsid=\"1@N00\" username=\"x\"/><title>t</title></photo></rsp>");
	const char *replay = recording();
	struct lb_source source = { .replay = replay };
	ck_assert_ok(plan_user(dir, replay, &plan));
	lb_plan_clear(&plan);
	ck_assert_ok(lb_create_gather(dir, false, &source, NULL, &gathered, &err));
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	ck_assert_uint_eq(built.photos, 0);
	const char *must[] = { "\"photoId\": \"30\"" };
	check_gaps(dir, must, 1);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/line");
	TCase *t = tcase_create("replay");
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, paging);
	tcase_add_test(t, missing_page_is_a_gap);
	tcase_add_test(t, nothing_found);
	tcase_add_test(t, other_urls_are_refused);
	tcase_add_test(t, whole_line);
	tcase_add_test(t, wrong_photo_in_answer);
	suite_add_tcase(s, t);
	return s;
}
