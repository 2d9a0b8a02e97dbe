/* The journal's index, kept beside it: a cache that saves reading the whole journal again. spec/evidence.md */
#include "format/evidence/internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE "api.index"
#define MAGIC "lifeboat index 1\n"
#define HEAD 48
#define ENTRY 96
#define ENTRIES_AT_ONCE 4096
#define SAMPLE 512

static void put(unsigned char *to, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		to[i] = (unsigned char)(value >> (8 * i));
}

static uint64_t get(const unsigned char *from, unsigned bytes)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < bytes; i++)
		value |= (uint64_t)from[i] << (8 * i);
	return value;
}

static void seal(const void *data, size_t n, unsigned char out[8])
{
	unsigned char raw[32];
	lb_sha256_raw(data, n, raw);
	memcpy(out, raw, 8);
}

struct stamp { uint64_t size, changed; };

static int stamp_of(const struct lb_source *journal, struct stamp *out, struct lb_error *err)
{
	struct stat st;
	if (fstat(journal->fd, &st) != 0)
		return lb_fail_sys(err, "cannot read \"%s\"", journal->name);
	*out = (struct stamp){(uint64_t)st.st_size, (uint64_t)st.st_mtim.tv_sec * 1000000000 + (uint64_t)st.st_mtim.tv_nsec};
	return LB_OK;
}

static int make_head(const struct lb_source *journal, const struct stamp *stamp, unsigned char head[HEAD], struct lb_error *err)
{
	char first[SAMPLE];
	size_t got;
	memset(head, 0, HEAD);
	memcpy(head, MAGIC, sizeof MAGIC - 1);
	LB_TRY(lb_source_read(journal, 0, first, sizeof first, &got, err));
	seal(first, got, head + 24);
	put(head + 32, stamp->size, 8);
	put(head + 40, stamp->changed, 8);
	return LB_OK;
}

/* A journal that only grew since is one that we were stopped while writing; one of the same size was changed by others. */
static bool head_fits(const unsigned char said[HEAD], const struct lb_source *journal)
{
	unsigned char head[HEAD];
	struct stamp now = {0, 0}, then = {get(said + 32, 8), get(said + 40, 8)};
	if (stamp_of(journal, &now, NULL) || make_head(journal, &then, head, NULL) || memcmp(head, said, HEAD) != 0)
		return false;
	return now.size > then.size || (now.size == then.size && now.changed == then.changed);
}

/* ---- an entry ---------------------------------------------------------------------------------------------------- */

static void encode(const struct lb_record *r, unsigned char e[ENTRY])
{
	const uint64_t numbers[] = {r->offset, r->length, r->plain, (uint64_t)r->date};
	memset(e, 0, ENTRY);
	for (unsigned i = 0; i < LB_COUNT(numbers); i++)
		put(e + 8 * i, numbers[i], 8);
	for (unsigned i = 0; i < LB_MATCH_COUNT; i++) {
		put(e + 32 + 16 * i, r->keys[i].a, 8);
		put(e + 40 + 16 * i, r->keys[i].b, 8);
	}
	put(e + 80, (uint64_t)r->status, 4);
	put(e + 84, (uint64_t)r->kind, 4);
	seal(e, 88, e + 88);
}

