/* What a verification found, in PREMIS 3: for the records of those who keep the package. */
#include <stdio.h>
#include <string.h>

#include "format/mets/mets.h"
#include "format/verify/verify_private.h"

#define EVENT_TYPES "http://id.loc.gov/vocabulary/preservation/eventType"
#define PATH_TYPE "path"

/* ---- objects ---- */

static void write_file(struct lb_xml_writer *w, const struct lb_report *r)
{
	char size[24];
	snprintf(size, sizeof size, "%llu", (unsigned long long)r->size);
	lb_xw_start(w, "objectCharacteristics");
	lb_xw_leaf(w, "size", size);
	lb_premis_format(w, r->format, strcmp(r->format, "application/zip") ? "x-fmt/265" : "x-fmt/263");
	lb_xw_end(w);
}

/* The name without the folders before it, and without a slash after it. */
static void write_name(struct lb_xml_writer *w, const char *path)
{
	size_t n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		n--;
	LB_AUTO(lb_freep) char *whole = lb_strndup(path, n);
	lb_xw_leaf(w, "originalName", lb_path_base(whole));
}

static void write_object(struct lb_xml_writer *w, const struct lb_verified *item)
{
	const struct lb_report *r = &item->report;
	lb_xw_start(w, "object");
	lb_xw_attr(w, "xsi:type", r->format ? "file" : "representation");
	if (r->id)
		lb_premis_identifier(w, "objectIdentifier", "URI", r->id);
	lb_premis_identifier(w, "objectIdentifier", PATH_TYPE, item->path);
	if (r->format)
		write_file(w, r);
	write_name(w, item->path);
	lb_xw_end(w);
}

/* ---- events ---- */

static const char *const promises[LB_LEVEL_COUNT] = {
	"container, names and bag files can be read and mean one thing only",
	"every file that is listed is there, and no other",
	"every file has its digest",
	"metadata files have the form that the format gives them",
	"metadata, METS.xml, lifeboat.json and the manifests say the same",
};

static bool was_checked(const struct lb_report *r, unsigned level)
{
	const unsigned of_contents = LB_LEVEL_SCHEMA | LB_LEVEL_CONSISTENCY;
	return (r->levels >> level & 1) && (r->contents || !(of_contents >> level & 1));
}

static const char *outcome_of(const struct lb_report *r, unsigned level)
{
	if (r->by_level[level].errors)
		return "fail";
	return r->by_level[level].warnings ? "warning" : "pass";
}

static void write_finding(struct lb_xml_writer *w, const struct lb_finding *f)
{
	LB_AUTO(lb_buf_clear) struct lb_buf raw = LB_BUF(SIZE_MAX / 2), note = LB_BUF(SIZE_MAX / 2);
	lb_buf_addf(&raw, "%s %s%s%s: %s", lb_severity_name(f->severity), f->rule, f->path ? " " : "", f->path ? f->path : "", f->message);
	lb_show(&note, lb_buf_span(&raw));
	lb_xw_start(w, "eventOutcomeDetail");
	lb_xw_leaf(w, "eventOutcomeDetailNote", lb_buf_str(&note));
	lb_xw_end(w);
}

static void write_outcome(struct lb_xml_writer *w, const struct lb_report *r, unsigned level)
{
	lb_xw_start(w, "eventOutcomeInformation");
	lb_xw_leaf(w, "eventOutcome", outcome_of(r, level));
	for (size_t i = 0; i < r->count; i++) {
		const struct lb_rule *rule = lb_rule_find(r->findings[i].rule);
		if (rule && rule->level == 1u << level)
			write_finding(w, &r->findings[i]);
	}
	lb_xw_end(w);
}

