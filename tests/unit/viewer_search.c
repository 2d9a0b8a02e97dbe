/* The index of the search: equal to what a scan of all texts finds, and read alike by the viewer's script (by viewer_search.mjs,
 * where there is a node to run it). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utf8proc.h>

#include "tests/support/support.h"
#include "viewer/data/internal.h"
#include "viewer/data/tokens.h"

enum { PHOTOS = 12000, VOCABULARY = 6000, WORDS = 10000 };

static char dir[512];
static struct lb_error err;

/* ---- chance that repeats ---- */

static uint64_t seed;

static uint32_t chance(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(((seed >> 32) * below) >> 32);
}

static const struct { uint32_t first, last; } scripts[] = { { 0x41, 0x7A }, { 0xC0, 0x24F }, { 0x250, 0x2FF }, { 0x370, 0x3FF },
	{ 0x400, 0x52F }, { 0x531, 0x587 }, { 0x591, 0x5F4 }, { 0x600, 0x6FF }, { 0x710, 0x74A }, { 0x780, 0x7B1 }, { 0x7C0, 0x7F5 },
	{ 0x900, 0x97F }, { 0x980, 0x9FE }, { 0xA01, 0xA75 }, { 0xA81, 0xAF1 }, { 0xB82, 0xBFA }, { 0xC00, 0xC7F }, { 0xD00, 0xD7F },
	{ 0xD81, 0xDF4 }, { 0xE01, 0xE5B }, { 0xE81, 0xEDF }, { 0xF00, 0xFBC }, { 0x1000, 0x109F }, { 0x10A0, 0x10FF }, { 0x1100, 0x11FF },
	{ 0x1200, 0x137C }, { 0x13A0, 0x13FD }, { 0x1780, 0x17E9 }, { 0x1800, 0x1878 }, { 0x1C80, 0x1CBF }, { 0x1E00, 0x1EFF },
	{ 0x1F00, 0x1FFE }, { 0x2000, 0x206F }, { 0x2070, 0x209C }, { 0x2150, 0x2189 }, { 0x2460, 0x24FF }, { 0x2C80, 0x2CFF },
	{ 0x3005, 0x30FF }, { 0x3105, 0x312F }, { 0x3131, 0x318E }, { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 },
	{ 0xF900, 0xFAD9 }, { 0xFB00, 0xFDFF }, { 0xFE20, 0xFEFC }, { 0xFF01, 0xFFDC }, { 0x10400, 0x1044F }, { 0x11900, 0x11959 },
	{ 0x16800, 0x16A38 }, { 0x1D400, 0x1D7FF }, { 0x1E900, 0x1E959 }, { 0x1F130, 0x1F189 }, { 0x1F600, 0x1F64F }, { 0x20000, 0x20FFF },
	{ 0x2F800, 0x2FA1D }, { 0x30000, 0x30FFF }, { 0xE0100, 0xE01EF } };

/* A word of one script; now and then a letter of another, a mark, a joiner or a broken byte. */
static void add_word(struct lb_buf *b, uint32_t longest)
{
	size_t script = chance(LB_COUNT(scripts));
	for (uint32_t n = 1 + chance(longest); n; n--) {
		size_t from = chance(12) ? script : chance(LB_COUNT(scripts));
		lb_utf8_add(b, scripts[from].first + chance(scripts[from].last - scripts[from].first + 1));
		if (!chance(10))
			lb_utf8_add(b, 0x300 + chance(0x70));
		if (!chance(60))
			lb_buf_adds(b, chance(2) ? "\xE2\x80\x8D" : "\xED\xA0\x80");
	}
}

/* ---- the files ---- */

static int create_file(void *arg, const char *path, struct lb_out **out, struct lb_error *e)
{
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(4096), folder = LB_BUF(4096);
	lb_path_join(&full, arg, path);
	lb_buf_add(&folder, full.p, (size_t)(lb_path_base(lb_buf_str(&full)) - full.p));
	LB_TRY(lb_dir_make(lb_buf_str(&folder), e));
	return lb_out_open(lb_buf_str(&full), LB_OUT_NOSYNC, out, e);
}

