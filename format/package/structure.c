/* METS.xml from what the package remembers. */
#include "format/mets/mets.h"

#include <stdlib.h>

#include "format/package/writer_private.h"

/* Arrays of a METS document; positions of photos count only those that are here. */
struct structure {
	struct lb_mets_photo *photos;
	struct lb_mets_set *albums, *groups, *galleries;
	struct lb_mets_collection *collections;
	struct lb_mets_file *files;
	struct lb_arena arena;           /* photos of the sets */
	long *position;                  /* of each summary among the photos, or -1 */
	size_t nphotos, nfiles;
};

static void structure_clear(struct structure *s)
{
	void *lists[] = {s->photos, s->albums, s->groups, s->galleries, s->collections, s->files, s->position};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	lb_arena_clear(&s->arena);
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

static void add_photo(const struct lb_package *p, const struct lb_summary *photo, struct structure *s)
{
	const struct lb_license *license = license_of(p, photo);
	s->photos[s->nphotos++] = (struct lb_mets_photo){
		.id = photo->id, .title = photo->title, .url = photo->url,
		.owner_id = photo->owner_id, .owner_name = photo->owner_name,
		.license_id = photo->license_id,
		.license_uri = license ? license->url : NULL, .license_label = license ? license->label : NULL,
		.withheld = photo->withheld, .stub = photo->stub, .captured = photo->captured,
	};
}

static void add_photos(const struct lb_package *p, struct structure *s)
{
	s->photos = lb_alloc((p->nphotos + 1) * sizeof *s->photos);
	s->position = lb_alloc((p->nphotos + 1) * sizeof *s->position);
	for (size_t i = 0; i < p->nphotos; i++) {
		s->position[i] = p->photos[i].missing ? -1 : (long)s->nphotos;
		if (!p->photos[i].missing)
			add_photo(p, &p->photos[i], s);
	}
}

static struct lb_mets_set make_set(struct structure *s, const char *id, const char *title, const size_t *photos, size_t count)
{
	size_t *positions = lb_arena_alloc(&s->arena, (count + 1) * sizeof *positions);
	for (size_t i = 0; i < count; i++)
		positions[i] = (size_t)s->position[photos[i]];
	return (struct lb_mets_set){id, title, positions, count};
}

static void add_sets(const struct lb_package *p, struct structure *s)
{
	const struct lb_album_entry *albums = p->albums.items;
	const struct lb_group_entry *groups = p->groups.items;
	const struct lb_gallery_entry *galleries = p->galleries.items;
	s->albums = lb_alloc((p->albums.count + 1) * sizeof *s->albums);
	for (size_t i = 0; i < p->albums.count; i++)
		s->albums[i] = make_set(s, albums[i].album.id, albums[i].album.title, albums[i].photos, albums[i].nphotos);
	s->groups = lb_alloc((p->groups.count + 1) * sizeof *s->groups);
	for (size_t i = 0; i < p->groups.count; i++)
		s->groups[i] = make_set(s, groups[i].group.id, groups[i].group.title, groups[i].photos, groups[i].nphotos);
	s->galleries = lb_alloc((p->galleries.count + 1) * sizeof *s->galleries);
	for (size_t i = 0; i < p->galleries.count; i++)
		s->galleries[i] = make_set(s, galleries[i].gallery.id, galleries[i].gallery.title, galleries[i].photos,
			galleries[i].nphotos);
}

static void add_collections(const struct lb_package *p, struct structure *s)
{
	size_t count;
	const struct lb_collection_entry *tree = lb_package_collections(p, &count);
	s->collections = lb_alloc((count + 1) * sizeof *s->collections);
	for (size_t i = 0; i < count; i++)
		s->collections[i] = (struct lb_mets_collection){tree[i].collection.id, tree[i].collection.title, tree[i].depth,
			(const char *const *)tree[i].collection.album_ids, tree[i].collection.nalbum_ids};
}

static void add_files(const struct lb_package *p, struct structure *s)
{
	LB_AUTO(lb_freep) size_t *numbers = lb_writer_sorted(p, true, &s->nfiles);
	s->files = lb_alloc((s->nfiles + 1) * sizeof *s->files);
	for (size_t i = 0; i < s->nfiles; i++) {
		const struct lb_writer_file *f = &p->files[numbers[i]];
		s->files[i] = (struct lb_mets_file){
			.path = f->path, .sha256 = f->sha256, .mime = f->mime, .size = f->size, .group = f->role,
			.photo = f->photo < 0 ? -1 : s->position[f->photo],
			.source_url = f->source_url, .format_label = f->label, .captured = f->captured,
		};
	}
}

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

int lb_writer_mets(struct lb_package *p, struct lb_error *err)
{
	const struct lb_package_policy *policy = &p->info.policy;
	LB_AUTO(structure_clear) struct structure s = {0};
	struct lb_out *out;
	LB_TRY(lb_package_create(p, "METS.xml", &out, err));
	lb_writer_settle(p);
	add_photos(p, &s);
	add_sets(p, &s);
	add_collections(p, &s);
	add_files(p, &s);
	lb_mets_write(&(struct lb_mets){
		.id = p->info.id, .title = p->info.title,
		.maker = p->info.maker_name ? p->info.maker_name : p->info.maker_id,
		.program = p->info.program, .created = p->info.created,
		.conversion = conversion_text(&s, p->info.origin), .converted = p->info.origin ? p->info.origin->date : 0,
		.policy = policy_text(&s, policy), .pseudonymised = policy->pseudonymised,
		.agreement = policy->agreed > 0 ? policy->agreement ? policy->agreement : "to the policy" : NULL, .agreed = policy->agreed,
		.photos = s.photos, .nphotos = s.nphotos,
		.albums = {s.albums, p->albums.count}, .groups = {s.groups, p->groups.count},
		.galleries = {s.galleries, p->galleries.count},
		.collections = s.collections, .ncollections = p->collections.count,
		.files = s.files, .nfiles = s.nfiles,
	}, out);
	return lb_package_close(p, "METS.xml", out, err);
}
