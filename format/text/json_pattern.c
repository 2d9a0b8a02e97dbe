/* The patterns of JSON Schemas: a small part of ECMA-262, made into a table once, so that matching is one lookup a byte and
 * no text can make it slow. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/schema_private.h"

enum { NFA_MAX = 1024, DFA_MAX = 250, DEPTH_MAX = 16, REPEAT_MAX = 255 };

struct state { uint64_t on[2]; int to, also[2]; }; /* -1: nowhere */
struct parser {
	const char *p;
	struct state states[NFA_MAX]; int count;
	int takers[NFA_MAX], ntakers;            /* states that take a character */
	unsigned depth;
	const char *wrong;
};
struct piece { int first, last; };

static struct piece parse_either(struct parser *r);

static int add_state(struct parser *r)
{
	if (r->count == NFA_MAX) {
		r->wrong = "it is too large";
		return 0;
	}
	r->states[r->count] = (struct state){{0, 0}, -1, {-1, -1}};
	return r->count++;
}

static void link_states(struct parser *r, int from, int to)
{
	struct state *s = &r->states[from];
	s->also[s->also[0] >= 0] = to;
}

static struct piece add_piece(struct parser *r)
{
	struct piece piece = {add_state(r), add_state(r)};
	return piece;
}

static void allow(struct state *s, unsigned char c)
{
	s->on[c / 64] |= UINT64_C(1) << (c % 64);
}

static unsigned char take_char(struct parser *r)
{
	const bool escaped = *r->p == '\\';
	r->p += escaped;
	const unsigned char c = (unsigned char)*r->p;
	if (c < 0x20 || c > 0x7E || (escaped && isalnum(c))) {
		r->wrong = "it has a character or an escape that is not known";
		return 0;
	}
	r->p++;
	return c;
}

static void parse_class(struct parser *r, struct state *s)
{
	if (*++r->p == '^')
		r->wrong = "it has a class that excludes";
	while (*r->p != ']' && !r->wrong) {
		const unsigned char from = take_char(r);
		unsigned char to = from;
		if (!r->wrong && r->p[0] == '-' && r->p[1] != ']') {
			r->p++;
			to = take_char(r);
		}
		for (unsigned c = from; c <= to && !r->wrong; c++)
			allow(s, (unsigned char)c);
	}
	r->p += !r->wrong;
}

static struct piece parse_atom(struct parser *r)
{
	struct piece piece;
	if (*r->p == '(') {
		if (r->depth == DEPTH_MAX || r->p[1] == '?') {
			r->wrong = "it has a group that is not known";
			return (struct piece){0, 0};
		}
		r->depth++;
		r->p++;
		piece = parse_either(r);
		r->depth--;
		if (*r->p != ')' && !r->wrong)
			r->wrong = "a group does not end";
		r->p += !r->wrong;
		return piece;
	}
	piece = add_piece(r);
	r->states[piece.first].to = piece.last;
	if (*r->p == '[')
		parse_class(r, &r->states[piece.first]);
	else if (strchr("*+?{}|)^$.", *r->p))
		r->wrong = "it has an operator where none is known";
	else
		allow(&r->states[piece.first], take_char(r));
	return piece;
}

struct repeat { int least, most; }; /* most -1: any number */

static int parse_number(struct parser *r)
{
	int n = 0;
	if (*r->p < '0' || *r->p > '9')
		r->wrong = "a number of repeats is missing";
	for (; *r->p >= '0' && *r->p <= '9' && n <= REPEAT_MAX; r->p++)
		n = n * 10 + (*r->p - '0');
	if (n > REPEAT_MAX)
		r->wrong = "it repeats too often";
	return n;
}

static struct repeat parse_repeat(struct parser *r)
{
	struct repeat n = {1, 1};
	if (*r->p == '*' || *r->p == '+' || *r->p == '?') {
		n = (struct repeat){*r->p == '+', *r->p == '?' ? 1 : -1};
		r->p++;
	} else if (*r->p == '{') {
		r->p++;
		n.least = n.most = parse_number(r);
		if (!r->wrong && *r->p == ',') {
			r->p++;
			n.most = *r->p == '}' ? -1 : parse_number(r);
		}
		if (!r->wrong && (*r->p != '}' || (n.most >= 0 && n.most < n.least)))
			r->wrong = "a number of repeats is wrong";
		r->p += !r->wrong;
	}
	return n;
}

/* The atom is read once for every repeat. */
static struct piece parse_piece(struct parser *r)
{
	const char *const at = r->p;
	struct piece whole = {add_state(r), 0}, atom = parse_atom(r);
	const char *after;
	const struct repeat n = r->wrong ? (struct repeat){1, 1} : parse_repeat(r);
	const int copies = n.most < 0 ? n.least + 1 : n.most;
	int last = whole.first;
	whole.last = add_state(r);
	after = r->p;
	for (int i = 0; i < copies && !r->wrong; i++) {
		if (i) {
			r->p = at;
			atom = parse_atom(r);
		}
		if (i >= n.least)
			link_states(r, last, whole.last);
		const int next = add_state(r);
		link_states(r, last, atom.first);
		link_states(r, atom.last, next);
		if (n.most < 0 && i == n.least) { /* round and round */
			link_states(r, next, last);
			return r->p = after, whole;
		}
		last = next;
	}
	if (!r->wrong)
		link_states(r, last, whole.last);
	r->p = after;
	return whole;
}

