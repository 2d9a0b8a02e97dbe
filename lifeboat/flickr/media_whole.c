/* Does a picture or video have its end? A transfer that was cut short can look like a whole one. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lifeboat/flickr/flickr.h"

#define PIECE 65536
#define PARTS_MAX 1000000 /* segments, chunks or boxes: more make a file of no known program */

struct file { int fd; uint64_t size; };

static uint64_t big(const unsigned char *p, unsigned bytes)
{
	uint64_t n = 0;
	for (unsigned i = 0; i < bytes; i++)
		n = n << 8 | p[i];
	return n;
}

static bool read_at(const struct file *f, uint64_t at, void *to, size_t n)
{
	return at <= f->size && n <= f->size - at && pread(f->fd, to, n, (off_t)at) == (ssize_t)n;
}

/* In what follows the scan's header FF stands before 00 or a marker; D9 ends the picture. */
static bool jpeg_scan_ends(const struct file *f, uint64_t at)
{
	unsigned char piece[PIECE];
	bool marker = false;
	for (ssize_t n; (n = pread(f->fd, piece, sizeof piece, (off_t)at)) > 0; at += (uint64_t)n)
		for (ssize_t i = 0; i < n; i++) {
			if (marker && piece[i] == 0xd9)
				return true;
			marker = piece[i] == 0xff;
		}
	return false;
}

static bool jpeg_ends(const struct file *f)
{
	uint64_t at = 2;
	unsigned char head[4];
	for (unsigned i = 0; i < PARTS_MAX && read_at(f, at, head, sizeof head); i++) {
		if (head[0] != 0xff)
			return true; /* not as we know it: not ours to judge */
		if (head[1] == 0xff) {
			at++;
			continue;
		}
		at += 2 + big(head + 2, 2);
		if (head[1] == 0xda)
			return jpeg_scan_ends(f, at);
	}
	return false;
}

static bool png_ends(const struct file *f)
{
	unsigned char head[8];
	uint64_t at = 8;
	for (unsigned i = 0; i < PARTS_MAX && read_at(f, at, head, sizeof head); i++) {
		at += 12 + big(head, 4);
		if (memcmp(head + 4, "IEND", 4) == 0)
			return at <= f->size;
	}
	return false;
}

static bool mp4_ends(const struct file *f)
{
	unsigned char head[16];
	uint64_t at = 0;
	for (unsigned i = 0; i < PARTS_MAX && at < f->size; i++) {
		if (!read_at(f, at, head, 8))
			return false;
		uint64_t size = big(head, 4);
		if (size == 0)
			return true; /* to the end of the file */
		if (size == 1 && !read_at(f, at, head, 16))
			return false;
		size = size == 1 ? big(head + 8, 8) : size;
		if (size < 8 || size > f->size - at)
			return false;
		at += size;
	}
	return true;
}

static const struct { const char *mime; bool (*ends)(const struct file *f); } kinds[] = {
	{ "image/jpeg", jpeg_ends }, { "image/png", png_ends }, { "video/mp4", mp4_ends },
};

bool lb_media_is_whole(const char *path, const char *mime)
{
	struct file f = { open(path, O_RDONLY | O_CLOEXEC), 0 };
	struct stat st;
	bool whole = true;
	if (f.fd < 0)
		return true;
	f.size = fstat(f.fd, &st) == 0 ? (uint64_t)st.st_size : 0;
	for (size_t i = 0; i < LB_COUNT(kinds); i++)
		if (strcmp(mime, kinds[i].mime) == 0)
			whole = kinds[i].ends(&f);
	close(f.fd);
	return whole;
}
