/* A zip tells everything twice, and readers differ in which half they believe. Here both halves, and every byte between
 * the members, must tell the same story; whatever does not is a defect. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format/package/zip_private.h"

#define CENTRAL_MAX ((uint64_t)512 << 20)
#define TAIL_MAX (ZIP_END_SIZE + ZIP_MAX16 + ZIP64_LOCATOR_SIZE)
#define DEFLATE_RATIO_MAX 1032 /* what deflate can reach at most */
#define DESCRIPTOR_MAX 24

static const struct lb_container_rules rules = {"ZIP-012", "ZIP-013", "ZIP-014", "ZIP-017"};

/* One line of the central directory while it is being judged. */
struct part {
	const char *name;           /* as stored */
	uint64_t at, data_at, end, stored, size;
	uint32_t crc;
	unsigned flags, method;
	bool ours_central, ours_local;
};

struct zip {
	struct lb_container *c;
	uint64_t count, central_at, central_size, end_at; /* end_at: where the end records begin */
	struct lb_buf central;
	struct part *parts; size_t nparts, cap;
	bool has_end, has_descriptors, has_untold_names;
};

static void zip_clear(struct zip *z)
{
	lb_buf_clear(&z->central);
	free(z->parts);
}

static const unsigned char *bytes(const void *p)
{
	return p;
}

bool lb_zip_looks(const struct lb_container *c)
{
	unsigned char head[4], tail[4];
	size_t n = strlen(c->path);
	if (n > 4 && strcmp(c->path + n - 4, ".zip") == 0)
		return true;
	if (c->size < ZIP_END_SIZE || lb_container_pread(c, 0, head, 4, NULL) != 0 ||
	    lb_container_pread(c, c->size - ZIP_END_SIZE, tail, 4, NULL) != 0)
		return false;
	return zip_u32(head) == ZIP_LOCAL || zip_u32(tail) == ZIP_END;
}

/* ---- the end records ---- */

static void take_end(struct zip *z, const unsigned char *end)
{
	if (zip_u32(end + 4) != 0 || zip_u16(end + 8) != zip_u16(end + 10))
		lb_container_defect(z->c, "ZIP-004", NULL, "the archive is said to be split over several disks");
	z->count = zip_u16(end + 10);
	z->central_size = zip_u32(end + 12);
	z->central_at = zip_u32(end + 16);
}

static bool disagrees(uint64_t narrow, uint64_t wide, uint64_t max)
{
	return narrow != wide && !(narrow == max && wide >= max);
}

static int take_end64(struct zip *z, const unsigned char *locator, uint64_t locator_at, struct lb_error *err)
{
	unsigned char e[ZIP64_END_SIZE];
	uint64_t at = zip_u64(locator + 8);
	bool placed = locator_at >= sizeof e && at == locator_at - sizeof e;
	if (placed)
		LB_TRY(lb_container_pread(z->c, at, e, sizeof e, err));
	if (!placed || zip_u32(e) != ZIP64_END || zip_u64(e + 4) != ZIP64_END_SIZE - 12) {
		lb_container_defect(z->c, "ZIP-003", NULL, "the zip64 end record is not where its locator says");
		return LB_OK;
	}
	uint64_t count = zip_u64(e + 32), size = zip_u64(e + 40), central_at = zip_u64(e + 48);
	if (zip_u32(locator + 4) != 0 || zip_u32(locator + 16) > 1 || zip_u64(e + 16) != 0 || zip_u64(e + 24) != count)
		lb_container_defect(z->c, "ZIP-004", NULL, "the archive is said to be split over several disks");
	if (disagrees(z->count, count, ZIP_MAX16) || disagrees(z->central_size, size, ZIP_MAX32) ||
	    disagrees(z->central_at, central_at, ZIP_MAX32))
		lb_container_defect(z->c, "ZIP-003", NULL, "the two end records contradict each other");
	z->count = count;
	z->central_size = size;
	z->central_at = central_at;
	z->end_at = at;
	return LB_OK;
}

/* Offset within the tail of the last end record, or -1. */
static long find_end(const unsigned char *tail, size_t n)
{
	for (long i = (long)n - ZIP_END_SIZE; i >= 0; i--)
		if (zip_u32(tail + i) == ZIP_END)
			return i;
	return -1;
}

