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
PAGE_PARSER(faves)
PAGE_PARSER(galleries)
ROWS_PARSER(exif, struct lb_exif)
ROWS_PARSER(licenses, struct lb_license)
ROWS_PARSER(institutions, struct lb_institution)
ONE_PARSER(person, struct lb_person)
ONE_PARSER(profile, struct lb_profile_page)
ONE_PARSER(album, struct lb_album)
ONE_PARSER(gallery, struct lb_gallery)
LOOKUP_PARSER(lookup_user)
LOOKUP_PARSER(lookup_group)

static inline int into_list(const struct lb_xml *rsp, struct lb_arena *a, struct parsed *out, struct lb_error *err)
{
	return lb_parse_photo_list(rsp, a, &out->photos, &out->rows, &out->page, err);
}

/* `row` begins each thing that the parser counts; NULL: not counted. */
static const struct parser { const char *method; parser_fn *parse; const char *row; } parsers[] = {
	{ "flickr.photos.getInfo", into_info, "<tag id=" },
	{ "flickr.photos.getSizes", into_sizes, "<size label=" },
	{ "flickr.photos.comments.getList", into_comments, "<comment id=" },
	{ "flickr.photos.getFavorites", into_faves, "<person nsid=" },
	{ "flickr.photos.getAllContexts", into_contexts, "<set title=" },
	{ "flickr.galleries.getListForPhoto", into_galleries, "<gallery id=" },
	{ "flickr.galleries.getList", into_galleries, "<gallery id=" },
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
	{ "flickr.galleries.getPhotos", into_list, "<photo id=" },
	{ "flickr.groups.pools.getPhotos", into_list, "<photo id=" },
	{ "flickr.favorites.getList", into_list, "<photo id=" },
};

static inline const struct parser *find_parser(const char *method)
{
	for (size_t i = 0; i < LB_COUNT(parsers); i++) {
		if (!strcmp(parsers[i].method, method))
			return &parsers[i];
	}
	return NULL;
}

#endif
