/* A month of work in a minute: planning and gathering a member's whole stream at the hour's limit, with faults of every kind,
 * stopped and begun again several times; on a clock and a network of the test's own. LIFEBOAT_TEST_PHOTOS says how many photos
 * (200,000: `make check-long`).
 *
 * What is shown: no hour has more calls than the limit; at the end every photo has all its layers and files on record; and
 * nothing that was answered well is asked again. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/support/standin.h"
#include "tests/support/support.h"

#define PHOTOS 2500
#define STOPS 6
#define OWNER "12345678@N00"
#define FIRST_ID UINT64_C(50000000000)
#define PER_HOUR 3600
#define HOUR ((int64_t)3600000)
#define FILE_EVERY 20      /* the others offer no file: a disk has its own speed */
#define FAVES_A_PAGE 50

/* ---- the world: all by formula ---------------------------------------------------------------------------------------- */

struct counts { uint64_t comments, faves; bool people, file; };

static struct counts counts_of(uint64_t n)
{
	return (struct counts){.comments = n % 2 ? 1 + n % 3 : 0, .faves = n % 5 < 3 ? n % 60 : 0, .people = n % 10 == 0, .file = n % FILE_EVERY == 0};
}

struct world {
	struct standin *net;
	uint64_t photos;
	struct lb_buf body;
	/* Hashes of what was answered well: those that the run has surely taken, and those handed over this very moment. */
	uint64_t *known; size_t nknown, cap;
	uint64_t limbo[512]; size_t nlimbo;
	/* Starts of API calls. */
	int64_t starts[PER_HOUR]; uint64_t calls;
	uint64_t faults[16], twice, above, stop_at;
	bool stopping;
	uint32_t dice;
};

static uint32_t roll(struct world *w, uint32_t below)
{
	w->dice = w->dice * 1664525 + 1013904223;
	return (uint32_t)(((uint64_t)(w->dice >> 4) * below) >> 28);
}

static uint64_t hash(struct lb_span s)
{
	uint64_t h = 0xcbf29ce484222325ULL;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3ULL;
	return h ? h : 1;
}

static bool knows(const struct world *w, uint64_t h)
{
	for (size_t i = h % w->cap; w->known[i]; i = (i + 1) % w->cap)
		if (w->known[i] == h)
			return true;
	return false;
}

static void learn(struct world *w, uint64_t h)
{
	size_t i = h % w->cap;
	while (w->known[i] && w->known[i] != h)
		i = (i + 1) % w->cap;
	w->nknown += w->known[i] == 0;
	w->known[i] = h;
	ck_assert_uint_lt(w->nknown, w->cap / 2);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------ */

static uint64_t number(const char *url, const char *name, uint64_t otherwise)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	uint64_t n;
	const char *value = lb_uri_param(lb_span(url), name, &a);
	return value && lb_parse_u64(lb_span(value), &n) ? n : otherwise;
}

static void add_row(struct world *w, uint64_t n)
{
	struct counts c = counts_of(n);
	lb_buf_addf(&w->body, "<photo id=\"%" PRIu64 "\" owner=\"" OWNER "\" secret=\"abcdef0123\" server=\"65535\" farm=\"66\" title=\"t\" "
		"ispublic=\"1\" isfriend=\"0\" isfamily=\"0\" license=\"4\" media=\"photo\" media_status=\"ready\" dateupload=\"1500000000\" "
		"lastupdate=\"1500000001\" count_comments=\"%" PRIu64 "\" count_faves=\"%" PRIu64 "\"", FIRST_ID + n, c.comments, c.faves);
	if (c.file)
		lb_buf_addf(&w->body, " url_o=\"https://live.staticflickr.com/65535/%" PRIu64 "_0123456789_o.jpg\" height_o=\"240\" width_o=\"320\"",
			FIRST_ID + n);
	lb_buf_adds(&w->body, "/>");
}

