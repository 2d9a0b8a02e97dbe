/* Records about albums, collections, galleries, groups and licences; and rows of lists with getInfo over them. */
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

/* ---- albums ---------------------------------------------------------------------------------- */

START_TEST(albums_of_a_member)
{
	struct lb_album *rows = NULL;
	struct lb_page page = { .page = 77 };
	size_t count = 77;
	ck_assert_ok(lb_parse_albums(rsp("<photosets cancreate='0' page='1' pages='2' perpage='500' total='502'>"
		"<photoset id='72177720316549026' owner='1@N00' username='u' primary='6' count_photos='3' date_create='7' date_update='8'>"
		"<title>T</title><description>D</description></photoset><photoset id='99999999999999999999'/></photosets>"),
		&arena, &rows, &count, &page, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(page.total, 502);
	ck_assert_uint_eq(page.got, 2);
	ck_assert_str_eq(rows[0].id, "72177720316549026");
	ck_assert_str_eq(rows[0].owner_name, "u");
	ck_assert_str_eq(rows[0].description, "D");
	ck_assert_int_eq(rows[0].date_updated, 8);
	ck_assert_str_eq(rows[1].id, "99999999999999999999");
	ck_assert_int_eq(rows[1].date_created, LB_UNKNOWN);
	ck_assert_int_eq(rows[1].count_photos, LB_UNKNOWN);
	ck_assert_ptr_null(rows[1].comments);
	ck_assert_uint_eq(rows[1].nphoto_ids, 0);
	ck_assert_ok(lb_parse_albums(rsp("<photosets/>"), &arena, &rows, &count, &page, &err));
	ck_assert_uint_eq(count, 0);
	ck_assert_int_eq(lb_parse_albums(rsp("<photosets><photoset/></photosets>"), &arena, &rows, &count, &page, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_albums(rsp("<photoset id='1'/>"), &arena, &rows, &count, &page, &err), LB_FORMAT);
}
END_TEST

START_TEST(comments_on_an_album)
{
	struct lb_album album = { .id = "5" };
	ck_assert_ok(lb_parse_album_comments(rsp("<comments photoset_id='5'>"
		"<comment id='6065-5-7' author='1@N00' authorname='A' date_create='1141841470' permalink='https://www.flickr.com/x'>Hm?</comment>"
		"<comment id='8' datecreate='9'/><comment id='10' date_create='11' datecreate='12'/></comments>"),
		&arena, &album, &err));
	ck_assert_uint_eq(album.ncomments, 3);
	ck_assert_int_eq(album.comments[0].date, 1141841470);
	ck_assert_str_eq(album.comments[0].text, "Hm?");
	ck_assert_str_eq(album.comments[0].author.username, "A");
	ck_assert_int_eq(album.comments[0].author.is_deleted, LB_UNKNOWN);
	ck_assert_int_eq(album.comments[1].date, 9);
	ck_assert_int_eq(album.comments[2].date, 12);
	ck_assert_int_eq(lb_parse_album_comments(rsp("<comments><comment/></comments>"), &arena, &album, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_album_comments(rsp(""), &arena, &album, &err), LB_FORMAT);
	ck_assert_uint_eq(album.ncomments, 3); /* written only on success */
}
END_TEST

/* ---- collections ----------------------------------------------------------------------------- */

START_TEST(a_tree_of_collections)
{
	struct lb_collection *rows;
	size_t count;
	ck_assert_ok(lb_parse_collections(rsp("<collections>"
		"<collection id='1-72157600000000001' title='A' description=''><set id='72157600000000009' title='x'/><set id='2'/></collection>"
		"<collection id='1-2' title='B' description='bb'><collection id='1-3' title='C'><collection id='1-4'/></collection>"
		"<collection id='1-5'><set id='3'/></collection></collection><collection id='1-6'/></collections>"),
		&arena, &rows, &count, &err));
	static const struct { const char *id, *parent; size_t albums; } want[] = {
		{ "1-72157600000000001", NULL, 2 }, { "1-2", NULL, 0 }, { "1-3", "1-2", 0 }, { "1-4", "1-3", 0 },
		{ "1-5", "1-2", 1 }, { "1-6", NULL, 0 },
	};
	ck_assert_uint_eq(count, LB_COUNT(want));
	for (size_t i = 0; i < count; i++) {
		ck_assert_str_eq(rows[i].id, want[i].id);
		ck_assert_msg(lb_span_eq(lb_span(rows[i].parent_id), lb_span(want[i].parent)), "%s", rows[i].id);
		ck_assert_uint_eq(rows[i].nalbum_ids, want[i].albums);
	}
	ck_assert_str_eq(rows[0].album_ids[0], "72157600000000009");
	ck_assert_str_eq(rows[0].album_ids[1], "2");
	ck_assert_ptr_null(rows[0].description);
	ck_assert_str_eq(rows[1].description, "bb");
	ck_assert_ok(lb_parse_collections(rsp("<collections/>"), &arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 0);
}
END_TEST

static int nested(size_t deep, size_t *count)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	struct lb_collection *rows;
	lb_buf_adds(&b, "<collections>");
	for (size_t i = 0; i < deep; i++)
		lb_buf_addf(&b, "<collection id='1-%zu'>", i);
	for (size_t i = 0; i < deep; i++)
		lb_buf_adds(&b, "</collection>");
	lb_buf_adds(&b, "</collections>");
	return lb_parse_collections(rsp(lb_buf_str(&b)), &arena, &rows, count, &err);
}

START_TEST(trees_have_limits)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	struct lb_collection *rows;
	size_t count = 77;
	ck_assert_int_eq(nested(33, &count), LB_LIMIT);
	ck_assert_uint_eq(count, 77);
	ck_assert_ok(nested(32, &count));
	ck_assert_uint_eq(count, 32);
	lb_buf_adds(&b, "<collections>");
	for (size_t i = 0; i < 10000; i++)
		lb_buf_addf(&b, "<collection id='1-%zu'/>", i);
	const char *full = lb_arena_printf(&arena, "%s</collections>", lb_buf_str(&b));
	ck_assert_ok(lb_parse_collections(rsp(full), &arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 10000);
	ck_assert_str_eq(rows[9999].id, "1-9999");
	full = lb_arena_printf(&arena, "%s<collection id='2'/></collections>", lb_buf_str(&b));
	ck_assert_int_eq(lb_parse_collections(rsp(full), &arena, &rows, &count, &err), LB_LIMIT);
}
END_TEST

START_TEST(broken_trees)
{
	static const char *const bad[] = { "", "<collection id='1'/>", "<collections><collection/></collections>",
		"<collections><collection id='../x'/></collections>",
		"<collections><collection id='1'><set id='x'/></collection></collections>",
		"<collections><collection id='1'><collection id=''/></collection></collections>" };
	struct lb_collection *rows;
	size_t count = 77;
	for (size_t i = 0; i < LB_COUNT(bad); i++)
		ck_assert_int_eq(lb_parse_collections(rsp(bad[i]), &arena, &rows, &count, &err), LB_FORMAT);
	ck_assert_uint_eq(count, 77);
}
END_TEST

/* ---- galleries ------------------------------------------------------------------------------- */

START_TEST(galleries_of_a_member)
{
	struct lb_gallery *rows;
	struct lb_page page;
	size_t count = 77;
	ck_assert_ok(lb_parse_gallery_list(rsp("<galleries total='9' page='2' pages='5' per_page='2' user_id='1@N00'>"
		"<gallery id='6065-72157617483228192' gallery_id='72157617483228192' owner='1@N00' username='' date_create='5'"
		" count_comments='4'><title>T</title><description>D</description></gallery><gallery id='1-2'/></galleries>"),
		&arena, &rows, &count, &page, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_int_eq(page.pages, 5);
	ck_assert_int_eq(page.per_page, 2);
	ck_assert_str_eq(rows[0].id, "72157617483228192");
	ck_assert_str_eq(rows[0].owner.username, "");
	ck_assert_str_eq(rows[0].description, "D");
	ck_assert_int_eq(rows[0].count_comments, 4);
	ck_assert_str_eq(rows[1].id, "2");
	ck_assert_int_eq(rows[1].date_created, LB_UNKNOWN);
	count = 77;
	ck_assert_int_eq(lb_parse_gallery_list(rsp("<galleries><gallery/></galleries>"), &arena, &rows, &count, &page, &err), LB_FORMAT);
	ck_assert_uint_eq(count, 77);
	ck_assert_int_eq(lb_parse_gallery_list(rsp(""), &arena, &rows, &count, &page, &err), LB_FORMAT);
}
END_TEST

START_TEST(the_words_of_a_curator)
{
	struct lb_gallery_item *rows;
	size_t count = 77;
	ck_assert_ok(lb_parse_gallery_items(rsp("<photos page='1' pages='1' perpage='500' total='4'>"
		"<photo id='1' owner='1@N00' has_comment='1'><comment>best &lt;b&gt;cat&lt;/b&gt;</comment></photo>"
		"<photo id='2' has_comment='1' comment='as an attribute'/><photo id='3' has_comment='0' comment=''/>"
		"<photo id='4' has_comment='1'><comment/></photo></photos><gallery gallery_id='5'/>"), &arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 4);
	ck_assert_str_eq(rows[0].photo_id, "1");
	ck_assert_str_eq(rows[0].comment, "best <b>cat</b>");
	ck_assert_str_eq(rows[1].comment, "as an attribute");
	ck_assert_ptr_null(rows[2].comment);
	ck_assert_ptr_null(rows[3].comment);
	ck_assert_int_eq(lb_parse_gallery_items(rsp("<photos><photo id='1/2'/></photos>"), &arena, &rows, &count, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_gallery_items(rsp("<gallery/>"), &arena, &rows, &count, &err), LB_FORMAT);
	ck_assert_uint_eq(count, 4);
}
END_TEST

/* ---- groups ---------------------------------------------------------------------------------- */

START_TEST(a_group)
{
	struct lb_group g;
	ck_assert_ok(lb_parse_group(rsp("<group id='34427469792@N01' nsid='34427469792@N01' path_alias='central' iconserver='2871' iconfarm='3'"
		" lang='' ispoolmoderated='1' eighteenplus='0'><name>Darren&amp;amp;#039;s</name><description>&lt;b&gt;d&lt;/b&gt;\n</description>"
		"<rules>r</rules><members>315110</members><pool_count>8482392</pool_count><topic_count>x</topic_count><privacy>3</privacy>"
		"<datecreate>2004-02-05 22:15:10</datecreate><dateactivity>1714311128</dateactivity>"
		"<restrictions photos_ok='1'/></group>"), &arena, &g, &err));
	ck_assert_str_eq(g.id, "34427469792@N01");
	ck_assert_str_eq(g.title, "Darren&amp;#039;s"); /* twice escaped, kept as received */
	ck_assert_str_eq(g.description, "<b>d</b>\n");
	ck_assert_str_eq(g.rules, "r");
	ck_assert_int_eq(g.members, 315110);
	ck_assert_int_eq(g.pool_count, 8482392);
	ck_assert_int_eq(g.topic_count, LB_UNKNOWN);
	ck_assert_int_eq(g.privacy, 3);
	ck_assert_int_eq(g.moderated, 1);
	ck_assert_int_eq(g.eighteen_plus, 0);
	ck_assert_ptr_null(g.lang);
	ck_assert_str_eq(g.date_created, "2004-02-05 22:15:10");
	ck_assert_str_eq(g.url, "https://www.flickr.com/groups/central/");
	ck_assert_uint_eq(g.nphoto_ids, 0);
}
END_TEST

START_TEST(groups_of_almost_nothing)
{
	struct lb_group g = { .title = "before" };
	ck_assert_int_eq(lb_parse_group(rsp("<group/>"), &arena, &g, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_group(rsp("<group id='a b'/>"), &arena, &g, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_group(rsp("<photo id='1'/>"), &arena, &g, &err), LB_FORMAT);
	ck_assert_str_eq(g.title, "before");
	ck_assert_ok(lb_parse_group(rsp("<group id='1@N00' path_alias='../x'><privacy>-1</privacy></group>"), &arena, &g, &err));
	ck_assert_ptr_null(g.title);
	ck_assert_int_eq(g.members, LB_UNKNOWN);
	ck_assert_int_eq(g.privacy, LB_UNKNOWN);
	ck_assert_int_eq(g.moderated, LB_UNKNOWN);
	ck_assert_str_eq(g.url, "https://www.flickr.com/groups/1@N00/");
}
END_TEST

/* ---- licence history, EXIF, login -------------------------------------------------------------- */

START_TEST(changes_of_a_licence_oldest_first)
{
	ck_assert_ok(lb_parse_license_history(rsp(
		"<license_history date_change='30' old_license='B' old_license_url='https://b' new_license='C' new_license_url='https://c'/>"
		"<license_history date_change='10' old_license='0' old_license_url='' new_license='A' new_license_url='https://a'/>"
		"<license_history date_change='20' old_license='A' new_license='B'/>"), &arena, &photo, &err));
	ck_assert_int_eq(photo.license_history_known, 1);
	ck_assert_uint_eq(photo.nlicense_changes, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(photo.license_changes[i].date, 10 * (int64_t)(i + 1));
	ck_assert_str_eq(photo.license_changes[0].new_label, "A");
	ck_assert_ptr_null(photo.license_changes[0].old_url);
	ck_assert_str_eq(photo.license_changes[2].new_url, "https://c");
}
END_TEST

START_TEST(a_licence_that_never_changed)
{
	ck_assert_int_ne(photo.license_history_known, 1);
	ck_assert_ok(lb_parse_license_history(rsp("<license_history date_change='1' old_license='All Rights Reserved' old_license_url=''"
		" new_license='' new_license_url=''/>"), &arena, &photo, &err));
	ck_assert_int_eq(photo.license_history_known, 1);
	ck_assert_uint_eq(photo.nlicense_changes, 0);
	ck_assert_ok(lb_parse_license_history(rsp(""), &arena, &photo, &err));
	ck_assert_uint_eq(photo.nlicense_changes, 0);
}
END_TEST

START_TEST(exif_into_the_photo)
{
	ck_assert_ok(lb_parse_photo_exif(rsp("<photo id='1' camera='Apple iPhone'><exif tagspace='IFD0' tagspaceid='0' tag='Make' label='Make'>"
		"<raw>Apple</raw></exif></photo>"), &arena, &photo, &err));
	ck_assert_str_eq(photo.camera, "Apple iPhone");
	ck_assert_str_eq(photo.exif_source, "api");
	ck_assert_uint_eq(photo.nexif, 1);
	lb_photo_init(&photo);
	ck_assert_ok(lb_parse_photo_exif(rsp("<photo id='1' camera=''/>"), &arena, &photo, &err));
	ck_assert_ptr_null(photo.camera);
	ck_assert_uint_eq(photo.nexif, 0);
	ck_assert_str_eq(photo.exif_source, "api");
	lb_photo_init(&photo);
	ck_assert_int_eq(lb_parse_photo_exif(rsp("<exif/>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_ptr_null(photo.exif_source);
}
END_TEST

START_TEST(who_is_signed_in)
{
	const char *nsid = "before", *username = "before";
	ck_assert_ok(lb_parse_login(rsp("<user id='1@N00' path_alias='p'><username>u &amp; v</username></user>"), &arena, &nsid, &username, &err));
	ck_assert_str_eq(nsid, "1@N00");
	ck_assert_str_eq(username, "u & v");
	ck_assert_int_eq(lb_parse_login(rsp("<user/>"), &arena, &nsid, &username, &err), LB_FORMAT);
	ck_assert_str_eq(nsid, "1@N00");
}
END_TEST

/* ---- a row, and getInfo over it ---------------------------------------------------------------- */

static void read_row(const char *row)
{
	struct lb_photo *rows;
	struct lb_page page;
	size_t count;
	const char *list = lb_arena_printf(&arena, "<photos page='1' pages='1'>%s</photos>", row);
	ck_assert_ok(lb_parse_photo_list(rsp(list), &arena, &rows, &count, &page, &err));
	ck_assert_uint_eq(count, 1);
	photo = rows[0];
}

START_TEST(every_size_that_a_row_can_tell)
{
	static const struct { const char *letters, *label; int64_t width; } sizes[] = {
		{ "sq", "Square", 75 }, { "q", "Large Square", 150 }, { "t", "Thumbnail", 100 }, { "s", "Small", 240 },
		{ "n", "Small 320", 320 }, { "w", "Small 400", 400 }, { "m", "Medium", 500 }, { "z", "Medium 640", 640 },
		{ "c", "Medium 800", 800 }, { "l", "Large", 1024 }, { "h", "Large 1600", 1600 }, { "k", "Large 2048", 2048 },
		{ "3k", "X-Large 3K", 3072 }, { "4k", "X-Large 4K", 4096 }, { "5k", "X-Large 5K", 5120 },
		{ "6k", "X-Large 6K", 6144 }, { "o", "Original", 7000 },
	};
	LB_AUTO(lb_buf_clear) struct lb_buf row = LB_BUF(1 << 16);
	lb_buf_adds(&row, "<photo id='1' owner='1@N00'");
	for (size_t i = 0; i < LB_COUNT(sizes); i++) {
		const char *l = sizes[i].letters;
		lb_buf_addf(&row, " url_%s='https://live.staticflickr.com/%s.jpg' width_%s='%d' height_%s='%d'", l, l, l,
			(int)sizes[i].width, l, (int)sizes[i].width / 2);
		ck_assert_ptr_nonnull(strstr(lb_list_extras, lb_arena_printf(&arena, ",url_%s", l)));
	}
	lb_buf_adds(&row, "/>");
	read_row(lb_buf_str(&row));
	ck_assert_uint_eq(photo.nsizes, LB_COUNT(sizes));
	for (size_t i = 0; i < photo.nsizes; i++) {
		ck_assert_str_eq(photo.sizes[i].label, sizes[i].label);
		ck_assert_int_eq(photo.sizes[i].width, sizes[i].width);
		ck_assert_int_eq(photo.sizes[i].height, sizes[i].width / 2);
		ck_assert_str_eq(photo.sizes[i].media, "photo");
	}
}
END_TEST

#define FULL_ROW \
	"<photo id='1' owner='1@N00' secret='s' server='5' farm='6' title='Old' ispublic='1' isfriend='0' isfamily='0' license='4'" \
	" safety_level='1' rotation='90' originalsecret='os' originalformat='jpg' dateupload='5' lastupdate='6' datetaken='2018-02-12 10:31:25'" \
	" datetakengranularity='4' datetakenunknown='0' ownername='u' realname='R' pathalias='al' iconserver='7' iconfarm='8' views='3'" \
	" count_views='4' count_comments='2' count_faves='8' date_faved='9' dateadded='10' tags='cat camera:model=x dog' machine_tags='camera:model=x'" \
	" latitude='24.8' longitude='121.1' accuracy='16' context='2' geo_is_public='1' geo_is_contact='0' geo_is_friend='0' geo_is_family='0'" \
	" media='photo' media_status='ready' can_download='1' url_o='https://live.staticflickr.com/o.jpg' width_o='40' height_o='30'>" \
	"<description>Words</description><usage candownload='1' canblog='0' canprint='0' canshare='1'/>" \
	"<publiceditability cancomment='1' canaddmeta='0'/></photo>"

START_TEST(all_that_a_row_tells)
{
	read_row(FULL_ROW);
	const struct { int64_t is, should; } numbers[] = {
		{ photo.safety_level, 1 }, { photo.rotation, 90 }, { photo.date_posted, 5 }, { photo.date_updated, 6 },
		{ photo.taken.granularity, 4 }, { photo.taken.unknown, 0 }, { photo.views, 4 }, { photo.count_comments, 2 },
		{ photo.count_faves, 8 }, { photo.is_public, 1 }, { photo.is_friend, 0 }, { photo.is_family, 0 },
		{ photo.can_download, 1 }, { photo.can_blog, 0 }, { photo.can_print, 0 }, { photo.can_share, 1 },
		{ photo.public_can_comment, 1 }, { photo.public_can_add_meta, 0 }, { photo.geo_is_public, 1 },
		{ photo.geo_is_family, 0 }, { photo.location.present, 1 }, { photo.location.accuracy, 16 },
		{ photo.location.context, 2 }, { photo.has_people, LB_UNKNOWN }, { (int64_t)photo.nsizes, 1 },
	};
	const struct { const char *is, *should; } texts[] = {
		{ photo.title, "Old" }, { photo.description, "Words" }, { photo.license_id, "4" }, { photo.media, "photo" },
		{ photo.original_secret, "os" }, { photo.original_format, "jpg" }, { photo.taken.value, "2018-02-12 10:31:25" },
		{ photo.owner.username, "u" }, { photo.owner.realname, "R" }, { photo.owner.path_alias, "al" },
		{ photo.owner.iconserver, "7" }, { photo.owner.iconfarm, "8" }, { photo.location.latitude, "24.8" },
	};
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		ck_assert_msg(numbers[i].is == numbers[i].should, "number %zu: %d", i, (int)numbers[i].is);
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		ck_assert_str_eq(texts[i].is, texts[i].should);
	ck_assert_uint_eq(photo.ntags, 3);
	ck_assert_int_eq(photo.tags[0].machine, 0);
	ck_assert_int_eq(photo.tags[1].machine, 1);
	ck_assert_int_eq(photo.tags[2].machine, 0);
}
END_TEST

START_TEST(what_info_does_not_tell_stays)
{
	read_row(FULL_ROW);
	ck_assert_ok(lb_parse_info(rsp("<photo id='1' views='' license='../' rotation='-1'><owner nsid='1@N00' username='new'/>"
		"<comments>x</comments></photo>"), &arena, &photo, &err));
	ck_assert_str_eq(photo.owner.username, "new");
	ck_assert_str_eq(photo.owner.realname, "R");
	ck_assert_str_eq(photo.owner.path_alias, "al");
	ck_assert_str_eq(photo.title, "Old");
	ck_assert_str_eq(photo.description, "Words");
	ck_assert_str_eq(photo.license_id, "4");
	ck_assert_str_eq(photo.taken.value, "2018-02-12 10:31:25");
	ck_assert_int_eq(photo.views, 4);
	ck_assert_int_eq(photo.rotation, 90);
	ck_assert_int_eq(photo.safety_level, 1);
	ck_assert_int_eq(photo.count_faves, 8);
	ck_assert_int_eq(photo.count_comments, 2);
	ck_assert_int_eq(photo.can_download, 1);
	ck_assert_uint_eq(photo.nsizes, 1);
	ck_assert_uint_eq(photo.ntags, 3);
}
END_TEST

/* Info is the later word; and a place that it no longer tells was taken back. */
START_TEST(what_info_tells_is_taken)
{
	read_row(FULL_ROW);
	ck_assert_ok(lb_parse_info(rsp("<photo id='1' safety_level='2' views='90' license='0'><owner nsid='1@N00' username='' realname=''/>"
		"<title/><description>New</description><visibility ispublic='0' isfriend='1' isfamily='1'/><comments>0</comments>"
		"<usage candownload='0'/><dates lastupdate='99'/><tags><tag id='1-1-1' raw='Cat'>cat</tag></tags>"
		"<people haspeople='0'/></photo>"), &arena, &photo, &err));
	ck_assert_ptr_null(photo.title);
	ck_assert_str_eq(photo.description, "New");
	ck_assert_str_eq(photo.license_id, "0");
	ck_assert_str_eq(photo.owner.username, "");
	ck_assert_ptr_null(photo.owner.realname);
	ck_assert_int_eq(photo.safety_level, 2);
	ck_assert_int_eq(photo.views, 90);
	ck_assert_int_eq(photo.is_public, 0);
	ck_assert_int_eq(photo.count_comments, 0);
	ck_assert_int_eq(photo.can_download, 0);
	ck_assert_int_eq(photo.can_share, 1);
	ck_assert_int_eq(photo.date_updated, 99);
	ck_assert_int_eq(photo.date_posted, 5);
	ck_assert_uint_eq(photo.ntags, 1);
	ck_assert_str_eq(photo.tags[0].raw, "Cat");
	ck_assert(!photo.location.present);
	ck_assert_ptr_null(photo.location.latitude);
	ck_assert_int_eq(photo.geo_is_public, LB_UNKNOWN);
	ck_assert_int_eq(photo.count_faves, 8);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/records");
	TCase *tc = tcase_create("records");
	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, albums_of_a_member);
	tcase_add_test(tc, comments_on_an_album);
	tcase_add_test(tc, a_tree_of_collections);
	tcase_add_test(tc, trees_have_limits);
	tcase_add_test(tc, broken_trees);
	tcase_add_test(tc, galleries_of_a_member);
	tcase_add_test(tc, the_words_of_a_curator);
	tcase_add_test(tc, a_group);
	tcase_add_test(tc, groups_of_almost_nothing);
	tcase_add_test(tc, changes_of_a_licence_oldest_first);
	tcase_add_test(tc, a_licence_that_never_changed);
	tcase_add_test(tc, exif_into_the_photo);
	tcase_add_test(tc, who_is_signed_in);
	tcase_add_test(tc, every_size_that_a_row_can_tell);
	tcase_add_test(tc, all_that_a_row_tells);
	tcase_add_test(tc, what_info_does_not_tell_stays);
	tcase_add_test(tc, what_info_tells_is_taken);
	suite_add_tcase(s, tc);
	return s;
}
