#include "lifeboat/index/internal.h"

int lb_index_list(struct lb_index *ix, int (*each)(void *arg, const struct lb_index_lifeboat *row, struct lb_error *err), void *arg, struct lb_error *err)
{
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	bool row;
	LB_TRY(lb_index_prepare(ix, "SELECT id, title, added, photos FROM lifeboats ORDER BY added, id", &s, err));
	for (;;) {
		char added[LB_TIME_ISO];
		LB_TRY(lb_index_step(ix, s, &row, err));
		if (!row)
			return LB_OK;
		lb_time_iso(sqlite3_column_int64(s, 2), added);
		struct lb_index_lifeboat lifeboat = {
			.id = lb_index_text(s, 0), .title = lb_index_text(s, 1), .added = added, .photos = sqlite3_column_int64(s, 3),
		};
		lb_arena_reset(&arena);
		LB_TRY(lb_index_places_of(ix, lifeboat.id, &arena, &lifeboat.where, err));
		LB_TRY(each(arg, &lifeboat, err));
	}
}

int lb_index_find(struct lb_index *ix, const char *photo_id, int (*each)(void *arg, const struct lb_index_hit *hit, struct lb_error *err), void *arg, struct lb_error *err)
{
	static const char sql[] =
		"SELECT p.photo_id, p.lifeboat_id, l.title, l.added, p.status"
		" FROM photos p JOIN lifeboats l ON l.id = p.lifeboat_id WHERE p.photo_id = ?1 ORDER BY l.added, l.id";
	LB_AUTO(lb_index_finalizep) sqlite3_stmt *s = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	bool row;
	LB_TRY(lb_index_prepare(ix, sql, &s, err));
	lb_index_bind(s, &photo_id, 1);
	for (;;) {
		char added[LB_TIME_ISO];
		LB_TRY(lb_index_step(ix, s, &row, err));
		if (!row)
			return LB_OK;
		lb_time_iso(sqlite3_column_int64(s, 3), added);
		struct lb_index_hit hit = {
			.photo_id = lb_index_text(s, 0), .lifeboat_id = lb_index_text(s, 1), .title = lb_index_text(s, 2),
			.added = added, .status = lb_index_text(s, 4),
		};
		lb_arena_reset(&arena);
		LB_TRY(lb_index_places_of(ix, hit.lifeboat_id, &arena, &hit.where, err));
		LB_TRY(each(arg, &hit, err));
	}
}
