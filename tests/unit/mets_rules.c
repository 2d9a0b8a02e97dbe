/* The rules of METS.xml itself: what is damaged is found, by the right rule, and what is whole is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/make_mets.h"
#include "tests/support/support.h"

static struct lb_error err;
static struct lb_buf whole = LB_BUF(1 << 20);

static void setup(void)
{
	struct test_mets t = test_mets_document();
	char path[512];
	snprintf(path, sizeof path, "%s/METS.xml", test_dir());
	ck_assert_ok(test_mets_write(&t, path, &err));
	lb_buf_reset(&whole);
	ck_assert_ok(lb_file_read(path, 1 << 20, &whole, &err));
}

static void on_problem(void *arg, const char *rule, const char *message)
{
	lb_buf_addf(arg, "%s %s\n", rule, message);
}

/* With `problems` NULL nobody hears of them. */
static int read_text(struct lb_span text, struct lb_buf *problems)
{
	const struct lb_mets_handler handler = {.arg = problems, .problem = problems ? on_problem : NULL};
	struct lb_mets_reader *r = lb_mets_reader_new(&handler);
	struct lb_mets_about about;
	err = (struct lb_error){0};
	int rc = lb_mets_reader_feed(r, text.p, text.n, &err);
	if (rc == 0)
		rc = lb_mets_reader_end(r, &about, &err);
	lb_mets_reader_free(r);
	return rc;
}

/* The text with the nth `from` (from 1) replaced. */
static void replace(const char *from, unsigned nth, const char *to, struct lb_buf *out)
{
	const char *at = whole.p;
	for (unsigned i = 1; at && i < nth; i++)
		at = strstr(at, from) ? strstr(at, from) + 1 : NULL;
	at = at ? strstr(at, from) : NULL;
	ck_assert_msg(at, "no %s", from);
	lb_buf_add(out, whole.p, (size_t)(at - whole.p));
	lb_buf_adds(out, to);
	lb_buf_adds(out, at + strlen(from));
}

START_TEST(a_whole_document_has_no_problem)
{
	LB_AUTO(lb_buf_clear) struct lb_buf problems = LB_BUF(1 << 20);
	ck_assert_ok(read_text(lb_buf_span(&whole), &problems));
	ck_assert_str_eq(lb_buf_str(&problems), "");
	ck_assert_ok(read_text(lb_buf_span(&whole), NULL));
}
END_TEST

#define FILE_0 "<file ID=\"f-0\" "
#define NUL_SUM "0000000000000000000000000000000000000000000000000000000000000000"
#define EXTRA_FILE(id) "<file ID=\"" id "\" SIZE=\"1\" CHECKSUM=\"" NUL_SUM "\" CHECKSUMTYPE=\"SHA-256\"><FLocat LOCTYPE=\"URL\" xlink:href=\"x\"/></file>"
#define PHOTO_0 "<div TYPE=\"photo\" ORDER=\"1\" ORDERLABEL=\"2780177093\" LABEL=\"a &quot;title&quot; &amp; &lt;more&gt; ]]&gt; \xf0\x9f\x9a\xa3\" DMDID=\"p-0\""

