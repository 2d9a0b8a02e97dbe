/* Reading the descriptive sections: what is said of each photo, and of the package. */
#include <string.h>

#include "format/mets/read_private.h"

#define SECTION "mets/dmdSec"
#define WRAP SECTION "/mdWrap"
#define DATA WRAP "/xmlData"
#define MODS DATA "/mods:mods"

/* ---- sections ---- */

static int start_section(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	return lb_mets_declare(r, lb_mets_attr(a, "ID"), METS_IN_DMD, err);
}

static bool is_photo(const struct lb_mets_reader *r)
{
	return r->record.kind == METS_PHOTO && r->record.number != METS_NONE;
}

static int end_section(struct lb_mets_reader *r, struct lb_error *err)
{
	struct lb_mets_photo *p = &r->record.photo;
	if (!is_photo(r))
		return LB_OK;
	if (!p->id || !*p->id)
		lb_mets_problem(r, "METS-017", "\"%s\" describes no photo: it lacks the identifier of type \"" METS_PHOTO_TYPE "\"", r->record.id);
	LB_GROW(r->photo_ids, r->nphoto_ids, r->photo_ids_cap);
	r->photo_ids[r->nphoto_ids++] = lb_mets_hash(p->id ? p->id : "");
	p->tags = r->record.tags;
	return p->id && r->handler.photo ? r->handler.photo(r->handler.arg, r->record.number, p, err) : LB_OK;
}

static int end_package_title(struct lb_mets_reader *r, struct lb_error *err)
{
	(void)err;
	if (!strcmp(r->record.id, METS_PACKAGE) && !r->about.title)
		r->about.title = lb_arena_strdup(&r->arena, lb_buf_str(&r->text));
	return LB_OK;
}

/* ---- texts ---- */

/* The first one counts. */
static int keep(struct lb_mets_reader *r, const char **field, struct lb_error *err)
{
	return *field ? LB_OK : lb_mets_keep(r, lb_buf_str(&r->text), field, err);
}

static int end_title(struct lb_mets_reader *r, struct lb_error *err)
{
	return keep(r, &r->record.photo.title, err);
}

static int end_owner_name(struct lb_mets_reader *r, struct lb_error *err)
{
	return keep(r, &r->record.photo.owner_name, err);
}

static int end_place(struct lb_mets_reader *r, struct lb_error *err)
{
	return keep(r, &r->record.photo.place, err);
}

static int end_coordinates(struct lb_mets_reader *r, struct lb_error *err)
{
	return keep(r, &r->record.photo.coordinates, err);
}

static int end_url(struct lb_mets_reader *r, struct lb_error *err)
{
	return keep(r, &r->record.photo.url, err);
}

static int end_tag(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	const char *tag;
	LB_TRY(lb_mets_keep(r, lb_buf_str(&r->text), &tag, err));
	c->used += sizeof tag;
	LB_GROW(c->tags, c->photo.ntags, c->tags_cap);
	c->tags[c->photo.ntags++] = tag;
	return LB_OK;
}

/* ---- texts whose meaning an attribute tells ---- */

static int start_typed(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	const char *type = lb_mets_attr(a, "type");
	(void)err;
	r->record.is_photo_id = type && !strcmp(type, METS_PHOTO_TYPE);
	r->record.is_owner_id = type && !strcmp(type, METS_OWNER_TYPE);
	r->record.link_type = type && !strcmp(type, "address") ? "address" : NULL;
	return LB_OK;
}

static int end_identifier(struct lb_mets_reader *r, struct lb_error *err)
{
	if (r->record.is_photo_id)
		return keep(r, &r->record.photo.id, err);
	return r->record.link_type ? keep(r, &r->record.photo.url, err) : LB_OK;
}

static int end_owner_id(struct lb_mets_reader *r, struct lb_error *err)
{
	return r->record.is_owner_id ? keep(r, &r->record.photo.owner_id, err) : LB_OK;
}

static int start_date(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	LB_TRY(lb_mets_keep(r, lb_mets_attr(a, "encoding"), &r->record.date_encoding, err));
	return lb_mets_keep(r, lb_mets_attr(a, "qualifier"), &r->record.date_qualifier, err);
}

/* How much of a date there is, is how much of it was known. */
static int64_t granularity_of(const struct mets_record *c, size_t length)
{
	const bool encoded = c->date_encoding != NULL;
	if (encoded && length == 4)
		return c->date_qualifier && !strcmp(c->date_qualifier, "approximate") ? 8 : 6;
	return encoded && length == 7 ? 4 : 0;
}

static int end_taken(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	if (c->photo.taken.value)
		return LB_OK;
	c->photo.taken.granularity = granularity_of(c, r->text.len);
	c->photo.taken.unknown = 0;
	return keep(r, &c->photo.taken.value, err);
}

static int end_posted(struct lb_mets_reader *r, struct lb_error *err)
{
	int64_t posted;
	(void)err;
	if (r->record.photo.posted == LB_UNKNOWN && lb_time_parse(lb_buf_span(&r->text), &posted))
		r->record.photo.posted = posted;
	return LB_OK;
}

static int start_condition(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	const char *address = lb_mets_attr(a, "href");
	LB_TRY(lb_mets_keep(r, lb_mets_attr(a, "type"), &c->condition, err));
	LB_TRY(lb_mets_keep(r, lb_mets_attr(a, "displayLabel"), &c->condition_label, err));
	if (!address || c->photo.license_uri)
		return LB_OK;
	return lb_mets_keep(r, address, &c->photo.license_uri, err);
}

static int end_condition(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	if (c->condition && !strcmp(c->condition, METS_USE))
		return keep(r, &c->photo.license_label, err);
	if (!c->condition || strcmp(c->condition, METS_RESTRICTION) != 0)
		return LB_OK;
	c->photo.stub = c->photo.stub || (c->condition_label && !strcmp(c->condition_label, METS_STUB_LABEL));
	return keep(r, &c->photo.withheld, err);
}

const struct mets_element lb_mets_describe_elements[] = {
	{SECTION, start_section, end_section, false},
	{WRAP, NULL, NULL, false},
	{DATA, NULL, NULL, false},
	{DATA "/dc:title", NULL, end_package_title, true},
	{MODS "/mods:titleInfo/mods:title", NULL, end_title, true},
	{MODS "/mods:name/mods:namePart", NULL, end_owner_name, true},
	{MODS "/mods:name/mods:nameIdentifier", start_typed, end_owner_id, true},
	{MODS "/mods:originInfo/mods:dateCreated", start_date, end_taken, true},
	{MODS "/mods:originInfo/mods:dateIssued", NULL, end_posted, true},
	{MODS "/mods:subject/mods:topic", NULL, end_tag, true},
	{MODS "/mods:subject/mods:geographic", NULL, end_place, true},
	{MODS "/mods:subject/mods:cartographics/mods:coordinates", NULL, end_coordinates, true},
	{MODS "/mods:identifier", start_typed, end_identifier, true},
	{MODS "/mods:location/mods:url", NULL, end_url, true},
	{MODS "/mods:accessCondition", start_condition, end_condition, true},
};
const size_t lb_mets_describe_count = LB_COUNT(lb_mets_describe_elements);
