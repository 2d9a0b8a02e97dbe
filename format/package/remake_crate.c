/* The crate with other files below viewer/; every other entity as it stands. */
#include <stdlib.h>
#include <string.h>

#include "format/package/crate_private.h"
#include "format/package/remake_private.h"

#define BELOW "viewer/" /* as the crate names what is below data/viewer/ */

/* What comes in: folders and files as the writer of crates tells them, each a JSON list. */
struct entities { struct lb_buf folders, files; struct lb_arena arena; const char **names; size_t nnames; };

static void entities_clear(struct entities *e)
{
	lb_buf_clear(&e->folders);
	lb_buf_clear(&e->files);
	lb_arena_clear(&e->arena);
	free(e->names);
}

static void begin_list(struct lb_writer_json *j)
{
	j->buf = (struct lb_buf)LB_BUF(LB_REMAKE_TEXT_MAX);
	lb_jw_begin(&j->jw, &j->buf, false);
	lb_jw_array(&j->jw, NULL);
}

static struct lb_buf end_list(struct lb_writer_json *j)
{
	lb_jw_end(&j->jw);
	return j->buf;
}

static void make_entities(struct lb_package *p, struct entities *e)
{
	struct lb_writer_json j = {.package = p};
	struct lb_crate c = {.p = p, .j = &j, .line = LB_BUF(LB_REMAKE_TEXT_MAX)};
	c.files = lb_writer_sorted(p, true, &c.nfiles);
	lb_crate_find_folders(&c);
	begin_list(&j);
	lb_crate_folders(&c);
	e->folders = end_list(&j);
	begin_list(&j);
	for (size_t i = 0; i < c.nfiles; i++)
		lb_crate_file(&c, &p->files[c.files[i]]);
	e->files = end_list(&j);
	e->names = lb_alloc((c.nfolders + 1) * sizeof *e->names);
	for (size_t i = 0; i < c.nfolders; i++)
		e->names[e->nnames++] = lb_arena_strdup(&e->arena, lb_crate_file_id(&c, c.folders[i] + strlen("data/")));
	lb_buf_clear(&c.line);
	lb_arena_clear(&c.arena);
	free(c.files);
	free(c.folders);
}

static void add_all(struct lb_remake_list *to, const struct lb_buf *list)
{
	struct lb_json_parts parts;
	struct lb_json_part part;
	if (!lb_json_parts_begin(lb_buf_span(list), &parts))
		return;
	while (lb_json_parts_next(&parts, &part))
		lb_remake_list_add(to, part.value);
}

/* The @id of an entity or of a reference to one, between its quotes. */
static struct lb_span id_of(struct lb_span element)
{
	struct lb_span id;
	if (!lb_json_member(element, "@id", &id) || id.n < 2)
		return (struct lb_span){0};
	return (struct lb_span){id.p + 1, id.n - 2};
}

/* ---- the parts of the whole ---- */

static void add_references(struct lb_remake_list *to, const struct entities *e)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 16);
	for (size_t i = 0; i < e->nnames; i++) {
		struct lb_jw w;
		lb_buf_reset(&text);
		lb_jw_begin(&w, &text, true);
		lb_jw_object(&w, NULL);
		lb_jw_str(&w, "@id", e->names[i]);
		lb_jw_end(&w);
		lb_remake_list_add(to, lb_buf_span(&text));
	}
}

/* Folders stand in order of name, before files. */
static void write_references(struct lb_span list, const struct entities *e, struct lb_out *out)
{
	struct lb_remake_list to;
	struct lb_json_parts parts;
	struct lb_json_part part;
	bool added = false;
	lb_remake_list_begin(&to, list, out);
	if (lb_json_parts_begin(list, &parts))
		while (lb_json_parts_next(&parts, &part)) {
			const struct lb_span id = id_of(part.value);
			if (!added && (!lb_span_ends(id, "/") || lb_span_cmp(id, lb_span(BELOW)) >= 0)) {
				add_references(&to, e);
				added = true;
			}
			if (!lb_span_starts(id, BELOW))
				lb_remake_list_add(&to, part.value);
		}
	if (!added)
		add_references(&to, e);
	lb_remake_list_end(&to);
}

/* The entity of the whole goes to `out` piece by piece, its list of parts anew. */
static void write_root(struct lb_remake_list *graph, struct lb_span root, const struct entities *e)
{
	struct lb_span parts;
	const char *end = root.p + root.n;
	if (!lb_json_member(root, "hasPart", &parts)) {
		lb_remake_list_add(graph, root);
		return;
	}
	lb_remake_list_add(graph, (struct lb_span){root.p, (size_t)(parts.p - root.p)});
	write_references(parts, e, graph->out);
	lb_out_add(graph->out, parts.p + parts.n, (size_t)(end - parts.p - parts.n));
}

static void write_graph(struct lb_span list, const struct entities *e, struct lb_out *out)
{
	struct lb_remake_list to;
	struct lb_json_parts parts;
	struct lb_json_part part;
	bool folders = false, files = false;
	lb_remake_list_begin(&to, list, out);
	if (!lb_json_parts_begin(list, &parts))
		return;
	while (lb_json_parts_next(&parts, &part)) {
		const struct lb_span id = id_of(part.value);
		const bool ours = lb_span_starts(id, BELOW), folder = lb_span_ends(id, "/");
		if (ours && folder && !folders) {
			add_all(&to, &e->folders);
			folders = true;
		} else if (ours && !folder && !files) {
			add_all(&to, &e->files);
			files = true;
		}
		if (lb_span_is(id, "./"))
			write_root(&to, part.value, e);
		else if (!ours)
			lb_remake_list_add(&to, part.value);
	}
	if (!folders)
		add_all(&to, &e->folders);
	if (!files)
		add_all(&to, &e->files);
	lb_remake_list_end(&to);
}

int lb_remake_crate(struct lb_remake *r, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_REMAKE_TEXT_MAX);
	LB_AUTO(entities_clear) struct entities e = {0};
	struct lb_span graph;
	struct lb_out *out;
	LB_TRY(lb_remake_read(r, LB_CRATE_PATH, &text, err));
	if (!lb_json_member(lb_buf_span(&text), "@graph", &graph) || *graph.p != '[')
		return lb_remake_damage(r, err, LB_CRATE_PATH, "has no graph");
	make_entities(r->package, &e);
	LB_TRY(lb_package_create(r->package, LB_CRATE_PATH, &out, err));
	lb_out_add(out, text.p, (size_t)(graph.p - text.p));
	write_graph(graph, &e, out);
	const char *rest = graph.p + graph.n;
	lb_out_add(out, rest, (size_t)(text.p + text.len - rest));
	return lb_package_close(r->package, LB_CRATE_PATH, out, err);
}
