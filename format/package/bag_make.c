/* Makes a BagIt bag of any folder. What speaks against it is found before anything is changed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/bag/bag.h"
#include "format/package/bag_private.h"

#define TOLD_MAX 20   /* warnings of one kind */
#define NAMED_MAX 5   /* names in one error */
#define PAYLOAD "data/"

static void bagging_clear(struct lb_bagging *b)
{
	lb_container_free(b->c);
	free(b->look.marks);
	free(b->raw);
}

/* ---- looking twice ---- */

struct second { const struct lb_bag_look *first; size_t at; const char *dir; };

static uint64_t mark_of(const struct lb_file_info *info)
{
	uint64_t mark = info->stamp;
	for (const char *p = info->path; *p; p++)
		mark = (mark ^ (unsigned char)*p) * 1099511628211u;
	return mark ^ info->kind;
}

static int remember(void *arg, const struct lb_file_info *info, struct lb_error *err)
{
	struct lb_bag_look *look = arg;
	(void)err;
	LB_GROW(look->marks, look->count, look->cap);
	look->marks[look->count++] = mark_of(info);
	return LB_OK;
}

static int changed(const char *dir, const char *path, struct lb_error *err)
{
	struct lb_shown shown;
	lb_fail(err, LB_CORRUPT, "\"%s\" changed while it was being bagged%s%s%s", dir, path ? ", at \"" : "",
		path ? lb_shown(&shown, path) : "", path ? "\"" : "");
	return lb_hint(err, "nothing was done; run it again when nobody writes there");
}

static int compare(void *arg, const struct lb_file_info *info, struct lb_error *err)
{
	struct second *s = arg;
	if (s->at == s->first->count || s->first->marks[s->at] != mark_of(info))
		return changed(s->dir, info->path, err);
	s->at++;
	return LB_OK;
}

int lb_bag_unchanged(const struct lb_bagging *b, struct lb_error *err)
{
	struct second s = {&b->look, 0, b->making->dir};
	LB_TRY(lb_dir_walk(b->making->dir, compare, &s, err));
	return s.at == b->look.count ? LB_OK : changed(b->making->dir, NULL, err);
}

/* ---- what speaks against it ---- */

static const char *unfit(const struct lb_member *m)
{
	if (m->kind == LB_MEMBER_LINK)
		return "is a link";
	if (m->kind == LB_MEMBER_SPECIAL)
		return "is a special file";
	if (!lb_utf8_valid(lb_span(m->path)))
		return "has a name that is not UTF-8, which no manifest can tell";
	if (strlen(m->path) + strlen(PAYLOAD) > LB_NAME_MAX)
		return "has a path that is too long";
	return NULL;
}

static int check_members(const struct lb_bagging *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf names = LB_BUF(4096);
	struct lb_shown shown;
	size_t count, found = 0;
	const struct lb_member *m = lb_container_members(b->c, &count);
	for (size_t i = 0; i < count; i++) {
		const char *why = unfit(&m[i]);
		if (why && ++found <= NAMED_MAX)
			lb_buf_addf(&names, "%s\"%s\" %s", found > 1 ? ", " : "", lb_shown(&shown, m[i].path), why);
	}
	if (!found)
		return LB_OK;
	if (found > NAMED_MAX)
		lb_fail(err, LB_FORMAT, "cannot bag \"%s\": %zu things cannot be in a bag: %s …", b->making->dir, found, lb_buf_str(&names));
	else
		lb_fail(err, LB_FORMAT, "cannot bag \"%s\": %s", b->making->dir, lb_buf_str(&names));
	return lb_hint(err, "nothing was changed; replace links by what they mean, or move such things away");
}

