/* The evidence folder: lock, repair, appending, media. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/evidence/evidence.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/"

static struct lb_error err;
static char dir[256], journal[300];
static struct lb_arena arena;
static char warned[512];

static int64_t fixed_time(void *arg)
{
	(void)arg;
	return 1735689600;
}

static void remember(void *arg, const struct lb_event *event)
{
	(void)arg;
	if (event->kind == LB_EVENT_WARN)
		snprintf(warned, sizeof warned, "%s", event->what);
}

static const struct lb_ctx ctx = {.wall = fixed_time, .event = remember};

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s/evidence", test_dir());
	snprintf(journal, sizeof journal, "%s/api.warc.gz", dir);
	*warned = 0;
}

static void teardown(void)
{
	lb_arena_clear(&arena);
}

static struct lb_evidence *opened(enum lb_evidence_mode mode)
{
	struct lb_evidence *ev = NULL;
	ck_assert_ok(lb_evidence_open(dir, mode, &ctx, &ev, &err));
	return ev;
}

static struct lb_exchange response(const char *uri, const char *body)
{
	return (struct lb_exchange){.kind = LB_RECORD_RESPONSE, .uri = uri, .date = 1735689600, .status = 200,
		.content_type = "text/xml", .headers = "", .body = lb_span(body)};
}

static void append(struct lb_evidence *ev, const char *uri, const char *body)
{
	struct lb_exchange x = response(uri, body);
	ck_assert_ok(lb_evidence_append(ev, &x, &err));
}

static void has(const struct lb_evidence *ev, const char *uri, const char *body)
{
	struct lb_exchange x;
	long n = lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT);
	ck_assert_int_ge(n, 0);
	ck_assert_ok(lb_evidence_read(ev, (size_t)n, &arena, &x, &err));
	ck_assert(lb_span_is(x.body, body));
}

static off_t size_of(const char *path)
{
	struct stat st;
	return stat(path, &st) ? -1 : st.st_size;
}

static void write_file(const char *path, const char *text)
{
	ck_assert_ok(lb_file_write(path, text, strlen(text), &err));
}

START_TEST(appended_records_are_there_at_once_and_later)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	ck_assert_uint_eq(lb_evidence_count(ev), 0);
	append(ev, API "?a=1&api_key=secret", "one");
	append(ev, API "?a=2", "two");
	has(ev, API "?a=1", "one");
	has(ev, API "?a=2", "two");
	ck_assert_ok(lb_evidence_close(ev, &err));
	LB_AUTO(lb_evidence_freep) struct lb_evidence *again = opened(LB_EVIDENCE_APPEND);
	ck_assert_uint_eq(lb_evidence_count(again), 2);
	append(again, API "?a=1", "three");
	has(again, API "?a=1", "three");
	LB_AUTO(lb_evidence_freep) struct lb_evidence *reader = opened(LB_EVIDENCE_READ); /* beside the writer */
	ck_assert_uint_eq(lb_evidence_count(reader), 3);
	has(reader, API "?a=1", "three");
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 16), b = LB_BUF(1 << 16);
	ck_assert_ok(lb_evidence_member(again, 2, &a, &err));
	ck_assert_ok(lb_evidence_member(reader, 2, &b, &err));
	ck_assert(lb_span_eq(lb_buf_span(&a), lb_buf_span(&b)));
}
END_TEST

START_TEST(the_same_run_gives_the_same_file)
{
	struct lb_buf bytes[2] = {LB_BUF(1 << 20), LB_BUF(1 << 20)};
	for (int i = 0; i < 2; i++) {
		LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
		append(ev, API "?a=1", "one");
		ck_assert_ok(lb_file_read(journal, 1 << 20, &bytes[i], &err));
		unlink(journal);
	}
	ck_assert(lb_span_eq(lb_buf_span(&bytes[0]), lb_buf_span(&bytes[1])));
	lb_buf_clear(&bytes[0]);
	lb_buf_clear(&bytes[1]);
}
END_TEST

