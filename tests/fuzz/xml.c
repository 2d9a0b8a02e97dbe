/* Any bytes as XML: as a tree, and streamed in single bytes, which must come to the same verdict. */
#include <stdlib.h>

#include "format/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct lb_xml_limits limits = { .bytes = 1 << 20, .depth = 32, .nodes = 10000 };

static size_t count(const struct lb_xml *e)
{
	size_t n = 0;
	for (; e; e = e->next)
		n += 1 + (e->text != NULL) + e->nattrs + count(e->child);
	return n;
}

static int as_tree(struct lb_span doc)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_error err = {0};
	struct lb_xml *root = NULL;
	int rc = lb_xml_parse(doc, &limits, &arena, &root, &err);
	if (rc ? !err.what[0] : count(root) < 2)
		abort();
	return rc;
}

static int in_bytes(struct lb_span doc)
{
	static const struct lb_xml_handler none = {0};
	struct lb_xml_reader *r = lb_xml_reader_new(&none, NULL, &limits);
	int rc = 0;
	for (size_t i = 0; i < doc.n && !rc; i++)
		rc = lb_xml_reader_feed(r, doc.p + i, 1, NULL);
	if (!rc)
		rc = lb_xml_reader_end(r, NULL);
	lb_xml_reader_free(r);
	return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_span doc = { (const char *)data, size };
	int rc = as_tree(doc);
	if (size < 65536 && (rc == 0) != (in_bytes(doc) == 0))
		abort();
	return 0;
}
