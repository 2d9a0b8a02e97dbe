#include "format/evidence/internal.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#define SYNC_EVERY_MS 1000
#define CACHE_EVERY 20000 /* records */

static int cut_back(struct lb_source *journal, struct lb_error *err)
{
	if (ftruncate(journal->fd, (off_t)journal->size) == 0)
		return LB_OK;
	return lb_fail_sys(err, "cannot cut \"%s\" back to %" PRIu64 " bytes", journal->name, journal->size);
}

/* One write of the whole member; of a part that got in nothing stays. */
int lb_evidence_write(struct lb_evidence *ev, struct lb_span member, struct lb_error *err)
{
	struct lb_source *journal = &ev->warc->source;
	if (ev->broken)
		LB_TRY(cut_back(journal, err));
	ev->broken = false;
	size_t done = 0;
	ssize_t n = 1;
	while (done < member.n && (n > 0 || (n < 0 && errno == EINTR))) { /* after a short write the next one tells the reason */
		n = write(journal->fd, member.p + done, member.n - done);
		done += n > 0 ? (size_t)n : 0;
	}
	if (done == member.n) {
		journal->size += member.n;
		ev->dirty = true;
		return LB_OK;
	}
	if (n == 0)
		errno = ENOSPC;
	int rc = lb_fail_sys(err, "cannot append to \"%s\"", journal->name);
	ev->broken = cut_back(journal, NULL) != LB_OK;
	return rc;
}

/* Names of media files first: a record must not outlive the file it tells of. */
int lb_evidence_sync(struct lb_evidence *ev, struct lb_error *err)
{
	if (ev->media_dirty)
		LB_TRY(lb_dir_sync(ev->media, err));
	ev->media_dirty = false;
	if (ev->dirty && fdatasync(ev->warc->source.fd))
		return lb_fail_sys(err, "cannot sync \"%s\"", ev->warc->source.name);
	ev->dirty = false;
	ev->synced = lb_time_mono();
	return LB_OK;
}

/* A cache: failing to write it costs time at the next opening, and nothing else. What it tells of must be on disk first. */
void lb_evidence_keep_index(struct lb_evidence *ev, size_t more)
{
	if (ev->mode != LB_EVIDENCE_APPEND || !ev->warc || ev->warc->index.count < ev->warc->cached + more)
		return;
	ev->warc->cached = ev->warc->index.count;
	if (lb_evidence_sync(ev, NULL) || lb_cache_write(ev->dir, &ev->warc->source, &ev->warc->index, NULL))
		lb_cache_remove(ev->dir);
}

int lb_evidence_append(struct lb_evidence *ev, const struct lb_exchange *x, struct lb_error *err)
{
	struct lb_record record;
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF(LB_WARC_RECORD_MAX + LB_WARC_HEAD_MAX);
	if (ev->mode != LB_EVIDENCE_APPEND)
		return lb_fail(err, LB_USAGE, "cannot append to \"%s\": opened for reading", ev->warc->source.name);
	LB_TRY(lb_warc_format_record(x, &member, &record, err));
	record.offset = ev->warc->source.size;
	LB_TRY(lb_evidence_write(ev, lb_buf_span(&member), err));
	LB_TRY(lb_warc_index_add(&ev->warc->index, &record, err));
	lb_evidence_keep_index(ev, CACHE_EVERY);
	return lb_time_mono() - ev->synced >= SYNC_EVERY_MS ? lb_evidence_sync(ev, err) : LB_OK;
}