START_TEST(a_torn_end_is_cut_off_once_and_told)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	append(ev, API "?a=1", "one");
	off_t good = size_of(journal);
	append(ev, API "?a=2", "two");
	lb_evidence_freep(&ev);
	off_t whole = size_of(journal);
	for (off_t cut = whole - 1; cut > good; cut--) {
		ck_assert_int_eq(truncate(journal, cut), 0);
		ev = opened(LB_EVIDENCE_READ);
		ck_assert_uint_eq(lb_evidence_count(ev), 1);
		lb_evidence_freep(&ev);
		ck_assert_int_eq(size_of(journal), cut); /* a reader changes nothing */
		*warned = 0;
		ev = opened(LB_EVIDENCE_APPEND);
		ck_assert_ptr_nonnull(strstr(warned, "cut off"));
		ck_assert_int_eq(size_of(journal), good);
		append(ev, API "?a=2", "two");
		has(ev, API "?a=1", "one");
		lb_evidence_freep(&ev);
		ck_assert_int_eq(size_of(journal), whole);
	}
	*warned = 0;
	ev = opened(LB_EVIDENCE_APPEND);
	ck_assert_str_eq(warned, "");
	lb_evidence_freep(&ev);
}
END_TEST

START_TEST(nothing_is_left_of_a_first_record_but_a_new_beginning)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	lb_evidence_freep(&ev);
	off_t begun = size_of(journal);
	ck_assert_int_gt(begun, 0);
	for (off_t cut = 0; cut < begun; cut++) {
		ck_assert_int_eq(truncate(journal, cut), 0);
		ev = opened(LB_EVIDENCE_APPEND);
		lb_evidence_freep(&ev);
		ck_assert_int_eq(size_of(journal), begun);
	}
}
END_TEST

/* ---- damage to the journal ---------------------------------------------------------------------------------------- */

#define RECORDS 4

/* A journal of RECORDS answers in *bytes; record i ends at ends[i + 1], the warcinfo at ends[0]. */
static void make_journal(struct lb_buf *bytes, off_t ends[RECORDS + 1])
{
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	ends[0] = size_of(journal);
	for (int i = 0; i < RECORDS; i++) {
		char uri[100];
		snprintf(uri, sizeof uri, API "?n=%d", i);
		append(ev, uri, uri);
		ends[i + 1] = size_of(journal);
	}
	ck_assert_ok(lb_file_read(journal, 1 << 20, bytes, &err));
}

static const char *aside(int n)
{
	static char path[400];
	snprintf(path, sizeof path, "%s.damaged-%d", journal, n);
	return path;
}

static void set_journal(const char *bytes, size_t n)
{
	FILE *f = fopen(journal, "wb"); /* thousands of times: not flushed to the disk */
	ck_assert(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
	*warned = 0;
}

static void is_file(const char *path, const char *bytes, size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(path, 1 << 20, &b, &err));
	ck_assert(lb_span_eq(lb_buf_span(&b), (struct lb_span){bytes, n}));
}

/* All records but `lost` (-1: none) can be read. Returns how many are there. */
static size_t has_all_but(const struct lb_evidence *ev, int lost)
{
	for (int i = 0; i < RECORDS; i++) {
		char uri[100];
		snprintf(uri, sizeof uri, API "?n=%d", i);
		if (i != lost)
			has(ev, uri, uri);
	}
	return lb_evidence_count(ev);
}

static void check_flip(struct lb_buf *file, const off_t ends[RECORDS + 1], size_t at)
{
	int hit = -1;
	while (ends[hit + 1] <= (off_t)at)
		hit++;
	set_journal(file->p, file->len);
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	size_t count = has_all_but(ev, hit);
	ck_assert_uint_ge(count, hit < 0 ? RECORDS : RECORDS - 1);
	append(ev, API "?more=1", "more");
	lb_evidence_freep(&ev);
	bool intact = !*warned, torn = hit == RECORDS - 1 && strstr(warned, "cut off");
	if (intact)
		ck_assert_uint_eq(count, RECORDS); /* the gzip header says little that matters */
	else if (torn)
		ck_assert(!lb_file_exists(aside(1)));
	else
		is_file(aside(1), file->p, file->len);
	*warned = 0;
	ev = opened(LB_EVIDENCE_APPEND);
	ck_assert_str_eq(warned, "");
	ck_assert_uint_eq(has_all_but(ev, hit), count + 1);
	lb_evidence_freep(&ev);
	ck_assert(!lb_file_exists(aside(2)));
	unlink(aside(1));
}