static int close_file(void *arg, const char *path, struct lb_out *out, struct lb_error *e)
{
	(void)arg, (void)path;
	return lb_out_commit(out, NULL, NULL, e);
}

static void write_tables(struct lb_search *search, size_t photos)
{
	struct lb_viewer_files files = { .arg = dir, .create = create_file, .close = close_file };
	struct lb_tables tables = { .files = &files };
	LB_AUTO(lb_buf_clear) struct lb_buf meta = LB_BUF(1 << 20);
	struct lb_jw w;
	ck_assert_ok(lb_search_write(search, &tables, &err));
	ck_assert_ok(lb_tables_end(&tables, &err));
	lb_jw_begin(&w, &meta, true);
	lb_jw_object(&w, NULL);
	lb_jw_int(&w, "photos", (int64_t)photos);
	lb_tables_describe(&tables, &w);
	lb_jw_end(&w);
	ck_assert_ok(lb_tables_meta(&tables, lb_buf_span(&meta), &err));
	lb_tables_clear(&tables);
}

static void write_text(const char *name, const struct lb_buf *text)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096);
	lb_path_join(&path, dir, name);
	ck_assert_ok(lb_file_write(lb_buf_str(&path), text->p, text->len, &err));
}

/* Runs viewer_search.mjs. */
static void script(const char *what)
{
	pid_t child = fork();
	if (child == 0) {
		execlp("node", "node", "tests/unit/viewer_search.mjs", what, dir, (char *)NULL);
		_exit(127);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
		puts("SKIP: no node: the viewer's script was not tried");
		return;
	}
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the script sees it differently");
}

/* ---- tokens: here and in the script ---- */

static void add_token(void *arg, struct lb_span token)
{
	struct lb_buf *b = arg;
	lb_buf_addc(b, ' ');
	lb_buf_add(b, token.p, token.n);
}

static void add_line(struct lb_buf *texts, struct lb_buf *tokens, const char *text)
{
	lb_buf_adds(texts, text);
	lb_buf_addc(texts, '\n');
	lb_tokens(lb_span(text), add_token, tokens);
	lb_buf_addc(tokens, '\n');
}

START_TEST(script_has_the_same_tokens)
{
	LB_AUTO(lb_buf_clear) struct lb_buf texts = LB_BUF(64 << 20), tokens = LB_BUF(64 << 20), word = LB_BUF(1 << 20);
	seed = 1;
	for (int i = 0; i < WORDS; i++) {
		lb_buf_reset(&word);
		add_word(&word, i % 100 ? 12 : 80);
		add_line(&texts, &tokens, lb_buf_str(&word));
		LB_AUTO(lb_freep) utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)lb_buf_str(&word));
		LB_AUTO(lb_freep) utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)lb_buf_str(&word));
		if (!nfc || !nfd)
			continue; /* broken bytes */
		size_t before = tokens.len;
		add_line(&texts, &tokens, (const char *)nfc);
		size_t middle = tokens.len;
		add_line(&texts, &tokens, (const char *)nfd);
		ck_assert_msg(tokens.len - middle == middle - before && memcmp(tokens.p + before, tokens.p + middle, middle - before) == 0,
			"%s", (const char *)nfc);
	}
	struct lb_search *search = lb_search_new();
	write_tables(search, 0);
	lb_search_free(search);
	write_text("texts", &texts);
	write_text("tokens", &tokens);
	script("tokens");
}
END_TEST

/* ---- the index ---- */

/* Every token that was said: its number, row and field. */
struct said { uint32_t token, row; unsigned field; };
static struct { struct said *items; size_t count, cap; struct lb_map tokens; uint32_t row; unsigned field; } all;

