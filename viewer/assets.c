#include "viewer/internal.h"

/* The files of viewer/assets become part of the program as they are. */
#define EMBED(name, file)                                                                                          \
	__asm__(".pushsection .rodata\n"                                                                           \
		".global lb_embedded_" #name "\n"                                                                  \
		".hidden lb_embedded_" #name "\n"                                                                  \
		"lb_embedded_" #name ": .incbin \"" file "\"\n"                                                    \
		".global lb_embedded_" #name "_end\n"                                                              \
		".hidden lb_embedded_" #name "_end\n"                                                              \
		"lb_embedded_" #name "_end: .byte 0\n"                                                             \
		".popsection\n");                                                                                  \
	extern const char lb_embedded_##name[], lb_embedded_##name##_end[]

EMBED(style, "viewer/assets/style.css");

struct lb_span lb_asset_style(void)
{
	return (struct lb_span){ lb_embedded_style, (size_t)(lb_embedded_style_end - lb_embedded_style) };
}
