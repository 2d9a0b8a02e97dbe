/* A folder becomes a bag itself. All that is in it moves into the payload folder by renaming; at every moment the folder says how
 * far this came, and the way back is open:
 *
 *   .lifeboat-bagging.new            being written: no payload in it
 *   .lifeboat-bagging with data/     complete; payload moves into data/
 *   .lifeboat-bagging without data/  data/ is at its place; the tag files follow, bagit.txt last
 *   .lifeboat-bagging, empty         done
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat2 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/bag_private.h"

/* ---- small steps ---- */

static int failed(const char *dir, const char *name, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail_sys(err, "cannot make a bag of \"%s\": \"%s\"", dir, lb_shown(&shown, name));
}

static bool there(int folder, const char *name)
{
	struct stat st;
	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Never replaces anything. */
static int move(int from, const char *name, int to)
{
	if (renameat2(from, name, to, name, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (there(to, name)) {
		errno = EEXIST;
		return -1;
	}
	return renameat(from, name, to, name);
}

static int sync_folder(int fd)
{
	return fsync(fd) == 0 || errno == EINVAL ? 0 : -1;
}

static int open_folder(int at, const char *name)
{
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void dir_closep(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

/* Calls `each` for every name in a folder, as long as it returns LB_OK. The folder may lose names meanwhile. */
typedef int name_fn(void *arg, const char *name, struct lb_error *err);
static int each_name(const char *dir, int folder, name_fn *each, void *arg, struct lb_error *err)
{
	int fd = open_folder(folder, ".");
	LB_AUTO(dir_closep) DIR *d = fd < 0 ? NULL : fdopendir(fd);
	int rc = LB_OK;
	if (!d) {
		rc = failed(dir, ".", err);
		lb_fd_close(&fd);
		return rc;
	}
	errno = 0;
	for (struct dirent *e; !rc && (e = readdir(d)); errno = 0)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			rc = each(arg, e->d_name, err);
	return rc || !errno ? rc : failed(dir, ".", err);
}

struct names { struct lb_arena arena; const char **items; size_t count, cap; };

static void names_clear(struct names *n)
{
	free(n->items);
	lb_arena_clear(&n->arena);
}

static int add_name(void *arg, const char *name, struct lb_error *err)
{
	struct names *n = arg;
	(void)err;
	LB_GROW(n->items, n->count, n->cap);
	n->items[n->count++] = lb_arena_strdup(&n->arena, name);
	return LB_OK;
}

/* ---- back ---- */

struct undoing { const char *dir; int folder; };

/* The stage without payload: what it holds was written by the maker, and is removed. */
static int remove_stage(const struct undoing *u, const char *stage, struct lb_error *err)
{
	LB_AUTO(lb_fd_close) int fd = open_folder(u->folder, stage);
	LB_AUTO(names_clear) struct names names = {0};
	if (fd < 0)
		return errno == ENOENT ? LB_OK : failed(u->dir, stage, err);
	LB_TRY(each_name(u->dir, fd, add_name, &names, err));
	for (size_t i = 0; i < names.count; i++)
		if (unlinkat(fd, names.items[i], strcmp(names.items[i], "data") == 0 ? AT_REMOVEDIR : 0) != 0)
			return failed(u->dir, names.items[i], err);
	return unlinkat(u->folder, stage, AT_REMOVEDIR) == 0 ? LB_OK : failed(u->dir, stage, err);
}

static int move_all(const char *dir, int from, int to, struct lb_error *err)
{
	LB_AUTO(names_clear) struct names names = {0};
	LB_TRY(each_name(dir, from, add_name, &names, err));
	for (size_t i = 0; i < names.count; i++)
		if (move(from, names.items[i], to) != 0)
			return failed(dir, names.items[i], err);
	return sync_folder(from) == 0 && sync_folder(to) == 0 ? LB_OK : failed(dir, ".", err);
}

/* data/ was at its place: tag files first, then data/ itself go back into the stage. */
static int take_back(const struct undoing *u, int stage, struct lb_error *err)
{
	LB_AUTO(names_clear) struct names names = {0};
	LB_TRY(each_name(u->dir, u->folder, add_name, &names, err));
	for (size_t i = 0; i < names.count; i++)
		if (lb_bag_is_tag_name(names.items[i]) && move(u->folder, names.items[i], stage) != 0)
			return failed(u->dir, names.items[i], err);
	return move(u->folder, "data", stage) == 0 ? LB_OK : failed(u->dir, "data", err);
}

/* Renaming the stage says that there is no payload in it any more. */
static int retire_stage(const struct undoing *u, struct lb_error *err)
{
	LB_TRY(remove_stage(u, LB_BAG_STAGE_NEW, err));
	if (renameat2(u->folder, LB_BAG_STAGE, u->folder, LB_BAG_STAGE_NEW, RENAME_NOREPLACE) != 0 &&
	    ((errno != EINVAL && errno != ENOSYS) || renameat(u->folder, LB_BAG_STAGE, u->folder, LB_BAG_STAGE_NEW) != 0))
		return failed(u->dir, LB_BAG_STAGE, err);
	LB_TRY(remove_stage(u, LB_BAG_STAGE_NEW, err));
	return sync_folder(u->folder) == 0 ? LB_OK : failed(u->dir, ".", err);
}

static bool is_empty(const struct undoing *u, int stage)
{
	LB_AUTO(names_clear) struct names names = {0};
	return each_name(u->dir, stage, add_name, &names, NULL) == LB_OK && names.count == 0;
}

static int undo_ready(const struct undoing *u, int stage, bool *finished, struct lb_error *err)
{
	if (is_empty(u, stage) && there(u->folder, "bagit.txt") && there(u->folder, "data")) {
		if (sync_folder(u->folder) != 0 || unlinkat(u->folder, LB_BAG_STAGE, AT_REMOVEDIR) != 0)
			return failed(u->dir, LB_BAG_STAGE, err);
		*finished = true;
		return LB_OK;
	}
	if (!there(stage, "data"))
		LB_TRY(take_back(u, stage, err));
	LB_AUTO(lb_fd_close) int payload = open_folder(stage, "data");
	if (payload < 0)
		return failed(u->dir, LB_BAG_STAGE "/data", err);
	LB_TRY(move_all(u->dir, payload, u->folder, err));
	return retire_stage(u, err);
}

int lb_bag_undo(const char *dir, int folder, bool *finished, struct lb_error *err)
{
	const struct undoing u = {dir, folder};
	LB_AUTO(lb_fd_close) int stage = open_folder(folder, LB_BAG_STAGE);
	*finished = false;
	if (stage < 0)
		return errno == ENOENT ? remove_stage(&u, LB_BAG_STAGE_NEW, err) : failed(dir, LB_BAG_STAGE, err);
	int rc = undo_ready(&u, stage, finished, err);
	if (rc)
		lb_hint(err, "nothing is lost: payload is in the folder, or in \"%s/data\" below it", LB_BAG_STAGE);
	return rc;
}

/* ---- forth ---- */

static int write_stage(const struct lb_bagging *b, int folder, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	const char *dir = b->making->dir;
	lb_path_join(&path, dir, LB_BAG_STAGE_NEW);
	if (mkdirat(folder, LB_BAG_STAGE_NEW, 0777) != 0)
		return failed(dir, LB_BAG_STAGE_NEW, err);
	LB_AUTO(lb_fd_close) int stage = open_folder(folder, LB_BAG_STAGE_NEW);
	if (stage < 0 || mkdirat(stage, "data", 0777) != 0)
		return failed(dir, LB_BAG_STAGE_NEW, err);
	LB_TRY(lb_bag_write_tags(b, lb_buf_str(&path), false, err));
	if (sync_folder(stage) != 0 || renameat(folder, LB_BAG_STAGE_NEW, folder, LB_BAG_STAGE) != 0 || sync_folder(folder) != 0)
		return failed(dir, LB_BAG_STAGE, err);
	return LB_OK;
}

static int refuse_stranger(void *arg, const char *name, struct lb_error *err)
{
	const struct lb_bagging *b = arg;
	struct lb_shown shown;
	if (strcmp(name, LB_BAG_STAGE) == 0)
		return LB_OK;
	return lb_fail(err, LB_CORRUPT, "\"%s\" changed while it was being bagged: \"%s\" is new", b->making->dir, lb_shown(&shown, name));
}

/* Exactly what was hashed: what came later stays, and is refused. */
static int move_payload(struct lb_bagging *b, int folder, int payload, struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(b->c, &count);
	for (size_t i = 0; i < count; i++)
		if (!strchr(m[i].path, '/') && move(folder, m[i].path, payload) != 0)
			return failed(b->making->dir, m[i].path, err);
	LB_TRY(each_name(b->making->dir, folder, refuse_stranger, b, err));
	return sync_folder(payload) == 0 && sync_folder(folder) == 0 ? LB_OK : failed(b->making->dir, ".", err);
}

struct placing { const char *dir; int stage, folder; };

static int place_tag(void *arg, const char *name, struct lb_error *err)
{
	const struct placing *p = arg;
	if (strcmp(name, "bagit.txt") == 0)
		return LB_OK;
	return move(p->stage, name, p->folder) == 0 ? LB_OK : failed(p->dir, name, err);
}

/* bagit.txt comes last: what has it is whole. */
static int place(const char *dir, int stage, int folder, struct lb_error *err)
{
	struct placing p = {dir, stage, folder};
	LB_AUTO(names_clear) struct names names = {0};
	if (move(stage, "data", folder) != 0)
		return failed(dir, "data", err);
	LB_TRY(each_name(dir, stage, add_name, &names, err));
	for (size_t i = 0; i < names.count; i++)
		LB_TRY(place_tag(&p, names.items[i], err));
	if (sync_folder(folder) != 0 || move(stage, "bagit.txt", folder) != 0 || sync_folder(folder) != 0)
		return failed(dir, "bagit.txt", err);
	return unlinkat(folder, LB_BAG_STAGE, AT_REMOVEDIR) == 0 ? LB_OK : failed(dir, LB_BAG_STAGE, err);
}

static int go(struct lb_bagging *b, int folder, struct lb_error *err)
{
	LB_TRY(lb_bag_hash_all(b, NULL, NULL, err));
	LB_TRY(lb_ctx_check(b->ctx, err));
	LB_TRY(lb_bag_unchanged(b, err));
	LB_TRY(write_stage(b, folder, err));
	LB_AUTO(lb_fd_close) int stage = open_folder(folder, LB_BAG_STAGE);
	LB_AUTO(lb_fd_close) int payload = stage < 0 ? -1 : open_folder(stage, "data");
	if (payload < 0)
		return failed(b->making->dir, LB_BAG_STAGE, err);
	LB_TRY(move_payload(b, folder, payload, err));
	return place(b->making->dir, stage, folder, err);
}

int lb_bag_in_place(struct lb_bagging *b, int folder, struct lb_error *err)
{
	struct lb_error why = {0};
	bool finished = false;
	int rc = go(b, folder, err);
	if (rc == LB_OK)
		return LB_OK;
	if (lb_bag_undo(b->making->dir, folder, &finished, &why) != LB_OK)
		return lb_hint(err, "and it could not be taken back (%.100s): run it again, nothing is lost", why.what);
	return finished ? LB_OK : rc;
}
