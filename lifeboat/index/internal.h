/* What the files of the index share. */
#ifndef LB_INDEX_INTERNAL_H
#define LB_INDEX_INTERNAL_H

#include <sqlite3.h>

#include "lifeboat/index/index.h"

struct lb_index { sqlite3 *db; char *path; };

/* Records what SQLite says of its last failure. */
int lb_index_failed(const struct lb_index *ix, struct lb_error *err);
/* Runs statements that give no rows and take no values. */
LB_CHECKED int lb_index_run(const struct lb_index *ix, const char *sql, struct lb_error *err);
LB_CHECKED int lb_index_prepare(const struct lb_index *ix, const char *sql, sqlite3_stmt **out, struct lb_error *err);
/* Binds texts to ?1, ?2 …; NULL is NULL. They are borrowed until the statement is reset. */
void lb_index_bind(sqlite3_stmt *statement, const char *const *texts, int count);
/* Steps a statement that gives no row, and resets it. */
LB_CHECKED int lb_index_do(const struct lb_index *ix, sqlite3_stmt *statement, struct lb_error *err);
/* Steps to the next row: *row false at the end. */
LB_CHECKED int lb_index_step(const struct lb_index *ix, sqlite3_stmt *statement, bool *row, struct lb_error *err);
const char *lb_index_text(sqlite3_stmt *statement, int column); /* NULL when NULL */
/* The places of a lifeboat, in the arena. */
LB_CHECKED int lb_index_places_of(struct lb_index *ix, const char *lifeboat_id, struct lb_arena *arena, struct lb_index_places *out, struct lb_error *err);
/* Should another lifeboat have been there, it is there no more. */
LB_CHECKED int lb_index_put_place(struct lb_index *ix, const char *lifeboat_id, const char *place, struct lb_error *err);
void lb_index_finalizep(sqlite3_stmt **statement);

#endif
