/* Rules about the pages, the recording and the roles of files: a lifeboat, one fault, one finding. That the digests of what is
 * changed are wrong then as well is other rules' business. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "format/evidence/evidence.h"
#include "tests/support/make_package.h"
#include "tests/support/packages.h"

static struct lb_error err;
static char boat[300];

static void setup(void)
{
	snprintf(boat, sizeof boat, "%s/boats", test_dir());
	test_lifeboat(boat);
}

static void edit(const char *path, const char *from, const char *to)
{
	struct lb_buf b = LB_BUF(1 << 20), changed = LB_BUF(1 << 20);
	test_read(boat, path, &b);
	const char *at = strstr(lb_buf_str(&b), from);
	ck_assert_msg(at != NULL, "no \"%s\" in %s", from, path);
	lb_buf_add(&changed, b.p, (size_t)(at - b.p));
	lb_buf_adds(&changed, to);
	lb_buf_adds(&changed, at + strlen(from));
	test_put(boat, path, lb_buf_str(&changed), changed.len);
	lb_buf_clear(&b);
	lb_buf_clear(&changed);
}

START_TEST(good)
{
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(boat, NULL, NULL, &r, &err));
	for (size_t i = 0; i < r.count; i++)
		printf("%s %s %s\n", r.findings[i].rule, r.findings[i].path, r.findings[i].message);
	ck_assert_uint_eq(r.count, 0);
	lb_report_clear(&r);
}
END_TEST

/* ---- pages ---- */

