#include "format/text/text.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

/* libxml2 compares every attribute of a tag with every other one, so a tag may not grow without bound: what it holds
 * back as incomplete (one tag, comment, CDATA section or instruction) is capped. Text is passed on in pieces. */
enum { SLICE = 64 * 1024, MAX_PENDING = 256 * 1024, MAX_ATTRS = 256, MAX_NAMESPACES = 32 };
enum { DEFAULT_BYTES = 256 << 20, DEFAULT_DEPTH = 64, DEFAULT_NODES = 20000000 };

struct lb_xml_reader {
	xmlParserCtxt *parser;
	struct lb_xml_handler handler;
	void *arg;
	struct lb_xml_limits limits;
	size_t bytes, depth, nodes;
	struct lb_arena tag;                   /* attributes of the start tag at hand */
	const char *namespace;                 /* of the element at hand, or NULL */
	struct lb_error failure;               /* the first one; stays */
};

static bool failed(const struct lb_xml_reader *r)
{
	return r->failure.status != LB_OK;
}

/* A handler may return a status and leave the text to us. */
static void stop(struct lb_xml_reader *r, int status)
{
	if (!status)
		return;
	if (!failed(r) || r->failure.status != (enum lb_status)status)
		lb_fail(&r->failure, status, "cannot read XML: stopped by its reader");
	xmlStopParser(r->parser);
}

static int check_start(struct lb_xml_reader *r, int nattrs, int nnamespaces)
{
	if (nattrs > MAX_ATTRS || nnamespaces > MAX_NAMESPACES)
		return lb_fail(&r->failure, LB_LIMIT, "cannot read XML: more than %d attributes in a tag", MAX_ATTRS);
	if (++r->depth > r->limits.depth)
		return lb_fail(&r->failure, LB_LIMIT, "cannot read XML: elements nested deeper than %zu", r->limits.depth);
	r->nodes += 1 + (size_t)nattrs;
	if (r->nodes > r->limits.nodes)
		return lb_fail(&r->failure, LB_LIMIT, "cannot read XML: more than %zu elements", r->limits.nodes);
	return 0;
}

/* Unless it is told to replace entities (we have none, and do not), libxml2 leaves every "&" of a value as "&#38;", and
 * no other "&" can be in it. */
static void restore_ampersands(char *value)
{
	static const char reference[] = "#38;";
	char *to = strchr(value, '&');
	for (const char *from = to; from && (*to = *from); to++, from++)
		if (*from == '&' && strncmp(from + 1, reference, sizeof reference - 1) == 0)
			from += sizeof reference - 1;
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, begin and end of the value. */
static struct lb_xml_attr *copy_attrs(struct lb_xml_reader *r, size_t count, const xmlChar **raw)
{
	lb_arena_reset(&r->tag);
	struct lb_xml_attr *attrs = lb_arena_alloc(&r->tag, (count + 1) * sizeof *attrs);
	for (size_t i = 0; i < count; i++, raw += 5) {
		attrs[i].name = (const char *)raw[0];
		char *value = lb_arena_strndup(&r->tag, (const char *)raw[3], (size_t)(raw[4] - raw[3]));
		restore_ampersands(value);
		attrs[i].value = value;
	}
	return attrs;
}

static void on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nnamespaces,
	const xmlChar **namespaces, int nattrs, int ndefaulted, const xmlChar **raw)
{
	(void)prefix, (void)namespaces, (void)ndefaulted;
	struct lb_xml_reader *r = arg;
	if (failed(r))
		return;
	r->namespace = (const char *)uri;
	stop(r, check_start(r, nattrs, nnamespaces));
	if (failed(r) || !r->handler.start)
		return;
	struct lb_xml_attr *attrs = copy_attrs(r, (size_t)nattrs, raw);
	stop(r, r->handler.start(r->arg, (const char *)name, attrs, (size_t)nattrs, &r->failure));
}

static void on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)prefix;
	struct lb_xml_reader *r = arg;
	if (failed(r))
		return;
	r->namespace = (const char *)uri;
	r->depth--;
	if (r->handler.end)
		stop(r, r->handler.end(r->arg, (const char *)name, &r->failure));
}

static void on_text(void *arg, const xmlChar *text, int n)
{
	struct lb_xml_reader *r = arg;
	if (!failed(r) && r->handler.text && n > 0)
		stop(r, r->handler.text(r->arg, (const char *)text, (size_t)n, &r->failure));
}

static void on_doctype(void *arg, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	(void)name, (void)public_id, (void)system_id;
	struct lb_xml_reader *r = arg;
	if (!failed(r))
		stop(r, lb_fail(&r->failure, LB_FORMAT, "cannot read XML: it has a DOCTYPE, which is not accepted"));
}

