/* Base: errors, memory, spans, buffers, maps, paths, files, time, digests, threads, run context.
 *
 * Everything else in the house stands on this header; it knows nothing of photographs.
 * Conventions: fallible functions return 0 or a negative `enum lb_status` and describe the failure in
 * `*err` (err may be NULL); outputs are written only on success; a `const T *` returned is borrowed, a
 * `T **out` is the caller's. Running out of memory aborts with one line; sizes that come from input are
 * capped before anything is allocated (LB_LIMIT). Nothing here prints, exits or touches the network. */
#ifndef LB_BASE_H
#define LB_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LB_CHECKED __attribute__((warn_unused_result))
#define LB_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define LB_AUTO(clear) __attribute__((cleanup(clear)))
#define LB_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- errors ---------------------------------------------------------------------------------- */

enum lb_status {
	LB_OK = 0,
	LB_USAGE = -1,       /* the caller's words are wrong */
	LB_IO = -2,          /* the operating system refused; `sys` holds errno */
	LB_FORMAT = -3,      /* input is not what it claims to be */
	LB_LIMIT = -4,       /* input is larger than we accept */
	LB_NOTFOUND = -5,
	LB_EXISTS = -6,      /* would overwrite something */
	LB_LOCKED = -7,      /* another run holds it */
	LB_AUTH = -8,        /* sign-in, key or permission needed */
	LB_NETWORK = -9,     /* no answer; trying again may help */
	LB_RATE = -10,       /* told to slow down */
	LB_DENIED = -11,     /* refused, and asking again will not help */
	LB_CANCELLED = -12,  /* the user stopped it */
	LB_UNSUPPORTED = -13,
	LB_CORRUPT = -14,    /* data contradicts its own checksum or structure */
};

struct lb_error {
	enum lb_status status;
	int sys;             /* errno, or 0 */
	char what[512];      /* lower case, names the thing in quotes, no full stop */
	char hint[256];      /* the next step, or "" */
};

/* Records a failure and returns `status`. The deepest function that knows the subject calls it. */
int lb_fail(struct lb_error *err, enum lb_status status, const char *fmt, ...) LB_PRINTF(3, 4);
/* The same for a failed system call: reads errno, appends ": <reason>"; ENOENT becomes LB_NOTFOUND, EEXIST and
 * ENOTEMPTY LB_EXISTS, EACCES/EPERM/EROFS LB_DENIED, all else LB_IO. */
int lb_fail_sys(struct lb_error *err, const char *fmt, ...) LB_PRINTF(2, 3);
/* Sets the hint of an error already recorded; returns its status. */
int lb_hint(struct lb_error *err, const char *fmt, ...) LB_PRINTF(2, 3);

#define LB_TRY(call)                                                                                               \
	do {                                                                                                       \
		int lb_rc_ = (call);                                                                               \
		if (lb_rc_)                                                                                        \
			return lb_rc_;                                                                             \
	} while (0)

/* ---- memory ---------------------------------------------------------------------------------- */

void *lb_alloc(size_t size);                        /* zeroed; never NULL; free() it */
void *lb_realloc(void *old, size_t count, size_t size); /* overflow-checked count*size */
char *lb_strdup(const char *s);                     /* NULL stays NULL */
char *lb_strndup(const char *s, size_t n);
void lb_freep(void *pointer_to_pointer);            /* for LB_AUTO(lb_freep) char *s */

/* Makes room for one more element at items[count]; cap is a size_t beside it. */
#define LB_GROW(items, count, cap)                                                                                 \
	do {                                                                                                       \
		if ((count) == (cap)) {                                                                            \
			(cap) = (cap) ? (cap)*2 : 16;                                                              \
			(items) = lb_realloc((items), (cap), sizeof *(items));                                     \
		}                                                                                                  \
	} while (0)

