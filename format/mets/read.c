/* Reading a document: where in it an element stands, decides what it means. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/mets/read_private.h"

#define PATH_MAX_BYTES 1024
#define TOLD_MAX 100   /* problems of one rule; one more line says that there are others */

/* ---- what the parts share ---- */

const char *lb_mets_attr(const struct attrs *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (!strcmp(a->items[i].name, name))
			return a->items[i].value;
	return NULL;
}

static unsigned rule_number(const char *rule)
{
	uint64_t number = 0;
	lb_parse_u64(lb_span(rule + strlen("METS-0")), &number);
	return (unsigned)number;
}

void lb_mets_problem(struct lb_mets_reader *r, const char *rule, const char *fmt, ...)
{
	char raw[512];
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(4096);
	unsigned *told = &r->told[rule_number(rule) % LB_COUNT(r->told)];
	va_list args;
	if (*told > TOLD_MAX)
		return;
	va_start(args, fmt);
	vsnprintf(raw, sizeof raw, fmt, args);
	va_end(args);
	lb_show(&text, lb_span(++*told > TOLD_MAX ? "and more of this kind" : raw));
	if (r->handler.problem)
		r->handler.problem(r->handler.arg, rule, lb_buf_str(&text));
	else if (!r->refused.status)
		lb_fail(&r->refused, LB_FORMAT, "METS: %s (%s)", lb_buf_str(&text), rule);
}

int lb_mets_keep(struct lb_mets_reader *r, const char *text, const char **out, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	const size_t n = text ? strlen(text) : 0;
	if (n > METS_RECORD_MAX - c->used)
		return lb_fail(err, LB_LIMIT, "METS says more than %zu bytes of one thing", METS_RECORD_MAX);
	c->used += n;
	*out = lb_arena_strdup(&c->arena, text);
	return LB_OK;
}

uint64_t lb_mets_hash(const char *text)
{
	unsigned char digest[32];
	uint64_t hash;
	lb_sha256_raw(text, strlen(text), digest);
	memcpy(&hash, digest, sizeof hash);
	return hash;
}

/* ---- root and header ---- */

static int start_root(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *id = lb_mets_attr(a, "OBJID"), *profile = lb_mets_attr(a, "PROFILE");
	if (!id || !*id || strlen(id) >= 64)
		return lb_fail(err, LB_FORMAT, "METS document has no usable OBJID");
	if (!profile || strcmp(profile, LB_METS_PROFILE) != 0)
		lb_mets_problem(r, "METS-013", "the profile is \"%.80s\", not \"" LB_METS_PROFILE "\"", profile ? profile : "");
	r->about.id = lb_arena_strdup(&r->arena, id);
	return LB_OK;
}

static int start_header(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *created = lb_mets_attr(a, "CREATEDATE");
	(void)err;
	r->about.created = created ? lb_arena_strndup(&r->arena, created, strnlen(created, 64)) : NULL;
	return LB_OK;
}

static const struct mets_element root_elements[] = {
	{"mets", start_root, NULL, false},
	{"mets/metsHdr", start_header, NULL, false},
};

/* ---- elements by their path ---- */

/* The path of an element: local names, those of other vocabularies with a prefix; a div in a div counts as one. */
static const struct { const char *namespace, *prefix; } vocabularies[] = {
	{METS_NAMESPACE, ""}, {LB_PREMIS_NAMESPACE, "premis:"}, {MODS_NAMESPACE, "mods:"}, {DC_NAMESPACE, "dc:"},
};

static const char *prefix_of(const char *namespace)
{
	for (size_t i = 0; i < LB_COUNT(vocabularies); i++)
		if (!strcmp(vocabularies[i].namespace, namespace))
			return vocabularies[i].prefix;
	return "?:";
}

static void add_elements(struct mets_lookup *l, const struct mets_element *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t length = strlen(items[i].path);
		assert(length < METS_LENGTHS && l->count < METS_ELEMENTS_MAX);
		l->items[++l->count] = &items[i];
		l->next[l->count] = l->first[length];
		l->first[length] = (unsigned char)l->count;
	}
}

