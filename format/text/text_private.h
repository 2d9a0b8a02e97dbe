/* What the files of this folder share: which characters are shown as their number, and HTML's small syntax. */
#ifndef LB_TEXT_PRIVATE_H
#define LB_TEXT_PRIVATE_H

#include "format/text/text.h"

/* Invisible characters that can make text read as something else: bidi embeddings, overrides and isolates, zero-width
 * spaces. Joiners and marks (U+200C-F) are part of ordinary writing and stay. */
bool lb_char_is_deceptive(uint32_t c);
/* Characters that no text may hold: C0 controls but tab and line ends, U+FFFE, U+FFFF and DEL. */
bool lb_char_is_forbidden(uint32_t c);
/* Appends one character for reading: deceptive ones as [U+XXXX], forbidden ones as U+FFFD. */
void lb_show_char(struct lb_buf *b, uint32_t c);

/* Is `s` this word, given in lower case? ASCII letters only, in any locale. */
bool lb_is_word(struct lb_span s, const char *lower);

/* Appends text with its character references decoded once (HTML 4 names with ";", numbers by the rules of HTML's
 * "numeric character reference end state"). */
void lb_html_decode(struct lb_buf *b, struct lb_span text);

enum lb_html_kind {
	LB_HTML_TEXT,
	LB_HTML_LITERAL,                       /* looks like markup, is none: holds no references either */
	LB_HTML_START,
	LB_HTML_END,
};
struct lb_html_token { enum lb_html_kind kind; struct lb_span source, name, attrs; };
struct lb_html_lexer { struct lb_span rest; bool no_comment_ends; };
/* Cuts the next token off; false at the end. Together the sources are the whole input; all calls together are linear. */
bool lb_html_next(struct lb_html_lexer *lexer, struct lb_html_token *token);
/* Cuts the next attribute off the attrs of a start tag. The value's references are not decoded. */
bool lb_html_attr(struct lb_span *attrs, struct lb_span *name, struct lb_span *value);

/* The host in an http or https address made by lb_rich_href; empty for mailto. `disguised` is set when something that
 * reads like another host stands before it (user information). */
struct lb_span lb_url_host(const char *url, bool *disguised);

#endif
