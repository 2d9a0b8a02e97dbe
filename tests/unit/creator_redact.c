/* Redaction: what is withheld, private or somebody's name is nowhere in what comes out; everything else is as it was. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lifeboat/creator/redact.h"
#include "tests/support/support.h"

static struct lb_error err;
static char dir[256];
static struct lb_plan plan;
static struct lb_plan_photo photos[3];
static struct lb_redactor *redactor;
static struct lb_arena arena;

static void setup(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	photos[0] = (struct lb_plan_photo){ .id = "100", .owner_id = "1000@N01" };
	photos[1] = (struct lb_plan_photo){ .id = "200", .owner_id = "1000@N01" };
	photos[2] = (struct lb_plan_photo){ .id = "300" };
	plan = (struct lb_plan){ .photos = photos, .nphotos = 3 };
}

static void teardown(void)
{
	lb_redactor_freep(&redactor);
	lb_arena_clear(&arena);
}

/* ---- evidence with these answers --------------------------------------------------------------------------------------- */

static void record(struct lb_evidence *ev, unsigned number, const char *body)
{
	char uri[200];
	snprintf(uri, sizeof uri, "https://api.flickr.com/services/rest/?method=flickr.test&n=%u", number);
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = uri, .date = 1700000000, .status = 200, .content_type = "text/xml", .headers = "",
		.body = lb_span(body) };
	ck_assert_ok(lb_evidence_append(ev, &x, &err));
}

static void open_redactor(const char *const *answers, size_t count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	lb_path_join(&path, dir, "evidence");
	ck_assert_ok(lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, NULL, &ev, &err));
	for (size_t i = 0; i < count; i++)
		record(ev, (unsigned)i, answers[i]);
	lb_redactor_freep(&redactor);
	ck_assert_ok(lb_redactor_open(dir, &plan, ev, NULL, &redactor, &err));
	lb_redactor_photo(redactor, "100", LB_VERDICT_TAKE);
	lb_redactor_photo(redactor, "200", LB_VERDICT_STUB);
	lb_redactor_photo(redactor, "300", LB_VERDICT_NONE);
}

static bool changed;

static const char *redact_as(const char *method, const char *xml)
{
	struct lb_xml *rsp;
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(1 << 24);
	ck_assert_ok(lb_xml_parse(lb_span(xml), NULL, &arena, &rsp, &err));
	changed = lb_redact_answer(redactor, method, rsp, &arena);
	lb_redact_serialise(rsp, &out);
	ck_assert(!out.overflow);
	return lb_arena_strdup(&arena, lb_buf_str(&out));
}

static const char *redact(const char *xml)
{
	return redact_as("flickr.photos.getInfo", xml);
}

static const char *text(const char *s)
{
	return lb_redact_text(redactor, s, &arena);
}

static void expect_has(const char *out, const char *what)
{
	ck_assert_msg(strstr(out, what), "\"%s\" is not in:\n%s", what, out);
}