static const struct { const char *rule, *from, *to; } pages[] = {
	{"LB-070", "<!DOCTYPE html>", "<!doctype html>"},
	{"LB-070", "<body>", "<body><script>alert(1)</script>"},
	{"LB-070", "<body>", "<body><script src=\"x.js\"></script>"},
	{"LB-070", "<body>", "<body><script type=\"text/javascript\">1</script>"},
	{"LB-070", "<body>", "<body><script type=\"application/ld+json\">{</script>"},
	{"LB-070", "<body>", "<body><script type=\"application/ld+json\">{}</script><script type=\"application/ld+json\">{}</script>"},
	{"LB-070", "<body>", "<body><SCRIPT>"},
	{"LB-070", "<body>", "<body onload=\"x()\">"},
	{"LB-070", "<body>", "<body onload=x()>"},
	{"LB-070", "<body>", "<body style=\"color: red\">"},
	{"LB-070", "<body>", "<body><iframe></iframe>"},
	{"LB-070", "<body>", "<body><base href=\"x\">"},
	{"LB-070", "<body>", "<body><!-- > -->"},
	{"LB-070", "<body>", "<body><p class='a'>"},
	{"LB-070", "<body>", "<body><p\tclass=\"a\">"},
	{"LB-070", "<body>", "<body><p class=\"a>"},
	{"LB-070", "<body>", "<body>< p>"},
	{"LB-070", "<body>", "<body>\xFF"},
	{"LB-070", "<head>", "<head><meta http-equiv=\"refresh\" content=\"0; url=x\">"},
	{"LB-071", "<body>", "<body><img src=\"https://example.org/x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"//example.org/x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"\\\\example.org\\x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"java&#115;cript:x\">"},
	{"LB-071", "<body>", "<body><img src=\" data:x\">"},
	{"LB-071", "<body>", "<body><a href=\"javascript:x\">x</a>"},
	{"LB-071", "<body>", "<body><a href=\"file:///etc/passwd\">x</a>"},
	{"LB-071", "<head>", "<head><link rel=\"stylesheet\" href=\"https://example.org/x.css\">"},
	{"LB-072", "default-src 'none'", "default-src 'self'"},
	{"LB-072", "img-src 'self'", "img-src *"},
	{"LB-072", "img-src 'self'", "script-src 'unsafe-inline'"},
	{"LB-072", "Content-Security-Policy", "content-security-policy-report-only"},
	{"LB-072", "<meta http-equiv=", "<meta name="},
	/* what a browser reads in another way than a list of tags */
	{"LB-070", "<title>", "<title><p class=\"</title><script>alert(1)</script>\">"},
	{"LB-070", "<title>", "<title><b>"},
	{"LB-070", "<body>", "<body><p class=\"<b>\">"},
	{"LB-070", "<body>", "<body><p class=\"a\" >"},
	{"LB-070", "<body>", "<body><br />"},
	{"LB-070", "<meta charset=\"utf-8\">", ""},
	{"LB-070", "<meta charset=\"utf-8\">", "<meta charset=\"iso-2022-jp\">"},
	{"LB-070", "<meta charset=\"utf-8\">", "text<meta charset=\"utf-8\">"},
	{"LB-071", "<body>", "<body><img src=\"../../../x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"x/../../../../x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"%2e%2E/.%2e/../x.png\">"},
	{"LB-071", "<body>", "<body><img src=\"x/&#46;&#46;/x.png\">"},
	{"LB-071", "<body>", "<body><a href=\"../../../index.html\">x</a>"},
	{"LB-072", "img-src 'self'", "img-src&#32;*"},
	{"LB-072", "img-src 'self'", "img-src\t*"},
	{"LB-072", "img-src 'self'", "'none'; IMG-SRC 'self'"},
	{"LB-072", "<meta http-equiv", "<link rel=\"icon\" href=\"x\"><meta http-equiv"},
	{"LB-072", "<meta http-equiv", "text<meta http-equiv"},
	{"LB-072", "<meta http-equiv", "\v<meta http-equiv"},
	{"LB-072", "<meta http-equiv", "</head><meta http-equiv"},
};

START_TEST(bad_pages)
{
	static const char *const places[] = {"index.html", "data/README.html", "data/pages/page-1.html", "data/documentation/index.html"};
	const char *place = places[(size_t)_i % LB_COUNT(places)];
	test_puts(boat, place, test_page);
	edit(place, pages[_i].from, pages[_i].to);
	if (_i == 30) /* a command of another kind comes first */
		ck_assert(test_finds(boat, "LB-070", place));
	else
		ck_assert_msg(test_finds(boat, pages[_i].rule, place), "%s: %s", pages[_i].rule, pages[_i].to);
}
END_TEST

START_TEST(good_pages)
{
	static const char *const fine[] = {"<body><a href=\"https://example.org/a:b\">x</a>", "<body><a href=\"#x\">x</a>", "<body><hr/>",
		"<body><a href=\"mailto:a@example.org\">x</a>", "<body><video controls preload=\"none\"></video>", "<body><img src=\"../a%3Ab/x.png\">",
		"<body><script type=\"application/ld+json\">{\"a\":\"\\u003c/script>\"}</script>", "<body><a href=\"../index.html?a:b&amp;c#d\">x</a>",
		"<body><a href=\"pages/./../../index.html\">x</a>", "<body><a href=\"...\">x</a>", "<body><br/>"};
	for (size_t i = 0; i < LB_COUNT(fine); i++) {
		test_puts(boat, "data/README.html", test_page);
		edit("data/README.html", "<body>", fine[i]);
		for (const char *rule = "LB-070"; rule; rule = rule[5] == '0' ? "LB-071" : NULL)
			ck_assert_msg(!test_finds(boat, rule, "data/README.html"), "%s", fine[i]);
	}
}
END_TEST

/* A page of another name is one, too. */
START_TEST(pages_of_other_names)
{
	static const struct { const char *path; bool judged; } others[] = {
		{"data/pages/x.htm", true}, {"data/pages/x.SVG", true}, {"data/pages/x", true}, {"data/documentation/x.HTML", true},
		{"data/documentation/x.xhtml", true}, {"data/documentation/x.json", false}, {"data/viewer/x.html", false},
	};
	for (size_t i = 0; i < LB_COUNT(others); i++) {
		test_puts(boat, others[i].path, "<svg/>");
		ck_assert_msg(test_finds(boat, "LB-070", others[i].path) == others[i].judged, "%s", others[i].path);
	}
}
END_TEST

START_TEST(pages_of_entry)
{
	static const char *const paths[] = {"data/README.html", "data/documentation/index.html", "data/pages/index.html"};
	for (size_t i = 0; i < LB_COUNT(paths); i++) {
		unlink(test_path(boat, paths[i]));
		ck_assert(test_finds(boat, "LB-003", paths[i]));
	}
}
END_TEST

/* ---- the recording ---- */

#define WARC "data/provenance/api.warc.gz"

static void record(const char *uri, const char *sha256, uint64_t size)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20), one = LB_BUF(1 << 20);
	struct lb_exchange x = {.kind = sha256 ? LB_RECORD_MEDIA : LB_RECORD_RESPONSE, .uri = uri, .date = 1763675220, .status = 200,
		.content_type = "text/xml", .headers = "", .sha256 = sha256, .size = size, .body = lb_span(sha256 ? NULL : "<rsp/>")};
	test_read(boat, WARC, &warc);
	ck_assert_ok(lb_warc_format(&x, &one, &err));
	lb_buf_add(&warc, one.p, one.len);
	test_put(boat, WARC, warc.p, warc.len);
}

