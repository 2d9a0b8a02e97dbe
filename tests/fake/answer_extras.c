/* What rows of lists tell on request. */
#include <stdio.h>
#include <string.h>

#include "tests/fake/answer.h"

/* ---- tags as lists give them ----------------------------------------------------------------------------------- */

bool tag_is_machine(const char *raw)
{
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	size_t space = strspn(raw, name);
	if (!space || raw[space] != ':')
		return false;
	size_t predicate = strspn(raw + space + 1, name);
	return predicate && raw[space + 1 + predicate] == '=' && raw[space + predicate + 2];
}

static uint32_t lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
		return c + 32;
	return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

void tag_normalize(struct lb_buf *b, const char *raw)
{
	bool machine = tag_is_machine(raw);
	struct lb_span rest = lb_span(raw);
	while (rest.n) {
		uint32_t c = lower(lb_utf8_next(&rest));
		bool kept = c > 127 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (machine && (c == ':' || c == '='));
		if (kept)
			lb_utf8_add(b, c);
	}
}

static void write_tags(struct lb_buf *b, const struct photo *p, bool machine)
{
	LB_AUTO(lb_buf_clear) struct lb_buf all = LB_BUF(1 << 20);
	for (size_t i = 0; i < p->ntags; i++) {
		if (machine && !tag_is_machine(p->tags[i].raw))
			continue;
		if (all.len)
			lb_buf_addc(&all, ' ');
		tag_normalize(&all, p->tags[i].raw);
	}
	x_str(b, machine ? "machine_tags" : "tags", lb_buf_str(&all));
}

/* ---- extras ---------------------------------------------------------------------------------------------------- */

static void extra_license(struct ask *a, const struct photo *p)
{
	x_int(a->out, "license", p->license);
}

static void extra_safety(struct ask *a, const struct photo *p)
{
	x_int(a->out, "safety_level", p->safety);
}

static void extra_upload(struct ask *a, const struct photo *p)
{
	x_int(a->out, "dateupload", p->posted);
}

static void extra_update(struct ask *a, const struct photo *p)
{
	x_int(a->out, "lastupdate", p->updated);
}

static void extra_taken(struct ask *a, const struct photo *p)
{
	x_str(a->out, "datetaken", p->taken);
	x_int(a->out, "datetakengranularity", p->granularity);
	x_int(a->out, "datetakenunknown", p->taken_unknown);
}

static void extra_owner(struct ask *a, const struct photo *p)
{
	x_str(a->out, "ownername", p->owner->username);
}

static void extra_realname(struct ask *a, const struct photo *p)
{
	x_str(a->out, "realname", p->owner->realname);
}

static void extra_alias(struct ask *a, const struct photo *p)
{
	x_str(a->out, "pathalias", p->owner->alias);
}

static void extra_icon(struct ask *a, const struct photo *p)
{
	x_member_icon(a->out, p->owner);
}

static void extra_original(struct ask *a, const struct photo *p)
{
	if (!photo_downloadable(p, a->viewer))
		return;
	x_str(a->out, "originalsecret", p->original_secret);
	x_str(a->out, "originalformat", p->picture.png ? "png" : "jpg");
}

static void extra_dims(struct ask *a, const struct photo *p)
{
	if (!photo_downloadable(p, a->viewer))
		return;
	x_int(a->out, "o_width", p->picture.width);
	x_int(a->out, "o_height", p->picture.height);
}

static void extra_geo(struct ask *a, const struct photo *p)
{
	bool shown = p->place.known && !p->geo_private;
	x_str(a->out, "latitude", shown ? p->place.latitude : "0");
	x_str(a->out, "longitude", shown ? p->place.longitude : "0");
	x_int(a->out, "accuracy", shown ? p->place.accuracy : 0);
	x_int(a->out, "context", shown ? p->place.context : 0);
	if (shown)
		lb_buf_adds(a->out, " place_id=\"\" woeid=\"\" geo_is_public=\"1\" geo_is_contact=\"0\" geo_is_friend=\"0\" geo_is_family=\"0\"");
}

static void extra_tags(struct ask *a, const struct photo *p)
{
	write_tags(a->out, p, false);
}

static void extra_machine_tags(struct ask *a, const struct photo *p)
{
	write_tags(a->out, p, true);
}

static void extra_views(struct ask *a, const struct photo *p)
{
	x_int(a->out, "views", p->views);
}

