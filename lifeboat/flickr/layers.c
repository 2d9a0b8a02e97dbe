/* The layers around a photo. */
#include "lifeboat/flickr/flickr.h"

#include <inttypes.h>
#include <stdio.h>

#define FAVES_PER_PAGE "50" /* the most that Flickr gives */
#define GALLERIES_PER_PAGE "500"

/* Methods that answer in one body, in the shape of those that page. */
static int one_body(int rc, struct lb_page *page)
{
	if (rc == 0)
		*page = (struct lb_page){ .page = 1, .pages = 1, .per_page = LB_UNKNOWN, .total = LB_UNKNOWN };
	return rc;
}

#define ONE_BODY(name)                                                                                  \
	static int name##_layer(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p,       \
		struct lb_page *page, struct lb_error *err)                                             \
	{                                                                                               \
		return one_body(lb_parse_##name(rsp, a, p, err), page);                                 \
	}
ONE_BODY(info)
ONE_BODY(sizes)
ONE_BODY(comments)
ONE_BODY(contexts)
ONE_BODY(people)

/* What getInfo did not say is asked: an unknown number is not zero. */
static bool has_comments(const struct lb_photo *info)
{
	return info->count_comments != 0;
}

static bool has_people(const struct lb_photo *info)
{
	return info->has_people != 0;
}

const struct lb_layer lb_layers[] = {
	{ .name = "info", .method = "flickr.photos.getInfo", .required = true, .parse = info_layer },
	{ .name = "sizes", .method = "flickr.photos.getSizes", .parse = sizes_layer },
	{ .name = "comments", .method = "flickr.photos.comments.getList", .wanted = has_comments,
		.parse = comments_layer },
	{ .name = "faves", .method = "flickr.photos.getFavorites", .fixed = { { "per_page", FAVES_PER_PAGE } },
		.paged = true, .parse = lb_parse_faves },
	{ .name = "contexts", .method = "flickr.photos.getAllContexts", .parse = contexts_layer },
	{ .name = "galleries", .method = "flickr.galleries.getListForPhoto",
		.fixed = { { "per_page", GALLERIES_PER_PAGE } }, .paged = true, .parse = lb_parse_galleries },
	{ .name = "people", .method = "flickr.photos.people.getList", .wanted = has_people, .parse = people_layer },
};
const size_t lb_layer_count = LB_COUNT(lb_layers);

void lb_layer_uri(struct lb_buf *b, const struct lb_layer *layer, const char *photo_id, int64_t page,
	const char *api_key)
{
	struct lb_param params[2 + LB_COUNT(layer->fixed)] = { { "photo_id", photo_id } };
	size_t n = 1;
	char number[24];
	for (size_t i = 0; i < LB_COUNT(layer->fixed) && layer->fixed[i].name; i++)
		params[n++] = layer->fixed[i];
	/* The first page is asked without saying so, as recordings by other programs do. */
	if (layer->paged && page > 1) {
		snprintf(number, sizeof number, "%" PRId64, page);
		params[n++] = (struct lb_param){ "page", number };
	}
	lb_api_uri(b, layer->method, params, n, api_key);
}
