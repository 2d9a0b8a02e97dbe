/* Evidence, inside: where bytes come from, one record's head, the index, the opened WARC. */
#ifndef LB_EVIDENCE_INTERNAL_H
#define LB_EVIDENCE_INTERNAL_H

#include "format/evidence/evidence.h"

#define LB_WARC_HEAD_MAX ((size_t)64 << 10)      /* header block of a record, or of its HTTP message */
#define LB_WARC_RECORD_MAX ((uint64_t)512 << 20) /* content of a record */
#define LB_WARC_NOTE_MAX ((size_t)4 << 10)       /* content of our metadata records */

/* ---- URIs (uri.c) ------------------------------------------------------------------------------------------ */

struct lb_key { uint64_t a, b; };                /* first half of the SHA-256 of a key's text */
void lb_uri_keys(struct lb_span uri, struct lb_key keys[LB_MATCH_COUNT]);
/* May this parameter never be kept? */
bool lb_uri_is_secret(struct lb_span name);

/* ---- header lines (warc_head.c) -------------------------------------------------------------------------------- */

enum lb_line { LB_LINE_BROKEN = -1, LB_LINE_END = 0, LB_LINE_FIELD = 1 };
/* Cuts "Name: value CRLF" off *rest; LB_LINE_END at the empty line or the end. */
enum lb_line lb_line_next(struct lb_span *rest, struct lb_span *name, struct lb_span *value);
bool lb_line_named(struct lb_span name, const char *wanted); /* header names ignore case */

struct lb_warc_head {
	struct lb_span type, uri, content_type, digest;
	int64_t date;
	uint64_t length;
	bool converted;                          /* a `conversion`: the content is the body itself */
};
/* Reads a record's header block, version line to empty line. Returns NULL, or what is wrong with it. */
const char *lb_warc_head_parse(struct lb_span block, struct lb_warc_head *out);

/* What a record's content says. Spans are borrowed from the content. */
struct lb_warc_content {
	int status;
	struct lb_span content_type, headers, body, sha256, reason;
	uint64_t length;                         /* HTTP Content-Length, or UINT64_MAX */
	bool encoded;                            /* the body still has a transfer or content encoding */
	uint64_t size;
};
/* Which kind of ours is this record? false: none (warcinfo, request …). `content`: at least its first LB_WARC_NOTE_MAX bytes. */
bool lb_warc_kind(const struct lb_warc_head *head, struct lb_span content, enum lb_record_kind *kind);
/* The status alone, for which the content's first line is enough. NULL, or what is wrong. */
const char *lb_warc_status(const struct lb_warc_head *head, enum lb_record_kind kind, struct lb_span content, int *status);
const char *lb_warc_content_parse(const struct lb_warc_head *head, enum lb_record_kind kind, struct lb_span content, struct lb_warc_content *out);
bool lb_sha256_hex_valid(const char *hex);

/* A whole unpacked record. LB_NOTFOUND: whole, but none of ours (warcinfo …); else *why says what is wrong. `out` borrows from
 * `plain` (body) and the arena. (warc_record.c) */
int lb_warc_record_parse(struct lb_span plain, struct lb_arena *arena, struct lb_exchange *out, const char **why);

/* ---- the index (index.c) -------------------------------------------------------------------------------------------- */

struct lb_record {
	uint64_t offset, length;                 /* in the file: its gzip member, or the record itself */
	uint64_t plain;                          /* bytes of the record when unpacked */
	int64_t date;
	struct lb_key keys[LB_MATCH_COUNT];
	int status;
	enum lb_record_kind kind;
};
struct lb_warc_index {
	struct lb_record *items;
	size_t count, cap;
	uint32_t *slots;                         /* 0 empty, else 1 + record * LB_MATCH_COUNT + match */
	size_t nslots, used;
};
LB_CHECKED int lb_warc_index_add(struct lb_warc_index *index, const struct lb_record *record, struct lb_error *err);
long lb_warc_index_find(const struct lb_warc_index *index, const struct lb_key keys[LB_MATCH_COUNT], enum lb_match match);
void lb_warc_index_clear(struct lb_warc_index *index);

/* ---- bytes (source.c) ------------------------------------------------------------------------------------------ */

struct lb_source { int fd; struct lb_span memory; uint64_t size; char *name; }; /* fd -1: memory */
/* Reads up to n bytes; *got is less only at the end. */
LB_CHECKED int lb_source_read(const struct lb_source *s, uint64_t at, void *to, size_t n, size_t *got, struct lb_error *err);