static void answer_stream(struct world *w, const char *url)
{
	uint64_t page = number(url, "page", 1), per_page = number(url, "per_page", 100);
	lb_buf_addf(&w->body, "<photos page=\"%" PRIu64 "\" pages=\"%" PRIu64 "\" perpage=\"%" PRIu64 "\" total=\"%" PRIu64 "\">", page,
		(w->photos + per_page - 1) / per_page, per_page, w->photos);
	for (uint64_t n = (page - 1) * per_page; n < page * per_page && n < w->photos; n++)
		add_row(w, n);
	lb_buf_adds(&w->body, "</photos>");
}

static void answer_info(struct world *w, const char *url)
{
	uint64_t id = number(url, "photo_id", 0);
	struct counts c = counts_of(id - FIRST_ID);
	lb_buf_addf(&w->body, "<photo id=\"%" PRIu64 "\" secret=\"abcdef0123\" server=\"65535\" farm=\"66\" dateuploaded=\"1500000000\" license=\"4\" "
		"safety_level=\"0\" rotation=\"0\" views=\"5\" media=\"photo\" originalsecret=\"0123456789\" originalformat=\"jpg\">"
		"<owner nsid=\"" OWNER "\" username=\"ann\" realname=\"\" location=\"\" path_alias=\"\"/><title>t</title><description/>"
		"<visibility ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/><dates posted=\"1500000000\" taken=\"2017-07-14 02:40:00\" "
		"takengranularity=\"0\" takenunknown=\"0\" lastupdate=\"1500000001\"/><editability cancomment=\"0\" canaddmeta=\"0\"/>"
		"<usage candownload=\"1\" canblog=\"0\" canprint=\"0\" canshare=\"1\"/><comments>%" PRIu64 "</comments><notes/>"
		"<people haspeople=\"%d\"/><tags/></photo>", id, c.comments, c.people);
}

static void answer_sizes(struct world *w, const char *url)
{
	uint64_t id = number(url, "photo_id", 0);
	lb_buf_adds(&w->body, "<sizes canblog=\"0\" canprint=\"0\" candownload=\"1\">");
	if (counts_of(id - FIRST_ID).file)
		lb_buf_addf(&w->body, "<size label=\"Original\" width=\"320\" height=\"240\" source=\"https://live.staticflickr.com/65535/%" PRIu64
			"_0123456789_o.jpg\" url=\"https://www.flickr.com/photos/ann/1/\" media=\"photo\"/>", id);
	lb_buf_adds(&w->body, "</sizes>");
}

static void answer_comments(struct world *w, const char *url)
{
	uint64_t id = number(url, "photo_id", 0);
	lb_buf_addf(&w->body, "<comments photo_id=\"%" PRIu64 "\">", id);
	for (uint64_t i = 0; i < counts_of(id - FIRST_ID).comments; i++)
		lb_buf_addf(&w->body, "<comment id=\"1-%" PRIu64 "-%" PRIu64 "\" author=\"9%07" PRIu64 "@N00\" authorname=\"who\" datecreate=\"1500000002\" "
			"permalink=\"https://www.flickr.com/photos/ann/1/#comment1\" path_alias=\"\" realname=\"\">Good</comment>", id, i, i);
	lb_buf_adds(&w->body, "</comments>");
}

static void answer_faves(struct world *w, const char *url)
{
	uint64_t id = number(url, "photo_id", 0), page = number(url, "page", 1), all = counts_of(id - FIRST_ID).faves;
	lb_buf_addf(&w->body, "<photo id=\"%" PRIu64 "\" secret=\"abcdef0123\" server=\"65535\" farm=\"66\" page=\"%" PRIu64 "\" pages=\"%" PRIu64
		"\" perpage=\"50\" total=\"%" PRIu64 "\">", id, page, (all + FAVES_A_PAGE - 1) / FAVES_A_PAGE, all);
	for (uint64_t i = (page - 1) * FAVES_A_PAGE; i < page * FAVES_A_PAGE && i < all; i++)
		lb_buf_addf(&w->body, "<person nsid=\"8%07" PRIu64 "@N00\" username=\"u\" realname=\"\" favedate=\"1500000003\"/>", i);
	lb_buf_adds(&w->body, "</photo>");
}

