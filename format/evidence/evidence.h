/* Evidence: what was received and when. A WARC 1.1 file (ISO 28500:2017), one gzip member a record, is journal, cassette
 * and provenance at once; media files stand beside it under their SHA-256.
 *
 *   DIR/api.warc.gz     responses as received, free of secrets; a metadata record for each media file and each failure
 *   DIR/media/<sha256>  the files
 *
 * Appending is one write(2) of a whole member; a torn last member (killed run, full disk) is cut off at the next open.
 * A journal damaged elsewhere is kept as api.warc.gz.damaged-N, and a new one of all whole records takes its place.
 * A stored file is read-only and its time of change a fixed mark: one without the mark is hashed before it is trusted. */
#ifndef LB_EVIDENCE_H
#define LB_EVIDENCE_H

#include "format/base/base.h"

enum lb_record_kind {
	LB_RECORD_RESPONSE,  /* an HTTP response with its body */
	LB_RECORD_MEDIA,     /* a media file: status, type, size, SHA-256; the body is in the store */
	LB_RECORD_FAILURE,   /* no answer was had: the reason */
};
struct lb_exchange {
	enum lb_record_kind kind;
	const char *uri;             /* request URI without secrets */
	int64_t date;                /* Unix seconds of the answer */
	int status;                  /* HTTP status; 0 when no answer was had */
	const char *content_type;    /* or NULL */
	const char *headers;         /* RESPONSE: other header lines kept, each ending in CRLF, or "" */
	struct lb_span body;         /* RESPONSE */
	bool vouched;                /* RESPONSE, read: a digest stood beside the body, and fits it */
	bool redacted;               /* RESPONSE: the body is not as received: a WARC `conversion` record, without HTTP headers */
	const char *sha256;          /* MEDIA: hex digest of the stored file */
	uint64_t size;               /* MEDIA: bytes */
	const char *reason;          /* FAILURE */
};

/* How closely a request must match a recorded one. */
enum lb_match {
	LB_MATCH_EXACT,    /* method and all parameters but credentials, format, nojsoncallback */
	LB_MATCH_EXTRAS,   /* … ignoring `extras` */
	LB_MATCH_PAGING,   /* … ignoring `extras` and `per_page` */
	LB_MATCH_COUNT
};
/* The request as it may be kept: api_key, auth_token, api_sig, oauth_* removed, parameters sorted and encoded alike.
 * URIs that are not of the API stay as they are, but for secrets and bytes that no URI may hold (percent-encoded).
 * Of the API is what has a path that ends in /services/rest/, on any host. Appends to b. */
void lb_uri_clean(struct lb_buf *b, struct lb_span uri);
/* The text on which requests are matched; for URIs that are not of the API the URI itself. Appends to b. */
void lb_uri_key(struct lb_buf *b, struct lb_span uri, enum lb_match match);
/* Value of a query parameter, decoded, in the arena; NULL when absent. */
const char *lb_uri_param(struct lb_span uri, const char *name, struct lb_arena *arena);

/* ---- a WARC file, read ---------------------------------------------------------------------------------- */

struct lb_warc;                                                          /* an opened, scanned WARC; thread-safe to read */
/* Scans every record header. Plain .warc, or .warc.gz with a member a record. A torn end is LB_CORRUPT, unless `torn`
 * is not NULL: then *torn is the length of the good part (equal to the file's length when whole). */
LB_CHECKED int lb_warc_open(const char *path, uint64_t *torn, struct lb_warc **out, struct lb_error *err);
void lb_warc_free(struct lb_warc *w);
size_t lb_warc_count(const struct lb_warc *w);
/* Number of the newest record that matches, or -1. A RESPONSE or MEDIA with status 200 wins over newer failures. */
long lb_warc_find(const struct lb_warc *w, struct lb_span uri, enum lb_match match);
/* Reads record n; all its text and body live in the arena. The payload digest is checked (LB_CORRUPT). */
LB_CHECKED int lb_warc_read(const struct lb_warc *w, size_t n, struct lb_arena *arena, struct lb_exchange *out, struct lb_error *err);
/* The record's bytes as they stand in the file (its gzip member): to be copied elsewhere. */
LB_CHECKED int lb_warc_member(const struct lb_warc *w, size_t n, struct lb_buf *out, struct lb_error *err);

