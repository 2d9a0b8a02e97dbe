/* Reading the recorded answers of ../shared/data/flickr/replay: JSON Lines and bodies. */
#ifndef LB_TESTS_RECORDED_H
#define LB_TESTS_RECORDED_H

#include <stdio.h>

#include "format/text/text.h"
#include "tests/support/support.h"

typedef void row_fn(const struct lb_json *row, size_t line, void *arg);

/* Calls fn for each line; returns how many there were, 0 when the file is absent (said so already). */
static inline size_t each_row(const char *name, row_fn *fn, void *arg)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(64 << 20);
	struct lb_error err = { 0 };
	const char *path = test_shared(name);
	size_t line = 0;
	if (!path)
		return 0;
	ck_assert_ok(lb_file_read(path, text.max, &text, &err));
	struct lb_span rest = lb_buf_span(&text), part;
	while (lb_span_cut(&rest, '\n', &part)) {
		LB_AUTO(lb_json_freep) struct lb_json *row = NULL;
		ck_assert_ok(lb_json_parse(part, &row, &err));
		fn(row, line++, arg);
	}
	return line;
}

static inline void read_body(const char *id, struct lb_buf *out)
{
	struct lb_error err = { 0 };
	char path[256];
	snprintf(path, sizeof path, "../shared/data/flickr/replay/bodies/%s.xml", id);
	ck_assert_ok(lb_file_read(path, out->max, out, &err));
}

#endif
