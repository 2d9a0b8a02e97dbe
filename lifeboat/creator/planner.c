/* Planning: from URLs to the list of photos. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/session.h"

#define LIST_PER_PAGE "500"
#define REREAD_PER_PAGE "499" /* page 1 once more at the end: another page size makes it another question */
#define LIST_PAGES_MAX 10000  /* Flickr answers later pages with this one */

struct planner {
	struct lb_session *session;
	struct lb_plan *plan;
	struct lb_map photos;   /* id → index in plan->photos */
	size_t usable;          /* photos that an answer vouched for */
	const char *why;        /* the first thing that could not be had */
};
/* One URL being enumerated. */
struct selection {
	struct planner *planner;
	struct lb_plan_url *url;
	size_t number;
	struct lb_flickr_url parsed;
	const struct lb_photo **rows; size_t nrows, rows_cap;
	struct lb_map seen;
	size_t calls_cap;
};

static struct lb_arena *arena_of(struct selection *s)
{
	return &s->planner->plan->arena;
}

/* ---- asking, with what cannot be had noted ------------------------------------------------------------------------ */

static void note_call(struct selection *s, const char *uri)
{
	struct lb_plan_url *u = s->url;
	if (u->ncalls == s->calls_cap) {
		s->calls_cap = s->calls_cap ? s->calls_cap * 2 : 8;
		const char **more = lb_arena_alloc(arena_of(s), s->calls_cap * sizeof *more);
		if (u->ncalls)
			memcpy(more, u->calls, u->ncalls * sizeof *more);
		u->calls = more;
	}
	u->calls[u->ncalls++] = uri;
}

static void note_gap(struct selection *s, struct lb_gap gap)
{
	struct lb_plan *plan = s->planner->plan;
	LB_GROW(plan->gaps, plan->ngaps, plan->gaps_cap);
	plan->gaps[plan->ngaps++] = gap;
}

/* A list with a hole that only the network made is no plan; what Flickr itself refuses is a gap. */
static int no_answer(const struct lb_reply *r, struct lb_error *err)
{
	if (r->answered || r->record < 0 || r->code != LB_UNKNOWN)
		return 0;
	lb_fail(err, LB_NETWORK, "flickr cannot be reached: %s", r->why);
	lb_hint(err, "nothing is lost; run the same command again when the network is back");
	return LB_NETWORK;
}

static int ask(struct selection *s, const char *method, const struct lb_param *params, size_t count, struct lb_reply *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(1 << 16);
	lb_api_uri(&uri, method, params, count, NULL);
	LB_TRY(lb_buf_check(&uri, "request", err));
	const char *kept = lb_arena_strdup(arena_of(s), lb_buf_str(&uri));
	LB_TRY(lb_session_ask(s->planner->session, method, kept, arena_of(s), out, err));
	if (out->record >= 0)
		note_call(s, kept);
	if (lb_reply_good(out))
		return 0;
	if (!s->planner->why)
		s->planner->why = out->answered ? out->answer.message : out->why;
	return no_answer(out, err);
}

/* An unreadable answer costs this one request, not the plan. */
static void note_unreadable(struct selection *s, struct lb_reply *r, const struct lb_error *why, const char *layer, const char *method)
{
	r->answered = false;
	r->why = lb_arena_strdup(arena_of(s), why->what);
	note_gap(s, lb_reply_gap(r, NULL, s->url->url, layer, method));
}

/* ---- rows of the plan --------------------------------------------------------------------------------------------------- */

static struct lb_plan_photo *plan_photo(struct planner *p, const char *id)
{
	size_t at;
	if (lb_map_get(&p->photos, lb_span(id), &at))
		return &p->plan->photos[at];
	LB_GROW(p->plan->photos, p->plan->nphotos, p->plan->photos_cap);
	lb_map_put(&p->photos, lb_span(id), p->plan->nphotos);
	struct lb_plan_photo *photo = &p->plan->photos[p->plan->nphotos++];
	*photo = (struct lb_plan_photo){ .id = lb_arena_strdup(&p->plan->arena, id), .comments = LB_UNKNOWN, .original_offered = LB_UNKNOWN };
	return photo;
}

