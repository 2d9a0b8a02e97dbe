/* A photo as the Foundation's files tell of it, in the words of our model; of our own additions those that stand in a package's data/. */
#include <stdio.h>
#include <string.h>

#include "format/foundation/foundation.h"

/* ---- small values ---- */

static const struct { const char *word; int64_t number; } granularities[] = {
	{"second", 0}, {"month", 4}, {"year", 6}, {"circa", 8},
};

int64_t lb_foundation_granularity(const char *word)
{
	for (size_t i = 0; word && i < LB_COUNT(granularities); i++)
		if (strcmp(granularities[i].word, word) == 0)
			return granularities[i].number;
	return LB_UNKNOWN;
}

bool lb_foundation_is_id(const char *id)
{
	size_t n = strlen(id);
	return n > 0 && n <= 64 && strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@.-") == n;
}

int64_t lb_foundation_date(const char *iso)
{
	int64_t at;
	return iso && lb_time_parse(lb_span(iso), &at) ? at : LB_UNKNOWN;
}

/* The file's own word, else that of the index. */
static const struct lb_json *told(const struct lb_json *photo, const struct lb_json *entry, const char *key)
{
	const struct lb_json *value = lb_json_get(photo, key);
	return value ? value : lb_json_get(entry, key);
}

static const char *told_text(const struct lb_json *photo, const struct lb_json *entry, const char *key)
{
	return lb_json_str(told(photo, entry, key));
}

static int64_t count_of(const struct lb_json *v)
{
	int64_t n = lb_json_int(v, LB_UNKNOWN);
	return n >= 0 ? n : LB_UNKNOWN;
}

static int flag_of(const struct lb_json *v)
{
	if (lb_json_bool(v, false) != lb_json_bool(v, true))
		return LB_UNKNOWN;
	return lb_json_bool(v, false);
}

/* Text, or a number as the shortest text that reads back equal. */
static const char *text_of(const struct lb_json *v, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64);
	struct lb_jw w;
	if (lb_json_str(v) || lb_json_num(v, 0) != lb_json_num(v, 1))
		return lb_json_str(v);
	lb_jw_begin(&w, &b, true);
	lb_jw_num(&w, NULL, lb_json_num(v, 0));
	return lb_arena_strdup(arena, lb_buf_str(&b));
}

/* ---- files ---- */

bool lb_foundation_checksum(const struct lb_foundation_file *file, enum lb_hash *out)
{
	static const enum lb_hash known[] = {LB_MD5, LB_SHA1, LB_SHA256, LB_SHA512};
	size_t n = file->checksum ? strlen(file->checksum) : 0;
	for (size_t i = 0; i < LB_COUNT(known); i++)
		if (n == lb_hash_hex_len(known[i]) && strspn(file->checksum, "0123456789abcdefABCDEF") == n) {
			*out = known[i];
			return true;
		}
	return false;
}

static void take_size(const struct lb_json *v, struct lb_foundation_file *out)
{
	out->width = count_of(lb_json_get(v, "width"));
	out->height = count_of(lb_json_get(v, "height"));
}

bool lb_foundation_file(const struct lb_json *photo, const struct lb_json *entry, enum lb_role role, struct lb_foundation_file *out)
{
	static const char *const roles[LB_ROLE_COUNT] = {[LB_ORIGINAL] = "original", [LB_THUMBNAIL] = "thumbnail"};
	const struct lb_json *file = lb_json_get(lb_json_get(photo, "files"), roles[role]);
	const struct lb_json *listed = role == LB_THUMBNAIL ? lb_json_get(entry, "thumbnail") : NULL;
	*out = (struct lb_foundation_file){.size = LB_UNKNOWN, .width = LB_UNKNOWN, .height = LB_UNKNOWN,
		.captured = LB_UNKNOWN};
	out->object = lb_json_is_object(file);
	out->path = lb_json_str(file) ? lb_json_str(file) : lb_json_get_str(file, "path");
	out->label = lb_json_get_str(file, "label");
	out->type = lb_json_get_str(file, "content_type");
	out->checksum = lb_json_get_str(file, "checksum");
	out->algorithm = lb_json_get_str(file, "checksumAlgorithm");
	out->url = lb_json_get_str(file, "sourceUrl");
	out->size = count_of(lb_json_get(file, "size"));
	out->captured = lb_foundation_date(lb_json_get_str(file, "capturedAt"));
	take_size(file, out);
	const char *path = lb_json_get_str(listed, "path");
	if (path && (!out->path || (strcmp(path, out->path) == 0 && out->width < 0))) {
		out->path = path;
		take_size(listed, out);
	}
	return out->path != NULL;
}

