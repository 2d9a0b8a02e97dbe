/* Any bytes as a WARC: scanned, every record read, its parts formatted again. */
#include <stdlib.h>

#include "format/evidence/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was read can be written, and reads the same. */
static void write_again(const struct lb_exchange *x)
{
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF(64 << 20);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_warc *w = NULL;
	struct lb_exchange again;
	if (lb_warc_format(x, &member, NULL))
		return;
	if (lb_warc_open_memory(lb_buf_span(&member), NULL, &w, NULL) || lb_warc_count(w) != 1 ||
	    lb_warc_read(w, 0, &arena, &again, NULL) || again.kind != x->kind || again.status != x->status ||
	    !lb_span_eq(again.body, x->body) || lb_warc_find(w, lb_span(x->uri), LB_MATCH_EXACT) != 0)
		abort();
	lb_warc_free(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_span bytes = {(const char *)data, size};
	struct lb_warc *w = NULL;
	uint64_t torn = 0;
	if (lb_warc_open_memory(bytes, &torn, &w, NULL))
		return 0;
	if (torn > size)
		abort();
	for (size_t n = 0; n < lb_warc_count(w); n++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
		struct lb_exchange x;
		if (lb_warc_read(w, n, &arena, &x, NULL) == 0)
			write_again(&x);
	}
	lb_warc_free(w);
	return 0;
}
