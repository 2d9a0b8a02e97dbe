/* METS.xml from what the package remembers: the writer of METS asks for one thing after the other. */
#include "format/mets/mets.h"

#include <stdlib.h>
#include <string.h>

#include "format/package/writer_private.h"

/* Photos and files of the document by their positions in it. Positions of photos count only those that are here. */
struct structure {
	const struct lb_package *package;
	size_t *here, *position;         /* position → number of the summary, and back */
	size_t *files;                   /* position → number of the file */
	size_t *set; size_t set_cap;     /* photos of the set that was asked for last */
	const struct lb_collection_entry *tree;
	struct lb_arena arena;
};

static void structure_clear(struct structure *s)
{
	void *lists[] = {s->here, s->position, s->files, s->set};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	lb_arena_clear(&s->arena);
}

/* ---- photos ---- */

static size_t find_photos(struct structure *s)
{
	const struct lb_package *p = s->package;
	size_t count = 0;
	s->here = lb_alloc((p->nphotos + 1) * sizeof *s->here);
	s->position = lb_alloc((p->nphotos + 1) * sizeof *s->position);
	for (size_t i = 0; i < p->nphotos; i++) {
		s->position[i] = count;
		if (!p->photos[i].missing)
			s->here[count++] = i;
	}
	return count;
}

static const struct lb_license *license_of(const struct lb_package *p, const struct lb_summary *photo)
{
	size_t number;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char *slug = lb_license_slug(photo->license_id, &arena);
	if (!slug || !lb_map_get(&p->licenses.ids, lb_span(slug), &number))
		return NULL;
	return (const struct lb_license *)p->licenses.items + number;
}

/* As contributorIndex.js has it: what was learned of the member with any photo. */
static const char *owner_name(const struct lb_package *p, const struct lb_summary *photo)
{
	size_t number;
	if (!photo->owner_id || !lb_map_get(&p->people.ids, lb_span(photo->owner_id), &number))
		return photo->owner_name;
	const struct lb_person *person = &((const struct lb_contributor *)p->people.items)[number].person;
	const char *names[] = {person->username, photo->owner_name, person->realname};
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (names[i] && *names[i])
			return names[i];
	return NULL;
}

static int tell_photo(void *arg, size_t i, struct lb_mets_photo *out, struct lb_error *err)
{
	const struct structure *s = arg;
	const struct lb_summary *photo = &s->package->photos[s->here[i]];
	const struct lb_license *license = license_of(s->package, photo);
	LB_TRY(lb_ctx_check(s->package->ctx, err));
	*out = (struct lb_mets_photo){
		.id = photo->id, .title = photo->title, .url = photo->url,
		.owner_id = photo->owner_id, .owner_name = owner_name(s->package, photo),
		.license_id = photo->license_id,
		.license_uri = license ? license->url : NULL, .license_label = license ? license->label : NULL,
		.taken = photo->taken, .posted = photo->posted, .tags = photo->tags, .ntags = photo->ntags,
		.place = photo->place, .coordinates = photo->coordinates,
		.withheld = photo->withheld, .stub = photo->stub, .captured = photo->captured,
	};
	return LB_OK;
}

/* ---- files ---- */

static int tell_file(void *arg, size_t i, struct lb_mets_file *out, struct lb_error *err)
{
	const struct structure *s = arg;
	const struct lb_writer_file *f = &s->package->files[s->files[i]];
	const bool of_photo = f->photo >= 0 && !s->package->photos[f->photo].missing;
	LB_TRY(lb_ctx_check(s->package->ctx, err));
	*out = (struct lb_mets_file){
		.path = f->path, .sha256 = f->sha256, .mime = f->mime, .size = f->size, .group = f->role,
		.photo = of_photo ? (long)s->position[f->photo] : -1,
		.source_url = f->source_url, .format_label = f->label, .captured = f->captured,
	};
	return LB_OK;
}

static int tell_pronom(void *arg, size_t i, const char **out, struct lb_error *err)
{
	const struct structure *s = arg;
	return lb_writer_pronom(s->package, s->package->files[s->files[i]].path, out, err);
}

/* ---- sets ---- */

