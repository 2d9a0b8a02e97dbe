/* What the files of viewer/data share. */
#ifndef LB_VIEWER_DATA_INTERNAL_H
#define LB_VIEWER_DATA_INTERNAL_H

#include "format/text/text.h"
#include "viewer/data/data.h"
#include "viewer/internal.h"

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

/* ---- the writer ------------------------------------------------------------------------------------------------------ */

enum lb_column { LB_COLUMN_ID, LB_COLUMN_TITLE, LB_COLUMN_THUMB, LB_COLUMN_ASPECT, LB_COLUMN_OWNER, LB_COLUMN_TAKEN, LB_COLUMN_POSTED,
	LB_COLUMN_LICENSE, LB_COLUMN_VIEWS, LB_COLUMN_FAVES, LB_COLUMN_COMMENTS, LB_COLUMN_FLAGS, LB_COLUMN_GEO, LB_COLUMN_PLACE,
	LB_COLUMN_COUNT };
struct lb_viewer_counts { int64_t photos, missing, stubs, videos, originals, comments, faves, notes; };

struct lb_viewer {
	const struct lb_viewer_files *files;
	const char *const *plan; size_t planned, added;
	struct lb_map where;                 /* photo id → row */
	struct lb_topic people, tags, albums, groups, galleries, places, licenses, reasons;
	struct lb_viewer_counts counts;
	struct lb_tables tables;
	struct lb_table *columns[LB_COLUMN_COUNT], *detail;
	struct lb_search *search;
	struct lb_buf row;                   /* the row that is being written */
	struct lb_buf first;                 /* the first photos, as index.html has them */
	struct lb_buf text, rich;            /* behind lb_viewer_plain and lb_viewer_rich */
	struct lb_arena scratch;             /* for one photo or one entry */
};

/* A photo as far as the viewer tells of it: whole, or no more than a stub or a missing one may say. */
struct lb_viewer_photo { const struct lb_photo *photo; bool missing; const struct lb_gap *gaps; size_t ngaps; const char *withheld; };

/* Texts for reading: characters that deceive are shown by their numbers. Borrowed until the next call; NULL when nothing was said. */
const char *lb_viewer_plain(struct lb_viewer *v, const char *text);
const char *lb_viewer_title(struct lb_viewer *v, const char *title); /* with character references decoded; NULL: nothing to see */
/* Text with markup as JSON, NULL when empty; its words are searched in `field` of the photo being added (0: not at all). */
const char *lb_viewer_rich(struct lb_viewer *v, const char *html, unsigned field);
void lb_viewer_str(struct lb_viewer *v, struct lb_jw *w, const char *key, const char *text); /* as lb_viewer_plain */
void lb_viewer_raw(struct lb_jw *w, const char *key, const char *json);                      /* NULL writes null */
void lb_viewer_number(struct lb_jw *w, const char *key, int64_t n);                          /* below 0 writes null */

/* Numbers in the tables of entries, -1 where there is nothing to number. */
int64_t lb_viewer_person(struct lb_viewer *v, const struct lb_person *person);
int64_t lb_viewer_album_owner(struct lb_viewer *v, const struct lb_album *album);
int64_t lb_viewer_place(struct lb_viewer *v, const struct lb_location *l);
int64_t lb_viewer_license(struct lb_viewer *v, const char *flickr_id);
int64_t lb_viewer_tag(struct lb_viewer *v, const struct lb_tag *tag);
/* Remembers who and what the photo being added has to do with. */
void lb_viewer_uses(struct lb_viewer *v, const struct lb_viewer_photo *p);
/* The path of a file that the photo has, relative to data/. In the scratch arena. */
const char *lb_viewer_media(struct lb_viewer *v, const struct lb_photo *photo, enum lb_role role);

LB_CHECKED int lb_viewer_columns(struct lb_viewer *v, const struct lb_viewer_photo *p, struct lb_error *err);
LB_CHECKED int lb_viewer_detail(struct lb_viewer *v, const struct lb_viewer_photo *p, struct lb_error *err);

/* A photo of index.html, if it is one of the first. */
void lb_viewer_first(struct lb_viewer *v, const struct lb_viewer_photo *p);

/* The rest, when all photos are there. */
void lb_viewer_resolve(struct lb_viewer *v, const struct lb_viewer_facts *facts);
LB_CHECKED int lb_viewer_people(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
LB_CHECKED int lb_viewer_tags(struct lb_viewer *v, struct lb_error *err);
LB_CHECKED int lb_viewer_places(struct lb_viewer *v, struct lb_error *err);
LB_CHECKED int lb_viewer_sets(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
LB_CHECKED int lb_viewer_collections(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
LB_CHECKED int lb_viewer_gaps(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
LB_CHECKED int lb_viewer_find(struct lb_viewer *v, struct lb_error *err);
LB_CHECKED int lb_viewer_meta(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
LB_CHECKED int lb_viewer_shell(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
/* Adds v->row to a table and empties it. */
LB_CHECKED int lb_viewer_row(struct lb_viewer *v, struct lb_table *table, struct lb_error *err);
/* The photos of an entry as rows [entry, list], or [entry, role, list] when `role` is not below 0; long lists in pieces. */
LB_CHECKED int lb_viewer_list(struct lb_viewer *v, struct lb_table *table, const struct lb_topic *t, size_t entry, int role,
	struct lb_error *err);

#endif
