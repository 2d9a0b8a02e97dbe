/* What a world's text may say of members, albums, groups, galleries and collections. */
#include <string.h>

#include "tests/fake/world_parse.h"

static int member_icon(struct parser *p, char *value, struct lb_error *err)
{
	struct member *m = p->object;
	m->icon_server = world_word(&value);
	m->icon_farm = world_word(&value);
	return *m->icon_farm ? 0 : world_bad(p, err, "icon needs a server and a farm");
}

/* friend KEY…: what this member shows to friends, those see. */
static int add_members(struct parser *p, char *value, const struct member ***list, size_t *count, size_t *cap, struct lb_error *err)
{
	while (*value) {
		const struct member *m;
		char *key = world_word(&value);
		if (!*key)
			continue;
		LB_TRY(world_who(p, key, &m, err));
		LB_GROW(*list, *count, *cap);
		(*list)[(*count)++] = m;
	}
	return 0;
}

static int member_friends(struct parser *p, char *value, struct lb_error *err)
{
	struct member *m = p->object;
	return add_members(p, value, &m->friends, &m->nfriends, &m->friends_cap, err);
}

static int member_family(struct parser *p, char *value, struct lb_error *err)
{
	struct member *m = p->object;
	return add_members(p, value, &m->family, &m->nfamily, &m->family_cap, err);
}

/* profile NAME VALUE */
static int member_profile(struct parser *p, char *value, struct lb_error *err)
{
	struct member *m = p->object;
	char *name = world_word(&value);
	if (!*name)
		return world_bad(p, err, "profile needs a name and a value");
	LB_GROW(m->profile, m->nprofile, m->profile_cap);
	m->profile[m->nprofile++] = (struct profile_field){ name, value };
	return 0;
}

/* institution DATE SITE RIGHTS-PAGE */
static int member_institution(struct parser *p, char *value, struct lb_error *err)
{
	struct member *m = p->object;
	LB_TRY(world_date(p, world_word(&value), &m->launched, err));
	m->site = world_word(&value);
	m->rights_page = value;
	return 0;
}

const struct field world_member_fields[] = {
	{ "nsid", FIELD_TEXT, offsetof(struct member, nsid), NULL },
	{ "alias", FIELD_TEXT, offsetof(struct member, alias), NULL },
	{ "username", FIELD_TEXT, offsetof(struct member, username), NULL },
	{ "realname", FIELD_TEXT, offsetof(struct member, realname), NULL },
	{ "location", FIELD_TEXT, offsetof(struct member, location), NULL },
	{ "description", FIELD_TEXT, offsetof(struct member, description), NULL },
	{ "zone", FIELD_TEXT, offsetof(struct member, zone), NULL },
	{ "pro", FIELD_FLAG, offsetof(struct member, pro), NULL },
	{ "deleted", FIELD_FLAG, offsetof(struct member, deleted), NULL },
	{ "total", FIELD_INT64, offsetof(struct member, claimed_total), NULL },
	{ "pages", FIELD_INT64, offsetof(struct member, claimed_pages), NULL },
	{ "joined", FIELD_DATE, offsetof(struct member, joined), NULL },
	{ "icon", FIELD_CALL, 0, member_icon },
	{ "friend", FIELD_CALL, 0, member_friends },
	{ "family", FIELD_CALL, 0, member_family },
	{ "profile", FIELD_CALL, 0, member_profile },
	{ "institution", FIELD_CALL, 0, member_institution },
};
const size_t world_member_field_count = LB_COUNT(world_member_fields);

static int find_photo(const struct parser *p, const char *key, struct photo **out, struct lb_error *err)
{
	size_t at;
	if (!lb_map_get(&p->world->photo_keys, lb_span(key), &at))
		return world_bad(p, err, "no photo \"%s\" so far", key);
	*out = p->world->photos[at];
	return 0;
}

static int set_owner(struct parser *p, char *value, struct lb_error *err)
{
	struct set *s = p->object;
	return world_who(p, value, &s->owner, err);
}

static int set_photos(struct parser *p, char *value, struct lb_error *err)
{
	while (*value) {
		char *key = world_word(&value);
		struct photo *photo;
		if (!*key)
			continue;
		LB_TRY(find_photo(p, key, &photo, err));
		set_add_photo(p->object, photo, NULL);
	}
	return 0;
}

