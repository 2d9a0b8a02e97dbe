/* Entries of contributorIndex, albumIndex, galleryIndex and groupIndex. `entry` NULL: only the id is known. */
#include <string.h>

#include "format/foundation/foundation.h"

static int64_t count_of(const struct lb_json *entry, const char *key)
{
	int64_t n = lb_json_int(lb_json_get(entry, key), LB_UNKNOWN);
	return n >= 0 ? n : LB_UNKNOWN;
}

/* true, false, 1, 0 */
static int flag_of(const struct lb_json *entry, const char *key)
{
	const struct lb_json *v = lb_json_get(entry, key);
	int64_t n = lb_json_int(v, LB_UNKNOWN);
	if (lb_json_bool(v, false) == lb_json_bool(v, true))
		return lb_json_bool(v, false);
	return n == 0 || n == 1 ? (int)n : LB_UNKNOWN;
}

static int64_t date_of(const struct lb_json *entry, const char *key)
{
	return lb_foundation_date(lb_json_get_str(entry, key));
}

/* NULL: there is no list. */
static const char **photo_ids(const struct lb_json *entry, struct lb_arena *arena, size_t *count)
{
	const struct lb_json *list = lb_json_get(entry, "photoIds");
	if (!lb_json_is_array(list))
		return NULL;
	const char **ids = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *ids);
	for (size_t i = 0; i < lb_json_count(list); i++)
		if (lb_json_str(lb_json_at(list, i)))
			ids[(*count)++] = lb_json_str(lb_json_at(list, i));
	return ids;
}

void lb_foundation_person(const char *key, const struct lb_json *entry, struct lb_person *out)
{
	lb_person_init(out);
	out->nsid = key;
	out->username = lb_json_get_str(entry, "username");
	out->realname = lb_json_get_str(entry, "realname");
	out->path_alias = lb_json_get_str(entry, "pathAlias");
	out->location = lb_json_get_str(entry, "location");
	out->description = lb_json_get_str(entry, "description");
	out->iconserver = lb_json_get_str(entry, "iconserver");
	out->iconfarm = lb_json_get_str(entry, "iconfarm");
	out->is_deleted = flag_of(entry, "isDeleted");
	out->is_pro = flag_of(entry, "isPro");
	out->count_photos = count_of(entry, "countPhotos");
	out->first_date = date_of(entry, "dateFirstUploaded");
	out->first_taken = lb_json_get_str(entry, "dateFirstTaken");
}

void lb_foundation_album(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_album *out)
{
	*out = (struct lb_album){.id = key, .title = lb_json_get_str(entry, "title"), .description = lb_json_get_str(entry, "description"),
		.owner_id = lb_json_get_str(entry, "ownerId"), .owner_name = lb_json_get_str(entry, "ownerName"),
		.primary_photo_id = lb_json_get_str(entry, "primaryPhotoId"), .count_photos = count_of(entry, "countPhotos"),
		.count_videos = count_of(entry, "countVideos"), .count_views = count_of(entry, "countViews"),
		.count_comments = count_of(entry, "countComments"), .date_created = date_of(entry, "dateCreated"),
		.date_updated = date_of(entry, "dateUpdated")};
	out->photo_ids = photo_ids(entry, arena, &out->nphoto_ids);
	lb_foundation_comments(lb_json_get(entry, "comments"), arena, &out->comments, &out->ncomments);
}

/* What the curator wrote beside a photo. */
static const char *word_beside(const struct lb_json *entry, const char *photo_id)
{
	const struct lb_json *words = lb_json_get(entry, "photoComments");
	for (size_t i = 0; i < lb_json_count(words); i++) {
		const char *id = lb_json_get_str(lb_json_at(words, i), "photoId");
		if (id && strcmp(id, photo_id) == 0)
			return lb_json_get_str(lb_json_at(words, i), "text");
	}
	return NULL;
}

#define GALLERY_WORDS_MAX 500 /* Flickr lets a gallery have so many photos; more would cost the square of their number */

void lb_foundation_gallery(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_gallery *out)
{
	size_t count = 0;
	*out = (struct lb_gallery){.id = key, .url = lb_json_get_str(entry, "url"), .title = lb_json_get_str(entry, "title"),
		.description = lb_json_get_str(entry, "description"), .primary_photo_id = lb_json_get_str(entry, "primaryPhotoId"),
		.count_photos = count_of(entry, "countPhotos"), .count_videos = count_of(entry, "countVideos"),
		.count_views = count_of(entry, "countViews"), .count_comments = count_of(entry, "countComments"),
		.date_created = date_of(entry, "dateCreated"), .date_updated = date_of(entry, "dateUpdated")};
	lb_person_init(&out->owner);
	out->owner.nsid = lb_json_get_str(entry, "ownerId");
	out->owner.username = lb_json_get_str(entry, "ownerName");
	const char **ids = photo_ids(entry, arena, &count);
	if (!ids)
		return;
	bool few = lb_json_count(lb_json_get(entry, "photoComments")) <= GALLERY_WORDS_MAX;
	out->items = lb_arena_alloc(arena, (count + 1) * sizeof *out->items);
	for (size_t i = 0; i < count; i++)
		out->items[out->nitems++] = (struct lb_gallery_item){ids[i], few ? word_beside(entry, ids[i]) : NULL};
}

void lb_foundation_group(const char *key, const struct lb_json *entry, struct lb_arena *arena, struct lb_group *out)
{
	const char *name = lb_json_get_str(entry, "name");
	*out = (struct lb_group){.id = key, .title = name ? name : lb_json_get_str(entry, "title"), .url = lb_json_get_str(entry, "url"),
		.iconserver = lb_json_get_str(entry, "iconserver"), .iconfarm = lb_json_get_str(entry, "iconfarm"),
		.members = count_of(entry, "members"), .pool_count = count_of(entry, "poolCount"),
		.topic_count = count_of(entry, "topicCount"), .privacy = count_of(entry, "privacy"),
		.eighteen_plus = flag_of(entry, "eighteenPlus"), .moderated = flag_of(entry, "ispoolmoderated"),
		.description = lb_json_get_str(entry, "description"), .rules = lb_json_get_str(entry, "rules"),
		.lang = lb_json_get_str(entry, "lang"), .date_created = lb_json_get_str(entry, "dateCreated")};
	out->photo_ids = photo_ids(entry, arena, &out->nphoto_ids);
}
