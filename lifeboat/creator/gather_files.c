/* Files: fetched into the store unless they are there. */
#include "lifeboat/creator/gather_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HEAD_BYTES 65536
#define CUTS_MAX 3 /* fewer than tries */

static bool read_head(const char *path, struct lb_buf *head)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char piece[8192];
	ssize_t n;
	if (fd < 0)
		return false;
	do {
		n = read(fd, piece, sizeof piece);
		if (n > 0)
			lb_buf_add(head, piece, (size_t)n);
	} while ((n > 0 && head->len < HEAD_BYTES) || (n < 0 && errno == EINTR));
	close(fd);
	return n >= 0;
}

/* A picture without its end is asked for again; one that comes so time after time is so at Flickr, and kept as it is there. */
static int judge_end(struct work *w, const struct lb_answer *answer, const char *mime, struct lb_error *err)
{
	if (w->g->session->source->replay || lb_media_is_whole(w->temp, mime))
		return 0;
	w->cuts = answer->size == w->cut_size ? w->cuts + 1 : 1;
	w->cut_size = answer->size;
	if (w->cuts == CUTS_MAX)
		return 0;
	return lb_fail(err, LB_NETWORK, "the file came without its end");
}

/* A page of text may be the edge's bad moment; a picture of other proportions will be the same next time. */
static int judge_file(void *arg, const struct lb_answer *answer, struct lb_error *err)
{
	struct work *w = arg;
	if (answer->status != 200)
		return 0;
	LB_AUTO(lb_buf_clear) struct lb_buf head = LB_BUF(HEAD_BYTES + 8192);
	const char *mime, *extension;
	if (!read_head(w->temp, &head)) /* said without its path: reasons go on record */
		return lb_fail(err, LB_NETWORK, "what came cannot be read back from the disk");
	int rc = lb_media_check(lb_buf_span(&head), answer->size, answer->content_type, &w->size, &mime, &extension, err);
	if (rc && strncmp(answer->content_type, "text/", 5) == 0)
		return LB_NETWORK;
	return rc ? rc : judge_end(w, answer, mime, err);
}

static int record_failure(const struct work *w, const struct lb_answer *a, struct lb_exchange *x, struct lb_error *err)
{
	x->kind = LB_RECORD_FAILURE;
	x->reason = a->reason;
	return a->absent ? 0 : lb_evidence_append(w->g->session->evidence, x, err); /* a recording that lacks it says nothing about Flickr */
}

static int file_done(void *arg, struct lb_answer *a, struct lb_error *err)
{
	struct work *w = arg;
	struct lb_session *session = w->g->session;
	struct lb_exchange x = { .kind = LB_RECORD_MEDIA, .uri = w->size.source, .date = a->date, .status = a->status,
		.content_type = a->content_type, .sha256 = a->sha256, .size = a->size };
	if (a->outcome == LB_RECORD_FAILURE) {
		LB_TRY(record_failure(w, a, &x, err));
	} else {
		LB_TRY(lb_evidence_store(session->evidence, w->temp, &x, err));
		w->g->bytes += a->size;
	}
	return lb_gather_resume(w, err);
}

bool lb_gather_has_file(struct work *w, const char *url)
{
	struct lb_evidence *ev = w->g->session->evidence;
	struct lb_exchange x;
	long n = lb_evidence_find(ev, lb_span(url), LB_MATCH_EXACT);
	if (n < 0 || lb_evidence_read(ev, (size_t)n, &w->arena, &x, NULL) || x.kind != LB_RECORD_MEDIA)
		return false;
	return lb_evidence_media(ev, x.sha256, x.size, &w->arena) != NULL;
}

int lb_gather_file(struct work *w, const struct lb_size *size, enum part part, bool *have, enum then *then, struct lb_error *err)
{
	(void)err;
	*have = lb_gather_has_file(w, size->source);
	bool may = !w->asked && (w->g->pass->asks & part);
	w->g->gaps += !*have && w->asked;
	w->asked = false;
	if (*have || !may)
		return 0;
	w->size = *size;
	w->cut_size = w->cuts = 0;
	w->temp = lb_evidence_temp(w->g->session->evidence, &w->arena);
	lb_net_submit(w->g->session->net, &(struct lb_request){ .lane = LB_LANE_FILES, .url = w->size.source, .file = w->temp,
		.judge = judge_file, .judge_arg = w, .done = file_done, .arg = w });
	*then = THEN_WAITS;
	return 0;
}
