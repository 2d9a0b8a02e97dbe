/* Reads the text files of a bag: declaration, information, manifests, fetch list. */
#include <string.h>
#include <strings.h>

#include "format/verify/verify_private.h"

#define TAG_FILE_MAX ((size_t)16 << 20)
#define MANIFEST_MAX ((size_t)1 << 30)

bool lb_is_payload(const char *path)
{
	return strncmp(path, "data/", 5) == 0;
}

bool lb_is_root_file(const char *path)
{
	return !strchr(path, '/');
}

bool lb_read_member(struct lb_verify *v, const char *rule, const char *path, size_t max, struct lb_buf *out)
{
	struct lb_error err = {0};
	long member = lb_container_find(v->c, path);
	if (member < 0)
		return false; /* told as missing */
	if (v->members[member].kind != LB_MEMBER_FILE)
		return false; /* told as a link or special file */
	if (lb_container_read(v->c, (size_t)member, max, out, &err) == LB_OK)
		return true;
	lb_found(v, rule, path, "%s", err.what);
	return false;
}

/* Nothing to decode: a large manifest need not be held twice. */
static bool is_plain_utf8(const struct lb_verify *v, struct lb_span text)
{
	return strcasecmp(v->encoding, "UTF-8") == 0 && !lb_span_starts(text, "\xEF\xBB\xBF") && lb_utf8_valid(text);
}

/* A tag file as UTF-8. */
static bool read_text(struct lb_verify *v, const char *path, size_t max, struct lb_buf *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf raw = LB_BUF(max);
	struct lb_error err = {0};
	if (!lb_read_member(v, "BAG-015", path, max, &raw))
		return false;
	if (is_plain_utf8(v, lb_buf_span(&raw))) {
		*text = raw;
		raw = (struct lb_buf)LB_BUF(0);
		return true;
	}
	if (lb_bag_decode(lb_buf_span(&raw), v->encoding, text, &err) == LB_OK)
		return true;
	lb_found(v, "BAG-004", path, "%s", err.what);
	return false;
}

/* ---- bagit.txt and bag-info.txt ---- */

static void read_declaration(struct lb_verify *v)
{
	static const int versions[] = {93, 94, 95, 96, 97, 100};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(TAG_FILE_MAX);
	struct lb_bag_declaration declared = {.encoding = "UTF-8"};
	struct lb_error err = {0};
	bool known = false;
	if (lb_container_find(v->c, "bagit.txt") < 0)
		lb_found(v, "BAG-001", "bagit.txt", "is missing");
	else if (lb_read_member(v, "BAG-015", "bagit.txt", TAG_FILE_MAX, &text) &&
		 lb_bag_declaration_parse(lb_buf_span(&text), &declared, &err) != LB_OK)
		lb_found(v, "BAG-002", "bagit.txt", "%s", err.what);
	for (size_t i = 0; i < LB_COUNT(versions); i++)
		known = known || declared.version == versions[i];
	if (declared.version && !known)
		lb_found(v, "BAG-003", "bagit.txt", "version %d.%d is not known", declared.version / 100,
			declared.version % 100);
	v->version = declared.version;
	memcpy(v->encoding, declared.encoding, sizeof v->encoding);
}

struct info { struct lb_verify *v; const char *path; };

static int take_info(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err)
{
	static const char oxum[] = "Payload-Oxum";
	const struct info *info = arg;
	struct lb_verify *v = info->v;
	(void)err;
	if (label.n != strlen(oxum) || strncasecmp(label.p, oxum, label.n) != 0)
		return LB_OK;
	if (v->has_oxum)
		lb_found_since_1_0(v, "BAG-018", info->path, "has more than one Payload-Oxum");
	else if (lb_bag_oxum_parse(value, &v->oxum_octets, &v->oxum_files))
		v->has_oxum = true;
	else
		lb_found_since_1_0(v, "BAG-018", info->path, "its Payload-Oxum is not of the form OCTETS.FILES");
	return LB_OK;
}

