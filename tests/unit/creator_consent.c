/* The consent ledger and the letters: what a person wrote stays, what is wrong is named, nobody is asked twice. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/creator/policy.h"
#include "tests/support/support.h"

static struct lb_error err;
static char dir[256];
static struct lb_ledger ledger;

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	err = (struct lb_error){ 0 };
}

static void teardown(void)
{
	lb_ledger_clear(&ledger);
}

static const char *path_of(const char *name)
{
	static char path[600];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

static void put_n(const char *text, size_t n)
{
	ck_assert_ok(lb_file_write(path_of("consent.csv"), text, n, &err));
}

static int load_n(const char *text, size_t n)
{
	put_n(text, n);
	lb_ledger_clear(&ledger);
	return lb_ledger_load(dir, &ledger, &err);
}

static int load(const char *text)
{
	return load_n(text, strlen(text));
}

static char *contents(const char *name)
{
	static struct lb_buf b;
	b = (struct lb_buf)LB_BUF(1 << 24);
	ck_assert_ok(lb_file_read(path_of(name), 1 << 24, &b, &err));
	return lb_buf_take(&b);
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

START_TEST(no_ledger)
{
	ck_assert_ok(lb_ledger_load(dir, &ledger, &err));
	ck_assert_uint_eq(ledger.nrows, 0);
}
END_TEST

START_TEST(what_spreadsheets_write)
{
	static const char *const forms[] = {
		"owner,status,date,deadline,evidence,note\n2@N00,granted,2026-01-02,2026-02-03,\"he said \"\"yes\"\", twice\",n\n1@N00,refused,,,,\n",
		"\xEF\xBB\xBFowner,status,date,deadline,evidence,note\r\n2@N00,granted,2026-01-02,2026-02-03,\"he said \"\"yes\"\", twice\",n\r\n1@N00,refused\r\n",
		"Owner;Status;Date;Deadline;Evidence;Note\r\n2@N00;Granted;2026-01-02;2026-02-03;\"he said \"\"yes\"\", twice\";n\r\n1@N00;REFUSED;;;;",
		"note\tmine\towner\tstatus\tdate\tdeadline\tevidence\nn\tx\t 2@N00 \t granted \t2026-01-02\t2026-02-03\t\"he said \"\"yes\"\", twice\"\n\t\t1@N00\trefused\n\n",
		"\"owner\",\"status\",\"date\",\"deadline\",\"evidence\",\"note\"\n\"2@N00\",\"granted\",\"2026-01-02\",\"2026-02-03\",\"he said \"\"yes\"\", twice\",\"n\"\n,,,,,\n\"1@N00\",\"refused\"",
	};
	for (size_t i = 0; i < LB_COUNT(forms); i++) {
		ck_assert_ok(load(forms[i]));
		ck_assert_uint_eq(ledger.nrows, 2);
		ck_assert_str_eq(ledger.rows[0].owner, "1@N00");
		ck_assert_int_eq(ledger.rows[0].status, LB_CONSENT_REFUSED);
		const struct lb_consent_row *r = &ledger.rows[1];
		ck_assert_str_eq(r->owner, "2@N00");
		ck_assert_int_eq(r->status, LB_CONSENT_GRANTED);
		ck_assert_str_eq(r->date, "2026-01-02");
		ck_assert_str_eq(r->deadline, "2026-02-03");
		ck_assert_str_eq(r->evidence, "he said \"yes\", twice");
		ck_assert_str_eq(r->note, "n");
	}
	ck_assert_ok(load("owner,status,note\n1@N00,no answer,\"two\nlines\"\n2@N00,pending,\n"));
	ck_assert_int_eq(ledger.rows[0].status, LB_CONSENT_SILENT);
	ck_assert_str_eq(ledger.rows[0].note, "two\nlines");
	ck_assert_int_eq(ledger.rows[1].status, LB_CONSENT_PENDING);
	ck_assert_str_eq(ledger.rows[1].deadline, "");
	ck_assert_ok(load("owner,status"));
	ck_assert_uint_eq(ledger.nrows, 0);
	ck_assert_ok(load("sep=;\r\nowner;status\r\n1@N00;refused\r\n"));
	ck_assert_int_eq(ledger.rows[0].status, LB_CONSENT_REFUSED);
	ck_assert_ok(load("owner,status\r1@N00,refused\r2@N00,granted\r"));
	ck_assert_uint_eq(ledger.nrows, 2);
}
END_TEST

/* A refusal that is not seen is the worst that can happen. */
START_TEST(owners_as_people_write_them)
{
	static const char *const good[] = { "12345678@N01", "12345678@n01", "'12345678@N01", "\"'12345678@N01'\"", "\u201C12345678@N01\u201D", "12345678%40N01",
		"\u00A012345678@N01\u00A0", "https://www.flickr.com/photos/12345678@N01/", "www.flickr.com/people/12345678%40n01", "http://flickr.com/photos/12345678@N01" };
	static const char *const bad[] = { "annalias", "https://www.flickr.com/photos/annalias/", "12345678", "12345678@", "@N01", "12345678@X01", "12345678@N",
		"12345678@N0x", "12345678@N01 and all", "https://www.flickr.com/photos/12345678@N01/123/", "https://example.org/12345678@N01", "x12345678@N01",
		"12345678@N01%00", "123456781234567812345678@N01" };
	for (size_t i = 0; i < LB_COUNT(good); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
		ck_assert_msg(load(lb_arena_printf(&a, "owner,status\n%s,refused\n", good[i])) == 0, "%s: %s", good[i], err.what);
		ck_assert_str_eq(ledger.rows[0].owner, "12345678@N01");
	}
	for (size_t i = 0; i < LB_COUNT(bad); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
		ck_assert_msg(load(lb_arena_printf(&a, "owner,status\n1@N00,granted\n%s,refused\n", bad[i])) == LB_FORMAT, "%s", bad[i]);
		ck_assert_msg(strstr(err.what, "line 3, column 1 (owner): expected"), "%s", err.what);
		ck_assert_msg(strstr(err.hint, "letter"), "%s", err.hint);
	}
	ck_assert_int_eq(load("owner,status\n12345678@n01,granted\n12345678%40N01,refused\n"), LB_FORMAT);
	ck_assert_ptr_nonnull(strstr(err.what, "line 3, column 1 (owner): the same owner stands in line 2"));
}
END_TEST

