#include "tests/support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char made[64][256];
static size_t nmade;
static pid_t owner;

static void remove_made(void)
{
	if (getpid() != owner)
		return;
	for (size_t i = 0; i < nmade; i++) {
		int ignored = lb_dir_remove(made[i], NULL);
		(void)ignored;
	}
}

const char *test_dir(void)
{
	if (owner != getpid()) {
		owner = getpid();
		nmade = 0;
		atexit(remove_made);
	}
	ck_assert_uint_lt(nmade, LB_COUNT(made));
	const char *tmp = getenv("TMPDIR");
	snprintf(made[nmade], sizeof made[nmade], "%s/lifeboat-test-XXXXXX", tmp ? tmp : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(made[nmade]));
	return made[nmade++];
}

const char *test_shared(const char *name)
{
	static char path[512];
	snprintf(path, sizeof path, "../shared/data/%s", name);
	if (access(path, R_OK) == 0)
		return path;
	printf("SKIP: no %s\n", path);
	return NULL;
}