/* An arena owns many small objects that die together. Zero-initialised is empty. */
struct lb_arena { struct lb_arena_block *head; size_t used; };
void *lb_arena_alloc(struct lb_arena *arena, size_t size);       /* zeroed, 16-byte aligned */
char *lb_arena_strndup(struct lb_arena *arena, const char *s, size_t n);
char *lb_arena_strdup(struct lb_arena *arena, const char *s);    /* NULL stays NULL */
char *lb_arena_printf(struct lb_arena *arena, const char *fmt, ...) LB_PRINTF(2, 3);
void lb_arena_reset(struct lb_arena *arena);                     /* empties, keeps one block for reuse */
void lb_arena_clear(struct lb_arena *arena);

/* ---- spans: borrowed pieces of text ------------------------------------------------------------ */

struct lb_span { const char *p; size_t n; };
struct lb_span lb_span(const char *s);                           /* of a string; NULL gives empty */
bool lb_span_is(struct lb_span s, const char *text);
bool lb_span_eq(struct lb_span a, struct lb_span b);
bool lb_span_starts(struct lb_span s, const char *prefix);
bool lb_span_ends(struct lb_span s, const char *suffix);
bool lb_host_below(struct lb_span host, const char *domain);     /* is the domain or below it; letters in any case */
struct lb_span lb_span_trim(struct lb_span s);                   /* ASCII white space at both ends */
/* Cuts `*rest` at the first `sep`: returns the part before, moves *rest behind it. false when *rest was used up. */
bool lb_span_cut(struct lb_span *rest, char sep, struct lb_span *part);
int lb_span_cmp(struct lb_span a, struct lb_span b);             /* by bytes */
/* Strict decimal numbers: the whole span, no sign for u64, no spaces. false when not one or out of range. */
bool lb_parse_u64(struct lb_span s, uint64_t *out);
bool lb_parse_i64(struct lb_span s, int64_t *out);
bool lb_parse_double(struct lb_span s, double *out);             /* locale-independent */

/* ---- buffers ----------------------------------------------------------------------------------- */

/* A growing byte string with a mandatory limit; always NUL-terminated when p is not NULL. Appending past the limit
 * sets `overflow` and keeps what was there; check once at the end with lb_buf_check. */
struct lb_buf { char *p; size_t len, cap, max; bool overflow; };
#define LB_BUF(limit) { .max = (limit) }
void lb_buf_add(struct lb_buf *b, const void *data, size_t n);
void lb_buf_adds(struct lb_buf *b, const char *s);
void lb_buf_addc(struct lb_buf *b, char c);
void lb_buf_addf(struct lb_buf *b, const char *fmt, ...) LB_PRINTF(2, 3);
void lb_buf_reset(struct lb_buf *b);                              /* len 0, keeps the memory */
void lb_buf_clear(struct lb_buf *b);                              /* frees */
char *lb_buf_take(struct lb_buf *b);                              /* the string becomes yours; never NULL */
const char *lb_buf_str(const struct lb_buf *b);                   /* never NULL */
struct lb_span lb_buf_span(const struct lb_buf *b);
LB_CHECKED int lb_buf_check(const struct lb_buf *b, const char *what, struct lb_error *err);

/* ---- maps: text to number ------------------------------------------------------------------------ */

/* Keys are copied; zero-initialised is empty. Iterate 0..count-1 in order of insertion. */
struct lb_map_item { const char *key; size_t len; uint64_t hash; size_t value; };
struct lb_map { struct lb_map_item *items; size_t count, cap; uint32_t *slots; size_t nslots; struct lb_arena keys; };
bool lb_map_get(const struct lb_map *m, struct lb_span key, size_t *value);
/* Sets key to value; returns true when the key is new. */
bool lb_map_put(struct lb_map *m, struct lb_span key, size_t value);
void lb_map_clear(struct lb_map *m);

/* Texts that come again and again, kept once. Zero-initialised is empty. */
struct lb_words { struct lb_map at; const char **list; size_t cap; };
const char *lb_words_keep(struct lb_words *w, struct lb_arena *arena, const char *text); /* in the arena; NULL stays NULL */
void lb_words_clear(struct lb_words *w);                               /* the texts stay */

