#include "tests/fake/answer.h"

#include <stdlib.h>
#include <string.h>

/* ---- queries --------------------------------------------------------------------------------------------------- */

static const char *decode(struct lb_span s, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(1 << 16), out = LB_BUF(1 << 16);
	lb_buf_add(&plain, s.p, s.n);
	for (size_t i = 0; i < plain.len; i++)
		if (plain.p[i] == '+')
			plain.p[i] = ' ';
	lb_url_decode(&out, lb_buf_span(&plain));
	return lb_arena_strdup(arena, lb_buf_str(&out));
}

void query_parse(struct query *q, const char *text, struct lb_arena *arena)
{
	struct lb_span rest = lb_span(text), part;
	*q = (struct query){ 0 };
	while (q->count < LB_COUNT(q->items) && lb_span_cut(&rest, '&', &part)) {
		struct lb_span value = part, name;
		if (!part.n)
			continue;
		lb_span_cut(&value, '=', &name);
		q->items[q->count].name = decode(name, arena);
		q->items[q->count++].value = decode(value, arena);
	}
}

const char *query_get(const struct query *q, const char *name)
{
	for (size_t i = 0; i < q->count; i++)
		if (strcmp(q->items[i].name, name) == 0)
			return q->items[i].value;
	return NULL;
}

void query_add(struct query *q, const char *name, const char *value)
{
	if (query_get(q, name) || q->count == LB_COUNT(q->items))
		return;
	q->items[q->count].name = name;
	q->items[q->count++].value = value;
}

int64_t query_number(const struct query *q, const char *name, int64_t otherwise)
{
	const char *value = query_get(q, name);
	int64_t n;
	return value && lb_parse_i64(lb_span(value), &n) ? n : otherwise;
}

bool query_lists(const struct query *q, const char *name, const char *word)
{
	struct lb_span rest = lb_span(query_get(q, name)), part;
	while (lb_span_cut(&rest, ',', &part))
		if (lb_span_is(lb_span_trim(part), word))
			return true;
	return false;
}

/* ---- XML ------------------------------------------------------------------------------------------------------- */

static void escaped(struct lb_buf *b, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&': lb_buf_adds(b, "&amp;"); break;
		case '<': lb_buf_adds(b, "&lt;"); break;
		case '>': lb_buf_adds(b, "&gt;"); break;
		case '"': lb_buf_adds(b, "&quot;"); break;
		case '\'': lb_buf_adds(b, "&#039;"); break;
		default: lb_buf_addc(b, *text); break;
		}
	}
}

void x_text(struct lb_buf *b, const char *text)
{
	escaped(b, text);
}

static void indent(struct lb_buf *b, int depth)
{
	while (depth-- > 0)
		lb_buf_addc(b, '\t');
}

void x_open(struct lb_buf *b, int depth, const char *name)
{
	indent(b, depth);
	lb_buf_addf(b, "<%s", name);
}

void x_str(struct lb_buf *b, const char *name, const char *value)
{
	lb_buf_addf(b, " %s=\"", name);
	escaped(b, value ? value : "");
	lb_buf_addc(b, '"');
}

void x_int(struct lb_buf *b, const char *name, int64_t value)
{
	lb_buf_addf(b, " %s=\"%lld\"", name, (long long)value);
}

void x_more(struct lb_buf *b)
{
	lb_buf_adds(b, ">\n");
}

void x_empty(struct lb_buf *b)
{
	lb_buf_adds(b, " />\n");
}

void x_value(struct lb_buf *b, const char *name, const char *text)
{
	lb_buf_addc(b, '>');
	escaped(b, text);
	lb_buf_addf(b, "</%s>\n", name);
}

void x_close(struct lb_buf *b, int depth, const char *name)
{
	indent(b, depth);
	lb_buf_addf(b, "</%s>\n", name);
}

void x_leaf(struct lb_buf *b, int depth, const char *name, const char *text)
{
	x_open(b, depth, name);
	if (text && *text)
		x_value(b, name, text);
	else
		x_empty(b);
}

