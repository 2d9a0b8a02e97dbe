#include "viewer/data/internal.h"

/* What people wrote, as the rows hold it. */

const char *lb_viewer_plain(struct lb_viewer *v, const char *text)
{
	if (!lb_said(text))
		return NULL;
	lb_buf_reset(&v->text);
	lb_rich_plain(&v->text, text);
	return lb_buf_str(&v->text);
}

const char *lb_viewer_title(struct lb_viewer *v, const char *title)
{
	lb_buf_reset(&v->text);
	return lb_add_title_plain(&v->text, title) ? lb_buf_str(&v->text) : NULL;
}

void lb_viewer_str(struct lb_viewer *v, struct lb_jw *w, const char *key, const char *text)
{
	lb_jw_str(w, key, lb_viewer_plain(v, text));
}

void lb_viewer_raw(struct lb_jw *w, const char *key, const char *json)
{
	lb_jw_raw(w, key, json ? json : "null");
}

void lb_viewer_number(struct lb_jw *w, const char *key, int64_t n)
{
	if (n < 0)
		lb_jw_null(w, key);
	else
		lb_jw_int(w, key, n);
}

/* ---- text with markup: a node is a string, or an array that begins with its kind ---- */

struct nodes { struct lb_viewer *v; bool in_link, any; };

static void add_nodes(struct nodes *n, const struct lb_rich *node);

static void add_string(struct nodes *n, const char *text)
{
	struct lb_jw w;
	if (n->any)
		lb_buf_addc(&n->v->rich, ',');
	n->any = true;
	lb_jw_begin(&w, &n->v->rich, true);
	lb_jw_str(&w, NULL, text);
}

static void open_node(struct nodes *n, const char *kind)
{
	lb_buf_addf(&n->v->rich, "%s[\"%s\"", n->any ? "," : "", kind);
	n->any = true;
}

static void close_node(struct nodes *n)
{
	lb_buf_addc(&n->v->rich, ']');
}

/* The row of the photo that an address names, when it is here. */
static bool local_row(const struct nodes *n, const char *url, size_t *row)
{
	struct lb_span id = lb_photo_id_of(url);
	return id.n && lb_map_get(&n->v->where, id, row);
}

static void add_photo_link(struct nodes *n, size_t row)
{
	open_node(n, "photo");
	lb_buf_addf(&n->v->rich, ",%zu", row);
}

static bool has_words(const struct lb_rich *tree)
{
	LB_AUTO(lb_buf_clear) struct lb_buf words = LB_BUF(SIZE_MAX / 4);
	lb_rich_text(&words, tree);
	return lb_span_trim(lb_buf_span(&words)).n > 0;
}

static void add_link(struct nodes *n, const struct lb_rich *link)
{
	size_t row;
	if (!link->url || n->in_link) {
		add_nodes(n, link->child);
		return;
	}
	bool local = local_row(n, link->url, &row);
	if (local) {
		add_photo_link(n, row);
	} else {
		open_node(n, "a");
		add_string(n, link->url);
	}
	n->in_link = true;
	if (has_words(link))
		add_nodes(n, link->child);
	else
		add_string(n, link->url);
	n->in_link = false;
	close_node(n);
}

static void add_image(struct nodes *n, const struct lb_rich *image)
{
	size_t row;
	const char *words = lb_arena_printf(&n->v->scratch, "[image:%s%s%s%s]", image->text[0] ? " " : "", image->text, image->url ? " " : "",
		image->url ? image->url : "");
	if (!image->url || n->in_link) {
		add_string(n, words);
		return;
	}
	bool local = local_row(n, image->url, &row);
	if (local)
		add_photo_link(n, row);
	else
		open_node(n, "img");
	add_string(n, local ? words : image->url);
	if (!local && image->text[0])
		add_string(n, image->text);
	close_node(n);
}

static void add_element(struct nodes *n, const struct lb_rich *node)
{
	static const char *const kinds[] = {
		[LB_RICH_BOLD] = "b", [LB_RICH_ITALIC] = "i", [LB_RICH_UNDERLINE] = "u", [LB_RICH_STRIKE] = "s", [LB_RICH_QUOTE] = "quote",
		[LB_RICH_LIST] = "ul", [LB_RICH_ITEM] = "li",
	};
	open_node(n, kinds[node->kind]);
	add_nodes(n, node->child);
	close_node(n);
}

static void add_nodes(struct nodes *n, const struct lb_rich *node)
{
	for (; node; node = node->next) {
		if (node->kind == LB_RICH_TEXT) {
			add_string(n, node->text);
		} else if (node->kind == LB_RICH_BREAK) {
			open_node(n, "br");
			close_node(n);
		} else if (node->kind == LB_RICH_LINK) {
			add_link(n, node);
		} else if (node->kind == LB_RICH_IMAGE) {
			add_image(n, node);
		} else {
			add_element(n, node);
		}
	}
}

const char *lb_viewer_rich(struct lb_viewer *v, const char *html, unsigned field)
{
	struct nodes n = { .v = v };
	const struct lb_rich *tree = lb_said(html) ? lb_rich_parse(html, &v->scratch) : NULL;
	if (!tree || !tree->child)
		return NULL;
	if (field) {
		lb_buf_reset(&v->text);
		lb_rich_text(&v->text, tree);
		lb_search_add(v->search, (uint32_t)v->added, field, lb_buf_str(&v->text));
	}
	lb_buf_reset(&v->rich);
	lb_buf_addc(&v->rich, '[');
	add_nodes(&n, tree->child);
	close_node(&n);
	return lb_buf_str(&v->rich);
}
