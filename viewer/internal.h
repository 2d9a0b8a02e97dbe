/* Private to viewer/: what the page writers share. Everything that a function below takes as "html" is already safe to
 * put into a page; everything else is text from somewhere and is escaped here. */
#ifndef LB_VIEWER_INTERNAL_H
#define LB_VIEWER_INTERNAL_H

#include "format/text/text.h"
#include "viewer/viewer.h"

#define LB_LIST_MAX 240         /* photos on one list page */
#define LB_INDEX_MAX 240        /* entries on one index page */
#define LB_GAPS_MAX 400         /* gaps on one page of what is missing */
#define LB_START_PHOTOS 24

/* ---- words: the only place where the pages' language lives is strings.c ------------------------------------ */

enum lb_ui {
	UI_SKIP, UI_CONTENTS, UI_PAGER, UI_PAGER_BELOW, UI_PREVIOUS, UI_NEXT, UI_GAP_PAGES, UI_FOOTER,
	UI_FOOTER_MAKER, UI_NAV_HOME, UI_NAV_PHOTOS, UI_NAV_YEARS, UI_NAV_ALBUMS, UI_NAV_GROUPS, UI_NAV_GALLERIES,
	UI_NAV_TAGS, UI_NAV_PEOPLE, UI_NAV_LICENSES, UI_NAV_MISSING, UI_NAV_RIGHTS,

	UI_N_PHOTOS, UI_N_COMMENTS, UI_N_FAVES, UI_N_VIEWS, UI_N_PEOPLE, UI_N_NOTES, UI_N_VIDEOS, UI_N_MISSING,
	UI_N_GAPS, UI_N_MEMBERS, UI_N_SECONDS, UI_N_BYTES, UI_OF_THEM_MISSING,

	UI_PHOTOS_TITLE, UI_PHOTOS_NONE, UI_UNTITLED, UI_ALT_PHOTO, UI_ALT_VIDEO, UI_ALT_TAKEN, UI_BY,
	UI_VIDEO_MARK, UI_NO_PICTURE, UI_DATE_UNKNOWN, UI_ABOUT_YEAR, UI_SOMEONE, UI_DELETED_MEMBER,

	UI_TAKEN, UI_POSTED, UI_UPDATED, UI_LICENSE, UI_CREDIT, UI_CREDIT_LINE, UI_PLACE, UI_COORDINATES,
	UI_ACCURACY, UI_INDOORS, UI_OUTDOORS, UI_TAGS, UI_TAG_BY, UI_ALBUMS, UI_GROUPS, UI_GALLERIES, UI_SHOWN,
	UI_SHOWN_BY, UI_COUNTS, UI_COMMENTS, UI_COMMENTS_COUNTED, UI_COMMENTS_REST, UI_FAVES, UI_FAVES_SHOW,
	UI_NOTES, UI_GAPS, UI_ACCURACY_WORLD, UI_ACCURACY_COUNTRY, UI_ACCURACY_REGION, UI_ACCURACY_CITY,
	UI_ACCURACY_STREET, UI_ACCURACY_UNKNOWN, UI_UPPER_LEFT, UI_TOP, UI_UPPER_RIGHT, UI_LEFT, UI_MIDDLE, UI_RIGHT,
	UI_LOWER_LEFT, UI_BOTTOM, UI_LOWER_RIGHT,

