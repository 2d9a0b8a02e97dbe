/* Any bytes as text from Flickr: what comes out must keep to the grammar that the strict reader knows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/text/text.h"
#include "tests/support/html_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *html)
{
	const char *at = "", *wrong = html_check(html, &at);
	if (!wrong)
		return;
	fprintf(stderr, "%s: at %.100s\n", wrong, at);
	abort();
}

static void check_rich(const char *text, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	struct lb_rich *tree = lb_rich_parse(text, arena);
	lb_rich_html(&b, tree, NULL, NULL);
	if (!b.overflow)
		check(lb_buf_str(&b));
	lb_buf_reset(&b);
	lb_rich_text(&b, tree);
	if (!lb_utf8_valid(lb_buf_span(&b)))
		abort();
}

static void check_name(const char *text, struct lb_arena *arena)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(64 << 20);
	lb_rich_name(&b, text);
	lb_rich_name(&b, lb_html_unescape(text, arena));
	check(lb_buf_str(&b));
	if (strchr(lb_buf_str(&b), '<'))
		abort();
}

/* An address that was let through stays the same when read again, and never has another scheme. */
static void check_href(const char *text, struct lb_arena *arena)
{
	const char *url = lb_rich_href(text, arena), *again = lb_rich_href(url, arena);
	if (!url)
		return;
	if (!again || strcmp(url, again) != 0)
		abort();
	if (strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0 && strncmp(url, "mailto:", 7) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	LB_AUTO(lb_arena_clear) struct lb_arena arena = {0};
	char *text = lb_strndup((const char *)data, size);
	check_rich(text, &arena);
	check_name(text, &arena);
	check_href(text, &arena);
	free(text);
	return 0;
}
