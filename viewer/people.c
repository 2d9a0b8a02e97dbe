#include "viewer/internal.h"

#include <string.h>

/* What is told of a member: picture, their own words, and the albums that they said something about. */

const char *lb_person_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_contributor *c = lb_entry_person(v, entry);
	const struct lb_topic *people = &v->topics[LB_TOPIC_PEOPLE];
	if (c && lb_said(c->person.username))
		return c->person.username;
	if (c && lb_said(c->person.realname))
		return c->person.realname;
	const char *name = people->entries[entry].name;
	return *name ? name : people->keys.items[entry].key;
}

static void add_icon(struct lb_pages *v, struct lb_page *page, size_t entry, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(SIZE_MAX / 4);
	if (!path)
		return;
	if (!lb_add_title_text(&name, lb_person_sort(v, entry)))
		lb_buf_adds(&name, lb_ui(UI_SOMEONE));
	lb_buf_adds(&page->b, "<p class=\"icon\"><img src=\"");
	lb_page_href(page, path);
	lb_buf_adds(&page->b, "\" width=\"48\" height=\"48\" alt=\"");
	lb_ui_fill(&page->b, UI_ICON_ALT, lb_buf_str(&name), NULL);
	lb_buf_adds(&page->b, "\" loading=\"lazy\" decoding=\"async\"></p>\n");
}

/* ---- profile ---- */

/* "City, country" and the like: as many of the two as were said. */
static void pair_fact(struct lb_page *page, enum lb_ui label, const char *a, const char *b, const char *between)
{
	if (!lb_said(a) && !lb_said(b))
		return;
	lb_fact_begin(page, label);
	if (lb_said(a))
		lb_add_title(&page->b, a);
	if (lb_said(a) && lb_said(b))
		lb_buf_adds(&page->b, between);
	if (lb_said(b))
		lb_add_title(&page->b, b);
	lb_fact_end(page);
}

static void add_other_places(struct lb_page *page, const struct lb_person_profile *p)
{
	const struct { const char *site, *name; } places[] = {
		{ "Facebook", p->facebook }, { "Twitter", p->twitter }, { "Tumblr", p->tumblr }, { "Instagram", p->instagram },
		{ "Pinterest", p->pinterest },
	};
	bool any = false;
	for (size_t i = 0; i < LB_COUNT(places); i++) {
		if (!lb_said(places[i].name))
			continue;
		if (!any)
			lb_fact_begin(page, UI_ALSO_AT);
		lb_buf_addf(&page->b, "%s%s: ", any ? "<br>" : "", places[i].site);
		lb_add_name(&page->b, places[i].name);
		any = true;
	}
	if (any)
		lb_fact_end(page);
}

static void add_showcase(struct lb_pages *v, struct lb_page *page, const struct lb_person_profile *p)
{
	size_t entry;
	if (!lb_said(p->showcase_album_title) && !lb_said(p->showcase_album_id))
		return;
	bool here = lb_said(p->showcase_album_id) && lb_map_get(&v->topics[LB_TOPIC_ALBUMS].keys, lb_span(p->showcase_album_id), &entry);
	lb_fact_begin(page, UI_SHOWCASE);
	if (here)
		lb_topic_link(page, LB_TOPIC_ALBUMS, entry);
	lb_add_title(&page->b, lb_said(p->showcase_album_title) ? p->showcase_album_title : p->showcase_album_id);
	lb_buf_adds(&page->b, here ? "</a>" : "");
	lb_fact_end(page);
}

/* A text that the record of the member has already is not told twice. */
static void add_profile(struct lb_pages *v, struct lb_page *page, const struct lb_person *person)
{
	const struct lb_person_profile *p = person->profile;
	if (!p)
		return;
	pair_fact(page, UI_REAL_NAME, lb_said(person->realname) ? NULL : p->first_name, lb_said(person->realname) ? NULL : p->last_name, " ");
	lb_fact_text(page, UI_OCCUPATION, p->occupation);
	lb_fact_text(page, UI_HOMETOWN, p->hometown);
	pair_fact(page, UI_LIVES_IN, p->city, p->country, ", ");
	lb_fact_link(page, UI_WEBSITE, p->website);
	add_other_places(page, p);
	add_showcase(v, page, p);
	lb_fact_day(page, UI_JOINED, p->join_date);
	if (lb_said(p->description) && (!lb_said(person->description) || strcmp(p->description, person->description) != 0)) {
		lb_fact_begin(page, UI_PROFILE);
		lb_add_rich(v, page, p->description);
		lb_fact_end(page);
	}
}

/* ---- the whole ---- */

static void add_talks(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	size_t from = v->talks.starts[entry], to = v->talks.starts[entry + 1];
	if (from == to)
		return;
	lb_fact_begin(page, UI_SAID_ABOUT);
	for (size_t i = from; i < to; i++) {
		lb_buf_adds(&page->b, i > from ? ", " : "");
		lb_topic_link(page, LB_TOPIC_ALBUMS, v->talks.items[i].photo);
		lb_topic_kinds[LB_TOPIC_ALBUMS].label(v, &page->b, v->talks.items[i].photo);
		lb_buf_adds(&page->b, "</a>");
	}
	lb_fact_end(page);
}

static void add_on_flickr(struct lb_pages *v, struct lb_page *page, const struct lb_person *p)
{
	lb_fact_begin(page, UI_ON_FLICKR);
	if (p->is_deleted == 1)
		lb_buf_addf(&page->b, "%s", lb_ui(UI_DELETED_MEMBER));
	else
		lb_page_outward(page, lb_photos_url(p, &v->scratch), NULL);
	lb_fact_end(page);
}

static void add_record(struct lb_pages *v, struct lb_page *page, size_t entry, const struct lb_person *p)
{
	if (lb_said(p->realname) && strcmp(p->realname, lb_person_sort(v, entry)) != 0) {
		lb_fact_begin(page, UI_REAL_NAME);
		lb_add_title(&page->b, p->realname);
		lb_fact_end(page);
	}
	lb_fact_text(page, UI_LOCATION, p->location);
	if (p->is_pro == 1)
		lb_fact_text(page, UI_ACCOUNT, lb_ui(UI_PRO));
	lb_fact_counts(page, UI_THERE, (struct lb_count[]){ { UI_N_PHOTOS, p->count_photos } }, 1);
	lb_fact_day(page, UI_FIRST_UPLOAD, p->first_date);
	lb_fact_text(page, UI_FIRST_TAKEN, p->first_taken);
	add_profile(v, page, p);
	add_on_flickr(v, page, p);
}

void lb_person_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_contributor *c = lb_entry_person(v, entry);
	if (c) {
		add_icon(v, page, entry, c->icon_path);
		lb_add_rich(v, page, c->person.description);
	}
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_text(page, UI_NSID, v->topics[LB_TOPIC_PEOPLE].keys.items[entry].key);
	if (c)
		add_record(v, page, entry, &c->person);
	add_talks(v, page, entry);
	lb_buf_adds(&page->b, "</dl>\n");
}

void lb_add_known_person(struct lb_pages *v, struct lb_page *page, const char *nsid, const char *name)
{
	size_t entry;
	if (!lb_said(nsid) || !lb_map_get(&v->topics[LB_TOPIC_PEOPLE].keys, lb_span(nsid), &entry)) {
		lb_add_name(&page->b, lb_said(name) ? name : nsid);
		return;
	}
	lb_topic_link(page, LB_TOPIC_PEOPLE, entry);
	lb_add_title(&page->b, lb_said(name) ? name : lb_person_sort(v, entry));
	lb_buf_adds(&page->b, "</a>");
}
