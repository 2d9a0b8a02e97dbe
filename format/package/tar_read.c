/* A tar has no table of contents and no checksum of its members: every header, the padding and the end are checked. */
#include <stdlib.h>
#include <string.h>

#include "format/package/tar_private.h"

#define EXTENSION_MAX ((size_t)1 << 20)
#define END_SIZE (2 * LB_TAR_BLOCK)
#define ALIENS_MAX 64
#define ZEROS_MAX ((uint64_t)4 << 20) /* more than any blocking factor in use */

static const struct lb_container_rules rules = {"TAR-012", "TAR-013", "TAR-014", "TAR-017"};

struct tar {
	struct lb_container *c;
	uint64_t at;                /* of the next block */
	uint64_t begin;             /* where the headers of the current member begin */
	/* what extension headers said of the next member */
	struct lb_buf name;
	uint64_t size;
	bool has_name, has_size;
	/* for the comparison with our writer */
	size_t ours, naliens;
	const char *aliens[ALIENS_MAX]; /* names of the first members whose headers are not */
	struct lb_buf last; /* name of the member before */
	bool done;
};

static void tar_clear(struct tar *t)
{
	lb_buf_clear(&t->name);
	lb_buf_clear(&t->last);
}

/* ---- headers ---- */

static bool is_zero(const unsigned char *p, size_t n)
{
	while (n && *p == 0)
		p++, n--;
	return n == 0;
}

/* Octal digits between spaces, ended by a space or NUL; or GNU's binary form for what is too large. */
static bool number(const unsigned char *p, size_t n, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;
	if (*p == 0x80) {
		for (i = 1; i < n; i++) {
			if (value >> 55)
				return false;
			value = value << 8 | p[i];
		}
		*out = value;
		return true;
	}
	while (i < n && p[i] == ' ')
		i++;
	for (; i < n && p[i] >= '0' && p[i] <= '7'; i++) {
		if (value >> 60)
			return false;
		value = value << 3 | (uint64_t)(p[i] - '0');
	}
	for (; i < n; i++)
		if (p[i] != ' ' && p[i] != '\0')
			return false;
	*out = value;
	return true;
}

static bool sum_is_right(const unsigned char *h)
{
	uint64_t told, sum = 0;
	for (size_t i = 0; i < LB_TAR_BLOCK; i++)
		sum += i >= TAR_AT_SUM && i < TAR_AT_SUM + 8 ? ' ' : h[i];
	return number(h + TAR_AT_SUM, 8, &told) && told == sum;
}

bool lb_tar_looks(const struct lb_container *c)
{
	unsigned char head[LB_TAR_BLOCK], end[END_SIZE];
	size_t n = strlen(c->path);
	if (n > 4 && strcmp(c->path + n - 4, ".tar") == 0)
		return true;
	if (c->size < sizeof head + sizeof end || lb_container_pread(c, 0, head, sizeof head, NULL) != 0)
		return false;
	if (sum_is_right(head) || memcmp(head + TAR_AT_MAGIC, "ustar", 5) == 0)
		return true;
	/* damaged at its first header, but it still ends like one */
	return c->size % LB_TAR_BLOCK == 0 && lb_container_pread(c, c->size - sizeof end, end, sizeof end, NULL) == 0 &&
	       is_zero(end, sizeof end) && memchr(head, '\0', TAR_NAME) && head[0];
}

static void add_field(struct lb_buf *b, const unsigned char *p, size_t max)
{
	lb_buf_add(b, p, strnlen((const char *)p, max));
}

static void header_name(struct tar *t, const unsigned char *h)
{
	if (t->has_name)
		return;
	lb_buf_reset(&t->name);
	if (memcmp(h + TAR_AT_MAGIC, "ustar\0", 6) == 0 && h[TAR_AT_PREFIX]) {
		add_field(&t->name, h + TAR_AT_PREFIX, TAR_PREFIX);
		lb_buf_addc(&t->name, '/');
	}
	add_field(&t->name, h, TAR_NAME);
}

