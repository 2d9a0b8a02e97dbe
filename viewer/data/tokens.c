#include "viewer/data/tokens.h"

/* A run of letters of one kind: plain ones are collected, of paired ones the last is kept. */
struct run {
	lb_token_fn *each;
	void *arg;
	enum lb_letter letter;
	uint32_t points[LB_TOKEN_MAX];
	size_t count;
	bool cut;
	struct lb_buf token;
};

static void tell(struct run *r, const uint32_t *points, size_t count)
{
	lb_buf_reset(&r->token);
	for (size_t i = 0; i < count; i++)
		lb_utf8_add(&r->token, points[i]);
	r->each(r->arg, lb_buf_span(&r->token));
}

static void end_run(struct run *r)
{
	if (r->count)
		tell(r, r->points, r->count);
	r->count = 0;
	r->cut = false;
	r->letter = LB_LETTER_NONE;
}

/* A Hangul syllable of a leading consonant and a vowel, or of such a syllable and a final consonant (Unicode, section 3.12);
 * 0: these two do not join. */
static uint32_t hangul(uint32_t before, uint32_t point)
{
	enum { S = 0xAC00, L = 0x1100, V = 0x1161, T = 0x11A7, NL = 19, NV = 21, NT = 28 };
	if (before - L < NL && point - V < NV)
		return S + ((before - L) * NV + (point - V)) * NT;
	if (before - S < NL * NV * NT && (before - S) % NT == 0 && point > T && point < T + NT)
		return before + (point - T);
	return 0;
}

static void add_plain(struct run *r, uint32_t point)
{
	uint32_t joined = r->count && !r->cut ? hangul(r->points[r->count - 1], point) : 0;
	if (joined)
		r->points[r->count - 1] = joined;
	else if (r->count < LB_TOKEN_MAX)
		r->points[r->count++] = point;
	else
		r->cut = true;
}

static void add_paired(struct run *r, uint32_t point)
{
	r->points[r->count++] = point;
	if (r->count == 2) {
		tell(r, r->points, 2);
		r->points[0] = point;
		r->count = 1;
	}
}

static void add_letter(struct run *r, enum lb_letter letter, uint32_t point)
{
	if (r->letter != letter)
		end_run(r);
	r->letter = letter;
	if (letter == LB_LETTER_PLAIN)
		add_plain(r, point);
	else
		add_paired(r, point);
}

static void add_point(struct run *r, uint32_t point)
{
	const struct lb_fold *fold = lb_fold_find(point);
	if (!fold) {
		end_run(r);
	} else if (fold->letter != LB_LETTER_IGNORED && !fold->text) {
		add_letter(r, fold->letter, (uint32_t)((int64_t)point + fold->offset));
	} else if (fold->letter != LB_LETTER_IGNORED) {
		struct lb_span text = lb_span(fold->text);
		while (text.n)
			add_letter(r, fold->letter, lb_utf8_next(&text));
	}
}

void lb_tokens(struct lb_span text, lb_token_fn *each, void *arg)
{
	struct run r = { .each = each, .arg = arg, .token = LB_BUF(4 * LB_TOKEN_MAX + 1) };
	while (text.n)
		add_point(&r, lb_utf8_next(&text));
	end_run(&r);
	lb_buf_clear(&r.token);
}
