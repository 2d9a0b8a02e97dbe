/* Any bytes as a data file: what was read must survive being written and read again, and any text being a JSON string. */
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The writer goes 32 deep; what lies deeper is left out. */
static void copy(struct lb_jw *w, const char *key, const struct lb_json *v)
{
	if (w->depth < 32 && lb_json_is_object(v)) {
		lb_jw_object(w, key);
		void *it = NULL;
		const char *name;
		const struct lb_json *value;
		while (lb_json_each(v, &it, &name, &value))
			copy(w, name, value);
		lb_jw_end(w);
	} else if (w->depth < 32 && lb_json_is_array(v)) {
		lb_jw_array(w, key);
		for (size_t i = 0; i < lb_json_count(v); i++)
			copy(w, NULL, lb_json_at(v, i));
		lb_jw_end(w);
	} else if (lb_json_str(v)) {
		lb_jw_str(w, key, lb_json_str(v));
	} else {
		lb_jw_num(w, key, lb_json_num(v, lb_json_bool(v, false)));
	}
}

static void check_copy(const struct lb_json *v, bool compact)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	struct lb_jw w;
	lb_jw_begin(&w, &b, compact);
	copy(&w, NULL, v);
	LB_AUTO(lb_json_freep) struct lb_json *again = NULL;
	if (b.overflow)
		return;
	if (lb_json_parse(lb_buf_span(&b), &again, NULL) || lb_json_count(again) != lb_json_count(v))
		abort();
}

static void check_string(const uint8_t *data, size_t size)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	char *text = lb_strndup((const char *)data, size);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	lb_jw_str(&w, NULL, text);
	struct lb_json *v = NULL;
	if (!b.overflow && (lb_json_parse(lb_buf_span(&b), &v, NULL) || strchr(lb_buf_str(&b), '<')))
		abort();
	if (v && lb_utf8_valid(lb_span(text)) && strcmp(lb_json_str(v), text) != 0)
		abort();
	lb_json_free(v);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char name[64];
	struct lb_error err = {0};
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	int rc = size ? lb_datajs_parse((struct lb_span){ (const char *)data, size }, name, &v, &err) : LB_FORMAT;
	if (rc == 0) {
		check_copy(v, false);
		check_copy(v, true);
	}
	check_string(data, size);
	return 0;
}
