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

/* ---- the other layers ------------------------------------------------------------------------ */

START_TEST(sizes_keep_their_order)
{
	ck_assert_ok(lb_parse_sizes(rsp("<sizes><size label='Square' width='75' height='75' source='https://x/a' url='u' media='photo'/>"
					"<size label='700' width='' height='' source='https://x/b' media='video'/></sizes>"),
		&arena, &photo, &err));
	ck_assert_uint_eq(photo.nsizes, 2);
	ck_assert_str_eq(photo.sizes[0].label, "Square");
	ck_assert_int_eq(photo.sizes[0].height, 75);
	ck_assert_int_eq(photo.sizes[1].width, LB_UNKNOWN);
	ck_assert_str_eq(photo.sizes[1].media, "video");
	ck_assert_int_eq(lb_parse_sizes(rsp("<sizes><size label='x'/></sizes>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_uint_eq(photo.nsizes, 2);
	ck_assert_int_eq(lb_parse_sizes(rsp("<photo/>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_ok(lb_parse_sizes(rsp("<sizes/>"), &arena, &photo, &err));
	ck_assert_uint_eq(photo.nsizes, 0);
}
END_TEST

START_TEST(comments_with_their_authors)
{
	ck_assert_ok(lb_parse_comments(
		rsp("<comments photo_id='1'><comment id='1-2-3' author='1@N00' author_is_deleted='1' authorname='' datecreate='5'"
		    " permalink='https://www.flickr.com/photos/a/1/#comment3' path_alias='' realname='R'> &lt;a href=\"x\"&gt;hi&lt;/a&gt;\n</comment>"
		    "<comment id='4' permalink='https://evil.example/'/></comments>"),
		&arena, &photo, &err));
	ck_assert_uint_eq(photo.ncomments, 2);
	ck_assert_str_eq(photo.comments[0].text, " <a href=\"x\">hi</a>\n");
	ck_assert_str_eq(photo.comments[0].author.username, "");
	ck_assert_str_eq(photo.comments[0].author.realname, "R");
	ck_assert_ptr_null(photo.comments[0].author.path_alias);
	ck_assert_int_eq(photo.comments[0].author.is_deleted, 1);
	ck_assert_int_eq(photo.comments[0].date, 5);
	ck_assert_str_eq(photo.comments[1].text, "");
	ck_assert_ptr_null(photo.comments[1].author.nsid);
	ck_assert_ptr_null(photo.comments[1].permalink);
	ck_assert_int_eq(lb_parse_comments(rsp("<comments><comment id='../x'/></comments>"), &arena, &photo, &err),
		LB_FORMAT);
	ck_assert_int_eq(lb_parse_comments(rsp("<comments><comment/></comments>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_uint_eq(photo.ncomments, 2);
}
END_TEST

START_TEST(faves_come_in_pages)
{
	struct lb_page page;
	ck_assert_ok(lb_parse_faves(rsp("<photo id='1' page='1' pages='2' perpage='50' total='3'>"
					"<person nsid='1@N00' username='a' favedate='30'/><person nsid='2@N00' username='' favedate='20'/></photo>"),
		&arena, &photo, &page, &err));
	ck_assert_int_eq(page.pages, 2);
	ck_assert_int_eq(page.per_page, 50);
	ck_assert_uint_eq(page.got, 2);
	/* someone faved meanwhile: the last of page 1 is now the first of page 2 */
	ck_assert_ok(lb_parse_faves(rsp("<photo id='1' page='2' pages='2' perpage='50' total='4'>"
					"<person nsid='2@N00' favedate='20'/><person nsid='3@N00' favedate='10'/></photo>"),
		&arena, &photo, &page, &err));
	ck_assert_uint_eq(page.got, 2);
	ck_assert_uint_eq(photo.nfaves, 3);
	ck_assert_str_eq(photo.faves[1].person.username, "");
	ck_assert_str_eq(photo.faves[2].person.nsid, "3@N00");
	ck_assert_int_eq(photo.faves[2].date, 10);
	ck_assert_int_eq(photo.faves[2].person.is_pro, LB_UNKNOWN);
	ck_assert_int_eq(photo.count_faves, 4);
	ck_assert_int_eq(lb_parse_faves(rsp("<photo><person username='x'/></photo>"), &arena, &photo, &page, &err),
		LB_FORMAT);
	ck_assert_uint_eq(photo.nfaves, 3);
}
END_TEST

/* Memory must not grow with the square of the pages. */
START_TEST(a_thousand_pages_of_faves)
{
	struct lb_page page;
	for (int i = 0; i < 1000; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
		lb_buf_addf(&b, "<photo page='%d' pages='1000'>", i + 1);
		for (int j = 0; j < 50; j++)
			lb_buf_addf(&b, "<person nsid='%d@N00'/>", i * 50 + j);
		lb_buf_adds(&b, "</photo>");
		struct lb_arena doc = { 0 };
		struct lb_xml *root;
		ck_assert_ok(lb_xml_parse(lb_span(lb_arena_printf(&doc, "<rsp>%s</rsp>", lb_buf_str(&b))), NULL,
			&doc, &root, &err));
		ck_assert_ok(lb_parse_faves(root, &arena, &photo, &page, &err));
		lb_arena_clear(&doc); /* nothing may point into the document */
	}
	ck_assert_uint_eq(photo.nfaves, 50000);
	ck_assert_str_eq(photo.faves[0].person.nsid, "0@N00");
	ck_assert_str_eq(photo.faves[49999].person.nsid, "49999@N00");
	ck_assert_uint_lt(photo.faves_cap, 150000);
}
END_TEST

START_TEST(contexts_without_wrapper)
{
	ck_assert_ok(lb_parse_contexts(rsp("<set title='S' id='72157718247390872' primary='5' view_count='1' comment_count='2' count_photo='3' count_video='4'/>"
					   "<pool title='P &amp;#039;' url='/groups/p/pool/' id='66832458@N00' members='7' pool_count='8'/>"
					   "<set id='2' title=''/>"),
		&arena, &photo, &err));
	ck_assert_uint_eq(photo.nalbums, 2);
	ck_assert_uint_eq(photo.ngroups, 1);
	ck_assert_str_eq(photo.albums[0].id, "72157718247390872");
	ck_assert_int_eq(photo.albums[0].count_videos, 4);
	ck_assert_int_eq(photo.albums[0].date_created, LB_UNKNOWN);
	ck_assert_ptr_null(photo.albums[1].title);
	ck_assert_int_eq(photo.albums[1].count_views, LB_UNKNOWN);
	ck_assert_str_eq(photo.groups[0].title, "P &#039;");
	ck_assert_int_eq(photo.groups[0].pool_count, 8);
	ck_assert_int_eq(photo.groups[0].privacy, LB_UNKNOWN);
	ck_assert_int_eq(lb_parse_contexts(rsp("<set id='a'/>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_contexts(rsp("<pool id='../x'/>"), &arena, &photo, &err), LB_FORMAT);
	ck_assert_uint_eq(photo.nalbums, 2);
	ck_assert_ok(lb_parse_contexts(rsp(""), &arena, &photo, &err));
	ck_assert_uint_eq(photo.nalbums + photo.ngroups, 0);
}
END_TEST

START_TEST(galleries_by_their_own_id)
{
	struct lb_page page;
	struct lb_gallery one;
	const char *rows = "<galleries total='9' page='1' pages='1' per_page='500'>"
			   "<gallery id='6065-72157617483228192' gallery_id='72157617483228192' url='https://www.flickr.com/photos/a/galleries/1'"
			   " owner='1@N00' username='u' count_photos='3' date_create='5'><title>T</title><description/></gallery></galleries>";
	ck_assert_ok(lb_parse_galleries(rsp(rows), &arena, &photo, &page, &err));
	ck_assert_ok(lb_parse_galleries(rsp(rows), &arena, &photo, &page, &err));
	ck_assert_uint_eq(photo.ngalleries, 1);
	ck_assert_int_eq(page.per_page, 500);
	ck_assert_str_eq(photo.galleries[0].id, "72157617483228192");
	ck_assert_str_eq(photo.galleries[0].title, "T");
	ck_assert_ptr_null(photo.galleries[0].description);
	ck_assert_str_eq(photo.galleries[0].owner.username, "u");
	ck_assert_int_eq(photo.galleries[0].date_updated, LB_UNKNOWN);
	ck_assert_ok(lb_parse_galleries(rsp("<galleries><gallery id='6065-72157617483228193'/></galleries>"), &arena,
		&photo, &page, &err)); /* as it was before there was a gallery_id */
	ck_assert_str_eq(photo.galleries[1].id, "72157617483228193");
	static const char *const bad[] = { "<gallery/>", "<gallery id='6065'/>", "<gallery id='-1'/>", "<gallery id='1-'/>",
		"<gallery id='x-1'/>", "<gallery id='1-2-3'/>", "<gallery id='1-2' gallery_id='../3'/>" };
	for (size_t i = 0; i < LB_COUNT(bad); i++) {
		const char *body = lb_arena_printf(&arena, "<galleries>%s</galleries>", bad[i]);
		ck_assert_int_eq(lb_parse_galleries(rsp(body), &arena, &photo, &page, &err), LB_FORMAT);
		ck_assert_int_eq(lb_parse_gallery(rsp(bad[i]), &arena, &one, &err), LB_FORMAT);
	}
	ck_assert_uint_eq(photo.ngalleries, 2);
	ck_assert_ok(lb_parse_gallery(rsp("<photos/><gallery gallery_id='4'><title>X</title></gallery>"), &arena,
		&one, &err));
	ck_assert_str_eq(one.title, "X");
	ck_assert_int_eq(lb_parse_gallery(rsp("<photos/>"), &arena, &one, &err), LB_FORMAT);
}
END_TEST

START_TEST(people_with_and_without_box)
{
	ck_assert_ok(lb_parse_people(rsp("<people total='0'><person nsid='1@N00' added_by='2@N00' is_deleted='0' x='0' y='2' w='3' h='4'/>"
					 "<person nsid='3@N00' x='1' y='2' w='x'/></people>"),
		&arena, &photo, &err));
	ck_assert_uint_eq(photo.npeople, 2); /* whatever total says */
	ck_assert(photo.people[0].has_box);
	ck_assert_int_eq(photo.people[0].x, 0);
	ck_assert_str_eq(photo.people[0].added_by, "2@N00");
	ck_assert(!photo.people[1].has_box);
	ck_assert_int_eq(lb_parse_people(rsp("<people><person username='x'/></people>"), &arena, &photo, &err),
		LB_FORMAT);
}
END_TEST

START_TEST(exif_rows)
{
	struct lb_exif *rows;
	size_t count;
	ck_assert_ok(lb_parse_exif(rsp("<photo id='1'><exif tagspace='IFD0' tagspaceid='0' tag='Make' label='Make'><raw>N</raw><clean/></exif>"
				       "<exif tag='X'><raw/></exif></photo>"),
		&arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(rows[0].raw, "N");
	ck_assert_str_eq(rows[0].clean, "");
	ck_assert_str_eq(rows[1].raw, "");
	ck_assert_ptr_null(rows[1].clean);
	ck_assert_ptr_null(rows[1].tagspace);
}
END_TEST

/* ---- people, licences, albums ---------------------------------------------------------------- */

START_TEST(a_member)
{
	struct lb_person p;
	ck_assert_ok(lb_parse_person(rsp("<person id='x' nsid='1@N00' ispro='1' is_deleted='0' iconserver='5' iconfarm='6' path_alias=''>"
					 "<username>u</username><location/><description>d</description>"
					 "<photos><firstdatetaken>2000-01-01 00:00:35</firstdatetaken><firstdate>9</firstdate><count>6966</count></photos></person>"),
		&arena, &p, &err));
	ck_assert_str_eq(p.nsid, "1@N00");
	ck_assert_int_eq(p.is_pro, 1);
	ck_assert_ptr_null(p.path_alias);
	ck_assert_ptr_null(p.realname);
	ck_assert_ptr_null(p.location);
	ck_assert_int_eq(p.count_photos, 6966);
	ck_assert_int_eq(p.first_date, 9);
	ck_assert_str_eq(p.first_taken, "2000-01-01 00:00:35");
	ck_assert_ok(lb_parse_person(rsp("<person nsid='2@N00'/>"), &arena, &p, &err));
	ck_assert_int_eq(p.count_photos, LB_UNKNOWN);
	ck_assert_int_eq(lb_parse_person(rsp("<person id='1@N00'/>"), &arena, &p, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_person(rsp("<user/>"), &arena, &p, &err), LB_FORMAT);
	ck_assert_str_eq(p.nsid, "2@N00");
}
END_TEST

START_TEST(lookups)
{
	const char *id, *name;
	ck_assert_ok(lb_parse_lookup_user(rsp("<user id='1@N00'><username>u</username></user>"), &arena, &id, &name,
		&err));
	ck_assert_str_eq(id, "1@N00");
	ck_assert_str_eq(name, "u");
	ck_assert_ok(lb_parse_lookup_group(rsp("<group id='2@N00'><groupname>g</groupname></group>"), &arena, &id,
		&name, &err));
	ck_assert_str_eq(id, "2@N00");
	ck_assert_str_eq(name, "g");
	ck_assert_int_eq(lb_parse_lookup_user(rsp("<group id='1@N00'/>"), &arena, &id, &name, &err), LB_FORMAT);
	ck_assert_int_eq(lb_parse_lookup_user(rsp("<user id='../x'/>"), &arena, &id, &name, &err), LB_FORMAT);
	ck_assert_str_eq(id, "2@N00");
}
END_TEST

START_TEST(licences_as_they_are_worded)
{
	struct lb_license *rows;
	size_t count;
	ck_assert_ok(lb_parse_licenses(rsp("<licenses><license id='0' name='All Rights Reserved' url=''/><license id='99' name='New' url='https://x'/></licenses>"),
		&arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_ptr_null(rows[0].url);
	ck_assert_str_eq(rows[1].id, "99");
	ck_assert_str_eq(rows[1].label, "New");
	ck_assert_int_eq(lb_parse_licenses(rsp("<licenses><license name='x'/></licenses>"), &arena, &rows, &count,
		&err), LB_FORMAT);
}
END_TEST

START_TEST(an_album_in_both_forms)
{
	struct lb_album x;
	ck_assert_ok(lb_parse_album(rsp("<photoset id='5' owner='1@N00' username='u' primary='6' count_views='1' count_comments='2' count_photos='3'"
					" count_videos='4' photos='300' date_create='7' date_update='8'><title>T</title><description/></photoset>"),
		&arena, &x, &err));
	ck_assert_str_eq(x.title, "T");
	ck_assert_str_eq(x.owner_name, "u");
	ck_assert_int_eq(x.count_photos, 3);
	ck_assert_int_eq(x.date_updated, 8);
	ck_assert_ptr_null(x.description);
	ck_assert_ok(lb_parse_album(rsp("<photoset id='5' owner='1@N00' ownername='v' title='W' total='9'/>"),
		&arena, &x, &err));
	ck_assert_str_eq(x.title, "W");
	ck_assert_str_eq(x.owner_name, "v");
	ck_assert_int_eq(x.count_photos, LB_UNKNOWN);
	ck_assert_int_eq(lb_parse_album(rsp("<photoset id='5/..'/>"), &arena, &x, &err), LB_FORMAT);
}
END_TEST

START_TEST(a_profile_and_an_institution)
{
	struct lb_person_profile profile;
	const char *nsid;
	struct lb_institution *rows;
	size_t count;
	ck_assert_ok(lb_parse_profile(rsp("<profile id='1@N00' nsid='1@N00' join_date='5' hometown='' email='a@b' showcase_set='7'/>"),
		&arena, &profile, &nsid, &err));
	ck_assert_str_eq(nsid, "1@N00");
	ck_assert_int_eq(profile.join_date, 5);
	ck_assert_ptr_null(profile.hometown);
	ck_assert_str_eq(profile.showcase_album_id, "7");
	ck_assert_ok(lb_parse_institutions(rsp("<institutions><institution nsid='1@N00' date_launch='4'><name>N</name><urls><url type='license'>l</url>"
					       "<url type='site'/></urls></institution><institution nsid='2@N00'/></institutions>"),
		&arena, &rows, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(rows[0].license_url, "l");
	ck_assert_ptr_null(rows[0].site_url);
	ck_assert_int_eq(rows[1].date_launch, LB_UNKNOWN);
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/parse layers");
	TCase *tc = tcase_create("parse");
	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, sizes_keep_their_order);
	tcase_add_test(tc, comments_with_their_authors);
	tcase_add_test(tc, faves_come_in_pages);
	tcase_add_test(tc, a_thousand_pages_of_faves);
	tcase_add_test(tc, contexts_without_wrapper);
	tcase_add_test(tc, galleries_by_their_own_id);
	tcase_add_test(tc, people_with_and_without_box);
	tcase_add_test(tc, exif_rows);
	tcase_add_test(tc, a_member);
	tcase_add_test(tc, lookups);
	tcase_add_test(tc, licences_as_they_are_worded);
	tcase_add_test(tc, an_album_in_both_forms);
	tcase_add_test(tc, a_profile_and_an_institution);
	suite_add_tcase(s, tc);
	return s;
}
