/* The new package gets the files that stay, and those that list all of them: each as it was, but for what is told of the new files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/bag/bag.h"
#include "format/mets/mets.h"
#include "format/package/crate_private.h"
#include "format/package/remake_private.h"

/* ---- JSON lists ---- */

void lb_remake_list_begin(struct lb_remake_list *l, struct lb_span json, struct lb_out *out)
{
	struct lb_json_parts parts;
	struct lb_json_part first, second;
	*l = (struct lb_remake_list){.out = out, .lead = lb_span("["), .between = lb_span(","), .tail = lb_span("]")};
	if (!lb_json_parts_begin(json, &parts) || !lb_json_parts_next(&parts, &first))
		return;
	l->lead = (struct lb_span){json.p, (size_t)(first.value.p - json.p)};
	const char *end = first.value.p + first.value.n;
	if (lb_json_parts_next(&parts, &second)) {
		l->between = (struct lb_span){end, (size_t)(second.value.p - end)};
		do
			end = second.value.p + second.value.n;
		while (lb_json_parts_next(&parts, &second));
	}
	l->tail = (struct lb_span){end, (size_t)(json.p + json.n - end)};
}

void lb_remake_list_add(struct lb_remake_list *l, struct lb_span element)
{
	const struct lb_span before = l->count++ ? l->between : l->lead;
	lb_out_add(l->out, before.p, before.n);
	lb_out_add(l->out, element.p, element.n);
}

void lb_remake_list_end(struct lb_remake_list *l)
{
	if (!l->count)
		lb_out_adds(l->out, "[");
	const struct lb_span last = l->count ? l->tail : lb_span("]");
	lb_out_add(l->out, last.p, last.n);
}

/* ---- what was made, and what was there ---- */

static void compare(const struct lb_remake *r, struct lb_remade *made)
{
	const struct lb_package *p = r->package;
	size_t at;
	*made = (struct lb_remade){.files = p->nfiles, .lost = r->lost};
	for (size_t i = 0; i < p->nfiles; i++) {
		made->bytes += p->files[i].size;
		made->changed += !lb_map_get(&r->at, lb_span(p->files[i].path), &at) || strcmp(r->files[at].sha256, p->files[i].sha256) != 0;
	}
	for (size_t i = 0; i < r->nfiles; i++)
		made->gone += lb_remake_is_ours(r->files[i].path) && !lb_map_get(&p->paths, lb_span(r->files[i].path), &at);
}

/* Files that list others. */
static bool is_list(const char *path)
{
	static const char *const lists[] = {LB_CRATE_PATH, "lifeboat.json", "METS.xml", "bag-info.txt", "manifest-sha256.txt"};
	bool found = false;
	for (size_t i = 0; i < LB_COUNT(lists); i++)
		found = found || strcmp(lists[i], path) == 0;
	return found;
}

static int adopt(struct lb_remake *r, bool lists_too, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf from = LB_BUF(1 << 16);
	for (size_t i = 0; i < r->nfiles; i++) {
		const struct lb_remake_file *f = &r->files[i];
		if (lb_remake_is_ours(f->path) || (is_list(f->path) && !lists_too))
			continue;
		LB_TRY(lb_ctx_check(r->ctx, err));
		lb_buf_reset(&from);
		lb_path_join(&from, r->dir, f->path);
		LB_TRY(lb_writer_adopt(r->package, lb_buf_str(&from), f->path, f->sha256, f->size, err));
	}
	return LB_OK;
}

static const struct lb_writer_file *made_file(const struct lb_package *p, const char *path)
{
	size_t number;
	return lb_map_get(&p->paths, lb_span(path), &number) ? &p->files[number] : NULL;
}

/* ---- lifeboat.json ---- */

/* By their paths, among those that stay. */
static void add_new_entries(const struct lb_remake *r, struct lb_remake_list *to)
{
	size_t count;
	LB_AUTO(lb_freep) size_t *numbers = lb_writer_sorted(r->package, true, &count);
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(64 << 10);
	for (size_t i = 0; i < count; i++) {
		const struct lb_writer_file *f = &r->package->files[numbers[i]];
		if (!lb_remake_is_ours(f->path))
			continue;
		lb_writer_file_line(&line, f, NULL);
		lb_remake_list_add(to, lb_buf_span(&line));
	}
}

static void write_entries(const struct lb_remake *r, struct lb_span list, struct lb_out *out)
{
	struct lb_remake_list to;
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(64 << 10);
	bool added = false;
	lb_remake_list_begin(&to, list, out);
	for (size_t i = 0; i < r->nfiles; i++) {
		const struct lb_remake_file *f = &r->files[i];
		if (!f->entry.p)
			continue;
		if (!added && strcmp(f->path, LB_REMAKE_BELOW) > 0) {
			add_new_entries(r, &to);
			added = true;
		}
		if (strcmp(f->path, LB_CRATE_PATH) == 0) {
			lb_writer_file_line(&line, made_file(r->package, f->path), NULL);
			lb_remake_list_add(&to, lb_buf_span(&line));
		} else if (!lb_remake_is_ours(f->path)) {
			lb_remake_list_add(&to, f->entry);
		}
	}
	if (!added)
		add_new_entries(r, &to);
	lb_remake_list_end(&to);
}

/* A value of the document in whose place another one stands: `text`, or (NULL) the list of files. */
struct edit { struct lb_span old; char text[32]; };

static int by_place(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;
	return x->old.p < y->old.p ? -1 : x->old.p > y->old.p;
}

