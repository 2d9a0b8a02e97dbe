#include "viewer/data/internal.h"

#include <math.h>
#include <string.h>

/* The tables with one value a photo: what filters, sorts and the grid need. */

enum flag { VIDEO = 1, MISSING = 2, STUB = 4, NO_ORIGINAL = 8, COMMENTS = 16, NOTES = 32, PEOPLE = 64, LOCATED = 128, FAVES = 256,
	DESCRIPTION = 512, GRAIN = 1024, AUDIENCE = 4096 };

static void add_thumb(struct lb_viewer *v, struct lb_jw *w, const struct lb_photo *p)
{
	if (!p->files[LB_THUMBNAIL].present) {
		lb_jw_int(w, NULL, 0);
		return;
	}
	const char *path = lb_viewer_media(v, p, LB_THUMBNAIL);
	const char *usual = lb_arena_printf(&v->scratch, "media/thumbnails/%s", p->id);
	bool is_usual = lb_span_starts(lb_span(path), usual);
	lb_jw_str(w, NULL, is_usual ? path + strlen(usual) : lb_arena_printf(&v->scratch, "/%s", path));
}

static int64_t aspect(const struct lb_media *m)
{
	return m->present && m->width > 0 && m->height > 0 ? (m->width * 100 + m->height / 2) / m->height : 0;
}

/* Degrees to five decimals: a metre. */
static void add_geo(struct lb_jw *w, const struct lb_location *l)
{
	double latitude, longitude;
	if (!l->present || !lb_parse_double(lb_span(l->latitude), &latitude) || !lb_parse_double(lb_span(l->longitude), &longitude) ||
	    !(fabs(latitude) <= 90) || !(fabs(longitude) <= 180)) {
		lb_jw_int(w, NULL, 0);
		return;
	}
	lb_jw_array(w, NULL);
	lb_jw_num(w, NULL, round(latitude * 1e5) / 1e5);
	lb_jw_num(w, NULL, round(longitude * 1e5) / 1e5);
	lb_jw_int(w, NULL, l->accuracy > 0 ? l->accuracy : 0);
	lb_jw_end(w);
}

/* What was not said is not claimed. */
static unsigned audience(const struct lb_photo *p)
{
	static const char *const names[] = { "public", "private", "friends only", "family only", "friends and family" };
	unsigned found = 0;
	for (unsigned i = 0; p->is_public == 0 && i < LB_COUNT(names); i++)
		if (strcmp(names[i], lb_visibility_name(p)) == 0)
			found = i;
	return found;
}

static int64_t flags(const struct lb_viewer_photo *p, unsigned grain)
{
	const struct lb_photo *photo = p->photo;
	const struct { bool is; enum flag flag; } bits[] = {
		{ photo->media && strcmp(photo->media, "video") == 0, VIDEO }, { p->missing, MISSING }, { photo->withheld, STUB },
		{ !photo->files[LB_ORIGINAL].present, NO_ORIGINAL }, { photo->ncomments, COMMENTS }, { photo->nnotes, NOTES },
		{ photo->npeople, PEOPLE }, { photo->location.present, LOCATED }, { photo->nfaves, FAVES },
		{ lb_said(photo->description), DESCRIPTION },
	};
	int64_t all = (int64_t)grain * GRAIN + (int64_t)audience(photo) * AUDIENCE;
	for (size_t i = 0; i < LB_COUNT(bits); i++)
		all |= bits[i].is ? (int64_t)bits[i].flag : 0;
	return all;
}

static int64_t counted(int64_t n)
{
	return n < 0 ? -1 : n;
}

static void add_value(struct lb_viewer *v, struct lb_jw *w, const struct lb_viewer_photo *p, enum lb_column column)
{
	const struct lb_photo *photo = p->photo;
	int64_t taken = 0;
	unsigned grain = 0;
	bool dated = (column == LB_COLUMN_TAKEN || column == LB_COLUMN_FLAGS) && lb_taken_seconds(&photo->taken, &taken, &grain);
	switch (column) {
	case LB_COLUMN_ID: lb_jw_str(w, NULL, photo->id); break;
	case LB_COLUMN_TITLE: lb_jw_str(w, NULL, lb_viewer_title(v, photo->title)); break;
	case LB_COLUMN_THUMB: add_thumb(v, w, photo); break;
	case LB_COLUMN_ASPECT: lb_jw_int(w, NULL, aspect(&photo->files[LB_THUMBNAIL])); break;
	case LB_COLUMN_OWNER: lb_jw_int(w, NULL, lb_viewer_person(v, &photo->owner)); break;
	case LB_COLUMN_TAKEN: lb_viewer_raw(w, NULL, dated ? lb_arena_printf(&v->scratch, "%lld", (long long)taken) : NULL); break;
	case LB_COLUMN_POSTED: lb_viewer_number(w, NULL, photo->date_posted); break;
	case LB_COLUMN_LICENSE: lb_jw_int(w, NULL, lb_viewer_license(v, photo->license_id)); break;
	case LB_COLUMN_VIEWS: lb_jw_int(w, NULL, counted(photo->views)); break;
	case LB_COLUMN_FAVES: lb_jw_int(w, NULL, counted(photo->count_faves)); break;
	case LB_COLUMN_COMMENTS: lb_jw_int(w, NULL, counted(photo->count_comments)); break;
	case LB_COLUMN_FLAGS: lb_jw_int(w, NULL, flags(p, dated ? grain : 0)); break;
	case LB_COLUMN_GEO: add_geo(w, &photo->location); break;
	case LB_COLUMN_PLACE: lb_jw_int(w, NULL, lb_viewer_place(v, &photo->location)); break;
	case LB_COLUMN_COUNT: break;
	}
}

int lb_viewer_columns(struct lb_viewer *v, const struct lb_viewer_photo *p, struct lb_error *err)
{
	for (enum lb_column column = 0; column < LB_COLUMN_COUNT; column++) {
		struct lb_jw w;
		lb_jw_begin(&w, &v->row, true);
		add_value(v, &w, p, column);
		LB_TRY(lb_viewer_row(v, v->columns[column], err));
	}
	return 0;
}
