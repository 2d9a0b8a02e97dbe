/* Rows of lists, read again from the evidence. */
#include "lifeboat/creator/rows.h"
#include "tests/unit/creator_tape.h"

#include <stdlib.h>

#define PAGES 60 /* more than are held at a time */
#define ROWS 5

static char ids[PAGES * ROWS][16];

static const char *page_query(size_t page)
{
	static char query[200];
	snprintf(query, sizeof query, "method=flickr.people.getPublicPhotos&page=%zu&per_page=500&user_id=12345678%%40N00", page + 1);
	return query;
}

/* A plan of all rows of all pages. */
static struct lb_plan plan_pages(struct row *rows)
{
	for (size_t i = 0; i < PAGES * ROWS; i++) {
		snprintf(ids[i], sizeof ids[i], "%zu", 9000 + i);
		rows[i] = (struct row){ .id = ids[i], .license = "4", .comments = (int)i };
	}
	struct lb_plan plan = plan_of(rows, PAGES * ROWS);
	plan.urls[0].calls = lb_arena_alloc(&plan.arena, PAGES * sizeof *plan.urls[0].calls);
	plan.urls[0].ncalls = 0;
	for (size_t p = 0; p < PAGES; p++) {
		tape_rows(page_query(p), "photos", rows + p * ROWS, ROWS);
		plan_add_call(&plan, page_query(p));
		for (size_t i = 0; i < ROWS; i++)
			plan.photos[p * ROWS + i].row_call = p;
	}
	return plan;
}

static struct lb_evidence *evidence_of_tape(void)
{
	const char *dir = test_dir();
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(4096), path = LB_BUF(4096);
	lb_path_join(&folder, dir, "evidence");
	lb_path_join(&path, dir, "evidence/api.warc.gz");
	ck_assert_ok(lb_dir_make(lb_buf_str(&folder), &err));
	ck_assert_ok(lb_file_write(lb_buf_str(&path), tape.p, tape.len, &err));
	return evidence_of(dir);
}

static void check_row(struct lb_rows *r, const struct lb_plan *plan, size_t i)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	static const size_t from[] = { 7 };
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.selected_by = from;
	photo.nselected_by = 1;
	ck_assert(lb_rows_fill(r, &plan->photos[i], &arena, &photo));
	ck_assert_str_eq(photo.id, ids[i]);
	ck_assert_int_eq(photo.count_comments, (int64_t)i);
	ck_assert_str_eq(photo.owner.nsid, OWNER);
	ck_assert_uint_eq(photo.nsizes, 2);
	ck_assert_uint_eq(photo.ntags, 0);
	ck_assert_ptr_eq(photo.selected_by, from);
}

START_TEST(any_order)
{
	static struct row rows[PAGES * ROWS];
	struct lb_plan plan = plan_pages(rows);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of_tape();
	struct lb_rows *r = lb_rows_new(&plan, ev);
	for (size_t i = 0; i < PAGES * ROWS; i++)
		check_row(r, &plan, i);
	for (size_t i = PAGES * ROWS; i-- > 0;)
		check_row(r, &plan, i);
	for (size_t i = 0; i < PAGES * ROWS; i++)
		check_row(r, &plan, i * 77 % (PAGES * ROWS));
	lb_rows_free(r);
	lb_plan_clear(&plan);
}
END_TEST

/* What the row told lives on when its page has gone. */
START_TEST(strings_are_copies)
{
	static struct row rows[PAGES * ROWS];
	struct lb_plan plan = plan_pages(rows);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of_tape();
	struct lb_rows *r = lb_rows_new(&plan, ev);
	struct lb_photo photo;
	lb_photo_init(&photo);
	ck_assert(lb_rows_fill(r, &plan.photos[0], &arena, &photo));
	lb_rows_free(r);
	ck_assert_str_eq(photo.title, "Row 9000");
	ck_assert_str_eq(photo.sizes[0].source, "https://live.staticflickr.com/1/9000_abc_n.png");
	lb_plan_clear(&plan);
}
END_TEST