static void expect_not(const char *out, const char *what)
{
	ck_assert_msg(!strcasestr(out, what), "\"%s\" is in:\n%s", what, out);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------------------- */

static const char list[] = "<rsp stat=\"ok\"><photos page=\"1\" total=\"4\">"
	"<photo id=\"100\" owner=\"1000@N01\" secret=\"aaa\" title=\"Taken\" url_o=\"https://live.staticflickr.com/1/100_x_o.jpg\"><description>words</description></photo>"
	"<photo id=\"200\" owner=\"1000@N01\" secret=\"bbb\" server=\"65535\" title=\"Stubbed\" license=\"0\" ownername=\"Ann\" pathalias=\"ann\" ispublic=\"1\""
	" isfriend=\"0\" isfamily=\"0\" tags=\"hidden\" latitude=\"51.5\" url_o=\"https://live.staticflickr.com/1/200_y_o.jpg\"><description>hidden words</description></photo>"
	"<photo id=\"300\" owner=\"1000@N01\" secret=\"ccc\" title=\"Private\"/>"
	"<photo id=\"400\" owner=\"4000@N01\" secret=\"ddd\" title=\"Stranger\"/>"
	"</photos></rsp>";

START_TEST(rows_of_lists)
{
	open_redactor(NULL, 0);
	const char *out = redact_as("flickr.photos.search", list);
	ck_assert(changed);
	expect_has(out, "secret=\"aaa\" title=\"Taken\" url_o=\"https://live.staticflickr.com/1/100_x_o.jpg\">\n<description>words</description>");
	expect_has(out, "<photo id=\"200\" owner=\"1000@N01\" title=\"Stubbed\" license=\"0\" ownername=\"Ann\" pathalias=\"ann\" ispublic=\"1\" isfriend=\"0\" isfamily=\"0\"/>");
	const char *gone[] = { "bbb", "hidden", "51.5", "200_y", "300", "Private", "ccc", "400", "Stranger", "ddd", "4000@N01" };
	for (size_t i = 0; i < LB_COUNT(gone); i++)
		expect_not(out, gone[i]);
}
END_TEST

START_TEST(nothing_to_change)
{
	static const char *const plain[] = {
		"<rsp stat=\"ok\"><photos page=\"1\"><photo id=\"100\" owner=\"1000@N01\" secret=\"s\" title=\"100% @home 5&amp;amp;6\"/></photos></rsp>",
		"<rsp stat=\"fail\"><err code=\"1\" msg=\"Photo not found\"/></rsp>",
		"<rsp stat=\"ok\"><sizes><size label=\"Square\" source=\"https://live.staticflickr.com/1/100_a_s.jpg\"/></sizes></rsp>",
		"<rsp stat=\"ok\"><photo id=\"100\"><description>sprite@2x.png, 123@N00, @ann.lee, http://x.org/%40home, a@b</description></photo></rsp>",
		"<rsp stat=\"ok\"><photoset id=\"9\" primary=\"100\" secret=\"abc\" server=\"1\" farm=\"1\"/></rsp>",
	};
	open_redactor(NULL, 0);
	for (size_t i = 0; i < LB_COUNT(plain); i++) {
		redact(plain[i]);
		ck_assert_msg(!changed, "%s", plain[i]);
	}
	const char *same = "as it was";
	ck_assert_ptr_eq(text(same), same);
	ck_assert_ptr_null(text(NULL));
	ck_assert_str_eq(text(""), "");
}
END_TEST

START_TEST(answers_about_one_photo)
{
	open_redactor(NULL, 0);
	const char *out = redact("<rsp stat=\"ok\"><photo id=\"200\" secret=\"bbb\" license=\"0\"><owner nsid=\"1000@N01\" username=\"Ann\" realname=\"hidden\""
		" path_alias=\"ann\" iconserver=\"7\"><gift hidden=\"1\"/></owner><title>Title</title><description>hidden</description><tags><tag>hidden</tag></tags>"
		"<visibility ispublic=\"1\"/></photo></rsp>");
	ck_assert(changed);
	expect_has(out, "<photo id=\"200\" license=\"0\">");
	expect_has(out, "<owner nsid=\"1000@N01\" username=\"Ann\" path_alias=\"ann\"/>");
	expect_has(out, "<title>Title</title>");
	expect_has(out, "<visibility ispublic=\"1\"/>");
	expect_not(out, "hidden");
	expect_not(out, "bbb");
	out = redact("<rsp stat=\"ok\"><comments photo_id=\"200\"><comment id=\"1\" author=\"5@N00\">hidden</comment></comments></rsp>");
	expect_not(out, "hidden");
	out = redact("<rsp stat=\"ok\"><photo id=\"200\" page=\"1\"><person nsid=\"5@N00\" username=\"hidden\"/></photo></rsp>");
	expect_not(out, "hidden");
	out = redact("<rsp stat=\"ok\"><comments photo_id=\"300\"><comment>hidden</comment></comments><photo id=\"300\">hidden</photo></rsp>");
	expect_not(out, "300");
	out = redact("<rsp stat=\"ok\"><comments photo_id=\"100\"><comment id=\"1\">seen</comment></comments></rsp>");
	ck_assert(!changed);
	expect_has(out, "seen");
}
END_TEST

START_TEST(covers)
{
	open_redactor(NULL, 0);
	const char *out = redact("<rsp stat=\"ok\"><set id=\"7\" primary=\"300\" secret=\"sesame\" server=\"8\" farm=\"9\" title=\"T\"/></rsp>");
	expect_has(out, "<set id=\"7\" title=\"T\"/>");
	out = redact("<rsp stat=\"ok\"><photoset id=\"7\" primary=\"200\" secret=\"sesame\"/></rsp>");
	expect_has(out, "<photoset id=\"7\" primary=\"200\"/>");
	out = redact("<rsp stat=\"ok\"><gallery gallery_id=\"7\" primary_photo_id=\"100\" primary_photo_secret=\"ok\"><cover_photos>"
		"<photo url=\"https://live.staticflickr.com/1/100_good_s.jpg\"/><photo url=\"https://live.staticflickr.com/1/200_sesame_s.jpg\"/>"
		"<photo url=\"https://live.staticflickr.com/1/300_sesame_s.jpg\"/><photo url=\"https://live.staticflickr.com/1/999_sesame_s.jpg\"/></cover_photos></gallery></rsp>");
	expect_has(out, "100_good");
	expect_has(out, "primary_photo_secret=\"ok\"");
	expect_not(out, "sesame");
	/* Nobody knows whether a cover outside the plan is public, or what its owner said. */
	out = redact("<rsp stat=\"ok\"><set id=\"7\" primary=\"999\" secret=\"sesame\" server=\"8\" farm=\"9\"/></rsp>");
	expect_has(out, "<set id=\"7\"/>");
	out = redact("<rsp><gallery gallery_id=\"7\" primary_photo_id=\"999\" primary_photo_server=\"8\" primary_photo_farm=\"9\" primary_photo_secret=\"sesame\">"
		"<primary_photo_extras url_o=\"sesame\"/></gallery></rsp>");
	expect_has(out, "<gallery gallery_id=\"7\"/>");
}
END_TEST

/* ---- e-mail addresses and secrets ------------------------------------------------------------------------------------------------- */

START_TEST(addresses)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "write to ann@example.org.", "write to {}." },
		{ "<ann.lee+x@mail.example.co.uk>", "<{}>" },
		{ "ANN@EXAMPLE.ORG, bob@example.com", "{}, {}" },
		{ "mailto:ann@example.org?subject=x", "removed:{}?subject=x" },
		{ "<a href=\"MAILTO:ann@example.org\">", "<a href=\"removed:{}\">" },
		{ "ann&#64;example.org", "{}" },
		{ "ann&#x40;example&#46;org!", "{}!" },
		{ "ann&#0064example.org", "{}" },
		{ "ann&amp;#64;example.org", "{}" },
		{ "ann&amp;amp;#64;example.org", "{}" },
		{ "ann&commat;example.org", "{}" },
		{ "ann&amp;commat;example&period;org", "{}" },
		{ "&#97;&#110;&#110;&#64;&#101;&#120;&#46;&#111;&#114;&#103; x", "{} x" },
		{ "http://x.org/?to=ann%40example.org&y=1", "http://x.org/?to={}&y=1" },
		{ "http://x.org/?to=ann%2540example%2Eorg", "http://x.org/?to={}" },
		{ "jörg@exämple.de", "{}" },
		{ "連絡ann@example.comまで", "連絡{}まで" },
		{ "ann@例え.jp", "{}" },
		{ "ann@xn--r8jz45g.xn--zckzah", "{}" },
		{ "'ann@example.org'", "'{}'" },
		{ "\"ann@example.org\"", "\"{}\"" },
		{ "https://ann@example.org/", "https://{}/" },
		{ "a@b.cd@e.fg", "{}" },
		{ "https://www.flickr.com/photos/12345678@N00/1/", NULL },
		{ "https://www.flickr.com/photos/12345678%40N00/1/", NULL },
		{ "https://live.staticflickr.com/1/buddyicons/12345678@N00.jpg?1#12345678@N00", NULL },
		{ "@ann @ann.lee .@ann.lee a@b 5@10 me @ home.org", NULL },
		{ "ann\uFF20example.org ann\uFE6Bexample.org", "{} {}" },
		{ "ann@example\u3002org, ann@example\uFF0Eorg, ann@example\uFF61org", "{}, {}, {}" },
		{ "\uFF41\uFF4E\uFF4E@\uFF45\uFF58.\uFF4F\uFF52\uFF47", "{}" },
		{ "連絡はann@example.com。次の文", "連絡は{}。次の文" },
		{ "a\u00ADnn@exam&shy;ple.o\u200Brg!", "{}!" },
		{ "ann@<b>example</b>.org", "{}" },
		{ "<i>a</i>nn@<a href=\"http://x.org/\">exam</a><wbr>ple.org.", "<i>{}." },
		{ "ann@&lt;B&gt;example&lt;/B&gt;.org x", "{} x" },
		{ "ann@example.org<b>Next</b>", "{}<b>Next</b>" },
		{ "<i@example.org><b@example.org>", "<{}><{}>" },
		{ "ann@<br>example.org ann@<p>example</p>.org <a a@<a b.<a", NULL },
		{ "icon@2x.png a@1.2.3 x@y.jpg", NULL },
		{ "@", NULL }, { "a@", NULL }, { "a@b.", NULL }, { "@@@@....", NULL }, { "%40", NULL }, { "&#64;", NULL }, { "%", NULL }, { "&", NULL }, { "%4", NULL },
		{ "&#", NULL }, { "&amp;", NULL }, { "&amp;amp;amp;amp;amp;", NULL }, { "%25%25%25%2", NULL }, { "\xff@\xff.\xff\xff", NULL },
	};
	open_redactor(NULL, 0);
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf want = LB_BUF(1000);
		for (const char *p = cases[i].out ? cases[i].out : cases[i].in; *p; p++) {
			bool here = p[0] == '{' && p[1] == '}';
			lb_buf_add(&want, here ? "[e-mail address removed]" : p, here ? 24 : 1);
			p += here;
		}
		ck_assert_str_eq(text(cases[i].in), lb_buf_str(&want));
	}
}
END_TEST

