/* What the files of mets/ share. */
#ifndef LB_METS_INTERNAL_H
#define LB_METS_INTERNAL_H

#include "format/mets/mets.h"
#include "format/model/model.h"
#include "format/text/text.h"

/* Type of the identifier that carries Flickr's licence number; the reader looks for it. */
#define METS_LICENSE_TYPE "Flickr licence number"

/* XML ids: these, or one letter for the kind of thing, then its position. */
#define METS_PACKAGE "package"
#define METS_CREATION "creation"
#define METS_POLICY "policy"
#define METS_AGREEMENT "agreement"
#define METS_CONVERSION "conversion"
#define METS_REDACTION "redaction"
enum mets_kind { METS_FILE = 'f', METS_PHOTO = 'p', METS_RIGHTS = 'r', METS_FILE_CAPTURE = 'e', METS_PHOTO_CAPTURE = 's' };
struct mets_id { char text[32]; };
struct mets_id lb_mets_id(enum mets_kind kind, size_t position);

struct mets_writer {
	struct lb_xml_writer xml;
	const struct lb_mets *m;
	size_t *rights; /* of each photo: the first one with the same terms. Its statement is for all of them */
};

bool lb_mets_is_captured(const struct lb_mets_file *file);
/* Opens <element ID=…><mdWrap MDTYPE=…><xmlData>, all on one line; closed by lb_mets_end_section. */
void lb_mets_start_section(struct mets_writer *w, const char *element, const char *id, const char *type);
void lb_mets_end_section(struct mets_writer *w);
void lb_mets_write_administration(struct mets_writer *w);

#endif
