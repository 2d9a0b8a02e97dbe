/* Reads the credentials and makes the source of answers for the commands that talk to Flickr. */
#ifndef LB_CLI_SOURCE_H
#define LB_CLI_SOURCE_H

#include "lifeboat/creator/creator.h"

/* rate: API calls an hour, 0 the default; parallel: file downloads at once, 0 the default. Strings are borrowed from the
 * environment and the arena. LB_AUTH when the credentials file can be read by others, or (without replay) has no key; no key at all is not an error here.
 * A replay is of nobody: neither secret nor token is taken, and no calls are counted. */
LB_CHECKED int lb_cli_source(const char *replay, size_t rate, unsigned parallel, struct lb_arena *arena, struct lb_source *out, struct lb_error *err);

/* The file of credentials: lines "name = value", # begins a comment. In the arena; NULL when there is no home to have it in. */
const char *lb_credentials_path(struct lb_arena *arena);
struct lb_credential { const char *name, *value; };           /* value NULL: the line goes */
/* Writes these values into the file, keeps all other lines, and leaves it readable for its owner alone. */
LB_CHECKED int lb_credentials_set(const struct lb_credential *set, size_t count, struct lb_error *err);

#endif