/* ---- the bytes between ---- */

static uint64_t padded(uint64_t n)
{
	return (n + LB_TAR_BLOCK - 1) / LB_TAR_BLOCK * LB_TAR_BLOCK;
}

static const char *name_of(const struct tar *t)
{
	return lb_buf_str(&t->name);
}

/* Moves on behind the n bytes of content at t->at. false: the archive ends before. */
static int skip_content(struct tar *t, uint64_t n, bool *inside, struct lb_error *err)
{
	unsigned char pad[LB_TAR_BLOCK];
	uint64_t left = t->c->size - t->at;
	*inside = n <= left && padded(n) <= left;
	if (!*inside) {
		lb_container_defect(t->c, "TAR-001", NULL, "the archive is cut off at byte %llu, within a member",
			(unsigned long long)t->c->size);
		t->done = true;
		return LB_OK;
	}
	size_t npad = (size_t)(padded(n) - n);
	if (npad)
		LB_TRY(lb_container_pread(t->c, t->at + n, pad, npad, err));
	if (!is_zero(pad, npad))
		lb_container_defect(t->c, "TAR-008", name_of(t), "bytes are hidden in the padding behind it");
	t->at += padded(n);
	return LB_OK;
}

static int check_end(struct tar *t, struct lb_error *err)
{
	uint64_t left = t->c->size - t->at;
	t->done = true;
	if (left < END_SIZE || left % LB_TAR_BLOCK)
		lb_container_defect(t->c, "TAR-001", NULL, "the archive does not end with two whole blocks of zeros");
	if (left > ZEROS_MAX) {
		lb_container_defect(t->c, "TAR-002", NULL, "%llu bytes follow the end", (unsigned long long)left);
		return LB_OK;
	}
	LB_AUTO(lb_freep) unsigned char *rest = lb_alloc((size_t)left);
	LB_TRY(lb_container_pread(t->c, t->at, rest, (size_t)left, err));
	if (!is_zero(rest, (size_t)left))
		lb_container_defect(t->c, "TAR-002", NULL, "bytes follow the end");
	return LB_OK;
}

/* ---- extension headers ---- */

static bool take_record(struct tar *t, struct lb_span key, struct lb_span value, bool global)
{
	static const char sparse[] = "GNU.sparse.";
	bool path = lb_span_is(key, "path"), size = lb_span_is(key, "size");
	if (lb_span_starts(key, sparse)) {
		lb_container_defect(t->c, "TAR-010", NULL, "a sparse file is stored in pieces");
		return true;
	}
	if (global && (path || size)) {
		lb_container_defect(t->c, "TAR-011", NULL, "a global header renames or resizes members");
		return true;
	}
	if (path) {
		if (value.n > LB_NAME_MAX || memchr(value.p, '\0', value.n))
			return false;
		lb_buf_reset(&t->name);
		lb_buf_add(&t->name, value.p, value.n);
		t->has_name = true;
	}
	if (size)
		t->has_size = lb_parse_u64(value, &t->size);
	return !size || t->has_size;
}

static bool take_records(struct tar *t, struct lb_span rest, bool global)
{
	while (rest.n) {
		struct lb_span record = rest, length, key;
		uint64_t n;
		if (!lb_span_cut(&record, ' ', &length) || !lb_parse_u64(length, &n) || n > rest.n || n <= length.n + 1 ||
		    rest.p[n - 1] != '\n')
			return false;
		record.n = (size_t)n - length.n - 2;
		if (!memchr(record.p, '=', record.n) || !lb_span_cut(&record, '=', &key))
			return false;
		if (!take_record(t, key, record, global))
			return false;
		rest = (struct lb_span){rest.p + n, rest.n - (size_t)n};
	}
	return true;
}

static bool take_gnu_name(struct tar *t, struct lb_span body)
{
	size_t n = strnlen(body.p, body.n);
	if (n > LB_NAME_MAX)
		return false;
	lb_buf_reset(&t->name);
	lb_buf_add(&t->name, body.p, n);
	t->has_name = true;
	return true;
}

