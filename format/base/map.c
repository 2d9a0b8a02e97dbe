#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "format/base/internal.h"

static uint64_t rotl(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

static void sip_round(uint64_t v[4])
{
	v[0] += v[1], v[1] = rotl(v[1], 13) ^ v[0], v[0] = rotl(v[0], 32);
	v[2] += v[3], v[3] = rotl(v[3], 16) ^ v[2];
	v[0] += v[3], v[3] = rotl(v[3], 21) ^ v[0];
	v[2] += v[1], v[1] = rotl(v[1], 17) ^ v[2], v[2] = rotl(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	sip_round(v);
	v[0] ^= word;
}

/* SipHash-1-3 under the random bytes that the kernel gives each process: whoever writes the keys cannot make them collide. */
static uint64_t hash_of(struct lb_span key)
{
	uint64_t k[2] = {0}, word = 0;
	const void *secret = (const void *)getauxval(AT_RANDOM); /* 16 bytes */
	if (secret)
		memcpy(k, secret, sizeof k);
	uint64_t v[4] = {k[0] ^ 0x736f6d6570736575, k[1] ^ 0x646f72616e646f6d, k[0] ^ 0x6c7967656e657261,
		k[1] ^ 0x7465646279746573};
	size_t i = 0;
	for (; i + 8 <= key.n; i += 8) {
		memcpy(&word, key.p + i, 8);
		sip_word(v, word);
	}
	word = 0;
	if (i < key.n)
		memcpy(&word, key.p + i, key.n - i);
	sip_word(v, word | (uint64_t)key.n << 56);
	v[2] ^= 0xff;
	for (int round = 0; round < 3; round++)
		sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The slot that holds the key, or the free one where it belongs. Slots hold item number + 1; 0 is free. */
static size_t find_slot(const struct lb_map *m, struct lb_span key, uint64_t hash)
{
	size_t mask = m->nslots - 1, slot = hash & mask;
	for (; m->slots[slot]; slot = (slot + 1) & mask) {
		const struct lb_map_item *item = &m->items[m->slots[slot] - 1];
		if (item->hash == hash && lb_span_eq((struct lb_span){item->key, item->len}, key))
			break;
	}
	return slot;
}

bool lb_map_get(const struct lb_map *m, struct lb_span key, size_t *value)
{
	if (m->nslots == 0)
		return false;
	uint32_t found = m->slots[find_slot(m, key, hash_of(key))];
	if (found && value)
		*value = m->items[found - 1].value;
	return found;
}

static void grow_slots(struct lb_map *m)
{
	if (m->count >= UINT32_MAX / 4)
		lb_die("map is too large");
	m->nslots = m->nslots ? m->nslots * 2 : 16;
	free(m->slots);
	m->slots = lb_realloc(NULL, m->nslots, sizeof *m->slots);
	memset(m->slots, 0, m->nslots * sizeof *m->slots);
	for (size_t i = 0; i < m->count; i++) {
		size_t slot = m->items[i].hash & (m->nslots - 1);
		while (m->slots[slot])
			slot = (slot + 1) & (m->nslots - 1);
		m->slots[slot] = (uint32_t)(i + 1);
	}
}

bool lb_map_put(struct lb_map *m, struct lb_span key, size_t value)
{
	if ((m->count + 1) * 2 > m->nslots)
		grow_slots(m);
	uint64_t hash = hash_of(key);
	size_t slot = find_slot(m, key, hash);
	if (m->slots[slot]) {
		m->items[m->slots[slot] - 1].value = value;
		return false;
	}
	LB_GROW(m->items, m->count, m->cap);
	const char *copy = lb_arena_strndup(&m->keys, key.p, key.n);
	m->items[m->count++] = (struct lb_map_item){copy, key.n, hash, value};
	m->slots[slot] = (uint32_t)m->count;
	return true;
}

void lb_map_clear(struct lb_map *m)
{
	free(m->items);
	free(m->slots);
	lb_arena_clear(&m->keys);
	*m = (struct lb_map){0};
}

const char *lb_words_keep(struct lb_words *w, struct lb_arena *arena, const char *text)
{
	size_t at, count = w->at.count;
	if (!text)
		return NULL;
	if (lb_map_get(&w->at, lb_span(text), &at))
		return w->list[at];
	LB_GROW(w->list, count, w->cap);
	lb_map_put(&w->at, lb_span(text), count);
	return w->list[count] = lb_arena_strdup(arena, text);
}

void lb_words_clear(struct lb_words *w)
{
	lb_map_clear(&w->at);
	free(w->list);
	*w = (struct lb_words){0};
}
