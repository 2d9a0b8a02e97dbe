/* URLs of albums, galleries, groups and collections: what they hold is kept as sets, in their owner's order. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/enumerate.h"

#define SETS_PER_PAGE "500"
#define SETS_PAGES_MAX 1000
#define SETS_MAX ((size_t)200000)

/* ---- one album or gallery ------------------------------------------------------------------------------------------------ */

static int read_album(struct lb_selection *s, const char *id, const char *owner_id, bool members_only, struct lb_error *err)
{
	struct lb_param params[] = { { "photoset_id", id }, { "user_id", owner_id } };
	struct lb_list list = { .method = "flickr.photosets.getPhotos", .params = params, .nparams = LB_COUNT(params), .members_only = members_only };
	LB_TRY(lb_list_read(s, &list, err));
	lb_list_add_set(s, LB_SET_ALBUM, id, owner_id, &list, false);
	if (!members_only)
		lb_list_add_claim(s, &list);
	return 0;
}

static int read_gallery(struct lb_selection *s, const char *id, const char *owner_id, struct lb_error *err)
{
	struct lb_param params[] = { { "gallery_id", id }, { "get_gallery_info", "1" } };
	struct lb_list list = { .method = "flickr.galleries.getPhotos", .params = params, .nparams = LB_COUNT(params) };
	LB_TRY(lb_list_read(s, &list, err));
	lb_list_add_set(s, LB_SET_GALLERY, id, owner_id, &list, false);
	lb_list_add_claim(s, &list);
	return 0;
}