void lb_foundation_photo_path(struct lb_buf *b, const char *id, const struct lb_json *entry)
{
	const char *path = lb_json_get_str(entry, "metadataPath");
	if (path && lb_path_is_safe(lb_span(path), NULL))
		lb_buf_adds(b, path);
	else
		lb_layout_metadata(b, id);
}

/* ---- parts of a photo ---- */

static void take_taken(const struct lb_json *v, const struct lb_json *stated, struct lb_taken *out)
{
	const char *word = lb_json_get_str(v, "granularity");
	int64_t number = lb_foundation_granularity(word);
	*out = (struct lb_taken){.value = lb_json_get_str(v, "value"), .granularity = LB_UNKNOWN, .unknown = LB_UNKNOWN};
	if (out->value)
		out->granularity = number >= 0 || !word ? number : 8; /* a word that we do not know claims nothing */
	if (lb_json_is_object(stated)) { /* ours */
		out->value = out->value ? out->value : lb_json_get_str(stated, "value");
		out->granularity = lb_json_int(lb_json_get(stated, "granularity"), out->granularity);
		out->unknown = flag_of(lb_json_get(stated, "unknown"));
	}
}

static int64_t context_of(const struct lb_json *v)
{
	static const char *const words[] = {"", "indoors", "outdoors"};
	for (size_t i = 1; lb_json_str(v) && i < LB_COUNT(words); i++)
		if (strcmp(lb_json_str(v), words[i]) == 0)
			return (int64_t)i;
	return count_of(v);
}

static void take_location(const struct lb_json *v, struct lb_arena *arena, struct lb_location *out)
{
	const char *here = lb_json_get_str(v, "neighborhood");
	out->latitude = text_of(lb_json_get(v, "latitude"), arena);
	out->longitude = text_of(lb_json_get(v, "longitude"), arena);
	out->present = out->latitude && out->longitude;
	out->accuracy = count_of(lb_json_get(v, "accuracy"));
	out->context = context_of(lb_json_get(v, "context"));
	out->neighbourhood = here ? here : lb_json_get_str(v, "neighbourhood");
	out->locality = lb_json_get_str(v, "locality");
	out->county = lb_json_get_str(v, "county");
	out->region = lb_json_get_str(v, "region");
	out->country = lb_json_get_str(v, "country");
}

static void take_tags(const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	size_t count = lb_json_count(list);
	out->tags = lb_arena_alloc(arena, (count + 1) * sizeof *out->tags);
	for (size_t i = 0; i < count; i++) {
		const struct lb_json *tag = lb_json_at(list, i);
		const char *word = lb_json_str(tag); /* as in the index */
		struct lb_tag t = {.id = lb_json_get_str(tag, "id"), .author_id = lb_json_get_str(tag, "authorId"),
			.raw = word ? word : lb_json_get_str(tag, "rawValue"),
			.normalized = word ? word : lb_json_get_str(tag, "normalizedValue"),
			.machine = flag_of(lb_json_get(tag, "isMachineTag"))};
		if (t.raw || t.normalized)
			out->tags[out->ntags++] = t;
	}
}