static void add_from(struct lb_arena *arena, struct lb_plan_photo *photo, size_t number)
{
	if (photo->nfrom && photo->from[photo->nfrom - 1] == number)
		return;
	if ((photo->nfrom & (photo->nfrom - 1)) == 0) { /* full at each power of two */
		size_t *more = lb_arena_alloc(arena, (photo->nfrom ? photo->nfrom * 2 : 1) * sizeof *more);
		if (photo->nfrom)
			memcpy(more, photo->from, photo->nfrom * sizeof *more);
		photo->from = more;
	}
	size_t *list = (size_t *)(uintptr_t)photo->from;
	list[photo->nfrom++] = number;
}

static void fill_sizes(struct lb_plan_photo *to, const struct lb_photo *row)
{
	if (row->nsizes)
		to->original_offered = 0;
	for (size_t i = 0; i < row->nsizes; i++) {
		const struct lb_size *z = &row->sizes[i];
		if (z->label && strcmp(z->label, "Original") == 0)
			to->original_offered = 1;
		if (z->width > 0 && z->height > 0 && z->width < 100000 && z->height < 100000 && (uint64_t)(z->width * z->height) > to->pixels)
			to->pixels = (uint64_t)(z->width * z->height);
	}
}

static void add_row(struct selection *s, const struct lb_photo *row)
{
	struct planner *p = s->planner;
	struct lb_plan_photo *to = plan_photo(p, row->id);
	const char *keep[] = { row->owner.nsid, row->owner.username, row->title, row->license_id, row->media,
		row->is_public == LB_UNKNOWN ? NULL : lb_visibility_name(row) };
	const char **into[] = { &to->owner_id, &to->owner_name, &to->title, &to->license_id, &to->media, &to->visibility };
	for (size_t i = 0; i < LB_COUNT(keep); i++)
		if (keep[i] && !*into[i])
			*into[i] = keep[i];
	if (row->count_comments != LB_UNKNOWN)
		to->comments = row->count_comments;
	fill_sizes(to, row);
	add_from(&p->plan->arena, to, s->number);
}

/* ---- lists, page by page --------------------------------------------------------------------------------------------------- */

/* Takes rows whose id is new to this list; at the front when they appeared while it was being read. */
static size_t take_rows(struct selection *s, const struct lb_photo *rows, size_t count, bool front)
{
	size_t added = 0;
	for (size_t i = 0; i < count; i++) {
		if (!lb_map_put(&s->seen, lb_span(rows[i].id), 0))
			continue;
		LB_GROW(s->rows, s->nrows, s->rows_cap);
		size_t at = front ? added : s->nrows;
		memmove(s->rows + at + 1, s->rows + at, (s->nrows - at) * sizeof *s->rows);
		s->rows[at] = &rows[i];
		s->nrows++;
		added++;
	}
	return added;
}

struct list { const char *method; struct lb_param params[2]; size_t nparams; };

static int ask_page(struct selection *s, const struct list *list, const char *per_page, size_t number, struct lb_reply *reply, struct lb_error *err)
{
	struct lb_param params[8] = { { "extras", lb_list_extras }, { "per_page", per_page },
		{ "page", lb_arena_printf(arena_of(s), "%zu", number) } };
	size_t n = 3;
	for (size_t i = 0; i < list->nparams; i++)
		params[n++] = list->params[i];
	return ask(s, list->method, params, n, reply, err);
}

/* Reads one page; `more` tells whether the next may hold something new. */
static int read_page(struct selection *s, const struct list *list, size_t number, bool *more, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_photo *rows;
	struct lb_page page = { .page = LB_UNKNOWN, .pages = LB_UNKNOWN, .per_page = LB_UNKNOWN, .total = LB_UNKNOWN };
	size_t count;
	*more = false;
	LB_TRY(ask_page(s, list, LIST_PER_PAGE, number, &reply, err));
	const char *layer = lb_arena_printf(arena_of(s), "page %zu", number);
	if (!lb_reply_good(&reply)) {
		note_gap(s, lb_reply_gap(&reply, NULL, s->url->url, layer, list->method));
		return 0;
	}
	struct lb_error why = { 0 };
	if (lb_parse_photo_list(reply.answer.rsp, arena_of(s), &rows, &count, &page, &why)) {
		note_unreadable(s, &reply, &why, layer, list->method);
		return 0;
	}
	if (s->url->claimed == LB_UNKNOWN)
		s->url->claimed = page.total;
	size_t added = take_rows(s, rows, count, false);
	bool last = page.pages != LB_UNKNOWN && (int64_t)number >= page.pages;
	bool full = page.per_page > 0 && (int64_t)count >= page.per_page;
	*more = added > 0 && (!last || full); /* neither pages nor total is believed when the page is full */
	return 0;
}