START_TEST(secrets)
{
	open_redactor(NULL, 0);
	static const char *const planted[] = {
		"https://x.org/?a=1&api_key=SESAME&b=2", "auth_token=SESAME", "oauth_token=SESAME;", "oauth_consumer_key=SESAME", "&amp;oauth_signature=SESAME",
		"https%3A%2F%2Fx%2F%3Fapi_key%3DSESAME", "oauth_problem=signature_invalid&debug_sbs=GET&https%3A%2F%2Fx&SESAME%26SESAME", "api_sig=SESAME",
		"see https://www.flickr.com/gp/ann/SESAME/", "flickr.com/gp/1000@N01/SESAME", "https://flic.kr/gp/ann/SESAME", "WWW.FLICKR.COM/GP/ann/SESAME",
		"API_KEY=SESAME", "Api_Key : SESAME", "{\"api_key\": \"SESAME\"}", "{\"api_key\":\"SESAME\"}", "api_secret = SESAME", "api_secret='SESAME'",
		"'api_key' => 'SESAME'", "token=SESAME", "secret=SESAME", "https://www.flickr.com/photos/ann/100/?secret=SESAME", "perms=read&frob=SESAME",
		"{&quot;secret&quot;: &quot;SESAME&quot;}", "photo_secret=SESAME", "access_token=SESAME", "api%5Fkey%3DSESAME", "FLICKR_API_KEY=SESAME",
	};
	for (size_t i = 0; i < LB_COUNT(planted); i++) {
		expect_has(text(planted[i]), "removed");
		expect_not(text(planted[i]), "SESAME");
	}
	expect_has(text(planted[0]), "&b=2");
	expect_has(text(planted[8]), "flickr.com/gp/ann/removed/");
	static const char *const harmless[] = { "key=value oauth_problem=x flickr.com/gp/ flickr.com/gp/ann my_api_key", "The secret: look up. A token = a sign.",
		"api_key=[e-mail address removed]", "api_key=", "secret=", "token=\"\"", "=", ":", "\"", "'=>'", "secret:x" };
	for (size_t i = 0; i < LB_COUNT(harmless); i++)
		ck_assert_msg(text(harmless[i]) == harmless[i], "%s", text(harmless[i]));
	const char *out = redact("<rsp api_key=\"SESAME\"><profile id=\"1000@N01\" email=\"ann at example\" website=\"x\"/><person nsid=\"1000@N01\">"
		"<mbox_sha1sum>SESAME</mbox_sha1sum><username>Ann</username></person><oauth><token>SESAME</token></oauth></rsp>");
	ck_assert(changed);
	expect_not(out, "SESAME");
	expect_not(out, "ann at example");
	expect_has(out, "Ann");
	out = redact("<rsp><tag id=\"1\" raw=\"Mail ann@example.org\">mailannexampleorg</tag><tag id=\"2\" raw=\"The quay\">thequay</tag></rsp>");
	expect_not(out, "exampleorg");
	expect_has(out, ">thequay<");
}
END_TEST