	UI_RECORD, UI_RECORD_ID, UI_RECORD_PAGE, UI_RECORD_DATA, UI_RECORD_DATA_TEXT, UI_RECORD_CAPTURED,
	UI_RECORD_SELECTED, UI_RECORD_VISIBILITY, UI_RECORD_SAFETY, UI_RECORD_ALLOWED, UI_RECORD_REFUSED,
	UI_RECORD_ROTATION, UI_RECORD_VIDEO, UI_RECORD_SIZES, UI_FILE_ORIGINAL, UI_FILE_THUMBNAIL, UI_FILE_NONE,
	UI_FILE_WITHHELD, UI_FILE_LARGEST, UI_FILE_STREAM, UI_FILE_SIZE, UI_FILE_LABEL, UI_FILE_PIXELS, UI_FILE_SHA256, UI_FILE_CAPTURED, UI_FILE_FROM,
	UI_CAN_DOWNLOAD, UI_CAN_SHARE, UI_CAN_PRINT, UI_CAN_BLOG, UI_CAN_COMMENT, UI_CAN_ADD_META,
	UI_PUBLIC_COMMENT, UI_PUBLIC_ADD_META, UI_GEO_PUBLIC, UI_GEO_CONTACT, UI_GEO_FRIEND, UI_GEO_FAMILY,

	UI_STUB_TITLE, UI_STUB_TEXT, UI_STUB_TOLD, UI_STUB_LINK, UI_GAP_REFUSED, UI_GAP_REFUSED_CODE, UI_GAP_FAILED,
	UI_GAP_UNASKED, UI_GAP_WITHHELD, UI_GAP_WITHHELD_WHY, UI_GAP_REASON, UI_GAP_METHOD, UI_GAP_CODE, UI_GAP_HTTP, UI_LAYER_PHOTO, UI_LAYER_SIZES,
	UI_LAYER_COMMENTS, UI_LAYER_FAVES, UI_LAYER_CONTEXTS, UI_LAYER_GALLERIES, UI_LAYER_PEOPLE,
	UI_LAYER_ORIGINAL, UI_LAYER_THUMBNAIL, UI_LAYER_LICENSES, UI_LAYER_OWNER, UI_LAYER_ALBUM, UI_LAYER_GROUP,
	UI_LAYER_EXIF, UI_LAYER_OTHER,

	UI_YEARS_TITLE, UI_YEARS_INTRO, UI_YEARS_NONE, UI_YEAR_UNKNOWN, UI_ALBUMS_TITLE, UI_ALBUMS_INTRO,
	UI_ALBUMS_NONE, UI_GROUPS_TITLE, UI_GROUPS_INTRO, UI_GROUPS_NONE, UI_GALLERIES_TITLE, UI_GALLERIES_INTRO,
	UI_GALLERIES_NONE, UI_TAGS_TITLE, UI_TAGS_INTRO, UI_TAGS_NONE, UI_TAG_NORMALISED, UI_PEOPLE_TITLE,
	UI_PEOPLE_INTRO, UI_PEOPLE_NONE, UI_LICENSES_TITLE, UI_LICENSES_INTRO, UI_LICENSES_NONE, UI_ENTRIES_PAGE,
	UI_LIST_TITLE, UI_CONTINUED, UI_ALL_OF, UI_NO_PHOTOS_HERE, UI_INDEX_PAGE, UI_ROLE_TOOK, UI_ROLE_SHOWN,
	UI_ROLE_COMMENTED, UI_ROLE_TAGGED, UI_ROLE_NOTED, UI_ROLE_FAVED, UI_OWNER, UI_ON_FLICKR, UI_CREATED,
	UI_RULES, UI_ADDRESS, UI_REAL_NAME, UI_NSID, UI_LOCATION, UI_ACCOUNT, UI_AUDIENCE, UI_PRO, UI_FIRST_UPLOAD,
	UI_FIRST_TAKEN, UI_ADULTS, UI_LANGUAGE, UI_THERE,

	UI_MISSING_TITLE, UI_MISSING_INTRO, UI_MISSING_NONE, UI_MISSING_PHOTOS, UI_MISSING_PARTS,

