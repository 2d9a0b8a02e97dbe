/* Every recorded answer is parsed, or refused with its own error. */
#include <string.h>

#include "tests/conformance/flickr_parsers.h"
#include "tests/conformance/recorded.h"

#define RECORDED 548

struct tally { size_t unreadable, faults, parsed, envelopes; };

/* What the recordings hold; code 1 is "not found" in all of them. */
static enum lb_api_fault proper_fault(const char *method, int64_t code)
{
	static const struct { const char *method; int64_t code; enum lb_api_fault fault; } proper[] = {
		{ "flickr.groups.join", 4, LB_FAULT_OTHER },
		{ "flickr.photosets.getPhotos", 2, LB_FAULT_NOT_FOUND },
		{ "", 1, LB_FAULT_NOT_FOUND },
		{ "", 2, LB_FAULT_DENIED },
		{ "", 5, LB_FAULT_DELETED },
		{ "", 99, LB_FAULT_SIGNIN },
		{ "", 100, LB_FAULT_KEY },
		{ "", 201, LB_FAULT_TRANSIENT },
	};
	for (size_t i = 0; i < LB_COUNT(proper); i++) {
		if (proper[i].code == code && (!*proper[i].method || !strcmp(proper[i].method, method)))
			return proper[i].fault;
	}
	ck_abort_msg("no proper fault for %s %d", method, (int)code);
	return LB_FAULT_NONE;
}

static size_t count_in(const struct lb_buf *body, const char *what)
{
	size_t n = 0;
	for (const char *at = lb_buf_str(body); (at = strstr(at, what)); at++)
		n++;
	return n;
}

/* Parsers meet answers that are not theirs when a server is confused: they may refuse, no more. */
static void try_all(const struct lb_xml *rsp, struct lb_arena *a)
{
	for (size_t i = 0; i < LB_COUNT(parsers); i++) {
		struct parsed out = { .rows = 0 };
		struct lb_error err = { 0 };
		lb_photo_init(&out.photo);
		int rc = parsers[i].parse(rsp, a, &out, &err);
		ck_assert_msg(rc == 0 || ((rc == LB_FORMAT || rc == LB_CORRUPT) && err.what[0]), "%s: %d %s", parsers[i].method, rc,
			err.what);
	}
}

static size_t count_of(const struct lb_buf *body, const struct parser *parser, const struct parsed *out)
{
	return parser->row ? count_in(body, parser->row) : out->rows;
}

static void check_parser(const char *id, const struct parser *parser, const struct lb_buf *body,
	const struct lb_api_answer *answer, struct lb_arena *a)
{
	struct parsed out = { .rows = 0 };
	struct lb_error err = { 0 };
	lb_photo_init(&out.photo);
	ck_assert_msg(parser->parse(answer->rsp, a, &out, &err) == 0, "%s: %s", id, err.what);
	ck_assert_msg(out.rows == count_of(body, parser, &out), "%s: %zu of %zu rows", id, out.rows,
		count_of(body, parser, &out));
	for (size_t i = 0; i < out.rows && out.photos; i++)
		ck_assert_msg(out.photos[i].id && out.photos[i].owner.nsid, "%s: photo %zu without id or owner", id,
			i);
}

static void check_good(const char *id, const char *method, const struct lb_buf *body,
	const struct lb_api_answer *answer, struct lb_arena *a, struct tally *t)
{
	ck_assert_msg(answer->fault == LB_FAULT_NONE, "%s", id);
	try_all(answer->rsp, a);
	t->envelopes += !is_parsed(method);
	t->parsed += is_parsed(method);
	for (size_t i = 0; i < LB_COUNT(parsers); i++) {
		if (!strcmp(parsers[i].method, method))
			check_parser(id, &parsers[i], body, answer, a);
	}
}

static void check_row(const struct lb_json *row, size_t line, void *arg)
{
	struct tally *t = arg;
	struct lb_error err = { 0 };
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF(16 << 20);
	struct lb_api_answer answer;
	const char *id = lb_json_get_str(row, "id"), *method = lb_json_get_str(row, "method"),
		*stat = lb_json_get_str(row, "stat");
	(void)line;
	read_body(id, &body);
	int rc = lb_api_parse(method, lb_buf_span(&body), &a, &answer, &err);
	if (!stat) {
		ck_assert_msg(rc == LB_FORMAT && strstr(err.what, method), "%s: %d %s", id, rc, err.what);
		t->unreadable++;
		return;
	}
	ck_assert_msg(rc == 0, "%s: %s", id, err.what);
	if (!strcmp(stat, "ok")) {
		check_good(id, method, &body, &answer, &a, t);
		return;
	}
	const char *code = lb_json_get_str(row, "err_code");
	int64_t number;
	ck_assert(lb_parse_i64(lb_span(code), &number));
	ck_assert_msg(answer.code == number && !strcmp(answer.message, lb_json_get_str(row, "err_msg")), "%s: %s",
		id, answer.message);
	ck_assert_msg(answer.fault == proper_fault(method, number), "%s: fault %d", id, answer.fault);
	t->faults++;
}

START_TEST(every_recorded_body_is_parsed_or_refused)
{
	struct tally t = { 0 };
	if (each_row("flickr/replay/index.jsonl", check_row, &t) == 0)
		return;
	ck_assert_uint_eq(t.unreadable, 1);
	ck_assert_uint_eq(t.unreadable + t.faults + t.parsed + t.envelopes, RECORDED);
	printf("recorded answers: %zu parsed, %zu of methods that are not used, %zu faults, %zu unreadable\n",
		t.parsed, t.envelopes, t.faults,
		t.unreadable);
}
END_TEST

/* ---- documented examples --------------------------------------------------------------------- */

static void check_example(const struct lb_json *row, size_t line, void *arg)
{
	size_t *parsed = arg;
	const char *method = lb_json_get_str(row, "method");
	const char *example = lb_json_get_str(row, "example_response_xml");
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_api_answer answer;
	(void)line;
	if (!example || !is_parsed(method))
		return;
	bool whole = lb_span_starts(lb_span(example), "<rsp");
	const char *body = whole ? example : lb_arena_printf(&a, "<rsp stat=\"ok\">%s</rsp>", example);
	ck_assert_msg(lb_api_parse(method, lb_span(body), &a, &answer, &err) == 0, "%s: %s", method, err.what);
	for (size_t i = 0; i < LB_COUNT(parsers); i++) {
		struct parsed out = { .rows = 0 };
		if (strcmp(parsers[i].method, method))
			continue;
		lb_photo_init(&out.photo);
		ck_assert_msg(parsers[i].parse(answer.rsp, &a, &out, &err) == 0, "%s: %s", method, err.what);
		++*parsed;
	}
}

START_TEST(documented_examples_are_parsed)
{
	size_t parsed = 0;
	if (each_row("flickr/methods.jsonl", check_example, &parsed) == 0)
		return;
	printf("documented examples: %zu parsed\n", parsed);
	ck_assert_uint_gt(parsed, 25);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr recorded bodies");
	TCase *tc = tcase_create("bodies");
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_recorded_body_is_parsed_or_refused);
	tcase_add_test(tc, documented_examples_are_parsed);
	suite_add_tcase(s, tc);
	return s;
}
