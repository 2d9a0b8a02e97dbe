/* Formats by their first bytes, where these leave no doubt. Ids: PRONOM, the technical registry of The National Archives. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "format/package/writer_private.h"

#define HEAD 64

/* JFIF, unless Exif follows: there PRONOM has other ids, by the version of Exif. */
static const char *jfif_version(const unsigned char *head, size_t n)
{
	static const struct { unsigned char minor; const char *puid; } versions[] = {{0, "fmt/42"}, {1, "fmt/43"}, {2, "fmt/44"}};
	static const unsigned char start[] = {0xff, 0xd8, 0xff, 0xe0};
	if (n < 20 || memcmp(head, start, sizeof start) != 0 || memcmp(head + 6, "JFIF", 5) != 0 || head[11] != 1)
		return "";
	const size_t next = 4 + ((size_t)head[4] << 8 | head[5]);
	if (next + 2 > n || head[next] != 0xff || head[next + 1] == 0xe1)
		return "";
	for (size_t i = 0; i < LB_COUNT(versions); i++)
		if (head[12] == versions[i].minor)
			return versions[i].puid;
	return "";
}

const char *lb_pronom_of(const void *bytes, size_t n)
{
	static const struct { const char *signature, *puid; } others[] = {{"GIF87a", "fmt/3"}, {"GIF89a", "fmt/4"}};
	for (size_t i = 0; i < LB_COUNT(others); i++)
		if (n >= strlen(others[i].signature) && memcmp(bytes, others[i].signature, strlen(others[i].signature)) == 0)
			return others[i].puid;
	return jfif_version(bytes, n);
}

int lb_writer_pronom(const struct lb_package *p, const char *path, const char **out, struct lb_error *err)
{
	LB_AUTO(lb_buf_clear) struct lb_buf full = LB_BUF(SIZE_MAX / 2);
	unsigned char head[HEAD];
	lb_path_join(&full, p->dir, path);
	int fd = open(lb_buf_str(&full), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return lb_fail_sys(err, "cannot read \"%s\"", lb_buf_str(&full));
	ssize_t n = pread(fd, head, sizeof head, 0);
	int rc = n < 0 ? lb_fail_sys(err, "cannot read \"%s\"", lb_buf_str(&full)) : LB_OK;
	close(fd);
	LB_TRY(rc);
	*out = lb_pronom_of(head, (size_t)n);
	return LB_OK;
}