static const struct { const char *rule, *from; unsigned nth; const char *to; } faults[] = {
	/* ids twice */
	{"METS-007", "<dmdSec ID=\"p-1\"", 1, "<dmdSec ID=\"p-0\""},
	{"METS-007", "<techMD ID=\"o-2\"", 1, "<techMD ID=\"o-1\""},
	{"METS-007", "<rightsMD ID=\"r-1\"", 1, "<rightsMD ID=\"r-0\""},
	{"METS-007", "<digiprovMD ID=\"e-1\"", 1, "<digiprovMD ID=\"e-0\""},
	{"METS-007", "<file ID=\"f-4\"", 1, "<file ID=\"f-3\""},
	{"METS-007", "<digiprovMD ID=\"policy\"", 1, "<digiprovMD ID=\"creation\""},
	{"METS-007", "<digiprovMD ID=\"agent-maker\"", 1, "<digiprovMD ID=\"package\""},
	{"METS-007", "<structMap TYPE=\"physical\"", 1, "<structMap ID=\"package\" TYPE=\"physical\""},
	{"METS-007", "<fileGrp USE=\"page\"", 1, "<fileGrp ID=\"entity\" USE=\"page\""},
	/* ids that do not count */
	{"METS-008", "<dmdSec ID=\"p-3\"", 1, "<dmdSec ID=\"p-4\""},
	{"METS-008", "<dmdSec ID=\"p-0\"", 1, "<dmdSec ID=\"p-00\""},
	{"METS-008", "<dmdSec ID=\"p-0\"", 1, "<dmdSec ID=\"f-0\""},
	{"METS-008", "<file ID=\"f-4\"", 1, "<file ID=\"f-4000000000\""},
	{"METS-008", "<file ID=\"f-4\"", 1, "<file ID=\"page-1\""},
	{"METS-008", "<digiprovMD ID=\"s-1\"", 1, "<digiprovMD ID=\"r-2\""},
	/* pointers into nothing, or at the wrong kind */
	{"METS-009", "FILEID=\"f-4\"", 1, "FILEID=\"f-5\""},
	{"METS-009", "FILEID=\"f-4\"", 1, "FILEID=\"p-0\""},
	{"METS-009", "FILEID=\"f-4\"", 1, "FILEID=\"package\""},
	{"METS-009", "DMDID=\"package\"", 1, "DMDID=\"creation\""},
	{"METS-009", "DMDID=\"p-3\"", 2, "DMDID=\"p-9\""},
	{"METS-009", "DMDID=\"p-3\" ADMID=\"r-2", 1, "DMDID=\"r-1\" ADMID=\"r-2"},
	{"METS-009", "ADMID=\"o-2 r-1\"", 1, "ADMID=\"o-2 r-7\""},
	{"METS-009", "ADMID=\"o-2 r-1\"", 1, "ADMID=\"o-2 p-1\""},
	{"METS-009", "ADMID=\"o-2 r-1\"", 1, "ADMID=\"o-2 f-1\""},
	{"METS-009", "ADMID=\"entity creation", 1, "ADMID=\"entity creatino"},
	{"METS-009", "ADMID=\"r-2 withholding\"", 1, "ADMID=\"r-2 nothing\""},
	/* the physical map */
	{"METS-010", "<fptr FILEID=\"f-4\"/>", 1, ""},
	{"METS-010", "<fptr FILEID=\"f-4\"/>", 1, "<fptr FILEID=\"f-4\"/><fptr FILEID=\"f-4\"/>"},
	{"METS-010", "<fptr FILEID=\"f-4\"/>", 1, "<fptr FILEID=\"f-0\"/>"},
	{"METS-010", "<structMap TYPE=\"physical\"", 1, "<structMap TYPE=\"logical\""},
	/* objects and files */
	{"METS-011", "<size>10</size>", 1, "<size>11</size>"},
	{"METS-011", "<size>10</size>", 1, "<size>ten</size>"},
	{"METS-011", "<messageDigest>aaaa", 1, "<messageDigest>aaab"},
	{"METS-011", "<messageDigestAlgorithm>SHA-256", 1, "<messageDigestAlgorithm>SHA-512"},
	{"METS-011", "<formatName>image/jpeg", 1, "<formatName>image/png"},
	{"METS-011", "MIMETYPE=\"image/gif\"", 1, "MIMETYPE=\"image/png\""},
	{"METS-011", "SIZE=\"10\"", 1, "SIZE=\"1\""},
	{"METS-012", "ADMID=\"o-0 e-0 r-0\"", 1, "ADMID=\"e-0 r-0\""},
	{"METS-012", "ADMID=\"o-2 r-1\"", 1, ""},
	{"METS-012", "ADMID=\"o-1 e-1 r-0\"", 1, "ADMID=\"o-0 e-1 r-0\""},
	{"METS-012", "MIMETYPE=\"text/html\"", 1, "ADMID=\"o-0\" MIMETYPE=\"text/html\""},
	/* the root */
	{"METS-013", " PROFILE=\"" LB_METS_PROFILE "\"", 1, ""},
	{"METS-013", "PROFILE=\"urn:uuid:cf", 1, "PROFILE=\"urn:uuid:df"},
	/* the parts */
	{"METS-016", "<fileSec>", 1, "<metsHdr/><fileSec>"},
	{"METS-016", "<fileSec>", 1, "<amdSec/><fileSec>"},
	{"METS-016", "<metsHdr ", 1, "<structMap TYPE=\"x\"><div/></structMap><metsHdr "},
	{"METS-016", "<techMD ID=\"entity\"", 1, "<digiprovMD ID=\"x\"/><techMD ID=\"entity\""},
	{"METS-016", "<fileGrp USE=\"page\"", 1, "<fileGrp USE=\"original\""},
	{"METS-016", "<fileGrp USE=\"page\">", 1, "<fileGrp USE=\"page\"><fileGrp USE=\"y\">" EXTRA_FILE("z") "</fileGrp>"},
	{"METS-016", FILE_0, 1, "<transformFile>" EXTRA_FILE("z") "</transformFile>" FILE_0},
	{"METS-016", "<xmlData>", 2, "<xmlData>" EXTRA_FILE("z")},
	{"METS-016", "<structMap TYPE=\"logical\"", 1, "<structMap TYPE=\"physical\"><div/></structMap><structMap TYPE=\"logical\""},
	/* photos and their descriptions */
	{"METS-017", "<identifier type=\"Flickr photo id\">12<", 1, "<identifier type=\"Flickr photo id\">14<"},
	{"METS-017", "<identifier type=\"Flickr photo id\">12<", 1, "<identifier type=\"other\">12<"},
	{"METS-017", PHOTO_0, 1, "<div TYPE=\"photo\" ORDERLABEL=\"2780177093\" DMDID=\"p-2\""},
	{"METS-017", PHOTO_0, 1, "<div TYPE=\"photo\" ORDERLABEL=\"2780177093\""},
	{"METS-017", PHOTO_0, 1, "<div TYPE=\"photo\" ORDERLABEL=\"13\" DMDID=\"p-3\"/>" PHOTO_0},
	{"METS-017", "<div TYPE=\"photo\" ORDER=\"1\" ORDERLABEL=\"13\"", 1, "<div TYPE=\"photo\" ORDER=\"1\" ORDERLABEL=\"12\""},
	{"METS-017", "<div TYPE=\"photo\" ORDER=\"2\" ORDERLABEL=\"869031\" DMDID=\"p-1\"/>", 1, ""},
	/* order in a group */
	{"METS-018", "<fptr FILEID=\"f-1\"/>", 1, "<fptr FILEID=\"f-2\"/><fptr FILEID=\"f-1\"/>"},
	/* PREMIS identifiers */
	{"METS-019", "<objectIdentifierValue>o-0", 1, "<objectIdentifierValue>o-1"},
	{"METS-019", "<objectIdentifierValue>urn:uuid:0", 1, "<objectIdentifierValue>urn:uuid:1"},
	{"METS-019", "<objectIdentifierType>local", 1, "<objectIdentifierType>global"},
	{"METS-019", "<rightsStatementIdentifierValue>r-1", 1, "<rightsStatementIdentifierValue>r-0"},
	{"METS-019", "<eventIdentifierValue>e-1", 1, "<eventIdentifierValue>e-0"},
	{"METS-019", "<agentIdentifierValue>agent-program", 1, "<agentIdentifierValue>agent-x"},
	{"METS-019", "<linkingEventIdentifierValue>e-1", 1, "<linkingEventIdentifierValue>e-2"},
	{"METS-019", "<linkingEventIdentifierValue>policy", 1, "<linkingEventIdentifierValue>police"},
	{"METS-019", "<linkingRightsStatementIdentifierValue>r-0", 1, "<linkingRightsStatementIdentifierValue>r-99"},
	{"METS-019", "<linkingAgentIdentifierValue>agent-program", 1, "<linkingAgentIdentifierValue>nobody"},
};

