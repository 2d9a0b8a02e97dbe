/* What the cross-checks of a lifeboat share. */
#ifndef LB_LIFE_PRIVATE_H
#define LB_LIFE_PRIVATE_H

#include "format/verify/verify_private.h"

#define LB_LIFE_FILE_MAX ((size_t)256 << 20)

/* What METS.xml says of a photo: texts as hashes, "" for none. */
struct lb_in_mets { bool there, described, stub; const char *license; uint64_t title, owner, url, withheld; };

/* What lifeboat.json counts. */
enum lb_counted {
	LB_COUNT_FILES, LB_COUNT_BYTES, LB_COUNT_PHOTOS, LB_COUNT_MISSING, LB_COUNT_PLANNED, LB_COUNT_ORIGINALS, LB_COUNT_THUMBNAILS,
	LB_COUNT_ICONS, LB_COUNT_STUBS, LB_COUNT_VIDEOS, LB_COUNT_ALBUMS, LB_COUNT_GALLERIES, LB_COUNT_GROUPS, LB_COUNT_COLLECTIONS,
	LB_COUNT_CONTRIBUTORS, LB_COUNT_PROFILES, LB_COUNT_GAPS, LB_COUNT_CONSENTS, LB_COUNT_COMMENTS, LB_COUNT_FAVES, LB_COUNT_TAGS,
	LB_COUNT_NOTES, LB_COUNT_PEOPLE, LB_COUNTED
};

struct lb_life {
	struct lb_verify *v;
	struct lb_json *info;                /* lifeboat.json, or NULL: */
	struct lb_error why;                 /* why it cannot be read */
	const char **ids; size_t count;      /* its photos, in order; borrowed */
	struct lb_map numbers;               /* id → number */
	struct lb_in_mets *in_mets;          /* of each photo */
	struct lb_words words;               /* licences, kept once */
	bool *stubs;                         /* by photoIndex.js */
	uint64_t counted[LB_COUNTED]; bool unread[LB_COUNTED]; /* what of it was there; could not be counted */
	unsigned char *named;                /* of each member: some photo's metadata names it */
	struct lb_schemas *schemas;          /* borrowed; NULL when the level is not asked for */
	const struct lb_schema *photo_schema;
	struct lb_arena arena;
};

/* What is said once of the whole; needs no digest, and so runs beside the hashing. Where no level beyond was asked for, only
 * lifeboat.json is read. */
LB_CHECKED int lb_life_read(struct lb_life *life, struct lb_error *err);
/* After both: each photo's metadata. */
LB_CHECKED int lb_life_judge(struct lb_life *life, struct lb_error *err);
void lb_life_clear(struct lb_life *life);

/* A data file, or NULL after telling `rule` why it cannot be read, or that it defines another name. */
struct lb_json *lb_life_data(struct lb_verify *v, const char *rule, const char *path, const char *wanted);
/* Forms (life_schema.c). */
LB_CHECKED int lb_life_schemas(struct lb_life *life, struct lb_error *err);
void lb_life_form(struct lb_life *life, const char *rule, const char *path, const struct lb_schema *schema, const struct lb_json *v);
void lb_life_form_by_name(struct lb_life *life, const char *rule, const char *path, const char *schema, const struct lb_json *v);
void lb_life_plan(struct lb_life *life);
void lb_life_crate(struct lb_life *life);
void lb_life_info(struct lb_life *life);
void lb_life_indexes(struct lb_life *life);
void lb_life_sets(struct lb_life *life);   /* albums, galleries, groups, collections; lists */
void lb_life_people(struct lb_life *life); /* contributors, profiles, pictures; consent */
LB_CHECKED int lb_life_mets(struct lb_life *life, struct lb_error *err);
/* Photo i's metadata, which stand at `path`, against METS.xml. */
void lb_life_mets_photo(struct lb_life *life, size_t i, const char *path, const struct lb_json *photo);
LB_CHECKED int lb_life_photos(struct lb_life *life, struct lb_error *err);
void lb_life_count(struct lb_life *life, enum lb_counted what, uint64_t n);
void lb_life_count_index(struct lb_life *life, const char *name, const struct lb_json *index); /* NULL: it cannot be read */
void lb_life_count_photo(struct lb_life *life, const struct lb_json *photo);                   /* likewise */
void lb_life_counts(struct lb_life *life);    /* after all of these */
LB_CHECKED int lb_life_pages(struct lb_life *life, struct lb_error *err);
void lb_life_evidence(struct lb_life *life);  /* is it there? */
LB_CHECKED int lb_life_provenance(struct lb_life *life, struct lb_error *err);
void lb_life_file(struct lb_life *life, const struct lb_json *file, const char *path); /* an entry of lifeboat.json's files */
void lb_life_media(struct lb_life *life);  /* after the photos: files that none of them names */

/* Ticks off the files that a list names. */
struct lb_ticks { struct lb_verify *v; const char *rule, *where; unsigned char *seen; };
void lb_ticks_begin(struct lb_ticks *t, struct lb_verify *v, const char *rule, const char *where);
/* A listed file: `rule_value` is told when it has another size or digest. */
void lb_ticks_file(struct lb_ticks *t, const char *rule_value, const char *path, const char *sha256, uint64_t size);
/* Tells what below data/ was not named. */
void lb_ticks_end(struct lb_ticks *t);

bool lb_same_text(const char *a, const char *b); /* NULL and "" are the same */

#endif
