/* METS: what is written, and that it comes back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/hostile.h"
#include "tests/support/make_mets.h"
#include "tests/support/support.h"

static struct lb_error err;

static const char *write_to_file(struct test_mets *t)
{
	static char path[512];
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	ck_assert_ok(test_mets_write(t, path, &err));
	return path;
}

static void write_to_text(struct test_mets *t, struct lb_buf *text)
{
	lb_buf_reset(text);
	ck_assert_ok(lb_file_read(write_to_file(t), text->max - 1, text, &err));
}

/* ---- what the reader told, a line each ---- */

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static int on_photo(void *arg, size_t number, const struct lb_mets_photo *p, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "photo %zu %s|%s|%s|%s|%s|%s|%lld|%lld|%s|%s|%s|%d|%s|%s", number, p->id, or_dash(p->title), or_dash(p->url),
		or_dash(p->owner_id), or_dash(p->owner_name), or_dash(p->taken.value), (long long)p->taken.granularity, (long long)p->posted,
		or_dash(p->place), or_dash(p->coordinates), or_dash(p->withheld), p->stub, or_dash(p->license_label), or_dash(p->license_uri));
	for (size_t i = 0; i < p->ntags; i++)
		lb_buf_addf(arg, "|#%s", p->tags[i]);
	lb_buf_addc(arg, '\n');
	return 0;
}

static int on_file(void *arg, size_t number, const struct lb_mets_file *f, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "file %zu %s %.4s %llu %s %s\n", number, f->path, f->sha256, (unsigned long long)f->size, f->mime, f->group);
	return 0;
}

static int on_place(void *arg, const struct lb_mets_place *p, struct lb_error *e)
{
	(void)e;
	lb_buf_addf(arg, "place %zd %s %s", (ssize_t)p->number, p->id, or_dash(p->license_id));
	for (size_t i = 0; i < p->nfiles; i++)
		lb_buf_addf(arg, " %zu:%s", p->files[i].number, p->files[i].group);
	lb_buf_addc(arg, '\n');
	return 0;
}

static int read_text(struct lb_span text, size_t step, struct lb_buf *told)
{
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){told, on_photo, on_file, on_place, NULL});
	struct lb_mets_about about;
	int rc = 0;
	err = (struct lb_error){0};
	for (size_t i = 0; i < text.n && rc == 0; i += step)
		rc = lb_mets_reader_feed(r, text.p + i, text.n - i < step ? text.n - i : step, &err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, &about, &err);
	if (rc == 0)
		lb_buf_addf(told, "about %s|%s|%s\n", about.id, or_dash(about.title), or_dash(about.created));
	lb_mets_reader_free(r);
	return rc;
}

START_TEST(reads_what_it_wrote)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	static const size_t steps[] = {1, 7, 4096, 1 << 20};
	for (size_t i = 0; i < LB_COUNT(steps); i++) {
		lb_buf_reset(&told);
		ck_assert_ok(read_text(lb_buf_span(&text), steps[i], &told));
		ck_assert_str_eq(lb_buf_str(&told),
			"photo 0 2780177093|a \"title\" & <more> ]]> \xf0\x9f\x9a\xa3|https://www.flickr.com/photos/x/2780177093/|1@N00|</name>|"
			"2012-05-17T13:04:05|0|1763675215|London, United <Kingdom>|51.5,-0.116|-|0|Attribution|"
			"https://creativecommons.org/licenses/by/2.0/|#sea|#<tag> & \"more\"|#\n"
			"photo 1 869031|-|-|-|-|-|-1|-1|-|-|-|0|-|-\n"
			"photo 2 12|bad \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd bytes \xef\xbf\xbd \xe2\x80\xa8|x y|2@N00|b|1908|8|-1|-|-|"
			"the owner does not allow downloads|0|All Rights Reserved|-\n"
			"photo 3 13|kept back|https://www.flickr.com/photos/x/13/|2@N00|b|-|-1|-1|-|-|the owner <refused> & said so|1|"
			"All Rights Reserved|-\n"
			"file 0 data/media/originals/1.jpg aaaa 10 image/jpeg original\n"
			"file 1 data/media/thumbnails/2.jpg aaaa 7 image/gif thumbnail\n"
			"file 2 data/media/thumbnails/1.jpg 0123 4294967302 image/jpeg thumbnail\n"
			"file 3 data/a b%20c/\xc3\xa9&\"<>#?'.js 0123 0 text/javascript metadata\n"
			"file 4 data/pages/1.html aaaa 3 text/html page\n"
			"place 0 2780177093 4 3:metadata 0:original 1:thumbnail\nplace 1 869031 -\nplace 2 12 0 2:thumbnail\nplace 3 13 0\n"
			"about urn:uuid:01234567-89ab-8cde-8123-456789abcdef|All \"our\" <boats> & more|2025-11-20T21:47:00Z\n");
	}
}
END_TEST

