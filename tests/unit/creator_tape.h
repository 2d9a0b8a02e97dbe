/* A recording made by hand, and a plan over it, for the tests of gathering and building. */
#ifndef LB_TESTS_CREATOR_TAPE_H
#define LB_TESTS_CREATOR_TAPE_H

#include <stdio.h>
#include <string.h>

#include "format/evidence/evidence.h"
#include "format/text/text.h"
#include "lifeboat/creator/creator.h"
#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

#define API "https://api.flickr.com/services/rest/?"
#define WHEN 1760000000
#define OWNER "12345678@N00"
#define STREAM "https://www.flickr.com/photos/" OWNER "/"

static struct lb_error err;
static struct lb_buf tape;

static inline void tape_begin(void)
{
	tape = (struct lb_buf)LB_BUF((size_t)1 << 30);
	lb_warc_format_info("test", WHEN, &tape);
}
static inline void tape_end(void)
{
	lb_buf_clear(&tape);
}

static inline void tape_add(const char *uri, const char *type, struct lb_span body)
{
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF((size_t)1 << 26);
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = uri, .date = WHEN, .status = 200, .content_type = type, .headers = "", .body = body };
	ck_assert_ok(lb_warc_format(&x, &member, &err));
	lb_buf_add(&tape, member.p, member.len);
}

/* query: "method=…&…"; rsp: what stands in <rsp stat="ok">…</rsp>. */
static inline void tape_ok(const char *query, const char *rsp)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16), body = LB_BUF((size_t)1 << 26);
	lb_buf_addf(&uri, API "%s", query);
	lb_buf_adds(&body, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"ok\">");
	lb_buf_adds(&body, rsp);
	lb_buf_adds(&body, "</rsp>\n");
	tape_add(lb_buf_str(&uri), "text/xml; charset=utf-8", lb_buf_span(&body));
}

static inline void tape_fault(const char *query, int code, const char *message)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16), body = LB_BUF(1 << 16);
	lb_buf_addf(&uri, API "%s", query);
	lb_buf_addf(&body, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"fail\"><err code=\"%d\" msg=\"%s\"/></rsp>\n", code, message);
	tape_add(lb_buf_str(&uri), "text/xml; charset=utf-8", lb_buf_span(&body));
}

/* The head of a PNG of that size, and `salt` that makes it a file of its own. */
static inline void tape_png(const char *url, unsigned width, unsigned height, const char *salt)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	const unsigned char size[] = { 0, 0, (unsigned char)(width >> 8), (unsigned char)width, 0, 0, (unsigned char)(height >> 8), (unsigned char)height, 8, 2, 0, 0, 0 };
	lb_buf_add(&b, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
	lb_buf_add(&b, size, sizeof size);
	lb_buf_add(&b, "\0\0\0\0", 4);
	lb_buf_adds(&b, salt);
	tape_add(url, "image/png", lb_buf_span(&b));
}

static inline const char *tape_save(const char *dir)
{
	static char path[400];
	snprintf(path, sizeof path, "%s/tape.warc.gz", dir);
	ck_assert_ok(lb_file_write(path, tape.p, tape.len, &err));
	return path;
}

/* ---- what Flickr would answer ------------------------------------------------------------------------------------------- */

/* Adds attributes of two sizes, 800x600 and 320x240, as a list tells them; their files: size_url. */
static inline const char *size_url(const char *id, const char *suffix)
{
	static char url[2][200];
	static unsigned turn;
	turn = !turn;
	snprintf(url[turn], sizeof url[turn], "https://live.staticflickr.com/1/%s_%s_%s.png", id, suffix[0] == 'o' ? "orig" : "abc", suffix);
	return url[turn];
}

/* closed: downloads disabled; hidden: private. */
struct row { const char *id, *license; int comments, faves; bool closed, hidden, video; const char *more; };