/* ---- UTF-8 ------------------------------------------------------------------------------------------ */

bool lb_utf8_valid(struct lb_span s);
/* Decodes one code point at *s and moves on; an invalid byte gives U+FFFD and moves one byte. *s must not be empty. */
uint32_t lb_utf8_next(struct lb_span *s);
void lb_utf8_add(struct lb_buf *b, uint32_t code_point);

/* ---- paths ------------------------------------------------------------------------------------------ */

/* A path that may be written below a folder: relative, not empty, '/'-separated, valid UTF-8, no empty, "." or ".."
 * part, no backslash, NUL or control character, no drive letter, no name that Windows reserves (CON, NUL, COM1 …),
 * no part that ends in a dot or space, parts <= 255 bytes, whole <= 4096. `why` (may be NULL) gets a static text. */
bool lb_path_is_safe(struct lb_span path, const char **why);
void lb_path_join(struct lb_buf *b, const char *dir, const char *rest); /* appends dir/rest */
const char *lb_path_base(const char *path);                             /* last part; borrowed */
/* Percent-encodes each part of a relative path for use as a URL reference (keeps '/', unreserved of RFC 3986). */
void lb_url_encode_path(struct lb_buf *b, struct lb_span path);
/* Percent-encodes all but unreserved characters (RFC 3986 section 2.3), as in a query value. */
void lb_url_encode(struct lb_buf *b, struct lb_span text);
/* Percent-decodes; '+' stays. false on a broken escape (b is then partial). */
bool lb_url_decode(struct lb_buf *b, struct lb_span text);
/* A file-system-safe short name from any text: ASCII lower case letters, digits, single hyphens, <= 60 bytes;
 * empty when nothing is left. */
void lb_slug(struct lb_buf *b, const char *text);
/* Appends text with control characters, bidi and zero-width characters and invalid bytes shown as \xNN or U+XXXX: for
 * names in messages and reports. */
void lb_show(struct lb_buf *b, struct lb_span text);

/* ---- files ------------------------------------------------------------------------------------------ */

