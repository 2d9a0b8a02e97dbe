/* The administrative section: PREMIS objects, rights, events and agents. What they are about points here by ADMID. */
#include <stdio.h>
#include <string.h>

#include "format/mets/internal.h"

/* ---- pieces ---- */

void lb_premis_start_identifier(struct lb_xml_writer *w, const char *name, const char *type, const char *value)
{
	char part[96];
	lb_xw_start(w, name);
	snprintf(part, sizeof part, "%sType", name);
	lb_xw_leaf(w, part, type);
	snprintf(part, sizeof part, "%sValue", name);
	lb_xw_leaf(w, part, value ? value : "");
}

void lb_premis_identifier(struct lb_xml_writer *w, const char *name, const char *type, const char *value)
{
	lb_premis_start_identifier(w, name, type, value);
	lb_xw_end(w);
}

void lb_premis_format(struct lb_xml_writer *w, const char *name, const char *puid)
{
	lb_xw_start(w, "format");
	lb_xw_start(w, "formatDesignation");
	lb_xw_leaf(w, "formatName", name);
	lb_xw_end(w);
	if (puid && *puid) {
		lb_xw_start(w, "formatRegistry");
		lb_xw_leaf(w, "formatRegistryName", "PRONOM");
		lb_xw_leaf(w, "formatRegistryKey", puid);
		lb_xw_end(w);
	}
	lb_xw_end(w);
}

/* A section with the PREMIS element `name` in it; closed by end_premis. */
static void start_premis(struct mets_writer *w, const char *section, const char *id, const char *type, const char *name)
{
	lb_mets_start_section(w, section, id, type);
	lb_xw_start(&w->xml, name);
	lb_xw_attr(&w->xml, "xmlns", LB_PREMIS_NAMESPACE);
}

static void end_premis(struct mets_writer *w)
{
	lb_xw_end(&w->xml);
	lb_mets_end_section(w);
}

static bool is_captured(const struct lb_mets_file *f)
{
	return f->captured != LB_UNKNOWN;
}

/* ---- objects ---- */

static bool has_digests(const struct mets_writer *w)
{
	return w->order.captured_first != LB_UNKNOWN;
}

static void link_event(struct mets_writer *w, const char *id)
{
	lb_premis_identifier(&w->xml, "linkingEventIdentifier", METS_LOCAL_TYPE, id);
}

static void write_entity(struct mets_writer *w)
{
	const struct { const char *id; bool there; } events[] = {
		{METS_CREATION, true}, {METS_DIGESTS, has_digests(w)}, {METS_POLICY, w->m->policy != NULL},
		{METS_AGREEMENT, w->m->agreement != NULL}, {METS_CONVERSION, w->m->conversion != NULL},
		{METS_WITHHOLDING, w->order.nstubs > 0}, {METS_REDACTION, w->m->pseudonymised},
	};
	start_premis(w, "techMD", METS_ENTITY, "PREMIS:OBJECT", "object");
	lb_xw_attr(&w->xml, "xsi:type", "intellectualEntity");
	lb_premis_identifier(&w->xml, "objectIdentifier", "URI", w->m->id);
	for (size_t i = 0; i < LB_COUNT(events); i++)
		if (events[i].there)
			link_event(w, events[i].id);
	end_premis(w);
}

static void write_characteristics(struct mets_writer *w, const struct lb_mets_file *f, const char *puid)
{
	char size[24];
	snprintf(size, sizeof size, "%llu", (unsigned long long)f->size);
	lb_xw_start(&w->xml, "objectCharacteristics");
	lb_xw_start(&w->xml, "fixity");
	lb_xw_leaf(&w->xml, "messageDigestAlgorithm", "SHA-256");
	lb_xw_leaf(&w->xml, "messageDigest", f->sha256);
	lb_xw_end(&w->xml);
	lb_xw_leaf(&w->xml, "size", size);
	lb_premis_format(&w->xml, f->mime, puid);
	lb_xw_end(&w->xml);
}

/* The last part of the address without its query: what the file was called at Flickr. */
static void write_original_name(struct mets_writer *w, const char *url)
{
	if (!url)
		return;
	struct lb_span rest = lb_span(url), address = {0};
	lb_span_cut(&rest, '?', &address);
	LB_AUTO(lb_freep) char *whole = lb_strndup(address.p, address.n);
	const char *name = lb_path_base(whole);
	lb_xw_leaf(&w->xml, "originalName", *name ? name : url);
}

static void link_rights(struct mets_writer *w, const struct lb_mets_file *f)
{
	const uint32_t rights = f->photo < 0 || (size_t)f->photo >= w->source->nphotos ? METS_NO_RIGHTS : w->order.rights[f->photo];
	if (rights != METS_NO_RIGHTS)
		lb_premis_identifier(&w->xml, "linkingRightsStatementIdentifier", METS_LOCAL_TYPE, lb_mets_id(METS_RIGHTS, rights).text);
}

