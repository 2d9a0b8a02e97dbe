/* Building: evidence and plan → the package. A pure function: no network, no clock; the same evidence gives the same bytes.
 * The package appears by one rename. Of the evidence exactly those records go in that it was built from, in the order of
 * their use, so that the order in which answers happened to arrive leaves no trace. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lifeboat/creator/place.h"
#include "lifeboat/creator/session.h"
#include "viewer/viewer.h"

#define HEAD_BYTES 65536
#define POLICY "Everything that Flickr showed to the caller was taken: the original file where its owner allows downloads, " \
	"otherwise the largest file on offer. Nothing was taken from behind a refusal."

struct build {
	const struct lb_plan *plan;
	const struct lb_ctx *ctx;
	struct lb_evidence *evidence;
	struct lb_package *package;
	struct lb_pages *pages;
	struct lb_out *warc;            /* data/provenance/api.warc.gz being written */
	bool *used;                     /* records already in it */
	struct lb_map owners;
	struct lb_arena arena;          /* of the photo at hand */
	struct lb_gap *gaps; size_t ngaps, gaps_cap; /* of the photo at hand */
	struct lb_build_result result;
};

/* ---- evidence: what is read goes along ------------------------------------------------------------------------------ */

static int keep_record(struct build *b, long record, struct lb_error *err)
{
	if (record < 0 || b->used[record])
		return 0;
	b->used[record] = true;
	LB_AUTO(lb_buf_clear) struct lb_buf member = LB_BUF((size_t)1 << 30);
	LB_TRY(lb_evidence_member(b->evidence, (size_t)record, &member, err));
	lb_out_add(b->warc, member.p, member.len);
	return 0;
}

static int reply_of(struct build *b, const char *method, const char *uri, struct lb_reply *out, struct lb_error *err)
{
	LB_TRY(lb_reply_recorded(b->evidence, method, uri, &b->arena, out, err));
	return keep_record(b, out->record, err);
}

static void note_gap(struct build *b, struct lb_gap gap)
{
	LB_GROW(b->gaps, b->ngaps, b->gaps_cap);
	b->gaps[b->ngaps++] = gap;
	b->result.gaps++;
	b->result.failed += gap.kind == LB_GAP_FAILED;
	lb_package_add_gap(b->package, &gap);
}

/* ---- one photo: layers --------------------------------------------------------------------------------------------------- */

static const char *photo_subject(struct build *b, const char *id)
{
	return lb_arena_printf(&b->arena, "photo %s", id);
}

/* One page of one layer; *more when there is another. */
static int read_layer_page(struct build *b, const struct lb_layer *layer, const char *id, int64_t number, struct lb_photo *photo, bool *more, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_page page = { .page = LB_UNKNOWN, .pages = LB_UNKNOWN };
	struct lb_error why = { 0 };
	*more = false;
	lb_layer_uri(&uri, layer, id, number, NULL);
	LB_TRY(reply_of(b, layer->method, lb_buf_str(&uri), &reply, err));
	if (lb_reply_good(&reply) && lb_reply_read(&reply, layer, id, &b->arena, photo, &page, &why)) {
		reply.answered = false;
		reply.why = lb_arena_strdup(&b->arena, why.what);
	}
	if (!lb_reply_good(&reply)) {
		const char *name = layer->required ? "photo" : layer->name;
		note_gap(b, lb_reply_gap(&reply, id, photo_subject(b, id), name, layer->method));
		return layer->required ? LB_NOTFOUND : 0;
	}
	if (layer->required)
		photo->captured = reply.date;
	*more = layer->paged && page.got > 0 && number < page.pages;
	return 0;
}

/* LB_NOTFOUND: the photo cannot be had (a gap says why). */
static int read_layers(struct build *b, const char *id, struct lb_photo *photo, struct lb_error *err)
{
	for (size_t i = 0; i < lb_layer_count; i++) {
		const struct lb_layer *layer = &lb_layers[i];
		bool more = !layer->wanted || layer->wanted(photo);
		for (int64_t page = 1; more; page++)
			LB_TRY(read_layer_page(b, layer, id, page, photo, &more, err));
	}
	return 0;
}

/* ---- one photo: files ------------------------------------------------------------------------------------------------------ */

static const char *const role_names[] = { [LB_ORIGINAL] = "original", [LB_THUMBNAIL] = "thumbnail" };