	UI_EXTRACT_TITLE, UI_EXTRACT_TEXT, UI_KICKER, UI_MADE_BY, UI_MADE_ON, UI_WHAT, UI_PURPOSE, UI_FUTURE,
	UI_NOT_SAID, UI_GALLERY, UI_GALLERY_ALL, UI_BROWSE, UI_RIGHTS, UI_RIGHTS_INTRO, UI_LACKS, UI_LACKS_SOME,
	UI_LACKS_NONE, UI_FROM, UI_FROM_NONE, UI_FROM_REST, UI_KIND_PHOTO, UI_KIND_ALBUM, UI_KIND_USER, UI_KIND_GROUP,
	UI_KIND_GALLERY, UI_KIND_TAG, UI_HOW_TO_READ, UI_HOW_TO_READ_TEXT, UI_FOLDERS,
	UI_FOLDERS_INTRO, UI_HOW_TO_CHECK, UI_HOW_TO_CHECK_TEXT, UI_HOW_TO_CHECK_MAC, UI_HOW_TO_CHECK_WINDOWS,
	UI_README_TITLE, UI_README_UP, UI_HUB_TITLE, UI_HUB_PAGES, UI_HUB_START, UI_VIEWER_OPEN, UI_VIEWER_TEXT, UI_VIEWER_PLAIN, UI_FOLDER_PAGES, UI_FOLDER_MEDIA,
	UI_FOLDER_METADATA, UI_FOLDER_VIEWER, UI_FOLDER_PROVENANCE, UI_FOLDER_DOCUMENTATION,

	UI_AUDIENCE_PRIVATE, UI_AUDIENCE_FRIENDS, UI_AUDIENCE_FAMILY, UI_AUDIENCE_BOTH, UI_WITHHELD_TEXT,
	UI_WITHHELD_WHAT, UI_WITHHELD_MARK, UI_LICENSE_HISTORY, UI_LICENSE_CHANGE, UI_LICENSE_SAME, UI_CAMERA,
	UI_EXIF, UI_EXIF_FILE, UI_EXIF_API, UI_EXIF_NAME, UI_EXIF_VALUE, UI_EXIF_SPACE,

	UI_SAID_HERE, UI_COVER, UI_LISTED, UI_LISTED_KEPT, UI_N_TOPICS, UI_GROUP_PRIVACY,
	UI_GROUP_PRIVATE, UI_GROUP_INVITED, UI_GROUP_PUBLIC, UI_MODERATED, UI_POOL, UI_CURATOR,
	UI_COLLECTIONS_TITLE, UI_COLLECTIONS_INTRO, UI_COLLECTIONS_LINK, UI_COLLECTION_EMPTY, UI_ALBUM_ELSEWHERE,
	UI_ICON_ALT, UI_JOINED, UI_OCCUPATION, UI_HOMETOWN, UI_LIVES_IN, UI_WEBSITE, UI_SHOWCASE, UI_ALSO_AT,
	UI_PROFILE, UI_SAID_ABOUT,

	UI_GROUP_OF_WITHHELD, UI_GROUP_OF_WITHHELD_TEXT, UI_GROUP_OF_PRIVATE, UI_GROUP_OF_PRIVATE_TEXT,
	UI_GROUP_OF_GONE, UI_GROUP_OF_GONE_TEXT, UI_GROUP_OF_REFUSED, UI_GROUP_OF_REFUSED_TEXT,
	UI_GROUP_OF_FAILED, UI_GROUP_OF_FAILED_TEXT, UI_GROUP_OF_UNASKED, UI_GROUP_OF_UNASKED_TEXT,
	UI_MISSING_STUBS, UI_GROUP_CONTINUED, UI_MISSING_WAYS,

