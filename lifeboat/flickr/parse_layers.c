/* What surrounds one photo: sizes, faves, contexts, people, EXIF. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

/* How far back a row is looked for that moved to the next page while pages were being read. */
#define REPEAT_WINDOW 1000

/* ---- flickr.photos.getSizes ------------------------------------------------------------------ */

int lb_parse_sizes(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_size, member)
	static const struct lb_field fields[] = {
		{ NULL, "label", LB_FIELD_TEXT, true, AT(label) },
		{ NULL, "source", LB_FIELD_TEXT, true, AT(source) },
		{ NULL, "url", LB_FIELD_TEXT, false, AT(url) },
		{ NULL, "media", LB_FIELD_WORD, false, AT(media) },
		{ NULL, "width", LB_FIELD_NUMBER, false, AT(width) },
		{ NULL, "height", LB_FIELD_NUMBER, false, AT(height) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_size, NULL, 1000);
	const struct lb_xml *e;
	void *rows;
	size_t count;
	LB_TRY(lb_fields_promised(rsp, "sizes", &e, err));
	LB_TRY(lb_fields_list(&record, e, "size", a, &rows, &count, err));
	p->sizes = rows;
	p->nsizes = count;
	return 0;
}

/* ---- flickr.photos.getFavorites -------------------------------------------------------------- */

static void init_fave(void *fave)
{
	lb_person_init(&((struct lb_fave *)fave)->person);
}

static bool fave_repeats(const struct lb_photo *p, size_t before, const struct lb_fave *row)
{
	for (size_t i = before > REPEAT_WINDOW ? before - REPEAT_WINDOW : 0; i < before; i++) {
		if (!strcmp(p->faves[i].person.nsid, row->person.nsid))
			return true;
	}
	return false;
}

static void append_faves(struct lb_arena *a, struct lb_photo *p, const struct lb_fave *rows, size_t count)
{
	size_t before = p->nfaves;
	p->faves = lb_fields_reserve(a, p->faves, p->nfaves, &p->faves_cap, count, sizeof *rows);
	for (size_t i = 0; i < count; i++) {
		if (!fave_repeats(p, before, &rows[i]))
			p->faves[p->nfaves++] = rows[i];
	}
}

int lb_parse_faves(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_page *page,
	struct lb_error *err)
{
#define AT(member) offsetof(struct lb_fave, member)
	static const struct lb_field fields[] = {
		{ NULL, "nsid", LB_FIELD_NAME, true, AT(person.nsid) },
		{ NULL, "username", LB_FIELD_EXACT, false, AT(person.username) },
		{ NULL, "realname", LB_FIELD_TEXT, false, AT(person.realname) },
		{ NULL, "path_alias", LB_FIELD_WORD, false, AT(person.path_alias) },
		{ NULL, "iconserver", LB_FIELD_WORD, false, AT(person.iconserver) },
		{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(person.iconfarm) },
		{ NULL, "is_deleted", LB_FIELD_FLAG, false, AT(person.is_deleted) },
		{ NULL, "favedate", LB_FIELD_NUMBER, false, AT(date) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_fave, init_fave, 10000);
	const struct lb_xml *e;
	void *rows;
	struct lb_page got;
	LB_TRY(lb_fields_promised(rsp, "photo", &e, err));
	LB_TRY(lb_fields_page(e, a, &got, err));
	LB_TRY(lb_fields_list(&record, e, "person", a, &rows, &got.got, err));
	append_faves(a, p, rows, got.got);
	if (got.total != LB_UNKNOWN)
		p->count_faves = got.total;
	*page = got;
	return 0;
}

/* ---- flickr.photos.getAllContexts ------------------------------------------------------------ */

int lb_parse_contexts(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_album, member)
	static const struct lb_field set_fields[] = {
		{ NULL, "id", LB_FIELD_DIGITS, true, AT(id) },
		{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
		{ NULL, "primary", LB_FIELD_DIGITS, false, AT(primary_photo_id) },
		{ NULL, "count_photo", LB_FIELD_NUMBER, false, AT(count_photos) },
		{ NULL, "count_video", LB_FIELD_NUMBER, false, AT(count_videos) },
		{ NULL, "view_count", LB_FIELD_NUMBER, false, AT(count_views) },
		{ NULL, "comment_count", LB_FIELD_NUMBER, false, AT(count_comments) },
	};
#undef AT
#define AT(member) offsetof(struct lb_group, member)
	static const struct lb_field pool_fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, AT(id) },
		{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
		{ NULL, "url", LB_FIELD_TEXT, false, AT(url) },
		{ NULL, "iconserver", LB_FIELD_WORD, false, AT(iconserver) },
		{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(iconfarm) },
		{ NULL, "members", LB_FIELD_NUMBER, false, AT(members) },
		{ NULL, "pool_count", LB_FIELD_NUMBER, false, AT(pool_count) },
	};
#undef AT
	static const struct lb_row_table set_record = LB_ROW_TABLE(set_fields, struct lb_album, lb_album_init, 0);
	static const struct lb_row_table pool_record = LB_ROW_TABLE(pool_fields, struct lb_group, lb_group_init, 0);
	void *sets, *pools;
	size_t nsets, npools;
	LB_TRY(lb_fields_list(&set_record, rsp, "set", a, &sets, &nsets, err));
	LB_TRY(lb_fields_list(&pool_record, rsp, "pool", a, &pools, &npools, err));
	p->albums = sets;
	p->nalbums = nsets;
	p->groups = pools;
	p->ngroups = npools;
	return 0;
}

