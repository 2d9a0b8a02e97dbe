/* Any bytes as a consent ledger. What is read lies in the text in order, and each owner once. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/consent_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_lines(const struct lb_consent_file *f)
{
	const char *from = f->text.p;
	for (size_t i = 0; i < f->nlines; i++) {
		const struct lb_consent_line *line = &f->lines[i];
		if (!line->status.p || line->status.p < from || line->status.p + line->status.n > f->text.p + f->text.len)
			abort();
		if (!*line->row.owner || line->row.status == LB_CONSENT_NONE)
			abort();
		from = line->status.p + line->status.n;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_error err = { 0 };
	struct lb_consent_file f = { .text = LB_BUF(size + 1) };
	struct lb_ledger ledger = { 0 };
	lb_buf_add(&f.text, data, size);
	if (lb_consent_parse(&f, &err) == 0) {
		check_lines(&f);
		lb_consent_ledger(&f, &ledger);
		for (size_t i = 1; i < ledger.nrows; i++)
			if (strcmp(ledger.rows[i - 1].owner, ledger.rows[i].owner) >= 0)
				abort();
	} else if (!strstr(err.what, "line ")) {
		abort();
	}
	lb_consent_clear(&f);
	return 0;
}