static struct lb_mets_set make_set(struct structure *s, const char *id, const char *title, const size_t *photos, size_t count)
{
	if (count > s->set_cap) {
		s->set = lb_realloc(s->set, count, sizeof *s->set);
		s->set_cap = count;
	}
	for (size_t i = 0; i < count; i++)
		s->set[i] = s->position[photos[i]];
	return (struct lb_mets_set){id, title, s->set, count};
}

static int tell_set(void *arg, enum lb_mets_set_kind kind, size_t i, struct lb_mets_set *out, struct lb_error *err)
{
	struct structure *s = arg;
	const struct lb_album_entry *album = (const struct lb_album_entry *)s->package->albums.items + i;
	const struct lb_gallery_entry *gallery = (const struct lb_gallery_entry *)s->package->galleries.items + i;
	const struct lb_group_entry *group = (const struct lb_group_entry *)s->package->groups.items + i;
	(void)err;
	if (kind == LB_METS_ALBUM)
		*out = make_set(s, album->album.id, album->album.title, album->photos, album->nphotos);
	else if (kind == LB_METS_GALLERY)
		*out = make_set(s, gallery->gallery.id, gallery->gallery.title, gallery->photos, gallery->nphotos);
	else
		*out = make_set(s, group->group.id, group->group.title, group->photos, group->nphotos);
	return LB_OK;
}

static int tell_collection(void *arg, size_t i, struct lb_mets_collection *out, struct lb_error *err)
{
	const struct structure *s = arg;
	const struct lb_collection *c = &s->tree[i].collection;
	(void)err;
	*out = (struct lb_mets_collection){c->id, c->title, s->tree[i].depth, (const char *const *)c->album_ids, c->nalbum_ids};
	return LB_OK;
}

/* ---- the document ---- */

/* In one text: the name under which the maker chose it, and what it means. */
static const char *policy_text(struct structure *s, const struct lb_package_policy *policy)
{
	if (!policy->name || !policy->sentence)
		return policy->sentence ? policy->sentence : policy->name;
	return lb_arena_printf(&s->arena, "%s: %s", policy->name, policy->sentence);
}

static const char *conversion_text(struct structure *s, const struct lb_package_origin *o)
{
	return o ? lb_arena_printf(&s->arena, "converted from \"%s\", a Data Lifeboat of the Flickr Foundation; digests were computed then: %zu of %zu "
		"media files had an earlier checksum that agrees", o->name ? o->name : "?", o->vouched, o->files) : NULL;
}

static int write_mets(const struct lb_package *p, struct lb_out *out, struct lb_error *err)
{
	const struct lb_package_policy *policy = &p->info.policy;
	LB_AUTO(structure_clear) struct structure s = {.package = p};
	struct lb_mets_source source = {
		.arg = &s, .photo = tell_photo, .file = tell_file, .pronom = tell_pronom, .set = tell_set, .collection = tell_collection,
		.nsets = {[LB_METS_ALBUM] = p->albums.count, [LB_METS_GALLERY] = p->galleries.count, [LB_METS_GROUP] = p->groups.count},
	};
	source.nphotos = find_photos(&s);
	s.files = lb_writer_sorted(p, true, &source.nfiles);
	s.tree = lb_package_collections(p, &source.ncollections);
	return lb_mets_write(&(struct lb_mets){
		.id = p->info.id, .title = p->info.title, .purpose = p->info.purpose,
		.maker = p->info.maker_name ? p->info.maker_name : p->info.maker_id,
		.program = p->info.program, .created = p->info.created,
		.conversion = conversion_text(&s, p->info.origin), .converted = p->info.origin ? p->info.origin->date : 0,
		.policy = policy_text(&s, policy), .pseudonymised = policy->pseudonymised,
		.agreement = policy->agreed > 0 ? policy->agreement ? policy->agreement : "to the policy" : NULL, .agreed = policy->agreed,
		.source = source,
	}, out, err);
}

int lb_writer_mets(struct lb_package *p, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(lb_package_create(p, "METS.xml", &out, err));
	lb_writer_settle(p);
	int rc = write_mets(p, out, err);
	if (rc) {
		lb_out_abandon(out);
		return rc;
	}
	return lb_package_close(p, "METS.xml", out, err);
}
