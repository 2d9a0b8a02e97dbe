#include "viewer/data/internal.h"

#include <string.h>

/* Everything about one photo that is not in the columns: [row, {…}], and further rows with more of its long lists. */

struct detail { struct lb_viewer *v; const struct lb_viewer_photo *p; struct lb_jw w; };

static void begin_row(struct detail *d)
{
	lb_jw_begin(&d->w, &d->v->row, true);
	lb_jw_array(&d->w, NULL);
	lb_jw_int(&d->w, NULL, (int64_t)d->v->added);
	lb_jw_object(&d->w, NULL);
}

static int end_row(struct detail *d, struct lb_error *err)
{
	lb_jw_end(&d->w);
	lb_jw_end(&d->w);
	return lb_viewer_row(d->v, d->v->detail, err);
}

/* ---- facts ---- */

static void add_numbers(struct detail *d, const char *key, const int64_t *numbers, size_t count)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		if (numbers[i] < 0)
			continue;
		if (!any)
			lb_jw_array(&d->w, key);
		any = true;
		lb_jw_int(&d->w, NULL, numbers[i]);
	}
	if (any)
		lb_jw_end(&d->w);
}

static int64_t set_number(const struct lb_topic *t, const char *id)
{
	size_t entry;
	return lb_said(id) && lb_map_get(&t->keys, lb_span(id), &entry) ? (int64_t)entry : -1;
}

#define ADD_SETS(d, key, topic, list, count)                                                                       \
	do {                                                                                                       \
		int64_t *numbers_ = lb_arena_alloc(&(d)->v->scratch, ((count) + 1) * sizeof *numbers_);            \
		for (size_t i_ = 0; i_ < (count); i_++)                                                            \
			numbers_[i_] = set_number(&(d)->v->topic, (list)[i_].id);                                  \
		add_numbers((d), (key), numbers_, (count));                                                        \
	} while (0)

static void add_gatherings(struct detail *d, const struct lb_photo *p)
{
	int64_t *tags = lb_arena_alloc(&d->v->scratch, (p->ntags + 1) * sizeof *tags);
	for (size_t i = 0; i < p->ntags; i++) {
		tags[i] = lb_viewer_tag(d->v, &p->tags[i]);
		if (tags[i] >= 0)
			lb_search_add(d->v->search, (uint32_t)d->v->added, LB_FIELD_TAGS,
				lb_viewer_plain(d->v, lb_said(p->tags[i].raw) ? p->tags[i].raw : p->tags[i].normalized));
	}
	add_numbers(d, "tags", tags, p->ntags);
	ADD_SETS(d, "albums", albums, p->albums, p->nalbums);
	ADD_SETS(d, "groups", groups, p->groups, p->ngroups);
	ADD_SETS(d, "galleries", galleries, p->galleries, p->ngalleries);
}

static void add_location(struct detail *d, const struct lb_location *l)
{
	const char *const names[] = { l->neighbourhood, l->locality, l->county, l->region, l->country };
	if (!l->present)
		return;
	lb_jw_object(&d->w, "location");
	lb_jw_array(&d->w, "names");
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		const char *name = lb_viewer_plain(d->v, names[i]);
		lb_jw_str(&d->w, NULL, name);
		if (name)
			lb_search_add(d->v->search, (uint32_t)d->v->added, LB_FIELD_PLACES, name);
	}
	lb_jw_end(&d->w);
	lb_jw_int(&d->w, "accuracy", l->accuracy > 0 ? l->accuracy : 0);
	lb_jw_int(&d->w, "context", l->context > 0 ? l->context : 0);
	lb_jw_end(&d->w);
}

static void add_file(struct detail *d, const char *key, enum lb_role role)
{
	const struct lb_media *m = &d->p->photo->files[role];
	if (!m->present)
		return;
	lb_jw_array(&d->w, key);
	lb_jw_str(&d->w, NULL, lb_viewer_media(d->v, d->p->photo, role));
	lb_viewer_str(d->v, &d->w, NULL, m->label);
	lb_viewer_number(&d->w, NULL, m->width > 0 ? m->width : -1);
	lb_viewer_number(&d->w, NULL, m->height > 0 ? m->height : -1);
	lb_jw_int(&d->w, NULL, (int64_t)m->size);
	lb_viewer_str(d->v, &d->w, NULL, m->mime);
	lb_jw_str(&d->w, NULL, m->sha256);
	lb_jw_end(&d->w);
}

