/* The descriptive sections: Dublin Core of the package, MODS of each photo. */
#include <string.h>

#include "format/mets/internal.h"

/* ---- the package ---- */

static void write_package(struct mets_writer *w)
{
	char date[LB_TIME_ISO];
	lb_time_iso(w->m->created, date);
	const struct { const char *name, *text; } fields[] = {
		{"dc:title", w->m->title}, {"dc:creator", w->m->maker}, {"dc:description", w->m->purpose},
		{"dc:date", *date ? date : NULL}, {"dc:type", "Collection"}, {"dc:identifier", w->m->id},
	};
	lb_mets_start_section(w, "dmdSec", METS_PACKAGE, "DC");
	for (size_t i = 0; i < LB_COUNT(fields); i++)
		lb_xw_leaf(&w->xml, fields[i].name, fields[i].text);
	lb_mets_end_section(w);
}

/* ---- addresses ---- */

static bool is_host(struct lb_span host)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
	for (size_t i = 0; i < host.n; i++)
		if (!memchr(letters, host.p[i], sizeof letters - 1))
			return false;
	return host.n > 0;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* What may follow the host: path, query and fragment of RFC 3986. */
static bool is_rest(struct lb_span rest)
{
	static const char marks[] = "-._~!$&'()*+,;=:@/?#";
	bool fragment = false;
	for (size_t i = 0; i < rest.n; i++) {
		const char c = rest.p[i];
		if (c == '%' && !(i + 2 < rest.n && is_hex(rest.p[i + 1]) && is_hex(rest.p[i + 2])))
			return false;
		if (c == '#' && fragment)
			return false;
		fragment = fragment || c == '#';
		if (c != '%' && !is_host((struct lb_span){&c, 1}) && !memchr(marks, c, sizeof marks - 1))
			return false;
	}
	return true;
}

/* An address that every reader of xs:anyURI takes. Others are told as plain text. */
static bool is_address(const char *text)
{
	struct lb_span all = lb_span(text);
	const size_t scheme = lb_span_starts(all, "https://") ? 8 : lb_span_starts(all, "http://") ? 7 : 0;
	if (!scheme)
		return false;
	struct lb_span rest = {all.p + scheme, all.n - scheme};
	const size_t host = strcspn(rest.p, "/?#");
	return is_host((struct lb_span){rest.p, host}) && is_rest((struct lb_span){rest.p + host, rest.n - host});
}

/* ---- dates ---- */

static bool is_date_and_time(const char *value)
{
	static const char form[] = "dddd-dd-dd dd:dd:dd";
	for (size_t i = 0; i < sizeof form - 1; i++) {
		const bool digit = value[i] >= '0' && value[i] <= '9';
		if (form[i] == 'd' ? !digit : value[i] != form[i] && !(form[i] == ' ' && value[i] == 'T'))
			return false;
	}
	return value[sizeof form - 1] == '\0';
}

/* No more than the granularity promises. W3CDTF has no time without a zone, and Flickr tells none: then it is EDTF, which has. */
static void write_taken(struct lb_xml_writer *w, const struct lb_taken *taken)
{
	static const struct { int64_t granularity; size_t digits; const char *qualifier; } forms[] = {
		{4, 7, NULL}, {6, 4, NULL}, {8, 4, "approximate"},
	};
	if (!lb_taken_known(taken))
		return;
	LB_AUTO(lb_freep) char *value = lb_strdup(taken->value);
	const char *encoding = is_date_and_time(value) ? "edtf" : NULL, *qualifier = NULL;
	char *gap = strchr(value, ' ');
	if (gap)
		*gap = 'T';
	for (size_t i = 0; encoding && i < LB_COUNT(forms); i++)
		if (forms[i].granularity == taken->granularity) {
			value[forms[i].digits] = '\0';
			encoding = "w3cdtf";
			qualifier = forms[i].qualifier;
		}
	lb_xw_start(w, "dateCreated");
	lb_xw_attr(w, "encoding", encoding);
	lb_xw_attr(w, "qualifier", qualifier);
	lb_xw_text(w, value);
	lb_xw_end(w);
}

static void write_posted(struct lb_xml_writer *w, int64_t posted)
{
	char date[LB_TIME_ISO] = "";
	if (posted != LB_UNKNOWN)
		lb_time_iso(posted, date);
	if (!*date)
		return;
	lb_xw_start(w, "dateIssued");
	lb_xw_attr(w, "encoding", "w3cdtf");
	lb_xw_text(w, date);
	lb_xw_end(w);
}

