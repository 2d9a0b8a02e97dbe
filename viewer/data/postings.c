#include "viewer/data/postings.h"

#include <stdlib.h>

/* A list's bytes are a chain of chunks, each up to twice as large as the one before. Chunks are named by their unit in the pool;
 * unit 0 is never one. A row is stored as the step from the row before, times two; odd when its fields follow, being other than
 * those of the row before. */
struct chunk { uint32_t next; uint8_t units, used; unsigned char bytes[]; };
enum { UNIT = 16, PAGE_UNITS = 1 << 16, LARGEST = 15 };

static struct chunk *chunk_at(const struct lb_posting_pool *pool, uint32_t unit)
{
	return (struct chunk *)(void *)(pool->pages[unit / PAGE_UNITS] + (size_t)(unit % PAGE_UNITS) * UNIT);
}

static size_t room_of(const struct chunk *c)
{
	return (size_t)c->units * UNIT - offsetof(struct chunk, bytes);
}

static uint32_t new_chunk(struct lb_posting_pool *pool, unsigned units)
{
	if (pool->used == 0)
		pool->used = 1;
	if (pool->used % PAGE_UNITS + units > PAGE_UNITS)
		pool->used += PAGE_UNITS - pool->used % PAGE_UNITS;
	if (pool->used / PAGE_UNITS >= pool->count) {
		LB_GROW(pool->pages, pool->count, pool->cap);
		pool->pages[pool->count++] = lb_alloc((size_t)PAGE_UNITS * UNIT);
	}
	uint32_t unit = pool->used;
	pool->used += units;
	chunk_at(pool, unit)->units = (uint8_t)units;
	return unit;
}

static void put(struct lb_posting_pool *pool, struct lb_posting_list *list, unsigned byte)
{
	struct chunk *c = list->last ? chunk_at(pool, list->last) : NULL;
	if (!c || c->used == room_of(c)) {
		unsigned units = c ? c->units * 2u : 1;
		uint32_t unit = new_chunk(pool, units > LARGEST ? LARGEST : units);
		if (c)
			c->next = unit;
		else
			list->first = unit;
		list->last = unit;
		c = chunk_at(pool, unit);
	}
	c->bytes[c->used++] = (unsigned char)byte;
}

static void store_open(struct lb_posting_pool *pool, struct lb_posting_list *list)
{
	bool other = list->fields != list->stored_fields;
	uint64_t code = (uint64_t)(list->row - list->stored_row) << 1 | other;
	for (; code > 0x7F; code >>= 7)
		put(pool, list, 0x80 | (code & 0x7F));
	put(pool, list, (unsigned)code);
	if (other)
		put(pool, list, list->fields);
	list->stored_row = list->row;
	list->stored_fields = list->fields;
}

void lb_postings_add(struct lb_posting_pool *pool, struct lb_posting_list *list, uint32_t row, unsigned field)
{
	if (list->count && list->row == row) {
		list->fields |= (uint8_t)field;
		return;
	}
	if (list->count)
		store_open(pool, list);
	list->count++;
	list->row = row;
	list->fields = (uint8_t)field;
}

struct reading { const struct lb_posting_pool *pool; const struct chunk *chunk; size_t at; };

static unsigned get(struct reading *r)
{
	if (r->at == r->chunk->used) {
		r->chunk = chunk_at(r->pool, r->chunk->next);
		r->at = 0;
	}
	return r->chunk->bytes[r->at++];
}

static uint64_t get_code(struct reading *r)
{
	uint64_t code = 0;
	for (unsigned shift = 0;; shift += 7) {
		unsigned byte = get(r);
		code |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return code;
	}
}

void lb_postings_read(const struct lb_posting_pool *pool, const struct lb_posting_list *list, uint32_t *rows, uint8_t *fields)
{
	struct reading r = { .pool = pool, .chunk = list->first ? chunk_at(pool, list->first) : NULL };
	uint32_t row = 0;
	uint8_t mask = 0;
	for (size_t i = 0; i + 1 < list->count; i++) {
		uint64_t code = get_code(&r);
		row += (uint32_t)(code >> 1);
		if (code & 1)
			mask = (uint8_t)get(&r);
		rows[i] = row;
		fields[i] = mask;
	}
	if (list->count) {
		rows[list->count - 1] = list->row;
		fields[list->count - 1] = list->fields;
	}
}

void lb_postings_clear(struct lb_posting_pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		free(pool->pages[i]);
	free(pool->pages);
	*pool = (struct lb_posting_pool){ 0 };
}