static void add_license_history(struct detail *d, const struct lb_photo *p)
{
	if (!p->nlicense_changes && p->license_history_known != 1)
		return;
	lb_jw_array(&d->w, "licenseHistory");
	for (size_t i = 0; i < p->nlicense_changes; i++) {
		const struct lb_license_change *c = &p->license_changes[i];
		lb_jw_array(&d->w, NULL);
		lb_viewer_number(&d->w, NULL, c->date > 0 ? c->date : -1);
		lb_jw_str(&d->w, NULL, lb_viewer_title(d->v, lb_said(c->old_label) ? c->old_label : c->old_url));
		lb_jw_str(&d->w, NULL, lb_viewer_title(d->v, lb_said(c->new_label) ? c->new_label : c->new_url));
		lb_jw_end(&d->w);
	}
	lb_jw_end(&d->w);
}

static void add_gaps(struct detail *d)
{
	if (!d->p->ngaps)
		return;
	lb_jw_array(&d->w, "gaps");
	for (size_t i = 0; i < d->p->ngaps; i++) {
		const struct lb_gap *g = &d->p->gaps[i];
		lb_jw_array(&d->w, NULL);
		lb_jw_str(&d->w, NULL, lb_gap_kind_name(g->kind));
		lb_viewer_str(d->v, &d->w, NULL, g->layer);
		lb_viewer_str(d->v, &d->w, NULL, g->message);
		lb_viewer_number(&d->w, NULL, g->code);
		lb_jw_end(&d->w);
	}
	lb_jw_end(&d->w);
}

static void add_video(struct detail *d, const struct lb_photo *p)
{
	const int64_t numbers[] = { p->video_duration, p->video_width, p->video_height };
	if (p->video_duration <= 0 && p->video_width <= 0)
		return;
	lb_jw_array(&d->w, "video");
	for (size_t i = 0; i < LB_COUNT(numbers); i++)
		lb_viewer_number(&d->w, NULL, numbers[i] > 0 ? numbers[i] : -1);
	lb_jw_end(&d->w);
}

static void add_selected(struct detail *d, const struct lb_photo *p)
{
	if (!p->nselected_by)
		return;
	lb_jw_array(&d->w, "selectedBy");
	for (size_t i = 0; i < p->nselected_by; i++)
		lb_jw_int(&d->w, NULL, (int64_t)p->selected_by[i]);
	lb_jw_end(&d->w);
}

static const char *address(struct detail *d, const struct lb_photo *p)
{
	if (d->p->missing)
		return lb_arena_printf(&d->v->scratch, "https://www.flickr.com/photo.gne?id=%s", p->id);
	return lb_said(p->url) ? p->url : lb_photo_url(p, &d->v->scratch);
}

static void say(struct detail *d, const char *key, const char *text)
{
	if (lb_said(text))
		lb_viewer_str(d->v, &d->w, key, text);
}

static void add_facts(struct detail *d, const struct lb_photo *p)
{
	const char *url = lb_rich_href(address(d, p), &d->v->scratch);
	const char *description = lb_viewer_rich(d->v, p->description, LB_FIELD_DESCRIPTION);
	if (url)
		lb_jw_str(&d->w, "url", url);
	if (description)
		lb_jw_raw(&d->w, "description", description);
	add_gatherings(d, p);
	if (p->date_updated >= 0)
		lb_jw_int(&d->w, "updated", p->date_updated);
	if (p->captured >= 0)
		lb_jw_int(&d->w, "captured", p->captured);
	say(d, "safety", lb_safety_name(p->safety_level));
	say(d, "withheld", d->p->withheld);
	add_location(d, &p->location);
	add_file(d, "original", LB_ORIGINAL);
	add_file(d, "thumbnail", LB_THUMBNAIL);
	say(d, "camera", p->camera);
	if (p->nexif)
		say(d, "exifSource", p->exif_source);
	add_license_history(d, p);
	add_gaps(d);
	add_video(d, p);
	add_selected(d, p);
}

/* ---- long lists ---- */

static void add_box(struct detail *d, int64_t x, int64_t y, int64_t w, int64_t h)
{
	const int64_t sides[] = { x, y, w, h };
	for (size_t i = 0; i < LB_COUNT(sides); i++)
		lb_jw_int(&d->w, NULL, sides[i]);
}

