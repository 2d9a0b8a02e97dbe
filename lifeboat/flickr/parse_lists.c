/* Lists of photos: streams, albums, galleries, pools, searches, faves. */
#include <stdio.h>

#include "lifeboat/flickr/fields.h"

#define PHOTOS_MAX 10000 /* Flickr gives 500 a page, in a few old methods 1000 */

/* All that a row can tell: what is read here is not asked again photo by photo, and stays when the photo is lost before
 * its turn comes. */
const char lb_list_extras[] =
	"can_download,count_comments,count_faves,count_views,date_taken,date_upload,description,geo,icon_server,"
	"last_update,license,machine_tags,media,o_dims,original_format,owner_name,path_alias,publiceditability,realname,"
	"rotation,safety_level,tags,usage,views,visibility,"
	"url_3k,url_4k,url_5k,url_6k,url_c,url_h,url_k,url_l,url_m,url_n,url_o,url_q,url_s,url_sq,url_t,url_w,url_z";

#define AT(member) offsetof(struct lb_photo, member)
static const struct lb_field photo_fields[] = {
	{ NULL, "id", LB_FIELD_DIGITS, true, AT(id) },
	{ NULL, "secret", LB_FIELD_NAME, false, AT(secret) },
	{ NULL, "server", LB_FIELD_NAME, false, AT(server) },
	{ NULL, "farm", LB_FIELD_NAME, false, AT(farm) },
	{ NULL, "originalsecret", LB_FIELD_NAME, false, AT(original_secret) },
	{ NULL, "originalformat", LB_FIELD_NAME, false, AT(original_format) },
	{ NULL, "media", LB_FIELD_WORD, false, AT(media) },
	{ NULL, "owner", LB_FIELD_NAME, false, AT(owner.nsid) },
	{ NULL, "ownername", LB_FIELD_EXACT, false, AT(owner.username) },
	{ NULL, "realname", LB_FIELD_TEXT, false, AT(owner.realname) },
	{ NULL, "pathalias", LB_FIELD_WORD, false, AT(owner.path_alias) },
	{ NULL, "iconserver", LB_FIELD_WORD, false, AT(owner.iconserver) },
	{ NULL, "iconfarm", LB_FIELD_WORD, false, AT(owner.iconfarm) },
	{ NULL, "title", LB_FIELD_TEXT, false, AT(title) },
	{ "description", NULL, LB_FIELD_TEXT, false, AT(description) },
	{ NULL, "license", LB_FIELD_WORD, false, AT(license_id) },
	{ NULL, "safety_level", LB_FIELD_NUMBER, false, AT(safety_level) },
	{ NULL, "rotation", LB_FIELD_NUMBER, false, AT(rotation) },
	{ NULL, "views", LB_FIELD_NUMBER, false, AT(views) },
	{ NULL, "count_views", LB_FIELD_NUMBER, false, AT(views) },
	{ NULL, "count_comments", LB_FIELD_NUMBER, false, AT(count_comments) },
	{ NULL, "count_faves", LB_FIELD_NUMBER, false, AT(count_faves) },
	{ NULL, "dateupload", LB_FIELD_NUMBER, false, AT(date_posted) },
	{ NULL, "lastupdate", LB_FIELD_NUMBER, false, AT(date_updated) },
	{ NULL, "datetaken", LB_FIELD_TEXT, false, AT(taken.value) },
	{ NULL, "datetakengranularity", LB_FIELD_NUMBER, false, AT(taken.granularity) },
	{ NULL, "datetakenunknown", LB_FIELD_FLAG, false, AT(taken.unknown) },
	{ NULL, "ispublic", LB_FIELD_FLAG, false, AT(is_public) },
	{ NULL, "isfriend", LB_FIELD_FLAG, false, AT(is_friend) },
	{ NULL, "isfamily", LB_FIELD_FLAG, false, AT(is_family) },
	{ "visibility", "ispublic", LB_FIELD_FLAG, false, AT(is_public) },
	{ "visibility", "isfriend", LB_FIELD_FLAG, false, AT(is_friend) },
	{ "visibility", "isfamily", LB_FIELD_FLAG, false, AT(is_family) },
	{ NULL, "can_download", LB_FIELD_FLAG, false, AT(can_download) },
	{ "usage", "candownload", LB_FIELD_FLAG, false, AT(can_download) },
	{ "usage", "canblog", LB_FIELD_FLAG, false, AT(can_blog) },
	{ "usage", "canprint", LB_FIELD_FLAG, false, AT(can_print) },
	{ "usage", "canshare", LB_FIELD_FLAG, false, AT(can_share) },
	{ "publiceditability", "cancomment", LB_FIELD_FLAG, false, AT(public_can_comment) },
	{ "publiceditability", "canaddmeta", LB_FIELD_FLAG, false, AT(public_can_add_meta) },
	{ NULL, "geo_is_public", LB_FIELD_FLAG, false, AT(geo_is_public) },
	{ NULL, "geo_is_contact", LB_FIELD_FLAG, false, AT(geo_is_contact) },
	{ NULL, "geo_is_friend", LB_FIELD_FLAG, false, AT(geo_is_friend) },
	{ NULL, "geo_is_family", LB_FIELD_FLAG, false, AT(geo_is_family) },
	{ NULL, "latitude", LB_FIELD_DECIMAL, false, AT(location.latitude) },
	{ NULL, "longitude", LB_FIELD_DECIMAL, false, AT(location.longitude) },
	{ NULL, "accuracy", LB_FIELD_NUMBER, false, AT(location.accuracy) },
	{ NULL, "context", LB_FIELD_NUMBER, false, AT(location.context) },
};
#undef AT

