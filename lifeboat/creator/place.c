#include "lifeboat/creator/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define KEPT_MAX 10000

/* ---- what stood there before -------------------------------------------------------------------------------------------- */

struct comparison { const char *new_root; char lost[256]; };

/* Stops at the first file of the old folder that the new one lacks. */
static int look_for(void *arg, const struct lb_file_info *info, struct lb_error *err)
{
	struct comparison *c = arg;
	(void)err;
	if (info->kind == LB_DIR)
		return 0;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	lb_path_join(&path, c->new_root, info->path);
	if (lb_file_exists(lb_buf_str(&path)))
		return 0;
	snprintf(c->lost, sizeof c->lost, "%s", info->path);
	return LB_EXISTS;
}

/* The first file of the old folder that the new one lacks, "" when it lacks none. */
static int compare(const char *old, const char *new_root, struct comparison *c, struct lb_error *err)
{
	*c = (struct comparison){ .new_root = new_root };
	int rc = lb_dir_walk(old, look_for, c, err);
	return rc == LB_EXISTS && c->lost[0] ? 0 : rc;
}

/* ---- moves: never onto anything ------------------------------------------------------------------------------------------ */

static int move_to(const char *from, const char *to, const char *dir, struct lb_error *err)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0)
		return lb_fail_sys(err, "cannot move \"%s\" to \"%s\"", from, to);
	return lb_dir_sync(dir, err);
}

/* To the first DIR/lifeboat.kept-N that is free. */
static int move_to_kept(const char *from, const char *dir, struct lb_buf *to, struct lb_error *err)
{
	for (unsigned n = 1; n <= KEPT_MAX; n++) {
		lb_buf_reset(to);
		lb_buf_addf(to, "%s/lifeboat.kept-%u", dir, n);
		if (renameat2(AT_FDCWD, from, AT_FDCWD, lb_buf_str(to), RENAME_NOREPLACE) == 0)
			return lb_dir_sync(dir, err);
		if (errno != EEXIST)
			return lb_fail_sys(err, "cannot move \"%s\" to \"%s\"", from, lb_buf_str(to));
	}
	return lb_fail(err, LB_EXISTS, "\"%s\" holds %d kept packages already", dir, KEPT_MAX);
}

static void note_kept(const struct lb_ctx *ctx, const char *lost, const char *to)
{
	lb_ctx_note(ctx, LB_EVENT_WARN, "the package before had files that the new one has not (\"%s\"): it is kept as \"%s\"", lost, to);
}

/* Removes a package that the one in place has all files of; keeps any other. */
static int retire(const char *old, const char *place, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf to = LB_BUF(1 << 16);
	struct comparison c;
	LB_TRY(compare(old, place, &c, err));
	if (!c.lost[0])
		return lb_dir_remove(old, err);
	LB_TRY(move_to_kept(old, dir, &to, err));
	note_kept(ctx, c.lost, lb_buf_str(&to));
	return 0;
}

/* ---- placing --------------------------------------------------------------------------------------------------------------- */

static int exchange(const char *aside, const char *place, const char *made, const char *dir, struct lb_error *err)
{
	if (renameat2(AT_FDCWD, aside, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
		return lb_dir_sync(dir, err);
	int rc = lb_fail_sys(err, "cannot put the new package in the place of \"%s\"", place);
	bool back = renameat2(AT_FDCWD, aside, AT_FDCWD, made, RENAME_NOREPLACE) == 0;
	(void)back; /* where it stands it is not lost either */
	return rc;
}

/* The new package goes where the old one shall end, and then the two change places: so there is always one in the place, and
 * wherever a run is stopped, the old one is where nothing removes it unseen. */
static int replace(const char *made, const char *aside, const char *place, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf kept = LB_BUF(1 << 16);
	struct comparison c;
	LB_TRY(compare(place, made, &c, err));
	if (!c.lost[0]) {
		LB_TRY(move_to(made, aside, dir, err));
		LB_TRY(exchange(aside, place, made, dir, err));
		return retire(aside, place, dir, ctx, err);
	}
	LB_TRY(move_to_kept(made, dir, &kept, err));
	LB_TRY(exchange(lb_buf_str(&kept), place, made, dir, err));
	note_kept(ctx, c.lost, lb_buf_str(&kept));
	return 0;
}

int lb_place(const char *made, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf place_path = LB_BUF(1 << 16), aside_path = LB_BUF(1 << 16);
	struct stat st;
	lb_path_join(&place_path, dir, "lifeboat");
	lb_buf_addf(&aside_path, "%s.old", made);
	const char *place = lb_buf_str(&place_path), *aside = lb_buf_str(&aside_path);
	LB_TRY(lb_fs_sync(made, err));
	if (lb_dir_exists(aside)) /* left by a run that was stopped */
		LB_TRY(retire(aside, place, dir, ctx, err));
	if (lstat(place, &st) != 0)
		return move_to(made, place, dir, err);
	if (S_ISDIR(st.st_mode))
		return replace(made, aside, place, dir, ctx, err);
	lb_fail(err, LB_EXISTS, "\"%s\" is in the way: not a folder", place);
	lb_hint(err, "move it elsewhere and run the same command again");
	return LB_EXISTS;
}
