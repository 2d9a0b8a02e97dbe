/* What no package may hold, in any text: e-mail addresses, parameters with secrets, guest passes. */
#include <string.h>

#include "lifeboat/creator/redact_private.h"

#define ADDRESS_REMOVED "[e-mail address removed]"
#define LINK_REMOVED "removed:" ADDRESS_REMOVED /* no scheme that anything follows */

/* ---- e-mail addresses ------------------------------------------------------------------------------------------------------ */

static bool is_alpha(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of a letter beyond ASCII that takes two bytes: Latin, Greek, Cyrillic, Hebrew, Arabic. Scripts without spaces between words take
 * three, and what stands before an address there is no part of it. */
static bool is_letter_byte(const char *p, size_t i)
{
	unsigned char c = (unsigned char)p[i];
	if (c >= 0xC3 && c <= 0xDF)
		return true;
	return (c & 0xC0) == 0x80 && i > 0 && (unsigned char)p[i - 1] >= 0xC3 && (unsigned char)p[i - 1] <= 0xDF;
}

/* RFC 5322 allows more; what else it allows ends words in running text and in addresses of pages. */
static bool is_local_char(const char *p, size_t i)
{
	return is_alpha(p[i]) || is_digit(p[i]) || (p[i] && strchr("._%+-'!#$*^`{|}~", p[i])) || is_letter_byte(p, i);
}

static size_t local_start(const struct lb_view *v, size_t at)
{
	size_t i = at;
	while (i > 0 && is_local_char(v->p, i - 1))
		i--;
	while (i < at && !is_alpha(v->p[i]) && !is_digit(v->p[i]) && v->p[i] != '_' && !is_letter_byte(v->p, i))
		i++;
	return i;
}

static bool is_host_byte(const char *p, size_t i)
{
	return is_alpha(p[i]) || is_digit(p[i]) || p[i] == '-' || p[i] == '_' || (unsigned char)p[i] >= 0x80;
}

/* The last label has letters of one kind only: a sentence may go on behind it without a space. */
static size_t last_label_end(const struct lb_view *v, size_t begin, size_t end)
{
	bool ascii = is_alpha(v->p[begin]);
	size_t i = begin;
	while (i < end && ((unsigned char)v->p[i] < 0x80 || !ascii))
		i++;
	while (i > begin && (v->p[i - 1] == '-' || v->p[i - 1] == '_'))
		i--;
	return i;
}

/* Where the domain that begins here ends; `begin` when there is none: at least two labels, the last no number and no file's ending. */
static size_t domain_end(const struct lb_view *v, size_t begin)
{
	static const char *const files[] = { "png", "jpg", "jpeg", "gif", "webp", "svg", "mp4", "html", "php", "css", NULL };
	size_t i = begin, label = begin, labels = 0;
	while (i < v->n && is_host_byte(v->p, i)) {
		for (label = i; i < v->n && is_host_byte(v->p, i);)
			i++;
		labels++;
		if (i + 1 >= v->n || v->p[i] != '.' || !is_host_byte(v->p, i + 1))
			break;
		i++;
	}
	if (labels < 2 || is_digit(v->p[label]))
		return begin;
	size_t end = last_label_end(v, label, i);
	char ending[8] = "";
	if (end - label < sizeof ending)
		for (size_t c = 0; c < end - label; c++)
			ending[c] = (char)(v->p[label + c] | 0x20);
	return end - label < 2 || lb_word_in(ending, files) ? begin : end;
}

/* 12345678@N00: a member's id, which links and names of files hold. */
static bool is_nsid(const struct lb_view *v, size_t start, size_t at)
{
	const char *p = v->p;
	for (size_t i = start; i < at; i++)
		if (!is_digit(p[i]))
			return false;
	return at > start && (p[at + 1] | 0x20) == 'n' && is_digit(p[at + 2]) && is_digit(p[at + 3]); /* a NUL ends the text */
}

static bool is_before(const struct lb_view *v, size_t i, const char *word)
{
	size_t n = strlen(word);
	return i >= n && memcmp(v->p + i - n, word, n) == 0;
}

static void find_addresses(const struct lb_view *v, struct lb_edits *out)
{
	const char *sign;
	for (size_t i = 0; i < v->n && (sign = memchr(v->p + i, '@', v->n - i)); ) {
		size_t at = (size_t)(sign - v->p), start = local_start(v, at), end = domain_end(v, at + 1);
		i = at + 1;
		if (start == at || end == at + 1 || is_nsid(v, start, at))
			continue;
		bool link = is_before(v, start, "mailto:");
		lb_edits_add(out, start - (link ? strlen("mailto:") : 0), end, link ? LINK_REMOVED : ADDRESS_REMOVED);
		i = end;
	}
}

/* Length of a tag that begins here and that parts no words; 0: none. */
static size_t inline_tag(const struct lb_view *v, size_t i)
{
	static const char *const tags[] = { "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "s", "small", "span",
		"strong", "sub", "sup", "tt", "u", "wbr", NULL };
	enum { TAG_MAX = 2048 };
	char name[8] = "";
	size_t n = 0, begin = i + 1 + (v->p[i + 1] == '/'); /* a NUL ends the text */
	while (n + 1 < sizeof name && is_alpha(v->p[begin + n])) {
		name[n] = v->p[begin + n];
		n++;
	}
	if (!lb_word_in(name, tags) || !strchr(" \t\r\n/>", v->p[begin + n]))
		return 0;
	size_t room = v->n - i < TAG_MAX ? v->n - i : TAG_MAX;
	const char *end = memchr(v->p + i, '>', room);
	return end ? (size_t)(end - v->p) + 1 - i : 0;
}

/* "ann@<b>example</b>.org" is an address to those who see the page. */
static void find_marked_up(const struct lb_view *v, struct lb_edits *out)
{
	LB_AUTO(lb_view_clear) struct lb_view bare = { .nsource = v->n };
	LB_AUTO(lb_edits_clear) struct lb_edits found = { 0 };
	size_t plain = out->count, k = 0;
	if (!memchr(v->p, '<', v->n) || !memchr(v->p, '@', v->n))
		return;
	for (size_t i = 0, tag; i < v->n; i += tag) {
		tag = v->p[i] == '<' ? inline_tag(v, i) : 0;
		if (tag == 0)
			lb_view_add(&bare, v->p + i, tag = 1, i);
	}
	lb_view_end(&bare);
	find_addresses(&bare, &found);
	for (size_t i = 0; i < found.count; i++) {
		size_t from = bare.at[found.list[i].from], to = bare.at[found.list[i].to - 1] + 1;
		while (k < plain && out->list[k].to <= from)
			k++;
		if (k == plain || out->list[k].from >= to)
			lb_edits_add(out, from, to, found.list[i].by);
	}
}

/* ---- secrets ---------------------------------------------------------------------------------------------------------------------- */

static bool ends_with_one_of(struct lb_span name, const char *const *list)
{
	while (*list && !lb_span_ends(name, *list))
		list++;
	return *list;
}

/* Words that nobody writes but those who program; and words that stand in any text, which are secrets where a value follows at once. */
static bool is_secret_name(struct lb_span name, bool certain)
{
	static const char *const names[] = { "api_key", "api_sig", "api_secret", "auth_token", "auth_hash", "consumer_key", "consumer_secret",
		"debug_sbs", "magic_cookie", NULL };
	static const char *const words[] = { "secret", "token", "frob", NULL };
	if (lb_span_starts(name, "oauth_"))
		return !lb_span_is(name, "oauth_problem") && !lb_span_is(name, "oauth_version");
	return ends_with_one_of(name, names) || (certain && ends_with_one_of(name, words));
}

static struct lb_span name_before(const struct lb_view *v, size_t end)
{
	size_t i = end;
	while (i > 0 && end - i < 32 && (is_alpha(v->p[i - 1]) || v->p[i - 1] == '_'))
		i--;
	return (struct lb_span){ v->p + i, end - i };
}

static size_t value_end(const struct lb_view *v, size_t i, const char *stops)
{
	while (i < v->n && (unsigned char)v->p[i] > ' ' && !strchr(stops, v->p[i]))
		i++;
	return i;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* What is assigned here: x=1, "x": "1", x = '1', 'x' => '1'. *value: where it begins. */
static struct lb_span name_of_value(const struct lb_view *v, size_t sign, size_t *value, bool *certain)
{
	enum { SPACES_MAX = 4 };
	size_t end = sign, i = sign + 1;
	while (end > 0 && sign - end < SPACES_MAX && v->p[end - 1] == ' ')
		end--;
	bool quoted = end > 0 && is_quote(v->p[end - 1]);
	end -= quoted;
	i += v->p[sign] == '=' && v->p[i] == '>'; /* a NUL ends the text */
	while (i - sign <= SPACES_MAX && v->p[i] == ' ')
		i++;
	*certain = quoted || (v->p[sign] == '=' && end == sign && i == sign + 1);
	*value = i + is_quote(v->p[i]);
	return name_before(v, end);
}

/* A signature's base string goes on beyond "&": all of it is removed. */
static void find_secrets(const struct lb_view *v, struct lb_edits *out)
{
	bool certain;
	for (size_t i = 0, value; i < v->n; i++) {
		if (v->p[i] != '=' && v->p[i] != ':')
			continue;
		struct lb_span name = name_of_value(v, i, &value, &certain);
		if (!is_secret_name(name, certain) || lb_span_starts((struct lb_span){ v->p + value, v->n - value }, ADDRESS_REMOVED))
			continue;
		size_t end = value_end(v, value, lb_span_is(name, "debug_sbs") ? "\"'<>" : "&;\"'<>");
		if (end > value) {
			lb_edits_add(out, value, end, "[removed]");
			i = end - 1;
		}
	}
}

/* flickr.com/gp/<owner>/<code>: the code opens what is not public. */
static void find_passes(const struct lb_view *v, const char *mark, struct lb_edits *out)
{
	const size_t length = strlen(mark);
	const char *found;
	for (size_t i = 0; i < v->n && (found = memmem(v->p + i, v->n - i, mark, length)); ) {
		size_t owner = (size_t)(found - v->p) + length, slash = value_end(v, owner, "/\"'<>");
		i = owner;
		if (slash >= v->n || v->p[slash] != '/')
			continue;
		i = value_end(v, slash + 1, "/?#\"'<>");
		if (i > slash + 1)
			lb_edits_add(out, slash + 1, i, "removed");
	}
}

void lb_find_private(const struct lb_view *v, struct lb_edits *out)
{
	find_addresses(v, out);
	find_marked_up(v, out);
	find_secrets(v, out);
	find_passes(v, "flickr.com/gp/", out);
	find_passes(v, "flic.kr/gp/", out);
	lb_edits_settle(out);
}
