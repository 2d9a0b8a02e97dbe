/* Enumerating: URLs into a fresh plan. Lists are read page by page; what the plan keeps of a row is copied out, and the
 * answer is let go. */
#ifndef LB_CREATOR_ENUMERATE_H
#define LB_CREATOR_ENUMERATE_H

#include "lifeboat/creator/session.h"
#include "lifeboat/url/url.h"

struct lb_planner {
	struct lb_session *session;
	struct lb_plan *plan;
	const struct lb_map *dropped;   /* ids that stay out, or NULL */
	struct lb_map photos;           /* id → index in plan->photos */
	struct lb_words words;          /* texts that many rows share */
	struct lb_map sets;             /* kind and id → index in plan->sets */
	struct lb_map collections;      /* ids in the plan */
	struct lb_map asked;            /* URIs that this run has asked for: what did not come is not asked for twice */
	size_t usable;                  /* photos that an answer vouched for */
	const char *why;                /* the first thing that could not be had */
};
void lb_planner_clear(struct lb_planner *p);

/* One URL being enumerated. */
struct lb_selection {
	struct lb_planner *planner;
	struct lb_plan_url *url;
	size_t number;
	struct lb_flickr_url parsed;
	struct lb_map seen;             /* id → the list that told of it last */
	size_t list;                    /* number of the list at hand */
	size_t calls_cap;
	struct lb_arena scratch;        /* of the answer at hand: emptied by the next */
};

/* ---- URLs (kinds.c) ------------------------------------------------------------------------------------------------ */

/* LB_USAGE says what is wrong with the URL. */
LB_CHECKED int lb_kind_understand(const char *url, struct lb_arena *arena, struct lb_flickr_url *parsed, struct lb_error *err);
/* Enumerates plan->urls[number]. */
LB_CHECKED int lb_kind_plan(struct lb_planner *p, size_t number, struct lb_error *err);
/* The same for a URL that has been understood: parsed of the selection. */
LB_CHECKED int lb_kind_plan_parsed(struct lb_selection *s, struct lb_error *err);

/* Those that are too long for the table's file. */
typedef int lb_kind_fn(struct lb_selection *s, struct lb_error *err);
lb_kind_fn lb_plan_album, lb_plan_albums, lb_plan_gallery, lb_plan_galleries, lb_plan_group, lb_plan_collection; /* kinds_sets.c */
lb_kind_fn lb_plan_tag, lb_plan_user_tag, lb_plan_search, lb_plan_archive;                                    /* plan_windows.c */
lb_kind_fn lb_plan_short;                                                                                     /* plan_hop.c */
/* The owner's albums as sets; whole_stream when the list of them was read to its end. */
lb_kind_fn lb_plan_stream_albums;

/* ---- asking (enumerate.c) --------------------------------------------------------------------------------------------- */

/* From the evidence or Flickr; the call is noted with the URL. LB_NETWORK when Flickr cannot be reached: a list with a hole
 * that only the network made is no plan. What Flickr itself refuses is left to the caller. */
LB_CHECKED int lb_select_ask(struct lb_selection *s, struct lb_arena *arena, const char *method, const struct lb_param *params, size_t count, struct lb_reply *out, struct lb_error *err);
/* The question of a layer about an album, group, gallery or photo, as gather asks it. */
LB_CHECKED int lb_select_ask_layer(struct lb_selection *s, struct lb_arena *arena, const char *layer, const char *id, const char *owner_id, struct lb_reply *out, struct lb_error *err);
/* Notes what a reply could not give: its own reason, or why a good answer cannot be read. */
void lb_select_gap(struct lb_selection *s, const struct lb_reply *r, const struct lb_error *why, const char *layer, const char *method);
/* Notes what Flickr does not give however often it is asked; `message` is in the plan or constant. */
void lb_select_note(struct lb_selection *s, const struct lb_gap *gap);
/* urls.lookupUser or lookupGroup of an address. */
LB_CHECKED int lb_select_look_up(struct lb_selection *s, struct lb_arena *arena, const char *method, const char *address, struct lb_reply *out, struct lb_error *err);
/* NSID and name of a member by the address of their stream, in the plan; NULL, with a gap, when Flickr does not tell. */
LB_CHECKED int lb_select_member(struct lb_selection *s, const char *user_url, const char **nsid, const char **name, struct lb_error *err);
/* NSID of the URL's member into url->owner_id; NULL, with a gap, when Flickr does not tell. */
LB_CHECKED int lb_select_owner(struct lb_selection *s, struct lb_error *err);
void lb_select_note_call(struct lb_selection *s, const char *uri);
void lb_select_progress(const struct lb_selection *s);
bool lb_select_signed(const struct lb_selection *s);
const char *lb_select_keep(struct lb_selection *s, const char *text); /* copied to the plan; NULL stays NULL */
/* Level of safe_search to ask for, or NULL: the standard one. */
const char *lb_select_safe_search(struct lb_selection *s);

/* ---- lists (enumerate_list.c) --------------------------------------------------------------------------------------------- */

struct lb_list {
	const char *method;
	const struct lb_param *params; size_t nparams;
	bool members_only;              /* it tells which photos and in what order; they are told of elsewhere */
	bool settled;                   /* nothing moves in it while it is read */
	size_t rows_max;                /* Flickr gives no more and then repeats itself; 0: no such end */
	int64_t claim_max;              /* one page is enough when more is claimed; 0: read on */
	/* What came of it. */
	int64_t claimed, date;          /* by the first page; LB_UNKNOWN */
	size_t pages, got, added;       /* different rows; those that no earlier list of the URL had */
	size_t repeats;                 /* rows that came again where new ones were promised */
	size_t first_call, ncalls;
	bool whole, over;               /* no page is missing; more than claim_max were claimed */
};
/* Notes that a list that gave rows again in the place of others lacks some. */
void lb_list_note_short(struct lb_selection *s, const char *method, size_t got, int64_t claimed);
void lb_list_add_claim(struct lb_selection *s, const struct lb_list *list);
LB_CHECKED int lb_list_read(struct lb_selection *s, struct lb_list *list, struct lb_error *err);
/* What a row, or the answer about the photo itself, tells. call: index in the URL's calls, SIZE_MAX when it is no list's. */
void lb_list_add_row(struct lb_selection *s, const struct lb_photo *row, size_t call);
/* Keeps a list that was read to its end as a set. part: not all of it was asked for. */
void lb_list_add_set(struct lb_selection *s, enum lb_plan_set_kind kind, const char *id, const char *owner_id, const struct lb_list *list, bool part);
bool lb_list_has_set(const struct lb_planner *p, enum lb_plan_set_kind kind, const char *id);

#endif
