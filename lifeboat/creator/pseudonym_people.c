/* Who is named in the evidence. One pass over all answers; owners of the plan's photos keep their names. */
#include <stdlib.h>
#include <string.h>

#include "lifeboat/creator/redact_private.h"
#include "lifeboat/url/url.h"

struct name { size_t person; char *text; };
struct lb_people {
	unsigned char key[LB_PSEUDONYM_KEY];
	struct lb_map photos;                  /* of the plan; while reading */
	struct lb_map numbers;                 /* nsid to number */
	struct lb_map keep;                    /* nsids of those who keep their names */
	struct lb_map seen;                    /* names already noted, each with its bearer's number */
	struct name *list; size_t count, cap;
	struct lb_pseudonym *pseudonyms;       /* by number */
	struct lb_names *names;
	struct lb_arena arena;
};

/* ---- what is a person in an answer ----------------------------------------------------------------------------------------- */

const char *lb_person_of(const struct lb_xml *e)
{
	static const char *const others[] = { "group", "pool", "institution", NULL }, *const people[] = { "person", "user", "profile", NULL };
	static const char *const ids[] = { "nsid", "author", "owner", "user_id" };
	if (lb_word_in(e->name, others))
		return NULL;
	for (size_t i = 0; i < LB_COUNT(ids); i++) {
		const char *id = lb_xml_attr(e, ids[i]);
		if (id && *id)
			return id;
	}
	const char *id = lb_word_in(e->name, people) ? lb_xml_attr(e, "id") : NULL;
	return id && *id ? id : NULL;
}

static size_t number_of(struct lb_people *p, const char *nsid)
{
	size_t number = p->numbers.count;
	if (!lb_map_get(&p->numbers, lb_span(nsid), &number))
		lb_map_put(&p->numbers, lb_span(nsid), number);
	return number;
}

static void note_name(struct lb_people *p, size_t person, const char *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF((size_t)1 << 20);
	if (!text || !*text)
		return;
	lb_buf_addf(&key, "%zu ", person);
	lb_buf_adds(&key, text);
	if (key.overflow || !lb_map_put(&p->seen, lb_buf_span(&key), 0))
		return;
	LB_GROW(p->list, p->count, p->cap);
	p->list[p->count++] = (struct name){ person, lb_arena_strdup(&p->arena, text) };
}

/* https://www.flickr.com/photos/<alias>/galleries/55/: some answers tell an alias in an address only. */
static void note_alias(struct lb_people *p, size_t person, const char *url)
{
	static const char *const before[] = { "flickr.com/photos/", "flickr.com/people/" };
	for (size_t i = 0; url && i < LB_COUNT(before); i++) {
		const char *found = strstr(url, before[i]);
		if (!found)
			continue;
		found += strlen(before[i]);
		LB_AUTO(lb_freep) char *alias = lb_strndup(found, strcspn(found, "/?#"));
		note_name(p, person, alias);
	}
}

static void note_person(struct lb_people *p, const struct lb_xml *e)
{
	static const char *const attrs[] = { "username", "authorname", "ownername", "realname", "authorrealname", "path_alias", "pathalias" };
	static const char *const children[] = { "username", "realname" }, *const addresses[] = { "photosurl", "profileurl" };
	const char *id = lb_person_of(e), *adder = lb_xml_attr(e, "added_by");
	if (adder && *adder)
		number_of(p, adder);
	if (!id)
		return;
	size_t number = number_of(p, id);
	for (size_t i = 0; i < LB_COUNT(attrs); i++)
		note_name(p, number, lb_xml_attr(e, attrs[i]));
	for (size_t i = 0; i < LB_COUNT(children); i++) {
		const struct lb_xml *child = lb_xml_child(e, children[i]);
		note_name(p, number, child ? child->text : NULL);
	}
	for (size_t i = 0; i < LB_COUNT(addresses); i++) {
		const struct lb_xml *child = lb_xml_child(e, addresses[i]);
		note_alias(p, number, child ? child->text : NULL);
	}
	if (strcmp(e->name, "gallery") == 0)
		note_alias(p, number, lb_xml_attr(e, "url"));
}

static void keep(struct lb_people *p, const char *nsid)
{
	if (nsid && *nsid)
		lb_map_put(&p->keep, lb_span(nsid), 0);
}

/* getInfo tells the owner of a photo whose row did not. */
static void note_owner(struct lb_people *p, const struct lb_xml *e)
{
	size_t ignored;
	const char *id = lb_xml_attr(e, "id"), *row = lb_xml_attr(e, "owner");
	const struct lb_xml *owner = lb_xml_child(e, "owner");
	if (!id || strcmp(e->name, "photo") != 0 || !lb_map_get(&p->photos, lb_span(id), &ignored))
		return;
	keep(p, row ? row : owner ? lb_xml_attr(owner, "nsid") : NULL);
}

