#include "viewer/data/internal.h"

/* Lists are most of the index: printf would take half of the time in which it is written. */
static void add_number(struct lb_list *l, struct lb_buf *b, int64_t n)
{
	char text[24], *end = text + sizeof text, *at = end;
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (n < 0)
		*--at = '-';
	if (l->any)
		*--at = ',';
	lb_buf_add(b, at, (size_t)(end - at));
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
