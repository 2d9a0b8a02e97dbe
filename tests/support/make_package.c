#include "tests/support/make_package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/package/package.h"

#define CREATED 1763675220 /* 2025-11-20T21:47:00Z */

struct maker { char media[4096]; size_t media_bytes; struct lb_package *package; };

/* The first two are ids that JavaScript would put in front of their neighbours. */
static const char *photo_id(struct lb_arena *arena, size_t i)
{
	static const char *const first[] = {"53478812196", "2780177093", "869031"};
	return i < LB_COUNT(first) ? first[i] : lb_arena_printf(arena, "%zu", 54000000000 + i * 7);
}

static struct lb_person person(struct lb_arena *arena, size_t i)
{
	static const char *const names[] = {"ada", "bob \xe2\x80\xae\x65vil", "\xd8\xb3\xd9\x84\xd9\x85\xd9\x89",
		"\xe5\xb1\xb1\xe7\x94\xb0", "</script><script>alert(1)</script>"};
	struct lb_person p;
	lb_person_init(&p);
	p.nsid = lb_arena_printf(arena, "%zu@N00", 1000 + i % 97);
	p.username = names[i % LB_COUNT(names)];
	p.realname = i % 3 ? "Somebody \"Else\"" : NULL;
	p.path_alias = i % 2 ? lb_arena_printf(arena, "person-%zu", i % 97) : NULL;
	p.is_deleted = i % 11 == 0;
	return p;
}

static int make_media(struct maker *m, struct lb_arena *arena, size_t i, enum lb_role role, struct lb_media *out,
	struct lb_error *err)
{
	static const unsigned char head[] = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
	size_t size = role == LB_ORIGINAL ? m->media_bytes : m->media_bytes / 10 + 12;
	unsigned char *bytes = lb_arena_alloc(arena, size);
	for (size_t k = 0; k < size; k++)
		bytes[k] = (unsigned char)((k * 31 + i * 7 + (size_t)role) >> (k % 3));
	memcpy(bytes, head, size < sizeof head ? size : sizeof head);
	const char *path = lb_arena_printf(arena, "%s/%zu-%d", m->media, i, (int)role);
	char *sha256 = lb_arena_alloc(arena, LB_SHA256_HEX);
	struct lb_out *file;
	LB_TRY(lb_out_open(path, LB_OUT_NOSYNC, &file, err));
	lb_out_add(file, bytes, size);
	LB_TRY(lb_out_commit(file, sha256, NULL, err));
	*out = (struct lb_media){
		.present = true, .label = role == LB_ORIGINAL ? "Original" : "Small 320",
		.url = lb_arena_printf(arena, "https://live.staticflickr.com/65535/%s_abc%zu_%s.jpg", photo_id(arena, i), i,
			role == LB_ORIGINAL ? "o" : "n"),
		.source_path = path, .sha256 = sha256, .mime = "image/jpeg", .extension = "jpg", .size = size,
		.width = role == LB_ORIGINAL ? 1024 : 320, .height = role == LB_ORIGINAL ? 768 : 240,
		.captured = CREATED + 60 + (int64_t)i,
	};
	return LB_OK;
}

static void add_talk(struct lb_arena *arena, size_t i, struct lb_photo *p)
{
	static const char *const texts[] = {"lovely", "a <b>bold</b> word & <a href=\"http://example.org/\">a link</a>",
		"</script><img src=x onerror=alert(1)>", "line\nbreak \xe2\x80\xa8 and \xf0\x9f\x9a\xa3",
		"broken \xed\xa0\x80 surrogate"};
	p->ncomments = i % 5;
	p->comments = lb_arena_alloc(arena, p->ncomments * sizeof *p->comments);
	for (size_t k = 0; k < p->ncomments; k++)
		p->comments[k] = (struct lb_comment){.id = lb_arena_printf(arena, "c-%zu-%zu", i, k),
			.text = texts[(i + k) % LB_COUNT(texts)], .author = person(arena, i * 3 + k), .date = CREATED - 1000 + (int64_t)k};
	p->nfaves = i % 4;
	p->faves = lb_arena_alloc(arena, p->nfaves * sizeof *p->faves);
	for (size_t k = 0; k < p->nfaves; k++)
		p->faves[k] = (struct lb_fave){person(arena, i + k + 1), CREATED - 5000 - (int64_t)k};
	p->nnotes = i % 3 == 1;
	p->notes = lb_arena_alloc(arena, p->nnotes * sizeof *p->notes);
	if (p->nnotes)
		p->notes[0] = (struct lb_note){.id = "n1", .text = "look <i>here</i>",
			.author = person(arena, i + 2), .x = 10, .y = 20, .w = 30, .h = 40};
	p->npeople = i % 6 == 2;
	p->people = lb_arena_alloc(arena, p->npeople * sizeof *p->people);
	if (p->npeople)
		p->people[0] = (struct lb_depicted){.person = person(arena, i + 5), .has_box = true, .x = 1, .y = 2, .w = 3, .h = 4};
}