START_TEST(a_wrong_byte_anywhere_costs_its_record_only)
{
	static const char masks[] = {1, (char)0xff};
	off_t ends[RECORDS + 1];
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	make_journal(&file, ends);
	for (size_t at = 0; at < file.len; at++) {
		file.p[at] ^= masks[_i];
		check_flip(&file, ends, at);
		file.p[at] ^= masks[_i];
	}
}
END_TEST

static const struct { const char *bytes; size_t n; } junk[] = {
	{"x", 1}, {"\x1f", 1}, {"\x1f\x8b", 2}, {"\x1f\x8b\x08", 3}, {"\x1f\x8b\x08\x1f\x8b\x08", 6}, {"\x1f\x8b\x08\0\x1f\x8b\x08", 8},
	{"my notes, at length", 19},
	{"\0\0\0\0\0\1", 6}, {"\0\0\0", 3},
};

START_TEST(junk_between_members_is_passed_over)
{
	off_t ends[RECORDS + 1];
	LB_AUTO(lb_buf_clear) struct lb_buf good = LB_BUF(1 << 20), file = LB_BUF(1 << 20);
	make_journal(&good, ends);
	for (int i = -1; i <= RECORDS; i++) {
		size_t at = i < 0 ? 0 : (size_t)ends[i];
		lb_buf_reset(&file);
		lb_buf_add(&file, good.p, at);
		lb_buf_add(&file, junk[_i].bytes, junk[_i].n);
		lb_buf_add(&file, good.p + at, good.len - at);
		set_journal(file.p, file.len);
		LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
		ck_assert_uint_eq(has_all_but(ev, -1), RECORDS);
		ck_assert(strstr(warned, "passed over") || (i == RECORDS && strstr(warned, "cut off")));
		if (strstr(warned, "passed over"))
			is_file(aside(1), file.p, file.len);
		unlink(aside(1));
	}
}
END_TEST

START_TEST(the_warning_says_what_and_where)
{
	char expected[100];
	off_t ends[RECORDS + 1];
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	make_journal(&file, ends);
	write_file(aside(1), "of an earlier time");
	memset(file.p + ends[1], 0x55, (size_t)(ends[3] - ends[1]));
	set_journal(file.p, file.len);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	ck_assert_uint_eq(lb_evidence_count(ev), RECORDS - 2);
	snprintf(expected, sizeof expected, " %lld bytes were passed over", (long long)(ends[3] - ends[1]));
	ck_assert_msg(strstr(warned, expected) && strstr(warned, aside(2)), "%s", warned);
	is_file(aside(2), file.p, file.len);
	is_file(aside(1), "of an earlier time", 18);
}
END_TEST

START_TEST(the_link_of_an_interrupted_salvage_is_used)
{
	off_t ends[RECORDS + 1];
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	make_journal(&file, ends);
	file.p[ends[1] + 20] ^= 1;
	set_journal(file.p, file.len);
	ck_assert_int_eq(link(journal, aside(1)), 0);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	ck_assert_uint_eq(has_all_but(ev, 1), RECORDS - 1);
	is_file(aside(1), file.p, file.len);
	ck_assert(!lb_file_exists(aside(2)));
}
END_TEST

START_TEST(a_reader_repairs_nothing_but_says_who_does)
{
	off_t ends[RECORDS + 1];
	struct lb_evidence *ev = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(1 << 20);
	make_journal(&file, ends);
	memset(file.p + ends[1], 0x55, 3);
	set_journal(file.p, file.len);
	ck_assert_int_eq(lb_evidence_open(dir, LB_EVIDENCE_READ, &ctx, &ev, &err), LB_CORRUPT);
	ck_assert_ptr_nonnull(strstr(err.hint, "lifeboat gather"));
	is_file(journal, file.p, file.len);
	ck_assert(!lb_file_exists(aside(1)));
}
END_TEST

