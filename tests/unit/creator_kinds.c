/* Every kind of URL, planned over loopback: what comes into the plan, in what order, and what is noted where it cannot. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"
#include "tests/support/tiny_flickr.h"

#define ANN "12345@N00"
#define F "https://www.flickr.com/"

static struct lb_error err;
static struct lb_source source;

static const struct tiny_route world[] = {
	{ "flickr.urls.lookupUser", { { "url", F "photos/ann/" } }, .raw = "<user id=\"" ANN "\"><username>ann</username></user>" },
	{ "flickr.people.getPublicPhotos", { { "user_id", ANN } }, .list = "50 40 30 20 10" },
	{ "flickr.people.getPublicPhotos", { { "user_id", "77777@N00" } }, .list = "7 8" },
	{ "flickr.people.getPhotos", { { "user_id", ANN } }, .list = "60 50 40 30 20 10" },
	{ "flickr.people.getPhotosOf", { { "user_id", ANN } }, .list = "21 22 23" },
	{ "flickr.favorites.getPublicList", { { "user_id", ANN } }, .list = "31 32" },
	{ "flickr.favorites.getList", { { "user_id", ANN } }, .list = "33 31 32" },
	{ "flickr.photos.getInfo", { { "photo_id", "10" } }, .raw = "<photo id=\"10\" secret=\"abc\" server=\"1\" farm=\"1\" dateuploaded=\"1500000000\" license=\"4\" media=\"photo\">"
		"<owner nsid=\"" ANN "\" username=\"ann\"/><title>Ten</title><description/><visibility ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/>"
		"<dates posted=\"1500000000\" taken=\"2017-07-14 02:40:00\" takengranularity=\"0\" takenunknown=\"0\" lastupdate=\"1500000001\"/><comments>3</comments></photo>" },
	{ "flickr.photosets.getInfo", { { "photoset_id", "72157600000000001" } }, .raw = "<photoset id=\"72157600000000001\" owner=\"" ANN "\"><title>Birds</title><description/></photoset>" },
	{ "flickr.photosets.getPhotos", { { "photoset_id", "72157600000000001" } }, .list = "10 30 50", .wrapper = "photoset" },
	{ "flickr.photosets.getPhotos", { { "photoset_id", "72157600000000002" } }, .list = "30 99", .wrapper = "photoset" },
	{ "flickr.photosets.getPhotos", { { "photoset_id", "72157600000000004" } }, .list = "", .wrapper = "photoset" },
	{ "flickr.photosets.getList", { { "user_id", ANN } }, .raw = "<photosets page=\"1\" pages=\"1\" perpage=\"500\" total=\"3\">"
		"<photoset id=\"72157600000000002\"><title>B</title></photoset><photoset id=\"72157600000000001\"><title>A</title></photoset>"
		"<photoset id=\"72157600000000003\"><title>gone</title></photoset></photosets>" },
	{ "flickr.galleries.getInfo", { { "gallery_id", "72157600000000011" } }, .raw = "<gallery id=\"6065-72157600000000011\" gallery_id=\"72157600000000011\" owner=\"" ANN "\"><title>Best</title><description/></gallery>" },
	{ "flickr.galleries.getPhotos", { { "gallery_id", "72157600000000011" } }, .list = "71 72 73 74 75" },
	{ "flickr.galleries.getPhotos", { { "gallery_id", "72157600000000012" } }, .list = "75 76" },
	{ "flickr.galleries.getList", { { "user_id", ANN } }, .raw = "<galleries page=\"1\" pages=\"1\" per_page=\"500\" total=\"2\">"
		"<gallery id=\"6065-72157600000000011\" gallery_id=\"72157600000000011\" owner=\"" ANN "\"><title>Best</title></gallery>"
		"<gallery id=\"6065-72157600000000012\" gallery_id=\"72157600000000012\" owner=\"" ANN "\"><title>Next</title></gallery></galleries>" },
	{ "flickr.urls.lookupGroup", { { "url", F "groups/birds/" } }, .raw = "<group id=\"34427469792@N01\"><groupname>Birds</groupname></group>" },
	{ "flickr.groups.getInfo", { { "group_id", "34427469792@N01" } }, .raw = "<group id=\"34427469792@N01\" nsid=\"34427469792@N01\"><name>Birds of all kinds</name></group>" },
	{ "flickr.groups.pools.getPhotos", { { "group_id", "34427469792@N01" }, { "tags", "owl" } }, .list = "82" },
	{ "flickr.groups.pools.getPhotos", { { "group_id", "34427469792@N01" }, { "user_id", ANN } }, .list = "83" },
	{ "flickr.groups.pools.getPhotos", { { "group_id", "34427469792@N01" } }, .list = "81 82 83" },
	{ "flickr.photos.search", { { "tags", "owl" }, { "user_id", ANN } }, .list = "91" },
	{ "flickr.photos.search", { { "tags", "owl" } }, .list = "91 92" },
	{ "flickr.photos.search", { { "text", "barn owl" } }, .list = "93 91" },
	{ "flickr.photos.search", { { "min_taken_date", "2020-02-01 00:00:00" }, { "max_taken_date", "2020-02-29 23:59:59" } }, .list = "94" },
	{ "flickr.photos.search", { { "min_upload_date", "1577836800" }, { "max_upload_date", "1609459199" } }, .list = "95" },
	{ "flickr.collections.getTree", { { "user_id", ANN } }, .raw = "<collections><collection id=\"12-72157600000000021\" title=\"All\" description=\"d\">"
		"<collection id=\"12-72157600000000022\" title=\"Some\" description=\"\"><set id=\"72157600000000001\" title=\"A\" description=\"\"/></collection>"
		"<set id=\"72157600000000002\" title=\"B\" description=\"\"/></collection></collections>" },
	{ "flickr.interestingness.getList", { { "date", "2020-01-31" } }, .list = "101 102" },
	{ "flickr.commons.getInstitutions", { { NULL, NULL } }, .raw = "<institutions><institution nsid=\"" ANN "\" date_launch=\"1\"><name>Library</name></institution>"
		"<institution nsid=\"77777@N00\" date_launch=\"1\"><name>Museum</name></institution></institutions>" },
};

static const char *redirects(const char *path)
{
	static const char *const ways[][2] = {
		{ "/flic.kr/s/aHsk1", "https://www.flickr.com/short_urls.gne?photoset=aHsk1" },
		{ "/www.flickr.com/short_urls.gne", "/photos/ann/sets/72157600000000001" },
		{ "/flic.kr/s/aHsk2", "http://example.org/" },
		{ "/flic.kr/s/aHsk3", "https://flic.kr/s/aHsk4" }, { "/flic.kr/s/aHsk4", "https://flic.kr/s/aHsk3" },
		{ "/flic.kr/s/aHsk5", "https://www.flickr.com/" },
		{ "/www.flickr.com/gp/ann/abc123", "/photos/ann/10/" },
		{ "/flic.kr/gp/ann/abc123", "/photos/ann/10/" },
	};
	for (size_t i = 0; i < LB_COUNT(ways); i++)
		if (strcmp(path, ways[i][0]) == 0)
			return ways[i][1];
	return NULL;
}

static void begin(void)
{
	err = (struct lb_error){ 0 };
	tiny.routes = world;
	tiny.nroutes = LB_COUNT(world);
	source = (struct lb_source){ .api_key = "k", .reroute = tiny_start(), .tries = 1, .retry_base_ms = 1 };
	tiny.redirect = redirects;
	tiny.page_max = 2;
}

static void end(void)
{
	tiny_stop();
}

static int plan_urls(const char *dir, const char *const *urls, size_t count, struct lb_plan *out)
{
	struct lb_plan_request request = { .urls = urls, .nurls = count };
	return lb_create_plan(dir, &request, &source, NULL, out, &err);
}

static const char *ids_of(const struct lb_plan *plan)
{
	static char text[1024];
	text[0] = '\0';
	for (size_t i = 0; i < plan->nphotos; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", plan->photos[i].id);
	return text;
}

/* ---- each kind ------------------------------------------------------------------------------------------------------------ */

