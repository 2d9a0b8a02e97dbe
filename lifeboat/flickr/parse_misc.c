/* Licences and albums. */
#include "lifeboat/flickr/fields.h"

/* flickr.photos.licenses.getInfo */
int lb_parse_licenses(const struct lb_xml *rsp, struct lb_arena *a, struct lb_license **out, size_t *count,
	struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, offsetof(struct lb_license, id) },
		{ NULL, "name", LB_FIELD_TEXT, false, offsetof(struct lb_license, label) },
		{ NULL, "url", LB_FIELD_TEXT, false, offsetof(struct lb_license, url) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_license, NULL, 1000);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "licenses", &e, err));
	LB_TRY(lb_fields_list(&record, e, "license", a, &rows, count, err));
	*out = rows;
	return 0;
}

/* flickr.photosets.getInfo, and the wrapper of photosets.getPhotos: there title and owner's name are attributes. */
int lb_parse_album(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *out, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_album, member)
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_DIGITS, true, AT(id) },
		{ NULL, "owner", LB_FIELD_NAME, false, AT(owner_id) },
		{ NULL, "ownername", LB_FIELD_TEXT, false, AT(owner_name) },
		{ NULL, "username", LB_FIELD_TEXT, false, AT(owner_name) },
		{ NULL, "primary", LB_FIELD_DIGITS, false, AT(primary_photo_id) },
		{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
		{ "title", NULL, LB_FIELD_TEXT, false, AT(title) },
		{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
		{ NULL, "photos", LB_FIELD_NUMBER, false, AT(count_photos) },
		{ NULL, "count_photos", LB_FIELD_NUMBER, false, AT(count_photos) },
		{ NULL, "videos", LB_FIELD_NUMBER, false, AT(count_videos) },
		{ NULL, "count_videos", LB_FIELD_NUMBER, false, AT(count_videos) },
		{ NULL, "count_views", LB_FIELD_NUMBER, false, AT(count_views) },
		{ NULL, "count_comments", LB_FIELD_NUMBER, false, AT(count_comments) },
		{ NULL, "date_create", LB_FIELD_NUMBER, false, AT(date_created) },
		{ NULL, "date_update", LB_FIELD_NUMBER, false, AT(date_updated) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_album, NULL, 0);
	const struct lb_xml *e;
	struct lb_album fresh;
	LB_TRY(lb_fields_promised(rsp, "photoset", &e, err));
	LB_TRY(lb_fields_read(&record, e, a, &fresh, err));
	*out = fresh;
	return 0;
}
