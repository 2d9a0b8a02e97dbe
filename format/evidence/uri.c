#include "format/evidence/internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum drop { DROP_SECRET = 1, DROP_FORMAT = 2, DROP_EXTRAS = 4, DROP_PER_PAGE = 8 };

static const struct { const char *name; unsigned drop; } dropped[] = {
	{"api_key", DROP_SECRET}, {"auth_token", DROP_SECRET}, {"api_sig", DROP_SECRET},
	{"format", DROP_FORMAT}, {"nojsoncallback", DROP_FORMAT},
	{"extras", DROP_EXTRAS}, {"per_page", DROP_PER_PAGE},
};
static const unsigned drop_for[LB_MATCH_COUNT] = {
	[LB_MATCH_EXACT] = DROP_SECRET | DROP_FORMAT,
	[LB_MATCH_EXTRAS] = DROP_SECRET | DROP_FORMAT | DROP_EXTRAS,
	[LB_MATCH_PAGING] = DROP_SECRET | DROP_FORMAT | DROP_EXTRAS | DROP_PER_PAGE,
};

/* Decoded names and values lie one after another in `text`. */
struct param { size_t name, name_len, value, value_len; };
struct query { struct lb_buf text; struct param *items; size_t count, cap; };

static unsigned drop_of(struct lb_span name)
{
	if (name.n >= 6 && strncasecmp(name.p, "oauth_", 6) == 0)
		return DROP_SECRET;
	for (size_t i = 0; i < LB_COUNT(dropped); i++)
		if (name.n == strlen(dropped[i].name) && strncasecmp(name.p, dropped[i].name, name.n) == 0)
			return dropped[i].drop;
	return 0;
}

bool lb_uri_is_secret(struct lb_span name)
{
	return drop_of(name) == DROP_SECRET;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A query is form-encoded: '+' is a space. Broken escapes stand for themselves. */
static void form_decode(struct lb_buf *b, struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		int hi = s.p[i] == '%' && s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1;
		int lo = hi >= 0 ? hex_digit(s.p[i + 2]) : -1;
		if (lo >= 0) {
			lb_buf_addc(b, (char)(hi << 4 | lo));
			i += 2;
			continue;
		}
		lb_buf_addc(b, s.p[i] == '+' ? ' ' : s.p[i]);
	}
}

static struct lb_span name_of(const struct query *q, const struct param *p)
{
	return (struct lb_span){q->text.p + p->name, p->name_len};
}

static struct lb_span value_of(const struct query *q, const struct param *p)
{
	return (struct lb_span){q->text.p + p->value, p->value_len};
}

static int by_name_and_value(const void *a, const void *b, void *query)
{
	int order = lb_span_cmp(name_of(query, a), name_of(query, b));
	return order ? order : lb_span_cmp(value_of(query, a), value_of(query, b));
}

static void query_add(struct query *q, struct lb_span part)
{
	struct lb_span name, value = part;
	lb_span_cut(&value, '=', &name);
	struct param p = {.name = q->text.len};
	form_decode(&q->text, name);
	p.name_len = q->text.len - p.name;
	p.value = q->text.len;
	form_decode(&q->text, value);
	p.value_len = q->text.len - p.value;
	LB_GROW(q->items, q->count, q->cap);
	q->items[q->count++] = p;
}

static void query_parse(struct query *q, struct lb_span text)
{
	*q = (struct query){.text = LB_BUF(text.n + 1)};
	lb_buf_adds(&q->text, "");
	for (struct lb_span part; lb_span_cut(&text, '&', &part);)
		if (part.n)
			query_add(q, part);
	if (q->count)
		qsort_r(q->items, q->count, sizeof *q->items, by_name_and_value, q);
}

static void query_clear(struct query *q)
{
	lb_buf_clear(&q->text);
	free(q->items);
}

/* `before` stands before the first parameter that is written. */
static void query_write(struct lb_buf *b, const struct query *q, unsigned drop, const char *before)
{
	for (size_t i = 0; i < q->count; i++) {
		struct lb_span name = name_of(q, &q->items[i]);
		if (drop_of(name) & drop)
			continue;
		lb_buf_adds(b, before);
		before = "&";
		lb_url_encode(b, name);
		lb_buf_addc(b, '=');
		lb_url_encode(b, value_of(q, &q->items[i]));
	}
}