static void read_info(struct lb_verify *v)
{
	/* before 0.95 it was called package-info.txt */
	const char *path = lb_container_find(v->c, "bag-info.txt") < 0 ? "package-info.txt" : "bag-info.txt";
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * TAG_FILE_MAX);
	struct info info = {v, path};
	struct lb_error err = {0};
	if (read_text(v, path, TAG_FILE_MAX, &text) && lb_bag_info_parse(lb_buf_span(&text), take_info, &info, &err) != LB_OK)
		lb_found(v, "BAG-005", path, "%s", err.what);
}

/* ---- manifests ---- */

static const char *misplaced(const struct lb_bag_manifest *m, const char *path)
{
	static const char *const leaving[] = {"..", "."};
	struct lb_span rest = lb_span(path), part;
	if (!m->tag && !lb_is_payload(path))
		return "is not below data/";
	if (path[0] == '/' || path[0] == '~')
		return "leads out of the bag";
	while (lb_span_cut(&rest, '/', &part))
		for (size_t i = 0; i < LB_COUNT(leaving); i++)
			if (lb_span_is(part, leaving[i]))
				return "has a \".\" or \"..\" part";
	return NULL;
}

/* The member that a line means. Tools differ in what they encode, and file systems in what they recompose. */
static long find_member(struct lb_verify *v, const struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	struct lb_shown_name shown;
	long member = lb_container_find(v->c, line->path);
	if (member >= 0 || v->lifeboat)
		return member;
	member = lb_container_find(v->c, line->literal);
	if (member >= 0) {
		lb_found(v, "BAG-021", m->name, "\"%s\" is written without %%25", lb_show_name(&shown, line->literal));
		return member;
	}
	member = lb_name_find_composed(v, line->path);
	if (member >= 0)
		lb_found(v, "BAG-022", line->path, "is there, but its name is composed differently");
	return member;
}

static void tell_notes(struct lb_verify *v, const struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	static const struct { unsigned note; const char *rule, *text; } notes[] = {
		{LB_BAG_STAR, "BAG-019", "has a '*' before"},
		{LB_BAG_DOT_SLASH, "BAG-020", "has \"./\" before"},
		{LB_BAG_PERCENT, "BAG-021", "has a '%' that is not written %25 in"},
	};
	/* only RFC 8493 encodes the '%' itself */
	unsigned told = v->version && v->version < 100 ? line->notes & ~(unsigned)LB_BAG_PERCENT : line->notes;
	struct lb_shown_name shown;
	for (size_t i = 0; i < LB_COUNT(notes); i++)
		if (told & notes[i].note)
			lb_found(v, notes[i].rule, m->name, "%s \"%s\"", notes[i].text, lb_show_name(&shown, line->path));
}

/* true when the manifest has the member already: no second line is kept. */
static bool is_listed(struct lb_verify *v, const struct lb_bag_manifest *m, uint32_t number,
	const struct lb_bag_line *line, long member)
{
	for (uint32_t i = v->first[member]; i != LB_NONE; i = v->lines[i].next) {
		if (v->lines[i].manifest != number)
			continue;
		if (strcmp(v->lines[i].digest, line->digest) == 0)
			lb_found_since_1_0(v, "BAG-011", line->path, "is listed twice in %s", m->name);
		else
			lb_found(v, "BAG-011", line->path, "is listed with two digests in %s", m->name);
		return true;
	}
	return false;
}

static void add_line(struct lb_verify *v, struct lb_bag_manifest *m, const struct lb_bag_line *line)
{
	uint32_t number = (uint32_t)(m - v->manifests);
	const char *why = misplaced(m, line->path);
	if (why) {
		lb_found(v, "BAG-010", line->path, "is listed in %s, but %s", m->name, why);
		return;
	}
	long member = find_member(v, m, line);
	if (member >= 0 && is_listed(v, m, number, line, member))
		return;
	LB_GROW(v->lines, v->nlines, v->line_cap);
	struct lb_listed *listed = &v->lines[v->nlines];
	*listed = (struct lb_listed){.member = member, .manifest = number, .next = LB_NONE};
	listed->digest = lb_arena_strdup(&v->arena, line->digest);
	listed->path = member >= 0 ? v->members[member].path : lb_arena_strdup(&v->arena, line->path);
	if (member >= 0) {
		listed->next = v->first[member];
		v->first[member] = (uint32_t)v->nlines;
	}
	v->nlines++;
	m->count++;
}

