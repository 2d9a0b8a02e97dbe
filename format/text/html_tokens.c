#include <string.h>

#include "format/text/text_private.h"

/* A tag must be well-formed to be one: a name, attributes that all have values, and ">". Anything else is text, so
 * "a <b and c> d" stays readable.
 *
 * Why this is linear although a failed tag is read again as text: outside quotes "<" ends every attempt, so of all
 * attempts that have passed a given point at most one is outside quotes, one inside "…" and one inside '…', and a quote
 * or any other character leads them to different states again. No character is read more than three times. */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool is_bare_value(char c)
{
	return !is_space(c) && c != '"' && c != '\'' && c != '<' && c != '>';
}

static struct lb_span skip(struct lb_span s, size_t n)
{
	return (struct lb_span){ s.p + n, s.n - n };
}

static struct lb_span take(struct lb_span *s, bool (*wanted)(char))
{
	size_t n = 0;
	while (n < s->n && wanted(s->p[n]))
		n++;
	struct lb_span taken = { s->p, n };
	*s = skip(*s, n);
	return taken;
}

static bool take_char(struct lb_span *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = skip(*s, 1);
	return true;
}

static bool take_quoted(struct lb_span *s, struct lb_span *value)
{
	const char *end = memchr(s->p + 1, s->p[0], s->n - 1);
	if (!end)
		return false;
	*value = (struct lb_span){ s->p + 1, (size_t)(end - s->p) - 1 };
	*s = skip(*s, value->n + 2);
	return true;
}

static bool take_attr(struct lb_span *s, struct lb_span *name, struct lb_span *value)
{
	*name = take(s, is_name);
	take(s, is_space);
	if (!name->n || !take_char(s, '='))
		return false;
	take(s, is_space);
	if (s->n && (s->p[0] == '"' || s->p[0] == '\''))
		return take_quoted(s, value);
	*value = take(s, is_bare_value);
	return value->n > 0;
}

bool lb_html_attr(struct lb_span *attrs, struct lb_span *name, struct lb_span *value)
{
	take(attrs, is_space);
	return take_attr(attrs, name, value);
}

/* The rest of a start tag behind its name, up to and with ">". */
static bool take_attrs(struct lb_span *s, struct lb_span *attrs)
{
	const char *start = s->p;
	for (struct lb_span name, value;;) {
		take(s, is_space);
		attrs->p = start;
		attrs->n = (size_t)(s->p - start);
		take_char(s, '/');
		if (take_char(s, '>'))
			return true;
		if (s->p != start + attrs->n || !take_attr(s, &name, &value))
			return false;
	}
}

static bool take_tag(struct lb_span *s, struct lb_html_token *token)
{
	*s = skip(*s, 1);
	token->kind = take_char(s, '/') ? LB_HTML_END : LB_HTML_START;
	if (!s->n || !is_letter(s->p[0]))
		return false;
	token->name = take(s, is_name);
	if (token->kind == LB_HTML_START)
		return take_attrs(s, &token->attrs);
	take(s, is_space);
	return take_char(s, '>');
}

/* One search that finds no end answers for all later ones. */
static bool take_comment(struct lb_html_lexer *lexer, struct lb_span *s)
{
	if (lexer->no_comment_ends || !lb_span_starts(*s, "<!--"))
		return false;
	const char *end = memmem(s->p + 4, s->n - 4, "-->", 3);
	lexer->no_comment_ends = !end;
	if (end)
		*s = skip(*s, (size_t)(end - s->p) + 3);
	return end != NULL;
}

static size_t plain_length(struct lb_span s)
{
	const char *end = memchr(s.p, '<', s.n);
	return end ? (size_t)(end - s.p) : s.n;
}

/* What begins with "<": a tag, a comment, or just that character. */
static size_t markup_length(struct lb_html_lexer *lexer, struct lb_html_token *token)
{
	struct lb_span after = lexer->rest;
	bool comment = take_comment(lexer, &after);
	if (!comment && take_tag(&after, token))
		return lexer->rest.n - after.n;
	token->kind = LB_HTML_LITERAL;
	return comment ? lexer->rest.n - after.n : 1;
}

bool lb_html_next(struct lb_html_lexer *lexer, struct lb_html_token *token)
{
	struct lb_span rest = lexer->rest;
	if (!rest.n)
		return false;
	*token = (struct lb_html_token){ .kind = LB_HTML_TEXT };
	size_t n = rest.p[0] == '<' ? markup_length(lexer, token) : plain_length(rest);
	token->source = (struct lb_span){ rest.p, n };
	lexer->rest = skip(rest, n);
	return true;
}
