/* A folder that appears whole or not at all: made beside its place under a hidden name, and moved there by one rename. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat2 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/package/container_private.h"

/* "a/b//" → "a/b" */
static char *without_slashes(const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	return lb_strndup(dir, n);
}

void lb_new_folder_clear(struct lb_new_folder *f)
{
	if (f->temp) {
		int ignored = lb_dir_remove(f->temp, NULL);
		(void)ignored;
	}
	free(f->dir);
	free(f->temp);
	free(f->parent);
	*f = (struct lb_new_folder){0};
}

int lb_new_folder_name(struct lb_new_folder *f, const char *dir, struct lb_error *err)
{
	struct stat st;
	f->dir = without_slashes(dir);
	f->parent = lb_parent_of(f->dir);
	const char *base = lb_path_base(f->dir);
	if (!*base || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
		return lb_fail(err, LB_USAGE, "cannot write to \"%s\": a new folder needs a name", dir);
	if (lstat(f->dir, &st) == 0)
		return lb_fail(err, LB_EXISTS, "cannot write \"%s\": it is there already", f->dir);
	return LB_OK;
}

int lb_new_folder_make(struct lb_new_folder *f, struct lb_error *err)
{
	for (unsigned i = 0; !f->temp; i++) {
		LB_AUTO(lb_freep) char *temp = lb_temp_beside(f->dir, i);
		if (mkdir(temp, 0777) != 0) {
			if (errno != EEXIST || i == LB_TEMP_ATTEMPTS)
				return lb_fail_sys(err, "cannot make the folder \"%s\"", f->dir);
			continue;
		}
		f->temp = temp;
		temp = NULL;
	}
	return LB_OK;
}

int lb_new_folder_for(struct lb_new_folder *f, const char *dir, struct lb_error *err)
{
	f->dir = realpath(dir, NULL);
	if (!f->dir)
		return lb_fail_sys(err, "cannot find \"%s\"", dir);
	f->parent = lb_parent_of(f->dir);
	return LB_OK;
}

/* Where RENAME_NOREPLACE is not known, rename can only replace an empty folder. */
static int move(const char *from, const char *to, struct lb_error *err)
{
	int rc = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
	if (rc != 0 && (errno == EINVAL || errno == ENOSYS))
		rc = rename(from, to);
	return rc != 0 ? lb_fail_sys(err, "cannot write \"%s\"", to) : LB_OK;
}

/* The path of temp or its part, whose files are then durable. */
static int settle(const struct lb_new_folder *f, const char *part, struct lb_buf *from, struct lb_error *err)
{
	lb_buf_adds(from, f->temp);
	if (part)
		lb_buf_addf(from, "/%s", part);
	LB_TRY(lb_buf_check(from, f->dir, err));
	return lb_fs_sync(lb_buf_str(from), err);
}

int lb_new_folder_exchange(struct lb_new_folder *f, const char *part, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf from = LB_BUF(1 << 16);
	LB_TRY(settle(f, part, &from, err));
	if (renameat2(AT_FDCWD, lb_buf_str(&from), AT_FDCWD, f->dir, RENAME_EXCHANGE) == 0)
		return lb_dir_sync(f->parent, err);
	return lb_fail_sys(err, "cannot exchange a new folder for \"%s\" in one step, as not every file system can", f->dir);
}

int lb_new_folder_place(struct lb_new_folder *f, const char *part, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf from = LB_BUF(1 << 16);
	LB_TRY(settle(f, part, &from, err));
	LB_TRY(move(lb_buf_str(&from), f->dir, err));
	if (!part) {
		free(f->temp);
		f->temp = NULL;
	}
	return lb_dir_sync(f->parent, err);
}