void lb_foundation_comments(const struct lb_json *list, struct lb_arena *arena, struct lb_comment **out, size_t *count)
{
	size_t n = lb_json_count(list);
	struct lb_comment *comments = lb_arena_alloc(arena, (n + 1) * sizeof *comments);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct lb_json *c = lb_json_at(list, i);
		if (!lb_json_is_object(c))
			continue;
		struct lb_comment *to = &comments[(*count)++];
		*to = (struct lb_comment){.id = lb_json_get_str(c, "id"), .permalink = lb_json_get_str(c, "permalink"),
			.text = lb_json_get_str(c, "text"), .date = lb_foundation_date(lb_json_get_str(c, "date"))};
		lb_person_init(&to->author);
		to->author.nsid = lb_json_get_str(c, "authorId");
	}
	*out = comments;
}

static const struct visibility { const char *word; int is_public, is_friend, is_family; } visibilities[] = {
	{"public", 1, 0, 0}, {"private", 0, 0, 0}, {"friends only", 0, 1, 0}, {"family only", 0, 0, 1}, {"friends and family", 0, 1, 1},
};

static void take_words(const struct lb_json *photo, const struct lb_json *entry, struct lb_photo *out)
{
	const char *visibility = told_text(photo, entry, "visibility"), *safety = lb_json_get_str(photo, "safetyLevel");
	for (size_t i = 0; visibility && i < LB_COUNT(visibilities); i++)
		if (strcmp(visibilities[i].word, visibility) == 0) {
			out->is_public = visibilities[i].is_public;
			out->is_friend = visibilities[i].is_friend;
			out->is_family = visibilities[i].is_family;
		}
	for (int64_t i = 0; safety && lb_safety_name(i); i++)
		if (strcmp(lb_safety_name(i), safety) == 0)
			out->safety_level = i;
}

/* Sets that the photo says it is in: only their ids. */
static void take_sets(const struct lb_json *photo, struct lb_arena *arena, struct lb_photo *out)
{
	const struct lb_json *albums = lb_json_get(photo, "albumIds"), *galleries = lb_json_get(photo, "galleryIds"),
		*groups = lb_json_get(photo, "groupIds");
	out->albums = lb_arena_alloc(arena, (lb_json_count(albums) + 1) * sizeof *out->albums);
	out->galleries = lb_arena_alloc(arena, (lb_json_count(galleries) + 1) * sizeof *out->galleries);
	out->groups = lb_arena_alloc(arena, (lb_json_count(groups) + 1) * sizeof *out->groups);
	for (size_t i = 0; i < lb_json_count(albums); i++)
		if (lb_json_str(lb_json_at(albums, i)))
			lb_foundation_album(lb_json_str(lb_json_at(albums, i)), NULL, arena, &out->albums[out->nalbums++]);
	for (size_t i = 0; i < lb_json_count(galleries); i++)
		if (lb_json_str(lb_json_at(galleries, i)))
			lb_foundation_gallery(lb_json_str(lb_json_at(galleries, i)), NULL, arena, &out->galleries[out->ngalleries++]);
	for (size_t i = 0; i < lb_json_count(groups); i++)
		if (lb_json_str(lb_json_at(groups, i)))
			lb_foundation_group(lb_json_str(lb_json_at(groups, i)), NULL, arena, &out->groups[out->ngroups++]);
}

static void take_counts(const struct lb_json *photo, const struct lb_json *entry, struct lb_photo *out)
{
	out->count_comments = count_of(told(photo, entry, "countComments"));
	out->count_faves = count_of(told(photo, entry, "countFaves"));
	out->views = count_of(told(photo, entry, "countViews"));
}

static const char *media_of(const struct lb_json *photo, const struct lb_json *entry)
{
	const char *media = lb_json_get_str(photo, "media");
	media = media ? media : lb_json_get_str(photo, "mediaType");
	return media ? media : lb_json_get_str(entry, "media");
}

/* ---- our additions ---- */

static void take_faves(const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	out->faves = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *out->faves);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *fave = lb_json_at(list, i);
		if (!lb_json_get_str(fave, "personId"))
			continue;
		struct lb_fave *to = &out->faves[out->nfaves++];
		lb_person_init(&to->person);
		to->person.nsid = lb_json_get_str(fave, "personId");
		to->date = lb_foundation_date(lb_json_get_str(fave, "date"));
	}
}

