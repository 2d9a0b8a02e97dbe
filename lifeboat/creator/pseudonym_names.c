/* Finding names in text, many at once. A text is cut into words; a map holds every beginning of every name that ends with a
 * word, so that at each word of the text only as many look-ups are made as words agree. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/redact_private.h"

enum { KEY_MAX = 512, WORDS_MAX = 64, SHORT = 3, GAP_MAX = 32 };

struct target {
	const struct lb_pseudonym *by;
	enum lb_name_kind kind;
	bool whole;                            /* a name ends here; else it only goes on */
	const char *head, *tail;               /* signs of the name before its first and behind its last word */
};
struct lb_names {
	struct lb_map beginnings, exact;       /* to targets; exact: names as they stand, for links */
	struct target *targets; size_t count, cap;
	struct lb_arena arena;
};

struct lb_names *lb_names_new(void)
{
	return lb_alloc(sizeof(struct lb_names));
}

void lb_names_free(struct lb_names *n)
{
	if (!n)
		return;
	lb_map_clear(&n->beginnings);
	lb_map_clear(&n->exact);
	lb_arena_clear(&n->arena);
	free(n->targets);
	free(n);
}

/* ---- words ------------------------------------------------------------------------------------------------------------------ */

/* JOINED letters make a word together; a LONE one (scripts without spaces between words, pictures) is a word by itself. */
enum letter { GAP, JOINED, LONE };

static enum letter letter_at(const char *p, size_t n, size_t i, size_t *length)
{
	unsigned char c = (unsigned char)p[i];
	struct lb_span rest = { p + i, n - i };
	*length = 1;
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? JOINED : GAP;
	uint32_t code = lb_utf8_next(&rest);
	*length = (size_t)(rest.p - p) - i;
	if (code < 0xC0)
		return code == 0xAA || code == 0xB5 || code == 0xBA ? JOINED : GAP;
	if (code < 0x800)
		return code == 0xD7 || code == 0xF7 ? GAP : JOINED;
	return (code >= 0x2000 && code <= 0x206F) || code == 0xFFFD || code == 0x3000 ? GAP : LONE;
}

struct key { char p[KEY_MAX]; size_t n; };

static bool key_add(struct key *k, const char *p, size_t n)
{
	if (n > sizeof k->p - k->n)
		return false;
	memcpy(k->p + k->n, p, n);
	k->n += n;
	return true;
}

static struct lb_span key_span(const struct key *k)
{
	return (struct lb_span){ k->p, k->n };
}

static size_t word_end(const char *p, size_t n, size_t i)
{
	size_t length;
	enum letter first = letter_at(p, n, i, &length);
	i += length;
	while (first == JOINED && i < n && letter_at(p, n, i, &length) == JOINED)
		i += length;
	return i;
}

static size_t gap_end(const char *p, size_t n, size_t i)
{
	size_t length;
	while (i < n && letter_at(p, n, i, &length) == GAP)
		i += length;
	return i;
}

/* White space of any kind and length, and what stands for it in addresses and tags, is one space; beside other signs it is nothing. */
static bool key_add_gap(struct key *k, const char *p, size_t n)
{
	size_t before = k->n;
	for (size_t i = 0; i < n; i++) {
		bool blank = p[i] && strchr(" \t\n\v\f\r+-_", p[i]);
		if (!blank && !key_add(k, p + i, 1))
			return false;
	}
	return n == 0 || k->n > before || key_add(k, " ", 1);
}

/* ---- names in -------------------------------------------------------------------------------------------------------------------- */

/* Of two with the same words a name that stays wins, then the first; of one person's, that with more signs around. */
static bool takes_the_place(const struct target *t, const struct target *of)
{
	if (!t->whole || !of->whole || !t->by)
		return t->whole;
	return t->by == of->by && strlen(t->head) + strlen(t->tail) > strlen(of->head) + strlen(of->tail);
}

static void put(struct lb_names *n, struct lb_map *map, struct lb_span key, const struct target *t)
{
	size_t at;
	if (!lb_map_get(map, key, &at)) {
		LB_GROW(n->targets, n->count, n->cap);
		n->targets[n->count] = *t;
		lb_map_put(map, key, n->count++);
	} else if (takes_the_place(t, &n->targets[at])) {
		n->targets[at] = *t;
	}
}

/* Puts as many words as one key takes; returns where the next one begins. */
static size_t add_words(struct lb_names *n, const char *name, size_t length, size_t i, struct target t)
{
	struct key k = { .n = 0 };
	for (size_t words = 1;; words++) {
		size_t end = word_end(name, length, i), next = gap_end(name, length, end);
		if (!key_add(&k, name + i, end - i))
			return next; /* one word longer than any key: found by its link and its id only */
		size_t following = next < length ? word_end(name, length, next) : 0;
		bool fits = following && words < WORDS_MAX && next - end <= GAP_MAX && k.n + (following - end) <= KEY_MAX;
		t.whole = !fits;
		put(n, &n->beginnings, key_span(&k), &t);
		if (!fits || !key_add_gap(&k, name + end, next - end))
			return next;
		i = next;
	}
}

