/* Tokens: what the search takes texts apart into. */
#include <string.h>
#include <utf8proc.h>

#include "tests/support/support.h"
#include "viewer/data/tokens.h"

static void add(void *arg, struct lb_span token)
{
	struct lb_buf *b = arg;
	if (b->len)
		lb_buf_addc(b, ' ');
	lb_buf_add(b, token.p, token.n);
}

static void is(const char *text, const char *expected)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	lb_tokens(lb_span(text), add, &b);
	ck_assert_str_eq(lb_buf_str(&b), expected);
}

START_TEST(the_table_is_in_order_and_folded)
{
	size_t count;
	const struct lb_fold *folds = lb_fold_table(&count);
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_le(folds[i].first, folds[i].last);
		ck_assert(i == 0 || folds[i - 1].last < folds[i].first);
		ck_assert(folds[i].letter >= LB_LETTER_PLAIN && folds[i].letter <= LB_LETTER_IGNORED);
		ck_assert_ptr_eq(lb_fold_find(folds[i].first), &folds[i]);
		ck_assert_ptr_eq(lb_fold_find(folds[i].last), &folds[i]);
	}
	ck_assert_ptr_null(lb_fold_find(0));
	ck_assert_ptr_null(lb_fold_find(0xD800));
	ck_assert_ptr_null(lb_fold_find(0x10FFFF));
	ck_assert_ptr_null(lb_fold_find(UINT32_MAX));
}
END_TEST

static bool same(const char *text, uint32_t point)
{
	struct lb_span rest = lb_span(text);
	return lb_utf8_next(&rest) == point && !rest.n;
}

/* What a letter becomes stays as it is when folded again, and is of the same kind. */
START_TEST(folding_is_final)
{
	for (uint32_t point = 0; point < 0x110000; point++) {
		const struct lb_fold *fold = lb_fold_find(point);
		if (!fold || fold->letter == LB_LETTER_IGNORED)
			continue;
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64);
		if (fold->text)
			lb_buf_adds(&b, fold->text);
		else
			lb_utf8_add(&b, (uint32_t)((int64_t)point + fold->offset));
		ck_assert(lb_utf8_valid(lb_buf_span(&b)) && b.len > 0);
		for (struct lb_span rest = lb_buf_span(&b); rest.n;) {
			uint32_t to = lb_utf8_next(&rest);
			const struct lb_fold *again = lb_fold_find(to);
			ck_assert_msg(again && again->letter == fold->letter, "U+%04X becomes U+%04X", point, to);
			ck_assert_msg(again->text ? same(again->text, to) : again->offset == 0, "U+%04X becomes U+%04X, which is folded", point, to);
		}
	}
}
END_TEST

START_TEST(words_of_many_scripts)
{
	is("", "");
	is(" .,;\xF0\x9F\x90\xB6 ", "");
	is("A day at the sea-side, 1998!", "a day at the sea side 1998");
	is("camera:make=Leica don't", "camera make leica don t");
	is("Ærøskøbing ŁÓDŹ Þingvellir Đà Nẵng", "aeroskobing lodz thingvellir da nang");
	is("Straße STRASSE ẞ ﬁnal ﬆop İstanbul ılık", "strasse strasse ss final stop istanbul ilik");
	is("ＡＢＣ１２３ 𝓕𝓪𝓷𝓬𝔂 Ⓐ² ½", "abc123 fancy a2");
	is("ΣΊΣΥΦΟΣ Ἀθήνα ᾳ", "σισυφοσ αθηνα α");
	is("Йога Ёлка", "иога елка");
	is("שָׁלוֹם", "שלום");
	is("شُكْراً أحمد مدرسة مـــصر ٢٠١٩ ۱۳", "شكرا احمد مدرسه مصر 2019 13");
	is("می\xE2\x80\x8Cخواهم", "ميخواهم");
	is("हिन्दी क़लम", "हिन्दी कलम");
	is("Hawaiʻi soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth", "hawaii softhyphen zero width");
}
END_TEST

START_TEST(pairs)
{
	is("京", "京");
	is("京都", "京都 都");
	is("東京都", "東京 京都 都");
	is("東京tower東", "東京 京 tower 東");
	is("ｶﾒﾗ カメラ", "カメ メラ ラ カメ メラ ラ");
	is("コーヒー", "コー ーヒ ヒー ー");
	is("ไทย ລາວ", "ไท ทย ย ລາ າວ ວ");
	is("パリ", "ハ\xE3\x82\x9A \xE3\x82\x9Aリ リ");
}
END_TEST

START_TEST(hangul_is_put_together)
{
	is("한글 각", "한글 각");
	is("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xB3\xE1\x86\xAF", "한글");
	is("가\xE1\x86\xA8", "각");
}
END_TEST

START_TEST(long_words_are_cut)
{
	char text[101], cut[LB_TOKEN_MAX + 1];
	memset(text, 'a', 100), text[100] = '\0';
	memset(cut, 'a', LB_TOKEN_MAX), cut[LB_TOKEN_MAX] = '\0';
	is(text, cut);
	/* What was cut off does not join what stayed. */
	LB_AUTO(lb_buf_clear) struct lb_buf many = LB_BUF(4096), expected = LB_BUF(4096);
	for (int i = 0; i < LB_TOKEN_MAX; i++)
		lb_buf_adds(&expected, "가");
	lb_buf_adds(&many, lb_buf_str(&expected));
	lb_buf_adds(&many, "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8");
	is(lb_buf_str(&many), lb_buf_str(&expected));
}
END_TEST

START_TEST(broken_bytes_separate)
{
	is("a\xFF" "b\xED\xA0\x80" "c\xC3", "a b c");
}
END_TEST

/* Text that arrives decomposed gives the same words. */
START_TEST(every_letter_composed_or_not)
{
	for (uint32_t point = 1; point < 0x20000; point++) {
		LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(64);
		if (!lb_fold_find(point))
			continue;
		lb_buf_addc(&text, 'x');
		lb_utf8_add(&text, point);
		LB_AUTO(lb_buf_clear) struct lb_buf composed = LB_BUF(4096), decomposed = LB_BUF(4096);
		LB_AUTO(lb_freep) utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)lb_buf_str(&text));
		LB_AUTO(lb_freep) utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)lb_buf_str(&text));
		lb_tokens(lb_span((const char *)nfc), add, &composed);
		lb_tokens(lb_span((const char *)nfd), add, &decomposed);
		ck_assert_msg(strcmp(lb_buf_str(&composed), lb_buf_str(&decomposed)) == 0, "U+%04X: %s, %s", point, lb_buf_str(&composed),
			lb_buf_str(&decomposed));
	}
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("viewer_tokens");
	TCase *c = tcase_create("tokens");
	tcase_add_test(c, the_table_is_in_order_and_folded);
	tcase_add_test(c, folding_is_final);
	tcase_add_test(c, words_of_many_scripts);
	tcase_add_test(c, pairs);
	tcase_add_test(c, hangul_is_put_together);
	tcase_add_test(c, long_words_are_cut);
	tcase_add_test(c, broken_bytes_separate);
	tcase_add_test(c, every_letter_composed_or_not);
	suite_add_tcase(s, c);
	return s;
}
