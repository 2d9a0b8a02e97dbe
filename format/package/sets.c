/* Albums, groups, galleries: which of the photos here, in which order; collections as a tree. Lists may be told before or
 * after the photos, so both are worked out when somebody looks. */
#include <stdlib.h>
#include <string.h>

#include "format/package/writer_private.h"

/* The photos of one set being put together. `stamp` of a photo: the last set (from 1) that has it. */
struct gathering {
	const struct lb_package *p;
	size_t *stamps, stamp;
	size_t *photos; const char **words; size_t count;
};

static void gather(struct gathering *g, size_t photo, const char *word)
{
	if (g->stamps[photo] == g->stamp)
		return;
	g->stamps[photo] = g->stamp;
	g->words[g->count] = g->p->photos[photo].stub ? NULL : word;
	g->photos[g->count++] = photo;
}

static void gather_listed(struct gathering *g, const char *id, const char *word)
{
	size_t photo;
	if (lb_map_get(&g->p->photo_ids, lb_span(id), &photo) && !g->p->photos[photo].missing)
		gather(g, photo, word);
}

static void begin_set(struct gathering *g)
{
	g->stamp++;
	g->count = 0;
}

static void gather_told(struct gathering *g, const struct lb_writer_told *told)
{
	for (size_t i = 0; i < told->count; i++)
		gather(g, told->photos[i], NULL);
}

static const size_t *keep_photos(const struct gathering *g)
{
	size_t *kept = lb_arena_alloc(&g->p->settled->arena, (g->count + 1) * sizeof *kept);
	memcpy(kept, g->photos, g->count * sizeof *kept);
	return kept;
}

static const char *const *keep_words(const struct gathering *g)
{
	const char **kept = lb_arena_alloc(&g->p->settled->arena, (g->count + 1) * sizeof *kept);
	memcpy(kept, g->words, g->count * sizeof *kept);
	return kept;
}

static void settle_albums(struct gathering *g)
{
	struct lb_album_entry *entries = g->p->albums.items;
	for (size_t i = 0; i < g->p->albums.count; i++) {
		begin_set(g);
		for (size_t k = 0; k < entries[i].album.nphoto_ids; k++)
			gather_listed(g, entries[i].album.photo_ids[k], NULL);
		gather_told(g, &g->p->albums.told[i]);
		entries[i].photos = keep_photos(g);
		entries[i].nphotos = g->count;
	}
}

static void settle_groups(struct gathering *g)
{
	struct lb_group_entry *entries = g->p->groups.items;
	for (size_t i = 0; i < g->p->groups.count; i++) {
		begin_set(g);
		for (size_t k = 0; k < entries[i].group.nphoto_ids; k++)
			gather_listed(g, entries[i].group.photo_ids[k], NULL);
		gather_told(g, &g->p->groups.told[i]);
		entries[i].photos = keep_photos(g);
		entries[i].nphotos = g->count;
	}
}

static void settle_galleries(struct gathering *g)
{
	struct lb_gallery_entry *entries = g->p->galleries.items;
	for (size_t i = 0; i < g->p->galleries.count; i++) {
		begin_set(g);
		for (size_t k = 0; k < entries[i].gallery.nitems; k++)
			gather_listed(g, entries[i].gallery.items[k].photo_id, entries[i].gallery.items[k].comment);
		gather_told(g, &g->p->galleries.told[i]);
		entries[i].photos = keep_photos(g);
		entries[i].words = keep_words(g);
		entries[i].nphotos = g->count;
	}
}

/* ---- collections ---- */

struct branches { size_t *first, *next; }; /* numbers + 1; [count] of first: those at the top */

/* Backwards, so that each list of children stands in the order in which they were added. */
static void find_branches(const struct lb_package *p, struct branches *b)
{
	const struct lb_collection_entry *entries = p->collections.items;
	for (size_t i = p->collections.count; i-- > 0;) {
		size_t parent = p->collections.count;
		const char *id = entries[i].collection.parent_id;
		if (id && !lb_map_get(&p->collections.ids, lb_span(id), &parent))
			parent = p->collections.count;
		b->next[i] = b->first[parent];
		b->first[parent] = i + 1;
	}
}

static void settle_collections(const struct lb_package *p)
{
	const size_t count = p->collections.count;
	const struct lb_collection_entry *entries = p->collections.items;
	LB_AUTO(lb_freep) size_t *numbers = lb_alloc((2 * count + 1) * sizeof *numbers);
	struct branches b = {numbers, numbers + count + 1};
	size_t open[LB_WRITER_DEPTH_MAX], depth = 0, n = 0;
	struct lb_collection_entry *tree = lb_arena_alloc(&p->settled->arena, (count + 1) * sizeof *tree);
	find_branches(p, &b);
	open[0] = b.first[count];
	for (;;) {
		if (open[depth] == 0) {
			if (depth == 0)
				break;
			depth--;
			continue;
		}
		const size_t at = open[depth] - 1;
		open[depth] = b.next[at];
		tree[n++] = entries[at];
		if (b.first[at])
			open[++depth] = b.first[at];
	}
	p->settled->tree = tree;
}

void lb_writer_settle(const struct lb_package *p)
{
	if (p->settled->done)
		return;
	LB_AUTO(lb_freep) size_t *stamps = lb_alloc((p->nphotos + 1) * sizeof *stamps);
	LB_AUTO(lb_freep) size_t *photos = lb_alloc((p->nphotos + 1) * sizeof *photos);
	LB_AUTO(lb_freep) const char **words = lb_alloc((p->nphotos + 1) * sizeof *words);
	struct gathering g = {.p = p, .stamps = stamps, .photos = photos, .words = words};
	lb_arena_reset(&p->settled->arena);
	settle_albums(&g);
	settle_groups(&g);
	settle_galleries(&g);
	settle_collections(p);
	p->settled->done = true;
}

/* ---- looking ---- */

const struct lb_album_entry *lb_package_albums(const struct lb_package *p, size_t *count)
{
	lb_writer_settle(p);
	*count = p->albums.count;
	return p->albums.items;
}

const struct lb_group_entry *lb_package_groups(const struct lb_package *p, size_t *count)
{
	lb_writer_settle(p);
	*count = p->groups.count;
	return p->groups.items;
}

const struct lb_gallery_entry *lb_package_galleries(const struct lb_package *p, size_t *count)
{
	lb_writer_settle(p);
	*count = p->galleries.count;
	return p->galleries.items;
}

const struct lb_collection_entry *lb_package_collections(const struct lb_package *p, size_t *count)
{
	lb_writer_settle(p);
	*count = p->collections.count;
	return p->settled->tree;
}