static void note(void *arg, struct lb_span token)
{
	(void)arg;
	size_t number = all.tokens.count;
	if (!lb_map_get(&all.tokens, token, &number))
		lb_map_put(&all.tokens, token, number);
	LB_GROW(all.items, all.count, all.cap);
	all.items[all.count++] = (struct said){ (uint32_t)number, all.row, all.field };
}

static void say(struct lb_search *search, struct lb_buf *texts, uint32_t row, unsigned field, const char *text)
{
	struct lb_jw w;
	lb_search_add(search, row, field, text);
	all.row = row;
	all.field = field;
	lb_tokens(lb_span(text), note, NULL);
	lb_jw_begin(&w, texts, true);
	lb_jw_array(&w, NULL);
	lb_jw_int(&w, NULL, row);
	lb_jw_int(&w, NULL, field);
	lb_jw_str(&w, NULL, text);
	lb_jw_end(&w);
	lb_buf_addc(texts, '\n');
}

/* Photos with texts of few frequent and many rare words; every photo of a long run has one, and half of all another. */
static void say_all(struct lb_search *search, struct lb_buf *texts)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(1 << 20);
	LB_AUTO(lb_freep) char **vocabulary = lb_alloc(VOCABULARY * sizeof *vocabulary);
	seed = 2;
	for (size_t i = 0; i < VOCABULARY; i++) {
		lb_buf_reset(&text);
		add_word(&text, 8);
		vocabulary[i] = lb_strdup(lb_utf8_valid(lb_buf_span(&text)) ? lb_buf_str(&text) : "x");
	}
	for (uint32_t row = 0; row < PHOTOS; row++)
		for (unsigned field = 1; field <= LB_FIELD_PLACES; field *= 2) {
			lb_buf_reset(&text);
			for (uint32_t n = chance(field == 1 ? 5 : 3); n; n--) {
				uint32_t which = chance(VOCABULARY), other = chance(VOCABULARY);
				lb_buf_addf(&text, "%s ", vocabulary[which < other ? which : other]);
			}
			lb_buf_adds(&text, !chance(2) ? "half " : "");
			lb_buf_adds(&text, row > 100 && row < 5000 && field == 4 ? "harbour" : "");
			say(search, texts, row, field, lb_buf_str(&text));
		}
	for (size_t i = 0; i < VOCABULARY; i++)
		free(vocabulary[i]);
}

