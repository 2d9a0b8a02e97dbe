/* WARC records: written, read back, torn, broken and hostile. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/evidence/evidence.h"
#include "format/evidence/internal.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"
#define DATE 1735689600 /* 2025-01-01T00:00:00Z */
#define HEX "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static struct lb_error err;

static struct lb_exchange response(const char *uri, const char *body)
{
	return (struct lb_exchange){.kind = LB_RECORD_RESPONSE, .uri = uri, .date = DATE, .status = 200,
		.content_type = "text/xml; charset=utf-8", .headers = "", .body = lb_span(body)};
}

static struct lb_exchange media(const char *uri)
{
	return (struct lb_exchange){.kind = LB_RECORD_MEDIA, .uri = uri, .date = DATE, .status = 200,
		.content_type = "image/jpeg", .sha256 = HEX, .size = 12345678901};
}

static struct lb_exchange failure(const char *uri, int status, const char *reason)
{
	return (struct lb_exchange){.kind = LB_RECORD_FAILURE, .uri = uri, .date = DATE, .status = status, .reason = reason};
}

static void add(struct lb_buf *b, struct lb_exchange x)
{
	ck_assert_ok(lb_warc_format(&x, b, &err));
}

static struct lb_warc *opened(const struct lb_buf *b)
{
	struct lb_warc *w = NULL;
	ck_assert_ok(lb_warc_open_memory(lb_buf_span(b), NULL, &w, &err));
	return w;
}

static void add_plain(struct lb_buf *b, const char *type, const char *fields, const char *content)
{
	lb_buf_addf(b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n%sContent-Length: %zu\r\n\r\n%s\r\n\r\n",
		    type, fields, strlen(content), content);
}

#define RESPONSE_FIELDS "WARC-Target-URI: https://x/1\r\nContent-Type: application/http;msgtype=response\r\n"
#define NOTE_FIELDS "WARC-Target-URI: https://x/1\r\nContent-Type: application/warc-fields\r\n"

/* ---- round trip ------------------------------------------------------------------------------------------------- */

START_TEST(everything_comes_back)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_exchange x = response(API "?method=m&api_key=secret", "<rsp/>"), got;
	x.headers = "Date: Wed, 01 Jan 2025 00:00:00 GMT\r\nETag: \"a\"\r\n";
	lb_warc_format_info("lifeboat test", DATE, &file);
	add(&file, x);
	add(&file, media("https://live.staticflickr.com/1.jpg"));
	add(&file, failure("https://live.staticflickr.com/2.jpg", 404, "HTTP 404"));
	struct lb_warc *w = opened(&file);
	ck_assert_uint_eq(lb_warc_count(w), 3);

	ck_assert_ok(lb_warc_read(w, 0, &arena, &got, &err));
	ck_assert_int_eq(got.kind, LB_RECORD_RESPONSE);
	ck_assert_str_eq(got.uri, API "?method=m");
	ck_assert_int_eq(got.date, DATE);
	ck_assert_int_eq(got.status, 200);
	ck_assert_str_eq(got.content_type, "text/xml; charset=utf-8");
	ck_assert_str_eq(got.headers, x.headers);
	ck_assert(lb_span_is(got.body, "<rsp/>"));

	ck_assert_ok(lb_warc_read(w, 1, &arena, &got, &err));
	ck_assert_int_eq(got.kind, LB_RECORD_MEDIA);
	ck_assert_int_eq(got.status, 200);
	ck_assert_str_eq(got.content_type, "image/jpeg");
	ck_assert_str_eq(got.sha256, HEX);
	ck_assert_uint_eq(got.size, 12345678901);

	ck_assert_ok(lb_warc_read(w, 2, &arena, &got, &err));
	ck_assert_int_eq(got.kind, LB_RECORD_FAILURE);
	ck_assert_int_eq(got.status, 404);
	ck_assert_str_eq(got.reason, "HTTP 404");
	ck_assert_int_eq(lb_warc_read(w, 3, &arena, &got, &err), LB_NOTFOUND);
	lb_warc_free(w);
}
END_TEST

