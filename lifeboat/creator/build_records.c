/* Records: what is read goes along, as far as the policy lets it through. */
#include "lifeboat/creator/build_private.h"

#include <string.h>

/* ---- into the package's recording --------------------------------------------------------------------------------------- */

int lb_build_keep_member(struct build *b, long record, struct lb_error *err)
{
	if (record < 0 || b->used[record])
		return 0;
	b->used[record] = true;
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF((size_t)1 << 30);
	LB_TRY(lb_evidence_member(b->evidence, (size_t)record, &member, err));
	lb_out_add(b->warc, member.p, member.len);
	return 0;
}

static int keep_redacted(struct build *b, const struct lb_reply *r, const char *uri, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf body = LB_BUF((size_t)512 << 20), member = LB_BUF((size_t)1 << 30);
	if (b->used[r->record])
		return 0;
	b->used[r->record] = true;
	lb_redact_serialise(r->answer.rsp, &body);
	LB_TRY(lb_buf_check(&body, "redacted answer", err));
	struct lb_exchange x = { .kind = LB_RECORD_RESPONSE, .uri = uri, .date = r->date, .status = 200, .body = lb_buf_span(&body), .redacted = true };
	LB_TRY(lb_warc_format(&x, &member, err));
	lb_out_add(b->warc, member.p, member.len);
	return 0;
}

/* That no answer came may be told; a body that cannot be read as an answer cannot be redacted either, nor quoted. */
static int keep_failure(struct build *b, struct lb_reply *r, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_exchange x;
	LB_TRY(lb_evidence_read(b->evidence, (size_t)r->record, &arena, &x, err));
	if (x.kind == LB_RECORD_FAILURE)
		return lb_build_keep_member(b, r->record, err);
	if (x.status == 200)
		r->why = "the answer on record cannot be read";
	return 0;
}

static bool is_harmless(struct build *b, const char *text)
{
	return !text || strcmp(lb_build_text(b, text, &b->arena), text) == 0;
}

int lb_build_redirect(struct build *b, const char *uri, struct lb_error *err)
{
	struct lb_exchange x;
	long n = lb_evidence_find(b->evidence, lb_span(uri), LB_MATCH_EXACT);
	if (n < 0)
		return 0;
	LB_TRY(lb_evidence_read(b->evidence, (size_t)n, &b->arena, &x, err));
	const char *body = lb_arena_strndup(&b->arena, x.body.n ? x.body.p : "", x.body.n);
	bool harmless = is_harmless(b, x.uri) && is_harmless(b, x.headers) && strlen(body) == x.body.n && is_harmless(b, body);
	return harmless ? lb_build_keep_member(b, n, err) : 0;
}

int lb_build_answer(struct build *b, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err)
{
	LB_TRY(lb_reply_recorded(b->evidence, method, uri, arena, out, err));
	if (out->record < 0)
		return 0;
	if (!out->answer.rsp)
		return keep_failure(b, out, err);
	struct lb_xml *tree = (struct lb_xml *)(uintptr_t)out->answer.rsp; /* parsed just now, in our arena */
	const char *told = lb_build_text(b, uri, arena);
	bool pruned = lb_build_prune(b, method, tree), changed = lb_redact_answer(b->redactor, method, tree, arena) || pruned;
	return changed || strcmp(told, uri) != 0 ? keep_redacted(b, out, told, err) : lb_build_keep_member(b, out->record, err);
}

const char *lb_build_text(struct build *b, const char *text, struct lb_arena *arena)
{
	return text ? lb_redact_text(b->redactor, text, arena) : NULL;
}

void lb_build_gap(struct build *b, struct lb_gap gap)
{
	gap.subject = lb_build_text(b, gap.subject, &b->arena);
	gap.message = lb_build_text(b, gap.message, &b->arena);
	LB_GROW(b->gaps, b->ngaps, b->gaps_cap);
	b->gaps[b->ngaps++] = gap;
	b->result.gaps++;
	b->result.failed += gap.kind == LB_GAP_FAILED;
	lb_package_add_gap(b->package, &gap);
}

/* ---- layers --------------------------------------------------------------------------------------------------------------- */

static void note(struct build *b, const struct lb_subject *s, const struct lb_layer *layer, const struct lb_reply *r)
{
	const char *photo_id = s->about == LB_ABOUT_PHOTO ? s->id : NULL;
	const char *name = layer->required ? "photo" : layer->name;
	lb_build_gap(b, lb_reply_gap(r, photo_id, lb_subject_name(s, &b->arena), name, layer->method));
}

/* One page; *more when there is another. */
static int read_page(struct build *b, struct lb_subject *s, const struct lb_layer *layer, int64_t number, struct lb_arena *arena, struct lb_reply *reply, bool *more, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_page page = { .page = LB_UNKNOWN, .pages = LB_UNKNOWN };
	struct lb_error why = { 0 };
	*more = false;
	lb_layer_uri(&uri, layer, s->id, s->owner_id, number);
	LB_TRY(lb_build_answer(b, layer->method, lb_buf_str(&uri), arena, reply, err));
	if (lb_reply_good(reply) && lb_subject_read(s, layer, reply, arena, &page, &why)) {
		reply->answered = false;
		reply->why = lb_arena_strdup(arena, why.what);
	}
	*more = lb_reply_good(reply) && layer->paged && page.got > 0 && number < page.pages;
	return 0;
}

int lb_build_layer(struct build *b, struct lb_subject *s, const struct lb_layer *layer, bool noted, struct lb_arena *arena, struct lb_reply *why, struct lb_error *err)
{
	struct lb_reply reply = { 0 };
	bool more = true;
	for (int64_t page = 1; more; page++)
		LB_TRY(read_page(b, s, layer, page, arena, &reply, &more, err));
	if (noted && !lb_reply_good(&reply))
		note(b, s, layer, &reply);
	if (why)
		*why = reply;
	return 0;
}

int lb_build_read_info(struct build *b, struct lb_subject *s, bool *had, struct lb_error *err)
{
	const struct lb_layer *info = lb_layer_named("info");
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_page page;
	lb_layer_uri(&uri, info, s->id, NULL, 1);
	LB_TRY(lb_reply_recorded(b->evidence, info->method, lb_buf_str(&uri), &b->arena, &reply, err));
	*had = lb_reply_good(&reply) && lb_subject_read(s, info, &reply, &b->arena, &page, NULL) == 0;
	return 0;
}

bool lb_build_is_recorded(const struct build *b, const struct lb_subject *s, const struct lb_layer *layer)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	lb_layer_uri(&uri, layer, s->id, s->owner_id, 1);
	return lb_evidence_find(b->evidence, lb_buf_span(&uri), LB_MATCH_EXACT) >= 0;
}
