/* The document: header, files, maps. Descriptions are in describe.c, the administrative section in premis.c. */
#include <stdio.h>
#include <string.h>

#include "format/mets/internal.h"

#define DEPTH_MAX 24 /* of collections; a deeper one stands beside the one that it is in */
#define LABEL_MAX 1000 /* bytes: readers limit the length of a tag. Whole titles stand elsewhere */

struct mets_id lb_mets_id(enum mets_kind kind, size_t number)
{
	struct mets_id id;
	snprintf(id.text, sizeof id.text, "%c-%zu", METS_KINDS[kind], number);
	return id;
}

static void attr_id(struct mets_writer *w, const char *name, enum mets_kind kind, size_t number)
{
	lb_xw_attr(&w->xml, name, lb_mets_id(kind, number).text);
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

static void add_id(struct lb_buf *ids, const char *id)
{
	lb_buf_addf(ids, "%s%s", ids->len ? " " : "", id);
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
		{"xmlns", METS_NAMESPACE}, {"xmlns:xlink", XLINK_NAMESPACE}, {"xmlns:xsi", LB_XSI_NAMESPACE}, {"xmlns:dc", DC_NAMESPACE},
	};
	lb_xw_start(&w->xml, "mets");
	for (size_t i = 0; i < LB_COUNT(namespaces); i++)
		lb_xw_attr(&w->xml, namespaces[i][0], namespaces[i][1]);
	lb_xw_attr(&w->xml, "OBJID", w->m->id);
	attr_label(w, w->m->title);
	lb_xw_attr(&w->xml, "TYPE", "Data Lifeboat");
	lb_xw_attr(&w->xml, "PROFILE", LB_METS_PROFILE);
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

/* ---- files ---- */

static void write_location(struct mets_writer *w, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf href = LB_BUF(64 << 10);
	lb_url_encode_path(&href, lb_span(path));
	lb_xw_start(&w->xml, "FLocat");
	lb_xw_attr(&w->xml, "LOCTYPE", "URL");
	lb_xw_attr(&w->xml, "xlink:href", lb_buf_str(&href));
	lb_xw_end(&w->xml);
}

/* Objects and captures are numbered as their files are: counting along gives their ids. */
struct counts { size_t objects, captures; };

static void attr_file_administration(struct mets_writer *w, const struct lb_mets_file *f, struct counts *counts)
{
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(256);
	const bool has_photo = f->photo >= 0 && (size_t)f->photo < w->source->nphotos;
	if (!lb_mets_is_media(f->group))
		return;
	add_id(&ids, lb_mets_id(METS_OBJECT, counts->objects++).text);
	if (f->captured != LB_UNKNOWN)
		add_id(&ids, lb_mets_id(METS_FILE_CAPTURE, counts->captures++).text);
	if (has_photo && w->order.rights[f->photo] != METS_NO_RIGHTS)
		add_id(&ids, lb_mets_id(METS_RIGHTS, w->order.rights[f->photo]).text);
	lb_xw_attr(&w->xml, "ADMID", lb_buf_str(&ids));
}

static int write_file(struct mets_writer *w, size_t number, struct counts *counts, struct lb_error *err)
{
	struct lb_mets_file f;
	LB_TRY(w->source->file(w->source->arg, w->order.file[number], &f, err));
	lb_xw_start(&w->xml, "file");
	w->xml.flat = true;
	attr_id(w, "ID", METS_FILE, number);
	lb_xw_attr(&w->xml, "MIMETYPE", f.mime);
	lb_xw_attr_u64(&w->xml, "SIZE", f.size);
	lb_xw_attr(&w->xml, "CHECKSUM", f.sha256);
	lb_xw_attr(&w->xml, "CHECKSUMTYPE", "SHA-256");
	attr_file_administration(w, &f, counts);
	write_location(w, f.path);
	lb_xw_end(&w->xml);
	w->xml.flat = false;
	return LB_OK;
}

static int write_files(struct mets_writer *w, struct lb_error *err)
{
	struct counts counts = {0};
	if (w->source->nfiles == 0)
		return LB_OK;
	lb_xw_start(&w->xml, "fileSec");
	for (size_t g = 0; g < w->order.ngroups; g++) {
		const struct mets_group *group = &w->order.groups[g];
		if (group->first == group->end)
			continue;
		lb_xw_start(&w->xml, "fileGrp");
		lb_xw_attr(&w->xml, "USE", group->use);
		for (size_t i = group->first; i < group->end; i++)
			LB_TRY(write_file(w, i, &counts, err));
		lb_xw_end(&w->xml);
	}
	lb_xw_end(&w->xml);
	return LB_OK;
}

/* ---- maps ---- */

static void write_pointer(struct mets_writer *w, size_t number)
{
	lb_xw_start(&w->xml, "fptr");
	attr_id(w, "FILEID", METS_FILE, number);
	lb_xw_end(&w->xml);
}

static void start_photo(struct mets_writer *w, const struct lb_mets_photo *p, size_t i, size_t order)
{
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", "photo");
	lb_xw_attr_u64(&w->xml, "ORDER", order);
	lb_xw_attr(&w->xml, "ORDERLABEL", p->id);
	attr_label(w, p->title);
	attr_id(w, "DMDID", METS_PHOTO, i);
}

static void attr_photo_administration(struct mets_writer *w, const struct lb_mets_photo *p, size_t i, size_t *captures)
{
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(256);
	if (w->order.rights[i] != METS_NO_RIGHTS)
		add_id(&ids, lb_mets_id(METS_RIGHTS, w->order.rights[i]).text);
	if (p->captured != LB_UNKNOWN)
		add_id(&ids, lb_mets_id(METS_PHOTO_CAPTURE, (*captures)++).text);
	if (p->stub)
		add_id(&ids, METS_WITHHOLDING);
	lb_xw_attr(&w->xml, "ADMID", ids.p);
}

static int write_photo(struct mets_writer *w, size_t i, size_t *captures, struct lb_error *err)
{
	struct lb_mets_photo p;
	LB_TRY(w->source->photo(w->source->arg, i, &p, err));
	start_photo(w, &p, i, i + 1);
	attr_photo_administration(w, &p, i, captures);
	for (size_t k = w->order.start[i]; k < w->order.start[i + 1]; k++)
		write_pointer(w, w->order.number[w->order.of_photo[k]]);
	lb_xw_end(&w->xml);
	return LB_OK;
}

static void write_other_files(struct mets_writer *w, const struct mets_group *group)
{
	if (group->others == group->end)
		return;
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", group->use);
	for (size_t i = group->others; i < group->end; i++)
		write_pointer(w, i);
	lb_xw_end(&w->xml);
}

static void attr_package_administration(struct mets_writer *w)
{
	LB_AUTO(lb_buf_clear) struct lb_buf ids = LB_BUF(256);
	add_id(&ids, METS_ENTITY);
	add_id(&ids, METS_CREATION);
	if (w->order.captured_first != LB_UNKNOWN)
		add_id(&ids, METS_DIGESTS);
	if (w->m->policy)
		add_id(&ids, METS_POLICY);
	if (w->m->agreement)
		add_id(&ids, METS_AGREEMENT);
	if (w->m->conversion)
		add_id(&ids, METS_CONVERSION);
	if (w->order.nstubs)
		add_id(&ids, METS_WITHHOLDING);
	if (w->m->pseudonymised)
		add_id(&ids, METS_REDACTION);
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

static void end_map(struct mets_writer *w)
{
	lb_xw_end(&w->xml);
	lb_xw_end(&w->xml);
}

static int write_physical(struct mets_writer *w, struct lb_error *err)
{
	size_t captures = 0;
	start_map(w, "physical", "lifeboat");
	for (size_t i = 0; i < w->source->nphotos; i++)
		LB_TRY(write_photo(w, i, &captures, err));
	for (size_t g = 0; g < w->order.ngroups; g++)
		write_other_files(w, &w->order.groups[g]);
	end_map(w);
	return LB_OK;
}

static int write_set(struct mets_writer *w, const char *type, const struct lb_mets_set *set, struct lb_error *err)
{
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", type);
	lb_xw_attr(&w->xml, "ORDERLABEL", set->id);
	attr_label(w, set->title);
	for (size_t i = 0; i < set->nphotos; i++) {
		struct lb_mets_photo p;
		LB_TRY(w->source->photo(w->source->arg, set->photos[i], &p, err));
		start_photo(w, &p, set->photos[i], i + 1);
		lb_xw_end(&w->xml);
	}
	lb_xw_end(&w->xml);
	return LB_OK;
}

static int write_sets(struct mets_writer *w, enum lb_mets_set_kind kind, struct lb_error *err)
{
	static const char *const types[LB_METS_SET_KINDS][2] = {
		[LB_METS_ALBUM] = {"albums", "album"}, [LB_METS_GALLERY] = {"galleries", "gallery"}, [LB_METS_GROUP] = {"groups", "group"},
	};
	if (w->source->nsets[kind] == 0)
		return LB_OK;
	start_map(w, "logical", types[kind][0]);
	for (size_t i = 0; i < w->source->nsets[kind]; i++) {
		struct lb_mets_set set;
		LB_TRY(w->source->set(w->source->arg, kind, i, &set, err));
		LB_TRY(write_set(w, types[kind][1], &set, err));
	}
	end_map(w);
	return LB_OK;
}

static void start_collection(struct mets_writer *w, const struct lb_mets_collection *c)
{
	lb_xw_start(&w->xml, "div");
	lb_xw_attr(&w->xml, "TYPE", "collection");
	lb_xw_attr(&w->xml, "ORDERLABEL", c->id);
	attr_label(w, c->title);
	for (size_t i = 0; i < c->nalbum_ids; i++) {
		lb_xw_start(&w->xml, "div");
		lb_xw_attr(&w->xml, "TYPE", "album");
		lb_xw_attr(&w->xml, "ORDERLABEL", c->album_ids[i]);
		lb_xw_end(&w->xml);
	}
}

static int write_collections(struct mets_writer *w, struct lb_error *err)
{
	size_t open = 0;
	if (w->source->ncollections == 0)
		return LB_OK;
	start_map(w, "logical", "collections");
	for (size_t i = 0; i < w->source->ncollections; i++) {
		struct lb_mets_collection c;
		LB_TRY(w->source->collection(w->source->arg, i, &c, err));
		for (; open > (c.depth < DEPTH_MAX ? c.depth : DEPTH_MAX); open--)
			lb_xw_end(&w->xml);
		start_collection(w, &c);
		open++;
	}
	for (; open > 0; open--)
		lb_xw_end(&w->xml);
	end_map(w);
	return LB_OK;
}

static int write_document(struct mets_writer *w, struct lb_error *err)
{
	start_root(w);
	write_header(w);
	LB_TRY(lb_mets_write_descriptions(w, err));
	LB_TRY(lb_mets_write_administration(w, err));
	LB_TRY(write_files(w, err));
	LB_TRY(write_physical(w, err));
	for (int kind = 0; kind < LB_METS_SET_KINDS; kind++)
		LB_TRY(write_sets(w, (enum lb_mets_set_kind)kind, err));
	LB_TRY(write_collections(w, err));
	lb_xw_end(&w->xml);
	return LB_OK;
}

int lb_mets_write(const struct lb_mets *m, struct lb_out *out, struct lb_error *err)
{
	struct mets_writer w = {.m = m, .source = &m->source};
	int rc = lb_mets_order(&m->source, &w.order, err);
	lb_xw_begin(&w.xml, out);
	if (rc == LB_OK)
		rc = write_document(&w, err);
	lb_mets_order_clear(&w.order);
	return rc;
}
