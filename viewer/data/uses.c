#include "viewer/data/internal.h"

#include <string.h>

/* Who and what the photos have to do with: people, tags, sets, places, licences. Numbers are given as they are first met. */

/* Whoever is known by name only has a key that no NSID can be. */
int64_t lb_viewer_person(struct lb_viewer *v, const struct lb_person *person)
{
	const char *name = lb_said(person->username) ? person->username : person->realname;
	if (lb_said(person->nsid))
		return (int64_t)lb_topic_entry(&v->people, person->nsid, name);
	if (!lb_said(name))
		return -1;
	return (int64_t)lb_topic_entry(&v->people, lb_arena_printf(&v->scratch, " %s", name), name);
}

int64_t lb_viewer_album_owner(struct lb_viewer *v, const struct lb_album *album)
{
	struct lb_person owner;
	lb_person_init(&owner);
	owner.nsid = album->owner_id;
	owner.username = album->owner_name;
	return lb_viewer_person(v, &owner);
}

int64_t lb_viewer_license(struct lb_viewer *v, const char *flickr_id)
{
	return lb_said(flickr_id) ? (int64_t)lb_topic_entry(&v->licenses, flickr_id, NULL) : -1;
}

int64_t lb_viewer_tag(struct lb_viewer *v, const struct lb_tag *tag)
{
	const char *key = lb_said(tag->normalized) ? tag->normalized : tag->raw;
	return lb_said(key) ? (int64_t)lb_topic_entry(&v->tags, key, lb_said(tag->raw) ? tag->raw : key) : -1;
}

/* The most exact name that is not a mere neighbourhood, and the country. The key holds both, the name of the entry the first. */
int64_t lb_viewer_place(struct lb_viewer *v, const struct lb_location *l)
{
	const char *const names[] = { l->locality, l->county, l->region, l->neighbourhood, l->country };
	for (size_t i = 0; l->present && i < LB_COUNT(names); i++)
		if (lb_said(names[i]))
			return (int64_t)lb_topic_entry(&v->places,
				lb_arena_printf(&v->scratch, "%s\n%s", lb_said(l->country) ? l->country : "", names[i]), names[i]);
	return -1;
}

static void use_person(struct lb_viewer *v, const struct lb_person *person, enum lb_topic_role role)
{
	int64_t entry = lb_viewer_person(v, person);
	if (entry >= 0)
		lb_topic_use(&v->people, (size_t)entry, role, v->added);
}

static void use(struct lb_viewer *v, struct lb_topic *t, int64_t entry)
{
	if (entry >= 0)
		lb_topic_use(t, (size_t)entry, LB_ROLE_OF, v->added);
}

static void use_tags(struct lb_viewer *v, const struct lb_photo *p)
{
	for (size_t i = 0; i < p->ntags; i++) {
		struct lb_person author;
		lb_person_init(&author);
		author.nsid = p->tags[i].author_id;
		author.username = p->tags[i].author_name;
		int64_t tag = lb_viewer_tag(v, &p->tags[i]);
		use(v, &v->tags, tag);
		if (tag >= 0)
			use_person(v, &author, LB_TAGGED);
	}
}

static void use_set(struct lb_viewer *v, struct lb_topic *t, const char *id, const char *title)
{
	if (lb_said(id))
		lb_topic_use(t, lb_topic_entry(t, id, title), LB_ROLE_OF, v->added);
}

static void use_sets(struct lb_viewer *v, const struct lb_photo *p)
{
	for (size_t i = 0; i < p->nalbums; i++)
		use_set(v, &v->albums, p->albums[i].id, p->albums[i].title);
	for (size_t i = 0; i < p->ngroups; i++)
		use_set(v, &v->groups, p->groups[i].id, p->groups[i].title);
	for (size_t i = 0; i < p->ngalleries; i++)
		use_set(v, &v->galleries, p->galleries[i].id, p->galleries[i].title);
}

static void use_people(struct lb_viewer *v, const struct lb_photo *p)
{
	for (size_t i = 0; i < p->npeople; i++)
		use_person(v, &p->people[i].person, LB_SHOWN);
	for (size_t i = 0; i < p->nnotes; i++)
		use_person(v, &p->notes[i].author, LB_NOTED);
	for (size_t i = 0; i < p->ncomments; i++)
		use_person(v, &p->comments[i].author, LB_COMMENTED);
	for (size_t i = 0; i < p->nfaves; i++)
		use_person(v, &p->faves[i].person, LB_FAVED);
}

void lb_viewer_uses(struct lb_viewer *v, const struct lb_viewer_photo *p)
{
	const struct lb_photo *photo = p->photo;
	if (p->missing)
		return;
	use_person(v, &photo->owner, LB_TOOK);
	use_tags(v, photo);
	use_sets(v, photo);
	use_people(v, photo);
	use(v, &v->licenses, lb_viewer_license(v, photo->license_id));
	use(v, &v->places, lb_viewer_place(v, &photo->location));
}
