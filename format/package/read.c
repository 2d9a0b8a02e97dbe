/* Reading a package: lifeboat.json, and its photos one by one. */
#include <stdlib.h>
#include <string.h>

#include "format/package/container_private.h"
#include "format/text/text.h"

#define INFO_MAX ((size_t)256 << 20)
#define PHOTO_MAX ((size_t)64 << 20)
#define INDEX_MAX ((size_t)256 << 20)

/* What is wrong with the content of a file, told with the package and the file. A file larger or deeper than we accept is
 * no good one either. */
static int in_file(const struct lb_container *c, const char *file, int rc, struct lb_error *err)
{
	bool content = rc == LB_FORMAT || rc == LB_CORRUPT || rc == LB_LIMIT || rc == LB_UNSUPPORTED;
	if (!content || !err)
		return content && rc == LB_LIMIT ? LB_FORMAT : rc;
	struct lb_error inner = *err;
	lb_fail(err, rc == LB_LIMIT ? LB_FORMAT : (enum lb_status)rc, "\"%s\" in \"%s\": %s", file, c->path, inner.what);
	return inner.hint[0] ? lb_hint(err, "%s", inner.hint) : (int)err->status;
}

/* ---- lifeboat.json ---- */

int lb_package_check_version(const struct lb_json *info, struct lb_error *err)
{
	const char *format = lb_json_get_str(info, "format"), *version = lb_json_get_str(info, "formatVersion");
	struct lb_span rest = lb_span(version), major;
	uint64_t number, minor;
	if (!format || strcmp(format, "data-lifeboat") != 0)
		return lb_fail(err, LB_FORMAT, "does not say that its format is \"data-lifeboat\"");
	if (!version || !lb_span_cut(&rest, '.', &major) || !lb_parse_u64(major, &number) || !lb_parse_u64(rest, &minor))
		return lb_fail(err, LB_FORMAT, "does not say its format version");
	if (number != 1) {
		lb_fail(err, LB_UNSUPPORTED, "format version %.20s is not known here, only " LB_FORMAT_VERSION, version);
		return lb_hint(err, "a newer version of this program may read it");
	}
	return LB_OK;
}

static int parse_info(const struct lb_container *c, size_t member, struct lb_json **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(INFO_MAX);
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	LB_TRY(lb_container_read(c, member, INFO_MAX, &text, err));
	LB_TRY(lb_json_parse(lb_buf_span(&text), &info, err));
	LB_TRY(lb_package_check_version(info, err));
	*out = info;
	info = NULL;
	return LB_OK;
}

int lb_package_read_info(const struct lb_container *c, struct lb_json **out, struct lb_error *err)
{
	long member = lb_container_find(c, "lifeboat.json");
	if (member < 0)
		return lb_fail(err, LB_NOTFOUND, "\"%s\" is not a lifeboat: it has no lifeboat.json", c->path);
	return in_file(c, "lifeboat.json", parse_info(c, (size_t)member, out, err), err);
}

/* ---- photos ---- */

static int read_data(const struct lb_container *c, const char *path, size_t max, struct lb_json **out,
	struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(max);
	char name[64];
	long member = lb_container_find(c, path);
	if (member < 0)
		return in_file(c, path, lb_fail(err, LB_CORRUPT, "is missing"), err);
	int rc = lb_container_read(c, (size_t)member, max, &text, err);
	if (rc == LB_OK)
		rc = lb_datajs_parse(lb_buf_span(&text), name, out, err);
	return in_file(c, path, rc, err);
}

static void list_tags(const struct lb_json *photo, struct lb_arena *arena, struct lb_listing *l)
{
	const struct lb_json *tags = lb_json_get(photo, "tags");
	size_t count = lb_json_count(tags);
	l->tags = lb_arena_alloc(arena, (count + 1) * sizeof *l->tags);
	for (size_t i = 0; i < count; i++) {
		const struct lb_json *tag = lb_json_at(tags, i);
		const char *word = lb_json_get_str(tag, "normalizedValue");
		word = word && *word ? word : lb_json_get_str(tag, "rawValue");
		word = word ? word : lb_json_str(tag);
		if (word)
			l->tags[l->ntags++] = word;
	}
}