START_TEST(bodies_of_all_sizes_come_back)
{
	static const size_t sizes[] = {0, 1, 4095, 4096, 131071, 131072, 131073, 3000000};
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(16 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	char *bytes = lb_alloc(3000000);
	uint32_t seed = 1;
	for (size_t i = 0; i < 3000000; i++)
		bytes[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
	for (size_t i = 0; i < LB_COUNT(sizes); i++) {
		struct lb_exchange x = response(API "?a=1", "");
		x.body = (struct lb_span){bytes, sizes[i]};
		add(&file, x);
	}
	struct lb_warc *w = opened(&file);
	for (size_t i = 0; i < LB_COUNT(sizes); i++) {
		struct lb_exchange got;
		ck_assert_ok(lb_warc_read(w, i, &arena, &got, &err));
		ck_assert(lb_span_eq(got.body, (struct lb_span){bytes, sizes[i]}));
	}
	lb_warc_free(w);
	free(bytes);
}
END_TEST

START_TEST(a_redacted_answer_is_a_conversion)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_exchange x = response(API "?method=m", "<rsp stat=\"ok\"/>"), got;
	x.redacted = true;
	add(&file, x);
	struct lb_warc *w = opened(&file);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?method=m&api_key=k"), LB_MATCH_EXACT), 0);
	ck_assert_ok(lb_warc_read(w, 0, &arena, &got, &err));
	ck_assert(got.redacted);
	ck_assert_int_eq(got.kind, LB_RECORD_RESPONSE);
	ck_assert_int_eq(got.status, 200);
	ck_assert_str_eq(got.headers, "");
	ck_assert_str_eq(got.content_type, "text/xml; charset=utf-8");
	ck_assert(lb_span_is(got.body, "<rsp stat=\"ok\"/>"));
	x.status = 404;
	ck_assert_int_eq(lb_warc_format(&x, &file, &err), LB_USAGE);
	lb_warc_free(w);
}
END_TEST

START_TEST(members_are_deterministic)
{
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20), member = LB_BUF(1 << 20);
	struct lb_exchange x = response(API "?b=1&a=2&api_key=one", "<rsp/>"), y = response(API "?api_key=two&a=2&b=1", "<rsp/>");
	add(&a, x);
	add(&b, y);
	ck_assert(lb_span_eq(lb_buf_span(&a), lb_buf_span(&b)));
	static const unsigned char header[10] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255};
	ck_assert_mem_eq(a.p, header, sizeof header);
	y.date++;
	add(&b, y);
	struct lb_warc *w = opened(&b);
	ck_assert_ok(lb_warc_member(w, 0, &member, &err));
	ck_assert(lb_span_eq(lb_buf_span(&member), lb_buf_span(&a)));
	lb_buf_reset(&member);
	ck_assert_ok(lb_warc_member(w, 1, &member, &err));
	ck_assert(!lb_span_eq(lb_buf_span(&member), lb_buf_span(&a)));
	member.max = member.len;
	ck_assert_int_eq(lb_warc_member(w, 1, &member, &err), LB_LIMIT);
	lb_warc_free(w);
}
END_TEST

START_TEST(a_record_is_spelled_as_the_standard_says)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	struct lb_record r;
	struct lb_exchange x = response(API "?method=m", "");
	x.headers = "Set-Cookie: ccc=1\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nContent-Length: 99\r\nETag: e\r\n";
	ck_assert_ok(lb_warc_format_record(&x, &file, &r, &err));
	char *plain = lb_alloc((size_t)r.plain + 1);
	ck_assert(lb_gzip_unpack(lb_buf_span(&file), plain, (size_t)r.plain));
	char *id = strstr(plain, "<urn:uuid:");
	ck_assert_ptr_nonnull(id);
	ck_assert_int_eq(id[46], '>');
	memset(id + 10, 'u', 36);
	ck_assert_str_eq(plain, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu>\r\n"
		"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: " API "?method=m\r\n"
		"WARC-Payload-Digest: sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ\r\n"
		"Content-Type: application/http;msgtype=response\r\nContent-Length: 86\r\n\r\n"
		"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nETag: e\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
	free(plain);
}
END_TEST