static void answer_people(struct world *w, const char *url)
{
	(void)url;
	lb_buf_adds(&w->body, "<people total=\"1\" photo_width=\"320\" photo_height=\"240\"><person nsid=\"70000000@N00\" username=\"p\" "
		"realname=\"\" added_by=\"" OWNER "\"/></people>");
}

static void answer_member(struct world *w, const char *url)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	const char *nsid = lb_uri_param(lb_span(url), "user_id", &a);
	lb_buf_addf(&w->body, "<person id=\"%s\" nsid=\"%s\" ispro=\"0\" iconserver=\"0\" iconfarm=\"0\" path_alias=\"\"><username>u</username>"
		"<realname/><location/><description/><photosurl>https://www.flickr.com/photos/%s/</photosurl>"
		"<profileurl>https://www.flickr.com/people/%s/</profileurl><photos><firstdate>1</firstdate><count>1</count></photos></person>", nsid,
		nsid, nsid, nsid);
}

static void answer_licenses(struct world *w, const char *url)
{
	(void)url;
	lb_buf_adds(&w->body, "<licenses><license id=\"4\" name=\"Attribution License\" url=\"https://creativecommons.org/licenses/by/2.0/\"/></licenses>");
}

static void answer_nothing(struct world *w, const char *url) { (void)w, (void)url; }

static void answer_no_list(struct world *w, const char *url)
{
	lb_buf_addf(&w->body, "<%s page=\"1\" pages=\"0\" per_page=\"500\" perpage=\"500\" total=\"0\"/>", strstr(url, "photosets") ? "photosets" : "galleries");
}

static void answer_exif(struct world *w, const char *url)
{
	lb_buf_addf(&w->body, "<photo id=\"%" PRIu64 "\" secret=\"abcdef0123\" server=\"65535\" farm=\"66\" camera=\"\">"
		"<exif tagspace=\"TIFF\" tagspaceid=\"0\" tag=\"Make\" label=\"Make\"><raw>Camera</raw></exif></photo>", number(url, "photo_id", 0));
}

static void answer_profile(struct world *w, const char *url)
{
	(void)url;
	lb_buf_adds(&w->body, "<profile id=\"" OWNER "\" nsid=\"" OWNER "\" join_date=\"1\" occupation=\"\" hometown=\"\" first_name=\"\" last_name=\"\"/>");
}

static const struct { const char *method; void (*answer)(struct world *w, const char *url); } answers[] = {
	{"flickr.photos.getInfo", answer_info}, {"flickr.photos.comments.getList", answer_comments},
	{"flickr.photos.getFavorites", answer_faves}, {"flickr.photos.people.getList", answer_people},
	{"flickr.photos.getSizes", answer_sizes}, {"flickr.people.getPublicPhotos", answer_stream},
	{"flickr.people.getInfo", answer_member}, {"flickr.photos.licenses.getInfo", answer_licenses},
	{"flickr.photos.getAllContexts", answer_nothing}, {"flickr.galleries.getListForPhoto", answer_no_list},
	{"flickr.photosets.getList", answer_no_list}, {"flickr.photos.getExif", answer_exif}, {"flickr.profile.getProfile", answer_profile},
};

static void answer_api(struct world *w, const char *url)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	const char *method = lb_uri_param(lb_span(url), "method", &a);
	lb_buf_reset(&w->body);
	lb_buf_adds(&w->body, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"ok\">");
	for (size_t i = 0; i < LB_COUNT(answers); i++)
		if (method && strcmp(method, answers[i].method) == 0) {
			answers[i].answer(w, url);
			lb_buf_adds(&w->body, "</rsp>\n");
			return;
		}
	lb_buf_reset(&w->body);
	lb_buf_adds(&w->body, "<rsp stat=\"fail\"><err code=\"1\" msg=\"Not found\"/></rsp>");
}

