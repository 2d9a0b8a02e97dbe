/* Reading the files and the maps that put them in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/mets/read_private.h"

#define GROUP "mets/fileSec/fileGrp"
#define FILE_ GROUP "/file"
#define MAP "mets/structMap"
#define POINTERS_MAX 1000000

/* ---- groups ---- */

static int start_group(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *use = lb_mets_attr(a, "USE");
	if (!use || strlen(use) > METS_ID_MAX)
		return lb_fail(err, LB_FORMAT, "METS has a fileGrp without a usable USE");
	for (size_t i = 0; i < r->ngroups; i++)
		if (!strcmp(r->groups[i].use, use))
			lb_mets_problem(r, "METS-016", "there are two groups of files with USE=\"%.80s\"", use);
	if (r->ngroups == METS_GROUPS_MAX)
		return lb_fail(err, LB_LIMIT, "METS has more than %d groups of files", METS_GROUPS_MAX);
	r->groups[r->ngroups++] = (struct mets_read_group){lb_arena_strdup(&r->arena, use), r->next[METS_FILE], METS_NONE};
	return LB_OK;
}

static struct mets_read_group *group_of(struct lb_mets_reader *r, size_t file)
{
	for (size_t i = 0; i < r->ngroups; i++)
		if (file < r->groups[i].end)
			return &r->groups[i];
	return NULL;
}

/* ---- files ---- */

static bool is_sha256(const char *hex)
{
	return hex && strlen(hex) == LB_SHA256_HEX - 1 && strspn(hex, "0123456789abcdef") == LB_SHA256_HEX - 1;
}

struct mets_fact lb_mets_fact(const struct lb_mets_file *f)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(SIZE_MAX / 2);
	unsigned char digest[32];
	struct mets_fact fact;
	lb_buf_addf(&text, "%llu\n%s\n%s", (unsigned long long)f->size, f->sha256 ? f->sha256 : "", f->mime ? f->mime : "");
	lb_sha256_raw(lb_buf_str(&text), text.len, digest);
	memcpy(fact.digest, digest, sizeof fact.digest);
	return fact;
}

/* What ADMID leads to: files of media have one object each, in their order. */
static void check_object(struct lb_mets_reader *r, const char *admid)
{
	const struct lb_mets_file *f = &r->record.file;
	const size_t object = admid ? lb_mets_first_id(admid, METS_OBJECT) : METS_NONE;
	if (!lb_mets_is_media(f->group)) {
		if (object != METS_NONE)
			lb_mets_problem(r, "METS-012", "\"%s\" is no media file, but has an object", r->record.id);
		return;
	}
	if (object == METS_NONE || object != r->objects_used)
		lb_mets_problem(r, "METS-012", "\"%s\" is a media file whose object is not \"%s\"", r->record.id,
			lb_mets_id(METS_OBJECT, r->objects_used).text);
	if (object >= r->nfacts)
		return;
	r->objects_used = object + 1;
	const struct mets_fact fact = lb_mets_fact(f);
	if (memcmp(&fact, &r->facts[object], sizeof fact) != 0)
		lb_mets_problem(r, "METS-011", "the object of \"%s\" has another size, digest or MIME type", r->record.id);
}

static int start_file(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = lb_mets_attr(a, "CHECKSUMTYPE"), *sum = lb_mets_attr(a, "CHECKSUM"), *mime = lb_mets_attr(a, "MIMETYPE");
	struct mets_record *c = &r->record;
	LB_TRY(lb_mets_declare(r, lb_mets_attr(a, "ID"), METS_IN_FILES, err));
	struct mets_read_group *g = &r->groups[r->ngroups - 1];
	g->end = r->next[METS_FILE];
	c->file.group = g->use;
	if (!type || strcmp(type, "SHA-256") || !is_sha256(sum))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has no SHA-256 checksum", c->id);
	if (!lb_parse_u64(lb_span(lb_mets_attr(a, "SIZE")), &c->file.size))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has no size", c->id);
	LB_TRY(lb_mets_keep(r, sum, &c->file.sha256, err));
	LB_TRY(lb_mets_keep(r, mime ? mime : "", &c->file.mime, err));
	lb_mets_resolve(r, "ADMID", lb_mets_attr(a, "ADMID"), METS_IN_AMD);
	lb_mets_resolve(r, "DMDID", lb_mets_attr(a, "DMDID"), METS_IN_DMD);
	check_object(r, lb_mets_attr(a, "ADMID"));
	return LB_OK;
}