START_TEST(finds_the_fault)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 << 20), problems = LB_BUF(1 << 20);
	replace(faults[_i].from, faults[_i].nth, faults[_i].to, &text);
	ck_assert_ok(read_text(lb_buf_span(&text), &problems));
	ck_assert_msg(strstr(lb_buf_str(&problems), faults[_i].rule), "%s → %s: no %s in: %s", faults[_i].from, faults[_i].to, faults[_i].rule,
		lb_buf_str(&problems));
	/* Who does not ask for problems gets the first one as an error. */
	ck_assert_int_eq(read_text(lb_buf_span(&text), NULL), LB_FORMAT);
	ck_assert_msg(strstr(err.what, "(METS-0"), "%s", err.what);
}
END_TEST

/* Namespaces count: the same local names in others are nothing. */
START_TEST(other_namespaces_say_nothing)
{
	static const struct { const char *from, *to, *rule; } cases[] = {
		{"<object xmlns=\"http://www.loc.gov/premis/v3\" xsi:type=\"file\"", "<object xmlns=\"urn:x\" xsi:type=\"file\"", "METS-011"},
		{"<mods xmlns=\"http://www.loc.gov/mods/v3\">", "<mods xmlns=\"urn:x\">", "METS-017"},
		{"<fptr FILEID=\"f-4\"/>", "<fptr xmlns=\"urn:x\" FILEID=\"f-4\"/>", "METS-010"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 << 20), problems = LB_BUF(1 << 20);
		replace(cases[i].from, 1, cases[i].to, &text);
		ck_assert_ok(read_text(lb_buf_span(&text), &problems));
		ck_assert_msg(strstr(lb_buf_str(&problems), cases[i].rule), "no %s: %s", cases[i].rule, lb_buf_str(&problems));
	}
}
END_TEST

