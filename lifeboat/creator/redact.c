/* Redaction of one answer: rows first, then who people are, then every text that is left. */
#include "lifeboat/creator/redact.h"

#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/redact_private.h"

bool lb_word_in(const char *word, const char *const *list)
{
	while (*list && strcmp(*list, word) != 0)
		list++;
	return *list;
}

/* ---- the redactor ------------------------------------------------------------------------------------------------------------ */

int lb_redactor_open(const char *dir, const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_redactor **out, struct lb_error *err)
{
	struct lb_people *people = NULL;
	unsigned char key[LB_PSEUDONYM_KEY];
	if (plan->choices.pseudonymise) {
		LB_TRY(lb_pseudonym_key(dir, key, ctx, err));
		LB_TRY(lb_people_read(plan, ev, key, ctx, &people, err));
	}
	struct lb_redactor *r = lb_alloc(sizeof *r);
	r->people = people;
	*out = r;
	return 0;
}

void lb_redactor_free(struct lb_redactor *r)
{
	if (!r)
		return;
	lb_map_clear(&r->verdicts);
	lb_people_free(r->people);
	free(r);
}

void lb_redactor_freep(struct lb_redactor **r)
{
	lb_redactor_free(*r);
	*r = NULL;
}

void lb_redactor_photo(struct lb_redactor *r, const char *photo_id, enum lb_verdict_kind verdict)
{
	lb_map_put(&r->verdicts, lb_span(photo_id), verdict);
}

/* ---- parts of a tree ------------------------------------------------------------------------------------------------------------ */

static bool stays(const char *name, const char *const *keep, const char *const *drop)
{
	return (!keep || lb_word_in(name, keep)) && (!drop || !lb_word_in(name, drop));
}

void lb_redact_attrs(struct lb_redaction *x, struct lb_xml *e, const char *const *keep, const char *const *drop)
{
	size_t kept = 0;
	for (size_t i = 0; i < e->nattrs; i++)
		kept += stays(e->attrs[i].name, keep, drop);
	if (kept == e->nattrs)
		return;
	struct lb_xml_attr *attrs = lb_arena_alloc(x->a, (kept + 1) * sizeof *attrs);
	kept = 0;
	for (size_t i = 0; i < e->nattrs; i++)
		if (stays(e->attrs[i].name, keep, drop))
			attrs[kept++] = e->attrs[i];
	e->attrs = attrs;
	e->nattrs = kept;
	x->changed = true;
}

void lb_redact_children(struct lb_redaction *x, struct lb_xml *e, const char *const *keep, const char *const *drop)
{
	for (struct lb_xml **link = &e->child; *link;) {
		if (stays((*link)->name, keep, drop)) {
			link = &(*link)->next;
		} else {
			*link = (*link)->next;
			x->changed = true;
		}
	}
}

void lb_redact_set(struct lb_redaction *x, struct lb_xml *e, const char *attr, const char *value)
{
	struct lb_xml_attr *attrs = lb_arena_alloc(x->a, (e->nattrs + 1) * sizeof *attrs);
	memcpy(attrs, e->attrs, e->nattrs * sizeof *attrs);
	for (size_t i = 0; i < e->nattrs; i++)
		if (strcmp(attrs[i].name, attr) == 0)
			attrs[i].value = value;
	e->attrs = attrs;
	x->changed = true;
}

/* ---- texts ---------------------------------------------------------------------------------------------------------------------- */

static const char too_long[] = "[removed: too long to be looked through]";

/* Most texts are numbers and plain words: what is private has a sign in it, or a letter that may stand for one. */
static bool may_be_private(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80 || strchr("@=:/%&", *text))
			return true;
	return false;
}

/* The text itself when there is nothing to change. */
static const char *redact(const struct lb_redactor *r, const char *text, enum lb_text_kind kind, struct lb_arena *a)
{
	LB_AUTO(lb_view_clear) struct lb_view v = { 0 };
	LB_AUTO(lb_edits_clear) struct lb_edits found = { 0 }, names = { 0 };
	if (!*text || (!r->people && !may_be_private(text)))
		return text;
	if (!lb_view_make(&v, text))
		return too_long;
	lb_find_private(&v, &found);
	if (r->people)
		lb_names_find(lb_people_names(r->people), &v, kind, &found, &names);
	for (size_t i = 0; i < names.count; i++)
		lb_edits_add(&found, names.list[i].from, names.list[i].to, names.list[i].by);
	lb_edits_settle(&found);
	return found.count ? lb_edits_apply(&found, &v, a) : text;
}

const char *lb_redact_text(const struct lb_redactor *r, const char *text, struct lb_arena *a)
{
	return text ? redact(r, text, LB_TEXT_WORDS, a) : NULL;
}

