#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;
static struct lb_photo photo;

static const struct lb_xml *rsp(const char *inside)
{
	struct lb_xml *root;
	memset(&err, 0, sizeof err);
	const char *body = lb_arena_printf(&arena, "<rsp stat=\"ok\">%s</rsp>", inside);
	ck_assert_ok(lb_xml_parse(lb_span(body), NULL, &arena, &root, &err));
	return root;
}

static void setup(void)
{
	lb_photo_init(&photo);
}

static void teardown(void)
{
	lb_arena_clear(&arena);
}

/* ---- getInfo --------------------------------------------------------------------------------- */

static const char full_info[] =
	"<photo id='123' secret='ab12' server='65535' farm='66' dateuploaded='1651783847' license='10' safety_level='1' rotation='90'"
	" originalsecret='cd34' originalformat='jpg' views='261' media='photo' unknown='x'>"
	"<owner nsid='61270229@N05' username='Some One' realname='' location='Here &amp; there' iconserver='65535' iconfarm='66' path_alias='some.one'/>"
	"<title>A &amp;amp; B</title><description> two\nlines </description>"
	"<visibility ispublic='1' isfriend='0' isfamily='0'/>"
	"<dates posted='1651783848' taken='2022-05-05 10:11:12' takengranularity='4' takenunknown='0' lastupdate='1651784756'/>"
	"<editability cancomment='0' canaddmeta='1'/><publiceditability cancomment='1' canaddmeta='0'/>"
	"<usage candownload='1' canblog='0' canprint='1' canshare='0'/><comments>17</comments>"
	"<notes><note id='5' author='1@N00' authorname='' authorispro='1' authorisdeleted='1' x='1' y='2' w='3' h='4'>look &lt;b&gt;</note></notes>"
	"<people haspeople='1'/>"
	"<tags><tag id='1-2-3' author='2@N01' authorname='tagger' raw='Indian Ocean' machine_tag='0'>indianocean</tag>"
	"<tag id='1-2-4' author='2@N01' raw='' machine_tag='true'></tag></tags>"
	"<location latitude='-12.5' longitude='0' accuracy='16' context='2'><neighbourhood>N</neighbourhood><locality>L</locality>"
	"<county/><region>R</region><country>C</country></location>"
	"<geoperms ispublic='1' iscontact='0' isfriend='0' isfamily='1'/>"
	"<urls><url type='other'>https://www.flickr.com/</url><url type='photopage'>https://www.flickr.com/photos/some.one/123/</url></urls>"
	"<video duration='16' width='500' height='281'/><surprise/></photo>";

START_TEST(info_texts)
{
	ck_assert_ok(lb_parse_info(rsp(full_info), &arena, &photo, &err));
	ck_assert_str_eq(photo.id, "123");
	ck_assert_str_eq(photo.secret, "ab12");
	ck_assert_str_eq(photo.original_secret, "cd34");
	ck_assert_str_eq(photo.original_format, "jpg");
	ck_assert_str_eq(photo.license_id, "10");
	ck_assert_str_eq(photo.owner.nsid, "61270229@N05");
	ck_assert_ptr_null(photo.owner.realname);
	ck_assert_str_eq(photo.owner.location, "Here & there");
	ck_assert_str_eq(photo.owner.path_alias, "some.one");
	ck_assert_str_eq(photo.title, "A &amp; B");
	ck_assert_str_eq(photo.description, " two\nlines ");
	ck_assert_str_eq(photo.url, "https://www.flickr.com/photos/some.one/123/");
	ck_assert_str_eq(photo.taken.value, "2022-05-05 10:11:12");
	ck_assert_int_eq(photo.owner.is_pro, LB_UNKNOWN);
}
END_TEST

START_TEST(info_numbers)
{
	ck_assert_ok(lb_parse_info(rsp(full_info), &arena, &photo, &err));
	ck_assert_int_eq(photo.date_posted, 1651783848); /* dates@posted stands behind @dateuploaded */
	ck_assert_int_eq(photo.date_updated, 1651784756);
	ck_assert_int_eq(photo.safety_level, 1);
	ck_assert_int_eq(photo.rotation, 90);
	ck_assert_int_eq(photo.views, 261);
	ck_assert_int_eq(photo.count_comments, 17);
	ck_assert_int_eq(photo.taken.granularity, 4);
	ck_assert_int_eq(photo.taken.unknown, 0);
	ck_assert_int_eq(photo.can_comment, 0);
	ck_assert_int_eq(photo.can_add_meta, 1);
	ck_assert_int_eq(photo.public_can_comment, 1);
	ck_assert_int_eq(photo.public_can_add_meta, 0);
	ck_assert_int_eq(photo.can_download, 1);
	ck_assert_int_eq(photo.can_blog, 0);
	ck_assert_int_eq(photo.can_print, 1);
	ck_assert_int_eq(photo.can_share, 0);
	ck_assert_int_eq(photo.has_people, 1);
	ck_assert_int_eq(photo.is_public, 1);
	ck_assert_int_eq(photo.is_family, 0);
	ck_assert_int_eq(photo.geo_is_family, 1);
	ck_assert_int_eq(photo.geo_is_friend, 0);
	ck_assert_int_eq(photo.video_duration, 16);
	ck_assert_int_eq(photo.count_faves, LB_UNKNOWN);
}
END_TEST

