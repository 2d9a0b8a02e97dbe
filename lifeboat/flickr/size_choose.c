/* Which of the sizes that Flickr offers is kept. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

/* Best first. "Video Player" is a Flash program, appletv and iphone_wifi are small copies of odd shape. */
static const char *const streams[] = {
	"Video Original", "orig", "1080p", "720p", "HD MP4", "700", "360p", "Site MP4", "288p", "300", "Mobile MP4",
	"100", "appletv", "iphone_wifi", NULL,
};
/* Nearest to 320 px first; 240 px is called Small, 500 px Medium. */
static const char *const thumbnails[] = {
	"Small 320", "Small 400", "Small", "Medium", "Large Square", "Thumbnail", "Square", NULL,
};
static const char *const originals[] = { "Original", NULL };

static bool is_original(const struct lb_size *s)
{
	return s->label &&
	       (!strcmp(s->label, "Original") || !strcmp(s->label, "Video Original") || !strcmp(s->label, "orig"));
}

static bool is_of(const struct lb_size *s, const char *media)
{
	return !strcmp(s->media ? s->media : "photo", media);
}

/* May this row be fetched as this kind of media? An original that the owner keeps counts as not offered. */
static bool is_offered(const struct lb_photo *p, const struct lb_size *s, const char *media)
{
	return is_of(s, media) && !(is_original(s) && p->can_download == 0) && s->source &&
		lb_field_is_link(s->source);
}

static const struct lb_size *by_labels(const struct lb_photo *p, const char *const *labels, const char *media)
{
	for (; *labels; labels++) {
		for (size_t i = 0; i < p->nsizes; i++) {
			const struct lb_size *s = &p->sizes[i];
			if (s->label && !strcmp(s->label, *labels) && is_offered(p, s, media))
				return s;
		}
	}
	return NULL;
}

static double area(const struct lb_size *s)
{
	return s->width > 0 && s->height > 0 ? (double)s->width * (double)s->height : 0;
}

/* By pixels; of rows that do not tell theirs the last, as Flickr lists the smallest first. */
static const struct lb_size *largest_photo(const struct lb_photo *p)
{
	const struct lb_size *best = NULL;
	for (size_t i = 0; i < p->nsizes; i++) {
		if (is_offered(p, &p->sizes[i], "photo") && (!best || area(&p->sizes[i]) >= area(best)))
			best = &p->sizes[i];
	}
	return best;
}

static const struct lb_size *smallest_photo(const struct lb_photo *p)
{
	const struct lb_size *best = NULL;
	for (size_t i = 0; i < p->nsizes; i++) {
		if (is_offered(p, &p->sizes[i], "photo") && (!best || area(&p->sizes[i]) < area(best)))
			best = &p->sizes[i];
	}
	return best;
}

static const struct lb_size *choose_original(const struct lb_photo *p)
{
	if (p->media && !strcmp(p->media, "video"))
		return by_labels(p, streams, "video");
	const struct lb_size *original = by_labels(p, originals, "photo");
	return original ? original : largest_photo(p);
}

static const struct lb_size *choose_thumbnail(const struct lb_photo *p)
{
	const struct lb_size *labelled = by_labels(p, thumbnails, "photo");
	return labelled ? labelled : smallest_photo(p);
}

const struct lb_size *lb_size_choose(const struct lb_photo *p, enum lb_role role, const char **why)
{
	const struct lb_size *chosen = role == LB_THUMBNAIL ? choose_thumbnail(p) : choose_original(p);
	if (!chosen)
		*why = p->nsizes == 0 ? "no size is offered" : "no size that may be fetched is offered";
	return chosen;
}