static inline void row_xml(struct lb_buf *b, const struct row *r)
{
	lb_buf_addf(b, "<photo id=\"%s\" owner=\"" OWNER "\" secret=\"abc\" server=\"1\" farm=\"1\" title=\"Row %s\" ispublic=\"%d\" isfriend=\"0\" isfamily=\"0\" "
		"license=\"%s\" ownername=\"ann\" pathalias=\"ann\" media=\"photo\" safety_level=\"0\" can_download=\"%d\" count_comments=\"%d\" count_faves=\"%d\" lastupdate=\"1500000001\" ",
		r->id, r->id, !r->hidden, r->license, !r->closed, r->comments, r->faves);
	if (!r->closed)
		lb_buf_addf(b, "url_o=\"%s\" width_o=\"800\" height_o=\"600\" ", size_url(r->id, "o"));
	lb_buf_addf(b, "url_n=\"%s\" width_n=\"320\" height_n=\"240\" %s/>", size_url(r->id, "n"), r->more ? r->more : "");
}

static inline void tape_rows(const char *query, const char *wrapper, const struct row *rows, size_t count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF((size_t)1 << 26);
	lb_buf_addf(&b, "<%s page=\"1\" pages=\"1\" perpage=\"500\" total=\"%zu\">", wrapper, count);
	for (size_t i = 0; i < count; i++)
		row_xml(&b, &rows[i]);
	lb_buf_addf(&b, "</%.*s>", (int)strcspn(wrapper, " "), wrapper);
	tape_ok(query, lb_buf_str(&b));
}

static inline void tape_info(const struct row *r, bool people)
{
	char query[200];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 16);
	snprintf(query, sizeof query, "method=flickr.photos.getInfo&photo_id=%s", r->id);
	lb_buf_addf(&b, "<photo id=\"%s\" secret=\"abc\" server=\"1\" farm=\"1\" dateuploaded=\"1500000000\" license=\"%s\" safety_level=\"0\" rotation=\"0\" views=\"5\" media=\"%s\">"
		"<owner nsid=\"" OWNER "\" username=\"ann\" realname=\"\" location=\"\" path_alias=\"ann\" iconserver=\"0\" iconfarm=\"0\"/><title>Title of %s</title><description>Described %s in full</description>"
		"<visibility ispublic=\"%d\" isfriend=\"0\" isfamily=\"0\"/><dates posted=\"1500000000\" taken=\"2017-07-14 02:40:00\" takengranularity=\"0\" takenunknown=\"0\" lastupdate=\"1500000001\"/>"
		"<editability cancomment=\"0\" canaddmeta=\"0\"/><usage candownload=\"%d\" canblog=\"0\" canprint=\"0\" canshare=\"1\"/><comments>%d</comments><notes/><people haspeople=\"%d\"/><tags/></photo>",
		r->id, r->license, r->video ? "video" : "photo", r->id, r->id, !r->hidden, !r->closed, r->comments, people);
	tape_ok(query, lb_buf_str(&b));
}

static inline void tape_comments(const char *id, int count)
{
	char query[200];
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	snprintf(query, sizeof query, "method=flickr.photos.comments.getList&photo_id=%s", id);
	lb_buf_addf(&b, "<comments photo_id=\"%s\">", id);
	for (int i = 0; i < count; i++)
		lb_buf_addf(&b, "<comment id=\"%s-%d\" author=\"7%d@N00\" authorname=\"bo%d\" datecreate=\"1500000600\" permalink=\"https://www.flickr.com/photos/ann/%s/#c%d\">Said of %s</comment>", id, i, i, i, id, i, id);
	lb_buf_adds(&b, "</comments>");
	tape_ok(query, lb_buf_str(&b));
}

static inline void tape_faves(const char *id, int count)
{
	for (int page = 1, pages = (count + 49) / 50; page <= pages; page++) {
		char query[200];
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
		snprintf(query, sizeof query, "method=flickr.photos.getFavorites&photo_id=%s&per_page=50%s", id, page == 2 ? "&page=2" : "");
		lb_buf_addf(&b, "<photo id=\"%s\" page=\"%d\" pages=\"%d\" perpage=\"50\" total=\"%d\">", id, page, pages, count);
		for (int i = 50 * (page - 1); i < count && i < 50 * page; i++)
			lb_buf_addf(&b, "<person nsid=\"9%d@N00\" username=\"fan%d\" favedate=\"15000005%02d\"/>", i, i, i % 100);
		lb_buf_adds(&b, "</photo>");
		tape_ok(query, lb_buf_str(&b));
	}
}

