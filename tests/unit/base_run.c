#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/support.h"

static struct lb_error err;

/* ---- time ---- */

START_TEST(time_known_points)
{
	static const struct { int64_t t; const char *iso; } points[] = {
		{0, "1970-01-01T00:00:00Z"},           {-1, "1969-12-31T23:59:59Z"},
		{951782400, "2000-02-29T00:00:00Z"},   {1107043200, "2005-01-30T00:00:00Z"},
		{4107542400, "2100-03-01T00:00:00Z"},  {253402300799, "9999-12-31T23:59:59Z"},
		{-62135596800, "0001-01-01T00:00:00Z"}, {-2203891200, "1900-03-01T00:00:00Z"},
	};
	for (size_t i = 0; i < LB_COUNT(points); i++) {
		char iso[LB_TIME_ISO];
		int64_t t;
		lb_time_iso(points[i].t, iso);
		ck_assert_str_eq(iso, points[i].iso);
		ck_assert(lb_time_parse(lb_span(iso), &t));
		ck_assert_int_eq(t, points[i].t);
	}
}
END_TEST

START_TEST(time_round_trip)
{
	char iso[LB_TIME_ISO];
	int64_t back;
	for (int64_t t = -62135596800; t < 253402300800; t += 86400 * 13 + 3607) {
		lb_time_iso(t, iso);
		if (!lb_time_parse(lb_span(iso), &back) || back != t)
			ck_abort_msg("%lld %s", (long long)t, iso);
	}
	lb_time_iso(253402300800, iso);
	ck_assert_str_eq(iso, "");
	lb_time_iso(INT64_MIN, iso);
	ck_assert_str_eq(iso, "");
	lb_time_iso(INT64_MAX, iso);
	ck_assert_str_eq(iso, "");
}
END_TEST

START_TEST(time_offsets_and_fractions)
{
	int64_t t;
	ck_assert(lb_time_parse(lb_span("1970-01-01T01:00:00+01:00"), &t) && t == 0);
	ck_assert(lb_time_parse(lb_span("1969-12-31T18:30:00-05:30"), &t) && t == 0);
	ck_assert(lb_time_parse(lb_span("1970-01-01T00:00:01.999999Z"), &t) && t == 1);
}
END_TEST

START_TEST(time_refused)
{
	static const char *const bad[] = {"", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-02-30T00:00:00Z",
		"1970-13-01T00:00:00Z", "1970-00-01T00:00:00Z", "1970-01-00T00:00:00Z", "1900-02-29T00:00:00Z",
		"1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:61Z", "1970-01-01T00:00:00ZZ",
		"0000-01-01T00:00:00Z", "-970-01-01T00:00:00Z", "1970-01-01T-1:00:00Z", "1970-01-01T00:00:00.Z",
		"1970-01-01T00:00:00+1:00", "1970-01-01T00:00:00+24:00", "19700101T000000Z", "1970-1-01T00:00:00Z"};
	int64_t t = 3;
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(!lb_time_parse(lb_span(bad[i]), &t), "%s", bad[i]);
	ck_assert_int_eq(t, 3);
}
END_TEST

START_TEST(time_goes_forward)
{
	ck_assert_int_gt(lb_time_wall(), 1700000000);
	int64_t before = lb_time_mono();
	ck_assert_int_ge(lb_time_mono(), before);
}
END_TEST

/* ---- digests ---- */

