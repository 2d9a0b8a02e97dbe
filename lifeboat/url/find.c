/* People copy addresses with what stands around them: brackets, quotes, a full stop, a whole sentence. */
#include <string.h>
#include <strings.h>

#include "lifeboat/url/internal.h"

/* Both keep the work linear: a million brackets are a million times this, not a million times a million. */
#define HOST_BYTES 300
#define TRAILING_MARKS 64

/* An address that begins behind the one ends before the other. */
static const struct { const char *open, *close; } pairs[] = {
	{ "(", ")" }, { "[", "]" }, { "{", "}" }, { "|", "|" }, { "=", "|" }, { "'", "'" }, { "\u201c", "\u201d" },
	{ "\u2018", "\u2019" }, { "\u00ab", "\u00bb" }, { "\u00bb", "\u00ab" }, { "\u201e", "\u201c" }, { "\uff08", "\uff09" },
	{ "\u300c", "\u300d" }, { "\u300e", "\u300f" }, { "\u3010", "\u3011" }, { "\u300a", "\u300b" },
};
/* What may stand behind an address and is not of it. */
static const char *const trailing[] = {
	".", ",", ";", ":", "!", "?", "'", "*", "|", ")", "]", "}", "\u201d", "\u201c", "\u2019", "\u00bb", "\u00ab", "\uff09",
	"\u300d", "\u300f", "\u3011", "\u300b", "\u3002", "\uff0c", "\u3001", "\uff01", "\uff1f", "\uff1a", "\uff1b",
	"\u200b", "\u200e", "\u200f", "\u2060", "\ufeff",
};
/* White space beside the ASCII ones. What nobody sees is none: inside an id it would part one number into two. */
static const char *const wide_breaks[] = { "\u00a0", "\u2002", "\u2003", "\u2009", "\u202f", "\u3000" };

static bool starts_with_any(struct lb_span s, const char *const *list, size_t count, size_t *n)
{
	for (size_t i = 0; i < count; i++) {
		if (lb_span_starts(s, list[i])) {
			*n = strlen(list[i]);
			return true;
		}
	}
	return false;
}

/* Length of the break at the start of s, or 0. */
static size_t break_length(struct lb_span s)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = 0;
	if ((c >= 'a' && c <= 'z') || (c >= '/' && c <= '9'))
		return 0;
	if (c < 0x80)
		return c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"' || c == '`';
	starts_with_any(s, wide_breaks, LB_COUNT(wide_breaks), &n);
	return n;
}

/* Cuts the next piece without breaks off *text. */
static bool next_run(struct lb_span *text, struct lb_span *run)
{
	size_t n = 0;
	while (text->n && (n = break_length(*text)))
		*text = (struct lb_span){ text->p + n, text->n - n };
	for (n = 0; n < text->n && !break_length((struct lb_span){ text->p + n, text->n - n });)
		n++;
	*run = (struct lb_span){ text->p, n };
	*text = (struct lb_span){ text->p + n, text->n - n };
	return n > 0;
}

/* Length of "scheme" where "scheme://" begins, or 0. */
static size_t scheme_length(struct lb_span s)
{
	size_t n = 0;
	while (n < s.n && (((s.p[n] | 0x20) >= 'a' && (s.p[n] | 0x20) <= 'z') || (n && s.p[n] && strchr("0123456789+-.", s.p[n]))))
		n++;
	return n + 3 <= s.n && !memcmp(s.p + n, "://", 3) ? n : 0;
}

bool lb_url_cut_scheme(struct lb_span *rest)
{
	size_t n = scheme_length(*rest), skip = n ? n + 3 : lb_span_starts(*rest, "//") ? 2 : 0;
	if (n && !(n == 4 && !strncasecmp(rest->p, "http", n)) && !(n == 5 && !strncasecmp(rest->p, "https", n)))
		return false;
	*rest = (struct lb_span){ rest->p + skip, rest->n - skip };
	return true;
}

static bool begins_url(struct lb_span s)
{
	if (scheme_length(s))
		return true;
	if (lb_span_starts(s, "//"))
		s = (struct lb_span){ s.p + 2, s.n - 2 };
	size_t n = 0;
	while (n < s.n && n < HOST_BYTES && s.p[n] != '/' && s.p[n] != '?' && s.p[n] != '#')
		n++;
	while (n && s.p[n - 1] && strchr(".,;:!?'*|)]}", s.p[n - 1])) /* "flickr.com)" at the end of a sentence */
		n--;
	return n && lb_url_host_class((struct lb_span){ s.p, n });
}

static bool ends_with_mark(struct lb_span before)
{
	for (size_t i = 0; i < LB_COUNT(pairs); i++) {
		if (lb_span_ends(before, pairs[i].open))
			return true;
	}
	for (size_t i = 0; i < LB_COUNT(trailing); i++) {
		if (lb_span_ends(before, trailing[i]))
			return true;
	}
	return false;
}

