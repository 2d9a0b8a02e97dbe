/* What the package says of itself, and which photos it has in which order: lifeboat.json, consentIndex.js, plan.json. */
#include <stdlib.h>
#include <string.h>

#include "format/reading/internal.h"


const char *lb_reading_word(struct lb_reading *r, const char *text)
{
	return text && *text ? lb_words_keep(&r->inside->words, &r->inside->arena, text) : NULL;
}

int lb_reading_in_file(const char *path, int rc, struct lb_error *err)
{
	if ((rc != LB_FORMAT && rc != LB_CORRUPT && rc != LB_LIMIT) || !err)
		return rc;
	struct lb_error inner = *err;
	return lb_fail(err, (enum lb_status)rc, "\"%s\": %s", path, inner.what);
}

/* ---- large documents, without one of their lists ---- */

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_json_cutter_feed(arg, data, n, err);
}

static int cut(const struct lb_reading *r, const char *path, const char *list, lb_json_cut_fn *each, void *arg, struct lb_json **rest,
	struct lb_error *err)
{
	LB_AUTO(lb_json_cutter_freep) struct lb_json_cutter *cutter = lb_json_cutter_new(list, each, arg);
	const long member = lb_container_find(r->inside->from.container, path);
	if (member < 0)
		return lb_fail(err, LB_CORRUPT, "\"%s\" is not there", path);
	int rc = lb_container_stream(r->inside->from.container, (size_t)member, feed, cutter, err);
	if (rc == LB_OK)
		rc = lb_json_cutter_end(cutter, rest, err);
	return lb_reading_in_file(path, rc, err);
}

static int skip(void *arg, size_t i, const struct lb_json *element, struct lb_error *err)
{
	(void)arg, (void)i, (void)element, (void)err;
	return LB_OK;
}

/* ---- what it is ---- */

static const char *text_of(struct lb_reading *r, const struct lb_json *v, const char *key)
{
	const char *text = lb_json_get_str(v, key);
	return text && *text ? lb_arena_strdup(&r->inside->arena, text) : NULL;
}

static int64_t date_or_0(const struct lb_json *v, const char *key)
{
	const int64_t date = lb_foundation_date(lb_json_get_str(v, key));
	return date == LB_UNKNOWN ? 0 : date;
}

static size_t count_of(const struct lb_json *v, const char *key)
{
	const int64_t n = lb_json_int(lb_json_get(v, key), 0);
	return n > 0 ? (size_t)n : 0;
}

static const char **texts_of(struct lb_reading *r, const struct lb_json *list, size_t *count)
{
	const char **texts = lb_arena_alloc(&r->inside->arena, (lb_json_count(list) + 1) * sizeof *texts);
	for (size_t i = 0; i < lb_json_count(list); i++)
		if (lb_json_str(lb_json_at(list, i)))
			texts[(*count)++] = lb_arena_strdup(&r->inside->arena, lb_json_str(lb_json_at(list, i)));
	return texts;
}

static void take_policy(struct lb_reading *r, const struct lb_json *v, struct lb_package_policy *out)
{
	const struct lb_json *account = lb_json_get(v, "account");
	out->name = text_of(r, v, "name");
	out->sentence = text_of(r, v, "sentence");
	out->agreed = date_or_0(v, "agreed");
	out->agreement = text_of(r, v, "agreement");
	out->safety = text_of(r, v, "safety");
	out->private_included = lb_json_bool(lb_json_get(v, "privateIncluded"), false);
	out->pseudonymised = lb_json_bool(lb_json_get(v, "pseudonymised"), false);
	out->silence_is_consent = lb_json_bool(lb_json_get(v, "silenceIsConsent"), false);
	out->account_id = text_of(r, account, "id");
	out->account_name = text_of(r, account, "name");
	out->layers = texts_of(r, lb_json_get(v, "layers"), &out->nlayers);
}

static void take_selection(struct lb_reading *r, const struct lb_json *list)
{
	struct lb_selection_url *urls = lb_arena_alloc(&r->inside->arena, (lb_json_count(list) + 1) * sizeof *urls);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *v = lb_json_at(list, i);
		size_t earlier;
		urls[i] = (struct lb_selection_url){text_of(r, v, "url"), text_of(r, v, "type"), count_of(v, "count")};
		if (urls[i].url && !lb_map_get(&r->inside->selection_at, lb_span(urls[i].url), &earlier))
			lb_map_put(&r->inside->selection_at, lb_span(urls[i].url), i);
	}
	r->info.selection = urls;
	r->info.nselection = lb_json_count(list);
}

static void take_origin(struct lb_reading *r, const struct lb_json *v)
{
	const struct lb_json *creator = lb_json_get(v, "creator"), *fixity = lb_json_get(v, "fixity");
	if (!lb_json_is_object(v))
		return;
	struct lb_package_origin *o = lb_arena_alloc(&r->inside->arena, sizeof *o);
	o->format = text_of(r, v, "format");
	o->name = text_of(r, v, "name");
	o->container = text_of(r, v, "container");
	o->layouts = texts_of(r, lb_json_get(v, "layouts"), &o->nlayouts);
	o->id = text_of(r, v, "id");
	o->maker_id = text_of(r, creator, "id");
	o->maker_name = text_of(r, creator, "name");
	o->sha256 = text_of(r, v, "sha256");
	o->date = date_or_0(v, "date");
	o->program = text_of(r, v, "program");
	o->files = count_of(fixity, "files");
	o->vouched = count_of(fixity, "vouched");
	o->differing = count_of(fixity, "differing");
	r->info.origin = o;
}

