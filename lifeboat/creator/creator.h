/* Creator: the line plan → gather → build over one working folder.
 *
 *   DIR/plan.json     what shall be kept, and why; a person may edit it
 *   DIR/evidence/     what was received (format/evidence)
 *   DIR/lifeboat/     the package
 *
 * Each stage takes what the stage before it left in the folder and makes the next; running one again resumes it. */
#ifndef LB_CREATOR_H
#define LB_CREATOR_H

#include "format/base/base.h"
#include "format/model/model.h"

/* What the maker says about the lifeboat; NULL where nothing was said. */
struct lb_maker_words { const char *title, *purpose, *future, *maker, *maker_id; };
/* LB_LIMIT when a name passes 1,000 bytes or a text 100,000. */
LB_CHECKED int lb_maker_words_check(const struct lb_maker_words *words, struct lb_error *err);

/* ---- the plan: plan.json --------------------------------------------------------------------------------------- */

struct lb_plan_url {
	const char *url, *type;              /* as given; kind as in `lifeboat url` */
	const char *name;                    /* what Flickr calls it, or NULL */
	const char *album_id, *owner_id;     /* NULL where it has none */
	int64_t claimed;                     /* photos that Flickr says there are, or LB_UNKNOWN */
	size_t found;
	const char **calls; size_t ncalls;   /* the API requests that enumerated it, without secrets */
};
struct lb_plan_photo {
	const char *id;
	const size_t *from; size_t nfrom;    /* indexes into urls */
	/* What the lists told, for the summary; NULL or LB_UNKNOWN where they did not. */
	const char *owner_id, *owner_name, *title, *license_id, *visibility, *media;
	int64_t comments;
	int original_offered;
	uint64_t pixels;                     /* of the largest file offered; 0 unknown */
};
struct lb_plan {
	const char *id, *program;
	int64_t created;
	struct lb_maker_words words;
	struct lb_plan_url *urls; size_t nurls;
	struct lb_plan_photo *photos; size_t nphotos, photos_cap;
	struct lb_gap *gaps; size_t ngaps, gaps_cap;  /* what could not be enumerated */
	struct lb_arena arena;
};
void lb_plan_clear(struct lb_plan *plan);
LB_CHECKED int lb_plan_load(const char *dir, struct lb_plan *out, struct lb_error *err);  /* LB_NOTFOUND when there is none */
LB_CHECKED int lb_plan_save(const char *dir, const struct lb_plan *plan, struct lb_error *err);
void lb_plan_json(const struct lb_plan *plan, struct lb_buf *out);

/* What a plan comes to. Counts by value, most first; `calls` of the stages to come, at the default layers. */
struct lb_tally { const char *name; size_t count; };
struct lb_plan_sums {
	struct lb_tally *licenses, *owners, *visibilities, *media, *downloads;
	size_t nlicenses, nowners, nvisibilities, nmedia, ndownloads;
	uint64_t calls, bytes;               /* estimates */
	double hours;                        /* at the given calls an hour */
	struct lb_arena arena;
};
void lb_plan_sum(const struct lb_plan *plan, size_t calls_per_hour, struct lb_plan_sums *out);
void lb_plan_sums_clear(struct lb_plan_sums *s);

/* ---- the stages ---------------------------------------------------------------------------------------------------- */

struct lb_source {
	const char *api_key;                 /* may be NULL in replay */
	const char *replay;                  /* WARC to answer from, or NULL */
	const char *reroute;                 /* tests: see lifeboat/net */
	size_t api_per_hour;                 /* 0: 3600 */
	unsigned files_parallel;             /* 0: 4 */
	unsigned tries;                      /* 0: 5 */
	long timeout_s;                      /* 0: 60 */
	int64_t retry_base_ms;               /* 0: the default */
};

/* Enumerates the URLs and writes plan.json. A plan already there is kept: the same URLs (or none) resume it, with new words
 * taken over; others are LB_EXISTS. LB_AUTH when the key is refused, LB_NETWORK when Flickr cannot be reached,
 * LB_NOTFOUND when not one photo was found. */
LB_CHECKED int lb_create_plan(const char *dir, const char *const *urls, size_t nurls, const struct lb_maker_words *words, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *out, struct lb_error *err);

struct lb_gather_result { uint64_t photos, calls, retries, files, bytes, gaps; };
/* Asks for all that the plan wants and the evidence lacks. What Flickr refuses is on record, and not an error. */
LB_CHECKED int lb_create_gather(const char *dir, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_gather_result *out, struct lb_error *err);

/* originals: files labelled Original; largest: others that stand in for one; failed: the gaps that asking again may close. */
struct lb_build_result { size_t planned, photos, missing, originals, largest, gaps, failed; };
/* Evidence and plan → DIR/lifeboat, which appears (or is replaced) by one rename; a package before it that has files the new
 * one lacks is kept as DIR/lifeboat.kept-N. No network, no clock. */
LB_CHECKED int lb_create_build(const char *dir, const struct lb_ctx *ctx, struct lb_build_result *out, struct lb_error *err);

/* ---- one API call, for the curious ----------------------------------------------------------------------------------- */

/* Asks `method` and gives the body as received. Nothing is recorded. */
struct lb_param;
LB_CHECKED int lb_create_call(const char *method, const struct lb_param *params, size_t count, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_buf *body, struct lb_error *err);

#endif
