/* The photos of a METS.xml that stands alone. */
#include "format/mets/mets.h"
#include "format/package/package.h"

struct telling { lb_listing_fn *each; void *arg; };

static int tell(void *arg, const struct lb_mets_photo *p, const struct lb_mets_file *files, size_t nfiles, struct lb_error *err)
{
	const struct telling *t = arg;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	char posted[LB_TIME_ISO] = "";
	struct lb_listing l = {
		.id = p->id, .title = p->title, .owner_id = p->owner_id, .owner_name = p->owner_name, .url = p->url,
		.license_id = lb_license_slug(p->license_id, &arena),
		.taken = p->taken.value, .taken_granularity = p->taken.value ? lb_granularity_name(p->taken.granularity) : NULL,
		.comments = LB_UNKNOWN, .faves = LB_UNKNOWN, .ntags = p->ntags, .nfiles = nfiles, .withheld = p->withheld,
	};
	if (p->posted != LB_UNKNOWN)
		lb_time_iso(p->posted, posted);
	l.posted = *posted ? posted : NULL;
	l.tags = lb_arena_alloc(&arena, (p->ntags + 1) * sizeof *l.tags);
	for (size_t i = 0; i < p->ntags; i++)
		l.tags[i] = p->tags[i];
	l.files = lb_arena_alloc(&arena, (nfiles + 1) * sizeof *l.files);
	for (size_t i = 0; i < nfiles; i++)
		l.files[i] = (struct lb_file_ref){files[i].path, files[i].sha256, files[i].size};
	return t->each(t->arg, &l, err);
}

int lb_package_list_mets(const char *path, lb_listing_fn *each, void *arg, struct lb_error *err)
{
	struct telling t = {each, arg};
	return lb_mets_list(path, tell, &t, err);
}
