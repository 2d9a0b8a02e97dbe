/* How Flickr calls the tags of EXIF and their values. */
#include <string.h>

#include "lifeboat/flickr/exif_private.h"

static const char *const space_names[LB_EXIF_SPACE_COUNT] = { "IFD0", "IFD1", "ExifIFD", "GPS", "InteropIFD" };

/* ---- words for numbers ------------------------------------------------------------------------- */

struct word { int key; const char *text; };
#define WORDS(name) static const struct word name[]
#define END { -1, NULL }
WORDS(orientation) = { { 1, "Horizontal (normal)" }, { 2, "Mirror horizontal" }, { 3, "Rotate 180" },
	{ 4, "Mirror vertical" }, { 5, "Mirror horizontal and rotate 270 CW" }, { 6, "Rotate 90 CW" },
	{ 7, "Mirror horizontal and rotate 90 CW" }, { 8, "Rotate 270 CW" }, END };
WORDS(unit) = { { 1, "None" }, { 2, "inches" }, { 3, "cm" }, END };
WORDS(positioning) = { { 1, "Centered" }, { 2, "Co-sited" }, END };
WORDS(compression) = { { 1, "Uncompressed" }, { 6, "JPEG (old-style)" }, { 7, "JPEG" }, END };
WORDS(photometric) = { { 0, "WhiteIsZero" }, { 1, "BlackIsZero" }, { 2, "RGB" }, { 6, "YCbCr" }, END };
WORDS(planes) = { { 1, "Chunky" }, { 2, "Planar" }, END };
WORDS(program) = { { 0, "Not Defined" }, { 1, "Manual" }, { 2, "Program AE" }, { 3, "Aperture-priority AE" },
	{ 4, "Shutter speed priority AE" }, { 5, "Creative (Slow speed)" }, { 6, "Action (High speed)" },
	{ 7, "Portrait" }, { 8, "Landscape" }, { 9, "Bulb" }, END };
WORDS(metering) = { { 0, "Unknown" }, { 1, "Average" }, { 2, "Center-weighted average" }, { 3, "Spot" },
	{ 4, "Multi-spot" }, { 5, "Multi-segment" }, { 6, "Partial" }, { 255, "Other" }, END };
WORDS(light) = { { 0, "Unknown" }, { 1, "Daylight" }, { 2, "Fluorescent" }, { 3, "Tungsten (Incandescent)" },
	{ 4, "Flash" }, { 9, "Fine Weather" }, { 10, "Cloudy" }, { 11, "Shade" }, { 12, "Daylight Fluorescent" },
	{ 13, "Day White Fluorescent" }, { 14, "Cool White Fluorescent" }, { 15, "White Fluorescent" },
	{ 16, "Warm White Fluorescent" }, { 17, "Standard Light A" }, { 18, "Standard Light B" },
	{ 19, "Standard Light C" }, { 20, "D55" }, { 21, "D65" }, { 22, "D75" }, { 23, "D50" },
	{ 24, "ISO Studio Tungsten" }, { 255, "Other" }, END };
WORDS(flash) = { { 0x00, "No Flash" }, { 0x01, "Fired" }, { 0x05, "Fired, Return not detected" },
	{ 0x07, "Fired, Return detected" }, { 0x08, "On, Did not fire" }, { 0x09, "On, Fired" },
	{ 0x0d, "On, Return not detected" }, { 0x0f, "On, Return detected" }, { 0x10, "Off, Did not fire" },
	{ 0x14, "Off, Did not fire, Return not detected" }, { 0x18, "Auto, Did not fire" }, { 0x19, "Auto, Fired" },
	{ 0x1d, "Auto, Fired, Return not detected" }, { 0x1f, "Auto, Fired, Return detected" },
	{ 0x20, "No flash function" }, { 0x30, "Off, No flash function" }, { 0x41, "Fired, Red-eye reduction" },
	{ 0x45, "Fired, Red-eye reduction, Return not detected" },
	{ 0x47, "Fired, Red-eye reduction, Return detected" }, { 0x49, "On, Red-eye reduction" },
	{ 0x4d, "On, Red-eye reduction, Return not detected" }, { 0x4f, "On, Red-eye reduction, Return detected" },
	{ 0x50, "Off, Red-eye reduction" }, { 0x58, "Auto, Did not fire, Red-eye reduction" },
	{ 0x59, "Auto, Fired, Red-eye reduction" }, { 0x5d, "Auto, Fired, Red-eye reduction, Return not detected" },
	{ 0x5f, "Auto, Fired, Red-eye reduction, Return detected" }, END };
