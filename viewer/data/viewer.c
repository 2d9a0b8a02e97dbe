#include "viewer/data/internal.h"

#include <stdlib.h>
#include <string.h>

static const char *const column_names[LB_COLUMN_COUNT] = {
	[LB_COLUMN_ID] = "id", [LB_COLUMN_TITLE] = "title", [LB_COLUMN_THUMB] = "thumb", [LB_COLUMN_ASPECT] = "aspect",
	[LB_COLUMN_OWNER] = "owner", [LB_COLUMN_TAKEN] = "taken", [LB_COLUMN_POSTED] = "posted", [LB_COLUMN_LICENSE] = "license",
	[LB_COLUMN_VIEWS] = "views", [LB_COLUMN_FAVES] = "faves", [LB_COLUMN_COMMENTS] = "comments", [LB_COLUMN_FLAGS] = "flags",
	[LB_COLUMN_GEO] = "geo", [LB_COLUMN_PLACE] = "place",
};

int lb_viewer_begin(const struct lb_viewer_files *files, const char *const *plan_ids, size_t count, struct lb_viewer **out,
	struct lb_error *err)
{
	if (count >= UINT32_MAX)
		return lb_fail(err, LB_LIMIT, "cannot make a viewer for %zu photos: too many", count);
	struct lb_viewer *v = lb_alloc(sizeof *v);
	*v = (struct lb_viewer){ .files = files, .plan = plan_ids, .planned = count, .tables = { .files = files }, .row = LB_BUF(SIZE_MAX / 4),
		.first = LB_BUF(SIZE_MAX / 4), .text = LB_BUF(SIZE_MAX / 4), .rich = LB_BUF(SIZE_MAX / 4), .search = lb_search_new() };
	for (size_t i = 0; i < count; i++) {
		size_t earlier;
		if (!lb_map_get(&v->where, lb_span(plan_ids[i]), &earlier))
			lb_map_put(&v->where, lb_span(plan_ids[i]), i);
	}
	for (size_t i = 0; i < LB_COLUMN_COUNT; i++)
		v->columns[i] = lb_table_begin(&v->tables, column_names[i], LB_TABLE_DENSE);
	v->detail = lb_table_begin(&v->tables, "detail", LB_TABLE_BLOCKS);
	*out = v;
	return 0;
}

const char *lb_viewer_media(struct lb_viewer *v, const struct lb_photo *photo, enum lb_role role)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(8192);
	if (v->files->media)
		v->files->media(v->files->arg, &path, photo, role);
	else
		lb_layout_media(&path, photo, role);
	return lb_arena_strdup(&v->scratch, lb_buf_str(&path));
}

int lb_viewer_row(struct lb_viewer *v, struct lb_table *table, struct lb_error *err)
{
	LB_TRY(lb_table_add(table, lb_buf_span(&v->row), err));
	lb_buf_reset(&v->row);
	return 0;
}

/* ---- photos ---- */

/* Of a missing one the list told title and owner or nothing. Whose it is, is told by name, unless the member is known already. */
static void reduce_to_missing(const struct lb_viewer *v, const struct lb_photo *said, struct lb_photo *missing)
{
	size_t known;
	const struct lb_person *owner = &said->owner;
	lb_photo_init(missing);
	missing->id = said->id;
	if (!lb_said(said->title) || !lb_said(owner->username))
		return;
	missing->title = said->title;
	missing->owner.username = owner->username;
	if (lb_said(owner->nsid) && lb_map_get(&v->people.keys, lb_span(owner->nsid), &known))
		missing->owner.nsid = owner->nsid;
}

/* Why the owner's own file is not here. */
static const char *no_original(const struct lb_photo *photo, const struct lb_gap *gaps, size_t ngaps)
{
	for (size_t i = 0; i < ngaps; i++)
		if (gaps[i].layer && strcmp(gaps[i].layer, "original") == 0)
			return gaps[i].message ? gaps[i].message : lb_gap_kind_name(gaps[i].kind);
	if (photo->files[LB_ORIGINAL].present)
		return NULL;
	return photo->can_download == 0 ? "the owner does not allow downloads" : "no file was offered";
}

