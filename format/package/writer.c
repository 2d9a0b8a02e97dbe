#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/package/writer_private.h"

static const char *const *copy_layers(struct lb_package *p, const struct lb_package_policy *said)
{
	const char **layers = lb_arena_alloc(&p->arena, (said->nlayers + 1) * sizeof *layers);
	for (size_t i = 0; i < said->nlayers; i++)
		layers[i] = said->layers[i] ? lb_arena_strdup(&p->arena, said->layers[i]) : "";
	return layers;
}

static const struct lb_package_consent *copy_consent(struct lb_package *p, const struct lb_package_policy *said)
{
	struct lb_package_consent *rows = lb_arena_alloc(&p->arena, (said->nconsent + 1) * sizeof *rows);
	for (size_t i = 0; i < said->nconsent; i++) {
		const struct lb_package_consent *c = &said->consent[i];
		rows[i] = (struct lb_package_consent){lb_writer_text(p, c->owner_id), lb_writer_text(p, c->owner_name),
			lb_writer_text(p, c->status), lb_writer_text(p, c->date), lb_writer_text(p, c->deadline),
			lb_writer_text(p, c->evidence), lb_writer_text(p, c->note)};
	}
	return rows;
}

static struct lb_package_policy copy_policy(struct lb_package *p, const struct lb_package_policy *said)
{
	struct lb_package_policy copy = *said;
	const char **const texts[] = {&copy.name, &copy.sentence, &copy.agreement, &copy.safety, &copy.account_id,
		&copy.account_name};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		*texts[i] = lb_writer_text(p, *texts[i]);
	copy.layers = copy_layers(p, said);
	copy.consent = copy_consent(p, said);
	return copy;
}

static void copy_info(struct lb_package *p, const struct lb_package_info *info)
{
	struct lb_selection_url *urls = lb_arena_alloc(&p->arena, (info->nselection + 1) * sizeof *urls);
	for (size_t i = 0; i < info->nselection; i++)
		urls[i] = (struct lb_selection_url){lb_writer_text(p, info->selection[i].url),
			lb_writer_text(p, info->selection[i].type), info->selection[i].count};
	p->info = (struct lb_package_info){
		.id = lb_writer_text(p, info->id),
		.title = lb_writer_text(p, info->title),
		.purpose = lb_writer_text(p, info->purpose),
		.future = lb_writer_text(p, info->future),
		.maker_id = lb_writer_text(p, info->maker_id),
		.maker_name = lb_writer_text(p, info->maker_name),
		.created = info->created,
		.program = lb_writer_text(p, info->program ? info->program : "lifeboat " LB_VERSION),
		.policy = copy_policy(p, &info->policy),
		.selection = urls,
		.nselection = info->nselection,
		.planned = info->planned,
	};
}

void lb_package_converted(struct lb_package *p, const struct lb_package_origin *said)
{
	struct lb_package_origin *o = lb_arena_alloc(&p->arena, sizeof *o);
	const char **layouts = lb_arena_alloc(&p->arena, (said->nlayouts + 1) * sizeof *layouts);
	*o = *said;
	const char **const texts[] = {&o->format, &o->name, &o->container, &o->id, &o->maker_id, &o->maker_name, &o->sha256, &o->program};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		*texts[i] = lb_writer_text(p, *texts[i]);
	for (size_t i = 0; i < said->nlayouts; i++)
		layouts[i] = lb_arena_strdup(&p->arena, said->layouts[i]);
	o->layouts = layouts;
	p->info.origin = o;
}

int lb_package_begin(const char *dir, const struct lb_package_info *info, const struct lb_ctx *ctx,
	struct lb_package **out, struct lb_error *err)
{
	if (!info->id || !lb_span_starts(lb_span(info->id), "urn:uuid:"))
		return lb_fail(err, LB_USAGE, "cannot begin a package: its id is not a urn:uuid");
	if (mkdir(dir, 0777) != 0)
		return lb_fail_sys(err, "cannot make the folder \"%s\"", dir);
	struct lb_package *p = lb_alloc(sizeof *p);
	p->settled = lb_alloc(sizeof *p->settled);
	p->dir = lb_strdup(dir);
	p->ctx = ctx;
	p->scratch.max = LB_WRITER_ITEM_MAX;
	copy_info(p, info);
	*out = p;
	return LB_OK;
}

static int check_new(const struct lb_package *p, const char *id, struct lb_error *err)
{
	if (p->finished)
		return lb_fail(err, LB_USAGE, "cannot add a photo: the package is finished");
	LB_TRY(lb_ctx_check(p->ctx, err));
	if (!lb_writer_photo_id_is_safe(id))
		return lb_fail(err, LB_FORMAT, "\"%.40s\" is not the id of a photo", id ? id : "");
	if (lb_map_get(&p->photo_ids, lb_span(id), NULL))
		return lb_fail(err, LB_EXISTS, "photo %s is in the package already", id);
	return LB_OK;
}

static void append_summary(struct lb_package *p, const struct lb_summary *s)
{
	lb_map_put(&p->photo_ids, lb_span(s->id), p->nphotos);
	LB_GROW(p->photos, p->nphotos, p->photos_cap);
	p->photos[p->nphotos++] = *s;
	p->settled->done = false;
}

static int link_media(struct lb_package *p, const struct lb_photo *photo, enum lb_role role, const char **path,
	struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(4096);
	if (!photo->files[role].present)
		return LB_OK;
	lb_buf_adds(&name, "data/");
	lb_layout_media(&name, photo, role);
	LB_TRY(lb_writer_link_media(p, lb_buf_str(&name), &photo->files[role], (long)p->nphotos, path, err));
	*path += strlen("data/");
	return LB_OK;
}

