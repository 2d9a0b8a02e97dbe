/* People by pseudonyms: the fields of an answer that say who somebody is. */
#include <string.h>

#include "lifeboat/creator/redact_private.h"

static const char *const id_attrs[] = { "nsid", "author", "owner", "user_id", NULL };
static const char *const name_attrs[] = { "username", "authorname", "ownername", NULL };
static const char *const dropped_attrs[] = { "realname", "authorrealname", "path_alias", "pathalias", "location", "iconserver", "iconfarm", NULL };
static const char *const dropped_children[] = { "realname", "location", NULL };
/* Elements that say nothing but who somebody is. */
static const char *const portraits[] = { "person", "user", "profile", "contact", "owner", NULL };
static const char *const portrait_attrs[] = { "id", "nsid", "username", "favedate", "is_deleted", "added_by", "x", "y", "w", "h", NULL };
static const char *const portrait_children[] = { "username", NULL };

static void rename_attrs(struct lb_redaction *x, struct lb_xml *e, const char *const *names, const char *from, const char *to)
{
	for (size_t i = 0; names[i]; i++) {
		const char *value = lb_xml_attr(e, names[i]);
		if (value && *value && (!from || strcmp(value, from) == 0))
			lb_redact_set(x, e, names[i], to);
	}
}

static void replace_person(struct lb_redaction *x, struct lb_xml *e, const char *nsid, const struct lb_pseudonym *by)
{
	static const char *const own_id[] = { "id", NULL };
	const char *id = lb_arena_strdup(x->a, by->id), *name = lb_arena_strdup(x->a, by->name);
	rename_attrs(x, e, id_attrs, nsid, id);
	rename_attrs(x, e, name_attrs, NULL, name);
	if (lb_word_in(e->name, portraits)) {
		rename_attrs(x, e, own_id, nsid, id);
		lb_redact_attrs(x, e, portrait_attrs, NULL);
		lb_redact_children(x, e, portrait_children, NULL);
	}
	lb_redact_attrs(x, e, NULL, dropped_attrs);
	lb_redact_children(x, e, NULL, dropped_children);
	for (struct lb_xml *child = e->child; child; child = child->next)
		if (strcmp(child->name, "username") == 0 && *child->text)
			child->text = name;
	x->changed = true;
}

/* The first part of a gallery's id is its curator's number. */
static void replace_gallery_id(struct lb_redaction *x, struct lb_xml *e)
{
	static const char *const id[] = { "id", NULL };
	if (strcmp(e->name, "gallery") == 0 && lb_xml_attr(e, "gallery_id"))
		lb_redact_attrs(x, e, NULL, id);
}

void lb_redact_person(struct lb_redaction *x, struct lb_xml *e)
{
	struct lb_pseudonym by;
	const char *nsid = lb_person_of(e), *adder = lb_xml_attr(e, "added_by");
	if (adder && *adder && lb_people_pseudonym(x->r->people, adder, &by))
		lb_redact_set(x, e, "added_by", lb_arena_strdup(x->a, by.id));
	if (!nsid || !lb_people_pseudonym(x->r->people, nsid, &by))
		return;
	replace_gallery_id(x, e);
	replace_person(x, e, nsid, &by);
}