/* Photos uploaded while we read push others back a page: what is new on page 1 now was missed. */
static int read_first_again(struct selection *s, const struct list *list, struct lb_error *err)
{
	struct lb_reply reply;
	struct lb_photo *rows;
	struct lb_page page = { 0 };
	size_t count;
	LB_TRY(ask_page(s, list, REREAD_PER_PAGE, 1, &reply, err));
	if (lb_reply_good(&reply) && !lb_parse_photo_list(reply.answer.rsp, arena_of(s), &rows, &count, &page, NULL))
		take_rows(s, rows, count, true);
	return 0;
}

static int read_list(struct selection *s, const struct list *list, struct lb_error *err)
{
	bool more = true;
	size_t pages = 0;
	while (more && pages < LIST_PAGES_MAX) {
		LB_TRY(lb_ctx_check(s->planner->session->ctx, err));
		LB_TRY(read_page(s, list, ++pages, &more, err));
		lb_ctx_event(s->planner->session->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos",
			.done = s->planner->plan->nphotos + s->nrows, .calls = lb_net_stats(s->planner->session->net).api_calls });
	}
	if (pages > 1)
		LB_TRY(read_first_again(s, list, err));
	for (size_t i = 0; i < s->nrows; i++)
		add_row(s, s->rows[i]);
	s->planner->usable += s->nrows;
	s->url->found = s->nrows;
	return 0;
}

/* ---- the kinds of URL ------------------------------------------------------------------------------------------------------ */

/* NSID of the URL's member into url->owner_id; left NULL, with a gap, when Flickr does not tell. */
static int resolve_owner(struct selection *s, struct lb_error *err)
{
	static const char method[] = "flickr.urls.lookupUser";
	struct lb_reply reply = { 0 };
	s->url->owner_id = s->parsed.user_id;
	if (s->url->owner_id)
		return 0;
	const char *base = s->parsed.user_url;
	size_t n = strlen(base);
	while (n && base[n - 1] == '/')
		n--;
	static const char *const ends[] = { "/", "" }; /* the site's own form first; recordings may hold the other */
	for (size_t i = 0; i < LB_COUNT(ends); i++) {
		const char *url = lb_arena_printf(arena_of(s), "%.*s%s", (int)n, base, ends[i]);
		LB_TRY(ask(s, method, &(struct lb_param){ "url", url }, 1, &reply, err));
		if (reply.answered || !s->planner->session->source->replay)
			break;
	}
	const char *username;
	struct lb_error why = { 0 };
	if (!lb_reply_good(&reply))
		note_gap(s, lb_reply_gap(&reply, NULL, s->url->url, "member", method));
	else if (lb_parse_lookup_user(reply.answer.rsp, arena_of(s), &s->url->owner_id, &username, &why))
		note_unreadable(s, &reply, &why, "member", method);
	else
		s->url->name = username;
	return 0;
}

static int plan_single(struct selection *s, struct lb_error *err)
{
	const struct lb_layer *info = &lb_layers[0];
	struct lb_reply reply;
	struct lb_photo photo;
	struct lb_param id = { "photo_id", s->parsed.photo_id };
	lb_photo_init(&photo);
	LB_TRY(ask(s, info->method, &id, 1, &reply, err));
	photo.id = s->parsed.photo_id;
	if (lb_reply_good(&reply) && !lb_reply_read(&reply, info, s->parsed.photo_id, arena_of(s), &photo, &(struct lb_page){ 0 }, NULL)) {
		s->planner->usable++;
		s->url->name = photo.title;
	} else {
		lb_photo_init(&photo);
	}
	photo.id = s->parsed.photo_id;
	add_row(s, &photo);
	s->url->found = 1;
	s->url->owner_id = photo.owner.nsid;
	return 0;
}