static void add_shown(struct detail *d, size_t i)
{
	const struct lb_depicted *shown = &d->p->photo->people[i];
	struct lb_person by;
	lb_person_init(&by);
	by.nsid = shown->added_by;
	lb_jw_int(&d->w, NULL, lb_viewer_person(d->v, &shown->person));
	lb_jw_int(&d->w, NULL, lb_viewer_person(d->v, &by));
	if (shown->has_box) {
		lb_jw_array(&d->w, NULL);
		add_box(d, shown->x, shown->y, shown->w, shown->h);
		lb_jw_end(&d->w);
	} else {
		lb_jw_null(&d->w, NULL);
	}
}

static void add_note(struct detail *d, size_t i)
{
	const struct lb_note *n = &d->p->photo->notes[i];
	lb_jw_int(&d->w, NULL, lb_viewer_person(d->v, &n->author));
	add_box(d, n->x, n->y, n->w, n->h);
	lb_viewer_raw(&d->w, NULL, lb_viewer_rich(d->v, n->text, LB_FIELD_NOTES));
}

static void add_exif(struct detail *d, size_t i)
{
	const struct lb_exif *e = &d->p->photo->exif[i];
	const char *value = lb_said(e->clean) ? e->clean : e->raw;
	bool same = !value || !lb_said(e->raw) || strcmp(value, e->raw) == 0;
	lb_viewer_str(d->v, &d->w, NULL, lb_said(e->label) ? e->label : e->tag);
	lb_viewer_str(d->v, &d->w, NULL, value);
	lb_viewer_str(d->v, &d->w, NULL, same ? NULL : e->raw);
	lb_viewer_str(d->v, &d->w, NULL, e->tagspace);
}

static void add_comment(struct detail *d, size_t i)
{
	const struct lb_comment *c = &d->p->photo->comments[i];
	lb_jw_int(&d->w, NULL, lb_viewer_person(d->v, &c->author));
	lb_viewer_number(&d->w, NULL, c->date);
	lb_viewer_raw(&d->w, NULL, lb_viewer_rich(d->v, c->text, LB_FIELD_COMMENTS));
	lb_jw_str(&d->w, NULL, c->permalink ? lb_rich_href(c->permalink, &d->v->scratch) : NULL);
}

static void add_fave(struct detail *d, size_t i)
{
	const struct lb_fave *f = &d->p->photo->faves[i];
	lb_jw_int(&d->w, NULL, lb_viewer_person(d->v, &f->person));
	lb_viewer_number(&d->w, NULL, f->date);
}

/* Goes on in another row of the same photo when this one is long enough. */
static int add_list(struct detail *d, const char *key, size_t count, void (*add)(struct detail *d, size_t i), struct lb_error *err)
{
	for (size_t i = 0; i < count; i++) {
		bool full = d->v->row.len > LB_BLOCK_SIZE;
		if (i && full)
			lb_jw_end(&d->w);
		if (full) {
			LB_TRY(end_row(d, err));
			begin_row(d);
		}
		if (!i || full)
			lb_jw_array(&d->w, key);
		lb_jw_array(&d->w, NULL);
		add(d, i);
		lb_jw_end(&d->w);
	}
	if (count)
		lb_jw_end(&d->w);
	return 0;
}

/* ---- the whole ---- */

static void search_names(struct lb_viewer *v, const struct lb_person *person)
{
	const char *const names[] = { person->username, person->realname };
	for (size_t i = 0; i < LB_COUNT(names); i++) {
		const char *name = lb_viewer_title(v, names[i]);
		if (name)
			lb_search_add(v->search, (uint32_t)v->added, LB_FIELD_PEOPLE, name);
	}
}

static void search_photo(struct lb_viewer *v, const struct lb_photo *p)
{
	const char *title = lb_viewer_title(v, p->title);
	if (title)
		lb_search_add(v->search, (uint32_t)v->added, LB_FIELD_TITLE, title);
	search_names(v, &p->owner);
	for (size_t i = 0; i < p->npeople; i++)
		search_names(v, &p->people[i].person);
}

int lb_viewer_detail(struct lb_viewer *v, const struct lb_viewer_photo *p, struct lb_error *err)
{
	const struct lb_photo *photo = p->photo;
	struct detail d = { .v = v, .p = p };
	search_photo(v, photo);
	begin_row(&d);
	add_facts(&d, photo);
	LB_TRY(add_list(&d, "people", photo->npeople, add_shown, err));
	LB_TRY(add_list(&d, "notes", photo->nnotes, add_note, err));
	LB_TRY(add_list(&d, "exif", photo->nexif, add_exif, err));
	LB_TRY(add_list(&d, "comments", photo->ncomments, add_comment, err));
	LB_TRY(add_list(&d, "faves", photo->nfaves, add_fave, err));
	return end_row(&d, err);
}