int lb_plan_album(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply;
	struct lb_album album = { 0 };
	struct lb_error why = { 0 };
	LB_TRY(lb_select_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	s->url->name = NULL;
	LB_TRY(lb_select_ask_layer(s, &arena, "album", s->parsed.album_id, s->url->owner_id, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_album(reply.answer.rsp, &arena, &album, &why))
		lb_select_gap(s, &reply, &why, "album", "flickr.photosets.getInfo");
	else
		s->url->name = lb_select_keep(s, album.title);
	return read_album(s, s->parsed.album_id, s->url->owner_id, false, err);
}

int lb_plan_gallery(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply;
	struct lb_gallery gallery = { 0 };
	struct lb_error why = { 0 };
	LB_TRY(lb_select_ask_layer(s, &arena, "gallery", s->parsed.gallery_id, NULL, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_gallery(reply.answer.rsp, &arena, &gallery, &why)) {
		lb_select_gap(s, &reply, &why, "gallery", "flickr.galleries.getInfo");
	} else {
		s->url->name = lb_select_keep(s, gallery.title);
		s->url->owner_id = lb_select_keep(s, gallery.owner.nsid);
	}
	return read_gallery(s, s->parsed.gallery_id, s->url->owner_id, err);
}

/* ---- all of a member's ------------------------------------------------------------------------------------------------------ */

/* full: there were more than SETS_MAX. */
struct ids { const char **items; size_t count, cap; struct lb_map seen; struct lb_arena arena; bool whole, full; };

static void ids_clear(struct ids *ids)
{
	free(ids->items);
	lb_map_clear(&ids->seen);
	lb_arena_clear(&ids->arena);
}

/* false: it was there before, or there is no room. */
static bool add_id(struct ids *ids, const char *id)
{
	if (!id || lb_map_get(&ids->seen, lb_span(id), NULL))
		return false;
	ids->full = ids->full || ids->count >= SETS_MAX;
	if (ids->full)
		return false;
	lb_map_put(&ids->seen, lb_span(id), ids->count);
	LB_GROW(ids->items, ids->count, ids->cap);
	ids->items[ids->count++] = lb_arena_strdup(&ids->arena, id);
	return true;
}

/* Reads one page of ids; *fresh counts the new ones. */
typedef int ids_fn(const struct lb_xml *rsp, struct lb_arena *a, struct ids *ids, size_t *fresh, struct lb_page *page, struct lb_error *err);

static int album_ids(const struct lb_xml *rsp, struct lb_arena *a, struct ids *ids, size_t *fresh, struct lb_page *page, struct lb_error *err)
{
	struct lb_album *list;
	size_t count;
	LB_TRY(lb_parse_albums(rsp, a, &list, &count, page, err));
	page->got = count;
	for (size_t i = 0; i < count; i++)
		*fresh += add_id(ids, list[i].id);
	return 0;
}

static int gallery_ids(const struct lb_xml *rsp, struct lb_arena *a, struct ids *ids, size_t *fresh, struct lb_page *page, struct lb_error *err)
{
	struct lb_gallery *list;
	size_t count;
	LB_TRY(lb_parse_gallery_list(rsp, a, &list, &count, page, err));
	page->got = count;
	for (size_t i = 0; i < count; i++)
		*fresh += add_id(ids, list[i].id);
	return 0;
}

static int read_ids_page(struct lb_selection *s, const char *method, ids_fn *read, const char *layer, size_t number, struct ids *ids, bool *more, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_page page = { LB_UNKNOWN, LB_UNKNOWN, LB_UNKNOWN, LB_UNKNOWN, 0 };
	struct lb_error why = { 0 };
	size_t fresh = 0;
	lb_arena_reset(&s->scratch);
	struct lb_param params[] = { { "user_id", s->url->owner_id }, { "per_page", SETS_PER_PAGE }, { "page", lb_arena_printf(&s->scratch, "%zu", number) } };
	*more = false;
	LB_TRY(lb_select_ask(s, &s->scratch, method, params, LB_COUNT(params), &reply, err));
	if (!lb_reply_good(&reply) || read(reply.answer.rsp, &s->scratch, ids, &fresh, &page, &why)) {
		ids->whole = false;
		lb_select_gap(s, &reply, &why, layer, method);
		return 0;
	}
	bool last = page.pages != LB_UNKNOWN && (int64_t)number >= page.pages;
	bool full = page.per_page > 0 && (int64_t)page.got >= page.per_page;
	*more = fresh > 0 && (!last || full);
	return 0;
}

static int read_ids(struct lb_selection *s, const char *method, ids_fn *read, const char *layer, struct ids *ids, struct lb_error *err)
{
	bool more = true;
	ids->whole = true;
	for (size_t page = 1; more && page <= SETS_PAGES_MAX; page++)
		LB_TRY(read_ids_page(s, method, read, layer, page, ids, &more, err));
	if (!more && !ids->full)
		return 0;
	ids->whole = false;
	lb_select_note(s, &(struct lb_gap){ .kind = LB_GAP_REFUSED, .layer = layer, .method = method, .code = LB_UNKNOWN,
		.message = "there are more of them than are taken from one list" });
	return 0;
}

static int read_album_ids(struct lb_selection *s, struct ids *ids, struct lb_error *err)
{
	return read_ids(s, "flickr.photosets.getList", album_ids, "albums", ids, err);
}

int lb_plan_albums(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(ids_clear) struct ids ids = { 0 };
	LB_TRY(lb_select_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	LB_TRY(read_album_ids(s, &ids, err));
	for (size_t i = 0; i < ids.count; i++)
		LB_TRY(read_album(s, ids.items[i], s->url->owner_id, false, err));
	return 0;
}

int lb_plan_stream_albums(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(ids_clear) struct ids ids = { 0 };
	LB_TRY(read_album_ids(s, &ids, err));
	for (size_t i = 0; i < ids.count; i++)
		if (!lb_list_has_set(s->planner, LB_SET_ALBUM, ids.items[i]))
			LB_TRY(read_album(s, ids.items[i], s->url->owner_id, true, err));
	s->url->whole_stream = ids.whole;
	return 0;
}

int lb_plan_galleries(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(ids_clear) struct ids ids = { 0 };
	LB_TRY(lb_select_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	LB_TRY(read_ids(s, "flickr.galleries.getList", gallery_ids, "galleries", &ids, err));
	for (size_t i = 0; i < ids.count; i++)
		LB_TRY(read_gallery(s, ids.items[i], s->url->owner_id, err));
	return 0;
}

/* ---- groups ------------------------------------------------------------------------------------------------------------------- */

/* A group's own id may stand in its address. */
static const char *group_id_of(const char *url, struct lb_arena *arena)
{
	const char *name = strstr(url, "/groups/");
	name = name ? name + strlen("/groups/") : "";
	size_t n = strcspn(name, "/"), digits = strspn(name, "0123456789");
	bool is_id = n >= 5 && digits == n - 4 && name[digits] == '@' && (name[digits + 1] | 32) == 'n';
	return is_id ? lb_arena_printf(arena, "%.*s@N%.2s", (int)digits, name, name + digits + 2) : NULL;
}

static int look_up_group(struct lb_selection *s, struct lb_arena *arena, const char **id, struct lb_error *err)
{
	static const char method[] = "flickr.urls.lookupGroup";
	struct lb_reply reply = { 0 };
	struct lb_error why = { 0 };
	const char *name;
	*id = NULL;
	LB_TRY(lb_select_look_up(s, arena, method, s->parsed.group_url, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_lookup_group(reply.answer.rsp, arena, id, &name, &why))
		lb_select_gap(s, &reply, &why, "group", method);
	return 0;
}

static int name_group(struct lb_selection *s, struct lb_arena *arena, const char *id, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_group group = { 0 };
	struct lb_error why = { 0 };
	LB_TRY(lb_select_ask_layer(s, arena, "group", id, NULL, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_group(reply.answer.rsp, arena, &group, &why))
		lb_select_gap(s, &reply, &why, "group", "flickr.groups.getInfo");
	s->url->name = lb_select_keep(s, group.title);
	return 0;
}

/* The pool, or what a tag or a member has in it. */
int lb_plan_group(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *id = group_id_of(s->parsed.group_url, &arena), *member = s->parsed.member_id, *name;
	if (!id)
		LB_TRY(look_up_group(s, &arena, &id, err));
	if (id && s->parsed.member_url && !member)
		LB_TRY(lb_select_member(s, s->parsed.member_url, &member, &name, err));
	if (!id || (s->parsed.member_url && !member)) /* without it the whole pool would come */
		return 0;
	LB_TRY(name_group(s, &arena, id, err));
	struct lb_param params[] = { { "group_id", id }, { "tags", s->parsed.tag }, { "user_id", member } };
	struct lb_list list = { .method = "flickr.groups.pools.getPhotos", .params = params, .nparams = LB_COUNT(params) };
	LB_TRY(lb_list_read(s, &list, err));
	lb_list_add_set(s, LB_SET_GROUP, id, NULL, &list, s->parsed.tag || member);
	lb_list_add_claim(s, &list);
	return 0;
}

/* ---- collections ---------------------------------------------------------------------------------------------------------------- */

/* The API's ids are "<number>-<id>", those of addresses the second half. */
static bool is_collection(const char *api_id, const char *url_id)
{
	size_t a = api_id ? strlen(api_id) : 0, b = strlen(url_id);
	return a >= b && strcmp(api_id + a - b, url_id) == 0 && (a == b || api_id[a - b - 1] == '-');
}

static void copy_collection(struct lb_selection *s, const struct lb_collection *from, bool top, struct lb_collection *to)
{
	*to = (struct lb_collection){ .id = lb_select_keep(s, from->id), .title = lb_select_keep(s, from->title),
		.description = lb_select_keep(s, from->description), .owner_id = lb_select_keep(s, s->url->owner_id),
		.parent_id = top ? NULL : lb_select_keep(s, from->parent_id), .nalbum_ids = from->nalbum_ids };
	to->album_ids = lb_arena_alloc(&s->planner->plan->arena, from->nalbum_ids * sizeof *to->album_ids);
	for (size_t i = 0; i < from->nalbum_ids; i++)
		to->album_ids[i] = lb_select_keep(s, from->album_ids[i]);
}

/* Of the tree (parents before children) the wanted collection and what is below it; all of it when none is named. */
static size_t keep_collections(struct lb_selection *s, const struct lb_collection *tree, size_t count, const char *wanted, struct ids *albums)
{
	LB_AUTO(lb_map_clear) struct lb_map kept = { 0 };
	struct lb_plan *plan = s->planner->plan;
	for (size_t i = 0; i < count; i++) {
		bool below = tree[i].parent_id && lb_map_get(&kept, lb_span(tree[i].parent_id), NULL);
		if (!below && wanted && !is_collection(tree[i].id, wanted))
			continue;
		lb_map_put(&kept, lb_span(tree[i].id), i);
		if (lb_map_put(&s->planner->collections, lb_span(tree[i].id), i))
			copy_collection(s, &tree[i], !below, &plan->collections[plan->ncollections++]);
		if (!below && wanted)
			s->url->name = lb_select_keep(s, tree[i].title);
		for (size_t k = 0; k < tree[i].nalbum_ids; k++)
			add_id(albums, tree[i].album_ids[k]);
	}
	return kept.count;
}

static void make_room(struct lb_plan *plan, size_t more)
{
	struct lb_collection *all = lb_arena_alloc(&plan->arena, (plan->ncollections + more) * sizeof *all);
	if (plan->ncollections)
		memcpy(all, plan->collections, plan->ncollections * sizeof *all);
	plan->collections = all;
}

static int ask_tree(struct lb_selection *s, struct lb_arena *arena, const char *collection_id, struct lb_reply *out, struct lb_error *err)
{
	struct lb_param params[] = { { "collection_id", collection_id }, { "user_id", s->url->owner_id } };
	return lb_select_ask(s, arena, "flickr.collections.getTree", params, LB_COUNT(params), out, err);
}

/* Asks for the tree below a collection, or the member's whole tree (id NULL), and keeps of it what is `wanted` (NULL: all).
 * *out: what was answered; *kept: how much of it was kept. */
static int read_tree(struct lb_selection *s, struct lb_arena *arena, const char *id, const char *wanted, struct ids *albums, struct lb_reply *out, size_t *kept, struct lb_error *err)
{
	struct lb_error why = { 0 };
	struct lb_collection *tree = NULL;
	size_t count = 0;
	*kept = 0;
	LB_TRY(ask_tree(s, arena, id, out, err));
	if (!lb_reply_good(out))
		return 0;
	if (lb_parse_collections(out->answer.rsp, arena, &tree, &count, &why)) {
		lb_select_gap(s, out, &why, "collection", "flickr.collections.getTree");
		return 0;
	}
	make_room(s->planner->plan, count);
	*kept = keep_collections(s, tree, count, wanted, albums);
	if (!*kept && id) /* the tree of what was asked for, by another id */
		*kept = keep_collections(s, tree, count, NULL, albums);
	return 0;
}

int lb_plan_collection(struct lb_selection *s, struct lb_error *err)
{
	LB_AUTO(ids_clear) struct ids albums = { 0 };
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *id = s->parsed.collection_id;
	struct lb_reply reply, whole;
	size_t kept;
	LB_TRY(lb_select_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	LB_TRY(read_tree(s, &arena, id, id, &albums, &reply, &kept, err));
	if (id && !lb_reply_good(&reply)) /* by half an id it may not be found; in the whole tree it is */
		LB_TRY(read_tree(s, &arena, NULL, id, &albums, &whole, &kept, err));
	if (!kept && !lb_reply_good(&reply))
		lb_select_gap(s, &reply, NULL, "collection", "flickr.collections.getTree");
	for (size_t i = 0; i < albums.count; i++)
		LB_TRY(read_album(s, albums.items[i], s->url->owner_id, false, err));
	return 0;
}
