#include "viewer/internal.h"

/* The files of the viewer become part of the program as they are. files.inc is made by the Makefile: EMBED(name, "file") for
 * each, and those that go into every package as they are once more as ASSET(name, "path in the folder of the viewer"). */
#define EMBED(name, file)                                                                                          \
	__asm__(".pushsection .rodata\n"                                                                           \
		".global lb_embedded_" #name "\n"                                                                  \
		".hidden lb_embedded_" #name "\n"                                                                  \
		"lb_embedded_" #name ": .incbin \"" file "\"\n"                                                    \
		".global lb_embedded_" #name "_end\n"                                                              \
		".hidden lb_embedded_" #name "_end\n"                                                              \
		"lb_embedded_" #name "_end: .byte 0\n"                                                             \
		".popsection\n");                                                                                  \
	extern const char lb_embedded_##name[], lb_embedded_##name##_end[];
#define ASSET(name, path)
#include "files.inc"
#undef EMBED
#undef ASSET

#define EMBED(name, file)
#define ASSET(name, path) { path, lb_embedded_##name, lb_embedded_##name##_end },
static const struct { const char *path, *begin, *end; } assets[] = {
#include "files.inc"
};

size_t lb_asset_count(void)
{
	return LB_COUNT(assets);
}

const char *lb_asset(size_t i, struct lb_span *content)
{
	*content = (struct lb_span){ assets[i].begin, (size_t)(assets[i].end - assets[i].begin) };
	return assets[i].path;
}

struct lb_span lb_asset_shell(void)
{
	return (struct lb_span){ lb_embedded_shell, (size_t)(lb_embedded_shell_end - lb_embedded_shell) };
}