/* ---- people --------------------------------------------------------------------------------------------------------------------------- */

static const char *const crowd[] = {
	"<rsp><photo id=\"300\"><owner nsid=\"3000@N01\" username=\"Late Owner\" path_alias=\"lateowner\"/></photo></rsp>",
	"<rsp><photos><photo id=\"100\" owner=\"1000@N01\" ownername=\"Rose Miller\" pathalias=\"rose_garden\"/></photos></rsp>",
	"<rsp><comments photo_id=\"100\"><comment author=\"2000@N02\" authorname=\"Zorblax the 3rd\" realname=\"Qwentin O'Vark\" path_alias=\"zorb-lax\">x</comment>"
	"<comment author=\"2001@N02\" authorname=\"Rose\" realname=\"\"/><comment author=\"2002@N02\" authorname=\"Bo\" path_alias=\"bx\"/></comments></rsp>",
	"<rsp><photo id=\"100\"><person nsid=\"2003@N02\" username=\"山田太郎\" realname=\"Éloïse Жук\"/></photo></rsp>",
	"<rsp><people><person nsid=\"2004@N02\" username=\"*~Starry~*\" added_by=\"2005@N02\"/></people></rsp>",
	"<rsp><galleries photo_id=\"100\"><gallery id=\"77-55\" gallery_id=\"55\" owner=\"2006@N02\" username=\"Curatrix\" iconserver=\"1\""
	" url=\"https://www.flickr.com/photos/curatrix_alias/galleries/55/\"/></galleries></rsp>",
	"<rsp><photo id=\"100\"><notes><note id=\"1\" author=\"2007@N02\" authorname=\"Notewright\" authorrealname=\"Nora Wright\"/></notes>"
	"<tags><tag id=\"1-100-2\" author=\"2008@N02\" authorname=\"Tagbert\" raw=\"r\">r</tag></tags></photo></rsp>",
	"<rsp><group nsid=\"9000@N20\" path_alias=\"the_group\"><name>Group Name</name></group></rsp>",
	"<rsp><person nsid=\"2009@N02\" path_alias=\"flickr\"><username>photos</username><realname>2014 live</realname></person></rsp>",
	"not XML at all",
};

static void open_with_people(void)
{
	plan.choices.pseudonymise = true;
	open_redactor(crowd, LB_COUNT(crowd));
}

START_TEST(who_people_are)
{
	static const char *const names[] = { "zorb", "2000@N02", "qwentin", "vark", "curatrix", "2006@N02", "notewright", "nora", "tagbert", "2008@N02",
		"starry", "2004@N02", "2005@N02", "2003@N02", "山", "Ж", "77-55", "2001@N02", "secretville", "buddy-server" };
	open_with_people();
	for (size_t i = 0; i + 1 < LB_COUNT(crowd); i++) {
		const char *out = redact(crowd[i]);
		for (size_t n = 0; n < LB_COUNT(names); n++)
			expect_not(out, names[n]);
	}
	expect_has(redact(crowd[0]), "<rsp/>"); /* a photo that is withheld */
	expect_has(redact(crowd[1]), "ownername=\"Rose Miller\" pathalias=\"rose_garden\"");
	expect_has(redact(crowd[7]), "nsid=\"9000@N20\" path_alias=\"the_group\"");
	const char *out = redact("<rsp><person nsid=\"2000@N02\" username=\"Zorblax the 3rd\" iconserver=\"buddy-server\" favedate=\"12\"><realname>Qwentin</realname>"
		"<location>Secretville</location><description>I am secretville</description><username>Zorblax the 3rd</username></person></rsp>");
	for (size_t n = 0; n < LB_COUNT(names); n++)
		expect_not(out, names[n]);
	expect_has(out, "favedate=\"12\"");
	expect_has(out, "nsid=\"pseudonym-");
	expect_has(out, "<username>Member ");
	expect_has(redact("<rsp><comment author=\"1000@N01\" authorname=\"Rose Miller\">mine</comment></rsp>"), "author=\"1000@N01\" authorname=\"Rose Miller\"");
	expect_has(redact("<rsp><comment author=\"3000@N01\" authorname=\"Late Owner\">mine</comment></rsp>"), "Late Owner");
	expect_has(redact("<rsp><comment author=\"6666@N06\" authorname=\"Never Seen\"/></rsp>"), "authorname=\"Member ");
}
END_TEST

