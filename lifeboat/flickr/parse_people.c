/* Members and institutions. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

/* ---- flickr.people.getInfo ------------------------------------------------------------------- */

int lb_overlay_person(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person *p, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_person, member)
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, false, AT(nsid) },
		{ NULL, "nsid", LB_FIELD_NAME, true, AT(nsid) },
		{ NULL, "path_alias", LB_FIELD_WORD, false, AT(path_alias) },
		{ NULL, "iconserver", LB_FIELD_WORD, false, AT(iconserver) },
		{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(iconfarm) },
		{ NULL, "is_deleted", LB_FIELD_FLAG, false, AT(is_deleted) },
		{ NULL, "ispro", LB_FIELD_FLAG, false, AT(is_pro) },
		{ "username", NULL, LB_FIELD_EXACT, false, AT(username) },
		{ "realname", NULL, LB_FIELD_TEXT, false, AT(realname) },
		{ "location", NULL, LB_FIELD_TEXT, false, AT(location) },
		{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	};
	static const struct lb_field photos_fields[] = {
		{ "count", NULL, LB_FIELD_NUMBER, false, AT(count_photos) },
		{ "firstdate", NULL, LB_FIELD_NUMBER, false, AT(first_date) },
		{ "firstdatetaken", NULL, LB_FIELD_TEXT, false, AT(first_taken) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_person, NULL, 0);
	static const struct lb_row_table photos_record = LB_ROW_TABLE(photos_fields, struct lb_person, NULL, 0);
	const struct lb_xml *e;
	struct lb_person fresh = *p;
	LB_TRY(lb_fields_promised(rsp, "person", &e, err));
	LB_TRY(lb_fields_overlay(&record, e, a, &fresh, err));
	const struct lb_xml *photos = lb_xml_child(e, "photos");
	if (photos)
		LB_TRY(lb_fields_overlay(&photos_record, photos, a, &fresh, err));
	*p = fresh;
	return 0;
}

int lb_parse_person(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person *out, struct lb_error *err)
{
	struct lb_person fresh;
	lb_person_init(&fresh);
	LB_TRY(lb_overlay_person(rsp, a, &fresh, err));
	*out = fresh;
	return 0;
}

/* ---- flickr.urls.lookupUser, lookupGroup, flickr.test.login ---------------------------------- */

struct lookup { const char *id, *name; };

static int read_lookup(const struct lb_xml *rsp, const char *what, struct lb_arena *a, struct lookup *out,
	struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, offsetof(struct lookup, id) },
		{ "username", NULL, LB_FIELD_EXACT, false, offsetof(struct lookup, name) },
		{ "groupname", NULL, LB_FIELD_EXACT, false, offsetof(struct lookup, name) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lookup, NULL, 0);
	const struct lb_xml *e;
	LB_TRY(lb_fields_promised(rsp, what, &e, err));
	return lb_fields_read(&record, e, a, out, err);
}

int lb_parse_lookup_user(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **username,
	struct lb_error *err)
{
	struct lookup found;
	LB_TRY(read_lookup(rsp, "user", a, &found, err));
	*nsid = found.id;
	*username = found.name;
	return 0;
}

int lb_parse_login(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **username,
	struct lb_error *err)
{
	return lb_parse_lookup_user(rsp, a, nsid, username, err);
}

int lb_parse_lookup_group(const struct lb_xml *rsp, struct lb_arena *a, const char **nsid, const char **name,
	struct lb_error *err)
{
	struct lookup found;
	LB_TRY(read_lookup(rsp, "group", a, &found, err));
	*nsid = found.id;
	*name = found.name;
	return 0;
}

/* ---- flickr.profile.getProfile --------------------------------------------------------------- */

/* Not read: the e-mail address. */
int lb_parse_profile(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person_profile *out, const char **nsid,
	struct lb_error *err)
{
	struct said { struct lb_person_profile profile; const char *nsid; };
#define AT(member) offsetof(struct said, profile.member)
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, false, offsetof(struct said, nsid) },
		{ NULL, "nsid", LB_FIELD_NAME, true, offsetof(struct said, nsid) },
		{ NULL, "join_date", LB_FIELD_NUMBER, false, AT(join_date) },
		{ NULL, "occupation", LB_FIELD_TEXT, false, AT(occupation) },
		{ NULL, "hometown", LB_FIELD_TEXT, false, AT(hometown) },
		{ NULL, "showcase_set", LB_FIELD_DIGITS, false, AT(showcase_album_id) },
		{ NULL, "showcase_set_title", LB_FIELD_TEXT, false, AT(showcase_album_title) },
		{ NULL, "first_name", LB_FIELD_TEXT, false, AT(first_name) },
		{ NULL, "last_name", LB_FIELD_TEXT, false, AT(last_name) },
		{ NULL, "description", LB_FIELD_TEXT, false, AT(description) }, /* as documented */
		{ NULL, "profile_description", LB_FIELD_TEXT, false, AT(description) },
		{ NULL, "website", LB_FIELD_TEXT, false, AT(website) },
		{ NULL, "city", LB_FIELD_TEXT, false, AT(city) },
		{ NULL, "country", LB_FIELD_TEXT, false, AT(country) },
		{ NULL, "facebook", LB_FIELD_TEXT, false, AT(facebook) },
		{ NULL, "twitter", LB_FIELD_TEXT, false, AT(twitter) },
		{ NULL, "tumblr", LB_FIELD_TEXT, false, AT(tumblr) },
		{ NULL, "instagram", LB_FIELD_TEXT, false, AT(instagram) },
		{ NULL, "pinterest", LB_FIELD_TEXT, false, AT(pinterest) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct said, NULL, 0);
	const struct lb_xml *e;
	struct said fresh = { .nsid = NULL };
	LB_TRY(lb_fields_promised(rsp, "profile", &e, err));
	LB_TRY(lb_fields_read(&record, e, a, &fresh, err));
	*out = fresh.profile;
	*nsid = fresh.nsid;
	return 0;
}

/* ---- flickr.commons.getInstitutions ---------------------------------------------------------- */

static const char *url_of_type(const struct lb_xml *institution, const char *type, struct lb_arena *a)
{
	const struct lb_xml *urls = lb_xml_child(institution, "urls");
	for (const struct lb_xml *e = lb_xml_child(urls, "url"); e; e = lb_xml_next(e, "url")) {
		const char *is = lb_xml_attr(e, "type");
		if (is && !strcmp(is, type) && *e->text)
			return lb_arena_strdup(a, e->text);
	}
	return NULL;
}

int lb_parse_institutions(const struct lb_xml *rsp, struct lb_arena *a, struct lb_institution **out, size_t *count,
	struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "nsid", LB_FIELD_NAME, true, offsetof(struct lb_institution, nsid) },
		{ NULL, "date_launch", LB_FIELD_NUMBER, false, offsetof(struct lb_institution, date_launch) },
		{ "name", NULL, LB_FIELD_TEXT, false, offsetof(struct lb_institution, name) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_institution, NULL, 0);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "institutions", &e, err));
	LB_TRY(lb_fields_list(&record, e, "institution", a, &rows, count, err));
	struct lb_institution *item = rows;
	for (const struct lb_xml *i = lb_xml_child(e, "institution"); i; i = lb_xml_next(i, "institution"), item++) {
		item->site_url = url_of_type(i, "site", a);
		item->license_url = url_of_type(i, "license", a);
	}
	*out = rows;
	return 0;
}
