/* The text files of a bag that is being made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/bag/bag.h"
#include "format/package/bag_private.h"

#define TAG_FILES_MAX (2 + LB_HASH_COUNT)
#define INFO_MAX ((size_t)16 << 20)

struct tag_file { char name[64]; unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX]; };
struct tags {
	const struct lb_bagging *b;
	const char *folder;
	unsigned flags;                /* of lb_out_open */
	struct tag_file files[TAG_FILES_MAX];
	size_t count;
};

/* A tag file being written; its digests are wanted by the tag manifests. */
struct writing { struct lb_out *out; struct lb_digests digests; };

static void writing_clear(struct writing *w)
{
	lb_out_abandon(w->out);
	lb_digests_clear(&w->digests);
}

static int begin(const struct tags *t, const char *name, struct writing *w, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16);
	lb_path_join(&path, t->folder, name);
	lb_digests_begin(&w->digests, t->b->hashes);
	return lb_out_open(lb_buf_str(&path), t->flags, &w->out, err);
}

static void put(struct writing *w, struct lb_span text)
{
	lb_out_add(w->out, text.p, text.n);
	lb_digests_add(&w->digests, text.p, text.n);
}

static int finish(struct tags *t, const char *name, struct writing *w, struct lb_error *err)
{
	struct lb_out *out = w->out;
	struct tag_file *f = t->count < TAG_FILES_MAX ? &t->files[t->count++] : NULL;
	w->out = NULL;
	if (f) {
		snprintf(f->name, sizeof f->name, "%s", name);
		lb_digests_end(&w->digests, f->raw);
	}
	return lb_out_commit(out, NULL, NULL, err);
}

static int put_text(struct tags *t, const char *name, struct lb_span text, struct lb_error *err)
{
	LB_AUTO(writing_clear) struct writing w = {0};
	LB_TRY(begin(t, name, &w, err));
	put(&w, text);
	return finish(t, name, &w, err);
}

/* ---- bag-info.txt ---- */

static bool is_given(const struct lb_bag_making *m, const char *label)
{
	for (size_t i = 0; i < m->ninfo; i++)
		if (lb_bag_label_is(lb_span(m->info[i].label), label))
			return true;
	return false;
}

static int write_info(struct tags *t, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(INFO_MAX);
	const struct lb_bag_making *m = t->b->making;
	char date[LB_TIME_ISO], oxum[64];
	lb_time_iso(lb_ctx_now(t->b->ctx), date);
	date[date[0] ? 10 : 0] = '\0';
	snprintf(oxum, sizeof oxum, "%llu.%llu", (unsigned long long)t->b->bytes, (unsigned long long)t->b->files);
	const struct lb_bag_label own[] = {{"Bagging-Date", date}, {"Bag-Software-Agent", m->agent}, {"Payload-Oxum", oxum}};
	for (size_t i = 0; i < m->ninfo; i++)
		lb_bag_info_format(&text, m->info[i].label, m->info[i].value);
	for (size_t i = 0; i < LB_COUNT(own); i++)
		if (own[i].value && *own[i].value && !is_given(m, own[i].label))
			lb_bag_info_format(&text, own[i].label, own[i].value);
	LB_TRY(lb_buf_check(&text, "bag-info.txt", err));
	return put_text(t, "bag-info.txt", lb_buf_span(&text), err);
}

/* ---- manifests ---- */

static void add_line(struct writing *w, struct lb_buf *line, enum lb_hash h, const unsigned char *raw, const char *path)
{
	char hex[LB_HASH_HEX_MAX];
	lb_hex(raw, lb_hash_hex_len(h) / 2, hex);
	lb_buf_reset(line);
	lb_bag_line_format(line, hex, path);
	put(w, lb_buf_span(line));
}

/* Members are sorted by the bytes of their paths, and so are the lines. */
static int write_manifest(struct tags *t, enum lb_hash h, struct lb_error *err)
{
	LB_AUTO(writing_clear) struct writing w = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 16), path = LB_BUF(1 << 16);
	const struct lb_bagging *b = t->b;
	char name[64];
	size_t count;
	const struct lb_member *m = lb_container_members(b->c, &count);
	snprintf(name, sizeof name, "manifest-%s.txt", lb_hash_name(h));
	LB_TRY(begin(t, name, &w, err));
	for (size_t i = 0; i < count; i++) {
		if (m[i].kind != LB_MEMBER_FILE)
			continue;
		lb_buf_reset(&path);
		lb_path_join(&path, "data", m[i].path);
		add_line(&w, &line, h, b->raw + i * b->record + b->at[h], lb_buf_str(&path));
	}
	return finish(t, name, &w, err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct tag_file *)a)->name, ((const struct tag_file *)b)->name);
}

static int write_tag_manifest(struct tags *t, enum lb_hash h, size_t listed, struct lb_error *err)
{
	LB_AUTO(writing_clear) struct writing w = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf line = LB_BUF(1 << 16);
	char name[64];
	snprintf(name, sizeof name, "tagmanifest-%s.txt", lb_hash_name(h));
	LB_TRY(begin(t, name, &w, err));
	for (size_t i = 0; i < listed; i++)
		add_line(&w, &line, h, t->files[i].raw[h], t->files[i].name);
	return finish(t, name, &w, err);
}

int lb_bag_write_tags(const struct lb_bagging *b, const char *folder, bool later, struct lb_error *err)
{
	LB_AUTO(lb_freep) struct tags *t = lb_alloc(sizeof *t);
	*t = (struct tags){.b = b, .folder = folder, .flags = later ? LB_OUT_NOSYNC : 0};
	LB_TRY(put_text(t, "bagit.txt", lb_span(lb_bag_declaration_text), err));
	LB_TRY(write_info(t, err));
	for (size_t h = 0; h < LB_HASH_COUNT; h++)
		if (b->hashes >> h & 1)
			LB_TRY(write_manifest(t, (enum lb_hash)h, err));
	const size_t listed = t->count;
	qsort(t->files, listed, sizeof *t->files, by_name);
	for (size_t h = 0; h < LB_HASH_COUNT; h++)
		if (b->hashes >> h & 1)
			LB_TRY(write_tag_manifest(t, (enum lb_hash)h, listed, err));
	return LB_OK;
}

bool lb_bag_is_tag_name(const char *name)
{
	enum lb_hash hash;
	bool tag, known;
	return strcmp(name, "bagit.txt") == 0 || strcmp(name, "bag-info.txt") == 0 ||
	       (lb_bag_manifest_name(lb_span(name), &tag, &hash, &known) && known);
}
