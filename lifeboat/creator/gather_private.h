/* Gathering, inside. A pass goes over all subjects of one kind and asks some parts of what can be asked about each; a work is
 * one subject on its way through its stages, and waits for one answer at a time. */
#ifndef LB_CREATOR_GATHER_PRIVATE_H
#define LB_CREATOR_GATHER_PRIVATE_H

#include "lifeboat/creator/subject.h"

#define WORKS_MAX 64

/* Ascending in the order of the stages. */
enum part { PART_INFO = 1, PART_SIZES = 2, PART_ORIGINAL = 4, PART_THUMBNAIL = 8, PART_LAYERS = 16, PART_ICON = 32, PART_ALL = 63 };
struct pass { enum lb_about about; unsigned asks; const char *unit; };

/* How many calls are still to come: what the plan lets expect, corrected by what the photos so far took. */
struct forecast {
	double ahead;                   /* of the photos of this pass that are not done, as expected from the plan */
	double later;                   /* of the passes over photos to come */
	double seen_expected, seen_made; /* of those done in this pass that asked anything */
	double owners, sets;
};

struct gather {
	struct lb_session *session;
	const struct lb_plan *plan;
	struct lb_ledger ledger;
	struct lb_policy_rules rules;
	struct lb_rows *rows;
	const struct pass *passes, *pass; size_t npasses;
	size_t next, total, done;       /* of this pass */
	struct work *running[WORKS_MAX]; size_t nrunning;
	struct lb_met met;
	struct lb_map kept;             /* photos whose surroundings are asked for */
	uint64_t photos, withheld, bytes, gaps;
	struct forecast forecast;
};

struct stage;
struct work {
	struct gather *g;
	struct work **slot;
	struct lb_arena arena;
	struct lb_subject subject;
	const struct lb_plan_photo *planned; /* photos only */
	struct lb_verdict verdict;
	bool settled, informed;         /* nothing more need be asked; getInfo was had */
	const struct stage *stage;
	size_t layer;
	int64_t page;
	bool asked;                     /* the question at hand has just been asked */
	unsigned calls;
	struct lb_pending pending;
	struct lb_size size;            /* the file at hand */
	uint64_t cut_size; unsigned cuts; /* of that file when it came without its end, and how often in a row of that size */
	char *temp;
};

/* NEXT: this stage is done; WAITS: an answer is under way; OVER: nothing more is wanted of the subject. */
enum then { THEN_NEXT, THEN_WAITS, THEN_OVER };
struct stage { enum part part; int (*go)(struct work *w, enum then *then, struct lb_error *err); };
const struct stage *lb_gather_stages(enum lb_about about);           /* the last has no function */

/* Called when the answer that a work waited for is there. */
LB_CHECKED int lb_gather_resume(struct work *w, struct lb_error *err);

/* Fetches `size` unless the store has it. */
LB_CHECKED int lb_gather_file(struct work *w, const struct lb_size *size, enum part part, bool *have, enum then *then, struct lb_error *err);
bool lb_gather_has_file(struct work *w, const char *url);

/* The licence table, and what the plan was made from where the evidence has lost it. */
LB_CHECKED int lb_gather_questions(struct gather *g, struct lb_error *err);
/* The sets that hold photos that are kept, and what lists told of them: before the passes over what was met. */
LB_CHECKED int lb_gather_sets(struct gather *g, struct lb_error *err);

void lb_forecast_plan(struct gather *g);                             /* once, before the first pass */
void lb_forecast_pass(struct gather *g);                             /* at the beginning of each */
void lb_forecast_photo(struct gather *g, const struct work *w);      /* when a photo of the pass is done */
uint64_t lb_forecast_calls(const struct gather *g);                  /* still to come */

#endif
