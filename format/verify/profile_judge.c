/* A bag against a profile. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/verify/profile_private.h"

/* ---- patterns ---- */

/* The end of the set that begins at p with '[', or NULL when it has none: then '[' is a character like others. */
static const char *set_end(const char *p)
{
	p += p[1] == '!' ? 2 : 1;
	if (*p == ']')
		p++;
	while (*p && *p != ']')
		p++;
	return *p ? p : NULL;
}

static bool in_set(const char *p, const char *end, char c)
{
	bool negated = p[1] == '!', found = false;
	const unsigned char byte = (unsigned char)c;
	for (p += negated ? 2 : 1; p < end; p++) {
		unsigned char low = (unsigned char)p[0], high = low;
		if (p[1] == '-' && p + 2 < end) {
			high = (unsigned char)p[2];
			p += 2;
		}
		found = found || (byte >= low && byte <= high);
	}
	return found != negated;
}

/* One character of the text against one of the pattern; moves *pattern on. */
static bool match_one(const char **pattern, char c)
{
	const char *p = *pattern, *end = *p == '[' ? set_end(p) : NULL;
	*pattern = end ? end + 1 : p + 1;
	if (end)
		return in_set(p, end, c);
	return *p == '?' || *p == c;
}

bool lb_glob_match(const char *pattern, const char *text)
{
	const char *after_star = NULL, *retry = NULL;
	while (*text) {
		if (*pattern == '*') {
			after_star = ++pattern;
			retry = text;
			continue;
		}
		const char *next = pattern;
		if (*pattern && match_one(&next, *text)) {
			pattern = next;
			text++;
			continue;
		}
		if (!after_star)
			return false;
		pattern = after_star;
		text = ++retry;
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool lb_glob_match_any(const struct lb_profile_list *patterns, const char *text)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (lb_glob_match(patterns->items[i], text))
			return true;
	return false;
}

/* ---- bag-info.txt ---- */

static bool has_text(const struct lb_profile_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], text) == 0)
			return true;
	return false;
}

static void judge_identifier(struct lb_verify *v, const struct lb_bag_profile *p)
{
	static const char label[] = "BagIt-Profile-Identifier";
	struct lb_shown_name shown, other;
	const char *named = NULL;
	for (size_t i = 0; i < v->ninfo; i++) {
		if (!lb_bag_label_is(lb_span(v->info[i].label), label))
			continue;
		named = v->info[i].value;
		if (strcmp(named, p->id) == 0)
			return;
	}
	if (named)
		lb_found(v, "PRF-001", v->info_path, "its %s is \"%s\", not \"%s\"", label, lb_show_name(&other, named),
			lb_show_name(&shown, p->id));
	else
		lb_found(v, "PRF-001", "bag-info.txt", "has no %s: the profile is \"%s\"", label, lb_show_name(&shown, p->id));
}

static void judge_label(struct lb_verify *v, const struct lb_profile_label *label)
{
	const char *path = v->info_path ? v->info_path : "bag-info.txt";
	struct lb_shown_name name, value;
	size_t count = 0;
	lb_show_name(&name, label->name);
	for (size_t i = 0; i < v->ninfo; i++) {
		if (!lb_bag_label_is(lb_span(v->info[i].label), label->name))
			continue;
		count++;
		if (label->values.count && !has_text(&label->values, v->info[i].value))
			lb_found(v, "PRF-003", path, "%s may not be \"%s\"", name.text, lb_show_name(&value, v->info[i].value));
	}
	if (count > 1 && !label->repeatable)
		lb_found(v, "PRF-004", path, "has %zu times %s", count, name.text);
	if (!count && label->required)
		lb_found(v, "PRF-002", path, "has no %s", name.text);
	else if (!count && label->recommended)
		lb_found(v, "PRF-005", path, "has no %s", name.text);
}

/* ---- manifests ---- */

static struct lb_span algorithm_of(const char *path, bool tag)
{
	size_t before = strlen(tag ? "tagmanifest-" : "manifest-");
	return (struct lb_span){path + before, strlen(path) - before - strlen(".txt")};
}

static bool is_algorithm(struct lb_span own, const char *name)
{
	enum lb_hash x, y;
	if (lb_hash_by_name(own, &x) && lb_hash_by_name(lb_span(name), &y))
		return x == y;
	return lb_span_is(own, name);
}

static bool lists_algorithm(const struct lb_profile_list *list, struct lb_span own)
{
	for (size_t i = 0; i < list->count; i++)
		if (is_algorithm(own, list->items[i]))
			return true;
	return false;
}

static bool is_manifest(const struct lb_member *m, bool tag)
{
	enum lb_hash hash;
	bool is_tag, known;
	return m->kind == LB_MEMBER_FILE && lb_is_root_file(m->path) &&
	       lb_bag_manifest_name(lb_span(m->path), &is_tag, &hash, &known) && is_tag == tag;
}

static void judge_hashes(struct lb_verify *v, const struct lb_profile_hashes *h, bool tag)
{
	LB_AUTO(lb_freep) bool *met = lb_alloc(h->required.count + 1);
	struct lb_shown_name shown;
	for (size_t i = 0; i < v->count; i++) {
		if (!is_manifest(&v->members[i], tag))
			continue;
		struct lb_span own = algorithm_of(v->members[i].path, tag);
		for (size_t k = 0; k < h->required.count; k++)
			met[k] = met[k] || is_algorithm(own, h->required.items[k]);
		if (h->allowed.given && !lists_algorithm(&h->allowed, own))
			lb_found(v, tag ? "PRF-009" : "PRF-007", v->members[i].path, "its algorithm is not one that the profile allows");
	}
	for (size_t k = 0; k < h->required.count; k++)
		if (!met[k])
			lb_found(v, tag ? "PRF-008" : "PRF-006", NULL, "there is no %smanifest of %s", tag ? "tag " : "payload ",
				lb_show_name(&shown, h->required.items[k]));
}

