/* Reads a BagIt profile: BagIt Profiles Specification 1.4.0. What is not as it says there is an error, never passed over. */
#include <stdlib.h>
#include <string.h>

#include "format/verify/profile_private.h"

#define PROFILE_MAX ((size_t)16 << 20)
#define TEXT_MAX 4096 /* of a pattern, a value */

struct source { struct lb_bag_profile *p; const struct lb_json *json; };

static int malformed(struct lb_error *err, const char *key, const char *must)
{
	struct lb_shown_name shown;
	return lb_fail(err, LB_USAGE, "not a BagIt profile: \"%s\" %s", lb_show_name(&shown, key), must);
}

/* ---- values ---- */

static int read_list(struct lb_arena *arena, const struct lb_json *json, const char *key, struct lb_profile_list *out,
	struct lb_error *err)
{
	const struct lb_json *list = lb_json_get(json, key);
	if (!list)
		return LB_OK;
	if (!lb_json_is_array(list))
		return malformed(err, key, "must be a list of texts");
	out->given = true;
	out->count = lb_json_count(list);
	out->items = lb_arena_alloc(arena, (out->count + 1) * sizeof *out->items);
	for (size_t i = 0; i < out->count; i++) {
		const char *text = lb_json_str(lb_json_at(list, i));
		if (!text)
			return malformed(err, key, "must be a list of texts");
		if (strlen(text) > TEXT_MAX)
			return malformed(err, key, "has a text that is too long");
		out->items[i] = lb_arena_strdup(arena, text);
	}
	return LB_OK;
}

/* true and false, as texts too: some profiles have them so. */
static int read_bool(const struct lb_json *json, const char *key, bool *out, struct lb_error *err)
{
	const struct lb_json *v = lb_json_get(json, key);
	const char *text = lb_json_str(v);
	if (!v)
		return LB_OK;
	bool yes = lb_json_bool(v, false) || (text && strcmp(text, "true") == 0);
	bool no = !lb_json_bool(v, true) || (text && strcmp(text, "false") == 0);
	if (!yes && !no)
		return malformed(err, key, "must be true or false");
	*out = yes;
	return LB_OK;
}

/* ---- BagIt-Profile-Info ---- */

static int read_identity(const struct source *s, struct lb_error *err)
{
	static const char *const required[] = {"BagIt-Profile-Identifier", "Source-Organization", "External-Description", "Version"};
	const struct lb_json *info = lb_json_get(s->json, "BagIt-Profile-Info");
	if (!lb_json_is_object(info))
		return malformed(err, "BagIt-Profile-Info", "is missing, or not an object");
	for (size_t i = 0; i < LB_COUNT(required); i++) {
		const char *text = lb_json_get_str(info, required[i]);
		if (!text || !*text)
			return malformed(err, required[i], "is missing from BagIt-Profile-Info, or not a text");
	}
	s->p->id = lb_arena_strdup(&s->p->arena, lb_json_get_str(info, required[0]));
	return LB_OK;
}

/* ---- Bag-Info ---- */

static bool is_one_of(const char *key, const char *const *known, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(key, known[i]) == 0)
			return true;
	return false;
}

static void note_unknown(struct lb_bag_profile *p, size_t *cap, const char *where, const char *key)
{
	struct lb_profile_list *u = &p->unknown;
	LB_GROW(u->items, u->count, *cap);
	u->items[u->count++] = *where ? lb_arena_printf(&p->arena, "%s in %s", key, where) : lb_arena_strdup(&p->arena, key);
}

static int read_label(const struct source *s, size_t *cap, const char *name, const struct lb_json *json, struct lb_profile_label *out,
	struct lb_error *err)
{
	static const char *const known[] = {"required", "recommended", "repeatable", "values", "description"};
	const struct lb_json *value;
	const char *key;
	if (!lb_json_is_object(json))
		return malformed(err, name, "in Bag-Info must be an object");
	*out = (struct lb_profile_label){.name = lb_arena_strdup(&s->p->arena, name), .repeatable = true};
	LB_TRY(read_bool(json, "required", &out->required, err));
	LB_TRY(read_bool(json, "recommended", &out->recommended, err));
	LB_TRY(read_bool(json, "repeatable", &out->repeatable, err));
	LB_TRY(read_list(&s->p->arena, json, "values", &out->values, err));
	for (void *it = NULL; lb_json_each(json, &it, &key, &value);)
		if (!is_one_of(key, known, LB_COUNT(known)))
			note_unknown(s->p, cap, name, key);
	return LB_OK;
}

