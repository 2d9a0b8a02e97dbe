/* The table of composed letters, apart from the code that reads it. */
#ifndef LB_NAMES_PRIVATE_H
#define LB_NAMES_PRIVATE_H

#include "format/base/base.h"

struct lb_decomposition { uint16_t letter, base, mark; };
extern const struct lb_decomposition lb_decompositions[]; /* sorted by letter */
extern const size_t lb_decomposition_count;

#endif
