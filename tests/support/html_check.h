/* A strict reader of the HTML that lb_rich_html may write: it knows exactly that grammar and names the first thing
 * outside it. Knows nothing of how the HTML was made. A header, since fuzz harnesses link no test code. */
#ifndef LB_TESTS_HTML_CHECK_H
#define LB_TESTS_HTML_CHECK_H

#include <string.h>

#include "format/base/base.h"

enum { HTML_CHECK_DEPTH = 80 };
struct html_check { struct lb_span rest; const char *open[HTML_CHECK_DEPTH]; size_t depth; };

static inline bool html_check_take(struct html_check *c, const char *text)
{
	if (!lb_span_starts(c->rest, text))
		return false;
	c->rest = (struct lb_span){ c->rest.p + strlen(text), c->rest.n - strlen(text) };
	return true;
}

static inline bool html_check_entity(struct html_check *c)
{
	static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#13;" };
	for (size_t i = 0; i < LB_COUNT(entities); i++)
		if (html_check_take(c, entities[i]))
			return true;
	return false;
}

static inline bool html_check_is_inside(const struct html_check *c, const char *name)
{
	for (size_t i = 0; i < c->depth; i++)
		if (strcmp(c->open[i], name) == 0)
			return true;
	return false;
}

/* One character of text: valid UTF-8, no control, nothing that reverses or hides. */
static inline const char *html_check_char(struct html_check *c)
{
	if (c->rest.p[0] == '&')
		return html_check_entity(c) ? NULL : "a bare &";
	struct lb_span before = c->rest;
	uint32_t u = lb_utf8_next(&c->rest);
	if (u == 0xFFFD && before.n - c->rest.n == 1)
		return "a byte that is not UTF-8";
	if (u == '>' || u == '"' || u == '\'')
		return "an unescaped character";
	if ((u < 0x20 && u != '\t' && u != '\n') || u == 0x7F || u == 0xFFFE || u == 0xFFFF)
		return "a control character";
	bool deceptive = (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069) || u == 0x200B || u == 0x2060 || u == 0xFEFF;
	return deceptive ? "a bidi or zero-width control" : NULL;
}

static inline const char *html_check_href(struct html_check *c)
{
	static const char safe[] = "-._~:/?#[]@!$()*+,;=%";
	if (!lb_span_starts(c->rest, "http://") && !lb_span_starts(c->rest, "https://") && !lb_span_starts(c->rest, "mailto:"))
		return "an href of another scheme";
	while (c->rest.n && c->rest.p[0] != '"') {
		char u = c->rest.p[0];
		bool word = (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
		if (html_check_take(c, "&amp;") || html_check_take(c, "&#39;"))
			continue;
		if (!word && (!u || !strchr(safe, u)))
			return "an href with an unsafe character";
		c->rest = (struct lb_span){ c->rest.p + 1, c->rest.n - 1 };
	}
	return html_check_take(c, "\">") ? NULL : "an href that does not end";
}

static inline const char *html_check_push(struct html_check *c, const char *name)
{
	bool in_list = c->depth && strcmp(c->open[c->depth - 1], "ul") == 0;
	if (in_list != (strcmp(name, "li") == 0))
		return "an item outside a list, or a list with something else in it";
	if (strcmp(name, "a") == 0 && html_check_is_inside(c, "a"))
		return "a link in a link";
	if (c->depth == HTML_CHECK_DEPTH)
		return "too deep";
	c->open[c->depth++] = name;
	return NULL;
}

static inline const char *html_check_pop(struct html_check *c, const char *name)
{
	if (c->depth == 0 || strcmp(c->open[c->depth - 1], name) != 0)
		return "an end tag that ends nothing";
	c->depth--;
	return NULL;
}

static inline const char *html_check_tag(struct html_check *c)
{
	static const struct { const char *start, *end, *name; } tags[] = {
		{"<b>", "</b>", "b"}, {"<i>", "</i>", "i"}, {"<u>", "</u>", "u"}, {"<s>", "</s>", "s"},
		{"<blockquote>", "</blockquote>", "blockquote"}, {"<ul>", "</ul>", "ul"}, {"<li>", "</li>", "li"},
		{"<span class=\"host\">", "</span>", "span"},
		{"<a class=\"out\" rel=\"noopener noreferrer nofollow ugc\" href=\"", "</a>", "a"},
		{"<a class=\"out image\" rel=\"noopener noreferrer nofollow ugc\" href=\"", "</a>", "a"},
	};
	if (html_check_take(c, "<br>"))
		return c->depth && strcmp(c->open[c->depth - 1], "ul") == 0 ? "a break right in a list" : NULL;
	for (size_t i = 0; i < LB_COUNT(tags); i++) {
		if (html_check_take(c, tags[i].end))
			return html_check_pop(c, tags[i].name);
		if (!html_check_take(c, tags[i].start))
			continue;
		const char *wrong = html_check_push(c, tags[i].name);
		return wrong || tags[i].name[0] != 'a' ? wrong : html_check_href(c);
	}
	return "a tag that is not allowed";
}

/* NULL when all is well, else what is wrong; `at` (may be NULL) then points to the place. */
static inline const char *html_check(const char *html, const char **at)
{
	struct html_check c = { .rest = lb_span(html) };
	while (c.rest.n) {
		if (at)
			*at = c.rest.p;
		bool in_list = c.depth && strcmp(c.open[c.depth - 1], "ul") == 0;
		if (in_list && c.rest.p[0] != '<')
			return "text right in a list";
		const char *wrong = c.rest.p[0] == '<' ? html_check_tag(&c) : html_check_char(&c);
		if (wrong)
			return wrong;
	}
	return c.depth ? "an element that is not ended" : NULL;
}

#endif