static const struct mets_element *find_element(const struct mets_lookup *l, struct lb_span path)
{
	for (size_t i = path.n < METS_LENGTHS ? l->first[path.n] : 0; i; i = l->next[i])
		if (memcmp(path.p, l->items[i]->path, path.n) == 0)
			return l->items[i];
	return NULL;
}

static bool is_div_in_div(const struct lb_mets_reader *r, const char *name, const char *prefix)
{
	return !*prefix && !strcmp(name, "div") && lb_span_ends(lb_buf_span(&r->path), "/div");
}

/* A path too long for the buffer is that of no element we know. */
static const struct mets_element *push(struct lb_mets_reader *r, const char *name, const char *prefix)
{
	r->ends[r->depth] = r->path.len;
	if (!is_div_in_div(r, name, prefix)) {
		if (r->path.len)
			lb_buf_addc(&r->path, '/');
		lb_buf_adds(&r->path, prefix);
		lb_buf_adds(&r->path, name);
	}
	const struct mets_element *e = r->path.overflow ? NULL : find_element(&r->lookup, lb_buf_span(&r->path));
	r->open[r->depth++] = e;
	return e;
}

static const struct mets_element *pop(struct lb_mets_reader *r)
{
	const struct mets_element *e = r->open[--r->depth];
	r->path.len = r->ends[r->depth];
	if (r->path.p)
		r->path.p[r->path.len] = '\0';
	r->path.overflow = false;
	return e;
}

/* ---- the parts and their order ---- */

static const struct { const char *path; unsigned stage; bool once; } parts[] = {
	{"mets/metsHdr", 1, true}, {"mets/dmdSec", 2, false}, {"mets/amdSec", 3, true}, {"mets/fileSec", 4, true},
	{"mets/structMap", 5, false}, {"mets/amdSec/techMD", 11, false}, {"mets/amdSec/rightsMD", 12, false},
	{"mets/amdSec/digiprovMD", 13, false},
};

static void check_order(struct lb_mets_reader *r, const struct mets_element *e)
{
	for (size_t i = 0; e && r->depth <= 3 && i < LB_COUNT(parts); i++) {
		unsigned *so_far = parts[i].stage < 10 ? &r->stage : &r->section;
		if (strcmp(parts[i].path, e->path) != 0)
			continue;
		if (parts[i].stage < *so_far || (parts[i].once && parts[i].stage == *so_far))
			lb_mets_problem(r, "METS-016", "\"%s\" stands too late, or twice", parts[i].path);
		else
			*so_far = parts[i].stage;
	}
}

/* What this version knows stands in its place only: two readers must not find different files. */
static void check_place(struct lb_mets_reader *r, const char *name, const char *prefix)
{
	static const char *const known[] = {"mets", "metsHdr", "dmdSec", "amdSec", "techMD", "rightsMD", "digiprovMD", "mdWrap", "xmlData",
		"fileSec", "fileGrp", "file", "FLocat", "structMap", "div", "fptr"};
	for (size_t i = 0; !*prefix && i < LB_COUNT(known); i++)
		if (!strcmp(known[i], name))
			lb_mets_problem(r, "METS-016", "\"%s\" stands where it does not belong", name);
}

static bool declares_its_id(const struct mets_element *e)
{
	static const char *const paths[] = {"mets/dmdSec", "mets/amdSec/techMD", "mets/amdSec/rightsMD", "mets/amdSec/digiprovMD",
		"mets/fileSec/fileGrp/file"};
	for (size_t i = 0; e && i < LB_COUNT(paths); i++)
		if (!strcmp(paths[i], e->path))
			return true;
	return false;
}

static int check_id(struct lb_mets_reader *r, const struct mets_element *e, const char *prefix, const struct attrs *a, struct lb_error *err)
{
	const char *id = *prefix ? NULL : lb_mets_attr(a, "ID");
	return id && !declares_its_id(e) ? lb_mets_declare_other(r, id, METS_ELSEWHERE, err) : LB_OK;
}

/* ---- reading ---- */