START_TEST(broken_recordings)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20);
	test_read(boat, WARC, &warc);
	test_put(boat, WARC, warc.p, warc.len - 1);
	ck_assert(test_finds(boat, "LB-060", WARC));
	for (size_t at = 20; at < warc.len; at += 37) {
		if (memmem(warc.p + at - 9, 12, "\x1f\x8b\x08", 3))
			continue; /* the head of a member: date and system mean nothing */
		warc.p[at] ^= 1;
		test_put(boat, WARC, warc.p, warc.len);
		ck_assert_msg(test_finds(boat, "LB-060", WARC), "byte %zu", at);
		warc.p[at] ^= 1;
	}
	test_puts(boat, WARC, "");
	ck_assert(test_finds(boat, "LB-060", WARC));
	test_puts(boat, WARC, "no gzip");
	ck_assert(test_finds(boat, "LB-060", WARC));
}
END_TEST

/* Appends a record as it is. */
static void append(const char *plain)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20);
	unsigned char packed[4096];
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)plain, .avail_in = (unsigned)strlen(plain), .next_out = packed, .avail_out = sizeof packed};
	test_read(boat, WARC, &warc);
	ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	lb_buf_add(&warc, packed, z.total_out);
	deflateEnd(&z);
	test_put(boat, WARC, warc.p, warc.len);
}

#define ANSWER(version, uri, digest) version "\r\nWARC-Type: conversion\r\nWARC-Target-URI: " uri "\r\nWARC-Date: 2026-11-01T12:00:00Z\r\n" \
	digest "Content-Type: text/xml\r\nContent-Length: 6\r\n\r\n<rsp/>\r\n\r\n"
#define URI "https://api.flickr.com/services/rest/?method=flickr.test.echo"
#define DIGEST "WARC-Payload-Digest: sha256:9088cbd75f45159d3ca47422896c00130ca3da81e1eb454153170d4d6c1b4cb3\r\n"

START_TEST(records_of_other_forms)
{
	static const struct { const char *rule, *record; } others[] = {
		{NULL, ANSWER("WARC/1.1", URI, DIGEST)},
		{"LB-060", ANSWER("WARC/1.0", URI, DIGEST)},
		{"LB-060", ANSWER("WARC/1.1", URI, "")},
		{"LB-060", "WARC/1.0\r\nWARC-Type: request\r\nWARC-Date: 2026-11-01T12:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"},
		{"LB-062", ANSWER("WARC/1.1", URI "&Api%5Fkey=0123", DIGEST)},
	};
	append(others[_i].record);
	ck_assert(test_finds(boat, "LB-060", WARC) == (others[_i].rule && strcmp(others[_i].rule, "LB-060") == 0));
	ck_assert(test_finds(boat, "LB-062", WARC) == (others[_i].rule && strcmp(others[_i].rule, "LB-062") == 0));
}
END_TEST

START_TEST(media_without_a_record)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20);
	lb_warc_format_info("x", 1763675220, &warc);
	test_put(boat, WARC, warc.p, warc.len);
	ck_assert(test_finds(boat, "LB-061", "data/media/icons/1@N00.jpg"));
	ck_assert(test_finds(boat, "LB-061", "data/media/originals/300_abc123_o.jpg"));
	unlink(test_path(boat, WARC));
	ck_assert(test_finds(boat, "LB-063", WARC));
	ck_assert(!test_finds(boat, "LB-061", NULL));
}
END_TEST

START_TEST(secrets_in_the_recording)
{
	/* the writer leaves secrets out: they must be put in behind its back */
	record("https://api.flickr.com/services/rest/?method=flickr.photos.getInfo&photo_id=1", NULL, 0);
	ck_assert(!test_finds(boat, "LB-062", WARC));
	ck_assert(lb_uri_has_secret(lb_span("https://api.flickr.com/services/rest/?method=x&api_key=0123")));
	ck_assert(lb_uri_has_secret(lb_span("https://x.example/?a=b&oauth_token=0123")));
	ck_assert(!lb_uri_has_secret(lb_span("https://x.example/api_key=1?a=b")));
	ck_assert(!lb_uri_has_secret(lb_span("https://x.example/")));
}
END_TEST

static int count(void *arg, const struct lb_exchange *x, struct lb_error *e)
{
	(void)x, (void)e;
	++*(size_t *)arg;
	return LB_OK;
}

