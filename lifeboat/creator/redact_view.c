/* Views and edits: find in the decoded text, change the encoded one. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/redact_private.h"

enum { REFERENCE_MAX = 32, ESCAPED_MAX = 3 };

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	char lower = (char)(c | 0x20);
	return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* "%40", "%2540" … Each returns how much of the source one decoded piece takes, or 0. */
static size_t percent(const char *s, char *out)
{
	size_t i = 1;
	for (int again = 0; again < ESCAPED_MAX && s[i] == '2' && s[i + 1] == '5'; again++)
		i += 2;
	int high = hex_value(s[i]), low = high < 0 ? -1 : hex_value(s[i + 1]);
	if (low < 0 || high + low == 0)
		return 0;
	*out = (char)(high << 4 | low);
	return i + 2;
}

/* Of HTML 5, beyond those of HTML 4 that the text folder knows: what e-mail addresses are hidden with. */
static const char *newer_name(const char *name)
{
	static const struct { const char *name, *is; } names[] = { { "&commat;", "@" }, { "&period;", "." }, { "&lowbar;", "_" }, { "&plus;", "+" },
		{ "&sol;", "/" }, { "&colon;", ":" } };
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].is;
	return NULL;
}

/* "&#64;", "&amp;#64;", "&eacute;" … */
static size_t reference(const char *s, struct lb_arena *scratch, const char **out)
{
	char plain[REFERENCE_MAX + 3] = "&";
	size_t begin = 1, n = 0;
	for (int again = 0; again < ESCAPED_MAX && strncmp(s + begin, "amp;", 4) == 0; again++)
		begin += 4;
	const char *p = s + begin;
	n += p[0] == '#';
	while (n < REFERENCE_MAX && is_alnum(p[n]))
		n++;
	n += p[n] == ';';
	memcpy(plain + 1, p, n);
	const char *newer = newer_name(plain);
	*out = newer ? newer : lb_html_unescape(plain, scratch);
	if (strcmp(*out, plain) != 0)
		return begin + n;
	*out = "&";
	return begin > 1 ? begin : 0;
}

void lb_view_add(struct lb_view *v, const char *piece, size_t n, size_t at)
{
	if (v->cap - v->n <= n) { /* one more than there is: for the end */
		v->cap = (v->cap + n + 64) * 2;
		v->memory = lb_realloc(v->memory, v->cap, 1);
		v->at = lb_realloc(v->at, v->cap, sizeof *v->at);
	}
	for (size_t i = 0; i < n; i++) {
		v->memory[v->n] = piece[i];
		v->at[v->n++] = (uint32_t)at;
	}
}

void lb_view_end(struct lb_view *v)
{
	lb_view_add(v, "", 1, v->nsource);
	v->n--;
	v->p = v->memory;
}

static void decode(struct lb_view *v)
{
	LB_AUTO(lb_arena_clear) struct lb_arena scratch = { 0 };
	for (size_t i = 0; i < v->nsource;) {
		const char *s = v->source + i, *piece = s;
		char byte;
		size_t taken = 0, n = 1;
		if (*s == '%' && (taken = percent(s, &byte)))
			piece = &byte;
		else if (*s == '&' && (taken = reference(s, &scratch, &piece)))
			n = strlen(piece);
		taken += taken == 0;
		lb_view_add(v, piece, n, i);
		i += taken;
		if (scratch.used > 65536)
			lb_arena_reset(&scratch);
	}
	lb_view_end(v);
}

/* The full stop of Chinese and Japanese also ends sentences: it is a dot where a name of a host goes on. */
static bool is_ideographic_dot(uint32_t c, struct lb_span rest)
{
	return (c == 0x3002 || c == 0xFF61) && rest.n && is_alnum(rest.p[0]);
}

static void fold(struct lb_view *v, const struct lb_view *decoded)
{
	char out[LB_FOLD_MAX];
	for (struct lb_span rest = { decoded->p, decoded->n }; rest.n;) {
		size_t i = (size_t)(rest.p - decoded->p), n = 1;
		uint32_t c = lb_utf8_next(&rest);
		if (c < 0x80)
			out[0] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		else if (is_ideographic_dot(c, rest))
			out[0] = '.';
		else
			n = lb_fold(c, out);
		lb_view_add(v, out, n, decoded->at ? decoded->at[i] : i);
	}
	lb_view_end(v);
}

/* Nothing to decode, nothing to fold. */
static bool is_plain(struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '%' || s.p[i] == '&' || (s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return false;
	return true;
}

bool lb_view_make(struct lb_view *v, const char *text)
{
	size_t n = strlen(text);
	*v = (struct lb_view){ .p = text, .n = n, .source = text, .nsource = n };
	if (n >= UINT32_MAX)
		return false;
	if (is_plain((struct lb_span){ text, n }))
		return true;
	LB_AUTO(lb_view_clear) struct lb_view decoded = *v;
	if (memchr(text, '%', n) || memchr(text, '&', n)) {
		decoded.n = 0;
		decode(&decoded);
	}
	v->n = 0;
	fold(v, &decoded);
	return true;
}

void lb_view_clear(struct lb_view *v)
{
	free(v->memory);
	free(v->at);
	*v = (struct lb_view){ 0 };
}

/* ---- edits ---------------------------------------------------------------------------------------------------------------- */

void lb_edits_add(struct lb_edits *e, size_t from, size_t to, const char *by)
{
	LB_GROW(e->list, e->count, e->cap);
	e->list[e->count++] = (struct lb_edit){ from, to, by };
}

static int by_place(const void *a, const void *b)
{
	const struct lb_edit *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to == y->to ? 0 : x->to > y->to ? -1 : 1;
}

void lb_edits_settle(struct lb_edits *e)
{
	size_t kept = 0;
	if (e->count > 1)
		qsort(e->list, e->count, sizeof *e->list, by_place);
	for (size_t i = 0; i < e->count; i++) {
		struct lb_edit *last = kept ? &e->list[kept - 1] : NULL;
		if (!last || e->list[i].from >= last->to)
			e->list[kept++] = e->list[i];
		else if (e->list[i].to > last->to)
			last->to = e->list[i].to;
	}
	e->count = kept;
}

void lb_edits_clear(struct lb_edits *e)
{
	free(e->list);
	*e = (struct lb_edits){ 0 };
}

static size_t source_from(const struct lb_view *v, size_t i)
{
	return v->at ? v->at[i] : i;
}

/* Of a character only a part of which is meant, all goes. */
static size_t source_to(const struct lb_view *v, size_t i)
{
	while (v->at && i > 0 && i < v->n && v->at[i] == v->at[i - 1])
		i++;
	return source_from(v, i);
}

char *lb_edits_apply(const struct lb_edits *e, const struct lb_view *v, struct lb_arena *a)
{
	size_t room = v->nsource + 1, done = 0;
	for (size_t i = 0; i < e->count; i++)
		room += strlen(e->list[i].by);
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(room);
	for (size_t i = 0; i < e->count; i++) {
		size_t from = source_from(v, e->list[i].from);
		lb_buf_add(&b, v->source + done, from > done ? from - done : 0);
		lb_buf_adds(&b, e->list[i].by);
		done = source_to(v, e->list[i].to);
	}
	lb_buf_add(&b, v->source + done, v->nsource - done);
	return lb_arena_strndup(a, lb_buf_str(&b), b.len);
}