static int read_end(struct zip *z, struct lb_error *err)
{
	uint64_t size = z->c->size;
	size_t n = size < TAIL_MAX ? (size_t)size : TAIL_MAX;
	LB_AUTO(lb_freep) unsigned char *tail = lb_alloc(n + 1);
	LB_TRY(lb_container_pread(z->c, size - n, tail, n, err));
	long i = find_end(tail, n);
	if (i < 0) {
		lb_container_defect(z->c, "ZIP-001", NULL,
			"there is no end record: the archive is cut off, or its end is damaged");
		return LB_OK;
	}
	if ((size_t)i + ZIP_END_SIZE != n)
		lb_container_defect(z->c, "ZIP-002", NULL, "%zu bytes follow the end record",
			n - (size_t)i - ZIP_END_SIZE);
	else if (zip_u16(tail + i + 20) != 0)
		lb_container_defect(z->c, "ZIP-002", NULL, "the end record announces a comment that is not there");
	z->has_end = true;
	z->end_at = size - n + (uint64_t)i;
	take_end(z, tail + i);
	if (i >= ZIP64_LOCATOR_SIZE && zip_u32(tail + i - ZIP64_LOCATOR_SIZE) == ZIP64_LOCATOR)
		return take_end64(z, tail + i - ZIP64_LOCATOR_SIZE, z->end_at - ZIP64_LOCATOR_SIZE, err);
	return LB_OK;
}

/* ---- extra fields ---- */

static bool next_extra(struct lb_span *rest, unsigned *id, struct lb_span *body)
{
	if (rest->n < 4)
		return false;
	const unsigned char *p = bytes(rest->p);
	size_t n = zip_u16(p + 2);
	if (n > rest->n - 4)
		return false;
	*id = zip_u16(p);
	*body = (struct lb_span){rest->p + 4, n};
	*rest = (struct lb_span){rest->p + 4 + n, rest->n - 4 - n};
	return true;
}

/* Info-ZIP's Unicode path: readers that know it take it instead of the name in the header. */
static bool is_second_name(const struct part *p, struct lb_span body)
{
	size_t n = strlen(p->name);
	return body.n != n + 5 || memcmp(body.p + 5, p->name, n) != 0;
}

/* Fills the numbers that did not fit their 32 bits, in the order of APPNOTE 4.5.3. false: the fields are broken. */
static bool take_extras(struct zip *z, const struct part *p, struct lb_span extras, uint64_t **wide, size_t nwide)
{
	unsigned id;
	struct lb_span body;
	bool had64 = false;
	while (next_extra(&extras, &id, &body)) {
		if (id == ZIP_EXTRA_NAME && is_second_name(p, body))
			lb_container_defect(z->c, "ZIP-016", p->name, "has another name in an extra field");
		if (id != ZIP_EXTRA64)
			continue;
		if (had64)
			return false;
		had64 = true;
		for (size_t i = 0; i < nwide; i++) {
			if (*wide[i] != ZIP_MAX32)
				continue;
			if (body.n < 8)
				return false;
			*wide[i] = zip_u64(bytes(body.p));
			body = (struct lb_span){body.p + 8, body.n - 8};
		}
	}
	return extras.n == 0;
}

/* ---- local headers ---- */

static bool is_ours(const struct part *p, const unsigned char *actual, size_t n,
	void (*write)(struct lb_buf *, const struct lb_stored *))
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(2 * LB_NAME_MAX);
	write(&b, &(struct lb_stored){p->name, p->size, p->at, p->crc});
	return b.len == n && memcmp(b.p, actual, n) == 0;
}

static const char *local_contradiction(const struct part *p, const unsigned char *h, uint64_t size, uint64_t stored)
{
	bool later = p->flags & ZIP_DESCRIPTOR; /* numbers of which then stand behind the data, and zeros here */
	if (zip_u16(h + 6) != p->flags)
		return "flags";
	if (zip_u16(h + 8) != p->method)
		return "method";
	if (zip_u32(h + 14) != p->crc && !(later && zip_u32(h + 14) == 0))
		return "CRC";
	if (size != p->size && !(later && size == 0))
		return "size";
	if (stored != p->stored && !(later && stored == 0))
		return "stored size";
	return NULL;
}