START_TEST(info_parts)
{
	ck_assert_ok(lb_parse_info(rsp(full_info), &arena, &photo, &err));
	ck_assert(photo.location.present);
	ck_assert_str_eq(photo.location.latitude, "-12.5");
	ck_assert_str_eq(photo.location.longitude, "0");
	ck_assert_int_eq(photo.location.context, 2);
	ck_assert_str_eq(photo.location.region, "R");
	ck_assert_ptr_null(photo.location.county);
	ck_assert_uint_eq(photo.ntags, 2);
	ck_assert_str_eq(photo.tags[0].raw, "Indian Ocean");
	ck_assert_str_eq(photo.tags[0].normalized, "indianocean");
	ck_assert_str_eq(photo.tags[0].author_id, "2@N01");
	ck_assert_int_eq(photo.tags[0].machine, 0);
	ck_assert_str_eq(photo.tags[1].normalized, ""); /* there is such a tag */
	ck_assert_int_eq(photo.tags[1].machine, 1);
	ck_assert_ptr_null(photo.tags[1].author_name);
	ck_assert_uint_eq(photo.nnotes, 1);
	ck_assert_str_eq(photo.notes[0].text, "look <b>");
	ck_assert_str_eq(photo.notes[0].author.username, "");
	ck_assert_int_eq(photo.notes[0].author.is_deleted, 1);
	ck_assert_int_eq(photo.notes[0].author.count_photos, LB_UNKNOWN);
	ck_assert_int_eq(photo.notes[0].h, 4);
}
END_TEST

START_TEST(info_of_almost_nothing)
{
	ck_assert_ok(lb_parse_info(rsp("<photo id='1'><owner nsid='1@N00'/><location latitude='1'/></photo>"),
		&arena, &photo, &err));
	ck_assert_ptr_null(photo.title);
	ck_assert_ptr_null(photo.owner.username);
	ck_assert_int_eq(photo.views, LB_UNKNOWN);
	ck_assert_int_eq(photo.can_download, LB_UNKNOWN);
	ck_assert_int_eq(photo.taken.unknown, LB_UNKNOWN);
	ck_assert(!photo.location.present); /* a latitude alone is no place */
	ck_assert_uint_eq(photo.ntags + photo.nnotes, 0);
	ck_assert_ptr_null(photo.tags);
}
END_TEST

START_TEST(optional_things_that_cannot_be_read_are_unknown)
{
	ck_assert_ok(lb_parse_info(rsp("<photo id='1' views='99999999999999999999' rotation='-90' license='../4' safety_level='1.5' media=''>"
				       "<owner nsid='1@N00' path_alias='../../x' iconserver='1/2' iconfarm='1.evil/'/>"
				       "<visibility ispublic='yes' isfriend='2'/><comments>many</comments><dates posted=' 1' takenunknown=''/>"
				       "<location latitude='1e5' longitude='nan'/>"
				       "<urls><url type='photopage'>javascript:alert(1)</url></urls></photo>"),
		&arena, &photo, &err));
	ck_assert_int_eq(photo.views, LB_UNKNOWN);
	ck_assert_int_eq(photo.rotation, LB_UNKNOWN);
	ck_assert_int_eq(photo.safety_level, LB_UNKNOWN);
	ck_assert_int_eq(photo.count_comments, LB_UNKNOWN);
	ck_assert_int_eq(photo.date_posted, LB_UNKNOWN);
	ck_assert_int_eq(photo.is_public, LB_UNKNOWN);
	ck_assert_int_eq(photo.is_friend, LB_UNKNOWN);
	ck_assert_ptr_null(photo.license_id);
	ck_assert_ptr_null(photo.media);
	ck_assert_ptr_null(photo.owner.path_alias);
	ck_assert_ptr_null(photo.owner.iconserver);
	ck_assert_ptr_null(photo.owner.iconfarm);
	ck_assert_ptr_null(photo.url);
	ck_assert(!photo.location.present);
}
END_TEST

