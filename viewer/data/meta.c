#include "viewer/data/internal.h"

#include <string.h>

/* data/meta.js: what is known of the whole, and which tables there are. */

#define CONSENT_MAX 200

static void add_pair(struct lb_viewer *v, struct lb_jw *w, const char *key, const char *id, const char *name)
{
	lb_jw_object(w, key);
	lb_viewer_str(v, w, "id", id);
	lb_viewer_str(v, w, "name", name);
	lb_jw_end(w);
}

static void add_time(struct lb_jw *w, const char *key, int64_t when)
{
	char iso[LB_TIME_ISO];
	lb_time_iso(when, iso);
	lb_jw_str(w, key, when > 0 ? iso : NULL);
}

static void add_selection(struct lb_viewer *v, struct lb_jw *w, const struct lb_package_info *info)
{
	lb_jw_array(w, "selection");
	for (size_t i = 0; i < info->nselection; i++) {
		const struct lb_selection_url *s = &info->selection[i];
		lb_jw_array(w, NULL);
		lb_jw_str(w, NULL, s->url ? lb_rich_href(s->url, &v->scratch) : NULL);
		lb_viewer_str(v, w, NULL, s->type);
		lb_jw_int(w, NULL, (int64_t)s->count);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void add_policy(struct lb_viewer *v, struct lb_jw *w, const struct lb_package_info *info)
{
	const struct lb_package_policy *p = &info->policy;
	lb_jw_object(w, "policy");
	lb_viewer_str(v, w, "name", p->name);
	lb_viewer_str(v, w, "sentence", p->sentence);
	add_time(w, "agreed", p->agreed);
	lb_viewer_str(v, w, "agreement", p->agreed > 0 ? p->agreement : NULL);
	lb_viewer_str(v, w, "safety", p->safety);
	lb_jw_bool(w, "privateIncluded", p->private_included);
	lb_jw_bool(w, "pseudonymised", p->pseudonymised);
	lb_jw_bool(w, "silenceIsConsent", p->silence_is_consent);
	lb_jw_str(w, "account", lb_viewer_title(v, lb_said(p->account_name) ? p->account_name : p->account_id));
	lb_jw_array(w, "layers");
	for (size_t i = 0; i < p->nlayers; i++)
		lb_viewer_str(v, w, NULL, p->layers[i]);
	lb_jw_end(w);
	lb_jw_end(w);
	lb_jw_array(w, "consent");
	for (size_t i = 0; i < p->nconsent && i < CONSENT_MAX; i++) {
		const struct lb_package_consent *c = &p->consent[i];
		const char *const words[] = { lb_said(c->owner_name) ? c->owner_name : c->owner_id, c->status, c->date, c->deadline, c->note };
		lb_jw_array(w, NULL);
		for (size_t k = 0; k < LB_COUNT(words); k++)
			lb_viewer_str(v, w, NULL, words[k]);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void add_counts(const struct lb_viewer *v, struct lb_jw *w, const struct lb_viewer_facts *facts)
{
	const struct lb_viewer_counts *c = &v->counts;
	const struct { const char *name; int64_t n; } counts[] = {
		{ "photos", c->photos }, { "missing", c->missing }, { "stubs", c->stubs }, { "videos", c->videos }, { "originals", c->originals },
		{ "comments", c->comments }, { "faves", c->faves }, { "notes", c->notes }, { "tags", (int64_t)v->tags.keys.count },
		{ "people", (int64_t)v->people.keys.count }, { "albums", (int64_t)v->albums.keys.count },
		{ "groups", (int64_t)v->groups.keys.count }, { "galleries", (int64_t)v->galleries.keys.count },
		{ "collections", (int64_t)facts->ncollections }, { "gaps", (int64_t)facts->ngaps },
	};
	lb_jw_object(w, "counts");
	for (size_t i = 0; i < LB_COUNT(counts); i++)
		lb_jw_int(w, counts[i].name, counts[i].n);
	lb_jw_end(w);
}

static const struct lb_license *find_license(const struct lb_viewer_facts *facts, const char *id, const char *slug)
{
	for (size_t i = 0; i < facts->nlicenses; i++) {
		const char *other = facts->licenses[i].id;
		if (other && (strcmp(other, id) == 0 || strcmp(other, slug) == 0))
			return &facts->licenses[i];
	}
	return NULL;
}

static void add_licenses(struct lb_viewer *v, struct lb_jw *w, const struct lb_viewer_facts *facts)
{
	lb_jw_array(w, "licenses");
	for (size_t i = 0; i < v->licenses.keys.count; i++) {
		const char *id = v->licenses.keys.items[i].key, *slug = lb_license_slug(id, &v->scratch);
		const struct lb_license *l = find_license(facts, id, slug);
		lb_jw_array(w, NULL);
		lb_jw_str(w, NULL, slug);
		lb_viewer_str(v, w, NULL, l && lb_said(l->label) ? l->label : slug);
		lb_jw_str(w, NULL, l && lb_said(l->url) ? lb_rich_href(l->url, &v->scratch) : NULL);
		lb_jw_int(w, NULL, (int64_t)lb_topic_count(&v->licenses, i, LB_ROLE_OF));
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void add_reasons(struct lb_viewer *v, struct lb_jw *w)
{
	lb_jw_array(w, "reasons");
	for (size_t i = 0; i < v->reasons.keys.count; i++) {
		lb_jw_array(w, NULL);
		lb_viewer_str(v, w, NULL, v->reasons.keys.items[i].key);
		lb_jw_int(w, NULL, (int64_t)lb_topic_count(&v->reasons, i, LB_ROLE_OF));
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static void add_origin(struct lb_viewer *v, struct lb_jw *w, const struct lb_package_origin *o)
{
	if (!o)
		return;
	lb_jw_object(w, "origin");
	lb_viewer_str(v, w, "name", o->name);
	add_time(w, "date", o->date);
	lb_jw_end(w);
}

int lb_viewer_meta(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	const struct lb_package_info *info = facts->info;
	struct lb_jw w;
	lb_jw_begin(&w, &v->row, true);
	lb_jw_object(&w, NULL);
	lb_viewer_str(v, &w, "id", info->id);
	lb_jw_str(&w, "title", lb_viewer_title(v, info->title));
	lb_viewer_str(v, &w, "purpose", info->purpose);
	lb_viewer_str(v, &w, "future", info->future);
	add_pair(v, &w, "maker", info->maker_id, info->maker_name);
	add_time(&w, "created", info->created);
	lb_viewer_str(v, &w, "program", info->program);
	lb_jw_int(&w, "photos", (int64_t)v->planned);
	add_selection(v, &w, info);
	add_policy(v, &w, info);
	add_origin(v, &w, info->origin);
	add_counts(v, &w, facts);
	add_licenses(v, &w, facts);
	add_reasons(v, &w);
	lb_tables_describe(&v->tables, &w);
	lb_jw_end(&w);
	int rc = lb_tables_meta(&v->tables, lb_buf_span(&v->row), err);
	lb_buf_reset(&v->row);
	return rc;
}
