/* The words people gave a picture outside EXIF: IPTC (IIM 4, record 2) and XMP; and JFIF's few numbers. */
#include <stdio.h>
#include <string.h>

#include "lifeboat/flickr/exif_private.h"

static unsigned byte_at(struct lb_span s, size_t i)
{
	return (unsigned char)s.p[i];
}

static unsigned be16_at(struct lb_span s, size_t i)
{
	return byte_at(s, i) << 8 | byte_at(s, i + 1);
}

/* ---- JFIF --------------------------------------------------------------------------------------- */

void lb_exif_add_jfif(struct lb_exif_rows *rows, struct lb_span jfif)
{
	static const char *const units[] = { "None", "inches", "cm" };
	char text[32];
	if (jfif.n < 7)
		return;
	unsigned unit = byte_at(jfif, 2);
	snprintf(text, sizeof text, "%u.%02u", byte_at(jfif, 0), byte_at(jfif, 1));
	lb_exif_add(rows, "JFIF", "JFIFVersion", NULL, text, NULL);
	snprintf(text, sizeof text, "Unknown (%u)", unit);
	lb_exif_add(rows, "JFIF", "ResolutionUnit", NULL, unit < LB_COUNT(units) ? units[unit] : text, NULL);
	snprintf(text, sizeof text, "%u", be16_at(jfif, 3));
	lb_exif_add(rows, "JFIF", "XResolution", "X-Resolution", text, NULL);
	snprintf(text, sizeof text, "%u", be16_at(jfif, 5));
	lb_exif_add(rows, "JFIF", "YResolution", "Y-Resolution", text, NULL);
}

/* ---- IPTC --------------------------------------------------------------------------------------- */

static const struct { unsigned id; const char *tag; } iptc_tags[] = {
	{ 5, "ObjectName" }, { 25, "Keywords" }, { 40, "SpecialInstructions" }, { 55, "DateCreated" },
	{ 60, "TimeCreated" }, { 80, "By-line" }, { 85, "By-lineTitle" }, { 90, "City" }, { 92, "Sub-location" },
	{ 95, "Province-State" }, { 101, "Country-PrimaryLocationName" }, { 103, "OriginalTransmissionReference" },
	{ 105, "Headline" }, { 110, "Credit" }, { 115, "Source" }, { 116, "CopyrightNotice" },
	{ 120, "Caption-Abstract" }, { 122, "Writer-Editor" },
};

/* The next data set of record 2; false at the end. Lengths of more than 32 KiB have a form of their own: not read. */
static bool next_data_set(struct lb_span *s, unsigned *id, struct lb_span *value)
{
	while (s->n >= 5 && byte_at(*s, 0) == 0x1c) {
		unsigned record = byte_at(*s, 1);
		size_t n = be16_at(*s, 3);
		if (n > 0x7fff || n > s->n - 5)
			return false;
		*id = byte_at(*s, 2);
		*value = (struct lb_span){ s->p + 5, n };
		*s = (struct lb_span){ s->p + 5 + n, s->n - 5 - n };
		if (record == 2)
			return true;
	}
	return false;
}

/* Of those that repeat (keywords, authors) all, with commas. */
static void gather_data_sets(struct lb_span iptc, unsigned wanted, struct lb_buf *b)
{
	struct lb_span value;
	unsigned id;
	while (next_data_set(&iptc, &id, &value)) {
		if (id != wanted || value.n == 0 || b->len >= LB_EXIF_TEXT_MAX)
			continue;
		lb_buf_adds(b, b->len ? ", " : "");
		lb_exif_text(b, value);
	}
}

void lb_exif_add_iptc(struct lb_exif_rows *rows, struct lb_span iptc)
{
	for (size_t i = 0; i < LB_COUNT(iptc_tags); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8 * LB_EXIF_TEXT_MAX);
		gather_data_sets(iptc, iptc_tags[i].id, &b);
		if (b.len)
			lb_exif_add(rows, "IPTC", iptc_tags[i].tag, NULL, lb_buf_str(&b), NULL);
	}
}

