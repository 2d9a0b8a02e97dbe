/* The index files below data/metadata: one `const name = …;` each, written entry by entry. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/writer_private.h"

static void write_strings(struct lb_jw *w, const char *key, const char *const *items, size_t count)
{
	lb_jw_array(w, key);
	for (size_t i = 0; i < count; i++)
		lb_jw_str(w, NULL, items[i]);
	lb_jw_end(w);
}

static void write_photo_ids(struct lb_jw *w, const struct lb_package *p, const size_t *photos, size_t count)
{
	lb_jw_array(w, "photoIds");
	for (size_t i = 0; i < count; i++)
		lb_jw_str(w, NULL, p->photos[photos[i]].id);
	lb_jw_end(w);
}

static void write_thumbnail(struct lb_jw *w, const struct lb_summary *s)
{
	if (!s->thumb_path) {
		lb_jw_null(w, "thumbnail");
		return;
	}
	lb_jw_object(w, "thumbnail");
	lb_jw_str(w, "path", s->thumb_path);
	lb_writer_jw_count(w, "width", s->thumb_width);
	lb_writer_jw_count(w, "height", s->thumb_height);
	lb_jw_end(w);
}

static void write_photo(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_summary *s = &j->package->photos[i];
	if (s->missing)
		return;
	lb_jw_object(w, s->id);
	lb_jw_str(w, "title", s->title);
	lb_jw_str(w, "uploaderId", s->owner_id);
	lb_writer_jw_license(w, "licenseId", s->license_id);
	lb_writer_jw_taken(w, "dateTaken", &s->taken);
	lb_writer_jw_date(w, "dateUploaded", s->posted);
	write_strings(w, "tags", s->tags, s->ntags);
	lb_writer_jw_count(w, "countComments", s->comments);
	lb_writer_jw_count(w, "countFaves", s->faves);
	lb_writer_jw_count(w, "countViews", s->views);
	lb_jw_str(w, "visibility", s->visibility);
	write_thumbnail(w, s);
	lb_jw_str(w, "metadataPath", s->metadata_path);
	lb_jw_str(w, "media", s->video ? "video" : "photo");
	lb_jw_str(w, "originalPath", s->original_path);
	lb_jw_str(w, "withheld", s->withheld);
	lb_jw_end(w);
}

static void write_ordered_id(struct lb_writer_json *j, size_t i)
{
	if (!j->package->photos[i].missing)
		lb_jw_str(&j->jw, NULL, j->package->photos[i].id);
}

static void write_license(struct lb_writer_json *j, size_t i)
{
	const struct lb_license *l = (const struct lb_license *)j->package->licenses.items + i;
	lb_jw_object(&j->jw, j->package->licenses.ids.items[i].key);
	lb_jw_str(&j->jw, "label", l->label);
	lb_jw_str(&j->jw, "url", l->url);
	lb_jw_str(&j->jw, "flickrId", l->id);
	lb_jw_end(&j->jw);
}

static void write_contributor(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_contributor *c = (const struct lb_contributor *)j->package->people.items + i;
	const struct lb_person *person = &c->person;
	lb_jw_object(w, person->nsid);
	lb_jw_str(w, "username", person->username);
	lb_jw_str(w, "realname", person->realname);
	lb_jw_str(w, "pathAlias", person->path_alias);
	lb_jw_object(w, "contributions");
	lb_jw_int(w, "photo", (int64_t)c->photos);
	lb_jw_int(w, "tag", (int64_t)c->tags);
	lb_jw_int(w, "comment", (int64_t)c->comments);
	lb_jw_int(w, "fave", (int64_t)c->faves);
	lb_jw_int(w, "note", (int64_t)c->notes);
	lb_jw_int(w, "depicted", (int64_t)c->depicted);
	lb_jw_end(w);
	lb_jw_str(w, "location", person->location);
	lb_jw_str(w, "description", person->description);
	lb_writer_jw_flag(w, "isDeleted", person->is_deleted);
	lb_writer_jw_flag(w, "isPro", person->is_pro);
	lb_writer_jw_count(w, "countPhotos", person->count_photos);
	lb_writer_jw_date(w, "dateFirstUploaded", person->first_date);
	lb_jw_str(w, "dateFirstTaken", person->first_taken);
	lb_jw_str(w, "iconserver", person->iconserver);
	lb_jw_str(w, "iconfarm", person->iconfarm);
	lb_jw_end(w);
}

static void write_album(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_album_entry *e = (const struct lb_album_entry *)j->package->albums.items + i;
	const struct lb_album *a = &e->album;
	lb_jw_object(w, a->id);
	lb_jw_str(w, "title", a->title);
	lb_jw_str(w, "ownerId", a->owner_id);
	lb_writer_jw_count(w, "countPhotos", a->count_photos);
	lb_writer_jw_count(w, "countVideos", a->count_videos);
	lb_writer_jw_count(w, "countViews", a->count_views);
	lb_writer_jw_count(w, "countComments", a->count_comments);
	write_photo_ids(w, j->package, e->photos, e->nphotos);
	lb_jw_str(w, "description", a->description);
	lb_jw_str(w, "ownerName", a->owner_name);
	lb_jw_str(w, "primaryPhotoId", a->primary_photo_id);
	lb_writer_jw_date(w, "dateCreated", a->date_created);
	lb_writer_jw_date(w, "dateUpdated", a->date_updated);
	lb_jw_end(w);
}

static void write_gallery(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_gallery_entry *e = (const struct lb_gallery_entry *)j->package->galleries.items + i;
	const struct lb_gallery *g = &e->gallery;
	lb_jw_object(w, g->id);
	lb_jw_str(w, "title", g->title);
	lb_jw_str(w, "description", g->description);
	lb_jw_str(w, "ownerId", g->owner.nsid);
	lb_writer_jw_count(w, "countPhotos", g->count_photos);
	lb_writer_jw_count(w, "countVideos", g->count_videos);
	lb_writer_jw_count(w, "countViews", g->count_views);
	lb_writer_jw_count(w, "countComments", g->count_comments);
	write_photo_ids(w, j->package, e->photos, e->nphotos);
	lb_jw_str(w, "url", g->url);
	lb_jw_str(w, "ownerName", g->owner.username);
	lb_jw_str(w, "primaryPhotoId", g->primary_photo_id);
	lb_writer_jw_date(w, "dateCreated", g->date_created);
	lb_writer_jw_date(w, "dateUpdated", g->date_updated);
	lb_jw_end(w);
}

static void write_group(struct lb_writer_json *j, size_t i)
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
	lb_jw_str(w, "url", g->url);
	lb_jw_str(w, "description", g->description);
	lb_jw_str(w, "rules", g->rules);
	lb_jw_end(w);
}

static void write_gap(struct lb_writer_json *j, size_t i)
{
	const struct lb_gap *g = &j->package->gaps[i];
	lb_jw_object(&j->jw, NULL);
	lb_jw_str(&j->jw, "kind", lb_gap_kind_name(g->kind));
	lb_jw_str(&j->jw, "photoId", g->photo_id);
	lb_jw_str(&j->jw, "subject", g->subject);
	lb_jw_str(&j->jw, "layer", g->layer);
	lb_jw_str(&j->jw, "method", g->method);
	lb_writer_jw_count(&j->jw, "code", g->code);
	lb_jw_str(&j->jw, "message", g->message);
	lb_jw_end(&j->jw);
}

typedef void entry_fn(struct lb_writer_json *j, size_t i);

/* `name` is both the file's and the constant's. */
static int write_index(struct lb_package *p, const char *name, bool list, size_t count, entry_fn *write,
	struct lb_error *err)
{
	char path[64];
	snprintf(path, sizeof path, "data/metadata/%s.js", name);
	LB_AUTO(lb_writer_json_abandon) struct lb_writer_json j = {0};
	LB_TRY(lb_writer_json_open(p, path, name, &j, err));
	if (list)
		lb_jw_array(&j.jw, NULL);
	else
		lb_jw_object(&j.jw, NULL);
	for (size_t i = 0; i < count; i++) {
		write(&j, i);
		lb_writer_json_flush(&j);
	}
	lb_jw_end(&j.jw);
	return lb_writer_json_close(&j, err);
}

