/* One parser a method, all with one signature: parse into the model and forget it. */
#ifndef LB_TESTS_FLICKR_PARSERS_H
#define LB_TESTS_FLICKR_PARSERS_H

#include <string.h>

#include "lifeboat/flickr/flickr.h"

/* What came out, as far as a test can count it; the photo is the first of a list. */
struct parsed { struct lb_photo photo; struct lb_photo *photos; struct lb_page page; size_t rows; };
typedef int parser_fn(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err);

#define PHOTO_PARSER(name, counted)                                                                                                     \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		LB_TRY(lb_parse_##name(rsp, a, &out->photo, err));                                                                      \
		out->rows = out->photo.counted;                                                                                         \
		return 0;                                                                                                               \
	}
#define PAGE_PARSER(name)                                                                                                               \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		LB_TRY(lb_parse_##name(rsp, a, &out->photo, &out->page, err));                                                          \
		out->rows = out->page.got;                                                                                              \
		return 0;                                                                                                               \
	}
#define ROWS_PARSER(name, type)                                                                                                         \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		type *rows;                                                                                                             \
		return lb_parse_##name(rsp, a, &rows, &out->rows, err);                                                                 \
	}
#define PAGED_ROWS_PARSER(name, type)                                                                                                   \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		type *rows;                                                                                                             \
		return lb_parse_##name(rsp, a, &rows, &out->rows, &out->page, err);                                                     \
	}
#define ONE_PARSER(name, type)                                                                                                          \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		type one;                                                                                                               \
		out->rows = 1;                                                                                                          \
		return lb_parse_##name(rsp, a, &one, err);                                                                              \
	}
#define LOOKUP_PARSER(name)                                                                                                             \
	static inline int into_##name(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)             \
	{                                                                                                                               \
		const char *id, *words;                                                                                                 \
		out->rows = 1;                                                                                                          \
		return lb_parse_##name(rsp, a, &id, &words, err);                                                                       \
	}
PHOTO_PARSER(info, ntags)
PHOTO_PARSER(sizes, nsizes)
PHOTO_PARSER(comments, ncomments)
PHOTO_PARSER(contexts, nalbums)
PHOTO_PARSER(people, npeople)
PHOTO_PARSER(license_history, nlicense_changes)
PHOTO_PARSER(photo_exif, nexif)
PAGE_PARSER(faves)
PAGE_PARSER(galleries)
ROWS_PARSER(exif, struct lb_exif)
ROWS_PARSER(collections, struct lb_collection)
ROWS_PARSER(licenses, struct lb_license)
ROWS_PARSER(institutions, struct lb_institution)
ONE_PARSER(person, struct lb_person)
ONE_PARSER(album, struct lb_album)
ONE_PARSER(gallery, struct lb_gallery)
ONE_PARSER(group, struct lb_group)
LOOKUP_PARSER(lookup_user)
LOOKUP_PARSER(lookup_group)
LOOKUP_PARSER(login)
PAGED_ROWS_PARSER(albums, struct lb_album)
PAGED_ROWS_PARSER(gallery_list, struct lb_gallery)

static inline int into_profile(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)
{
	struct lb_person_profile profile;
	const char *nsid;
	out->rows = 1;
	return lb_parse_profile(rsp, a, &profile, &nsid, err);
}

static inline int into_album_comments(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)
{
	struct lb_album album = { .id = NULL };
	LB_TRY(lb_parse_album_comments(rsp, a, &album, err));
	out->rows = album.ncomments;
	return 0;
}

/* A row and what the curator said of it are read from one answer. */
static inline int into_gallery_photos(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)
{
	struct lb_gallery_item *items;
	size_t count;
	LB_TRY(lb_parse_gallery_items(rsp, a, &items, &count, err));
	LB_TRY(lb_parse_photo_list(rsp, a, &out->photos, &out->rows, &out->page, err));
	return count == out->rows ? 0 : lb_fail(err, LB_CORRUPT, "%zu items of %zu photos", count, out->rows);
}

static inline int into_list(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)
{
	return lb_parse_photo_list(rsp, a, &out->photos, &out->rows, &out->page, err);
}

/* In the order that the first byte of the fuzz corpus means. Of several parsers for one method each is tried. `row` begins each thing that the parser counts; NULL: not counted. */
static const struct parser { const char *method; parser_fn *parse; const char *row; } parsers[] = {
	{ "flickr.photos.getInfo", into_info, "<tag id=" },
	{ "flickr.photos.getSizes", into_sizes, "<size label=" },
	{ "flickr.photos.comments.getList", into_comments, "<comment id=" },
	{ "flickr.photos.getFavorites", into_faves, "<person nsid=" },
	{ "flickr.photos.getAllContexts", into_contexts, "<set title=" },
	{ "flickr.galleries.getListForPhoto", into_galleries, "<gallery id=" },
	{ "flickr.galleries.getList", into_gallery_list, "<gallery id=" },
	{ "flickr.photos.people.getList", into_people, "<person nsid=" },
	{ "flickr.photos.getExif", into_exif, "<exif tagspace=" },
	{ "flickr.people.getInfo", into_person, NULL },
	{ "flickr.urls.lookupUser", into_lookup_user, NULL },
	{ "flickr.urls.lookupGroup", into_lookup_group, NULL },
	{ "flickr.photos.licenses.getInfo", into_licenses, "<license id=" },
	{ "flickr.photosets.getInfo", into_album, NULL },
	{ "flickr.galleries.getInfo", into_gallery, NULL },
	{ "flickr.urls.lookupGallery", into_gallery, NULL },
	{ "flickr.profile.getProfile", into_profile, NULL },
	{ "flickr.commons.getInstitutions", into_institutions, "<institution nsid=" },
	{ "flickr.people.getPublicPhotos", into_list, "<photo id=" },
	{ "flickr.people.getPhotos", into_list, "<photo id=" },
	{ "flickr.people.getPhotosOf", into_list, "<photo id=" },
	{ "flickr.photosets.getPhotos", into_list, "<photo id=" },
	{ "flickr.photos.search", into_list, "<photo id=" },
	{ "flickr.photos.getRecent", into_list, "<photo id=" },
	{ "flickr.galleries.getPhotos", into_gallery_photos, "<photo id=" },
	{ "flickr.groups.pools.getPhotos", into_list, "<photo id=" },
	{ "flickr.favorites.getList", into_list, "<photo id=" },
	{ "flickr.favorites.getPublicList", into_list, "<photo id=" },
	{ "flickr.interestingness.getList", into_list, "<photo id=" },
	{ "flickr.photosets.getList", into_albums, "<photoset id=" },
	{ "flickr.photosets.comments.getList", into_album_comments, "<comment id=" },
	{ "flickr.collections.getTree", into_collections, "<collection id=" },
	{ "flickr.groups.getInfo", into_group, NULL },
	{ "flickr.test.login", into_login, NULL },
	{ "flickr.photos.getExif", into_photo_exif, "<exif tagspace=" },
	{ "flickr.photos.licenses.getLicenseHistory", into_license_history, "<license_history date_change=" },
};

static inline bool is_parsed(const char *method)
{
	for (size_t i = 0; i < LB_COUNT(parsers); i++) {
		if (!strcmp(parsers[i].method, method))
			return true;
	}
	return false;
}

#endif