static int write_object(struct mets_writer *w, size_t position, size_t object, size_t *captures, struct lb_error *err)
{
	struct mets_id id = lb_mets_id(METS_OBJECT, object);
	struct lb_mets_file f;
	const char *puid = "";
	if (w->source->pronom)
		LB_TRY(w->source->pronom(w->source->arg, position, &puid, err));
	LB_TRY(w->source->file(w->source->arg, position, &f, err));
	start_premis(w, "techMD", id.text, "PREMIS:OBJECT", "object");
	lb_xw_attr(&w->xml, "xsi:type", "file");
	lb_premis_identifier(&w->xml, "objectIdentifier", METS_LOCAL_TYPE, id.text);
	write_characteristics(w, &f, puid);
	write_original_name(w, f.source_url);
	if (is_captured(&f))
		link_event(w, lb_mets_id(METS_FILE_CAPTURE, (*captures)++).text);
	link_rights(w, &f);
	end_premis(w);
	return LB_OK;
}

/* Calls `write` for every media file in the order of their numbers, counting them. */
typedef int each_media_fn(struct mets_writer *w, size_t position, size_t count, size_t *captures, struct lb_error *err);
static int each_media(struct mets_writer *w, each_media_fn *write, struct lb_error *err)
{
	size_t count = 0, captures = 0;
	for (size_t g = 0; g < w->order.ngroups; g++)
		for (size_t i = w->order.groups[g].first; i < w->order.groups[g].end && lb_mets_is_media(w->order.groups[g].use); i++)
			LB_TRY(write(w, w->order.file[i], count++, &captures, err));
	return LB_OK;
}

/* ---- rights ---- */

static void write_note(struct mets_writer *w, const char *lead, const char *text)
{
	if (!text)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf note = LB_BUF(SIZE_MAX / 2);
	lb_buf_addf(&note, "%s: %s", lead, text);
	lb_xw_leaf(&w->xml, "licenseNote", lb_buf_str(&note));
}

static void write_license(struct mets_writer *w, const struct lb_mets_photo *p)
{
	lb_xw_start(&w->xml, "licenseInformation");
	lb_premis_start_identifier(&w->xml, "licenseDocumentationIdentifier", METS_LICENSE_TYPE, p->license_id);
	lb_xw_leaf(&w->xml, "licenseDocumentationRole", "licence as Flickr numbers it");
	lb_xw_end(&w->xml);
	if (p->license_uri && *p->license_uri)
		lb_premis_identifier(&w->xml, "licenseDocumentationIdentifier", "URI", p->license_uri);
	lb_xw_leaf(&w->xml, "licenseTerms", p->license_label);
	write_note(w, "Owner", p->owner_name);
	write_note(w, p->stub ? METS_STUB_LABEL : METS_ORIGINAL_LABEL, p->withheld);
	lb_xw_end(&w->xml);
}

static void write_licensor(struct mets_writer *w, const char *owner)
{
	if (!owner)
		return;
	lb_premis_start_identifier(&w->xml, "linkingAgentIdentifier", METS_OWNER_TYPE, owner);
	lb_xw_leaf(&w->xml, "linkingAgentRole", "licensor");
	lb_xw_end(&w->xml);
}

static void write_rights(struct mets_writer *w, size_t number, const struct lb_mets_photo *p)
{
	struct mets_id id = lb_mets_id(METS_RIGHTS, number);
	start_premis(w, "rightsMD", id.text, "PREMIS:RIGHTS", "rightsStatement");
	lb_premis_identifier(&w->xml, "rightsStatementIdentifier", METS_LOCAL_TYPE, id.text);
	lb_xw_leaf(&w->xml, "rightsBasis", "license");
	write_license(w, p);
	write_licensor(w, p->owner_id);
	end_premis(w);
}

static int write_all_rights(struct mets_writer *w, struct lb_error *err)
{
	size_t written = 0;
	for (size_t i = 0; i < w->source->nphotos; i++) {
		struct lb_mets_photo p;
		if (w->order.rights[i] != written)
			continue; /* none, or written before */
		LB_TRY(w->source->photo(w->source->arg, i, &p, err));
		write_rights(w, written++, &p);
	}
	return LB_OK;
}

/* ---- agents and events ---- */

static void write_agent(struct mets_writer *w, const char *id, const char *name, const char *type, const char *note)
{
	start_premis(w, "digiprovMD", id, "PREMIS:AGENT", "agent");
	lb_premis_identifier(&w->xml, "agentIdentifier", METS_LOCAL_TYPE, id);
	lb_xw_leaf(&w->xml, "agentName", name);
	lb_xw_leaf(&w->xml, "agentType", type);
	lb_xw_leaf(&w->xml, "agentNote", note);
	end_premis(w);
}

