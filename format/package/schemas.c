/* The JSON Schemas of the format, taken into the library as they are. */
#include "format/package/schemas_private.h"

#define TAKE(name)                                                                                                         \
	__asm__(".pushsection .rodata\n"                                                                                   \
		".globl lb_schema_" #name "\n"                                                                             \
		".hidden lb_schema_" #name "\n"                                                                            \
		"lb_schema_" #name ":\n"                                                                                   \
		".incbin \"spec/schemas/" #name ".schema.json\"\n"                                                         \
		".byte 0\n"                                                                                                \
		".popsection\n");                                                                                          \
	extern const char lb_schema_##name[] __attribute__((visibility("hidden")));
#define ROW(name) {#name ".schema.json", lb_schema_##name},

#define SCHEMAS(each)                                                                                                      \
	each(albumIndex) each(collectionIndex) each(common) each(consentIndex) each(contributorIndex) \
	each(galleryIndex) each(groupIndex) each(licenseIndex) each(lifeboat) each(missing) each(package) each(photo) \
	each(photoIndex) each(photoOrder) each(plan) each(profileIndex) each(tagList)

SCHEMAS(TAKE)

const struct lb_schema_source lb_format_schemas[] = {SCHEMAS(ROW)};
const size_t lb_format_schema_count = LB_COUNT(lb_format_schemas);