static void add_context(struct lb_arena *arena, size_t i, struct lb_photo *p)
{
	static const char *const tags[] = {"sea", "__proto__", "constructor", "\xe8\x88\xb9", "geo:lat=1.5"};
	p->ntags = i % LB_COUNT(tags) + 1;
	p->tags = lb_arena_alloc(arena, p->ntags * sizeof *p->tags);
	for (size_t k = 0; k < p->ntags; k++)
		p->tags[k] = (struct lb_tag){lb_arena_printf(arena, "t%zu-%zu", i, k), p->owner.nsid,
			p->owner.username, tags[k], tags[k], k == 4};
	p->nalbums = i % 3 != 2;
	p->albums = lb_arena_alloc(arena, p->nalbums * sizeof *p->albums);
	if (p->nalbums)
		p->albums[0] = (struct lb_album){.id = lb_arena_printf(arena, "721575941580924%02zu", i / 20 % 100),
			.title = "Boats & <oars>", .owner_id = p->owner.nsid, .count_photos = 12, .count_videos = 0, .count_views = 5, .count_comments = 0,
			.date_created = LB_UNKNOWN, .date_updated = LB_UNKNOWN};
	p->ngroups = i % 4 == 0;
	p->groups = lb_arena_alloc(arena, p->ngroups * sizeof *p->groups);
	if (p->ngroups)
		p->groups[0] = (struct lb_group){.id = "34427469792@N01", .title = "Small boats", .members = 3, .pool_count = 9,
			.topic_count = LB_UNKNOWN, .privacy = 3, .eighteen_plus = 0, .moderated = LB_UNKNOWN};
	p->ngalleries = i % 7 == 3;
	p->galleries = lb_arena_alloc(arena, p->ngalleries * sizeof *p->galleries);
	if (p->ngalleries)
		p->galleries[0] = (struct lb_gallery){.id = "66911286-72157647277042064", .title = "Harbours",
			.owner = person(arena, 4), .count_photos = 4, .count_videos = 0, .count_views = LB_UNKNOWN, .count_comments = 1, .date_created = CREATED - 99,
			.date_updated = CREATED - 98};
}

static void add_words(struct lb_arena *arena, size_t i, struct lb_photo *p)
{
	static const char *const titles[] = {"Boat", "", "\"quoted\" </script> & <title>", "\xf0\x9f\x9a\xa3 \xe2\x80\xae rotcev",
		"A very long title about a very small boat that came in with the tide and stayed"};
	p->title = titles[i % LB_COUNT(titles)];
	p->description = i % 2 ? "First line\nsecond <b>line</b>" : NULL;
	p->license_id = lb_arena_printf(arena, "%zu", i % 17);
	p->date_posted = CREATED - 100000 + (int64_t)i;
	p->taken = (struct lb_taken){i % 4 == 3 ? "0000-00-00 00:00:00" : "2012-05-17 13:04:05", i % 4 == 2 ? 6 : 0,
		i % 4 == 1};
	p->views = (int64_t)(i * 13);
	p->count_comments = (int64_t)(i % 5);
	p->count_faves = (int64_t)(i % 4);
	p->is_public = 1;
	p->can_download = i % 5 != 4;
	p->safety_level = 0;
	p->media = "photo";
	p->secret = lb_arena_printf(arena, "%08zx", i * 2654435761u % 4294967295u);
	p->captured = CREATED + 30;
	if (i % 3 == 0)
		p->location = (struct lb_location){.present = true, .latitude = "51.502500", .longitude = "-0.116000", .accuracy = 15,
			.context = 0, .locality = "London", .country = "United Kingdom"};
}

static int add_photo(struct maker *m, size_t i, size_t photos, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	static const size_t first_url = 0;
	struct lb_photo p;
	lb_photo_init(&p);
	p.id = photo_id(&arena, i);
	const bool small = photos < 5;
	struct lb_gap gap = {.kind = LB_GAP_REFUSED, .photo_id = p.id, .subject = lb_arena_printf(&arena, "photo %s", p.id),
		.layer = "photo", .method = "flickr.photos.getInfo", .code = 1, .message = "Photo \"x\" not found"};
	if (!small && i == 3) {
		lb_package_add_gap(m->package, &gap);
		return lb_package_add_missing(m->package, p.id, err);
	}
	p.owner = person(&arena, i / 4);
	add_words(&arena, i, &p);
	add_talk(&arena, i, &p);
	add_context(&arena, i, &p);
	p.selected_by = &first_url;
	p.nselected_by = 1;
	if (!small && i % 5 == 4) {
		gap.kind = LB_GAP_WITHHELD;
		gap.layer = "original";
		gap.method = NULL;
		gap.code = LB_UNKNOWN;
		gap.message = "the owner does not allow downloads";
		lb_package_add_gap(m->package, &gap);
	} else {
		LB_TRY(make_media(m, &arena, i, LB_ORIGINAL, &p.files[LB_ORIGINAL], err));
	}
	LB_TRY(make_media(m, &arena, i, LB_THUMBNAIL, &p.files[LB_THUMBNAIL], err));
	return lb_package_add_photo(m->package, &p, err);
}

