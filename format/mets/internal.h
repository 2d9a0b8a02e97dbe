/* What the files of mets/ share. */
#ifndef LB_METS_INTERNAL_H
#define LB_METS_INTERNAL_H

#include "format/mets/mets.h"

#define METS_NAMESPACE "http://www.loc.gov/METS/"
#define MODS_NAMESPACE "http://www.loc.gov/mods/v3"
#define DC_NAMESPACE "http://purl.org/dc/elements/1.1/"
#define XLINK_NAMESPACE "http://www.w3.org/1999/xlink"

/* Types of identifiers that the reader looks for. */
#define METS_LICENSE_TYPE "Flickr licence number"
#define METS_PHOTO_TYPE "Flickr photo id"
#define METS_OWNER_TYPE "Flickr NSID"
#define METS_LOCAL_TYPE "local"
/* Of accessCondition: what a licence allows; why something is not in the package, and what. */
#define METS_USE "use and reproduction"
#define METS_RESTRICTION "restriction on access"
#define METS_STUB_LABEL "Photograph withheld"
#define METS_ORIGINAL_LABEL "Original withheld"

/* XML ids: these, or one letter for the kind of thing, then its number in the order of the document. */
#define METS_PACKAGE "package"
#define METS_ENTITY "entity"
#define METS_CREATION "creation"
#define METS_DIGESTS "digests"
#define METS_POLICY "policy"
#define METS_AGREEMENT "agreement"
#define METS_CONVERSION "conversion"
#define METS_WITHHOLDING "withholding"
#define METS_REDACTION "redaction"
#define METS_PROGRAM "agent-program"
#define METS_MAKER "agent-maker"
#define METS_KINDS "pofrse"
enum mets_kind { METS_PHOTO, METS_OBJECT, METS_FILE, METS_RIGHTS, METS_PHOTO_CAPTURE, METS_FILE_CAPTURE, METS_KIND_COUNT };
struct mets_id { char text[32]; };
struct mets_id lb_mets_id(enum mets_kind kind, size_t number);

/* Files of these groups came from Flickr: each has an object, and a capture where its date is known. */
bool lb_mets_is_media(const char *group);

/* ---- writing ---- */

#define METS_NO_RIGHTS UINT32_MAX
/* Files of one role: numbers `first` to `end` - 1, those that belong to no photo from `others` on. */
struct mets_group { const char *use; uint32_t first, others, end; };
/* In which order things stand: photos as they come; files by group, in it by photo. A few bytes for each. */
struct mets_order {
	struct lb_arena arena;
	struct mets_group *groups; size_t ngroups;
	uint32_t *file;            /* number → position */
	uint32_t *number;          /* position → number */
	uint32_t *start, *of_photo; /* of_photo[start[i]] to of_photo[start[i + 1] - 1]: positions of photo i's files; the last list: of none */
	uint32_t *rights; size_t nrights; /* of each photo: the number of its statement, or METS_NO_RIGHTS */
	size_t nstubs;
	int64_t captured_first, captured_last; /* of media files; LB_UNKNOWN: of none */
};
LB_CHECKED int lb_mets_order(const struct lb_mets_source *source, struct mets_order *order, struct lb_error *err);
void lb_mets_order_clear(struct mets_order *order);

struct mets_writer {
	struct lb_xml_writer xml;
	const struct lb_mets *m;
	const struct lb_mets_source *source;
	struct mets_order order;
};

/* Opens <element ID=…><mdWrap MDTYPE=…><xmlData>, all on one line; closed by lb_mets_end_section. */
void lb_mets_start_section(struct mets_writer *w, const char *element, const char *id, const char *type);
void lb_mets_end_section(struct mets_writer *w);
LB_CHECKED int lb_mets_write_descriptions(struct mets_writer *w, struct lb_error *err);
LB_CHECKED int lb_mets_write_administration(struct mets_writer *w, struct lb_error *err);

#endif