	UI_POLICY_TITLE, UI_POLICY_NAME, UI_RESCUE, UI_AGREED, UI_AGREED_SHORT, UI_PSEUDONYMS,
	UI_PRIVATE_INCLUDED, UI_SAFETY, UI_ACCOUNT_NAMED, UI_ACCOUNT_NONE, UI_SILENCE_CONSENT,
	UI_SILENCE_WITHHOLDS, UI_N_WITHHELD, UI_WITHHELD_INTRO, UI_LAYERS_UNASKED, UI_LAYERS_ASKED, UI_LAYERS,
	UI_RIGHTS_MORE, UI_RIGHTS_TITLE, UI_RIGHTS_PAGE_INTRO, UI_AGREEMENT, UI_CONSENT, UI_CONSENT_INTRO,
	UI_CONSENT_NONE, UI_CONSENT_OWNER, UI_CONSENT_STATUS, UI_CONSENT_DATE, UI_CONSENT_DEADLINE,
	UI_CONSENT_EVIDENCE, UI_CONSENT_NOTE, UI_RIGHTS_NUMBERED, UI_LICENSES_HERE, UI_CHOICE_COMMENTS,
	UI_CHOICE_FAVES, UI_CHOICE_PEOPLE, UI_CHOICE_ALBUMS, UI_CHOICE_GROUPS, UI_CHOICE_GALLERIES,
	UI_CHOICE_EXIF, UI_CHOICE_LICENSES, UI_CHOICE_PROFILES, UI_CHOICE_ICONS, UI_CHOICE_PHOTO,

	UI_LAYER_LICENSE_HISTORY, UI_LAYER_PROFILE, UI_LAYER_ICON, UI_LAYER_ALBUM_COMMENTS, UI_LAYER_GALLERY,
	UI_LAYER_COLLECTIONS, UI_LAYER_INFO,

	UI_CONVERTED, UI_CONVERTED_FIXITY, UI_FOLDER_SOURCE, UI_GAP_SOURCE, UI_LAYER_NOTES, UI_LAYER_RECORDING,
	UI_LAYER_CHECKSUMS, UI_LAYER_SOURCE, UI_MISSING_SOURCE, UI_GROUP_OF_FAILED_SOURCE, UI_GROUP_OF_UNASKED_SOURCE,

	UI_MONTH_1, UI_MONTH_2, UI_MONTH_3, UI_MONTH_4, UI_MONTH_5, UI_MONTH_6, UI_MONTH_7, UI_MONTH_8, UI_MONTH_9,
	UI_MONTH_10, UI_MONTH_11, UI_MONTH_12,
	UI_COUNT
};
/* The HTML of a string: may hold {0} and {1}; counts are "one|{0} many". Never NULL. */
const char *lb_ui(enum lb_ui id);
/* The string with its places filled in. */
void lb_ui_fill(struct lb_buf *b, enum lb_ui id, const char *html0, const char *html1);
void lb_ui_count(struct lb_buf *b, enum lb_ui id, int64_t n);                   /* "1,234 photographs" */

void lb_add_number(struct lb_buf *b, int64_t n);                                /* 1,234 */
void lb_add_bytes(struct lb_buf *b, uint64_t n);                                /* 1.2 MB (1,234,567 bytes) */
void lb_add_day(struct lb_buf *b, int64_t unix_seconds);                        /* <time>, the day only; unknown: nothing */
void lb_add_moment(struct lb_buf *b, int64_t unix_seconds);                     /* <time> with the minute, UTC */
void lb_add_taken(struct lb_buf *b, const struct lb_taken *taken);              /* <time> as exact as is known */
void lb_add_taken_text(struct lb_buf *b, const struct lb_taken *taken);         /* the same words without <time> */
int lb_taken_year(const struct lb_taken *taken);                                /* 0: unknown */
/* Seconds since 1970 as if the stated local time were UTC; grain: 0 known to the second, 1 to the month, 2 to the year, 3 about. */
bool lb_taken_seconds(const struct lb_taken *taken, int64_t *seconds, unsigned *grain);
void lb_add_text(struct lb_buf *b, const char *plain);                          /* a maker's plain text as paragraphs */
void lb_add_name(struct lb_buf *b, const char *name);                           /* <bdi>name</bdi> */
/* The same with its character references decoded, up to twice; "Untitled" when there is nothing to see in it. */
void lb_add_title(struct lb_buf *b, const char *title);
bool lb_add_title_text(struct lb_buf *b, const char *title);                    /* without markup; false: nothing to see */
bool lb_add_title_plain(struct lb_buf *b, const char *title);                   /* the same, not escaped */
/* Text for alt="": the title, else what is known instead. */
void lb_add_alt(struct lb_buf *b, const char *title, const struct lb_taken *taken, bool video);
bool lb_said(const char *text);                                                 /* neither NULL nor "" */

