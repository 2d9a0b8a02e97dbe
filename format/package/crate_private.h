/* What the files of the RO-Crate writer share. */
#ifndef LB_CRATE_PRIVATE_H
#define LB_CRATE_PRIVATE_H

#include "format/package/writer_private.h"

#define LB_CRATE_PATH "data/ro-crate-metadata.json"

/* One entity of the graph at a time, on a line of its own. */
struct lb_crate {
	struct lb_package *p;
	struct lb_writer_json *j;
	struct lb_buf line;                  /* the entity that is being written */
	struct lb_jw w;
	struct lb_arena arena;
	size_t *files, nfiles;               /* below data/, sorted by path */
	const char **folders; size_t nfolders; /* those with files, sorted */
	const char **license_ids;            /* @id of each licence in use, else NULL */
	bool *owners;                        /* of each member: a photo here is theirs */
};

void lb_crate_begin(struct lb_crate *c, const char *id, const char *type);
void lb_crate_end(struct lb_crate *c);
void lb_crate_text(struct lb_crate *c, const char *key, const char *text);   /* nothing when nothing was said */
void lb_crate_title(struct lb_crate *c, const char *key, const char *title); /* with its character references decoded */
void lb_crate_link(struct lb_crate *c, const char *key, const char *id);     /* key NULL: in a list; id NULL: nothing */
const char *lb_crate_file_id(struct lb_crate *c, const char *data_path);     /* relative, percent-encoded */
const char *lb_crate_owner_id(struct lb_crate *c, const char *nsid);         /* NULL: no entity is theirs */
const char *lb_crate_license_id(struct lb_crate *c, const char *flickr_id);
/* What stands for a photo: its best file, or, where none is kept, itself. */
const char *lb_crate_photo_id(struct lb_crate *c, const struct lb_summary *s);
void lb_crate_find_folders(struct lb_crate *c);                              /* those that p has made below data/ */
void lb_crate_folders(struct lb_crate *c);
void lb_crate_file(struct lb_crate *c, const struct lb_writer_file *f);
void lb_crate_files(struct lb_crate *c);                                     /* folders, files, photos that are withheld */

#endif
