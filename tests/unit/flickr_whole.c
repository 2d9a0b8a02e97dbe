/* Files with and without their end. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

#define BYTES(text) { (text), sizeof(text) - 1 }
#define APP "\xff\xe0\x00\x06\xff\xd9\xff\xd9" /* a thumbnail's end inside a segment is none of ours */
#define SCAN "\xff\xda\x00\x04\x00\x00"
#define PNG "\x89PNG\r\n\x1a\n\x00\x00\x00\x02IHDRxxcccc"
#define END "\x00\x00\x00\x00IENDcccc"

static const struct { struct lb_span bytes; const char *mime; bool whole; } files[] = {
	{ BYTES("\xff\xd8" APP SCAN "ab\xff\x00" "cd\xff\xd9"), "image/jpeg", true },
	{ BYTES("\xff\xd8" APP SCAN "ab\xff\xd9trailing words"), "image/jpeg", true },
	{ BYTES("\xff\xd8" APP SCAN "ab\xff\x00" "cd\xff"), "image/jpeg", false },
	{ BYTES("\xff\xd8" APP SCAN "ab\xff\xff\xd9"), "image/jpeg", true },
	{ BYTES("\xff\xd8" APP SCAN), "image/jpeg", false },
	{ BYTES("\xff\xd8" APP), "image/jpeg", false },
	{ BYTES("\xff\xd8\xff\xff\xff" "\xe0\x00\x02" SCAN "\xff\xd9"), "image/jpeg", true },
	{ BYTES("\xff\xd8what is this"), "image/jpeg", true },
	{ BYTES("\xff\xd8\xff\xe0\xff\xff"), "image/jpeg", false },
	{ BYTES(PNG END), "image/png", true },
	{ BYTES(PNG END "more"), "image/png", true },
	{ BYTES(PNG "\x00\x00\x00\x00IENDccc"), "image/png", false },
	{ BYTES(PNG), "image/png", false },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x09mdatx"), "video/mp4", true },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x0amdatx"), "video/mp4", false },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x00mdatx"), "video/mp4", true },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x11x"), "video/mp4", true },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x12x"), "video/mp4", false },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00\x07mdat"), "video/mp4", false },
	{ BYTES("\x00\x00\x00\x0c" "ftypmp42\x00\x00\x00"), "video/mp4", false },
	{ BYTES("GIF89a"), "image/gif", true },
};

START_TEST(ends_by_kind)
{
	char path[300];
	snprintf(path, sizeof path, "%s/file", test_dir());
	ck_assert_int_eq(lb_file_write(path, files[_i].bytes.p, files[_i].bytes.n, NULL), LB_OK);
	ck_assert_int_eq(lb_media_is_whole(path, files[_i].mime), files[_i].whole);
}
END_TEST

START_TEST(what_cannot_be_read_is_not_judged)
{
	ck_assert(lb_media_is_whole("/nowhere/at/all.jpg", "image/jpeg"));
}
END_TEST

/* A marker across the border of two reads. */
START_TEST(the_end_is_found_wherever_it_stands)
{
	static char bytes[140000];
	char path[300];
	snprintf(path, sizeof path, "%s/file", test_dir());
	memcpy(bytes, "\xff\xd8" SCAN, 8);
	for (size_t at = 65536; at < 65536 + 12; at++) {
		memset(bytes + 8, 'x', sizeof bytes - 8);
		memcpy(bytes + at, "\xff\xd9", 2);
		ck_assert_int_eq(lb_file_write(path, bytes, sizeof bytes, NULL), LB_OK);
		ck_assert(lb_media_is_whole(path, "image/jpeg"));
		ck_assert_int_eq(truncate(path, (off_t)at + 1), 0);
		ck_assert(!lb_media_is_whole(path, "image/jpeg"));
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr_whole");
	TCase *t = tcase_create("whole");
	tcase_add_loop_test(t, ends_by_kind, 0, LB_COUNT(files));
	tcase_add_test(t, what_cannot_be_read_is_not_judged);
	tcase_add_test(t, the_end_is_found_wherever_it_stands);
	suite_add_tcase(s, t);
	return s;
}
