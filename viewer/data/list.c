#include "viewer/data/internal.h"

/* Not by printf, which would take most of the time that an index needs. */
static void add_number(struct lb_list *l, struct lb_buf *b, int64_t n)
{
	char text[24], *p = text + sizeof text;
	uint64_t left = n < 0 ? (uint64_t)-n : (uint64_t)n;
	do {
		*--p = (char)('0' + left % 10);
	} while (left /= 10);
	if (n < 0)
		*--p = '-';
	if (l->any)
		*--p = ',';
	lb_buf_add(b, p, (size_t)(text + sizeof text - p));
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
