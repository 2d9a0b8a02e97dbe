/* Gathering: for each photo of the plan, every layer and file that the evidence lacks. One small machine a photo; many
 * run at once, and each waits for one answer at a time. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/creator/session.h"

#define PHOTOS_AT_ONCE 12
#define HEAD_BYTES 65536

struct gather {
	struct lb_session *session;
	const struct lb_plan *plan;
	size_t next;                    /* photo of the plan to begin next */
	struct work *running[PHOTOS_AT_ONCE];
	uint64_t done, bytes, gaps;
	struct lb_map owners;           /* NSIDs met */
};

/* One photo on its way. */
struct work {
	struct gather *g;
	struct work **slot;
	struct lb_arena arena;
	const char *id;
	struct lb_photo photo;
	size_t layer;
	int64_t page;
	enum lb_role role;
	bool asked;                     /* the question at hand has just been asked */
	struct lb_pending pending;
	const struct lb_size *size;     /* the file at hand */
	char *temp;
};

static int begin_more(struct gather *g, struct lb_error *err);

static void free_work(struct work *w)
{
	*w->slot = NULL;
	free(w->pending.url);
	lb_arena_clear(&w->arena);
	free(w);
}

static void finish(struct work *w)
{
	struct gather *g = w->g;
	if (w->photo.owner.nsid)
		lb_map_put(&g->owners, lb_span(w->photo.owner.nsid), 0);
	free_work(w);
	g->done++;
	lb_ctx_event(g->session->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = g->done,
		.total = g->plan->nphotos, .bytes = g->bytes, .gaps = g->gaps, .calls = lb_net_stats(g->session->net).api_calls });
}

/* ---- files ------------------------------------------------------------------------------------------------------------ */

static int read_head(const char *path, struct lb_buf *head, struct lb_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return lb_fail_sys(err, "cannot read \"%s\"", path);
	char piece[8192];
	ssize_t n;
	while (head->len < HEAD_BYTES && (n = read(fd, piece, sizeof piece)) > 0)
		lb_buf_add(head, piece, (size_t)n);
	close(fd);
	return 0;
}

/* A page of text may be the edge's bad moment; a picture of other proportions will be the same next time. */
static int judge_file(void *arg, const struct lb_answer *answer, struct lb_error *err)
{
	const struct work *w = arg;
	if (answer->status != 200)
		return 0;
	LB_AUTO(lb_buf_clear) struct lb_buf head = LB_BUF(HEAD_BYTES + 8192);
	const char *mime, *extension;
	LB_TRY(read_head(w->temp, &head, err));
	int rc = lb_media_check(lb_buf_span(&head), answer->size, answer->content_type, w->size, &mime, &extension, err);
	if (rc && strncmp(answer->content_type, "text/", 5) == 0)
		return LB_NETWORK;
	return rc;
}

static void step_files(struct work *w);

static int file_done(void *arg, struct lb_answer *a, struct lb_error *err)
{
	struct work *w = arg;
	struct gather *g = w->g;
	struct lb_evidence *ev = g->session->evidence;
	struct lb_exchange x = { .kind = LB_RECORD_MEDIA, .uri = w->size->source, .date = a->date, .status = a->status,
		.content_type = a->content_type, .sha256 = a->sha256, .size = a->size };
	if (a->outcome == LB_RECORD_FAILURE) {
		x.kind = LB_RECORD_FAILURE;
		x.reason = a->reason;
		unlink(w->temp);
		g->gaps++;
		if (!a->absent)
			LB_TRY(lb_evidence_append(ev, &x, err));
		LB_TRY(lb_session_reachable(g->session, a, err));
	} else {
		g->session->unreachable = 0;
		LB_TRY(lb_evidence_store(ev, w->temp, &x, err));
		g->bytes += a->size;
	}
	w->role++;
	step_files(w);
	return begin_more(g, err);
}

