/* plan.json: what is written is read back; what people change is obeyed; what they break is refused by name. What it comes to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

#define BIT(choice) (1U << (choice))
#define CALL "https://api.flickr.com/services/rest/?method=flickr.test.null"

static struct lb_error err;
static const size_t from_two[] = { 0, 1 };

static struct lb_plan sample(void)
{
	static struct lb_plan_url urls[2];
	static const char *calls[] = { CALL, CALL "&page=2" }, *album_ids[] = { "72157600000000009" }, *dropped[] = { "77" };
	static struct lb_plan_photo photos[2];
	static struct lb_plan_set sets[1];
	static struct lb_collection collections[2];
	static struct lb_gap gaps[1];
	urls[0] = (struct lb_plan_url){ .url = "https://flic.kr/s/x", .type = "short", .resolved = "https://www.flickr.com/photos/a/1", .claimed = LB_UNKNOWN, .found = 1 };
	urls[1] = (struct lb_plan_url){ .url = "https://www.flickr.com/photos/a/sets/72157600000000009/", .type = "album", .name = "L\u2019\u00e9t\u00e9",
		.owner_id = "1@N00", .whole_stream = true, .claimed = 7, .found = 2, .calls = calls, .ncalls = 2 };
	photos[0] = (struct lb_plan_photo){ .id = "2780177093", .from = from_two, .nfrom = 2, .row_url = 1, .row_call = 1, .lost_row = 8, .title = "</script> \"quoted\" ] }, {", .owner_id = "1@N00",
		.owner_name = "a", .license_id = "4", .visibility = "public", .media = "photo", .comments = 3, .faves = 120, .updated = 1600000000, .safety = 0,
		.original_offered = 1, .can_download = 0, .pixels = 12000000, .stale_before = 165, .stale_layers = BIT(LB_CHOICE_FAVES) | BIT(LB_CHOICE_PHOTO) };
	photos[1] = (struct lb_plan_photo){ .id = "869031", .from = from_two + 1, .nfrom = 1, .row_url = SIZE_MAX, .comments = LB_UNKNOWN, .faves = LB_UNKNOWN,
		.updated = LB_UNKNOWN, .safety = LB_UNKNOWN, .original_offered = LB_UNKNOWN, .can_download = LB_UNKNOWN };
	sets[0] = (struct lb_plan_set){ .kind = LB_SET_GALLERY, .id = "72157600000000009", .url = 1, .first_call = 1, .ncalls = 1 };
	collections[0] = (struct lb_collection){ .id = "1-2", .title = "All", .owner_id = "1@N00" };
	collections[1] = (struct lb_collection){ .id = "1-3", .title = "Some", .parent_id = "1-2", .album_ids = album_ids, .nalbum_ids = 1 };
	gaps[0] = (struct lb_gap){ .kind = LB_GAP_WITHHELD, .subject = "x", .layer = "page 2", .method = "m", .code = 1, .message = "no" };
	return (struct lb_plan){ .id = "urn:uuid:x", .program = "lifeboat test", .created = 1700000000,
		.words = { .title = "T", .purpose = "P\nQ", .maker = "M" },
		.choices = { .layers = BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_COMMENTS), .policy = LB_POLICY_RESCUE, .agreed = 1690000000, .safety = 1, .include_private = true,
			.pseudonymise = true, .silence_is_consent = true, .account_id = "1@N00", .account_name = "a" },
		.urls = urls, .nurls = 2, .photos = photos, .nphotos = 2, .sets = sets, .nsets = 1, .collections = collections, .ncollections = 2,
		.gaps = gaps, .ngaps = 1, .lists_from = 12, .rereading = LB_REREAD_GAPS, .dropped = dropped, .ndropped = 1 };
}

/* ---- the file ------------------------------------------------------------------------------------------------------------ */

static void check_head(const struct lb_plan *back)
{
	ck_assert_str_eq(back->id, "urn:uuid:x");
	ck_assert_int_eq(back->created, 1700000000);
	ck_assert_str_eq(back->words.purpose, "P\nQ");
	ck_assert_ptr_null(back->words.future);
	const struct lb_plan_choices *c = &back->choices;
	ck_assert_uint_eq(c->layers, BIT(LB_CHOICE_PHOTO) | BIT(LB_CHOICE_COMMENTS));
	ck_assert_int_eq(c->policy, LB_POLICY_RESCUE);
	ck_assert_int_eq(c->agreed, 1690000000);
	ck_assert_int_eq(c->safety, 1);
	ck_assert(c->include_private && !c->include_evidence && c->pseudonymise && c->silence_is_consent);
	ck_assert_str_eq(c->account_name, "a");
	ck_assert_uint_eq(back->lists_from, 12);
	ck_assert_int_eq(back->rereading, LB_REREAD_GAPS);
	ck_assert_str_eq(back->dropped[0], "77");
}

