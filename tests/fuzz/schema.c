/* By the first byte: any bytes as a data file against the schemas of the format; any bytes as a schema; any bytes as a document cut
 * into pieces, which must come to the same as reading it whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/schemas_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void note(void *arg, const char *pointer, const char *message)
{
	size_t *told = arg;
	if (!*message || (*pointer && *pointer != '/') || !lb_utf8_valid(lb_span(pointer)) || !lb_utf8_valid(lb_span(message)))
		abort();
	++*told;
}

static const struct lb_schemas *format_schemas(void)
{
	static struct lb_schemas *set;
	struct lb_error err = {0};
	if (!set && lb_schemas_compile(lb_format_schemas, lb_format_schema_count, &set, &err) != 0) {
		fprintf(stderr, "%s\n", err.what);
		abort();
	}
	return set;
}

static void as_instance(struct lb_span text)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	if (lb_json_parse(text, &v, NULL) != 0)
		return;
	for (size_t i = 0; i < lb_format_schema_count; i++) {
		size_t told = 0, one = 0;
		const struct lb_schema *schema = lb_schemas_find(format_schemas(), lb_format_schemas[i].name);
		const bool good = lb_schema_check(schema, v, 5, note, &told);
		if (told > 5 || good != (told == 0) || lb_schema_check(schema, v, 1, note, &one) != good || one != !good)
			abort();
	}
}

static void as_schema(struct lb_span text)
{
	LB_AUTO(lb_freep) char *schema = lb_strndup(text.p, text.n);
	const struct lb_schema_source source = {"s", schema};
	struct lb_schemas *set = NULL;
	struct lb_error err = {0};
	const int rc = lb_schemas_compile(&source, 1, &set, &err);
	if ((rc == 0) != (set != NULL) || (rc && !err.what[0]) || (set && !lb_schemas_find(set, "s")))
		abort();
	lb_schemas_free(set);
}

static int count(void *arg, size_t i, const struct lb_json *v, struct lb_error *err)
{
	(void)err;
	if (i != *(size_t *)arg || !v)
		abort();
	++*(size_t *)arg;
	return 0;
}

static int cut(struct lb_span text, size_t step, size_t *elements)
{
	LB_AUTO(lb_json_cutter_freep) struct lb_json_cutter *c = lb_json_cutter_new("list", count, elements);
	LB_AUTO(lb_json_freep) struct lb_json *rest = NULL;
	for (size_t i = 0; i < text.n; i += step)
		LB_TRY(lb_json_cutter_feed(c, text.p + i, i + step < text.n ? step : text.n - i, NULL));
	LB_TRY(lb_json_cutter_end(c, &rest, NULL));
	const struct lb_json *list = lb_json_get(rest, "list");
	*elements += lb_json_is_array(list) ? lb_json_count(list) : 0; /* spelled with escapes */
	return 0;
}

static void in_pieces(struct lb_span text, size_t step)
{
	LB_AUTO(lb_json_freep) struct lb_json *whole = NULL;
	size_t elements = 0;
	const int rc = lb_json_parse(text, &whole, NULL), cut_rc = cut(text, step, &elements);
	if ((rc == 0) != (cut_rc == 0) && rc != LB_LIMIT)
		abort();
	const struct lb_json *list = lb_json_get(whole, "list");
	if (rc == 0 && elements != (lb_json_is_array(list) ? lb_json_count(list) : 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	const struct lb_span text = {(const char *)data + 2, size - 2};
	switch (data[0] % 3) {
	case 0: as_instance(text); break;
	case 1: as_schema(text); break;
	default: in_pieces(text, data[1] % 61 + 1u); break;
	}
	return 0;
}
