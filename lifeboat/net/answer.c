#include "lifeboat/net/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HEADERS_MAX ((size_t)4 << 10)
#define SECRET_MIN 4 /* shorter ones would blot out half of the text */

/* Few, and spelled one way: what is recorded should not depend on which edge server answered. */
static const struct { const char *name; bool of_redirects; } kept[] = {
	{"Date", false}, {"Last-Modified", false}, {"ETag", false}, {"Location", true},
};
static const char *const secrets[] = {"api_key", "auth_token", "api_sig", "oauth_token", "oauth_token_secret", "oauth_consumer_key",
	"oauth_consumer_secret", "oauth_signature", "oauth_nonce", "oauth_verifier"};

void lb_try_finish(struct lb_transport *t, struct lb_try *try, int result)
{
	try->result = result;
	try->next = t->finished;
	t->finished = try;
}

void lb_try_fail(struct lb_transport *t, struct lb_try *try, int result, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vsnprintf(try->answer.reason, sizeof try->answer.reason, fmt, args);
	va_end(args);
	lb_try_finish(t, try, result);
}

void lb_try_abort(struct lb_transport *t, struct lb_try *try)
{
	try->fatal = true;
	lb_try_fail(t, try, try->error.status, "%s", try->error.what);
}

void lb_answer_clear(struct lb_answer *answer)
{
	lb_buf_clear(&answer->headers);
	lb_buf_clear(&answer->body);
}

bool lb_is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* All of a line or nothing. */
static void keep_line(struct lb_buf *headers, const char *name, struct lb_span value)
{
	size_t before = headers->len;
	headers->max = HEADERS_MAX;
	lb_buf_addf(headers, "%s: ", name);
	for (size_t c = 0; c < value.n; c++)
		lb_buf_addc(headers, (unsigned char)value.p[c] < 0x20 || value.p[c] == 0x7f ? ' ' : value.p[c]);
	lb_buf_adds(headers, "\r\n");
	if (headers->overflow) {
		headers->len = before;
		headers->overflow = false;
	}
}

void lb_try_keep(struct lb_try *try, struct lb_span name, struct lb_span value)
{
	for (size_t i = 0; i < LB_COUNT(kept); i++) {
		bool wanted = !kept[i].of_redirects || try->no_follow;
		if (wanted && name.n == strlen(kept[i].name) && strncasecmp(name.p, kept[i].name, name.n) == 0)
			keep_line(&try->answer.headers, kept[i].name, value);
	}
}

void lb_answer_set_type(struct lb_answer *answer, const char *content_type)
{
	snprintf(answer->content_type, sizeof answer->content_type, "%s", content_type ? content_type : "");
}

static void blot(char *text, const char *secret)
{
	size_t n = strlen(secret);
	if (n < SECRET_MIN)
		return;
	for (char *at = text; (at = strstr(at, secret)); at += n)
		memset(at, '*', n);
}

void lb_blot_secrets(char *text, const char *url)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	for (size_t i = 0; i < LB_COUNT(secrets); i++) {
		const char *value = lb_uri_param(lb_span(url), secrets[i], &arena);
		if (!value)
			continue;
		LB_AUTO(lb_buf_clear) struct lb_buf encoded = LB_BUF(3 * strlen(value) + 1);
		lb_url_encode(&encoded, lb_span(value));
		blot(text, value);
		blot(text, lb_buf_str(&encoded));
	}
}
