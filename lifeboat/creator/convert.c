/* A Data Lifeboat of the Flickr Foundation → a package. What was never in it is marked, once, and never made up. */
#include "lifeboat/creator/convert_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POLICY "converted"
#define SENTENCE "Converted from a Data Lifeboat of the Flickr Foundation. By what rules its photographs were chosen, and who agreed, is not told there."

static const char *const kinds[] = { [LB_CONTAINER_FOLDER] = "folder", [LB_CONTAINER_ZIP] = "zip", [LB_CONTAINER_TAR] = "tar" };

/* ---- the source ------------------------------------------------------------------------------------------------------------ */

/* Names and structure that two readers could take differently; that there is no folder around it is none. */
static int check_container(const struct lb_convert *c, struct lb_error *err)
{
	static const char *const harmless[] = { "ZIP-011", "ZIP-014", "ZIP-018", "ZIP-021", "TAR-014", "TAR-021" };
	size_t count;
	const struct lb_defect *d = lb_container_defects(c->container, &count);
	for (size_t i = 0; i < count; i++) {
		bool bad = true;
		for (size_t k = 0; k < LB_COUNT(harmless); k++)
			bad = bad && strcmp(d[i].rule, harmless[k]) != 0;
		if (!bad)
			continue;
		lb_fail(err, LB_CORRUPT, "cannot convert \"%s\": %s%s%s (%s)", c->request->source, d[i].path ? d[i].path : "",
			d[i].path ? " " : "", d[i].message, d[i].rule);
		return lb_hint(err, "`lifeboat verify` says more");
	}
	return 0;
}

static int open_source(struct lb_convert *c, struct lb_error *err)
{
	int rc = lb_container_open(c->request->source, &c->container, err);
	if (rc == LB_FORMAT)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is neither a folder nor a zip or tar file", c->request->source);
	LB_TRY(rc);
	c->members = lb_container_members(c->container, &c->nmembers);
	if (!lb_foundation_find(c->container, &c->from)) {
		bool ours = lb_container_find(c->container, "lifeboat.json") >= 0;
		lb_fail(err, LB_NOTFOUND, ours ? "\"%s\" is a lifeboat of this format already" :
			"\"%s\" is no Data Lifeboat of the Flickr Foundation: it has no metadata/photoIndex.js", c->request->source);
		return LB_NOTFOUND;
	}
	return check_container(c, err);
}

/* ---- what the package says of itself ------------------------------------------------------------------------------------------ */

/* A word about the whole: of the options, else of lifeboat.js. `fault`: what is wrong with the latter's. */
struct word { const char *key; const struct lb_json *from; const char **to, *fault; };

/* Words of the source that no package can have are a gap, not an obstacle. */
static void take_word(struct lb_convert *c, struct lb_maker_words *words, struct word *word)
{
	struct lb_error why = { 0 };
	const struct lb_json *told = lb_json_get(word->from, word->key);
	if (*word->to && **word->to)
		return;
	*word->to = lb_json_str(told) && *lb_json_str(told) ? lb_json_str(told) : NULL;
	if (told && !lb_json_is_null(told) && !lb_json_str(told))
		word->fault = "it is no text";
	if (word->to == &words->maker_id && words->maker_id && !lb_foundation_is_id(words->maker_id))
		lb_fail(&why, LB_FORMAT, "it is none that Flickr gives");
	else if (lb_maker_words_check(words, &why) == LB_OK)
		return;
	*word->to = NULL;
	word->fault = lb_arena_strdup(&c->facts, why.what);
}

static void tell_about(struct lb_convert *c, const struct word *words, size_t count)
{
	const struct lb_json *creator = lb_json_get(c->about, "creator"), *date = lb_json_get(c->about, "dateCreated");
	if (c->about_fault)
		lb_convert_lose(c, "lifeboat.js", NULL, c->about_fault);
	for (size_t i = 0; i < count; i++)
		if (words[i].fault)
			lb_convert_lose(c, "lifeboat.js", words[i].key, words[i].fault);
	if (creator && !lb_json_is_null(creator) && !lb_json_is_object(creator))
		lb_convert_lose(c, "lifeboat.js", "creator", "it is no object");
	if (date && !lb_json_is_null(date) && lb_foundation_date(lb_json_str(date)) == LB_UNKNOWN)
		lb_convert_lose(c, "lifeboat.js", "dateCreated", "it is no date with its zone");
}

