/* What only the account that was signed in could see, and is not to be told: not the photos alone, but also addresses, albums,
 * galleries and collections that hold nothing else. How many photos there are is told; which, nowhere. */
#include "lifeboat/creator/build_private.h"

#include <string.h>

/* ---- addresses ------------------------------------------------------------------------------------------------------------ */

static bool knows_more_than_all(const struct build *b)
{
	bool hidden = b->plan->choices.account_id;
	for (size_t i = 0; i < b->plan->nphotos && !hidden; i++)
		hidden = b->judged[i].verdict.kind == LB_VERDICT_NONE;
	return hidden && !b->plan->choices.include_private;
}

/* A URL is hidden when it brought photos and none of them is named. */
void lb_build_hide(struct build *b)
{
	b->guarded = knows_more_than_all(b);
	for (size_t i = 0; i < b->plan->nurls; i++)
		b->came[i].hidden = b->guarded && b->plan->urls[i].found > 0;
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		const struct lb_plan_photo *p = &b->plan->photos[i];
		bool hidden = b->judged[i].verdict.kind == LB_VERDICT_NONE;
		for (size_t k = 0; k < p->nfrom; k++) {
			struct outcome *o = &b->came[p->from[k]];
			o->hidden = hidden && (o->hidden || !o->named);
			o->named = true;
			o->kept = o->kept || lb_build_keeps(b, i);
		}
	}
}

bool lb_build_hides_gap(const struct build *b, const struct lb_gap *gap)
{
	for (size_t i = 0; i < b->plan->nurls; i++)
		if (b->came[i].hidden && gap->subject && b->plan->urls[i].url && strcmp(gap->subject, b->plan->urls[i].url) == 0)
			return true;
	return false;
}

/* ---- requests ---------------------------------------------------------------------------------------------------------------- */

static bool hides_photo(const struct build *b, const char *id)
{
	size_t at;
	return lb_map_get(&b->ids, lb_span(id), &at) ? b->judged[at].verdict.kind == LB_VERDICT_NONE : b->guarded;
}

static bool hides_set(const struct build *b, enum lb_about about, const char *id)
{
	size_t at;
	return b->guarded && !(lb_map_get(&b->set_at[about], lb_span(id), &at) && b->sets[at].told);
}

bool lb_build_hides_request(const struct build *b, const char *uri)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = { 0 };
	const char *photo = lb_uri_param(lb_span(uri), "photo_id", &a), *album = lb_uri_param(lb_span(uri), "photoset_id", &a);
	const char *gallery = lb_uri_param(lb_span(uri), "gallery_id", &a);
	return (photo && hides_photo(b, photo)) || (album && hides_set(b, LB_ABOUT_ALBUM, album)) ||
		(gallery && hides_set(b, LB_ABOUT_GALLERY, gallery));
}

/* ---- rows of lists ------------------------------------------------------------------------------------------------------------- */

static bool hides_row(const struct build *b, const struct lb_xml *e)
{
	const char *id = lb_xml_attr(e, "id"), *gallery_id = lb_xml_attr(e, "gallery_id");
	if (strcmp(e->name, "photoset") == 0 || strcmp(e->name, "set") == 0)
		return id && hides_set(b, LB_ABOUT_ALBUM, id);
	if (strcmp(e->name, "gallery") == 0)
		return (id || gallery_id) && (!id || hides_set(b, LB_ABOUT_GALLERY, id)) && (!gallery_id || hides_set(b, LB_ABOUT_GALLERY, gallery_id));
	return strcmp(e->name, "collection") == 0 && !lb_xml_child(e, "set") && !lb_xml_child(e, "collection");
}

/* Children first: a collection goes when nothing is left in it. No deeper than the XML reader lets an answer be. */
static bool prune(const struct build *b, struct lb_xml *parent)
{
	bool changed = false;
	for (struct lb_xml **link = &parent->child; *link;) {
		changed |= prune(b, *link);
		if (hides_row(b, *link)) {
			*link = (*link)->next;
			changed = true;
		} else {
			link = &(*link)->next;
		}
	}
	return changed;
}

bool lb_build_prune(const struct build *b, const char *method, struct lb_xml *rsp)
{
	static const char *const lists[] = { "flickr.photosets.getList", "flickr.galleries.getList", "flickr.collections.getTree" };
	for (size_t i = 0; b->guarded && i < LB_COUNT(lists); i++)
		if (strcmp(method, lists[i]) == 0)
			return prune(b, rsp);
	return false;
}