/* The unpacked bytes of one member after another. */
struct lb_feed;
struct lb_feed *lb_feed_new(const struct lb_source *source, bool gz);
void lb_feed_freep(struct lb_feed **feed);
void lb_feed_begin(struct lb_feed *f, uint64_t at);  /* at the first byte of a member */
uint64_t lb_feed_at(const struct lb_feed *f);        /* offset in the file behind what was taken; exact at a member's end */
bool lb_feed_torn(const struct lb_feed *f);          /* the failure was the end of the file */
int lb_feed_tear(struct lb_feed *f, struct lb_error *err);
/* The next bytes, borrowed until the next call; empty at the end of the member (gz) or of the file (plain). */
LB_CHECKED int lb_feed_chunk(struct lb_feed *f, struct lb_span *chunk, struct lb_error *err);
void lb_feed_take(struct lb_feed *f, size_t n);      /* n bytes of the chunk are used */

/* ---- gzip members (gzip.c) -------------------------------------------------------------------------------------------------- */

void *lb_zlib_alloc(void *unused, unsigned items, unsigned size);
void lb_zlib_free(void *unused, void *memory);
/* Appends one member that is the same for the same bytes. */
void lb_gzip_member(struct lb_span plain, struct lb_buf *out);
/* Unpacks a member of exactly n bytes. false: it is not that. */
bool lb_gzip_unpack(struct lb_span member, void *to, size_t n);

/* ---- scanning (scan.c) --------------------------------------------------------------------------------------------------------- */

/* Indexes every record of the source from byte `from` on, where one begins. *torn as in lb_warc_open. */
LB_CHECKED int lb_warc_scan(const struct lb_source *source, bool gz, uint64_t from, struct lb_warc_index *index, uint64_t *torn, struct lb_error *err);

/* Is this what a scan of damaged bytes ends with, rather than a fault of the system? */
bool lb_warc_is_damage(int status);
/* Tells of every gzip member from `from` on that holds one whole record, in order, whatever stands between them. */
typedef int lb_whole_fn(void *arg, uint64_t at, uint64_t end, struct lb_error *err);
LB_CHECKED int lb_warc_each_whole(const struct lb_source *source, uint64_t from, lb_whole_fn *whole, void *arg, struct lb_error *err);

/* ---- the opened WARC (warc_read.c) -------------------------------------------------------------------------------------- */

struct lb_warc { struct lb_source source; struct lb_warc_index index; bool gz; size_t cached; /* records of the index that a cache told */ };
/* Takes the descriptor in any case. cache_dir: where an index of it may be kept, or NULL. */
LB_CHECKED int lb_warc_open_fd(int owned_fd, const char *name, const char *cache_dir, uint64_t *torn, struct lb_warc **out, struct lb_error *err);
/* The bytes are borrowed as long as the WARC lives. */
LB_CHECKED int lb_warc_open_memory(struct lb_span bytes, uint64_t *torn, struct lb_warc **out, struct lb_error *err);

/* lb_warc_format, and what the index keeps of the record (all but its offset). */
LB_CHECKED int lb_warc_format_record(const struct lb_exchange *x, struct lb_buf *out, struct lb_record *record, struct lb_error *err);

/* ---- the journal's index, kept (cache.c) ------------------------------------------------------------------------------------ */

/* Fills the (empty) index with what the cache tells, and gives the offset in the journal up to which it does; 0: no use. */
uint64_t lb_cache_read(const char *dir, const struct lb_source *journal, struct lb_warc_index *index);
LB_CHECKED int lb_cache_write(const char *dir, const struct lb_source *journal, const struct lb_warc_index *index, struct lb_error *err);
void lb_cache_remove(const char *dir);

/* ---- the folder (folder.c, salvage.c, append.c, store.c) --------------------------------------------------------------------------------- */

struct lb_evidence {
	const struct lb_ctx *ctx;
	enum lb_evidence_mode mode;
	char *dir, *media, *temp;
	int lock;
	struct lb_warc *warc;
	int64_t synced;                          /* lb_time_mono of the last sync */
	bool dirty, media_dirty;                 /* written since */
	bool broken;                             /* part of a record stands behind the good end */
	uint64_t temps;
};
LB_CHECKED int lb_evidence_sync(struct lb_evidence *ev, struct lb_error *err);
LB_CHECKED int lb_evidence_write(struct lb_evidence *ev, struct lb_span member, struct lb_error *err);
/* Writes the kept index when it lacks at least so many records. */
void lb_evidence_keep_index(struct lb_evidence *ev, size_t more);
/* The warcinfo member that begins a journal of ours. */
void lb_evidence_info(const struct lb_evidence *ev, struct lb_buf *out);
/* Puts a new journal of all whole records in the place of the damaged one, which is kept beside it. *saved is false, and
 * nothing changed, when not one record is whole, or all bytes are of whole records. */
LB_CHECKED int lb_evidence_salvage(const struct lb_evidence *ev, const char *journal, bool *saved, struct lb_error *err);

#endif
