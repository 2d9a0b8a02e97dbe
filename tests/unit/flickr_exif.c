/* EXIF, IPTC and XMP of files made here, byte by byte. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"
#include "tests/support/support.h"

static struct lb_arena arena;
static struct lb_error err;
static struct lb_photo photo;

static void setup(void)
{
	lb_photo_init(&photo);
}

static void teardown(void)
{
	lb_arena_clear(&arena);
}

/* ---- making files ---------------------------------------------------------------------------- */

struct maker { struct lb_buf b; bool big; };
#define MAKER { .b = LB_BUF(1 << 22) }

static void maker_clear(struct maker *m)
{
	lb_buf_clear(&m->b);
}

static void put(struct maker *m, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		lb_buf_addc(&m->b, (char)(n >> 8 * (m->big ? bytes - 1 - i : i)));
}

static void put_at(struct maker *m, size_t at, uint64_t n)
{
	for (int i = 0; i < 4; i++)
		m->b.p[at + (size_t)i] = (char)(n >> 8 * (m->big ? 3 - i : i));
}

/* An entry's value: text, or up to six numbers of its type. dir: the values are a directory of `count` entries. */
struct entry {
	unsigned tag, type;
	size_t count;
	const char *text;
	int64_t numbers[8];
	const struct entry *dir;
};
enum { BYTE = 1, ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 7, SRATIONAL = 10 };
static const int width[] = { 0, 1, 1, 2, 4, 4, 0, 1, 0, 0, 4 };

static void put_value(struct maker *m, const struct entry *e)
{
	size_t n = e->type == RATIONAL || e->type == SRATIONAL ? 2 * e->count : e->count;
	for (size_t i = 0; i < n; i++)
		put(m, e->text ? (uint64_t)(unsigned char)e->text[i] : (uint64_t)e->numbers[i], width[e->type]);
}

static void put_directory(struct maker *m, const struct entry *entries, size_t count)
{
	size_t at = m->b.len;
	put(m, count, 2);
	for (size_t i = 0; i < count; i++) {
		put(m, entries[i].tag, 2);
		put(m, entries[i].dir ? LONG : entries[i].type, 2);
		put(m, entries[i].dir ? 1 : entries[i].count, 4);
		put(m, 0, 4);
	}
	put(m, 0, 4);
	for (size_t i = 0; i < count; i++) {
		const struct entry *e = &entries[i];
		size_t field = at + 2 + 12 * i + 8;
		struct maker value = { .b = LB_BUF(1 << 20), .big = m->big };
		if (e->dir) {
			put_at(m, field, m->b.len);
			put_directory(m, e->dir, e->count);
			continue;
		}
		put_value(&value, e);
		if (value.b.len > 4) {
			put_at(m, field, m->b.len);
			lb_buf_add(&m->b, value.b.p, value.b.len);
		} else if (value.b.len) {
			memcpy(m->b.p + field, value.b.p, value.b.len);
		}
		lb_buf_clear(&value.b);
	}
}

static void make_tiff(struct maker *m, const struct entry *entries, size_t count)
{
	lb_buf_add(&m->b, m->big ? "MM" : "II", 2);
	put(m, 42, 2);
	put(m, 8, 4);
	put_directory(m, entries, count);
}

static void put_segment(struct lb_buf *jpeg, unsigned marker, const void *magic, size_t nmagic, struct lb_span body)
{
	size_t n = 2 + nmagic + body.n;
	const char head[] = { (char)0xff, (char)marker, (char)(n >> 8), (char)n };
	lb_buf_add(jpeg, head, 4);
	lb_buf_add(jpeg, magic, nmagic);
	lb_buf_add(jpeg, body.p, body.n);
}

static const char *write_file(struct lb_span bytes)
{
	static char path[4096];
	if (!*path)
		snprintf(path, sizeof path, "%s/picture", test_dir());
	FILE *f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(bytes.n ? fwrite(bytes.p, 1, bytes.n, f) : 0, bytes.n);
	fclose(f);
	return path;
}

