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
	lb_writer_jw_id(w, "uploaderId", s->owner_id);
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
	lb_jw_str(w, "media", s->stub ? NULL : s->video ? "video" : "photo");
	lb_jw_str(w, "originalPath", s->original_path);
	lb_jw_bool(w, "stub", s->stub);
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
	lb_jw_str(w, "iconPath", c->icon_path);
	lb_jw_end(w);
}

static void write_profile(struct lb_writer_json *j, size_t i)
{
	struct lb_jw *w = &j->jw;
	const struct lb_person *person = &((const struct lb_contributor *)j->package->people.items)[i].person;
	const struct lb_person_profile *p = person->profile;
	if (!p)
		return;
	const struct { const char *key, *text; } texts[] = {
		{"firstName", p->first_name}, {"lastName", p->last_name}, {"description", p->description},
		{"occupation", p->occupation}, {"hometown", p->hometown}, {"city", p->city}, {"country", p->country},
		{"website", p->website}, {"facebook", p->facebook}, {"twitter", p->twitter}, {"tumblr", p->tumblr},
		{"instagram", p->instagram}, {"pinterest", p->pinterest}, {"showcaseAlbumId", p->showcase_album_id},
		{"showcaseAlbumTitle", p->showcase_album_title},
	};
	lb_jw_object(w, person->nsid);
	lb_writer_jw_date(w, "joinDate", p->join_date > 0 ? p->join_date : LB_UNKNOWN);
	for (size_t k = 0; k < LB_COUNT(texts); k++)
		lb_jw_str(w, texts[k].key, texts[k].text);
	lb_jw_end(w);
}

static void write_gap(struct lb_writer_json *j, size_t i)
{
	const struct lb_gap *g = &j->package->gaps[i];
	lb_jw_object(&j->jw, NULL);
	lb_jw_str(&j->jw, "kind", lb_gap_kind_name(g->kind));
	lb_jw_str(&j->jw, "photoId", lb_writer_photo_id_is_safe(g->photo_id) ? g->photo_id : NULL);
	lb_jw_str(&j->jw, "subject", g->subject);
	lb_jw_str(&j->jw, "layer", g->layer);
	lb_jw_str(&j->jw, "method", g->method);
	lb_writer_jw_count(&j->jw, "code", g->code);
	lb_jw_str(&j->jw, "message", g->message);
	lb_jw_end(&j->jw);
}

/* `name` is both the file's and the constant's. */
static int write_index(struct lb_package *p, const char *name, bool list, size_t count, lb_writer_entry_fn *write,
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
	const struct { const char *name; bool list; size_t count; lb_writer_entry_fn *write; } indexes[] = {
		{"photoIndex", false, p->nphotos, write_photo},
		{"photoOrder", true, p->nphotos, write_ordered_id},
		{"licenseIndex", false, p->licenses.count, write_license},
		{"contributorIndex", false, p->people.count, write_contributor},
		{"profileIndex", false, p->people.count, write_profile},
		{"albumIndex", false, p->albums.count, lb_writer_album_entry},
		{"galleryIndex", false, p->galleries.count, lb_writer_gallery_entry},
		{"groupIndex", false, p->groups.count, lb_writer_group_entry},
		{"collectionIndex", false, p->collections.count, lb_writer_collection_entry},
		{"missing", true, p->ngaps, write_gap},
	};
	lb_writer_settle(p);
	for (size_t i = 0; i < LB_COUNT(indexes); i++)
		LB_TRY(write_index(p, indexes[i].name, indexes[i].list, indexes[i].count, indexes[i].write, err));
	LB_TRY(lb_writer_consent_index(p, err));
	return write_tags(p, err);
}
