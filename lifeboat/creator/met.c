/* What is met around the photos: each member, album, group and gallery once. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/subject.h"

void lb_met_clear(struct lb_met *m)
{
	for (size_t i = 0; i < LB_ABOUT_COUNT; i++) {
		lb_map_clear(&m->of[i].at);
		free(m->of[i].items);
	}
	lb_arena_clear(&m->arena);
	*m = (struct lb_met){ 0 };
}

static struct lb_met_item *item_of(struct lb_met *m, enum lb_about about, const char *id)
{
	size_t at;
	if (lb_map_get(&m->of[about].at, lb_span(id), &at))
		return &m->of[about].items[at];
	LB_GROW(m->of[about].items, m->of[about].count, m->of[about].cap);
	lb_map_put(&m->of[about].at, lb_span(id), m->of[about].count);
	struct lb_met_item *item = &m->of[about].items[m->of[about].count++];
	*item = (struct lb_met_item){ .id = lb_arena_strdup(&m->arena, id), .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN };
	return item;
}

static void know(struct lb_met *m, const char **known, const char *text)
{
	if (!*known)
		*known = lb_arena_strdup(&m->arena, text);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

void lb_met_photo(struct lb_met *m, const struct lb_photo *photo)
{
	if (photo->owner.nsid) {
		struct lb_met_item *owner = item_of(m, LB_ABOUT_PERSON, photo->owner.nsid);
		know(m, &owner->iconserver, photo->owner.iconserver);
		know(m, &owner->iconfarm, photo->owner.iconfarm);
	}
	for (size_t i = 0; i < photo->nalbums; i++) {
		struct lb_met_item *album = item_of(m, LB_ABOUT_ALBUM, photo->albums[i].id);
		know(m, &album->owner_id, photo->owner.nsid);
		album->count_comments = larger(album->count_comments, photo->albums[i].count_comments);
	}
	for (size_t i = 0; i < photo->ngroups; i++)
		(void)item_of(m, LB_ABOUT_GROUP, photo->groups[i].id);
}

void lb_met_set(struct lb_met *m, const struct lb_plan_set *set)
{
	if (!set->id)
		return;
	struct lb_met_item *item = item_of(m, lb_set_about(set), set->id);
	know(m, &item->owner_id, set->owner_id);
}

/* ---- lists that tell of albums or galleries in full ---------------------------------------------------------------------- */

static void each_album(const struct lb_xml *rsp, struct lb_arena *a, lb_told_fn *take, void *arg)
{
	struct lb_album *list;
	struct lb_page page;
	size_t count;
	if (lb_parse_albums(rsp, a, &list, &count, &page, NULL))
		return;
	for (size_t i = 0; i < count; i++)
		take(arg, &(struct lb_subject){ .about = LB_ABOUT_ALBUM, .id = list[i].id, .owner_id = list[i].owner_id, .is.album = list[i] });
}

static void take_gallery(const struct lb_gallery *g, lb_told_fn *take, void *arg)
{
	take(arg, &(struct lb_subject){ .about = LB_ABOUT_GALLERY, .id = g->id, .is.gallery = *g });
}

static void each_gallery(const struct lb_xml *rsp, struct lb_arena *a, lb_told_fn *take, void *arg)
{
	struct lb_gallery *list;
	struct lb_page page;
	size_t count;
	if (lb_parse_gallery_list(rsp, a, &list, &count, &page, NULL))
		return;
	for (size_t i = 0; i < count; i++)
		take_gallery(&list[i], take, arg);
}

static void its_gallery(const struct lb_xml *rsp, struct lb_arena *a, lb_told_fn *take, void *arg)
{
	struct lb_gallery gallery;
	if (lb_parse_gallery(rsp, a, &gallery, NULL) == 0)
		take_gallery(&gallery, take, arg);
}

static const struct { const char *method; void (*each)(const struct lb_xml *rsp, struct lb_arena *a, lb_told_fn *take, void *arg); } lists[] = {
	{ "flickr.photosets.getList", each_album },
	{ "flickr.galleries.getList", each_gallery },
	{ "flickr.galleries.getPhotos", its_gallery },
};

void lb_told_each(const char *method, const struct lb_xml *rsp, struct lb_arena *arena, lb_told_fn *take, void *arg)
{
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		if (strcmp(method, lists[i].method) == 0)
			lists[i].each(rsp, arena, take, arg);
}

bool lb_told_by(const char *method)
{
	for (size_t i = 0; method && i < LB_COUNT(lists); i++)
		if (strcmp(method, lists[i].method) == 0)
			return true;
	return false;
}

/* ---- what they told of what was met --------------------------------------------------------------------------------------- */

static void tell(void *arg, const struct lb_subject *told)
{
	struct lb_met *m = arg;
	size_t at;
	if (!told->id || !lb_map_get(&m->of[told->about].at, lb_span(told->id), &at))
		return;
	struct lb_met_item *item = &m->of[told->about].items[at];
	bool album = told->about == LB_ABOUT_ALBUM;
	item->count_comments = larger(item->count_comments, album ? told->is.album.count_comments : told->is.gallery.count_comments);
	item->date_created = larger(item->date_created, album ? told->is.album.date_created : told->is.gallery.date_created);
}

static int told_by_call(struct lb_met *m, const struct lb_evidence *ev, const char *uri, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply;
	const char *method = lb_uri_param(lb_span(uri), "method", &arena);
	if (!lb_told_by(method))
		return 0;
	LB_TRY(lb_reply_recorded(ev, method, uri, &arena, &reply, err));
	if (lb_reply_good(&reply))
		lb_told_each(method, reply.answer.rsp, &arena, tell, m);
	return 0;
}

int lb_met_told(struct lb_met *m, const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err)
{
	for (size_t i = 0; i < plan->nurls; i++)
		for (size_t c = 0; c < plan->urls[i].ncalls; c++) {
			LB_TRY(lb_ctx_check(ctx, err));
			if (plan->urls[i].calls[c])
				LB_TRY(told_by_call(m, ev, plan->urls[i].calls[c], err));
		}
	return 0;
}

void lb_met_subject(const struct lb_met *m, enum lb_about about, size_t i, struct lb_subject *out)
{
	const struct lb_met_item *item = &m->of[about].items[i];
	lb_subject_init(out, about, item->id, item->owner_id);
	if (about == LB_ABOUT_PERSON) {
		out->is.person.iconserver = item->iconserver;
		out->is.person.iconfarm = item->iconfarm;
	} else if (about == LB_ABOUT_ALBUM) {
		out->is.album.count_comments = item->count_comments;
		out->is.album.date_created = item->date_created;
	} else if (about == LB_ABOUT_GALLERY) {
		out->is.gallery.date_created = item->date_created;
	}
}