int lb_package_add_photo(struct lb_package *p, const struct lb_photo *said, struct lb_error *err)
{
	struct lb_summary s;
	struct lb_photo stub;
	const struct lb_photo *photo = said->withheld ? &stub : said;
	const struct lb_media *thumb = &photo->files[LB_THUMBNAIL];
	lb_photo_reduce(said, &stub);
	LB_TRY(check_new(p, photo->id, err));
	lb_writer_summarise(p, photo, &s);
	LB_TRY(link_media(p, photo, LB_ORIGINAL, &s.original_path, err));
	LB_TRY(link_media(p, photo, LB_THUMBNAIL, &s.thumb_path, err));
	s.thumb_width = thumb->present ? thumb->width : LB_UNKNOWN;
	s.thumb_height = thumb->present ? thumb->height : LB_UNKNOWN;
	LB_TRY(lb_writer_photo_file(p, photo, &s, (long)p->nphotos, err));
	append_summary(p, &s);
	return LB_OK;
}

int lb_package_add_missing(struct lb_package *p, const char *photo_id, struct lb_error *err)
{
	LB_TRY(check_new(p, photo_id, err));
	append_summary(p, &(struct lb_summary){.id = lb_writer_text(p, photo_id), .missing = true, .posted = LB_UNKNOWN,
		.comments = LB_UNKNOWN, .faves = LB_UNKNOWN, .views = LB_UNKNOWN, .captured = LB_UNKNOWN,
		.taken = {NULL, LB_UNKNOWN, LB_UNKNOWN}, .thumb_width = LB_UNKNOWN, .thumb_height = LB_UNKNOWN});
	p->totals.missing++;
	return LB_OK;
}

int lb_package_add_icon(struct lb_package *p, const char *nsid, const struct lb_media *icon, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), folded = LB_BUF(4096);
	struct lb_person person;
	lb_person_init(&person);
	person.nsid = nsid;
	const size_t number = lb_writer_person(p, &person);
	if (number == SIZE_MAX)
		return lb_fail(err, LB_FORMAT, "\"%.40s\" is not the id of a member", nsid ? nsid : "");
	for (const char *c = nsid; *c; c++)
		lb_buf_addc(&folded, *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c);
	if (!icon->present || !lb_map_put(&p->icon_names, lb_buf_span(&folded), number))
		return LB_OK;
	lb_writer_icon_path(&path, nsid, icon);
	const char *kept;
	LB_TRY(lb_writer_link_media(p, lb_buf_str(&path), icon, -1, &kept, err));
	((struct lb_contributor *)p->people.items)[number].icon_path = kept + strlen("data/");
	p->totals.icons++;
	return LB_OK;
}

/* Each step may list what the steps before it wrote: first all below data/, then what lies beside it, the bag last. */
int lb_package_finish(struct lb_package *p, struct lb_error *err)
{
	static int (*const steps[])(struct lb_package *p, struct lb_error *err) = {
		lb_writer_indexes, lb_writer_lifeboat_js, lb_writer_documentation,
		lb_writer_crate, lb_writer_readme, lb_writer_manifest, lb_writer_mets, lb_writer_bag,
	};
	if (p->finished)
		return lb_fail(err, LB_USAGE, "the package is finished already");
	for (size_t i = 0; i < LB_COUNT(steps); i++) {
		LB_TRY(lb_ctx_check(p->ctx, err));
		LB_TRY(steps[i](p, err));
	}
	p->finished = true;
	return LB_OK;
}

static void clear_table(struct lb_writer_table *t)
{
	lb_map_clear(&t->ids);
	free(t->items);
	free(t->told);
}

void lb_package_free(struct lb_package *p)
{
	if (!p)
		return;
	struct lb_map *maps[] = {&p->words, &p->folders, &p->paths, &p->photo_ids, &p->tag_names, &p->gap_photos,
		&p->icon_names};
	struct lb_writer_table *tables[] = {&p->people, &p->albums, &p->groups, &p->galleries, &p->licenses,
		&p->collections};
	void *lists[] = {p->files, p->photos, p->tags, p->gaps, p->gap_before, p->dir};
	for (size_t i = 0; i < LB_COUNT(maps); i++)
		lb_map_clear(maps[i]);
	for (size_t i = 0; i < LB_COUNT(tables); i++)
		clear_table(tables[i]);
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	lb_buf_clear(&p->scratch);
	lb_arena_clear(&p->arena);
	lb_arena_clear(&p->settled->arena);
	free(p->settled);
	free(p);
}

void lb_package_freep(struct lb_package **p)
{
	lb_package_free(*p);
	*p = NULL;
}

const struct lb_package_info *lb_package_info(const struct lb_package *p)
{
	return &p->info;
}

const struct lb_summary *lb_package_photos(const struct lb_package *p, size_t *count)
{
	*count = p->nphotos;
	return p->photos;
}

const struct lb_gap *lb_package_gaps(const struct lb_package *p, size_t *count)
{
	*count = p->ngaps;
	return p->gaps;
}

const struct lb_contributor *lb_package_people(const struct lb_package *p, size_t *count)
{
	*count = p->people.count;
	return p->people.items;
}

const struct lb_license *lb_package_licenses(const struct lb_package *p, size_t *count)
{
	*count = p->licenses.count;
	return p->licenses.items;
}