static const struct { const char *url, *type, *ids; size_t sets, gaps; int64_t claimed; const char *name; } kinds[] = {
	{ F "photos/ann/10", "single_photo", "10", 0, 0, LB_UNKNOWN, "Ten" },
	{ F "photos/ann/", "user", "50 40 30 20 10", 2, 1, 5, "ann" },
	{ F "photos/ann/albums/72157600000000001", "album", "10 30 50", 1, 0, 3, "Birds" },
	{ F "photos/ann/sets/", "albums", "30 99 10 50", 2, 1, 5, "ann" },
	{ F "photos/ann/galleries/72157600000000011/", "gallery", "71 72 73 74 75", 1, 0, 5, "Best" },
	{ F "photos/ann/galleries/", "galleries", "71 72 73 74 75 76", 2, 0, 7, "ann" },
	{ F "groups/birds/", "group", "81 82 83", 1, 0, 3, "Birds of all kinds" },
	{ F "groups/34427469792@N01/pool/", "group", "81 82 83", 1, 0, 3, "Birds of all kinds" },
	{ F "groups/birds/pool/tags/owl/", "group_pool", "82", 1, 0, 1, "Birds of all kinds" },
	{ F "groups/birds/pool/" ANN "/", "group_pool", "83", 1, 0, 1, "Birds of all kinds" },
	{ F "photos/ann/favorites/", "favorites", "31 32", 0, 0, 2, "ann" },
	{ F "people/" ANN "/photosof/", "people_in", "21 22 23", 0, 0, 3, NULL },
	{ F "photos/tags/owl/", "tag", "91 92", 0, 0, 2, "owl" },
	{ F "photos/ann/tags/owl/", "user_tag", "91", 0, 0, 1, "ann" },
	{ F "search/?text=barn%20owl&sort=relevance", "search", "93 91", 0, 0, 2, "barn owl" },
	{ F "photos/ann/archives/date-taken/2020/02/", "archive", "94", 0, 0, 1, "ann" },
	{ F "photos/ann/archives/date-posted/2020/", "archive", "95", 0, 0, 1, "ann" },
	{ F "photos/ann/collections/72157600000000021/", "collection", "30 99 10 50", 2, 0, 5, "All" },
	{ F "photos/ann/collections/72157600000000022/", "collection", "10 30 50", 1, 0, 3, "Some" },
	{ F "explore/2020/01/31/", "explore", "101 102", 0, 0, 2, "2020-01-31" },
	{ F "commons/", "commons", "50 40 30 20 10 7 8", 0, 0, 7, "Flickr Commons" },
	{ "https://flic.kr/s/aHsk1", "short", "10 30 50", 1, 0, 3, "Birds" },
	{ F "gp/ann/abc123", "short", "10", 0, 0, LB_UNKNOWN, "Ten" },
};