/* The head of a JPEG of 320 × 240, and what no other has. */
static void answer_file(struct world *w, const char *url)
{
	static const unsigned char head[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
		0xff, 0xc0, 0, 17, 8, 0, 240, 1, 64, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 2};
	lb_buf_reset(&w->body);
	lb_buf_add(&w->body, head, sizeof head);
	lb_buf_adds(&w->body, url);
	lb_buf_add(&w->body, "\xff\xd9", 2);
}

/* ---- faults ---------------------------------------------------------------------------------------------------------------- */

static void too_many(struct world *w, struct reply *out) { (void)w; out->status = 429; out->body = lb_span("<html>"); }
static void too_many_wait(struct world *w, struct reply *out) { too_many(w, out); out->retry_after = "20"; }
static void broken(struct world *w, struct reply *out) { (void)w; out->status = 500; out->body = lb_span("<html>"); }
static void away(struct world *w, struct reply *out) { (void)w; out->status = 503; out->body = lb_span("<html>"); }
static void connection_lost(struct world *w, struct reply *out) { (void)w; *out = (struct reply){.after_ms = 50, .result = LB_NETWORK}; }
static void silence(struct world *w, struct reply *out) { (void)w; *out = (struct reply){0}; }
static void truncated(struct world *w, struct reply *out)
{
	out->body.n /= 2;
	if (out->type) /* a file that is cut short is noticed by its length */
		connection_lost(w, out);
}
static void unavailable(struct world *w, struct reply *out)
{
	if (out->type)
		broken(w, out);
	else
		out->body = lb_span("<rsp stat=\"fail\"><err code=\"201\" msg=\"Sorry, the Flickr API service is not currently available.\"/></rsp>");
}
static void web_page(struct world *w, struct reply *out)
{
	(void)w;
	out->type = "text/html";
	out->body = lb_span("<!DOCTYPE html><html><body>Bad moment</body></html>");
}
static void (*const faults[])(struct world *w, struct reply *out) = {
	too_many, too_many_wait, broken, away, connection_lost, silence, truncated, unavailable, web_page,
};

/* ---- the network -------------------------------------------------------------------------------------------------------------- */

static void count_call(struct world *w)
{
	int64_t *oldest = &w->starts[w->calls % PER_HOUR];
	if (w->calls >= PER_HOUR && w->net->now - *oldest <= HOUR)
		w->above++;
	*oldest = w->net->now;
	w->calls++;
}

static uint64_t question_of(const char *url)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(65536);
	lb_uri_key(&key, lb_span(url), LB_MATCH_EXACT);
	return hash(lb_buf_span(&key));
}

static void reply(void *arg, struct standin *s, const struct lb_try *try, struct reply *out)
{
	struct world *w = arg;
	bool file = try->lane == LB_LANE_FILES;
	uint64_t question = question_of(try->url);
	w->twice += knows(w, question);
	if (file)
		answer_file(w, try->url);
	else
		answer_api(w, try->url);
	if (!file)
		count_call(w);
	*out = (struct reply){.after_ms = 80 + roll(w, 400), .status = 200, .type = file ? "image/jpeg" : NULL, .body = lb_buf_span(&w->body)};
	if (roll(w, 100) == 0) {
		uint32_t kind = roll(w, LB_COUNT(faults));
		w->faults[kind]++;
		faults[kind](w, out);
	} else {
		out->mark = question;
	}
	(void)s;
}

/* An answer that arrives in the moment of a stop may be lost; once the run waits again, it has taken it. */
static void arrived(void *arg, struct standin *s, uint64_t question)
{
	struct world *w = arg;
	(void)s;
	ck_assert_uint_lt(w->nlimbo, LB_COUNT(w->limbo));
	w->limbo[w->nlimbo++] = question;
}