static int check_local(struct zip *z, struct part *p, struct lb_error *err)
{
	size_t name = strlen(p->name), n = ZIP_LOCAL_SIZE + name;
	unsigned char first[ZIP_LOCAL_SIZE];
	bool fits = p->at <= z->central_at && z->central_at - p->at >= n;
	if (fits)
		LB_TRY(lb_container_pread(z->c, p->at, first, sizeof first, err));
	if (fits && zip_u16(first + 26) == name)
		n += zip_u16(first + 28);
	fits = fits && zip_u32(first) == ZIP_LOCAL && zip_u16(first + 26) == name && z->central_at - p->at >= n;
	p->data_at = p->at + n;
	p->end = p->data_at + p->stored;
	if (!fits || p->stored > z->central_at - p->data_at) {
		p->end = p->data_at = p->at;
		lb_container_defect(z->c, "ZIP-006", p->name, "has no local header where the central directory says");
		return LB_OK;
	}
	LB_AUTO(lb_freep) unsigned char *h = lb_alloc(n);
	LB_TRY(lb_container_pread(z->c, p->at, h, n, err));
	p->ours_local = is_ours(p, h, n, lb_zip_local);
	if (p->ours_local)
		return LB_OK;
	uint64_t size = zip_u32(h + 22), stored = zip_u32(h + 18), *wide[] = {&size, &stored};
	struct lb_span extras = {(const char *)h + ZIP_LOCAL_SIZE + name, n - ZIP_LOCAL_SIZE - name};
	const char *what = memcmp(h + ZIP_LOCAL_SIZE, p->name, name) != 0 ? "name" : NULL;
	if (!what && !take_extras(z, p, extras, wide, LB_COUNT(wide)))
		what = "extra field";
	what = what ? what : local_contradiction(p, h, size, stored);
	if (what)
		lb_container_defect(z->c, "ZIP-006", p->name, "its local and its central header disagree: %s", what);
	return LB_OK;
}

/* ---- the central directory ---- */

static void check_method(struct zip *z, const struct part *p)
{
	struct lb_container *c = z->c;
	if (p->flags & (ZIP_ENCRYPTED | ZIP_STRONG | ZIP_MASKED))
		lb_container_defect(c, "ZIP-009", p->name, "is encrypted");
	if (p->method != ZIP_STORED && p->method != ZIP_DEFLATED)
		lb_container_defect(c, "ZIP-010", p->name, "is compressed by method %u, which is not known", p->method);
	if (p->method == ZIP_STORED && p->stored != p->size)
		lb_container_defect(c, "ZIP-015", p->name, "is stored, but has two sizes");
	if (p->method == ZIP_DEFLATED && p->size / DEFLATE_RATIO_MAX > p->stored)
		lb_container_defect(c, "ZIP-015", p->name, "cannot have been compressed that much");
}

static int kind_of(const unsigned char *h, const char *name, size_t n)
{
	unsigned mode = zip_u16(h + 40);
	if (n && name[n - 1] == '/')
		return LB_MEMBER_DIR;
	if (h[5] != ZIP_HOST_UNIX || (mode & S_IFMT) == 0 || S_ISREG(mode))
		return LB_MEMBER_FILE;
	return S_ISLNK(mode) ? LB_MEMBER_LINK : S_ISDIR(mode) ? LB_MEMBER_DIR : LB_MEMBER_SPECIAL;
}

static void check_name(struct zip *z, const struct part *p, size_t n)
{
	bool ascii = true;
	for (size_t i = 0; i < n; i++)
		ascii = ascii && (unsigned char)p->name[i] < 0x80;
	if (!ascii && !(p->flags & ZIP_UTF8))
		z->has_untold_names = true;
}

static void add_member(struct zip *z, const struct part *p, int kind)
{
	struct lb_span name = lb_span(p->name);
	const char *path = p->name;
	if (kind == LB_MEMBER_DIR && p->size)
		lb_container_defect(z->c, "ZIP-015", p->name, "is a folder, but has content");
	if (kind == LB_MEMBER_DIR && lb_span_ends(name, "/"))
		path = lb_arena_strndup(&z->c->arena, name.p, name.n - 1);
	struct lb_entry *e = lb_container_add(z->c, path, kind, p->size);
	e->place = (struct lb_place){.offset = p->data_at, .stored = p->stored, .crc = p->crc,
		.deflated = p->method == ZIP_DEFLATED};
}