/* ---- flickr.photos.people.getList ------------------------------------------------------------ */

static void init_depicted(void *depicted)
{
	lb_person_init(&((struct lb_depicted *)depicted)->person);
}

int lb_parse_people(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_depicted, member)
	static const struct lb_field fields[] = {
		{ NULL, "nsid", LB_FIELD_NAME, true, AT(person.nsid) },
		{ NULL, "username", LB_FIELD_EXACT, false, AT(person.username) },
		{ NULL, "realname", LB_FIELD_TEXT, false, AT(person.realname) },
		{ NULL, "path_alias", LB_FIELD_WORD, false, AT(person.path_alias) },
		{ NULL, "iconserver", LB_FIELD_WORD, false, AT(person.iconserver) },
		{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(person.iconfarm) },
		{ NULL, "is_deleted", LB_FIELD_FLAG, false, AT(person.is_deleted) },
		{ NULL, "added_by", LB_FIELD_NAME, false, AT(added_by) },
		{ NULL, "x", LB_FIELD_NUMBER, false, AT(x) },
		{ NULL, "y", LB_FIELD_NUMBER, false, AT(y) },
		{ NULL, "w", LB_FIELD_NUMBER, false, AT(w) },
		{ NULL, "h", LB_FIELD_NUMBER, false, AT(h) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_depicted, init_depicted, 0);
	const struct lb_xml *e;
	void *rows;
	size_t count;
	LB_TRY(lb_fields_promised(rsp, "people", &e, err));
	LB_TRY(lb_fields_list(&record, e, "person", a, &rows, &count, err));
	struct lb_depicted *people = rows;
	for (size_t i = 0; i < count; i++) {
		const struct lb_depicted *d = &people[i];
		people[i].has_box = d->x != LB_UNKNOWN && d->y != LB_UNKNOWN && d->w != LB_UNKNOWN &&
			d->h != LB_UNKNOWN;
	}
	p->people = people;
	p->npeople = count;
	return 0;
}

/* ---- flickr.photos.getExif ------------------------------------------------------------------- */

int lb_parse_exif(const struct lb_xml *rsp, struct lb_arena *a, struct lb_exif **out, size_t *count,
	struct lb_error *err)
{
#define AT(member) offsetof(struct lb_exif, member)
	static const struct lb_field fields[] = {
		{ NULL, "tagspace", LB_FIELD_EXACT, false, AT(tagspace) },
		{ NULL, "tagspaceid", LB_FIELD_EXACT, false, AT(tagspaceid) },
		{ NULL, "tag", LB_FIELD_EXACT, false, AT(tag) },
		{ NULL, "label", LB_FIELD_EXACT, false, AT(label) },
		{ "raw", NULL, LB_FIELD_EXACT, false, AT(raw) },
		{ "clean", NULL, LB_FIELD_EXACT, false, AT(clean) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_exif, NULL, 0);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "photo", &e, err));
	LB_TRY(lb_fields_list(&record, e, "exif", a, &rows, count, err));
	*out = rows;
	return 0;
}

int lb_parse_photo_exif(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "camera", LB_FIELD_TEXT, false, offsetof(struct lb_photo, camera) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_photo, NULL, 0);
	struct lb_exif *rows;
	size_t count;
	LB_TRY(lb_parse_exif(rsp, a, &rows, &count, err));
	LB_TRY(lb_fields_overlay(&record, lb_xml_child(rsp, "photo"), a, p, err));
	p->exif = rows;
	p->nexif = count;
	p->exif_source = "api";
	return 0;
}
