#include "viewer/internal.h"

#include <stdlib.h>

size_t lb_topic_entry(struct lb_topic *t, const char *key, const char *name)
{
	size_t entry;
	struct lb_span text = lb_span(key);
	if (lb_map_get(&t->keys, text, &entry))
		return entry;
	entry = t->keys.count;
	lb_map_put(&t->keys, text, entry);
	LB_GROW(t->entries, entry, t->cap);
	t->entries[entry] = (struct lb_entry){ lb_arena_strdup(&t->arena, name ? name : ""), SIZE_MAX };
	return entry;
}

void lb_uses_add(struct lb_uses *u, size_t entry, size_t photo)
{
	struct lb_use use = { (uint32_t)entry, (uint32_t)photo };
	if (u->count && u->items[u->count - 1].entry == use.entry && u->items[u->count - 1].photo == use.photo)
		return;
	LB_GROW(u->items, u->count, u->cap);
	u->items[u->count++] = use;
}

void lb_topic_use(struct lb_topic *t, size_t entry, enum lb_topic_role role, size_t photo)
{
	lb_uses_add(&t->uses[role], entry, photo);
}

static int by_entry(const void *a, const void *b)
{
	const struct lb_use *x = a, *y = b;
	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	return x->photo < y->photo ? -1 : x->photo > y->photo;
}

void lb_uses_group(struct lb_uses *u, size_t entries)
{
	size_t kept = 0;
	if (u->count)
		qsort(u->items, u->count, sizeof *u->items, by_entry);
	for (size_t i = 0; i < u->count; i++)
		if (!kept || by_entry(&u->items[kept - 1], &u->items[i]) != 0)
			u->items[kept++] = u->items[i];
	u->count = kept;
	free(u->starts);
	u->starts = lb_alloc((entries + 1) * sizeof *u->starts);
	for (size_t entry = 0, i = 0; entry < entries; entry++) {
		while (i < kept && u->items[i].entry == entry)
			i++;
		u->starts[entry + 1] = i;
	}
}

void lb_topic_sort(struct lb_topic *t)
{
	for (size_t role = 0; role < LB_TOPIC_ROLES; role++)
		lb_uses_group(&t->uses[role], t->keys.count);
}

size_t lb_topic_count(const struct lb_topic *t, size_t entry, enum lb_topic_role role)
{
	return t->uses[role].starts[entry + 1] - t->uses[role].starts[entry];
}

const struct lb_use *lb_topic_photos(const struct lb_topic *t, size_t entry, enum lb_topic_role role)
{
	const struct lb_uses *u = &t->uses[role];
	return u->count ? u->items + u->starts[entry] : NULL;
}

void lb_topic_clear(struct lb_topic *t)
{
	lb_map_clear(&t->keys);
	free(t->entries);
	for (size_t role = 0; role < LB_TOPIC_ROLES; role++) {
		free(t->uses[role].items);
		free(t->uses[role].starts);
	}
	lb_arena_clear(&t->arena);
	*t = (struct lb_topic){ 0 };
}
