/* Any bytes as a zip or tar: opened, every member read, verified. Nothing may crash, hang or read beyond its file. */
#ifndef LB_FUZZ_CONTAINER_H
#define LB_FUZZ_CONTAINER_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/package/package.h"
#include "format/verify/verify.h"

#define FUZZ_READ_MAX ((uint64_t)8 << 20)

static int fuzz_count(void *arg, const void *data, size_t n, struct lb_error *err)
{
	uint64_t *total = arg;
	(void)data;
	*total += n;
	return *total > FUZZ_READ_MAX ? lb_fail(err, LB_LIMIT, "enough") : LB_OK;
}

static void fuzz_members(const struct lb_container *c)
{
	size_t count;
	uint64_t all = 0;
	const struct lb_member *m = lb_container_members(c, &count);
	for (size_t i = 0; i < count; i++) {
		uint64_t total = 0;
		if (i && strcmp(m[i - 1].path, m[i].path) >= 0)
			abort();
		if (lb_container_find(c, m[i].path) != (long)i)
			abort();
		if (m[i].kind != LB_MEMBER_FILE || all > FUZZ_READ_MAX)
			continue;
		if (lb_container_stream(c, i, fuzz_count, &total, NULL) == LB_OK && total != m[i].size)
			abort();
		all += total;
	}
}

static void fuzz_container(const uint8_t *data, size_t size)
{
	static const struct lb_ctx ctx = {.threads = 1};
	char path[64];
	struct lb_container *c = NULL;
	struct lb_report report = {0};
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (lb_container_open(path, &c, NULL) == LB_OK)
		fuzz_members(c);
	lb_container_free(c);
	if (lb_verify(path, NULL, &ctx, &report, NULL) == LB_OK) {
		size_t counted = 0;
		for (size_t i = 0; i < report.count; i++)
			counted += report.findings[i].severity == LB_SEVERITY_ERROR;
		if (counted > report.errors)
			abort();
		lb_report_clear(&report);
	}
	close(fd);
}

#endif
