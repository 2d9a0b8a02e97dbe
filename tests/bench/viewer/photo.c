#include "tests/bench/viewer/internal.h"

#include <stdlib.h>
#include <string.h>

enum { TITLE = 1, TALK, TAGS, PLACE, SETS, DATES, CAMERA, SHAPE, WORDS };

/* ---- small pieces ---- */

static const char *taken(struct bench *b, struct lb_arena *arena)
{
	char *text = lb_arena_strndup(arena, lb_buf_str(&b->text), b->text.len);
	lb_buf_reset(&b->text);
	return text;
}

static const char *words(struct bench *b, struct lb_arena *arena, struct luck *l, enum bench_script script, size_t count)
{
	bench_words(&b->text, l, script, count);
	return taken(b, arena);
}

static const char *rich(struct bench *b, struct lb_arena *arena, struct luck *l, enum bench_script script, size_t count)
{
	bench_rich(&b->text, l, script, count);
	return taken(b, arena);
}

static const char *word(struct bench *b, struct lb_arena *arena, enum bench_script script, size_t rank)
{
	bench_word(&b->text, script, rank);
	return taken(b, arena);
}

const char *bench_photo_id(struct lb_arena *arena, size_t i)
{
	return lb_arena_printf(arena, "%zu", 55999999999u - i * 37);
}

/* Most speak little, few speak much. */
static size_t few(struct luck *l, unsigned none_percent, size_t most)
{
	return luck_percent(l, none_percent) ? 0 : 1 + luck_rank(l, most);
}

/* ---- what surrounds a photo ---- */

static void add_tags(struct bench *b, struct lb_arena *arena, struct luck *l, enum bench_script script, struct lb_photo *p)
{
	p->ntags = luck_below(l, 15);
	p->tags = lb_arena_alloc(arena, (p->ntags + 1) * sizeof *p->tags);
	for (size_t k = 0; k < p->ntags; k++) {
		struct lb_tag *tag = &p->tags[k];
		bool machine = luck_percent(l, 3);
		tag->normalized = machine ? lb_arena_printf(arena, "geo:lat=%zu", luck_below(l, 90)) :
			word(b, arena, script, luck_rank(l, script == BENCH_LATIN ? b->tags : 1000));
		*tag = (struct lb_tag){lb_arena_printf(arena, "%s-%zu", p->id, k), p->owner.nsid, p->owner.username, tag->normalized,
			tag->normalized, machine};
		for (size_t other = 0; other < k; other++)
			if (!strcmp(p->tags[other].normalized, tag->normalized)) {
				p->ntags--;
				k--;
				break;
			}
	}
}

static void add_talk(struct bench *b, struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	p->ncomments = few(l, 60, 25);
	p->comments = lb_arena_alloc(arena, (p->ncomments + 1) * sizeof *p->comments);
	for (size_t k = 0; k < p->ncomments; k++) {
		struct lb_comment *c = &p->comments[k];
		c->id = lb_arena_printf(arena, "%s-%zu", p->id, k);
		c->permalink = lb_arena_printf(arena, "%s#comment%zu", p->url, k);
		bench_person(b, arena, luck_rank(l, b->people), &c->author);
		c->text = rich(b, arena, l, bench_script(l), 1 + luck_rank(l, 40));
		c->date = p->date_posted + 3600 * (int64_t)(k + 1);
	}
	p->nfaves = few(l, 50, 60);
	p->faves = lb_arena_alloc(arena, (p->nfaves + 1) * sizeof *p->faves);
	for (size_t k = 0; k < p->nfaves; k++) {
		bench_person(b, arena, luck_rank(l, b->people), &p->faves[k].person);
		p->faves[k].date = p->date_posted + 7200 * (int64_t)(k + 1);
	}
	p->nnotes = luck_percent(l, 3);
	p->notes = lb_arena_alloc(arena, sizeof *p->notes);
	if (p->nnotes) {
		p->notes[0] = (struct lb_note){.id = "1", .text = words(b, arena, l, bench_script(l), 5), .x = 20, .y = 30, .w = 120, .h = 90};
		bench_person(b, arena, luck_rank(l, b->people), &p->notes[0].author);
	}
	p->npeople = luck_percent(l, 4);
	p->people = lb_arena_alloc(arena, sizeof *p->people);
	if (p->npeople) {
		p->people[0] = (struct lb_depicted){.added_by = p->owner.nsid, .has_box = true, .x = 50, .y = 60, .w = 70, .h = 80};
		bench_person(b, arena, luck_rank(l, b->people), &p->people[0].person);
	}
}