static int sniff(struct lb_media *m, struct lb_error *err)
{
	char head[HEAD_BYTES];
	int fd = open(m->source_path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head);
	if (n < 0) {
		int rc = lb_fail_sys(err, "cannot read \"%s\"", m->source_path);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	close(fd);
	int64_t width = LB_UNKNOWN, height = LB_UNKNOWN;
	m->mime = lb_media_sniff((struct lb_span){ head, (size_t)n }, &m->extension, &width, &height);
	if (width > 0 && height > 0) {
		m->width = width;
		m->height = height;
	}
	return m->mime ? 0 : lb_fail(err, LB_CORRUPT, "\"%s\" in the evidence is no image and no video", m->source_path);
}

static void media_gap(struct build *b, const char *id, enum lb_role role, enum lb_gap_kind kind, int64_t code, const char *why)
{
	note_gap(b, (struct lb_gap){ .kind = kind, .photo_id = id, .subject = photo_subject(b, id), .layer = role_names[role],
		.code = code, .message = why });
}

static int read_media(struct build *b, const char *id, enum lb_role role, struct lb_photo *photo, struct lb_error *err)
{
	const char *why = NULL;
	const struct lb_size *size = lb_size_choose(photo, role, &why);
	struct lb_exchange x = { .status = 0 };
	if (!size) {
		if (photo->nsizes)
			media_gap(b, id, role, LB_GAP_WITHHELD, LB_UNKNOWN, why);
		return 0; /* without sizes the gap of that layer has said it */
	}
	long n = lb_evidence_find(b->evidence, lb_span(size->source), LB_MATCH_EXACT);
	if (n >= 0)
		LB_TRY(lb_evidence_read(b->evidence, (size_t)n, &b->arena, &x, err));
	LB_TRY(keep_record(b, n, err));
	if (n < 0 || x.kind != LB_RECORD_MEDIA) {
		media_gap(b, id, role, n < 0 ? LB_GAP_UNASKED : LB_GAP_FAILED, x.status ? x.status : LB_UNKNOWN,
			n < 0 ? "no file on record" : x.reason);
		return 0;
	}
	struct lb_media m = { .present = true, .label = size->label, .url = size->source, .sha256 = x.sha256, .size = x.size,
		.width = size->width, .height = size->height, .captured = x.date };
	m.source_path = lb_evidence_media(b->evidence, x.sha256, x.size, &b->arena);
	if (!m.source_path) {
		media_gap(b, id, role, LB_GAP_FAILED, LB_UNKNOWN, "the file is no longer in the evidence");
		return 0;
	}
	LB_TRY(sniff(&m, err));
	photo->files[role] = m;
	if (role == LB_ORIGINAL && strstr(m.label, "Original"))
		b->result.originals++;
	else if (role == LB_ORIGINAL)
		b->result.largest++;
	return 0;
}

/* ---- one photo ---------------------------------------------------------------------------------------------------------------- */

static int add_missing(struct build *b, const struct lb_plan_photo *planned, struct lb_error *err)
{
	struct lb_photo photo;
	lb_photo_init(&photo);
	photo.id = planned->id;
	photo.title = planned->title;
	photo.owner.nsid = planned->owner_id;
	photo.owner.username = planned->owner_name;
	b->result.missing++;
	LB_TRY(lb_package_add_missing(b->package, photo.id, err));
	return lb_pages_add(b->pages, &photo, true, b->gaps, b->ngaps, err);
}

static int build_photo(struct build *b, const struct lb_plan_photo *planned, struct lb_error *err)
{
	struct lb_photo photo;
	lb_arena_reset(&b->arena);
	b->ngaps = 0;
	lb_photo_init(&photo);
	photo.id = planned->id;
	photo.selected_by = planned->from;
	photo.nselected_by = planned->nfrom;
	int rc = read_layers(b, planned->id, &photo, err);
	if (rc == LB_NOTFOUND)
		return add_missing(b, planned, err);
	LB_TRY(rc);
	for (enum lb_role role = 0; role < LB_ROLE_COUNT; role++)
		LB_TRY(read_media(b, planned->id, role, &photo, err));
	if (photo.owner.nsid)
		lb_map_put(&b->owners, lb_span(photo.owner.nsid), 0);
	b->result.photos++;
	LB_TRY(lb_package_add_photo(b->package, &photo, err));
	return lb_pages_add(b->pages, &photo, false, b->gaps, b->ngaps, err);
}

static int build_photos(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nphotos; i++) {
		LB_TRY(lb_ctx_check(b->ctx, err));
		LB_TRY(build_photo(b, &b->plan->photos[i], err));
		lb_ctx_event(b->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "photos", .done = i + 1, .total = b->plan->nphotos });
	}
	return 0;
}

