/* Rows that the policy withholds: photos in lists, answers about one photo, covers of albums and galleries. */
#include <string.h>

#include "lifeboat/creator/redact_private.h"

/* What a stub may say. Links follow from owner and id. */
static const char *const stub_attrs[] = { "id", "owner", "ownername", "pathalias", "path_alias", "title", "license", "ispublic", "isfriend",
	"isfamily", NULL };
static const char *const stub_children[] = { "owner", "title", "visibility", NULL };
static const char *const stub_owner_attrs[] = { "nsid", "username", "path_alias", NULL };
/* With these anybody can fetch the file. */
static const char *const cover_secrets[] = { "secret", "server", "farm", "primary_photo_secret", "primary_photo_server", "primary_photo_farm", NULL };
static const char *const cover_children[] = { "primary_photo_extras", NULL };
static const char *const cover_ids[] = { "primary", "primary_photo_id", NULL };
static const char *const nothing[] = { NULL };

enum standing { TAKEN, STUB, WITHHELD, UNPLANNED };

static enum standing standing_of(const struct lb_redaction *x, struct lb_span id)
{
	static const enum standing of[] = { [LB_VERDICT_TAKE] = TAKEN, [LB_VERDICT_NO_MEDIA] = TAKEN, [LB_VERDICT_STUB] = STUB,
		[LB_VERDICT_NONE] = WITHHELD };
	size_t verdict;
	return lb_map_get(&x->r->verdicts, id, &verdict) ? of[verdict] : UNPLANNED;
}

static void make_stub(struct lb_redaction *x, struct lb_xml *photo)
{
	lb_redact_attrs(x, photo, stub_attrs, NULL);
	lb_redact_children(x, photo, stub_children, NULL);
	for (struct lb_xml *e = photo->child; e; e = e->next) {
		if (strcmp(e->name, "owner") == 0) {
			lb_redact_attrs(x, e, stub_owner_attrs, NULL);
			lb_redact_children(x, e, nothing, NULL);
		}
	}
	x->changed |= photo->text[strspn(photo->text, " \t\r\n")] != '\0';
	photo->text = "";
}

/* https://live.staticflickr.com/7372/12345_0123456789_b.jpg: the photo's id. */
static struct lb_span id_in_address(const char *url)
{
	const char *base = lb_path_base(url);
	size_t n = strspn(base, "0123456789");
	return (struct lb_span){ base, base[n] == '_' ? n : 0 };
}

/* ---- one element: false when it must go ---------------------------------------------------------------------------------------- */

static bool judge_photo(struct lb_redaction *x, struct lb_xml *e)
{
	const char *id = lb_xml_attr(e, "id");
	enum standing s = standing_of(x, lb_span(id));
	if (!id)
		return true;
	if (s == STUB)
		make_stub(x, e);
	return s == TAKEN || s == STUB;
}

static bool judge_cover_photo(struct lb_redaction *x, struct lb_xml *e)
{
	const char *url = lb_xml_attr(e, "url");
	enum standing s = url ? standing_of(x, id_in_address(url)) : TAKEN;
	return s == TAKEN;
}

/* Comments, galleries … of one photo. */
static bool judge_about(struct lb_redaction *x, struct lb_xml *e)
{
	const char *id = lb_xml_attr(e, "photo_id");
	enum standing s = id ? standing_of(x, lb_span(id)) : TAKEN;
	if (s == STUB) {
		static const char *const keep[] = { "photo_id", NULL };
		lb_redact_attrs(x, e, keep, NULL);
		lb_redact_children(x, e, nothing, NULL);
	}
	return s == TAKEN || s == STUB;
}

/* Of a cover outside the plan nobody knows whether it is public, nor what its owner said. */
static void judge_cover(struct lb_redaction *x, struct lb_xml *e)
{
	const char *id = lb_xml_attr(e, "primary");
	if (!id)
		id = lb_xml_attr(e, "primary_photo_id");
	enum standing s = id && *id ? standing_of(x, lb_span(id)) : TAKEN;
	if (s == TAKEN)
		return;
	lb_redact_attrs(x, e, NULL, cover_secrets);
	lb_redact_children(x, e, NULL, cover_children);
	if (s != STUB)
		lb_redact_attrs(x, e, NULL, cover_ids);
}

static bool judge(struct lb_redaction *x, struct lb_xml *e, bool in_cover)
{
	static const char *const photos[] = { "photo", "prevphoto", "nextphoto", NULL }, *const about[] = { "comments", "galleries", "notes", NULL };
	static const char *const covered[] = { "photoset", "set", "gallery", NULL };
	if (in_cover)
		return judge_cover_photo(x, e);
	if (lb_word_in(e->name, photos))
		return judge_photo(x, e);
	if (lb_word_in(e->name, about))
		return judge_about(x, e);
	if (lb_word_in(e->name, covered))
		judge_cover(x, e);
	return true;
}

/* No deeper than the XML reader lets an answer be. */
void lb_redact_rows(struct lb_redaction *x, struct lb_xml *parent)
{
	bool in_cover = strcmp(parent->name, "cover_photos") == 0;
	for (struct lb_xml **link = &parent->child; *link;) {
		struct lb_xml *e = *link;
		if (judge(x, e, in_cover)) {
			lb_redact_rows(x, e);
			link = &e->next;
		} else {
			*link = e->next;
			x->changed = true;
		}
	}
}
