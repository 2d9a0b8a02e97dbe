/* A tree as an XML document: what the recording of a package holds instead of the answer. */
#include <string.h>

#include "lifeboat/creator/redact_private.h"

enum { DEPTH_MAX = 256 }; /* trees come from the reader, which lets none be that deep */

/* Any XML reader turns bare white space of an attribute into spaces. */
static void add_value(struct lb_buf *out, const char *value)
{
	for (;;) {
		size_t n = strcspn(value, "\n\t");
		lb_escape_span(out, (struct lb_span){ value, n });
		value += n;
		if (!*value)
			return;
		lb_buf_adds(out, *value++ == '\n' ? "&#10;" : "&#9;");
	}
}

static void add_element(const struct lb_xml *e, unsigned depth, struct lb_buf *out)
{
	lb_buf_addf(out, "<%s", e->name);
	for (size_t i = 0; i < e->nattrs; i++) {
		lb_buf_addf(out, " %s=\"", e->attrs[i].name);
		add_value(out, e->attrs[i].value);
		lb_buf_addc(out, '"');
	}
	bool blank = e->text[strspn(e->text, " \t\r\n")] == '\0';
	if (!e->child && !*e->text) {
		lb_buf_adds(out, "/>");
		return;
	}
	lb_buf_addc(out, '>');
	const char *between = e->child && blank ? "\n" : ""; /* beside text of its own nothing is added */
	lb_escape(out, *between ? between : e->text);
	for (const struct lb_xml *child = e->child; child && depth < DEPTH_MAX; child = child->next) {
		add_element(child, depth + 1, out);
		lb_buf_adds(out, between);
	}
	lb_buf_addf(out, "</%s>", e->name);
}

void lb_redact_serialise(const struct lb_xml *rsp, struct lb_buf *out)
{
	lb_buf_adds(out, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n");
	add_element(rsp, 0, out);
	lb_buf_addc(out, '\n');
}