START_TEST(writes_the_same_bytes_again)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf one = LB_BUF(1 << 20), two = LB_BUF(1 << 20);
	write_to_text(&t, &one);
	write_to_text(&t, &two);
	ck_assert(lb_span_eq(lb_buf_span(&one), lb_buf_span(&two)));
}
END_TEST

/* The position of a text, which must be there. */
static size_t where(const struct lb_buf *text, const char *what)
{
	const char *found = strstr(text->p, what);
	ck_assert_msg(found, "no %s", what);
	return (size_t)(found - text->p);
}

#define LOCAL(name, id) "<" name "Type>local</" name "Type><" name "Value>" id "</" name "Value>"

START_TEST(says_who_when_and_under_which_terms)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	static const char *const expected[] = {
		"TYPE=\"Data Lifeboat\" PROFILE=\"" LB_METS_PROFILE "\"",
		"CREATEDATE=\"2025-11-20T21:47:00Z\"", "<name>lifeboat 0.1.0</name>", "<name>Ada &amp; co</name>",
		"<dc:description>So that &lt;they&gt; stay</dc:description><dc:date>2025-11-20T21:47:00Z</dc:date>",
		"<licenseTerms>Attribution</licenseTerms>", "https://creativecommons.org/licenses/by/2.0/",
		"<accessCondition type=\"use and reproduction\" xlink:href=\"https://creativecommons.org/licenses/by/2.0/\">Attribution<",
		"<eventType>capture</eventType>", "downloaded from https://live.staticflickr.com/1/a_o.jpg?x=1 (Flickr size: Original)",
		"<originalName>a_o.jpg</originalName><linkingEventIdentifier>" LOCAL("linkingEventIdentifier", "e-0"),
		LOCAL("linkingRightsStatementIdentifier", "r-0"),
		"<messageDigest>" TEST_SHA_B "</messageDigest></fixity><size>4294967302</size>",
		"<formatName>image/gif</formatName></formatDesignation><formatRegistry><formatRegistryName>PRONOM</formatRegistryName>"
		"<formatRegistryKey>fmt/4</formatRegistryKey>", "<formatName>image/jpeg</formatName></formatDesignation></format>",
		"CHECKSUMTYPE=\"SHA-256\" ADMID=\"o-0 e-0 r-0\"", "ADMID=\"o-1 e-1 r-0\"", "ADMID=\"o-2 r-1\"",
		"ORDERLABEL=\"12\" LABEL=\"bad", "ADMID=\"r-1 s-1\"", "Original withheld: the owner does not allow downloads",
		"<eventType>message digest calculation</eventType><eventDateTime>2025-11-20T21:47:00Z/2025-11-20T21:48:00Z</eventDateTime>",
		"CHECKSUM=\"" TEST_SHA_B "\" CHECKSUMTYPE=\"SHA-256\"", "xlink:href=\"data/a%20b%2520c/%C3%A9%26%22%3C%3E%23%3F%27.js\"",
		"bad \xef\xbf\xbd", "TYPE=\"album\" ORDERLABEL=\"72157594158092434\" LABEL=\"Boats &amp; &lt;oars&gt;\"",
	};
	for (size_t i = 0; i < LB_COUNT(expected); i++)
		where(&text, expected[i]);
}
END_TEST

