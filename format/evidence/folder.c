#include "format/evidence/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define JOURNAL "api.warc.gz"
#define CACHE_MIN 1000 /* records more than the kept index has that make a new one worth writing at the end */

static char *path_in(const char *dir, const char *name)
{
	struct lb_buf b = LB_BUF(64 << 10);
	lb_path_join(&b, dir, name);
	return lb_buf_take(&b);
}

/* ---- the lock ------------------------------------------------------------------------------------------------ */

static int refused_lock(int fd, const char *dir, struct lb_error *err)
{
	char text[32] = "";
	uint64_t pid;
	ssize_t n = pread(fd, text, sizeof text - 1, 0);
	struct lb_span said = lb_span_trim((struct lb_span){text, n > 0 ? (size_t)n : 0});
	if (lb_parse_u64(said, &pid))
		lb_fail(err, LB_LOCKED, "cannot write to \"%s\": process %" PRIu64 " is writing to it", dir, pid);
	else
		lb_fail(err, LB_LOCKED, "cannot write to \"%s\": another process is writing to it", dir);
	return lb_hint(err, "wait until it is done, or end it");
}

/* The lock dies with the process; the number in the file is for people only, so failing to write it is no failure. */
static void write_pid(int fd)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
		return;
}

static int take_lock(struct lb_evidence *ev, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *path = path_in(ev->dir, ".lock");
	ev->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (ev->lock < 0)
		return lb_fail_sys(err, "cannot open \"%s\"", path);
	if (flock(ev->lock, LOCK_EX | LOCK_NB)) {
		if (errno == EWOULDBLOCK)
			return refused_lock(ev->lock, ev->dir, err);
		return lb_fail_sys(err, "cannot lock \"%s\"", path);
	}
	write_pid(ev->lock);
	return LB_OK;
}

/* ---- the journal --------------------------------------------------------------------------------------------------- */

static int open_journal(struct lb_evidence *ev, const char *path, int flags, uint64_t *good, struct lb_error *err)
{
	int fd = open(path, flags | O_CLOEXEC, 0644);
	if (fd < 0)
		return lb_fail_sys(err, "cannot open \"%s\"", path);
	LB_TRY(lb_warc_open_fd(fd, path, ev->dir, good, &ev->warc, err));
	return LB_OK;
}

static int cut_torn(struct lb_evidence *ev, uint64_t good, struct lb_error *err)
{
	struct lb_source *journal = &ev->warc->source;
	if (good == journal->size)
		return LB_OK;
	if (ftruncate(journal->fd, (off_t)good))
		return lb_fail_sys(err, "cannot cut \"%s\" to %" PRIu64 " bytes", journal->name, good);
	lb_ctx_note(ev->ctx, LB_EVENT_WARN, "\"%s\" ended in the middle of a record (an interrupted run): %" PRIu64 " bytes cut off",
		    journal->name, journal->size - good);
	journal->size = good;
	ev->dirty = true;
	return LB_OK;
}

static int found_one(void *arg, uint64_t at, uint64_t end, struct lb_error *err)
{
	(void)at;
	(void)end;
	(void)err;
	*(bool *)arg = true;
	return LB_OK;
}

/* Damage may look like a torn end: broken gzip data can swallow all that follows. Then whole records stand behind it. */
static int is_damaged(const struct lb_evidence *ev, uint64_t good, bool *damaged, struct lb_error *err)
{
	*damaged = false;
	return lb_warc_each_whole(&ev->warc->source, good, found_one, damaged, err);
}

/* Once more after a salvage; then there is nothing left but the end to repair. */
static int open_repaired(struct lb_evidence *ev, const char *path, struct lb_error *err)
{
	static const int flags = O_RDWR | O_CREAT | O_APPEND;
	uint64_t good;
	struct lb_error failure = {0};
	int rc = open_journal(ev, path, flags, &good, &failure);
	bool damaged = lb_warc_is_damage(rc), saved = false;
	if (!rc)
		LB_TRY(is_damaged(ev, good, &damaged, err));
	if (damaged)
		LB_TRY(lb_evidence_salvage(ev, path, &saved, err));
	if (saved) {
		lb_cache_remove(ev->dir);
		lb_warc_free(ev->warc);
		ev->warc = NULL;
		rc = open_journal(ev, path, flags, &good, &failure);
	}
	if (!rc)
		return cut_torn(ev, good, err);
	if (err)
		*err = failure;
	if (damaged && !saved)
		lb_hint(err, "no record in it is whole: move it away, and all is asked again");
	return rc;
}

void lb_evidence_info(const struct lb_evidence *ev, struct lb_buf *out)
{
	lb_warc_format_info("lifeboat " LB_VERSION, lb_ctx_now(ev->ctx), out);
}

