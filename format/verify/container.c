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

/* A member, or one of the folders that its path passes through: in a zip or tar these are often no members. */
struct folded { uint64_t hash; uint32_t member; uint32_t length; };
struct folding { struct lb_verify *v; struct folded *all; size_t count, cap; struct lb_buf name; };

static void folding_clear(struct folding *f)
{
	free(f->all);
	lb_buf_clear(&f->name);
}

static uint64_t hash_more(uint64_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 1099511628211u; /* FNV-1a */
}

static void add_folded(struct folding *f, uint64_t hash, size_t member, size_t length)
{
	LB_GROW(f->all, f->count, f->cap);
	f->all[f->count++] = (struct folded){hash, (uint32_t)member, (uint32_t)length};
}

static size_t common_length(const char *a, const char *b)
{
	size_t n = 0;
	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

/* Members are sorted: a folder is a new one unless the path before passed through it too. Folding leaves slashes alone. */
static void fold_path(struct folding *f, size_t i)
{
	const char *path = f->v->members[i].path;
	const size_t known = i ? common_length(f->v->members[i - 1].path, path) : 0;
	const char *rest = path;
	uint64_t hash = 14695981039346656037u;
	lb_buf_reset(&f->name);
	lb_name_decompose(&f->name, path, true);
	for (const char *p = lb_buf_str(&f->name); *p; p++) {
		if (*p == '/') {
			const char *slash = strchr(rest, '/');
			if (!slash)
				return; /* beyond the limit of a name */
			rest = slash + 1;
			if ((size_t)(slash - path) >= known)
				add_folded(f, hash, i, (size_t)(slash - path));
		}
		hash = hash_more(hash, *p);
	}
	bool folder = f->v->members[i].kind == LB_MEMBER_DIR && !lb_container_is_empty_dir(f->v->c, i);
	if (!folder) /* else those in it tell of it */
		add_folded(f, hash, i, strlen(path));
}

static int by_hash(const void *a, const void *b)
{
	const struct folded *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->member < y->member ? -1 : x->member > y->member;
}

static struct lb_span folded_name(const struct folding *f, const struct folded *x, struct lb_buf *b, bool fold)
{
	LB_AUTO(lb_freep) char *name = lb_strndup(f->v->members[x->member].path, x->length);
	lb_buf_reset(b);
	if (fold)
		lb_name_decompose(b, name, true);
	else
		lb_buf_adds(b, name);
	return lb_buf_span(b);
}

static void tell_alike(struct folding *f, const struct folded *x, const struct folded *y)
{
	LB_AUTO(lb_buf_clear) struct lb_buf a = LB_BUF(1 << 20), b = LB_BUF(1 << 20);
	struct lb_verify *v = f->v;
	struct lb_shown_name shown;
	if (!lb_span_eq(folded_name(f, x, &a, true), folded_name(f, y, &b, true)))
		return;
	if (lb_span_eq(folded_name(f, x, &a, false), folded_name(f, y, &b, false)))
		return; /* both a file and a folder: told as that */
	const char *rule = v->lifeboat ? "LB-008" : "BAG-030";
	lb_found(v, rule, lb_buf_str(&a), "differs from \"%s\" only in case or composition", lb_show_name(&shown, lb_buf_str(&b)));
	lb_found(v, rule, lb_buf_str(&b), "differs from \"%s\" only in case or composition", lb_show_name(&shown, lb_buf_str(&a)));
}

/* Hashes are sorted instead of names: with a million files, the names twice would be too much to hold. */
static void check_alike(struct lb_verify *v)
{
	LB_AUTO(folding_clear) struct folding f = {.v = v, .name = LB_BUF(1 << 20)};
	f.cap = v->count + v->count / 16 + 16;
	f.all = lb_realloc(NULL, f.cap, sizeof *f.all);
	for (size_t i = 0; i < v->count; i++)
		fold_path(&f, i);
	qsort(f.all, f.count, sizeof *f.all, by_hash);
	for (size_t i = 1; i < f.count; i++)
		if (f.all[i].hash == f.all[i - 1].hash)
			tell_alike(&f, &f.all[i - 1], &f.all[i]);
}

void lb_check_container(struct lb_verify *v)
{
	tell_defects(v);
	for (size_t i = 0; i < v->count; i++)
		check_member(v, i);
	check_alike(v);
}