static bool have_file(struct work *w)
{
	struct lb_evidence *ev = w->g->session->evidence;
	struct lb_exchange x;
	long n = lb_evidence_find(ev, lb_span(w->size->source), LB_MATCH_EXACT);
	if (n < 0 || lb_evidence_read(ev, (size_t)n, &w->arena, &x, NULL) || x.kind != LB_RECORD_MEDIA)
		return false;
	return lb_evidence_media(ev, x.sha256, x.size, &w->arena) != NULL;
}

static void step_files(struct work *w)
{
	for (; w->role < LB_ROLE_COUNT; w->role++) {
		const char *why;
		w->size = lb_size_choose(&w->photo, w->role, &why);
		if (!w->size || have_file(w))
			continue;
		w->temp = lb_evidence_temp(w->g->session->evidence, &w->arena);
		lb_net_submit(w->g->session->net, &(struct lb_request){ .lane = LB_LANE_FILES, .url = w->size->source, .file = w->temp,
			.judge = judge_file, .judge_arg = w, .done = file_done, .arg = w });
		return;
	}
	finish(w);
}

/* ---- layers -------------------------------------------------------------------------------------------------------------- */

static void next_layer(struct work *w)
{
	w->layer++;
	w->page = 1;
}

/* Reads what is on record for the question at hand; *ask when nothing final is. */
static int use_record(struct work *w, const struct lb_layer *layer, const char *uri, bool *ask, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_page page = { .page = LB_UNKNOWN, .pages = LB_UNKNOWN };
	LB_TRY(lb_reply_recorded(w->g->session->evidence, layer->method, uri, &w->arena, &reply, err));
	*ask = !reply.answered && !w->asked;
	if (*ask)
		return 0;
	w->asked = false;
	bool good = lb_reply_good(&reply) && lb_reply_read(&reply, layer, w->id, &w->arena, &w->photo, &page, NULL) == 0;
	if (!good)
		w->g->gaps++;
	if (!good && layer->required)
		w->layer = lb_layer_count; /* without it there is nothing to ask about */
	else if (good && layer->paged && page.got > 0 && w->page < page.pages)
		w->page++;
	else
		next_layer(w);
	return 0;
}

static int work_asked(void *arg, struct lb_error *err);

/* Goes on until a question has to be asked, or all is done. */
static int step_layers(struct work *w, struct lb_error *err)
{
	while (w->layer < lb_layer_count) {
		const struct lb_layer *layer = &lb_layers[w->layer];
		if (layer->wanted && !layer->wanted(&w->photo)) {
			next_layer(w);
			continue;
		}
		LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
		bool ask;
		lb_layer_uri(&uri, layer, w->id, w->page, NULL);
		const char *kept = lb_arena_strdup(&w->arena, lb_buf_str(&uri));
		LB_TRY(use_record(w, layer, kept, &ask, err));
		if (!ask)
			continue;
		w->pending = (struct lb_pending){ .method = layer->method, .uri = kept, .done = work_asked, .arg = w };
		return lb_session_submit(w->g->session, &w->pending, err);
	}
	step_files(w);
	return 0;
}

static int work_asked(void *arg, struct lb_error *err)
{
	struct work *w = arg;
	struct gather *g = w->g;
	w->asked = true;
	LB_TRY(step_layers(w, err));
	return begin_more(g, err);
}

/* ---- all photos --------------------------------------------------------------------------------------------------------- */

static int begin_one(struct gather *g, struct work **slot, struct lb_error *err)
{
	struct work *w = lb_alloc(sizeof *w);
	w->g = g;
	w->slot = slot;
	w->id = g->plan->photos[g->next++].id;
	w->page = 1;
	lb_photo_init(&w->photo);
	*slot = w;
	return step_layers(w, err);
}

static int begin_more(struct gather *g, struct lb_error *err)
{
	for (size_t i = 0; i < PHOTOS_AT_ONCE; i++)
		while (!g->running[i] && g->next < g->plan->nphotos) {
			LB_TRY(lb_ctx_check(g->session->ctx, err));
			LB_TRY(begin_one(g, &g->running[i], err));
		}
	return 0;
}

