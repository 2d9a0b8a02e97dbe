/* EXIF of an original file. libexif finds the entries; how they are called and shown is ours. */
#include <libexif/exif-data.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lifeboat/flickr/exif_private.h"

#define HEAD_MAX (1 << 20) /* of a file: the segments before the picture are rarely above 200 kB */

/* ---- entries ------------------------------------------------------------------------------------ */

static void free_data(ExifData **d)
{
	if (*d)
		exif_data_unref(*d);
}

static void add_directory(struct lb_exif_rows *rows, enum lb_exif_space space, ExifIfd ifd, ExifData *data)
{
	const ExifContent *c = data->ifd[ifd];
	for (unsigned i = 0; c && i < c->count; i++) {
		const ExifEntry *x = c->entries[i];
		struct lb_exif_entry e = { .space = space, .tag = x->tag, .type = (unsigned)x->format,
			.count = x->components, .data = { (const char *)x->data, x->data ? x->size : 0 },
			.big_endian = exif_data_get_byte_order(data) == EXIF_BYTE_ORDER_MOTOROLA };
		lb_exif_add_entry(rows, &e, exif_tag_get_name_in_ifd(x->tag, ifd));
	}
}

static void add_tiff(struct lb_exif_rows *rows, struct lb_span tiff)
{
	static const struct { enum lb_exif_space space; ExifIfd ifd; } directories[] = {
		{ LB_EXIF_IFD0, EXIF_IFD_0 }, { LB_EXIF_EXIF, EXIF_IFD_EXIF }, { LB_EXIF_GPS, EXIF_IFD_GPS },
		{ LB_EXIF_INTEROP, EXIF_IFD_INTEROPERABILITY }, { LB_EXIF_IFD1, EXIF_IFD_1 },
	};
	LB_AUTO(lb_buf_clear) struct lb_buf block = LB_BUF(LB_EXIF_TIFF_MAX + 6);
	lb_buf_add(&block, "Exif\0\0", 6);
	lb_buf_add(&block, tiff.p, tiff.n < LB_EXIF_TIFF_MAX ? tiff.n : LB_EXIF_TIFF_MAX);
	LB_AUTO(free_data) ExifData *data = exif_data_new();
	if (!data)
		return;
	/* As the file has it: nothing put right, nothing added. Tags without a name are of no use to a reader. */
	exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
	exif_data_set_option(data, EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
	exif_data_set_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
	exif_data_load_data(data, (const unsigned char *)block.p, (unsigned)block.len);
	for (size_t i = 0; i < LB_COUNT(directories); i++)
		add_directory(rows, directories[i].space, directories[i].ifd, data);
}

/* ---- what follows from several rows --------------------------------------------------------------- */

static struct lb_exif *find_row(const struct lb_exif_rows *rows, const char *space, const char *tag)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (!strcmp(rows->items[i].tagspace, space) && !strcmp(rows->items[i].tag, tag))
			return &rows->items[i];
	}
	return NULL;
}

/* A resolution is told in dots per inch unless the unit is another. */
static void settle_resolution(const struct lb_exif_rows *rows)
{
	const struct lb_exif *unit = find_row(rows, "IFD0", "ResolutionUnit");
	struct lb_exif *x = find_row(rows, "IFD0", "XResolution"), *y = find_row(rows, "IFD0", "YResolution");
	if (!unit || !strcmp(unit->raw, "inches"))
		return;
	if (x)
		x->clean = NULL;
	if (y)
		y->clean = NULL;
}

static const char *said(const struct lb_exif_rows *rows, const char *tag)
{
	const struct lb_exif *row = find_row(rows, "IFD0", tag);
	return row && *row->raw ? row->raw : NULL;
}

/* "Apple iPhone 13 Pro"; a model that begins with its maker's name says it all: "Canon EOS 5D". */
static const char *camera_of(const struct lb_exif_rows *rows)
{
	const char *make = said(rows, "Make"), *model = said(rows, "Model");
	if (!make || !model)
		return model ? model : make;
	if (!strncasecmp(make, model, strcspn(make, " ")))
		return model;
	return lb_arena_printf(rows->a, "%s %s", make, model);
}

/* ---- the file ------------------------------------------------------------------------------------- */

static void fclosep(FILE **f)
{
	if (*f)
		fclose(*f);
}

static int read_head(const char *path, struct lb_buf *head, struct lb_error *err)
{
	LB_AUTO(fclosep) FILE *f = fopen(path, "rbe");
	char piece[16384];
	size_t n;
	if (!f)
		return lb_fail_sys(err, "cannot open \"%s\"", path);
	while (!head->overflow && (n = fread(piece, 1, sizeof piece, f)) > 0)
		lb_buf_add(head, piece, n);
	return ferror(f) ? lb_fail_sys(err, "cannot read \"%s\"", path) : 0;
}

int lb_exif_of_file(const char *path, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf head = LB_BUF(HEAD_MAX);
	struct lb_exif_rows rows = { .a = a };
	struct lb_exif_parts parts;
	LB_TRY(read_head(path, &head, err));
	lb_exif_find(lb_buf_span(&head), &parts);
	lb_exif_add_jfif(&rows, parts.jfif);
	if (parts.tiff.n)
		add_tiff(&rows, parts.tiff);
	lb_exif_add_iptc(&rows, parts.iptc);
	lb_exif_add_xmp(&rows, parts.xmp);
	settle_resolution(&rows);
	const char *camera = camera_of(&rows);
	p->exif = rows.items;
	p->nexif = rows.count;
	p->exif_source = "file";
	if (camera)
		p->camera = camera;
	return 0;
}