static volatile int cancel;

static void tick(void *arg, struct standin *s)
{
	struct world *w = arg;
	(void)s;
	for (size_t i = 0; i < w->nlimbo; i++)
		learn(w, w->limbo[i]);
	w->nlimbo = 0;
	if (w->stop_at && w->calls >= w->stop_at)
		cancel = 1;
}

static void dropped(void *arg, struct standin *s)
{
	struct world *w = arg;
	(void)s;
	w->nlimbo = 0;
}

/* ---- the month -------------------------------------------------------------------------------------------------------------------- */

static struct lb_error err;
static struct standin net;
static struct lb_ctx ctx;
static struct world world;
static char dir[300], state[300];

static struct lb_source source(void)
{
	return (struct lb_source){.api_key = "0123456789abcdef0123456789abcdef", .budget_dir = state, .api_per_hour = PER_HOUR};
}

static int plan_all(void)
{
	static const char *const urls[] = {"https://www.flickr.com/photos/" OWNER "/"};
	const struct lb_plan_request request = {.urls = urls, .nurls = 1, .words = {.title = "A month"}};
	struct lb_source from = source();
	struct lb_plan plan;
	LB_TRY(lb_create_plan(dir, &request, &from, &ctx, &plan, &err));
	ck_assert_uint_eq(plan.nphotos, world.photos);
	lb_plan_clear(&plan);
	return LB_OK;
}

static int gather_all(struct lb_gather_result *got)
{
	struct lb_source from = source();
	return lb_create_gather(dir, false, &from, &ctx, got, &err);
}

/* Runs a stage, stopping it some calls later, until it gets to its end; the clock goes on between the runs. */
static unsigned run_with_stops(int (*stage)(struct lb_gather_result *got), struct lb_gather_result *got, uint64_t calls_a_run)
{
	unsigned stops = 0;
	for (int rc = LB_CANCELLED; rc;) {
		cancel = 0;
		world.stop_at = world.calls + calls_a_run * (1 + stops % 3);
		rc = stage(got);
		ck_assert_msg(rc == LB_OK || rc == LB_CANCELLED, "%d %s", rc, err.what);
		stops += rc != LB_OK;
		standin_advance(&net, 1000 * (int64_t)(1 + stops * stops * 100));
		if (stops == STOPS)
			calls_a_run = UINT64_MAX / 8;
	}
	return stops;
}

static int plan_stage(struct lb_gather_result *got)
{
	(void)got;
	return plan_all();
}

struct check { struct lb_evidence *ev; uint64_t missing; char first[600]; };

static void check_kept(struct check *c, const char *uri, enum lb_record_kind kind)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	struct lb_exchange x;
	long n = lb_evidence_find(c->ev, lb_span(uri), LB_MATCH_EXACT);
	bool kept = n >= 0 && lb_evidence_read(c->ev, (size_t)n, &a, &x, NULL) == 0 && x.kind == kind && x.status == 200;
	if (kept && kind == LB_RECORD_RESPONSE)
		kept = memmem(x.body.p, x.body.n, "stat=\"ok\"", 9) && memmem(x.body.p, x.body.n, "</rsp>", 6);
	if (kept && kind == LB_RECORD_MEDIA)
		kept = lb_evidence_media(c->ev, x.sha256, x.size, &a) != NULL;
	if (!kept && !c->missing++)
		snprintf(c->first, sizeof c->first, "%s", uri);
}

static void check_layer(struct check *c, const char *name, uint64_t n, int64_t page)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	char id[24];
	snprintf(id, sizeof id, "%" PRIu64, FIRST_ID + n);
	lb_layer_uri(&uri, lb_layer_named(name), id, NULL, page);
	check_kept(c, lb_buf_str(&uri), LB_RECORD_RESPONSE);
}

