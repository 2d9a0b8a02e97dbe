/* The input is a picture file: what it says of itself, as text that anything may be done with. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lifeboat/flickr/flickr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text)
{
	expect(text && lb_utf8_valid(lb_span(text)) && strlen(text) < 1 << 17);
	for (; *text; text++)
		expect((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t');
}

/* A file without a name. */
static void write_file(int fd, const uint8_t *data, size_t size)
{
	expect(ftruncate(fd, 0) == 0);
	for (size_t done = 0; done < size;) {
		ssize_t n = pwrite(fd, data + done, size - done, (off_t)done);
		expect(n > 0);
		done += (size_t)n;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct lb_arena a = { 0 };
	struct lb_error err = { 0 };
	struct lb_photo p;
	char path[64];
	if (fd < 0)
		fd = memfd_create("picture", MFD_CLOEXEC);
	expect(fd >= 0);
	write_file(fd, data, size);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	lb_photo_init(&p);
	expect(lb_exif_of_file(path, &a, &p, &err) == 0 && p.exif_source);
	for (size_t i = 0; i < p.nexif; i++) {
		check_text(p.exif[i].tagspace);
		check_text(p.exif[i].tag);
		check_text(p.exif[i].label);
		check_text(p.exif[i].raw);
		if (p.exif[i].clean)
			check_text(p.exif[i].clean);
	}
	lb_arena_clear(&a);
	return 0;
}