void x_member_icon(struct lb_buf *b, const struct member *m)
{
	x_str(b, "iconserver", m->icon_server);
	x_str(b, "iconfarm", m->icon_farm);
}

/* ---- paging ---------------------------------------------------------------------------------------------------- */

struct paging page_of(const struct query *q, size_t count, int64_t per_page_default, int64_t per_page_max)
{
	struct paging p = { .page = query_number(q, "page", 1), .per_page = query_number(q, "per_page", per_page_default),
		.total = (int64_t)count };
	if (p.page < 1)
		p.page = 1;
	if (p.per_page < 1 || p.per_page > per_page_max)
		p.per_page = p.per_page < 1 ? per_page_default : per_page_max;
	p.pages = (p.total + p.per_page - 1) / p.per_page;
	int64_t from = (p.page - 1) * p.per_page;
	p.from = from > p.total ? count : (size_t)from;
	p.to = p.from + (size_t)p.per_page > count ? count : p.from + (size_t)p.per_page;
	return p;
}

void page_claims(struct paging *p, int64_t total, int64_t pages)
{
	if (total >= 0)
		p->total = total;
	if (pages >= 0)
		p->pages = pages;
}

/* ---- methods --------------------------------------------------------------------------------------------------- */

int refuse(struct ask *a, int code, const char *message)
{
	a->message = message;
	return code;
}

static int answer_echo(struct ask *a)
{
	for (size_t i = 0; i < a->query->count; i++)
		if (strcmp(a->query->items[i].name, "api_key") != 0)
			x_leaf(a->out, 0, a->query->items[i].name, a->query->items[i].value);
	return 0;
}

static int answer_null(struct ask *a)
{
	return refuse(a, 99, "Insufficient permissions. Method requires read privileges; none granted.");
}

static const struct { const char *name; answer_fn *answer; bool of_photo; } methods[] = {
	{ "flickr.photos.getInfo", answer_info, true },
	{ "flickr.photos.getSizes", answer_sizes, true },
	{ "flickr.photos.getExif", answer_exif, true },
	{ "flickr.photos.getAllContexts", answer_contexts, true },
	{ "flickr.photos.getFavorites", answer_favorites, true },
	{ "flickr.photos.comments.getList", answer_comments, true },
	{ "flickr.photos.people.getList", answer_people_in, true },
	{ "flickr.photos.licenses.getInfo", answer_licenses, false },
	{ "flickr.photos.licenses.getLicenseHistory", answer_license_history, true },
	{ "flickr.people.getInfo", answer_person, false },
	{ "flickr.people.getPublicPhotos", answer_public_photos, false },
	{ "flickr.people.getPhotos", answer_photos, false },
	{ "flickr.photosets.getInfo", answer_album, false },
	{ "flickr.photosets.getPhotos", answer_album_photos, false },
	{ "flickr.photosets.getList", answer_albums, false },
	{ "flickr.galleries.getInfo", answer_gallery, false },
	{ "flickr.galleries.getPhotos", answer_gallery_photos, false },
	{ "flickr.galleries.getListForPhoto", answer_galleries_of_photo, true },
	{ "flickr.groups.getInfo", answer_group, false },
	{ "flickr.groups.pools.getPhotos", answer_pool, false },
	{ "flickr.urls.lookupUser", answer_lookup_user, false },
	{ "flickr.urls.lookupGroup", answer_lookup_group, false },
	{ "flickr.urls.lookupGallery", answer_lookup_gallery, false },
	{ "flickr.galleries.getList", answer_galleries, false },
	{ "flickr.photosets.comments.getList", answer_album_comments, false },
	{ "flickr.collections.getTree", answer_collections, false },
	{ "flickr.commons.getInstitutions", answer_institutions, false },
	{ "flickr.profile.getProfile", answer_profile, false },
	{ "flickr.photos.search", answer_search, false },
	{ "flickr.favorites.getPublicList", answer_faved, false },
	{ "flickr.favorites.getList", answer_faved, false },
	{ "flickr.people.getPhotosOf", answer_photos_of, false },
	{ "flickr.interestingness.getList", answer_explore, false },
	{ "flickr.test.login", answer_login, false },
	{ "flickr.test.echo", answer_echo, false },
	{ "flickr.test.null", answer_null, false },
};

