/* Building: what the policy withholds is withheld everywhere, and the same evidence gives the same bytes. */
#include "tests/unit/creator_tape.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "format/verify/verify.h"

static const struct row rows[] = {
	{ .id = "30", .license = "4", .comments = 2, .faves = 1 },
	{ .id = "20", .license = "0", .comments = 1, .faves = 0 },
	{ .id = "10", .license = "4", .comments = 0, .faves = 0, .hidden = true },
};

static void tape_photo(const struct row *r, const char *contexts)
{
	tape_info(r, false);
	if (r->comments)
		tape_comments(r->id, r->comments);
	if (r->faves)
		tape_faves(r->id, r->faves);
	tape_contexts(r->id, contexts);
	tape_galleries(r->id);
	tape_png(size_url(r->id, "o"), 800, 600, r->id);
	tape_png(size_url(r->id, "n"), 320, 240, r->id);
}

#define ALBUM_PAGE "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=721&user_id=12345678%40N00"
#define ALBUM "method=flickr.photosets.getInfo&photoset_id=721&user_id=12345678%40N00"
#define ALBUM_COMMENTS "method=flickr.photosets.comments.getList&photoset_id=721"

/* Three photos, all of them in an album that was read as a whole, in another order. */
static void tape_world(const char *contexts)
{
	const struct row album[] = { rows[1], rows[2], rows[0] };
	tape_rows(LIST, "photos", rows, 3);
	for (size_t i = 0; i < 3; i++)
		tape_photo(&rows[i], contexts);
	tape_rows(ALBUM_PAGE, "photoset id=\"721\" owner=\"" OWNER "\"", album, 3);
	tape_ok(ALBUM, "<photoset id=\"721\" owner=\"" OWNER "\" primary=\"10\" count_photos=\"3\" date_create=\"1400000000\"><title>Harbours</title><description>Album words</description></photoset>");
	tape_ok(ALBUM_COMMENTS, "<comments photoset_id=\"721\"><comment id=\"1-2\" author=\"70@N00\" authorname=\"bo0\" date_create=\"1500000600\" permalink=\"https://www.flickr.com/photos/ann/sets/721/\">Fine album</comment></comments>");
	tape_once();
}

static struct lb_plan plan_world(enum lb_policy policy)
{
	struct lb_plan plan = plan_of(rows, 3);
	plan.choices.policy = policy;
	plan.choices.agreed = policy == LB_POLICY_RESCUE ? WHEN : 0;
	plan_add_call(&plan, ALBUM_PAGE);
	LB_GROW(plan.sets, plan.nsets, plan.sets_cap);
	plan.sets[plan.nsets++] = (struct lb_plan_set){ .kind = LB_SET_ALBUM, .id = "721", .owner_id = OWNER, .first_call = 1, .ncalls = 1 };
	return plan;
}

static void choose(const char *dir, enum lb_policy policy, bool include_private)
{
	struct lb_plan plan = plan_world(policy);
	plan.choices.include_private = include_private;
	plan.choices.account_id = include_private ? OWNER : NULL;
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
}

static struct lb_build_result make(const char *dir)
{
	struct lb_source source = { .replay = tape_save(dir) };
	struct lb_gather_result gathered;
	struct lb_build_result built = { 0 };
	ck_assert_ok(lb_create_gather(dir, false, &source, NULL, &gathered, &err));
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	return built;
}

/* ---- looking into a package ------------------------------------------------------------------------------------------------ */

struct search { const char *root; const char *words[8]; size_t counts[8]; char where[8][200]; struct lb_buf names; };

static void count_words(struct search *s, const char *path, struct lb_span text)
{
	for (size_t i = 0; i < LB_COUNT(s->words) && s->words[i]; i++) {
		bool found = (text.n && memmem(text.p, text.n, s->words[i], strlen(s->words[i]))) || strstr(path, s->words[i]);
		s->counts[i] += found;
		if (found)
			snprintf(s->where[i], sizeof s->where[i], "%s", path);
	}
}