static void read_bytes(const struct lb_buf *b)
{
	ck_assert_ok(lb_exif_of_file(write_file(lb_buf_span(b)), &arena, &photo, &err));
	ck_assert_str_eq(photo.exif_source, "file");
}

static void read_jpeg_of(const struct maker *tiff)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20);
	lb_buf_add(&b, "\xff\xd8", 2);
	put_segment(&b, 0xe1, "Exif\0", 6, lb_buf_span(&tiff->b));
	lb_buf_add(&b, "\xff\xda\0\2", 4);
	read_bytes(&b);
}

static const struct lb_exif *row(const char *space, const char *tag)
{
	for (size_t i = 0; i < photo.nexif; i++) {
		if (!strcmp(photo.exif[i].tagspace, space) && !strcmp(photo.exif[i].tag, tag))
			return &photo.exif[i];
	}
	return NULL;
}

struct expected { const char *space, *tag, *label, *raw, *clean; };

static void check_rows(const struct expected *want, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct lb_exif *r = row(want[i].space, want[i].tag);
		ck_assert_msg(r != NULL, "no %s %s", want[i].space, want[i].tag);
		ck_assert_str_eq(r->tagspaceid, "0");
		ck_assert_str_eq(r->label, want[i].label);
		ck_assert_str_eq(r->raw, want[i].raw);
		ck_assert_msg(lb_span_eq(lb_span(r->clean), lb_span(want[i].clean)), "%s: clean %s", r->tag,
			r->clean ? r->clean : "none");
	}
}

/* ---- the words of photos.getExif ------------------------------------------------------------- */

