/* What the two halves of remaking share: looking at the old package, and writing the lists of the new one. */
#ifndef LB_REMAKE_PRIVATE_H
#define LB_REMAKE_PRIVATE_H

#include "format/package/writer_private.h"

#define LB_REMAKE_BELOW "data/viewer/"
#define LB_REMAKE_TEXT_MAX ((size_t)2 << 30)

/* A file as the old package lists it. */
struct lb_remake_file {
	const char *path;
	char sha256[LB_SHA256_HEX];
	uint64_t size;
	struct lb_span entry;            /* of lifeboat.json; empty: a file beside data/ */
};
struct lb_remake {
	const struct lb_container *from;
	char *dir;                       /* of the old package */
	const struct lb_ctx *ctx;
	struct lb_package *package;
	struct lb_buf lifeboat;          /* lifeboat.json */
	struct lb_remake_file *files; size_t nfiles, files_cap; /* all that is listed, in the order of the lists */
	struct lb_map at;                /* path → its number */
	size_t lost;
	struct lb_arena arena;
};

bool lb_remake_is_ours(const char *path);         /* below data/viewer/ */
LB_CHECKED int lb_remake_read(const struct lb_remake *r, const char *path, struct lb_buf *out, struct lb_error *err);
/* What is wrong with the old package. */
int lb_remake_damage(const struct lb_remake *r, struct lb_error *err, const char *path, const char *why);

/* data/ro-crate-metadata.json (remake_crate.c) */
LB_CHECKED int lb_remake_crate(struct lb_remake *r, struct lb_error *err);

/* A JSON list once more, element by element, divided as it was. */
struct lb_remake_list { struct lb_out *out; struct lb_span lead, between, tail; size_t count; };
void lb_remake_list_begin(struct lb_remake_list *l, struct lb_span json, struct lb_out *out);
void lb_remake_list_add(struct lb_remake_list *l, struct lb_span element);
void lb_remake_list_end(struct lb_remake_list *l);

#endif