static int read_labels(const struct source *s, size_t *cap, struct lb_error *err)
{
	const struct lb_json *info = lb_json_get(s->json, "Bag-Info"), *value;
	const char *name;
	if (!info)
		return LB_OK;
	if (!lb_json_is_object(info))
		return malformed(err, "Bag-Info", "must be an object");
	s->p->labels = lb_arena_alloc(&s->p->arena, (lb_json_count(info) + 1) * sizeof *s->p->labels);
	for (void *it = NULL; lb_json_each(info, &it, &name, &value);)
		LB_TRY(read_label(s, cap, name, value, &s->p->labels[s->p->nlabels++], err));
	return LB_OK;
}

/* ---- lists that must agree ---- */

static bool same_hash(const char *a, const char *b)
{
	enum lb_hash x, y;
	if (lb_hash_by_name(lb_span(a), &x) && lb_hash_by_name(lb_span(b), &y))
		return x == y;
	return strcmp(a, b) == 0;
}

static int check_hashes(const struct lb_profile_hashes *h, const char *key, struct lb_error *err)
{
	for (size_t i = 0; h->allowed.given && i < h->required.count; i++) {
		bool found = false;
		for (size_t k = 0; k < h->allowed.count; k++)
			found = found || same_hash(h->required.items[i], h->allowed.items[k]);
		if (!found)
			return malformed(err, key, "requires an algorithm that it does not allow");
	}
	return LB_OK;
}

static int check_files(const struct lb_profile_files *f, const char *key, struct lb_error *err)
{
	for (size_t i = 0; f->allowed.given && i < f->required.count; i++)
		if (!lb_glob_match_any(&f->allowed, f->required.items[i]))
			return malformed(err, key, "requires a file that is not allowed");
	return LB_OK;
}

static int read_lists(const struct source *s, struct lb_error *err)
{
	struct lb_bag_profile *p = s->p;
	const struct { const char *key; struct lb_profile_list *list; } lists[] = {
		{"Manifests-Required", &p->manifests.required}, {"Manifests-Allowed", &p->manifests.allowed},
		{"Tag-Manifests-Required", &p->tag_manifests.required}, {"Tag-Manifests-Allowed", &p->tag_manifests.allowed},
		{"Tag-Files-Required", &p->tag_files.required}, {"Tag-Files-Allowed", &p->tag_files.allowed},
		{"Payload-Files-Required", &p->payload_files.required}, {"Payload-Files-Allowed", &p->payload_files.allowed},
		{"Accept-BagIt-Version", &p->versions}, {"Accept-Serialization", &p->types},
	};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		LB_TRY(read_list(&p->arena, s->json, lists[i].key, lists[i].list, err));
	LB_TRY(check_hashes(&p->manifests, "Manifests-Required", err));
	LB_TRY(check_hashes(&p->tag_manifests, "Tag-Manifests-Required", err));
	LB_TRY(check_files(&p->tag_files, "Tag-Files-Required", err));
	LB_TRY(check_files(&p->payload_files, "Payload-Files-Required", err));
	return p->versions.count ? LB_OK : malformed(err, "Accept-BagIt-Version", "is missing or empty");
}

/* ---- the rest ---- */

static int read_serialization(const struct source *s, struct lb_error *err)
{
	static const char *const words[] = {
		[LB_SERIALIZATION_OPTIONAL] = "optional", [LB_SERIALIZATION_REQUIRED] = "required",
		[LB_SERIALIZATION_FORBIDDEN] = "forbidden",
	};
	const struct lb_json *v = lb_json_get(s->json, "Serialization");
	const char *text = lb_json_str(v);
	size_t i = 0;
	while (text && i < LB_COUNT(words) && strcmp(text, words[i]) != 0)
		i++;
	if (v && (!text || i == LB_COUNT(words)))
		return malformed(err, "Serialization", "must be forbidden, required or optional");
	s->p->serialization = (enum lb_serialization)i;
	if (v && s->p->serialization != LB_SERIALIZATION_FORBIDDEN && !s->p->types.count)
		return malformed(err, "Accept-Serialization", "is missing, though bags may be packed");
	return LB_OK;
}

