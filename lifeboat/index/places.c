/* Where the lifeboats lie. A place holds one lifeboat; a lifeboat may lie in several, as a folder and packed. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/index/internal.h"

int lb_index_places_of(struct lb_index *ix, const char *lifeboat_id, struct lb_arena *arena, struct lb_index_places *out, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	LB_AUTO(lb_freep) const char **paths = NULL;
	size_t count = 0, cap = 0;
	bool row;
	LB_TRY(lb_index_prepare(ix, "SELECT place FROM places WHERE lifeboat_id = ?1 ORDER BY rowid", &s, err));
	lb_index_bind(s, &lifeboat_id, 1);
	for (;;) {
		LB_TRY(lb_index_step(ix, s, &row, err));
		if (!row)
			break;
		LB_GROW(paths, count, cap);
		paths[count++] = lb_arena_strdup(arena, lb_index_text(s, 0));
	}
	const char **kept = lb_arena_alloc(arena, (count + 1) * sizeof *kept);
	if (count)
		memcpy(kept, paths, count * sizeof *kept);
	*out = (struct lb_index_places){kept, count};
	return LB_OK;
}

int lb_index_put_place(struct lb_index *ix, const char *lifeboat_id, const char *place, struct lb_error *err)
{
	static const char sql[] = "INSERT INTO places(lifeboat_id, place) VALUES(?1, ?2)"
		" ON CONFLICT(place) DO UPDATE SET lifeboat_id = excluded.lifeboat_id";
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	const char *const texts[] = {lifeboat_id, place};
	LB_TRY(lb_index_prepare(ix, sql, &s, err));
	lb_index_bind(s, texts, LB_COUNT(texts));
	return lb_index_do(ix, s, err);
}
