#include <string.h>

#include "format/text/rich_private.h"

/* Deeper tags give way to their content; so all that walks a tree may recurse. */
enum { MAX_OPEN = 32, KINDS = LB_RICH_IMAGE + 1 };

/* What is due before the next content, unless something already parted it. */
enum gap { GAP_NONE, GAP_SPACE, GAP_BREAK };

struct open { struct lb_rich *node; struct lb_rich **tail; const char *refused; /* href that may not be followed */ };

struct builder {
	struct lb_arena *arena;
	struct lb_buf text;                    /* of the text node being gathered */
	struct open stack[MAX_OPEN + 2];       /* [0] is the root */
	size_t depth;
	unsigned skipped[KINDS];               /* opened below MAX_OPEN: their end tags end nothing */
	enum gap gap;
	bool fresh;                            /* at the start of a line */
	bool edge;                             /* right behind the edge of a block: a newline there is the author's layout */
};

static enum lb_rich_kind top_kind(const struct builder *b)
{
	return b->stack[b->depth].node->kind;
}

static struct lb_rich *append(struct builder *b, enum lb_rich_kind kind)
{
	struct open *top = &b->stack[b->depth];
	struct lb_rich *node = lb_arena_alloc(b->arena, sizeof *node);
	node->kind = kind;
	*top->tail = node;
	top->tail = &node->next;
	return node;
}

static void flush(struct builder *b)
{
	if (!b->text.len)
		return;
	append(b, LB_RICH_TEXT)->text = lb_arena_strndup(b->arena, b->text.p, b->text.len);
	lb_buf_reset(&b->text);
}

static struct lb_rich *leaf(struct builder *b, enum lb_rich_kind kind)
{
	flush(b);
	return append(b, kind);
}

static void at_block_edge(struct builder *b)
{
	b->gap = GAP_NONE;
	b->fresh = b->edge = true;
}

static void push(struct builder *b, enum lb_rich_kind kind)
{
	struct lb_rich *node = leaf(b, kind);
	b->stack[++b->depth] = (struct open){ .node = node, .tail = &node->child };
	if (lb_rich_is_block(kind))
		at_block_edge(b);
}

/* A list holds items only; opening one leaves room for its items. */
static void need_item(struct builder *b)
{
	if (top_kind(b) == LB_RICH_LIST)
		push(b, LB_RICH_ITEM);
}

/* Before any content that shows. */
static void settle(struct builder *b)
{
	need_item(b);
	if (b->gap == GAP_BREAK && !b->fresh)
		leaf(b, LB_RICH_BREAK);
	else if (b->gap == GAP_SPACE && !b->fresh)
		lb_buf_addc(&b->text, ' ');
	b->gap = GAP_NONE;
	b->fresh = b->edge = false;
}

static void want_gap(struct builder *b, enum gap gap)
{
	if (gap > b->gap)
		b->gap = gap;
}

/* ---- text --------------------------------------------------------------------------------------------------------- */

static bool is_blank(struct lb_span s)
{
	return lb_span_trim(s).n == 0;
}

static void add_shown(struct lb_buf *out, struct lb_span s)
{
	while (s.n)
		lb_show_char(out, lb_utf8_next(&s));
}

static void add_line_part(struct builder *b, struct lb_span s)
{
	bool needless = b->gap != GAP_NONE || b->fresh || top_kind(b) == LB_RICH_LIST;
	if (!s.n || (needless && is_blank(s)))
		return;
	settle(b);
	add_shown(&b->text, s);
}

static void add_newline(struct builder *b)
{
	bool layout = b->edge || top_kind(b) == LB_RICH_LIST;
	b->edge = false;
	if (layout)
		return;
	leaf(b, LB_RICH_BREAK);
	b->gap = GAP_NONE;
	b->fresh = true;
}

static struct lb_span cut_line(struct lb_span *s, bool *ended)
{
	size_t n = 0;
	while (n < s->n && s->p[n] != '\n' && s->p[n] != '\r')
		n++;
	struct lb_span line = { s->p, n };
	*ended = n < s->n;
	size_t end = *ended ? 1u + (s->p[n] == '\r' && n + 1 < s->n && s->p[n + 1] == '\n') : 0;
	*s = (struct lb_span){ s->p + n + end, s->n - n - end };
	return line;
}

