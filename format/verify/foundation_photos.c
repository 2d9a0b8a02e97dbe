/* Each photo of a package of the Flickr Foundation: its entry in photoIndex.js, its own file, and the files that it names. */
#include <stdlib.h>
#include <string.h>

#include "format/verify/foundation_private.h"

/* One photo under examination. entry or photo NULL: it could not be read. */
struct photo {
	struct lb_theirs *t;
	const char *id;
	const char *path;                    /* of its own file, in the container */
	const struct lb_json *entry, *photo;
};

#define INDEX_PATH "metadata/photoIndex.js"

/* ---- what both tell ---- */

static bool is_absent(const struct lb_json *v)
{
	return !v || lb_json_is_null(v);
}

static bool is_number(const struct lb_json *v)
{
	return lb_json_num(v, 0) == lb_json_num(v, 1);
}

/* Of texts and numbers; what is absent is null. */
static bool same_value(const struct lb_json *a, const struct lb_json *b)
{
	if (is_absent(a) || is_absent(b))
		return is_absent(a) && is_absent(b);
	if (is_number(a) && is_number(b))
		return lb_json_num(a, 0) == lb_json_num(b, 0);
	return lb_json_str(a) && lb_json_str(b) && strcmp(lb_json_str(a), lb_json_str(b)) == 0;
}

static void compare(const struct photo *p)
{
	static const struct { const char *key, *rule; } fields[] = {
		{"title", "FND-012"}, {"uploaderId", "FND-012"}, {"licenseId", "FND-012"}, {"visibility", "FND-013"},
		{"dateUploaded", "FND-013"}, {"countComments", "FND-013"}, {"countFaves", "FND-013"}, {"countViews", "FND-013"},
	};
	const struct lb_json *taken[] = {lb_json_get(p->entry, "dateTaken"), lb_json_get(p->photo, "dateTaken")};
	for (size_t i = 0; i < LB_COUNT(fields); i++) {
		const struct lb_json *there = lb_json_get(p->photo, fields[i].key);
		/* a stub of ours leaves out what it withholds */
		if (there && !same_value(lb_json_get(p->entry, fields[i].key), there))
			lb_found(p->t->v, fields[i].rule, p->path, "tells another %s than photoIndex.js", fields[i].key);
	}
	if (taken[1] && (!same_value(lb_json_get(taken[0], "value"), lb_json_get(taken[1], "value")) ||
				!same_value(lb_json_get(taken[0], "granularity"), lb_json_get(taken[1], "granularity"))))
		lb_found(p->t->v, "FND-013", p->path, "tells another dateTaken than photoIndex.js");
}

/* ---- fields ---- */

struct fields { const struct photo *photo; const char *path; };

static void tell_field(void *arg, const char *key, const char *shape)
{
	const struct fields *f = arg;
	struct lb_shown_name shown;
	lb_found(f->photo->t->v, "FND-007", f->path, "the %s of \"%s\" is not %s", key, lb_show_name(&shown, f->photo->id), shape);
}

static void check_dates(const struct photo *p)
{
	const char *posted = lb_json_get_str(p->photo, "dateUploaded");
	const char *word = lb_json_get_str(lb_json_get(p->photo, "dateTaken"), "granularity");
	struct lb_shown_name shown;
	if (posted && lb_foundation_date(posted) == LB_UNKNOWN)
		lb_found(p->t->v, "FND-034", p->path, "its dateUploaded \"%s\" is no date with its zone", lb_show_name(&shown, posted));
	if (word && lb_foundation_granularity(word) == LB_UNKNOWN)
		lb_found(p->t->v, "FND-034", p->path, "its granularity \"%s\" is not known", lb_show_name(&shown, word));
}

/* ---- whom and what it names ---- */

static void resolve(const struct photo *p, int index, const char *rule, const char *what, const char *id)
{
	struct lb_shown_name shown;
	if (id && !lb_their_has(p->t, index, id))
		lb_found(p->t->v, rule, p->path, "its %s \"%s\" is in no index", what, lb_show_name(&shown, id));
}

static void resolve_list(const struct photo *p, int index, const char *rule, const char *list, const char *key, const char *what)
{
	const struct lb_json *all = lb_json_get(p->photo, list);
	for (size_t i = 0; i < lb_json_count(all) && lb_json_is_array(all); i++) {
		const struct lb_json *one = lb_json_at(all, i);
		resolve(p, index, rule, what, key ? lb_json_get_str(one, key) : lb_json_str(one));
	}
}

