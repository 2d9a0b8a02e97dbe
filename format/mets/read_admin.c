/* Reading the administrative section: objects, statements of rights, events, agents. */
#include <stdio.h>
#include <string.h>

#include "format/mets/read_private.h"

#define AMD "mets/amdSec"
#define TECH AMD "/techMD"
#define RIGHTS AMD "/rightsMD"
#define DIGIPROV AMD "/digiprovMD"
#define IN "/mdWrap/xmlData"
#define OBJECT TECH IN "/premis:object"
#define CHARACTERISTICS OBJECT "/premis:objectCharacteristics"
#define STATEMENT RIGHTS IN "/premis:rightsStatement"
#define LICENSE STATEMENT "/premis:licenseInformation/premis:licenseDocumentationIdentifier"
#define EVENT DIGIPROV IN "/premis:event"
#define AGENT DIGIPROV IN "/premis:agent"
#define IDENTIFIER(path, name, end_value)                                                                          \
	{path "/premis:" name "/premis:" name "Type", NULL, end_type, true},                                       \
	{path "/premis:" name "/premis:" name "Value", NULL, end_value, true}

/* ---- identifiers ---- */

static int end_type(struct lb_mets_reader *r, struct lb_error *err)
{
	return lb_mets_keep(r, lb_buf_str(&r->text), &r->record.link_type, err);
}

static bool is_local(const struct lb_mets_reader *r)
{
	return r->record.link_type && !strcmp(r->record.link_type, METS_LOCAL_TYPE);
}

/* Of the thing itself: the first one counts. */
static int end_own_identifier(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	if (c->identifier)
		return LB_OK;
	c->identifier_type = c->link_type;
	return lb_mets_keep(r, lb_buf_str(&r->text), &c->identifier, err);
}

/* Only local ones lead to something in this document. */
static int end_link(struct lb_mets_reader *r, struct lb_error *err)
{
	return is_local(r) ? lb_mets_want(r, lb_buf_str(&r->text), err) : LB_OK;
}

/* A section that is none of ours may hold anything. */
static void check_identifier(struct lb_mets_reader *r)
{
	const struct mets_record *c = &r->record;
	const bool entity = !strcmp(c->id, METS_ENTITY);
	if (!entity && c->kind == METS_KIND_COUNT && !c->identifier)
		return;
	const char *expected = entity ? r->about.id : c->id;
	if (!c->identifier || strcmp(c->identifier, expected) != 0 ||
	    (!entity && (!c->identifier_type || strcmp(c->identifier_type, METS_LOCAL_TYPE) != 0)))
		lb_mets_problem(r, "METS-019", "what stands in \"%s\" has the PREMIS identifier \"%.80s\", not \"%s\"", c->id,
			c->identifier ? c->identifier : "", expected);
}

/* ---- objects ---- */

static int start_tech(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	return lb_mets_declare(r, lb_mets_attr(a, "ID"), METS_IN_TECH, err);
}

static int end_algorithm(struct lb_mets_reader *r, struct lb_error *err)
{
	return lb_mets_keep(r, lb_buf_str(&r->text), &r->record.algorithm, err);
}

static int end_digest(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	if (c->file.sha256 || !c->algorithm || strcmp(c->algorithm, "SHA-256") != 0)
		return LB_OK;
	return lb_mets_keep(r, lb_buf_str(&r->text), &c->file.sha256, err);
}

static int end_size(struct lb_mets_reader *r, struct lb_error *err)
{
	(void)err;
	if (!lb_parse_u64(lb_buf_span(&r->text), &r->record.file.size))
		r->record.file.size = UINT64_MAX;
	return LB_OK;
}

static int end_format(struct lb_mets_reader *r, struct lb_error *err)
{
	return r->record.file.mime ? LB_OK : lb_mets_keep(r, lb_buf_str(&r->text), &r->record.file.mime, err);
}

