#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format/text/text.h"

static void write_escaped(struct lb_xml_writer *w, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(strlen(text) * 6 + 1); /* "&quot;" for one byte */
	lb_escape(&b, text);
	lb_out_add(w->out, lb_buf_str(&b), b.len);
}

static void close_tag(struct lb_xml_writer *w)
{
	if (w->in_tag)
		lb_out_adds(w->out, ">");
	w->in_tag = false;
}

static void new_line(struct lb_xml_writer *w)
{
	if (w->flat)
		return;
	lb_out_addf(w->out, "\n%*s", (int)w->depth * 2, "");
}

void lb_xw_begin(struct lb_xml_writer *w, struct lb_out *out)
{
	*w = (struct lb_xml_writer){ .out = out };
	lb_out_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void lb_xw_start(struct lb_xml_writer *w, const char *name)
{
	assert(w->depth < LB_COUNT(w->open));
	close_tag(w);
	new_line(w);
	lb_out_addf(w->out, "<%s", name);
	w->open[w->depth++] = name;
	w->in_tag = true;
	w->had_child = false;
}

/* Readers turn white space in attributes into spaces unless it is written as a reference. */
static void write_attr_value(struct lb_xml_writer *w, const char *value)
{
	static const char *const references[] = { ['\t'] = "&#9;", ['\n'] = "&#10;" };
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(strlen(value) * 6 + 1);
	while (*value) {
		size_t n = strcspn(value, "\t\n");
		lb_escape_span(&b, (struct lb_span){ value, n });
		value += n;
		if (*value)
			lb_buf_adds(&b, references[(unsigned char)*value++]);
	}
	lb_out_add(w->out, lb_buf_str(&b), b.len);
}

void lb_xw_attr(struct lb_xml_writer *w, const char *name, const char *value)
{
	assert(w->in_tag);
	if (!value)
		return;
	lb_out_addf(w->out, " %s=\"", name);
	write_attr_value(w, value);
	lb_out_adds(w->out, "\"");
}

void lb_xw_attr_u64(struct lb_xml_writer *w, const char *name, uint64_t value)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRIu64, value);
	lb_xw_attr(w, name, text);
}

void lb_xw_text(struct lb_xml_writer *w, const char *text)
{
	if (!text || !text[0])
		return;
	close_tag(w);
	write_escaped(w, text);
}

void lb_xw_end(struct lb_xml_writer *w)
{
	assert(w->depth > 0);
	const char *name = w->open[--w->depth];
	if (w->in_tag) {
		lb_out_adds(w->out, "/>");
	} else {
		if (w->had_child)
			new_line(w);
		lb_out_addf(w->out, "</%s>", name);
	}
	w->in_tag = false;
	w->had_child = true;
	if (w->depth == 0)
		lb_out_adds(w->out, "\n");
}

void lb_xw_leaf(struct lb_xml_writer *w, const char *name, const char *text)
{
	if (!text)
		return;
	lb_xw_start(w, name);
	lb_xw_text(w, text);
	lb_xw_end(w);
}
