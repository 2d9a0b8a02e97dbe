/* Entries of albumIndex, galleryIndex, groupIndex and collectionIndex. The Foundation's fields first; then ours. */
#include "format/package/writer_private.h"

static void write_photo_ids(struct lb_jw *w, const struct lb_package *p, const size_t *photos, size_t count)
{
	lb_jw_array(w, "photoIds");
	for (size_t i = 0; i < count; i++)
		lb_jw_str(w, NULL, p->photos[photos[i]].id);
	lb_jw_end(w);
}

static void write_count_listed(struct lb_jw *w, bool read, size_t count)
{
	lb_writer_jw_count(w, "countListed", read ? (int64_t)count : LB_UNKNOWN);
}

void lb_writer_album_entry(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_album_entry *e = (const struct lb_album_entry *)j->package->albums.items + i;
	const struct lb_album *a = &e->album;
	lb_jw_object(w, a->id);
	lb_jw_str(w, "title", a->title);
	lb_writer_jw_id(w, "ownerId", a->owner_id);
	lb_writer_jw_count(w, "countPhotos", a->count_photos);
	lb_writer_jw_count(w, "countVideos", a->count_videos);
	lb_writer_jw_count(w, "countViews", a->count_views);
	lb_writer_jw_count(w, "countComments", a->count_comments);
	write_photo_ids(w, j->package, e->photos, e->nphotos);
	write_count_listed(w, a->photo_ids != NULL, a->nphoto_ids);
	lb_jw_str(w, "description", a->description);
	lb_jw_str(w, "ownerName", a->owner_name);
	lb_writer_jw_id(w, "primaryPhotoId", a->primary_photo_id);
	lb_writer_jw_date(w, "dateCreated", a->date_created);
	lb_writer_jw_date(w, "dateUpdated", a->date_updated);
	lb_writer_jw_comments(w, a->comments, a->ncomments);
	lb_jw_end(w);
}

/* What the curator said beside photos that are here. */
static void write_words(struct lb_jw *w, const struct lb_package *p, const struct lb_gallery_entry *e)
{
	lb_jw_array(w, "photoComments");
	for (size_t i = 0; i < e->nphotos; i++) {
		if (!e->words[i])
			continue;
		lb_jw_object(w, NULL);
		lb_jw_str(w, "photoId", p->photos[e->photos[i]].id);
		lb_jw_str(w, "text", e->words[i]);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

void lb_writer_gallery_entry(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_gallery_entry *e = (const struct lb_gallery_entry *)j->package->galleries.items + i;
	const struct lb_gallery *g = &e->gallery;
	lb_jw_object(w, g->id);
	lb_jw_str(w, "title", g->title);
	lb_jw_str(w, "description", g->description);
	lb_writer_jw_id(w, "ownerId", g->owner.nsid);
	lb_writer_jw_count(w, "countPhotos", g->count_photos);
	lb_writer_jw_count(w, "countVideos", g->count_videos);
	lb_writer_jw_count(w, "countViews", g->count_views);
	lb_writer_jw_count(w, "countComments", g->count_comments);
	write_photo_ids(w, j->package, e->photos, e->nphotos);
	write_count_listed(w, g->items != NULL, g->nitems);
	write_words(w, j->package, e);
	lb_jw_str(w, "url", g->url);
	lb_jw_str(w, "ownerName", g->owner.username);
	lb_writer_jw_id(w, "primaryPhotoId", g->primary_photo_id);
	lb_writer_jw_date(w, "dateCreated", g->date_created);
	lb_writer_jw_date(w, "dateUpdated", g->date_updated);
	lb_jw_end(w);
}

void lb_writer_group_entry(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_group_entry *e = (const struct lb_group_entry *)j->package->groups.items + i;
	const struct lb_group *g = &e->group;
	lb_jw_object(w, g->id);
	lb_jw_str(w, "name", g->title);
	lb_jw_str(w, "nsid", g->id);
	lb_writer_jw_flag(w, "eighteenPlus", g->eighteen_plus);
	lb_jw_str(w, "iconserver", g->iconserver);
	lb_jw_str(w, "iconfarm", g->iconfarm);
	lb_writer_jw_count(w, "members", g->members);
	lb_writer_jw_count(w, "poolCount", g->pool_count);
	lb_writer_jw_count(w, "topicCount", g->topic_count);
	lb_writer_jw_count(w, "privacy", g->privacy);
	lb_jw_str(w, "lang", g->lang);
	lb_writer_jw_flag(w, "ispoolmoderated", g->moderated);
	write_photo_ids(w, j->package, e->photos, e->nphotos);
	write_count_listed(w, g->photo_ids != NULL, g->nphoto_ids);
	lb_jw_str(w, "url", g->url);
	lb_jw_str(w, "description", g->description);
	lb_jw_str(w, "rules", g->rules);
	lb_jw_str(w, "dateCreated", g->date_created);
	lb_jw_end(w);
}

void lb_writer_collection_entry(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_collection *c = &j->package->settled->tree[i].collection;
	lb_jw_object(w, c->id);
	lb_jw_str(w, "title", c->title);
	lb_jw_str(w, "description", c->description);
	lb_writer_jw_id(w, "ownerId", c->owner_id);
	lb_writer_jw_id(w, "parentId", c->parent_id);
	lb_jw_array(w, "albumIds");
	for (size_t k = 0; k < c->nalbum_ids; k++)
		if (lb_writer_id_is_plain(c->album_ids[k]))
			lb_jw_str(w, NULL, c->album_ids[k]);
	lb_jw_end(w);
	lb_jw_end(w);
}
