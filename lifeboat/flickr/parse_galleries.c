/* Galleries: what members chose of others' photos. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

/* How far back a row is looked for that moved to the next page while pages were being read. */
#define REPEAT_WINDOW 1000

#define AT(member) offsetof(struct lb_gallery, member)
static const struct lb_field gallery_fields[] = {
	{ NULL, "id", LB_FIELD_TAIL, false, AT(id) },           /* all that older answers have */
	{ NULL, "gallery_id", LB_FIELD_DIGITS, false, AT(id) },
	{ NULL, "url", LB_FIELD_LINK, false, AT(url) },
	{ "title", NULL, LB_FIELD_TEXT, false, AT(title) },
	{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	{ NULL, "primary_photo_id", LB_FIELD_DIGITS, false, AT(primary_photo_id) },
	{ NULL, "owner", LB_FIELD_NAME, false, AT(owner.nsid) },
	{ NULL, "username", LB_FIELD_EXACT, false, AT(owner.username) },
	{ NULL, "iconserver", LB_FIELD_WORD, false, AT(owner.iconserver) },
	{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(owner.iconfarm) },
	{ NULL, "count_photos", LB_FIELD_NUMBER, false, AT(count_photos) },
	{ NULL, "count_videos", LB_FIELD_NUMBER, false, AT(count_videos) },
	{ NULL, "count_views", LB_FIELD_NUMBER, false, AT(count_views) },
	{ NULL, "count_comments", LB_FIELD_NUMBER, false, AT(count_comments) },
	{ NULL, "date_create", LB_FIELD_NUMBER, false, AT(date_created) },
	{ NULL, "date_update", LB_FIELD_NUMBER, false, AT(date_updated) },
};
#undef AT

void lb_gallery_init(void *gallery)
{
	struct lb_gallery *g = gallery;
	*g = (struct lb_gallery){ .count_photos = LB_UNKNOWN, .count_videos = LB_UNKNOWN, .count_views = LB_UNKNOWN,
		.count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN, .date_updated = LB_UNKNOWN };
	lb_person_init(&g->owner);
}

static const struct lb_row_table gallery_record = LB_ROW_TABLE(gallery_fields, struct lb_gallery, lb_gallery_init,
	10000);

static int no_id(struct lb_error *err)
{
	return lb_fail(err, LB_FORMAT, "cannot use Flickr's answer: <gallery> has no \"gallery_id\"");
}

static int read_galleries(const struct lb_xml *e, struct lb_arena *a, struct lb_gallery **out, size_t *count,
	struct lb_error *err)
{
	void *rows;
	LB_TRY(lb_fields_list(&gallery_record, e, "gallery", a, &rows, count, err));
	*out = rows;
	for (size_t i = 0; i < *count; i++) {
		if (!(*out)[i].id)
			return no_id(err);
	}
	return 0;
}

/* ---- flickr.galleries.getListForPhoto -------------------------------------------------------- */

static bool gallery_repeats(const struct lb_photo *p, size_t before, const struct lb_gallery *row)
{
	for (size_t i = before > REPEAT_WINDOW ? before - REPEAT_WINDOW : 0; i < before; i++) {
		if (!strcmp(p->galleries[i].id, row->id))
			return true;
	}
	return false;
}

static void append_galleries(struct lb_arena *a, struct lb_photo *p, const struct lb_gallery *rows, size_t count)
{
	size_t before = p->ngalleries;
	p->galleries = lb_fields_reserve(a, p->galleries, p->ngalleries, &p->galleries_cap, count, sizeof *rows);
	for (size_t i = 0; i < count; i++) {
		if (!gallery_repeats(p, before, &rows[i]))
			p->galleries[p->ngalleries++] = rows[i];
	}
}

int lb_parse_galleries(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_page *page,
	struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_gallery *rows;
	struct lb_page got;
	LB_TRY(lb_fields_promised(rsp, "galleries", &e, err));
	LB_TRY(lb_fields_page(e, a, &got, err));
	LB_TRY(read_galleries(e, a, &rows, &got.got, err));
	append_galleries(a, p, rows, got.got);
	*page = got;
	return 0;
}

/* ---- flickr.galleries.getInfo, getList, getPhotos -------------------------------------------- */

int lb_overlay_gallery(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery *gallery, struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_gallery fresh = *gallery;
	LB_TRY(lb_fields_promised(rsp, "gallery", &e, err));
	LB_TRY(lb_fields_overlay(&gallery_record, e, a, &fresh, err));
	if (!fresh.id)
		return no_id(err);
	*gallery = fresh;
	return 0;
}

int lb_parse_gallery(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery *out, struct lb_error *err)
{
	struct lb_gallery fresh;
	lb_gallery_init(&fresh);
	LB_TRY(lb_overlay_gallery(rsp, a, &fresh, err));
	*out = fresh;
	return 0;
}

int lb_parse_gallery_list(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery **out, size_t *count,
	struct lb_page *page, struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_gallery *rows;
	struct lb_page got;
	LB_TRY(lb_fields_promised(rsp, "galleries", &e, err));
	LB_TRY(lb_fields_page(e, a, &got, err));
	LB_TRY(read_galleries(e, a, &rows, &got.got, err));
	*out = rows;
	*count = got.got;
	*page = got;
	return 0;
}

int lb_parse_gallery_items(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery_item **out, size_t *count,
	struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_DIGITS, true, offsetof(struct lb_gallery_item, photo_id) },
		{ NULL, "comment", LB_FIELD_TEXT, false, offsetof(struct lb_gallery_item, comment) },
		{ "comment", NULL, LB_FIELD_TEXT, false, offsetof(struct lb_gallery_item, comment) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_gallery_item, NULL, 10000);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "photos", &e, err));
	LB_TRY(lb_fields_list(&record, e, "photo", a, &rows, count, err));
	*out = rows;
	return 0;
}