static void check_lists(const struct lb_plan *back)
{
	ck_assert_str_eq(back->urls[0].resolved, "https://www.flickr.com/photos/a/1");
	ck_assert(back->urls[1].whole_stream && !back->urls[0].whole_stream);
	ck_assert_uint_eq(back->urls[1].ncalls, 2);
	ck_assert_int_eq(back->sets[0].kind, LB_SET_GALLERY);
	ck_assert_uint_eq(back->sets[0].first_call, 1);
	ck_assert_ptr_null(back->sets[0].owner_id);
	ck_assert_str_eq(back->collections[1].parent_id, "1-2");
	ck_assert_str_eq(back->collections[1].album_ids[0], "72157600000000009");
	ck_assert_int_eq(back->gaps[0].kind, LB_GAP_WITHHELD);
}

static void check_photos(const struct lb_plan *back)
{
	ck_assert_uint_eq(back->nphotos, 2);
	const struct lb_plan_photo *p = &back->photos[0]; /* the order stays, though 869031 is the smaller number */
	ck_assert_str_eq(p->id, "2780177093");
	ck_assert_str_eq(p->title, "</script> \"quoted\" ] }, {");
	ck_assert_uint_eq(p->nfrom, 2);
	ck_assert_uint_eq(p->row_url, 1);
	ck_assert_uint_eq(p->row_call, 1);
	ck_assert_int_eq(p->faves, 120);
	ck_assert_int_eq(p->updated, 1600000000);
	ck_assert_int_eq(p->can_download, 0);
	ck_assert_int_eq(p->stale_before, 165);
	ck_assert_uint_eq(p->stale_layers, BIT(LB_CHOICE_FAVES) | BIT(LB_CHOICE_PHOTO));
	ck_assert_uint_eq(back->photos[1].row_url, SIZE_MAX);
	ck_assert_uint_eq(p->lost_row, 8);
	ck_assert_uint_eq(back->photos[1].lost_row, 0);
	ck_assert_int_eq(back->photos[1].original_offered, LB_UNKNOWN);
	ck_assert_int_eq(back->photos[1].safety, LB_UNKNOWN);
}

/* As some editors save it. */
START_TEST(byte_order_mark)
{
	const char *dir = test_dir();
	struct lb_plan plan = sample(), back;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), path = LB_BUF(4096);
	lb_buf_adds(&text, "\xEF\xBB\xBF");
	lb_plan_json(&plan, &text);
	lb_path_join(&path, dir, "plan.json");
	ck_assert_ok(lb_file_write(lb_buf_str(&path), text.p, text.len, &err));
	ck_assert_ok(lb_plan_load(dir, &back, &err));
	ck_assert_uint_eq(back.nphotos, 2);
	lb_plan_clear(&back);
}
END_TEST

START_TEST(round_trip)
{
	const char *dir = test_dir();
	struct lb_plan plan = sample(), back;
	ck_assert_ok(lb_plan_save(dir, &plan, &err));
	ck_assert_ok(lb_plan_load(dir, &back, &err));
	check_head(&back);
	check_lists(&back);
	check_photos(&back);
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20);
	lb_plan_json(&plan, &a);
	lb_plan_json(&back, &b);
	ck_assert_str_eq(lb_buf_str(&a), lb_buf_str(&b));
	lb_plan_clear(&back);
}
END_TEST

/* plan.json with `from` replaced by `to`. */
static int load_changed(const char *from, const char *to, struct lb_plan *out)
{
	const char *dir = test_dir();
	struct lb_plan plan = sample();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), changed = LB_BUF(1 << 20), path = LB_BUF(4096);
	lb_plan_json(&plan, &text);
	const char *at = strstr(lb_buf_str(&text), from);
	ck_assert_msg(at != NULL, "%s is not in the plan", from);
	lb_buf_add(&changed, text.p, (size_t)(at - text.p));
	lb_buf_adds(&changed, to);
	lb_buf_adds(&changed, at + strlen(from));
	lb_path_join(&path, dir, "plan.json");
	ck_assert_ok(lb_file_write(lb_buf_str(&path), changed.p, changed.len, &err));
	return lb_plan_load(dir, out, &err);
}

