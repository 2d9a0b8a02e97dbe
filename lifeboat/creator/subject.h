/* Subjects: what gathering and building ask about, and what decides on it; both read the same answers by the same rules, so
 * that what is gathered is what is built from. */
#ifndef LB_CREATOR_SUBJECT_H
#define LB_CREATOR_SUBJECT_H

#include "lifeboat/creator/policy.h"
#include "lifeboat/creator/rows.h"
#include "lifeboat/creator/session.h"

struct lb_subject {
	enum lb_about about;
	const char *id, *owner_id;             /* owner_id: of albums */
	union { struct lb_photo photo; struct lb_person person; struct lb_album album; struct lb_group group; struct lb_gallery gallery; } is;
};
void lb_subject_init(struct lb_subject *s, enum lb_about about, const char *id, const char *owner_id);
/* "photo 123", "album 456" … in the arena. */
const char *lb_subject_name(const struct lb_subject *s, struct lb_arena *arena);
/* Reads a good answer of a layer into the subject. LB_FORMAT when it is not what is promised, or about another subject. */
LB_CHECKED int lb_subject_read(struct lb_subject *s, const struct lb_layer *layer, const struct lb_reply *r, struct lb_arena *arena, struct lb_page *page, struct lb_error *err);

/* ---- photos ----------------------------------------------------------------------------------------------------------- */

/* The photo as the lists tell it: the row on record, else what the plan remembers. */
void lb_photo_begin(struct lb_rows *rows, const struct lb_plan_photo *planned, struct lb_arena *arena, struct lb_photo *out);
/* *settled: nothing that getInfo may tell can change the verdict. */
struct lb_verdict lb_photo_judge(const struct lb_policy_rules *rules, const struct lb_photo *photo, bool *settled);
static inline bool lb_verdict_keeps(enum lb_verdict_kind v) { return v == LB_VERDICT_TAKE || v == LB_VERDICT_NO_MEDIA; }
struct lb_want lb_photo_want(const struct lb_plan *plan, const struct lb_plan_photo *planned, const struct lb_photo *photo);
/* For estimates: the photo and what is wanted of it, as far as the plan lets expect. */
struct lb_want lb_photo_expected(const struct lb_plan *plan, const struct lb_plan_photo *planned, struct lb_photo *out);
bool lb_photo_is_video(const struct lb_photo *photo);

/* ---- what is met around the photos that are kept ------------------------------------------------------------------------ */

/* Facts that decide which calls are worth making. */
struct lb_met_item { const char *id, *owner_id, *iconserver, *iconfarm; int64_t count_comments, date_created; };
struct lb_met {
	struct { struct lb_map at; struct lb_met_item *items; size_t count, cap; } of[LB_ABOUT_COUNT];
	struct lb_arena arena;
};
void lb_met_clear(struct lb_met *m);
/* Its owner, albums and groups. Galleries that were only met are told in full by the list that named them. */
void lb_met_photo(struct lb_met *m, const struct lb_photo *photo);
/* An album, gallery or group whose list the plan has, and that holds a photo that is kept. */
void lb_met_set(struct lb_met *m, const struct lb_plan_set *set);
/* What lists on record told in full of the albums and galleries met. */
LB_CHECKED int lb_met_told(struct lb_met *m, const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_ctx *ctx, struct lb_error *err);
void lb_met_subject(const struct lb_met *m, enum lb_about about, size_t i, struct lb_subject *out);

/* ---- lists that tell of albums or galleries in full ---------------------------------------------------------------------- */

bool lb_told_by(const char *method);
/* Calls `take` for each that a good answer tells of; strings are in the arena. */
typedef void lb_told_fn(void *arg, const struct lb_subject *told);
void lb_told_each(const char *method, const struct lb_xml *rsp, struct lb_arena *arena, lb_told_fn *take, void *arg);

/* ---- sets ------------------------------------------------------------------------------------------------------------------ */

enum lb_about lb_set_about(const struct lb_plan_set *set);
/* The request of page `i` of a set's list, and its method (in the arena); NULL when the plan has lost it. */
const char *lb_set_call(const struct lb_plan *plan, const struct lb_plan_set *set, size_t i, struct lb_arena *arena, const char **method);
/* Ids of a page of a set's list as it was received; none when it cannot be read. */
size_t lb_set_page(const struct lb_plan *plan, const struct lb_evidence *ev, const struct lb_plan_set *set, size_t i, struct lb_arena *arena, struct lb_photo **rows);

#endif