/* Places are towns around which photos lie, more often in some. */
static void add_place(struct bench *b, struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	if (!luck_percent(l, 40))
		return;
	size_t place = luck_rank(l, b->places);
	struct luck where = luck_of(place, PLACE);
	long lat = (long)luck_below(&where, 120000) - 55000 + (long)luck_below(l, 600), lon = (long)luck_below(&where, 350000) - 175000 + (long)luck_below(l, 900);
	p->location = (struct lb_location){.present = true, .accuracy = 10 + (int64_t)luck_below(l, 7), .context = 0,
		.latitude = lb_arena_printf(arena, "%s%ld.%03ld000", lat < 0 ? "-" : "", labs(lat) / 1000, labs(lat) % 1000),
		.longitude = lb_arena_printf(arena, "%s%ld.%03ld000", lon < 0 ? "-" : "", labs(lon) / 1000, labs(lon) % 1000),
		.locality = words(b, arena, &where, BENCH_LATIN, 1), .country = words(b, arena, &where, BENCH_LATIN, 1)};
}

static void add_sets(struct bench *b, struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	p->nalbums = few(l, 35, 3);
	p->albums = lb_arena_alloc(arena, (p->nalbums + 1) * sizeof *p->albums);
	for (size_t k = 0; k < p->nalbums; k++)
		bench_album(b, arena, (luck_rank(l, b->albums) + k) % b->albums, &p->albums[k]);
	p->ngroups = few(l, 60, 5);
	p->groups = lb_arena_alloc(arena, (p->ngroups + 1) * sizeof *p->groups);
	for (size_t k = 0; k < p->ngroups; k++)
		bench_group(b, arena, (luck_rank(l, b->groups) + k) % b->groups, &p->groups[k]);
	p->ngalleries = luck_percent(l, 2);
	p->galleries = lb_arena_alloc(arena, sizeof *p->galleries);
	if (p->ngalleries)
		bench_gallery(b, arena, luck_rank(l, b->galleries), &p->galleries[0]);
}

static void add_camera(struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	static const char *const labels[] = {"Make", "Model", "Exposure", "Aperture", "ISO Speed", "Focal Length", "Flash", "White Balance",
		"Metering Mode", "Software", "Orientation", "Color Space"};
	if (!luck_percent(l, 60))
		return;
	p->camera = lb_arena_printf(arena, "Lumen %zu", 100 + luck_rank(l, 60));
	p->exif_source = "file";
	p->nexif = LB_COUNT(labels);
	p->exif = lb_arena_alloc(arena, p->nexif * sizeof *p->exif);
	for (size_t k = 0; k < p->nexif; k++)
		p->exif[k] = (struct lb_exif){.tagspace = "ExifIFD", .tagspaceid = "0", .tag = labels[k], .label = labels[k],
			.raw = lb_arena_printf(arena, "%zu/%zu", luck_below(l, 100), k + 1)};
}

/* ---- the photo itself ---- */

static const char *title(struct bench *b, struct lb_arena *arena, struct luck *l, enum bench_script script, size_t i)
{
	size_t kind = luck_below(l, 100);
	return kind < 5 ? NULL : kind < 20 ? lb_arena_printf(arena, "IMG_%04zu", i % 10000) : words(b, arena, l, script, 1 + luck_below(l, 6));
}