/* What a later 1.x may add is no fault (spec/11-versioning.md). */
START_TEST(what_is_not_known_is_left_alone)
{
	static const char *const additions[][2] = {
		{"<fileSec>", "<fileSec><news/>"}, {"</structMap>\n</mets>", "</structMap><structLink><smLink/></structLink>\n</mets>"},
		{"<techMD ID=\"o-0\"", "<techMD ID=\"camera\"><mdWrap MDTYPE=\"OTHER\"><xmlData><x xmlns=\"urn:x\"/></xmlData></mdWrap></techMD><techMD ID=\"o-0\""},
		{"<structMap TYPE=\"logical\"", "<structMap ID=\"places\" TYPE=\"places\"><div TYPE=\"place\"/></structMap><structMap TYPE=\"logical\""},
		{"<mods xmlns=\"http://www.loc.gov/mods/v3\">", "<mods xmlns=\"http://www.loc.gov/mods/v3\" ID=\"p-0\"><relatedItem><titleInfo><title>not this</title></titleInfo></relatedItem>"},
	};
	for (size_t i = 0; i < LB_COUNT(additions); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 << 20), problems = LB_BUF(1 << 20);
		replace(additions[i][0], 1, additions[i][1], &text);
		ck_assert_ok(read_text(lb_buf_span(&text), &problems));
		ck_assert_str_eq(lb_buf_str(&problems), "");
	}
}
END_TEST

/* A thousand problems of one kind are told as a hundred, and that there are more. */
START_TEST(problems_are_bounded)
{
	LB_AUTO(lb_buf_clear) struct lb_buf many = LB_BUF(1 << 20), text = LB_BUF(4 << 20), problems = LB_BUF(1 << 20);
	for (int i = 0; i < 1000; i++)
		lb_buf_addf(&many, "<fptr FILEID=\"x-%d\"/>", i);
	replace("<fptr FILEID=\"f-4\"/>", 1, many.p, &text);
	ck_assert_ok(read_text(lb_buf_span(&text), &problems));
	size_t lines = 0;
	for (const char *p = problems.p; (p = strstr(p, "METS-009 ")); p++)
		lines++;
	ck_assert_uint_eq(lines, 101);
	ck_assert(strstr(problems.p, "METS-009 and more of this kind"));
}
END_TEST

/* ---- what is not METS, or cannot be read as one ---- */