/* One line of the central directory of which n bytes are left. Its length, or 0 when it is broken. */
static size_t take_central(struct zip *z, const unsigned char *h, size_t n, struct part *p)
{
	if (n < ZIP_CENTRAL_SIZE || zip_u32(h) != ZIP_CENTRAL)
		return 0;
	size_t name = zip_u16(h + 28), extra = zip_u16(h + 30), whole = ZIP_CENTRAL_SIZE + name + extra + zip_u16(h + 32);
	const char *at = (const char *)h + ZIP_CENTRAL_SIZE;
	if (whole > n || name > LB_NAME_MAX || memchr(at, '\0', name))
		return 0;
	*p = (struct part){.name = lb_arena_strndup(&z->c->arena, at, name), .flags = zip_u16(h + 8),
		.method = zip_u16(h + 10)};
	p->crc = zip_u32(h + 16);
	p->stored = zip_u32(h + 20);
	p->size = zip_u32(h + 24);
	p->at = zip_u32(h + 42);
	uint64_t *wide[] = {&p->size, &p->stored, &p->at};
	if (!take_extras(z, p, (struct lb_span){at + name, extra}, wide, LB_COUNT(wide)))
		lb_container_defect(z->c, "ZIP-005", p->name, "its extra fields are broken");
	if (zip_u16(h + 34) != 0)
		lb_container_defect(z->c, "ZIP-004", p->name, "is said to be on another disk");
	p->ours_central = is_ours(p, h, whole, lb_zip_central) && !lb_span_ends(lb_span(p->name), "/"); /* folders are no members */
	return whole;
}

static int take_line(struct zip *z, struct lb_span *rest, struct lb_error *err)
{
	struct part p;
	size_t n = take_central(z, bytes(rest->p), rest->n, &p);
	if (n == 0) {
		lb_container_defect(z->c, "ZIP-005", NULL, "the central directory is broken after %zu members",
			z->nparts);
		return LB_FORMAT;
	}
	check_method(z, &p);
	check_name(z, &p, strlen(p.name));
	LB_TRY(check_local(z, &p, err));
	add_member(z, &p, kind_of(bytes(rest->p), p.name, strlen(p.name)));
	LB_GROW(z->parts, z->nparts, z->cap);
	z->parts[z->nparts++] = p;
	*rest = (struct lb_span){rest->p + n, rest->n - n};
	return LB_OK;
}

static int append(void *arg, const void *data, size_t n, struct lb_error *err)
{
	(void)err;
	lb_buf_add(arg, data, n);
	return LB_OK;
}

static int read_central(struct zip *z, struct lb_error *err)
{
	if (z->central_at > z->end_at || z->central_size != z->end_at - z->central_at) {
		lb_container_defect(z->c, "ZIP-005", NULL, "the central directory is not directly before the end record");
		return LB_OK;
	}
	if (z->central_size > CENTRAL_MAX || z->count > LB_MEMBERS_MAX)
		return lb_fail(err, LB_LIMIT, "cannot read \"%s\": more than %u members", z->c->path, LB_MEMBERS_MAX);
	z->central.max = CENTRAL_MAX;
	LB_TRY(lb_container_range(z->c, z->central_at, z->central_size, append, &z->central, err));
	struct lb_span rest = lb_buf_span(&z->central);
	while (rest.n) {
		int rc = take_line(z, &rest, err);
		if (rc == LB_FORMAT)
			return LB_OK;
		LB_TRY(rc);
	}
	if (z->nparts != z->count)
		lb_container_defect(z->c, "ZIP-005", NULL,
			"the end record says %llu members, the central directory has %zu",
			(unsigned long long)z->count, z->nparts);
	return LB_OK;
}

/* ---- the whole ---- */

