/* Building, inside. Two rounds over the photos: first the verdict on every one, so that any answer can be redacted; then each
 * photo itself. Answers are redacted before they are read, and the record that goes along is the redacted one. */
#ifndef LB_CREATOR_BUILD_PRIVATE_H
#define LB_CREATOR_BUILD_PRIVATE_H

#include "lifeboat/creator/redact.h"
#include "lifeboat/creator/subject.h"
#include "lifeboat/creator/show.h"

struct judged {
	struct lb_verdict verdict;
	bool told;                      /* by getInfo, or by a list that settles it: else the photo is missing */
	size_t sets;                    /* 1 + first of its memberships, 0: none */
};
struct membership { size_t set, next; };
/* An album, gallery or group of the plan. told: it holds a photo that is named; kept: one that is kept. */
struct set_facts { bool told, kept; struct lb_subject subject; };
/* What the photos of a URL came to. hidden: not one of them is named, and neither is the URL. */
struct outcome { bool named, kept, hidden; };

struct build {
	const char *dir;
	const struct lb_plan *plan;
	const struct lb_ctx *ctx;
	struct lb_evidence *evidence;
	struct lb_ledger ledger;
	struct lb_policy_rules rules;
	struct lb_rows *rows;
	struct lb_redactor *redactor;
	struct lb_package *package;
	struct lb_show show;
	struct lb_out *warc;            /* data/provenance/api.warc.gz being written */
	bool *used;                     /* records already in it */
	struct lb_map ids;              /* of the plan's photos → their numbers */
	struct judged *judged;          /* of each of the plan's photos */
	struct membership *memberships; size_t nmemberships, memberships_cap;
	struct set_facts *sets;         /* of each of the plan's sets */
	struct lb_map set_at[LB_ABOUT_COUNT]; /* their numbers by id: the first of several */
	struct outcome *came;           /* of each of the plan's URLs */
	struct lb_map owners;           /* of photos that are named */
	bool guarded;                   /* somebody signed in could see what is not to be told */
	struct lb_plan told;            /* the plan as far as it is told */
	struct lb_met met;
	struct lb_arena facts;          /* of the sets, and of what is told of the plan */
	struct lb_arena arena;          /* of the photo or subject at hand */
	struct lb_gap *gaps; size_t ngaps, gaps_cap; /* of the photo at hand */
	struct lb_build_result result;
};

/* ---- records (build_records.c) ------------------------------------------------------------------------------------------- */

/* The answer on record, redacted; its record goes along, once. */
LB_CHECKED int lb_build_answer(struct build *b, const char *method, const char *uri, struct lb_arena *arena, struct lb_reply *out, struct lb_error *err);
/* Copies a record that holds nobody's words: a file's, a failure's. */
LB_CHECKED int lb_build_keep_member(struct build *b, long record, struct lb_error *err);
/* Copies a redirect's record, unless it tells what the policy withholds (a guest pass). */
LB_CHECKED int lb_build_redirect(struct build *b, const char *uri, struct lb_error *err);
void lb_build_gap(struct build *b, struct lb_gap gap);
const char *lb_build_text(struct build *b, const char *text, struct lb_arena *arena); /* redacted; NULL stays NULL */
/* All pages of a layer into the subject. What cannot be had is a gap where `noted`; *why (may be NULL): the last reply. */
LB_CHECKED int lb_build_layer(struct build *b, struct lb_subject *s, const struct lb_layer *layer, bool noted, struct lb_arena *arena, struct lb_reply *why, struct lb_error *err);
/* getInfo as it was received, for those of whom no record goes along. *had: a good answer. */
LB_CHECKED int lb_build_read_info(struct build *b, struct lb_subject *s, bool *had, struct lb_error *err);
bool lb_build_is_recorded(const struct build *b, const struct lb_subject *s, const struct lb_layer *layer);

/* ---- what is told (build_hidden.c, build_plan.c) -------------------------------------------------------------------------- */

void lb_build_hide(struct build *b);                                         /* after the verdicts */
bool lb_build_hides_gap(const struct build *b, const struct lb_gap *gap);
bool lb_build_hides_request(const struct build *b, const char *uri);         /* about one photo, album or gallery that is not told of */
/* Takes out of a list the albums, galleries and collections that are not told of; true when there were any. */
bool lb_build_prune(const struct build *b, const char *method, struct lb_xml *rsp);
void lb_build_tell(struct build *b);                                         /* fills b->told, but for its collections */
void lb_build_collections(struct build *b);                                  /* those with albums that were met */
LB_CHECKED int lb_build_put_plan(struct build *b, struct lb_error *err);     /* plan.json */
void lb_build_policy(struct build *b, struct lb_package_policy *out);

/* ---- the rounds ------------------------------------------------------------------------------------------------------------ */

LB_CHECKED int lb_build_judge(struct build *b, struct lb_error *err);       /* verdicts, and who belongs to which set */
bool lb_build_keeps(const struct build *b, size_t photo);                    /* with its surroundings */
LB_CHECKED int lb_build_set_facts(struct build *b, struct lb_error *err);    /* before the photos: what they say they belong to */
LB_CHECKED int lb_build_photos(struct build *b, struct lb_error *err);
LB_CHECKED int lb_build_licenses(struct build *b, struct lb_error *err);
LB_CHECKED int lb_build_around(struct build *b, struct lb_error *err);       /* members, albums, groups, galleries, collections */
LB_CHECKED int lb_build_selection(struct build *b, struct lb_error *err);    /* the records and gaps of enumeration */

/* ---- files (build_files.c) ---------------------------------------------------------------------------------------------------- */

LB_CHECKED int lb_build_files(struct build *b, struct lb_photo *photo, const struct lb_verdict *verdict, struct lb_error *err);
LB_CHECKED int lb_build_exif(struct build *b, struct lb_photo *photo, struct lb_error *err);
LB_CHECKED int lb_build_icon(struct build *b, const struct lb_person *person, struct lb_error *err);

#endif
