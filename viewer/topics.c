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

static const struct lb_album *album_of(const struct lb_pages *v, size_t entry)
{
	const struct lb_album_entry *e = FROM_PACKAGE(v, LB_TOPIC_ALBUMS, entry, lb_package_albums);
	return e ? &e->album : NULL;
}

static const struct lb_group *group_of(const struct lb_pages *v, size_t entry)
{
	const struct lb_group_entry *e = FROM_PACKAGE(v, LB_TOPIC_GROUPS, entry, lb_package_groups);
	return e ? &e->group : NULL;
}

static const struct lb_gallery *gallery_of(const struct lb_pages *v, size_t entry)
{
	const struct lb_gallery_entry *e = FROM_PACKAGE(v, LB_TOPIC_GALLERIES, entry, lb_package_galleries);
	return e ? &e->gallery : NULL;
}

static const struct lb_person *person_of(const struct lb_pages *v, size_t entry)
{
	const struct lb_contributor *e = FROM_PACKAGE(v, LB_TOPIC_PEOPLE, entry, lb_package_people);
	return e ? &e->person : NULL;
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

/* ---- albums, groups, galleries ---- */

static const char *album_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_album *a = album_of(v, entry);
	return a && lb_said(a->title) ? a->title : first_name(v, LB_TOPIC_ALBUMS, entry);
}

static void album_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, album_sort(v, entry));
}

static void owner_fact(struct lb_pages *v, struct lb_page *page, const struct lb_person *owner)
{
	if (!lb_said(owner->nsid) && !lb_said(owner->username))
		return;
	lb_fact_begin(page, UI_OWNER);
	lb_add_person(v, page, owner);
	lb_fact_end(page);
}

static void album_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_album *a = album_of(v, entry);
	if (!a)
		return;
	const struct lb_count counts[] = {
		{ UI_N_PHOTOS, a->count_photos }, { UI_N_VIEWS, a->count_views }, { UI_N_COMMENTS, a->count_comments },
	};
	struct lb_person owner;
	lb_person_init(&owner);
	owner.nsid = a->owner_id;
	owner.username = a->owner_name;
	lb_add_rich(v, page, a->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	owner_fact(v, page, &owner);
	lb_fact_counts(page, UI_THERE, counts, LB_COUNT(counts));
	lb_fact_day(page, UI_CREATED, a->date_created);
	lb_fact_day(page, UI_UPDATED, a->date_updated);
	if (lb_said(a->owner_id)) {
		const char *photos = lb_photos_url(&owner, &v->scratch);
		lb_fact_link(page, UI_ON_FLICKR, lb_arena_printf(&v->scratch, "%salbums/%s", photos, a->id));
	}
	lb_buf_adds(&page->b, "</dl>\n");
}

static const char *group_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_group *g = group_of(v, entry);
	return g && lb_said(g->title) ? g->title : first_name(v, LB_TOPIC_GROUPS, entry);
}

static void group_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, group_sort(v, entry));
}

static void group_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_group *g = group_of(v, entry);
	if (!g)
		return;
	lb_add_rich(v, page, g->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_counts(page, UI_THERE, (struct lb_count[]){ { UI_N_MEMBERS, g->members }, { UI_N_PHOTOS, g->pool_count } }, 2);
	if (lb_said(g->rules)) {
		lb_fact_begin(page, UI_RULES);
		lb_add_rich(v, page, g->rules);
		lb_fact_end(page);
	}
	lb_fact_text(page, UI_LANGUAGE, g->lang);
	if (g->eighteen_plus == 1)
		lb_fact_text(page, UI_AUDIENCE, lb_ui(UI_ADULTS));
	lb_fact_text(page, UI_NSID, g->id);
	lb_fact_link(page, UI_ON_FLICKR, lb_said(g->url) ? g->url : lb_arena_printf(&v->scratch, "/groups/%s/", g->id));
	lb_buf_adds(&page->b, "</dl>\n");
}

static const char *gallery_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_gallery *g = gallery_of(v, entry);
	return g && lb_said(g->title) ? g->title : first_name(v, LB_TOPIC_GALLERIES, entry);
}

static void gallery_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, gallery_sort(v, entry));
}

