#include "tests/support/make_mets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/support.h"

#define CREATED TEST_METS_CREATED
#define SHA_A TEST_SHA_A
#define SHA_B TEST_SHA_B

static const char *const tags[] = {"sea", "<tag> & \"more\"", ""};
static const struct lb_mets_photo photos[] = {
	{.id = "2780177093", .title = "a \"title\" & <more> ]]> \xf0\x9f\x9a\xa3", .url = "https://www.flickr.com/photos/x/2780177093/",
		.owner_id = "1@N00", .owner_name = "</name>", .license_id = "4", .license_uri = "https://creativecommons.org/licenses/by/2.0/",
		.license_label = "Attribution", .taken = {"2012-05-17 13:04:05", 0, 0}, .posted = CREATED - 5, .tags = tags, .ntags = 3,
		.place = "London, United <Kingdom>", .coordinates = "51.5,-0.116", .captured = CREATED},
	{.id = "869031", .taken = {NULL, LB_UNKNOWN, LB_UNKNOWN}, .posted = LB_UNKNOWN, .captured = LB_UNKNOWN},
	{.id = "12", .title = "bad \xed\xa0\x80 bytes \x01 \xe2\x80\xa8", .url = "x y", .owner_id = "2@N00", .owner_name = "b", .license_id = "0",
		.license_uri = "", .license_label = "All Rights Reserved", .withheld = "the owner does not allow downloads",
		.taken = {"1908-01-01 00:00:00", 8, 0}, .posted = LB_UNKNOWN, .captured = CREATED + 1},
	{.id = "13", .title = "kept back", .url = "https://www.flickr.com/photos/x/13/", .owner_id = "2@N00", .owner_name = "b", .license_id = "0",
		.license_label = "All Rights Reserved", .withheld = "the owner <refused> & said so", .stub = true,
		.taken = {NULL, LB_UNKNOWN, LB_UNKNOWN}, .posted = LB_UNKNOWN, .captured = LB_UNKNOWN},
};
static const size_t backwards[] = {3, 2, 0}, only_first[] = {0};
static const struct lb_mets_set albums[] = {{"72157594158092434", "Boats & <oars>", backwards, 3}, {"5", NULL, NULL, 0}};
static const struct lb_mets_set galleries[] = {{"66-77", "\xe2\x80\xae", only_first, 1}};
static const struct lb_mets_set groups[] = {{"1@N01", "Small boats", backwards, 2}};
static const char *const album_ids[] = {"72157594158092434", "9"};
static const struct lb_mets_collection collections[] = {{"c-1", "Top & <more>", 0, album_ids, 2}, {"c-2", NULL, 1, NULL, 0},
	{"c-3", "deep", 2, album_ids, 1}, {"c-4", "again", 0, NULL, 0}};
static const struct lb_mets_file files[] = {
	{.path = "data/a b%20c/\xc3\xa9&\"<>#?'.js", .sha256 = SHA_B, .mime = "text/javascript", .size = 0, .group = "metadata",
		.photo = 0, .captured = LB_UNKNOWN},
	{.path = "data/media/originals/1.jpg", .sha256 = SHA_A, .mime = "image/jpeg", .size = 10, .group = "original", .photo = 0,
		.source_url = "https://live.staticflickr.com/1/a_o.jpg?x=1", .format_label = "Original", .captured = CREATED},
	{.path = "data/media/thumbnails/1.jpg", .sha256 = SHA_B, .mime = "image/jpeg", .size = UINT32_MAX + 7ull, .group = "thumbnail",
		.photo = 2, .captured = LB_UNKNOWN},
	{.path = "data/media/thumbnails/2.jpg", .sha256 = SHA_A, .mime = "image/gif", .size = 7, .group = "thumbnail",
		.photo = 0, .captured = CREATED + 60},
	{.path = "data/pages/1.html", .sha256 = SHA_A, .mime = "text/html", .size = 3, .group = "page", .photo = -1, .captured = LB_UNKNOWN},
};

struct test_mets test_mets_document(void)
{
	return (struct test_mets){
		.m = {.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "All \"our\" <boats> & more", .purpose = "So that <they> stay",
			.maker = "Ada & co", .program = "lifeboat 0.1.0", .created = CREATED, .policy = "rescue: everything & more",
			.agreement = "I <agree>", .agreed = CREATED - 60, .pseudonymised = true},
		.photos = photos, .nphotos = LB_COUNT(photos), .files = files, .nfiles = LB_COUNT(files),
		.sets = {albums, galleries, groups}, .nsets = {LB_COUNT(albums), LB_COUNT(galleries), LB_COUNT(groups)},
		.collections = collections, .ncollections = LB_COUNT(collections),
	};
}

/* ---- the source ---- */

static int count_call(struct test_mets *t, struct lb_error *err)
{
	t->calls++;
	return t->fail_after && t->calls >= t->fail_after ? lb_fail(err, LB_IO, "the source failed at call %zu", t->calls) : LB_OK;
}

static int tell_photo(void *arg, size_t i, struct lb_mets_photo *out, struct lb_error *err)
{
	struct test_mets *t = arg;
	*out = t->photos[i];
	return count_call(t, err);
}

static int tell_file(void *arg, size_t i, struct lb_mets_file *out, struct lb_error *err)
{
	struct test_mets *t = arg;
	*out = t->files[i];
	return count_call(t, err);
}

static int tell_pronom(void *arg, size_t i, const char **out, struct lb_error *err)
{
	struct test_mets *t = arg;
	*out = strcmp(t->files[i].mime, "image/gif") ? "" : "fmt/4";
	return count_call(t, err);
}

static int tell_set(void *arg, enum lb_mets_set_kind kind, size_t i, struct lb_mets_set *out, struct lb_error *err)
{
	struct test_mets *t = arg;
	*out = t->sets[kind][i];
	return count_call(t, err);
}

static int tell_collection(void *arg, size_t i, struct lb_mets_collection *out, struct lb_error *err)
{
	struct test_mets *t = arg;
	*out = t->collections[i];
	return count_call(t, err);
}

int test_mets_write(struct test_mets *t, const char *path, struct lb_error *err)
{
	struct lb_out *out;
	t->calls = 0;
	t->m.source = (struct lb_mets_source){.arg = t, .nphotos = t->nphotos, .nfiles = t->nfiles, .ncollections = t->ncollections,
		.photo = tell_photo, .file = tell_file, .pronom = tell_pronom, .set = tell_set, .collection = tell_collection};
	memcpy(t->m.source.nsets, t->nsets, sizeof t->nsets);
	LB_TRY(lb_out_open(path, LB_OUT_NOSYNC | LB_OUT_REPLACE, &out, err));
	int rc = lb_mets_write(&t->m, out, err);
	if (rc == LB_OK)
		return lb_out_commit(out, NULL, NULL, err);
	lb_out_abandon(out);
	return rc;
}

/* ---- schemas ---- */

bool test_have_schemas(void)
{
	if (!test_shared("schemas/all-mets1.xsd"))
		return false;
	bool have = system("command -v xmllint >/dev/null 2>&1") == 0;
	if (!have)
		printf("SKIP: no xmllint\n");
	return have;
}

bool test_is_valid(const char *path, const char *schema)
{
	char command[1400];
	snprintf(command, sizeof command, "said=$(XML_CATALOG_FILES=../shared/data/schemas/catalog.xml xmllint --nonet --noout"
		" --schema ../shared/data/schemas/%s '%s' 2>&1) || { printf '%%s\\n' \"$said\" | grep -v 'Skipping import' >&2; exit 1; }",
		schema ? schema : "all-mets1.xsd", path);
	return system(command) == 0;
}
