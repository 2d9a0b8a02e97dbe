#include "tests/support/packages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/bag/bag.h"
#include "format/evidence/evidence.h"
#include "format/package/package.h"
#include "tests/support/make_package.h"

static struct lb_error err;

const char *test_path(const char *dir, const char *name)
{
	static char paths[8][1024];
	static unsigned next;
	char *path = paths[next++ % 8];
	snprintf(path, sizeof paths[0], "%s/%s", dir, name);
	return path;
}

void test_put(const char *dir, const char *path, const void *data, size_t n)
{
	char whole[1024];
	snprintf(whole, sizeof whole, "%s/%s", dir, path);
	char *slash = strrchr(whole, '/');
	*slash = '\0';
	ck_assert_ok(lb_dir_make(whole, &err));
	*slash = '/';
	FILE *f = fopen(whole, "wb");
	ck_assert_msg(f != NULL, "cannot write %s", whole);
	ck_assert_uint_eq(fwrite(data, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

void test_puts(const char *dir, const char *path, const char *text)
{
	test_put(dir, path, text, strlen(text));
}

void test_read(const char *dir, const char *path, struct lb_buf *out)
{
	ck_assert_ok(lb_file_read(test_path(dir, path), 64 << 20, out, &err));
}

void test_copy_file(const char *from, const char *to)
{
	struct lb_buf b = LB_BUF(64 << 20);
	ck_assert_ok(lb_file_read(from, 64 << 20, &b, &err));
	FILE *f = fopen(to, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(lb_buf_str(&b), 1, b.len, f), b.len);
	ck_assert_int_eq(fclose(f), 0);
	lb_buf_clear(&b);
}

struct copying { const char *from, *to; };

static int copy_one(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	const struct copying *c = arg;
	if (info->kind == LB_DIR)
		return lb_dir_make(test_path(c->to, info->path), e);
	test_copy_file(test_path(c->from, info->path), test_path(c->to, info->path));
	return LB_OK;
}

void test_copy_tree(const char *from, const char *to)
{
	struct copying c = {from, to};
	ck_assert_ok(lb_dir_make(to, &err));
	ck_assert_ok(lb_dir_walk(from, copy_one, &c, &err));
}

static int list_one(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	struct lb_buf *list = ((struct lb_buf **)arg)[0];
	const char *root = ((const char **)arg)[1];
	struct lb_buf content = LB_BUF(64 << 20);
	char hex[LB_SHA256_HEX] = "";
	if (info->kind == LB_FILE) {
		LB_TRY(lb_file_read(test_path(root, info->path), 64 << 20, &content, e));
		lb_sha256(content.p, content.len, hex);
	}
	lb_buf_addf(list, "%d %s %s\n", (int)info->kind, info->path, hex);
	lb_buf_clear(&content);
	return LB_OK;
}

bool test_trees_equal(const char *a, const char *b)
{
	struct lb_buf lists[2] = {LB_BUF(16 << 20), LB_BUF(16 << 20)};
	const char *roots[] = {a, b};
	for (size_t i = 0; i < 2; i++) {
		const void *arg[] = {&lists[i], roots[i]};
		ck_assert_ok(lb_dir_walk(roots[i], list_one, arg, &err));
	}
	bool equal = lb_span_eq(lb_buf_span(&lists[0]), lb_buf_span(&lists[1]));
	lb_buf_clear(&lists[0]);
	lb_buf_clear(&lists[1]);
	return equal;
}

/* ---- bags ---- */

struct bagging { const char *dir; enum lb_hash hash; bool tag; const char *lines[1000]; size_t count; struct lb_arena arena; };

static void digest_of(enum lb_hash hash, struct lb_span content, char hex[LB_HASH_HEX_MAX])
{
	struct lb_digest *d = lb_digest_new(hash);
	lb_digest_add(d, content.p, content.n);
	lb_digest_hex(d, hex);
	lb_digest_free(d);
}

static int bag_one(void *arg, const struct lb_file_info *info, struct lb_error *e)
{
	struct bagging *b = arg;
	struct lb_span path = lb_span(info->path);
	char hex[LB_HASH_HEX_MAX];
	struct lb_buf content = LB_BUF(64 << 20), line = LB_BUF(1 << 16);
	if (info->kind != LB_FILE || lb_span_starts(path, "data/") == b->tag || lb_span_starts(path, "tagmanifest-"))
		return LB_OK;
	LB_TRY(lb_file_read(test_path(b->dir, info->path), 64 << 20, &content, e));
	digest_of(b->hash, lb_buf_span(&content), hex);
	lb_bag_line_format(&line, hex, info->path);
	b->lines[b->count++] = lb_arena_strdup(&b->arena, lb_buf_str(&line));
	lb_buf_clear(&content);
	lb_buf_clear(&line);
	return LB_OK;
}

static int by_path_of_line(const void *a, const void *b)
{
	return strcmp(strchr(*(const char *const *)a, ' '), strchr(*(const char *const *)b, ' '));
}

/* Lines sorted by path, as a lifeboat wants them. */
static void put_manifest(const char *dir, enum lb_hash hash, bool tag)
{
	struct bagging b = {.dir = dir, .hash = hash, .tag = tag};
	struct lb_buf text = LB_BUF(1 << 20);
	char name[64];
	ck_assert_ok(lb_dir_walk(dir, bag_one, &b, &err));
	qsort(b.lines, b.count, sizeof *b.lines, by_path_of_line);
	for (size_t i = 0; i < b.count; i++)
		lb_buf_adds(&text, b.lines[i]);
	snprintf(name, sizeof name, "%smanifest-%s.txt", tag ? "tag" : "", lb_hash_name(hash));
	test_put(dir, name, lb_buf_str(&text), text.len);
	lb_buf_clear(&text);
	lb_arena_clear(&b.arena);
}

void test_bag_again(const char *dir, enum lb_hash hash)
{
	put_manifest(dir, hash, false);
	put_manifest(dir, hash, true);
}

void test_bag(const char *dir, const struct test_file *files)
{
	char path[512], oxum[64];
	uint64_t octets = 0, count = 0;
	test_puts(dir, "bagit.txt", lb_bag_declaration_text);
	for (; files->path; files++) {
		snprintf(path, sizeof path, "data/%s", files->path);
		test_puts(dir, path, files->content);
		octets += strlen(files->content);
		count++;
	}
	snprintf(oxum, sizeof oxum, "Source-Organization: Test\nPayload-Oxum: %llu.%llu\n",
		(unsigned long long)octets, (unsigned long long)count);
	test_puts(dir, "bag-info.txt", oxum);
	test_bag_again(dir, LB_SHA256);
}

/* ---- lifeboats ---- */

static const char evidence_name[] = "evidence";

static struct { char sha256[LB_SHA256_HEX]; uint64_t size; } media[16];
static size_t nmedia;

static struct lb_media medium(const char *dir, const char *name, const char *label, const char *content)
{
	static struct lb_arena arena;
	char *sha256 = media[nmedia].sha256;
	char path[512];
	snprintf(path, sizeof path, "%s/%s", evidence_name, name);
	test_puts(dir, path, content);
	lb_sha256(content, strlen(content), sha256);
	media[nmedia++].size = strlen(content);
	return (struct lb_media){
		.present = true, .label = label, .url = "https://live.staticflickr.com/1/x.jpg",
		.source_path = lb_arena_strdup(&arena, test_path(dir, path)), .sha256 = sha256,
			.mime = "image/jpeg", .extension = "jpg",
		.size = strlen(content), .width = 10, .height = 8, .captured = 1763675220};
}

static void add_photo(struct lb_package *p, const char *evidence, const char *id, const char *license, bool withheld)
{
	struct lb_photo photo;
	char name[64], content[128];
	struct lb_tag tag = {.id = "1", .author_id = "1@N00", .raw = "Old Boat", .normalized = "oldboat", .machine = 0};
	lb_photo_init(&photo);
	photo.id = id;
	photo.secret = "abc123";
	photo.media = "photo";
	photo.owner.nsid = "1@N00";
	photo.owner.username = "Anna";
	photo.title = "A boat <on> the \"lake\"";
	photo.license_id = license;
	photo.url = "https://www.flickr.com/photos/anna/1/";
	photo.taken = (struct lb_taken){"2009-05-01 10:00:00", 0, 0};
	photo.date_posted = 1241172000;
	photo.captured = 1763675220;
	photo.tags = &tag;
	photo.ntags = 1;
	snprintf(name, sizeof name, "%s_t", id);
	snprintf(content, sizeof content, "thumbnail of %s", id);
	photo.files[LB_THUMBNAIL] = medium(evidence, name, "Thumbnail", content);
	snprintf(name, sizeof name, "%s_o", id);
	snprintf(content, sizeof content, "the original picture %s, somewhat longer than its thumbnail", id);
	if (!withheld)
		photo.files[LB_ORIGINAL] = medium(evidence, name, "Original", content);
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
}

static void add_stub(struct lb_package *p, const char *id)
{
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = id;
	photo.title = "Kept back";
	photo.description = "never to be seen";
	photo.owner.nsid = "2@N00";
	photo.license_id = "0";
	photo.is_public = 1;
	photo.withheld = "the owner was not asked";
	ck_assert_ok(lb_package_add_photo(p, &photo, &err));
}

/* An album in its owner's order, a collection in another, a member with profile and picture. */
static void add_records(struct lb_package *p, const char *evidence)
{
	const char *order[] = {"200", "999", "300", "500"}, *in_collection[] = {"72157600000000001"};
	struct lb_album album = {.id = "72157600000000001", .title = "Lake", .owner_id = "1@N00", .photo_ids = order, .nphoto_ids = 4,
		.count_photos = 4, .count_videos = 0, .count_views = LB_UNKNOWN, .count_comments = 0, .date_created = 1241172000,
		.date_updated = LB_UNKNOWN};
	struct lb_person_profile profile = {.join_date = 1100000000, .hometown = "Lakeside"};
	struct lb_person anna;
	lb_person_init(&anna);
	anna.nsid = "1@N00";
	anna.profile = &profile;
	lb_package_add_album(p, &album);
	lb_package_add_collection(p, &(struct lb_collection){.id = "1-1", .title = "Waters", .owner_id = "1@N00"});
	lb_package_add_collection(p, &(struct lb_collection){.id = "1-2", .title = "Lakes", .owner_id = "1@N00", .parent_id = "1-1",
		.album_ids = in_collection, .nalbum_ids = 1});
	lb_package_add_person(p, &anna);
	struct lb_media icon = medium(evidence, "icon", "Icon", "picture of Anna");
	ck_assert_ok(lb_package_add_icon(p, "1@N00", &icon, &err));
}

static void add_pages(struct lb_package *p)
{
	static const char *const paths[] = {"index.html", "data/README.html", "data/pages/index.html", "data/pages/page-1.html"};
	for (size_t i = 0; i < LB_COUNT(paths); i++)
		ck_assert_ok(lb_package_put(p, paths[i], lb_span(test_page), &err));
}

/* What the three media files of a photo, and an icon, are told to come from. */
static void add_provenance(struct lb_package *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf warc = LB_BUF(1 << 20);
	lb_warc_format_info("lifeboat 0.1.0", 1763675220, &warc);
	for (size_t i = 0; i < nmedia; i++) {
		struct lb_exchange x = {.kind = LB_RECORD_MEDIA, .uri = "https://live.staticflickr.com/1/x.jpg", .date = 1763675220, .status = 200,
			.content_type = "image/jpeg", .headers = "", .sha256 = media[i].sha256, .size = media[i].size};
		ck_assert_ok(lb_warc_format(&x, &warc, &err));
	}
	ck_assert_ok(lb_package_put(p, "data/provenance/api.warc.gz", lb_buf_span(&warc), &err));
	ck_assert_ok(lb_package_put(p, "data/provenance/plan.json", lb_span(test_plan), &err));
}

void test_lifeboat(const char *dir)
{
	const struct lb_selection_url url = {"https://www.flickr.com/photos/anna/", "user", 3};
	const struct lb_package_info info = {
		.id = "urn:uuid:0190163d-8694-8b14-98c9-4f1d2d3e4f50", .title = "Boats",
			.purpose = "to remember the boats", .maker_name = "Test",
		.created = 1763675220, .program = "lifeboat 0.1.0", .policy.sentence = "originals where allowed",
			.selection = &url, .nselection = 1, .planned = 5};
	static const struct lb_license licenses[] = {
		{"4", "Attribution License", "https://creativecommons.org/licenses/by/2.0/"}, {"0",
			"All Rights Reserved", ""}};
	const char *evidence = test_dir();
	struct lb_package *p = NULL;
	nmedia = 0;
	ck_assert_ok(lb_package_begin(dir, &info, NULL, &p, &err));
	for (size_t i = 0; i < LB_COUNT(licenses); i++)
		lb_package_add_license(p, &licenses[i]);
	add_photo(p, evidence, "300", "4", false);
	add_photo(p, evidence, "100", "0", false);
	add_photo(p, evidence, "200", "0", true);
	ck_assert_ok(lb_package_add_missing(p, "400", &err));
	add_stub(p, "500");
	add_records(p, evidence);
	add_pages(p);
	add_provenance(p);
	ck_assert_ok(lb_package_finish(p, &err));
	lb_package_free(p);
}

/* ---- verdicts ---- */

size_t test_errors(const char *path)
{
	struct lb_report report = {0};
	ck_assert_ok(lb_verify(path, NULL, NULL, &report, &err));
	size_t errors = report.errors;
	lb_report_clear(&report);
	return errors;
}

bool test_finds(const char *path, const char *rule, const char *about)
{
	struct lb_report report = {0};
	bool found = false;
	ck_assert_ok(lb_verify(path, NULL, NULL, &report, &err));
	for (size_t i = 0; i < report.count; i++)
		if (strcmp(report.findings[i].rule, rule) == 0 && (!about || (report.findings[i].path && strcmp(report.findings[i].path, about) == 0)))
			found = true;
	for (size_t i = 0; i < report.count && !found; i++)
		printf("  %s %s: %s\n", report.findings[i].rule,
			report.findings[i].path ? report.findings[i].path : "", report.findings[i].message);
	lb_report_clear(&report);
	return found;
}