static void list_files(const struct lb_json *photo, const char *base, struct lb_arena *arena, struct lb_listing *l)
{
	static const char *const roles[LB_ROLE_COUNT] = {[LB_ORIGINAL] = "original", [LB_THUMBNAIL] = "thumbnail"};
	const struct lb_json *files = lb_json_get(photo, "files");
	l->files = lb_arena_alloc(arena, LB_COUNT(roles) * sizeof *l->files);
	for (size_t i = 0; i < LB_COUNT(roles); i++) {
		const struct lb_json *file = lb_json_get(files, roles[i]);
		const char *path = lb_json_str(file) ? lb_json_str(file) : lb_json_get_str(file, "path");
		const char *checksum = lb_json_get_str(file, "checksum");
		int64_t size = lb_json_int(lb_json_get(file, "size"), -1);
		if (path)
			l->files[l->nfiles++] = (struct lb_file_ref){lb_arena_printf(arena, "%s%s", base, path),
				checksum && strlen(checksum) == LB_SHA256_HEX - 1 ? checksum : NULL,
				size >= 0 ? (uint64_t)size : LB_SIZE_UNKNOWN};
	}
}

static const char *name_of(const struct lb_json *people, const char *owner, const struct lb_json *photo)
{
	const struct lb_json *person = owner ? lb_json_get(people, owner) : NULL;
	const char *names[] = {
		lb_json_get_str(person, "username"), lb_json_get_str(photo, "ownerName"),
		lb_json_get_str(person, "realname"),
	};
	for (size_t i = 0; i < LB_COUNT(names); i++)
		if (names[i] && *names[i])
			return names[i];
	return NULL;
}

void lb_listing_of(const struct lb_json *photo, const struct lb_json *people, const char *base, struct lb_arena *arena,
	struct lb_listing *l)
{
	const struct lb_json *taken = lb_json_get(photo, "dateTaken");
	*l = (struct lb_listing){
		.id = lb_json_get_str(photo, "id"),
		.title = lb_json_get_str(photo, "title"),
		.owner_id = lb_json_get_str(photo, "uploaderId"),
		.license_id = lb_json_get_str(photo, "licenseId"),
		.url = lb_json_get_str(photo, "url"),
		.posted = lb_json_get_str(photo, "dateUploaded"),
		.taken = lb_json_get_str(taken, "value"),
		.taken_granularity = lb_json_get_str(taken, "granularity"),
		.comments = lb_json_int(lb_json_get(photo, "countComments"), LB_UNKNOWN),
		.faves = lb_json_int(lb_json_get(photo, "countFaves"), LB_UNKNOWN),
		.withheld = lb_json_get_str(photo, "withheld"),
	};
	l->owner_name = name_of(people, l->owner_id, photo);
	list_tags(photo, arena, l);
	list_files(photo, base, arena, l);
}

static int list_photo(const struct lb_container *c, const char *id, const struct lb_json *people,
	lb_listing_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	LB_AUTO(lb_json_freep) struct lb_json *photo = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_listing listing;
	if (!id)
		return in_file(c, "lifeboat.json", lb_fail(err, LB_CORRUPT, "lists a photo without an id"), err);
	lb_buf_adds(&path, "data/");
	lb_layout_metadata(&path, id);
	LB_TRY(lb_buf_check(&path, "the id of a photo", err));
	LB_TRY(read_data(c, lb_buf_str(&path), PHOTO_MAX, &photo, err));
	lb_listing_of(photo, people, "data/", &arena, &listing);
	if (!listing.id || strcmp(listing.id, id) != 0)
		return in_file(c, lb_buf_str(&path), lb_fail(err, LB_CORRUPT, "is about another photo"), err);
	return each(arg, &listing, err);
}

int lb_package_list(const struct lb_container *c, lb_listing_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *people = NULL;
	LB_TRY(lb_package_read_info(c, &info, err));
	LB_TRY(read_data(c, "data/metadata/contributorIndex.js", INDEX_MAX, &people, err));
	const struct lb_json *photos = lb_json_get(info, "photos");
	for (size_t i = 0; i < lb_json_count(photos); i++)
		LB_TRY(list_photo(c, lb_json_str(lb_json_at(photos, i)), people, each, arg, err));
	return LB_OK;
}
