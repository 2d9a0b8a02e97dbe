/* Reads the API key and makes the source of answers for the stages that talk to Flickr. */
#ifndef LB_CLI_SOURCE_H
#define LB_CLI_SOURCE_H

#include "lifeboat/creator/creator.h"

/* rate: API calls an hour, 0 the default; parallel: file downloads at once, 0 the default. Strings are borrowed from the
 * environment and the arena. LB_AUTH when the credentials file can be read by others, or (without replay) has no key; no key at all is not an error here. */
LB_CHECKED int lb_cli_source(const char *replay, size_t rate, unsigned parallel, struct lb_arena *arena, struct lb_source *out, struct lb_error *err);

#endif
