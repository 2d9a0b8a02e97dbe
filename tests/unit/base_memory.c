#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/support.h"

START_TEST(errors_name_the_thing)
{
	struct lb_error err = {0};
	ck_assert_int_eq(lb_fail(&err, LB_FORMAT, "cannot read \"%s\"", "x"), LB_FORMAT);
	ck_assert_str_eq(err.what, "cannot read \"x\"");
	ck_assert_int_eq(lb_hint(&err, "try %d", 2), LB_FORMAT);
	ck_assert_str_eq(err.hint, "try 2");
	lb_fail(&err, LB_FORMAT, "again: %s", err.what);
	ck_assert_str_eq(err.what, "again: cannot read \"x\"");
	ck_assert_str_eq(err.hint, "");
	ck_assert_int_eq(lb_fail(NULL, LB_LIMIT, "nobody listens"), LB_LIMIT);
}
END_TEST

START_TEST(errors_of_the_system)
{
	static const struct { int sys; int status; } cases[] = {
		{ENOENT, LB_NOTFOUND}, {EEXIST, LB_EXISTS}, {ENOTEMPTY, LB_EXISTS}, {EACCES, LB_DENIED}, {EPERM, LB_DENIED},
		{EROFS, LB_DENIED},    {EIO, LB_IO},        {ENOSPC, LB_IO},        {ENOTDIR, LB_IO},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_error err = {0};
		errno = cases[i].sys;
		ck_assert_int_eq(lb_fail_sys(&err, "cannot do"), cases[i].status);
		ck_assert_int_eq(err.sys, cases[i].sys);
	}
	struct lb_error err = {0};
	errno = ENOSPC;
	lb_fail_sys(&err, "cannot write \"%s\"", "a");
	ck_assert_str_eq(err.what, "cannot write \"a\": No space left on device");
	errno = ENOENT;
	ck_assert_int_eq(lb_fail_sys(NULL, "nobody listens"), LB_NOTFOUND);
}
END_TEST

START_TEST(errors_are_cut_between_characters)
{
	char text[700];
	for (size_t shift = 0; shift < 4; shift++) {
		struct lb_error err = {0};
		memset(text, 'a', shift);
		for (size_t i = shift; i + 3 < sizeof text; i += 3)
			memcpy(text + i, "\xE2\x82\xAC", 4);
		lb_fail(&err, LB_IO, "%s", text);
		ck_assert(lb_utf8_valid(lb_span(err.what)));
		ck_assert_uint_ge(strlen(err.what), sizeof err.what - 4);
	}
}
END_TEST

START_TEST(arena_gives_zeroed_aligned_memory)
{
	struct lb_arena arena = {0};
	for (int round = 0; round < 3; round++) {
		for (size_t size = 0; size < 9000; size += 37) {
			unsigned char *p = lb_arena_alloc(&arena, size);
			ck_assert_uint_eq((uintptr_t)p % 16, 0);
			size_t set = 0;
			for (size_t i = 0; i < size; i++)
				set += p[i] != 0;
			ck_assert_uint_eq(set, 0);
			memset(p, 0xAA, size);
		}
		lb_arena_reset(&arena);
	}
	lb_arena_clear(&arena);
	ck_assert_ptr_null(arena.head);
	lb_arena_reset(&arena);
}
END_TEST

START_TEST(arena_keeps_what_it_gave)
{
	struct lb_arena arena = {0};
	enum { N = 5000 };
	char **texts = lb_alloc(N * sizeof *texts);
	for (int i = 0; i < N; i++)
		texts[i] = lb_arena_printf(&arena, "%0*d", i % 300 + 1, i);
	for (int i = 0; i < N; i++)
		ck_assert_int_eq(atoi(texts[i]), i);
	ck_assert_ptr_null(lb_arena_strdup(&arena, NULL));
	ck_assert_str_eq(lb_arena_strndup(&arena, "abcdef", 3), "abc");
	free(texts);
	lb_arena_clear(&arena);
}
END_TEST

