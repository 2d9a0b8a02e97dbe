#include "lifeboat/index/internal.h"

#include <string.h>

#include "format/text/text.h"

/* What is about to be known of a lifeboat. */
struct lifeboat { const char *id, *title, *digest, *where; int64_t now; };

struct adding {
	struct lb_index *ix;
	sqlite3_stmt *photo; /* inserts one */
	const char *id;      /* of the lifeboat */
};

/* ---- what it is ---- */

static int take(void *arg, const void *data, size_t n, struct lb_error *err)
{
	(void)err;
	lb_digest_add(arg, data, n);
	return LB_OK;
}

/* The tag manifest names every byte of a package, however it is packed. Without one there is nothing to compare: "". */
static int read_digest(const struct lb_container *package, char hex[LB_SHA256_HEX], struct lb_error *err)
{
	LB_AUTO(lb_digest_freep) struct lb_digest *d = lb_digest_new(LB_SHA256);
	size_t count;
	long member = lb_container_find(package, "tagmanifest-sha256.txt");
	hex[0] = '\0';
	if (member < 0 || lb_container_members(package, &count)[member].kind != LB_MEMBER_FILE)
		return LB_OK;
	LB_TRY(lb_container_stream(package, (size_t)member, take, d, err));
	lb_digest_hex(d, hex);
	return LB_OK;
}

/* ---- its rows ---- */

/* The last of two photos with one id counts; a good package has no such thing. */
static int add_photo(void *arg, const struct lb_listing *p, struct lb_error *err)
{
	const struct adding *a = arg;
	const char *const texts[] = {p->id, a->id, p->title, p->withheld ? "withheld" : "held"};
	lb_index_bind(a->photo, texts, LB_COUNT(texts));
	return lb_index_do(a->ix, a->photo, err);
}

static int add_photos(struct lb_index *ix, const struct lb_container *package, const char *id, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *insert = NULL;
	LB_TRY(lb_index_prepare(ix, "INSERT OR REPLACE INTO photos(photo_id, lifeboat_id, title, status) VALUES(?1, ?2, ?3, ?4)",
		&insert, err));
	struct adding adding = {.ix = ix, .photo = insert, .id = id};
	return lb_package_list(package, add_photo, &adding, err);
}

static int add_lifeboat(struct lb_index *ix, const struct lifeboat *l, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	const char *const texts[] = {l->id, l->title, l->digest};
	LB_TRY(lb_index_prepare(ix, "INSERT INTO lifeboats(id, title, digest, added, photos) VALUES(?1, ?2, ?3, ?4, 0)", &s, err));
	lb_index_bind(s, texts, LB_COUNT(texts));
	sqlite3_bind_int64(s, 4, l->now);
	return lb_index_do(ix, s, err);
}

static int run_with_id(struct lb_index *ix, const char *sql, const char *id, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	LB_TRY(lb_index_prepare(ix, sql, &s, err));
	lb_index_bind(s, &id, 1);
	return lb_index_do(ix, s, err);
}

static int count_photos(struct lb_index *ix, const char *id, size_t *photos, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	bool row;
	LB_TRY(run_with_id(ix, "UPDATE lifeboats SET photos = (SELECT count(*) FROM photos WHERE lifeboat_id = ?1) WHERE id = ?1", id, err));
	LB_TRY(lb_index_prepare(ix, "SELECT photos FROM lifeboats WHERE id = ?1", &s, err));
	lb_index_bind(s, &id, 1);
	LB_TRY(lb_index_step(ix, s, &row, err));
	*photos = row ? (size_t)sqlite3_column_int64(s, 0) : 0;
	return LB_OK;
}

/* ---- what was known before ---- */

static int is_same(struct lb_index *ix, const struct lifeboat *l, bool *same, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	const char *const texts[] = {l->id, l->digest};
	LB_TRY(lb_index_prepare(ix, "SELECT 1 FROM lifeboats WHERE id = ?1 AND digest = ?2 AND digest <> ''", &s, err));
	lb_index_bind(s, texts, LB_COUNT(texts));
	return lb_index_step(ix, s, same, err);
}

/* A newer state of the same place replaces nothing that is still somewhere. */
static struct lb_index_places others(const struct lb_index_places *places, const char *where, struct lb_arena *arena)
{
	const char **kept = lb_arena_alloc(arena, (places->count + 1) * sizeof *kept);
	size_t count = 0;
	for (size_t i = 0; i < places->count; i++)
		if (strcmp(places->paths[i], where) != 0)
			kept[count++] = places->paths[i];
	return (struct lb_index_places){kept, count};
}

/* Places of the same content stay; those of other content go, and are told. */
static int add_all(struct lb_index *ix, const struct lb_container *package, const struct lifeboat *l, struct lb_arena *arena,
	struct lb_index_added *added, struct lb_error *err)
{
	struct lb_index_places before;
	bool same;
	LB_TRY(lb_index_places_of(ix, l->id, arena, &before, err));
	LB_TRY(is_same(ix, l, &same, err));
	LB_TRY(run_with_id(ix, "DELETE FROM lifeboats WHERE id = ?1", l->id, err)); /* its photos and places go along */
	LB_TRY(add_lifeboat(ix, l, err));
	for (size_t i = 0; same && i < before.count; i++)
		LB_TRY(lb_index_put_place(ix, l->id, before.paths[i], err));
	LB_TRY(lb_index_put_place(ix, l->id, l->where, err));
	LB_TRY(add_photos(ix, package, l->id, err));
	if (!same)
		added->replaced = others(&before, l->where, arena);
	return count_photos(ix, l->id, &added->photos, err);
}

int lb_index_add(struct lb_index *ix, const struct lb_container *package, const char *where, int64_t now, struct lb_arena *arena,
	struct lb_index_added *out, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	char digest[LB_SHA256_HEX];
	struct lb_index_added added = {0};
	LB_TRY(lb_package_read_info(package, &info, err));
	LB_TRY(read_digest(package, digest, err));
	const struct lifeboat l = {.id = lb_json_get_str(info, "id"), .title = lb_json_get_str(info, "title"), .digest = digest,
		.where = where, .now = now};
	if (!l.id || !*l.id)
		return lb_fail(err, LB_FORMAT, "the lifeboat at \"%s\" has no id", where);
	added.id = lb_arena_strdup(arena, l.id);
	LB_TRY(lb_index_run(ix, "BEGIN IMMEDIATE", err));
	int rc = add_all(ix, package, &l, arena, &added, err);
	if (rc == LB_OK)
		rc = lb_index_run(ix, "COMMIT", err);
	if (rc == LB_OK)
		*out = added;
	if (rc != LB_OK && !sqlite3_get_autocommit(ix->db))
		sqlite3_exec(ix->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int lb_index_remove(struct lb_index *ix, const char *lifeboat_id, struct lb_error *err)
{
	LB_TRY(run_with_id(ix, "DELETE FROM lifeboats WHERE id = ?1", lifeboat_id, err));
	if (sqlite3_changes(ix->db) == 0)
		return lb_fail(err, LB_NOTFOUND, "the index \"%s\" has no lifeboat \"%s\"", ix->path, lifeboat_id);
	return LB_OK;
}