/* ---- finding -------------------------------------------------------------------------------------------------------- */

START_TEST(the_newest_counts_but_a_good_answer_stays)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	struct lb_exchange broken = response(API "?a=1", "broken");
	broken.status = 500;
	add(&file, failure(API "?a=1", 0, "no route"));       /* 0 */
	add(&file, broken);                                   /* 1 */
	struct lb_warc *w = opened(&file);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1&api_key=k"), LB_MATCH_EXACT), 1);
	lb_warc_free(w);
	add(&file, response(API "?a=1", "first"));            /* 2 */
	add(&file, failure(API "?a=1", 0, "timeout"));        /* 3 */
	w = opened(&file);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1"), LB_MATCH_EXACT), 2);
	lb_warc_free(w);
	add(&file, response(API "?a=1&extras=x", "second"));  /* 4 */
	add(&file, response(API "?a=1&per_page=9", "third")); /* 5 */
	add(&file, broken);                                   /* 6 */
	w = opened(&file);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1"), LB_MATCH_EXACT), 2);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1"), LB_MATCH_EXTRAS), 4);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1"), LB_MATCH_PAGING), 5);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=1&extras=y"), LB_MATCH_EXACT), -1);
	ck_assert_int_eq(lb_warc_find(w, lb_span(API "?a=2"), LB_MATCH_PAGING), -1);
	lb_warc_free(w);
}
END_TEST

START_TEST(a_hundred_thousand_are_scanned_quickly)
{
	const int total = 100000;
	char uri[256];
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(256 << 20);
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF(4096);
	while (body.len < 2000)
		lb_buf_addf(&body, "<photo id=\"%zu\"/>", body.len * 7919);
	for (int i = 0; i < total; i++) {
		struct lb_buf plain = LB_BUF(1 << 14);
		snprintf(uri, sizeof uri, "WARC-Target-URI: " API "?extras=a%%2Cb&method=m&page=1&photo_id=%d\r\n"
			 "Content-Type: application/http\r\n", i);
		LB_AUTO(lb_buf_clear) struct lb_buf content = LB_BUF(1 << 13);
		lb_buf_addf(&content, "HTTP/1.1 200 OK\r\n\r\n%s", lb_buf_str(&body));
		add_plain(&plain, "response", uri, lb_buf_str(&content));
		lb_buf_add(&file, plain.p, plain.len);
		lb_buf_clear(&plain);
	}
	int64_t start = lb_time_mono();
	struct lb_warc *w = opened(&file);
	int64_t took = lb_time_mono() - start;
	ck_assert_uint_eq(lb_warc_count(w), total);
	ck_assert_msg(took < 5000, "%" PRId64 " ms", took);
	for (int i = 0; i < total; i += 999) {
		snprintf(uri, sizeof uri, API "?photo_id=%d&page=1&method=m", i);
		ck_assert_int_eq(lb_warc_find(w, lb_span(uri), LB_MATCH_EXTRAS), i);
	}
	lb_warc_free(w);
}
END_TEST

/* ---- torn ends -------------------------------------------------------------------------------------------------------- */

/* Bytes of the file that must be there for the record that ends here: zeros at its end may as well come from behind. */
static size_t needed(const struct lb_buf *file, size_t end, size_t zeros)
{
	while (zeros && file->p[end - 1] == 0)
		end--;
	return end;
}