/* ---- a page ------------------------------------------------------------------------------------------------- */

enum lb_nav { LB_NAV_NONE, LB_NAV_HOME, LB_NAV_PHOTOS, LB_NAV_YEARS, LB_NAV_ALBUMS, LB_NAV_GROUPS, LB_NAV_GALLERIES,
	LB_NAV_TAGS, LB_NAV_PEOPLE, LB_NAV_LICENSES, LB_NAV_MISSING, LB_NAV_RIGHTS, LB_NAV_COUNT };

struct lb_page {
	struct lb_package *package;
	struct lb_out *out;                   /* NULL: no page is open */
	struct lb_buf b;                      /* what is not yet in `out` */
	bool overflow;
	char path[96];                        /* relative to the package root */
	char up[16];                          /* from this page to data/: "" or ends in a slash */
	struct lb_map ids;                    /* anchors already on this page */
};
/* Opens the page `path` (relative to the package root) and writes its head and header. `title` is safe HTML text. */
LB_CHECKED int lb_page_begin(struct lb_page *page, struct lb_package *package, const char *path, const char *title,
	enum lb_nav nav, struct lb_error *err);
/* Hands what has been written so far to the file: call between pieces, so that memory stays small. */
void lb_page_flush(struct lb_page *page);
LB_CHECKED int lb_page_end(struct lb_page *page, struct lb_error *err);
void lb_page_abandon(struct lb_page *page);                                     /* for LB_AUTO; nothing when none is open */

/* data/-relative path of page `number` (from 1) of a kind: pages/tags-0001.html, later pages/2/tags-0041.html … */
void lb_page_path(struct lb_buf *b, const char *kind, size_t number);
/* Appends prefix and id as one name that HTML and URLs take as it is; different ids stay different. */
void lb_add_anchor(struct lb_buf *b, const char *prefix, const char *id);
/* ` id="…"`, unless this page already has it. */
void lb_page_id(struct lb_page *page, const char *prefix, const char *id);
void lb_page_href(struct lb_page *page, const char *data_path);                 /* the relative URL, percent-encoded */
void lb_page_local(struct lb_page *page, const char *data_path, const char *html); /* <a href>html</a> */
/* A link marked as leaving; html NULL: the address itself. An address that may not be followed becomes text. */
void lb_page_outward(struct lb_page *page, const char *url, const char *html);
/* A row of pages of one kind; `first` is the path of the first where that has a name of its own, else NULL. */
struct lb_row { const char *kind, *first; size_t total; };
/* The data/-relative path of page `number` of the row. */
void lb_row_path(struct lb_buf *b, const struct lb_row *row, size_t number);
/* Links to the pages around page `number`; nothing when the row has but one. */
void lb_page_pager(struct lb_page *page, enum lb_ui label, const struct lb_row *row, size_t number);
void lb_page_h(struct lb_page *page, int level, enum lb_ui id);                 /* a heading */

/* ---- topics: years, albums, groups, galleries, tags, people, licences ------------------------------------------- */

enum lb_topic_id { LB_TOPIC_YEARS, LB_TOPIC_ALBUMS, LB_TOPIC_GROUPS, LB_TOPIC_GALLERIES, LB_TOPIC_TAGS, LB_TOPIC_PEOPLE,
	LB_TOPIC_LICENSES, LB_TOPIC_COUNT };
enum lb_topic_role { LB_TOOK, LB_SHOWN, LB_COMMENTED, LB_TAGGED, LB_NOTED, LB_FAVED, LB_TOPIC_ROLES };
#define LB_ROLE_OF LB_TOOK /* the one role of everything but people */

