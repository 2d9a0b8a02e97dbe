/* Hashing of members, for those that look for digests. */
#ifndef LB_HASH_PRIVATE_H
#define LB_HASH_PRIVATE_H

#include "format/verify/verify_private.h"

/* Gets the digests of a member that could be read; called by several threads. */
typedef void lb_digests_fn(void *arg, const struct lb_hash_job *job, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX]);
/* Hashes members and compares them with their lines; `take` may be NULL. */
LB_CHECKED int lb_hash_jobs(struct lb_verify *v, struct lb_hash_job *jobs, size_t count, lb_digests_fn *take, void *arg,
	struct lb_error *err);
/* Members claim each other's bytes: reading them could take for ever. */
bool lb_hash_is_hopeless(const struct lb_verify *v);

#endif