static void on_instruction(void *arg, const xmlChar *target, const xmlChar *data)
{
	(void)data;
	struct lb_xml_reader *r = arg;
	if (!failed(r) && xmlStrEqual(target, (const xmlChar *)"oasis-xml-catalog"))
		stop(r, lb_fail(&r->failure, LB_FORMAT, "cannot read XML: it names a catalogue, which is not accepted"));
}

/* Without one libxml2 prints to stderr. What went wrong is taken from the parser afterwards. */
static void on_error(void *arg, xmlErrorPtr error)
{
	(void)arg, (void)error;
}

static void record_parser_error(struct lb_xml_reader *r)
{
	const xmlError *e = xmlCtxtGetLastError(r->parser);
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(300);
	if (e && e->message)
		lb_show(&shown, lb_span_trim((struct lb_span){ e->message, strnlen(e->message, 200) }));
	const char *reason = shown.len ? shown.p : "not well-formed";
	lb_fail(&r->failure, LB_FORMAT, "cannot read XML: line %d: %s", e ? e->line : 0, reason);
}

static void check_parser(struct lb_xml_reader *r)
{
	if (!failed(r) && (!r->parser->wellFormed || !r->parser->nsWellFormed))
		record_parser_error(r);
}

struct lb_xml_reader *lb_xml_reader_new(const struct lb_xml_handler *handler, void *arg,
	const struct lb_xml_limits *limits)
{
	struct lb_xml_reader *r = lb_alloc(sizeof *r);
	r->handler = *handler;
	r->arg = arg;
	if (limits)
		r->limits = *limits;
	if (!r->limits.bytes)
		r->limits.bytes = DEFAULT_BYTES;
	if (!r->limits.depth)
		r->limits.depth = DEFAULT_DEPTH;
	if (!r->limits.nodes)
		r->limits.nodes = DEFAULT_NODES;
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end,
		.characters = on_text, .ignorableWhitespace = on_text, .cdataBlock = on_text,
		.internalSubset = on_doctype, .processingInstruction = on_instruction, .serror = on_error };
	xmlInitParser();
	r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (!r->parser)
		abort(); /* out of memory */
	xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
	return r;
}

/* Only UTF-8 is read. With no NUL byte and one of these in front, libxml2's guessing finds nothing else. */
static void check_encoding(struct lb_xml_reader *r, const char *data, size_t n)
{
	if (r->bytes == 0 && !strchr("<\xEF \t\r\n", data[0]))
		lb_fail(&r->failure, LB_FORMAT, "cannot read XML: it does not begin with \"<\" in UTF-8");
	else if (memchr(data, 0, n))
		lb_fail(&r->failure, LB_FORMAT, "cannot read XML: it holds a NUL byte");
}

static void check_size(struct lb_xml_reader *r, size_t n)
{
	if (n > r->limits.bytes - r->bytes)
		lb_fail(&r->failure, LB_LIMIT, "cannot read XML: larger than %zu bytes", r->limits.bytes);
}

static void check_pending(struct lb_xml_reader *r)
{
	long consumed = xmlByteConsumed(r->parser);
	if (!failed(r) && consumed >= 0 && r->bytes > (size_t)consumed + MAX_PENDING)
		stop(r, lb_fail(&r->failure, LB_LIMIT,
			"cannot read XML: a tag, comment or CDATA section longer than %d bytes", MAX_PENDING));
}

static void push(struct lb_xml_reader *r, const char *data, size_t n)
{
	check_encoding(r, data, n);
	if (!failed(r))
		check_size(r, n);
	if (failed(r))
		return;
	r->bytes += n;
	xmlParseChunk(r->parser, data, (int)n, 0);
	check_parser(r);
	check_pending(r);
}

static int report(const struct lb_xml_reader *r, struct lb_error *err)
{
	if (failed(r) && err)
		*err = r->failure;
	return r->failure.status;
}

int lb_xml_reader_feed(struct lb_xml_reader *r, const void *data, size_t n, struct lb_error *err)
{
	for (const char *p = data; n && !failed(r);) {
		size_t slice = n < SLICE ? n : SLICE;
		push(r, p, slice);
		p += slice;
		n -= slice;
	}
	return report(r, err);
}

int lb_xml_reader_end(struct lb_xml_reader *r, struct lb_error *err)
{
	if (!failed(r)) {
		xmlParseChunk(r->parser, NULL, 0, 1);
		check_parser(r);
	}
	return report(r, err);
}

const char *lb_xml_reader_namespace(const struct lb_xml_reader *r)
{
	return r->namespace ? r->namespace : "";
}

void lb_xml_reader_free(struct lb_xml_reader *r)
{
	if (!r)
		return;
	xmlFreeParserCtxt(r->parser);
	lb_arena_clear(&r->tag);
	free(r);
}