static void add_licenses(struct lb_package *package)
{
	static const char *const labels[] = {"All Rights Reserved", "CC BY-NC-SA 2.0", "CC BY-NC 2.0",
		"CC BY-NC-ND 2.0", "CC BY 2.0"};
	char id[8];
	for (size_t i = 0; i < LB_COUNT(labels); i++) {
		snprintf(id, sizeof id, "%zu", i);
		lb_package_add_license(package, &(struct lb_license){id, labels[i],
			i ? "https://creativecommons.org/licenses/" : ""});
	}
}

const char test_page[] = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
	"content=\"default-src 'none'; img-src 'self'\">\n<title>x</title>\n</head>\n<body></body>\n</html>\n";

/* One in the other; the album is there from the first photo on. */
static void add_collections(struct lb_package *package)
{
	static const char *albums[] = {"72157594158092400"};
	lb_package_add_collection(package, &(struct lb_collection){.id = "1-1", .title = "Waters", .owner_id = "1000@N00"});
	lb_package_add_collection(package, &(struct lb_collection){.id = "1-2", .title = "Lakes </script>", .description = "of the <b>north</b>", .owner_id = "1000@N00",
		.parent_id = "1-1", .album_ids = albums, .nalbum_ids = 1});
}

const char test_plan[] = "{\"type\":\"lifeboat-plan\",\"version\":\"1\",\"id\":\"urn:uuid:01234567-89ab-8cde-8123-456789abcdef\",\"created\":null,"
	"\"program\":\"lifeboat test\",\"title\":null,\"purpose\":null,\"futureConsiderations\":null,\"maker\":{\"id\":null,\"name\":null},"
	"\"choices\":{\"layers\":[\"photo\"],\"policy\":\"careful\",\"agreed\":null,\"safety\":\"safe\",\"includePrivate\":false,"
	"\"includeEvidence\":false,\"pseudonymise\":false,\"silence\":\"withhold\",\"account\":null},"
	"\"selection\":[],\"sets\":[],\"collections\":[],\"gaps\":[],\"photos\":[{\"id\":\"53478812196\",\"from\":[]}]}\n";

static int add_pages(struct lb_package *package, struct lb_error *err)
{
	static const char *const paths[] = {"index.html", "data/README.html", "data/pages/index.html", "data/pages/missing.html"};
	for (size_t i = 0; i < LB_COUNT(paths); i++)
		LB_TRY(lb_package_put(package, paths[i], lb_span(test_page), err));
	return lb_package_put(package, "data/provenance/plan.json", lb_span(test_plan), err);
}

static int fill(struct maker *m, const char *dir, size_t photos, struct lb_error *err)
{
	const struct lb_selection_url selection = {"https://www.flickr.com/photos/ada/albums/72157594158092400", "album", photos};
	const struct lb_package_info info = {
		.id = "urn:uuid:01234567-89ab-8cde-8123-456789abcdef", .title = "Small boats & \"great\" <waters>",
		.purpose = "So that they are not forgotten.\nSecond line.", .future = "Ask the families.", .maker_id = "1000@N00",
		.maker_name = "Ada </script> Lovelace", .created = CREATED, .program = "lifeboat test",
		.policy.sentence = "Originals where allowed.",
		.selection = &selection, .nselection = 1, .planned = photos,
	};
	LB_AUTO(lb_package_freep) struct lb_package *package = NULL;
	LB_TRY(lb_package_begin(dir, &info, NULL, &package, err));
	m->package = package;
	add_licenses(package);
	add_collections(package);
	for (size_t i = 0; i < photos; i++)
		LB_TRY(add_photo(m, i, photos, err));
	LB_TRY(add_pages(package, err));
	return lb_package_finish(package, err);
}

int test_make_package_sized(const char *dir, size_t photos, size_t media_bytes, struct lb_error *err)
{
	struct maker m = {.media_bytes = media_bytes < 16 ? 16 : media_bytes};
	snprintf(m.media, sizeof m.media, "%s.media", dir);
	LB_TRY(lb_dir_make(m.media, err));
	int rc = fill(&m, dir, photos, err);
	int removed = lb_dir_remove(m.media, rc ? NULL : err);
	return rc ? rc : removed;
}

int test_make_package(const char *dir, size_t photos, struct lb_error *err)
{
	return test_make_package_sized(dir, photos, 1000, err);
}
