/* Files of the source: media of its photos, and all others as they are. Each becomes a line of conversion.jsonl. */
#include "lifeboat/creator/convert_private.h"
#include "lifeboat/flickr/flickr.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define HEAD_BYTES 65536

static const char *const role_names[] = { [LB_ORIGINAL] = "original", [LB_THUMBNAIL] = "thumbnail" };

/* ---- copying a member ------------------------------------------------------------------------------------------------------ */

/* `told`: a digest by another algorithm than SHA-256, or NULL. */
struct copy {
	struct lb_convert *c;
	struct lb_out *out;
	struct lb_digest *sha256, *told;
	char *head; size_t nhead;
};

static int copy_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct copy *copy = arg;
	LB_TRY(lb_ctx_check(copy->c->ctx, err));
	lb_out_add(copy->out, data, n);
	lb_digest_add(copy->sha256, data, n);
	if (copy->told)
		lb_digest_add(copy->told, data, n);
	size_t room = copy->head ? HEAD_BYTES - copy->nhead : 0, part = n < room ? n : room;
	if (part)
		memcpy(copy->head + copy->nhead, data, part);
	copy->nhead += part;
	return 0;
}

static void copy_clear(struct copy *copy)
{
	lb_out_abandon(copy->out);
	lb_digest_free(copy->sha256);
	lb_digest_free(copy->told);
}

/* Reads the member through `copy`; its digests are then in `sha256` and, where it was wanted, `told`. */
static int copy_member(struct copy *copy, size_t member, char sha256[LB_SHA256_HEX], char told[LB_HASH_HEX_MAX], struct lb_error *err)
{
	copy->sha256 = lb_digest_new(LB_SHA256);
	LB_TRY(lb_container_stream(copy->c->container, member, copy_piece, copy, err));
	lb_digest_hex(copy->sha256, sha256);
	if (copy->told)
		lb_digest_hex(copy->told, told);
	return 0;
}

/* ---- the record of what became of each file ---------------------------------------------------------------------------------- */

struct line { const char *source, *path, *sha256, *checksum, *algorithm; uint64_t size; int64_t size_told; bool same; };

static int add_line(struct lb_convert *c, const struct line *l, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	struct lb_jw w;
	lb_jw_begin(&w, &b, true);
	lb_jw_object(&w, NULL);
	lb_jw_str(&w, "source", l->source);
	lb_jw_str(&w, "path", l->path);
	lb_jw_int(&w, "size", (int64_t)l->size);
	lb_jw_str(&w, "sha256", l->sha256);
	if (l->checksum || l->size_told >= 0) {
		lb_jw_object(&w, "told");
		if (l->size_told >= 0)
			lb_jw_int(&w, "size", l->size_told);
		else
			lb_jw_null(&w, "size");
		lb_jw_str(&w, "checksum", l->checksum);
		lb_jw_str(&w, "algorithmByLength", l->algorithm);
		lb_jw_bool(&w, "same", l->same);
		lb_jw_end(&w);
	} else {
		lb_jw_null(&w, "told");
	}
	lb_jw_end(&w);
	lb_buf_addc(&b, '\n');
	LB_TRY(lb_buf_check(&b, LB_CONVERT_LOG, err));
	lb_out_add(c->log, b.p, b.len);
	return 0;
}

/* ---- media ------------------------------------------------------------------------------------------------------------------ */

static void media_gap(struct lb_convert *c, const struct lb_photo *photo, enum lb_role role, const char *why)
{
	c->result.lost++;
	lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_FAILED, .photo_id = photo->id, .subject = lb_arena_printf(&c->arena, "photo %s", photo->id),
		.layer = role_names[role], .code = LB_UNKNOWN, .message = why });
}

/* The source itself says why it has no such file. */
static bool is_told(const struct lb_convert *c, enum lb_role role)
{
	for (size_t i = 0; i < c->ngaps; i++)
		if (c->gaps[i].layer && strcmp(c->gaps[i].layer, role_names[role]) == 0)
			return true;
	return false;
}

static void tell_unnamed(struct lb_convert *c, const struct lb_photo *photo, enum lb_role role, const struct lb_json *own)
{
	const char *why = lb_json_get_str(own, "withheld");
	if (is_told(c, role) || !own)
		return; /* without its own file the gap of that one says it */
	if (why && role == LB_ORIGINAL)
		lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_WITHHELD, .photo_id = photo->id,
			.subject = lb_arena_printf(&c->arena, "photo %s", photo->id), .layer = role_names[role], .code = LB_UNKNOWN, .message = why });
	else
		media_gap(c, photo, role, "the source names no such file");
}

/* The member, or -1 after telling why there is none. */
static long find_media(struct lb_convert *c, const struct lb_photo *photo, enum lb_role role, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf shown = LB_BUF(4096);
	const char *why = "";
	bool safe = lb_path_is_safe(lb_span(path), &why);
	long member = safe ? lb_foundation_member(&c->from, path) : -1;
	if (member >= 0 && c->members[member].kind == LB_MEMBER_FILE)
		return member;
	lb_show(&shown, (struct lb_span){ path, strnlen(path, 256) });
	media_gap(c, photo, role, safe ? lb_arena_printf(&c->arena, "the source names \"%s\", which is not there", lb_buf_str(&shown))
		: lb_arena_printf(&c->arena, "the source names \"%s\": the path %s", lb_buf_str(&shown), why));
	return -1;
}

