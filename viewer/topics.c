#include "viewer/internal.h"

#include <string.h>

#define FROM_PACKAGE(v, id, entry, list)                                                                           \
	((v)->topics[id].entries[entry].record == SIZE_MAX ? NULL :                                                \
	 &list((v)->package, &(size_t){ 0 })[(v)->topics[id].entries[entry].record])

static const char *key_of(const struct lb_pages *v, enum lb_topic_id id, size_t entry)
{
	return v->topics[id].keys.items[entry].key;
}

static const char *first_name(const struct lb_pages *v, enum lb_topic_id id, size_t entry)
{
	return v->topics[id].entries[entry].name;
}

const struct lb_album_entry *lb_entry_album(const struct lb_pages *v, size_t entry)
{
	return FROM_PACKAGE(v, LB_TOPIC_ALBUMS, entry, lb_package_albums);
}

const struct lb_group_entry *lb_entry_group(const struct lb_pages *v, size_t entry)
{
	return FROM_PACKAGE(v, LB_TOPIC_GROUPS, entry, lb_package_groups);
}

const struct lb_gallery_entry *lb_entry_gallery(const struct lb_pages *v, size_t entry)
{
	return FROM_PACKAGE(v, LB_TOPIC_GALLERIES, entry, lb_package_galleries);
}

const struct lb_contributor *lb_entry_person(const struct lb_pages *v, size_t entry)
{
	return FROM_PACKAGE(v, LB_TOPIC_PEOPLE, entry, lb_package_people);
}

/* ---- years ---- */

static const char *year_sort(const struct lb_pages *v, size_t entry)
{
	const char *year = key_of(v, LB_TOPIC_YEARS, entry);
	return *year ? year : "unknown";
}

static void year_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	const char *year = key_of(v, LB_TOPIC_YEARS, entry);
	lb_buf_adds(b, *year ? year + strspn(year, "0") : lb_ui(UI_YEAR_UNKNOWN));
}

/* ---- albums, groups, galleries: in gatherings.c ---- */

static const char *album_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_album_entry *e = lb_entry_album(v, entry);
	return e && lb_said(e->album.title) ? e->album.title : first_name(v, LB_TOPIC_ALBUMS, entry);
}

static void album_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, album_sort(v, entry));
}

static const char *group_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_group_entry *e = lb_entry_group(v, entry);
	return e && lb_said(e->group.title) ? e->group.title : first_name(v, LB_TOPIC_GROUPS, entry);
}

static void group_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, group_sort(v, entry));
}

static const char *gallery_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_gallery_entry *e = lb_entry_gallery(v, entry);
	return e && lb_said(e->gallery.title) ? e->gallery.title : first_name(v, LB_TOPIC_GALLERIES, entry);
}

static void gallery_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, gallery_sort(v, entry));
}

/* ---- tags ---- */

static const char *tag_sort(const struct lb_pages *v, size_t entry)
{
	return key_of(v, LB_TOPIC_TAGS, entry);
}

static void tag_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	const char *raw = first_name(v, LB_TOPIC_TAGS, entry);
	lb_add_title(b, lb_said(raw) ? raw : tag_sort(v, entry));
}

static void tag_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const char *normalised = tag_sort(v, entry);
	if (strcmp(normalised, first_name(v, LB_TOPIC_TAGS, entry)) == 0)
		return;
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_text(page, UI_TAG_NORMALISED, normalised);
	lb_buf_adds(&page->b, "</dl>\n");
}

/* ---- people: in people.c ---- */

static void person_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, lb_person_sort(v, entry));
}

/* ---- licences ---- */

const struct lb_license *lb_find_license(struct lb_pages *v, const char *flickr_id)
{
	size_t n;
	const struct lb_license *all = lb_package_licenses(v->package, &n);
	const char *slug = lb_license_slug(flickr_id, &v->scratch);
	for (size_t i = 0; i < n; i++)
		if (all[i].id && (strcmp(all[i].id, flickr_id) == 0 || strcmp(all[i].id, slug) == 0))
			return &all[i];
	return NULL;
}

void lb_add_license(struct lb_pages *v, struct lb_buf *b, const char *flickr_id)
{
	const struct lb_license *license = lb_find_license(v, flickr_id);
	lb_add_name(b, license && lb_said(license->label) ? license->label : lb_license_slug(flickr_id, &v->scratch));
}

static const char *license_sort(const struct lb_pages *v, size_t entry)
{
	return first_name(v, LB_TOPIC_LICENSES, entry);
}

static void license_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_license(v, b, key_of(v, LB_TOPIC_LICENSES, entry));
}

static void license_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const char *id = key_of(v, LB_TOPIC_LICENSES, entry);
	const struct lb_license *license = lb_find_license(v, id);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_text(page, UI_NSID, id);
	lb_fact_link(page, UI_ADDRESS, license ? license->url : NULL);
	lb_buf_adds(&page->b, "</dl>\n");
}

/* Years have no more than four digits and stand in the order of time, which pages in order of appearance would break. */
#define ONE_PAGE 10001