static void add_text(struct builder *b, struct lb_span s)
{
	while (s.n) {
		bool ended;
		add_line_part(b, cut_line(&s, &ended));
		if (ended)
			add_newline(b);
	}
}

static void add_decoded(struct builder *b, struct lb_span source)
{
	LB_AUTO(lb_buf_clear) struct lb_buf decoded = LB_BUF(source.n * 2 + 4);
	lb_html_decode(&decoded, source);
	add_text(b, lb_buf_span(&decoded));
}

/* An address that was not made a link is shown, so that nothing is lost. */
static void add_address(struct builder *b, const char *address)
{
	settle(b);
	lb_buf_adds(&b->text, " [");
	for (struct lb_span rest = lb_span(address); rest.n;) {
		uint32_t c = lb_utf8_next(&rest);
		lb_show_char(&b->text, c == '\n' || c == '\r' ? ' ' : c);
	}
	lb_buf_addc(&b->text, ']');
}

/* ---- elements ------------------------------------------------------------------------------------------------------ */

static void pop(struct builder *b)
{
	struct open *top = &b->stack[b->depth];
	if (top->refused)
		add_address(b, top->refused);
	flush(b);
	bool block = lb_rich_is_block(top->node->kind);
	b->depth--;
	if (block)
		at_block_edge(b);
}

static void close_to(struct builder *b, size_t depth)
{
	while (b->depth > depth)
		pop(b);
}

/* Where the innermost open element of a kind is, not looking beyond one of the kind `border`; 0: nowhere. */
static size_t find_open(const struct builder *b, enum lb_rich_kind kind, enum lb_rich_kind border)
{
	for (size_t i = b->depth; i > 0; i--) {
		if (b->stack[i].node->kind == kind)
			return i;
		if (b->stack[i].node->kind == border)
			return 0;
	}
	return 0;
}

/* The decoded value of the first attribute of that name, or NULL. */
static const char *attr(struct builder *b, struct lb_span attrs, const char *wanted)
{
	for (struct lb_span name, value; lb_html_attr(&attrs, &name, &value);) {
		if (!lb_is_word(name, wanted))
			continue;
		LB_AUTO(lb_buf_clear) struct lb_buf decoded = LB_BUF(value.n * 2 + 4);
		lb_html_decode(&decoded, value);
		return lb_arena_strndup(b->arena, lb_buf_str(&decoded), decoded.len);
	}
	return NULL;
}

static void open_link(struct builder *b, struct lb_span attrs)
{
	const char *href = attr(b, attrs, "href");
	push(b, LB_RICH_LINK);
	struct open *top = &b->stack[b->depth];
	top->node->url = lb_rich_href(href, b->arena);
	if (href && href[0] && !top->node->url)
		top->refused = href;
}

static bool has_room(const struct builder *b, enum lb_rich_kind kind)
{
	size_t wanted = 1u + (top_kind(b) == LB_RICH_LIST && kind != LB_RICH_ITEM) + (kind == LB_RICH_LIST);
	return b->depth + wanted <= MAX_OPEN;
}

static void give_way(struct builder *b, enum lb_rich_kind kind, struct lb_span attrs)
{
	const char *href = kind == LB_RICH_LINK ? attr(b, attrs, "href") : NULL;
	b->skipped[kind]++;
	if (href)
		add_address(b, href);
	if (lb_rich_is_block(kind))
		want_gap(b, GAP_BREAK);
}

/* Before one that cannot stand in another of its kind: closes that. false: there is no place for this one. */
static bool make_place(struct builder *b, enum lb_rich_kind kind)
{
	size_t link = kind == LB_RICH_LINK ? find_open(b, LB_RICH_LINK, LB_RICH_ROOT) : 0;
	if (link)
		close_to(b, link - 1);
	if (kind != LB_RICH_ITEM)
		return true;
	size_t list = find_open(b, LB_RICH_LIST, LB_RICH_ROOT);
	if (list)
		close_to(b, list);
	return list != 0;
}