/* Numbers that a reader in JavaScript would round are not passed on. */
START_TEST(numbers_end_at_two_to_the_53)
{
	ck_assert_ok(lb_parse_info(rsp("<photo id='1' views='9007199254740991'><owner nsid='1@N00'/></photo>"),
		&arena, &photo, &err));
	ck_assert_int_eq(photo.views, 9007199254740991);
	lb_photo_init(&photo);
	ck_assert_ok(lb_parse_info(rsp("<photo id='1' views='9007199254740992'><owner nsid='1@N00'/></photo>"),
		&arena, &photo, &err));
	ck_assert_int_eq(photo.views, LB_UNKNOWN);
}
END_TEST

/* What becomes a file name is right or the answer is refused; `what` must stand in the message. */
static const struct { const char *inside, *what; } bad_infos[] = {
	{ "", "photo" },
	{ "<photos/>", "photo" },
	{ "<photo><owner nsid='1@N00'/></photo>", "id" },
	{ "<photo id=''><owner nsid='1@N00'/></photo>", "id" },
	{ "<photo id='../../x'><owner nsid='1@N00'/></photo>", "../../x" },
	{ "<photo id='-1'><owner nsid='1@N00'/></photo>", "-1" },
	{ "<photo id='123456789012345678901'><owner nsid='1@N00'/></photo>", "123456789012345678901" },
	{ "<photo id='1 '><owner nsid='1@N00'/></photo>", "\"id\"" },
	{ "<photo id='1'/>", "nsid" },
	{ "<photo id='1'><owner nsid='..'/></photo>", "nsid" },
	{ "<photo id='1'><owner nsid='a/b'/></photo>", "a/b" },
	{ "<photo id='1'><owner nsid='con'/></photo>", "con" },
	{ "<photo id='1'><owner nsid='1@N00&#10;x'/></photo>", "nsid" },
	{ "<photo id='1' secret='a/../b'><owner nsid='1@N00'/></photo>", "secret" },
	{ "<photo id='1' originalformat='jpg/..'><owner nsid='1@N00'/></photo>", "originalformat" },
	{ "<photo id='1'><owner nsid='1@N00'/><tags><tag author='&lt;script&gt;'>x</tag></tags></photo>", "author" },
};

START_TEST(bad_ids_are_refused)
{
	lb_photo_init(&photo);
	photo.title = "before";
	int rc = lb_parse_info(rsp(bad_infos[_i].inside), &arena, &photo, &err);
	ck_assert_msg(rc == LB_FORMAT, "%s: %d", bad_infos[_i].inside, rc);
	ck_assert_msg(strstr(err.what, bad_infos[_i].what) != NULL, "%s: %s", bad_infos[_i].inside, err.what);
	ck_assert_str_eq(photo.title, "before"); /* written only on success */
	ck_assert_ptr_null(photo.id);
}
END_TEST

START_TEST(too_many_rows_are_refused)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(16 << 20);
	struct lb_photo *photos;
	struct lb_page page;
	size_t count;
	lb_buf_adds(&b, "<photos>");
	for (int i = 0; i < 10001; i++)
		lb_buf_addf(&b, "<photo id='%d'/>", i);
	lb_buf_adds(&b, "</photos>");
	ck_assert_int_eq(lb_parse_photo_list(rsp(lb_buf_str(&b)), &arena, &photos, &count, &page, &err), LB_LIMIT);
}
END_TEST

/* ---- lists ----------------------------------------------------------------------------------- */

static struct lb_photo *list_of(const char *inside, size_t want, struct lb_page *page)
{
	struct lb_photo *photos;
	size_t count;
	ck_assert_ok(lb_parse_photo_list(rsp(inside), &arena, &photos, &count, page, &err));
	ck_assert_uint_eq(count, want);
	ck_assert_uint_eq(page->got, want);
	return photos;
}

