/* Methods about one photograph. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fake/answer.h"

const char *photo_page(const struct photo *p, char out[160])
{
	snprintf(out, 160, "https://www.flickr.com/photos/%s/%s/", member_path(p->owner), p->id);
	return out;
}

/* The longest edge of note and people boxes is 500. */
static void box_scale(const struct photo *p, int *width, int *height)
{
	int w = p->picture.width, h = p->picture.height, longest = w > h ? w : h;
	*width = w * 500 / longest;
	*height = h * 500 / longest;
}

/* ---- photos.getInfo -------------------------------------------------------------------------------------------- */

int photo_rotation(const struct photo *p)
{
	int orientation = p->picture.orientation;
	return orientation == 6 ? 90 : orientation == 3 ? 180 : orientation == 8 ? 270 : 0;
}

static void info_owner(struct lb_buf *b, const struct member *m)
{
	x_open(b, 1, "owner");
	x_str(b, "nsid", m->nsid);
	x_str(b, "username", m->username);
	x_str(b, "realname", m->realname);
	x_str(b, "location", m->location);
	x_member_icon(b, m);
	x_str(b, "path_alias", m->alias);
	x_more(b);
	x_open(b, 2, "gift");
	x_str(b, "gift_eligible", "");
	x_int(b, "new_flow", 1);
	x_empty(b);
	x_close(b, 1, "owner");
}

static void info_rights(struct lb_buf *b, const struct photo *p, const struct member *viewer)
{
	bool public = !p->friends && !p->family && !p->only_me, own = viewer == p->owner;
	lb_buf_addf(b, "\t<visibility ispublic=\"%d\" isfriend=\"%d\" isfamily=\"%d\" />\n", public, p->friends, p->family);
	lb_buf_addf(b, "\t<dates posted=\"%lld\" taken=\"%s\" takengranularity=\"%d\" takenunknown=\"%d\" lastupdate=\"%lld\" />\n",
		(long long)p->posted, p->taken, p->granularity, p->taken_unknown, (long long)p->updated);
	lb_buf_addf(b, "\t<editability cancomment=\"%d\" canaddmeta=\"%d\" />\n\t<publiceditability cancomment=\"1\" canaddmeta=\"1\" />\n",
		viewer != NULL, own);
	lb_buf_addf(b, "\t<usage candownload=\"%d\" canblog=\"0\" canprint=\"0\" canshare=\"1\" />\n", photo_downloadable(p, viewer));
	if (own)
		lb_buf_adds(b, "\t<permissions permcomment=\"3\" permaddmeta=\"2\" />\n");
}

static void info_notes(struct lb_buf *b, const struct photo *p)
{
	if (!p->nnotes) {
		x_leaf(b, 1, "notes", "");
		return;
	}
	x_open(b, 1, "notes");
	x_more(b);
	for (size_t i = 0; i < p->nnotes; i++) {
		const struct note *n = &p->notes[i];
		x_open(b, 2, "note");
		lb_buf_addf(b, " id=\"7215770%010llu\"", (unsigned long long)(fake_mix(p->number, i) % 10000000000u));
		x_str(b, "photo_id", p->id);
		x_str(b, "author", n->author->nsid);
		x_str(b, "authorname", n->author->username);
		x_str(b, "authorrealname", n->author->realname);
		x_int(b, "authorispro", n->author->pro);
		x_int(b, "authorisdeleted", n->author->deleted);
		lb_buf_addf(b, " x=\"%d\" y=\"%d\" w=\"%d\" h=\"%d\"", n->x, n->y, n->w, n->h);
		x_value(b, "note", n->text);
	}
	x_close(b, 1, "notes");
}

static void info_tags(struct lb_buf *b, const struct photo *p)
{
	if (!p->ntags) {
		x_leaf(b, 1, "tags", "");
		return;
	}
	x_open(b, 1, "tags");
	x_more(b);
	for (size_t i = 0; i < p->ntags; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf normal = LB_BUF(4096);
		const struct tag *t = &p->tags[i];
		tag_normalize(&normal, t->raw);
		x_open(b, 2, "tag");
		lb_buf_addf(b, " id=\"%.*s-%s-%llu\"", (int)strcspn(p->owner->nsid, "@"), p->owner->nsid, p->id,
			(unsigned long long)(fake_hash(7, t->raw) % 90000000));
		x_str(b, "author", t->author->nsid);
		x_str(b, "authorname", t->author->username);
		x_str(b, "raw", t->raw);
		x_int(b, "machine_tag", tag_is_machine(t->raw));
		if (normal.len)
			x_value(b, "tag", lb_buf_str(&normal));
		else
			x_empty(b);
	}
	x_close(b, 1, "tags");
}

