/* Photos, one by one: their own files, with the names of the people in them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/reading/internal.h"

/* ---- names ---- */

static void name_person(const struct lb_reading *r, struct lb_person *p)
{
	size_t number;
	const char *said = p->username;
	if (!p->nsid || !lb_map_get(&r->inside->people_at, lb_span(p->nsid), &number))
		return;
	*p = r->people[number].person;
	p->username = said ? said : p->username;
}

static void name_people(const struct lb_reading *r, struct lb_photo *p)
{
	name_person(r, &p->owner);
	for (size_t i = 0; i < p->ncomments; i++)
		name_person(r, &p->comments[i].author);
	for (size_t i = 0; i < p->nfaves; i++)
		name_person(r, &p->faves[i].person);
	for (size_t i = 0; i < p->nnotes; i++)
		name_person(r, &p->notes[i].author);
	for (size_t i = 0; i < p->npeople; i++)
		name_person(r, &p->people[i].person);
	for (size_t i = 0; i < p->ntags; i++) {
		struct lb_person author = {.nsid = p->tags[i].author_id};
		name_person(r, &author);
		p->tags[i].author_name = author.username;
	}
}

/* ---- what the Foundation's files have not, or not so exactly ---- */

static void take_file(const struct lb_json *photo, enum lb_role role, struct lb_media *out)
{
	struct lb_foundation_file f;
	if (!lb_foundation_file(photo, NULL, role, &f))
		return;
	const char *dot = strrchr(lb_path_base(f.path), '.');
	*out = (struct lb_media){.present = true, .label = f.label, .url = f.url, .sha256 = f.checksum, .mime = f.type,
		.extension = dot ? dot + 1 : NULL, .size = f.size > 0 ? (uint64_t)f.size : 0, .width = f.width, .height = f.height,
		.captured = f.captured};
}

static void take_flag(const struct lb_json *flags, const char *key, int *out)
{
	const struct lb_json *v = lb_json_get(flags, key);
	if (v)
		*out = lb_json_kind(v) == LB_JSON_BOOLEAN ? lb_json_bool(v, false) : LB_UNKNOWN;
}

/* As Flickr said it, before it was judged. */
static void take_stated(const struct lb_json *stated, struct lb_taken *out)
{
	if (!lb_json_is_object(stated))
		return;
	out->value = lb_json_get_str(stated, "value");
	out->granularity = lb_json_int(lb_json_get(stated, "granularity"), LB_UNKNOWN);
}

static void take_selected_by(const struct lb_reading *r, const struct lb_json *list, struct lb_arena *arena, struct lb_photo *out)
{
	size_t *numbers = lb_arena_alloc(arena, (lb_json_count(list) + 1) * sizeof *numbers);
	for (size_t i = 0; i < lb_json_count(list); i++) {
		const char *url = lb_json_str(lb_json_at(list, i));
		if (url && lb_map_get(&r->inside->selection_at, lb_span(url), &numbers[out->nselected_by]))
			out->nselected_by++;
	}
	out->selected_by = numbers;
}

static void take_photo(const struct lb_reading *r, size_t place, const struct lb_json *v, struct lb_arena *arena, struct lb_photo *out)
{
	const struct lb_json *visibility = lb_json_get(v, "visibilityFlags");
	lb_foundation_photo(r->ids[place], v, NULL, arena, out);
	for (enum lb_role role = LB_ORIGINAL; role < LB_ROLE_COUNT; role++)
		take_file(v, role, &out->files[role]);
	take_flag(visibility, "isPublic", &out->is_public);
	take_flag(visibility, "isFriend", &out->is_friend);
	take_flag(visibility, "isFamily", &out->is_family);
	take_stated(lb_json_get(v, "dateTakenStated"), &out->taken);
	take_selected_by(r, lb_json_get(v, "selectedBy"), arena, out);
	name_people(r, out);
}

/* ---- one after the other ---- */

static const struct lb_gap *gaps_of(const struct lb_reading *r, size_t place, struct lb_arena *arena, size_t *count)
{
	const struct lb_reading_inside *in = r->inside;
	*count = 0;
	for (size_t g = in->gap_of[place]; g; g = in->gap_next[g - 1])
		(*count)++;
	struct lb_gap *gaps = lb_arena_alloc(arena, (*count + 1) * sizeof *gaps);
	for (size_t g = in->gap_of[place], i = 0; g; g = in->gap_next[g - 1])
		gaps[i++] = r->gaps[g - 1];
	return gaps;
}

static void read_missing(const struct lb_reading *r, size_t place, struct lb_photo *out)
{
	const struct lb_reading_lost *lost = &r->inside->lost[place];
	lb_photo_init(out);
	out->id = r->ids[place];
	out->title = lost->title;
	out->owner.nsid = lost->owner_id;
	out->owner.username = lost->owner_name;
}

static int read_photo(const struct lb_reading *r, size_t place, lb_reading_fn *each, void *arg, struct lb_arena *arena, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *v = NULL;
	const bool missing = r->inside->missing[place];
	char path[128], name[64];
	size_t ngaps;
	struct lb_photo photo;
	snprintf(path, sizeof path, "metadata/photos/%s.js", r->ids[place]);
	if (missing) {
		read_missing(r, place, &photo);
	} else {
		LB_TRY(lb_reading_in_file(path, lb_foundation_read(&r->inside->from, path, name, &v, err), err));
		take_photo(r, place, v, arena, &photo);
	}
	const struct lb_gap *gaps = gaps_of(r, place, arena, &ngaps);
	return each(arg, &photo, missing, gaps, ngaps, err);
}

int lb_reading_photos(const struct lb_reading *r, const struct lb_ctx *ctx, lb_reading_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (size_t i = 0; i < r->count; i++) {
		LB_TRY(lb_ctx_check(ctx, err));
		lb_arena_reset(&arena);
		LB_TRY(read_photo(r, i, each, arg, &arena, err));
		lb_ctx_event(ctx, &(struct lb_event){.kind = LB_EVENT_PROGRESS, .unit = "photos", .done = i + 1, .total = r->count});
	}
	return LB_OK;
}

/* ---- the whole ---- */

static int open_all(struct lb_reading *r, struct lb_error *err)
{
	LB_TRY(lb_reading_info(r, err));
	LB_TRY(lb_reading_records(r, err));
	return lb_reading_gaps(r, err);
}

int lb_reading_open(const struct lb_container *c, struct lb_reading *out, struct lb_error *err)
{
	struct lb_reading r = {.inside = lb_alloc(sizeof *r.inside)};
	r.inside->from = (struct lb_foundation){.container = c, .base = "data/", .bagged = true};
	int rc = open_all(&r, err);
	if (rc)
		lb_reading_clear(&r);
	else
		*out = r;
	return rc;
}

void lb_reading_clear(struct lb_reading *r)
{
	struct lb_reading_inside *in = r->inside;
	if (!in)
		return;
	void *lists[] = {r->ids, r->people, r->albums, r->groups, r->galleries, r->collections, r->licenses, r->gaps, in->missing, in->lost,
		in->stamps, in->gap_of, in->gap_next};
	struct lb_map *maps[] = {&in->at, &in->people_at, &in->selection_at};
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		free(lists[i]);
	for (size_t i = 0; i < LB_COUNT(maps); i++)
		lb_map_clear(maps[i]);
	lb_words_clear(&in->words);
	lb_arena_clear(&in->arena);
	free(in);
	*r = (struct lb_reading){0};
}
