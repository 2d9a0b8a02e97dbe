/* Our model told in the words of the Foundation's library (flickr-photos-api), so that the two can be compared.
 * `v2` is its version 2.18.0, else 3.12.1. Everything is written from our structs; what is a rule of theirs says so. */
#ifndef LB_TESTS_FOUNDATION_MODEL_H
#define LB_TESTS_FOUNDATION_MODEL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"
#include "lifeboat/flickr/flickr.h"

struct telling { struct lb_jw w; struct lb_arena *a; bool v2; const struct lb_license *licenses; size_t nlicenses; };

static inline void tell_date(struct telling *t, const char *key, int64_t seconds)
{
	char iso[LB_TIME_ISO], theirs[LB_TIME_ISO + 8];
	lb_time_iso(seconds, iso);
	snprintf(theirs, sizeof theirs, "%.19s+00:00", iso);
	lb_jw_object(&t->w, key);
	lb_jw_str(&t->w, "type", "datetime.datetime");
	lb_jw_str(&t->w, "value", theirs);
	lb_jw_end(&t->w);
}

static inline void tell_user_members(struct telling *t, const struct lb_person *p)
{
	const char *name = p->path_alias ? p->path_alias : p->nsid;
	lb_jw_str(&t->w, "id", p->nsid);
	lb_jw_str(&t->w, "username", p->username);
	lb_jw_str(&t->w, "realname", p->realname);
	lb_jw_str(&t->w, "path_alias", p->path_alias);
	lb_jw_str(&t->w, "photos_url", lb_photos_url(p, t->a));
	lb_jw_str(&t->w, "profile_url", lb_arena_printf(t->a, "https://www.flickr.com/people/%s/", name));
}

static inline void tell_user(struct telling *t, const char *key, const struct lb_person *p)
{
	lb_jw_object(&t->w, key);
	tell_user_members(t, p);
	if (!t->v2 && p->is_deleted == 1)
		lb_jw_bool(&t->w, "is_deleted", true);
	lb_jw_end(&t->w);
}

static inline const char *buddy_icon(struct telling *t, const struct lb_person *p)
{
	const char *own = lb_icon_url(p, t->a);
	return own ? own : "https://www.flickr.com/images/buddyicon.gif";
}

static inline void tell_user_info(struct telling *t, const struct lb_person *p)
{
	lb_jw_object(&t->w, NULL);
	tell_user_members(t, p);
	lb_jw_str(&t->w, "description", p->description);
	lb_jw_str(&t->w, "location", p->location);
	lb_jw_str(&t->w, "buddy_icon_url", buddy_icon(t, p));
	lb_jw_int(&t->w, "count_photos", p->count_photos);
	lb_jw_bool(&t->w, "has_pro_account", p->is_pro == 1);
	lb_jw_end(&t->w);
}

static inline void tell_profile(struct telling *t, const char *nsid, const struct lb_person_profile *p)
{
	const struct { const char *key, *value; } texts[] = {
		{ "id", nsid }, { "occupation", p->occupation }, { "hometown", p->hometown },
		{ "showcase_album_id", p->showcase_album_id }, { "showcase_album_title", p->showcase_album_title },
		{ "first_name", p->first_name }, { "last_name", p->last_name },
		{ "profile_description", p->description }, { "city", p->city }, { "country", p->country },
		{ "facebook", p->facebook }, { "twitter", p->twitter }, { "tumblr", p->tumblr },
			{ "instagram", p->instagram },
		{ "pinterest", p->pinterest },
	};
	lb_jw_object(&t->w, NULL);
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		lb_jw_str(&t->w, texts[i].key, texts[i].value);
	tell_date(t, "join_date", p->join_date);
	lb_jw_end(&t->w);
}