struct lb_use { uint32_t entry, photo; };
/* Which photos belong to which entry in one role; lb_topic_sort groups them: starts[entry] to starts[entry + 1]. */
struct lb_uses { struct lb_use *items; size_t count, cap, *starts; };
/* Entries are numbered in the order in which they are first seen, so that a link to one can be written at once: the number
 * decides its page and anchor. On their page they stand in order of name. */
struct lb_topic {
	struct lb_map keys;
	/* How each was first called; its number in the package's own list, SIZE_MAX when it is not there. */
	struct lb_entry { const char *name; size_t record; } *entries; size_t cap;
	struct lb_uses uses[LB_TOPIC_ROLES];
	struct lb_arena arena;
};
size_t lb_topic_entry(struct lb_topic *t, const char *key, const char *name);
void lb_topic_use(struct lb_topic *t, size_t entry, enum lb_topic_role role, size_t photo);
void lb_uses_add(struct lb_uses *u, size_t entry, size_t photo);
/* By entry, then by photo, each once. */
void lb_uses_group(struct lb_uses *u, size_t entries);
void lb_topic_sort(struct lb_topic *t);
size_t lb_topic_count(const struct lb_topic *t, size_t entry, enum lb_topic_role role);
const struct lb_use *lb_topic_photos(const struct lb_topic *t, size_t entry, enum lb_topic_role role);
void lb_topic_clear(struct lb_topic *t);

/* The photographs of an album, group or gallery in its order. `cover`: id of the one that its maker chose for it, or NULL. */
struct lb_set { const size_t *photos; const char *const *words; size_t count; const char *cover; };

/* What differs from topic to topic (topics.c). */
struct lb_topic_kind {
	const char *name, *anchor;            /* in file names; before the entry's number */
	enum lb_nav nav;
	enum lb_ui title, intro, none;
	unsigned per_page, preview;           /* entries a page, photos shown of each before the full list */
	bool cover;                           /* the index shows a picture of each */
	/* Each may be NULL: facts below an entry's heading; what follows its photographs. */
	void (*describe)(struct lb_pages *v, struct lb_page *page, size_t entry);
	void (*after)(struct lb_pages *v, struct lb_page *page, size_t entry);
	/* Of a set that has an order of its own: its photos, and words beside each (NULL: none); false: not known. */
	bool (*photos)(const struct lb_pages *v, size_t entry, struct lb_set *out);
	/* The plain text by which the index is put in order. */
	const char *(*sort_text)(const struct lb_pages *v, size_t entry);
	/* The entry's name as HTML. */
	void (*label)(struct lb_pages *v, struct lb_buf *b, size_t entry);
};
extern const struct lb_topic_kind lb_topic_kinds[LB_TOPIC_COUNT];
/* Finds for each entry what the package knows of it, and adds the entries that no photo named. */
void lb_topics_resolve(struct lb_pages *v);
void lb_topic_href(struct lb_page *page, enum lb_topic_id id, size_t entry);     /* URL of the entry */

/* ---- all pages --------------------------------------------------------------------------------------------------- */

struct lb_tally { int64_t photos, stubs, videos, missing, comments, faves, notes; };
/* What is missing, by why (missing.c). Items are numbered in the order of the pages; a group begins at `first`. */
enum lb_lack { LB_LACK_WITHHELD, LB_LACK_PRIVATE, LB_LACK_GONE, LB_LACK_REFUSED, LB_LACK_FAILED, LB_LACK_UNASKED, LB_LACK_COUNT };
struct lb_lack_range { size_t first, count; };
/* The block of data of a page of photographs, while it grows (markup.c). */
struct lb_markup { struct lb_buf b, line; struct lb_jw jw; size_t count; bool overflow; };
struct lb_pages {
	struct lb_package *package;
	const char *const *plan; size_t planned, added;
	struct lb_map where;                  /* photo id → place in the plan */
	struct lb_topic topics[LB_TOPIC_COUNT];
	struct lb_uses talks;                 /* people, and the albums that they said something about */
	struct lb_tally tally;
	struct lb_lack_range lacks[LB_LACK_COUNT];
	struct lb_reason { const char *words; size_t first, count; } *reasons; size_t nreasons, reasons_cap; /* of stubs */
	struct lb_page page;                  /* the photos page being written */
	struct lb_markup markup;              /* of that page */
	struct lb_arena scratch;              /* for one photo or one entry */
};

