/* The layers around a photo, a member, an album, a group and a gallery. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lifeboat/flickr/fields.h"

#define FAVES_A_PAGE 50 /* the most that Flickr gives */
#define TEXT_OF(number) TEXT_OF_IT(number)
#define TEXT_OF_IT(number) #number
#define GALLERIES_PER_PAGE "500"
/* Shares of photos with any. */
#define SHARE_WITH_COMMENTS 0.5
#define SHARE_WITH_FAVES 0.6
#define SHARE_WITH_PEOPLE 0.1

/* ---- parsers in one shape -------------------------------------------------------------------- */

/* Methods that answer in one body, in the shape of those that page. */
static int one_body(int rc, struct lb_page *page)
{
	if (rc == 0)
		*page = (struct lb_page){ .page = 1, .pages = 1, .per_page = LB_UNKNOWN, .total = LB_UNKNOWN };
	return rc;
}

#define ONE_BODY(name)                                                                                  \
	static int name##_layer(const struct lb_xml *rsp, struct lb_arena *a, void *subject,            \
		struct lb_page *page, struct lb_error *err)                                             \
	{                                                                                               \
		return one_body(lb_parse_##name(rsp, a, subject, err), page);                           \
	}
/* Over what a list told of the subject already. */
#define ONE_RECORD(name)                                                                                \
	static int name##_layer(const struct lb_xml *rsp, struct lb_arena *a, void *subject,            \
		struct lb_page *page, struct lb_error *err)                                             \
	{                                                                                               \
		return one_body(lb_overlay_##name(rsp, a, subject, err), page);                         \
	}
#define PAGES(name)                                                                                     \
	static int name##_layer(const struct lb_xml *rsp, struct lb_arena *a, void *subject,            \
		struct lb_page *page, struct lb_error *err)                                             \
	{                                                                                               \
		return lb_parse_##name(rsp, a, subject, page, err);                                     \
	}
ONE_BODY(info)
ONE_BODY(sizes)
ONE_BODY(comments)
PAGES(faves)
ONE_BODY(people)
ONE_BODY(contexts)
PAGES(galleries)
ONE_BODY(license_history)
ONE_BODY(photo_exif)
ONE_RECORD(person)
ONE_RECORD(album)
ONE_BODY(album_comments)
ONE_RECORD(group)
ONE_RECORD(gallery)

static int profile_layer(const struct lb_xml *rsp, struct lb_arena *a, void *subject, struct lb_page *page,
	struct lb_error *err)
{
	struct lb_person *person = subject;
	struct lb_person_profile said;
	const char *nsid;
	LB_TRY(lb_parse_profile(rsp, a, &said, &nsid, err));
	person->profile = lb_arena_alloc(a, sizeof said);
	*person->profile = said;
	return one_body(0, page);
}

/* ---- what is worth a call -------------------------------------------------------------------- */

static bool has_chosen(const struct lb_want *want, enum lb_choice choice)
{
	return choice == LB_CHOICE_PHOTO || (want->choices & UINT32_C(1) << choice);
}

/* Lists tell the pictures only, not the streams of a video. */
static bool lacks_sizes(const void *subject, const struct lb_want *want)
{
	const struct lb_photo *p = subject;
	(void)want;
	return p->nsizes == 0 || (p->media && !strcmp(p->media, "video"));
}

static bool has_comments(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_photo *)subject)->count_comments != 0;
}

static bool has_faves(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_photo *)subject)->count_faves != 0;
}

static bool has_people(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_photo *)subject)->has_people != 0;
}

static bool has_contexts(const void *subject, const struct lb_want *want)
{
	(void)subject;
	return has_chosen(want, LB_CHOICE_GROUPS) || !want->whole_stream;
}

static bool lacks_exif(const void *subject, const struct lb_want *want)
{
	(void)subject;
	return !want->has_original;
}

/* Records that a list told in full are not asked one by one: a date of creation is in every full record. */
static bool lacks_album(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_album *)subject)->date_created <= 0;
}

static bool has_album_comments(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_album *)subject)->count_comments != 0;
}

static bool lacks_gallery(const void *subject, const struct lb_want *want)
{
	(void)want;
	return ((const struct lb_gallery *)subject)->date_created <= 0;
}