START_TEST(what_is_wrong_is_named)
{
	static const struct { const char *text; enum lb_status status; const char *names; } cases[] = {
		{ "", LB_FORMAT, "line 1" }, { "1@N00,granted\n", LB_FORMAT, "line 1" }, { "owner,note\n", LB_FORMAT, "\"status\"" },
		{ "owner,status,Owner\n", LB_FORMAT, "line 1, column 3: column 1 is called \"owner\" as well" }, { "owner;status;date;date\n", LB_FORMAT, "column 4: column 3" },
		{ "sep=;\nnothing;here\n", LB_FORMAT, "line 2: expected the names" }, { "sep=,\rowner,status\r1@N00,maybe\r", LB_FORMAT, "line 3, column 2" },
		{ "owner,status\n1@N00,maybe\n", LB_FORMAT, "line 2, column 2 (status): expected \"granted\", \"refused\", \"pending\" or \"no answer\", found \"maybe\"" },
		{ "owner,status\n1@N00,granted\n1@N00,refused\n", LB_FORMAT, "line 3, column 1 (owner): the same owner stands in line 2" },
		{ "owner,status\n,granted\n", LB_FORMAT, "line 2, column 1 (owner)" }, { "owner,status\n1@N00,\n", LB_FORMAT, "line 2, column 2" },
		{ "note,status,owner\n\"a\nb\",granted,1@N00\nx,grant,2@N00\n", LB_FORMAT, "line 4, column 2" },
		{ "owner,status,deadline\n1@N00,pending,31.12.2026\n", LB_FORMAT, "line 2, column 3 (deadline): expected a date like 2026-12-31" },
		{ "owner,status,deadline\n1@N00,pending,2026-13-01\n", LB_FORMAT, "column 3" },
		{ "owner,status\n1@N00,granted,more\n", LB_FORMAT, "line 2, column 3" },
		{ "owner,status\n\"1@N00,granted\n", LB_FORMAT, "line 2, column 1: the quotation mark" },
		{ "owner,status\n\"1@N00\"x,granted\n", LB_FORMAT, "line 2, column 1: text behind" },
		{ "owner,status\n1@N00,granted\xFF\n", LB_FORMAT, "line 2, column 2: not UTF-8" },
		{ "owner,status\n1@N00,\x1b[31mred\n", LB_FORMAT, "\\x1b[31mred" },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		ck_assert_msg(load(cases[i].text) == (int)cases[i].status, "%s", cases[i].text);
		ck_assert_msg(strstr(err.what, cases[i].names) && strstr(err.what, "consent.csv"), "%s\nis not in\n%s", cases[i].names, err.what);
	}
	ck_assert_int_eq(load("owner\n"), LB_FORMAT);
	ck_assert_ptr_nonnull(strstr(err.hint, "owner,status,date"));
	ck_assert_int_eq(load_n("owner,status\n1@N00,gran\0ted\n", 29), LB_FORMAT);
}
END_TEST

