/* Numbers of the zip format (PKWARE APPNOTE 6.3; ISO/IEC 21320-1 is the part of it that we write). */
#ifndef LB_ZIP_PRIVATE_H
#define LB_ZIP_PRIVATE_H

#include "format/package/container_private.h"

enum {
	ZIP_LOCAL = 0x04034b50, ZIP_CENTRAL = 0x02014b50, ZIP_END = 0x06054b50,
	ZIP64_END = 0x06064b50, ZIP64_LOCATOR = 0x07064b50, ZIP_DESCRIPTOR_MARK = 0x08074b50,
	ZIP_LOCAL_SIZE = 30, ZIP_CENTRAL_SIZE = 46, ZIP_END_SIZE = 22, ZIP64_END_SIZE = 56, ZIP64_LOCATOR_SIZE = 20,
	ZIP_STORED = 0, ZIP_DEFLATED = 8,
	ZIP_ENCRYPTED = 1, ZIP_DESCRIPTOR = 8, ZIP_STRONG = 0x40, ZIP_UTF8 = 0x800, ZIP_MASKED = 0x2000,
	ZIP_EXTRA64 = 1, ZIP_EXTRA_NAME = 0x7075,
	ZIP_HOST_UNIX = 3,
};
#define ZIP_MAX16 0xFFFFu
#define ZIP_MAX32 0xFFFFFFFFu

static inline uint32_t zip_u16(const unsigned char *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }
static inline uint32_t zip_u32(const unsigned char *p) { return zip_u16(p) | zip_u16(p + 2) << 16; }
static inline uint64_t zip_u64(const unsigned char *p) { return (uint64_t)zip_u32(p) | (uint64_t)zip_u32(p + 4) << 32; }

#endif
