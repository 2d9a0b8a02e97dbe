/* Listing the photos, and what is known of the whole. */
#include <string.h>

#include "format/foundation/foundation.h"

/* What is wrong with a file, told with its name. A file larger or deeper than we accept is no good one either. */
static int in_file(const char *file, int rc, struct lb_error *err)
{
	bool content = rc == LB_FORMAT || rc == LB_CORRUPT || rc == LB_LIMIT;
	if (!content || !err)
		return content ? LB_FORMAT : rc;
	struct lb_error inner = *err;
	return lb_fail(err, LB_FORMAT, "\"%s\": %s", file, inner.what);
}

static int read_photo_index(const struct lb_foundation *f, struct lb_foundation_index *out, struct lb_error *err)
{
	static const char file[] = "metadata/photoIndex.js";
	LB_TRY(in_file(file, lb_foundation_index_read(f, "photoIndex", out, err), err));
	return out->twice ? lb_fail(err, LB_FORMAT, "\"%s\": has \"%.40s\" more than once", file, out->twice) : 0;
}

/* An index that is not there, or cannot be read, is an empty one: verify tells why. */
static void read_other(const struct lb_foundation *f, const char *name, struct lb_foundation_index *out)
{
	if (lb_foundation_index_read(f, name, out, NULL) != LB_OK)
		*out = (struct lb_foundation_index){0};
}

/* ---- a list ---- */

static const char *name_in(const struct lb_foundation_index *people, const char *nsid, struct lb_arena *arena)
{
	LB_AUTO(lb_json_freep) struct lb_json *person = NULL;
	size_t at;
	if (!nsid || !lb_map_get(&people->at, lb_span(nsid), &at) || lb_foundation_row_parse(&people->rows[at], &person, NULL))
		return NULL;
	const char *name = lb_json_get_str(person, "username"), *real = lb_json_get_str(person, "realname");
	return lb_arena_strdup(arena, name && *name ? name : real && *real ? real : NULL);
}

/* What the photo's own file leaves out. */
static void fill_from_entry(struct lb_listing *l, const struct lb_listing *entry)
{
	const char **const texts[] = {&l->title, &l->owner_id, &l->license_id, &l->posted};
	const char *const others[] = {entry->title, entry->owner_id, entry->license_id, entry->posted};
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		if (!*texts[i])
			*texts[i] = others[i];
	if (!l->taken) {
		l->taken = entry->taken;
		l->taken_granularity = entry->taken_granularity;
	}
	l->comments = l->comments == LB_UNKNOWN ? entry->comments : l->comments;
	l->faves = l->faves == LB_UNKNOWN ? entry->faves : l->faves;
	if (!l->ntags) {
		l->tags = entry->tags;
		l->ntags = entry->ntags;
	}
	if (!l->withheld)
		l->withheld = entry->withheld;
}

static int list_photo(const struct lb_foundation *f, const struct lb_foundation_row *row, const struct lb_foundation_index *people,
	lb_listing_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	LB_AUTO(lb_json_freep) struct lb_json *entry = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *photo = NULL;
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_listing listing, listed;
	char name[64];
	LB_TRY(in_file("metadata/photoIndex.js", lb_foundation_row_parse(row, &entry, err), err));
	lb_foundation_photo_path(&path, row->key, entry);
	int rc = lb_foundation_read(f, lb_buf_str(&path), name, &photo, err);
	if (rc && rc != LB_FORMAT && rc != LB_LIMIT && rc != LB_NOTFOUND)
		return rc;
	lb_listing_of(photo, NULL, f->base, &arena, &listing);
	lb_listing_of(entry, NULL, f->base, &arena, &listed);
	fill_from_entry(&listing, &listed);
	listing.id = row->key;
	const char *owner = name_in(people, listing.owner_id, &arena);
	listing.owner_name = owner ? owner : listing.owner_name;
	return each(arg, &listing, err);
}

int lb_foundation_list(const struct lb_foundation *f, lb_listing_fn *each, void *arg, struct lb_error *err)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index photos = {0};
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index people = {0};
	LB_TRY(read_photo_index(f, &photos, err));
	read_other(f, "contributorIndex", &people);
	for (size_t i = 0; i < photos.count; i++)
		LB_TRY(list_photo(f, &photos.rows[i], &people, each, arg, err));
	return LB_OK;
}

/* ---- the whole ---- */

struct sums { size_t photos, videos; uint64_t comments, faves; struct lb_map licenses; };

static void sums_clear(struct sums *s)
{
	lb_map_clear(&s->licenses);
}

static uint64_t at_least_zero(const struct lb_json *entry, const char *key)
{
	int64_t n = lb_json_int(lb_json_get(entry, key), 0);
	return n > 0 ? (uint64_t)n : 0;
}

