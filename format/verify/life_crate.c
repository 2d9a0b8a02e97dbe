/* data/ro-crate-metadata.json, read one entity after another, against the manifest and lifeboat.json. */
#include <string.h>

#include "format/verify/life_private.h"

#define CRATE "data/ro-crate-metadata.json"
#define SPECIFICATION "https://w3id.org/ro/crate/1.1"

struct reading { struct lb_life *life; struct lb_json_cutter *cutter; bool descriptor, root; };

static void wrong(struct reading *r, const char *message)
{
	lb_found(r->life->v, "LB-040", CRATE, "%s", message);
}

/* A type, or one of several. */
static bool is_of_type(const struct lb_json *entity, const char *type)
{
	const struct lb_json *types = lb_json_get(entity, "@type");
	if (lb_json_str(types))
		return strcmp(lb_json_str(types), type) == 0;
	for (size_t i = 0; i < lb_json_count(types); i++)
		if (lb_same_text(lb_json_str(lb_json_at(types, i)), type))
			return true;
	return false;
}

static bool is_link_to(const struct lb_json *entity, const char *key, const char *id)
{
	return lb_same_text(lb_json_get_str(lb_json_get(entity, key), "@id"), id);
}

static void check_descriptor(struct reading *r, const struct lb_json *entity)
{
	if (r->descriptor)
		wrong(r, "describes itself twice");
	if (!is_link_to(entity, "about", "./") || !is_link_to(entity, "conformsTo", SPECIFICATION))
		wrong(r, "does not say that it describes \"./\" by " SPECIFICATION);
	r->descriptor = true;
}

static void check_root(struct reading *r, const struct lb_json *entity)
{
	static const char *const texts[] = {"name", "description", "datePublished"};
	const char *id = lb_json_get_str(r->life->info, "id");
	if (r->root)
		wrong(r, "has two entities \"./\"");
	if (!is_of_type(entity, "Dataset"))
		wrong(r, "the entity \"./\" is no Dataset");
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (!lb_json_get_str(entity, texts[i]))
			lb_found(r->life->v, "LB-040", CRATE, "the entity \"./\" has no %s", texts[i]);
	if (id && !lb_same_text(lb_json_get_str(entity, "identifier"), id))
		wrong(r, "the entity \"./\" has another identifier than lifeboat.json");
	r->root = true;
}

/* A size is a text by RO-Crate, a number by some programs. */
static bool is_size(const struct lb_json *size, uint64_t actual)
{
	uint64_t n;
	if (lb_json_str(size))
		return lb_parse_u64(lb_span(lb_json_str(size)), &n) && n == actual;
	return lb_json_int(size, -1) >= 0 && (uint64_t)lb_json_int(size, -1) == actual;
}

static void check_file(struct reading *r, const struct lb_json *entity, const char *id)
{
	struct lb_verify *v = r->life->v;
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	struct lb_shown_name shown;
	const struct lb_json *size = lb_json_get(entity, "contentSize"), *digest = lb_json_get(entity, "sha256");
	lb_buf_adds(&path, "data/");
	const bool spelled = lb_url_decode(&path, lb_span(strncmp(id, "./", 2) ? id : id + 2));
	const struct lb_listed *line = spelled ? lb_payload_line(v, lb_buf_str(&path)) : NULL;
	if (!line) {
		lb_found(v, "LB-041", CRATE, "names the file \"%s\", which is not there or in no manifest", lb_show_name(&shown, id));
		return;
	}
	if (size && !is_size(size, v->members[line->member].size))
		lb_found(v, "LB-041", line->path, "has another size in " CRATE);
	if (digest && !lb_listed_sha256(line, lb_json_str(digest)))
		lb_found(v, "LB-041", line->path, "has another digest in " CRATE " than in the manifest");
}

static int take_entity(void *arg, size_t i, const struct lb_json *entity, struct lb_error *err)
{
	struct reading *r = arg;
	const char *id = lb_json_get_str(entity, "@id");
	(void)err;
	if (!id)
		lb_found(r->life->v, "LB-040", CRATE, "entity %zu has no @id", i + 1);
	else if (strcmp(id, "ro-crate-metadata.json") == 0)
		check_descriptor(r, entity);
	else if (strcmp(id, "./") == 0)
		check_root(r, entity);
	else if (*id != '#' && !strstr(id, "://") && is_of_type(entity, "File"))
		check_file(r, entity, id);
	return LB_OK;
}

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_json_cutter_feed(((struct reading *)arg)->cutter, data, n, err);
}

static int read_crate(struct reading *r, size_t member, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *rest = NULL;
	LB_TRY(lb_container_stream(r->life->v->c, member, feed, r, err));
	LB_TRY(lb_json_cutter_end(r->cutter, &rest, err));
	if (!lb_json_get(rest, "@context"))
		wrong(r, "has no @context");
	if (!r->descriptor || !r->root)
		wrong(r, "does not describe itself, or not the whole");
	return LB_OK;
}

void lb_life_crate(struct lb_life *life)
{
	const long member = lb_container_find(life->v->c, CRATE);
	struct reading r = {.life = life};
	struct lb_error why = {0};
	if (member < 0 || life->v->members[member].kind != LB_MEMBER_FILE) {
		wrong(&r, "is missing");
		return;
	}
	r.cutter = lb_json_cutter_new("@graph", take_entity, &r);
	if (read_crate(&r, (size_t)member, &why) != LB_OK)
		wrong(&r, why.what);
	lb_json_cutter_free(r.cutter);
}
