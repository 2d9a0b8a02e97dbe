#include "viewer/internal.h"

/* Collections: the tree of members' folders, as lists in lists. Long trees go on over several pages; a page begins anew
 * only at the top, unless one tree alone is longer. */

#define PER_PAGE 400 /* collections */

struct tree { struct lb_pages *v; const struct lb_collection_entry *entries; size_t count; struct lb_row row; struct lb_page page; };

static void add_albums(struct tree *t, const struct lb_collection *c)
{
	struct lb_topic *albums = &t->v->topics[LB_TOPIC_ALBUMS];
	struct lb_buf *b = &t->page.b;
	if (!c->nalbum_ids)
		return;
	lb_buf_adds(b, "<ul class=\"lines\">\n");
	for (size_t i = 0; i < c->nalbum_ids; i++) {
		size_t entry;
		lb_buf_adds(b, "<li>");
		if (lb_map_get(&albums->keys, lb_span(c->album_ids[i]), &entry)) {
			lb_topic_link(&t->page, LB_TOPIC_ALBUMS, entry);
			lb_topic_kinds[LB_TOPIC_ALBUMS].label(t->v, b, entry);
			lb_buf_adds(b, "</a>");
		} else {
			LB_AUTO(lb_buf_clear) struct lb_buf id = LB_BUF(SIZE_MAX / 4);
			lb_add_name(&id, c->album_ids[i]);
			lb_ui_fill(b, UI_ALBUM_ELSEWHERE, lb_buf_str(&id), NULL);
		}
		lb_buf_adds(b, "</li>\n");
		lb_page_flush(&t->page);
	}
	lb_buf_adds(b, "</ul>\n");
}

static void add_collection(struct tree *t, const struct lb_collection *c)
{
	lb_buf_adds(&t->page.b, "<li");
	lb_page_id(&t->page, "k", c->id);
	lb_buf_adds(&t->page.b, "><strong>");
	lb_add_title(&t->page.b, c->title);
	lb_buf_adds(&t->page.b, "</strong>");
	if (lb_said(c->owner_id) && !c->parent_id) {
		lb_buf_addf(&t->page.b, " <small>%s ", lb_ui(UI_BY));
		lb_add_known_person(t->v, &t->page, c->owner_id, NULL);
		lb_buf_adds(&t->page.b, "</small>");
	}
	lb_buf_addc(&t->page.b, '\n');
	lb_add_rich(t->v, &t->page, c->description);
	add_albums(t, c);
	lb_arena_reset(&t->v->scratch);
}

static void close_to(struct tree *t, size_t *open, size_t depth)
{
	for (; *open > depth; (*open)--)
		lb_buf_adds(&t->page.b, "</li>\n</ul>\n");
}

/* `from` may lie deep in a tree whose beginning is on the page before: it then begins at its own depth. */
static void add_part(struct tree *t, size_t from, size_t to)
{
	size_t open = 0, base = from < to ? t->entries[from].depth : 0;
	for (size_t i = from; i < to; i++) {
		size_t depth = t->entries[i].depth < base ? 0 : t->entries[i].depth - base;
		if (open > depth + 1)
			close_to(t, &open, depth + 1);
		if (open == depth + 1) {
			lb_buf_adds(&t->page.b, "</li>\n");
		} else {
			lb_buf_adds(&t->page.b, "<ul class=\"tree\">\n");
			open++;
		}
		add_collection(t, &t->entries[i].collection);
		lb_page_flush(&t->page);
	}
	close_to(t, &open, 0);
}

static int write_page(struct tree *t, size_t number, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	size_t from = (number - 1) * PER_PAGE, to = from + PER_PAGE < t->count ? from + PER_PAGE : t->count;
	lb_buf_adds(&path, "data/");
	lb_row_path(&path, &t->row, number);
	LB_TRY(lb_page_begin(&t->page, t->v->package, lb_buf_str(&path), lb_ui(UI_COLLECTIONS_TITLE), LB_NAV_ALBUMS, err));
	lb_page_h(&t->page, 1, UI_COLLECTIONS_TITLE);
	lb_buf_addf(&t->page.b, "<p class=\"intro\">%s</p>\n", lb_ui(UI_COLLECTIONS_INTRO));
	lb_page_pager(&t->page, UI_PAGER, &t->row, number);
	add_part(t, from, to);
	lb_page_pager(&t->page, UI_PAGER_BELOW, &t->row, number);
	return lb_page_end(&t->page, err);
}

static void clear_tree(struct tree *t)
{
	lb_page_abandon(&t->page);
}

/* Nothing where there are none: then no link leads here either. */
int lb_write_collections(struct lb_pages *v, struct lb_error *err)
{
	LB_AUTO(clear_tree) struct tree t = { .v = v };
	t.entries = lb_package_collections(v->package, &t.count);
	t.row = (struct lb_row){ "collections", "pages/collections.html", (t.count + PER_PAGE - 1) / PER_PAGE };
	for (size_t i = 1; i <= t.row.total; i++)
		LB_TRY(write_page(&t, i, err));
	return 0;
}
