#include <zlib.h>

#include "format/package/container_private.h"

uint32_t lb_crc32(uint32_t crc, const void *data, size_t n)
{
	return (uint32_t)crc32_z(crc, data, n);
}