START_TEST(permalinks)
{
	open_with_people();
	const char *out = redact("<rsp><comment author=\"2000@N02\" permalink=\"https://www.flickr.com/photos/rose_garden/100/#comment7\"/></rsp>");
	expect_has(out, "permalink=\"https://www.flickr.com/photos/rose_garden/100/#comment7\"");
	out = redact("<rsp><comment author=\"2000@N02\" permalink=\"https://www.flickr.com/photos/zorb-lax/100/#comment7\" id=\"a@example.org\" x=\"1\"/></rsp>");
	expect_not(out, "permalink");
	expect_not(out, "example");
	expect_has(out, "x=\"1\"");
}
END_TEST

/* In every place where a stranger's words can stand. */
static const char *const places[] = {
	"<rsp><photo id=\"100\"><title>%s</title></photo></rsp>", "<rsp><photo id=\"100\"><description>%s</description></photo></rsp>",
	"<rsp><photos><photo id=\"100\" title=\"%s\"/></photos></rsp>", "<rsp><photos><photo id=\"100\" tags=\"%s\"/></photos></rsp>",
	"<rsp><comments photo_id=\"100\"><comment author=\"1000@N01\">%s</comment></comments></rsp>",
	"<rsp><photo id=\"100\"><notes><note author=\"1000@N01\">%s</note></notes></photo></rsp>",
	"<rsp><photo id=\"100\"><tags><tag author=\"1000@N01\" raw=\"%s\">%s</tag></tags></photo></rsp>",
	"<rsp><photoset id=\"1\"><title>%s</title><description>%s</description></photoset></rsp>",
	"<rsp><gallery gallery_id=\"1\" owner=\"1000@N01\"><title>%s</title><description>%s</description></gallery></rsp>",
	"<rsp><group id=\"1\"><name>%s</name><description>%s</description><rules>%s</rules></group></rsp>",
	"<rsp><photos><photo id=\"100\" comment=\"%s\"/></photos></rsp>", "<rsp><err code=\"1\" msg=\"%s\"/></rsp>",
	"<rsp><photo id=\"100\" camera=\"%s\"><exif tag=\"Artist\"><raw>%s</raw><clean>%s</clean></exif></photo></rsp>",
	"<rsp><profile nsid=\"1000@N01\" occupation=\"%s\" website=\"%s\" profile_description=\"%s\"/></rsp>",
	"<rsp><person nsid=\"1000@N01\"><location>%s</location><description>%s</description></person></rsp>",
	"<rsp><photo id=\"100\"><location><locality>%s</locality></location></photo></rsp>",
	"<rsp><collections><collection id=\"1\" title=\"%s\" description=\"%s\"><set id=\"1\" title=\"%s\" description=\"%s\"/></collection></collections></rsp>",
	"<rsp><thing that_is_not=\"%s\"><yet_known>%s</yet_known></thing></rsp>",
};

static const char *fill(const char *place, const char *plant)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	for (const char *p = place; *p; p++) {
		if (p[0] == '%' && p[1] == 's') {
			lb_escape(&b, plant);
			p++;
		} else {
			lb_buf_addc(&b, *p);
		}
	}
	return lb_arena_strdup(&arena, lb_buf_str(&b));
}

