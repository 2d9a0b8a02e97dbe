/* Failing system calls for fault tests, which are linked with -Wl,--wrap for each call below (WRAP in the Makefile).
 * Include it once in a test. `fault_fail_nth(n, errno)` lets the nth counted call from now on fail, n counting from 1;
 * 0: none. With `fault_stay` all calls after it fail as well, as on a full disk; with FAULT_KILL for errno the process is killed
 * there (SIGKILL). Calls are counted in this process only. */
#ifndef LB_TESTS_FAULT_WRAP_H
#define LB_TESTS_FAULT_WRAP_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long fault_calls, fault_at;
static int fault_errno;
static bool fault_stay;
#define FAULT_KILL (-1)

__attribute__((unused)) static void fault_fail_nth(unsigned long n, int sys)
{
	fault_calls = 0;
	fault_at = n;
	fault_errno = sys;
}

/* Calls counted since the last fault_fail_nth. */
__attribute__((unused)) static unsigned long fault_count(void)
{
	return fault_calls;
}

static bool fault_now(void)
{
	fault_calls++;
	if (!fault_at || fault_calls < fault_at || (fault_calls > fault_at && !fault_stay))
		return false;
	if (fault_errno == FAULT_KILL)
		raise(SIGKILL);
	errno = fault_errno;
	return true;
}

/* A failing write still writes half of its data: what a full disk leaves behind. With EINTR it is a short write. */
#define FAULT_WRAP_WRITE(name, params, half, whole)                                                                \
	ssize_t __real_##name params;                                                                              \
	ssize_t __wrap_##name params;                                                                              \
	ssize_t __wrap_##name params                                                                               \
	{                                                                                                          \
		if (!fault_now())                                                                                  \
			return __real_##name whole;                                                                \
		int sys = errno;                                                                                   \
		ssize_t torn = n > 1 ? __real_##name half : 0;                                                     \
		errno = sys;                                                                                       \
		return sys == EINTR && torn > 0 ? torn : -1;                                                       \
	}

FAULT_WRAP_WRITE(write, (int fd, const void *data, size_t n), (fd, data, n / 2), (fd, data, n))
FAULT_WRAP_WRITE(pwrite, (int fd, const void *data, size_t n, off_t at), (fd, data, n / 2, at), (fd, data, n, at))

#define FAULT_WRAP(name, params, args)                                                                             \
	int __real_##name params;                                                                                  \
	int __wrap_##name params;                                                                                  \
	int __wrap_##name params                                                                                   \
	{                                                                                                          \
		return fault_now() ? -1 : __real_##name args;                                                      \
	}

/* Nothing waits for the disk: for tests of hundreds of runs that look at no power cut. */
__attribute__((unused)) static bool fault_unsynced;
#define FAULT_WRAP_SYNC(name)                                                                                      \
	int __real_##name(int fd);                                                                                 \
	int __wrap_##name(int fd);                                                                                 \
	int __wrap_##name(int fd)                                                                                  \
	{                                                                                                          \
		if (fault_now())                                                                                   \
			return -1;                                                                                 \
		return fault_unsynced ? 0 : __real_##name(fd);                                                     \
	}
FAULT_WRAP_SYNC(fsync)
FAULT_WRAP_SYNC(fdatasync)
FAULT_WRAP_SYNC(syncfs)
FAULT_WRAP(rename, (const char *from, const char *to), (from, to))
FAULT_WRAP(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
FAULT_WRAP(renameat2, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags))
FAULT_WRAP(link, (const char *from, const char *to), (from, to))
FAULT_WRAP(mkdir, (const char *path, mode_t mode), (path, mode))
FAULT_WRAP(mkdirat, (int at, const char *path, mode_t mode), (at, path, mode))

/* A failing close closes all the same, as the kernel does. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	bool fail = fault_now();
	int sys = errno, rc = __real_close(fd);
	errno = fail ? sys : errno;
	return fail ? -1 : rc;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return fault_now() ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int at, const char *path, int flags, ...);
int __wrap_openat(int at, const char *path, int flags, ...);
int __wrap_openat(int at, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return fault_now() ? -1 : __real_openat(at, path, flags, mode);
}

/* Of the calls that have no function: openat2. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
	long args[6];
	va_list list;
	va_start(list, number);
	for (int i = 0; i < 6; i++)
		args[i] = va_arg(list, long);
	va_end(list);
	if (number == SYS_openat2 && fault_now())
		return -1;
	return __real_syscall(number, args[0], args[1], args[2], args[3], args[4], args[5]);
}

#endif