static void write_detail(struct lb_xml_writer *w, const struct lb_report *r, unsigned level)
{
	LB_AUTO(lb_buf_clear) struct lb_buf detail = LB_BUF(4096);
	lb_buf_addf(&detail, "level %s: %s", lb_level_name((enum lb_level)(1u << level)), promises[level]);
	if (1u << level == LB_LEVEL_FIXITY)
		lb_buf_addf(&detail, " (%llu files, %llu bytes read)", (unsigned long long)r->files, (unsigned long long)r->bytes);
	lb_xw_start(w, "eventDetailInformation");
	lb_xw_leaf(w, "eventDetail", lb_buf_str(&detail));
	lb_xw_end(w);
}

/* The same verification has the same ids again: they follow from what, when and which level. */
static void write_event_id(struct lb_xml_writer *w, const struct lb_verified *item, unsigned level)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(SIZE_MAX / 2);
	char uuid[37];
	lb_buf_addf(&key, "%s\n%s\n%lld\n%u", item->path, item->report.id ? item->report.id : "", (long long)item->report.at, level);
	lb_uuid_of(lb_buf_span(&key), uuid);
	lb_premis_identifier(w, "eventIdentifier", "UUID", uuid);
}

static void write_event(struct lb_xml_writer *w, const struct lb_premis_report *all, const struct lb_verified *item, unsigned level)
{
	char date[LB_TIME_ISO];
	lb_time_iso(item->report.at, date);
	lb_xw_start(w, "event");
	write_event_id(w, item, level);
	lb_xw_start(w, "eventType");
	lb_xw_attr(w, "authority", "eventType");
	lb_xw_attr(w, "authorityURI", EVENT_TYPES);
	lb_xw_text(w, 1u << level == LB_LEVEL_FIXITY ? "fixity check" : "validation");
	lb_xw_end(w);
	lb_xw_leaf(w, "eventDateTime", date);
	write_detail(w, &item->report, level);
	write_outcome(w, &item->report, level);
	lb_premis_start_identifier(w, "linkingAgentIdentifier", "local", all->program);
	lb_xw_leaf(w, "linkingAgentRole", "executing program");
	lb_xw_end(w);
	lb_premis_identifier(w, "linkingObjectIdentifier", PATH_TYPE, item->path);
	lb_xw_end(w);
}

/* ---- the document ---- */

static void write_agent(struct lb_xml_writer *w, const char *program)
{
	struct lb_span rest = lb_span(program), name = {0};
	lb_span_cut(&rest, ' ', &name);
	LB_AUTO(lb_freep) char *alone = lb_strndup(name.p, name.n);
	lb_xw_start(w, "agent");
	lb_premis_identifier(w, "agentIdentifier", "local", program);
	lb_xw_leaf(w, "agentName", alone);
	lb_xw_leaf(w, "agentType", "software");
	lb_xw_leaf(w, "agentVersion", rest.n ? rest.p : NULL);
	lb_xw_end(w);
}

void lb_premis_report_write(const struct lb_premis_report *r, lb_report_sink *sink, void *arg)
{
	struct lb_xml_writer w;
	lb_xw_begin_sink(&w, sink, arg);
	lb_xw_start(&w, "premis");
	lb_xw_attr(&w, "xmlns", LB_PREMIS_NAMESPACE);
	lb_xw_attr(&w, "xmlns:xsi", LB_XSI_NAMESPACE);
	lb_xw_attr(&w, "version", "3.0");
	for (size_t i = 0; i < r->count; i++)
		write_object(&w, &r->items[i]);
	for (size_t i = 0; i < r->count; i++)
		for (unsigned level = 0; level < LB_LEVEL_COUNT; level++)
			if (was_checked(&r->items[i].report, level))
				write_event(&w, r, &r->items[i], level);
	write_agent(&w, r->program);
	lb_xw_end(&w);
}

static void to_file(void *out, const void *data, size_t n)
{
	lb_out_add(out, data, n);
}

int lb_premis_report_save(const struct lb_premis_report *r, const char *path, bool replace, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(lb_out_open(path, replace ? LB_OUT_REPLACE : 0, &out, err));
	lb_premis_report_write(r, to_file, out);
	return lb_out_commit(out, NULL, NULL, err);
}