static void resolve_all(const struct photo *p)
{
	resolve(p, LB_THEIR_PEOPLE, "FND-025", "uploader", lb_json_get_str(p->photo, "uploaderId"));
	resolve(p, LB_THEIR_LICENSES, "FND-026", "licence", lb_json_get_str(p->photo, "licenseId"));
	resolve_list(p, LB_THEIR_PEOPLE, "FND-025", "comments", "authorId", "commenter");
	resolve_list(p, LB_THEIR_PEOPLE, "FND-025", "tags", "authorId", "tagger");
	resolve_list(p, LB_THEIR_ALBUMS, "FND-027", "albumIds", NULL, "album");
	resolve_list(p, LB_THEIR_GALLERIES, "FND-027", "galleryIds", NULL, "gallery");
	resolve_list(p, LB_THEIR_GROUPS, "FND-027", "groupIds", NULL, "group");
}

/* ---- files ---- */

/* The member, or -1 after telling why there is none. */
static long find_file(const struct photo *p, const char *role, const char *path)
{
	struct lb_verify *v = p->t->v;
	struct lb_shown_name shown;
	const char *why;
	if (!lb_path_is_safe(lb_span(path), &why)) {
		lb_found(v, "FND-015", p->path, "its %s \"%s\": the path %s", role, lb_show_name(&shown, path), why);
		return -1;
	}
	long member = lb_foundation_member(&p->t->f, path);
	if (member >= 0 && v->members[member].kind == LB_MEMBER_FILE)
		return member;
	lb_found(v, "FND-016", p->path, "its %s \"%s\" is not there", role, lb_show_name(&shown, path));
	return -1;
}

static void name_file(struct lb_theirs *t, size_t member, const struct lb_foundation_file *file, const enum lb_hash *hash)
{
	pthread_mutex_lock(&t->v->lock);
	t->files++;
	t->paths += !file->object;
	t->objects += file->object;
	if (t->named[member] < 2)
		t->named[member]++;
	if (hash) {
		t->algorithms[*hash] += !file->algorithm;
		LB_GROW(t->claims, t->nclaims, t->claims_cap);
		t->claims[t->nclaims++] = (struct lb_claim){member, lb_arena_strdup(&t->v->arena, file->checksum), *hash};
	}
	pthread_mutex_unlock(&t->v->lock);
}

static void check_file(const struct photo *p, enum lb_role role, const char *name)
{
	struct lb_verify *v = p->t->v;
	struct lb_foundation_file file;
	enum lb_hash hash;
	if (!lb_foundation_file(p->photo, p->entry, role, &file)) {
		bool withheld = lb_json_get_str(p->photo, "withheld") || lb_json_bool(lb_json_get(p->photo, "stub"), false);
		if (p->photo && !withheld)
			lb_found(v, "FND-028", p->path, "names no %s", name);
		return;
	}
	long member = find_file(p, name, file.path);
	if (member < 0)
		return;
	if (file.size >= 0 && (uint64_t)file.size != v->members[member].size)
		lb_found(v, "FND-017", v->members[member].path, "has %llu bytes, but its photo tells %lld",
			(unsigned long long)v->members[member].size, (long long)file.size);
	bool judged = lb_foundation_checksum(&file, &hash);
	if (file.checksum && !judged)
		lb_found(v, "FND-019", p->path, "the checksum of its %s has the length of no known one", name);
	name_file(p->t, (size_t)member, &file, judged ? &hash : NULL);
}

/* The entry's own thumbnail is the one of the photo's file. */
static void check_listed_thumbnail(const struct photo *p)
{
	const char *listed = lb_json_get_str(lb_json_get(p->entry, "thumbnail"), "path");
	const struct lb_json *file = lb_json_get(lb_json_get(p->photo, "files"), "thumbnail");
	const char *own = lb_json_str(file) ? lb_json_str(file) : lb_json_get_str(file, "path");
	if (listed && own && strcmp(listed, own) != 0)
		lb_found(p->t->v, "FND-012", p->path, "tells another thumbnail than photoIndex.js");
}

/* ---- a photo ---- */

static void check_contents(const struct photo *p)
{
	const char *id = lb_json_get_str(p->photo, "id");
	struct lb_shown_name shown;
	lb_foundation_misshapen(p->photo, NULL, tell_field, &(struct fields){p, p->path});
	if (!id || strcmp(id, p->id) != 0)
		lb_found(p->t->v, "FND-011", p->path, "is about \"%s\"", lb_show_name(&shown, id ? id : "nothing"));
	if (p->entry)
		compare(p);
	check_dates(p);
	resolve_all(p);
	check_listed_thumbnail(p);
}

