/* Reads the text files of a bag: declaration, information, manifests, fetch list. */
#include <string.h>
#include <strings.h>

#include "format/verify/verify_private.h"

#define TAG_FILE_MAX ((size_t)16 << 20)
#define FETCH_MAX ((size_t)256 << 20)

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

bool lb_is_utf8_bag(const struct lb_verify *v)
{
	return strcasecmp(v->encoding, "UTF-8") == 0 || strcasecmp(v->encoding, "UTF8") == 0;
}

bool lb_read_tag_file(struct lb_verify *v, const char *path, size_t max, struct lb_buf *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf raw = LB_BUF(max);
	struct lb_error err = {0};
	if (!lb_read_member(v, "BAG-015", path, max, &raw))
		return false;
	if (lb_is_utf8_bag(v) && lb_span_starts(lb_buf_span(&raw), "\xEF\xBB\xBF"))
		lb_found(v, "BAG-039", path, "begins with a byte order mark");
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
	if (declared.loose)
		lb_found_as(v, "BAG-002", LB_SEVERITY_WARNING, "bagit.txt", "has a blank before a colon");
	v->version = declared.version;
	memcpy(v->encoding, declared.encoding, sizeof v->encoding);
}

static void take_oxum(struct lb_verify *v, struct lb_span value)
{
	if (v->has_oxum)
		lb_found_since_1_0(v, "BAG-018", v->info_path, "has more than one Payload-Oxum");
	else if (lb_bag_oxum_parse(value, &v->oxum_octets, &v->oxum_files))
		v->has_oxum = true;
	else
		lb_found_since_1_0(v, "BAG-018", v->info_path, "its Payload-Oxum is not of the form OCTETS.FILES");
}

static int take_info(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err)
{
	struct lb_verify *v = arg;
	struct lb_shown_name shown;
	(void)err;
	LB_GROW(v->info, v->ninfo, v->info_cap);
	struct lb_info_item *item = &v->info[v->ninfo++];
	item->label = lb_arena_strndup(&v->arena, label.p, label.n);
	item->value = lb_arena_strndup(&v->arena, value.p, value.n);
	if (lb_bag_label_is(label, "Payload-Oxum"))
		take_oxum(v, value);
	for (size_t i = 0; lb_bag_label_is_single(label) && i + 1 < v->ninfo; i++)
		if (lb_bag_label_is(label, v->info[i].label)) {
			lb_found(v, "BAG-036", v->info_path, "has more than one %s", lb_show_name(&shown, item->label));
			break;
		}
	return LB_OK;
}

static void tell_info_notes(struct lb_verify *v, unsigned notes)
{
	static const struct { unsigned note; const char *text; } texts[] = {
		{LB_BAG_INFO_BLANK_LINE, "has a blank line"},
		{LB_BAG_INFO_LABEL, "has a blank beside a label"},
		{LB_BAG_INFO_COLON, "has no blank after a colon"},
	};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (notes & texts[i].note)
			lb_found(v, "BAG-037", v->info_path, "%s", texts[i].text);
}

static void read_info(struct lb_verify *v)
{
	static const char *const names[] = {"bag-info.txt", "package-info.txt"}; /* the latter before 0.95 */
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * TAG_FILE_MAX);
	struct lb_error err = {0};
	unsigned notes = 0;
	for (size_t i = 0; i < LB_COUNT(names) && !v->info_path; i++)
		if (lb_container_find(v->c, names[i]) >= 0)
			v->info_path = names[i];
	if (!v->info_path || !lb_read_tag_file(v, v->info_path, TAG_FILE_MAX, &text))
		return;
	if (lb_bag_info_parse(lb_buf_span(&text), take_info, v, &notes, &err) != LB_OK)
		lb_found(v, "BAG-005", v->info_path, "%s", err.what);
	tell_info_notes(v, notes);
}

/* ---- fetch.txt ---- */

struct fetch { struct lb_verify *v; struct lb_map missing; };

static void fetch_clear(struct fetch *f)
{
	lb_map_clear(&f->missing);
}

static void check_length(struct lb_verify *v, const struct lb_bag_fetch *parsed, size_t member)
{
	uint64_t size = v->members[member].size;
	if (parsed->length != LB_BAG_NO_LENGTH && parsed->length != size)
		lb_found(v, "BAG-038", parsed->path, "has %llu bytes, but fetch.txt says %llu", (unsigned long long)size,
			(unsigned long long)parsed->length);
}

static void check_fetch(struct fetch *f, const struct lb_bag_fetch *parsed)
{
	struct lb_verify *v = f->v;
	const char *path = parsed->path, *why = lb_path_misplaced(path, true);
	long member = lb_container_find(v->c, path);
	struct lb_shown_name shown;
	size_t unused;
	bool listed = member >= 0 ? v->first[member] != LB_NONE : lb_map_get(&f->missing, lb_span(path), &unused);
	if (why)
		lb_found(v, "BAG-032", "fetch.txt", "the path \"%s\" %s", lb_show_name(&shown, path), why);
	else if (!listed)
		lb_found(v, "BAG-033", path, "is in fetch.txt, but in no manifest");
	else if (member < 0)
		lb_found(v, "BAG-034", path, "is still to be fetched from elsewhere");
	else
		check_length(v, parsed, (size_t)member);
}

static void read_fetch(struct lb_verify *v)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(2 * FETCH_MAX);
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_span line;
	struct lb_error err;
	if (!lb_read_tag_file(v, "fetch.txt", FETCH_MAX, &text))
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
			check_fetch(&f, &parsed);
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
	lb_bag_read_manifests(v);
	read_fetch(v);
	return lb_ctx_check(v->ctx, err);
}
