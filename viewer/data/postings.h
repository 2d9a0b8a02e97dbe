/* Postings: for many lists at once, which rows are in each and in which fields, in one or two bytes a row. */
#ifndef LB_VIEWER_POSTINGS_H
#define LB_VIEWER_POSTINGS_H

#include "format/base/base.h"

/* One list: rows ascend; what was said last of a row is still open. Zero-initialised is empty. */
struct lb_posting_list {
	uint32_t first, last;                /* chunks of the pool; 0: none */
	uint32_t row, stored_row;
	uint32_t count;                      /* rows, the open one too */
	uint8_t fields, stored_fields;
};
/* The memory of all lists. Zero-initialised is empty. */
struct lb_posting_pool { unsigned char **pages; size_t count, cap; uint32_t used; };
void lb_postings_add(struct lb_posting_pool *pool, struct lb_posting_list *list, uint32_t row, unsigned field);
/* Reads a list into rows[count] and fields[count]. */
void lb_postings_read(const struct lb_posting_pool *pool, const struct lb_posting_list *list, uint32_t *rows, uint8_t *fields);
void lb_postings_clear(struct lb_posting_pool *pool);

#endif
