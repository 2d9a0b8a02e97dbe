/* Any bytes as a BagIt profile, and a small bag judged by what was read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format/verify/profile_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char bag[64];

static void remove_bag(void)
{
	int ignored = lb_dir_remove(bag, NULL);
	(void)ignored;
}

static void put(const char *name, const char *text)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", bag, name);
	if (lb_file_write(path, text, strlen(text), NULL) != LB_OK)
		abort();
}

static void make_bag(void)
{
	char data[80];
	snprintf(bag, sizeof bag, "/tmp/lifeboat-fuzz-XXXXXX");
	if (!mkdtemp(bag))
		abort();
	snprintf(data, sizeof data, "%s/data", bag);
	if (lb_dir_make(data, NULL) != LB_OK)
		abort();
	atexit(remove_bag);
	put("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	put("bag-info.txt", "Colour: red\nColour: green\nPayload-Oxum: 1.1\nBagIt-Profile-Identifier: x\n");
	put("manifest-md5.txt", "9dd4e461268c8034f5c8564e155c67a6  data/x\n");
	put("data/x", "x");
	put("note.txt", "y");
}

static bool is_profile_rule(const struct lb_finding *f)
{
	return strncmp(f->rule, "PRF-", 4) == 0;
}

/* A profile adds findings of its own rules only, and no levels but those asked for. */
static void judge(const struct lb_bag_profile *p)
{
	const struct lb_verify_options options = {.levels = LB_LEVEL_STRUCTURE | LB_LEVEL_COMPLETENESS, .profile = p};
	struct lb_report r = {0};
	if (lb_verify(bag, &options, NULL, &r, NULL) != LB_OK || r.files)
		abort();
	for (size_t i = 0; i < r.count; i++)
		if (!is_profile_rule(&r.findings[i]) && strcmp(r.findings[i].rule, "BAG-099") != 0)
			abort();
	lb_report_clear(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	LB_AUTO(lb_bag_profile_freep) struct lb_bag_profile *p = NULL;
	LB_AUTO(lb_freep) char *text = lb_strndup((const char *)data, size);
	struct lb_error err = {0};
	if (!*bag)
		make_bag();
	int rc = lb_bag_profile_parse((struct lb_span){(const char *)data, size}, &p, &err);
	if (rc == LB_OK)
		judge(p);
	else if (rc != LB_USAGE || !err.what[0])
		abort();
	lb_glob_match(text, "data/some/file.txt");
	lb_glob_match("data/*[a-z]?*", text);
	if (!strpbrk(text, "*?[") && !lb_glob_match(text, text))
		abort();
	return 0;
}