static void write_event(struct mets_writer *w, const char *id, const char *type, const char *date, const char *detail)
{
	start_premis(w, "digiprovMD", id, "PREMIS:EVENT", "event");
	lb_premis_identifier(&w->xml, "eventIdentifier", METS_LOCAL_TYPE, id);
	lb_xw_leaf(&w->xml, "eventType", type);
	lb_xw_leaf(&w->xml, "eventDateTime", date);
	lb_xw_start(&w->xml, "eventDetailInformation");
	lb_xw_leaf(&w->xml, "eventDetail", detail);
	lb_xw_end(&w->xml);
	lb_premis_identifier(&w->xml, "linkingAgentIdentifier", METS_LOCAL_TYPE, METS_PROGRAM);
	end_premis(w);
}

static void write_event_at(struct mets_writer *w, const char *id, const char *type, int64_t date, const char *detail)
{
	char iso[LB_TIME_ISO];
	lb_time_iso(date, iso);
	write_event(w, id, type, iso, detail);
}

/* While they came in: from the first to the last. */
static void write_digests(struct mets_writer *w)
{
	char first[LB_TIME_ISO], last[LB_TIME_ISO], range[2 * LB_TIME_ISO];
	if (!has_digests(w))
		return;
	lb_time_iso(w->order.captured_first, first);
	lb_time_iso(w->order.captured_last, last);
	snprintf(range, sizeof range, "%s%s%s", first, strcmp(first, last) ? "/" : "", strcmp(first, last) ? last : "");
	write_event(w, METS_DIGESTS, "message digest calculation", range,
		"SHA-256 of every media file, calculated while it was received");
}

static void write_policy(struct mets_writer *w)
{
	if (w->m->policy)
		write_event_at(w, METS_POLICY, "policy assignment", w->m->created, w->m->policy);
	if (!w->m->agreement)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(SIZE_MAX / 2);
	lb_buf_addf(&detail, "the maker of the package agreed: %s", w->m->agreement);
	write_event_at(w, METS_AGREEMENT, "policy assignment", w->m->agreed, lb_buf_str(&detail));
}

static void write_conversion(struct mets_writer *w)
{
	if (w->m->conversion)
		write_event_at(w, METS_CONVERSION, "migration", w->m->converted, w->m->conversion);
}

static void write_redactions(struct mets_writer *w)
{
	char detail[192];
	snprintf(detail, sizeof detail, "%zu photograph%s kept back by the policy, but for title, owner, address and licence; why stands with each",
		w->order.nstubs, w->order.nstubs == 1 ? "" : "s");
	if (w->order.nstubs)
		write_event_at(w, METS_WITHHOLDING, "redaction", w->m->created, detail);
	if (w->m->pseudonymised)
		write_event_at(w, METS_REDACTION, "redaction", w->m->created,
			"names of people other than the owners of the photographs were replaced by stable pseudonyms");
}

static void write_package_events(struct mets_writer *w)
{
	write_agent(w, METS_PROGRAM, w->m->program, "software", NULL);
	if (w->m->maker)
		write_agent(w, METS_MAKER, w->m->maker, NULL, "maker of the package: chose the photographs");
	write_event_at(w, METS_CREATION, "information package creation", w->m->created, "the photographs of this package were chosen");
	write_digests(w);
	write_policy(w);
	write_conversion(w);
	write_redactions(w);
}

static int write_photo_captures(struct mets_writer *w, struct lb_error *err)
{
	size_t captures = 0;
	for (size_t i = 0; i < w->source->nphotos; i++) {
		struct lb_mets_photo p;
		LB_TRY(w->source->photo(w->source->arg, i, &p, err));
		if (p.captured != LB_UNKNOWN)
			write_event_at(w, lb_mets_id(METS_PHOTO_CAPTURE, captures++).text, "capture", p.captured,
				"information about the photograph received from the Flickr API");
	}
	return LB_OK;
}

static int write_file_capture(struct mets_writer *w, size_t position, size_t count, size_t *captures, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(SIZE_MAX / 2);
	struct lb_mets_file f;
	(void)count;
	LB_TRY(w->source->file(w->source->arg, position, &f, err));
	if (!is_captured(&f))
		return LB_OK;
	lb_buf_addf(&detail, "downloaded from %s", f.source_url ? f.source_url : "Flickr");
	if (f.format_label)
		lb_buf_addf(&detail, " (Flickr size: %s)", f.format_label);
	write_event_at(w, lb_mets_id(METS_FILE_CAPTURE, (*captures)++).text, "capture", f.captured, lb_buf_str(&detail));
	return LB_OK;
}

int lb_mets_write_administration(struct mets_writer *w, struct lb_error *err)
{
	lb_xw_start(&w->xml, "amdSec");
	write_entity(w);
	LB_TRY(each_media(w, write_object, err));
	LB_TRY(write_all_rights(w, err));
	write_package_events(w);
	LB_TRY(write_photo_captures(w, err));
	LB_TRY(each_media(w, write_file_capture, err));
	lb_xw_end(&w->xml);
	return LB_OK;
}