static int start_location(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = lb_mets_attr(a, "LOCTYPE"), *href = lb_mets_attr(a, "href");
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(METS_TEXT_MAX);
	if (r->record.located)
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has an FLocat too many", r->record.id);
	if (!type || strcmp(type, "URL") || !href || !*href || !lb_url_decode(&path, lb_span(href)))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has an FLocat without a usable URL", r->record.id);
	LB_TRY(lb_buf_check(&path, "path in METS", err));
	if (memchr(path.p, '\0', path.len))
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has a path with a NUL", r->record.id);
	r->record.located = true;
	return lb_mets_keep(r, lb_buf_str(&path), &r->record.file.path, err);
}

static int end_file(struct lb_mets_reader *r, struct lb_error *err)
{
	const struct mets_record *c = &r->record;
	if (!c->located)
		return lb_fail(err, LB_FORMAT, "file \"%.80s\" in METS has no location", c->id);
	return r->handler.file ? r->handler.file(r->handler.arg, c->number, &c->file, err) : LB_OK;
}

/* ---- maps ---- */

static int start_map(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = lb_mets_attr(a, "TYPE");
	(void)err;
	r->physical = type && !strcmp(type, "physical");
	if (!r->physical)
		return LB_OK;
	if (r->physical_seen)
		lb_mets_problem(r, "METS-016", "there are two physical maps");
	r->physical_seen = true;
	if (r->pointed)
		return LB_OK;
	r->npointed = r->next[METS_FILE];
	r->pointed = lb_alloc(r->npointed / 8 + 1);
	return LB_OK;
}

static int end_map(struct lb_mets_reader *r, struct lb_error *err)
{
	(void)err;
	r->physical = false;
	return LB_OK;
}

/* Licence of the first statement among these ids that tells one, or NULL. */
static const char *license_of(const struct lb_mets_reader *r, const char *admid)
{
	struct lb_span rest = lb_span(admid), id;
	enum mets_kind kind;
	size_t number;
	while (admid && lb_span_cut(&rest, ' ', &id))
		if (lb_mets_parse_id(id.p, id.n, &kind, &number) && kind == METS_RIGHTS && number < r->nrights && r->rights[number] != UINT32_MAX)
			return r->licenses.items[r->rights[number]].key;
	return NULL;
}

static void check_described(struct lb_mets_reader *r, const char *id, size_t number)
{
	if (number == METS_NONE || number >= r->nphoto_ids)
		lb_mets_problem(r, "METS-017", "the photo \"%.80s\" has no description", id);
	else if (r->photo_ids[number] != lb_mets_hash(id))
		lb_mets_problem(r, "METS-017", "the photo \"%.80s\" has the description of another", id);
}

static int start_photo(struct lb_mets_reader *r, const struct attrs *a, const char *id, struct lb_error *err)
{
	struct mets_map_photo *p = &r->photo;
	const char *dmdid = lb_mets_attr(a, "DMDID");
	const size_t number = dmdid ? lb_mets_first_id(dmdid, METS_PHOTO) : METS_NONE;
	check_described(r, id, number);
	if (!r->physical)
		return LB_OK;
	if (p->depth)
		return lb_fail(err, LB_FORMAT, "METS has the photo \"%.80s\" in another one", id);
	if (number != METS_NONE && number != r->places)
		lb_mets_problem(r, "METS-017", "the photo \"%.80s\" does not stand where its description does", id);
	r->places++;
	lb_buf_reset(&p->id);
	lb_buf_adds(&p->id, id);
	LB_TRY(lb_buf_check(&p->id, "id of a photo in METS", err));
	p->depth = r->depth;
	p->number = number < r->nphoto_ids ? number : METS_NONE;
	p->license = license_of(r, lb_mets_attr(a, "ADMID"));
	p->nfiles = 0;
	return LB_OK;
}