static const struct { const char *from, *to; int status; const char *says; } broken[] = {
	{ "\"869031\"", "\"../../x\"", LB_FORMAT, "photo number 2" },
	{ "\"869031\"", "\"2780177093\"", LB_FORMAT, "stands twice" },
	{ "\"869031\"", "869031", LB_FORMAT, "photo number 2" },
	{ "{\"id\":\"869031\"", "{\"id\":\"869031\",,", LB_FORMAT, "photo number 2" },
	{ "{\"id\":\"869031\"", "{\"id\":\"1\",\"from\":[1]}, 7, {\"id\":\"869031\"", LB_FORMAT, "photo number 3" },
	{ "\"from\":[1]}\n", "\"from\":[1]},\n", LB_FORMAT, "photo number 2" },
	{ "\"from\":[1]}\n", "\"from\":[1]} x\n", LB_FORMAT, "photo number 2" },
	{ "\"from\":[1]", "\"from\":[7]", LB_FORMAT, "URL number 7" },
	{ "\"row\":[1,1]", "\"row\":[1,2]", LB_FORMAT, "photo \"2780177093\"" },
	{ "\"row\":[1,1]", "\"row\":[9,0]", LB_FORMAT, "photo \"2780177093\"" },
	{ "\"row\":[1,1]", "\"row\":[1]", LB_FORMAT, "photo \"2780177093\"" },
	{ "\"layers\":[\"photo\",\"faves\"]", "\"layers\":[\"laves\"]", LB_FORMAT, "laves" },
	{ "\"before\":165", "\"before\":\"soon\"", LB_FORMAT, "photo \"2780177093\"" },
	{ "\"T\"", "5", LB_FORMAT, "\"title\" of the plan" },
	{ "\"name\": \"M\"", "\"name\": 5", LB_FORMAT, "\"name\" of maker" },
	{ "\"listsFrom\": 12", "\"listsFrom\": -1", LB_FORMAT, "listsFrom" },
	{ "\"comments\":3", "\"comments\":-5", LB_FORMAT, "\"comments\" of photo number 1" },
	{ "\"license\":\"4\"", "\"license\":\"abc\"", LB_FORMAT, "abc" },
	{ "\"visibility\":\"public\"", "\"visibility\":\"martians\"", LB_FORMAT, "martians" },
	{ "\"77\"", "\"869031\"", LB_FORMAT, "both" },
	{ "\"type\": \"album\"", "\"type\": \"user\"", LB_FORMAT, "selection number 2" },
	{ "\"includePrivate\": true", "\"includePrivate\": \"no\"", LB_FORMAT, "includePrivate" },
	{ "urn:uuid:x", "hello", LB_FORMAT, "hello" },
	{ "\"version\": \"1\"", "\"version\": 1", LB_FORMAT, "version" },
	{ "\"sets\": [", "\"sets\": [{\"kind\": \"gallery\", \"id\": \"72157600000000009\", \"from\": 0, \"firstCall\": 0, \"calls\": 0}, ", LB_FORMAT, "twice among the sets" },
	{ "\"id\": \"urn", "\"id\": urn", LB_FORMAT, "plan.json: " },
	{ "lifeboat-plan", "something", LB_FORMAT, "not a lifeboat plan" },
	{ "\"version\": \"1\"", "\"version\": \"2\"", LB_UNSUPPORTED, "version \"2\"" },
	{ "2023-11-14T22:13:20Z", "yesterday", LB_FORMAT, "date" },
	{ "\"withheld\"", "\"mislaid\"", LB_FORMAT, "mislaid" },
	{ "\"rescue\"", "\"greedy\"", LB_FORMAT, "greedy" },
	{ "\"moderate\"", "\"wild\"", LB_FORMAT, "wild" },
	{ "\"gallery\"", "\"heap\"", LB_FORMAT, "heap" },
	{ "\"firstCall\": 1", "\"firstCall\": 2", LB_FORMAT, "72157600000000009" },
	{ "\"firstCall\": 1", "\"firstCall\": -1", LB_FORMAT, "firstCall" },
	{ "\"77\"", "\"x\"", LB_FORMAT, "dropped photo number 1" },
	{ "\"type\": \"album\"", "\"type\": null", LB_FORMAT, "selection number 2" },
	{ "\"photos\"", "photos", LB_FORMAT, "" },
	{ "\"photos\"", "\"pictures\"", LB_FORMAT, "list of photos" },
	{ "\"gaps\"", "\"photos\"", LB_FORMAT, "" },
};

