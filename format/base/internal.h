/* What the files of base share among themselves. */
#ifndef LB_BASE_INTERNAL_H
#define LB_BASE_INTERNAL_H

#include "format/base/base.h"

/* For what cannot be survived: one line on standard error, then abort(). */
_Noreturn void lb_die(const char *why);
/* vsnprintf in the C locale, whatever the program around us has set. Returns the full length; aborts when it fails. */
size_t lb_vformat(char *out, size_t size, const char *fmt, va_list args) __attribute__((format(printf, 3, 0)));
/* lb_fail with a va_list; `sys` is the errno to remember, or 0. */
int lb_vfail(struct lb_error *err, enum lb_status status, int sys, const char *fmt, va_list args)
	__attribute__((format(printf, 4, 0)));
/* Room for n more bytes (and the NUL); false, with overflow set, when the limit forbids it. */
bool lb_buf_reserve(struct lb_buf *b, size_t n);
/* Makes an empty output share the blocks of the open file `from`; false when the file system cannot. */
bool lb_out_clone(struct lb_out *o, int from);
/* read(2) and write(2) that go on after a signal; writing goes on until all is written. -1 and errno on failure. */
long lb_read_fd(int fd, void *data, size_t n);
int lb_write_fd(int fd, const void *data, size_t n);
/* For LB_AUTO(lb_close_fd) int fd: a descriptor that was only read from. */
void lb_close_fd(int *fd);

#endif
