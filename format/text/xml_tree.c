#include "format/text/text.h"

#include <stdlib.h>
#include <string.h>

/* An element that is still open. Text buffers are kept for the next element of the same depth. */
struct frame { struct lb_xml *element; struct lb_xml **tail; struct lb_buf text; };

struct tree {
	struct lb_arena *arena;
	struct lb_xml *root;
	struct frame *frames;
	size_t depth, made, cap;
	size_t max_text;
};

static void tree_clear(struct tree *t)
{
	for (size_t i = 0; i < t->made; i++)
		lb_buf_clear(&t->frames[i].text);
	free(t->frames);
}

static struct frame *open_frame(struct tree *t)
{
	if (t->depth == t->made) {
		LB_GROW(t->frames, t->made, t->cap);
		t->frames[t->made++] = (struct frame){ .text = LB_BUF(t->max_text) };
	}
	lb_buf_reset(&t->frames[t->depth].text);
	return &t->frames[t->depth++];
}

static const struct lb_xml_attr *keep_attrs(struct lb_arena *arena, const struct lb_xml_attr *attrs, size_t count)
{
	struct lb_xml_attr *kept = lb_arena_alloc(arena, (count + 1) * sizeof *kept);
	for (size_t i = 0; i < count; i++) {
		kept[i].name = lb_arena_strdup(arena, attrs[i].name);
		kept[i].value = lb_arena_strdup(arena, attrs[i].value);
	}
	return kept;
}

static int tree_start(void *arg, const char *name, const struct lb_xml_attr *attrs, size_t count, struct lb_error *err)
{
	(void)err;
	struct tree *t = arg;
	struct lb_xml *e = lb_arena_alloc(t->arena, sizeof *e);
	e->name = lb_arena_strdup(t->arena, name);
	e->attrs = keep_attrs(t->arena, attrs, count);
	e->nattrs = count;
	e->text = "";
	if (t->depth) {
		struct frame *parent = &t->frames[t->depth - 1];
		*parent->tail = e;
		parent->tail = &e->next;
	} else {
		t->root = e;
	}
	struct frame *f = open_frame(t);
	f->element = e;
	f->tail = &e->child;
	return 0;
}

static int tree_text(void *arg, const char *text, size_t n, struct lb_error *err)
{
	(void)err;
	struct tree *t = arg;
	if (t->depth)
		lb_buf_add(&t->frames[t->depth - 1].text, text, n);
	return 0;
}

static int tree_end(void *arg, const char *name, struct lb_error *err)
{
	(void)name;
	struct tree *t = arg;
	struct frame *f = &t->frames[--t->depth];
	LB_TRY(lb_buf_check(&f->text, "XML text", err));
	if (f->text.len)
		f->element->text = lb_arena_strndup(t->arena, f->text.p, f->text.len);
	return 0;
}

int lb_xml_parse(struct lb_span doc, const struct lb_xml_limits *limits, struct lb_arena *arena, struct lb_xml **root,
	struct lb_error *err)
{
	static const struct lb_xml_handler handler = { tree_start, tree_end, tree_text };
	LB_AUTO(tree_clear) struct tree t = { .arena = arena, .max_text = doc.n + 1 };
	struct lb_xml_reader *r = lb_xml_reader_new(&handler, &t, limits);
	int rc = lb_xml_reader_feed(r, doc.p, doc.n, err);
	if (!rc)
		rc = lb_xml_reader_end(r, err);
	lb_xml_reader_free(r);
	if (!rc)
		*root = t.root;
	return rc;
}

const char *lb_xml_attr(const struct lb_xml *e, const char *name)
{
	for (size_t i = 0; e && i < e->nattrs; i++)
		if (strcmp(e->attrs[i].name, name) == 0)
			return e->attrs[i].value;
	return NULL;
}

static const struct lb_xml *first_named(const struct lb_xml *e, const char *name)
{
	while (e && strcmp(e->name, name) != 0)
		e = e->next;
	return e;
}

const struct lb_xml *lb_xml_child(const struct lb_xml *e, const char *name)
{
	return e ? first_named(e->child, name) : NULL;
}

const struct lb_xml *lb_xml_next(const struct lb_xml *e, const char *name)
{
	return e ? first_named(e->next, name) : NULL;
}