START_TEST(refuses_broken)
{
	struct lb_plan back;
	ck_assert_int_eq(load_changed(broken[_i].from, broken[_i].to, &back), broken[_i].status);
	ck_assert_msg(strstr(err.what, broken[_i].says) != NULL, "\"%s\" does not say \"%s\"", err.what, broken[_i].says);
}
END_TEST

static const struct { const char *from, *to; size_t photos; } edits[] = {
	{ "\"photos\": [", "\"photos\": [\n\n\n", 2 },
	{ "{\"id\":\"869031\"", "\t { \"note\" : [\"]\", {\"}\": \"\\\"\"}], \"id\" : \"869031\"", 2 }, /* unknown members are ignored */
	{ ",\n    {\"id\":\"869031\",\"from\":[1]}", "", 1 },
	{ "\"type\": \"lifeboat-plan\"", "\"photo\": [1], \"x\": {\"photos\": [2]}, \"y\": \"\\\"photos\\\": [\", \"type\": \"lifeboat-plan\"", 2 },
};

START_TEST(obeys_edits)
{
	struct lb_plan back;
	ck_assert_ok(load_changed(edits[_i].from, edits[_i].to, &back));
	ck_assert_uint_eq(back.nphotos, edits[_i].photos);
	lb_plan_clear(&back);
}
END_TEST

START_TEST(none_there)
{
	struct lb_plan plan;
	ck_assert_int_eq(lb_plan_load(test_dir(), &plan, &err), LB_NOTFOUND);
}
END_TEST

/* Whatever the bytes are, the answer is a plan or an error. */
START_TEST(torn_anywhere)
{
	const char *dir = test_dir();
	struct lb_plan plan = sample(), back;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), path = LB_BUF(4096);
	lb_plan_json(&plan, &text);
	lb_path_join(&path, dir, "plan.json");
	for (size_t n = 0; n + 2 < text.len; n += 7) {
		ck_assert_ok(lb_file_write(lb_buf_str(&path), text.p, n, &err));
		ck_assert_int_ne(lb_plan_load(dir, &back, &err), 0);
	}
}
END_TEST

/* ---- what it comes to --------------------------------------------------------------------------------------------------------- */

#define PHOTOS 500

/* A stream of 500 with typical counts: half without comments, 40 % without faves, none above 60. */
static struct lb_plan stream(void)
{
	static struct lb_plan_url url;
	static struct lb_plan_photo photos[PHOTOS];
	static char ids[PHOTOS][8];
	static struct lb_plan_set sets[4];
	url = (struct lb_plan_url){ .url = "u", .type = "user", .owner_id = "1@N00", .whole_stream = true, .claimed = PHOTOS, .found = PHOTOS };
	for (size_t i = 0; i < PHOTOS; i++) {
		snprintf(ids[i], sizeof ids[i], "%zu", 1 + i);
		photos[i] = (struct lb_plan_photo){ .id = ids[i], .from = from_two, .nfrom = 1, .row_url = 0, .owner_id = "1@N00", .owner_name = "a", .license_id = "4",
			.visibility = "public", .media = "photo", .comments = i % 2 ? 3 : 0, .faves = i % 5 < 2 ? 0 : i % 5 == 2 ? 60 : 5, .safety = 0,
			.original_offered = 1, .can_download = 1, .pixels = 1000000 };
	}
	for (size_t i = 0; i < LB_COUNT(sets); i++)
		sets[i] = (struct lb_plan_set){ .kind = LB_SET_ALBUM, .id = "1" };
	return (struct lb_plan){ .choices.layers = lb_choices_default(), .urls = &url, .nurls = 1, .photos = photos, .nphotos = PHOTOS, .sets = sets, .nsets = LB_COUNT(sets) };
}

static uint64_t layer_calls(const struct lb_plan_sums *s, enum lb_choice choice)
{
	ck_assert_uint_eq(s->nlayers, LB_CHOICE_COUNT);
	ck_assert_str_eq(s->layers[choice].name, lb_choices[choice].name);
	return s->layers[choice].calls;
}

