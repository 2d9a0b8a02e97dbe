/* Files of the package: made below its folder, each known by its digest. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/package/writer_private.h"

static void full_path(const struct lb_package *p, const char *path, struct lb_buf *out)
{
	lb_path_join(out, p->dir, path);
}

static int check_path(const struct lb_package *p, const char *path, struct lb_error *err)
{
	const char *why = "";
	if (p->finished)
		return lb_fail(err, LB_USAGE, "cannot write \"%s\": the package is finished", path);
	if (!lb_path_is_safe(lb_span(path), &why))
		return lb_fail(err, LB_FORMAT, "cannot write \"%s\": the path %s", path, why);
	if (lb_map_get(&p->paths, lb_span(path), NULL))
		return lb_fail(err, LB_EXISTS, "cannot write \"%s\": it is in the package already", path);
	return LB_OK;
}

static int make_folder_of(struct lb_package *p, const char *path, struct lb_error *err)
{
	struct lb_span folder = {path, (size_t)(lb_path_base(path) - path)};
	if (folder.n == 0 || lb_map_get(&p->folders, folder, NULL))
		return LB_OK;
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(SIZE_MAX / 2);
	full_path(p, "", &full);
	lb_buf_add(&full, folder.p, folder.n - 1);
	LB_TRY(lb_dir_make(lb_buf_str(&full), err));
	lb_map_put(&p->folders, folder, 1);
	return LB_OK;
}

static struct lb_writer_file *record(struct lb_package *p, const char *path, const char *sha256, uint64_t size,
	long photo)
{
	lb_map_put(&p->paths, lb_span(path), p->nfiles);
	LB_GROW(p->files, p->nfiles, p->files_cap);
	struct lb_writer_file *f = &p->files[p->nfiles++];
	*f = (struct lb_writer_file){.path = p->paths.items[p->paths.count - 1].key, .role = lb_writer_role(path),
		.mime = lb_layout_mime(path), .size = size, .photo = photo, .captured = LB_UNKNOWN};
	memcpy(f->sha256, sha256, LB_SHA256_HEX);
	return f;
}

int lb_package_create(struct lb_package *p, const char *path, struct lb_out **out, struct lb_error *err)
{
	LB_TRY(check_path(p, path, err));
	LB_TRY(make_folder_of(p, path, err));
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(SIZE_MAX / 2);
	full_path(p, path, &full);
	return lb_out_open(lb_buf_str(&full), LB_OUT_NOSYNC, out, err);
}

int lb_writer_close_for(struct lb_package *p, const char *path, struct lb_out *out, long photo, struct lb_error *err)
{
	char sha256[LB_SHA256_HEX];
	uint64_t size;
	int rc = check_path(p, path, err);
	if (rc) {
		lb_out_abandon(out);
		return rc;
	}
	LB_TRY(lb_out_commit(out, sha256, &size, err));
	record(p, path, sha256, size, photo);
	return LB_OK;
}

int lb_package_close(struct lb_package *p, const char *path, struct lb_out *out, struct lb_error *err)
{
	return lb_writer_close_for(p, path, out, -1, err);
}

int lb_package_put(struct lb_package *p, const char *path, struct lb_span content, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(lb_package_create(p, path, &out, err));
	lb_out_add(out, content.p, content.n);
	return lb_package_close(p, path, out, err);
}

static bool is_sha256(const char *hex)
{
	return hex && strlen(hex) == LB_SHA256_HEX - 1 && strspn(hex, "0123456789abcdef") == LB_SHA256_HEX - 1;
}

/* The digest is believed (it was made while the bytes came in); the size is cheap to look at. */
static int check_size(const char *full, const struct lb_media *m, struct lb_error *err)
{
	struct stat st;
	if (stat(full, &st) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", full);
	if ((uint64_t)st.st_size != m->size)
		return lb_fail(err, LB_CORRUPT, "\"%s\" has %lld bytes, but %llu were received", m->source_path,
			(long long)st.st_size, (unsigned long long)m->size);
	return LB_OK;
}

int lb_writer_link_media(struct lb_package *p, const char *path, const struct lb_media *m, long number,
	const char **kept, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(SIZE_MAX / 2);
	if (!m->source_path || !is_sha256(m->sha256))
		return lb_fail(err, LB_USAGE, "cannot write \"%s\": a media file without its source or SHA-256", path);
	LB_TRY(check_path(p, path, err));
	LB_TRY(make_folder_of(p, path, err));
	full_path(p, path, &full);
	LB_TRY(lb_file_link(m->source_path, lb_buf_str(&full), err));
	LB_TRY(check_size(lb_buf_str(&full), m, err));
	struct lb_writer_file *f = record(p, path, m->sha256, m->size, number);
	if (m->mime && *m->mime)
		f->mime = lb_writer_word(p, m->mime);
	f->source_url = lb_writer_text(p, m->url);
	f->label = lb_writer_word(p, m->label);
	f->captured = m->captured;
	*kept = f->path;
	return LB_OK;
}

int lb_writer_adopt(struct lb_package *p, const char *from, const char *path, const char *sha256, uint64_t size, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(SIZE_MAX / 2);
	LB_TRY(check_path(p, path, err));
	LB_TRY(make_folder_of(p, path, err));
	full_path(p, path, &full);
	LB_TRY(lb_file_link(from, lb_buf_str(&full), err));
	record(p, path, sha256, size, -1);
	return LB_OK;
}

static int by_path(const void *a, const void *b, void *arg)
{
	const struct lb_writer_file *files = arg;
	return strcmp(files[*(const size_t *)a].path, files[*(const size_t *)b].path);
}

size_t *lb_writer_sorted(const struct lb_package *p, bool payload, size_t *count)
{
	size_t *numbers = lb_realloc(NULL, p->nfiles + 1, sizeof *numbers);
	*count = 0;
	for (size_t i = 0; i < p->nfiles; i++)
		if ((p->files[i].role != NULL) == payload)
			numbers[(*count)++] = i;
	qsort_r(numbers, *count, sizeof *numbers, by_path, p->files);
	return numbers;
}

uint64_t lb_writer_payload_bytes(const struct lb_package *p, size_t *count)
{
	uint64_t bytes = 0;
	*count = 0;
	for (size_t i = 0; i < p->nfiles; i++)
		if (p->files[i].role) {
			bytes += p->files[i].size;
			(*count)++;
		}
	return bytes;
}