static int take_extension(struct tar *t, char type, uint64_t size, struct lb_error *err)
{
	uint64_t body_at = t->at;
	bool inside, fine = true;
	if (size > EXTENSION_MAX) {
		lb_container_defect(t->c, "TAR-004", NULL, "an extension header is larger than 1 MiB");
		t->done = true;
		return LB_OK;
	}
	LB_TRY(skip_content(t, size, &inside, err));
	if (!inside)
		return LB_OK;
	LB_AUTO(lb_freep) char *body = lb_alloc((size_t)size + 1);
	LB_TRY(lb_container_pread(t->c, body_at, body, (size_t)size, err));
	struct lb_span text = {body, (size_t)size};
	if (type == TAR_GNU_NAME)
		fine = take_gnu_name(t, text);
	else if (type != TAR_GNU_LINK)
		fine = take_records(t, text, type == TAR_PAX_GLOBAL);
	if (!fine)
		lb_container_defect(t->c, "TAR-004", NULL, "the extension header at byte %llu is broken",
			(unsigned long long)body_at);
	return LB_OK;
}

/* ---- members ---- */

static struct lb_span plain_name(struct lb_span name)
{
	while (lb_span_starts(name, "./"))
		name = (struct lb_span){name.p + 2, name.n - 2};
	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	return lb_span_is(name, ".") ? (struct lb_span){name.p, 0} : name;
}

static int compare_with_ours(struct tar *t, uint64_t size, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(8 * LB_NAME_MAX);
	unsigned char actual[LB_TAR_BLOCK * 16];
	uint64_t n = t->at - t->begin;
	lb_tar_header(&expected, &(struct lb_stored){.name = name_of(t), .size = size});
	bool plain = plain_name(lb_buf_span(&t->name)).n == t->name.len; /* no "./" before it, no '/' behind it */
	bool ours = plain && n == expected.len && n <= sizeof actual;
	if (ours)
		LB_TRY(lb_container_pread(t->c, t->begin, actual, (size_t)n, err));
	ours = ours && memcmp(actual, expected.p, expected.len) == 0;
	ours = ours && strcmp(lb_buf_str(&t->last), name_of(t)) < 0;
	lb_buf_reset(&t->last);
	lb_buf_adds(&t->last, name_of(t));
	if (ours)
		t->ours++;
	else if (t->naliens++ < ALIENS_MAX)
		t->aliens[t->naliens - 1] = lb_arena_strdup(&t->c->arena, name_of(t));
	return LB_OK;
}

static int kind_of(char type, struct lb_span name)
{
	static const struct { char type; int kind; } kinds[] = {
		{TAR_DIR, LB_MEMBER_DIR}, {TAR_HARD_LINK, LB_MEMBER_LINK}, {TAR_LINK, LB_MEMBER_LINK},
		{'3', LB_MEMBER_SPECIAL}, {'4', LB_MEMBER_SPECIAL}, {'6', LB_MEMBER_SPECIAL},
		{TAR_FILE, LB_MEMBER_FILE}, {TAR_CONTIGUOUS, LB_MEMBER_FILE},
	};
	if (type == TAR_FILE_OLD)
		return lb_span_ends(name, "/") ? LB_MEMBER_DIR : LB_MEMBER_FILE;
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		if (kinds[i].type == type)
			return kinds[i].kind;
	return -1;
}