static void init_photo(void *photo)
{
	lb_photo_init(photo);
}

static const struct lb_row_table photo_record = LB_ROW_TABLE(photo_fields, struct lb_photo, init_photo, PHOTOS_MAX);

/* ---- what takes more than one attribute ------------------------------------------------------ */

/* Rows without a place say latitude 0, longitude 0 and no geo_is_…; a photo may truly be at 0, 0. */
static void settle_location(struct lb_photo *p)
{
	struct lb_location *l = &p->location;
	l->present = l->latitude && l->longitude && p->geo_is_public != LB_UNKNOWN;
	if (!l->present) {
		l->latitude = l->longitude = NULL;
		l->accuracy = l->context = LB_UNKNOWN;
	}
}

/* The machine tags are told a second time, in the same order. */
static int is_machine(struct lb_span tag, struct lb_span *machines)
{
	struct lb_span rest = *machines, first;
	if (!lb_span_cut(&rest, ' ', &first) || !lb_span_eq(first, tag))
		return 0;
	*machines = rest;
	return 1;
}

static void read_tags(const struct lb_xml *e, struct lb_arena *a, struct lb_photo *p)
{
	const char *machine_tags = lb_xml_attr(e, "machine_tags");
	struct lb_span rest = lb_span(lb_xml_attr(e, "tags")), part, machines = lb_span(machine_tags);
	size_t room = 1;
	for (size_t i = 0; i < rest.n; i++)
		room += rest.p[i] == ' ';
	if (rest.n == 0)
		return;
	p->tags = lb_arena_alloc(a, room * sizeof *p->tags);
	while (lb_span_cut(&rest, ' ', &part)) {
		if (part.n)
			p->tags[p->ntags++] = (struct lb_tag){ .normalized = lb_arena_strndup(a, part.p, part.n),
				.machine = machine_tags ? is_machine(part, &machines) : LB_UNKNOWN };
	}
}