LB_CHECKED int lb_file_read(const char *path, size_t max, struct lb_buf *out, struct lb_error *err);
bool lb_file_exists(const char *path);
bool lb_dir_exists(const char *path);
LB_CHECKED int lb_dir_make(const char *path, struct lb_error *err);            /* with parents; exists is fine */
LB_CHECKED int lb_dir_sync(const char *path, struct lb_error *err);            /* fsync of a folder */
LB_CHECKED int lb_fs_sync(const char *path, struct lb_error *err);             /* syncfs: all that was written there */
LB_CHECKED int lb_dir_remove(const char *path, struct lb_error *err);          /* the whole tree, links not followed */
/* Makes `to` the same file as `from`: hard link where the file system allows, else reflink or copy. `to` must not exist. */
LB_CHECKED int lb_file_link(const char *from, const char *to, struct lb_error *err);
/* Replaces or creates `path` with data: temp file beside it, fsync, rename, fsync of the folder. */
LB_CHECKED int lb_file_write(const char *path, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_file_write_private(const char *path, const void *data, size_t n, struct lb_error *err); /* mode 0600 */

/* `stamp`: another number when file, size, or the time of its last change is another. */
struct lb_file_info { const char *path; uint64_t size; enum { LB_FILE, LB_DIR, LB_LINK, LB_OTHER } kind; uint64_t stamp; };
/* Visits everything below root, paths relative to root, depth first, names by bytes within a folder. The visitor's
 * non-zero return stops the walk and is returned. Links are reported, not followed. */
typedef int lb_walk_fn(void *arg, const struct lb_file_info *info, struct lb_error *err);
LB_CHECKED int lb_dir_walk(const char *root, lb_walk_fn *visit, void *arg, struct lb_error *err);

/* ---- digests ------------------------------------------------------------------------------------------ */

/* The weak ones first: lb_hash_is_weak. Sets of them are bits of an unsigned. */
enum lb_hash { LB_MD5, LB_SHA1, LB_SHA224, LB_SHA256, LB_SHA384, LB_SHA512, LB_SHA512_224, LB_SHA512_256, LB_SHA3_224,
	LB_SHA3_256, LB_SHA3_384, LB_SHA3_512, LB_BLAKE2B, LB_BLAKE2S, LB_HASH_COUNT };
#define LB_SHA256_HEX 65 /* with the NUL */
#define LB_HASH_BYTES_MAX 64
#define LB_HASH_HEX_MAX 129
const char *lb_hash_name(enum lb_hash h);                          /* "sha256": lower case, no punctuation (RFC 8493 section 2.4) */
/* By that name, or by the one that Python's hashlib has ("sha3_256", "blake2b"). false also for one that the cryptographic
 * library of this machine does not compute. */
bool lb_hash_by_name(struct lb_span name, enum lb_hash *out);
bool lb_hash_is_weak(enum lb_hash h);                              /* MD5, SHA-1: two files of one digest can be made */
size_t lb_hash_hex_len(enum lb_hash h);                            /* without the NUL */
struct lb_digest;                                                  /* a running digest */
struct lb_digest *lb_digest_new(enum lb_hash h);
void lb_digest_add(struct lb_digest *d, const void *data, size_t n);
void lb_digest_hex(struct lb_digest *d, char *hex);                /* finishes; room for lb_hash_hex_len+1 */
void lb_digest_raw(struct lb_digest *d, unsigned char *raw);       /* finishes; room for half of lb_hash_hex_len */
void lb_hex(const unsigned char *data, size_t n, char *hex);       /* lower case; room for 2n+1 */
void lb_digest_restart(struct lb_digest *d);
void lb_digest_free(struct lb_digest *d);
void lb_digest_freep(struct lb_digest **d);
/* Several digests of the same bytes; the objects are kept for the next file. Zero-initialised is empty. */
struct lb_digests { struct lb_digest *each[LB_HASH_COUNT]; unsigned wanted; };
void lb_digests_begin(struct lb_digests *d, unsigned wanted);      /* a bit for each enum lb_hash */
void lb_digests_add(struct lb_digests *d, const void *data, size_t n);
void lb_digests_end(struct lb_digests *d, unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX]); /* of those wanted */
void lb_digests_clear(struct lb_digests *d);
void lb_sha256(const void *data, size_t n, char hex[LB_SHA256_HEX]);
void lb_sha256_raw(const void *data, size_t n, unsigned char out[32]);
void lb_hmac_sha1(struct lb_span key, struct lb_span data, unsigned char out[20]); /* RFC 2104 */
void lb_base32(struct lb_buf *b, const unsigned char *data, size_t n); /* RFC 4648 section 6, upper case, no padding */
void lb_base64(struct lb_buf *b, const unsigned char *data, size_t n); /* RFC 4648 section 4, with padding */
/* A UUID that is a function of its input (RFC 9562 version 8 over SHA-256): 36 characters + NUL. */
void lb_uuid_of(struct lb_span input, char out[37]);

/* A file being written: buffered, hashed (SHA-256) and counted on the way. It has a temporary name beside `path` until
 * lb_out_commit; abandoning removes it. Write errors are sticky and reported at commit. */
struct lb_out;
enum lb_out_flags { LB_OUT_REPLACE = 1, /* an existing file is replaced; else LB_EXISTS */
	LB_OUT_NOSYNC = 2, /* no fsync: the caller syncs the whole tree at its end (lb_fs_sync) */
	LB_OUT_PRIVATE = 4 /* nobody but its owner can read it, not even while it is written */ };
