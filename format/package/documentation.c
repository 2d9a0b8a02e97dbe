/* The specification of this version travels in every package: spec/pages.sh makes pages of its chapters. */
#include <stdio.h>

#include "format/package/schemas_private.h"
#include "format/package/writer_private.h"

#define DOCUMENT(symbol, name, path)                                                                              \
	__asm__(".pushsection .rodata\n" #symbol ":\n.incbin \"" path "\"\n" #symbol "_end:\n.byte 0\n.popsection\n"); \
	extern const char symbol[] __attribute__((visibility("hidden"))), symbol##_end[] __attribute__((visibility("hidden")));
#include "documentation.inc"
#undef DOCUMENT

#define DOCUMENT(symbol, name, path) {name, symbol, symbol##_end},
static const struct { const char *name, *text, *end; } documents[] = {
#include "documentation.inc"
};
#undef DOCUMENT

static int put(struct lb_package *p, const char *folder, const char *name, struct lb_span text, struct lb_error *err)
{
	char path[256];
	snprintf(path, sizeof path, "data/documentation/%s%s", folder, name);
	return lb_package_put(p, path, text, err);
}

int lb_writer_documentation(struct lb_package *p, struct lb_error *err)
{
	for (size_t i = 0; i < LB_COUNT(documents); i++)
		LB_TRY(put(p, "", documents[i].name, (struct lb_span){documents[i].text, (size_t)(documents[i].end - documents[i].text)}, err));
	for (size_t i = 0; i < lb_format_schema_count; i++)
		LB_TRY(put(p, "schemas/", lb_format_schemas[i].name, lb_span(lb_format_schemas[i].text), err));
	return LB_OK;
}