/* ---- files ---- */

/* The bag's own files are not tag files of which a profile would speak. */
static bool is_own_file(const char *path)
{
	static const char *const own[] = {"bagit.txt", "bag-info.txt", "fetch.txt"};
	enum lb_hash hash;
	bool tag, known;
	for (size_t i = 0; i < LB_COUNT(own); i++)
		if (strcmp(path, own[i]) == 0)
			return true;
	return lb_is_root_file(path) && lb_bag_manifest_name(lb_span(path), &tag, &hash, &known);
}

static void judge_required(struct lb_verify *v, const struct lb_profile_list *required, const char *rule)
{
	for (size_t i = 0; i < required->count; i++) {
		long member = lb_container_find(v->c, required->items[i]);
		if (member < 0 || v->members[member].kind != LB_MEMBER_FILE)
			lb_found(v, rule, required->items[i], "is required by the profile, but not there");
	}
}

static void judge_allowed(struct lb_verify *v, const struct lb_profile_list *allowed, bool payload, const char *rule)
{
	if (!allowed->given)
		return;
	for (size_t i = 0; i < v->count; i++) {
		const struct lb_member *m = &v->members[i];
		if (m->kind != LB_MEMBER_FILE || lb_is_payload(m->path) != payload || (!payload && is_own_file(m->path)))
			continue;
		if (!lb_glob_match_any(allowed, m->path))
			lb_found(v, rule, m->path, "is not among the files that the profile allows");
	}
}

static void judge_empty(struct lb_verify *v)
{
	size_t files = 0;
	uint64_t bytes = 0;
	for (size_t i = 0; i < v->count; i++) {
		if (v->members[i].kind != LB_MEMBER_FILE || !lb_is_payload(v->members[i].path))
			continue;
		files++;
		bytes += v->members[i].size;
	}
	if (files > 1 || bytes)
		lb_found(v, "PRF-012", NULL, "the payload has %zu files of %llu bytes, but must be empty", files,
			(unsigned long long)bytes);
}

static void judge_files(struct lb_verify *v, const struct lb_bag_profile *p)
{
	judge_required(v, &p->tag_files.required, "PRF-016");
	judge_allowed(v, &p->tag_files.allowed, false, "PRF-017");
	judge_required(v, &p->payload_files.required, "PRF-018");
	judge_allowed(v, &p->payload_files.allowed, true, "PRF-019");
	if (p->data_empty)
		judge_empty(v);
}

/* ---- the bag as a whole ---- */

static void judge_fetch(struct lb_verify *v, const struct lb_bag_profile *p)
{
	bool there = lb_container_find(v->c, "fetch.txt") >= 0;
	if (there && !p->allow_fetch)
		lb_found(v, "PRF-010", "fetch.txt", "is not allowed by the profile");
	if (!there && p->require_fetch)
		lb_found(v, "PRF-011", "fetch.txt", "is required by the profile, but not there");
}

static void judge_packing(struct lb_verify *v, const struct lb_bag_profile *p)
{
	static const struct { enum lb_container_kind kind; const char *type; } types[] = {
		{LB_CONTAINER_ZIP, "application/zip"}, {LB_CONTAINER_ZIP, "application/x-zip-compressed"},
		{LB_CONTAINER_TAR, "application/tar"}, {LB_CONTAINER_TAR, "application/x-tar"}, {LB_CONTAINER_TAR, "application/x-gtar"},
	};
	enum lb_container_kind kind = lb_container_kind(v->c);
	bool accepted = !p->types.given;
	if (kind == LB_CONTAINER_FOLDER) {
		if (p->serialization == LB_SERIALIZATION_REQUIRED)
			lb_found(v, "PRF-013", NULL, "is a folder, but the profile requires a packed bag");
		return;
	}
	if (p->serialization == LB_SERIALIZATION_FORBIDDEN)
		lb_found(v, "PRF-013", NULL, "is packed, but the profile forbids that");
	for (size_t i = 0; i < LB_COUNT(types); i++)
		accepted = accepted || (types[i].kind == kind && has_text(&p->types, types[i].type));
	if (!accepted)
		lb_found(v, "PRF-014", NULL, "is a %s, which the profile does not accept", kind == LB_CONTAINER_ZIP ? "zip" : "tar");
}

static void judge_version(struct lb_verify *v, const struct lb_bag_profile *p)
{
	char version[32];
	snprintf(version, sizeof version, "%d.%d", v->version / 100, v->version % 100);
	if (v->version && !has_text(&p->versions, version))
		lb_found(v, "PRF-015", "bagit.txt", "version %s is not one that the profile accepts", version);
}

void lb_profile_judge(struct lb_verify *v, const struct lb_bag_profile *profile)
{
	struct lb_shown_name shown;
	judge_identifier(v, profile);
	for (size_t i = 0; i < profile->nlabels; i++)
		judge_label(v, &profile->labels[i]);
	judge_hashes(v, &profile->manifests, false);
	judge_hashes(v, &profile->tag_manifests, true);
	judge_fetch(v, profile);
	judge_packing(v, profile);
	judge_version(v, profile);
	judge_files(v, profile);
	for (size_t i = 0; i < profile->unknown.count; i++)
		lb_found(v, "PRF-020", NULL, "the profile's \"%s\" is not known; it is not checked",
			lb_show_name(&shown, profile->unknown.items[i]));
}
