/* What is remembered of a photo: its summary, its place in albums and pools, its part in people's contributions. */
#include <string.h>

#include "format/package/writer_private.h"

/* The list's room is the next power of two, so that it needs no field for it. */
static const size_t *append(struct lb_arena *arena, const size_t *items, size_t *count, size_t value)
{
	size_t n = *count;
	if (n > 0 && items[n - 1] == value)
		return items;
	size_t *list;
	if ((n & (n - 1)) == 0) {
		list = lb_arena_alloc(arena, (n ? 2 * n : 1) * sizeof *list);
		if (n)
			memcpy(list, items, n * sizeof *list);
	} else {
		memcpy(&list, &items, sizeof list); /* made here, so not really const */
	}
	list[(*count)++] = value;
	return list;
}

static void count_tag(struct lb_package *p, const struct lb_tag *tag, struct lb_summary *s)
{
	const char *name = tag->normalized && *tag->normalized ? tag->normalized : tag->raw;
	if (!name || !*name)
		return;
	size_t number = p->ntags;
	if (!lb_map_get(&p->tag_names, lb_span(name), &number)) {
		lb_map_put(&p->tag_names, lb_span(name), number);
		LB_GROW(p->tags, p->ntags, p->tags_cap);
		p->tags[p->ntags++] = (struct lb_writer_tag){.name = p->tag_names.items[number].key, .last_photo = SIZE_MAX};
	}
	struct lb_writer_tag *known = &p->tags[number];
	if (known->last_photo == p->nphotos)
		return;
	known->last_photo = p->nphotos;
	known->count++;
	s->tags[s->ntags++] = known->name;
}

static void summarise_tags(struct lb_package *p, const struct lb_photo *photo, struct lb_summary *s)
{
	s->tags = lb_arena_alloc(&p->arena, photo->ntags * sizeof *s->tags);
	for (size_t i = 0; i < photo->ntags; i++)
		count_tag(p, &photo->tags[i], s);
}

static void tell(struct lb_package *p, struct lb_writer_table *t, size_t number)
{
	if (number != SIZE_MAX)
		t->told[number].photos = append(&p->arena, t->told[number].photos, &t->told[number].count, p->nphotos);
}

static void summarise_sets(struct lb_package *p, const struct lb_photo *photo)
{
	for (size_t i = 0; i < photo->nalbums; i++)
		tell(p, &p->albums, lb_writer_album(p, &photo->albums[i]));
	for (size_t i = 0; i < photo->ngroups; i++)
		tell(p, &p->groups, lb_writer_group(p, &photo->groups[i]));
	for (size_t i = 0; i < photo->ngalleries; i++)
		tell(p, &p->galleries, lb_writer_gallery(p, &photo->galleries[i]));
}

static void contribute(struct lb_package *p, const struct lb_person *person, size_t kind)
{
	size_t number = lb_writer_person(p, person);
	if (number == SIZE_MAX)
		return;
	struct lb_contributor *c = (struct lb_contributor *)p->people.items + number;
	(*(size_t *)(void *)((char *)c + kind))++;
}

static void contribute_tag(struct lb_package *p, const struct lb_tag *tag)
{
	struct lb_person author;
	lb_person_init(&author);
	author.nsid = tag->author_id;
	author.username = tag->author_name;
	contribute(p, &author, offsetof(struct lb_contributor, tags));
}

static void summarise_people(struct lb_package *p, const struct lb_photo *photo)
{
	contribute(p, &photo->owner, offsetof(struct lb_contributor, photos));
	for (size_t i = 0; i < photo->ntags; i++)
		contribute_tag(p, &photo->tags[i]);
	for (size_t i = 0; i < photo->ncomments; i++)
		contribute(p, &photo->comments[i].author, offsetof(struct lb_contributor, comments));
	for (size_t i = 0; i < photo->nfaves; i++)
		contribute(p, &photo->faves[i].person, offsetof(struct lb_contributor, faves));
	for (size_t i = 0; i < photo->nnotes; i++)
		contribute(p, &photo->notes[i].author, offsetof(struct lb_contributor, notes));
	for (size_t i = 0; i < photo->npeople; i++)
		contribute(p, &photo->people[i].person, offsetof(struct lb_contributor, depicted));
}

