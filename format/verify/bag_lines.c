/* Reads the manifests, piece by piece: a manifest of a million files is never held whole. */
#include <string.h>

#include "format/verify/verify_private.h"

#define MANIFEST_MAX ((size_t)1 << 30)
#define LINE_HELD_MAX ((size_t)64 << 10)

const char *lb_path_misplaced(const char *path, bool payload)
{
	static const char *const leaving[] = {"..", "."};
	struct lb_span rest = lb_span(path), part;
	if (payload && !lb_is_payload(path))
		return "is not below data/";
	if (path[0] == '/' || path[0] == '~')
		return "leads out of the bag";
	while (lb_span_cut(&rest, '/', &part))
		for (size_t i = 0; i < LB_COUNT(leaving); i++)
			if (lb_span_is(part, leaving[i]))
				return "has a \".\" or \"..\" part";
	return NULL;
}

/* ---- digests ---- */

static unsigned nibble(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void from_hex(const char *hex, size_t bytes, unsigned char *raw)
{
	for (size_t i = 0; i < bytes; i++)
		raw[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
}

bool lb_listed_sha256(const struct lb_listed *line, const char *hex)
{
	char own[LB_SHA256_HEX];
	lb_hex(line->raw, 32, own);
	return hex && strcmp(own, hex) == 0;
}

const char *lb_show_digest(struct lb_shown_digest *s, const struct lb_verify *v, const struct lb_listed *line,
	const unsigned char *raw)
{
	lb_hex(raw, lb_hash_hex_len(v->manifests[line->manifest].hash) / 2, s->text);
	return s->text;
}

/* ---- lines ---- */

static bool is_old(const struct lb_verify *v)
{
	return v->version && v->version < 100;
}

/* The member that a line means. Tools differ in what they encode, and file systems in what they recompose. Only BagIt 1.0
 * encodes the '%' itself: in older bags a path first means what it says. */
static long find_member(struct lb_verify *v, const struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	const char *meant = is_old(v) ? line->literal : line->path, *other = is_old(v) ? line->path : line->literal;
	struct lb_shown_name shown;
	long member = lb_container_find(v->c, meant);
	if (member >= 0 || v->lifeboat)
		return member;
	member = lb_container_find(v->c, other);
	if (member >= 0) {
		if (!is_old(v))
			lb_found(v, "BAG-021", m->name, "\"%s\" is written without %%25", lb_show_name(&shown, line->literal));
		return member;
	}
	member = lb_name_find_composed(v, meant);
	if (member >= 0)
		lb_found(v, "BAG-022", meant, "is there, but its name is composed differently");
	return member;
}

static void tell_notes(struct lb_verify *v, const struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	static const struct { unsigned note; const char *rule, *text; } notes[] = {
		{LB_BAG_STAR, "BAG-019", "has a '*' before"},
		{LB_BAG_DOT_SLASH, "BAG-020", "has \"./\" before"},
		{LB_BAG_PERCENT, "BAG-021", "has a '%' that is not written %25 in"},
	};
	unsigned told = is_old(v) ? line->notes & ~(unsigned)LB_BAG_PERCENT : line->notes;
	struct lb_shown_name shown;
	for (size_t i = 0; told && i < LB_COUNT(notes); i++)
		if (told & notes[i].note)
			lb_found(v, notes[i].rule, m->name, "%s \"%s\"", notes[i].text, lb_show_name(&shown, line->path));
}

/* true when the manifest has the member already: no second line is kept. */
static bool is_listed(struct lb_verify *v, const struct lb_bag_manifest *m, uint16_t number, const unsigned char *raw,
	long member)
{
	const char *path = v->members[member].path;
	for (uint32_t i = v->first[member]; i != LB_NONE; i = v->lines[i].next) {
		if (v->lines[i].manifest != number)
			continue;
		if (memcmp(v->lines[i].raw, raw, lb_hash_hex_len(m->hash) / 2) == 0)
			lb_found_since_1_0(v, "BAG-011", path, "is listed twice in %s", m->name);
		else
			lb_found(v, "BAG-011", path, "is listed with two digests in %s", m->name);
		return true;
	}
	return false;
}

static void add_line(struct lb_verify *v, struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	uint16_t number = (uint16_t)(m - v->manifests);
	const char *path = is_old(v) ? line->literal : line->path, *why = lb_path_misplaced(line->path, !m->tag);
	const size_t bytes = lb_hash_hex_len(m->hash) / 2;
	unsigned char raw[LB_HASH_BYTES_MAX];
	if (why) {
		lb_found(v, "BAG-010", line->path, "is listed in %s, but %s", m->name, why);
		return;
	}
	long member = find_member(v, m, line);
	from_hex(line->digest, bytes, raw);
	if (member >= 0 && is_listed(v, m, number, raw, member))
		return;
	LB_GROW(v->lines, v->nlines, v->line_cap);
	struct lb_listed *listed = &v->lines[v->nlines];
	*listed = (struct lb_listed){.member = (int32_t)member, .manifest = number, .next = LB_NONE};
	listed->raw = memcpy(lb_arena_alloc(&v->arena, bytes), raw, bytes);
	listed->path = member >= 0 ? v->members[member].path : lb_arena_strdup(&v->arena, path);
	if (member >= 0) {
		listed->next = v->first[member];
		v->first[member] = (uint32_t)v->nlines;
	}
	v->nlines++;
	m->count++;
}

/* ---- text ---- */

struct reading {
	struct lb_verify *v;
	struct lb_bag_manifest *m;
	struct lb_arena arena;   /* of one line */
	struct lb_buf held;      /* what was read of a line that is not whole yet */
	size_t number;
	bool begun, hopeless;
};

static void reading_clear(struct reading *r)
{
	lb_arena_clear(&r->arena);
	lb_buf_clear(&r->held);
}

static void take_lines(struct reading *r, struct lb_span text)
{
	struct lb_span line;
	struct lb_error err;
	while (lb_bag_next_line(&text, &line) && r->v->nlines < LB_NONE - 1) {
		struct lb_bag_line parsed;
		r->number++;
		lb_arena_reset(&r->arena);
		if (lb_span_trim(line).n == 0) {
			lb_found(r->v, "BAG-009", r->m->name, "line %zu is blank", r->number);
		} else if (lb_bag_line_parse(line, r->m->hash, &r->arena, &parsed, &err) != LB_OK) {
			lb_found(r->v, "BAG-008", r->m->name, "line %zu: %s", r->number, err.what);
		} else {
			tell_notes(r->v, r->m, &parsed);
			add_line(r->v, r->m, &parsed);
		}
	}
}

/* How much of the text consists of whole lines. A CR at its end may be half of a line end. */
static size_t whole_lines(struct lb_span text)
{
	for (size_t i = text.n; i > 0; i--)
		if (text.p[i - 1] == '\n' || (text.p[i - 1] == '\r' && i < text.n))
			return i;
	return 0;
}

static void take_utf8(struct reading *r, struct lb_span text)
{
	if (!lb_utf8_valid(text)) {
		lb_found(r->v, "BAG-004", r->m->name, "is not UTF-8 text");
		r->hopeless = true;
		return;
	}
	take_lines(r, text);
}

static void skip_mark(struct reading *r)
{
	static const char mark[] = "\xEF\xBB\xBF";
	if (r->begun || r->held.len < strlen(mark))
		return;
	r->begun = true;
	if (!lb_span_starts(lb_buf_span(&r->held), mark))
		return;
	lb_found(r->v, "BAG-039", r->m->name, "begins with a byte order mark");
	r->held.len -= strlen(mark);
	memmove(r->held.p, r->held.p + strlen(mark), r->held.len + 1);
}

static int take_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct reading *r = arg;
	(void)err;
	if (r->hopeless)
		return LB_OK;
	lb_buf_add(&r->held, data, n);
	skip_mark(r);
	struct lb_span text = lb_buf_span(&r->held);
	size_t whole = whole_lines(text);
	if (text.n - whole > LINE_HELD_MAX) {
		lb_found(r->v, "BAG-008", r->m->name, "a line is longer than %zu bytes", LINE_HELD_MAX);
		r->hopeless = true;
		return LB_OK;
	}
	take_utf8(r, (struct lb_span){text.p, whole});
	memmove(r->held.p, r->held.p + whole, r->held.len - whole);
	r->held.len -= whole;
	return LB_OK;
}

static void read_pieces(struct reading *r, size_t member)
{
	struct lb_error err = {0};
	if (r->v->members[member].size > MANIFEST_MAX)
		lb_found(r->v, "BAG-015", r->m->name, "is larger than %zu bytes", MANIFEST_MAX);
	else if (lb_container_stream(r->v->c, member, take_piece, r, &err) != LB_OK)
		lb_found(r->v, "BAG-015", r->m->name, "%s", err.what);
	else if (!r->hopeless)
		take_utf8(r, lb_buf_span(&r->held));
}

static void read_manifest(struct lb_verify *v, size_t member)
{
	const char *path = v->members[member].path;
	struct lb_bag_manifest m = {.name = path, .first = v->nlines};
	bool known;
	if (!lb_is_root_file(path) || !lb_bag_manifest_name(lb_span(path), &m.tag, &m.hash, &known))
		return;
	if (!known) {
		lb_found(v, "BAG-007", path, "its algorithm is not known; it is not checked");
		return;
	}
	LB_GROW(v->manifests, v->nmanifests, v->manifest_cap);
	v->manifests[v->nmanifests++] = m;
	LB_AUTO(reading_clear) struct reading r = {.v = v, .m = &v->manifests[v->nmanifests - 1], .held = LB_BUF((size_t)1 << 20)};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * MANIFEST_MAX);
	if (lb_is_utf8_bag(v))
		read_pieces(&r, member);
	else if (lb_read_tag_file(v, path, MANIFEST_MAX, &text))
		take_lines(&r, lb_buf_span(&text));
}

void lb_bag_read_manifests(struct lb_verify *v)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->members[i].kind == LB_MEMBER_FILE)
			read_manifest(v, i);
}
