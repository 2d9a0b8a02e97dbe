/* metadata/photos/<id>.js: everything known of one photo. The Foundation's fields first, under its names; then ours. */
#include <string.h>

#include "format/package/writer_private.h"

#define NOTE_SCALE 500

static void write_file(struct lb_jw *w, const char *key, const struct lb_media *m, const char *path)
{
	if (!m->present || !path) {
		lb_jw_null(w, key);
		return;
	}
	lb_jw_object(w, key);
	lb_jw_str(w, "path", path);
	lb_writer_jw_text(w, "label", m->label);
	lb_jw_str(w, "content_type", m->mime && *m->mime ? m->mime : lb_layout_mime(path));
	lb_writer_jw_count(w, "width", m->width);
	lb_writer_jw_count(w, "height", m->height);
	lb_jw_str(w, "media", lb_span_starts(lb_span(m->mime), "video/") ? "video" : "photo");
	lb_jw_int(w, "size", (int64_t)m->size);
	lb_jw_str(w, "checksum", m->sha256);
	lb_jw_str(w, "checksumAlgorithm", "sha256");
	lb_writer_jw_text(w, "sourceUrl", m->url);
	lb_writer_jw_date(w, "capturedAt", m->captured);
	lb_jw_end(w);
}

static bool read_degrees(const char *text, double most, double *out)
{
	return lb_parse_double(lb_span(text), out) && *out >= -most && *out <= most;
}

static void write_place(struct lb_jw *w, const struct lb_location *l)
{
	double latitude, longitude;
	if (!l->present || !read_degrees(l->latitude, 90, &latitude) || !read_degrees(l->longitude, 180, &longitude)) {
		lb_jw_null(w, "location");
		return;
	}
	lb_jw_object(w, "location");
	lb_jw_num(w, "latitude", latitude);
	lb_jw_num(w, "longitude", longitude);
	lb_writer_jw_count(w, "accuracy", l->accuracy > 0 ? l->accuracy : LB_UNKNOWN);
	lb_writer_jw_count(w, "context", l->context);
	lb_writer_jw_text(w, "neighborhood", l->neighbourhood);
	lb_writer_jw_text(w, "locality", l->locality);
	lb_writer_jw_text(w, "county", l->county);
	lb_writer_jw_text(w, "region", l->region);
	lb_writer_jw_text(w, "country", l->country);
	lb_jw_end(w);
}

