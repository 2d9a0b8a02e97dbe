/* What the files of the containers share: the open container, reading by range, and the bytes that our own writer puts
 * around the members, by which a reader can tell that nothing was changed. */
#ifndef LB_CONTAINER_PRIVATE_H
#define LB_CONTAINER_PRIVATE_H

#include "format/package/package.h"

#define LB_MEMBERS_MAX 10000000u
#define LB_NAME_MAX 4096u /* with the top folder; of a name as stored */

/* Where the bytes of a member of a zip or tar are. */
struct lb_place { uint64_t offset, stored; uint32_t crc; bool deflated; };
struct lb_entry { struct lb_member member; struct lb_place place; };

struct lb_container {
	enum lb_container_kind kind;
	int fd;                     /* of the folder or the file */
	uint64_t size;              /* of the file */
	char *path, *root;
	struct lb_arena arena;
	struct lb_entry *entries;   /* while opening: in any order, with the top folder */
	size_t nentries, entry_cap;
	struct lb_member *members;
	struct lb_place *places;    /* NULL for a folder */
	size_t count;
	struct lb_defect *defects;
	size_t ndefects, defect_cap;
};

/* The rules that every container with headers can break, by the same number under each prefix. */
struct lb_container_rules { const char *duplicate, *unsafe, *top, *both; };

LB_CHECKED int lb_folder_open(struct lb_container *c, struct lb_error *err);
LB_CHECKED int lb_zip_open(struct lb_container *c, struct lb_error *err);
LB_CHECKED int lb_tar_open(struct lb_container *c, struct lb_error *err);
bool lb_zip_looks(const struct lb_container *c);
bool lb_tar_looks(const struct lb_container *c);
LB_CHECKED int lb_folder_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg,
	struct lb_error *err);
LB_CHECKED int lb_zip_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg,
	struct lb_error *err);
LB_CHECKED int lb_tar_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg,
	struct lb_error *err);

/* `path` may be NULL; both texts are copied. */
void lb_container_defect(struct lb_container *c, const char *rule, const char *path, const char *fmt, ...)
	LB_PRINTF(4, 5);
/* true when a defect means only that another program wrote the container. */
bool lb_defect_is_style(const struct lb_defect *d);
/* `path` lives in the container's arena. */
struct lb_entry *lb_container_add(struct lb_container *c, const char *path, int kind, uint64_t size);
/* Sorts what was added; finds the top folder and takes it off; names that two readers could take differently become defects. */
void lb_container_settle(struct lb_container *c, const struct lb_container_rules *rules);
/* The folder's version: no top folder, nothing to be found. */
void lb_container_settle_plain(struct lb_container *c);

/* Reads exactly n bytes of the file; LB_CORRUPT when it ends before. */
LB_CHECKED int lb_container_pread(const struct lb_container *c, uint64_t at, void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_container_range(const struct lb_container *c, uint64_t at, uint64_t n, lb_take_fn *take,
	void *arg, struct lb_error *err);

/* Room to read a member in: small ones on the stack, large ones in a piece that fits the processor's cache. Begin by setting
 * `large` to NULL: `small` is not worth clearing. */
#define LB_PIECE ((size_t)256 << 10)
struct lb_piece { char small[8192]; char *large; size_t size; };
char *lb_piece_get(struct lb_piece *p, uint64_t wanted);
void lb_piece_clear(struct lb_piece *p);

/* Opens a path below a held folder: no link on the way is followed, no ".." leaves. -1 and errno. */
int lb_beneath_open(int root, const char *path, int flags, unsigned mode);
/* Makes the folders that `path` passes through below `root` (and `path` itself, if it is one), but not again those of the path
 * before it: paths come sorted. -1 and errno. */
int lb_beneath_make_folders(int root, const char *before, const char *path, bool is_folder);
void lb_fd_close(int *fd);
/* Putting what comes of `dir` into itself would make it a part of itself: LB_USAGE "cannot <verb> …". */
LB_CHECKED int lb_check_outside(const char *verb, const char *dir, const char *file, struct lb_error *err);
/* A name for `path` while it is being made: hidden, beside it, another one for each attempt. */
char *lb_temp_beside(const char *path, unsigned attempt);
#define LB_TEMP_ATTEMPTS 100
/* The folder that holds `path`: "." when it has none. */
char *lb_parent_of(const char *path);
LB_CHECKED int lb_pwrite(int fd, uint64_t at, const void *data, size_t n, const char *name, struct lb_error *err);

uint32_t lb_crc32(uint32_t crc, const void *data, size_t n);

/* ---- what our writer puts around members ---- */

/* name: with the top folder. at: where its local header stands. */
struct lb_stored { const char *name; uint64_t size, at; uint32_t crc; };
void lb_zip_local(struct lb_buf *b, const struct lb_stored *m);
void lb_zip_central(struct lb_buf *b, const struct lb_stored *m);
void lb_zip_end(struct lb_buf *b, uint64_t count, uint64_t central_size, uint64_t central_at);
#define LB_TAR_BLOCK 512u
void lb_tar_header(struct lb_buf *b, const struct lb_stored *m);

/* A name in a message: the buffer lives as long as the caller's. */
struct lb_shown { char text[256]; };
const char *lb_shown(struct lb_shown *s, const char *name);

#endif