static void count_in_warc(struct search *s, const char *path)
{
	struct lb_warc *w;
	ck_assert_ok(lb_warc_open(path, NULL, &w, &err));
	for (size_t i = 0; i < lb_warc_count(w); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct lb_exchange x;
		ck_assert_ok(lb_warc_read(w, i, &arena, &x, &err));
		count_words(s, x.uri, x.body);
	}
	lb_warc_free(w);
}

static int look(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	struct search *s = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF((size_t)1 << 26);
	if (info->kind != LB_FILE)
		return 0;
	lb_path_join(&path, s->root, info->path);
	LB_TRY(lb_file_read(lb_buf_str(&path), (size_t)1 << 26, &text, e));
	count_words(s, info->path, lb_buf_span(&text));
	if (strstr(info->path, ".warc.gz"))
		count_in_warc(s, lb_buf_str(&path));
	return 0;
}

static void search(const char *dir, struct search *s)
{
	static char root[400];
	snprintf(root, sizeof root, "%s/lifeboat", dir);
	s->root = root;
	ck_assert_ok(lb_dir_walk(root, look, s, &err));
}

static void check_valid(const char *dir)
{
	char path[400];
	struct lb_report report;
	snprintf(path, sizeof path, "%s/lifeboat", dir);
	ck_assert_ok(lb_verify(path, NULL, NULL, &report, &err));
	for (size_t i = 0; i < report.count; i++)
		printf("%s %s %s\n", report.findings[i].rule, report.findings[i].path, report.findings[i].message);
	ck_assert_uint_eq(report.errors, 0);
	lb_report_clear(&report);
}

/* ---- the policy ------------------------------------------------------------------------------------------------------------- */

/* Of a stub: title and that it was withheld; of the private photo nothing; whatever the evidence holds. */
static void check_careful(const char *dir, struct lb_build_result built)
{
	struct search s = { .words = { "Described 30", "Said of 30", "Described 20", "Said of 20", "20_orig", "Described 10", "Row 10", "Row 20" } };
	ck_assert_uint_eq(built.planned, 3);
	ck_assert_uint_eq(built.photos, 1);
	ck_assert_uint_eq(built.withheld, 2);
	ck_assert_uint_eq(built.missing, 0);
	search(dir, &s);
	ck_assert_uint_gt(s.counts[0], 0);
	ck_assert_uint_gt(s.counts[1], 0);
	for (size_t i = 2; i < 7; i++)
		ck_assert_msg(s.counts[i] == 0, "\"%s\" is in %s", s.words[i], s.where[i]);
	ck_assert_uint_gt(s.counts[7], 0);
	check_valid(dir);
}

static void check_rescue(const char *dir, struct lb_build_result built, size_t photos)
{
	struct search s = { .words = { "Described 30", "Said of 20", "20_orig", "Described 20" } };
	ck_assert_uint_eq(built.photos, photos);
	ck_assert_uint_eq(built.withheld, 3 - photos);
	search(dir, &s);
	for (size_t i = 0; i < 4; i++)
		ck_assert_msg(s.counts[i] > 0, "\"%s\" is nowhere", s.words[i]);
	check_valid(dir);
}

START_TEST(policy_changes_and_back)
{
	const char *dir = test_dir();
	tape_world("");
	choose(dir, LB_POLICY_CAREFUL, false);
	check_careful(dir, make(dir));
	choose(dir, LB_POLICY_RESCUE, false);
	check_rescue(dir, make(dir), 2);
	choose(dir, LB_POLICY_RESCUE, true);
	check_rescue(dir, make(dir), 3);
	choose(dir, LB_POLICY_CAREFUL, false);
	check_careful(dir, make(dir));
}
END_TEST