START_TEST(each_kind)
{
	struct lb_plan plan;
	ck_assert_ok(plan_urls(test_dir(), &kinds[_i].url, 1, &plan));
	ck_assert_str_eq(plan.urls[0].type, kinds[_i].type);
	ck_assert_msg(strcmp(ids_of(&plan), kinds[_i].ids) == 0, "%s: %s", kinds[_i].url, ids_of(&plan));
	ck_assert_uint_eq(plan.nsets, kinds[_i].sets);
	ck_assert_uint_eq(plan.ngaps, kinds[_i].gaps);
	ck_assert_int_eq(plan.urls[0].claimed, kinds[_i].claimed);
	ck_assert_uint_eq(plan.urls[0].found, plan.nphotos);
	ck_assert_pstr_eq(plan.urls[0].name, kinds[_i].name);
	for (size_t i = 0; i < plan.nphotos; i++) {
		const struct lb_plan_photo *p = &plan.photos[i];
		ck_assert_int_eq(p->updated, strcmp(p->id, "10") == 0 && plan.nphotos == 1 ? 1500000001 : 1500000000);
		bool from_list = p->row_url != SIZE_MAX;
		ck_assert_msg(from_list == (plan.urls[0].claimed != LB_UNKNOWN), "row of %s", p->id);
		ck_assert(!from_list || p->row_call < plan.urls[0].ncalls);
	}
	lb_plan_clear(&plan);
}
END_TEST

/* Taking it up again asks nothing, and what was found is what is in plan.json. */
START_TEST(each_kind_again)
{
	const char *dir = test_dir();
	struct lb_plan plan, again;
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20);
	ck_assert_ok(plan_urls(dir, &kinds[_i].url, 1, &plan));
	unsigned hits = tiny.hits;
	ck_assert_ok(plan_urls(dir, &kinds[_i].url, 1, &again));
	ck_assert_uint_eq(tiny.hits, hits);
	lb_plan_json(&plan, &a);
	lb_plan_json(&again, &b);
	ck_assert_str_eq(lb_buf_str(&a), lb_buf_str(&b));
	lb_plan_clear(&plan);
	lb_plan_clear(&again);
}
END_TEST

