/* Albums, and the collections that members keep them in. */
#include "lifeboat/flickr/fields.h"

#define COLLECTIONS_MAX 10000
#define COLLECTIONS_DEEP 32

/* ---- flickr.photosets.getInfo, getList, getPhotos -------------------------------------------- */

void lb_album_init(void *album)
{
	*(struct lb_album *)album = (struct lb_album){ .count_photos = LB_UNKNOWN, .count_videos = LB_UNKNOWN,
		.count_views = LB_UNKNOWN, .count_comments = LB_UNKNOWN, .date_created = LB_UNKNOWN,
		.date_updated = LB_UNKNOWN };
}

/* In the wrapper of getPhotos title and owner's name are attributes. */
#define AT(member) offsetof(struct lb_album, member)
static const struct lb_field album_fields[] = {
	{ NULL, "id", LB_FIELD_DIGITS, true, AT(id) },
	{ NULL, "owner", LB_FIELD_NAME, false, AT(owner_id) },
	{ NULL, "ownername", LB_FIELD_TEXT, false, AT(owner_name) },
	{ NULL, "username", LB_FIELD_TEXT, false, AT(owner_name) },
	{ NULL, "primary", LB_FIELD_DIGITS, false, AT(primary_photo_id) },
	{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
	{ "title", NULL, LB_FIELD_TEXT, false, AT(title) },
	{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	{ NULL, "photos", LB_FIELD_NUMBER, false, AT(count_photos) },
	{ NULL, "count_photos", LB_FIELD_NUMBER, false, AT(count_photos) },
	{ NULL, "videos", LB_FIELD_NUMBER, false, AT(count_videos) },
	{ NULL, "count_videos", LB_FIELD_NUMBER, false, AT(count_videos) },
	{ NULL, "count_views", LB_FIELD_NUMBER, false, AT(count_views) },
	{ NULL, "count_comments", LB_FIELD_NUMBER, false, AT(count_comments) },
	{ NULL, "date_create", LB_FIELD_NUMBER, false, AT(date_created) },
	{ NULL, "date_update", LB_FIELD_NUMBER, false, AT(date_updated) },
};
#undef AT
static const struct lb_row_table album_record = LB_ROW_TABLE(album_fields, struct lb_album, lb_album_init, 10000);

int lb_overlay_album(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *album, struct lb_error *err)
{
	const struct lb_xml *e;
	struct lb_album fresh = *album;
	LB_TRY(lb_fields_promised(rsp, "photoset", &e, err));
	LB_TRY(lb_fields_overlay(&album_record, e, a, &fresh, err));
	*album = fresh;
	return 0;
}

int lb_parse_album(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *out, struct lb_error *err)
{
	struct lb_album fresh;
	lb_album_init(&fresh);
	LB_TRY(lb_overlay_album(rsp, a, &fresh, err));
	*out = fresh;
	return 0;
}

int lb_parse_albums(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album **out, size_t *count,
	struct lb_page *page, struct lb_error *err)
{
	const struct lb_xml *e;
	void *rows;
	struct lb_page got;
	LB_TRY(lb_fields_promised(rsp, "photosets", &e, err));
	LB_TRY(lb_fields_page(e, a, &got, err));
	LB_TRY(lb_fields_list(&album_record, e, "photoset", a, &rows, &got.got, err));
	*out = rows;
	*count = got.got;
	*page = got;
	return 0;
}

/* ---- flickr.collections.getTree -------------------------------------------------------------- */

struct tree {
	struct lb_arena *a;
	struct lb_collection *nodes;
	size_t count, cap;
	/* One for each level: the next collection there, and whose children they are. */
	struct { const struct lb_xml *next; const char *parent_id; } level[COLLECTIONS_DEEP];
	size_t depth;
};

static int read_collection(const struct lb_xml *e, struct lb_arena *a, struct lb_collection *out,
	struct lb_error *err)
{
#define AT(member) offsetof(struct lb_collection, member)
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, AT(id) },
		{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
		{ NULL, "description", LB_FIELD_TEXT, false, AT(description) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_collection, NULL, 0);
	static const struct lb_field set_fields[] = { { NULL, "id", LB_FIELD_DIGITS, true, 0 } };
	static const struct lb_row_table set_record = LB_ROW_TABLE(set_fields, const char *, NULL, 0);
	void *ids;
	LB_TRY(lb_fields_read(&record, e, a, out, err));
	LB_TRY(lb_fields_list(&set_record, e, "set", a, &ids, &out->nalbum_ids, err));
	out->album_ids = ids;
	return 0;
}

static int add_collection(struct tree *t, const struct lb_xml *e, struct lb_error *err)
{
	struct lb_collection fresh = { .parent_id = t->level[t->depth - 1].parent_id };
	const struct lb_xml *inner = lb_xml_child(e, "collection");
	LB_TRY(read_collection(e, t->a, &fresh, err));
	if (t->count == COLLECTIONS_MAX || (inner && t->depth == COLLECTIONS_DEEP))
		return lb_fail(err, LB_LIMIT, "cannot use Flickr's answer: more than %d collections, or nested more than "
			"%d deep", COLLECTIONS_MAX, COLLECTIONS_DEEP);
	t->nodes = lb_fields_reserve(t->a, t->nodes, t->count, &t->cap, 1, sizeof fresh);
	t->nodes[t->count++] = fresh;
	if (inner) {
		t->level[t->depth].next = inner;
		t->level[t->depth++].parent_id = fresh.id;
	}
	return 0;
}

int lb_parse_collections(const struct lb_xml *rsp, struct lb_arena *a, struct lb_collection **out, size_t *count,
	struct lb_error *err)
{
	const struct lb_xml *top;
	struct tree t = { .a = a, .depth = 1 };
	LB_TRY(lb_fields_promised(rsp, "collections", &top, err));
	t.level[0].next = lb_xml_child(top, "collection");
	while (t.depth > 0) {
		const struct lb_xml *e = t.level[t.depth - 1].next;
		if (!e) {
			t.depth--;
			continue;
		}
		t.level[t.depth - 1].next = lb_xml_next(e, "collection");
		LB_TRY(add_collection(&t, e, err));
	}
	*out = t.nodes;
	*count = t.count;
	return 0;
}
