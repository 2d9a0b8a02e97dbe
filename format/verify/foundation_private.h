/* What the checks of a package of the Flickr Foundation share. */
#ifndef LB_FOUNDATION_PRIVATE_H
#define LB_FOUNDATION_PRIVATE_H

#include "format/foundation/foundation.h"
#include "format/verify/verify_private.h"

/* A checksum that a photo's file tells. */
struct lb_claim { size_t member; const char *checksum; enum lb_hash hash; };

enum { LB_THEIR_PHOTOS, LB_THEIR_PEOPLE, LB_THEIR_LICENSES, LB_THEIR_ALBUMS, LB_THEIR_GALLERIES, LB_THEIR_GROUPS, LB_THEIR_COUNT };

struct lb_theirs {
	struct lb_verify *v;
	struct lb_foundation f;
	struct lb_foundation_index index[LB_THEIR_COUNT];
	bool had[LB_THEIR_COUNT];           /* it is there and could be read */
	/* Filled by threads, under v->lock: */
	unsigned char *named;               /* of each member: how often photos name it as a file, up to 2 */
	unsigned char *owned;               /* of each member: it is a photo's own file */
	struct lb_claim *claims; size_t nclaims, claims_cap;
	size_t files, paths, objects, algorithms[LB_HASH_COUNT];
};

/* Every photo with its own file; parallel. */
LB_CHECKED int lb_their_photos(struct lb_theirs *t, struct lb_error *err);
/* A path of the package as it stands in the container; valid until the next call with the same buffer. */
const char *lb_their_path(const struct lb_theirs *t, struct lb_buf *b, const char *path);
/* Is `id` an entry of that index? Without the index nothing can be said: true. */
bool lb_their_has(const struct lb_theirs *t, int index, const char *id);

#endif