static void read_lines(struct lb_verify *v, struct lb_bag_manifest *m, struct lb_span text)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_span line;
	struct lb_error err;
	for (size_t number = 1; lb_bag_next_line(&text, &line) && v->nlines < LB_NONE - 1; number++) {
		struct lb_bag_line parsed;
		lb_arena_reset(&arena);
		if (lb_span_trim(line).n == 0) {
			lb_found(v, "BAG-009", m->name, "line %zu is blank", number);
		} else if (lb_bag_line_parse(line, m->hash, &arena, &parsed, &err) != LB_OK) {
			lb_found(v, "BAG-008", m->name, "line %zu: %s", number, err.what);
		} else {
			tell_notes(v, m, &parsed);
			add_line(v, m, &parsed);
		}
	}
}

static void read_manifest(struct lb_verify *v, const char *path)
{
	struct lb_bag_manifest m = {.name = path, .first = v->nlines};
	bool known;
	if (!lb_is_root_file(path) || !lb_bag_manifest_name(lb_span(path), &m.tag, &m.hash, &known))
		return;
	if (!known) {
		lb_found(v, "BAG-007", path, "its algorithm is not known; it is not checked");
		return;
	}
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * MANIFEST_MAX);
	LB_GROW(v->manifests, v->nmanifests, v->manifest_cap);
	v->manifests[v->nmanifests++] = m;
	if (read_text(v, path, MANIFEST_MAX, &text))
		read_lines(v, &v->manifests[v->nmanifests - 1], lb_buf_span(&text));
}

/* ---- fetch.txt ---- */

struct fetch { struct lb_verify *v; struct lb_map missing; };

static void fetch_clear(struct fetch *f)
{
	lb_map_clear(&f->missing);
}

static void check_fetch(struct fetch *f, const char *path)
{
	static const struct lb_bag_manifest payload = {0};
	struct lb_verify *v = f->v;
	const char *why = misplaced(&payload, path);
	long member = lb_container_find(v->c, path);
	size_t unused;
	bool listed = member >= 0 ? v->first[member] != LB_NONE : lb_map_get(&f->missing, lb_span(path), &unused);
	if (why)
		lb_found(v, "BAG-032", "fetch.txt", "a path %s", why);
	else if (!listed)
		lb_found(v, "BAG-033", path, "is in fetch.txt, but in no manifest");
	else if (member < 0)
		lb_found(v, "BAG-034", path, "is still to be fetched from elsewhere");
}

static void read_fetch(struct lb_verify *v)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * TAG_FILE_MAX);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_span line;
	struct lb_error err;
	if (!read_text(v, "fetch.txt", TAG_FILE_MAX, &text))
		return;
	LB_AUTO(fetch_clear) struct fetch f = {.v = v};
	for (size_t i = 0; i < v->nlines; i++)
		if (v->lines[i].member < 0)
			lb_map_put(&f.missing, lb_span(v->lines[i].path), i);
	struct lb_span rest = lb_buf_span(&text);
	for (size_t number = 1; lb_bag_next_line(&rest, &line); number++) {
		struct lb_bag_fetch parsed;
		lb_arena_reset(&arena);
		if (lb_bag_fetch_parse(line, &arena, &parsed, &err) == LB_OK)
			check_fetch(&f, parsed.path);
		else
			lb_found(v, "BAG-032", "fetch.txt", "line %zu: %s", number, err.what);
	}
}

int lb_bag_read(struct lb_verify *v, struct lb_error *err)
{
	v->first = lb_realloc(NULL, v->count + 1, sizeof *v->first);
	memset(v->first, 0xFF, (v->count + 1) * sizeof *v->first);
	read_declaration(v);
	read_info(v);
	for (size_t i = 0; i < v->count; i++)
		if (v->members[i].kind == LB_MEMBER_FILE)
			read_manifest(v, v->members[i].path);
	read_fetch(v);
	return lb_ctx_check(v->ctx, err);
}
