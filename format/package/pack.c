/* All sizes are known before the first byte is written, so the place of every member is too: members are copied side by
 * side by all threads, and the result is the same bytes as if they had been written one after the other. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* renameat2 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/container_private.h"

struct pack {
	const struct lb_container *source;
	const char *file;                   /* what is being made */
	const struct packer *packer;
	struct lb_stored *items;            /* one for each member that is a file */
	size_t *members;                    /* their numbers in the source */
	size_t count;
	struct lb_arena names;
	struct lb_progress *progress;
	char *temp;                         /* its temporary name; NULL once it is in place */
	int fd;
};

struct packer {
	const char *extension;
	void (*header)(struct lb_buf *b, const struct lb_stored *m);
	bool padded;                        /* content is filled up to whole blocks */
	int (*tail)(struct pack *p, uint64_t at, struct lb_error *err);
};

static void pack_clear(struct pack *p)
{
	lb_fd_close(&p->fd);
	if (p->temp)
		unlink(p->temp);
	free(p->temp);
	free(p->items);
	free(p->members);
	lb_arena_clear(&p->names);
	lb_progress_end(p->progress);
}

/* ---- what stands behind the members ---- */

static int tail_zip(struct pack *p, uint64_t at, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(2 * (size_t)LB_PIECE);
	uint64_t begin = at;
	for (size_t i = 0; i < p->count; i++) {
		lb_zip_central(&b, &p->items[i]);
		if (b.len < LB_PIECE)
			continue;
		LB_TRY(lb_pwrite(p->fd, at, b.p, b.len, p->file, err));
		at += b.len;
		lb_buf_reset(&b);
	}
	lb_zip_end(&b, p->count, at + b.len - begin, begin);
	LB_TRY(lb_buf_check(&b, "the central directory", err));
	return lb_pwrite(p->fd, at, b.p, b.len, p->file, err);
}

static int tail_tar(struct pack *p, uint64_t at, struct lb_error *err)
{
	static const char zeros[2 * LB_TAR_BLOCK];
	return lb_pwrite(p->fd, at, zeros, sizeof zeros, p->file, err);
}

static const struct packer packers[] = {
	{".zip", lb_zip_local, false, tail_zip},
	{".tar", lb_tar_header, true, tail_tar},
};

/* ---- planning ---- */

static int choose_packer(struct pack *p, struct lb_error *err)
{
	for (size_t i = 0; i < LB_COUNT(packers); i++)
		if (lb_span_ends(lb_span(p->file), packers[i].extension))
			p->packer = &packers[i];
	return p->packer ? LB_OK : lb_fail(err, LB_USAGE,
		"cannot pack to \"%s\": its name must end in .zip or .tar", p->file);
}

static int check_member(const char *dir, const struct lb_member *m, struct lb_error *err)
{
	static const char *const kinds[] = {[LB_MEMBER_LINK] = "a link", [LB_MEMBER_SPECIAL] = "a special file"};
	struct lb_shown shown;
	const char *why;
	if (m->kind == LB_MEMBER_LINK || m->kind == LB_MEMBER_SPECIAL)
		return lb_fail(err, LB_FORMAT, "cannot pack \"%s\": \"%s\" is %s", dir, lb_shown(&shown, m->path),
			kinds[m->kind]);
	if (!lb_path_is_safe(lb_span(m->path), &why))
		return lb_fail(err, LB_FORMAT, "cannot pack \"%s\": the name \"%s\" %s", dir,
			lb_shown(&shown, m->path), why);
	return LB_OK;
}

static uint64_t content_size(const struct pack *p, uint64_t size)
{
	return p->packer->padded ? (size + LB_TAR_BLOCK - 1) / LB_TAR_BLOCK * LB_TAR_BLOCK : size;
}

static uint64_t header_size(const struct pack *p, const struct lb_stored *m)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8 * LB_NAME_MAX);
	p->packer->header(&b, m);
	return b.len;
}

static void warn_empty(const struct pack *p, size_t i, const char *path, const struct lb_ctx *ctx)
{
	struct lb_shown shown;
	if (lb_container_is_empty_dir(p->source, i))
		lb_ctx_note(ctx, LB_EVENT_WARN, "the folder \"%s\" is empty and is left out", lb_shown(&shown, path));
}

/* Gives every file its place; *end is where the tail begins. */
static int plan(struct pack *p, const char *dir, const char *root, const struct lb_ctx *ctx, uint64_t *end,
	struct lb_error *err)
{
	size_t count;
	const struct lb_member *m = lb_container_members(p->source, &count);
	p->items = lb_realloc(NULL, count + 1, sizeof *p->items);
	p->members = lb_realloc(NULL, count + 1, sizeof *p->members);
	*end = 0;
	for (size_t i = 0; i < count; i++) {
		LB_TRY(check_member(dir, &m[i], err));
		warn_empty(p, i, m[i].path, ctx);
		if (m[i].kind != LB_MEMBER_FILE)
			continue;
		struct lb_stored *item = &p->items[p->count];
		*item = (struct lb_stored){.name = lb_arena_printf(&p->names, "%s/%s", root, m[i].path),
			.size = m[i].size, .at = *end};
		if (strlen(item->name) > LB_NAME_MAX)
			return lb_fail(err, LB_LIMIT, "cannot pack \"%s\": a name is longer than %u bytes", dir,
				LB_NAME_MAX);
		*end += header_size(p, item) + content_size(p, item->size);
		p->members[p->count++] = i;
	}
	return LB_OK;
}

