#include "format/evidence/internal.h"

#include <inttypes.h>
#include <string.h>

/* Bytes unpacked in vain, per byte of the file, before the search for whole records ends: only a file that is made for it
 * gets there. */
#define VAIN_MAX 16

struct scanner {
	const struct lb_source *source;
	struct lb_feed *feed;
	bool gz;
	uint64_t start;                  /* of the record, in the file */
	uint64_t plain;                  /* bytes of it so far, unpacked */
	struct lb_buf head, content;     /* the first bytes of its content */
};

static struct scanner scanner(const struct lb_source *source, bool gz)
{
	return (struct scanner){.source = source, .feed = lb_feed_new(source, gz), .gz = gz,
		.head = LB_BUF(LB_WARC_HEAD_MAX), .content = LB_BUF(LB_WARC_NOTE_MAX)};
}

static void scanner_clear(struct scanner *s)
{
	lb_feed_freep(&s->feed);
	lb_buf_clear(&s->head);
	lb_buf_clear(&s->content);
}

static int bad(const struct scanner *s, enum lb_status status, const char *why, struct lb_error *err)
{
	return lb_fail(err, status, "cannot read \"%s\": record at byte %" PRIu64 ": %s", s->source->name, s->start, why);
}

/* The next bytes; unlike the feed's, never none: a record may not end here. */
static int next(struct scanner *s, struct lb_span *chunk, struct lb_error *err)
{
	LB_TRY(lb_feed_chunk(s->feed, chunk, err));
	if (chunk->n)
		return LB_OK;
	return s->gz ? bad(s, LB_CORRUPT, "its gzip member ends too early", err) : lb_feed_tear(s->feed, err);
}

static void take(struct scanner *s, size_t n)
{
	lb_feed_take(s->feed, n);
	s->plain += n;
}

/* Before anything is called torn (and cut off): is this a WARC at all? */
static bool begins_like_warc(const struct lb_buf *head)
{
	static const char magic[] = "WARC/1.";
	size_t n = head->len < sizeof magic - 1 ? head->len : sizeof magic - 1;
	return memcmp(head->p, magic, n) == 0;
}

static int read_head(struct scanner *s, struct lb_error *err)
{
	lb_buf_reset(&s->head);
	while (s->head.len < LB_WARC_HEAD_MAX) {
		struct lb_span chunk;
		LB_TRY(next(s, &chunk, err));
		size_t old = s->head.len, room = LB_WARC_HEAD_MAX - old, n = chunk.n < room ? chunk.n : room;
		lb_buf_add(&s->head, chunk.p, n);
		if (!begins_like_warc(&s->head))
			return bad(s, LB_FORMAT, "not WARC", err);
		size_t from = old < 3 ? 0 : old - 3;
		const char *end = memmem(s->head.p + from, s->head.len - from, "\r\n\r\n", 4);
		if (!end) {
			take(s, n);
			continue;
		}
		s->head.len = (size_t)(end - s->head.p) + 4;
		take(s, s->head.len - old);
		return LB_OK;
	}
	return bad(s, LB_LIMIT, "header over 64 KiB", err);
}

static int read_content(struct scanner *s, uint64_t length, struct lb_error *err)
{
	lb_buf_reset(&s->content);
	while (length) {
		struct lb_span chunk;
		LB_TRY(next(s, &chunk, err));
		size_t n = chunk.n < length ? chunk.n : (size_t)length;
		size_t room = LB_WARC_NOTE_MAX - s->content.len;
		lb_buf_add(&s->content, chunk.p, n < room ? n : room);
		take(s, n);
		length -= n;
	}
	return LB_OK;
}

static int read_end(struct scanner *s, struct lb_error *err)
{
	for (const char *expected = "\r\n\r\n"; *expected;) {
		struct lb_span chunk;
		LB_TRY(next(s, &chunk, err));
		if (*chunk.p != *expected)
			return bad(s, LB_FORMAT, "content longer or shorter than said", err);
		take(s, 1);
		expected++;
	}
	struct lb_span more;
	if (!s->gz)
		return LB_OK;
	LB_TRY(lb_feed_chunk(s->feed, &more, err));
	return more.n ? bad(s, LB_FORMAT, "more than one record in its gzip member", err) : LB_OK;
}

static int index_record(struct scanner *s, const struct lb_warc_head *head, struct lb_warc_index *index, struct lb_error *err)
{
	struct lb_record r = {.offset = s->start, .length = lb_feed_at(s->feed) - s->start, .plain = s->plain, .date = head->date};
	struct lb_span content = lb_buf_span(&s->content);
	if (!lb_warc_kind(head, content, &r.kind))
		return LB_OK;
	const char *why = lb_warc_status(head, r.kind, content, &r.status);
	if (why)
		return bad(s, LB_FORMAT, why, err);
	if (!index)
		return LB_OK;
	lb_uri_keys(head->uri, r.keys);
	return lb_warc_index_add(index, &r, err);
}