/* ---- once each -------------------------------------------------------------------------------------------------------------------- */

static int build_licenses(struct build *b, struct lb_error *err)
{
	static const char method[] = "flickr.photos.licenses.getInfo";
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_license *list;
	size_t count;
	lb_api_uri(&uri, method, NULL, 0, NULL);
	LB_TRY(reply_of(b, method, lb_buf_str(&uri), &reply, err));
	if (!lb_reply_good(&reply) || lb_parse_licenses(reply.answer.rsp, &b->arena, &list, &count, NULL)) {
		note_gap(b, lb_reply_gap(&reply, NULL, "licence table", "licenses", method));
		return 0;
	}
	for (size_t i = 0; i < count; i++)
		lb_package_add_license(b->package, &list[i]);
	return 0;
}

static int build_owner(struct build *b, const char *nsid, struct lb_error *err)
{
	static const char method[] = "flickr.people.getInfo";
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_person person;
	lb_arena_reset(&b->arena);
	lb_person_init(&person);
	lb_api_uri(&uri, method, &(struct lb_param){ "user_id", nsid }, 1, NULL);
	LB_TRY(reply_of(b, method, lb_buf_str(&uri), &reply, err));
	if (lb_reply_good(&reply) && !lb_parse_person(reply.answer.rsp, &b->arena, &person, NULL)) {
		lb_package_add_person(b->package, &person);
		return 0;
	}
	if (reply.answered && reply.answer.fault == LB_FAULT_DELETED) {
		person.nsid = nsid;
		person.is_deleted = 1;
		lb_package_add_person(b->package, &person);
	}
	note_gap(b, lb_reply_gap(&reply, NULL, lb_arena_printf(&b->arena, "person %s", nsid), "person", method));
	return 0;
}

static int build_album(struct build *b, const struct lb_plan_url *u, struct lb_error *err)
{
	static const char method[] = "flickr.photosets.getInfo";
	struct lb_param params[] = { { "photoset_id", u->album_id }, { "user_id", u->owner_id } };
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(4096);
	struct lb_reply reply;
	struct lb_album album;
	lb_api_uri(&uri, method, params, LB_COUNT(params), NULL);
	LB_TRY(reply_of(b, method, lb_buf_str(&uri), &reply, err));
	if (lb_reply_good(&reply) && !lb_parse_album(reply.answer.rsp, &b->arena, &album, NULL))
		lb_package_add_album(b->package, &album);
	else if (reply.record < 0) /* a refusal was noted when planning */
		note_gap(b, lb_reply_gap(&reply, NULL, lb_arena_printf(&b->arena, "album %s", u->album_id), "album", method));
	return 0;
}

/* The requests that enumerated the selection, the albums it named, and what planning could not have. */
static int build_selection(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->plan->nurls; i++) {
		const struct lb_plan_url *u = &b->plan->urls[i];
		for (size_t c = 0; c < u->ncalls; c++)
			if (u->calls[c])
				LB_TRY(keep_record(b, lb_evidence_find(b->evidence, lb_span(u->calls[c]), LB_MATCH_EXACT), err));
		if (u->album_id && u->owner_id)
			LB_TRY(build_album(b, u, err));
	}
	for (size_t i = 0; i < b->plan->ngaps; i++)
		note_gap(b, b->plan->gaps[i]);
	return 0;
}