START_TEST(planted_everywhere)
{
	static const struct { const char *plant, *never; } plants[] = {
		{ "hello Zorblax the 3rd!", "zorblax" }, { "ZORBLAX THE 3RD", "zorblax" }, { "zorblax\n the   3rd", "zorblax" }, { "see zorb-lax.", "zorb-lax" },
		{ "@zorb-lax", "zorb-lax" }, { "by Qwentin O'Vark", "qwentin" }, { "by Qwentin O&#39;Vark", "qwentin" }, { "Qwentin O&amp;#39;Vark", "qwentin" },
		{ "2000@N02 said", "2000@N02" }, { "2000%40N02", "2000%40" }, { "[https://www.flickr.com/photos/zorb-lax]", "zorb-lax" },
		{ "<a href=\"https://www.flickr.com/people/2000@N02/\">x</a>", "2000@" }, { "<a href=\"/photos/zorb-lax/100/\">x</a>", "zorb-lax" },
		{ "https://www.flickr.com/photos/tags/zorb-lax", "zorb-lax" }, { "https://zorb-lax.example.org/x", "zorb-lax" },
		{ "https://example.org/u/zorb-lax?x=zorb-lax", "zorb-lax" }, { "https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fzorb-lax", "zorb-lax" },
		{ "山田太郎さん", "山田太郎" },
		{ "éLOÏSE жУК", "ж" }, { "&Eacute;lo&iuml;se Жук", "lo&iuml;se" },
		{ "(Starry)", "starry" }, { "@Bo hi", "@Bo" }, { "https://flickr.com/photos/bx/", "/bx" }, { "Curatrix's", "curatrix" },
		{ "www.flickr.com/photos/curatrix_alias/", "curatrix" }, { "https://live.staticflickr.com/1/buddyicons/2000@N02_l.jpg#2000@N02", "2000@N02" },
		{ "x zorblax@example.org y", "zorblax" }, { "api_key=zorb-lax", "zorb" }, { "Nora Wright;Tagbert;Notewright", "wright" },
	};
	open_with_people();
	for (size_t p = 0; p < LB_COUNT(places); p++) {
		for (size_t i = 0; i < LB_COUNT(plants); i++) {
			const char *out = redact(fill(places[p], plants[i].plant));
			ck_assert_msg(changed, "%s in %s", plants[i].plant, places[p]);
			expect_not(out, plants[i].never);
		}
	}
}
END_TEST

START_TEST(what_is_no_name)
{
	static const char *const untouched[] = {
		"Zorblaxian", "the 3rd", "Rosemary and proseRose2", "bo and bx, a boat", "Rose Miller's pictures", "https://www.flickr.com/photos/rose_garden/100/",
		"https://www.flickr.com/photos/rose_garden/albums/55", "https://www.flickr.com/groups/the_group/pool/", "1000@N01", "12000@N02", "2000@N021",
		"https://live.staticflickr.com/2014/100_live_b.jpg", "https://www.flickr.com/photos/rose_garden/2014", "http://flickr.com/services/rest/?photos=1",
		"Late Owner", "the group", "https://www.flickr.com/photos/tags/", "/photos/", "@", "bo@", "/people/",
	};
	open_with_people();
	for (size_t i = 0; i < LB_COUNT(untouched); i++)
		ck_assert_msg(text(untouched[i]) == untouched[i], "\"%s\" became \"%s\"", untouched[i], text(untouched[i]));
	const char *sizes = "<rsp><sizes><size label=\"Photos\" source=\"https://live.staticflickr.com/2014/100_live_b.jpg\" url=\"https://www.flickr.com/photos/rose_garden/100/sizes/l/\"/></sizes></rsp>";
	redact_as("flickr.photos.getSizes", sizes);
	ck_assert(!changed);
	redact("<rsp><photo id=\"100\" owner=\"1000@N01\" dateupload=\"2014\" datetaken=\"2014-01-01 00:00:00\" url_o=\"https://live.staticflickr.com/2014/100_live_o.jpg\"/></rsp>");
	ck_assert(!changed);
	ck_assert_str_eq(text("Rose, Rose Miller, rose"), lb_arena_printf(&arena, "%s, Rose Miller, %s", text("Rose"), text("rose")));
	ck_assert_int_eq(strncmp(text("Rose"), "Member ", 7), 0);
}
END_TEST

/* One name each, and every form of it; `never` is what none of them may leave. */
START_TEST(forms_of_names)
{
	static const struct { const char *name, *never, *forms[12]; } cases[] = {
		{ "Jürgen Groß", "rgen", { "Jürgen\u00A0Groß", "Jürgen&nbsp;Groß", "Jürgen&amp;nbsp;Groß", "JÜRGEN GROSS", "JÜRGEN GROẞ", "Ju\u0308rgen Groß", "Jürgen\u3000 \tGroß",
			"jürgen_groß", "jürgen-groß", "?q=J%C3%BCrgen+Gro%C3%9F", "Jür\u00ADgen\u2009Groß", "jürgengroß" } },
		{ "Ελένη Παπά", "π", { "ΕΛΈΝΗ ΠΑΠΆ", "ΕΛΕΝΗ ΠΑΠΑ", "Ελένη\u00A0Παπά", "Ελένη_Παπά", "Ελε\u0301νη Παπα\u0301", "?q=%CE%95%CE%BB%CE%AD%CE%BD%CE%B7+%CE%A0%CE%B1%CF%80%CE%AC" } },
		{ "Борис Жук-Йоль", "рис", { "БОРИС ЖУК-ЙОЛЬ", "Борис+Жук+Йоль", "Борис-Жук_Йоль", "Борис Жук-И\u0306оль" } },
		{ "Ame\u0301lie Zouk", "zouk", { "Amélie Zouk", "AMÉLIE ZOUK", "Amelie Zouk", "&Aacute;m&eacute;lie Zouk" } },
		{ "\u1100\u1175\u11B7\u110E\u1165\u11AF\u1109\u116E", "수", { "김철수", "김철수씨", "%EA%B9%80%EC%B2%A0%EC%88%98" } },
		{ "이순신", "순", { "\u110B\u1175\u1109\u116E\u11AB\u1109\u1175\u11AB", "이순신" } },
		{ "Արամ Խաչ", "խաչ", { "ԱՐԱՄ ԽԱՉ", "արամ_խաչ" } },
		{ "თამარ", "მარ", { "ᲗᲐᲛᲐᲠ", "თამარ" } },
		{ "İzmirli", "zmirli", { "izmirli", "IZMIRLI", "ızmirli", "İZMİRLİ" } },
		{ "Zorba", "zor", { "\uFF3A\uFF4F\uFF52\uFF42\uFF41", "𝒵𝓸𝓻𝓫𝓪", "@Zorba" } },
		{ "D\u2019Arcy O'Quin", "quin", { "D'Arcy O\u2019Quin", "d'arcy o&rsquo;quin" } },
		{ "Tom &amp; Jerri", "jerri", { "Tom &amp; Jerri", "Tom & Jerri", "tom&amp;amp;jerri", "Tom \u00A0 & Jerri" } },
	};
	plan.choices.pseudonymise = true;
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		const char *answer = lb_arena_printf(&arena, "<rsp><comment author=\"77%zu@N07\" authorname=\"%s\"/></rsp>", i, cases[i].name);
		open_redactor(&answer, 1);
		for (size_t f = 0; f < LB_COUNT(cases[i].forms) && cases[i].forms[f]; f++) {
			const char *form = cases[i].forms[f], *out = text(lb_arena_printf(&arena, "x %s y", form));
			ck_assert_msg(strstr(out, "Member ") || strstr(out, "pseudonym-"), "%s became %s", form, out);
			expect_not(out, cases[i].never);
			ck_assert_msg(out[0] == 'x' && out[strlen(out) - 1] == 'y', "%s became %s", form, out);
		}
	}
}
END_TEST

