/* From entries as they stand in a container to members: sorted, unique, without the top folder. */
#include <stdlib.h>
#include <string.h>

#include "format/package/container_private.h"

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct lb_entry *)a)->member.path, ((const struct lb_entry *)b)->member.path);
}

static void move_entries(struct lb_container *c)
{
	if (c->nentries) {
		c->members = lb_realloc(NULL, c->nentries, sizeof *c->members);
		c->places = c->kind == LB_CONTAINER_FOLDER ? NULL : lb_realloc(NULL, c->nentries, sizeof *c->places);
	}
	for (size_t i = 0; i < c->nentries; i++) {
		c->members[i] = c->entries[i].member;
		if (c->places)
			c->places[i] = c->entries[i].place;
	}
	c->count = c->nentries;
	free(c->entries);
	c->entries = NULL;
	c->nentries = c->entry_cap = 0;
}

void lb_container_settle_plain(struct lb_container *c)
{
	if (c->nentries)
		qsort(c->entries, c->nentries, sizeof *c->entries, by_path);
	move_entries(c);
}

/* ---- the top folder ---- */

static bool is_below(const struct lb_member *m, const char *top, size_t n)
{
	if (strncmp(m->path, top, n) != 0)
		return false;
	return m->path[n] == '/' || (m->path[n] == '\0' && m->kind == LB_MEMBER_DIR);
}

/* 0 when there is none: *outside is then the first member that is not below the folder of the very first. */
static size_t top_length(const struct lb_container *c, const char **outside)
{
	const char *first = c->nentries ? c->entries[0].member.path : "";
	size_t n = strcspn(first, "/");
	*outside = first;
	for (size_t i = 0; i < c->nentries; i++) {
		if (is_below(&c->entries[i].member, first, n))
			continue;
		*outside = c->entries[i].member.path;
		return 0;
	}
	return n;
}

static void take_off(struct lb_container *c, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->nentries; i++) {
		struct lb_entry e = c->entries[i];
		if (e.member.path[n] == '\0')
			continue; /* the top folder itself */
		e.member.path += n + 1;
		c->entries[kept++] = e;
	}
	c->nentries = kept;
}

/* ---- what two readers could take differently ---- */

static void drop_duplicates(struct lb_container *c, const char *rule)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->nentries; i++) {
		const struct lb_entry *e = &c->entries[i];
		if (kept && by_path(&c->entries[kept - 1], e) == 0)
			lb_container_defect(c, rule, e->member.path, "is there more than once");
		else
			c->entries[kept++] = *e;
	}
	c->nentries = kept;
}

static const struct lb_member *find_entry(const struct lb_container *c, const char *path)
{
	struct lb_entry key = {.member = {.path = path}};
	const struct lb_entry *e = bsearch(&key, c->entries, c->nentries, sizeof key, by_path);
	return e ? &e->member : NULL;
}

/* Looks at every folder that a path passes through, but not again at those that the path before passed through. */
static void check_folders(struct lb_container *c, const char *before, const char *path, const char *rule)
{
	char folder[LB_NAME_MAX + 1];
	size_t common = 0;
	while (before[common] && before[common] == path[common])
		common++;
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		size_t n = (size_t)(slash - path);
		if (n < common || n > LB_NAME_MAX)
			continue;
		memcpy(folder, path, n);
		folder[n] = '\0';
		const struct lb_member *m = find_entry(c, folder);
		if (m && m->kind != LB_MEMBER_DIR)
			lb_container_defect(c, rule, m->path, "is both a file and a folder");
	}
}

static void check_names(struct lb_container *c, const struct lb_container_rules *rules)
{
	const char *before = "";
	for (size_t i = 0; i < c->nentries; i++) {
		const char *path = c->entries[i].member.path, *why;
		if (!lb_path_is_safe(lb_span(path), &why))
			lb_container_defect(c, rules->unsafe, path, "the name %s", why);
		check_folders(c, before, path, rules->both);
		before = path;
	}
}

void lb_container_settle(struct lb_container *c, const struct lb_container_rules *rules)
{
	const char *why, *outside;
	size_t top = top_length(c, &outside);
	bool untidy = c->nentries && !top;
	c->root = lb_strndup(c->nentries ? c->entries[0].member.path : "", top);
	if (top && !lb_path_is_safe(lb_span(c->root), &why))
		lb_container_defect(c, rules->unsafe, NULL, "the name of the top folder %s", why);
	if (top)
		take_off(c, top);
	if (c->nentries) {
		qsort(c->entries, c->nentries, sizeof *c->entries, by_path);
		drop_duplicates(c, rules->duplicate);
		check_names(c, rules);
	}
	if (untidy) /* after names that could leave any folder */
		lb_container_defect(c, rules->top, outside, "is not in one top folder with the others");
	move_entries(c);
}