static int build_owners(struct build *b, struct lb_error *err)
{
	for (size_t i = 0; i < b->owners.count; i++) {
		LB_TRY(lb_ctx_check(b->ctx, err));
		LB_TRY(build_owner(b, b->owners.items[i].key, err));
	}
	return 0;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------------ */

#define WARC_PATH "data/provenance/api.warc.gz"

static int open_warc(struct build *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf info = LB_BUF(1 << 16);
	LB_TRY(lb_package_create(b->package, WARC_PATH, &b->warc, err));
	lb_warc_format_info(b->plan->program, b->plan->created, &info);
	lb_out_add(b->warc, info.p, info.len);
	return 0;
}

static int close_warc(struct build *b, struct lb_error *err)
{
	struct lb_out *warc = b->warc;
	b->warc = NULL;
	return lb_package_close(b->package, WARC_PATH, warc, err);
}

static int put_plan(struct build *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF((size_t)1 << 30);
	lb_plan_json(b->plan, &text);
	LB_TRY(lb_buf_check(&text, "plan.json", err));
	return lb_package_put(b->package, "data/provenance/plan.json", lb_buf_span(&text), err);
}

static int build_content(struct build *b, struct lb_error *err)
{
	LB_TRY(open_warc(b, err));
	LB_TRY(build_licenses(b, err));
	LB_TRY(build_selection(b, err));
	LB_TRY(build_photos(b, err));
	LB_TRY(build_owners(b, err));
	LB_TRY(close_warc(b, err));
	LB_TRY(put_plan(b, err));
	LB_TRY(lb_pages_finish(b->pages, err));
	return lb_package_finish(b->package, err);
}

static int build_into(struct build *b, const char *dir, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const struct lb_plan *plan = b->plan;
	struct lb_selection_url *selection = lb_arena_alloc(&arena, plan->nurls * sizeof *selection);
	for (size_t i = 0; i < plan->nurls; i++)
		selection[i] = (struct lb_selection_url){ plan->urls[i].url, plan->urls[i].type, plan->urls[i].found };
	struct lb_package_info info = { .id = plan->id, .title = plan->words.title, .purpose = plan->words.purpose,
		.future = plan->words.future, .maker_id = plan->words.maker_id, .maker_name = plan->words.maker, .created = plan->created,
		.program = plan->program, .policy = POLICY, .selection = selection, .nselection = plan->nurls, .planned = plan->nphotos };
	const char **ids = lb_arena_alloc(&arena, plan->nphotos * sizeof *ids);
	for (size_t i = 0; i < plan->nphotos; i++)
		ids[i] = plan->photos[i].id;
	LB_TRY(lb_package_begin(dir, &info, b->ctx, &b->package, err));
	LB_TRY(lb_pages_begin(b->package, ids, plan->nphotos, &b->pages, err));
	return build_content(b, err);
}

static void build_clear(struct build *b)
{
	lb_out_abandon(b->warc);
	lb_pages_free(b->pages);
	lb_package_free(b->package);
	lb_map_clear(&b->owners);
	lb_arena_clear(&b->arena);
	free(b->gaps);
	free(b->used);
}

static int build_locked(const char *dir, const struct lb_plan *plan, const struct lb_ctx *ctx, struct lb_evidence *ev, struct lb_build_result *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf made = LB_BUF(4096);
	lb_path_join(&made, dir, "evidence/building"); /* a place of our own: nobody's files are there */
	struct build b = { .plan = plan, .ctx = ctx, .evidence = ev, .result.planned = plan->nphotos };
	b.used = lb_alloc(lb_evidence_count(ev) + 1);
	if (lb_dir_exists(lb_buf_str(&made)))
		LB_TRY(lb_dir_remove(lb_buf_str(&made), err)); /* left by a run that was stopped */
	int rc = build_into(&b, lb_buf_str(&made), err);
	if (!rc)
		rc = lb_place(lb_buf_str(&made), dir, ctx, err);
	if (!rc)
		*out = b.result;
	build_clear(&b);
	if (!rc)
		return 0;
	int ignored = lb_dir_remove(lb_buf_str(&made), NULL);
	(void)ignored;
	return rc;
}

int lb_create_build(const char *dir, const struct lb_ctx *ctx, struct lb_build_result *out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	LB_AUTO(lb_evidence_freep) struct lb_evidence *ev = NULL;
	struct lb_plan plan;
	lb_path_join(&path, dir, "evidence");
	lb_ctx_event(ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "build" });
	LB_TRY(lb_plan_load(dir, &plan, err));
	int rc = lb_evidence_open(lb_buf_str(&path), LB_EVIDENCE_APPEND, ctx, &ev, err);
	if (!rc)
		rc = build_locked(dir, &plan, ctx, ev, out, err);
	lb_plan_clear(&plan);
	return rc;
}