/* An address may begin behind what cannot be part of another: "éflickr.com" is a host of its own, "見https://…" is not. */
static bool may_begin(struct lb_span before, struct lb_span rest)
{
	unsigned char last = before.n ? (unsigned char)before.p[before.n - 1] : ' ';
	if (last < 0x80)
		return strchr(" ([{'|=*,;:", last);
	return scheme_length(rest) || ends_with_mark(before);
}

static bool find_start(struct lb_span run, size_t *start)
{
	for (size_t i = 0; i < run.n; i++) {
		struct lb_span before = { run.p, i }, rest = { run.p + i, run.n - i };
		if (may_begin(before, rest) && begins_url(rest)) {
			*start = i;
			return true;
		}
	}
	return false;
}

/* Where the bracket or quote that stands before the address closes; nested ones of the same kind are skipped. */
static size_t end_of_pair(struct lb_span s, const char *open, const char *close)
{
	size_t depth = 1, n_open = strlen(open), n_close = strlen(close);
	for (size_t i = 0; i < s.n;) {
		struct lb_span rest = { s.p + i, s.n - i };
		bool closes = lb_span_starts(rest, close);
		if (closes && --depth == 0)
			return i;
		bool opens = !closes && lb_span_starts(rest, open);
		depth += opens;
		i += closes ? n_close : opens ? n_open : 1;
	}
	return s.n;
}

static size_t end_of_url(struct lb_span run, size_t start)
{
	struct lb_span before = { run.p, start }, url = { run.p + start, run.n - start };
	for (size_t i = 0; start && i < LB_COUNT(pairs); i++) {
		if (lb_span_ends(before, pairs[i].open))
			return start + end_of_pair(url, pairs[i].open, pairs[i].close);
	}
	return run.n;
}

/* A closing bracket belongs to the address when the address opens it. */
static bool is_balanced(struct lb_span url)
{
	static const char *const brackets[] = { "()", "[]", "{}" };
	char last = url.p[url.n - 1];
	for (size_t k = 0; k < LB_COUNT(brackets); k++) {
		long depth = 0;
		for (size_t i = 0; last == brackets[k][1] && i < url.n; i++)
			depth += (url.p[i] == brackets[k][0]) - (url.p[i] == brackets[k][1]);
		if (last == brackets[k][1])
			return depth >= 0;
	}
	return false;
}

static bool ends_plainly(struct lb_span s)
{
	char last = s.p[s.n - 1], lower = (char)(last | 0x20);
	return last == '/' || (last >= '0' && last <= '9') || (lower >= 'a' && lower <= 'z');
}

/* Takes off what stands behind an address; false when that says that the address was cut short. */
static bool trim_end(struct lb_span *url)
{
	struct lb_span s = *url;
	bool more = true;
	for (unsigned marks = 0; more && marks < TRAILING_MARKS && s.n && !ends_plainly(s); marks++) {
		more = false;
		if (lb_span_ends(s, "..") || lb_span_ends(s, "\u2026"))
			return false;
		for (size_t i = 0; i < LB_COUNT(trailing) && !more; i++)
			more = lb_span_ends(s, trailing[i]) && !is_balanced(s) && (s.n -= strlen(trailing[i]), true);
	}
	*url = s;
	return true;
}

/* What directly follows an address may have been part of it: "…/photos/x/123<b>456</b>", "…/photos/tags/new york/". */
static enum lb_found judge_rest(struct lb_span url, struct lb_span rest)
{
	struct lb_span next;
	size_t start;
	if (!rest.n || url.p + url.n != rest.p || strchr(">\"`", rest.p[0]))
		return LB_FOUND_ONE;
	if (rest.p[0] == '<')
		return lb_span_starts(rest, "</") || lb_span_starts(rest, "<br") ? LB_FOUND_ONE : LB_FOUND_CUT;
	bool path = next_run(&rest, &next) && memchr(next.p, '/', next.n) && !find_start(next, &start);
	return path ? LB_FOUND_CUT : LB_FOUND_FOLLOWED;
}

/* Of several lines nobody knows whether an address goes on in the next one. */
static bool has_lines(struct lb_span s)
{
	return s.n && (memchr(s.p, '\n', s.n) || memchr(s.p, '\r', s.n));
}

enum lb_found lb_url_find(struct lb_span text, struct lb_span *url)
{
	struct lb_span run, first = { NULL, 0 };
	enum lb_found found = LB_FOUND_NONE;
	text = lb_span_trim(text);
	if (has_lines(text))
		return LB_FOUND_NONE;
	while (next_run(&text, &run)) {
		for (size_t start; find_start(run, &start);) {
			size_t end = end_of_url(run, start);
			struct lb_span one = { run.p + start, end - start };
			enum lb_found now = trim_end(&one) ? judge_rest(one, text) : LB_FOUND_CUT;
			if (first.p && !lb_span_eq(first, one)) /* a link whose text is its own address is one */
				return LB_FOUND_SEVERAL;
			first = one;
			found = now > found ? now : found;
			run = (struct lb_span){ run.p + end, run.n - end };
		}
	}
	*url = first;
	return found;
}
