#include <string.h>

#include "format/text/rich_private.h"

/* ---- as plain text -------------------------------------------------------------------------------------------------- */

struct plain { struct lb_buf *out; size_t start; bool line_due; };

static void end_line(struct plain *p)
{
	if (p->line_due && p->out->len > p->start && p->out->p[p->out->len - 1] != '\n')
		lb_buf_addc(p->out, '\n');
	p->line_due = false;
}

static void add_image_words(struct lb_buf *out, const struct lb_rich *image)
{
	lb_buf_adds(out, "[image:");
	if (image->text[0])
		lb_buf_addf(out, " %s", image->text);
	if (image->url)
		lb_buf_addf(out, " %s", image->url);
	lb_buf_addc(out, ']');
}

static bool is_leaf(enum lb_rich_kind kind)
{
	return kind == LB_RICH_TEXT || kind == LB_RICH_BREAK || kind == LB_RICH_IMAGE;
}

static void plain_leaf(struct plain *p, const struct lb_rich *node)
{
	end_line(p);
	if (node->kind == LB_RICH_TEXT)
		lb_buf_adds(p->out, node->text);
	else if (node->kind == LB_RICH_BREAK)
		lb_buf_addc(p->out, '\n');
	else
		add_image_words(p->out, node);
}

static void plain_nodes(struct plain *p, const struct lb_rich *node)
{
	for (; node; node = node->next) {
		bool block = lb_rich_is_block(node->kind);
		p->line_due |= block;
		if (is_leaf(node->kind))
			plain_leaf(p, node);
		plain_nodes(p, node->child);
		p->line_due |= block;
	}
}

void lb_rich_text(struct lb_buf *b, const struct lb_rich *tree)
{
	struct plain p = { .out = b, .start = b->len };
	plain_nodes(&p, tree->child);
}

/* ---- as HTML -------------------------------------------------------------------------------------------------------- */

struct writer { struct lb_buf *out; lb_rich_local_fn *local; void *arg; bool in_link; };

static void write_nodes(struct writer *w, const struct lb_rich *node);

static void open_anchor(struct writer *w, const char *url, const char *local, const char *image)
{
	if (local)
		lb_buf_adds(w->out, image[0] ? "<a class=\"image\"" : "<a");
	else
		lb_buf_addf(w->out, "<a class=\"out%s\" rel=\"noopener noreferrer nofollow ugc\"", image);
	lb_buf_adds(w->out, " href=\"");
	lb_escape(w->out, local ? local : url);
	lb_buf_adds(w->out, "\">");
}

static bool is_host_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
}

/* `host` is in lower case. */
static bool is_same_host(const char *text, struct lb_span host)
{
	for (size_t i = 0; i < host.n; i++)
		if (text[i] != host.p[i] && (text[i] | 0x20) != host.p[i])
			return false;
	return true;
}

/* Does the text name the host, as a whole and not as a part of a longer one? */
static bool names_host(struct lb_span text, struct lb_span host)
{
	for (size_t i = 0; i + host.n <= text.n; i++) {
		bool begins = i == 0 || !is_host_char(text.p[i - 1]);
		bool ends = i + host.n == text.n || !is_host_char(text.p[i + host.n]);
		if (begins && ends && is_same_host(text.p + i, host))
			return true;
	}
	return false;
}

/* Where a link leads is shown when its words do not say so, or could deceive. */
static void write_host(struct writer *w, const char *url, struct lb_span words)
{
	bool disguised;
	struct lb_span host = lb_url_host(url, &disguised);
	if (!host.n || (!disguised && names_host(words, host)))
		return;
	lb_buf_adds(w->out, " <span class=\"host\">(");
	lb_escape_span(w->out, host);
	lb_buf_adds(w->out, ")</span>");
}

static const char *local_of(const struct writer *w, const char *url)
{
	return w->local ? w->local(w->arg, url) : NULL;
}

static void write_link(struct writer *w, const struct lb_rich *link)
{
	if (!link->url || w->in_link) {
		write_nodes(w, link->child);
		return;
	}
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(4096); /* longer ones get their host shown */
	lb_rich_text(&words, link);
	const char *local = local_of(w, link->url);
	open_anchor(w, link->url, local, "");
	w->in_link = true;
	write_nodes(w, link->child);
	w->in_link = false;
	bool wordless = !lb_span_trim(lb_buf_span(&words)).n && !words.overflow;
	if (wordless)
		lb_escape(w->out, link->url);
	lb_buf_adds(w->out, "</a>");
	if (!local)
		write_host(w, link->url, wordless ? lb_span(link->url) : lb_buf_span(&words));
}

static void write_image(struct writer *w, const struct lb_rich *image)
{
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(strlen(image->text) + (image->url ? strlen(image->url) : 0) + 16);
	add_image_words(&words, image);
	bool link = image->url && !w->in_link;
	const char *local = link ? local_of(w, image->url) : NULL;
	if (link)
		open_anchor(w, image->url, local, " image");
	lb_escape(w->out, lb_buf_str(&words));
	if (link)
		lb_buf_adds(w->out, "</a>");
	if (link && !local)
		write_host(w, image->url, lb_buf_span(&words));
}

static const char *element_name(enum lb_rich_kind kind)
{
	static const char *const names[] = {
		[LB_RICH_BOLD] = "b", [LB_RICH_ITALIC] = "i", [LB_RICH_UNDERLINE] = "u", [LB_RICH_STRIKE] = "s",
		[LB_RICH_QUOTE] = "blockquote", [LB_RICH_LIST] = "ul", [LB_RICH_ITEM] = "li", [LB_RICH_IMAGE] = NULL,
	};
	return names[kind];
}

static void write_element(struct writer *w, const struct lb_rich *node)
{
	const char *name = element_name(node->kind);
	if (name)
		lb_buf_addf(w->out, "<%s>", name);
	write_nodes(w, node->child);
	if (name)
		lb_buf_addf(w->out, "</%s>", name);
}

static void write_nodes(struct writer *w, const struct lb_rich *node)
{
	for (; node; node = node->next) {
		if (node->kind == LB_RICH_TEXT)
			lb_escape(w->out, node->text);
		else if (node->kind == LB_RICH_BREAK)
			lb_buf_adds(w->out, "<br>");
		else if (node->kind == LB_RICH_LINK)
			write_link(w, node);
		else if (node->kind == LB_RICH_IMAGE)
			write_image(w, node);
		else
			write_element(w, node);
	}
}

void lb_rich_html(struct lb_buf *b, const struct lb_rich *tree, lb_rich_local_fn *local, void *arg)
{
	struct writer w = { .out = b, .local = local, .arg = arg };
	write_nodes(&w, tree->child);
}
