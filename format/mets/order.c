/* In which order photos, files and statements stand in a document, found out before it is written. */
#include <stdlib.h>
#include <string.h>

#include "format/mets/internal.h"

#define POSITIONS_MAX ((size_t)1 << 31)
#define GROUPS_MAX 32

/* What is needed only until the order is known: of each file, its group and its photo (`nphotos`: none). */
struct draft { const struct lb_mets_source *source; struct mets_order *order; unsigned char *group; uint32_t *photo; };

static void draft_clear(struct draft *d)
{
	free(d->group);
	free(d->photo);
}

void lb_mets_order_clear(struct mets_order *o)
{
	void *lists[] = {o->groups, o->file, o->number, o->start, o->of_photo, o->rights};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	lb_arena_clear(&o->arena);
	*o = (struct mets_order){0};
}

bool lb_mets_is_media(const char *group)
{
	return !strcmp(group, "original") || !strcmp(group, "thumbnail") || !strcmp(group, "icon");
}

/* ---- groups ---- */

static void known_groups(struct mets_order *o)
{
	static const char *const uses[] = {"original", "thumbnail", "icon", "metadata", "page", "provenance", "documentation", "viewer"};
	o->groups = lb_alloc(GROUPS_MAX * sizeof *o->groups);
	for (size_t i = 0; i < LB_COUNT(uses); i++)
		o->groups[o->ngroups++].use = uses[i];
}