static const struct entry exif_dir[] = {
	{ 0x829a, RATIONAL, 1, NULL, { 1, 50 }, NULL },
	{ 0x829d, RATIONAL, 1, NULL, { 18, 10 }, NULL },
	{ 0x8822, SHORT, 1, NULL, { 2 }, NULL },
	{ 0x8827, SHORT, 1, NULL, { 250 }, NULL },
	{ 0x9000, UNDEFINED, 4, "0232", { 0 }, NULL },
	{ 0x9003, ASCII, 20, "2024:11:23 15:56:14", { 0 }, NULL },
	{ 0x9004, ASCII, 20, "2024:11:23 15:56:14", { 0 }, NULL },
	{ 0x9101, UNDEFINED, 4, "\1\2\3\0", { 0 }, NULL },
	{ 0x9201, SRATIONAL, 1, NULL, { 5643856, 1000000 }, NULL },
	{ 0x9202, RATIONAL, 1, NULL, { 169593, 100000 }, NULL },
	{ 0x9203, SRATIONAL, 1, NULL, { 1704856527, 1000000000 }, NULL },
	{ 0x9204, SRATIONAL, 1, NULL, { -101, 100 }, NULL },
	{ 0x9207, SHORT, 1, NULL, { 3 }, NULL },
	{ 0x9208, SHORT, 1, NULL, { 99 }, NULL },
	{ 0x9209, SHORT, 1, NULL, { 16 }, NULL },
	{ 0x920a, RATIONAL, 1, NULL, { 157, 100 }, NULL },
	{ 0x9214, SHORT, 4, NULL, { 2506, 1359, 755, 754 }, NULL },
	{ 0x927c, UNDEFINED, 6, "\1\2\3\4\5\6", { 0 }, NULL },
	{ 0x9286, UNDEFINED, 14, "ASCII\0\0\0hello ", { 0 }, NULL },
	{ 0x9291, ASCII, 4, "906", { 0 }, NULL },
	{ 0xa000, UNDEFINED, 4, "0100", { 0 }, NULL },
	{ 0xa001, SHORT, 1, NULL, { 0xffff }, NULL },
	{ 0xa002, LONG, 1, NULL, { 4032 }, NULL },
	{ 0xa301, UNDEFINED, 1, "\1", { 0 }, NULL },
	{ 0xa402, SHORT, 1, NULL, { 0 }, NULL },
	{ 0xa405, SHORT, 1, NULL, { 18 }, NULL },
};
static const struct entry gps_dir[] = {
	{ 0x0000, BYTE, 4, NULL, { 2, 3, 0, 0 }, NULL },
	{ 0x0001, ASCII, 2, "N", { 0 }, NULL },
	{ 0x0002, RATIONAL, 3, NULL, { 37, 1, 46, 1, 2964, 100 }, NULL },
	{ 0x0003, ASCII, 2, "W", { 0 }, NULL },
	{ 0x0004, RATIONAL, 3, NULL, { 122, 1, 599999, 10000, 0, 1 }, NULL },
	{ 0x0005, BYTE, 1, NULL, { 0 }, NULL },
	{ 0x0006, RATIONAL, 1, NULL, { 123, 10 }, NULL },
	{ 0x0007, RATIONAL, 3, NULL, { 7, 1, 5, 1, 9, 1 }, NULL },
};
static const struct entry main_dir[] = {
	{ 0x010f, ASCII, 6, "Apple", { 0 }, NULL },
	{ 0x0110, ASCII, 14, "iPhone 13 Pro", { 0 }, NULL },
	{ 0x0112, SHORT, 1, NULL, { 6 }, NULL },
	{ 0x011a, RATIONAL, 1, NULL, { 72, 1 }, NULL },
	{ 0x011b, RATIONAL, 1, NULL, { 72, 1 }, NULL },
	{ 0x0128, SHORT, 1, NULL, { 2 }, NULL },
	{ 0x0131, ASCII, 7, "17.6.1", { 0 }, NULL },
	{ 0x0132, ASCII, 20, "2024:11:23 15:56:14", { 0 }, NULL },
	{ 0x0213, SHORT, 1, NULL, { 1 }, NULL },
	{ 0x8769, LONG, LB_COUNT(exif_dir), NULL, { 0 }, exif_dir },
	{ 0x8825, LONG, LB_COUNT(gps_dir), NULL, { 0 }, gps_dir },
};
static const struct expected flickrs_words[] = {
	{ "IFD0", "Make", "Make", "Apple", NULL },
	{ "IFD0", "Model", "Model", "iPhone 13 Pro", NULL },
	{ "IFD0", "Orientation", "Orientation", "Rotate 90 CW", NULL },
	{ "IFD0", "XResolution", "X-Resolution", "72", "72 dpi" },
	{ "IFD0", "ResolutionUnit", "Resolution Unit", "inches", NULL },
	{ "IFD0", "ModifyDate", "Date and Time (Modified)", "2024:11:23 15:56:14", NULL },
	{ "IFD0", "YCbCrPositioning", "YCbCr Positioning", "Centered", NULL },
	{ "ExifIFD", "ExposureTime", "Exposure", "1/50", "0.02 sec (1/50)" },
	{ "ExifIFD", "FNumber", "Aperture", "1.8", "f/1.8" },
	{ "ExifIFD", "ExposureProgram", "Exposure Program", "Program AE", NULL },
	{ "ExifIFD", "ISO", "ISO Speed", "250", NULL },
	{ "ExifIFD", "ExifVersion", "Exif Version", "0232", NULL },
	{ "ExifIFD", "DateTimeOriginal", "Date and Time (Original)", "2024:11:23 15:56:14", NULL },
	{ "ExifIFD", "CreateDate", "Date and Time (Digitized)", "2024:11:23 15:56:14", NULL },
	{ "ExifIFD", "ComponentsConfiguration", "Components Configuration", "Y, Cb, Cr, -", NULL },
	{ "ExifIFD", "ShutterSpeedValue", "Shutter Speed Value", "1/50", NULL },
	{ "ExifIFD", "ApertureValue", "Aperture Value", "1.8", NULL },
	{ "ExifIFD", "BrightnessValue", "Brightness Value", "1.704856527", NULL },
	{ "ExifIFD", "ExposureCompensation", "Exposure Bias", "-1.01", "-1.01 EV" },
	{ "ExifIFD", "MeteringMode", "Metering Mode", "Spot", NULL },
	{ "ExifIFD", "LightSource", "Light Source", "Unknown (99)", NULL },
	{ "ExifIFD", "Flash", "Flash", "Off, Did not fire", NULL },
	{ "ExifIFD", "FocalLength", "Focal Length", "1.6 mm", NULL },
	{ "ExifIFD", "SubjectArea", "Subject Area", "2506 1359 755 754", NULL },
	{ "ExifIFD", "MakerNote", "Maker Note", "(Binary data 6 bytes)", NULL },
	{ "ExifIFD", "UserComment", "User Comment", "hello", NULL },
	{ "ExifIFD", "SubSecTimeOriginal", "Sub Sec Time Original", "906", NULL },
	{ "ExifIFD", "FlashpixVersion", "Flashpix Version", "0100", NULL },
	{ "ExifIFD", "ColorSpace", "Color Space", "Uncalibrated", NULL },
	{ "ExifIFD", "ExifImageWidth", "Exif Image Width", "4032", NULL },
	{ "ExifIFD", "SceneType", "Scene Type", "Directly photographed", NULL },
	{ "ExifIFD", "ExposureMode", "Exposure Mode", "Auto", NULL },
	{ "ExifIFD", "FocalLengthIn35mmFormat", "Focal Length (35mm format)", "18 mm", NULL },
	{ "GPS", "GPSVersionID", "GPSVersion ID", "2.3.0.0", NULL },
	{ "GPS", "GPSLatitudeRef", "GPSLatitude Ref", "North", NULL },
	{ "GPS", "GPSLatitude", "GPSLatitude", "37 deg 46' 29.64\"", NULL },
	{ "GPS", "GPSLongitudeRef", "GPSLongitude Ref", "West", NULL },
	{ "GPS", "GPSLongitude", "GPSLongitude", "122 deg 59' 59.99\"", NULL },
	{ "GPS", "GPSAltitudeRef", "GPSAltitude Ref", "Above Sea Level", NULL },
	{ "GPS", "GPSAltitude", "GPSAltitude", "12.3 m", NULL },
	{ "GPS", "GPSTimeStamp", "GPSTime Stamp", "07:05:09", NULL },
};