/* ---- once each: the licence table, the owners, and what the plan was made from ---------------------------------------- */

struct question { const char *method, *uri; struct lb_pending pending; };
struct questions { struct question *items; size_t count, cap; struct lb_arena arena; };

static int answer_on_record(void *arg, struct lb_error *err)
{
	(void)arg;
	(void)err;
	return 0;
}

static void add_question(struct questions *q, const char *method, const char *uri)
{
	LB_GROW(q->items, q->count, q->cap);
	q->items[q->count++] = (struct question){ .method = lb_arena_strdup(&q->arena, method), .uri = lb_arena_strdup(&q->arena, uri) };
}

static void add_call(struct questions *q, const char *method, const struct lb_param *param)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	lb_api_uri(&uri, method, param, param ? 1 : 0, NULL);
	add_question(q, method, lb_buf_str(&uri));
}

/* Evidence that was lost since the plan was made is asked for again. */
static void add_plan_calls(struct questions *q, const struct lb_plan *plan)
{
	for (size_t i = 0; i < plan->nurls; i++)
		for (size_t c = 0; c < plan->urls[i].ncalls; c++) {
			const char *uri = plan->urls[i].calls[c];
			const char *method = uri ? lb_uri_param(lb_span(uri), "method", &q->arena) : NULL;
			if (method)
				add_question(q, method, uri);
		}
}

static int ask_all(struct gather *g, struct questions *q, struct lb_error *err)
{
	for (size_t i = 0; i < q->count; i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
		struct lb_reply reply;
		struct question *item = &q->items[i];
		LB_TRY(lb_reply_recorded(g->session->evidence, item->method, item->uri, &arena, &reply, err));
		if (reply.answered)
			continue;
		item->pending = (struct lb_pending){ .method = item->method, .uri = item->uri, .done = answer_on_record };
		LB_TRY(lb_session_submit(g->session, &item->pending, err));
	}
	return lb_net_run(g->session->net, err);
}

static int gather_once_each(struct gather *g, struct lb_error *err)
{
	struct questions q = { 0 };
	add_plan_calls(&q, g->plan);
	add_call(&q, "flickr.photos.licenses.getInfo", NULL);
	for (size_t i = 0; i < g->owners.count; i++)
		add_call(&q, "flickr.people.getInfo", &(struct lb_param){ "user_id", g->owners.items[i].key });
	int rc = ask_all(g, &q, err);
	for (size_t i = 0; i < q.count; i++)
		free(q.items[i].pending.url); /* those that a stop left unasked */
	free(q.items);
	lb_arena_clear(&q.arena);
	return rc;
}

static int gather_all(struct gather *g, struct lb_error *err)
{
	lb_ctx_event(g->session->ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "gather" });
	int rc = begin_more(g, err);
	if (!rc)
		rc = lb_net_run(g->session->net, err);
	for (size_t i = 0; i < PHOTOS_AT_ONCE; i++)
		if (g->running[i])
			free_work(g->running[i]);
	return rc ? rc : gather_once_each(g, err);
}

int lb_create_gather(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_gather_result *out, struct lb_error *err)
{
	struct lb_plan plan;
	struct lb_session session;
	LB_TRY(lb_plan_load(dir, &plan, err));
	int rc = lb_session_open(dir, source, ctx, &session, err);
	if (rc) {
		lb_plan_clear(&plan);
		return rc;
	}
	struct gather g = { .session = &session, .plan = &plan };
	rc = gather_all(&g, err);
	struct lb_net_stats stats = lb_net_stats(session.net);
	struct lb_gather_result result = { .photos = g.done, .calls = stats.api_calls, .retries = stats.api_retries + stats.file_retries,
		.files = stats.files, .bytes = stats.bytes, .gaps = g.gaps };
	lb_map_clear(&g.owners);
	lb_plan_clear(&plan);
	if (rc) {
		lb_session_clear(&session);
		return rc;
	}
	LB_TRY(lb_session_close(&session, err));
	*out = result;
	return 0;
}