static void write_dates(struct lb_xml_writer *w, const struct lb_mets_photo *p)
{
	if (!lb_taken_known(&p->taken) && p->posted == LB_UNKNOWN)
		return;
	lb_xw_start(w, "originInfo");
	write_taken(w, &p->taken);
	write_posted(w, p->posted);
	lb_xw_end(w);
}

/* ---- a photo ---- */

static void write_typed(struct lb_xml_writer *w, const char *name, const char *type, const char *text)
{
	if (!text)
		return;
	lb_xw_start(w, name);
	lb_xw_attr(w, "type", type);
	lb_xw_text(w, text);
	lb_xw_end(w);
}

static void write_owner(struct lb_xml_writer *w, const struct lb_mets_photo *p)
{
	if (!p->owner_id && !p->owner_name)
		return;
	lb_xw_start(w, "name");
	lb_xw_leaf(w, "namePart", p->owner_name);
	lb_xw_start(w, "role");
	lb_xw_start(w, "roleTerm");
	lb_xw_attr(w, "type", "code");
	lb_xw_attr(w, "authority", "marcrelator");
	lb_xw_text(w, "own");
	lb_xw_end(w);
	lb_xw_end(w);
	write_typed(w, "nameIdentifier", METS_OWNER_TYPE, p->owner_id);
	lb_xw_end(w);
}

static void write_subject(struct lb_xml_writer *w, const char *name, const char *inner, const char *text)
{
	if (!text)
		return;
	lb_xw_start(w, "subject");
	if (inner)
		lb_xw_start(w, name);
	lb_xw_leaf(w, inner ? inner : name, text);
	if (inner)
		lb_xw_end(w);
	lb_xw_end(w);
}

static void write_conditions(struct lb_xml_writer *w, const struct lb_mets_photo *p)
{
	if (p->license_label || p->license_uri) {
		lb_xw_start(w, "accessCondition");
		lb_xw_attr(w, "type", METS_USE);
		lb_xw_attr(w, "xlink:href", p->license_uri && is_address(p->license_uri) ? p->license_uri : NULL);
		lb_xw_text(w, p->license_label);
		lb_xw_end(w);
	}
	if (!p->withheld && !p->stub)
		return;
	lb_xw_start(w, "accessCondition");
	lb_xw_attr(w, "type", METS_RESTRICTION);
	lb_xw_attr(w, "displayLabel", p->stub ? METS_STUB_LABEL : METS_ORIGINAL_LABEL);
	lb_xw_text(w, p->withheld);
	lb_xw_end(w);
}

static void write_address(struct lb_xml_writer *w, const char *url)
{
	if (!url || !is_address(url)) {
		write_typed(w, "identifier", "address", url);
		return;
	}
	lb_xw_start(w, "location");
	lb_xw_leaf(w, "url", url);
	lb_xw_end(w);
}

static void write_title(struct lb_xml_writer *w, const char *title)
{
	if (!title)
		return;
	lb_xw_start(w, "titleInfo");
	lb_xw_leaf(w, "title", title);
	lb_xw_end(w);
}

static void write_photo(struct mets_writer *w, size_t i, const struct lb_mets_photo *p)
{
	struct lb_xml_writer *x = &w->xml;
	lb_mets_start_section(w, "dmdSec", lb_mets_id(METS_PHOTO, i).text, "MODS");
	lb_xw_start(x, "mods");
	lb_xw_attr(x, "xmlns", MODS_NAMESPACE);
	write_title(x, p->title);
	write_owner(x, p);
	write_dates(x, p);
	for (size_t k = 0; k < p->ntags; k++)
		write_subject(x, "topic", NULL, p->tags[k]);
	write_subject(x, "geographic", NULL, p->place);
	write_subject(x, "cartographics", "coordinates", p->coordinates);
	write_typed(x, "identifier", METS_PHOTO_TYPE, p->id);
	write_address(x, p->url);
	write_conditions(x, p);
	lb_xw_end(x);
	lb_mets_end_section(w);
}

int lb_mets_write_descriptions(struct mets_writer *w, struct lb_error *err)
{
	write_package(w);
	for (size_t i = 0; i < w->source->nphotos; i++) {
		struct lb_mets_photo p;
		LB_TRY(w->source->photo(w->source->arg, i, &p, err));
		write_photo(w, i, &p);
	}
	return LB_OK;
}
