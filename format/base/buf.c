#include <stdlib.h>
#include <string.h>

#include "format/base/internal.h"

bool lb_buf_reserve(struct lb_buf *b, size_t n)
{
	if (b->overflow || n > b->max || b->len > b->max - n) {
		b->overflow = true;
		return false;
	}
	size_t need = b->len + n + 1;
	if (need <= b->cap)
		return true;
	size_t grown = b->cap + b->cap / 2 + 64;
	b->cap = need > grown ? need : grown;
	b->p = lb_realloc(b->p, b->cap, 1);
	b->p[b->len] = '\0';
	return true;
}

void lb_buf_add(struct lb_buf *b, const void *data, size_t n)
{
	if (!lb_buf_reserve(b, n) || n == 0)
		return;
	memcpy(b->p + b->len, data, n);
	b->len += n;
	b->p[b->len] = '\0';
}

void lb_buf_adds(struct lb_buf *b, const char *s)
{
	lb_buf_add(b, s, strlen(s));
}

void lb_buf_addc(struct lb_buf *b, char c)
{
	if (!lb_buf_reserve(b, 1))
		return;
	b->p[b->len++] = c;
	b->p[b->len] = '\0';
}

void lb_buf_addf(struct lb_buf *b, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	size_t n = lb_vformat(NULL, 0, fmt, args);
	if (lb_buf_reserve(b, n)) {
		lb_vformat(b->p + b->len, n + 1, fmt, again);
		b->len += n;
	}
	va_end(again);
	va_end(args);
}

void lb_buf_reset(struct lb_buf *b)
{
	b->len = 0;
	b->overflow = false;
	if (b->p)
		b->p[0] = '\0';
}

void lb_buf_clear(struct lb_buf *b)
{
	free(b->p);
	*b = (struct lb_buf)LB_BUF(b->max);
}

char *lb_buf_take(struct lb_buf *b)
{
	char *text = b->p ? b->p : lb_strdup("");
	*b = (struct lb_buf)LB_BUF(b->max);
	return text;
}

const char *lb_buf_str(const struct lb_buf *b)
{
	return b->p ? b->p : "";
}

struct lb_span lb_buf_span(const struct lb_buf *b)
{
	return (struct lb_span){lb_buf_str(b), b->len};
}

int lb_buf_check(const struct lb_buf *b, const char *what, struct lb_error *err)
{
	if (b->overflow)
		return lb_fail(err, LB_LIMIT, "%s is larger than %zu bytes", what, b->max);
	return LB_OK;
}
