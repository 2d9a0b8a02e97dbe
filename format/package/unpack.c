/* Nothing that the archive says is trusted: names were judged when it was opened, every file is made below a held folder
 * without following a link and without replacing anything, and none has more bytes than the archive said at the start. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "format/package/container_private.h"

struct unpack {
	const struct lb_container *source;
	const char *file;
	struct lb_new_folder folder;
	int fd;                     /* of the folder in the making */
	struct lb_progress *progress;
};

static void unpack_clear(struct unpack *u)
{
	lb_fd_close(&u->fd);
	lb_new_folder_clear(&u->folder);
	lb_progress_end(u->progress);
}

static int cannot_write(const char *path, struct lb_error *err)
{
	struct lb_shown shown;
	return lb_fail_sys(err, "cannot write \"%s\"", lb_shown(&shown, path));
}

/* ---- before the first byte ---- */

static int check_defects(const struct unpack *u, struct lb_error *err)
{
	size_t count;
	const struct lb_defect *d = lb_container_defects(u->source, &count);
	struct lb_shown shown;
	for (size_t i = 0; i < count; i++)
		if (!lb_defect_is_style(&d[i]))
			return lb_fail(err, LB_CORRUPT, "cannot unpack \"%s\": %s%s%s (%s)", u->file,
				d[i].path ? lb_shown(&shown, d[i].path) : "",
				d[i].path ? " " : "", d[i].message, d[i].rule);
	return LB_OK;
}

static int check_members(const struct unpack *u, uint64_t *bytes, struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(u->source, &count);
	struct lb_shown shown;
	*bytes = 0;
	for (size_t i = 0; i < count; i++) {
		if (m[i].kind == LB_MEMBER_LINK || m[i].kind == LB_MEMBER_SPECIAL)
			return lb_fail(err, LB_FORMAT, "cannot unpack \"%s\": \"%s\" is a %s", u->file,
				lb_shown(&shown, m[i].path),
				m[i].kind == LB_MEMBER_LINK ? "link" : "special file");
		if (m[i].size > INT64_MAX - *bytes)
			return lb_fail(err, LB_LIMIT, "cannot unpack \"%s\": too large", u->file);
		*bytes += m[i].size;
	}
	return LB_OK;
}

static int check_room(const struct unpack *u, uint64_t bytes, struct lb_error *err)
{
	struct statvfs fs;
	if (statvfs(u->folder.parent, &fs) != 0)
		return lb_fail_sys(err, "cannot write \"%s\"", u->folder.dir);
	uint64_t room = (uint64_t)fs.f_bavail * fs.f_frsize;
	if (bytes > room && fs.f_blocks) /* some file systems do not tell */
		return lb_fail(err, LB_IO, "cannot unpack \"%s\": it needs %llu bytes, there is room for %llu", u->file,
			(unsigned long long)bytes, (unsigned long long)room);
	return LB_OK;
}

/* ---- writing ---- */

struct target { int fd; const char *path; };

static int write_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	const struct target *t = arg;
	const char *p = data;
	while (n) {
		ssize_t done = write(t->fd, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done == 0 ? EIO : errno;
			return cannot_write(t->path, err);
		}
		p += done;
		n -= (size_t)done;
	}
	return LB_OK;
}

static int unpack_member(void *arg, size_t i, struct lb_error *err)
{
	struct unpack *u = arg;
	size_t count;
	const struct lb_member *m = &lb_container_members(u->source, &count)[i];
	if (m->kind != LB_MEMBER_FILE)
		return LB_OK;
	struct target t = {.path = m->path, .fd = lb_beneath_open(u->fd, m->path, O_WRONLY | O_CREAT | O_EXCL, 0666)};
	if (t.fd < 0)
		return cannot_write(m->path, err);
	int rc = lb_container_stream(u->source, i, write_piece, &t, err);
	if (close(t.fd) != 0 && !rc)
		rc = cannot_write(m->path, err);
	if (!rc)
		lb_progress_add(u->progress, m->size);
	return rc;
}

static int write_all(struct unpack *u, const struct lb_ctx *ctx, struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(u->source, &count);
	const char *before = "";
	u->progress = lb_progress_begin(ctx, "unpack", "files", count);
	for (size_t i = 0; i < count; i++) {
		if (lb_beneath_make_folders(u->fd, before, m[i].path, m[i].kind == LB_MEMBER_DIR) != 0)
			return cannot_write(m[i].path, err);
		before = m[i].path;
	}
	return lb_parallel(ctx, count, unpack_member, u, err);
}

/* ---- the folder ---- */

static int make_temp(struct unpack *u, struct lb_error *err)
{
	LB_TRY(lb_new_folder_make(&u->folder, err));
	u->fd = open(u->folder.temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return u->fd < 0 ? lb_fail_sys(err, "cannot make the folder \"%s\"", u->folder.dir) : LB_OK;
}

int lb_unpack(const char *file, const char *dir, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *source = NULL;
	LB_AUTO(unpack_clear) struct unpack u = {.file = file, .fd = -1};
	uint64_t bytes;
	LB_TRY(lb_new_folder_name(&u.folder, dir, err));
	LB_TRY(lb_container_open(file, &source, err));
	if (lb_container_kind(source) == LB_CONTAINER_FOLDER)
		return lb_fail(err, LB_USAGE, "cannot unpack \"%s\": it is a folder", file);
	u.source = source;
	LB_TRY(check_defects(&u, err));
	LB_TRY(check_members(&u, &bytes, err));
	LB_TRY(check_room(&u, bytes, err));
	LB_TRY(make_temp(&u, err));
	LB_TRY(write_all(&u, ctx, err));
	return lb_new_folder_place(&u.folder, NULL, err);
}
