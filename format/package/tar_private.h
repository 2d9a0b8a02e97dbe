/* Numbers of the tar format (POSIX.1-2017, pax: ustar interchange format; GNU tar's additions). */
#ifndef LB_TAR_PRIVATE_H
#define LB_TAR_PRIVATE_H

#include "format/package/container_private.h"

enum {
	TAR_NAME = 100, TAR_PREFIX = 155,
	TAR_AT_MODE = 100, TAR_AT_UID = 108, TAR_AT_GID = 116, TAR_AT_SIZE = 124, TAR_AT_MTIME = 136, TAR_AT_SUM = 148,
	TAR_AT_TYPE = 156, TAR_AT_MAGIC = 257, TAR_AT_DEVICE = 329, TAR_AT_PREFIX = 345,
	TAR_FILE = '0', TAR_FILE_OLD = '\0', TAR_CONTIGUOUS = '7', TAR_DIR = '5', TAR_HARD_LINK = '1', TAR_LINK = '2',
	TAR_PAX = 'x', TAR_PAX_GLOBAL = 'g', TAR_GNU_NAME = 'L', TAR_GNU_LINK = 'K',
};

#endif
