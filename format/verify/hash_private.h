/* Hashing of members, for those that look for digests. */
#ifndef LB_HASH_PRIVATE_H
#define LB_HASH_PRIVATE_H

#include "format/verify/verify_private.h"

/* wanted: a bit for each enum lb_hash. digests: NULL, or where to put LB_HASH_COUNT digests. */
struct lb_task { size_t member; uint64_t size; unsigned wanted; const char **digests; };
LB_CHECKED int lb_hash_tasks(struct lb_verify *v, const struct lb_task *tasks, size_t count, const char *stage,
	struct lb_error *err);
/* Members claim each other's bytes: reading them could take for ever. */
bool lb_hash_is_hopeless(const struct lb_verify *v);

#endif