static inline void tape_contexts(const char *id, const char *sets_and_pools)
{
	char query[200];
	snprintf(query, sizeof query, "method=flickr.photos.getAllContexts&photo_id=%s", id);
	tape_ok(query, sets_and_pools);
}

static inline void tape_galleries(const char *id)
{
	char query[200], rsp[200];
	snprintf(query, sizeof query, "method=flickr.galleries.getListForPhoto&photo_id=%s&per_page=500", id);
	snprintf(rsp, sizeof rsp, "<galleries total=\"0\" page=\"1\" pages=\"0\" per_page=\"500\" photo_id=\"%s\"/>", id);
	tape_ok(query, rsp);
}

static inline void tape_once(void)
{
	tape_ok("method=flickr.photos.licenses.getInfo", "<licenses><license id=\"0\" name=\"All Rights Reserved\" url=\"\"/><license id=\"4\" name=\"CC BY 2.0\" url=\"https://creativecommons.org/licenses/by/2.0/\"/></licenses>");
	tape_ok("method=flickr.people.getInfo&user_id=12345678%40N00", "<person id=\"" OWNER "\" nsid=\"" OWNER "\" iconserver=\"0\" iconfarm=\"0\"><username>ann</username></person>");
	tape_ok("method=flickr.profile.getProfile&user_id=12345678%40N00", "<profile id=\"" OWNER "\" nsid=\"" OWNER "\" join_date=\"1100000000\"/>");
}

/* ---- plans ---------------------------------------------------------------------------------------------------------------- */

#define LIST "method=flickr.people.getPublicPhotos&page=1&per_page=500&user_id=12345678%40N00"

static inline struct lb_plan plan_of(const struct row *rows, size_t count)
{
	struct lb_plan plan = { .id = "urn:uuid:00000000-0000-8000-8000-000000000001", .program = "lifeboat test", .created = WHEN,
		.words.title = "T", .nurls = 1, .choices.layers = lb_choices_default() };
	static const size_t first[] = { 0 };
	plan.urls = lb_arena_alloc(&plan.arena, sizeof *plan.urls);
	const char **calls = lb_arena_alloc(&plan.arena, 8 * sizeof *calls);
	calls[0] = API LIST;
	plan.urls[0] = (struct lb_plan_url){ .url = STREAM, .type = "user", .owner_id = OWNER, .claimed = (int64_t)count, .found = count, .calls = calls, .ncalls = 1 };
	plan.photos = lb_alloc(count * sizeof *plan.photos);
	plan.photos_cap = plan.nphotos = count;
	for (size_t i = 0; i < count; i++)
		plan.photos[i] = (struct lb_plan_photo){ .id = lb_arena_strdup(&plan.arena, rows[i].id), .from = first, .nfrom = 1, .owner_id = OWNER,
			.owner_name = "ann", .title = lb_arena_printf(&plan.arena, "Row %s", rows[i].id), .license_id = rows[i].license,
			.visibility = rows[i].hidden ? "private" : "public", .media = "photo", .comments = rows[i].comments, .faves = rows[i].faves,
			.updated = 1500000001, .safety = 0, .original_offered = !rows[i].closed, .can_download = !rows[i].closed, .pixels = 480000 };
	return plan;
}

static inline void plan_add_call(struct lb_plan *plan, const char *query)
{
	struct lb_plan_url *u = &plan->urls[0];
	u->calls[u->ncalls++] = lb_arena_printf(&plan->arena, API "%s", query);
}

static inline void plan_put(const char *dir, struct lb_plan *plan)
{
	ck_assert_ok(lb_plan_save(dir, plan, &err));
}

/* ---- looking at what came ------------------------------------------------------------------------------------------------ */

static inline struct lb_evidence *evidence_of(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	struct lb_evidence *ev;
	lb_path_join(&path, dir, "evidence");
	ck_assert_ok(lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_READ, NULL, &ev, &err));
	return ev;
}

/* How many records of a journal have the text in their URI. */
static inline size_t records_with(const char *dir, const char *text)
{
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of(dir);
	size_t count = 0;
	for (size_t i = 0; i < lb_evidence_count(ev); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct lb_exchange x;
		ck_assert_ok(lb_evidence_read(ev, i, &arena, &x, &err));
		count += strstr(x.uri, text) != NULL;
	}
	return count;
}

#endif