/* Cuts the file at every byte: exactly the records before the cut are there, and *torn says how much is good. */
static void tear_everywhere(const struct lb_buf *file, const size_t *ends, size_t count, size_t zeros)
{
	char *bytes = lb_alloc(file->len + zeros + 1);
	for (size_t cut = 0; cut <= file->len; cut++) {
		memset(bytes, 0, file->len + zeros + 1);
		memcpy(bytes, file->p, cut);
		size_t whole = 0, expected = 0;
		while (whole < count && needed(file, ends[whole], zeros) <= cut)
			expected = ends[whole++];
		struct lb_warc *w = NULL;
		uint64_t torn = 99999;
		struct lb_span cut_file = {bytes, cut + zeros};
		ck_assert_ok(lb_warc_open_memory(cut_file, &torn, &w, &err));
		ck_assert_uint_eq(torn, expected);
		ck_assert_uint_eq(lb_warc_count(w), whole);
		lb_warc_free(w);
		int strict = lb_warc_open_memory(cut_file, NULL, &w, &err);
		ck_assert_int_eq(strict == 0, expected == cut + zeros);
		if (strict == 0)
			lb_warc_free(w);
		else
			ck_assert(strict == LB_CORRUPT || zeros);
	}
	free(bytes);
}

START_TEST(a_torn_end_is_found_at_every_byte)
{
	LB_AUTO(lb_buf_clear) struct lb_buf gz = LB_BUF(1 << 20), plain = LB_BUF(1 << 20);
	size_t ends[3], plain_ends[2];
	add(&gz, response(API "?a=1", "<rsp stat=\"ok\"/>"));
	ends[0] = gz.len;
	add(&gz, media("https://live.staticflickr.com/1.jpg"));
	ends[1] = gz.len;
	add(&gz, response(API "?a=2", "<rsp stat=\"fail\"/>"));
	ends[2] = gz.len;
	tear_everywhere(&gz, ends, 3, 0);
	tear_everywhere(&gz, ends, 3, 5000);
	add_plain(&plain, "response", RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nbody");
	plain_ends[0] = plain.len;
	add_plain(&plain, "metadata", NOTE_FIELDS, "kind: failure\r\nstatus: 0\r\nreason: x\r\n");
	plain_ends[1] = plain.len;
	tear_everywhere(&plain, plain_ends, 2, 0);
}
END_TEST

START_TEST(damage_in_the_middle_is_no_torn_end)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	add(&file, response(API "?a=1", "one"));
	size_t first = file.len;
	add(&file, response(API "?a=2", "two"));
	for (size_t at = 0; at < first; at++) {
		struct lb_warc *w = NULL;
		uint64_t torn;
		file.p[at] ^= 0x55;
		int rc = lb_warc_open_memory(lb_buf_span(&file), &torn, &w, &err);
		if (rc == 0) { /* the gzip header says little that matters */
			ck_assert_uint_lt(at, 10);
			ck_assert_uint_eq(torn, file.len);
			lb_warc_free(w);
		} else {
			ck_assert(rc == LB_CORRUPT || rc == LB_FORMAT);
		}
		file.p[at] ^= 0x55;
	}
}
END_TEST

/* ---- hostile ------------------------------------------------------------------------------------------------------------ */

START_TEST(header_values_stay_on_their_line)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_exchange got, x = response(API "?a=1\r\nWARC-Type: warcinfo", "body");
	x.content_type = "text/xml\r\nX-Evil: 1\r\n\r\n<evil/>";
	add(&file, x);
	add(&file, failure("https://x/\r\n\r\nGET", 0, "line\r\nkind: media\r\nstatus: 200\nsha256: " HEX "\r\nsize: 1"));
	struct lb_exchange m = media("https://x/2");
	m.content_type = "image/png\r\nsize: 7\x01\x7f";
	add(&file, m);
	struct lb_warc *w = opened(&file);
	ck_assert_uint_eq(lb_warc_count(w), 3);
	ck_assert_ok(lb_warc_read(w, 0, &arena, &got, &err));
	ck_assert_str_eq(got.content_type, "text/xml  X-Evil: 1    <evil/>");
	ck_assert_str_eq(got.headers, "");
	ck_assert(lb_span_is(got.body, "body"));
	ck_assert_str_eq(got.uri, API "?a=1%0D%0AWARC-Type%3A%20warcinfo");
	ck_assert_ok(lb_warc_read(w, 1, &arena, &got, &err));
	ck_assert_int_eq(got.kind, LB_RECORD_FAILURE);
	ck_assert_str_eq(got.reason, "line  kind: media  status: 200 sha256: " HEX "  size: 1");
	ck_assert_ok(lb_warc_read(w, 2, &arena, &got, &err));
	ck_assert_str_eq(got.content_type, "image/png  size: 7");
	ck_assert_uint_eq(got.size, 12345678901);
	lb_warc_free(w);
}
END_TEST