START_TEST(limits)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 24);
	lb_buf_adds(&b, "owner,status,note\n1@N00,granted,");
	size_t before = b.len;
	for (int i = 0; i < 65536; i++)
		lb_buf_addc(&b, 'x');
	ck_assert_ok(load(b.p));
	ck_assert_uint_eq(strlen(ledger.rows[0].note), 65536);
	lb_buf_addc(&b, 'x');
	ck_assert_int_eq(load(b.p), LB_LIMIT);
	ck_assert_ptr_nonnull(strstr(err.what, "line 2, column 3"));
	b.len = before;
	lb_buf_adds(&b, "\n");
	for (int i = 2; i <= 100000; i++)
		lb_buf_addf(&b, "%d@N00,granted\n", i);
	ck_assert_ok(load_n(b.p, b.len));
	ck_assert_uint_eq(ledger.nrows, 100000);
	lb_buf_adds(&b, "100001@N00,granted\n");
	ck_assert_int_eq(load_n(b.p, b.len), LB_LIMIT);
	lb_buf_reset(&b);
	lb_buf_adds(&b, "owner,status");
	for (int i = 0; i < 255; i++)
		lb_buf_addc(&b, ',');
	ck_assert_int_eq(load(b.p), LB_LIMIT);
}
END_TEST

/* ---- letters ---------------------------------------------------------------------------------------------------------------------- */

static int64_t now;
static int64_t wall(void *arg)
{
	(void)arg;
	return now;
}
static const struct lb_ctx ctx = { .wall = wall };

static struct lb_plan plan;
static struct lb_plan_photo photos[200];

static void plan_photo(const char *id, const char *owner, const char *name, const char *title)
{
	photos[plan.nphotos++] = (struct lb_plan_photo){ .id = id, .owner_id = owner, .owner_name = name, .title = title, .license_id = "0",
		.visibility = "public", .can_download = 1 };
	plan.photos = photos;
}

static void new_plan(void)
{
	plan = (struct lb_plan){ .words = { .title = "The quay", .purpose = "So that it is\nremembered.", .maker = "Maren", .future = "The town library." } };
	ck_assert(lb_time_parse(lb_span("2026-11-20T23:59:59Z"), &now));
	plan_photo("11", "1@N00", "Ann", "First &amp; foremost");
	plan_photo("21", "2@N00", "=cmd|x", NULL);
	plan_photo("12", "1@N00", "Ann", "Evil\nsecond\xE2\x80\xAE line \x1b[31m");
}

static size_t ask(void)
{
	size_t written = 99;
	ck_assert_ok(lb_create_letters(dir, &plan, "2026-12-31", &ctx, &written, &err));
	return written;
}

static void expect_has(const char *text, const char *what)
{
	ck_assert_msg(strstr(text, what), "\"%s\" is not in:\n%s", what, text);
}