static void info_location(struct lb_buf *b, const struct photo *p, const struct member *viewer)
{
	static const char *const levels[] = { "neighbourhood", "locality", "county", "region", "country" };
	struct lb_span rest = lb_span(p->place.names), part;
	if (!p->place.known || (p->geo_private && viewer != p->owner))
		return;
	x_open(b, 1, "location");
	lb_buf_addf(b, " latitude=\"%s\" longitude=\"%s\" accuracy=\"%d\" context=\"%d\"", p->place.latitude,
		p->place.longitude, p->place.accuracy, p->place.context);
	x_more(b);
	for (size_t i = 0; i < LB_COUNT(levels) && lb_span_cut(&rest, ';', &part); i++) {
		LB_AUTO(lb_freep) char *name = lb_strndup(lb_span_trim(part).p, lb_span_trim(part).n);
		if (*name)
			x_leaf(b, 2, levels[i], name);
	}
	x_close(b, 1, "location");
	lb_buf_addf(b, "\t<geoperms ispublic=\"%d\" iscontact=\"0\" isfriend=\"%d\" isfamily=\"0\" />\n", !p->geo_private, p->geo_private);
}

static void info_head(struct lb_buf *b, const struct photo *p, const struct member *viewer)
{
	x_open(b, 0, "photo");
	x_str(b, "id", p->id);
	x_str(b, "secret", p->secret);
	x_str(b, "server", FAKE_SERVER);
	x_str(b, "farm", FAKE_FARM);
	x_int(b, "dateuploaded", p->posted);
	x_int(b, "isfavorite", 0);
	x_int(b, "license", p->license);
	if (p->safety >= 0)
		x_int(b, "safety_level", p->safety);
	x_int(b, "rotation", photo_rotation(p));
	if (photo_downloadable(p, viewer)) {
		x_str(b, "originalsecret", p->original_secret);
		x_str(b, "originalformat", p->picture.png ? "png" : "jpg");
	}
	x_int(b, "views", p->views);
	x_str(b, "media", p->video ? "video" : "photo");
	x_more(b);
}

int answer_info(struct ask *a)
{
	const struct photo *p = a->photo;
	struct lb_buf *b = a->out;
	char page[160];
	info_head(b, p, a->viewer);
	info_owner(b, p->owner);
	x_leaf(b, 1, "title", p->title);
	x_leaf(b, 1, "description", p->description);
	info_rights(b, p, a->viewer);
	x_open(b, 1, "comments");
	lb_buf_addf(b, ">%zu</comments>\n", photo_comment_count(p));
	info_notes(b, p);
	lb_buf_addf(b, "\t<people haspeople=\"%d\" />\n", p->npeople > 0);
	info_tags(b, p);
	info_location(b, p, a->viewer);
	lb_buf_addf(b, "\t<urls>\n\t\t<url type=\"photopage\">%s</url>\n\t</urls>\n", photo_page(p, page));
	if (p->video)
		lb_buf_adds(b, "\t<video ready=\"1\" failed=\"0\" pending=\"0\" duration=\"3\" width=\"1280\" height=\"720\" />\n");
	x_close(b, 0, "photo");
	return 0;
}

/* ---- the other layers ------------------------------------------------------------------------------------------ */

static void write_dimension(struct lb_buf *b, const char *name, int value)
{
	if (value)
		x_int(b, name, value);
	else
		x_str(b, name, "");
}

int answer_sizes(struct ask *a)
{
	struct size_row rows[SIZE_ROWS_MAX];
	char page[160], url[200];
	bool download = photo_downloadable(a->photo, a->viewer);
	size_t count = media_sizes(a->photo, download, rows);
	photo_page(a->photo, page);
	lb_buf_addf(a->out, "<sizes canblog=\"0\" canprint=\"0\" candownload=\"%d\">\n", download);
	for (size_t i = 0; i < count; i++) {
		snprintf(url, sizeof url, rows[i].video ? "%s" : "%ssizes/%s/", page, rows[i].letter);
		x_open(a->out, 1, "size");
		x_str(a->out, "label", rows[i].label);
		write_dimension(a->out, "width", rows[i].width);
		write_dimension(a->out, "height", rows[i].height);
		x_str(a->out, "source", rows[i].source);
		x_str(a->out, "url", url);
		x_str(a->out, "media", rows[i].video ? "video" : "photo");
		x_empty(a->out);
	}
	x_close(a->out, 0, "sizes");
	return 0;
}