const struct lb_topic_kind lb_topic_kinds[LB_TOPIC_COUNT] = {
	[LB_TOPIC_YEARS] = { "years", "y", LB_NAV_YEARS, UI_YEARS_TITLE, UI_YEARS_INTRO, UI_YEARS_NONE, ONE_PAGE, 24, true,
		.sort_text = year_sort, .label = year_label },
	[LB_TOPIC_ALBUMS] = { "albums", "a", LB_NAV_ALBUMS, UI_ALBUMS_TITLE, UI_ALBUMS_INTRO, UI_ALBUMS_NONE, 20, 24, true,
		lb_album_describe, lb_album_after, lb_album_photos, album_sort, album_label },
	[LB_TOPIC_GROUPS] = { "groups", "g", LB_NAV_GROUPS, UI_GROUPS_TITLE, UI_GROUPS_INTRO, UI_GROUPS_NONE, 40, 12, true,
		lb_group_describe, NULL, lb_group_photos, group_sort, group_label },
	[LB_TOPIC_GALLERIES] = { "galleries", "v", LB_NAV_GALLERIES, UI_GALLERIES_TITLE, UI_GALLERIES_INTRO, UI_GALLERIES_NONE,
		40, 12, true, lb_gallery_describe, NULL, lb_gallery_photos, gallery_sort, gallery_label },
	[LB_TOPIC_TAGS] = { "tags", "t", LB_NAV_TAGS, UI_TAGS_TITLE, UI_TAGS_INTRO, UI_TAGS_NONE, 40, 12, false,
		.describe = tag_describe, .sort_text = tag_sort, .label = tag_label },
	[LB_TOPIC_PEOPLE] = { "people", "u", LB_NAV_PEOPLE, UI_PEOPLE_TITLE, UI_PEOPLE_INTRO, UI_PEOPLE_NONE, 20, 4, false,
		.describe = lb_person_describe, .sort_text = lb_person_sort, .label = person_label },
	[LB_TOPIC_LICENSES] = { "licenses", "l", LB_NAV_LICENSES, UI_LICENSES_TITLE, UI_LICENSES_INTRO, UI_LICENSES_NONE,
		20, 24, false, .describe = license_describe, .sort_text = license_sort, .label = license_label },
};

void lb_topic_href(struct lb_page *page, enum lb_topic_id id, size_t entry)
{
	const struct lb_topic_kind *kind = &lb_topic_kinds[id];
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_page_path(&path, kind->name, entry / kind->per_page + 1);
	lb_page_href(page, lb_buf_str(&path));
	lb_buf_addf(&page->b, "#%s%zu", kind->anchor, entry + 1);
}

/* ---- what the package knows of each entry ---- */

static void resolve(struct lb_topic *t, const char *id, const char *name, size_t record)
{
	if (!lb_said(id))
		return;
	size_t entry = lb_topic_entry(t, id, name); /* may move the entries */
	t->entries[entry].record = record;
}

/* Owners of albums and galleries may appear nowhere else. */
static void resolve_owner(struct lb_pages *v, const char *nsid, const char *name)
{
	if (lb_said(nsid))
		(void)lb_topic_entry(&v->topics[LB_TOPIC_PEOPLE], nsid, name);
}

static void resolve_album(struct lb_pages *v, const struct lb_album *a, size_t record)
{
	struct lb_topic *albums = &v->topics[LB_TOPIC_ALBUMS];
	resolve(albums, a->id, a->title, record);
	resolve_owner(v, a->owner_id, a->owner_name);
	for (size_t i = 0; i < a->ncomments; i++) {
		size_t person = lb_person_entry(v, &a->comments[i].author);
		if (person != SIZE_MAX)
			lb_uses_add(&v->talks, person, lb_topic_entry(albums, a->id, a->title));
	}
	v->tally.comments += (int64_t)a->ncomments;
}

static void resolve_people(struct lb_pages *v)
{
	size_t n;
	const struct lb_contributor *people = lb_package_people(v->package, &n);
	for (size_t i = 0; i < n; i++)
		resolve(&v->topics[LB_TOPIC_PEOPLE], people[i].person.nsid, people[i].person.username, i);
}

void lb_topics_resolve(struct lb_pages *v)
{
	size_t n;
	const struct lb_album_entry *albums = lb_package_albums(v->package, &n);
	for (size_t i = 0; i < n; i++)
		resolve_album(v, &albums[i].album, i);
	const struct lb_group_entry *groups = lb_package_groups(v->package, &n);
	for (size_t i = 0; i < n; i++)
		resolve(&v->topics[LB_TOPIC_GROUPS], groups[i].group.id, groups[i].group.title, i);
	const struct lb_gallery_entry *galleries = lb_package_galleries(v->package, &n);
	for (size_t i = 0; i < n; i++) {
		resolve(&v->topics[LB_TOPIC_GALLERIES], galleries[i].gallery.id, galleries[i].gallery.title, i);
		resolve_owner(v, galleries[i].gallery.owner.nsid, galleries[i].gallery.owner.username);
	}
	resolve_people(v);
	lb_uses_group(&v->talks, v->topics[LB_TOPIC_PEOPLE].keys.count);
	for (size_t topic = 0; topic < LB_TOPIC_COUNT; topic++)
		lb_topic_sort(&v->topics[topic]);
}