static void take_notes(const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	out->notes = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *out->notes);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *note = lb_json_at(list, i);
		if (!lb_json_is_object(note))
			continue;
		struct lb_note *to = &out->notes[out->nnotes++];
		*to = (struct lb_note){.id = lb_json_get_str(note, "id"), .text = lb_json_get_str(note, "text"),
			.x = count_of(lb_json_get(note, "x")), .y = count_of(lb_json_get(note, "y")),
			.w = count_of(lb_json_get(note, "width")), .h = count_of(lb_json_get(note, "height"))};
		lb_person_init(&to->author);
		to->author.nsid = lb_json_get_str(note, "authorId");
	}
}

static void take_people(const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	out->people = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *out->people);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *person = lb_json_at(list, i), *box = lb_json_get(person, "boundingBox");
		if (!lb_json_get_str(person, "personId"))
			continue;
		struct lb_depicted *to = &out->people[out->npeople++];
		*to = (struct lb_depicted){.added_by = lb_json_get_str(person, "addedById"), .has_box = lb_json_is_object(box),
			.x = count_of(lb_json_get(box, "x")), .y = count_of(lb_json_get(box, "y")),
			.w = count_of(lb_json_get(box, "width")), .h = count_of(lb_json_get(box, "height"))};
		lb_person_init(&to->person);
		to->person.nsid = lb_json_get_str(person, "personId");
	}
}

static void take_exif(const struct lb_json *exif, struct lb_arena *arena, struct lb_photo *out)
{
	const struct lb_json *tags = lb_json_get(exif, "tags");
	out->camera = lb_json_get_str(exif, "camera");
	const char *source = lb_json_get_str(exif, "source");
	if (source && (strcmp(source, "file") == 0 || strcmp(source, "api") == 0))
		out->exif_source = source;
	out->exif = lb_arena_alloc(arena, (lb_json_count(tags) + 1) * sizeof *out->exif);
	for (size_t i = 0; i < lb_json_count(tags); i++) {
		const struct lb_json *t = lb_json_at(tags, i);
		if (lb_json_is_object(t))
			out->exif[out->nexif++] = (struct lb_exif){lb_json_get_str(t, "tagspace"), lb_json_get_str(t, "tagspaceId"),
				lb_json_get_str(t, "tag"), lb_json_get_str(t, "label"), lb_json_get_str(t, "rawValue"),
				lb_json_get_str(t, "cleanValue")};
	}
}

static void take_license_history(const struct lb_json *photo, struct lb_arena *arena, struct lb_photo *out)
{
	const struct lb_json *list = lb_json_get(photo, "licenseHistory");
	out->license_history_known = lb_json_bool(lb_json_get(photo, "licenseHistoryKnown"), false) ? 1 : LB_UNKNOWN;
	out->license_changes = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *out->license_changes);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *c = lb_json_at(list, i), *before = lb_json_get(c, "oldLicense"), *after = lb_json_get(c, "newLicense");
		if (lb_json_is_object(before) && lb_json_is_object(after))
			out->license_changes[out->nlicense_changes++] = (struct lb_license_change){
				lb_foundation_date(lb_json_get_str(c, "dateChanged")), lb_json_get_str(before, "label"),
				lb_json_get_str(before, "url"), lb_json_get_str(after, "label"), lb_json_get_str(after, "url")};
	}
}

static void take_sizes(const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	out->sizes = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *out->sizes);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *s = lb_json_at(list, i);
		if (lb_json_is_object(s))
			out->sizes[out->nsizes++] = (struct lb_size){lb_json_get_str(s, "label"), lb_json_get_str(s, "source"),
				lb_json_get_str(s, "url"), lb_json_get_str(s, "media"), count_of(lb_json_get(s, "width")),
				count_of(lb_json_get(s, "height"))};
	}
}