START_TEST(calls_by_layer)
{
	struct lb_plan plan = stream();
	struct lb_plan_sums s;
	lb_plan_sum(&plan, &(struct lb_ledger){ 0 }, 0, &s);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_PHOTO), PHOTOS + 2); /* licences, owner; sizes are told by the list */
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_COMMENTS), PHOTOS / 2);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_FAVES), PHOTOS / 5 * 2 + PHOTOS / 5 * 2);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_PEOPLE), PHOTOS / 10);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_ALBUMS), 2); /* comments of half the albums */
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_GROUPS), PHOTOS);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_EXIF), 0); /* is in the originals */
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_LICENSES), PHOTOS);
	uint64_t chosen = 0;
	for (size_t i = 0; i < s.nlayers; i++) {
		ck_assert(s.layers[i].chosen == lb_choices[i].by_default);
		chosen += s.layers[i].chosen ? s.layers[i].calls : 0;
	}
	ck_assert_uint_eq(s.calls, chosen);
	ck_assert_double_eq_tol(s.hours, (double)s.calls / 3600, 1e-9);
	ck_assert_uint_eq(s.bytes, PHOTOS * 350000);
	lb_plan_sums_clear(&s);
}
END_TEST

/* One answer tells albums and groups: whoever wants albums alone, of photos that are no whole stream, pays for it there. */
START_TEST(albums_without_groups)
{
	struct lb_plan plan = stream();
	struct lb_plan_sums s;
	plan.urls[0].whole_stream = false;
	lb_plan_sum(&plan, &(struct lb_ledger){ 0 }, 0, &s);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_ALBUMS), 2);
	lb_plan_sums_clear(&s);
	plan.choices.layers &= ~BIT(LB_CHOICE_GROUPS);
	lb_plan_sum(&plan, &(struct lb_ledger){ 0 }, 0, &s);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_ALBUMS), PHOTOS + 2);
	lb_plan_sums_clear(&s);
}
END_TEST

START_TEST(only_what_is_taken_costs)
{
	struct lb_plan plan = stream();
	struct lb_plan_sums s;
	for (size_t i = 0; i < PHOTOS; i++) {
		plan.photos[i].license_id = i < 100 ? "4" : "0";
		plan.photos[i].can_download = i < 10 ? 0 : 1;
	}
	lb_plan_sum(&plan, &(struct lb_ledger){ 0 }, 1000, &s);
	ck_assert_str_eq(s.policies[LB_POLICY_CAREFUL].name, "careful");
	ck_assert(s.policies[LB_POLICY_CAREFUL].chosen && !s.policies[LB_POLICY_OWN].chosen);
	ck_assert_uint_eq(s.policies[LB_POLICY_CAREFUL].taken, 90);
	ck_assert_uint_eq(s.policies[LB_POLICY_CAREFUL].withheld, PHOTOS - 90);
	ck_assert_uint_eq(s.policies[LB_POLICY_OWN].taken, 0);
	ck_assert_uint_eq(s.policies[LB_POLICY_RESCUE].taken, PHOTOS - 10);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_PHOTO), 100 + 2);
	ck_assert_uint_eq(layer_calls(&s, LB_CHOICE_COMMENTS), 50);
	ck_assert_uint_eq(s.bytes, 90 * 350000);
	ck_assert_double_eq_tol(s.layers[LB_CHOICE_COMMENTS].hours, 0.05, 1e-9);
	lb_plan_sums_clear(&s);
}
END_TEST

START_TEST(tallies)
{
	struct lb_plan plan = sample();
	struct lb_plan_sums s;
	lb_plan_sum(&plan, &(struct lb_ledger){ 0 }, 0, &s);
	ck_assert_uint_eq(s.nlicenses, 2);
	ck_assert_uint_eq(s.nowners, 2);
	ck_assert_uint_eq(s.nsafety, 2);
	ck_assert_uint_eq(s.nvisibilities, 2);
	ck_assert_uint_eq(s.nmedia, 2);
	ck_assert_uint_eq(s.ndownloads, 2);
	ck_assert_str_eq(s.downloads[0].name, "downloads disabled by the owner");
	ck_assert_str_eq(s.owners[0].name, "a (1@N00)");
	ck_assert_uint_eq(s.owners[0].count, 1);
	lb_plan_sums_clear(&s);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/plan");
	TCase *t = tcase_create("plan.json"), *u = tcase_create("sums");
	tcase_add_test(t, round_trip);
	tcase_add_test(t, byte_order_mark);
	tcase_add_loop_test(t, refuses_broken, 0, (int)LB_COUNT(broken));
	tcase_add_loop_test(t, obeys_edits, 0, (int)LB_COUNT(edits));
	tcase_add_test(t, none_there);
	tcase_add_test(t, torn_anywhere);
	tcase_add_test(u, calls_by_layer);
	tcase_add_test(u, albums_without_groups);
	tcase_add_test(u, only_what_is_taken_costs);
	tcase_add_test(u, tallies);
	suite_add_tcase(s, t);
	suite_add_tcase(s, u);
	return s;
}