/* However the bytes come, the records are the same. */
START_TEST(streams_in_pieces)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20);
	record("https://api.flickr.com/services/rest/?method=flickr.test.echo", NULL, 0);
	test_read(boat, WARC, &warc);
	size_t whole = 0;
	for (size_t piece = 1; piece <= warc.len; piece = piece * 3 + 1) {
		size_t records = 0;
		LB_AUTO(lb_warc_stream_freep) struct lb_warc_stream *s = lb_warc_stream_new(count, &records);
		for (size_t at = 0; at < warc.len; at += piece)
			ck_assert_ok(lb_warc_stream_feed(s, warc.p + at, warc.len - at < piece ? warc.len - at : piece, &err));
		ck_assert_ok(lb_warc_stream_end(s, &err));
		ck_assert(whole == 0 || whole == records);
		whole = records;
	}
	ck_assert_uint_gt(whole, 3);
}
END_TEST

/* ---- roles, versions ---- */

START_TEST(roles)
{
	edit("lifeboat.json", "\"role\":\"icon\"", "\"role\":\"page\"");
	ck_assert(test_finds(boat, "LB-052", "data/media/icons/1@N00.jpg"));
	edit("lifeboat.json", "\"role\":\"original\",\"photo\":\"100\"", "\"role\":\"original\",\"photo\":null");
	ck_assert(test_finds(boat, "LB-053", "data/media/originals/100_abc123_o.jpg"));
	edit("lifeboat.json", "\"role\":\"original\",\"photo\":\"300\"", "\"role\":\"original\",\"photo\":\"301\"");
	ck_assert(test_finds(boat, "LB-052", "data/media/originals/300_abc123_o.jpg"));
	edit("data/metadata/photos/300.js", "media/originals/300_abc123_o.jpg", "media/originals/100_abc123_o.jpg");
	ck_assert(test_finds(boat, "LB-053", "data/media/originals/300_abc123_o.jpg"));
}
END_TEST

START_TEST(a_later_version)
{
	edit("lifeboat.json", "\"formatVersion\": \"1.0\"", "\"formatVersion\": \"1.7\"");
	edit("data/README.html", "<body>", "<body><dialog>");
	edit("lifeboat.json", "\"role\":\"icon\"", "\"role\":\"face\""); /* not of a folder that 1.0 knows */
	ck_assert(test_finds(boat, "LB-052", "data/media/icons/1@N00.jpg"));
	edit("lifeboat.json", "data/media/icons/1@N00.jpg", "data/media/jcons/1@N00.jpg");
	ck_assert(!test_finds(boat, "LB-052", NULL));
	struct lb_report r = {0};
	ck_assert_ok(lb_verify(boat, NULL, NULL, &r, &err));
	size_t told = 0;
	for (size_t i = 0; i < r.count; i++) {
		told += strcmp(r.findings[i].rule, "LB-014") == 0;
		if (strcmp(r.findings[i].rule, "LB-070") == 0)
			ck_assert_int_eq(r.findings[i].severity, LB_SEVERITY_WARNING);
	}
	ck_assert_uint_eq(told, 1);
	ck_assert(test_finds(boat, "LB-070", "data/README.html"));
	lb_report_clear(&r);
}
END_TEST

START_TEST(levels)
{
	const struct lb_verify_options quick = {.levels = LB_LEVEL_COMPLETENESS}, schema = {.levels = LB_LEVEL_SCHEMA};
	struct lb_report r = {0};
	edit("data/README.html", "<body>", "<body><x>");
	ck_assert_ok(lb_verify(boat, &quick, NULL, &r, &err));
	ck_assert_uint_eq(r.files, 0); /* none was read */
	ck_assert_uint_eq(r.errors, 1); /* another size */
	ck_assert_str_eq(r.findings[0].rule, "BAG-017");
	ck_assert_uint_eq(r.levels, LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS);
	lb_report_clear(&r);
	ck_assert_ok(lb_verify(boat, &schema, NULL, &r, &err));
	ck_assert_uint_eq(r.errors, 1);
	ck_assert_str_eq(r.findings[0].rule, "LB-070");
	lb_report_clear(&r);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("verify/life");
	TCase *t = tcase_create("life");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_loop_test(t, bad_pages, 0, (int)LB_COUNT(pages));
	tcase_add_loop_test(t, records_of_other_forms, 0, 5);
	const TTest *const tests[] = {good, good_pages, pages_of_other_names, pages_of_entry, broken_recordings, media_without_a_record,
		secrets_in_the_recording, streams_in_pieces, roles, a_later_version, levels};
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
