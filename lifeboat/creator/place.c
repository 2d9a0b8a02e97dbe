#include "lifeboat/creator/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define KEPT_MAX 10000

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

static int keep(const char *old, const char *dir, const char *why, const struct lb_ctx *ctx, struct lb_error *err)
{
	for (unsigned n = 1; n <= KEPT_MAX; n++) {
		LB_AUTO(lb_buf_clear) struct lb_buf to = LB_BUF(1 << 16);
		lb_buf_addf(&to, "%s/lifeboat.kept-%u", dir, n);
		if (renameat2(AT_FDCWD, old, AT_FDCWD, lb_buf_str(&to), RENAME_NOREPLACE) == 0) {
			lb_ctx_note(ctx, LB_EVENT_WARN, "the package before had files that the new one has not (\"%s\"): it is kept as \"%s\"",
				why, lb_buf_str(&to));
			return lb_dir_sync(dir, err);
		}
		if (errno != EEXIST)
			return lb_fail_sys(err, "cannot keep \"%s\" as \"%s\"", old, lb_buf_str(&to));
	}
	return lb_fail(err, LB_EXISTS, "\"%s\" holds %d kept packages already", dir, KEPT_MAX);
}

static int retire(const char *old, const char *place, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	struct comparison c = { .new_root = place };
	int rc = lb_dir_walk(old, look_for, &c, err);
	if (rc == LB_EXISTS && c.lost[0])
		return keep(old, dir, c.lost, ctx, err);
	return rc ? rc : lb_dir_remove(old, err);
}

int lb_place(const char *made, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf place = LB_BUF(1 << 16);
	struct stat st;
	lb_path_join(&place, dir, "lifeboat");
	LB_TRY(lb_fs_sync(made, err));
	if (lstat(lb_buf_str(&place), &st) != 0) {
		if (renameat2(AT_FDCWD, made, AT_FDCWD, lb_buf_str(&place), RENAME_NOREPLACE) != 0)
			return lb_fail_sys(err, "cannot move \"%s\" to \"%s\"", made, lb_buf_str(&place));
		return lb_dir_sync(dir, err);
	}
	if (!S_ISDIR(st.st_mode)) {
		lb_fail(err, LB_EXISTS, "\"%s\" is in the way: not a folder", lb_buf_str(&place));
		lb_hint(err, "move it elsewhere and run the same command again");
		return LB_EXISTS;
	}
	if (renameat2(AT_FDCWD, made, AT_FDCWD, lb_buf_str(&place), RENAME_EXCHANGE) != 0)
		return lb_fail_sys(err, "cannot put the new package in the place of \"%s\"", lb_buf_str(&place));
	LB_TRY(lb_dir_sync(dir, err));
	return retire(made, lb_buf_str(&place), dir, ctx, err);
}