START_TEST(a_list_with_extras)
{
	struct lb_page page;
	const struct lb_photo *p = list_of(
		"<photos page='2' pages='5' perpage='100' total='482'><photo id='1' owner='1@N00' secret='s' title='T' ispublic='0' isfriend='1' isfamily='0'"
		" license='4' dateupload='5' lastupdate='6' datetaken='2018-02-12 10:31:25' datetakengranularity='0' datetakenunknown='1'"
		" ownername='' realname='R' pathalias='al' views='3' count_views='4' count_comments='27' count_faves='8' tags='a  b' safety_level='2'"
		" latitude='24.8' longitude='121.1' accuracy='16' context='0' geo_is_public='1' media='video' can_download='0'"
		" url_o='https://x/o' width_o='4000' height_o='' url_sq='https://x/s' width_sq='75' height_sq='75' url_3k=''>"
		"<description>D\n</description></photo></photos>", 1, &page);
	ck_assert_int_eq(page.page, 2);
	ck_assert_int_eq(page.total, 482);
	ck_assert_str_eq(p->owner.username, "");
	ck_assert_str_eq(p->owner.path_alias, "al");
	ck_assert_str_eq(p->description, "D\n");
	ck_assert_int_eq(p->views, 4);
	ck_assert_int_eq(p->count_faves, 8);
	ck_assert_int_eq(p->taken.unknown, 1);
	ck_assert_int_eq(p->is_friend, 1);
	ck_assert_int_eq(p->can_download, 0);
	ck_assert_int_eq(p->can_blog, LB_UNKNOWN);
	ck_assert(p->location.present);
	ck_assert_uint_eq(p->ntags, 2);
	ck_assert_str_eq(p->tags[1].normalized, "b");
	ck_assert_ptr_null(p->tags[1].raw);
	ck_assert_int_eq(p->tags[1].machine, LB_UNKNOWN);
	ck_assert_uint_eq(p->nsizes, 2);
	ck_assert_str_eq(p->sizes[0].label, "Square");
	ck_assert_str_eq(p->sizes[1].label, "Original");
	ck_assert_int_eq(p->sizes[1].height, LB_UNKNOWN);
	ck_assert_str_eq(p->sizes[0].media, "photo");
}
END_TEST

START_TEST(albums_name_the_owner_once)
{
	struct lb_page page;
	const struct lb_photo *p = list_of("<photoset id='5' owner='1@N00' ownername='u' page='1' per_page='500' perpage='500' pages='1' total='2'>"
					   "<photo id='1'/><photo id='2' owner='2@N00' ownername='v'/></photoset>",
						2, &page);
	ck_assert_str_eq(p[0].owner.nsid, "1@N00");
	ck_assert_str_eq(p[0].owner.username, "u");
	ck_assert_str_eq(p[1].owner.nsid, "2@N00");
	ck_assert_str_eq(p[1].owner.username, "v");
	ck_assert_int_eq(page.per_page, 500);
}
END_TEST

/* In lists 0, 0 stands for no place, unless it is said who may see it. */
START_TEST(zero_coordinates)
{
	struct lb_page page;
	const struct lb_photo *p = list_of("<photos><photo id='1' latitude='0' longitude='0' accuracy='0' context='0'/>"
					   "<photo id='2' latitude='0' longitude='0' accuracy='3' geo_is_public='0'/></photos>", 2, &page);
	ck_assert(!p[0].location.present);
	ck_assert_ptr_null(p[0].location.latitude);
	ck_assert_int_eq(p[0].location.accuracy, LB_UNKNOWN);
	ck_assert(p[1].location.present);
	ck_assert_int_eq(p[1].location.accuracy, 3);
}
END_TEST

START_TEST(empty_and_broken_lists)
{
	struct lb_page page;
	struct lb_photo *photos = (struct lb_photo *)&photo;
	size_t count = 77;
	list_of("<photos page='1' pages='0' perpage='10' total='0'/>", 0, &page);
	ck_assert_int_eq(page.pages, 0);
	list_of("<photoset id='1'/>", 0, &page);
	ck_assert_int_eq(page.pages, LB_UNKNOWN);
	static const char *const broken[] = { "", "<photo id='1'/>", "<photos><photo/></photos>",
		"<photos><photo id='x'/></photos>",
		"<photos><photo id='1' owner='a b'/></photos>", "<photoset owner='../x'><photo id='1'/></photoset>" };
	for (size_t i = 0; i < LB_COUNT(broken); i++) {
		ck_assert_int_eq(lb_parse_photo_list(rsp(broken[i]), &arena, &photos, &count, &page, &err),
			LB_FORMAT);
		ck_assert_uint_eq(count, 77);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/parse");
	TCase *tc = tcase_create("parse");
	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, info_texts);
	tcase_add_test(tc, info_numbers);
	tcase_add_test(tc, info_parts);
	tcase_add_test(tc, info_of_almost_nothing);
	tcase_add_test(tc, optional_things_that_cannot_be_read_are_unknown);
	tcase_add_test(tc, numbers_end_at_two_to_the_53);
	tcase_add_loop_test(tc, bad_ids_are_refused, 0, LB_COUNT(bad_infos));
	tcase_add_test(tc, too_many_rows_are_refused);
	tcase_add_test(tc, a_list_with_extras);
	tcase_add_test(tc, albums_name_the_owner_once);
	tcase_add_test(tc, zero_coordinates);
	tcase_add_test(tc, empty_and_broken_lists);
	suite_add_tcase(s, tc);
	return s;
}