START_TEST(dates_promise_no_more_than_is_known)
{
	static const struct { struct lb_taken taken; const char *written, *value; int64_t granularity; } cases[] = {
		{{"2012-05-17 13:04:05", 0, 0}, "<dateCreated encoding=\"edtf\">2012-05-17T13:04:05</dateCreated>", "2012-05-17T13:04:05", 0},
		{{"2012-05-17 13:04:05", 4, 0}, "<dateCreated encoding=\"w3cdtf\">2012-05</dateCreated>", "2012-05", 4},
		{{"2012-05-17 13:04:05", 6, 0}, "<dateCreated encoding=\"w3cdtf\">2012</dateCreated>", "2012", 6},
		{{"2012-05-17 13:04:05", 8, 0}, "<dateCreated encoding=\"w3cdtf\" qualifier=\"approximate\">2012</dateCreated>", "2012", 8},
		{{"2012", 0, 0}, "<dateCreated>2012</dateCreated>", "2012", 0},
		{{"one day", 6, 0}, "<dateCreated>oneTday</dateCreated>", "oneTday", 0},
		{{"2012-05-17 13:04:05", 0, 1}, NULL, "-", -1}, {{"0000-00-00 00:00:00", 0, 0}, NULL, "-", -1},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct test_mets t = test_mets_document();
		struct lb_mets_photo photo = {.id = "1", .taken = cases[i].taken, .posted = LB_UNKNOWN, .captured = LB_UNKNOWN};
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20), expected = LB_BUF(1 << 20);
		t.photos = &photo;
		t.nphotos = 1;
		t.nfiles = t.nsets[0] = t.nsets[1] = t.nsets[2] = 0;
		write_to_text(&t, &text);
		if (cases[i].written)
			where(&text, cases[i].written);
		else
			ck_assert(!strstr(text.p, "dateCreated"));
		ck_assert_ok(read_text(lb_buf_span(&text), 4096, &told));
		lb_buf_addf(&expected, "photo 0 1|-|-|-|-|%s|%lld|-1|", cases[i].value, (long long)cases[i].granularity);
		ck_assert_msg(lb_span_starts(lb_buf_span(&told), lb_buf_str(&expected)), "%s not %s", told.p, expected.p);
	}
}
END_TEST

/* What xs:anyURI does not take is told as text, and comes back all the same. */
START_TEST(addresses_that_are_none_are_text)
{
	static const struct { const char *url; bool address; } cases[] = {
		{"https://www.flickr.com/photos/x/1/", true}, {"http://a", true}, {"http://a/%20?b=c&d#e", true}, {"https://", false},
		{"javascript:alert(1)", false}, {"http://a/b c", false}, {"http://a/%2", false}, {"http://a/%zz", false}, {"http://[a]/", false},
		{"http://a/#b#c", false}, {"http://a:b/", false}, {"http://u@a/", false}, {"https:///x", false}, {"http://a/\xc3\xa9", false}, {"", false},
	};
	struct lb_mets_photo many[LB_COUNT(cases)];
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	size_t addresses = 0, found = 0;
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		many[i] = (struct lb_mets_photo){.id = "1", .url = cases[i].url, .posted = LB_UNKNOWN, .captured = LB_UNKNOWN};
		addresses += cases[i].address;
	}
	t.photos = many;
	t.nphotos = LB_COUNT(many);
	t.nfiles = t.nsets[0] = t.nsets[1] = t.nsets[2] = 0;
	write_to_text(&t, &text);
	for (const char *p = text.p; (p = strstr(p, "<location><url>")); p++)
		found++;
	ck_assert_uint_eq(found, addresses);
	ck_assert_ok(read_text(lb_buf_span(&text), 4096, &told));
	const char *p = told.p;
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(4096);
		lb_buf_addf(&expected, "photo %zu 1|-|%s|", i, cases[i].url);
		ck_assert_msg(strstr(p, expected.p), "no %s in %s", expected.p, p);
	}
}
END_TEST

START_TEST(sets_keep_their_order)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	write_to_text(&t, &text);
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

START_TEST(stubs_say_why_and_have_no_files)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	where(&text, "<div TYPE=\"photo\" ORDER=\"4\" ORDERLABEL=\"13\" LABEL=\"kept back\" DMDID=\"p-3\" ADMID=\"r-2 withholding\"/>");
	where(&text, "<accessCondition type=\"restriction on access\" displayLabel=\"Photograph withheld\">the owner &lt;refused&gt; &amp; said so</");
	where(&text, "<licenseNote>Photograph withheld: the owner &lt;refused&gt;");
	where(&text, "1 photograph kept back by the policy");
}
END_TEST

