/* The container itself, before anything in it is read. */
#include <stdlib.h>
#include <string.h>

#include "format/verify/verify_private.h"

/* A package of the Flickr Foundation may lie in an archive without a folder around it. */
static bool is_of_one_folder(const struct lb_defect *d)
{
	return strcmp(d->rule, "ZIP-014") == 0 || strcmp(d->rule, "TAR-014") == 0;
}

static void tell_defects(struct lb_verify *v)
{
	size_t count;
	const struct lb_defect *d = lb_container_defects(v->c, &count);
	for (size_t i = 0; i < count; i++)
		if (!v->foundation || !is_of_one_folder(&d[i]))
			lb_found(v, d[i].rule, d[i].path, "%s", d[i].message);
}

static void check_member(struct lb_verify *v, size_t i)
{
	const struct lb_member *m = &v->members[i];
	bool folder = lb_container_kind(v->c) == LB_CONTAINER_FOLDER; /* else names are judged by the container's own rules */
	const char *why;
	if (m->kind == LB_MEMBER_LINK)
		lb_found(v, "BAG-028", m->path, "is a link; it is not followed");
	else if (m->kind == LB_MEMBER_SPECIAL)
		lb_found(v, "BAG-028", m->path, "is a special file; it is not opened");
	else if (lb_container_is_empty_dir(v->c, i) && strcmp(m->path, "data") != 0)
		lb_found(v, "BAG-031", m->path, "is an empty folder");
	if (folder && !lb_path_is_safe(lb_span(m->path), &why))
		lb_found(v, v->lifeboat ? "LB-007" : "BAG-029", m->path, "the name %s", why);
}

/* ---- names that are one on some systems ---- */

struct folded { uint64_t hash; size_t member; };

static uint64_t hash_of(const char *s)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 1099511628211u;
	return hash;
}

static int by_hash(const void *a, const void *b)
{
	const struct folded *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->member < y->member ? -1 : x->member > y->member;
}

static bool same_folded(const char *a, const char *b)
{
	LB_AUTO(lb_buf_clear) struct lb_buf x = LB_BUF(1 << 20);
	LB_AUTO(lb_buf_clear) struct lb_buf y = LB_BUF(1 << 20);
	lb_name_decompose(&x, a, true);
	lb_name_decompose(&y, b, true);
	return lb_span_eq(lb_buf_span(&x), lb_buf_span(&y));
}

/* Hashes are sorted instead of names: with a million files, the names twice would be too much to hold. */
static void check_alike(struct lb_verify *v)
{
	LB_AUTO(lb_freep) struct folded *all = lb_realloc(NULL, v->count + 1, sizeof *all);
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(1 << 20);
	for (size_t i = 0; i < v->count; i++) {
		lb_buf_reset(&name);
		lb_name_decompose(&name, v->members[i].path, true);
		all[i] = (struct folded){hash_of(lb_buf_str(&name)), i};
	}
	qsort(all, v->count, sizeof *all, by_hash);
	for (size_t i = 1; i < v->count; i++) {
		const char *one = v->members[all[i - 1].member].path, *other = v->members[all[i].member].path;
		struct lb_shown_name shown;
		if (all[i].hash == all[i - 1].hash && same_folded(one, other))
			lb_found(v, v->lifeboat ? "LB-008" : "BAG-030", other,
				"differs from \"%s\" only in case or composition",
				lb_show_name(&shown, one));
	}
}

void lb_check_container(struct lb_verify *v)
{
	tell_defects(v);
	for (size_t i = 0; i < v->count; i++)
		check_member(v, i);
	check_alike(v);
}
