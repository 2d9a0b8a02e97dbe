/* The specification of this version travels in every package, byte for byte. */
#include "format/package/writer_private.h"

__asm__(".pushsection .rodata\n"
	".globl lb_writer_specification\n"
	".hidden lb_writer_specification\n"
	".globl lb_writer_specification_end\n"
	".hidden lb_writer_specification_end\n"
	"lb_writer_specification:\n"
	".incbin \"spec/03-metadata.md\"\n"
	"lb_writer_specification_end:\n"
	".byte 0\n"
	".popsection\n");
extern const char lb_writer_specification[] __attribute__((visibility("hidden")));
extern const char lb_writer_specification_end[] __attribute__((visibility("hidden")));

int lb_writer_documentation(struct lb_package *p, struct lb_error *err)
{
	const size_t n = (size_t)(lb_writer_specification_end - lb_writer_specification);
	return lb_package_put(p, "data/documentation/package.md", (struct lb_span){lb_writer_specification, n}, err);
}