START_TEST(a_jpeg_in_flickrs_words)
{
	LB_AUTO(maker_clear) struct maker m = MAKER;
	m.big = _i == 1;
	make_tiff(&m, main_dir, LB_COUNT(main_dir));
	read_jpeg_of(&m);
	check_rows(flickrs_words, LB_COUNT(flickrs_words));
	ck_assert_str_eq(photo.camera, "Apple iPhone 13 Pro");
	ck_assert_uint_eq(photo.nexif, LB_COUNT(exif_dir) + LB_COUNT(gps_dir) + LB_COUNT(main_dir) - 2);
}
END_TEST

static void read_one(unsigned tag, unsigned type, size_t count, const char *text, int64_t a, int64_t b, bool in_main)
{
	LB_AUTO(maker_clear) struct maker m = MAKER;
	const struct entry e = { tag, type, count, text, { a, b }, NULL };
	const struct entry top = { 0x8769, LONG, 1, NULL, { 0 }, &e };
	make_tiff(&m, in_main ? &e : &top, 1);
	read_jpeg_of(&m);
}

START_TEST(numbers_are_rounded_as_flickr_does)
{
	static const struct { unsigned tag, type; int64_t a, b; const char *name, *raw, *clean; } cases[] = {
		{ 0x829a, RATIONAL, 1, 125, "ExposureTime", "1/125", "0.008 sec (1/125)" },
		{ 0x829a, RATIONAL, 10, 3200, "ExposureTime", "1/320", "0.003 sec (1/320)" },
		{ 0x829a, RATIONAL, 13, 10, "ExposureTime", "1.3", "1.3 sec" },
		{ 0x829a, RATIONAL, 30, 1, "ExposureTime", "30", "30 sec" },
		{ 0x829a, RATIONAL, 0, 1, "ExposureTime", "0", NULL },
		{ 0x829a, RATIONAL, 1, 0, "ExposureTime", "inf", NULL },
		{ 0x829a, RATIONAL, 1, 4294967295, "ExposureTime", "0", "0 sec" },
		{ 0x829d, RATIONAL, 8, 1, "FNumber", "8.0", "f/8.0" },
		{ 0x829d, RATIONAL, 0, 0, "FNumber", "undef", NULL },
		{ 0x9204, SRATIONAL, 0, 6, "ExposureCompensation", "0", "0 EV" },
		{ 0x9204, SRATIONAL, 2, 2, "ExposureCompensation", "+1", "+1 EV" },
		{ 0x9204, SRATIONAL, -2, 3, "ExposureCompensation", "-2/3", "-2/3 EV" },
		{ 0x9204, SRATIONAL, 1, 2, "ExposureCompensation", "+1/2", "+1/2 EV" },
		{ 0x9204, SRATIONAL, -2147483648, 1, "ExposureCompensation", "-2147483648", "-2147483648 EV" },
		{ 0x9201, SRATIONAL, -2147483647, 1, "ShutterSpeedValue", "-2147483647", NULL },
		{ 0x920a, RATIONAL, 55, 1, "FocalLength", "55.0 mm", NULL },
		{ 0x9206, RATIONAL, 4294967295, 0, "SubjectDistance", "inf", NULL },
		{ 0x9209, SHORT, 0x5f, 0, "Flash", "Auto, Fired, Red-eye reduction, Return detected", NULL },
		{ 0x8827, SHORT, 65535, 0, "ISO", "65535", NULL },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		lb_photo_init(&photo);
		read_one(cases[i].tag, cases[i].type, 1, NULL, cases[i].a, cases[i].b, false);
		const struct lb_exif *r = row("ExifIFD", cases[i].name);
		ck_assert_msg(r != NULL, "case %zu", i);
		ck_assert_str_eq(r->raw, cases[i].raw);
		ck_assert_msg(lb_span_eq(lb_span(r->clean), lb_span(cases[i].clean)), "case %zu: %s", i, r->clean);
	}
}
END_TEST