START_TEST(owners_are_asked_once)
{
	new_plan();
	ck_assert_uint_eq(ask(), 2);
	LB_AUTO(lb_freep) char *csv = contents("consent.csv");
	ck_assert_str_eq(csv, "owner,status,date,deadline,evidence,note,name\r\n1@N00,pending,2026-11-20,2026-12-31,,,Ann\r\n2@N00,pending,2026-11-20,2026-12-31,,,'=cmd|x\r\n");
	LB_AUTO(lb_freep) char *letter = contents("letters/1@N00.txt");
	static const char *const parts[] = { "Maren", "\"The quay\"", "So that it is", "remembered.", "The town library.", "until 2026-12-31", "2 of your photographs",
		"  1. First & foremost\n     https://www.flickr.com/photos/1@N00/11/\n", "  2. Evil second", "U+202E", "line \\x1b[31m\n     https://www.flickr.com/photos/1@N00/12/",
		"I will not keep them", "reply to this message" };
	for (size_t i = 0; i < LB_COUNT(parts); i++)
		expect_has(letter, parts[i]);
	ck_assert_ptr_null(strstr(letter, "Annex"));
	ck_assert_ok(lb_ledger_load(dir, &ledger, &err));
	ck_assert_uint_eq(ledger.nrows, 2);
	ck_assert_str_eq(ledger.rows[0].owner_name, "Ann");
	ck_assert_uint_eq(ask(), 0);
	plan_photo("31", "3@N00", NULL, "x");
	ck_assert_uint_eq(ask(), 1);
	LB_AUTO(lb_freep) char *more = contents("consent.csv");
	ck_assert_int_eq(strncmp(more, csv, strlen(csv)), 0);
	ck_assert_str_eq(more + strlen(csv), "3@N00,pending,2026-11-20,2026-12-31,,,\r\n");
}
END_TEST

START_TEST(what_people_wrote_stays)
{
	static const char before[] = "\xEF\xBB\xBFmine;owner;status;deadline\n\"a;\n\"\"b\"\"\";2@N00; \"x\" ;\n";
	static const char mine[] = "\xEF\xBB\xBFmine;owner;status;deadline\n\"a;\n\"\"b\"\"\"; 2@N00 ; granted ;\n;;;\n  ;9@N00;\"pending\";2026-11-19\n ;8@N00;pending;2026-11-20\n ;7@N00;pending;";
	size_t written;
	new_plan();
	put_n(before, sizeof before - 1);
	ck_assert_int_eq(lb_create_letters(dir, &plan, "2026-12-31", &ctx, &written, &err), LB_FORMAT); /* no status, and nothing is touched */
	LB_AUTO(lb_freep) char *kept = contents("consent.csv");
	ck_assert_str_eq(kept, before);
	put_n(mine, sizeof mine - 1);
	ck_assert_uint_eq(ask(), 1);
	LB_AUTO(lb_freep) char *csv = contents("consent.csv");
	ck_assert_str_eq(csv, "\xEF\xBB\xBFmine;owner;status;deadline\n\"a;\n\"\"b\"\"\"; 2@N00 ; granted ;\n;;;\n  ;9@N00;no answer;2026-11-19\n ;8@N00;pending;2026-11-20\n ;7@N00;pending;\n"
		";1@N00;pending;2026-12-31\n");
	ck_assert(!lb_file_exists(path_of("letters/2@N00.txt")));
	static const char classic[] = "sep=;\rowner;status;deadline\r2@n00;granted;\r1@N00;pending;2020-01-01\r9@N00;pending;2020-01-01";
	put_n(classic, sizeof classic - 1);
	plan_photo("41", "4@N00", NULL, "x");
	ck_assert_uint_eq(ask(), 1);
	LB_AUTO(lb_freep) char *still = contents("consent.csv");
	ck_assert_str_eq(still, "sep=;\rowner;status;deadline\r2@n00;granted;\r1@N00;no answer;2020-01-01\r9@N00;no answer;2020-01-01\r4@N00;pending;2026-12-31\r");
}
END_TEST

