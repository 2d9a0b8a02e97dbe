/* Requests and the envelope of answers. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"

/* ---- requests -------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct lb_param *)a)->name, ((const struct lb_param *)b)->name);
}

static void add_param(struct lb_buf *b, char before, const char *name, const char *value)
{
	lb_buf_addc(b, before);
	lb_url_encode(b, lb_span(name));
	lb_buf_addc(b, '=');
	lb_url_encode(b, lb_span(value));
}

void lb_api_uri(struct lb_buf *b, const char *method, const struct lb_param *params, size_t count)
{
	LB_AUTO(lb_freep) struct lb_param *sorted = lb_realloc(NULL, count + 1, sizeof *sorted);
	size_t n = 0;
	sorted[n++] = (struct lb_param){ "method", method };
	for (size_t i = 0; i < count; i++) {
		if (params[i].value)
			sorted[n++] = params[i];
	}
	qsort(sorted, n, sizeof *sorted, by_name);
	lb_buf_adds(b, LB_API_ENDPOINT);
	for (size_t i = 0; i < n; i++)
		add_param(b, i ? '&' : '?', sorted[i].name, sorted[i].value);
}

/* ---- faults ---------------------------------------------------------------------------------- */

/* Code 1 is per method. First match wins; method NULL: any. */
static const struct { const char *method; int64_t code; enum lb_api_fault fault; } faults[] = {
	{ "flickr.people.getPhotos", 1, LB_FAULT_OTHER },            /* required arguments missing */
	{ "flickr.people.getPhotos", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.people.getPhotos", 5, LB_FAULT_DELETED },
	{ "flickr.people.getInfo", 5, LB_FAULT_DELETED },
	{ "flickr.photos.getInfo", 2, LB_FAULT_DENIED },             /* private; until mid-2025 */
	{ "flickr.photos.getExif", 2, LB_FAULT_DENIED },
	{ "flickr.photos.getSizes", 2, LB_FAULT_DENIED },
	{ "flickr.photos.geo.getLocation", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getInfo", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getPhotos", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getListForPhoto", 1, LB_FAULT_OTHER },   /* required parameter missing */
	{ "flickr.groups.getInfo", 2, LB_FAULT_DENIED },
	{ "flickr.groups.pools.getPhotos", 2, LB_FAULT_DENIED },
	{ "flickr.groups.pools.getPhotos", 3, LB_FAULT_NOT_FOUND },
	{ "flickr.groups.pools.getPhotos", 4, LB_FAULT_DENIED },     /* members only */
	{ "flickr.collections.getTree", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.search", 1, LB_FAULT_OTHER },               /* too many tags */
	{ "flickr.photos.search", 2, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.search", 4, LB_FAULT_DENIED },
	{ "flickr.photos.search", 5, LB_FAULT_DELETED },
	{ "flickr.photos.search", 10, LB_FAULT_TRANSIENT },
	{ "flickr.photos.search", 15, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.search", 16, LB_FAULT_DENIED },             /* within favorites: one's own only */
	{ "flickr.photos.search", 17, LB_FAULT_DENIED },             /* within contacts: likewise */
	{ "flickr.photos.search", 18, LB_FAULT_OTHER },              /* illogical arguments */
	{ "flickr.photos.search", 20, LB_FAULT_OTHER },              /* excessive photo offset */
	{ "flickr.interestingness.getList", 1, LB_FAULT_OTHER },     /* not a date */
	{ "flickr.photos.getInfo", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.getSizes", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.getExif", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.getAllContexts", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.getFavorites", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.comments.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.people.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.geo.getLocation", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photos.licenses.getLicenseHistory", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.people.getInfo", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.people.getPublicPhotos", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.people.getPhotosOf", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.favorites.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.favorites.getPublicList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getInfo", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.getPhotos", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.photosets.comments.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getList", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getInfo", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.galleries.getPhotos", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.groups.getInfo", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.groups.pools.getPhotos", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.collections.getTree", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.urls.lookupUser", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.urls.lookupGroup", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.urls.lookupGallery", 1, LB_FAULT_NOT_FOUND },
	{ "flickr.profile.getProfile", 1, LB_FAULT_NOT_FOUND },
	{ NULL, 96, LB_FAULT_SIGNIN },                               /* invalid signature */
	{ NULL, 97, LB_FAULT_SIGNIN },                               /* missing signature */
	{ NULL, 98, LB_FAULT_SIGNIN },
	{ NULL, 99, LB_FAULT_SIGNIN },
	{ NULL, 100, LB_FAULT_KEY },
	{ NULL, 0, LB_FAULT_TRANSIENT },
	{ NULL, 105, LB_FAULT_TRANSIENT },
	{ NULL, 201, LB_FAULT_TRANSIENT },
};

static enum lb_api_fault fault_of(const char *method, int64_t code, const char *message)
{
	/* An outage is told under changing codes; the words stay. */
	if (strcasestr(message, "not currently available"))
		return LB_FAULT_TRANSIENT;
	for (size_t i = 0; i < LB_COUNT(faults); i++) {
		if (faults[i].code == code && (!faults[i].method || !strcmp(faults[i].method, method)))
			return faults[i].fault;
	}
	return LB_FAULT_OTHER;
}

/* ---- the envelope ---------------------------------------------------------------------------- */

static int unreadable(const char *method, struct lb_span body, const char *why, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(256);
	lb_show(&shown, (struct lb_span){ body.p, body.n < 32 ? body.n : 32 });
	return lb_fail(err, LB_FORMAT, "cannot read the answer of %s: %s (it begins with \"%s\")", method, why,
		lb_buf_str(&shown));
}

static int read_fault(const char *method, struct lb_span body, const struct lb_xml *rsp, struct lb_arena *arena,
	struct lb_api_answer *out, struct lb_error *err)
{
	const struct lb_xml *e = lb_xml_child(rsp, "err");
	const char *number = e ? lb_xml_attr(e, "code") : NULL;
	int64_t code;
	if (!number || !lb_parse_i64(lb_span(number), &code))
		return unreadable(method, body, "it failed without an error code", err);
	const char *message = lb_xml_attr(e, "msg");
	message = lb_arena_strdup(arena, message ? message : "");
	*out = (struct lb_api_answer){ .rsp = rsp, .fault = fault_of(method, code, message), .code = code,
		.message = message };
	return 0;
}

int lb_api_parse(const char *method, struct lb_span body, struct lb_arena *arena, struct lb_api_answer *out,
	struct lb_error *err)
{
	struct lb_error inner = { 0 };
	struct lb_xml *rsp;
	if (lb_span_trim(body).n == 0)
		return lb_fail(err, LB_FORMAT, "cannot read the answer of %s: it is empty", method);
	if (lb_xml_parse(body, NULL, arena, &rsp, &inner))
		return unreadable(method, body, inner.what, err);
	if (strcmp(rsp->name, "rsp"))
		return unreadable(method, body, "no <rsp>", err);
	const char *stat = lb_xml_attr(rsp, "stat");
	if (stat && !strcmp(stat, "fail"))
		return read_fault(method, body, rsp, arena, out, err);
	if (!stat || strcmp(stat, "ok"))
		return unreadable(method, body, "neither ok nor fail", err);
	*out = (struct lb_api_answer){ .rsp = rsp, .fault = LB_FAULT_NONE, .code = LB_UNKNOWN, .message = NULL };
	return 0;
}