START_TEST(texts_of_every_making)
{
	static const struct { unsigned tag, type; bool in_main; const char *text; size_t count; const char *space, *name, *raw; } cases[] = {
		{ 0x010e, ASCII, true, "caf\xc3\xa9 \0\0", 8, "IFD0", "ImageDescription", "caf\xc3\xa9" },
		{ 0x8298, ASCII, true, "\xa9 1999 M\xfcller", 14, "IFD0", "Copyright", "\xc2\xa9 1999 M\xc3\xbcller" },
		{ 0x013b, ASCII, true, "a\x1b[31m\x7f" "b\n", 10, "IFD0", "Artist", "a [31m b" },
		{ 0x013b, ASCII, true, "        ", 8, "IFD0", "Artist", "" },
		{ 0x9c9b, BYTE, true, "H\0i\0\x3d\xd8\x00\xde\0\0", 10, "IFD0", "XPTitle", "Hi\xf0\x9f\x98\x80" },
		{ 0x9c9d, BYTE, true, "\x3d\xd8x\0y", 5, "IFD0", "XPAuthor", "\xef\xbf\xbdx" },
		{ 0x9286, UNDEFINED, false, "UNICODE\0H\0i\0", 12, "ExifIFD", "UserComment", "Hi" },
		{ 0x9286, UNDEFINED, false, "JIS\0\0\0\0\0abc", 11, "ExifIFD", "UserComment", "(Binary data 11 bytes)" },
		{ 0x9286, UNDEFINED, false, "ASC", 3, "ExifIFD", "UserComment", "" },
		{ 0x9286, UNDEFINED, false, "\0\0\0\0\0\0\0\0plain", 13, "ExifIFD", "UserComment", "plain" },
		{ 0xa302, UNDEFINED, false, "\1\2\3\4\5\6", 6, "ExifIFD", "CFAPattern", "(Binary data 6 bytes)" },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		lb_photo_init(&photo);
		read_one(cases[i].tag, cases[i].type, cases[i].count, cases[i].text, 0, 0, cases[i].in_main);
		const struct lb_exif *r = row(cases[i].space, cases[i].name);
		ck_assert_msg(r != NULL, "case %zu", i);
		ck_assert_str_eq(r->raw, cases[i].raw);
	}
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 16);
	lb_buf_addc(&text, 'x');
	while (text.len < 20001)
		lb_buf_adds(&text, "\xe2\x82\xac");
	read_one(0x010e, ASCII, text.len, text.p, 0, 0, true);
	const struct lb_exif *r = row("IFD0", "ImageDescription");
	ck_assert_uint_eq(strlen(r->raw), 1 + (8192 - 1) / 3 * 3);
	ck_assert(lb_utf8_valid(lb_span(r->raw)));
}
END_TEST