LB_CHECKED int lb_out_open(const char *path, unsigned flags, struct lb_out **out, struct lb_error *err);
void lb_out_add(struct lb_out *o, const void *data, size_t n);
void lb_out_adds(struct lb_out *o, const char *s);
void lb_out_addf(struct lb_out *o, const char *fmt, ...) LB_PRINTF(2, 3);
/* Closes and renames. sha256 and size may be NULL. Frees `o` in any case; on failure the temporary file is removed. */
LB_CHECKED int lb_out_commit(struct lb_out *o, char sha256[LB_SHA256_HEX], uint64_t *size, struct lb_error *err);
void lb_out_abandon(struct lb_out *o);                             /* NULL is fine */
void lb_out_abandonp(struct lb_out **o);                           /* for LB_AUTO; set to NULL after commit */

/* ---- time ---------------------------------------------------------------------------------------------- */

#define LB_TIME_ISO 21 /* "2026-11-20T21:47:00Z" + NUL */
void lb_time_iso(int64_t unix_seconds, char out[LB_TIME_ISO]);     /* UTC; years 0001-9999, else "" */
bool lb_time_parse(struct lb_span iso, int64_t *unix_seconds);     /* the same form; fractions dropped, offsets applied */
int64_t lb_time_wall(void);                                        /* seconds since 1970, UTC */
int64_t lb_time_mono(void);                                        /* milliseconds, only ever forward */

/* ---- the run: what flows sideways ------------------------------------------------------------------------- */

enum lb_event_kind {
	LB_EVENT_STAGE,    /* a stage begins: name in `what` */
	LB_EVENT_PROGRESS, /* done/total (total 0 = unknown), bytes, gaps */
	LB_EVENT_NOTE,     /* worth a line in -v */
	LB_EVENT_WARN,     /* worth a line always */
};
struct lb_event {
	enum lb_event_kind kind;
	const char *what;
	const char *unit;             /* "photos", "files" … or NULL */
	uint64_t done, total, bytes, gaps, calls;
	int64_t left_s;               /* seconds still needed, where the sender knows better than done/total tell; 0: not said */
};
struct lb_ctx {
	int64_t (*wall)(void *arg);   /* NULL: lb_time_wall */
	void *wall_arg;
	volatile int *cancel;         /* set by a signal handler; NULL: never */
	void (*event)(void *arg, const struct lb_event *event); /* NULL: silence */
	void *event_arg;
	unsigned threads;             /* 0: one per online processor */
	int64_t until;                /* Unix seconds from which on lb_ctx_check stops the work; 0: never */
	const struct lb_stand_in *stand_in; /* tests: instead of the network and its clocks (lifeboat/net/internal.h); NULL: the real ones */
};
int64_t lb_ctx_now(const struct lb_ctx *ctx);                      /* ctx may be NULL */
bool lb_ctx_cancelled(const struct lb_ctx *ctx);
LB_CHECKED int lb_ctx_check(const struct lb_ctx *ctx, struct lb_error *err); /* LB_CANCELLED when cancelled, or past `until` */
void lb_ctx_event(const struct lb_ctx *ctx, const struct lb_event *event);
void lb_ctx_note(const struct lb_ctx *ctx, enum lb_event_kind kind, const char *fmt, ...) LB_PRINTF(3, 4);
unsigned lb_ctx_threads(const struct lb_ctx *ctx);

/* Calls fn(arg, i, err) for i in 0..count-1 on ctx's threads (the caller's among them). The first failure stops the
 * handing out of further items and is returned. */
typedef int lb_job_fn(void *arg, size_t i, struct lb_error *err);
LB_CHECKED int lb_parallel(const struct lb_ctx *ctx, size_t count, lb_job_fn *fn, void *arg, struct lb_error *err);

/* Progress of work that several threads share: tells ctx->event at most ten times a second, one thread at a time. */
struct lb_progress;
struct lb_progress *lb_progress_begin(const struct lb_ctx *ctx, const char *stage, const char *unit, uint64_t total);
void lb_progress_add(struct lb_progress *p, uint64_t bytes);       /* one more is done */
void lb_progress_end(struct lb_progress *p);                       /* tells the last state and frees; NULL is fine */

#endif
