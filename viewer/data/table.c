#include "viewer/data/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const kinds[] = { [LB_TABLE_DENSE] = "dense", [LB_TABLE_BLOCKS] = "blocks", [LB_TABLE_SORTED] = "sorted" };

struct lb_table *lb_table_begin(struct lb_tables *t, const char *name, enum lb_table_kind kind)
{
	struct lb_table *table = lb_alloc(sizeof *table);
	*table = (struct lb_table){ .name = name, .kind = kind, .files = t->files, .open = LB_BUF(SIZE_MAX / 4),
		.starts = LB_BUF(SIZE_MAX / 4) };
	t->all[t->count++] = table;
	return table;
}

/* ---- shards ---- */

/* `first`: the key of the first row, as JSON. */
static int write_shard(const struct lb_table *table, const char *path, struct lb_span first, struct lb_error *err)
{
	struct lb_out *out;
	LB_TRY(table->files->create(table->files->arg, path, &out, err));
	lb_out_addf(out, "lifeboatShard({\"format\":%d,\"table\":\"%s\",\"shard\":%zu,\"first\":", LB_VIEWER_FORMAT, table->name,
		table->shards);
	lb_out_add(out, first.p, first.n);
	lb_out_addf(out, ",\"count\":%zu,\"rows\":[\n", table->rows - table->first);
	lb_out_add(out, table->open.p, table->open.len);
	lb_out_adds(out, "\n]});\n");
	return table->files->close(table->files->arg, path, out, err);
}

/* What stands first in an array: a number, or a string in which quotes are escaped. */
static struct lb_span first_element(struct lb_span row)
{
	size_t n = 1;
	bool text = n < row.n && row.p[n] == '"';
	for (n += text; n < row.n && row.p[n] != (text ? '"' : ','); n++)
		n += text && row.p[n] == '\\';
	return (struct lb_span){ row.p + 1, n + text - 1 };
}

static int close_shard(struct lb_table *table, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(256);
	char number[24];
	snprintf(number, sizeof number, "%zu", table->first);
	struct lb_span first = table->kind == LB_TABLE_DENSE ? lb_span(number) : first_element(lb_buf_span(&table->open));
	lb_buf_addf(&path, "data/%s/%zu/%03zu.js", table->name, table->shards / LB_SHARDS_PER_FOLDER,
		table->shards % LB_SHARDS_PER_FOLDER);
	LB_TRY(write_shard(table, lb_buf_str(&path), first, err));
	if (table->shards)
		lb_buf_addc(&table->starts, ',');
	lb_buf_add(&table->starts, first.p, first.n);
	lb_buf_reset(&table->open);
	table->shards++;
	table->first = table->rows;
	return 0;
}

/* ---- rows ---- */

static size_t ascii_run(struct lb_span text)
{
	size_t n = 0;
	while (n < text.n && (unsigned char)text.p[n] < 0x80)
		n++;
	return n;
}

static void add_code_point(struct lb_buf *b, uint32_t c)
{
	if (c >= 0x10000)
		lb_buf_addf(b, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
	else
		lb_buf_addf(b, "\\u%04" PRIx32, c);
}

/* Outside of strings JSON is ASCII: whatever else there is may be escaped. */
static void add_ascii(struct lb_buf *b, struct lb_span json)
{
	for (;;) {
		size_t n = ascii_run(json);
		lb_buf_add(b, json.p, n);
		json.p += n;
		json.n -= n;
		if (!json.n)
			return;
		add_code_point(b, lb_utf8_next(&json));
	}
}

int lb_table_add(struct lb_table *table, struct lb_span row, struct lb_error *err)
{
	if (table->rows > table->first)
		lb_buf_adds(&table->open, ",\n");
	add_ascii(&table->open, row);
	table->rows++;
	return table->open.len > LB_SHARD_SIZE ? close_shard(table, err) : 0;
}

int lb_table_end(struct lb_table *table, struct lb_error *err)
{
	return table->rows > table->first ? close_shard(table, err) : 0;
}

/* ---- all tables ---- */

int lb_tables_end(struct lb_tables *t, struct lb_error *err)
{
	for (size_t i = 0; i < t->count; i++)
		LB_TRY(lb_table_end(t->all[i], err));
	return 0;
}

int lb_tables_meta(const struct lb_tables *t, struct lb_span row, struct lb_error *err)
{
	struct lb_table meta = { .name = "meta", .kind = LB_TABLE_DENSE, .files = t->files, .rows = 1, .open = LB_BUF(SIZE_MAX / 4) };
	add_ascii(&meta.open, row);
	int rc = write_shard(&meta, "data/meta.js", lb_span("0"), err);
	lb_buf_clear(&meta.open);
	return rc;
}

void lb_tables_describe(const struct lb_tables *t, struct lb_jw *w)
{
	LB_AUTO(lb_buf_clear) struct lb_buf starts = LB_BUF(SIZE_MAX / 4);
	lb_jw_object(w, "tables");
	for (size_t i = 0; i < t->count; i++) {
		const struct lb_table *table = t->all[i];
		lb_buf_reset(&starts);
		lb_buf_addf(&starts, "[%s]", lb_buf_str(&table->starts));
		lb_jw_object(w, table->name);
		lb_jw_str(w, "kind", kinds[table->kind]);
		lb_jw_int(w, "rows", (int64_t)table->rows);
		lb_jw_int(w, "shards", (int64_t)table->shards);
		lb_jw_raw(w, "starts", lb_buf_str(&starts));
		lb_jw_end(w);
	}
	lb_jw_end(w);
}

void lb_tables_clear(struct lb_tables *t)
{
	for (size_t i = 0; i < t->count; i++) {
		lb_buf_clear(&t->all[i]->open);
		lb_buf_clear(&t->all[i]->starts);
		free(t->all[i]);
	}
	t->count = 0;
}
