#include "viewer/internal.h"

#include <string.h>

/* Albums, groups and galleries: what is told of each, and its photographs in its own order. */

static void owner_fact(struct lb_pages *v, struct lb_page *page, enum lb_ui label, const struct lb_person *owner)
{
	if (!lb_said(owner->nsid) && !lb_said(owner->username))
		return;
	lb_fact_begin(page, label);
	lb_add_person(v, page, owner);
	lb_fact_end(page);
}

/* The photograph that its maker put in front, where it is here. */
static void cover_fact(struct lb_pages *v, struct lb_page *page, const char *id)
{
	size_t place, ignored;
	const struct lb_summary *photos = lb_package_photos(v->package, &ignored);
	if (!lb_said(id) || !lb_map_get(&v->where, lb_span(id), &place) || photos[place].missing)
		return;
	lb_fact_begin(page, UI_COVER);
	lb_buf_adds(&page->b, "<a href=\"");
	lb_photo_href(&page->b, page, id, place);
	lb_buf_adds(&page->b, "\">");
	lb_add_title(&page->b, photos[place].title);
	lb_buf_adds(&page->b, "</a>");
	lb_fact_end(page);
}

/* "44 photographs, of which 12 are in this lifeboat, in that order" */
static void listed_fact(struct lb_page *page, bool read, size_t listed, size_t kept)
{
	LB_AUTO(lb_buf_clear) struct lb_buf all = LB_BUF(256), here = LB_BUF(256);
	if (!read)
		return;
	lb_ui_count(&all, UI_N_PHOTOS, (int64_t)listed);
	lb_add_number(&here, (int64_t)kept);
	lb_fact_begin(page, UI_LISTED);
	lb_ui_fill(&page->b, UI_LISTED_KEPT, lb_buf_str(&all), lb_buf_str(&here));
	lb_fact_end(page);
}

/* ---- albums ---- */

void lb_album_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_album_entry *e = lb_entry_album(v, entry);
	if (!e)
		return;
	const struct lb_album *a = &e->album;
	const struct lb_count counts[] = {
		{ UI_N_PHOTOS, a->count_photos }, { UI_N_VIEWS, a->count_views }, { UI_N_COMMENTS, a->count_comments },
	};
	struct lb_person owner;
	lb_person_init(&owner);
	owner.nsid = a->owner_id;
	owner.username = a->owner_name;
	lb_add_rich(v, page, a->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	owner_fact(v, page, UI_OWNER, &owner);
	cover_fact(v, page, a->primary_photo_id);
	lb_fact_counts(page, UI_THERE, counts, LB_COUNT(counts));
	listed_fact(page, a->photo_ids != NULL, a->nphoto_ids, e->nphotos);
	lb_fact_day(page, UI_CREATED, a->date_created);
	lb_fact_day(page, UI_UPDATED, a->date_updated);
	if (lb_said(a->owner_id)) {
		const char *photos = lb_photos_url(&owner, &v->scratch);
		lb_fact_link(page, UI_ON_FLICKR, lb_arena_printf(&v->scratch, "%salbums/%s", photos, a->id));
	}
	lb_buf_adds(&page->b, "</dl>\n");
}

void lb_album_after(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_album_entry *e = lb_entry_album(v, entry);
	if (!e || !e->album.ncomments)
		return;
	lb_buf_adds(&page->b, "<section class=\"comments\">\n");
	lb_page_h(page, 3, UI_SAID_HERE);
	lb_comment_list(v, page, e->album.comments, e->album.ncomments);
	lb_buf_adds(&page->b, "</section>\n");
}

bool lb_album_photos(const struct lb_pages *v, size_t entry, struct lb_set *out)
{
	const struct lb_album_entry *e = lb_entry_album(v, entry);
	if (e)
		*out = (struct lb_set){ e->photos, NULL, e->nphotos, e->album.primary_photo_id };
	return e != NULL;
}

/* ---- groups ---- */

static void privacy_fact(struct lb_page *page, int64_t privacy)
{
	static const enum lb_ui words[] = { UI_GROUP_PRIVATE, UI_GROUP_INVITED, UI_GROUP_PUBLIC };
	if (privacy < 1 || privacy > (int64_t)LB_COUNT(words))
		return;
	lb_fact_begin(page, UI_GROUP_PRIVACY);
	lb_buf_adds(&page->b, lb_ui(words[privacy - 1]));
	lb_fact_end(page);
}

static void rules_fact(struct lb_pages *v, struct lb_page *page, const struct lb_group *g)
{
	if (!lb_said(g->rules) && g->moderated != 1)
		return;
	lb_fact_begin(page, UI_RULES);
	lb_add_rich(v, page, g->rules);
	if (g->moderated == 1)
		lb_buf_addf(&page->b, "<p>%s</p>", lb_ui(UI_MODERATED));
	lb_fact_end(page);
}

void lb_group_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_group_entry *e = lb_entry_group(v, entry);
	if (!e)
		return;
	const struct lb_group *g = &e->group;
	const struct lb_count counts[] = {
		{ UI_N_MEMBERS, g->members }, { UI_N_PHOTOS, g->pool_count }, { UI_N_TOPICS, g->topic_count },
	};
	lb_add_rich(v, page, g->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_counts(page, UI_THERE, counts, LB_COUNT(counts));
	listed_fact(page, g->photo_ids != NULL, g->nphoto_ids, e->nphotos);
	privacy_fact(page, g->privacy);
	rules_fact(v, page, g);
	lb_fact_text(page, UI_LANGUAGE, g->lang);
	if (g->eighteen_plus == 1)
		lb_fact_text(page, UI_AUDIENCE, lb_ui(UI_ADULTS));
	lb_fact_text(page, UI_CREATED, g->date_created);
	lb_fact_text(page, UI_NSID, g->id);
	lb_fact_link(page, UI_ON_FLICKR, lb_said(g->url) ? g->url : lb_arena_printf(&v->scratch, "/groups/%s/", g->id));
	lb_buf_adds(&page->b, "</dl>\n");
}

bool lb_group_photos(const struct lb_pages *v, size_t entry, struct lb_set *out)
{
	const struct lb_group_entry *e = lb_entry_group(v, entry);
	if (e)
		*out = (struct lb_set){ e->photos, NULL, e->nphotos, NULL };
	return e != NULL;
}

/* ---- galleries ---- */

void lb_gallery_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_gallery_entry *e = lb_entry_gallery(v, entry);
	if (!e)
		return;
	const struct lb_gallery *g = &e->gallery;
	const struct lb_count counts[] = {
		{ UI_N_PHOTOS, g->count_photos }, { UI_N_VIEWS, g->count_views }, { UI_N_COMMENTS, g->count_comments },
	};
	lb_add_rich(v, page, g->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	owner_fact(v, page, UI_CURATOR, &g->owner);
	cover_fact(v, page, g->primary_photo_id);
	lb_fact_counts(page, UI_THERE, counts, LB_COUNT(counts));
	listed_fact(page, g->items != NULL, g->nitems, e->nphotos);
	lb_fact_day(page, UI_CREATED, g->date_created);
	lb_fact_day(page, UI_UPDATED, g->date_updated);
	lb_fact_link(page, UI_ON_FLICKR, g->url);
	lb_buf_adds(&page->b, "</dl>\n");
}

bool lb_gallery_photos(const struct lb_pages *v, size_t entry, struct lb_set *out)
{
	const struct lb_gallery_entry *e = lb_entry_gallery(v, entry);
	if (e)
		*out = (struct lb_set){ e->photos, e->words, e->nphotos, e->gallery.primary_photo_id };
	return e != NULL;
}