START_TEST(digests_of_abc)
{
	static const char *const expected[LB_HASH_COUNT] = {
		[LB_MD5] = "900150983cd24fb0d6963f7d28e17f72",
		[LB_SHA1] = "a9993e364706816aba3e25717850c26c9cd0d89d",
		[LB_SHA224] = "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
		[LB_SHA256] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		[LB_SHA384] = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
		[LB_SHA512] = ("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
			      "454d4423643ce80e2a9ac94fa54ca49f"),
		[LB_SHA512_224] = "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
		[LB_SHA512_256] = "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
		[LB_SHA3_224] = "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
		[LB_SHA3_256] = "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
		[LB_SHA3_384] = "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
		[LB_SHA3_512] = ("b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
			"10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"),
		[LB_BLAKE2B] = ("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
			"7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"),
		[LB_BLAKE2S] = "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
	};
	for (size_t i = 0; i < LB_HASH_COUNT; i++) {
		enum lb_hash found;
		char hex[LB_HASH_HEX_MAX];
		ck_assert(lb_hash_by_name(lb_span(lb_hash_name((enum lb_hash)i)), &found));
		ck_assert_uint_eq(found, i);
		LB_AUTO(lb_digest_freep) struct lb_digest *d = lb_digest_new(found);
		lb_digest_add(d, "nonsense", 8);
		lb_digest_restart(d);
		lb_digest_add(d, "a", 1);
		lb_digest_add(d, "bc", 2);
		lb_digest_hex(d, hex);
		ck_assert_str_eq(hex, expected[i]);
		ck_assert_uint_eq(strlen(hex), lb_hash_hex_len(found));
		lb_digest_restart(d);
		lb_digest_add(d, "abc", 3);
		lb_digest_hex(d, hex);
		ck_assert_str_eq(hex, expected[i]);
	}
	enum lb_hash none;
	ck_assert(!lb_hash_by_name(lb_span("SHA256"), &none));
	ck_assert(!lb_hash_by_name(lb_span("sha3-256"), &none));
	ck_assert(!lb_hash_by_name(lb_span(""), &none));
	lb_digest_free(NULL);
}
END_TEST