START_TEST(signs_of_names)
{
	static const char *const answers[] = { "<rsp><comment author=\"7001@N07\" authorname=\"Tom and Jerri &lt;x&gt;\" path_alias=\"mrx_\"/>"
		"<comment author=\"7002@N07\" authorname=\"Lily\" realname=\"~*Lily*~\"/></rsp>" };
	plan.choices.pseudonymise = true;
	open_redactor(answers, 1);
	const char *tom = lb_arena_strdup(&arena, text("@mrx_"));
	ck_assert_int_eq(strncmp(tom, "@Member ", 8), 0);
	ck_assert_uint_eq(strlen(tom), 14);
	ck_assert_str_eq(text("by Tom and Jerri <x>, yes"), lb_arena_printf(&arena, "by %s, yes", tom + 1));
	ck_assert_str_eq(text("by Tom and Jerri &lt;x&gt;, yes"), lb_arena_printf(&arena, "by %s, yes", tom + 1));
	expect_has(text("<~*Lily*~>"), "<Member ");
	expect_not(text("<~*Lily*~>"), "~");
	expect_has(text("~ *lily ~"), "~ *Member ");
}
END_TEST

/* What a person typed, and no answer has. */
START_TEST(aliases_that_were_given)
{
	struct lb_plan_url urls[] = { { .url = "https://www.flickr.com/photos/Old_Museum/favorites/", .owner_id = "8000@N08" },
		{ .url = "https://flic.kr/gp/x/y", .resolved = "m.flickr.com/photos/curly%2Dcue/galleries/55/", .owner_id = "8001@N08" }, { .url = "nonsense" } };
	plan.choices.pseudonymise = true;
	plan.urls = urls;
	plan.nurls = LB_COUNT(urls);
	open_redactor(NULL, 0);
	expect_not(text("https://www.flickr.com/photos/Old_Museum/favorites/"), "museum");
	expect_not(text("url=https%3A%2F%2Fwww.flickr.com%2Fphotos%2Fold_museum%2F"), "museum");
	expect_not(text("The faves of old_museum"), "museum");
	expect_not(text(urls[1].resolved), "cue");
	expect_not(text("https://www.flickr.com/people/8000@N08/"), "8000");
}
END_TEST

START_TEST(names_as_tags)
{
	open_with_people();
	const char *out = redact("<rsp><photos><photo id=\"100\" tags=\"sea zorblaxthe3rd rose\"/></photos>"
		"<photo id=\"100\"><tags><tag raw=\"Zorblax the 3rd\">zorblaxthe3rd</tag></tags></photo></rsp>");
	expect_not(out, "zorblax");
	expect_has(out, "tags=\"sea pseudonym-");
	expect_has(out, "<tag raw=\"Member ");
	expect_has(out, "\">pseudonym-"); /* what was one word stays one word */
}
END_TEST

START_TEST(one_name_one_pseudonym)
{
	open_with_people();
	const char *name = lb_arena_strdup(&arena, text("Zorblax the 3rd")), *id = lb_arena_strdup(&arena, text("2000@N02"));
	ck_assert_uint_eq(strlen(name), 13);
	ck_assert_uint_eq(strlen(id), 22);
	ck_assert_int_eq(strncmp(name + 7, id + 10, 6), 0);
	ck_assert_str_eq(text("zorb-lax"), name);
	ck_assert_str_eq(text("https://www.flickr.com/photos/zorb-lax/"), lb_arena_printf(&arena, "https://www.flickr.com/photos/%s/", id));
	ck_assert_str_ne(text("Rose"), name);
	open_redactor(NULL, 0); /* the same key, and the evidence of before */
	ck_assert_str_eq(text("2000@N02"), id);
	char path[400];
	struct stat st;
	snprintf(path, sizeof path, "%s/pseudonyms.key", dir);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	ck_assert_int_eq(st.st_size, 65);
	ck_assert_int_eq(unlink(path), 0);
	open_redactor(NULL, 0);
	ck_assert_str_ne(text("2000@N02"), id);
}
END_TEST

