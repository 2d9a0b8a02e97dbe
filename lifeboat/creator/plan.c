/* plan.json: written for people to read and edit, read back strictly. */
#include "lifeboat/creator/creator.h"

#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"

#define PLAN_MAX ((size_t)1 << 30)
#define NAME_MAX_BYTES 1000   /* of title and maker: they go into bag-info.txt and headings */
#define WORDS_MAX_BYTES 100000

void lb_plan_clear(struct lb_plan *plan)
{
	free(plan->photos);
	free(plan->gaps);
	lb_arena_clear(&plan->arena);
	*plan = (struct lb_plan){ 0 };
}

static void plan_path(struct lb_buf *b, const char *dir)
{
	lb_path_join(b, dir, "plan.json");
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static void write_url(struct lb_jw *w, const struct lb_plan_url *u)
{
	lb_jw_object(w, NULL);
	lb_jw_str(w, "url", u->url);
	lb_jw_str(w, "type", u->type);
	lb_jw_str(w, "name", u->name);
	lb_jw_str(w, "albumId", u->album_id);
	lb_jw_str(w, "ownerId", u->owner_id);
	if (u->claimed == LB_UNKNOWN)
		lb_jw_null(w, "claimed");
	else
		lb_jw_int(w, "claimed", u->claimed);
	lb_jw_int(w, "found", (int64_t)u->found);
	lb_jw_array(w, "calls");
	for (size_t i = 0; i < u->ncalls; i++)
		lb_jw_str(w, NULL, u->calls[i]);
	lb_jw_end(w);
	lb_jw_end(w);
}

/* One photo a line: a person can drop or move lines. */
static void photo_line(struct lb_buf *b, const struct lb_plan_photo *p)
{
	struct lb_jw w;
	lb_jw_begin(&w, b, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "id", p->id);
	lb_jw_array(&w, "from");
	for (size_t i = 0; i < p->nfrom; i++)
		lb_jw_int(&w, NULL, (int64_t)p->from[i]);
	lb_jw_end(&w);
	const struct { const char *key, *value; } texts[] = {
		{ "title", p->title }, { "owner", p->owner_id }, { "ownerName", p->owner_name },
		{ "license", p->license_id }, { "visibility", p->visibility }, { "media", p->media },
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (texts[i].value)
			lb_jw_str(&w, texts[i].key, texts[i].value);
	if (p->comments != LB_UNKNOWN)
		lb_jw_int(&w, "comments", p->comments);
	if (p->original_offered != LB_UNKNOWN)
		lb_jw_bool(&w, "originalOffered", p->original_offered != 0);
	if (p->pixels)
		lb_jw_int(&w, "pixels", (int64_t)p->pixels);
	lb_jw_end(&w);
}

static void write_photos(struct lb_jw *w, const struct lb_plan *plan)
{
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 20);
	lb_jw_array(w, "photos");
	for (size_t i = 0; i < plan->nphotos; i++) {
		lb_buf_reset(&line);
		photo_line(&line, &plan->photos[i]);
		lb_jw_raw(w, NULL, lb_buf_str(&line));
	}
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
	if (g->code == LB_UNKNOWN)
		lb_jw_null(w, "code");
	else
		lb_jw_int(w, "code", g->code);
	lb_jw_str(w, "message", g->message);
	lb_jw_end(w);
}

void lb_plan_json(const struct lb_plan *plan, struct lb_buf *out)
{
	struct lb_jw w;
	char created[LB_TIME_ISO];
	lb_time_iso(plan->created, created);
	lb_jw_begin(&w, out, false);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "type", "lifeboat-plan");
	lb_jw_str(&w, "version", "1");
	lb_jw_str(&w, "id", plan->id);
	lb_jw_str(&w, "created", created);
	lb_jw_str(&w, "program", plan->program);
	lb_jw_str(&w, "title", plan->words.title);
	lb_jw_str(&w, "purpose", plan->words.purpose);
	lb_jw_str(&w, "futureConsiderations", plan->words.future);
	lb_jw_object(&w, "maker");
	lb_jw_str(&w, "id", plan->words.maker_id);
	lb_jw_str(&w, "name", plan->words.maker);
	lb_jw_end(&w);
	lb_jw_array(&w, "selection");
	for (size_t i = 0; i < plan->nurls; i++)
		write_url(&w, &plan->urls[i]);
	lb_jw_end(&w);
	lb_jw_array(&w, "gaps");
	for (size_t i = 0; i < plan->ngaps; i++)
		write_gap(&w, &plan->gaps[i]);
	lb_jw_end(&w);
	write_photos(&w, plan);
	lb_jw_end(&w);
	lb_buf_addc(out, '\n');
}

