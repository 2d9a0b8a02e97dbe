/* Redaction, in parts: rows that are withheld, what is private in any text, people by pseudonyms, writing the result. */
#ifndef LB_CREATOR_REDACT_PRIVATE_H
#define LB_CREATOR_REDACT_PRIVATE_H

#include "lifeboat/creator/redact.h"

/* ---- a text as its reader sees it ------------------------------------------------------------------------------------------ */

/* Character references (escaped up to three times over) and percent-encoding are decoded, and letters folded, so that what is searched for
 * is found in every disguise; edits are made in the text as it stands. */
struct lb_view {
	const char *p; size_t n;               /* decoded and folded */
	const char *source; size_t nsource;
	uint32_t *at;                          /* where the character of each byte of p begins in source (n + 1 of them); NULL: source is p */
	char *memory;
	size_t cap;
};
LB_CHECKED bool lb_view_make(struct lb_view *v, const char *text); /* false: too long to be looked at (4 GiB) */
void lb_view_add(struct lb_view *v, const char *piece, size_t n, size_t at);
void lb_view_end(struct lb_view *v);                  /* what was added is what is seen */
void lb_view_clear(struct lb_view *v);
/* One letter as it is compared (UTF-8, not terminated): small, in its plainest form, without accents; nothing for what nobody sees. */
enum { LB_FOLD_MAX = 128 };
size_t lb_fold(uint32_t c, char out[LB_FOLD_MAX]);

struct lb_edit { size_t from, to; const char *by; }; /* of a view */
struct lb_edits { struct lb_edit *list; size_t count, cap; };
void lb_edits_add(struct lb_edits *e, size_t from, size_t to, const char *by);
void lb_edits_settle(struct lb_edits *e);            /* in order; those that overlap become one */
void lb_edits_clear(struct lb_edits *e);
char *lb_edits_apply(const struct lb_edits *e, const struct lb_view *v, struct lb_arena *a);

/* E-mail addresses, parameters with secrets, guest passes. */
void lb_find_private(const struct lb_view *v, struct lb_edits *out);

/* ---- people ------------------------------------------------------------------------------------------------------------------ */

#define LB_PSEUDONYM_KEY 32
enum { LB_PSEUDONYM_ID = 23, LB_PSEUDONYM_NAME = 14 }; /* bytes, with the NUL */
struct lb_pseudonym { char id[LB_PSEUDONYM_ID], name[LB_PSEUDONYM_NAME]; };
/* Reads DIR/pseudonyms.key, or makes it. */
LB_CHECKED int lb_pseudonym_key(const char *dir, unsigned char key[LB_PSEUDONYM_KEY], const struct lb_ctx *ctx, struct lb_error *err);
void lb_pseudonym_of(const unsigned char key[LB_PSEUDONYM_KEY], const char *nsid, struct lb_pseudonym *out);

/* Names of people, and where they stand in a text. */
struct lb_names;
struct lb_names *lb_names_new(void);
void lb_names_free(struct lb_names *n);
enum lb_name_kind { LB_NAME_WORD, LB_NAME_ID };
/* The strings are copied; `by` is borrowed. by NULL: a name that stays, even where it holds others. */
void lb_names_add(struct lb_names *n, const char *name, enum lb_name_kind kind, const struct lb_pseudonym *by);
/* In LINKS only ids, and names in links to people; in WORDS also names in running text; in TAGS as well, where a pseudonym must be
 * one word. `taken` are edits already settled. */
enum lb_text_kind { LB_TEXT_LINKS, LB_TEXT_WORDS, LB_TEXT_TAGS };
void lb_names_find(const struct lb_names *n, const struct lb_view *v, enum lb_text_kind kind, const struct lb_edits *taken, struct lb_edits *out);

/* Who is named in the evidence, and by which names: answers are noted one by one, then settled. */
struct lb_people;
struct lb_people *lb_people_new(const struct lb_plan *plan, const unsigned char key[LB_PSEUDONYM_KEY]);
void lb_people_note(struct lb_people *p, const struct lb_xml *root);
void lb_people_settle(struct lb_people *p);
LB_CHECKED int lb_people_read(const struct lb_plan *plan, const struct lb_evidence *ev, const unsigned char key[LB_PSEUDONYM_KEY], const struct lb_ctx *ctx, struct lb_people **out, struct lb_error *err);
void lb_people_free(struct lb_people *p);
const struct lb_names *lb_people_names(const struct lb_people *p);
/* false: this one keeps their name. Works for people who are nowhere in the evidence as well. */
bool lb_people_pseudonym(const struct lb_people *p, const char *nsid, struct lb_pseudonym *out);
/* The member that an element is about; NULL: none. */
const char *lb_person_of(const struct lb_xml *e);

/* ---- trees ---------------------------------------------------------------------------------------------------------------------- */

struct lb_redactor {
	struct lb_map verdicts;
	struct lb_people *people;              /* NULL: nobody gets a pseudonym */
};
struct lb_redaction { const struct lb_redactor *r; struct lb_arena *a; bool links_only, changed; };
bool lb_word_in(const char *word, const char *const *list);    /* list ends with NULL */
void lb_redact_rows(struct lb_redaction *x, struct lb_xml *rsp);
void lb_redact_person(struct lb_redaction *x, struct lb_xml *e);
/* Keeps the attributes, or children, that `keep` (or all but those that `drop`) lists. NULL: no such list. */
void lb_redact_attrs(struct lb_redaction *x, struct lb_xml *e, const char *const *keep, const char *const *drop);
void lb_redact_children(struct lb_redaction *x, struct lb_xml *e, const char *const *keep, const char *const *drop);
void lb_redact_set(struct lb_redaction *x, struct lb_xml *e, const char *attr, const char *value); /* of an attribute that is there */

#endif
