/* The kinds of URL, and how the photos of each are found. */
#include <string.h>

#include "lifeboat/creator/enumerate.h"
#include "lifeboat/creator/subject.h"

/* ---- one photo ---------------------------------------------------------------------------------------------------------- */

static int plan_photo(struct lb_selection *s, struct lb_error *err)
{
	const struct lb_layer *info = lb_layer_named("info");
	struct lb_reply reply;
	struct lb_subject about;
	struct lb_photo *photo = &about.is.photo;
	lb_subject_init(&about, LB_ABOUT_PHOTO, s->parsed.photo_id, NULL);
	LB_TRY(lb_select_ask_layer(s, &s->scratch, info->name, s->parsed.photo_id, NULL, &reply, err));
	if (lb_reply_good(&reply) && !lb_subject_read(&about, info, &reply, &s->scratch, &(struct lb_page){ 0 }, NULL)) {
		s->planner->usable++;
		s->url->name = lb_select_keep(s, photo->title);
		s->url->owner_id = lb_select_keep(s, photo->owner.nsid);
	}
	photo->id = s->parsed.photo_id;
	lb_list_add_row(s, photo, SIZE_MAX);
	s->url->found = 1;
	return 0;
}

/* ---- lists by member -------------------------------------------------------------------------------------------------------- */

/* Reads one list of which nothing but its parameters is special. */
static int plan_list(struct lb_selection *s, const char *method, const struct lb_param *params, size_t count, struct lb_error *err)
{
	struct lb_list list = { .method = method, .params = params, .nparams = count };
	LB_TRY(lb_list_read(s, &list, err));
	lb_list_add_claim(s, &list);
	return 0;
}

static int plan_list_of(struct lb_selection *s, const char *method, const char *nsid, const char *safe_search, struct lb_error *err)
{
	struct lb_param params[] = { { "user_id", nsid }, { "safe_search", safe_search } };
	return plan_list(s, method, params, LB_COUNT(params), err);
}

static int plan_by_member(struct lb_selection *s, const char *method, const char *safe_search, struct lb_error *err)
{
	LB_TRY(lb_select_owner(s, err));
	return s->url->owner_id ? plan_list_of(s, method, s->url->owner_id, safe_search, err) : 0;
}

static const char *stream_method(struct lb_selection *s)
{
	return lb_select_signed(s) ? "flickr.people.getPhotos" : "flickr.people.getPublicPhotos";
}

static int plan_user(struct lb_selection *s, struct lb_error *err)
{
	LB_TRY(plan_by_member(s, stream_method(s), lb_select_safe_search(s), err));
	if (!s->url->owner_id || !(s->planner->plan->choices.layers & UINT32_C(1) << LB_CHOICE_ALBUMS))
		return 0;
	return lb_plan_stream_albums(s, err);
}

static int plan_favorites(struct lb_selection *s, struct lb_error *err)
{
	return plan_by_member(s, lb_select_signed(s) ? "flickr.favorites.getList" : "flickr.favorites.getPublicList", NULL, err);
}

static int plan_people_in(struct lb_selection *s, struct lb_error *err)
{
	return plan_by_member(s, "flickr.people.getPhotosOf", NULL, err);
}

/* ---- lists of Flickr as a whole ---------------------------------------------------------------------------------------------- */

static int plan_explore(struct lb_selection *s, struct lb_error *err)
{
	s->url->name = lb_select_keep(s, s->parsed.date);
	return plan_list(s, "flickr.interestingness.getList", &(struct lb_param){ "date", s->parsed.date }, 1, err);
}

static int plan_commons(struct lb_selection *s, struct lb_error *err)
{
	static const char method[] = "flickr.commons.getInstitutions";
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	struct lb_reply reply;
	struct lb_institution *in = NULL;
	struct lb_error why = { 0 };
	size_t count = 0;
	s->url->name = "Flickr Commons";
	LB_TRY(lb_select_ask(s, &arena, method, NULL, 0, &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_institutions(reply.answer.rsp, &arena, &in, &count, &why))
		lb_select_gap(s, &reply, &why, "institutions", method);
	lb_ctx_note(s->planner->session->ctx, LB_EVENT_WARN, "flickr commons is %zu institutions with millions of photos: reading their streams one after another", count);
	for (size_t i = 0; i < count; i++)
		LB_TRY(plan_list_of(s, stream_method(s), in[i].nsid, lb_select_safe_search(s), err));
	return 0;
}

/* ---- the table --------------------------------------------------------------------------------------------------------------------- */

static const struct { enum lb_url_kind kind; lb_kind_fn *plan; } kinds[] = {
	{ LB_URL_PHOTO, plan_photo },
	{ LB_URL_USER, plan_user },
	{ LB_URL_ALBUM, lb_plan_album },
	{ LB_URL_ALBUMS, lb_plan_albums },
	{ LB_URL_GALLERY, lb_plan_gallery },
	{ LB_URL_GALLERIES, lb_plan_galleries },
	{ LB_URL_GROUP, lb_plan_group },
	{ LB_URL_GROUP_POOL, lb_plan_group },
	{ LB_URL_FAVORITES, plan_favorites },
	{ LB_URL_PEOPLE_IN, plan_people_in },
	{ LB_URL_TAG, lb_plan_tag },
	{ LB_URL_USER_TAG, lb_plan_user_tag },
	{ LB_URL_SEARCH, lb_plan_search },
	{ LB_URL_ARCHIVE, lb_plan_archive },
	{ LB_URL_COLLECTION, lb_plan_collection },
	{ LB_URL_EXPLORE, plan_explore },
	{ LB_URL_COMMONS, plan_commons },
	{ LB_URL_SHORT, lb_plan_short },
};

static lb_kind_fn *kind_of(const struct lb_flickr_url *parsed)
{
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		if (kinds[i].kind == parsed->kind)
			return kinds[i].plan;
	return NULL;
}

/* What the URL grammar does not know is a wrong word here, not a package of another version. */
int lb_kind_understand(const char *url, struct lb_arena *arena, struct lb_flickr_url *parsed, struct lb_error *err)
{
	int rc = lb_flickr_url_parse(url, arena, parsed, err);
	if (rc && err)
		err->status = LB_USAGE;
	if (rc)
		return LB_USAGE;
	if (kind_of(parsed))
		return 0;
	lb_fail(err, LB_USAGE, "\"%s\" is Flickr's homepage, which holds no photos of its own", url);
	lb_hint(err, "give a photo, an album, a member's photostream, a group, a gallery, a search or a tag");
	return LB_USAGE;
}

int lb_kind_plan_parsed(struct lb_selection *s, struct lb_error *err)
{
	return kind_of(&s->parsed)(s, err);
}

int lb_kind_plan(struct lb_planner *p, size_t number, struct lb_error *err)
{
	struct lb_selection s = { .planner = p, .number = number, .url = &p->plan->urls[number] };
	LB_TRY(lb_kind_understand(s.url->url, &p->plan->arena, &s.parsed, err));
	int rc = lb_kind_plan_parsed(&s, err);
	lb_map_clear(&s.seen);
	lb_arena_clear(&s.scratch);
	lb_select_progress(&s);
	return rc;
}
