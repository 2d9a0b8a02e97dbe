/* flickr.photos.getInfo */
#include <string.h>

#include "lifeboat/flickr/fields.h"

#define AT(member) offsetof(struct lb_photo, member)
static const struct lb_field photo_fields[] = {
	{ NULL, "id", LB_FIELD_DIGITS, true, AT(id) },
	{ NULL, "secret", LB_FIELD_NAME, false, AT(secret) },
	{ NULL, "server", LB_FIELD_NAME, false, AT(server) },
	{ NULL, "farm", LB_FIELD_NAME, false, AT(farm) },
	{ NULL, "originalsecret", LB_FIELD_NAME, false, AT(original_secret) },
	{ NULL, "originalformat", LB_FIELD_NAME, false, AT(original_format) },
	{ NULL, "media", LB_FIELD_WORD, false, AT(media) },
	{ NULL, "license", LB_FIELD_WORD, false, AT(license_id) },
	{ NULL, "safety_level", LB_FIELD_NUMBER, false, AT(safety_level) },
	{ NULL, "rotation", LB_FIELD_NUMBER, false, AT(rotation) },
	{ NULL, "views", LB_FIELD_NUMBER, false, AT(views) },
	{ NULL, "dateuploaded", LB_FIELD_NUMBER, false, AT(date_posted) },
	{ "dates", "posted", LB_FIELD_NUMBER, false, AT(date_posted) },
	{ "dates", "lastupdate", LB_FIELD_NUMBER, false, AT(date_updated) },
	{ "dates", "taken", LB_FIELD_TEXT, false, AT(taken.value) },
	{ "dates", "takengranularity", LB_FIELD_NUMBER, false, AT(taken.granularity) },
	{ "dates", "takenunknown", LB_FIELD_FLAG, false, AT(taken.unknown) },
	{ "owner", "nsid", LB_FIELD_NAME, true, AT(owner.nsid) },
	{ "owner", "username", LB_FIELD_EXACT, false, AT(owner.username) },
	{ "owner", "realname", LB_FIELD_TEXT, false, AT(owner.realname) },
	{ "owner", "location", LB_FIELD_TEXT, false, AT(owner.location) },
	{ "owner", "path_alias", LB_FIELD_WORD, false, AT(owner.path_alias) },
	{ "owner", "iconserver", LB_FIELD_WORD, false, AT(owner.iconserver) },
	{ "owner", "iconfarm", LB_FIELD_WORD, false, AT(owner.iconfarm) },
	{ "title", NULL, LB_FIELD_TEXT, false, AT(title) },
	{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	{ "visibility", "ispublic", LB_FIELD_FLAG, false, AT(is_public) },
	{ "visibility", "isfriend", LB_FIELD_FLAG, false, AT(is_friend) },
	{ "visibility", "isfamily", LB_FIELD_FLAG, false, AT(is_family) },
	{ "editability", "cancomment", LB_FIELD_FLAG, false, AT(can_comment) },
	{ "editability", "canaddmeta", LB_FIELD_FLAG, false, AT(can_add_meta) },
	{ "publiceditability", "cancomment", LB_FIELD_FLAG, false, AT(public_can_comment) },
	{ "publiceditability", "canaddmeta", LB_FIELD_FLAG, false, AT(public_can_add_meta) },
	{ "usage", "candownload", LB_FIELD_FLAG, false, AT(can_download) },
	{ "usage", "canblog", LB_FIELD_FLAG, false, AT(can_blog) },
	{ "usage", "canprint", LB_FIELD_FLAG, false, AT(can_print) },
	{ "usage", "canshare", LB_FIELD_FLAG, false, AT(can_share) },
	{ "comments", NULL, LB_FIELD_NUMBER, false, AT(count_comments) },
	{ "people", "haspeople", LB_FIELD_FLAG, false, AT(has_people) },
	{ "geoperms", "ispublic", LB_FIELD_FLAG, false, AT(geo_is_public) },
	{ "geoperms", "iscontact", LB_FIELD_FLAG, false, AT(geo_is_contact) },
	{ "geoperms", "isfriend", LB_FIELD_FLAG, false, AT(geo_is_friend) },
	{ "geoperms", "isfamily", LB_FIELD_FLAG, false, AT(geo_is_family) },
	{ "video", "duration", LB_FIELD_NUMBER, false, AT(video_duration) },
	{ "video", "width", LB_FIELD_NUMBER, false, AT(video_width) },
	{ "video", "height", LB_FIELD_NUMBER, false, AT(video_height) },
};
#undef AT
static const struct lb_row_table photo_record = LB_ROW_TABLE(photo_fields, struct lb_photo, NULL, 0);

#define AT(member) offsetof(struct lb_location, member)
static const struct lb_field location_fields[] = {
	{ NULL, "latitude", LB_FIELD_DECIMAL, false, AT(latitude) },
	{ NULL, "longitude", LB_FIELD_DECIMAL, false, AT(longitude) },
	{ NULL, "accuracy", LB_FIELD_NUMBER, false, AT(accuracy) },
	{ NULL, "context", LB_FIELD_NUMBER, false, AT(context) },
	{ "neighbourhood", NULL, LB_FIELD_TEXT, false, AT(neighbourhood) },
	{ "locality", NULL, LB_FIELD_TEXT, false, AT(locality) },
	{ "county", NULL, LB_FIELD_TEXT, false, AT(county) },
	{ "region", NULL, LB_FIELD_TEXT, false, AT(region) },
	{ "country", NULL, LB_FIELD_TEXT, false, AT(country) },
};
#undef AT
static const struct lb_row_table location_record = LB_ROW_TABLE(location_fields, struct lb_location, NULL, 0);

#define AT(member) offsetof(struct lb_tag, member)
static const struct lb_field tag_fields[] = {
	{ NULL, "id", LB_FIELD_NAME, false, AT(id) },
	{ NULL, "author", LB_FIELD_NAME, false, AT(author_id) },
	{ NULL, "authorname", LB_FIELD_EXACT, false, AT(author_name) },
	{ NULL, "raw", LB_FIELD_EXACT, false, AT(raw) },
	{ NULL, NULL, LB_FIELD_EXACT, false, AT(normalized) },
	{ NULL, "machine_tag", LB_FIELD_FLAG, false, AT(machine) },
};
#undef AT
static const struct lb_row_table tag_record = LB_ROW_TABLE(tag_fields, struct lb_tag, NULL, 0);

#define AT(member) offsetof(struct lb_note, member)
static const struct lb_field note_fields[] = {
	{ NULL, "id", LB_FIELD_NAME, false, AT(id) },
	{ NULL, "author", LB_FIELD_NAME, false, AT(author.nsid) },
	{ NULL, "authorname", LB_FIELD_EXACT, false, AT(author.username) },
	{ NULL, "authorrealname", LB_FIELD_TEXT, false, AT(author.realname) },
	{ NULL, "authorispro", LB_FIELD_FLAG, false, AT(author.is_pro) },
	{ NULL, "authorisdeleted", LB_FIELD_FLAG, false, AT(author.is_deleted) },
	{ NULL, NULL, LB_FIELD_EXACT, false, AT(text) },
	{ NULL, "x", LB_FIELD_NUMBER, false, AT(x) },
	{ NULL, "y", LB_FIELD_NUMBER, false, AT(y) },
	{ NULL, "w", LB_FIELD_NUMBER, false, AT(w) },
	{ NULL, "h", LB_FIELD_NUMBER, false, AT(h) },
};
#undef AT

static void init_note(void *note)
{
	lb_person_init(&((struct lb_note *)note)->author);
}

static const struct lb_row_table note_record = LB_ROW_TABLE(note_fields, struct lb_note, init_note, 0);

/* No <location> says: no place, or none that we may know. */
static int read_location(const struct lb_xml *photo, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	struct lb_location fresh = { .accuracy = LB_UNKNOWN, .context = LB_UNKNOWN };
	const struct lb_xml *e = lb_xml_child(photo, "location");
	if (e)
		LB_TRY(lb_fields_read(&location_record, e, a, &fresh, err));
	else if (p->location.present)
		p->geo_is_public = p->geo_is_contact = p->geo_is_friend = p->geo_is_family = LB_UNKNOWN;
	fresh.present = fresh.latitude && fresh.longitude;
	p->location = fresh;
	return 0;
}

static int read_tags(const struct lb_xml *photo, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	void *rows;
	const struct lb_xml *e = lb_xml_child(photo, "tags");
	if (!e)
		return 0;
	LB_TRY(lb_fields_list(&tag_record, e, "tag", a, &rows, &p->ntags, err));
	p->tags = rows;
	return 0;
}

static int read_notes(const struct lb_xml *photo, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	void *rows;
	const struct lb_xml *e = lb_xml_child(photo, "notes");
	if (!e)
		return 0;
	LB_TRY(lb_fields_list(&note_record, e, "note", a, &rows, &p->nnotes, err));
	p->notes = rows;
	return 0;
}

static const char *read_page_url(const struct lb_xml *photo, struct lb_arena *a)
{
	const struct lb_xml *urls = lb_xml_child(photo, "urls");
	for (const struct lb_xml *e = lb_xml_child(urls, "url"); e; e = lb_xml_next(e, "url")) {
		const char *type = lb_xml_attr(e, "type");
		if (type && !strcmp(type, "photopage") && lb_field_is_link(e->text))
			return lb_arena_strdup(a, e->text);
	}
	return NULL;
}

/* Over what a list told: what getInfo does not say stays, as sizes, faves and at times the safety level. */
int lb_parse_info(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_photo fresh = *p;
	LB_TRY(lb_fields_promised(rsp, "photo", &e, err));
	LB_TRY(lb_fields_overlay(&photo_record, e, a, &fresh, err));
	LB_TRY(read_location(e, a, &fresh, err));
	LB_TRY(read_tags(e, a, &fresh, err));
	LB_TRY(read_notes(e, a, &fresh, err));
	const char *url = read_page_url(e, a);
	if (url)
		fresh.url = url;
	*p = fresh;
	return 0;
}
