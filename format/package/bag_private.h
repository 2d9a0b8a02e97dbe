/* What the files of the bag maker share. */
#ifndef LB_BAG_PRIVATE_H
#define LB_BAG_PRIVATE_H

#include "format/package/container_private.h"

/* Where a bag is put together inside the folder that becomes one. Once it has this name, all in it is complete. */
#define LB_BAG_STAGE ".lifeboat-bagging"
#define LB_BAG_STAGE_NEW LB_BAG_STAGE ".new" /* not complete yet, or not any more: holds no payload */

/* All facts of every entry below a folder, to be compared with those of a later look. */
struct lb_bag_look { uint64_t *marks; size_t count, cap; };

struct lb_bagging {
	const struct lb_bag_making *making;
	const struct lb_ctx *ctx;
	struct lb_container *c;      /* what is bagged */
	struct lb_bag_look look;
	unsigned hashes;
	size_t at[LB_HASH_COUNT];    /* where each digest stands in a record */
	size_t record;               /* bytes of all digests of a member */
	unsigned char *raw;          /* a record for each member */
	uint64_t files, bytes;
};

/* Hashes every file of b->c into b->raw; `read` as in struct lb_hash_run, with `arg` handed on. */
LB_CHECKED int lb_bag_hash_all(struct lb_bagging *b, int (*read)(void *, size_t, lb_take_fn *, void *, struct lb_error *), void *arg,
	struct lb_error *err);
/* LB_CORRUPT when the folder is not what it was at the first look. */
LB_CHECKED int lb_bag_unchanged(const struct lb_bagging *b, struct lb_error *err);
/* Writes bagit.txt, bag-info.txt and the manifests into a folder. Synced unless `later`. */
LB_CHECKED int lb_bag_write_tags(const struct lb_bagging *b, const char *folder, bool later, struct lb_error *err);
/* A file that the maker writes at the root of a bag. */
bool lb_bag_is_tag_name(const char *name);

/* The two ways to make a bag. `b` has looked at the folder and found nothing against it. */
LB_CHECKED int lb_bag_copy(struct lb_bagging *b, struct lb_error *err);
LB_CHECKED int lb_bag_in_place(struct lb_bagging *b, int folder, struct lb_error *err);
/* Takes back what an earlier run in this folder left unfinished; *finished when nothing but the tidying was left to do. */
LB_CHECKED int lb_bag_undo(const char *dir, int folder, bool *finished, struct lb_error *err);

#endif