WORDS(colors) = { { 1, "sRGB" }, { 2, "Adobe RGB" }, { 0xffff, "Uncalibrated" }, END };
WORDS(sensing) = { { 1, "Not defined" }, { 2, "One-chip color area" }, { 3, "Two-chip color area" },
	{ 4, "Three-chip color area" }, { 5, "Color sequential area" }, { 7, "Trilinear" },
	{ 8, "Color sequential linear" }, END };
WORDS(source) = { { 1, "Film Scanner" }, { 2, "Reflection Print Scanner" }, { 3, "Digital Camera" }, END };
WORDS(scene) = { { 1, "Directly photographed" }, END };
WORDS(rendered) = { { 0, "Normal" }, { 1, "Custom" }, END };
WORDS(exposure_mode) = { { 0, "Auto" }, { 1, "Manual" }, { 2, "Auto bracket" }, END };
WORDS(balance) = { { 0, "Auto" }, { 1, "Manual" }, END };
WORDS(capture) = { { 0, "Standard" }, { 1, "Landscape" }, { 2, "Portrait" }, { 3, "Night" }, END };
WORDS(gain) = { { 0, "None" }, { 1, "Low gain up" }, { 2, "High gain up" }, { 3, "Low gain down" },
	{ 4, "High gain down" }, END };
WORDS(strength) = { { 0, "Normal" }, { 1, "Low" }, { 2, "High" }, END };
WORDS(sharpness) = { { 0, "Normal" }, { 1, "Soft" }, { 2, "Hard" }, END };
WORDS(distance) = { { 0, "Unknown" }, { 1, "Macro" }, { 2, "Close" }, { 3, "Distant" }, END };
WORDS(sensitivity) = { { 0, "Unknown" }, { 1, "Standard Output Sensitivity" }, { 2, "Recommended Exposure Index" },
	{ 3, "ISO Speed" }, END };
WORDS(composite) = { { 0, "Unknown" }, { 1, "Not a Composite Image" }, { 2, "General Composite Image" },
	{ 3, "Composite Image Captured While Shooting" }, END };
WORDS(north) = { { 'N', "North" }, { 'S', "South" }, END };
WORDS(east) = { { 'E', "East" }, { 'W', "West" }, END };
WORDS(sea) = { { 0, "Above Sea Level" }, { 1, "Below Sea Level" }, END };
WORDS(bearing) = { { 'T', "True North" }, { 'M', "Magnetic North" }, END };
WORDS(speed) = { { 'K', "km/h" }, { 'M', "mph" }, { 'N', "knots" }, END };
WORDS(status) = { { 'A', "Measurement Active" }, { 'V', "Measurement Void" }, END };
WORDS(dimensions) = { { '2', "2-Dimensional Measurement" }, { '3', "3-Dimensional Measurement" }, END };
WORDS(corrected) = { { 0, "No Correction" }, { 1, "Differential Corrected" }, END };

/* ---- tags --------------------------------------------------------------------------------------- */