static void gallery_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_gallery *g = gallery_of(v, entry);
	if (!g)
		return;
	const struct lb_count counts[] = {
		{ UI_N_PHOTOS, g->count_photos }, { UI_N_VIEWS, g->count_views }, { UI_N_COMMENTS, g->count_comments },
	};
	lb_add_rich(v, page, g->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	owner_fact(v, page, &g->owner);
	lb_fact_counts(page, UI_THERE, counts, LB_COUNT(counts));
	lb_fact_day(page, UI_CREATED, g->date_created);
	lb_fact_day(page, UI_UPDATED, g->date_updated);
	lb_fact_link(page, UI_ON_FLICKR, g->url);
	lb_buf_adds(&page->b, "</dl>\n");
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

/* ---- people ---- */

static const char *person_sort(const struct lb_pages *v, size_t entry)
{
	const struct lb_person *p = person_of(v, entry);
	if (p && lb_said(p->username))
		return p->username;
	if (p && lb_said(p->realname))
		return p->realname;
	const char *name = first_name(v, LB_TOPIC_PEOPLE, entry);
	return *name ? name : key_of(v, LB_TOPIC_PEOPLE, entry);
}

static void person_label(struct lb_pages *v, struct lb_buf *b, size_t entry)
{
	lb_add_title(b, person_sort(v, entry));
}

static void add_real_name(struct lb_page *page, const char *name)
{
	lb_fact_begin(page, UI_REAL_NAME);
	lb_add_title(&page->b, name);
	lb_fact_end(page);
}

static void person_describe(struct lb_pages *v, struct lb_page *page, size_t entry)
{
	const struct lb_person *p = person_of(v, entry);
	if (p)
		lb_add_rich(v, page, p->description);
	lb_buf_adds(&page->b, "<dl class=\"facts\">\n");
	lb_fact_text(page, UI_NSID, key_of(v, LB_TOPIC_PEOPLE, entry));
	if (p) {
		if (lb_said(p->realname) && strcmp(p->realname, person_sort(v, entry)) != 0)
			add_real_name(page, p->realname);
		lb_fact_text(page, UI_LOCATION, p->location);
		if (p->is_pro == 1)
			lb_fact_text(page, UI_ACCOUNT, lb_ui(UI_PRO));
		lb_fact_counts(page, UI_THERE, (struct lb_count[]){ { UI_N_PHOTOS, p->count_photos } }, 1);
		lb_fact_day(page, UI_FIRST_UPLOAD, p->first_date);
		lb_fact_text(page, UI_FIRST_TAKEN, p->first_taken);
		lb_fact_begin(page, UI_ON_FLICKR);
		if (p->is_deleted == 1)
			lb_buf_addf(&page->b, "%s", lb_ui(UI_DELETED_MEMBER));
		else
			lb_page_outward(page, lb_photos_url(p, &v->scratch), NULL);
		lb_fact_end(page);
	}
	lb_buf_adds(&page->b, "</dl>\n");
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
		NULL, year_sort, year_label },
	[LB_TOPIC_ALBUMS] = { "albums", "a", LB_NAV_ALBUMS, UI_ALBUMS_TITLE, UI_ALBUMS_INTRO, UI_ALBUMS_NONE, 20, 24, true,
		album_describe, album_sort, album_label },
	[LB_TOPIC_GROUPS] = { "groups", "g", LB_NAV_GROUPS, UI_GROUPS_TITLE, UI_GROUPS_INTRO, UI_GROUPS_NONE, 40, 12, true,
		group_describe, group_sort, group_label },
	[LB_TOPIC_GALLERIES] = { "galleries", "v", LB_NAV_GALLERIES, UI_GALLERIES_TITLE, UI_GALLERIES_INTRO,
		UI_GALLERIES_NONE, 40, 12, true, gallery_describe, gallery_sort, gallery_label },
	[LB_TOPIC_TAGS] = { "tags", "t", LB_NAV_TAGS, UI_TAGS_TITLE, UI_TAGS_INTRO, UI_TAGS_NONE, 40, 12, false,
		tag_describe, tag_sort, tag_label },
	[LB_TOPIC_PEOPLE] = { "people", "u", LB_NAV_PEOPLE, UI_PEOPLE_TITLE, UI_PEOPLE_INTRO, UI_PEOPLE_NONE, 20, 4, false,
		person_describe, person_sort, person_label },
	[LB_TOPIC_LICENSES] = { "licenses", "l", LB_NAV_LICENSES, UI_LICENSES_TITLE, UI_LICENSES_INTRO, UI_LICENSES_NONE,
		20, 24, false, license_describe, license_sort, license_label },
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
	for (size_t i = 0; i < n; i++) {
		resolve(&v->topics[LB_TOPIC_ALBUMS], albums[i].album.id, albums[i].album.title, i);
		resolve_owner(v, albums[i].album.owner_id, albums[i].album.owner_name);
	}
	const struct lb_group_entry *groups = lb_package_groups(v->package, &n);
	for (size_t i = 0; i < n; i++)
		resolve(&v->topics[LB_TOPIC_GROUPS], groups[i].group.id, groups[i].group.title, i);
	const struct lb_gallery_entry *galleries = lb_package_galleries(v->package, &n);
	for (size_t i = 0; i < n; i++) {
		resolve(&v->topics[LB_TOPIC_GALLERIES], galleries[i].gallery.id, galleries[i].gallery.title, i);
		resolve_owner(v, galleries[i].gallery.owner.nsid, galleries[i].gallery.owner.username);
	}
	resolve_people(v);
	for (size_t topic = 0; topic < LB_TOPIC_COUNT; topic++)
		lb_topic_sort(&v->topics[topic]);
}