/* Splits at '?'; the fragment goes. Any host counts: recordings and tests are asked through other ones. */
static bool split_api(struct lb_span uri, struct lb_span *base, struct lb_span *query)
{
	struct lb_span rest = uri;
	if (!lb_span_cut(&rest, '#', query) || !lb_span_cut(query, '?', base))
		return false;
	return lb_span_ends(*base, "/services/rest/") || lb_span_ends(*base, "/services/rest");
}

/* Bytes that no URI may hold would break the header line that the URI is written into. */
static void add_legal(struct lb_buf *b, struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c >= 0x7f || strchr("<>\"", c))
			lb_buf_addf(b, "%%%02X", c);
		else
			lb_buf_addc(b, (char)c);
	}
}

static bool part_is_secret(struct lb_span part)
{
	struct lb_span name, value = part;
	LB_AUTO(lb_buf_clear) struct lb_buf decoded = LB_BUF(64);
	return lb_span_cut(&value, '=', &name) && (form_decode(&decoded, name), lb_uri_is_secret(lb_buf_span(&decoded)));
}

static bool has_secret(struct lb_span query)
{
	for (struct lb_span part; lb_span_cut(&query, '&', &part);)
		if (part_is_secret(part))
			return true;
	return false;
}

bool lb_uri_has_secret(struct lb_span uri)
{
	struct lb_span path, query = uri;
	lb_span_cut(&query, '?', &path);
	return has_secret(query);
}

/* A URI that is not of the API: as it is, but for secrets. */
static void add_other(struct lb_buf *b, struct lb_span uri)
{
	struct lb_span base, rest = uri;
	if (!lb_span_cut(&rest, '?', &base) || !has_secret(rest)) {
		add_legal(b, uri);
		return;
	}
	add_legal(b, base);
	char before = '?';
	for (struct lb_span part; lb_span_cut(&rest, '&', &part);) {
		if (part_is_secret(part))
			continue;
		lb_buf_addc(b, before);
		add_legal(b, part);
		before = '&';
	}
}

void lb_uri_clean(struct lb_buf *b, struct lb_span uri)
{
	struct lb_span base, text;
	if (!split_api(uri, &base, &text)) {
		add_other(b, uri);
		return;
	}
	LB_AUTO(query_clear) struct query q;
	query_parse(&q, text);
	add_legal(b, base);
	query_write(b, &q, DROP_SECRET, "?");
}

void lb_uri_key(struct lb_buf *b, struct lb_span uri, enum lb_match match)
{
	struct lb_span base, text;
	if (!split_api(uri, &base, &text)) {
		add_other(b, uri);
		return;
	}
	LB_AUTO(query_clear) struct query q;
	query_parse(&q, text);
	query_write(b, &q, drop_for[match], "");
}

static struct lb_key key_of(struct lb_span text)
{
	unsigned char raw[32];
	struct lb_key key;
	lb_sha256_raw(text.p, text.n, raw);
	memcpy(&key.a, raw, sizeof key.a);
	memcpy(&key.b, raw + sizeof key.a, sizeof key.b);
	return key;
}

void lb_uri_keys(struct lb_span uri, struct lb_key keys[LB_MATCH_COUNT])
{
	struct lb_span base, text;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(3 * uri.n + 64);
	if (!split_api(uri, &base, &text)) {
		add_other(&b, uri);
		keys[0] = key_of(lb_buf_span(&b));
		for (size_t i = 1; i < LB_MATCH_COUNT; i++)
			keys[i] = keys[0];
		return;
	}
	LB_AUTO(query_clear) struct query q;
	query_parse(&q, text);
	for (size_t i = 0; i < LB_MATCH_COUNT; i++) {
		lb_buf_reset(&b);
		query_write(&b, &q, drop_for[i], "");
		keys[i] = key_of(lb_buf_span(&b));
	}
}

const char *lb_uri_param(struct lb_span uri, const char *name, struct lb_arena *arena)
{
	struct lb_span base, query, rest = uri;
	if (!lb_span_cut(&rest, '#', &query) || !lb_span_cut(&query, '?', &base))
		return NULL;
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(uri.n + 1);
	for (struct lb_span part, key; lb_span_cut(&query, '&', &part);) {
		struct lb_span value = part;
		lb_buf_reset(&b);
		if (!lb_span_cut(&value, '=', &key) || (form_decode(&b, key), !lb_span_is(lb_buf_span(&b), name)))
			continue;
		lb_buf_reset(&b);
		form_decode(&b, value);
		return lb_arena_strndup(arena, lb_buf_str(&b), b.len);
	}
	return NULL;
}
