/* Building: evidence and plan → the package. A pure function: no network, no clock; the same evidence gives the same bytes.
 * The package appears by one rename. Of the evidence exactly those records go in that it was built from, in the order of
 * their use, so that the order in which answers happened to arrive leaves no trace. */
#include <stdlib.h>

#include "lifeboat/creator/build_private.h"
#include "lifeboat/creator/place.h"

#define WARC_PATH "data/provenance/api.warc.gz"

/* ---- the content -------------------------------------------------------------------------------------------------------- */

static int open_warc(struct build *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf info = LB_BUF(1 << 16);
	LB_TRY(lb_package_create(b->package, WARC_PATH, &b->warc, err));
	lb_warc_format_info(b->plan->program, b->plan->created, &info);
	lb_out_add(b->warc, info.p, info.len);
	return 0;
}

static int close_warc(struct build *b, struct lb_error *err)
{
	struct lb_out *warc = b->warc;
	b->warc = NULL;
	return lb_package_close(b->package, WARC_PATH, warc, err);
}

static int build_content(struct build *b, struct lb_error *err)
{
	LB_TRY(open_warc(b, err));
	LB_TRY(lb_build_licenses(b, err));
	LB_TRY(lb_build_set_facts(b, err));
	LB_TRY(lb_build_photos(b, err));
	LB_TRY(lb_build_around(b, err));
	LB_TRY(lb_build_selection(b, err));
	LB_TRY(close_warc(b, err));
	LB_TRY(lb_build_put_plan(b, err));
	LB_TRY(lb_show_finish(&b->show, err));
	return lb_package_finish(b->package, err);
}

/* ---- the package ---------------------------------------------------------------------------------------------------------- */

static void describe(struct build *b, struct lb_arena *arena, struct lb_package_info *out)
{
	const struct lb_plan *told = &b->told;
	struct lb_selection_url *selection = lb_arena_alloc(arena, (told->nurls + 1) * sizeof *selection);
	for (size_t i = 0; i < told->nurls; i++)
		selection[i] = (struct lb_selection_url){ told->urls[i].url, told->urls[i].type, told->urls[i].found };
	*out = (struct lb_package_info){ .id = told->id, .title = lb_plan_title(told, arena), .purpose = told->words.purpose,
		.future = told->words.future, .maker_id = told->words.maker_id, .maker_name = told->words.maker, .created = told->created,
		.program = told->program, .selection = selection, .nselection = told->nurls, .planned = told->nphotos };
	lb_build_policy(b, &out->policy);
}

static const char **named_photos(const struct lb_plan *told, struct lb_arena *arena)
{
	const char **ids = lb_arena_alloc(arena, (told->nphotos + 1) * sizeof *ids);
	for (size_t i = 0; i < told->nphotos; i++)
		ids[i] = told->photos[i].id;
	return ids;
}

static int build_into(struct build *b, const char *made, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_package_info info;
	LB_TRY(lb_ledger_load(b->dir, &b->ledger, err));
	b->rules = (struct lb_policy_rules){ b->plan, &b->ledger, b->plan->choices.policy };
	LB_TRY(lb_redactor_open(b->dir, b->plan, b->evidence, b->ctx, &b->redactor, err));
	LB_TRY(lb_build_judge(b, err));
	lb_build_hide(b);
	lb_build_tell(b);
	const char **ids = named_photos(&b->told, &arena);
	describe(b, &arena, &info);
	LB_TRY(lb_package_begin(made, &info, b->ctx, &b->package, err));
	LB_TRY(lb_show_begin(&b->show, b->package, ids, b->told.nphotos, err));
	return build_content(b, err);
}

static void build_clear(struct build *b)
{
	lb_out_abandon(b->warc);
	lb_show_clear(&b->show);
	lb_package_free(b->package);
	lb_redactor_free(b->redactor);
	lb_rows_free(b->rows);
	lb_ledger_clear(&b->ledger);
	lb_met_clear(&b->met);
	lb_map_clear(&b->ids);
	lb_map_clear(&b->owners);
	lb_plan_clear(&b->told);
	for (size_t i = 0; i < LB_ABOUT_COUNT; i++)
		lb_map_clear(&b->set_at[i]);
	lb_arena_clear(&b->facts);
	lb_arena_clear(&b->arena);
	free(b->memberships);
	free(b->judged);
	free(b->sets);
	free(b->came);
	free(b->gaps);
	free(b->used);
}

/* ---- the stage --------------------------------------------------------------------------------------------------------------- */

static int build_locked(const char *dir, const struct lb_plan *plan, const struct lb_ctx *ctx, struct lb_evidence *ev, struct lb_build_result *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf made = LB_BUF(4096);
	lb_path_join(&made, dir, "evidence/building"); /* a place of our own: nobody's files are there */
	struct build b = { .dir = dir, .plan = plan, .ctx = ctx, .evidence = ev, .result.planned = plan->nphotos };
	if (lb_dir_exists(lb_buf_str(&made)))
		LB_TRY(lb_dir_remove(lb_buf_str(&made), err)); /* left by a run that was stopped */
	b.used = lb_alloc(lb_evidence_count(ev) + 1);
	b.judged = lb_alloc((plan->nphotos + 1) * sizeof *b.judged);
	b.sets = lb_alloc((plan->nsets + 1) * sizeof *b.sets);
	b.came = lb_alloc((plan->nurls + 1) * sizeof *b.came);
	b.rows = lb_rows_new(plan, ev);
	int rc = build_into(&b, lb_buf_str(&made), err);
	if (!rc)
		rc = lb_place(lb_buf_str(&made), dir, ctx, err);
	if (!rc)
		*out = b.result;
	build_clear(&b);
	if (!rc)
		return 0;
	int ignored = lb_dir_remove(lb_buf_str(&made), NULL);
	(void)ignored;
	return rc;
}

int lb_create_build(const char *dir, const struct lb_ctx *ctx, struct lb_build_result *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	struct lb_plan plan;
	lb_path_join(&path, dir, "evidence");
	lb_ctx_event(ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "build" });
	LB_TRY(lb_plan_load(dir, &plan, err));
	int rc = lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, ctx, &ev, err);
	if (!rc)
		rc = build_locked(dir, &plan, ctx, ev, out, err);
	lb_plan_clear(&plan);
	return rc;
}