START_TEST(a_foreign_journal_is_left_alone)
{
	static const char *const foreign[] = {"my notes", "\x1f\x8b\x08 nothing else"};
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	lb_evidence_freep(&ev);
	for (size_t i = 0; i < LB_COUNT(foreign); i++) {
		write_file(journal, foreign[i]);
		int rc = lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &ev, &err);
		ck_assert(rc == LB_FORMAT || rc == LB_CORRUPT);
		ck_assert_ptr_nonnull(strstr(err.hint, "move it away"));
		is_file(journal, foreign[i], strlen(foreign[i]));
		ck_assert(!lb_file_exists(aside(1)));
	}
	write_file(journal, "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
	ck_assert_int_eq(lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &ev, &err), LB_FORMAT);
	ck_assert_ptr_nonnull(strstr(err.what, "gzip"));
}
END_TEST

/* Every 4th of many records is damaged, and a long run of false beginnings stands among them. */
START_TEST(much_damage_is_passed_over_quickly)
{
	const int total = 20000;
	LB_AUTO(lb_buf_clear) struct lb_buf file = LB_BUF(64 << 20);
	lb_evidence_freep(&(struct lb_evidence *){opened(LB_EVIDENCE_APPEND)});
	for (int i = 0; i < total; i++) {
		char uri[100];
		snprintf(uri, sizeof uri, API "?n=%d", i);
		size_t at = file.len;
		struct lb_exchange x = response(uri, uri);
		ck_assert_ok(lb_warc_format(&x, &file, &err));
		if (i % 4 == 0)
			file.p[at + 40] ^= 0x55;
		for (int n = 0; i == total / 2 && n < 300000; n++)
			lb_buf_add(&file, "\x1f\x8b\x08", 4);
	}
	set_journal(file.p, file.len);
	int64_t start = lb_time_mono();
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	int64_t took = lb_time_mono() - start;
	ck_assert_uint_eq(lb_evidence_count(ev), total / 4 * 3);
	ck_assert_msg(took < 10000, "%lld ms", (long long)took);
	has(ev, API "?n=19999", API "?n=19999");
}
END_TEST

START_TEST(two_writers_are_one_too_many)
{
	struct lb_evidence *other = NULL;
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	char pid[32];
	snprintf(pid, sizeof pid, "process %d ", (int)getpid());
	ck_assert_int_eq(lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &other, &err), LB_LOCKED);
	ck_assert_msg(strstr(err.what, pid) && strstr(err.what, dir), "%s", err.what);
	lb_evidence_freep(&ev);
	ck_assert_ok(lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &other, &err));
	lb_evidence_freep(&other);
}
END_TEST

START_TEST(reading_changes_nothing)
{
	struct lb_evidence *ev = NULL;
	ck_assert_int_eq(lb_evidence_open(dir, LB_EVIDENCE_READ, &ctx, &ev, &err), LB_NOTFOUND);
	ck_assert(!lb_dir_exists(dir));
	ev = opened(LB_EVIDENCE_APPEND);
	lb_evidence_freep(&ev);
	ev = opened(LB_EVIDENCE_READ);
	struct lb_exchange x = response(API "?a=1", "");
	ck_assert_int_eq(lb_evidence_append(ev, &x, &err), LB_USAGE);
	ck_assert_int_eq(lb_evidence_store(ev, "/tmp/x", &x, &err), LB_USAGE);
	lb_evidence_freep(&ev);
	ck_assert_ok(lb_evidence_close(NULL, &err));
}
END_TEST

START_TEST(what_cannot_be_recorded_leaves_no_trace)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	off_t before = size_of(journal);
	struct lb_exchange x = response(API "?a=1", "");
	x.headers = "broken";
	ck_assert_int_eq(lb_evidence_append(ev, &x, &err), LB_FORMAT);
	ck_assert_int_eq(size_of(journal), before);
	ck_assert_int_eq(lb_evidence_find(ev, lb_span(API "?a=1"), LB_MATCH_EXACT), -1);
	lb_evidence_freep(&ev);
}
END_TEST