static int take_member(struct tar *t, const unsigned char *h, uint64_t size, struct lb_error *err)
{
	struct lb_container *c = t->c;
	bool inside = true;
	header_name(t, h);
	struct lb_span name = lb_buf_span(&t->name);
	int kind = kind_of((char)h[TAR_AT_TYPE], name);
	LB_TRY(compare_with_ours(t, size, err));
	if (kind < 0)
		lb_container_defect(c, "TAR-009", name_of(t), "is of a kind that is not known (type %u)",
			(unsigned)h[TAR_AT_TYPE]);
	else if (kind != LB_MEMBER_FILE && size)
		lb_container_defect(c, "TAR-015", name_of(t), "is no file, but has content");
	uint64_t data_at = t->at;
	if (kind <= LB_MEMBER_FILE)
		LB_TRY(skip_content(t, size, &inside, err));
	if (!inside || kind < 0)
		return LB_OK;
	if (c->nentries >= LB_MEMBERS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": more than %u members", c->path, LB_MEMBERS_MAX);
	name = plain_name(name);
	if (name.n) {
		struct lb_entry *e = lb_container_add(c, lb_arena_strndup(&c->arena, name.p, name.n), kind,
			kind == LB_MEMBER_FILE ? size : 0);
		e->place = (struct lb_place){.offset = data_at, .stored = size};
	}
	return LB_OK;
}

static bool is_extension(char type)
{
	return type == TAR_PAX || type == TAR_PAX_GLOBAL || type == TAR_GNU_NAME || type == TAR_GNU_LINK;
}

static int take_header(struct tar *t, const unsigned char *h, struct lb_error *err)
{
	uint64_t size = 0;
	char type = (char)h[TAR_AT_TYPE];
	bool readable = sum_is_right(h) && number(h + TAR_AT_SIZE, 12, &size) && size <= INT64_MAX;
	if (!readable) {
		lb_container_defect(t->c, "TAR-003", NULL,
			"the header at byte %llu is damaged; what follows cannot be found", (unsigned long long)t->at);
		t->done = true;
		return LB_OK;
	}
	t->at += LB_TAR_BLOCK;
	if (is_extension(type))
		return take_extension(t, type, size, err);
	int rc = take_member(t, h, t->has_size ? t->size : size, err);
	t->has_name = t->has_size = false;
	t->begin = t->at;
	return rc;
}

static int take_block(struct tar *t, struct lb_error *err)
{
	unsigned char h[LB_TAR_BLOCK];
	if (t->c->size - t->at < sizeof h) {
		lb_container_defect(t->c, "TAR-001", NULL, "the archive is cut off: it has no end");
		t->done = true;
		return LB_OK;
	}
	LB_TRY(lb_container_pread(t->c, t->at, h, sizeof h, err));
	if (!is_zero(h, sizeof h))
		return take_header(t, h, err);
	if (t->begin != t->at)
		lb_container_defect(t->c, "TAR-004", NULL, "the last extension header belongs to no member");
	return check_end(t, err);
}

/* As in a zip: one header of our writer, and all must be its headers. */
static void check_style(struct tar *t)
{
	if (!t->ours && t->naliens)
		lb_container_defect(t->c, "TAR-021", NULL, "was written by another program, not in canonical form");
	if (!t->ours)
		return;
	for (size_t i = 0; i < t->naliens && i < ALIENS_MAX; i++)
		lb_container_defect(t->c, "TAR-020", t->aliens[i], "its header was changed, or it is not in its place");
	if (t->c->size != t->at + END_SIZE)
		lb_container_defect(t->c, "TAR-020", NULL, "the end was changed");
}

int lb_tar_open(struct lb_container *c, struct lb_error *err)
{
	LB_AUTO(tar_clear) struct tar t = {.c = c, .name = LB_BUF(2 * LB_NAME_MAX), .last = LB_BUF(2 * LB_NAME_MAX)};
	int rc = LB_OK;
	while (!rc && !t.done)
		rc = take_block(&t, err);
	if (rc == LB_CORRUPT) {
		/* ended while being read: what was found is still to be told */
		lb_container_defect(c, "TAR-001", NULL, "the archive ends too early");
		rc = LB_OK;
	}
	check_style(&t);
	lb_container_settle(c, &rules);
	return rc;
}

int lb_tar_stream(const struct lb_container *c, size_t member, lb_take_fn *take, void *arg, struct lb_error *err)
{
	return lb_container_range(c, c->places[member].offset, c->members[member].size, take, arg, err);
}