static const char *make_id(struct lb_convert *c, const struct lb_package_info *info)
{
	LB_AUTO(lb_buf_clear) struct lb_buf input = LB_BUF(SIZE_MAX / 4);
	const char *const words[] = { c->sha256, info->title, info->purpose, info->future, info->maker_id, info->maker_name };
	char uuid[37];
	lb_buf_adds(&input, "converted from flickr-foundation\n");
	for (size_t i = 0; i < LB_COUNT(words); i++)
		lb_buf_addf(&input, "%zu %s\n", words[i] ? strlen(words[i]) : 0, words[i] ? words[i] : "");
	lb_uuid_of(lb_buf_span(&input), uuid);
	return lb_arena_printf(&c->facts, "urn:uuid:%s", uuid);
}

static int64_t conversion_date(const struct lb_convert *c)
{
	return c->request->date ? c->request->date : lb_ctx_now(c->ctx);
}

static int begin(struct lb_convert *c, const char *made, struct lb_error *err)
{
	struct lb_maker_words words = c->request->words;
	const struct lb_json *creator = lb_json_get(c->about, "creator");
	int64_t created = lb_foundation_date(lb_json_get_str(c->about, "dateCreated"));
	struct word all[] = {
		{ "name", c->about, &words.title, NULL }, { "purpose", c->about, &words.purpose, NULL },
		{ "futureConsiderations", c->about, &words.future, NULL }, { "id", words.maker ? NULL : creator, &words.maker_id, NULL },
		{ "name", creator, &words.maker, NULL },
	};
	LB_TRY(lb_maker_words_check(&words, err));
	if (words.maker_id && !lb_foundation_is_id(words.maker_id))
		return lb_fail(err, LB_USAGE, "the maker's id \"%.64s\" is none that Flickr gives", words.maker_id);
	for (size_t i = 0; i < LB_COUNT(all); i++)
		take_word(c, &words, &all[i]);
	struct lb_package_info info = {
		.title = words.title ? words.title : c->request->name, .purpose = words.purpose, .future = words.future,
		.maker_name = words.maker, .maker_id = words.maker_id, .created = created > 0 ? created : conversion_date(c),
		.program = "lifeboat " LB_VERSION, .planned = c->nids,
		.policy = { .name = POLICY, .sentence = SENTENCE, .private_included = c->any_private },
	};
	info.id = make_id(c, &info);
	LB_TRY(lb_package_begin(made, &info, c->ctx, &c->package, err));
	tell_about(c, all, LB_COUNT(all));
	LB_TRY(lb_show_begin(&c->show, c->package, c->ids, c->nids, err));
	return lb_package_create(c->package, LB_CONVERT_LOG, &c->log, err);
}

/* ---- what was never there -------------------------------------------------------------------------------------------------------- */

static void never(struct lb_convert *c, const char *layer, const char *why)
{
	struct lb_gap gap = { .kind = LB_GAP_UNASKED, .subject = "the whole lifeboat", .layer = layer, .code = LB_UNKNOWN, .message = why };
	lb_package_add_gap(c->package, &gap);
}

static void tell_never(struct lb_convert *c)
{
	static const struct { const char *layer, *why; } layers[LB_NEVER_COUNT] = {
		[LB_NEVER_FAVES] = { "faves", "the source does not tell who marked a photo as a favourite, only how many did" },
		[LB_NEVER_NOTES] = { "notes", "the source has no notes on photos" },
		[LB_NEVER_PEOPLE] = { "people", "the source does not tell who is marked in photos" },
		[LB_NEVER_EXIF] = { "exif", "the source does not tell what cameras wrote; it may stand in the files themselves" },
		[LB_NEVER_LICENSES] = { "license-history", "the source does not tell how licences changed" },
	};
	for (size_t i = 0; i < LB_NEVER_COUNT; i++)
		if (!c->layers[i])
			never(c, layers[i].layer, layers[i].why);
	never(c, "recording", "the source has no record of what Flickr answered");
	if (c->result.vouched < c->result.files)
		never(c, "checksums", lb_arena_printf(&c->facts, "%zu of %zu media files have no earlier checksum that agrees: their digests were "
			"computed at the conversion", c->result.files - c->result.vouched, c->result.files));
}