/* Why the package does not hold the original, in the words of the gap that says so, if any does. */
static const char *withheld_reason(const struct lb_package *p, const struct lb_photo *photo)
{
	for (size_t g = lb_writer_first_gap(p, photo->id); g != SIZE_MAX; g = p->gap_before[g])
		if (p->gaps[g].layer && !strcmp(p->gaps[g].layer, "original"))
			return p->gaps[g].message ? p->gaps[g].message : lb_gap_kind_name(p->gaps[g].kind);
	if (photo->files[LB_ORIGINAL].present)
		return NULL;
	return photo->can_download == 0 ? "the owner does not allow downloads" : "no file was offered";
}

static void summarise_numbers(const struct lb_photo *photo, struct lb_summary *s)
{
	s->posted = photo->date_posted;
	s->comments = photo->count_comments;
	s->faves = photo->count_faves;
	s->views = photo->views;
	s->captured = photo->captured;
	s->video = photo->media && !strcmp(photo->media, "video");
	s->geo = photo->location.present;
}

static void add_totals(struct lb_writer_totals *t, const struct lb_photo *photo, const struct lb_summary *s)
{
	t->photos++;
	t->stubs += s->stub;
	t->videos += s->video;
	t->originals += photo->files[LB_ORIGINAL].present;
	t->thumbnails += photo->files[LB_THUMBNAIL].present;
	t->comments += photo->ncomments;
	t->faves += photo->nfaves;
	t->tags += photo->ntags;
	t->notes += photo->nnotes;
	t->people += photo->npeople;
}

static void summarise_place(struct lb_package *p, const struct lb_location *l, struct lb_summary *s)
{
	const char *parts[] = {l->neighbourhood, l->locality, l->county, l->region, l->country};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(4096);
	double degrees;
	if (!l->present)
		return;
	for (size_t i = 0; i < LB_COUNT(parts); i++)
		if (parts[i] && *parts[i])
			lb_buf_addf(&text, "%s%s", text.len ? ", " : "", parts[i]);
	s->place = lb_writer_word(p, lb_buf_str(&text));
	lb_buf_reset(&text);
	lb_buf_addf(&text, "%s,%s", l->latitude ? l->latitude : "", l->longitude ? l->longitude : "");
	if (lb_parse_double(lb_span(l->latitude), &degrees) && lb_parse_double(lb_span(l->longitude), &degrees))
		s->coordinates = lb_writer_text(p, lb_buf_str(&text));
}

static const char *metadata_path(struct lb_package *p, const char *photo_id)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	lb_layout_metadata(&path, photo_id);
	return lb_writer_text(p, lb_buf_str(&path));
}

void lb_writer_summarise(struct lb_package *p, const struct lb_photo *photo, struct lb_summary *s)
{
	*s = (struct lb_summary){
		.id = lb_writer_text(p, photo->id),
		.title = lb_writer_text(p, photo->title),
		.url = lb_writer_text(p, photo->url ? photo->url : lb_photo_url(photo, &p->arena)),
		.owner_id = lb_writer_word(p, photo->owner.nsid),
		.owner_name = lb_writer_word(p, photo->owner.username),
		.license_id = lb_writer_word(p, photo->license_id),
		.visibility = lb_visibility_name(photo),
		.taken = {lb_writer_text(p, photo->taken.value), photo->taken.granularity, photo->taken.unknown},
		.metadata_path = metadata_path(p, photo->id),
		.withheld = lb_writer_word(p, photo->withheld ? photo->withheld : withheld_reason(p, photo)),
		.stub = photo->withheld != NULL,
	};
	if (photo->license_id)
		lb_writer_license(p, &(struct lb_license){.id = photo->license_id});
	summarise_numbers(photo, s);
	summarise_place(p, &photo->location, s);
	summarise_tags(p, photo, s);
	summarise_sets(p, photo);
	summarise_people(p, photo);
	add_totals(&p->totals, photo, s);
}