/* Only what differs from EXIF's own name, its words with spaces between, and the plain value. */
struct tag {
	unsigned tag;
	const char *name, *label;
	lb_exif_show_fn *show;
	const struct word *words;
	const char *before, *behind;   /* the clean value, around the raw one */
};
static const struct tag main_tags[] = { /* IFD0, IFD1, Exif: numbers that do not meet */
	{ .tag = 0x0101, .name = "ImageHeight" },
	{ .tag = 0x0103, .words = compression },
	{ .tag = 0x0106, .words = photometric },
	{ .tag = 0x0112, .words = orientation },
	{ .tag = 0x011a, .label = "X-Resolution", .behind = " dpi" },
	{ .tag = 0x011b, .label = "Y-Resolution", .behind = " dpi" },
	{ .tag = 0x011c, .words = planes },
	{ .tag = 0x0128, .words = unit },
	{ .tag = 0x0132, .name = "ModifyDate", .label = "Date and Time (Modified)" },
	{ .tag = 0x013c, .name = "HostComputer" },
	{ .tag = 0x0201, .name = "ThumbnailOffset" },
	{ .tag = 0x0202, .name = "ThumbnailLength" },
	{ .tag = 0x0211, .label = "YCbCr Coefficients", .name = "YCbCrCoefficients" },
	{ .tag = 0x0212, .label = "YCbCr Sub Sampling", .name = "YCbCrSubSampling" },
	{ .tag = 0x0213, .label = "YCbCr Positioning", .name = "YCbCrPositioning", .words = positioning },
	{ .tag = 0x829a, .label = "Exposure", .show = lb_exif_show_exposure },
	{ .tag = 0x829d, .label = "Aperture", .show = lb_exif_show_decimal, .before = "f/" },
	{ .tag = 0x8822, .words = program },
	{ .tag = 0x8827, .name = "ISO", .label = "ISO Speed" },
	{ .tag = 0x8828, .name = "Opto-ElectricConvFactor" },
	{ .tag = 0x8830, .words = sensitivity },
	{ .tag = 0x9003, .label = "Date and Time (Original)" },
	{ .tag = 0x9004, .name = "CreateDate", .label = "Date and Time (Digitized)" },
	{ .tag = 0x9101, .show = lb_exif_show_components },
	{ .tag = 0x9201, .show = lb_exif_show_apex_time },
	{ .tag = 0x9202, .show = lb_exif_show_apex_aperture },
	{ .tag = 0x9204, .name = "ExposureCompensation", .label = "Exposure Bias", .show = lb_exif_show_bias,
		.behind = " EV" },
	{ .tag = 0x9205, .show = lb_exif_show_apex_aperture },
	{ .tag = 0x9206, .show = lb_exif_show_metres },
	{ .tag = 0x9207, .words = metering },
	{ .tag = 0x9208, .words = light },
	{ .tag = 0x9209, .words = flash },
	{ .tag = 0x920a, .show = lb_exif_show_focal },
	{ .tag = 0x9286, .show = lb_exif_show_comment },
	{ .tag = 0x9290, .name = "SubSecTime" },
	{ .tag = 0x9c9b, .name = "XPTitle", .label = "XPTitle", .show = lb_exif_show_ucs2 },
	{ .tag = 0x9c9c, .name = "XPComment", .label = "XPComment", .show = lb_exif_show_ucs2 },
	{ .tag = 0x9c9d, .name = "XPAuthor", .label = "XPAuthor", .show = lb_exif_show_ucs2 },
	{ .tag = 0x9c9e, .name = "XPKeywords", .label = "XPKeywords", .show = lb_exif_show_ucs2 },
	{ .tag = 0x9c9f, .name = "XPSubject", .label = "XPSubject", .show = lb_exif_show_ucs2 },
	{ .tag = 0xa000, .name = "FlashpixVersion" },
	{ .tag = 0xa001, .words = colors },
	{ .tag = 0xa002, .name = "ExifImageWidth" },
	{ .tag = 0xa003, .name = "ExifImageHeight" },
	{ .tag = 0xa210, .words = unit },
	{ .tag = 0xa217, .words = sensing },
	{ .tag = 0xa300, .words = source },
	{ .tag = 0xa301, .words = scene },
	{ .tag = 0xa401, .words = rendered },
	{ .tag = 0xa402, .words = exposure_mode },
	{ .tag = 0xa403, .words = balance },
	{ .tag = 0xa405, .name = "FocalLengthIn35mmFormat", .label = "Focal Length (35mm format)",
		.show = lb_exif_show_millimetres },
	{ .tag = 0xa406, .words = capture },
	{ .tag = 0xa407, .words = gain },
	{ .tag = 0xa408, .words = strength },
	{ .tag = 0xa409, .words = strength },
	{ .tag = 0xa40a, .words = sharpness },
	{ .tag = 0xa40c, .words = distance },
	{ .tag = 0xa430, .name = "OwnerName" },
	{ .tag = 0xa431, .name = "SerialNumber" },
	{ .tag = 0xa432, .name = "LensInfo", .show = lb_exif_show_lens },
	{ .tag = 0xa460, .name = "CompositeImage", .words = composite },
	{ .tag = 0xc4a5, .name = "PrintIM" },
};
static const struct tag gps_tags[] = {
	{ .tag = 0x00, .show = lb_exif_show_dotted },
	{ .tag = 0x01, .words = north },
	{ .tag = 0x02, .show = lb_exif_show_degrees },
	{ .tag = 0x03, .words = east },
	{ .tag = 0x04, .show = lb_exif_show_degrees },
	{ .tag = 0x05, .words = sea },
	{ .tag = 0x06, .show = lb_exif_show_metres },
	{ .tag = 0x07, .show = lb_exif_show_time },
	{ .tag = 0x09, .words = status },
	{ .tag = 0x0a, .words = dimensions },
	{ .tag = 0x0c, .words = speed },
	{ .tag = 0x0e, .words = bearing },
	{ .tag = 0x10, .words = bearing },
	{ .tag = 0x13, .words = north },
	{ .tag = 0x14, .show = lb_exif_show_degrees },
	{ .tag = 0x15, .words = east },
	{ .tag = 0x16, .show = lb_exif_show_degrees },
	{ .tag = 0x17, .words = bearing },
	{ .tag = 0x1b, .show = lb_exif_show_comment },
	{ .tag = 0x1c, .show = lb_exif_show_comment },
	{ .tag = 0x1e, .words = corrected },
};
static const struct tag interop_tags[] = {
	{ .tag = 0x01, .name = "InteropIndex" },
	{ .tag = 0x02, .name = "InteropVersion" },
};

