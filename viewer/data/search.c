#include "viewer/data/internal.h"

#include <endian.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "viewer/data/postings.h"
#include "viewer/data/tokens.h"

enum { MASKS = 2 * LB_FIELD_PLACES };

struct lb_search {
	struct lb_map terms;                  /* term → its place in lists */
	struct lb_posting_list *lists;
	size_t cap;
	struct lb_posting_pool pool;
	uint32_t row;                         /* of what is being added */
	unsigned field;
};

struct lb_search *lb_search_new(void)
{
	return lb_alloc(sizeof(struct lb_search));
}

static void add_token(void *arg, struct lb_span token)
{
	struct lb_search *s = arg;
	size_t term = s->terms.count;
	if (!lb_map_get(&s->terms, token, &term)) {
		lb_map_put(&s->terms, token, term);
		LB_GROW(s->lists, term, s->cap);
		s->lists[term] = (struct lb_posting_list){ 0 };
	}
	lb_postings_add(&s->pool, &s->lists[term], s->row, s->field);
}

void lb_search_add(struct lb_search *s, uint32_t row, unsigned field, const char *utf8)
{
	s->row = row;
	s->field = field;
	lb_tokens(lb_span(utf8), add_token, s);
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* The order of terms is that of their bytes; the first eight of them decide nearly always. */
struct place { uint64_t beginning; uint32_t term; };

static uint64_t beginning_of(const struct lb_map_item *item)
{
	uint64_t bytes = 0;
	memcpy(&bytes, item->key, item->len < sizeof bytes ? item->len : sizeof bytes);
	return be64toh(bytes);
}

static struct lb_span term_of(const struct lb_search *s, size_t term)
{
	return (struct lb_span){ s->terms.items[term].key, s->terms.items[term].len };
}

static int by_bytes(const void *a, const void *b, void *arg)
{
	const struct place *x = a, *y = b;
	if (x->beginning != y->beginning)
		return x->beginning < y->beginning ? -1 : 1;
	return lb_span_cmp(term_of(arg, x->term), term_of(arg, y->term));
}

static struct place *in_order(struct lb_search *s)
{
	struct place *places = lb_realloc(NULL, s->terms.count + 1, sizeof *places);
	for (size_t i = 0; i < s->terms.count; i++)
		places[i] = (struct place){ beginning_of(&s->terms.items[i]), (uint32_t)i };
	qsort_r(places, s->terms.count, sizeof *places, by_bytes, s);
	return places;
}

/* One term's rows; sorted: by their fields, rows of the same fields ascending. */
struct gathered { uint32_t *rows, *sorted; uint8_t *fields; size_t starts[MASKS + 1]; };

static void sort_by_fields(struct gathered *g, size_t count)
{
	size_t next[MASKS];
	memset(g->starts, 0, sizeof g->starts);
	for (size_t i = 0; i < count; i++)
		g->starts[g->fields[i] + 1]++;
	for (size_t mask = 0; mask < MASKS; mask++) {
		next[mask] = g->starts[mask];
		g->starts[mask + 1] += g->starts[mask];
	}
	for (size_t i = 0; i < count; i++)
		g->sorted[next[g->fields[i]]++] = g->rows[i];
}

/* Rows of the table for one term and mask: more than one when the list is long. */
static int write_list(struct lb_table *table, struct lb_span term, size_t mask, const uint32_t *rows, size_t count, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf row = LB_BUF(2 * LB_BLOCK_SIZE);
	for (size_t i = 0; i < count;) {
		struct lb_list list = { 0 };
		lb_buf_reset(&row);
		lb_buf_addf(&row, "[\"%.*s\",%zu,[", (int)term.n, term.p, mask);
		while (i < count && row.len < LB_BLOCK_SIZE - 32)
			lb_list_add(&list, &row, rows[i++]);
		lb_list_end(&list, &row);
		lb_buf_adds(&row, "]]");
		LB_TRY(lb_table_add(table, lb_buf_span(&row), err));
	}
	return 0;
}

static int write_term(const struct lb_search *s, size_t term, struct gathered *g, struct lb_table *table, struct lb_error *err)
{
	const struct lb_posting_list *list = &s->lists[term];
	lb_postings_read(&s->pool, list, g->rows, g->fields);
	sort_by_fields(g, list->count);
	for (size_t mask = 1; mask < MASKS; mask++)
		LB_TRY(write_list(table, term_of(s, term), mask, g->sorted + g->starts[mask], g->starts[mask + 1] - g->starts[mask], err));
	return 0;
}

static int write_terms(struct lb_search *s, struct lb_table *table, struct lb_error *err)
{
	uint32_t most = 0;
	for (size_t i = 0; i < s->terms.count; i++)
		most = s->lists[i].count > most ? s->lists[i].count : most;
	LB_AUTO(lb_freep) struct place *places = in_order(s);
	LB_AUTO(lb_freep) uint32_t *rows = lb_alloc((most + 1) * sizeof *rows), *sorted = lb_alloc((most + 1) * sizeof *sorted);
	LB_AUTO(lb_freep) uint8_t *fields = lb_alloc(most + 1);
	struct gathered g = { .rows = rows, .sorted = sorted, .fields = fields };
	for (size_t i = 0; i < s->terms.count; i++)
		LB_TRY(write_term(s, places[i].term, &g, table, err));
	return 0;
}

static int write_folds(struct lb_table *table, struct lb_error *err)
{
	size_t count;
	const struct lb_fold *folds = lb_fold_table(&count);
	LB_AUTO(lb_buf_clear) struct lb_buf row = LB_BUF(1024);
	for (size_t i = 0; i < count; i++) {
		lb_buf_reset(&row);
		lb_buf_addf(&row, "[%" PRIu32 ",%" PRIu32 ",%d,", folds[i].first, folds[i].last, (int)folds[i].letter);
		if (folds[i].text)
			lb_buf_addf(&row, "\"%s\"]", folds[i].text);
		else
			lb_buf_addf(&row, "%" PRId32 "]", folds[i].offset);
		LB_TRY(lb_table_add(table, lb_buf_span(&row), err));
	}
	return 0;
}

int lb_search_write(struct lb_search *s, struct lb_tables *t, struct lb_error *err)
{
	LB_TRY(write_terms(s, lb_table_begin(t, "search", LB_TABLE_SORTED), err));
	return write_folds(lb_table_begin(t, "fold", LB_TABLE_DENSE), err);
}

void lb_search_free(struct lb_search *s)
{
	if (!s)
		return;
	lb_map_clear(&s->terms);
	free(s->lists);
	lb_postings_clear(&s->pool);
	free(s);
}