static int refused(const struct lb_mets_reader *r, struct lb_error *err)
{
	if (r->refused.status && err)
		*err = r->refused;
	return r->refused.status;
}

static int on_start(void *arg, const char *name, const struct lb_xml_attr *items, size_t count, struct lb_error *err)
{
	struct lb_mets_reader *r = arg;
	struct attrs a = {items, count};
	const char *prefix = prefix_of(lb_xml_reader_namespace(r->xml));
	if (r->depth == 0 && (*prefix || strcmp(name, "mets") != 0))
		return lb_fail(err, LB_FORMAT, "not a METS document");
	const struct mets_element *e = push(r, name, prefix);
	if (!e)
		check_place(r, name, prefix);
	check_order(r, e);
	LB_TRY(check_id(r, e, prefix, &a, err));
	if (e && e->text) {
		lb_buf_reset(&r->text);
		r->taking = r->depth;
	}
	if (e && e->start)
		LB_TRY(e->start(r, &a, err));
	return refused(r, err);
}

static int on_end(void *arg, const char *name, struct lb_error *err)
{
	struct lb_mets_reader *r = arg;
	(void)name;
	if (r->taking == r->depth)
		r->taking = 0;
	const struct mets_element *e = r->open[r->depth - 1];
	if (e && e->text)
		LB_TRY(lb_buf_check(&r->text, "text in METS", err));
	if (e && e->end)
		LB_TRY(e->end(r, err));
	pop(r);
	return refused(r, err);
}

static int on_text(void *arg, const char *text, size_t n, struct lb_error *err)
{
	struct lb_mets_reader *r = arg;
	(void)err;
	if (r->taking && r->taking == r->depth)
		lb_buf_add(&r->text, text, n);
	return LB_OK;
}

struct lb_mets_reader *lb_mets_reader_new(const struct lb_mets_handler *h)
{
	static const struct lb_xml_handler callbacks = {on_start, on_end, on_text};
	const struct lb_xml_limits limits = {.bytes = (size_t)64 << 30, .nodes = 2000000000, .depth = METS_DEPTH_MAX - 1};
	struct lb_mets_reader *r = lb_alloc(sizeof *r);
	r->handler = *h;
	r->path.max = PATH_MAX_BYTES;
	r->text.max = METS_TEXT_MAX;
	r->photo.id.max = METS_TEXT_MAX;
	r->record.number = METS_NONE;
	add_elements(&r->lookup, root_elements, LB_COUNT(root_elements));
	add_elements(&r->lookup, lb_mets_describe_elements, lb_mets_describe_count);
	add_elements(&r->lookup, lb_mets_admin_elements, lb_mets_admin_count);
	add_elements(&r->lookup, lb_mets_content_elements, lb_mets_content_count);
	r->xml = lb_xml_reader_new(&callbacks, r, &limits);
	return r;
}

int lb_mets_reader_feed(struct lb_mets_reader *r, const void *data, size_t n, struct lb_error *err)
{
	return lb_xml_reader_feed(r->xml, data, n, err);
}

int lb_mets_reader_end(struct lb_mets_reader *r, struct lb_mets_about *about, struct lb_error *err)
{
	LB_TRY(lb_xml_reader_end(r->xml, err));
	lb_mets_check_wanted(r);
	lb_mets_end_content(r);
	LB_TRY(refused(r, err));
	*about = r->about;
	return LB_OK;
}

void lb_mets_reader_free(struct lb_mets_reader *r)
{
	if (!r)
		return;
	struct lb_map *maps[] = {&r->others, &r->wanted, &r->licenses};
	struct lb_buf *bufs[] = {&r->path, &r->text, &r->photo.id};
	void *lists[] = {r->facts, r->rights, r->photo_ids, r->pointed, r->photo.files, r->record.tags};
	lb_xml_reader_free(r->xml);
	for (size_t i = 0; i < LB_COUNT(maps); i++)
		lb_map_clear(maps[i]);
	for (size_t i = 0; i < LB_COUNT(bufs); i++)
		lb_buf_clear(bufs[i]);
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	lb_arena_clear(&r->record.arena);
	lb_arena_clear(&r->arena);
	free(r);
}