static int start_div(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = lb_mets_attr(a, "TYPE"), *id = lb_mets_attr(a, "ORDERLABEL");
	lb_mets_resolve(r, "DMDID", lb_mets_attr(a, "DMDID"), METS_IN_DMD);
	lb_mets_resolve(r, "ADMID", lb_mets_attr(a, "ADMID"), METS_IN_AMD);
	if (!type || strcmp(type, "photo") != 0)
		return LB_OK;
	if (!id || !*id)
		return lb_fail(err, LB_FORMAT, "METS has a photo without its id");
	return start_photo(r, a, id, err);
}

static int end_div(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_map_photo *p = &r->photo;
	if (!p->depth || p->depth != r->depth)
		return LB_OK;
	p->depth = 0;
	if (!r->handler.place)
		return LB_OK;
	const struct lb_mets_place place = {p->number, lb_buf_str(&p->id), p->license, p->files, p->nfiles};
	return r->handler.place(r->handler.arg, &place, err);
}

/* ---- pointers ---- */

/* Each file once, and those of a group in their order. */
static struct mets_read_group *check_pointer(struct lb_mets_reader *r, size_t file)
{
	struct mets_read_group *g = group_of(r, file);
	const unsigned char bit = (unsigned char)(1u << (file % 8));
	if (r->pointed[file / 8] & bit)
		lb_mets_problem(r, "METS-010", "the file \"%s\" is in the physical map twice", lb_mets_id(METS_FILE, file).text);
	else if (g && g->last != METS_NONE && file < g->last)
		lb_mets_problem(r, "METS-018", "the file \"%s\" comes after \"%s\" in the physical map, but before it in its group",
			lb_mets_id(METS_FILE, file).text, lb_mets_id(METS_FILE, g->last).text);
	r->pointed[file / 8] |= bit;
	if (g && (g->last == METS_NONE || file > g->last))
		g->last = file;
	return g;
}

static int start_pointer(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	struct mets_map_photo *p = &r->photo;
	const char *id = lb_mets_attr(a, "FILEID");
	const size_t file = id ? lb_mets_first_id(id, METS_FILE) : METS_NONE;
	lb_mets_resolve(r, "FILEID", id, METS_IN_FILES);
	if (!r->physical || file >= r->npointed)
		return LB_OK;
	const struct mets_read_group *g = check_pointer(r, file);
	if (!p->depth)
		return LB_OK;
	if (p->nfiles == POINTERS_MAX)
		return lb_fail(err, LB_LIMIT, "METS has a photo of more than %d files", POINTERS_MAX);
	LB_GROW(p->files, p->nfiles, p->cap);
	p->files[p->nfiles++] = (struct lb_mets_pointer){file, g ? g->use : ""};
	return LB_OK;
}

const struct mets_element lb_mets_content_elements[] = {
	{"mets/fileSec", NULL, NULL, false},
	{GROUP, start_group, NULL, false},
	{FILE_, start_file, end_file, false},
	{FILE_ "/FLocat", start_location, NULL, false},
	{MAP, start_map, end_map, false},
	{MAP "/div", start_div, end_div, false},
	{MAP "/div/fptr", start_pointer, NULL, false},
};
const size_t lb_mets_content_count = LB_COUNT(lb_mets_content_elements);

/* ---- the end ---- */

static bool is_pointed_at(const struct lb_mets_reader *r, size_t file)
{
	return file < r->npointed && (r->pointed[file / 8] >> (file % 8) & 1);
}

void lb_mets_end_content(struct lb_mets_reader *r)
{
	for (size_t i = 0; i < r->next[METS_FILE]; i++)
		if (!is_pointed_at(r, i))
			lb_mets_problem(r, "METS-010", "the file \"%s\" is not in the physical map", lb_mets_id(METS_FILE, i).text);
	if (r->objects_used < r->next[METS_OBJECT])
		lb_mets_problem(r, "METS-012", "the object \"%s\" is of no file", lb_mets_id(METS_OBJECT, r->objects_used).text);
	if (r->places < r->next[METS_PHOTO])
		lb_mets_problem(r, "METS-017", "%zu photos are described, but the physical map has %zu", r->next[METS_PHOTO], r->places);
}