START_TEST(grow_keeps_items)
{
	int *items = NULL;
	size_t count = 0, cap = 0;
	for (int i = 0; i < 1000; i++) {
		LB_GROW(items, count, cap);
		items[count++] = i;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(items[i], i);
	free(items);
}
END_TEST

START_TEST(buffers_grow)
{
	struct lb_buf b = LB_BUF(1 << 20);
	ck_assert_str_eq(lb_buf_str(&b), "");
	for (int i = 0; i < 10000; i++)
		lb_buf_addf(&b, "%d,", i % 10);
	ck_assert_uint_eq(b.len, 20000);
	ck_assert_uint_eq(strlen(b.p), 20000);
	lb_buf_reset(&b);
	lb_buf_adds(&b, "x");
	lb_buf_addc(&b, '\0');
	lb_buf_add(&b, NULL, 0);
	ck_assert_uint_eq(lb_buf_span(&b).n, 2);
	char *taken = lb_buf_take(&b);
	ck_assert_str_eq(taken, "x");
	free(taken);
	ck_assert_ptr_null(b.p);
	taken = lb_buf_take(&b);
	ck_assert_str_eq(taken, "");
	free(taken);
	lb_buf_clear(&b);
}
END_TEST

START_TEST(buffers_stop_at_their_limit)
{
	struct lb_buf b = LB_BUF(8);
	struct lb_error err = {0};
	lb_buf_adds(&b, "12345678");
	ck_assert_int_eq(lb_buf_check(&b, "the thing", &err), 0);
	lb_buf_addc(&b, '9');
	ck_assert_int_eq(lb_buf_check(&b, "the thing", &err), LB_LIMIT);
	ck_assert_str_eq(err.what, "the thing is larger than 8 bytes");
	ck_assert_str_eq(b.p, "12345678");
	lb_buf_reset(&b);
	lb_buf_addf(&b, "%s", "123456789");
	ck_assert(b.overflow);
	ck_assert_str_eq(b.p, "");
	lb_buf_adds(&b, "x");
	ck_assert_str_eq(b.p, "");
	lb_buf_clear(&b);
	ck_assert_uint_eq(b.max, 8);
	struct lb_buf none = {0};
	lb_buf_addc(&none, 'x');
	ck_assert(none.overflow);
}
END_TEST

START_TEST(numbers_do_not_know_the_locale)
{
	double value;
	static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8"};
	for (size_t i = 0; i < LB_COUNT(locales); i++)
		if (setlocale(LC_ALL, locales[i]))
			break;
	struct lb_buf b = LB_BUF(100);
	lb_buf_addf(&b, "%.2f", 1234.5);
	ck_assert_str_eq(b.p, "1234.50");
	ck_assert(lb_parse_double(lb_span("51.5074"), &value));
	ck_assert(value > 51.5 && value < 51.6);
	lb_buf_clear(&b);
	setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(map_finds_what_was_put)
{
	struct lb_map m = {0};
	char key[32];
	size_t value = 77;
	ck_assert(!lb_map_get(&m, lb_span("x"), &value));
	for (size_t i = 0; i < 20000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		ck_assert(lb_map_put(&m, lb_span(key), i));
		ck_assert(!lb_map_put(&m, lb_span(key), i * 2));
	}
	ck_assert_uint_eq(m.count, 20000);
	for (size_t i = 0; i < 20000; i++) {
		int n = snprintf(key, sizeof key, "key %zu", i);
		ck_assert(lb_map_get(&m, lb_span(key), &value));
		ck_assert_uint_eq(value, i * 2);
		ck_assert(!lb_map_get(&m, (struct lb_span){key, (size_t)n + 1}, &value));
		ck_assert_str_eq(m.items[i].key, key);
	}
	lb_map_clear(&m);
	ck_assert_uint_eq(m.count, 0);
}
END_TEST

START_TEST(map_keys_are_bytes)
{
	struct lb_map m = {0};
	size_t value;
	ck_assert(lb_map_put(&m, (struct lb_span){"a\0b", 3}, 1));
	ck_assert(lb_map_put(&m, (struct lb_span){"a\0c", 3}, 2));
	ck_assert(lb_map_put(&m, (struct lb_span){NULL, 0}, 3));
	ck_assert(lb_map_put(&m, lb_span("12345678"), 4));
	ck_assert(lb_map_put(&m, lb_span("123456789"), 5));
	ck_assert(lb_map_get(&m, (struct lb_span){"a\0c", 3}, &value) && value == 2);
	ck_assert(lb_map_get(&m, lb_span(""), &value) && value == 3);
	ck_assert(lb_map_get(&m, lb_span("12345678"), NULL));
	ck_assert(!lb_map_get(&m, lb_span("__proto__"), &value));
	lb_map_clear(&m);
}
END_TEST

START_TEST(words_are_kept_once)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_words words = {0};
	char text[16] = "ann";
	const char *first = lb_words_keep(&words, &arena, text), *many[100];
	ck_assert_ptr_null(lb_words_keep(&words, &arena, NULL));
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof text, "w%d", i);
		many[i] = lb_words_keep(&words, &arena, text);
	}
	ck_assert_ptr_eq(lb_words_keep(&words, &arena, "ann"), first);
	ck_assert_ptr_eq(lb_words_keep(&words, &arena, "w7"), many[7]);
	lb_words_clear(&words);
	ck_assert_str_eq(first, "ann"); /* the texts are the arena's */
	ck_assert_str_eq(many[99], "w99");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("base: errors, memory, buffers, maps");
	TCase *t = tcase_create("all");
	tcase_add_test(t, errors_name_the_thing);
	tcase_add_test(t, errors_of_the_system);
	tcase_add_test(t, errors_are_cut_between_characters);
	tcase_add_test(t, arena_gives_zeroed_aligned_memory);
	tcase_add_test(t, arena_keeps_what_it_gave);
	tcase_add_test(t, grow_keeps_items);
	tcase_add_test(t, buffers_grow);
	tcase_add_test(t, buffers_stop_at_their_limit);
	tcase_add_test(t, numbers_do_not_know_the_locale);
	tcase_add_test(t, map_finds_what_was_put);
	tcase_add_test(t, map_keys_are_bytes);
	tcase_add_test(t, words_are_kept_once);
	suite_add_tcase(s, t);
	return s;
}
