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
	const char *resolved;                /* SHORT: where its redirect led, or NULL */
	const char *name;                    /* what Flickr calls it, or NULL */
	const char *owner_id;                /* NULL where it has none */
	bool whole_stream;                   /* all that the owner shows: their albums are sets of this plan */
	int64_t claimed;                     /* photos that Flickr says there are, or LB_UNKNOWN */
	size_t found;
	const char **calls; size_t ncalls;   /* the API requests that enumerated it, without secrets */
};
/* An album, gallery or group's pool whose list was read to its end. */
struct lb_plan_set {
	enum lb_plan_set_kind { LB_SET_ALBUM, LB_SET_GALLERY, LB_SET_GROUP } kind;
	const char *id, *owner_id;
	size_t url;                          /* index into urls */
	size_t first_call, ncalls;           /* of that URL's calls: the pages of the list, in order */
};
struct lb_plan_photo {
	const char *id;
	const size_t *from; size_t nfrom;    /* indexes into urls */
	size_t row_url, row_call;            /* the answer whose row tells most: urls[row_url].calls[row_call]; row_url SIZE_MAX: none */
	size_t lost_row;                     /* when no list has it any more: 1 + number of the record that has its row; 0: none */
	size_t stale_before;                 /* answers on record before this number of the evidence are asked again; 0: none is stale */
	uint32_t stale_layers;               /* bits 1 << choice that this is said of */
	/* What the lists told, for the summary; NULL or LB_UNKNOWN where they did not. */
	const char *owner_id, *owner_name, *title, *license_id, *visibility, *media;
	int64_t comments, faves, updated, safety;
	int original_offered, can_download;
	uint64_t pixels;                     /* of the largest file offered; 0 unknown */
};

/* ---- what the maker chose ----------------------------------------------------------------------------------------- */

enum lb_policy { LB_POLICY_CAREFUL, LB_POLICY_OWN, LB_POLICY_CONSENTED, LB_POLICY_RESCUE, LB_POLICY_COUNT };
struct lb_policy_info { const char *name; const char *sentence; };  /* sentence: for the package's first page */
extern const struct lb_policy_info lb_policies[LB_POLICY_COUNT];
struct lb_plan_choices {
	uint32_t layers;                     /* bits 1 << enum lb_choice (lifeboat/flickr) */
	enum lb_policy policy;
	int64_t agreed;                      /* Unix seconds of --agree; 0: not */
	int64_t safety;                      /* the highest level taken: 0, 1, 2 */
	bool include_private, include_evidence;
	bool pseudonymise;                   /* people who comment, like, tag or are shown, other than the photos' owners */
	bool silence_is_consent;             /* after the deadline; else silence withholds */
	const char *account_id, *account_name; /* who was signed in, or NULL */
};
struct lb_plan {
	const char *id, *program;
	int64_t created;
	struct lb_maker_words words;
	struct lb_plan_choices choices;
	struct lb_plan_url *urls; size_t nurls;
	struct lb_plan_set *sets; size_t nsets, sets_cap;
	struct lb_collection *collections; size_t ncollections; /* selected ones, parents first */
	struct lb_plan_photo *photos; size_t nphotos, photos_cap;
	struct lb_gap *gaps; size_t ngaps, gaps_cap;  /* what could not be enumerated */
	size_t lists_from;                   /* lists on record before this number of the evidence are out of date */
	enum lb_rereading { LB_REREAD_NOT, LB_REREAD_GAPS, LB_REREAD_ALL } rereading; /* begun, not done: the plan is as it was */
	const char **dropped; size_t ndropped; /* photos that lists told of and a person took out: they stay out */
	struct lb_arena arena;
};
extern const char *const lb_plan_safeties[], *const lb_plan_silences[]; /* words of the choices; the last is NULL */
void lb_plan_clear(struct lb_plan *plan);
LB_CHECKED int lb_plan_load(const char *dir, struct lb_plan *out, struct lb_error *err);  /* LB_NOTFOUND when there is none */
LB_CHECKED int lb_plan_save(const char *dir, const struct lb_plan *plan, struct lb_error *err);
void lb_plan_json(const struct lb_plan *plan, struct lb_buf *out);
/* The maker's title, else one made of what Flickr calls the only URL, or of the number of photos. In the arena or the plan. */
const char *lb_plan_title(const struct lb_plan *plan, struct lb_arena *arena);