static const struct { const char *url; int status; const char *says; } refused[] = {
	{ F, LB_USAGE, "homepage" },
	{ "https://example.org/", LB_USAGE, "" },
	{ F "photos/ann/11", LB_NOTFOUND, "no such thing" },
	{ F "photos/bob/", LB_NOTFOUND, "no such thing" },
	{ F "photos/bob/albums/72157600000000001", LB_NOTFOUND, "no such thing" },
	{ F "photos/ann/albums/72157600000000004", LB_NOTFOUND, "not one photo" },
	{ F "groups/none/", LB_NOTFOUND, "no such thing" },
	{ F "photos/tags/nothing/", LB_NOTFOUND, "no such thing" },
	{ "https://flic.kr/s/aHsk2", LB_NOTFOUND, "away from Flickr" },
	{ "https://flic.kr/s/aHsk3", LB_NOTFOUND, "do not end" },
	{ "https://flic.kr/s/aHsk5", LB_NOTFOUND, "no photos" },
	{ "https://flic.kr/s/aHsk9", LB_NOTFOUND, "404" },
};

START_TEST(each_refusal)
{
	struct lb_plan plan;
	const char *dir = test_dir();
	ck_assert_int_eq(plan_urls(dir, &refused[_i].url, 1, &plan), refused[_i].status);
	ck_assert_msg(strcasestr(err.what, refused[_i].says) != NULL, "\"%s\" does not say \"%s\"", err.what, refused[_i].says);
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "plan.json");
	ck_assert(!lb_file_exists(lb_buf_str(&path)));
}
END_TEST

/* ---- what is particular ------------------------------------------------------------------------------------------------------ */

