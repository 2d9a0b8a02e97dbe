#include "lifeboat/creator/convert_private.h"

#include <stdlib.h>
#include <string.h>

bool lb_convert_is_content(int rc)
{
	return rc == LB_FORMAT || rc == LB_LIMIT || rc == LB_NOTFOUND;
}

/* ---- digests of the data files ------------------------------------------------------------------------------------------ */

struct hashing { struct lb_convert *c; struct lb_digest *digest; };

static int add_piece(void *arg, const void *data, size_t n, struct lb_error *err)
{
	struct hashing *h = arg;
	LB_TRY(lb_ctx_check(h->c->ctx, err));
	lb_digest_add(h->digest, data, n);
	return 0;
}

static bool is_data_file(const struct lb_convert *c, size_t i)
{
	LB_AUTO(lb_buf_clear) struct lb_buf folder = LB_BUF(4096);
	lb_buf_addf(&folder, "%smetadata/", c->from.base);
	return c->members[i].kind == LB_MEMBER_FILE && lb_span_starts(lb_span(c->members[i].path), lb_buf_str(&folder));
}

static int hash_member(void *arg, size_t i, struct lb_error *err)
{
	struct lb_convert *c = arg;
	if (!is_data_file(c, i))
		return 0;
	LB_AUTO(lb_digest_freep) struct lb_digest *digest = lb_digest_new(LB_SHA256);
	struct hashing h = { c, digest };
	LB_TRY(lb_container_stream(c->container, i, add_piece, &h, err));
	lb_digest_hex(digest, c->digests[i]);
	return 0;
}

/* "<sha256>  <path in the lifeboat>\n" of every data file, by the bytes of the paths. */
static void sum_up(struct lb_convert *c)
{
	LB_AUTO(lb_digest_freep) struct lb_digest *all = lb_digest_new(LB_SHA256);
	for (size_t i = 0; i < c->nmembers; i++) {
		const char *path = c->members[i].path + (c->digests[i][0] ? strlen(c->from.base) : 0);
		if (!c->digests[i][0])
			continue;
		lb_digest_add(all, c->digests[i], LB_SHA256_HEX - 1);
		lb_digest_add(all, "  ", 2);
		lb_digest_add(all, path, strlen(path));
		lb_digest_add(all, "\n", 1);
	}
	lb_digest_hex(all, c->sha256);
}

/* ---- the order of the photos ------------------------------------------------------------------------------------------------ */

static bool is_photo_id(const char *id)
{
	size_t n = strlen(id);
	return n > 0 && n <= 24 && strspn(id, "0123456789") == n;
}

static void take_row(struct lb_convert *c, const struct lb_foundation_row *row)
{
	LB_AUTO(lb_json_freep) struct lb_json *entry = NULL;
	if (is_photo_id(row->key))
		c->ids[c->nids++] = row->key;
	if (lb_foundation_row_parse(row, &entry, NULL) != LB_OK)
		return; /* told with the photo */
	const char *visibility = lb_json_get_str(entry, "visibility");
	c->any_private = c->any_private || (visibility && strcmp(visibility, "public") != 0);
}

static int read_photo_index(struct lb_convert *c, struct lb_error *err)
{
	struct lb_error why = { 0 };
	int rc = lb_foundation_index_read(&c->from, "photoIndex", &c->photos, &why);
	if (rc && !lb_convert_is_content(rc))
		return lb_fail(err, (enum lb_status)rc, "%s", why.what);
	if (rc)
		return lb_fail(err, LB_FORMAT, "cannot convert \"%s\": metadata/photoIndex.js: %s", c->request->source, why.what);
	if (c->photos.twice) {
		lb_fail(err, LB_FORMAT, "cannot convert \"%s\": metadata/photoIndex.js has \"%.40s\" more than once", c->request->source, c->photos.twice);
		return lb_hint(err, "`lifeboat verify` tells what else is wrong");
	}
	c->ids = lb_alloc((c->photos.count + 1) * sizeof *c->ids);
	for (size_t i = 0; i < c->photos.count; i++) {
		LB_TRY(lb_ctx_check(c->ctx, err));
		take_row(c, &c->photos.rows[i]);
	}
	return 0;
}

int lb_convert_read(struct lb_convert *c, struct lb_error *err)
{
	char name[64];
	c->digests = lb_alloc((c->nmembers + 1) * sizeof *c->digests);
	c->used = lb_alloc(c->nmembers + 1);
	LB_TRY(lb_parallel(c->ctx, c->nmembers, hash_member, c, err));
	sum_up(c);
	LB_TRY(read_photo_index(c, err));
	struct lb_error why = { 0 };
	int rc = lb_foundation_read(&c->from, "metadata/lifeboat.js", name, &c->about, &why);
	if (rc && !lb_convert_is_content(rc))
		return lb_fail(err, (enum lb_status)rc, "%s", why.what);
	if (rc && rc != LB_NOTFOUND)
		c->about_fault = lb_arena_strdup(&c->facts, why.what);
	else if (!rc && !lb_json_is_object(c->about))
		c->about_fault = "it is no object";
	c->layouts[LB_WRITTEN_ABOUT] = c->about != NULL;
	return 0;
}

/* ---- the other indexes ---------------------------------------------------------------------------------------------------- */

void lb_convert_lose(struct lb_convert *c, const char *index, const char *key, const char *why)
{
	LB_AUTO(lb_buf_clear) struct lb_buf subject = LB_BUF(1024);
	lb_buf_adds(&subject, index);
	if (key) {
		lb_buf_addc(&subject, ' ');
		lb_show(&subject, (struct lb_span){ key, strnlen(key, 64) });
	}
	c->result.lost++;
	lb_convert_gap(c, (struct lb_gap){ .kind = LB_GAP_FAILED, .subject = lb_buf_str(&subject), .layer = "source", .code = LB_UNKNOWN, .message = why });
}