/* ---- copying ---- */

struct copy { struct pack *pack; uint64_t at; uint32_t crc; };

static int copy_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct copy *copy = arg;
	copy->crc = lb_crc32(copy->crc, data, n);
	LB_TRY(lb_pwrite(copy->pack->fd, copy->at, data, n, copy->pack->file, err));
	copy->at += n;
	return LB_OK;
}

static int pack_item(void *arg, size_t i, struct lb_error *err)
{
	static const char zeros[LB_TAR_BLOCK];
	struct pack *p = arg;
	struct lb_stored *item = &p->items[i];
	LB_AUTO(lb_buf_clear) struct lb_buf header = LB_BUF(8 * LB_NAME_MAX);
	struct copy copy = {.pack = p, .at = item->at + header_size(p, item)};
	LB_TRY(lb_container_stream(p->source, p->members[i], copy_piece, &copy, err));
	item->crc = copy.crc;
	p->packer->header(&header, item);
	LB_TRY(lb_pwrite(p->fd, item->at, header.p, header.len, p->file, err));
	LB_TRY(lb_pwrite(p->fd, copy.at, zeros, (size_t)(content_size(p, item->size) - item->size), p->file, err));
	lb_progress_add(p->progress, item->size);
	return LB_OK;
}

static int write_all(struct pack *p, uint64_t end, const struct lb_ctx *ctx, struct lb_error *err)
{
	p->progress = lb_progress_begin(ctx, "pack", "files", p->count);
	LB_TRY(lb_parallel(ctx, p->count, pack_item, p, err));
	LB_TRY(p->packer->tail(p, end, err));
	return fsync(p->fd) == 0 ? LB_OK : lb_fail_sys(err, "cannot write \"%s\"", p->file);
}

/* ---- the file ---- */

static int open_temp(struct pack *p, struct lb_error *err)
{
	for (unsigned i = 0; p->fd < 0; i++) {
		LB_AUTO(lb_freep) char *temp = lb_temp_beside(p->file, i);
		p->fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (p->fd < 0 && (errno != EEXIST || i == LB_TEMP_ATTEMPTS))
			return lb_fail_sys(err, "cannot write \"%s\"", p->file);
		if (p->fd < 0)
			continue;
		p->temp = temp;
		temp = NULL;
	}
	return LB_OK;
}

static int move_without_replacing(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return link(from, to) == 0 ? unlink(from) : -1;
}

static int put_in_place(struct pack *p, bool replace, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *parent = lb_parent_of(p->file);
	int fd = p->fd;
	p->fd = -1;
	if (close(fd) != 0)
		return lb_fail_sys(err, "cannot write \"%s\"", p->file);
	if ((replace ? rename(p->temp, p->file) : move_without_replacing(p->temp, p->file)) != 0)
		return lb_fail_sys(err, "cannot write \"%s\"", p->file);
	free(p->temp);
	p->temp = NULL;
	return lb_dir_sync(parent, err);
}

int lb_pack(const char *dir, const char *root, const char *file, bool replace, const struct lb_ctx *ctx,
	struct lb_error *err)
{
	LB_AUTO(lb_container_freep) struct lb_container *source = NULL;
	LB_AUTO(pack_clear) struct pack p = {.file = file, .fd = -1};
	struct stat st;
	const char *why;
	uint64_t end;
	LB_TRY(choose_packer(&p, err));
	if (!lb_path_is_safe(lb_span(root), &why))
		return lb_fail(err, LB_USAGE, "cannot name the top folder \"%s\": the name %s", root, why);
	if (strchr(root, '/'))
		return lb_fail(err, LB_USAGE, "cannot name the top folder \"%s\": the name has a slash", root);
	if (!replace && lstat(file, &st) == 0)
		return lb_fail(err, LB_EXISTS, "cannot write \"%s\": it is there already", file);
	LB_TRY(lb_check_outside("pack", dir, file, err));
	LB_TRY(lb_container_open(dir, &source, err));
	if (lb_container_kind(source) != LB_CONTAINER_FOLDER)
		return lb_fail(err, LB_USAGE, "cannot pack \"%s\": it is not a folder", dir);
	p.source = source;
	LB_TRY(plan(&p, dir, root, ctx, &end, err));
	LB_TRY(open_temp(&p, err));
	LB_TRY(write_all(&p, end, ctx, err));
	return put_in_place(&p, replace, err);
}
