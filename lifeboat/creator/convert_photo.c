/* Each photo of the source, in the order of its index. */
#include "lifeboat/creator/convert_private.h"

#include <stdlib.h>
#include <string.h>

void lb_convert_gap(struct lb_convert *c, struct lb_gap gap)
{
	lb_package_add_gap(c->package, &gap);
	c->result.gaps++;
	if (!gap.photo_id)
		return;
	LB_GROW(c->gaps, c->ngaps, c->gaps_cap);
	gap.message = lb_arena_strdup(&c->arena, gap.message);
	c->gaps[c->ngaps++] = gap;
}

void lb_convert_photo_gap(struct lb_convert *c, const char *id, const char *layer, const char *why)
{
	c->result.lost++;
	lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_FAILED, .photo_id = id, .subject = lb_arena_printf(&c->arena, "photo %s", id),
		.layer = layer, .code = LB_UNKNOWN, .message = why });
}

/* ---- names that stand elsewhere ------------------------------------------------------------------------------------------- */

static void name_person(const struct lb_convert *c, struct lb_person *person)
{
	size_t at;
	if (!person->nsid || !lb_map_get(&c->people, lb_span(person->nsid), &at))
		return;
	const struct lb_person *known = &c->persons[at];
	person->username = person->username ? person->username : known->username;
	person->realname = known->realname;
	person->path_alias = known->path_alias;
}

static const char *title_of(const struct lb_convert *c, const char *kind, const char *id)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(1 << 16);
	size_t at;
	lb_buf_addf(&name, "%s %s", kind, id);
	return lb_map_get(&c->titles, lb_buf_span(&name), &at) ? c->title_list[at] : NULL;
}

static void name_all(const struct lb_convert *c, struct lb_photo *p)
{
	name_person(c, &p->owner);
	for (size_t i = 0; i < p->ncomments; i++)
		name_person(c, &p->comments[i].author);
	for (size_t i = 0; i < p->nfaves; i++)
		name_person(c, &p->faves[i].person);
	for (size_t i = 0; i < p->nnotes; i++)
		name_person(c, &p->notes[i].author);
	for (size_t i = 0; i < p->npeople; i++)
		name_person(c, &p->people[i].person);
	for (size_t i = 0; i < p->nalbums; i++)
		p->albums[i].title = title_of(c, "album", p->albums[i].id);
	for (size_t i = 0; i < p->ngalleries; i++)
		p->galleries[i].title = title_of(c, "gallery", p->galleries[i].id);
	for (size_t i = 0; i < p->ngroups; i++)
		p->groups[i].title = title_of(c, "group", p->groups[i].id);
}

/* ---- what it is made of --------------------------------------------------------------------------------------------------- */

static void note_layouts(struct lb_convert *c, const struct lb_json *own)
{
	static const struct { enum lb_convert_layer layer; const char *key; } layers[] = {
		{ LB_NEVER_FAVES, "faves" }, { LB_NEVER_NOTES, "notes" }, { LB_NEVER_PEOPLE, "people" }, { LB_NEVER_EXIF, "exif" },
		{ LB_NEVER_LICENSES, "licenseHistory" },
	};
	for (size_t i = 0; i < LB_COUNT(layers); i++)
		c->layers[layers[i].layer] = c->layers[layers[i].layer] || lb_json_get(own, layers[i].key);
	c->layouts[LB_WRITTEN_MEDIA_TYPE] = c->layouts[LB_WRITTEN_MEDIA_TYPE] || lb_json_get(own, "mediaType");
	c->layouts[LB_WRITTEN_MEDIA] = c->layouts[LB_WRITTEN_MEDIA] || lb_json_get(own, "media");
}

/* Gaps that the source itself tells, as the data of our own packages do. */
static void take_gaps(struct lb_convert *c, const char *id, const struct lb_json *own)
{
	const struct lb_json *list = lb_json_get(own, "gaps");
	for (size_t i = 0; lb_json_is_array(list) && i < lb_json_count(list); i++) {
		const struct lb_json *told = lb_json_at(list, i);
		const char *kind = lb_json_get_str(told, "kind");
		struct lb_gap gap = { .photo_id = id, .subject = lb_arena_printf(&c->arena, "photo %s", id),
			.layer = lb_json_get_str(told, "layer"), .method = lb_json_get_str(told, "method"),
			.code = lb_json_int(lb_json_get(told, "code"), LB_UNKNOWN), .message = lb_json_get_str(told, "message") };
		for (enum lb_gap_kind k = LB_GAP_REFUSED; kind && gap.layer && k <= LB_GAP_WITHHELD; k++)
			if (strcmp(lb_gap_kind_name(k), kind) == 0) {
				gap.kind = k;
				lb_convert_gap(c, gap);
			}
	}
}

