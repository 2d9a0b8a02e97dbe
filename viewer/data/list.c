#include "viewer/data/internal.h"

#include <inttypes.h>

static void add_number(struct lb_list *l, struct lb_buf *b, int64_t n)
{
	lb_buf_addf(b, "%s%" PRId64, l->any ? "," : "", n);
	l->any = true;
}

/* A single step of 1 is as short as it is. */
void lb_list_end(struct lb_list *l, struct lb_buf *b)
{
	if (l->run)
		add_number(l, b, l->run == 1 ? 1 : -(int64_t)l->run);
	l->run = 0;
}

void lb_list_add(struct lb_list *l, struct lb_buf *b, uint32_t row)
{
	if (l->any && row == l->last + 1) {
		l->run++;
	} else {
		lb_list_end(l, b);
		add_number(l, b, l->any ? (int64_t)row - l->last : row);
	}
	l->last = row;
}