static int read_flags(const struct source *s, struct lb_error *err)
{
	struct lb_bag_profile *p = s->p;
	p->allow_fetch = true;
	LB_TRY(read_bool(s->json, "Allow-Fetch.txt", &p->allow_fetch, err));
	LB_TRY(read_bool(s->json, "Fetch.txt-Required", &p->require_fetch, err));
	LB_TRY(read_bool(s->json, "Data-Empty", &p->data_empty, err));
	if (p->require_fetch && !p->allow_fetch)
		return malformed(err, "Fetch.txt-Required", "requires a fetch.txt that is not allowed");
	return LB_OK;
}

static void find_unknown(const struct source *s, size_t *cap)
{
	static const char *const known[] = {
		"BagIt-Profile-Info", "Bag-Info", "Manifests-Required", "Manifests-Allowed", "Tag-Manifests-Required",
		"Tag-Manifests-Allowed", "Allow-Fetch.txt", "Fetch.txt-Required", "Data-Empty", "Serialization",
		"Accept-Serialization", "Accept-BagIt-Version", "Tag-Files-Required", "Tag-Files-Allowed", "Payload-Files-Required",
		"Payload-Files-Allowed",
	};
	const struct lb_json *value;
	const char *key;
	for (void *it = NULL; lb_json_each(s->json, &it, &key, &value);)
		if (!is_one_of(key, known, LB_COUNT(known)))
			note_unknown(s->p, cap, "", key);
}

static int read_all(const struct source *s, struct lb_error *err)
{
	size_t cap = 0;
	if (!lb_json_is_object(s->json))
		return lb_fail(err, LB_USAGE, "not a BagIt profile: not a JSON object");
	LB_TRY(read_identity(s, err));
	LB_TRY(read_labels(s, &cap, err));
	LB_TRY(read_lists(s, err));
	LB_TRY(read_serialization(s, err));
	LB_TRY(read_flags(s, err));
	find_unknown(s, &cap);
	return LB_OK;
}

int lb_bag_profile_parse(struct lb_span json, struct lb_bag_profile **out, struct lb_error *err)
{
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *p = lb_alloc(sizeof *p);
	LB_AUTO(lb_json_freep) struct lb_json *parsed = NULL;
	struct lb_error why = {0};
	if (lb_json_parse(json, &parsed, &why) != LB_OK)
		return lb_fail(err, LB_USAGE, "not a BagIt profile: %s", why.what);
	LB_TRY(read_all(&(struct source){p, parsed}, err));
	*out = p;
	p = NULL;
	return LB_OK;
}

int lb_bag_profile_read(const char *path, struct lb_bag_profile **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(PROFILE_MAX);
	struct lb_error why = {0};
	if (lb_dir_exists(path))
		return lb_fail(err, LB_USAGE, "cannot read the profile \"%s\": it is a folder", path);
	int rc = lb_file_read(path, PROFILE_MAX, &text, &why);
	if (rc)
		return lb_fail(err, rc == LB_LIMIT ? LB_USAGE : rc, "cannot read the profile: %s", why.what);
	if (lb_bag_profile_parse(lb_buf_span(&text), out, &why) != LB_OK)
		return lb_fail(err, LB_USAGE, "\"%s\": %s", path, why.what);
	return LB_OK;
}

void lb_bag_profile_free(struct lb_bag_profile *p)
{
	if (!p)
		return;
	free(p->unknown.items);
	lb_arena_clear(&p->arena);
	free(p);
}

void lb_bag_profile_freep(struct lb_bag_profile **p)
{
	lb_bag_profile_free(*p);
	*p = NULL;
}

const char *lb_bag_profile_id(const struct lb_bag_profile *p)
{
	return p->id;
}