START_TEST(a_letter_that_is_there_stays)
{
	new_plan();
	ck_assert_ok(lb_dir_make(path_of("letters"), &err));
	ck_assert_ok(lb_file_write(path_of("letters/1@N00.txt"), "mine", 4, &err));
	ck_assert_uint_eq(ask(), 1);
	LB_AUTO(lb_freep) char *letter = contents("letters/1@N00.txt");
	ck_assert_str_eq(letter, "mine");
	LB_AUTO(lb_freep) char *csv = contents("consent.csv");
	expect_has(csv, "1@N00,pending"); /* a run that was stopped before the ledger goes on here */
}
END_TEST

START_TEST(many_photos_have_an_annex)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	new_plan();
	plan.choices.silence_is_consent = true;
	plan.nphotos = 0;
	for (int i = 0; i < 120; i++)
		plan_photo(lb_arena_printf(&a, "%d", 53000000 + i), "1@N00", "Ann", "T");
	ck_assert_uint_eq(ask(), 1);
	LB_AUTO(lb_freep) char *letter = contents("letters/1@N00.txt");
	expect_has(letter, " 50. T\n     https://www.flickr.com/photos/1@N00/53000049/\n\nand 70 more.");
	ck_assert_ptr_null(strstr(letter, " 51. T"));
	expect_has(letter, "Annex: the numbers of all 120 photographs");
	expect_has(letter, " 53000119\n");
	expect_has(letter, "I will take it that you do not mind");
	for (const char *line = letter, *end; (end = strchr(line, '\n')); line = end + 1)
		ck_assert_msg(end - line <= 100, "%.*s", (int)(end - line), line);
}
END_TEST

START_TEST(nobody_to_ask)
{
	new_plan();
	plan.choices.policy = LB_POLICY_RESCUE;
	ck_assert_uint_eq(ask(), 0);
	ck_assert(!lb_file_exists(path_of("consent.csv")));
	ck_assert(!lb_dir_exists(path_of("letters")));
	plan.choices.policy = LB_POLICY_OWN;
	static const char passed[] = "owner,status,deadline\n1@N00,pending,2020-01-01\n";
	put_n(passed, sizeof passed - 1);
	ck_assert_uint_eq(ask(), 0);
	LB_AUTO(lb_freep) char *csv = contents("consent.csv");
	ck_assert_str_eq(csv, "owner,status,deadline\n1@N00,no answer,2020-01-01\n");
}
END_TEST

START_TEST(deadlines_and_owners_are_checked)
{
	static const char *const bad[] = { "", "tomorrow", "2026-02-30", "2026-11-19", "2026-12-31x", "../../etc" };
	size_t written;
	new_plan();
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_msg(lb_create_letters(dir, &plan, bad[i], &ctx, &written, &err) == LB_USAGE, "%s", bad[i]);
	ck_assert_ok(lb_create_letters(dir, &plan, "2026-11-20", &ctx, &written, &err));
	static const char *const owners[] = { "../x", "a/b", "/etc/x", "x\ny", "ann", "1@n00", "" };
	for (size_t i = 0; i < LB_COUNT(owners); i++) {
		plan.nphotos = 0;
		plan_photo("1", owners[i], "Eve", "t");
		ck_assert_msg(lb_create_letters(dir, &plan, "2026-12-31", &ctx, &written, &err) == LB_FORMAT, "%s", owners[i]);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("consent");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, no_ledger);
	tcase_add_test(t, what_spreadsheets_write);
	tcase_add_test(t, owners_as_people_write_them);
	tcase_add_test(t, what_is_wrong_is_named);
	tcase_add_test(t, limits);
	tcase_add_test(t, owners_are_asked_once);
	tcase_add_test(t, what_people_wrote_stays);
	tcase_add_test(t, a_letter_that_is_there_stays);
	tcase_add_test(t, many_photos_have_an_annex);
	tcase_add_test(t, nobody_to_ask);
	tcase_add_test(t, deadlines_and_owners_are_checked);
	suite_add_tcase(s, t);
	return s;
}