/* Answers that nothing was withheld from go along as they were received; the list that names a stub does not. */
START_TEST(only_what_changed_is_converted)
{
	const char *dir = test_dir();
	char path[400];
	struct lb_warc *w;
	size_t as_received = 0, converted = 0;
	tape_world("");
	choose(dir, LB_POLICY_CAREFUL, false);
	make(dir);
	snprintf(path, sizeof path, "%s/lifeboat/data/provenance/api.warc.gz", dir);
	ck_assert_ok(lb_warc_open(path, NULL, &w, &err));
	for (size_t i = 0; i < lb_warc_count(w); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct lb_exchange x;
		ck_assert_ok(lb_warc_read(w, i, &arena, &x, &err));
		bool list = strstr(x.uri, "PublicPhotos") || strstr(x.uri, "photosets");
		ck_assert_msg(!x.redacted || list, "%s was changed", x.uri);
		ck_assert_int_eq(x.date, WHEN);
		as_received += !x.redacted;
		converted += x.redacted;
	}
	ck_assert_uint_ge(as_received, 9); /* six about photo 30, its files among them, and three told once */
	ck_assert_uint_ge(converted, 2);
	lb_warc_free(w);
}
END_TEST

static void read_file(const char *dir, const char *name, struct lb_buf *out)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, name);
	lb_buf_reset(out);
	ck_assert_ok(lb_file_read(lb_buf_str(&path), out->max, out, &err));
}

static void has(const struct lb_buf *text, const char *const *words)
{
	for (; *words; words++)
		ck_assert_msg(strstr(lb_buf_str(text), *words) != NULL, "lacks %s:\n%s", *words, lb_buf_str(text));
}

START_TEST(gaps_say_why)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	tape_world("");
	choose(dir, LB_POLICY_CAREFUL, false);
	make(dir);
	read_file(dir, "lifeboat/data/metadata/missing.js", &text);
	has(&text, (const char *const[]){ "\"withheld\"", "\"photo 20\"", "\"1 photo\"", "licence does not let", "It is not public", NULL });
	ck_assert_ptr_null(strstr(lb_buf_str(&text), "photo 10"));
}
END_TEST

START_TEST(downloads_disabled)
{
	const struct row closed = { .id = "30", .license = "4", .comments = 1, .closed = true };
	struct lb_plan plan = plan_of(&closed, 1);
	const char *dir = test_dir();
	struct search s = { .words = { "Said of 30", "Its owner has disabled downloads" } };
	tape_rows(LIST, "photos", &closed, 1);
	tape_photo(&closed, "");
	tape_once();
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_build_result built = make(dir);
	ck_assert_uint_eq(built.photos, 1);
	ck_assert_uint_eq(built.originals + built.largest, 0);
	ck_assert_uint_eq(built.gaps, 3); /* both files, and the EXIF that was not in the recording */
	search(dir, &s);
	ck_assert_uint_gt(s.counts[0], 0);
	ck_assert_uint_gt(s.counts[1], 0);
	check_valid(dir);
}
END_TEST

/* ---- sets -------------------------------------------------------------------------------------------------------------------- */

/* Each photo knows its album, though its contexts were not asked; the album has its order, comments, and title. */
START_TEST(albums_from_their_lists)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	tape_world("");
	choose(dir, LB_POLICY_RESCUE, true);
	make(dir);
	read_file(dir, "lifeboat/data/metadata/photos/30.js", &text);
	has(&text, (const char *const[]){ "\"721\"", NULL });
	read_file(dir, "lifeboat/data/metadata/albumIndex.js", &text);
	has(&text, (const char *const[]){ "Harbours", "Album words", "Fine album", NULL });
	const char *at20 = strstr(lb_buf_str(&text), "\"20\""), *at30 = strstr(lb_buf_str(&text), "\"30\"");
	ck_assert_ptr_nonnull(at20);
	ck_assert_ptr_nonnull(at30);
	ck_assert(at20 < at30);
}
END_TEST

/* ---- purity --------------------------------------------------------------------------------------------------------------------- */

static char *digest_of(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	read_file(dir, "lifeboat/tagmanifest-sha256.txt", &text);
	return lb_strdup(lb_buf_str(&text));
}

