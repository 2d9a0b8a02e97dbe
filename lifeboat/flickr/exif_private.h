/* What a picture file says of itself, in the words of flickr.photos.getExif, which are those of ExifTool. */
#ifndef LB_FLICKR_EXIF_PRIVATE_H
#define LB_FLICKR_EXIF_PRIVATE_H

#include "lifeboat/flickr/flickr.h"

#define LB_EXIF_TEXT_MAX 8192
#define LB_EXIF_TIFF_MAX 65535 /* what a JPEG segment can hold; bounds what one block can make us copy */

/* Pieces of a file's head; empty where there is none. */
struct lb_exif_parts {
	struct lb_span jfif;           /* behind "JFIF\0" */
	struct lb_span tiff;           /* EXIF: from the byte order on */
	struct lb_span iptc;           /* records of IPTC-IIM */
	struct lb_span xmp;            /* a packet of XML */
};
void lb_exif_find(struct lb_span head, struct lb_exif_parts *out);

enum lb_exif_space { LB_EXIF_IFD0, LB_EXIF_IFD1, LB_EXIF_EXIF, LB_EXIF_GPS, LB_EXIF_INTEROP, LB_EXIF_SPACE_COUNT };
/* One entry of a TIFF directory; `type` as in TIFF 6.0 section 2: 1 byte, 2 ASCII, 3 short, 4 long, 5 rational … */
struct lb_exif_entry {
	enum lb_exif_space space;
	unsigned tag, type;
	size_t count;                  /* of components */
	struct lb_span data;
	bool big_endian;
};
/* Rows being collected: room doubles in the arena. */
struct lb_exif_rows { struct lb_arena *a; struct lb_exif *items; size_t count, cap; };
void lb_exif_add(struct lb_exif_rows *rows, const char *space, const char *tag, const char *label, const char *raw,
	const char *clean);
/* Adds a row; plain_name: what the tag is called where the table does not know better, NULL: it is left out. */
void lb_exif_add_entry(struct lb_exif_rows *rows, const struct lb_exif_entry *e, const char *plain_name);
void lb_exif_add_jfif(struct lb_exif_rows *rows, struct lb_span jfif);
void lb_exif_add_iptc(struct lb_exif_rows *rows, struct lb_span iptc);
void lb_exif_add_xmp(struct lb_exif_rows *rows, struct lb_span xmp);

/* Text of any sort as valid UTF-8 without control characters, at most LB_EXIF_TEXT_MAX bytes, trimmed at the end. */
void lb_exif_text(struct lb_buf *b, struct lb_span text);
/* How a value is shown, by the entry; never overruns what the entry has. */
typedef void lb_exif_show_fn(struct lb_buf *b, const struct lb_exif_entry *e);
lb_exif_show_fn lb_exif_show_plain, lb_exif_show_exposure, lb_exif_show_decimal, lb_exif_show_focal,
	lb_exif_show_millimetres, lb_exif_show_bias, lb_exif_show_apex_aperture, lb_exif_show_apex_time,
	lb_exif_show_metres, lb_exif_show_degrees, lb_exif_show_time, lb_exif_show_dotted, lb_exif_show_components,
	lb_exif_show_lens, lb_exif_show_comment, lb_exif_show_ucs2, lb_exif_show_exposure_clean;
/* The number that a table of words is keyed by: the first component, or the first letter of a text. */
bool lb_exif_key(const struct lb_exif_entry *e, int64_t *key);

#endif