/* A file-size limit is the nearest to a full disk: the write that crosses it is cut short. */
START_TEST(a_short_write_is_taken_back)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	append(ev, API "?a=1", "one");
	off_t before = size_of(journal);
	struct rlimit old, tight;
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
	struct lb_exchange x = response(API "?a=2", "two");
	for (rlim_t room = 0; room < 100; room += 9) {
		tight = (struct rlimit){(rlim_t)before + room, old.rlim_max};
		int set = setrlimit(RLIMIT_FSIZE, &tight); /* the test runner writes files as well: no assertion until it is lifted */
		int rc = lb_evidence_append(ev, &x, &err);
		setrlimit(RLIMIT_FSIZE, &old);
		ck_assert_int_eq(set, 0);
		ck_assert_int_eq(rc, LB_IO);
		ck_assert_ptr_nonnull(strstr(err.what, journal));
		ck_assert_int_eq(size_of(journal), before);
	}
	ck_assert_int_eq(lb_evidence_find(ev, lb_span(API "?a=2"), LB_MATCH_EXACT), -1);
	append(ev, API "?a=2", "two");
	has(ev, API "?a=1", "one");
	has(ev, API "?a=2", "two");
	lb_evidence_freep(&ev);
}
END_TEST

/* No assertions here: the parent's channel to the test runner is shared. */
static void append_until_killed(int round)
{
	struct lb_evidence *ev = NULL;
	int rc = lb_evidence_open(dir, LB_EVIDENCE_APPEND, &ctx, &ev, NULL);
	for (int i = 0; !rc; i++) {
		char uri[100];
		snprintf(uri, sizeof uri, API "?round=%d&i=%d", round, i);
		struct lb_exchange x = response(uri, uri);
		rc = lb_evidence_append(ev, &x, NULL);
	}
	_exit(1);
}

START_TEST(killed_at_any_moment_all_complete_records_are_there)
{
	size_t before = 0;
	lb_evidence_freep(&(struct lb_evidence *){opened(LB_EVIDENCE_APPEND)});
	for (int round = 0; round < 10; round++) {
		off_t grown = size_of(journal);
		pid_t child = fork();
		if (child == 0)
			append_until_killed(round);
		for (int waited = 0; size_of(journal) <= grown && waited < 5000; waited++)
			usleep(1000);
		usleep(1000 * (useconds_t)round);
		kill(child, SIGKILL);
		int status;
		waitpid(child, &status, 0);
		ck_assert(WIFSIGNALED(status));
		LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
		ck_assert_uint_gt(lb_evidence_count(ev), before);
		before = lb_evidence_count(ev);
		for (size_t n = 0; n < before; n++) {
			struct lb_exchange x;
			lb_arena_reset(&arena);
			ck_assert_ok(lb_evidence_read(ev, n, &arena, &x, &err));
			ck_assert(strstr(x.uri, "round=") && x.body.n);
		}
	}
}
END_TEST

/* ---- media --------------------------------------------------------------------------------------------------------- */

static struct lb_exchange media_of(const char *bytes, char hex[LB_SHA256_HEX])
{
	lb_sha256(bytes, strlen(bytes), hex);
	return (struct lb_exchange){.kind = LB_RECORD_MEDIA, .uri = "https://live.staticflickr.com/1.jpg", .date = 1735689600,
		.status = 200, .content_type = "image/jpeg", .sha256 = hex, .size = strlen(bytes)};
}

START_TEST(media_are_stored_under_their_digest)
{
	char hex[LB_SHA256_HEX];
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	struct lb_exchange x = media_of("picture", hex);
	ck_assert_ptr_null(lb_evidence_media(ev, hex, 7, &arena));
	const char *temp = lb_evidence_temp(ev, &arena), *other = lb_evidence_temp(ev, &arena);
	ck_assert_str_ne(temp, other);
	write_file(temp, "picture");
	ck_assert_ok(lb_evidence_store(ev, temp, &x, &err));
	ck_assert(!lb_file_exists(temp));
	const char *path = lb_evidence_media(ev, hex, 7, &arena);
	ck_assert_ptr_nonnull(path);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(100);
	ck_assert_ok(lb_file_read(path, 100, &b, &err));
	ck_assert_str_eq(lb_buf_str(&b), "picture");
	ck_assert_int_eq(lb_evidence_find(ev, lb_span(x.uri), LB_MATCH_EXACT), 0);
	ck_assert_ptr_null(lb_evidence_media(ev, hex, 8, &arena));
	ck_assert_ptr_null(lb_evidence_media(ev, "../api.warc.gz", 8, &arena));
	ck_assert_ptr_null(lb_evidence_media(ev, "tmp", 8, &arena));
	ck_assert_ptr_null(lb_evidence_media(ev, NULL, 8, &arena));
}
END_TEST