/* Attributes that are no text of anybody's, though words may stand in them. */
static bool is_fixed_attr(const char *name)
{
	static const char *const fixed[] = { "stat", "code", "id", "photo_id", "gallery_id", "secret", "server", "farm", "originalsecret",
		"originalformat", "media", "media_status", "license", "label", "source", "url", "tag", "tagspace", "type", "permalink", "lang",
		"place_id", "woeid", "nsid", "author", "owner", "user_id", "added_by", "iconserver", "iconfarm", "current_state", "sort_group", NULL };
	return lb_word_in(name, fixed) || strncmp(name, "url_", 4) == 0 || strncmp(name, "icon", 4) == 0;
}

/* Numbers and dates: "2014-05-04" is not about a member whose name is 2014. */
static bool has_letters(const char *text)
{
	for (; *text; text++)
		if (((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z') || (unsigned char)*text >= 0x80)
			return true;
	return false;
}

static enum lb_text_kind kind_of_attr(const struct lb_redaction *x, const struct lb_xml_attr *attr)
{
	static const char *const tags[] = { "tags", "machine_tags", NULL };
	static const char *const texts[] = { "title", "raw", "comment", "username", "authorname", "ownername", NULL };
	if (x->links_only)
		return LB_TEXT_LINKS;
	if (lb_word_in(attr->name, tags))
		return LB_TEXT_TAGS;
	return lb_word_in(attr->name, texts) || (!is_fixed_attr(attr->name) && has_letters(attr->value)) ? LB_TEXT_WORDS : LB_TEXT_LINKS;
}

static enum lb_text_kind kind_of_text(const struct lb_redaction *x, const struct lb_xml *e)
{
	static const char *const texts[] = { "title", "description", "comment", "note", "raw", "clean", "username", "realname", NULL };
	static const char *const fixed[] = { "url", "photosurl", "profileurl", "mobileurl", "datecreate", "dateactivity", "stream", NULL };
	if (x->links_only)
		return LB_TEXT_LINKS;
	if (strcmp(e->name, "tag") == 0)
		return LB_TEXT_TAGS;
	return lb_word_in(e->name, texts) || (!lb_word_in(e->name, fixed) && has_letters(e->text)) ? LB_TEXT_WORDS : LB_TEXT_LINKS;
}

static bool holds_private(const char *text)
{
	LB_AUTO(lb_view_clear) struct lb_view v = { 0 };
	LB_AUTO(lb_edits_clear) struct lb_edits found = { 0 };
	if (!lb_view_make(&v, text))
		return true;
	lb_find_private(&v, &found);
	return found.count > 0;
}

/* A tag's text is its raw form without signs: an address there is no longer seen as one. */
static void redact_tag(struct lb_redaction *x, struct lb_xml *e)
{
	const char *raw = lb_xml_attr(e, "raw");
	if (strcmp(e->name, "tag") != 0 || !raw || !holds_private(raw))
		return;
	e->text = "removed";
	x->changed = true;
}

static void redact_texts(struct lb_redaction *x, struct lb_xml *e)
{
	static const char *const permalink[] = { "permalink", NULL };
	for (size_t i = 0; i < e->nattrs; i++) {
		const struct lb_xml_attr attr = e->attrs[i];
		const char *value = redact(x->r, attr.value, kind_of_attr(x, &attr), x->a);
		if (value != attr.value)
			lb_redact_set(x, e, attr.name, value);
		if (value != attr.value && lb_word_in(attr.name, permalink)) {
			lb_redact_attrs(x, e, NULL, permalink);
			i--;
		}
	}
	const char *text = redact(x->r, e->text, kind_of_text(x, e), x->a);
	x->changed |= text != e->text;
	e->text = text;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------ */

static const char *const never[] = { "email", "mbox_sha1sum", "api_key", "api_sig", "auth_token", "token", "token_secret", "oauth_token",
	"oauth_token_secret", "oauth_signature", "oauth_consumer_key", "oauth_nonce", "oauth_verifier", "debug_sbs", "frob", NULL };

/* No deeper than the XML reader lets an answer be. */
static void redact_tree(struct lb_redaction *x, struct lb_xml *e)
{
	for (; e; e = e->next) {
		lb_redact_attrs(x, e, NULL, never);
		lb_redact_children(x, e, NULL, never);
		if (x->r->people)
			lb_redact_person(x, e);
		redact_tag(x, e);
		redact_texts(x, e);
		redact_tree(x, e->child);
	}
}

bool lb_redact_answer(struct lb_redactor *r, const char *method, struct lb_xml *rsp, struct lb_arena *a)
{
	/* Tables of Flickr's own: "Attribution" is a licence there, whoever calls themselves so. */
	static const char *const tables[] = { "flickr.photos.licenses.getInfo", "flickr.photos.licenses.getLicenseHistory", "flickr.photos.getSizes", NULL };
	struct lb_redaction x = { .r = r, .a = a, .links_only = lb_word_in(method, tables) };
	lb_redact_rows(&x, rsp);
	redact_tree(&x, rsp);
	return x.changed;
}
