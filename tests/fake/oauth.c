#include "tests/fake/oauth.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOCK_SLACK 600
#define SBS_MAX (1 << 20)

/* ---- grants ------------------------------------------------------------------------------------------------------ */

static struct grant *add_grant(struct auth *auth, const struct member *m, bool access)
{
	LB_GROW(auth->grants, auth->ngrants, auth->grants_cap);
	struct grant *g = &auth->grants[auth->ngrants];
	unsigned long long h = fake_mix(0x70ce, auth->ngrants);
	*g = (struct grant){ .member = m, .access = access };
	snprintf(g->token, sizeof g->token, "72157720%09zu-%016llx", auth->ngrants, h);
	snprintf(g->secret, sizeof g->secret, "%016llx", (unsigned long long)fake_mix(h, 1));
	snprintf(g->verifier, sizeof g->verifier, "%03llu-%03llu-%03llu", h % 1000, h / 1000 % 1000, h / 1000000 % 1000);
	auth->ngrants++;
	return g;
}

void auth_init(struct auth *auth, const struct world *w)
{
	*auth = (struct auth){ 0 };
	for (size_t i = 0; i < w->ntokens; i++) {
		struct grant *g = add_grant(auth, w->tokens[i].member, true);
		snprintf(g->token, sizeof g->token, "%s", w->tokens[i].token);
		snprintf(g->secret, sizeof g->secret, "%s", w->tokens[i].secret);
	}
}

void auth_clear(struct auth *auth)
{
	lb_map_clear(&auth->nonces);
	free(auth->grants);
	*auth = (struct auth){ 0 };
}

static struct grant *find_grant(struct auth *auth, const char *token, bool access)
{
	for (size_t i = 0; i < auth->ngrants; i++)
		if (auth->grants[i].access == access && strcmp(auth->grants[i].token, token) == 0)
			return &auth->grants[i];
	return NULL;
}

const char *auth_verifier(const struct auth *auth)
{
	for (size_t i = auth->ngrants; i-- > 0;)
		if (!auth->grants[i].access)
			return auth->grants[i].verifier;
	return NULL;
}

void auth_revoke(struct auth *auth, const char *what)
{
	bool token = strcmp(what, "token") == 0;
	auth->key_revoked = strcmp(what, "key") == 0;
	for (size_t i = 0; i < auth->ngrants; i++)
		auth->grants[i].revoked = token;
}

/* ---- signatures -------------------------------------------------------------------------------------------------- */

