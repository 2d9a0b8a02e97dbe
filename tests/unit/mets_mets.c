#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format/mets/mets.h"
#include "format/model/model.h"
#include "tests/support/hostile.h"
#include "tests/support/support.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define CREATED 1763675220

static struct lb_error err;

/* ---- a document, and what reading it tells ---- */

static const struct lb_mets_photo photos[] = {
	{.id = "2780177093", .title = "a \"title\" & <more> ]]> \xf0\x9f\x9a\xa3", .url = "https://www.flickr.com/photos/x/2780177093/",
		.owner_id = "1@N00", .owner_name = "</name>", .license_id = "4", .license_uri = "https://creativecommons.org/licenses/by/2.0/",
		.license_label = "Attribution", .captured = CREATED},
	{.id = "869031", .title = NULL, .url = NULL, .owner_id = NULL, .owner_name = NULL, .license_id = NULL, .captured = LB_UNKNOWN},
	{.id = "12", .title = "bad \xed\xa0\x80 bytes \x01 \xe2\x80\xa8", .url = "x", .owner_id = "2@N00", .owner_name = "b", .license_id = "0",
		.license_uri = "", .license_label = "All Rights Reserved", .withheld = "the owner does not allow downloads",
		.captured = CREATED + 1},
	{.id = "13", .title = "kept back", .url = "https://www.flickr.com/photos/x/13/", .owner_id = "2@N00", .owner_name = "b", .license_id = "0",
		.license_label = "All Rights Reserved", .withheld = "the owner <refused> & said so", .stub = true, .captured = LB_UNKNOWN},
};
static const size_t backwards[] = {3, 2, 0}, only_first[] = {0};
static const struct lb_mets_set albums[] = {{"72157594158092434", "Boats & <oars>", backwards, 3}, {"5", NULL, NULL, 0}};
static const struct lb_mets_set galleries[] = {{"66-77", "\xe2\x80\xae", only_first, 1}};
static const struct lb_mets_set groups[] = {{"1@N01", "Small boats", backwards, 2}};
static const char *const album_ids[] = {"72157594158092434", "9"};
static const struct lb_mets_collection collections[] = {{"c-1", "Top & <more>", 0, album_ids, 2}, {"c-2", NULL, 1, NULL, 0},
	{"c-3", "deep", 2, album_ids, 1}, {"c-4", "again", 0, NULL, 0}};
static const struct lb_mets_file files[] = {
	{.path = "data/media/originals/1.jpg", .sha256 = SHA_A, .mime = "image/jpeg", .size = 10, .group = "original", .photo = 0,
		.source_url = "https://live.staticflickr.com/1/a_o.jpg?x=1", .format_label = "Original", .captured = CREATED},
	{.path = "data/media/thumbnails/1.jpg", .sha256 = SHA_B, .mime = "image/jpeg", .size = UINT32_MAX + 7ull, .group = "thumbnail",
		.photo = 2, .captured = LB_UNKNOWN},
	{.path = "data/a b%20c/\xc3\xa9&\"<>#?'.js", .sha256 = SHA_B, .mime = "text/javascript", .size = 0, .group = "metadata",
		.photo = 0, .captured = LB_UNKNOWN},
	{.path = "data/pages/1.html", .sha256 = SHA_A, .mime = "text/html", .size = 3, .group = "page", .photo = -1, .captured = LB_UNKNOWN},
};

static struct lb_mets document(void)
{
	return (struct lb_mets){.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "All \"our\" <boats> & more",
		.maker = "Ada & co", .program = "lifeboat 0.1.0", .created = CREATED, .photos = photos, .nphotos = LB_COUNT(photos),
		.albums = {albums, LB_COUNT(albums)}, .galleries = {galleries, 1}, .groups = {groups, 1},
		.collections = collections, .ncollections = LB_COUNT(collections),
		.policy = "rescue: everything & more", .agreement = "I <agree>", .agreed = CREATED - 60, .pseudonymised = true, .files = files, .nfiles = LB_COUNT(files)};
}

static const char *write_to_file(const struct lb_mets *m)
{
	static char path[512];
	struct lb_out *out;
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	ck_assert_ok(lb_out_open(path, LB_OUT_NOSYNC, &out, &err));
	lb_mets_write(m, out);
	ck_assert_ok(lb_out_commit(out, NULL, NULL, &err));
	return path;
}

/* What the reader told, a line each. */
static int on_file(void *arg, const char *path, const char *sha256, uint64_t size, const char *mime, const char *group,
	struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "file %s %.4s %llu %s %s\n", path, sha256, (unsigned long long)size, mime, group);
	return 0;
}

