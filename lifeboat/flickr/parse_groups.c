/* flickr.groups.getInfo */
#include "lifeboat/flickr/fields.h"

void lb_group_init(void *group)
{
	*(struct lb_group *)group = (struct lb_group){ .members = LB_UNKNOWN, .pool_count = LB_UNKNOWN,
		.topic_count = LB_UNKNOWN, .privacy = LB_UNKNOWN, .eighteen_plus = LB_UNKNOWN,
		.moderated = LB_UNKNOWN };
}

#define AT(member) offsetof(struct lb_group, member)
static const struct lb_field group_fields[] = {
	{ NULL, "nsid", LB_FIELD_NAME, false, AT(id) },
	{ NULL, "id", LB_FIELD_NAME, true, AT(id) },
	{ "name", NULL, LB_FIELD_TEXT, false, AT(title) },
	{ NULL, "iconserver", LB_FIELD_WORD, false, AT(iconserver) },
	{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(iconfarm) },
	{ NULL, "lang", LB_FIELD_WORD, false, AT(lang) },
	{ NULL, "eighteenplus", LB_FIELD_FLAG, false, AT(eighteen_plus) },
	{ NULL, "ispoolmoderated", LB_FIELD_FLAG, false, AT(moderated) },
	{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	{ "rules", NULL, LB_FIELD_TEXT, false, AT(rules) },
	{ "members", NULL, LB_FIELD_NUMBER, false, AT(members) },
	{ "pool_count", NULL, LB_FIELD_NUMBER, false, AT(pool_count) },
	{ "topic_count", NULL, LB_FIELD_NUMBER, false, AT(topic_count) },
	{ "privacy", NULL, LB_FIELD_NUMBER, false, AT(privacy) },
	{ "datecreate", NULL, LB_FIELD_TEXT, false, AT(date_created) },
};
#undef AT
static const struct lb_row_table group_record = LB_ROW_TABLE(group_fields, struct lb_group, lb_group_init, 0);

/* The answer has no address of the group, only what it is made of. */
static const char *address_of(const struct lb_xml *e, const char *id, struct lb_arena *a)
{
	const char *alias = lb_xml_attr(e, "path_alias");
	bool named = alias && lb_field_is_name(lb_span(alias), 64);
	return lb_arena_printf(a, "https://www.flickr.com/groups/%s/", named ? alias : id);
}

int lb_overlay_group(const struct lb_xml *rsp, struct lb_arena *a, struct lb_group *group, struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_group fresh = *group;
	LB_TRY(lb_fields_promised(rsp, "group", &e, err));
	LB_TRY(lb_fields_overlay(&group_record, e, a, &fresh, err));
	if (!fresh.url)
		fresh.url = address_of(e, fresh.id, a);
	*group = fresh;
	return 0;
}

int lb_parse_group(const struct lb_xml *rsp, struct lb_arena *a, struct lb_group *out, struct lb_error *err)
{
	struct lb_group fresh;
	lb_group_init(&fresh);
	LB_TRY(lb_overlay_group(rsp, a, &fresh, err));
	*out = fresh;
	return 0;
}
