/* Index: which lifeboats hold this photo? SQLite (touched in this folder only). */
#ifndef LB_INDEX_H
#define LB_INDEX_H

#include "format/base/base.h"
#include "format/package/package.h"

struct lb_index;
LB_CHECKED int lb_index_open(const char *path, bool create, struct lb_index **out, struct lb_error *err);
void lb_index_free(struct lb_index *ix);
void lb_index_freep(struct lb_index **ix);
/* Where the same lifeboat lies: paths or addresses, the first added first. */
struct lb_index_places { const char *const *paths; size_t count; };
/* Adds (or renews) one lifeboat and all its photos in one transaction. `where`: the path or address to remember, besides
 * those where the same content lies. `replaced`: other places, of another content under this id, that were forgotten for it. */
struct lb_index_added { const char *id; size_t photos; struct lb_index_places replaced; };
LB_CHECKED int lb_index_add(struct lb_index *ix, const struct lb_container *package, const char *where, int64_t now, struct lb_arena *arena,
	struct lb_index_added *out, struct lb_error *err);
LB_CHECKED int lb_index_remove(struct lb_index *ix, const char *lifeboat_id, struct lb_error *err);
struct lb_index_lifeboat { const char *id, *title, *added; struct lb_index_places where; int64_t photos; };
LB_CHECKED int lb_index_list(struct lb_index *ix, int (*each)(void *arg, const struct lb_index_lifeboat *row, struct lb_error *err), void *arg, struct lb_error *err);
struct lb_index_hit { const char *photo_id, *lifeboat_id, *title, *added, *status; struct lb_index_places where; }; /* status "held" | "withheld" */
LB_CHECKED int lb_index_find(struct lb_index *ix, const char *photo_id, int (*each)(void *arg, const struct lb_index_hit *hit, struct lb_error *err), void *arg, struct lb_error *err);

#endif