static void context_set(struct lb_buf *b, const struct set *s)
{
	size_t videos = 0;
	for (size_t i = 0; i < s->nphotos; i++)
		videos += s->photos[i]->video;
	x_open(b, 0, "set");
	x_str(b, "title", s->title);
	x_str(b, "id", s->id);
	x_str(b, "primary", s->photos[0]->id);
	x_str(b, "secret", s->photos[0]->secret);
	x_str(b, "server", FAKE_SERVER);
	x_str(b, "farm", FAKE_FARM);
	x_int(b, "view_count", s->views);
	x_int(b, "comment_count", s->comments);
	x_int(b, "count_photo", (int64_t)(s->nphotos - videos));
	x_int(b, "count_video", (int64_t)videos);
	x_empty(b);
}

static void context_pool(struct lb_buf *b, const struct set *s)
{
	x_open(b, 0, "pool");
	x_str(b, "title", s->title);
	lb_buf_addf(b, " url=\"/groups/%s/pool/\"", *s->alias ? s->alias : s->id);
	x_str(b, "id", s->id);
	x_str(b, "iconserver", FAKE_SERVER);
	x_str(b, "iconfarm", FAKE_FARM);
	x_int(b, "members", s->members);
	x_int(b, "pool_count", (int64_t)s->nphotos);
	x_empty(b);
}

int answer_contexts(struct ask *a)
{
	static const struct { enum set_kind kind; void (*write)(struct lb_buf *b, const struct set *s); } kinds[] = {
		{ SET_ALBUM, context_set }, { SET_GROUP, context_pool },
	};
	for (size_t k = 0; k < LB_COUNT(kinds); k++)
		for (size_t i = 0; i < a->photo->nsets; i++)
			if (a->photo->sets[i]->kind == kinds[k].kind)
				kinds[k].write(a->out, a->photo->sets[i]);
	return 0;
}

int answer_people_in(struct ask *a)
{
	int width, height;
	box_scale(a->photo, &width, &height);
	x_open(a->out, 0, "people");
	lb_buf_addf(a->out, " total=\"%zu\" photo_width=\"%d\" photo_height=\"%d\"", a->photo->npeople, width, height);
	if (!a->photo->npeople) {
		x_empty(a->out);
		return 0;
	}
	x_more(a->out);
	for (size_t i = 0; i < a->photo->npeople; i++) {
		const struct depicted *d = &a->photo->people[i];
		x_open(a->out, 1, "person");
		x_str(a->out, "nsid", d->member->nsid);
		x_str(a->out, "username", d->member->username);
		x_member_icon(a->out, d->member);
		x_str(a->out, "path_alias", d->member->alias);
		x_str(a->out, "added_by", d->added_by->nsid);
		x_int(a->out, "is_deleted", d->member->deleted);
		if (d->member->realname)
			x_str(a->out, "realname", d->member->realname);
		if (d->box)
			lb_buf_addf(a->out, " h=\"%d\" w=\"%d\" x=\"%d\" y=\"%d\"", d->h, d->w, d->x, d->y);
		x_empty(a->out);
	}
	x_close(a->out, 0, "people");
	return 0;
}

static void exif_row(struct lb_buf *b, const char *space, const char *tag, const char *label, const char *raw,
	const char *clean)
{
	lb_buf_addf(b, "\t<exif tagspace=\"%s\" tagspaceid=\"0\" tag=\"%s\" label=\"%s\">\n", space, tag, label);
	x_leaf(b, 2, "raw", raw);
	if (clean)
		x_leaf(b, 2, "clean", clean);
	x_close(b, 1, "exif");
}

int answer_exif(struct ask *a)
{
	static const char *const orientations[9] = { "", "Horizontal (normal)", "", "Rotate 180", "", "", "Rotate 90 CW",
		"", "Rotate 270 CW" };
	const struct photo *p = a->photo;
	char make[64] = "", taken[20] = "";
	x_open(a->out, 0, "photo");
	x_str(a->out, "id", p->id);
	x_str(a->out, "secret", p->secret);
	x_str(a->out, "server", FAKE_SERVER);
	x_str(a->out, "farm", FAKE_FARM);
	x_str(a->out, "camera", p->camera);
	if (!p->camera) {
		x_empty(a->out);
		return 0;
	}
	x_more(a->out);
	snprintf(make, sizeof make, "%.*s", (int)strcspn(p->camera, " "), p->camera);
	snprintf(taken, sizeof taken, "%s", p->taken);
	taken[4] = taken[7] = ':';
	exif_row(a->out, "IFD0", "Make", "Make", make, NULL);
	exif_row(a->out, "IFD0", "Model", "Model", p->camera, NULL);
	exif_row(a->out, "IFD0", "Orientation", "Orientation", orientations[p->picture.orientation % 9], NULL);
	exif_row(a->out, "IFD0", "XResolution", "X-Resolution", "72", "72 dpi");
	exif_row(a->out, "ExifIFD", "DateTimeOriginal", "Date and Time (Original)", taken, NULL);
	x_close(a->out, 0, "photo");
	return 0;
}