/* Flickr writes a tag of several words as one. */
static void add_tag_form(struct lb_names *n, const char *name, size_t length, const struct target *t)
{
	struct key k = { .n = 0 };
	size_t words = 0;
	for (size_t i = gap_end(name, length, 0); i < length; words++) {
		size_t end = word_end(name, length, i);
		if (!key_add(&k, name + i, end - i))
			return;
		i = gap_end(name, length, end);
	}
	if (words > 1)
		put(n, &n->beginnings, key_span(&k), t);
}

/* Signs that a name ends with, or begins with, other than white space. */
static const char *signs(struct lb_names *n, const char *p, size_t length)
{
	struct lb_span s = lb_span_trim((struct lb_span){ p, length });
	return lb_arena_strndup(&n->arena, s.n ? s.p : "", s.n);
}

static void add_folded(struct lb_names *n, const char *name, size_t length, struct target t)
{
	struct key whole = { .n = 0 };
	size_t i = gap_end(name, length, 0), end = i;
	for (size_t word = i; word < length; word = gap_end(name, length, end))
		end = word_end(name, length, word);
	t.head = signs(n, name, i);
	t.tail = signs(n, name + end, length - end);
	add_tag_form(n, name, length, &t);
	if (length && key_add(&whole, name, length))
		put(n, &n->exact, key_span(&whole), &t);
	while (i < length)
		i = add_words(n, name, length, i, t);
}

void lb_names_add(struct lb_names *n, const char *name, enum lb_name_kind kind, const struct lb_pseudonym *by)
{
	LB_AUTO(lb_view_clear) struct lb_view v = { 0 };
	if (lb_view_make(&v, name))
		add_folded(n, v.p, v.n, (struct target){ .by = by, .kind = kind, .whole = true });
}

/* ---- names in text ----------------------------------------------------------------------------------------------------------------- */

struct search {
	const struct lb_names *names;
	const struct lb_view *v;
	enum lb_text_kind kind;
	size_t url_end;                        /* of the address that we are in; 0: in none */
	bool flickr, files;                    /* that address is Flickr's; of its files */
	struct lb_edits *out;
};

/* Parts of a syllable, or of a letter, that are written as one with what is before them. */
static bool goes_with_the_one_before(uint32_t c)
{
	return (c >= 0x1160 && c <= 0x11FF) || c == 0x3099 || c == 0x309A;
}

static size_t letters(struct lb_span s)
{
	size_t count = 0;
	while (s.n)
		count += !goes_with_the_one_before(lb_utf8_next(&s));
	return count;
}

static bool counts(const struct search *s, const struct target *t, const struct key *k, size_t at)
{
	if (!t->whole)
		return false;
	if (t->kind == LB_NAME_ID)
		return true;
	if (s->kind == LB_TEXT_LINKS || s->files)
		return false;
	return letters(key_span(k)) >= SHORT || (at > 0 && s->v->p[at - 1] == '@');
}

/* The longest name that begins at this word; NULL: none. */
static const struct target *match(const struct search *s, size_t at, size_t *end)
{
	const struct lb_view *v = s->v;
	const struct target *found = NULL;
	struct key k;
	size_t number, i = at;
	k.n = 0;
	for (;;) {
		size_t stop = word_end(v->p, v->n, i);
		if (!key_add(&k, v->p + i, stop - i) || !lb_map_get(&s->names->beginnings, key_span(&k), &number))
			return found;
		if (counts(s, &s->names->targets[number], &k, at)) {
			found = &s->names->targets[number];
			*end = stop;
		}
		i = gap_end(v->p, v->n, stop);
		if (i >= v->n || i - stop > GAP_MAX * 4 || !key_add_gap(&k, v->p + stop, i - stop))
			return found;
	}
}

static void note(struct search *s, size_t from, size_t to, const struct target *t)
{
	const struct lb_view *v = s->v;
	bool in_address = from < s->url_end;
	size_t head = in_address ? 0 : strlen(t->head), tail = in_address ? 0 : strlen(t->tail);
	bool one_word = t->kind == LB_NAME_ID || s->kind == LB_TEXT_TAGS || in_address;
	if (head <= from && memcmp(v->p + from - head, t->head, head) == 0)
		from -= head;
	if (tail <= v->n - to && memcmp(v->p + to, t->tail, tail) == 0)
		to += tail;
	if (t->by)
		lb_edits_add(s->out, from, to, one_word ? t->by->id : t->by->name);
}

/* ---- links ---------------------------------------------------------------------------------------------------------------------------- */

static size_t span_until(const struct lb_view *v, size_t i, const char *stops)
{
	while (i < v->n && (unsigned char)v->p[i] > ' ' && !strchr(stops, v->p[i]))
		i++;
	return i;
}

