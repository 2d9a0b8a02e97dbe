/* The JSON Schemas of this version (spec/schemas), as they stand in the source. */
#ifndef LB_PACKAGE_SCHEMAS_PRIVATE_H
#define LB_PACKAGE_SCHEMAS_PRIVATE_H

#include "format/text/text.h"

extern const struct lb_schema_source lb_format_schemas[]; /* by name, as of the file: "photo.schema.json"; sorted */
extern const size_t lb_format_schema_count;

#endif