/* The newest first: fifteen years, and some months of disorder. */
static void add_dates(const struct bench *b, struct lb_arena *arena, struct luck *l, size_t i, struct lb_photo *p)
{
	static const int64_t granularities[] = {4, 6, 8};
	p->date_posted = 1782000000 - (int64_t)(i * 470000000 / b->photos) - (int64_t)luck_below(l, 86400 * 200);
	char iso[LB_TIME_ISO];
	lb_time_iso(p->date_posted - (int64_t)luck_rank(l, 86400 * 3000), iso);
	iso[10] = ' ';
	p->taken = (struct lb_taken){lb_arena_strndup(arena, iso, 19), luck_percent(l, 4) ? granularities[luck_below(l, 3)] : 0, luck_percent(l, 2)};
}

static void add_files(struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	bool upright = luck_percent(l, 30);
	int64_t w = upright ? 3000 : 4000, h = upright ? 4000 : 3000;
	p->secret = p->original_secret = lb_arena_printf(arena, "%010zx", luck_below(l, 1ull << 40));
	p->server = "65535";
	p->original_format = "jpg";
	const char *sha256 = lb_arena_printf(arena, "%032zx%032zx", luck_below(l, 1ull << 60), luck_below(l, 1ull << 60));
	p->files[LB_THUMBNAIL] = (struct lb_media){.present = true, .label = "Small 320", .mime = "image/jpeg", .extension = "jpg", .sha256 = sha256,
		.url = lb_arena_printf(arena, "https://live.staticflickr.com/65535/%s_%s_n.jpg", p->id, p->secret), .size = 12000, .width = w * 2 / 25,
		.height = h * 2 / 25, .captured = BENCH_CREATED};
	if (luck_percent(l, 10))
		return; /* its owner does not allow downloads */
	p->files[LB_ORIGINAL] = (struct lb_media){.present = true, .label = "Original", .mime = "image/jpeg", .extension = "jpg", .sha256 = sha256,
		.url = lb_arena_printf(arena, "https://live.staticflickr.com/65535/%s_%s_o.jpg", p->id, p->secret), .size = 3000000 + luck_below(l, 4000000),
		.width = w, .height = h, .captured = BENCH_CREATED};
}

static void add_shape(struct lb_arena *arena, struct luck *l, struct lb_photo *p)
{
	static const char *const licenses[] = {"0", "4", "2", "5", "9", "7", "1", "10", "3", "6"};
	p->media = luck_percent(l, 2) ? "video" : "photo";
	p->license_id = licenses[luck_rank(l, LB_COUNT(licenses))];
	p->views = (int64_t)luck_rank(l, 100000);
	p->safety_level = 0;
	p->is_public = !luck_percent(l, 3);
	p->is_friend = p->is_family = !p->is_public && luck_percent(l, 50);
	p->can_download = 1;
	p->captured = BENCH_CREATED;
	p->url = lb_arena_printf(arena, "https://www.flickr.com/photos/%s/%s/", p->owner.nsid, p->id);
	if (luck_percent(l, 3))
		p->withheld = "its owner was not asked";
}

void bench_photo(struct bench *b, struct lb_arena *arena, size_t i, struct lb_photo *p, bool *missing)
{
	static const size_t first_url = 0;
	lb_photo_init(p);
	p->id = bench_photo_id(arena, i);
	struct luck l = luck_of(i, SHAPE);
	*missing = luck_below(&l, 1000) < 5;
	if (*missing)
		return;
	enum bench_script script = bench_script(&l);
	bench_person(b, arena, luck_rank(&l, b->people / 10 + 1), &p->owner);
	p->title = title(b, arena, &l, script, i);
	add_dates(b, arena, &l, i, p);
	add_shape(arena, &l, p);
	add_files(arena, &l, p);
	p->selected_by = &first_url;
	p->nselected_by = 1;
	if (p->withheld)
		return;
	if (luck_percent(&l, 50))
		p->description = rich(b, arena, &l, script, 5 + luck_rank(&l, 80));
	add_tags(b, arena, &l, script, p);
	add_talk(b, arena, &l, p);
	add_place(b, arena, &l, p);
	add_sets(b, arena, &l, p);
	add_camera(arena, &l, p);
	p->count_comments = (int64_t)p->ncomments;
	p->count_faves = (int64_t)p->nfaves;
}