/* Without an index the record is only checked. */
static int scan_record(struct scanner *s, uint64_t start, struct lb_warc_index *index, struct lb_error *err)
{
	struct lb_warc_head head;
	s->start = start;
	s->plain = 0;
	lb_feed_begin(s->feed, start);
	LB_TRY(read_head(s, err));
	const char *why = lb_warc_head_parse(lb_buf_span(&s->head), &head);
	if (why)
		return bad(s, LB_FORMAT, why, err);
	LB_TRY(read_content(s, head.length, err));
	LB_TRY(read_end(s, err));
	return index_record(s, &head, index, err);
}

/* A file that grew but whose bytes never reached the disk ends in zeros. */
static int without_zeros(const struct lb_source *source, uint64_t from, uint64_t *size, struct lb_error *err)
{
	char block[4096];
	for (*size = source->size; *size > from;) {
		size_t got, n = *size - from < sizeof block ? (size_t)(*size - from) : sizeof block;
		LB_TRY(lb_source_read(source, *size - n, block, n, &got, err));
		while (got && block[got - 1] == 0)
			got--;
		*size -= n - got;
		if (got)
			break;
	}
	return LB_OK;
}

/* Was what failed at `start` cut short by the end of the file, or by zeros up to it? */
static int find_tear(const struct scanner *s, uint64_t start, struct lb_warc_index *index, bool *torn, struct lb_error *err)
{
	struct lb_source trimmed = *s->source;
	*torn = lb_feed_torn(s->feed);
	if (*torn)
		return LB_OK;
	LB_TRY(without_zeros(s->source, start, &trimmed.size, err));
	if (trimmed.size == s->source->size)
		return LB_OK;
	LB_AUTO(scanner_clear) struct scanner again = scanner(&trimmed, s->gz);
	*torn = scan_record(&again, start, index, NULL) && lb_feed_torn(again.feed);
	return LB_OK;
}

int lb_warc_scan(const struct lb_source *source, bool gz, uint64_t from, struct lb_warc_index *index, uint64_t *torn, struct lb_error *err)
{
	LB_AUTO(scanner_clear) struct scanner s = scanner(source, gz);
	struct lb_error failure = {0};
	uint64_t good = from;
	int rc = LB_OK;
	while (good < source->size && !(rc = scan_record(&s, good, index, &failure)))
		good = lb_feed_at(s.feed);
	if (rc && torn) {
		bool is_torn;
		LB_TRY(find_tear(&s, good, index, &is_torn, err));
		rc = is_torn ? LB_OK : rc;
	}
	if (rc && err)
		*err = failure;
	if (!rc && torn)
		*torn = good;
	return rc;
}

/* ---- whole records among damage ------------------------------------------------------------------------------------ */

bool lb_warc_is_damage(int status)
{
	return status == LB_CORRUPT || status == LB_FORMAT || status == LB_LIMIT;
}

/* Moves *at on to where a gzip member as we write them may begin (no flags), or to the end. */
static int find_magic(const struct lb_source *source, uint64_t *at, struct lb_error *err)
{
	static const char magic[] = "\x1f\x8b\x08\0";
	const size_t n = sizeof magic - 1;
	char block[4096];
	for (;;) {
		size_t got;
		LB_TRY(lb_source_read(source, *at, block, sizeof block, &got, err));
		const char *found = memmem(block, got, magic, n);
		if (!found && got == sizeof block) {
			*at += got - (n - 1);
			continue;
		}
		*at = found ? *at + (uint64_t)(found - block) : source->size;
		return LB_OK;
	}
}

int lb_warc_each_whole(const struct lb_source *source, uint64_t from, lb_whole_fn *whole, void *arg, struct lb_error *err)
{
	LB_AUTO(scanner_clear) struct scanner s = scanner(source, true);
	struct lb_error failure = {0};
	uint64_t at = from, vain = 0;
	while (at < source->size && vain / VAIN_MAX <= source->size) {
		int rc = scan_record(&s, at, NULL, &failure);
		uint64_t end = lb_feed_at(s.feed);
		if (!rc) {
			LB_TRY(whole(arg, at, end, err));
			at = end;
			continue;
		}
		if (!lb_warc_is_damage(rc)) {
			if (err)
				*err = failure;
			return rc;
		}
		vain += end - at++;
		LB_TRY(find_magic(source, &at, err));
	}
	return LB_OK;
}