/* The journal with its records in reverse. */
static void reverse_journal(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF((size_t)1 << 26), path = LB_BUF(4096), index = LB_BUF(4096);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of(dir);
	lb_warc_format_info("test", WHEN, &out);
	for (size_t i = lb_evidence_count(ev); i-- > 0;)
		ck_assert_ok(lb_evidence_member(ev, i, &out, &err));
	lb_path_join(&path, dir, "evidence/api.warc.gz");
	lb_path_join(&index, dir, "evidence/api.index");
	ck_assert_ok(lb_file_write(lb_buf_str(&path), out.p, out.len, &err));
	unlink(lb_buf_str(&index));
}

static void check_pure(const char *dir)
{
	struct lb_build_result built;
	make(dir);
	LB_AUTO(lb_freep) char *first = digest_of(dir);
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	LB_AUTO(lb_freep) char *second = digest_of(dir);
	reverse_journal(dir);
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	LB_AUTO(lb_freep) char *reversed = digest_of(dir);
	ck_assert_str_eq(first, second);
	ck_assert_str_eq(first, reversed);
}

START_TEST(same_evidence_same_bytes)
{
	const char *dir = test_dir();
	tape_world("<set id=\"721\" title=\"Harbours\" comment_count=\"1\"/><pool id=\"5@N00\" title=\"Pool\" url=\"/groups/x/pool/\" members=\"3\" pool_count=\"4\"/>");
	choose(dir, LB_POLICY_CAREFUL, false);
	check_pure(dir);
	struct lb_plan plan = plan_world(LB_POLICY_RESCUE);
	plan.choices.pseudonymise = true;
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	check_pure(dir);
	struct search s = { .words = { "bo0", "70@N00", "fan0" } };
	search(dir, &s);
	for (size_t i = 0; i < 3; i++)
		ck_assert_msg(s.counts[i] == 0, "\"%s\" is in %s", s.words[i], s.where[i]);
}
END_TEST

/* What was refused, what was never answered and what was never asked are told apart. */
START_TEST(refusals_are_told)
{
	const struct row row = { .id = "30", .license = "4", .comments = 1 };
	struct lb_plan plan = plan_of(&row, 1);
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	tape_rows(LIST, "photos", &row, 1);
	tape_info(&row, false);
	tape_fault("method=flickr.photos.comments.getList&photo_id=30", 1, "Photo not found");
	tape_fault("method=flickr.photos.getAllContexts&photo_id=30", 105, "Service currently unavailable");
	tape_once();
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_build_result built = make(dir);
	ck_assert_uint_eq(built.photos, 1);
	read_file(dir, "lifeboat/data/metadata/missing.js", &text);
	has(&text, (const char *const[]){ "\"refused\"", "Photo not found", "\"failed\"", "Service currently unavailable", "\"unasked\"", "flickr.galleries.getListForPhoto", NULL });
	check_valid(dir);
}
END_TEST

/* What cannot be read as an answer cannot be redacted: it stays behind. */
START_TEST(unreadable_bodies_stay_behind)
{
	const char *dir = test_dir();
	struct lb_plan plan = plan_of(rows, 1);
	struct search s = { .words = { "a private word", "Described 30" } };
	tape_world("");
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	make(dir);
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "evidence");
	struct lb_evidence *ev;
	ck_assert_ok(lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, NULL, &ev, &err));
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = API "method=flickr.photos.getAllContexts&photo_id=30", .date = WHEN + 5, .status = 200,
		.content_type = "text/html", .headers = "", .body = lb_span("<p>a private word") };
	ck_assert_ok(lb_evidence_append(ev, &x, &err));
	ck_assert_ok(lb_evidence_close(ev, &err));
	struct lb_build_result built;
	ck_assert_ok(lb_create_build(dir, NULL, &built, &err));
	ck_assert_uint_eq(built.failed, 1);
	search(dir, &s);
	ck_assert_msg(s.counts[0] == 0, "it is in %s", s.where[0]);
	ck_assert_uint_gt(s.counts[1], 0);
}
END_TEST

