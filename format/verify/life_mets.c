/* METS.xml, read in a stream: its own rules, and what it says against lifeboat.json, the manifests and the metadata. */
#include <string.h>

#include "format/mets/mets.h"
#include "format/verify/life_private.h"

struct reading { struct lb_life *life; struct lb_ticks ticks; struct lb_mets_reader *reader; size_t photos; bool disordered; };

/* What XML can carry of the text: characters that it cannot are the same on both sides. */
static uint64_t hash_of(const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf escaped = LB_BUF(SIZE_MAX / 2);
	unsigned char digest[32];
	uint64_t hash;
	lb_escape(&escaped, text);
	lb_sha256_raw(lb_buf_str(&escaped), escaped.len, digest);
	memcpy(&hash, digest, sizeof hash);
	return hash;
}

/* ---- what the reader tells ---- */

static int take_file(void *arg, size_t number, const struct lb_mets_file *f, struct lb_error *err)
{
	struct reading *r = arg;
	(void)number, (void)err;
	if (lb_is_payload(f->path) || strcmp(f->path, "lifeboat.json") == 0)
		lb_ticks_file(&r->ticks, "METS-003", f->path, f->sha256, f->size);
	else
		lb_found(r->life->v, "METS-002", f->path, "is listed in METS.xml, but not below data/");
	return LB_OK;
}

static int take_description(void *arg, size_t number, const struct lb_mets_photo *p, struct lb_error *err)
{
	struct lb_life *life = ((struct reading *)arg)->life;
	(void)err;
	if (!lb_map_get(&life->numbers, lb_span(p->id), &number))
		return LB_OK; /* told where the map has it */
	struct lb_in_mets *m = &life->in_mets[number];
	m->described = true;
	m->stub = p->stub;
	m->title = hash_of(p->title);
	m->owner = hash_of(p->owner_id);
	m->url = hash_of(p->url);
	m->withheld = hash_of(p->withheld);
	return LB_OK;
}

static int take_place(void *arg, const struct lb_mets_place *place, struct lb_error *err)
{
	struct reading *r = arg;
	struct lb_life *life = r->life;
	struct lb_shown_name shown;
	size_t number;
	(void)err;
	if (!lb_map_get(&life->numbers, lb_span(place->id), &number)) {
		lb_found(life->v, "METS-004", "METS.xml", "has the photo \"%s\", which is not in lifeboat.json",
			lb_show_name(&shown, place->id));
		return LB_OK;
	}
	if (life->in_mets[number].there)
		lb_found(life->v, "METS-004", "METS.xml", "has the photo \"%s\" twice", lb_show_name(&shown, place->id));
	r->disordered = r->disordered || number != r->photos;
	r->photos++;
	life->in_mets[number].there = true;
	life->in_mets[number].license = lb_words_keep(&life->words, &life->arena, place->license_id);
	return LB_OK;
}

static void take_problem(void *arg, const char *rule, const char *message)
{
	lb_found(((struct reading *)arg)->life->v, rule, "METS.xml", "%s", message);
}

/* ---- the document ---- */

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_mets_reader_feed(((struct reading *)arg)->reader, data, n, err);
}

static void judge_about(struct lb_life *life, const struct lb_mets_about *about)
{
	struct lb_shown_name shown;
	const char *id = lb_json_get_str(life->info, "id");
	if (id && strcmp(about->id, id) != 0)
		lb_found(life->v, "METS-006", "METS.xml", "has the id \"%s\", lifeboat.json another", lb_show_name(&shown, about->id));
	if (hash_of(about->title) != hash_of(lb_json_get_str(life->info, "title")))
		lb_found(life->v, "METS-020", "METS.xml", "has another title than lifeboat.json");
	if (!lb_same_text(about->created, lb_json_get_str(life->info, "created")))
		lb_found(life->v, "METS-020", "METS.xml", "has another date than lifeboat.json");
}

static void judge(struct reading *r, const struct lb_mets_about *about)
{
	struct lb_life *life = r->life;
	struct lb_shown_name shown;
	judge_about(life, about);
	for (size_t i = 0; i < life->count; i++)
		if (!life->in_mets[i].there)
			lb_found(life->v, "METS-004", "METS.xml", "lacks the photo \"%s\"", lb_show_name(&shown, life->ids[i]));
	if (r->disordered)
		lb_found(life->v, "METS-004", "METS.xml", "has the photos in another order than lifeboat.json");
}

static void read_and_judge(struct reading *r, size_t member)
{
	struct lb_error why = {0};
	struct lb_mets_about about;
	int rc = lb_container_stream(r->life->v->c, member, feed, r, &why);
	if (rc == LB_OK)
		rc = lb_mets_reader_end(r->reader, &about, &why);
	if (rc)
		lb_found(r->life->v, "METS-001", "METS.xml", "%s", why.what);
	else
		judge(r, &about);
}

int lb_life_mets(struct lb_life *life, struct lb_error *err)
{
	struct lb_verify *v = life->v;
	long member = lb_container_find(v->c, "METS.xml");
	if (member < 0 || v->members[member].kind != LB_MEMBER_FILE)
		return LB_OK; /* told as missing */
	struct reading r = {.life = life};
	lb_ticks_begin(&r.ticks, v, "METS-002", "METS.xml");
	r.reader = lb_mets_reader_new(&(struct lb_mets_handler){&r, take_description, take_file, take_place, take_problem});
	read_and_judge(&r, (size_t)member);
	lb_mets_reader_free(r.reader);
	lb_ticks_end(&r.ticks);
	return lb_ctx_check(v->ctx, err);
}

/* ---- a photo's metadata ---- */

void lb_life_mets_photo(struct lb_life *life, size_t i, const char *path, const struct lb_json *photo)
{
	const struct lb_in_mets *m = &life->in_mets[i];
	const struct { const char *name, *field; uint64_t told; } texts[] = {
		{"title", "title", m->title}, {"owner", "uploaderId", m->owner}, {"address", "url", m->url},
	};
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	const char *slug = m->license && *m->license ? lb_license_slug(m->license, &arena) : NULL;
	if (m->there && !lb_same_text(slug, lb_json_get_str(photo, "licenseId")))
		lb_found(life->v, "METS-005", path, "has another licence than in METS.xml");
	for (size_t k = 0; m->described && k < LB_COUNT(texts); k++)
		if (hash_of(lb_json_get_str(photo, texts[k].field)) != texts[k].told)
			lb_found(life->v, "METS-014", path, "has another %s than in METS.xml", texts[k].name);
	if (m->described && m->stub != lb_json_bool(lb_json_get(photo, "stub"), false))
		lb_found(life->v, "METS-015", path, "is a stub here and not in METS.xml, or the other way round");
	if (m->described && hash_of(lb_json_get_str(photo, "withheld")) != m->withheld)
		lb_found(life->v, "METS-015", path, "is withheld for another reason than in METS.xml");
}