static void take_info(struct lb_reading *r, const struct lb_json *v)
{
	const struct lb_json *maker = lb_json_get(v, "maker");
	struct lb_package_info *info = &r->info;
	info->id = text_of(r, v, "id");
	info->title = text_of(r, v, "title");
	info->purpose = text_of(r, v, "purpose");
	info->future = text_of(r, v, "futureConsiderations");
	info->maker_id = text_of(r, maker, "id");
	info->maker_name = text_of(r, maker, "name");
	info->created = date_or_0(v, "created");
	info->program = text_of(r, v, "program");
	info->planned = count_of(lb_json_get(v, "counts"), "planned");
	take_policy(r, lb_json_get(v, "policy"), &info->policy);
	take_selection(r, lb_json_get(v, "selection"));
	take_origin(r, lb_json_get(v, "convertedFrom"));
}

static int take_consent(struct lb_reading *r, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *index = NULL;
	char name[64];
	LB_TRY(lb_reading_in_file("metadata/consentIndex.js", lb_foundation_read(&r->inside->from, "metadata/consentIndex.js", name, &index, err), err));
	const struct lb_json *list = lb_json_get(index, "consent");
	struct lb_package_consent *rows = lb_arena_alloc(&r->inside->arena, (lb_json_count(list) + 1) * sizeof *rows);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const struct lb_json *v = lb_json_at(list, i);
		rows[i] = (struct lb_package_consent){text_of(r, v, "ownerId"), text_of(r, v, "ownerName"), text_of(r, v, "status"),
			text_of(r, v, "date"), text_of(r, v, "deadline"), text_of(r, v, "evidence"), text_of(r, v, "note")};
	}
	r->info.policy.consent = rows;
	r->info.policy.nconsent = lb_json_count(list);
	return LB_OK;
}

/* ---- the order of photos ---- */

/* Puts them where they stand in plan.json, and remembers what that tells of those that are missing. */
struct ordering { struct lb_reading *r; struct lb_map missing; const struct lb_json *photos; size_t next; };

static void ordering_clear(struct ordering *o)
{
	lb_map_clear(&o->missing);
}

static int add_photo(struct lb_reading *r, const char *id, bool missing, struct lb_error *err)
{
	if (!id || !lb_foundation_is_id(id) || !lb_map_put(&r->inside->at, lb_span(id), r->count))
		return lb_fail(err, LB_CORRUPT, "\"lifeboat.json\": lists a photo without a usable id, or twice");
	r->inside->missing[r->count] = missing;
	r->ids[r->count++] = r->inside->at.items[r->inside->at.count - 1].key;
	return LB_OK;
}

static int take_planned(void *arg, size_t i, const struct lb_json *v, struct lb_error *err)
{
	struct ordering *o = arg;
	struct lb_reading *r = o->r;
	const char *id = lb_json_get_str(v, "id"), *next = lb_json_str(lb_json_at(o->photos, o->next));
	size_t ignored;
	(void)i;
	if (id && next && strcmp(id, next) == 0) {
		o->next++;
		return add_photo(r, id, false, err);
	}
	if (!id || !lb_map_get(&o->missing, lb_span(id), &ignored) || lb_map_get(&r->inside->at, lb_span(id), &ignored))
		return LB_OK;
	r->inside->lost[r->count] = (struct lb_reading_lost){text_of(r, v, "title"), text_of(r, v, "owner"), text_of(r, v, "ownerName")};
	return add_photo(r, id, true, err);
}

/* Those that plan.json did not place follow. */
static int take_rest(struct ordering *o, const struct lb_json *missing, struct lb_error *err)
{
	size_t there;
	for (; o->next < lb_json_count(o->photos); o->next++)
		LB_TRY(add_photo(o->r, lb_json_str(lb_json_at(o->photos, o->next)), false, err));
	for (size_t i = 0; i < lb_json_count(missing); i++) {
		const char *id = lb_json_str(lb_json_at(missing, i));
		if (!id || !lb_map_get(&o->r->inside->at, lb_span(id), &there))
			LB_TRY(add_photo(o->r, id, true, err));
	}
	return LB_OK;
}

static int take_order(struct lb_reading *r, const struct lb_json *photos, const struct lb_json *missing, struct lb_error *err)
{
	LB_AUTO(ordering_clear) struct ordering o = {.r = r, .photos = photos};
	LB_AUTO(lb_json_freep) struct lb_json *rest = NULL;
	const size_t total = lb_json_count(photos) + lb_json_count(missing);
	r->ids = lb_alloc((total + 1) * sizeof *r->ids);
	r->inside->missing = lb_alloc(total + 1);
	r->inside->lost = lb_alloc((total + 1) * sizeof *r->inside->lost);
	r->inside->stamps = lb_alloc((total + 1) * sizeof *r->inside->stamps);
	for (size_t i = 0; i < lb_json_count(missing); i++)
		if (lb_json_str(lb_json_at(missing, i)))
			lb_map_put(&o.missing, lb_span(lb_json_str(lb_json_at(missing, i))), i);
	if (o.missing.count && lb_foundation_member(&r->inside->from, "provenance/plan.json") >= 0)
		LB_TRY(cut(r, "data/provenance/plan.json", "photos", take_planned, &o, &rest, err));
	return take_rest(&o, missing, err);
}

int lb_reading_info(struct lb_reading *r, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	LB_TRY(cut(r, "lifeboat.json", "files", skip, NULL, &v, err));
	LB_TRY(lb_package_check_version(v, err));
	take_info(r, v);
	LB_TRY(take_consent(r, err));
	return take_order(r, lb_json_get(v, "photos"), lb_json_get(v, "missing"), err);
}