const struct lb_layer lb_layers[] = {
	{ .name = "info", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_PHOTO, .method = "flickr.photos.getInfo",
		.part = LB_PART_RECORD, .required = true, .parse = info_layer },
	{ .name = "sizes", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_PHOTO, .method = "flickr.photos.getSizes",
		.part = LB_PART_SIZES, .wanted = lacks_sizes, .parse = sizes_layer },
	{ .name = "comments", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_COMMENTS,
		.method = "flickr.photos.comments.getList", .wanted = has_comments, .parse = comments_layer },
	{ .name = "faves", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_FAVES,
		.method = "flickr.photos.getFavorites", .fixed = { { "per_page", TEXT_OF(FAVES_A_PAGE) } }, .paged = true,
		.wanted = has_faves, .parse = faves_layer },
	{ .name = "people", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_PEOPLE,
		.method = "flickr.photos.people.getList", .wanted = has_people, .parse = people_layer },
	{ .name = "contexts", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_GROUPS, .also = LB_CHOICE_ALBUMS,
		.method = "flickr.photos.getAllContexts", .wanted = has_contexts, .parse = contexts_layer },
	{ .name = "galleries", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_GALLERIES,
		.method = "flickr.galleries.getListForPhoto", .fixed = { { "per_page", GALLERIES_PER_PAGE } },
		.paged = true, .parse = galleries_layer },
	{ .name = "license-history", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_LICENSES,
		.method = "flickr.photos.licenses.getLicenseHistory", .parse = license_history_layer },
	{ .name = "exif", .about = LB_ABOUT_PHOTO, .choice = LB_CHOICE_EXIF, .method = "flickr.photos.getExif",
		.wanted = lacks_exif, .parse = photo_exif_layer },
	{ .name = "person", .about = LB_ABOUT_PERSON, .choice = LB_CHOICE_PHOTO, .method = "flickr.people.getInfo",
		.parse = person_layer },
	{ .name = "profile", .about = LB_ABOUT_PERSON, .choice = LB_CHOICE_PROFILES,
		.method = "flickr.profile.getProfile", .parse = profile_layer },
	{ .name = "album", .about = LB_ABOUT_ALBUM, .choice = LB_CHOICE_ALBUMS, .method = "flickr.photosets.getInfo",
		.takes_owner = true, .wanted = lacks_album, .parse = album_layer },
	{ .name = "album-comments", .about = LB_ABOUT_ALBUM, .choice = LB_CHOICE_ALBUMS,
		.method = "flickr.photosets.comments.getList", .wanted = has_album_comments,
		.parse = album_comments_layer },
	{ .name = "group", .about = LB_ABOUT_GROUP, .choice = LB_CHOICE_GROUPS, .method = "flickr.groups.getInfo",
		.parse = group_layer },
	{ .name = "gallery", .about = LB_ABOUT_GALLERY, .choice = LB_CHOICE_GALLERIES,
		.method = "flickr.galleries.getInfo", .wanted = lacks_gallery, .parse = gallery_layer },
};
const size_t lb_layer_count = LB_COUNT(lb_layers);

const struct lb_layer *lb_layer_named(const char *name)
{
	for (size_t i = 0; i < lb_layer_count; i++) {
		if (!strcmp(lb_layers[i].name, name))
			return &lb_layers[i];
	}
	return NULL;
}

bool lb_layer_wanted(const struct lb_layer *layer, const void *subject, const struct lb_want *want)
{
	bool chosen = has_chosen(want, layer->choice) || (layer->also != LB_CHOICE_PHOTO && has_chosen(want, layer->also));
	return chosen && (!layer->wanted || layer->wanted(subject, want));
}

/* ---- what is likely -------------------------------------------------------------------------- */

static double calls_for_comments(const struct lb_photo *p)
{
	return p->count_comments == LB_UNKNOWN ? SHARE_WITH_COMMENTS : 1;
}
static double calls_for_faves(const struct lb_photo *p)
{
	return p->count_faves == LB_UNKNOWN ? SHARE_WITH_FAVES : (double)((p->count_faves + FAVES_A_PAGE - 1) / FAVES_A_PAGE);
}
static double calls_for_people(const struct lb_photo *p)
{
	return p->has_people == LB_UNKNOWN ? SHARE_WITH_PEOPLE : 1;
}

double lb_layer_calls(const struct lb_layer *layer, const struct lb_photo *photo)
{
	static const struct { enum lb_choice choice; double (*calls)(const struct lb_photo *p); } varying[] = {
		{ LB_CHOICE_COMMENTS, calls_for_comments }, { LB_CHOICE_FAVES, calls_for_faves },
		{ LB_CHOICE_PEOPLE, calls_for_people },
	};
	for (size_t i = 0; i < LB_COUNT(varying); i++)
		if (varying[i].choice == layer->choice)
			return varying[i].calls(photo);
	return 1;
}

/* ---- requests -------------------------------------------------------------------------------- */

void lb_layer_uri(struct lb_buf *b, const struct lb_layer *layer, const char *id, const char *owner_id, int64_t page)
{
	static const char *const id_names[LB_ABOUT_COUNT] = { [LB_ABOUT_PHOTO] = "photo_id",
		[LB_ABOUT_PERSON] = "user_id", [LB_ABOUT_ALBUM] = "photoset_id", [LB_ABOUT_GROUP] = "group_id",
		[LB_ABOUT_GALLERY] = "gallery_id" };
	struct lb_param params[3 + LB_COUNT(layer->fixed)] = { { id_names[layer->about], id } };
	size_t n = 1;
	char number[24];
	if (layer->takes_owner)
		params[n++] = (struct lb_param){ "user_id", owner_id };
	for (size_t i = 0; i < LB_COUNT(layer->fixed) && layer->fixed[i].name; i++)
		params[n++] = layer->fixed[i];
	/* The first page is asked without saying so, as recordings by other programs do. */
	if (layer->paged && page > 1) {
		snprintf(number, sizeof number, "%" PRId64, page);
		params[n++] = (struct lb_param){ "page", number };
	}
	lb_api_uri(b, layer->method, params, n);
}
