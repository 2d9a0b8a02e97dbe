#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format/text/text.h"

static void flush(struct lb_xml_writer *w)
{
	if (w->held)
		w->sink(w->arg, w->hold, w->held);
	w->held = 0;
}

static void add(struct lb_xml_writer *w, const char *text, size_t n)
{
	if (n > sizeof w->hold - w->held)
		flush(w);
	if (n > sizeof w->hold) {
		w->sink(w->arg, text, n);
		return;
	}
	memcpy(w->hold + w->held, text, n);
	w->held += n;
}

static void adds(struct lb_xml_writer *w, const char *text)
{
	add(w, text, strlen(text));
}

static void write_escaped(struct lb_xml_writer *w, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(strlen(text) * 6 + 1); /* "&quot;" for one byte */
	lb_escape(&b, text);
	add(w, lb_buf_str(&b), b.len);
}

static void close_tag(struct lb_xml_writer *w)
{
	if (w->in_tag)
		adds(w, ">");
	w->in_tag = false;
}

static void new_line(struct lb_xml_writer *w)
{
	if (w->flat)
		return;
	adds(w, "\n");
	for (unsigned i = 0; i < w->depth; i++)
		adds(w, "  ");
}

static void to_file(void *out, const void *data, size_t n)
{
	lb_out_add(out, data, n);
}

void lb_xw_begin(struct lb_xml_writer *w, struct lb_out *out)
{
	lb_xw_begin_sink(w, to_file, out);
}

void lb_xw_begin_sink(struct lb_xml_writer *w, lb_xml_sink *sink, void *arg)
{
	*w = (struct lb_xml_writer){ .sink = sink, .arg = arg };
	adds(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void lb_xw_start(struct lb_xml_writer *w, const char *name)
{
	assert(w->depth < LB_COUNT(w->open));
	close_tag(w);
	new_line(w);
	adds(w, "<");
	adds(w, name);
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
	add(w, lb_buf_str(&b), b.len);
}

void lb_xw_attr(struct lb_xml_writer *w, const char *name, const char *value)
{
	assert(w->in_tag);
	if (!value)
		return;
	adds(w, " ");
	adds(w, name);
	adds(w, "=\"");
	write_attr_value(w, value);
	adds(w, "\"");
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
		adds(w, "/>");
	} else {
		if (w->had_child)
			new_line(w);
		adds(w, "</");
		adds(w, name);
		adds(w, ">");
	}
	w->in_tag = false;
	w->had_child = true;
	if (w->depth > 0)
		return;
	adds(w, "\n");
	flush(w);
}

void lb_xw_leaf(struct lb_xml_writer *w, const char *name, const char *text)
{
	if (!text)
		return;
	lb_xw_start(w, name);
	lb_xw_text(w, text);
	lb_xw_end(w);
}
