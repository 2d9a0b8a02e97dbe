/* BagIt (RFC 8493): the text files of a bag. Reading them and judging the bag is verify's; placing them is package's. */
#ifndef LB_BAG_H
#define LB_BAG_H

#include "format/base/base.h"

/* What a manifest line had that RFC 8493 does not want and tools write all the same. */
enum lb_bag_note {
	LB_BAG_STAR = 1,       /* '*' before the path, as md5sum writes it */
	LB_BAG_DOT_SLASH = 2,  /* "./" before the path */
	LB_BAG_PERCENT = 4,    /* a '%' that is none of %0A %0D %25, taken literally */
};
/* One manifest line: path decoded by RFC 8493 section 2.1.3 (%0A %0D %25), digest in lower case. `literal` is the path
 * as it would be without any decoding: what most tools write and read. */
struct lb_bag_line { const char *digest; const char *path; const char *literal; unsigned notes; };
/* Parses one line (without its line end) into the arena. LB_FORMAT says what is wrong. */
LB_CHECKED int lb_bag_line_parse(struct lb_span line, enum lb_hash hash, struct lb_arena *arena, struct lb_bag_line *out, struct lb_error *err);
/* Appends "<digest>  <path>\n" with the path encoded. */
void lb_bag_line_format(struct lb_buf *b, const char *digest, const char *path);
/* One line of fetch.txt: address, length ("-" in the file: LB_BAG_NO_LENGTH), path decoded as in a manifest. */
#define LB_BAG_NO_LENGTH UINT64_MAX
struct lb_bag_fetch { const char *url; const char *path; uint64_t length; };
LB_CHECKED int lb_bag_fetch_parse(struct lb_span line, struct lb_arena *arena, struct lb_bag_fetch *out, struct lb_error *err);
/* Cuts the next line at LF, CRLF or CR. false at the end. */
bool lb_bag_next_line(struct lb_span *rest, struct lb_span *line);

/* bagit.txt: version as major*100+minor (100 for 1.0, 97 for 0.97) and encoding. `loose`: a blank stands before a colon, which
 * BagIt 1.0 does not have (LB_FORMAT there) and older versions did not rule out. */
struct lb_bag_declaration { int version; char encoding[32]; bool loose; };
LB_CHECKED int lb_bag_declaration_parse(struct lb_span text, struct lb_bag_declaration *out, struct lb_error *err);
extern const char lb_bag_declaration_text[];                     /* bagit.txt of BagIt 1.0, UTF-8 */

/* Appends a tag file's text as UTF-8, without byte order mark. `encoding` as in the declaration: UTF-8, UTF-16 (BE, LE),
 * ISO-8859-1, US-ASCII; else LB_UNSUPPORTED. LB_FORMAT when the text is not what it says. */
LB_CHECKED int lb_bag_decode(struct lb_span text, const char *encoding, struct lb_buf *utf8, struct lb_error *err);

/* What bag-info.txt had that the grammar of RFC 8493 section 2.2.2 has not. */
enum lb_bag_info_note {
	LB_BAG_INFO_BLANK_LINE = 1,
	LB_BAG_INFO_LABEL = 2,  /* blanks around a label */
	LB_BAG_INFO_COLON = 4,  /* no blank between colon and value */
};
/* bag-info.txt: calls `each` for every element, folded lines joined by a space. `notes` may be NULL. */
typedef int lb_bag_info_fn(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err);
LB_CHECKED int lb_bag_info_parse(struct lb_span text, lb_bag_info_fn *each, void *arg, unsigned *notes, struct lb_error *err);
/* "Label: value" as it may stand in bag-info.txt: label without blanks around it, value not empty, UTF-8, no control characters
 * but line breaks in the value. LB_USAGE says what is wrong. */
LB_CHECKED int lb_bag_info_split(const char *text, struct lb_span *label, struct lb_span *value, struct lb_error *err);
bool lb_bag_label_is(struct lb_span label, const char *name);      /* labels are the same in any case */
/* Labels that RFC 8493 says not to repeat; Payload-Oxum is not among them: that one must not be. */
bool lb_bag_label_is_single(struct lb_span label);
/* Appends "Label: value\n"; line breaks in the value become folded lines. */
void lb_bag_info_format(struct lb_buf *b, const char *label, const char *value);
/* The value of Payload-Oxum: "octets.files". */
bool lb_bag_oxum_parse(struct lb_span value, uint64_t *octets, uint64_t *files);
/* "manifest-sha256.txt" → tag false, hash; "tagmanifest-sha512.txt" → tag true. false: not a manifest's name. */
bool lb_bag_manifest_name(struct lb_span file, bool *tag, enum lb_hash *hash, bool *known);

#endif
