/* The bag's own files (RFC 8493). */
#include "format/bag/bag.h"

#include <stdio.h>

#include "format/package/writer_private.h"

#define LINE_MAX_BYTES (64 << 10)

static int write_info(struct lb_package *p, struct lb_error *err)
{
	char date[LB_TIME_ISO], oxum[64];
	size_t files;
	const uint64_t bytes = lb_writer_payload_bytes(p, &files);
	lb_time_iso(p->info.created, date);
	date[date[0] ? 10 : 0] = '\0';
	snprintf(oxum, sizeof oxum, "%llu.%zu", (unsigned long long)bytes, files);
	const struct { const char *label, *value; } lines[] = {
		{"Source-Organization", p->info.maker_name},
		{"External-Description", p->info.title ? p->info.title : "Data Lifeboat"},
		{"External-Identifier", p->info.id},
		{"Internal-Sender-Description", p->info.purpose},
		{"BagIt-Profile-Identifier", LB_BAGIT_PROFILE},
		{"Bagging-Date", date},
		{"Bag-Software-Agent", p->info.program},
		{"Payload-Oxum", oxum},
	};
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_WRITER_ITEM_MAX);
	for (size_t i = 0; i < LB_COUNT(lines); i++)
		if (lines[i].value && *lines[i].value)
			lb_bag_info_format(&text, lines[i].label, lines[i].value);
	LB_TRY(lb_buf_check(&text, "bag-info.txt", err));
	return lb_package_put(p, "bag-info.txt", lb_buf_span(&text), err);
}

int lb_writer_bag_manifest(struct lb_package *p, const char *name, bool payload, struct lb_error *err)
{
	size_t count;
	LB_AUTO(lb_freep) size_t *numbers = lb_writer_sorted(p, payload, &count);
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(LINE_MAX_BYTES);
	struct lb_out *out;
	LB_TRY(lb_package_create(p, name, &out, err));
	for (size_t i = 0; i < count; i++) {
		lb_buf_reset(&line);
		lb_bag_line_format(&line, p->files[numbers[i]].sha256, p->files[numbers[i]].path);
		lb_out_add(out, line.p, line.len);
	}
	return lb_package_close(p, name, out, err);
}

/* The tag manifest comes last: it lists every file beside data/ but itself. */
int lb_writer_bag(struct lb_package *p, struct lb_error *err)
{
	LB_TRY(lb_package_put(p, "bagit.txt", lb_span(lb_bag_declaration_text), err));
	LB_TRY(write_info(p, err));
	LB_TRY(lb_writer_bag_manifest(p, "manifest-sha256.txt", true, err));
	return lb_writer_bag_manifest(p, "tagmanifest-sha256.txt", false, err);
}