static int write_lifeboat(struct lb_remake *r, struct lb_error *err)
{
	const struct lb_span all = lb_buf_span(&r->lifeboat);
	struct edit edits[3] = {0};
	struct lb_span counts;
	struct lb_out *out;
	size_t files;
	snprintf(edits[0].text, sizeof edits[0].text, "%llu", (unsigned long long)lb_writer_payload_bytes(r->package, &files));
	snprintf(edits[1].text, sizeof edits[1].text, "%zu", files);
	if (!lb_json_member(all, "counts", &counts) || !lb_json_member(counts, "bytes", &edits[0].old) ||
		!lb_json_member(counts, "files", &edits[1].old) || !lb_json_member(all, "files", &edits[2].old))
		return lb_remake_damage(r, err, "lifeboat.json", "does not count its files");
	qsort(edits, LB_COUNT(edits), sizeof *edits, by_place);
	LB_TRY(lb_package_create(r->package, "lifeboat.json", &out, err));
	const char *at = all.p;
	for (size_t i = 0; i < LB_COUNT(edits); i++) {
		lb_out_add(out, at, (size_t)(edits[i].old.p - at));
		if (edits[i].text[0])
			lb_out_adds(out, edits[i].text);
		else
			write_entries(r, edits[i].old, out);
		at = edits[i].old.p + edits[i].old.n;
	}
	lb_out_add(out, at, (size_t)(all.p + all.n - at));
	return lb_package_close(r->package, "lifeboat.json", out, err);
}

/* ---- METS.xml ---- */

static struct lb_mets_file mets_file(const struct lb_writer_file *f)
{
	return (struct lb_mets_file){.path = f->path, .sha256 = f->sha256, .mime = f->mime, .size = f->size, .group = f->role, .photo = -1,
		.captured = LB_UNKNOWN};
}

static int write_mets(struct lb_remake *r, struct lb_error *err)
{
	size_t count, n = 0;
	LB_AUTO(lb_freep) size_t *numbers = lb_writer_sorted(r->package, true, &count);
	LB_AUTO(lb_freep) struct lb_mets_file *files = lb_alloc((count + 1) * sizeof *files);
	LB_AUTO(lb_buf_clear) struct lb_buf from = LB_BUF(1 << 16);
	struct lb_out *out;
	for (size_t i = 0; i < count; i++)
		if (lb_remake_is_ours(r->package->files[numbers[i]].path))
			files[n++] = mets_file(&r->package->files[numbers[i]]);
	const struct lb_mets_file crate = mets_file(made_file(r->package, LB_CRATE_PATH));
	lb_path_join(&from, r->dir, "METS.xml");
	LB_TRY(lb_package_create(r->package, "METS.xml", &out, err));
	int rc = lb_mets_rewrite(lb_buf_str(&from), &(struct lb_mets_change){lb_writer_role(LB_REMAKE_BELOW), files, n, &crate}, out, err);
	if (rc) {
		lb_out_abandon(out);
		return rc;
	}
	return lb_package_close(r->package, "METS.xml", out, err);
}

/* ---- the bag ---- */

static int write_bag_info(struct lb_remake *r, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(LB_REMAKE_TEXT_MAX), info = LB_BUF(LB_REMAKE_TEXT_MAX);
	char oxum[64];
	size_t files;
	const uint64_t bytes = lb_writer_payload_bytes(r->package, &files);
	snprintf(oxum, sizeof oxum, "%llu.%zu", (unsigned long long)bytes, files);
	LB_TRY(lb_remake_read(r, "bag-info.txt", &text, err));
	struct lb_span rest = lb_buf_span(&text), line, label;
	while (rest.n) {
		const char *from = rest.p;
		lb_span_cut(&rest, '\n', &line);
		struct lb_span value = line;
		lb_span_cut(&value, ':', &label);
		if (lb_bag_label_is(lb_span_trim(label), "Payload-Oxum"))
			lb_bag_info_format(&info, "Payload-Oxum", oxum);
		else
			lb_buf_add(&info, from, (size_t)(rest.n ? rest.p - from : text.p + text.len - from));
	}
	LB_TRY(lb_buf_check(&info, "bag-info.txt", err));
	return lb_package_put(r->package, "bag-info.txt", lb_buf_span(&info), err);
}

/* ---- the whole ---- */

static int write_lists(struct lb_remake *r, struct lb_error *err)
{
	LB_TRY(write_lifeboat(r, err));
	LB_TRY(write_mets(r, err));
	LB_TRY(write_bag_info(r, err));
	return lb_writer_bag_manifest(r->package, "manifest-sha256.txt", true, err);
}

int lb_remake_finish(struct lb_remake *r, struct lb_remade *out, struct lb_error *err)
{
	struct lb_package *p = r->package;
	struct lb_remade made;
	for (size_t i = 0; i < p->nfiles; i++)
		if (!lb_remake_is_ours(p->files[i].path))
			return lb_fail(err, LB_USAGE, "cannot make \"%s\" anew: it is not below " LB_REMAKE_BELOW, p->files[i].path);
	compare(r, &made);
	const bool same = made.changed == 0 && made.gone == 0;
	if (!same)
		LB_TRY(lb_remake_crate(r, err)); /* while the package has none but the new files */
	LB_TRY(adopt(r, same, err));
	if (!same)
		LB_TRY(write_lists(r, err));
	LB_TRY(lb_writer_bag_manifest(p, "tagmanifest-sha256.txt", false, err));
	p->finished = true;
	*out = made;
	return LB_OK;
}