static int set_remark(struct parser *p, char *value, struct lb_error *err)
{
	struct photo *photo;
	LB_TRY(find_photo(p, world_word(&value), &photo, err));
	set_add_photo(p->object, photo, value);
	return 0;
}

static int set_throttle(struct parser *p, char *value, struct lb_error *err)
{
	struct set *s = p->object;
	LB_TRY(world_number(p, world_word(&value), &s->throttle_count, err));
	s->throttle_mode = value;
	return 0;
}

static int set_comment(struct parser *p, char *value, struct lb_error *err)
{
	struct set *s = p->object;
	struct comment c;
	LB_TRY(world_who(p, world_word(&value), &c.author, err));
	LB_TRY(world_date(p, world_word(&value), &c.date, err));
	c.text = value;
	LB_GROW(s->said, s->nsaid, s->said_cap);
	s->said[s->nsaid++] = c;
	return 0;
}

static int find_set(const struct parser *p, const char *key, struct set **out, struct lb_error *err)
{
	size_t at;
	if (!lb_map_get(&p->world->set_keys, lb_span(key), &at))
		return world_bad(p, err, "no album or collection \"%s\" so far", key);
	*out = p->world->sets[at];
	return 0;
}

static void add_child(struct set *parent, struct set *child)
{
	LB_GROW(parent->children, parent->nchildren, parent->children_cap);
	parent->children[parent->nchildren++] = child;
}

/* in KEY: a collection within another, which came before; so there are no circles. */
static int set_parent(struct parser *p, char *value, struct lb_error *err)
{
	struct set *s = p->object, *parent;
	LB_TRY(find_set(p, value, &parent, err));
	if (s->kind != SET_COLLECTION || parent->kind != SET_COLLECTION || parent == s || s->parent)
		return world_bad(p, err, "only a collection is in one other collection");
	s->parent = parent;
	add_child(parent, s);
	return 0;
}

static int set_albums(struct parser *p, char *value, struct lb_error *err)
{
	while (*value) {
		struct set *album;
		char *key = world_word(&value);
		if (!*key)
			continue;
		LB_TRY(find_set(p, key, &album, err));
		if (album->kind != SET_ALBUM)
			return world_bad(p, err, "\"%s\" is no album", key);
		add_child(p->object, album);
	}
	return 0;
}

const struct field world_set_fields[] = {
	{ "id", FIELD_TEXT, offsetof(struct set, id), NULL },
	{ "alias", FIELD_TEXT, offsetof(struct set, alias), NULL },
	{ "title", FIELD_TEXT, offsetof(struct set, title), NULL },
	{ "description", FIELD_TEXT, offsetof(struct set, description), NULL },
	{ "rules", FIELD_TEXT, offsetof(struct set, rules), NULL },
	{ "created", FIELD_DATE, offsetof(struct set, created), NULL },
	{ "updated", FIELD_DATE, offsetof(struct set, updated), NULL },
	{ "views", FIELD_INT64, offsetof(struct set, views), NULL },
	{ "members", FIELD_INT64, offsetof(struct set, members), NULL },
	{ "comments", FIELD_INT64, offsetof(struct set, comments), NULL },
	{ "total", FIELD_INT64, offsetof(struct set, claimed_total), NULL },
	{ "pages", FIELD_INT64, offsetof(struct set, claimed_pages), NULL },
	{ "moderated", FIELD_FLAG, offsetof(struct set, moderated), NULL },
	{ "adult", FIELD_FLAG, offsetof(struct set, adult), NULL },
	{ "closed", FIELD_FLAG, offsetof(struct set, closed), NULL },
	{ "owner", FIELD_CALL, 0, set_owner },
	{ "photos", FIELD_CALL, 0, set_photos },
	{ "remark", FIELD_CALL, 0, set_remark },
	{ "throttle", FIELD_CALL, 0, set_throttle },
	{ "comment", FIELD_CALL, 0, set_comment },
	{ "in", FIELD_CALL, 0, set_parent },
	{ "albums", FIELD_CALL, 0, set_albums },
};
const size_t world_set_field_count = LB_COUNT(world_set_fields);