START_TEST(stream_has_its_albums_as_sets)
{
	const char *url = F "photos/ann/";
	struct lb_plan plan;
	ck_assert_ok(plan_urls(test_dir(), &url, 1, &plan));
	ck_assert(plan.urls[0].whole_stream);
	ck_assert_str_eq(plan.sets[0].id, "72157600000000002");
	ck_assert_int_eq(plan.sets[0].kind, LB_SET_ALBUM);
	ck_assert_str_eq(plan.sets[1].id, "72157600000000001");
	ck_assert_uint_eq(plan.sets[1].ncalls, 2); /* 10 30, 50; read again at the end, which brought nothing */
	for (size_t i = 0; i < 2; i++) {
		const char *call = plan.urls[0].calls[plan.sets[1].first_call + i];
		ck_assert_ptr_nonnull(strstr(call, "photoset_id=72157600000000001"));
		ck_assert_ptr_null(strstr(call, "extras"));
	}
	ck_assert_str_eq(plan.gaps[0].method, "flickr.photosets.getPhotos"); /* the album that is gone */
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(stream_without_albums)
{
	const char *url = F "photos/ann/", *dir = test_dir();
	struct lb_plan plan;
	struct lb_plan_request request = { .urls = &url, .nurls = 1, .choices_said = LB_SAID_LAYERS, .choices.layers = 1U << LB_CHOICE_COMMENTS };
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	ck_assert_uint_eq(plan.nsets, 0);
	ck_assert(!plan.urls[0].whole_stream);
	ck_assert_uint_eq(tiny_count("photosets"), 0);
	ck_assert_uint_eq(plan.choices.layers, 1U << LB_CHOICE_COMMENTS | 1U << LB_CHOICE_PHOTO);
	lb_plan_clear(&plan);
	request.choices.layers |= 1U << LB_CHOICE_ALBUMS; /* now they are wanted: read, and nothing else */
	unsigned hits = tiny.hits;
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	ck_assert_uint_eq(plan.nsets, 2);
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10");
	ck_assert_uint_eq(tiny_count("getPublicPhotos"), 4);
	ck_assert_uint_gt(tiny.hits, hits);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(signed_in)
{
	const char *urls[] = { F "photos/ann/", F "photos/ann/favorites" };
	struct lb_plan plan;
	source.api_secret = source.token = source.token_secret = "s";
	source.account_id = ANN;
	source.account_name = "ann";
	ck_assert_ok(plan_urls(test_dir(), urls, 2, &plan));
	ck_assert_str_eq(ids_of(&plan), "60 50 40 30 20 10 33 31 32");
	ck_assert_str_eq(plan.choices.account_id, ANN);
	ck_assert_uint_eq(tiny_count("getPublic"), 0);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(collection_tree)
{
	const char *url = F "photos/ann/collections/72157600000000021/";
	struct lb_plan plan;
	ck_assert_ok(plan_urls(test_dir(), &url, 1, &plan));
	ck_assert_uint_eq(plan.ncollections, 2);
	ck_assert_str_eq(plan.collections[0].title, "All");
	ck_assert_ptr_null(plan.collections[0].parent_id);
	ck_assert_str_eq(plan.collections[0].album_ids[0], "72157600000000002");
	ck_assert_str_eq(plan.collections[1].parent_id, plan.collections[0].id);
	ck_assert_str_eq(plan.collections[1].album_ids[0], "72157600000000001");
	lb_plan_clear(&plan);
}
END_TEST

static unsigned half_ids_unknown(const struct tiny_ask *ask, struct lb_buf *body)
{
	if (!tiny_param(ask, "collection_id"))
		return UINT_MAX;
	lb_buf_adds(body, "<rsp stat=\"fail\"><err code=\"2\" msg=\"Collection not found\"/></rsp>");
	return 200;
}

/* In the member's whole tree it is found, or it is not there at all: never something else in its place. */
START_TEST(collection_by_the_whole_tree)
{
	const char *urls[] = { F "photos/ann/collections/72157600000000022/", F "photos/ann/collections/99999999/", F "photos/ann/10" };
	struct lb_plan plan;
	tiny.first = half_ids_unknown;
	ck_assert_ok(plan_urls(test_dir(), urls, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "10 30 50");
	ck_assert_uint_eq(plan.ngaps, 0);
	lb_plan_clear(&plan);
	ck_assert_ok(plan_urls(test_dir(), urls + 1, 2, &plan));
	ck_assert_str_eq(ids_of(&plan), "10");
	ck_assert_uint_eq(plan.ncollections, 0);
	ck_assert_uint_eq(plan.nsets, 0);
	ck_assert_uint_eq(plan.ngaps, 1);
	ck_assert_int_eq(plan.gaps[0].kind, LB_GAP_REFUSED);
	ck_assert_str_eq(plan.gaps[0].message, "Collection not found");
	lb_plan_clear(&plan);
}
END_TEST

/* Each page of a member's albums names another album, and there is no end. */
static unsigned endless_albums(const struct tiny_ask *ask, struct lb_buf *body)
{
	if (strcmp(tiny_param(ask, "method"), "flickr.photosets.getList") != 0)
		return UINT_MAX;
	const char *page = tiny_param(ask, "page");
	lb_buf_addf(body, "<rsp stat=\"ok\"><photosets page=\"%s\" pages=\"5000\" perpage=\"1\" total=\"5000\"><photoset id=\"%s\"><title>A</title></photoset></photosets></rsp>", page, page);
	return 200;
}

START_TEST(albums_without_end)
{
	const char *url = F "photos/ann/";
	struct lb_plan plan;
	tiny.first = endless_albums;
	ck_assert_ok(plan_urls(test_dir(), &url, 1, &plan));
	ck_assert(!plan.urls[0].whole_stream);
	const struct lb_gap *gap = &plan.gaps[0];
	ck_assert_str_eq(gap->method, "flickr.photosets.getList");
	ck_assert_ptr_nonnull(strstr(gap->message, "more of them"));
	lb_plan_clear(&plan);
}
END_TEST

static const struct { const char *urls[2]; size_t count; const char *said, *title; } titles[] = {
	{ { F "photos/ann/" }, 1, NULL, "The photostream of ann" },
	{ { F "photos/tags/owl/" }, 1, NULL, "Photos tagged owl" },
	{ { F "photos/ann/10" }, 1, NULL, "Ten" },
	{ { F "photos/ann/10", F "photos/tags/owl/" }, 2, NULL, "3 photos from Flickr" },
	{ { F "people/" ANN "/photosof/" }, 1, NULL, "3 photos from Flickr" }, /* Flickr did not say whose */
	{ { F "photos/ann/10" }, 1, "Mine", "Mine" },
};

/* What the maker did not say is not written as their word: names in it are Flickr's, and may have to go. */
START_TEST(title_by_default)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *dir = test_dir();
	struct lb_plan plan;
	struct lb_plan_request request = { .urls = titles[_i].urls, .nurls = titles[_i].count, .words.title = titles[_i].said };
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	ck_assert_str_eq(lb_plan_title(&plan, &arena), titles[_i].title);
	lb_plan_clear(&plan);
	ck_assert_ok(lb_plan_load(dir, &plan, &err));
	ck_assert_pstr_eq(plan.words.title, titles[_i].said);
	ck_assert_str_eq(lb_plan_title(&plan, &arena), titles[_i].title);
	lb_plan_clear(&plan);
}
END_TEST

static int64_t at_a_second(void *arg)
{
	(void)arg;
	return 1700000000;
}

/* However many there are, the last URL counts. */
START_TEST(id_of_many_urls)
{
	enum { MANY = 20, LONG = 1 << 20 };
	static char text[LONG];
	const struct lb_ctx ctx = { .wall = at_a_second };
	const char *urls[MANY];
	struct lb_plan one, two;
	struct lb_plan_request request = { .urls = urls, .nurls = MANY };
	memset(text, 'x', sizeof text - 1);
	memcpy(text, F "photos/ann/10?", strlen(F "photos/ann/10?"));
	for (size_t i = 0; i < MANY; i++)
		urls[i] = text;
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, &ctx, &one, &err));
	urls[MANY - 1] = F "photos/ann/10";
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, &ctx, &two, &err));
	ck_assert_str_ne(one.id, two.id);
	lb_plan_clear(&one);
	lb_plan_clear(&two);
}
END_TEST