static struct piece parse_sequence(struct parser *r)
{
	struct piece whole = {add_state(r), 0};
	int last = whole.first;
	while (*r->p && !strchr("|)$", *r->p) && !r->wrong) {
		struct piece piece = parse_piece(r);
		link_states(r, last, piece.first);
		last = piece.last;
	}
	whole.last = last;
	return whole;
}

static struct piece parse_either(struct parser *r)
{
	struct piece whole = parse_sequence(r);
	while (*r->p == '|' && !r->wrong) {
		r->p++;
		struct piece left = whole, right = parse_sequence(r);
		whole = add_piece(r);
		link_states(r, whole.first, left.first);
		link_states(r, whole.first, right.first);
		link_states(r, left.last, whole.last);
		link_states(r, right.last, whole.last);
	}
	return whole;
}

/* ---- the table ---- */

struct set { uint64_t bits[NFA_MAX / 64]; };

static bool takes(const struct state *s, unsigned c)
{
	return s->on[c / 64] >> (c % 64) & 1;
}

static void close_over(const struct parser *r, struct set *set, int at)
{
	int stack[2 * NFA_MAX + 1], n = 0;
	stack[n++] = at;
	while (n > 0) {
		at = stack[--n];
		if (set->bits[at / 64] >> (at % 64) & 1)
			continue;
		set->bits[at / 64] |= UINT64_C(1) << (at % 64);
		for (int k = 0; k < 2; k++)
			if (r->states[at].also[k] >= 0)
				stack[n++] = r->states[at].also[k];
	}
}

static size_t find_set(struct set *sets, size_t *count, const struct set *wanted)
{
	for (size_t i = 0; i < *count; i++)
		if (memcmp(&sets[i], wanted, sizeof *wanted) == 0)
			return i;
	sets[*count] = *wanted;
	return (*count)++;
}

static struct set step(const struct parser *r, const struct set *from, unsigned c)
{
	struct set to = {{0}};
	for (int k = 0; k < r->ntakers; k++) {
		const int i = r->takers[k];
		if ((from->bits[i / 64] >> (i % 64) & 1) && takes(&r->states[i], c))
			close_over(r, &to, r->states[i].to);
	}
	return to;
}

static bool are_alike(const struct parser *r, unsigned a, unsigned b)
{
	for (int k = 0; k < r->ntakers; k++)
		if (takes(&r->states[r->takers[k]], a) != takes(&r->states[r->takers[k]], b))
			return false;
	return true;
}

/* Characters of one kind lead wherever the first of them leads: there are few kinds. */
struct kinds { unsigned char of[128], first[128]; size_t count; };

static void find_kinds(const struct parser *r, struct kinds *kinds)
{
	kinds->count = 0;
	for (unsigned c = 0; c < 128; c++) {
		size_t k = 0;
		while (k < kinds->count && !are_alike(r, kinds->first[k], c))
			k++;
		kinds->of[c] = (unsigned char)k;
		if (k == kinds->count)
			kinds->first[kinds->count++] = (unsigned char)c;
	}
}

static bool make_table(struct parser *r, struct piece whole, struct lb_arena *arena, struct lb_pattern *out)
{
	LB_AUTO(lb_freep) struct set *sets = lb_alloc((DFA_MAX + 1) * sizeof *sets);
	size_t count = 1; /* the empty set is the dead state */
	struct set first = {{0}};
	struct kinds kinds;
	for (int i = 0; i < r->count; i++)
		if (r->states[i].to >= 0)
			r->takers[r->ntakers++] = i;
	close_over(r, &first, whole.first);
	find_set(sets, &count, &first);
	find_kinds(r, &kinds);
	out->next = lb_arena_alloc(arena, DFA_MAX * sizeof *out->next);
	out->accepts = lb_arena_alloc(arena, DFA_MAX * sizeof *out->accepts);
	for (size_t i = 1; i < count; i++) {
		out->accepts[i] = sets[i].bits[whole.last / 64] >> (whole.last % 64) & 1;
		unsigned char to[128];
		for (size_t k = 0; k < kinds.count; k++) {
			struct set next = step(r, &sets[i], kinds.first[k]);
			to[k] = (unsigned char)find_set(sets, &count, &next);
			if (count > DFA_MAX)
				return false;
		}
		for (unsigned c = 0; c < 128; c++)
			out->next[i][c] = to[kinds.of[c]];
	}
	out->count = count;
	return true;
}

int lb_pattern_compile(const char *text, struct lb_arena *arena, struct lb_pattern *out, struct lb_error *err)
{
	LB_AUTO(lb_freep) struct parser *r = lb_alloc(sizeof *r);
	struct piece whole = {0, 0};
	struct lb_pattern p = {0};
	r->p = text + 1;
	if (*text != '^')
		r->wrong = "it does not begin with '^'";
	else
		whole = parse_either(r);
	p.open_end = *r->p == '\0';
	if (!r->wrong && !p.open_end && strcmp(r->p, "$") != 0)
		r->wrong = "it does not end where it should";
	if (!r->wrong && !make_table(r, whole, arena, &p))
		r->wrong = "it is too large";
	if (r->wrong)
		return lb_fail(err, LB_FORMAT, "cannot use the pattern \"%.80s\": %s", text, r->wrong);
	*out = p;
	return LB_OK;
}

bool lb_pattern_matches(const struct lb_pattern *p, const char *text)
{
	size_t at = 1;
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		if (p->open_end && p->accepts[at])
			return true;
		if (c >= 0x80 || !(at = p->next[at][c]))
			return false;
	}
	return p->accepts[at];
}
