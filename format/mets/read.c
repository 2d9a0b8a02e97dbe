#include <stdlib.h>
#include <string.h>

#include "format/mets/internal.h"

#define ID_MAX 256      /* bytes of an XML id */
#define VALUE_MAX 4096  /* bytes of an identifier's text */
#define RIGHTS_MAX 4000000

struct lb_mets_reader {
	struct lb_mets_handler handler;
	struct lb_xml_reader *xml;
	bool root_seen, physical, taking, is_license;
	char objid[64];
	char rights_id[ID_MAX + 1];
	struct lb_map rights;            /* id of a rightsMD → number of its licence */
	struct lb_map licenses;          /* licence → its number, by order of appearance */
	struct lb_buf group, text, path;
	struct lb_arena file;            /* of the file element being read */
	const char *sha256, *mime;
	uint64_t size;
	bool in_file, located;
};

struct attrs { const struct lb_xml_attr *items; size_t count; };

static const char *attr(const struct attrs *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (!strcmp(a->items[i].name, name))
			return a->items[i].value;
	return NULL;
}

static int start_root(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *id = attr(a, "OBJID");
	if (!id || strlen(id) >= sizeof r->objid)
		return lb_fail(err, LB_FORMAT, "METS document has no usable OBJID");
	memcpy(r->objid, id, strlen(id) + 1);
	return LB_OK;
}

/* ---- rights ---------------------------------------------------------------------------------------------- */

static int start_rights(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *id = attr(a, "ID");
	if (!id || !*id || strlen(id) > ID_MAX)
		return lb_fail(err, LB_FORMAT, "rightsMD in METS has no usable ID");
	memcpy(r->rights_id, id, strlen(id) + 1);
	return LB_OK;
}

static int end_rights(struct lb_mets_reader *r, struct lb_error *err)
{
	(void)err;
	r->rights_id[0] = '\0';
	return LB_OK;
}

static int start_text(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	(void)a, (void)err;
	lb_buf_reset(&r->text);
	r->taking = true;
	return LB_OK;
}

static int end_license_type(struct lb_mets_reader *r, struct lb_error *err)
{
	r->taking = false;
	r->is_license = !r->text.overflow && lb_span_is(lb_buf_span(&r->text), METS_LICENSE_TYPE);
	return lb_buf_check(&r->text, "licence identifier in METS", err);
}

static int end_license_value(struct lb_mets_reader *r, struct lb_error *err)
{
	r->taking = false;
	LB_TRY(lb_buf_check(&r->text, "licence identifier in METS", err));
	if (!r->is_license || !r->rights_id[0])
		return LB_OK;
	if (r->rights.count == RIGHTS_MAX)
		return lb_fail(err, LB_LIMIT, "METS has more than %d rights statements", RIGHTS_MAX);
	r->is_license = false;
	size_t number = r->licenses.count;
	if (!lb_map_get(&r->licenses, lb_buf_span(&r->text), &number))
		lb_map_put(&r->licenses, lb_buf_span(&r->text), number);
	if (!lb_map_put(&r->rights, lb_span(r->rights_id), number))
		return lb_fail(err, LB_FORMAT, "METS gives rights \"%s\" twice", r->rights_id);
	return LB_OK;
}

/* ---- files ------------------------------------------------------------------------------------------------ */

static int start_group(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *use = attr(a, "USE");
	lb_buf_reset(&r->group);
	lb_buf_adds(&r->group, use ? use : "");
	return lb_buf_check(&r->group, "USE of a fileGrp in METS", err);
}

static bool is_sha256(const char *hex)
{
	return hex && strlen(hex) == LB_SHA256_HEX - 1 && strspn(hex, "0123456789abcdef") == LB_SHA256_HEX - 1;
}

static int start_file(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *id = attr(a, "ID"), *type = attr(a, "CHECKSUMTYPE"), *size = attr(a, "SIZE"), *mime = attr(a, "MIMETYPE");
	if (!id)
		id = "?";
	if (r->in_file)
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS stands inside another", id);
	lb_arena_reset(&r->file);
	if (!type || strcmp(type, "SHA-256") || !is_sha256(attr(a, "CHECKSUM")))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has no SHA-256 checksum", id);
	if (!lb_parse_u64(lb_span(size), &r->size))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has no size", id);
	r->sha256 = lb_arena_strdup(&r->file, attr(a, "CHECKSUM"));
	r->mime = lb_arena_strdup(&r->file, mime ? mime : "");
	r->in_file = true;
	r->located = false;
	return LB_OK;
}

static int start_location(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = attr(a, "LOCTYPE"), *href = attr(a, "href");
	if (!r->in_file || r->located)
		return lb_fail(err, LB_FORMAT, "METS has an FLocat too many");
	lb_buf_reset(&r->path);
	if (!type || strcmp(type, "URL") || !href || !*href || !lb_url_decode(&r->path, lb_span(href)))
		return lb_fail(err, LB_FORMAT, "METS has an FLocat without a usable URL");
	LB_TRY(lb_buf_check(&r->path, "path in METS", err));
	if (memchr(r->path.p, '\0', r->path.len))
		return lb_fail(err, LB_FORMAT, "METS has a path with a NUL");
	r->located = true;
	return LB_OK;
}

