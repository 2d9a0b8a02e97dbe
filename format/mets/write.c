#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/mets/internal.h"

#define DEPTH_MAX 24 /* of collections; a deeper one stands beside the one that it is in */
#define LABEL_MAX 1000 /* bytes: readers limit the length of a tag. Whole titles stand elsewhere */

/* Numbers sorted into lists: those of list i are items[start[i]] to items[start[i + 1] - 1]. */
struct lists { size_t *start, *items; };

static void lists_clear(struct lists *l)
{
	free(l->start);
	free(l->items);
}

/* After the counts stand in start[i + 1]. */
static void lists_place(struct lists *l, size_t count)
{
	for (size_t i = 0; i < count; i++)
		l->start[i + 1] += l->start[i];
	l->items = lb_realloc(NULL, l->start[count] + 1, sizeof *l->items);
}

/* Filling moves each start to the next list's; this moves them back. */
static void lists_rewind(struct lists *l, size_t count)
{
	memmove(l->start + 1, l->start, count * sizeof *l->start);
	l->start[0] = 0;
}

static bool has_photo(const struct lb_mets *m, const struct lb_mets_file *f)
{
	return f->photo >= 0 && (size_t)f->photo < m->nphotos;
}

static struct lists files_by_photo(const struct lb_mets *m)
{
	struct lists l = {.start = lb_alloc((m->nphotos + 1) * sizeof *l.start)};
	for (size_t i = 0; i < m->nfiles; i++)
		if (has_photo(m, &m->files[i]))
			l.start[m->files[i].photo + 1]++;
	lists_place(&l, m->nphotos);
	for (size_t i = 0; i < m->nfiles; i++)
		if (has_photo(m, &m->files[i]))
			l.items[l.start[m->files[i].photo]++] = i;
	lists_rewind(&l, m->nphotos);
	return l;
}

bool lb_mets_is_captured(const struct lb_mets_file *file)
{
	bool media = !strcmp(file->group, "original") || !strcmp(file->group, "thumbnail") || !strcmp(file->group, "icon");
	return media && file->captured != LB_UNKNOWN;
}

struct mets_id lb_mets_id(enum mets_kind kind, size_t position)
{
	struct mets_id id;
	snprintf(id.text, sizeof id.text, "%c-%zu", (char)kind, position);
	return id;
}

static void attr_id(struct mets_writer *w, const char *name, enum mets_kind kind, size_t position)
{
	lb_xw_attr(&w->xml, name, lb_mets_id(kind, position).text);
}

static void attr_label(struct mets_writer *w, const char *title)
{
	if (!title)
		return;
	struct lb_span rest = lb_span(title);
	while (rest.n && (size_t)(rest.p - title) < LABEL_MAX)
		lb_utf8_next(&rest);
	LB_AUTO(lb_freep) char *label = lb_strndup(title, (size_t)(rest.p - title));
	lb_xw_attr(&w->xml, "LABEL", label);
}

void lb_mets_start_section(struct mets_writer *w, const char *element, const char *id, const char *type)
{
	lb_xw_start(&w->xml, element);
	w->xml.flat = true;
	lb_xw_attr(&w->xml, "ID", id);
	lb_xw_start(&w->xml, "mdWrap");
	lb_xw_attr(&w->xml, "MDTYPE", type);
	lb_xw_start(&w->xml, "xmlData");
}

void lb_mets_end_section(struct mets_writer *w)
{
	for (int level = 0; level < 3; level++)
		lb_xw_end(&w->xml);
	w->xml.flat = false;
}

