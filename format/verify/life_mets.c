/* METS.xml, read in a stream, against lifeboat.json and the manifests. */
#include <string.h>

#include "format/mets/mets.h"
#include "format/verify/life_private.h"

struct reading { struct lb_life *life; struct lb_ticks ticks; struct lb_mets_reader *reader; size_t photos; bool disordered; };

static int take_file(void *arg, const char *path, const char *sha256, uint64_t size, const char *mime,
	const char *group, struct lb_error *err)
{
	struct reading *r = arg;
	(void)mime, (void)group, (void)err;
	if (lb_is_payload(path) || strcmp(path, "lifeboat.json") == 0)
		lb_ticks_file(&r->ticks, "METS-003", path, sha256, size);
	else
		lb_found(r->life->v, "METS-002", path, "is listed in METS.xml, but not below data/");
	return LB_OK;
}

static int take_photo(void *arg, const char *id, const char *license, struct lb_error *err)
{
	struct reading *r = arg;
	struct lb_life *life = r->life;
	struct lb_shown_name shown;
	size_t number;
	(void)err;
	if (!lb_map_get(&life->numbers, lb_span(id), &number)) {
		lb_found(life->v, "METS-004", "METS.xml", "has the photo \"%s\", which is not in lifeboat.json",
			lb_show_name(&shown, id));
		return LB_OK;
	}
	if (life->in_mets[number])
		lb_found(life->v, "METS-004", "METS.xml", "has the photo \"%s\" twice", lb_show_name(&shown, id));
	r->disordered = r->disordered || number != r->photos;
	r->photos++;
	life->in_mets[number] = true;
	life->licenses[number] = lb_arena_strdup(&life->arena, license);
	return LB_OK;
}

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_mets_reader_feed(((struct reading *)arg)->reader, data, n, err);
}

static int read_mets(struct reading *r, size_t member, char objid[64], struct lb_error *err)
{
	LB_TRY(lb_container_stream(r->life->v->c, member, feed, r, err));
	return lb_mets_reader_end(r->reader, objid, err);
}

static void judge(struct reading *r, const char *objid)
{
	struct lb_life *life = r->life;
	struct lb_shown_name shown;
	const char *id = lb_json_get_str(life->info, "id");
	if (id && strcmp(objid, id) != 0)
		lb_found(life->v, "METS-006", "METS.xml", "has the id \"%s\", lifeboat.json another",
			lb_show_name(&shown, objid));
	for (size_t i = 0; i < life->count; i++)
		if (!life->in_mets[i])
			lb_found(life->v, "METS-004", "METS.xml", "lacks the photo \"%s\"",
				lb_show_name(&shown, life->ids[i]));
	if (r->disordered)
		lb_found(life->v, "METS-004", "METS.xml", "has the photos in another order than lifeboat.json");
}

int lb_life_mets(struct lb_life *life, struct lb_error *err)
{
	struct lb_verify *v = life->v;
	long member = lb_container_find(v->c, "METS.xml");
	if (member < 0 || v->members[member].kind != LB_MEMBER_FILE)
		return LB_OK; /* told as missing */
	struct reading r = {.life = life};
	struct lb_error why = {0};
	char objid[64] = "";
	lb_ticks_begin(&r.ticks, v, "METS-002", "METS.xml");
	r.reader = lb_mets_reader_new(&(struct lb_mets_handler){take_file, take_photo, &r});
	int rc = read_mets(&r, (size_t)member, objid, &why);
	lb_mets_reader_free(r.reader);
	if (rc)
		lb_found(v, "METS-001", "METS.xml", "%s", why.what);
	else
		judge(&r, objid);
	lb_ticks_end(&r.ticks);
	return lb_ctx_check(v->ctx, err);
}