/* What a plan comes to. Counts by value, most first; `calls` of the stages to come, at the default layers. */
struct lb_tally { const char *name; size_t count; };
struct lb_plan_sums {
	struct lb_tally *licenses, *owners, *visibilities, *media, *downloads, *safety;
	size_t nlicenses, nowners, nvisibilities, nmedia, ndownloads, nsafety;
	struct lb_layer_sum { const char *name; bool chosen; uint64_t calls; double hours; } *layers; size_t nlayers; /* by choice */
	struct lb_policy_sum { const char *name; bool chosen; size_t taken, withheld; } policies[LB_POLICY_COUNT];
	uint64_t calls, bytes;               /* estimates, of what is chosen */
	double hours;                        /* at the given calls an hour */
	struct lb_arena arena;
};
struct lb_ledger;
void lb_plan_sum(const struct lb_plan *plan, const struct lb_ledger *ledger, size_t calls_per_hour, struct lb_plan_sums *out);
void lb_plan_sums_clear(struct lb_plan_sums *s);

/* ---- the stages ---------------------------------------------------------------------------------------------------- */

struct lb_source {
	const char *api_key;                 /* may be NULL in replay */
	const char *api_secret, *token, *token_secret; /* all three: signed in (OAuth 1.0a); else NULL */
	const char *account_id, *account_name; /* whose token it is, or NULL */
	const char *replay;                  /* WARC to answer from, or NULL */
	const char *reroute;                 /* tests: see lifeboat/net */
	const char *budget_dir;              /* where runs with the same key count their calls together; NULL: they do not */
	size_t api_per_hour;                 /* 0: 3600 */
	unsigned files_parallel;             /* 0: 4 */
	unsigned tries;                      /* 0: 5 */
	long timeout_s;                      /* 0: 60 */
	int64_t retry_base_ms;               /* 0: the default */
};

/* What a plan is made with, or an existing one changed by. */
struct lb_plan_request {
	const char *const *urls; size_t nurls;
	struct lb_maker_words words;
	struct lb_plan_choices choices; uint32_t choices_said; /* bits LB_SAID_*: the others keep what the plan has, or the default */
	bool update;                         /* read the lists again: new photos join, changed ones become stale */
};
enum { LB_SAID_LAYERS = 1, LB_SAID_POLICY = 2, LB_SAID_AGREED = 4, LB_SAID_SAFETY = 8, LB_SAID_PRIVATE = 16, LB_SAID_EVIDENCE = 32, LB_SAID_PSEUDONYMS = 64, LB_SAID_SILENCE = 128 };

/* Enumerates the URLs and writes plan.json. A plan already there is kept: the same URLs (or none) resume it, with new words and
 * choices taken over; others are LB_EXISTS. LB_AUTH when the key is refused, LB_NETWORK when Flickr cannot be reached,
 * LB_NOTFOUND when not one photo was found, LB_USAGE when the rescue policy comes without agreement. */
LB_CHECKED int lb_create_plan(const char *dir, const struct lb_plan_request *request, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_plan *out, struct lb_error *err);

struct lb_gather_result { uint64_t photos, calls, retries, files, bytes, gaps, withheld; };
/* Asks for all that the plan and its policy want and the evidence lacks. What Flickr refuses is on record, and not an error.
 * originals_first: information and files of every photo before any other layer of one. */
LB_CHECKED int lb_create_gather(const char *dir, bool originals_first, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_gather_result *out, struct lb_error *err);

/* originals: files labelled Original; largest: others that stand in for one; failed: the gaps that asking again may close. */
struct lb_build_result { size_t planned, photos, missing, withheld, originals, largest, gaps, failed; };
/* Evidence and plan → DIR/lifeboat, which appears (or is replaced) by one rename; a package before it that has files the new
 * one lacks is kept as DIR/lifeboat.kept-N. No network, no clock. */