static inline void tell_comments(struct telling *t, const struct lb_photo *p, const char *photo_id)
{
	lb_jw_array(&t->w, NULL);
	for (size_t i = 0; i < p->ncomments; i++) {
		const struct lb_comment *c = &p->comments[i];
		lb_jw_object(&t->w, NULL);
		lb_jw_str(&t->w, "id", c->id);
		lb_jw_str(&t->w, "photo_id", photo_id);
		if (t->v2)
			lb_jw_bool(&t->w, "author_is_deleted", c->author.is_deleted == 1);
		tell_user(t, "author", &c->author);
		lb_jw_str(&t->w, "text", c->text);
		lb_jw_str(&t->w, "permalink", c->permalink);
		tell_date(t, "date", c->date);
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
}

static inline void tell_people(struct telling *t, const struct lb_photo *p)
{
	lb_jw_array(&t->w, NULL);
	for (size_t i = 0; i < p->npeople; i++) {
		const struct lb_depicted *d = &p->people[i];
		lb_jw_object(&t->w, NULL);
		tell_user(t, "user", &d->person);
		if (d->has_box) {
			lb_jw_object(&t->w, "bounding_box");
			lb_jw_int(&t->w, "x", d->x);
			lb_jw_int(&t->w, "y", d->y);
			lb_jw_int(&t->w, "width", d->w);
			lb_jw_int(&t->w, "height", d->h);
			lb_jw_end(&t->w);
		} else {
			lb_jw_null(&t->w, "bounding_box");
		}
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
}

static inline void tell_exif(struct telling *t, const struct lb_exif *rows, size_t count)
{
	lb_jw_array(&t->w, NULL);
	for (size_t i = 0; i < count; i++) {
		lb_jw_object(&t->w, NULL);
		lb_jw_str(&t->w, "tagspace", rows[i].tagspace);
		lb_jw_str(&t->w, "tagspaceid", rows[i].tagspaceid);
		lb_jw_str(&t->w, "tag", rows[i].tag);
		lb_jw_str(&t->w, "label", rows[i].label);
		lb_jw_str(&t->w, "raw_value", rows[i].raw);
		if (rows[i].clean)
			lb_jw_str(&t->w, "clean_value", rows[i].clean);
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
}

static inline void tell_institutions(struct telling *t, const struct lb_institution *rows, size_t count)
{
	lb_jw_array(&t->w, NULL);
	for (size_t i = 0; i < count; i++) {
		lb_jw_object(&t->w, NULL);
		lb_jw_str(&t->w, "user_id", rows[i].nsid);
		tell_date(t, "date_launch", rows[i].date_launch);
		lb_jw_str(&t->w, "name", rows[i].name);
		lb_jw_str(&t->w, "site_url", rows[i].site_url);
		lb_jw_str(&t->w, "license_url", rows[i].license_url);
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
}

/* ---- contexts -------------------------------------------------------------------------------- */

static inline void tell_counts(struct telling *t, int64_t photos, int64_t videos, int64_t views, int64_t comments)
{
	lb_jw_int(&t->w, "count_photos", photos);
	lb_jw_int(&t->w, "count_videos", videos);
	lb_jw_int(&t->w, "count_views", views);
	lb_jw_int(&t->w, "count_comments", comments);
}

static inline void tell_gallery_context(struct telling *t, const struct lb_gallery *g)
{
	lb_jw_object(&t->w, NULL);
	lb_jw_str(&t->w, "id", g->id);
	lb_jw_str(&t->w, "url", g->url);
	tell_user(t, "owner", &g->owner);
	lb_jw_str(&t->w, "title", g->title);
	lb_jw_str(&t->w, "description", g->description);
	tell_date(t, "date_created", g->date_created);
	tell_date(t, "date_updated", g->date_updated);
	tell_counts(t, g->count_photos, g->count_videos, g->count_views, g->count_comments);
	lb_jw_end(&t->w);
}

static inline void tell_group_context(struct telling *t, const struct lb_group *g)
{
	lb_jw_object(&t->w, NULL);
	lb_jw_str(&t->w, "id", g->id);
	lb_jw_str(&t->w, "title", g->title);
	lb_jw_str(&t->w, "url", g->url);
	lb_jw_int(&t->w, "count_items", g->pool_count);
	lb_jw_int(&t->w, "count_members", g->members);
	lb_jw_end(&t->w);
}

static inline void tell_contexts(struct telling *t, const struct lb_photo *p)
{
	lb_jw_object(&t->w, NULL);
	lb_jw_array(&t->w, "albums");
	for (size_t i = 0; i < p->nalbums; i++) {
		const struct lb_album *x = &p->albums[i];
		lb_jw_object(&t->w, NULL);
		lb_jw_str(&t->w, "id", x->id);
		lb_jw_str(&t->w, "title", x->title);
		tell_counts(t, x->count_photos, x->count_videos, x->count_views, x->count_comments);
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
	lb_jw_array(&t->w, "galleries");
	for (size_t i = 0; i < p->ngalleries; i++)
		tell_gallery_context(t, &p->galleries[i]);
	lb_jw_end(&t->w);
	lb_jw_array(&t->w, "groups");
	for (size_t i = 0; i < p->ngroups; i++)
		tell_group_context(t, &p->groups[i]);
	lb_jw_end(&t->w);
	lb_jw_end(&t->w);
}

/* ---- a photo of a list ----------------------------------------------------------------------- */

/* Theirs: labels like "CC BY 2.0" for all Creative Commons licences, made from the address; no address for id 0. */
static inline const char *their_label(struct telling *t, const struct lb_license *l)
{
	const char *by = l->url ? strstr(l->url, "/licenses/") : NULL;
	if (!by)
		return l->label;
	char *label = lb_arena_printf(t->a, "CC %s", by + strlen("/licenses/"));
	for (char *c = label; *c; c++)
		*c = *c == '/' ? (c[1] ? ' ' : '\0') : *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
	return label;
}

static inline void tell_license(struct telling *t, const char *id)
{
	const struct lb_license *found = NULL;
	for (size_t i = 0; i < t->nlicenses; i++) {
		if (id && !strcmp(t->licenses[i].id, id))
			found = &t->licenses[i];
	}
	lb_jw_object(&t->w, "license");
	lb_jw_str(&t->w, "id", lb_license_slug(id, t->a));
	lb_jw_str(&t->w, "label", found ? their_label(t, found) : NULL);
	lb_jw_str(&t->w, "url", found ? found->url : NULL);
	lb_jw_end(&t->w);
}

static inline void tell_taken(struct telling *t, const struct lb_taken *taken)
{
	if (!lb_taken_known(taken)) {
		lb_jw_null(&t->w, "date_taken");
		return;
	}
	char *iso = lb_arena_strdup(t->a, taken->value);
	if (strchr(iso, ' '))
		*strchr(iso, ' ') = 'T';
	lb_jw_object(&t->w, "date_taken");
	lb_jw_object(&t->w, "value");
	lb_jw_str(&t->w, "type", "datetime.datetime");
	lb_jw_str(&t->w, "value", iso);
	lb_jw_end(&t->w);
	lb_jw_str(&t->w, "granularity", lb_granularity_name(taken->granularity));
	lb_jw_end(&t->w);
}

/* Theirs: a place of accuracy 0 is none. */
static inline void tell_location(struct telling *t, const struct lb_location *l)
{
	if (!l->present || l->accuracy == 0) {
		lb_jw_null(&t->w, "location");
		return;
	}
	lb_jw_object(&t->w, "location");
	lb_jw_num(&t->w, "latitude", strtod(l->latitude, NULL));
	lb_jw_num(&t->w, "longitude", strtod(l->longitude, NULL));
	lb_jw_int(&t->w, "accuracy", l->accuracy);
	lb_jw_end(&t->w);
}

/* Theirs: the media of the photo is written to each size, also to the poster of a video. */
static inline void tell_sizes(struct telling *t, const struct lb_photo *p)
{
	lb_jw_array(&t->w, "sizes");
	for (size_t i = 0; i < p->nsizes; i++) {
		lb_jw_object(&t->w, NULL);
		lb_jw_str(&t->w, "label", p->sizes[i].label);
		lb_jw_str(&t->w, "source", p->sizes[i].source);
		lb_jw_str(&t->w, "media", p->media);
		lb_jw_int(&t->w, "width", p->sizes[i].width);
		lb_jw_int(&t->w, "height", p->sizes[i].height);
		lb_jw_end(&t->w);
	}
	lb_jw_end(&t->w);
}

/* Theirs: machine_tags are those tags that look like one; none of the recorded lists has any. */
static inline void tell_tags(struct telling *t, const struct lb_photo *p)
{
	lb_jw_array(&t->w, "tags");
	for (size_t i = 0; i < p->ntags; i++)
		lb_jw_str(&t->w, NULL, p->tags[i].normalized);
	lb_jw_end(&t->w);
	lb_jw_object(&t->w, "machine_tags");
	for (size_t i = 0; i < p->ntags; i++) {
		if (strchr(p->tags[i].normalized, ':') && strchr(p->tags[i].normalized, '='))
			lb_jw_null(&t->w, p->tags[i].normalized);
	}
	lb_jw_end(&t->w);
}

static inline void tell_photo(struct telling *t, const struct lb_photo *p)
{
	const struct { const char *key, *value; } texts[] = {
		{ "id", p->id }, { "media", p->media }, { "secret", p->secret }, { "server", p->server },
			{ "farm", p->farm },
		{ "original_format", p->original_format }, { "safety_level", lb_safety_name(p->safety_level) },
			{ "title", p->title },
		{ "description", p->description }, { "url", lb_photo_url(p, t->a) },
	};
	lb_jw_object(&t->w, NULL);
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		lb_jw_str(&t->w, texts[i].key, texts[i].value);
	tell_user(t, "owner", &p->owner);
	tell_license(t, p->license_id);
	tell_tags(t, p);
	tell_date(t, "date_posted", p->date_posted);
	tell_taken(t, &p->taken);
	tell_location(t, &p->location);
	lb_jw_int(&t->w, "count_comments", p->count_comments);
	lb_jw_int(&t->w, "count_views", p->views);
	tell_sizes(t, p);
	lb_jw_end(&t->w);
}

static inline void tell_photos(struct telling *t, const struct lb_photo *photos, size_t count,
	const struct lb_page *page)
{
	lb_jw_array(&t->w, "photos");
	for (size_t i = 0; i < count; i++)
		tell_photo(t, &photos[i]);
	lb_jw_end(&t->w);
	lb_jw_int(&t->w, "count_pages", page->pages ? page->pages : 1); /* theirs: an empty list has one page */
	lb_jw_int(&t->w, "count_photos", page->total);
}

#endif
