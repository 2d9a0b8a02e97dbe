/* The counts of lifeboat.json, counted. */
#include <string.h>

#include "format/verify/life_private.h"

static const struct { const char *name, *index, *list; } counts[LB_COUNTED] = {
	[LB_COUNT_FILES] = {"files", NULL, NULL},
	[LB_COUNT_BYTES] = {"bytes", NULL, NULL},
	[LB_COUNT_PHOTOS] = {"photos", NULL, NULL},
	[LB_COUNT_MISSING] = {"missing", NULL, NULL},
	[LB_COUNT_PLANNED] = {"planned", NULL, NULL},
	[LB_COUNT_ORIGINALS] = {"originals", NULL, NULL},
	[LB_COUNT_THUMBNAILS] = {"thumbnails", NULL, NULL},
	[LB_COUNT_ICONS] = {"icons", NULL, NULL},
	[LB_COUNT_STUBS] = {"stubs", NULL, NULL},
	[LB_COUNT_VIDEOS] = {"videos", NULL, NULL},
	[LB_COUNT_ALBUMS] = {"albums", "albumIndex", NULL},
	[LB_COUNT_GALLERIES] = {"galleries", "galleryIndex", NULL},
	[LB_COUNT_GROUPS] = {"groups", "groupIndex", NULL},
	[LB_COUNT_COLLECTIONS] = {"collections", "collectionIndex", NULL},
	[LB_COUNT_CONTRIBUTORS] = {"contributors", "contributorIndex", NULL},
	[LB_COUNT_PROFILES] = {"profiles", "profileIndex", NULL},
	[LB_COUNT_GAPS] = {"gaps", "missing", NULL},
	[LB_COUNT_CONSENTS] = {"consents", "consentIndex", "consent"},
	[LB_COUNT_COMMENTS] = {"comments", NULL, "comments"},
	[LB_COUNT_FAVES] = {"faves", NULL, "faves"},
	[LB_COUNT_TAGS] = {"tags", NULL, "tags"},
	[LB_COUNT_NOTES] = {"notes", NULL, "notes"},
	[LB_COUNT_PEOPLE] = {"people", NULL, "people"},
};

void lb_life_count(struct lb_life *life, enum lb_counted what, uint64_t n)
{
	__atomic_fetch_add(&life->counted[what], n, __ATOMIC_RELAXED);
}

void lb_life_count_index(struct lb_life *life, const char *name, const struct lb_json *index)
{
	for (int i = 0; i < LB_COUNTED; i++) {
		if (!counts[i].index || strcmp(counts[i].index, name) != 0)
			continue;
		life->unread[i] = !index;
		lb_life_count(life, (enum lb_counted)i, lb_json_count(counts[i].list ? lb_json_get(index, counts[i].list) : index));
	}
}

/* Whether it is a video, and its lists. */
static bool is_of_photos(int i)
{
	return i == LB_COUNT_VIDEOS || (counts[i].list && !counts[i].index);
}

void lb_life_count_photo(struct lb_life *life, const struct lb_json *photo)
{
	const char *media = lb_json_get_str(photo, "media");
	for (int i = 0; i < LB_COUNTED; i++) {
		if (!photo && is_of_photos(i))
			__atomic_store_n(&life->unread[i], true, __ATOMIC_RELAXED);
		else if (is_of_photos(i) && counts[i].list)
			lb_life_count(life, (enum lb_counted)i, lb_json_count(lb_json_get(photo, counts[i].list)));
	}
	if (media && strcmp(media, "video") == 0)
		lb_life_count(life, LB_COUNT_VIDEOS, 1);
}

static void count_rest(struct lb_life *life)
{
	size_t missing = lb_json_count(lb_json_get(life->info, "missing"));
	lb_life_count(life, LB_COUNT_PHOTOS, life->count);
	lb_life_count(life, LB_COUNT_MISSING, missing);
	lb_life_count(life, LB_COUNT_PLANNED, life->count + missing);
	for (size_t i = 0; i < life->count; i++)
		lb_life_count(life, LB_COUNT_STUBS, life->stubs[i]);
}

void lb_life_counts(struct lb_life *life)
{
	const struct lb_json *told = lb_json_get(life->info, "counts");
	count_rest(life);
	for (int i = 0; i < LB_COUNTED; i++) {
		int64_t n = lb_json_int(lb_json_get(told, counts[i].name), -1);
		if (!life->unread[i] && (n < 0 || (uint64_t)n != life->counted[i]))
			lb_found(life->v, "LB-012", "lifeboat.json", "counts.%s is %lld, but there are %llu", counts[i].name, (long long)n,
				(unsigned long long)life->counted[i]);
	}
}