START_TEST(cameras)
{
	static const struct { const char *make, *model, *camera; } cases[] = {
		{ "Canon", "Canon EOS 5D", "Canon EOS 5D" },
		{ "NIKON CORPORATION", "NIKON D80", "NIKON D80" },
		{ "Apple", "iPhone", "Apple iPhone" },
		{ "Leica", "", "Leica" },
		{ "", "X100", "X100" },
		{ "", "", NULL },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(maker_clear) struct maker m = MAKER;
		const struct entry dir[] = { { 0x010f, ASCII, strlen(cases[i].make) + 1, cases[i].make, { 0 }, NULL },
			{ 0x0110, ASCII, strlen(cases[i].model) + 1, cases[i].model, { 0 }, NULL } };
		lb_photo_init(&photo);
		make_tiff(&m, dir, 2);
		read_jpeg_of(&m);
		ck_assert_msg(lb_span_eq(lb_span(photo.camera), lb_span(cases[i].camera)), "case %zu: %s", i, photo.camera);
	}
}
END_TEST

START_TEST(dots_per_centimetre_are_not_dpi)
{
	LB_AUTO(maker_clear) struct maker m = MAKER;
	static const struct entry dir[] = { { 0x011a, RATIONAL, 1, NULL, { 118, 1 }, NULL }, { 0x0128, SHORT, 1, NULL, { 3 }, NULL } };
	make_tiff(&m, dir, 2);
	read_jpeg_of(&m);
	ck_assert_str_eq(row("IFD0", "XResolution")->raw, "118");
	ck_assert_ptr_null(row("IFD0", "XResolution")->clean);
	ck_assert_str_eq(row("IFD0", "ResolutionUnit")->raw, "cm");
}
END_TEST

/* ---- other containers ------------------------------------------------------------------------ */

static void put_chunk(struct lb_buf *b, const char *type, struct lb_span body)
{
	const char length[] = { (char)(body.n >> 24), (char)(body.n >> 16), (char)(body.n >> 8), (char)body.n };
	lb_buf_add(b, length, 4);
	lb_buf_add(b, type, 4);
	lb_buf_add(b, body.p, body.n);
	lb_buf_add(b, "\0\0\0", 4); /* the check sum is not looked at */
}

static const char xmp[] =
	"<?xpacket begin='' id='x'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='r'>"
	"<rdf:Description xmlns:dc='d' xmlns:photoshop='p' photoshop:City='Hull' Rating='4'>"
	"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Boat</rdf:li><rdf:li xml:lang='de'>Boot</rdf:li></rdf:Alt></dc:title>"
	"<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>caf\xc3\xa9</rdf:li></rdf:Bag></dc:subject><dc:source>plain</dc:source>"
	"</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
static const struct expected xmp_words[] = {
	{ "XMP-dc", "Title", "Title", "Boat", NULL },
	{ "XMP-dc", "Subject", "Subject", "sea, caf\xc3\xa9", NULL },
	{ "XMP-dc", "Source", "Source", "plain", NULL },
	{ "XMP-photoshop", "City", "City", "Hull", NULL },
	{ "XMP-xmp", "Rating", "Rating", "4", NULL },
};

