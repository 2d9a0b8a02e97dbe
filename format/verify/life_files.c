/* What lifeboat.json says of each file, beside its size and digest. */
#include <string.h>

#include "format/verify/life_private.h"

/* By the folder in which a file lies; the first that fits. */
static const struct { const char *folder, *role; } roles[] = {
	{"data/media/originals/", "original"}, {"data/media/thumbnails/", "thumbnail"}, {"data/media/icons/", "icon"},
	{"data/metadata/", "metadata"}, {"data/ro-crate-metadata.json", "metadata"}, {"data/pages/", "page"}, {"data/provenance/", "provenance"},
	{"data/documentation/", "documentation"}, {"data/viewer/", "viewer"}, {"data/README.html", "page"},
};

static const char *role_of(const char *path)
{
	for (size_t i = 0; i < LB_COUNT(roles); i++)
		if (lb_span_starts(lb_span(path), roles[i].folder))
			return roles[i].role;
	return NULL;
}

static bool is_media(const char *role)
{
	return strcmp(role, "original") == 0 || strcmp(role, "thumbnail") == 0;
}

static void count_role(struct lb_life *life, const char *role)
{
	static const struct { const char *role; enum lb_counted what; } counted[] = {
		{"original", LB_COUNT_ORIGINALS}, {"thumbnail", LB_COUNT_THUMBNAILS}, {"icon", LB_COUNT_ICONS},
	};
	for (size_t i = 0; role && i < LB_COUNT(counted); i++)
		if (strcmp(role, counted[i].role) == 0)
			lb_life_count(life, counted[i].what, 1);
}

void lb_life_file(struct lb_life *life, const struct lb_json *file, const char *path)
{
	const char *told = lb_json_get_str(file, "role"), *photo = lb_json_get_str(file, "photo"), *role = role_of(path);
	size_t number;
	if (!role && life->v->newer)
		return; /* a folder that a later version added, with a role that it has there */
	if (!role || !told || strcmp(told, role) != 0)
		lb_found(life->v, "LB-052", path, "has the role \"%.20s\" in lifeboat.json; by its folder it is %s", told ? told : "null",
			role ? role : "none");
	else if (photo && !lb_map_get(&life->numbers, lb_span(photo), &number))
		lb_found(life->v, "LB-052", path, "belongs to a photo that is not in lifeboat.json");
	else if (is_media(role) && !photo)
		lb_found(life->v, "LB-053", path, "belongs to no photo");
	count_role(life, role);
}

void lb_life_media(struct lb_life *life)
{
	struct lb_verify *v = life->v;
	for (size_t i = 0; i < v->count; i++) {
		const char *role = v->members[i].kind == LB_MEMBER_FILE ? role_of(v->members[i].path) : NULL;
		if (role && is_media(role) && !life->named[i])
			lb_found(v, "LB-053", v->members[i].path, "is named by no photo's metadata");
	}
}