static int end_file(struct lb_mets_reader *r, struct lb_error *err)
{
	r->in_file = false;
	if (!r->located)
		return lb_fail(err, LB_FORMAT, "METS has a file without a location");
	if (!r->handler.file)
		return LB_OK;
	return r->handler.file(r->handler.arg, lb_buf_str(&r->path), r->sha256, r->size, r->mime, lb_buf_str(&r->group), err);
}

/* ---- photos ------------------------------------------------------------------------------------------------ */

static int start_map(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	(void)err;
	const char *type = attr(a, "TYPE");
	r->physical = type && !strcmp(type, "physical");
	return LB_OK;
}

/* Licence of the first rightsMD among the ids of an ADMID attribute, or NULL. */
static const char *license_of(const struct lb_mets_reader *r, const char *admid)
{
	struct lb_span rest = lb_span(admid), id;
	size_t number;
	while (lb_span_cut(&rest, ' ', &id))
		if (lb_map_get(&r->rights, id, &number))
			return r->licenses.items[number].key;
	return NULL;
}

static int start_div(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = attr(a, "TYPE"), *id = attr(a, "ORDERLABEL");
	if (!r->physical || !type || strcmp(type, "photo"))
		return LB_OK;
	if (!id || !*id)
		return lb_fail(err, LB_FORMAT, "METS has a photo without its id");
	return r->handler.photo ? r->handler.photo(r->handler.arg, id, license_of(r, attr(a, "ADMID")), err) : LB_OK;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static const struct element {
	const char *name;
	int (*start)(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err);
	int (*end)(struct lb_mets_reader *r, struct lb_error *err);
} elements[] = {
	{"rightsMD", start_rights, end_rights},
	{"licenseDocumentationIdentifierType", start_text, end_license_type},
	{"licenseDocumentationIdentifierValue", start_text, end_license_value},
	{"fileGrp", start_group, NULL},
	{"file", start_file, end_file},
	{"FLocat", start_location, NULL},
	{"structMap", start_map, NULL},
	{"div", start_div, NULL},
};

static const struct element *find_element(const char *name)
{
	for (size_t i = 0; i < LB_COUNT(elements); i++)
		if (!strcmp(elements[i].name, name))
			return &elements[i];
	return NULL;
}

static int on_start(void *arg, const char *name, const struct lb_xml_attr *items, size_t count, struct lb_error *err)
{
	struct lb_mets_reader *r = arg;
	struct attrs a = {items, count};
	if (!r->root_seen) {
		r->root_seen = true;
		return strcmp(name, "mets") ? lb_fail(err, LB_FORMAT, "not a METS document") : start_root(r, &a, err);
	}
	const struct element *e = find_element(name);
	return e ? e->start(r, &a, err) : LB_OK;
}

static int on_end(void *arg, const char *name, struct lb_error *err)
{
	const struct element *e = find_element(name);
	return e && e->end ? e->end(arg, err) : LB_OK;
}

static int on_text(void *arg, const char *text, size_t n, struct lb_error *err)
{
	(void)err;
	struct lb_mets_reader *r = arg;
	if (r->taking)
		lb_buf_add(&r->text, text, n);
	return LB_OK;
}

struct lb_mets_reader *lb_mets_reader_new(const struct lb_mets_handler *h)
{
	static const struct lb_xml_handler callbacks = {on_start, on_end, on_text};
	struct lb_mets_reader *r = lb_alloc(sizeof *r);
	r->handler = *h;
	r->group.max = r->text.max = VALUE_MAX;
	r->path.max = 3 * VALUE_MAX;
	r->xml = lb_xml_reader_new(&callbacks, r, &(struct lb_xml_limits){.bytes = (size_t)64 << 30, .nodes = 200000000});
	return r;
}

int lb_mets_reader_feed(struct lb_mets_reader *r, const void *data, size_t n, struct lb_error *err)
{
	return lb_xml_reader_feed(r->xml, data, n, err);
}

int lb_mets_reader_end(struct lb_mets_reader *r, char objid[64], struct lb_error *err)
{
	LB_TRY(lb_xml_reader_end(r->xml, err));
	memcpy(objid, r->objid, sizeof r->objid);
	return LB_OK;
}

void lb_mets_reader_free(struct lb_mets_reader *r)
{
	if (!r)
		return;
	lb_xml_reader_free(r->xml);
	lb_map_clear(&r->rights);
	lb_map_clear(&r->licenses);
	lb_buf_clear(&r->group);
	lb_buf_clear(&r->text);
	lb_buf_clear(&r->path);
	lb_arena_clear(&r->file);
	free(r);
}