static int end_tech(struct lb_mets_reader *r, struct lb_error *err)
{
	struct mets_record *c = &r->record;
	(void)err;
	check_identifier(r);
	if (c->kind != METS_OBJECT || c->number == METS_NONE)
		return LB_OK;
	LB_GROW(r->facts, r->nfacts, r->facts_cap);
	r->facts[r->nfacts++] = lb_mets_fact(&c->file);
	return LB_OK;
}

/* ---- rights ---- */

static int start_rights(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	LB_TRY(lb_mets_declare(r, lb_mets_attr(a, "ID"), METS_IN_RIGHTS, err));
	if (r->record.kind != METS_RIGHTS || r->record.number == METS_NONE)
		return LB_OK;
	LB_GROW(r->rights, r->nrights, r->rights_cap);
	r->rights[r->nrights++] = UINT32_MAX;
	return LB_OK;
}

static int end_license(struct lb_mets_reader *r, struct lb_error *err)
{
	const struct mets_record *c = &r->record;
	(void)err;
	if (!c->link_type || strcmp(c->link_type, METS_LICENSE_TYPE) != 0 || c->kind != METS_RIGHTS || c->number == METS_NONE)
		return LB_OK;
	size_t number = r->licenses.count;
	if (!lb_map_get(&r->licenses, lb_buf_span(&r->text), &number))
		lb_map_put(&r->licenses, lb_buf_span(&r->text), number);
	r->rights[c->number] = (uint32_t)number;
	return LB_OK;
}

static int end_section(struct lb_mets_reader *r, struct lb_error *err)
{
	(void)err;
	check_identifier(r);
	return LB_OK;
}

/* ---- events and agents ---- */

static int start_digiprov(struct lb_mets_reader *r, const struct attrs *a, struct lb_error *err)
{
	return lb_mets_declare(r, lb_mets_attr(a, "ID"), METS_IN_DIGIPROV, err);
}

const struct mets_element lb_mets_admin_elements[] = {
	{AMD, NULL, NULL, false},
	{TECH, start_tech, end_tech, false},
	{TECH "/mdWrap", NULL, NULL, false},
	{TECH IN, NULL, NULL, false},
	IDENTIFIER(OBJECT, "objectIdentifier", end_own_identifier),
	{CHARACTERISTICS "/premis:fixity/premis:messageDigestAlgorithm", NULL, end_algorithm, true},
	{CHARACTERISTICS "/premis:fixity/premis:messageDigest", NULL, end_digest, true},
	{CHARACTERISTICS "/premis:size", NULL, end_size, true},
	{CHARACTERISTICS "/premis:format/premis:formatDesignation/premis:formatName", NULL, end_format, true},
	IDENTIFIER(OBJECT, "linkingEventIdentifier", end_link),
	IDENTIFIER(OBJECT, "linkingRightsStatementIdentifier", end_link),
	{RIGHTS, start_rights, end_section, false},
	{RIGHTS "/mdWrap", NULL, NULL, false},
	{RIGHTS IN, NULL, NULL, false},
	IDENTIFIER(STATEMENT, "rightsStatementIdentifier", end_own_identifier),
	{LICENSE "/premis:licenseDocumentationIdentifierType", NULL, end_type, true},
	{LICENSE "/premis:licenseDocumentationIdentifierValue", NULL, end_license, true},
	IDENTIFIER(STATEMENT, "linkingAgentIdentifier", end_link),
	{DIGIPROV, start_digiprov, end_section, false},
	{DIGIPROV "/mdWrap", NULL, NULL, false},
	{DIGIPROV IN, NULL, NULL, false},
	IDENTIFIER(EVENT, "eventIdentifier", end_own_identifier),
	IDENTIFIER(EVENT, "linkingAgentIdentifier", end_link),
	IDENTIFIER(AGENT, "agentIdentifier", end_own_identifier),
};
const size_t lb_mets_admin_count = LB_COUNT(lb_mets_admin_elements);
