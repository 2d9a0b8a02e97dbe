/* What may stand where in plan.json. */
#include "lifeboat/creator/plan_private.h"

enum type { TEXT, NUMBER, FLAG, LIST, OBJECT };
struct member { const char *key; enum type is; };

static const struct member in_plan[] = {
	{ "type", TEXT }, { "version", TEXT }, { "id", TEXT }, { "created", TEXT }, { "program", TEXT }, { "title", TEXT }, { "purpose", TEXT },
	{ "futureConsiderations", TEXT }, { "maker", OBJECT }, { "choices", OBJECT }, { "selection", LIST }, { "sets", LIST }, { "collections", LIST },
	{ "gaps", LIST }, { "listsFrom", NUMBER }, { "rereading", TEXT }, { "dropped", LIST }, { NULL, TEXT },
};
static const struct member in_person[] = { { "id", TEXT }, { "name", TEXT }, { NULL, TEXT } };
static const struct member in_choices[] = {
	{ "layers", LIST }, { "policy", TEXT }, { "agreed", TEXT }, { "safety", TEXT }, { "includePrivate", FLAG }, { "includeEvidence", FLAG },
	{ "pseudonymise", FLAG }, { "silence", TEXT }, { "account", OBJECT }, { NULL, TEXT },
};
static const struct member in_url[] = {
	{ "url", TEXT }, { "type", TEXT }, { "resolved", TEXT }, { "name", TEXT }, { "ownerId", TEXT }, { "wholeStream", FLAG }, { "claimed", NUMBER },
	{ "found", NUMBER }, { "calls", LIST }, { NULL, TEXT },
};
static const struct member in_set[] = {
	{ "kind", TEXT }, { "id", TEXT }, { "ownerId", TEXT }, { "from", NUMBER }, { "firstCall", NUMBER }, { "calls", NUMBER }, { NULL, TEXT },
};
static const struct member in_collection[] = {
	{ "id", TEXT }, { "title", TEXT }, { "description", TEXT }, { "ownerId", TEXT }, { "parentId", TEXT }, { "albumIds", LIST }, { NULL, TEXT },
};
static const struct member in_gap[] = {
	{ "kind", TEXT }, { "photoId", TEXT }, { "subject", TEXT }, { "layer", TEXT }, { "method", TEXT }, { "code", NUMBER }, { "message", TEXT }, { NULL, TEXT },
};
static const struct member in_photo[] = {
	{ "id", TEXT }, { "from", LIST }, { "row", LIST }, { "lostRow", NUMBER }, { "title", TEXT }, { "owner", TEXT }, { "ownerName", TEXT }, { "license", TEXT },
	{ "visibility", TEXT }, { "media", TEXT }, { "comments", NUMBER }, { "faves", NUMBER }, { "updated", NUMBER }, { "safety", NUMBER },
	{ "originalOffered", FLAG }, { "canDownload", FLAG }, { "pixels", NUMBER }, { "stale", OBJECT }, { NULL, TEXT },
};

static const struct { const char *name; const struct member *members; } parts[] = {
	[LB_IN_PLAN] = { "the plan", in_plan }, [LB_IN_MAKER] = { "maker", in_person }, [LB_IN_CHOICES] = { "choices", in_choices },
	[LB_IN_ACCOUNT] = { "account", in_person }, [LB_IN_URL] = { "selection", in_url }, [LB_IN_SET] = { "set", in_set },
	[LB_IN_COLLECTION] = { "collection", in_collection }, [LB_IN_GAP] = { "gap", in_gap }, [LB_IN_PHOTO] = { "photo", in_photo },
};

static bool is_of(const struct lb_json *v, enum type type)
{
	const bool is[] = {
		[TEXT] = lb_json_str(v) != NULL, [NUMBER] = lb_json_int(v, -1) >= 0, [FLAG] = lb_json_bool(v, false) == lb_json_bool(v, true),
		[LIST] = lb_json_is_array(v), [OBJECT] = lb_json_is_object(v),
	};
	return is[type];
}

int lb_plan_check(enum lb_plan_part part, const struct lb_json *v, size_t number, struct lb_error *err)
{
	static const char *const names[] = { [TEXT] = "text", [NUMBER] = "whole number", [FLAG] = "true or false", [LIST] = "list", [OBJECT] = "object" };
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	const char *where = number ? lb_arena_printf(&arena, "%s number %zu", parts[part].name, number) : parts[part].name;
	if (v && !lb_json_is_null(v) && !lb_json_is_object(v))
		return lb_fail(err, LB_FORMAT, "%s in plan.json is no object", where);
	for (const struct member *m = parts[part].members; m->key; m++) {
		const struct lb_json *has = lb_json_get(v, m->key);
		if (has && !lb_json_is_null(has) && !is_of(has, m->is))
			return lb_fail(err, LB_FORMAT, "\"%s\" of %s in plan.json is no %s", m->key, where, names[m->is]);
	}
	return 0;
}