START_TEST(a_png_and_a_tiff)
{
	LB_AUTO(maker_clear) struct maker m = MAKER;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20), text = LB_BUF(1 << 20);
	make_tiff(&m, main_dir, LB_COUNT(main_dir));
	read_bytes(&m.b);
	check_rows(flickrs_words, LB_COUNT(flickrs_words));
	lb_photo_init(&photo);
	lb_buf_add(&b, "\x89PNG\r\n\x1a\n", 8);
	put_chunk(&b, "IHDR", (struct lb_span){ "1234567890123", 13 });
	put_chunk(&b, "eXIf", lb_buf_span(&m.b));
	lb_buf_add(&text, "XML:com.adobe.xmp\0\0\0\0\0", 22);
	lb_buf_adds(&text, xmp);
	put_chunk(&b, "iTXt", lb_buf_span(&text));
	put_chunk(&b, "IEND", (struct lb_span){ "", 0 });
	read_bytes(&b);
	check_rows(flickrs_words, LB_COUNT(flickrs_words));
	check_rows(xmp_words, LB_COUNT(xmp_words));
}
END_TEST

/* 2:5 title, 2:25 twice, 1:90 (the code of the texts), 2:120 in Latin-1, 2:116 longer than what is left */
static const char iptc[] = "\x1c\2\5\0\4Boat\x1c\2\x19\0\3sea\x1c\1\x5a\0\3\x1b%G\x1c\2\x19\0\4land\x1c\2\x78\0\5caf\xe9!\x1c\2\x74\0\x09" "cut";

START_TEST(jfif_iptc_and_xmp_of_a_jpeg)
{
	static const struct expected want[] = {
		{ "JFIF", "JFIFVersion", "JFIFVersion", "1.02", NULL },
		{ "JFIF", "ResolutionUnit", "Resolution Unit", "None", NULL },
		{ "JFIF", "XResolution", "X-Resolution", "100", NULL },
		{ "JFIF", "YResolution", "Y-Resolution", "300", NULL },
		{ "IPTC", "ObjectName", "Object Name", "Boat", NULL },
		{ "IPTC", "Keywords", "Keywords", "sea, land", NULL },
		{ "IPTC", "Caption-Abstract", "Caption- Abstract", "caf\xc3\xa9!", NULL },
	};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(1 << 20), resources = LB_BUF(1 << 16);
	lb_buf_add(&resources, "8BIM\x03\xed\3abc\0\0\0\1x\0", 16); /* another one, with a name and padding */
	lb_buf_add(&resources, "8BIM\4\4\0\0\0\0\0", 11);
	lb_buf_addc(&resources, (char)(sizeof iptc - 1));
	lb_buf_add(&resources, iptc, sizeof iptc - 1);
	lb_buf_add(&b, "\xff\xd8", 2);
	put_segment(&b, 0xe0, "JFIF", 5, (struct lb_span){ "\1\2\0\0\x64\1\x2c\0\0", 9 });
	put_segment(&b, 0xfe, "", 0, lb_span("a comment"));
	lb_buf_add(&b, "\xff\xff", 2); /* fill */
	put_segment(&b, 0xed, "Photoshop 3.0", 14, lb_buf_span(&resources));
	put_segment(&b, 0xe1, "http://ns.adobe.com/xap/1.0/", 29, lb_span(xmp));
	read_bytes(&b);
	check_rows(want, LB_COUNT(want));
	check_rows(xmp_words, LB_COUNT(xmp_words));
	ck_assert_ptr_null(row("IPTC", "CopyrightNotice"));
	ck_assert_ptr_null(photo.camera);
}
END_TEST

/* ---- files that say nothing, or too much ------------------------------------------------------- */