/* A WARC 1.1 file, a gzip member a record, as its bytes stream past: nothing is kept but the record being read. `each` is called
 * for every record of the kinds above, in order; the exchange is valid during the call. What is wrong is LB_CORRUPT or
 * LB_UNSUPPORTED, and names the record by its number (from 1); that is also a record of WARC/1.0, or a body without a digest. */
struct lb_warc_stream;
typedef int lb_warc_record_fn(void *arg, const struct lb_exchange *x, struct lb_error *err);
struct lb_warc_stream *lb_warc_stream_new(lb_warc_record_fn *each, void *arg);
LB_CHECKED int lb_warc_stream_feed(struct lb_warc_stream *s, const void *data, size_t n, struct lb_error *err);
LB_CHECKED int lb_warc_stream_end(struct lb_warc_stream *s, struct lb_error *err); /* LB_CORRUPT inside a member, or without one */
size_t lb_warc_stream_number(const struct lb_warc_stream *s); /* of the record that `each` is called for, or of the last one */
void lb_warc_stream_freep(struct lb_warc_stream **s);
/* Does the address carry a parameter that no recording may keep (key, token, signature)? */
bool lb_uri_has_secret(struct lb_span uri);

/* One record as a gzip member, deterministic for its content (record id from content; fixed gzip header). */
LB_CHECKED int lb_warc_format(const struct lb_exchange *x, struct lb_buf *out, struct lb_error *err);
/* The warcinfo member that begins a file. `software` like "lifeboat 0.1". */
void lb_warc_format_info(const char *software, int64_t date, struct lb_buf *out);

/* ---- the evidence folder --------------------------------------------------------------------------------- */

struct lb_evidence;
enum lb_evidence_mode { LB_EVIDENCE_READ, LB_EVIDENCE_APPEND /* creates, repairs (LB_EVENT_WARN), takes a lock: LB_LOCKED */ };
LB_CHECKED int lb_evidence_open(const char *dir, enum lb_evidence_mode mode, const struct lb_ctx *ctx, struct lb_evidence **out, struct lb_error *err);
LB_CHECKED int lb_evidence_close(struct lb_evidence *ev, struct lb_error *err); /* syncs; frees in any case */
void lb_evidence_freep(struct lb_evidence **ev);
/* As lb_warc_find / _read / _member, over what was there and what was appended since. */
long lb_evidence_find(const struct lb_evidence *ev, struct lb_span uri, enum lb_match match);
/* The newest record of exactly this request from number `from` on, whatever it tells, or -1. Looks at one after the other. */
long lb_evidence_find_since(const struct lb_evidence *ev, struct lb_span uri, size_t from);
LB_CHECKED int lb_evidence_read(const struct lb_evidence *ev, size_t n, struct lb_arena *arena, struct lb_exchange *out, struct lb_error *err);
LB_CHECKED int lb_evidence_member(const struct lb_evidence *ev, size_t n, struct lb_buf *out, struct lb_error *err);
size_t lb_evidence_count(const struct lb_evidence *ev);
/* Appends one record (one write(2); fdatasync at most once a second and at close). The URI is cleaned here. */
LB_CHECKED int lb_evidence_append(struct lb_evidence *ev, const struct lb_exchange *x, struct lb_error *err);
/* A path for a file being downloaded, in the arena: unique in this run. The folder is emptied at open (APPEND). */
char *lb_evidence_temp(struct lb_evidence *ev, struct lb_arena *arena);
/* Takes a finished temporary file into the store (mark, fsync, rename to its digest; an equal file is kept, a damaged one
 * replaced) and appends its MEDIA record. x->sha256 and x->size must be right. */
LB_CHECKED int lb_evidence_store(struct lb_evidence *ev, const char *temp, const struct lb_exchange *x, struct lb_error *err);
/* Path of a stored file in the arena, or NULL when the store has no file of that digest and size. A file without the mark
 * is read: NULL when its bytes are not those of the digest, else (APPEND) it is marked again. Damage that leaves the time of
 * change alone is not noticed here. */
char *lb_evidence_media(const struct lb_evidence *ev, const char *sha256, uint64_t size, struct lb_arena *arena);

#endif