static int add_up(const struct lb_foundation_index *photos, struct sums *s, struct lb_error *err)
{
	for (size_t i = 0; i < photos->count; i++) {
		LB_AUTO(lb_json_freep) struct lb_json *entry = NULL;
		LB_TRY(in_file("metadata/photoIndex.js", lb_foundation_row_parse(&photos->rows[i], &entry, err), err));
		const char *license = lb_json_get_str(entry, "licenseId");
		size_t before = 0;
		s->photos++;
		s->comments += at_least_zero(entry, "countComments");
		s->faves += at_least_zero(entry, "countFaves");
		if (!license)
			continue;
		lb_map_get(&s->licenses, lb_span(license), &before);
		lb_map_put(&s->licenses, lb_span(license), before + 1);
	}
	return 0;
}

static void write_licenses(const struct lb_foundation *f, const struct sums *s, struct lb_jw *w)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	read_other(f, "licenseIndex", &index);
	lb_jw_array(w, "licenses");
	for (size_t i = 0; i < s->licenses.count; i++) {
		LB_AUTO(lb_json_freep) struct lb_json *license = NULL;
		const struct lb_map_item *item = &s->licenses.items[i];
		size_t at;
		if (lb_map_get(&index.at, lb_span(item->key), &at) && lb_foundation_row_parse(&index.rows[at], &license, NULL))
			license = NULL;
		lb_jw_object(w, NULL);
		lb_jw_str(w, "id", item->key);
		lb_jw_str(w, "label", lb_json_get_str(license, "label"));
		lb_jw_str(w, "url", lb_json_get_str(license, "url"));
		lb_jw_int(w, "photos", (int64_t)item->value);
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

static size_t entries_of(const struct lb_foundation *f, const char *name)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	read_other(f, name, &index);
	return index.count;
}

static void write_counts(const struct lb_foundation *f, const struct sums *s, struct lb_jw *w)
{
	static const struct { const char *name, *index; } indexes[] = {
		{"albums", "albumIndex"}, {"galleries", "galleryIndex"}, {"groups", "groupIndex"}, {"contributors", "contributorIndex"},
	};
	size_t count, files = 0;
	uint64_t bytes = 0;
	const struct lb_member *m = lb_container_members(f->container, &count);
	for (size_t i = 0; i < count; i++)
		if (m[i].kind == LB_MEMBER_FILE && lb_span_starts(lb_span(m[i].path), f->base)) {
			files++;
			bytes += m[i].size;
		}
	lb_jw_object(w, "counts");
	lb_jw_int(w, "photos", (int64_t)s->photos);
	lb_jw_int(w, "comments", (int64_t)s->comments);
	lb_jw_int(w, "faves", (int64_t)s->faves);
	for (size_t i = 0; i < LB_COUNT(indexes); i++)
		lb_jw_int(w, indexes[i].name, (int64_t)entries_of(f, indexes[i].index));
	lb_jw_int(w, "files", (int64_t)files);
	lb_jw_int(w, "bytes", (int64_t)bytes);
	lb_jw_end(w);
}

/* The Foundation's texts are "" where nothing was said. */
static const char *said(const struct lb_json *object, const char *key)
{
	const char *text = lb_json_get_str(object, key);
	return text && *text ? text : NULL;
}

static void write_about(const struct lb_foundation *f, struct lb_jw *w)
{
	LB_AUTO(lb_json_freep) struct lb_json *about = NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(1 << 16);
	char name[64];
	if (lb_foundation_read(f, "metadata/lifeboat.js", name, &about, NULL) != LB_OK)
		about = NULL;
	const char *root = lb_container_root(f->container);
	lb_buf_adds(&folder, f->bagged || !*f->base ? root ? root : "" : f->base);
	if (folder.len && folder.p[folder.len - 1] == '/')
		folder.p[folder.len - 1] = '\0';
	lb_jw_str(w, "format", "flickr-foundation");
	lb_jw_null(w, "formatVersion");
	lb_jw_str(w, "id", said(about, "id"));
	lb_jw_str(w, "title", said(about, "name"));
	lb_jw_str(w, "folder", *lb_buf_str(&folder) ? lb_buf_str(&folder) : NULL);
	lb_jw_str(w, "purpose", said(about, "purpose"));
	lb_jw_str(w, "futureConsiderations", said(about, "futureConsiderations"));
	lb_jw_object(w, "maker");
	lb_jw_str(w, "id", said(lb_json_get(about, "creator"), "id"));
	lb_jw_str(w, "name", said(lb_json_get(about, "creator"), "name"));
	lb_jw_end(w);
	lb_jw_str(w, "created", said(about, "dateCreated"));
	lb_jw_null(w, "program");
	lb_jw_null(w, "policy");
	lb_jw_null(w, "selection");
}

int lb_foundation_info(const struct lb_foundation *f, struct lb_json **out, struct lb_error *err)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index photos = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(64 << 20);
	LB_AUTO(sums_clear) struct sums sums = {0};
	struct lb_jw w;
	LB_TRY(read_photo_index(f, &photos, err));
	LB_TRY(add_up(&photos, &sums, err));
	lb_jw_begin(&w, &text, true);
	lb_jw_object(&w, NULL);
	write_about(f, &w);
	write_counts(f, &sums, &w);
	write_licenses(f, &sums, &w);
	lb_jw_end(&w);
	LB_TRY(lb_buf_check(&text, "what is known of the package", err));
	return lb_json_parse(lb_buf_span(&text), out, err);
}