START_TEST(what_cannot_be_recorded_is_refused)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	static const char *const headers[] = {"no colon\r\n", "A: b\n", "A: b", "A: b\rC: d\r\n", ": b\r\n", "A b: c\r\n", "A: b\r\n\r\nbody"};
	for (size_t i = 0; i < LB_COUNT(headers); i++) {
		struct lb_exchange x = response(API "?a=1", "");
		x.headers = headers[i];
		ck_assert_int_eq(lb_warc_format(&x, &b, &err), LB_FORMAT);
	}
	struct lb_exchange m = media("https://x/1");
	static const char *const digests[] = {NULL, "", "abc", "../../../../etc/passwd", "E3B0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"};
	for (size_t i = 0; i < LB_COUNT(digests); i++) {
		m.sha256 = digests[i];
		ck_assert_int_eq(lb_warc_format(&m, &b, &err), LB_USAGE);
	}
	struct lb_exchange x = response("", "");
	ck_assert_int_eq(lb_warc_format(&x, &b, &err), LB_USAGE);
	x = response("https://x/", "");
	x.date = INT64_MAX;
	ck_assert_int_eq(lb_warc_format(&x, &b, &err), LB_USAGE);
	x = response("https://x/", "");
	x.status = 1000;
	ck_assert_int_eq(lb_warc_format(&x, &b, &err), LB_USAGE);
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 20);
	while (uri.len < 100000)
		lb_buf_adds(&uri, "https://x/");
	x = response(lb_buf_str(&uri), "");
	ck_assert_int_eq(lb_warc_format(&x, &b, &err), LB_LIMIT);
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