static int by_token(const void *a, const void *b)
{
	const struct said *x = a, *y = b;
	const struct lb_map_item *s = &all.tokens.items[x->token], *t = &all.tokens.items[y->token];
	int order = x->token == y->token ? 0 : lb_span_cmp((struct lb_span){ s->key, s->len }, (struct lb_span){ t->key, t->len });
	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_fields(const void *a, const void *b)
{
	const struct said *x = a, *y = b;
	if (x->token != y->token)
		return by_token(a, b);
	return x->field != y->field ? (x->field > y->field) - (x->field < y->field) : (x->row > y->row) - (x->row < y->row);
}

/* Once a token and row, with all its fields; in the order of the table. */
static void scan(void)
{
	size_t kept = 0;
	qsort(all.items, all.count, sizeof *all.items, by_token);
	for (size_t i = 0; i < all.count; i++) {
		struct said *last = kept ? &all.items[kept - 1] : NULL;
		if (last && last->token == all.items[i].token && last->row == all.items[i].row)
			last->field |= all.items[i].field;
		else
			all.items[kept++] = all.items[i];
	}
	all.count = kept;
	qsort(all.items, all.count, sizeof *all.items, by_fields);
}

static size_t at; /* the next of all.items that must come */

static void check_row(const struct lb_json *row)
{
	const char *term = lb_json_str(lb_json_at(row, 0));
	const struct lb_json *list = lb_json_at(row, 2);
	int64_t photo = 0;
	for (size_t i = 0; i < lb_json_count(list); i++) {
		int64_t step = lb_json_int(lb_json_at(list, i), INT64_MAX), times = step < 0 ? -step : 1;
		for (; times; times--, at++) {
			photo += step < 0 ? 1 : step;
			ck_assert_uint_lt(at, all.count);
			ck_assert_str_eq(term, all.tokens.items[all.items[at].token].key);
			ck_assert_int_eq(lb_json_int(lb_json_at(row, 1), 0), all.items[at].field);
			ck_assert_int_eq(photo, all.items[at].row);
		}
	}
	ck_assert_uint_gt(lb_json_count(list), 0);
}

static bool check_shard(size_t n)
{
	LB_AUTO(lb_buf_clear) struct lb_buf path = LB_BUF(4096), text = LB_BUF(1 << 20);
	static const char call[] = "lifeboatShard(";
	LB_AUTO(lb_json_freep) struct lb_json *shard = NULL;
	lb_buf_addf(&path, "%s/data/search/%zu/%03zu.js", dir, n / 500, n % 500);
	if (!lb_file_exists(lb_buf_str(&path)))
		return false;
	ck_assert_ok(lb_file_read(lb_buf_str(&path), 1 << 20, &text, &err));
	ck_assert_ok(lb_json_parse((struct lb_span){ text.p + sizeof call - 1, text.len - sizeof call - 2 }, &shard, &err));
	const struct lb_json *rows = lb_json_get(shard, "rows");
	for (size_t i = 0; i < lb_json_count(rows); i++)
		check_row(lb_json_at(rows, i));
	for (const char *line = text.p, *end; (end = strchr(line, '\n')); line = end + 1)
		ck_assert_int_le(end - line, LB_BLOCK_SIZE + 256);
	return true;
}

START_TEST(index_is_what_a_scan_finds)
{
	LB_AUTO(lb_buf_clear) struct lb_buf texts = LB_BUF(256 << 20);
	struct lb_search *search = lb_search_new();
	say_all(search, &texts);
	write_tables(search, PHOTOS);
	lb_search_free(search);
	scan();
	size_t shards = 0;
	while (check_shard(shards))
		shards++;
	ck_assert_uint_gt(shards, 3);
	ck_assert_uint_eq(at, all.count);
	write_text("texts", &texts);
	script("search");
	free(all.items);
	lb_map_clear(&all.tokens);
}
END_TEST

START_TEST(long_lists_are_cut)
{
	LB_AUTO(lb_buf_clear) struct lb_buf texts = LB_BUF(256 << 20);
	struct lb_search *search = lb_search_new();
	for (uint32_t i = 0; i < 60000; i++)
		say(search, &texts, 2 * i, LB_FIELD_TITLE, "even");
	write_tables(search, 120000);
	lb_search_free(search);
	scan();
	ck_assert(check_shard(0));
	ck_assert_uint_eq(at, all.count);
	free(all.items);
	lb_map_clear(&all.tokens);
}
END_TEST

START_TEST(nothing_said)
{
	struct lb_search *search = lb_search_new();
	lb_search_add(search, 0, LB_FIELD_TITLE, "");
	lb_search_add(search, 1, LB_FIELD_TITLE, " ... ");
	write_tables(search, 2);
	lb_search_free(search);
	lb_search_free(NULL);
	ck_assert(!check_shard(0));
}
END_TEST

static void set_up(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
}

Suite *test_suite(void)
{
	Suite *s = suite_create("viewer_search");
	TCase *c = tcase_create("search");
	tcase_add_checked_fixture(c, set_up, NULL);
	tcase_add_test(c, script_has_the_same_tokens);
	tcase_add_test(c, index_is_what_a_scan_finds);
	tcase_add_test(c, long_lists_are_cut);
	tcase_add_test(c, nothing_said);
	suite_add_tcase(s, c);
	return s;
}
