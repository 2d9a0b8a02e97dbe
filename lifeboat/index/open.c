#include <stdlib.h>

#include "lifeboat/index/internal.h"

#define APPLICATION_ID 1279412568 /* "LBIX" */
#define SCHEMA_VERSION 2
#define BUSY_MS 10000
#define TEXT_OF(x) TEXT_OF_(x)
#define TEXT_OF_(x) #x

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE lifeboats("
	"  id TEXT NOT NULL PRIMARY KEY, title TEXT, digest TEXT NOT NULL, added INTEGER NOT NULL, photos INTEGER NOT NULL);"
	"CREATE TABLE places("
	"  place TEXT NOT NULL UNIQUE, lifeboat_id TEXT NOT NULL REFERENCES lifeboats(id) ON DELETE CASCADE);"
	"CREATE INDEX places_of_lifeboat ON places(lifeboat_id);"
	"CREATE TABLE photos("
	"  photo_id TEXT NOT NULL, lifeboat_id TEXT NOT NULL REFERENCES lifeboats(id) ON DELETE CASCADE,"
	"  title TEXT, status TEXT NOT NULL, PRIMARY KEY(photo_id, lifeboat_id)) WITHOUT ROWID;"
	"CREATE INDEX photos_of_lifeboat ON photos(lifeboat_id);"
	"PRAGMA application_id=" TEXT_OF(APPLICATION_ID) ";"
	"PRAGMA user_version=" TEXT_OF(SCHEMA_VERSION) ";"
	"COMMIT;";

int lb_index_failed(const struct lb_index *ix, struct lb_error *err)
{
	int code = ix->db ? sqlite3_errcode(ix->db) & 0xFF : SQLITE_NOMEM;
	if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
		return lb_fail(err, LB_LOCKED, "the index \"%s\" is in use by another program", ix->path);
	if (code == SQLITE_NOTADB)
		return lb_fail(err, LB_IO, "\"%s\" is not an index of lifeboats", ix->path);
	return lb_fail(err, LB_IO, "cannot use the index \"%s\": %s", ix->path, ix->db ? sqlite3_errmsg(ix->db) : "out of memory");
}

int lb_index_run(const struct lb_index *ix, const char *sql, struct lb_error *err)
{
	return sqlite3_exec(ix->db, sql, NULL, NULL, NULL) == SQLITE_OK ? LB_OK : lb_index_failed(ix, err);
}

int lb_index_prepare(const struct lb_index *ix, const char *sql, sqlite3_stmt **out, struct lb_error *err)
{
	return sqlite3_prepare_v2(ix->db, sql, -1, out, NULL) == SQLITE_OK ? LB_OK : lb_index_failed(ix, err);
}

void lb_index_bind(sqlite3_stmt *statement, const char *const *texts, int count)
{
	for (int i = 0; i < count; i++)
		if (texts[i])
			sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
		else
			sqlite3_bind_null(statement, i + 1);
}

int lb_index_step(const struct lb_index *ix, sqlite3_stmt *statement, bool *row, struct lb_error *err)
{
	int code = sqlite3_step(statement);
	*row = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ? LB_OK : lb_index_failed(ix, err);
}

int lb_index_do(const struct lb_index *ix, sqlite3_stmt *statement, struct lb_error *err)
{
	bool row;
	int rc = lb_index_step(ix, statement, &row, err);
	sqlite3_reset(statement);
	return rc;
}

const char *lb_index_text(sqlite3_stmt *statement, int column)
{
	return (const char *)sqlite3_column_text(statement, column);
}

void lb_index_finalizep(sqlite3_stmt **statement)
{
	sqlite3_finalize(*statement);
	*statement = NULL;
}

/* ---- opening ---- */

static int read_number(const struct lb_index *ix, const char *sql, int64_t *out, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	bool row;
	LB_TRY(lb_index_prepare(ix, sql, &s, err));
	LB_TRY(lb_index_step(ix, s, &row, err));
	*out = row ? sqlite3_column_int64(s, 0) : 0;
	return LB_OK;
}

/* An empty file becomes an index when we may make one; a database of something else is left alone. */
static int check_schema(const struct lb_index *ix, bool create, struct lb_error *err)
{
	int64_t id, version, tables;
	LB_TRY(read_number(ix, "PRAGMA application_id", &id, err));
	LB_TRY(read_number(ix, "PRAGMA user_version", &version, err));
	LB_TRY(read_number(ix, "SELECT count(*) FROM sqlite_schema", &tables, err));
	if (id == APPLICATION_ID && version == SCHEMA_VERSION)
		return LB_OK;
	if (id == APPLICATION_ID)
		return lb_fail(err, LB_UNSUPPORTED, "the index \"%s\" was made by another version of this program", ix->path);
	if (tables || id || version || !create)
		return lb_fail(err, LB_IO, "\"%s\" is not an index of lifeboats", ix->path);
	LB_TRY(lb_index_run(ix, "PRAGMA journal_mode=WAL", err));
	int rc = lb_index_run(ix, schema, err);
	if (rc == LB_OK || sqlite3_get_autocommit(ix->db))
		return rc;
	sqlite3_exec(ix->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

static int open_file(struct lb_index *ix, bool create, struct lb_error *err)
{
	int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
	if (!create && !lb_file_exists(ix->path))
		return lb_fail(err, LB_NOTFOUND, "there is no index \"%s\"", ix->path);
	if (sqlite3_open_v2(ix->path, &ix->db, flags, NULL) != SQLITE_OK)
		return lb_index_failed(ix, err);
	sqlite3_busy_timeout(ix->db, BUSY_MS);
	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(ix->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	LB_TRY(check_schema(ix, create, err));
	return lb_index_run(ix, "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL", err);
}

int lb_index_open(const char *path, bool create, struct lb_index **out, struct lb_error *err)
{
	LB_AUTO(lb_index_freep) struct lb_index *ix = lb_alloc(sizeof *ix);
	ix->path = lb_strdup(path);
	LB_TRY(open_file(ix, create, err));
	*out = ix;
	ix = NULL;
	return LB_OK;
}

void lb_index_free(struct lb_index *ix)
{
	if (!ix)
		return;
	sqlite3_close(ix->db);
	free(ix->path);
	free(ix);
}

void lb_index_freep(struct lb_index **ix)
{
	lb_index_free(*ix);
	*ix = NULL;
}
