/* What the files of viewer/data share. */
#ifndef LB_VIEWER_DATA_INTERNAL_H
#define LB_VIEWER_DATA_INTERNAL_H

#include "format/text/text.h"
#include "viewer/data/data.h"

#define LB_VIEWER_FORMAT 1

/* ---- tables: rows of JSON in shards (table.c) ---------------------------------------------------------------------- */

#define LB_SHARD_SIZE (192 << 10)    /* a shard that passes this is written */
#define LB_BLOCK_SIZE (64 << 10)     /* a longer list is cut into several rows of one key */
#define LB_SHARDS_PER_FOLDER 500

/* The rows of a dense table are numbered; those of the others are arrays that begin with their key, a number or a string. */
enum lb_table_kind { LB_TABLE_DENSE, LB_TABLE_BLOCKS, LB_TABLE_SORTED };
struct lb_table {
	const char *name;
	enum lb_table_kind kind;
	const struct lb_viewer_files *files;
	size_t rows, shards, first;       /* `first`: number of the open shard's first row */
	struct lb_buf open;               /* the rows of the shard that is still open */
	struct lb_buf starts;             /* the key of each shard's first row, as JSON, joined by commas */
};
/* All tables, in the order in which they were begun; none may move. */
#define LB_TABLES_MAX 48
struct lb_tables { const struct lb_viewer_files *files; struct lb_table *all[LB_TABLES_MAX]; size_t count; };
/* `name` must outlive the table. */
struct lb_table *lb_table_begin(struct lb_tables *t, const char *name, enum lb_table_kind kind);
/* One row: JSON on one line, UTF-8; written in ASCII. Keys must not descend (numbers by value, strings by bytes). */
LB_CHECKED int lb_table_add(struct lb_table *table, struct lb_span row, struct lb_error *err);
LB_CHECKED int lb_table_end(struct lb_table *table, struct lb_error *err);       /* writes the shard that is open */
LB_CHECKED int lb_tables_end(struct lb_tables *t, struct lb_error *err);         /* lb_table_end for each */
/* data/meta.js: `row` is what is known of the whole. */
LB_CHECKED int lb_tables_meta(const struct lb_tables *t, struct lb_span row, struct lb_error *err);
/* The member "tables" of meta: kind, rows, shards and starts of each. */
void lb_tables_describe(const struct lb_tables *t, struct lb_jw *w);
void lb_tables_clear(struct lb_tables *t);

/* ---- words and search ------------------------------------------------------------------------------------------------ */

enum lb_search_field { LB_FIELD_TITLE = 1, LB_FIELD_DESCRIPTION = 2, LB_FIELD_TAGS = 4, LB_FIELD_COMMENTS = 8, LB_FIELD_PEOPLE = 16,
	LB_FIELD_NOTES = 32, LB_FIELD_PLACES = 64 };
struct lb_search;
struct lb_search *lb_search_new(void);
/* The words of a text about photo `row`; rows do not descend. `field`: one enum lb_search_field. */
void lb_search_add(struct lb_search *s, uint32_t row, unsigned field, const char *utf8);
/* The tables "search" and "fold". */
LB_CHECKED int lb_search_write(struct lb_search *s, struct lb_tables *t, struct lb_error *err);
void lb_search_free(struct lb_search *s);                          /* NULL is fine */

/* Ascending rows as steps: the first number is the row itself, each further d > 0 a step from the one before, and -n means "n
 * further rows, each a step of 1". Begin with {0}; lb_list_end closes it. Appended to `b` as the numbers of a JSON array,
 * without its brackets. */
struct lb_list { uint32_t last, run; bool any; };
void lb_list_add(struct lb_list *l, struct lb_buf *b, uint32_t row);
void lb_list_end(struct lb_list *l, struct lb_buf *b);

#endif