START_TEST(base32_of_the_standard)
{
	static const char *const vectors[][2] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"},
		{"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
	for (size_t i = 0; i < LB_COUNT(vectors); i++) {
		struct lb_buf b = LB_BUF(100);
		lb_base32(&b, (const unsigned char *)vectors[i][0], strlen(vectors[i][0]));
		ck_assert_str_eq(lb_buf_str(&b), vectors[i][1]);
		lb_buf_clear(&b);
	}
}
END_TEST

START_TEST(uuids_depend_on_their_input)
{
	char a[37], b[37];
	lb_uuid_of(lb_span("abc"), a);
	ck_assert_str_eq(a, "ba7816bf-8f01-8fea-8141-40de5dae2223");
	lb_uuid_of(lb_span(NULL), b);
	ck_assert_str_ne(a, b);
}
END_TEST

/* ---- context and threads ---- */

static int64_t fixed_clock(void *arg)
{
	return *(int64_t *)arg;
}

static void keep_what(void *arg, const struct lb_event *event)
{
	snprintf(arg, 64, "%d %s", (int)event->kind, event->what);
}

START_TEST(context_carries)
{
	int64_t now = 42;
	volatile int cancel = 0;
	char seen[64] = "";
	struct lb_ctx ctx = {.wall = fixed_clock, .wall_arg = &now, .cancel = &cancel, .event = keep_what, .event_arg = seen};
	ck_assert_int_eq(lb_ctx_now(&ctx), 42);
	ck_assert_int_gt(lb_ctx_now(NULL), 42);
	ck_assert_int_eq(lb_ctx_check(&ctx, &err), 0);
	ck_assert_int_eq(lb_ctx_check(NULL, &err), 0);
	cancel = 1;
	ck_assert_int_eq(lb_ctx_check(&ctx, &err), LB_CANCELLED);
	lb_ctx_note(&ctx, LB_EVENT_WARN, "item %d", 7);
	ck_assert_str_eq(seen, "3 item 7");
	lb_ctx_note(NULL, LB_EVENT_WARN, "nobody listens");
	ctx.threads = 3;
	ck_assert_uint_eq(lb_ctx_threads(&ctx), 3);
	ck_assert_uint_ge(lb_ctx_threads(NULL), 1);
}
END_TEST

#define ITEMS 5000
static atomic_int visits[ITEMS];

static int visit(void *arg, size_t i, struct lb_error *e)
{
	(void)arg, (void)e;
	atomic_fetch_add(&visits[i], 1);
	return 0;
}

static int fail_at(void *arg, size_t i, struct lb_error *e)
{
	atomic_fetch_add(&visits[i], 1);
	return i == *(size_t *)arg ? lb_fail(e, LB_CORRUPT, "item %zu", i) : 0;
}

START_TEST(parallel_visits_each_once)
{
	static const unsigned threads[] = {0, 1, 2, 8, 1000};
	for (size_t t = 0; t < LB_COUNT(threads); t++) {
		struct lb_ctx ctx = {.threads = threads[t]};
		memset(visits, 0, sizeof visits);
		ck_assert_ok(lb_parallel(&ctx, ITEMS, visit, NULL, &err));
		for (size_t i = 0; i < ITEMS; i++)
			ck_assert_int_eq(atomic_load(&visits[i]), 1);
	}
	ck_assert_ok(lb_parallel(NULL, 0, visit, NULL, &err));
	ck_assert_ok(lb_parallel(NULL, 1, visit, NULL, NULL));
}
END_TEST

START_TEST(parallel_stops_at_the_first_failure)
{
	struct lb_ctx ctx = {.threads = 4};
	size_t bad = 10, visited = 0;
	memset(visits, 0, sizeof visits);
	ck_assert_int_eq(lb_parallel(&ctx, ITEMS, fail_at, &bad, &err), LB_CORRUPT);
	ck_assert_str_eq(err.what, "item 10");
	for (size_t i = 0; i < ITEMS; i++)
		visited += (size_t)atomic_load(&visits[i]);
	ck_assert_uint_lt(visited, ITEMS);
	volatile int cancel = 1;
	ctx.cancel = &cancel;
	ck_assert_int_eq(lb_parallel(&ctx, ITEMS, visit, NULL, &err), LB_CANCELLED);
}
END_TEST

/* As Python's hashlib spells them. */
START_TEST(digests_by_other_names)
{
	static const struct { const char *name; enum lb_hash hash; } others[] = {{"sha512_224", LB_SHA512_224}, {"sha512_256", LB_SHA512_256},
		{"sha3_224", LB_SHA3_224}, {"sha3_256", LB_SHA3_256}, {"sha3_384", LB_SHA3_384}, {"sha3_512", LB_SHA3_512},
		{"blake2b", LB_BLAKE2B}, {"blake2s", LB_BLAKE2S}, {"sha3512", LB_SHA3_512}, {"sha512256", LB_SHA512_256}};
	for (size_t i = 0; i < LB_COUNT(others); i++) {
		enum lb_hash found;
		ck_assert(lb_hash_by_name(lb_span(others[i].name), &found));
		ck_assert_uint_eq(found, others[i].hash);
	}
}
END_TEST

START_TEST(several_digests_at_once)
{
	LB_AUTO(lb_digests_clear) struct lb_digests d = {0};
	unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX];
	char hex[LB_HASH_HEX_MAX], alone[LB_SHA256_HEX];
	for (unsigned i = 0; i < 3; i++) {
		lb_digests_begin(&d, i ? 1u << LB_SHA256 | 1u << LB_MD5 : 1u << LB_SHA256);
		lb_digests_add(&d, "abc", i);
		lb_digests_end(&d, raw);
		lb_hex(raw[LB_SHA256], 32, hex);
		lb_sha256("abc", i, alone);
		ck_assert_str_eq(hex, alone);
	}
	lb_hex(raw[LB_MD5], 16, hex);
	ck_assert_str_eq(hex, "187ef4436122d1cc2f40dc2b92f0eba0"); /* of "ab" */
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("base: time, digests, threads");
	TCase *t = tcase_create("all");
	tcase_add_test(t, time_known_points);
	tcase_add_test(t, time_round_trip);
	tcase_add_test(t, time_offsets_and_fractions);
	tcase_add_test(t, time_refused);
	tcase_add_test(t, time_goes_forward);
	tcase_add_test(t, digests_of_abc);
	tcase_add_test(t, digests_by_other_names);
	tcase_add_test(t, several_digests_at_once);
	tcase_add_test(t, base32_of_the_standard);
	tcase_add_test(t, uuids_depend_on_their_input);
	tcase_add_test(t, context_carries);
	tcase_add_test(t, parallel_visits_each_once);
	tcase_add_test(t, parallel_stops_at_the_first_failure);
	suite_add_tcase(s, t);
	return s;
}