bool photo_is_there(const struct photo *p)
{
	return p->state == STATE_THERE;
}

static int photo_not_found(struct ask *a, const char *method, const char *id, struct lb_arena *arena)
{
	if (!id || strcmp(method, "flickr.photos.getInfo") != 0)
		return refuse(a, 1, "Photo not found");
	if (a->photo && a->photo->state == STATE_PRIVATE_OLD)
		return refuse(a, 2, "Photo is private");
	return refuse(a, 1, lb_arena_printf(arena, "Photo \"%s\" not found (invalid ID)", id));
}

/* Whoever knows a photo's secret may see it. */
static bool may_see(const struct ask *a)
{
	const char *secret = query_get(a->query, "secret");
	return photo_shown(a->photo, a->viewer) || (secret && strcmp(secret, a->photo->secret) == 0);
}

struct member *ask_member(const struct ask *a, const char *name)
{
	const char *id = query_get(a->query, name);
	if (id && a->viewer && strcmp(id, "me") == 0)
		id = a->viewer->nsid;
	struct member *m = id ? world_member(a->world, id) : NULL;
	return m && strcmp(m->nsid, id) == 0 ? m : NULL;
}

/* Finds the photo; what the world's text refuses for it is refused. */
static int ask_photo(struct ask *a, const char *method, struct lb_arena *arena)
{
	const char *id = query_get(a->query, "photo_id");
	a->photo = id ? world_photo(a->world, id) : NULL;
	if (!a->photo || !photo_is_there(a->photo) || strcmp(a->photo->id, id) != 0 || !may_see(a))
		return photo_not_found(a, method, id, arena);
	for (size_t i = 0; i < a->photo->nrefusals; i++)
		if (strcmp(a->photo->refusals[i].method, method) == 0)
			return refuse(a, a->photo->refusals[i].code, a->photo->refusals[i].message);
	return 0;
}

static int ask_method(struct ask *a, struct lb_arena *arena)
{
	const char *method = query_get(a->query, "method"), *key = query_get(a->query, "api_key"),
		*format = query_get(a->query, "format");
	if (!key || !*key || strcmp(key, "bad") == 0)
		return refuse(a, 100, "Invalid API Key (Key has invalid format)");
	if (format && strcmp(format, "rest") != 0)
		return refuse(a, 111, lb_arena_printf(arena, "Format \"%s\" not found", format));
	for (size_t i = 0; method && i < LB_COUNT(methods); i++) {
		if (strcmp(methods[i].name, method) != 0)
			continue;
		int code = methods[i].of_photo ? ask_photo(a, method, arena) : 0;
		return code ? code : methods[i].answer(a);
	}
	return refuse(a, 112, lb_arena_printf(arena, "Method \"%s\" not found", method ? method : ""));
}

static void open_answer(struct lb_buf *out, bool good)
{
	lb_buf_addf(out, "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n<rsp stat=\"%s\">\n", good ? "ok" : "fail");
}

void answer_failure(int code, const char *message, struct lb_buf *out)
{
	open_answer(out, false);
	x_open(out, 1, "err");
	x_int(out, "code", code);
	x_str(out, "msg", message);
	x_empty(out);
	lb_buf_adds(out, "</rsp>\n");
}

int answer_query(struct world *w, const struct query *q, const struct member *viewer, struct lb_buf *out)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf inner = LB_BUF(64u << 20);
	struct ask a = { .world = w, .query = q, .viewer = viewer, .out = &inner };
	int code = ask_method(&a, &arena);
	if (code) {
		answer_failure(code, a.message, out);
		return code;
	}
	open_answer(out, true);
	lb_buf_add(out, lb_buf_str(&inner), inner.len);
	lb_buf_adds(out, "</rsp>\n");
	return 0;
}