static int64_t number_attr(const struct lb_xml *e, const char *prefix, const char *letters)
{
	char name[32];
	int64_t n;
	snprintf(name, sizeof name, "%s%s", prefix, letters);
	const char *value = lb_xml_attr(e, name);
	return value && lb_parse_i64(lb_span(value), &n) && n >= 0 ? n : LB_UNKNOWN;
}

static bool read_size(const struct lb_xml *e, const char *letters, const char *label, struct lb_arena *a,
	struct lb_size *out)
{
	char name[32];
	snprintf(name, sizeof name, "url_%s", letters);
	const char *source = lb_xml_attr(e, name);
	if (!source || !*source)
		return false;
	*out = (struct lb_size){ .label = label, .source = lb_arena_strdup(a, source), .media = "photo",
		.width = number_attr(e, "width_", letters), .height = number_attr(e, "height_", letters) };
	return true;
}

/* The letters of the extras are not those of the addresses: url_s is 240 px, there called _m. All are pictures, those
 * of a video too (its poster). */
static void read_sizes(const struct lb_xml *e, struct lb_arena *a, struct lb_photo *p)
{
	static const struct { const char *letters, *label; } sizes[] = {
		{ "sq", "Square" }, { "q", "Large Square" }, { "t", "Thumbnail" }, { "s", "Small" },
		{ "n", "Small 320" }, { "w", "Small 400" }, { "m", "Medium" }, { "z", "Medium 640" },
		{ "c", "Medium 800" }, { "l", "Large" }, { "h", "Large 1600" }, { "k", "Large 2048" },
		{ "3k", "X-Large 3K" }, { "4k", "X-Large 4K" },
		{ "5k", "X-Large 5K" }, { "6k", "X-Large 6K" }, { "o", "Original" },
	};
	struct lb_size found[LB_COUNT(sizes)];
	size_t n = 0;
	for (size_t i = 0; i < LB_COUNT(sizes); i++)
		n += read_size(e, sizes[i].letters, sizes[i].label, a, &found[n]);
	p->sizes = n ? lb_arena_alloc(a, n * sizeof *p->sizes) : NULL;
	for (size_t i = 0; i < n; i++)
		p->sizes[i] = found[i];
	p->nsizes = n;
}

/* ---- the list -------------------------------------------------------------------------------- */

/* Albums name the owner once, in the wrapper. */
static int read_owner(const struct lb_xml *wrapper, struct lb_arena *a, struct lb_person *out, struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "owner", LB_FIELD_NAME, false, offsetof(struct lb_person, nsid) },
		{ NULL, "ownername", LB_FIELD_EXACT, false, offsetof(struct lb_person, username) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_person, NULL, 0);
	return lb_fields_read(&record, wrapper, a, out, err);
}

static int find_wrapper(const struct lb_xml *rsp, const struct lb_xml **out, struct lb_error *err)
{
	*out = lb_xml_child(rsp, "photoset");
	return *out ? 0 : lb_fields_promised(rsp, "photos", out, err);
}

int lb_parse_photo_list(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo **out, size_t *count,
	struct lb_page *page, struct lb_error *err)
{
	const struct lb_xml *wrapper;
	struct lb_page got;
	struct lb_person owner;
	void *rows;
	LB_TRY(find_wrapper(rsp, &wrapper, err));
	LB_TRY(lb_fields_page(wrapper, a, &got, err));
	LB_TRY(read_owner(wrapper, a, &owner, err));
	LB_TRY(lb_fields_list(&photo_record, wrapper, "photo", a, &rows, &got.got, err));
	struct lb_photo *p = rows;
	for (const struct lb_xml *e = lb_xml_child(wrapper, "photo"); e; e = lb_xml_next(e, "photo"), p++) {
		settle_location(p);
		read_tags(e, a, p);
		read_sizes(e, a, p);
		if (!p->owner.nsid)
			p->owner.nsid = owner.nsid;
		if (!p->owner.username)
			p->owner.username = owner.username;
	}
	*out = rows;
	*count = got.got;
	*page = got;
	return 0;
}