/* false: not whole, or not possible behind a record that ends at `from` in a journal of `size` bytes. */
static bool decode(const unsigned char e[ENTRY], uint64_t from, uint64_t size, struct lb_record *r)
{
	unsigned char sealed[8];
	seal(e, 88, sealed);
	if (memcmp(sealed, e + 88, 8) != 0)
		return false;
	*r = (struct lb_record){.offset = get(e, 8), .length = get(e + 8, 8), .plain = get(e + 16, 8), .date = (int64_t)get(e + 24, 8),
		.status = (int)get(e + 80, 4), .kind = (enum lb_record_kind)get(e + 84, 4)};
	for (unsigned i = 0; i < LB_MATCH_COUNT; i++)
		r->keys[i] = (struct lb_key){get(e + 32 + 16 * i, 8), get(e + 40 + 16 * i, 8)};
	return r->offset >= from && r->length > 0 && r->length <= size && r->offset <= size - r->length &&
		r->plain <= LB_WARC_RECORD_MAX + 2 * LB_WARC_HEAD_MAX && r->kind <= LB_RECORD_FAILURE;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

/* Adds what is whole; *end is where the last record told of ends. */
static int read_entries(const struct lb_source *cache, uint64_t size, struct lb_warc_index *index, uint64_t *end, struct lb_error *err)
{
	LB_AUTO(lb_freep) unsigned char *block = lb_alloc((size_t)ENTRY * ENTRIES_AT_ONCE);
	uint64_t at = HEAD;
	size_t got;
	do {
		LB_TRY(lb_source_read(cache, at, block, (size_t)ENTRY * ENTRIES_AT_ONCE, &got, err));
		for (size_t i = 0; i + ENTRY <= got; i += ENTRY) {
			struct lb_record r;
			if (!decode(block + i, *end, size, &r))
				return LB_OK;
			LB_TRY(lb_warc_index_add(index, &r, err));
			*end = r.offset + r.length;
		}
		at += got;
	} while (got == (size_t)ENTRY * ENTRIES_AT_ONCE);
	return LB_OK;
}

/* Another journal's index, or one from before a repair, would send every reader astray. */
static bool last_is_right(const struct lb_source *journal, const struct lb_warc_index *index)
{
	struct lb_warc_index one = {0};
	const struct lb_record *last = &index->items[index->count - 1];
	struct lb_source upto = *journal;
	upto.size = last->offset + last->length;
	bool right = lb_warc_scan(&upto, true, last->offset, &one, NULL, NULL) == LB_OK && one.count == 1 &&
		one.items[0].length == last->length && one.items[0].plain == last->plain && one.items[0].date == last->date &&
		memcmp(one.items[0].keys, last->keys, sizeof last->keys) == 0;
	lb_warc_index_clear(&one);
	return right;
}

static int cache_open(const char *dir, struct lb_source *out)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(64 << 10);
	lb_path_join(&path, dir, CACHE);
	int fd = open(lb_buf_str(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	if (size < HEAD) {
		if (fd >= 0)
			close(fd);
		return LB_NOTFOUND;
	}
	*out = (struct lb_source){.fd = fd, .size = (uint64_t)size};
	return LB_OK;
}

uint64_t lb_cache_read(const char *dir, const struct lb_source *journal, struct lb_warc_index *index)
{
	unsigned char said[HEAD];
	struct lb_source cache;
	uint64_t end = 0;
	size_t got;
	if (cache_open(dir, &cache))
		return 0;
	bool good = lb_source_read(&cache, 0, said, HEAD, &got, NULL) == LB_OK && got == HEAD && head_fits(said, journal) &&
		read_entries(&cache, journal->size, index, &end, NULL) == LB_OK;
	close(cache.fd);
	if (good && index->count && last_is_right(journal, index))
		return end;
	lb_warc_index_clear(index);
	return 0;
}

/* ---- writing ----------------------------------------------------------------------------------------------------------- */

int lb_cache_write(const char *dir, const struct lb_source *journal, const struct lb_warc_index *index, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(64 << 10);
	unsigned char head[HEAD], entry[ENTRY];
	struct stamp stamp;
	struct lb_out *out = NULL;
	lb_path_join(&path, dir, CACHE);
	LB_TRY(stamp_of(journal, &stamp, err));
	LB_TRY(make_head(journal, &stamp, head, err));
	LB_TRY(lb_out_open(lb_buf_str(&path), LB_OUT_REPLACE, &out, err));
	lb_out_add(out, head, HEAD);
	for (size_t i = 0; i < index->count; i++) {
		encode(&index->items[i], entry);
		lb_out_add(out, entry, ENTRY);
	}
	return lb_out_commit(out, NULL, NULL, err);
}

void lb_cache_remove(const char *dir)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(64 << 10);
	lb_path_join(&path, dir, CACHE);
	unlink(lb_buf_str(&path));
}