/* ---- people and sets: the second to eighth digit of an id is the number ---- */

size_t bench_number(const char *id)
{
	char digits[8] = {0};
	memcpy(digits, id + 1, 7);
	return (size_t)strtoul(digits, NULL, 10);
}

void bench_person(struct bench *b, struct lb_arena *arena, size_t i, struct lb_person *p)
{
	struct luck l = luck_of(i, WORDS);
	enum bench_script script = bench_script(&l);
	lb_person_init(p);
	p->nsid = lb_arena_printf(arena, "1%07zu@N%02zu", i, i % 8);
	p->username = words(b, arena, &l, script, 1);
	p->realname = luck_percent(&l, 40) ? words(b, arena, &l, script, 2) : NULL;
	p->path_alias = i % 3 ? NULL : lb_arena_printf(arena, "member%zu", i);
	p->is_deleted = 0;
}

void bench_album(struct bench *b, struct lb_arena *arena, size_t i, struct lb_album *out)
{
	struct luck l = luck_of(i, SETS);
	struct lb_person owner;
	bench_person(b, arena, luck_rank(&l, b->people / 10 + 1), &owner);
	*out = (struct lb_album){.id = lb_arena_printf(arena, "7%07zu%09zu", i, 157594158 + i), .title = words(b, arena, &l, bench_script(&l), 1 + luck_below(&l, 4)),
		.owner_id = owner.nsid, .owner_name = owner.username, .count_photos = 120, .count_videos = 2, .count_views = 300,
		.count_comments = 0, .date_created = BENCH_CREATED - (int64_t)i * 1000, .date_updated = BENCH_CREATED};
}

void bench_group(struct bench *b, struct lb_arena *arena, size_t i, struct lb_group *out)
{
	struct luck l = luck_of(i, TALK);
	*out = (struct lb_group){.id = lb_arena_printf(arena, "3%07zu@N20", i), .title = words(b, arena, &l, bench_script(&l), 2),
		.members = (int64_t)luck_rank(&l, 9000), .pool_count = (int64_t)luck_rank(&l, 90000), .topic_count = 12, .privacy = 3,
		.eighteen_plus = 0, .moderated = 0};
}

void bench_gallery(struct bench *b, struct lb_arena *arena, size_t i, struct lb_gallery *out)
{
	struct luck l = luck_of(i, TAGS);
	*out = (struct lb_gallery){.id = lb_arena_printf(arena, "6%07zu-72157647277042064", i), .title = words(b, arena, &l, bench_script(&l), 2),
		.count_photos = 30, .count_videos = 0, .count_views = 100, .count_comments = 0, .date_created = BENCH_CREATED - (int64_t)i * 900,
		.date_updated = BENCH_CREATED};
	bench_person(b, arena, luck_rank(&l, b->people), &out->owner);
}

void bench_init(struct bench *b, size_t photos)
{
	*b = (struct bench){.photos = photos, .people = 12 + photos / 20, .albums = 3 + photos / 100, .groups = 3 + photos / 300,
		.galleries = 2 + photos / 500, .places = 5 + photos / 200, .tags = 60 + photos / 4, .text = LB_BUF(1 << 20)};
	if (b->tags > BENCH_WORDS)
		b->tags = BENCH_WORDS;
	if (b->places > 5000)
		b->places = 5000;
}

void bench_clear(struct bench *b)
{
	lb_buf_clear(&b->text);
}