static void tell_origin(struct lb_convert *c)
{
	static const char *const words[LB_WRITTEN_COUNT] = {
		[LB_WRITTEN_PATHS] = "files as paths", [LB_WRITTEN_OBJECTS] = "files as objects", [LB_WRITTEN_MEDIA_TYPE] = "mediaType",
		[LB_WRITTEN_MEDIA] = "media", [LB_WRITTEN_ABOUT] = "lifeboat.js",
	};
	const char *layouts[LB_WRITTEN_COUNT];
	size_t count = 0;
	for (size_t i = 0; i < LB_WRITTEN_COUNT; i++)
		if (c->layouts[i])
			layouts[count++] = words[i];
	const struct lb_json *creator = lb_json_get(c->about, "creator");
	lb_package_converted(c->package, &(struct lb_package_origin){ .format = "flickr-foundation", .name = c->request->name,
		.container = kinds[lb_container_kind(c->container)], .layouts = layouts, .nlayouts = count,
		.id = lb_json_get_str(c->about, "id"), .maker_id = lb_json_get_str(creator, "id"), .maker_name = lb_json_get_str(creator, "name"),
		.sha256 = c->sha256, .date = conversion_date(c), .program = "lifeboat " LB_VERSION,
		.files = c->result.files, .vouched = c->result.vouched, .differing = c->result.differing });
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------------- */

static int fill(struct lb_convert *c, const char *made, struct lb_error *err)
{
	LB_TRY(open_source(c, err));
	LB_TRY(lb_convert_read(c, err));
	LB_TRY(begin(c, made, err));
	tell_origin(c); /* the pages of photos ask whether there is one */
	LB_TRY(lb_convert_indexes(c, err));
	LB_TRY(lb_convert_photos(c, err));
	LB_TRY(lb_convert_rest(c, err));
	struct lb_out *log = c->log;
	c->log = NULL;
	LB_TRY(lb_package_close(c->package, LB_CONVERT_LOG, log, err));
	tell_never(c);
	tell_origin(c); /* now with its sums */
	LB_TRY(lb_show_finish(&c->show, err));
	return lb_package_finish(c->package, err);
}

static void convert_clear(struct lb_convert *c)
{
	lb_out_abandon(c->log);
	lb_show_clear(&c->show);
	lb_package_free(c->package);
	lb_foundation_index_clear(&c->photos);
	lb_json_free(c->about);
	lb_container_free(c->container);
	free(c->ids);
	free(c->digests);
	free(c->used);
	lb_map_clear(&c->licenses);
	lb_map_clear(&c->people);
	free(c->persons);
	lb_map_clear(&c->titles);
	free(c->title_list);
	lb_map_clear(&c->kept_names);
	free(c->gaps);
	lb_arena_clear(&c->facts);
	lb_arena_clear(&c->arena);
}

/* A package inside its source would change the source, and be a part of it the next time. */
static int check_place(const char *source, const struct lb_new_folder *folder, struct lb_error *err)
{
	LB_AUTO(lb_freep) char *from = realpath(source, NULL);
	LB_AUTO(lb_freep) char *to = realpath(folder->parent, NULL);
	size_t n = from ? strlen(from) : 0;
	if (!from || !to || strncmp(to, from, n) != 0 || (to[n] != '/' && to[n] != '\0' && n > 1))
		return 0; /* where one of them is not there, what comes next says so */
	lb_fail(err, LB_USAGE, "cannot write \"%s\": it would be inside of \"%s\", which is only read", folder->dir, source);
	return lb_hint(err, "name a folder elsewhere");
}

int lb_create_convert(const char *dir, const struct lb_convert_request *request, const struct lb_ctx *ctx, struct lb_convert_result *out,
	struct lb_error *err)
{
	LB_AUTO(lb_new_folder_clear) struct lb_new_folder folder = { 0 };
	LB_AUTO(convert_clear) struct lb_convert c = { .request = request, .ctx = ctx };
	LB_AUTO(lb_buf_clear) struct lb_buf made = LB_BUF(1 << 16);
	LB_AUTO(lb_buf_clear) struct lb_buf staging = LB_BUF(1 << 16);
	lb_ctx_event(ctx, &(struct lb_event){ .kind = LB_EVENT_STAGE, .what = "convert" });
	LB_TRY(lb_new_folder_name(&folder, dir, err));
	LB_TRY(check_place(request->source, &folder, err));
	LB_TRY(lb_new_folder_make(&folder, err));
	lb_path_join(&made, folder.temp, "package");
	lb_path_join(&staging, folder.temp, "media");
	c.staging = lb_buf_str(&staging);
	LB_TRY(fill(&c, lb_buf_str(&made), err));
	LB_TRY(lb_new_folder_place(&folder, "package", err));
	*out = c.result;
	return 0;
}
