/* Any bytes as text: tokens are valid, short and folded; taking them apart once more changes nothing. */
#include <stdlib.h>

#include "viewer/data/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void first(void *arg, struct lb_span token)
{
	struct lb_buf *b = arg;
	if (!b->len)
		lb_buf_add(b, token.p, token.n);
}

static void check(void *arg, struct lb_span token)
{
	size_t *left = arg, points = 0;
	if (!token.n || !lb_utf8_valid(token) || (*left)-- == 0)
		abort();
	LB_AUTO(lb_buf_clear) struct lb_buf again = LB_BUF(1024);
	lb_tokens(token, first, &again);
	if (!lb_span_eq(lb_buf_span(&again), token))
		abort();
	while (token.n) {
		lb_utf8_next(&token);
		points++;
	}
	if (points > LB_TOKEN_MAX)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t most = 4 * size; /* code points of the text, with ligatures */
	lb_tokens((struct lb_span){ (const char *)data, size }, check, &most);
	return 0;
}