/* The photo's own file; NULL after telling why there is none. */
static int read_own(struct lb_convert *c, const char *id, const struct lb_json *entry, struct lb_json **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	LB_AUTO(lb_json_freep) struct lb_json *own = NULL;
	struct lb_error why = { 0 };
	char name[64];
	lb_foundation_photo_path(&path, id, entry);
	int rc = lb_foundation_read(&c->from, lb_buf_str(&path), name, &own, &why);
	if (rc && !lb_convert_is_content(rc))
		return lb_fail(err, (enum lb_status)rc, "%s", why.what);
	if (rc)
		lb_convert_photo_gap(c, id, "photo", lb_arena_printf(&c->arena, "its file in the source: %s", why.what));
	else if (!lb_json_is_object(own))
		lb_convert_photo_gap(c, id, "photo", "its file in the source is no object");
	bool good = !rc && lb_json_is_object(own);
	*out = good ? own : NULL;
	own = good ? NULL : own;
	return 0;
}

static int add_missing(struct lb_convert *c, const char *id, struct lb_error *err)
{
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = id;
	LB_TRY(lb_package_add_missing(c->package, id, err));
	return lb_show_add(&c->show, &photo, true, c->gaps, c->ngaps, err);
}

static int add_photo(struct lb_convert *c, const char *id, const struct lb_json *own, const struct lb_json *entry, struct lb_error *err)
{
	struct lb_photo photo;
	lb_foundation_photo(id, own, entry, &c->arena, &photo);
	lb_convert_plain(c, &photo, own, entry);
	name_all(c, &photo);
	note_layouts(c, own);
	take_gaps(c, id, own);
	if (photo.withheld)
		lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_WITHHELD, .photo_id = id, .subject = lb_arena_printf(&c->arena, "photo %s", id),
			.layer = "photo", .code = LB_UNKNOWN, .message = photo.withheld });
	for (enum lb_role role = 0; !photo.withheld && role < LB_ROLE_COUNT; role++)
		LB_TRY(lb_convert_media(c, &photo, role, own, entry, err));
	c->result.photos++;
	LB_TRY(lb_package_add_photo(c->package, &photo, err));
	LB_TRY(lb_show_add(&c->show, &photo, false, c->gaps, c->ngaps, err));
	lb_convert_media_done(c);
	return 0;
}

static int convert_row(struct lb_convert *c, const struct lb_foundation_row *row, bool is_photo, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *entry = NULL;
	struct lb_error why = { 0 };
	int rc = lb_foundation_row_parse(row, &entry, &why);
	lb_arena_reset(&c->arena);
	c->ngaps = 0;
	if (!is_photo) {
		LB_AUTO(lb_buf_clear) struct lb_buf subject = LB_BUF(1024);
		lb_buf_adds(&subject, "photoIndex ");
		lb_show(&subject, (struct lb_span){ row->key, strnlen(row->key, 64) });
		c->result.lost++;
		lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_FAILED, .subject = lb_buf_str(&subject), .layer = "source", .code = LB_UNKNOWN,
			.message = "its id is none that Flickr gives: it is kept in the source's own file only" });
		return 0;
	}
	if (rc)
		lb_convert_photo_gap(c, row->key, "photo", why.what);
	LB_AUTO(lb_json_freep) struct lb_json *own = NULL;
	LB_TRY(read_own(c, row->key, entry, &own, err));
	return own || lb_json_is_object(entry) ? add_photo(c, row->key, own, entry, err) : add_missing(c, row->key, err);
}

int lb_convert_photos(struct lb_convert *c, struct lb_error *err)
{
	size_t next = 0;
	for (size_t i = 0; i < c->photos.count; i++) {
		const struct lb_foundation_row *row = &c->photos.rows[i];
		bool is_photo = next < c->nids && c->ids[next] == row->key;
		next += is_photo;
		LB_TRY(lb_ctx_check(c->ctx, err));
		LB_TRY(convert_row(c, row, is_photo, err));
		lb_ctx_event(c->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = i + 1, .total = c->photos.count });
	}
	return 0;
}