START_TEST(says_what_was_agreed)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	where(&text, "<eventDetail>rescue: everything &amp; more</eventDetail>");
	where(&text, "<eventDateTime>2025-11-20T21:46:00Z</eventDateTime>");
	where(&text, "the maker of the package agreed: I &lt;agree&gt;");
	where(&text, "<eventType>redaction</eventType>");
	where(&text, "ADMID=\"entity creation digests policy agreement withholding redaction\"");
	t.m.policy = t.m.agreement = NULL;
	t.m.pseudonymised = false;
	t.nphotos = 3;
	t.nsets[0] = t.nsets[2] = 0;
	t.nfiles = 1;
	write_to_text(&t, &text);
	where(&text, "ADMID=\"entity creation\"");
	ck_assert(!strstr(text.p, "policy assignment") && !strstr(text.p, "redaction") && !strstr(text.p, "digest calculation"));
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
		{"owner", {.owner_id = "2@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-1"},
		{"licence", {.owner_id = "1@N00", .owner_name = "a", .license_id = "5", .license_label = "BY"}, "r-2"},
		{"reason", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY", .withheld = ""}, "r-3"},
		{"moved border", {.owner_id = "1@N0", .owner_name = "0a", .license_id = "4", .license_label = "BY"}, "r-4"},
		{"no licence", {.owner_id = "1@N00", .owner_name = "a"}, NULL},
		{"same again", {.owner_id = "1@N00", .owner_name = "a", .license_id = "4", .license_label = "BY"}, "r-0"},
	};
	struct lb_mets_photo shared[LB_COUNT(cases)];
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	struct test_mets t = test_mets_document();
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		shared[i] = cases[i].photo;
		shared[i].id = cases[i].name;
		shared[i].posted = shared[i].captured = LB_UNKNOWN;
	}
	t.photos = shared;
	t.nphotos = LB_COUNT(shared);
	t.nfiles = t.nsets[0] = t.nsets[1] = t.nsets[2] = 0;
	write_to_text(&t, &text);
	ck_assert_ok(read_text(lb_buf_span(&text), 4096, &told));
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		char div[128];
		snprintf(div, sizeof div, "ORDERLABEL=\"%s\" DMDID=\"p-%zu\"%s%s%s/>", cases[i].name, i, cases[i].admid ? " ADMID=\"" : "",
			cases[i].admid ? cases[i].admid : "", cases[i].admid ? "\"" : "");
		where(&text, div);
		snprintf(div, sizeof div, "place %zu %s %s\n", i, cases[i].name, cases[i].photo.license_id ? cases[i].photo.license_id : "-");
		where(&told, div);
	}
	ck_assert_uint_eq(count_of(&text, "<rightsMD "), 5);
}
END_TEST

/* Every call of the source may fail: that is what is told, and nothing else. */
START_TEST(a_failing_source_is_reported)
{
	struct test_mets t = test_mets_document();
	char path[512];
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	ck_assert_ok(test_mets_write(&t, path, &err));
	const size_t calls = t.calls;
	ck_assert_uint_gt(calls, 30);
	ck_assert_int_eq(remove(path), 0);
	for (size_t n = 1; n <= calls; n++) {
		t.fail_after = n;
		err = (struct lb_error){0};
		ck_assert_int_eq(test_mets_write(&t, path, &err), LB_IO);
		ck_assert(strstr(err.what, "the source failed at call"));
		ck_assert(!lb_file_exists(path));
	}
}
END_TEST

START_TEST(roles_of_others_and_strange_positions)
{
	static const struct lb_mets_file strange[] = {
		{.path = "data/b", .sha256 = TEST_SHA_A, .mime = "a/b", .group = "zoo", .photo = 7, .captured = LB_UNKNOWN},
		{.path = "data/c", .sha256 = TEST_SHA_A, .mime = "a/b", .group = "viewer", .photo = -5, .captured = LB_UNKNOWN},
		{.path = "data/d", .sha256 = TEST_SHA_A, .mime = "a/b", .group = "zoo", .photo = 1, .captured = LB_UNKNOWN},
	};
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	t.files = strange;
	t.nfiles = LB_COUNT(strange);
	write_to_text(&t, &text);
	ck_assert_ok(read_text(lb_buf_span(&text), 4096, &told));
	where(&told, "file 0 data/c aaaa 0 a/b viewer\nfile 1 data/d aaaa 0 a/b zoo\nfile 2 data/b aaaa 0 a/b zoo\n");
	where(&told, "place 1 869031 - 1:zoo\n");
}
END_TEST

/* ---- size ---- */

