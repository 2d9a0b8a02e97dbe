#include "tests/bench/viewer/internal.h"

#include <math.h>
#include <string.h>

/* ---- chance ---- */

struct luck luck_of(uint64_t seed, uint64_t what)
{
	return (struct luck){seed * 0x9e3779b97f4a7c15u ^ (what + 1) * 0xd1b54a32d192ed03u};
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct luck *l)
{
	uint64_t z = l->state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static double unit(struct luck *l)
{
	return (double)(next(l) >> 11) * 0x1p-53;
}

size_t luck_below(struct luck *l, size_t count)
{
	return (size_t)(next(l) % count);
}

size_t luck_rank(struct luck *l, size_t count)
{
	size_t rank = (size_t)(exp(unit(l) * log((double)count + 1)) - 1);
	return rank < count ? rank : count - 1;
}

bool luck_percent(struct luck *l, unsigned percent)
{
	return luck_below(l, 100) < percent;
}

/* ---- words ---- */

static const char *const english[] = {"the", "harbour", "boat", "sea", "light", "summer", "evening", "street", "winter", "old", "house",
	"family", "river", "morning", "bridge", "garden", "market", "window", "island", "ferry", "grandmother", "kitchen", "storm", "lighthouse",
	"festival", "mountain", "letter", "railway", "concert", "portrait", "shadow", "bicycle", "cafe", "nets", "quay", "sunset", "reflection",
	"fisherman", "wedding", "birthday", "school", "forest", "snow", "beach", "cathedral", "lantern", "orchard", "tram", "tower", "cat"};

/* Letters of the other scripts: so many from the first one on. Words of those written without spaces are runs. */
static const struct { uint32_t first, count; bool spaces; } letters[BENCH_SCRIPTS] = {
	[BENCH_GREEK] = {0x3b1, 17, true}, [BENCH_CYRILLIC] = {0x430, 32, true}, [BENCH_HEBREW] = {0x5d0, 27, true},
	[BENCH_ARABIC] = {0x641, 8, true}, [BENCH_DEVANAGARI] = {0x915, 20, true}, [BENCH_HANGUL] = {0xac00, 11172, true},
	[BENCH_HAN] = {0x4e00, 3000, false}, [BENCH_KANA] = {0x3042, 60, false}, [BENCH_THAI] = {0xe01, 46, false},
};

static void latin_word(struct lb_buf *b, size_t rank)
{
	static const char consonants[] = "bdfgklmnprstvwhj", vowels[] = "aeiou";
	if (rank < LB_COUNT(english)) {
		lb_buf_adds(b, english[rank]);
		return;
	}
	for (size_t n = rank, syllables = rank < 6400 ? 2 : 3; syllables; syllables--, n /= 80) {
		lb_buf_addc(b, consonants[n % 16]);
		lb_buf_addc(b, vowels[n / 16 % 5]);
	}
}

void bench_word(struct lb_buf *b, enum bench_script script, size_t rank)
{
	if (script == BENCH_LATIN) {
		latin_word(b, rank);
		return;
	}
	struct luck l = luck_of(rank, script);
	for (size_t n = script == BENCH_HAN ? 2 : 3 + luck_below(&l, 4); n; n--)
		lb_utf8_add(b, letters[script].first + (uint32_t)luck_rank(&l, letters[script].count));
}

enum bench_script bench_script(struct luck *l)
{
	return luck_percent(l, 84) ? BENCH_LATIN : (enum bench_script)(1 + luck_below(l, BENCH_SCRIPTS - 1));
}

static void capital(struct lb_buf *b, size_t at)
{
	if (at < b->len && b->p[at] >= 'a' && b->p[at] <= 'z')
		b->p[at] = (char)(b->p[at] - 'a' + 'A');
}

/* Puts an acute accent on the first e of the word that begins there. */
static void accent(struct lb_buf *b, size_t at)
{
	char *e = memchr(b->p + at, 'e', b->len - at);
	if (!e)
		return;
	size_t from = (size_t)(e - b->p);
	char rest[64];
	size_t n = b->len - from - 1;
	if (n > sizeof rest)
		return;
	memcpy(rest, e + 1, n);
	b->len = from;
	lb_buf_adds(b, "\xc3\xa9");
	lb_buf_add(b, rest, n);
}

static void written_word(struct lb_buf *b, struct luck *l, enum bench_script script)
{
	size_t at = b->len;
	bench_word(b, script, luck_rank(l, script == BENCH_LATIN ? BENCH_WORDS : 3000));
	if (script == BENCH_LATIN && luck_percent(l, 4))
		accent(b, at);
	if (luck_percent(l, 15))
		capital(b, at);
}

void bench_words(struct lb_buf *b, struct luck *l, enum bench_script script, size_t count)
{
	size_t at = b->len;
	for (size_t i = 0; i < count; i++) {
		if (i && (script == BENCH_LATIN || letters[script].spaces))
			lb_buf_adds(b, luck_percent(l, 8) ? ", " : " ");
		written_word(b, l, script);
	}
	capital(b, at);
}

void bench_rich(struct lb_buf *b, struct luck *l, enum bench_script script, size_t count)
{
	while (count) {
		size_t part = count < 12 ? count : 3 + luck_below(l, 9);
		unsigned kind = (unsigned)luck_below(l, 20);
		lb_buf_adds(b, kind == 0 ? "<b>" : kind == 1 ? "<a href=\"https://example.org/" : "");
		if (kind == 1)
			lb_buf_addf(b, "%zu\">", luck_below(l, 100000));
		bench_words(b, l, script, part);
		lb_buf_adds(b, kind == 0 ? "</b>" : kind == 1 ? "</a>" : kind == 2 ? " &amp; more" : "");
		count -= part;
		if (count)
			lb_buf_adds(b, kind < 6 ? "\n\n" : ". ");
	}
}