/* No deeper than the XML reader lets an answer be. */
void lb_people_note(struct lb_people *p, const struct lb_xml *e)
{
	for (; e; e = e->next) {
		note_owner(p, e);
		note_person(p, e);
		lb_people_note(p, e->child);
	}
}

/* ---- reading --------------------------------------------------------------------------------------------------------------------- */

static int read_record(struct lb_people *p, const struct lb_evidence *ev, size_t n, struct lb_arena *arena, struct lb_error *err)
{
	struct lb_exchange x;
	struct lb_xml *root;
	lb_arena_reset(arena);
	LB_TRY(lb_evidence_read(ev, n, arena, &x, err));
	if (x.kind == LB_RECORD_RESPONSE && x.status == 200 && strstr(x.uri, "/services/rest/") &&
		lb_xml_parse(x.body, NULL, arena, &root, NULL) == 0)
		lb_people_note(p, root);
	return 0;
}

static int read_all(struct lb_people *p, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	for (size_t i = 0; i < lb_evidence_count(ev); i++) {
		LB_TRY(lb_ctx_check(ctx, err));
		LB_TRY(read_record(p, ev, i, &arena, err));
	}
	return 0;
}

/* An alias may stand in what was given, and in no answer. */
static void note_given(struct lb_people *p, const struct lb_plan_url *u)
{
	const char *const addresses[] = { u->url, u->resolved };
	for (size_t i = 0; u->owner_id && i < LB_COUNT(addresses); i++) {
		struct lb_flickr_url parsed;
		if (addresses[i] && lb_flickr_url_parse(addresses[i], &p->arena, &parsed, NULL) == 0)
			note_alias(p, number_of(p, u->owner_id), parsed.user_url);
	}
}

struct lb_people *lb_people_new(const struct lb_plan *plan, const unsigned char key[LB_PSEUDONYM_KEY])
{
	struct lb_people *p = lb_alloc(sizeof *p);
	memcpy(p->key, key, sizeof p->key);
	for (size_t i = 0; i < plan->nphotos; i++) {
		lb_map_put(&p->photos, lb_span(plan->photos[i].id), i);
		keep(p, plan->photos[i].owner_id);
	}
	for (size_t i = 0; i < plan->nurls; i++)
		note_given(p, &plan->urls[i]);
	keep(p, plan->choices.account_id);
	keep(p, plan->words.maker_id);
	return p;
}

/* Only what finding needs stays. */
static void forget_reading(struct lb_people *p)
{
	lb_map_clear(&p->photos);
	lb_map_clear(&p->seen);
	free(p->list);
	p->list = NULL;
	p->count = p->cap = 0;
	lb_arena_clear(&p->arena);
}

void lb_people_settle(struct lb_people *p)
{
	size_t ignored;
	p->names = lb_names_new();
	p->pseudonyms = lb_alloc((p->numbers.count + 1) * sizeof *p->pseudonyms);
	for (size_t i = 0; i < p->numbers.count; i++) {
		const struct lb_map_item *item = &p->numbers.items[i];
		bool keeps = lb_map_get(&p->keep, (struct lb_span){ item->key, item->len }, &ignored);
		lb_pseudonym_of(p->key, item->key, &p->pseudonyms[i]);
		lb_names_add(p->names, item->key, LB_NAME_ID, keeps ? NULL : &p->pseudonyms[i]);
	}
	for (size_t i = 0; i < p->count; i++) {
		const struct lb_map_item *item = &p->numbers.items[p->list[i].person];
		bool keeps = lb_map_get(&p->keep, (struct lb_span){ item->key, item->len }, &ignored);
		lb_names_add(p->names, p->list[i].text, LB_NAME_WORD, keeps ? NULL : &p->pseudonyms[p->list[i].person]);
	}
	forget_reading(p);
}

int lb_people_read(const struct lb_plan *plan, const struct lb_evidence *ev, const unsigned char key[LB_PSEUDONYM_KEY], const struct lb_ctx *ctx, struct lb_people **out, struct lb_error *err)
{
	struct lb_people *p = lb_people_new(plan, key);
	int rc = read_all(p, ev, ctx, err);
	if (rc) {
		lb_people_free(p);
		return rc;
	}
	lb_people_settle(p);
	*out = p;
	return 0;
}

void lb_people_free(struct lb_people *p)
{
	if (!p)
		return;
	forget_reading(p);
	lb_map_clear(&p->numbers);
	lb_map_clear(&p->keep);
	lb_names_free(p->names);
	free(p->pseudonyms);
	free(p);
}

const struct lb_names *lb_people_names(const struct lb_people *p)
{
	return p->names;
}

bool lb_people_pseudonym(const struct lb_people *p, const char *nsid, struct lb_pseudonym *out)
{
	size_t number;
	if (lb_map_get(&p->keep, lb_span(nsid), &number))
		return false;
	if (lb_map_get(&p->numbers, lb_span(nsid), &number))
		*out = p->pseudonyms[number];
	else
		lb_pseudonym_of(p->key, nsid, out);
	return true;
}