static int tag_by_name(const void *a, const void *b)
{
	return strcmp(((const struct lb_writer_tag *)a)->name, ((const struct lb_writer_tag *)b)->name);
}

static void write_tag(struct lb_writer_json *j, size_t i)
{
	LB_AUTO(lb_buf_clear) struct lb_buf pair = LB_BUF(LB_WRITER_ITEM_MAX);
	struct lb_jw w;
	lb_jw_begin(&w, &pair, true);
	lb_jw_array(&w, NULL);
	lb_jw_str(&w, NULL, j->package->tags[i].name);
	lb_jw_int(&w, NULL, (int64_t)j->package->tags[i].count);
	lb_jw_end(&w);
	j->overflow |= pair.overflow;
	lb_jw_raw(&j->jw, NULL, lb_buf_str(&pair));
}

/* Sorting moves tags away from the numbers in tag_names: this is the last use of both. */
static int write_tags(struct lb_package *p, struct lb_error *err)
{
	if (p->ntags)
		qsort(p->tags, p->ntags, sizeof *p->tags, tag_by_name);
	return write_index(p, "tagList", true, p->ntags, write_tag, err);
}

int lb_writer_indexes(struct lb_package *p, struct lb_error *err)
{
	const struct { const char *name; bool list; size_t count; entry_fn *write; } indexes[] = {
		{"photoIndex", false, p->nphotos, write_photo},
		{"photoOrder", true, p->nphotos, write_ordered_id},
		{"licenseIndex", false, p->licenses.count, write_license},
		{"contributorIndex", false, p->people.count, write_contributor},
		{"albumIndex", false, p->albums.count, write_album},
		{"galleryIndex", false, p->galleries.count, write_gallery},
		{"groupIndex", false, p->groups.count, write_group},
		{"missing", true, p->ngaps, write_gap},
	};
	for (size_t i = 0; i < LB_COUNT(indexes); i++)
		LB_TRY(write_index(p, indexes[i].name, indexes[i].list, indexes[i].count, indexes[i].write, err));
	return write_tags(p, err);
}
