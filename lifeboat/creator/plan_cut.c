/* One photo of plan.json after another: a tree of 100,000 would take a gigabyte. The pieces are parsed strictly afterwards;
 * here only strings and brackets are told apart. */
#include <string.h>

#include "lifeboat/creator/plan_private.h"

/* Behind the string that begins at p[at]. */
static size_t skip_string(struct lb_span s, size_t at)
{
	for (at++; at < s.n && s.p[at] != '"'; at++)
		at += s.p[at] == '\\';
	return at < s.n ? at + 1 : s.n;
}

/* From `at` to the first `stop` or `or_stop` outside of strings and brackets; s.n when there is none. */
static size_t find_outside(struct lb_span s, size_t at, char stop, char or_stop)
{
	size_t depth = 0;
	while (at < s.n) {
		char c = s.p[at];
		if (c == '"') {
			at = skip_string(s, at);
			continue;
		}
		if (depth == 0 && (c == stop || c == or_stop))
			return at;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth -= depth > 0;
		at++;
	}
	return s.n;
}

static size_t skip_space(struct lb_span s, size_t at)
{
	while (at < s.n && strchr(" \t\r\n", s.p[at]))
		at++;
	return at;
}

/* The members of an object one after another: from the brace to the value of the key. s.n when there is none. */
static size_t find_value(struct lb_span s, const char *key)
{
	size_t at = skip_space(s, 0), n = strlen(key);
	if (at >= s.n || s.p[at] != '{')
		return s.n;
	while (at < s.n && s.p[at] != '}') {
		size_t name = skip_space(s, at + 1), colon = find_outside(s, name, ':', '}');
		bool is_it = colon < s.n && s.n - name > n + 2 && s.p[name] == '"' && memcmp(s.p + name + 1, key, n) == 0 && s.p[name + n + 1] == '"';
		if (colon >= s.n)
			return s.n;
		if (is_it)
			return skip_space(s, colon + 1);
		at = find_outside(s, colon + 1, ',', '}');
	}
	return s.n;
}

bool lb_plan_cut_photos(struct lb_span text, struct lb_buf *rest, struct lb_span *photos)
{
	size_t from = find_value(text, "photos");
	size_t to = from < text.n && text.p[from] == '[' ? find_outside(text, from + 1, ']', ']') : text.n;
	if (to >= text.n) {
		lb_buf_add(rest, text.p, text.n);
		return false;
	}
	*photos = (struct lb_span){ text.p + from + 1, to - from - 1 };
	lb_buf_add(rest, text.p, from + 1);
	lb_buf_add(rest, text.p + to, text.n - to);
	return true;
}

bool lb_plan_next_photo(struct lb_span *photos, struct lb_span *element)
{
	if (photos->n == 0)
		return false;
	size_t comma = find_outside(*photos, 0, ',', ',');
	*element = lb_span_trim((struct lb_span){ photos->p, comma });
	bool last = comma >= photos->n;
	size_t used = last ? photos->n : comma + 1;
	photos->p += used;
	photos->n -= used;
	/* A comma with nothing behind it is an element that does not parse. */
	if (!last && lb_span_trim(*photos).n == 0)
		*element = (struct lb_span){ ",", 1 };
	return true;
}