static const struct flag { const char *group, *name; size_t at; } flags[] = {
	{"usage", "canDownload", offsetof(struct lb_photo, can_download)}, {"usage", "canBlog", offsetof(struct lb_photo, can_blog)},
	{"usage", "canPrint", offsetof(struct lb_photo, can_print)}, {"usage", "canShare", offsetof(struct lb_photo, can_share)},
	{"editability", "canComment", offsetof(struct lb_photo, can_comment)},
	{"editability", "canAddMeta", offsetof(struct lb_photo, can_add_meta)},
	{"publicEditability", "canComment", offsetof(struct lb_photo, public_can_comment)},
	{"publicEditability", "canAddMeta", offsetof(struct lb_photo, public_can_add_meta)},
	{"locationVisibility", "isPublic", offsetof(struct lb_photo, geo_is_public)},
	{"locationVisibility", "isContact", offsetof(struct lb_photo, geo_is_contact)},
	{"locationVisibility", "isFriend", offsetof(struct lb_photo, geo_is_friend)},
	{"locationVisibility", "isFamily", offsetof(struct lb_photo, geo_is_family)},
};

static void take_ours(const struct lb_json *photo, struct lb_arena *arena, struct lb_photo *out)
{
	const struct lb_json *video = lb_json_get(photo, "videoInfo");
	for (size_t i = 0; i < LB_COUNT(flags); i++)
		*(int *)(void *)((char *)out + flags[i].at) = flag_of(lb_json_get(lb_json_get(photo, flags[i].group), flags[i].name));
	out->server = lb_json_get_str(photo, "server");
	out->farm = lb_json_get_str(photo, "farm");
	out->rotation = count_of(lb_json_get(photo, "rotation"));
	out->has_people = flag_of(lb_json_get(photo, "hasPeople"));
	out->date_updated = lb_foundation_date(lb_json_get_str(photo, "dateUpdated"));
	out->captured = lb_foundation_date(lb_json_get_str(photo, "capturedAt"));
	out->video_duration = count_of(lb_json_get(video, "duration"));
	out->video_width = count_of(lb_json_get(video, "width"));
	out->video_height = count_of(lb_json_get(video, "height"));
	take_faves(lb_json_get(photo, "faves"), arena, out);
	take_notes(lb_json_get(photo, "notes"), arena, out);
	take_people(lb_json_get(photo, "people"), arena, out);
	take_sizes(lb_json_get(photo, "sizes"), arena, out);
	take_exif(lb_json_get(photo, "exif"), arena, out);
	take_license_history(photo, arena, out);
	if (lb_json_bool(lb_json_get(photo, "stub"), false))
		out->withheld = lb_json_get_str(photo, "withheld");
}

/* ---- the whole ---- */

void lb_foundation_photo(const char *id, const struct lb_json *photo, const struct lb_json *entry, struct lb_arena *arena, struct lb_photo *out)
{
	lb_photo_init(out);
	out->id = id;
	out->secret = lb_json_get_str(photo, "secret");
	out->url = lb_json_get_str(photo, "url");
	out->title = told_text(photo, entry, "title");
	out->description = lb_json_get_str(photo, "description");
	out->owner.nsid = told_text(photo, entry, "uploaderId");
	out->owner.username = lb_json_get_str(photo, "ownerName");
	out->license_id = lb_license_number(told_text(photo, entry, "licenseId"));
	out->date_posted = lb_foundation_date(told_text(photo, entry, "dateUploaded"));
	out->original_format = lb_json_get_str(photo, "originalFormat");
	out->media = media_of(photo, entry);
	take_taken(told(photo, entry, "dateTaken"), lb_json_get(photo, "dateTakenStated"), &out->taken);
	take_location(lb_json_get(photo, "location"), arena, &out->location);
	take_tags(told(photo, entry, "tags"), arena, out);
	take_words(photo, entry, out);
	take_counts(photo, entry, out);
	take_sets(photo, arena, out);
	lb_foundation_comments(lb_json_get(photo, "comments"), arena, &out->comments, &out->ncomments);
	take_ours(photo, arena, out);
}