static void extra_media(struct ask *a, const struct photo *p)
{
	x_str(a->out, "media", p->video ? "video" : "photo");
	x_str(a->out, "media_status", "ready");
}

static void extra_count_views(struct ask *a, const struct photo *p)
{
	x_int(a->out, "count_views", p->views);
}

static void extra_count_comments(struct ask *a, const struct photo *p)
{
	x_int(a->out, "count_comments", (int64_t)photo_comment_count(p));
}

static void extra_count_faves(struct ask *a, const struct photo *p)
{
	x_int(a->out, "count_faves", (int64_t)photo_fave_count(p));
}

static void extra_can_download(struct ask *a, const struct photo *p)
{
	x_int(a->out, "can_download", photo_downloadable(p, a->viewer));
}

static void extra_rotation(struct ask *a, const struct photo *p)
{
	x_int(a->out, "rotation", photo_rotation(p));
}

static void extra_content_type(struct ask *a, const struct photo *p)
{
	(void)p;
	x_int(a->out, "content_type", 0);
}

static void extra_interstitial(struct ask *a, const struct photo *p)
{
	x_int(a->out, "needs_interstitial", p->safety > 0);
}

/* documented: by flickr.com/services/api; the others were seen in recordings or are told of by other programs */
static const struct { const char *name; void (*write)(struct ask *a, const struct photo *p); bool documented; } extras[] = {
	{ "license", extra_license, true }, { "safety_level", extra_safety, false }, { "date_upload", extra_upload, true },
	{ "last_update", extra_update, true }, { "date_taken", extra_taken, true }, { "owner_name", extra_owner, true },
	{ "realname", extra_realname, false }, { "path_alias", extra_alias, true }, { "icon_server", extra_icon, true },
	{ "original_format", extra_original, true }, { "o_dims", extra_dims, true }, { "geo", extra_geo, true },
	{ "tags", extra_tags, true }, { "machine_tags", extra_machine_tags, true }, { "views", extra_views, true },
	{ "count_views", extra_count_views, false }, { "count_comments", extra_count_comments, false },
	{ "count_faves", extra_count_faves, false }, { "can_download", extra_can_download, false },
	{ "rotation", extra_rotation, false }, { "content_type", extra_content_type, false },
	{ "needs_interstitial", extra_interstitial, false }, { "media", extra_media, true },
};
static const char documented_urls[] = " sq t s q m n z c l o ";

static bool url_offered(const struct ask *a, const struct size_row *row)
{
	char spaced[16];
	snprintf(spaced, sizeof spaced, " %s ", row->letter);
	return !row->video && (!a->world->plain_extras || strstr(documented_urls, spaced));
}

static void extra_urls(struct ask *a, const struct photo *p)
{
	struct size_row rows[SIZE_ROWS_MAX];
	size_t count = media_sizes(p, photo_downloadable(p, a->viewer), rows);
	for (size_t i = 0; i < count; i++) {
		char name[24];
		snprintf(name, sizeof name, "url_%s", rows[i].letter);
		if (!url_offered(a, &rows[i]) || !query_lists(a->query, "extras", name))
			continue;
		x_str(a->out, name, rows[i].source);
		lb_buf_addf(a->out, " height_%s=\"%d\" width_%s=\"%d\"", rows[i].letter, rows[i].height, rows[i].letter,
			rows[i].width);
	}
}

void write_extras(struct ask *a, const struct photo *p)
{
	if (!query_get(a->query, "extras"))
		return;
	for (size_t i = 0; i < LB_COUNT(extras); i++)
		if ((extras[i].documented || !a->world->plain_extras) && query_lists(a->query, "extras", extras[i].name))
			extras[i].write(a, p);
	extra_urls(a, p);
}

/* Two extras are elements of their own. */
void write_row_end(struct ask *a, const struct photo *p)
{
	bool description = query_lists(a->query, "extras", "description"),
		usage = query_lists(a->query, "extras", "usage") && !a->world->plain_extras;
	if (!description && !usage) {
		x_empty(a->out);
		return;
	}
	x_more(a->out);
	if (description)
		x_leaf(a->out, 2, "description", p->description);
	if (usage)
		lb_buf_addf(a->out, "\t\t<usage can_download=\"%d\" can_blog=\"0\" can_print=\"0\" can_share=\"1\" />\n",
			photo_downloadable(p, a->viewer));
	x_close(a->out, 1, "photo");
}