static int plan_album(struct selection *s, struct lb_error *err)
{
	static const char method[] = "flickr.photosets.getInfo";
	struct lb_reply reply;
	struct lb_album album = { 0 };
	LB_TRY(resolve_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	s->url->album_id = s->parsed.album_id;
	struct list list = { "flickr.photosets.getPhotos", { { "photoset_id", s->parsed.album_id }, { "user_id", s->url->owner_id } }, 2 };
	struct lb_error why = { 0 };
	LB_TRY(ask(s, method, list.params, 2, &reply, err));
	if (!lb_reply_good(&reply))
		note_gap(s, lb_reply_gap(&reply, NULL, s->url->url, "album", method));
	else if (lb_parse_album(reply.answer.rsp, arena_of(s), &album, &why))
		note_unreadable(s, &reply, &why, "album", method);
	else
		s->url->name = album.title;
	return read_list(s, &list, err);
}

static int plan_user(struct selection *s, struct lb_error *err)
{
	LB_TRY(resolve_owner(s, err));
	if (!s->url->owner_id)
		return 0;
	struct list list = { "flickr.people.getPublicPhotos", { { "user_id", s->url->owner_id } }, 1 };
	return read_list(s, &list, err);
}

static const struct { enum lb_url_kind kind; int (*plan)(struct selection *s, struct lb_error *err); } kinds[] = {
	{ LB_URL_PHOTO, plan_single },
	{ LB_URL_ALBUM, plan_album },
	{ LB_URL_USER, plan_user },
};

static int find_kind(const char *url, const struct lb_flickr_url *parsed, size_t *kind, struct lb_error *err)
{
	for (*kind = 0; *kind < LB_COUNT(kinds); (*kind)++)
		if (kinds[*kind].kind == parsed->kind)
			return 0;
	lb_fail(err, LB_USAGE, "\"%s\" is a Flickr %s, which cannot be collected yet", url, lb_url_kind_name(parsed->kind));
	lb_hint(err, "give a photo, an album or a member's photostream");
	return LB_USAGE;
}

/* What the URL grammar does not know is a wrong word here, not a package of another version. */
static int understand(const char *url, struct lb_arena *arena, struct lb_flickr_url *parsed, size_t *kind, struct lb_error *err)
{
	int rc = lb_flickr_url_parse(url, arena, parsed, err);
	if (rc && err)
		err->status = LB_USAGE;
	return rc ? LB_USAGE : find_kind(url, parsed, kind, err);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------------- */

static int plan_one(struct planner *p, size_t number, struct lb_error *err)
{
	struct selection s = { .planner = p, .number = number, .url = &p->plan->urls[number] };
	size_t kind;
	LB_TRY(understand(s.url->url, &p->plan->arena, &s.parsed, &kind, err));
	int rc = kinds[kind].plan(&s, err);
	free(s.rows);
	lb_map_clear(&s.seen);
	return rc;
}

/* All URLs are understood before the first is asked for. */
static int check_urls(const char *const *urls, size_t count, struct lb_plan *plan, struct lb_error *err)
{
	plan->nurls = count;
	plan->urls = lb_arena_alloc(&plan->arena, count * sizeof *plan->urls);
	for (size_t i = 0; i < count; i++) {
		struct lb_flickr_url parsed;
		size_t kind;
		LB_TRY(understand(urls[i], &plan->arena, &parsed, &kind, err));
		plan->urls[i] = (struct lb_plan_url){ .url = lb_arena_strdup(&plan->arena, urls[i]),
			.type = lb_url_kind_name(parsed.kind), .claimed = LB_UNKNOWN };
	}
	return 0;
}

static const char *default_title(struct lb_plan *plan)
{
	const struct lb_plan_url *u = &plan->urls[0];
	if (plan->nurls == 1 && u->name && strcmp(u->type, lb_url_kind_name(LB_URL_USER)) == 0)
		return lb_arena_printf(&plan->arena, "The photostream of %s", u->name);
	if (plan->nurls == 1 && u->name)
		return u->name;
	return lb_arena_printf(&plan->arena, "%zu photo%s from Flickr", plan->nphotos, plan->nphotos == 1 ? "" : "s");
}

/* The same URLs at the same second make the same lifeboat. */
static void identify(struct lb_plan *plan, int64_t now)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 24);
	char uuid[37];
	plan->created = now;
	lb_buf_addf(&b, "lifeboat %lld", (long long)now);
	for (size_t i = 0; i < plan->nurls; i++)
		lb_buf_addf(&b, "\n%s", plan->urls[i].url);
	lb_uuid_of(lb_buf_span(&b), uuid);
	plan->id = lb_arena_printf(&plan->arena, "urn:uuid:%s", uuid);
	plan->program = "lifeboat " LB_VERSION;
}