void lb_photo_href(struct lb_buf *b, const struct lb_page *page, const char *photo_id, size_t place);
/* The id in an address of Flickr that names a photo; empty when it does not. */
struct lb_span lb_photo_id_of(const char *url);
/* The address of a photo of this lifeboat for a Flickr address of it, or NULL. Kept in v->scratch. */
const char *lb_local_photo(struct lb_pages *v, const struct lb_page *page, const char *url);
void lb_add_rich(struct lb_pages *v, struct lb_page *page, const char *html_from_flickr); /* in <div class="text"> */
/* A small picture with its title, as list item, linking to the photo's place. */
/* `words`: what somebody said beside it, HTML from Flickr, or NULL. */
void lb_photo_tile(struct lb_pages *v, struct lb_page *page, size_t place, const char *words);

void lb_add_person(struct lb_pages *v, struct lb_page *page, const struct lb_person *person);
void lb_add_person_name(struct lb_buf *b, const struct lb_person *person);
/* Remembers that the photo being added has to do with this person. */
void lb_person_use(struct lb_pages *v, const struct lb_person *person, enum lb_topic_role role);
size_t lb_person_entry(struct lb_pages *v, const struct lb_person *person);      /* SIZE_MAX when without NSID */
struct lb_box { int64_t x, y, w, h; };                         /* in the scale where the longest edge is 500 */
/* Where in the picture, in words after a space; nothing when the picture's proportions are not known. */
void lb_add_box(struct lb_buf *b, const struct lb_photo *p, struct lb_box box);
/* Lines of a <dl class="facts">: begin and end of one, and whole ones, left out when nothing was said. */
void lb_fact_begin(struct lb_page *page, enum lb_ui label);
void lb_fact_end(struct lb_page *page);
void lb_fact_text(struct lb_page *page, enum lb_ui label, const char *text);
void lb_fact_link(struct lb_page *page, enum lb_ui label, const char *url);
void lb_fact_day(struct lb_page *page, enum lb_ui label, int64_t when);
void lb_fact_moment(struct lb_page *page, enum lb_ui label, int64_t when);
struct lb_count { enum lb_ui words; int64_t n; };              /* n below 0: not said */
void lb_fact_counts(struct lb_page *page, enum lb_ui label, const struct lb_count *counts, size_t n);
const struct lb_license *lb_find_license(struct lb_pages *v, const char *flickr_id);
void lb_add_license(struct lb_pages *v, struct lb_buf *b, const char *flickr_id); /* its label */

void lb_photo_article(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p, const struct lb_gap *gaps,
	size_t ngaps);
void lb_photo_audience(struct lb_page *page, const struct lb_photo *p);                  /* who could see it, unless everybody */
void lb_photo_camera(struct lb_page *page, const struct lb_photo *p);                    /* EXIF */
void lb_photo_license_history(struct lb_page *page, const struct lb_photo *p);           /* a fact */
void lb_photo_byline(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p);
void lb_photo_license(struct lb_pages *v, struct lb_page *page, const char *id);         /* a fact */
void lb_photo_withheld(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p);
void lb_photo_stub(struct lb_page *page, const struct lb_photo *p, const struct lb_gap *gaps, size_t ngaps);
void lb_photo_life(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p);   /* notes, comments, faves */
void lb_photo_record(struct lb_pages *v, struct lb_page *page, const struct lb_photo *p); /* files, permissions, addresses */
void lb_photo_gaps(struct lb_page *page, const struct lb_gap *gaps, size_t ngaps);
/* One sentence. converted: the package is, and the gap is one of its source. */
void lb_add_gap(struct lb_buf *b, const struct lb_gap *gap, bool converted);

