/* Any bytes as photoIndex.js and a photo's own file of a package of the Flickr Foundation, in a tar. The first byte says where the
 * one ends and the other begins, in 256ths. It is listed, described, verified; nothing may crash, and what is cut out of an index
 * is what a parser of the whole finds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/foundation/foundation.h"
#include "format/verify/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool truth)
{
	if (!truth)
		abort();
}

/* ---- cutting ---- */

static void compare_rows(const struct lb_foundation_index *index, const struct lb_json *whole)
{
	void *it = NULL;
	const char *key;
	const struct lb_json *value;
	for (size_t i = 0; i < index->count; i++) {
		need(lb_json_each(whole, &it, &key, &value));
		need(strcmp(key, index->rows[i].key) == 0);
		struct lb_json *row = NULL;
		need(lb_foundation_row_parse(&index->rows[i], &row, NULL) == LB_OK);
		need(lb_json_is_object(row) == lb_json_is_object(value) && lb_json_count(row) == lb_json_count(value));
		lb_json_free(row);
	}
	need(!lb_json_each(whole, &it, &key, &value));
}

static void try_cutting(struct lb_span text)
{
	LB_AUTO(lb_foundation_index_clear) struct lb_foundation_index index = {0};
	struct lb_json *whole = NULL;
	struct lb_error err = {0};
	char name[64];
	int cut = lb_foundation_index_cut(text, &index, &err);
	need(cut == LB_OK || err.what[0]);
	if (lb_datajs_parse(text, name, &whole, NULL) == LB_OK && lb_json_is_object(whole)) {
		need(cut == LB_OK && !index.twice && strcmp(name, index.name) == 0);
		compare_rows(&index, whole);
	}
	lb_json_free(whole);
}

/* ---- a package ---- */

static void add_member(struct lb_buf *b, const char *name, struct lb_span content)
{
	char header[512] = "";
	unsigned sum = 0;
	snprintf(header, 100, "x/%s", name);
	memcpy(header + 100, "0000644", 8);
	memcpy(header + 108, "0000000", 8);
	memcpy(header + 116, "0000000", 8);
	snprintf(header + 124, 12, "%011zo", content.n);
	memcpy(header + 136, "00000000000", 12);
	memset(header + 148, ' ', 8);
	header[156] = '0';
	memcpy(header + 257, "ustar\00000", 8);
	for (size_t i = 0; i < sizeof header; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	lb_buf_add(b, header, sizeof header);
	lb_buf_add(b, content.p, content.n);
	while (b->len % 512)
		lb_buf_addc(b, '\0');
}

static int on_photo(void *arg, const struct lb_listing *p, struct lb_error *err)
{
	size_t *count = arg;
	(void)err;
	need(p->id != NULL);
	for (size_t i = 0; i < p->ntags; i++)
		need(p->tags[i] != NULL);
	for (size_t i = 0; i < p->nfiles; i++)
		need(p->files[i].path != NULL);
	return ++*count > 1000 ? lb_fail(err, LB_LIMIT, "enough") : LB_OK;
}

static void try_photo(struct lb_span own)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	struct lb_json *photo = NULL;
	struct lb_photo p;
	char name[64];
	if (lb_datajs_parse(own, name, &photo, NULL) != LB_OK)
		photo = NULL;
	lb_foundation_photo("1", photo, photo, &arena, &p);
	for (enum lb_role role = 0; role < LB_ROLE_COUNT; role++) {
		struct lb_foundation_file file;
		enum lb_hash hash;
		need(!lb_foundation_file(photo, photo, role, &file) || file.path);
		lb_foundation_checksum(&file, &hash);
	}
	need(p.ntags == 0 || p.tags[p.ntags - 1].raw || p.tags[p.ntags - 1].normalized);
	lb_json_free(photo);
}

static void try_package(struct lb_span index, struct lb_span own)
{
	static const struct lb_ctx ctx = {.threads = 1};
	LB_AUTO(lb_buf_clear) struct lb_buf tar = LB_BUF(64 << 20);
	LB_AUTO(lb_container_freep) struct lb_container *c = NULL;
	LB_AUTO(lb_json_freep) struct lb_json *info = NULL;
	LB_AUTO(lb_report_clear) struct lb_report report = {0};
	struct lb_foundation f;
	char path[64];
	size_t count = 0;
	add_member(&tar, "media/originals/1_a_o.jpg", lb_span("picture"));
	add_member(&tar, "metadata/albumIndex.js", index);
	add_member(&tar, "metadata/contributorIndex.js", index);
	add_member(&tar, "metadata/lifeboat.js", own);
	add_member(&tar, "metadata/photoIndex.js", index);
	add_member(&tar, "metadata/photos/1.js", own);
	for (size_t i = 0; i < 1024; i++)
		lb_buf_addc(&tar, '\0');
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, tar.p, tar.len) == (ssize_t)tar.len);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	need(lb_container_open(path, &c, NULL) == LB_OK && lb_foundation_find(c, &f));
	int rc = lb_foundation_list(&f, on_photo, &count, NULL);
	need(lb_foundation_info(&f, &info, NULL) == LB_OK || rc != LB_OK);
	need(lb_verify(path, NULL, &ctx, &report, NULL) == LB_OK && report.profile == LB_PROFILE_FOUNDATION);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	const char *text = (const char *)data + 1;
	size_t n = size - 1, at = n * data[0] / 256;
	struct lb_span index = {text, at}, own = {text + at, n - at};
	try_cutting(index);
	try_photo(own);
	try_package(index, own);
	return 0;
}
