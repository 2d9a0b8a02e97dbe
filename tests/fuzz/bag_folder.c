/* Any bytes as one of the text files of a bag in a folder, and the bag verified. The first byte chooses the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/verify/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char bag[64];

static void remove_bag(void)
{
	int ignored = lb_dir_remove(bag, NULL);
	(void)ignored;
}

static void put(const char *name, const void *text, size_t n)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", bag, name);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(text, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static const struct { const char *name, *good; } texts[] = {
	{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
	{"bag-info.txt", "Payload-Oxum: 1.1\n"},
	{"manifest-md5.txt", "9dd4e461268c8034f5c8564e155c67a6  data/x\n"},
	{"fetch.txt", ""},
	{"tagmanifest-md5.txt", ""},
};

static void make_bag(void)
{
	char folder[80];
	snprintf(bag, sizeof bag, "/tmp/lifeboat-fuzz-XXXXXX");
	if (!mkdtemp(bag))
		abort();
	snprintf(folder, sizeof folder, "%s/data", bag);
	if (lb_dir_make(folder, NULL) != LB_OK)
		abort();
	atexit(remove_bag);
	put("data/x", "x", 1);
	for (size_t i = 0; i < LB_COUNT(texts); i++)
		put(texts[i].name, texts[i].good, strlen(texts[i].good));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lb_report r = {0};
	if (!*bag)
		make_bag();
	if (!size)
		return 0;
	size_t which = data[0] % LB_COUNT(texts);
	put(texts[which].name, data + 1, size - 1);
	if (lb_verify(bag, NULL, &(struct lb_ctx){.threads = 1}, &r, NULL) != LB_OK)
		abort();
	for (size_t i = 0; i < r.count; i++)
		if (!r.findings[i].message[0])
			abort();
	lb_report_clear(&r);
	put(texts[which].name, texts[which].good, strlen(texts[which].good));
	return 0;
}