static void check_photo(struct check *c, uint64_t n)
{
	struct counts is = counts_of(n);
	check_layer(c, "info", n, 1);
	check_layer(c, "contexts", n, 1);
	check_layer(c, "galleries", n, 1);
	check_layer(c, is.file ? "info" : "exif", n, 1);
	if (is.comments)
		check_layer(c, "comments", n, 1);
	for (uint64_t page = 1; (page - 1) * FAVES_A_PAGE < is.faves; page++)
		check_layer(c, "faves", n, (int64_t)page);
	if (is.people)
		check_layer(c, "people", n, 1);
	if (is.file) {
		char uri[200];
		snprintf(uri, sizeof uri, "https://live.staticflickr.com/65535/%" PRIu64 "_0123456789_o.jpg", FIRST_ID + n);
		check_kept(c, uri, LB_RECORD_MEDIA);
	}
}

static void check_all(void)
{
	char evidence[400];
	struct check c = {0};
	snprintf(evidence, sizeof evidence, "%s/evidence", dir);
	ck_assert_ok(lb_evidence_open(evidence, LB_EVIDENCE_READ, &ctx, &c.ev, &err));
	for (uint64_t n = 0; n < world.photos; n++)
		check_photo(&c, n);
	lb_evidence_freep(&c.ev);
	ck_assert_msg(c.missing == 0, "%" PRIu64 " answers are not on record, first of them %s", c.missing, c.first);
}

static void begin(void)
{
	const char *said = getenv("LIFEBOAT_TEST_PHOTOS");
	int64_t photos = PHOTOS;
	if (said && (!lb_parse_i64(lb_span(said), &photos) || photos < 1))
		ck_abort_msg("LIFEBOAT_TEST_PHOTOS is no number");
	snprintf(dir, sizeof dir, "%s/work", test_dir());
	snprintf(state, sizeof state, "%s/state", test_dir());
	world = (struct world){.net = &net, .photos = (uint64_t)photos, .body = LB_BUF(1 << 24), .dice = 20261};
	world.cap = (size_t)photos * 24 + 4096;
	world.known = lb_alloc(world.cap * sizeof *world.known);
	standin_init(&net);
	net.reply = reply;
	net.arrived = arrived;
	net.tick = tick;
	net.dropped = dropped;
	net.arg = &world;
	ctx = (struct lb_ctx){.cancel = &cancel};
	standin_ctx(&net, &ctx);
}

static void end(void)
{
	lb_buf_clear(&world.body);
	free(world.known);
}

static void tell(unsigned stops, const struct lb_gather_result *got)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("# %" PRIu64 " photos: %" PRIu64 " calls in %.1f days, stopped %u times, %" PRIu64 " gaps, %ld MB\n", world.photos, world.calls,
		(double)(net.wall - 1767225600000) / 86400000, stops, got->gaps, usage.ru_maxrss / 1024);
}

START_TEST(nothing_lost_nothing_twice_never_above)
{
	struct lb_gather_result got = {0};
	unsigned stops = run_with_stops(plan_stage, &got, world.photos / 500 / 3 + 2);
	stops += run_with_stops(gather_all, &got, world.photos / 10);
	tell(stops, &got);
	ck_assert_uint_ge(stops, STOPS);
	ck_assert_uint_eq(world.above, 0);
	ck_assert_uint_eq(world.twice, 0);
	for (size_t i = 0; i < LB_COUNT(faults); i++)
		ck_assert_msg(world.faults[i] > 0, "fault %zu never struck", i);
	check_all();
	uint64_t calls = world.calls;
	ck_assert_ok(gather_all(&got)); /* once more: nothing is left to ask */
	ck_assert_uint_eq(world.calls, calls);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("net_month");
	TCase *t = tcase_create("month");
	tcase_set_timeout(t, 3600);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, nothing_lost_nothing_twice_never_above);
	suite_add_tcase(s, t);
	return s;
}
