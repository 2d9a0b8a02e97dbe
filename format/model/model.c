#include "format/model/model.h"

#include <string.h>

void lb_person_init(struct lb_person *p)
{
	*p = (struct lb_person){
		.is_deleted = LB_UNKNOWN, .is_pro = LB_UNKNOWN, .count_photos = LB_UNKNOWN, .first_date = LB_UNKNOWN,
	};
}

void lb_photo_init(struct lb_photo *p)
{
	*p = (struct lb_photo){
		.safety_level = LB_UNKNOWN, .rotation = LB_UNKNOWN, .views = LB_UNKNOWN,
		.date_posted = LB_UNKNOWN, .date_updated = LB_UNKNOWN,
		.taken = { .granularity = LB_UNKNOWN, .unknown = LB_UNKNOWN },
		.is_public = LB_UNKNOWN, .is_friend = LB_UNKNOWN, .is_family = LB_UNKNOWN,
		.can_comment = LB_UNKNOWN, .can_add_meta = LB_UNKNOWN,
		.public_can_comment = LB_UNKNOWN, .public_can_add_meta = LB_UNKNOWN,
		.can_download = LB_UNKNOWN, .can_blog = LB_UNKNOWN, .can_print = LB_UNKNOWN, .can_share = LB_UNKNOWN,
		.geo_is_public = LB_UNKNOWN, .geo_is_contact = LB_UNKNOWN,
		.geo_is_friend = LB_UNKNOWN, .geo_is_family = LB_UNKNOWN,
		.has_people = LB_UNKNOWN, .count_comments = LB_UNKNOWN, .count_faves = LB_UNKNOWN,
		.location = { .accuracy = LB_UNKNOWN, .context = LB_UNKNOWN },
		.video_duration = LB_UNKNOWN, .video_width = LB_UNKNOWN, .video_height = LB_UNKNOWN,
		.license_history_known = LB_UNKNOWN, .captured = LB_UNKNOWN,
	};
	lb_person_init(&p->owner);
	for (size_t i = 0; i < LB_COUNT(p->files); i++)
		p->files[i] = (struct lb_media){ .width = LB_UNKNOWN, .height = LB_UNKNOWN, .captured = LB_UNKNOWN };
}

void lb_photo_reduce(const struct lb_photo *photo, struct lb_photo *stub)
{
	lb_photo_init(stub);
	stub->id = photo->id;
	stub->title = photo->title;
	stub->url = photo->url;
	stub->owner.nsid = photo->owner.nsid;
	stub->owner.username = photo->owner.username;
	stub->owner.path_alias = photo->owner.path_alias;
	stub->license_id = photo->license_id;
	stub->is_public = photo->is_public;
	stub->is_friend = photo->is_friend;
	stub->is_family = photo->is_family;
	stub->withheld = photo->withheld && *photo->withheld ? photo->withheld : "the maker's policy";
}

/* ---- words --------------------------------------------------------------------------------------------------- */

const char *lb_gap_kind_name(enum lb_gap_kind kind)
{
	static const char *const names[] = {
		[LB_GAP_REFUSED] = "refused", [LB_GAP_FAILED] = "failed",
		[LB_GAP_UNASKED] = "unasked", [LB_GAP_WITHHELD] = "withheld",
	};
	return (size_t)kind < LB_COUNT(names) ? names[kind] : "failed";
}

const char *lb_safety_name(int64_t level)
{
	static const char *const names[] = { "safe", "moderate", "restricted" };
	return level >= 0 && level < (int64_t)LB_COUNT(names) ? names[level] : NULL;
}

/* What Flickr did not call public, or did not speak of, is treated as private. */
const char *lb_visibility_name(const struct lb_photo *p)
{
	if (p->is_public == 1)
		return "public";
	if (p->is_friend == 1 && p->is_family == 1)
		return "friends and family";
	if (p->is_friend == 1)
		return "friends only";
	return p->is_family == 1 ? "family only" : "private";
}

const char *lb_granularity_name(int64_t granularity)
{
	static const char *const names[] = { [0] = "second", [4] = "month", [6] = "year", [8] = "circa" };
	const char *name = granularity >= 0 && granularity < (int64_t)LB_COUNT(names) ? names[granularity] : NULL;
	return name ? name : "second";
}

bool lb_taken_known(const struct lb_taken *t)
{
	return t->unknown != 1 && t->value && t->value[0] && strncmp(t->value, "0000-", 5) != 0;
}

