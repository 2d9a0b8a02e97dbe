#include "format/evidence/internal.h"

#include <stdlib.h>

#define RECORDS_MAX ((size_t)100000000) /* slots are 32 bits wide */

static bool good(const struct lb_record *r)
{
	return r->kind != LB_RECORD_FAILURE && r->status == 200;
}

/* The newest counts, but nothing takes the place of a good answer but a good answer. */
static bool replaces(const struct lb_record *later, const struct lb_record *earlier)
{
	return good(later) || !good(earlier);
}

static const struct lb_key *slot_key(const struct lb_warc_index *index, uint32_t slot)
{
	return &index->items[(slot - 1) / LB_MATCH_COUNT].keys[(slot - 1) % LB_MATCH_COUNT];
}

/* The slot that holds the key at this level of matching, or the empty one where it would stand. */
static uint32_t *slot_of(const struct lb_warc_index *index, const struct lb_key *key, unsigned match)
{
	size_t mask = index->nslots - 1;
	for (size_t i = (key->a + match) & mask;; i = (i + 1) & mask) {
		uint32_t slot = index->slots[i];
		if (slot == 0)
			return &index->slots[i];
		const struct lb_key *there = slot_key(index, slot);
		if ((slot - 1) % LB_MATCH_COUNT == match && there->a == key->a && there->b == key->b)
			return &index->slots[i];
	}
}

static void grow(struct lb_warc_index *index)
{
	uint32_t *old = index->slots;
	size_t count = index->nslots;
	index->nslots = count ? count * 2 : 64;
	index->slots = lb_alloc(index->nslots * sizeof *index->slots);
	for (size_t i = 0; i < count; i++)
		if (old[i])
			*slot_of(index, slot_key(index, old[i]), (old[i] - 1) % LB_MATCH_COUNT) = old[i];
	free(old);
}

int lb_warc_index_add(struct lb_warc_index *index, const struct lb_record *record, struct lb_error *err)
{
	if (index->count == RECORDS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot index more than %zu records", RECORDS_MAX);
	if ((index->used + LB_MATCH_COUNT) * 2 > index->nslots)
		grow(index);
	LB_GROW(index->items, index->count, index->cap);
	index->items[index->count] = *record;
	for (unsigned match = 0; match < LB_MATCH_COUNT; match++) {
		uint32_t *slot = slot_of(index, &record->keys[match], match);
		if (*slot && !replaces(record, &index->items[(*slot - 1) / LB_MATCH_COUNT]))
			continue;
		index->used += *slot == 0;
		*slot = (uint32_t)(1 + index->count * LB_MATCH_COUNT + match);
	}
	index->count++;
	return LB_OK;
}

long lb_warc_index_find(const struct lb_warc_index *index, const struct lb_key keys[LB_MATCH_COUNT], enum lb_match match)
{
	if (!index->nslots)
		return -1;
	uint32_t slot = *slot_of(index, &keys[match], match);
	return slot ? (long)((slot - 1) / LB_MATCH_COUNT) : -1;
}

void lb_warc_index_clear(struct lb_warc_index *index)
{
	free(index->items);
	free(index->slots);
	*index = (struct lb_warc_index){0};
}
