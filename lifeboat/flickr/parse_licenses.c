/* Licences: the table, and how that of one photo changed. */
#include <string.h>

#include "lifeboat/flickr/fields.h"

/* flickr.photos.licenses.getInfo */
int lb_parse_licenses(const struct lb_xml *rsp, struct lb_arena *a, struct lb_license **out, size_t *count,
	struct lb_error *err)
{
	static const struct lb_field fields[] = {
		{ NULL, "id", LB_FIELD_NAME, true, offsetof(struct lb_license, id) },
		{ NULL, "name", LB_FIELD_TEXT, false, offsetof(struct lb_license, label) },
		{ NULL, "url", LB_FIELD_TEXT, false, offsetof(struct lb_license, url) },
	};
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_license, NULL, 1000);
	const struct lb_xml *e;
	void *rows;
	LB_TRY(lb_fields_promised(rsp, "licenses", &e, err));
	LB_TRY(lb_fields_list(&record, e, "license", a, &rows, count, err));
	*out = rows;
	return 0;
}

/* flickr.photos.licenses.getLicenseHistory */

static void sort_by_date(struct lb_license_change *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct lb_license_change row = rows[i];
		size_t at = i;
		for (; at > 0 && rows[at - 1].date > row.date; at--)
			rows[at] = rows[at - 1];
		rows[at] = row;
	}
}

/* A photo whose licence never changed has one row without a new one. */
static size_t keep_changes(struct lb_license_change *rows, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].new_label || rows[i].new_url)
			rows[kept++] = rows[i];
	}
	return kept;
}

int lb_parse_license_history(const struct lb_xml *rsp, struct lb_arena *a, struct lb_photo *p, struct lb_error *err)
{
#define AT(member) offsetof(struct lb_license_change, member)
	static const struct lb_field fields[] = {
		{ NULL, "date_change", LB_FIELD_NUMBER, false, AT(date) },
		{ NULL, "old_license", LB_FIELD_TEXT, false, AT(old_label) },
		{ NULL, "old_license_url", LB_FIELD_TEXT, false, AT(old_url) },
		{ NULL, "new_license", LB_FIELD_TEXT, false, AT(new_label) },
		{ NULL, "new_license_url", LB_FIELD_TEXT, false, AT(new_url) },
	};
#undef AT
	static const struct lb_row_table record = LB_ROW_TABLE(fields, struct lb_license_change, NULL, 1000);
	void *rows;
	size_t count;
	LB_TRY(lb_fields_list(&record, rsp, "license_history", a, &rows, &count, err));
	p->license_changes = rows;
	p->nlicense_changes = keep_changes(rows, count);
	p->license_history_known = 1;
	sort_by_date(p->license_changes, p->nlicense_changes);
	return 0;
}
