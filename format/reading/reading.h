/* A finished package back in the model: what its data files tell, for those who make something of it again. It is read from lifeboat.json
 * and data/metadata/ alone, but for the places of missing photos in the maker's order, which only data/provenance/plan.json tells
 * (where there is none, as in a package that was converted, they come last). What a package does not tell is not there: secrets of
 * originals, evidence, and of sets what else was in them. Nothing here is verified; files that cannot be read are LB_FORMAT or LB_CORRUPT. */
#ifndef LB_READING_H
#define LB_READING_H

#include "format/model/model.h"
#include "format/package/package.h"

/* The records are those of lb_package_people and its like while the package was written, in the same order. Numbers of photos in sets
 * are places in `ids`. A set's own list (photo_ids, items) has its length, and the ids only of those that are here: the others are "". */
struct lb_reading {
	struct lb_package_info info;
	const char **ids; size_t count;          /* photos in the maker's order, missing ones too */
	struct lb_contributor *people; size_t npeople;
	struct lb_album_entry *albums; size_t nalbums;
	struct lb_group_entry *groups; size_t ngroups;
	struct lb_gallery_entry *galleries; size_t ngalleries;
	struct lb_collection_entry *collections; size_t ncollections;
	struct lb_license *licenses; size_t nlicenses;
	struct lb_gap *gaps; size_t ngaps;
	struct lb_reading_inside *inside;
};
/* The container is borrowed until lb_reading_clear. */
LB_CHECKED int lb_reading_open(const struct lb_container *c, struct lb_reading *out, struct lb_error *err);
/* Each photo in the maker's order, with its gaps; they are valid during the call. Members in it have the names of their records, sets only
 * ids. A missing one has id, and title and owner where plan.json tells them. `files`: as they lie in the package; source_path is NULL. */
typedef int lb_reading_fn(void *arg, const struct lb_photo *photo, bool missing, const struct lb_gap *gaps, size_t ngaps, struct lb_error *err);
LB_CHECKED int lb_reading_photos(const struct lb_reading *r, const struct lb_ctx *ctx, lb_reading_fn *each, void *arg, struct lb_error *err);
void lb_reading_clear(struct lb_reading *r);

#endif