static int on_photo(void *arg, const char *id, const char *license, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "photo %s %s\n", id, license ? license : "-");
	return 0;
}

static int read_text(struct lb_span text, size_t step, struct lb_buf *told, char objid[64])
{
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){on_file, on_photo, told});
	int rc = 0;
	err = (struct lb_error){0};
	for (size_t i = 0; i < text.n && rc == 0; i += step)
		rc = lb_mets_reader_feed(r, text.p + i, text.n - i < step ? text.n - i : step, &err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, objid, &err);
	lb_mets_reader_free(r);
	return rc;
}

START_TEST(reads_what_it_wrote)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	static const size_t steps[] = {1, 7, 4096, 1 << 20};
	for (size_t i = 0; i < LB_COUNT(steps); i++) {
		char objid[64] = "";
		lb_buf_reset(&told);
		ck_assert_ok(read_text(lb_buf_span(&text), steps[i], &told, objid));
		ck_assert_str_eq(objid, m.id);
		ck_assert_str_eq(lb_buf_str(&told),
			"file data/media/originals/1.jpg aaaa 10 image/jpeg original\n"
			"file data/media/thumbnails/1.jpg 0123 4294967302 image/jpeg thumbnail\n"
			"file data/a b%20c/\xc3\xa9&\"<>#?'.js 0123 0 text/javascript metadata\n"
			"file data/pages/1.html aaaa 3 text/html page\n"
			"photo 2780177093 4\nphoto 869031 -\nphoto 12 0\nphoto 13 0\n");
	}
}
END_TEST

START_TEST(writes_the_same_bytes_again)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf one = LB_BUF(1 << 20), two = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &one, &err));
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &two, &err));
	ck_assert(lb_span_eq(lb_buf_span(&one), lb_buf_span(&two)));
}
END_TEST

START_TEST(says_who_when_and_under_which_terms)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	static const char *const expected[] = {
		"CREATEDATE=\"2025-11-20T21:47:00Z\"", "<name>lifeboat 0.1.0</name>", "<name>Ada &amp; co</name>",
		"<premis:licenseTerms>Attribution</premis:licenseTerms>", "https://creativecommons.org/licenses/by/2.0/",
		"<premis:eventType>capture</premis:eventType>", "downloaded from https://live.staticflickr.com/1/a_o.jpg?x=1 (Flickr size: Original)",
		"OWNERID=\"a_o.jpg\"", "CHECKSUMTYPE=\"SHA-256\" ADMID=\"e-0\"", "ORDERLABEL=\"12\" LABEL=\"bad", "ADMID=\"r-2 s-2\"", "Original withheld: the owner does not allow downloads",
		"CHECKSUM=\"" SHA_B "\" CHECKSUMTYPE=\"SHA-256\"", "xlink:href=\"data/a%20b%2520c/%C3%A9%26%22%3C%3E%23%3F%27.js\"",
		"bad \xef\xbf\xbd", "TYPE=\"album\" ORDERLABEL=\"72157594158092434\" LABEL=\"Boats &amp; &lt;oars&gt;\"",
	};
	for (size_t i = 0; i < LB_COUNT(expected); i++)
		ck_assert_msg(strstr(text.p, expected[i]), "no %s", expected[i]);
}
END_TEST

/* The position of a text, which must be there. */
static size_t where(const struct lb_buf *text, const char *what)
{
	const char *found = strstr(text->p, what);
	ck_assert_msg(found, "no %s", what);
	return (size_t)(found - text->p);
}

START_TEST(sets_keep_their_order)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	const char *album = strstr(text.p, "<div TYPE=\"album\" ORDERLABEL=\"72157594158092434\"");
	ck_assert(album);
	const char *first = strstr(album, "ORDER=\"1\" ORDERLABEL=\"13\""), *last = strstr(album, "ORDER=\"3\" ORDERLABEL=\"2780177093\"");
	ck_assert(first && last && first < last && last < strstr(album, "TYPE=\"galleries\""));
	ck_assert_uint_lt(where(&text, "<div TYPE=\"gallery\" ORDERLABEL=\"66-77\""), where(&text, "<div TYPE=\"group\" ORDERLABEL=\"1@N01\" LABEL=\"Small boats\""));
	const char *tree = strstr(text.p, "<div TYPE=\"collection\" ORDERLABEL=\"c-1\"");
	ck_assert(tree);
	const char *deep = strstr(tree, "ORDERLABEL=\"c-3\""), *ends = strstr(deep, "</div>"), *again = strstr(tree, "ORDERLABEL=\"c-4\"");
	ck_assert(strstr(tree, "<div TYPE=\"album\" ORDERLABEL=\"9\"/>") < deep && ends < again);
}
END_TEST