static const struct { const char *type, *fields, *content; int expected; } oddities[] = {
	{"response", RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nx", 1},
	{"response", RESPONSE_FIELDS, "HTTP/2 404\r\nA: b\r\n\r\n", 1},
	{"Response", "warc-target-uri: <https://x/1>\r\ncontent-type: Application/HTTP\r\n", "HTTP/1.0 200 OK\r\n\r\nx", 1},
	{"response", "WARC-Target-URI: https://x/1\r\nContent-Type: text/dns\r\n", "x", 0},
	{"response", "Content-Type: application/http\r\n", "HTTP/1.1 200 OK\r\n\r\nx", 0},
	{"request", RESPONSE_FIELDS, "GET / HTTP/1.1\r\n\r\n", 0},
	{"metadata", NOTE_FIELDS, "outlink: https://x/2\r\n", 0},
	{"metadata", NOTE_FIELDS, "kind: media\r\nstatus: 200\r\nsize: 1\r\nsha256: " HEX "\r\n", 1},
	{"metadata", NOTE_FIELDS, "kind: media\r\nstatus: 200\r\nsize: 1\r\nsha256: ../x\r\n", LB_FORMAT},
	{"metadata", NOTE_FIELDS, "kind: media\r\nstatus: 200\r\nsize: -1\r\nsha256: " HEX "\r\n", LB_FORMAT},
	{"metadata", NOTE_FIELDS, "kind: failure\r\nstatus: 1234\r\n", LB_FORMAT},
	{"unknown", "A: b\r\n", "", 0},
	{"response", RESPONSE_FIELDS, "not HTTP\r\n\r\n", LB_FORMAT},
	{"response", RESPONSE_FIELDS, "HTTP/1.1 20 OK\r\n\r\n", LB_FORMAT},
	{"response", RESPONSE_FIELDS RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nx", LB_FORMAT},
	{"response", RESPONSE_FIELDS "Content-Length: 1\r\n", "HTTP/1.1 200 OK\r\n\r\nx", LB_FORMAT},
	{"response", "no colon\r\n", "x", LB_FORMAT},
	{"response", "A: b\nC: d\r\n", "x", LB_FORMAT},
	{"response", "A: b\r\n folded\r\n", "x", LB_FORMAT},
};

START_TEST(oddities_are_skipped_or_refused)
{
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	struct lb_warc *w = NULL;
	add_plain(&file, oddities[_i].type, oddities[_i].fields, oddities[_i].content);
	int rc = lb_warc_open_memory(lb_buf_span(&file), NULL, &w, &err);
	ck_assert_int_eq(rc, oddities[_i].expected < 0 ? oddities[_i].expected : 0);
	if (rc == 0)
		ck_assert_uint_eq(lb_warc_count(w), oddities[_i].expected);
	lb_warc_free(w);
}
END_TEST

static const struct { const char *text; int status; } not_warc[] = {
	{"hello", LB_FORMAT}, {"WARC/2.0\r\nWARC-Type: x\r\n\r\n", LB_FORMAT}, {"WARX", LB_FORMAT}, {"PK\x03\x04", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: 1\r\n\r\nxx\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n\r\n\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: -1\r\n\r\n\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: 99999999999999999999\r\n\r\n\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: 536870913\r\n\r\n\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Type: x\r\nWARC-Date: soon\r\nContent-Length: 0\r\n\r\n\r\n\r\n", LB_FORMAT},
	{"WARC/1.1\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n", LB_FORMAT},
};

START_TEST(other_files_are_never_taken_for_torn_ones)
{
	struct lb_warc *w = NULL;
	uint64_t torn;
	ck_assert_int_eq(lb_warc_open_memory(lb_span(not_warc[_i].text), &torn, &w, &err), not_warc[_i].status);
	LB_AUTO(lb_buf_clear) struct lb_buf gz = LB_BUF(1 << 20);
	lb_gzip_member(lb_span(not_warc[_i].text), &gz);
	ck_assert_int_eq(lb_warc_open_memory(lb_buf_span(&gz), &torn, &w, &err), not_warc[_i].status);
}
END_TEST

START_TEST(sizes_are_bounded)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(64 << 20), gz = LB_BUF(64 << 20);
	struct lb_warc *w = NULL;
	lb_buf_adds(&plain, "WARC/1.1\r\nA: ");
	for (int i = 0; i < 70000; i++)
		lb_buf_addc(&plain, 'a');
	lb_buf_adds(&plain, "\r\n\r\n");
	ck_assert_int_eq(lb_warc_open_memory(lb_buf_span(&plain), NULL, &w, &err), LB_LIMIT);
	/* a bomb: far more in the member than the record says it has */
	lb_buf_reset(&plain);
	add_plain(&plain, "response", RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nx");
	for (int i = 0; i < 1000000; i++)
		lb_buf_adds(&plain, "bombbombbombbomb");
	lb_gzip_member(lb_buf_span(&plain), &gz);
	ck_assert_int_eq(lb_warc_open_memory(lb_buf_span(&gz), NULL, &w, &err), LB_FORMAT);
	/* two records in one member could not be copied one by one */
	lb_buf_reset(&plain);
	lb_buf_reset(&gz);
	add_plain(&plain, "response", RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nx");
	add_plain(&plain, "response", RESPONSE_FIELDS, "HTTP/1.1 200 OK\r\n\r\nx");
	lb_gzip_member(lb_buf_span(&plain), &gz);
	ck_assert_int_eq(lb_warc_open_memory(lb_buf_span(&gz), NULL, &w, &err), LB_FORMAT);
}
END_TEST

static const struct { const char *digest, *headers; int status; } digests[] = {
	{"", "", LB_OK},
	{"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "", LB_OK},
	{"sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA", "", LB_OK},
	{"sha256:ftze3os7wcrq4jxihmvmlopctynrmhs4d6tuexttaqzwfe4ltasa====", "", LB_OK},
	{"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", "", LB_OK},
	{"sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASB", "", LB_CORRUPT},
	{"sha256:FTZE3OS7", "", LB_CORRUPT},
	{"sha256:", "", LB_CORRUPT},
	{"crc32:3610a686", "", LB_CORRUPT},
	{"nonsense", "", LB_CORRUPT},
	{"", "Content-Length: 5\r\n", LB_OK},
	{"", "Content-Length: 4\r\n", LB_CORRUPT},
	{"", "Content-Length: x\r\n", LB_CORRUPT},
	{"", "broken\r\n", LB_CORRUPT},
	{"", "Transfer-Encoding: chunked\r\n", LB_UNSUPPORTED},
	{"", "Content-Encoding: gzip\r\n", LB_UNSUPPORTED},
};

START_TEST(the_body_must_fit_its_digest)
{
	char fields[512], content[128];
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	struct lb_exchange got;
	snprintf(fields, sizeof fields, RESPONSE_FIELDS "%s%s%s", *digests[_i].digest ? "WARC-Payload-Digest: " : "",
		 digests[_i].digest, *digests[_i].digest ? "\r\n" : "");
	snprintf(content, sizeof content, "HTTP/1.1 200 OK\r\n%s\r\nhello", digests[_i].headers);
	add_plain(&file, "response", fields, content);
	struct lb_warc *w = opened(&file);
	int rc = lb_warc_read(w, 0, &arena, &got, &err);
	ck_assert_int_eq(rc, digests[_i].status);
	if (rc == 0)
		ck_assert(lb_span_is(got.body, "hello"));
	lb_warc_free(w);
}
END_TEST

START_TEST(a_file_that_changes_underneath_is_noticed)
{
	char path[512];
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20), member = LB_BUF(1 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_exchange got;
	struct lb_warc *w = NULL;
	snprintf(path, sizeof path, "%s/x.warc.gz", test_dir());
	add(&file, response(API "?a=1", "one"));
	ck_assert_ok(lb_file_write(path, file.p, file.len, &err));
	ck_assert_ok(lb_warc_open(path, NULL, &w, &err));
	ck_assert_ok(lb_warc_read(w, 0, &arena, &got, &err));
	ck_assert_int_eq(truncate(path, (off_t)file.len - 1), 0);
	ck_assert_int_eq(lb_warc_read(w, 0, &arena, &got, &err), LB_CORRUPT);
	ck_assert_int_eq(lb_warc_member(w, 0, &member, &err), LB_CORRUPT);
	lb_warc_free(w);
	ck_assert_int_eq(lb_warc_open(path, NULL, &w, &err), LB_CORRUPT);
	ck_assert_ptr_nonnull(strstr(err.what, path));
	ck_assert_int_eq(lb_warc_open("/nonexistent/x", NULL, &w, &err), LB_NOTFOUND);
	ck_assert_int_eq(lb_warc_open("/", NULL, &w, &err), LB_FORMAT);
	lb_warc_free(NULL);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("evidence_warc");
	TCase *t = tcase_create("warc");
	tcase_set_timeout(t, 120);
	tcase_add_test(t, everything_comes_back);
	tcase_add_test(t, bodies_of_all_sizes_come_back);
	tcase_add_test(t, a_redacted_answer_is_a_conversion);
	tcase_add_test(t, members_are_deterministic);
	tcase_add_test(t, a_record_is_spelled_as_the_standard_says);
	tcase_add_test(t, the_newest_counts_but_a_good_answer_stays);
	tcase_add_test(t, a_hundred_thousand_are_scanned_quickly);
	tcase_add_test(t, a_torn_end_is_found_at_every_byte);
	tcase_add_test(t, damage_in_the_middle_is_no_torn_end);
	tcase_add_test(t, header_values_stay_on_their_line);
	tcase_add_test(t, what_cannot_be_recorded_is_refused);
	tcase_add_loop_test(t, oddities_are_skipped_or_refused, 0, LB_COUNT(oddities));
	tcase_add_loop_test(t, other_files_are_never_taken_for_torn_ones, 0, LB_COUNT(not_warc));
	tcase_add_test(t, sizes_are_bounded);
	tcase_add_loop_test(t, the_body_must_fit_its_digest, 0, LB_COUNT(digests));
	tcase_add_test(t, a_file_that_changes_underneath_is_noticed);
	suite_add_tcase(s, t);
	return s;
}
