/* plan.json: written for people to read and edit. Read back in plan_read.c. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/plan_private.h"

#define NAME_MAX_BYTES 1000   /* of title and maker: they go into bag-info.txt and headings */
#define WORDS_MAX_BYTES 100000

const char *const lb_plan_set_kinds[] = { [LB_SET_ALBUM] = "album", [LB_SET_GALLERY] = "gallery", [LB_SET_GROUP] = "group", NULL };
const char *const lb_plan_safeties[] = { "safe", "moderate", "restricted", NULL };
const char *const lb_plan_silences[] = { "withhold", "consent", NULL };
const char *const lb_plan_rereadings[] = { [LB_REREAD_NOT] = "no", [LB_REREAD_GAPS] = "gaps", [LB_REREAD_ALL] = "all", NULL };

void lb_plan_clear(struct lb_plan *plan)
{
	free(plan->photos);
	free(plan->gaps);
	free(plan->sets);
	lb_arena_clear(&plan->arena);
	*plan = (struct lb_plan){ 0 };
}

int lb_maker_words_check(const struct lb_maker_words *w, struct lb_error *err)
{
	const struct { const char *name, *text; size_t max; } words[] = {
		{ "title", w->title, NAME_MAX_BYTES }, { "maker", w->maker, NAME_MAX_BYTES }, { "maker id", w->maker_id, NAME_MAX_BYTES },
		{ "purpose", w->purpose, WORDS_MAX_BYTES }, { "future considerations", w->future, WORDS_MAX_BYTES },
	};
	for (size_t i = 0; i < LB_COUNT(words); i++)
		if (words[i].text && strlen(words[i].text) > words[i].max)
			return lb_fail(err, LB_LIMIT, "the %s is longer than %zu bytes", words[i].name, words[i].max);
	return 0;
}

/* ---- small parts --------------------------------------------------------------------------------------------------------- */

static void write_number(struct lb_jw *w, const char *key, int64_t n)
{
	if (n == LB_UNKNOWN)
		lb_jw_null(w, key);
	else
		lb_jw_int(w, key, n);
}

static void write_strings(struct lb_jw *w, const char *key, const char *const *list, size_t count)
{
	lb_jw_array(w, key);
	for (size_t i = 0; i < count; i++)
		lb_jw_str(w, NULL, list[i]);
	lb_jw_end(w);
}

static void write_layers(struct lb_jw *w, const char *key, uint32_t layers)
{
	lb_jw_array(w, key);
	for (size_t i = 0; i < LB_CHOICE_COUNT; i++)
		if (layers & UINT32_C(1) << i)
			lb_jw_str(w, NULL, lb_choices[i].name);
	lb_jw_end(w);
}

static void write_time(struct lb_jw *w, const char *key, int64_t at)
{
	char iso[LB_TIME_ISO];
	lb_time_iso(at, iso);
	lb_jw_str(w, key, at ? iso : NULL);
}

static void write_person(struct lb_jw *w, const char *key, const char *id, const char *name)
{
	lb_jw_object(w, key);
	lb_jw_str(w, "id", id);
	lb_jw_str(w, "name", name);
	lb_jw_end(w);
}

/* ---- the parts of the plan ----------------------------------------------------------------------------------------------- */

static void write_choices(struct lb_jw *w, const struct lb_plan_choices *c)
{
	lb_jw_object(w, "choices");
	write_layers(w, "layers", c->layers);
	lb_jw_str(w, "policy", lb_policies[c->policy].name);
	write_time(w, "agreed", c->agreed);
	lb_jw_str(w, "safety", lb_plan_safeties[c->safety]);
	lb_jw_bool(w, "includePrivate", c->include_private);
	lb_jw_bool(w, "includeEvidence", c->include_evidence);
	lb_jw_bool(w, "pseudonymise", c->pseudonymise);
	lb_jw_str(w, "silence", lb_plan_silences[c->silence_is_consent]);
	if (c->account_id || c->account_name)
		write_person(w, "account", c->account_id, c->account_name);
	else
		lb_jw_null(w, "account");
	lb_jw_end(w);
}

static void write_url(struct lb_jw *w, const struct lb_plan_url *u)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "url", u->url);
	lb_jw_str(w, "type", u->type);
	lb_jw_str(w, "resolved", u->resolved);
	lb_jw_str(w, "name", u->name);
	lb_jw_str(w, "ownerId", u->owner_id);
	lb_jw_bool(w, "wholeStream", u->whole_stream);
	write_number(w, "claimed", u->claimed);
	lb_jw_int(w, "found", (int64_t)u->found);
	write_strings(w, "calls", u->calls, u->ncalls);
	lb_jw_end(w);
}

static void write_set(struct lb_jw *w, const struct lb_plan_set *s)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "kind", lb_plan_set_kinds[s->kind]);
	lb_jw_str(w, "id", s->id);
	lb_jw_str(w, "ownerId", s->owner_id);
	lb_jw_int(w, "from", (int64_t)s->url);
	lb_jw_int(w, "firstCall", (int64_t)s->first_call);
	lb_jw_int(w, "calls", (int64_t)s->ncalls);
	lb_jw_end(w);
}

static void write_collection(struct lb_jw *w, const struct lb_collection *c)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "id", c->id);
	lb_jw_str(w, "title", c->title);
	lb_jw_str(w, "description", c->description);
	lb_jw_str(w, "ownerId", c->owner_id);
	lb_jw_str(w, "parentId", c->parent_id);
	write_strings(w, "albumIds", c->album_ids, c->nalbum_ids);
	lb_jw_end(w);
}