START_TEST(an_equal_file_is_kept_and_a_rotten_one_replaced)
{
	char hex[LB_SHA256_HEX];
	struct stat first, second;
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	struct lb_exchange x = media_of("picture", hex);
	for (int i = 0; i < 2; i++) {
		const char *temp = lb_evidence_temp(ev, &arena);
		write_file(temp, "picture");
		ck_assert_ok(lb_evidence_store(ev, temp, &x, &err));
		ck_assert(!lb_file_exists(temp));
		ck_assert_int_eq(stat(lb_evidence_media(ev, hex, 7, &arena), i ? &second : &first), 0);
	}
	ck_assert_uint_eq(first.st_ino, second.st_ino);
	const char *path = lb_evidence_media(ev, hex, 7, &arena);
	write_file(path, "pixture");
	const char *temp = lb_evidence_temp(ev, &arena);
	write_file(temp, "picture");
	ck_assert_ok(lb_evidence_store(ev, temp, &x, &err));
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(100);
	ck_assert_ok(lb_file_read(path, 100, &b, &err));
	ck_assert_str_eq(lb_buf_str(&b), "picture");
}
END_TEST

/* A stored picture; its path. */
static const char *stored(struct lb_evidence *ev, const char *bytes, char hex[LB_SHA256_HEX])
{
	struct lb_exchange x = media_of(bytes, hex);
	const char *temp = lb_evidence_temp(ev, &arena);
	write_file(temp, bytes);
	ck_assert_ok(lb_evidence_store(ev, temp, &x, &err));
	const char *path = lb_evidence_media(ev, hex, x.size, &arena);
	ck_assert_ptr_nonnull(path);
	return path;
}

static bool is_marked(const char *path)
{
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	return st.st_mtim.tv_sec == 315532800 && st.st_mtim.tv_nsec == 0 && (st.st_mode & 0777) == 0444;
}

/* As an editor does that does not make a new file: the inode stays. */
static void write_into(const char *path, const char *bytes)
{
	ck_assert_int_eq(chmod(path, 0644), 0);
	int fd = open(path, O_WRONLY);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, bytes, strlen(bytes), 0), (ssize_t)strlen(bytes));
	close(fd);
}

START_TEST(media_damaged_through_a_hard_link_are_noticed_and_replaced)
{
	char hex[LB_SHA256_HEX], package[400];
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	const char *path = stored(ev, "picture", hex);
	ck_assert(is_marked(path));
	snprintf(package, sizeof package, "%s/packaged.jpg", dir);
	ck_assert_ok(lb_file_link(path, package, &err));
	write_into(package, "pixture");
	ck_assert_ptr_null(lb_evidence_media(ev, hex, 7, &arena));
	stored(ev, "picture", hex);
	is_file(path, "picture", 7);
	is_file(package, "pixture", 7);
	ck_assert(is_marked(path));
}
END_TEST

START_TEST(good_media_without_the_mark_are_marked_again)
{
	char hex[LB_SHA256_HEX];
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	const char *path = stored(ev, "picture", hex);
	write_into(path, "picture");
	ck_assert(!is_marked(path));
	LB_AUTO(lb_evidence_freep) struct lb_evidence *reader = opened(LB_EVIDENCE_READ);
	ck_assert_ptr_nonnull(lb_evidence_media(reader, hex, 7, &arena));
	ck_assert(!is_marked(path));
	ck_assert_ptr_nonnull(lb_evidence_media(ev, hex, 7, &arena));
	ck_assert(is_marked(path));
	write_into(path, "pixture");
	ck_assert_ptr_null(lb_evidence_media(reader, hex, 7, &arena));
	lb_evidence_freep(&ev);
}
END_TEST