START_TEST(several_urls)
{
	const char *urls[] = { F "photos/ann/albums/72157600000000001", F "photos/ann/10", F "photos/ann/albums/72157600000000002", F "photos/ann/albums/72157600000000001/" };
	struct lb_plan plan;
	ck_assert_ok(plan_urls(test_dir(), urls, 4, &plan));
	ck_assert_str_eq(ids_of(&plan), "10 30 50 99");
	ck_assert_uint_eq(plan.photos[0].nfrom, 3);
	ck_assert_uint_eq(plan.photos[0].from[1], 1);
	ck_assert_uint_eq(plan.photos[0].from[2], 3);
	ck_assert_uint_eq(plan.photos[1].nfrom, 3);
	ck_assert_uint_eq(plan.photos[1].from[1], 2);
	ck_assert_uint_eq(plan.photos[3].row_url, 2);
	ck_assert_uint_eq(plan.nsets, 2); /* the album that is given twice is one set */
	ck_assert_uint_eq(tiny_count("lookupUser"), 1);
	lb_plan_clear(&plan);
}
END_TEST

/* ---- drift, holes and cuts -------------------------------------------------------------------------------------------------- */

/* A photo is uploaded after the first page was read: all others move back by one. */
static unsigned uploads(const struct tiny_ask *ask, struct lb_buf *body)
{
	static const char *const ids[] = { "70", "50", "40", "30", "20", "10" };
	static int pages;
	const char *method = tiny_param(ask, "method");
	if (!method || strcmp(method, "flickr.people.getPublicPhotos") != 0)
		return UINT_MAX;
	bool late = pages++ > 0;
	lb_buf_adds(body, "<rsp stat=\"ok\">");
	tiny_page(ask, "photos", late ? ids : ids + 1, late ? 6 : 5, body);
	lb_buf_adds(body, "</rsp>");
	return 200;
}