static void start_root(struct mets_writer *w)
{
	static const char *const namespaces[][2] = {
		{"xmlns", "http://www.loc.gov/METS/"},
		{"xmlns:xlink", "http://www.w3.org/1999/xlink"},
		{"xmlns:premis", "http://www.loc.gov/premis/v3"},
		{"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
	};
	lb_xw_start(&w->xml, "mets");
	for (size_t i = 0; i < LB_COUNT(namespaces); i++)
		lb_xw_attr(&w->xml, namespaces[i][0], namespaces[i][1]);
	lb_xw_attr(&w->xml, "OBJID", w->m->id);
	attr_label(w, w->m->title);
	lb_xw_attr(&w->xml, "TYPE", "Data Lifeboat");
}

static void write_header(struct mets_writer *w)
{
	char date[LB_TIME_ISO];
	lb_time_iso(w->m->created, date);
	lb_xw_start(&w->xml, "metsHdr");
	lb_xw_attr(&w->xml, "CREATEDATE", *date ? date : NULL);
	lb_xw_start(&w->xml, "agent");
	lb_xw_attr(&w->xml, "ROLE", "CREATOR");
	lb_xw_attr(&w->xml, "TYPE", "OTHER");
	lb_xw_attr(&w->xml, "OTHERTYPE", "SOFTWARE");
	lb_xw_leaf(&w->xml, "name", w->m->program ? w->m->program : "");
	lb_xw_end(&w->xml);
	if (w->m->maker) {
		lb_xw_start(&w->xml, "agent");
		lb_xw_attr(&w->xml, "ROLE", "ARCHIVIST");
		lb_xw_leaf(&w->xml, "name", w->m->maker);
		lb_xw_end(&w->xml);
	}
	lb_xw_end(&w->xml);
}

static void write_package_description(struct mets_writer *w)
{
	lb_mets_start_section(w, "dmdSec", METS_PACKAGE, "DC");
	lb_xw_leaf(&w->xml, "dc:title", w->m->title);
	lb_xw_leaf(&w->xml, "dc:creator", w->m->maker);
	lb_xw_leaf(&w->xml, "dc:identifier", w->m->id);
	lb_xw_leaf(&w->xml, "dc:type", "Collection");
	lb_mets_end_section(w);
}

static void write_photo_description(struct mets_writer *w, size_t i)
{
	const struct lb_mets_photo *p = &w->m->photos[i];
	lb_mets_start_section(w, "dmdSec", lb_mets_id(METS_PHOTO, i).text, "DC");
	lb_xw_leaf(&w->xml, "dc:title", p->title);
	lb_xw_leaf(&w->xml, "dc:creator", p->owner_name ? p->owner_name : p->owner_id);
	if (p->stub) {
		LB_AUTO(lb_buf_clear) struct lb_buf note = LB_BUF(SIZE_MAX / 2);
		lb_buf_addf(&note, "Not kept in this package but for what stands here: %s", p->withheld ? p->withheld : "withheld");
		lb_xw_leaf(&w->xml, "dc:description", lb_buf_str(&note));
	}
	lb_xw_leaf(&w->xml, "dc:identifier", p->url ? p->url : p->id);
	lb_xw_leaf(&w->xml, "dc:rights", p->license_label);
	lb_mets_end_section(w);
}

/* OWNERID, the last part of the address without its query: what the file was called at Flickr. */
static void attr_name_at_flickr(struct mets_writer *w, const char *url)
{
	if (!url)
		return;
	struct lb_span rest = lb_span(url), address = {0};
	lb_span_cut(&rest, '?', &address);
	LB_AUTO(lb_freep) char *whole = lb_strndup(address.p, address.n);
	const char *name = lb_path_base(whole);
	lb_xw_attr(&w->xml, "OWNERID", *name ? name : url);
}

static void write_location(struct mets_writer *w, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf href = LB_BUF(64 << 10);
	lb_url_encode_path(&href, lb_span(path));
	lb_xw_start(&w->xml, "FLocat");
	lb_xw_attr(&w->xml, "LOCTYPE", "URL");
	lb_xw_attr(&w->xml, "xlink:href", lb_buf_str(&href));
	lb_xw_end(&w->xml);
}

static void write_file(struct mets_writer *w, size_t i)
{
	const struct lb_mets_file *f = &w->m->files[i];
	lb_xw_start(&w->xml, "file");
	w->xml.flat = true;
	attr_id(w, "ID", METS_FILE, i);
	attr_name_at_flickr(w, f->source_url);
	lb_xw_attr(&w->xml, "MIMETYPE", f->mime);
	lb_xw_attr_u64(&w->xml, "SIZE", f->size);
	lb_xw_attr(&w->xml, "CHECKSUM", f->sha256);
	lb_xw_attr(&w->xml, "CHECKSUMTYPE", "SHA-256");
	if (lb_mets_is_captured(f))
		attr_id(w, "ADMID", METS_FILE_CAPTURE, i);
	write_location(w, f->path);
	lb_xw_end(&w->xml);
	w->xml.flat = false;
}

static void write_group(struct mets_writer *w, const char *group)
{
	lb_xw_start(&w->xml, "fileGrp");
	lb_xw_attr(&w->xml, "USE", group);
	for (size_t i = 0; i < w->m->nfiles; i++)
		if (!strcmp(w->m->files[i].group, group))
			write_file(w, i);
	lb_xw_end(&w->xml);
}

/* Calls `write` for every group, in the order of their first files. */
static void each_group(struct mets_writer *w, void (*write)(struct mets_writer *w, const char *group))
{
	LB_AUTO(lb_map_clear) struct lb_map seen = {0};
	for (size_t i = 0; i < w->m->nfiles; i++)
		if (lb_map_put(&seen, lb_span(w->m->files[i].group), i))
			write(w, w->m->files[i].group);
}

static void write_files(struct mets_writer *w)
{
	if (w->m->nfiles == 0)
		return;
	lb_xw_start(&w->xml, "fileSec");
	each_group(w, write_group);
	lb_xw_end(&w->xml);
}

static void write_pointer(struct mets_writer *w, size_t file)
{
	lb_xw_start(&w->xml, "fptr");
	attr_id(w, "FILEID", METS_FILE, file);
	lb_xw_end(&w->xml);
}

static void start_photo(struct mets_writer *w, size_t i, size_t order)
{
	const struct lb_mets_photo *p = &w->m->photos[i];
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", "photo");
	lb_xw_attr_u64(&w->xml, "ORDER", order);
	lb_xw_attr(&w->xml, "ORDERLABEL", p->id);
	attr_label(w, p->title);
	attr_id(w, "DMDID", METS_PHOTO, i);
}

static void attr_administration(struct mets_writer *w, size_t i)
{
	const struct lb_mets_photo *p = &w->m->photos[i];
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(256);
	if (p->license_id)
		lb_buf_adds(&ids, lb_mets_id(METS_RIGHTS, w->rights[i]).text);
	if (p->captured != LB_UNKNOWN)
		lb_buf_addf(&ids, "%s%s", ids.len ? " " : "", lb_mets_id(METS_PHOTO_CAPTURE, i).text);
	lb_xw_attr(&w->xml, "ADMID", ids.p);
}

static void write_photo(struct mets_writer *w, const struct lists *files, size_t i)
{
	start_photo(w, i, i + 1);
	attr_administration(w, i);
	for (size_t k = files->start[i]; k < files->start[i + 1]; k++)
		write_pointer(w, files->items[k]);
	lb_xw_end(&w->xml);
}

static void write_other_files(struct mets_writer *w, const char *group)
{
	bool open = false;
	for (size_t i = 0; i < w->m->nfiles; i++) {
		if (has_photo(w->m, &w->m->files[i]) || strcmp(w->m->files[i].group, group))
			continue;
		if (!open) {
			lb_xw_start(&w->xml, "div");
			lb_xw_attr(&w->xml, "TYPE", group);
			open = true;
		}
		write_pointer(w, i);
	}
	if (open)
		lb_xw_end(&w->xml);
}

static void attr_package_administration(struct mets_writer *w)
{
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(256);
	lb_buf_adds(&ids, METS_CREATION);
	if (w->m->policy)
		lb_buf_adds(&ids, " " METS_POLICY);
	if (w->m->agreement)
		lb_buf_adds(&ids, " " METS_AGREEMENT);
	if (w->m->conversion)
		lb_buf_adds(&ids, " " METS_CONVERSION);
	if (w->m->pseudonymised)
		lb_buf_adds(&ids, " " METS_REDACTION);
	lb_xw_attr(&w->xml, "ADMID", lb_buf_str(&ids));
}

static void start_map(struct mets_writer *w, const char *type, const char *root)
{
	lb_xw_start(&w->xml, "structMap");
	lb_xw_attr(&w->xml, "TYPE", type);
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", root);
	attr_label(w, w->m->title);
	lb_xw_attr(&w->xml, "DMDID", METS_PACKAGE);
	attr_package_administration(w);
}

static void write_physical(struct mets_writer *w)
{
	LB_AUTO(lists_clear) struct lists files = files_by_photo(w->m);
	start_map(w, "physical", "lifeboat");
	for (size_t i = 0; i < w->m->nphotos; i++)
		write_photo(w, &files, i);
	each_group(w, write_other_files);
	lb_xw_end(&w->xml);
	lb_xw_end(&w->xml);
}

static void write_set(struct mets_writer *w, const char *type, const struct lb_mets_set *set)
{
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", type);
	lb_xw_attr(&w->xml, "ORDERLABEL", set->id);
	attr_label(w, set->title);
	for (size_t i = 0; i < set->nphotos; i++) {
		start_photo(w, set->photos[i], i + 1);
		lb_xw_end(&w->xml);
	}
	lb_xw_end(&w->xml);
}

static void write_sets(struct mets_writer *w, const char *types, const char *type, const struct lb_mets_sets *sets)
{
	if (sets->count == 0)
		return;
	start_map(w, "logical", types);
	for (size_t i = 0; i < sets->count; i++)
		write_set(w, type, &sets->items[i]);
	lb_xw_end(&w->xml);
	lb_xw_end(&w->xml);
}

static void write_album_reference(struct mets_writer *w, const char *id)
{
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", "album");
	lb_xw_attr(&w->xml, "ORDERLABEL", id);
	lb_xw_end(&w->xml);
}

static void write_collections(struct mets_writer *w)
{
	size_t open = 0;
	if (w->m->ncollections == 0)
		return;
	start_map(w, "logical", "collections");
	for (size_t i = 0; i < w->m->ncollections; i++) {
		const struct lb_mets_collection *c = &w->m->collections[i];
		const size_t depth = c->depth < DEPTH_MAX ? c->depth : DEPTH_MAX;
		for (; open > depth; open--)
			lb_xw_end(&w->xml);
		lb_xw_start(&w->xml, "div");
		open++;
		lb_xw_attr(&w->xml, "TYPE", "collection");
		lb_xw_attr(&w->xml, "ORDERLABEL", c->id);
		attr_label(w, c->title);
		for (size_t k = 0; k < c->nalbum_ids; k++)
			write_album_reference(w, c->album_ids[k]);
	}
	for (; open > 0; open--)
		lb_xw_end(&w->xml);
	lb_xw_end(&w->xml);
	lb_xw_end(&w->xml);
}

/* ---- photos with the same terms ---- */

static void add_term(struct lb_buf *key, const char *text)
{
	lb_buf_addc(key, text ? '1' : '0');
	lb_buf_adds(key, text ? text : "");
	lb_buf_addc(key, '\0');
}

static struct lb_span terms_of(const struct lb_mets_photo *p, struct lb_buf *key)
{
	const char *const terms[] = {p->owner_id, p->owner_name, p->license_id, p->license_uri, p->license_label, p->withheld,
		p->stub ? "stub" : NULL};
	lb_buf_reset(key);
	for (size_t i = 0; i < LB_COUNT(terms); i++)
		add_term(key, terms[i]);
	return lb_buf_span(key);
}

static size_t *group_rights(const struct lb_mets *m)
{
	LB_AUTO(lb_map_clear) struct lb_map seen = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(SIZE_MAX / 2);
	size_t *rights = lb_alloc((m->nphotos + 1) * sizeof *rights);
	for (size_t i = 0; i < m->nphotos; i++) {
		struct lb_span terms = terms_of(&m->photos[i], &key);
		if (!lb_map_get(&seen, terms, &rights[i])) {
			lb_map_put(&seen, terms, i);
			rights[i] = i;
		}
	}
	return rights;
}

void lb_mets_write(const struct lb_mets *m, struct lb_out *out)
{
	LB_AUTO(lb_freep) size_t *rights = group_rights(m);
	struct mets_writer w = {.m = m, .rights = rights};
	lb_xw_begin(&w.xml, out);
	start_root(&w);
	write_header(&w);
	write_package_description(&w);
	for (size_t i = 0; i < m->nphotos; i++)
		write_photo_description(&w, i);
	lb_mets_write_administration(&w);
	write_files(&w);
	write_physical(&w);
	write_sets(&w, "albums", "album", &m->albums);
	write_sets(&w, "galleries", "gallery", &m->galleries);
	write_sets(&w, "groups", "group", &m->groups);
	write_collections(&w);
	lb_xw_end(&w.xml);
}