static void write_tags(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_array(w, "tags");
	for (size_t i = 0; i < photo->ntags; i++) {
		const struct lb_tag *t = &photo->tags[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_text(w, "id", t->id);
		lb_writer_jw_id(w, "authorId", t->author_id);
		lb_writer_jw_text(w, "rawValue", t->raw);
		lb_writer_jw_text(w, "normalizedValue", t->normalized);
		lb_writer_jw_flag(w, "isMachineTag", t->machine);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

void lb_writer_jw_comments(struct lb_jw *w, const struct lb_comment *comments, size_t count)
{
	lb_jw_array(w, "comments");
	for (size_t i = 0; i < count; i++) {
		const struct lb_comment *c = &comments[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_text(w, "id", c->id);
		lb_writer_jw_id(w, "authorId", c->author.nsid);
		lb_jw_str(w, "text", c->text ? c->text : "");
		lb_writer_jw_date(w, "date", c->date);
		lb_writer_jw_text(w, "permalink", c->permalink);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

/* Ids at a fixed place inside the elements of a list; those that no index can have as a key are in none. */
#define WRITE_IDS(w, key, items, count, type) write_ids(w, key, items, count, sizeof(type), offsetof(type, id))
static void write_ids(struct lb_jw *w, const char *key, const void *items, size_t count, size_t size, size_t at)
{
	lb_jw_array(w, key);
	for (size_t i = 0; i < count; i++) {
		const char *id = *(const char *const *)(const void *)((const char *)items + i * size + at);
		if (lb_writer_id_is_plain(id))
			lb_jw_str(w, NULL, id);
	}
	lb_jw_end(w);
}

static void write_foundation_fields(struct lb_jw *w, const struct lb_photo *photo, const struct lb_summary *s)
{
	lb_jw_str(w, "id", photo->id);
	lb_writer_jw_text(w, "secret", photo->secret);
	lb_writer_jw_text(w, "url", s->url);
	lb_writer_jw_text(w, "title", photo->title);
	lb_writer_jw_text(w, "description", photo->description);
	lb_writer_jw_id(w, "uploaderId", photo->owner.nsid);
	lb_writer_jw_license(w, "licenseId", photo->license_id);
	lb_writer_jw_taken(w, "dateTaken", &photo->taken);
	lb_writer_jw_date(w, "dateUploaded", photo->date_posted);
	write_place(w, &photo->location);
	write_tags(w, photo);
	lb_writer_jw_count(w, "countFaves", photo->count_faves);
	lb_writer_jw_count(w, "countViews", photo->views);
	lb_writer_jw_count(w, "countComments", photo->count_comments);
	WRITE_IDS(w, "albumIds", photo->albums, photo->nalbums, struct lb_album);
	WRITE_IDS(w, "galleryIds", photo->galleries, photo->ngalleries, struct lb_gallery);
	WRITE_IDS(w, "groupIds", photo->groups, photo->ngroups, struct lb_group);
	lb_jw_str(w, "safetyLevel", lb_safety_name(photo->safety_level));
	lb_jw_str(w, "visibility", s->visibility);
	lb_writer_jw_text(w, "originalFormat", photo->original_format);
	lb_jw_str(w, "media", s->video ? "video" : photo->media && !strcmp(photo->media, "photo") ? "photo" : NULL);
	lb_jw_object(w, "files");
	write_file(w, "original", &photo->files[LB_ORIGINAL], s->original_path);
	write_file(w, "thumbnail", &photo->files[LB_THUMBNAIL], s->thumb_path);
	lb_jw_end(w);
	lb_writer_jw_comments(w, photo->comments, photo->ncomments);
}

static void write_faves(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_array(w, "faves");
	for (size_t i = 0; i < photo->nfaves; i++) {
		lb_jw_object(w, NULL);
		lb_writer_jw_id(w, "personId", photo->faves[i].person.nsid);
		lb_writer_jw_date(w, "date", photo->faves[i].date);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void write_box(struct lb_jw *w, int64_t x, int64_t y, int64_t width, int64_t height)
{
	lb_writer_jw_count(w, "x", x);
	lb_writer_jw_count(w, "y", y);
	lb_writer_jw_count(w, "width", width);
	lb_writer_jw_count(w, "height", height);
}

static void write_notes(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_int(w, "noteScale", NOTE_SCALE);
	lb_jw_array(w, "notes");
	for (size_t i = 0; i < photo->nnotes; i++) {
		const struct lb_note *n = &photo->notes[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_text(w, "id", n->id);
		lb_writer_jw_id(w, "authorId", n->author.nsid);
		write_box(w, n->x, n->y, n->w, n->h);
		lb_jw_str(w, "text", n->text ? n->text : "");
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void write_people(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_array(w, "people");
	for (size_t i = 0; i < photo->npeople; i++) {
		const struct lb_depicted *d = &photo->people[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_id(w, "personId", d->person.nsid);
		lb_writer_jw_id(w, "addedById", d->added_by);
		if (d->has_box) {
			lb_jw_object(w, "boundingBox");
			write_box(w, d->x, d->y, d->w, d->h);
			lb_jw_end(w);
		} else {
			lb_jw_null(w, "boundingBox");
		}
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

/* Groups of yes/no/unknown answers. */
static const struct flag { const char *group, *name; size_t at; } flags[] = {
	{"visibilityFlags", "isPublic", offsetof(struct lb_photo, is_public)},
	{"visibilityFlags", "isFriend", offsetof(struct lb_photo, is_friend)},
	{"visibilityFlags", "isFamily", offsetof(struct lb_photo, is_family)},
	{"usage", "canDownload", offsetof(struct lb_photo, can_download)},
	{"usage", "canBlog", offsetof(struct lb_photo, can_blog)},
	{"usage", "canPrint", offsetof(struct lb_photo, can_print)},
	{"usage", "canShare", offsetof(struct lb_photo, can_share)},
	{"editability", "canComment", offsetof(struct lb_photo, can_comment)},
	{"editability", "canAddMeta", offsetof(struct lb_photo, can_add_meta)},
	{"publicEditability", "canComment", offsetof(struct lb_photo, public_can_comment)},
	{"publicEditability", "canAddMeta", offsetof(struct lb_photo, public_can_add_meta)},
	{"locationVisibility", "isPublic", offsetof(struct lb_photo, geo_is_public)},
	{"locationVisibility", "isContact", offsetof(struct lb_photo, geo_is_contact)},
	{"locationVisibility", "isFriend", offsetof(struct lb_photo, geo_is_friend)},
	{"locationVisibility", "isFamily", offsetof(struct lb_photo, geo_is_family)},
};

static void write_flags(struct lb_jw *w, const struct lb_photo *photo)
{
	const char *group = NULL;
	for (size_t i = 0; i < LB_COUNT(flags); i++) {
		if (!group || strcmp(group, flags[i].group)) {
			if (group)
				lb_jw_end(w);
			group = flags[i].group;
			lb_jw_object(w, group);
		}
		lb_writer_jw_flag(w, flags[i].name, *(const int *)(const void *)((const char *)photo + flags[i].at));
	}
	lb_jw_end(w);
}

static void write_sizes(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_array(w, "sizes");
	for (size_t i = 0; i < photo->nsizes; i++) {
		const struct lb_size *s = &photo->sizes[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_text(w, "label", s->label);
		lb_writer_jw_count(w, "width", s->width);
		lb_writer_jw_count(w, "height", s->height);
		lb_writer_jw_text(w, "media", s->media);
		lb_writer_jw_text(w, "source", s->source);
		lb_writer_jw_text(w, "url", s->url);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void write_video(struct lb_jw *w, const struct lb_photo *photo)
{
	if (!photo->media || strcmp(photo->media, "video")) {
		lb_jw_null(w, "videoInfo");
		return;
	}
	lb_jw_object(w, "videoInfo");
	lb_writer_jw_count(w, "duration", photo->video_duration);
	lb_writer_jw_count(w, "width", photo->video_width);
	lb_writer_jw_count(w, "height", photo->video_height);
	lb_jw_end(w);
}

static void write_selected_by(struct lb_jw *w, const struct lb_package *p, const struct lb_photo *photo)
{
	lb_jw_array(w, "selectedBy");
	for (size_t i = 0; i < photo->nselected_by; i++)
		if (photo->selected_by[i] < p->info.nselection)
			lb_jw_str(w, NULL, p->info.selection[photo->selected_by[i]].url);
	lb_jw_end(w);
}

/* In the order in which they were recorded; the chain begins with the newest. */
static void write_gaps(struct lb_jw *w, const struct lb_package *p, const char *photo_id)
{
	LB_AUTO(lb_freep) size_t *newest = NULL;
	size_t count = 0, cap = 0;
	for (size_t g = lb_writer_first_gap(p, photo_id); g != SIZE_MAX; g = p->gap_before[g]) {
		LB_GROW(newest, count, cap);
		newest[count++] = g;
	}
	lb_jw_array(w, "gaps");
	while (count-- > 0) {
		const struct lb_gap *g = &p->gaps[newest[count]];
		lb_jw_object(w, NULL);
		lb_jw_str(w, "kind", lb_gap_kind_name(g->kind));
		lb_writer_jw_text(w, "layer", g->layer);
		lb_writer_jw_text(w, "method", g->method);
		lb_writer_jw_count(w, "code", g->code);
		lb_writer_jw_text(w, "message", g->message);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void write_taken_as_stated(struct lb_jw *w, const struct lb_taken *t)
{
	lb_jw_object(w, "dateTakenStated");
	lb_writer_jw_text(w, "value", t->value);
	lb_writer_jw_count(w, "granularity", t->granularity);
	lb_writer_jw_flag(w, "unknown", t->unknown);
	lb_jw_end(w);
}

static void write_exif(struct lb_jw *w, const struct lb_photo *photo)
{
	if (!photo->exif_source && !photo->nexif && !photo->camera) {
		lb_jw_null(w, "exif");
		return;
	}
	lb_jw_object(w, "exif");
	lb_writer_jw_text(w, "source", photo->exif_source);
	lb_writer_jw_text(w, "camera", photo->camera);
	lb_jw_array(w, "tags");
	for (size_t i = 0; i < photo->nexif; i++) {
		const struct lb_exif *e = &photo->exif[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_text(w, "tagspace", e->tagspace);
		lb_writer_jw_text(w, "tagspaceId", e->tagspaceid);
		lb_writer_jw_text(w, "tag", e->tag);
		lb_writer_jw_text(w, "label", e->label);
		lb_writer_jw_text(w, "rawValue", e->raw);
		lb_writer_jw_text(w, "cleanValue", e->clean);
		lb_jw_end(w);
	}
	lb_jw_end(w);
	lb_jw_end(w);
}

static void write_past_license(struct lb_jw *w, const char *key, const char *label, const char *url)
{
	lb_jw_object(w, key);
	lb_writer_jw_text(w, "label", label);
	lb_writer_jw_text(w, "url", url);
	lb_jw_end(w);
}

static void write_license_history(struct lb_jw *w, const struct lb_photo *photo)
{
	lb_jw_bool(w, "licenseHistoryKnown", photo->license_history_known == 1);
	lb_jw_array(w, "licenseHistory");
	for (size_t i = 0; i < photo->nlicense_changes; i++) {
		const struct lb_license_change *c = &photo->license_changes[i];
		lb_jw_object(w, NULL);
		lb_writer_jw_date(w, "dateChanged", c->date);
		write_past_license(w, "oldLicense", c->old_label, c->old_url);
		write_past_license(w, "newLicense", c->new_label, c->new_url);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

/* All that the policy lets through. */
static void write_stub(struct lb_jw *w, const struct lb_summary *s)
{
	lb_jw_str(w, "id", s->id);
	lb_jw_str(w, "url", s->url);
	lb_jw_str(w, "title", s->title);
	lb_writer_jw_id(w, "uploaderId", s->owner_id);
	lb_writer_jw_license(w, "licenseId", s->license_id);
	lb_jw_str(w, "visibility", s->visibility);
	lb_jw_bool(w, "stub", true);
	lb_jw_str(w, "withheld", s->withheld);
}

static void write_our_fields(struct lb_jw *w, const struct lb_package *p, const struct lb_photo *photo,
	const struct lb_summary *s)
{
	lb_writer_jw_text(w, "ownerName", photo->owner.username);
	lb_writer_jw_date(w, "capturedAt", photo->captured);
	write_taken_as_stated(w, &photo->taken);
	lb_writer_jw_date(w, "dateUpdated", photo->date_updated);
	lb_writer_jw_count(w, "rotation", photo->rotation);
	lb_writer_jw_flag(w, "hasPeople", photo->has_people);
	lb_writer_jw_text(w, "server", photo->server);
	lb_writer_jw_text(w, "farm", photo->farm);
	write_flags(w, photo);
	write_video(w, photo);
	write_faves(w, photo);
	write_notes(w, photo);
	write_people(w, photo);
	write_sizes(w, photo);
	write_exif(w, photo);
	write_license_history(w, photo);
	write_selected_by(w, p, photo);
	lb_jw_bool(w, "stub", false);
	lb_writer_jw_text(w, "withheld", s->withheld);
	write_gaps(w, p, photo->id);
}

int lb_writer_photo_file(struct lb_package *p, const struct lb_photo *photo, const struct lb_summary *s, long number,
	struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_buf_addf(&path, "data/%s", s->metadata_path);
	struct lb_buf *text = &p->scratch;
	struct lb_jw w;
	lb_buf_reset(text);
	lb_buf_adds(text, "const photo = ");
	lb_jw_begin(&w, text, false);
	lb_jw_object(&w, NULL);
	if (s->stub) {
		write_stub(&w, s);
	} else {
		write_foundation_fields(&w, photo, s);
		write_our_fields(&w, p, photo, s);
	}
	lb_jw_end(&w);
	lb_buf_adds(text, ";\n");
	LB_TRY(lb_buf_check(text, lb_buf_str(&path), err));
	struct lb_out *out;
	LB_TRY(lb_package_create(p, lb_buf_str(&path), &out, err));
	lb_out_add(out, text->p, text->len);
	return lb_writer_close_for(p, lb_buf_str(&path), out, number, err);
}
