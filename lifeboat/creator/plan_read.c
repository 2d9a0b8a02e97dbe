/* plan.json, read back strictly: a person may have been at it. */
#include <string.h>

#include "lifeboat/creator/plan_private.h"
#include "lifeboat/url/url.h"

static const char *copy(struct lb_plan *plan, const struct lb_json *object, const char *key)
{
	return lb_arena_strdup(&plan->arena, lb_json_get_str(object, key));
}

/* ---- small parts ------------------------------------------------------------------------------------------------------------- */

static int64_t number(const struct lb_json *object, const char *key)
{
	int64_t n = lb_json_int(lb_json_get(object, key), LB_UNKNOWN);
	return n < 0 ? LB_UNKNOWN : n;
}

static int flag(const struct lb_json *object, const char *key)
{
	const struct lb_json *v = lb_json_get(object, key);
	return v ? lb_json_bool(v, false) : LB_UNKNOWN;
}

static const char **copy_strings(struct lb_plan *plan, const struct lb_json *array, size_t *count)
{
	*count = lb_json_count(array);
	const char **list = lb_arena_alloc(&plan->arena, *count * sizeof *list);
	for (size_t i = 0; i < *count; i++)
		list[i] = lb_arena_strdup(&plan->arena, lb_json_str(lb_json_at(array, i)));
	return list;
}

/* The number of a word; what is not said is the first. */
static int word_number(const struct lb_json *object, const char *key, const char *const *words, size_t *out, struct lb_error *err)
{
	const char *word = lb_json_get_str(object, key);
	*out = 0;
	if (!word)
		return 0;
	for (size_t i = 0; words[i]; i++)
		if (strcmp(word, words[i]) == 0)
			return *out = i, 0;
	return lb_fail(err, LB_FORMAT, "plan.json says \"%s\" for %s, which is none of its words", word, key);
}

static int read_layers(const struct lb_json *names, uint32_t *out, struct lb_error *err)
{
	*out = 0;
	for (size_t i = 0; i < lb_json_count(names); i++) {
		const char *name = lb_json_str(lb_json_at(names, i));
		size_t k = 0;
		while (k < LB_CHOICE_COUNT && (!name || strcmp(name, lb_choices[k].name) != 0))
			k++;
		if (k == LB_CHOICE_COUNT)
			return lb_fail(err, LB_FORMAT, "layer \"%s\" in plan.json is none", name ? name : "");
		*out |= UINT32_C(1) << k;
	}
	return 0;
}

static int read_time(const struct lb_json *object, const char *key, int64_t *out, struct lb_error *err)
{
	const char *text = lb_json_get_str(object, key);
	*out = 0;
	if (text && !lb_time_parse(lb_span(text), out))
		return lb_fail(err, LB_FORMAT, "%s \"%s\" in plan.json is no date", key, text);
	return 0;
}

/* ---- the parts -------------------------------------------------------------------------------------------------------------- */

static int read_policy(const struct lb_json *v, enum lb_policy *out, struct lb_error *err)
{
	const char *names[LB_POLICY_COUNT + 1] = { 0 };
	size_t n;
	for (size_t i = 0; i < LB_POLICY_COUNT; i++)
		names[i] = lb_policies[i].name;
	LB_TRY(word_number(v, "policy", names, &n, err));
	*out = (enum lb_policy)n;
	return 0;
}

static int read_choices(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	struct lb_plan_choices *c = &plan->choices;
	const struct lb_json *layers = lb_json_get(v, "layers"), *account = lb_json_get(v, "account");
	size_t safety, silence;
	LB_TRY(lb_plan_check(LB_IN_CHOICES, v, 0, err));
	LB_TRY(lb_plan_check(LB_IN_ACCOUNT, account, 0, err));
	c->layers = lb_choices_default();
	if (layers)
		LB_TRY(read_layers(layers, &c->layers, err));
	c->layers |= UINT32_C(1) << LB_CHOICE_PHOTO;
	LB_TRY(read_policy(v, &c->policy, err));
	LB_TRY(read_time(v, "agreed", &c->agreed, err));
	LB_TRY(word_number(v, "safety", lb_plan_safeties, &safety, err));
	LB_TRY(word_number(v, "silence", lb_plan_silences, &silence, err));
	c->safety = (int64_t)safety;
	c->silence_is_consent = silence == 1;
	c->include_private = lb_json_bool(lb_json_get(v, "includePrivate"), false);
	c->include_evidence = lb_json_bool(lb_json_get(v, "includeEvidence"), false);
	c->pseudonymise = lb_json_bool(lb_json_get(v, "pseudonymise"), false);
	c->account_id = copy(plan, account, "id");
	c->account_name = copy(plan, account, "name");
	return 0;
}

