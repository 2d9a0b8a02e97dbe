#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/base/internal.h"

_Noreturn void lb_die(const char *why)
{
	char line[256];
	int n = snprintf(line, sizeof line, "lifeboat: %s\n", why);
	if (n > 0 && write(STDERR_FILENO, line, (size_t)n) < 0)
		abort();
	abort();
}

size_t lb_vformat(char *out, size_t size, const char *fmt, va_list args)
{
	/* glibc hands out its static object for "C": this costs nothing and frees nothing. */
	locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	locale_t old = uselocale(c);
	int n = vsnprintf(out, size, fmt, args);
	uselocale(old);
	freelocale(c);
	if (n < 0)
		lb_die("cannot format text");
	return (size_t)n;
}

/* A text that was cut must not end in half a character. */
static void trim_partial_char(char *text, size_t len)
{
	size_t start = len;
	while (start > 0 && len - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
		start--;
	struct lb_span last = {text + start, len - start};
	if (!lb_utf8_valid(last))
		text[start] = '\0';
}

__attribute__((format(printf, 3, 0)))
static void format_into(char *out, size_t size, const char *fmt, va_list args)
{
	char text[512]; /* the arguments may point into *out */
	size_t n = lb_vformat(text, size < sizeof text ? size : sizeof text, fmt, args);
	if (n >= size)
		trim_partial_char(text, size - 1);
	memcpy(out, text, strlen(text) + 1);
}

int lb_vfail(struct lb_error *err, enum lb_status status, int sys, const char *fmt, va_list args)
{
	if (!err)
		return status;
	format_into(err->what, sizeof err->what, fmt, args);
	err->status = status;
	err->sys = sys;
	err->hint[0] = '\0';
	return status;
}

int lb_fail(struct lb_error *err, enum lb_status status, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	lb_vfail(err, status, 0, fmt, args);
	va_end(args);
	return status;
}

static enum lb_status status_of(int sys)
{
	static const struct { int sys; enum lb_status status; } known[] = {
		{ENOENT, LB_NOTFOUND}, {EEXIST, LB_EXISTS}, {ENOTEMPTY, LB_EXISTS},
		{EACCES, LB_DENIED},   {EPERM, LB_DENIED},  {EROFS, LB_DENIED},
	};
	for (size_t i = 0; i < LB_COUNT(known); i++)
		if (known[i].sys == sys)
			return known[i].status;
	return LB_IO;
}

int lb_fail_sys(struct lb_error *err, const char *fmt, ...)
{
	int sys = errno;
	enum lb_status status = status_of(sys);
	if (!err)
		return status;
	va_list args;
	va_start(args, fmt);
	lb_vfail(err, status, sys, fmt, args);
	va_end(args);
	char reason[128];
	size_t len = strlen(err->what);
	snprintf(err->what + len, sizeof err->what - len, ": %s", strerror_r(sys, reason, sizeof reason));
	if (sys == ENOSPC || sys == EDQUOT)
		lb_hint(err, "make room and run the same command again; nothing that came is lost");
	if (sys == EROFS)
		lb_hint(err, "give a folder that may be written to");
	return status;
}

int lb_hint(struct lb_error *err, const char *fmt, ...)
{
	if (!err)
		return LB_IO;
	va_list args;
	va_start(args, fmt);
	format_into(err->hint, sizeof err->hint, fmt, args);
	va_end(args);
	return err->status;
}
