/* Data files against the schemas of the format. */
#include <stdio.h>
#include <string.h>

#include "format/package/schemas_private.h"
#include "format/verify/life_private.h"

#define FINDINGS_A_FILE 5
#define PLAN "data/provenance/plan.json"

/* `above`: of a piece, where it stands in its file. */
struct place { struct lb_life *life; const char *rule, *path, *above; size_t told; };

static void tell(void *arg, const char *pointer, const char *message)
{
	struct place *p = arg;
	const char *above = p->above ? p->above : "";
	p->told++;
	if (*pointer || *above)
		lb_found(p->life->v, p->rule, p->path, "at %s%s: %s", above, pointer, message);
	else
		lb_found(p->life->v, p->rule, p->path, "%s", message);
}

/* Compiled at the first need and kept as long as the program runs: they are part of it, as their texts are, and nobody changes them. */
static int compiled_schemas(struct lb_schemas **out, struct lb_error *err)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct lb_schemas *compiled;
	pthread_mutex_lock(&lock);
	int rc = compiled ? LB_OK : lb_schemas_compile(lb_format_schemas, lb_format_schema_count, &compiled, err);
	*out = compiled;
	pthread_mutex_unlock(&lock);
	return rc;
}

int lb_life_schemas(struct lb_life *life, struct lb_error *err)
{
	if (!lb_checks(life->v, LB_LEVEL_SCHEMA))
		return LB_OK;
	LB_TRY(compiled_schemas(&life->schemas, err));
	life->photo_schema = lb_schemas_find(life->schemas, "photo.schema.json");
	return LB_OK;
}

void lb_life_form(struct lb_life *life, const char *rule, const char *path, const struct lb_schema *schema, const struct lb_json *v)
{
	struct place place = {life, rule, path, NULL, 0};
	if (v && schema)
		lb_schema_check(schema, v, FINDINGS_A_FILE, tell, &place);
}

void lb_life_form_by_name(struct lb_life *life, const char *rule, const char *path, const char *schema, const struct lb_json *v)
{
	if (life->schemas)
		lb_life_form(life, rule, path, lb_schemas_find(life->schemas, schema), v);
}

/* ---- the plan: of a large collection it is long, so its photos are read one after another ---- */

struct plan { struct place place; const struct lb_schema *photo; struct lb_json_cutter *cutter; };

static int take_photo(void *arg, size_t i, const struct lb_json *photo, struct lb_error *err)
{
	struct plan *plan = arg;
	char above[64];
	(void)err;
	snprintf(above, sizeof above, "/photos/%zu", i);
	plan->place.above = above;
	lb_schema_check(plan->photo, photo, FINDINGS_A_FILE - plan->place.told, tell, &plan->place);
	plan->place.above = NULL;
	return LB_OK;
}

static int feed(void *arg, const void *data, size_t n, struct lb_error *err)
{
	return lb_json_cutter_feed(((struct plan *)arg)->cutter, data, n, err);
}

static int read_plan(struct plan *plan, size_t member, struct lb_error *err)
{
	struct lb_life *life = plan->place.life;
	LB_AUTO(lb_json_freep) struct lb_json *rest = NULL;
	LB_TRY(lb_container_stream(life->v->c, member, feed, plan, err));
	LB_TRY(lb_json_cutter_end(plan->cutter, &rest, err));
	lb_schema_check(lb_schemas_find(life->schemas, "plan.schema.json"), rest, FINDINGS_A_FILE - plan->place.told, tell, &plan->place);
	return LB_OK;
}

void lb_life_plan(struct lb_life *life)
{
	const long member = lb_container_find(life->v->c, PLAN);
	struct plan plan = {.place = {life, "LB-032", PLAN, NULL, 0}};
	struct lb_error why = {0};
	if (!life->schemas || member < 0 || life->v->members[member].kind != LB_MEMBER_FILE)
		return;
	plan.photo = lb_schemas_find(life->schemas, "plan.schema.json#/$defs/photo");
	plan.cutter = lb_json_cutter_new("photos", take_photo, &plan);
	if (read_plan(&plan, (size_t)member, &why) != LB_OK)
		lb_found(life->v, "LB-032", PLAN, "%s", why.what);
	lb_json_cutter_free(plan.cutter);
}