/* ---- what is nowhere told ---------------------------------------------------------------------------------------------------------- */

static struct lb_plan_url *add_url(struct lb_plan *plan, const char *url, const char *type, const char *query)
{
	struct lb_plan_url *urls = lb_arena_alloc(&plan->arena, (plan->nurls + 1) * sizeof *urls);
	memcpy(urls, plan->urls, plan->nurls * sizeof *urls);
	plan->urls = urls;
	struct lb_plan_url *u = &urls[plan->nurls++];
	const char **calls = lb_arena_alloc(&plan->arena, sizeof *calls);
	calls[0] = lb_arena_printf(&plan->arena, API "%s", query);
	*u = (struct lb_plan_url){ .url = url, .type = type, .claimed = 1, .found = 1, .calls = calls, .ncalls = 1 };
	return u;
}

static void come_from(struct lb_plan *plan, size_t photo, size_t url)
{
	size_t *from = lb_arena_alloc(&plan->arena, sizeof *from);
	from[0] = url;
	plan->photos[photo].from = from;
}

static void nowhere(const char *dir, struct search s)
{
	search(dir, &s);
	for (size_t i = 0; i < LB_COUNT(s.words) && s.words[i]; i++)
		ck_assert_msg(s.counts[i] == 0, "\"%s\" is in %s", s.words[i], s.where[i]);
}

static void put_ledger(const char *dir, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "consent.csv");
	ck_assert_ok(lb_file_write(lb_buf_str(&path), text, strlen(text), &err));
}

/* The title that nobody gave is made of names; so are ids, addresses, the ledger and what the maker said. */
START_TEST(nobody_is_named_who_must_not_be)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	struct lb_plan plan = plan_of(rows, 1);
	tape_world("");
	plan.words = (struct lb_maker_words){ .purpose = "For bo0, and write to maker@words.example" };
	plan.choices.pseudonymise = true;
	plan.urls[0].type = "favorites";
	plan.urls[0].url = "https://www.flickr.com/photos/bo0/favorites/";
	plan.urls[0].owner_id = "70@N00";
	plan.urls[0].name = "bo0";
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	put_ledger(dir, "owner,status,note\n70@N00,pending,unconcerned\n" OWNER ",granted,concerned\n");
	make(dir);
	nowhere(dir, (struct search){ .words = { "bo0", "70@N00", "words.example", "unconcerned" } });
	read_file(dir, "lifeboat/lifeboat.json", &text);
	has(&text, (const char *const[]){ "\"The faves of Member ", "\"For Member ", NULL });
	read_file(dir, "lifeboat/data/provenance/plan.json", &text);
	has(&text, (const char *const[]){ "\"title\": null", "\"ownerId\": \"pseudonym-", NULL });
	read_file(dir, "lifeboat/data/metadata/consentIndex.js", &text);
	has(&text, (const char *const[]){ "\"concerned\"", NULL });
	check_valid(dir);
}
END_TEST

START_TEST(addresses_stay_out_of_made_titles)
{
	const char *dir = test_dir();
	struct lb_plan plan = plan_of(rows, 1);
	tape_world("");
	plan.words.title = NULL;
	plan.urls[0].type = "single_photo";
	plan.urls[0].url = "https://www.flickr.com/photos/ann/30/";
	plan.urls[0].name = "Harbour, ask ann@title.example";
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	make(dir);
	nowhere(dir, (struct search){ .words = { "title.example" } });
}
END_TEST

#define ALBUMS "method=flickr.photosets.getList&user_id=12345678%40N00"
#define TREE "method=flickr.collections.getTree&user_id=12345678%40N00"
#define HIDDEN_PAGE "method=flickr.photosets.getPhotos&page=1&per_page=500&photoset_id=722&user_id=12345678%40N00"