static void open_node(struct builder *b, enum lb_rich_kind kind, struct lb_span attrs)
{
	if (!make_place(b, kind)) {
		want_gap(b, GAP_BREAK);
		return;
	}
	if (!has_room(b, kind)) {
		give_way(b, kind, attrs);
		return;
	}
	if (kind != LB_RICH_ITEM)
		need_item(b);
	if (kind == LB_RICH_LINK)
		open_link(b, attrs);
	else
		push(b, kind);
}

/* An end tag of a style does not end the quotation or item around it. */
static size_t matching_open(const struct builder *b, enum lb_rich_kind kind)
{
	size_t at = find_open(b, kind, kind == LB_RICH_ITEM ? LB_RICH_LIST : LB_RICH_ROOT);
	for (size_t i = b->depth; i > at && !lb_rich_is_block(kind); i--)
		if (lb_rich_is_block(b->stack[i].node->kind))
			return 0;
	return at;
}

static void end_node(struct builder *b, enum lb_rich_kind kind)
{
	if (b->skipped[kind]) {
		b->skipped[kind]--;
		return;
	}
	size_t at = matching_open(b, kind);
	if (at)
		close_to(b, at - 1);
	else if (lb_rich_is_block(kind))
		want_gap(b, GAP_BREAK);
}

static const char *shown(struct builder *b, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(strlen(text) * 8 + 1);
	add_shown(&out, lb_span(text));
	return lb_arena_strndup(b->arena, lb_buf_str(&out), out.len);
}

/* What may not be followed is kept in the alternative text. */
static void add_image(struct builder *b, const struct lb_html_token *token)
{
	const char *source = attr(b, token->attrs, "src"), *alt = attr(b, token->attrs, "alt");
	if (!alt || !alt[0])
		alt = attr(b, token->attrs, "title");
	if (!source && !alt) {
		add_text(b, token->source);
		return;
	}
	settle(b);
	struct lb_rich *image = leaf(b, LB_RICH_IMAGE);
	image->url = lb_rich_href(source, b->arena);
	image->text = alt ? shown(b, alt) : "";
	if (source && !image->url)
		image->text = lb_arena_printf(b->arena, "%s%s%s", image->text, image->text[0] ? " " : "", shown(b, source));
}

/* ---- tokens --------------------------------------------------------------------------------------------------------- */

static void add_tag(struct builder *b, const struct lb_html_token *token)
{
	struct lb_tag_rule rule;
	if (!lb_tag_find(token->name, &rule)) {
		add_text(b, token->source);
	} else if (rule.role == LB_TAG_BLOCK || rule.role == LB_TAG_CELL) {
		want_gap(b, rule.role == LB_TAG_BLOCK ? GAP_BREAK : GAP_SPACE);
	} else if (rule.role == LB_TAG_BREAK) {
		b->edge = false;
		add_newline(b);
	} else if (rule.role == LB_TAG_IMAGE && token->kind == LB_HTML_START) {
		add_image(b, token);
	} else if (rule.role == LB_TAG_NODE && token->kind == LB_HTML_START) {
		open_node(b, rule.kind, token->attrs);
	} else if (rule.role == LB_TAG_NODE) {
		end_node(b, rule.kind);
	}
}

struct lb_rich *lb_rich_parse(const char *html, struct lb_arena *arena)
{
	struct lb_html_lexer lexer = { .rest = lb_span(html) };
	struct lb_rich *root = lb_arena_alloc(arena, sizeof *root);
	root->kind = LB_RICH_ROOT;
	/* A character shows as at most eight bytes, an address twice. */
	struct builder b = { .arena = arena, .text = LB_BUF(lexer.rest.n * 16 + 64), .fresh = true,
		.stack = { { .node = root, .tail = &root->child } } };
	for (struct lb_html_token token; lb_html_next(&lexer, &token);) {
		if (token.kind == LB_HTML_TEXT)
			add_decoded(&b, token.source);
		else if (token.kind == LB_HTML_LITERAL)
			add_text(&b, token.source);
		else
			add_tag(&b, &token);
	}
	close_to(&b, 0);
	flush(&b);
	lb_buf_clear(&b.text);
	return root;
}