#define MANY 200
/* A photo with two media files and its metadata: readers of large collections pay for every byte. */
START_TEST(is_small)
{
	static struct lb_mets_photo many[MANY];
	static struct lb_mets_file three[3 * MANY];
	struct test_mets t = test_mets_document();
	for (size_t i = 0; i < MANY; i++) {
		many[i] = t.photos[0];
		for (size_t k = 0; k < 3; k++) {
			three[3 * i + k] = t.files[k];
			three[3 * i + k].photo = (long)i;
			three[3 * i + k].captured = TEST_METS_CREATED;
		}
	}
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(4 << 20);
	t.photos = many;
	t.nphotos = MANY;
	t.files = three;
	t.nfiles = LB_COUNT(three);
	write_to_text(&t, &text);
	ck_assert_uint_lt(text.len / MANY, 6400);
}
END_TEST

/* ---- against the schemas ---- */

START_TEST(is_valid_mets_premis_and_mods)
{
	if (!test_have_schemas())
		return;
	struct test_mets t = test_mets_document();
	ck_assert(test_is_valid(write_to_file(&t), NULL));
	/* as little as there can be */
	t.m.maker = t.m.title = t.m.purpose = t.m.policy = t.m.agreement = NULL;
	t.nfiles = t.nphotos = t.nsets[0] = t.nsets[1] = t.nsets[2] = t.ncollections = 0;
	t.m.pseudonymised = false;
	ck_assert(test_is_valid(write_to_file(&t), NULL));
}
END_TEST

START_TEST(is_valid_with_hostile_text)
{
	size_t count;
	const char *const *texts = test_hostile(&count);
	struct lb_mets_photo *hostile = lb_alloc(count * sizeof *hostile);
	for (size_t i = 0; i < count; i++)
		hostile[i] = (struct lb_mets_photo){.id = "1", .title = texts[i], .url = texts[i], .owner_id = texts[i], .owner_name = texts[i],
			.license_id = "1", .license_uri = texts[i], .license_label = texts[i], .withheld = texts[i], .captured = TEST_METS_CREATED,
			.taken = {texts[i], 4, 0}, .posted = LB_UNKNOWN, .tags = &texts[i], .ntags = 1, .place = texts[i], .coordinates = texts[i]};
	struct test_mets t = test_mets_document();
	t.photos = hostile;
	t.nphotos = count;
	t.nsets[0] = t.nsets[1] = t.nsets[2] = t.nfiles = 0;
	const char *path = write_to_file(&t);
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(512 << 20), told = LB_BUF(512 << 20);
	ck_assert_ok(lb_file_read(path, 512 << 20, &text, &err));
	ck_assert_ok(read_text(lb_buf_span(&text), 65536, &told));
	ck_assert_uint_eq(count_of(&told, "place "), count);
	free(hostile);
	if (test_have_schemas())
		ck_assert(test_is_valid(path, NULL));
}
END_TEST

static int refuse(void *arg, const struct lb_mets_place *p, struct lb_error *e)
{
	(void)arg;
	return lb_fail(e, LB_CANCELLED, "stopped at %s", p->id);
}

START_TEST(stops_when_the_handler_says_so)
{
	struct test_mets t = test_mets_document();
	struct lb_mets_about about;
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	struct lb_mets_reader *r = lb_mets_reader_new(&(struct lb_mets_handler){.place = refuse});
	int rc = lb_mets_reader_feed(r, text.p, text.len, &err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, &about, &err);
	ck_assert_int_eq(rc, LB_CANCELLED);
	ck_assert_str_eq(err.what, "stopped at 2780177093");
	lb_mets_reader_free(r);
}
END_TEST

START_TEST(every_cut_is_noticed)
{
	struct test_mets t = test_mets_document();
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20), told = LB_BUF(1 << 20);
	write_to_text(&t, &text);
	const size_t whole = lb_span_trim(lb_buf_span(&text)).n;
	for (size_t n = 0; n < whole; n += 37) {
		lb_buf_reset(&told);
		ck_assert_int_ne(read_text((struct lb_span){text.p, n}, 4096, &told), 0);
	}
}
END_TEST

Suite *test_suite(void)
{
	const TTest *const tests[] = {reads_what_it_wrote, writes_the_same_bytes_again, says_who_when_and_under_which_terms,
		dates_promise_no_more_than_is_known, addresses_that_are_none_are_text, sets_keep_their_order, stubs_say_why_and_have_no_files,
		says_what_was_agreed, photos_share_a_statement_only_of_the_same_terms, a_failing_source_is_reported,
		roles_of_others_and_strange_positions, is_small, is_valid_mets_premis_and_mods, is_valid_with_hostile_text,
		stops_when_the_handler_says_so, every_cut_is_noticed};
	Suite *s = suite_create("mets");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	for (size_t i = 0; i < LB_COUNT(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