static void count(struct lb_viewer *v, const struct lb_viewer_photo *p)
{
	const struct lb_photo *photo = p->photo;
	struct lb_viewer_counts *c = &v->counts;
	c->photos += !p->missing;
	c->missing += p->missing;
	c->stubs += photo->withheld != NULL;
	c->videos += photo->media && strcmp(photo->media, "video") == 0;
	c->originals += photo->files[LB_ORIGINAL].present;
	c->comments += (int64_t)photo->ncomments;
	c->faves += (int64_t)photo->nfaves;
	c->notes += (int64_t)photo->nnotes;
	const char *why = photo->withheld;
	if (p->missing)
		why = p->ngaps && p->gaps[0].message ? p->gaps[0].message : lb_gap_kind_name(p->ngaps ? p->gaps[0].kind : LB_GAP_UNASKED);
	if (why)
		lb_topic_use(&v->reasons, lb_topic_entry(&v->reasons, why, why), LB_ROLE_OF, v->added);
}

static int check_order(const struct lb_viewer *v, const struct lb_photo *photo, struct lb_error *err)
{
	if (v->added >= v->planned)
		return lb_fail(err, LB_USAGE, "cannot add photo \"%s\" to the viewer: all %zu of the plan are there", photo->id, v->planned);
	if (strcmp(photo->id, v->plan[v->added]) != 0)
		return lb_fail(err, LB_USAGE, "cannot add photo \"%s\" to the viewer: \"%s\" is next in the plan", photo->id, v->plan[v->added]);
	return 0;
}

int lb_viewer_add(struct lb_viewer *v, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps,
	struct lb_error *err)
{
	struct lb_photo reduced;
	struct lb_viewer_photo p = { photo, missing, gaps, ngaps, NULL };
	LB_TRY(check_order(v, photo, err));
	if (missing) {
		reduce_to_missing(v, photo, &reduced);
		p.photo = &reduced;
	} else if (photo->withheld) {
		lb_photo_reduce(photo, &reduced);
		p = (struct lb_viewer_photo){ &reduced, false, NULL, 0, reduced.withheld };
	} else {
		p.withheld = no_original(photo, gaps, ngaps);
	}
	lb_viewer_uses(v, &p);
	count(v, &p);
	lb_viewer_first(v, &p);
	LB_TRY(lb_viewer_columns(v, &p, err));
	LB_TRY(lb_viewer_detail(v, &p, err));
	lb_arena_reset(&v->scratch);
	v->added++;
	return 0;
}

/* ---- the end ---- */

void lb_viewer_facts_of(const struct lb_package *package, struct lb_viewer_facts *out)
{
	out->info = lb_package_info(package);
	out->people = lb_package_people(package, &out->npeople);
	out->albums = lb_package_albums(package, &out->nalbums);
	out->groups = lb_package_groups(package, &out->ngroups);
	out->galleries = lb_package_galleries(package, &out->ngalleries);
	out->collections = lb_package_collections(package, &out->ncollections);
	out->licenses = lb_package_licenses(package, &out->nlicenses);
	out->gaps = lb_package_gaps(package, &out->ngaps);
}

int lb_viewer_finish(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err)
{
	if (v->added != v->planned)
		return lb_fail(err, LB_USAGE, "cannot finish the viewer: %zu of %zu photos were added", v->added, v->planned);
	lb_viewer_resolve(v, facts);
	LB_TRY(lb_viewer_people(v, facts, err));
	LB_TRY(lb_viewer_tags(v, err));
	LB_TRY(lb_viewer_places(v, err));
	LB_TRY(lb_viewer_sets(v, facts, err));
	LB_TRY(lb_viewer_collections(v, facts, err));
	LB_TRY(lb_viewer_gaps(v, facts, err));
	LB_TRY(lb_viewer_find(v, err));
	LB_TRY(lb_search_write(v->search, &v->tables, err));
	LB_TRY(lb_tables_end(&v->tables, err));
	LB_TRY(lb_viewer_meta(v, facts, err));
	return lb_viewer_shell(v, facts, err);
}

void lb_viewer_free(struct lb_viewer *v)
{
	if (!v)
		return;
	struct lb_topic *topics[] = { &v->people, &v->tags, &v->albums, &v->groups, &v->galleries, &v->places, &v->licenses, &v->reasons };
	for (size_t i = 0; i < LB_COUNT(topics); i++)
		lb_topic_clear(topics[i]);
	lb_tables_clear(&v->tables);
	lb_search_free(v->search);
	lb_map_clear(&v->where);
	lb_buf_clear(&v->first);
	lb_buf_clear(&v->row);
	lb_buf_clear(&v->text);
	lb_buf_clear(&v->rich);
	lb_arena_clear(&v->scratch);
	free(v);
}

void lb_viewer_freep(struct lb_viewer **v)
{
	lb_viewer_free(*v);
	*v = NULL;
}
