/* The viewer's data: everything below data/viewer/data/ in a package, written once in the order of the plan. What each file
 * holds: spec/14-viewer.md. The same input gives the same bytes; neither the clock nor the network is read.
 * It tells what the plain pages tell and nothing more: of a photo withheld by the rules its title, owner, address, licence and
 * the reason; of a missing one what the list said that named it. */
#ifndef LB_VIEWER_DATA_H
#define LB_VIEWER_DATA_H

#include "format/package/package.h"

/* Where the files go. Paths are relative to the folder of the viewer ("data/meta.js"). `close` frees `out` in any case.
 * `media`: the path, relative to the package's data/, of a file that the photo has; NULL: lb_layout_media. */
struct lb_viewer_files {
	void *arg;
	int (*create)(void *arg, const char *path, struct lb_out **out, struct lb_error *err);
	int (*close)(void *arg, const char *path, struct lb_out *out, struct lb_error *err);
	void (*media)(void *arg, struct lb_buf *path, const struct lb_photo *photo, enum lb_role role);
};

/* What is known when all photos are there. Photo numbers in sets are places in the plan. */
struct lb_viewer_facts {
	const struct lb_package_info *info;
	const struct lb_contributor *people; size_t npeople;
	const struct lb_album_entry *albums; size_t nalbums;
	const struct lb_group_entry *groups; size_t ngroups;
	const struct lb_gallery_entry *galleries; size_t ngalleries;
	const struct lb_collection_entry *collections; size_t ncollections;
	const struct lb_license *licenses; size_t nlicenses;
	const struct lb_gap *gaps; size_t ngaps;
};
/* Those of a package that is being written; borrowed from it. */
void lb_viewer_facts_of(const struct lb_package *package, struct lb_viewer_facts *out);

struct lb_viewer;
/* `plan_ids`: the photos in the order in which they will be added. Borrowed, as is `files`, until the end. */
LB_CHECKED int lb_viewer_begin(const struct lb_viewer_files *files, const char *const *plan_ids, size_t count,
	struct lb_viewer **out, struct lb_error *err);
/* In the plan's order; the photo may go afterwards. `gaps`: those of this photo. One with `withheld` set is a stub. */
LB_CHECKED int lb_viewer_add(struct lb_viewer *v, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps,
	size_t ngaps, struct lb_error *err);
LB_CHECKED int lb_viewer_finish(struct lb_viewer *v, const struct lb_viewer_facts *facts, struct lb_error *err);
void lb_viewer_free(struct lb_viewer *v);
void lb_viewer_freep(struct lb_viewer **v);

#endif