START_TEST(no_row)
{
	struct row row = { .id = "30", .license = "4" };
	struct lb_plan plan = plan_of(&row, 1);
	struct lb_plan_photo *p = &plan.photos[0];
	tape_rows(LIST, "photos", &row, 1);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of_tape();
	struct lb_rows *r = lb_rows_new(&plan, ev);
	struct lb_photo photo;
	static const struct { const char *id; size_t url, call; bool there; } cases[] = {
		{ "30", 0, 0, true }, { "31", 0, 0, false }, { "30", 0, 1, false }, { "30", 1, 0, false }, { "30", SIZE_MAX, 0, false }, { "30", 0, SIZE_MAX, false },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		lb_photo_init(&photo);
		p->id = cases[i].id;
		p->row_url = cases[i].url;
		p->row_call = cases[i].call;
		ck_assert_msg(lb_rows_fill(r, p, &arena, &photo) == cases[i].there, "case %zu", i);
	}
	lb_rows_free(r);
	lb_plan_clear(&plan);
}
END_TEST

/* An answer that is none, one of another method, and a call that is no request. */
START_TEST(no_list)
{
	struct row row = { .id = "30", .license = "4" };
	struct lb_plan plan = plan_of(&row, 1);
	tape_fault(LIST, 1, "User not found");
	tape_info(&row, false);
	plan_add_call(&plan, "method=flickr.photos.getInfo&photo_id=30");
	plan_add_call(&plan, "nothing");
	plan.urls[0].calls[plan.urls[0].ncalls++] = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of_tape();
	struct lb_rows *r = lb_rows_new(&plan, ev);
	struct lb_photo photo;
	lb_photo_init(&photo);
	for (size_t call = 0; call < 4; call++) {
		plan.photos[0].row_call = call;
		ck_assert(!lb_rows_fill(r, &plan.photos[0], &arena, &photo));
	}
	lb_rows_free(r);
	lb_plan_clear(&plan);
}
END_TEST

/* A list that did not tell the original, or nothing small, leaves the sizes to getSizes; one whose owner keeps it does not. */
START_TEST(sizes_only_when_they_are_all)
{
	static const struct { const char *attrs; size_t sizes; } cases[] = {
		{ "can_download=\"1\" url_o=\"https://live.staticflickr.com/1/30_o.png\" width_o=\"800\" height_o=\"600\" url_n=\"https://live.staticflickr.com/1/30_n.png\" width_n=\"320\" height_n=\"240\"", 2 },
		{ "can_download=\"1\" url_l=\"https://live.staticflickr.com/1/30_b.png\" width_l=\"800\" height_l=\"600\" url_n=\"https://live.staticflickr.com/1/30_n.png\" width_n=\"320\" height_n=\"240\"", 0 },
		{ "can_download=\"0\" url_l=\"https://live.staticflickr.com/1/30_b.png\" width_l=\"800\" height_l=\"600\" url_n=\"https://live.staticflickr.com/1/30_n.png\" width_n=\"320\" height_n=\"240\"", 2 },
		{ "can_download=\"1\" url_o=\"https://live.staticflickr.com/1/30_o.png\" width_o=\"800\" height_o=\"600\"", 0 },
		{ "url_n=\"https://live.staticflickr.com/1/30_n.png\" width_n=\"320\" height_n=\"240\"", 0 },
	};
	struct row row = { .id = "30", .license = "4" };
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		char rsp[1000];
		struct lb_plan plan = plan_of(&row, 1);
		tape_end();
		tape_begin();
		snprintf(rsp, sizeof rsp, "<photos page=\"1\" pages=\"1\" perpage=\"500\" total=\"1\"><photo id=\"30\" owner=\"" OWNER "\" title=\"t\" %s/></photos>", cases[i].attrs);
		tape_ok(LIST, rsp);
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = evidence_of_tape();
		struct lb_rows *r = lb_rows_new(&plan, ev);
		struct lb_photo photo;
		lb_photo_init(&photo);
		ck_assert(lb_rows_fill(r, &plan.photos[0], &arena, &photo));
		ck_assert_msg(photo.nsizes == cases[i].sizes, "case %zu: %zu", i, photo.nsizes);
		lb_rows_free(r);
		lb_plan_clear(&plan);
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/rows");
	TCase *t = tcase_create("evidence");
	tcase_add_checked_fixture(t, tape_begin, tape_end);
	tcase_add_test(t, any_order);
	tcase_add_test(t, strings_are_copies);
	tcase_add_test(t, no_row);
	tcase_add_test(t, no_list);
	tcase_add_test(t, sizes_only_when_they_are_all);
	suite_add_tcase(s, t);
	return s;
}