static void tape_private_places(void)
{
	tape_ok(ALBUMS, "<photosets page=\"1\" pages=\"1\" perpage=\"500\" total=\"2\">"
		"<photoset id=\"721\" owner=\"" OWNER "\" count_comments=\"1\" date_create=\"1400000000\"><title>Harbours</title><description/></photoset>"
		"<photoset id=\"722\" owner=\"" OWNER "\" count_comments=\"0\" date_create=\"1400000000\"><title>Hidden album</title><description>Hidden words</description></photoset></photosets>");
	tape_ok(TREE, "<collections><collection id=\"9-1\" title=\"Coasts\" description=\"\"><set id=\"721\" title=\"Harbours\" description=\"\"/><set id=\"722\" title=\"Hidden album\" description=\"Hidden words\"/></collection>"
		"<collection id=\"9-2\" title=\"Hidden collection\" description=\"\"><set id=\"722\" title=\"Hidden album\" description=\"\"/></collection></collections>");
	tape_rows(HIDDEN_PAGE, "photoset id=\"722\" owner=\"" OWNER "\"", &rows[2], 1);
}

static void add_collection(struct lb_plan *plan, size_t i, const char *id, const char *title, const char **albums, size_t nalbums)
{
	plan->collections[i] = (struct lb_collection){ .id = id, .title = title, .owner_id = OWNER, .album_ids = albums, .nalbum_ids = nalbums };
	plan->ncollections = i + 1;
}

/* Signed in, and what is not public was not asked for: the photo came by an address of its own, and fills an album and a collection. */
static struct lb_plan private_places(void)
{
	static const char *albums[] = { "721", "722" };
	static const char *const dropped[] = { "7700001" };
	struct lb_plan plan = plan_world(LB_POLICY_CAREFUL);
	plan.choices.account_id = OWNER;
	plan_add_call(&plan, ALBUMS);
	plan_add_call(&plan, TREE);
	plan_add_call(&plan, HIDDEN_PAGE);
	LB_GROW(plan.sets, plan.nsets, plan.sets_cap);
	plan.sets[plan.nsets++] = (struct lb_plan_set){ .kind = LB_SET_ALBUM, .id = "722", .owner_id = OWNER, .first_call = 4, .ncalls = 1 };
	plan.collections = lb_arena_alloc(&plan.arena, 2 * sizeof *plan.collections);
	add_collection(&plan, 0, "9-1", "Coasts", albums, 2);
	add_collection(&plan, 1, "9-2", "Hidden collection", albums + 1, 1);
	plan.dropped = lb_arena_alloc(&plan.arena, sizeof dropped);
	memcpy(plan.dropped, dropped, sizeof dropped);
	plan.ndropped = 1;
	struct lb_plan_url *u = add_url(&plan, "https://www.flickr.com/gp/ann/GuestCode1/", "short", "method=flickr.photos.getInfo&photo_id=10");
	u->resolved = "https://www.flickr.com/photos/ann/10/?secret=abcdef7890";
	u->name = "Row 10";
	come_from(&plan, 2, 1);
	u = add_url(&plan, "https://www.flickr.com/photos/ann/7700001/", "single_photo", "method=flickr.photos.getInfo&photo_id=7700001");
	u->name = "Dropped words";
	LB_GROW(plan.gaps, plan.ngaps, plan.gaps_cap);
	plan.gaps[plan.ngaps++] = (struct lb_gap){ .kind = LB_GAP_REFUSED, .subject = u->url, .layer = "list", .code = 1, .message = "Hidden gap" };
	return plan;
}

START_TEST(nothing_of_what_only_the_account_sees)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	struct lb_plan plan = private_places();
	tape_world("");
	tape_private_places();
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_build_result built = make(dir);
	ck_assert_uint_eq(built.withheld, 1);
	nowhere(dir, (struct search){ .words = { "Row 10", "GuestCode1", "abcdef7890", "Dropped words", "7700001", "photo_id=10", "Hidden ", "=722" } });
	read_file(dir, "lifeboat/data/provenance/plan.json", &text);
	ck_assert_ptr_null(strstr(lb_buf_str(&text), "722"));
	has(&text, (const char *const[]){ "\"(not told: ", "Coasts", "\"721\"", NULL });
	read_file(dir, "lifeboat/data/metadata/collectionIndex.js", &text);
	has(&text, (const char *const[]){ "Coasts", NULL });
	check_valid(dir);
}
END_TEST

