#include "format/evidence/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Time of change of a file that is as it was stored (1980-01-01T00:00:00Z, which every file system can hold): whoever
 * writes to it, or to a hard link of it, takes the mark off. */
#define STORED_TIME 315532800

char *lb_evidence_temp(struct lb_evidence *ev, struct lb_arena *arena)
{
	return lb_arena_printf(arena, "%s/%" PRIu64, ev->temp, ++ev->temps);
}

/* Some file systems refuse the one or the other: then the file is hashed whenever it is asked for. */
static void mark(int fd)
{
	const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = STORED_TIME}};
	if (fchmod(fd, 0444) != 0 || futimens(fd, times) != 0)
		return;
}

static bool is_there(const char *path, uint64_t size, bool *marked)
{
	struct stat st;
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || (uint64_t)st.st_size != size)
		return false;
	*marked = st.st_mtim.tv_sec == STORED_TIME && st.st_mtim.tv_nsec == 0;
	return true;
}

static bool digest_is(int fd, const char *sha256)
{
	char hex[LB_SHA256_HEX], block[64 << 10];
	LB_AUTO(lb_digest_freep) struct lb_digest *d = lb_digest_new(LB_SHA256);
	ssize_t n;
	while ((n = read(fd, block, sizeof block)) > 0)
		lb_digest_add(d, block, (size_t)n);
	lb_digest_hex(d, hex);
	return n == 0 && strcmp(hex, sha256) == 0;
}

/* Reads the whole file; a good one is marked, so that it need not be read again. */
static bool has_digest(const struct lb_evidence *ev, const char *path, const char *sha256)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return false;
	bool good = digest_is(fd, sha256);
	if (good && ev->mode == LB_EVIDENCE_APPEND)
		mark(fd);
	close(fd);
	return good;
}

char *lb_evidence_media(const struct lb_evidence *ev, const char *sha256, uint64_t size, struct lb_arena *arena)
{
	bool marked;
	if (!lb_sha256_hex_valid(sha256))
		return NULL;
	char *path = lb_arena_printf(arena, "%s/%s", ev->media, sha256);
	if (!is_there(path, size, &marked))
		return NULL;
	return marked || has_digest(ev, path, sha256) ? path : NULL;
}

/* On disk before it gets its name: a name in the store promises the whole file. */
static int finish_file(const char *temp, uint64_t size, struct lb_error *err)
{
	struct stat st;
	int rc = LB_OK, fd = open(temp, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return lb_fail_sys(err, "cannot open \"%s\"", temp);
	mark(fd);
	if (fstat(fd, &st) || fsync(fd))
		rc = lb_fail_sys(err, "cannot sync \"%s\"", temp);
	else if ((uint64_t)st.st_size != size)
		rc = lb_fail(err, LB_CORRUPT, "cannot store \"%s\": it has %jd bytes, not %" PRIu64, temp, (intmax_t)st.st_size, size);
	close(fd);
	return rc;
}

/* Its mark is not asked: the new file is at hand, and costs nothing if the old one has rotted. */
static bool holds_already(const struct lb_evidence *ev, const struct lb_exchange *x, const char *path)
{
	bool marked;
	return is_there(path, x->size, &marked) && has_digest(ev, path, x->sha256);
}

static int move_in(struct lb_evidence *ev, const char *temp, const struct lb_exchange *x, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char *path = lb_arena_printf(&arena, "%s/%s", ev->media, x->sha256);
	if (holds_already(ev, x, path)) {
		unlink(temp); /* else emptied at the next open */
		return LB_OK;
	}
	LB_TRY(finish_file(temp, x->size, err));
	if (rename(temp, path))
		return lb_fail_sys(err, "cannot move \"%s\" to \"%s\"", temp, path);
	ev->media_dirty = true;
	return LB_OK;
}

int lb_evidence_store(struct lb_evidence *ev, const char *temp, const struct lb_exchange *x, struct lb_error *err)
{
	if (ev->mode != LB_EVIDENCE_APPEND)
		return lb_fail(err, LB_USAGE, "cannot store \"%s\": \"%s\" is opened for reading", temp, ev->dir);
	if (x->kind != LB_RECORD_MEDIA || !lb_sha256_hex_valid(x->sha256))
		return lb_fail(err, LB_USAGE, "cannot store \"%s\": its record has no SHA-256 of a media file", temp);
	LB_TRY(move_in(ev, temp, x, err));
	return lb_evidence_append(ev, x, err);
}