static int by_place(const void *a, const void *b)
{
	const struct part *x = *(const struct part *const *)a, *y = *(const struct part *const *)b;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* n bytes behind a member's data, of which its flags say that they tell CRC and sizes once more (APPNOTE 4.3.9). */
static bool is_descriptor(const struct part *p, const unsigned char *d, size_t n)
{
	if ((n == 16 || n == 24) && zip_u32(d) == ZIP_DESCRIPTOR_MARK)
		d += 4, n -= 4;
	if (n == 12)
		return zip_u32(d) == p->crc && zip_u32(d + 4) == p->stored && zip_u32(d + 8) == p->size;
	return n == 20 && zip_u32(d) == p->crc && zip_u64(d + 4) == p->stored && zip_u64(d + 12) == p->size;
}

static int check_gap(struct zip *z, uint64_t from, uint64_t to, const struct part *before, struct lb_error *err)
{
	unsigned char d[DESCRIPTOR_MAX];
	bool promised = before && before->flags & ZIP_DESCRIPTOR, told = false;
	if (promised && to - from <= sizeof d) {
		LB_TRY(lb_container_pread(z->c, from, d, (size_t)(to - from), err));
		told = is_descriptor(before, d, (size_t)(to - from));
	}
	if (told)
		z->has_descriptors = true;
	else if (promised)
		lb_container_defect(z->c, "ZIP-006", before->name,
			"what follows its data contradicts the central directory");
	else if (from != to)
		lb_container_defect(z->c, "ZIP-008", NULL, "%llu bytes at offset %llu belong to no member",
			(unsigned long long)(to - from), (unsigned long long)from);
	return LB_OK;
}

/* From the first byte to the central directory, each byte must belong to one member. */
static int check_layout(struct zip *z, struct lb_error *err)
{
	LB_AUTO(lb_freep) const struct part **order = lb_realloc(NULL, z->nparts + 1, sizeof *order);
	const struct part *before = NULL;
	uint64_t at = 0;
	for (size_t i = 0; i < z->nparts; i++)
		order[i] = &z->parts[i];
	qsort(order, z->nparts, sizeof *order, by_place);
	for (size_t i = 0; i < z->nparts; i++) {
		if (order[i]->at < at)
			lb_container_defect(z->c, "ZIP-007", order[i]->name, "overlaps another member");
		else
			LB_TRY(check_gap(z, at, order[i]->at, before, err));
		at = order[i]->end > at ? order[i]->end : at;
		before = order[i];
	}
	if (at <= z->central_at)
		LB_TRY(check_gap(z, at, z->central_at, before, err));
	return LB_OK;
}

static bool end_is_ours(struct zip *z, bool *ours, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf expected = LB_BUF(256);
	unsigned char actual[ZIP64_END_SIZE + ZIP64_LOCATOR_SIZE + ZIP_END_SIZE];
	uint64_t n = z->c->size - z->end_at;
	lb_zip_end(&expected, z->count, z->central_size, z->central_at);
	*ours = n == expected.len;
	if (*ours && lb_container_pread(z->c, z->end_at, actual, (size_t)n, err) != 0)
		return false;
	*ours = *ours && memcmp(actual, expected.p, expected.len) == 0;
	return true;
}

/* Our writer leaves no byte to chance. As soon as one line of the central directory is exactly what it writes, all the
 * rest must be too; other programs never write such a line. */
static int check_style(struct zip *z, struct lb_error *err)
{
	bool ours = false, end_ours;
	if (z->has_descriptors)
		lb_container_defect(z->c, "ZIP-011", NULL,
			"members have their sizes behind their data, where not all readers look");
	if (z->has_untold_names)
		lb_container_defect(z->c, "ZIP-018", NULL,
			"names beyond ASCII are not marked as UTF-8, and may be taken for other ones");
	for (size_t i = 0; i < z->nparts; i++)
		ours = ours || z->parts[i].ours_central;
	if (!ours) {
		if (z->nparts)
			lb_container_defect(z->c, "ZIP-021", NULL,
				"was written by another program, not in canonical form");
		return LB_OK;
	}
	for (size_t i = 0; i < z->nparts; i++) {
		const struct part *p = &z->parts[i];
		if (!p->ours_central || !p->ours_local)
			lb_container_defect(z->c, "ZIP-020", p->name, "its %s header was changed",
				p->ours_local ? "central" : "local");
		if (i && (strcmp(p[-1].name, p->name) >= 0 || p[-1].at >= p->at))
			lb_container_defect(z->c, "ZIP-020", p->name, "is not in its place");
	}
	if (!end_is_ours(z, &end_ours, err))
		return LB_IO;
	if (!end_ours)
		lb_container_defect(z->c, "ZIP-020", NULL, "the end record was changed");
	return LB_OK;
}

static int read_zip(struct zip *z, struct lb_error *err)
{
	LB_TRY(read_end(z, err));
	if (!z->has_end)
		return LB_OK;
	LB_TRY(read_central(z, err));
	LB_TRY(check_layout(z, err));
	return check_style(z, err);
}

int lb_zip_open(struct lb_container *c, struct lb_error *err)
{
	LB_AUTO(zip_clear) struct zip z = {.c = c};
	int rc = read_zip(&z, err);
	if (rc == LB_CORRUPT) {
		/* ended while being read: what was found is still to be told */
		lb_container_defect(c, "ZIP-001", NULL, "the archive ends too early");
		rc = LB_OK;
	}
	lb_container_settle(c, &rules);
	return rc;
}
