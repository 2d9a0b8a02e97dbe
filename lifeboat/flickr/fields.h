/* Reading of Flickr's XML by tables: which attribute or child goes to which member of a struct, and how strictly. */
#ifndef LB_FLICKR_FIELDS_H
#define LB_FLICKR_FIELDS_H

#include "lifeboat/flickr/flickr.h"

enum lb_field_kind {
	LB_FIELD_TEXT,    /* const char *; "" means none */
	LB_FIELD_EXACT,   /* const char *; "" is a value */
	LB_FIELD_WORD,    /* const char *; part of an address or a key: what is no plain word counts as not said */
	LB_FIELD_LINK,    /* const char *; https address on Flickr's hosts: anything else counts as not said */
	LB_FIELD_DECIMAL, /* const char *; a decimal number kept as text: anything else counts as not said */
	LB_FIELD_DIGITS,  /* const char *; an id that becomes a file name: 1-20 ASCII digits, else LB_FORMAT */
	LB_FIELD_NAME,    /* const char *; likewise an NSID, secret or compound id: [A-Za-z0-9@._-]{1,64} */
	LB_FIELD_TAIL,    /* const char *; the digits behind an owner's number and a hyphen, else not said */
	LB_FIELD_NUMBER,  /* int64_t; 0 .. 2^53: anything else is LB_UNKNOWN */
	LB_FIELD_FLAG,    /* int; 1, 0 or LB_UNKNOWN */
};

/* One member. child NULL: the element itself; attr NULL: the text. Of several rows for one member the last that is
 * there wins, be it an empty text. A required one that is missing or empty is LB_FORMAT. */
struct lb_field {
	const char *child, *attr;
	enum lb_field_kind kind;
	bool required;
	size_t offset;
};
struct lb_row_table {
	const struct lb_field *fields;
	size_t nfields;
	size_t size;                  /* of the struct */
	void (*init)(void *item);     /* NULL: all zero */
	size_t max;                   /* rows in one answer; 0: LB_ROWS_MAX */
};
#define LB_ROWS_MAX 200000
#define LB_ROW_TABLE(fields, type, init, max) { (fields), LB_COUNT(fields), sizeof(type), (init), (max) }

/* Sets each member of the table to "not said", then to what the element says. */
LB_CHECKED int lb_fields_read(const struct lb_row_table *record, const struct lb_xml *e, struct lb_arena *a,
	void *item, struct lb_error *err);
/* The same over what is known already: what the element does not say stays. An empty text says that there is none. */
LB_CHECKED int lb_fields_overlay(const struct lb_row_table *record, const struct lb_xml *e, struct lb_arena *a,
	void *item, struct lb_error *err);
/* All children `name` of parent (which may be NULL) as an array in the arena; NULL and 0 when there are none. */
LB_CHECKED int lb_fields_list(const struct lb_row_table *record, const struct lb_xml *parent, const char *name,
	struct lb_arena *a, void **items, size_t *count, struct lb_error *err);
/* The child `name` of rsp that the method promises, or LB_FORMAT. */
LB_CHECKED int lb_fields_promised(const struct lb_xml *rsp, const char *name, const struct lb_xml **out,
	struct lb_error *err);
/* page, pages, perpage or per_page, total of a wrapper; `got` stays 0. */
LB_CHECKED int lb_fields_page(const struct lb_xml *wrapper, struct lb_arena *a, struct lb_page *page,
	struct lb_error *err);
/* Room for `more` items behind the `count` of an array with `*cap` places: as it is, or moved and doubled. */
void *lb_fields_reserve(struct lb_arena *a, void *items, size_t count, size_t *cap, size_t more, size_t size);

/* As lb_parse_person … of flickr.h, over a struct that is initialised: what the answer does not say stays. */
LB_CHECKED int lb_overlay_person(const struct lb_xml *rsp, struct lb_arena *a, struct lb_person *p,
	struct lb_error *err);
LB_CHECKED int lb_overlay_album(const struct lb_xml *rsp, struct lb_arena *a, struct lb_album *album,
	struct lb_error *err);
LB_CHECKED int lb_overlay_group(const struct lb_xml *rsp, struct lb_arena *a, struct lb_group *group,
	struct lb_error *err);
LB_CHECKED int lb_overlay_gallery(const struct lb_xml *rsp, struct lb_arena *a, struct lb_gallery *gallery,
	struct lb_error *err);
/* All members not said. */
void lb_album_init(void *album);
void lb_group_init(void *group);
void lb_gallery_init(void *gallery);

bool lb_field_is_digits(struct lb_span s, size_t max);
bool lb_field_is_word(struct lb_span s, size_t max);   /* [A-Za-z0-9@._-], not beginning with a dot */
bool lb_field_is_name(struct lb_span s, size_t max);   /* a word that may be a file name everywhere */
/* https, host flickr.com or staticflickr.com or below, no user, port, control character or space. */
bool lb_field_is_link(const char *url);

#endif