/* The same with what is private included: all of it is told. */
START_TEST(what_was_included_is_told)
{
	const char *dir = test_dir();
	struct lb_plan plan = private_places();
	struct search s = { .words = { "Row 10", "Hidden album", "Hidden collection", "Described 10" } };
	tape_world("");
	tape_private_places();
	plan.choices.include_private = true;
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	make(dir);
	search(dir, &s);
	for (size_t i = 0; i < 4; i++)
		ck_assert_msg(s.counts[i] > 0, "\"%s\" is nowhere", s.words[i]);
	nowhere(dir, (struct search){ .words = { "7700001\": ", "dropped\": [\"7700001" } });
	check_valid(dir);
}
END_TEST

/* Of what not all may see there is no stub: so a stub is of what is public. Collections come with an album that is here. */
START_TEST(stubs_are_public)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	struct lb_plan plan = plan_world(LB_POLICY_OWN);
	static const char *albums[] = { "721" };
	tape_world("");
	plan.photos[0].visibility = NULL;
	plan.collections = lb_arena_alloc(&plan.arena, sizeof *plan.collections);
	add_collection(&plan, 0, "9-1", "Coasts", albums, 1);
	plan_put(dir, &plan);
	lb_plan_clear(&plan);
	struct lb_build_result built = make(dir);
	ck_assert_uint_eq(built.photos, 0);
	read_file(dir, "lifeboat/data/metadata/photos/20.js", &text);
	has(&text, (const char *const[]){ "\"visibility\": \"public\"", NULL });
	read_file(dir, "lifeboat/data/metadata/collectionIndex.js", &text);
	ck_assert_ptr_null(strstr(lb_buf_str(&text), "Coasts"));
	check_valid(dir);
}
END_TEST

static int64_t count_down(void *arg)
{
	int *left = arg;
	return --*left < 0 ? WHEN : 0;
}

/* Wherever it is told to stop (two dozen places are tried), it stops; and it asks at every page of every list. */
START_TEST(stops_when_told)
{
	const char *dir = test_dir();
	int left = INT_MAX;
	struct lb_ctx ctx = { .wall = count_down, .wall_arg = &left, .until = 1, .threads = 1 };
	struct lb_build_result built;
	tape_world("");
	choose(dir, LB_POLICY_CAREFUL, false);
	make(dir);
	ck_assert_ok(lb_create_build(dir, &ctx, &built, &err));
	int asked = INT_MAX - left;
	ck_assert_int_ge(asked, 15);
	for (int i = 0; i < asked; i += 1 + asked / 24) {
		left = i;
		ck_assert_int_eq(lb_create_build(dir, &ctx, &built, &err), LB_CANCELLED);
	}
	check_valid(dir);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/build");
	TCase *t = tcase_create("replay");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, tape_begin, tape_end);
	tcase_add_test(t, policy_changes_and_back);
	tcase_add_test(t, only_what_changed_is_converted);
	tcase_add_test(t, gaps_say_why);
	tcase_add_test(t, downloads_disabled);
	tcase_add_test(t, albums_from_their_lists);
	tcase_add_test(t, same_evidence_same_bytes);
	tcase_add_test(t, refusals_are_told);
	tcase_add_test(t, unreadable_bodies_stay_behind);
	tcase_add_test(t, nobody_is_named_who_must_not_be);
	tcase_add_test(t, addresses_stay_out_of_made_titles);
	tcase_add_test(t, nothing_of_what_only_the_account_sees);
	tcase_add_test(t, what_was_included_is_told);
	tcase_add_test(t, stubs_are_public);
	tcase_add_test(t, stops_when_told);
	suite_add_tcase(s, t);
	return s;
}