static int check_type(const struct lb_plan_url *u, size_t nth, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_flickr_url parsed;
	if (lb_flickr_url_parse(u->url, &arena, &parsed, NULL) == 0 && strcmp(u->type, lb_url_kind_name(parsed.kind)) != 0)
		return lb_fail(err, LB_FORMAT, "selection number %zu in plan.json says \"%s\" of a URL of type \"%s\"", nth, u->type, lb_url_kind_name(parsed.kind));
	return 0;
}

static int read_url(struct lb_plan *plan, const struct lb_json *v, struct lb_plan_url *u, struct lb_error *err)
{
	int64_t found = lb_json_int(lb_json_get(v, "found"), 0);
	size_t nth = (size_t)(u - plan->urls) + 1;
	LB_TRY(lb_plan_check(LB_IN_URL, v, nth, err));
	*u = (struct lb_plan_url){
		.url = copy(plan, v, "url"), .type = copy(plan, v, "type"), .resolved = copy(plan, v, "resolved"), .name = copy(plan, v, "name"),
		.owner_id = copy(plan, v, "ownerId"), .whole_stream = lb_json_bool(lb_json_get(v, "wholeStream"), false),
		.claimed = number(v, "claimed"), .found = found > 0 ? (size_t)found : 0,
	};
	u->calls = copy_strings(plan, lb_json_get(v, "calls"), &u->ncalls);
	if (!u->url || !u->type)
		return lb_fail(err, LB_FORMAT, "selection number %zu in plan.json lacks its url or its type", nth);
	return check_type(u, nth, err);
}

static int read_set(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	size_t kind;
	LB_TRY(lb_plan_check(LB_IN_SET, v, plan->nsets + 1, err));
	int64_t url = number(v, "from"), first = number(v, "firstCall"), calls = number(v, "calls");
	LB_TRY(word_number(v, "kind", lb_plan_set_kinds, &kind, err));
	struct lb_plan_set s = { .kind = (enum lb_plan_set_kind)kind, .id = copy(plan, v, "id"), .owner_id = copy(plan, v, "ownerId"),
		.url = (size_t)url, .first_call = (size_t)first, .ncalls = (size_t)calls };
	if (!s.id)
		return lb_fail(err, LB_FORMAT, "set number %zu in plan.json has no id", plan->nsets + 1);
	if (url < 0 || s.url >= plan->nurls || first < 0 || calls < 0 || s.first_call > plan->urls[s.url].ncalls ||
		s.ncalls > plan->urls[s.url].ncalls - s.first_call)
		return lb_fail(err, LB_FORMAT, "set \"%s\" in plan.json is of calls that the selection does not have", s.id);
	LB_GROW(plan->sets, plan->nsets, plan->sets_cap);
	plan->sets[plan->nsets++] = s;
	return 0;
}

static int read_collection(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	struct lb_collection *c = &plan->collections[plan->ncollections++];
	LB_TRY(lb_plan_check(LB_IN_COLLECTION, v, plan->ncollections, err));
	*c = (struct lb_collection){ .id = copy(plan, v, "id"), .title = copy(plan, v, "title"), .description = copy(plan, v, "description"),
		.owner_id = copy(plan, v, "ownerId"), .parent_id = copy(plan, v, "parentId") };
	c->album_ids = copy_strings(plan, lb_json_get(v, "albumIds"), &c->nalbum_ids);
	if (!c->id)
		return lb_fail(err, LB_FORMAT, "collection number %zu in plan.json has no id", plan->ncollections);
	for (size_t i = 0; i < c->nalbum_ids; i++)
		if (!c->album_ids[i])
			return lb_fail(err, LB_FORMAT, "collection \"%s\" in plan.json has an album that is no text", c->id);
	return 0;
}