LB_CHECKED int lb_create_build(const char *dir, const struct lb_ctx *ctx, struct lb_build_result *out, struct lb_error *err);

/* ---- converting: a Data Lifeboat of the Flickr Foundation → a package, without a working folder ------------------------- */

struct lb_convert_request {
	const char *source;                  /* folder, zip or tar */
	const char *name;                    /* what the source is called, for the package and, without a title, as its title */
	struct lb_maker_words words;         /* over those of the source */
	int64_t date;                        /* of the conversion, Unix seconds; 0: now */
};
/* lost: photos of which nothing could be read, media that are not there, entries that are no photos. Never asked for: not counted. */
struct lb_convert_result { size_t photos, lost, gaps, files, vouched, differing, kept; };
/* The source → the new folder `dir`, which appears by one rename. Same source, words and date give the same bytes. LB_EXISTS when
 * there is something at `dir`; LB_NOTFOUND when the source is no such lifeboat, LB_FORMAT when its index cannot be read, LB_CORRUPT
 * when its container is damaged, or when it changes meanwhile. */
LB_CHECKED int lb_create_convert(const char *dir, const struct lb_convert_request *request, const struct lb_ctx *ctx, struct lb_convert_result *out, struct lb_error *err);

/* ---- the viewer of a finished package, made anew ------------------------------------------------------------------------ */

/* photos: that the package tells of, missing ones too. files, bytes: below data/viewer/ now. changed: of them those that are new or have other
 * bytes than the manifests told; gone: that the manifests told and that are no more; repaired: that were not in the folder as told.
 * untouched: nothing was to be done, and nothing was. */
struct lb_rebuild_result { size_t photos, files, changed, gone, repaired; uint64_t bytes; bool untouched; };
/* Makes everything below data/viewer/ of the package (a folder) from its metadata, in the new package `dir`, or (NULL) in its own place;
 * either way it appears by one rename, and is a valid one. No network, no evidence; the same package and program give the same bytes.
 * LB_EXISTS when there is something at `dir`, LB_CORRUPT when the rest of the package is not as its manifests tell, LB_UNSUPPORTED for a
 * packed file or another major version, LB_FORMAT for lists that another program laid out. */
LB_CHECKED int lb_create_rebuild(const char *package, const char *dir, const struct lb_ctx *ctx, struct lb_rebuild_result *out, struct lb_error *err);

/* ---- consent ---------------------------------------------------------------------------------------------------------- */

/* DIR/consent.csv: owner,status,date,deadline,evidence,note; status granted | refused | pending | no answer. Written by plan
 * for the owners whose photos need it (rows there are kept as they are), edited by hand, obeyed by gather and build. */
enum lb_consent { LB_CONSENT_NONE, LB_CONSENT_PENDING, LB_CONSENT_GRANTED, LB_CONSENT_REFUSED, LB_CONSENT_SILENT };
struct lb_consent_row { const char *owner, *owner_name; enum lb_consent status; const char *date, *deadline, *evidence, *note; };
struct lb_ledger { struct lb_consent_row *rows; size_t nrows; struct lb_arena arena; };
/* Rows come in the order of owners, each owner once. LB_FORMAT names the line that is wrong. No file: an empty ledger. */
LB_CHECKED int lb_ledger_load(const char *dir, struct lb_ledger *out, struct lb_error *err);
void lb_ledger_clear(struct lb_ledger *ledger);
/* Adds rows for owners that need asking and writes DIR/letters/<nsid>.txt for those not asked yet. deadline: "2026-12-31". */
LB_CHECKED int lb_create_letters(const char *dir, const struct lb_plan *plan, const char *deadline, const struct lb_ctx *ctx, size_t *written, struct lb_error *err);

/* ---- one API call, for the curious ----------------------------------------------------------------------------------- */

/* Asks `method` and gives the body as received. Nothing is recorded. */
struct lb_param;
LB_CHECKED int lb_create_call(const char *method, const struct lb_param *params, size_t count, const struct lb_source *source, const struct lb_ctx *ctx, struct lb_buf *body, struct lb_error *err);

#endif
