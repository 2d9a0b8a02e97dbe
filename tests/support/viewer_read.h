/* Writes a viewer into a folder, and reads its data back as strictly as a reader may. */
#ifndef LB_TESTS_VIEWER_READ_H
#define LB_TESTS_VIEWER_READ_H

#include "format/text/text.h"
#include "viewer/data/data.h"

/* Files below `dir`, which must outlive them. `fail_at`: the call of create or close that fails, counted from 1; 0: none. */
struct test_viewer_sink { const char *dir; unsigned calls, fail_at; };
void test_viewer_files(struct test_viewer_sink *sink, struct lb_viewer_files *out);

/* A table as it is read: all rows of all its shards. */
struct test_table { struct lb_json **shards; size_t nshards; const struct lb_json **rows; size_t count; };
/* data/meta.js, its one row; the whole is kept in *shard, which is the caller's. */
const struct lb_json *test_viewer_meta(const char *dir, struct lb_json **shard);
/* Checks wrapper, strictness, sizes and what meta tells of the table on the way. */
void test_table_read(const char *dir, const struct lb_json *meta, const char *name, struct test_table *out);
void test_table_clear(struct test_table *t);
/* The rows that a list of steps stands for, added to `out`; gives their number. */
size_t test_list(const struct lb_json *list, uint32_t *out, size_t room);

#endif