static int read_gap(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	struct lb_gap g = { .kind = LB_GAP_REFUSED, .photo_id = copy(plan, v, "photoId"), .subject = copy(plan, v, "subject"),
		.layer = copy(plan, v, "layer"), .method = copy(plan, v, "method"), .code = number(v, "code"), .message = copy(plan, v, "message") };
	const char *kind = lb_json_get_str(v, "kind");
	LB_TRY(lb_plan_check(LB_IN_GAP, v, plan->ngaps + 1, err));
	while (kind && strcmp(kind, lb_gap_kind_name(g.kind)) != 0)
		if (g.kind++ == LB_GAP_WITHHELD)
			return lb_fail(err, LB_FORMAT, "gap of unknown kind \"%s\" in plan.json", kind);
	LB_GROW(plan->gaps, plan->ngaps, plan->gaps_cap);
	plan->gaps[plan->ngaps++] = g;
	return 0;
}

/* ---- photos --------------------------------------------------------------------------------------------------------------------- */

static bool is_photo_id(const char *id)
{
	size_t n = id ? strspn(id, "0123456789") : 0;
	return n > 0 && n <= 20 && !id[n];
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

static int read_row(const struct lb_plan *plan, const struct lb_json *row, struct lb_plan_photo *p, struct lb_error *err)
{
	int64_t url = lb_json_int(lb_json_at(row, 0), -1), call = lb_json_int(lb_json_at(row, 1), -1);
	if (!row)
		return 0;
	if (lb_json_count(row) != 2 || url < 0 || (size_t)url >= plan->nurls || call < 0 || (size_t)call >= plan->urls[url].ncalls)
		return lb_fail(err, LB_FORMAT, "photo \"%s\" in plan.json has its row in an answer that the selection does not have", p->id);
	p->row_url = (size_t)url;
	p->row_call = (size_t)call;
	return 0;
}

static int read_stale(const struct lb_json *stale, struct lb_plan_photo *p, struct lb_error *err)
{
	int64_t before = lb_json_int(lb_json_get(stale, "before"), stale ? -1 : 0);
	if (before < 0)
		return lb_fail(err, LB_FORMAT, "photo \"%s\" in plan.json is stale before what is no number of a record", p->id);
	p->stale_before = (size_t)before;
	return read_layers(lb_json_get(stale, "layers"), &p->stale_layers, err);
}

/* Few different texts stand in many photos. */
struct reading { struct lb_plan *plan; struct lb_map seen, dropped; struct lb_words words; };

static const char *shared(struct reading *r, const struct lb_json *v, const char *key)
{
	return lb_words_keep(&r->words, &r->plan->arena, lb_json_get_str(v, key));
}

/* What the policy decides by. */
static int check_words(const struct lb_plan_photo *p, struct lb_error *err)
{
	static const char *const visibilities[] = { "public", "friends and family", "friends only", "family only", "private" };
	bool known = !p->visibility;
	for (size_t i = 0; i < LB_COUNT(visibilities); i++)
		known = known || strcmp(p->visibility, visibilities[i]) == 0;
	if (!known)
		return lb_fail(err, LB_FORMAT, "photo \"%s\" in plan.json has a visibility \"%s\", which is none", p->id, p->visibility);
	if (p->license_id && (!*p->license_id || p->license_id[strspn(p->license_id, "0123456789")]))
		return lb_fail(err, LB_FORMAT, "photo \"%s\" in plan.json has a license \"%s\", which is no number of Flickr's", p->id, p->license_id);
	return 0;
}

static int read_photo(struct reading *r, const struct lb_json *v, struct lb_error *err)
{
	struct lb_plan *plan = r->plan;
	LB_TRY(lb_plan_check(LB_IN_PHOTO, v, plan->nphotos + 1, err));
	int64_t pixels = lb_json_int(lb_json_get(v, "pixels"), 0), lost_row = number(v, "lostRow");
	struct lb_plan_photo p = {
		.id = copy(plan, v, "id"), .title = copy(plan, v, "title"), .row_url = SIZE_MAX, .lost_row = lost_row == LB_UNKNOWN ? 0 : (size_t)lost_row + 1,
		.owner_id = shared(r, v, "owner"), .owner_name = shared(r, v, "ownerName"), .license_id = shared(r, v, "license"),
		.visibility = shared(r, v, "visibility"), .media = shared(r, v, "media"),
		.comments = number(v, "comments"), .faves = number(v, "faves"), .updated = number(v, "updated"), .safety = number(v, "safety"),
		.original_offered = flag(v, "originalOffered"), .can_download = flag(v, "canDownload"), .pixels = pixels > 0 ? (uint64_t)pixels : 0,
	};
	if (!is_photo_id(p.id))
		return lb_fail(err, LB_FORMAT, "photo number %zu in plan.json has no id of digits", plan->nphotos + 1);
	if (!lb_map_put(&r->seen, lb_span(p.id), plan->nphotos))
		return lb_fail(err, LB_FORMAT, "photo \"%s\" stands twice in plan.json", p.id);
	if (lb_map_get(&r->dropped, lb_span(p.id), NULL))
		return lb_fail(err, LB_FORMAT, "photo \"%s\" stands both among the photos and the dropped ones of plan.json", p.id);
	LB_TRY(check_words(&p, err));
	LB_TRY(read_from(plan, lb_json_get(v, "from"), &p, err));
	LB_TRY(read_row(plan, lb_json_get(v, "row"), &p, err));
	LB_TRY(read_stale(lb_json_get(v, "stale"), &p, err));
	LB_GROW(plan->photos, plan->nphotos, plan->photos_cap);
	plan->photos[plan->nphotos++] = p;
	return 0;
}

static int read_photos(struct reading *r, struct lb_span photos, struct lb_error *err)
{
	struct lb_span element;
	for (size_t i = 0; i < r->plan->ndropped; i++)
		lb_map_put(&r->dropped, lb_span(r->plan->dropped[i]), i);
	if (lb_span_trim(photos).n == 0)
		return 0;
	while (lb_plan_next_photo(&photos, &element)) {
		LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
		struct lb_error inner = { 0 };
		if (lb_json_parse(element, &v, &inner))
			return lb_fail(err, LB_FORMAT, "photo number %zu in plan.json cannot be read: %s", r->plan->nphotos + 1, inner.what);
		LB_TRY(read_photo(r, v, err));
	}
	return 0;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

static int read_head(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	const char *type = lb_json_get_str(v, "type"), *version = lb_json_get_str(v, "version");
	const char *created = lb_json_get_str(v, "created");
	if (!lb_json_is_object(v))
		return lb_fail(err, LB_FORMAT, "plan.json is not a lifeboat plan");
	LB_TRY(lb_plan_check(LB_IN_PLAN, v, 0, err));
	LB_TRY(lb_plan_check(LB_IN_MAKER, lb_json_get(v, "maker"), 0, err));
	if (!type || strcmp(type, "lifeboat-plan") != 0)
		return lb_fail(err, LB_FORMAT, "plan.json is not a lifeboat plan");
	if (!version || strcmp(version, "1") != 0)
		return lb_fail(err, LB_UNSUPPORTED, "plan.json has version \"%s\", expected \"1\"", version ? version : "");
	const struct lb_json *maker = lb_json_get(v, "maker");
	plan->id = copy(plan, v, "id");
	plan->program = copy(plan, v, "program");
	plan->words = (struct lb_maker_words){ .title = copy(plan, v, "title"), .purpose = copy(plan, v, "purpose"),
		.future = copy(plan, v, "futureConsiderations"), .maker = copy(plan, maker, "name"), .maker_id = copy(plan, maker, "id") };
	if (!plan->id || !created || !lb_time_parse(lb_span(created), &plan->created))
		return lb_fail(err, LB_FORMAT, "plan.json lacks its id or its date of creation");
	if (!lb_span_starts(lb_span(plan->id), "urn:uuid:"))
		return lb_fail(err, LB_FORMAT, "the id \"%s\" in plan.json is no urn:uuid", plan->id);
	LB_TRY(lb_maker_words_check(&plan->words, err));
	return read_choices(plan, lb_json_get(v, "choices"), err);
}

typedef int read_fn(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err);

static int read_each(struct lb_plan *plan, const struct lb_json *array, read_fn *read, struct lb_error *err)
{
	for (size_t i = 0; i < lb_json_count(array); i++)
		LB_TRY(read(plan, lb_json_at(array, i), err));
	return 0;
}

static int check_sets_once(const struct lb_plan *plan, struct lb_error *err)
{
	LB_AUTO(lb_map_clear) struct lb_map seen = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(LB_PLAN_MAX);
	for (size_t i = 0; i < plan->nsets; i++) {
		const struct lb_plan_set *s = &plan->sets[i];
		lb_buf_reset(&key);
		lb_buf_addf(&key, "%s %s", lb_plan_set_kinds[s->kind], s->id);
		if (!lb_map_put(&seen, lb_buf_span(&key), i))
			return lb_fail(err, LB_FORMAT, "%s stands twice among the sets of plan.json", lb_buf_str(&key));
	}
	return 0;
}

static int read_dropped(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	plan->dropped = copy_strings(plan, lb_json_get(v, "dropped"), &plan->ndropped);
	for (size_t i = 0; i < plan->ndropped; i++)
		if (!is_photo_id(plan->dropped[i]))
			return lb_fail(err, LB_FORMAT, "dropped photo number %zu in plan.json has no id of digits", i + 1);
	return 0;
}

static int read_selection(struct lb_plan *plan, const struct lb_json *v, struct lb_error *err)
{
	const struct lb_json *selection = lb_json_get(v, "selection"), *collections = lb_json_get(v, "collections");
	int64_t lists_from = lb_json_int(lb_json_get(v, "listsFrom"), 0);
	size_t rereading;
	plan->nurls = lb_json_count(selection);
	plan->urls = lb_arena_alloc(&plan->arena, plan->nurls * sizeof *plan->urls);
	for (size_t i = 0; i < plan->nurls; i++)
		LB_TRY(read_url(plan, lb_json_at(selection, i), &plan->urls[i], err));
	plan->collections = lb_arena_alloc(&plan->arena, lb_json_count(collections) * sizeof *plan->collections);
	LB_TRY(read_each(plan, lb_json_get(v, "sets"), read_set, err));
	LB_TRY(check_sets_once(plan, err));
	LB_TRY(read_each(plan, collections, read_collection, err));
	LB_TRY(read_each(plan, lb_json_get(v, "gaps"), read_gap, err));
	LB_TRY(word_number(v, "rereading", lb_plan_rereadings, &rereading, err));
	plan->rereading = (enum lb_rereading)rereading;
	plan->lists_from = lists_from > 0 ? (size_t)lists_from : 0;
	return read_dropped(plan, v, err);
}

static int read_plan(struct lb_plan *plan, struct lb_span text, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf rest = LB_BUF(LB_PLAN_MAX);
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	struct reading r = { .plan = plan };
	struct lb_span photos = { NULL, 0 };
	struct lb_error why = { 0 };
	if (lb_span_starts(text, "\xEF\xBB\xBF")) /* as some editors save it */
		text = (struct lb_span){ text.p + 3, text.n - 3 };
	bool cut = lb_plan_cut_photos(text, &rest, &photos);
	if (lb_json_parse(lb_buf_span(&rest), &v, &why))
		return lb_fail(err, LB_FORMAT, "plan.json: %s", why.what);
	LB_TRY(read_head(plan, v, err));
	if (!cut)
		return lb_fail(err, LB_FORMAT, "plan.json lacks its list of photos");
	LB_TRY(read_selection(plan, v, err));
	int rc = read_photos(&r, photos, err);
	lb_map_clear(&r.seen);
	lb_map_clear(&r.dropped);
	lb_words_clear(&r.words);
	return rc;
}

int lb_plan_load(const char *dir, struct lb_plan *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(LB_PLAN_MAX);
	struct lb_plan plan = { 0 };
	lb_path_join(&path, dir, "plan.json");
	int rc = lb_file_read(lb_buf_str(&path), LB_PLAN_MAX, &text, err);
	if (rc == LB_NOTFOUND)
		lb_hint(err, "make a plan first: lifeboat plan URL -o %s", dir);
	LB_TRY(rc);
	rc = read_plan(&plan, lb_buf_span(&text), err);
	if (rc) {
		lb_hint(err, "mend \"%s\", or move it away to plan anew: what was fetched is kept", lb_buf_str(&path));
		lb_plan_clear(&plan);
		return rc;
	}
	*out = plan;
	return 0;
}