static void add_person(struct lb_convert *c, const char *key, const struct lb_json *entry)
{
	struct lb_person person;
	lb_foundation_person(key, entry, &person);
	lb_package_add_person(c->package, &person);
	size_t number = c->people.count;
	lb_map_put(&c->people, lb_span(key), number);
	LB_GROW(c->persons, number, c->persons_cap);
	lb_person_init(&c->persons[number]);
	c->persons[number].username = lb_arena_strdup(&c->facts, person.username);
	c->persons[number].realname = lb_arena_strdup(&c->facts, person.realname);
	c->persons[number].path_alias = lb_arena_strdup(&c->facts, person.path_alias);
}

#define ADDRESS_MAX 2000 /* bytes; METS.xml names it */

static void add_license(struct lb_convert *c, const char *key, const struct lb_json *entry)
{
	struct lb_license license = { lb_license_number(key), lb_json_get_str(entry, "label"), lb_json_get_str(entry, "url") };
	if (!lb_convert_license(c, license.id)) {
		lb_convert_lose(c, "licenseIndex", key, "its id is too much like another one: it is kept in the source's own file only");
		return;
	}
	if (license.url && strlen(license.url) > ADDRESS_MAX) {
		lb_convert_lose(c, "licenseIndex", key, "its address is too long: it is kept in the source's own file only");
		license.url = NULL;
	}
	lb_package_add_license(c->package, &license);
}

static void remember_title(struct lb_convert *c, const char *kind, const char *key, const char *title)
{
	LB_AUTO(lb_buf_clear) struct lb_buf name = LB_BUF(1 << 16);
	lb_buf_addf(&name, "%s %s", kind, key);
	size_t number = c->titles.count;
	if (!title || !lb_map_put(&c->titles, lb_buf_span(&name), number))
		return;
	LB_GROW(c->title_list, number, c->titles_cap);
	c->title_list[number] = lb_arena_strdup(&c->facts, title);
}

static const char *plain_owner(struct lb_convert *c, const char *index, const char *key, const char *id)
{
	if (!id || lb_foundation_is_id(id))
		return id;
	lb_convert_lose(c, index, key, "the id of its owner or of a commenter is none that Flickr gives: it is left out");
	return NULL;
}

static void add_album(struct lb_convert *c, const char *key, const struct lb_json *entry)
{
	struct lb_album album;
	lb_foundation_album(key, entry, &c->arena, &album);
	album.owner_id = plain_owner(c, "albumIndex", key, album.owner_id);
	for (size_t i = 0; i < album.ncomments; i++)
		album.comments[i].author.nsid = plain_owner(c, "albumIndex", key, album.comments[i].author.nsid);
	lb_package_add_album(c->package, &album);
	remember_title(c, "album", key, album.title);
}

static void add_gallery(struct lb_convert *c, const char *key, const struct lb_json *entry)
{
	struct lb_gallery gallery;
	lb_foundation_gallery(key, entry, &c->arena, &gallery);
	gallery.owner.nsid = plain_owner(c, "galleryIndex", key, gallery.owner.nsid);
	lb_package_add_gallery(c->package, &gallery);
	remember_title(c, "gallery", key, gallery.title);
}

static void add_group(struct lb_convert *c, const char *key, const struct lb_json *entry)
{
	struct lb_group group;
	lb_foundation_group(key, entry, &c->arena, &group);
	lb_package_add_group(c->package, &group);
	remember_title(c, "group", key, group.title);
}

static const struct { const char *name; void (*add)(struct lb_convert *c, const char *key, const struct lb_json *entry); } others[] = {
	{ "licenseIndex", add_license }, { "contributorIndex", add_person }, { "albumIndex", add_album }, { "galleryIndex", add_gallery },
	{ "groupIndex", add_group },
};
#define NO_ID "its id is none that Flickr gives: it is kept in the source's own file only"

static int add_index(struct lb_convert *c, size_t which, struct lb_error *err)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = { 0 };
	struct lb_error why = { 0 };
	int rc = lb_foundation_index_read(&c->from, others[which].name, &index, &why);
	if (rc == LB_NOTFOUND)
		return 0;
	if (rc && !lb_convert_is_content(rc))
		return lb_fail(err, (enum lb_status)rc, "%s", why.what);
	if (rc)
		lb_convert_lose(c, others[which].name, NULL, why.what);
	if (!rc && index.twice)
		lb_convert_lose(c, others[which].name, index.twice, "it is there more than once: the first counts");
	for (size_t i = 0; !rc && i < index.count; i++) {
		LB_AUTO(lb_json_freep) struct lb_json *entry = NULL;
		const char *key = index.rows[i].key;
		LB_TRY(lb_ctx_check(c->ctx, err));
		lb_arena_reset(&c->arena);
		if (lb_foundation_row_parse(&index.rows[i], &entry, &why) != LB_OK)
			lb_convert_lose(c, others[which].name, key, why.what);
		else if (!lb_foundation_is_id(key))
			lb_convert_lose(c, others[which].name, key, NO_ID);
		else
			others[which].add(c, key, entry);
	}
	return 0;
}

int lb_convert_indexes(struct lb_convert *c, struct lb_error *err)
{
	for (size_t i = 0; i < LB_COUNT(others); i++)
		LB_TRY(add_index(c, i, err));
	return 0;
}