/* ---- XMP ---------------------------------------------------------------------------------------- */

/* By local name: those of the common schemas do not meet. */
static const struct { const char *name, *space, *tag; } xmp_tags[] = {
	{ "title", "XMP-dc", "Title" }, { "description", "XMP-dc", "Description" }, { "creator", "XMP-dc", "Creator" },
	{ "subject", "XMP-dc", "Subject" }, { "rights", "XMP-dc", "Rights" }, { "source", "XMP-dc", "Source" },
	{ "Headline", "XMP-photoshop", "Headline" }, { "Credit", "XMP-photoshop", "Credit" },
	{ "City", "XMP-photoshop", "City" }, { "State", "XMP-photoshop", "State" },
	{ "Country", "XMP-photoshop", "Country" }, { "DateCreated", "XMP-photoshop", "DateCreated" },
	{ "Instructions", "XMP-photoshop", "Instructions" }, { "CreatorTool", "XMP-xmp", "CreatorTool" },
	{ "CreateDate", "XMP-xmp", "CreateDate" }, { "ModifyDate", "XMP-xmp", "ModifyDate" },
	{ "Rating", "XMP-xmp", "Rating" }, { "Label", "XMP-xmp", "Label" }, { "Lens", "XMP-aux", "Lens" },
	{ "Marked", "XMP-xmpRights", "Marked" }, { "UsageTerms", "XMP-xmpRights", "UsageTerms" },
	{ "WebStatement", "XMP-xmpRights", "WebStatement" },
};

/* A plain text, or the items of a list; of one text in several languages the first. */
static void gather_property(const struct lb_xml *e, struct lb_buf *b)
{
	const struct lb_xml *list = e->child;
	if (!list) {
		lb_exif_text(b, lb_span_trim(lb_span(e->text)));
		return;
	}
	bool one = !strcmp(list->name, "Alt");
	for (const struct lb_xml *li = lb_xml_child(list, "li"); li && b->len < LB_EXIF_TEXT_MAX;
		li = one ? NULL : lb_xml_next(li, "li")) {
		lb_buf_adds(b, b->len ? ", " : "");
		lb_exif_text(b, lb_span_trim(lb_span(li->text)));
	}
}

/* Each rdf:Description tells its properties as attributes or as elements. */
static void gather_name(const struct lb_xml *rdf, const char *name, struct lb_buf *b)
{
	for (const struct lb_xml *d = lb_xml_child(rdf, "Description"); d && !b->len;
		d = lb_xml_next(d, "Description")) {
		const struct lb_xml *e = lb_xml_child(d, name);
		const char *value = lb_xml_attr(d, name);
		if (e)
			gather_property(e, b);
		else if (value)
			lb_exif_text(b, lb_span(value));
	}
}

void lb_exif_add_xmp(struct lb_exif_rows *rows, struct lb_span xmp)
{
	static const struct lb_xml_limits limits = { .bytes = 1 << 20, .depth = 32, .nodes = 50000 };
	LB_AUTO(lb_arena_clear) struct lb_arena tree = { 0 };
	struct lb_xml *root;
	struct lb_error ignored = { 0 };
	/* A broken packet tells nothing; the picture is none the worse. */
	if (xmp.n == 0 || lb_xml_parse(lb_span_trim(xmp), &limits, &tree, &root, &ignored))
		return;
	const struct lb_xml *rdf = !strcmp(root->name, "RDF") ? root : lb_xml_child(root, "RDF");
	for (size_t i = 0; rdf && i < LB_COUNT(xmp_tags); i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(8 * LB_EXIF_TEXT_MAX);
		gather_name(rdf, xmp_tags[i].name, &b);
		if (b.len)
			lb_exif_add(rows, xmp_tags[i].space, xmp_tags[i].tag, NULL, lb_buf_str(&b), NULL);
	}
}
