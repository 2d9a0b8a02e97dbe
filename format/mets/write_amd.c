/* The administrative section: PREMIS rights, events and agents. What it is about points here by ADMID. */
#include <stdio.h>
#include <string.h>

#include "format/mets/internal.h"

#define LOCAL_TYPE "local"

/* <name><nameType>…</nameType><nameValue>…</nameValue></name>, left open for a role. */
static void start_identifier(struct mets_writer *w, const char *name, const char *type, const char *value)
{
	char part[96];
	lb_xw_start(&w->xml, name);
	snprintf(part, sizeof part, "%sType", name);
	lb_xw_leaf(&w->xml, part, type);
	snprintf(part, sizeof part, "%sValue", name);
	lb_xw_leaf(&w->xml, part, value ? value : "");
}

static void write_identifier(struct mets_writer *w, const char *name, const char *type, const char *value)
{
	start_identifier(w, name, type, value);
	lb_xw_end(&w->xml);
}

static void write_note(struct mets_writer *w, const char *lead, const char *text)
{
	if (!text)
		return;
	LB_AUTO(lb_buf_clear) struct lb_buf note = LB_BUF(64 << 10);
	lb_buf_adds(&note, lead);
	lb_buf_adds(&note, text);
	lb_xw_leaf(&w->xml, "premis:licenseNote", lb_buf_str(&note));
}

static void write_license(struct mets_writer *w, const struct lb_mets_photo *p)
{
	lb_xw_start(&w->xml, "premis:licenseInformation");
	start_identifier(w, "premis:licenseDocumentationIdentifier", METS_LICENSE_TYPE, p->license_id);
	lb_xw_leaf(&w->xml, "premis:licenseDocumentationRole", "licence as Flickr numbers it");
	lb_xw_end(&w->xml);
	if (p->license_uri && *p->license_uri)
		write_identifier(w, "premis:licenseDocumentationIdentifier", "URI", p->license_uri);
	lb_xw_leaf(&w->xml, "premis:licenseTerms", p->license_label);
	write_note(w, "Owner: ", p->owner_name);
	write_note(w, p->stub ? "Photograph withheld: " : "Original withheld: ", p->withheld);
	lb_xw_end(&w->xml);
}

static void write_licensor(struct mets_writer *w, const char *owner)
{
	if (!owner)
		return;
	start_identifier(w, "premis:linkingAgentIdentifier", "Flickr NSID", owner);
	lb_xw_leaf(&w->xml, "premis:linkingAgentRole", "licensor");
	lb_xw_end(&w->xml);
}

static void write_rights(struct mets_writer *w, size_t i)
{
	const struct lb_mets_photo *p = &w->m->photos[i];
	struct mets_id id = lb_mets_id(METS_RIGHTS, i);
	lb_mets_start_section(w, "rightsMD", id.text, "PREMIS:RIGHTS");
	lb_xw_start(&w->xml, "premis:rightsStatement");
	write_identifier(w, "premis:rightsStatementIdentifier", LOCAL_TYPE, id.text);
	lb_xw_leaf(&w->xml, "premis:rightsBasis", "license");
	write_license(w, p);
	write_licensor(w, p->owner_id);
	lb_xw_end(&w->xml);
	lb_mets_end_section(w);
}

static void write_event(struct mets_writer *w, const char *id, const char *type, int64_t date, const char *detail)
{
	char iso[LB_TIME_ISO];
	lb_time_iso(date, iso);
	lb_mets_start_section(w, "digiprovMD", id, "PREMIS:EVENT");
	lb_xw_start(&w->xml, "premis:event");
	write_identifier(w, "premis:eventIdentifier", LOCAL_TYPE, id);
	lb_xw_leaf(&w->xml, "premis:eventType", type);
	lb_xw_leaf(&w->xml, "premis:eventDateTime", iso);
	lb_xw_start(&w->xml, "premis:eventDetailInformation");
	lb_xw_leaf(&w->xml, "premis:eventDetail", detail);
	lb_xw_end(&w->xml);
	write_identifier(w, "premis:linkingAgentIdentifier", LOCAL_TYPE, w->m->program);
	lb_xw_end(&w->xml);
	lb_mets_end_section(w);
}

static void write_file_capture(struct mets_writer *w, size_t i)
{
	const struct lb_mets_file *f = &w->m->files[i];
	LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(64 << 10);
	lb_buf_addf(&detail, "downloaded from %s", f->source_url ? f->source_url : "Flickr");
	if (f->format_label)
		lb_buf_addf(&detail, " (Flickr size: %s)", f->format_label);
	write_event(w, lb_mets_id(METS_FILE_CAPTURE, i).text, "capture", f->captured, lb_buf_str(&detail));
}

static void write_photo_capture(struct mets_writer *w, size_t i)
{
	const struct lb_mets_photo *p = &w->m->photos[i];
	LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(64 << 10);
	lb_buf_addf(&detail, "information received from the Flickr API about %s", p->url ? p->url : p->id);
	write_event(w, lb_mets_id(METS_PHOTO_CAPTURE, i).text, "capture", p->captured, lb_buf_str(&detail));
}

static void write_agent(struct mets_writer *w, const char *id, const char *name, const char *type, const char *note)
{
	lb_mets_start_section(w, "digiprovMD", id, "PREMIS:AGENT");
	lb_xw_start(&w->xml, "premis:agent");
	write_identifier(w, "premis:agentIdentifier", LOCAL_TYPE, name);
	lb_xw_leaf(&w->xml, "premis:agentName", name);
	lb_xw_leaf(&w->xml, "premis:agentType", type);
	lb_xw_leaf(&w->xml, "premis:agentNote", note);
	lb_xw_end(&w->xml);
	lb_mets_end_section(w);
}

/* Rules, agreement, redaction. */
static void write_policy(struct mets_writer *w)
{
	if (w->m->policy)
		write_event(w, METS_POLICY, "policy assignment", w->m->created, w->m->policy);
	if (w->m->agreement) {
		LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(SIZE_MAX / 2);
		lb_buf_addf(&detail, "the maker of the package agreed: %s", w->m->agreement);
		write_event(w, METS_AGREEMENT, "policy assignment", w->m->agreed, lb_buf_str(&detail));
	}
	if (w->m->conversion)
		write_event(w, METS_CONVERSION, "migration", w->m->converted, w->m->conversion);
	if (w->m->pseudonymised)
		write_event(w, METS_REDACTION, "redaction", w->m->created,
			"names of people other than the owners of the photographs were replaced by stable pseudonyms");
}

static void write_provenance(struct mets_writer *w)
{
	write_agent(w, "agent-program", w->m->program, "software", NULL);
	if (w->m->maker)
		write_agent(w, "agent-maker", w->m->maker, NULL, "maker of the package: chose the photographs");
	write_event(w, METS_CREATION, "information package creation", w->m->created,
		"the photographs of this package were chosen");
	write_policy(w);
	for (size_t i = 0; i < w->m->nphotos; i++)
		if (w->m->photos[i].captured != LB_UNKNOWN)
			write_photo_capture(w, i);
	for (size_t i = 0; i < w->m->nfiles; i++)
		if (lb_mets_is_captured(&w->m->files[i]))
			write_file_capture(w, i);
}

void lb_mets_write_administration(struct mets_writer *w)
{
	lb_xw_start(&w->xml, "amdSec");
	for (size_t i = 0; i < w->m->nphotos; i++)
		if (w->m->photos[i].license_id && w->rights[i] == i)
			write_rights(w, i);
	write_provenance(w);
	lb_xw_end(&w->xml);
}
