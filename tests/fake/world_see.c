/* Who may see what, and the lists that follow from it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/world.h"

static bool among(const struct member *const *list, size_t count, const struct member *m)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == m)
			return true;
	return false;
}

bool photo_shown(const struct photo *p, const struct member *viewer)
{
	const struct member *owner = p->owner;
	if (!p->friends && !p->family && !p->only_me)
		return true;
	if (!viewer || viewer == owner)
		return viewer != NULL;
	return (p->friends && among(owner->friends, owner->nfriends, viewer)) ||
		(p->family && among(owner->family, owner->nfamily, viewer));
}

bool photo_downloadable(const struct photo *p, const struct member *viewer)
{
	return !p->no_download || viewer == p->owner;
}

bool photo_listed(const struct photo *p, const struct member *viewer)
{
	return photo_shown(p, viewer) && (viewer || p->safety <= 0);
}

bool set_holds(const struct set *s, const struct photo *p)
{
	for (size_t i = 0; i < p->nsets; i++)
		if (p->sets[i] == s)
			return true;
	return false;
}

const struct photo **world_stream(const struct world *w, const struct member *m, const struct member *viewer, size_t *count)
{
	const struct photo **list = lb_alloc((w->nphotos + 1) * sizeof *list);
	*count = 0;
	for (size_t i = 0; i < w->nphotos; i++) {
		const struct photo *p = w->newest[i];
		if (p->owner == m && !p->unlisted && (!p->late || m->page_one_served) && photo_listed(p, viewer))
			list[(*count)++] = p;
	}
	return list;
}

const struct photo **set_stream(const struct set *s, const struct member *viewer, size_t *count)
{
	const struct photo **list = lb_alloc((s->nphotos + 1) * sizeof *list);
	*count = 0;
	for (int late = s->page_one_served ? 1 : 0; late >= 0; late--)
		for (size_t i = 0; i < s->nphotos; i++)
			if (s->photos[i]->late == (late != 0) && photo_listed(s->photos[i], viewer))
				list[(*count)++] = s->photos[i];
	return list;
}

/* ---- short links ------------------------------------------------------------------------------------------------- */

void short_code(uint64_t number, char out[16])
{
	static const char digits[] = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
	char reversed[16];
	size_t n = 0, at = 0;
	do {
		reversed[n++] = digits[number % 58];
		number /= 58;
	} while (number);
	while (n)
		out[at++] = reversed[--n];
	out[at] = 0;
}

void short_of_photo(const struct photo *p, char out[16])
{
	short_code(strtoull(p->id, NULL, 10), out);
}

/* Galleries have a number of their own in short links. */
void short_of_set(const struct set *s, char out[16])
{
	uint64_t id = strtoull(s->id, NULL, 10);
	short_code(s->kind == SET_GALLERY ? id % 1000000000000u : id, out);
}

void short_of_member(const struct member *m, char out[16])
{
	short_code(strtoull(m->nsid, NULL, 10), out);
}
