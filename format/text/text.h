/* Text: reading and writing XML, JSON, the Foundation's `const name = …;` data files, and the small safe tree that
 * untrusted HTML from Flickr becomes. libxml2 and jansson are touched in this folder only. */
#ifndef LB_TEXT_H
#define LB_TEXT_H

#include "format/base/base.h"

/* ---- XML reading (libxml2 push SAX; UTF-8 only, no network, no entities, no DOCTYPE, depth and size limits) --- */

struct lb_xml_attr { const char *name, *value; };
/* Callbacks return 0, or a status with *err filled, which stops the reading. Names are local names. */
struct lb_xml_handler {
	int (*start)(void *arg, const char *name, const struct lb_xml_attr *attrs, size_t count, struct lb_error *err);
	int (*end)(void *arg, const char *name, struct lb_error *err);
	int (*text)(void *arg, const char *text, size_t n, struct lb_error *err); /* may come in pieces; NULL: ignored */
};
struct lb_xml_limits { size_t bytes, depth, nodes; };            /* 0: the default (256 MiB, 64, 20 million) */
struct lb_xml_reader;
struct lb_xml_reader *lb_xml_reader_new(const struct lb_xml_handler *handler, void *arg, const struct lb_xml_limits *limits);
LB_CHECKED int lb_xml_reader_feed(struct lb_xml_reader *r, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_xml_reader_end(struct lb_xml_reader *r, struct lb_error *err); /* LB_FORMAT when incomplete */
void lb_xml_reader_free(struct lb_xml_reader *r);
/* Inside start and end: the namespace of the element, "" when it has none. */
const char *lb_xml_reader_namespace(const struct lb_xml_reader *r);

/* A whole small document as a tree in an arena. Any DOCTYPE is LB_FORMAT. */
struct lb_xml {
	const char *name;
	const struct lb_xml_attr *attrs; size_t nattrs;
	struct lb_xml *child, *next;                              /* first child, next sibling: elements only */
	const char *text;                                         /* all direct text joined; "" when none; never NULL */
};
LB_CHECKED int lb_xml_parse(struct lb_span doc, const struct lb_xml_limits *limits, struct lb_arena *arena, struct lb_xml **root, struct lb_error *err);
const char *lb_xml_attr(const struct lb_xml *e, const char *name);             /* NULL when absent */
const struct lb_xml *lb_xml_child(const struct lb_xml *e, const char *name);   /* first of that name, or NULL; e may be NULL */
const struct lb_xml *lb_xml_next(const struct lb_xml *e, const char *name);    /* next sibling of that name */

/* ---- XML and HTML writing ------------------------------------------------------------------------------------ */

/* Appends text with & < > " ' escaped; characters that XML 1.0 forbids become U+FFFD. Safe in element content and in
 * double-quoted attributes, in XML and in HTML. */
void lb_escape(struct lb_buf *b, const char *text);
void lb_escape_span(struct lb_buf *b, struct lb_span text);

/* A streaming writer of indented XML (two spaces; none while `flat` is set). Attributes follow their start; NULL values
 * are left out. The sink gets pieces of some kilobytes, the last one when the outermost element ends. */
typedef void lb_xml_sink(void *arg, const void *data, size_t n);
struct lb_xml_writer {
	lb_xml_sink *sink; void *arg;
	const char *open[32];
	unsigned depth;
	bool in_tag, had_child, flat;
	size_t held; char hold[8192];                             /* on its way to the sink */
};
void lb_xw_begin(struct lb_xml_writer *w, struct lb_out *out);                 /* writes the XML declaration */
void lb_xw_begin_sink(struct lb_xml_writer *w, lb_xml_sink *sink, void *arg);  /* the same, to anywhere */
void lb_xw_start(struct lb_xml_writer *w, const char *name);                   /* name must outlive the element */
void lb_xw_attr(struct lb_xml_writer *w, const char *name, const char *value);
void lb_xw_attr_u64(struct lb_xml_writer *w, const char *name, uint64_t value);
void lb_xw_text(struct lb_xml_writer *w, const char *text);
void lb_xw_end(struct lb_xml_writer *w);
void lb_xw_leaf(struct lb_xml_writer *w, const char *name, const char *text);  /* <name>text</name>; NULL text: nothing */

/* ---- JSON reading (jansson behind these; duplicate keys rejected, depth and size limits) ---------------------- */

struct lb_json;                                                                /* immutable value */
LB_CHECKED int lb_json_parse(struct lb_span text, struct lb_json **out, struct lb_error *err);
void lb_json_free(struct lb_json *v);
void lb_json_freep(struct lb_json **v);
/* All accessors take NULL and wrong types and then give NULL, 0, false or the fallback. Returned values are borrowed. */
const struct lb_json *lb_json_get(const struct lb_json *object, const char *key);
const char *lb_json_str(const struct lb_json *v);                              /* NULL unless a string */
const char *lb_json_get_str(const struct lb_json *object, const char *key);
int64_t lb_json_int(const struct lb_json *v, int64_t fallback);
double lb_json_num(const struct lb_json *v, double fallback);
bool lb_json_bool(const struct lb_json *v, bool fallback);
bool lb_json_is_null(const struct lb_json *v);
bool lb_json_is_object(const struct lb_json *v);
bool lb_json_is_array(const struct lb_json *v);
enum lb_json_kind { LB_JSON_NULL = 1, LB_JSON_BOOLEAN = 2, LB_JSON_INTEGER = 4, LB_JSON_NUMBER = 8, /* with a fraction */
	LB_JSON_STRING = 16, LB_JSON_ARRAY = 32, LB_JSON_OBJECT = 64 };
enum lb_json_kind lb_json_kind(const struct lb_json *v);                       /* 1.0 is an integer */
size_t lb_json_count(const struct lb_json *v);                                 /* of an array or object */
const struct lb_json *lb_json_at(const struct lb_json *array, size_t i);
/* Iterates an object in file order: start with *it = NULL; false at the end. */
bool lb_json_each(const struct lb_json *object, void **it, const char **key, const struct lb_json **value);

/* A large document in pieces: the elements of one list, the member `list` of the document's object, are handed out one by one
 * and never held together; the rest is small and comes at the end, with that list empty. Each piece is parsed strictly.
 * A document that spells the member's name with escapes has no such list. */
struct lb_json_cutter;
typedef int lb_json_cut_fn(void *arg, size_t i, const struct lb_json *element, struct lb_error *err);
struct lb_json_cutter *lb_json_cutter_new(const char *list, lb_json_cut_fn *each, void *arg);
LB_CHECKED int lb_json_cutter_feed(struct lb_json_cutter *c, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_json_cutter_end(struct lb_json_cutter *c, struct lb_json **rest, struct lb_error *err);
void lb_json_cutter_free(struct lb_json_cutter *c);
void lb_json_cutter_freep(struct lb_json_cutter **c);

/* Where the parts of a text stand that is JSON (what is not is cut somewhere, and is for a parser to see): the members of an object
 * or the elements of a list, one after the other, unparsed. `key`: between its quotes, as it is written; empty in a list. */
struct lb_json_parts { struct lb_span rest; bool object, began; };
struct lb_json_part { struct lb_span key, value; };
bool lb_json_parts_begin(struct lb_span json, struct lb_json_parts *out);      /* false: neither object nor list */
bool lb_json_parts_next(struct lb_json_parts *p, struct lb_json_part *out);    /* false at the end */
bool lb_json_member(struct lb_span object, const char *key, struct lb_span *value); /* false: it is not there */

/* ---- JSON Schema (draft 2020-12): the part that the format's schemas use ----------------------------------------- */

/* Known keywords: $schema $id $defs $comment title description (say nothing about values); $ref; type, enum and const (of strings,
 * integers, booleans, null); properties required additionalProperties propertyNames minProperties; items prefixItems
 * minItems maxItems; minimum maximum; minLength maxLength (characters); pattern; anyOf
 * allOf; if then else. Any other keyword is LB_FORMAT, and so are references that lead nowhere, outside of the set, or in a
 * circle. A pattern begins with '^' (and is anchored at its end by '$'); it consists of ASCII characters, classes that do not
 * exclude, groups, |, *, +, ?, {n}, {n,}, {n,m}; a byte beyond ASCII matches nothing. Schemas refer to each other by $id. */
struct lb_schema_source { const char *name, *text; };                          /* name: by which it is found */
struct lb_schemas;
struct lb_schema;
LB_CHECKED int lb_schemas_compile(const struct lb_schema_source *sources, size_t count, struct lb_schemas **out, struct lb_error *err);
void lb_schemas_free(struct lb_schemas *s);
void lb_schemas_freep(struct lb_schemas **s);
/* By name, with a place inside or not: "photo.schema.json", "plan.schema.json#/$defs/photo". NULL: not there. */
const struct lb_schema *lb_schemas_find(const struct lb_schemas *s, const char *name);
/* `pointer`: where (RFC 6901; "" is the whole); `message`: what was expected there. */
typedef void lb_schema_tell_fn(void *arg, const char *pointer, const char *message);
/* Tells at most `most` of what is wrong; true when nothing is. May be called by several threads. Keys and values in messages are
 * shown by lb_show. */
bool lb_schema_check(const struct lb_schema *schema, const struct lb_json *v, size_t most, lb_schema_tell_fn *tell, void *arg);

/* ---- JSON writing: explicit order, fixed bytes ------------------------------------------------------------------ */

/* Appends to a buffer; two-space indent, or one line when `compact`. Strings: UTF-8 as is, but < and U+2028/9, controls,
 * bidi controls and invalid bytes as \u escapes (safe inside a script file). Keys may be NULL inside arrays. */
struct lb_jw { struct lb_buf *b; bool compact; unsigned depth; uint64_t nonempty; };
void lb_jw_begin(struct lb_jw *w, struct lb_buf *b, bool compact);
void lb_jw_object(struct lb_jw *w, const char *key);
void lb_jw_array(struct lb_jw *w, const char *key);
void lb_jw_end(struct lb_jw *w);                                               /* closes the innermost { or [ */
void lb_jw_str(struct lb_jw *w, const char *key, const char *value);           /* NULL writes null */
void lb_jw_int(struct lb_jw *w, const char *key, int64_t value);
void lb_jw_num(struct lb_jw *w, const char *key, double value);                /* shortest text that reads back equal */
void lb_jw_bool(struct lb_jw *w, const char *key, bool value);
void lb_jw_null(struct lb_jw *w, const char *key);
void lb_jw_raw(struct lb_jw *w, const char *key, const char *json);            /* already JSON text, on one line */

/* ---- data files: `const name = <JSON>;` -------------------------------------------------------------------------- */

/* Reads `const|let|var|bare NAME = JSON[;]` without ever evaluating it. name is [a-zA-Z]+, copied to `name` (64 bytes);
 * a UTF-8 byte order mark and white space around are accepted, anything else is LB_FORMAT. */
LB_CHECKED int lb_datajs_parse(struct lb_span text, char name[64], struct lb_json **out, struct lb_error *err);
/* The same without parsing: *json is what stands between the `=` and the `;`, still to be read. */
LB_CHECKED int lb_datajs_open(struct lb_span text, char name[64], struct lb_span *json, struct lb_error *err);

/* ---- untrusted HTML: a small safe tree ------------------------------------------------------------------------------ */

enum lb_rich_kind {
	LB_RICH_ROOT, LB_RICH_TEXT, LB_RICH_BREAK, LB_RICH_LINK, LB_RICH_BOLD, LB_RICH_ITALIC, LB_RICH_UNDERLINE,
	LB_RICH_STRIKE, LB_RICH_QUOTE, LB_RICH_LIST, LB_RICH_ITEM, LB_RICH_IMAGE, /* a link to an image, never an image load */
};
struct lb_rich {
	enum lb_rich_kind kind;
	const char *text;                    /* TEXT: decoded text; IMAGE: alternative text or "" */
	const char *url;                     /* LINK, IMAGE: absolute http, https or mailto; else NULL (link text stays) */
	struct lb_rich *child, *next;
};
/* Parses Flickr's text (HTML with bare newlines) in linear time and never fails: what is not one of the tags above
 * stays as text or, for plain structure (p, div, span …), gives way to its content. Newlines become breaks. No text is lost. */
struct lb_rich *lb_rich_parse(const char *html, struct lb_arena *arena);
/* Absolute http/https/mailto address of an href by the rules of the reference (control characters stripped, relative
 * to https://www.flickr.com, "//host" to https), or NULL when it may not be followed. */
char *lb_rich_href(const char *href, struct lb_arena *arena);
/* The tree as plain text (breaks as newlines, links as text). */
void lb_rich_text(struct lb_buf *b, const struct lb_rich *tree);
/* The tree as HTML, re-serialised with full escaping. `local` (may be NULL) may turn an address into a link inside the
 * package (returns NULL: leave it). Links out get rel="noopener noreferrer nofollow ugc" and class="out". */
typedef const char *lb_rich_local_fn(void *arg, const char *url);
void lb_rich_html(struct lb_buf *b, const struct lb_rich *tree, lb_rich_local_fn *local, void *arg);
/* Text of a name, title or tag for HTML: escaped, bidi overrides/isolates and zero-width controls shown as [U+XXXX]. */
void lb_rich_name(struct lb_buf *b, const char *text);
void lb_rich_plain(struct lb_buf *b, const char *text);             /* the same, not escaped: for what is not HTML */
/* Decodes HTML character references in a plain string (titles arrive escaped once or twice); never makes markup. */
char *lb_html_unescape(const char *text, struct lb_arena *arena);

#endif
