/* The first byte chooses what was promised; the rest is the file's head. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lifeboat/flickr/flickr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct lb_size promises[] = {
		{ .label = "Original", .media = "photo", .width = 640, .height = 480 },
		{ .label = "Small 320", .media = "photo", .width = 320, .height = 240 },
		{ .label = "1080p", .media = "video", .width = LB_UNKNOWN, .height = LB_UNKNOWN },
		{ .width = INT64_MAX, .height = INT64_MAX },
	};
	if (size == 0)
		return 0;
	struct lb_span head = { (const char *)data + 1, size - 1 };
	const struct lb_size *promised = &promises[data[0] % LB_COUNT(promises)];
	const char *mime = NULL, *extension = NULL, *type = data[0] & 0x80 ? "image/jpeg" : NULL;
	struct lb_error err = { 0 };
	int64_t w, h;
	const char *sniffed = lb_media_sniff(head, &extension, &w, &h);
	if (!sniffed != !extension || (w == LB_UNKNOWN) != (h == LB_UNKNOWN) || w == 0 || h == 0)
		abort();
	bool good = lb_media_check(head, head.n, type, promised, &mime, &extension, &err) == 0;
	if (good ? mime != sniffed : !err.what[0])
		abort();
	return 0;
}
