/* What the files of reading/ share. */
#ifndef LB_READING_INTERNAL_H
#define LB_READING_INTERNAL_H

#include "format/foundation/foundation.h"
#include "format/reading/reading.h"

/* What plan.json told of a photo that could not be had; all NULL: nothing. */
struct lb_reading_lost { const char *title, *owner_id, *owner_name; };
struct lb_reading_inside {
	struct lb_foundation from;               /* the package's data/ */
	struct lb_arena arena;
	struct lb_words words;
	struct lb_map at;                        /* photo id → place */
	bool *missing;                           /* by place */
	struct lb_reading_lost *lost;            /* by place */
	size_t *stamps, stamp;                   /* by place: the last set that has it */
	struct lb_map people_at;                 /* NSID → number */
	struct lb_map selection_at;              /* address → number */
	size_t *gap_of, *gap_next;               /* by place: its first gap; by gap: the next of the same photo; from 1, 0: none */
};

/* Copies of texts that repeat, kept once. */
const char *lb_reading_word(struct lb_reading *r, const char *text);
/* What is wrong with a file, told with its path. */
int lb_reading_in_file(const char *path, int rc, struct lb_error *err);

LB_CHECKED int lb_reading_info(struct lb_reading *r, struct lb_error *err);     /* and the order of photos (info.c) */
LB_CHECKED int lb_reading_records(struct lb_reading *r, struct lb_error *err);  /* people, sets, licences (records.c) */
LB_CHECKED int lb_reading_gaps(struct lb_reading *r, struct lb_error *err);     /* missing.js */

#endif