#define HEAD "<mets xmlns=\"http://www.loc.gov/METS/\" xmlns:x=\"http://www.w3.org/1999/xlink\" OBJID=\"urn:x\">"
#define SUM "SIZE=\"1\" CHECKSUM=\"" NUL_SUM "\" CHECKSUMTYPE=\"SHA-256\""
#define FILES(inner) HEAD "<fileSec><fileGrp USE=\"page\">" inner "</fileGrp></fileSec></mets>"
static const char *const broken[] = {
	"", "x", "<html/>", "<mets/>", "<mets OBJID=\"urn:x\"/>", HEAD, HEAD "</metz>", "<mets xmlns=\"http://www.loc.gov/METS/\"/>",
	"<mets xmlns=\"http://www.loc.gov/METS/\" OBJID=\"0123456789012345678901234567890123456789012345678901234567890123456789\"/>",
	"<!DOCTYPE mets [<!ENTITY a \"b\">]><mets xmlns=\"http://www.loc.gov/METS/\" OBJID=\"&a;\"/>",
	FILES("<file ID=\"f-0\" SIZE=\"1\"/>"),
	FILES("<file ID=\"f-0\" SIZE=\"1\" CHECKSUM=\"aa\" CHECKSUMTYPE=\"SHA-256\"/>"),
	FILES("<file ID=\"f-0\" SIZE=\"1\" CHECKSUM=\"" NUL_SUM "\" CHECKSUMTYPE=\"MD5\"/>"),
	FILES("<file ID=\"f-0\" SIZE=\"-1\" CHECKSUM=\"" NUL_SUM "\" CHECKSUMTYPE=\"SHA-256\"/>"),
	FILES("<file ID=\"f-0\" SIZE=\"99999999999999999999\" CHECKSUM=\"" NUL_SUM "\" CHECKSUMTYPE=\"SHA-256\"/>"),
	FILES("<file ID=\"f-0\" " SUM "/>"), FILES("<file " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><FLocat LOCTYPE=\"URL\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a%zz\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a%00b\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><FLocat LOCTYPE=\"OTHER\" x:href=\"a\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><FLocat LOCTYPE=\"URL\" x:href=\"a\"/><FLocat LOCTYPE=\"URL\" x:href=\"b\"/></file>"),
	FILES("<file ID=\"f-0\" " SUM "><file ID=\"f-1\" " SUM "/></file>"),
	HEAD "<fileSec><fileGrp/></fileSec></mets>", HEAD "<amdSec><rightsMD/></amdSec></mets>", HEAD "<dmdSec ID=\"\"/></mets>",
	HEAD "<structMap TYPE=\"physical\"><div TYPE=\"photo\"/></structMap></mets>",
	HEAD "<structMap TYPE=\"physical\"><div TYPE=\"photo\" ORDERLABEL=\"1\"><div TYPE=\"photo\" ORDERLABEL=\"2\"/></div></structMap></mets>",
};

START_TEST(refuses_what_is_broken)
{
	for (size_t i = 0; i < LB_COUNT(broken); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf problems = LB_BUF(1 << 20);
		int rc = read_text(lb_span(broken[i]), &problems);
		ck_assert_msg(rc == LB_FORMAT && err.what[0], "accepted (%d): %s", rc, broken[i]);
	}
}
END_TEST

/* ---- hostile sizes: an error or a finding, never much memory ---- */

/* The piece, with '#' as a number that counts up. */
static void repeat(struct lb_buf *b, size_t times, const char *piece)
{
	const size_t before = strcspn(piece, "#");
	for (size_t i = 0; i < times; i++)
		lb_buf_addf(b, "%.*s%zu%s", (int)before, piece, i, piece + before + 1);
}

START_TEST(refuses_too_much)
{
	static const struct { const char *before, *piece, *after; size_t times; } cases[] = {
		{HEAD, "<dmdSec ID=\"x#\"/>", "</mets>", 100001},
		{HEAD "<fileSec>", "<fileGrp USE=\"g#\"/>", "</fileSec></mets>", 65},
		{HEAD "<dmdSec ID=\"p-0\"><mdWrap><xmlData><mods xmlns=\"http://www.loc.gov/mods/v3\">", "<subject><topic>#</topic></subject>",
			"</mods></xmlData></mdWrap></dmdSec></mets>", 2000000},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(256 << 20), problems = LB_BUF(1 << 20);
		lb_buf_adds(&text, cases[i].before);
		repeat(&text, cases[i].times, cases[i].piece);
		lb_buf_adds(&text, cases[i].after);
		ck_assert_int_eq(read_text(lb_buf_span(&text), &problems), LB_LIMIT);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("mets: rules");
	TCase *t = tcase_create("all");
	tcase_add_checked_fixture(t, setup, NULL);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_whole_document_has_no_problem);
	tcase_add_loop_test(t, finds_the_fault, 0, LB_COUNT(faults));
	tcase_add_test(t, other_namespaces_say_nothing);
	tcase_add_test(t, what_is_not_known_is_left_alone);
	tcase_add_test(t, problems_are_bounded);
	tcase_add_test(t, refuses_what_is_broken);
	tcase_add_test(t, refuses_too_much);
	suite_add_tcase(s, t);
	return s;
}