bool lb_taken_iso(const struct lb_taken *t, char out[LB_TAKEN_ISO])
{
	static const char form[] = "dddd-dd-dd dd:dd:dd";
	if (!lb_taken_known(t) || strlen(t->value) != strlen(form))
		return false;
	for (size_t i = 0; form[i]; i++) {
		const char c = t->value[i];
		if (form[i] == 'd' ? c < '0' || c > '9' : c != form[i] && !(form[i] == ' ' && c == 'T'))
			return false;
	}
	memcpy(out, t->value, LB_TAKEN_ISO);
	out[strlen("dddd-dd-dd")] = 'T';
	return true;
}

bool lb_taken_date(const struct lb_taken *t, char out[LB_TAKEN_ISO])
{
	static const struct { const char *granularity; size_t length; } parts[] = {
		{ "second", sizeof "dddd-dd-ddTdd:dd:dd" - 1 }, { "month", sizeof "dddd-dd" - 1 }, { "year", sizeof "dddd" - 1 },
	};
	char iso[LB_TAKEN_ISO];
	if (!lb_taken_iso(t, iso))
		return false;
	for (size_t i = 0; i < LB_COUNT(parts); i++) {
		if (strcmp(lb_granularity_name(t->granularity), parts[i].granularity) != 0)
			continue;
		iso[parts[i].length] = '\0';
		memcpy(out, iso, LB_TAKEN_ISO);
		return true;
	}
	return false;
}

/* ---- licences -------------------------------------------------------------------------------------------------- */

static const struct { const char *number, *slug; } licenses[] = {
	{ "0", "all-rights-reserved" }, { "1", "cc-by-nc-sa-2.0" }, { "2", "cc-by-nc-2.0" }, { "3", "cc-by-nc-nd-2.0" },
	{ "4", "cc-by-2.0" }, { "5", "cc-by-sa-2.0" }, { "6", "cc-by-nd-2.0" }, { "7", "nkcr" }, { "8", "usgov" },
	{ "9", "cc0-1.0" }, { "10", "pdm" }, { "11", "cc-by-4.0" }, { "12", "cc-by-sa-4.0" }, { "13", "cc-by-nd-4.0" },
	{ "14", "cc-by-nc-4.0" }, { "15", "cc-by-nc-sa-4.0" }, { "16", "cc-by-nc-nd-4.0" },
};

static const char *known_slug(const char *number)
{
	for (size_t i = 0; i < LB_COUNT(licenses); i++)
		if (strcmp(licenses[i].number, number) == 0)
			return licenses[i].slug;
	return NULL;
}

/* Ids become keys and anchors, so one that Flickr never gave (not a plain word) is flattened to one. */
static const char *plain_word(const char *text, struct lb_arena *arena)
{
	char *word = lb_arena_strndup(arena, text, strnlen(text, 32));
	for (char *c = word; *c; c++)
		if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '-'))
			*c = '-';
	return word;
}

const char *lb_license_slug(const char *flickr_id, struct lb_arena *arena)
{
	if (!flickr_id || !flickr_id[0])
		return NULL;
	const char *slug = known_slug(flickr_id);
	return slug ? slug : lb_arena_printf(arena, "flickr-%s", plain_word(flickr_id, arena));
}

const char *lb_license_number(const char *slug)
{
	if (!slug || !slug[0])
		return NULL;
	for (size_t i = 0; i < LB_COUNT(licenses); i++)
		if (strcmp(licenses[i].slug, slug) == 0)
			return licenses[i].number;
	if (strcmp(slug, "in-copyright") == 0) /* as it was called until December 2024 */
		return "0";
	return strncmp(slug, "flickr-", 7) == 0 && slug[7] ? slug + 7 : slug;
}

/* ---- addresses --------------------------------------------------------------------------------------------------- */

/* As Flickr spells a member in its own addresses: "@" of an NSID stays, anything unexpected is encoded. */
static void add_url_part(struct lb_buf *b, const char *part)
{
	for (; *part; part++) {
		if (*part == '@')
			lb_buf_addc(b, '@');
		else
			lb_url_encode(b, (struct lb_span){ part, 1 });
	}
}

static bool add_photos_url(struct lb_buf *b, const struct lb_person *p)
{
	const char *who = p->path_alias && p->path_alias[0] ? p->path_alias : p->nsid;
	if (!who || !who[0])
		return false;
	lb_buf_adds(b, "https://www.flickr.com/photos/");
	add_url_part(b, who);
	lb_buf_addc(b, '/');
	return true;
}

const char *lb_photos_url(const struct lb_person *p, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	if (!add_photos_url(&b, p) || b.overflow)
		return NULL;
	return lb_arena_strndup(arena, b.p, b.len);
}

const char *lb_photo_url(const struct lb_photo *p, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	if (!p->id || !p->id[0] || !add_photos_url(&b, &p->owner))
		return NULL;
	add_url_part(&b, p->id);
	lb_buf_addc(&b, '/');
	return b.overflow ? NULL : lb_arena_strndup(arena, b.p, b.len);
}