START_TEST(the_mark_is_trusted_but_not_by_the_store)
{
	char hex[LB_SHA256_HEX];
	const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 315532800}};
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	const char *path = stored(ev, "picture", hex);
	write_into(path, "pixture");
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert_ptr_nonnull(lb_evidence_media(ev, hex, 7, &arena));
	stored(ev, "picture", hex);
	is_file(path, "picture", 7);
}
END_TEST

START_TEST(wrong_media_are_refused)
{
	char hex[LB_SHA256_HEX];
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	struct lb_exchange x = media_of("picture", hex);
	const char *temp = lb_evidence_temp(ev, &arena);
	ck_assert_int_eq(lb_evidence_store(ev, temp, &x, &err), LB_NOTFOUND);
	write_file(temp, "pictur");
	ck_assert_int_eq(lb_evidence_store(ev, temp, &x, &err), LB_CORRUPT);
	x.sha256 = "../../outside";
	ck_assert_int_eq(lb_evidence_store(ev, temp, &x, &err), LB_USAGE);
	x.sha256 = hex;
	x.kind = LB_RECORD_FAILURE;
	ck_assert_int_eq(lb_evidence_store(ev, temp, &x, &err), LB_USAGE);
	ck_assert_uint_eq(lb_evidence_count(ev), 0);
	ck_assert_ptr_null(lb_evidence_media(ev, hex, 6, &arena));
}
END_TEST

START_TEST(unfinished_downloads_go_at_the_next_open)
{
	struct lb_evidence *ev = opened(LB_EVIDENCE_APPEND);
	char *temp = lb_evidence_temp(ev, &arena);
	write_file(temp, "half a pict");
	lb_evidence_freep(&ev);
	ev = opened(LB_EVIDENCE_READ);
	ck_assert(lb_file_exists(temp));
	lb_evidence_freep(&ev);
	ev = opened(LB_EVIDENCE_APPEND);
	ck_assert(!lb_file_exists(temp));
	write_file(lb_evidence_temp(ev, &arena), "the folder is there again");
	lb_evidence_freep(&ev);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("evidence_store");
	TCase *t = tcase_create("store");
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 180);
	tcase_add_test(t, appended_records_are_there_at_once_and_later);
	tcase_add_test(t, the_same_run_gives_the_same_file);
	tcase_add_test(t, a_torn_end_is_cut_off_once_and_told);
	tcase_add_test(t, nothing_is_left_of_a_first_record_but_a_new_beginning);
	tcase_add_loop_test(t, a_wrong_byte_anywhere_costs_its_record_only, 0, 2);
	tcase_add_loop_test(t, junk_between_members_is_passed_over, 0, LB_COUNT(junk));
	tcase_add_test(t, the_warning_says_what_and_where);
	tcase_add_test(t, the_link_of_an_interrupted_salvage_is_used);
	tcase_add_test(t, a_reader_repairs_nothing_but_says_who_does);
	tcase_add_test(t, a_foreign_journal_is_left_alone);
	tcase_add_test(t, much_damage_is_passed_over_quickly);
	tcase_add_test(t, two_writers_are_one_too_many);
	tcase_add_test(t, reading_changes_nothing);
	tcase_add_test(t, what_cannot_be_recorded_leaves_no_trace);
	tcase_add_test(t, a_short_write_is_taken_back);
	tcase_add_test(t, killed_at_any_moment_all_complete_records_are_there);
	tcase_add_test(t, media_are_stored_under_their_digest);
	tcase_add_test(t, an_equal_file_is_kept_and_a_rotten_one_replaced);
	tcase_add_test(t, media_damaged_through_a_hard_link_are_noticed_and_replaced);
	tcase_add_test(t, good_media_without_the_mark_are_marked_again);
	tcase_add_test(t, the_mark_is_trusted_but_not_by_the_store);
	tcase_add_test(t, wrong_media_are_refused);
	tcase_add_test(t, unfinished_downloads_go_at_the_next_open);
	suite_add_tcase(s, t);
	return s;
}