static int begin_journal(struct lb_evidence *ev, struct lb_error *err)
{
	if (ev->warc->source.size) {
		if (ev->warc->gz)
			return LB_OK;
		return lb_fail(err, LB_FORMAT, "cannot append to \"%s\": not a gzip member a record", ev->warc->source.name);
	}
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF(64 << 10);
	lb_evidence_info(ev, &member);
	ev->warc->gz = true;
	LB_TRY(lb_evidence_write(ev, lb_buf_span(&member), err));
	return lb_dir_sync(ev->dir, err);
}

static int open_append(struct lb_evidence *ev, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *journal = path_in(ev->dir, JOURNAL);
	LB_TRY(lb_dir_make(ev->media, err));
	LB_TRY(take_lock(ev, err));
	if (lb_dir_exists(ev->temp))
		LB_TRY(lb_dir_remove(ev->temp, err));
	LB_TRY(lb_dir_make(ev->temp, err));
	LB_TRY(open_repaired(ev, journal, err));
	return begin_journal(ev, err);
}

/* A run may be appending at this very moment: a torn end is not ours to judge. */
static int open_read(struct lb_evidence *ev, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *journal = path_in(ev->dir, JOURNAL);
	uint64_t good;
	int rc = open_journal(ev, journal, O_RDONLY, &good, err);
	if (lb_warc_is_damage(rc))
		lb_hint(err, "run `lifeboat gather` on its working folder to repair it");
	LB_TRY(rc);
	ev->warc->source.size = good;
	return LB_OK;
}

/* ---- open and close -------------------------------------------------------------------------------------------------- */

static void discard(struct lb_evidence *ev)
{
	lb_warc_free(ev->warc);
	if (ev->lock >= 0)
		close(ev->lock);
	free(ev->dir);
	free(ev->media);
	free(ev->temp);
	free(ev);
}

int lb_evidence_open(const char *dir, enum lb_evidence_mode mode, const struct lb_ctx *ctx, struct lb_evidence **out, struct lb_error *err)
{
	struct lb_evidence *ev = lb_alloc(sizeof *ev);
	ev->ctx = ctx;
	ev->mode = mode;
	ev->lock = -1;
	ev->synced = lb_time_mono();
	ev->dir = lb_strdup(dir);
	ev->media = path_in(dir, "media");
	ev->temp = path_in(ev->media, "tmp");
	int rc = mode == LB_EVIDENCE_APPEND ? open_append(ev, err) : open_read(ev, err);
	if (rc) {
		discard(ev);
		return rc;
	}
	*out = ev;
	return LB_OK;
}

int lb_evidence_close(struct lb_evidence *ev, struct lb_error *err)
{
	if (!ev)
		return LB_OK;
	int rc = lb_evidence_sync(ev, err);
	lb_evidence_keep_index(ev, CACHE_MIN);
	discard(ev);
	return rc;
}

void lb_evidence_freep(struct lb_evidence **ev)
{
	int ignored = lb_evidence_close(*ev, NULL);
	(void)ignored;
	*ev = NULL;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

long lb_evidence_find(const struct lb_evidence *ev, struct lb_span uri, enum lb_match match)
{
	return lb_warc_find(ev->warc, uri, match);
}

long lb_evidence_find_since(const struct lb_evidence *ev, struct lb_span uri, size_t from)
{
	const struct lb_warc_index *index = &ev->warc->index;
	struct lb_key keys[LB_MATCH_COUNT];
	lb_uri_keys(uri, keys);
	for (size_t i = index->count; i-- > from;) {
		const struct lb_key *key = &index->items[i].keys[LB_MATCH_EXACT];
		if (key->a == keys[LB_MATCH_EXACT].a && key->b == keys[LB_MATCH_EXACT].b)
			return (long)i;
	}
	return -1;
}

int lb_evidence_read(const struct lb_evidence *ev, size_t n, struct lb_arena *arena, struct lb_exchange *out, struct lb_error *err)
{
	int rc = lb_warc_read(ev->warc, n, arena, out, err);
	if (rc != LB_CORRUPT || ev->mode != LB_EVIDENCE_APPEND)
		return rc;
	lb_cache_remove(ev->dir);
	return lb_hint(err, "run the same command again: it repairs the journal and asks anew for what is lost");
}

int lb_evidence_member(const struct lb_evidence *ev, size_t n, struct lb_buf *out, struct lb_error *err)
{
	return lb_warc_member(ev->warc, n, out, err);
}

size_t lb_evidence_count(const struct lb_evidence *ev)
{
	return lb_warc_count(ev->warc);
}
