/* What is asked once: the licence table, lists that the evidence has lost, and which sets are worth asking about. */
#include "lifeboat/creator/gather_private.h"

#include <stdlib.h>

/* ---- questions that stand alone ------------------------------------------------------------------------------------------ */

struct question { const char *method, *uri; struct lb_pending pending; };
struct questions { struct question *items; size_t count, cap; struct lb_arena arena; };

static int answer_on_record(void *arg, struct lb_error *err)
{
	(void)arg;
	(void)err;
	return 0;
}

/* Whether there is an answer is enough to know here: lists are long. */
static bool is_on_record(const struct lb_evidence *ev, const char *uri)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_exchange x;
	long n = lb_evidence_find(ev, lb_span(uri), LB_MATCH_EXACT);
	return n >= 0 && !lb_evidence_read(ev, (size_t)n, &arena, &x, NULL) && x.kind == LB_RECORD_RESPONSE && x.status == 200;
}

static void add_question(struct questions *q, const struct lb_evidence *ev, const char *method, const char *uri)
{
	if (!method || is_on_record(ev, uri))
		return;
	LB_GROW(q->items, q->count, q->cap);
	q->items[q->count++] = (struct question){ .method = lb_arena_strdup(&q->arena, method), .uri = lb_arena_strdup(&q->arena, uri) };
}

static void add_licenses(struct questions *q, const struct lb_evidence *ev)
{
	static const char method[] = "flickr.photos.licenses.getInfo";
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	lb_api_uri(&uri, method, NULL, 0);
	add_question(q, ev, method, lb_buf_str(&uri));
}

static int add_plan_calls(struct questions *q, const struct gather *g, struct lb_error *err)
{
	const struct lb_plan *plan = g->plan;
	for (size_t i = 0; i < plan->nurls; i++)
		for (size_t c = 0; c < plan->urls[i].ncalls; c++) {
			const char *uri = plan->urls[i].calls[c];
			LB_TRY(lb_ctx_check(g->session->ctx, err));
			const char *method = uri ? lb_uri_param(lb_span(uri), "method", &q->arena) : NULL;
			add_question(q, g->session->evidence, method, uri);
		}
	return 0;
}

static int ask_all(struct gather *g, struct questions *q, struct lb_error *err)
{
	for (size_t i = 0; i < q->count; i++) {
		struct question *item = &q->items[i];
		item->pending = (struct lb_pending){ .method = item->method, .uri = item->uri, .done = answer_on_record };
		LB_TRY(lb_session_submit(g->session, &item->pending, err));
	}
	return lb_net_run(g->session->net, err);
}

int lb_gather_questions(struct gather *g, struct lb_error *err)
{
	struct questions q = { 0 };
	add_licenses(&q, g->session->evidence);
	int rc = add_plan_calls(&q, g, err);
	if (!rc)
		rc = ask_all(g, &q, err);
	free(q.items);
	lb_arena_clear(&q.arena);
	return rc;
}

/* ---- sets --------------------------------------------------------------------------------------------------------------------- */

static bool holds_kept(const struct gather *g, const struct lb_plan_set *set)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	for (size_t i = 0; i < set->ncalls; i++) {
		struct lb_photo *rows;
		lb_arena_reset(&arena);
		size_t count = lb_set_page(g->plan, g->session->evidence, set, i, &arena, &rows), at;
		for (size_t k = 0; k < count; k++)
			if (lb_map_get(&g->kept, lb_span(rows[k].id), &at))
				return true;
	}
	return false;
}

int lb_gather_sets(struct gather *g, struct lb_error *err)
{
	for (size_t i = 0; i < g->plan->nsets; i++) {
		LB_TRY(lb_ctx_check(g->session->ctx, err));
		if (holds_kept(g, &g->plan->sets[i]))
			lb_met_set(&g->met, &g->plan->sets[i]);
	}
	return lb_met_told(&g->met, g->plan, g->session->evidence, g->session->ctx, err);
}
