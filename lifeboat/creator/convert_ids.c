/* What a photo tells that a package has no place for: ids that could be neither keys nor parts of
 * addresses, and fields of other types. It is left out, and one gap of the photo for each kind says so. */
#include "lifeboat/creator/convert_private.h"

#include <string.h>

struct left_out { struct lb_convert *c; struct lb_buf what; }; /* ", uploader, album,": each once */

static void note(struct left_out *out, const char *what)
{
	LB_AUTO(lb_buf_clear) struct lb_buf named = LB_BUF(64);
	lb_buf_addf(&named, ", %s,", what);
	if (!strstr(lb_buf_str(&out->what), lb_buf_str(&named)))
		lb_buf_adds(&out->what, lb_buf_str(&named) + (out->what.len > 0));
}

/* true when the id may stay; nothing is an id as well. */
static bool may_stay(struct left_out *out, const char *what, const char *id)
{
	if (!id || lb_foundation_is_id(id))
		return true;
	note(out, what);
	return false;
}

static void check(struct left_out *out, const char *what, const char **id)
{
	if (!may_stay(out, what, *id))
		*id = NULL;
}

/* ---- licences ------------------------------------------------------------------------------------------------------------- */

/* A licence that is not known gets a key of its words; two of them may get the same: then the first has it. */
bool lb_convert_license(struct lb_convert *c, const char *number)
{
	LB_AUTO(lb_buf_clear) struct lb_buf whole = LB_BUF(1 << 16);
	const char *slug = lb_license_slug(number, &c->arena);
	if (!slug || !lb_foundation_is_id(number))
		return false;
	lb_buf_addf(&whole, "%s %s", slug, number);
	if (lb_map_get(&c->licenses, lb_span(slug), NULL))
		return lb_map_get(&c->licenses, lb_buf_span(&whole), NULL);
	lb_map_put(&c->licenses, lb_span(slug), 0);
	lb_map_put(&c->licenses, lb_buf_span(&whole), 0);
	return true;
}

/* ---- a photo ----------------------------------------------------------------------------------------------------------------- */

static void check_people(struct left_out *out, struct lb_photo *p)
{
	size_t kept = 0;
	check(out, "uploader", &p->owner.nsid);
	for (size_t i = 0; i < p->ncomments; i++)
		check(out, "commenter", &p->comments[i].author.nsid);
	for (size_t i = 0; i < p->ntags; i++)
		check(out, "tagger", &p->tags[i].author_id);
	for (size_t i = 0; i < p->nnotes; i++)
		check(out, "author of a note", &p->notes[i].author.nsid);
	for (size_t i = 0; i < p->nfaves; i++)
		if (may_stay(out, "favourite", p->faves[i].person.nsid))
			p->faves[kept++] = p->faves[i];
	p->nfaves = kept;
	kept = 0;
	for (size_t i = 0; i < p->npeople; i++) {
		check(out, "person in the photo", &p->people[i].added_by);
		if (may_stay(out, "person in the photo", p->people[i].person.nsid))
			p->people[kept++] = p->people[i];
	}
	p->npeople = kept;
}

static void check_sets(struct left_out *out, struct lb_photo *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->nalbums; i++)
		if (may_stay(out, "album", p->albums[i].id))
			p->albums[kept++] = p->albums[i];
	p->nalbums = kept;
	kept = 0;
	for (size_t i = 0; i < p->ngalleries; i++)
		if (may_stay(out, "gallery", p->galleries[i].id))
			p->galleries[kept++] = p->galleries[i];
	p->ngalleries = kept;
	kept = 0;
	for (size_t i = 0; i < p->ngroups; i++)
		if (may_stay(out, "group", p->groups[i].id))
			p->groups[kept++] = p->groups[i];
	p->ngroups = kept;
}

static void note_field(void *arg, const char *key, const char *shape)
{
	(void)shape;
	note(arg, key);
}

static void tell(struct left_out *out, const char *id, const char *why)
{
	if (out->what.len)
		lb_convert_photo_gap(out->c, id, "source", lb_arena_printf(&out->c->arena, "%s%.*s", why, (int)out->what.len - 2,
			lb_buf_str(&out->what) + 1));
	lb_buf_reset(&out->what);
}

void lb_convert_plain(struct lb_convert *c, struct lb_photo *photo, const struct lb_json *own, const struct lb_json *entry)
{
	struct left_out out = { c, LB_BUF(4096) };
	check_people(&out, photo);
	check_sets(&out, photo);
	if (photo->license_id && !lb_convert_license(c, photo->license_id)) {
		photo->license_id = NULL;
		note(&out, "licence");
	}
	tell(&out, photo->id, "left out are ids that no package can have:");
	lb_foundation_misshapen(own, own ? NULL : entry, note_field, &out);
	tell(&out, photo->id, "left out are fields of other types than they have in such packages:");
	lb_buf_clear(&out.what);
}