static int find_group(struct mets_order *o, const char *use, unsigned char *out, struct lb_error *err)
{
	size_t i = 0;
	while (i < o->ngroups && strcmp(o->groups[i].use, use) != 0)
		i++;
	if (i == GROUPS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot write METS: files of more than %d roles", GROUPS_MAX);
	if (i == o->ngroups)
		o->groups[o->ngroups++].use = lb_arena_strdup(&o->arena, use);
	*out = (unsigned char)i;
	return LB_OK;
}

/* ---- files ---- */

static void note_capture(struct mets_order *o, const struct lb_mets_file *f)
{
	if (f->captured == LB_UNKNOWN || !lb_mets_is_media(f->group))
		return;
	if (o->captured_first == LB_UNKNOWN || f->captured < o->captured_first)
		o->captured_first = f->captured;
	if (f->captured > o->captured_last)
		o->captured_last = f->captured;
}

static int look_at_files(struct draft *d, struct lb_error *err)
{
	const struct lb_mets_source *s = d->source;
	struct mets_order *o = d->order;
	d->group = lb_alloc(s->nfiles + 1);
	d->photo = lb_alloc((s->nfiles + 1) * sizeof *d->photo);
	o->start = lb_alloc((s->nphotos + 3) * sizeof *o->start);
	for (size_t i = 0; i < s->nfiles; i++) {
		struct lb_mets_file f;
		LB_TRY(s->file(s->arg, i, &f, err));
		LB_TRY(find_group(o, f.group, &d->group[i], err));
		d->photo[i] = f.photo >= 0 && (size_t)f.photo < s->nphotos ? (uint32_t)f.photo : (uint32_t)s->nphotos;
		o->start[d->photo[i] + 2]++;
		o->groups[d->group[i]].end++;
		o->groups[d->group[i]].others += d->photo[i] < s->nphotos;
		note_capture(o, &f);
	}
	return LB_OK;
}

/* Counts stand in start[i + 2]; while files are placed, start[i + 1] is where the next one goes, and in the end where list i ends. */
static void place_by_photo(struct draft *d)
{
	struct mets_order *o = d->order;
	for (size_t i = 2; i < d->source->nphotos + 3; i++)
		o->start[i] += o->start[i - 1];
	o->of_photo = lb_alloc((d->source->nfiles + 1) * sizeof *o->of_photo);
	for (size_t i = 0; i < d->source->nfiles; i++)
		o->of_photo[o->start[d->photo[i] + 1]++] = (uint32_t)i;
}

static void place_by_group(struct draft *d)
{
	struct mets_order *o = d->order;
	uint32_t next[GROUPS_MAX], at = 0;
	for (size_t i = 0; i < o->ngroups; i++) {
		struct mets_group *g = &o->groups[i];
		const uint32_t count = g->end;
		next[i] = g->first = at;
		g->others += at;
		g->end = at += count;
	}
	o->file = lb_alloc((d->source->nfiles + 1) * sizeof *o->file);
	o->number = lb_alloc((d->source->nfiles + 1) * sizeof *o->number);
	for (size_t k = 0; k < d->source->nfiles; k++) {
		const uint32_t position = o->of_photo[k], number = next[d->group[position]]++;
		o->file[number] = position;
		o->number[position] = number;
	}
}

/* ---- photos with the same terms share a statement ---- */

static void add_term(struct lb_buf *key, const char *text)
{
	lb_buf_addc(key, text ? '1' : '0');
	lb_buf_adds(key, text ? text : "");
	lb_buf_addc(key, '\0');
}

static int terms_of(const struct lb_mets_source *s, size_t i, struct lb_buf *key, bool *has_license, bool *stub, struct lb_error *err)
{
	struct lb_mets_photo p;
	LB_TRY(s->photo(s->arg, i, &p, err));
	const char *const terms[] = {p.owner_id, p.owner_name, p.license_id, p.license_uri, p.license_label, p.withheld,
		p.stub ? "stub" : NULL};
	lb_buf_reset(key);
	for (size_t k = 0; k < LB_COUNT(terms); k++)
		add_term(key, terms[k]);
	*has_license = p.license_id != NULL;
	*stub = p.stub;
	return lb_buf_check(key, "the terms of a photo", err);
}

/* An open hash table of photos: the first one with its terms. The terms themselves are asked for again, not kept. */
struct shared { uint32_t *slots; size_t mask; struct lb_buf key, other; };

static void shared_clear(struct shared *t)
{
	free(t->slots);
	lb_buf_clear(&t->key);
	lb_buf_clear(&t->other);
}

static size_t first_slot(const struct shared *t)
{
	unsigned char digest[32];
	uint64_t hash;
	lb_sha256_raw(t->key.p, t->key.len, digest);
	memcpy(&hash, digest, sizeof hash);
	return hash & t->mask;
}

static int find_rights(const struct lb_mets_source *s, struct shared *t, struct mets_order *o, size_t i, struct lb_error *err)
{
	bool ignored_license, ignored_stub;
	size_t slot = first_slot(t);
	for (; t->slots[slot]; slot = (slot + 1) & t->mask) {
		const size_t photo = t->slots[slot] - 1;
		LB_TRY(terms_of(s, photo, &t->other, &ignored_license, &ignored_stub, err));
		if (!lb_span_eq(lb_buf_span(&t->key), lb_buf_span(&t->other)))
			continue;
		o->rights[i] = o->rights[photo];
		return LB_OK;
	}
	t->slots[slot] = (uint32_t)i + 1;
	o->rights[i] = (uint32_t)o->nrights++;
	return LB_OK;
}

static int share_rights(const struct lb_mets_source *s, struct mets_order *o, struct lb_error *err)
{
	LB_AUTO(shared_clear) struct shared t = {.key = LB_BUF(1 << 26), .other = LB_BUF(1 << 26)};
	for (t.mask = 15; t.mask < 2 * s->nphotos; t.mask = 2 * t.mask + 1)
		;
	t.slots = lb_alloc((t.mask + 1) * sizeof *t.slots);
	o->rights = lb_alloc((s->nphotos + 1) * sizeof *o->rights);
	for (size_t i = 0; i < s->nphotos; i++) {
		bool has_license, stub;
		LB_TRY(terms_of(s, i, &t.key, &has_license, &stub, err));
		o->nstubs += stub;
		if (has_license)
			LB_TRY(find_rights(s, &t, o, i, err));
		else
			o->rights[i] = METS_NO_RIGHTS;
	}
	return LB_OK;
}

int lb_mets_order(const struct lb_mets_source *source, struct mets_order *order, struct lb_error *err)
{
	LB_AUTO(draft_clear) struct draft d = {.source = source, .order = order};
	if (source->nphotos >= POSITIONS_MAX || source->nfiles >= POSITIONS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot write METS: more than %zu photos or files", POSITIONS_MAX);
	order->captured_first = order->captured_last = LB_UNKNOWN;
	known_groups(order);
	LB_TRY(look_at_files(&d, err));
	place_by_photo(&d);
	place_by_group(&d);
	return share_rights(source, order, err);
}
