#include "tests/support/viewer_read.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/support.h"

#define SHARD_MAX (1 << 20)

static struct lb_error err;

/* ---- writing ---- */

static int create_file(void *arg, const char *path, struct lb_out **out, struct lb_error *e)
{
	struct test_viewer_sink *sink = arg;
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(4096), folder = LB_BUF(4096);
	if (++sink->calls == sink->fail_at)
		return lb_fail(e, LB_IO, "no room for \"%s\"", path);
	lb_path_join(&full, sink->dir, path);
	lb_buf_add(&folder, full.p, (size_t)(lb_path_base(lb_buf_str(&full)) - full.p));
	LB_TRY(lb_dir_make(lb_buf_str(&folder), e));
	return lb_out_open(lb_buf_str(&full), LB_OUT_NOSYNC, out, e);
}

static int close_file(void *arg, const char *path, struct lb_out *out, struct lb_error *e)
{
	struct test_viewer_sink *sink = arg;
	if (++sink->calls == sink->fail_at) {
		lb_out_abandon(out);
		return lb_fail(e, LB_IO, "no room for \"%s\"", path);
	}
	return lb_out_commit(out, NULL, NULL, e);
}

void test_viewer_files(struct test_viewer_sink *sink, struct lb_viewer_files *out)
{
	*out = (struct lb_viewer_files){ .arg = sink, .create = create_file, .close = close_file };
}

/* ---- reading ---- */

static struct lb_json *read_shard(const char *dir, const char *path)
{
	static const char begin[] = "lifeboatShard(", end[] = ");\n";
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(4096), text = LB_BUF(SHARD_MAX);
	struct lb_json *shard;
	lb_path_join(&full, dir, path);
	ck_assert_ok(lb_file_read(lb_buf_str(&full), SHARD_MAX, &text, &err));
	ck_assert_uint_gt(text.len, strlen(begin) + strlen(end));
	bool plain = true;
	for (size_t i = 0; i < text.len; i++)
		plain = plain && (text.p[i] == '\n' || (text.p[i] >= 0x20 && text.p[i] < 0x7F && text.p[i] != '<'));
	ck_assert_msg(plain, "%s: not plain ASCII", path);
	ck_assert(lb_span_starts(lb_buf_span(&text), begin) && lb_span_ends(lb_buf_span(&text), end));
	struct lb_span json = { text.p + strlen(begin), text.len - strlen(begin) - strlen(end) };
	ck_assert_ok(lb_json_parse(json, &shard, &err));
	ck_assert_int_eq(lb_json_int(lb_json_get(shard, "format"), 0), 1);
	ck_assert_int_eq(lb_json_int(lb_json_get(shard, "count"), -1), (int64_t)lb_json_count(lb_json_get(shard, "rows")));
	return shard;
}

const struct lb_json *test_viewer_meta(const char *dir, struct lb_json **shard)
{
	*shard = read_shard(dir, "data/meta.js");
	ck_assert_str_eq(lb_json_get_str(*shard, "table"), "meta");
	return lb_json_at(lb_json_get(*shard, "rows"), 0);
}

static bool same_key(const struct lb_json *a, const struct lb_json *b)
{
	return lb_json_str(a) ? lb_json_str(b) && strcmp(lb_json_str(a), lb_json_str(b)) == 0 : lb_json_int(a, -1) == lb_json_int(b, -2);
}

static void check_order(const char *kind, const struct lb_json *before, const struct lb_json *row)
{
	const struct lb_json *a = lb_json_at(before, 0), *b = lb_json_at(row, 0);
	if (strcmp(kind, "blocks") == 0)
		ck_assert_int_le(lb_json_int(a, -1), lb_json_int(b, -1));
	else if (strcmp(kind, "sorted") == 0)
		ck_assert_int_le(strcmp(lb_json_str(a), lb_json_str(b)), 0);
}

static void take_rows(struct test_table *t, const struct lb_json *shard, const char *kind)
{
	const struct lb_json *rows = lb_json_get(shard, "rows");
	size_t count = lb_json_count(rows);
	t->rows = lb_realloc(t->rows, t->count + count + 1, sizeof *t->rows);
	for (size_t i = 0; i < count; i++) {
		const struct lb_json *row = lb_json_at(rows, i);
		if (t->count)
			check_order(kind, t->rows[t->count - 1], row);
		t->rows[t->count++] = row;
	}
}

void test_table_read(const char *dir, const struct lb_json *meta, const char *name, struct test_table *out)
{
	const struct lb_json *told = lb_json_get(lb_json_get(meta, "tables"), name);
	ck_assert_msg(told != NULL, "no table %s", name);
	const char *kind = lb_json_get_str(told, "kind");
	const struct lb_json *starts = lb_json_get(told, "starts");
	*out = (struct test_table){ .nshards = (size_t)lb_json_int(lb_json_get(told, "shards"), -1) };
	ck_assert_uint_eq(lb_json_count(starts), out->nshards);
	out->shards = lb_alloc((out->nshards + 1) * sizeof *out->shards);
	for (size_t i = 0; i < out->nshards; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
		lb_buf_addf(&path, "data/%s/%zu/%03zu.js", name, i / 500, i % 500);
		struct lb_json *shard = out->shards[i] = read_shard(dir, lb_buf_str(&path));
		ck_assert_str_eq(lb_json_get_str(shard, "table"), name);
		ck_assert_int_eq(lb_json_int(lb_json_get(shard, "shard"), -1), (int64_t)i);
		ck_assert(same_key(lb_json_get(shard, "first"), lb_json_at(starts, i)));
		const struct lb_json *first = lb_json_at(lb_json_get(shard, "rows"), 0);
		if (strcmp(kind, "dense") == 0)
			ck_assert_int_eq(lb_json_int(lb_json_at(starts, i), -1), (int64_t)out->count);
		else
			ck_assert(same_key(lb_json_at(starts, i), lb_json_at(first, 0)));
		take_rows(out, shard, kind);
	}
	ck_assert_int_eq(lb_json_int(lb_json_get(told, "rows"), -1), (int64_t)out->count);
}

void test_table_clear(struct test_table *t)
{
	for (size_t i = 0; i < t->nshards; i++)
		lb_json_free(t->shards[i]);
	free(t->shards);
	free(t->rows);
}

size_t test_list(const struct lb_json *list, uint32_t *out, size_t room)
{
	size_t count = 0;
	int64_t row = 0;
	for (size_t i = 0; i < lb_json_count(list); i++) {
		int64_t n = lb_json_int(lb_json_at(list, i), INT64_MIN), step = i == 0 || n > 0 ? n : 1;
		for (int64_t k = i && n < 0 ? -n : 1; k; k--) {
			ck_assert(count < room && (i == 0 || step > 0));
			row += step;
			out[count++] = (uint32_t)row;
		}
	}
	return count;
}
