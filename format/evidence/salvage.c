#include "format/evidence/internal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#define ASIDE_MAX 1000

struct salvage {
	const struct lb_evidence *ev;
	struct lb_source from;
	struct lb_out *out;
	uint64_t kept, records;
};

static void salvage_clear(struct salvage *s)
{
	lb_out_abandon(s->out);
	if (s->from.fd >= 0)
		close(s->from.fd);
}

static int salvage_open(struct salvage *s, char *journal, struct lb_error *err)
{
	struct stat st;
	int fd = open(journal, O_RDONLY | O_CLOEXEC);
	s->from = (struct lb_source){.fd = fd, .name = journal};
	if (fd < 0 || fstat(fd, &st))
		return lb_fail_sys(err, "cannot open \"%s\"", journal);
	s->from.size = (uint64_t)st.st_size;
	return lb_out_open(journal, LB_OUT_REPLACE, &s->out, err);
}

static int keep(void *arg, uint64_t at, uint64_t end, struct lb_error *err)
{
	struct salvage *s = arg;
	char block[16 << 10];
	if (s->records++ == 0 && at > 0) { /* what began the old file is lost */
		LB_AUTO(lb_buf_clear) struct lb_buf info = LB_BUF(64 << 10);
		lb_evidence_info(s->ev, &info);
		lb_out_add(s->out, info.p, info.len);
	}
	s->kept += end - at;
	while (at < end) {
		size_t got, n = end - at < sizeof block ? (size_t)(end - at) : sizeof block;
		LB_TRY(lb_source_read(&s->from, at, block, n, &got, err));
		if (got < n)
			return lb_fail(err, LB_CORRUPT, "cannot read \"%s\": the file has become shorter", s->from.name);
		lb_out_add(s->out, block, n);
		at += n;
	}
	return LB_OK;
}

static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A second name first: at no moment is there a journal that lacks records, and nothing else that holds them. */
static int set_aside(const struct lb_evidence *ev, const char *journal, struct lb_buf *aside, struct lb_error *err)
{
	for (unsigned n = 1; n <= ASIDE_MAX; n++) {
		lb_buf_reset(aside);
		lb_buf_addf(aside, "%s.damaged-%u", journal, n);
		LB_TRY(lb_buf_check(aside, "path", err));
		int rc = lb_file_link(journal, aside->p, err);
		if (rc == LB_OK || (rc == LB_EXISTS && same_file(journal, aside->p))) /* of a try that was interrupted */
			return lb_dir_sync(ev->dir, err);
		if (rc != LB_EXISTS)
			return rc;
	}
	return lb_fail(err, LB_LIMIT, "cannot repair \"%s\": %d damaged copies of it are there already", journal, ASIDE_MAX);
}

static int commit(struct salvage *s, struct lb_error *err)
{
	struct lb_out *out = s->out;
	s->out = NULL;
	return lb_out_commit(out, NULL, NULL, err);
}

int lb_evidence_salvage(const struct lb_evidence *ev, const char *journal, bool *saved, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *name = lb_strdup(journal);
	LB_AUTO(lb_buf_clear) struct lb_buf aside = LB_BUF(64 << 10);
	LB_AUTO(salvage_clear) struct salvage s = {.ev = ev, .from.fd = -1};
	LB_TRY(salvage_open(&s, name, err));
	LB_TRY(lb_warc_each_whole(&s.from, 0, keep, &s, err));
	*saved = s.records && s.kept < s.from.size;
	if (!*saved)
		return LB_OK;
	LB_TRY(set_aside(ev, journal, &aside, err));
	LB_TRY(commit(&s, err));
	lb_ctx_note(ev->ctx, LB_EVENT_WARN, "\"%s\" was damaged: %" PRIu64 " whole records are kept, %" PRIu64 " bytes were passed over; "
		    "the damaged file is now \"%s\"; gathering asks again for what is lost", journal, s.records, s.from.size - s.kept, lb_buf_str(&aside));
	return LB_OK;
}