static void encode(struct lb_buf *b, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (; *text; text++) {
		if (strchr(plain, *text))
			lb_buf_addc(b, *text);
		else
			lb_buf_addf(b, "%%%02X", (unsigned char)*text);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* GET & address & parameters, all of them but the signature, encoded before they are sorted. */
static void base_string(struct lb_buf *out, const struct signed_request *r)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = { 0 };
	LB_AUTO(lb_buf_clear) struct lb_buf address = LB_BUF(SBS_MAX), params = LB_BUF(SBS_MAX);
	const char *pairs[LB_COUNT(r->query->items)];
	size_t n = 0;
	for (size_t i = 0; i < r->query->count; i++) {
		LB_AUTO(lb_buf_clear) struct lb_buf pair = LB_BUF(SBS_MAX);
		if (strcmp(r->query->items[i].name, "oauth_signature") == 0)
			continue;
		encode(&pair, r->query->items[i].name);
		lb_buf_addc(&pair, '=');
		encode(&pair, r->query->items[i].value);
		pairs[n++] = lb_arena_strdup(&arena, lb_buf_str(&pair));
	}
	qsort(pairs, n, sizeof *pairs, by_text);
	for (size_t i = 0; i < n; i++)
		lb_buf_addf(&params, "%s%s", i ? "&" : "", pairs[i]);
	lb_buf_addf(&address, "https:/%s", r->path);
	lb_buf_adds(out, "GET&");
	encode(out, lb_buf_str(&address));
	lb_buf_addc(out, '&');
	encode(out, lb_buf_str(&params));
}

static bool signature_good(const char *sbs, const char *consumer_secret, const char *token_secret, const char *claimed)
{
	LB_AUTO(lb_buf_clear) struct lb_buf key = LB_BUF(4096);
	unsigned char digest[EVP_MAX_MD_SIZE], text[2 * EVP_MAX_MD_SIZE];
	unsigned n = 0;
	encode(&key, consumer_secret);
	lb_buf_addc(&key, '&');
	encode(&key, token_secret);
	if (!HMAC(EVP_sha1(), lb_buf_str(&key), (int)key.len, (const unsigned char *)sbs, strlen(sbs), digest, &n))
		return false;
	EVP_EncodeBlock(text, digest, (int)n);
	return strcmp((const char *)text, claimed) == 0;
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

bool query_signed(const struct query *q)
{
	for (size_t i = 0; i < q->count; i++)
		if (strncmp(q->items[i].name, "oauth_", 6) == 0)
			return true;
	return false;
}

static int problem_is(struct lb_buf *out, int status, const char *text)
{
	lb_buf_addf(out, "oauth_problem=%s", text);
	return status;
}

static int check_present(const struct query *q, bool with_token, struct lb_buf *problem)
{
	static const char *const names[] = { "oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp",
		"oauth_nonce", "oauth_token" };
	for (size_t i = 0; i < LB_COUNT(names) - !with_token; i++)
		if (!query_get(q, names[i])) {
			lb_buf_addf(problem, "oauth_problem=parameter_absent&oauth_parameters_absent=%s", names[i]);
			return 400;
		}
	if (strcmp(query_get(q, "oauth_signature_method"), "HMAC-SHA1") != 0)
		return problem_is(problem, 400, "signature_method_rejected");
	const char *version = query_get(q, "oauth_version");
	return version && strcmp(version, "1.0") != 0 ? problem_is(problem, 400, "version_rejected") : 0;
}

static const char *consumer_secret(const struct world *w, const char *key)
{
	for (size_t i = 0; i < w->nconsumers; i++)
		if (strcmp(w->consumers[i].key, key) == 0)
			return w->consumers[i].secret;
	return w->nconsumers || strcmp(key, "bad") == 0 ? NULL : FAKE_API_SECRET;
}

/* A timestamp is a number and not much older than the newest; with its nonce it is good once. */
static int check_once(struct auth *auth, const struct query *q, struct lb_buf *problem)
{
	int64_t when = query_number(q, "oauth_timestamp", -1);
	char pair[160];
	size_t at;
	if (when <= 0 || when < auth->newest - CLOCK_SLACK)
		return problem_is(problem, 401, "timestamp_refused");
	snprintf(pair, sizeof pair, "%lld %s", (long long)when, query_get(q, "oauth_nonce"));
	if (lb_map_get(&auth->nonces, lb_span(pair), &at))
		return problem_is(problem, 401, "nonce_used");
	lb_map_put(&auth->nonces, lb_span(pair), auth->nnonces++);
	auth->newest = when > auth->newest ? when : auth->newest;
	return 0;
}

/* access: the token must be one for the API, else one that is being exchanged; NULL in *grant: none is needed. */
static int check(struct auth *auth, const struct world *w, const struct signed_request *r, bool with_token, bool access,
	struct grant **grant, struct lb_buf *problem)
{
	LB_AUTO(lb_buf_clear) struct lb_buf sbs = LB_BUF(SBS_MAX);
	const struct query *q = r->query;
	int status = check_present(q, with_token, problem);
	if (status)
		return status;
	const char *secret = consumer_secret(w, query_get(q, "oauth_consumer_key"));
	struct grant *g = with_token ? find_grant(auth, query_get(q, "oauth_token"), access) : NULL;
	if (!secret || auth->key_revoked)
		return problem_is(problem, 401, "consumer_key_unknown");
	if (with_token && !g)
		return problem_is(problem, 401, "token_rejected");
	base_string(&sbs, r);
	if (!signature_good(lb_buf_str(&sbs), secret, g ? g->secret : "", query_get(q, "oauth_signature"))) {
		lb_buf_adds(problem, "oauth_problem=signature_invalid&debug_sbs=");
		encode(problem, lb_buf_str(&sbs));
		return 401;
	}
	*grant = g;
	return check_once(auth, q, problem);
}

int auth_check(struct auth *auth, const struct world *w, const struct signed_request *r, const struct grant **grant, struct lb_buf *problem)
{
	struct grant *g = NULL;
	int status = check(auth, w, r, true, true, &g, problem);
	*grant = g;
	return status;
}

/* ---- the three steps --------------------------------------------------------------------------------------------- */

static int step_request(struct auth *auth, const struct world *w, const struct signed_request *r, struct lb_buf *body)
{
	struct grant *none = NULL;
	int status = check(auth, w, r, false, false, &none, body);
	if (status)
		return status;
	if (!query_get(r->query, "oauth_callback")) {
		lb_buf_adds(body, "oauth_problem=parameter_absent&oauth_parameters_absent=oauth_callback");
		return 400;
	}
	const struct member *m = w->account ? w->account : w->nmembers ? w->members[0] : NULL;
	const struct grant *g = add_grant(auth, m, false);
	lb_buf_addf(body, "oauth_callback_confirmed=true&oauth_token=%s&oauth_token_secret=%s", g->token, g->secret);
	return 200;
}

/* What the member sees who comes here with a browser. Only reading may be asked for: a program of ours that wants more is wrong. */
static int step_authorize(struct auth *auth, const struct signed_request *r, struct lb_buf *body)
{
	const char *token = query_get(r->query, "oauth_token"), *perms = query_get(r->query, "perms");
	const struct grant *g = token ? find_grant(auth, token, false) : NULL;
	if (!g || !perms || strcmp(perms, "read") != 0)
		return problem_is(body, 400, g ? "permission_unknown" : "token_rejected");
	lb_buf_addf(body, "<!DOCTYPE html>\n<title>Flickr</title>\n<p>Type this code into the application: <b>%s</b></p>\n", g->verifier);
	return 200;
}

static int step_access(struct auth *auth, const struct world *w, const struct signed_request *r, struct lb_buf *body)
{
	struct grant *request = NULL;
	const char *verifier = query_get(r->query, "oauth_verifier");
	int status = check(auth, w, r, true, false, &request, body);
	if (status)
		return status;
	if (!request->member || request->revoked || !verifier || strcmp(verifier, request->verifier) != 0)
		return problem_is(body, 401, "verifier_invalid");
	const struct member *m = request->member;
	request->member = NULL; /* good once */
	const struct grant *g = add_grant(auth, m, true);
	lb_buf_adds(body, "fullname=");
	encode(body, m->realname ? m->realname : "");
	lb_buf_addf(body, "&oauth_token=%s&oauth_token_secret=%s&user_nsid=", g->token, g->secret);
	encode(body, m->nsid);
	lb_buf_adds(body, "&username=");
	encode(body, m->username);
	return 200;
}

int auth_step(struct auth *auth, const struct world *w, const char *step, const struct signed_request *r, struct lb_buf *body)
{
	if (strcmp(step, "request_token") == 0)
		return step_request(auth, w, r, body);
	if (strcmp(step, "authorize") == 0)
		return step_authorize(auth, r, body);
	return strcmp(step, "access_token") == 0 ? step_access(auth, w, r, body) : 404;
}