START_TEST(files_without_any)
{
	static const struct { const char *bytes; size_t n; } cases[] = {
		{ "", 0 }, { "\xff", 1 }, { "\xff\xd8", 2 }, { "\xff\xd8\xff\xe1\xff\xff" "Exif\0\0II*\0", 14 },
		{ "\xff\xd8\xff\xe1\0\1", 6 }, { "\xff\xd8\xff\xe1\0\2\xff\xd9", 8 }, { "\xff\xd8\xff\xff\xff\xff", 6 },
		{ "\xff\xd8\xff\xe1\0\x08" "Exif\0\0", 12 }, { "\x89PNG\r\n\x1a\n", 8 }, { "\x89PNG\r\n\x1a\n\xff\xff\xff\xff" "eXIf", 16 },
		{ "GIF89a", 6 }, { "<html>", 6 }, { "II*\0\xff\xff\xff\xff", 8 }, { "MM\0*\0\0\0\x08\xff\xff", 10 },
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		struct lb_buf b = LB_BUF(64);
		lb_buf_add(&b, cases[i].bytes, cases[i].n);
		read_bytes(&b);
		ck_assert_msg(photo.nexif == 0 && !photo.camera, "case %zu", i);
		lb_buf_clear(&b);
	}
}
END_TEST

START_TEST(every_cut_and_every_broken_byte)
{
	LB_AUTO(maker_clear) struct maker m = MAKER;
	make_tiff(&m, main_dir, LB_COUNT(main_dir));
	size_t whole = m.b.len;
	for (size_t i = 0; i < whole; i++) {
		char was = m.b.p[i];
		m.b.p[i] = (char)0xff;
		read_jpeg_of(&m);
		m.b.p[i] = was;
	}
	for (m.b.len = whole - 1; m.b.len > 0; m.b.len -= m.b.len > 7 ? 7 : m.b.len)
		read_jpeg_of(&m);
}
END_TEST

/* Directories that point at themselves or at each other, and an entry of four thousand million numbers. */
START_TEST(loops_end)
{
	static const unsigned tags[] = { 0x8769, 0x8825, 0xa005, 0x014a };
	for (size_t i = 0; i < LB_COUNT(tags); i++) {
		LB_AUTO(maker_clear) struct maker m = MAKER;
		const struct entry dir[] = { { tags[i], LONG, 1, NULL, { 8 }, NULL }, { 0x0102, SHORT, 4294967295, NULL, { 0 }, NULL } };
		lb_buf_add(&m.b, "II*\0\x08\0\0\0", 8);
		put(&m, 2, 2);
		for (size_t k = 0; k < 2; k++) {
			put(&m, dir[k].tag, 2);
			put(&m, dir[k].type, 2);
			put(&m, dir[k].count, 4);
			put(&m, 8, 4);
		}
		put(&m, 8, 4); /* the next directory: this one */
		read_jpeg_of(&m);
	}
}
END_TEST

START_TEST(a_file_that_is_not_there)
{
	photo.camera = "before";
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(lb_exif_of_file("/nonexistent/picture.jpg", &arena, &photo, &err), LB_NOTFOUND);
	ck_assert_ptr_nonnull(strstr(err.what, "picture.jpg"));
	ck_assert_ptr_null(photo.exif_source);
	ck_assert_int_lt(lb_exif_of_file(test_dir(), &arena, &photo, &err), 0);
	ck_assert_ptr_null(photo.exif_source);
	ck_assert_str_eq(photo.camera, "before");
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("flickr/exif");
	TCase *tc = tcase_create("exif");
	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, a_jpeg_in_flickrs_words, 0, 2);
	tcase_add_test(tc, numbers_are_rounded_as_flickr_does);
	tcase_add_test(tc, texts_of_every_making);
	tcase_add_test(tc, long_texts_are_cut_between_characters);
	tcase_add_test(tc, cameras);
	tcase_add_test(tc, dots_per_centimetre_are_not_dpi);
	tcase_add_test(tc, a_png_and_a_tiff);
	tcase_add_test(tc, jfif_iptc_and_xmp_of_a_jpeg);
	tcase_add_test(tc, files_without_any);
	tcase_add_test(tc, every_cut_and_every_broken_byte);
	tcase_add_test(tc, loops_end);
	tcase_add_test(tc, a_file_that_is_not_there);
	suite_add_tcase(s, tc);
	return s;
}
