/* Formats by their first bytes: told only where they leave no doubt. */
#include <string.h>

#include "format/package/writer_private.h"
#include "tests/support/support.h"

#define JFIF(minor, next) "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" minor "\x00\x00\x48\x00\x48\x00\x00" "\xff" next

static const struct { const char *name, *bytes; size_t n; const char *puid; } cases[] = {
	{"JFIF 1.00", JFIF("\x00", "\xdb"), 22, "fmt/42"}, {"JFIF 1.01", JFIF("\x01", "\xdb"), 22, "fmt/43"},
	{"JFIF 1.02", JFIF("\x02", "\xdb"), 22, "fmt/44"}, {"JFIF 1.03", JFIF("\x03", "\xdb"), 22, ""},
	{"JFIF, then Exif", JFIF("\x01", "\xe1"), 22, ""}, {"cut", JFIF("\x01", "\xdb"), 21, ""}, {"cut early", JFIF("\x01", "\xdb"), 12, ""},
	{"JFIF 2", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x02\x01\x00\x00\x48\x00\x48\x00\x00\xff\xdb", 22, ""},
	{"a segment beyond the head", "\xff\xd8\xff\xe0\xff\xffJFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00\xff\xdb", 22, ""},
	{"Exif", "\xff\xd8\xff\xe1\x00\x10""Exif\x00\x00" "MM\x00*\x00\x00\x00\x08\xff\xdb", 22, ""},
	{"GIF 87a", "GIF87a", 6, "fmt/3"}, {"GIF 89a", "GIF89a....", 10, "fmt/4"}, {"cut GIF", "GIF89", 5, ""},
	{"PNG", "\x89PNG\r\n\x1a\n", 8, ""}, {"nothing", "", 0, ""},
};

START_TEST(tells_what_is_certain)
{
	ck_assert_msg(strcmp(lb_pronom_of(cases[_i].bytes, cases[_i].n), cases[_i].puid) == 0, "%s: %s", cases[_i].name,
		lb_pronom_of(cases[_i].bytes, cases[_i].n));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("package: formats");
	TCase *t = tcase_create("all");
	tcase_add_loop_test(t, tells_what_is_certain, 0, LB_COUNT(cases));
	suite_add_tcase(s, t);
	return s;
}
