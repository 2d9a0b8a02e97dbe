/* Signatures: OAuth 1.0a (RFC 5849), HMAC-SHA1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lifeboat/flickr/flickr.h"

#define BASE_MAX ((size_t)1 << 20)
#define PARAMS_MAX 256

/* Encoded twice as the base string wants it: once as parameters, once more as a whole; sorted in between. */
struct encoded { const char *name, *value; };
struct params { struct encoded items[PARAMS_MAX]; size_t count; struct lb_arena arena; };

static int by_name_and_value(const void *a, const void *b)
{
	const struct encoded *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : strcmp(x->value, y->value);
}

static const char *encode(struct lb_span text, struct lb_arena *a)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(3 * text.n + 1);
	lb_url_encode(&b, text);
	return lb_arena_strdup(a, lb_buf_str(&b));
}

/* Form encoding: '+' is a space. A broken escape stands for itself. */
static struct lb_span form_decode(struct lb_span s, struct lb_arena *a)
{
	LB_AUTO(lb_buf_clear) struct lb_buf plain = LB_BUF(s.n + 1), decoded = LB_BUF(s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		lb_buf_addc(&plain, s.p[i] == '+' ? ' ' : s.p[i]);
	bool good = lb_url_decode(&decoded, lb_buf_span(&plain));
	struct lb_span out = good ? lb_buf_span(&decoded) : lb_buf_span(&plain);
	return (struct lb_span){lb_arena_strndup(a, out.p ? out.p : "", out.n), out.n};
}

static void add(struct params *p, struct lb_span name, struct lb_span value)
{
	if (p->count < PARAMS_MAX)
		p->items[p->count++] = (struct encoded){encode(name, &p->arena), encode(value, &p->arena)};
}

static void add_query(struct params *p, struct lb_span query)
{
	for (struct lb_span part, name; lb_span_cut(&query, '&', &part);) {
		struct lb_span value = part;
		if (!part.n)
			continue;
		lb_span_cut(&value, '=', &name);
		add(p, form_decode(name, &p->arena), form_decode(value, &p->arena));
	}
}

static void add_oauth(struct params *p, const struct lb_oauth *oauth, const struct lb_param *extra, size_t nextra, int64_t timestamp, const char *nonce)
{
	char seconds[24];
	snprintf(seconds, sizeof seconds, "%lld", (long long)timestamp);
	const struct lb_param own[] = {
		{"oauth_consumer_key", oauth->key}, {"oauth_nonce", nonce}, {"oauth_signature_method", "HMAC-SHA1"},
		{"oauth_timestamp", seconds}, {"oauth_token", oauth->token}, {"oauth_version", "1.0"},
	};
	for (size_t i = 0; i < LB_COUNT(own); i++)
		if (own[i].value)
			add(p, lb_span(own[i].name), lb_span(own[i].value));
	for (size_t i = 0; i < nextra; i++)
		if (extra[i].value)
			add(p, lb_span(extra[i].name), lb_span(extra[i].value));
}

static void add_lower(struct lb_buf *b, struct lb_span s)
{
	for (size_t i = 0; i < s.n; i++)
		lb_buf_addc(b, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i]);
}

/* RFC 5849 section 3.4.1.2: scheme and host in lower case, no default port, no query. */
static void add_base_uri(struct lb_buf *b, struct lb_span base)
{
	const char *host = memmem(base.p, base.n, "://", 3);
	if (!host) {
		lb_buf_add(b, base.p, base.n);
		return;
	}
	host += 3;
	size_t rest = base.n - (size_t)(host - base.p);
	const char *slash = memchr(host, '/', rest);
	struct lb_span scheme = {base.p, (size_t)(host - base.p)}, authority = {host, slash ? (size_t)(slash - host) : rest};
	bool https = scheme.n == 8 && strncasecmp(scheme.p, "https", 5) == 0;
	const char *port = https ? ":443" : ":80";
	if (lb_span_ends(authority, port))
		authority.n -= strlen(port);
	add_lower(b, scheme);
	add_lower(b, authority);
	lb_buf_add(b, slash ? slash : "/", slash ? rest - (size_t)(slash - host) : 1);
}

static void add_base_string(struct lb_buf *b, const char *http_method, struct lb_span base, const struct params *p)
{
	LB_AUTO(lb_buf_clear) struct lb_buf uri = LB_BUF(BASE_MAX), pairs = LB_BUF(BASE_MAX);
	add_base_uri(&uri, base);
	for (size_t i = 0; i < p->count; i++)
		lb_buf_addf(&pairs, "%s%s=%s", i ? "&" : "", p->items[i].name, p->items[i].value);
	lb_buf_addf(b, "%s&", http_method);
	lb_url_encode(b, lb_buf_span(&uri));
	lb_buf_addc(b, '&');
	lb_url_encode(b, lb_buf_span(&pairs));
}

/* Of both secrets, each encoded; without a token the second is empty. */
static void sign(struct lb_buf *out, struct lb_span base_string, const struct lb_oauth *oauth)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(BASE_MAX);
	unsigned char mac[20];
	lb_url_encode(&key, lb_span(oauth->secret));
	lb_buf_addc(&key, '&');
	lb_url_encode(&key, lb_span(oauth->token_secret));
	lb_hmac_sha1(lb_buf_span(&key), base_string, mac);
	lb_base64(out, mac, sizeof mac);
}

void lb_oauth_uri(struct lb_buf *b, const char *http_method, const char *uri, const struct lb_oauth *oauth, const struct lb_param *extra, size_t nextra, int64_t timestamp, const char *nonce)
{
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(BASE_MAX), signature = LB_BUF(64);
	LB_AUTO(lb_freep) struct params *p = lb_alloc(sizeof *p);
	struct lb_span base, query = lb_span(uri);
	lb_span_cut(&query, '?', &base);
	bool asks = query.n > 0;
	add_oauth(p, oauth, extra, nextra, timestamp, nonce);
	lb_buf_add(b, base.p, base.n);
	lb_buf_addc(b, '?');
	lb_buf_add(b, query.p, query.n);
	for (size_t i = 0; i < p->count; i++)
		lb_buf_addf(b, "%s%s=%s", i || asks ? "&" : "", p->items[i].name, p->items[i].value);
	add_query(p, query);
	qsort(p->items, p->count, sizeof *p->items, by_name_and_value);
	add_base_string(&text, http_method, base, p);
	sign(&signature, lb_buf_span(&text), oauth);
	lb_buf_adds(b, "&oauth_signature=");
	lb_url_encode(b, lb_buf_span(&signature));
	lb_arena_clear(&p->arena);
	b->overflow = b->overflow || text.overflow || p->count == PARAMS_MAX; /* a signature of half a request is none */
}

const char *lb_form_value(struct lb_span body, const char *name, struct lb_arena *a)
{
	for (struct lb_span part, key; lb_span_cut(&body, '&', &part);) {
		struct lb_span value = part;
		if (lb_span_cut(&value, '=', &key) && lb_span_is(form_decode(key, a), name))
			return form_decode(lb_span_trim(value), a).p;
	}
	return NULL;
}