static void write_gap(struct lb_jw *w, const struct lb_gap *g)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "kind", lb_gap_kind_name(g->kind));
	lb_jw_str(w, "photoId", g->photo_id);
	lb_jw_str(w, "subject", g->subject);
	lb_jw_str(w, "layer", g->layer);
	lb_jw_str(w, "method", g->method);
	write_number(w, "code", g->code);
	lb_jw_str(w, "message", g->message);
	lb_jw_end(w);
}

/* ---- photos: one a line, so that a person can drop or move lines ------------------------------------------------------------ */

static void write_stale(struct lb_jw *w, const struct lb_plan_photo *p)
{
	if (!p->stale_layers)
		return;
	lb_jw_object(w, "stale");
	lb_jw_int(w, "before", (int64_t)p->stale_before);
	write_layers(w, "layers", p->stale_layers);
	lb_jw_end(w);
}

/* Members that are not known are left out. */
static void write_told(struct lb_jw *w, const struct lb_plan_photo *p)
{
	const struct { const char *key, *value; } texts[] = {
		{ "title", p->title }, { "owner", p->owner_id }, { "ownerName", p->owner_name },
		{ "license", p->license_id }, { "visibility", p->visibility }, { "media", p->media },
	};
	const struct { const char *key; int64_t value; } numbers[] = {
		{ "comments", p->comments }, { "faves", p->faves }, { "updated", p->updated }, { "safety", p->safety },
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (texts[i].value)
			lb_jw_str(w, texts[i].key, texts[i].value);
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		if (numbers[i].value != LB_UNKNOWN)
			lb_jw_int(w, numbers[i].key, numbers[i].value);
	if (p->original_offered != LB_UNKNOWN)
		lb_jw_bool(w, "originalOffered", p->original_offered != 0);
	if (p->can_download != LB_UNKNOWN)
		lb_jw_bool(w, "canDownload", p->can_download != 0);
	if (p->pixels)
		lb_jw_int(w, "pixels", (int64_t)p->pixels);
}

static void write_photo(struct lb_buf *b, const struct lb_plan_photo *p)
{
	struct lb_jw w;
	lb_jw_begin(&w, b, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "id", p->id);
	lb_jw_array(&w, "from");
	for (size_t i = 0; i < p->nfrom; i++)
		lb_jw_int(&w, NULL, (int64_t)p->from[i]);
	lb_jw_end(&w);
	if (p->row_url != SIZE_MAX) {
		lb_jw_array(&w, "row");
		lb_jw_int(&w, NULL, (int64_t)p->row_url);
		lb_jw_int(&w, NULL, (int64_t)p->row_call);
		lb_jw_end(&w);
	}
	if (p->lost_row)
		lb_jw_int(&w, "lostRow", (int64_t)p->lost_row - 1);
	write_told(&w, p);
	write_stale(&w, p);
	lb_jw_end(&w);
}

static void write_photos(struct lb_jw *w, const struct lb_plan *plan)
{
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 24);
	lb_jw_array(w, "photos");
	for (size_t i = 0; i < plan->nphotos; i++) {
		lb_buf_reset(&line);
		write_photo(&line, &plan->photos[i]);
		lb_jw_raw(w, NULL, lb_buf_str(&line));
	}
	lb_jw_end(w);
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------ */

static void write_head(struct lb_jw *w, const struct lb_plan *plan)
{
	lb_jw_str(w, "type", "lifeboat-plan");
	lb_jw_str(w, "version", "1");
	lb_jw_str(w, "id", plan->id);
	write_time(w, "created", plan->created);
	lb_jw_str(w, "program", plan->program);
	lb_jw_str(w, "title", plan->words.title);
	lb_jw_str(w, "purpose", plan->words.purpose);
	lb_jw_str(w, "futureConsiderations", plan->words.future);
	write_person(w, "maker", plan->words.maker_id, plan->words.maker);
	write_choices(w, &plan->choices);
}

void lb_plan_json(const struct lb_plan *plan, struct lb_buf *out)
{
	struct lb_jw w;
	lb_jw_begin(&w, out, false);
	lb_jw_object(&w, NULL);
	write_head(&w, plan);
	lb_jw_array(&w, "selection");
	for (size_t i = 0; i < plan->nurls; i++)
		write_url(&w, &plan->urls[i]);
	lb_jw_end(&w);
	lb_jw_array(&w, "sets");
	for (size_t i = 0; i < plan->nsets; i++)
		write_set(&w, &plan->sets[i]);
	lb_jw_end(&w);
	lb_jw_array(&w, "collections");
	for (size_t i = 0; i < plan->ncollections; i++)
		write_collection(&w, &plan->collections[i]);
	lb_jw_end(&w);
	lb_jw_array(&w, "gaps");
	for (size_t i = 0; i < plan->ngaps; i++)
		write_gap(&w, &plan->gaps[i]);
	lb_jw_end(&w);
	lb_jw_int(&w, "listsFrom", (int64_t)plan->lists_from);
	lb_jw_str(&w, "rereading", lb_plan_rereadings[plan->rereading]);
	write_strings(&w, "dropped", plan->dropped, plan->ndropped);
	write_photos(&w, plan);
	lb_jw_end(&w);
	lb_buf_addc(out, '\n');
}

int lb_plan_save(const char *dir, const struct lb_plan *plan, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(LB_PLAN_MAX);
	lb_path_join(&path, dir, "plan.json");
	lb_plan_json(plan, &text);
	LB_TRY(lb_buf_check(&text, "plan.json", err));
	return lb_file_write(lb_buf_str(&path), text.p, text.len, err);
}