START_TEST(known_key)
{
	static const char key[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
	char path[400];
	snprintf(path, sizeof path, "%s/pseudonyms.key", dir);
	ck_assert_ok(lb_file_write(path, key, sizeof key - 1, &err));
	open_with_people();
	ck_assert_str_eq(text("2000@N02"), "pseudonym-f9226a80443a");
	ck_assert_ok(lb_file_write(path, "nonsense", 8, &err));
	struct lb_redactor *none = NULL;
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	char folder[400];
	snprintf(folder, sizeof folder, "%s/evidence", dir);
	ck_assert_ok(lb_evidence_open(folder, LB_EVIDENCE_READ, NULL, &ev, &err));
	ck_assert_int_eq(lb_redactor_open(dir, &plan, ev, NULL, &none, &err), LB_FORMAT);
	ck_assert_ptr_nonnull(strstr(err.what, "pseudonyms.key"));
}
END_TEST

START_TEST(many_words_and_nasty_names)
{
	LB_AUTO(lb_buf_clear) struct lb_buf one = LB_BUF(1 << 20), two = LB_BUF(1 << 20), three = LB_BUF(1 << 20);
	for (int i = 0; i < 200; i++)
		lb_buf_addf(&one, "w%d ", i);
	for (int i = 0; i < 2000; i++)
		lb_buf_addc(&two, (char)('a' + i % 26));
	lb_buf_adds(&three, "First");
	for (int i = 0; i < 100; i++)
		lb_buf_addc(&three, '.');
	lb_buf_adds(&three, "Lastly");
	const char *answers[] = {
		lb_arena_printf(&arena, "<rsp><comment author=\"2000@N02\" authorname=\"%s\" realname=\"%s\" path_alias=\"%s\"/></rsp>", one.p, two.p, three.p),
		"<rsp><comment author=\"2001@N02\" authorname=\"...\" realname=\" \" path_alias=\"/\"/><comment author=\"@\" authorname=\"@@\"/></rsp>",
		"<rsp><comment author=\"&#10;\" authorname=\"[e-mail address removed]\"/></rsp>",
	};
	plan.choices.pseudonymise = true;
	open_redactor(answers, LB_COUNT(answers));
	expect_not(text(one.p), "w1");
	expect_not(text(three.p), "lastly");
	expect_not(text(lb_arena_printf(&arena, "/photos/%.400s", two.p)), "xyz1");
	expect_has(text("... @ a@example.org ..."), "... @ [e-mail address removed] ...");
}
END_TEST

/* ---- writing ------------------------------------------------------------------------------------------------------------------------------ */

START_TEST(written_trees_read_the_same)
{
	static const char xml[] = "<rsp stat=\"ok\"><a b=\"1&#10;2&#9;3&amp;&lt;&quot;\">x &lt;b&gt; &amp;amp;\n\ty</a><c/><d>\n  <e> </e>\n</d></rsp>";
	struct lb_xml *once, *twice;
	LB_AUTO(lb_buf_clear) struct lb_buf first = LB_BUF(10000), second = LB_BUF(10000);
	ck_assert_ok(lb_xml_parse(lb_span(xml), NULL, &arena, &once, &err));
	lb_redact_serialise(once, &first);
	ck_assert_ok(lb_xml_parse(lb_buf_span(&first), NULL, &arena, &twice, &err));
	lb_redact_serialise(twice, &second);
	ck_assert_str_eq(first.p, second.p);
	ck_assert_str_eq(twice->child->text, once->child->text);
	ck_assert_str_eq(lb_xml_attr(twice->child, "b"), "1\n2\t3&<\"");
	ck_assert_str_eq(twice->child->next->next->child->text, " ");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("redact");
	TCase *t = tcase_create("all");
	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, rows_of_lists);
	tcase_add_test(t, nothing_to_change);
	tcase_add_test(t, answers_about_one_photo);
	tcase_add_test(t, covers);
	tcase_add_test(t, addresses);
	tcase_add_test(t, secrets);
	tcase_add_test(t, who_people_are);
	tcase_add_test(t, permalinks);
	tcase_add_test(t, planted_everywhere);
	tcase_add_test(t, what_is_no_name);
	tcase_add_test(t, forms_of_names);
	tcase_add_test(t, signs_of_names);
	tcase_add_test(t, aliases_that_were_given);
	tcase_add_test(t, names_as_tags);
	tcase_add_test(t, one_name_one_pseudonym);
	tcase_add_test(t, known_key);
	tcase_add_test(t, many_words_and_nasty_names);
	tcase_add_test(t, written_trees_read_the_same);
	suite_add_tcase(s, t);
	return s;
}