static bool begins(const struct lb_view *v, size_t i, const char *word)
{
	size_t n = strlen(word);
	return v->n - i >= n && memcmp(v->p + i, word, n) == 0;
}

/* An address begins here: notes how far it goes and returns where its path begins; Flickr's own host names are nobody's name. */
static size_t enter_address(struct search *s, size_t i)
{
	static const char *const marks[] = { "https://", "http://", "www.flickr.com", "flickr.com", "flic.kr/", "staticflickr.com", NULL };
	size_t m = 0;
	while (marks[m] && !begins(s->v, i, marks[m]))
		m++;
	if (!marks[m])
		return i;
	size_t host = i + (m < 2 ? strlen(marks[m]) : 0), end = span_until(s->v, host, "/?#:\"'<>");
	struct lb_span name = { s->v->p + host, end - host };
	s->url_end = span_until(s->v, host, "\"'<>");
	s->files = lb_host_below(name, "staticflickr.com");
	s->flickr = s->files || lb_host_below(name, "flickr.com") || lb_host_below(name, "flic.kr");
	return s->flickr ? end : host;
}

/* "/photos/X", "/people/X": whatever X is, it is one member. */
static bool is_member_part(const struct lb_view *v, size_t i)
{
	static const char *const before[] = { "/photos/", "/people/", "/gp/" };
	for (size_t m = 0; m < LB_COUNT(before); m++) {
		size_t n = strlen(before[m]);
		if (i >= n && memcmp(v->p + i - n, before[m], n) == 0)
			return true;
	}
	return false;
}

/* Words of Flickr's own in its addresses. */
static bool is_fixed_word(struct lb_span part)
{
	static const char *const fixed[] = { "photos", "people", "groups", "pool", "galleries", "albums", "sets", "tags", "explore", "favorites",
		"services", "rest", "commons", "map", "show", "sizes", "archives", "with", "search", "collections", "discuss", "members", "play", "in",
		"page", "video_download", "photo", "gne", "images", "buddyicon", NULL };
	char word[16] = "";
	if (part.n >= sizeof word)
		return false;
	memcpy(word, part.p, part.n);
	return lb_word_in(word, fixed);
}

static bool is_number(struct lb_span part)
{
	size_t digits = 0;
	while (digits < part.n && part.p[digits] >= '0' && part.p[digits] <= '9')
		digits++;
	return digits == part.n;
}

/* ---- the search ------------------------------------------------------------------------------------------------------------------------ */

static size_t step_member(struct search *s, size_t i)
{
	size_t end = span_until(s->v, i, "/?#&\"'<>)],;"), number;
	struct lb_span part = { s->v->p + i, end - i };
	struct key k = { .n = 0 };
	if (end == i)
		return i + 1;
	if (!is_fixed_word(part) && key_add(&k, part.p, part.n) && lb_map_get(&s->names->exact, key_span(&k), &number)) {
		const struct target *t = &s->names->targets[number];
		if (t->by)
			lb_edits_add(s->out, i, end, t->by->id);
	}
	return end;
}

/* Of an address of Flickr's, or "/photos/…" alone: where the part that begins here ends, when it is Flickr's own word; else i. */
static size_t own_part_end(const struct search *s, size_t i)
{
	char before = i ? s->v->p[i - 1] : ' ';
	if (!strchr(s->flickr ? "/?&=." : "/", before))
		return i;
	size_t end = span_until(s->v, i, "/?#&=.:\"'<>");
	struct lb_span part = { s->v->p + i, end - i };
	if (!s->flickr)
		return end < s->v->n && s->v->p[end] == '/' && is_fixed_word(part) ? end : i;
	return is_fixed_word(part) || is_number(part) ? end : i;
}

/* Looks at what begins at i, and returns where to go on. */
static size_t step(struct search *s, size_t i)
{
	const struct lb_view *v = s->v;
	size_t length, end = i;
	if (i > 0 && v->p[i - 1] == '/' && is_member_part(v, i))
		return step_member(s, i);
	if (letter_at(v->p, v->n, i, &length) == GAP)
		return i + length;
	if (i >= s->url_end) {
		s->url_end = 0;
		s->flickr = s->files = false;
		end = enter_address(s, i);
	}
	if (end == i)
		end = own_part_end(s, i);
	if (end > i)
		return end;
	const struct target *t = match(s, i, &end);
	if (!t)
		return word_end(v->p, v->n, i);
	note(s, i, end, t);
	return end;
}

void lb_names_find(const struct lb_names *n, const struct lb_view *v, enum lb_text_kind kind, const struct lb_edits *taken, struct lb_edits *out)
{
	struct search s = { .names = n, .v = v, .kind = kind, .out = out };
	size_t next = 0;
	for (size_t i = 0; i < v->n;) {
		while (next < taken->count && taken->list[next].to <= i)
			next++;
		if (next < taken->count && taken->list[next].from <= i)
			i = taken->list[next].to;
		else
			i = step(&s, i);
	}
}