START_TEST(stubs_have_a_note_and_no_files)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	where(&text, "<div TYPE=\"photo\" ORDER=\"4\" ORDERLABEL=\"13\" LABEL=\"kept back\" DMDID=\"p-3\" ADMID=\"r-3\"/>");
	where(&text, "<dc:description>Not kept in this package but for what stands here: the owner &lt;refused&gt; &amp; said so</dc:description>");
	where(&text, "Photograph withheld: the owner &lt;refused&gt;");
}
END_TEST

START_TEST(says_what_was_agreed)
{
	struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	where(&text, "<premis:eventDetail>rescue: everything &amp; more</premis:eventDetail>");
	where(&text, "<premis:eventDateTime>2025-11-20T21:46:00Z</premis:eventDateTime>");
	where(&text, "the maker of the package agreed: I &lt;agree&gt;");
	where(&text, "<premis:eventType>redaction</premis:eventType>");
	where(&text, "ADMID=\"creation policy agreement redaction\"");
	m.policy = m.agreement = NULL;
	m.pseudonymised = false;
	lb_buf_reset(&text);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	where(&text, "ADMID=\"creation\"");
	ck_assert(!strstr(text.p, "policy assignment") && !strstr(text.p, "redaction"));
}
END_TEST

static size_t count_of(const struct lb_buf *text, const char *what)
{
	size_t n = 0;
	for (const char *p = text->p; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

/* Owner, licence and reason the same: one statement. Anything else, one of its own. */
START_TEST(photos_share_a_statement_only_of_the_same_terms)
{
	static const struct { const char *name; struct lb_mets_photo photo; const char *admid; } cases[] = {
		{"first", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-0"},
		{"same", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-0"},
		{"owner", {.owner_id = "2@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-2"},
		{"licence", {.owner_id = "1@N00", .owner_name = "a", .license_id = "5", .license_label = "BY"}, "r-3"},
		{"reason", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY", .withheld = ""}, "r-4"},
		{"moved border", {.owner_id = "1@N0", .owner_name = "0a", .license_id = "4", .license_label = "BY"}, "r-5"},
		{"no licence", {.owner_id = "1@N00", .owner_name = "a"}, NULL},
		{"same again", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-0"},
	};
	struct lb_mets_photo shared[LB_COUNT(cases)];
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20), expected = LB_BUF(1 << 20);
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		shared[i] = cases[i].photo;
		shared[i].id = cases[i].name;
		shared[i].captured = LB_UNKNOWN;
		lb_buf_addf(&expected, "photo %s %s\n", cases[i].name, shared[i].license_id ? shared[i].license_id : "-");
	}
	struct lb_mets m = document();
	m.photos = shared;
	m.nphotos = LB_COUNT(shared);
	m.nfiles = m.albums.count = m.galleries.count = m.groups.count = 0;
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		char div[128];
		snprintf(div, sizeof div, "ORDERLABEL=\"%s\" DMDID=\"p-%zu\"%s%s%s/>", cases[i].name, i, cases[i].admid ? " ADMID=\"" : "",
			cases[i].admid ? cases[i].admid : "", cases[i].admid ? "\"" : "");
		ck_assert_msg(strstr(text.p, div), "no %s", div);
	}
	ck_assert_uint_eq(count_of(&text, "<rightsMD "), 5);
	char objid[64];
	ck_assert_ok(read_text(lb_buf_span(&text), 4096, &told, objid));
	ck_assert_str_eq(lb_buf_str(&told), lb_buf_str(&expected));
}
END_TEST

/* ---- size ---- */

#define MANY 200
/* A photo with two media files and its metadata: readers of large collections pay for every byte. */
START_TEST(is_small)
{
	static struct lb_mets_photo many[MANY];
	static struct lb_mets_file three[3 * MANY];
	for (size_t i = 0; i < MANY; i++) {
		many[i] = photos[0];
		for (size_t k = 0; k < 3; k++) {
			three[3 * i + k] = files[k];
			three[3 * i + k].photo = (long)i;
			three[3 * i + k].captured = CREATED;
		}
	}
	struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(4 << 20);
	m.photos = many;
	m.nphotos = MANY;
	m.files = three;
	m.nfiles = LB_COUNT(three);
	ck_assert_ok(lb_file_read(write_to_file(&m), 4 << 20, &text, &err));
	ck_assert_uint_lt(text.len / MANY, 4000);
}
END_TEST

/* ---- against the schemas ---- */

static bool have_xmllint(void)
{
	bool have = system("command -v xmllint >/dev/null 2>&1") == 0;
	if (!have)
		printf("SKIP: no xmllint\n");
	return have;
}

static int validate(const char *path)
{
	char command[1024];
	snprintf(command, sizeof command, "XML_CATALOG_FILES=../shared/data/schemas/catalog.xml xmllint --nonet --noout"
		" --schema ../shared/data/schemas/all-mets1.xsd %s >%s.log 2>&1", path, path);
	int rc = system(command);
	LB_AUTO(lb_buf_clear) struct lb_buf log = LB_BUF(1 << 20);
	snprintf(command, sizeof command, "%s.log", path);
	if (rc && lb_file_read(command, 1 << 20, &log, NULL) == 0)
		fprintf(stderr, "%s\n", lb_buf_str(&log));
	return rc;
}

START_TEST(is_valid_mets_and_premis)
{
	if (!test_shared("schemas/all-mets1.xsd") || !have_xmllint())
		return;
	struct lb_mets m = document();
	ck_assert_int_eq(validate(write_to_file(&m)), 0);
	/* as little as there can be */
	m.maker = m.title = NULL;
	m.nfiles = m.nphotos = m.albums.count = m.galleries.count = m.groups.count = m.ncollections = 0;
	m.policy = m.agreement = NULL;
	m.pseudonymised = false;
	ck_assert_int_eq(validate(write_to_file(&m)), 0);
}
END_TEST

START_TEST(is_valid_with_hostile_text)
{
	size_t count;
	const char *const *texts = test_hostile(&count);
	struct lb_mets_photo *hostile = lb_alloc(count * sizeof *hostile);
	for (size_t i = 0; i < count; i++)
		hostile[i] = (struct lb_mets_photo){.id = "1", .title = texts[i], .url = texts[i], .owner_id = texts[i], .owner_name = texts[i],
			.license_id = "1", .license_label = texts[i], .withheld = texts[i], .captured = CREATED};
	struct lb_mets m = document();
	m.photos = hostile;
	m.nphotos = count;
	m.albums.count = m.galleries.count = m.groups.count = 0;
	m.nfiles = 0;
	const char *path = write_to_file(&m);
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(256 << 20), told = LB_BUF(1 << 20);
	char objid[64];
	ck_assert_ok(lb_file_read(path, 256 << 20, &text, &err));
	ck_assert_ok(read_text(lb_buf_span(&text), 65536, &told, objid));
	ck_assert_uint_eq(told.len, count * strlen("photo 1 1\n"));
	free(hostile);
	if (test_shared("schemas/all-mets1.xsd") && have_xmllint())
		ck_assert_int_eq(validate(path), 0);
}
END_TEST

/* ---- what is not METS, or not ours ---- */

#define HEAD "<mets xmlns:x=\"http://www.w3.org/1999/xlink\" OBJID=\"urn:x\">"
#define SUM "SIZE=\"1\" CHECKSUM=\"" SHA_A "\" CHECKSUMTYPE=\"SHA-256\""
static const char *const broken[] = {
	"", "x", "<html/>", "<mets/>", HEAD, HEAD "</metz>",
	"<mets OBJID=\"0123456789012345678901234567890123456789012345678901234567890123456789\"/>",
	"<!DOCTYPE mets [<!ENTITY a \"b\">]><mets OBJID=\"&a;\"/>",
	HEAD "<file ID=\"f\" SIZE=\"1\"/></mets>",
	HEAD "<file ID=\"f\" SIZE=\"1\" CHECKSUM=\"aa\" CHECKSUMTYPE=\"SHA-256\"/></mets>",
	HEAD "<file ID=\"f\" SIZE=\"1\" CHECKSUM=\"" SHA_A "\" CHECKSUMTYPE=\"MD5\"/></mets>",
	HEAD "<file ID=\"f\" SIZE=\"-1\" CHECKSUM=\"" SHA_A "\" CHECKSUMTYPE=\"SHA-256\"/></mets>",
	HEAD "<file ID=\"f\" SIZE=\"99999999999999999999\" CHECKSUM=\"" SHA_A "\" CHECKSUMTYPE=\"SHA-256\"/></mets>",
	HEAD "<file " SUM "/></mets>",
	HEAD "<file " SUM "><FLocat LOCTYPE=\"URL\"/></file></mets>",
	HEAD "<file " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a%zz\"/></file></mets>",
	HEAD "<file " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a%00b\"/></file></mets>",
	HEAD "<file " SUM "><FLocat LOCTYPE=\"OTHER\" x:href=\"a\"/></file></mets>",
	HEAD "<file " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a\"/><FLocat LOCTYPE=\"URL\" x:href=\"b\"/></file></mets>",
	HEAD "<file " SUM "><file " SUM "/></file></mets>",
	HEAD "<FLocat LOCTYPE=\"URL\" x:href=\"a\"/></mets>",
	HEAD "<rightsMD/></mets>",
	HEAD "<structMap TYPE=\"physical\"><div TYPE=\"photo\"/></structMap></mets>",
};

START_TEST(refuses_what_is_broken)
{
	LB_AUTO(lb_buf_clear) struct lb_buf told = LB_BUF(1 << 20);
	char objid[64];
	for (size_t i = 0; i < LB_COUNT(broken); i++) {
		int rc = read_text(lb_span(broken[i]), 4096, &told, objid);
		ck_assert_msg(rc == LB_FORMAT && err.what[0], "accepted (%d): %s", rc, broken[i]);
	}
	ck_assert_uint_eq(told.len, 0);
}
END_TEST

#define LICENSE(id, type, value)                                                                                   \
	"<rightsMD ID=\"" id "\"><licenseDocumentationIdentifier><licenseDocumentationIdentifierType>" type                \
	"</licenseDocumentationIdentifierType><licenseDocumentationIdentifierValue>" value                                   \
	"</licenseDocumentationIdentifierValue></licenseDocumentationIdentifier></rightsMD>"

START_TEST(finds_the_licence_of_a_photo)
{
	LB_AUTO(lb_buf_clear) struct lb_buf told = LB_BUF(1 << 20);
	char objid[64];
	static const char text[] = HEAD LICENSE("a", "URI", "http://x/") LICENSE("b", "Flickr licence number", "7")
		"<structMap TYPE=\"physical\"><div TYPE=\"lifeboat\"><div TYPE=\"photo\" ORDERLABEL=\"1\" ADMID=\"z a b\"/>"
		"<div TYPE=\"photo\" ORDERLABEL=\"2\" ADMID=\"a\"/><div TYPE=\"page\"/></div></structMap>"
		"<structMap TYPE=\"logical\"><div TYPE=\"photo\" ORDERLABEL=\"3\"/></structMap></mets>";
	ck_assert_ok(read_text(lb_span(text), 4096, &told, objid));
	ck_assert_str_eq(lb_buf_str(&told), "photo 1 7\nphoto 2 -\n");
	ck_assert_int_eq(read_text(lb_span(HEAD LICENSE("b", "Flickr licence number", "7")
		LICENSE("b", "Flickr licence number", "8") "</mets>"), 4096, &told, objid), LB_FORMAT);
}
END_TEST

static int refuse(void *arg, const char *id, const char *license, struct lb_error *e)
{
	(void)arg, (void)license;
	return lb_fail(e, LB_CANCELLED, "stopped at %s", id);
}

START_TEST(stops_when_the_handler_says_so)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){.photo = refuse});
	char objid[64];
	int rc = lb_mets_reader_feed(r, text.p, text.len, &err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, objid, &err);
	ck_assert_int_eq(rc, LB_CANCELLED);
	ck_assert_str_eq(err.what, "stopped at 2780177093");
	lb_mets_reader_free(r);
}
END_TEST

START_TEST(every_cut_is_noticed)
{
	const struct lb_mets m = document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	ck_assert_ok(lb_file_read(write_to_file(&m), 1 << 20, &text, &err));
	char objid[64];
	const size_t whole = lb_span_trim(lb_buf_span(&text)).n;
	for (size_t n = 0; n < whole; n += 37)
		ck_assert_int_ne(read_text((struct lb_span){text.p, n}, 4096, &told, objid), 0);
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {reads_what_it_wrote, writes_the_same_bytes_again, says_who_when_and_under_which_terms, sets_keep_their_order,
		stubs_have_a_note_and_no_files, says_what_was_agreed,
		photos_share_a_statement_only_of_the_same_terms, is_small,
		is_valid_mets_and_premis, is_valid_with_hostile_text, refuses_what_is_broken, finds_the_licence_of_a_photo,
		stops_when_the_handler_says_so, every_cut_is_noticed};
	Suite *s = suite_create("mets");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
