/* METS.xml from what the package remembers. */
#include "format/mets/mets.h"

#include <stdlib.h>

#include "format/package/writer_private.h"

/* Arrays of a METS document; positions of photos count only those that are here. */
struct structure {
	struct lb_mets_photo *photos;
	struct lb_mets_album *albums;
	struct lb_mets_file *files;
	long *position;                  /* of each summary among the photos, or -1 */
	size_t nphotos, nfiles;
};

static void structure_clear(struct structure *s)
{
	void *lists[] = {s->photos, s->albums, s->files, s->position};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
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
		.withheld = photo->withheld, .captured = photo->captured,
		.albums = photo->albums, .nalbums = photo->nalbums,
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

static void add_albums(const struct lb_package *p, struct structure *s)
{
	const struct lb_album_entry *entries = p->albums.items;
	s->albums = lb_alloc((p->albums.count + 1) * sizeof *s->albums);
	for (size_t i = 0; i < p->albums.count; i++)
		s->albums[i] = (struct lb_mets_album){entries[i].album.id, entries[i].album.title};
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

int lb_writer_mets(struct lb_package *p, struct lb_error *err)
{
	LB_AUTO(structure_clear) struct structure s = {0};
	struct lb_out *out;
	LB_TRY(lb_package_create(p, "METS.xml", &out, err));
	add_photos(p, &s);
	add_albums(p, &s);
	add_files(p, &s);
	lb_mets_write(&(struct lb_mets){
		.id = p->info.id, .title = p->info.title,
		.maker = p->info.maker_name ? p->info.maker_name : p->info.maker_id,
		.program = p->info.program, .created = p->info.created,
		.photos = s.photos, .nphotos = s.nphotos,
		.albums = s.albums, .nalbums = p->albums.count,
		.files = s.files, .nfiles = s.nfiles,
	}, out);
	return lb_package_close(p, "METS.xml", out, err);
}
