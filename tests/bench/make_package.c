/* make_package DIR PHOTOS BYTES: a package of so many originals of so many bytes, for measuring. */
#include <stdio.h>

#include "tests/support/make_package.h"

int main(int argc, char **argv)
{
	struct lb_error err = { 0 };
	uint64_t photos, bytes;
	if (argc != 4 || !lb_parse_u64(lb_span(argv[2]), &photos) || !lb_parse_u64(lb_span(argv[3]), &bytes))
		return fprintf(stderr, "usage: make_package DIR PHOTOS BYTES\n"), 2;
	if (test_make_package_sized(argv[1], (size_t)photos, (size_t)bytes, &err) == 0)
		return 0;
	fprintf(stderr, "make_package: %s\n", err.what);
	return 1;
}
