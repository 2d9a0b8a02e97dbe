/* photos.getInfo as it was answered over the years and as it is documented: what stands in the answer stands in the
 * model. The answer is read here without the parser's tables. */
#include <inttypes.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/conformance/recorded.h"

struct tally { size_t year[2100], examples, values; };

/* ---- one answer, value by value ------------------------------------------------------------------ */

struct subject { const char *id; const struct lb_xml *e; struct tally *t; };

static const char *said(const struct subject *s, const char *child, const char *attr)
{
	const struct lb_xml *e = child ? lb_xml_child(s->e, child) : s->e;
	return e ? attr ? lb_xml_attr(e, attr) : e->text : NULL;
}

static void check_text(const struct subject *s, const char *child, const char *attr, const char *ours)
{
	const char *theirs = said(s, child, attr);
	bool same = theirs && *theirs ? ours && !strcmp(ours, theirs) : !ours || !*ours;
	ck_assert_msg(same, "%s: %s@%s is \"%s\", ours \"%s\"", s->id, child ? child : "", attr ? attr : "", theirs,
		ours);
	s->t->values++;
}

static void check_number(const struct subject *s, const char *child, const char *attr, int64_t ours)
{
	const char *theirs = said(s, child, attr);
	char text[32];
	snprintf(text, sizeof text, "%" PRId64, ours);
	ck_assert_msg(theirs && *theirs ? !strcmp(theirs, text) : ours == LB_UNKNOWN, "%s: %s@%s is \"%s\", ours %s",
		s->id, child ? child : "", attr ? attr : "", theirs, text);
	s->t->values++;
}

static void check_texts(const struct subject *s, const struct lb_photo *p)
{
	const struct { const char *child, *attr, *ours; } texts[] = {
		{ NULL, "id", p->id }, { NULL, "secret", p->secret }, { NULL, "server", p->server },
		{ NULL, "license", p->license_id }, { NULL, "media", p->media },
		{ NULL, "originalsecret", p->original_secret }, { NULL, "originalformat", p->original_format },
		{ "owner", "nsid", p->owner.nsid }, { "owner", "username", p->owner.username },
		{ "owner", "realname", p->owner.realname }, { "owner", "location", p->owner.location },
		{ "owner", "path_alias", p->owner.path_alias }, { "title", NULL, p->title },
		{ "description", NULL, p->description }, { "dates", "taken", p->taken.value },
		{ "location", "latitude", p->location.latitude }, { "location", "longitude", p->location.longitude },
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		check_text(s, texts[i].child, texts[i].attr, texts[i].ours);
}

static void check_numbers(const struct subject *s, const struct lb_photo *p)
{
	const struct { const char *child, *attr; int64_t ours; } numbers[] = {
		{ NULL, "safety_level", p->safety_level }, { NULL, "rotation", p->rotation },
		{ NULL, "views", p->views }, { "dates", "posted", p->date_posted },
		{ "dates", "lastupdate", p->date_updated }, { "dates", "takengranularity", p->taken.granularity },
		{ "dates", "takenunknown", p->taken.unknown }, { "visibility", "ispublic", p->is_public },
		{ "visibility", "isfriend", p->is_friend }, { "visibility", "isfamily", p->is_family },
		{ "editability", "cancomment", p->can_comment }, { "publiceditability", "canaddmeta", p->public_can_add_meta },
		{ "usage", "candownload", p->can_download }, { "usage", "canshare", p->can_share },
		{ "comments", NULL, p->count_comments }, { "people", "haspeople", p->has_people },
		{ "location", "accuracy", p->location.accuracy }, { "geoperms", "ispublic", p->geo_is_public },
		{ "video", "duration", p->video_duration },
	};
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		check_number(s, numbers[i].child, numbers[i].attr, numbers[i].ours);
}

static void check_tags(const struct subject *s, const struct lb_photo *p)
{
	const struct lb_xml *e = lb_xml_child(lb_xml_child(s->e, "tags"), "tag");
	for (size_t i = 0; i < p->ntags; i++, e = lb_xml_next(e, "tag")) {
		struct subject tag = { s->id, e, s->t };
		ck_assert_msg(e != NULL, "%s: tag %zu is ours alone", s->id, i);
		check_text(&tag, NULL, "raw", p->tags[i].raw);
		check_text(&tag, NULL, NULL, p->tags[i].normalized);
		check_text(&tag, NULL, "author", p->tags[i].author_id);
	}
	ck_assert_msg(e == NULL, "%s: a tag is missing", s->id);
}

static void check_info(const char *id, struct lb_span body, struct tally *t)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_api_answer answer;
	struct lb_photo photo;
	lb_photo_init(&photo);
	ck_assert_ok(lb_api_parse("flickr.photos.getInfo", body, &a, &answer, &err));
	ck_assert_ok(lb_parse_info(answer.rsp, &a, &photo, &err));
	struct subject s = { id, lb_xml_child(answer.rsp, "photo"), t };
	check_texts(&s, &photo);
	check_numbers(&s, &photo);
	check_tags(&s, &photo);
}

/* ---- all of them ------------------------------------------------------------------------------- */

/* "Mon, 09 Jun 2025 14:11:27 GMT" */
static size_t year_of(const char *recorded)
{
	uint64_t year;
	return recorded && lb_parse_u64((struct lb_span){ recorded + 12, strlen(recorded) > 16 ? 4 : 0 }, &year) ? year % 2100 : 0;
}

static void check_recorded(const struct lb_json *row, size_t line, void *arg)
{
	struct tally *t = arg;
	const char *id = lb_json_get_str(row, "id"), *stat = lb_json_get_str(row, "stat");
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF(16 << 20);
	(void)line;
	if (!stat || strcmp(stat, "ok") || strcmp(lb_json_get_str(row, "method"), "flickr.photos.getInfo"))
		return;
	read_body(id, &body);
	check_info(id, lb_buf_span(&body), t);
	t->year[year_of(lb_json_get_str(row, "recorded"))]++;
}

static void check_documented(const struct lb_json *row, size_t line, void *arg)
{
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF(1 << 20);
	struct tally *t = arg;
	(void)line;
	if (strcmp(lb_json_get_str(row, "method"), "flickr.photos.getInfo"))
		return;
	lb_buf_addf(&body, "<rsp stat=\"ok\">%s</rsp>", lb_json_get_str(row, "example_response_xml"));
	check_info("the documented example", lb_buf_span(&body), t);
	t->examples++;
}

START_TEST(info_of_every_year)
{
	static struct tally t;
	if (each_row("flickr/replay/index.jsonl", check_recorded, &t) == 0)
		return;
	each_row("flickr/methods.jsonl", check_documented, &t);
	printf("photos.getInfo: %zu of 2023, %zu of 2024, %zu of 2025, %zu undated, %zu documented: %zu values\n",
		t.year[2023], t.year[2024], t.year[2025], t.year[0], t.examples, t.values);
	ck_assert_uint_eq(t.examples, 1);
	ck_assert(t.year[2023] && t.year[2024] && t.year[2025] && t.year[0]);
	ck_assert_uint_gt(t.values, 2000);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr info");
	TCase *tc = tcase_create("info");
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, info_of_every_year);
	suite_add_tcase(s, tc);
	return s;
}