START_TEST(drift)
{
	const char *urls[] = { F "photos/ann/30", F "photos/ann/" };
	struct lb_plan plan;
	tiny.first = uploads;
	ck_assert_ok(plan_urls(test_dir(), urls, 2, &plan));
	ck_assert_str_eq(ids_of(&plan), "30 70 50 40 20 10"); /* the newcomer before those of its list, not before all */
	ck_assert_uint_eq(plan.urls[1].found, 6);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned fails_on_page_2(const struct tiny_ask *ask, struct lb_buf *body)
{
	const char *page = tiny_param(ask, "page"), *method = tiny_param(ask, "method");
	(void)body;
	return page && strcmp(page, "2") == 0 && strstr(method, "getPublicPhotos") ? 503 : UINT_MAX;
}

/* What Flickr answered with an error is a gap; the pages behind are read; and a rerun closes it. */
START_TEST(hole_is_asked_again)
{
	const char *url = F "photos/ann/", *dir = test_dir();
	struct lb_plan plan;
	tiny.first = fails_on_page_2;
	ck_assert_ok(plan_urls(dir, &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 10");
	ck_assert_int_eq(plan.gaps[0].kind, LB_GAP_FAILED);
	ck_assert_int_eq(plan.gaps[0].code, 503);
	ck_assert_str_eq(plan.gaps[0].layer, "page 2");
	lb_plan_clear(&plan);
	unsigned hits = tiny.hits;
	tiny.first = NULL;
	ck_assert_ok(plan_urls(dir, &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10");
	ck_assert_uint_eq(plan.ngaps, 1); /* the album that is gone: that is final */
	ck_assert_uint_eq(tiny.hits, hits + 1);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned fails_again(const struct tiny_ask *ask, struct lb_buf *body)
{
	const char *per_page = tiny_param(ask, "per_page");
	return per_page && strcmp(per_page, "499") == 0 ? 500 : uploads(ask, body);
}

/* The second look at page 1 fails: what it would have told is a gap, and asked for again. */
START_TEST(second_look_fails)
{
	const char *url = F "photos/ann/", *dir = test_dir();
	struct lb_plan plan;
	tiny.first = fails_again;
	ck_assert_ok(plan_urls(dir, &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10");
	ck_assert_int_eq(plan.gaps[0].kind, LB_GAP_FAILED);
	ck_assert_str_eq(plan.gaps[0].layer, "page 1");
	ck_assert_uint_eq(plan.nsets, 1); /* the album of one page: a list that may lack something is no set */
	lb_plan_clear(&plan);
	tiny.first = uploads;
	ck_assert_ok(plan_urls(dir, &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "70 50 40 30 20 10");
	ck_assert_uint_eq(plan.nsets, 2);
	lb_plan_clear(&plan);
}
END_TEST

/* Page 2 holds what page 1 held. */
static unsigned repeats_itself(const struct tiny_ask *ask, struct lb_buf *body)
{
	const char *page = tiny_param(ask, "page");
	if (!strstr(tiny_param(ask, "method"), "favorites"))
		return UINT_MAX;
	lb_buf_addf(body, "<rsp stat=\"ok\"><photos page=\"%s\" pages=\"2\" perpage=\"2\" total=\"4\">", page);
	tiny_row(body, "31", ANN, true);
	tiny_row(body, "32", ANN, true);
	lb_buf_adds(body, "</photos></rsp>");
	return 200;
}

START_TEST(repeating_list)
{
	const char *url = F "photos/ann/favorites/";
	struct lb_plan plan;
	tiny.first = repeats_itself;
	ck_assert_ok(plan_urls(test_dir(), &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "31 32");
	ck_assert_uint_eq(plan.ngaps, 1);
	ck_assert_str_eq(plan.gaps[0].message, "the list repeats itself: it gave 2 of 4 claimed");
	lb_plan_clear(&plan);
	tiny.first = NULL;
	tiny.claim = 4; /* two are counted and not shown: nothing came twice, and nothing can be done */
	ck_assert_ok(plan_urls(test_dir(), &url, 1, &plan));
	ck_assert_int_eq(plan.urls[0].claimed, 4);
	ck_assert_uint_eq(plan.ngaps, 0);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned lookup_is_404(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)body;
	return strstr(tiny_param(ask, "method"), "lookupUser") ? 404 : UINT_MAX;
}

/* What did not come for one URL is not asked for at once for the next. */
START_TEST(failed_for_two)
{
	const char *urls[] = { F "photos/ann/", F "photos/ann/favorites", F "photos/ann/10" };
	struct lb_plan plan;
	tiny.first = lookup_is_404;
	ck_assert_ok(plan_urls(test_dir(), urls, 3, &plan));
	ck_assert_uint_eq(plan.ngaps, 2);
	ck_assert_uint_eq(tiny_count("lookupUser"), 1);
	lb_plan_clear(&plan);
}
END_TEST

static unsigned closes_on_page_2(const struct tiny_ask *ask, struct lb_buf *body)
{
	return fails_on_page_2(ask, body) == 503 ? 0 : UINT_MAX;
}

START_TEST(cut_is_taken_up)
{
	const char *url = F "photos/ann/", *dir = test_dir();
	struct lb_plan plan;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, "plan.json");
	tiny.first = closes_on_page_2;
	ck_assert_int_eq(plan_urls(dir, &url, 1, &plan), LB_NETWORK);
	ck_assert(!lb_file_exists(lb_buf_str(&path)));
	tiny.first = NULL;
	ck_assert_ok(plan_urls(dir, &url, 1, &plan));
	ck_assert_str_eq(ids_of(&plan), "50 40 30 20 10");
	ck_assert_uint_eq(tiny_count("getPublicPhotos 1"), 2); /* one of them the second look at the end */
	lb_plan_clear(&plan);
}
END_TEST

/* ---- access ------------------------------------------------------------------------------------------------------------------- */

static unsigned refuse_100(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)ask;
	lb_buf_adds(body, "<rsp stat=\"fail\"><err code=\"100\" msg=\"Invalid API Key (Key has been disabled)\"/></rsp>");
	return 200;
}

static unsigned refuse_98(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)ask;
	lb_buf_adds(body, "<rsp stat=\"fail\"><err code=\"98\" msg=\"Invalid auth token\"/></rsp>");
	return 200;
}

static unsigned refuse_oauth(const struct tiny_ask *ask, struct lb_buf *body)
{
	(void)ask;
	lb_buf_adds(body, "oauth_problem=token_rejected&debug_sbs=GET%26k");
	return 401;
}

static unsigned disable_later(const struct tiny_ask *ask, struct lb_buf *body)
{
	return tiny.hits > 2 ? refuse_100(ask, body) : UINT_MAX;
}

static const struct { tiny_fn *first; const char *says, *hint; } accesses[] = {
	{ disable_later, "disabled", "it was accepted before" },
	{ refuse_100, "disabled", "LIFEBOAT_API_KEY" },
	{ refuse_98, "Invalid auth token", "lifeboat auth" },
	{ refuse_oauth, "token_rejected", "lifeboat auth" },
};

START_TEST(access_refused)
{
	const char *url = F "photos/ann/";
	struct lb_plan plan;
	source.api_secret = source.token = source.token_secret = "s";
	tiny.first = accesses[_i].first;
	ck_assert_int_eq(plan_urls(test_dir(), &url, 1, &plan), LB_AUTH);
	ck_assert_msg(strstr(err.what, accesses[_i].says) != NULL, "%s", err.what);
	ck_assert_msg(strstr(err.hint, accesses[_i].hint) != NULL, "%s", err.hint);
	ck_assert_ptr_null(strstr(err.what, "GET"));
}
END_TEST

static void count_warnings(void *arg, const struct lb_event *event)
{
	*(int *)arg += event->kind == LB_EVENT_WARN && strstr(event->what, "nobody is signed in");
}

/* Asked for what only those who are signed in are shown. */
START_TEST(signed_out_warning)
{
	const char *url = F "photos/ann/10";
	int warned = 0;
	const struct lb_ctx ctx = { .event = count_warnings, .event_arg = &warned };
	struct lb_plan plan;
	struct lb_plan_request request = { .urls = &url, .nurls = 1, .choices_said = LB_SAID_PRIVATE | LB_SAID_SAFETY };
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, &ctx, &plan, &err));
	ck_assert_int_eq(warned, 0);
	lb_plan_clear(&plan);
	request.choices.include_private = true;
	request.choices.safety = 2;
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, &ctx, &plan, &err));
	ck_assert_int_eq(warned, 2);
	lb_plan_clear(&plan);
	source.api_secret = source.token = source.token_secret = "s";
	ck_assert_ok(lb_create_plan(test_dir(), &request, &source, &ctx, &plan, &err));
	ck_assert_int_eq(warned, 2);
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(rescue_needs_agreement)
{
	const char *url = F "photos/ann/10", *dir = test_dir();
	struct lb_plan plan;
	struct lb_plan_request request = { .urls = &url, .nurls = 1, .choices_said = LB_SAID_POLICY, .choices.policy = LB_POLICY_RESCUE };
	ck_assert_int_eq(lb_create_plan(dir, &request, &source, NULL, &plan, &err), LB_USAGE);
	ck_assert_ptr_nonnull(strstr(err.hint, "--agree"));
	ck_assert_uint_eq(tiny.hits, 0);
	request.choices_said |= LB_SAID_AGREED;
	request.choices.agreed = 1700000000;
	ck_assert_ok(lb_create_plan(dir, &request, &source, NULL, &plan, &err));
	ck_assert_int_eq(plan.choices.agreed, 1700000000);
	lb_plan_clear(&plan);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/kinds");
	TCase *t = tcase_create("loopback");
	tcase_add_checked_fixture(t, begin, end);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, each_kind, 0, (int)LB_COUNT(kinds));
	tcase_add_loop_test(t, each_kind_again, 0, (int)LB_COUNT(kinds));
	tcase_add_loop_test(t, each_refusal, 0, (int)LB_COUNT(refused));
	tcase_add_test(t, stream_has_its_albums_as_sets);
	tcase_add_test(t, stream_without_albums);
	tcase_add_test(t, signed_in);
	tcase_add_test(t, collection_tree);
	tcase_add_test(t, collection_by_the_whole_tree);
	tcase_add_test(t, albums_without_end);
	tcase_add_loop_test(t, title_by_default, 0, (int)LB_COUNT(titles));
	tcase_add_test(t, id_of_many_urls);
	tcase_add_test(t, several_urls);
	tcase_add_test(t, drift);
	tcase_add_test(t, hole_is_asked_again);
	tcase_add_test(t, second_look_fails);
	tcase_add_test(t, failed_for_two);
	tcase_add_test(t, repeating_list);
	tcase_add_test(t, cut_is_taken_up);
	tcase_add_test(t, signed_out_warning);
	tcase_add_loop_test(t, access_refused, 0, (int)LB_COUNT(accesses));
	tcase_add_test(t, rescue_needs_agreement);
	suite_add_tcase(s, t);
	return s;
}
