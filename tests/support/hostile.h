/* Text of the kind that strangers write into titles, tags and comments to break out of a page. */
#ifndef LB_TESTS_HOSTILE_H
#define LB_TESTS_HOSTILE_H

#include <stddef.h>

/* NUL-terminated; some are not valid UTF-8, one is 1 MiB long. The strings live as long as the program. */
const char *const *test_hostile(size_t *count);

#endif