static const struct tag *find_tag(enum lb_exif_space space, unsigned number)
{
	static const struct tag plain = { .name = NULL };
	static const struct { const struct tag *tags; size_t count; } tables[LB_EXIF_SPACE_COUNT] = {
		[LB_EXIF_IFD0] = { main_tags, LB_COUNT(main_tags) },
		[LB_EXIF_IFD1] = { main_tags, LB_COUNT(main_tags) },
		[LB_EXIF_EXIF] = { main_tags, LB_COUNT(main_tags) },
		[LB_EXIF_GPS] = { gps_tags, LB_COUNT(gps_tags) },
		[LB_EXIF_INTEROP] = { interop_tags, LB_COUNT(interop_tags) },
	};
	for (size_t i = 0; i < tables[space].count; i++) {
		if (tables[space].tags[i].tag == number)
			return &tables[space].tags[i];
	}
	return &plain;
}

/* ---- rows --------------------------------------------------------------------------------------- */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* "SubSecTimeOriginal" is shown as "Sub Sec Time Original", "GPSVersionID" as "GPSVersion ID". */
static const char *spaced(const char *name, struct lb_arena *a)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1024);
	for (const char *c = name; *c; c++) {
		if (c > name && is_upper(*c) && !is_upper(c[-1]) && c[-1] != ' ')
			lb_buf_addc(&b, ' ');
		lb_buf_addc(&b, *c);
	}
	return lb_arena_strdup(a, lb_buf_str(&b));
}

void lb_exif_add(struct lb_exif_rows *rows, const char *space, const char *tag, const char *label, const char *raw,
	const char *clean)
{
	if (rows->count == rows->cap) {
		size_t cap = rows->cap ? 2 * rows->cap : 64;
		struct lb_exif *moved = lb_arena_alloc(rows->a, cap * sizeof *moved);
		if (rows->count)
			memcpy(moved, rows->items, rows->count * sizeof *moved);
		rows->items = moved;
		rows->cap = cap;
	}
	rows->items[rows->count++] = (struct lb_exif){ .tagspace = space, .tagspaceid = "0",
		.tag = lb_arena_strdup(rows->a, tag), .label = label ? label : spaced(tag, rows->a),
		.raw = lb_arena_strdup(rows->a, raw), .clean = lb_arena_strdup(rows->a, clean) };
}

static void show_word(struct lb_buf *b, const struct word *words, const struct lb_exif_entry *e)
{
	int64_t key;
	if (!lb_exif_key(e, &key)) {
		lb_exif_show_plain(b, e);
		return;
	}
	for (; words->text; words++) {
		if (words->key == key) {
			lb_buf_adds(b, words->text);
			return;
		}
	}
	lb_buf_adds(b, "Unknown (");
	lb_exif_show_plain(b, e);
	lb_buf_addc(b, ')');
}

static void show_raw(struct lb_buf *b, const struct tag *tag, const struct lb_exif_entry *e)
{
	if (tag->words)
		show_word(b, tag->words, e);
	else if (tag->show)
		tag->show(b, e);
	else
		lb_exif_show_plain(b, e);
}

static void show_clean(struct lb_buf *b, const struct tag *tag, const struct lb_exif_entry *e, const char *raw)
{
	if (tag->show == lb_exif_show_exposure)
		lb_exif_show_exposure_clean(b, e);
	else if ((tag->before || tag->behind) && *raw && strchr("+-0123456789", *raw))
		lb_buf_addf(b, "%s%s%s", tag->before ? tag->before : "", raw, tag->behind ? tag->behind : "");
}

void lb_exif_add_entry(struct lb_exif_rows *rows, const struct lb_exif_entry *e, const char *plain_name)
{
	LB_AUTO(lb_buf_clear) struct lb_buf raw = LB_BUF(4 * LB_EXIF_TEXT_MAX), clean = LB_BUF(1024);
	const struct tag *tag = find_tag(e->space, e->tag);
	const char *name = tag->name ? tag->name : plain_name;
	if (!name)
		return;
	show_raw(&raw, tag, e);
	show_clean(&clean, tag, e, lb_buf_str(&raw));
	lb_exif_add(rows, space_names[e->space], name, tag->label, lb_buf_str(&raw),
		clean.len ? lb_buf_str(&clean) : NULL);
}