static bool there(int folder, const char *name)
{
	struct stat st;
	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* DIR may be "." in a shell that stands in the payload of a bag made in place. */
static bool is_payload_of_a_bag(int folder, const char *dir)
{
	LB_AUTO(lb_freep) char *real = realpath(dir, NULL);
	return real && strcmp(lb_path_base(real), "data") == 0 && there(folder, "../bagit.txt");
}

static int check_no_bag(int folder, const char *dir, struct lb_error *err)
{
	if (there(folder, "bagit.txt")) {
		lb_fail(err, LB_EXISTS, "\"%s\" is a bag already: it has a bagit.txt", dir);
		return lb_hint(err, "`lifeboat verify` checks it; -o OUT makes a new bag with all of it as payload");
	}
	if (is_payload_of_a_bag(folder, dir)) {
		lb_fail(err, LB_EXISTS, "\"%s\" is the payload of a bag: the folder above it has a bagit.txt", dir);
		return lb_hint(err, "`lifeboat verify` checks the folder above");
	}
	return LB_OK;
}

static int check_no_stage(int folder, const char *dir, struct lb_error *err)
{
	if (!there(folder, LB_BAG_STAGE) && !there(folder, LB_BAG_STAGE_NEW))
		return LB_OK;
	lb_fail(err, LB_EXISTS, "\"%s\" is half made into a bag: it has a folder \"%s\"", dir, LB_BAG_STAGE);
	return lb_hint(err, "run `lifeboat bag --in-place` there again first");
}

/* ---- what is worth knowing ---- */

struct telling { const struct lb_ctx *ctx; const char *what; size_t count; };

static void tell(struct telling *t, const char *path, const char *why)
{
	struct lb_shown shown;
	if (t->count++ < TOLD_MAX)
		lb_ctx_note(t->ctx, LB_EVENT_WARN, "%s \"%s\" %s", t->what, lb_shown(&shown, path), why);
}

static void tell_rest(const struct telling *t)
{
	if (t->count > TOLD_MAX)
		lb_ctx_note(t->ctx, LB_EVENT_WARN, "%s: %zu more of the kind", t->what, t->count - TOLD_MAX);
}

static void warn(const struct lb_bagging *b)
{
	struct telling empty = {b->ctx, "the folder", 0}, names = {b->ctx, "the name", 0};
	size_t count;
	const struct lb_member *m = lb_container_members(b->c, &count);
	for (size_t i = 0; i < count; i++) {
		const char *why;
		if (lb_container_is_empty_dir(b->c, i))
			tell(&empty, m[i].path, "is empty: no manifest can list it, and copies may lack it");
		if (!lb_path_is_safe(lb_span(m[i].path), &why))
			tell(&names, m[i].path, why);
	}
	tell_rest(&empty);
	tell_rest(&names);
	if (lb_container_find(b->c, "bagit.txt") >= 0)
		lb_ctx_note(b->ctx, LB_EVENT_WARN, "\"%s\" is a bag already; the new bag holds it whole, as payload", b->making->dir);
}

/* ---- digests ---- */

struct hashing { struct lb_bagging *b; int (*read)(void *, size_t, lb_take_fn *, void *, struct lb_error *); void *arg; };

static int read_member(void *arg, size_t member, lb_take_fn *take, void *take_arg, struct lb_error *err)
{
	struct hashing *h = arg;
	return h->read(h->arg, member, take, take_arg, err);
}

static int keep(void *arg, const struct lb_hash_job *job, int rc, const struct lb_error *why,
	unsigned char raw[LB_HASH_COUNT][LB_HASH_BYTES_MAX], struct lb_error *err)
{
	const struct hashing *h = arg;
	struct lb_bagging *b = h->b;
	if (rc) {
		if (err)
			*err = *why;
		return rc;
	}
	for (size_t i = 0; i < LB_HASH_COUNT; i++)
		if (b->hashes >> i & 1)
			memcpy(b->raw + job->member * b->record + b->at[i], raw[i], lb_hash_hex_len((enum lb_hash)i) / 2);
	return LB_OK;
}

int lb_bag_hash_all(struct lb_bagging *b, int (*read)(void *, size_t, lb_take_fn *, void *, struct lb_error *), void *arg,
	struct lb_error *err)
{
	struct hashing h = {b, read, arg};
	const struct lb_hash_run run = {.ctx = b->ctx, .stage = "bag", .done = keep, .read = read ? read_member : NULL, .arg = &h};
	size_t count, njobs = 0;
	const struct lb_member *m = lb_container_members(b->c, &count);
	LB_AUTO(lb_freep) struct lb_hash_job *jobs = lb_realloc(NULL, count + 1, sizeof *jobs);
	b->raw = lb_realloc(NULL, count + 1, b->record);
	for (size_t i = 0; i < count; i++)
		if (m[i].kind == LB_MEMBER_FILE)
			jobs[njobs++] = (struct lb_hash_job){(uint32_t)i, b->hashes};
	return lb_container_hash(b->c, jobs, njobs, &run, err);
}

/* ---- the whole ---- */

static void choose_hashes(struct lb_bagging *b)
{
	b->hashes = b->making->hashes ? b->making->hashes : 1u << LB_SHA512;
	for (size_t i = 0; i < LB_HASH_COUNT; i++) {
		b->at[i] = b->record;
		if (b->hashes >> i & 1)
			b->record += lb_hash_hex_len((enum lb_hash)i) / 2;
	}
}

static void count_files(struct lb_bagging *b)
{
	size_t count;
	const struct lb_member *m = lb_container_members(b->c, &count);
	for (size_t i = 0; i < count; i++) {
		b->files += m[i].kind == LB_MEMBER_FILE;
		b->bytes += m[i].size;
	}
}

/* The first look is before the list is made: whatever changes after it is found by the second. */
static int look(struct lb_bagging *b, struct lb_error *err)
{
	const char *dir = b->making->dir;
	LB_TRY(lb_dir_walk(dir, remember, &b->look, err));
	LB_TRY(lb_container_open(dir, &b->c, err));
	LB_TRY(check_members(b, err));
	choose_hashes(b);
	count_files(b);
	warn(b);
	return LB_OK;
}

static int in_place(struct lb_bagging *b, int folder, bool *finished, struct lb_error *err)
{
	const char *dir = b->making->dir;
	if (flock(folder, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return lb_fail(err, LB_LOCKED, "another run is making a bag of \"%s\"", dir);
	LB_TRY(lb_bag_undo(dir, folder, finished, err));
	if (*finished)
		return LB_OK;
	LB_TRY(check_no_bag(folder, dir, err));
	LB_TRY(look(b, err));
	return lb_bag_in_place(b, folder, err);
}

static int copy(struct lb_bagging *b, int folder, struct lb_error *err)
{
	LB_TRY(check_no_stage(folder, b->making->dir, err));
	LB_TRY(look(b, err));
	return lb_bag_copy(b, err);
}

/* An earlier run had done all but say so: its own Payload-Oxum tells how much there is. */
static int take_oxum(void *arg, struct lb_span label, struct lb_span value, struct lb_error *err)
{
	struct lb_bagging *b = arg;
	(void)err;
	if (lb_bag_label_is(label, "Payload-Oxum"))
		lb_bag_oxum_parse(value, &b->bytes, &b->files);
	return LB_OK;
}

static int read_oxum(struct lb_bagging *b, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(1 << 16), text = LB_BUF(1 << 20);
	lb_path_join(&path, b->making->dir, "bag-info.txt");
	LB_TRY(lb_file_read(lb_buf_str(&path), 1 << 20, &text, err));
	return lb_bag_info_parse(lb_buf_span(&text), take_oxum, b, NULL, err);
}

int lb_bag_make(const struct lb_bag_making *making, const struct lb_ctx *ctx, struct lb_bag_made *out, struct lb_error *err)
{
	LB_AUTO(bagging_clear) struct lb_bagging b = {.making = making, .ctx = ctx};
	LB_AUTO(lb_fd_close) int folder = open(making->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool finished = false;
	if (folder < 0 && errno == ENOTDIR)
		return lb_fail(err, LB_USAGE, "cannot bag \"%s\": it is not a folder", making->dir);
	if (folder < 0)
		return lb_fail_sys(err, "cannot bag \"%s\"", making->dir);
	LB_TRY(making->out ? copy(&b, folder, err) : in_place(&b, folder, &finished, err));
	if (finished)
		LB_TRY(read_oxum(&b, err));
	*out = (struct lb_bag_made){b.files, b.bytes, finished};
	return LB_OK;
}