int lb_plan_save(const char *dir, const struct lb_plan *plan, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(PLAN_MAX);
	plan_path(&path, dir);
	lb_plan_json(plan, &text);
	LB_TRY(lb_buf_check(&text, "plan.json", err));
	return lb_file_write(lb_buf_str(&path), text.p, text.len, err);
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

static const char *copy(struct lb_plan *plan, const struct lb_json *object, const char *key)
{
	return lb_arena_strdup(&plan->arena, lb_json_get_str(object, key));
}

static bool is_photo_id(const char *id)
{
	size_t n = id ? strspn(id, "0123456789") : 0;
	return n > 0 && n <= 20 && !id[n];
}

static void read_url(struct lb_plan *plan, const struct lb_json *v, struct lb_plan_url *u)
{
	const struct lb_json *calls = lb_json_get(v, "calls");
	*u = (struct lb_plan_url){
		.url = copy(plan, v, "url"), .type = copy(plan, v, "type"), .name = copy(plan, v, "name"),
		.album_id = copy(plan, v, "albumId"), .owner_id = copy(plan, v, "ownerId"),
		.claimed = lb_json_int(lb_json_get(v, "claimed"), LB_UNKNOWN),
		.found = (size_t)lb_json_int(lb_json_get(v, "found"), 0),
		.ncalls = lb_json_count(calls),
	};
	u->calls = lb_arena_alloc(&plan->arena, u->ncalls * sizeof *u->calls);
	for (size_t i = 0; i < u->ncalls; i++)
		u->calls[i] = lb_arena_strdup(&plan->arena, lb_json_str(lb_json_at(calls, i)));
}

static int read_from(struct lb_plan *plan, const struct lb_json *from, struct lb_plan_photo *p, struct lb_error *err)
{
	size_t *list = lb_arena_alloc(&plan->arena, lb_json_count(from) * sizeof *list);
	for (size_t i = 0; i < lb_json_count(from); i++) {
		int64_t n = lb_json_int(lb_json_at(from, i), -1);
		if (n < 0 || (size_t)n >= plan->nurls)
			return lb_fail(err, LB_FORMAT, "photo \"%s\" in plan.json is from URL number %lld, which is not in the selection", p->id, (long long)n);
		list[i] = (size_t)n;
	}
	p->from = list;
	p->nfrom = lb_json_count(from);
	return 0;
}

static int read_photo(struct lb_plan *plan, const struct lb_json *v, struct lb_map *seen, struct lb_error *err)
{
	struct lb_plan_photo p = {
		.id = copy(plan, v, "id"), .title = copy(plan, v, "title"), .owner_id = copy(plan, v, "owner"),
		.owner_name = copy(plan, v, "ownerName"), .license_id = copy(plan, v, "license"),
		.visibility = copy(plan, v, "visibility"), .media = copy(plan, v, "media"),
		.comments = lb_json_int(lb_json_get(v, "comments"), LB_UNKNOWN),
		.original_offered = lb_json_get(v, "originalOffered") ? lb_json_bool(lb_json_get(v, "originalOffered"), false) : LB_UNKNOWN,
		.pixels = (uint64_t)lb_json_int(lb_json_get(v, "pixels"), 0),
	};
	if (!is_photo_id(p.id))
		return lb_fail(err, LB_FORMAT, "photo number %zu in plan.json has no id of digits", plan->nphotos + 1);
	if (!lb_map_put(seen, lb_span(p.id), plan->nphotos))
		return lb_fail(err, LB_FORMAT, "photo \"%s\" stands twice in plan.json", p.id);
	LB_TRY(read_from(plan, lb_json_get(v, "from"), &p, err));
	LB_GROW(plan->photos, plan->nphotos, plan->photos_cap);
	plan->photos[plan->nphotos++] = p;
	return 0;
}

static int read_gaps(struct lb_plan *plan, const struct lb_json *gaps, struct lb_error *err)
{
	for (size_t i = 0; i < lb_json_count(gaps); i++) {
		const struct lb_json *v = lb_json_at(gaps, i);
		struct lb_gap g = { .kind = LB_GAP_REFUSED, .photo_id = copy(plan, v, "photoId"), .subject = copy(plan, v, "subject"),
			.layer = copy(plan, v, "layer"), .method = copy(plan, v, "method"),
			.code = lb_json_int(lb_json_get(v, "code"), LB_UNKNOWN), .message = copy(plan, v, "message") };
		const char *kind = lb_json_get_str(v, "kind");
		while (kind && strcmp(kind, lb_gap_kind_name(g.kind)) != 0)
			if (g.kind++ == LB_GAP_WITHHELD)
				return lb_fail(err, LB_FORMAT, "gap of unknown kind \"%s\" in plan.json", kind);
		LB_GROW(plan->gaps, plan->ngaps, plan->gaps_cap);
		plan->gaps[plan->ngaps++] = g;
	}
	return 0;
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

static int read_plan(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	const char *type = lb_json_get_str(v, "type"), *version = lb_json_get_str(v, "version");
	const char *created = lb_json_get_str(v, "created");
	if (!type || strcmp(type, "lifeboat-plan") != 0)
		return lb_fail(err, LB_FORMAT, "plan.json is not a lifeboat plan");
	if (!version || strcmp(version, "1") != 0)
		return lb_fail(err, LB_UNSUPPORTED, "plan.json has version \"%s\", expected \"1\"", version ? version : "");
	const struct lb_json *maker = lb_json_get(v, "maker"), *selection = lb_json_get(v, "selection"), *photos = lb_json_get(v, "photos");
	plan->id = copy(plan, v, "id");
	plan->program = copy(plan, v, "program");
	plan->words = (struct lb_maker_words){ .title = copy(plan, v, "title"), .purpose = copy(plan, v, "purpose"),
		.future = copy(plan, v, "futureConsiderations"), .maker = copy(plan, maker, "name"), .maker_id = copy(plan, maker, "id") };
	if (!plan->id || !created || !lb_time_parse(lb_span(created), &plan->created))
		return lb_fail(err, LB_FORMAT, "plan.json lacks its id or its date of creation");
	LB_TRY(lb_maker_words_check(&plan->words, err));
	plan->nurls = lb_json_count(selection);
	plan->urls = lb_arena_alloc(&plan->arena, plan->nurls * sizeof *plan->urls);
	for (size_t i = 0; i < plan->nurls; i++)
		read_url(plan, lb_json_at(selection, i), &plan->urls[i]);
	LB_TRY(read_gaps(plan, lb_json_get(v, "gaps"), err));
	LB_AUTO(lb_map_clear) struct lb_map seen = { 0 };
	for (size_t i = 0; i < lb_json_count(photos); i++)
		LB_TRY(read_photo(plan, lb_json_at(photos, i), &seen, err));
	return 0;
}

int lb_plan_load(const char *dir, struct lb_plan *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(PLAN_MAX);
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	struct lb_plan plan = { 0 };
	plan_path(&path, dir);
	int rc = lb_file_read(lb_buf_str(&path), PLAN_MAX, &text, err);
	if (rc == LB_NOTFOUND)
		lb_hint(err, "make a plan first: lifeboat plan URL -o %s", dir);
	LB_TRY(rc);
	LB_TRY(lb_json_parse(lb_buf_span(&text), &v, err));
	rc = read_plan(&plan, v, err);
	if (rc) {
		lb_plan_clear(&plan);
		return rc;
	}
	*out = plan;
	return 0;
}