static void check_files(const struct photo *p)
{
	check_file(p, LB_ORIGINAL, "original");
	check_file(p, LB_THUMBNAIL, "thumbnail");
}

static struct lb_json *read_entry(struct lb_theirs *t, size_t i, const char *index_path)
{
	const struct lb_foundation_row *row = &t->index[LB_THEIR_PHOTOS].rows[i];
	struct lb_json *entry = NULL;
	struct lb_error why = {0};
	struct lb_shown_name shown;
	if (lb_foundation_row_parse(row, &entry, &why) != LB_OK) {
		lb_found(t->v, "FND-002", index_path, "the entry \"%s\": %s", lb_show_name(&shown, row->key), why.what);
		return NULL;
	}
	if (!lb_json_is_object(entry))
		lb_found(t->v, "FND-007", index_path, "the entry \"%s\" is no object", lb_show_name(&shown, row->key));
	return entry;
}

/* The photo's own file, or NULL after telling why not. */
static struct lb_json *read_own(struct lb_theirs *t, const char *relative, const char *path)
{
	long member = lb_foundation_member(&t->f, relative);
	struct lb_json *photo = NULL;
	struct lb_error why = {0};
	char name[64];
	if (member < 0) {
		lb_found(t->v, "FND-010", path, "is missing");
		return NULL;
	}
	pthread_mutex_lock(&t->v->lock);
	t->owned[member] = 1;
	pthread_mutex_unlock(&t->v->lock);
	if (lb_foundation_read(&t->f, relative, name, &photo, &why) != LB_OK) {
		lb_found(t->v, "FND-002", path, "%s", why.what);
		return NULL;
	}
	if (strcmp(name, "photo") != 0)
		lb_found(t->v, "FND-003", path, "defines \"%s\", not \"photo\"", name);
	return photo;
}

static void check_key(struct lb_theirs *t, const char *id, const char *index_path)
{
	struct lb_shown_name shown;
	size_t n = strlen(id);
	if (n == 0 || n > 24 || strspn(id, "0123456789") != n)
		lb_found(t->v, "FND-006", index_path, "\"%s\" is not the id of a photo", lb_show_name(&shown, id));
}

static void check_own_path(struct lb_theirs *t, const char *id, const struct lb_json *entry, const char *index_path)
{
	const char *path = lb_json_get_str(entry, "metadataPath"), *why;
	struct lb_shown_name shown, shown_id;
	if (path && !lb_path_is_safe(lb_span(path), &why))
		lb_found(t->v, "FND-015", index_path, "the metadataPath \"%s\" of \"%s\": the path %s", lb_show_name(&shown, path),
			lb_show_name(&shown_id, id), why);
}

static int check_photo(void *arg, size_t i, struct lb_error *err)
{
	struct lb_theirs *t = arg;
	const char *id = t->index[LB_THEIR_PHOTOS].rows[i].key;
	LB_AUTO(lb_buf_clear) struct lb_buf relative = LB_BUF(1 << 16), path = LB_BUF(1 << 16), index_path = LB_BUF(1 << 16);
	LB_TRY(lb_ctx_check(t->v->ctx, err));
	lb_their_path(t, &index_path, INDEX_PATH);
	LB_AUTO(lb_json_freep) struct lb_json *entry = read_entry(t, i, lb_buf_str(&index_path));
	check_key(t, id, lb_buf_str(&index_path));
	check_own_path(t, id, entry, lb_buf_str(&index_path));
	lb_foundation_photo_path(&relative, id, entry);
	lb_their_path(t, &path, lb_buf_str(&relative));
	LB_AUTO(lb_json_freep) struct lb_json *own = read_own(t, lb_buf_str(&relative), lb_buf_str(&path));
	struct photo p = {t, id, lb_buf_str(&path), entry, own};
	lb_foundation_misshapen(NULL, entry, tell_field, &(struct fields){&p, lb_buf_str(&index_path)});
	if (own)
		check_contents(&p);
	check_files(&p);
	return LB_OK;
}

int lb_their_photos(struct lb_theirs *t, struct lb_error *err)
{
	return lb_parallel(t->v->ctx, t->index[LB_THEIR_PHOTOS].count, check_photo, t, err);
}
