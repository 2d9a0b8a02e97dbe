/* What a plan comes to: counts by licence, owner, visibility …, and estimates of calls, bytes and hours. */
#include "lifeboat/creator/creator.h"

#include <stdlib.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"

/* Typical shares of photos with any comment, and bytes a pixel of a camera's JPEG: estimates, said to be such. */
#define SHARE_WITH_COMMENTS 0.5
#define SHARE_WITH_PEOPLE 0.1
#define BYTES_PER_PIXEL 0.35
#define PIXELS_WHEN_UNKNOWN 3000000

static int by_count(const void *a, const void *b)
{
	const struct lb_tally *x = a, *y = b;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->name, y->name);
}

static const char *photo_license(const struct lb_plan_photo *p, struct lb_arena *a)
{
	return p->license_id ? lb_license_slug(p->license_id, a) : NULL;
}
static const char *photo_owner(const struct lb_plan_photo *p, struct lb_arena *a)
{
	if (p->owner_id && p->owner_name)
		return lb_arena_printf(a, "%s (%s)", p->owner_name, p->owner_id);
	return p->owner_id;
}
static const char *photo_visibility(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return p->visibility;
}
static const char *photo_media(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return p->media;
}
static const char *photo_download(const struct lb_plan_photo *p, struct lb_arena *a)
{
	(void)a;
	return p->original_offered == LB_UNKNOWN ? NULL : p->original_offered ? "original offered" : "original not offered";
}

static void tally(const struct lb_plan *plan, const char *(*value)(const struct lb_plan_photo *, struct lb_arena *), struct lb_arena *arena, struct lb_tally **out, size_t *count)
{
	LB_AUTO(lb_map_clear) struct lb_map counts = { 0 };
	for (size_t i = 0; i < plan->nphotos; i++) {
		const char *name = value(&plan->photos[i], arena);
		struct lb_span key = lb_span(name ? name : "not known before asking");
		size_t n = 0;
		lb_map_get(&counts, key, &n);
		lb_map_put(&counts, key, n + 1);
	}
	struct lb_tally *list = lb_arena_alloc(arena, counts.count * sizeof *list);
	for (size_t i = 0; i < counts.count; i++)
		list[i] = (struct lb_tally){ lb_arena_strndup(arena, counts.items[i].key, counts.items[i].len), counts.items[i].value };
	if (counts.count)
		qsort(list, counts.count, sizeof *list, by_count);
	*out = list;
	*count = counts.count;
}

/* Calls for one photo at the default layers: those always made, and those that depend on what is around it. */
static double photo_calls(const struct lb_plan_photo *p)
{
	double calls = 0;
	for (size_t i = 0; i < lb_layer_count; i++)
		calls += lb_layers[i].wanted ? 0 : 1;
	calls += p->comments == LB_UNKNOWN ? SHARE_WITH_COMMENTS : p->comments > 0 ? 1 : 0;
	return calls + SHARE_WITH_PEOPLE;
}

void lb_plan_sum(const struct lb_plan *plan, size_t calls_per_hour, struct lb_plan_sums *out)
{
	struct lb_plan_sums s = { 0 };
	double calls = 1, bytes = 0; /* the licence table */
	tally(plan, photo_license, &s.arena, &s.licenses, &s.nlicenses);
	tally(plan, photo_owner, &s.arena, &s.owners, &s.nowners);
	tally(plan, photo_visibility, &s.arena, &s.visibilities, &s.nvisibilities);
	tally(plan, photo_media, &s.arena, &s.media, &s.nmedia);
	tally(plan, photo_download, &s.arena, &s.downloads, &s.ndownloads);
	for (size_t i = 0; i < plan->nphotos; i++) {
		const struct lb_plan_photo *p = &plan->photos[i];
		calls += photo_calls(p);
		bytes += BYTES_PER_PIXEL * (double)(p->pixels ? p->pixels : PIXELS_WHEN_UNKNOWN);
	}
	s.calls = (uint64_t)(calls + 0.5) + s.nowners;
	s.bytes = (uint64_t)bytes;
	s.hours = (double)s.calls / (double)(calls_per_hour ? calls_per_hour : 3600);
	*out = s;
}

void lb_plan_sums_clear(struct lb_plan_sums *s)
{
	lb_arena_clear(&s->arena);
	*s = (struct lb_plan_sums){ 0 };
}