/* Of a type that browsers show as a picture or play, and in which nothing runs. */
static bool is_media_type(const char *type)
{
	size_t n = strspn(type, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+-/");
	bool media = strncmp(type, "image/", 6) == 0 || strncmp(type, "video/", 6) == 0;
	return media && type[n] == '\0' && n < 100 && !lb_span_starts(lb_span(type), "image/svg");
}

/* Where the bytes do not tell what it is, its name and the source do, as long as it is media: pages link to it, and a page of a
 * stranger's is none that we link to. false: it is none. */
static bool describe_by_name(struct lb_convert *c, const struct lb_foundation_file *file, struct lb_media *m)
{
	const char *dot = strrchr(lb_path_base(file->path), '.'), *by_name = lb_layout_mime(file->path);
	bool named = dot && is_media_type(by_name), told = file->type && is_media_type(file->type);
	char *extension = named ? lb_arena_strdup(&c->arena, dot + 1) : NULL;
	for (char *at = extension; at && *at; at++)
		*at = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
	m->extension = named ? extension : "bin";
	m->mime = told ? file->type : named ? by_name : "application/octet-stream";
	return named || told;
}

/* false: it is no media by anything. */
static bool describe(struct lb_convert *c, const struct lb_foundation_file *file, struct lb_span head, struct lb_media *m)
{
	int64_t width = LB_UNKNOWN, height = LB_UNKNOWN;
	m->mime = lb_media_sniff(head, &m->extension, &width, &height);
	m->width = width > 0 && height > 0 ? width : file->width;
	m->height = width > 0 && height > 0 ? height : file->height;
	m->label = file->label ? file->label : lb_layout_label(file->path);
	m->url = file->url;
	m->captured = file->captured;
	return m->mime || describe_by_name(c, file, m);
}

/* Compares what the source told with what is there. */
static void compare(struct lb_convert *c, const struct lb_photo *photo, enum lb_role role, const char *actual, struct line *l)
{
	bool size_differs = l->size_told >= 0 && (uint64_t)l->size_told != l->size;
	bool checksum_differs = l->algorithm && strcasecmp(l->checksum, actual) != 0;
	l->same = !size_differs && !checksum_differs && (!l->checksum || l->algorithm);
	c->result.vouched += l->algorithm && l->same;
	c->result.differing += size_differs || checksum_differs;
	if (size_differs || checksum_differs)
		media_gap(c, photo, role, checksum_differs ? "the file is here, but the source tells another checksum of it"
			: "the file is here, but the source tells another size of it");
}

static const char *staging_path(struct lb_convert *c, enum lb_role role)
{
	return lb_arena_printf(&c->arena, "%s.%s", c->staging, role_names[role]);
}

static int extract(struct lb_convert *c, struct lb_photo *photo, enum lb_role role, size_t member, const struct lb_foundation_file *file,
	struct line *l, struct lb_error *err)
{
	LB_AUTO(copy_clear) struct copy copy = { .c = c, .head = lb_arena_alloc(&c->arena, HEAD_BYTES) };
	struct lb_media m = { .present = true, .source_path = staging_path(c, role) };
	char told[LB_HASH_HEX_MAX] = "", *sha256 = lb_arena_alloc(&c->arena, LB_SHA256_HEX);
	enum lb_hash hash;
	bool judged = lb_foundation_checksum(file, &hash);
	if (judged && hash != LB_SHA256)
		copy.told = lb_digest_new(hash);
	LB_TRY(lb_out_open(m.source_path, LB_OUT_NOSYNC | LB_OUT_REPLACE, &copy.out, err));
	LB_TRY(copy_member(&copy, member, sha256, told, err));
	struct lb_out *out = copy.out;
	copy.out = NULL;
	LB_TRY(lb_out_commit(out, NULL, &m.size, err));
	if (!describe(c, file, (struct lb_span){ copy.head, copy.nhead }, &m))
		media_gap(c, photo, role, "the file is here, but neither its bytes nor its name are those of a picture or video");
	m.sha256 = sha256;
	*l = (struct line){ .source = c->members[member].path, .sha256 = sha256, .size = m.size, .size_told = file->size,
		.checksum = file->checksum, .algorithm = judged ? lb_hash_name(hash) : NULL };
	compare(c, photo, role, copy.told ? told : sha256, l);
	photo->files[role] = m;
	return 0;
}

int lb_convert_media(struct lb_convert *c, struct lb_photo *photo, enum lb_role role, const struct lb_json *own,
	const struct lb_json *entry, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	struct lb_foundation_file file;
	struct line l;
	if (!lb_foundation_file(own, entry, role, &file)) {
		tell_unnamed(c, photo, role, own);
		return 0;
	}
	c->layouts[file.object ? LB_WRITTEN_OBJECTS : LB_WRITTEN_PATHS] = true;
	long member = find_media(c, photo, role, file.path);
	if (member < 0)
		return 0;
	LB_TRY(extract(c, photo, role, (size_t)member, &file, &l, err));
	lb_buf_adds(&path, "data/");
	lb_layout_media(&path, photo, role);
	l.path = lb_buf_str(&path);
	c->used[member] = true;
	c->result.files++;
	return add_line(c, &l, err);
}

void lb_convert_media_done(struct lb_convert *c)
{
	for (enum lb_role role = 0; role < LB_ROLE_COUNT; role++)
		unlink(staging_path(c, role)); /* if it cannot be removed now it goes with its folder */
}

/* ---- all other files --------------------------------------------------------------------------------------------------------- */

static bool has_plain_name(const char *path)
{
	return lb_path_is_safe(lb_span(path), NULL) &&
		path[strspn(path, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._@-/")] == '\0';
}

static void add_folded(struct lb_buf *b, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		lb_buf_addc(b, text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i]);
}

/* Some systems do not tell case: a folder spelt in two ways, and a file with the name of another file or a folder, are renamed. */
static bool take_folder(struct lb_convert *c, const char *path, size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf folded = LB_BUF(1 << 16), spelt = LB_BUF(1 << 16);
	add_folded(&folded, path, n);
	lb_buf_addf(&spelt, "\n%.*s", (int)n, path); /* no path has a line end */
	bool known = lb_map_get(&c->kept_names, lb_buf_span(&folded), NULL);
	if (known)
		return lb_map_get(&c->kept_names, lb_buf_span(&spelt), NULL);
	lb_map_put(&c->kept_names, lb_buf_span(&folded), 0);
	lb_map_put(&c->kept_names, lb_buf_span(&spelt), 0);
	return true;
}

static bool take_name(struct lb_convert *c, const char *path)
{
	LB_AUTO(lb_buf_clear) struct lb_buf folded = LB_BUF(1 << 16);
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
		if (!take_folder(c, path, (size_t)(slash - path)))
			return false;
	add_folded(&folded, path, strlen(path));
	return lb_map_put(&c->kept_names, lb_buf_span(&folded), 0);
}

static void kept_path(struct lb_convert *c, const char *path, struct lb_buf *out)
{
	bool inside = lb_span_starts(lb_span(path), c->from.base);
	const char *rest = inside ? path + strlen(c->from.base) : path;
	lb_buf_addf(out, "%s%s", inside ? LB_CONVERT_KEPT : LB_CONVERT_BESIDE, rest);
	if (has_plain_name(lb_buf_str(out)) && take_name(c, lb_buf_str(out)))
		return;
	lb_buf_reset(out);
	lb_buf_addf(out, LB_CONVERT_RENAMED "%zu", ++c->renamed);
}

static int keep_member(struct lb_convert *c, size_t i, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	LB_AUTO(copy_clear) struct copy copy = { .c = c };
	char sha256[LB_SHA256_HEX];
	kept_path(c, c->members[i].path, &path);
	LB_TRY(lb_package_create(c->package, lb_buf_str(&path), &copy.out, err));
	LB_TRY(copy_member(&copy, i, sha256, NULL, err));
	if (c->digests[i][0] && strcmp(c->digests[i], sha256) != 0)
		return lb_fail(err, LB_CORRUPT, "\"%s\" changed while it was being read", c->request->source);
	struct lb_out *out = copy.out;
	copy.out = NULL;
	LB_TRY(lb_package_close(c->package, lb_buf_str(&path), out, err));
	c->result.kept++;
	return add_line(c, &(struct line){ .source = c->members[i].path, .path = lb_buf_str(&path), .sha256 = sha256,
		.size = c->members[i].size, .size_told = LB_UNKNOWN }, err);
}

static void tell_unkept(struct lb_convert *c, const struct lb_member *m)
{
	LB_AUTO(lb_buf_clear) struct lb_buf subject = LB_BUF(4096);
	lb_buf_adds(&subject, "file ");
	lb_show(&subject, (struct lb_span){ m->path, strnlen(m->path, 256) });
	c->result.lost++;
	lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_FAILED, .subject = lb_buf_str(&subject), .layer = "source", .code = LB_UNKNOWN,
		.message = m->kind == LB_MEMBER_LINK ? "it is a link, which is not followed" : "it is no ordinary file" });
}

int lb_convert_rest(struct lb_convert *c, struct lb_error *err)
{
	for (size_t i = 0; i < c->nmembers; i++) {
		const struct lb_member *m = &c->members[i];
		LB_TRY(lb_ctx_check(c->ctx, err));
		if (m->kind == LB_MEMBER_LINK || m->kind == LB_MEMBER_SPECIAL)
			tell_unkept(c, m);
		else if (m->kind == LB_MEMBER_FILE && !c->used[i])
			LB_TRY(keep_member(c, i, err));
		lb_ctx_event(c->ctx, &(struct lb_event){ .kind = LB_EVENT_PROGRESS, .unit = "files", .done = i + 1, .total = c->nmembers });
	}
	return 0;
}
