/* Placing a package: at whatever system call a run is stopped, or fails, no file of an older package is lost. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lifeboat/creator/place.h"
#include "tests/support/support.h"

/* ---- stopping ---------------------------------------------------------------------------------------------------------- */

static struct { int calls, at; enum { RUN, KILL_BEFORE, KILL_AFTER, FAIL } how; } stop;

static long changed(long number, long a, long b, long c, long d, long e)
{
	bool now = ++stop.calls == stop.at;
	if (now && stop.how == KILL_BEFORE)
		_exit(9);
	if (now && stop.how == FAIL) {
		errno = EIO;
		return -1;
	}
	long rc = syscall(number, a, b, c, d, e);
	if (now && stop.how == KILL_AFTER)
		_exit(9);
	return rc;
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	return (int)changed(SYS_renameat2, from_dir, (long)from, to_dir, (long)to, flags);
}
int unlinkat(int dir, const char *path, int flags)
{
	return (int)changed(SYS_unlinkat, dir, (long)path, flags, 0, 0);
}
int rmdir(const char *path)
{
	return (int)changed(SYS_unlinkat, AT_FDCWD, (long)path, AT_REMOVEDIR, 0, 0);
}
int fsync(int fd)
{
	return (int)changed(SYS_fsync, fd, 0, 0, 0, 0);
}

/* ---- folders ------------------------------------------------------------------------------------------------------------- */

static struct lb_error err;
static char dir[300], made[400];

static void put(const char *folder, const char *name, const char *content)
{
	char path[800];
	snprintf(path, sizeof path, "%s/%s", dir, folder);
	ck_assert_ok(lb_dir_make(path, &err));
	snprintf(path, sizeof path, "%s/%s/%s", dir, folder, name);
	ck_assert_ok(lb_file_write(path, content, strlen(content), &err));
}

static bool has(const char *folder, const char *name, const char *content)
{
	char path[800];
	LB_AUTO(lb_buf_clear) struct lb_buf text = LB_BUF(100);
	snprintf(path, sizeof path, "%s/%s/%s", dir, folder, name);
	return lb_file_read(path, 100, &text, NULL) == 0 && strcmp(lb_buf_str(&text), content) == 0;
}

static void begin(void)
{
	snprintf(dir, sizeof dir, "%s", test_dir());
	snprintf(made, sizeof made, "%s/evidence/building", dir);
	stop.how = RUN;
}

static void build(const char *notes)
{
	if (lb_dir_exists(made))
		ck_assert_ok(lb_dir_remove(made, &err)); /* as the build before it begins */
	put("evidence/building", "index.html", "new");
	if (notes)
		put("evidence/building", "notes.txt", notes);
}

static const char *const places[] = { "lifeboat", "lifeboat.kept-1", "lifeboat.kept-2", "lifeboat.kept-3", "evidence/building.old", NULL };

static bool is_anywhere(const char *name, const char *content)
{
	for (size_t i = 0; places[i]; i++)
		if (has(places[i], name, content))
			return true;
	return false;
}

/* ---- tests ------------------------------------------------------------------------------------------------------------------ */

static int place_stopped(int at, int how)
{
	pid_t child = fork();
	int status;
	if (child == 0) {
		stop.calls = 0;
		stop.at = at;
		stop.how = how;
		int rc = lb_place(made, dir, NULL, NULL);
		int ignored = rc ? lb_dir_remove(made, NULL) : 0; /* as a build that failed ends */
		(void)ignored;
		_exit(rc ? 1 : stop.calls < at ? 0 : 2);
	}
	ck_assert_int_gt(child, 0);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void check_one(int at, int how, const char *old, bool precious)
{
	if (precious)
		ck_assert_msg(is_anywhere("notes.txt", old), "stopped at call %d (%d): the notes are gone", at, how);
	build(NULL);
	stop.how = RUN;
	ck_assert_ok(lb_place(made, dir, NULL, &err));
	ck_assert(has("lifeboat", "index.html", "new"));
	ck_assert(!lb_dir_exists(made));
	ck_assert(!has("evidence/building.old", "index.html", "new") && !has("evidence/building.old", "index.html", "old"));
	if (precious)
		ck_assert_msg(is_anywhere("notes.txt", old), "after call %d (%d): the notes are gone", at, how);
}

/* precious: the old package has a file that the new one has not. */
static int stop_everywhere(int how, bool precious)
{
	for (int at = 1; at < 100; at++) {
		begin();
		put("lifeboat", "index.html", "old");
		if (precious)
			put("lifeboat", "notes.txt", "mine");
		build(NULL);
		int ended = place_stopped(at, how);
		check_one(at, how, "mine", precious);
		if (ended == 0)
			return at;
	}
	return 100;
}

START_TEST(stopped_anywhere)
{
	for (int how = KILL_BEFORE; how <= FAIL; how++)
		for (int precious = 0; precious < 2; precious++) {
			int calls = stop_everywhere(how, precious);
			ck_assert_int_gt(calls, 4);
			ck_assert_int_lt(calls, 100);
		}
}
END_TEST

/* A run that was stopped after the exchange, and before it had looked into the old one. */
START_TEST(what_was_left_is_looked_into)
{
	begin();
	put("lifeboat", "index.html", "newer");
	put("evidence/building.old", "notes.txt", "mine");
	build("other");
	ck_assert_ok(lb_place(made, dir, NULL, &err));
	ck_assert(has("lifeboat.kept-1", "notes.txt", "mine"));
	ck_assert(has("lifeboat", "notes.txt", "other"));
	ck_assert(!lb_dir_exists(made));
}
END_TEST

START_TEST(what_is_lost_nowhere_is_removed)
{
	char path[800];
	begin();
	build(NULL);
	ck_assert_ok(lb_place(made, dir, NULL, &err));
	build("more");
	ck_assert_ok(lb_place(made, dir, NULL, &err));
	ck_assert(has("lifeboat", "notes.txt", "more"));
	snprintf(path, sizeof path, "%s/lifeboat.kept-1", dir);
	ck_assert(!lb_dir_exists(path));
	build(NULL);
	ck_assert_ok(lb_place(made, dir, NULL, &err));
	ck_assert(has("lifeboat.kept-1", "notes.txt", "more"));
	ck_assert(!has("lifeboat", "notes.txt", "more"));
}
END_TEST

START_TEST(no_folder_is_in_the_way)
{
	char path[800];
	begin();
	build(NULL);
	snprintf(path, sizeof path, "%s/lifeboat", dir);
	ck_assert_int_eq(symlink("evidence", path), 0);
	ck_assert_int_eq(lb_place(made, dir, NULL, &err), LB_EXISTS);
	ck_assert(has("evidence/building", "index.html", "new"));
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("creator/place");
	TCase *t = tcase_create("place");
	tcase_set_timeout(t, 60);
	tcase_add_test(t, stopped_anywhere);
	tcase_add_test(t, what_was_left_is_looked_into);
	tcase_add_test(t, what_is_lost_nowhere_is_removed);
	tcase_add_test(t, no_folder_is_in_the_way);
	suite_add_tcase(s, t);
	return s;
}
