/* Which type each field of a photo has. */
#include "format/foundation/foundation.h"

enum shape { TEXT, NUMBER, LIST, OBJECT };
static const char *const shapes[] = {[TEXT] = "text", [NUMBER] = "a number", [LIST] = "a list", [OBJECT] = "an object"};

static bool has_shape(const struct lb_json *v, enum shape shape)
{
	switch (shape) {
	case TEXT:
		return lb_json_str(v) != NULL;
	case NUMBER:
		return lb_json_num(v, 0) == lb_json_num(v, 1);
	case LIST:
		return lb_json_is_array(v);
	case OBJECT:
		break;
	}
	return lb_json_is_object(v);
}

struct field { const char *key; enum shape shape; };
static const struct field entry_fields[] = {
	{"title", TEXT}, {"uploaderId", TEXT}, {"licenseId", TEXT}, {"dateTaken", OBJECT}, {"dateUploaded", TEXT}, {"tags", LIST},
	{"countComments", NUMBER}, {"countFaves", NUMBER}, {"countViews", NUMBER}, {"visibility", TEXT}, {"thumbnail", OBJECT},
	{"metadataPath", TEXT},
};
static const struct field photo_fields[] = {
	{"id", TEXT}, {"secret", TEXT}, {"url", TEXT}, {"title", TEXT}, {"description", TEXT}, {"uploaderId", TEXT}, {"licenseId", TEXT},
	{"dateTaken", OBJECT}, {"dateUploaded", TEXT}, {"location", OBJECT}, {"tags", LIST}, {"countFaves", NUMBER},
	{"countViews", NUMBER}, {"countComments", NUMBER}, {"albumIds", LIST}, {"galleryIds", LIST}, {"groupIds", LIST},
	{"safetyLevel", TEXT}, {"visibility", TEXT}, {"originalFormat", TEXT}, {"mediaType", TEXT}, {"media", TEXT}, {"files", OBJECT},
	{"comments", LIST},
};

static void tell_all(const struct lb_json *from, const struct field *fields, size_t count, lb_foundation_field_fn *each, void *arg)
{
	for (size_t i = 0; i < count; i++) {
		const struct lb_json *v = lb_json_get(from, fields[i].key);
		if (v && !lb_json_is_null(v) && !has_shape(v, fields[i].shape))
			each(arg, fields[i].key, shapes[fields[i].shape]);
	}
}

void lb_foundation_misshapen(const struct lb_json *photo, const struct lb_json *entry, lb_foundation_field_fn *each, void *arg)
{
	tell_all(photo, photo_fields, LB_COUNT(photo_fields), each, arg);
	tell_all(entry, entry_fields, LB_COUNT(entry_fields), each, arg);
}