/* schema.org terms for machines, as data that nothing runs: at most one block a page. */
void lb_markup_begin(struct lb_markup *m);
void lb_markup_photo(struct lb_pages *v, const struct lb_photo *p);
void lb_markup_end(struct lb_markup *m, struct lb_page *page);                   /* nothing, when there was no photo */
void lb_markup_clear(struct lb_markup *m);
void lb_markup_start(struct lb_pages *v, struct lb_page *page);

LB_CHECKED int lb_write_topic(struct lb_pages *v, enum lb_topic_id id, struct lb_error *err);
void lb_topic_link(struct lb_page *page, enum lb_topic_id id, size_t entry);     /* <a href="…">, left open */
void lb_comment_list(struct lb_pages *v, struct lb_page *page, const struct lb_comment *comments, size_t count);
/* Records of the package by entry; NULL: it has none (topics.c). */
const struct lb_album_entry *lb_entry_album(const struct lb_pages *v, size_t entry);
const struct lb_group_entry *lb_entry_group(const struct lb_pages *v, size_t entry);
const struct lb_gallery_entry *lb_entry_gallery(const struct lb_pages *v, size_t entry);
const struct lb_contributor *lb_entry_person(const struct lb_pages *v, size_t entry);
/* What topics.c's table names (gatherings.c, people.c). */
void lb_album_describe(struct lb_pages *v, struct lb_page *page, size_t entry);
void lb_album_after(struct lb_pages *v, struct lb_page *page, size_t entry);
bool lb_album_photos(const struct lb_pages *v, size_t entry, struct lb_set *out);
void lb_group_describe(struct lb_pages *v, struct lb_page *page, size_t entry);
bool lb_group_photos(const struct lb_pages *v, size_t entry, struct lb_set *out);
void lb_gallery_describe(struct lb_pages *v, struct lb_page *page, size_t entry);
bool lb_gallery_photos(const struct lb_pages *v, size_t entry, struct lb_set *out);
const char *lb_person_sort(const struct lb_pages *v, size_t entry);
/* A link where the member has a place among the people; never makes one, so it may stand on pages that come late. */
void lb_add_known_person(struct lb_pages *v, struct lb_page *page, const char *nsid, const char *name);
void lb_person_describe(struct lb_pages *v, struct lb_page *page, size_t entry);

/* The list of why photographs are withheld, each with its number, linking to them on the pages of what is missing. */
void lb_add_reasons(struct lb_pages *v, struct lb_page *page);
/* The groups of what is missing that are not empty, linking to them. */
void lb_add_lacks(struct lb_pages *v, struct lb_page *page);
void lb_policy_section(struct lb_pages *v, struct lb_page *page);                /* of the start page (policy.c) */
LB_CHECKED int lb_write_rights(struct lb_pages *v, struct lb_error *err);
LB_CHECKED int lb_write_collections(struct lb_pages *v, struct lb_error *err);
LB_CHECKED int lb_write_missing(struct lb_pages *v, struct lb_error *err);
LB_CHECKED int lb_write_hub(struct lb_pages *v, struct lb_error *err);
LB_CHECKED int lb_write_readme(struct lb_pages *v, struct lb_error *err);
LB_CHECKED int lb_write_start(struct lb_pages *v, struct lb_error *err);
/* Files that every package gets as they are (assets.c). Gives the path of the i-th, relative to the folder of the viewer. */
size_t lb_asset_count(void);
const char *lb_asset(size_t i, struct lb_span *content);
struct lb_span lb_asset_shell(void);                                             /* index.html of the viewer, with marks to fill */

#endif