/* Words said now replace those said before. true when something changed. */
static bool take_words(struct lb_plan *plan, const struct lb_maker_words *words)
{
	const char *said[] = { words->title, words->purpose, words->future, words->maker, words->maker_id };
	const char **kept[] = { &plan->words.title, &plan->words.purpose, &plan->words.future, &plan->words.maker, &plan->words.maker_id };
	bool changed = false;
	for (size_t i = 0; i < LB_COUNT(said); i++) {
		if (!said[i] || (*kept[i] && strcmp(said[i], *kept[i]) == 0))
			continue;
		*kept[i] = lb_arena_strdup(&plan->arena, said[i]);
		changed = true;
	}
	return changed;
}

static int enumerate(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *plan, struct lb_error *err)
{
	struct lb_session session;
	struct planner planner = { .session = &session, .plan = plan };
	LB_TRY(lb_session_open(dir, source, ctx, &session, err));
	int rc = 0;
	for (size_t i = 0; i < plan->nurls && !rc; i++)
		rc = plan_one(&planner, i, err);
	lb_map_clear(&planner.photos);
	if (rc) {
		lb_session_clear(&session);
		return rc;
	}
	LB_TRY(lb_session_close(&session, err));
	if (planner.usable)
		return 0;
	lb_fail(err, LB_NOTFOUND, "not one photo was found at \"%s\"%s%s", plan->urls[0].url, planner.why ? ": " : "", planner.why ? planner.why : "");
	lb_hint(err, "check the address in a browser that is not signed in: private and deleted photos cannot be seen");
	return LB_NOTFOUND;
}

static int make_plan(const char *dir, const char *const *urls, size_t nurls, const struct lb_maker_words *words, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *plan, struct lb_error *err)
{
	if (!nurls)
		return lb_fail(err, LB_USAGE, "no URL given, and \"%s\" holds no plan to resume", dir);
	LB_TRY(check_urls(urls, nurls, plan, err));
	LB_TRY(lb_dir_make(dir, err));
	identify(plan, lb_ctx_now(ctx));
	LB_TRY(enumerate(dir, source, ctx, plan, err));
	take_words(plan, words);
	if (!plan->words.title)
		plan->words.title = default_title(plan);
	return lb_plan_save(dir, plan, err);
}

static int resume_plan(const char *dir, const char *const *urls, size_t nurls, const struct lb_maker_words *words, struct lb_plan *plan, struct lb_error *err)
{
	bool same = nurls == 0 || nurls == plan->nurls;
	for (size_t i = 0; same && i < nurls; i++)
		same = strcmp(urls[i], plan->urls[i].url) == 0;
	if (!same) {
		lb_fail(err, LB_EXISTS, "\"%s\" already holds a plan for other URLs", dir);
		lb_hint(err, "give another folder with -o, or remove \"%s/plan.json\" to plan anew (what was fetched is kept)", dir);
		return LB_EXISTS;
	}
	return take_words(plan, words) ? lb_plan_save(dir, plan, err) : 0;
}

int lb_create_plan(const char *dir, const char *const *urls, size_t nurls, const struct lb_maker_words *words, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *out, struct lb_error *err)
{
	struct lb_plan plan = { 0 };
	struct lb_error load = { 0 };
	LB_TRY(lb_maker_words_check(words, err));
	int rc = lb_plan_load(dir, &plan, &load);
	if (rc == 0)
		rc = resume_plan(dir, urls, nurls, words, &plan, err);
	else if (rc == LB_NOTFOUND)
		rc = make_plan(dir, urls, nurls, words, source, ctx, &plan, err);
	else if (err)
		*err = load;
	if (rc) {
		lb_plan_clear(&plan);
		return rc;
	}
	*out = plan;
	return 0;
}
